//! What aligned clauses leave out or add: who says it, and whom or what they list. No conflict, but kept side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::super::align::{Clause, Dates, TOLD, names, score};
use super::super::{Conflict, ConflictKind, Verdict, Witness};
use super::{list, position};
use crate::extract::{Argument, EntityId, HolderKind};
use crate::provenance::Passage;

/// How many lists under one thing a list is compared with.
const MANY: usize = 16;

/// Lists, times and voices that differ between clauses which tell of the same thing.
pub(super) fn details(clauses: &[Clause<'_>], groups: &[Vec<usize>]) -> Vec<Conflict> {
    let mut found = Vec::new();
    for group in groups {
        let said: Vec<&Clause<'_>> =
            group.iter().map(|&i| &clauses[i]).filter(|c| c.sign() >= 0 && !c.said.says).collect();
        let Some(first) = said.first().copied() else { continue };
        // Of the group only what is near its first clause: details are compared of one and the same claim.
        let said: Vec<&Clause<'_>> =
            said.into_iter().filter(|c| score(c, first, Dates::MustOverlap).is_some_and(|s| s >= TOLD)).collect();
        found.extend(["subj", "obj", "with", "on", "from", "to", "for"].into_iter().find_map(|r| lists(&said, r)));
        found.extend(times(&said));
        found.extend(voices(&said));
    }
    found.extend(examples(clauses));
    found
}

/// What a clause is about in a conflict's line: what it names first, else its predicate.
fn about(clause: &Clause<'_>) -> String {
    clause.said.entities().first().map_or_else(|| clause.said.lemma.replace('_', " "), |e| e.0.clone())
}

/// Words of time that differ though they leave room for each other: "shortly", "in the next 30 days".
fn times(said: &[&Clause<'_>]) -> Option<Conflict> {
    let mut by_words: BTreeMap<String, Vec<Passage>> = BTreeMap::new();
    for clause in said {
        let text = &clause.witness.article.text;
        let times = clause.witness.findings.times.iter().filter(|t| clause.said.span.contains(t.span));
        let words: Vec<String> = times.map(|t| t.span.of(text).to_lowercase()).collect();
        if !words.is_empty() {
            let words = words.join(", ").split_whitespace().collect::<Vec<_>>().join(" ");
            by_words.entry(words).or_default().push(clause.passage());
        }
    }
    let articles: BTreeSet<_> = by_words.values().flatten().map(|p| &p.article).collect();
    (by_words.len() > 1 && articles.len() > 1).then(|| Conflict {
        kind: ConflictKind::Date,
        verdict: Verdict::Compatible,
        about: said.first().map_or(String::new(), |c| about(c)),
        positions: by_words.into_iter().map(|(words, spans)| position(words, spans)).collect(),
        reason: "one time is more exact than the other".to_owned(),
    })
}

/// Lists of things, of three or more, that share two and differ in others: examples, of which none says that they are all.
fn examples(clauses: &[Clause<'_>]) -> Vec<Conflict> {
    type List<'a> = (BTreeSet<&'a str>, Passage);
    let mut lists: Vec<List<'_>> = Vec::new();
    for clause in clauses {
        let mut by_relation: BTreeMap<&str, Vec<&Argument>> = BTreeMap::new();
        for argument in clause.said.arguments.iter().filter(|a| a.entity.is_none()) {
            by_relation.entry(&argument.relation).or_default().push(argument);
        }
        for things in by_relation.into_values().filter(|t| t.len() > 2) {
            let (first, last) = (things[0].span, things[things.len() - 1].span);
            let span = first.cover(last);
            lists.push((things.iter().map(|a| a.head.as_str()).collect(), clause.witness.passage(span)));
        }
    }
    // By thing, so that only lists which share one are compared.
    let mut holding: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut found = Vec::new();
    for (i, (things, passage)) in lists.iter().enumerate() {
        let near: BTreeSet<usize> =
            things.iter().filter_map(|t| holding.get(t)).flatten().rev().take(MANY).copied().collect();
        let other = near.into_iter().find(|&j| {
            let (others, place) = &lists[j];
            place.article != passage.article && others != things && others.intersection(things).count() > 1
        });
        if let Some(j) = other {
            let words = |list: &List<'_>| list.0.iter().copied().collect::<Vec<_>>().join(", ");
            found.push(Conflict {
                kind: ConflictKind::Set,
                verdict: Verdict::Compatible,
                about: lists[j].0.intersection(things).copied().collect::<Vec<_>>().join(", "),
                positions: [&lists[j], &lists[i]].map(|l| position(words(l), vec![l.1.clone()])).into(),
                reason: "lists that share some and differ in others; none says that it is all".to_owned(),
            });
        }
        for thing in things {
            holding.entry(thing).or_default().push(i);
        }
    }
    found
}

/// Lists in the same place of the clause, of which one holds more than the other.
fn lists(said: &[&Clause<'_>], relation: &str) -> Option<Conflict> {
    let mut by_list: BTreeMap<Vec<&EntityId>, Vec<Passage>> = BTreeMap::new();
    for clause in said {
        let arguments = clause.said.arguments.iter().filter(|a| a.relation == relation);
        let named: BTreeSet<&EntityId> = arguments.filter_map(|a| a.entity.as_ref()).collect();
        // What the sentence names elsewhere, a list cut by the parser does not leave out.
        let cut =
            by_list.keys().flatten().any(|e| !named.contains(e) && names(&clause.witness, clause.said.predicate, e));
        if cut {
            continue;
        }
        if named.len() > 1 || !by_list.is_empty() && named.len() == 1 {
            by_list.entry(named.into_iter().collect()).or_default().push(clause.passage());
        }
    }
    let spans: BTreeSet<_> = by_list.values().flatten().map(|p| &p.article).collect();
    let shared = by_list.keys().any(|a| by_list.keys().any(|b| a != b && a.iter().any(|e| b.contains(e))));
    if by_list.len() < 2 || spans.len() < 2 || !shared {
        return None;
    }
    let about = about(said.first()?);
    let story: Vec<Witness<'_>> = said.iter().map(|c| c.witness).collect();
    // What one article leaves out is no conflict.
    Some(Conflict {
        kind: ConflictKind::Set,
        verdict: Verdict::Compatible,
        about,
        positions: by_list
            .iter()
            .map(|(of, spans)| position(list(&story, of.iter().copied()), spans.clone()))
            .collect(),
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
    let about = about(said.first()?);
    Some(Conflict {
        kind: ConflictKind::Attribution,
        verdict: Verdict::Compatible,
        about,
        positions: by_voice.into_values().map(|(name, spans)| position(name, spans)).collect(),
        reason: "the same on the word of several".to_owned(),
    })
}
