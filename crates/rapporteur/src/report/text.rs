//! A brief for the terminal: one screen of essentials for each story, then part by part, then article by article.

use super::page::{Line, Names, Page, Row, SECTIONS, Section, nothing, pages, ranges, sagas};
use super::wrap::{Tone, lines, pad, paint, width};
use crate::reconcile::Brief;

/// How a brief is to be printed. The caller decides what its terminal can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns of the terminal; less than 40 count as 40, more than 120 as 120.
    pub columns: usize,
    /// Whether to use colour.
    pub colour: bool,
}

impl Default for Style {
    fn default() -> Style {
        Style { columns: 80, colour: false }
    }
}

/// Columns of the margin that holds labels and names of sections.
const MARGIN: usize = 13;
/// How many rows a section shows before it counts the rest; alone it shows all.
const SHOWN: usize = 8;

/// The brief as lines for a terminal; empty where there is no story. `section` is a name of [`super::SECTIONS`]: that part alone, whole;
/// of an unknown name nothing but the titles.
pub fn brief(brief: &Brief, section: Option<&str>, style: Style) -> String {
    let names = Names::new(brief);
    let printer = Printer { style: Style { columns: style.columns.clamp(40, 120), ..style }, names: &names };
    let mut out = String::new();
    let pages = pages(brief, &names);
    if pages.len() > 1 {
        printer.index(&pages, &sagas(brief, &names), &mut out);
    }
    for (i, page) in pages.iter().enumerate() {
        if i > 0 || pages.len() > 1 {
            let rule = paint(&"─".repeat(printer.style.columns), Tone::Quiet, style.colour);
            out.push_str(&format!("\n{rule}\n\n"));
        }
        printer.page(page, section, &mut out);
    }
    out
}

struct Printer<'a> {
    style: Style,
    names: &'a Names<'a>,
}

impl Printer<'_> {
    /// The stories of a brief that has several, and which of them are of one agreement.
    fn index(&self, pages: &[Page], sagas: &[(String, Vec<usize>)], out: &mut String) {
        let title = format!("{} STORIES", pages.len());
        out.push_str(&format!("{}\n\n", paint(&title, Tone::Title, self.style.colour)));
        for (i, page) in pages.iter().enumerate() {
            let row = Row::new("", Line::of(format!("{} · {}", page.title, page.standing)));
            self.entry(&(i + 1).to_string(), "", &row, out);
        }
        for (i, (agreement, stories)) in sagas.iter().enumerate() {
            if i == 0 {
                out.push('\n');
            }
            let row = Row::new("", Line::of(format!("stories {}", ranges(stories.iter().copied()))));
            self.entry(if i == 0 { "SAGAS" } else { "" }, agreement, &row, out);
        }
    }

    fn page(&self, page: &Page, only: Option<&str>, out: &mut String) {
        self.title(page, out);
        for section in page.sections.iter().filter(|s| only.is_none_or(|only| s.key == only)) {
            self.section(section, only.is_some(), out);
        }
        let has = |key: &str| page.sections.iter().any(|s| s.key == key);
        if let Some((key, _)) = SECTIONS.iter().find(|(key, _)| only == Some(key) && !has(key)) {
            let row = Row::new("", Line::of(nothing(key, page.articles)));
            out.push('\n');
            self.entry(&key.to_uppercase(), "", &row, out);
        }
        let details = page.details.iter().filter(|s| !s.rows.is_empty() && only.is_none_or(|only| s.key == only));
        for (i, section) in details.enumerate() {
            if i == 0 {
                out.push_str(&format!("\n{}\n", paint("ARTICLE BY ARTICLE", Tone::Title, self.style.colour)));
            }
            out.push_str(&format!("\n{}\n", paint(&section.name, Tone::Label, self.style.colour)));
            let mut last = "";
            for row in &section.rows {
                let margin = if row.label == last { "" } else { row.label.as_str() };
                self.entry(margin, "", row, out);
                last = &row.label;
            }
        }
    }

    fn title(&self, page: &Page, out: &mut String) {
        let Style { columns, colour } = self.style;
        let title = page.title.to_uppercase();
        let standing = paint(&page.standing, Tone::Quiet, colour);
        let gap = columns.saturating_sub(width(&title) + width(&page.standing));
        if gap >= 2 {
            out.push_str(&format!("{}{}{standing}\n", paint(&title, Tone::Title, colour), " ".repeat(gap)));
        } else {
            for line in lines(&title, columns) {
                out.push_str(&format!("{}\n", paint(&line, Tone::Title, colour)));
            }
            out.push_str(&format!("{standing}\n"));
        }
    }

    /// The essentials have the words of their rows in the margin, the other sections their name.
    fn section(&self, section: &Section, whole: bool, out: &mut String) {
        if section.key == "essentials" {
            section.rows.iter().for_each(|row| self.entry(&row.label, "", row, out));
            return;
        }
        out.push('\n');
        // One row more than the count of the rest would take is shown instead.
        let main = section.rows.iter().take_while(|r| whole || !r.aside).count();
        let all = whole || section.key == "articles" || main <= SHOWN + 1;
        let shown = if all { main } else { SHOWN };
        for (i, row) in section.rows.iter().take(shown).enumerate() {
            self.entry(if i == 0 { &section.name } else { "" }, &row.label, row, out);
        }
        if shown < section.rows.len() {
            let rest = section.rows[shown..].iter().filter(|r| !r.key).count();
            let (name, more) = match shown {
                0 => (section.name.as_str(), format!("{rest} that no day or number tests: --section {}", section.key)),
                _ => ("", format!("and {rest} more: --section {}", section.key)),
            };
            let name = paint(&pad(name, MARGIN), Tone::Label, self.style.colour);
            out.push_str(&format!("{name}{}\n", paint(&more, Tone::Quiet, self.style.colour)));
        }
    }

    /// A row beside the margin.
    fn entry(&self, margin: &str, label: &str, row: &Row, out: &mut String) {
        let text = row.line.text(self.names);
        entry(margin, label, &text, row.warning, self.style, out);
    }
}

/// Beside the margin a label, then a text, wrapped with a hanging indent.
pub(crate) fn entry(margin: &str, label: &str, text: &str, warning: bool, style: Style, out: &mut String) {
    let colour = style.colour;
    let room = style.columns - MARGIN;
    let indent = if label.is_empty() { 0 } else { 2 };
    let label = if label.is_empty() { String::new() } else { format!("{label}  ") };
    // The label is wrapped with the text; spaces inside it are held together while it is.
    let held: String = label.chars().map(|c| if c == ' ' { '\u{a0}' } else { c }).collect();
    let held = if width(&held) > room / 2 { format!("{} ", label.trim_end()) } else { held };
    for (i, line) in lines(&format!("{held}{text}"), room - indent).iter().enumerate() {
        let line = line.replace('\u{a0}', " ");
        let margin = if i == 0 { margin } else { "" };
        let margin = paint(&pad(margin, MARGIN), Tone::Label, colour);
        let hang = if i == 0 { 0 } else { indent };
        let body = match line.strip_prefix(label.trim_end()).filter(|_| i == 0 && !label.is_empty()) {
            Some(rest) => format!("{}{rest}", paint(label.trim_end(), Tone::Title, colour)),
            None => line.clone(),
        };
        let body = if warning && colour { paint(&line, Tone::Warning, true) } else { body };
        out.push_str(format!("{margin}{}{body}", " ".repeat(hang)).trim_end());
        out.push('\n');
    }
}
