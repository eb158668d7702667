//! Forecasts without a modal: "set to join", "expects four more by June", "a vote before the winter is unlikely".

use jiff::civil::Date;
use language::{Pos, Token};

use super::super::{Context, HolderKind, Precision, Realis, Time, attribution, factuality};
use super::day::{ends_after, inside, is_counted, is_dated, is_timed, preposition, starts_after};
use super::extent::clause;
use super::{Claim, Foreseen, is_condition, is_cue, quantity, window};

/// "set to join", "expects four more to join", "plans to lift them in June".
pub(super) fn infinitive<'a>(
    token: Token<'a>,
    times: &[Time],
    document: Option<Date>,
    context: Context<'a>,
) -> Option<Foreseen<'a>> {
    let governor = token.head().filter(|_| matches!(token.dep(), "xcomp" | "ccomp" | "acl" | "advcl"))?;
    let lemma = governor.lemma().to_lowercase();
    // "refused to", "did not plan to".
    if governor.is_negated() && lemma != "expect" {
        return None;
    }
    let finite = |t: Token<'a>| {
        std::iter::once(t)
            .chain(t.ancestors())
            .take(3)
            .find(|a| !matches!(a.dep(), "acomp" | "xcomp" | "amod" | "acl"))
            .unwrap_or(t)
    };
    let own_subject = token.child_of(&["nsubj", "nsubjpass"]).is_some();
    let rule = format!("{lemma} to");
    let active = governor.tag() != "VBN" && !matches!(governor.pos(), Pos::Adj);
    // "if we are going to join", "you would have expected him to": nothing is foretold.
    let unreal = governor.auxiliaries().any(|a| a.tag() == "MD") && governor.auxiliaries().any(|a| a.lemma() == "have");
    if unreal || is_condition(governor) {
        return None;
    }
    if is_cue("outlook", &lemma) {
        // "went to sign", "going to Paris to sign" tell no outlook.
        let about_to = governor.tag() == "VBG" && governor.auxiliaries().any(|a| a.lemma() == "be" || a.text() == "'s");
        // "were found less likely to", "is more likely to vote than": a comparison.
        let compared = matches!(lemma.as_str(), "likely" | "unlikely")
            && governor.children().any(|c| matches!(c.text(), "more" | "less" | "as"))
            && (std::iter::once(governor).chain(governor.head()).any(|t| matches!(t.tag(), "VBD" | "VBN"))
                || context.reading.range(governor.i..token.right_edge() + 1).any(|t| t.text() == "than"));
        let told = || attribution::voice_at(governor, context).kind;
        let past = was_planned(governor) && matches!(told(), HolderKind::Outlet | HolderKind::Unknown);
        if lemma == "go" && !about_to || lemma == "prepare" && governor.tag() == "VBD" || compared || past {
            return None;
        }
        // "we expect everyone to behave": a norm, but for a number or a day.
        let speakers = governor.child("nsubj").is_some_and(|s| matches!(s.text().to_lowercase().as_str(), "we" | "i"));
        if own_subject && active && speakers && !is_timed(token, times, context) && !is_counted(token, times, context) {
            return None;
        }
        let (clause, holder) = if own_subject && active {
            let speaker = governor.subject().map(|s| attribution::holder_of(s, context));
            (token, speaker)
        } else {
            // "is expected to": nobody is named who expects, so it is the voice that says so.
            let clause = finite(governor);
            (clause, Some(attribution::voice_at(clause, context)))
        };
        return Some(Foreseen { predicate: token, clause, claim: Claim::Will, holder, rule, start: None });
    }
    // "the envoys are to meet on Tuesday"; "the aim is to meet" names what is aimed at.
    let appointed = lemma == "be"
        && token.dep() == "xcomp"
        && matches!(governor.tag(), "VBP" | "VBZ")
        && governor.i + 2 == token.i
        && governor.child("nsubj").is_some_and(|s| s.entity_label().is_some() || matches!(s.tag(), "NNS" | "PRP"));
    if appointed {
        let inner = inside(times, context.reading.span(self::clause(governor)));
        let day =
            |t: &Time| t.precision == Precision::Day && document.map_or_else(|| is_dated(t), |d| ends_after(t, d));
        return (!governor.is_negated() && inner.iter().any(day)).then(|| Foreseen {
            predicate: token,
            clause: governor,
            claim: Claim::Will,
            holder: Some(attribution::voice_at(governor, context)),
            rule: "be to, on a day to come".to_owned(),
            start: None,
        });
    }
    if is_cue("bound", &lemma) {
        let clause = finite(governor);
        let span = context.reading.span(self::clause(clause));
        let ahead = inside(times, span).iter().any(|t| {
            let week = t.precision == Precision::Week && document.map_or_else(|| is_dated(t), |d| ends_after(t, d));
            // "intends to build ships in June": a plan of the present lies ahead whatever year its month is read as.
            let planned = matches!(lemma.as_str(), "plan" | "intend")
                && matches!(governor.tag(), "VBZ" | "VBP")
                && t.precision == Precision::Month
                && is_dated(t);
            planned
                || t.precision == Precision::Future
                || document.is_some_and(|d| starts_after(t, d))
                || window::is_ahead(t)
                || week
        });
        // "had no plans to leave": said once.
        let none = governor.pos() == Pos::Noun
            && governor.children().any(|c| c.dep() == "det" && c.text() == "no")
            && governor.head().is_some_and(|v| v.tag() == "VBD");
        if none {
            return None;
        }
        // "Norway intends to build, an adviser said": the adviser's word.
        let around = Some(attribution::voice_at(governor, context))
            .filter(|h| matches!(h.kind, HolderKind::Entity | HolderKind::Role | HolderKind::Group));
        // "Norway plans to vote": so says who tells it; what is vowed or threatened is the word of the one who does.
        let told = matches!(lemma.as_str(), "plan" | "intend");
        let subject = || match told {
            true => Some(attribution::voice_at(governor, context)),
            false => governor.subject().filter(|s| s.i != token.i).map(|s| attribution::holder_of(s, context)),
        };
        let holder = around.or_else(subject);
        return ahead.then_some(Foreseen { predicate: token, clause, claim: Claim::Will, holder, rule, start: None });
    }
    for_to(token, times, document, context)
}

