//! What is said without marks: the clause of a reporting verb, noun or adjective ("said that ...", "the claim that ...",
//! "confident that ..."), a wish ("vowed to ..."), the sentence around "according to X" or around "..., he said".

use std::ops::Range;

use language::{Pos, Reading, Span, Token};

use super::lexicon;
use super::link::{Kind, Place};
use crate::extract::Context;

/// A clause that a cue introduces.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    /// Place of the cue in the list it was found in.
    pub(crate) cue: usize,
    /// The words, without punctuation at the ends.
    pub(crate) content: Span,
    pub(crate) rule: &'static str,
}

/// The clauses of all cues that have a source able to speak, in text order. One that its attribution interrupts ("the plan, he
/// said, is dead") is a clause a piece.
pub(crate) fn clauses(cues: &[Place], context: Context<'_>) -> Vec<Clause> {
    let mut found = Vec::new();
    for (n, place) in cues.iter().enumerate() {
        for (range, rule) in contents(place, context.reading) {
            let content = trimmed(own_words(range, place, context.reading), context.reading);
            if !content.is_empty() && (place.source.is_some() || says_somebody(place, context.reading)) {
                found.push(Clause { cue: n, content, rule });
            }
        }
    }
    found.sort_by_key(|c| (c.content, c.cue));
    found
}

/// "It was reported that", "is believed to": somebody's word without a name.
fn says_somebody(place: &Place, reading: &Reading) -> bool {
    place.kind == Kind::Verb
        && reading.token(place.token).is_passive()
        && place.cue.is_some_and(super::lexicon::Cue::speaks)
}

fn contents(place: &Place, reading: &Reading) -> Vec<(Range<usize>, &'static str)> {
    let token = reading.token(place.token);
    match place.kind {
        Kind::Phrase => match reading.token(place.tokens.start).head().map(phrase_host) {
            Some(host) => around(host, phrase_span(place, reading), "according to"),
            None => Vec::new(),
        },
        Kind::Verb => verb(place, token),
        Kind::Noun | Kind::Adjective => {
            let that = token.children().find(|c| {
                matches!(c.dep(), "acl" | "ccomp" | "advcl")
                    && c.i > token.i
                    && c.children().any(|m| m.dep() == "mark" && m.text().eq_ignore_ascii_case("that"))
            });
            let to = || {
                token
                    .children()
                    .find(|c| matches!(c.dep(), "acl" | "xcomp" | "relcl") && c.i > token.i && is_infinitive(*c))
            };
            let clause = if place.takes("that") { that } else { None };
            let clause = clause.or_else(|| if place.takes("to") { to() } else { None });
            let clause = clause.map(|c| (c.subtree(), "noun or adjective and clause"));
            clause.or_else(|| about(token).map(|r| (r, "noun and object"))).into_iter().collect()
        }
    }
}

/// "expressed optimism about *the talks*": what a noun of thought is about, where a verb of expression governs it.
fn about(token: Token<'_>) -> Option<Range<usize>> {
    let voiced =
        token.dep() == "dobj" && token.head().and_then(super::lexicon::verb).is_some_and(|c| c.sense == "express");
    let prep = token
        .children()
        .find(|c| c.dep() == "prep" && matches!(c.text(), "about" | "over" | "on" | "in" | "at" | "for"));
    prep.filter(|_| voiced).and_then(|p| p.child_of(&["pobj", "pcomp"])).map(|o| o.subtree())
}

