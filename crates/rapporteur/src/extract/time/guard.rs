//! What the reading must show before a pattern is a time: the month of May, not Mrs May; the year 2020, not 2020 troops.

use std::collections::BTreeSet;

use language::{Pos, Reading, Token};

use super::lex::{Class, Lexeme};
use super::rule::Match;
use super::tense::{Tense, tense};
use crate::extract::{Context, EntityKind};

/// Whether `data/en/times.tsv` may name that guard.
#[cfg(test)]
pub(super) fn is_guard(name: &str) -> bool {
    const NAMES: [&str; 13] = [
        "-",
        "name",
        "year",
        "nth",
        "noun",
        "noun_after",
        "nothing",
        "clock",
        "count",
        "now",
        "future",
        "glued",
        "lower",
    ];
    NAMES.contains(&name)
}

/// Whether the guard of its rule lets the match through.
pub(super) fn holds(found: &Match, lexemes: &[Lexeme], reading: &Reading, people: &BTreeSet<String>) -> bool {
    let (start, end) = (found.start(), found.end());
    let after = lexemes.get(end).and_then(|l| l.token(reading));
    let bare = end - start == 1;
    match found.rule.guard {
        "name" => !bare || (is_calendar_name(start, lexemes, reading) && !is_person(start, lexemes, people)),
        "year" => !bare || is_year(start, lexemes, reading),
        "nth" => after.is_none_or(|t| !matches!(t.pos(), Pos::Noun | Pos::Propn | Pos::Adj)),
        "noun" => {
            let season = found.captures.iter().rev().find(|(c, _)| *c == Class::Season).map(|(_, i)| *i);
            let at = season.unwrap_or(end - 1);
            let noun = |t: Token<'_>| matches!(t.pos(), Pos::Noun | Pos::Propn);
            // "the spring offensive" is another thing's name.
            let free = after.is_none_or(|t| t.text() != "of" && (t.pos() != Pos::Propn));
            lexemes.get(at).and_then(|l| l.token(reading)).is_some_and(noun) && free
        }
        "noun_after" => after.is_some_and(|t| matches!(t.pos(), Pos::Noun | Pos::Propn | Pos::Adj)),
        "nothing" => after.is_none_or(|t| matches!(t.pos(), Pos::Punct | Pos::Verb | Pos::Aux | Pos::Cconj)),
        "clock" => is_clock(found, lexemes),
        "count" => {
            let quarter = lexemes.get(end - 1).and_then(|l| l.value(Class::Unit)) == Some(7.0);
            // "three quarters of the troops".
            !quarter
        }
        // "USA Today", "Daily Mail".
        "lower" => {
            let capital = |l: Option<&Lexeme>| l.is_some_and(|l| l.capital);
            !capital(lexemes.get(start))
                || !(capital(lexemes.get(end)) || capital(start.checked_sub(1).and_then(|i| lexemes.get(i))))
        }
        // "now that the vote is over".
        "now" => after.is_none_or(|t| !t.text().eq_ignore_ascii_case("that")),
        "future" => lexemes.get(start).and_then(|l| l.token(reading)).is_some_and(|t| tense(t) == Tense::Future),
        "glued" => (start + 1..end).all(|i| lexemes.get(i).is_some_and(|l| l.glued || l.value(Class::Year).is_some())),
        _ => true,
    }
}

/// The months that are also people of the article: `may` where it speaks of Theresa May.
pub(super) fn people(context: Context<'_>) -> BTreeSet<String> {
    let entities = context.names.entities();
    let people = entities.iter().filter(|e| e.kind == EntityKind::Person);
    let names = people.flat_map(|e| e.name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>());
    names.filter(|n| super::rule::vocabulary(Class::Month, n).is_some()).collect()
}

/// Where somebody bears the month's name, the month needs a word of time before it.
fn is_person(at: usize, lexemes: &[Lexeme], people: &BTreeSet<String>) -> bool {
    const BEFORE: [&str; 12] =
        ["in", "by", "since", "until", "last", "next", "this", "early", "late", "mid", "before", "during"];
    let before = at.checked_sub(1).and_then(|i| lexemes.get(i)).map_or("", |l| l.word.as_str());
    lexemes.get(at).is_some_and(|l| people.contains(&l.word)) && !BEFORE.contains(&before)
}

