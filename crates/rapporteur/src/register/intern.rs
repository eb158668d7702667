//! Statements into rows: recurring words stand once, and rows refer to them by number.

use rusqlite::{Connection, OptionalExtension, params};

use super::statement::{Source, Statement, Voice};
use super::write::Told;

/// Version of the program, as statements name it.
pub(super) const EXTRACTOR: &str = concat!("rapporteur ", env!("CARGO_PKG_VERSION"));
/// What is found by `search`: words that somebody chose, or that carry a claim.
const SEARCHED: [&str; 6] = ["quotation", "stage", "candidate", "condition", "prediction", "assessment"];

/// The number of a recurring word.
pub(super) fn term(connection: &Connection, text: &str) -> rusqlite::Result<i64> {
    let known = connection
        .prepare_cached("SELECT number FROM term WHERE text = ?1")?
        .query_row([text], |row| row.get(0))
        .optional()?;
    match known {
        Some(number) => Ok(number),
        None => {
            connection.prepare_cached("INSERT INTO term (text) VALUES (?1)")?.execute([text])?;
            Ok(connection.last_insert_rowid())
        }
    }
}

fn holder(connection: &Connection, voice: &Voice) -> rusqlite::Result<i64> {
    let row = params![voice.kind, voice.entity.as_deref().unwrap_or(""), voice.name];
    let known = connection
        .prepare_cached("SELECT number FROM holder WHERE kind = ?1 AND entity = ?2 AND name = ?3")?
        .query_row(row, |row| row.get(0))
        .optional()?;
    match known {
        Some(number) => Ok(number),
        None => {
            connection.prepare_cached("INSERT INTO holder (kind, entity, name) VALUES (?1, ?2, ?3)")?.execute(row)?;
            Ok(connection.last_insert_rowid())
        }
    }
}

fn origin(connection: &Connection, origin: &Source) -> rusqlite::Result<i64> {
    let row = params![origin.id, origin.kind, origin.name];
    let known = connection
        .prepare_cached("SELECT number FROM origin WHERE id = ?1 AND kind = ?2 AND name = ?3")?
        .query_row(row, |row| row.get(0))
        .optional()?;
    match known {
        Some(number) => Ok(number),
        None => {
            connection.prepare_cached("INSERT INTO origin (id, kind, name) VALUES (?1, ?2, ?3)")?.execute(row)?;
            Ok(connection.last_insert_rowid())
        }
    }
}

/// Records what an entry's article says; how many statements.
pub(super) fn statements(connection: &Connection, entry: i64, article: i64, told: &Told) -> rusqlite::Result<usize> {
    for statement in &told.statements {
        insert(connection, entry, article, statement)?;
    }
    for entity in &told.entities {
        let id = term(connection, &entity.id)?;
        connection
            .prepare_cached("INSERT OR IGNORE INTO entity_name (entity, kind, name) VALUES (?1, ?2, ?3)")?
            .execute(params![id, entity.kind, entity.name])?;
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO mention (entity, entry, times, \"start\", \"end\") VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![id, entry, entity.times, entity.start, entity.end])?;
    }
    Ok(told.statements.len())
}

/// Records one statement.
pub(super) fn insert(connection: &Connection, entry: i64, article: i64, statement: &Statement) -> rusqlite::Result<()> {
    let some = |text: Option<&String>| text.map(|t| term(connection, t)).transpose();
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
            term(connection, &statement.predicate)?,
            some(statement.subject.as_ref())?,
            some(statement.agreement.as_ref())?,
            some(statement.agreement_by.as_ref())?,
            some(statement.value.as_ref())?,
            statement.holder.as_ref().map(|h| holder(connection, h)).transpose()?,
            some(statement.said_by.as_ref())?,
            some(statement.factuality.as_ref())?,
            some(statement.realis.as_ref())?,
            statement.stage.map(|s| s.0),
            statement.stage.map(|s| s.1),
            some(statement.side.as_ref())?,
            statement.start,
            statement.end,
            origin(connection, &statement.origin)?,
            valid.and_then(|v| v.from.as_ref()),
            valid.and_then(|v| v.to.as_ref()),
            some(valid.map(|v| &v.precision))?,
            some(valid.map(|v| &v.by))?,
            term(connection, &statement.rule)?,
            term(connection, EXTRACTOR)?,
            statement.detail.as_ref().map(ToString::to_string),
        ])?;
    if SEARCHED.contains(&statement.predicate.as_str()) {
        connection
            .prepare_cached("INSERT INTO statement_search (rowid, words) VALUES (?1, ?2)")?
            .execute(params![connection.last_insert_rowid(), statement.words])?;
    }
    Ok(())
}
