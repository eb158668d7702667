//! Lines of a terminal: display width, wrapping with a hanging indent, colour.

use unicode_width::UnicodeWidthStr;

/// How wide the words are on a terminal.
pub(crate) fn width(words: &str) -> usize {
    UnicodeWidthStr::width(words)
}

/// Breaks a text at spaces into lines of at most `columns`; a word that is wider stands alone on its line. Never empty.
pub(crate) fn lines(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let last = lines.last().map_or(0, |l| width(l));
        if last > 0 && last + 1 + width(word) > columns {
            lines.push(word.to_owned());
        } else if let Some(line) = lines.last_mut() {
            if last > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// The text padded with spaces to the width.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// What words are for; a terminal shows it as colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Title,
    Label,
    Warning,
    Quiet,
}

/// The words in the colour of their tone, plain without `colour`.
pub(crate) fn paint(words: &str, tone: Tone, colour: bool) -> String {
    let code = match tone {
        Tone::Title => "1",
        Tone::Label => "36",
        Tone::Warning => "33",
        Tone::Quiet => "2",
    };
    if colour && !words.is_empty() { format!("\u{1b}[{code}m{words}\u{1b}[0m") } else { words.to_owned() }
}

/// Without control characters, so that an article's words cannot steer the terminal, and with white space made one. Characters that
/// turn the direction of what follows them are shown as unknown ones.
pub(crate) fn clean(words: &str) -> String {
    let visible = |c: char| match c {
        c if c.is_control() => ' ',
        c if turns(c) => '\u{fffd}',
        c => c,
    };
    let visible: String = words.chars().map(visible).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character turns the direction of the text after it (embeddings, overrides, isolates; Unicode Annex 9).
pub(crate) fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_within_the_columns() {
        assert_eq!(lines("one two three", 7), ["one two", "three"]);
        assert_eq!(lines("", 7), [""]);
        assert_eq!(lines("abcdefghij kl", 5), ["abcdefghij", "kl"]);
        assert_eq!(lines("日本 語", 5), ["日本", "語"]);
    }

    #[test]
    fn words_cannot_steer_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\n c"), "a [31mb c");
        assert_eq!(clean("a\u{202e}b"), "a\u{fffd}b");
    }
}
