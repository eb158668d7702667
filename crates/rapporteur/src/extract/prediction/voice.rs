//! Who foretells: of the sentence's outer voice, never a dateline, an addressee or the land that somebody comes from.

use language::{Pos, Token};

use super::attribution;
use crate::extract::quotation::{lexicon, source};
use crate::extract::{Context, Holder, HolderKind};

/// The holder of a clause that foresees, from the one that its nearest governor gives.
pub(super) fn outer(holder: Holder, clause: Token<'_>, context: Context<'_>) -> Holder {
    let holder = dateline(holder, clause, context);
    // "The agency added that Peru will join, according to Berg": Berg's word.
    let phrases = clause.children().filter(|c| c.i > clause.i).filter_map(|c| lexicon::phrase(context.reading, c.i));
    let named = phrases.filter_map(|p| source::of_phrase(context.reading.token(p.end - 1), context)).next();
    if let Some(named) = named {
        return attribution::holder_of(named, context);
    }
    let above = clause.head().filter(|_| matches!(clause.dep(), "ccomp" | "csubj" | "acl"));
    if let Some(above) = above {
        // "has let its partners know that": from the one who lets them.
        if let Some(teller) =
            above.head().filter(|h| matches!(above.dep(), "ccomp" | "xcomp") && matches!(h.lemma(), "let" | "make"))
            && let Some(subject) = teller.subject()
        {
            return attribution::holder_of(subject, context);
        }
        // "some lawmakers concerned that": theirs who are, not of the sentence's first voice.
        let noun = above
            .head()
            .filter(|n| above.pos() == Pos::Adj && matches!(above.dep(), "amod" | "acl" | "relcl") && n.i < above.i);
        if let Some(noun) = noun.filter(|n| matches!(n.pos(), Pos::Noun | Pos::Propn)) {
            return attribution::holder_of(noun, context);
        }
        // "Norway, Sweden and Finland said": all of them.
        let several = above
            .child("nsubj")
            .filter(|s| s.children().any(|c| c.dep() == "conj") && holder.kind == HolderKind::Entity);
        if let Some(several) = several {
            return attribution::holders(several, context);
        }
    }
    let holder = from_where(holder, context);
    if holder.kind == HolderKind::Outlet
        && let Some(asked) = per(clause, context)
    {
        return asked;
    }
    if !is_nobody(&holder) {
        return holder;
    }
    let around = attribution::voice_at(clause, context);
    if !is_nobody(&around) && around.kind != HolderKind::Outlet {
        return around;
    }
    // "was quoted as telling", "decided that he would".
    for verb in clause.ancestors().take(6).filter(|v| v.pos() == Pos::Verb) {
        let quoted = matches!(verb.lemma(), "quote" | "cite") && verb.is_passive();
        let subject =
            if quoted { verb.child("nsubjpass") } else { verb.child("nsubj").filter(|_| above == Some(verb)) };
        if let Some(subject) = subject {
            let named = attribution::holder_of(subject, context);
            if !is_nobody(&named) {
                return named;
            }
        }
    }
    // "There has been little sign that": whoever writes so says it.
    let there = clause.ancestors().take(3).any(|a| a.child("expl").is_some());
    before(clause, context).unwrap_or(if there && holder.kind == HolderKind::Unknown {
        Holder::outlet()
    } else {
        holder
    })
}

/// How many tokens back the one who asked or decreed can be named.
const BEFORE: usize = 250;

/// "Per the request, they would meet": whoever made it, where the article has named him with it ("the request of Berg").
fn per(clause: Token<'_>, context: Context<'_>) -> Option<Holder> {
    let reading = context.reading;
    let start = reading.sentences().get(clause.sentence())?.tokens.start;
    let opens = reading.get(start).filter(|t| t.text() == "Per")?;
    let noun = opens.child("pobj").or_else(|| reading.get(start + 2).filter(|n| n.pos() == Pos::Noun))?;
    let same = |t: &Token<'_>| t.pos() == Pos::Noun && t.lemma() == noun.lemma();
    let named = reading.range(start.saturating_sub(BEFORE)..start).rev().filter(same).find_map(owner)?;
    source::can_speak(named, context).then(|| attribution::holder_of(named, context))
}

