//! Clues to the day of an event: words that leave some days out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use language::Span;

use super::date;
use crate::extract::{EntityId, EntityKind, Precision, Realis};
use crate::knowledge::{calendar, knowledge};
use crate::provenance::Passage;
use crate::reconcile::Witness;
use crate::reconcile::frame::Frame;
use crate::reconcile::gathered;
use crate::reconcile::roster::slug;

/// What a clue leaves possible.
#[derive(Clone, Debug)]
pub(super) enum Bound {
    From(Date),
    /// In one of these times, ends included; open where `None`.
    Terms(Vec<(Option<Date>, Option<Date>)>),
    /// Monday is 1.
    Weekdays(BTreeSet<i8>),
    /// Told, on the day or the day after, in this month before this day.
    MonthBefore {
        month: i8,
        day: i8,
    },
    /// On this day of the year or at most so many days before it.
    UpTo {
        month: i8,
        day: i8,
        back: i32,
    },
}

impl Bound {
    pub(super) fn allows(&self, day: Date) -> bool {
        match self {
            Bound::From(first) => *first <= day,
            Bound::Terms(terms) => {
                terms.iter().any(|(from, to)| from.is_none_or(|f| f <= day) && to.is_none_or(|t| day <= t))
            }
            Bound::Weekdays(days) => days.contains(&day.weekday().to_monday_one_offset()),
            Bound::MonthBefore { month, day: before } => {
                let told = [Some(day), day.tomorrow().ok()];
                told.into_iter().flatten().any(|d| d.month() == *month && d.day() < *before)
            }
            Bound::UpTo { month, day: last, back } => (0..=*back)
                .any(|n| day.checked_add(i64::from(n).days()).is_ok_and(|d| d.month() == *month && d.day() == *last)),
        }
    }

    /// The first day that it leaves.
    pub(super) fn first(&self) -> Option<Date> {
        match self {
            Bound::From(first) => Some(*first),
            Bound::Terms(terms) => terms.iter().map(|t| t.0).min().flatten(),
            _ => None,
        }
    }

    /// The last day that it leaves.
    pub(super) fn last(&self) -> Option<Date> {
        match self {
            Bound::Terms(terms) => {
                let ends: Option<Vec<Date>> = terms.iter().map(|t| t.1).collect();
                ends?.into_iter().max()
            }
            _ => None,
        }
    }

    /// Whether it leaves some days of each year.
    pub(super) fn is_yearly(&self) -> bool {
        matches!(self, Bound::MonthBefore { .. } | Bound::UpTo { .. })
    }
}

/// A bound with its reason in words.
#[derive(Clone, Debug)]
pub(super) struct Clue {
    pub(super) bound: Bound,
    pub(super) what: String,
    pub(super) spans: Vec<Passage>,
    /// Whether it leaves days out alone; an office that one article of several gives may be a stale title.
    pub(super) sure: bool,
}

impl Clue {
    /// A dateline's clue taken as of its own day and the day before.
    pub(super) fn nearer(&self) -> Option<Clue> {
        let Bound::UpTo { month, day, .. } = self.bound else { return None };
        let what = self.what.replace("of that week", "of that day or the day before");
        Some(Clue { bound: Bound::UpTo { month, day, back: 1 }, what, ..self.clone() })
    }

    /// The reason, with only those times of an office in which one of these days falls.
    pub(super) fn in_words(&self, days: Option<&[Date]>) -> String {
        let (Bound::Terms(terms), Some((office, _))) = (&self.bound, self.what.split_once(':')) else {
            return self.what.clone();
        };
        let falls = |t: &&(Option<Date>, Option<Date>)| {
            let inside = |day: &Date| t.0.is_none_or(|from| from <= *day) && t.1.is_none_or(|to| *day <= to);
            days.is_none_or(|days| days.is_empty() || days.iter().any(inside))
        };
        let times: Vec<String> = terms.iter().filter(falls).map(term).collect();
        if times.is_empty() { self.what.clone() } else { format!("{office}: {}", times.join(", ")) }
    }
}

