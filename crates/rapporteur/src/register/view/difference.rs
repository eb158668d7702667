//! What was known on one day and not on another.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;
use serde::Serialize;

use super::super::store::Register;
use super::agreement::agreement;
use super::dossier::Article;
use super::history::{ChangeView, changed, face};
use super::{Moment, Named};
use crate::error::Error;

/// The changes of one agreement between two days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct DifferenceView {
    pub agreement: Named,
    /// Whether the register did not know it before.
    pub new: bool,
    /// Their day is the later one.
    pub changes: Vec<ChangeView>,
}

/// What changed between the ends of two days, by agreement, with the agreement's articles; agreements without a change are left out.
///
/// # Errors
/// Those of reading.
pub fn difference(register: &Register, from: &str, to: &str) -> Result<Vec<(DifferenceView, Vec<Article>)>, Error> {
    let after_first = from
        .parse::<jiff::civil::Date>()
        .ok()
        .and_then(|d| d.tomorrow().ok())
        .map_or_else(|| from.to_owned(), |d| d.to_string());
    let (then, now) = (register.canonical(Some(from))?, register.canonical(Some(to))?);
    let mut families: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let all = register.agreement_ids()?;
    let touched = touched(register, from, to, then != now, &all)?;
    for id in &all {
        families.entry(now.get(id).unwrap_or(id).clone()).or_default().insert(id.clone());
    }
    let mut views = Vec::new();
    for (kept, others) in families {
        if !others.iter().any(|id| touched.contains(id)) {
            continue;
        }
        let ids: Vec<String> =
            std::iter::once(kept.clone()).chain(others.into_iter().filter(|id| *id != kept)).collect();
        let look = |merges: &BTreeMap<String, String>, ids: &[String], day: &str| {
            let mut dossier = register.dossier_of(ids, merges, true)?;
            register.name_as_known(&mut dossier, day)?;
            let moment = Moment { known_at: Some(day.to_owned()), as_of: None };
            let view = agreement(&dossier, &moment, day);
            Ok::<_, Error>((dossier, view))
        };
        // What was two agreements then is compared with the one that kept its name.
        let before_ids: Vec<String> =
            ids.iter().filter(|id| then.get(*id).unwrap_or(id) == then.get(&kept).unwrap_or(&kept)).cloned().collect();
        let (_, before) = look(&then, &before_ids, from)?;
        let (dossier, after) = look(&now, &ids, to)?;
        let changes = changed(&dossier, &face(&before), &face(&after), &after_first, to);
        if !changes.is_empty() {
            let view = DifferenceView { agreement: after.agreement.clone(), new: before.articles.is_empty(), changes };
            views.push((view, dossier.articles().into_iter().cloned().collect()));
        }
    }
    Ok(views)
}

/// The agreements of articles that came or went between the days; all where entities were merged, or where a window may have run out.
fn touched(register: &Register, from: &str, to: &str, merged: bool, all: &[String]) -> Result<BTreeSet<String>, Error> {
    if merged {
        return Ok(all.iter().cloned().collect());
    }
    let sql = "WITH moved AS (
          SELECT article FROM entry WHERE day > ?1 AND day <= ?2 AND article IS NOT NULL
          UNION SELECT other FROM entry WHERE day > ?1 AND day <= ?2 AND other IS NOT NULL)
        SELECT DISTINCT t.text FROM stored_statement s JOIN term t ON t.number = s.agreement WHERE s.article IN (SELECT article FROM moved)
        UNION SELECT t.text FROM entry e JOIN term t ON t.number = e.main_agreement WHERE e.article IN (SELECT article FROM moved)
        UNION SELECT t.text FROM stored_statement s JOIN term t ON t.number = s.agreement
          WHERE s.agreement IS NOT NULL AND s.predicate = (SELECT number FROM term WHERE text = 'prediction')
          AND s.valid_to >= ?1 AND s.valid_to <= ?2";
    let mut statement = register.connection().prepare(sql).map_err(|e| register.told(e))?;
    let rows = statement.query_map(params![from, to], |row| row.get(0)).map_err(|e| register.told(e))?;
    rows.collect::<rusqlite::Result<BTreeSet<String>>>().map_err(|e| register.told(e))
}
