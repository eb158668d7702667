//! "WASHINGTON, Nov 6 (Reuters) -": place, date and agency before the first words; and "By Jane Doe".
//!
//! Forms after the Associated Press and Reuters style books. A place in capitals may stand alone before a dash or a colon; one in small
//! letters needs a known agency or a date beside it.

use language::Span;

use super::dates::{self, Written};
use super::furniture::{is_agency, is_kicker};
use super::shape::{high, words};
use super::{Dateline, Note};

/// A dateline ends within so many bytes.
const LONGEST: usize = 120;
/// What stands between a dateline and the first words, longest first.
const ENDS: [&str; 10] = [". —", " --", " —", "--", " –", " -", "—", ")-", ":", ")"];

/// A dateline, and the day it names.
pub(super) struct Found {
    pub(super) dateline: Dateline,
    pub(super) day: Option<Written>,
}

/// Whether a text is a transcript, in which a name in capitals before a colon is a speaker: two of its blocks begin so.
pub(super) fn is_transcript<'a>(blocks: impl Iterator<Item = &'a str>) -> bool {
    let speaks =
        |block: &&str| block.split_once(": ").is_some_and(|(label, _)| label.len() < 60 && is_place(label, false));
    blocks.filter(speaks).take(2).count() == 2
}

/// The dateline at the start of a paragraph. Of a transcript call it not.
pub(super) fn of(text: &str, paragraph: Span) -> Option<Found> {
    let words = paragraph.of(text);
    let mut limit = words.len().min(LONGEST);
    while !words.is_char_boundary(limit) {
        limit -= 1;
    }
    let start = &words[..limit];
    let mut ends: Vec<(usize, &str)> = ENDS.iter().filter_map(|end| start.find(end).map(|at| (at, *end))).collect();
    ends.sort_by_key(|(at, end)| (*at, std::cmp::Reverse(end.len())));
    ends.into_iter().find_map(|(at, end)| {
        let close = usize::from(end.starts_with(')'));
        let rest = &words[at + end.len()..];
        let goes_on =
            rest.trim_start().chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || "\"“‘'".contains(c));
        let apart = end != ":" || rest.starts_with(char::is_whitespace);
        if !goes_on || !apart {
            return None;
        }
        // The stop before a dash belongs to "N.Y." and not to "OSLO.".
        let stop = usize::from(end.starts_with('.') && words[..at].contains(','));
        let head = &words[..at + close.max(stop)];
        let (place, date, agency, day) = parts(head, end)?;
        let span = Span::new(paragraph.start, paragraph.start + head.trim_end().len());
        Some(Found { dateline: Dateline { place, date, agency, span }, day })
    })
}

type Parts = (Option<String>, Option<String>, Option<String>, Option<Written>);

/// Place, date and agency of a stretch that ends before `end`, when all of it is one of them.
fn parts(head: &str, end: &str) -> Option<Parts> {
    let (front, agency) = match head.trim_end().strip_suffix(')').and_then(|h| h.rsplit_once('(')) {
        Some((front, agency)) => (front, Some(agency.trim())),
        None if head.contains(['(', ')']) => return None,
        None => (head, None),
    };
    let agency = agency.filter(|a| (1..=4).contains(&words(a).count()) && words(a).all(high));
    if agency.is_none() && head.contains('(') {
        return None;
    }
    let pieces: Vec<&str> = front.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
    let is_date = |piece: &str| dates::written(piece).is_some() || is_year(piece);
    let dated = pieces.iter().position(|p| is_date(p)).unwrap_or(pieces.len());
    let (places, dates) = pieces.split_at(dated);
    if !dates.iter().all(|p| is_date(p)) || places.len() > 2 {
        return None;
    }
    let sign_of_a_desk = agency.is_some() || !dates.is_empty();
    let place = match places {
        [] => None,
        [city, regions @ ..] => {
            let ok = is_place(city, !dates.is_empty() || agency.is_some_and(is_agency))
                && regions.iter().all(|r| words(r).count() <= 3 && words(r).all(high));
            Some(ok.then(|| city.trim().to_owned())?)
        }
    };
    match (&place, end) {
        (Some(city), ":") if !sign_of_a_desk && (is_kicker(city) || !places[1..].is_empty()) => return None,
        (Some(city), ")" | "-" | "—" | "--" | ")-") if end == ")" && agency.is_none() || is_kicker(city) => {
            return None;
        }
        (Some(city), _) if is_kicker(city) => return None,
        (None, _) if agency.is_none() => return None,
        _ => {}
    }
    // "(CNN)Words": an agency right against the words, and nothing before it; "Berg (Labour)" is a person.
    if end == ")" && !(front.trim().is_empty() || dates.iter().any(|d| !d.is_empty())) {
        return None;
    }
    let date = (!dates.is_empty()).then(|| dates.join(", "));
    let day = date.as_deref().and_then(dates::written);
    Some((place, date, agency.map(str::to_owned), day))
}

fn is_year(piece: &str) -> bool {
    piece.len() == 4 && piece.bytes().all(|b| b.is_ascii_digit())
}

