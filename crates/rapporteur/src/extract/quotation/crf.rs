//! A linear-chain conditional random field over the tokens of a block: which words are content, cue and source, with or without
//! marks around them.
//!
//! [`looks`] and [`features`] say what a token looks like, the rules' own findings included; [`weights`] holds what training made of it;
//! [`combine`] joins what the chain reads with what the rules read. [`gold`] and [`train`] are the trainer: a developer's command,
//! never part of a reading.

pub(crate) mod combine;
pub(crate) mod features;
pub mod gold;
mod labelled;
mod looks;
pub mod train;
pub(crate) mod weights;

use std::ops::Range;

use weights::Weights;

/// How many labels a token can have.
pub(crate) const LABELS: usize = 7;
/// Kinds of place a step of the chain leads to: inside a sentence, to the first token of one, to punctuation.
pub(crate) const STEPS: usize = 3;

/// Labels: `OUT`, else the first or a later token of a [`Part`].
pub(crate) const OUT: u8 = 0;

/// What a run of tokens is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Content,
    Cue,
    Source,
}

impl Part {
    /// The label of its first token; that of the later ones follows it.
    pub(crate) fn first(self) -> u8 {
        match self {
            Part::Content => 1,
            Part::Cue => 3,
            Part::Source => 5,
        }
    }

    fn of(label: u8) -> Option<Part> {
        match label {
            1 | 2 => Some(Part::Content),
            3 | 4 => Some(Part::Cue),
            5 | 6 => Some(Part::Source),
            _ => None,
        }
    }
}

/// Whether a label can stand after another: a later token needs one of the same part before it.
pub(crate) fn may_follow(before: Option<u8>, label: u8) -> bool {
    label % 2 == 1 || label == OUT || before.is_some_and(|b| b == label || b + 1 == label)
}

/// A run of tokens that is content, cue or source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) part: Part,
    pub(crate) tokens: Range<usize>,
}

/// The most probable labels of a chain given its scores, each token's for all labels, and the kind of step that leads to it. Of
/// two equally probable ones the one with the smaller labels.
pub(crate) fn best(scores: &[[f32; LABELS]], steps: &[u8], weights: &Weights<'_>) -> Vec<u8> {
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    let mut above = [0.0_f32; LABELS];
    for (i, own) in scores.iter().enumerate() {
        let step = &weights.steps[usize::from(steps[i]) % STEPS];
        let (mut now, mut from) = ([f32::NEG_INFINITY; LABELS], [0_u8; LABELS]);
        if i == 0 {
            now = std::array::from_fn(|l| if may_follow(None, l as u8) { own[l] } else { f32::NEG_INFINITY });
        } else {
            for (before, ways) in step.iter().enumerate() {
                for (label, way) in ways.iter().enumerate() {
                    let score = above[before] + way;
                    if score > now[label] {
                        (now[label], from[label]) = (score, before as u8);
                    }
                }
            }
            now.iter_mut().zip(own).for_each(|(n, o)| *n += o);
        }
        above = now;
        back.push(from);
    }
    let mut last = (0..LABELS).fold(0, |best, l| if above[l] > above[best] { l } else { best }) as u8;
    let mut labels = vec![OUT; scores.len()];
    for (i, from) in back.iter().enumerate().rev() {
        labels[i] = last;
        last = from[usize::from(last)];
    }
    labels
}

/// The runs of a chain's labels, its first token being `start`.
pub(crate) fn runs(labels: &[u8], start: usize) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    for (i, label) in labels.iter().enumerate() {
        let Some(part) = Part::of(*label) else { continue };
        match found.last_mut() {
            Some(run) if run.part == part && run.tokens.end == start + i && *label != part.first() => {
                run.tokens.end += 1
            }
            _ => found.push(Run { part, tokens: start + i..start + i + 1 }),
        }
    }
    found
}
