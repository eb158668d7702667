//! A text as blocks: lines first, then which of them are headline, subheads and lists.
//!
//! A line is a block. Where the text is wrapped at a fixed width (a quarter of the lines that follow another begin with a small letter, and none
//! is longer than 100 characters), the lines between two empty ones are one block.

use language::Span;

use super::shape::{Shape, words};
use super::{Block, BlockKind, dateline};

/// A headline has at most so many words, one that ends in a full stop so many; a subhead so many.
const LONGEST: (usize, usize, usize) = (30, 20, 12);

/// The lines, trimmed, without empty ones, in text order.
pub(super) fn split(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let wrapped = is_wrapped(text, &lines);
    let mut blocks: Vec<Block> = Vec::new();
    for (span, after_gap) in lines {
        match blocks.last_mut() {
            Some(last) if wrapped && !after_gap && list_mark(span.of(text)).is_none() => last.span.end = span.end,
            _ => blocks.push(Block { span, kind: BlockKind::Paragraph }),
        }
    }
    blocks
}

/// Each line that is not empty, and whether an empty one stands before it.
fn lines(text: &str) -> Vec<(Span, bool)> {
    let (mut lines, mut start, mut gap) = (Vec::new(), 0, true);
    let mut close = |start: usize, end: usize| {
        let span = trim(text, Span::new(start, end));
        if !span.is_empty() {
            lines.push((span, gap));
        }
        // "\r\n" is one end, not an empty line; only what a visible line end closes counts.
        gap = span.is_empty() && (gap || text.as_bytes().get(end) == Some(&b'\n') || start < end);
        gap |= span.is_empty() && start == end && !text[..end].ends_with('\r');
    };
    for (at, c) in text.char_indices() {
        if matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            close(start, at);
            start = at + c.len_utf8();
        }
    }
    close(start, text.len());
    lines
}

/// Without white space, byte order marks and zero-width blanks at the ends.
fn trim(text: &str, span: Span) -> Span {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0');
    let words = span.of(text);
    let start = span.start + words.len() - words.trim_start_matches(blank).len();
    Span::new(start, start + words.trim_matches(blank).len())
}

fn is_wrapped(text: &str, lines: &[(Span, bool)]) -> bool {
    let followers = lines.iter().filter(|(_, gap)| !gap).count();
    let small = lines.iter().filter(|(span, gap)| !gap && span.of(text).starts_with(char::is_lowercase)).count();
    followers >= 3
        && small * 4 >= followers
        && lines.iter().all(|(span, _)| span.len() <= 200 && span.of(text).chars().count() <= 100)
}

/// How many bytes the mark of a list item takes: "- ", "• ", "* ", "1. ", "(a) ".
fn list_mark(line: &str) -> Option<usize> {
    let first = line.split_whitespace().next()?;
    let bare = first.trim_start_matches('(').trim_end_matches(['.', ')']);
    let counted =
        bare.len() < first.len() && bare.len() <= 2 && bare.bytes().all(|b| b.is_ascii_digit()) && !bare.is_empty();
    let marked = matches!(first, "-" | "•" | "*" | "–" | "▪" | "◦" | "‣" | "·");
    ((counted || marked) && line.len() > first.len()).then_some(first.len())
}

/// Marks headings of Markdown ("# Title", the mark left out of the span) and list items, two at least.
pub(super) fn mark_marked(text: &str, blocks: &mut [Block]) {
    let mut titled = false;
    for block in blocks.iter_mut() {
        let words = block.span.of(text);
        let hashes = words.len() - words.trim_start_matches('#').len();
        if (1..=6).contains(&hashes) && words[hashes..].starts_with(' ') && !words[hashes..].trim().is_empty() {
            block.kind = if titled { BlockKind::Subhead } else { BlockKind::Headline };
            titled = true;
            block.span = trim(text, Span::new(block.span.start + hashes, block.span.end));
        }
    }
    // One dash alone is who said the words above, one number alone a heading.
    let marked: Vec<bool> = blocks.iter().map(|b| list_mark(b.span.of(text)).is_some()).collect();
    for (i, block) in blocks.iter_mut().enumerate() {
        let beside = (i > 0 && marked[i - 1]) || marked.get(i + 1) == Some(&true);
        if marked[i] && beside && block.kind == BlockKind::Paragraph {
            block.kind = BlockKind::List;
        }
    }
}

