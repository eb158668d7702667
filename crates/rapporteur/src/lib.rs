//! From news articles about the same diplomatic event to the record of what they establish.
//!
//! Data flows one way, and the modules below stand in that order; none uses a later one (`tests/layers.rs` holds them to it).
//!
//! ```text
//! bytes -> ingest -> Article -> extract -> Findings -> cluster -> reconcile -> Brief -> report
//!                                                  -> register (statements)
//! ```
//!
//! The whole pipeline is three calls; everything between the first and the last is total and pure.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use rapporteur::{extract, reconcile, report};
//!
//! let model = language::Model::load(std::path::Path::new("en_core_web_sm-3.8.0"))?;
//! # let articles: Vec<rapporteur::ingest::Article> = Vec::new();
//! let read: Vec<_> = articles.into_iter().map(|article| {
//!     let findings = extract::extract(&model, &article);
//!     (article, findings)
//! }).collect();
//! let brief = reconcile::reconcile(&read);
//! print!("{}", report::text::brief(&brief, None, report::text::Style::default()));
//! # Ok(()) }
//! ```
#![forbid(unsafe_code)]

// One a paragraph: rustfmt sorts neighbours by alphabet, and this is the order of the pipeline.
pub mod error;

pub mod provenance;

pub mod knowledge;

pub mod ingest;

pub mod extract;

pub mod cluster;

pub mod second_reader;

pub mod reconcile;

pub mod register;

pub mod report;

#[cfg(test)]
mod testing;

pub use error::{Error, ErrorKind};
pub use language::Span;
