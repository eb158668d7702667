//! The same facts in another light: judgements, words that judge, names of the thing, words for the same event. Never a contradiction.

use std::collections::{BTreeMap, BTreeSet};

use language::Span;

use super::super::compare::QUALITIES;
use super::super::frame::Frame;
use super::super::{Conflict, ConflictKind, Position, Verdict, Witness};
use super::position;
use crate::extract::{AuthorStance, EntityId, HolderKind, Stance};
use crate::knowledge::instrument_of_noun;
use crate::provenance::{ArticleId, Passage};

/// Fewest articles that a difference of light needs.
const ARTICLES: usize = 2;
/// How far before a word its negation may stand, in words.
const NEGATION: usize = 5;

/// Whether the positions stand in at least two articles.
fn spread(positions: &[Position]) -> bool {
    positions.iter().flat_map(|p| &p.articles).collect::<BTreeSet<&ArticleId>>().len() >= ARTICLES
}

fn framing(kind: ConflictKind, about: String, positions: Vec<Position>, reason: &str) -> Option<Conflict> {
    (positions.len() > 1 && spread(&positions)).then(|| Conflict {
        kind,
        verdict: Verdict::Framing,
        about,
        positions,
        reason: reason.to_owned(),
    })
}

/// Judgements for and against the agreement, by voice. Of a state or a person one is judged for this and against that, which is no
/// quarrel.
pub(super) fn judgements(story: &[Witness<'_>], frame: &Frame) -> Vec<Conflict> {
    type Voices = BTreeMap<(bool, String), Vec<Passage>>;
    let mut by_thing: BTreeMap<&EntityId, Voices> = BTreeMap::new();
    for witness in story {
        for said in &witness.findings.assessments {
            let Some(about) = said.about.as_ref().filter(|a| frame.agreement.as_ref() == Some(*a)) else { continue };
            let rejected = said.author_stance == AuthorStance::Rejects;
            let voice = match said.holder.kind {
                HolderKind::Outlet | HolderKind::Unknown => "an author".to_owned(),
                _ if rejected => format!("{} (whom the author rejects)", said.holder.name),
                _ => said.holder.name.clone(),
            };
            let voices = by_thing.entry(about).or_default();
            voices.entry((said.stance == Stance::Supportive, voice)).or_default().push(witness.passage(said.span));
        }
    }
    let mut found = Vec::new();
    for (about, voices) in by_thing {
        let side = |supportive: bool| -> Option<Position> {
            let of: Vec<_> = voices.iter().filter(|((s, _), _)| *s == supportive).collect();
            let names: Vec<&str> = of.iter().map(|((_, name), _)| name.as_str()).collect();
            let word = if supportive { "for it" } else { "against it" };
            let spans = of.iter().flat_map(|(_, spans)| spans.iter().cloned()).collect();
            (!names.is_empty()).then(|| position(format!("{word}: {}", names.join(", ")), spans))
        };
        let positions = [side(true), side(false)].into_iter().flatten().collect();
        let reason = "judged in two ways; judgements are kept by voice";
        found.extend(framing(ConflictKind::Framing, about.0.clone(), positions, reason));
    }
    found
}

/// Words that judge the agreement or its step, with those that say the opposite: "largely symbolic", "no symbolic gesture".
pub(super) fn qualities(story: &[Witness<'_>], frame: &Frame) -> Vec<Conflict> {
    // By word and whether it is denied.
    let mut said: BTreeMap<&'static str, [Vec<Passage>; 2]> = BTreeMap::new();
    for witness in story {
        for label in &witness.findings.sentences {
            let sentence = label.span;
            if matches!(label.label.as_str(), "boilerplate") || !concerns(witness, sentence, frame) {
                continue;
            }
            for (word, place, denied) in judging(sentence.of(&witness.article.text)) {
                let span = Span::new(sentence.start + place.start, sentence.start + place.end);
                said.entry(word).or_default()[usize::from(denied)].push(witness.passage(span));
            }
        }
    }
    let mut found = Vec::new();
    for (word, [plain, denied]) in &said {
        let mut against: Vec<Passage> = denied.clone();
        let mut words = vec![format!("not {word}")];
        if denied.is_empty() {
            words.clear();
        }
        for other in &QUALITIES[word] {
            if let Some([spans, _]) = said.get(other).filter(|[spans, _]| !spans.is_empty()) {
                against.extend(spans.iter().cloned());
                words.push((*other).to_owned());
            }
        }
        // Each pair once, under the word that comes first; a word against its own denial always.
        let first = denied.is_empty() && QUALITIES[word].iter().any(|o| o < word && said.contains_key(o));
        if plain.is_empty() || against.is_empty() || first {
            continue;
        }
        let positions = vec![position((*word).to_owned(), plain.clone()), position(words.join(", "), against)];
        let kind = if denied.is_empty() { ConflictKind::Antonym } else { ConflictKind::Negation };
        // "a symbolic step": of a state with an agreement, where the story is about that.
        let named: Vec<&str> = frame.participant.iter().chain(&frame.agreement).map(|e| e.0.as_str()).collect();
        let about = if named.is_empty() { "the event".to_owned() } else { named.join(" ") };
        found.extend(framing(
            kind,
            about,
            positions,
            "opposite words about the same matter, each in its author's light",
        ));
    }
    found
}

/// Whether a sentence names what the story is about, or points with "this" to the sentence before it or to the others of the paragraph
/// that it opens, which name it.
fn concerns(witness: &Witness<'_>, span: Span, frame: &Frame) -> bool {
    let sentences = &witness.findings.sentences;
    let at = sentences.partition_point(|s| s.span.end <= span.start);
    let first =
        span.of(&witness.article.text).split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty()).unwrap_or("");
    let back = usize::from(matches!(first, "This" | "That" | "It"));
    let from = sentences.get(at.saturating_sub(back)).map_or(span, |s| s.span).start.min(span.start);
    let opens = witness.article.blocks.iter().find(|b| b.span.contains(span) && span.start < b.span.start + 3);
    let near = match opens.filter(|_| first == "This") {
        Some(block) => block.span.cover(span),
        None => Span::new(from, span.end),
    };
    let of = frame.agreement.iter().chain(&frame.participant);
    let mut named = of.filter_map(|id| witness.findings.entities.iter().find(|e| e.id == *id));
    named.any(|e| e.mentions.iter().any(|m| near.overlaps(*m)))
}

/// The words of the table of opposites in a sentence, where they stand, and whether a negation stands before them.
fn judging(sentence: &str) -> Vec<(&'static str, Span, bool)> {
    let mut words: Vec<(String, Span)> = Vec::new();
    let mut start = None;
    for (at, c) in sentence.char_indices().chain([(sentence.len(), ' ')]) {
        let inside = c.is_alphanumeric() || matches!(c, '-' | '\'' | '’');
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((sentence[from..at].to_lowercase().replace('’', "'"), Span::new(from, at)));
                start = None;
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for (i, (word, span)) in words.iter().enumerate() {
        let Some((known, _)) = QUALITIES.get_key_value(word.as_str()) else { continue };
        let before = &words[i.saturating_sub(NEGATION)..i];
        let not =
            |w: &str| matches!(w, "not" | "no" | "never" | "nor" | "neither" | "hardly" | "than") || w.ends_with("n't");
        // "This wasn't about optics, publicity, or symbolic gestures": a list carries its negation along.
        let listed = sentence[..span.start].rsplit(['.', ';', ':', '—']).next().is_some_and(|clause| {
            let short = clause.split_whitespace().count() <= 9;
            short
                && clause.split_whitespace().any(|w| {
                    not(w.to_lowercase().replace('’', "'").trim_matches(|c: char| !c.is_alphanumeric() && c != '\''))
                })
        });
        let only = before.iter().any(|(w, _)| matches!(w.as_str(), "only" | "just" | "merely"));
        let denied = !only && (before.iter().any(|(w, _)| not(w)) || listed);
        found.push((*known, *span, denied));
    }
    found
}

/// What kind of instrument or undertaking the articles call the agreement, where its own name leaves it open.
pub(super) fn names(story: &[Witness<'_>], frame: &Frame) -> Option<Conflict> {
    let agreement = frame.agreement.as_ref()?;
    let mut by_class: BTreeMap<String, Vec<Passage>> = BTreeMap::new();
    for witness in story {
        let Some(entity) = witness.findings.entities.iter().find(|e| e.id == *agreement) else { continue };
        let text = &witness.article.text;
        let mut add = |span: Span| {
            let last =
                span.of(text).split(|c: char| !c.is_alphabetic()).rfind(|w| !w.is_empty()).unwrap_or("").to_lowercase();
            // "the accords" of the Lima Accords is its name, no word for what it is.
            let own = entity.name.to_lowercase().split_whitespace().any(|w| w == last);
            if let Some(class) = class(&last).filter(|_| !own) {
                by_class.entry(class).or_default().push(witness.passage(span));
            }
        };
        for mention in
            entity.mentions.iter().filter(|m| m.of(text).split_whitespace().any(|w| w.starts_with(char::is_lowercase)))
        {
            add(*mention);
        }
        for proposition in &witness.findings.propositions {
            let subject = proposition.argument("subj").and_then(|a| a.entity.as_ref());
            if proposition.lemma == "be" && subject == Some(agreement) {
                proposition
                    .arguments
                    .iter()
                    .filter(|a| a.relation == "is" && a.entity.is_none())
                    .for_each(|a| add(a.span));
            }
        }
    }
    let positions = by_class.into_iter().map(|(class, spans)| position(class, spans)).collect();
    // An agreement may well be an initiative too.
    let found =
        framing(ConflictKind::Framing, agreement.0.clone(), positions, "one thing under names of different weight");
    found.map(|c| Conflict { verdict: Verdict::Compatible, ..c })
}

/// The kind of instrument that a noun names; the noun itself where it leaves that open ("agreement", "initiative").
fn class(noun: &str) -> Option<String> {
    let known = instrument_of_noun(noun)?;
    let one = noun.strip_suffix('s').filter(|one| instrument_of_noun(one).is_some()).unwrap_or(noun);
    Some(if known == "unspecified" { one.to_owned() } else { known.replace('_', " ") })
}

#[cfg(test)]
mod tests {
    use super::judging;

    #[test]
    fn words_that_judge_with_their_negation() {
        let check = |sentence: &str| -> Vec<String> {
            let words = judging(sentence);
            words.iter().map(|(w, _, denied)| format!("{}{w}", if *denied { "not " } else { "" })).collect()
        };
        assert_eq!(check("The step is largely symbolic."), ["symbolic"]);
        assert_eq!(check("This is not a symbolic step."), ["not symbolic"]);
        assert_eq!(check("It wasn't about optics, publicity, or symbolic gestures."), ["not symbolic"]);
        assert_eq!(check("It is not only symbolic."), ["symbolic"]);
        assert_eq!(check("Talks have stalled; a permanent seat was not asked for."), ["stalled", "permanent"]);
    }
}
