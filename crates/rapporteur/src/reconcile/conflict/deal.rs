//! One deal in different words: how far it is settled, for how long it holds, when its details are to follow, whether an agreement is mended
//! or replaced, and from what a state is let off.
//!
//! The words are those of `data/en/deal_words.tsv`. "Preliminary" beside "final" of the same partners is a tension; words of which both can
//! be true are kept side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::super::align::{names, state_of};
use super::super::compare::plays_in_deals as plays;
use super::super::{Conflict, ConflictKind, Verdict, Witness};
use super::list;
use super::measure::{by_value, is_fact, is_told, side_by_side};
use crate::extract::stage::plays_in_relief;
use crate::extract::{EntityId, Precision, Proposition, Realis};
use crate::provenance::Passage;

/// What the words of a deal say of it.
const GRADES: [&str; 4] = ["final", "permanent", "provisional", "temporary"];

/// All that the articles say of one deal in different words.
pub(super) fn deals(story: &[Witness<'_>]) -> Vec<Conflict> {
    let mut found = grades(story);
    found.extend(settled(story));
    found.extend(mended(story));
    found.extend(let_off(story));
    found
}

/// The kind of thing that a noun names: deals and truces by their words, reliefs by theirs.
fn family(noun: &str) -> Option<&'static str> {
    match noun {
        n if plays("deal", n) => Some("deal"),
        n if plays("truce", n) => Some("truce"),
        n if plays_in_relief("relief", n) => Some("exemption"),
        _ => None,
    }
}

/// Whether a deal or a relief is there by a clause: "reached", "granted", and not "wants".
fn brings_about(said: &Proposition) -> bool {
    plays("reach", &said.lemma) || ["give", "get"].iter().any(|part| plays_in_relief(part, &said.lemma))
}

