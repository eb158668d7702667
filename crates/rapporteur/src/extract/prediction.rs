//! What is said to come: who says so, how many, by when, on what condition, and whether anybody could check it.
//!
//! A prediction is a finite clause with a modal of the future or of possibility, an infinitive under an outlook ("set to join") or a
//! plan with a future time, a simple present with a future time ("the waiver expires on 1 June"), a verb that puts off to a day, a
//! progressive or an aim with one ("is sending envoys next week"), a verb that foresees ("risks angering"), or a phrase that does ("the first of many"): `data/en/prediction_cues.tsv`. What [`super::factuality`] judges wanted,
//! presupposed or generic is none.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::Date;
use language::{Pos, Span, Token};

use super::time::tense::is_scheduled;
use super::{
    Context, ForetoldStep, Holder, HolderKind, Horizon, Precision, Prediction, Realis, Time, attribution, factuality,
};

pub(super) mod quantity;
mod reach;
mod voice;
mod window;

/// The predictions of an article in text order; none within another's clause. `times` and `steps` to come are those of the article.
pub(super) fn find(context: Context<'_>, times: &[Time], steps: &[(Span, ForetoldStep)]) -> Vec<Prediction> {
    let document = context.article.published.as_ref().and_then(|p| p.date.get(..10)?.parse::<Date>().ok());
    let mut found: Vec<Prediction> = Vec::new();
    // Where the last clause told ends: what it holds belongs to it.
    let mut told_to = 0;
    // "OSLO (Newsdesk) - Norway will": the dateline is no part of it.
    let opening = context.article.dateline.as_ref().map_or(0, |d| context.reading.tokens_in(d.span).end);
    for token in context.reading.tokens().filter(|t| t.i > 0 || t.pos() != Pos::Punct) {
        if token.i < told_to {
            continue;
        }
        let Some(mut seen) = foreseen(token, times, document, context) else { continue };
        let mut range = clause(seen.clause);
        let own = seen.start.or_else(|| antecedent(seen.clause)).or_else(|| shared_subject(seen.clause, told_to));
        let Some(start) = reach::begin(seen.clause, own.unwrap_or(range.start)) else { continue };
        range.start = start.max(opening);
        // "nor will they be heard": the word stands with the clause before.
        if context.reading.get(range.start.wrapping_sub(1)).is_some_and(|t| matches!(t.text(), "nor" | "neither")) {
            range.start -= 1;
        }
        if seen.holder.as_ref().is_none_or(|h| h.kind == HolderKind::Outlet)
            && let Some((end, holder)) = voice::trailing(seen.clause, context)
        {
            range.end = range.end.min(end);
            seen.holder = Some(holder);
        }
        if range.start >= range.end {
            continue;
        }
        let span = with_marks(trimmed(range.clone(), context), context);
        if span.is_empty() {
            continue;
        }
        told_to = range.end;
        let told = told(seen, span, range.clone(), times, document, context);
        // "quotas that will restrain imports": only says which ones, but for a number or a day.
        if is_relative(told.1) && told.0.quantity.is_none() && told.0.horizon.is_none() {
            continue;
        }
        // "Countries that will not sign will face tariffs": the smaller is part of the larger.
        while found.last().is_some_and(|last| span.contains(last.span)) {
            found.pop();
        }
        found.push(told.0);
    }
    for prediction in &mut found {
        let within = steps.iter().filter(|(at, _)| prediction.span.contains(*at));
        prediction.steps = within.map(|(_, step)| step.clone()).collect();
    }
    found.extend(phrases(context, &found));
    found.sort_by_key(|p| (p.span.start, p.span.end));
    found
}

/// How sure it is made out to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Claim {
    Will,
    May,
}

/// A predicate that foresees.
struct Foreseen<'a> {
    /// What is foreseen.
    predicate: Token<'a>,
    /// The head of the clause that says it.
    clause: Token<'a>,
    claim: Claim,
    holder: Option<Holder>,
    rule: String,
    /// Where its words begin, if not with the clause.
    start: Option<usize>,
}

