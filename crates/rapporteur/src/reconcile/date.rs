//! When the event took place: the days that all the articles together leave possible.
//!
//! Where an article has a date, or its words name the day, that is the answer. Else every clue in any article leaves some days out: the
//! weekday on which it was announced, offices held (the dated table), years that have passed, a dateline without its year, a visit that
//! one article puts on a day and another "later this month". What is left is a set, and each clue stands beside it with its words.

mod clue;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use language::Span;
use serde::Serialize;

use super::Witness;
use super::frame::Frame;
use crate::knowledge::{Day, calendar, knowledge};
use crate::provenance::Passage;
use clue::{Bound, Clue};

/// When it happened: the days that remain possible, and why.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs)]
pub struct DateAccount {
    /// In order, never touching; empty where nothing bounds the day on both sides.
    pub possible: Vec<Days>,
    /// One sentence.
    pub reason: String,
    /// What each stretch of words leaves possible, in the order in which they were applied.
    pub reasons: Vec<DateReason>,
}

/// First and last day, both included, ISO 8601.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Days {
    pub from: String,
    pub to: String,
}

/// One bound on the day, and the words that it rests on.
#[derive(Clone, Debug, Serialize)]
pub struct DateReason {
    /// "a Thursday"; "before 18 November".
    pub what: String,
    /// The words; empty where the dated table of offices says it.
    pub spans: Vec<Passage>,
}

/// Said where nothing but the end of the dated tables bounds the days.
pub(crate) const NO_END: &str = "a later year is not ruled out";

/// Stretches of days that are listed; of more the first and the last day stand for all.
const LISTED: usize = 12;
/// Reasons that a sentence holds.
const REASONS: usize = 3;
/// Days after which a day named is what went before, not the news.
const NEWS: i32 = 10;
/// Years that are gone through day by day.
const YEARS: i16 = 120;

