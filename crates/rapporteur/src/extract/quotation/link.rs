//! From words in marks to the cue that introduces them: the dependency path first, then the distance in tokens, with what the
//! punctuation around the marks says about the side on which the cue stands.

use std::ops::Range;

use language::{Reading, Span, Token};

use super::lexicon::{self, Cue};
use super::marks::Stretch;
use super::source;
use crate::extract::Context;

/// A cue where it stands, outside all marks.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The token that carries it.
    pub(crate) token: usize,
    /// All its tokens: "has said", "according to".
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: Kind,
    /// What the word list says; `None` for a phrase.
    pub(crate) cue: Option<&'static Cue>,
    /// Head of the words that name who says it.
    pub(crate) source: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Verb,
    Noun,
    Adjective,
    Phrase,
}

impl Place {
    pub(crate) fn takes(&self, what: &str) -> bool {
        self.cue.map_or(matches!(what, "quote" | "np"), |c| c.takes(what))
    }

    /// The preposition or particle that makes the verb the cue that it is: "at" of "hint at".
    pub(crate) fn particle<'a>(&self, token: Token<'a>) -> Option<Token<'a>> {
        self.tokens
            .clone()
            .filter(|i| *i > token.i)
            .find_map(|i| token.children().find(|c| c.i == i && c.dep() == "prep"))
    }
}

/// All cues of a reading that stand outside the stretches, in text order.
pub(crate) fn cues(context: Context<'_>, stretches: &[Stretch]) -> Vec<Place> {
    let reading = context.reading;
    let mut found: Vec<Place> = Vec::new();
    let mut s = 0;
    let mut i = 0;
    while i < reading.len() {
        let token = reading.token(i);
        while stretches.get(s).is_some_and(|m| m.outer.end <= token.span().start) {
            s += 1;
        }
        let inside = stretches.get(s).is_some_and(|m| m.outer.overlaps(token.span()));
        let next = if inside { None } else { place(token, context).map(|p| outside_marks(p, stretches, context)) };
        i = next.as_ref().filter(|p| p.kind == Kind::Phrase).map_or(i + 1, |p| p.tokens.end);
        found.extend(next);
    }
    found
}

/// A source among words in marks is a parse gone wrong: whoever stands between the marks and the cue, else nobody.
fn outside_marks(place: Place, stretches: &[Stretch], context: Context<'_>) -> Place {
    let reading = context.reading;
    let Some(source) = place.source.map(|s| reading.token(s)) else { return place };
    let stretch = stretches.get(stretches.partition_point(|s| s.outer.end <= source.span().start));
    let Some(stretch) = stretch.filter(|s| s.outer.contains(source.span())) else { return place };
    let behind = reading.tokens_in(stretch.outer).end;
    let beside =
        (behind < place.tokens.start).then(|| source::first_named(behind..place.tokens.start, context)).flatten();
    Place { source: beside.map(|t| t.i), ..place }
}

fn place(token: Token<'_>, context: Context<'_>) -> Option<Place> {
    let reading = context.reading;
    if let Some(tokens) = lexicon::phrase(reading, token.i) {
        let last = reading.token(tokens.end - 1);
        let source = source::of_phrase(last, context).map(|t| t.i);
        return Some(Place { token: last.i, tokens, kind: Kind::Phrase, cue: None, source });
    }
    // "so-called" reports nothing.
    if token.before().is_some_and(|b| matches!(b.text(), "-" | "‑") && !b.space_after()) {
        return None;
    }
    let (kind, cue, source) = if let Some(cue) = lexicon::verb(token) {
        (Kind::Verb, cue, source::of_verb(token, context))
    } else if let Some(cue) = lexicon::noun(token) {
        (Kind::Noun, cue, source::of_noun(token, context))
    } else {
        let cue = lexicon::adjective(token)?;
        (Kind::Adjective, cue, source::of_verb(token.head().unwrap_or(token), context))
    };
    Some(Place { token: token.i, tokens: group(token), kind, cue: Some(cue), source: source.map(|t| t.i) })
}