/// Whose a request is: "Berg's request", "the request of Berg".
fn owner(noun: Token<'_>) -> Option<Token<'_>> {
    let of = noun.children().find(|c| c.dep() == "prep" && matches!(c.text(), "of" | "by" | "from"));
    noun.child("poss").or_else(|| of.and_then(|p| p.child("pobj")))
}

/// Nobody: a pronoun that leads to no name.
pub(super) fn is_nobody(holder: &Holder) -> bool {
    let pronoun =
        matches!(holder.name.to_lowercase().as_str(), "we" | "i" | "he" | "she" | "they" | "it" | "you" | "who");
    holder.kind == HolderKind::Unknown || pronoun && holder.entity.is_none()
}

/// "They insisted that" after "Several experts said": the same people.
fn before(clause: Token<'_>, context: Context<'_>) -> Option<Holder> {
    let reading = context.reading;
    let they = reading.sentences().get(clause.sentence())?.tokens.clone();
    let opens = reading.range(they.clone()).find(|t| t.is_root())?.child("nsubj")?;
    if opens.text() != "They" || opens.i != they.start {
        return None;
    }
    let last = reading.sentences().get(clause.sentence().checked_sub(1)?)?.tokens.clone();
    let verb = reading.range(last).find(|t| t.is_root())?;
    lexicon::verb(verb).filter(|c| c.speaks())?;
    let subject = verb.child("nsubj").filter(|s| matches!(s.tag(), "NNS" | "NNPS"))?;
    Some(attribution::holder_of(subject, context))
}

/// "SEOUL, South Korea - The leader announced": not the place, but the first person named behind it.
fn dateline(holder: Holder, clause: Token<'_>, context: Context<'_>) -> Holder {
    let Some(line) = context.article.dateline.as_ref() else { return holder };
    let Some(at) = holder.span.filter(|s| s.overlaps(line.span)) else { return holder };
    let from = context.reading.tokens_in(line.span).end.max(context.reading.tokens_in(at).end);
    let person = context.reading.range(from.min(clause.i)..clause.i).find(|t| t.entity_label() == Some("PERSON"));
    person.map_or_else(Holder::outlet, |p| attribution::holder_of(p, context))
}

/// "a diplomat from an allied country, who thought": the diplomat.
fn from_where(holder: Holder, context: Context<'_>) -> Holder {
    let head = holder.span.and_then(|s| context.reading.head_of(context.reading.tokens_in(s)));
    let land = head.filter(|t| {
        holder.entity.is_none() && matches!(t.lemma(), "country" | "nation" | "state" | "land" | "capital")
    });
    let person = land.and_then(Token::head).filter(|p| p.dep() == "prep" && matches!(p.text(), "from" | "of" | "in"));
    match person.and_then(Token::head).filter(|n| n.pos() == Pos::Noun) {
        Some(person) => attribution::holder_of(person, context),
        None => holder,
    }
}

/// "Norway will sign in June, its envoy has insisted": who says so behind the comma, and where the clause ends.
pub(super) fn trailing(clause: Token<'_>, context: Context<'_>) -> Option<(usize, Holder)> {
    let reading = context.reading;
    let sentence = reading.sentences().get(clause.sentence())?.tokens.clone();
    if let Some(found) = inverted(clause, sentence.end, context) {
        return Some(found);
    }
    let last =
        reading.range(sentence.start..sentence.end).rev().find(|t| !matches!(t.pos(), Pos::Punct | Pos::Space))?;
    let speaks = last.i > clause.i
        && matches!(last.tag(), "VBD" | "VBN" | "VBZ")
        && lexicon::verb(last).is_some_and(|c| c.speaks());
    let subject = last.child("nsubj").filter(|s| speaks && s.left_edge() > clause.i)?;
    let comma = subject.left_edge().checked_sub(1).filter(|i| reading.token(*i).text() == ",")?;
    Some((comma, attribution::holder_of(subject, context)))
}

/// "A vote in May is unlikely, said a diplomat": who says so behind the verb of speech that a comma sets off.
fn inverted(clause: Token<'_>, end: usize, context: Context<'_>) -> Option<(usize, Holder)> {
    let reading = context.reading;
    let says = |t: &Token<'_>| {
        matches!(t.tag(), "VBD" | "VBZ")
            && t.before().is_some_and(|b| b.text() == ",")
            && t.children().all(|c| {
                c.i > t.i || !matches!(c.dep(), "nsubj" | "nsubjpass") || c.is_under(clause) || clause.is_under(c)
            })
            && lexicon::verb(*t).is_some_and(|c| c.speaks())
    };
    let verb = reading.range(clause.i + 1..end.max(clause.i + 1)).find(says)?;
    let speaker = verb.children().find(|c| c.i > verb.i && matches!(c.dep(), "nsubj" | "dobj"))?;
    let next = reading.get(verb.i + 1).filter(|n| speaker.left_edge() == n.i)?;
    let named = matches!(next.pos(), Pos::Det | Pos::Propn | Pos::Noun | Pos::Adj | Pos::Pron)
        && crate::extract::quotation::source::can_speak(speaker, context);
    named.then(|| (verb.i - 1, attribution::holder_of(speaker, context)))
}
