//! States put into a region: "Central Asian nations such as Azerbaijan", "Chile, a South American country".
//!
//! Only regions whose membership can be checked (`strict` in `data/regions.tsv`), and only words that put the state there: an
//! adjective over a noun for states that the name stands beside, or a name followed by "in" and the region between commas.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use language::{Pos, Reading, Span, Token};

use crate::extract::{Context, EntityId, EntityKind};
use crate::knowledge::knowledge;

/// A state that words put into a region.
#[derive(Clone, Debug)]
pub struct Placement {
    /// The state.
    pub state: EntityId,
    /// Name of the region in the table.
    pub region: &'static str,
    /// Whether the table has the state there.
    pub fits: bool,
    /// The words of the region with the name.
    pub span: Span,
}

/// Region words in small letters, with the region's place in the table.
static REGIONS: LazyLock<BTreeMap<String, usize>> = LazyLock::new(|| {
    let mut words = BTreeMap::new();
    for (i, region) in knowledge().regions.iter().enumerate().filter(|(_, r)| r.strict && !r.members.is_empty()) {
        for word in std::iter::once(&region.name).chain(&region.aliases) {
            words.entry(word.to_lowercase()).or_insert(i);
        }
    }
    words
});

/// The placements of an article in text order.
pub(super) fn find(context: Context<'_>) -> Vec<Placement> {
    let reading = context.reading;
    let mut found = Vec::new();
    let mut i = 0;
    while i < reading.len() {
        let Some((region, end)) = region_at(reading, i) else {
            i += 1;
            continue;
        };
        for name in states_under(reading, i..end, context) {
            let Some(entity) = context.names.entity_at(name.i).filter(|e| e.kind == EntityKind::State) else {
                continue;
            };
            let Some(iso3) = entity.iso3.as_deref() else { continue };
            let region = &knowledge().regions[region];
            let span = reading.span(i.min(name.i)..end.max(name.i + 1));
            let fits = region.members.contains(&iso3);
            found.push(Placement { state: entity.id.clone(), region: region.name, fits, span });
        }
        i = end;
    }
    found
}

/// The longest region word that begins at the token, and the token after it.
fn region_at(reading: &Reading, at: usize) -> Option<(usize, usize)> {
    let first = reading.get(at)?;
    if !first.text().starts_with(char::is_uppercase) && !first.text().starts_with("sub") {
        return None;
    }
    (1..=4).rev().find_map(|n| {
        let last = reading.get(at + n - 1).filter(|t| t.sentence() == first.sentence())?;
        let words = Span::new(first.span().start, last.span().end).of(reading.text());
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        REGIONS.get(&words).map(|&region| (region, at + n))
    })
}

