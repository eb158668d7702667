//! Who judges what, which way, and where the author stands to it.
//!
//! Others' judgements are quotations that lean (`data/en/opinion_words.tsv`), whose cue leans ("praised", "warned"), or whose
//! source is against by name ("critics"); the author's own are sentences of opinion about an agreement. A text that cites its
//! experts in order to refute them rejects what they say: "but the vote proved these sceptics wrong".

use std::collections::BTreeSet;
use std::ops::Range;

use language::{Pos, Span, Token};

use super::name::MentionForm;
use super::opinion::{self, Hit};
use super::quotation::{lexicon, source};
use super::{
    Assessment, AuthorStance, Context, Entity, EntityId, EntityKind, Form, Holder, HolderKind, SentenceLabel, Stance,
    attribution, sentence, stage,
};
use crate::knowledge::knowledge;

/// How many sentences back a refutation reaches.
const REACH: usize = 4;

/// All of an article in text order.
pub(crate) fn find(context: Context<'_>, hits: &[Hit], labels: &[SentenceLabel]) -> Vec<Assessment> {
    let main = stage::main_agreement(context);
    let mut found = others(context, hits, main);
    found.extend(judged(context, main));
    found.sort_by_key(|(a, _)| (a.span.start, std::cmp::Reverse(a.span.end)));
    let mut kept: Vec<(Assessment, usize)> = Vec::new();
    for (assessment, at) in found {
        // Of words within words of one voice the outer stand.
        let inside = kept
            .iter()
            .rev()
            .take(4)
            .any(|(k, _)| k.span.contains(assessment.span) && k.holder.name == assessment.holder.name);
        if !inside {
            kept.push((assessment, at));
        }
    }
    let spoken = sentence::spoken(context);
    let refuted = refutations(context, &spoken);
    for (assessment, at) in &mut kept {
        let unnamed = assessment.holder.kind != HolderKind::Entity;
        let here = refuted.partition_point(|r| *r < *at);
        let soon = refuted.get(here).is_some_and(|r| *r <= *at + REACH);
        if soon && unnamed && assessment.stance == Stance::Critical {
            assessment.author_stance = AuthorStance::Rejects;
        }
    }
    let mut found: Vec<Assessment> = kept.into_iter().map(|(a, _)| a).collect();
    found.extend(own(context, hits, labels, &spoken));
    found.sort_by_key(|a| (a.span.start, a.span.end));
    found
}

