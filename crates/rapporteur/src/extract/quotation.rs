//! Words in quotation marks, reported clauses, and whose they are.
//!
//! Marks first ([`marks`]), on characters; then each stretch finds its cue ([`link`]) and the cue its source ([`source`]); what is
//! said without marks follows the same cues ([`indirect`]). A labeller trained on annotated text can take the place of the cue
//! rules without the rest noticing: all it owes is the list of [`link::Place`]s.

pub mod crf;
pub(crate) mod indirect;
pub(crate) mod lexicon;
pub(crate) mod link;
pub(crate) mod marks;
pub(crate) mod source;
mod speaker;
#[cfg(test)]
mod tests;
mod unspoken;

use language::{Pos, Reading, Span, Token};

use super::attribution::{holder_of, holders};
use super::{Context, Form, Holder, Quotation};
use crate::ingest::{BlockKind, Note};
use indirect::Clause;
use link::{Around, Place};
use marks::Stretch;

/// The quotations of an article in text order. A content in pieces is an entry a piece. Words in marks inside a reported clause
/// are one entry with the clause (`mixed`).
/// With them what is in doubt: marks without a partner, and where rules and trained labels disagree.
pub(crate) fn find(context: Context<'_>) -> (Vec<Quotation>, Vec<Note>) {
    let stretches = marks::stretches(context.reading.text(), &context.article.blocks);
    let cues = link::cues(context, &stretches);
    let rules = by_rules(context, &stretches, &cues);
    let mut notes = unbalanced(&stretches);
    let Some(weights) = crf::weights::trained() else {
        let mut rules = rules;
        speaker::settle(&mut rules, &stretches, context);
        return (rules, notes);
    };
    let runs = crf::combine::read(weights, context, &rules, &cues, &stretches);
    let (mut found, doubts) = crf::combine::join(rules, &runs, &stretches, context);
    found.retain(|q| q.content.len() < LONGEST && !is_nobodys(q));
    speaker::settle(&mut found, &stretches, context);
    notes.extend(doubts);
    (found, notes)
}

/// Bytes that no quotation has: ten thousand words in one pair of marks are a mark gone astray.
pub(crate) const LONGEST: usize = 1 << 16;

/// "Nobody believes that ...": what nobody says is no quotation.
fn is_nobodys(quotation: &Quotation) -> bool {
    let nobody = matches!(quotation.holder.name.to_lowercase().as_str(), "nobody" | "no one" | "none" | "neither");
    nobody && quotation.form == Form::Indirect
}

