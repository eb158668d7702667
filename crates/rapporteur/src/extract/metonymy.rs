//! Whether a capital or a seat of government is the place or the government: "in Baku" or "Baku said".
//!
//! The rule is about grammar, not about towns: what acts, is told, is dealt with, or owns a policy is the government; what is
//! gone to, stayed in, or built on is the place. In doubt it is the place, which asserts nothing about a state.

use language::{Pos, Token};

use crate::knowledge::{WordClass, knowledge};

/// Whether the name that ends with `last` stands for a government.
pub(super) fn is_government(last: Token<'_>) -> bool {
    let is = |class, word: &str| knowledge().is_word(class, word);
    let token = last.first_conjunct();
    let Some(head) = token.head() else { return false };
    match token.dep() {
        "nsubj" => !(head.lemma() == "be" && head.child("attr").is_some_and(|a| is(WordClass::TownNoun, a.lemma()))),
        "nsubjpass" => !is(WordClass::PlaceVerb, head.lemma()),
        "dobj" | "dative" => !is(WordClass::PlaceVerb, head.lemma()),
        "poss" => !is(WordClass::PlaceNoun, head.lemma()) && !is(WordClass::TownNoun, head.lemma()) && !is_sight(head),
        "pobj" => by_preposition(head),
        "compound" | "npadvmod" | "nmod" | "amod" => {
            matches!(last.after(), Some(h) if h.text() == "-" && !last.space_after())
        }
        _ => false,
    }
}

/// "Hyde Park" in "London's Hyde Park": a name of its own, and no ministry's.
fn is_sight(noun: Token<'_>) -> bool {
    noun.pos() == Pos::Propn
        && !knowledge().is_word(WordClass::Government, noun.text())
        && knowledge().role(noun.text()).is_none()
}

/// "with Baku" against "in Baku".
fn by_preposition(preposition: Token<'_>) -> bool {
    let governor = preposition.head();
    let under_noun = governor.is_some_and(|g| matches!(g.pos(), Pos::Noun | Pos::Propn));
    // The parser often hangs "from Baku" on the verb of "felt pressure from Baku": the noun just before counts too.
    let nearest = preposition.before();
    let dealing =
        [governor, nearest].into_iter().flatten().any(|g| knowledge().is_word(WordClass::DealingNoun, g.lemma()));
    let leaving = governor.is_some_and(|g| knowledge().is_word(WordClass::LeavingVerb, g.lemma()));
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
        check("They sang in Tashkent's Navoi Theatre.", "Tashkent", false);
    }
}
