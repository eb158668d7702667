//! Versions of the file: a numbered step leads from each to the next. Old files are kept in `tests/old/` and must open.

use rusqlite::{Transaction, TransactionBehavior};

use super::store::{APPLICATION, Register, error};
use crate::error::{Error, ErrorKind};

/// Leads a file one version further.
type Step = fn(&Transaction<'_>) -> rusqlite::Result<()>;

/// Step n leads from version n to n + 1; version 0 is an empty file. A step only adds: the log is never rewritten.
const STEPS: [Step; 3] = [
    |t| t.execute_batch(include_str!("schema.sql")),
    |t| t.execute_batch(include_str!("schema_2.sql")),
    |t| t.execute_batch(include_str!("schema_3.sql")),
];

/// The version that this program writes.
pub const VERSION: usize = STEPS.len();

/// Brings a file to this program's version, in one transaction.
pub(super) fn migrate(register: &mut Register) -> Result<(), Error> {
    migrate_to(register, VERSION)
}

/// Brings a file to a version, in one transaction: an older one where it is to be held against an old file.
pub(super) fn migrate_to(register: &mut Register, wanted: usize) -> Result<(), Error> {
    let place = register.place.clone();
    let told = |e: rusqlite::Error| error(&place, &e);
    if version(register)? >= wanted {
        return Ok(());
    }
    let transaction = register.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(told)?;
    // Another process may have been faster.
    let from: usize = transaction.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(told)?;
    for step in STEPS.iter().take(wanted).skip(from) {
        step(&transaction).map_err(told)?;
    }
    if from < wanted {
        transaction.pragma_update(None, "application_id", APPLICATION).map_err(told)?;
        transaction.pragma_update(None, "user_version", wanted).map_err(told)?;
        let about = [("schema_version", wanted.to_string()), ("program", super::intern::EXTRACTOR.to_owned())];
        for (key, value) in about {
            transaction.execute("INSERT OR REPLACE INTO register VALUES (?1, ?2)", [key, &value]).map_err(told)?;
        }
    }
    transaction.commit().map_err(told)
}

/// The first version that need not be brought further to be read: a later step adds what can be done without.
const READABLE: usize = 1;

/// Whether a file that is only to be read can be read as it is.
pub(super) fn check(register: &Register) -> Result<(), Error> {
    match version(register)? {
        READABLE..=VERSION => Ok(()),
        // Whoever was to make it was stopped before anything was recorded.
        0 => {
            let message = "holds nothing, its making was broken off; `rapporteur add` makes it";
            Err(Error::new(ErrorKind::Missing, &register.place, message))
        }
        old => {
            let message =
                format!("is of version {old}, this program's is {VERSION}; `rapporteur add` brings it up to date");
            Err(Error::new(ErrorKind::ReadOnly, &register.place, message))
        }
    }
}

/// The version of the file.
///
/// # Errors
/// `Newer` where this program does not know it.
pub(super) fn version(register: &Register) -> Result<usize, Error> {
    let version: usize =
        register.connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(|e| register.told(e))?;
    if version > VERSION {
        let message = format!(
            "was written by a newer rapporteur (register version {version}, this one knows {VERSION}); update rapporteur"
        );
        return Err(Error::new(ErrorKind::Newer, &register.place, message));
    }
    Ok(version)
}
