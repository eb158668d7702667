//! What a revision changed, in words.

use serde::Serialize;

use crate::reconcile::subsequence::subsequence;

/// Words that stand in the place of others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The words of the older text; empty where words were only added.
    pub removed: String,
    /// The words of the newer text; empty where words were only taken out.
    pub added: String,
}

/// Products of word counts over this are told as one change: a text that was rewritten all over.
const MOST: usize = 4_000_000;

/// What differs between two texts, in the order of reading. White space does not count; case and marks do.
pub fn difference(older: &str, newer: &str) -> Vec<Change> {
    let (a, b): (Vec<&str>, Vec<&str>) = (older.split_whitespace().collect(), newer.split_whitespace().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let change = |removed: &[&str], added: &[&str]| Change { removed: removed.join(" "), added: added.join(" ") };
    let mut changes = Vec::new();
    let (mut from, mut to) = (0, 0);
    for (i, j) in shared(a, b).into_iter().chain([(a.len(), b.len())]) {
        if i > from || j > to {
            changes.push(change(&a[from..i], &b[to..j]));
        }
        (from, to) = (i + 1, j + 1);
    }
    changes
}

/// Places of the longest common subsequence; none where the two are too long.
fn shared(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    if a.len().checked_mul(b.len()).is_none_or(|n| n > MOST) {
        return Vec::new();
    }
    subsequence(a, b)
}

#[cfg(test)]
mod tests {
    use super::difference;

    fn check(older: &str, newer: &str, expected: &str) {
        let changes = difference(older, newer);
        let printed: Vec<String> = changes.iter().map(|c| format!("[{}|{}]", c.removed, c.added)).collect();
        assert_eq!(printed.join(" "), expected);
    }

    #[test]
    fn only_what_was_changed_is_told() {
        check("Senator Berg met envoys.", "Secretary Berg met envoys.", "[Senator|Secretary]");
        check("Berg met envoys.", "Berg met two envoys.", "[|two]");
        check("Berg met two envoys.", "Berg met envoys.", "[two|]");
        check("a b c d e", "a x c y e", "[b|x] [d|y]");
        check("the same\n\nwords", "the  same words", "");
        check("", "", "");
        check("", "new", "[|new]");
    }

    #[test]
    fn a_text_rewritten_all_over_is_one_change() {
        let (older, newer) = ("old ".repeat(3000), "new ".repeat(3000));
        assert_eq!(difference(&older, &newer).len(), 1);
    }
}
