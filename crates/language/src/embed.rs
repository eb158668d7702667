//! tok2vec: from words to vectors that know their neighbours.
//!
//! Hash embeddings of a word's features are mixed into 96 numbers, then four convolutions over three tokens each look four
//! tokens to either side. The mix and the three partial products of the first convolution depend on the word alone and are
//! kept from one text to the next ([`Words`]); that saves 40 % of the arithmetic.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::container::{Node, named};
use crate::features::{Norms, features};
use crate::matrix::{Matrix, maxout_norm, sum};
use crate::strings::{hash_string, row_keys};

/// Width of all vectors between layers.
pub(crate) const WIDTH: usize = 96;
/// The same before the maximum of three.
const PIECES: usize = 3 * WIDTH;
/// The three partial products of the first convolution.
const PARTIAL: usize = 3 * PIECES;
/// Zero rows around each text: as many as the four convolutions look to either side.
const PAD: usize = 4;
/// Rows computed at a time, so that what is in between stays in the processor's cache.
const TILE: usize = 48;
/// Words kept; when so many different ones have been seen, all are dropped and kept anew.
const KEPT: usize = 6_000;

#[derive(Debug)]
struct Table {
    column: usize,
    seed: u64,
    rows: Vec<f32>,
}

#[derive(Debug)]
struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

/// The layers of one tok2vec.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    tables: Vec<Table>,
    vectors: Option<Matrix>,
    mix: Matrix,
    mix_bias: Vec<f32>,
    mix_norm: Norm,
    first: Matrix,
    rest: Vec<Matrix>,
    biases: Vec<Vec<f32>>,
    norms: Vec<Norm>,
}

/// Pretrained word vectors of the larger models: a row a word.
#[derive(Debug, Default)]
pub(crate) struct Vectors {
    pub(crate) width: usize,
    pub(crate) rows: Vec<f32>,
    /// Row of a word's hash.
    pub(crate) keys: HashMap<u64, usize>,
}

impl Vectors {
    fn of(&self, word: u64) -> Option<&[f32]> {
        let row = *self.keys.get(&word)?;
        self.rows.get(row * self.width..(row + 1) * self.width)
    }
}

impl Tok2Vec {
    /// Picks the layers out of a model's nodes; `columns` is how many features it hashes.
    pub(crate) fn new(nodes: &[Node], columns: usize, vectors: &Vectors) -> Result<Tok2Vec, String> {
        let tables = named(nodes, "hashembed", columns)?
            .into_iter()
            .map(|node| {
                let rows = node.any("E")?;
                if rows.shape.len() != 2 || rows.shape[1] != WIDTH || rows.data.is_empty() {
                    return Err(format!("expected hash embeddings of {WIDTH} columns, found shape {:?}", rows.shape));
                }
                let column = usize::try_from(node.column.ok_or("expected a `column` in each hashembed")?).unwrap_or(9);
                if column >= columns {
                    return Err(format!("expected columns below {columns} in hashembed, found {column}"));
                }
                let seed = node.seed.ok_or("expected a `seed` in each hashembed")?;
                Ok(Table { column, seed, rows: rows.data.clone() })
            })
            .collect::<Result<Vec<_>, String>>()?;
        let maxouts = named(nodes, "maxout", 5)?;
        let norms = named(nodes, "layernorm", 5)?;
        let vectors = if vectors.width == 0 {
            None
        } else {
            let weights = named(nodes, "static_vectors", 1)?[0].array("W", &[WIDTH, vectors.width])?;
            Some(Matrix::pack(vectors.width, WIDTH, |k, c| weights[c * vectors.width + k]))
        };
        let inputs = WIDTH * (columns + usize::from(vectors.is_some()));
        let weights = maxouts[0].array("W", &[WIDTH, 3, inputs])?;
        // Columns piece by piece, so that the maximum of three is taken over whole vectors.
        let mix = Matrix::pack(inputs, PIECES, |k, c| weights[((c % WIDTH) * 3 + c / WIDTH) * inputs + k]);
        let convolutions = maxouts[1..]
            .iter()
            .map(|node| node.array("W", &[WIDTH, 3, 3 * WIDTH]))
            .collect::<Result<Vec<_>, String>>()?;
        let entry = |w: &[f32], k: usize, c: usize| w[((c % WIDTH) * 3 + c / WIDTH) * 3 * WIDTH + k];
        let first = Matrix::pack(WIDTH, PARTIAL, |k, c| entry(convolutions[0], (c / PIECES) * WIDTH + k, c % PIECES));
        let rest = convolutions[1..].iter().map(|w| Matrix::pack(3 * WIDTH, PIECES, |k, c| entry(w, k, c))).collect();
        let mut biases = maxouts
            .iter()
            .map(|node| {
                let b = node.array("b", &[WIDTH, 3])?;
                Ok((0..PIECES).map(|c| b[(c % WIDTH) * 3 + c / WIDTH]).collect::<Vec<f32>>())
            })
            .collect::<Result<Vec<_>, String>>()?;
        let mut norms = norms
            .iter()
            .map(|node| {
                let (scale, shift) = (node.array("G", &[WIDTH])?, node.array("b", &[WIDTH])?);
                Ok(Norm { scale: scale.to_vec(), shift: shift.to_vec() })
            })
            .collect::<Result<Vec<_>, String>>()?;
        let (mix_bias, mix_norm) = (biases.remove(0), norms.remove(0));
        Ok(Tok2Vec { tables, vectors, mix, mix_bias, mix_norm, first, rest, biases, norms })
    }

