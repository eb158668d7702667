//! Paragraphs that both extractors passed over: of the page's own order, between its headline and the last paragraph they found.
//!
//! Extractors judge containers, so an article whose steps or sections stand in containers of their own loses some of them. What is put back
//! reads like running text: whole sentences, hardly a link, in no element that holds furniture.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::body::{Break, Part, breaks, kind_of};
use super::tags::{Piece, attribute, decoded, is_void, pieces, squeezed};
use crate::ingest::BlockKind;

/// A paragraph put back has at least so many words; at most one letter in so many is of a link.
const LEAST_WORDS: usize = 12;
const LINKED: usize = 3;
/// Words that stand together in both: a paragraph that shares half of its runs of so many is there already.
const RUN: usize = 4;

/// A line of the page as a reader sees it.
struct Line {
    words: String,
    kind: BlockKind,
    /// Letters inside of links.
    linked: usize,
    /// In an element that holds no article.
    aside: bool,
}

/// Puts back what was passed over. `headline` is where the article may begin.
pub(super) fn fill(parts: Vec<Part>, page: &str, headline: Option<&str>) -> Vec<Part> {
    let lines = lines(page);
    let keys: Vec<u64> = lines.iter().map(|l| key(&l.words)).collect();
    // The line of each part: the next one with the same letters.
    let (mut at, mut places) = (0, Vec::with_capacity(parts.len()));
    for part in &parts {
        let wanted = key(&part.words);
        let found = keys[at..].iter().take(4000).position(|k| *k == wanted).map(|gap| at + gap);
        places.push(found);
        at = found.map_or(at, |f| f + 1);
    }
    let found: Vec<usize> = places.iter().flatten().copied().collect();
    let (Some(first), Some(last)) = (found.first().copied(), found.last().copied()) else { return parts };
    if found.len() * 2 < parts.len() {
        return parts;
    }
    let title = headline.map(key);
    let begin = keys[..first].iter().rposition(|k| Some(*k) == title).map_or(first, |t| t + 1);
    let mut known: HashSet<u64> = HashSet::new();
    for part in &parts {
        known.extend(runs(&part.words));
    }
    let mut filled: Vec<Part> = Vec::with_capacity(parts.len());
    let mut line = begin;
    for (part, place) in parts.into_iter().zip(places) {
        if let Some(place) = place {
            while line < place {
                put_back(&lines[line], &mut known, &mut filled);
                line += 1;
            }
            line = place + 1;
        }
        filled.push(part);
    }
    debug_assert!(line <= last + 1);
    filled
}

fn put_back(line: &Line, known: &mut HashSet<u64>, filled: &mut Vec<Part>) {
    let words = line.words.split(' ').count();
    let letters = line.words.chars().filter(|c| c.is_alphanumeric()).count();
    let stopped = line.words.trim_end_matches(['"', '”', '’', ')', ']']).ends_with(['.', '!', '?', ':']);
    let running = words >= LEAST_WORDS && stopped && line.linked * LINKED < letters;
    if line.aside || !running || line.kind == BlockKind::Caption {
        return;
    }
    let own: Vec<u64> = runs(&line.words).collect();
    if own.iter().filter(|r| known.contains(r)).count() * 2 >= own.len() {
        return;
    }
    known.extend(own);
    filled.push(Part { words: line.words.clone(), kind: line.kind });
}

/// The same for the same letters and figures, whatever stands between them.
fn key(words: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    for c in words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        c.hash(&mut hasher);
    }
    hasher.finish()
}

fn runs(words: &str) -> impl Iterator<Item = u64> {
    let keys: Vec<u64> = words.split(' ').map(key).collect();
    let size = RUN.min(keys.len()).max(1);
    keys.windows(size)
        .map(|run| {
            let mut hasher = DefaultHasher::new();
            run.hash(&mut hasher);
            hasher.finish()
        })
        .collect::<Vec<_>>()
        .into_iter()
}

fn lines(page: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    // Open elements that tell: its name, its kind, and whether it holds no article.
    let mut open: Vec<(String, Option<BlockKind>, bool)> = Vec::new();
    let (mut words, mut linked, mut in_link) = (String::new(), 0, false);
    let close =
        |words: &mut String, linked: &mut usize, open: &[(String, Option<BlockKind>, bool)], lines: &mut Vec<Line>| {
            let line = squeezed(words);
            words.clear();
            if line.chars().any(char::is_alphanumeric) {
                let kind = open.iter().rev().find_map(|(_, kind, _)| *kind).unwrap_or(BlockKind::Paragraph);
                lines.push(Line { words: line, kind, linked: *linked, aside: open.iter().any(|(_, _, aside)| *aside) });
            }
            *linked = 0;
        };
    for piece in pieces(page) {
        match piece {
            Piece::Words(w) => {
                let w = decoded(w);
                linked += if in_link { w.chars().filter(|c| c.is_alphanumeric()).count() } else { 0 };
                words.push_str(&w);
            }
            Piece::Open { name, attributes, .. } => {
                let name = name.to_ascii_lowercase();
                in_link |= name == "a";
                match breaks(&name) {
                    Break::None => {}
                    Break::Word => words.push(' '),
                    Break::Block => {
                        close(&mut words, &mut linked, &open, &mut lines);
                        let (kind, aside) = (kind_of(&name), is_aside(&name, attributes));
                        if !is_void(&name) && (kind.is_some() || aside || name == "div" || name == "section") {
                            open.push((name, kind, aside));
                        }
                    }
                }
            }
            Piece::Close(name) => {
                let name = name.to_ascii_lowercase();
                in_link &= name != "a";
                match breaks(&name) {
                    Break::None => {}
                    Break::Word => words.push(' '),
                    Break::Block => {
                        close(&mut words, &mut linked, &open, &mut lines);
                        if let Some(at) = open.iter().rposition(|(o, ..)| *o == name) {
                            open.truncate(at);
                        }
                    }
                }
            }
            Piece::Raw(_) | Piece::Other(_) => {}
        }
    }
    close(&mut words, &mut linked, &open, &mut lines);
    lines
}

/// Elements that hold no article, by name or by what publishers call them.
fn is_aside(name: &str, attributes: &str) -> bool {
    const NAMES: [&str; 14] = [
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "figure",
        "figcaption",
        "select",
        "noscript",
        "dialog",
        "svg",
        "template",
        "iframe",
        "blockquote",
    ];
    const CALLED: [&str; 24] = [
        "nav",
        "menu",
        "footer",
        "sidebar",
        "related",
        "comment",
        "promo",
        "newsletter",
        "subscribe",
        "signup",
        "share",
        "social",
        "cookie",
        "consent",
        "modal",
        "popup",
        "advert",
        "sponsor",
        "recommend",
        "disclaimer",
        "author",
        "bio",
        "caption",
        "banner",
    ];
    if NAMES.contains(&name) {
        return true;
    }
    if attributes.is_empty() {
        return false;
    }
    let called = ["class", "id", "role"]
        .into_iter()
        .filter_map(|a| attribute(attributes, a))
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    let hidden = attribute(attributes, "aria-hidden").is_some_and(|h| h == "true")
        || attribute(attributes, "hidden").is_some()
        || attribute(attributes, "style").is_some_and(|s| s.replace(' ', "").contains("display:none"));
    hidden || called.split([' ', '-', '_']).any(|w| CALLED.iter().any(|c| w == *c || w.strip_suffix('s') == Some(c)))
}
