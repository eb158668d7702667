//! Words that colour a predicate without governing it: the table `data/en/factuality_words.tsv`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../../../data/en/factuality_words.tsv");

static WORDS: LazyLock<BTreeSet<(&'static str, &'static str)>> =
    LazyLock::new(|| rows().filter_map(|(_, cells)| Some((*cells.first()?, *cells.get(1)?))).collect());

/// Whether a word, in small letters, is of that kind.
pub(super) fn is(kind: &str, word: &str) -> bool {
    WORDS.contains(&(word, kind))
}

/// Cells of a line, lines counted from 1.
fn rows() -> impl Iterator<Item = (usize, Vec<&'static str>)> {
    let lines = TABLE.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
    lines.map(|(i, l)| (i + 1, l.split('\t').collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_whole_and_stands_once() {
        let kinds = ["probable", "possible", "almost", "to_come", "singled", "speaks", "links"];
        let mut seen = BTreeSet::new();
        for (line, cells) in rows() {
            let whole = cells.len() == 3 && cells.iter().all(|c| !c.is_empty()) && kinds.contains(&cells[1]);
            assert!(whole && seen.insert((cells[0], cells[1])), "factuality_words.tsv:{line}: {cells:?}");
        }
        assert!(is("probable", "reportedly") && !is("probable", "perhaps"));
    }
}
