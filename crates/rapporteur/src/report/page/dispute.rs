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
        let mut by_relation: BTreeMap<(Relation, String), Vec<&Passage>> = BTreeMap::new();
        // An article that has it in full is not named again for the part that it repeats.
        let whole = |r: Relation| matches!(r, Relation::Identical | Relation::Typography | Relation::OnlyHere);
        let in_full: BTreeSet<_> =
            quotation.variants.iter().filter(|v| whole(v.relation)).map(|v| &v.span.article).collect();
        // In full but for an "and": said of the article once.
        let added = |v: &&crate::reconcile::Variant| v.relation == Relation::Typography && v.difference.is_some();
        let adding: BTreeSet<_> = quotation.variants.iter().filter(added).map(|v| &v.span.article).collect();
        for variant in &quotation.variants {
            let part = matches!(variant.relation, Relation::Truncated | Relation::Fragment | Relation::Elided);
            let told_there = whole(variant.relation) && adding.contains(&variant.span.article) && !added(&variant);
            if !(part && in_full.contains(&variant.span.article) || told_there) {
                let other = variant.relation == Relation::OtherSpeaker && is_somebody(&variant.holder);
                let to = match &variant.difference {
                    Some(adds) if added(&variant) => format!("in full but {}", clean(adds)),
                    _ if other => format!("given to {}", speaker(&variant.holder)),
                    _ => String::new(),
                };
                by_relation.entry((variant.relation, to)).or_default().push(&variant.span);
            }
        }
        let versions = by_relation.into_iter().map(|((relation, to), spans)| {
            let told = if to.is_empty() { told(relation, spans.len()).to_owned() } else { to };
            Line::of(format!("{told} in")).at(spans, names)
        });
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

fn is_somebody(holder: &Holder) -> bool {
    !matches!(holder.kind, HolderKind::Outlet | HolderKind::Unknown)
}

/// Who speaks. That nobody is found does not say that the article names nobody.
pub(crate) fn speaker(holder: &Holder) -> String {
    match holder.kind {
        HolderKind::Outlet | HolderKind::Unknown => "speaker not found".to_owned(),
        _ => clean(&holder.name),
    }
}

/// What cannot all be so first, then what is in tension, then what only reads differently; what agrees is left out.
pub(crate) fn shown(story: &Account) -> Vec<&Conflict> {
    let mut shown: Vec<&Conflict> = story
        .conflicts
        .iter()
        .filter(|c| matches!(c.verdict, Verdict::Contradiction | Verdict::Tension | Verdict::Framing))
        .collect();
    shown.sort_by_key(|c| c.verdict);
    shown
}

/// A row for each of [`shown`].
pub(crate) fn conflicts(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let row = |conflict: &Conflict| {
        let positions = conflict.positions.iter().map(|p| position(p, conflict.kind, names));
        let line = Line::joined(positions.chain(table(conflict).map(Line::of)), " · ");
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

/// The sides of a conflict: what they say, each value once, and where. Of a step, all that hold it to be short of the furthest that
/// somebody tells stand on one side.
pub(crate) fn sides(conflict: &Conflict) -> Vec<(Vec<&str>, Vec<&Passage>)> {
    let rank = |value: &str| match value {
        "signed" => 1,
        "ratified" => 2,
        "told as done" | "in force" | "out" => 3,
        _ => 0,
    };
    let most = conflict.positions.iter().map(|p| rank(&p.value)).max().unwrap_or(0);
    let side = |p: &Position| conflict.kind == ConflictKind::Stage && rank(&p.value) < most;
    let mut sides: Vec<(bool, Vec<&str>, Vec<&Passage>)> = Vec::new();
    for position in &conflict.positions {
        let short = side(position);
        match sides.iter_mut().find(|(known, ..)| short && *known) {
            Some((_, values, spans)) => {
                values.push(&position.value);
                spans.extend(&position.spans);
            }
            None => sides.push((short, vec![&position.value], position.spans.iter().collect())),
        }
    }
    sides.into_iter().map(|(_, values, spans)| (values, spans)).collect()
}

/// What a table says against the articles: "UN M49: Western Asia"; nothing where articles are against each other.
pub(crate) fn table(conflict: &Conflict) -> Option<String> {
    if conflict.kind == ConflictKind::Role && conflict.positions.len() == 1 {
        let said = conflict.reason.split("; ").next().unwrap_or_default();
        return Some(format!("by the dated table of offices: {}", clean(said)));
    }
    let iso3 = conflict.about.strip_prefix("iso3:").filter(|_| conflict.kind == ConflictKind::Region)?;
    let state = crate::knowledge::knowledge().state(iso3)?;
    Some(format!("by UN M49 {}", state.region))
}

/// What one side says, and where; a value that the quoted words say again is left out.
fn position(position: &Position, kind: ConflictKind, names: &Names<'_>) -> Line {
    let value = names.about(&position.value);
    let Some(first) = position.spans.first() else { return Line::of(value) };
    let said = names.words(first).to_lowercase().contains(&value.to_lowercase());
    let line = if said { Line::default() } else { Line::of(value) };
    said_in(line, kind, first, 110, names).at(&position.spans, names)
}

/// Adds the words that a position rests on: the name with its title alone, where the title is the matter; else what keeps its sense.
pub(crate) fn said_in(line: Line, kind: ConflictKind, words: &Passage, most: usize, names: &Names<'_>) -> Line {
    match kind {
        ConflictKind::Role => line.words(words, most),
        _ => line.excerpt(words, most, names),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conflict(kind: ConflictKind, about: &str, values: &[&str]) -> Conflict {
        let position = |v: &&str| Position { value: (*v).to_owned(), articles: Vec::new(), spans: Vec::new() };
        Conflict {
            kind,
            verdict: Verdict::Contradiction,
            about: about.to_owned(),
            positions: values.iter().map(position).collect(),
            reason: String::new(),
        }
    }

    #[test]
    fn what_falls_short_of_a_step_is_one_side() {
        let values = |kind, values: &[&str]| {
            let conflict = conflict(kind, "iso3:NOR", values);
            sides(&conflict).into_iter().map(|(v, _)| v.join(", ")).collect::<Vec<_>>()
        };
        assert_eq!(values(ConflictKind::Stage, &["announced", "signed", "to come"]), ["announced, to come", "signed"]);
        assert_eq!(
            values(ConflictKind::Stage, &["not so", "signed", "told as done"]),
            ["not so, signed", "told as done"]
        );
        assert_eq!(values(ConflictKind::Number, &["two", "three"]), ["two", "three"]);
    }

    #[test]
    fn a_table_is_a_side_of_a_conflict_over_a_region_or_one_title() {
        let words = table(&conflict(ConflictKind::Region, "iso3:NOR", &["Central Asia"]));
        assert_eq!(words.as_deref(), Some("by UN M49 Northern Europe"));
        assert_eq!(table(&conflict(ConflictKind::Stage, "iso3:NOR", &["signed"])), None);
        let mut title = conflict(ConflictKind::Role, "person:x", &["Prime Minister"]);
        title.reason = "left that office by 2024-07-23; Envoy since 2024-12-01".to_owned();
        assert_eq!(table(&title).as_deref(), Some("by the dated table of offices: left that office by 2024-07-23"));
        assert_eq!(table(&conflict(ConflictKind::Role, "person:x", &["President", "Envoy"])), None);
    }
}
