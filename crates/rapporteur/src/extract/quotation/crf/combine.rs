//! What the chain reads, joined with what the rules read: words in marks stay as the rules have them; of what is said without marks
//! the chain says which words it is, the rules whose, and where only the chain sees it, its cue and source are the chain's too.

use std::ops::Range;

use language::{Pos, Reading, Span, Token};

use super::super::link::Place;
use super::super::marks::Stretch;
use super::super::source::{can_speak, of_noun, of_phrase, of_verb, words};
use super::super::{blank, holders, lexicon, with_marks};
use super::features::{Looks, ROW};
use super::labelled::{Labelled, Reach, Words};
use super::weights::Weights;
use super::{Part, Run, best, runs};
use crate::extract::{Context, Form, Quotation};
use crate::ingest::Note;

/// What the chain must have above nought to begin a content: a quotation too many costs a reader more than one too few. Chosen on
/// the dev half of PolNeAR and the two labelled stories.
const CAUTION: f32 = 0.5;

/// The runs of content, cue and source of an article, in text order.
pub(crate) fn read(
    weights: &Weights<'_>,
    context: Context<'_>,
    rules: &[Quotation],
    cues: &[Place],
    stretches: &[Stretch],
) -> Vec<Run> {
    let looks = Looks::of(context, rules, cues, stretches);
    let mut found = Vec::new();
    let mut row = [0; ROW];
    for unit in context.reading.units() {
        let mut scores = Vec::with_capacity(unit.len());
        for i in unit.clone() {
            let mut score = weights.score(looks.of_token(i, unit, &mut row));
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
    let labelled = Labelled::of(runs, reading);
    let reach = Reach::of(&rules);
    let mut notes = Vec::new();
    let mut found: Vec<Quotation> = Vec::new();
    let mut used = vec![false; rules.len()];
    for run in &labelled.contents {
        let content = without_opening(whole(run.words, stretches, reading.text()), reading.text());
        let near = reach.near(content);
        if content.is_empty() || rules[near.clone()].iter().any(|q| stands(q, content)) {
            continue;
        }
        let alike = |q: &Quotation| shared(q.content, content) as f32 / q.content.cover(content).len() as f32;
        // A rule whose cue stands among these words reads something else: what is said inside them.
        let free = |q: &Quotation| {
            matches!(q.form, Form::Indirect | Form::Mixed) && !q.cue.is_some_and(|c| content.contains(c))
        };
        let known = near.filter(|n| free(&rules[*n]) && alike(&rules[*n]) > 0.0);
        let known = known.max_by(|a, b| alike(&rules[*a]).total_cmp(&alike(&rules[*b])).then(b.cmp(a)));
        if let Some(n) = known {
            let first = !std::mem::replace(&mut used[n], true);
            if is_fragment(&rules[n]) {
                if first {
                    found.push(rules[n].clone());
                }
                continue;
            }
            // A rule that reads a clause where the labels read no verb of its own ("[an inquiry] was ordered, police said") has seen more.
            // "If he decides to go he would pay": what governs the cue is not what it introduces, unless the rule says so.
            let above = || reading.range(rules[n].cue.map_or(0..0, |c| reading.tokens_in(c))).last();
            let swallows = |t: Token<'_>| {
                let over = |a: &Token<'_>| content.contains(a.span()) && !rules[n].content.contains(a.span());
                t.ancestors().take(6).any(|a| over(&a))
            };
            let less = is_clause(rules[n].content, reading) && !is_clause(content, reading);
            let content = if less || rules[n].rule == "verb and infinitive" && above().is_some_and(swallows) {
                rules[n].content
            } else {
                content
            };
            // The part of a clause that holds none of its words in marks is told without them.
            let from = stretches.partition_point(|s| s.outer.end <= content.start);
            let marked = stretches.get(from).is_some_and(|s| content.overlaps(s.content));
            let form = if marked { rules[n].form } else { Form::Indirect };
            let rule = if rules[n].content == content { rules[n].rule } else { "rule, edges by the chain" };
            found.push(Quotation { content, form, rule, ..rules[n].clone() });
        } else {
            let from = stretches.partition_point(|s| s.outer.end <= content.start);
            let in_marks = stretches.get(from).is_some_and(|s| content.overlaps(s.content));
            let form = if in_marks { Form::Mixed } else { Form::Indirect };
            let mut quotation = blank(form, content, "chain");
            attribute(&mut quotation, run, &labelled, context);
            // "Reports vary between a knife and a “sharp tool”": words that the rules leave to nobody are none's for the chain either.
            let scare = |q: &Quotation| q.form == Form::Scare && content.contains(q.content);
            if quotation.source.is_none() && rules[reach.near(content)].iter().any(scare) {
                continue;
            }
            // A cue in another sentence reports another clause.
            if form == Form::Indirect && quotation.cue.is_some_and(|cue| !meets_sentence(cue, content, reading)) {
                continue;
            }
            // Words with neither cue nor source are nobody's, a name without a speaker is none ("the treaty was rejected"), and a
            // thing says nothing ("the move said nothing of tariffs").
            let speaker = quotation.source.and_then(|s| reading.head_of(reading.tokens_in(s)));
            let verb = |t: Token<'_>| matches!(t.pos(), Pos::Verb | Pos::Aux);
            if quotation.source.is_none() && (quotation.cue.is_none() || !reading.range(run.tokens.clone()).any(verb))
                || speaker.is_some_and(|s| !can_speak(s.resolve_relative(), context))
            {
                continue;
            }
            // What is done to a thing is no speech ("approved a budget", "the pact was rejected"), unless a word of speech does it.
            let reports = |c: Span| {
                let cue = || reading.range(reading.tokens_in(c));
                cue().any(|t| is_cue(t, reading)) && !cue().any(Token::is_passive)
            };
            if !is_clause(content, reading) && !quotation.cue.is_some_and(reports) {
                continue;
            }
            if !is_clause(content, reading) && is_taken(&quotation, &rules, &reach) {
                continue;
            }
            // "They reached the port, a step that drivers say is late": said of the step, not of what stands before it.
            let gap = |cue: Span| {
                let next = reading.get(reading.tokens_in(cue).end);
                content.end <= cue.start && next.is_some_and(|t| matches!(t.tag(), "VBZ" | "VBP" | "VBD" | "MD"))
            };
            if quotation.cue.is_some_and(gap) {
                continue;
            }
            notes.push(doubt(content, "The trained labels read a quotation here that the rules do not."));
            found.push(quotation);
        }
    }
    found.sort_by_key(|q| (q.content.start, std::cmp::Reverse(q.content.end)));
    let reach = Reach::of(&found);
    let meets = |span: Span| reach.near(span).any(|n| found[n].content.overlaps(span));
    let (mut kept, mut kept_to) = (Vec::new(), 0);
    for quotation in rules.into_iter().zip(&used).filter(|(_, used)| !**used).map(|(q, _)| q) {
        let content = quotation.content;
        let alone = content.start >= kept_to && !meets(content);
        let from = stretches.partition_point(|s| s.outer.end <= content.start);
        let marked = stretches.get(from).is_some_and(|s| content.overlaps(s.content));
        // "According to" is certain by itself.
        if quotation.form != Form::Indirect || alone && (marked || quotation.rule == "according to") {
            kept_to = kept_to.max(content.end);
            kept.push(quotation);
        } else if labelled.over(Part::Content, content).next().is_none() {
            notes.push(doubt(content, "The rules read a quotation here that the trained labels do not."));
        }
    }
    found.extend(kept);
    for quotation in &mut found {
        let speech = !matches!(quotation.form, Form::Heading | Form::Scare) && !quotation.carried_over;
        if speech && quotation.source.is_none() {
            let tokens = reading.tokens_in(quotation.cue.unwrap_or(quotation.content));
            let source = labelled.nearest(&tokens, Part::Source, reading);
            let same = |head: Token<'_>| reading.get(tokens.start).is_some_and(|t| t.sentence() == head.sentence());
            // "The migrants are expected to": of whom it is said does not say it.
            let told_of = |head: Token<'_>| {
                head.first_conjunct().dep() == "nsubjpass"
                    && head
                        .first_conjunct()
                        .head()
                        .is_some_and(|v| tokens.contains(&v.i) && !matches!(v.lemma(), "quote" | "cite"))
            };
            let fits = |s: &&Words| reading.head_of(s.tokens.clone()).is_some_and(|h| same(h) && !told_of(h));
            give(quotation, source.filter(fits), context);
        }
        quotation.cue = quotation.cue.map(|c| labelled.widened(c, Part::Cue));
        if !quotation.carried_over {
            quotation.source = quotation.source.map(|s| closed(labelled.widened(s, Part::Source), reading.text()));
        }
        quotation.content = closed(quotation.content, reading.text());
    }
    found.sort_by_key(|q| (q.content.start, std::cmp::Reverse(q.content.end)));
    found.dedup_by(|b, a| a.content == b.content);
    (found, notes)
}

