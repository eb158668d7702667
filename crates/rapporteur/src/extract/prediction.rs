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
        let Some(seen) = foreseen(token, times, document, context) else { continue };
        let mut range = clause(seen.clause);
        range.start = seen.start.or_else(|| antecedent(seen.clause)).unwrap_or(range.start).max(opening);
        let span = trimmed(range.clone(), context);
        if span.is_empty() {
            continue;
        }
        told_to = range.end;
        // "Countries that will not sign will face tariffs": the smaller is part of the larger.
        while found.last().is_some_and(|last| span.contains(last.span)) {
            found.pop();
        }
        found.push(told(seen, span, range, times, document, context));
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
        let perfect = token.auxiliaries().any(|a| a.lemma() == "have" || matches!(a.text(), "'ve" | "’ve"));
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
                || token.auxiliaries().any(|a| a.lemma() == "be") && token.tag() == "VBG");
        let wish = word == "may" && opens_sentence(modal);
        // "was to end at noon, after which they would face duties": what was to come then.
        let then = word == "would"
            && token.dep() == "relcl"
            && token
                .children()
                .any(|c| c.dep() == "prep" && c.i < token.i && c.child("pobj").is_some_and(|o| o.tag() == "WDT"));
        if then || perfect || polite || habit || able || present || wish || asks(token) || is_condition(token) {
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
        let document = document?;
        let own = |t: &&Time| {
            context.reading.token_at(t.span.start).is_some_and(|w| governor(w).is_some_and(|g| g.i == token.i))
        };
        let ahead = inside(times, span).iter().filter(own).any(|t| starts_after(t, document));
        if ahead && !is_condition(token) && is_scheduled(token) && token.lemma() != "be" {
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
    if is_cue("bound", &lemma) {
        let clause = finite(governor);
        let span = context.reading.span(self::clause(clause));
        let ahead = inside(times, span).iter().any(|t| {
            t.precision == Precision::Future || document.is_some_and(|d| starts_after(t, d)) || window::is_ahead(t)
        });
        let holder = governor.subject().filter(|s| s.i != token.i).map(|s| attribution::holder_of(s, context));
        return ahead.then_some(Foreseen { predicate: token, clause, claim: Claim::Will, holder, rule, start: None });
    }
    for_to(token, times, document, context)
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
fn told(
    seen: Foreseen<'_>,
    span: Span,
    range: std::ops::Range<usize>,
    times: &[Time],
    document: Option<Date>,
    context: Context<'_>,
) -> Prediction {
    let own = inside(times, span);
    let other = |t: &&Time| is_past(t, &seen, context) || is_aside(t, &seen, context);
    let ahead: Vec<Time> = own.iter().filter(|t| !other(t)).cloned().collect();
    let horizon = window::first(&ahead, document, context.reading);
    let quantity = quantity::of(context.reading, range, own);
    let (checkable, why) = verdict(&seen, horizon.as_ref(), quantity);
    Prediction {
        holder: seen.holder.clone().unwrap_or_else(|| factuality::judge(seen.predicate, context).holder),
        span,
        quantity,
        horizon,
        condition: condition(seen.clause, context),
        checkable,
        why: why.map(str::to_owned),
        rule: seen.rule,
        steps: Vec::new(),
    }
}

/// Whether anybody could say one day that it came true or not, and if not why.
fn verdict(seen: &Foreseen<'_>, horizon: Option<&Horizon>, quantity: Option<[f64; 2]>) -> (bool, Option<&'static str>) {
    if seen.claim == Claim::May {
        return (false, Some("only a possibility: nothing would refute it"));
    }
    let vague = is_cue("vague", seen.predicate.lemma()) && !seen.predicate.is_passive();
    match (vague, horizon, quantity) {
        (true, _, None) => (false, Some("nothing that can be measured")),
        (false, None, None) => (false, Some("no date and no number")),
        _ => (true, None),
    }
}

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
            matches!(t.pos(), Pos::Punct | Pos::Cconj | Pos::Space) || (t.dep() == "mark" && t.text() == "that")
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
    let near = std::iter::once(verb).chain(verb.head().filter(|_| matches!(verb.dep(), "xcomp" | "conj")));
    near.flat_map(Token::children)
        .find(|c| c.dep() == "advcl" && is_condition(*c))
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
    of_noun && year || since || possible
}

/// Where the words of a relative clause begin: "treaties that will be signed soon", with what it is said of.
fn antecedent(clause: Token<'_>) -> Option<usize> {
    let noun = clause.head().filter(|_| clause.dep() == "relcl")?;
    let relative = clause.child_of(&["nsubj", "nsubjpass"]).is_some_and(|s| matches!(s.tag(), "WDT" | "WP"));
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
    Some(attribution::voice_at(told, context))
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
                why: Some("no date and no number".to_owned()),
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
