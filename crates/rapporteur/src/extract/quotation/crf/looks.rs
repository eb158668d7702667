//! What can be seen of each token: its words and grammar, its place among marks and cues, what governs it, and what the rules say of
//! it. Everything is a number by hash.

use std::ops::Range;

use language::{Reading, Token};

use super::super::lexicon;
use super::super::link::{Kind, Place};
use super::super::marks::Stretch;
use crate::extract::{Form, Quotation};

/// How many governors are asked for a cue: a longer path is a parse gone wrong.
const PATH: usize = 14;

/// One token's looks, each by hash; nought is nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    pub(super) word: u32,
    pub(super) lemma: u32,
    pub(super) tag: u32,
    pub(super) dep: u32,
    pub(super) shape: u32,
    pub(super) head: u32,
    pub(super) head_tag: u32,
    pub(super) entity: u32,
    /// Its class as a cue, and as a speaker.
    pub(super) cue: u32,
    pub(super) speaker: u32,
    /// What the rules take it for, and the rule's name.
    pub(super) rule: u32,
    pub(super) rule_name: u32,
    /// Where it stands to marks.
    pub(super) marks: u32,
    /// From the nearest cue that governs it, from the farthest: the branch and the kind of cue.
    pub(super) path: u32,
    pub(super) near: u32,
    pub(super) far: u32,
    /// Whether a governed branch begins or ends here.
    pub(super) edge: u32,
    /// What hangs on a verb, by label; of its subject whether it can speak.
    pub(super) frame: u32,
    /// The nearest verb that governs it, whatever the list of cues says: its lemma with the branch; what hangs on it; whether the
    /// branch begins or ends here; the verb above that, and the nearest noun.
    pub(super) verb: u32,
    pub(super) verb_frame: u32,
    pub(super) verb_edge: u32,
    pub(super) verb_above: u32,
    pub(super) noun: u32,
    /// The last verb before it in its sentence.
    pub(super) verb_before: u32,
    /// The nearest cues before and after in its sentence, with what lies between.
    pub(super) left: u32,
    pub(super) right: u32,
    /// Which punctuation follows and precedes, how near.
    pub(super) next_point: u32,
    pub(super) last_point: u32,
    pub(super) place: u32,
    pub(super) starts: bool,
    pub(super) point: bool,
}

/// The looks of every token of a reading, given what the rules found in it.
pub(super) fn of_reading(reading: &Reading, rules: &[Quotation], cues: &[Place], stretches: &[Stretch]) -> Vec<Look> {
    let mut looks: Vec<Look> = reading.tokens().map(|t| words(t)).collect();
    cue_looks(&mut looks, cues, reading);
    rule_looks(&mut looks, rules, reading);
    mark_looks(&mut looks, stretches, reading);
    tree_looks(&mut looks, cues, reading);
    for sentence in reading.sentences() {
        place_looks(&mut looks, sentence.tokens.clone(), cues, reading);
    }
    verb_looks(&mut looks, reading);
    looks
}

fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
}

pub(super) fn mix(a: u32, b: u32) -> u32 {
    let h = (a.rotate_left(7) ^ b).wrapping_mul(0x9e37_79b1);
    h ^ h >> 15
}

/// Upper and lower case, digits and marks, runs made one: "Xx", "d-d".
fn shape(word: &str) -> u32 {
    let (mut h, mut last) = (7, 0);
    for c in word.chars() {
        let class = match c {
            c if c.is_uppercase() => 1,
            c if c.is_alphabetic() => 2,
            c if c.is_numeric() => 3,
            c => u32::from(c),
        };
        if class != last {
            h = mix(h, class);
        }
        last = class;
    }
    h
}

/// How far, in five steps.
fn far(n: usize) -> u32 {
    match n {
        0 => 0,
        1 => 1,
        2 => 2,
        3..=4 => 3,
        5..=8 => 4,
        9..=20 => 5,
        _ => 6,
    }
}

fn words(token: Token<'_>) -> Look {
    let head = token.head();
    let word = hash(token.text());
    Look {
        word,
        lemma: hash(token.lemma()),
        tag: hash(token.tag()),
        dep: hash(token.dep()),
        shape: shape(token.text()),
        head: head.map_or(2, |h| hash(h.lemma())),
        head_tag: head.map_or(2, |h| mix(hash(h.tag()), u32::from(h.i > token.i))),
        entity: token.entity_label().map_or(0, hash),
        speaker: lexicon::speaker(token).map_or(0, hash),
        point: token.pos() == language::Pos::Punct,
        ..Look::default()
    }
}

