//! Did it happen? Signatures of governors composed up the tree.
//!
//! A predicate's own form comes first (`form`), then each of its governors, at most seven, with the effect that the table
//! `data/en/signatures.tsv` gives it in that frame (`link`, `signature`), composed from the outside in (`compose`). Words are shown;
//! the number (`value`) is for calibration only.

mod compose;
mod form;
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
    /// -3 to 3.
    pub(crate) value: f32,
    /// The steps from the predicate outward: "own form: will", "announce: REPORT by Donald Trump".
    pub(crate) steps: Vec<String>,
    /// Whether some governor licenses it at all; a bare nominal ("Kazakhstan's entry may help") asserts nothing.
    pub(crate) asserted: bool,
}

/// The judgement on one predicate (verb, copula or what it says, event noun).
pub(crate) fn judge(predicate: Token<'_>, context: Context<'_>) -> Judgement {
    let trace = compose::compose(predicate, in_heading(predicate, context));
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
        value: value::value(predicate, &trace),
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
            let judgement = judge(t, context);
            Predicate {
                span: t.span(),
                factuality: judgement.factuality,
                realis: judgement.realis,
                holder: judgement.holder,
                value: Some(judgement.value),
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
/// noun, and what the tagger takes for another noun though it governs as a verb does or carries the sentence.
fn is_predicate(token: Token<'_>) -> bool {
    let helps = matches!(token.dep(), "aux" | "auxpass");
    match token.pos() {
        // "got elected", "want to": the parser's auxiliaries that are verbs all the same.
        Pos::Verb | Pos::Aux => !helps || matches!(token.lemma(), "get" | "want" | "become" | "seem" | "go" | "keep"),
        Pos::Noun | Pos::Propn => {
            let lemma = token.lemma().to_lowercase();
            EVENT_NOUNS.contains(lemma.as_str())
                || (lemma.len() > 5 && (lemma.ends_with("ing") || lemma.ends_with("ed")))
                || (token.is_root() && token.pos() == Pos::Noun)
                || token.child_of(&["dobj", "aux", "neg", "xcomp", "ccomp", "nsubj", "advcl", "prt"]).is_some()
        }
        Pos::Adj => {
            matches!(token.dep(), "acomp" | "ROOT" | "oprd" | "ccomp" | "advcl" | "relcl" | "xcomp" | "conj")
                || token.text().ends_with("ed")
                || token.text().ends_with("ing")
        }
        _ => token.tag().starts_with("VB") || (token.is_root() && matches!(token.pos(), Pos::Adp | Pos::Adv)),
    }
}

#[cfg(test)]
mod calibrate;
#[cfg(test)]
mod tests;
