//! What each sentence is: a report, somebody's words, a standing fact, a judgement of the author, a forecast.
//!
//! What is said by others is set aside first (the quotations). What is left is the author's: its main clauses give the label by
//! mood, tense and verb (`clause`), and the judging words beside them (`opinion`) add `opinion`. In an article that judges
//! throughout, a weak word is enough; in a report it takes a strong one or two. Labels hold for the wording, not for the truth.

mod clause;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

use language::{Pos, Span, Token};

use super::opinion::{self, Hit};
use super::quotation::lexicon;
use super::{Context, Form, HolderKind, Quotation, SentenceLabel};
use crate::ingest::BlockKind;
use clause::{Clause, Kind};

/// From this share of judging sentences among the author's own, the article is a commentary.
const COMMENTARY: f32 = 0.35;
/// With fewer sentences of the author's own, nothing is said of the article as a whole.
const FEW: usize = 4;

/// All sentences of an article with their labels, in text order. Headlines and subheads are one sentence each; furniture, bylines
/// and date lines are `boilerplate`, divided at their full stops.
pub(crate) fn find(context: Context<'_>, hits: &[Hit]) -> Vec<SentenceLabel> {
    let spoken = spoken(context);
    let own: Vec<Own> =
        (0..context.reading.sentences().len()).map(|n| own(n, block_of(context, n), context, hits, &spoken)).collect();
    let commentary = is_commentary(&own);
    let mut found: Vec<SentenceLabel> = Vec::new();
    for sentence in &own {
        let span = sentence.span;
        if span.is_empty() {
            continue;
        }
        let (label, rule) = match sentence.block {
            Some(BlockKind::Headline) => ("headline".to_owned(), "block".to_owned()),
            Some(BlockKind::Subhead) => ("subhead".to_owned(), "block".to_owned()),
            Some(BlockKind::Byline | BlockKind::Dateline | BlockKind::Boilerplate) => {
                ("boilerplate".to_owned(), "block".to_owned())
            }
            _ => label(sentence, commentary),
        };
        // A heading is one, whatever the parser makes of it.
        match found.last_mut().filter(|l| label.ends_with("head") || label == "headline" && l.label == label) {
            Some(last) if last.label == label && same_block(context, last.span, span) => last.span.end = span.end,
            _ => found.push(SentenceLabel { span, label, rule }),
        }
    }
    let text = &context.article.text;
    for block in context.article.blocks.iter().filter(|b| b.kind == BlockKind::Boilerplate) {
        let rule = "block".to_owned();
        let parts = pieces(text, block.span).into_iter();
        found.extend(parts.map(|span| SentenceLabel { span, label: "boilerplate".to_owned(), rule: rule.clone() }));
    }
    found.sort_by_key(|l| (l.span.start, l.span.end));
    found
}

/// For each token whether it is somebody else's: it stands in words or a clause given to a source, or names the source or the cue.
pub(crate) fn spoken(context: Context<'_>) -> Vec<bool> {
    let mut spoken = vec![false; context.reading.len()];
    for quotation in context.quotations {
        if !is_said(quotation, context) {
            continue;
        }
        let content = context.reading.tokens_in(quotation.content);
        for span in [quotation.source, quotation.cue].into_iter().flatten() {
            spoken[context.reading.tokens_in(span)].iter_mut().for_each(|s| *s = true);
        }
        // "officials said the hall - a relic of better days - would close": an aside between dashes in reported speech is the
        // author's; between quotation marks it is the speaker's.
        let mut aside = false;
        for token in context.reading.range(content) {
            let dash = quotation.form == Form::Indirect && is_dash(token);
            aside ^= dash;
            spoken[token.i] |= !aside;
        }
    }
    spoken
}

fn is_dash(token: Token<'_>) -> bool {
    matches!(token.text(), "—" | "–" | "--")
}

/// Whether a quotation is words or a view of somebody: not a scare quote, nor what an event is read to show ("the vote
/// underscores that"), nor what a state is said to want, which is the author's reading of it.
pub(crate) fn is_said(quotation: &Quotation, context: Context<'_>) -> bool {
    if matches!(quotation.form, Form::Scare | Form::Heading) || quotation.holder.kind == HolderKind::Outlet {
        return false;
    }
    if quotation.form != Form::Indirect {
        return true;
    }
    let cue = quotation.cue.and_then(|c| context.reading.head_of(context.reading.tokens_in(c)));
    let Some(cue) = cue else { return true };
    // "parliament should reject it": nobody has said so.
    let modal = |t: Token<'_>| {
        t.tag() == "MD" && matches!(t.text(), "should" | "must" | "may" | "might" | "could" | "can" | "ought")
    };
    if matches!(lexicon::verb(cue).map(|c| c.sense), Some("want" | "show")) || cue.auxiliaries().any(modal) {
        return false;
    }
    // "the caravan is expected to arrive": nobody is named, nothing is spoken.
    if quotation.source.is_none() && !lexicon::verb(cue).is_none_or(lexicon::Cue::speaks) {
        return false;
    }
    // "issued a warning", "added a lawyer to the team": an object is words only after some verbs.
    if quotation.rule == "verb and object" && !clause::takes_words(cue) {
        return false;
    }
    if opinion::of("interpret", cue).is_some() && opinion::reads_an_event(cue, context) {
        return false;
    }
    let source = quotation.source.and_then(|s| context.reading.head_of(context.reading.tokens_in(s)));
    let thing = source.is_some_and(|s| {
        matches!(s.text().to_lowercase().as_str(), "this" | "that" | "it" | "these" | "which")
            || s.child("det").is_some_and(|d| matches!(d.text(), "This" | "this" | "These" | "these"))
                && lexicon::speaker(s) == Some("document")
    });
    !(thing && opinion::of("interpret", cue).is_some())
}