fn foreseen<'a>(
    token: Token<'a>,
    times: &[Time],
    document: Option<Date>,
    context: Context<'a>,
) -> Option<Foreseen<'a>> {
    let verbal = matches!(token.pos(), Pos::Verb | Pos::Aux) && !matches!(token.dep(), "aux" | "auxpass");
    if !verbal || is_question(token) {
        return None;
    }
    let judged = || factuality::judge(token, context);
    let real =
        |realis: Realis| !matches!(realis, Realis::Wanted | Realis::Presupposed | Realis::Generic | Realis::Actual);
    let modal = token.auxiliaries().find(|a| a.tag() == "MD");
    if let Some(modal) = modal {
        // "would have signed" did not; "will have left within two years" is to come.
        let perfect = token.auxiliaries().any(|a| a.lemma() == "have" || matches!(a.text(), "'ve" | "’ve"))
            && !(is_cue("modal", &modal.text().to_lowercase())
                && modal.text() != "would"
                && is_timed(token, times, context));
        // "the would-be buyer".
        if token.before().is_some_and(|b| b.text() == "-") {
            return None;
        }
        let word = modal.text().to_lowercase();
        let claim = if is_cue("modal", &word) {
            Claim::Will
        } else if is_cue("possible", &word) && !token.is_negated() {
            Claim::May
        } else {
            return None;
        };
        // "would like", "could not be reached", "if they would": no forecast. "He would often visit": a habit of the past.
        let speaker = token.subject().is_some_and(|s| matches!(s.text(), "I" | "We" | "we"));
        let polite = word == "would" && (is_cue("polite", token.lemma()) || speaker && is_cue("plea", token.lemma()));
        let habit = word == "would" && token.children().any(|c| is_cue("habit", c.text()));
        // "could be seen", "could be used as a lamp": what can be done, not what is to come.
        // "you could take the stairs", "those who could fly": nor is this.
        let anybody =
            token.child("nsubj").is_some_and(|s| matches!(s.text().to_lowercase().as_str(), "you" | "who" | "one"));
        let able = claim == Claim::May && is_cue("able", token.lemma()) || word == "could" && anybody;
        // "could be a ploy", "may be trying": of the present. "May you recover soon": a wish.
        let present = claim == Claim::May
            && (is_cue("present", token.lemma())
                || token.auxiliaries().any(|a| a.lemma() == "be") && token.tag() == "VBG")
            && !is_timed(token, times, context);
        // "may neither buy nor lay", "could no longer afford", "as guests they may sit in": bans and permissions.
        let allowed = claim == Claim::May && is_permission(token, &word, context);
        // "the suit states that he would leak": what is alleged of the past.
        let alleged = word == "would" && is_alleged(token);
        // "it would not be appropriate": a judgement.
        let judgement = word == "would"
            && token.lemma() == "be"
            && token.child("nsubj").is_some_and(|s| matches!(s.text().to_lowercase().as_str(), "it" | "this" | "that"))
            && token.child("acomp").is_some_and(|a| is_cue("judgement", a.lemma()));
        let wish = word == "may" && opens_sentence(modal);
        // "was to end at noon, after which they would face duties": what was to come then.
        let then = word == "would"
            && token.dep() == "relcl"
            && token
                .children()
                .any(|c| c.dep() == "prep" && c.i < token.i && c.child("pobj").is_some_and(|o| o.tag() == "WDT"));
        let other = allowed || alleged || judgement;
        if then || perfect || polite || habit || able || present || wish || other || asks(token) || is_condition(token)
        {
            return None;
        }
        let judged = judged();
        if !real(judged.realis) {
            return None;
        }
        return Some(Foreseen {
            predicate: token,
            clause: token,
            claim,
            holder: Some(of_meaning(token, context).unwrap_or(judged.holder)),
            rule: judged.steps.join("; "),
            start: None,
        });
    }
    if let Some(rule) = told_with_a_day(token, times, document, context) {
        let judged = judged();
        let open = match rule {
            AIM => judged.realis == Realis::Negated,
            _ => matches!(judged.realis, Realis::Wanted | Realis::Negated | Realis::Hypothetical),
        };
        return (!open && !is_condition(token)).then(|| Foreseen {
            predicate: token,
            clause: token,
            claim: Claim::Will,
            holder: Some(judged.holder),
            rule: rule.to_owned(),
            start: decided(token),
        });
    }
    if token.auxiliaries().any(|a| a.tag() == "TO") {
        // A purpose ("met to sign") foresees nothing, but for "for ... to" with a day.
        return match token.dep() {
            "advcl" => for_to(token, times, document, context),
            _ => infinitive(token, times, document, context),
        };
    }
    if let Some(found) = expected_thing(token, times, document, context) {
        return Some(found);
    }
    if let Some(found) = likely_thing(token, times, document, context) {
        return Some(found);
    }
    if matches!(token.tag(), "VBZ" | "VBP") {
        let object = token.child_of(&["dobj", "xcomp"]);
        if let Some(object) =
            object.filter(|_| is_cue("effect", token.lemma()) && !token.is_negated()).filter(|o| o.tag() != "VB")
        {
            let rule = format!("{}: foresees", token.lemma());
            let holder = attribution::voice_at(token, context);
            return Some(Foreseen {
                predicate: object,
                clause: token,
                claim: Claim::May,
                holder: Some(holder),
                rule,
                start: None,
            });
        }
        // "the waiver expires on 1 June".
        let span = context.reading.span(clause(token));
        let own = |t: &&Time| {
            context.reading.token_at(t.span.start).is_some_and(|w| governor(w).is_some_and(|g| g.i == token.i))
        };
        let ahead = inside(times, span).iter().filter(own).any(|t| {
            // Without a day of publication: what is fixed for a day of the calendar.
            document.map_or_else(
                || is_appointed(token) && t.precision == Precision::Day && is_dated(t),
                |d| starts_after(t, d),
            )
        });
        if ahead && !is_condition(token) && (is_scheduled(token) || is_appointed(token)) && token.lemma() != "be" {
            let holder = attribution::voice_at(token, context);
            let rule = "present tense of a day to come".to_owned();
            return Some(Foreseen {
                predicate: token,
                clause: token,
                claim: Claim::Will,
                holder: Some(holder),
                rule,
                start: None,
            });
        }
    }
    None
}

