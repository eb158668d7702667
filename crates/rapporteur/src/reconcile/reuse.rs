//! Words that two articles share: passage by passage, with what kind of words they are.
//!
//! Quotations, names and titles, and furniture are masked before anything is called running text: that two articles quote the same
//! sentence says that they had the same speaker, not that one copied the other.

use std::collections::{BTreeMap, BTreeSet};

use language::Span;
use schemars::JsonSchema;
use serde::Serialize;

use super::Witness;
use super::prose::{Kind, Word};
use crate::provenance::Passage;

/// Two passages of the same words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reuse {
    /// The passage in the article whose identifier comes first.
    pub a: Passage,
    /// The passage in the other.
    pub b: Passage,
    /// How many words they share.
    pub words: usize,
    /// What the words are.
    pub kind: ReuseKind,
}

/// What shared words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReuseKind {
    /// The article's own prose.
    RunningText,
    /// Somebody's words in both.
    Quotation,
    /// Names and titles.
    Name,
}

/// Words in a fingerprint.
const GRAM: usize = 5;
/// Of so many fingerprints in a row the least is kept: every run of `GRAM + WINDOW - 1` words that two articles share is found.
const WINDOW: usize = 4;
/// A fingerprint of more articles than this is a formula, not a trace (Potthast and others call such text boilerplate).
const COMMON: usize = 200;
/// Words that a passage must share.
const RUN: usize = 8;
/// Fingerprints that two articles must share for shorter passages to count.
const TRACES: usize = 3;
/// An article is held against so many others that share a fingerprint, the first by identifier: a text that a thousand outlets print
/// is tied to a few of them, and the work stays near-linear.
const PARTNERS: usize = 12;
/// How far the alignment may jump over words that differ.
const BAND: usize = 3;

