//! What training learnt, as it is kept in `data/models/`: the weight of each label for each hashed feature, and of each step from
//! label to label. Features are kept by hash only, so no word of the training texts stands in the file.
//!
//! The file is laid out to be used where it stands, all numbers little endian: `RCRF2\n`; an `f32`, the worth of one unit; the steps
//! as `f32`, [`STEPS`] tables of [`LABELS`] rows; the number of features that have a row as `u32`; a bit for each hash, set where it has
//! one; the rows in order of their hashes, a signed byte a label; a byte of nought, so that a row can be read as eight bytes.

use std::sync::LazyLock;

use super::{LABELS, STEPS, may_follow};

/// Bits of a feature's hash.
pub(crate) const BITS: u32 = 21;
const MAGIC: &[u8] = b"RCRF2\n";
/// Hashes whose bits lie in one word.
const WORD: usize = 32;
/// Bytes of the bits.
const MAP: usize = 1 << (BITS - 3);

/// Weights of labels before and after, by kind of step.
type Steps = [[[f32; LABELS]; LABELS]; STEPS];

/// Weights, ready for look-up.
#[derive(Debug)]
pub(crate) struct Weights<'a> {
    /// For each word of bits the bits and how many rows stand before it.
    words: Vec<(u32, u32)>,
    rows: &'a [u8],
    unit: f32,
    /// By kind of step, label before, label; steps that cannot be taken are infinitely unlikely.
    pub(crate) steps: Steps,
}

static TRAINED: LazyLock<Option<Weights<'static>>> =
    LazyLock::new(|| read(include_bytes!("../../../../../../data/models/quotations.crf")));

/// The weights in `data/models/`; `None` where that file is not one of weights, in which case the rules stand alone.
pub(crate) fn trained() -> Option<&'static Weights<'static>> {
    TRAINED.as_ref()
}

impl Weights<'_> {
    /// Adds up the rows of a token's features.
    pub(crate) fn score(&self, features: &[u32]) -> [f32; LABELS] {
        // Up to 250 rows of signed bytes fit sixteen bits.
        let mut sum = [0_i32; LABELS + 1];
        for some in features.chunks(250) {
            let mut part = [0_i16; LABELS + 1];
            for feature in some {
                let Some((bits, before)) = self.words.get(*feature as usize / WORD) else { continue };
                let bit = feature % WORD as u32;
                if bits >> bit & 1 == 0 {
                    continue;
                }
                let at = (before + (bits & ((1 << bit) - 1)).count_ones()) as usize * LABELS;
                let Some(row) = self.rows.get(at..).and_then(|r| r.first_chunk::<{ LABELS + 1 }>()) else { continue };
                for (s, w) in part.iter_mut().zip(row) {
                    *s = s.wrapping_add(i16::from(w.cast_signed()));
                }
            }
            sum.iter_mut().zip(part).for_each(|(s, p)| *s += i32::from(p));
        }
        std::array::from_fn(|l| sum[l] as f32 * self.unit)
    }
}

/// Weights from their file.
pub(crate) fn read(bytes: &[u8]) -> Option<Weights<'_>> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let unit = float(&mut rest).filter(|u| u.is_finite())?;
    let mut steps = [[[0.0; LABELS]; LABELS]; STEPS];
    for table in &mut steps {
        for (before, row) in table.iter_mut().enumerate() {
            for (label, weight) in row.iter_mut().enumerate() {
                let learnt = float(&mut rest)?;
                *weight = if may_follow(Some(before as u8), label as u8) { learnt } else { f32::NEG_INFINITY };
            }
        }
    }
    let count = u32::from_le_bytes(take(&mut rest)?) as usize;
    let (bits, rows) = rest.split_at_checked(MAP)?;
    if rows.len() != count.checked_mul(LABELS)? + 1 {
        return None;
    }
    let mut total = 0;
    let mut words = Vec::with_capacity(MAP / 4);
    for word in bits.as_chunks::<4>().0 {
        let bits = u32::from_le_bytes(*word);
        words.push((bits, total));
        total += bits.count_ones();
    }
    (total as usize == count).then_some(Weights { words, rows, unit, steps })
}

/// The file of weights: `rows` by hash, in order; weights beyond 127 units are cut there.
pub(crate) fn write(unit: f32, steps: &Steps, rows: &[(u32, [f32; LABELS])]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(unit.to_le_bytes());
    bytes.extend(steps.iter().flatten().flatten().flat_map(|w| w.to_le_bytes()));
    let kept: Vec<(u32, [i8; LABELS])> = rows
        .iter()
        .map(|(at, row)| (*at, row.map(|w| (w / unit).round().clamp(-127.0, 127.0) as i8)))
        .filter(|(_, row)| row.iter().any(|w| *w != 0))
        .collect();
    bytes.extend((kept.len() as u32).to_le_bytes());
    let mut map = vec![0_u8; MAP];
    for (at, _) in &kept {
        map[*at as usize / 8] |= 1 << (at % 8);
    }
    bytes.extend(map);
    bytes.extend(kept.iter().flat_map(|(_, row)| row.map(i8::cast_unsigned)));
    bytes.push(0);
    bytes
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*taken)
}

fn float(rest: &mut &[u8]) -> Option<f32> {
    take(rest).map(f32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut steps = [[[0.0; LABELS]; LABELS]; STEPS];
        steps[2][1][2] = 1.5;
        let rows = [(3, [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, -0.5]), (70, [0.001; LABELS]), (2_000_000, [9.0; LABELS])];
        let bytes = write(0.02, &steps, &rows);
        let weights = read(&bytes).expect("our own file");
        assert_eq!(weights.steps[2][1][2], 1.5);
        assert_eq!(weights.steps[2][0][2], f32::NEG_INFINITY, "a later token needs a first one");
        assert_eq!(weights.rows.len(), 2 * LABELS + 1, "a row of nothing is left out");
        let score = weights.score(&[3, 70, 2_000_000, 5, u32::MAX]);
        assert!((score[1] - (1.0 + 127.0 * 0.02)).abs() < 1e-5 && (score[6] - (127.0 * 0.02 - 0.5)).abs() < 1e-5);
        let many = weights.score(&[2_000_000; 1000]);
        assert!((many[0] - 127.0 * 20.0).abs() < 1e-2, "no sum runs over: {many:?}");
        for cut in (0..bytes.len()).filter(|c| *c < 700 || c % 997 == 0 || c + 20 > bytes.len()) {
            assert!(read(&bytes[..cut]).is_none(), "cut at {cut}");
        }
        let mut other = bytes.clone();
        other[MAGIC.len() + 4 + 4 * STEPS * LABELS * LABELS + 4] ^= 1;
        assert!(read(&other).is_none(), "a row more than there are");
    }

    #[test]
    fn the_file_in_the_project_is_whole() {
        assert!(trained().is_some_and(|w| w.rows.len() > 10_000 * LABELS));
    }
}
