//! Words whose speaker stands elsewhere: words that float, quotations of several paragraphs, "he said", words that are printed twice.

use std::collections::{BTreeMap, BTreeSet};

use language::{Pos, Reading, Token};

use super::lexicon;
use super::marks::Stretch;
use super::source::{self, can_speak};
use crate::extract::attribution::holders;
use crate::extract::coreference::gender_of;
use crate::extract::{Context, EntityKind, Form, Holder, HolderKind, Quotation};
use crate::knowledge::Gender;

/// Gives all quotations that name no speaker, or name one by a pronoun only, the speaker that the text around them names. The
/// quotations are in text order and all of them, whoever read them.
pub(super) fn settle(found: &mut [Quotation], stretches: &[Stretch], context: Context<'_>) {
    carry_over(found, stretches, context);
    pronouns(found, stretches, context);
    full_names(found, context);
    offices(found, context);
    repeat(found, context.reading.text());
    found.iter_mut().filter(|q| q.form == Form::Indirect).for_each(|q| without_gloss(q, context.reading));
    for quotation in found.iter_mut().filter(|q| q.form == Form::Indirect) {
        let words = || context.reading.range(context.reading.tokens_in(quotation.content));
        let wish = words().find(|t| t.pos() != Pos::Punct).is_some_and(|t| t.tag() == "TO");
        let clause = wish || words().any(|t| matches!(t.tag(), "VBD" | "VBZ" | "VBP" | "MD"));
        quotation.uttered = clause && speaks(quotation, context.reading);
    }
}

/// "He said it would wait -- giving allies a last chance", "he said it would wait, expressing hope": what follows a dash with a
/// participle, or a comma with one of speech, is told of the speaker; not what a second dash closes.
fn without_gloss(quotation: &mut Quotation, reading: &Reading) {
    let dash = |t: &Token<'_>| matches!(t.text(), "—" | "–" | "--");
    let words = reading.tokens_in(quotation.content);
    let mut dashes = reading.range(words.clone()).filter(dash);
    let participle = |after: usize| {
        let mut behind = reading.range(after + 1..words.end).skip_while(|t| t.pos() == Pos::Adv);
        behind.next().filter(|t| t.tag() == "VBG")
    };
    let first = dashes.next().filter(|d| dashes.next().is_none() && participle(d.i).is_some());
    let voices = |t: Token<'_>| lexicon::verb(t).is_some_and(|c| c.sense == "express") && t.child("dobj").is_some();
    let comma = || reading.range(words.clone()).find(|t| t.text() == "," && participle(t.i).is_some_and(voices));
    if let Some(cut) = first.or_else(comma).filter(|c| c.i > words.start + 2) {
        quotation.content = reading.span(words.start..cut.i);
    }
}

/// "Mr. Berg welcomed it. “...” the president said": the person who is the subject right before and whom the article calls by that
/// office, where coreference has several of that office to choose from.
fn offices(found: &mut [Quotation], context: Context<'_>) {
    let reading = context.reading;
    for quotation in found.iter_mut().filter(|q| q.holder.kind == HolderKind::Role && q.holder.entity.is_none()) {
        let Some(office) = quotation.holder.name.to_lowercase().strip_prefix("the ").map(str::to_owned) else {
            continue;
        };
        let Some(head) = quotation.holder.span.and_then(|s| reading.head_of(reading.tokens_in(s))) else { continue };
        if office.contains(' ') || lexicon::speaker(head) != Some("office") {
            continue;
        }
        let mut capital = office.chars();
        let title: String = capital.next().into_iter().flat_map(char::to_uppercase).chain(capital).collect();
        let first = reading.sentences()[..head.sentence()].iter().rev().take(3);
        let near = first.take_while(|s| s.unit + 1 >= head.unit());
        let subjects = near.filter_map(|s| {
            let root = reading.range(s.tokens.clone()).find(|t| t.is_root())?;
            let subject = root.child("nsubj")?;
            let person = context.names.entity_at(subject.i).filter(|e| e.kind == EntityKind::Person)?;
            let last = person.name.split(' ').next_back()?;
            let called = [format!("{title} {last}"), format!("{title} {}", person.name)];
            called.iter().any(|c| reading.text().contains(c.as_str())).then_some(subject)
        });
        if let Some(subject) = subjects.into_iter().next() {
            quotation.holder = Holder { span: quotation.holder.span, ..holders(subject, context) };
        }
    }
}

