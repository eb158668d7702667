//! What stands after the last words of an article and that extractors take for a part of it: other articles, references, who the author is.
//!
//! Nothing is taken out: the blocks stay in the text as furniture, so that a wrong guess loses a label and not a line.

use super::body::Part;
use crate::ingest::BlockKind;

/// Headings, as data: a wording in small letters and its source.
const TABLE: &str = include_str!("../../../../../data/en/page_ends.tsv");

/// An end has at most so large a share of the words, and a heading so many words.
const LARGEST_SHARE: f64 = 0.15;
/// More paragraphs of so many words than this, and the article goes on.
const LONG: (usize, usize) = (25, 2);
const LONGEST_HEADING: usize = 10;
/// A note on the author is one of so many last blocks.
const LAST: usize = 4;

/// Marks the end from its heading on, and what stands there of the author.
pub(super) fn mark(parts: &mut [Part], author: Option<&str>) {
    let counts: Vec<usize> = parts.iter().map(|p| p.words.split(' ').count()).collect();
    let most = (counts.iter().sum::<usize>() as f64 * LARGEST_SHARE) as usize;
    let (mut after, mut long, mut from) = (0, 0, parts.len());
    for at in (1..parts.len()).rev() {
        after += counts[at];
        long += usize::from(counts[at] >= LONG.0);
        if after > most || long > LONG.1 {
            break;
        }
        if counts[at] <= LONGEST_HEADING && is_heading(&parts[at]) {
            from = at;
        }
    }
    if let Some(author) = author.filter(|a| a.contains(' ')) {
        let first = from.saturating_sub(LAST).max(1).min(from);
        if let Some(at) = (first..from).find(|at| is_about(&parts[*at].words, author)) {
            from = at;
        }
        if let Some(name) = parts.iter_mut().take(4).find(|p| p.words == author) {
            name.kind = BlockKind::Byline;
        }
    }
    for part in &mut parts[from..] {
        part.kind = BlockKind::Boilerplate;
    }
}

/// The name alone, or "NAME is", "NAME has".
fn is_about(words: &str, author: &str) -> bool {
    words
        .strip_prefix(author)
        .is_some_and(|rest| rest.is_empty() || [" is ", " has ", ", "].iter().any(|w| rest.starts_with(w)))
}

/// A heading of the table: as a heading of the page, or a short line without a stop.
fn is_heading(part: &Part) -> bool {
    let stopped = part.words.ends_with(['.', '?', '!']);
    let lower = part.words.to_lowercase().replace('’', "'");
    let wordings = TABLE.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').next());
    (part.kind == BlockKind::Subhead || (part.kind == BlockKind::Paragraph && !stopped))
        && wordings.filter_map(|w| lower.strip_prefix(w)).any(opens)
}

/// What follows the wording in its heading. "READ MORE: Sudmark votes" is a link in the midst of an article.
fn opens(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric()) && (rest.trim() == ":" || !rest.trim_start().starts_with(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which blocks of an article of ten long paragraphs and these are furniture, counted from the first of these.
    fn check(ends: &[(&str, BlockKind)], expect: &[usize]) {
        let long = "Norland and its four neighbours signed the lake pact on Thursday after two years of talks.";
        let mut parts = vec![Part { words: long.to_owned(), kind: BlockKind::Paragraph }; 10];
        parts.extend(ends.iter().map(|(words, kind)| Part { words: (*words).to_owned(), kind: *kind }));
        mark(&mut parts, Some("Jane Doe"));
        let marked = parts.iter().enumerate().filter(|(_, p)| p.kind == BlockKind::Boilerplate).map(|(i, _)| i);
        assert_eq!(
            marked.map(|i| i.checked_sub(10).expect("a paragraph of the article")).collect::<Vec<_>>(),
            expect,
            "{ends:?}"
        );
    }

    #[test]
    fn ends_of_pages() {
        use BlockKind::{List, Paragraph, Subhead};
        check(&[("Related articles", Subhead), ("Sudmark votes", List)], &[0, 1]);
        check(&[("Read more:", Paragraph), ("Sudmark votes", List), ("Oslo talks end", List)], &[0, 1, 2]);
        check(&[("Jane Doe is our correspondent in Oslo.", Paragraph)], &[0]);
        check(
            &[("So the talks go on.", Paragraph), ("About the Author", Subhead), ("She lives in Oslo.", Paragraph)],
            &[1, 2],
        );
    }

    #[test]
    fn look_alikes() {
        use BlockKind::{Paragraph, Subhead};
        check(&[("Related parties must sign too.", Paragraph)], &[]);
        check(&[("READ MORE: Sudmark votes", Subhead), ("The talks go on.", Paragraph)], &[]);
        check(&[("Referencesystem", Subhead), ("It measures the lake.", Paragraph)], &[]);
        check(&[("What comes next", Subhead), ("Ratification.", Paragraph)], &[]);
        check(&[("“More from both sides is needed,” said Jane Doe.", Paragraph)], &[]);
        let mut none: Vec<Part> = Vec::new();
        mark(&mut none, Some("Jane Doe"));
        assert!(none.is_empty());
    }
}