/// What becomes a prediction by the day it names: "put the vote off until June", "is sending envoys next week", "with a goal of
/// concluding the talks by May". Where the article has no day, grammar alone says that it is to come.
fn told_with_a_day(
    token: Token<'_>,
    times: &[Time],
    document: Option<Date>,
    context: Context<'_>,
) -> Option<&'static str> {
    let inner = inside(times, context.reading.span(clause(token)));
    let verb = |t: &Time| context.reading.token_at(t.span.start).and_then(governor);
    let own = |t: &&Time| verb(t).is_some_and(|v| v.i == token.i);
    let ahead = |t: &Time| window::is_ahead(t) || document.map_or_else(|| is_dated(t), |d| starts_after(t, d));
    let lemma = token.lemma().to_lowercase();
    let puts_off = || {
        let named = |c: Token<'_>| is_cue("defer", &format!("{lemma}_{}", c.text().to_lowercase()));
        is_cue("defer", &lemma) || token.children().any(named)
    };
    if !token.is_negated() && puts_off() {
        // "push back a decision on whether to impose tariffs until June": the day may hang on the infinitive.
        let near = |t: &&Time| verb(t).is_some_and(|v| v.i == token.i || v.tag() == "VB");
        let until = |t: &Time| match preposition(t, context) {
            Some("until" | "till" | "to") => ahead(t),
            Some("for") => lemma == "extend" && t.duration.is_some(),
            _ => false,
        };
        return inner.iter().filter(near).any(until).then_some("put off to a day to come");
    }
    if token.tag() == "VBG" && token.auxiliaries().any(|a| a.lemma() == "be" && matches!(a.tag(), "VBZ" | "VBP")) {
        let week = |t: &Time| t.precision == Precision::Week && document.is_none_or(|d| ends_after(t, d));
        let dated = inner.iter().filter(own).any(|t| ahead(t) || week(t));
        return (dated && !token.is_negated()).then_some("progressive of a day to come");
    }
    if token.tag() == "VBG" && token.dep() == "pcomp" {
        let noun = token.head().and_then(Token::head).filter(|n| n.pos() == Pos::Noun)?;
        return (is_cue("aim", &noun.lemma().to_lowercase()) && inner.iter().filter(own).any(ahead)).then_some(AIM);
    }
    None
}

