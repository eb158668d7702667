//! Words that two articles share: passage by passage, with what kind of words they are.
//!
//! Quotations, names and titles, and furniture are masked before anything is called running text: that two articles quote the same
//! sentence says that they had the same speaker, not that one copied the other.

use schemars::JsonSchema;
use serde::Serialize;

use crate::provenance::Passage;

/// Two passages of the same words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reuse {
    /// The passage in the article whose identifier comes first.
    pub a: Passage,
    /// The passage in the other.
    pub b: Passage,
    /// How many words they share.
    pub words: usize,
    /// What the words are.
    pub kind: ReuseKind,
}

/// What shared words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReuseKind {
    /// The article's own prose.
    RunningText,
    /// Somebody's words in both.
    Quotation,
    /// Names and titles.
    Name,
}
