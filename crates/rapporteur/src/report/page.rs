//! A brief as a page of sections and rows, before it becomes lines of a terminal or Markdown.
//!
//! Every sentence is a template over values of the account, or an article's own words in quotation marks, with the numbers of the
//! articles they stand in.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::page_rows as rows;
use super::wrap::clean;
use crate::extract::{EntityId, Stage};
use crate::provenance::{ArticleId, Passage};
use crate::reconcile::{Account, ArticleRow, Brief};

/// One story as a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) title: String,
    /// Beside the title: "5 articles · 1 origin for the main claim".
    pub(crate) standing: String,
    /// The screen that comes first; a section without a name has rows of one word and a text.
    pub(crate) essentials: Vec<Section>,
    /// Article by article.
    pub(crate) details: Vec<Section>,
}

/// Rows under a name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Section {
    pub(crate) name: String,
    pub(crate) rows: Vec<Row>,
}

/// A label and a text; either can be empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) text: String,
    /// Whether a reader should be wary: conflicts and what was not read.
    pub(crate) warning: bool,
}

impl Row {
    pub(crate) fn new(label: impl Into<String>, text: impl Into<String>) -> Row {
        Row { label: label.into(), text: text.into(), warning: false }
    }

    pub(crate) fn warning(label: impl Into<String>, text: impl Into<String>) -> Row {
        Row { label: label.into(), text: text.into(), warning: true }
    }
}

/// What rows need to print values: names, texts, and the short numbers of the articles.
pub(crate) struct Names<'a> {
    names: BTreeMap<&'a EntityId, &'a str>,
    rows: BTreeMap<&'a ArticleId, Vec<&'a ArticleRow>>,
    numbers: BTreeMap<&'a ArticleId, usize>,
    /// The folder that all articles lie in, with its last slash; empty where there is none.
    folder: &'a str,
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
        let folder = folder(brief.articles.iter().map(|a| a.path.as_str()));
        Names { names, rows, numbers, folder }
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

    /// The name of what a conflict is about, where that is an entity.
    pub(crate) fn about(&self, about: &str) -> String {
        let id = EntityId(about.to_owned());
        if about.contains(':') && !about.contains(' ') { self.name(&id) } else { clean(about) }
    }

    /// The exact words of a passage in quotation marks, at most `most` characters of them.
    pub(crate) fn quoted(&self, passage: &Passage, most: usize) -> String {
        let text = self.rows.get(&passage.article).and_then(|r| r.first()).map_or("", |r| r.text.as_str());
        let words = clean(passage.span.of(text));
        if words.chars().count() <= most {
            return format!("“{words}”");
        }
        let kept: String = words.chars().take(most).collect();
        let kept = kept.rsplit_once(' ').map_or(kept.as_str(), |(whole, _)| whole);
        format!("“{kept}” …")
    }

    /// "1-3 5": the short numbers of articles.
    pub(crate) fn numbers<'p>(&self, articles: impl IntoIterator<Item = &'p ArticleId>) -> String {
        let numbers: BTreeSet<usize> = articles.into_iter().filter_map(|a| self.numbers.get(a).copied()).collect();
        ranges(&numbers)
    }

    /// The short numbers of the articles that passages lie in.
    pub(crate) fn of(&self, spans: &[Passage]) -> String {
        self.numbers(spans.iter().map(|s| &s.article))
    }

    /// The articles of a story in the order of their numbers, each with its rows.
    pub(crate) fn articles(&self, story: &Account) -> Vec<(usize, &[&'a ArticleRow])> {
        let of = |id: &ArticleId| Some((*self.numbers.get(id)?, self.rows.get(id)?.as_slice()));
        let mut articles: Vec<_> = story.articles.iter().filter_map(of).collect();
        articles.sort_by_key(|a| a.0);
        articles
    }
}

/// The pages of a brief, one a story.
pub(crate) fn pages(brief: &Brief) -> Vec<Page> {
    let names = Names::new(brief);
    brief.stories.iter().map(|story| page(story, &names)).collect()
}

fn page(story: &Account, names: &Names<'_>) -> Page {
    let n = story.articles.len();
    let mut standing = format!("{n} article{}", if n == 1 { "" } else { "s" });
    let main = story.claims.first().filter(|_| rows::has_main_claim(story));
    if let Some(claim) = main.filter(|c| !c.origins.iter().any(|o| o == "origin:common-knowledge")) {
        let named = claim.origins.iter().filter(|o| *o != "origin:unattributed").count();
        standing.push_str(&match named {
            0 => " · no origin named for the main claim".to_owned(),
            1 => " · 1 origin for the main claim".to_owned(),
            k => format!(" · {k} origins for the main claim"),
        });
    }
    let named = |name: &str, rows: Vec<Row>| Section { name: name.to_owned(), rows };
    let mut essentials = vec![
        named("", rows::head(story, names)),
        named("STAGES", rows::other_stages(story, names)),
        named("MEMBERS", rows::members(story, names)),
        named("CANDIDATES", rows::candidates(story, names)),
        named("CONDITIONS", rows::conditions(story, names)),
        named("QUOTATIONS", rows::quotations(story, names)),
        named("CONFLICTS", rows::conflicts(story, names)),
        named("NOT SAID", rows::silence(story)),
        named("NOT READ", rows::not_read(story, names)),
        named("ARTICLES", rows::legend(story, names)),
    ];
    essentials.retain(|s| !s.rows.is_empty());
    Page { title: clean(&story.title).to_uppercase(), standing, essentials, details: rows::details(story, names) }
}

/// The ladder in words for a reader: "announced, not signed".
pub(crate) fn stage_words(lo: u8, hi: u8) -> String {
    let word = |rank: u8| Stage::of_rank(rank).as_str().replace('_', " ");
    match (lo, hi) {
        (0, 0) => "no step".to_owned(),
        (0, hi) => format!("at most {}", word(hi)),
        (4, 4) => "announced, not signed".to_owned(),
        (5, 5) => "signed".to_owned(),
        (6, 6) => "ratified".to_owned(),
        (lo, 7) if lo < 7 => format!("{} at least; whether more, the wording leaves open", word(lo)),
        (lo, hi) if lo == hi => word(lo),
        (lo, hi) => format!("{} to {}", word(lo), word(hi)),
    }
}

/// "1-3 5": runs of three and more are joined.
fn ranges(numbers: &BTreeSet<usize>) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &n in numbers {
        match runs.last_mut() {
            Some(run) if run.1 + 1 == n => run.1 = n,
            _ => runs.push((n, n)),
        }
    }
    let print = |&(a, b): &(usize, usize)| match b - a {
        0 => a.to_string(),
        1 => format!("{a} {b}"),
        _ => format!("{a}-{b}"),
    };
    runs.iter().map(print).collect::<Vec<_>>().join(" ")
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
    fn numbers_of_articles_are_short() {
        assert_eq!(ranges(&BTreeSet::from([1, 2, 3, 5])), "1-3 5");
        assert_eq!(ranges(&BTreeSet::from([1, 2, 4])), "1 2 4");
        assert_eq!(ranges(&BTreeSet::new()), "");
    }

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
}
