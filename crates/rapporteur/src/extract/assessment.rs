//! Who judges what, which way, and where the author stands to it.
//!
//! Others' judgements are quotations that lean (`data/en/opinion_words.tsv`), whose cue leans ("praised", "warned"), or whose
//! source is against by name ("critics"); the author's own are sentences of opinion about an agreement. A text that cites its
//! experts in order to refute them rejects what they say: "but the vote proved these sceptics wrong".

use std::collections::BTreeSet;

use language::{Pos, Span, Token};

use super::opinion::{self, Hit};
use super::quotation::{lexicon, source};
use super::{
    Assessment, AuthorStance, Context, EntityId, EntityKind, Holder, HolderKind, SentenceLabel, Stance, attribution,
    sentence, stage,
};

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
        if !speaks || tokens.is_empty() {
            continue;
        }
        let first = hits.partition_point(|h| h.at < tokens.start);
        let inside = hits[first..].iter().take_while(|h| h.at < tokens.end);
        let words: i32 = inside.map(|h| i32::from(h.entry.leaning) * i32::from(h.entry.weight)).sum();
        let cue = quotation.cue.and_then(|c| context.reading.token_at(c.start));
        let cue = cue.and_then(|t| {
            let above = std::iter::once(t).chain(t.head());
            above.into_iter().find_map(|t| lexicon::verb(t).map(|c| (t, c)))
        });
        let told = cue.map_or(0, |(token, cue)| if token.is_negated() { 0 } else { leaning(cue) });
        let head = quotation.source.and_then(|s| context.reading.head_of(context.reading.tokens_in(s)));
        // Critics by name are against; experts and analysts are cited for what they think of something.
        let judge = head.and_then(|h| opinion::of("critic", h));
        let against = judge.filter(|e| e.leaning < 0);
        let sum = words + told + if against.is_some() { -2 } else { 0 };
        let about = about(quotation.content, &quotation.holder, context);
        let head = context.reading.head_of(tokens.clone());
        let main = main.filter(|_| against.is_some() || head.is_some_and(is_this));
        let about = about.or_else(|| main.cloned());
        // A state or a person is named in any speech: of them it takes more.
        let sure = about.as_ref().is_some_and(|a| a.0.starts_with("agreement:"))
            || told.abs() >= 2 && about.is_some()
            || judge.is_some();
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
        let deed = matches!(
            token.lemma(),
            "hit"
                | "attack"
                | "back"
                | "knock"
                | "rip"
                | "honor"
                | "honour"
                | "thank"
                | "celebrate"
                | "toast"
                | "bless"
        );
        let speaker = source::of_verb(token, context).filter(|s| source::can_speak(*s, context));
        let Some(speaker) = speaker.filter(|_| !deed && !quoted.contains(&token.span().start)) else { continue };
        let holder = attribution::holder_of(speaker, context);
        let span = object.subtree_span();
        let Some(about) = about(span, &holder, context).or_else(|| main.filter(|_| is_this(object)).cloned()) else {
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
            let mut named = context.names.mentions_in(tokens).map(|m| context.names.entity_of(m));
            let about = named.find(|e| e.kind == EntityKind::Agreement)?;
            (sum.abs() >= 2).then(|| Assessment {
                about: Some(about.id.clone()),
                stance: if sum < 0 { Stance::Critical } else { Stance::Supportive },
                holder: Holder::outlet(),
                author_stance: AuthorStance::Endorses,
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

/// What the words speak of: the agreement, else the first state, body or person other than the holder.
fn about(span: Span, holder: &Holder, context: Context<'_>) -> Option<EntityId> {
    let tokens = context.reading.tokens_in(span);
    let named: Vec<_> = context.names.mentions_in(tokens).map(|m| context.names.entity_of(m)).collect();
    let agreement = named.iter().find(|e| e.kind == EntityKind::Agreement);
    let other = || {
        named.iter().find(|e| {
            matches!(e.kind, EntityKind::State | EntityKind::Organisation | EntityKind::Person)
                && Some(&e.id) != holder.entity.as_ref()
        })
    };
    agreement.or_else(other).map(|e| e.id.clone())
}

/// "the move", "the decision", "the deal": what the article is about.
fn is_this(object: Token<'_>) -> bool {
    let definite =
        object.child("det").is_some_and(|d| matches!(d.text().to_lowercase().as_str(), "the" | "this" | "that"));
    definite
        && matches!(
            object.lemma(),
            "move"
                | "decision"
                | "deal"
                | "agreement"
                | "step"
                | "announcement"
                | "accord"
                | "pact"
                | "treaty"
                | "development"
        )
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
}
