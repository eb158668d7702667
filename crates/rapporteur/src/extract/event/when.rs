//! When an act took place: the words of time that belong to it, and the days that they mean.
//!
//! The words belong to the first predicate or act above them: in "said on Monday that rebels had attacked the port on Sunday" the attack has
//! Sunday. Verbs in a row share what stands before the first or behind the last of them. An act told twice has one day.

use std::collections::BTreeMap;

use language::{Pos, Token};

use super::super::{Context, EntityId, Event, EventDate, Precision, Realis, Time};
use super::lexicon::lexicon;

/// A chain of governors longer than this is a parse gone wrong.
const HIGHEST: usize = 12;

/// The times of an article by the predicates that they belong to.
pub(super) struct When<'a> {
    /// Place of the governor, then the times and the place of their words, in text order.
    of: BTreeMap<usize, Vec<(usize, &'a Time)>>,
}

impl<'a> When<'a> {
    pub(super) fn new(context: Context<'_>, times: &'a [Time]) -> When<'a> {
        let mut of: BTreeMap<usize, Vec<(usize, &Time)>> = BTreeMap::new();
        for time in times {
            let tokens = context.reading.tokens_in(time.span);
            // "for five years" says no day.
            if tokens.is_empty() || time.duration.is_some() && time.from.is_none() {
                continue;
            }
            if let Some(head) = context.reading.head_of(tokens)
                && let Some(governor) = governor(head, time.precision)
            {
                of.entry(governor.i).or_default().push((head.i, time));
            }
        }
        When { of }
    }

    /// The day of an act with its predicate and the acts within it; `None` where no words say it.
    pub(super) fn date(&self, token: Token<'_>, inner: &[usize]) -> Option<EventDate> {
        let own = std::iter::once(token.i).chain(inner.iter().copied()).find_map(|i| self.best(i, |_| true));
        // "held talks on Monday": the words hang on the verb of the noun.
        let verb = || {
            let verb = token.ancestors().take(3).find(|a| matches!(a.pos(), Pos::Verb | Pos::Aux))?;
            let is_noun = matches!(token.pos(), Pos::Noun | Pos::Propn);
            if is_noun && lexicon().is_light(verb) { self.best(verb.i, |_| true) } else { None }
        };
        own.or_else(verb).or_else(|| self.shared(token)).map(dated)
    }

    /// What verbs in a row share.
    fn shared(&self, token: Token<'_>) -> Option<&'a Time> {
        let row: Vec<usize> = token.conjuncts().into_iter().map(|c| c.i).collect();
        let (first, last) = (row.iter().min()?, row.iter().max()?);
        let wide = |at: usize| at < *first || at > *last;
        row.iter().filter(|i| **i != token.i).find_map(|i| self.best(*i, wide))
    }

    /// Of the times of a governor the one that says its days, the finest, the nearest.
    fn best(&self, governor: usize, fits: impl Fn(usize) -> bool) -> Option<&'a Time> {
        let times = self.of.get(&governor)?.iter().filter(|(at, _)| fits(*at));
        times.min_by_key(|(at, t)| (t.from.is_none(), t.precision, at.abs_diff(governor))).map(|(_, time)| *time)
    }
}

/// The first verb or noun of an act above the words. A year that belongs to a noun ("the 2016 election", "the scandal in 1972") dates that and
/// not what is done about it; a day after a noun is most often the verb's ("met the president on Monday").
fn governor(head: Token<'_>, precision: Precision) -> Option<Token<'_>> {
    let mut below = head;
    for above in head.ancestors().take(HIGHEST) {
        let modifies = matches!(below.dep(), "compound" | "nummod" | "amod" | "nmod" | "poss");
        match above.pos() {
            Pos::Verb | Pos::Aux if !matches!(above.dep(), "aux" | "auxpass" | "amod" | "compound") => {
                return Some(above);
            }
            Pos::Noun | Pos::Propn => {
                if !lexicon().noun(&super::frame::lemma(above)).is_empty() {
                    return Some(above);
                }
                if modifies && above.entity() != head.entity() || precision > Precision::Week {
                    return None;
                }
            }
            _ => {}
        }
        below = above;
    }
    None
}

fn dated(time: &Time) -> EventDate {
    EventDate { from: time.from.clone(), to: time.to.clone(), precision: Some(time.precision), span: Some(time.span) }
}

/// Gives the day of an act to where it is told without one: the same type and sides, done in fact, and one day only.
pub(super) fn spread(events: &mut [Event]) {
    type Act = (&'static str, Vec<EntityId>, Vec<EntityId>);
    let act = |e: &Event| -> Act { (e.plover.as_str(), e.actors.clone(), e.recipients.clone()) };
    // `None`: on several days.
    let mut told: BTreeMap<Act, Option<EventDate>> = BTreeMap::new();
    let in_fact = |e: &Event| e.realis == Realis::Actual && !(e.actors.is_empty() && e.recipients.is_empty());
    for event in events.iter().filter(|e| in_fact(e)) {
        if let Some(date) = event.date.as_ref().filter(|d| d.from.is_some()) {
            let one = told.entry(act(event)).or_insert_with(|| Some(date.clone()));
            if one.as_ref().is_some_and(|o| (&o.from, &o.to) != (&date.from, &date.to)) {
                *one = None;
            }
        }
    }
    for event in events.iter_mut().filter(|e| e.date.is_none() && e.realis == Realis::Actual) {
        event.date = told.get(&act(event)).cloned().flatten();
    }
}
