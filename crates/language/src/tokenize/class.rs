//! Sets of characters as Python's `re` and `str` understand them.
//!
//! Rust's own tests differ in the corners that matter here: Python counts U+001C..U+001F as white space, and a letter is
//! a character of category L, not of the wider `Alphabetic` property.

use unicode_general_category::{GeneralCategory as Category, get_general_category};

/// Whether Python's `str.isspace` holds for this character; `\s` of `re` is the same set.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c,
        '\t'..='\r' | '\x1c'..=' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}'
        | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Whether Python's `str.isalpha` holds for this character.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    matches!(
        get_general_category(c),
        Category::LowercaseLetter
            | Category::UppercaseLetter
            | Category::TitlecaseLetter
            | Category::ModifierLetter
            | Category::OtherLetter
    )
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || !c.is_ascii() && get_general_category(c) == Category::DecimalNumber
}

/// `\w`: letters, everything with a numeric value, and the underscore.
fn is_word(c: char) -> bool {
    c == '_'
        || is_alpha(c)
        || is_digit(c)
        || !c.is_ascii() && matches!(get_general_category(c), Category::LetterNumber | Category::OtherNumber)
}

/// A set that a pattern names by a letter: `\d`, `\s`, `\w`, and their complements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) letter: u8,
    pub(super) negated: bool,
}

impl Named {
    /// The set behind `\d`, `\D`, `\s`, `\S`, `\w`, `\W`; none for another letter.
    pub(super) fn from_letter(letter: char) -> Option<Named> {
        matches!(letter, 'd' | 'D' | 's' | 'S' | 'w' | 'W')
            .then(|| Named { letter: letter.to_ascii_lowercase() as u8, negated: letter.is_ascii_uppercase() })
    }

    fn contains(self, c: char) -> bool {
        let inside = match self.letter {
            b'd' => is_digit(c),
            b's' => is_space(c),
            _ => is_word(c),
        };
        inside != self.negated
    }
}

/// One set of characters: ASCII as a bit mask, the rest as sorted ranges.
#[derive(Clone, Debug, Default)]
pub(super) struct Class {
    /// Bit n is set when the ASCII character n belongs to the class, negation included.
    pub(super) ascii: u128,
    /// Ranges outside ASCII, both ends inclusive, sorted and merged, before negation.
    ranges: Vec<(u32, u32)>,
    named: Vec<Named>,
    negated: bool,
}

impl Class {
    /// A class from its members as written, in any order.
    pub(super) fn new(mut ranges: Vec<(u32, u32)>, named: Vec<Named>, negated: bool) -> Class {
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (low, high) in ranges {
            match merged.last_mut() {
                Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
                _ => merged.push((low, high)),
            }
        }
        let mut class = Class { ascii: 0, ranges: merged, named, negated };
        for c in '\0'..='\x7f' {
            if class.search(c) {
                class.ascii |= 1 << (c as u32);
            }
        }
        class.ranges.retain(|range| range.1 >= 0x80);
        class
    }

    fn search(&self, c: char) -> bool {
        let code = c as u32;
        let at = self.ranges.partition_point(|range| range.1 < code);
        let listed = self.ranges.get(at).is_some_and(|range| range.0 <= code);
        (listed || self.named.iter().any(|named| named.contains(c))) != self.negated
    }

    pub(super) fn contains(&self, c: char) -> bool {
        if c.is_ascii() { self.ascii >> (c as u32) & 1 == 1 } else { self.search(c) }
    }

    /// Whether some character outside ASCII may belong to the class.
    pub(super) fn reaches_beyond_ascii(&self) -> bool {
        self.negated || !self.named.is_empty() || !self.ranges.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn space_and_letters_are_pythons() {
        for c in ['\t', '\x0b', '\x1c', '\x1f', ' ', '\u{85}', '\u{a0}', '\u{2003}', '\u{3000}'] {
            assert!(is_space(c), "{c:?} is white space");
        }
        for c in ['\x1b', '\u{200b}', '\u{feff}', '\u{2060}', 'a', '_'] {
            assert!(!is_space(c), "{c:?} is not white space");
        }
        for (c, alpha) in [('é', true), ('ⅷ', false), ('ª', true), ('\u{345}', false), ('中', true), ('²', false)]
        {
            assert_eq!(is_alpha(c), alpha, "{c:?}");
        }
    }

    #[test]
    fn ranges_names_and_negation_combine() {
        let class = Class::new(vec![('a' as u32, 'f' as u32), ('é' as u32, 'é' as u32)], vec![], false);
        assert!(class.contains('c') && class.contains('é') && !class.contains('g') && !class.contains('è'));
        let word = Class::new(vec![('.' as u32, '.' as u32)], Named::from_letter('w').into_iter().collect(), false);
        assert!(word.contains('.') && word.contains('½') && word.contains('ж') && !word.contains('-'));
        let not = Class::new(vec![('a' as u32, 'z' as u32)], vec![], true);
        assert!(!not.contains('m') && not.contains('M') && not.contains('é'));
    }
}
