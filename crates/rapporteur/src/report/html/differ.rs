//! Two versions of an utterance, word by word.

use crate::reconcile::subsequence::subsequence;

/// A run of words that both have, that only the fullest has, or that only the version has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Run {
    Both(String),
    LeftOut(String),
    Put(String),
}

/// Products of word counts over this are not compared: quotations are short, and a page must not hang on one that is not.
const MOST: usize = 4_000_000;

/// The version as runs of words, in the order of reading; what it leaves out comes before what it puts there. Words are the same where
/// their letters and digits are, whatever their case and marks. `None` where the two are too long to compare.
pub(super) fn differ(fullest: &str, version: &str) -> Option<Vec<Run>> {
    let full: Vec<&str> = fullest.split_whitespace().collect();
    let own: Vec<&str> = version.split_whitespace().collect();
    if full.len().checked_mul(own.len()).is_none_or(|n| n > MOST) {
        return None;
    }
    let keys = |words: &[&str]| words.iter().map(|w| key(w)).collect::<Vec<String>>();
    let (a, b) = (keys(&full), keys(&own));
    if let Some(at) = within(&a, &b) {
        let runs = [
            Run::LeftOut(full[..at].join(" ")),
            Run::Both(own.join(" ")),
            Run::LeftOut(full[at + own.len()..].join(" ")),
        ];
        let empty = |run: &Run| matches!(run, Run::LeftOut(words) | Run::Both(words) if words.is_empty());
        return Some(runs.into_iter().filter(|r| !empty(r)).collect());
    }
    let mut runs: Vec<Run> = Vec::new();
    let (mut from, mut to) = (0, 0);
    for (i, j) in subsequence(&a, &b).into_iter().chain([(a.len(), b.len())]) {
        if i > from {
            runs.push(Run::LeftOut(full[from..i].join(" ")));
        }
        if j > to {
            runs.push(Run::Put(own[to..j].join(" ")));
        }
        match (own.get(j), runs.last_mut()) {
            (Some(word), Some(Run::Both(words))) => {
                words.push(' ');
                words.push_str(word);
            }
            (Some(word), _) => runs.push(Run::Both((*word).to_owned())),
            (None, _) => {}
        }
        (from, to) = (i + 1, j + 1);
    }
    Some(runs)
}

/// Where the words of the version stand in a row: mostly it is a piece of the fullest.
fn within(full: &[String], own: &[String]) -> Option<usize> {
    if own.is_empty() || own.len() > full.len() {
        return None;
    }
    full.windows(own.len()).position(|window| window == own)
}

/// Letters and digits in lower case; of a word without any, the word.
fn key(word: &str) -> String {
    let key: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if key.is_empty() { word.to_owned() } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(fullest: &str, version: &str, expected: &str) {
        let runs = differ(fullest, version).expect("short");
        let print = |run: &Run| match run {
            Run::Both(words) => words.clone(),
            Run::LeftOut(words) => format!("[-{words}-]"),
            Run::Put(words) => format!("[+{words}+]"),
        };
        assert_eq!(runs.iter().map(print).collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn what_is_cut_and_what_is_put_in_its_place() {
        check(
            "We are giving up an illusion, not our values",
            "we are giving up an illusion",
            "we are giving up an illusion [-not our values-]",
        );
        check("four to six nations", "five nations", "[-four to six-] [+five+] nations");
        check("a step forward", "a step forward", "a step forward");
        check("", "a", "[+a+]");
        // The piece is found whole, though its first word stands further up too.
        check("of Bhutan. Bhutan is first", "Bhutan is first", "[-of Bhutan.-] Bhutan is first");
        check("a — b", "a - b", "a [-—-] [+-+] b");
    }

    #[test]
    fn what_is_too_long_is_not_compared() {
        let long = "word ".repeat(3000);
        assert_eq!(differ(&long, &long), None);
    }
}
