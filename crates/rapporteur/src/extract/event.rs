//! Who did what to whom, in PLOVER's types with CAMEO codes.
//!
//! A predicate of `data/en/events.tsv` in its frame, and what operators make of it ("agreed to withdraw" is AGREE, "refused to
//! meet" REJECT, "stopped the aid" SANCTION), give the type (`frame`); its subject and what it governs give the sides (`side`);
//! realis, factuality and holder come from [`super::factuality`]. A public statement is no event: it is a quotation; nor is what
//! private persons and companies do (`politics`).
//! The scheme is PLOVER (draft 0.8, 2021) over CAMEO (1.1b3, 2012).

mod frame;
mod lexicon;
mod politics;
mod side;
mod when;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use language::{Pos, Span, Token};

use super::{Context, Entity, EntityId, Event, Plover, Realis, Role, Time, factuality};
use frame::Framed;
use politics::Politics;
use side::Sides;
pub(crate) use side::by_own_words;
use when::When;

/// The events of an article, and the entities that only their sides name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Events {
    pub(crate) events: Vec<Event>,
    pub(crate) sectors: Vec<Entity>,
}

/// An event before it is put in order.
struct Found {
    event: Event,
    /// How many governors stand above its predicate, at most 40.
    height: usize,
    sentence: usize,
    is_heading: bool,
}

/// All events of an article: the main event first, the others in text order.
pub(crate) fn find(context: Context<'_>, times: &[Time], roles: &[Role]) -> Events {
    let reading = context.reading;
    let framed: Vec<(Token<'_>, Framed)> =
        reading.tokens().filter_map(|t| Some((t, frame::framed(t, context)?))).collect();
    let within: BTreeSet<usize> = framed.iter().flat_map(|(_, f)| f.inner.iter().copied()).collect();
    let mut sides = Sides::new(context);
    let when = When::new(context, times);
    let politics = Politics::new(context, roles);
    let mut found: Vec<Found> = Vec::new();
    for (token, framed) in framed.iter().filter(|(t, _)| !within.contains(&t.i)) {
        found.extend(event(*token, framed, &mut sides, (&when, &politics), context));
    }
    if let Some(main) = main_event(&found, context) {
        let main = found.remove(main);
        found.insert(0, main);
    }
    let mut events: Vec<Event> = found.into_iter().map(|f| f.event).collect();
    when::spread(&mut events);
    let used: BTreeSet<&EntityId> = events.iter().flat_map(|e| e.actors.iter().chain(&e.recipients)).collect();
    Events { sectors: sides.sectors(|id| used.contains(id)), events }
}

fn event<'a>(
    token: Token<'a>,
    framed: &Framed,
    sides: &mut Sides<'a>,
    (when, politics): (&When<'_>, &Politics<'_>),
    context: Context<'a>,
) -> Option<Found> {
    let is_noun = matches!(token.pos(), Pos::Noun | Pos::Propn);
    // "A lawyer sued the visiting prince": the participle before a noun is no act of the subject.
    if is_noun && !stands_alone(token) || token.dep() == "amod" && token.tag() == "VBG" {
        return None;
    }
    let (actors, recipients) = sides.of(token, framed);
    // A noun by itself is an event only where both sides are named; nobody's act is none.
    if actors.is_empty() && (recipients.is_empty() || is_noun) || is_noun && recipients.is_empty() {
        return None;
    }
    // "This must be the oddest of all" asks nobody, and "we must go" is nobody's word.
    if framed.is_duty && (recipients.is_empty() || actors.is_empty()) {
        return None;
    }
    // "The shift demonstrates": what no person or body does is no act, but for bombs and courts' rulings.
    if actors.is_empty() && !framed.is_duty && !is_noun && !is_nobodys(token, framed) {
        return None;
    }
    let judgement = factuality::judge(token, context);
    // A noun that is denied or called off tells of no act.
    if is_noun && judgement.realis == Realis::Negated {
        return None;
    }
    let framed = framed.clone().in_world(judgement.realis, token);
    let both: Vec<EntityId> = actors.iter().chain(&recipients).cloned().collect();
    if !politics.holds(token, &framed, &both, sides) {
        return None;
    }
    let event = Event {
        plover: framed.kind.plover,
        mode: framed.kind.mode,
        contexts: contexts(token),
        cameo: framed.kind.cameo,
        place: sides.place(token, &framed, &both),
        actors,
        recipients,
        date: when.date(token, &framed.inner),
        realis: judgement.realis,
        factuality: judgement.factuality,
        holder: judgement.holder,
        trigger: token.span(),
        span: clause(token, context),
        rule: framed.rule.clone(),
    };
    let height = token.ancestors().take(40).count();
    let blocks = &context.article.blocks;
    let block = blocks.partition_point(|b| b.span.end <= event.trigger.start);
    let is_heading = blocks
        .get(block)
        .is_some_and(|b| matches!(b.kind, crate::ingest::BlockKind::Headline | crate::ingest::BlockKind::Subhead));
    Some(Found { event, height, sentence: token.sentence(), is_heading })
}

