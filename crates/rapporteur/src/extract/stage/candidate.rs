//! States named as ones that may join, by whom, for or against: "potential new members include A and B", "X pointed to A as a
//! likely candidate", "the prospect of A joining", "A has not yet joined".

use language::{Pos, Token};

use super::super::attribution;
use super::super::{
    Candidate, EntityId, EntityKind, Holder, HolderKind, Member, MemberStatus, Polarity, StageMention, factuality,
};
use super::cast::{Actor, Cast, Instrument};
use super::lexicon;
use super::member::{listed, modifiers};
use super::predicate::{Step, is_state};

/// All of an article in text order.
pub(super) fn find(cast: &Cast<'_>, steps: &[Step], members: &[Member]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for token in cast.context.reading.tokens() {
        named(cast, token, &mut found);
        queueing(cast, token, &mut found);
    }
    stepping(cast, steps, &mut found);
    found.retain(|c| {
        let old = |m: &Member| {
            m.participant == c.participant
                && matches!(m.status, MemberStatus::Original | MemberStatus::Member | MemberStatus::Counterpart)
        };
        !members.iter().any(old)
    });
    found.sort_by_key(|c| (c.span.start, c.span.end, c.participant.clone()));
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in found {
        let voice = |h: &Holder| {
            (
                h.entity.clone(),
                if matches!(h.kind, HolderKind::Outlet | HolderKind::Unknown) {
                    String::new()
                } else {
                    h.name.to_lowercase()
                },
            )
        };
        let same = |k: &Candidate| {
            k.participant == candidate.participant
                && k.polarity == candidate.polarity
                && voice(&k.holder) == voice(&candidate.holder)
        };
        if !kept.iter().any(same) {
            kept.push(candidate);
        }
    }
    kept
}

/// The stage that each candidate of a list has by being named: mooted.
pub(super) fn mooted(cast: &Cast<'_>, candidates: &[Candidate], stages: &[StageMention]) -> Vec<StageMention> {
    let listed = candidates.iter().filter(|c| c.rule.starts_with(LISTED) && c.polarity == Polarity::For);
    let firm = |id: &EntityId| stages.iter().any(|s| s.participant == *id && s.lo >= 4);
    listed
        .filter(|c| !firm(&c.participant))
        .map(|c| {
            let cue = c.rule.rsplit('"').nth(1).unwrap_or("");
            let reading = cast.context.reading;
            let near = reading.tokens_in(c.span).start;
            let sentence = reading.get(near).map(|t| reading.sentences()[t.sentence()].tokens.clone()).unwrap_or(0..0);
            let word = reading.range(sentence).filter(|t| t.text() == cue).min_by_key(|t| t.i.abs_diff(near));
            StageMention {
                participant: c.participant.clone(),
                agreement: c.agreement.clone(),
                lo: 1,
                hi: 2,
                stage: super::super::Stage::Mooted,
                side: None,
                by: super::outlook::by(cast, &c.holder, &c.participant, &c.agreement),
                holder: c.holder.clone(),
                realis: super::super::Realis::Hypothetical,
                factuality: super::super::Factuality::PossibleYes,
                wording: word.map_or(c.span, |w| w.span().cover(c.span)),
                rule: format!("named a candidate, {}", c.rule),
            }
        })
        .collect()
}

/// How the rule of a list begins.
const LISTED: &str = "listed under";

/// A list under a cue noun.
fn named<'a>(cast: &Cast<'a>, token: Token<'a>, found: &mut Vec<Candidate>) {
    let cues = lexicon::candidates();
    if !matches!(token.pos(), Pos::Noun | Pos::Propn) {
        return;
    }
    let modifiers = modifiers(token);
    let open = modifiers.iter().any(|m| cues.has("modifier", m));
    let is_cue =
        cues.plays("noun", token) && open || cues.plays("candidate", token) && !names_an_office(token, &modifiers);
    if !is_cue {
        return;
    }
    // "granting observer status to other applicants": of another standing.
    let lesser = token.ancestors().take(3).flat_map(|a| a.children()).chain(token.children());
    if lesser.filter(|c| c.pos() == Pos::Noun || c.pos() == Pos::Propn).any(lexicon::is_lesser_standing) {
        return;
    }
    let Some(agreement) = agreement_of(cast, token) else { return };
    let Some((actors, verb)) = linked(cast, token) else { return };
    let anchor = verb.unwrap_or(token);
    let (holder, polarity) = voice(cast, anchor, token, &actors);
    for actor in actors.into_iter().filter(|a| a.id != agreement) {
        found.push(Candidate {
            participant: actor.id,
            agreement: agreement.clone(),
            holder: holder.clone(),
            polarity,
            span: actor.span,
            rule: format!("{LISTED} \"{}\"", token.text()),
        });
    }
}

