//! Where the agreement of a predicate stands.

use super::super::cast::{Cast, Instrument};
use super::super::lexicon;
use super::super::lexicon::Entry;
use super::super::outlook::governor;
use super::doer::copula_of;
use crate::extract::{EntityId, EntityKind};
use language::{Pos, Span, Token};

type Place<'a> = (Span, Token<'a>);

/// The agreement and its words; without words where the predicate leaves it open and the article has one agreement only.
pub(super) fn agreement_of<'a>(
    cast: &Cast<'a>,
    token: Token<'a>,
    entry: &Entry,
    open: Option<EntityId>,
) -> Option<(EntityId, Option<Place<'a>>)> {
    let mut filled = false;
    for slot in &entry.agreement {
        let own_word =
            |t: &Token<'a>| entry.particle.is_some_and(|p| p.split('_').any(|w| t.text().eq_ignore_ascii_case(w)));
        for filler in fillers(token, slot).into_iter().filter(|t| !own_word(t)) {
            // "leave it", "bound by it", of the agreement that was named just before.
            if filler.lemma() == "it"
                && cast.mention(filler).is_none()
                && entry.particle.is_none()
                && matches!(entry.act, "join" | "sign" | "ratify" | "leave" | "stay")
                && let Some(main) = cast.main.filter(|_| cast.is_spoken_of(token, 2))
            {
                return Some((main.clone(), Some((filler.span(), filler))));
            }
            for part in filler.conjuncts() {
                match cast.instrument(part) {
                    // Of "the details of the pact" the pact.
                    Instrument::Named(id, span) => {
                        if let Some(old) = replaced(cast, token, entry, &id, part) {
                            return Some((old, Some((span, part))));
                        }
                        let inner = cast.context.reading.range(cast.context.reading.tokens_in(span)).next_back();
                        let inside = inner.filter(|i| i.is_under(part) && *i != part && span != part.span());
                        return Some((id, Some((span, inside.unwrap_or(part)))));
                    }
                    // "in talks", "on Friday", "in Washington": a preposition can be an adjunct; an object cannot.
                    Instrument::Other => {
                        filled |= (token.pos() == Pos::Noun || !matches!(*slot, "in" | "on" | "with" | "by" | "as"))
                            && *slot != "comp"
                            && !is_time(filler)
                            && !is_apart(cast, token, filler)
                    }
                }
            }
        }
    }
    // "will take part only if a border is opened": of what the article is about.
    let conditional = entry.particle == Some("part")
        && token.children().any(|c| c.dep() == "advcl" && c.children().any(|m| m.dep() == "mark" && m.lemma() == "if"));
    if filled || !entry.open && !conditional {
        return None;
    }
    let noun_of_act = matches!(entry.act, "sign") && token.pos() != Pos::Verb;
    // "invited to visit": the complement says to what.
    let to_do = token.child("xcomp").is_some_and(|x| entry.act == "invite" || lexicon::entries(x).is_empty())
        || entry.act == "invite"
            && token.children().any(|c| c.dep() == "prep" && matches!(c.lemma(), "as" | "on" | "for"));
    // Nobody signs a body of states: what else was signed the text does not say.
    let body = open.as_ref().is_some_and(|o| o.0.starts_with("org:"));
    if matches!(entry.act, "sign" | "ratify") && body {
        return None;
    }
    // "Norway will stay", with nothing after it.
    let bare = !token.children().any(|c| c.i > token.i && c.dep() != "punct");
    if entry.act == "stay" && !(bare && token.lemma() == "stay" && cast.is_spoken_of(token, 3)) {
        return None;
    }
    // "Washington backed out": of what was spoken of last.
    if entry.act == "leave" && entry.particle.is_some() && !cast.is_spoken_of(token, 1) {
        return None;
    }
    // "a member of the cabinet" is caught above; "members of both houses" as a plain noun is no step.
    if noun_of_act || to_do || entry.act == "member" && copula_of(token).is_none() {
        return None;
    }
    // "the withdrawal", "its exit", "handed in notices": of troops, of a candidate or from elsewhere it is another.
    if entry.act == "leave" && token.pos() == Pos::Noun {
        let own = token.child("poss").is_some() || governor(token).is_some();
        let another = token.children().any(|c| {
            matches!(c.dep(), "compound" | "nmod") && cast.plain_state(c).is_none()
                || c.dep() == "prep" && !matches!(c.lemma(), "on" | "in" | "by" | "of")
        }) || fillers(token, "of").into_iter().any(|o| cast.actors(o).is_empty());
        if !own || another {
            return None;
        }
    }
    Some((open?, None))
}