/// A speaker told by one name ("Berg said") after the article has named one person of that surname in full: he has the full name.
fn full_names(found: &mut [Quotation], context: Context<'_>) {
    let reading = context.reading;
    let mut full: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for entity in reading.entities().iter().filter(|e| reading.entity_label(e) == "PERSON" && e.tokens.len() > 1) {
        let words = reading.span(entity.tokens.clone()).of(reading.text());
        let plain = words.trim_end_matches("'s").trim_end_matches("’s");
        let name = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(last) = plain.split_whitespace().last() {
            full.entry(last).or_default().insert(name);
        }
    }
    for quotation in found.iter_mut() {
        let holder = &mut quotation.holder;
        let unknown = holder.entity.as_ref().is_none_or(|id| id.0.starts_with("name:"));
        let word = holder.name.strip_prefix("Mr. ").or(holder.name.strip_prefix("Ms. ")).unwrap_or(&holder.name);
        let capital = word.starts_with(char::is_uppercase) && !word.contains(char::is_whitespace);
        if !unknown || !capital || !matches!(holder.kind, HolderKind::Entity | HolderKind::Role) {
            continue;
        }
        let Some(name) = full.get(word).filter(|n| n.len() == 1).and_then(|n| n.first()) else { continue };
        let listed = context.names.found.iter().find(|e| e.kind == EntityKind::Person && e.name == *name);
        if let Some(person) = listed {
            (holder.kind, holder.entity) = (HolderKind::Entity, Some(person.id.clone()));
        }
        holder.name.clone_from(name);
    }
}

/// Bytes between words in marks and others that are joined with them.
const JOINED: usize = 80;

/// Gives floating quotations the speaker of the same paragraph's last quotation, else, where the block opens with the mark, of the
/// block before; words after a block that ends in a colon those of its last cue.
pub(super) fn carry_over(found: &mut [Quotation], stretches: &[Stretch], context: Context<'_>) {
    let blocks = &context.article.blocks;
    let block_of = |at: usize| blocks.partition_point(|b| b.span.end <= at);
    let mut last: Option<usize> = None;
    for n in 0..found.len() {
        let quotation = &found[n];
        let floats = quotation.cue.is_none() && quotation.source.is_none();
        // Words inside a sentence of the outlet's own are not carried over, nor what its own sentence introduces.
        let stretch = stretches.binary_search_by_key(&quotation.content.start, |s| s.content.start);
        let lead = stretch.map_or("", |s| {
            let block = blocks[stretches[s].block].span.start;
            context.reading.text().get(block..stretches[s].outer.start).unwrap_or_default().trim_end()
        });
        // "Said he was “humbled” and “will go on”": joined with words of his.
        let joined = |earlier: &Quotation| {
            let gap = context.reading.text().get(earlier.content.end..quotation.content.start).unwrap_or_default();
            let words = lead.trim_end_matches(|c: char| !c.is_alphanumeric());
            gap.len() <= JOINED && !gap.contains(". ") && [" and", " but", " or"].iter().any(|w| words.ends_with(w))
        };
        if floats
            && !lead.ends_with(':')
            && let Some(earlier) = last.map(|l| &found[l])
            && (quotation.form == Form::Direct || quotation.form == Form::Mixed && joined(earlier))
        {
            let (block, its_block) = (block_of(quotation.content.start), block_of(earlier.content.start));
            let at_start = stretch.is_ok_and(|s| blocks[stretches[s].block].span.start == stretches[s].outer.start);
            if its_block == block || at_start && its_block + 1 == block {
                let (source, holder, medium) = (earlier.source, earlier.holder.clone(), earlier.medium.clone());
                let quotation = &mut found[n];
                (quotation.source, quotation.holder, quotation.medium) = (source, holder, medium);
                quotation.carried_over = true;
                quotation.rule = "carried over";
            }
        }
        if found[n].source.is_none()
            && floats
            && let Some(speaker) = sentence_before(lead, &found[n], context)
        {
            let quotation = &mut found[n];
            quotation.source = Some(source::words(speaker, speaker.i..speaker.i + 1, &[]));
            quotation.holder = holders(speaker, context);
            (quotation.carried_over, quotation.rule) = (true, "speaker of the sentence before");
        }
        if found[n].source.is_some() && speaks(&found[n], context.reading) {
            last = Some(n);
        }
    }
    carry_back(found, stretches);
}

/// Who speaks in the sentence of the same paragraph that ends right before floating words: the subject of its main verb, where that is
/// a verb of speech ("The envoy criticised the plan on Monday. “...”").
fn sentence_before<'a>(lead: &str, quotation: &Quotation, context: Context<'a>) -> Option<Token<'a>> {
    let reading = context.reading;
    if quotation.form != Form::Direct || !lead.ends_with(['.', '!']) {
        return None;
    }
    let first = reading.tokens_in(quotation.content).start;
    let before = reading.range(first.saturating_sub(3)..first).rev().find(|t| matches!(t.text(), "." | "!"))?;
    let sentence = reading.sentences()[before.sentence()].tokens.clone();
    let root = reading.range(sentence).find(|t| t.is_root())?;
    lexicon::verb(root).filter(|c| c.speaks() && !root.is_passive() && !root.is_negated())?;
    source::of_verb(root, context).filter(|s| s.unit() == before.unit())
}

