//! A second reader: what a language model that the user names makes of the articles, beside what the rules make of them.
//!
//! Pure: [`question`] says what to ask, [`answer`] looks through what came back, [`beside`] lays the two readings side by side; asking
//! is the caller's. A proposal counts only if its words stand in the article and its links and types are those of the contract. It is
//! shown as a proposal and never enters an account: no stage, status or grade rests on it.

mod answer;
mod ask;
mod beside;

use schemars::JsonSchema;
use serde::Serialize;

use crate::provenance::{ArticleId, Passage};

pub use answer::{Answer, answer};
pub use ask::question;
pub use beside::beside;

/// What a second reader proposes, and how it stands beside the first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SecondReading {
    /// The model's name as the user gave it.
    pub model: String,
    /// By article, then by place.
    pub proposals: Vec<Proposal>,
    /// What the rules read and the second reader does not propose, in the same order.
    pub not_proposed: Vec<NotProposed>,
    /// Articles that it did not read, and proposals that do not count, with why; by article.
    pub notes: Vec<ReaderNote>,
}

/// What a proposal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ProposalKind {
    Quotation,
    Stage,
    Candidate,
}

/// How a proposal stands beside the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The rules read the same.
    Agrees,
    /// The rules read these words differently.
    Differs,
    /// The rules read nothing there.
    Alone,
}

/// Something that the second reader proposes; its words stand in the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// What it is about.
    pub kind: ProposalKind,
    /// The words.
    pub words: Passage,
    /// What it makes of them: "Kazakhstan and the Abraham Accords: announced".
    pub says: String,
    /// How it stands beside the rules.
    pub standing: Standing,
    /// What the rules make of them, where they differ.
    pub first: Option<String>,
}

/// Something that only the rules read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotProposed {
    /// What it is about.
    pub kind: ProposalKind,
    /// The words.
    pub words: Passage,
    /// What the rules make of them.
    pub says: String,
}

/// Why an article was not read a second time, or a proposal does not count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[allow(missing_docs)]
pub struct ReaderNote {
    pub article: ArticleId,
    pub message: String,
}