/// Quotations that lean.
fn others(context: Context<'_>, hits: &[Hit], main: Option<&EntityId>) -> Vec<(Assessment, usize)> {
    let mut found = Vec::new();
    for quotation in context.quotations {
        let speaks = sentence::is_said(quotation, context);
        let tokens = context.reading.tokens_in(quotation.content);
        let said = quotation.cue.and_then(|c| context.reading.head_of(context.reading.tokens_in(c)));
        let nested = is_told(said, quotation.cue.unwrap_or(quotation.content), &quotation.holder, context);
        if !speaks || nested || tokens.is_empty() || quotation.holder.kind == HolderKind::Unknown {
            continue;
        }
        let first = hits.partition_point(|h| h.at < tokens.start);
        let count = hits[first..].iter().take_while(|h| h.at < tokens.end).count();
        let inside = &hits[first..first + count];
        let words: i32 = inside.iter().map(|h| i32::from(h.entry.leaning) * i32::from(h.entry.weight)).sum();
        let cue = quotation.cue.and_then(|c| context.reading.token_at(c.start));
        let cue = cue.and_then(|t| {
            let above = std::iter::once(t).chain(t.head());
            above.into_iter().find_map(|t| lexicon::verb(t).map(|c| (t, c)))
        });
        // "Anna scorned doubts, weeks after a row broke out over the video": the video is not what she scorned.
        let far = quotation.form == Form::Indirect
            && cue.is_some_and(|(t, c)| c.sense == "judge" && !is_object(t, tokens.clone(), context));
        if far || cue.is_some_and(|(t, _)| is_supposed(t)) || is_conditional(context, tokens.clone()) {
            continue;
        }
        let told = cue.map_or(0, |(token, cue)| if token.is_negated() { 0 } else { leaning(cue) });
        let head = quotation.source.and_then(|s| context.reading.head_of(context.reading.tokens_in(s)));
        // Critics by name are against; experts and analysts are cited for what they think of something.
        let judge = head.and_then(|h| opinion::of("critic", h));
        let against = judge.filter(|e| e.leaning < 0);
        let head = context.reading.head_of(tokens.clone());
        // "accused Anna of theft": both hang on the verb, and she is its object.
        let direct = cue.and_then(|(t, _)| t.object()).filter(|o| tokens.contains(&o.i));
        let object = direct.or(head).filter(|_| told.abs() >= 2 && quotation.form != Form::Direct);
        if let (Some(object), Some((verb, _))) = (object, cue)
            && is_deed(verb, object, context)
        {
            continue;
        }
        // "Berg's critics" are against Berg, whatever else they name.
        let owner = against.and(quotation.source).and_then(|s| context.reading.head_of(context.reading.tokens_in(s)));
        let owner = owner.and_then(|h| h.child("poss")).filter(|o| context.names.entity_at(o.i).is_some());
        if owner.is_some_and(|o| {
            let about = context.names.entity_at(o.i).map(|e| &e.id);
            about != main && about.is_some()
        }) {
            continue;
        }
        let about = match object {
            Some(object) => about_object(object, quotation.content, &quotation.holder, context),
            None => about_words(inside, tokens.clone(), words, &quotation.holder, context),
        };
        let the_deal = |main: &EntityId| head.is_some_and(|h| is_this(h) && !is_another_named(h, main, context));
        // Critics are against what their sentence names, and not against what the article is about besides: some defend it.
        let near = quotation.cue.map_or(quotation.content, |c| c.cover(quotation.content));
        let near = context.reading.tokens_in(near);
        let sentence = context.reading.token(tokens.start).sentence();
        let near = near.start.min(context.reading.sentences()[sentence].tokens.start)..near.end;
        let in_words = |m: &EntityId, tokens: Range<usize>| {
            context.names.mentions_in(tokens).any(|x| context.names.entity_of(x).id == *m)
        };
        let person =
            context.names.mentions_in(tokens.clone()).any(|m| context.names.entity_of(m).kind == EntityKind::Person);
        let meant = |m: &EntityId| in_words(m, tokens.clone()) || in_words(m, near.clone()) && !person;
        let main = main.filter(|m| against.is_some() && meant(m) || the_deal(m));
        let about = about.or_else(|| main.cloned());
        // A deed that is judged is there for all to read, whoever did it.
        let deed = object.is_some_and(|o| o.pos() == Pos::Noun && context.names.entity_at(o.i).is_none())
            && context.names.mentions_in(tokens.clone()).next().is_some();
        if about.is_none() && !deed && against.is_none() && stage::main_agreement(context).is_none() {
            continue;
        }
        let sum = words + told + if against.is_some() { -2 } else { 0 };
        // A state or a person is named in any speech: of them it takes more.
        let sure = about.as_ref().is_some_and(|a| a.0.starts_with("agreement:"))
            || told.abs() >= 2 && (about.is_some() || deed)
            || against.is_some()
            || judge.is_some() && about.is_some();
        if sum.abs() < if sure { 2 } else { 3 } {
            continue;
        }
        let rule =
            format!("words {words:+}, cue {told:+}{}", if against.is_some() { ", a critic by name" } else { "" });
        let assessment = Assessment {
            about,
            stance: if sum < 0 { Stance::Critical } else { Stance::Supportive },
            holder: quotation.holder.clone(),
            author_stance: cue.map_or(AuthorStance::Neutral, |(token, cue)| author_stance(token, cue)),
            span: quotation.content,
            rule,
        };
        found.push((assessment, context.reading.token(tokens.start).sentence()));
    }
    found
}

