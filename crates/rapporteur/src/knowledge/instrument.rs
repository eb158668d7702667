//! What kind of instrument an agreement is, in the terms of the Vienna Convention: from the table of agreements, else from the noun that the
//! text itself has for it.

use std::sync::LazyLock;

use super::knowledge;
use super::table::Table;

const NOUNS: Table =
    Table { file: "data/en/instruments.tsv", columns: 4, text: include_str!("../../../../data/en/instruments.tsv") };

/// Where nothing says it: never `treaty`.
const UNKNOWN: &str = "unspecified";

/// The instrument of an entity by its identifier (`agreement:kyoto-protocol`), else by its name as printed ("the Norland-Sudmark Fishing
/// Convention"): the longest wording of the table at the name's end, else at its beginning ("Treaty of Oslo"). `unspecified` where none fits.
pub fn instrument(id: &str, name: &str) -> &'static str {
    let known = id.strip_prefix("agreement:").and_then(|id| knowledge().agreement(id)).map(|a| a.instrument);
    known.filter(|i| !i.is_empty() && *i != UNKNOWN).or_else(|| of_noun(name)).unwrap_or(UNKNOWN)
}

/// The instrument that the table has for a noun or a name that ends or begins with one; `None` where it has none.
pub(crate) fn of_noun(name: &str) -> Option<&'static str> {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| w.to_lowercase())
        .map(|w| w.strip_suffix('s').filter(|bare| nouns().iter().any(|n| n.0 == [*bare])).unwrap_or(&w).to_owned())
        .collect();
    let ends =
        |noun: &&(Vec<&str>, &str, &str)| words.len() >= noun.0.len() && words[words.len() - noun.0.len()..] == noun.0;
    let begins = |noun: &&(Vec<&str>, &str, &str)| words.len() >= noun.0.len() && words[..noun.0.len()] == noun.0;
    let longest = |fits: &dyn Fn(&&(Vec<&str>, &str, &str)) -> bool| {
        nouns().iter().filter(|n| fits(n)).max_by_key(|n| n.0.len()).map(|n| n.1)
    };
    longest(&ends).or_else(|| longest(&begins))
}

/// How states bind themselves to an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Consent {
    /// By a signature that may have to be ratified (VCLT 1969, articles 12 and 14).
    Ratification,
    /// By a signature alone.
    Signature,
    /// By word: a truce, an initiative.
    None,
}

/// How states bind themselves to what is called by one noun, in the singular or plural; [`Consent::None`] of a noun that is no instrument.
pub(crate) fn consent(noun: &str) -> Consent {
    let one = noun.strip_suffix('s').unwrap_or(noun);
    match nouns().iter().find(|n| n.0 == [noun] || n.0 == [one]).map(|n| n.2) {
        Some("ratification") => Consent::Ratification,
        Some("signature") => Consent::Signature,
        _ => Consent::None,
    }
}

/// The wordings, word by word, with their instrument and how states bind themselves to it.
fn nouns() -> &'static [(Vec<&'static str>, &'static str, &'static str)] {
    static READ: LazyLock<Vec<(Vec<&'static str>, &'static str, &'static str)>> =
        LazyLock::new(|| NOUNS.rows().map(|r| (r.text(0).split(' ').collect(), r.text(1), r.text(2))).collect());
    &READ
}

#[cfg(test)]
pub(super) fn faults() -> Vec<String> {
    NOUNS.faults()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(id: &str, name: &str, expect: &str) {
        assert_eq!(instrument(id, name), expect, "{id} {name}");
    }

    #[test]
    fn the_table_knows_its_agreements() {
        check("agreement:north-atlantic-treaty", "NATO", "treaty");
        check("agreement:artemis-accords", "the Accords", "political_commitment");
    }

    #[test]
    fn the_noun_says_the_rest() {
        check("agreement:lake-convention", "Lake Convention", "treaty");
        check("name:fishing-treaty", "Treaty of Oslo", "treaty");
        check("name:x", "Memorandum of Understanding on Fishing", "memorandum_of_understanding");
        check("name:x", "Oslo Joint Declaration", "declaration");
        check("name:x", "Oslo Protocols", "protocol");
    }

    #[test]
    fn a_loose_noun_makes_no_treaty() {
        check("name:x", "Norland-Sudmark Agreement", "unspecified");
        check("name:x", "the deal", "unspecified");
        check("name:x", "Oslo Accords", "unspecified");
        check("name:x", "", "unspecified");
        check("name:x", "treatyless", "unspecified");
    }

    #[test]
    fn what_is_signed_and_what_is_not() {
        assert_eq!(consent("treaty"), Consent::Ratification);
        assert_eq!(consent("accords"), Consent::Ratification);
        assert_eq!(consent("memorandum"), Consent::Signature);
        for noun in ["truce", "initiative", "exemption", ""] {
            assert_eq!(consent(noun), Consent::None, "{noun}");
        }
    }

    #[test]
    fn every_line_names_a_known_instrument() {
        let known = "treaty political_commitment declaration memorandum_of_understanding exchange_of_notes protocol framework unspecified";
        for (words, instrument, consent) in nouns() {
            assert!(known.split(' ').any(|k| k == *instrument), "{words:?}");
            assert!(matches!(*consent, "ratification" | "signature" | "none"), "{words:?}");
        }
    }
}
