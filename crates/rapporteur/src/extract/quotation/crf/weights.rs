//! What training learnt, as it is kept in `data/models/`: the weight of each label for each hashed feature, and of each step from
//! label to label. Features are kept by hash only, so no word of the training texts stands in the file.
//!
//! The file: `RCRF1\n`; one `f32` (little endian), the worth of one unit; the steps as `f32`, [`STEPS`] tables of [`LABELS`] rows;
//! the number of features as `u32`; then for each in order of its hash the distance to the hash before (LEB128), a byte with a bit
//! for each label that has a weight, and these weights as signed bytes.

use std::sync::LazyLock;

use super::{LABELS, STEPS};

/// Bits of a feature's hash.
pub(crate) const BITS: u32 = 21;
const MAGIC: &[u8] = b"RCRF1\n";

/// Weights, ready for look-up: a bit for each hash that has a row, and how many rows stand before each word of bits.
#[derive(Debug)]
pub(crate) struct Weights {
    present: Vec<u64>,
    before: Vec<u32>,
    rows: Vec<[i8; 8]>,
    unit: f32,
    /// By kind of step, label before, label.
    pub(crate) steps: [[[f32; LABELS]; LABELS]; STEPS],
}

static TRAINED: LazyLock<Option<Weights>> =
    LazyLock::new(|| read(include_bytes!("../../../../../../data/models/quotations.crf")));

/// The weights in `data/models/`; `None` where that file is not one of weights, in which case the rules stand alone.
pub(crate) fn trained() -> Option<&'static Weights> {
    TRAINED.as_ref()
}

impl Weights {
    /// Adds up the rows of a token's features.
    pub(crate) fn score(&self, features: impl Iterator<Item = u32>) -> [f32; LABELS] {
        let mut sum = [0_i32; 8];
        for feature in features {
            if let Some(row) = self.row(feature) {
                for (s, w) in sum.iter_mut().zip(row) {
                    *s += i32::from(*w);
                }
            }
        }
        std::array::from_fn(|l| sum[l] as f32 * self.unit)
    }

    fn row(&self, feature: u32) -> Option<&[i8; 8]> {
        let (word, bit) = (feature as usize / 64, feature % 64);
        let bits = *self.present.get(word)?;
        if bits >> bit & 1 == 0 {
            return None;
        }
        let below = (bits & ((1 << bit) - 1)).count_ones();
        self.rows.get((self.before[word] + below) as usize)
    }
}

/// Weights from their file.
pub(crate) fn read(bytes: &[u8]) -> Option<Weights> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let unit = float(&mut rest)?;
    let mut steps = [[[0.0; LABELS]; LABELS]; STEPS];
    for weight in steps.iter_mut().flatten().flatten() {
        *weight = float(&mut rest)?;
    }
    let count = u32::from_le_bytes(take(&mut rest)?) as usize;
    let words = 1_usize << (BITS - 6);
    let mut present = vec![0_u64; words];
    let mut rows = Vec::with_capacity(count.min(1 << BITS));
    let mut at = 0_u32;
    for n in 0..count {
        let distance = varint(&mut rest)?;
        if n > 0 && distance == 0 {
            return None;
        }
        at = at.checked_add(distance).filter(|a| a >> BITS == 0)?;
        present[at as usize / 64] |= 1 << (at % 64);
        let [mask] = take(&mut rest)?;
        let mut row = [0_i8; 8];
        for (label, weight) in row.iter_mut().enumerate().filter(|(l, _)| mask >> l & 1 == 1) {
            if label >= LABELS {
                return None;
            }
            *weight = i8::from_le_bytes(take(&mut rest)?);
        }
        rows.push(row);
    }
    let mut before = Vec::with_capacity(words);
    let mut total = 0;
    for bits in &present {
        before.push(total);
        total += bits.count_ones();
    }
    (rest.is_empty() && unit.is_finite()).then_some(Weights { present, before, rows, unit, steps })
}

/// The file of weights: `rows` by hash, in order; weights beyond 127 units are cut there.
pub(crate) fn write(unit: f32, steps: &[[[f32; LABELS]; LABELS]; STEPS], rows: &[(u32, [f32; LABELS])]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(unit.to_le_bytes());
    bytes.extend(steps.iter().flatten().flatten().flat_map(|w| w.to_le_bytes()));
    let kept: Vec<(u32, [i8; LABELS])> = rows
        .iter()
        .map(|(at, row)| (*at, row.map(|w| (w / unit).round().clamp(-127.0, 127.0) as i8)))
        .filter(|(_, row)| row.iter().any(|w| *w != 0))
        .collect();
    bytes.extend((kept.len() as u32).to_le_bytes());
    let mut last = 0;
    for (at, row) in kept {
        let mut distance = at - last;
        last = at;
        while distance >= 0x80 {
            bytes.push(distance as u8 | 0x80);
            distance >>= 7;
        }
        bytes.push(distance as u8);
        bytes.push(row.iter().enumerate().map(|(l, w)| u8::from(*w != 0) << l).sum());
        bytes.extend(row.iter().filter(|w| **w != 0).map(|w| *w as u8));
    }
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

fn varint(rest: &mut &[u8]) -> Option<u32> {
    let mut value = 0;
    for shift in [0, 7, 14, 21] {
        let [byte] = take(rest)?;
        value |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
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
        assert_eq!(weights.steps, steps);
        assert_eq!(weights.rows.len(), 2, "a row of nothing is left out");
        let score = weights.score([3, 70, 2_000_000, 5].into_iter());
        assert!((score[1] - (1.0 + 127.0 * 0.02)).abs() < 1e-5 && (score[6] - (127.0 * 0.02 - 0.5)).abs() < 1e-5);
        for cut in 0..bytes.len() {
            assert!(read(&bytes[..cut]).is_none(), "cut at {cut}");
        }
    }

    #[test]
    fn the_file_in_the_project_is_whole() {
        assert!(trained().is_some_and(|w| w.rows.len() > 10_000));
    }
}
