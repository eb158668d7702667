//! Pages kept ready beside the log, as they stand now: the tables `ready_agreement`, `ready_name`, `ready_prediction`.
//!
//! A page is worked out in a transaction that keeps writers out, so it is that of the log at its writing; the transaction that adds to the
//! log what it tells of takes it away ([`forget`], [`forget_entities`], [`forget_name`]). So it is right or not there, and whoever finds none works it out.
//! What depends on today are the predictions alone: what has become of one can change when its window closes, and both are kept. Pages of
//! another program than this one count for nothing: its tables of knowledge and its rules may be others.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

use super::super::statement::Recorded;
use super::super::store::Register;
use super::agreement::{AgreementView, agreement};
use super::dossier::{Dossier, READ};
use super::forecast::{ForecastView, forecasts};
use super::overview::{OverviewRow, row};
use super::{Moment, Named};
use crate::error::Error;

/// The program's mark, by `build.rs`, and the row of the table `register` that tells which program made the pages.
const MARK: &str = env!("RAPPORTEUR_MARK");
const KEY: &str = "pages_by";
/// How many articles the pages of one transaction tell of, or those of its last page: another writer waits no longer than for these.
const BATCH: usize = 4_000;
/// A day on which every window is over.
const LAST: &str = "9999-12-31";

/// A page, worked out.
#[derive(Clone, Debug, PartialEq)]
struct Ready {
    /// Those that mean the agreement.
    identifiers: BTreeSet<String>,
    /// As of the day from which on the page is right; `None` where the list of agreements leaves it out.
    row: Option<OverviewRow>,
    /// Without its predictions.
    page: AgreementView,
    from_day: String,
    predictions: Vec<Foretold>,
}

/// What people judged of entities: which go by which name, and every pair with its day.
struct Judged {
    merges: BTreeMap<String, String>,
    pairs: Vec<(String, String, String)>,
}

impl Judged {
    /// The last day on which anything changed that a dossier tells of.
    fn last_day(&self, dossier: &Dossier) -> String {
        let subjects = dossier.statements.iter().filter_map(|r| r.statement.subject.as_deref());
        let named: BTreeSet<&str> = subjects.chain([dossier.agreement.id.as_str()]).collect();
        let is_named = |id: &String| named.contains(self.merges.get(id).unwrap_or(id).as_str());
        let pairs = self.pairs.iter().filter(|(kept, merged, _)| is_named(kept) || is_named(merged));
        let days = dossier.articles.values().flat_map(|a| a.starts().chain(a.ends()));
        let told = dossier.statements.iter().flat_map(|r| [Some(r.known_from.as_str()), r.known_to.as_deref()]);
        days.chain(told.flatten()).chain(pairs.map(|(.., day)| day.as_str())).max().unwrap_or_default().to_owned()
    }
}

/// A prediction until its window closes, and after, where that is something else.
#[derive(Clone, Debug, PartialEq)]
struct Foretold {
    /// `page`, `list`, `both`.
    listed: &'static str,
    told: ForecastView,
    after: Option<ForecastView>,
}

/// The page of the agreement that somebody names, as [`agreement`](super::agreement::agreement) has it.
///
/// # Errors
/// As [`Register::dossier`].
pub fn page(register: &Register, name: &str, moment: &Moment, today: &str) -> Result<AgreementView, Error> {
    // One picture of the file, whatever a writer adds meanwhile.
    let _picture = register.connection.unchecked_transaction().map_err(|e| register.told(e))?;
    let merges = register.canonical(moment.known_at.as_deref())?;
    let ids = register.agreements_named(name, &merges)?;
    if let Some(day) = register.kept_for(moment, today)?
        && let Some(id) = ids.first()
        && let Some((mut page, from_day)) = register.kept_page(id)?
        && from_day.as_str() <= day
    {
        page.predictions = register.kept_forecasts(Some(id), "list", day)?.into_values().flatten().collect();
        page.moment.clone_from(moment);
        return Ok(page);
    }
    register.worked_out(&ids, &merges, moment, today)
}

