//! Who takes the step of a predicate.

use super::super::cast::{Actor, Cast};
use super::super::lexicon;
use super::super::lexicon::Entry;
use super::super::outlook::{Outlook, state_of_holder};
use super::place::fillers;
use crate::extract::HolderKind;
use language::{Pos, Token};

/// "the details of those agreements will be settled": the states of the agreements spoken of last.
pub(super) fn resumed<'a>(cast: &Cast<'a>, token: Token<'a>, named: Option<Token<'a>>) -> Vec<Actor> {
    let Some(noun) = named.filter(|n| n.child("det").is_some_and(|d| matches!(d.lemma(), "those" | "these" | "both")))
    else {
        return Vec::new();
    };
    let reading = cast.context.reading;
    let Some(before) = token.sentence().checked_sub(1).map(|s| reading.sentences()[s].tokens.clone()) else {
        return Vec::new();
    };
    // The list after the same noun: "agreements with A, B and C".
    let noun_before = reading.range(before.clone()).find(|t| t.lemma() == noun.lemma());
    let after = noun_before.map(|n| reading.range(n.i..before.end)).into_iter().flatten();
    let mut lists = after.map(|t| cast.list_at(t.i));
    lists.find(|l| l.len() >= 2).unwrap_or_default()
}

/// The copula whose predicate noun the token is.
pub(super) fn copula_of(token: Token<'_>) -> Option<Token<'_>> {
    let copula = token.head().filter(|_| matches!(token.dep(), "attr" | "oprd"))?;
    matches!(copula.lemma(), "be" | "become" | "remain" | "stay").then_some(copula)
}

/// "He said that entry is not realistic": of a noun without a participant the speaker's own state.
pub(super) fn own_state(cast: &Cast<'_>, token: Token<'_>, outlook: &Outlook) -> Option<Actor> {
    let holder = &outlook.judgement.holder;
    let named = matches!(holder.kind, HolderKind::Entity) && (token.pos() == Pos::Noun || token.tag() == "VBG");
    // "He said that Peru deserves entry": hers.
    let verb = token.head().filter(|_| token.dep() == "dobj");
    if let Some(other) = verb.and_then(Token::surface_subject).and_then(|s| cast.actors(s).into_iter().next()) {
        return Some(other);
    }
    // Who leads an international body speaks for no state.
    let apart = holder.entity.as_ref().is_some_and(|e| e.0.starts_with("person:") && cast.state_led_by(e).is_none());
    let id = state_of_holder(cast, holder).filter(|_| named && !apart)?;
    Some(Actor { id, span: token.span(), at: token.i })
}

/// Who takes the step.
pub(super) fn participants<'a>(
    cast: &Cast<'a>,
    token: Token<'a>,
    entry: &Entry,
    named: Option<Token<'a>>,
) -> Vec<Actor> {
    // "Yemen's membership was suspended by the others": whose it is.
    let held = token
        .object()
        .filter(|o| entry.act == "suspend" && lexicon::entries(*o).iter().any(|e| matches!(e.act, "join" | "member")));
    if let Some(owner) = held.and_then(|o| o.child("poss")).map(|p| cast.actors(p)).filter(|a| !a.is_empty()) {
        return owner;
    }
    for slot in &entry.participant {
        let actors = match *slot {
            "subj" => subject_actors(cast, token),
            "copula" => copula_actors(cast, token),
            "for" => {
                // "signed their protocols of accession", "whose protocols were signed": those whom the papers are for.
                let owner = named.filter(|n| is_paper_of_accession(*n)).and_then(|n| n.child("poss"));
                let owned = owner.map(|o| cast.actors(o)).unwrap_or_default();
                if !owned.is_empty() {
                    return owned;
                }
                let both = std::iter::once(token).chain(named);
                // "agreements for exemptions for Peru": the innermost.
                let outer: Vec<Token<'a>> = both.flat_map(|t| fillers(t, "for")).collect();
                let inner: Vec<Token<'a>> = outer.iter().flat_map(|t| fillers(*t, "for")).collect();
                let mut own = inner.into_iter().chain(outer);
                own.find_map(|t| Some(cast.actors(t)).filter(|a| !a.is_empty())).unwrap_or_default()
            }
            // "remains bound by it": a participle said of the subject.
            "obj"
                if matches!(token.dep(), "acomp" | "oprd" | "xcomp" | "ccomp")
                    && !token.is_passive()
                    && token.tag() == "VBN" =>
            {
                token.head().and_then(Token::surface_subject).map(|s| cast.actors(s)).unwrap_or_default()
            }
            "adj" => fillers(token, "adj").into_iter().filter_map(|t| cast.plain_state(t)).collect(),
            other => fillers(token, other).into_iter().flat_map(|t| cast.actors(t)).collect(),
        };
        if !actors.is_empty() {
            return with_partners(cast, token, entry, named, actors);
        }
    }
    with_partners(cast, token, entry, named, Vec::new())
}