/// What the rules find by themselves, in text order.
fn by_rules(context: Context<'_>, stretches: &[Stretch], cues: &[Place]) -> Vec<Quotation> {
    let (text, blocks) = (context.reading.text(), &context.article.blocks);
    let marked: Vec<Span> = stretches.iter().map(|s| s.outer).collect();
    let mut clauses = indirect::clauses(cues, context);
    clauses.retain(|c| !is_in_marks(c.content, stretches));
    clauses.iter_mut().for_each(|c| c.content = with_marks(c.content, stretches, text));
    let mut found: Vec<Quotation> = Vec::new();
    let mut mixed = vec![false; clauses.len()];
    let mut spoken_by = vec![false; cues.len()];
    let mut sung_by = vec![false; cues.len()];
    for (n, stretch) in stretches.iter().enumerate() {
        let around = Around::of(stretch, blocks[stretch.block].span, context.reading);
        let kind = blocks[stretch.block].kind;
        if matches!(kind, BlockKind::Headline | BlockKind::Subhead) {
            let mut quotation = plain(Form::Heading, stretch, "marks in a heading");
            // "Minister hails “a strong club”": who speaks, where its verb governs the words.
            let cue = link::cue_of(&around, stretches, n, cues, context).map(|c| &cues[c]);
            if let Some(cue) = cue.filter(|c| c.kind == link::Kind::Verb && c.source.is_some()) {
                attribute(&mut quotation, cue, &marked, context);
            }
            found.push(quotation);
            continue;
        }
        let block = blocks[stretch.block].span;
        if let Some((speaker, words)) = signed(stretch, &around, context) {
            let mut quotation = plain(Form::Direct, stretch, "signed");
            (quotation.source, quotation.holder) = (Some(words), holder_of(speaker, context));
            found.push(quotation);
            continue;
        }
        if let Some((speaker, words, verb)) = source::misread_behind(&around, context) {
            let mut quotation = plain(Form::Direct, stretch, "marks and cue");
            (quotation.source, quotation.cue) = (Some(words), Some(verb.span()));
            quotation.holder = holder_of(speaker, context);
            // What the parser makes a part of "states" has its article there.
            if quotation.holder.entity.is_none() {
                let name = words.of(context.reading.text()).split_whitespace().collect::<Vec<_>>().join(" ");
                (quotation.holder.name, quotation.holder.span) = (name, Some(words));
            }
            found.push(quotation);
            continue;
        }
        if let Some(quotation) = inscription(stretch, &around, &marked, context) {
            found.push(quotation);
            continue;
        }
        if let Some(rule) = unspoken::rule(&around, context) {
            found.push(plain(Form::Scare, stretch, rule));
            continue;
        }
        let cue = link::cue_of(&around, stretches, n, cues, context);
        let cue = cue.or_else(|| announced(stretch, cues, context));
        let cue = cue.and_then(|cue| outer(cue, stretch, &around, &clauses, cues, context));
        // A clause lies in one sentence, so one that holds these words begins where their sentence begins, or later.
        let sentence = context
            .reading
            .get(around.tokens.start)
            .map_or(block, |t| context.reading.span(context.reading.sentences()[t.sentence()].tokens.clone()));
        let near = clauses.partition_point(|c| c.content.start < sentence.start)
            ..clauses.partition_point(|c| c.content.start <= stretch.content.start);
        let performed = |cue: usize| is_performed(&around, &cues[cue], context.reading);
        for cue in cue.into_iter().chain(clauses[near.clone()].iter().map(|c| c.cue)).filter(|c| performed(*c)) {
            sung_by[cue] = true;
        }
        let fits = |c: &Clause| {
            !sung_by[c.cue]
                && cue.is_none_or(|cue| cue == c.cue)
                && (c.content.contains(stretch.content) || c.content.contains(stretch.outer))
        };
        if let Some(c) = near.filter(|c| fits(&clauses[*c])).min_by_key(|c| clauses[*c].content.len()) {
            mixed[c] = true;
            continue;
        }
        found.push(match cue {
            Some(cue) if is_passing_word(&around, &cues[cue], context.reading) => {
                uncued(stretch, &around, context.reading)
            }
            Some(cue) if is_passing(&around, &cues[cue]) => uncued(stretch, &around, context.reading),
            Some(cue) if is_name(&cues[cue], context.reading) => plain(Form::Scare, stretch, "name in marks"),
            Some(cue) if is_title(&around, &cues[cue], context.reading) => {
                plain(Form::Heading, stretch, "title in marks")
            }
            Some(cue) => {
                let form = if is_direct(&around, &cues[cue], context.reading) { Form::Direct } else { Form::Mixed };
                spoken_by[cue] |= form == Form::Direct;
                let mut quotation = plain(form, stretch, "marks and cue");
                // "said that “it is over”": the conjunction belongs to the content, as in PARC.
                let before = around
                    .tokens
                    .start
                    .checked_sub(1)
                    .and_then(|i| context.reading.range(0..i + 1).rev().find(|t| t.pos() != Pos::Punct));
                if let Some(that) = before
                    .filter(|t| form == Form::Mixed && t.text() == "that" && stretch.outer.start <= t.span().end + 1)
                {
                    quotation.content = Span::new(that.span().start, stretch.outer.end);
                }
                match answers(&cues[cue], &around, context) {
                    Some(place) => attribute(&mut quotation, &place, &marked, context),
                    None => attribute(&mut quotation, &cues[cue], &marked, context),
                }
                quotation
            }
            None => {
                let mut quotation = uncued(stretch, &around, context.reading);
                if let Some(speaker) = source::after_comma(&around, context).filter(|_| quotation.form == Form::Direct)
                {
                    quotation.source = Some(context.reading.span(speaker.left_edge()..speaker.i + 1));
                    quotation.holder = holder_of(speaker, context);
                    quotation.rule = "speaker without a cue";
                } else if let Some(speaker) =
                    source::before_colon(&around, context).filter(|_| quotation.form == Form::Direct)
                {
                    quotation.source = Some(source::words(speaker, speaker.i..speaker.i + 1, &marked));
                    quotation.holder = holder_of(speaker, context);
                    quotation.rule = "speaker before a colon";
                } else if let Some(maker) =
                    source::of_work(&around, &marked, context).filter(|_| quotation.form == Form::Mixed)
                {
                    quotation.source = Some(source::words(maker, maker.i..maker.i + 1, &marked));
                    quotation.holder = holder_of(maker, context);
                    quotation.rule = "words of a work";
                }
                quotation
            }
        });
    }
    for (n, clause) in clauses.iter().enumerate() {
        // "After the vote he warned, “...”": the words in marks are what the verb introduces, not the rest of its sentence.
        if spoken_by[clause.cue] && !mixed[n] && clause.rule != "verb and clause" || sung_by[clause.cue] {
            continue;
        }
        let form = if mixed[n] { Form::Mixed } else { Form::Indirect };
        let mut quotation = blank(form, clause.content, clause.rule);
        attribute(&mut quotation, &cues[clause.cue], &marked, context);
        found.push(quotation);
    }
    found.sort_by_key(|q| (q.content.start, std::cmp::Reverse(q.content.end)));
    found.dedup_by(|b, a| a.content == b.content);
    speaker::carry_over(&mut found, stretches, context);
    speaker::repeat(&mut found, text);
    found
}