/// Marks lists without marks: two lines or more without a final stop after a block that ends in a colon.
pub(super) fn mark_lists(text: &str, blocks: &mut [Block], shapes: &[Shape]) {
    let mut i = 0;
    while i < blocks.len() {
        let opens = blocks[i].kind == BlockKind::Paragraph && blocks[i].span.of(text).ends_with(':');
        let item =
            |j: &usize| blocks[*j].kind == BlockKind::Paragraph && !shapes[*j].stopped() && shapes[*j].words <= 30;
        let end = if opens { (i + 1..blocks.len()).find(|j| !item(j)).unwrap_or(blocks.len()) } else { i + 1 };
        if end > i + 2 {
            for block in &mut blocks[i + 1..end] {
                block.kind = BlockKind::List;
            }
        }
        i = end.max(i + 1);
    }
}

/// Marks the block that is the title given beside the text, near either end: the same words, whatever their case and marks, or all but the
/// outlet's name after the title.
pub(super) fn mark_title(text: &str, blocks: &mut [Block], title: &str) {
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (title, n) = (letters(title), blocks.len());
    let is_title = |b: &Block| {
        let words = b.span.of(text);
        if words.len() > 4 * title.len() + 40 {
            return false;
        }
        let block = letters(words);
        !block.is_empty() && (block == title || (block.len() >= 20 && title.starts_with(&block)))
    };
    if blocks.iter().any(|b| b.kind == BlockKind::Headline) {
        return;
    }
    if let Some(at) = (0..n).filter(|i| *i < 4 || i + 2 >= n).find(|i| is_title(&blocks[*i])) {
        blocks[at].kind = BlockKind::Headline;
    }
}

/// Marks the headline: the first block or, in a text whose last line is its headline, the last.
pub(super) fn mark_headline(text: &str, blocks: &mut [Block], shapes: &[Shape]) {
    if blocks.iter().any(|b| b.kind == BlockKind::Headline) {
        return;
    }
    let body: Vec<usize> =
        (0..blocks.len()).filter(|i| matches!(blocks[*i].kind, BlockKind::Paragraph | BlockKind::List)).collect();
    let ([first, .., last], true) = (body.as_slice(), body.len() >= 2) else { return };
    let (first, last) = (*first, *last);
    let words = |i: usize| blocks[i].span.of(text);
    let heading = |i: usize| {
        let shape = &shapes[i];
        blocks[i].kind == BlockKind::Paragraph
            && shape.starts_high
            && (2..=LONGEST.0).contains(&shape.words)
            && shape.open_ended()
    };
    let filed = dateline::of(text, blocks[first].span).is_some_and(|f| f.dateline.agency.is_some());
    let begins = blocks[first].kind == BlockKind::Paragraph
        && begins_with_a_letter(words(first))
        && !filed
        && !is_desk(words(first));
    let followed = body[1..].iter().any(|i| shapes[*i].words > shapes[first].words && shapes[*i].stopped());
    let title_above = heading(first) && (!shapes[first].stopped() || shapes[first].title_case);
    let below: String = body[1..].iter().take(3).map(|i| words(*i)).collect::<Vec<_>>().join(" ");
    if begins
        && followed
        && (title_above || is_stopped_headline(words(first), &shapes[first], &shapes[body[1]], &below))
    {
        blocks[first].kind = BlockKind::Headline;
        return;
    }
    let before = body[body.len() - 2];
    let long_enough =
        (5..=LONGEST.1).contains(&shapes[last].words) && shapes[last].title_case && !shapes[last].capitals;
    if heading(last) && long_enough && shapes[before].stopped() && !shapes[last].stopped() {
        blocks[last].kind = BlockKind::Headline;
    }
}

/// "Harbour News / OSLO": who sent it and from where.
fn is_desk(words: &str) -> bool {
    let capitals = |w: &str| w.chars().any(char::is_alphabetic) && !w.chars().any(char::is_lowercase);
    words.rsplit_once(" / ").is_some_and(|(outlet, place)| {
        capitals(place) && !capitals(outlet) && outlet.split(' ').count() < 5 && place.split(' ').count() < 4
    })
}