/// Whether the predicate may stand without a named actor: a passive, a pronoun that is not linked, violence by a thing.
fn is_nobodys(token: Token<'_>, framed: &Framed) -> bool {
    let Some(subject) = token.subject() else { return true };
    token.is_passive()
        || subject.pos() == Pos::Propn
        || subject.pos() == Pos::Pron
            && !matches!(subject.lemma().to_lowercase().as_str(), "it" | "this" | "that" | "which")
        || framed.kind.plover == Plover::Assault
}

fn stands_alone(noun: Token<'_>) -> bool {
    lexicon::lexicon().noun(&frame::lemma(noun)).iter().any(|e| e.stands_alone)
}

/// The event that the article is about: of those in its first three sentences with an event the one that its title tells too, with both
/// sides, told as a fact or plan, highest in its sentence.
fn main_event(found: &[Found], context: Context<'_>) -> Option<usize> {
    let body = found.iter().any(|f| !f.is_heading);
    let fit: Vec<(usize, &Found)> = found.iter().enumerate().filter(|(_, f)| !(body && f.is_heading)).collect();
    let first = fit.first()?.1.sentence;
    let title = title_words(context);
    let rank = |f: &Found| {
        let doubtful = !matches!(f.event.realis, Realis::Actual | Realis::Future);
        let told = told_in(&f.event, &title, context);
        (
            doubtful,
            Reverse(told),
            f.sentence > first,
            f.event.actors.is_empty(),
            f.event.recipients.is_empty(),
            f.height,
        )
    };
    fit.into_iter().filter(|(_, f)| f.sentence <= first + 2).min_by_key(|(i, f)| (rank(f), *i)).map(|(i, _)| i)
}

/// The words of the title in small letters, those of four letters and more.
fn title_words(context: Context<'_>) -> BTreeSet<String> {
    let article = context.article;
    let title = article.headline.map(|h| h.of(&article.text)).or(article.title.as_deref()).unwrap_or("");
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 4);
    words.map(str::to_lowercase).collect()
}

/// How much of an event the title tells: its predicate, each of its sides. In the title "Norland attacks" is the same as "attacked".
fn told_in(event: &Event, title: &BTreeSet<String>, context: Context<'_>) -> usize {
    let stem = |word: &str| word.to_lowercase().chars().take(5).collect::<String>();
    let trigger = stem(event.trigger.of(&context.article.text));
    let verb = trigger.chars().count() >= 4 && title.iter().any(|w| stem(w) == trigger);
    let named = |side: &[EntityId]| {
        let names = side.iter().filter_map(|id| context.names.get(id)).map(|e| e.name.as_str());
        names.flat_map(|n| n.split(' ')).any(|w| title.contains(&w.to_lowercase()))
    };
    usize::from(verb) * 2 + usize::from(named(&event.actors)) + usize::from(named(&event.recipients))
}

/// PLOVER's contexts by the words that the predicate governs.
fn contexts(token: Token<'_>) -> Vec<&'static str> {
    let words = token.reading().range(token.subtree()).take(60);
    let found: BTreeSet<&'static str> = words.filter_map(|t| lexicon::context_of(&frame::lemma(t))).collect();
    found.into_iter().collect()
}

/// The predicate with what it governs: from its first auxiliary to the end of its last object, phrase or clause.
fn clause(token: Token<'_>, context: Context<'_>) -> Span {
    let first = token.auxiliaries().map(|a| a.i).chain([token.i]).min().unwrap_or(token.i);
    let first = if token.pos() == Pos::Noun { token.left_edge() } else { first };
    let last = token
        .children()
        .filter(|c| c.i > token.i && !matches!(c.dep(), "punct" | "conj" | "cc" | "advcl" | "ccomp" | "parataxis"))
        .map(Token::right_edge)
        .chain([token.i])
        .max()
        .unwrap_or(token.i);
    context.reading.span(first..last + 1)
}

#[cfg(test)]
mod tests;