/// The cue of words that stand inside what another cue reports, where the inner one cannot bring them: "said the office had told them
/// “when we filed”", "said it lets them begin “hearing witnesses”" are the outer speaker's. `None` where no outer one is.
fn outer(
    cue: usize,
    stretch: &Stretch,
    around: &Around<'_>,
    clauses: &[Clause],
    cues: &[Place],
    context: Context<'_>,
) -> Option<usize> {
    let verb = context.reading.token(cues[cue].token);
    let goes_on = matches!(verb.lemma(), "begin" | "start" | "continue" | "keep") && !around.is_whole();
    let first = around.words.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).unwrap_or_default();
    let hangs = matches!(first, "when" | "if" | "because" | "while" | "before" | "after" | "until" | "unless" | "once")
        && (around.before.is_none_or(|c| !matches!(c, ',' | ':')) || behind_apposition(verb, around, context.reading))
        && verb.span().end <= stretch.outer.start;
    if !goes_on && !hangs {
        return Some(cue);
    }
    let holds = |c: &&Clause| {
        c.cue != cue
            && c.content.contains(verb.span())
            && c.content.start <= stretch.outer.start
            && c.content.end >= stretch.content.start
    };
    match clauses.iter().filter(holds).min_by_key(|c| c.content.len()) {
        Some(clause) => Some(clause.cue),
        None => Some(cue).filter(|_| !goes_on),
    }
}

/// Whether the comma before the words ends an apposition: "told Berg, the mayor, “when we filed”".
fn behind_apposition(verb: Token<'_>, around: &Around<'_>, reading: &Reading) -> bool {
    let first = around.tokens.start;
    let close = reading.range(first.saturating_sub(3)..first).rev().find(|t| t.text() == ",");
    let beside = |t: Token<'_>| {
        t.dep() == "appos"
            && reading.get(t.left_edge().wrapping_sub(1)).is_some_and(|c| c.text() == ",")
            && t.right_edge() < first
    };
    close.is_some_and(|close| reading.range(verb.i..close.i).any(beside))
}

/// Words behind a colon after another's statement: of the one who goes against it ("Berg opposed Holm's statement: “...”"), of its owner
/// where it is only carried ("the ministry published Holm's statement: “...”").
fn answers(cue: &Place, around: &Around<'_>, context: Context<'_>) -> Option<Place> {
    let token = Some(context.reading.token(cue.token)).filter(|_| around.before == Some(':'))?;
    let noun = match cue.kind {
        link::Kind::Verb => token.child("dobj").filter(|o| lexicon::noun(*o).is_some())?,
        link::Kind::Noun => token,
        _ => return None,
    };
    let owner = noun.child("poss")?;
    let verb = noun.head().filter(|_| matches!(noun.dep(), "dobj" | "pobj"))?;
    let verb = if verb.dep() == "prep" { verb.head()? } else { verb };
    lexicon::verb(verb).filter(|c| c.speaks())?;
    let carries = ["read", "release", "issue", "publish", "quote", "cite", "repeat", "report", "share", "post"];
    let source = match carries.contains(&verb.lemma()) {
        true => Some(owner).filter(|o| source::can_speak(*o, context) && o.pos() != Pos::Pron),
        false => source::of_verb(verb, context),
    };
    Some(Place { source: Some(source?.i), ..cue.clone() })
}