fn verb(place: &Place, token: Token<'_>) -> Vec<(Range<usize>, &'static str)> {
    if place.takes("that")
        && let Some(clause) = clause_of(token)
    {
        // "The text is weak; the paper published it": two sentences in one.
        let reading = token.reading();
        let apart = clause.right_edge() < token.i
            && reading.range(clause.right_edge()..token.i).any(|t| t.text() == ";")
            && token.child("dobj").is_some();
        // "They reached the port, a step that drivers say is late": said of the step, not of what stands before it.
        let gap = clause.right_edge() < token.i
            && reading.get(token.i + 1).is_some_and(|t| matches!(t.tag(), "VBZ" | "VBP" | "VBD" | "MD"));
        if apart || gap {
            return Vec::new();
        }
        if clause.left_edge() > token.i {
            return vec![(clause.subtree(), "verb and clause")];
        }
        // "The plan is dead, he said", and with the verb inside its own clause: "The plan, he said, is dead".
        return split(clause.subtree(), place_span(place, token), "clause before verb");
    }
    if place.takes("to")
        && let Some(wish) = token.children().find(|c| c.dep() == "xcomp" && c.i > token.i && is_infinitive(*c))
    {
        return vec![(wish.subtree(), "verb and infinitive")];
    }
    if place.takes("that")
        && matches!(token.dep(), "parataxis" | "ccomp")
        && token.child("ccomp").is_none()
        && let Some(host) = token.head().filter(|h| h.subtree().start < token.left_edge())
        && set_off(token)
    {
        return around(host, token.subtree(), "parenthesis");
    }
    if is_infinitive(token) {
        return Vec::new();
    }
    object(place, token).map(|r| (r, "verb and object")).into_iter().collect()
}

