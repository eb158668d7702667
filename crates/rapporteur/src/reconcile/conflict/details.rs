//! What aligned clauses leave out or add: who says it, and whom or what they list. No conflict, but kept side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::super::align::{Clause, Dates, TOLD, names, score, sentence};
use super::super::{Conflict, ConflictKind, Verdict, Witness};
use super::{list, name, position};
use crate::extract::{EntityId, Factuality, HolderKind, Precision};
use crate::provenance::Passage;

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
    found
}

/// What a clause is about in a conflict's line: what it names first, else its predicate.
fn about(clause: &Clause<'_>) -> String {
    clause.said.entities().first().map_or_else(|| clause.said.lemma.replace('_', " "), |e| e.0.clone())
}

/// Whether two clauses tell it alike: both as a fact, both as to come, neither as denied.
fn alike(a: &Clause<'_>, b: &Clause<'_>) -> bool {
    let denies = |c: &Clause<'_>| {
        matches!(c.said.factuality, Factuality::CertainNo | Factuality::ProbableNo | Factuality::PossibleNo)
    };
    a.said.realis == b.said.realis && !denies(a) && !denies(b)
}

/// Words of time that differ though they leave room for each other: "shortly", "in the next 30 days".
fn times(said: &[&Clause<'_>]) -> Option<Conflict> {
    // The words as they are compared, whether they name no day at all, and as they are printed.
    let mut by_words: BTreeMap<BTreeSet<String>, (bool, String, Vec<Passage>)> = BTreeMap::new();
    for clause in said.iter().filter(|c| alike(c, said[0])) {
        let text = &clause.witness.article.text;
        let times = clause.witness.findings.times.iter().filter(|t| clause.said.span.contains(t.span));
        let times: Vec<_> = times.collect();
        let until = |t: &&crate::extract::Time| {
            let before = text[..t.span.start].split_whitespace().next_back().unwrap_or("").to_lowercase();
            matches!(before.as_str(), "until" | "till" | "through" | "since" | "by")
        };
        let ([time], false) = (times.as_slice(), times.iter().any(until)) else { continue };
        let printed = time.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let words = printed.to_lowercase();
        let words =
            words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !matches!(*w, "the" | "of"));
        let words = words.map(|w| w.strip_suffix("th").filter(|d| d.parse::<u8>().is_ok()).unwrap_or(w).to_owned());
        let entry =
            by_words.entry(words.collect()).or_insert((time.precision == Precision::Future, printed, Vec::new()));
        entry.2.push(clause.passage());
    }
    let compared: Vec<(&BTreeSet<String>, bool)> = by_words.iter().map(|(w, (soon, ..))| (w, *soon)).collect();
    let near = |(a, soon): (&BTreeSet<String>, bool), (b, other): (&BTreeSet<String>, bool)| {
        soon || other || a.is_subset(b) || b.is_subset(a)
    };
    let leaves_room = compared.iter().all(|a| compared.iter().all(|b| near(*a, *b)));
    let articles: BTreeSet<_> = by_words.values().flat_map(|(.., spans)| spans).map(|p| &p.article).collect();
    (by_words.len() > 1 && articles.len() > 1 && leaves_room).then(|| Conflict {
        kind: ConflictKind::Date,
        verdict: Verdict::Compatible,
        about: said.first().map_or(String::new(), |c| about(c)),
        positions: by_words.into_values().map(|(_, words, spans)| position(words, spans)).collect(),
        reason: "one time is more exact than the other".to_owned(),
    })
}

/// Lists in the same place of the clause, of which one holds more than the other.
fn lists(said: &[&Clause<'_>], relation: &str) -> Option<Conflict> {
    let mut by_list: BTreeMap<Vec<&EntityId>, Vec<Passage>> = BTreeMap::new();
    let story: Vec<Witness<'_>> = said.iter().map(|c| c.witness).collect();
    let said: Vec<&Clause<'_>> = said.iter().filter(|c| alike(c, said[0])).copied().collect();
    let all: BTreeSet<EntityId> = said.iter().flat_map(|c| named_at(c, relation)).cloned().collect();
    for &clause in &said {
        let own = named_at(clause, relation);
        // What the sentence names elsewhere, a list cut by the parser does not leave out.
        let within = sentence(&clause.witness, clause.said.predicate);
        let words = within.of(&clause.witness.article.text);
        let cut = all
            .iter()
            .filter(|e| !own.contains(e))
            .any(|e| names(&clause.witness, clause.said.predicate, e) || words.contains(name(&story, e).as_str()));
        if !own.is_empty() && !cut {
            by_list.entry(own.into_iter().collect()).or_default().push(clause.passage());
        }
    }
    by_list.retain(|_, spans| !spans.is_empty());
    let spans: BTreeSet<_> = by_list.values().flatten().map(|p| &p.article).collect();
    let shared = by_list.keys().any(|a| by_list.keys().any(|b| a != b && a.iter().any(|e| b.contains(e))));
    if by_list.len() < 2 || spans.len() < 2 || !shared || by_list.keys().all(|l| l.len() < 2) {
        return None;
    }
    let about = about(said.first()?);
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

/// Whom a clause names in a place.
fn named_at<'a>(clause: &Clause<'a>, relation: &str) -> BTreeSet<&'a EntityId> {
    let arguments = clause.said.arguments.iter().filter(|a| a.relation == relation);
    arguments.filter_map(|a| a.entity.as_ref()).collect()
}

/// The same on the word of several named voices.
fn voices(said: &[&Clause<'_>]) -> Option<Conflict> {
    let mut by_voice: BTreeMap<String, (String, Vec<Passage>)> = BTreeMap::new();
    let mut uttered: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for clause in said.iter().filter(|c| alike(c, said[0])) {
        let holder = &clause.said.holder;
        if !matches!(holder.kind, HolderKind::Entity | HolderKind::Role | HolderKind::Group) {
            continue;
        }
        let key = holder.entity.as_ref().map_or_else(|| holder.name.to_lowercase(), |e| e.0.clone());
        let words: Vec<String> = clause
            .said
            .span
            .of(&clause.witness.article.text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase)
            .collect();
        uttered.entry(words.join(" ")).or_default().insert(key.clone());
        by_voice.entry(key).or_insert((holder.name.clone(), Vec::new())).1.push(clause.passage());
    }
    // The very same words are one utterance, whose speaker goes by two names: a matter of its quotation.
    if uttered.values().any(|voices| voices.len() > 1) {
        return None;
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
