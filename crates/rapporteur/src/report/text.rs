//! A brief for the terminal: one screen of essentials for each story, then article by article.

use super::page::{Page, Row, pages};
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
const MARGIN: usize = 12;

/// The brief as lines for a terminal; empty where there is no story.
pub fn brief(brief: &Brief, style: Style) -> String {
    let style = Style { columns: style.columns.clamp(40, 120), ..style };
    let mut out = String::new();
    for (i, page) in pages(brief).iter().enumerate() {
        if i > 0 {
            out.push_str(&format!("\n{}\n\n", paint(&"─".repeat(style.columns), Tone::Quiet, style.colour)));
        }
        print(page, style, &mut out);
    }
    out
}

fn print(page: &Page, style: Style, out: &mut String) {
    let Style { columns, colour } = style;
    let standing = paint(&page.standing, Tone::Quiet, colour);
    let gap = columns.saturating_sub(width(&page.title) + width(&page.standing));
    if gap >= 2 {
        out.push_str(&format!("{}{}{standing}\n", paint(&page.title, Tone::Title, colour), " ".repeat(gap)));
    } else {
        for line in lines(&page.title, columns) {
            out.push_str(&format!("{}\n", paint(&line, Tone::Title, colour)));
        }
        out.push_str(&format!("{standing}\n"));
    }
    for section in &page.essentials {
        if section.name.is_empty() {
            section
                .rows
                .iter()
                .for_each(|row| entry(&row.label, &Row { label: String::new(), ..row.clone() }, style, out));
        } else {
            out.push('\n');
            for (i, row) in section.rows.iter().enumerate() {
                entry(if i == 0 { &section.name } else { "" }, row, style, out);
            }
        }
    }
    if page.details.iter().any(|s| !s.rows.is_empty()) {
        out.push_str(&format!("\n{}\n", paint("ARTICLE BY ARTICLE", Tone::Title, colour)));
    }
    for section in page.details.iter().filter(|s| !s.rows.is_empty()) {
        out.push_str(&format!("\n{}\n", paint(&section.name, Tone::Label, colour)));
        let mut last = "";
        for row in &section.rows {
            let margin = if row.label == last { "" } else { row.label.as_str() };
            entry(margin, &Row { label: String::new(), ..row.clone() }, style, out);
            last = &row.label;
        }
    }
}

/// A row beside the margin: its label, then its text, wrapped with a hanging indent.
fn entry(margin: &str, row: &Row, style: Style, out: &mut String) {
    let room = style.columns - MARGIN;
    let label = if row.label.is_empty() { String::new() } else { format!("{}  ", row.label) };
    // The label is wrapped with the text; spaces inside it are held together while it is.
    let held: String = label.chars().map(|c| if c == ' ' { '\u{a0}' } else { c }).collect();
    let held = if width(&held) > room / 2 { format!("{} ", label.trim_end()) } else { held };
    let indent = if row.label.is_empty() { 0 } else { 2 };
    let whole = lines(&format!("{held}{}", row.text), room - indent);
    for (i, line) in whole.iter().enumerate() {
        let line = line.replace('\u{a0}', " ");
        let margin = if i == 0 { margin } else { "" };
        let margin = paint(&pad(margin, MARGIN), Tone::Label, style.colour);
        let hang = if i == 0 { 0 } else { indent };
        let body = match line.strip_prefix(label.trim_end()).filter(|_| i == 0 && !label.is_empty()) {
            Some(rest) => format!("{}{rest}", paint(label.trim_end(), Tone::Title, style.colour)),
            None => line.clone(),
        };
        let body = if row.warning && style.colour { paint(&line, Tone::Warning, true) } else { body };
        out.push_str(format!("{margin}{}{body}", " ".repeat(hang)).trim_end());
        out.push('\n');
    }
}
