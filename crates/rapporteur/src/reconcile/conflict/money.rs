//! Sums of money in two currencies that are one sum: at a rate that one of the articles prints itself, "6 billion euros ($7 billion)".
//! Without such a rate nothing is said.

use std::collections::BTreeMap;

use language::Span;

use super::super::align::sentence;
use super::super::{Conflict, ConflictKind, Verdict, Witness};
use super::position;
use crate::extract::EntityId;
use crate::extract::stage::plays_in_relief;
use crate::provenance::Passage;

/// How far two sums may lie apart and still be one that was rounded.
const ROUNDED: f64 = 0.1;

/// A sum of money as printed.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Money {
    currency: &'static str,
    amount: f64,
    span: Span,
}

/// Sums of the same measure by the same side in two currencies, where a rate printed in the story makes them one.
pub(super) fn sums(story: &[Witness<'_>]) -> Vec<Conflict> {
    type Said<'a> = (Money, &'a Witness<'a>, Vec<&'a EntityId>);
    let mut rates: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    let mut said: Vec<Said<'_>> = Vec::new();
    for witness in story {
        let text = &witness.article.text;
        let all = moneys(text);
        for pair in all.windows(2) {
            let between = text[pair[0].span.end..pair[1].span.start].trim();
            if between.starts_with('(') && between.len() < 3 && pair[0].currency != pair[1].currency {
                rates.insert((pair[0].currency, pair[1].currency), pair[1].amount / pair[0].amount);
                rates.insert((pair[1].currency, pair[0].currency), pair[0].amount / pair[1].amount);
            }
        }
        for money in all {
            let within = sentence(witness, money.span);
            let of_measure = within.of(text).split(|c: char| !c.is_alphanumeric()).any(|w| {
                let word = w.to_lowercase();
                let one = word.strip_suffix("ies").map(|r| format!("{r}y"));
                let one = one.or_else(|| word.strip_suffix('s').map(str::to_owned)).unwrap_or(word);
                plays_in_relief("measure", &one)
            });
            if of_measure {
                let named = witness.findings.entities.iter().filter(|e| e.mentions.iter().any(|m| within.overlaps(*m)));
                let named = named.map(|e| &e.id).filter(|e| e.0.starts_with("iso3:") || e.0.starts_with("org:"));
                said.push((money, witness, named.collect()));
            }
        }
    }
    let mut found = Vec::new();
    for (i, (a, of_a, named_a)) in said.iter().enumerate() {
        for (b, of_b, named_b) in &said[i + 1..] {
            let Some(rate) = rates.get(&(a.currency, b.currency)) else { continue };
            let Some(side) = named_a.iter().find(|e| named_b.contains(e)) else { continue };
            let turned = a.amount * rate;
            let one = (turned - b.amount).abs() <= ROUNDED * b.amount.max(turned);
            if of_a.article.id == of_b.article.id || !one {
                continue;
            }
            let place = |m: &Money, w: &Witness<'_>| {
                let span = sentence(w, m.span);
                let text = m.span.of(&w.article.text).split_whitespace().collect::<Vec<_>>().join(" ");
                position(text, vec![w.passage(m.span), Passage { article: w.article.id.clone(), span }])
            };
            found.push(Conflict {
                kind: ConflictKind::Number,
                verdict: Verdict::Agree,
                about: side.0.clone(),
                positions: vec![place(a, of_a), place(b, of_b)],
                reason: "about the same sum in two currencies, at the rate that an article prints".to_owned(),
            });
        }
    }
    found.truncate(4);
    found
}

/// The sums of a text that name their currency: "$3.5 billion", "2.8 billion euros".
fn moneys(text: &str) -> Vec<Money> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(|c: char| c.is_whitespace()) {
        let start = at;
        at += piece.len();
        let word = piece.trim_end().trim_start_matches(['(', '"', '“', '\'', '‘']);
        let offset = piece.len() - piece.trim_start_matches(['(', '"', '“', '\'', '‘']).len();
        let sign = [("$", "dollar"), ("US$", "dollar"), ("€", "euro"), ("£", "pound"), ("¥", "yen")];
        let signed = sign.iter().find_map(|(s, c)| word.strip_prefix(s).map(|rest| (rest, Some(*c))));
        let (digits, currency) = signed.unwrap_or((word, None));
        let number: String = digits.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
        let bare = number.trim_end_matches(['.', ',']);
        let Ok(value) = bare.replace(',', "").parse::<f64>() else { continue };
        let mut rest = text[at..].split_whitespace().take(2);
        let scale = rest.next().unwrap_or("");
        let times = match scale.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str() {
            "million" => 1e6,
            "billion" => 1e9,
            "trillion" => 1e12,
            _ => continue,
        };
        let mut end = scale.as_ptr() as usize - text.as_ptr() as usize
            + scale.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        let named = rest.next().unwrap_or("");
        let noun = named.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let by_name = match noun.as_str() {
            "dollar" | "dollars" => Some("dollar"),
            "euro" | "euros" => Some("euro"),
            "pound" | "pounds" => Some("pound"),
            "yen" => Some("yen"),
            _ => None,
        };
        let Some(currency) = currency.or(by_name) else { continue };
        if by_name.is_some() {
            end = named.as_ptr() as usize - text.as_ptr() as usize
                + named.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        }
        found.push(Money { currency, amount: value * times, span: Span::new(start + offset, end) });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::moneys;

    #[test]
    fn sums_with_their_currency() {
        let check = |text: &str, wanted: &[(&str, f64)]| {
            let found: Vec<(&str, f64)> = moneys(text).iter().map(|m| (m.currency, m.amount)).collect();
            assert_eq!(found, wanted, "{text}");
        };
        check("Goods of 6 billion euros ($7 billion) a year.", &[("euro", 6e9), ("dollar", 7e9)]);
        check("A list worth about $3.5 billion, he said.", &[("dollar", 3.5e9)]);
        check("It bought 3 million tons for 20 dollars.", &[]);
    }
}
