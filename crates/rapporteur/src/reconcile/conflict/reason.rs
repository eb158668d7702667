//! Reasons that articles give for one act, and what somebody refuses in each of them: kept side by side, since all can be true.

use std::collections::BTreeMap;

use super::super::align::sentence;
use super::super::compare::plays_in_deals;
use super::super::{Conflict, ConflictKind, Verdict, Witness};
use super::measure::{by_value, is_fact, side_by_side};
use crate::extract::stage::plays_in_relief;
use crate::extract::{EntityId, Factuality, Proposition};
use crate::provenance::Passage;

/// Why a measure was put off or somebody let off: "the extension reflects concerns", "an extension to allow for more time".
pub(super) fn reasons(story: &[Witness<'_>]) -> Option<Conflict> {
    let act = |noun: &str| plays_in_relief("extension", noun);
    let mut said: Vec<(String, Passage)> = Vec::new();
    for witness in story {
        let text = &witness.article.text;
        let propositions = &witness.findings.propositions;
        for (i, clause) in propositions.iter().enumerate().filter(|(_, p)| !p.heading) {
            let of_act = clause.argument("subj").is_some_and(|s| act(&s.head));
            if of_act && is_fact(clause) && matches!(clause.lemma.as_str(), "reflect" | "stem" | "result" | "aim") {
                said.push((words(witness, clause), witness.passage(clause.span)));
            }
            let gives = clause.argument("obj").is_some_and(|o| act(&o.head));
            let within = sentence(witness, clause.predicate);
            let purpose = propositions.get(i + 1).filter(|p| {
                let to = text[..p.predicate.start].split_whitespace().next_back() == Some("to");
                gives && to && within.contains(p.predicate) && plays_in_deals("purpose", &p.lemma)
            });
            if let Some(purpose) = purpose {
                said.push((words(witness, purpose), witness.passage(purpose.span)));
            }
        }
    }
    let positions = by_value(said, |words| words.clone());
    let reason = "each article gives its own reason; one need not exclude the other";
    side_by_side(ConflictKind::Framing, Verdict::Framing, "why it was put off", positions, reason)
}

/// What one side says that it will not do, in other words in each article.
pub(super) fn refusals(story: &[Witness<'_>]) -> Vec<Conflict> {
    let mut by_side: BTreeMap<EntityId, Vec<(String, Passage)>> = BTreeMap::new();
    for witness in story {
        let propositions = &witness.findings.propositions;
        for (i, clause) in propositions.iter().enumerate().filter(|(_, p)| !p.heading && !p.says) {
            if !refuses(witness, clause) {
                continue;
            }
            let subject = clause.argument("subj");
            let named = subject.and_then(|s| s.entity.clone());
            // "Chile and Peru insist that they will not": the sides stand with the verb of saying.
            let within = sentence(witness, clause.predicate);
            let saying =
                i.checked_sub(1).and_then(|j| propositions.get(j)).filter(|p| p.says && within.contains(p.predicate));
            let pronoun = subject.is_some_and(|s| matches!(s.head.as_str(), "they" | "it" | "we" | "he" | "she"));
            let sides = match (named, saying) {
                (Some(named), _) => vec![named],
                (None, Some(saying)) if pronoun => {
                    let of = saying.arguments.iter().filter(|a| a.relation == "subj");
                    of.filter_map(|a| a.entity.clone()).collect()
                }
                _ => Vec::new(),
            };
            for side in sides.into_iter().filter(|e| e.0.starts_with("iso3:") || e.0.starts_with("org:")) {
                by_side.entry(side).or_default().push((words(witness, clause), witness.passage(clause.span)));
            }
        }
    }
    let line = |(side, said): (EntityId, Vec<(String, Passage)>)| {
        let positions = by_value(said, |words| words.clone());
        let reason = "what it refuses, in each article's words; one need not exclude the other";
        side_by_side(ConflictKind::Structure, Verdict::Compatible, &side.0, positions, reason)
    };
    by_side.into_iter().filter_map(line).collect()
}

/// "will not accept", "do not want to negotiate": an act that the speaker itself says it will not do.
fn refuses(witness: &Witness<'_>, clause: &Proposition) -> bool {
    let denied = matches!(clause.factuality, Factuality::CertainNo | Factuality::ProbableNo | Factuality::PossibleNo);
    let before: Vec<&str> = witness.article.text[..clause.predicate.start].split_whitespace().rev().take(3).collect();
    let not = before.contains(&"not") && before.iter().any(|w| matches!(*w, "will" | "would"));
    let short = before.iter().any(|w| matches!(*w, "won't" | "wouldn't" | "won’t" | "wouldn’t"));
    denied && (not || short) && plays_in_deals("refused", &clause.lemma)
}

fn words(witness: &Witness<'_>, clause: &Proposition) -> String {
    clause.span.of(&witness.article.text).split_whitespace().collect::<Vec<_>>().join(" ")
}
