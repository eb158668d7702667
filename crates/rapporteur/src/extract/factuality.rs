//! Did it happen? Signatures of governors composed up the tree.
//!
//! A predicate's own form comes first (`form`), then each of its governors, at most seven, with the effect that the table
//! `data/en/signatures.tsv` gives it in that frame (`link`, `signature`), composed from the outside in (`compose`). Words are shown;
//! the number (`value`) is for calibration only.

mod compose;
mod form;
mod lexicon;
mod link;
mod signature;
mod value;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use language::{Pos, Token};

use super::{Context, Factuality, Holder, Predicate, Realis, attribution};
use crate::ingest::BlockKind;

/// What a predicate's own form and its governors make of it.
#[derive(Clone, Debug)]
pub(crate) struct Judgement {
    pub(crate) factuality: Factuality,
    pub(crate) realis: Realis,
    /// The nearest holder: whose word it is.
    pub(crate) holder: Holder,
    /// The steps from the predicate outward: "own form: will", "announce: REPORT by Donald Trump".
    pub(crate) steps: Vec<String>,
    /// Whether some governor licenses it at all; a bare nominal ("Kazakhstan's entry may help") asserts nothing.
    pub(crate) asserted: bool,
}

/// The judgement on one predicate (verb, copula or what it says, event noun).
pub(crate) fn judge(predicate: Token<'_>, context: Context<'_>) -> Judgement {
    judge_trace(compose::compose(predicate, in_heading(predicate, context)), predicate, context)
}

fn judge_trace(trace: compose::Trace, predicate: Token<'_>, context: Context<'_>) -> Judgement {
    let holder = match trace.reporter.and_then(|i| context.reading.get(i)) {
        Some(reporter) => match speaker(reporter) {
            Some(source) => attribution::holder_of(source, context),
            None => Holder::unknown(),
        },
        None => attribution::voice_at(predicate, context),
    };
    Judgement {
        factuality: words(trace.state),
        realis: trace.state.realis,
        holder,
        steps: trace.steps,
        asserted: trace.state.asserted,
    }
}

/// Every event predicate of the article: verbs other than auxiliaries, copulas, event nouns; in text order.
pub(crate) fn find(context: Context<'_>) -> Vec<Predicate> {
    context
        .reading
        .tokens()
        .filter(|t| is_predicate(*t))
        .map(|t| {
            let trace = compose::compose(t, in_heading(t, context));
            let value = value::value(t, &trace);
            let judgement = judge_trace(trace, t, context);
            Predicate {
                span: t.span(),
                factuality: judgement.factuality,
                realis: judgement.realis,
                holder: judgement.holder,
                value: Some(value),
                rule: judgement.steps.join("; "),
            }
        })
        .collect()
}

/// FactBank's word for a state.
fn words(state: form::State) -> Factuality {
    match (state.polarity.signum(), state.sure) {
        (1, 3..) => Factuality::CertainYes,
        (1, 2) => Factuality::ProbableYes,
        (1, 1) => Factuality::PossibleYes,
        (-1, 3..) => Factuality::CertainNo,
        (-1, 2) => Factuality::ProbableNo,
        (-1, 1) => Factuality::PossibleNo,
        _ => Factuality::Unknown,
    }
}

/// Who speaks in a reporting predicate: subject, agent, or the possessor of the noun ("Oslo's claim").
fn speaker(reporter: Token<'_>) -> Option<Token<'_>> {
    match reporter.pos() {
        Pos::Noun => reporter.child("poss").or_else(|| {
            let by = reporter.children().find(|c| c.dep() == "prep" && matches!(c.text(), "by" | "from"))?;
            by.child("pobj")
        }),
        _ => reporter.subject().filter(|s| s.dep() != "expl"),
    }
}

/// Whether the token stands in a headline or subhead.
fn in_heading(token: Token<'_>, context: Context<'_>) -> bool {
    let at = token.span().start;
    let blocks = &context.article.blocks;
    let block = blocks.partition_point(|b| b.span.end <= at);
    blocks.get(block).is_some_and(|b| b.span.start <= at && matches!(b.kind, BlockKind::Headline | BlockKind::Subhead))
}

static EVENT_NOUNS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../../../data/en/event-nouns.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split('\t').next())
        .collect()
});

/// Whether the token is an event predicate: a verb that is no auxiliary, a copula, an adjective that says or modifies, an event
/// noun, and what the tagger takes for something else though it governs as a verb does, carries a clause or is joined to a verb.
fn is_predicate(token: Token<'_>) -> bool {
    // "Do forward it", "the negotiations stall", "reply and type it in": tagged as adverb or noun, placed as a verb.
    let placed = || {
        matches!(token.dep(), "ccomp" | "advcl" | "relcl")
            || (token.dep() == "conj" && token.head().is_some_and(|h| h.pos() == Pos::Verb))
            || (token.dep() == "conj" && token.pos() == Pos::Adv && token.head().is_some_and(|h| h.pos() == Pos::Noun))
            || token.before().is_some_and(|b| b.text().eq_ignore_ascii_case("please") && b.i + 1 == token.i)
            || token.child_of(&["dobj", "aux", "neg", "xcomp", "ccomp", "nsubj", "advcl", "prt"]).is_some()
    };
    match token.pos() {
        Pos::Verb | Pos::Aux => !helps(token),
        Pos::Noun | Pos::Propn => {
            let lemma = token.lemma().to_lowercase();
            EVENT_NOUNS.contains(lemma.as_str())
                || (lemma.len() > 5 && (lemma.ends_with("ing") || lemma.ends_with("ed")))
                || (token.is_root() && token.pos() == Pos::Noun)
                || placed()
                || is_infinitive(token)
        }
        Pos::Adj => {
            matches!(token.dep(), "acomp" | "ROOT" | "oprd" | "xcomp")
                || token.text().ends_with("ed")
                || token.text().ends_with("ing")
                || placed()
                || token.dep() == "conj"
        }
        Pos::Punct | Pos::Space | Pos::Det | Pos::Pron => false,
        pos => token.tag().starts_with("VB") || (token.is_root() && matches!(pos, Pos::Adp | Pos::Adv)) || placed(),
    }
}

/// "going to party": a noun by its tag, bare after the "to" of a word that governs infinitives.
fn is_infinitive(token: Token<'_>) -> bool {
    let to = token.head().filter(|h| token.dep() == "pobj" && h.text() == "to" && h.i + 1 == token.i);
    let governor = to.filter(|_| matches!(token.tag(), "NN" | "NNP")).and_then(Token::head);
    governor.is_some_and(|g| link::look_up(g, signature::Frame::Infinitive, form::form(g, false)).1.is_some())
}

/// Whether a verb only helps another: "has" beside a participle, "does" beside a bare verb, a modal, "be". The parser's other
/// auxiliaries ("got elected", "let me have", "looks browned") are predicates.
fn helps(token: Token<'_>) -> bool {
    if !matches!(token.dep(), "aux" | "auxpass") {
        return false;
    }
    let beside = |tags: &[&str]| token.head().is_some_and(|h| tags.contains(&h.tag()) && h.i > token.i);
    match token.lemma() {
        "have" => beside(&["VBN", "VBD", "JJ"]) || token.text().starts_with(['\'', '’']),
        "do" => beside(&["VB", "VBP"]) || token.head().is_some_and(|h| h.i < token.i),
        "be" => true,
        _ => token.tag() == "MD" || token.tag() == "TO",
    }
}

#[cfg(test)]
mod calibrate;
#[cfg(test)]
mod tests;