/// A verb with its auxiliaries, negation and adverbs before it and its particle behind it, as far as they touch.
fn group(token: Token<'_>) -> Range<usize> {
    let mut range = token.i..token.i + 1;
    let part = |t: Token<'_>| {
        t.head().is_some_and(|h| h.i == token.i)
            && matches!(t.dep(), "aux" | "auxpass" | "neg" | "advmod")
            && t.tag() != "WRB"
    };
    while range.start > 0 && part(token.reading().token(range.start - 1)) {
        range.start -= 1;
    }
    if let Some(words) = lexicon::with_particle(token) {
        range.end = range.end.max(words.end);
    }
    range
}

/// What stands around a stretch.
pub(crate) struct Around<'a> {
    pub(crate) tokens: Range<usize>,
    /// The characters next to the marks, white space left out; `None` at the ends of the block.
    pub(crate) before: Option<char>,
    pub(crate) after: Option<char>,
    /// The last character inside.
    pub(crate) last: Option<char>,
    pub(crate) words: &'a str,
}

impl<'a> Around<'a> {
    pub(crate) fn of(stretch: &Stretch, block: Span, reading: &'a Reading) -> Around<'a> {
        let text = reading.text();
        let words = stretch.content.of(text);
        Around {
            tokens: reading.tokens_in(stretch.content),
            before: Span::new(block.start, stretch.outer.start).of(text).trim_end().chars().next_back(),
            after: Span::new(stretch.outer.end, block.end).of(text).trim_start().chars().next(),
            last: last_inside(words),
            words,
        }
    }

    /// The block that the words stand in.
    pub(crate) fn unit(&self, reading: &Reading) -> usize {
        reading.get(self.tokens.start).map_or(usize::MAX, |t| t.unit())
    }

    /// Whether the words are a sentence of their own by their edges: they begin one and end one, or a comma leads to the cue.
    pub(crate) fn is_whole(&self) -> bool {
        let starts = self.before.is_none_or(|c| {
            matches!(c, '.' | '!' | '?' | ',' | ':' | ';' | '—' | '–' | '"' | '”' | '“' | '…' | '\'' | '’' | ')')
        });
        let capital = self.words.chars().find(|c| c.is_alphanumeric()).is_none_or(|c| !c.is_lowercase());
        let closes = self.last.is_some_and(|c| matches!(c, '.' | '!' | '?' | ',' | '…' | '—' | '–' | '-' | ';'))
            || self.after.is_none_or(|c| matches!(c, ',' | '.'));
        let goes_on = self.after.is_some_and(char::is_lowercase) && matches!(self.last, Some('.' | '!'));
        starts && closes && (capital || self.before == Some(',')) && !goes_on
    }

    /// Whether a comma or question inside, or a comma outside, says that the cue follows.
    fn leads_on(&self) -> bool {
        matches!(self.last, Some(',' | '?' | '!' | '—' | '–' | '…' | '-'))
            || matches!(self.after, Some(',' | '—' | '–'))
    }
}

/// The last character that is no mark of a quotation inside this one: the comma of "their mantra of ‘no talks,’".
fn last_inside(words: &str) -> Option<char> {
    let inner = words.trim_end_matches(['\'', '’', '”', '"']);
    let stop = inner.chars().next_back().filter(|c| matches!(c, ',' | '.' | '!' | '?' | '…'));
    stop.or_else(|| words.chars().next_back())
}

/// The cue of a stretch: its place in `cues`. `None`: the words float, or nobody is said to say them.
pub(crate) fn cue_of(
    around: &Around<'_>,
    stretches: &[Stretch],
    at: usize,
    cues: &[Place],
    context: Context<'_>,
) -> Option<usize> {
    let reading = context.reading;
    let (first, last) = (around.tokens.start, around.tokens.end.checked_sub(1)?);
    let stretch = &stretches[at];
    let sentence = |i: usize| reading.get(i).map(|t| t.sentence());
    let from = sentence(first).map(|s| reading.sentences()[s.saturating_sub(1)].tokens.start)?;
    let to = [last, last + 1, last + 2]
        .iter()
        .filter_map(|i| sentence(*i))
        .map(|s| reading.sentences()[s].tokens.end)
        .max()?;
    // A sentence longer than this is a list or no sentence.
    let (from, to) = (from.max(first.saturating_sub(FAR)), to.min(last + FAR));
    let window = cues.partition_point(|c| c.token < from)..cues.partition_point(|c| c.token < to);
    let paths = paths(around.tokens.clone(), reading);
    let aside = aside(first, stretches, reading);
    let cost = |place: &Place| {
        let token = reading.token(place.token);
        if token.unit() != reading.token(first).unit() || aside.as_ref().is_some_and(|a| a.contains(&token.i)) {
            return None;
        }
        let steps = paths.iter().find(|p| p.0 == place.token).map(|p| p.1);
        let near = if token.i < first {
            before(place, stretch, around, stretches, reading)
        } else {
            after(place, around, stretches, reading)
        };
        let tree =
            steps.map(|s| s as f32 * 1.2).filter(|_| place.takes("quote") || place.takes("as") || !around.is_whole());
        let base = match (tree, near) {
            (Some(t), Some(n)) => t.min(n),
            (Some(t), None) if !around.is_whole() || token.sentence() == reading.token(last).sentence() => t + 1.0,
            (None, Some(n)) => n,
            _ => return None,
        };
        Some(base + manner(place, around, token))
    };
    let costs = window.filter_map(|c| cost(&cues[c]).map(|x| (c, x))).filter(|c| c.1 < 12.0);
    let best = costs.min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0))).map(|c| c.0)?;
    Some(between(best, first, cues, reading).unwrap_or(best))
}

