//! Days that the articles name or leave possible, in order.

use super::links::{Kind, Target};
use super::sheet::Sheet;
use crate::provenance::Passage;
use crate::reconcile::Account;
use crate::report::page::{Line, Names};
use crate::report::wrap::clean;

/// A day or a stretch of days, what it is to the story, and the words.
struct Entry {
    from: String,
    to: String,
    what: &'static str,
    line: Line,
}

/// When the event may have been, when the articles came out, when predictions fall due.
pub(super) fn part(s: &mut Sheet<'_>, story: &Account) {
    let mut entries = entries(s.names, story);
    entries.sort_by(|a, b| (&a.from, &a.to, a.what).cmp(&(&b.from, &b.to, b.what)));
    let reason = clean(&story.date.reason);
    if !has(s.names, story) {
        return;
    }
    s.part("timeline", "When", "", |s| {
        if story.date.reasons.is_empty() {
            s.leaf("p", &[], &sentence(&reason));
        } else {
            s.tag("ul", &[("class", "rows")], |s| {
                for (n, reason) in story.date.reasons.iter().enumerate() {
                    let id = s.id("timeline", Some(n));
                    let what = clean(&reason.what);
                    let target = Target { kind: Kind::Date, label: what.clone(), id: id.clone() };
                    s.tag("li", &[("id", &id), ("class", "row")], |s| {
                        let mut line = Line::of(what);
                        if let Some(first) = reason.spans.first() {
                            line = line.plain(":").words(first, 120);
                        }
                        let line = line.at(&reason.spans, s.names);
                        s.line(&line, Some(&target));
                    });
                }
            });
        }
        if !entries.is_empty() {
            s.tag("ol", &[("class", "timeline")], |s| {
                for entry in &entries {
                    s.tag("li", &[("class", entry.what)], |s| {
                        s.tag("span", &[("class", "day")], |s| days(s, &entry.from, &entry.to));
                        s.text(" ");
                        s.line(&entry.line, None);
                    });
                }
            });
        }
    });
}

/// Whether there is any day to show.
pub(super) fn has(names: &Names<'_>, story: &Account) -> bool {
    !story.date.reasons.is_empty() || !entries(names, story).is_empty()
}

fn entries(names: &Names<'_>, story: &Account) -> Vec<Entry> {
    let mut entries = Vec::new();
    let one_of = if story.date.possible.len() > 1 { "The event may have been then" } else { "The event" };
    for days in &story.date.possible {
        let (from, to) = (clean(&days.from), clean(&days.to));
        entries.push(Entry { from, to, what: "event", line: Line::of(one_of) });
    }
    for (number, rows) in names.articles(story) {
        if let Some((row, published)) = rows.first().and_then(|r| Some((r, r.published.as_ref()?))) {
            let date = clean(&published.date);
            let line = Line::of("Published:").articles([&row.id], names);
            let words = published.span.map(|span| Passage { article: row.id.clone(), span });
            let line = words.map_or(line.clone(), |words| line.words(&words, 60));
            let line = match &row.outlet {
                Some(outlet) if number > 0 => line.plain(format!(", {}", clean(&outlet.name))),
                _ => line,
            };
            entries.push(Entry { from: date.clone(), to: date, what: "published", line });
        }
    }
    for prediction in &story.predictions {
        let Some(horizon) = &prediction.horizon else { continue };
        let (Some(from), Some(to)) = (&horizon.from, &horizon.to) else { continue };
        let who = names.voice(&prediction.holder).unwrap_or_else(|| "nobody named".to_owned());
        let line = Line::of(format!("Foretold by {who}:")).words(&prediction.text, 140).at(&prediction.spans, names);
        entries.push(Entry { from: clean(from), to: clean(to), what: "foretold", line });
    }
    entries
}

/// A stretch of days, machine-readable where it is a day, month or year.
fn days(s: &mut Sheet<'_>, from: &str, to: &str) {
    let machine = |day: &str| {
        let shaped = day.len() >= 4 && day.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'T' | b':'));
        shaped && !day.starts_with('-')
    };
    let one = |s: &mut Sheet<'_>, day: &str| {
        if machine(day) { s.leaf("time", &[("datetime", day)], day) } else { s.text(day) }
    };
    one(s, from);
    if from != to {
        s.text(" to ");
        one(s, to);
    }
}

/// A reason as a sentence.
fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if reason.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
