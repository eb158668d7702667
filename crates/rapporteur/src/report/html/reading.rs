//! An article in full, with the words that values rest on marked, and beside each paragraph the way back to the values.
//!
//! Marks overlap: a quotation holds a stage, a list of members is cut into names. A paragraph is printed in stretches that lie in the
//! same marks; each stretch looks and leads as the shortest of its marks, and all marks of a paragraph are named beside it.

use std::collections::BTreeSet;

use super::links::{Kind, Marks, Target, anchor};
use super::sheet::Sheet;
use crate::provenance::Passage;
use crate::reconcile::{Account, ArticleRow};
use crate::report::page::cut;
use crate::report::wrap::clean;
use language::Span;

/// All articles of a story.
pub(super) fn part(s: &mut Sheet<'_>, story: &Account) {
    let articles = s.names.articles(story);
    s.part("articles", "The articles in full", "", |s| {
        let marks: Vec<Marks> =
            articles.iter().map(|(_, rows)| rows.first().map(|r| s.links.take(&r.id)).unwrap_or_default()).collect();
        legend(s, &marks);
        for ((number, rows), marks) in articles.iter().zip(marks) {
            if let Some(row) = rows.first() {
                article(s, *number, row, rows, &marks);
            }
        }
    });
}

/// The kinds of words that are marked, each in its own way.
fn legend(s: &mut Sheet<'_>, marks: &[Marks]) {
    let kinds: BTreeSet<Kind> = marks.iter().flat_map(|m| m.values()).flatten().map(|t| t.kind).collect();
    if kinds.is_empty() {
        return;
    }
    s.tag("ul", &[("class", "legend"), ("aria-label", "How words are marked")], |s| {
        for kind in kinds {
            let (class, name) = kind.names();
            s.tag("li", &[], |s| s.leaf("span", &[("class", &format!("m {class}"))], name));
        }
    });
}

fn article(s: &mut Sheet<'_>, number: usize, row: &ArticleRow, rows: &[&ArticleRow], marks: &Marks) {
    let id = format!("a{number}");
    let heading = format!("{id}-h");
    s.tag("article", &[("id", &id), ("class", "reading"), ("aria-labelledby", &heading)], |s| {
        let outlet = row.outlet.as_ref().map(|o| clean(&o.name));
        let headline = row.headline.map(|span| s.names.words(&Passage { article: row.id.clone(), span }));
        let title = headline.clone().or_else(|| row.title.as_ref().map(|t| clean(t)));
        let paths: Vec<String> = rows.iter().map(|r| s.names.short(&r.path)).collect();
        let name = title.unwrap_or_else(|| paths.first().cloned().unwrap_or_default());
        let tag = ["h1", "h2", "h3", "h4"][(s.level + 1).min(3)];
        s.tag(tag, &[("id", &heading)], |s| {
            s.leaf("span", &[("class", "number")], &number.to_string());
            s.text(" ");
            s.leaf("bdi", &[], &name);
        });
        let mut about: Vec<String> = outlet.into_iter().collect();
        about.push(row.published.as_ref().map_or("not dated".to_owned(), |p| clean(&p.date)));
        about.push(format!("{} words", row.words));
        about.push(paths.join(", "));
        s.leaf("p", &[("class", "about")], &about.join(" · "));
        // The headline stands above already; it is printed again only where words in it are marked.
        let text = row.text.as_str();
        let mut printer = Printer::new(row, marks);
        let language = row.language.as_deref().unwrap_or("en");
        s.tag("div", &[("class", "body"), ("lang", language)], |s| {
            let mut start = 0;
            for line in text.split('\n') {
                let span = Span::new(start, start + line.len());
                start = span.end + 1;
                if !line.trim().is_empty() {
                    printer.paragraph(s, span);
                }
            }
        });
    });
}

/// Bytes of a passage over which what only says where it comes from is marked lightly.
const LONG: usize = 100;

/// One mark: where it lies, and the values that rest on it.
struct Mark<'m> {
    span: Span,
    targets: &'m [Target],
}

/// Prints paragraphs in text order; marks are looked at once each.
struct Printer<'a, 'm> {
    row: &'a ArticleRow,
    /// By start.
    marks: Vec<Mark<'m>>,
    /// The first mark that has not begun.
    next: usize,
    /// Marks that have begun and not ended: length, then number.
    active: BTreeSet<(usize, usize)>,
}

