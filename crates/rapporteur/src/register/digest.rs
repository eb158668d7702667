//! One number for all that the register says: equal where the same articles and judgements went in, in whatever order.

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::store::Register;
use crate::error::Error;

/// The views that the digest is of.
const VIEWS: [&str; 9] = [
    "statement",
    "article_current",
    "sighting",
    "revision",
    "judgement",
    "entity",
    "canonical",
    "agreement",
    "participant",
];

impl Register {
    /// The digest of all views, 64 hexadecimal digits.
    ///
    /// Each row is hashed by itself and the hashes are added up, so that no view need be sorted: rows have no order.
    ///
    /// # Errors
    /// Those of reading.
    pub fn digest(&self) -> Result<String, Error> {
        let mut whole = blake3::Hasher::new();
        for view in VIEWS {
            let sum = of_rows(&self.connection, &format!("SELECT * FROM {view}")).map_err(|e| self.told(e))?;
            whole.update(view.as_bytes());
            for lane in sum {
                whole.update(&lane.to_le_bytes());
            }
        }
        Ok(whole.finalize().to_hex().to_string())
    }
}

/// The sum of the hashes of rows, in four lanes, and their number.
fn of_rows(connection: &Connection, sql: &str) -> rusqlite::Result<[u64; 5]> {
    let mut statement = connection.prepare(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let mut sum = [0_u64; 5];
    while let Some(row) = rows.next()? {
        let mut hash = blake3::Hasher::new();
        for column in 0..columns {
            let (kind, bytes): (u8, &[u8]) = match row.get_ref(column)? {
                ValueRef::Null => (0, &[]),
                ValueRef::Integer(number) => (1, &number.to_le_bytes()),
                ValueRef::Real(number) => (2, &number.to_le_bytes()),
                ValueRef::Text(text) => (3, text),
                ValueRef::Blob(blob) => (4, blob),
            };
            hash.update(&[kind]);
            hash.update(&bytes.len().to_le_bytes());
            hash.update(bytes);
        }
        let hash = hash.finalize();
        for (lane, bytes) in sum.iter_mut().zip(hash.as_bytes().chunks(8)) {
            *lane = lane.wrapping_add(bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b)));
        }
        sum[4] = sum[4].wrapping_add(1);
    }
    Ok(sum)
}