/// "The premier praised the pact": verbs of judging whose object is what is judged, where no quotation has it.
fn judged(context: Context<'_>, main: Option<&EntityId>) -> Vec<(Assessment, usize)> {
    let mut found = Vec::new();
    let quoted: BTreeSet<usize> = context.quotations.iter().filter_map(|q| q.cue.map(|c| c.start)).collect();
    for token in context.reading.tokens().filter(|t| t.pos() == Pos::Verb && !t.is_negated()) {
        let Some(cue) = lexicon::verb(token).filter(|c| c.sense == "judge" && leaning(c) != 0) else { continue };
        let Some(object) = token.object().filter(|o| o.i > token.i || token.is_passive()) else { continue };
        let blow = matches!(token.lemma(), "hit" | "attack" | "back" | "knock" | "rip");
        if blow || is_supposed(token) || is_deed(token, object, context) {
            continue;
        }
        let speaker = source::of_verb(token, context).filter(|s| source::can_speak(*s, context));
        let Some(speaker) = speaker.filter(|_| !quoted.contains(&token.span().start)) else { continue };
        let holder = attribution::holder_of(speaker, context);
        if holder.kind == HolderKind::Unknown || is_told(Some(token), token.span(), &holder, context) {
            continue;
        }
        let span = object.subtree_span();
        let about = about_object(object, span, &holder, context);
        let Some(about) =
            about.or_else(|| main.filter(|m| is_this(object) && !is_another_named(object, m, context)).cloned())
        else {
            continue;
        };
        found.push((
            Assessment {
                about: Some(about),
                stance: if leaning(cue) < 0 { Stance::Critical } else { Stance::Supportive },
                holder,
                author_stance: author_stance(token, cue),
                span,
                rule: format!("{} X", token.lemma()),
            },
            token.sentence(),
        ));
    }
    found
}

/// Sentences of the author's own opinion about an agreement, where they lean.
fn own(context: Context<'_>, hits: &[Hit], labels: &[SentenceLabel], spoken: &[bool]) -> Vec<Assessment> {
    let judging = labels.iter().filter(|l| l.label.split('+').any(|p| p == "opinion"));
    judging
        .filter_map(|label| {
            let tokens = context.reading.tokens_in(label.span);
            let first = hits.partition_point(|h| h.at < tokens.start);
            let mine = hits[first..]
                .iter()
                .take_while(|h| h.at < tokens.end)
                .filter(|h| !spoken.get(h.at).copied().unwrap_or(false));
            let sum: i32 = mine.map(|h| i32::from(h.entry.leaning) * i32::from(h.entry.weight)).sum();
            if is_conditional(context, tokens.clone()) {
                return None;
            }
            let about = agreement_of(tokens.clone(), context)?;
            let holder =
                framer(tokens, context).map_or_else(Holder::outlet, |who| attribution::holder_of(who, context));
            let mine = holder.kind == HolderKind::Outlet;
            (sum.abs() >= 2 && holder.kind != HolderKind::Unknown).then(|| Assessment {
                about: Some(about),
                stance: if sum < 0 { Stance::Critical } else { Stance::Supportive },
                holder,
                author_stance: if mine { AuthorStance::Endorses } else { AuthorStance::Neutral },
                span: label.span,
                rule: format!("own words {sum:+}"),
            })
        })
        .collect()
}

/// 2 for, -2 against, of a word of judging or warning.
fn leaning(cue: &lexicon::Cue) -> i32 {
    match (cue.sense, cue.stance) {
        ("deny" | "admit", _) => 0,
        (_, "positive") => 2,
        (_, "negative") => -2,
        ("warn", _) => -1,
        _ => 0,
    }
}

fn author_stance(token: Token<'_>, cue: &lexicon::Cue) -> AuthorStance {
    let adverb = |words: &[&str]| {
        token.children().any(|c| c.dep() == "advmod" && words.contains(&c.text().to_lowercase().as_str()))
    };
    if adverb(&["rightly", "correctly", "aptly", "succinctly", "convincingly", "justly", "wisely"]) {
        AuthorStance::Endorses
    } else if opinion::of("distance", token).is_some()
        || adverb(&["wrongly", "falsely", "supposedly", "absurdly", "mistakenly"])
    {
        AuthorStance::Distances
    } else if cue.stance == "factive" && !token.is_negated() {
        AuthorStance::Endorses
    } else {
        AuthorStance::Neutral
    }
}

