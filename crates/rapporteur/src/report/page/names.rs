//! What a page needs to print values: names, the texts, and the short numbers of the articles.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use language::Span;

use crate::extract::{EntityId, Holder, HolderKind};
use crate::knowledge::knowledge;
use crate::provenance::{ArticleId, CodePoints, Passage};
use crate::reconcile::{Account, ArticleRow, Brief};
use crate::report::wrap::clean;
use crate::second_reader::SecondReading;

/// Names of entities and numbers of articles.
pub(crate) struct Names<'a> {
    names: BTreeMap<&'a EntityId, &'a str>,
    rows: BTreeMap<&'a ArticleId, Vec<&'a ArticleRow>>,
    numbers: BTreeMap<&'a ArticleId, usize>,
    points: BTreeMap<&'a ArticleId, CodePoints<'a>>,
    /// The folder that all articles lie in, with its last slash; empty where there is none.
    folder: &'a str,
    second: Option<&'a SecondReading>,
}

impl<'a> Names<'a> {
    /// Numbers the articles by path, as a reader of the folder would: `2.txt` before `10.txt`.
    pub(crate) fn new(brief: &'a Brief) -> Names<'a> {
        let mut by_path: Vec<&ArticleRow> = brief.articles.iter().collect();
        by_path.sort_by(|a, b| natural(&a.path, &b.path).then_with(|| a.id.cmp(&b.id)));
        let mut rows: BTreeMap<&ArticleId, Vec<&ArticleRow>> = BTreeMap::new();
        let mut numbers = BTreeMap::new();
        for row in by_path {
            let next = numbers.len() + 1;
            numbers.entry(&row.id).or_insert(next);
            rows.entry(&row.id).or_default().push(row);
        }
        let names = brief.entities.iter().map(|e| (&e.id, e.name.as_str())).collect();
        let points = brief.articles.iter().map(|a| (&a.id, CodePoints::new(&a.text))).collect();
        let folder = folder(brief.articles.iter().map(|a| a.path.as_str()));
        Names { names, rows, numbers, points, folder, second: brief.second_reader.as_ref() }
    }

    /// What a second reader proposes.
    pub(crate) fn second(&self) -> Option<&'a SecondReading> {
        self.second
    }

    /// The folder of all articles, with its last slash.
    pub(crate) fn folder(&self) -> &str {
        self.folder
    }

    /// A path without the folder that all share.
    pub(crate) fn short(&self, path: &str) -> String {
        clean(path.strip_prefix(self.folder).unwrap_or(path))
    }

    pub(crate) fn name(&self, id: &EntityId) -> String {
        match self.names.get(id) {
            Some(name) => clean(name),
            None => id.0.split_once(':').map_or(id.0.as_str(), |(_, rest)| rest).replace('-', " "),
        }
    }

    /// A name as it stands in a sentence: "the United States".
    pub(crate) fn in_sentence(&self, id: &EntityId) -> String {
        knowledge().in_sentence(&self.name(id))
    }

    /// The names of what a conflict is about, or of what a side of it says, where those are entities; identifiers among other words
    /// become names too.
    pub(crate) fn about(&self, about: &str) -> String {
        let is_id = |word: &str| word.split_once(':').is_some_and(|(kind, rest)| !kind.is_empty() && !rest.is_empty());
        if about.is_empty() || !about.split(' ').all(is_id) {
            return clean(&about.split(' ').map(|w| self.word(w)).collect::<Vec<_>>().join(" "));
        }
        about.split(' ').map(|id| self.name(&EntityId(id.to_owned()))).collect::<Vec<_>>().join(" and ")
    }

    /// A word, or the name of the entity that it identifies.
    fn word(&self, word: &str) -> String {
        let id = EntityId(word.trim_end_matches([',', ';']).to_owned());
        match self.names.get(&id) {
            Some(name) if id.0.contains(':') => format!("{name}{}", &word[id.0.len()..]),
            _ => word.to_owned(),
        }
    }

    /// A voice: its name, "the article" of the author's own, `None` where the text names nobody.
    pub(crate) fn voice(&self, holder: &Holder) -> Option<String> {
        match holder.kind {
            HolderKind::Unknown => None,
            HolderKind::Outlet => Some("the article".to_owned()),
            _ => Some(clean(&holder.name)),
        }
    }

    /// The words of a passage, on one line.
    pub(crate) fn words(&self, passage: &Passage) -> String {
        let text = self.rows.get(&passage.article).and_then(|r| r.first()).map_or("", |r| r.text.as_str());
        clean(text.get(passage.span.start..passage.span.end).unwrap_or(""))
    }

    /// What a reader is shown for a passage: the shortest stretch of its article that holds it and keeps its sense when shown alone, with
    /// the negation, the condition and the verb that belong to it; the passage itself where there is none.
    pub(crate) fn shown(&self, passage: &Passage) -> Passage {
        /// Clauses before a passage among which the one around it is looked for.
        const NEAR: usize = 80;
        let Some(row) = self.row(&passage.article) else { return passage.clone() };
        let words = passage.span.of(&row.text);
        let marks = |c: char| !c.is_alphanumeric();
        let bare = words.trim_start_matches(marks);
        let bare = bare.strip_prefix("that ").unwrap_or(bare);
        let core = bare.trim_end_matches(marks);
        let start = passage.span.start + (words.len() - bare.len());
        let core = Span::new(start, start + core.len());
        let after = row.clauses.partition_point(|c| c.start <= core.start);
        let near = row.clauses[..after].iter().rev().take(NEAR).filter(|c| c.contains(core));
        let shortest = near.min_by_key(|c| (c.len(), c.start));
        let span = shortest.map_or(passage.span, |clause| *clause);
        Passage { article: passage.article.clone(), span }
    }