/// "They agreed to talks, which envoys have said would end “the long war”": all behind "said" is what the envoys said of the talks,
/// whatever the parser hangs it on.
fn between(best: usize, first: usize, cues: &[Place], reading: &Reading) -> Option<usize> {
    let from = reading.token(cues.get(best)?.token);
    let relative = |place: &Place| {
        let verb = reading.token(place.token);
        let next = reading.get(place.tokens.end).is_some_and(|t| matches!(t.tag(), "MD" | "VBZ" | "VBP" | "VBD"));
        let object = verb.children().any(|c| matches!(c.tag(), "WDT" | "WP") && c.i < verb.i);
        next && object && verb.dep() == "relcl" && place.source.is_some() && verb.sentence() == from.sentence()
    };
    let near = best + 1..cues.partition_point(|c| c.token < first).max(best + 1);
    near.rev().find(|c| relative(&cues[*c]))
}

/// How many tokens away a cue can stand.
const FAR: usize = 300;

/// How many tokens a parenthesis may have.
const ASIDE: usize = 40;

/// What stands between two dashes right before the words ("Berg spoke — which the Gazette noted — “...”"), where no words in marks
/// stand before it: its cues are not theirs.
fn aside(first: usize, stretches: &[Stretch], reading: &Reading) -> Option<Range<usize>> {
    let dash = |t: &Token<'_>| matches!(t.text(), "—" | "–" | "--");
    let close = reading.range(first.saturating_sub(2)..first).rev().find(dash)?;
    let start = reading.sentences()[close.sentence()].tokens.start.max(close.i.saturating_sub(ASIDE));
    let open = reading.range(start.min(close.i)..close.i).rev().find(dash)?;
    let from = stretches.partition_point(|s| s.outer.end <= reading.token(start.min(open.i)).span().start);
    let marked = stretches.get(from).is_some_and(|s| s.outer.start < open.span().start);
    (!marked && open.i + 2 < close.i).then_some(open.i + 1..close.i)
}

/// The governors of the stretch with their distance: of each token whose head lies outside, up to eight steps.
fn paths(tokens: Range<usize>, reading: &Reading) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for token in reading.range(tokens.clone()).filter(|t| !matches!(t.dep(), "punct")) {
        for (n, above) in token.ancestors().take(8).filter(|a| !tokens.contains(&a.i)).enumerate() {
            match found.iter().position(|f| f.0 == above.i) {
                Some(known) => found[known].1 = found[known].1.min(n),
                None if found.len() < 64 => found.push((above.i, n)),
                None => {}
            }
        }
    }
    found
}