/// Whether two stretches of text have a sentence in common.
fn meets_sentence(a: Span, b: Span, reading: &Reading) -> bool {
    let sentences = |span: Span| {
        let tokens = reading.tokens_in(span);
        let of = |i: usize| reading.get(i).map(Token::sentence);
        (of(tokens.start), of(tokens.end.saturating_sub(1)))
    };
    let ((a, to_a), (b, to_b)) = (sentences(a), sentences(b));
    a <= to_b && b <= to_a
}

/// A noun that the labels give to a verb which by the rules has its clause already ("the tariffs" of "the tariffs rose, the ministry
/// said it had reached a deal").
fn is_taken(quotation: &Quotation, rules: &[Quotation], reach: &Reach) -> bool {
    let Some(cue) = quotation.cue else { return false };
    // The clause of a verb begins in its sentence.
    let near = reach.near(Span::new(cue.start.saturating_sub(SENTENCE), cue.end + SENTENCE));
    let other = |q: &Quotation| q.rule == "verb and clause" && !q.content.overlaps(quotation.content);
    rules[near].iter().any(|q| q.cue == Some(cue) && other(q))
}

/// Bytes of a long sentence.
const SENTENCE: usize = 1 << 10;

/// Whether a verb of its own stands among the words, or they are an infinitive.
fn is_clause(words: Span, reading: &Reading) -> bool {
    reading.range(reading.tokens_in(words)).any(|t| matches!(t.tag(), "VBD" | "VBZ" | "VBP" | "MD" | "TO"))
}