    /// The exact words of a passage in quotation marks, at most `most` characters of them.
    pub(crate) fn quoted(&self, passage: &Passage, most: usize) -> String {
        let (words, cut) = cut(&self.words(passage), most);
        let (open, close) = marks(&words);
        if cut { format!("{open}{words}{close} …") } else { format!("{open}{words}{close}") }
    }

    /// The passage in code points, as every output counts them.
    pub(crate) fn code_points(&self, passage: &Passage) -> (usize, usize) {
        let points = self.points.get(&passage.article);
        points.map_or((0, 0), |p| (p.at(passage.span.start), p.at(passage.span.end)))
    }

    /// The number of an article.
    pub(crate) fn number(&self, id: &ArticleId) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// The first row of an article.
    pub(crate) fn row(&self, id: &ArticleId) -> Option<&'a ArticleRow> {
        self.rows.get(id).and_then(|rows| rows.first()).copied()
    }

    /// The articles of a story in the order of their numbers, each with its rows.
    pub(crate) fn articles(&self, story: &Account) -> Vec<(usize, &[&'a ArticleRow])> {
        let of = |id: &ArticleId| Some((*self.numbers.get(id)?, self.rows.get(id)?.as_slice()));
        let mut articles: Vec<_> = story.articles.iter().filter_map(of).collect();
        articles.sort_by_key(|a| a.0);
        articles
    }
}

/// The marks in which words are quoted: single ones around words that hold double ones at an end.
pub(crate) fn marks(words: &str) -> (char, char) {
    let double = |c: char| matches!(c, '"' | '“' | '”');
    if words.starts_with(double) || words.ends_with(double) { ('‘', '’') } else { ('“', '”') }
}

/// At most `most` characters, whole words, and whether something was left off.
pub(crate) fn cut(words: &str, most: usize) -> (String, bool) {
    match words.char_indices().nth(most) {
        None => (words.to_owned(), false),
        // The last word that fits is whole.
        Some((at, next)) if !(next.is_alphanumeric() || matches!(next, '\'' | '’' | '-')) => {
            (words[..at].trim_end().to_owned(), true)
        }
        Some((at, _)) => (words[..at].rsplit_once(' ').map_or(&words[..at], |(whole, _)| whole).to_owned(), true),
    }
}

/// The longest beginning of all paths that ends with a slash.
fn folder<'a>(mut paths: impl Iterator<Item = &'a str>) -> &'a str {
    let Some(first) = paths.next() else { return "" };
    let parent = |path: &'a str| path.rfind('/').map_or("", |at| &path[..=at]);
    let mut folder = parent(first);
    for path in paths {
        while !path.starts_with(folder) {
            folder = parent(&folder[..folder.len() - 1]);
        }
    }
    folder
}

/// Order of paths in which runs of digits count as numbers.
fn natural(a: &str, b: &str) -> Ordering {
    let pieces = |s: &str| {
        let mut pieces: Vec<(String, u64)> = Vec::new();
        let mut rest = s;
        while !rest.is_empty() {
            let words = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
            let digits = rest[words..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |d| words + d);
            pieces.push((rest[..words].to_owned(), rest[words..digits].parse().unwrap_or(u64::MAX)));
            rest = &rest[digits..];
        }
        pieces
    };
    pieces(a).cmp(&pieces(b)).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_folder_ends_with_a_slash() {
        assert_eq!(folder(["a/b/1", "a/bc/2"].into_iter()), "a/");
        assert_eq!(folder(["a/b/1"].into_iter()), "a/b/");
        assert_eq!(folder(["x", "a/1"].into_iter()), "");
        assert_eq!(folder([].into_iter()), "");
    }

    #[test]
    fn ten_comes_after_two() {
        assert_eq!(natural("a/2.txt", "a/10.txt"), Ordering::Less);
        assert_eq!(natural("a/b.txt", "a/b.txt"), Ordering::Equal);
        assert_eq!(natural("99999999999999999999999", "1"), Ordering::Greater);
    }

    #[test]
    fn quoted_words_that_quote_stand_in_other_marks() {
        assert_eq!(marks("“Peace,” Kalnė wrote"), ('‘', '’'));
        assert_eq!(marks("the pact"), ('“', '”'));
        assert_eq!(marks("Kalnė called it a “club” of states"), ('“', '”'));
    }

    #[test]
    fn long_words_are_cut_between_words() {
        assert_eq!(cut("one two three", 20), ("one two three".to_owned(), false));
        assert_eq!(cut("one two three", 9), ("one two".to_owned(), true));
        assert_eq!(cut("one two three", 7), ("one two".to_owned(), true));
        assert_eq!(cut("one two; three", 7), ("one two".to_owned(), true));
        assert_eq!(cut("one two's three", 7), ("one".to_owned(), true));
        assert_eq!(cut("éééé", 2), ("éé".to_owned(), true));
    }
}
