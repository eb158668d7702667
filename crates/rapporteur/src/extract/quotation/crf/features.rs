//! What a token looks like to the chain: a feature is a hash of the template's number and of what the template looks at in the
//! [`looks`] of the token and of those beside it.

use std::ops::Range;

use super::super::link::Place;
use super::super::marks::Stretch;
use super::looks::{self, Look, mix};
use super::weights::BITS;
use crate::extract::{Context, Quotation};

/// Room for the features of a token; there are somewhat fewer.
pub(crate) const ROW: usize = 128;

/// The looks of all tokens of a reading.
pub(crate) struct Looks {
    looks: Vec<Look>,
    block: Vec<u32>,
}

impl Looks {
    /// The looks of a reading, given what the rules found in it.
    pub(crate) fn of(context: Context<'_>, rules: &[Quotation], cues: &[Place], stretches: &[Stretch]) -> Looks {
        let reading = context.reading;
        let looks = looks::of_reading(reading, rules, cues, stretches);
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

    /// Every feature of token `i` of a block with the tokens `unit`, in a fixed order, into `row`; what of it is filled.
    #[inline]
    pub(crate) fn of_token<'r>(&self, i: usize, unit: &Range<usize>, row: &'r mut [u32; ROW]) -> &'r [u32] {
        let edge = Look { word: 1, lemma: 1, tag: 1, dep: 1, ..Look::default() };
        let at = |k: isize| {
            let j = i.wrapping_add_signed(k);
            if unit.contains(&j) { &self.looks[j] } else { &edge }
        };
        let (b2, b, o, a, a2) = (at(-2), at(-1), at(0), at(1), at(2));
        let mut template = 0;
        let mut emit = |x: u32, y: u32, z: u32| {
            let place = template as usize % ROW;
            template += 1;
            row[place] = mix(mix(mix(template * 0x51ed, x), y), z) >> (32 - BITS);
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
        emit(o.verb, 39, 0);
        emit(o.verb, o.verb_edge, 39);
        emit(o.verb, o.tag, 39);
        emit(o.verb_frame, o.dep, 40);
        emit(o.verb_frame, o.verb, o.verb_edge);
        emit(o.lemma, o.frame, 41);
        emit(o.frame, o.tag, 41);
        emit(o.verb_above, 42, 0);
        emit(o.verb_above, o.verb, 42);
        emit(o.noun, 43, 0);
        emit(o.noun, o.verb_edge, 43);
        emit(o.verb_before, o.tag, 44);
        emit(b.verb, o.verb, 45);
        emit(o.verb, a.verb, 46);
        emit(o.entity, o.verb, 47);
        emit(o.speaker, o.verb, 48);
        emit(a.lemma, a.frame, mix(o.tag, 49));
        emit(b.lemma, b.frame, mix(o.tag, 50));
        &row[..template as usize % ROW]
    }
}
