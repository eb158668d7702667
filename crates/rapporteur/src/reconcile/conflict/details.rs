//! What aligned clauses leave out or add: who says it, and whom or what they list. No conflict, but kept side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::super::align::{Clause, Dates, groups};
use super::super::{Conflict, ConflictKind, Verdict};
use super::position;
use crate::extract::{EntityId, HolderKind};
use crate::provenance::Passage;

/// Lists and voices that differ between clauses which tell of the same thing.
pub(super) fn details(clauses: &[Clause<'_>]) -> Vec<Conflict> {
    let mut found = Vec::new();
    for group in groups(clauses, Dates::MustOverlap) {
        let said: Vec<&Clause<'_>> =
            group.iter().map(|&i| &clauses[i]).filter(|c| c.sign() >= 0 && !c.said.says).collect();
        found.extend(["subj", "obj", "with", "on", "from", "to", "for"].into_iter().find_map(|r| lists(&said, r)));
        found.extend(voices(&said));
    }
    found
}

/// Lists in the same place of the clause, of which one holds more than the other.
fn lists(said: &[&Clause<'_>], relation: &str) -> Option<Conflict> {
    let mut by_list: BTreeMap<Vec<&EntityId>, Vec<Passage>> = BTreeMap::new();
    for clause in said {
        let arguments = clause.said.arguments.iter().filter(|a| a.relation == relation);
        let named: BTreeSet<&EntityId> = arguments.filter_map(|a| a.entity.as_ref()).collect();
        if named.len() > 1 || !by_list.is_empty() && named.len() == 1 {
            by_list.entry(named.into_iter().collect()).or_default().push(clause.passage());
        }
    }
    let spans: BTreeSet<_> = by_list.values().flatten().map(|p| &p.article).collect();
    let shared = by_list.keys().any(|a| by_list.keys().any(|b| a != b && a.iter().any(|e| b.contains(e))));
    if by_list.len() < 2 || spans.len() < 2 || !shared {
        return None;
    }
    let about = said.first()?.said.entities().first().map_or(String::new(), |e| e.0.clone());
    let codes =
        |list: &[&EntityId]| list.iter().map(|e| e.0.rsplit(':').next().unwrap_or(&e.0)).collect::<Vec<_>>().join(" ");
    Some(Conflict {
        kind: ConflictKind::Set,
        verdict: Verdict::Refines,
        about,
        positions: by_list.iter().map(|(list, spans)| position(codes(list), spans.clone())).collect(),
        reason: "lists of which one names more; none says that it is all".to_owned(),
    })
}

/// The same on the word of several named voices.
fn voices(said: &[&Clause<'_>]) -> Option<Conflict> {
    let mut by_voice: BTreeMap<String, (String, Vec<Passage>)> = BTreeMap::new();
    for clause in said {
        let holder = &clause.said.holder;
        if !matches!(holder.kind, HolderKind::Entity | HolderKind::Role | HolderKind::Group) {
            continue;
        }
        let key = holder.entity.as_ref().map_or_else(|| holder.name.to_lowercase(), |e| e.0.clone());
        by_voice.entry(key).or_insert((holder.name.clone(), Vec::new())).1.push(clause.passage());
    }
    let spans: BTreeSet<_> = by_voice.values().flat_map(|(_, spans)| spans).map(|p| &p.article).collect();
    if by_voice.len() < 2 || spans.len() < 2 {
        return None;
    }
    let about = said.first()?.said.entities().first().map_or(String::new(), |e| e.0.clone());
    Some(Conflict {
        kind: ConflictKind::Attribution,
        verdict: Verdict::Compatible,
        about,
        positions: by_voice.into_values().map(|(name, spans)| position(name, spans)).collect(),
        reason: "the same on the word of several".to_owned(),
    })
}
