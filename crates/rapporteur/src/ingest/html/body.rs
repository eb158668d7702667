//! The main text of a page, block by block, from two extractors that read it independently.
//!
//! `trafilatura` knows the marks of many publishers, `dom_smoothie` (Mozilla's Readability) weighs paragraphs. Where both found about the same
//! text the second is cleaner; where it has lost most of the text, or fell for another part of the page, the first stands. Measured on 206 public
//! pages: words F1 .935 and .926 alone; see `bench/runs/`.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::tags::{Piece, decoded, pieces, squeezed};
use crate::ingest::BlockKind;

/// A block of an article: its words, single blanks between them, and what its tag says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) words: String,
    /// `Paragraph` where the tag says nothing.
    pub(super) kind: BlockKind,
}

/// Of the first's words the second must have so many, and at most so many times as many, to be believed.
const BELIEVED: (f64, f64) = (0.45, 2.0);
/// So much of the shorter must stand in the longer.
const SHARED: f64 = 0.6;

/// The blocks of the main text, in the page's order; none where neither found any.
pub(super) fn of(slim: &str) -> Vec<Part> {
    let first = guarded(|| first(slim));
    let second = guarded(|| second(slim));
    chosen(first, second)
}

/// An extractor's own fault costs its opinion, never the article.
fn guarded(extract: impl FnOnce() -> Option<String>) -> Vec<Part> {
    catch_unwind(AssertUnwindSafe(extract)).ok().flatten().map(|html| parts(&html)).unwrap_or_default()
}

fn first(slim: &str) -> Option<String> {
    let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    trafilatura::extract(slim, &options).ok().map(|found| found.content_html)
}

fn second(slim: &str) -> Option<String> {
    let found = dom_smoothie::Readability::new(slim, None, None).ok()?.parse().ok()?;
    Some(found.content.to_string())
}

fn chosen(first: Vec<Part>, second: Vec<Part>) -> Vec<Part> {
    let (a, b) = (bag(&first), bag(&second));
    let (n_first, n_second) = (a.values().sum::<usize>() as f64, b.values().sum::<usize>() as f64);
    let shared: usize = a.iter().map(|(word, n)| (*n).min(b.get(word).copied().unwrap_or(0))).sum();
    let alike = shared as f64 >= SHARED * n_first.min(n_second);
    let sized = n_second >= BELIEVED.0 * n_first && n_second <= BELIEVED.1 * n_first;
    // Where they disagree, the one that found more is seldom the wrong one.
    if n_second > 0.0 && (n_first == 0.0 || (alike && sized) || (!alike && n_second > n_first)) {
        second
    } else {
        first
    }
}

/// Whether the page's own account of its text has so much more than was found that the page shows a part of it only: a script fills in the
/// rest, or only subscribers see it.
pub(super) fn lacks(found: &[Part], given: &[Part]) -> bool {
    const LEAST: usize = 80;
    let words = |parts: &[Part]| parts.iter().map(|p| p.words.split(' ').count()).sum::<usize>();
    words(given) >= LEAST.max(2 * words(found))
}

fn bag(parts: &[Part]) -> HashMap<String, usize> {
    let mut bag = HashMap::new();
    for word in parts.iter().flat_map(|p| p.words.split(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty()) {
        *bag.entry(word.to_lowercase()).or_default() += 1;
    }
    bag
}

/// The blocks of tidy HTML.
pub(super) fn parts(html: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut words = String::new();
    let mut kinds: Vec<(String, BlockKind)> = Vec::new();
    let close = |words: &mut String, kinds: &[(String, BlockKind)], parts: &mut Vec<Part>| {
        let line = squeezed(words);
        words.clear();
        if line.chars().any(char::is_alphanumeric) {
            parts.push(Part { words: line, kind: kinds.last().map_or(BlockKind::Paragraph, |(_, kind)| *kind) });
        }
    };
    for piece in pieces(html) {
        match piece {
            Piece::Words(w) => words.push_str(&decoded(w)),
            Piece::Open { name, .. } => {
                let name = name.to_ascii_lowercase();
                match breaks(&name) {
                    Break::None => {}
                    Break::Word => words.push(' '),
                    Break::Block => {
                        close(&mut words, &kinds, &mut parts);
                        if let Some(kind) = kind_of(&name) {
                            kinds.push((name, kind));
                        }
                    }
                }
            }
            Piece::Close(name) => {
                let name = name.to_ascii_lowercase();
                match breaks(&name) {
                    Break::None => {}
                    Break::Word => words.push(' '),
                    Break::Block => {
                        close(&mut words, &kinds, &mut parts);
                        if let Some(at) = kinds.iter().rposition(|(open, _)| *open == name) {
                            kinds.truncate(at);
                        }
                    }
                }
            }
            Piece::Raw(_) | Piece::Other(_) => {}
        }
    }
    close(&mut words, &kinds, &mut parts);
    parts
}

pub(super) enum Break {
    None,
    Word,
    Block,
}

/// Whether a tag ends a block, a word or nothing. Cells of a table are words of their row.
pub(super) fn breaks(name: &str) -> Break {
    match name {
        "a" | "abbr" | "b" | "bdi" | "bdo" | "cite" | "code" | "data" | "del" | "dfn" | "em" | "font" | "i" | "ins"
        | "kbd" | "mark" | "q" | "s" | "samp" | "small" | "span" | "strike" | "strong" | "sub" | "sup" | "time"
        | "tt" | "u" | "var" | "wbr" => Break::None,
        "td" | "th" | "img" | "label" => Break::Word,
        _ => Break::Block,
    }
}

pub(super) fn kind_of(name: &str) -> Option<BlockKind> {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Subhead),
        "li" | "dt" | "dd" => Some(BlockKind::List),
        "figcaption" | "caption" => Some(BlockKind::Caption),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expect: &[&str]) {
        let told: Vec<String> = parts(html).iter().map(|p| format!("{:?}: {}", p.kind, p.words)).collect();
        assert_eq!(told, expect, "{html}");
    }

    #[test]
    fn blocks_and_their_kinds() {
        check(
            "<h2>Talks</h2><p>Norland <b>signed</b>.<br>Sudmark did&nbsp;not.</p>",
            &["Subhead: Talks", "Paragraph: Norland signed.", "Paragraph: Sudmark did not."],
        );
        check("<ul><li>One</li><li><p>Two</p></li></ul><p>Three</p>", &["List: One", "List: Two", "Paragraph: Three"]);
        check(
            "<figure><img><figcaption>Ministers in Oslo</figcaption></figure>Words",
            &["Caption: Ministers in Oslo", "Paragraph: Words"],
        );
        check(
            "<table><tr><td>Norland</td><td>signed</td></tr><tr><td>Sudmark</td></tr></table>",
            &["Paragraph: Norland signed", "Paragraph: Sudmark"],
        );
        check("<p>—</p></li></ul>", &[]);
    }

    #[test]
    fn the_second_opinion_counts_where_it_is_one() {
        let text = |n: usize, word: &str| vec![Part { words: vec![word; n].join(" "), kind: BlockKind::Paragraph }];
        let check = |first: &[Part], second: &[Part], expect: &[Part]| {
            assert_eq!(chosen(first.to_vec(), second.to_vec()), expect)
        };
        let long = text(100, "pact");
        check(&long, &text(80, "pact"), &text(80, "pact"));
        check(&long, &text(10, "pact"), &long);
        check(&long, &text(50, "cookie"), &long);
        check(&long, &[], &long);
        check(&[], &long, &long);
        check(&[], &[], &[]);
    }
}