/// The predictions about the agreement named, or about all, by what is known at the end of that day and as they stand on it: by the
/// identifier of the agreement, then as [`forecasts`] has them.
///
/// # Errors
/// `NotFound` for an agreement that is not there; those of reading.
pub fn foretold(register: &Register, name: Option<&str>, day: &str) -> Result<Vec<ForecastView>, Error> {
    let _picture = register.connection.unchecked_transaction().map_err(|e| register.told(e))?;
    let moment = Moment { known_at: Some(day.to_owned()), as_of: None };
    let merges = register.canonical(Some(day))?;
    let families = match name {
        Some(name) => vec![register.agreements_named(name, &merges)?],
        None => register.families(&merges)?,
    };
    let only = name.and(families.first().and_then(|ids| ids.first())).cloned();
    // Of a day before the last the names were others, perhaps.
    let is_now = register.last_day()?.is_none_or(|last| last.as_str() <= day);
    let kept = if is_now { register.kept_days(only.as_deref())? } else { BTreeMap::new() };
    let mut ready = register.kept_forecasts(only.as_deref(), "page", day)?;
    let mut views = Vec::new();
    for ids in families {
        let id = ids.first().cloned().unwrap_or_default();
        match kept.get(&id) {
            Some(from) if from.as_str() <= day => views.extend(ready.remove(&id).unwrap_or_default()),
            _ => {
                let mut dossier = register.dossier_reading(&ids, &merges, true, Some(day), &FORETOLD)?;
                register.name_as_known(&mut dossier, day)?;
                views.extend(forecasts(&dossier, &moment, day));
            }
        }
    }
    Ok(views)
}

/// Takes away the pages that tell of an article or of a version of it, as since when something is known is told by the first of them. To be
/// called in the transaction in which anything of the article changes.
pub(in crate::register) fn forget(connection: &Connection, article: i64) -> rusqlite::Result<()> {
    if !connection.prepare_cached("SELECT 1 FROM ready_agreement LIMIT 1")?.exists([])? {
        return Ok(());
    }
    let mut links = connection.prepare_cached(
        "SELECT other FROM entry WHERE article = ?1 AND kind IN ('revision', 'correction')
         UNION SELECT article FROM entry WHERE other = ?1 AND kind IN ('revision', 'correction')",
    )?;
    let (mut versions, mut next) = (BTreeSet::from([article]), vec![article]);
    while let Some(at) = next.pop() {
        let linked = links.query_map([at], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
        next.extend(linked.into_iter().filter(|other| versions.insert(*other)));
    }
    let mut of = connection.prepare_cached(
        "SELECT agreement FROM ready_name WHERE identifier IN (
           SELECT agreement FROM stored_statement WHERE article = ?1 UNION SELECT main_agreement FROM entry WHERE article = ?1)",
    )?;
    for version in versions {
        let pages = of.query_map([version], |row| row.get(0))?.collect::<rusqlite::Result<BTreeSet<i64>>>()?;
        take_away(connection, &pages)?;
    }
    Ok(())
}

/// Takes away the pages that name one of two entities, or one that is declared to be one with them: they became one, or two again.
pub(in crate::register) fn forget_entities(connection: &Connection, one: &str, other: &str) -> rusqlite::Result<()> {
    if !connection.prepare_cached("SELECT 1 FROM ready_agreement LIMIT 1")?.exists([])? {
        return Ok(());
    }
    let mut of = connection.prepare_cached(
        "WITH same(id) AS MATERIALIZED (SELECT ?1 UNION SELECT ?2 UNION SELECT entity FROM canonical
           WHERE canonical IN (SELECT canonical FROM canonical WHERE entity IN (?1, ?2)))
         SELECT agreement FROM ready_name WHERE identifier IN (
           SELECT s.agreement FROM same JOIN term t ON t.text = same.id JOIN stored_statement s ON s.subject = t.number
           UNION SELECT t.number FROM same JOIN term t ON t.text = same.id)",
    )?;
    let pages = of.query_map([one, other], |row| row.get(0))?.collect::<rusqlite::Result<BTreeSet<i64>>>()?;
    take_away(connection, &pages)
}