/// What a sentence says in the author's own voice.
#[derive(Clone, Debug)]
struct Own {
    span: Span,
    block: Option<BlockKind>,
    /// The main clauses in text order; empty where all is somebody's words.
    clauses: Vec<Clause>,
    /// Whether some of it is somebody else's words, and whether its main verb is.
    attributed: Option<Attributed>,
    /// Sum of the weights of the judging words that are the author's, and why.
    score: u32,
    /// Whether one of the words judges alone.
    strong: bool,
    reasons: Vec<String>,
}

impl Own {
    /// Whether it judges even in a report: by a strong word, or by three weak ones.
    fn is_plain(&self) -> bool {
        self.strong || self.score >= 3
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attributed {
    /// The main clause is the source's, or says that the source speaks.
    Main,
    /// Words of a source inside a clause of the author.
    Part,
}

fn own(n: usize, block: Option<BlockKind>, context: Context<'_>, hits: &[Hit], spoken: &[bool]) -> Own {
    let reading = context.reading;
    let tokens = reading.sentences().get(n).map_or(0..0, |s| s.tokens.clone());
    let span = reading.span(tokens.clone()).trim(reading.text());
    let mut own =
        Own { span, block, clauses: Vec::new(), attributed: None, score: 0, strong: false, reasons: Vec::new() };
    if matches!(block, Some(BlockKind::Headline | BlockKind::Subhead | BlockKind::Byline | BlockKind::Dateline)) {
        return own;
    }
    let mut said = BTreeSet::new();
    for main in clause::mains(reading.range(tokens.clone())) {
        if spoken.get(main.i).copied().unwrap_or(false) || clause::tells_speech(main, context) {
            said.insert(main.i);
        } else {
            own.clauses.push(clause::read(main, context));
        }
    }
    // "— the head of the guard": whose words stood before it.
    let credit = reading.range(tokens.clone()).next().is_some_and(is_dash);
    if credit && own.clauses.iter().all(|c| c.kind == Kind::Fragment) {
        own.clauses.clear();
        own.attributed = Some(Attributed::Main);
        return own;
    }
    // A clause whose own words are few beside what a source says in it is the source's.
    let words = reading.range(tokens.clone()).filter(|t| !matches!(t.pos(), Pos::Punct | Pos::Space));
    let (all, theirs) = words.fold((0_u32, 0_u32), |(all, theirs), t| {
        (all + 1, theirs + u32::from(spoken.get(t.i).copied().unwrap_or(false)))
    });
    own.attributed = if !said.is_empty() || theirs * 10 >= all * 8 && all > 0 {
        own.clauses.retain(|_| theirs * 10 < all * 8);
        Some(Attributed::Main)
    } else {
        (theirs >= 3).then_some(Attributed::Part)
    };
    // What follows a dash after the verb of speech is an aside again.
    let verb = said.first().copied().unwrap_or(usize::MAX);
    let aside = reading.range(tokens.clone()).find(|t| t.i > verb && is_dash(*t)).map_or(usize::MAX, |t| t.i);
    let first = hits.partition_point(|h| h.at < tokens.start);
    for hit in hits[first..].iter().take_while(|h| h.at < tokens.end) {
        if spoken.get(hit.at).copied().unwrap_or(false) || hit.at < aside && under_speech(reading.token(hit.at), &said)
        {
            continue;
        }
        own.score += u32::from(hit.entry.weight);
        own.strong |= hit.entry.weight >= 2;
        own.reasons.push(reading.token(hit.at).text().to_lowercase());
    }
    for (weight, reason) in clause::stance(tokens, context, spoken) {
        own.score += weight;
        own.strong |= weight >= 2;
        own.reasons.push(reason.to_owned());
    }
    own
}

/// What hangs on a verb of speech as its own object or complement is the speaker's; an aside set off by a dash is not.
fn under_speech(token: Token<'_>, said: &BTreeSet<usize>) -> bool {
    let mut below = token;
    // Deeper than this the sentence is a list.
    for above in std::iter::once(token).chain(token.ancestors()).take(24) {
        if said.contains(&above.i) {
            return above.i != token.i
                && matches!(below.dep(), "dobj" | "ccomp" | "xcomp" | "prep" | "oprd" | "advcl" | "nsubj" | "agent");
        }
        below = above;
    }
    false
}

fn label(own: &Own, commentary: bool) -> (String, String) {
    let mut parts: Vec<&'static str> = Vec::new();
    let mut reasons: Vec<String> = Vec::new();
    let put = |part: &'static str, parts: &mut Vec<&'static str>| {
        if !parts.contains(&part) {
            parts.push(part);
        }
    };
    if own.attributed == Some(Attributed::Main) {
        put("attributed", &mut parts);
        reasons.push("a source's words".to_owned());
    }
    let judges = own.is_plain() || commentary && own.score >= 1;
    for clause in &own.clauses {
        reasons.push(clause.rule.clone());
        match clause.kind {
            Kind::Forecast => put("prediction", &mut parts),
            Kind::Advice => put("opinion", &mut parts),
            Kind::WasState if own.is_plain() || commentary && judges => put("opinion", &mut parts),
            Kind::Result if commentary && judges => put("opinion", &mut parts),
            Kind::Happening | Kind::Diary | Kind::WasState | Kind::Result => put("report", &mut parts),
            Kind::Meaning if own.is_plain() || commentary => put("opinion", &mut parts),
            Kind::Lasting => put("background", &mut parts),
            // A bare statement of how things are: a fact, unless it judges.
            Kind::State | Kind::Meaning if judges => put("opinion", &mut parts),
            Kind::Habit if judges || commentary => put("opinion", &mut parts),
            Kind::State | Kind::Habit => put("background", &mut parts),
            Kind::Meaning => put("report", &mut parts),
            Kind::Fragment if judges || commentary => put("opinion", &mut parts),
            Kind::Fragment => put("report", &mut parts),
        }
    }
    if own.attributed == Some(Attributed::Part) {
        put("attributed", &mut parts);
        reasons.push("words of a source in it".to_owned());
    }
    // Beside a report, a standing fact or a source's words, judging has to be plain; a forecast is a judgement anyway.
    let plain = match parts.as_slice() {
        ["attributed"] => own.is_plain(),
        // "his triumphant tour ended": one adjective does not make a report a judgement.
        ["report", ..] if !commentary => own.score >= 3,
        ["background"] => own.is_plain(),
        _ => own.is_plain() || commentary && own.score >= 1,
    };
    if plain && !parts.contains(&"prediction") {
        put("opinion", &mut parts);
    }
    if parts.is_empty() {
        put("report", &mut parts);
    }
    if parts.contains(&"opinion") && !own.reasons.is_empty() {
        reasons.push(format!("judging: {}", own.reasons.join(", ")));
    }
    (parts.join("+"), reasons.join("; "))
}

fn is_commentary(sentences: &[Own]) -> bool {
    let mine = || {
        sentences.iter().filter(|s| {
            s.attributed != Some(Attributed::Main)
                && !s.clauses.is_empty()
                && matches!(s.block, Some(BlockKind::Paragraph | BlockKind::List) | None)
        })
    };
    let all = mine().count();
    let judging = mine().filter(|s| s.score >= 2).count();
    all >= FEW && judging as f32 >= COMMENTARY * all as f32
}

fn block_of(context: Context<'_>, sentence: usize) -> Option<BlockKind> {
    let tokens = context.reading.sentences().get(sentence)?.tokens.clone();
    let at = context.reading.get(tokens.start)?.span().start;
    let blocks = &context.article.blocks;
    let block = blocks.get(blocks.partition_point(|b| b.span.end <= at))?;
    (block.span.start <= at).then_some(block.kind)
}

fn same_block(context: Context<'_>, a: Span, b: Span) -> bool {
    let blocks = &context.article.blocks;
    let place = |s: Span| blocks.partition_point(|block| block.span.end <= s.start);
    place(a) == place(b)
}

/// A stretch divided after full stops, question and exclamation marks that a space and no small letter follow.
fn pieces(text: &str, span: Span) -> Vec<Span> {
    let words = span.of(text);
    let mut ends: Vec<usize> = Vec::new();
    let mut before = [' ', ' '];
    for (at, c) in words.char_indices() {
        if before[1].is_whitespace() && matches!(before[0], '.' | '!' | '?') && !c.is_lowercase() && !c.is_whitespace()
        {
            ends.push(at);
        }
        before = [before[1], c];
    }
    ends.push(words.len());
    let mut start = 0;
    let mut found = Vec::new();
    for end in ends {
        let piece: Range<usize> = span.start + start..span.start + end;
        found.push(Span::new(piece.start, piece.end).trim(text));
        start = end;
    }
    found.retain(|s| !s.is_empty());
    found
}