/// What a verb of judging judges: the agreement that its object is or has to do with ("Norway's entry into the pact"), else the
/// state, body or person that the object itself names; a name deep inside the object is not what is judged.
fn about_object(object: Token<'_>, span: Span, holder: &Holder, context: Context<'_>) -> Option<EntityId> {
    let own = context.names.entity_at(object.i);
    match own {
        Some(e) if e.kind == EntityKind::Agreement => (!is_doubtful(object, context)).then(|| e.id.clone()),
        Some(e) => is_actor(e, holder).then(|| e.id.clone()),
        None if knowledge().role(object.text()).is_some() => None,
        None => agreement_of(context.reading.tokens_in(span), context),
    }
}

/// What words judge: the agreement named, else the state, body or person that the judging words are said of.
fn about_words(
    hits: &[Hit],
    tokens: Range<usize>,
    words: i32,
    holder: &Holder,
    context: Context<'_>,
) -> Option<EntityId> {
    if let Some(agreement) = agreement_of(tokens.clone(), context) {
        return Some(agreement);
    }
    let same = hits.iter().filter(|h| i32::from(h.entry.leaning).signum() == words.signum() && words != 0);
    let said_of = same.filter_map(|h| judged_by(context.reading.get(h.at)?));
    let mut named = said_of.filter(|t| tokens.contains(&t.i)).filter_map(|t| context.names.entity_at(t.i));
    named.find(|e| is_actor(e, holder)).map(|e| e.id.clone())
}