/// One to four words, in capitals; beside a known agency or a date capitals at the start of each word are enough.
fn is_place(city: &str, sign_of_a_desk: bool) -> bool {
    let n = words(city).count();
    let letters = city.chars().filter(|c| c.is_alphabetic()).count();
    let plain = city.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '/' | '\'' | '’'));
    let capitals = !city.chars().any(char::is_lowercase) && letters >= 3;
    plain
        && (1..=4).contains(&n)
        && (capitals || (sign_of_a_desk && words(city).all(|w| high(w) || ["de", "of", "la", "el"].contains(&w))))
}

/// The span of "By Jane Doe" when a block is a byline: "By", then one to four capitalised words, more after "and", and perhaps an office
/// after a comma.
pub(super) fn byline(block: &str) -> bool {
    let Some(rest) =
        block.strip_prefix("By ").or_else(|| block.strip_prefix("BY ")).or_else(|| block.strip_prefix("by "))
    else {
        return false;
    };
    let names = rest.split(['|', '•', '·']).next().unwrap_or(rest);
    let words: Vec<&str> = words(names).collect();
    let linking =
        |w: &str| ["and", "de", "van", "von", "al", "bin", "for", "of", "in", "the"].contains(&w.trim_matches(','));
    let stop = names.trim_end().ends_with(['.', ':', '?', '!']) && !names.trim_end().ends_with("Jr.");
    !stop
        && (1..=14).contains(&words.len())
        && words.iter().all(|w| high(w) || linking(w))
        && words.first().is_some_and(|w| high(w))
        && !words[0].chars().any(|c| c.is_ascii_digit())
}

/// A note that a date could not be read.
pub(super) fn unreadable(given: &str) -> Note {
    let shown: String = given.chars().take(40).collect();
    Note {
        kind: "date_unreadable".to_owned(),
        span: None,
        message: format!("The date given, {shown:?}, is no date this program reads."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paragraph: &str, expect: Option<[&str; 4]>) {
        let found = of(paragraph, Span::new(0, paragraph.len())).map(|f| f.dateline);
        let told = found.as_ref().map(|d| {
            let or = |o: &Option<String>| o.clone().unwrap_or_default();
            [d.span.of(paragraph).to_owned(), or(&d.place), or(&d.date), or(&d.agency)]
        });
        assert_eq!(told, expect.map(|e| e.map(str::to_owned)), "{paragraph}");
    }

    #[test]
    fn datelines() {
        check("OSLO: Norland will sign.", Some(["OSLO", "OSLO", "", ""]));
        check("OSLO — Norland will sign.", Some(["OSLO", "OSLO", "", ""]));
        check(
            "ASTANA, Nov 6 (Reuters) - Ministers met.",
            Some(["ASTANA, Nov 6 (Reuters)", "ASTANA", "Nov 6", "Reuters"]),
        );
        check("GENEVA (AP) — Ministers met.", Some(["GENEVA (AP)", "GENEVA", "", "AP"]));
        check("SEOUL, South Korea (AP) — Ministers met.", Some(["SEOUL, South Korea (AP)", "SEOUL", "", "AP"]));
        check("ST. PAUL, Minn. — Ministers met.", Some(["ST. PAUL, Minn.", "ST. PAUL", "", ""]));
        check("Geneva (AFP) – Ministers met.", Some(["Geneva (AFP)", "Geneva", "", "AFP"]));
        check("June 3 (UPI) — Ministers met.", Some(["June 3 (UPI)", "", "June 3", "UPI"]));
        check("(Reuters) - Ministers met.", Some(["(Reuters)", "", "", "Reuters"]));
        check("(CNN)Ministers met.", Some(["(CNN)", "", "", "CNN"]));
        check(
            "BEIJING, Nov. 6, 2025 (Xinhua) -- Ministers met.",
            Some(["BEIJING, Nov. 6, 2025 (Xinhua)", "BEIJING", "Nov. 6, 2025", "Xinhua"]),
        );
        check(
            "OSLO/PARIS, Nov 6 (Reuters) - Ministers met.",
            Some(["OSLO/PARIS, Nov 6 (Reuters)", "OSLO/PARIS", "Nov 6", "Reuters"]),
        );
        check("NEW DELHI: “We will sign,” she said.", Some(["NEW DELHI", "NEW DELHI", "", ""]));
    }

    #[test]
    fn look_alikes() {
        for paragraph in [
            "BREAKING: Norland will sign.",
            "EXCLUSIVE — Norland will sign.",
            "Norland — a party since 1990 — will sign.",
            "Berg (Labour) - Oslo said so.",
            "The ministers, who met on Nov 6 (Thursday) - Oslo said - will sign.",
            "NATO’s chief said: We will sign.",
            "Oslo: Norland will sign.",
            "US-Norland talks resumed.",
            "Anna Berg (AP) Photo",
            "",
            "—",
            ": A",
            "日本（共同）— 会談",
        ] {
            check(paragraph, None);
        }
    }

    #[test]
    fn bylines() {
        for yes in [
            "By Jane Doe",
            "By Jane Doe and John Roe",
            "BY JANE DOE",
            "By Jane Doe, The Lakeside Times",
            "By Jane Doe | Nov 6, 2025",
        ] {
            assert!(byline(yes), "{yes}");
        }
        for no in [
            "By Monday the talks had failed.",
            "By signing, Norland agreed",
            "By 2030",
            "Jane Doe",
            "By any measure",
            "By",
        ] {
            assert!(!byline(no), "{no}");
        }
    }
}
