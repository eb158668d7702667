//! Statements into rows: recurring words stand once, and rows refer to them by number.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::statement::{Source, Statement, Voice};
use super::write::Told;

/// Version of the program, as statements name it.
pub(super) const EXTRACTOR: &str = concat!("rapporteur ", env!("CARGO_PKG_VERSION"));
/// What is found by `search`: words that somebody chose, or that carry a claim.
const SEARCHED: [&str; 6] = ["quotation", "stage", "candidate", "condition", "prediction", "assessment"];
/// How many of a kind are kept in mind; beyond it all are forgotten and met anew.
const KEPT: usize = 100_000;

/// The numbers that this process has met. What is in the file keeps its number, so they hold until a transaction that gave some is undone.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    terms: HashMap<String, i64>,
    holders: HashMap<Voice, i64>,
    origins: HashMap<Source, i64>,
    /// Entity and, with its kind before it, the name that is recorded for it.
    names: HashSet<(i64, String)>,
}

impl Numbers {
    /// To be called where a transaction was undone.
    pub(super) fn forget(&mut self) {
        *self = Numbers::default();
    }

    /// The number of a recurring word.
    pub(super) fn term(&mut self, connection: &Connection, text: &str) -> rusqlite::Result<i64> {
        if let Some(number) = self.terms.get(text) {
            return Ok(*number);
        }
        let known = connection
            .prepare_cached("SELECT number FROM term WHERE text = ?1")?
            .query_row([text], |row| row.get(0))
            .optional()?;
        let number = match known {
            Some(number) => number,
            None => {
                connection.prepare_cached("INSERT INTO term (text) VALUES (?1)")?.execute([text])?;
                connection.last_insert_rowid()
            }
        };
        if self.terms.len() >= KEPT {
            self.terms.clear();
        }
        self.terms.insert(text.to_owned(), number);
        Ok(number)
    }

    /// The number of a word where there is one.
    pub(super) fn some(&mut self, connection: &Connection, text: Option<&String>) -> rusqlite::Result<Option<i64>> {
        text.map(|text| self.term(connection, text)).transpose()
    }

    fn holder(&mut self, connection: &Connection, voice: &Voice) -> rusqlite::Result<i64> {
        if let Some(number) = self.holders.get(voice) {
            return Ok(*number);
        }
        let row = params![voice.kind, voice.entity.as_deref().unwrap_or(""), voice.name];
        let known = connection
            .prepare_cached("SELECT number FROM holder WHERE kind = ?1 AND entity = ?2 AND name = ?3")?
            .query_row(row, |row| row.get(0))
            .optional()?;
        let number = match known {
            Some(number) => number,
            None => {
                connection
                    .prepare_cached("INSERT INTO holder (kind, entity, name) VALUES (?1, ?2, ?3)")?
                    .execute(row)?;
                connection.last_insert_rowid()
            }
        };
        if self.holders.len() >= KEPT {
            self.holders.clear();
        }
        self.holders.insert(voice.clone(), number);
        Ok(number)
    }

    fn origin(&mut self, connection: &Connection, origin: &Source) -> rusqlite::Result<i64> {
        if let Some(number) = self.origins.get(origin) {
            return Ok(*number);
        }
        let row = params![origin.id, origin.kind, origin.name];
        let known = connection
            .prepare_cached("SELECT number FROM origin WHERE id = ?1 AND kind = ?2 AND name = ?3")?
            .query_row(row, |row| row.get(0))
            .optional()?;
        let number = match known {
            Some(number) => number,
            None => {
                connection.prepare_cached("INSERT INTO origin (id, kind, name) VALUES (?1, ?2, ?3)")?.execute(row)?;
                connection.last_insert_rowid()
            }
        };
        if self.origins.len() >= KEPT {
            self.origins.clear();
        }
        self.origins.insert(origin.clone(), number);
        Ok(number)
    }

    /// Records what an entity is called.
    pub(super) fn name(
        &mut self,
        connection: &Connection,
        entity: i64,
        kind: &str,
        name: &str,
    ) -> rusqlite::Result<()> {
        let key = (entity, format!("{kind} {name}"));
        if self.names.contains(&key) {
            return Ok(());
        }
        let new = connection
            .prepare_cached("INSERT OR IGNORE INTO entity_name (entity, kind, name) VALUES (?1, ?2, ?3)")?
            .execute(params![entity, kind, name])?;
        if new > 0 {
            super::view::forget_name(connection, entity, name)?;
        }
        if self.names.len() >= KEPT {
            self.names.clear();
        }
        self.names.insert(key);
        Ok(())
    }
}

/// Records what an entry's article says; how many statements.
pub(super) fn statements(
    connection: &Connection,
    numbers: &mut Numbers,
    entry: i64,
    article: i64,
    told: &Told,
) -> rusqlite::Result<usize> {
    for statement in &told.statements {
        insert(connection, numbers, entry, article, statement)?;
        if SEARCHED.contains(&statement.predicate.as_str()) {
            connection
                .prepare_cached("INSERT INTO statement_search (rowid, words) VALUES (?1, ?2)")?
                .execute(params![connection.last_insert_rowid(), statement.words])?;
        }
    }
    for entity in &told.entities {
        let id = numbers.term(connection, &entity.id)?;
        numbers.name(connection, id, &entity.kind, &entity.name)?;
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO mention (entity, entry, times, \"start\", \"end\") VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![id, entry, entity.times, entity.start, entity.end])?;
    }
    Ok(told.statements.len())
}

/// Records one statement; to be found by `search` is another matter.
pub(super) fn insert(
    connection: &Connection,
    numbers: &mut Numbers,
    entry: i64,
    article: i64,
    statement: &Statement,
) -> rusqlite::Result<()> {
    let valid = statement.valid.as_ref();
    connection
        .prepare_cached(
            "INSERT INTO stored_statement (entry, article, digest, predicate, subject, agreement, agreement_by, value, holder, said_by,
               factuality, realis, stage_lo, stage_hi, side, \"start\", \"end\", origin, valid_from, valid_to, valid_precision, valid_by,
               rule, extractor, detail)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)",
        )?
        .execute(params![
            entry,
            article,
            statement.digest() as i64,
            numbers.term(connection, &statement.predicate)?,
            numbers.some(connection, statement.subject.as_ref())?,
            numbers.some(connection, statement.agreement.as_ref())?,
            numbers.some(connection, statement.agreement_by.as_ref())?,
            numbers.some(connection, statement.value.as_ref())?,
            statement.holder.as_ref().map(|h| numbers.holder(connection, h)).transpose()?,
            numbers.some(connection, statement.said_by.as_ref())?,
            numbers.some(connection, statement.factuality.as_ref())?,
            numbers.some(connection, statement.realis.as_ref())?,
            statement.stage.map(|s| s.0),
            statement.stage.map(|s| s.1),
            numbers.some(connection, statement.side.as_ref())?,
            statement.start,
            statement.end,
            numbers.origin(connection, &statement.origin)?,
            valid.and_then(|v| v.from.as_ref()),
            valid.and_then(|v| v.to.as_ref()),
            numbers.some(connection, valid.map(|v| &v.precision))?,
            numbers.some(connection, valid.map(|v| &v.by))?,
            numbers.term(connection, &statement.rule)?,
            numbers.term(connection, EXTRACTOR)?,
            statement.detail.as_ref().map(ToString::to_string),
        ])?;
    Ok(())
}
