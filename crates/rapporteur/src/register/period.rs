//! Since when and until when a text is taken as it stands: worked out from the log and kept in the table `article_period`, so that no
//! question has to work it out again. `verify` works it out anew.
//!
//! A text stands from the day on which it became known until it is withdrawn, corrected, or another text stands in its place; and again
//! from the day on which it is reinstated, or its place goes back to it.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

/// One row of `article_period`, its article apart.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Period {
    from: String,
    to: Option<String>,
    entry: i64,
}

/// Where a text was seen: an address, or a path of a text without one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Url(String),
    Path(String),
}

impl Place {
    /// The place of a receipt; standard input is none, as whatever lies there next has nothing to do with it.
    pub(super) fn of(url: Option<&str>, path: Option<&str>) -> Option<Place> {
        match (url, path) {
            (Some(url), _) => Some(Place::Url(url.to_owned())),
            (None, Some(path)) if path != "-" && !path.starts_with("-#") => Some(Place::Path(path.to_owned())),
            _ => None,
        }
    }
}

/// Which of two texts at one place is the later: by day; of one day, one to which the place went back; then by publication; then, where the
/// place is a path and so holds one text at a time, the one that came later, else the one with the later identifier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Sight {
    day: String,
    turn: i64,
    published: String,
    arrival: i64,
    id: String,
}

