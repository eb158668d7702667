//! From news articles about the same diplomatic event to the record of what they establish.
//!
//! Data flows one way, and the modules below stand in that order; none uses a later one (`tests/layers.rs` holds them to it).
#![forbid(unsafe_code)]

pub mod error;
pub mod extract;
pub mod ingest;
pub mod knowledge;
pub mod provenance;
pub mod reconcile;
pub mod report;

pub use error::{Error, ErrorKind};
pub use language::Span;