/// The same where articles call an entity by a longer name than before. States have theirs from the tables of the program.
pub(in crate::register) fn forget_name(connection: &Connection, entity: i64, name: &str) -> rusqlite::Result<()> {
    if !connection.prepare_cached("SELECT 1 FROM ready_agreement LIMIT 1")?.exists([])? {
        return Ok(());
    }
    let sql = "SELECT text FROM term WHERE number = ?1 AND text NOT LIKE 'iso3:%'
               AND ?2 = (SELECT name FROM entity_name WHERE entity = ?1 ORDER BY length(name) DESC, name LIMIT 1)";
    let id: Option<String> =
        connection.prepare_cached(sql)?.query_row(params![entity, name], |row| row.get(0)).optional()?;
    id.map_or(Ok(()), |id| forget_entities(connection, &id, &id))
}

fn take_away(connection: &Connection, pages: &BTreeSet<i64>) -> rusqlite::Result<()> {
    let mut gone = connection.prepare_cached("DELETE FROM ready_agreement WHERE agreement = ?1")?;
    pages.iter().try_for_each(|page| gone.execute([page]).map(drop))
}

/// The kinds of statements that [`forecasts`] reads.
const FORETOLD: [&str; 3] = ["stage", "reached", "prediction"];

impl Register {
    /// Works out the pages that are not ready; how many these were.
    ///
    /// # Errors
    /// Those of writing; pages that are not ready then are missing, and nothing else is.
    pub fn make_ready(&mut self) -> Result<usize, Error> {
        if !self.has_pages()? {
            self.write(|transaction, _| {
                transaction.execute("DELETE FROM ready_agreement", [])?;
                transaction.execute("INSERT OR REPLACE INTO register (key, value) VALUES (?1, ?2)", [KEY, MARK])
            })?;
        }
        let mut made = 0;
        loop {
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate);
            let transaction = transaction.map_err(|e| self.told(e))?;
            let judged = self.judged()?;
            let held = self.kept_days(None)?;
            let mut missing = self.families(&judged.merges)?;
            missing.retain(|ids| !held.contains_key(&ids[0]));
            let (mut articles, mut done) = (0, 0);
            while let Some(ids) = missing.get(done).filter(|_| articles < BATCH) {
                let ready = self.work_out(ids, &judged)?;
                keep(&transaction, &ready).map_err(|e| self.told(e))?;
                articles += ready.page.articles.len();
                done += 1;
            }
            transaction.commit().map_err(|e| self.told(e))?;
            made += done;
            if done == missing.len() {
                return Ok(made);
            }
        }
    }

    /// Takes all pages away.
    pub(in crate::register) fn forget_ready(&mut self) -> Result<(), Error> {
        self.write(|transaction, _| transaction.execute("DELETE FROM ready_agreement", [])).map(drop)
    }

    /// A line for each page that is kept and does not say what the log says.
    pub(in crate::register) fn wrong_pages(&self) -> Result<Vec<String>, Error> {
        let judged = self.judged()?;
        let mut kept = self.kept_days(None)?;
        let mut wrong = Vec::new();
        for ids in self.families(&judged.merges)? {
            if kept.remove(&ids[0]).is_some() && self.kept(&ids[0])?.as_ref() != Some(&self.work_out(&ids, &judged)?) {
                wrong.push(format!("page of {}: not what the log says; `rapporteur compact` makes it anew", ids[0]));
            }
        }
        wrong.extend(kept.keys().map(|id| format!("page of {id}: the log has no such agreement")));
        Ok(wrong)
    }

    fn judged(&self) -> Result<Judged, Error> {
        let sql = "SELECT kept, merged, day FROM entry WHERE kind IN ('merge', 'unmerge')";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.told(e))?;
        let pairs =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).map_err(|e| self.told(e))?;
        let pairs = pairs.collect::<rusqlite::Result<_>>().map_err(|e| self.told(e))?;
        Ok(Judged { merges: self.canonical(None)?, pairs })
    }

    fn work_out(&self, ids: &[String], judged: &Judged) -> Result<Ready, Error> {
        let id = ids.first().cloned().unwrap_or_default();
        let merges = &judged.merges;
        let others = merges.iter().filter(|(_, kept)| **kept == id).map(|(other, _)| other.clone());
        let mut dossier = self.dossier_reading(ids, merges, true, None, &READ)?;
        let from_day = judged.last_day(&dossier);
        // The list tells of predictions in withdrawn articles, which the page leaves out.
        let is_lost = |r: &Recorded| r.known_to.is_some() && r.statement.predicate == "prediction";
        let then = Moment { known_at: Some(from_day.clone()), as_of: None };
        let list = dossier.statements.iter().any(is_lost).then(|| {
            let told = forecasts(&dossier, &then, &from_day);
            both_ways("list", told, &dossier, &then, &from_day)
        });
        dossier.statements.retain(|r| r.known_to.is_none());
        let mut page = agreement(&dossier, &Moment::default(), &from_day);
        let row = row(&page);
        let own = std::mem::take(&mut page.predictions);
        let listed = if list.is_some() { "page" } else { "both" };
        let own = both_ways(listed, own, &dossier, &Moment::default(), &from_day);
        let predictions = own.into_iter().chain(list.into_iter().flatten()).collect();
        page.articles.iter_mut().for_each(super::dossier::Article::forget_unprinted);
        let identifiers = others.chain(ids.iter().cloned()).collect();
        Ok(Ready { identifiers, row, page, from_day, predictions })
    }

    /// The day for which what is kept answers a question: today, or one on which everything was known that is known now.
    pub(super) fn kept_for<'m>(&self, moment: &'m Moment, today: &'m str) -> Result<Option<&'m str>, Error> {
        let Moment { as_of: None, known_at } = moment else { return Ok(None) };
        let Some(day) = known_at.as_deref() else { return Ok(Some(today)) };
        Ok(self.last_day()?.is_none_or(|last| last.as_str() <= day).then_some(day))
    }

    /// The page of the identifiers of one agreement, from the log. It tells of predictions that stand; those of withdrawn
    /// articles are in the list of all.
    pub(super) fn worked_out(
        &self,
        ids: &[String],
        merges: &BTreeMap<String, String>,
        moment: &Moment,
        today: &str,
    ) -> Result<AgreementView, Error> {
        let known_at = moment.known_at.as_deref();
        let mut dossier = self.dossier_reading(ids, merges, known_at.is_some(), known_at, &READ)?;
        if let Some(day) = known_at {
            self.name_as_known(&mut dossier, day)?;
            let is_over = |r: &Recorded| r.known_to.as_deref().is_some_and(|to| to <= day);
            dossier.statements.retain(|r| r.statement.predicate != "prediction" || !is_over(r));
        }
        Ok(agreement(&dossier, moment, today))
    }

    /// The last day of the log.
    pub(super) fn last_day(&self) -> Result<Option<String>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT max(day) FROM entry").map_err(|e| self.told(e))?;
        statement.query_row([], |row| row.get(0)).map_err(|e| self.told(e))
    }

    /// Whether the pages that are kept are those of this program.
    fn has_pages(&self) -> Result<bool, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT value FROM register WHERE key = ?1").map_err(|e| self.told(e))?;
        let by: Option<String> = statement.query_row([KEY], |row| row.get(0)).optional().map_err(|e| self.told(e))?;
        Ok(by.as_deref() == Some(MARK))
    }

    /// By agreement, or of one: the day from which on its page, where it is kept, is right.
    fn kept_days(&self, id: Option<&str>) -> Result<BTreeMap<String, String>, Error> {
        let sql = "SELECT t.text, r.from_day FROM ready_agreement r JOIN term t ON t.number = r.agreement WHERE ?1 IS NULL OR t.text = ?1";
        self.kept_rows(sql, &[&id], |row| Ok((row.get(0)?, row.get(1)?))).map(|rows| rows.into_iter().collect())
    }

    /// A page that is kept, its predictions apart, and the day from which on it is right.
    fn kept_page(&self, id: &str) -> Result<Option<(AgreementView, String)>, Error> {
        let sql =
            "SELECT page, from_day FROM ready_agreement WHERE agreement = (SELECT number FROM term WHERE text = ?1)";
        let found = self.kept_rows(sql, &[&id], |row| {
            let page: Option<AgreementView> = serde_json::from_str(row.get_ref(0)?.as_str()?).ok();
            Ok((page, row.get(1)?))
        })?;
        Ok(found.into_iter().next().and_then(|(page, day)| Some((page?, day))))
    }

    /// By agreement, the predictions that are kept for it, as they stand on a day; not those that are `listed` elsewhere.
    fn kept_forecasts(
        &self,
        id: Option<&str>,
        elsewhere: &str,
        day: &str,
    ) -> Result<BTreeMap<String, Vec<ForecastView>>, Error> {
        let sql = "SELECT t.text, iif(p.until < ?3, coalesce(p.told_after, p.told), p.told)
            FROM ready_prediction p JOIN term t ON t.number = p.agreement
            WHERE (?1 IS NULL OR p.agreement = (SELECT number FROM term WHERE text = ?1)) AND p.listed <> ?2 ORDER BY p.agreement, p.place";
        let rows = self.kept_rows(sql, &[&id, &elsewhere, &day], |row| {
            let view: Option<ForecastView> = serde_json::from_str(row.get_ref(1)?.as_str()?).ok();
            Ok((row.get(0)?, view))
        })?;
        let mut by: BTreeMap<String, Vec<ForecastView>> = BTreeMap::new();
        for (id, view) in rows {
            by.entry(id).or_default().extend(view);
        }
        Ok(by)
    }

    /// By agreement, its row of the list of agreements on a day, where it is kept and right on that day; `None` where the list leaves it out.
    pub(super) fn kept_overview(&self, day: &str) -> Result<BTreeMap<String, Option<OverviewRow>>, Error> {
        let rows = self.kept_rows(&overview_sql("r.from_day <= ?1"), &[&day], overview_row)?;
        Ok(rows.into_iter().collect())
    }

    /// All that is kept of an agreement.
    fn kept(&self, id: &str) -> Result<Option<Ready>, Error> {
        let Some((page, from_day)) = self.kept_page(id)? else { return Ok(None) };
        let rows = self.kept_rows(&overview_sql("t.text = ?2"), &[&from_day, &id], overview_row)?;
        let sql = "SELECT i.text FROM term t JOIN ready_name n ON n.agreement = t.number JOIN term i ON i.number = n.identifier WHERE t.text = ?1";
        let identifiers = self.kept_rows(sql, &[&id], |row| row.get(0))?.into_iter().collect();
        let sql = "SELECT listed, told, told_after FROM ready_prediction WHERE agreement = (SELECT number FROM term WHERE text = ?1) ORDER BY place";
        let predictions = self.kept_rows(sql, &[&id], |row| {
            let listed = match row.get_ref(0)?.as_str()? {
                "page" => "page",
                "list" => "list",
                _ => "both",
            };
            let after = row.get_ref(2)?.as_str_or_null()?.and_then(|told| serde_json::from_str(told).ok());
            let told: Option<ForecastView> = serde_json::from_str(row.get_ref(1)?.as_str()?).ok();
            Ok(told.map(|told| Foretold { listed, told, after }))
        })?;
        let predictions = predictions.into_iter().flatten().collect();
        let row = rows.into_iter().next().and_then(|(_, row)| row);
        Ok(Some(Ready { identifiers, row, page, from_day, predictions }))
    }

    /// Rows of the tables of pages; none where these are of another program.
    fn kept_rows<T>(
        &self,
        sql: &str,
        asked: &[&dyn rusqlite::ToSql],
        of: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        if !self.has_pages()? {
            return Ok(Vec::new());
        }
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.told(e))?;
        let rows = statement.query_map(asked, of).map_err(|e| self.told(e))?;
        rows.collect::<rusqlite::Result<_>>().map_err(|e| self.told(e))
    }
}

