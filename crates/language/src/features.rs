//! What spaCy looks at in a word: norm, prefix, suffix, shape, the space after it.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_general_category::{GeneralCategory, get_general_category};

use crate::container::{decode, get, pairs, text};
use crate::strings::{hash_string, string_id};
use crate::tokenize::{is_alpha, is_space};

/// The norms spaCy gives in every language: curly marks to straight ones, dashes to one dash.
static BASE_NORMS: LazyLock<HashMap<u64, u64>> = LazyLock::new(|| {
    include_str!("norms.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(word, norm)| (hash_string(word), string_id(norm)))
        .collect()
});

/// The norms of words: the model's own table first, then the base ones, then the word in lower case.
#[derive(Debug, Default)]
pub(crate) struct Norms(HashMap<u64, u64>);

impl Norms {
    /// From the model's `vocab/lookups.bin`.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Norms, String> {
        let value = decode(bytes)?;
        let table = get(&value, "lexeme_norm").ok_or("expected a table `lexeme_norm`")?;
        let norms = pairs(table)
            .iter()
            .map(|(word, norm)| {
                let word = word.as_u64().ok_or("expected hashes as keys of `lexeme_norm`")?;
                let norm = text(norm).ok_or("expected strings as values of `lexeme_norm`")?;
                Ok((word, string_id(norm)))
            })
            .collect::<Result<_, String>>()?;
        Ok(Norms(norms))
    }

    fn of(&self, word: &str, hash: u64) -> u64 {
        match self.0.get(&hash).or_else(|| BASE_NORMS.get(&hash)) {
            Some(norm) => *norm,
            None => string_id(&word.to_lowercase()),
        }
    }
}

/// The features of a word in the order of spaCy's MultiHashEmbed: NORM, PREFIX, SUFFIX, SHAPE, SPACY, IS_SPACE.
///
/// `hash` is the word's own; `norm` the norm that a tokenizer exception sets.
pub(crate) fn features(word: &str, hash: u64, norm: Option<&str>, space_after: bool, norms: &Norms) -> [u64; 6] {
    let prefix_end = word.chars().next().map_or(0, char::len_utf8);
    let suffix_start = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    [
        norm.map_or_else(|| norms.of(word, hash), string_id),
        string_id(&word[..prefix_end]),
        string_id(&word[suffix_start..]),
        string_id(&shape(word)),
        u64::from(space_after),
        u64::from(!word.is_empty() && word.chars().all(is_space)),
    ]
}

/// spaCy's word shape: `Kazakhstan` is `Xxxxx`, `2025` is `dddd`; runs are cut after four.
fn shape(word: &str) -> String {
    if word.chars().count() >= 100 {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(word.len());
    let mut last = '\0';
    let mut run = 0;
    for c in word.chars() {
        let class = match c {
            'a'..='z' => 'x',
            'A'..='Z' => 'X',
            '0'..='9' => 'd',
            c if c.is_ascii() => c,
            c if is_alpha(c) => {
                if c.is_uppercase() {
                    'X'
                } else {
                    'x'
                }
            }
            c if is_digit(c) => 'd',
            c => c,
        };
        run = if class == last { run + 1 } else { 0 };
        last = class;
        if run < 4 {
            shape.push(class);
        }
    }
    shape
}

/// Python's `str.isdigit` of one character: decimal digits, and those written raised, lowered or in a circle.
fn is_digit(c: char) -> bool {
    get_general_category(c) == GeneralCategory::DecimalNumber
        || matches!(c, '²' | '³' | '¹' | '\u{1369}'..='\u{1371}' | '\u{19da}' | '\u{2070}' | '\u{2074}'..='\u{2079}'
            | '\u{2080}'..='\u{2089}' | '\u{2460}'..='\u{2468}' | '\u{2474}'..='\u{247c}' | '\u{2488}'..='\u{2490}'
            | '\u{24ea}' | '\u{24f5}'..='\u{24fd}' | '\u{24ff}' | '\u{2776}'..='\u{277e}' | '\u{2780}'..='\u{2788}'
            | '\u{278a}'..='\u{2792}' | '\u{10a40}'..='\u{10a43}' | '\u{10e60}'..='\u{10e68}'
            | '\u{11052}'..='\u{1105a}' | '\u{1f100}'..='\u{1f10a}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (word, expect) in
            [("Kazakhstan", "Xxxxx"), ("U.S.", "X.X."), ("2025", "dddd"), ("km²", "xxd"), ("“", "“"), ("Ⅷ", "Ⅷ")]
        {
            assert_eq!(shape(word), expect, "{word}");
        }
        assert_eq!(shape(&"a".repeat(100)), "LONG");
        assert_eq!(shape("éÉ中"), "xXx");
    }

    #[test]
    fn prefix_and_suffix_are_characters() {
        let all = features("été", hash_string("été"), None, true, &Norms::default());
        assert_eq!(all[1], string_id("é"));
        assert_eq!(all[2], string_id("été"));
        assert_eq!(all[4..], [1, 0]);
    }
}