/// "Waiting in the wings are A and B", "A is next in line": states that stand where the next to join stand. Not one that waits in order to do
/// something else.
fn queueing<'a>(cast: &Cast<'a>, token: Token<'a>, found: &mut Vec<Candidate>) {
    let cues = lexicon::candidates();
    let place = token.lemma().to_lowercase();
    let Some(inside) = token.head().filter(|h| token.dep() == "pobj" && h.lemma() == "in") else { return };
    let Some(agreement) = cast.main.cloned() else { return };
    let Some(stands) = inside.head().filter(|h| cues.has("stand", &h.lemma().to_lowercase())) else { return };
    if !cues.has("place", &place) || stands.ancestors().take(1).chain([stands]).any(Token::is_negated) {
        return;
    }
    // "in line for a visit", "in the queue for gas".
    let aim = token.children().chain(inside.children()).chain(stands.children()).filter(|c| c.i > token.i);
    let other = aim.filter(|c| c.lemma() == "for" || matches!(c.dep(), "xcomp" | "advcl" | "acl" | "relcl")).any(|c| {
        let named = c.child("pobj").map(|o| cast.instrument(o));
        !matches!(named, Some(Instrument::Named(id, _)) if id == agreement)
            && !cast.context.reading.range(c.subtree()).any(joins)
    });
    if other {
        return;
    }
    let verb = stands.ancestors().take(2).chain([stands]).find(|v| v.lemma() == "be").unwrap_or(stands);
    let before = verb.surface_subject().or_else(|| stands.surface_subject()).map(|s| states(cast, s));
    // "Waiting in the wings are A and B": the list follows its verb, whatever the parse hangs it on.
    let after = || {
        let near =
            cast.context.reading.range(token.i + 1..token.i + 3).take_while(|t| t.sentence() == token.sentence());
        let verb = near.filter(|t| matches!(t.lemma(), "be" | "stand")).last()?;
        let first = cast.context.reading.get(verb.i + 1)?;
        let first = if first.dep() == "det" { cast.context.reading.get(first.i + 1)? } else { first };
        bare(cast, first).then(|| states(cast, first))
    };
    let Some(actors) = before.filter(|l| !l.is_empty()).or_else(after) else { return };
    let holder = factuality::judge(verb, cast.context).holder;
    found.extend(actors.into_iter().filter(|a| a.id != agreement).map(|actor| Candidate {
        participant: actor.id,
        agreement: agreement.clone(),
        holder: holder.clone(),
        polarity: Polarity::For,
        span: actor.span,
        rule: format!("{LISTED} \"{}\"", token.text()),
    }));
}

fn joins(token: Token<'_>) -> bool {
    lexicon::entries(token).iter().any(|e| matches!(e.act, "join" | "sign"))
}

/// "presidential candidates", "a candidate for mayor": people.
fn names_an_office(token: Token<'_>, modifiers: &[String]) -> bool {
    const OFFICES: [&str; 8] =
        ["presidential", "vice", "party", "parliamentary", "mayoral", "congressional", "senate", "opposition"];
    let mut before = token.reading().range(token.left_edge()..token.i).map(|t| t.text().to_lowercase());
    modifiers.iter().any(|m| OFFICES.contains(&m.as_str()))
        || before.any(|w| OFFICES.contains(&w.as_str()))
        || token.entity_label() == Some("PERSON")
}

/// The agreement that the noun is about: its own complement, else the article's one.
fn agreement_of<'a>(cast: &Cast<'a>, noun: Token<'a>) -> Option<EntityId> {
    for prep in noun.children().filter(|c| c.dep() == "prep" && matches!(c.lemma(), "of" | "to" | "in" | "for")) {
        if let Some(object) = prep.child("pobj") {
            return match cast.instrument(object) {
                Instrument::Named(id, _) => Some(id),
                Instrument::Other => None,
            };
        }
    }
    cast.main.cloned()
}

