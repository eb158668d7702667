//! How far a claim may be believed: its status, its grade, and the card of reasons.

use serde::Serialize;

use crate::provenance::{ArticleId, Passage};

/// Something said, with whose word it is at the end of every chain.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Claim {
    /// `claim:` and a number; the main claim first.
    pub id: String,
    pub claim: String,
    /// `independent(n)`, `repeated(k)`, `single_source`, `contested`, `contradicted`, `stale`, `assessment`.
    pub status: String,
    pub origins: Vec<String>,
    pub articles: Vec<ArticleId>,
    pub spans: Vec<Passage>,
    /// STANAG 2511: a letter for the source, a digit for the information. `None` until judged.
    pub grade: Option<String>,
    pub reason: String,
    pub card: Card,
}

/// Why a claim has its status and grade.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Card {
    /// Origin by origin, the articles through which it reached us.
    pub origins: Vec<Reach>,
    /// Identifiers of the edges of dependence between the articles that tell it.
    pub dependence: Vec<String>,
    /// What speaks against it.
    pub against: Vec<Objection>,
    /// What would raise the grade, in words.
    pub would_raise: Vec<String>,
    /// What would be left without each origin: the grade is the lowest of them.
    pub without: Vec<Without>,
}

/// One origin of a claim, and who carried it here.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Reach {
    /// Identifier of the origin.
    pub origin: String,
    pub articles: Vec<ArticleId>,
    /// The articles among them that lean on others here or name no source, and so add nothing.
    pub repeating: Vec<ArticleId>,
}

/// Something that speaks against a claim.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Objection {
    pub what: String,
    pub spans: Vec<Passage>,
}

/// What a claim would be without one of its origins.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Without {
    pub origin: String,
    pub status: String,
    pub grade: String,
}
