//! What is foretold, merged over the articles: one prediction of one forecaster is one entry, however many articles carry it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::extract::{Holder, Precision};
use crate::provenance::{ArticleId, Passage};

/// Something said to come, and whether it can be checked.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct PredictionAccount {
    /// The forecaster.
    pub holder: Holder,
    /// The fullest wording.
    pub text: Passage,
    /// Lowest and highest number that it gives.
    pub quantity: Option<[f64; 2]>,
    pub horizon: Option<HorizonAccount>,
    /// The words of an if-clause or its like.
    pub condition: Option<Passage>,
    pub checkable: bool,
    /// Why it cannot be checked.
    pub why: Option<String>,
    pub state: PredictionState,
    pub articles: Vec<ArticleId>,
    /// All wordings, the fullest included.
    pub spans: Vec<Passage>,
}

/// The window of a prediction.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct HorizonAccount {
    /// First and last day, ISO 8601.
    pub from: Option<String>,
    pub to: Option<String>,
    pub precision: Precision,
    pub words: Option<Passage>,
}

/// What has become of a prediction, as far as these articles tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PredictionState {
    Open,
    Met,
    PartlyMet,
    Missed,
    Overtaken,
    Void,
    NotCheckable,
}
