//! Which strings the tokenizer knows: exceptions, and tokens with which a torn exception begins.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What is known of a string: the exception, as a range of `exceptions`, and the node it begins.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    pub(super) exception: Option<(u32, u32)>,
    pub(super) node: u32,
}

/// What is known of strings: exceptions, and tokens with which a torn exception begins.
#[derive(Default)]
pub(super) struct Words {
    entries: HashMap<Box<str>, Word, BuildHasherDefault<Quick>>,
    /// For each first byte, one bit per length; lengths from 63 bytes share the last.
    lengths: Vec<u64>,
}

impl Words {
    pub(super) fn get(&self, text: &str) -> Word {
        let first = text.as_bytes().first().and_then(|&byte| self.lengths.get(usize::from(byte)));
        if first.is_none_or(|lengths| lengths >> text.len().min(63) & 1 == 0) {
            return Word::default();
        }
        self.entries.get(text).copied().unwrap_or_default()
    }

    pub(super) fn entry(&mut self, text: &str) -> &mut Word {
        self.lengths.resize(256, 0);
        if let Some(&byte) = text.as_bytes().first() {
            self.lengths[usize::from(byte)] |= 1 << text.len().min(63);
        }
        self.entries.entry(text.into()).or_default()
    }
}

/// A quick hash of short strings, for a table whose keys come with the model and for slots that forget.
#[derive(Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let mut parts = bytes.chunks_exact(8);
        for part in &mut parts {
            self.mix(part.try_into().map_or(0, u64::from_le_bytes));
        }
        let mut last = [0; 8];
        last[..parts.remainder().len()].copy_from_slice(parts.remainder());
        self.mix(u64::from_le_bytes(last) ^ bytes.len() as u64);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

impl Quick {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// The quick hash of a string: the same in every run.
pub(crate) fn hash(text: &str) -> u64 {
    let mut quick = Quick::default();
    quick.write(text.as_bytes());
    quick.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_entered_is_found_and_nothing_else() {
        let mut words = Words::default();
        let long = "x".repeat(200);
        for (node, text) in ["don't", "é", "", long.as_str()].into_iter().enumerate() {
            words.entry(text).node = node as u32 + 1;
        }
        for (text, node) in [("don't", 1), ("é", 2), ("dont", 0), ("e", 0), ("don'ts", 0)] {
            assert_eq!(words.get(text).node, node, "{text}");
        }
        assert_eq!((words.get(&long).node, words.get(&long[1..]).node), (4, 0));
    }
}
