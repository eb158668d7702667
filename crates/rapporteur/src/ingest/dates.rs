//! Dates of publication: as metadata give them and as a line of the text prints them. Nothing is guessed: 3/4/2025 is no date.

use jiff::civil::Date;

use crate::knowledge::calendar;

/// A date with the precision it was given in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    /// ISO 8601: `2025-11-06`, `2025-11`, `2025`, `2025-11-06T14:00`; the hour is the one printed, without its zone.
    pub(super) date: String,
    /// `time`, `day`, `month`, `year`.
    pub(super) precision: &'static str,
}

const LABELS: [&str; 14] = [
    "published",
    "posted",
    "updated",
    "last",
    "modified",
    "first",
    "created",
    "date",
    "on",
    "at",
    "issued",
    "released",
    "of",
    "dated",
];
const ZONES: [&str; 19] = [
    "et", "est", "edt", "ct", "cst", "cdt", "mt", "mst", "pt", "pst", "pdt", "gmt", "utc", "bst", "cet", "cest", "ist",
    "z", "local",
];

/// The date in a `date` field: ISO 8601 in any length, `20251106`, or as a letter prints it. `None`: not a date.
pub(super) fn of_metadata(given: &str) -> Option<Dated> {
    let given = given.trim();
    iso(given).or_else(|| written(given).and_then(Written::dated))
}

/// What a stretch of text says of a day, when all of it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    weekday: bool,
    time: Option<(i8, i8)>,
    /// The line says "updated", not "published".
    pub(super) updated: bool,
    /// It says what happened on that day: "Published", "Posted on".
    pub(super) labelled: bool,
}

impl Written {
    /// With that year where it has none.
    pub(super) fn in_year(self, year: Option<i16>) -> Written {
        Written { year: self.year.or(year), ..self }
    }

    /// As a date of publication; `None` without a year, or where no calendar has that day.
    pub(super) fn dated(self) -> Option<Dated> {
        let year = self.year?;
        let month = self.month?;
        let Some(day) = self.day else {
            return Some(Dated { date: format!("{year:04}-{month:02}"), precision: "month" });
        };
        Date::new(year, month, day).ok()?;
        Some(match self.time {
            Some((hour, minute)) => {
                Dated { date: format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"), precision: "time" }
            }
            None => Dated { date: format!("{year:04}-{month:02}-{day:02}"), precision: "day" },
        })
    }
}

/// Reads "Published Nov. 6, 2025 3:14 pm ET", "Thursday, 6 November 2025", "Nov 6", "Thursday". `None` where any word is no part of a date.
pub(super) fn written(line: &str) -> Option<Written> {
    if line.len() > 120 {
        return None;
    }
    let mut found = Written::default();
    let lower = line.to_lowercase().replace("a.m.", "am").replace("p.m.", "pm");
    let tokens = lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '•' | '·' | '(' | ')' | '–' | '—'));
    for token in tokens.map(|t| t.trim_matches(['.', ':', '-'])).filter(|t| !t.is_empty()) {
        if let Some(dated) = iso(token) {
            let mut parts = dated.date.splitn(3, ['-', 'T']);
            found.year = parts.next().and_then(|p| p.parse().ok());
            found.month = parts.next().and_then(|p| p.parse().ok()).or(found.month);
            found.day = dated.date.get(8..10).and_then(|p| p.parse().ok()).or(found.day);
        } else if let Some(month) = calendar::month(token) {
            if found.month.replace(month).is_some() {
                return None;
            }
        } else if calendar::weekday(token).is_some() {
            found.weekday = true;
        } else if let Some(time) = clock(token) {
            found.time = Some(time);
        } else if let Some(day) = day_of_month(token) {
            if found.day.replace(day).is_some() {
                return None;
            }
        } else if token == "am" || token == "pm" {
            found.time = found.time.and_then(|t| half(t, token));
        } else if LABELS.contains(&token) {
            found.labelled |= token.len() > 2 && token != "last";
            found.updated |= token == "updated" || token == "modified";
        } else if !ZONES.contains(&token) {
            return None;
        }
    }
    let whole = found.month.is_some() && (found.day.is_some() || found.year.is_some());
    (whole || (found.weekday && found.month.is_none() && found.day.is_none() && found.year.is_none())).then_some(found)
}

/// The year of the page's own copyright line ("© 2025 Lakeside Times"), the last where it names several.
pub(super) fn copyright_year(text: &str) -> Option<i16> {
    let sign = text.match_indices('©').map(|(at, sign)| (at, sign.len()));
    let word = text.match_indices("Copyright ").map(|(at, word)| (at, word.len()));
    let years = sign.chain(word).filter_map(|(at, length)| {
        let line = text.get(at + length..)?.lines().next()?;
        // "Copyright law of 2019" is none.
        let head: String = line.chars().take_while(|c| !c.is_alphabetic()).collect();
        let numbers = head.split(|c: char| !c.is_ascii_digit()).filter(|n| n.len() == 4);
        numbers.filter_map(|n| n.parse().ok()).filter(|y| (1990..2100).contains(y)).max()
    });
    years.max()
}

