//! Whether a capital or a seat of government is the place or the government: "in Baku" or "Baku said".
//!
//! The rule is about grammar, not about towns: what acts, is told, is dealt with, or owns a policy is the government; what is
//! gone to, stayed in, or built on is the place. In doubt it is the place, which asserts nothing about a state.

use language::{Pos, Token};

/// Verbs whose object is a place: "visited", "shelled".
const PLACE_VERBS: [&str; 24] = [
    "visit", "leave", "reach", "attack", "hit", "enter", "bomb", "strike", "shell", "capture", "besiege", "cross",
    "tour", "bombard", "flee", "locate", "seize", "rock", "surround", "occupy", "evacuate", "approach", "depart",
    "tear",
];

/// Nouns that make their owner a place: "Moscow's airports".
const PLACE_NOUNS: [&str; 20] = [
    "airport",
    "street",
    "mayor",
    "outskirts",
    "suburb",
    "hotel",
    "resident",
    "centre",
    "center",
    "square",
    "university",
    "museum",
    "cathedral",
    "stadium",
    "district",
    "neighbourhood",
    "neighborhood",
    "station",
    "skyline",
    "port",
];

/// Nouns after which "from" and "to" name who speaks or is spoken to: "pressure from Washington", "envoy to Tehran".
const DEALING_NOUNS: [&str; 31] = [
    "support",
    "pressure",
    "help",
    "aid",
    "approval",
    "assurance",
    "guarantee",
    "criticism",
    "signal",
    "message",
    "warning",
    "letter",
    "envoy",
    "ambassador",
    "blow",
    "threat",
    "concession",
    "reply",
    "response",
    "answer",
    "demand",
    "proposal",
    "independence",
    "statement",
    "reaction",
    "backing",
    "opposition",
    "offer",
    "gift",
    "appeal",
    "distance",
];

/// Whether the name that ends with `last` stands for a government.
pub(super) fn is_government(last: Token<'_>) -> bool {
    let token = last.first_conjunct();
    let Some(head) = token.head() else { return false };
    match token.dep() {
        "nsubj" => !(head.lemma() == "be" && head.child("attr").is_some_and(|a| is_town(a.lemma()))),
        "nsubjpass" => !PLACE_VERBS.contains(&head.lemma()),
        "dobj" | "dative" => !PLACE_VERBS.contains(&head.lemma()),
        "poss" => !PLACE_NOUNS.contains(&head.lemma()) && !is_town(head.lemma()),
        "pobj" => by_preposition(head),
        "compound" | "npadvmod" | "nmod" | "amod" => {
            matches!(last.after(), Some(h) if h.text() == "-" && !last.space_after())
        }
        _ => false,
    }
}

fn is_town(noun: &str) -> bool {
    matches!(noun, "capital" | "city" | "town" | "place" | "venue" | "site" | "home")
}

/// "with Baku" against "in Baku".
fn by_preposition(preposition: Token<'_>) -> bool {
    let governor = preposition.head();
    let under_noun = governor.is_some_and(|g| matches!(g.pos(), Pos::Noun | Pos::Propn));
    // The parser often hangs "from Baku" on the verb of "felt pressure from Baku": the noun just before counts too.
    let nearest = preposition.before();
    let dealing = [governor, nearest].into_iter().flatten().any(|g| DEALING_NOUNS.contains(&g.lemma()));
    let leaving = governor.is_some_and(|g| matches!(g.lemma(), "leave" | "depart" | "head" | "bind" | "fly" | "bound"));
    match preposition.text().to_ascii_lowercase().as_str() {
        "with" | "between" | "by" | "against" | "on" | "than" | "unlike" => true,
        "for" => !leaving,
        "from" | "to" => dealing,
        "towards" | "toward" => under_noun,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_government;
    use crate::extract::name::tests::read;

    /// `expect` for the first token that reads `name`.
    fn check(text: &str, name: &str, expect: bool) {
        let (_, reading) = read(text);
        let token = reading.tokens().find(|t| t.text() == name).unwrap_or_else(|| panic!("{name} in {text}"));
        assert_eq!(is_government(token), expect, "{text}");
    }

    #[test]
    fn governments_act_and_are_dealt_with() {
        check("Tashkent rejected the proposal on Monday.", "Tashkent", true);
        check("The draft was rejected by Tashkent.", "Tashkent", true);
        check("Officials want closer ties with Tashkent.", "Tashkent", true);
        check("Tashkent's decision surprised its neighbours.", "Tashkent", true);
        check("The talks between Tashkent and Bishkek stalled.", "Bishkek", true);
        check("The president warned Tashkent about the border.", "Tashkent", true);
        check("They felt pressure from Tashkent.", "Tashkent", true);
    }

    #[test]
    fn towns_are_stayed_in_and_gone_to() {
        check("The ministers met in Tashkent on Monday.", "Tashkent", false);
        check("The president flew to Tashkent.", "Tashkent", false);
        check("He returned from Tashkent.", "Tashkent", false);
        check("The president visited Tashkent.", "Tashkent", false);
        check("Tashkent is the capital of the country.", "Tashkent", false);
        check("The minister left for Tashkent.", "Tashkent", false);
        check("Tashkent's airport was closed.", "Tashkent", false);
    }
}
