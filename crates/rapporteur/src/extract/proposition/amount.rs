//! Numbers as intervals with their unit: "about 20 ships", "at least four to six more nations", "157 votes to 18", "dozens of".
//!
//! What widens a number stands in `data/en/approximations.tsv`. Numbers of dates and numbers inside names are none.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use language::{Pos, Reading, Span, Token};

use super::Proposition;
use crate::extract::prediction::quantity;
use crate::extract::{Context, EntityId, Time};

/// How sharp the words make a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// The bare number.
    Exact,
    /// "about", "four to six", "dozens".
    Loose,
    /// "at least", "up to": one end only.
    OneSided,
}

/// A number that a clause gives.
#[derive(Clone, Debug)]
pub struct Amount {
    /// The lowest that the words allow.
    pub lo: f64,
    /// The highest; infinite after "at least".
    pub hi: f64,
    /// How sharp they make it.
    pub bound: Bound,
    /// What is counted: lemma of the noun, `$`, `€`, `percent`; empty where the words name nothing.
    pub unit: String,
    /// Lemmas of the content words beside the unit, sorted: what kind of them.
    pub kind: Vec<String>,
    /// The votes against, of a division: "157 to 18".
    pub against: Option<f64>,
    /// "more", "another", "further": beside those counted before.
    pub further: bool,
    /// Names in the same sentence before or within the clause: of whom it is told.
    pub of: Vec<EntityId>,
    /// The number with what widens it and its unit.
    pub span: Span,
    /// Where the number itself stands.
    pub at: usize,
}

struct Approximation {
    stands: bool,
    lo: f64,
    hi: Option<f64>,
}

static APPROXIMATIONS: LazyLock<BTreeMap<&'static str, Approximation>> = LazyLock::new(|| {
    let table = include_str!("../../../../../data/en/approximations.tsv");
    let rows = table.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect::<Vec<_>>());
    rows.filter(|r| r.len() == 5)
        .filter_map(|r| {
            Some((r[0], Approximation { stands: r[1] == "stands", lo: r[2].parse().ok()?, hi: r[3].parse().ok() }))
        })
        .collect()
});

/// Finds the amounts of an article and gives each to the proposition whose predicate governs it.
pub(super) fn assign(context: Context<'_>, times: &[Time], propositions: &mut [Proposition]) {
    let reading = context.reading;
    let mut i = 0;
    while i < reading.len() {
        let Some((mut amount, next)) = at(reading, i, times, context) else {
            i += 1;
            continue;
        };
        if let Some(place) = governor(reading, i, propositions) {
            amount.of = beside(reading, i, context);
            propositions[place].amounts.push(amount);
        }
        i = next.max(i + 1);
    }
}

/// The names of the sentence, but for agreements: a number is told of one of them.
fn beside(reading: &Reading, at: usize, context: Context<'_>) -> Vec<EntityId> {
    let Some(sentence) = reading.get(at).and_then(|t| reading.sentences().get(t.sentence())) else { return Vec::new() };
    let mentions = context.names.mentions_in(sentence.tokens.clone());
    let mut of: Vec<EntityId> = mentions.map(|m| context.names.entity_of(m).id.clone()).collect();
    of.sort();
    of.dedup();
    of
}

/// The proposition of the nearest governor that has one.
fn governor(reading: &Reading, at: usize, propositions: &[Proposition]) -> Option<usize> {
    let token = reading.get(at)?;
    let find = |t: Token<'_>| propositions.binary_search_by_key(&t.span().start, |p| p.predicate.start).ok();
    token.ancestors().take(12).find_map(find)
}