/// Marks without a partner, for the article's notes.
fn unbalanced(stretches: &[Stretch]) -> Vec<Note> {
    let lost = stretches.iter().filter(|s| !s.balanced);
    lost.map(|s| Note {
        kind: "unbalanced_marks".to_owned(),
        span: Some(s.outer),
        message: "A quotation mark has no partner; the words are taken to end with the paragraph.".to_owned(),
    })
    .collect()
}

fn blank(form: Form, content: Span, rule: &'static str) -> Quotation {
    Quotation {
        form,
        content,
        source: None,
        cue: None,
        holder: Holder::unknown(),
        medium: None,
        carried_over: false,
        uttered: true,
        rule,
    }
}

fn plain(form: Form, stretch: &Stretch, rule: &'static str) -> Quotation {
    blank(form, stretch.content, rule)
}

/// A clause that ends or begins with words in marks takes the marks in.
fn with_marks(content: Span, stretches: &[Stretch], text: &str) -> Span {
    let from = stretches.partition_point(|s| s.outer.end <= content.start);
    let near = stretches[from..].iter().take_while(|s| s.outer.start < content.end);
    near.fold(content, |whole, s| {
        let outside = [
            Span::new(s.outer.start, whole.start.max(s.outer.start)),
            Span::new(whole.end.min(s.outer.end), s.outer.end),
        ];
        let only_marks = outside.iter().all(|o| !o.of(text).contains(char::is_alphanumeric));
        if only_marks { whole.cover(s.outer) } else { whole }
    })
}

/// A clause whose words all stand in marks: it is the quotation itself, or a part of one.
fn is_in_marks(content: Span, stretches: &[Stretch]) -> bool {
    let from = stretches.partition_point(|s| s.outer.end <= content.start);
    let near = stretches[from..].iter().take_while(|s| s.outer.start < content.end);
    let covered: usize =
        near.map(|s| s.outer.end.min(content.end).saturating_sub(s.outer.start.max(content.start))).sum();
    covered * 10 >= content.len() * 9
}

/// A sentence of its own, and the cue beside it rather than a name for something ("calls it ...").
fn is_direct(around: &Around<'_>, cue: &Place, reading: &Reading) -> bool {
    let verb = reading.range(around.tokens.clone()).any(|t| matches!(t.tag(), "VBD" | "VBP" | "VBZ" | "MD" | "VB"));
    let stands_alone =
        verb || matches!(around.last, Some('!' | '?')) || around.before == Some(':') || around.before.is_none();
    around.is_whole() && stands_alone && (cue.takes("quote") || around.before == Some(':'))
}

fn attribute(quotation: &mut Quotation, cue: &Place, marked: &[Span], context: Context<'_>) {
    let reading = context.reading;
    quotation.cue = Some(reading.span(cue.tokens.clone()));
    if let Some(source) = cue.source {
        let source = reading.token(source);
        let from = marked.partition_point(|m| m.end <= source.subtree_span().start);
        let to = marked.partition_point(|m| m.start < source.subtree_span().end);
        quotation.source = Some(source::words(source, cue.tokens.clone(), &marked[from..to.max(from)]));
        quotation.holder = holders(source, context);
    }
    quotation.medium = medium(quotation, cue, context).map(str::to_owned);
}

