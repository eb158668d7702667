//! The number that a prediction gives: "four to six more nations", "25 percent", "$50 billion". Numbers of dates are none.

use std::ops::Range;

use language::{Pos, Reading, Token};

use crate::extract::Time;

/// Lowest and highest of the first number in a range of tokens; `None` where there is none.
pub(super) fn of(reading: &Reading, tokens: Range<usize>, times: &[Time]) -> Option<[f64; 2]> {
    let dated = |t: Token<'_>| times.iter().any(|time| time.span.contains(t.span()));
    let mut i = tokens.start;
    while i < tokens.end {
        let token = reading.get(i)?;
        let dozen = token.text().eq_ignore_ascii_case("half") || token.after().is_some_and(|a| a.text() == "dozen");
        if token.pos() != Pos::Num && !(dozen && number(reading, i, tokens.end).is_some())
            || dated(token)
            || matches!(token.text(), "one" | "One")
            || named(token)
            || known(token)
            || accompanies(token)
            || measures(token)
            || counts_a_list(token)
        {
            i += 1;
            continue;
        }
        let Some((low, after)) = number(reading, i, tokens.end) else {
            i += 1;
            continue;
        };
        // "four to six", "between four and six", "4-6".
        let joined = reading.get(after).is_some_and(|t| matches!(t.text(), "to" | "-" | "–" | "or"))
            || (reading.get(after).is_some_and(|t| t.text() == "and")
                && i > 0
                && reading.get(i - 1).is_some_and(|t| t.text().eq_ignore_ascii_case("between")));
        let high = if joined && after + 1 < tokens.end { number(reading, after + 1, tokens.end) } else { None };
        return Some(match high {
            Some((high, _)) if high >= low => [low * scale_of(low, high, reading, after + 1, tokens.end), high],
            _ => bounds(reading, i, low),
        });
    }
    None
}

/// "at least two" has no top, "up to two" no bottom.
fn bounds(reading: &Reading, at: usize, value: f64) -> [f64; 2] {
    let before =
        |n: usize| at.checked_sub(n).and_then(|i| reading.get(i)).map_or(String::new(), |t| t.text().to_lowercase());
    let money = usize::from(matches!(before(1).as_str(), "$" | "€" | "£"));
    match (before(2 + money).as_str(), before(1 + money).as_str()) {
        ("at", "least") | ("more", "than") | ("no", "fewer" | "less") => [value, f64::INFINITY],
        ("at", "most") | ("up", "to") | ("fewer" | "less", "than") => [0.0, value],
        _ => [value, value],
    }
}

/// "a child aged 9", "ages 10, 9 and 4", "1,300 kilometres", "at a price of 9 dollars a barrel": measures of a thing, no count or change.
fn measures(token: Token<'_>) -> bool {
    let noun = token.first_conjunct();
    let aged = |t: Token<'_>| matches!(t.lemma().to_lowercase().as_str(), "age" | "aged");
    let of_age = std::iter::once(noun).chain(noun.ancestors().take(2)).any(aged);
    let length = token.head().is_some_and(|h| {
        matches!(
            h.lemma().to_lowercase().as_str(),
            "kilometre" | "kilometer" | "mile" | "metre" | "meter" | "km" | "year-old" | "hectare" | "acre" | "foot"
        )
    });
    of_age || length
}

/// "$3 to 5 billion": the scale of the second is that of the first.
pub(in crate::extract) fn scale_of(low: f64, high: f64, reading: &Reading, at: usize, end: usize) -> f64 {
    let bare = reading.get(at).and_then(|t| value(t.text()));
    match bare {
        Some(bare) if bare > 0.0 && high > bare && low <= bare && at < end => high / bare,
        _ => 1.0,
    }
}

/// A number with its scale from a token on, and the token after it.
pub(in crate::extract) fn number(reading: &Reading, at: usize, end: usize) -> Option<(f64, usize)> {
    let word = |i: usize| reading.get(i).filter(|_| i < end).map_or(String::new(), |t| t.text().to_lowercase());
    match (word(at).as_str(), word(at + 1).as_str(), word(at + 2).as_str()) {
        ("half", "a", "dozen") => return Some((6.0, at + 3)),
        ("a", "dozen", _) => return Some((12.0, at + 2)),
        _ => {}
    }
    let mut value = value(reading.get(at)?.text())?;
    let mut next = at + 1;
    while next < end
        && let Some(scale) = reading.get(next).and_then(|t| scale(&t.text().to_lowercase()))
    {
        value *= scale;
        next += 1;
    }
    Some((value, next))
}

fn value(text: &str) -> Option<f64> {
    let plain = text.replace(',', "");
    if plain.starts_with(|c: char| c.is_ascii_digit()) {
        return plain.parse().ok();
    }
    crate::extract::time::number(&text.to_lowercase())
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

/// A number that is part of a name: "Boeing 737", "G7", "Resolution 1701".
pub(in crate::extract) fn named(token: Token<'_>) -> bool {
    let name = |t: Token<'_>| t.pos() == Pos::Propn;
    let inside = token.after().is_some_and(|a| name(a) && a.i == token.i + 1);
    token.before().is_some_and(|b| {
        name(b) && b.i + 1 == token.i && (token.head().is_none_or(|h| h.i <= token.i) || inside && token.tag() == "CD")
    })
}

/// "2) to find out": the number of a point in a list.
fn counts_a_list(token: Token<'_>) -> bool {
    let bracket = token.after().is_some_and(|a| a.text() == ")");
    bracket && !token.before().is_some_and(|b| matches!(b.text(), "(" | "$" | "€" | "£")) && {
        // "(up to 25)": an opening bracket stands before it.
        let sentence = token.reading().sentences().get(token.sentence()).map_or(0, |s| s.tokens.start);
        !token.reading().range(sentence.max(token.i.saturating_sub(12))..token.i).any(|t| t.text() == "(")
    }
}

/// "With 32 nations at the table we will be stronger": a circumstance, not what is foretold.
fn accompanies(token: Token<'_>) -> bool {
    let with = token.ancestors().take(6).find(|a| a.dep() == "prep" && a.lemma().eq_ignore_ascii_case("with"));
    with.and_then(|w| Some((w, w.head()?)))
        .is_some_and(|(w, verb)| w.i < verb.i && matches!(verb.pos(), Pos::Verb | Pos::Aux))
}

/// A number that only names who is known: "the two leaders", "28-member", "the 25% duty".
fn known(token: Token<'_>) -> bool {
    let definite = |t: Token<'_>| {
        t.children().any(|c| {
            (c.dep() == "det" && matches!(c.text(), "the" | "The" | "these" | "those" | "both")) || c.dep() == "poss"
        })
    };
    let hyphen = token.after().is_some_and(|a| a.text() == "-" && !token.space_after() && !a.space_after());
    let word_behind = token.after().and_then(Token::after).is_some_and(|w| w.text().starts_with(char::is_alphabetic));
    let more = |t: Token<'_>| t.children().any(|c| c.lemma() == "more");
    let rate = token.head().filter(|h| h.i > token.i && matches!(h.text(), "%" | "percent" | "per"));
    let of_known = rate.and_then(Token::head).is_some_and(|n| n.i > token.i && n.pos() == Pos::Noun && definite(n));
    of_known
        || (hyphen && word_behind)
        || token.head().is_some_and(|h| h.i > token.i && definite(h) && !more(h) && matches!(h.tag(), "NNS" | "NNPS"))
}
