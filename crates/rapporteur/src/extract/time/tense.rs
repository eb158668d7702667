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
            ("MD", "would" | "could" | "might") if verb.auxiliaries().any(|a| a.lemma() == "have") => return Some(Tense::Past),
            ("MD", _) | ("TO", _) => return Some(Tense::Future),
            ("VBD", _) => return Some(if is_plan(verb) { Tense::Future } else { Tense::Past }),
            ("VBZ" | "VBP", "have") => return Some(Tense::Past),
            ("VBZ" | "VBP", "be") if verb.tag() == "VBG" || is_plan(verb) => return Some(Tense::Future),
            ("VBZ" | "VBP", "be") => return Some(Tense::Present),
            _ => {}
        }
    }
    match verb.tag() {
        "VBD" => Some(Tense::Past),
        "VBN" => Some(if is_plan(verb) { Tense::Future } else { Tense::Past }),
        "VBZ" | "VBP" | "VB" => {
            // "is due on Monday"; "has his doubts".
            Some(if is_reporting(verb) { Tense::Past } else { Tense::Present })
        }
        _ => None,
    }
}

/// "scheduled for Monday", "set for next week", "is expected on Friday".
fn is_plan(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "schedule" | "expect" | "plan" | "set" | "slate" | "due" | "tip" | "intend") && verb.tag() == "VBN"
}

fn is_reporting(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "say" | "report" | "write" | "tell" | "add")
}
