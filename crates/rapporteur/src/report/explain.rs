//! Sentence by sentence, what was found in an article and why, for a person.

use std::fmt::Write as _;

use language::Span;
use serde::Serialize;

use crate::extract::{EntityId, Findings};
use crate::ingest::Article;

/// The page of one article: its path, then each sentence with its label, the rule behind it, and the findings that begin in it
/// with theirs. A finding outside all sentences is not shown. Control characters of the text are printed as spaces.
pub fn article(article: &Article, findings: &Findings) -> String {
    let mut page = plain(&article.path);
    page.push('\n');
    let rows = rows(article, findings);
    let mut next = 0;
    for (n, sentence) in findings.sentences.iter().enumerate() {
        let _ = writeln!(page, "\n{}. {}", n + 1, plain(sentence.span.of(&article.text)));
        let _ = writeln!(page, "   {}  <- {}", sentence.label, sentence.rule);
        while rows.get(next).is_some_and(|(at, _)| *at < sentence.span.start) {
            next += 1;
        }
        while let Some((_, row)) = rows.get(next).filter(|(at, _)| *at < sentence.span.end) {
            let _ = writeln!(page, "   - {row}");
            next += 1;
        }
    }
    for note in article.notes.iter().chain(&findings.notes) {
        let _ = write!(page, "\nnote: {} [{}]", plain(&note.message), note.kind);
    }
    page.push('\n');
    page
}

/// A line for each finding, with the byte where it begins, in text order.
fn rows(article: &Article, findings: &Findings) -> Vec<(usize, String)> {
    let words = |span: Span| format!("“{}”", plain(span.of(&article.text)));
    let names: std::collections::BTreeMap<&EntityId, &str> =
        findings.entities.iter().map(|e| (&e.id, e.name.as_str())).collect();
    let name = |id: &EntityId| plain(names.get(id).copied().unwrap_or(id.0.as_str()));
    let or_none = |id: &Option<EntityId>| id.as_ref().map_or_else(|| "nothing named".to_owned(), name);
    let mut rows: Vec<(usize, String)> = Vec::new();
    for r in &findings.roles {
        let note = r.note.as_deref().map(|n| format!(": {}", plain(n))).unwrap_or_default();
        let row = format!(
            "role: {} is {} ({}){note}, by {}  <- {}",
            name(&r.person),
            plain(&r.role),
            value(&r.check),
            words(r.span),
            r.rule
        );
        rows.push((r.span.start, row));
    }
    for q in &findings.quotations {
        let taken = if q.carried_over { ", speaker carried over" } else { "" };
        let row = format!(
            "quotation, {}, of {}: {}{taken}  <- {}",
            value(&q.form),
            plain(&q.holder.name),
            words(q.content),
            q.rule
        );
        rows.push((q.content.start, row));
    }
    for s in &findings.stages {
        let side = s.side.map(|side| format!(", {}", value(&side))).unwrap_or_default();
        let row = format!(
            "stage: {} in {}: {} [{}..{}]{side}, {}, {}, word of {} ({}), by {}  <- {}",
            name(&s.participant),
            name(&s.agreement),
            s.stage.as_str(),
            s.lo,
            s.hi,
            value(&s.factuality),
            value(&s.realis),
            plain(&s.holder.name),
            value(&s.by),
            words(s.wording),
            s.rule
        );
        rows.push((s.wording.start, row));
    }
    for c in &findings.candidates {
        let row = format!(
            "candidate ({}): {} for {}, named by {}, by {}  <- {}",
            value(&c.polarity),
            name(&c.participant),
            name(&c.agreement),
            plain(&c.holder.name),
            words(c.span),
            c.rule
        );
        rows.push((c.span.start, row));
    }
    for m in &findings.members {
        let as_of = m.as_of.as_deref().map(|d| format!(", as of {d}")).unwrap_or_default();
        let row = format!(
            "member ({}): {} of {}{as_of}, by {}  <- {}",
            value(&m.status),
            name(&m.participant),
            name(&m.agreement),
            words(m.span),
            m.rule
        );
        rows.push((m.span.start, row));
    }
    for c in &findings.conditions {
        let row = format!(
            "{} for {}, word of {}: {}  <- {}",
            value(&c.kind),
            name(&c.applies_to),
            plain(&c.holder.name),
            words(c.text),
            c.rule
        );
        rows.push((c.text.start, row));
    }
    for d in &findings.domains {
        let row = format!(
            "domain: {} ({}), {}, by {}  <- {}",
            d.domain,
            d.context,
            or_none(&d.agreement),
            words(d.span),
            d.rule
        );
        rows.push((d.span.start, row));
    }
    for a in &findings.assessments {
        let row = format!(
            "assessment: {} is {} of {}; the author: {}; {}  <- {}",
            plain(&a.holder.name),
            value(&a.stance),
            or_none(&a.about),
            value(&a.author_stance),
            words(a.span),
            a.rule
        );
        rows.push((a.span.start, row));
    }
    for c in &findings.credits {
        let row = format!("credit: {}, by {}  <- {}", plain(&c.outlet_or_agency), words(c.span), c.rule);
        rows.push((c.span.start, row));
    }
    // By place; findings at one place keep the order of their kinds above.
    rows.sort_by_key(|(at, _)| *at);
    rows
}

/// The word of an enumeration as the JSON has it.
fn value(of: &impl Serialize) -> String {
    match serde_json::to_value(of) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// One line, nothing that a terminal would obey.
fn plain(words: &str) -> String {
    let spaced: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::testing::MODEL;
    use crate::{extract, ingest};

    fn page(text: &str) -> String {
        let article = ingest::text("a.txt", text.as_bytes()).expect("text");
        super::article(&article, &extract::extract(&MODEL, &article))
    }

    #[test]
    fn each_sentence_has_its_label_its_findings_and_why() {
        let page = page("Norway signed the Paris Agreement on Monday. Critics said it was a farce.");
        let lines: Vec<&str> = page.lines().collect();
        assert_eq!(lines[2], "1. Norway signed the Paris Agreement on Monday.");
        assert_eq!(lines[3], "   report  <- past");
        assert!(lines[4].starts_with("   - stage: Norway in Paris Agreement: signed [5..5], CT+, actual"), "{page}");
        let second = lines.iter().position(|l| *l == "2. Critics said it was a farce.").expect("second sentence");
        assert!(lines[second + 1].starts_with("   attributed  <- "), "{page}");
        assert!(lines[second + 2].starts_with("   - quotation, indirect, of Critics: “it was a farce”"), "{page}");
    }

    #[test]
    fn a_terminal_is_not_told_what_to_do() {
        assert!(!page("Norway \u{1b}[2Jsigned the pact on Monday.").contains('\u{1b}'));
    }

    #[test]
    fn an_article_without_findings_is_its_path_and_notes() {
        let article = ingest::text("a.txt", "Norway signed.".as_bytes()).expect("text");
        let page = super::article(&article, &extract::Findings::default());
        assert!(page.starts_with("a.txt\n"), "{page}");
        assert!(!page.contains("1."), "{page}");
    }
}
