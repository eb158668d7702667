//! The rows of what is quoted differently and told differently.

use std::collections::{BTreeMap, BTreeSet};

use super::{Line, Names, Row, word};
use crate::extract::{Form, Holder, HolderKind};
use crate::provenance::Passage;
use crate::reconcile::{Account, Conflict, ConflictKind, Position, Relation, Verdict};
use crate::report::wrap::clean;

/// Utterances with their versions, those in several articles first.
pub(crate) fn quotations(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let row = |quotation: &crate::reconcile::QuotationAccount| {
        let mut by_relation: BTreeMap<Relation, Vec<&Passage>> = BTreeMap::new();
        // An article that has it in full is not named again for the part that it repeats.
        let whole = |r: Relation| matches!(r, Relation::Identical | Relation::Typography | Relation::OnlyHere);
        let in_full: BTreeSet<_> =
            quotation.variants.iter().filter(|v| whole(v.relation)).map(|v| &v.span.article).collect();
        for variant in &quotation.variants {
            let part = matches!(variant.relation, Relation::Truncated | Relation::Fragment | Relation::Elided);
            if !(part && in_full.contains(&variant.span.article)) {
                by_relation.entry(variant.relation).or_default().push(&variant.span);
            }
        }
        let versions = by_relation
            .into_iter()
            .map(|(relation, spans)| Line::of(format!("{} in", told(relation, spans.len()))).at(spans, names));
        // What no article has in marks is told by the articles, and must not read as the speaker's own words.
        let line = match quotation.form {
            Form::Indirect => Line::of("in substance, as an article words it:"),
            _ => Line::default(),
        };
        let line = line.words(&quotation.fullest, 120);
        Row::new(speaker(&quotation.holder), Line::joined([line, Line::joined(versions, ", ")], " "))
    };
    story.quotations.iter().map(row).collect()
}

/// How versions of an utterance stand to the fullest, before the word "in".
pub(crate) fn told(relation: Relation, versions: usize) -> &'static str {
    match relation {
        Relation::Identical if versions == 1 => "in full",
        Relation::Identical => "identical",
        Relation::Typography => "other marks",
        Relation::Truncated => "cut",
        Relation::Fragment => "a fragment",
        Relation::Elided => "with gaps",
        Relation::Spliced => "spliced",
        Relation::Altered => "altered",
        Relation::Paraphrase => "paraphrased",
        Relation::OtherSpeaker => "given to another speaker",
        Relation::OnlyHere => "only",
    }
}

/// Who speaks.
pub(crate) fn speaker(holder: &Holder) -> String {
    match holder.kind {
        HolderKind::Outlet | HolderKind::Unknown => "speaker not named".to_owned(),
        _ => clean(&holder.name),
    }
}

/// What cannot all be so first, then what is in tension, then what only reads differently; what agrees is left out.
pub(crate) fn shown(story: &Account) -> Vec<&Conflict> {
    let mut shown: Vec<&Conflict> = story
        .conflicts
        .iter()
        .filter(|c| {
            matches!(c.verdict, Verdict::Contradiction | Verdict::Tension | Verdict::Framing | Verdict::Refines)
        })
        .collect();
    shown.sort_by_key(|c| c.verdict);
    shown
}

/// A row for each of [`shown`].
pub(crate) fn conflicts(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let row = |conflict: &Conflict| {
        let line = Line::joined(conflict.positions.iter().map(|p| position(p, names)), " · ");
        let verdict = match conflict.verdict {
            // Versions that are long look alike: what differs is told.
            verdict if conflict.kind == ConflictKind::Quotation => {
                format!(" ({}: {})", word(&verdict), clean(&conflict.reason))
            }
            Verdict::Contradiction => String::new(),
            verdict => format!(" ({})", word(&verdict)),
        };
        let row = Row::new(names.about(&conflict.about), line.plain(verdict));
        if matches!(conflict.verdict, Verdict::Contradiction | Verdict::Tension) { row.wary() } else { row }
    };
    shown(story).into_iter().map(row).collect()
}

/// What one side says, and where; a value that the quoted words say again is left out.
fn position(position: &Position, names: &Names<'_>) -> Line {
    let value = names.about(&position.value);
    let Some(first) = position.spans.first() else { return Line::of(value) };
    let said = names.words(first).to_lowercase().contains(&value.to_lowercase());
    let line = if said { Line::default() } else { Line::of(value) };
    line.words(first, 70).at(&position.spans, names)
}
