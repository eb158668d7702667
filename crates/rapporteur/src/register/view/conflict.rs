//! What articles on one agreement cannot all be right about.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::statement::Recorded;
use super::dossier::Dossier;
use super::participant::ParticipantView;
use super::{Cited, Named};
use crate::extract::Stage;
use crate::knowledge::{Tenure, knowledge};

/// Positions that do not go together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ConflictView {
    /// `stage`, `role`, `membership`, `depositary`.
    pub kind: Cow<'static, str>,
    pub about: Named,
    pub positions: Vec<PositionView>,
    pub reason: String,
}

/// One side of a conflict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct PositionView {
    pub value: String,
    pub cited: Vec<Cited>,
}

/// A state listed among the members while others hold that it has not got so far. A list that leaves somebody out is no conflict.
pub(super) fn memberships(
    dossier: &Dossier,
    standing: &[&Recorded],
    participants: &[ParticipantView],
) -> Vec<ConflictView> {
    let mut members: BTreeMap<&str, Vec<&Recorded>> = BTreeMap::new();
    for r in standing.iter().filter(|r| r.statement.predicate == "member") {
        if let (Some(id), Some("member" | "original")) = (r.statement.subject.as_deref(), r.statement.value.as_deref())
        {
            members.entry(id).or_default().push(r);
        }
    }
    let mut found = Vec::new();
    for view in participants.iter().filter(|p| p.hi < Stage::Signed as u8 && p.record.is_none()) {
        let Some(listed) = members.get(view.participant.id.as_str()) else { continue };
        found.push(ConflictView {
            kind: "membership".into(),
            about: dossier.named(&view.participant.id),
            positions: vec![
                PositionView {
                    value: "listed as a member".to_owned(),
                    cited: listed.iter().map(|r| Cited::of(r)).collect(),
                },
                PositionView { value: view.words.clone(), cited: view.wordings.clone() },
            ],
            reason: format!("listed as a member, and {}", view.reason),
        });
    }
    found
}

/// Titles of one person that the dated table gives at different times only, or "former" beside the same office held; articles of different
/// days may both be right.
pub(super) fn roles(dossier: &Dossier, standing: &[&Recorded]) -> Vec<ConflictView> {
    let mut by_person: BTreeMap<&str, BTreeMap<String, Vec<&Recorded>>> = BTreeMap::new();
    for r in standing.iter().filter(|r| r.statement.predicate == "role") {
        if let (Some(person), Some(title)) = (r.statement.subject.as_deref(), r.statement.value.as_deref()) {
            by_person.entry(person).or_default().entry(title.to_lowercase()).or_default().push(r);
        }
    }
    let mut found = Vec::new();
    for (person, titles) in by_person {
        let list: Vec<(&String, &Vec<&Recorded>, Days<'_>)> =
            titles.iter().map(|(title, of)| (title, of, days(dossier, of))).collect();
        for (i, (a, of_a, days_a)) in list.iter().enumerate() {
            for (b, of_b, days_b) in &list[i + 1..] {
                // Whoever wrote on another day may be right too.
                let same_day =
                    days_a.contains(&None) || days_b.contains(&None) || days_a.intersection(days_b).next().is_some();
                let reason = same_day.then(|| apart(person, (a, of_a), (b, of_b))).flatten();
                let Some(reason) = reason else { continue };
                let side = |of: &[&Recorded]| PositionView {
                    value: of.first().and_then(|r| r.statement.value.clone()).unwrap_or_default(),
                    cited: of.iter().map(|r| Cited::of(r)).collect(),
                };
                let mut positions = vec![side(of_a), side(of_b)];
                positions.sort_by_key(|p| std::cmp::Reverse(p.cited.len()));
                found.push(ConflictView { kind: "role".into(), about: dossier.named(person), positions, reason });
            }
        }
    }
    found
}

/// The days on which articles were published; `None` of one that does not tell its own.
type Days<'a> = BTreeSet<Option<&'a str>>;

fn days<'a>(dossier: &'a Dossier, of: &[&Recorded]) -> Days<'a> {
    of.iter().map(|r| dossier.articles.get(&r.article.0).and_then(|a| a.published.as_deref())).collect()
}

fn apart(person: &str, a: (&String, &Vec<&Recorded>), b: (&String, &Vec<&Recorded>)) -> Option<String> {
    let title = |of: &[&Recorded]| of.first().and_then(|r| r.statement.value.clone()).unwrap_or_default();
    let (first, second) = (title(a.1), title(b.1));
    let k = knowledge();
    let over = |t: &str| t.strip_prefix("former ").map(str::to_owned);
    let same_office = |x: &str, y: &str| {
        x == y || k.is_same_title(x, y) || x.starts_with(&format!("{y} ")) || y.starts_with(&format!("{x} "))
    };
    match (over(a.0), over(b.0)) {
        (Some(office), None) if same_office(&office, b.0) => {
            return Some(format!("“{first}” of an office that “{second}” says is held"));
        }
        (None, Some(office)) if same_office(&office, a.0) => {
            return Some(format!("“{second}” of an office that “{first}” says is held"));
        }
        (None, None) => {}
        _ => return None,
    }
    let id = person.strip_prefix("person:")?;
    let life = |t: &str| k.role(t).is_some_and(|r| r.for_life || matches!(r.level, "envoy" | "military"));
    let tenures = |t: &str| -> Vec<&Tenure> {
        if life(t) { Vec::new() } else { k.tenures_of(id).filter(|x| k.is_same_title(x.office, t)).collect() }
    };
    let meet = |x: &&Tenure, y: &&Tenure| {
        x.from.zip(y.to).is_none_or(|(from, to)| from < to) && y.from.zip(x.to).is_none_or(|(from, to)| from < to)
    };
    let (one, other) = (tenures(&first), tenures(&second));
    let never = !one.is_empty() && !other.is_empty() && !one.iter().any(|x| other.iter().any(|y| meet(x, y)));
    never.then(|| format!("“{first}” and “{second}” were never held at once"))
}