impl<'a, 'm> Printer<'a, 'm> {
    fn new(row: &'a ArticleRow, marks: &'m Marks) -> Printer<'a, 'm> {
        let whole = |at: usize| at <= row.text.len() && row.text.is_char_boundary(at);
        let marks = marks
            .iter()
            .filter(|((start, end), _)| whole(*start) && whole(*end))
            .map(|((start, end), targets)| Mark { span: Span::new(*start, *end), targets })
            .collect();
        Printer { row, marks, next: 0, active: BTreeSet::new() }
    }

    fn paragraph(&mut self, s: &mut Sheet<'_>, span: Span) {
        let first = self.next;
        let is_headline = self.row.headline.is_some_and(|h| h.start >= span.start && h.end <= span.end);
        s.tag("div", &[("class", if is_headline { "para headline" } else { "para" })], |s| {
            s.tag("p", &[("dir", "auto")], |s| self.stretches(s, span));
            let beside: BTreeSet<&Target> = self.marks[first..self.next].iter().flat_map(|m| m.targets).collect();
            notes(s, &beside);
        });
    }

    fn stretches(&mut self, s: &mut Sheet<'_>, span: Span) {
        let mut at = span.start;
        while at < span.end {
            let marks = &self.marks;
            self.active.retain(|(_, m)| marks[*m].span.end > at);
            let mut begin = Vec::new();
            while let Some(mark) = self.marks.get(self.next).filter(|m| m.span.start <= at) {
                if mark.span.end > at {
                    self.active.insert((mark.span.len(), self.next));
                }
                begin.push(self.next);
                self.next += 1;
            }
            let next_start = self.marks.get(self.next).map_or(span.end, |m| m.span.start);
            let next_end = self.active.iter().map(|(_, m)| self.marks[*m].span.end).min().unwrap_or(span.end);
            let end = next_start.min(next_end).min(span.end);
            self.stretch(s, Span::new(at, end), &begin);
            at = end;
        }
    }

    /// Words that lie in the same marks; the places of the marks that begin here are named.
    fn stretch(&self, s: &mut Sheet<'_>, span: Span, begin: &[usize]) {
        let place = |m: usize| {
            let passage = Passage { article: self.row.id.clone(), span: self.marks[m].span };
            anchor(&passage, s.names)
        };
        let words = self.row.text.get(span.start..span.end).unwrap_or("");
        let shortest = self.active.first().map(|(_, m)| *m);
        // One place can be the element's own name; the others stand before it.
        let own = begin.iter().copied().find(|m| Some(*m) == shortest);
        for other in begin.iter().filter(|m| Some(**m) != own) {
            let id = place(*other);
            s.tag("span", &[("id", &id), ("class", "at")], |_| {});
        }
        let target = shortest.and_then(|m| self.marks[m].targets.first());
        match target {
            Some(target) => {
                let (class, name) = target.kind.names();
                let long = span.len() > LONG && matches!(target.kind, Kind::Origin | Kind::Claim | Kind::Shared);
                let class = format!("m {class}{}", if long { " long" } else { "" });
                let href = format!("#{}", target.id);
                let title = format!("{name}: {}", target.label);
                let id = own.map(place);
                let mut attributes: Vec<(&'static str, &str)> = Vec::new();
                attributes.extend(id.as_deref().map(|id| ("id", id)));
                attributes.extend([("class", class.as_str()), ("href", &href), ("title", &title), ("tabindex", "-1")]);
                s.leaf("a", &attributes, words);
            }
            None => s.text(words),
        }
    }
}

/// What rests on the words of a paragraph.
fn notes(s: &mut Sheet<'_>, beside: &BTreeSet<&Target>) {
    if beside.is_empty() {
        return;
    }
    s.tag("ul", &[("class", "beside"), ("aria-label", "What rests on this paragraph")], |s| {
        let mut kinds: Vec<Kind> = beside.iter().map(|t| t.kind).collect();
        kinds.dedup();
        for kind in kinds {
            let (class, name) = kind.names();
            s.tag("li", &[("class", class)], |s| {
                s.leaf("b", &[], name);
                for (i, target) in beside.iter().filter(|t| t.kind == kind).enumerate() {
                    s.text(if i == 0 { " " } else { ", " });
                    let place = format!("#{}", target.id);
                    s.leaf("a", &[("href", &place)], &cut(&target.label, 60).0);
                }
            });
        }
    });
}
