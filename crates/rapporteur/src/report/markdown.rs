//! A brief as Markdown: the same page, with headings and lists.

use super::page::{Row, pages};
use crate::reconcile::Brief;

/// The brief as CommonMark; empty where there is no story.
pub fn brief(brief: &Brief) -> String {
    let mut out = String::new();
    for page in pages(brief) {
        if !out.is_empty() {
            out.push_str("\n---\n\n");
        }
        out.push_str(&format!("# {}\n\n{}\n", escape(&page.title), escape(&page.standing)));
        for section in &page.essentials {
            let name = if section.name.is_empty() { "ESSENTIALS" } else { section.name.as_str() };
            out.push_str(&format!("\n## {name}\n\n"));
            rows(&section.rows, &mut out);
        }
        for section in page.details.iter().filter(|s| !s.rows.is_empty()) {
            out.push_str(&format!("\n### {}\n\n", escape(&section.name)));
            rows(&section.rows, &mut out);
        }
    }
    out
}

fn rows(rows: &[Row], out: &mut String) {
    for row in rows {
        let label = if row.label.is_empty() { String::new() } else { format!("**{}** ", escape(&row.label)) };
        out.push_str(&format!("- {label}{}\n", escape(&row.text)));
    }
}

/// The text with the characters that Markdown would take for marks made plain.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
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
        assert_eq!(escape("a *b* <c>"), "a \\*b\\* \\<c\\>");
        assert_eq!(escape("plain, “quoted” (words)"), "plain, “quoted” (words)");
    }
}