type Linked<'a> = (Vec<Actor>, Option<Token<'a>>);

/// The list that belongs to the noun, and the verb between them.
fn linked<'a>(cast: &Cast<'a>, noun: Token<'a>) -> Option<Linked<'a>> {
    let cues = lexicon::candidates();
    let list = |t: Token<'a>| Some(states(cast, t)).filter(|l| !l.is_empty());
    // "possible members such as A and B", "candidates: A, B".
    for child in noun.children().filter(|c| c.i > noun.i) {
        let inner = if matches!(child.text(), "as" | "like" | "including") {
            child.child("pobj")
        } else {
            Some(child).filter(|c| c.dep() == "appos")
        };
        if let Some(found) = inner.and_then(list) {
            return Some((found, None));
        }
    }
    if noun.dep() == "appos"
        && let Some(found) = noun.head().and_then(list)
    {
        return Some((found, None));
    }
    let verb = noun.ancestors().take(4).find(|a| matches!(a.pos(), Pos::Verb | Pos::Aux))?;
    let own = noun.ancestors().take_while(|a| a.i != verb.i).last().unwrap_or(noun);
    let arguments = || verb.children().filter(|c| c.i != own.i);
    // "named A, B", "are A and B": the list after the verb comes before the one that is its subject.
    let mut found = None;
    if cues.plays("link", verb) || cues.plays("as", verb) || matches!(verb.lemma(), "become" | "emerge" | "remain") {
        let objects = arguments().filter(|c| matches!(c.dep(), "dobj" | "attr" | "oprd" | "appos"));
        found = objects.filter_map(list).next();
        if found.is_none() {
            let preps = arguments().filter(|c| c.dep() == "prep" && matches!(c.lemma(), "to" | "at" | "toward"));
            found = preps.filter_map(|p| p.child("pobj")).filter_map(list).next();
        }
        if found.is_none() {
            let subjects = arguments().filter(|c| matches!(c.dep(), "nsubj" | "nsubjpass"));
            let relevant = verb.is_passive()
                || matches!(own.dep(), "attr" | "oprd")
                || verb.lemma() == "emerge"
                || own.lemma() == "among";
            found = subjects.filter(|_| relevant).filter_map(list).next();
        }
        if found.is_none() && verb.is_passive() && noun.i > verb.i {
            // "nations such as A and B — both neighbours — have been considered candidates": the last list before the verb.
            let sentence = cast.context.reading.sentences()[verb.sentence()].tokens.clone();
            let before = cast.context.reading.range(sentence.start..verb.i).rev();
            found = before.map(|t| cast.list_at(t.i)).find(|l| l.len() >= 2);
        }
        if found.is_none() && verb.child("nsubj").is_none_or(|s| s.i == own.i || !is_after(verb, noun)) {
            // The list wherever the parse hung it: the first state after verb and noun.
            let rest = cast.context.reading.range(verb.i.max(noun.i) + 1..verb.i.max(noun.i) + 6);
            found =
                rest.take_while(|t| t.sentence() == verb.sentence()).find(|t| bare(cast, *t)).map(|t| listed(cast, t));
        }
    }
    found.map(|f| (f, Some(verb)))
}

fn is_after(verb: Token<'_>, noun: Token<'_>) -> bool {
    noun.i > verb.i
}

/// Whether a state stands there by its name: not in "pro-Israel".
fn bare(cast: &Cast<'_>, token: Token<'_>) -> bool {
    !cast.list_at(token.i).is_empty() && !token.before().is_some_and(|b| b.text() == "-" && !b.space_after())
}

/// The states that a token heads: a list, or the examples of "other nations such as A and B".
fn states<'a>(cast: &Cast<'a>, token: Token<'a>) -> Vec<Actor> {
    let own = if bare(cast, token) { listed(cast, token) } else { cast.actors(token) };
    // A person who runs for an office is named a candidate too.
    let by_name = |a: &Actor| {
        let token = cast.context.reading.token(a.at);
        let names = cast.context.names;
        cast.mention(token).is_none_or(|m| names.entity_of(m).kind == EntityKind::State)
    };
    own.into_iter().filter(|a| is_state(cast, &a.id) && by_name(a)).collect()
}