/// What a cue is: its kind, its sense, whether it takes a clause, whether somebody is named who says it.
fn cue_class(place: &Place) -> u32 {
    let sense = place.cue.map_or(1, |c| hash(c.sense));
    let frame = u32::from(place.takes("that")) | u32::from(place.takes("quote")) << 1;
    let kind = match place.kind {
        Kind::Verb => 1,
        Kind::Noun => 2,
        Kind::Adjective => 3,
        Kind::Phrase => 4,
    };
    mix(mix(sense, frame << 3 | kind), u32::from(place.source.is_some()))
}

fn cue_looks(looks: &mut [Look], cues: &[Place], reading: &Reading) {
    for place in cues {
        for i in place.tokens.clone() {
            let part = if i == place.token { 1 } else { 2 };
            looks[i].cue = mix(cue_class(place), part);
        }
        // The source and its first and last words look like one, unless they are cues themselves.
        for i in place.source.map(|s| reading.token(s).subtree()).into_iter().flatten() {
            if looks[i].cue == 0 && !place.tokens.contains(&i) {
                looks[i].cue = if place.source == Some(i) { mix(3, cue_class(place)) } else { 4 };
            }
        }
    }
}

fn rule_looks(looks: &mut [Look], rules: &[Quotation], reading: &Reading) {
    let mut set = |tokens: Range<usize>, class: u32, name: u32| {
        let first = tokens.start;
        for i in tokens {
            let part = u32::from(i > first) + 1;
            let look = &mut looks[i];
            // Of two findings the outer one counts; it comes first.
            if look.rule == 0 {
                (look.rule, look.rule_name) = (mix(class, part), mix(name, part));
            } else {
                look.rule_name = mix(look.rule_name, mix(class, part));
            }
        }
    };
    for quotation in rules {
        let form = match quotation.form {
            Form::Heading => 10,
            Form::Scare => 11,
            Form::Direct => 12,
            Form::Mixed => 13,
            Form::Indirect => 14,
        };
        let asked = u32::from(quotation.source.is_some());
        set(reading.tokens_in(quotation.content), mix(form, asked), mix(hash(quotation.rule), form));
    }
    for quotation in rules.iter().filter(|q| !q.carried_over) {
        if let Some(cue) = quotation.cue {
            set(reading.tokens_in(cue), 20, 20);
        }
        if let Some(source) = quotation.source {
            set(reading.tokens_in(source), 21, 21);
        }
    }
}

fn mark_looks(looks: &mut [Look], stretches: &[Stretch], reading: &Reading) {
    for stretch in stretches {
        let inner = reading.tokens_in(stretch.content);
        let long = far(inner.len());
        for i in reading.tokens_in(stretch.outer) {
            looks[i].marks = if i < inner.start {
                1
            } else if i >= inner.end {
                2
            } else {
                mix(3 + u32::from(i == inner.start) + 2 * u32::from(i + 1 == inner.end), long)
            };
        }
    }
}

/// The cues that govern each token, by way of which branch.
fn tree_looks(looks: &mut [Look], cues: &[Place], reading: &Reading) {
    let mut class = vec![0_u32; reading.len()];
    for place in cues {
        class[place.token] = cue_class(place) | 1;
    }
    let mut branches: Vec<Option<usize>> = vec![None; reading.len()];
    for token in reading.tokens() {
        let mut below = token;
        let (mut near, mut far, mut branch) = (None, None, None);
        for (n, above) in token.ancestors().take(PATH).enumerate() {
            if class[above.i] != 0 {
                let found = (mix(class[above.i], hash(below.dep())), above.i < token.i, n);
                if near.is_none() {
                    (near, branch) = (Some((found, hash(below.dep()))), Some(below.i));
                }
                far = Some(found);
            }
            below = above;
        }
        let look = &mut looks[token.i];
        if let Some(((class, side, n), dep)) = near {
            look.near = mix(class, u32::from(side));
            look.path = mix(dep, u32::from(side) << 2 | n.min(2) as u32);
        }
        if let Some((class, side, _)) = far {
            look.far = mix(class, u32::from(side));
        }
        branches[token.i] = branch;
    }
    for i in 0..looks.len() {
        let other = |j: Option<usize>| j.and_then(|j| branches.get(j)) != Some(&branches[i]);
        let (first, last) = (other(i.checked_sub(1)), other(Some(i + 1)));
        looks[i].edge = if branches[i].is_none() { 9 } else { u32::from(first) << 1 | u32::from(last) };
    }
}