/// What a judging word is said of: the noun that an adjective stands with, the subject of its copula or of a verb, the object of
/// "describe X as".
fn judged_by(word: Token<'_>) -> Option<Token<'_>> {
    let noun = match (word.pos(), word.dep()) {
        (Pos::Adj, "amod") => word.head()?,
        _ => word,
    };
    match noun.dep() {
        "acomp" | "attr" | "oprd" => subject_of(noun.head()?),
        "pobj" if noun.head()?.text() == "as" => noun.head()?.head()?.object(),
        "appos" => noun.head(),
        _ if matches!(noun.pos(), Pos::Verb) => subject_of(noun),
        _ => Some(noun),
    }
}

fn subject_of(verb: Token<'_>) -> Option<Token<'_>> {
    Some(verb.surface_subject()?.resolve_relative())
}

/// The agreement that words have to do with: the only one they name, else the one that is their subject.
fn agreement_of(tokens: Range<usize>, context: Context<'_>) -> Option<EntityId> {
    let mentions = || {
        context.names.mentions_in(tokens.clone()).filter(|m| context.names.entity_of(m).kind == EntityKind::Agreement)
    };
    let named: BTreeSet<&EntityId> = mentions().map(|m| &context.names.entity_of(m).id).collect();
    let subject = mentions().find(|m| {
        context.reading.range(m.tokens.clone()).any(|t| matches!(t.dep(), "nsubj" | "nsubjpass") && t.head().is_some())
    });
    let subject = subject.or_else(|| mentions().next().filter(|_| named.len() == 1))?;
    let head = context.reading.head_of(subject.tokens.clone())?;
    // "They strengthen the commitment to the convention": of what "they" are, nothing is sure.
    let elsewhere = context.reading.range(tokens.clone()).any(|t| {
        t.is_root()
            && t.child("nsubj").is_some_and(|s| {
                is_thing(s)
                    && context.names.entity_at(s.i).is_none_or(|e| e.kind == EntityKind::Agreement)
                    && !subject.tokens.contains(&s.i)
            })
    });
    (!elsewhere && !is_doubtful(head, context)).then(|| context.names.entity_of(subject).id.clone())
}

/// Whether "the deal" may be another than the one it was read as: the last agreement named before it is another, or another that
/// no table knows ("the Oslo Trade Partnership").
fn is_doubtful(word: Token<'_>, context: Context<'_>) -> bool {
    let mention = context.names.mention_at(word.i).filter(|m| m.form == MentionForm::Noun);
    mention.is_some_and(|m| is_another_named(word, &context.names.entity_of(m).id, context))
}

/// Whether the last agreement that this sentence and the one before name ahead of the word is another.
fn is_another_named(word: Token<'_>, agreement: &EntityId, context: Context<'_>) -> bool {
    let from = context.reading.sentences().get(word.sentence().saturating_sub(1)).map_or(0, |s| s.tokens.start);
    let before = context.names.mentions_in(from..word.i).filter(|m| m.form == MentionForm::Name);
    let last = before.filter(|m| {
        let words = context.reading.span(m.tokens.clone()).of(context.reading.text());
        context.names.entity_of(m).kind == EntityKind::Agreement
            || ["Partnership", "Agreement", "Pact", "Treaty", "Accord", "Deal"].iter().any(|w| words.ends_with(w))
    });
    last.last().is_some_and(|m| context.names.entity_of(m).id != *agreement)
}

/// A pronoun that can stand for an agreement.
fn is_thing(word: Token<'_>) -> bool {
    matches!(word.text().to_lowercase().as_str(), "it" | "they" | "this" | "that" | "these" | "those")
}

fn is_actor(entity: &Entity, holder: &Holder) -> bool {
    matches!(entity.kind, EntityKind::State | EntityKind::Organisation | EntityKind::Person)
        && Some(&entity.id) != holder.entity.as_ref()
}

/// Whether what was judged hangs on the verb without another verb between.
fn is_object(verb: Token<'_>, content: Range<usize>, context: Context<'_>) -> bool {
    let Some(head) = context.reading.head_of(content.clone()) else { return false };
    let between = head.ancestors().take_while(|a| a.i != verb.i).any(|a| {
        matches!(a.pos(), Pos::Verb | Pos::Aux)
            && a.first_conjunct().i != verb.first_conjunct().i
            && !content.contains(&a.i)
    });
    !between
}

/// Greetings, thanks and rulings are deeds, not judgements: "welcomed the guests", "dismissed the lawsuit".
fn is_deed(verb: Token<'_>, object: Token<'_>, context: Context<'_>) -> bool {
    match verb.lemma() {
        "honor" | "honour" | "thank" | "celebrate" | "toast" | "bless" | "congratulate" => true,
        "welcome" => {
            let entity = context.names.entity_at(object.i);
            let office = |t: Token<'_>| knowledge().role(t.text()).is_some();
            let words = context.reading.range(object.left_edge()..object.i + 1);
            let stranger = object.pos() == Pos::Propn || words.into_iter().any(office);
            entity.map_or(stranger, |e| e.kind != EntityKind::Agreement)
        }
        "dismiss" => matches!(
            object.lemma(),
            "lawsuit"
                | "suit"
                | "case"
                | "charge"
                | "appeal"
                | "petition"
                | "motion"
                | "complaint"
                | "claim"
                | "minister"
        ),
        _ => false,
    }
}

/// "would welcome", "if he praises": nobody has judged yet.
fn is_supposed(verb: Token<'_>) -> bool {
    let modal =
        |t: Token<'_>| matches!(t.text().to_lowercase().as_str(), "would" | "could" | "may" | "might" | "should");
    let marked = |t: Token<'_>| t.children().any(|c| c.dep() == "mark" && is_if(c));
    // "If she came she would meet those who have blamed her": told in passing of whom she would meet.
    let in_passing = || {
        let above = || verb.ancestors().flat_map(|a| a.children().map(move |c| (a, c)));
        verb.dep() == "relcl" && above().any(|(a, c)| c.dep() == "advcl" && c.i < a.i && marked(c))
    };
    verb.auxiliaries().any(modal) || marked(verb) || verb.ancestors().any(marked) || in_passing()
}

fn is_conditional(context: Context<'_>, tokens: Range<usize>) -> bool {
    context.reading.range(tokens).any(|t| t.dep() == "mark" && is_if(t))
}

fn is_if(word: Token<'_>) -> bool {
    matches!(word.text().to_lowercase().as_str(), "if" | "unless" | "whether")
}

/// Whether somebody else is cited for the judgement itself: what a suit alleges that a campaign welcomed is no word of the campaign's.
fn is_told(verb: Option<Token<'_>>, words: Span, holder: &Holder, context: Context<'_>) -> bool {
    let other = |by: &Holder| by.kind != HolderKind::Outlet && (by.entity.is_none() || by.entity != holder.entity);
    let above = verb.map(Token::first_conjunct).filter(|v| v.dep() == "ccomp").and_then(Token::head);
    let teller = above.filter(|a| lexicon::verb(*a).is_some()).and_then(Token::surface_subject);
    let id = teller.and_then(|t| context.names.entity_at(t.i)).map(|e| &e.id);
    if teller.is_some() && (id.is_none() || id != holder.entity.as_ref()) {
        return true;
    }
    let before = context.quotations.partition_point(|q| q.content.start <= words.start);
    context.quotations[..before]
        .iter()
        .rev()
        .take(8)
        .any(|q| q.content.contains(words) && !matches!(q.form, Form::Scare | Form::Heading) && other(&q.holder))
}

/// Who frames what the sentence says, where it is not the author: "She cast the pact as a triumph".
fn framer<'a>(tokens: Range<usize>, context: Context<'a>) -> Option<Token<'a>> {
    let verb = context.reading.range(tokens).find(|t| t.is_root() && lexicon::verb(*t).is_some())?;
    verb.child("nsubj").filter(|s| source::can_speak(*s, context))
}

