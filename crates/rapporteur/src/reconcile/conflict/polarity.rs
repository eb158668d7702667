//! Told here and denied there: polarity of aligned clauses by holder, opposite predicates, denials in as many words.

use std::collections::BTreeMap;

use super::super::align::{Clause, Dates, sentence};
use super::super::compare::{Opposite, opposed_verbs, opposites_of};
use super::super::{Conflict, ConflictKind, Verdict, Witness};
use super::position;
use crate::extract::{Argument, EntityId, Factuality, Holder, HolderKind, Proposition, Realis};
use crate::provenance::Passage;

/// How many sentences before a denial the claim that it answers is looked for.
const BEFORE: usize = 3;
/// From which score a pair is so alike that both sides cannot be true.
const ALIKE: f64 = 5.0;

/// Aligned clauses of which one is told for certain and another denied.
pub(super) fn polarity(clauses: &[Clause<'_>], groups: &[Vec<usize>]) -> Vec<Conflict> {
    let mut found = Vec::new();
    for group in groups {
        let said = |sign: i8| -> Vec<&Clause<'_>> {
            group.iter().map(|&i| &clauses[i]).filter(|c| c.sign() == sign && !c.said.heading).collect()
        };
        let (yes, no) = (said(1), said(-1));
        if let Some(conflict) = judged(&yes, &no, ConflictKind::Negation, "one says it, the other denies it") {
            found.push(conflict);
        }
    }
    found
}

/// The verdict on clauses told against clauses denied; nothing where one article alone says both in its own voice.
fn judged(yes: &[&Clause<'_>], no: &[&Clause<'_>], kind: ConflictKind, reason: &str) -> Option<Conflict> {
    let pair = yes.iter().flat_map(|y| no.iter().map(move |n| (*y, *n)));
    let apart = |(y, n): &(&Clause<'_>, &Clause<'_>)| {
        (y.article() != n.article() || y.said.holder != n.said.holder) && same_sides(y.said, n.said)
    };
    let best = pair.filter(apart).max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    let same_voice =
        best.0.is_own_voice() && best.1.is_own_voice() || same_holder(&best.0.said.holder, &best.1.said.holder);
    // Days may lie between articles of different dates: what was not so can have come to be so.
    let same_day = match (&best.0.witness.article.published, &best.1.witness.article.published) {
        (Some(a), Some(b)) => a.date == b.date,
        _ => true,
    };
    let alike = likeness(&best) >= ALIKE && same_day && best.0.article() != best.1.article();
    let verdict = if same_voice && alike { Verdict::Contradiction } else { Verdict::Tension };
    let about = best.0.said.entities().first().map_or(String::new(), |e| e.0.clone());
    let value = |c: &Clause<'_>, word: &str| match c.said.holder.kind {
        HolderKind::Outlet | HolderKind::Unknown => word.to_owned(),
        _ => format!("{word} by {}", c.said.holder.name),
    };
    let positions = vec![
        position(value(best.0, "told"), yes.iter().map(|c| c.passage()).collect()),
        position(value(best.1, "denied"), no.iter().map(|c| c.passage()).collect()),
    ];
    Some(Conflict { kind, verdict, about, positions, reason: reason.to_owned() })
}

fn likeness((a, b): &(&Clause<'_>, &Clause<'_>)) -> f64 {
    super::super::align::score(a, b, Dates::MustOverlap).unwrap_or(0.0)
}

fn same_holder(a: &Holder, b: &Holder) -> bool {
    a.entity.is_some() && a.entity == b.entity
}

