//! All agreements of the register, one row each.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::store::Register;
use super::agreement::AgreementView;
use super::{Moment, Named};
use crate::error::Error;
use crate::reconcile::PredictionState;

/// An agreement in one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct OverviewRow {
    pub agreement: Named,
    pub articles: usize,
    /// Participants by stage, the furthest first.
    pub stages: Vec<StageRow>,
    pub candidates: usize,
    pub conflicts: usize,
    /// Predictions that are open.
    pub open: usize,
    /// The last day on which something new became known of a participant, a candidate, a condition or a prediction.
    pub last_change: String,
}

/// Participants at one stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct StageRow {
    /// In words: "announced, not signed".
    pub stage: String,
    pub participants: Vec<Named>,
}

/// The agreements that stand at a moment, those with the latest change first. One of which articles say neither that somebody takes part
/// nor that somebody may is left out.
///
/// # Errors
/// Those of reading.
pub fn overview(register: &Register, moment: &Moment, today: &str) -> Result<Vec<OverviewRow>, Error> {
    // One picture of the file, whatever a writer adds meanwhile.
    let _picture = register.connection.unchecked_transaction().map_err(|e| register.told(e))?;
    let merges = register.canonical(moment.known_at.as_deref())?;
    let mut ready = match register.kept_for(moment, today)? {
        Some(day) => register.kept_overview(day)?,
        None => BTreeMap::new(),
    };
    let mut rows = Vec::new();
    for ids in register.families(&merges)? {
        rows.extend(match ready.remove(&ids[0]) {
            Some(kept) => kept,
            None => row(&register.worked_out(&ids, &merges, moment, today)?),
        });
    }
    rows.sort_by(|a, b| {
        b.last_change.cmp(&a.last_change).then(b.articles.cmp(&a.articles)).then(a.agreement.cmp(&b.agreement))
    });
    Ok(rows)
}

pub(super) fn row(view: &AgreementView) -> Option<OverviewRow> {
    if view.participants.is_empty() && view.candidates.is_empty() && view.members.is_empty() {
        return None;
    }
    let mut stages: BTreeMap<(u8, u8, &str), Vec<Named>> = BTreeMap::new();
    for p in &view.participants {
        stages.entry((p.lo, p.hi, &p.words)).or_default().push(p.participant.clone());
    }
    let known: BTreeSet<&str> = view.participants.iter().map(|p| p.participant.id.as_str()).collect();
    let belong = view.members.iter().filter(|m| matches!(m.status.as_str(), "original" | "member"));
    let members: Vec<Named> =
        belong.map(|m| m.participant.clone()).filter(|p| !known.contains(p.id.as_str())).collect();
    let mut rows: Vec<StageRow> = stages
        .into_iter()
        .rev()
        .map(|((_, _, words), participants)| StageRow { stage: words.to_owned(), participants })
        .collect();
    if !members.is_empty() {
        rows.insert(0, StageRow { stage: "told as members".to_owned(), participants: members });
    }
    let news = view.participants.iter().map(|p| &p.since.known_from);
    let news = news.chain(view.candidates.iter().flat_map(|c| c.named_by.iter().map(|n| &n.known_from)));
    let news =
        news.chain(view.conditions.iter().map(|c| &c.known_from)).chain(view.predictions.iter().map(|p| &p.known_from));
    let first = view.articles.iter().map(|a| &a.known_from).min();
    Some(OverviewRow {
        agreement: view.agreement.clone(),
        articles: view.articles.len(),
        stages: rows,
        candidates: view.candidates.len(),
        conflicts: view.conflicts.len(),
        open: view.predictions.iter().filter(|p| p.state == PredictionState::Open).count(),
        last_change: news.max().or(first).cloned().unwrap_or_default(),
    })
}
