//! The shape of a block: what can be told of it without reading it.

/// Counts and marks of one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// Stretches between white space that hold a letter or digit.
    pub(super) words: usize,
    /// Three quarters of its words of three letters and more begin with a capital, the first and the smallest ("the", "for") aside.
    pub(super) title_case: bool,
    /// At least four letters, none of them small.
    pub(super) capitals: bool,
    /// The first letter or digit is a capital or a digit.
    pub(super) starts_high: bool,
    /// The last character, closing quotation marks and brackets aside.
    pub(super) last: Option<char>,
    /// A full stop, question or exclamation mark before a capital inside: more than one sentence.
    pub(super) many_sentences: bool,
}

impl Shape {
    /// Of a trimmed block.
    pub(super) fn of(block: &str) -> Shape {
        let words: Vec<&str> = words(block).collect();
        let last = block.trim_end_matches(|c: char| c.is_whitespace() || is_closing(c)).chars().next_back();
        let first = block.chars().find(|c| c.is_alphanumeric());
        const SMALL: [&str; 10] = ["the", "and", "for", "but", "nor", "with", "from", "into", "over", "than"];
        let long = || {
            words.iter().skip(1).filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !SMALL.contains(w))
        };
        let (n_long, n_high) = (long().count(), long().filter(|w| high(w)).count());
        let letters = block.chars().filter(|c| c.is_alphabetic()).count();
        Shape {
            words: words.len(),
            title_case: n_high >= 2 && n_high * 4 >= n_long * 3 && words.first().is_some_and(|w| high(w)),
            capitals: letters >= 4 && !block.chars().any(char::is_lowercase),
            starts_high: first.is_some_and(|c| c.is_uppercase() || c.is_numeric()),
            last,
            many_sentences: words.windows(2).any(|pair| ends_sentence(pair[0]) && high(pair[1])),
        }
    }

    /// Ends as a sentence does.
    pub(super) fn stopped(&self) -> bool {
        matches!(self.last, Some('.' | '!' | '?' | '…' | '。'))
    }

    /// Ends as a heading may: with a word, a question or a call, not with a mark that promises more.
    pub(super) fn open_ended(&self) -> bool {
        !matches!(self.last, None | Some('.' | '…' | '。' | ',' | ':' | '-' | '–' | '—' | '*'))
    }
}

/// The words of a block, their marks still on them.
pub(super) fn words(block: &str) -> impl Iterator<Item = &str> {
    block.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric))
}

/// The first letter or digit of a word is a capital or a digit.
pub(super) fn high(word: &str) -> bool {
    word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

/// Closing marks that may stand after a final stop.
pub(super) fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '}' | '“')
}

/// "talks." does; "U.S." and "Mr." do not.
fn ends_sentence(word: &str) -> bool {
    let bare = word.trim_end_matches(is_closing);
    let Some(stem) = bare.strip_suffix(['.', '!', '?']) else { return false };
    bare.ends_with(['!', '?']) || (stem.chars().count() > 3 && !stem.contains('.'))
}

/// Whether double or curly marks stand around three words or more: somebody's speech, not a mark of emphasis.
pub(super) fn quotes_speech(block: &str) -> bool {
    let mut opened: Option<usize> = None;
    for (at, c) in block.char_indices() {
        match c {
            '“' | '«' | '„' => opened = Some(at),
            '"' | '”' | '»' => match opened.take() {
                Some(start) if words(&block[start..at]).count() >= 3 => return true,
                Some(_) => {}
                None => opened = Some(at),
            },
            _ => {}
        }
    }
    opened.is_some_and(|start| words(&block[start..]).count() >= 3)
}

/// Whether a word with a capital stands right before a small-letter verb of the past: somebody did something.
pub(super) fn names_an_actor(block: &str) -> bool {
    const PAST: [&str; 22] = [
        "said", "told", "met", "made", "took", "held", "gave", "was", "were", "won", "began", "became", "wrote",
        "sent", "saw", "left", "spoke", "went", "came", "had", "has", "led",
    ];
    let words: Vec<&str> = words(block).collect();
    words.windows(2).any(|pair| {
        let verb = pair[1].trim_end_matches(|c: char| !c.is_alphanumeric());
        let name = pair[0].chars().next().is_some_and(char::is_uppercase) && pair[0].ends_with(char::is_alphanumeric);
        name && (PAST.contains(&verb) || (verb.len() > 4 && verb.ends_with("ed") && !high(verb)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_case_needs_two_high_words() {
        for (block, expect) in [
            ("Ministers Sign Fishing Pact at Lakeside Summit", true),
            ("Hopes Rise as Talks Resume", true),
            ("Ministers sign fishing pact at lakeside summit", false),
            ("The ministers met President Anna Berg in Oslo on Monday", false),
            ("Background", false),
        ] {
            assert_eq!(Shape::of(block).title_case, expect, "{block}");
        }
    }

    #[test]
    fn speech_and_emphasis() {
        assert!(quotes_speech("“We will sign next week,” she said."));
        assert!(quotes_speech("\"We will sign next week.\""));
        assert!(!quotes_speech("\"*\" marks a field that must be filled"));
        assert!(!quotes_speech("The \"deal\" was late."));
    }

    #[test]
    fn actors() {
        assert!(names_an_actor("Norland signed the pact."));
        assert!(names_an_actor("On Monday Berg said so."));
        assert!(!names_an_actor("Save the homepage of The Example for daily news."));
        assert!(!names_an_actor("TAP HERE"));
    }
}
