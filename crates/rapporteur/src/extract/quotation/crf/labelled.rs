//! The runs that the chain labels, and quotations in text order, so that those near a place are found without a look at all of them.

use std::ops::Range;

use language::{Reading, Span};

use super::combine::shared;
use super::{Part, Run};
use crate::extract::Quotation;

/// How far the quotations before each one reach, so that those around a place are found without a look at all of them.
pub(super) struct Reach {
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Reach {
    /// Of quotations in text order.
    pub(super) fn of(quotations: &[Quotation]) -> Reach {
        let mut end = 0;
        let mut reached = |q: &Quotation| {
            end = end.max(q.content.end);
            end
        };
        Reach {
            starts: quotations.iter().map(|q| q.content.start).collect(),
            ends: quotations.iter().map(&mut reached).collect(),
        }
    }

    /// Places of all that overlap the span, and perhaps of some between them that do not.
    pub(super) fn near(&self, span: Span) -> Range<usize> {
        let from = self.ends.partition_point(|e| *e <= span.start);
        from..self.starts.partition_point(|s| *s < span.end).max(from)
    }
}

/// A run with its words.
pub(super) struct Words {
    pub(super) tokens: Range<usize>,
    pub(super) words: Span,
}

/// The runs of a chain by part, in text order.
pub(super) struct Labelled {
    pub(super) contents: Vec<Words>,
    cues: Vec<Words>,
    sources: Vec<Words>,
}

/// How many tokens away a cue or source can stand.
const FAR: usize = 120;

impl Labelled {
    pub(super) fn of(runs: &[Run], reading: &Reading) -> Labelled {
        let of = |part: Part| -> Vec<Words> {
            let own = runs.iter().filter(|r| r.part == part).map(|r| match part {
                Part::Content => with_subject(r.tokens.clone(), reading),
                _ => r.tokens.clone(),
            });
            own.map(|tokens| Words { words: reading.span(tokens.clone()), tokens }).collect()
        };
        Labelled { contents: of(Part::Content), cues: of(Part::Cue), sources: of(Part::Source) }
    }

    fn all(&self, part: Part) -> &[Words] {
        match part {
            Part::Content => &self.contents,
            Part::Cue => &self.cues,
            Part::Source => &self.sources,
        }
    }

    /// The runs of that part that overlap the words.
    pub(super) fn over(&self, part: Part, words: Span) -> impl Iterator<Item = &Words> {
        let all = self.all(part);
        all[all.partition_point(|r| r.words.end <= words.start)..].iter().take_while(move |r| r.words.start < words.end)
    }

    /// The run of that part that the words touch, else the words.
    pub(super) fn widened(&self, words: Span, part: Part) -> Span {
        self.over(part, words).map(|r| r.words).max_by_key(|s| shared(*s, words)).unwrap_or(words)
    }

    /// The run of a part that is nearest to tokens: in the tree, then in tokens; never further than the next sentence.
    pub(super) fn nearest(&self, from: &Range<usize>, part: Part, reading: &Reading) -> Option<&Words> {
        let here = reading.head_of(from.clone())?;
        let cost = |run: &Words| {
            let there = reading.head_of(run.tokens.clone())?;
            let gap = if run.tokens.end <= from.start {
                from.start - run.tokens.end
            } else {
                run.tokens.start.checked_sub(from.end)?
            };
            let near = there.unit() == here.unit() && there.sentence().abs_diff(here.sentence()) <= 1;
            near.then(|| here.distance(there).map_or(12, |d| d * 2) + gap.min(30))
        };
        let all = self.all(part);
        let first = all.partition_point(|r| r.tokens.end + FAR < from.start);
        let around = all[first..].iter().take_while(|r| r.tokens.start < from.end + FAR);
        around.filter_map(|r| cost(r).map(|c| (c, r))).min_by_key(|(c, r)| (*c, r.tokens.start)).map(|r| r.1)
    }
}

/// A content whose subject begins before it ("the author [and poet Berg died]") takes all of the subject in.
fn with_subject(tokens: Range<usize>, reading: &Reading) -> Range<usize> {
    let subject = reading.head_of(tokens.clone()).and_then(|root| root.child_of(&["nsubj", "nsubjpass"]));
    match subject.filter(|s| tokens.contains(&s.i) && s.left_edge() < tokens.start) {
        Some(subject) => subject.left_edge()..tokens.end,
        None => tokens,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::blank;
    use super::*;
    use crate::extract::Form;

    #[test]
    fn what_lies_around_a_place_is_found_behind_a_longer_one() {
        let at = |start: usize, end: usize| blank(Form::Indirect, Span::new(start, end), "");
        let reach = Reach::of(&[at(0, 100), at(5, 10), at(20, 30), at(200, 210)]);
        assert_eq!(reach.near(Span::new(40, 50)), 0..3);
        assert_eq!(reach.near(Span::new(150, 205)), 3..4);
        assert!(reach.near(Span::new(300, 310)).is_empty());
        assert!(Reach::of(&[]).near(Span::new(0, 9)).is_empty());
    }
}