/// Rows of the list of agreements on the day `?1`.
fn overview_sql(condition: &str) -> String {
    format!(
        "SELECT t.text, r.name, r.articles, r.stages, r.candidates, r.conflicts, r.last_change,
           (SELECT count(*) FROM ready_prediction p WHERE p.agreement = r.agreement AND p.listed <> 'list'
              AND iif(p.until < ?1, coalesce(p.state_after, p.state), p.state) = 'open')
         FROM ready_agreement r JOIN term t ON t.number = r.agreement WHERE {condition}"
    )
}

fn overview_row(row: &Row<'_>) -> rusqlite::Result<(String, Option<OverviewRow>)> {
    let id: String = row.get(0)?;
    let stages = row.get_ref(3)?.as_str_or_null()?.and_then(|stages| serde_json::from_str(stages).ok());
    let (name, articles, candidates, conflicts) = (row.get(1)?, row.get(2)?, row.get(4)?, row.get(5)?);
    let (last_change, open) = (row.get(6)?, row.get(7)?);
    let agreement = Named { id: id.clone(), name };
    let told =
        stages.map(|stages| OverviewRow { agreement, articles, stages, candidates, conflicts, open, last_change });
    Ok((id, told))
}

/// The predictions of a dossier as told on a day, each with what becomes of it when its window closes with nothing new known.
fn both_ways(
    listed: &'static str,
    told: Vec<ForecastView>,
    dossier: &Dossier,
    moment: &Moment,
    day: &str,
) -> Vec<Foretold> {
    let after: Vec<Option<ForecastView>> = match told.iter().any(|f| f.to.as_deref().is_some_and(|to| to >= day)) {
        true => forecasts(dossier, moment, LAST).into_iter().map(Some).collect(),
        false => vec![None; told.len()],
    };
    let both = |(told, after): (ForecastView, Option<ForecastView>)| Foretold {
        listed,
        after: after.filter(|after| *after != told),
        told,
    };
    told.into_iter().zip(after).map(both).collect()
}

