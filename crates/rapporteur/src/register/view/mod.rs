//! What the register tells: views, each a pure function of the statements that stood on a day.
//!
//! [`Dossier`] is what the log holds on one agreement. From it come the agreement as it stood ([`AgreementView`]), every change with its
//! cause ([`history`]), what became of predictions ([`ForecastView`]). A [`Moment`] has both axes: *true when* and *known when*.

mod agreement;
mod conflict;
mod depositary;
mod difference;
mod dossier;
mod forecast;
mod foretold;
mod history;
mod letter;
mod lineage;
mod name;
mod overview;
mod participant;
mod ready;
mod search;
mod sweep;

pub use agreement::{AgreementView, CandidateView, ConditionView, MemberView, NamingView, SilenceView, agreement};
pub use conflict::{ConflictView, PositionView};
pub use depositary::{Act, Mark, Row as DepositaryRow, Table, Unread, depositary};
pub use difference::{DifferenceView, difference};
pub use dossier::{Article, Dossier, Judgement, state_id};
pub use forecast::{ForecastView, Outcome, forecasts};
pub use history::{CauseView, ChangeView, history, state_words};
pub use overview::{OverviewRow, StageRow, overview};
pub use participant::{OriginView, ParticipantView, RecordView, Since, VoiceView};
pub use ready::{foretold, page};
pub(in crate::register) use ready::{forget, forget_entities, forget_name};
pub use search::{Hit, Query, search};

use serde::{Deserialize, Serialize};

use super::statement::Recorded;
use crate::extract::Stage;
use crate::reconcile::stage::stage_words;

/// The point from which the register is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// True when: only what is told as true on or before this day. ISO 8601.
    pub as_of: Option<String>,
    /// Known when: as the register stood at the end of this day. ISO 8601.
    pub known_at: Option<String>,
}

/// An entity and what to call it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Named {
    pub id: String,
    pub name: String,
}

/// Words of an article, and the statement that they carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Cited {
    pub article: String,
    /// Code points, half-open.
    pub start: usize,
    pub end: usize,
    pub text: String,
    /// Identifier of the statement.
    pub statement: String,
    /// How the words stand to the depositary's record, where the register has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

impl Cited {
    fn of(recorded: &Recorded) -> Cited {
        let s = &recorded.statement;
        Cited {
            article: recorded.article.0.clone(),
            start: s.start,
            end: s.end,
            text: s.words.split_whitespace().collect::<Vec<_>>().join(" "),
            statement: recorded.id.clone(),
            mark: None,
        }
    }
}

/// One rung in a word: "in force".
fn rank_words(rank: u8) -> String {
    Stage::of_rank(rank).as_str().replace('_', " ")
}

/// A day as it sorts: `2020` is its first day, `2025-11` its first, `2025-11-06T14:00` that day.
fn first_day(date: &str) -> String {
    crate::knowledge::Day::first(date).map_or_else(|| date.to_owned(), |d| d.to_string())
}