/// The days that a story leaves possible.
pub(crate) fn of(story: &[Witness<'_>], frame: &Frame) -> DateAccount {
    if let Some(told) = told(story, frame) {
        return told;
    }
    let clues = clue::find(story, frame);
    let mut kept: Vec<&Clue> = Vec::new();
    let mut days: Option<Vec<Date>> = None;
    // A clue that leaves nothing of what the others leave is wrong or is not of this event.
    for clue in &clues {
        // Who is called president of an earlier day speaks of that day.
        let fits = |day: &Date| clue.bound.allows(*day);
        if !clue.sure && days.as_deref().is_some_and(|days| !days.iter().any(fits)) {
            continue;
        }
        let mut tried = kept.clone();
        tried.push(clue);
        match within(&tried) {
            Some(left) if left.is_empty() || (clue.sure && Some(&left) == days.as_ref()) => {}
            left => {
                kept = tried;
                days = left;
            }
        }
    }
    // A dateline that leaves its own day or the one before is of no earlier day.
    let near = kept.iter().position(|c| matches!(c.bound, clue::Bound::UpTo { back: 6, .. }));
    let near = near.and_then(|i| Some((i, kept[i].nearer()?)));
    if let Some((i, near)) = near.as_ref().filter(|_| days.as_ref().is_some_and(|days| days.len() > 1)) {
        let mut tried = kept.clone();
        tried[*i] = near;
        if let Some(left) = within(&tried).filter(|left| !left.is_empty()) {
            (kept, days) = (tried, Some(left));
        }
    }
    kept = needed(kept, days.as_deref());
    let told = |c: &&Clue| DateReason { what: c.in_words(days.as_deref()), spans: c.spans.clone() };
    let mut reasons: Vec<DateReason> = kept.iter().map(told).collect();
    let reach = knowledge().newest_tenure().filter(|_| open_ended(&kept) && days.is_some());
    // The end of a table is no bound of an event; the end of an office that is named is one.
    let reach = reach.filter(|_| kept.iter().all(|c| c.bound.last().is_none()));
    reasons.extend(reach.map(|_| DateReason { what: NO_END.to_owned(), spans: Vec::new() }));
    // A sentence holds so much; the rest stands among the reasons.
    let known: Vec<&str> = reasons[..kept.len()].iter().map(|r| r.what.as_str()).take(REASONS).collect();
    let signed = |w: &Witness<'_>| w.article.dateline.as_ref().is_some_and(|d| d.date.is_some());
    let dated = match (story.len(), story.iter().any(signed)) {
        (1, false) => "the article is not dated",
        (1, true) => "its dateline names no year",
        (_, false) => "no article is dated",
        (_, true) => "no dateline names its year",
    };
    let Some(days) = days.filter(|d| !d.is_empty()) else {
        let known = if known.is_empty() { String::new() } else { format!("; known is: {}", known.join("; ")) };
        return DateAccount { possible: Vec::new(), reason: format!("{dated}{known}"), reasons };
    };
    let stretches = stretches(&days);
    let possible = match &stretches[..] {
        [first, .., last] if stretches.len() > LISTED => vec![Days { from: first.from.clone(), to: last.to.clone() }],
        _ => stretches,
    };
    DateAccount { possible, reason: format!("{dated}; {}", known.join("; ")), reasons }
}

/// First and last of the days from `from` to `to`, both included, that the weekday and the dateline of an undated story allow; what is
/// told under a dateline is at most so many days old, for a weekday is named of the days just past. `None` where no day is left.
pub(crate) fn allowed(story: &[Witness<'_>], frame: &Frame, from: Day, to: Day) -> Option<(Day, Day)> {
    const FRESH: i32 = 4;
    let clues: Vec<Bound> = clue::find(story, frame)
        .into_iter()
        .filter_map(|c| match c.bound {
            Bound::UpTo { month, day, back } if back < NEWS => Some(Bound::UpTo { month, day, back: back.min(FRESH) }),
            Bound::Weekdays(_) => Some(c.bound),
            _ => None,
        })
        .collect();
    let (first, last) = (date(from.year, from.month, from.day)?, date(to.year, to.month, to.day)?);
    if !clues.iter().any(Bound::is_yearly) {
        return Some((from, to));
    }
    let mut days = first.series(1.day()).take_while(|d| *d <= last).filter(|d| clues.iter().all(|c| c.allows(*d)));
    let first = days.next()?;
    let last = days.last().unwrap_or(first);
    Some((Day::first(&first.to_string())?, Day::first(&last.to_string())?))
}

/// The day as the articles' own dates and words give it: the day that most main events are told of, else the day of the earliest
/// article and the day before. `None` where nothing is dated.
fn told(story: &[Witness<'_>], frame: &Frame) -> Option<DateAccount> {
    let earliest = story.iter().filter_map(clue::published).min();
    // A day to come is not the day of what is told, nor is one long past.
    let news = |from: Date| earliest.is_none_or(|first| from <= first && days_between(from, first) < NEWS);
    let named = |opening: bool| {
        let mut days: BTreeMap<(Date, Date), Vec<Passage>> = BTreeMap::new();
        for witness in story {
            for (from, to, span) in clue::event_days(witness, frame, opening).into_iter().filter(|d| news(d.0)) {
                days.entry((from, to)).or_default().push(witness.passage(span));
            }
        }
        days
    };
    // One article tells its news first.
    let opens = earliest.is_some() && story.len() == 1;
    let mut days = named(opens);
    if days.is_empty() && earliest.is_some() {
        days = named(!opens);
    }
    let articles = |spans: &Vec<Passage>| super::gathered(spans.clone()).0.len();
    let best = days.iter().max_by_key(|((from, to), spans)| {
        let apart = earliest.map_or(0, |first| days_between(*from, first).abs());
        (articles(spans), std::cmp::Reverse(apart), std::cmp::Reverse((*to, *from)))
    });
    if let Some((_, spans)) = best.filter(|(_, spans)| days.len() > 1 && articles(spans) == 1) {
        // Each names another: nothing says which of them is the event's.
        let day = |(from, to): &(Date, Date)| Days { from: from.to_string(), to: to.to_string() };
        let reasons = days.iter().map(|((from, _), spans)| DateReason { what: written(*from), spans: spans.clone() });
        let reason =
            format!("{} articles name as many days", days.values().map(articles).sum::<usize>().max(spans.len()));
        return Some(DateAccount { possible: days.keys().map(day).collect(), reason, reasons: reasons.collect() });
    }
    if let Some(((from, to), spans)) = best {
        // Who names that day of something that went before names it as well.
        let others = story.iter().filter(|w| spans.iter().all(|s| s.article != w.article.id));
        let elsewhere = others.filter_map(|w| Some(w.passage(clue::names_day(w, *from, *to)?)));
        let spans: Vec<Passage> = spans.iter().cloned().chain(elsewhere).collect();
        let (n, all) = (articles(&spans), story.len());
        // Of an article with a date a day that is still to come is not taken at all.
        let said = |s: &Passage| story.iter().any(|w| w.article.id == s.article && clue::is_still_ahead(w, s.span));
        let ahead = earliest.is_none() && spans.iter().any(said);
        let ahead = if ahead { ", still to come when it was written" } else { "" };
        let reason = match (n, all) {
            (_, 1) => format!("the article says the day{ahead}"),
            _ => format!("{n} of {all} articles name{} the day{ahead}", if n == 1 { "s" } else { "" }),
        };
        let what = if from == to { written(*from) } else { format!("{} to {}", written(*from), written(*to)) };
        let spans = super::gathered(spans).1;
        let possible = vec![Days { from: from.to_string(), to: to.to_string() }];
        return Some(DateAccount { possible, reason, reasons: vec![DateReason { what, spans }] });
    }
    let earliest = earliest?;
    let before = earliest.checked_sub(1.day()).ok()?;
    let dated = story.iter().filter(|w| clue::published(w).is_some()).count();
    let reason = match (dated, story.len()) {
        (_, 1) => format!("the article is dated {}; news is told on its day or the day after", written(earliest)),
        (d, n) if d == n => {
            format!("the first article is dated {}; news is told on its day or the day after", written(earliest))
        }
        (d, n) => format!(
            "{d} of {n} articles dated, the first {}; news is told on its day or the day after",
            written(earliest)
        ),
    };
    let dates = story.iter().filter_map(|w| Some(w.passage(w.article.published.as_ref()?.span?)));
    let reasons = vec![DateReason { what: format!("published {}", written(earliest)), spans: dates.collect() }];
    Some(DateAccount { possible: vec![Days { from: before.to_string(), to: earliest.to_string() }], reason, reasons })
}

/// The days that all these bounds allow; `None` where they leave the first or the last open.
fn within(clues: &[&Clue]) -> Option<Vec<Date>> {
    let sure = || clues.iter().filter(|c| c.sure);
    // Of two offices that one article each gives, one may be stale.
    let mut unsure: Vec<Date> = clues.iter().filter(|c| !c.sure).filter_map(|c| c.bound.first()).collect();
    unsure.sort_unstable();
    let first = sure().filter_map(|c| c.bound.first()).max().or_else(|| unsure.iter().rev().nth(1).copied())?;
    let reach = knowledge().newest_tenure().and_then(|d| date(d.year, d.month, d.day));
    let ends = sure().filter_map(|c| c.bound.last());
    let last = ends.chain(reach.filter(|_| open_ended(clues))).min()?;
    if last.year().saturating_sub(first.year()) > YEARS {
        return None;
    }
    let days = first.series(1.day()).take_while(|day| *day <= last);
    // Two offices that one article each gives must agree before a day falls for them.
    let stands = |day: &Date| {
        clues.iter().all(|c| !c.sure || c.bound.allows(*day))
            && clues.iter().filter(|c| !c.sure && !c.bound.allows(*day)).count() < 2
    };
    Some(days.filter(stands).collect())
}

/// The clues without those that leave nothing out which the others leave, the last first.
fn needed<'a>(mut clues: Vec<&'a Clue>, days: Option<&[Date]>) -> Vec<&'a Clue> {
    for i in (0..clues.len()).rev() {
        let mut rest = clues.clone();
        rest.remove(i);
        let idle = match days {
            Some(days) => within(&rest).as_deref() == Some(days),
            None => {
                let later = rest.iter().filter(|c| c.sure).filter_map(|c| c.bound.first()).max();
                matches!(clues[i].bound, clue::Bound::From(first) if later.is_some_and(|l| l >= first))
                    || !clues[i].sure
            }
        };
        if idle {
            clues = rest;
        }
    }
    clues
}

/// Whether the bounds rest on days of the year or on offices that are held, and leave no last day.
fn open_ended(clues: &[&Clue]) -> bool {
    clues.iter().any(|c| c.bound.is_yearly() || matches!(c.bound, clue::Bound::Terms(_)))
        && clues.iter().all(|c| !c.sure || c.bound.last().is_none())
}

/// Days in order as stretches without a gap.
fn stretches(days: &[Date]) -> Vec<Days> {
    let mut found: Vec<(Date, Date)> = Vec::new();
    for day in days {
        match found.last_mut() {
            Some(last) if last.1.tomorrow().ok() == Some(*day) => last.1 = *day,
            _ => found.push((*day, *day)),
        }
    }
    found.into_iter().map(|(from, to)| Days { from: from.to_string(), to: to.to_string() }).collect()
}

/// A day of the calendar; `None` where there is no such day.
fn date(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn days_between(a: Date, b: Date) -> i32 {
    (b - a).get_days()
}

/// The day that the sentence of some words names in full; `None` where it names none.
pub(crate) fn day_of(witness: &Witness<'_>, words: Span) -> Option<Date> {
    let sentence = witness.findings.sentences.iter().find(|s| s.span.overlaps(words))?.span;
    clue::days_in(witness, sentence)
}

/// The day on which the first sentence of a dated article puts its news: a day just past that it names, or the weekday before.
pub(crate) fn opening_day(witness: &Witness<'_>) -> Option<Date> {
    let published = clue::published(witness)?;
    let (day, _) = clue::opening_day(witness)?;
    (day <= published && days_between(day, published) < NEWS).then_some(day)
}

/// The day on which an article came out, where it is known.
pub(crate) fn written_on(witness: &Witness<'_>) -> Option<Date> {
    clue::published(witness)
}

/// "6 November 2025".
pub(crate) fn written(day: Date) -> String {
    format!("{} {} {}", day.day(), calendar::month_name(day.month()), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clue(bound: Bound) -> Clue {
        Clue { bound, what: String::new(), spans: Vec::new(), sure: true }
    }

    fn left(bounds: Vec<Bound>) -> Vec<String> {
        let clues: Vec<Clue> = bounds.into_iter().map(clue).collect();
        let days = within(&clues.iter().collect::<Vec<_>>()).unwrap_or_default();
        stretches(&days)
            .into_iter()
            .map(|d| if d.from == d.to { d.from } else { format!("{}..{}", d.from, d.to) })
            .collect()
    }

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn a_day_that_is_over_is_an_earlier_bound() {
        let reasons = |text: &str| {
            let article = crate::testing::article(text);
            let findings = crate::extract::extract(&crate::testing::MODEL, &article);
            let brief = crate::reconcile::reconcile(&[(article, findings)]);
            brief.stories[0].date.reasons.iter().map(|r| r.what.clone()).collect::<Vec<_>>()
        };
        let news = "The lake pact\n\nMinisters of both shores praised the new lake pact in a joint letter.\n\n";
        assert_eq!(
            reasons(&format!("{news}The old pact lapsed quietly on March 26, 2031, at noon.\n")),
            ["on 26 March 2031 or later"]
        );
        assert_eq!(reasons(&format!("{news}The old pact lapsed quietly in 2031.\n")), ["in 2031 or later"]);
        assert_eq!(reasons(&format!("{news}The old pact lapsed in May 2031, at noon.\n")), ["in May 2031 or later"]);
        assert!(reasons(&format!("{news}The old pact will lapse on March 26, 2031, at noon.\n")).is_empty());
    }

    #[test]
    fn weekdays_inside_a_month() {
        let bounds = vec![
            Bound::Terms(vec![(Some(day("2019-01-01")), Some(day("2019-12-31")))]),
            Bound::Weekdays([2].into()),
            Bound::MonthBefore { month: 5, day: 16 },
        ];
        // News of the last day of April can be told on the first of May.
        assert_eq!(left(bounds), ["2019-04-30", "2019-05-07", "2019-05-14"]);
    }

    #[test]
    fn a_dateline_without_its_year() {
        // 30 April is a Monday in 2018; in 2019 the Monday before it is the 29th.
        let bounds = vec![
            Bound::Terms(vec![(Some(day("2018-01-01")), Some(day("2019-12-31")))]),
            Bound::Weekdays([1].into()),
            Bound::UpTo { month: 4, day: 30, back: 6 },
        ];
        assert_eq!(left(bounds), ["2018-04-30", "2019-04-29"]);
    }

    #[test]
    fn what_is_open_at_one_end_is_no_set() {
        assert!(left(vec![Bound::From(day("2019-01-01")), Bound::Weekdays([1].into())]).is_empty());
        assert!(left(vec![Bound::Weekdays([1].into())]).is_empty());
    }
}