fn is_cue(token: Token<'_>, reading: &Reading) -> bool {
    lexicon::verb(token).is_some()
        || lexicon::noun(token).is_some()
        || lexicon::adjective(token).is_some()
        || lexicon::phrase(reading, token.i).is_some()
}

/// The words with the marks at their ends, and with all of what stands between marks that they reach into.
fn whole(content: Span, stretches: &[Stretch], text: &str) -> Span {
    let from = stretches.partition_point(|s| s.outer.end <= content.start);
    let near = stretches[from..].iter().take_while(|s| s.outer.start < content.end);
    let reached = near.filter(|s| s.content.overlaps(content) && !s.content.contains(content));
    // Once for all of them: one long content can reach thousands.
    with_marks(reached.fold(content, |whole, s| whole.cover(s.content)), stretches, text)
}

/// Without the conjunction and the mark that open the next words: "was “pleased” and “" of "was “pleased” and “will go on”".
fn without_opening(words: Span, text: &str) -> Span {
    let inside = words.of(text);
    let cut = inside.trim_end_matches(['“', '"', '‘']).trim_end();
    if cut.len() == inside.len() || !inside[cut.len()..].starts_with(char::is_whitespace) {
        return words;
    }
    let cut = [" and", " but", " or"].iter().find_map(|w| cut.strip_suffix(w)).unwrap_or(cut);
    Span::new(words.start, words.start + cut.trim_end().len())
}

