//! How far a participant has got with an agreement.

use super::{Candidate, Condition, Context, Member, StageMention};

/// Stage mentions and what goes with them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stages {
    pub(crate) stages: Vec<StageMention>,
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) members: Vec<Member>,
    pub(crate) conditions: Vec<Condition>,
}

/// All wordings of an article that place a participant on the ladder of an agreement.
pub(crate) fn find(_context: Context<'_>) -> Stages {
    Stages::default()
}
