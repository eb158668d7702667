//! Markers that cap a stage: "a signing ceremony will be announced soon", "the text is not yet signed", "a signature is still to come".

use language::Token;

use super::super::Stage;
use super::super::factuality;
use super::super::{EntityId, Factuality, Realis, StageMention};
use super::cast::{Cast, Instrument};
use super::lexicon;
use super::outlook::by;

/// A cap for each state that the article has on its way, at each marker.
pub(super) fn find(cast: &Cast<'_>, mentions: &[StageMention]) -> Vec<StageMention> {
    let mut found = Vec::new();
    for token in cast.context.reading.tokens() {
        let Some(wording) = still_to_sign(cast, token) else { continue };
        // "Yemen has not yet signed" has its own subject, and is a step of its own.
        let here = |m: &&StageMention| {
            cast.context.reading.token_at(m.wording.start).map(Token::sentence) == Some(token.sentence())
        };
        if mentions.iter().any(|m| m.wording.overlaps(token.span()) && m.hi <= 5) || found.iter().any(|m| here(&m)) {
            continue;
        }
        let (joiners, agreement) = on_their_way(mentions, token);
        let judgement = factuality::judge(wording.1, cast.context);
        for participant in joiners {
            let Some(agreement) = agreement.clone() else { continue };
            found.push(StageMention {
                by: by(cast, &judgement.holder, &participant, &agreement),
                participant,
                agreement,
                lo: 0,
                hi: 4,
                stage: Stage::None,
                side: None,
                holder: judgement.holder.clone(),
                realis: judgement.realis,
                factuality: judgement.factuality,
                wording: cast.context.reading.span(wording.0.clone()),
                rule: "signing still to come".to_owned(),
            });
        }
    }
    found
}

type Wording<'a> = (std::ops::Range<usize>, Token<'a>);

/// The clause that says a signature is still to come, with its verb.
fn still_to_sign<'a>(cast: &Cast<'a>, token: Token<'a>) -> Option<Wording<'a>> {
    let lemma = token.lemma().to_lowercase();
    let is_signing = match lemma.as_str() {
        "ceremony" => token
            .children()
            .any(|c| c.text().eq_ignore_ascii_case("signing") || c.text().eq_ignore_ascii_case("signature")),
        "signing" | "signature" if matches!(token.dep(), "compound" | "amod" | "nmod") => false,
        "signing" | "signature" => {
            token.pos() == language::Pos::Noun || matches!(token.dep(), "nsubj" | "nsubjpass" | "pobj")
        }
        "sign" => return unsigned(cast, token),
        _ => false,
    };
    // "after the signing ceremony the minister will leave": what is to come is something else.
    let adjunct = token.dep() == "pobj"
        && token.head().is_some_and(|p| {
            matches!(p.lemma().to_lowercase().as_str(), "after" | "following" | "since" | "upon" | "before" | "during")
        });
    if !is_signing || adjunct || names_another(cast, token) {
        return None;
    }
    let verb = token.ancestors().find(|a| matches!(a.pos(), language::Pos::Verb | language::Pos::Aux))?;
    let judgement = factuality::judge(verb, cast.context);
    let to_come = matches!(judgement.realis, Realis::Future)
        || matches!(verb.lemma(), "await" | "plan" | "schedule" | "expect" | "remain" | "prepare") && is_present(verb)
        || verb.lemma() == "be"
            && verb.children().any(|c| c.dep() == "xcomp" && matches!(c.lemma(), "come" | "follow"));
    to_come.then(|| (clause(token, verb), verb))
}

/// "nothing has been signed yet", "the text is not yet signed", "has yet to be signed": a passive without a state of its own.
fn unsigned<'a>(cast: &Cast<'a>, token: Token<'a>) -> Option<Wording<'a>> {
    if !token.is_passive() || lexicon::particles(token).any(|p| p == "into") {
        return None;
    }
    let object = token.surface_subject()?;
    let nothing = matches!(object.lemma().to_lowercase().as_str(), "nothing" | "it");
    let text = matches!(object.lemma(), "text" | "document" | "paper" | "draft");
    if !nothing && !text && !matches!(cast.instrument(object), Instrument::Named(..)) {
        return None;
    }
    // "was not signed until May": then it was.
    if token.children().any(|c| matches!(c.text().to_lowercase().as_str(), "until" | "till")) {
        return None;
    }
    let judgement = factuality::judge(token, cast.context);
    let negative =
        matches!(judgement.factuality, Factuality::CertainNo | Factuality::ProbableNo | Factuality::PossibleNo);
    (negative || nothing && object.lemma().eq_ignore_ascii_case("nothing") || judgement.realis == Realis::Future)
        .then(|| (clause(object, token), token))
}

/// "the signing of the budget bill": something that is no agreement.
fn names_another(cast: &Cast<'_>, token: Token<'_>) -> bool {
    let of = token.children().find(|c| c.dep() == "prep" && c.lemma() == "of").and_then(|c| c.child("pobj"));
    of.is_some_and(|o| cast.instrument(o) == Instrument::Other)
}

fn is_present(verb: Token<'_>) -> bool {
    verb.auxiliaries().chain(std::iter::once(verb)).any(|t| matches!(t.tag(), "VBZ" | "VBP"))
}

/// From the noun's first word to the verb's last near word.
fn clause(noun: Token<'_>, verb: Token<'_>) -> std::ops::Range<usize> {
    let last = verb.children().filter(|c| matches!(c.dep(), "advmod" | "xcomp" | "neg" | "acomp") && c.i < verb.i + 5);
    let last = last.map(|c| c.i).max().unwrap_or(verb.i).max(verb.i).max(noun.i);
    noun.left_edge().min(verb.i)..last + 1
}

/// The states that the article has on their way to one agreement, by the nearest mention before the token, else the first after.
fn on_their_way(mentions: &[StageMention], token: Token<'_>) -> (Vec<EntityId>, Option<EntityId>) {
    let at = token.span().start;
    let joining = |m: &&StageMention| m.lo >= 4 && m.side.is_none() && m.realis != Realis::Negated;
    let nearest = mentions.iter().filter(joining).min_by_key(|m| (m.wording.start > at, m.wording.start.abs_diff(at)));
    let Some(nearest) = nearest else { return (Vec::new(), None) };
    let same = mentions.iter().filter(joining).filter(|m| m.agreement == nearest.agreement);
    let mut states: Vec<EntityId> = same
        .filter(|m| {
            m.wording == nearest.wording || m.wording.overlaps(nearest.wording) || m.participant == nearest.participant
        })
        .map(|m| m.participant.clone())
        .collect();
    states.sort();
    states.dedup();
    (states, Some(nearest.agreement.clone()))
}
