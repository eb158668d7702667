//! What is said of an agreement without its sides beside it: "the truce is in force", "the truce, agreed on Monday".
//!
//! The sides of a closed agreement are those between whom the article has it, else those whose step towards it was told last. Of one
//! that all may join, and of one whose sides the article never tells, nothing is known.

use std::collections::BTreeMap;

use language::Token;

use super::super::super::{EntityId, Stage, StageMention};
use super::super::cast::{Actor, Cast, Instrument};
use super::super::outlook::{by, outlook};
use super::Step;
use super::guard::is_open_to_all;
use super::place::fillers;

/// The sides of agreements that an article names with them: "the truce between Norway and Peru".
#[derive(Clone, Debug, Default)]
pub(super) struct Sides(BTreeMap<EntityId, Vec<Actor>>);

impl Sides {
    /// The first sides of each agreement.
    pub(super) fn of(cast: &Cast<'_>) -> Sides {
        let mut sides = BTreeMap::new();
        for noun in cast.context.reading.tokens().filter(|t| t.lemma() == "between").filter_map(Token::head) {
            let Instrument::Named(agreement, _) = cast.instrument(noun) else { continue };
            let between: Vec<Actor> = fillers(noun, "between").into_iter().flat_map(|t| cast.actors(t)).collect();
            if between.len() > 1 {
                sides.entry(agreement).or_insert(between);
            }
        }
        Sides(sides)
    }

    /// Those who take a step that is told of the agreement alone, with the words that tell it.
    pub(super) fn resumed(&self, agreement: &EntityId, steps: &[Step], token: Token<'_>) -> Vec<Actor> {
        if is_open_to_all(agreement) {
            return Vec::new();
        }
        let here = |id: &EntityId| Actor { id: id.clone(), span: token.span(), at: token.i };
        if let Some(between) = self.0.get(agreement) {
            return between.iter().map(|a| here(&a.id)).collect();
        }
        let same = |s: &&Step| s.agreement == *agreement && s.mention.as_ref().is_some_and(|m| m.lo >= 4);
        let last = steps.iter().rev().find(same).map(|s| s.at);
        let told = steps.iter().filter(same).filter(|s| Some(s.at) == last).map(|s| here(&s.participant));
        Some(told.collect::<Vec<_>>()).filter(|t| t.len() > 1).unwrap_or_default()
    }
}

/// "The truce is in force", "has taken effect": a stage of each of its sides. When it will be so is left to the dates.
pub(super) fn in_force(cast: &Cast<'_>, token: Token<'_>, sides: &Sides, steps: &[Step]) -> Vec<StageMention> {
    if !matches!(token.lemma(), "be" | "remain" | "take" | "enter" | "come" | "go") {
        return Vec::new();
    }
    let Some(last) = is_of_force(token).or_else(|| is_of_age(token)) else { return Vec::new() };
    let stands = matches!(token.lemma(), "be" | "remain") && matches!(token.tag(), "VBZ" | "VBP");
    let begun = !matches!(token.lemma(), "be" | "remain") && matches!(token.tag(), "VBD" | "VBN");
    // "was in force" may be over; "was only hours old when" runs.
    let ran = is_of_age(token).is_some() && token.tag() == "VBD";
    if !(stands || begun || ran) {
        return Vec::new();
    }
    // The place of a dateline may pass for a subject.
    let subjects = token.children().filter(|c| matches!(c.dep(), "nsubj" | "nsubjpass"));
    let named = |subject: Token<'_>| match cast.instrument(subject) {
        Instrument::Named(agreement, span) => Some((agreement, span)),
        Instrument::Other => None,
    };
    let Some((agreement, span)) = subjects.chain(token.surface_subject()).find_map(named) else { return Vec::new() };
    // A treaty is years old from its signature on; a truce runs from its first hour.
    if is_of_age(token).is_some() && !agreement.0.ends_with("ceasefire") {
        return Vec::new();
    }
    let outlook = outlook(cast, token);
    let (lo, hi) = match outlook.told {
        Some("did") => (Stage::InForce as u8, Stage::InForce as u8),
        Some("not" | "not_yet") => (0, Stage::Ratified as u8),
        _ => return Vec::new(),
    };
    let judgement = &outlook.judgement;
    let wording = span.cover(token.span()).cover(last.span());
    let told = |side: Actor| StageMention {
        by: by(cast, &judgement.holder, &side.id, &agreement),
        participant: side.id,
        agreement: agreement.clone(),
        lo,
        hi,
        stage: Stage::of_rank(lo),
        side: None,
        holder: judgement.holder.clone(),
        realis: judgement.realis,
        factuality: judgement.factuality,
        wording,
        rule: "in force (effect), sides as told before".to_owned(),
    };
    sides.resumed(&agreement, steps, token).into_iter().map(told).collect()
}

/// The last word of "is two days old".
fn is_of_age(token: Token<'_>) -> Option<Token<'_>> {
    let old = token.child("acomp").filter(|a| token.lemma() == "be" && a.lemma() == "old")?;
    let span = |t: &Token<'_>| matches!(t.lemma(), "minute" | "hour" | "day" | "week" | "month");
    old.child("npadvmod").filter(span).map(|_| old)
}

/// The last word of "is in force", "took effect", "came into effect".
fn is_of_force(token: Token<'_>) -> Option<Token<'_>> {
    let effect = |t: &Token<'_>| matches!(t.lemma(), "force" | "effect");
    if token.lemma() == "take" {
        return token.object().filter(effect).filter(|o| o.lemma() == "effect");
    }
    let standing = matches!(token.lemma(), "be" | "remain");
    let fits = move |p: &Token<'_>| p.lemma() == if standing { "in" } else { "into" };
    token.children().filter(|p| p.dep() == "prep").filter(fits).find_map(|p| p.child("pobj").filter(effect))
}