/// The medium named in the cue's clause outside the words themselves: "wrote on Truth Social", "told X in an interview".
fn medium(quotation: &Quotation, cue: &Place, context: Context<'_>) -> Option<&'static str> {
    let reading = context.reading;
    let sentence = &reading.sentences()[reading.token(cue.token).sentence()].tokens;
    let near = sentence.start.max(cue.token.saturating_sub(20))..sentence.end.min(cue.token + 20);
    let outside = reading.range(near).filter(|t| !quotation.content.overlaps(t.span()));
    let named = outside.filter_map(|t| lexicon::medium(reading, t.i).map(|m| (t, m)));
    // Only where the medium hangs on a preposition, or the noun is the cue or the subject itself.
    let hangs = |t: &Token<'_>| {
        std::iter::once(*t).chain(t.ancestors().take(3)).any(|a| {
            matches!(
                a.text().to_lowercase().as_str(),
                "on" | "in" | "at" | "during" | "via" | "to" | "by" | "with" | "for" | "through" | "following"
            )
        }) || t.i == cue.token
            || t.head().is_some_and(|h| h.i == cue.token)
    };
    // "An official Twitter account made this announcement": what speaks is itself a place of posts.
    let source = reading.range(quotation.source.map_or(0..0, |s| reading.tokens_in(s)));
    let place = |t: Token<'_>| {
        let kept = t.after().is_some_and(|n| matches!(n.lemma(), "account" | "page" | "feed" | "channel" | "profile"));
        kept.then(|| lexicon::medium(reading, t.i)).flatten().map(|m| m.0).filter(|m| *m == "post")
    };
    if let Some(post) = source.into_iter().find_map(place) {
        return Some(post);
    }
    // "Reports said": nobody's in particular, and no document.
    let loose = |t: &Token<'_>, medium: &str| medium == "document" && source::is_hearsay(*t);
    // "opposed the mayor's statement": another's.
    let others = |t: &language::Token<'_>| {
        let owner = t.child("poss").filter(|p| p.pos() == Pos::Propn);
        owner.is_some_and(|p| !quotation.source.is_some_and(|s| s.overlaps(p.span())))
    };
    named
        .filter(|(t, m)| hangs(t) && !others(t) && !loose(t, m.0))
        .min_by_key(|(t, _)| t.i.abs_diff(cue.token))
        .map(|(_, m)| m.0)
        .or_else(|| {
            let cue = cue.cue?;
            (cue.sense == "write").then(|| reading.span(quotation_cue(quotation, reading)).of(reading.text())).and_then(
                |w| {
                    let word = w.to_lowercase();
                    (word.contains("tweet") || word.ends_with("posted")).then_some("post")
                },
            )
        })
}

fn quotation_cue(quotation: &Quotation, reading: &Reading) -> std::ops::Range<usize> {
    quotation.cue.map_or(0..0, |c| reading.tokens_in(c))
}

/// Bytes of a signature with all the offices of the one who signs.
const SIGNATURE: usize = 250;

/// Who signs words in marks: behind a dash after them or in the next block, or before them and a colon.
fn signed<'a>(stretch: &Stretch, around: &Around<'_>, context: Context<'a>) -> Option<(Token<'a>, Span)> {
    let (reading, blocks) = (context.reading, &context.article.blocks);
    let (text, block) = (reading.text(), blocks[stretch.block].span);
    let dashed = |span: Span| {
        let words = span.of(text).trim_start();
        let name = words.trim_start_matches(['—', '–', '―', '-']).trim_start();
        let near = name.len() < words.len() && name.len() <= SIGNATURE;
        near.then(|| source::signature(reading.tokens_in(Span::new(span.end - name.len(), span.end)), context))
            .flatten()
    };
    if !around.is_whole() && !matches!(around.after, Some('—' | '–' | '―')) {
        return None;
    }
    let behind = Span::new(stretch.outer.end, block.end);
    if !behind.of(text).trim().is_empty() {
        let dash = dashed(behind);
        if dash.is_some() {
            return dash;
        }
    } else if let Some(next) = blocks.get(stretch.block + 1).filter(|b| b.span.len() <= SIGNATURE + 10)
        && let Some(dash) = dashed(next.span)
    {
        return Some(dash);
    }
    if around.before != Some(':') {
        return None;
    }
    let before = Span::new(block.start, stretch.outer.start).of(text).trim_end();
    let colon = reading.token_at(block.start + before.len().checked_sub(1)?)?;
    let from = reading.sentences()[colon.sentence()].tokens.start;
    source::signature(from..colon.i, context)
}