/// What speaks against a cue whatever its place.
fn manner(place: &Place, around: &Around<'_>, token: Token<'_>) -> f32 {
    let mut cost = 0.0;
    if place.source.is_none() {
        cost += 3.0;
    }
    match (place.kind, place.cue) {
        (Kind::Verb, Some(cue)) if cue.sense == "speak" || cue.sense == "express" => cost += 2.0,
        (Kind::Verb, Some(cue)) if !cue.takes("quote") => cost += if around.is_whole() { 6.0 } else { 2.0 },
        (Kind::Noun, _) => cost += 2.5,
        (Kind::Adjective, _) => cost += 5.0,
        (Kind::Phrase, _) => cost += 1.0,
        _ => {}
    }
    if around.is_whole() && (token.dep() == "relcl" || token.ancestors().take(2).any(|a| a.dep() == "relcl")) {
        cost += 3.0;
    }
    cost
}

/// Tokens between two places that are neither punctuation nor in marks.
fn gap(range: Range<usize>, stretches: &[Stretch], reading: &Reading) -> f32 {
    let range = range.start..range.end.min(range.start + 60);
    let span = reading.span(range.clone());
    let from = stretches.partition_point(|s| s.outer.end <= span.start);
    let marked = |t: &Token<'_>| {
        stretches[from..].iter().take_while(|s| s.outer.start < span.end).any(|s| s.outer.overlaps(t.span()))
    };
    reading.range(range).filter(|t| t.pos() != language::Pos::Punct && !marked(t)).count() as f32
}

fn before(
    place: &Place,
    stretch: &Stretch,
    around: &Around<'_>,
    stretches: &[Stretch],
    reading: &Reading,
) -> Option<f32> {
    let first = around.tokens.start;
    let token = reading.token(place.token);
    let words = gap(place.tokens.end..first, stretches, reading);
    let same = token.sentence() == reading.token(first).sentence();
    let between = Span::new(token.span().end, stretch.outer.start);
    let stop = between.of(reading.text()).trim_end().trim_end_matches(['.', '!', '?']).len()
        < between.of(reading.text()).trim_end().len();
    match around.before {
        // The sentence that ends in the colon brings the words, not the one before it.
        Some(':') => {
            let colon = reading.range(first.saturating_sub(3)..first).rev().find(|t| t.text() == ":");
            let brings = colon.is_none_or(|c| c.sentence() == token.sentence());
            brings.then_some((words * 0.2).min(4.0))
        }
        _ if stop => None,
        Some(',') if around.is_whole() => Some(words * 0.4 + if same { 0.0 } else { 1.0 } + own_clause(token, around)),
        _ if around.is_whole() => Some(words * 0.5 + 1.0 + own_clause(token, around)),
        _ if same => Some(words * 0.6 + 1.5),
        _ => None,
    }
}

/// A cue that has its own clause outside the marks needs no words in marks.
fn own_clause(token: Token<'_>, around: &Around<'_>) -> f32 {
    let clause = token.children().find(|c| c.dep() == "ccomp" && !around.tokens.contains(&c.i));
    if clause.is_some_and(|c| c.right_edge() < around.tokens.start || c.left_edge() >= around.tokens.end) {
        4.0
    } else {
        0.0
    }
}

fn after(place: &Place, around: &Around<'_>, stretches: &[Stretch], reading: &Reading) -> Option<f32> {
    let token = reading.token(place.token);
    let last = around.tokens.end - 1;
    let words = gap(last + 1..place.tokens.start, stretches, reading);
    let comma = matches!(around.last, Some(',')) || matches!(around.after, Some(','));
    // The words behind the marks are one sentence with the cue, or the cue is none of theirs.
    let next = reading.range(last + 1..last + 4).find(|t| t.pos() != language::Pos::Punct);
    let stop = next.is_none_or(|n| n.sentence() != token.sentence());
    if !around.leads_on() || stop && !comma {
        return None;
    }
    if comma && !around.is_whole() {
        return Some(words * 0.5 + 3.0);
    }
    if comma {
        return Some(words * 0.25 - 1.0 + own_clause(token, around));
    }
    // "Really?" he asked.
    (words <= 8.0).then_some(words * 0.5 + 0.5 + own_clause(token, around))
}