/// What hangs on each verb, and of each token the verbs and the noun that govern it: words that no list of cues holds are learnt.
fn verb_looks(looks: &mut [Look], reading: &Reading) {
    let mut frames = vec![0_u32; reading.len()];
    for token in reading.tokens() {
        if let Some(head) = token.head() {
            frames[head.i] |= frame_bit(token, looks[token.i].speaker != 0);
        }
    }
    let is_verb = |t: Token<'_>| t.tag().starts_with("VB") && !matches!(t.dep(), "aux" | "auxpass");
    let mut branches: Vec<Option<usize>> = vec![None; reading.len()];
    let mut before = 0;
    for token in reading.tokens() {
        let i = token.i;
        let (mut below, mut verbs) = (token, 0);
        for above in token.ancestors().take(PATH) {
            if is_verb(above) {
                let branch = mix(looks[above.i].lemma, mix(looks[below.i].dep, u32::from(above.i < i)));
                if verbs == 0 {
                    (looks[i].verb, looks[i].verb_frame, branches[i]) = (branch, frames[above.i] | 1, Some(below.i));
                } else {
                    looks[i].verb_above = branch;
                    break;
                }
                verbs += 1;
            } else if verbs == 0 && looks[i].noun == 0 && above.tag().starts_with("NN") {
                looks[i].noun = mix(looks[above.i].lemma, looks[below.i].dep);
            }
            below = above;
        }
        if looks[i].verb_frame != 0 {
            looks[i].verb_frame = mix(looks[i].verb_frame, u32::from(branches[i].is_some_and(|b| b <= i)));
        }
        before = if looks[i].starts { 0 } else { before };
        looks[i].verb_before = before;
        if is_verb(token) {
            (looks[i].frame, before) = (frames[i] | 1, looks[i].lemma);
        }
    }
    for i in 0..looks.len() {
        let other = |j: Option<usize>| j.and_then(|j| branches.get(j)) != Some(&branches[i]);
        let (first, last) = (other(i.checked_sub(1)), other(Some(i + 1)));
        looks[i].verb_edge = if branches[i].is_none() { 9 } else { u32::from(first) << 1 | u32::from(last) };
    }
}

/// One bit for what a token is to its head; nought for what says nothing of a verb.
fn frame_bit(token: Token<'_>, speaks: bool) -> u32 {
    let place = match token.dep() {
        "nsubj" if speaks || token.tag().starts_with("PRP") || named(token) => 1,
        "nsubj" => 2,
        "nsubjpass" => 3,
        "dobj" => 4,
        "ccomp" if token.head().is_some_and(|h| h.i < token.i) => 5,
        "ccomp" => 6,
        "xcomp" => 7,
        "agent" => 8,
        "prep" => match token.text() {
            "to" => 9,
            "about" | "on" | "over" | "of" => 10,
            "for" => 11,
            "as" => 12,
            _ => return 0,
        },
        "dative" => 13,
        "neg" => 14,
        "acomp" | "attr" | "oprd" => 15,
        "auxpass" => 16,
        _ => return 0,
    };
    1 << place
}

fn named(token: Token<'_>) -> bool {
    matches!(token.entity_label(), Some("PERSON" | "ORG" | "GPE" | "NORP")) || token.tag() == "WP"
}

/// Where each token stands in its sentence, what punctuation and which cues are around it.
fn place_looks(looks: &mut [Look], sentence: Range<usize>, cues: &[Place], reading: &Reading) {
    let from = cues.partition_point(|c| c.token < sentence.start);
    let mut next = from;
    let own = &cues[from..cues.partition_point(|c| c.token < sentence.end)];
    let mut comma = 0;
    let mut last: Option<usize> = None;
    for i in sentence.clone() {
        while next < from + own.len() && cues[next].token < i {
            (last, comma) = (Some(next), 0);
            next += 1;
        }
        if let Some(n) = last {
            let away = far(i - cues[n].token);
            looks[i].left = mix(cue_class(&cues[n]), away.min(4) << 1 | u32::from(comma > 0));
        }
        if looks[i].point && reading.token(i).text() == "," {
            comma += 1;
        }
        looks[i].starts = i == sentence.start;
        let (behind, ahead) = (i - sentence.start, sentence.end - 1 - i);
        looks[i].place = mix(behind.min(2) as u32, ahead.min(2) as u32) | 1;
    }
    let (mut coming, mut comma): (Option<usize>, u32) = (None, 0);
    let mut at = from + own.len();
    for i in sentence.clone().rev() {
        while at > from && cues[at - 1].token > i {
            at -= 1;
            (coming, comma) = (Some(at), 0);
        }
        if let Some(n) = coming {
            let away = far(cues[n].token - i);
            looks[i].right = mix(cue_class(&cues[n]), away.min(4) << 1 | u32::from(comma > 0));
        }
        if looks[i].point && reading.token(i).text() == "," {
            comma += 1;
        }
    }
    let mut point = (0, sentence.start);
    for i in sentence.clone() {
        looks[i].last_point = mix(point.0, far(i - point.1).min(4));
        if looks[i].point {
            point = (looks[i].word, i);
        }
    }
    let mut point = (0, sentence.end);
    for i in sentence.rev() {
        looks[i].next_point = mix(point.0, far(point.1 - i).min(4));
        if looks[i].point {
            point = (looks[i].word, i);
        }
    }
}