/// Whether a time is a day, a week or a month of the calendar, not one behind and no length.
fn is_dated(time: &Time) -> bool {
    let behind = ["last", "ago", "today", "yesterday", "past", "earlier", "previous"];
    matches!(time.precision, Precision::Day | Precision::Week | Precision::Month)
        && time.duration.is_none()
        && !behind.iter().any(|word| time.rule.contains(word))
}

/// The preposition before a time, with an article or adjective between: "for a final 30 days".
fn preposition<'a>(time: &Time, context: Context<'a>) -> Option<&'a str> {
    let first = context.reading.token_at(time.span.start)?.i;
    let before = context.reading.range(first.saturating_sub(3)..first + 1).rev();
    let mut words =
        before.skip_while(|t| t.i == first && t.pos() != Pos::Adp || matches!(t.pos(), Pos::Det | Pos::Adj));
    words.next().filter(|t| t.dep() == "prep" || matches!(t.pos(), Pos::Adp | Pos::Sconj)).map(Token::text)
}

/// The rule that takes what is only wanted.
const AIM: &str = "aim with a day";

/// Whether it is the first word of its sentence.
fn opens_sentence(token: Token<'_>) -> bool {
    let start = token.reading().sentences().get(token.sentence()).map_or(token.i, |s| s.tokens.start);
    token.reading().range(start.min(token.i)..token.i).all(|t| matches!(t.pos(), Pos::Punct | Pos::Space))
}

/// An indirect question: "knows when it will end", "did not say whom they would back".
fn asks(token: Token<'_>) -> bool {
    // "did not know where it would be made and where prices might head".
    let first = token.head().filter(|_| token.dep() == "conj").unwrap_or(token);
    let content = matches!(first.dep(), "ccomp" | "pcomp");
    token.children().any(|c| {
        let adverb = c.tag() == "WRB" && (content || matches!(token.dep(), "advcl" | "relcl") && c.text() != "when");
        let object = matches!(c.tag(), "WP" | "WDT") && c.text() != "that" && content && c.dep() == "dobj";
        c.i < token.i && (adverb || object)
    })
}

/// "set to join", "expects four more to join", "plans to lift them in June".
fn infinitive<'a>(
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
        let past = was_planned(governor) && attribution::voice_at(governor, context).kind == HolderKind::Outlet;
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
            t.precision == Precision::Future
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
        let subject = || governor.subject().filter(|s| s.i != token.i).map(|s| attribution::holder_of(s, context));
        let holder = around.or_else(subject);
        return ahead.then_some(Foreseen { predicate: token, clause, claim: Claim::Will, holder, rule, start: None });
    }
    for_to(token, times, document, context)
}

/// Whether a day or its like to come stands in the clause.
fn is_timed(verb: Token<'_>, times: &[Time], context: Context<'_>) -> bool {
    let inner = inside(times, context.reading.span(clause(verb)));
    let before = |t: &Time| {
        matches!(preposition(t, context), Some("within" | "Within" | "by" | "By" | "before" | "Before" | "in" | "In"))
    };
    inner.iter().any(|t| window::is_ahead(t) || before(t))
}

fn is_counted(verb: Token<'_>, times: &[Time], context: Context<'_>) -> bool {
    let range = clause(verb);
    quantity::of(context.reading, range.clone(), inside(times, context.reading.span(range))).is_some()
}

/// What is allowed or not, no outlook: "may neither buy nor sell", "can no longer afford", "as guests they may vote".
fn is_permission(verb: Token<'_>, modal: &str, context: Context<'_>) -> bool {
    let range = verb.left_edge()..verb.i;
    let mut before = context.reading.range(range.clone());
    let denied = before.any(|t| {
        t.head().is_some_and(|h| h.i == verb.i || h.i == t.i + 1)
            && matches!(t.text().to_lowercase().as_str(), "neither" | "nor" | "longer")
    });
    let status = modal == "may"
        && verb.child("nsubj").is_some_and(|s| matches!(s.text(), "they" | "he" | "she" | "we" | "you"))
        && verb.children().any(|c| c.dep() == "prep" && c.i < verb.i && c.text().eq_ignore_ascii_case("as"));
    denied || status
}

