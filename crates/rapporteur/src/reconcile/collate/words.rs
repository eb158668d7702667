//! Words of a quotation made comparable, and those of them that carry sense.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words that say nothing of a subject: `data/en/function_words.tsv`.
static EMPTY: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../../../../data/en/function_words.tsv").lines().filter(|l| !l.starts_with('#'));
    lines.filter_map(|l| l.split('\t').next()).collect()
});

/// Words in lower case, letters and digits; contractions are written out: "we're" is "we are".
pub(super) fn words(printed: &str) -> Vec<String> {
    let straight = without_points(printed).replace(['’', '‘'], "'").to_lowercase();
    let parts = straight.split(|c: char| !(c.is_alphanumeric() || c == '\''));
    let mut words = Vec::new();
    for word in parts.map(|w| w.trim_matches('\'')).filter(|w| !w.is_empty()) {
        match written_out(word) {
            Some((first, second)) => words.extend([first, second.to_owned()]),
            None => words.push(word.to_owned()),
        }
    }
    words
}

/// "E.U." is "EU": points between single letters go.
fn without_points(printed: &str) -> String {
    let chars: Vec<char> = printed.chars().collect();
    let single = |i: usize| {
        chars.get(i).is_some_and(|c| c.is_alphabetic()) && !i.checked_sub(1).is_some_and(|b| chars[b].is_alphanumeric())
    };
    // The second of two letters with points has a point before it.
    let lettered =
        |i: usize| i.checked_sub(1).is_some_and(|b| chars.get(b).is_some_and(|c| c.is_alphabetic())) && (single(i - 1));
    let kept = chars.iter().enumerate().filter(|(i, c)| {
        let point = **c == '.' && lettered(*i);
        let pair = chars.get(i + 2) == Some(&'.') && single(i + 1) || i.checked_sub(2).is_some_and(|b| chars[b] == '.');
        !(point && pair)
    });
    kept.map(|(_, c)| c).collect()
}

fn written_out(word: &str) -> Option<(String, &'static str)> {
    match word {
        "won't" => return Some(("will".to_owned(), "not")),
        "can't" => return Some(("can".to_owned(), "not")),
        "let's" => return Some(("let".to_owned(), "us")),
        "it's" | "that's" | "there's" | "he's" | "she's" | "what's" | "here's" => {
            return Some((word.trim_end_matches("'s").to_owned(), "is"));
        }
        _ => {}
    }
    let endings = [("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am")];
    endings.iter().find_map(|(end, full)| Some((word.strip_suffix(end)?.to_owned(), *full)))
}

/// Stems of the words that carry sense, each once, sorted.
pub(super) fn content(words: &[String]) -> Vec<String> {
    let full = words.iter().filter(|w| w.chars().count() > 2 && !EMPTY.contains(w.as_str()));
    let stems: BTreeSet<String> = full.map(|w| stem(w).to_owned()).collect();
    stems.into_iter().collect()
}

/// The word without the endings of number and tense.
fn stem(word: &str) -> &str {
    let word = word.strip_suffix("'s").unwrap_or(word);
    for ending in ["ing", "ies", "ed", "es", "s", "e", "y"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|s| s.chars().count() > 3) {
            return stem;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::{content, words};

    #[test]
    fn contractions_are_written_out_and_owners_are_not() {
        assert_eq!(words("“We’re done; it won't do.”").join(" "), "we are done it will not do");
        assert_eq!(words("Peru's envoy").join(" "), "peru's envoy");
        assert_eq!(words("The E.U. and the U.N. agree. I do.").join(" "), "the eu and the un agree i do");
    }

    #[test]
    fn number_and_tense_do_not_count() {
        assert_eq!(content(&words("Countries join")), content(&words("the country joined")));
        assert_ne!(content(&words("Countries join")), content(&words("the country leaves")));
    }
}
