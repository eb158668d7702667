//! Lists that differ: members, candidates, those who took a step. A shorter list is incomplete, no conflict, unless the text says
//! that it is all.

use std::collections::{BTreeMap, BTreeSet};

use super::super::align::clause_at;
use super::super::{CandidateAccount, Conflict, ConflictKind, MemberAccount, NamedBy, Verdict, Witness};
use super::{list, position};
use crate::extract::{ConditionKind, EntityId, Factuality, HolderKind, Polarity, Realis, Side};
use crate::provenance::{ArticleId, Passage};

/// Lists of members that differ: a shorter list is incomplete, which is compatible.
pub(super) fn lists(story: &[Witness<'_>], members: &[MemberAccount]) -> Option<Conflict> {
    let mut by_article: BTreeMap<&ArticleId, BTreeMap<&EntityId, Vec<Passage>>> = BTreeMap::new();
    for member in members {
        for span in &member.spans {
            by_article.entry(&span.article).or_default().entry(&member.participant).or_default().push(span.clone());
        }
    }
    let mut by_list: BTreeMap<Vec<&EntityId>, Vec<Passage>> = BTreeMap::new();
    for (_, list) in by_article.into_iter().filter(|(_, list)| list.len() > 1) {
        let states: Vec<&EntityId> = list.keys().copied().collect();
        by_list.entry(states).or_default().extend(list.into_values().flatten());
    }
    if by_list.len() < 2 || story.is_empty() {
        return None;
    }
    let all: BTreeSet<&EntityId> = by_list.keys().flatten().copied().collect();
    let positions = by_list.into_iter().map(|(states, spans)| position(list(story, states), spans)).collect();
    let reason = format!(
        "{} states are named as in; the shorter lists leave some out, and none says that it is complete",
        all.len()
    );
    Some(Conflict {
        kind: ConflictKind::Set,
        verdict: Verdict::Compatible,
        about: "members".to_owned(),
        positions,
        reason,
    })
}

/// A candidate to others and not to itself; a candidate named by somebody here and by nobody there.
pub(super) fn naming(story: &[Witness<'_>], candidate: &CandidateAccount) -> Vec<Conflict> {
    let about = candidate.participant.0.clone();
    let spans = |wanted: &dyn Fn(&NamedBy) -> bool| -> Vec<Passage> {
        candidate.named_by.iter().filter(|n| wanted(n)).flat_map(|n| n.spans.clone()).collect()
    };
    let mut conflicts = Vec::new();
    let others_for = spans(&|n| n.polarity == Polarity::For);
    let own: Vec<Passage> =
        candidate.own_voice.iter().filter(|o| o.polarity != Polarity::For).flat_map(|o| o.spans.clone()).collect();
    if !others_for.is_empty() && !own.is_empty() {
        let against = candidate.own_voice.iter().any(|o| o.polarity == Polarity::Against);
        let value = if against { "not, by its own word" } else { "on a condition, by its own word" };
        conflicts.push(Conflict {
            kind: ConflictKind::Negation,
            verdict: if against { Verdict::Tension } else { Verdict::Refines },
            about: about.clone(),
            positions: vec![
                position("named as a candidate by others".to_owned(), others_for),
                position(value.to_owned(), own),
            ],
            reason: "the state's own voice ranks above third parties".to_owned(),
        });
    }
    let named = spans(&|n| n.polarity == Polarity::For);
    let of_kind = |kind: ConditionKind| -> Vec<Passage> {
        let all = story.iter().flat_map(|w| w.findings.conditions.iter().map(move |c| (w, c)));
        let own = all.filter(|(_, c)| c.applies_to == candidate.participant && c.kind == kind);
        own.map(|(w, c)| w.passage(c.text)).collect()
    };
    // What is asked for says more than what stands in the way.
    let asked = of_kind(ConditionKind::Condition);
    let held_back = if asked.is_empty() { of_kind(ConditionKind::Blocker) } else { asked };
    if candidate.own_voice.is_empty() && !named.is_empty() && !held_back.is_empty() {
        conflicts.push(Conflict {
            kind: ConflictKind::Negation,
            verdict: Verdict::Refines,
            about: about.clone(),
            positions: vec![
                position("named as a candidate".to_owned(), named),
                position("on a condition, or held back".to_owned(), held_back),
            ],
            reason: "whoever is named may still ask for something first".to_owned(),
        });
    }
    conflicts
}

/// Candidates whom somebody names in one article and nobody in another: all of them in one line.
pub(super) fn unsourced(story: &[Witness<'_>], candidates: &[CandidateAccount]) -> Option<Conflict> {
    let nobody = |n: &&NamedBy| matches!(n.holder.kind, HolderKind::Outlet | HolderKind::Unknown);
    // "has not joined" names no candidate.
    let denied = |p: &Passage| {
        let stages = story.iter().filter(|w| w.article.id == p.article).flat_map(|w| &w.findings.stages);
        stages.into_iter().any(|m| m.realis == Realis::Negated && m.wording.overlaps(p.span))
    };
    let (mut without, mut with) = (Vec::new(), Vec::new());
    let (mut named, mut who) = (Vec::new(), BTreeSet::new());
    for candidate in candidates {
        let by: Vec<&NamedBy> = candidate.named_by.iter().filter(|n| n.polarity == Polarity::For).collect();
        let spans = |unsourced: bool| -> Vec<Passage> {
            let of = by.iter().filter(|n| nobody(n) == unsourced).flat_map(|n| n.spans.clone());
            of.filter(|p| !denied(p)).collect()
        };
        let (bare, sourced) = (spans(true), spans(false));
        let apart = bare.iter().any(|p| sourced.iter().any(|q| q.article != p.article));
        if apart {
            without.extend(bare);
            with.extend(sourced);
            named.push(&candidate.participant);
            who.extend(by.iter().filter(|n| !nobody(n)).map(|n| n.holder.name.clone()));
        }
    }
    (!named.is_empty()).then(|| Conflict {
        kind: ConflictKind::Attribution,
        verdict: Verdict::Refines,
        about: format!("who named {}", list(story, named)),
        positions: vec![
            position("no source named".to_owned(), without),
            position(who.into_iter().collect::<Vec<_>>().join(", "), with),
        ],
        reason: "one article names who said it, another does not".to_owned(),
    })
}

/// Those who are told to have left or given notice, where another article denies it of one of them.
pub(super) fn leavers(story: &[Witness<'_>]) -> Vec<Conflict> {
    type Lists<'a> = BTreeMap<&'a ArticleId, BTreeMap<&'a EntityId, Vec<Passage>>>;
    let mut left: BTreeMap<&EntityId, (Lists<'_>, Lists<'_>)> = BTreeMap::new();
    for witness in story {
        for said in witness.findings.stages.iter().filter(|s| s.rule.contains("(leave)")) {
            let (yes, no) = left.entry(&said.agreement).or_default();
            let list = match (said.factuality, said.realis) {
                (Factuality::CertainYes, Realis::Actual) if said.side == Some(Side::Withdrawn) => yes,
                (Factuality::CertainNo, Realis::Negated) => no,
                _ => continue,
            };
            let own = list.entry(&witness.article.id).or_default();
            own.entry(&said.participant).or_default().push(witness.passage(clause_at(witness, said.wording)));
        }
    }
    let mut found = Vec::new();
    for (agreement, (yes, no)) in left {
        let denied: BTreeSet<&EntityId> = no
            .iter()
            .flat_map(|(article, states)| states.keys().map(move |s| (*article, *s)))
            .filter(|(article, state)| yes.iter().any(|(a, states)| a != article && states.contains_key(state)))
            .map(|(_, state)| state)
            .collect();
        let mut by_list: BTreeMap<Vec<&EntityId>, Vec<Passage>> = BTreeMap::new();
        for states in yes.into_values() {
            let told = by_list.entry(states.keys().copied().collect()).or_default();
            told.extend(states.into_values().flatten());
        }
        if denied.is_empty() || by_list.len() < 2 {
            continue;
        }
        let positions = by_list.into_iter().map(|(states, spans)| position(list(story, states), spans)).collect();
        let denied: Vec<&EntityId> = denied.into_iter().collect();
        found.push(Conflict {
            kind: ConflictKind::Set,
            verdict: Verdict::Contradiction,
            about: agreement.0.clone(),
            positions,
            reason: format!("{} told as gone in one place and not in another", list(story, denied)),
        });
    }
    found
}
