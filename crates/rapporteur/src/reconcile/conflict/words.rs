//! The words of a quotation: what versions change, and to whom they give it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::prose::telling;
use super::super::{Conflict, ConflictKind, QuotationAccount, Relation, Verdict, Witness};
use super::position;
use crate::extract::{Holder, HolderKind, Quotation};
use crate::knowledge::knowledge;
use crate::provenance::{ArticleId, Passage};

/// Versions of one utterance that differ in a word that carries sense, and versions under another speaker.
pub(super) fn quotations(story: &[Witness<'_>], quotations: &[QuotationAccount]) -> Vec<Conflict> {
    let by_id: ById<'_, '_> = story.iter().map(|w| (&w.article.id, w)).collect();
    let mut found = Vec::new();
    for quotation in quotations {
        let fullest = source(&by_id, &quotation.fullest);
        for variant in quotation.variants.iter().filter(|v| v.span != quotation.fullest) {
            let own = source(&by_id, &variant.span);
            let changed = variant.difference.clone().unwrap_or_default();
            let apart = variant.span.article != quotation.fullest.article;
            let (kind, verdict, reason) = match variant.relation {
                Relation::Altered if apart && super::super::collate::material(&changed) => {
                    (ConflictKind::Quotation, Verdict::Contradiction, format!("the words differ: {changed}"))
                }
                Relation::Altered if apart && only_spelling(&changed) => continue,
                Relation::Altered if apart && super::super::collate::of_sense(&changed) => {
                    (ConflictKind::Quotation, Verdict::Tension, format!("the words differ: {changed}"))
                }
                Relation::Spliced | Relation::Elided | Relation::Altered => (
                    ConflictKind::Quotation,
                    Verdict::Compatible,
                    format!("the same words put together otherwise: {changed}"),
                ),
                // An agency that carries a statement is no other speaker of it.
                Relation::OtherSpeaker if apart && [own, fullest].into_iter().flatten().any(|q| carries(&q.holder)) => {
                    (ConflictKind::Attribution, Verdict::Compatible, "the same words, by way of an agency".to_owned())
                }
                Relation::OtherSpeaker if apart && [own, fullest].into_iter().flatten().all(names_its_speaker) => {
                    (ConflictKind::Attribution, Verdict::Tension, "the same words under another speaker".to_owned())
                }
                Relation::Paraphrase
                    if apart
                        && changed.starts_with(super::super::collate::ON_THE_WORD_OF)
                        && says_the_same(&by_id, &variant.span, &quotation.fullest) =>
                {
                    let reason = "the same in indirect speech on the word of two".to_owned();
                    (ConflictKind::Attribution, Verdict::Compatible, reason)
                }
                // The same words, for which one names the body and the other its part or its spokesman.
                Relation::Identical | Relation::Typography | Relation::Truncated
                    if apart
                        && [own, fullest].into_iter().flatten().all(names_its_speaker)
                        && !same_name(own, fullest)
                        && other_source(&by_id, (&variant.span, own), (&quotation.fullest, fullest)) =>
                {
                    let reason = "the same words, their speaker under another name".to_owned();
                    (ConflictKind::Attribution, Verdict::Compatible, reason)
                }
                _ => continue,
            };
            // A speaker found inside the quoted words themselves is none.
            let within = |q: &&Quotation| q.source.or(q.holder.span).is_some_and(|s| q.content.overlaps(s));
            let name = |q: Option<&Quotation>| {
                q.filter(|q| !within(q)).map_or_else(|| quotation.holder.name.clone(), |q| q.holder.name.clone())
            };
            // Who says it belongs to the position as much as what is said.
            let with_source = |p: &Passage, q: Option<&Quotation>| -> Vec<Passage> {
                let source = q.filter(|_| kind == ConflictKind::Attribution).and_then(|q| q.source);
                let source = source.map(|span| Passage { article: p.article.clone(), span });
                std::iter::once(p.clone()).chain(source).collect()
            };
            let positions = vec![
                position(name(fullest), with_source(&quotation.fullest, fullest)),
                position(name(own), with_source(&variant.span, own)),
            ];
            found.push(Conflict {
                kind,
                verdict,
                about: format!("words of {}", quotation.holder.name),
                positions,
                reason,
            });
        }
    }
    found
}

/// The quotation that a version comes from.
fn source<'a>(by_id: &ById<'a, '_>, passage: &Passage) -> Option<&'a Quotation> {
    let quotations = &by_id.get(&passage.article)?.findings.quotations;
    let holding = quotations.iter().filter(|q| q.content.contains(passage.span));
    holding.min_by_key(|q| q.content.len())
}

type ById<'a, 's> = BTreeMap<&'s ArticleId, &'s Witness<'a>>;

/// Whether all that a difference changes is the spelling of single words: "neighbourhood" for "neighborhood", "11th" for "eleventh".
fn only_spelling(changed: &str) -> bool {
    changed.split("; ").all(|part| {
        let Some((new, old)) = part.split_once("” for “") else { return false };
        let (new, old) = (new.trim_start_matches('“').to_lowercase(), old.trim_end_matches('”').to_lowercase());
        let spelt = |w: &str| {
            w.replace("our", "or")
                .replace("ise", "ize")
                .replace("isa", "iza")
                .replace("yse", "yze")
                .replace("ll", "l")
                .replace("re", "er")
        };
        let number = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
        let one_word = !new.contains(' ') && !old.contains(' ');
        one_word
            && (spelt(&new) == spelt(&old)
                || number(&new) != number(&old) && new.ends_with("th") && old.ends_with("th"))
    })
}

/// Whether both versions go under one name, however their sources are worded.
fn same_name(a: Option<&Quotation>, b: Option<&Quotation>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a.holder.name == b.holder.name)
}

