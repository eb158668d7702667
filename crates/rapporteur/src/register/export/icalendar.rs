//! Days to keep in mind, as iCalendar (RFC 5545): dated visits, dated events to come, predictions falling due. All-day entries, or, where
//! the words give an hour, floating local time.
//!
//! Articles that tell the same thing of the same day share an entry. UID depends on what, who and when alone, DTSTAMP on the day on which it
//! became known, so that a calendar that takes the file again changes what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use jiff::ToSpan;
use jiff::civil::Date;

use super::table::{detail, list};
use super::{Done, Snapshot};
use crate::register::statement::Statement;

/// An entry of the calendar, from however many statements.
#[derive(Debug, Default)]
struct Entry {
    summary: String,
    category: &'static str,
    tentative: bool,
    known_from: String,
    last_known: String,
    told: BTreeSet<String>,
    urls: BTreeSet<String>,
}

/// First day and the day after the last, as iCalendar prints them; the parameter that goes with them.
type When = (String, Option<String>);

/// Writes the calendar.
///
/// # Errors
/// Those of reading and writing.
pub fn icalendar(snapshot: &Snapshot<'_>, out: &mut dyn Write) -> Done {
    let mut entries: BTreeMap<(When, String), Entry> = BTreeMap::new();
    snapshot.each(&["event", "prediction"], false, &mut |source, r| {
        let s = &r.statement;
        let since = source.published.as_deref().and_then(|p| p.get(..10)).unwrap_or(&r.known_from);
        let Some((when, category)) = when(s, since) else { return Ok(()) };
        let names = |ids: Vec<&str>| -> String {
            let ids: BTreeSet<&str> = ids.into_iter().map(|id| snapshot.canonical(id)).collect();
            ids.into_iter().map(|id| snapshot.name(id)).collect::<Vec<_>>().join(", ")
        };
        let summary = if category == "PREDICTION" {
            let holder = s.holder.as_ref().map(|h| h.name.as_str()).unwrap_or_default();
            format!("Due: {} ({holder})", s.words)
        } else {
            let kind = match category {
                "VISIT" => "Visit",
                _ => s.value.as_deref().unwrap_or_default(),
            };
            let (who, whom) = (names(list(s, "actors")), names(list(s, "recipients")));
            let agreement = s.agreement.as_deref().map(|a| snapshot.name(snapshot.canonical(a))).unwrap_or_default();
            let to = if whom.is_empty() || whom == who { String::new() } else { format!(" - {whom}") };
            let about = if agreement.is_empty() { String::new() } else { format!(" ({agreement})") };
            format!("{kind}: {who}{to}{about}")
        };
        let entry = entries.entry((when, format!("{category} {summary}"))).or_default();
        entry.category = category;
        entry.tentative = category == "PREDICTION" || s.realis.as_deref() != Some("actual");
        entry.summary = summary;
        if entry.known_from.is_empty() || r.known_from < entry.known_from {
            entry.known_from.clone_from(&r.known_from);
        }
        entry.last_known.clone_from(&r.known_from.clone().max(entry.last_known.clone()));
        let outlet = source.outlet.as_deref().or(source.path.as_deref()).unwrap_or(&source.id);
        entry.told.insert(format!("\"{}\" ({outlet}, {since}; {})", s.words, r.id));
        entry.urls.extend(source.url.clone());
        Ok(())
    })?;
    for text in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rapporteur//register export 1//EN", "CALSCALE:GREGORIAN"]
    {
        folded(out, text)?;
    }
    for (((start, end), key), entry) in &entries {
        let parameter = if start.contains('T') { "" } else { ";VALUE=DATE" };
        let uid = blake3::hash(format!("{start} {end:?} {key}").as_bytes()).to_hex();
        folded(out, "BEGIN:VEVENT")?;
        folded(out, &format!("UID:{}@rapporteur", &uid[..32]))?;
        folded(out, &format!("DTSTAMP:{}T000000Z", compact(&entry.known_from)))?;
        folded(out, &format!("LAST-MODIFIED:{}T000000Z", compact(&entry.last_known)))?;
        folded(out, &format!("DTSTART{parameter}:{start}"))?;
        if let Some(end) = end {
            folded(out, &format!("DTEND{parameter}:{end}"))?;
        }
        folded(out, &format!("SUMMARY:{}", escaped(&entry.summary)))?;
        folded(out, &format!("CATEGORIES:{}", entry.category))?;
        folded(out, if entry.tentative { "STATUS:TENTATIVE" } else { "STATUS:CONFIRMED" })?;
        folded(out, "TRANSP:TRANSPARENT")?;
        let told: Vec<&str> = entry.told.iter().map(String::as_str).collect();
        folded(out, &format!("DESCRIPTION:{}", escaped(&told.join("\n"))))?;
        if let Some(url) = entry.urls.first() {
            folded(out, &format!("URL:{}", url.replace(char::is_whitespace, "%20")))?;
        }
        folded(out, "END:VEVENT")?;
    }
    folded(out, "END:VCALENDAR")
}

