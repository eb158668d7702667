//! From a time to the window of a prediction, by defaults where the words are loose: soon is within 30 days, the coming days 1 to 14
//! days ahead, the coming weeks 2 to 8 weeks, the coming months 1 to 6 months, the coming years 1 to 5 years; "later this month" runs
//! from publication to its end. Without a day of publication a window has words only.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;
use language::Reading;

use super::{Horizon, Precision, Time};

/// How far "soon" reaches.
const SOON_DAYS: i64 = 30;

/// Whether the words point ahead by themselves, whatever the day of publication.
pub(super) fn is_ahead(time: &Time) -> bool {
    time.precision == Precision::Future
        || matches!(
            time.rule.as_str(),
            "coming" | "ahead" | "next_num" | "next_few" | "next_unit" | "unit_next" | "from_now" | "tomorrow"
        )
}

/// The window that the first of these times opens, to the last of those joined with it: "in May or early June".
pub(super) fn first(times: &[Time], document: Option<Date>, reading: &Reading) -> Option<Horizon> {
    let mut windows = times.iter().filter_map(|t| Some((t.span, of(t, document, reading)?)));
    let (mut last, mut window) = windows.next()?;
    for (span, next) in windows {
        let between = reading.text().get(last.end..span.start).map_or("", str::trim);
        if !matches!(between, "and" | "or" | "to" | "-" | "–" | "and the" | "or the")
            || next.to.is_none() != window.to.is_none()
        {
            break;
        }
        window.to = next.to;
        window.span = window.span.map(|s| language::Span::new(s.start, span.end));
        last = span;
    }
    Some(window)
}

/// The window that a time opens; `None` for one that lies behind, is no day (a rate, a length), or is now.
fn of(time: &Time, document: Option<Date>, reading: &Reading) -> Option<Horizon> {
    let window = |days: Option<(Date, Date)>, precision: Precision| Horizon {
        from: days.map(|(from, _)| from.to_string()),
        to: days.map(|(_, to)| to.to_string()),
        precision,
        span: Some(time.span),
    };
    if matches!(time.precision, Precision::Past | Precision::Present) {
        return None;
    }
    if time.precision == Precision::Future {
        let before = reading.token_at(time.span.start).and_then(|t| t.before());
        // "as soon as the ship is loaded", "the future peace" open no window.
        let first = reading.token_at(time.span.start);
        let modifies = first.is_some_and(|t| matches!(t.dep(), "amod" | "compound"));
        if modifies || before.is_some_and(|b| b.text().eq_ignore_ascii_case("as")) {
            return None;
        }
        let soon = matches!(time.rule.as_str(), "soon").then_some(document).flatten();
        let days = soon.and_then(|d| Some((d, d.checked_add(SOON_DAYS.days()).ok()?)));
        return Some(window(days, Precision::Future));
    }
    if let (Some(from), Some(to)) = (&time.from, &time.to) {
        let first = from.get(..10)?.parse::<Date>().ok()?;
        let last = to.get(..10)?.parse::<Date>().ok()?;
        return match document {
            Some(document) if last < document => None,
            // "this month", "later this week": what is left of it.
            Some(document) => Some(window(Some((first.max(document), last)), time.precision)),
            None => Some(window(Some((first, last)), time.precision)),
        };
    }
    let Some(duration) = &time.duration else {
        return (time.rule != "that_time" && time.rule != "at_night").then(|| window(None, time.precision));
    };
    let (number, unit) = parts(duration)?;
    let before = reading.token_at(time.span.start).and_then(|t| t.before()).map(|t| t.text().to_lowercase());
    let ahead = is_ahead(time) || matches!(before.as_deref(), Some("in" | "within"));
    if !ahead {
        return None;
    }
    let days = document.and_then(|d| {
        let ((least, of), (most, unit)) = match (number, unit) {
            (Some(n), unit) => ((0, unit), (n, unit)),
            (None, 'D') => ((1, 'D'), (14, 'D')),
            (None, 'W') => ((14, 'D'), (56, 'D')),
            (None, 'M') => ((1, 'M'), (6, 'M')),
            (None, 'Y') => ((1, 'Y'), (5, 'Y')),
            _ => return None,
        };
        Some((add(d, least, of)?, add(d, most, unit)?))
    });
    Some(window(days, time.precision))
}

/// "before the year is out", "by the time the month ends": to the end of the year or month that runs, where no time is read in the words.
pub(super) fn of_words(tokens: Range<usize>, document: Option<Date>, reading: &Reading) -> Option<Horizon> {
    let before = reading.range(tokens.clone()).find(|t| t.text().eq_ignore_ascii_case("before"))?;
    let words: Vec<_> = reading.range(before.i..tokens.end.min(before.i + 5)).collect();
    let [_, the, unit, ends, rest @ ..] = &words[..] else { return None };
    let out = matches!(ends.lemma(), "end" | "close")
        || ends.lemma() == "be" && rest.first().is_some_and(|r| matches!(r.text(), "out" | "over" | "up"));
    if the.text() != "the" || !out {
        return None;
    }
    let (precision, last) = match unit.lemma() {
        "year" => (Precision::Year, document.map(Date::last_of_year)),
        "month" => (Precision::Month, document.map(Date::last_of_month)),
        _ => return None,
    };
    let end = if ends.lemma() == "be" { rest.first()?.i } else { ends.i };
    Some(Horizon {
        from: document.map(|d| d.to_string()),
        to: last.map(|d| d.to_string()),
        precision,
        span: Some(reading.span(before.i..end + 1)),
    })
}

fn add(date: Date, n: i64, unit: char) -> Option<Date> {
    match unit {
        'D' => date.checked_add(n.days()).ok(),
        'W' => date.checked_add((n * 7).days()).ok(),
        'M' => date.checked_add(n.months()).ok(),
        'Y' => date.checked_add((n * 12).months()).ok(),
        _ => None,
    }
}

/// Number and unit of `P6M`; no number of `PXM`. `None` for hours, decades and fractions.
fn parts(duration: &str) -> Option<(Option<i64>, char)> {
    let body = duration.strip_prefix('P')?;
    let unit = body.chars().last().filter(|c| matches!(c, 'D' | 'W' | 'M' | 'Y'))?;
    let number = body.strip_suffix(unit)?;
    if number == "X" {
        return Some((None, unit));
    }
    number.parse::<i64>().ok().filter(|n| (0..2_000).contains(n)).map(|n| (Some(n), unit))
}
