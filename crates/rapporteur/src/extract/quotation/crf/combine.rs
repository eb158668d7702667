//! What the chain reads, joined with what the rules read: words in marks stay as the rules have them; of what is said without marks
//! the chain says which words it is, the rules whose, and where only the chain sees it, its cue and source are the chain's too.

use language::{Pos, Reading, Span, Token};

use super::super::link::Place;
use super::super::marks::Stretch;
use super::super::source::can_speak;
use super::super::{blank, holder_of, with_marks};
use super::features::Looks;
use super::weights::Weights;
use super::{Part, Run, best, runs};
use crate::extract::{Context, Form, Quotation};
use crate::ingest::Note;

/// What the chain must have above nought to begin a content: a quotation too many costs a reader more than one too few. Chosen on
/// the dev half of PolNeAR and the two labelled stories.
const CAUTION: f32 = 0.5;

/// The runs of content, cue and source of an article, in text order.
pub(crate) fn read(
    weights: &Weights,
    context: Context<'_>,
    rules: &[Quotation],
    cues: &[Place],
    stretches: &[Stretch],
) -> Vec<Run> {
    let looks = Looks::of(context, rules, cues, stretches);
    let mut found = Vec::new();
    let mut features = Vec::with_capacity(128);
    for unit in context.reading.units() {
        let mut scores = Vec::with_capacity(unit.len());
        for i in unit.clone() {
            features.clear();
            looks.each(i, unit, |f| features.push(f));
            let mut score = weights.score(features.iter().copied());
            score[usize::from(Part::Content.first())] -= CAUTION;
            scores.push(score);
        }
        let steps: Vec<u8> = unit.clone().map(|i| looks.step(i)).collect();
        found.extend(runs(&best(&scores, &steps, weights), unit.start));
    }
    found
}

/// The quotations of both in text order, and a note for each on which they disagree.
pub(crate) fn join(
    rules: Vec<Quotation>,
    runs: &[Run],
    stretches: &[Stretch],
    context: Context<'_>,
) -> (Vec<Quotation>, Vec<Note>) {
    let reading = context.reading;
    let mut notes = Vec::new();
    let mut found: Vec<Quotation> = Vec::new();
    let mut used = vec![false; rules.len()];
    for run in runs.iter().filter(|r| r.part == Part::Content) {
        let content = whole(reading.span(run.tokens.clone()), stretches, reading.text());
        if content.is_empty() || rules.iter().any(|q| stands(q, content)) {
            continue;
        }
        let free = |q: &Quotation| matches!(q.form, Form::Indirect | Form::Mixed);
        let shared = |q: &Quotation| shared(q.content, content) as f32 / q.content.cover(content).len() as f32;
        let known = (0..rules.len()).filter(|n| free(&rules[*n]) && shared(&rules[*n]) > 0.0);
        let known = known.max_by(|a, b| shared(&rules[*a]).total_cmp(&shared(&rules[*b])).then(b.cmp(a)));
        if let Some(n) = known {
            used[n] = true;
            if is_fragment(&rules[n]) {
                if !found.iter().any(|q| q.content == rules[n].content) {
                    found.push(rules[n].clone());
                }
                continue;
            }
            let form = rules[n].form;
            let rule = if rules[n].content == content { rules[n].rule } else { "rule, edges by the chain" };
            found.push(Quotation { content, form, rule, ..rules[n].clone() });
        } else {
            let in_marks = stretches.iter().any(|s| content.overlaps(s.content));
            let form = if in_marks { Form::Mixed } else { Form::Indirect };
            let mut quotation = blank(form, content, "chain");
            attribute(&mut quotation, run, runs, context);
            // Words with neither cue nor source are nobody's, a name without a speaker is none ("the treaty was rejected"), and a thing says nothing ("the move said nothing of tariffs").
            let speaker = quotation.source.and_then(|s| reading.head_of(reading.tokens_in(s)));
            let verb = |t: Token<'_>| matches!(t.pos(), Pos::Verb | Pos::Aux);
            if quotation.source.is_none() && (quotation.cue.is_none() || !reading.range(run.tokens.clone()).any(verb))
                || speaker.is_some_and(|s| !can_speak(s.resolve_relative(), context))
            {
                continue;
            }
            notes.push(doubt(content, "The trained labels read a quotation here that the rules do not."));
            found.push(quotation);
        }
    }
    let contents: Vec<Span> =
        runs.iter().filter(|r| r.part == Part::Content).map(|r| reading.span(r.tokens.clone())).collect();
    let left = rules.into_iter().zip(&used).filter(|(_, used)| !**used);
    for quotation in left.map(|(q, _)| q) {
        // "According to" is certain by itself.
        if quotation.rule == "according to" && !found.iter().any(|q| q.content.overlaps(quotation.content)) {
            found.push(quotation);
            continue;
        }
        let marked = stretches.iter().any(|s| quotation.content.overlaps(s.content));
        if quotation.form != Form::Indirect || marked && !found.iter().any(|q| q.content.overlaps(quotation.content)) {
            found.push(quotation);
        } else if !contents.iter().any(|c| c.overlaps(quotation.content)) {
            notes.push(doubt(quotation.content, "The rules read a quotation here that the trained labels do not."));
        }
    }
    for quotation in &mut found {
        let speech = !matches!(quotation.form, Form::Heading | Form::Scare) && !quotation.carried_over;
        if speech && quotation.source.is_none() {
            let tokens = reading.tokens_in(quotation.cue.unwrap_or(quotation.content));
            let from = Run { part: Part::Content, tokens };
            let source = nearest(&from, Part::Source, runs, reading);
            let same =
                |head: Token<'_>| reading.get(from.tokens.start).is_some_and(|t| t.sentence() == head.sentence());
            give(quotation, source.filter(|s| reading.head_of(s.tokens.clone()).is_some_and(same)), context);
        }
        quotation.cue = quotation.cue.map(|c| as_labelled(c, Part::Cue, runs, reading));
        if !quotation.carried_over {
            quotation.source = quotation.source.map(|s| as_labelled(s, Part::Source, runs, reading));
        }
    }
    found.sort_by_key(|q| (q.content.start, std::cmp::Reverse(q.content.end)));
    found.dedup_by(|b, a| a.content == b.content);
    (found, notes)
}

