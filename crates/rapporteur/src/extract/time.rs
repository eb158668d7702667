//! When: the time expressions of an article and the days that they mean (TIMEX3).
//!
//! The words of each block (`lex`) are matched with the rules of `data/en/times.tsv` (`rule`, compiled by `pattern`), look-alikes are left alone (`guard`), and
//! what is left becomes days (`resolve` from the `parts` of a match, with the calendar in `calendar` and the governing verb in `tense`). A range gives two times, one
//! an end.

mod calendar;
mod guard;
mod lex;
mod parts;
mod pattern;
mod resolve;
mod rule;
pub(super) mod tense;

use std::collections::BTreeSet;

use jiff::civil::Date;
use language::Span;

use super::{Context, Precision, Time};
use crate::ingest::BlockKind;
use lex::{Class, Lexeme};
use rule::Match;

/// The times of an article in text order, never overlapping. Furniture is not read. What the words do not say has no days.
pub(super) fn find(context: Context<'_>) -> Vec<Time> {
    let article = context.article;
    let blocks = article.blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate);
    let people = guard::people(context);
    let read: Vec<(bool, Vec<Lexeme>, Vec<Match>)> = blocks
        .map(|block| {
            let lexemes = lex::lex(&article.text, block.span, context.reading);
            let found = rule::matches(&lexemes, &|m| guard::holds(m, &lexemes, context.reading, &people));
            (matches!(block.kind, BlockKind::Headline | BlockKind::Subhead), lexemes, found)
        })
        .collect();
    let document = article.published.as_ref().and_then(|p| date_of(&p.date));
    let mut clock = resolve::Clock::new(document, is_narrative(&read, document));
    let mut times = Vec::new();
    for (block, (heading, lexemes, found)) in read.iter().enumerate() {
        for (n, m) in found.iter().enumerate() {
            let follows = found.get(n + 1).and_then(|next| closes(m, next, lexemes));
            let place = resolve::Place { lexemes, reading: context.reading, block, heading: *heading, follows };
            for piece in 0..m.pieces.len() {
                let Some(span) = span_of(m.pieces[piece], lexemes) else { continue };
                if let Some(meaning) = clock.resolve(m, piece, place) {
                    times.push(time(span, m.rule.name, &meaning));
                }
            }
        }
    }
    times
}

/// The number that a word says: `six` is 6.
pub(super) fn number(word: &str) -> Option<f64> {
    rule::vocabulary(Class::Number, word).filter(|_| word.len() > 2)
}

fn time(span: Span, rule: &'static str, meaning: &resolve::Meaning) -> Time {
    let (from, to) = meaning.ends();
    let precision = meaning.precision.unwrap_or(Precision::Day);
    Time {
        span,
        from,
        to,
        precision,
        anchor: meaning.anchor,
        duration: meaning.duration.clone(),
        rule: rule.to_owned(),
    }
}

fn span_of(piece: (usize, usize), lexemes: &[Lexeme]) -> Option<Span> {
    let first = lexemes.get(piece.0)?;
    let last = lexemes.get(piece.1.checked_sub(1)?)?;
    Some(Span::new(first.span.start, last.span.end))
}

/// The day of publication; of a bare month or year none.
fn date_of(published: &str) -> Option<Date> {
    published.get(..10)?.parse().ok()
}

/// Whether the text tells of days long gone: most of its times are years before that of its
/// publication, and it names five years or
/// more. Without a day of publication: where it names five years or more.
fn is_narrative(read: &[(bool, Vec<Lexeme>, Vec<Match>)], document: Option<Date>) -> bool {
    let (mut old, mut all) = (0, 0);
    // "the 2016 election" told ten times makes no history.
    let mut years = BTreeSet::new();
    for (_, lexemes, found) in read {
        for m in found {
            all += usize::from(m.rule.meaning.contains(&"document"));
            for (class, i) in &m.captures {
                let year = lexemes.get(*i).and_then(|l| l.value(*class));
                if matches!(class, Class::Year | Class::Era) {
                    let before = i
                        .checked_sub(1)
                        .filter(|_| *class == Class::Era)
                        .and_then(|b| lexemes.get(b))
                        .and_then(|l| l.value(Class::Number));
                    years.extend(before.or(year).map(|y| y as i32));
                }
                match class {
                    Class::Era => old += 1,
                    Class::Year => {
                        old += usize::from(document.is_none_or(|d| year.is_some_and(|y| y < f64::from(d.year()))))
                    }
                    Class::FullWeekday => all += 1,
                    _ => {}
                }
                all += usize::from(matches!(class, Class::Era | Class::Year));
            }
        }
    }
    years.len() >= 5 && old >= 5 && old * 10 >= all * 7
}

/// Year and month of the next match, where it closes a range that this one opens without a year: "5 March to 9 April 1918".
fn closes(first: &Match, next: &Match, lexemes: &[Lexeme]) -> Option<(i16, i8)> {
    let between = lexemes.get(first.end()..next.start())?;
    let joined = match between {
        [one] => {
            one.value(Class::Dash).is_some() || matches!(one.word.as_str(), "and" | "to" | "until" | "through" | "or")
        }
        [one, the] => the.word == "the" && matches!(one.word.as_str(), "and" | "to"),
        _ => false,
    };
    let has = |m: &Match, wanted: &[Class]| m.captures.iter().find(|(c, _)| wanted.contains(c)).copied();
    let months = [Class::Month, Class::FullMonth];
    has(first, &months)?;
    if !joined || has(first, &[Class::Year]).is_some() {
        return None;
    }
    let value = |(class, i): (Class, usize)| lexemes.get(i).and_then(|l| l.value(class));
    Some((value(has(next, &[Class::Year])?)? as i16, value(has(next, &months)?)? as i8))
}

#[cfg(test)]
pub(super) mod tests;