/// When a statement belongs into the calendar, and as what; `since` is the day of its article.
fn when(s: &Statement, since: &str) -> Option<(When, &'static str)> {
    let valid = s.valid.as_ref()?;
    let (from, to) = (valid.from.as_deref(), valid.to.as_deref());
    if s.predicate == "prediction" {
        let due = day(to.or(from)?)?;
        return Some(((due.strftime("%Y%m%d").to_string(), next(due)), "PREDICTION"));
    }
    let negative = s.factuality.as_deref().is_some_and(|f| f.ends_with('-')) || s.realis.as_deref() == Some("negated");
    if negative || !matches!(valid.precision.as_str(), "time" | "part" | "day" | "weekend" | "week") {
        return None;
    }
    let first = day(from?)?;
    let cameo = detail(s, "cameo").and_then(serde_json::Value::as_str);
    let visit =
        matches!(cameo, Some("042" | "043")) || detail(s, "mode").and_then(serde_json::Value::as_str) == Some("visit");
    let to_come = s.realis.as_deref() == Some("future") || day(since).is_some_and(|since| first > since);
    let category = if visit {
        "VISIT"
    } else if to_come {
        "EVENT"
    } else {
        return None;
    };
    let hour = from?.get(10..16).filter(|_| valid.precision == "time").and_then(|t| t.strip_prefix('T'));
    if let Some((hour, minute)) = hour.and_then(|t| t.split_once(':')) {
        let start = format!("{}T{hour}{minute}00", first.strftime("%Y%m%d"));
        return Some(((start, None), category));
    }
    let last = to.and_then(day).unwrap_or(first).max(first);
    Some(((first.strftime("%Y%m%d").to_string(), next(last)), category))
}

fn day(date: &str) -> Option<Date> {
    date.get(..10)?.parse().ok()
}

fn next(date: Date) -> Option<String> {
    Some(date.checked_add(1.day()).ok()?.strftime("%Y%m%d").to_string())
}

fn compact(day: &str) -> String {
    day.replace('-', "")
}

/// A value of type TEXT (3.3.11). Other control characters have no place in it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => safe.extend(['\\', c]),
            '\n' | '\r' => safe += "\\n",
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// A content line of at most 75 octets, the rest on lines that begin with a space (3.1); never broken inside a character.
fn folded(out: &mut dyn Write, content: &str) -> Done {
    let mut rest = content;
    let mut room = 75;
    loop {
        let mut end = rest.len().min(room);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        write!(out, "{}\r\n", &rest[..end])?;
        rest = &rest[end..];
        if rest.is_empty() {
            return Ok(());
        }
        write!(out, " ")?;
        room = 74;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_at_75_octets_and_come_back_whole() {
        for text in ["SUMMARY:short".to_owned(), format!("SUMMARY:{}", "é😀ل,x".repeat(60)), "é".repeat(75)] {
            let mut bytes = Vec::new();
            folded(&mut bytes, &text).expect("memory takes it");
            let written = String::from_utf8(bytes).expect("no character is broken");
            assert!(written.split("\r\n").all(|line| line.len() <= 75), "{written}");
            assert_eq!(written.replace("\r\n ", "").trim_end_matches("\r\n"), text);
        }
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("a, b; c\\d\r\ne\nf"), "a\\, b\\; c\\\\d\\ne\\nf");
        assert_eq!(escaped("اتفاق \u{7}😀"), "اتفاق  😀");
    }
}