/// Under a document that tells in the present what was done: "the complaint alleges that he would".
fn is_alleged(verb: Token<'_>) -> bool {
    let above = verb.head().filter(|h| verb.dep() == "ccomp" && matches!(h.tag(), "VBZ" | "VBP"));
    above.is_some_and(|h| {
        matches!(h.lemma(), "allege" | "charge" | "accuse")
            || h.child("nsubj").is_some_and(|s| {
                matches!(
                    s.lemma().to_lowercase().as_str(),
                    "suit" | "lawsuit" | "complaint" | "indictment" | "filing" | "affidavit"
                )
            })
    })
}

/// Whether it is a relative clause and so tells of a noun.
fn is_relative(verb: Token<'_>) -> bool {
    verb.dep() == "relcl" || verb.dep() == "conj" && verb.head().is_some_and(|h| h.dep() == "relcl")
}

/// "the suit is frivolous and will be dismissed": from the subject of the first.
fn shared_subject(verb: Token<'_>, told_to: usize) -> Option<usize> {
    let first =
        verb.head().filter(|_| verb.dep() == "conj" && verb.child_of(&["nsubj", "nsubjpass", "expl"]).is_none())?;
    let subject = first.child_of(&["nsubj", "nsubjpass", "expl"])?;
    let start = subject.left_edge();
    (start >= told_to && start < verb.i && verb.i - start <= 16).then_some(start)
}

/// With the closing mark of what is opened inside: "would be “the first of many”".
fn with_marks(span: Span, context: Context<'_>) -> Span {
    let text = context.reading.text();
    let words = span.of(text);
    let open = words.matches('“').count() > words.matches('”').count() || words.matches('"').count() % 2 == 1;
    let rest = text.get(span.end..).unwrap_or_default();
    let near = rest.char_indices().take(2).find(|(_, c)| matches!(c, '”' | '"'));
    match near {
        Some((at, mark)) if open => Span::new(span.start, span.end + at + mark.len_utf8()),
        _ => span,
    }
}

/// "momentum is building for four states to sign on in the coming months".
fn for_to<'a>(token: Token<'a>, times: &[Time], document: Option<Date>, context: Context<'a>) -> Option<Foreseen<'a>> {
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

/// The prediction that a predicate makes.
fn told<'a>(
    seen: Foreseen<'a>,
    span: Span,
    range: std::ops::Range<usize>,
    times: &[Time],
    document: Option<Date>,
    context: Context<'_>,
) -> (Prediction, Token<'a>) {
    let own = inside(times, span);
    let other = |t: &&Time| is_past(t, &seen, context) || is_aside(t, &seen, context);
    let ahead: Vec<Time> = own.iter().filter(|t| !other(t)).cloned().collect();
    let horizon = window::first(&ahead, document, context.reading)
        .or_else(|| window::of_words(range.clone(), document, context.reading));
    let quantity = quantity::of(context.reading, range, own);
    let (checkable, why) = verdict(&seen, horizon.as_ref(), quantity);
    let holder = seen.holder.clone().unwrap_or_else(|| factuality::judge(seen.predicate, context).holder);
    let prediction = Prediction {
        holder: voice::outer(holder, seen.clause, context),
        span,
        quantity,
        horizon,
        condition: condition(seen.clause, context),
        checkable,
        why: why.map(str::to_owned),
        rule: seen.rule,
        steps: Vec::new(),
    };
    (prediction, seen.clause)
}

