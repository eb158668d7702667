//! A reading as CoNLL-U: the ten columns of Universal Dependencies, with spaCy's tags and labels.

use std::fmt::Write as _;

use crate::reading::Reading;

/// The sentences of a reading as CoNLL-U. XPOS is the tagger's tag, DEPREL spaCy's label, MISC holds `TokenRange=a:b` in code
/// points of the text, `NER=B-GPE` inside entities and `SpaceAfter=No`. White space inside a form is written as spaCy's
/// exporters do, escaped, for a line break would end the row.
pub fn conllu(reading: &Reading) -> String {
    let mut out = String::new();
    for sentence in reading.sentences() {
        for token in reading.range(sentence.tokens.clone()) {
            let number = |i: usize| i - sentence.tokens.start + 1;
            let head = token.head().filter(|h| sentence.tokens.contains(&h.i)).map_or(0, |h| number(h.i));
            let chars = token.chars();
            let _ = write!(
                out,
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t_\tTokenRange={}:{}",
                number(token.i),
                column(token.text()),
                column(token.lemma()),
                column(token.pos().as_str()),
                column(token.tag()),
                column(token.morph()),
                head,
                column(token.dep()),
                chars.start,
                chars.end
            );
            if let Some(entity) = token.entity() {
                let mark = if entity.tokens.start == token.i { 'B' } else { 'I' };
                let _ = write!(out, "|NER={mark}-{}", reading.entity_label(entity));
            }
            if !token.space_after() {
                out.push_str("|SpaceAfter=No");
            }
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

fn column(value: &str) -> String {
    if value.is_empty() {
        return "_".to_owned();
    }
    value
        .chars()
        .flat_map(
            |c| if c.is_control() || c.is_whitespace() { c.escape_default().collect::<Vec<_>>() } else { vec![c] },
        )
        .collect()
}