/// Whether somebody utters the words, so that he can be the one who goes on: words in marks, and what a verb of speech reports;
/// not what he decides, plans or gives.
fn speaks(quotation: &Quotation, reading: &Reading) -> bool {
    match quotation.form {
        Form::Heading | Form::Scare => false,
        Form::Direct | Form::Mixed => true,
        Form::Indirect => quotation.cue.is_none_or(|cue| {
            let tokens = reading.tokens_in(cue);
            reading.range(tokens).any(|t| {
                lexicon::phrase(reading, t.i).is_some()
                    || lexicon::verb(t).or_else(|| lexicon::noun(t)).is_some_and(|c| c.speaks())
            })
        }),
    }
}

/// A quotation of several paragraphs whose speaker is named only behind the last.
fn carry_back(found: &mut [Quotation], stretches: &[Stretch]) {
    let place = |s: &Stretch| found.binary_search_by_key(&s.content.start, |q| q.content.start).ok();
    let pairs: Vec<_> =
        stretches.windows(2).filter(|w| w[1].continues).filter_map(|w| Some((place(&w[0])?, place(&w[1])?))).collect();
    for (earlier, later) in pairs.into_iter().rev() {
        if found[earlier].source.is_none() && found[later].source.is_some() {
            let (source, holder, medium) =
                (found[later].source, found[later].holder.clone(), found[later].medium.clone());
            let quotation = &mut found[earlier];
            (quotation.source, quotation.holder, quotation.medium) = (source, holder, medium);
            quotation.carried_over = true;
            quotation.rule = "carried back";
        }
    }
}

/// How many sentences a pronoun of somebody who speaks may look back, and how many paragraphs.
const REACH: usize = 4;
const PARAGRAPHS: usize = 2;

/// "He said", "it added", where nothing links the pronoun: whoever spoke in the nearest sentence before, else who is its subject,
/// if the pronoun can stand for him.
fn pronouns(found: &mut [Quotation], stretches: &[Stretch], context: Context<'_>) {
    // Who speaks where: by place of the source, as far as it is settled.
    let mut spoken: BTreeMap<usize, Holder> = BTreeMap::new();
    let mut order: Vec<usize> = (0..found.len()).filter(|n| found[*n].source.is_some()).collect();
    order.sort_by_key(|n| (found[*n].source, *n));
    for n in order {
        let quotation = &mut found[n];
        let Some(source) = quotation.source else { continue };
        if let Some(pronoun) = unlinked(quotation, context.reading) {
            let known = spoken.get(&source.start).cloned();
            if let Some(holder) = known.or_else(|| antecedent(pronoun, &spoken, stretches, context)) {
                quotation.holder = Holder { span: quotation.holder.span, ..holder };
            }
        }
        let holder = &quotation.holder;
        if !matches!(quotation.form, Form::Heading | Form::Scare)
            && !matches!(holder.kind, HolderKind::Outlet | HolderKind::Unknown)
        {
            spoken.entry(source.start).or_insert_with(|| holder.clone());
        }
    }
}

/// The pronoun by which alone a quotation names its speaker.
fn unlinked<'a>(quotation: &Quotation, reading: &'a Reading) -> Option<Token<'a>> {
    let personal = matches!(quotation.holder.name.to_lowercase().as_str(), "he" | "she" | "they" | "it");
    let at = quotation.holder.span.filter(|_| personal && quotation.holder.kind == HolderKind::Unknown)?;
    reading.token_at(at.start)
}

