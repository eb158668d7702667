//! Who and what a predicate speaks of: the participants and the agreement.

mod actor;
mod instrument;

use language::{Span, Token};

use super::super::name::Mention;
use super::super::role::reference_day;
use super::super::title::titles;
use super::super::{Context, EntityId, EntityKind};
use super::relief;
use crate::knowledge::{Day, Tenure, knowledge};
pub(super) use instrument::{is_in_heading, is_no_agreement, main_agreement, topics};

/// A participant and the token that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Actor {
    pub(super) id: EntityId,
    pub(super) span: Span,
    /// Token index.
    pub(super) at: usize,
}

/// What stands where the agreement should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Instrument {
    /// An agreement, with the words that name it.
    Named(EntityId, Span),
    /// Something else: "the call", "the discussion".
    Other,
}

/// The article with its one agreement, where it has one.
#[derive(Clone, Copy)]
pub(super) struct Cast<'a> {
    pub(super) context: Context<'a>,
    pub(super) main: Option<&'a EntityId>,
    /// The measure that it says states are let off, where it dwells on one.
    pub(super) relief: Option<&'static str>,
    /// By which day a person acts for a state.
    pub(super) day: Day,
}

impl<'a> Cast<'a> {
    pub(super) fn new(context: Context<'a>) -> Cast<'a> {
        let titles = titles(context.reading, context.names);
        let day = reference_day(context.article, context.names, &titles).day;
        // An article on who is let off a measure names agreements in passing.
        let relief = relief::measure_of(context);
        Cast { context, main: main_agreement(context).filter(|_| relief.is_none()), relief, day }
    }

    pub(super) fn mention(&self, token: Token<'_>) -> Option<&'a Mention> {
        self.context.names.mention_at(token.i)
    }

    pub(super) fn words(&self, span: Span) -> &'a str {
        span.of(&self.context.article.text)
    }

    /// The state that the token names, by itself or by an office; `None` for all else.
    pub(super) fn state_at(&self, token: Token<'_>) -> Option<EntityId> {
        let mention = self.mention(token)?;
        let entity = self.context.names.entity_of(mention);
        match entity.kind {
            EntityKind::State => Some(entity.id.clone()),
            EntityKind::Person => self.state_led_by(&entity.id),
            EntityKind::Organisation => {
                let body = knowledge().organisation(&entity.id.0)?;
                // A party or a movement is not its state.
                let speaks = matches!(body.kind, "agency" | "parliament" | "ministry" | "government" | "bank");
                match body.state.filter(|s| speaks && knowledge().state(s).is_some()) {
                    Some(state) => Some(EntityId::state(state)),
                    None => is_union(&entity.id).then(|| entity.id.clone()),
                }
            }
            _ => None,
        }
    }

    /// The state that a person of the table served last, or at the article's date.
    pub(super) fn state_of_person(&self, id: &EntityId) -> Option<EntityId> {
        let id = id.0.strip_prefix("person:")?;
        let person = knowledge().person(id)?;
        person.state.filter(|s| knowledge().state(s).is_some()).map(EntityId::state)
    }

    /// The state for which a person signs, joins, leaves: of one who leads or led it, or is its minister or envoy at the article's
    /// date. A senator, a candidate and a former minister act for themselves.
    pub(super) fn state_led_by(&self, id: &EntityId) -> Option<EntityId> {
        let state = self.state_of_person(id)?;
        let known = knowledge();
        let acts = |t: &Tenure| {
            let level = known.role(t.office).map_or("", |r| r.level);
            match level {
                "head_of_state" | "head_of_government" | "royal" => t.from.is_none_or(|from| from <= self.day),
                "minister" | "envoy" => t.covers(self.day),
                _ => false,
            }
        };
        let tenures = || known.tenures_of(id.0.strip_prefix("person:").unwrap_or(""));
        // Who leads an international body speaks for it.
        let body = tenures().any(|t| t.covers(self.day) && known.role(t.office).is_some_and(|r| r.level == "org_head"));
        (!body && tenures().any(acts)).then_some(state)
    }

    /// "SINGAPORE -- Fifteen countries signed": the place of a dateline that stands in the line.
    pub(super) fn is_place_of_report(&self, actor: &Actor) -> bool {
        let mut blocks = self.context.article.blocks.iter();
        let first = blocks.any(|b| b.span.start == actor.span.start);
        let reading = self.context.reading;
        let after = reading.tokens_in(actor.span).next_back().and_then(|i| reading.get(i + 1));
        first && after.is_some_and(|t| matches!(t.text(), "-" | "--" | "—" | "–"))
    }

    /// The state, or union of states, that a modifier names, adjectives included: "the EU tariffs", "Canadian steel".
    pub(super) fn plain_state(&self, token: Token<'a>) -> Option<Actor> {
        let id = self.state_at(token).filter(|_| self.mention(token).is_some())?;
        let span = self.mention(token).map_or(token.span(), |m| m.span);
        Some(Actor { id, span, at: token.i })
    }

    fn plain(&self, token: Token<'a>) -> Option<Actor> {
        let mention = self.mention(token)?;
        let entity = self.context.names.entity_of(mention);
        let state = matches!(entity.kind, EntityKind::State);
        state.then(|| Actor { id: entity.id.clone(), span: mention.span, at: token.i })
    }
}

/// A union of states that is itself party to agreements.
fn is_union(id: &EntityId) -> bool {
    matches!(id.0.as_str(), "org:eu" | "org:european-union" | "org:african-union" | "org:asean")
}

/// "the pact", "this initiative", "his accords".
pub(super) fn is_definite(token: Token<'_>) -> bool {
    token.children().any(|c| match c.dep() {
        "det" => matches!(c.lemma(), "the" | "this" | "these" | "that" | "those"),
        "poss" => true,
        _ => false,
    })
}
