//! What the parser sees: a shadow of the text that is easier to read, with the way back to the text's own bytes.
//!
//! Curly marks become straight (the model was trained on straight ones), a space is put between a closing mark and a dash, and
//! the title case of a heading is undone. One character stands for one character, but for the inserted spaces, so a token's
//! place in the text is always known.

use std::collections::BTreeSet;

use crate::span::Span;

/// A stretch to be read as one text of its own: a paragraph, a heading, a line. Its neighbours do not influence it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its bytes.
    pub span: Span,
    /// Whether it is a heading, whose title case is undone before it is read.
    pub heading: bool,
}

/// The text of a unit as the parser sees it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shadow {
    pub(crate) text: String,
    /// For each byte of the shadow, and for its end, the byte of the article; `None` where they differ by `start` only.
    map: Option<Vec<u32>>,
    start: usize,
}

impl Shadow {
    /// The byte of the article for a byte of the shadow.
    pub(crate) fn article_byte(&self, shadow: usize) -> usize {
        match &self.map {
            Some(map) => map[shadow] as usize,
            None => self.start + shadow,
        }
    }

    /// The shadow of a unit.
    pub(crate) fn of(text: &str, unit: Unit, casing: &Casing<'_>) -> Shadow {
        let words = unit.span.of(text);
        let lowered = if unit.heading { casing.undo(words) } else { None };
        let words = lowered.as_deref().unwrap_or(words);
        if words.is_ascii() && !words.contains("\"--") {
            return Shadow { text: words.to_owned(), map: None, start: unit.span.start };
        }
        let mut shadow = String::with_capacity(words.len());
        let mut map = Vec::with_capacity(words.len() + 1);
        let mut last = ' ';
        let mut before_last = ' ';
        // `undo` changes no lengths, so a byte of `words` is a byte of the unit.
        for (at, c) in words.char_indices() {
            let place = (unit.span.start + at) as u32;
            let straight = straighten(c);
            let dash = matches!(c, '—' | '–') || c == '-' && words[at..].starts_with("--");
            if dash && last == '"' && !before_last.is_whitespace() {
                shadow.push(' ');
                map.push(place);
            }
            shadow.push(straight);
            map.resize(shadow.len(), place);
            before_last = last;
            last = straight;
        }
        map.push((unit.span.start + words.len()) as u32);
        Shadow { text: shadow, map: Some(map), start: unit.span.start }
    }
}

fn straighten(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' => '"',
        '‘' | '’' | '‚' | '‛' => '\'',
        c => c,
    }
}

/// How the running text of an article writes its words: what undoes the title case of its headings.
#[derive(Default)]
pub(crate) struct Casing<'a> {
    names: BTreeSet<&'a str>,
    plain: BTreeSet<&'a str>,
    words: Option<&'a dyn KnowsWords>,
}

/// Says whether a word in lower case is an ordinary English word.
pub(crate) trait KnowsWords {
    fn knows(&self, lower: &str) -> bool;
}

impl<'a> Casing<'a> {
    /// Learns from the units that are no headings; learns nothing where there are no headings.
    pub(crate) fn learn(text: &'a str, units: &[Unit], words: &'a dyn KnowsWords) -> Casing<'a> {
        let mut casing = Casing { words: Some(words), ..Casing::default() };
        if !units.iter().any(|u| u.heading) {
            return casing;
        }
        for unit in units.iter().filter(|u| !u.heading) {
            let body = unit.span.of(text);
            let mut inside = false;
            for (at, word) in words_of(body) {
                let first = word.chars().next().unwrap_or(' ');
                if first.is_uppercase() && inside {
                    casing.names.insert(word);
                } else if first.is_lowercase() {
                    casing.plain.insert(word);
                }
                // A word after a full stop, a colon or an opening mark may be capitalised for its place.
                let rest = body[at + word.len()..].trim_start_matches(['\'', '’', ')', ',']);
                inside = rest.starts_with(' ') && rest.trim_start().starts_with(|c: char| c.is_alphanumeric());
            }
        }
        casing
    }

    /// The heading with the capitals of its title case undone, in as many bytes; `None` where it has none.
    fn undo(&self, heading: &str) -> Option<String> {
        let long: Vec<&str> = words_of(heading).map(|(_, w)| w).filter(|w| w.len() > 3).collect();
        let capitals = long.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
        let shouted = long.iter().filter(|w| w.chars().all(char::is_uppercase)).count();
        if long.len() < 2 || capitals * 10 < long.len() * 7 {
            return None;
        }
        let shouted = shouted * 2 > long.len();
        let mut out = heading.to_owned();
        for (i, (at, word)) in words_of(heading).enumerate() {
            if let Some(written) = self.written(word, shouted, i == 0)
                && written.len() == word.len()
            {
                out.replace_range(at..at + word.len(), &written);
            }
        }
        Some(out)
    }

    /// How running text would write a word of a heading; `None` to leave it.
    fn written(&self, word: &str, shouted: bool, first: bool) -> Option<String> {
        let lower = word.to_lowercase();
        let title = || {
            let mut letters = lower.chars();
            letters.next().map(|c| c.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
        };
        if shouted {
            // "NATO" may stand so in the text.
            if self.names.contains(word) {
                return None;
            }
            if self.names.contains(title().as_str()) {
                return Some(title());
            }
            let plain = self.plain.contains(lower.as_str()) || self.common(&lower);
            return Some(if plain && !first { lower } else { title() });
        }
        if first || self.names.contains(word) || word.chars().skip(1).any(char::is_uppercase) {
            return None;
        }
        (self.plain.contains(lower.as_str()) || self.common(&lower)).then_some(lower)
    }

    fn common(&self, lower: &str) -> bool {
        self.words.is_some_and(|w| w.knows(lower))
    }
}

/// Runs of letters, with inner apostrophes and points left out.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.starts_with(char::is_alphabetic))
        .map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Ordinary;
    impl KnowsWords for Ordinary {
        fn knows(&self, lower: &str) -> bool {
            ["joins", "as", "under", "term", "second", "joining", "accords"].contains(&lower)
        }
    }

    fn shadow(text: &str) -> Shadow {
        Shadow::of(text, Unit { span: Span::new(0, text.len()), heading: false }, &Casing::default())
    }

    #[test]
    fn marks_become_straight_and_places_stay() {
        let text = "“It isn’t”—he said.";
        let s = shadow(text);
        assert_eq!(s.text, "\"It isn't\" —he said.");
        let said = s.text.find("said").unwrap_or(0);
        assert_eq!(&text[s.article_byte(said)..s.article_byte(said + 4)], "said");
        assert_eq!(s.article_byte(s.text.len()), text.len());
    }

    #[test]
    fn a_dash_elsewhere_gets_no_space() {
        assert_eq!(shadow("peace—“now” – and “then”").text, "peace—\"now\" – and \"then\"");
    }

    #[test]
    fn headings_are_written_as_the_text_writes() {
        let text = "Kazakhstan Joins Abraham Accords Under Trump's Second Term\nToday the Abraham Accords grew.";
        let units =
            [Unit { span: Span::new(0, 58), heading: true }, Unit { span: Span::new(59, text.len()), heading: false }];
        let casing = Casing::learn(text, &units, &Ordinary);
        assert_eq!(
            Shadow::of(text, units[0], &casing).text,
            "Kazakhstan joins Abraham Accords under Trump's second term"
        );
        let plain = "Kazakhstan joins the accords";
        let unit = Unit { span: Span::new(0, plain.len()), heading: true };
        assert_eq!(Shadow::of(plain, unit, &casing).text, plain);
    }
}
