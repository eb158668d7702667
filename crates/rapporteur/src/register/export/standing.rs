//! How each participant stands with each agreement, from the articles that stand: the fold that the map shows.

use std::collections::{BTreeMap, BTreeSet};

use super::table::detail;
use super::{Failure, Snapshot};
use crate::extract::Stage;

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
    /// Since when any of this is known.
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

/// By agreement and participant, both under the identifiers that they go by.
pub(super) fn standings(snapshot: &Snapshot<'_>) -> Result<BTreeMap<(String, String), Standing>, Failure> {
    let mut all: BTreeMap<(String, String), Standing> = BTreeMap::new();
    snapshot.each(&["reached", "member", "candidate"], false, &mut |_, r| {
        let s = &r.statement;
        let (Some(agreement), Some(participant)) = (&s.agreement, &s.subject) else { return Ok(()) };
        let asserted =
            s.predicate != "reached" || detail(s, "asserted").and_then(serde_json::Value::as_bool) == Some(true);
        if !asserted {
            return Ok(());
        }
        let key = (snapshot.canonical(agreement).to_owned(), snapshot.canonical(participant).to_owned());
        let standing = all.entry(key).or_default();
        match s.predicate.as_str() {
            "reached" => {
                if let Some((lo, hi)) = s.stage {
                    let day = s.valid.as_ref().and_then(|v| v.from.clone()).unwrap_or_else(|| r.known_from.clone());
                    standing.said.push((day, lo, hi));
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
        if standing.known_from.is_empty() || r.known_from < standing.known_from {
            standing.known_from.clone_from(&r.known_from);
        }
        Ok(())
    })?;
    Ok(all)
}
