//! What governs a clause that foresees: a negation, a doubt or a condition above it belongs to its words, or there is no prediction.
//!
//! "It is unlikely that they will sign", "little sign that others will follow": the words begin with what governs. "If they are to
//! sign", "nothing that would help", "the only reason I would not", "previously said that they would": nothing is foretold.

use language::{Pos, Token};

use super::{is_condition, is_cue};

/// How many governors are asked.
const DEPTH: usize = 6;

/// Where the words of a clause begin, at the earliest at `start`, with what reverses or doubts it; `None` where it foretells nothing.
pub(super) fn begin(clause: Token<'_>, start: usize) -> Option<usize> {
    let mut begin = start;
    let mut below = clause;
    if is_condition(below) && below.dep() != "ROOT" && opens_with_condition(below) || asks(below) {
        return None;
    }
    // "rumours the envoy would resign", wherever the parser hangs the clause.
    if clause.left_edge().checked_sub(1).and_then(|i| clause.reading().get(i)).is_some_and(rumour) {
        return None;
    }
    for _ in 0..DEPTH {
        let Some(above) = below.head() else { break };
        match below.dep() {
            // "nothing that would happen": also where the parser makes the clause one of content.
            "acl" if excludes(above) && below.auxiliaries().any(|a| a.tag() == "MD") => return None,
            // "the plan to join": what is asked, known or unknown of the noun is asked of it.
            "ccomp" | "csubj" | "csubjpass" | "acl" | "xcomp" | "acomp" | "attr" | "oprd" => {
                if overtaken(above) || judges(above) || rumour(above) || asks(above) || guesses(above, below) {
                    return None;
                }
                if doubts(above) {
                    begin = begin.min(opening(above));
                }
                // "it is unlikely the fleet will sail", where the clause hangs on the copula.
                if above.child("acomp").is_some_and(|a| a.i < below.i && is_cue("doubt", &a.lemma().to_lowercase())) {
                    begin = begin.min(above.left_edge());
                }
            }
            "conj" => {}
            "relcl" if excludes(above) || rumour(above) => return None,
            "advcl" if opens_with_condition(below) => return None,
            // "they left, saying that it would": the saying is told of, what stands above it is another matter.
            _ => break,
        }
        below = above;
    }
    // "they are glad if he thinks that it will": a condition further out.
    if below.i != clause.i && below.dep() == "advcl" && opens_with_condition(below) {
        return None;
    }
    Some(begin)
}

/// "if", "unless" and the like before the verb; "when" and "as" tell a time.
fn opens_with_condition(verb: Token<'_>) -> bool {
    verb.children().any(|c| {
        c.dep() == "mark" && c.i < verb.i && matches!(c.text().to_lowercase().as_str(), "if" | "unless" | "whether")
    })
}

/// An indirect question opens it: "how long it might last", "what will happen". Not a free relative behind a preposition ("in what
/// could become"), nor one that tells of a noun.
fn asks(verb: Token<'_>) -> bool {
    if !matches!(verb.dep(), "ccomp" | "conj" | "csubj" | "dobj" | "advcl" | "pcomp") {
        return false;
    }
    let Some(first) = verb.reading().get(verb.left_edge()) else { return false };
    let word = first.text().to_lowercase();
    match word.as_str() {
        "how" | "why" | "where" | "whether" | "who" | "whom" | "whose" => verb.dep() != "advcl" || word == "whether",
        "what" | "which" => verb.dep() != "pcomp" && verb.head().is_some_and(|h| h.i < verb.i),
        "when" => {
            let open = |t: Token<'_>| is_cue("open", &t.lemma().to_lowercase());
            let head = verb.head();
            verb.dep() != "advcl" || head.is_some_and(|h| open(h) || h.child_of(&["acomp", "attr"]).is_some_and(open))
        }
        // "even more what will happen next".
        _ => verb.dep() != "advcl" && verb.child("nsubj").is_some_and(|s| s.text() == "what" && verb.dep() != "pcomp"),
    }
}

/// Whether what governs turns the clause round or doubts it.
fn doubts(above: Token<'_>) -> bool {
    is_cue("doubt", &above.lemma().to_lowercase())
        || above.is_negated()
        || is_few(above)
        || above
            .children()
            .any(|c| c.dep() == "advmod" && matches!(c.lemma(), "hardly" | "scarcely" | "barely" | "never"))
        || above.child_of(&["nsubj", "nsubjpass"]).is_some_and(|s| is_few(s))
}

/// "no sign", "little indication", "nobody", "few".
fn is_few(token: Token<'_>) -> bool {
    let few = |t: Token<'_>| {
        matches!(
            t.text().to_lowercase().as_str(),
            "no" | "little" | "few" | "neither" | "nobody" | "none" | "nothing" | "hardly"
        )
    };
    few(token) && token.pos() != Pos::Adv
        || token.children().any(|c| matches!(c.dep(), "det" | "amod" | "neg" | "predet") && few(c))
}

/// A noun whose relative clause is of what is not: "nothing that would", "the only reason I would not".
fn excludes(noun: Token<'_>) -> bool {
    matches!(noun.lemma().to_lowercase().as_str(), "nothing" | "nobody" | "none" | "reason" | "way")
        || noun
            .children()
            .any(|c| matches!(c.text().to_lowercase().as_str(), "no" | "only" | "neither") && c.i < noun.i)
}

/// "May have gambled that it will": a guess at what somebody expects.
fn guesses(above: Token<'_>, below: Token<'_>) -> bool {
    let guess = |t: Token<'_>| matches!(t.text().to_lowercase().as_str(), "may" | "might");
    below.dep() == "ccomp" && above.auxiliaries().any(guess) && above.auxiliaries().any(|t| t.lemma() == "have")
}

/// Said once and no longer: "initially said", "had previously promised".
fn overtaken(above: Token<'_>) -> bool {
    let past = matches!(above.tag(), "VBD" | "VBN");
    let perfect = above.auxiliaries().any(|a| a.text() == "had");
    past && above.children().any(|c| is_cue("former", &c.text().to_lowercase()))
        || perfect && above.tag() == "VBN" && is_cue("promise", &above.lemma().to_lowercase())
}

/// "unconscionable that anyone would": a judgement of what is thinkable.
fn judges(above: Token<'_>) -> bool {
    above.pos() == Pos::Adj && is_cue("judgement", &above.lemma().to_lowercase())
}

/// "rumours that he would come".
fn rumour(above: Token<'_>) -> bool {
    above.pos() == Pos::Noun && is_cue("rumour", &above.lemma().to_lowercase())
}

/// Where a governor begins that belongs to the words: a noun or adjective with what stands before it, a verb with its auxiliaries, with
/// the subject where that denies ("nobody expects").
fn opening(above: Token<'_>) -> usize {
    let copula = above.head().filter(|_| matches!(above.dep(), "acomp" | "attr" | "oprd"));
    let negated =
        |t: Token<'_>| t.children().filter(|c| matches!(c.dep(), "neg" | "aux" | "auxpass")).map(|c| c.i).min();
    let subject = above.child_of(&["nsubj", "nsubjpass", "expl"]).filter(|s| is_few(*s) || s.dep() == "expl");
    let own = match above.pos() {
        Pos::Verb | Pos::Aux => negated(above).unwrap_or(above.i).min(above.i),
        _ => above.left_edge(),
    };
    let own = subject.map_or(own, |s| own.min(s.left_edge()));
    match copula {
        Some(copula) if copula.is_negated() => own.min(copula.i).min(negated(copula).unwrap_or(copula.i)),
        _ => own,
    }
}
