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

use day::{ends_after, inside, is_aside, is_dated, is_past, is_timed, preposition, starts_after};
use extent::{antecedent, clause, decided, governor, shared_subject, trimmed, with_marks};
use infinitive::{expected_thing, for_to, infinitive, is_appointed, likely_thing};

use super::time::tense::is_scheduled;
use super::{
    Context, ForetoldStep, Holder, HolderKind, Horizon, Precision, Prediction, Realis, Time, attribution, factuality,
};

mod day;
mod extent;
mod infinitive;
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
        // "Within two years they will have left": a preposition that the parser left outside opens it.
        let limit = context.reading.get(range.start.wrapping_sub(1)).filter(|t| {
            matches!(t.pos(), Pos::Adp | Pos::Sconj)
                && t.unit() == token.unit()
                && t.i >= told_to
                && matches!(t.text(), "Within" | "By" | "Before" | "Until" | "In" | "After")
        });
        if let Some(limit) = limit {
            range.start = limit.i;
        }
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
    found.dedup_by(|b, a| a.span == b.span);
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
            && token.child_of(&["acomp", "attr"]).is_some_and(|a| is_cue("judgement", a.lemma()));
        // "Such advice would be unlawful": a holding.
        let law = |a: Token<'_>| matches!(a.lemma(), "unlawful" | "illegal" | "unconstitutional");
        let judgement = judgement || word == "would" && token.child("acomp").is_some_and(law);
        // "The court will accordingly make an order": so it does. "Entries will not be returned": terms, no outlook.
        let ordered = token.children().any(|c| matches!(c.text().to_lowercase().as_str(), "accordingly" | "hereby"));
        let term = is_cue("term", token.lemma())
            && [token.surface_subject(), token.object()].iter().flatten().any(|n| is_cue("entry", n.lemma()));
        let wish = word == "may" && opens_sentence(modal);
        // "was to end at noon, after which they would face duties": what was to come then.
        let then = word == "would"
            && token.dep() == "relcl"
            && token
                .children()
                .any(|c| c.dep() == "prep" && c.i < token.i && c.child("pobj").is_some_and(|o| o.tag() == "WDT"));
        // "May fall short of a crime": of the present.
        let short = token.lemma() == "fall" && token.children().any(|c| c.text() == "short");
        let other = allowed || alleged || judgement || ordered || term || claim == Claim::May && short;
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
        return inner.iter().filter(near).any(until).then_some(PUT_OFF);
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

/// The rule of what is put off: a decision with a day, told as taken.
pub(crate) const PUT_OFF: &str = "put off to a day to come";

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
    let horizon = last_of_two(horizon, &ahead, seen.predicate, document, context);
    let quantity = quantity::of(context.reading, range, own);
    let (checkable, why) = verdict(&seen, horizon.as_ref(), quantity);
    // A day or a number that could not be tied to what is foretold is there all the same.
    let told = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let some = !own.is_empty() || span.of(context.reading.text()).split(|c: char| !c.is_alphanumeric()).any(told);
    let why = why.map(|why| if why == NO_TEST && some { NO_PLAIN_TEST } else { why });
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

/// "Would meet in early September and not reconvene until October 14": what two verbs foretell together is due on the later day.
fn last_of_two(
    first: Option<Horizon>,
    ahead: &[Time],
    predicate: Token<'_>,
    document: Option<Date>,
    context: Context<'_>,
) -> Option<Horizon> {
    let joined = |t: &&Time| {
        let word = context.reading.token_at(t.span.start);
        let beside = |a: &Token<'_>| a.dep() == "conj" && a.head().is_some_and(|h| h.i == predicate.i);
        word.is_some_and(|w| w.ancestors().take(6).any(|a| beside(&a)))
    };
    let later =
        ahead.iter().filter(joined).filter_map(|t| window::first(std::slice::from_ref(t), document, context.reading));
    let later = later.max_by(|a, b| a.to.cmp(&b.to));
    match (first, later) {
        (Some(first), Some(later)) if later.to > first.to => Some(later),
        (first, _) => first,
    }
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

/// The same where the words hold a day or a number, of which nobody can say what it is that would come true by it.
const NO_PLAIN_TEST: &str = "no plain test in its words";

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

/// "The decision means that goods will be": nobody's word but that of the one who tells it. The same of a relative clause.
fn of_meaning(verb: Token<'_>, context: Context<'_>) -> Option<Holder> {
    // "agreed to quotas that will cut its exports": so says who tells it, not who agreed.
    let told = match verb.dep() {
        "relcl" if antecedent(verb).is_some() => verb,
        _ => verb.head().filter(|m| verb.dep() == "ccomp" && matches!(m.lemma(), "mean" | "imply"))?,
    };
    // "agreed to quotas that": no word of who agreed.
    let agrees = |a: &Token<'_>| matches!(a.lemma(), "agree" | "promise" | "pledge" | "offer");
    let agreed = verb.ancestors().take(4).find(|a| verb.dep() == "relcl" && agrees(a));
    Some(attribution::voice_at(agreed.map_or(told, |a| a.head().unwrap_or(a)), context))
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