/// Whose naming it is, and for or against.
fn voice<'a>(cast: &Cast<'a>, verb: Token<'a>, noun: Token<'a>, actors: &[Actor]) -> (Holder, Polarity) {
    let judgement = factuality::judge(verb, cast.context);
    let negative =
        matches!(judgement.factuality, super::super::Factuality::CertainNo | super::super::Factuality::ProbableNo);
    let polarity = if negative { Polarity::Against } else { Polarity::For };
    let namer = verb.subject().filter(|s| {
        !matches!(verb.lemma(), "be" | "include" | "comprise" | "feature" | "remain" | "become" | "emerge")
            && !actors.iter().any(|a| a.at == s.i)
            && s.i != noun.i
            && !noun.is_under(*s)
    });
    let speaks = namer.filter(|s| matches!(s.pos(), Pos::Propn | Pos::Pron | Pos::Noun));
    let holder = match speaks {
        Some(source) => attribution::holder_of(source, cast.context),
        None if verb.is_passive() && judgement.holder.kind == HolderKind::Outlet => Holder::unknown(),
        None => judgement.holder,
    };
    (holder, polarity)
}

/// Steps that are open: possible, wished, conditional, not yet taken, turned down; and a future step of a state that is not the
/// one the article is about.
fn stepping(cast: &Cast<'_>, steps: &[Step], found: &mut Vec<Candidate>) {
    let joins = |s: &&Step| matches!(s.act, "join" | "apply" | "invite" | "member");
    let subjects = subjects(steps);
    // "was to join", of one that the article has signing.
    let signed = |step: &Step| {
        let same = |s: &&Step| s.participant == step.participant && s.agreement == step.agreement && s.is_done();
        steps.iter().filter(same).any(|s| s.mention.as_ref().is_some_and(|m| m.lo >= 5 && m.side.is_none()))
    };
    for step in steps.iter().filter(joins) {
        let Some(mention) = &step.mention else { continue };
        let is_subject = subjects.contains(&step.participant);
        let later = matches!(step.outlook.told, Some("will" | "expected"));
        if is_subject
            || signed(step)
            || !(step.is_open() || later)
            || mention.side.is_some() && mention.side != Some(super::super::Side::Declined)
        {
            continue;
        }
        found.push(candidate(cast, step, mention));
    }
}

fn candidate(cast: &Cast<'_>, step: &Step, mention: &StageMention) -> Candidate {
    let polarity = match step.outlook.told {
        // The article's "has not yet joined" leaves it open; a voice that calls it unrealistic speaks against.
        Some("not" | "will_not") => Polarity::Against,
        Some("not_yet") if mention.holder.kind != HolderKind::Outlet => Polarity::Against,
        Some("if" | "not_yet") => Polarity::Open,
        _ => Polarity::For,
    };
    let token = cast.context.reading.token(step.at);
    let passive = token.ancestors().take(4).any(Token::is_passive);
    let holder = match mention.holder.kind {
        HolderKind::Outlet if passive => Holder::unknown(),
        _ => mention.holder.clone(),
    };
    Candidate {
        participant: step.participant.clone(),
        agreement: step.agreement.clone(),
        holder,
        polarity,
        span: mention.wording,
        rule: format!("{} told as {}", step.act, step.outlook.told.unwrap_or("")),
    }
}

/// The states whose joining the article reports: those with a step taken or announced, if they are most of its steps.
fn subjects(steps: &[Step]) -> Vec<EntityId> {
    let firm = |s: &&Step| {
        matches!(s.act, "join" | "sign" | "member" | "ratify") && s.mention.as_ref().is_some_and(|m| m.lo >= 4)
    };
    let mut counted: Vec<(EntityId, usize)> = Vec::new();
    for step in steps.iter().filter(firm) {
        match counted.iter_mut().find(|c| c.0 == step.participant) {
            Some(c) => c.1 += 1,
            None => counted.push((step.participant.clone(), 1)),
        }
    }
    let most = counted.iter().map(|c| c.1).max().unwrap_or(0);
    counted.retain(|c| 2 * c.1 > most);
    counted.into_iter().map(|c| c.0).collect()
}