/// What a thing reads: "the announcement, which read, “...”" are the words of whoever made it, "a sign reading, “...”" nobody's.
fn inscription(stretch: &Stretch, around: &Around<'_>, marked: &[Span], context: Context<'_>) -> Option<Quotation> {
    let reading = context.reading;
    let before = reading.range(0..around.tokens.start).rev().find(|t| t.pos() != Pos::Punct)?;
    let reads = Some(before).filter(|t| {
        let word = t.text().to_lowercase();
        matches!(word.as_str(), "read" | "reads" | "reading") && t.unit() == around.unit(reading)
    })?;
    // A verb that the parser took for a noun: the nearest thing before it that no preposition governs.
    let misread = || {
        let start = reading.sentences()[reads.sentence()].tokens.start;
        let thing = |t: &Token<'_>| t.pos() == Pos::Noun && !matches!(t.dep(), "pobj" | "compound");
        reading.range(start..reads.i).rev().find(thing)
    };
    let thing = match reads.pos() {
        Pos::Verb => reads.child("nsubj").or_else(|| reads.head().filter(|_| matches!(reads.dep(), "acl" | "relcl"))),
        Pos::Noun => misread(),
        _ => None,
    }?;
    let noun = thing.resolve_relative();
    // "The announcement from Berg, which read": not Berg reads.
    let noun =
        noun.head().filter(|_| thing.text() == "which" && noun.dep() == "pobj").and_then(|p| p.head()).unwrap_or(noun);
    if noun.pos() != Pos::Noun || !matches!(lexicon::speaker(noun), None | Some("document")) {
        return None;
    }
    let mut quotation = plain(Form::Direct, stretch, "what is written");
    let cue = reads.i..reads.i + 1;
    quotation.cue = Some(reading.span(cue.clone()));
    let mut holder = holder_of(noun, context);
    // "The summary of the ruling *read in part*": the verb is no part of the name, wherever the parser hangs it.
    if let Some(words) = holder.span.filter(|s| holder.entity.is_none() && s.contains(reads.span())) {
        let words = Span::new(words.start, reads.span().start).trim(reading.text());
        holder.name = words.of(reading.text()).split_whitespace().collect::<Vec<_>>().join(" ");
        holder.span = Some(words);
    }
    if holder.entity.is_some() || lexicon::speaker(noun) == Some("document") {
        quotation.source = Some(source::words(thing, cue, marked));
        quotation.holder = holder;
    }
    quotation.medium = lexicon::medium(reading, noun.i).map(|m| m.0.to_owned());
    Some(quotation)
}

/// The cue of words in marks that open a block after one that ends in a colon ("The minister said:"): the last that has a source.
fn announced(stretch: &Stretch, cues: &[Place], context: Context<'_>) -> Option<usize> {
    let (reading, blocks) = (context.reading, &context.article.blocks);
    let before = blocks[stretch.block.checked_sub(1)?].span;
    let opens = blocks[stretch.block].span.start == stretch.outer.start;
    let words = before.of(reading.text()).trim_end();
    if !opens || !words.ends_with(':') {
        return None;
    }
    let colon = reading.token_at(before.start + words.len() - 1)?;
    let from = reading.sentences()[colon.sentence()].tokens.start;
    let window = cues.partition_point(|c| c.token < from)..cues.partition_point(|c| c.token < colon.i);
    window.rev().find(|c| cues[*c].source.is_some() && cues[*c].takes("quote"))
}

/// A short word in marks under a verb that reports nothing in words ("ended in a “tie”", "saw the “deal”").
fn is_passing(around: &Around<'_>, cue: &Place) -> bool {
    let silent = cue.cue.is_some_and(|c| matches!(c.sense, "speak" | "show" | "learn" | "want"));
    silent && around.tokens.len() <= 3 && !matches!(around.before, Some(':' | ',')) && !around.is_whole()
}

/// A few words in marks that nobody is said to say ("clarify the term “interference,”").
fn is_passing_word(around: &Around<'_>, cue: &Place, reading: &Reading) -> bool {
    let verb = reading.token(cue.token);
    let thinks = cue.cue.is_some_and(|c| matches!(c.sense, "think" | "want" | "learn"));
    let silent = cue.kind == link::Kind::Noun || thinks || verb.is_passive();
    let few = around.tokens.len() <= 3 && !matches!(around.before, Some(':')) && !around.is_whole();
    let apart = reading.head_of(around.tokens.clone()).is_some_and(|head| {
        thinks
            && head.dep() == "pobj"
            && head.head().is_some_and(|p| p.dep() == "prep" && !matches!(p.text(), "as" | "of"))
    });
    few && (silent && cue.source.is_none() || apart)
}

/// What something goes by ("a site known as “...”", "a song called “...”"): a participle on a noun, and nobody who calls it so.
fn is_name(cue: &Place, reading: &Reading) -> bool {
    let verb = reading.token(cue.token);
    let names = verb.lemma() == "know" || cue.cue.is_some_and(|c| c.sense == "name");
    let on_a_noun = matches!(verb.dep(), "acl" | "relcl") || verb.tag() == "VBN" && verb.child("nsubj").is_none();
    names && verb.tag() == "VBN" && on_a_noun && verb.is_passive() && verb.child("agent").is_none()
}