/// Whether anybody could say one day that it came true or not, and if not why.
fn verdict(seen: &Foreseen<'_>, horizon: Option<&Horizon>, quantity: Option<[f64; 2]>) -> (bool, Option<&'static str>) {
    if seen.claim == Claim::May {
        return (false, Some("only a possibility: nothing would refute it"));
    }
    let dated = horizon
        .is_some_and(|h| matches!(h.precision, Precision::Day | Precision::Week | Precision::Month | Precision::Year));
    let vague = is_cue("vague", seen.predicate.lemma())
        && !seen.predicate.is_passive()
        && !(dated && is_cue("state", seen.predicate.lemma()));
    match (vague, horizon, quantity) {
        (true, _, None) => (false, Some("nothing that can be measured")),
        (false, None, None) => (false, Some(NO_TEST)),
        _ => (true, None),
    }
}

/// Why nobody can check what names neither a day nor a number.
pub(crate) const NO_TEST: &str = "no date and no number";

/// The clause of a verb: from its subject to its last word, without the conjunction before it and the verbs that stand on their own.
fn clause(verb: Token<'_>) -> std::ops::Range<usize> {
    let mut start = verb.left_edge();
    let mut end = verb.right_edge() + 1;
    for child in verb.children() {
        let apart = child.dep() == "conj" && stands_alone(child) || matches!(child.dep(), "parataxis");
        if child.i > verb.i
            && (apart || child.dep() == "ccomp" && child.i > verb.i && matches!(verb.lemma(), "say" | "tell"))
        {
            end = end.min(child.left_edge());
        }
        let according = child.dep() == "prep" && child.text().eq_ignore_ascii_case("according");
        // "nor will they be heard": the word denies.
        if matches!(child.text().to_lowercase().as_str(), "nor" | "neither") {
            continue;
        }
        let opens = (according || matches!(child.dep(), "mark" | "cc" | "preconj" | "punct")) && child.i < verb.i;
        let speech = matches!(child.dep(), "ccomp" | "advcl" | "parataxis")
            && child.i < verb.i
            && child.left_edge() == start
            && child.dep() != "advcl";
        if (opens || speech) && child.left_edge() <= start {
            start = start.max(child.right_edge() + 1);
        }
    }
    // "will meet on Monday, ending years of silence": what is said beside it.
    let beside = verb.children().find(|c| {
        let comma = verb.reading().get(c.left_edge().wrapping_sub(1)).is_some_and(|t| t.text() == ",");
        c.i > verb.i && c.dep() == "advcl" && c.tag() == "VBG" && c.left_edge() == c.i && comma
    });
    if let Some(beside) = beside {
        end = end.min(beside.i);
    }
    // An aside behind a dash is another matter.
    let dash = verb
        .reading()
        .range(verb.i..end)
        .find(|t| matches!(t.text(), "—" | "--") || t.text() == "–" && t.space_after());
    if let Some(dash) = dash {
        end = dash.i;
    }
    start.min(verb.i)..end.max(verb.i + 1)
}

/// Without marks and conjunctions at its ends.
fn trimmed(mut range: std::ops::Range<usize>, context: Context<'_>) -> Span {
    let loose = |i: usize| {
        context.reading.get(i).is_none_or(|t| {
            let joins = t.pos() == Pos::Cconj && !matches!(t.text(), "nor" | "neither" | "Nor" | "Neither");
            joins || matches!(t.pos(), Pos::Punct | Pos::Space) || (t.dep() == "mark" && t.text() == "that")
        })
    };
    while range.start < range.end && loose(range.start) {
        range.start += 1;
    }
    while range.start < range.end && loose(range.end - 1) {
        range.end -= 1;
    }
    context.reading.span(range)
}

/// A clause with a subject of its own, or no part of another.
fn stands_alone(verb: Token<'_>) -> bool {
    verb.child_of(&["nsubj", "nsubjpass", "expl"]).is_some() || verb.is_root()
}

fn is_question(verb: Token<'_>) -> bool {
    let Some(sentence) = verb.reading().sentences().get(verb.sentence()) else { return false };
    verb.reading()
        .range(sentence.tokens.end.saturating_sub(3).max(sentence.tokens.start)..sentence.tokens.end)
        .any(|t| t.text() == "?")
}