    /// Embeds new words and appends, for each, its vector and the partial products of the first convolution.
    fn embed(&self, new: &[Word], vectors: &Vectors, buffers: &mut Buffers, kept: &mut Kept) {
        let inputs = WIDTH * (self.tables.len() + usize::from(self.vectors.is_some()));
        for words in new.chunks(TILE) {
            let x = sized(&mut buffers.a, words.len() * inputs);
            x.fill(0.0);
            for (word, x) in words.iter().zip(x.chunks_exact_mut(inputs)) {
                for (table, x) in self.tables.iter().zip(x.chunks_exact_mut(WIDTH)) {
                    let rows = table.rows.as_chunks::<WIDTH>().0;
                    let keys = row_keys(word.features[table.column], table.seed);
                    sum(&keys.map(|key| &rows[key as usize % rows.len()][..]), x);
                }
                if let (Some(projection), Some(vector)) = (&self.vectors, vectors.of(word.hash)) {
                    let y = sized(&mut buffers.b, WIDTH);
                    projection.multiply(vector, vectors.width, 1, y);
                    x[inputs - WIDTH..].copy_from_slice(y);
                }
            }
            let y = sized(&mut buffers.b, words.len() * PIECES);
            self.mix.multiply(x, inputs, words.len(), y);
            if kept.vectors.is_empty() {
                // All at once: growing by doubling would hold twice as much for a moment.
                kept.vectors.reserve_exact((KEPT + KEPT / 8) * WIDTH);
                kept.partial.reserve_exact((KEPT + KEPT / 8) * PARTIAL);
            }
            let at = kept.vectors.len();
            kept.vectors.resize(at + words.len() * WIDTH, 0.0);
            let h = &mut kept.vectors[at..];
            maxout_norm(y, &self.mix_bias, &self.mix_norm.scale, &self.mix_norm.shift, h, true);
            let to = kept.partial.len();
            kept.partial.resize(to + words.len() * PARTIAL, 0.0);
            self.first.multiply(h, WIDTH, words.len(), &mut kept.partial[to..]);
        }
    }