/// The amount that begins at the token, and the token after it.
fn at(reading: &Reading, i: usize, times: &[Time], context: Context<'_>) -> Option<(Amount, usize)> {
    let token = reading.get(i)?;
    if token.pos() != Pos::Num {
        return standing(reading, i);
    }
    let place = times.partition_point(|t| t.span.end <= token.span().start);
    let dated = times.get(place).is_some_and(|t| t.span.overlaps(token.span()));
    let in_name = context.names.mention_at(i).is_some();
    if dated || in_name || quantity::named(token) {
        return None;
    }
    let (low, mut next) = quantity::number(reading, i, reading.len())?;
    let (mut lo, mut hi, mut bound) = (low, low, Bound::Exact);
    let mut against = None;
    let joint = reading.get(next).map_or("", |t| t.text()).to_owned();
    let before = reading.get(i.wrapping_sub(1)).map_or(String::new(), |t| t.text().to_lowercase());
    let is_range = matches!(joint.as_str(), "to" | "-" | "–" | "or") || (joint == "and" && before == "between");
    if is_range
        && let Some((high, after)) = quantity::number(reading, next + 1, reading.len())
        && reading.get(next + 1).is_some_and(|t| t.sentence() == token.sentence())
    {
        if high > low {
            lo = low * quantity::scale_of(low, high, reading, next + 1, reading.len());
            (hi, bound, next) = (high, Bound::Loose, after);
        } else if joint != "or" && (before == "by" || is_division(token)) {
            (against, next) = (Some(high), after);
        }
    }
    let (mut unit, mut kind, mut last) = unit(reading, token, next);
    if against.is_none()
        && let Some((votes, end)) = division(reading, token, next, &unit)
    {
        (against, last) = (Some(votes), last.max(end));
        next = next.max(end);
    }
    if against.is_some() {
        (unit, kind) = ("vote".to_owned(), Vec::new());
    }
    let mut first = i;
    if let Some((words, approximation)) = widened(reading, i) {
        first = words;
        lo *= approximation.lo;
        hi = approximation.hi.map_or(f64::INFINITY, |f| hi * f);
        bound = match approximation.hi {
            Some(_) if approximation.lo > 0.0 => Bound::Loose,
            _ => Bound::OneSided,
        };
    }
    let symbol = reading.get(first.wrapping_sub(1)).filter(|t| t.tag() == "$" || matches!(t.text(), "€" | "£" | "$"));
    if let Some(symbol) = symbol {
        unit = currency(symbol.text()).to_owned();
        first -= 1;
    }
    let than = reading.get(i.wrapping_sub(1)).is_some_and(|t| t.text().eq_ignore_ascii_case("than"));
    let further = !than && kind.iter().any(|k| matches!(k.as_str(), "more" | "other" | "further" | "additional"))
        || reading.get(next).is_some_and(|t| matches!(t.text(), "more" | "other" | "further"))
        || matches!(before.as_str(), "another" | "other" | "further" | "additional");
    let span = reading.span(first..last.max(next));
    let amount = Amount { lo, hi, bound, unit, kind, against, further, of: Vec::new(), span, at: token.span().start };
    Some((amount, next))
}

/// "dozens of ships", "half a dozen governments".
fn standing(reading: &Reading, i: usize) -> Option<(Amount, usize)> {
    let token = reading.get(i)?;
    if token.pos() == Pos::Punct {
        return None;
    }
    for n in (1..=3).rev() {
        let last = reading.get(i + n - 1).filter(|t| t.sentence() == token.sentence())?;
        let words = Span::new(token.span().start, last.span().end).of(reading.text()).to_lowercase();
        let Some(approximation) = APPROXIMATIONS.get(words.as_str()).filter(|a| a.stands) else { continue };
        let (unit, kind, end) = unit(reading, last, i + n);
        let amount = Amount {
            lo: approximation.lo,
            hi: approximation.hi.unwrap_or(f64::INFINITY),
            bound: Bound::Loose,
            unit,
            kind,
            against: None,
            further: false,
            of: Vec::new(),
            span: reading.span(i..end.max(i + n)),
            at: token.span().start,
        };
        return Some((amount, i + n));
    }
    None
}

/// The longest words before the number that widen it, with where they begin.
fn widened(reading: &Reading, i: usize) -> Option<(usize, &'static Approximation)> {
    let token = reading.get(i)?;
    let start = i - usize::from(reading.get(i.wrapping_sub(1)).is_some_and(|t| t.tag() == "$"));
    (1..=3usize).rev().find_map(|n| {
        let first = start.checked_sub(n)?;
        let from = reading.get(first).filter(|t| t.sentence() == token.sentence())?;
        let to = reading.get(start - 1)?;
        let words = Span::new(from.span().start, to.span().end).of(reading.text()).to_lowercase();
        APPROXIMATIONS.get(words.as_str()).filter(|a| !a.stands).map(|a| (first, a))
    })
}

