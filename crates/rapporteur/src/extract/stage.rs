//! How far a participant has got with an agreement: stage mentions, and what goes with them.
//!
//! A predicate of the table `data/en/stage_predicates.tsv` with its agreement and participants (`predicate`, `cast`), told as a
//! fact, a plan or a possibility (`outlook`, from [`super::factuality`]), gives an interval on the ladder
//! (`data/en/stage_intervals.tsv`). Markers cap it ("a signing ceremony will be announced": `marker`), and what comes to
//! nothing is turned down (`dashed`). Lists of states under
//! cues are members (`member`) or candidates (`candidate`); what a step depends on is a condition (`condition`).
//! Exemptions and measures put off are agreements of their own kind (`relief`).

mod candidate;
mod cast;
mod condition;
mod dashed;
mod foretold;
mod lexicon;
mod marker;
mod member;
mod outlook;
mod predicate;
mod relief;

use language::Span;

use super::{Candidate, Condition, Context, ForetoldStep, Member, StageMention};

/// Stage mentions and what goes with them, each in text order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stages {
    pub(crate) stages: Vec<StageMention>,
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) members: Vec<Member>,
    pub(crate) conditions: Vec<Condition>,
    /// Steps to come, each with the word that names it.
    pub(crate) foretold: Vec<(Span, ForetoldStep)>,
}

/// The agreement that an article is about, where it is about one.
pub(crate) fn main_agreement(context: Context<'_>) -> Option<&super::EntityId> {
    cast::main_agreement(context)
}

/// Whether a lemma plays a part in the language of being let off a measure: the parts of `data/en/relief_words.tsv`.
pub(crate) fn plays_in_relief(part: &str, lemma: &str) -> bool {
    lexicon::relief().has(part, lemma)
}

/// Whether a wording found by that rule asks to be let off a measure in one breath with a refusal to talk.
pub(crate) fn refuses_talks(rule: &str) -> bool {
    rule.starts_with(relief::TALKS_REFUSED)
}

/// Whether a noun names an agreement of some kind: "treaty", "deal".
pub(crate) fn names_agreement(lemma: &str) -> bool {
    lexicon::is_agreement_noun(lemma)
}

/// All wordings of an article that place a participant on the ladder of an agreement.
pub(crate) fn find(context: Context<'_>) -> Stages {
    let cast = cast::Cast::new(context);
    let steps = predicate::find(&cast);
    let mut stages: Vec<StageMention> = steps.iter().filter_map(|s| s.mention.clone()).collect();
    stages.extend(relief::find(&cast));
    if let Some(imposer) = relief::imposer(&cast) {
        stages.retain(|s| s.participant != imposer || !s.agreement.is_exemption());
    }
    stages.extend(marker::find(&cast, &stages));
    stages.extend(dashed::find(&cast, &stages));
    stages.sort_by_key(|s| (s.wording.start, s.wording.end, s.participant.clone()));
    stages.dedup_by(|b, a| {
        a.participant == b.participant
            && a.agreement == b.agreement
            && a.wording == b.wording
            && a.lo == b.lo
            && a.hi == b.hi
    });
    let members = member::find(&cast, &steps);
    let candidates = candidate::find(&cast, &steps, &members);
    stages.extend(candidate::mooted(&cast, &candidates, &stages));
    stages.sort_by_key(|s| (s.wording.start, s.wording.end, s.participant.clone()));
    let conditions = condition::find(&cast, &steps, &candidates);
    let foretold = foretold::find(&cast, &steps);
    Stages { stages, candidates, members, conditions, foretold }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod told_tests;