/// `2025`, `2025-11`, `2025-11-06`, `2025-11-06T14:00:05Z`, `20251106`.
fn iso(given: &str) -> Option<Dated> {
    let digits = |range: std::ops::Range<usize>| -> Option<i16> {
        given.get(range).filter(|s| s.bytes().all(|b| b.is_ascii_digit())).and_then(|s| s.parse().ok())
    };
    let year = digits(0..4).filter(|y| (1000..=2999).contains(y))?;
    if given.len() == 4 {
        return Some(Dated { date: given.to_owned(), precision: "year" });
    }
    if given.len() == 8 {
        let (month, day) = (digits(4..6)? as i8, digits(6..8)? as i8);
        Date::new(year, month, day).ok()?;
        return Some(Dated { date: format!("{year}-{month:02}-{day:02}"), precision: "day" });
    }
    let month = digits(5..7).filter(|m| given.get(4..5) == Some("-") && (1..=12).contains(m))? as i8;
    if given.len() == 7 {
        return Some(Dated { date: given.to_owned(), precision: "month" });
    }
    let day = digits(8..10).filter(|_| given.get(7..8) == Some("-"))? as i8;
    Date::new(year, month, day).ok()?;
    let date = format!("{year}-{month:02}-{day:02}");
    if given.len() == 10 {
        return Some(Dated { date, precision: "day" });
    }
    if !matches!(given.get(10..11), Some("T" | "t" | " ")) {
        return None;
    }
    match given.get(11..).and_then(|rest| clock(rest.get(..5)?)) {
        Some((hour, minute)) => Some(Dated { date: format!("{date}T{hour:02}:{minute:02}"), precision: "time" }),
        None => Some(Dated { date, precision: "day" }),
    }
}

/// "6", "06", "6th"; of four digits it is a year and not this.
fn day_of_month(token: &str) -> Option<i8> {
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|s| token.strip_suffix(s)).unwrap_or(token);
    (bare.len() <= 2).then(|| bare.parse().ok()).flatten().filter(|d| (1..=31).contains(d))
}

/// "15:14", "3:14pm", "15:14:05".
fn clock(token: &str) -> Option<(i8, i8)> {
    let (bare, noon) =
        match token.strip_suffix("am").map(|b| (b, "am")).or_else(|| token.strip_suffix("pm").map(|b| (b, "pm"))) {
            Some((bare, noon)) => (bare, Some(noon)),
            None => (token, None),
        };
    let (hour, rest) = bare.split_once(':')?;
    let time = (
        hour.parse().ok().filter(|h| (0..24).contains(h))?,
        rest.get(..2)?.parse().ok().filter(|m| (0..60).contains(m))?,
    );
    match noon {
        Some(noon) => half(time, noon),
        None => Some(time),
    }
}

fn half((hour, minute): (i8, i8), noon: &str) -> Option<(i8, i8)> {
    (1..=12).contains(&hour).then(|| (hour % 12 + if noon == "pm" { 12 } else { 0 }, minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &str, expect: Option<&str>) {
        assert_eq!(of_metadata(given).map(|d| format!("{} {}", d.date, d.precision)).as_deref(), expect, "{given}");
    }

    #[test]
    fn metadata_keep_their_precision() {
        check("2025-11-06", Some("2025-11-06 day"));
        check("2025-11", Some("2025-11 month"));
        check("2025", Some("2025 year"));
        check("20251106", Some("2025-11-06 day"));
        check("2025-11-06T14:00:05Z", Some("2025-11-06T14:00 time"));
        check("2025-11-06 14:00", Some("2025-11-06T14:00 time"));
        check("Thu, 06 Nov 2025 15:14:00 GMT", Some("2025-11-06T15:14 time"));
        check("November 6, 2025", Some("2025-11-06 day"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for given in
            ["", "yesterday", "2025-02-30", "30 February 2025", "3/4/2025", "20251399", "2025-13", "Nov 6", "日本", "0"]
        {
            check(given, None);
        }
    }

    #[test]
    fn lines_of_the_text() {
        let read = |line: &str| written(line).and_then(Written::dated).map(|d| d.date);
        assert_eq!(read("Published November 6, 2025").as_deref(), Some("2025-11-06"));
        assert_eq!(read("Nov. 6, 2025 3:14 pm ET").as_deref(), Some("2025-11-06T15:14"));
        assert_eq!(read("Thursday, 6th November 2025\u{a0}").as_deref(), Some("2025-11-06"));
        assert_eq!(read("Last updated: 2025-11-06").as_deref(), Some("2025-11-06"));
        assert_eq!(read("The pact was signed on November 6, 2025"), None);
        assert_eq!(read("May 2025 talks"), None);
        assert_eq!(
            written("Nov 6").and_then(|w| w.in_year(Some(2025)).dated()).map(|d| d.date).as_deref(),
            Some("2025-11-06")
        );
        assert_eq!(copyright_year("Talks resume.\n© 2019-2025 Lakeside Times\n"), Some(2025));
        assert_eq!(copyright_year("Copyright law of 2019 applies. A 2025 treaty.\n© Lakeside Times"), None);
        assert!(written("Nov 6").is_some() && written("Thursday").is_some() && written("6").is_none());
    }
}
