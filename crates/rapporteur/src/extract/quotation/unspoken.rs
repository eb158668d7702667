//! Words in marks that are nobody's, whatever cue stands beside them.

use language::{Pos, Reading, Token};

use super::lexicon;
use super::link::Around;
use crate::extract::Context;

/// Words that no cue around them brings: a gloss, and a slogan that others use in what somebody tells of them. The rule that says so.
pub(super) fn rule(around: &Around<'_>, context: Context<'_>) -> Option<&'static str> {
    if is_gloss(around, context.reading) {
        return Some("gloss in marks");
    }
    is_others_slogan(around, context).then_some("slogan of others")
}

/// How many words a gloss has at most.
const GLOSS: usize = 5;

/// What a word means, in brackets of its own behind a name or inside a noun phrase that goes on: "a pro-Hafen (“harbour town”) party";
/// not a verdict behind a clause ("called the plan rash (“a leap”)").
fn is_gloss(around: &Around<'_>, reading: &Reading) -> bool {
    let tokens = || reading.range(around.tokens.clone()).filter(|t| !matches!(t.pos(), Pos::Punct | Pos::Space));
    let verb = tokens().any(|t| matches!(t.tag(), "VBD" | "VBP" | "VBZ" | "MD"));
    let article = tokens().next().is_none_or(|t| matches!(t.text().to_lowercase().as_str(), "a" | "an"));
    let bracketed = around.before == Some('(') && around.after == Some(')');
    if !bracketed || verb || article || tokens().count() > GLOSS || matches!(around.last, Some('.' | '!' | '?')) {
        return false;
    }
    let bracket = reading.range(around.tokens.start.saturating_sub(3)..around.tokens.start).rev();
    let named = bracket.filter(|t| t.text() == "(").find_map(Token::before);
    let capital = named.is_some_and(|t| t.text().starts_with(char::is_uppercase));
    let close = reading.range(around.tokens.end..around.tokens.end + 3).find(|t| t.text() == ")");
    let goes_on = close.and_then(Token::after).is_some_and(|t| t.pos() == Pos::Noun);
    named.is_some_and(|t| matches!(t.pos(), Pos::Noun | Pos::Propn | Pos::Adj | Pos::X)) && (capital || goes_on)
}

/// "The Gazette reported that dockers had taken up the slogan “...”": the words are theirs of whom it is told, not the Gazette's. What the
/// speaker himself uses ("she said she used the slogan “...”") is his.
fn is_others_slogan(around: &Around<'_>, context: Context<'_>) -> bool {
    let reading = context.reading;
    let first = around.tokens.start;
    let slogan = reading.range(first.saturating_sub(3)..first).rev().find(|t| t.pos() != Pos::Punct);
    let slogan = slogan.filter(|t| {
        matches!(t.lemma(), "slogan" | "motto" | "chant" | "hashtag" | "catchphrase" | "watchword")
            && t.unit() == around.unit(reading)
    });
    let governor = slogan.filter(|t| matches!(t.dep(), "dobj" | "pobj")).and_then(Token::head);
    let verb = governor.and_then(|g| if g.dep() == "prep" { g.head() } else { Some(g) });
    let Some(verb) = verb.filter(|v| v.pos() == Pos::Verb && !lexicon::verb(*v).is_some_and(|c| c.speaks())) else {
        return false;
    };
    // The clause that the verb stands in: "were marching, using the slogan".
    let clause =
        std::iter::once(verb).chain(verb.ancestors().take(3)).find(|v| v.child_of(&["nsubj", "nsubjpass"]).is_some());
    let told = clause.filter(|c| {
        let above = c.first_conjunct();
        above.dep() == "ccomp" && above.head().and_then(lexicon::verb).is_some_and(|c| c.speaks())
    });
    let user = told.and_then(|c| c.child_of(&["nsubj", "nsubjpass"]));
    user.is_some_and(|u| u.pos() != Pos::Pron || matches!(u.lemma(), "some" | "many" | "others" | "several"))
}
