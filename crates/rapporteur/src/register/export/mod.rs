//! The register in the formats of others: from one snapshot of the log to bytes.
//!
//! Every room writes one format. The same register gives the same bytes, whenever and wherever: no clock, and one order, that of the day on
//! which an article became known, then its identifier, then the place in its text. Long tables stream; what is held in memory are the
//! articles without their texts, and the names of entities.

mod csv;
mod ftm;
mod geojson;
mod graphml;
mod icalendar;
mod jsonl;
mod jsonld;
mod plover;
mod snapshot;
mod standing;
mod state;
mod table;

use std::io::Write;

pub use csv::csv;
pub use ftm::{entities as ftm_entities, statements as ftm_statements};
pub use geojson::geojson;
pub use graphml::graphml;
pub use icalendar::icalendar;
pub use jsonl::{Line, STATEMENT, jsonl};
pub use jsonld::jsonld;
pub use plover::plover;
pub use snapshot::{Asked, Named, Snapshot, Source as ArticleAbout};
pub use table::{Cell, Column, Kind, Table, rows};

use crate::error::Error;

/// What can fail while exporting: reading the register, or writing the bytes.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The register could not be read.
    #[error("{0}")]
    Register(#[from] Error),
    /// The bytes could not be written.
    #[error("cannot be written")]
    Output(#[from] std::io::Error),
}

/// Nothing, or what failed.
pub type Done = Result<(), Failure>;

/// A value as one line of JSON.
fn line(out: &mut dyn Write, value: &impl serde::Serialize) -> Done {
    serde_json::to_writer(&mut *out, value).map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}

#[cfg(test)]
mod tests;