/// Words for one deal with the same partners: "initial agreements with Chile" beside "a permanent exemption for Chile".
fn grades(story: &[Witness<'_>]) -> Vec<Conflict> {
    type Grade = (&'static str, String);
    let mut by_partner: BTreeMap<(EntityId, &str), BTreeSet<(Grade, Passage)>> = BTreeMap::new();
    for witness in story {
        for clause in witness.findings.propositions.iter().filter(|p| is_fact(p) && !p.heading && brings_about(p)) {
            for thing in clause.arguments.iter().filter(|a| matches!(a.relation.as_str(), "obj" | "is")) {
                let Some(family) = family(&thing.head) else { continue };
                let graded = |w: &&String| GRADES.iter().find(|g| plays(g, w)).map(|g| (*g, (*w).clone()));
                let Some(grade) = thing.words.iter().find_map(|w| graded(&w)) else { continue };
                let beside = clause.arguments.iter().filter(|a| matches!(a.relation.as_str(), "with" | "for" | "to"));
                let partners = thing.of.iter().chain(beside.flat_map(|a| a.entity.iter().chain(&a.of)));
                for partner in partners.map(state_of).filter(|e| e.0.starts_with("iso3:") || e.0.starts_with("org:")) {
                    let said = by_partner.entry((partner, family)).or_default();
                    said.insert((grade.clone(), witness.passage(clause.span.cover(thing.span))));
                }
            }
        }
    }
    // Partners of whom the same is said are one line.
    let mut by_said: BTreeMap<(BTreeSet<(Grade, Passage)>, &str), Vec<EntityId>> = BTreeMap::new();
    for ((partner, family), said) in by_partner {
        by_said.entry((said, family)).or_default().push(partner);
    }
    let mut found = Vec::new();
    for ((said, family), partners) in by_said {
        let grades: BTreeSet<&str> = said.iter().map(|((grade, _), _)| *grade).collect();
        if grades.len() < 2 {
            continue;
        }
        let opposed = |a: &str, b: &str| grades.contains(a) && grades.contains(b);
        let (verdict, reason) = if opposed("provisional", "final") || opposed("temporary", "permanent") {
            (Verdict::Tension, "words for one thing that do not go together")
        } else {
            (Verdict::Framing, "one says how far it is settled, the other for how long it holds")
        };
        let about = format!("the {family} with {}", list(story, &partners));
        let positions = by_value(said.into_iter().map(|((_, word), p)| (word, p)), |word| match word.as_str() {
            "principle" => "in principle".to_owned(),
            _ => word.clone(),
        });
        found.extend(side_by_side(ConflictKind::Framing, verdict, &about, positions, reason));
    }
    found
}

/// When what is still open is to be settled: "shortly", "in the next 30 days".
fn settled(story: &[Witness<'_>]) -> Option<Conflict> {
    type Said = (BTreeSet<EntityId>, String, Passage);
    let mut said: Vec<Said> = Vec::new();
    for witness in story {
        let text = &witness.article.text;
        for clause in witness.findings.propositions.iter().filter(|p| is_told(p) && p.realis == Realis::Future) {
            let sides = ["obj", "subj"];
            let thing = clause.arguments.iter().filter(|a| sides.contains(&a.relation.as_str()));
            let thing = thing.into_iter().find(|a| {
                let noun = |n: &str| plays("deal", n) || plays("truce", n);
                noun(&a.head) || plays("detail", &a.head) && a.words.iter().any(|w| noun(w))
            });
            let (true, Some(thing)) = (plays("settle", &clause.lemma), thing) else { continue };
            let mut times = witness.findings.times.iter().filter(|t| clause.span.contains(t.span));
            if let Some(time) = times.rfind(|t| !matches!(t.precision, Precision::Present | Precision::Past)) {
                let partners = thing.of.iter().map(state_of).collect();
                said.push((partners, time.span.of(text).to_lowercase(), witness.passage(clause.span)));
            }
        }
    }
    // The partners that most name; a clause of others tells of another deal.
    let named = said.iter().map(|(p, ..)| p).filter(|p| !p.is_empty()).max_by_key(|p| p.len())?.clone();
    said.retain(|(partners, ..)| partners.is_empty() || !partners.is_disjoint(&named));
    let positions = by_value(said.into_iter().map(|(_, time, p)| (time, p)), |time| time.clone());
    let reason = "one gives a term, the other does not";
    side_by_side(ConflictKind::Date, Verdict::Compatible, "when the details are to be settled", positions, reason)
}

/// An agreement that goes on in another shape here, and gives way to a new one there.
fn mended(story: &[Witness<'_>]) -> Vec<Conflict> {
    let mut by_agreement: BTreeMap<EntityId, Vec<(bool, Passage)>> = BTreeMap::new();
    for witness in story {
        for clause in witness.findings.propositions.iter().filter(|p| !p.heading) {
            let Some(object) = clause.argument("obj") else { continue };
            let agreement = object.entity.as_ref().filter(|e| e.0.starts_with("agreement:"));
            if let Some(agreement) = agreement.filter(|_| plays("revise", &clause.lemma)) {
                let passage = witness.passage(clause.span);
                by_agreement.entry(agreement.clone()).or_default().push((false, passage));
            }
            let new = plays("deal", &object.head) && object.entity.is_none() && object.words.iter().any(|w| w == "new");
            if new && clause.lemma == "negotiate" {
                let agreements = witness.findings.entities.iter().filter(|e| e.id.0.starts_with("agreement:"));
                for agreement in agreements.filter(|e| names(witness, clause.predicate, &e.id)) {
                    let passage = witness.passage(clause.span);
                    by_agreement.entry(agreement.id.clone()).or_default().push((true, passage));
                }
            }
        }
    }
    let line = |(agreement, said): (EntityId, Vec<(bool, Passage)>)| {
        let positions =
            by_value(said, |new| if *new { "talks on a new one" } else { "it is to be revised" }.to_owned());
        let reason = "the same talks in another light";
        side_by_side(ConflictKind::Framing, Verdict::Framing, &agreement.0, positions, reason)
    };
    by_agreement.into_iter().filter_map(line).collect()
}

/// Let off a measure in one article, and still under part of it in another.
fn let_off(story: &[Witness<'_>]) -> Vec<Conflict> {
    let mut by_state: BTreeMap<EntityId, Vec<(bool, Passage)>> = BTreeMap::new();
    let measure = |noun: &str| plays_in_relief("measure", noun);
    for witness in story {
        for clause in witness.findings.propositions.iter().filter(|p| is_told(p) && !p.heading) {
            let spared = spared(clause);
            let subject = clause.argument("is").filter(|a| clause.lemma == "be" && a.head == "subject");
            let under = subject.filter(|a| a.words.iter().any(|w| measure(w)));
            let under = under.and(clause.argument("subj")).and_then(|s| s.entity.as_ref()).map(state_of);
            for (still, state) in spared.map(|s| (false, s)).into_iter().chain(under.map(|s| (true, s))) {
                by_state.entry(state).or_default().push((still, witness.passage(clause.span)));
            }
        }
    }
    let line = |(state, said): (EntityId, Vec<(bool, Passage)>)| {
        let positions = by_value(said, |still| if *still { "still under part of it" } else { "let off" }.to_owned());
        let reason = "let off in one place, and in another still under one of the measures";
        side_by_side(ConflictKind::Set, Verdict::Refines, &state.0, positions, reason)
    };
    by_state.into_iter().filter_map(line).collect()
}

/// The state that a clause lets off: "exempt Chile from the tariffs", "Chile earned its exemption from tariffs".
fn spared(clause: &Proposition) -> Option<EntityId> {
    let measure = |noun: &str| plays_in_relief("measure", noun);
    let from = clause.argument("from").is_some_and(|a| measure(&a.head));
    let object = clause.argument("obj")?;
    if plays_in_relief("spare", &clause.lemma) && from {
        return object.entity.as_ref().map(state_of);
    }
    let relief = plays_in_relief("relief", &object.head) && object.words.iter().any(|w| measure(w));
    let gets = plays_in_relief("get", &clause.lemma) && clause.lemma != "have";
    let subject = clause.argument("subj").and_then(|a| a.entity.as_ref());
    subject.filter(|_| relief && gets).map(state_of)
}

#[cfg(test)]
mod tests {
    use super::family;

    #[test]
    fn deals_truces_and_reliefs_are_kept_apart() {
        let check = |noun: &str, wanted: Option<&str>| assert_eq!(family(noun), wanted, "{noun}");
        check("pact", Some("deal"));
        check("ceasefire", Some("truce"));
        check("waiver", Some("exemption"));
        check("minister", None);
        check("talk", None);
    }
}