/// Works out when a text stands and keeps it. Whether it stands now is what changed: `Some(stands)`, else `None`.
pub(super) fn update(connection: &Connection, article: i64) -> rusqlite::Result<Option<bool>> {
    let held: Vec<Period> = connection
        .prepare_cached(
            "SELECT known_from, known_to, entry FROM article_period WHERE article = ?1 ORDER BY known_from",
        )?
        .query_map([article], |row| Ok(Period { from: row.get(0)?, to: row.get(1)?, entry: row.get(2)? }))?
        .collect::<rusqlite::Result<_>>()?;
    let now = periods(connection, article)?;
    if held == now {
        return Ok(None);
    }
    connection.prepare_cached("DELETE FROM article_period WHERE article = ?1")?.execute([article])?;
    for period in &now {
        connection
            .prepare_cached(
                "INSERT INTO article_period (article, known_from, known_to, entry) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![article, period.from, period.to, period.entry])?;
    }
    let stands = |periods: &[Period]| periods.last().is_some_and(|p| p.to.is_none());
    Ok((stands(&held) != stands(&now)).then(|| stands(&now)))
}

/// Texts that are noted as a revision of this one, or it of them.
pub(super) fn rivals(connection: &Connection, article: i64) -> rusqlite::Result<Vec<i64>> {
    let sql = "SELECT other FROM entry WHERE article = ?1 AND kind = 'revision' UNION SELECT article FROM entry WHERE other = ?1 AND kind = 'revision'";
    connection.prepare_cached(sql)?.query_map([article], |row| row.get(0))?.collect()
}

fn periods(connection: &Connection, article: i64) -> rusqlite::Result<Vec<Period>> {
    let first = connection
        .prepare_cached(
            "SELECT e.number, e.day FROM article_reading r JOIN entry e ON e.number = r.entry WHERE r.article = ?1",
        )?
        .query_row([article], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((entry, known_from)): Option<(i64, String)> = first else { return Ok(Vec::new()) };
    let judgements: Vec<(String, bool)> = connection
        .prepare_cached(
            "SELECT day, kind = 'reinstatement' FROM entry
             WHERE article = ?1 AND kind IN ('retraction','correction','reinstatement') ORDER BY day, number",
        )?
        .query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut rivals = rivals(connection, article)?;
    if judgements.is_empty() && rivals.is_empty() {
        return Ok(vec![Period { from: known_from, to: None, entry }]);
    }
    // What this text put right does not come back in its place.
    let corrected: BTreeSet<i64> = connection
        .prepare_cached("SELECT article FROM entry WHERE other = ?1 AND kind = 'correction'")?
        .query_map([article], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    rivals.retain(|rival| !corrected.contains(rival));
    let own = sights(connection, article)?;
    let mut others = Vec::new();
    for rival in rivals {
        others.push(sights(connection, rival)?);
    }
    let seen = others.iter().chain([&own]).flat_map(BTreeMap::values).flatten().map(|sight| &sight.day);
    let mut days: BTreeSet<&String> = seen.chain(judgements.iter().map(|(day, _)| day)).collect();
    days.retain(|day| **day > known_from);
    let stands = |day: &str| {
        let last = judgements.iter().rfind(|(judged, _)| judged.as_str() <= day);
        let until = |sights: &BTreeSet<Sight>| sights.iter().rfind(|sight| sight.day.as_str() <= day).cloned();
        let replaced = |other: &BTreeMap<Place, BTreeSet<Sight>>| {
            own.iter().any(|(place, sights)| {
                let rival = other.get(place).and_then(until);
                until(sights).zip(rival).is_some_and(|(own, rival)| rival > own)
            })
        };
        last.is_none_or(|(_, reinstated)| *reinstated) && !others.iter().any(replaced)
    };
    let mut periods = vec![Period { from: known_from.clone(), to: None, entry }];
    let mut standing = stands(&known_from);
    if !standing {
        periods[0].to = Some(known_from.clone());
    }
    for day in days {
        match (standing, stands(day)) {
            (true, false) => periods.last_mut().into_iter().for_each(|p| p.to = Some(day.clone())),
            (false, true) => periods.push(Period { from: day.clone(), to: None, entry }),
            _ => continue,
        }
        standing = !standing;
    }
    Ok(periods)
}

/// Where and when a text was seen.
fn sights(connection: &Connection, article: i64) -> rusqlite::Result<BTreeMap<Place, BTreeSet<Sight>>> {
    let mut statement = connection.prepare_cached(
        "SELECT e.url, e.path, e.day, 0, coalesce(e.published, ''), e.number, a.id
         FROM entry e JOIN article a ON a.number = e.article WHERE e.article = ?1 AND e.kind IN ('add','sighting','depositary')
         UNION ALL SELECT e.url, e.path, s.day, s.turn, coalesce(e.published, ''), e.number, a.id
         FROM entry e JOIN article a ON a.number = e.article JOIN seen_again s ON s.entry = e.number WHERE e.article = ?1",
    )?;
    let mut rows = statement.query([article])?;
    let mut sights: BTreeMap<Place, BTreeSet<Sight>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (url, path): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
        let Some(place) = Place::of(url.as_deref(), path.as_deref()) else { continue };
        let turn: i64 = row.get(3)?;
        let published = if turn > 0 { String::new() } else { row.get(4)? };
        let arrival = if matches!(place, Place::Path(_)) && turn == 0 { row.get(5)? } else { 0 };
        let sight = Sight { day: row.get(2)?, turn, published, arrival, id: row.get(6)? };
        sights.entry(place).or_default().insert(sight);
    }
    Ok(sights)
}

/// The plus keeps SQLite from looking among all entries of the day: with thousands added on one day that grows with each.
const TURN: &str = "SELECT 0, coalesce(e.published, ''), e.number, e.article FROM entry e
     WHERE e.path = ?1 AND e.url IS NULL AND +e.day = ?2 AND e.kind IN ('add','sighting','depositary')
     UNION ALL SELECT s.turn, iif(s.turn, '', coalesce(e.published, '')), e.number, e.article
     FROM entry e JOIN seen_again s ON s.entry = e.number
     WHERE e.path = ?1 AND e.url IS NULL AND s.day = ?2 AND e.kind IN ('add','sighting','depositary')
     ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT 1";

/// The last turn of a place on a day, and whether its text is then another than this one. Only a path takes turns.
pub(super) fn turn(connection: &Connection, article: i64, place: &Place, day: &str) -> rusqlite::Result<(i64, bool)> {
    let Place::Path(path) = place else { return Ok((0, false)) };
    let mut statement = connection.prepare_cached(TURN)?;
    let last = statement.query_row(params![path, day], |row| Ok((row.get(0)?, row.get::<_, i64>(3)?))).optional()?;
    Ok(last.map_or((0, false), |(turn, holds)| (turn, holds != article)))
}

#[cfg(test)]
mod tests {
    use crate::register::Register;

    #[test]
    fn a_place_is_looked_up_by_its_path_and_not_among_all_entries_of_the_day() {
        let register = Register::in_memory().expect("memory");
        let mut plan = register.connection().prepare(&format!("EXPLAIN QUERY PLAN {}", super::TURN)).expect("a plan");
        let steps = plan.query_map(["a.txt", "2026-01-01"], |row| row.get::<_, String>(3)).expect("steps");
        let steps: Vec<String> = steps.map(|step| step.expect("a step")).collect();
        let by_path = steps.iter().filter(|step| step.contains("entry_by_path")).count();
        assert!(by_path == 2 && !steps.iter().any(|step| step.contains("entry_by_day")), "{steps:?}");
    }
}