/// With the bracket that closes one opened inside: "Senator Berg (D-Ohio)".
fn closed(words: Span, text: &str) -> Span {
    let inside = words.of(text);
    let behind = &text[words.end..];
    let stop = usize::from(behind.starts_with('.'));
    let open = inside.matches('(').count() > inside.matches(')').count();
    if open && behind[stop..].starts_with(')') { Span::new(words.start, words.end + stop + 1) } else { words }
}

fn doubt(span: Span, message: &str) -> Note {
    Note { kind: "quotation_doubt".to_owned(), span: Some(span), message: message.to_owned() }
}

/// Words in marks that are part of the outlet's own sentence: the marks are their edges, whatever clause they stand in.
fn is_fragment(quotation: &Quotation) -> bool {
    quotation.form == Form::Mixed
        && matches!(quotation.rule, "marks and cue" | "floating" | "carried over" | "carried back" | "words of a work")
}

pub(super) fn shared(a: Span, b: Span) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Whether the words are already a quotation in marks or a heading, at least half of them.
fn stands(quotation: &Quotation, content: Span) -> bool {
    let certain = matches!(quotation.form, Form::Direct | Form::Heading);
    certain && shared(quotation.content, content) * 2 >= content.len().min(quotation.content.len())
}

/// Gives a content that only the chain sees the nearest cue, and who says it: by grammar the cue's subject, else the nearest source.
fn attribute(quotation: &mut Quotation, content: &Words, labelled: &Labelled, context: Context<'_>) {
    let reading = context.reading;
    let cue = labelled.nearest(&content.tokens, Part::Cue, reading);
    quotation.cue = cue.map(|r| r.words);
    let speaker = cue.and_then(|c| speaker_of(&c.tokens, context)).filter(|s| !content.tokens.contains(&s.i));
    let (Some(cue), Some(speaker)) = (cue, speaker) else {
        let from = cue.map_or(&content.tokens, |c| &c.tokens);
        let place = reading.span(from.clone());
        let source = labelled.nearest(from, Part::Source, reading);
        give(quotation, source.filter(|s| meets_sentence(s.words, place, reading)), context);
        return;
    };
    quotation.source = Some(match labelled.over(Part::Source, speaker.span()).next() {
        Some(run) => run.words,
        None => words(speaker, cue.tokens.clone(), &[content.words]),
    });
    quotation.holder = holders(speaker, context);
}

/// Whom grammar gives the words of a cue to: the subject of its verb, the owner of its noun, the object of its phrase.
fn speaker_of<'a>(cue: &Range<usize>, context: Context<'a>) -> Option<Token<'a>> {
    let reading = context.reading;
    if let Some(phrase) = lexicon::phrase(reading, cue.start) {
        return of_phrase(reading.get(phrase.end.checked_sub(1)?)?, context);
    }
    let verb = reading.range(cue.clone()).find(|t| t.pos() == Pos::Verb);
    let noun = || reading.range(cue.clone()).find(|t| lexicon::noun(*t).is_some());
    verb.and_then(|v| of_verb(v, context)).or_else(|| noun().and_then(|n| of_noun(n, context)))
}

/// Makes the words of a run the source.
fn give(quotation: &mut Quotation, source: Option<&Words>, context: Context<'_>) {
    if let Some(run) = source
        && let Some(head) = context.reading.head_of(run.tokens.clone())
    {
        quotation.source = Some(run.words);
        quotation.holder = holders(head, context);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_that_opens_inside_is_closed() {
        let check = |words: &str, text: &str, expected: &str| {
            let start = text.find(words).expect("the words stand in the text");
            assert_eq!(closed(Span::new(start, start + words.len()), text).of(text), expected);
        };
        check("Berg (D-Ohio", "Senator Berg (D-Ohio) said", "Berg (D-Ohio)");
        check("Berg (D-Ga", "Senator Berg (D-Ga.) said", "Berg (D-Ga.)");
        check("Berg", "(said Berg)", "Berg");
        check("Berg (D-Ohio", "Senator Berg (D-Ohio", "Berg (D-Ohio");
    }
}