fn antecedent(
    pronoun: Token<'_>,
    spoken: &BTreeMap<usize, Holder>,
    stretches: &[Stretch],
    context: Context<'_>,
) -> Option<Holder> {
    let reading = context.reading;
    let marked = |t: Token<'_>| {
        let from = stretches.partition_point(|s| s.outer.end <= t.span().start);
        stretches.get(from).is_some_and(|s| s.outer.contains(t.span()))
    };
    let mut left = REACH;
    for (n, sentence) in reading.sentences()[..=pronoun.sentence()].iter().enumerate().rev().take(10 * REACH) {
        if left == 0 || sentence.unit + PARAGRAPHS < pronoun.unit() {
            return None;
        }
        let own = n == pronoun.sentence();
        let words = reading.span(sentence.tokens.clone());
        let end = if own { pronoun.span().start } else { words.end.max(words.start) };
        let fits = |holder: &Holder| agrees(pronoun, holder, context);
        let mut here = spoken.range(words.start..end.max(words.start)).rev().map(|s| s.1);
        if let Some(holder) = here.clone().find(|h| fits(h)) {
            return Some(holder.clone());
        }
        // "The commission criticised the plan. They said": the body, where that sentence names nobody else who are several.
        let before = n + 1 == pronoun.sentence() && sentence.unit == pronoun.unit();
        if before && pronoun.text().eq_ignore_ascii_case("they") {
            let body = |h: &&Holder| {
                let kind = h.entity.as_ref().and_then(|id| context.names.get(id)).map(|e| e.kind);
                h.kind == HolderKind::Entity && kind == Some(EntityKind::Organisation)
            };
            let several = || {
                let plural =
                    |t: Token<'_>| matches!(t.tag(), "NNS" | "NNPS") || t.pos() == Pos::Propn && t.dep() == "conj";
                reading.range(sentence.tokens.clone()).any(plural)
            };
            let mut speakers = here.clone();
            if let (Some(holder), None) = (speakers.next().filter(body), speakers.next())
                && !several()
            {
                return Some(holder.clone());
            }
        }
        // "Berg and Holm agreed. He said": one of the two.
        if here.any(|h| h.kind == HolderKind::Group && is_one_of(pronoun, h, reading)) {
            return None;
        }
        if own {
            continue;
        }
        let root = reading.range(sentence.tokens.clone()).find(|t| t.is_root());
        let Some(root) = root.filter(|r| !marked(*r)) else { continue };
        left -= 1;
        let subject = root.child_of(&["nsubj", "nsubjpass"]).filter(|s| !marked(*s) && s.pos() != Pos::Pron);
        let holder = subject.filter(|s| can_speak(*s, context)).map(|s| holders(s, context));
        if let Some(holder) = holder.filter(fits) {
            return Some(holder);
        }
    }
    None
}

/// Whether one of several named together can be meant by "he" or "she".
fn is_one_of(pronoun: Token<'_>, group: &Holder, reading: &Reading) -> bool {
    let one = matches!(pronoun.text().to_lowercase().as_str(), "he" | "she");
    let head = group.span.and_then(|s| reading.head_of(reading.tokens_in(s)));
    one && head.is_some_and(|h| h.pos() == Pos::Propn && h.conjuncts().len() > 1)
}

/// Whether a pronoun can stand for a holder: one person is "he" or "she", a state, body or document "it", several "they".
fn agrees(pronoun: Token<'_>, holder: &Holder, context: Context<'_>) -> bool {
    let gender = match pronoun.text().to_lowercase().as_str() {
        "he" => Some(Gender::Male),
        "she" => Some(Gender::Female),
        _ => None,
    };
    let they = pronoun.text().eq_ignore_ascii_case("they");
    let head = holder.span.and_then(|s| context.reading.head_of(context.reading.tokens_in(s)));
    let class = head.and_then(lexicon::speaker);
    let personal = matches!(class, Some("office" | "person")) || head.is_some_and(|h| h.pos() == Pos::Propn);
    match holder.kind {
        HolderKind::Entity => {
            let kind = holder.entity.as_ref().and_then(|id| context.names.get(id)).map(|e| e.kind);
            let known = holder.entity.as_ref().and_then(gender_of);
            match (kind, gender) {
                (Some(EntityKind::Person), Some(gender)) => known.is_none_or(|k| k == gender),
                (Some(EntityKind::Person), None) => false,
                (Some(EntityKind::Place | EntityKind::Agreement), _) => false,
                (_, gender) => gender.is_none() && !they,
            }
        }
        HolderKind::Role if gender.is_some() => personal,
        HolderKind::Role => !they && !personal,
        HolderKind::Group => {
            let plural = head
                .is_none_or(|h| matches!(h.tag(), "NNS" | "NNPS") || class == Some("group") || h.conjuncts().len() > 1);
            let one = head.is_some_and(|h| h.text().eq_ignore_ascii_case("one"));
            if gender.is_some() { one } else { they || !plural }
        }
        HolderKind::Outlet | HolderKind::Unknown => false,
    }
}

/// Words printed twice, once as a heading or without a speaker, once as somebody's: they are his in both places.
pub(super) fn repeat(found: &mut [Quotation], text: &str) {
    let key = |q: &Quotation| -> String {
        q.content.of(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let spoken: BTreeMap<String, Holder> = found
        .iter()
        .filter(|q| q.form == Form::Direct && q.source.is_some() && !q.carried_over)
        .map(|q| (key(q), q.holder.clone()))
        .collect();
    let floats = |q: &Quotation| q.form == Form::Direct && q.cue.is_none() && (q.source.is_none() || q.carried_over);
    for quotation in found.iter_mut().filter(|q| q.form == Form::Heading || floats(q)) {
        if let Some(holder) = spoken.get(&key(quotation)) {
            quotation.holder = holder.clone();
            quotation.carried_over = true;
        }
    }
}