    /// The vectors of several texts, text after text without gaps, 96 numbers a word. `slots` are the words' places in `kept`;
    /// `ends` is where each text ends among them. A text does not influence another.
    fn encode(&self, slots: &[u32], ends: &[usize], buffers: &mut Buffers, kept: &Kept, out: &mut Vec<f32>) {
        // Rows of all texts, each with zero rows around it, and one zero row more at either end for the window.
        const NONE: u32 = u32::MAX;
        let rows = &mut buffers.rows;
        rows.clear();
        rows.resize(1 + PAD, NONE);
        let mut start = 0;
        for &end in ends {
            rows.extend_from_slice(&slots[start..end]);
            rows.resize(rows.len() + PAD, NONE);
            start = end;
        }
        rows.push(NONE);
        let n = rows.len();
        let (h, next) = (sized(&mut buffers.a, n * WIDTH), sized(&mut buffers.b, n * WIDTH));
        for (slot, h) in rows.iter().zip(h.chunks_exact_mut(WIDTH)) {
            match slot {
                &NONE => h.fill(0.0),
                slot => h.copy_from_slice(&kept.vectors[*slot as usize * WIDTH..][..WIDTH]),
            }
        }
        next[..WIDTH].fill(0.0);
        next[(n - 1) * WIDTH..].fill(0.0);
        let y = sized(&mut buffers.y, TILE * PIECES);
        // Row 0 and the last are the zeros beyond the padding: they stay.
        for tile in (1..n - 1).step_by(TILE) {
            let m = TILE.min(n - 1 - tile);
            let y = &mut y[..m * PIECES];
            for (i, y) in y.chunks_exact_mut(PIECES).enumerate() {
                let product = |part: usize| match rows[tile + i + part - 1] {
                    NONE => &[][..],
                    slot => &kept.partial[slot as usize * PARTIAL + part * PIECES..][..PIECES],
                };
                sum(&[product(0), product(1), product(2)], y);
            }
            let norm = &self.norms[0];
            maxout_norm(y, &self.biases[0], &norm.scale, &norm.shift, &mut h[tile * WIDTH..(tile + m) * WIDTH], false);
        }
        let (mut h, mut next) = (h, next);
        for ((matrix, bias), norm) in self.rest.iter().zip(&self.biases[1..]).zip(&self.norms[1..]) {
            for tile in (1..n - 1).step_by(TILE) {
                let m = TILE.min(n - 1 - tile);
                let y = &mut y[..m * PIECES];
                matrix.multiply(&h[(tile - 1) * WIDTH..], WIDTH, m, y);
                let to = &mut next[tile * WIDTH..(tile + m) * WIDTH];
                to.copy_from_slice(&h[tile * WIDTH..(tile + m) * WIDTH]);
                maxout_norm(y, bias, &norm.scale, &norm.shift, to, false);
            }
            std::mem::swap(&mut h, &mut next);
        }
        out.clear();
        let (mut row, mut start) = (1 + PAD, 0);
        for &end in ends {
            out.extend_from_slice(&h[row * WIDTH..(row + end - start) * WIDTH]);
            row += end - start + PAD;
            start = end;
        }
    }
}

/// A word as the embedding sees it.
struct Word {
    hash: u64,
    features: [u64; 6],
}

/// What is kept of each word for one tok2vec.
#[derive(Debug, Default)]
struct Kept {
    vectors: Vec<f32>,
    partial: Vec<f32>,
}

#[derive(Debug, Default)]
struct Buffers {
    a: Vec<f32>,
    b: Vec<f32>,
    y: Vec<f32>,
    rows: Vec<u32>,
}

/// A buffer of at least that length, grown when needed; its numbers are left from before.
pub(crate) fn sized(buffer: &mut Vec<f32>, n: usize) -> &mut [f32] {
    if buffer.len() < n {
        buffer.resize(n, 0.0);
    }
    &mut buffer[..n]
}

/// Words met so far with what depends on them alone, and room to work in. Belongs to one thread at a time; what is kept never
/// changes a result, only the time it takes.
#[derive(Debug, Default)]
pub(crate) struct Words {
    slots: HashMap<Key, u32, BuildHasherDefault<KeyHasher>>,
    kept: [Kept; 2],
    buffers: Buffers,
}

/// What makes a word one of its kind: its letters, the norm its tokenizer exception sets (else 0), whether a space follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    word: u64,
    norm: u64,
    space_after: bool,
}

/// The keys are hashes already.
#[derive(Debug, Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }
    fn write_u8(&mut self, n: u8) {
        self.write_u64(u64::from(n));
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// A token to be embedded.
pub(crate) struct Item<'a> {
    pub(crate) word: &'a str,
    pub(crate) norm: Option<&'a str>,
    pub(crate) space_after: bool,
}

impl Words {
    /// Encodes texts with both networks. `out[i]` receives the vectors of network `i`.
    pub(crate) fn encode<'a>(
        &mut self,
        networks: [&Tok2Vec; 2],
        items: impl Iterator<Item = Item<'a>>,
        ends: &[usize],
        norms: &Norms,
        vectors: &Vectors,
        out: &mut [Vec<f32>; 2],
    ) {
        if self.slots.len() > KEPT {
            *self = Words { buffers: std::mem::take(&mut self.buffers), ..Words::default() };
        }
        let mut new = Vec::new();
        let mut slots = Vec::with_capacity(ends.last().copied().unwrap_or(0));
        for item in items {
            let hash = hash_string(item.word);
            let key = Key { word: hash, norm: item.norm.map_or(0, hash_string), space_after: item.space_after };
            let next = self.slots.len() as u32;
            slots.push(*self.slots.entry(key).or_insert_with(|| {
                new.push(Word { hash, features: features(item.word, hash, item.norm, item.space_after, norms) });
                next
            }));
        }
        for ((network, kept), out) in networks.into_iter().zip(&mut self.kept).zip(out) {
            network.embed(&new, vectors, &mut self.buffers, kept);
            network.encode(&slots, ends, &mut self.buffers, kept, out);
        }
    }
}
