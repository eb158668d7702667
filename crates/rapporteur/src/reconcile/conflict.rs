//! Positions that do not say the same, each with the words and a verdict.
//!
//! A contradiction needs two sides that are both certain, about the same thing, at overlapping times, and cannot both be true; what one
//! article leaves out is no conflict, and two titles that a person can hold at once are compatible. Each room compares one kind of value.

mod deal;
mod details;
mod enumeration;
mod light;
mod measure;
mod money;
mod number;
mod office;
mod polarity;
mod reason;
mod region;
mod set;
mod stage;
mod words;

pub(crate) use words::carries;

use super::frame::Frame;
use super::{
    CandidateAccount, Conflict, MemberAccount, Position, QuotationAccount, RoleAccount, StageAccount, Witness, align,
    gathered,
};
use crate::extract::EntityId;
use crate::provenance::Passage;

/// What the rooms compare: a story with what was established of it.
#[derive(Clone, Copy)]
pub(crate) struct Established<'a> {
    pub(crate) stages: &'a [StageAccount],
    pub(crate) members: &'a [MemberAccount],
    pub(crate) candidates: &'a [CandidateAccount],
    pub(crate) roles: &'a [RoleAccount],
    pub(crate) quotations: &'a [QuotationAccount],
}

/// All conflicts of a story with its clauses and those that tell of the same thing, the gravest verdict first.
pub(crate) fn compare(
    story: &[Witness<'_>],
    (clauses, groups): (&[align::Clause<'_>], &[Vec<usize>]),
    frame: &Frame,
    of: Established<'_>,
) -> Vec<Conflict> {
    let mut conflicts: Vec<Conflict> = stage::stages(story, of.stages);
    conflicts.extend(office::offices(story, of.roles));
    conflicts.extend(office::double(story, of.roles));
    conflicts.extend(set::lists(story, of.members));
    conflicts.extend(of.candidates.iter().flat_map(|c| set::naming(story, c)));
    conflicts.extend(set::unsourced(story, of.candidates));
    conflicts.extend(set::leavers(story));
    conflicts.extend(region::regions(story));
    conflicts.extend(number::numbers(clauses));
    conflicts.extend(number::forecasts(story));
    conflicts.extend(number::first_places(clauses));
    conflicts.extend(number::dates(clauses));
    conflicts.extend(polarity::polarity(clauses, groups));
    conflicts.extend(polarity::antonyms(clauses));
    conflicts.extend(polarity::denials(story));
    conflicts.extend(polarity::denied_at_large(story));
    conflicts.extend(polarity::expectations(story));
    conflicts.extend(polarity::named_as(story));
    conflicts.extend(measure::measures(story));
    conflicts.extend(deal::deals(story));
    conflicts.extend(enumeration::lists(story));
    conflicts.extend(enumeration::people(story));
    conflicts.extend(money::sums(story));
    conflicts.extend(reason::reasons(story));
    conflicts.extend(reason::refusals(story));
    conflicts.extend(words::quotations(story, of.quotations));
    conflicts.extend(words::announcers(story, frame.participant.as_ref()));
    conflicts.extend(words::steps(story));
    conflicts.extend(details::details(clauses, groups));
    conflicts.extend(light::judgements(story, frame));
    conflicts.extend(light::qualities(story, frame));
    conflicts.extend(light::names(story, frame));
    let key =
        |c: &Conflict| (c.verdict, c.kind, c.about.clone(), c.positions.first().and_then(|p| p.spans.first().cloned()));
    conflicts.sort_by_cached_key(key);
    conflicts
}

/// The name of an entity as the first article that has it gives it; the words of its identifier where none has.
fn name(story: &[Witness<'_>], id: &EntityId) -> String {
    let known = story.iter().flat_map(|w| &w.findings.entities).find(|e| e.id == *id);
    known.map_or_else(|| id.0.rsplit(':').next().unwrap_or(&id.0).replace('-', " "), |e| e.name.clone())
}

/// The names of entities as a list: "Estonia, Latvia".
fn list<'e>(story: &[Witness<'_>], ids: impl IntoIterator<Item = &'e EntityId>) -> String {
    ids.into_iter().map(|id| name(story, id)).collect::<Vec<_>>().join(", ")
}

fn position(value: String, spans: Vec<Passage>) -> Position {
    let (articles, spans) = gathered(spans);
    Position { value, articles, spans }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod wording_tests;
