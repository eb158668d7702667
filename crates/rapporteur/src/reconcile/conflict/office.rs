//! Different titles of one person. "Former" against the same office held, and a title that the dated table denies, contradict.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Conflict, ConflictKind, RoleAccount, Verdict, Witness};
use super::position;
use crate::extract::{EntityId, RoleCheck};
use crate::knowledge::{Tenure, knowledge};
use crate::provenance::Passage;

/// Different titles of one person. "Former" against the same office held, and a title that the dated table denies, contradict.
pub(super) fn offices(story: &[Witness<'_>], roles: &[RoleAccount]) -> Vec<Conflict> {
    let mut by_person: BTreeMap<&EntityId, Vec<&RoleAccount>> = BTreeMap::new();
    for role in roles {
        by_person.entry(&role.person).or_default().push(role);
    }
    let mut conflicts = Vec::new();
    for (person, held) in by_person {
        // A title alone is a conflict only with the dated table, and only where the article says when it was.
        let [first, rest @ ..] = &held[..] else { continue };
        let unique = knowledge().role(&first.role).is_some_and(|r| r.unique);
        let against = first.check == RoleCheck::Conflict || first.check == RoleCheck::Stale && unique;
        if rest.is_empty() && !(against && is_dated(first)) {
            continue;
        }
        let former = |r: &RoleAccount| r.role.to_lowercase().starts_with("former ") && says_former(story, r);
        let both = held.iter().any(|r| former(r))
            && held.iter().any(|r| !former(r) && held.iter().any(|f| former(f) && same_office(&f.role[7..], &r.role)));
        // That an office is over is just what "former" says.
        let wrong: Vec<&&RoleAccount> = held
            .iter()
            .filter(|r| matches!(r.check, RoleCheck::Stale | RoleCheck::Conflict) && (both || !former(r)))
            .filter(|r| !is_courtesy(r))
            .collect();
        // What all articles call somebody today, an undated article is not wrong about.
        let today: Vec<&&RoleAccount> = held.iter().filter(|r| !former(r)).collect();
        let agreed = today.len() == 1 && !both;
        let wrong: Vec<&&RoleAccount> = wrong.into_iter().filter(|r| !agreed || is_dated(r)).collect();
        let rivals = never_at_once(story, person, &today);
        let known = held.iter().any(|r| r.check != RoleCheck::Unknown);
        let (verdict, reason) = match wrong.first() {
            _ if rivals.is_some() => (Verdict::Contradiction, rivals.unwrap_or_default()),
            Some(wrong) if rest.is_empty() && wrong.check == RoleCheck::Stale => {
                (Verdict::Contradiction, wrong.note.clone().unwrap_or_default())
            }
            Some(wrong) if held.iter().any(|r| r.check == RoleCheck::Ok) || both => {
                let why = wrong.note.clone().unwrap_or_else(|| "the dated table of offices says otherwise".to_owned());
                (Verdict::Contradiction, format!("\"{}\": {why}", wrong.role))
            }
            _ if both && known => {
                (Verdict::Contradiction, "called former in one place and sitting in another".to_owned())
            }
            // "campaign chairman Jane Doe" of a campaign that is over: titles of the past often stand bare.
            _ if both => (Verdict::Compatible, "called former in one place, by the bare title in another".to_owned()),
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

/// One title in one article and that title with another in the next: "president", "president and chief executive".
pub(super) fn double(story: &[Witness<'_>], roles: &[RoleAccount]) -> Vec<Conflict> {
    let mut found = Vec::new();
    for role in roles.iter().filter(|r| r.articles.len() > 1) {
        let mut by_title: BTreeMap<String, Vec<Passage>> = BTreeMap::new();
        for passage in &role.spans {
            let Some(witness) = story.iter().find(|w| w.article.id == passage.article) else { continue };
            // "Jane Doe, the president and chief executive of Acme": the title stands after the comma.
            let words = passage.span.of(&witness.article.text).to_lowercase();
            let Some((_, title)) = words.split_once(", ") else { continue };
            let title = title.split(" of ").next().unwrap_or(title);
            by_title.entry(title.trim_start_matches("the ").to_owned()).or_default().push(passage.clone());
        }
        let longer = by_title
            .keys()
            .any(|a| by_title.keys().any(|b| a.strip_prefix(b.as_str()).is_some_and(|r| r.starts_with(" and "))));
        if longer && by_title.len() == 2 {
            found.push(Conflict {
                kind: ConflictKind::Role,
                verdict: Verdict::Refines,
                about: role.person.0.clone(),
                positions: by_title.into_iter().map(|(title, spans)| position(title, spans)).collect(),
                reason: "one names a second title".to_owned(),
            });
        }
    }
    found
}

/// "president" and "President of Kazakhstan": one title begins with the other.
fn same_office(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let word = |long: &str, short: &str| long.split(|c: char| !c.is_alphanumeric()).any(|w| w == short);
    a == b || a.starts_with(&b) || b.starts_with(&a) || word(&a, &b) || word(&b, &a)
}

/// Whether the note judges by a date that the article gives.
fn is_dated(role: &RoleAccount) -> bool {
    role.note.as_deref().is_some_and(|n| !n.contains("has no date"))
}

/// Titles that are kept for life in address: "Ambassador Bolton", "General Mattis".
fn is_courtesy(role: &RoleAccount) -> bool {
    knowledge().role(&role.role).is_some_and(|r| matches!(r.level, "envoy" | "military"))
}

/// Whether the printed words themselves say that an office is over; "was the first president to" does not.
fn says_former(story: &[Witness<'_>], role: &RoleAccount) -> bool {
    let words = |p: &crate::provenance::Passage| {
        let witness = story.iter().find(|w| w.article.id == p.article);
        witness.map_or(String::new(), |w| p.span.of(&w.article.text).to_lowercase())
    };
    let over = |w: &str| matches!(w, "former" | "ex" | "onetime" | "erstwhile" | "late" | "past");
    role.spans.iter().any(|p| words(p).split(|c: char| !c.is_alphanumeric()).any(over))
}

/// Two titles of today that the table of offices gives to the person at different times only: whatever the day, one of them is wrong.
/// Articles of different days may both be right.
fn never_at_once(story: &[Witness<'_>], person: &EntityId, today: &[&&RoleAccount]) -> Option<String> {
    let k = knowledge();
    let id = person.0.strip_prefix("person:")?;
    let dates: BTreeSet<Option<&str>> = today
        .iter()
        .flat_map(|r| &r.articles)
        .filter_map(|id| story.iter().find(|w| w.article.id == *id))
        .map(|w| w.article.published.as_ref().map(|p| p.date.as_str()))
        .collect();
    if dates.len() > 1 {
        return None;
    }
    let tenures = |role: &RoleAccount| -> Vec<&Tenure> {
        k.tenures_of(id).filter(|t| k.is_same_title(t.office, &role.role) && !is_courtesy(role)).collect()
    };
    let overlap = |a: &Tenure, b: &Tenure| {
        a.from.zip(b.to).is_none_or(|(from, to)| from < to) && b.from.zip(a.to).is_none_or(|(from, to)| from < to)
    };
    today.iter().enumerate().find_map(|(i, a)| {
        today[i + 1..].iter().find_map(|b| {
            let (one, other) = (tenures(a), tenures(b));
            let apart =
                !one.is_empty() && !other.is_empty() && !one.iter().any(|x| other.iter().any(|y| overlap(x, y)));
            let note = [a, b]
                .into_iter()
                .find_map(|r| r.note.as_deref())
                .map(|n| format!(": {}", n.split("; ").next().unwrap_or(n)));
            apart.then(|| {
                format!("\"{}\" and \"{}\" were never held at once{}", a.role, b.role, note.unwrap_or_default())
            })
        })
    })
}
