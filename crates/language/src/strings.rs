//! How spaCy names strings: a 64-bit hash, or a small number for its own symbols.

use std::collections::HashMap;
use std::sync::LazyLock;

/// spaCy's symbols with their numbers. They take part in feature hashing: the norm "mark" is 423, not its hash.
static SYMBOLS: LazyLock<HashMap<&'static str, u64>> = LazyLock::new(|| {
    include_str!("symbols.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, id)| Some((name, id.parse().ok()?)))
        .collect()
});

/// The number spaCy gives a string: 0 for the empty one, a symbol's own, else [`hash_string`].
pub(crate) fn string_id(s: &str) -> u64 {
    // No symbol is longer than 25 bytes.
    if s.is_empty() {
        return 0;
    }
    if s.len() <= 25
        && let Some(id) = SYMBOLS.get(s)
    {
        return *id;
    }
    hash_string(s)
}

/// MurmurHash64A of the UTF-8 bytes with seed 1 (Austin Appleby's MurmurHash2, 64-bit version A).
pub(crate) fn hash_string(s: &str) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let bytes = s.as_bytes();
    let mut h = 1 ^ (bytes.len() as u64).wrapping_mul(M);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut k =
            u64::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3], chunk[4], chunk[5], chunk[6], chunk[7]]);
        k = k.wrapping_mul(M);
        k ^= k >> 47;
        k = k.wrapping_mul(M);
        h = (h ^ k).wrapping_mul(M);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let tail = rest.iter().rev().fold(0u64, |tail, &byte| (tail << 8) | u64::from(byte));
        h = (h ^ tail).wrapping_mul(M);
    }
    h ^= h >> 47;
    h = h.wrapping_mul(M);
    h ^ (h >> 47)
}

/// The four table rows of a feature: MurmurHash3's x64 128-bit mixing of one 8-byte key, as thinc's HashEmbed uses it.
pub(crate) fn row_keys(id: u64, seed: u64) -> [u32; 4] {
    fn mix(mut h: u64) -> u64 {
        h ^= h >> 33;
        h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^= h >> 33;
        h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^ (h >> 33)
    }
    let mut h1 = id.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= seed ^ 8;
    let mut h2 = seed ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_numbers_and_words_are_hashes() {
        assert_eq!(string_id(""), 0);
        assert_eq!(string_id("mark"), 423);
        assert_eq!(string_id("X"), 101);
        // spaCy's own examples: nlp.vocab.strings["coffee"]
        assert_eq!(string_id("coffee"), 3_197_928_453_018_144_401);
    }
}
