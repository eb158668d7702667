//! States that an article puts into a region where the table of regions has them not.

use std::collections::BTreeMap;

use super::super::{Conflict, ConflictKind, Verdict, Witness};
use super::position;
use crate::extract::{EntityId, Placement};
use crate::knowledge::knowledge;
use crate::provenance::Passage;

/// One conflict a state; what other articles say of its place stands beside.
pub(super) fn regions(story: &[Witness<'_>]) -> Vec<Conflict> {
    let mut by_state: BTreeMap<&EntityId, BTreeMap<(bool, &str), Vec<Passage>>> = BTreeMap::new();
    for witness in story {
        for Placement { state, region, fits, span } in &witness.findings.placements {
            let said = by_state.entry(state).or_default();
            said.entry((*fits, region)).or_default().push(witness.passage(*span));
        }
    }
    let mut found = Vec::new();
    for (state, said) in by_state.into_iter().filter(|(_, said)| said.keys().any(|(fits, _)| !fits)) {
        let Some(known) = state.0.strip_prefix("iso3:").and_then(|iso3| knowledge().state(iso3)) else { continue };
        let wrong: Vec<&str> = said.keys().filter(|(fits, _)| !fits).map(|(_, region)| *region).collect();
        let reason = format!("{} is in {} (UN M49), not in {}", known.name, known.region, wrong.join(" or "));
        let positions = said.into_iter().map(|((_, region), spans)| position(region.to_owned(), spans)).collect();
        found.push(Conflict {
            kind: ConflictKind::Region,
            verdict: Verdict::Contradiction,
            about: state.0.clone(),
            positions,
            reason,
        });
    }
    found
}
