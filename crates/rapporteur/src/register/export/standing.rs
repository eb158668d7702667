//! How each participant stands with each agreement, from the articles that stand: the fold that the map shows.

use std::collections::{BTreeMap, BTreeSet};

use super::table::detail;
use super::{Failure, Snapshot};
use crate::extract::Stage;
use crate::register::statement::Recorded;

/// One participant's standing with one agreement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// What each article allows: the day it speaks of, lowest and highest rank. Empty: no article asserts a stage.
    said: Vec<(String, u8, u8)>,
    /// `withdrawn` ...
    pub(super) sides: BTreeSet<String>,
    /// `original`, `member` ...
    pub(super) member: BTreeSet<String>,
    /// Who names it as one that may join, by `+`, `-`, `?`.
    pub(super) named: BTreeMap<String, BTreeSet<String>>,
    /// The articles that say any of this.
    pub(super) articles: BTreeSet<String>,
    /// Since when it is known: of who has taken a step, that somebody says as much; else the first of the rest.
    pub(super) known_from: String,
}

impl Standing {
    /// The highest rank that an article asserts, and the most that the articles from that day on allow; lowest above highest where they
    /// contradict each other. The same rule as the register's view `participant`.
    pub(super) fn reached(&self) -> Option<(u8, u8)> {
        let lo = self.said.iter().map(|(_, lo, _)| *lo).max()?;
        let since = self.said.iter().filter(|(_, l, _)| *l == lo).map(|(day, ..)| day).min()?;
        let hi = self.said.iter().filter(|(day, ..)| day >= since).map(|(.., hi)| *hi).min()?;
        Some((lo, hi))
    }

    /// In words: `signed`, `announced to signed`, `contradicted`; nothing where no stage is asserted.
    pub(super) fn stage(&self) -> Option<String> {
        let (lo, hi) = self.reached()?;
        let word = |rank: u8| Stage::of_rank(rank).as_str();
        Some(match lo.cmp(&hi) {
            std::cmp::Ordering::Equal => word(lo).to_owned(),
            std::cmp::Ordering::Less => format!("{} to {}", word(lo), word(hi)),
            std::cmp::Ordering::Greater => "contradicted".to_owned(),
        })
    }
}

/// What one article says of one participant, once however often its text was put right: the same of all versions of it.
type Said = ((String, String), String, Option<u8>, Option<String>, Option<String>, String);

/// By agreement and participant, both under the identifiers that they go by.
pub(super) fn standings(snapshot: &Snapshot<'_>) -> Result<BTreeMap<(String, String), Standing>, Failure> {
    let mut all: BTreeMap<(String, String), Standing> = BTreeMap::new();
    // A text that was put right, or that came back, says nothing new.
    let mut first: BTreeMap<Said, String> = BTreeMap::new();
    let said = |r: &Recorded| -> Option<Said> {
        let s = &r.statement;
        let asserted =
            s.predicate != "reached" || detail(s, "asserted").and_then(serde_json::Value::as_bool) == Some(true);
        let (agreement, participant) = (s.agreement.as_ref()?, s.subject.as_ref().filter(|_| asserted)?);
        let key = (snapshot.canonical(agreement).to_owned(), snapshot.canonical(participant).to_owned());
        let holder = s.holder.as_ref().filter(|_| s.predicate != "reached").map(|h| h.name.clone());
        let value = if s.predicate == "reached" { s.side.clone() } else { s.value.clone() };
        let root = snapshot.lineage(&r.article.0).to_owned();
        Some((key, s.predicate.clone(), s.stage.map(|(lo, _)| lo), value, holder, root))
    };
    const KINDS: [&str; 3] = ["reached", "member", "candidate"];
    snapshot.each(&KINDS, true, &mut |_, r| {
        if let Some(said) = said(r) {
            let day = first.entry(said).or_insert_with(|| r.known_from.clone());
            if r.known_from < *day {
                day.clone_from(&r.known_from);
            }
        }
        Ok(())
    })?;
    let mut steps: BTreeMap<(String, String), Vec<(u8, String)>> = BTreeMap::new();
    snapshot.each(&KINDS, false, &mut |_, r| {
        let s = &r.statement;
        let Some(told) = said(r) else { return Ok(()) };
        let known = first.get(&told).unwrap_or(&r.known_from);
        let key = told.0;
        let standing = all.entry(key.clone()).or_default();
        match s.predicate.as_str() {
            "reached" => {
                if let Some((lo, hi)) = s.stage {
                    let day = s.valid.as_ref().and_then(|v| v.from.clone()).unwrap_or_else(|| known.clone());
                    standing.said.push((day, lo, hi));
                    steps.entry(key).or_default().push((lo, known.clone()));
                }
                standing.sides.extend(s.side.clone());
            }
            "member" => standing.member.extend(s.value.clone()),
            _ => {
                let holder = s.holder.as_ref().map(|h| h.name.clone()).unwrap_or_default();
                standing.named.entry(s.value.clone().unwrap_or_default()).or_default().insert(holder);
            }
        }
        standing.articles.insert(r.article.0.clone());
        if standing.known_from.is_empty() || *known < standing.known_from {
            standing.known_from.clone_from(known);
        }
        Ok(())
    })?;
    // Of who has taken a step, since when somebody says as much.
    for (key, steps) in steps {
        let top = steps.iter().map(|(lo, _)| *lo).max();
        let known = steps.into_iter().filter(|(lo, _)| Some(*lo) == top).map(|(_, day)| day).min();
        if let (Some(standing), Some(known)) = (all.get_mut(&key), known) {
            standing.known_from = known;
        }
    }
    Ok(all)
}
