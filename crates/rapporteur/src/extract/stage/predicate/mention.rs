//! The interval that a step allows, with its words.

use super::super::cast::{Actor, Cast};
use super::super::lexicon;
use super::super::lexicon::Entry;
use super::super::outlook::{Outlook, by, cessation};
use crate::extract::{By, EntityId, Side, Stage, StageMention, factuality};
use language::{Span, Token};

/// From the first to the last of participant, verb group, governing noun and agreement, where they stand close together.
pub(super) fn wording(cast: &Cast<'_>, token: Token<'_>, actor: &Actor, agreement: Option<Span>) -> Span {
    let mut span = token.span();
    for part in token.auxiliaries() {
        span = span.cover(part.span());
    }
    if let Some(head) =
        token.head().filter(|_| matches!(token.dep(), "xcomp" | "acl" | "relcl" | "csubj" | "nsubj" | "attr"))
    {
        span = span.cover(head.span());
        // "the prospect of joining was discussed", "joining is not realistic": what is said of it.
        let said = if matches!(token.dep(), "csubj" | "nsubj") {
            Some(head)
        } else {
            head.head().filter(|_| matches!(head.dep(), "nsubj" | "nsubjpass"))
        };
        if let Some(said) = said.filter(|s| s.i.abs_diff(token.i) <= 10) {
            span = span.cover(said.child("acomp").unwrap_or(said).span());
        }
    }
    if let Some(agreement) = agreement.filter(|a| is_close(cast, *a, span)) {
        span = span.cover(agreement);
    }
    if is_close(cast, actor.span, span) {
        span = span.cover(actor.span);
    }
    span
}

/// Whether two stretches lie within eight words of each other.
fn is_close(cast: &Cast<'_>, a: Span, b: Span) -> bool {
    let reading = cast.context.reading;
    let (first, last) = if a.start < b.start { (a, b) } else { (b, a) };
    let between = reading.tokens_in(Span::new(first.end, last.start.max(first.end)));
    let apart = reading.token_at(first.start).map(Token::sentence) != reading.token_at(last.start).map(Token::sentence);
    !apart && between.len() <= 8
}

#[allow(clippy::too_many_arguments)]
pub(super) fn mention<'a>(
    cast: &Cast<'a>,
    token: Token<'a>,
    entry: &Entry,
    actor: &Actor,
    agreement: &EntityId,
    outlook: &Outlook,
    wording: Span,
    named: bool,
) -> Option<StageMention> {
    let judgement = &outlook.judgement;
    let by = by(cast, &judgement.holder, &actor.id, agreement);
    let mut told = outlook.told?;
    // A third party's "will" is an expectation.
    if told == "will" && by == By::Third {
        told = "expected";
    }
    // "would cease to be part": the end of it.
    let ends = matches!(entry.act, "join" | "member" | "stay") && cessation(token).is_some();
    // "the deal negotiated by Oslo", "was negotiated": the talks are over.
    let going_on = token.auxiliaries().any(|a| a.text().eq_ignore_ascii_case("being"));
    let settled = entry.act == "negotiate" && token.tag() == "VBN" && token.is_passive() && told == "did" && !going_on;
    let act = match () {
        () if ends => "leave",
        () if settled => "join",
        () => entry.act,
    };
    if ends {
        told = if matches!(told, "not" | "not_yet") { "did" } else { "may" };
    }
    let (lo, hi, side) = lexicon::interval(act, told)?;
    let (declined, side) = match refusal(token) {
        Some(_) if lo <= 1 && matches!(told, "not" | "not_yet" | "will_not") => (true, Some(Side::Declined)),
        _ => (false, side_of(side)),
    };
    let stage = Stage::of_rank(lo);
    let link = if named { "agreement named" } else { "the article's one agreement" };
    let rule =
        format!("{} ({}) told as {told}, {link}{}", entry.lemma, entry.act, if declined { ", declined" } else { "" });
    // With a side state factuality belongs to the side: to the declining, the ceasing.
    let (realis, factuality) = match if ends { cessation(token) } else { refusal(token).filter(|_| declined) } {
        Some(governor) => {
            let own = factuality::judge(governor, cast.context);
            (own.realis, own.factuality)
        }
        None => (judgement.realis, judgement.factuality),
    };
    Some(StageMention {
        participant: actor.id.clone(),
        agreement: agreement.clone(),
        lo,
        hi,
        stage,
        side,
        by,
        holder: judgement.holder.clone(),
        realis,
        factuality,
        wording,
        rule,
    })
}

/// "declined to join", "refused to sign", "ruled out joining": the governor that turns the step down.
fn refusal(token: Token<'_>) -> Option<Token<'_>> {
    token
        .ancestors()
        .take(2)
        .find(|g| matches!(g.lemma(), "decline" | "refuse" | "reject" | "rule" | "refusal" | "rejection"))
}

pub(in crate::extract::stage) fn side_of(word: &str) -> Option<Side> {
    Some(match word {
        "postponed" => Side::Postponed,
        "declined" => Side::Declined,
        "suspended" => Side::Suspended,
        "withdrawn" => Side::Withdrawn,
        "terminated" => Side::Terminated,
        "reserved" => Side::Reserved,
        _ => return None,
    })
}
