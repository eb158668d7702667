//! Other outlets and agencies that an article gives as its source: "Reuters reported", "told Le Monde", "in an interview with
//! the BBC", "(AP)". The names are those of `data/outlets.tsv`; social media are media of posts, no sources.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use language::{Reading, Span, Token};

use crate::extract::quotation::lexicon;
use crate::extract::{Context, Credit};

/// What an article credits, in text order, each place once. A name that is only mentioned ("sued the New York Times") is no
/// credit.
pub(crate) fn credits(context: Context<'_>) -> Vec<Credit> {
    let reading = context.reading;
    let mut found = Vec::new();
    let mut i = 0;
    while i < reading.len() {
        let Some((name, tokens)) = outlet_at(reading, i) else {
            i += 1;
            continue;
        };
        i = tokens.end;
        let rule = if in_brackets(&tokens, reading) {
            Some("in brackets")
        } else {
            reading.head_of(tokens.clone()).filter(|head| is_credit(*head, context)).map(|_| "named as a source")
        };
        if let Some(rule) = rule {
            found.push(Credit { outlet_or_agency: name.to_owned(), span: reading.span(tokens), rule });
        }
    }
    found
}

/// Names as printed by their first word, longest first, with the usual name.
static OUTLETS: LazyLock<BTreeMap<&'static str, Vec<(&'static str, &'static str)>>> = LazyLock::new(|| {
    let mut outlets: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for line in include_str!("../../../../../data/outlets.tsv").lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, name, aliases, kind, ..] = fields[..] else { continue };
        if kind == "social" {
            continue;
        }
        for alias in std::iter::once(name).chain(aliases.split('|')).filter(|a| !a.is_empty()) {
            let first = alias.split([' ', '-', '.', '\'', '’']).next().unwrap_or(alias);
            outlets.entry(first).or_default().push((alias, name));
        }
    }
    outlets.values_mut().for_each(|o| o.sort_by_key(|(alias, _)| (std::cmp::Reverse(alias.len()), *alias)));
    outlets
});

/// The outlet whose name begins at token `i`: its usual name and its tokens.
fn outlet_at(reading: &Reading, i: usize) -> Option<(&'static str, std::ops::Range<usize>)> {
    let token = reading.get(i)?;
    let word = token.text().split(['-', '.', '\'', '’']).next()?;
    let start = token.span().start;
    OUTLETS.get(word)?.iter().find_map(|(alias, name)| {
        let span = Span::new(start, start + alias.len());
        let tokens = reading.tokens_in(span);
        let whole =
            span.of(reading.text()) == *alias && reading.get(tokens.end.checked_sub(1)?)?.span().end == span.end;
        whole.then_some((*name, i..tokens.end))
    })
}

/// "(Reuters)", "(AP)": alone in brackets, or with a slash between agencies.
fn in_brackets(tokens: &std::ops::Range<usize>, reading: &Reading) -> bool {
    let text = |i: Option<usize>| i.and_then(|i| reading.get(i)).map_or("", Token::text);
    matches!(text(tokens.start.checked_sub(1)), "(" | "/") && matches!(text(Some(tokens.end)), ")" | "/")
}

fn is_credit(name: Token<'_>, context: Context<'_>) -> bool {
    let Some(governor) = name.head() else { return false };
    let lemma = governor.lemma().to_lowercase();
    let above = |lemmas: &[&str]| governor.head().is_some_and(|h| lemmas.contains(&h.lemma().to_lowercase().as_str()));
    match name.dep() {
        "nsubj" => matches!(lemma.as_str(), "report" | "cite" | "quote" | "write" | "say"),
        "dobj" | "dative" => matches!(lemma.as_str(), "tell" | "cite" | "quote"),
        "compound" | "poss" => {
            lexicon::medium(context.reading, governor.i).is_some_and(|m| matches!(m.0, "interview" | "document"))
        }
        "agent" | "pobj" | "conj" => match governor.text().to_lowercase().as_str() {
            "to" => {
                governor.head().is_some_and(|h| h.text().eq_ignore_ascii_case("according")) || above(&["speak", "talk"])
            }
            "by" => above(&["report", "see", "obtain", "quote", "publish", "cite"]),
            // "In an interview broadcast on": what is merely broadcast there is nobody's source.
            "on" => governor
                .head()
                .filter(|h| matches!(h.lemma().to_lowercase().as_str(), "broadcast" | "air"))
                .is_some_and(|b| {
                    let interview =
                        |t: Token<'_>| lexicon::medium(context.reading, t.i).is_some_and(|m| m.0 == "interview");
                    b.head().into_iter().chain(b.children()).any(interview)
                }),
            "with" | "for" => governor
                .head()
                .is_some_and(|h| lexicon::medium(context.reading, h.i).is_some_and(|m| m.0 == "interview")),
            _ => false,
        },
        _ => false,
    }
}