/// "the deal", "the pact": what the article is about. "The move" is a deed, and whose is not said.
fn is_this(object: Token<'_>) -> bool {
    let definite =
        object.child("det").is_some_and(|d| matches!(d.text().to_lowercase().as_str(), "the" | "this" | "that"));
    definite && matches!(object.lemma(), "deal" | "agreement" | "accord" | "pact" | "treaty")
}

/// The sentences in which the author says that others were wrong.
fn refutations(context: Context<'_>, spoken: &[bool]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for token in context.reading.tokens().filter(|t| !spoken[t.i] && matches!(t.pos(), Pos::Verb | Pos::Aux)) {
        let critics = |t: Token<'_>| {
            opinion::of("critic", t).is_some()
                || t.children().any(|c| c.dep() == "conj" && opinion::of("critic", c).is_some())
        };
        let wrong = |t: Token<'_>| opinion::of("judged", t).is_some();
        let near: Vec<Token<'_>> = token.children().flat_map(|c| std::iter::once(c).chain(c.children())).collect();
        let them = near.iter().find(|t| matches!(t.dep(), "nsubj" | "nsubjpass" | "dobj" | "pobj") && critics(**t));
        let frame = match token.lemma() {
            // "proves these sceptics wrong", "showed that the experts were wrong".
            "prove" | "show" => {
                them.is_some() && (near.iter().any(|t| wrong(*t)) || near.iter().flat_map(|t| t.children()).any(wrong))
            }
            // "The critics were wrong".
            "be" => token.child("nsubj").is_some_and(critics) && token.child("acomp").is_some_and(wrong),
            _ => {
                opinion::of("refute", token).is_some()
                    && token.child("dobj").is_some_and(critics)
                    && !token.surface_subject().is_some_and(|s| source::can_speak(s, context))
            }
        };
        if frame && !token.is_negated() && found.last() != Some(&token.sentence()) {
            found.push(token.sentence());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::ingest;
    use crate::testing::MODEL;

    /// Each assessment as "holder > stance > author's stance > about".
    fn check(text: &str, expected: &[&str]) {
        let article = ingest::text("t.txt", text.as_bytes()).expect("text");
        let findings = crate::extract::extract(&MODEL, &article);
        let word = |v: &serde_json::Value| v.as_str().unwrap_or("").to_owned();
        let found: Vec<String> = findings
            .assessments
            .iter()
            .map(|a| {
                let (stance, author) = (serde_json::json!(a.stance), serde_json::json!(a.author_stance));
                let about = a.about.as_ref().map_or("-", |e| e.0.as_str());
                format!("{} > {} > {} > {about}", a.holder.name, word(&stance), word(&author))
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn others_judge_and_the_author_reports() {
        check(
            "Critics argue that the Paris Agreement has done little to cut emissions.",
            &["Critics > critical > neutral > agreement:paris-agreement"],
        );
        // What they defend may be the very thing.
        let defended = "Critics reply that a reckless, shameful retreat would follow.";
        check(
            &format!("Norway signed the Paris Agreement on Monday. {defended}"),
            &["Critics > critical > neutral > -"],
        );
        check("Norway signed the Paris Agreement on Monday, officials said.", &[]);
        check("Analysts say that 40 states have signed the Paris Agreement.", &[]);
    }

    #[test]
    fn a_verb_of_judging_needs_something_to_judge() {
        check(
            "Macron praised the Paris Agreement.",
            &["Emmanuel Macron > supportive > neutral > agreement:paris-agreement"],
        );
        check("Macron praised the cook.", &[]);
        check("Macron did not praise the Paris Agreement.", &[]);
    }

    #[test]
    fn who_is_cited_to_be_refuted_is_rejected() {
        let cited = "Skeptics claimed that the Paris Agreement was a hollow promise.";
        check(
            &format!("{cited} The vote in Oslo proves these skeptics wrong."),
            &["Skeptics > critical > rejects > agreement:paris-agreement"],
        );
        check(
            &format!("{cited} The vote in Oslo proves that Norway is divided."),
            &["Skeptics > critical > distances > agreement:paris-agreement"],
        );
    }

    #[test]
    fn an_accusation_is_not_the_view_of_the_accused() {
        check("The suit alleged that Macron praised Russia.", &[]);
        check("Macron praised Russia.", &["Emmanuel Macron > supportive > neutral > iso3:RUS"]);
    }

    #[test]
    fn what_is_judged_is_what_the_word_is_said_of() {
        check("Macron accused Russia of lying.", &["Emmanuel Macron > critical > neutral > iso3:RUS"]);
        check("Macron condemned Russia.", &["Emmanuel Macron > critical > neutral > iso3:RUS"]);
        check("Macron condemned the bombing of Norway.", &["Emmanuel Macron > critical > neutral > -"]);
        check("\"It was a terrible, reckless and shameful speech about Norway,\" Macron said.", &[]);
    }

    #[test]
    fn a_threat_a_wish_and_a_greeting_judge_nothing() {
        check("If Angela Merkel came to Oslo she would meet farmers who for years have accused her of greed.", &[]);
        check("\"If Norway does anything that I, in my great and wonderful wisdom, dislike,\" Macron said.", &[]);
        check("Macron would welcome the Paris Agreement.", &[]);
        check(
            "Macron welcomed the Paris Agreement.",
            &["Emmanuel Macron > supportive > neutral > agreement:paris-agreement"],
        );
        check("Macron welcomed Keir Starmer.", &[]);
    }

    #[test]
    fn who_frames_a_thing_holds_the_view() {
        check(
            "Macron framed the success of the Paris Agreement as proof of a remarkable new era.",
            &["Emmanuel Macron > supportive > neutral > agreement:paris-agreement"],
        );
    }

    #[test]
    fn the_deal_is_the_one_named_last() {
        let nafta = "NAFTA is old. NAFTA is disputed. Officials met on NAFTA in Oslo.";
        let derides = |of: &str| format!("Emmanuel Macron > critical > neutral > {of}");
        check(&format!("{nafta} Macron derided the deal."), &[&derides("agreement:nafta")]);
        check(&format!("{nafta} He left the Paris Agreement. Macron derided the deal."), &[]);
    }
}