fn keep(transaction: &Transaction<'_>, ready: &Ready) -> rusqlite::Result<()> {
    let json = |e: serde_json::Error| rusqlite::Error::ToSqlConversionFailure(Box::new(e));
    let number = |id: &str| -> rusqlite::Result<Option<i64>> {
        transaction
            .prepare_cached("SELECT number FROM term WHERE text = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()
    };
    let page = &ready.page;
    let Some(agreement) = number(&page.agreement.id)? else { return Ok(()) };
    let row = ready.row.as_ref();
    transaction
        .prepare_cached(
            "INSERT INTO ready_agreement (agreement, name, articles, stages, candidates, conflicts, last_change, from_day, page)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            agreement,
            page.agreement.name,
            page.articles.len(),
            row.map(|row| serde_json::to_string(&row.stages)).transpose().map_err(json)?,
            page.candidates.len(),
            page.conflicts.len(),
            row.map_or("", |row| row.last_change.as_str()),
            ready.from_day,
            serde_json::to_string(page).map_err(json)?,
        ])?;
    for id in &ready.identifiers {
        if let Some(identifier) = number(id)? {
            transaction
                .prepare_cached("INSERT OR REPLACE INTO ready_name (identifier, agreement) VALUES (?1, ?2)")?
                .execute([identifier, agreement])?;
        }
    }
    for (place, foretold) in ready.predictions.iter().enumerate() {
        let word = |view: &ForecastView| {
            serde_json::to_value(view.state).map(|state| state.as_str().unwrap_or_default().to_owned())
        };
        let told = &foretold.told;
        transaction
            .prepare_cached(
                "INSERT INTO ready_prediction (agreement, place, listed, holder, words, until, state, state_after, told, told_after)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                agreement,
                place,
                foretold.listed,
                told.holder.as_ref().map(|holder| &holder.name),
                told.cited.first().map_or("", |cited| cited.text.as_str()),
                told.to,
                word(told).map_err(json)?,
                foretold.after.as_ref().map(word).transpose().map_err(json)?,
                serde_json::to_string(told).map_err(json)?,
                foretold.after.as_ref().map(serde_json::to_string).transpose().map_err(json)?,
            ])?;
    }
    Ok(())
}
