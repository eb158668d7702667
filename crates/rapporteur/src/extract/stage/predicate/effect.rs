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
    let Some(last) = is_of_force(token) else { return Vec::new() };
    let stands = matches!(token.lemma(), "be" | "remain") && matches!(token.tag(), "VBZ" | "VBP");
    let begun = !matches!(token.lemma(), "be" | "remain") && matches!(token.tag(), "VBD" | "VBN");
    let Some(subject) = token.surface_subject().filter(|_| stands || begun) else { return Vec::new() };
    let Instrument::Named(agreement, span) = cast.instrument(subject) else { return Vec::new() };
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