/// "reached an agreement with Peru": the other side takes the step as well.
fn with_partners<'a>(
    cast: &Cast<'a>,
    token: Token<'a>,
    entry: &Entry,
    named: Option<Token<'a>>,
    mut actors: Vec<Actor>,
) -> Vec<Actor> {
    if matches!(entry.act, "agree" | "finalize" | "sign" | "initial" | "negotiate") {
        let partners =
            std::iter::once(token).chain(named).flat_map(|t| fillers(t, "with")).flat_map(|t| cast.actors(t));
        for partner in partners.collect::<Vec<_>>() {
            if !actors.iter().any(|a| a.id == partner.id) {
                actors.push(partner);
            }
        }
    }
    actors
}

pub(super) fn is_paper_of_accession(noun: Token<'_>) -> bool {
    let inside = |t: Token<'_>| matches!(t.lemma(), "accession" | "entry" | "membership");
    noun.children().any(|c| inside(c) || c.dep() == "prep" && c.child("pobj").is_some_and(inside))
}

/// The subject with all who share it: of a passive its agent, else nobody but who the noun that it modifies stands for.
fn subject_actors<'a>(cast: &Cast<'a>, token: Token<'a>) -> Vec<Actor> {
    let own = token.subject().map(|s| cast.actors(after_dateline(cast, s))).unwrap_or_default();
    // "its objections to Yemen joining": who stands before the participle.
    let near = token.before().filter(|_| token.tag() == "VBG" && token.dep() == "acl").map(|b| cast.actors(b));
    if let Some(near) = near.filter(|n| own.is_empty() && !n.is_empty()) {
        return near;
    }
    // "objected to Yemen joining", "warned Yemen against joining".
    if let Some(doer) = super::super::outlook::doer_of_gerund(token).map(|d| cast.actors(d)).filter(|a| !a.is_empty()) {
        return doer;
    }
    // "the prospect of Yemen joining": the parser takes the participle for a clause of the noun.
    // "Oslo's decision to join": the noun's possessor, else who takes the decision.
    if own.is_empty()
        && token.tag() != "VBN"
        && let Some(noun) = token.head().filter(|_| matches!(token.dep(), "acl" | "pcomp"))
    {
        let noun = if token.dep() == "pcomp" { noun.head().unwrap_or(noun) } else { noun };
        let owner = noun.child("poss").map(|p| cast.actors(p)).filter(|a| !a.is_empty());
        // "is in talks to join": who is in them.
        let place = noun.head().filter(|p| noun.dep() == "pobj" && p.lemma() == "in").and_then(Token::head);
        // "work on revising it": who works.
        let works = Some(noun).filter(|n| n.pos() == Pos::Verb && token.dep() == "pcomp" && n.lemma() == "work");
        let verb = place.or_else(|| noun.head().filter(|_| noun.dep() == "dobj")).or(works);
        let taker = || verb.and_then(Token::surface_subject).map(|s| cast.actors(s));
        if let Some(actors) = owner.or_else(taker).filter(|a| !a.is_empty()) {
            return actors;
        }
    }
    own
}

/// "LIMA, July 28 — Norway and Peru agreed": the parser takes the place of the dateline for the subject, who follows for its apposition.
fn after_dateline<'a>(cast: &Cast<'a>, subject: Token<'a>) -> Token<'a> {
    let line = cast.context.article.dateline.as_ref().map(|d| d.span).filter(|d| d.contains(subject.span()));
    let outside = line.and_then(|d| subject.children().find(|c| c.dep() == "appos" && c.span().start >= d.end));
    outside.unwrap_or(subject)
}

/// "X is a member", "X, a member", "member state X".
fn copula_actors<'a>(cast: &Cast<'a>, token: Token<'a>) -> Vec<Actor> {
    match (token.dep(), token.head()) {
        ("attr" | "oprd" | "acomp", Some(copula))
            if matches!(copula.lemma(), "be" | "become" | "remain" | "stay" | "make") =>
        {
            copula.surface_subject().map(|s| cast.actors(s)).unwrap_or_default()
        }
        ("appos", Some(noun)) => cast.actors(noun),
        ("pobj", Some(as_)) if as_.lemma() == "as" => {
            let verb = as_.head().filter(|v| {
                matches!(
                    v.lemma(),
                    "join" | "enter" | "admit" | "accept" | "remain" | "continue" | "stay" | "serve" | "welcome"
                )
            });
            verb.and_then(|v| v.surface_subject()).map(|s| cast.actors(s)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}