/// What the number counts, what kind of it, and the token after the phrase.
fn unit(reading: &Reading, number: Token<'_>, after: usize) -> (String, Vec<String>, usize) {
    if let Some(next) =
        reading.get(after).filter(|t| matches!(t.lemma().to_lowercase().as_str(), "percent" | "%" | "per"))
    {
        let end = if next.lemma() == "per" { after + 2 } else { after + 1 };
        let of = next.children().find(|c| c.dep() == "prep" && c.lemma() == "of").and_then(|p| p.child("pobj"));
        let kind = of.map(|o| vec![o.lemma().to_lowercase()]).unwrap_or_default();
        return ("percent".to_owned(), kind, end);
    }
    let of = |t: Token<'_>| {
        reading.get(t.i + 1).filter(|c| c.text() == "of").and_then(|c| c.child("pobj").map(|o| (o, c.i)))
    };
    let head = number
        .head()
        .filter(|h| matches!(number.dep(), "nummod" | "quantmod" | "compound" | "amod") && h.i >= number.i);
    let head = head.or_else(|| {
        // "more than 160" hangs on the number that counts; "hundreds of ships" counts ships.
        let last = reading.get(after.wrapping_sub(1))?;
        of(last).map(|(noun, _)| noun)
    });
    let noun = match head {
        Some(h) if matches!(h.pos(), Pos::Noun | Pos::Propn) => h,
        Some(h) if h.pos() == Pos::Num => match h.head().filter(|n| h.dep() == "nummod" && n.pos() == Pos::Noun) {
            Some(noun) => noun,
            None => return (String::new(), Vec::new(), after),
        },
        _ => return (String::new(), Vec::new(), after),
    };
    let inside = |t: &Token<'_>| t.i != noun.i && matches!(t.pos(), Pos::Noun | Pos::Propn | Pos::Adj);
    let tokens = super::noun_phrase(noun);
    let mut kind: Vec<String> =
        reading.range(tokens.clone()).filter(inside).take(8).map(|t| t.lemma().to_lowercase()).collect();
    kind.sort();
    kind.dedup();
    (noun.lemma().to_lowercase(), kind, (noun.i + 1).max(after))
}

/// The votes against in "175 members voted in favour and 18 against", "157 votes to 18", and the token after them.
fn division(reading: &Reading, number: Token<'_>, after: usize, unit: &str) -> Option<(f64, usize)> {
    let window = after..(after + 12).min(reading.len());
    let own = |t: &Token<'_>| t.sentence() == number.sentence();
    let word = |i: usize| reading.get(i).filter(own).map(|t| t.text().to_lowercase()).unwrap_or_default();
    if matches!(unit, "vote" | "ballot") && word(after + 1) == "to" || unit == "vote" && word(after) == "to" {
        let at = if word(after) == "to" { after + 1 } else { after + 2 };
        return quantity::number(reading, at, reading.len());
    }
    let favour = window.clone().find(|&i| matches!(word(i).as_str(), "favour" | "favor" | "for" | "yes"))?;
    if !window.clone().any(|i| matches!(word(i).as_str(), "voted" | "vote" | "votes")) && word(favour) == "for" {
        return None;
    }
    (favour..window.end).find_map(|i| {
        reading.get(i).filter(|t| t.pos() == Pos::Num && own(t))?;
        let (votes, next) = quantity::number(reading, i, reading.len())?;
        matches!(word(next).as_str(), "against" | "no" | "opposed").then_some((votes, next + 1))
    })
}

/// Whether the sentence tells of a vote.
fn is_division(token: Token<'_>) -> bool {
    let near = token.reading().range(token.i.saturating_sub(8)..token.i + 8);
    near.filter(|t| t.sentence() == token.sentence()).any(|t| {
        matches!(t.lemma().to_lowercase().as_str(), "vote" | "ballot" | "majority" | "approve" | "pass" | "reject")
    })
}

fn currency(symbol: &str) -> &str {
    if symbol.contains('$') {
        "dollar"
    } else if symbol.contains('€') {
        "euro"
    } else if symbol.contains('£') {
        "pound"
    } else {
        symbol
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{MODEL, article};

    fn check(text: &str, wanted: &[&str]) {
        let findings = crate::extract::extract(&MODEL, &article(text));
        let words = |a: &super::Amount| {
            let votes = a.against.map_or(String::new(), |v| format!(" against {v}"));
            format!("{}-{} {}{votes}", a.lo, a.hi, a.unit)
        };
        let found: Vec<String> = findings.propositions.iter().flat_map(|p| &p.amounts).map(words).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn numbers_are_intervals_with_units() {
        check("Chile sent 12 ships.", &["12-12 ship"]);
        check("Chile sent about 20 ships.", &["18-22 ship"]);
        check("Chile sent at least 20 ships.", &["20-inf ship"]);
        check("Chile sent four to six ships.", &["4-6 ship"]);
        check("Chile sent dozens of ships.", &["20-200 ship"]);
        check("Chile paid $3 billion.", &["3000000000-3000000000 dollar"]);
        check("The assembly approved it by 120 votes to 14.", &["120-120 vote against 14"]);
        check("In the assembly 120 members voted in favour and 14 against.", &["120-120 vote against 14"]);
    }

    #[test]
    fn numbers_that_count_nothing() {
        check("Chile agreed in 2019.", &[]);
        check("Chile agreed on May 3.", &[]);
        check("The G7 agreed.", &[]);
    }
}
