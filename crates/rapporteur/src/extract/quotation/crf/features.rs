//! What a token looks like to the chain: its words, grammar, place among marks and cues, and what the rules say of it. Everything is
//! a number by hash; a feature is a hash of the template's number and of what the template looks at.

use std::ops::Range;

use language::{Reading, Token};

use super::super::link::{Kind, Place};
use super::super::marks::Stretch;
use super::weights::BITS;
use crate::extract::{Context, Form, Quotation};

/// How many governors are asked for a cue: a longer path is a parse gone wrong.
const PATH: usize = 14;

/// One token's looks, each by hash; nought is nothing.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    word: u32,
    lemma: u32,
    tag: u32,
    dep: u32,
    shape: u32,
    head: u32,
    head_tag: u32,
    entity: u32,
    /// Its class as a cue, and as a speaker.
    cue: u32,
    speaker: u32,
    /// What the rules take it for, and the rule's name.
    rule: u32,
    rule_name: u32,
    /// Where it stands to marks.
    marks: u32,
    /// From the nearest cue that governs it, from the farthest: the branch and the kind of cue.
    path: u32,
    near: u32,
    far: u32,
    /// Whether a governed branch begins or ends here.
    edge: u32,
    /// The nearest cues before and after in its sentence, with what lies between.
    left: u32,
    right: u32,
    /// Which punctuation follows and precedes, how near.
    next_point: u32,
    last_point: u32,
    place: u32,
    starts: bool,
    point: bool,
}

/// The looks of all tokens of a reading.
pub(crate) struct Looks {
    looks: Vec<Look>,
    block: Vec<u32>,
}

fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
}

fn mix(a: u32, b: u32) -> u32 {
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

impl Looks {
    /// The looks of a reading, given what the rules found in it.
    pub(crate) fn of(context: Context<'_>, rules: &[Quotation], cues: &[Place], stretches: &[Stretch]) -> Looks {
        let reading = context.reading;
        let mut looks: Vec<Look> = reading.tokens().map(|t| words(t)).collect();
        cue_looks(&mut looks, cues, reading);
        rule_looks(&mut looks, rules, reading);
        mark_looks(&mut looks, stretches, reading);
        tree_looks(&mut looks, cues, reading);
        for sentence in reading.sentences() {
            place_looks(&mut looks, sentence.tokens.clone(), cues, reading);
        }
        let blocks = &context.article.blocks;
        let kind = |i: usize| {
            let at = reading.token(i).span().start;
            let block = blocks.partition_point(|b| b.span.end <= at);
            blocks.get(block).map_or(0, |b| b.kind as u32 + 1)
        };
        let block = reading.units().iter().flat_map(|u| vec![u.clone().next().map_or(0, kind); u.len()]).collect();
        Looks { looks, block }
    }

    /// The kind of step that leads to a token.
    pub(crate) fn step(&self, i: usize) -> u8 {
        match &self.looks[i] {
            look if look.starts => 1,
            look if look.point => 2,
            _ => 0,
        }
    }

    /// Every feature of token `i` of a block with the tokens `unit`, in a fixed order.
    #[inline]
    pub(crate) fn each(&self, i: usize, unit: &Range<usize>, mut feature: impl FnMut(u32)) {
        let edge = Look { word: 1, lemma: 1, tag: 1, dep: 1, ..Look::default() };
        let at = |k: isize| {
            let j = i.wrapping_add_signed(k);
            if unit.contains(&j) { &self.looks[j] } else { &edge }
        };
        let (b2, b, o, a, a2) = (at(-2), at(-1), at(0), at(1), at(2));
        let mut template = 0;
        let mut emit = |x: u32, y: u32, z: u32| {
            template += 1;
            let h = mix(mix(mix(template * 0x51ed, x), y), z);
            feature(h >> (32 - BITS));
        };
        emit(0, 0, 0);
        for look in [b2, b, o, a, a2] {
            emit(look.word, 0, 0);
            emit(look.tag, 1, 0);
            emit(look.dep, look.tag, 2);
            emit(look.cue, 3, 0);
            emit(look.rule, 4, 0);
        }
        for look in [b, o, a] {
            emit(look.shape, look.entity, 5);
            emit(look.speaker, look.tag, 6);
            emit(look.marks, 7, 0);
            emit(look.near, 8, 0);
            emit(look.far, 9, 0);
        }
        emit(o.lemma, o.tag, 10);
        emit(b.word, o.word, 11);
        emit(o.word, a.word, 12);
        emit(b.tag, o.tag, 13);
        emit(o.tag, a.tag, 14);
        emit(b.tag, o.tag, mix(a.tag, 15));
        emit(b2.tag, b.tag, o.tag);
        emit(o.tag, a.tag, a2.tag);
        emit(b.cue, o.word, 16);
        emit(b.cue, o.tag, mix(a.tag, 17));
        emit(b2.cue, b.tag, o.tag);
        emit(o.cue, a.word, 18);
        emit(o.cue, b.word, 18);
        emit(o.cue, o.rule, 18);
        emit(o.cue, o.dep, o.word);
        emit(o.rule_name, 19, 0);
        emit(b.rule_name, o.rule_name, 20);
        emit(o.rule_name, a.rule_name, 21);
        emit(b.rule, o.rule, a.rule);
        emit(b2.rule, b.rule, mix(o.rule, mix(a.rule, a2.rule)));
        emit(o.rule, o.tag, o.dep);
        emit(o.rule, o.word, 22);
        emit(o.rule, b.word, 23);
        emit(o.rule, a.word, 23);
        emit(o.rule, o.near, o.far);
        emit(o.rule, o.marks, o.path);
        emit(o.dep, o.head, 24);
        emit(o.dep, o.head_tag, o.tag);
        emit(o.word, o.head, 25);
        emit(o.marks, b.marks, a.marks);
        emit(o.marks, o.left, 26);
        emit(o.marks, o.right, 26);
        emit(o.path, 27, 0);
        emit(b.path, o.path, 28);
        emit(o.path, a.path, 29);
        emit(o.near, o.tag, 30);
        emit(o.far, o.tag, 30);
        emit(o.near, o.edge, 31);
        emit(b.edge, o.edge, 32);
        emit(o.edge, a.edge, o.rule);
        emit(o.left, o.right, 33);
        emit(o.left, 34, 0);
        emit(o.right, 34, 1);
        emit(o.left, o.tag, 34);
        emit(o.right, o.tag, 35);
        emit(o.last_point, o.next_point, 36);
        emit(o.last_point, b.tag, o.tag);
        emit(o.next_point, a.tag, o.tag);
        emit(o.place, 37, 0);
        emit(o.place, o.cue, o.rule);
        emit(self.block[i], o.rule, 38);
        emit(self.block[i], o.place, 38);
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
        speaker: super::super::lexicon::speaker(token).map_or(0, hash),
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