/// The words with the marks at their ends, and with all of what stands between marks that they reach into.
fn whole(content: Span, stretches: &[Stretch], text: &str) -> Span {
    let from = stretches.partition_point(|s| s.outer.end <= content.start);
    let near = stretches[from..].iter().take_while(|s| s.outer.start < content.end);
    near.filter(|s| s.content.overlaps(content) && !s.content.contains(content))
        .fold(with_marks(content, stretches, text), |whole, s| with_marks(whole.cover(s.content), stretches, text))
}

fn doubt(span: Span, message: &str) -> Note {
    Note { kind: "quotation_doubt".to_owned(), span: Some(span), message: message.to_owned() }
}

/// Words in marks that are part of the outlet's own sentence: the marks are their edges, whatever clause they stand in.
fn is_fragment(quotation: &Quotation) -> bool {
    quotation.form == Form::Mixed
        && matches!(quotation.rule, "marks and cue" | "floating" | "carried over" | "carried back")
}

fn shared(a: Span, b: Span) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Whether the words are already a quotation in marks or a heading, at least half of them.
fn stands(quotation: &Quotation, content: Span) -> bool {
    let certain = matches!(quotation.form, Form::Direct | Form::Heading);
    certain && shared(quotation.content, content) * 2 >= content.len().min(quotation.content.len())
}

/// The run of that part that the words touch, else the words.
fn as_labelled(words: Span, part: Part, runs: &[Run], reading: &Reading) -> Span {
    let spans = runs.iter().filter(|r| r.part == part).map(|r| reading.span(r.tokens.clone()));
    spans.filter(|s| s.overlaps(words)).max_by_key(|s| shared(*s, words)).unwrap_or(words)
}

/// Gives a content that only the chain sees the nearest cue and, from there, the nearest source of its block.
fn attribute(quotation: &mut Quotation, content: &Run, runs: &[Run], context: Context<'_>) {
    let reading = context.reading;
    let cue = nearest(content, Part::Cue, runs, reading);
    let from = cue.unwrap_or(content);
    let source = nearest(from, Part::Source, runs, reading);
    quotation.cue = cue.map(|r| reading.span(r.tokens.clone()));
    give(quotation, source, context);
}

/// Makes the words of a run the source.
fn give(quotation: &mut Quotation, source: Option<&Run>, context: Context<'_>) {
    let reading = context.reading;
    if let Some(run) = source
        && let Some(head) = reading.head_of(run.tokens.clone())
    {
        quotation.source = Some(reading.span(run.tokens.clone()));
        quotation.holder = holder_of(head, context);
    }
}

/// The run of a part that is nearest to another: in the tree, then in tokens; never further than the next sentence.
fn nearest<'a>(from: &Run, part: Part, runs: &'a [Run], reading: &Reading) -> Option<&'a Run> {
    let head = |run: &Run| reading.head_of(run.tokens.clone());
    let here = head(from)?;
    let cost = |run: &Run| {
        let there: Token<'_> = head(run)?;
        let gap = if run.tokens.end <= from.tokens.start {
            from.tokens.start - run.tokens.end
        } else {
            run.tokens.start.checked_sub(from.tokens.end)?
        };
        let near = there.unit() == here.unit() && there.sentence().abs_diff(here.sentence()) <= 1;
        near.then(|| here.distance(there).map_or(12, |d| d * 2) + gap.min(30))
    };
    let runs = runs.iter().filter(|r| r.part == part).filter_map(|r| cost(r).map(|c| (c, r)));
    runs.min_by_key(|(c, r)| (*c, r.tokens.start)).map(|r| r.1)
}