/// "1 May 2031 to 3 June 2033".
fn term(t: &(Option<Date>, Option<Date>)) -> String {
    match t {
        (Some(from), Some(to)) => format!("{} to {}", super::written(*from), super::written(*to)),
        (Some(from), None) => format!("since {}", super::written(*from)),
        (None, Some(to)) => format!("until {}", super::written(*to)),
        (None, None) => "always".to_owned(),
    }
}

/// All clues, the surest first.
pub(super) fn find(story: &[Witness<'_>], frame: &Frame) -> Vec<Clue> {
    let mut clues = Vec::new();
    clues.extend(weekday(story, frame));
    clues.extend(datelines(story));
    clues.extend(past(story));
    clues.extend(deadlines(story));
    clues.extend(visits(story, frame));
    clues.extend(days_ahead(story));
    clues.extend(offices(story));
    clues
}

/// The day an article was published, where it is known to the day.
pub(super) fn published(witness: &Witness<'_>) -> Option<Date> {
    witness.article.published.as_ref()?.date.get(..10)?.parse().ok()
}

/// Where an article was signed and dated: no word on the event.
fn signed(witness: &Witness<'_>) -> Vec<Span> {
    let article = witness.article;
    let signed = article.dateline.as_ref().map(|d| d.span).into_iter();
    signed.chain(article.published.as_ref().and_then(|p| p.span)).collect()
}

/// The first day that a stretch of an article names with its year.
pub(super) fn days_in(witness: &Witness<'_>, stretch: Span) -> Option<Date> {
    let days = witness.findings.times.iter().filter(|t| t.duration.is_none() && t.precision <= Precision::Day);
    days.filter(|t| stretch.contains(t.span)).find_map(|t| t.from.as_deref()?.get(..10)?.parse().ok())
}

/// Where an article names a day first, of whatever; `None` where it does not.
pub(super) fn names_day(witness: &Witness<'_>, from: Date, to: Date) -> Option<Span> {
    let day = |text: &Option<String>| text.as_deref()?.get(..10)?.parse::<Date>().ok();
    let signed = signed(witness);
    let times = witness.findings.times.iter().filter(|t| t.duration.is_none() && t.precision <= Precision::Day);
    let mut times = times.filter(|t| (day(&t.from), day(&t.to)) == (Some(from), Some(to)));
    times.find(|t| !signed.iter().any(|s| s.overlaps(t.span))).map(|t| t.span)
}

/// Whether an article speaks of a day as one to come.
pub(super) fn is_still_ahead(witness: &Witness<'_>, time: Span) -> bool {
    let sentence = witness.findings.sentences.iter().find(|s| s.span.contains(time));
    sentence.is_some_and(|s| is_to_come(&witness.article.text, s.span, time))
}

/// Days that the sentences of the main event name in full, or with `opening` the first sentence of the article before them, with their
/// words.
pub(super) fn event_days(witness: &Witness<'_>, frame: &Frame, opening: bool) -> Vec<(Date, Date, Span)> {
    let mut leads = leads(witness, frame, opening);
    if let Some(first) = first_sentence(witness).filter(|_| opening) {
        leads.retain(|l| *l != first);
        leads.insert(0, first);
    }
    let signed = signed(witness);
    let found = first_day(witness, &leads, &signed);
    found.or_else(|| completed(witness, frame, &leads, &signed)).into_iter().collect()
}

/// The day that the first sentence of an article names in full or by its weekday, and its words.
pub(super) fn opening_day(witness: &Witness<'_>) -> Option<(Date, Span)> {
    let (from, to, span) = first_day(witness, &[first_sentence(witness)?], &signed(witness))?;
    (from == to).then_some((from, span))
}

/// The first day that some sentences name, from and to, and its words: it is the event's; later ones are of what came before or follows.
/// The day that an article was published or written on is no word on the event.
fn first_day(witness: &Witness<'_>, sentences: &[Span], signed: &[Span]) -> Option<(Date, Date, Span)> {
    witness.findings.times.iter().find_map(|t| {
        let fine = matches!(t.precision, Precision::Day | Precision::Part | Precision::Time) && t.duration.is_none();
        let (from, to) = (t.from.as_deref()?.get(..10)?, t.to.as_deref()?.get(..10)?);
        let told = fine
            && !signed.iter().any(|s| s.overlaps(t.span))
            && sentences.iter().any(|l| l.contains(t.span))
            && !is_ahead(witness, t.span);
        if told { Some((from.parse().ok()?, to.parse().ok()?, t.span)) } else { None }
    })
}

/// The day that a lead names in part ("Monday, April 15", "Thursday") and another place of the article in full. A weekday alone takes the
/// full date of a sentence on the same agreement, where its weekday is that.
fn completed(witness: &Witness<'_>, frame: &Frame, leads: &[Span], signed: &[Span]) -> Option<(Date, Date, Span)> {
    let text = &witness.article.text;
    let findings = witness.findings;
    let days = || findings.times.iter().filter(|t| t.precision == Precision::Day && t.duration.is_none());
    let full: Vec<(Date, Span)> = days()
        .filter(|t| t.anchor.is_none() && !signed.iter().any(|s| s.overlaps(t.span)))
        .filter_map(|t| Some((t.from.as_deref()?.get(..10)?.parse().ok()?, t.span)))
        .collect();
    let agreement = findings.entities.iter().find(|e| Some(&e.id) == frame.agreement.as_ref());
    let on_it = |span: Span| {
        let sentence = findings.sentences.iter().find(|s| s.span.contains(span)).map(|s| s.span);
        sentence.is_some_and(|s| agreement.is_some_and(|a| a.mentions.iter().any(|m| s.contains(*m))))
    };
    let in_lead = |t: &&crate::extract::Time| {
        t.from.is_none() && leads.iter().any(|l| l.contains(t.span)) && !is_ahead(witness, t.span)
    };
    days().filter(in_lead).find_map(|t| {
        let words = t.span.of(text).to_lowercase();
        let named = words.split(|c: char| !c.is_alphabetic()).find_map(weekday_of);
        let falls = |day: &Date| named.is_none_or(|n| n == day.weekday().to_monday_one_offset());
        full.iter().find_map(|(known, span)| {
            let day = match day_of_year(&words) {
                // Without its weekday a day of another year would fit as well.
                Some((month, day)) if named.is_some() || (known.month(), known.day()) == (month, day) => {
                    Date::new(known.year(), month, day).ok()?
                }
                None if named.is_some() && on_it(*span) => *known,
                _ => return None,
            };
            falls(&day).then_some((day, day, t.span))
        })
    })
}

/// The sentences in which an article tells its main event: those of the frame's step, else of the event that the story's articles open
/// with, else that of its first event; of these the first two, and the first of the body where there are none or `opening` asks for it. Headlines have no weekday of their own.
fn leads(witness: &Witness<'_>, frame: &Frame, opening: bool) -> Vec<Span> {
    let findings = witness.findings;
    let step = findings.stages.iter().filter(|s| {
        Some(&s.participant) == frame.participant.as_ref() && Some(&s.agreement) == frame.agreement.as_ref()
    });
    let mut anchors: Vec<Span> = step.map(|s| s.wording).collect();
    let event = frame.event.iter().filter(|p| p.article == witness.article.id).map(|p| p.span);
    let told: Vec<Span> = event.filter(|_| anchors.is_empty()).collect();
    let opening = opening && told.is_empty();
    anchors.extend(told);
    if anchors.is_empty() {
        let actual = findings.events.iter().filter(|e| matches!(e.realis, Realis::Actual | Realis::Future));
        anchors.extend(actual.take(1).map(|e| e.trigger));
    }
    let body = witness.body();
    let mut leads: Vec<Span> =
        body.iter().copied().filter(|s| anchors.iter().any(|a| s.overlaps(*a))).take(2).collect();
    // The first sentence of the body tells the news.
    let opening = opening || leads.is_empty();
    leads.extend(first_sentence(witness).filter(|first| opening && !leads.contains(first)));
    leads
}

/// The first sentence of the body, which tells the news.
fn first_sentence(witness: &Witness<'_>) -> Option<Span> {
    witness.telling().first().copied()
}

/// Words before a time that put it after what is told.
const AHEAD: [&str; 14] = [
    "until",
    "till",
    "by",
    "before",
    "due",
    "scheduled",
    "for",
    "from",
    "starting",
    "next",
    "expire",
    "effect",
    "through",
    "since",
];

fn is_ahead(witness: &Witness<'_>, time: Span) -> bool {
    let before = witness.article.text.get(..time.start).unwrap_or("");
    let last = before.split(|c: char| !c.is_alphanumeric()).rev().filter(|w| !w.is_empty()).take(2);
    last.into_iter().any(|w| AHEAD.contains(&w.to_lowercase().as_str()))
}

/// 1 (Monday) to 7 of a weekday's name that is no word of its own besides ("sun", "sat").
fn weekday_of(word: &str) -> Option<i8> {
    calendar::weekday(word).filter(|_| word.len() > 3)
}

/// The weekday that most articles give the event; of equals all, for two places can have two dates.
fn weekday(story: &[Witness<'_>], frame: &Frame) -> Option<Clue> {
    let mut named: BTreeMap<i8, Vec<Passage>> = BTreeMap::new();
    for witness in story {
        let leads = leads(witness, frame, true);
        let of_event = witness.findings.times.iter().find_map(|t| {
            let words = t.span.of(&witness.article.text).to_lowercase();
            let mut words = words.split_whitespace();
            let number = words.clone().find_map(weekday_of)?;
            let bare = words.all(|w| {
                weekday_of(w).is_some() || matches!(w, "early" | "late" | "morning" | "evening" | "afternoon" | "night")
            });
            let told = bare && leads.iter().any(|l| l.contains(t.span)) && !is_ahead(witness, t.span);
            told.then_some((number, t.span))
        });
        if let Some((number, span)) = of_event {
            named.entry(number).or_default().push(witness.passage(span));
        }
    }
    let most = named.values().map(Vec::len).max()?;
    named.retain(|_, spans| spans.len() == most);
    let names: Vec<&str> = named.keys().map(|n| calendar::weekday_name(*n)).collect();
    let spans = named.values().flatten().cloned().collect();
    Some(Clue {
        what: format!("a {}", names.join(" or ")),
        bound: Bound::Weekdays(named.into_keys().collect()),
        spans,
        sure: true,
    })
}

/// Whether what stands nearest to a time in its sentence is told as over or under way.
fn is_over(witness: &Witness<'_>, time: Span) -> bool {
    let Some(sentence) = witness.findings.sentences.iter().find(|s| s.span.contains(time)) else { return false };
    // "March" and "May" may be taken for verbs.
    let told = witness.findings.predicates.iter().filter(|p| sentence.span.contains(p.span) && !p.span.overlaps(time));
    let nearest = told.min_by_key(|p| p.span.start.abs_diff(time.start));
    nearest.is_some_and(|p| matches!(p.realis, Realis::Actual | Realis::Presupposed))
}

/// A dateline that names day and month: the article was written then, and tells news of the week before.
fn datelines(story: &[Witness<'_>]) -> Option<Clue> {
    let mut named: BTreeMap<(i8, i8), Vec<Passage>> = BTreeMap::new();
    for witness in story {
        let Some(dateline) = &witness.article.dateline else { continue };
        if let Some(day) = dateline.date.as_deref().and_then(day_of_year) {
            named.entry(day).or_default().push(witness.passage(dateline.span));
        }
    }
    let ((month, day), spans) = named.into_iter().max_by_key(|(day, spans)| (spans.len(), std::cmp::Reverse(*day)))?;
    let what = format!("written on {day} {}, by its dateline, about news of that week", calendar::month_name(month));
    Some(Clue { bound: Bound::UpTo { month, day, back: 6 }, what, spans, sure: true })
}

/// Month and day of "Nov 6", "April 30", "6 November"; `None` for anything else.
fn day_of_year(words: &str) -> Option<(i8, i8)> {
    let parts = words.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty());
    let (mut month, mut day) = (None, None);
    for part in parts {
        let lower = part.to_lowercase();
        if let Some(number) = calendar::month(&lower) {
            month = Some(number);
        } else if let Ok(number) = lower.trim_end_matches(|c: char| c.is_alphabetic()).parse::<i8>() {
            day = Some(number);
        }
    }
    Some((month?, day.filter(|d| (1..=31).contains(d))?))
}

/// The latest year, or day with its year, that an article names as over or under way: the event is not before it.
fn past(story: &[Witness<'_>]) -> Option<Clue> {
    let mut latest: BTreeMap<(Date, Precision), Vec<Passage>> = BTreeMap::new();
    for witness in story {
        let findings = witness.findings;
        for time in findings.times.iter().filter(|t| t.anchor.is_none() && t.precision <= Precision::Year) {
            // A day or a month with its year says as much as the year.
            let words = time.span.of(&witness.article.text);
            let full = time.precision < Precision::Year && time.duration.is_none();
            let year = |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
            let bare = year(words) || full && words.split(|c: char| !c.is_alphanumeric()).any(year);
            let Some(from) = time.from.as_deref().and_then(|f| f.get(..10)?.parse::<Date>().ok()).filter(|_| bare)
            else {
                continue;
            };
            // "The 2031 election" may be to come.
            let before = witness.article.text.get(..time.span.start).unwrap_or("").trim_end();
            let placed = ["in", "since", "during"]
                .iter()
                .any(|w| before.strip_suffix(w).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)));
            let over = is_over(witness, time.span);
            let edited = ["updated", "published", "posted"].iter().any(|w| {
                let line = before.rsplit('\n').next().unwrap_or("").to_lowercase();
                line.split(|c: char| !c.is_alphanumeric()).any(|word| word == *w)
            });
            if placed && over || full && (over || edited) && !is_ahead(witness, time.span) {
                let fine = matches!(time.precision, Precision::Day | Precision::Month);
                let from = if fine { Some(from) } else { Date::new(from.year(), 1, 1).ok() };
                latest.entry((from?, time.precision)).or_default().push(witness.passage(time.span));
            }
        }
    }
    let ((first, precision), spans) = latest.pop_last()?;
    let what = match precision {
        Precision::Day => format!("on {} or later", super::written(first)),
        Precision::Month => format!("in {} {} or later", calendar::month_name(first.month()), first.year()),
        _ => format!("in {} or later", first.year()),
    };
    Some(Clue { bound: Bound::From(first), what, spans: gathered(spans).1, sure: true })
}

/// The earliest day that an article gives in full as the last one for something to come: "due by June 7, 2031". It was written before.
fn deadlines(story: &[Witness<'_>]) -> Option<Clue> {
    let mut named: BTreeMap<Date, Vec<Passage>> = BTreeMap::new();
    for witness in story {
        let text = &witness.article.text;
        let days = witness.findings.times.iter().filter(|t| t.precision == Precision::Day && t.anchor.is_none());
        for time in days.filter(|t| t.duration.is_none()) {
            let before = text.get(..time.span.start).unwrap_or("").trim_end().to_lowercase();
            let last_for =
                ["due by", "due on", "due", "no later than", "deadline is", "must be received by", "be submitted by"];
            let Some(day) = time.from.as_deref().and_then(|f| f.get(..10)?.parse::<Date>().ok()) else { continue };
            let sentence = witness.findings.sentences.iter().find(|s| s.span.contains(time.span));
            let over = sentence.is_some_and(|s| {
                let words = s.span.of(text).to_lowercase();
                words.split(|c: char| !c.is_alphanumeric()).any(|w| matches!(w, "was" | "were" | "had" | "did"))
            });
            if !over && last_for.iter().any(|w| before.ends_with(w)) {
                named.entry(day).or_default().push(witness.passage(time.span));
            }
        }
    }
    let (day, spans) = named.into_iter().next()?;
    let what = format!("not after {}, a day still to come", super::written(day));
    Some(Clue { bound: Bound::Terms(vec![(None, Some(day))]), what, spans: gathered(spans).1, sure: true })
}

/// One step to come of one person, which one article puts on a day and another "later this month": both were written in that month,
/// before that day.
fn visits(story: &[Witness<'_>], frame: &Frame) -> Vec<Clue> {
    let mut days: BTreeMap<&EntityId, Vec<((i8, i8), Passage)>> = BTreeMap::new();
    let mut months: BTreeMap<&EntityId, Vec<Passage>> = BTreeMap::new();
    for witness in story {
        let text = &witness.article.text;
        for time in witness.findings.times.iter() {
            let words = time.span.of(text);
            let this_month = matches!(words.to_lowercase().as_str(), "later this month" | "this month");
            let day = day_of_year(words).filter(|_| time.precision == Precision::Day && !words.contains("20"));
            if !this_month && day.is_none() {
                continue;
            }
            let Some(sentence) = witness.findings.sentences.iter().find(|s| s.span.contains(time.span)) else {
                continue;
            };
            let planned = is_planned(text, sentence.span);
            let Some(person) = nearest_person(witness, sentence.span, time.span).filter(|_| planned) else { continue };
            match day {
                Some(day) => days.entry(person).or_default().push((day, witness.passage(time.span))),
                None => months.entry(person).or_default().push(witness.passage(time.span)),
            }
        }
    }
    let mut clues = Vec::new();
    for (person, named) in days {
        let Some(told) = months.get(person) else { continue };
        let Some(((month, day), _)) = named.first().cloned() else { continue };
        if named.iter().any(|(d, _)| *d != (month, day)) {
            continue;
        }
        let spans = named.into_iter().map(|(_, p)| p).chain(told.iter().cloned()).collect();
        let name = frame.name(person);
        let month_name = calendar::month_name(month);
        let what =
            format!("in {month_name} before {day} {month_name}: on that day, \"later this month\", {name} has plans");
        clues.push(Clue { bound: Bound::MonthBefore { month, day }, what, spans, sure: true });
    }
    clues
}

const PLANNED: [&str; 10] =
    ["scheduled", "planned", "set", "due", "will", "expected", "upcoming", "later", "plans", "slated"];

fn is_planned(text: &str, sentence: Span) -> bool {
    sentence.of(text).split(|c: char| !c.is_alphanumeric()).any(|w| PLANNED.contains(&w.to_lowercase().as_str()))
}

/// Days of the year that are still to come where an article names them without their year: news does so of no day that is more than half
/// a year away. By day, those that most articles name first.
fn days_ahead(story: &[Witness<'_>]) -> Vec<Clue> {
    const HALF_A_YEAR: i32 = 183;
    let mut named: BTreeMap<(i8, i8), Vec<Passage>> = BTreeMap::new();
    for witness in story {
        let text = &witness.article.text;
        for time in witness.findings.times.iter().filter(|t| t.precision == Precision::Day && t.from.is_none()) {
            let Some(day) = day_of_year(time.span.of(text)) else { continue };
            let sentence = witness.findings.sentences.iter().find(|s| s.span.contains(time.span));
            if sentence.is_some_and(|s| is_to_come(text, s.span, time.span)) {
                named.entry(day).or_default().push(witness.passage(time.span));
            }
        }
    }
    let mut days: Vec<_> = named.into_iter().collect();
    days.sort_by_key(|(day, spans)| (std::cmp::Reverse(gathered(spans.clone()).0.len()), *day));
    let clue = |((month, day), spans): ((i8, i8), Vec<Passage>)| Clue {
        bound: Bound::UpTo { month, day, back: HALF_A_YEAR },
        what: format!(
            "{day} {}, named without its year, is that day or at most half a year off",
            calendar::month_name(month)
        ),
        spans: gathered(spans).1,
        sure: true,
    };
    days.into_iter().map(clue).collect()
}

/// Whether a plan stands before a time in its sentence, and nothing that is over: "will visit on July 13", "from June 5 it will stop".
fn is_to_come(text: &str, sentence: Span, time: Span) -> bool {
    const PLAN: [&str; 8] = ["scheduled", "planned", "due", "will", "upcoming", "plans", "slated", "expected"];
    const OVER: [&str; 8] = ["was", "were", "had", "would", "did", "last", "ago", "been"];
    let words = sentence.of(text).to_lowercase();
    let mut words = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let opens = text.get(sentence.start..time.start).is_some_and(|before| before.split_whitespace().count() < 3);
    let before = text.get(sentence.start..time.start).unwrap_or("").to_lowercase();
    let planned = before.split(|c: char| !c.is_alphanumeric()).any(|w| PLAN.contains(&w));
    (planned || opens && words.clone().any(|w| w == "will")) && !words.any(|w| OVER.contains(&w))
}

/// The person named last before a time in its sentence.
fn nearest_person<'a>(witness: &Witness<'a>, sentence: Span, time: Span) -> Option<&'a EntityId> {
    let people = witness.findings.entities.iter().filter(|e| e.kind == EntityKind::Person);
    let before = people.flat_map(|e| e.mentions.iter().map(move |m| (m.end, &e.id)));
    before.filter(|(end, _)| sentence.contains_byte(*end) && *end <= time.start).max().map(|(_, id)| id)
}

/// The times in which people held the offices that most articles give them. One clue a person, those that most articles name first.
fn offices(story: &[Witness<'_>]) -> Vec<Clue> {
    type Titles<'a> = BTreeMap<String, (BTreeSet<&'a str>, Vec<Passage>, Vec<(Option<Date>, Option<Date>)>)>;
    let mut people: BTreeMap<&EntityId, Titles<'_>> = BTreeMap::new();
    for witness in story {
        for role in &witness.findings.roles {
            let printed = role.span.of(&witness.article.text).to_lowercase();
            let former = ["former", "ex-", "then-", "late "].iter().any(|w| printed.contains(w));
            if former || role.role.to_lowercase().starts_with("former") {
                continue;
            }
            let of = role.of.as_ref().map(|o| o.0.rsplit(':').next().unwrap_or(&o.0).to_owned());
            let held = knowledge().tenures_of(role.person.0.trim_start_matches("person:")).filter(|t| {
                knowledge().is_same_title(t.office, &role.role)
                    && (of.is_none()
                        || t.of.is_none()
                        || of.as_deref() == t.of.map(|o| o.rsplit(':').next().unwrap_or(o)))
            });
            let term = |t: &crate::knowledge::Tenure| {
                let day = |d: crate::knowledge::Day| date(d.year, d.month, d.day);
                (t.from.and_then(day), t.to.and_then(day))
            };
            let terms: Vec<_> = held.map(term).collect();
            if !terms.is_empty() {
                let title = people.entry(&role.person).or_default().entry(slug(&role.role)).or_default();
                title.0.insert(&witness.article.id.0);
                title.1.push(witness.passage(role.span));
                title.2.extend(terms);
            }
        }
    }
    let mut clues: Vec<(usize, Clue)> = Vec::new();
    for (person, titles) in people {
        let most =
            titles.into_iter().max_by_key(|(title, (articles, ..))| (articles.len(), std::cmp::Reverse(title.clone())));
        let Some((title, (articles, spans, mut terms))) = most else { continue };
        terms.sort();
        terms.dedup();
        let name = knowledge().person(person.0.trim_start_matches("person:")).map_or(person.0.as_str(), |p| p.name);
        let times: Vec<String> = terms.iter().map(term).collect();
        let what = format!("while {name} was {}: {}", title.replace('-', " "), times.join(", "));
        // Nobody is called by an office before it is his; a title that is out of date is one of an office that has ended.
        let held = terms.len() == 1 && terms[0].1.is_none();
        let sure = articles.len() > 1 || story.len() == 1 || held;
        clues.push((articles.len(), Clue { bound: Bound::Terms(terms), what, spans: gathered(spans).1, sure }));
    }
    clues.sort_by(|a, b| (b.0, &a.1.what).cmp(&(a.0, &b.1.what)));
    clues.into_iter().map(|(_, clue)| clue).collect()
}