/// Whether the verb stands in an if-clause.
fn is_condition(verb: Token<'_>) -> bool {
    let mark = |t: Token<'_>| {
        t.children()
            .any(|c| matches!(c.dep(), "mark" | "advmod") && c.i < t.i && is_cue("condition", &c.text().to_lowercase()))
    };
    let opened = |t: Token<'_>| t.children().any(|c| c.dep() == "mark" && matches!(c.text(), "whether" | "so"));
    mark(verb) || opened(verb)
}

/// The if-clause of a prediction.
fn condition(verb: Token<'_>, context: Context<'_>) -> Option<Span> {
    // "If deported, he said, he would": of the saying, by its place.
    let said = |h: &Token<'_>| verb.dep() == "ccomp" && h.i < verb.i;
    let near = std::iter::once(verb).chain(verb.head().filter(|h| matches!(verb.dep(), "xcomp" | "conj") || said(h)));
    near.flat_map(|v| v.children().map(move |c| (v, c)))
        .find(|(v, c)| c.dep() == "advcl" && is_condition(*c) && (v.i == verb.i || verb.dep() != "ccomp" || c.i < v.i))
        .map(|(_, c)| c)
        .map(|c| trimmed(c.subtree(), context))
        .filter(|s| !s.is_empty())
}

/// The verb that a word hangs on.
fn governor(token: Token<'_>) -> Option<Token<'_>> {
    token.ancestors().find(|a| matches!(a.pos(), Pos::Verb | Pos::Aux))
}

/// Whether a time is the day of a past act inside the clause: "will join, according to an announcement that he made on Thursday".
fn is_past(time: &Time, seen: &Foreseen<'_>, context: Context<'_>) -> bool {
    let verb = context.reading.token_at(time.span.start).and_then(governor);
    verb.is_some_and(|v| matches!(v.tag(), "VBD" | "VBN") && v.i != seen.predicate.i && v.i != seen.clause.i)
}

/// Whether a time belongs to something else than what is foretold: "the 2016 election", "since May", "and could start in June".
fn is_aside(time: &Time, seen: &Foreseen<'_>, context: Context<'_>) -> bool {
    let words = context.reading.tokens_in(time.span);
    let Some(head) = context.reading.head_of(words.clone()) else { return false };
    let of_noun = matches!(head.dep(), "compound" | "nummod" | "amod" | "nmod" | "poss")
        && head.head().is_some_and(|n| n.pos() == Pos::Noun && !words.contains(&n.i));
    let year = time.precision == Precision::Year || time.precision == Precision::Future;
    let since = preposition(time, context).is_some_and(|p| p.eq_ignore_ascii_case("since"));
    let possible = governor(head).is_some_and(|v| {
        let may = v.auxiliaries().any(|a| a.tag() == "MD" && is_cue("possible", &a.text().to_lowercase()));
        may && v.i != seen.predicate.i && v.i != seen.clause.i
    });
    // "Friday's announcement will", "the request to suspend it in June": of the noun.
    let of_owner = head.dep() == "poss";
    let of_act =
        governor(head).is_some_and(|v| v.i != seen.predicate.i && v.dep() == "acl" && matches!(v.tag(), "VB" | "VBG"));
    of_noun && year || since || possible || of_owner || of_act
}

/// Where the words of a relative clause begin: "treaties that will be signed soon", with what it is said of.
fn antecedent(clause: Token<'_>) -> Option<usize> {
    let noun = clause.head().filter(|_| clause.dep() == "relcl")?;
    let relative = clause.child_of(&["nsubj", "nsubjpass", "dobj"]).is_some_and(|s| matches!(s.tag(), "WDT" | "WP"))
        || clause.child("dobj").is_none() && clause.child("nsubj").is_some_and(|s| s.tag() == "PRP");
    let start = noun.left_edge();
    (relative && noun.i < clause.i && clause.i - start <= 24).then_some(start)
}

/// "The decision means that goods will be": nobody's word but that of the one who tells it. The same of a relative clause.
fn of_meaning(verb: Token<'_>, context: Context<'_>) -> Option<Holder> {
    // "agreed to quotas that will cut its exports": so says who tells it, not who agreed.
    let told = match verb.dep() {
        "relcl" if antecedent(verb).is_some() => verb,
        _ => verb.head().filter(|m| verb.dep() == "ccomp" && matches!(m.lemma(), "mean" | "imply"))?,
    };
    // "agreed to quotas that": no word of who agreed.
    let agreed = verb.ancestors().take(4).find(|a| verb.dep() == "relcl" && a.lemma() == "agree");
    Some(attribution::voice_at(agreed.and_then(Token::head).unwrap_or(told), context))
}

/// "has decided to put it off": from the one who decides.
fn decided(verb: Token<'_>) -> Option<usize> {
    let above = verb.head().filter(|_| verb.dep() == "xcomp")?;
    let subject = above.child_of(&["nsubj", "nsubjpass"])?;
    (above.i - subject.left_edge().min(above.i) <= 16).then(|| subject.left_edge())
}

/// "was set to", "were due to": a plan of the past, of which the article tells what came of it.
fn was_planned(governor: Token<'_>) -> bool {
    let copula = match governor.pos() {
        Pos::Adj => governor.head().filter(|_| matches!(governor.dep(), "acomp" | "attr" | "oprd")),
        _ => governor.auxiliaries().find(|a| a.lemma() == "be"),
    };
    copula.is_some_and(|c| c.tag() == "VBD")
}

/// "expects at least two more states by June": a number of things by a day, without a verb of their own.
fn expected_thing<'a>(
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
fn is_appointed(verb: Token<'_>) -> bool {
    let object = verb.child("dobj").map_or("", Token::lemma);
    matches!((verb.lemma(), object), ("take", "effect" | "place" | "force") | ("expire" | "lapse", _))
        || matches!(verb.lemma(), "come" | "enter")
            && verb.children().any(|c| c.child("pobj").is_some_and(|o| o.lemma() == "force"))
}

/// "A vote before the winter is unlikely": a thing of a day to come, without a verb of its own.
fn likely_thing<'a>(
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

/// The times that lie in a span.
fn inside(times: &[Time], span: Span) -> &[Time] {
    let first = times.partition_point(|t| t.span.start < span.start);
    let last = times.partition_point(|t| t.span.start < span.end);
    &times[first..last.max(first)]
}

fn starts_after(time: &Time, document: Date) -> bool {
    time.from.as_deref().and_then(|d| d.get(..10)?.parse::<Date>().ok()).is_some_and(|d| d > document)
}

fn ends_after(time: &Time, document: Date) -> bool {
    time.to.as_deref().and_then(|d| d.get(..10)?.parse::<Date>().ok()).is_some_and(|d| d > document)
}

/// Phrases that foresee without a verb of their own.
fn phrases(context: Context<'_>, found: &[Prediction]) -> Vec<Prediction> {
    let text = context.reading.text();
    let mut seen = Vec::new();
    for (cue, _) in CUES.iter().filter(|(_, kind)| *kind == "phrase") {
        for (at, words) in text.match_indices(cue) {
            let span = Span::new(at, at + words.len());
            let Some(token) = context.reading.token_at(at) else { continue };
            if found.iter().any(|p| p.span.contains(span)) {
                continue;
            }
            seen.push(Prediction {
                holder: attribution::voice_at(token, context),
                span,
                quantity: None,
                horizon: None,
                condition: None,
                checkable: false,
                why: Some(NO_TEST.to_owned()),
                rule: format!("phrase: {cue}"),
                steps: Vec::new(),
            });
        }
    }
    seen
}

fn is_cue(kind: &str, word: &str) -> bool {
    CUES.contains(&(word, kind))
}

const TABLE: &str = include_str!("../../../../data/en/prediction_cues.tsv");

static CUES: LazyLock<BTreeSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    rows(TABLE)
        .filter_map(|(_, cells)| match cells[..] {
            [cue, kind, _] => Some((cue, kind)),
            _ => None,
        })
        .collect()
});

/// Cells of a line, lines counted from 1.
fn rows(table: &'static str) -> impl Iterator<Item = (usize, Vec<&'static str>)> {
    let lines = table.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
    lines.map(|(i, l)| (i + 1, l.split('\t').collect()))
}

#[cfg(test)]
mod tests;