/// The clause that a verb introduces: the one behind it with its "that", else the first.
fn clause_of(token: Token<'_>) -> Option<Token<'_>> {
    let clauses = || token.children().filter(|c| c.dep() == "ccomp" && !is_fragment(*c));
    let marked = |c: &Token<'_>| c.i > token.i && c.children().any(|m| m.dep() == "mark" && m.text() == "that");
    clauses().find(marked).or_else(|| clauses().next())
}

/// What a verb of judgement or mention is about, with what is said of it: "praised *the deal as a gift*", "hinted at *a return*".
fn object(place: &Place, token: Token<'_>) -> Option<Range<usize>> {
    let own = token.child_of(&["dobj"]).filter(|o| o.i > token.i);
    let (first, last) = if let Some(prep) = place.particle(token) {
        let object = prep.child_of(&["pobj", "pcomp"]).filter(|_| place.takes("np"))?;
        (object.left_edge(), object.right_edge())
    } else {
        let object = own.filter(|o| o.pos() != Pos::Pron || token.children().any(|c| is_complement(c, *o)))?;
        let said_of_it = token.children().filter(|c| is_complement(*c, object)).map(|c| c.right_edge()).max();
        if !(place.takes("np") || place.takes("as") && said_of_it.is_some()) {
            return None;
        }
        // "Gave an assurance", "issued a call": what is given is speech; "gave food", "extended the deadline" are acts.
        let speech = lexicon::noun(object).is_some() || lexicon::adjective(object).is_some();
        if !speech && place.cue.is_some_and(|c| c.sense == "express") && !matches!(token.lemma(), "express" | "voice") {
            return None;
        }
        (object.left_edge(), object.right_edge().max(said_of_it.unwrap_or(0)))
    };
    (first > token.i && last < first + 40).then_some(first..last + 1)
}

/// "as hollow", "of cheating", "a gift" in "called it a gift".
fn is_complement(child: Token<'_>, object: Token<'_>) -> bool {
    child.i > object.i
        && (matches!(child.dep(), "oprd" | "acomp")
            || child.dep() == "prep" && matches!(child.text(), "as" | "for" | "of"))
}

/// Whether commas stand on both sides of a parenthesis, its own or its host's, or one before it and the sentence's end after.
fn set_off(token: Token<'_>) -> bool {
    let reading = token.reading();
    let mark = |i: Option<usize>| i.and_then(|i| reading.get(i)).is_some_and(|t| t.pos() == Pos::Punct);
    let (first, last) = (token.left_edge(), token.right_edge());
    let starts = mark(Some(first)) || mark(first.checked_sub(1));
    let ends = mark(Some(last))
        || mark(Some(last + 1))
        || reading.get(last + 1).is_none_or(|t| t.sentence() != token.sentence());
    starts && ends && last - first <= 24
}

fn is_infinitive(token: Token<'_>) -> bool {
    token.children().any(|c| c.tag() == "TO")
}

/// "so he said": a pro-form is no content.
fn is_fragment(token: Token<'_>) -> bool {
    token.subtree().len() < 2 || matches!(token.pos(), Pos::Punct | Pos::Space)
}

fn phrase_host(head: Token<'_>) -> Token<'_> {
    let mut at = head;
    while !matches!(at.pos(), Pos::Verb | Pos::Aux) || matches!(at.dep(), "acl" | "aux" | "auxpass" | "xcomp") {
        match at.head() {
            Some(head) => at = head,
            None => break,
        }
    }
    at
}

/// The phrase with the source behind it.
fn phrase_span(place: &Place, reading: &Reading) -> Range<usize> {
    let end = place.source.map_or(place.tokens.end, |s| reading.token(s).right_edge() + 1);
    place.tokens.start..end.max(place.tokens.end)
}

fn place_span(place: &Place, token: Token<'_>) -> Range<usize> {
    let reading = token.reading();
    let source = place.source.map(|s| reading.token(s)).filter(|s| s.is_under(token)).map(|s| s.subtree());
    let range = place.tokens.clone();
    source.map_or(range.clone(), |s| range.start.min(s.start)..range.end.max(s.end))
}

/// The clause of `host` without the attribution inside it.
fn around(host: Token<'_>, hole: Range<usize>, rule: &'static str) -> Vec<(Range<usize>, &'static str)> {
    split(host.subtree(), hole, rule)
}

fn split(whole: Range<usize>, hole: Range<usize>, rule: &'static str) -> Vec<(Range<usize>, &'static str)> {
    if hole.end <= whole.start || hole.start >= whole.end {
        return vec![(whole, rule)];
    }
    let pieces = [whole.start..hole.start.max(whole.start), hole.end.min(whole.end)..whole.end];
    pieces.into_iter().filter(|p| p.len() > 1).map(|p| (p, rule)).collect()
}

/// The clause without what only the parser put there: a participle or verb that begins the next statement (", adding that ...",
/// "and says ..."), and a day that belongs to the cue ("said *Tuesday* it would go").
fn own_words(range: Range<usize>, place: &Place, reading: &Reading) -> Range<usize> {
    let mut range = range;
    while range.start == place.tokens.end
        && reading.get(range.start).is_some_and(|t| t.entity_label() == Some("DATE") && t.pos() == Pos::Propn)
    {
        range.start += 1;
    }
    let tag = reading.token(place.token).tag();
    let next = reading.range(range.clone()).skip(2).find_map(|t| {
        let reports = super::lexicon::verb(t).is_some_and(|c| c.speaks() || c.sense == "express");
        let before = reading.get(t.i.checked_sub(1)?)?;
        let participle =
            t.tag() == "VBG" && matches!(t.dep(), "advcl" | "acl") && matches!(before.text(), "," | "—" | "–" | "--");
        let verb = t.dep() == "conj"
            && t.tag() == tag
            && matches!(tag, "VBD" | "VBZ" | "VBP")
            && before.dep() == "cc"
            && t.child_of(&["nsubj", "nsubjpass"]).is_none();
        (reports && participle).then_some(t.i).or_else(|| (reports && verb).then_some(before.i))
    });
    range.start..next.unwrap_or(range.end).max(range.start)
}

fn trimmed(mut range: Range<usize>, reading: &Reading) -> Span {
    let loose = |i: usize| {
        reading.get(i).is_none_or(|t| {
            matches!(t.pos(), Pos::Space)
                || t.pos() == Pos::Punct && !matches!(t.text(), "(" | ")" | "[" | "]" | "$" | "%")
        })
    };
    while range.start < range.end && loose(range.end - 1) {
        range.end -= 1;
    }
    while range.start < range.end && loose(range.start) {
        range.start += 1;
    }
    reading.span(range)
}
