//! Positions that do not say the same, each with the words and a verdict.
//!
//! A contradiction needs two sides that cannot both be true; what one article leaves out is no conflict, and two titles that a person
//! can hold at once are compatible.

use std::collections::{BTreeMap, BTreeSet};

use super::frame::Frame;
use super::stage::interval;
use super::{
    CandidateAccount, Conflict, ConflictKind, MemberAccount, Position, RoleAccount, StageAccount, Verdict, Witness,
    gathered,
};
use crate::extract::{EntityId, HolderKind, Polarity, RoleCheck};
use crate::provenance::{ArticleId, Passage};

/// All conflicts of a story, the gravest verdict first.
pub(crate) fn compare(
    story: &[Witness<'_>],
    frame: &Frame,
    stages: &[StageAccount],
    members: &[MemberAccount],
    candidates: &[CandidateAccount],
    roles: &[RoleAccount],
) -> Vec<Conflict> {
    let mut conflicts: Vec<Conflict> = stages.iter().filter(|s| s.asserted).filter_map(stage).collect();
    conflicts.extend(offices(roles));
    conflicts.extend(lists(story, members));
    conflicts.extend(candidates.iter().flat_map(|c| naming(c, frame)));
    conflicts.sort_by(|a, b| (a.verdict, a.kind, &a.about).cmp(&(b.verdict, b.kind, &b.about)));
    conflicts
}

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

/// Different titles of one person. "Former" against the same office held, and a title that the dated table denies, contradict.
fn offices(roles: &[RoleAccount]) -> Vec<Conflict> {
    let mut by_person: BTreeMap<&EntityId, Vec<&RoleAccount>> = BTreeMap::new();
    for role in roles {
        by_person.entry(&role.person).or_default().push(role);
    }
    let mut conflicts = Vec::new();
    for (person, held) in by_person.into_iter().filter(|(_, held)| held.len() > 1) {
        let former = |r: &RoleAccount| r.role.to_lowercase().starts_with("former ");
        let both = held.iter().any(|r| former(r))
            && held.iter().any(|r| !former(r) && held.iter().any(|f| former(f) && same_office(&f.role[7..], &r.role)));
        // That an office is over is just what "former" says.
        let wrong: Vec<&&RoleAccount> = held
            .iter()
            .filter(|r| matches!(r.check, RoleCheck::Stale | RoleCheck::Conflict) && (both || !former(r)))
            .collect();
        let (verdict, reason) = match wrong.first() {
            Some(wrong) if held.iter().any(|r| r.check == RoleCheck::Ok) || both => {
                let why = wrong.note.clone().unwrap_or_else(|| "the dated table of offices says otherwise".to_owned());
                (Verdict::Contradiction, format!("\"{}\": {why}", wrong.role))
            }
            _ if both => (Verdict::Contradiction, "called former in one place and sitting in another".to_owned()),
            Some(wrong) => {
                (Verdict::Tension, wrong.note.clone().unwrap_or_else(|| format!("\"{}\" is doubtful", wrong.role)))
            }
            None => (Verdict::Compatible, "titles that can be held at once, or of different length".to_owned()),
        };
        let positions = held.iter().map(|r| position(r.role.clone(), r.spans.clone())).collect();
        conflicts.push(Conflict { kind: ConflictKind::Role, verdict, about: person.0.clone(), positions, reason });
    }
    conflicts
}

/// "president" and "President of Kazakhstan": one title begins with the other.
fn same_office(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let word = |long: &str, short: &str| long.split(|c: char| !c.is_alphanumeric()).any(|w| w == short);
    a == b || a.starts_with(&b) || b.starts_with(&a) || word(&a, &b) || word(&b, &a)
}

/// Lists of members that differ: a shorter list is incomplete, which is compatible.
fn lists(story: &[Witness<'_>], members: &[MemberAccount]) -> Option<Conflict> {
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
    let positions = by_list
        .into_iter()
        .map(|(states, spans)| {
            let codes: Vec<&str> = states.iter().map(|s| s.0.rsplit(':').next().unwrap_or(&s.0)).collect();
            position(codes.join(" "), spans)
        })
        .collect();
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
fn naming(candidate: &CandidateAccount, _frame: &Frame) -> Vec<Conflict> {
    let about = candidate.participant.0.clone();
    let spans = |wanted: &dyn Fn(&super::NamedBy) -> bool| -> Vec<Passage> {
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
    let nobody = |n: &super::NamedBy| matches!(n.holder.kind, HolderKind::Outlet | HolderKind::Unknown);
    let (unsourced, sourced) = (spans(&nobody), spans(&|n| !nobody(n)));
    if !unsourced.is_empty() && !sourced.is_empty() {
        let who: BTreeSet<&str> =
            candidate.named_by.iter().filter(|n| !nobody(n)).map(|n| n.holder.name.as_str()).collect();
        let who = who.into_iter().collect::<Vec<_>>().join(", ");
        conflicts.push(Conflict {
            kind: ConflictKind::Attribution,
            verdict: Verdict::Refines,
            about,
            positions: vec![position("nobody".to_owned(), unsourced), position(who, sourced)],
            reason: "one article names who said it, another does not".to_owned(),
        });
    }
    conflicts
}

fn position(value: String, spans: Vec<Passage>) -> Position {
    let (articles, spans) = gathered(spans);
    Position { value, articles, spans }
}