/// "negotiating a new trade deal after vowing to leave the Lima Pact": talks on a new one in place of an agreement that the sentence names are
/// talks on that agreement.
fn replaced<'a>(
    cast: &Cast<'a>,
    token: Token<'a>,
    entry: &Entry,
    agreement: &EntityId,
    noun: Token<'a>,
) -> Option<EntityId> {
    let new = noun.children().any(|c| c.dep() == "amod" && matches!(c.lemma(), "new" | "replacement"));
    if entry.act != "negotiate" || !new || !agreement.0.starts_with("name:") {
        return None;
    }
    let reading = cast.context.reading;
    let over = |t: &Token<'a>| {
        lexicon::entries(*t).iter().any(|e| {
            matches!(e.act, "leave" | "terminate") && e.particle.is_none_or(|p| super::guard::has_words(*t, p))
        }) || matches!(t.lemma(), "replace" | "walk" | "supersede")
    };
    let verbs = reading.range(reading.sentences()[token.sentence()].tokens.clone()).filter(over);
    let named = verbs.flat_map(|v| {
        let under = reading.range(v.i + 1..v.right_edge() + 1).filter_map(|t| cast.mention(t));
        under.map(|m| cast.context.names.entity_of(m)).filter(|e| e.kind == EntityKind::Agreement).take(1)
    });
    named.map(|e| e.id.clone()).next()
}

/// What stands in a slot of the predicate.
pub(super) fn fillers<'a>(token: Token<'a>, slot: &str) -> Vec<Token<'a>> {
    match slot {
        "obj" => match token.object() {
            Some(object) => vec![object],
            // "the pact that Oslo signed": the noun is the object where the clause has its own subject.
            None if token.dep() == "relcl" && token.child("nsubj").is_some() => token.head().into_iter().collect(),
            // "the law, signed in May".
            None if token.dep() == "acl" && token.tag() == "VBN" => token.head().into_iter().collect(),
            None => agreed_upon(token).into_iter().collect(),
        },
        "subj" => token.subject().into_iter().collect(),
        "poss" => token.child("poss").into_iter().collect(),
        "gov" => governor(token).filter(|v| !v.is_passive()).and_then(Token::surface_subject).into_iter().collect(),
        // "British withdrawal", "the U.S. exit".
        "adj" => {
            token.children().filter(|c| c.i < token.i && matches!(c.dep(), "amod" | "compound" | "nmod")).collect()
        }
        "comp" => token.children().filter(|c| matches!(c.dep(), "compound" | "nmod" | "amod")).collect(),
        preposition => {
            // "sign up to", "join in with": the preposition may hang on another one.
            let own = token.children().filter(|c| matches!(c.dep(), "prep" | "agent" | "dative" | "prt" | "advmod"));
            let all: Vec<Token<'a>> =
                own.flat_map(|p| std::iter::once(p).chain(p.children().filter(|q| q.dep() == "prep"))).collect();
            let mut found: Vec<Token<'a>> = Vec::new();
            for p in all.iter().filter(|p| p.text().eq_ignore_ascii_case(preposition)) {
                let stranded = || token.head().filter(|_| token.dep() == "relcl" && p.children().next().is_none());
                found.extend(p.child("pobj").or_else(stranded));
            }
            // "added X to the pact": the parser may hang the phrase on the object.
            if found.is_empty() && matches!(preposition, "to" | "into" | "with" | "from" | "of" | "in") {
                let object =
                    token.children().find(|c| matches!(c.dep(), "dobj" | "nsubjpass" | "prep" | "prt" | "advmod"));
                let inner =
                    object.into_iter().flat_map(|o| o.children()).find(|p| p.text().eq_ignore_ascii_case(preposition));
                found.extend(inner.and_then(|p| p.child("pobj")));
            }
            found
        }
    }
}

/// "The truce, agreed on Monday, holds": what was agreed, where the parser takes the participle for a verb of its own. Two who agree are
/// no paper.
pub(super) fn agreed_upon(token: Token<'_>) -> Option<Token<'_>> {
    let paper = |t: &Token<'_>| {
        let lemma = t.lemma().to_lowercase();
        matches!(lemma.as_str(), "truce" | "ceasefire" | "treaty" | "pact" | "accord" | "deal" | "agreement")
    };
    let past = token.lemma() == "agree" && matches!(token.tag(), "VBD" | "VBN") && token.object().is_none();
    token.child("nsubj").filter(|_| past).filter(paper).filter(|s| s.i < token.i)
}

/// Whether a dash or a quotation mark parts the two: "would join 'in its own time' — a reminder that".
fn is_apart(cast: &Cast<'_>, token: Token<'_>, filler: Token<'_>) -> bool {
    let between = Span::new(token.span().end, filler.span().start.max(token.span().end));
    cast.words(between).contains(['—', '–', '“', '”', '"', ';'])
}

fn is_time(token: Token<'_>) -> bool {
    matches!(token.entity_label(), Some("DATE" | "TIME")) || token.dep() == "npadvmod"
}