/// Whether two wordings in indirect speech are near enough to be one saying: both are clauses, and most of the shorter one's words stand
/// in the other.
fn says_the_same(by_id: &ById<'_, '_>, a: &Passage, b: &Passage) -> bool {
    let told = |p: &Passage| -> Option<BTreeSet<String>> {
        let witness = by_id.get(&p.article)?;
        let is_clause = witness.findings.propositions.iter().any(|q| p.span.contains(q.predicate));
        is_clause.then(|| telling(p.span.of(&witness.article.text)))
    };
    let (Some(a), Some(b)) = (told(a), told(b)) else { return false };
    let shorter = a.len().min(b.len());
    shorter > 3 && 4 * a.intersection(&b).count() >= 3 * shorter
}

/// Whether the sources of two versions end in different words: "the Commission", "a spokeswoman for the Union".
fn other_source(
    by_id: &ById<'_, '_>,
    own: (&Passage, Option<&Quotation>),
    fullest: (&Passage, Option<&Quotation>),
) -> bool {
    let last = |(passage, quotation): (&Passage, Option<&Quotation>)| -> Option<String> {
        let source = quotation?.source?.of(&by_id.get(&passage.article)?.article.text).to_lowercase();
        source.split(|c: char| !c.is_alphanumeric()).rfind(|w| w.chars().count() > 3).map(str::to_owned)
    };
    let (one, other) = (last(own), last(fullest));
    one.is_some() && other.is_some() && one != other
}

/// Whether somebody is an agency, or a state's own media, which carry the words of others.
pub(crate) fn carries(holder: &Holder) -> bool {
    let is = |o: &crate::knowledge::Publisher| {
        matches!(o.kind, "agency" | "state_media")
            && (o.name == holder.name || o.aliases.iter().any(|a| *a == holder.name))
    };
    knowledge().outlets.iter().any(is)
}

/// Whether source and cue stand with the words themselves, and the source is none of the quoted words.
fn names_its_speaker(quotation: &Quotation) -> bool {
    let voice = matches!(quotation.holder.kind, HolderKind::Entity | HolderKind::Role | HolderKind::Group);
    let outside = quotation.source.is_some_and(|s| !quotation.content.overlaps(s));
    voice && outside && quotation.cue.is_some() && !quotation.carried_over
}

