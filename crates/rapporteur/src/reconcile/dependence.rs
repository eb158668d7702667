//! Which article leans on which other, or on a parent outside the story: evidence first, then the level that it carries.

use schemars::JsonSchema;
use serde::Serialize;

use crate::provenance::{ArticleId, Passage};

/// How an article stands to another article, or to an outlet, an agency or a document outside the story.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Dependence {
    /// `dependence:` and a number, in the order of the list.
    pub id: String,
    /// The one that leans, where `directed`.
    pub from: ArticleId,
    /// An article of the story, else an origin; `None` where the common parent is not known.
    pub to: Option<String>,
    pub level: Level,
    pub directed: bool,
    /// The heaviest first; what speaks against has a negative weight.
    pub evidence: Vec<Evidence>,
}

/// How much one leans on the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Level {
    Copied,
    Derived,
    CommonSource,
    Incidental,
    Independent,
    Unknown,
}

impl Level {
    /// The word in output: `common_source`.
    pub fn as_str(self) -> &'static str {
        ["copied", "derived", "common_source", "incidental", "independent", "unknown"][self as usize]
    }
}

/// One thing that speaks for or against dependence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// What it is.
    pub kind: EvidenceKind,
    /// -1 to 1; 1 decides alone.
    pub weight: f64,
    /// What a person reads: "credits Reuters".
    pub words: String,
    /// Where it stands.
    pub spans: Vec<Passage>,
}

/// Kinds of evidence of dependence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// "as X reports", "(AP)", "told X".
    Credit,
    /// Share of one article's own prose that stands in the other.
    Coverage,
    /// Rare pairs of words in both.
    RareWords,
    /// The same four or more things listed in the same order.
    ListOrder,
    /// The same three or more quotations in the same order.
    QuotationOrder,
    /// The same mistake.
    SharedError,
    /// Everything that one has stands in the other, which has more.
    Superset,
    /// One came out before the other.
    Time,
    /// Against: a place and day of its own.
    OwnDateline,
    /// Against: a reporter of its own.
    OwnByline,
    /// Against: somebody who spoke to this outlet.
    OwnInterview,
}
