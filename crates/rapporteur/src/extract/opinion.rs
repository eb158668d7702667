//! Words by which a writer judges: what `data/en/opinion_words.tsv` finds in a text.
//!
//! Shared by the labels of sentences ([`super::sentence`]) and the assessments ([`super::assessment`]).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use language::{Pos, Reading, Token};

use super::quotation::{lexicon, source};
use super::{Context, EntityKind};

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// 2 judges alone, 1 judges with another.
    pub(crate) weight: u8,
    /// 1 speaks for, -1 against, 0 neither.
    pub(crate) leaning: i8,
}

/// A judging word or phrase at its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// Index of its first token.
    pub(crate) at: usize,
    /// The entry, its leaning turned round under a negation.
    pub(crate) entry: Entry,
}

static WORDS: LazyLock<BTreeMap<(&'static str, &'static str), Entry>> = LazyLock::new(|| {
    rows()
        .filter_map(|row| row.get(..4).map(|r| ((r[1], r[0]), Entry { weight: weight(r[2]), leaning: lean(r[3]) })))
        .collect()
});

/// Phrases by their first word, longer ones first.
static PHRASES: LazyLock<BTreeMap<&'static str, Vec<(Vec<&'static str>, Entry)>>> = LazyLock::new(|| {
    let mut phrases: BTreeMap<&'static str, Vec<(Vec<&'static str>, Entry)>> = BTreeMap::new();
    for ((part, words), entry) in WORDS.iter().filter(|((part, _), _)| *part == "phrase") {
        debug_assert_eq!(*part, "phrase");
        let words: Vec<&str> = words.split('_').collect();
        phrases.entry(words[0]).or_default().push((words, *entry));
    }
    phrases.values_mut().for_each(|p| p.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
    phrases
});

fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    let table = include_str!("../../../../data/en/opinion_words.tsv");
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

fn weight(cell: &str) -> u8 {
    if cell == "strong" { 2 } else { 1 }
}

fn lean(cell: &str) -> i8 {
    match cell {
        "+" => 1,
        "-" => -1,
        _ => 0,
    }
}

/// The entry of a word (lemma or small letters) in a part of the table.
pub(crate) fn entry(part: &'static str, word: &str) -> Option<Entry> {
    // The map's keys live as long as the program; a shorter-lived word can only be looked for.
    let key: (&str, &str) = (part, word);
    WORDS.get(&key).copied()
}

/// The entry of a token in a part: by its lemma, else as printed.
pub(crate) fn of(part: &'static str, token: Token<'_>) -> Option<Entry> {
    entry(part, &token.lemma().to_lowercase()).or_else(|| entry(part, &token.text().to_lowercase()))
}

/// All judging words of an article in text order; a phrase counts once, at its first token.
pub(crate) fn hits(context: Context<'_>) -> Vec<Hit> {
    let reading = context.reading;
    let mut found = Vec::new();
    let mut past = 0;
    for token in reading.tokens() {
        if token.i < past {
            continue;
        }
        if let Some((length, entry)) = phrase(reading, token.i) {
            past = token.i + length;
            found.push(Hit { at: token.i, entry });
            continue;
        }
        if let Some(entry) = word(token, context) {
            let leaning = if is_turned(token) { -entry.leaning } else { entry.leaning };
            found.push(Hit { at: token.i, entry: Entry { leaning, ..entry } });
        }
    }
    found
}

fn phrase(reading: &Reading, at: usize) -> Option<(usize, Entry)> {
    let first = reading.get(at)?.text().to_lowercase();
    let fits = |words: &[&str]| {
        words.iter().enumerate().all(|(k, w)| reading.get(at + k).is_some_and(|t| t.text().to_lowercase() == *w))
    };
    PHRASES.get(first.as_str())?.iter().find(|(words, _)| fits(words)).map(|(words, entry)| (words.len(), *entry))
}

fn word(token: Token<'_>, context: Context<'_>) -> Option<Entry> {
    // "Progress Party", "the Peace Treaty of ...": parts of names judge nothing.
    if token.pos() == Pos::Propn
        || context.names.entity_at(token.i).is_some_and(|e| e.kind != EntityKind::Office && token.pos() != Pos::Pron)
    {
        return None;
    }
    match token.pos() {
        Pos::Adj => of("adjective", token),
        Pos::Noun => of("noun", token),
        Pos::Adv => of("adverb", token),
        Pos::Verb => {
            let modifier = token.dep() == "amod";
            if modifier && let Some(entry) = entry("adjective", &token.text().to_lowercase()) {
                return Some(entry);
            }
            if let Some(entry) = of("interpret", token).filter(|_| reads_an_event(token, context)) {
                return Some(entry);
            }
            of("verb", token)
        }
        _ => None,
    }
}

/// Whether what does the signalling is an event or a thing, not somebody who can speak: "the visit signals", "joined,
/// signalling"; not "the envoy signalled", nor "she spoke of the visit, highlighting".
pub(crate) fn reads_an_event(verb: Token<'_>, context: Context<'_>) -> bool {
    if verb.is_passive() {
        return false;
    }
    if verb.tag() == "VBG" && matches!(verb.dep(), "advcl" | "acl" | "conj") && verb.auxiliaries().next().is_none() {
        let above = verb.ancestors().find(|a| matches!(a.pos(), Pos::Verb | Pos::Aux));
        return above.is_some_and(|a| lexicon::verb(a).is_none_or(|cue| !cue.speaks()))
            && verb.before().is_some_and(|b| b.pos() == Pos::Punct || b.pos() == Pos::Adv || b.text() == "and");
    }
    let finite = matches!(verb.tag(), "VBZ" | "VBP" | "VBD" | "VB" | "VBN");
    let Some(subject) = verb.surface_subject().filter(|_| finite) else { return false };
    let subject = subject.resolve_relative();
    match subject.text().to_lowercase().as_str() {
        "this" | "that" | "these" | "which" | "it" => {
            context.names.entity_at(subject.i).is_none_or(|e| e.kind == EntityKind::Agreement)
        }
        _ => !source::can_speak(subject, context),
    }
}

/// Whether a negation stands over the word: its own, its determiner's, or its copula's.
fn is_turned(token: Token<'_>) -> bool {
    let denied =
        |t: Token<'_>| t.is_negated() || t.children().any(|c| c.dep() == "det" && c.text().eq_ignore_ascii_case("no"));
    let copula =
        token.head().filter(|h| h.lemma() == "be" || matches!(token.dep(), "amod" | "dobj" | "advmod" | "oprd"));
    // "an alignment rather than a bold step".
    let instead = token.head().into_iter().flat_map(|h| [Some(h), h.head()]).flatten().any(|h| {
        h.i < token.i && h.text() == "than"
            || h.children().any(|c| c.i < token.i && c.i > h.i && c.dep() == "cc" && c.text() == "than")
    });
    denied(token) != instead || copula.is_some_and(denied)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_whole_and_stands_once() {
        let mut seen = std::collections::BTreeSet::new();
        let parts =
            ["adjective", "noun", "adverb", "verb", "phrase", "interpret", "refute", "judged", "critic", "distance"];
        for row in rows() {
            assert_eq!(row.len(), 5, "{row:?}");
            assert!(parts.contains(&row[1]), "{row:?}");
            assert!(["strong", "weak"].contains(&row[2]) && ["+", "-", "0"].contains(&row[3]), "{row:?}");
            assert!(!row[0].is_empty() && !row[4].is_empty(), "{row:?}");
            assert!(seen.insert((row[0], row[1])), "twice: {row:?}");
        }
        assert!(WORDS.len() > 400);
    }
}