/// The name of a book, a programme, a slogan: capitals throughout, under a preposition, as a subject, or as what is read
/// ("on “Meet the State”").
fn is_title(around: &Around<'_>, cue: &Place, reading: &Reading) -> bool {
    if !has_title_case(around, reading) || matches!(around.last, Some('!' | '?')) {
        return false;
    }
    let stops = matches!(around.last, Some('.')) && around.tokens.len() < 5;
    if is_performed(around, cue, reading) || is_named_work(around, reading) {
        return true;
    }
    reading.head_of(around.tokens.clone()).is_some_and(|head| match head.dep() {
        "pobj" | "pcomp" => {
            head.head().is_some_and(|p| matches!(p.text(), "on" | "in" | "of" | "from" | "at" | "to" | "for"))
        }
        "dobj" => !cue.takes("quote") || matches!(reading.token(cue.token).lemma(), "sing" | "play" | "read"),
        dep => !stops && matches!(dep, "nsubj" | "compound" | "poss" | "appos" | "nmod"),
    })
}

/// A title that is sung or played ("sang “Let Us Go Home”").
fn is_performed(around: &Around<'_>, cue: &Place, reading: &Reading) -> bool {
    let performs = matches!(reading.token(cue.token).lemma(), "sing" | "play" | "perform");
    performs && cue.token < around.tokens.start && has_title_case(around, reading)
}

/// Words right behind a comma and the name of a kind of work: "in his talk, “...”", "her new book, “...”".
fn is_named_work(around: &Around<'_>, reading: &Reading) -> bool {
    let first = around.tokens.start;
    let comma = reading.range(first.saturating_sub(3)..first).rev().find(|t| t.text() == ",");
    let noun = comma.filter(|_| around.before == Some(',')).and_then(Token::before);
    noun.is_some_and(|n| {
        n.pos() == Pos::Noun
            && (lexicon::speaker(n) == Some("document")
                || matches!(
                    n.lemma(),
                    "presentation" | "talk" | "lecture" | "song" | "book" | "film" | "speech" | "panel"
                ))
    })
}

fn has_title_case(around: &Around<'_>, reading: &Reading) -> bool {
    let words = || reading.range(around.tokens.clone()).filter(|t| !matches!(t.pos(), Pos::Punct | Pos::Space));
    let minor = |t: &Token<'_>| matches!(t.pos(), Pos::Adp | Pos::Det | Pos::Cconj | Pos::Part);
    words().count() >= 2 && words().all(|t| minor(&t) || t.text().starts_with(|c: char| !c.is_lowercase()))
}

/// Words in marks that no cue introduces: a title, scare quotes, or words that float.
fn uncued(stretch: &Stretch, around: &Around<'_>, reading: &Reading) -> Quotation {
    let count = reading.range(around.tokens.clone()).filter(|t| !matches!(t.pos(), Pos::Punct | Pos::Space)).count();
    let title = has_title_case(around, reading);
    let alone = around.before.is_none() && around.after.is_none();
    let long = count > 4 && around.words.contains(char::is_lowercase);
    if title && (alone || long || !around.is_whole()) {
        plain(Form::Heading, stretch, "title in marks")
    } else if stretch.continues
        || around.is_whole() && (count > 3 || around.before.is_none() || matches!(around.last, Some('.' | '!' | '?')))
    {
        plain(Form::Direct, stretch, "floating")
    } else if count <= 3 || stretch.single || is_modifier(around, reading) {
        plain(Form::Scare, stretch, "marks without cue")
    } else {
        plain(Form::Mixed, stretch, "floating")
    }
}

/// Words without a verb that stand before a noun: "the “one sea, two shores” policy".
fn is_modifier(around: &Around<'_>, reading: &Reading) -> bool {
    let verb = reading.range(around.tokens.clone()).any(|t| matches!(t.tag(), "VBD" | "VBP" | "VBZ" | "MD"));
    let noun = reading.get(around.tokens.end + 1).filter(|n| n.pos() == Pos::Noun);
    !verb && !around.is_whole() && noun.is_some() && around.after.is_some_and(char::is_alphabetic)
}