/// Who announced the step: articles that give it to different voices.
pub(super) fn announcers(story: &[Witness<'_>], participant: Option<&crate::extract::EntityId>) -> Option<Conflict> {
    let mut by_voice: BTreeMap<String, (String, Vec<Passage>)> = BTreeMap::new();
    let participant = participant?;
    for witness in story {
        for said in &witness.findings.propositions {
            let announces =
                matches!(said.lemma.as_str(), "announce" | "announcement" | "confirmation" | "proclaim" | "unveil");
            if !announces || !super::super::align::names(witness, said.predicate, participant) {
                continue;
            }
            let voice = said.argument("subj").or_else(|| said.argument("poss")).and_then(|a| a.entity.as_ref());
            if let Some(voice) = voice.filter(|v| v.0.starts_with("person:") || v.0.starts_with("iso3:")) {
                let name = witness
                    .findings
                    .entities
                    .iter()
                    .find(|e| e.id == *voice)
                    .map_or(voice.0.clone(), |e| e.name.clone());
                by_voice.entry(voice.0.clone()).or_insert((name, Vec::new())).1.push(witness.passage(said.span));
            }
        }
    }
    let own = by_voice.contains_key(&participant.0);
    if by_voice.len() < 2 || !own {
        return None;
    }
    Some(Conflict {
        kind: ConflictKind::Attribution,
        verdict: Verdict::Tension,
        about: "who announced it".to_owned(),
        positions: by_voice.into_values().map(|(name, spans)| position(name, spans)).collect(),
        reason: "the announcement is the state's own in one place and somebody else's in another".to_owned(),
    })
}

/// Who says that a step is still to come, or is decided: the same stage of the same participant on the word of different voices.
pub(super) fn steps(story: &[Witness<'_>]) -> Vec<Conflict> {
    type Voices = BTreeMap<String, (String, Vec<Passage>)>;
    let mut by_step: BTreeMap<(&str, &str, u8, u8, &str), Voices> = BTreeMap::new();
    for witness in story {
        // A marker of what is still to come; other wordings are compared as stages.
        for said in witness.findings.stages.iter().filter(|s| s.lo == 0 && s.hi == 4 && s.side.is_none()) {
            if !matches!(said.holder.kind, HolderKind::Entity | HolderKind::Role | HolderKind::Group) {
                continue;
            }
            let key = (said.participant.0.as_str(), said.agreement.0.as_str(), said.lo, said.hi, said.rule.as_str());
            let voice = said.holder.entity.as_ref().map_or_else(|| said.holder.name.to_lowercase(), |e| e.0.clone());
            let voices = by_step.entry(key).or_default();
            voices.entry(voice).or_insert((said.holder.name.clone(), Vec::new())).1.push(witness.passage(said.wording));
        }
    }
    let mut found = Vec::new();
    for ((participant, ..), voices) in by_step.into_iter().filter(|(_, v)| v.len() > 1) {
        found.push(Conflict {
            kind: ConflictKind::Attribution,
            verdict: Verdict::Compatible,
            about: participant.to_owned(),
            positions: voices.into_values().map(|(name, spans)| position(name, spans)).collect(),
            reason: "the same step on the word of different voices".to_owned(),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{carries, only_spelling};
    use crate::extract::{Holder, HolderKind};

    #[test]
    fn agencies_carry_words_and_papers_do_not() {
        let by = |name: &str| Holder { kind: HolderKind::Entity, entity: None, name: name.to_owned(), span: None };
        for (name, is) in [
            ("Korean Central News Agency", true),
            ("KCNA", true),
            ("Reuters", true),
            ("The New York Times", false),
            ("Kim Jong Un", false),
        ] {
            assert_eq!(carries(&by(name)), is, "{name}");
        }
    }

    #[test]
    fn spelling_is_no_difference() {
        for changed in ["“neighbourhood” for “neighborhood”", "“realised” for “realized”", "“11th” for “eleventh”"]
        {
            assert!(only_spelling(changed), "{changed}");
        }
        for changed in
            ["“most” for “every”", "“time” for “day”", "“12th” for “11th”", "leaves out “not”", "“ten” for “11th”"]
        {
            assert!(!only_spelling(changed), "{changed}");
        }
    }
}