/// All passages that two articles of a story share, by article and place. `prose` are the words of the articles in the order of `story`.
pub(crate) fn find(story: &[Witness<'_>], prose: &[Vec<Word>]) -> Vec<Reuse> {
    let mut found = Vec::new();
    for ((a, b), seeds) in seeds(prose) {
        let rare = seeds.len() >= TRACES;
        for run in runs(&prose[a], &prose[b], &seeds) {
            found.extend(passages(&prose[a], &prose[b], &run, rare).into_iter().map(|(kind, words, left, right)| {
                Reuse { a: story[a].passage(left), b: story[b].passage(right), words, kind }
            }));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Places of the words that two texts share, in the order of both.
type Run = Vec<(usize, usize)>;

/// Where two articles share a winnowed fingerprint, by pair of articles, in text order of the first.
fn seeds(prose: &[Vec<Word>]) -> BTreeMap<(usize, usize), Vec<(usize, usize)>> {
    let mut index: BTreeMap<u64, Vec<(usize, usize)>> = BTreeMap::new();
    for (article, words) in prose.iter().enumerate() {
        for (print, at) in winnowed(words) {
            index.entry(print).or_default().push((article, at));
        }
    }
    let mut pairs: BTreeMap<(usize, usize), Vec<(usize, usize)>> = BTreeMap::new();
    for places in index.values() {
        let mut first: Vec<(usize, usize)> = places.clone();
        first.dedup_by_key(|p| p.0);
        if first.len() < 2 || first.len() > COMMON {
            continue;
        }
        for (i, &(b, at_b)) in first.iter().enumerate() {
            for &(a, at_a) in first[..i].iter().take(PARTNERS) {
                pairs.entry((a, b)).or_default().push((at_a, at_b));
            }
        }
    }
    pairs.values_mut().for_each(|seeds| seeds.sort_unstable());
    pairs
}

/// Of each window of fingerprints the least (Schleimer, Wilkerson and Aiken 2003), with the place of its first word. Five words of
/// which fewer than two say something are no fingerprint.
fn winnowed(words: &[Word]) -> Vec<(u64, usize)> {
    let print = |(at, gram): (usize, &[Word])| {
        let telling = gram.iter().filter(|w| w.content).count() > 1;
        let mut hash = blake3::Hasher::new();
        for word in gram {
            hash.update(word.stem.as_bytes());
            hash.update(b" ");
        }
        let bytes = hash.finalize();
        let number = bytes.as_bytes().iter().take(8).fold(0_u64, |n, b| n << 8 | u64::from(*b));
        (if telling { number } else { u64::MAX }, at)
    };
    let prints: Vec<(u64, usize)> = words.windows(GRAM).enumerate().map(print).collect();
    let mut kept: Vec<(u64, usize)> = Vec::new();
    for window in prints.windows(WINDOW.min(prints.len().max(1))) {
        let Some(least) = window.iter().filter(|p| p.0 != u64::MAX).min_by_key(|p| (p.0, std::cmp::Reverse(p.1)))
        else {
            continue;
        };
        if kept.last() != Some(least) {
            kept.push(*least);
        }
    }
    kept
}

/// Seeds drawn out to both sides as far as the words go together; no seed inside an earlier run begins another.
fn runs(a: &[Word], b: &[Word], seeds: &[(usize, usize)]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut covered: BTreeSet<(usize, usize)> = BTreeSet::new();
    for &(i, j) in seeds {
        if covered.contains(&(i, j)) {
            continue;
        }
        let mut run = extend((i, j), |i, j| i.checked_sub(1).zip(j.checked_sub(1)), a, b);
        run.reverse();
        run.push((i, j));
        run.extend(extend((i, j), |i, j| (i + 1 < a.len() && j + 1 < b.len()).then_some((i + 1, j + 1)), a, b));
        covered.extend(run.iter().copied());
        runs.push(run);
    }
    runs
}

/// From a place one way: the places that go together, over gaps of at most [`BAND`] words where three words after the gap agree.
fn extend(from: (usize, usize), next: impl Fn(usize, usize) -> Option<(usize, usize)>, a: &[Word], b: &[Word]) -> Run {
    let same = |(i, j): (usize, usize)| a[i].stem == b[j].stem;
    // A step that goes further on one side only.
    let skip = |mut at: (usize, usize), left: usize, right: usize| -> Option<(usize, usize)> {
        for _ in 0..left {
            at.0 = next(at.0, at.1).map(|n| n.0)?;
        }
        for _ in 0..right {
            at.1 = next(at.0, at.1).map(|n| n.1)?;
        }
        next(at.0, at.1)
    };
    let agrees = |at: (usize, usize)| {
        let mut here = Some(at);
        (0..3).all(|_| {
            let fits = here.is_some_and(same);
            here = here.and_then(|(i, j)| next(i, j));
            fits
        })
    };
    let mut run = Run::new();
    let mut at = from;
    loop {
        let step = match next(at.0, at.1) {
            Some(step) if same(step) => Some(step),
            Some(_) => (1..=BAND)
                .flat_map(|gap| [(gap, gap), (gap, 0), (0, gap), (gap, gap - 1), (gap - 1, gap)])
                .filter_map(|(left, right)| skip(at, left, right))
                .find(|&to| agrees(to)),
            None => None,
        };
        let Some(to) = step else { return run };
        run.push(to);
        at = to;
    }
}

/// A run cut where the kind of its words changes between what is quoted in both and the rest, each part with its kind, where it is long
/// enough to mean something.
fn passages(a: &[Word], b: &[Word], run: &Run, rare: bool) -> Vec<(ReuseKind, usize, Span, Span)> {
    let quoted = |(i, j): &(usize, usize)| a[*i].kind == Kind::Quoted && b[*j].kind == Kind::Quoted;
    let mut found = Vec::new();
    for part in run.chunk_by(|left, right| quoted(left) == quoted(right)) {
        let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
        // Words that one of them quotes are the speaker's, and words that one of them calls by name are a name.
        let own = |(i, j): &&(usize, usize)| a[*i].kind == Kind::Own && b[*j].kind == Kind::Own;
        let telling = part.iter().filter(own).filter(|(i, _)| a[*i].content).count();
        let one_sided = part.iter().filter(|(i, j)| a[*i].kind == Kind::Quoted || b[*j].kind == Kind::Quoted).count();
        let kind = if 2 * one_sided > part.len() {
            ReuseKind::Quotation
        } else if telling >= 2 {
            ReuseKind::RunningText
        } else {
            ReuseKind::Name
        };
        let least = if rare && telling > 2 && kind == ReuseKind::RunningText { GRAM + 1 } else { RUN };
        if part.len() >= least {
            let left = Span::new(a[first.0].span.start, a[last.0].span.end);
            let right = Span::new(b[first.1].span.start, b[last.1].span.end);
            found.push((kind, part.len(), left, right));
        }
    }
    found
}