fn begins_with_a_letter(words: &str) -> bool {
    words.chars().next().is_some_and(|c| c.is_alphanumeric() || "\"'“‘«'$€£".contains(c))
}

/// Some collections put a full stop after every headline. Then it is one short sentence in title case; or it has the grammar of a headline
/// (hardly an article, no auxiliary, no pronoun, no "said") and either is very short and stands above a long paragraph, or its words come again in
/// the paragraphs below.
fn is_stopped_headline(headline: &str, shape: &Shape, next: &Shape, below: &str) -> bool {
    const BODY_WORDS: [&str; 34] = [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "did",
        "does",
        "would",
        "could",
        "said",
        "told",
        "i",
        "we",
        "he",
        "she",
        "it",
        "they",
        "there",
        "this",
        "these",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "announced",
        "never",
    ];
    if !(3..=LONGEST.1).contains(&shape.words) || !matches!(shape.last, Some('.' | '!' | '?')) || !shape.starts_high {
        return false;
    }
    if shape.title_case {
        return !shape.many_sentences || shape.words <= 14;
    }
    let lower: Vec<String> = words(headline).map(bare).collect();
    let articles = lower.iter().filter(|w| matches!(w.as_str(), "the" | "a" | "an")).count();
    let starts_as_body = lower.first().is_some_and(|w| {
        matches!(w.as_str(), "the" | "a" | "an" | "in" | "on" | "at" | "but" | "and" | "for" | "when")
    });
    if shape.many_sentences || articles > 1 || starts_as_body || lower.iter().any(|w| BODY_WORDS.contains(&w.as_str()))
    {
        return false;
    }
    // "Scrappy debate signals long grind." above a paragraph three times as long.
    let tells = lower.iter().any(|w| w.len() > 4 && w.ends_with("ed"));
    if shape.words <= 9 && !tells && next.words >= 20 && next.words >= 3 * shape.words {
        return true;
    }
    let below: std::collections::BTreeSet<String> = words(below).map(|w| stem(&bare(w))).collect();
    let content: Vec<String> = lower.iter().filter(|w| w.chars().count() >= 4).map(|w| stem(w)).collect();
    let again = content.iter().filter(|w| below.contains(*w)).count();
    again >= 2 && again * 5 >= content.len() * 2
}

/// A word in small letters without the marks around it and without a possessive.
fn bare(word: &str) -> String {
    let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    lower.strip_suffix("'s").unwrap_or(&lower).to_owned()
}

/// The first five letters: enough to tell "delays" and "delay" together.
fn stem(word: &str) -> String {
    word.chars().take(5).collect()
}

/// Marks subheads: short lines without a stop between paragraphs that have one, in a text that mostly stops.
pub(super) fn mark_subheads(text: &str, blocks: &mut [Block], shapes: &[Shape]) {
    let is_body = |b: &Block| b.kind == BlockKind::Paragraph;
    let stopped =
        (0..blocks.len()).filter(|i| is_body(&blocks[*i]) && shapes[*i].stopped() && shapes[*i].words >= 8).count();
    let open = (0..blocks.len()).filter(|i| is_body(&blocks[*i]) && !shapes[*i].stopped()).count();
    if stopped < 3 || open * 5 > stopped * 4 {
        return;
    }
    let heads: Vec<usize> = (1..blocks.len().saturating_sub(1))
        .filter(|&i| {
            let (shape, words) = (&shapes[i], blocks[i].span.of(text));
            let full =
                |j: usize| blocks[j].kind != BlockKind::Boilerplate && shapes[j].stopped() && shapes[j].words >= 8;
            let short = (1..=LONGEST.2).contains(&shape.words) && (shape.title_case || shape.words <= 8);
            is_body(&blocks[i])
                && short
                && shape.starts_high
                && shape.open_ended()
                && (!shape.stopped() || shape.title_case)
                && begins_with_a_letter(words)
                && words.chars().filter(|c| c.is_alphabetic()).count() >= 4
                && !words.starts_with(|c: char| c.is_ascii_digit())
                && full(i + 1)
                && (full(i - 1) || blocks[i - 1].kind != BlockKind::Paragraph)
        })
        .collect();
    for i in heads {
        blocks[i].kind = BlockKind::Subhead;
    }
}
