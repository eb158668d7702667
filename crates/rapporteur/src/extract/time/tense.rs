//! Whether the words around a time speak of what was or of what is to come.

use language::{Pos, Token};

/// Of the governing verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
    /// The simple present: a plan in running text, the past in a headline.
    Present,
    /// No verb says.
    Open,
}

/// The tense of the verb that governs the token.
pub(crate) fn tense(token: Token<'_>) -> Tense {
    // A chain of governors longer than this is a parse gone wrong.
    for at in std::iter::once(token).chain(token.ancestors()).take(9) {
        if !matches!(at.pos(), Pos::Verb | Pos::Aux) || matches!(at.dep(), "aux" | "auxpass") {
            continue;
        }
        // "the talks planned for Monday".
        if at.tag() == "VBN" && matches!(at.dep(), "acl" | "amod") && is_plan(at) {
            return Tense::Future;
        }
        if let Some(found) = own(at) {
            return found;
        }
    }
    Tense::Open
}

/// What the verb's own form and auxiliaries say; `None`: a participle or gerund that takes its tense from what governs it.
fn own(verb: Token<'_>) -> Option<Tense> {
    for aux in verb.auxiliaries() {
        match (aux.tag(), aux.lemma()) {
            ("MD", "would" | "could" | "might") if verb.auxiliaries().any(|a| a.lemma() == "have") => {
                return Some(Tense::Past);
            }
            // "could see it on 25 May": of the past as well as of what is to come.
            ("MD", "could") => return Some(Tense::Present),
            ("MD", _) | ("TO", _) => return Some(Tense::Future),
            ("VBD", _) => return Some(if is_plan(verb) { Tense::Future } else { Tense::Past }),
            ("VBZ" | "VBP", "have") => return Some(Tense::Past),
            ("VBZ" | "VBP", "be") if verb.tag() == "VBG" || is_plan(verb) => return Some(Tense::Future),
            ("VBZ" | "VBP", "be") => return Some(Tense::Open),
            _ => {}
        }
    }
    match verb.tag() {
        "VBD" => Some(Tense::Past),
        "VBN" => Some(if is_plan(verb) { Tense::Future } else { Tense::Past }),
        "VBZ" | "VBP" | "VB" => {
            // "meets on Monday", "is on Monday", "is due on Monday"; not "says", "has".
            Some(match verb.lemma() {
                "be" if verb.children().any(|c| matches!(c.text(), "due" | "likely" | "set" | "ready" | "able")) => {
                    Tense::Future
                }
                _ if is_reporting(verb) => Tense::Past,
                _ if is_scheduled(verb) => Tense::Present,
                _ => Tense::Open,
            })
        }
        _ => None,
    }
}

/// "scheduled for Monday", "set for next week", "is expected on Friday".
fn is_plan(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "schedule" | "expect" | "plan" | "set" | "slate" | "due" | "tip" | "intend")
        && verb.tag() == "VBN"
}

fn is_reporting(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "say" | "report" | "write" | "tell" | "add")
}

/// Verbs whose simple present tells of an appointment.
pub(in crate::extract) fn is_scheduled(verb: Token<'_>) -> bool {
    const LEMMAS: [&str; 24] = [
        "arrive",
        "be",
        "begin",
        "close",
        "come",
        "conclude",
        "convene",
        "depart",
        "end",
        "expire",
        "gather",
        "go",
        "host",
        "leave",
        "meet",
        "open",
        "reconvene",
        "reopen",
        "resume",
        "return",
        "start",
        "travel",
        "visit",
        "vote",
    ];
    LEMMAS.contains(&verb.lemma())
}
