//! Articles that place a participant on different stretches of the ladder.

use std::collections::BTreeMap;

use super::super::stage::interval;
use super::super::{Conflict, ConflictKind, StageAccount, Verdict, Witness};
use super::position;
use crate::provenance::Passage;

/// Articles that place a participant on different stretches of the ladder.
fn stage(account: &StageAccount) -> Option<Conflict> {
    let mut by_value: BTreeMap<(u8, u8, bool), Vec<Passage>> = BTreeMap::new();
    for said in &account.articles {
        let spans = by_value.entry((said.lo, said.hi, said.as_done)).or_default();
        spans.push(said.wording.clone());
        spans.extend(said.capped_by.clone());
    }
    if by_value.len() < 2 {
        return None;
    }
    let done = account.articles.iter().find(|a| a.as_done);
    let held_back =
        account.articles.iter().find(|a| !a.as_done && a.hi <= 4 && done.is_some_and(|d| d.article != a.article));
    // "Has not yet joined" and "will join in its own time" differ; only what is told as done can be denied.
    let denied = account.conflict && account.articles.iter().any(|a| a.as_done || a.lo >= 5);
    let (verdict, reason) = if account.conflict && !denied {
        (Verdict::Tension, account.reason.clone())
    } else if denied {
        (Verdict::Contradiction, account.reason.clone())
    } else if done.is_some() && held_back.is_some() {
        (Verdict::Tension, format!("told as done in one place, as still to come in another; {}", account.reason))
    } else {
        (Verdict::Refines, account.reason.clone())
    };
    let positions = by_value
        .into_iter()
        .map(|((lo, hi, done), spans)| {
            let told = if done { "told as done: " } else { "" };
            position(format!("{told}{}", interval(lo, hi)), spans)
        })
        .collect();
    Some(Conflict { kind: ConflictKind::Stage, verdict, about: account.participant.0.clone(), positions, reason })
}

/// One conflict a participant and agreement at most.
pub(super) fn stages(_story: &[Witness<'_>], accounts: &[StageAccount]) -> Vec<Conflict> {
    accounts.iter().filter(|s| s.asserted).filter_map(stage).collect()
}
