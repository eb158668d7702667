//! Which times belong to what is foretold: those of its clause that lie ahead, not those of something beside it.

use jiff::civil::Date;
use language::{Pos, Span, Token};

use super::super::{Context, Precision, Time};
use super::extent::{clause, governor};
use super::{Foreseen, is_cue, quantity, window};

/// Whether a time is a day, a week or a month of the calendar, not one behind and no length.
pub(super) fn is_dated(time: &Time) -> bool {
    let behind = ["last", "ago", "today", "yesterday", "past", "earlier", "previous"];
    matches!(time.precision, Precision::Day | Precision::Week | Precision::Month)
        && time.duration.is_none()
        && !behind.iter().any(|word| time.rule.contains(word))
}

/// The preposition before a time, with an article or adjective between: "for a final 30 days".
pub(super) fn preposition<'a>(time: &Time, context: Context<'a>) -> Option<&'a str> {
    let first = context.reading.token_at(time.span.start)?.i;
    let before = context.reading.range(first.saturating_sub(3)..first + 1).rev();
    let mut words =
        before.skip_while(|t| t.i == first && t.pos() != Pos::Adp || matches!(t.pos(), Pos::Det | Pos::Adj));
    words.next().filter(|t| t.dep() == "prep" || matches!(t.pos(), Pos::Adp | Pos::Sconj)).map(Token::text)
}

/// Whether a day or its like to come stands in the clause.
pub(super) fn is_timed(verb: Token<'_>, times: &[Time], context: Context<'_>) -> bool {
    let inner = inside(times, context.reading.span(clause(verb)));
    let before = |t: &Time| {
        matches!(preposition(t, context), Some("within" | "Within" | "by" | "By" | "before" | "Before" | "in" | "In"))
    };
    let past = |t: &Time| matches!(t.precision, Precision::Present | Precision::Past);
    inner.iter().any(|t| window::is_ahead(t) || before(t) && !past(t))
}

pub(super) fn is_counted(verb: Token<'_>, times: &[Time], context: Context<'_>) -> bool {
    let range = clause(verb);
    quantity::of(context.reading, range.clone(), inside(times, context.reading.span(range))).is_some()
}

/// Whether a time is the day of a past act inside the clause: "will join, according to an announcement that he made on Thursday".
pub(super) fn is_past(time: &Time, seen: &Foreseen<'_>, context: Context<'_>) -> bool {
    let verb = context.reading.token_at(time.span.start).and_then(governor);
    verb.is_some_and(|v| matches!(v.tag(), "VBD" | "VBN") && v.i != seen.predicate.i && v.i != seen.clause.i)
}

/// Whether a time belongs to something else than what is foretold: "the 2016 election", "since May", "and could start in June".
pub(super) fn is_aside(time: &Time, seen: &Foreseen<'_>, context: Context<'_>) -> bool {
    let words = context.reading.tokens_in(time.span);
    let Some(head) = context.reading.head_of(words.clone()) else { return false };
    let of_noun = matches!(head.dep(), "compound" | "nummod" | "amod" | "nmod" | "poss")
        && head.head().is_some_and(|n| n.pos() == Pos::Noun && !words.contains(&n.i));
    let year = time.precision == Precision::Year || time.precision == Precision::Future;
    let since = preposition(time, context).is_some_and(|p| p.eq_ignore_ascii_case("since"));
    let possible = governor(head).is_some_and(|v| {
        let may = v.auxiliaries().any(|a| a.tag() == "MD" && is_cue("possible", &a.text().to_lowercase()));
        may && v.i != seen.predicate.i && v.i != seen.clause.i
    });
    // "Friday's announcement will", "the request to suspend it in June": of the noun.
    let of_owner = head.dep() == "poss";
    let of_act =
        governor(head).is_some_and(|v| v.i != seen.predicate.i && v.dep() == "acl" && matches!(v.tag(), "VB" | "VBG"));
    // "The visit will follow a summit on July 11": the summit's day.
    let of_other = matches!(seen.predicate.lemma(), "follow" | "precede")
        && seen.predicate.child("dobj").is_some_and(|o| o.i < words.start);
    of_noun && year || since || possible || of_owner || of_act || of_other
}

/// The times that lie in a span.
pub(super) fn inside(times: &[Time], span: Span) -> &[Time] {
    let first = times.partition_point(|t| t.span.start < span.start);
    let last = times.partition_point(|t| t.span.start < span.end);
    &times[first..last.max(first)]
}

pub(super) fn starts_after(time: &Time, document: Date) -> bool {
    time.from.as_deref().and_then(|d| d.get(..10)?.parse::<Date>().ok()).is_some_and(|d| d > document)
}

pub(super) fn ends_after(time: &Time, document: Date) -> bool {
    time.to.as_deref().and_then(|d| d.get(..10)?.parse::<Date>().ok()).is_some_and(|d| d > document)
}
