//! What no article of the story says: the frame of an accession gone through item by item.
//!
//! Items are looked for in the words of the articles, generously: a sentence that might answer an item takes it off the list, so that
//! nothing is called unsaid that a reader would find.

use std::collections::BTreeSet;

use language::Span;

use super::frame::Frame;
use super::roster::is_own_voice;
use super::{Silence, StageAccount, Witness};
use crate::extract::{EntityId, EntityKind, Holder, MemberStatus, Stage};
use crate::ingest::BlockKind;
use crate::knowledge::calendar;

/// The items of the frame that no article answers; empty where the story is about no step of a state.
pub(crate) fn of(story: &[Witness<'_>], frame: &Frame, stages: &[StageAccount]) -> Vec<Silence> {
    let (Some(participant), Some(agreement)) = (&frame.participant, &frame.agreement) else { return Vec::new() };
    let reached = stages
        .iter()
        .find(|s| s.participant == *participant && s.agreement == *agreement)
        .map_or((0, 7), |s| (s.lo, s.hi));
    let all = story.len();
    let nowhere = format!("in none of {all} article{}", if all == 1 { "" } else { "s" });
    let mut silence = Vec::new();
    let mut unsaid = |what: String, why: &str| silence.push(Silence { what, reason: format!("{why} {nowhere}") });

    let state = frame.name(participant);
    if !story.iter().any(|w| speaks(w, participant)) {
        unsaid(format!("own statement by {state}"), "no words are given to the state or its officials");
    }
    for counterpart in counterparts(story, agreement, participant) {
        if !story.iter().any(|w| speaks(w, &counterpart)) {
            unsaid(
                format!("statement by {}", frame.name(&counterpart)),
                "no words are given to the counterpart or its officials",
            );
        }
    }
    let sentences: Vec<Sentence> = story.iter().flat_map(sentences).collect();
    let says = |wanted: &dyn Fn(&Sentence) -> bool| sentences.iter().any(wanted);
    // Once it is ratified the questions of signature are history.
    if reached.0 < Stage::Ratified as u8 {
        if !says(&|s| s.has(SIGNING) && s.names_a_day()) {
            unsaid("date of signature".to_owned(), "no sentence about signing names a day");
        }
        if !says(&|s| s.has(SIGNING) && s.names_a_place) {
            unsaid("place of signature".to_owned(), "no sentence about signing names where");
        }
    }
    if !says(&|s| s.has(TEXT) && s.has(PUBLISHED)) {
        unsaid("text of the instrument".to_owned(), "no sentence cites or publishes it");
    }
    if reached.0 < Stage::InForce as u8 {
        if !says(&|s| s.has(PARLIAMENT) || s.words.iter().any(|w| w.starts_with("ratif"))) {
            unsaid("whether ratification is required".to_owned(), "no sentence speaks of ratification or a parliament");
        }
        if !says(&Sentence::speaks_of_force) {
            unsaid("entry into force".to_owned(), "no sentence says when it takes effect");
        }
    }
    silence
}

const SIGNING: &[&str] = &["sign", "signs", "signed", "signing", "signature", "signatures", "ceremony"];
const TEXT: &[&str] = &["text", "wording", "article", "clause", "annex", "paragraph", "preamble", "draft", "document"];
const PUBLISHED: &[&str] = &[
    "published",
    "released",
    "reads",
    "states",
    "says",
    "stipulates",
    "provides",
    "obliges",
    "seen",
    "according",
    "printed",
];
const PARLIAMENT: &[&str] = &["parliament", "parliaments", "parliamentary", "senate", "congress", "lawmakers"];
/// A stretch up to a full stop, as lower-case words.
struct Sentence {
    words: Vec<String>,
    names_a_place: bool,
}

impl Sentence {
    fn has(&self, wanted: &[&str]) -> bool {
        self.words.iter().any(|w| wanted.contains(&w.as_str()))
    }

    /// "5 July", "July 5th"; a year alone or a weekday alone is no day.
    fn names_a_day(&self) -> bool {
        let month = |w: &String| calendar::month(w).is_some();
        let day = |w: &String| {
            let digits = w.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            w.len() - digits.len() <= 2 && digits.parse::<u8>().is_ok_and(|d| (1..=31).contains(&d))
        };
        self.words.windows(2).any(|w| month(&w[0]) && day(&w[1]) || day(&w[0]) && month(&w[1]))
    }

    /// "in force", "into force", "takes effect".
    fn speaks_of_force(&self) -> bool {
        let pair = |w: &[String]| {
            matches!(
                (w[0].as_str(), w[1].as_str()),
                ("in" | "into", "force") | ("take" | "takes" | "took" | "taking" | "into", "effect")
            )
        };
        self.words.windows(2).any(pair)
    }
}

/// The sentences of an article outside its furniture.
fn sentences(witness: &Witness<'_>) -> Vec<Sentence> {
    let text = &witness.article.text;
    let places = places(witness);
    let mut found = Vec::new();
    for block in witness.article.blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate) {
        let mut start = block.span.start;
        for piece in block.span.of(text).split_inclusive(['.', '!', '?', ';']) {
            let end = start + piece.len();
            let words = piece.to_lowercase();
            let words =
                words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
            let first = places.partition_point(|&at| at < start);
            found.push(Sentence { words, names_a_place: places.get(first).is_some_and(|&at| at < end) });
            start = end;
        }
    }
    found
}

/// Where the text says "in" or "at" a place or state, in text order.
fn places(witness: &Witness<'_>) -> Vec<usize> {
    let text = &witness.article.text;
    let located = |span: &Span| {
        let before = text.get(..span.start).unwrap_or("").trim_end();
        let before = before.strip_suffix(" the").unwrap_or(before);
        let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        word.eq_ignore_ascii_case("in") || word.eq_ignore_ascii_case("at")
    };
    let spatial = witness.findings.entities.iter().filter(|e| matches!(e.kind, EntityKind::Place | EntityKind::State));
    let mut places: Vec<usize> = spatial.flat_map(|e| &e.mentions).filter(|m| located(m)).map(|m| m.start).collect();
    places.sort_unstable();
    places
}

/// Whether an article gives words or a wording to the state or somebody who speaks for it.
fn speaks(witness: &Witness<'_>, state: &EntityId) -> bool {
    let findings = witness.findings;
    let quoted = findings.quotations.iter().map(|q| &q.holder);
    let staged = findings.stages.iter().map(|s| &s.holder);
    let conditioned = findings.conditions.iter().map(|c| &c.holder);
    let mut holders = quoted.chain(staged).chain(conditioned);
    holders.any(|h: &Holder| is_own_voice(h, state, witness))
}

/// The states on the other side of the agreement, as articles name them.
fn counterparts(story: &[Witness<'_>], agreement: &EntityId, participant: &EntityId) -> BTreeSet<EntityId> {
    let members = story.iter().flat_map(|w| &w.findings.members);
    let counterpart = members.filter(|m| m.status == MemberStatus::Counterpart && m.agreement == *agreement);
    counterpart.map(|m| m.participant.clone()).filter(|p| p != participant).collect()
}
