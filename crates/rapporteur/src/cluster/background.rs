//! How many of a collection of ordinary news articles hold each term: what keeps a folder of five articles from taking a common word
//! for a rare one.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::LazyLock;

use super::profile::{self, View};
use crate::extract::Findings;
use crate::ingest::Article;

/// The counts in `data/en/background.tsv`.
pub(super) struct Background {
    /// How many articles were counted.
    pub(super) articles: u32,
    documents: HashMap<u32, u32>,
}

/// The table in the binary. A line that cannot be read is left out, and named by the test below.
pub(super) static BACKGROUND: LazyLock<Background> = LazyLock::new(|| {
    let rows = include_str!("../../../../data/en/background.tsv").lines().filter(|l| !l.starts_with('#'));
    let mut background = Background { articles: 0, documents: HashMap::new() };
    for (term, count) in rows.filter_map(row) {
        match profile::read(term) {
            Some((view, word)) => drop(background.documents.insert(profile::number(view, word), count)),
            None => background.articles = count,
        }
    }
    background
});

fn row(line: &str) -> Option<(&str, u32)> {
    let (term, count) = line.split_once('\t')?;
    Some((term, count.split('\t').next()?.parse().ok()?))
}

impl Background {
    /// How many of its articles hold the term.
    pub(super) fn documents(&self, term: u32) -> u32 {
        self.documents.get(&term).copied().unwrap_or(0)
    }
}

/// Writes the table anew from articles: `term`, number of articles that hold it; the first row is the number of articles. Terms of one
/// article alone are left out.
pub fn table(articles: &[(Article, Findings)], source: &str) -> String {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for (article, findings) in articles {
        for (view, word) in profile::terms(article, findings).into_keys().filter(|(view, _)| *view != View::Date) {
            *counts.entry(profile::written(view, &word)).or_default() += 1;
        }
    }
    let mut table = format!(
        "# Terms of ordinary news: how many of the counted articles hold each. w: a word by its first six letters, l: the same in the\n\
         # lead, e: an entity, n: a number. Made by `rapporteur train background`. Source of every line: {source}\n\
         # term\tarticles\nall\t{}\n",
        articles.len()
    );
    for (term, count) in counts.iter().filter(|(_, count)| **count > 1) {
        let _ = writeln!(table, "{term}\t{count}");
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_term_with_a_count() {
        let file = include_str!("../../../../data/en/background.tsv");
        let wrong = |(number, line): (usize, &str)| {
            let read = row(line).filter(|(term, _)| *term == "all" || profile::read(term).is_some());
            (!line.starts_with('#') && read.is_none()).then(|| format!("data/en/background.tsv:{}: {line}", number + 1))
        };
        let wrong: Vec<String> = file.lines().enumerate().filter_map(wrong).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_common_word_is_known_to_be_common() {
        let count = |word: &str| BACKGROUND.documents(profile::number(View::Word, word));
        assert!(BACKGROUND.articles > 100);
        assert!(count("govern") > 10 * count("tariff").max(1), "{} {}", count("govern"), count("tariff"));
        assert_eq!(count("zyxwvu"), 0);
    }
}
