//! What one article says: names, roles, quotations, predicates, stages, members, candidates, conditions, times, predictions.

pub(crate) mod assessment;
pub mod attribution;
mod clause;
pub mod coreference;
mod domain;
pub mod event;
pub mod factuality;
pub mod finding;
mod fold;
mod gazetteer;
mod link;
mod metonymy;
pub mod name;
mod opinion;
mod prediction;
pub(crate) mod proposition;
pub mod quotation;
pub mod role;
mod sentence;
pub mod stage;
mod time;
mod title;
mod unknown;

pub use finding::*;
pub(crate) use prediction::{NO_TEST, PUT_OFF};
pub use proposition::{Amount, Argument, Bound, Placement, Proposition};

use language::{Model, Reading, Unit};

use crate::ingest::{Article, BlockKind};

/// One article being read: what every rule may look at.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) article: &'a Article,
    pub(crate) reading: &'a Reading,
    pub(crate) names: &'a name::Names,
    /// Empty while the quotations themselves are being found.
    pub(crate) quotations: &'a [Quotation],
}

/// Whether a word in small letters is a number written out: "twelve".
pub(crate) fn number_word(word: &str) -> bool {
    time::number(word).is_some()
}

/// The findings of one article. Total and pure: the same article and model give the same findings.
pub fn extract(model: &Model, article: &Article) -> Findings {
    let reading = read(model, article);
    let mut names = name::find(article, &reading);
    coreference::resolve(article, &reading, &mut names);
    let context = Context { article, reading: &reading, names: &names, quotations: &[] };
    let (quotations, notes) = quotation::find(context);
    let context = Context { quotations: &quotations, ..context };
    let roles = role::find(context);
    let stages = stage::find(context);
    let predicates = factuality::find(context);
    let times = time::find(context);
    let events = event::find(context, &times, &roles);
    let mut entities = names.entities();
    entities.extend(events.sectors);
    let predictions = prediction::find(context, &times, &stages.foretold);
    let judging = opinion::hits(context);
    let sentences = sentence::find(context, &judging);
    let said = proposition::find(context, &predicates, &times);
    Findings {
        assessments: assessment::find(context, &judging, &sentences),
        domains: domain::find(context),
        sentences,
        entities,
        roles,
        quotations: quotations.clone(),
        events: events.events,
        stages: stages.stages,
        candidates: stages.candidates,
        members: stages.members,
        conditions: stages.conditions,
        predictions,
        times,
        predicates,
        propositions: said.propositions,
        placements: said.placements,
        credits: attribution::credits(context),
        clauses: clause::find(&reading),
        notes,
    }
}

/// The reading of an article: a unit a block; furniture is not read; headlines have their title case undone.
pub fn read(model: &Model, article: &Article) -> Reading {
    let units: Vec<Unit> = article
        .blocks
        .iter()
        .filter(|b| b.kind != BlockKind::Boilerplate)
        .map(|b| Unit { span: b.span, heading: matches!(b.kind, BlockKind::Headline | BlockKind::Subhead) })
        .collect();
    model.read(&article.text, &units)
}