/// "momentum is building for four states to sign on in the coming months".
pub(super) fn for_to<'a>(
    token: Token<'a>,
    times: &[Time],
    document: Option<Date>,
    context: Context<'a>,
) -> Option<Foreseen<'a>> {
    let to = token.auxiliaries().find(|a| a.tag() == "TO")?;
    let head = token.head()?;
    let own = token.child("mark").filter(|m| m.text() == "for" && m.i < to.i).map(|m| m.i + 1);
    let beside = || {
        let near = head.children().find(|c| c.dep() == "prep" && c.text() == "for" && c.right_edge() + 1 == to.i)?;
        Some(near.i + 1)
    };
    let start = own.or_else(beside)?;
    let span = context.reading.span(start..token.right_edge() + 1);
    let ahead = inside(times, span).iter().any(|t| window::is_ahead(t) || document.is_some_and(|d| starts_after(t, d)));
    let judged = factuality::judge(token, context);
    // Where no governor wants it, "for" is no purpose: what builds for them to sign is on its way.
    let wanted = judged.realis == Realis::Wanted && !judged.steps.iter().any(|s| s.contains("\" beside \""));
    let open = !wanted && !matches!(judged.realis, Realis::Negated | Realis::Actual) && !head.is_negated();
    let holder = attribution::voice_at(token, context);
    let rule = "for ... to".to_owned();
    (ahead && open).then_some(Foreseen {
        predicate: token,
        clause: token,
        claim: Claim::Will,
        holder: Some(holder),
        rule,
        start: Some(start),
    })
}

/// "was set to", "were due to": a plan of the past, of which the article tells what came of it.
pub(super) fn was_planned(governor: Token<'_>) -> bool {
    let copula = match governor.pos() {
        Pos::Adj => governor.head().filter(|_| matches!(governor.dep(), "acomp" | "attr" | "oprd")),
        _ => governor.auxiliaries().find(|a| a.lemma() == "be"),
    };
    copula.is_some_and(|c| c.tag() == "VBD")
}

/// "expects at least two more states by June": a number of things by a day, without a verb of their own.
pub(super) fn expected_thing<'a>(
    token: Token<'a>,
    times: &[Time],
    document: Option<Date>,
    context: Context<'a>,
) -> Option<Foreseen<'a>> {
    if !matches!(token.lemma(), "expect" | "predict" | "foresee" | "forecast" | "anticipate") || token.is_negated() {
        return None;
    }
    let object = token.child("dobj").filter(|o| !is_condition(token) && o.pos() == Pos::Noun)?;
    let range = object.left_edge()..token.right_edge().max(object.right_edge()) + 1;
    let inner = inside(times, context.reading.span(range.clone()));
    let ahead = |t: &Time| {
        let by = preposition(t, context).is_some_and(|p| matches!(p, "by" | "before" | "within"));
        window::is_ahead(t)
            || document.map_or(by, |d| starts_after(t, d))
            || by && document.is_none_or(|d| ends_after(t, d))
    };
    let counted = quantity::of(context.reading, range.clone(), inner).is_some();
    let speaker = token.surface_subject().map(|s| attribution::holder_of(s, context));
    (counted && inner.iter().any(ahead)).then(|| Foreseen {
        predicate: object,
        clause: token,
        claim: Claim::Will,
        holder: speaker,
        rule: format!("{}: a number by a day", token.lemma()),
        start: Some(range.start),
    })
}

/// "takes effect", "comes into force", "expires": what is fixed beforehand.
pub(super) fn is_appointed(verb: Token<'_>) -> bool {
    let object = verb.child("dobj").map_or("", Token::lemma);
    matches!((verb.lemma(), object), ("take", "effect" | "place" | "force") | ("expire" | "lapse", _))
        || matches!(verb.lemma(), "come" | "enter")
            && verb.children().any(|c| c.child("pobj").is_some_and(|o| o.lemma() == "force"))
}

/// "A vote before the winter is unlikely": a thing of a day to come, without a verb of its own.
pub(super) fn likely_thing<'a>(
    token: Token<'a>,
    times: &[Time],
    document: Option<Date>,
    context: Context<'a>,
) -> Option<Foreseen<'a>> {
    let outlook = token
        .child("acomp")
        .filter(|a| token.lemma() == "be" && matches!(a.lemma(), "likely" | "unlikely" | "certain"))?;
    let subject =
        token.child("nsubj").filter(|s| matches!(s.tag(), "NN" | "NNS") && matches!(token.tag(), "VBZ" | "VBP"))?;
    if outlook.child_of(&["ccomp", "xcomp"]).is_some() || token.child_of(&["ccomp", "xcomp", "advcl"]).is_some() {
        return None;
    }
    let inner = inside(times, context.reading.span(clause(token)));
    let by = |t: &Time| matches!(preposition(t, context), Some("by" | "before" | "within" | "until"));
    let ahead = |t: &Time| window::is_ahead(t) || by(t) || document.is_some_and(|d| starts_after(t, d));
    inner.iter().any(ahead).then(|| Foreseen {
        predicate: subject,
        clause: token,
        claim: Claim::Will,
        holder: Some(attribution::voice_at(token, context)),
        rule: format!("{}: of a thing by a day", outlook.lemma()),
        start: None,
    })
}