/// The names that the region word puts there.
fn states_under<'a>(reading: &'a Reading, region: std::ops::Range<usize>, context: Context<'a>) -> Vec<Token<'a>> {
    let Some(last) = reading.get(region.end - 1) else { return Vec::new() };
    // "Azerbaijan, in the South Caucasus, has": name, comma, in, region.
    let mut before = region.start;
    while before > 0 && reading.get(before - 1).is_some_and(|t| t.pos() == Pos::Det) {
        before -= 1;
    }
    if before >= 3
        && reading.get(before - 1).is_some_and(|t| t.text() == "in")
        && reading.get(before - 2).is_some_and(|t| t.text() == ",")
        && reading.get(before - 3).is_some_and(|t| t.sentence() == last.sentence())
        && reading.get(region.end).is_some_and(|t| t.pos() == Pos::Punct)
    {
        return reading.get(before - 3).into_iter().collect();
    }
    // An adjective over a noun for states.
    let Some(noun) = last.head().filter(|h| h.i >= region.end && h.i < region.end + 4) else { return Vec::new() };
    if !is_state_noun(noun) || !matches!(last.dep(), "amod" | "compound" | "nmod") {
        return Vec::new();
    }
    let named = |t: &Token<'a>| context.names.entity_at(t.i).is_some_and(|e| e.kind == EntityKind::State);
    let mut found = Vec::new();
    let list = |first: Token<'a>| first.conjuncts().into_iter().filter(move |c| c.i >= first.i);
    for child in noun.children() {
        match child.dep() {
            // "nations such as X and Y", "countries like X", "states including X".
            "prep" if matches!(child.text(), "as" | "like" | "including") => {
                found.extend(child.child("pobj").into_iter().flat_map(list));
            }
            // "the Central Asian nation of X": one name.
            "prep" if child.text() == "of" && noun.tag() == "NN" => found.extend(child.child("pobj")),
            "appos" => found.extend(list(child)),
            _ => {}
        }
    }
    // "Kyrgyzstan, a Central Asian country,".
    if noun.dep() == "appos" {
        found.extend(noun.head().filter(|h| h.conjuncts().len() == 1));
    }
    // "Two Baltic states that ..., Estonia and Latvia, could": an apposition that the parser hung elsewhere stands right behind a comma.
    if found.iter().filter(|t| named(t)).count() == 0 {
        found.extend(behind_clause(noun, context).into_iter().flat_map(list));
    }
    // "others", "other than", "neighbours of": a name under a negation or comparison is not put there.
    let excluded = noun.children().any(|c| matches!(c.lemma(), "non" | "than" | "no" | "except"));
    found.retain(|t| named(t) && !excluded);
    found
}

/// The name after the comma that ends a relative clause of the noun.
fn behind_clause<'a>(noun: Token<'a>, context: Context<'a>) -> Option<Token<'a>> {
    let clause = noun.children().find(|c| c.dep() == "relcl")?;
    let reading = noun.reading();
    let states = context.names.mentions_in(clause.i..clause.right_edge() + 1);
    let mut at = None;
    for mention in states.filter(|m| context.names.entity_of(m).kind == EntityKind::State) {
        let comma = mention.tokens.start.checked_sub(1).and_then(|i| reading.get(i)).is_some_and(|t| t.text() == ",");
        if comma && at.is_none() {
            at = reading.get(mention.tokens.end - 1);
        }
    }
    // A list that a comma or dash closes again before the main verb.
    at
}

fn is_state_noun(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma().to_lowercase().as_str(),
        "state"
            | "country"
            | "nation"
            | "republic"
            | "kingdom"
            | "government"
            | "member"
            | "economy"
            | "power"
            | "neighbour"
            | "neighbor"
    )
}

#[cfg(test)]
mod tests {
    use crate::testing::{MODEL, article};

    fn check(text: &str, wanted: &[&str]) {
        let findings = crate::extract::extract(&MODEL, &article(text));
        let found: Vec<String> = findings
            .placements
            .iter()
            .map(|p| format!("{}{} {}", if p.fits { "" } else { "!" }, p.state.0.trim_start_matches("iso3:"), p.region))
            .collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn states_that_words_put_into_a_region() {
        check(
            "Central Asian nations such as Armenia and Uzbekistan were asked.",
            &["!ARM Central Asia", "UZB Central Asia"],
        );
        check("Kyrgyzstan, a Central Asian country, agreed.", &["KGZ Central Asia"]);
        check("Armenia, in the South Caucasus, agreed.", &["ARM South Caucasus"]);
        check("The Central Asian nation of Mongolia agreed.", &["!MNG Central Asia"]);
        check(
            "Three South American states, Chile, Peru and Panama, agreed.",
            &["CHL South America", "PER South America", "!PAN South America"],
        );
    }

    #[test]
    fn states_that_only_stand_near_the_word() {
        check("China courts Central Asian nations and Pakistan.", &[]);
        check("Central Asian states met Russia on Monday.", &[]);
        check("Turkey, with its Central Asian neighbours, agreed.", &[]);
        check("Middle Eastern countries such as Libya agreed.", &[]);
        check("Germany, in Central Asia for talks, agreed to a loan.", &[]);
    }
}
