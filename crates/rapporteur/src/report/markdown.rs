//! A brief as a story file in Markdown: headings and lists, and for every quoted word and every number of an article a footnote that
//! gives the article, the place in it in code points, and the words in full.

use std::collections::BTreeMap;

use super::page::{Line, Names, Page, Piece, SECTIONS, Section, cut, marks, nothing, pages};
use crate::provenance::Passage;
use crate::reconcile::Brief;

/// The brief as CommonMark with footnotes; empty where there is no story. `section` is a name of [`super::SECTIONS`].
pub fn brief(brief: &Brief, section: Option<&str>) -> String {
    let names = Names::new(brief);
    let mut file = File { names: &names, out: String::new(), numbers: BTreeMap::new(), notes: Vec::new() };
    for page in pages(brief, &names) {
        if !file.out.is_empty() {
            file.out.push_str("\n---\n\n");
        }
        file.page(&page, section);
    }
    file.footnotes();
    file.out
}

/// A file in the making; footnotes are numbered by first use, one a passage.
struct File<'a> {
    names: &'a Names<'a>,
    out: String,
    numbers: BTreeMap<Passage, usize>,
    notes: Vec<Passage>,
}

impl File<'_> {
    fn page(&mut self, page: &Page, only: Option<&str>) {
        self.out.push_str(&format!("# {}\n\n{}\n", escape(&page.title), escape(&page.standing)));
        for section in page.sections.iter().filter(|s| only.is_none_or(|only| s.key == only)) {
            self.section("##", &headed(section.key), section);
        }
        let has = |key: &str| page.sections.iter().any(|s| s.key == key);
        if let Some((key, _)) = SECTIONS.iter().find(|(key, _)| only == Some(key) && !has(key)) {
            self.out.push_str(&format!("\n## {}\n\n{}\n", headed(key), nothing(key, page.articles)));
        }
        for section in page.details.iter().filter(|s| !s.rows.is_empty() && only.is_none_or(|only| s.key == only)) {
            self.section("###", &escape(&section.name), section);
        }
    }

    fn section(&mut self, marks: &str, name: &str, section: &Section) {
        self.out.push_str(&format!("\n{marks} {name}\n\n"));
        for row in &section.rows {
            let label = if row.label.is_empty() { String::new() } else { format!("**{}** ", escape(&row.label)) };
            let line = self.line(&row.line);
            self.out.push_str(&format!("- {label}{line}\n"));
        }
    }

    fn line(&mut self, line: &Line) -> String {
        let mut text = String::new();
        for (i, piece) in line.pieces.iter().enumerate() {
            match piece {
                Piece::Plain(words) => text.push_str(&escape(words)),
                Piece::Words(passage, most) => {
                    let (words, left_off) = cut(&self.names.words(passage), *most);
                    let dots = if left_off { " …" } else { "" };
                    let (open, close) = marks(&words);
                    text.push_str(&format!("{open}{}{close}{dots}{}", escape(&words), self.note(passage)));
                }
                Piece::Articles(articles) => {
                    // What the words before point to need not be pointed to again.
                    let told = line.pieces[..i].iter().rev().find_map(|p| match p {
                        Piece::Words(passage, _) => Some(passage),
                        _ => None,
                    });
                    let print = |(number, spans): (&usize, &Vec<Passage>)| {
                        let notes: Vec<String> =
                            spans.iter().filter(|s| Some(*s) != told).map(|s| self.note(s)).collect();
                        format!("{number}{}", notes.concat())
                    };
                    let numbers: Vec<String> = articles.iter().map(print).collect();
                    text.push_str(&numbers.join(" "));
                }
            }
        }
        text
    }

    fn note(&mut self, passage: &Passage) -> String {
        let number = *self.numbers.entry(passage.clone()).or_insert_with(|| {
            self.notes.push(passage.clone());
            self.notes.len()
        });
        format!("[^{number}]")
    }

    fn footnotes(&mut self) {
        if !self.notes.is_empty() {
            self.out.push('\n');
        }
        for (i, passage) in self.notes.iter().enumerate() {
            let (start, end) = self.names.code_points(passage);
            let number = self.names.number(&passage.article).unwrap_or(0);
            let path = self.names.row(&passage.article).map_or(String::new(), |row| self.names.short(&row.path));
            let words = escape(&self.names.words(passage));
            self.out.push_str(&format!(
                "[^{}]: {number} {}, characters {start} to {end}: “{words}”\n",
                i + 1,
                escape(&path)
            ));
        }
    }
}

/// The name of a part as a heading.
fn headed(key: &str) -> String {
    let mut letters = key.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The text with the characters that Markdown would take for marks made plain.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn words_of_an_article_are_no_markup() {
        assert_eq!(escape("a *b* <c> &amp;"), "a \\*b\\* \\<c\\> \\&amp;");
        assert_eq!(escape("plain, “quoted” (words)"), "plain, “quoted” (words)");
    }
}
