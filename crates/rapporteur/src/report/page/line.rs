//! A line of a page: plain words, an article's own words, and the numbers of articles, each with the passages behind it. A terminal
//! prints it as text, Markdown with footnotes, a web page with links.

use std::collections::BTreeMap;

use super::names::Names;
use crate::provenance::{ArticleId, Passage};

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// The program's own words, and names.
    Plain(String),
    /// An article's own words; a terminal prints at most so many characters of them.
    Words(Passage, usize),
    /// Articles by their number, each with the passages that count, in text order; without any where the whole article is meant.
    Articles(BTreeMap<usize, Vec<Passage>>),
}

/// Pieces in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) pieces: Vec<Piece>,
}

impl Line {
    /// A line of plain words.
    pub(crate) fn of(words: impl Into<String>) -> Line {
        Line::default().plain(words)
    }

    /// Lines one after the other, with `between` them.
    pub(crate) fn joined(lines: impl IntoIterator<Item = Line>, between: &str) -> Line {
        let mut whole = Line::default();
        for line in lines.into_iter().filter(|l| !l.is_empty()) {
            if !whole.is_empty() {
                whole = whole.plain(between);
            }
            for piece in line.pieces {
                match piece {
                    Piece::Plain(words) => whole = whole.plain(words),
                    other => whole.pieces.push(other),
                }
            }
        }
        whole
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Adds words exactly as given, spaces included.
    pub(crate) fn plain(mut self, words: impl Into<String>) -> Line {
        let words = words.into();
        match self.pieces.last_mut() {
            _ if words.is_empty() => {}
            Some(Piece::Plain(last)) => last.push_str(&words),
            _ => self.pieces.push(Piece::Plain(words)),
        }
        self
    }

    /// Adds an article's own words.
    pub(crate) fn words(mut self, passage: &Passage, most: usize) -> Line {
        self.space();
        self.pieces.push(Piece::Words(passage.clone(), most));
        self
    }

    /// Adds the words around a passage that a reader needs for its sense, and at least up to its end.
    pub(crate) fn excerpt(self, passage: &Passage, most: usize, names: &Names<'_>) -> Line {
        let mut shown = names.shown(passage);
        let whole = shown.span.end;
        shown.span.end = passage.span.end.min(whole);
        let needed = names.words(&shown).chars().count();
        shown.span.end = whole;
        self.words(&shown, most.max(needed))
    }

    /// Adds the numbers of the articles that passages lie in.
    pub(crate) fn at<'p>(mut self, spans: impl IntoIterator<Item = &'p Passage>, names: &Names<'_>) -> Line {
        let mut articles: BTreeMap<usize, Vec<Passage>> = BTreeMap::new();
        for span in spans {
            if let Some(number) = names.number(&span.article) {
                articles.entry(number).or_default().push(span.clone());
            }
        }
        for spans in articles.values_mut() {
            spans.sort();
            spans.dedup();
        }
        if !articles.is_empty() {
            self.space();
            self.pieces.push(Piece::Articles(articles));
        }
        self
    }

    /// Adds the numbers of whole articles.
    pub(crate) fn articles<'p>(mut self, ids: impl IntoIterator<Item = &'p ArticleId>, names: &Names<'_>) -> Line {
        let articles: BTreeMap<usize, Vec<Passage>> =
            ids.into_iter().filter_map(|id| Some((names.number(id)?, Vec::new()))).collect();
        if !articles.is_empty() {
            self.space();
            self.pieces.push(Piece::Articles(articles));
        }
        self
    }

    /// What a terminal prints.
    pub(crate) fn text(&self, names: &Names<'_>) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Plain(words) => text.push_str(words),
                Piece::Words(passage, most) => text.push_str(&names.quoted(passage, *most)),
                Piece::Articles(articles) => text.push_str(&ranges(articles.keys().copied())),
            }
        }
        text
    }

    /// A space between pieces, unless the last one ends with a space or an opening bracket.
    fn space(&mut self) {
        match self.pieces.last_mut() {
            None => {}
            Some(Piece::Plain(last)) if last.ends_with([' ', '(', '\u{a0}']) => {}
            Some(Piece::Plain(last)) => last.push(' '),
            Some(_) => self.pieces.push(Piece::Plain(" ".to_owned())),
        }
    }
}

/// "1-3 5": runs of three and more are joined. The numbers ascend.
pub(crate) fn ranges(numbers: impl IntoIterator<Item = usize>) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for n in numbers {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_articles_are_short() {
        assert_eq!(ranges([1, 2, 3, 5]), "1-3 5");
        assert_eq!(ranges([1, 2, 4]), "1 2 4");
        assert_eq!(ranges([]), "");
    }

    #[test]
    fn lines_are_joined_without_the_empty_ones() {
        let line = Line::joined([Line::of("a"), Line::default(), Line::of("b")], " · ");
        assert_eq!(line, Line::of("a · b"));
    }
}