/// A month or weekday that stands alone: no verb ("May I"), no person ("Theresa May", "April said").
fn is_calendar_name(at: usize, lexemes: &[Lexeme], reading: &Reading) -> bool {
    let Some(lexeme) = lexemes.get(at) else { return false };
    let Some(token) = lexeme.token(reading) else { return true };
    if matches!(token.pos(), Pos::Verb | Pos::Aux) || token.tag() == "MD" {
        return false;
    }
    let given_name = matches!(lexeme.word.as_str(), "may" | "april" | "june" | "august" | "march");
    if !given_name {
        return true;
    }
    let before = at.checked_sub(1).and_then(|i| lexemes.get(i));
    if lexeme.word == "march" && is_walk(at, lexemes, reading) {
        return false;
    }
    let named = before.is_some_and(|b| {
        b.capital && b.span.end + 1 == lexeme.span.start && b.token(reading).is_some_and(|t| t.pos() == Pos::Propn)
    });
    let acts =
        token.dep() == "nsubj" && token.head().is_some_and(|h| !matches!(h.lemma(), "be" | "see" | "bring" | "mark"));
    let owns = token.dep() == "poss" && token.entity_label() == Some("PERSON");
    let starts_name = lexemes
        .get(at + 1)
        .is_some_and(|n| n.capital && n.token(reading).is_some_and(|t| t.entity_label() == Some("PERSON")));
    !(named || acts || owns || starts_name || token.entity_label() == Some("PERSON"))
}

/// Four digits that count nothing.
fn is_year(at: usize, lexemes: &[Lexeme], reading: &Reading) -> bool {
    let Some(lexeme) = lexemes.get(at) else { return false };
    if !lexeme.value(Class::Year).is_some_and(|y| (1300.0..2100.0).contains(&y)) {
        return false;
    }
    let glued_after = lexemes.get(at + 1).is_some_and(|n| n.glued && n.word.starts_with(char::is_alphabetic));
    let odd_before = at.checked_sub(1).and_then(|i| lexemes.get(i)).is_some_and(|b| {
        b.value(Class::Currency).is_some()
            || b.word == "#"
            || (lexeme.glued && b.value(Class::Dash).is_some() && b.span.len() == 1 && at < 2)
    });
    let counts = lexeme.token(reading).is_some_and(|t| {
        t.dep() == "nummod" && t.head().is_some_and(|h| h.i > t.i && matches!(h.tag(), "NNS" | "NNPS"))
    });
    let introduced = at
        .checked_sub(1)
        .and_then(|i| lexemes.get(i))
        .is_some_and(|b| matches!(b.word.as_str(), "in" | "since" | "the" | "of"));
    !glued_after && !odd_before && (!counts || introduced && lexeme.value(Class::Year).is_some_and(|y| y >= 1900.0))
}

/// "10:30" needs "at" before it or "a.m." behind it; noon and midnight need nothing.
fn is_clock(found: &Match, lexemes: &[Lexeme]) -> bool {
    if found.end() - found.start() > 1 {
        return true;
    }
    let Some(lexeme) = lexemes.get(found.start()) else { return false };
    let before = found.start().checked_sub(1).and_then(|i| lexemes.get(i)).map_or("", |b| b.word.as_str());
    lexeme.value(Class::Clock).is_none()
        || matches!(before, "at" | "by" | "from" | "until" | "around" | "about" | "before" | "after")
}

/// "the March on Washington", "the Women's March": people on foot, not the month.
fn is_walk(at: usize, lexemes: &[Lexeme], reading: &Reading) -> bool {
    let before = at.checked_sub(1).and_then(|i| lexemes.get(i));
    let after = lexemes.get(at + 1);
    let word = |l: Option<&Lexeme>, words: &[&str]| l.is_some_and(|l| words.contains(&l.word.as_str()));
    let noun_after = after.and_then(|l| l.token(reading)).is_some_and(|t| t.pos() == Pos::Noun);
    let led = word(before, &["the", "a", "'s", "this", "their", "his", "her", "its"]);
    let capital = before.is_some_and(|b| {
        b.capital && b.value(Class::FullMonth).is_none() && !word(before, &["in", "by", "since", "last", "next"])
    });
    let goes = word(after, &["to", "on", "for", "against", "toward", "towards"]);
    let month_behind = goes && lexemes.get(at + 2).is_some_and(|l| l.value(Class::Month).is_some());
    ((led || capital) && !noun_after)
        || (goes && !month_behind && !word(before, &["in", "since", "by", "from", "until", "between", "last", "next"]))
}