/// Clauses of the same sides with opposite predicates: one accepts what the other says was rejected.
pub(super) fn antonyms(clauses: &[Clause<'_>]) -> Vec<Conflict> {
    let certain = |c: &&Clause<'_>| c.sign() == 1 && !c.said.heading;
    let mut by_verb: BTreeMap<(&str, &EntityId), Vec<&Clause<'_>>> = BTreeMap::new();
    for clause in clauses.iter().filter(certain) {
        let subject = clause.said.argument("subj").and_then(|a| a.entity.as_ref());
        if let Some(subject) = subject {
            by_verb.entry((clause.said.lemma.as_str(), subject)).or_default().push(clause);
        }
    }
    let mut found = Vec::new();
    for ((verb, subject), one) in &by_verb {
        for other_verb in opposites_of(verb).filter(|o| *o > *verb) {
            let Some(other) = by_verb.get(&(other_verb, *subject)) else { continue };
            if opposed_verbs(verb, other_verb) != Some(Opposite::Antonym) {
                continue;
            }
            let pair = one.iter().take(16).flat_map(|a| other.iter().take(16).map(move |b| (*a, *b)));
            let Some((a, b)) =
                pair.into_iter().find(|(a, b)| a.article() != b.article() && same_object(a.said, b.said))
            else {
                continue;
            };
            let of_step = a.said.argument("obj").is_some_and(|o| points_back(o) && o.head == "step");
            let (one, other) = (verb.replace('_', " "), other_verb.replace('_', " "));
            found.push(Conflict {
                kind: if of_step { ConflictKind::Stage } else { ConflictKind::Antonym },
                verdict: Verdict::Tension,
                about: subject.0.clone(),
                reason: format!("\"{one}\" and \"{other}\" exclude each other of the same thing at one time"),
                positions: vec![position(one, vec![a.passage()]), position(other, vec![b.passage()])],
            });
        }
    }
    found
}

/// Told as to come in one article and as unlikely in another: "is expected to meet the queen", "is unlikely to meet the queen".
pub(super) fn expectations(story: &[Witness<'_>]) -> Vec<Conflict> {
    type Said<'a> = (bool, &'a Witness<'a>, &'a Proposition);
    let mut by_act: BTreeMap<(&str, &EntityId), Vec<Said<'_>>> = BTreeMap::new();
    for witness in story {
        let propositions = &witness.findings.propositions;
        for (i, said) in propositions.iter().enumerate().filter(|(_, p)| !p.heading && !p.says && !p.denied) {
            let coming = match (said.factuality, said.realis) {
                (Factuality::CertainYes | Factuality::ProbableYes, Realis::Future) => true,
                (Factuality::ProbableNo, _) => false,
                _ => continue,
            };
            let light = matches!(said.lemma.as_str(), "be" | "have" | "do" | "take" | "make" | "get" | "go");
            // "He is unlikely to meet her": the subject stands with "unlikely".
            let within = sentence(witness, said.predicate);
            let above = i
                .checked_sub(1)
                .and_then(|j| propositions.get(j))
                .filter(|p| p.lemma == "be" && within.contains(p.predicate));
            let subject = said.argument("subj").or_else(|| above.and_then(|p| p.argument("subj")));
            if let (false, Some(subject)) = (light, subject.and_then(|a| a.entity.as_ref())) {
                by_act.entry((said.lemma.as_str(), subject)).or_default().push((coming, witness, said));
            }
        }
    }
    let mut found = Vec::new();
    for ((lemma, subject), said) in by_act {
        let of = |coming: bool| said.iter().filter(move |s| s.0 == coming).take(16);
        let apart = |a: &Said<'_>, b: &Said<'_>| a.1.article.id != b.1.article.id && one_object(a.2, b.2);
        let yes: Vec<_> = of(true).filter(|a| of(false).any(|b| apart(a, b))).collect();
        let no: Vec<_> = of(false).filter(|b| of(true).any(|a| apart(a, b))).collect();
        if yes.is_empty() || no.is_empty() {
            continue;
        }
        let clause = |s: &&Said<'_>| s.1.passage(sentence(s.1, s.2.predicate));
        found.push(Conflict {
            kind: ConflictKind::Negation,
            verdict: Verdict::Tension,
            about: subject.0.clone(),
            positions: vec![
                position(format!("expected to {}", lemma.replace('_', " ")), yes.iter().map(clause).collect()),
                position("unlikely to".to_owned(), no.iter().map(clause).collect()),
            ],
            reason: "to come on the word of one article, unlikely on that of another".to_owned(),
        });
    }
    found
}

/// Whether both clauses have an object, and the head of the one names or stands in the other: "the queen", "Queen Elizabeth II".
fn one_object(a: &Proposition, b: &Proposition) -> bool {
    let (Some(a), Some(b)) = (a.argument("obj"), b.argument("obj")) else { return false };
    let within = |x: &Argument, y: &Argument| y.words.contains(&x.head);
    match (&a.entity, &b.entity) {
        (Some(p), Some(q)) => p == q,
        (None, None) => a.head == b.head && a.words == b.words,
        (None, Some(_)) => within(a, b),
        (Some(_), None) => within(b, a),
    }
}

/// Named in a role by one article and not by another: "does not name Chile as a defendant", "a list of defendants that includes Chile".
pub(super) fn named_as(story: &[Witness<'_>]) -> Vec<Conflict> {
    type Sides = [Vec<Passage>; 2];
    let mut by_role: BTreeMap<(&str, &EntityId), Sides> = BTreeMap::new();
    for witness in story {
        for said in &witness.findings.propositions {
            let subject = said.argument("subj");
            let role = match said.lemma.as_str() {
                "include" => subject.map(|a| a.head.as_str()),
                "name" | "list" if subject.is_some() => said.argument("as").map(|a| a.head.as_str()),
                _ => None,
            };
            let denied = match said.factuality {
                Factuality::CertainYes => false,
                Factuality::CertainNo => true,
                _ => continue,
            };
            // "Chile's navy" is not Chile.
            let text = &witness.article.text;
            let whole =
                |a: &&Argument| !a.span.of(text).contains(['\'', '’']) && !text[a.span.end..].starts_with(['\'', '’']);
            for object in said.arguments.iter().filter(|a| a.relation == "obj").filter(whole) {
                if let (Some(role), Some(entity)) = (role, &object.entity) {
                    by_role.entry((role, entity)).or_default()[usize::from(denied)].push(witness.passage(said.span));
                }
            }
        }
    }
    let mut found = Vec::new();
    for ((role, entity), [yes, no]) in by_role {
        let apart = yes.iter().any(|y| no.iter().any(|n| n.article != y.article));
        if apart {
            found.push(Conflict {
                kind: ConflictKind::Negation,
                verdict: Verdict::Contradiction,
                about: entity.0.clone(),
                positions: vec![position(format!("a {role}"), yes), position(format!("no {role}"), no)],
                reason: format!("counted among the {role}s in one place, and not in another"),
            });
        }
    }
    found
}

/// Whether both clauses have the same sides: each that one names, the other names too.
fn same_sides(a: &Proposition, b: &Proposition) -> bool {
    let same = |relation: &str| match (a.argument(relation), b.argument(relation)) {
        (Some(x), Some(y)) => match (&x.entity, &y.entity) {
            (Some(p), Some(q)) => p == q,
            (None, None) => x.head == y.head,
            _ => false,
        },
        (None, None) => true,
        _ => false,
    };
    let filled =
        a.argument("obj").or_else(|| a.argument("is")).is_some() || a.arguments.len() > 1 && b.arguments.len() > 1;
    a.lemma == b.lemma && filled && ["subj", "obj", "is"].into_iter().all(same)
}

/// Whether both have an object, and the same.
fn same_object(a: &Proposition, b: &Proposition) -> bool {
    let (Some(a), Some(b)) = (a.argument("obj"), b.argument("obj")) else { return false };
    let named = a.entity.is_some() && a.entity == b.entity;
    let worded = a.entity.is_none()
        && b.entity.is_none()
        && a.head == b.head
        && (a.words == b.words || a.of == b.of && !a.of.is_empty());
    named || worded || a.head == b.head && points_back(a) && points_back(b)
}

/// "the same step", "any such step": the one that the story tells of.
fn points_back(argument: &Argument) -> bool {
    matches!(argument.words.as_slice(), [word] if word == "same" || word == "such")
}

/// "X denies that it agreed": the claim of somebody else just before, which it answers.
pub(super) fn denials(story: &[Witness<'_>]) -> Vec<Conflict> {
    let answers = |_: &Witness<'_>, denial: &Proposition| {
        (denial.denied && is_named(&denial.holder)).then(|| Denial {
            sides: sides(denial).into_iter().cloned().collect(),
            value: format!("denied by {}", denial.holder.name),
            whole: false,
            back: BEFORE,
        })
    };
    let answered = |denial: &Proposition, sides: &[EntityId], p: &Proposition| {
        let denies = matches!(p.factuality, Factuality::CertainNo | Factuality::ProbableNo | Factuality::PossibleNo);
        let concerns = p.argument("subj").and_then(|a| a.entity.as_ref()).is_some_and(|e| sides.contains(e));
        !denies && !same_voice(&p.holder, &denial.holder) && concerns && !matches!(p.lemma.as_str(), "be" | "have")
    };
    answering(story, answers, answered)
}

/// "X denied it", "Y rejected the accusation": what somebody else said last before it.
pub(super) fn denied_at_large(story: &[Witness<'_>]) -> Vec<Conflict> {
    let answers = |witness: &Witness<'_>, denial: &Proposition| {
        let (who, what) = (denial.argument("subj")?, denial.argument("obj")?);
        let points = matches!(what.head.as_str(), "it" | "this" | "that")
            || points_at(&what.span.of(&witness.article.text).to_lowercase());
        let denies = matches!(denial.lemma.as_str(), "deny" | "reject" | "dispute" | "dismiss");
        (denial.factuality == Factuality::CertainYes && points && denies).then(|| Denial {
            sides: who.entity.iter().chain(&who.of).cloned().collect(),
            value: "denied".to_owned(),
            whole: true,
            back: 2,
        })
    };
    let answered = |_: &Proposition, sides: &[EntityId], p: &Proposition| {
        // A state's ministry answers for it; who speaks of it is another.
        let another = p.holder.entity.as_ref().is_none_or(|e| !sides.contains(e));
        another && p.arguments.iter().flat_map(|a| a.entity.iter().chain(&a.of)).any(|e| sides.contains(e))
    };
    answering(story, answers, answered)
}

/// A clause that denies what was said before it.
struct Denial {
    /// The one who denies, and of whom the denied clause tells.
    sides: Vec<EntityId>,
    value: String,
    /// Whether its whole sentence is shown.
    whole: bool,
    /// Among how many sentences, its own included, the claim that it answers is looked for.
    back: usize,
}

/// Each denial with the claim of somebody who is named, in a sentence before it, that it answers: of several the first of all within reach
/// that a clause of its own denies, the last that is only pointed to.
fn answering(
    story: &[Witness<'_>],
    answers: impl Fn(&Witness<'_>, &Proposition) -> Option<Denial>,
    answered: impl Fn(&Proposition, &[EntityId], &Proposition) -> bool,
) -> Vec<Conflict> {
    let mut found = Vec::new();
    for witness in story {
        let propositions = &witness.findings.propositions;
        let sentences = &witness.findings.sentences;
        let sentence = |p: &Proposition| sentences.partition_point(|s| s.span.end <= p.predicate.start);
        for (i, denying) in propositions.iter().enumerate() {
            let Some(denial) = answers(witness, denying) else { continue };
            let at = sentence(denying);
            let within = propositions[..i].iter().rev().take_while(|p| sentence(p) + denial.back > at);
            let said = |p: &&Proposition| sentence(p) < at && !p.says && !p.denied && is_named(&p.holder);
            let mut claims = within.filter(said).filter(|p| answered(denying, &denial.sides, p));
            let Some(claim) = (if denial.whole { claims.next() } else { claims.last() }) else { continue };
            let whole = || sentences.get(at).map_or(denying.span, |s| s.span);
            let shown = if denial.whole { whole() } else { denying.span };
            found.push(Conflict {
                kind: ConflictKind::Negation,
                verdict: Verdict::Tension,
                about: denial.sides.first().map_or(String::new(), |e| e.0.clone()),
                positions: vec![
                    position(format!("said by {}", claim.holder.name), vec![witness.passage(claim.span)]),
                    position(denial.value, vec![witness.passage(shown)]),
                ],
                reason: "the one of whom it is said denies it".to_owned(),
            });
        }
    }
    found
}

/// "the claim", "these accusations".
fn points_at(words: &str) -> bool {
    let mut words = words.split_whitespace();
    let definite = words.next().is_some_and(|w| matches!(w, "the" | "this" | "that" | "these" | "those" | "such"));
    let noun = words.next_back().unwrap_or("").trim_end_matches('s');
    definite && matches!(noun, "claim" | "accusation" | "allegation" | "charge" | "report" | "account")
}

/// The one who denies, and of whom the denied clause tells.
fn sides(denial: &Proposition) -> Vec<&EntityId> {
    let subject = denial.argument("subj").and_then(|a| a.entity.as_ref());
    denial.holder.entity.iter().chain(subject).collect()
}

fn is_named(holder: &Holder) -> bool {
    matches!(holder.kind, HolderKind::Entity | HolderKind::Role | HolderKind::Group)
}

fn same_voice(a: &Holder, b: &Holder) -> bool {
    match (&a.entity, &b.entity) {
        (Some(a), Some(b)) => a == b,
        _ => a.name.eq_ignore_ascii_case(&b.name),
    }
}
