//! The page in the making: elements, headings, and lines whose words lead into the articles.

use super::links::{Kind, Links, Target, anchor};
use super::write::{Attributes, Html};
use crate::provenance::Passage;
use crate::report::page::{Line, Names, Piece, Row, cut, marks};

/// How many characters of an article's words stand in a value; the article itself follows in full.
const MOST: usize = 420;

/// A document, what it needs to print values, and the values printed so far.
pub(super) struct Sheet<'a> {
    pub(super) html: Html,
    pub(super) names: &'a Names<'a>,
    pub(super) links: Links,
    /// Before the identifiers of a story's values: `s1`.
    pub(super) story: String,
    /// Rank of the heading of a story: 1 where there is one story, else 2.
    pub(super) level: usize,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(names: &'a Names<'a>, level: usize) -> Sheet<'a> {
        Sheet { html: Html::default(), names, links: Links::default(), story: String::new(), level }
    }

    /// An element with what `inside` writes.
    pub(super) fn tag(&mut self, tag: &'static str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.html.open(tag, attributes);
        inside(self);
        self.html.close();
    }

    /// An element with a text.
    pub(super) fn leaf(&mut self, tag: &'static str, attributes: Attributes<'_>, text: &str) {
        self.tag(tag, attributes, |s| s.html.text(text));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.html.text(text);
    }

    /// Text for those who do not see the page.
    pub(super) fn aside(&mut self, text: &str) {
        self.leaf("span", &[("class", "sr")], text);
    }

    /// A heading so many ranks under that of the story.
    pub(super) fn heading(&mut self, under: usize, attributes: Attributes<'_>, text: &str) {
        let tag = ["h1", "h2", "h3", "h4", "h5", "h6"][(self.level - 1 + under).min(5)];
        self.leaf(tag, attributes, text);
    }

    /// The identifier of a section or, with a number, of a value in it.
    pub(super) fn id(&self, key: &str, number: Option<usize>) -> String {
        match number {
            None => format!("{}-{key}", self.story),
            Some(n) => format!("{}-{key}-{}", self.story, n + 1),
        }
    }

    /// A part of a story under its heading, with one sentence on how to read it.
    pub(super) fn part(&mut self, key: &str, title: &str, how: &str, inside: impl FnOnce(&mut Self)) {
        let id = self.id(key, None);
        let heading = format!("{id}-h");
        // Where there are several stories only they are landmarks: their parts bear the same names.
        let named = [("id", id.as_str()), ("class", "part"), ("aria-labelledby", heading.as_str())];
        let attributes = if self.level == 1 { &named[..] } else { &named[..2] };
        self.tag("section", attributes, |s| {
            s.heading(1, &[("id", &heading), ("class", "part-title")], title);
            if !how.is_empty() {
                s.leaf("p", &[("class", "how")], how);
            }
            inside(s);
        });
    }

    /// A line; what it shows is noted as resting on its words.
    pub(super) fn line(&mut self, line: &Line, target: Option<&Target>) {
        for piece in &line.pieces {
            match piece {
                Piece::Plain(words) => self.text(words),
                Piece::Words(passage, most) => {
                    self.rests(passage, target);
                    self.quoted(passage, (*most).max(MOST));
                }
                Piece::Articles(articles) => {
                    for (i, (number, spans)) in articles.iter().enumerate() {
                        if i > 0 {
                            self.text(" ");
                        }
                        spans.iter().for_each(|span| self.rests(span, target));
                        self.number(*number, spans);
                    }
                }
            }
        }
    }

    /// An article's own words in quotation marks, leading to their place.
    pub(super) fn quoted(&mut self, passage: &Passage, most: usize) {
        let (words, left_off) = cut(&self.names.words(passage), most);
        let place = format!("#{}", anchor(passage, self.names));
        let (open, close) = marks(&words);
        self.text(&open.to_string());
        self.tag("a", &[("class", "w"), ("href", &place)], |s| s.leaf("bdi", &[], &words));
        self.text(&if left_off { format!("{close} …") } else { close.to_string() });
    }

    /// The number of an article, leading to the words in it; where there are several, a letter for each of the others.
    pub(super) fn number(&mut self, number: usize, spans: &[Passage]) {
        let name = format!("article {number}");
        match spans.split_first() {
            None => {
                let place = format!("#a{number}");
                self.leaf("a", &[("class", "n"), ("href", &place), ("aria-label", &name)], &number.to_string());
            }
            Some((first, rest)) => {
                let place = format!("#{}", anchor(first, self.names));
                self.leaf("a", &[("class", "n"), ("href", &place), ("aria-label", &name)], &number.to_string());
                for (i, span) in rest.iter().take(25).enumerate() {
                    let place = format!("#{}", anchor(span, self.names));
                    let letter = char::from(b'b' + u8::try_from(i).unwrap_or(0)).to_string();
                    let name = format!("{name} {letter}");
                    self.leaf("a", &[("class", "n more"), ("href", &place), ("aria-label", &name)], &letter);
                }
            }
        }
    }

    /// Notes that a value rests on words.
    pub(super) fn rests(&mut self, passage: &Passage, target: Option<&Target>) {
        if let Some(target) = target {
            self.links.add(passage, target);
        }
    }

    /// Names under their labels, each a value with its words.
    pub(super) fn groups(&mut self, key: &str, groups: &[(String, Vec<(String, &[Passage])>)]) {
        let kind = Kind::of_section(key);
        let mut n = 0;
        self.tag("dl", &[("class", "rows")], |s| {
            for (label, names) in groups {
                s.tag("div", &[("class", "row")], |s| {
                    s.leaf("dt", &[], label);
                    s.tag("dd", &[], |s| {
                        s.tag("ul", &[("class", "names")], |s| {
                            for (name, spans) in names {
                                let id = s.id(key, Some(n));
                                n += 1;
                                let target = Target { kind, label: name.clone(), id: id.clone() };
                                let line = Line::of(name).at(*spans, s.names);
                                s.tag("li", &[("id", &id)], |s| s.line(&line, Some(&target)));
                            }
                        });
                    });
                });
            }
        });
    }

    /// Rows under their labels; without labels, a list. `before` rows of the section stand elsewhere.
    pub(super) fn rows(&mut self, key: &str, rows: &[Row], before: usize) {
        let kind = Kind::of_section(key);
        let bare = rows.iter().all(|r| r.label.is_empty());
        self.tag(if bare { "ul" } else { "dl" }, &[("class", "rows")], |s| {
            for (n, row) in rows.iter().enumerate() {
                let id = s.id(key, Some(before + n));
                let label = if row.label.is_empty() { cut(&row.line.text(s.names), 40).0 } else { row.label.clone() };
                let target = Target { kind, label, id: id.clone() };
                let class = if row.warning { "row wary" } else { "row" };
                if bare {
                    s.tag("li", &[("id", &id), ("class", class)], |s| s.line(&row.line, Some(&target)));
                } else {
                    s.tag("div", &[("id", &id), ("class", class)], |s| {
                        s.leaf("dt", &[], &row.label);
                        s.tag("dd", &[], |s| s.line(&row.line, Some(&target)));
                    });
                }
            }
        });
    }
}
