//! Whether other articles of a story tell as done what one foretells, where no days of publication say which came first. It settles
//! nothing: the reader is led to the words, and the prediction is not called open.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::{Argument, Factuality, Prediction, Proposition, Realis};
use crate::provenance::{ArticleId, Passage};
use crate::reconcile::Witness;
use crate::reconcile::prose::telling;

/// What the articles of a story tell as done, by who does it.
pub(super) struct Done<'a> {
    by: BTreeMap<String, Vec<(&'a Witness<'a>, &'a Proposition)>>,
}

/// How many acts of one are looked at: who acts oftener is in every sentence, and tells nothing.
const ACTS: usize = 400;

impl<'a> Done<'a> {
    pub(super) fn of(story: &'a [Witness<'a>]) -> Done<'a> {
        let mut by: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for witness in story {
            for told in witness.findings.propositions.iter().filter(|p| has_happened(p) && is_past(witness, p)) {
                let keys = subjects(told)
                    .into_iter()
                    .flatten()
                    .chain(held(told).flat_map(|a| std::iter::once(&a.head).chain(&a.words)).map(|w| format!("~{w}")));
                for key in keys.collect::<BTreeSet<_>>() {
                    let acts = by.entry(key).or_default();
                    if acts.len() < ACTS {
                        acts.push((witness, told));
                    }
                }
            }
        }
        Done { by }
    }

    /// Words of articles other than those that foretell it, in which its subject does as foretold, one an article: the same verb with
    /// the same subject and object, or another verb of several subjects named together that are all the same, or the meeting that
    /// was to be held.
    pub(super) fn elsewhere(&self, said: &[(&Witness<'_>, &Prediction)]) -> Vec<Passage> {
        let mut found: BTreeMap<ArticleId, Passage> = BTreeMap::new();
        for act in said.iter().flat_map(|(w, p)| Foretold::of(w, p)) {
            let keys = act.subjects.first().into_iter().flatten().cloned().chain([format!("~{}", act.noun())]);
            for (witness, told) in keys.filter_map(|k| self.by.get(&k)).flatten() {
                if said.iter().any(|(w, _)| w.id() == witness.id()) || is_of_the_past(witness, told) {
                    continue;
                }
                if act.is_done_by(told) {
                    found.entry(witness.id()).or_insert_with(|| witness.passage(told.span));
                }
            }
        }
        found.into_values().collect()
    }
}

/// What is held: "the meeting began", "they held a meeting".
fn held(told: &Proposition) -> impl Iterator<Item = &Argument> {
    let holds = ["begin", "start", "open", "hold", "end", "take", "last", "conclude"].contains(&told.lemma.as_str());
    told.arguments.iter().filter(move |a| holds && matches!(a.relation.as_str(), "subj" | "obj"))
}

/// One act that is foretold: its verb, who does it, and with what.
struct Foretold {
    lemma: String,
    /// Entities and heads of the subjects, each subject with all that names it.
    subjects: Vec<BTreeSet<String>>,
    objects: BTreeSet<String>,
    /// What the whole prediction names.
    names: BTreeSet<String>,
}

impl Foretold {
    fn of(witness: &Witness<'_>, prediction: &Prediction) -> Vec<Foretold> {
        let all = &witness.findings.propositions;
        let from = all.partition_point(|p| p.predicate.start < prediction.span.start);
        let inside: Vec<&Proposition> = all[from..]
            .iter()
            .take_while(|p| p.predicate.start < prediction.span.end)
            .filter(|p| !has_happened(p) && p.lemma != "be" && p.lemma != "have")
            .collect();
        let names: BTreeSet<String> = inside.iter().flat_map(|p| p.entities()).map(|e| e.0.clone()).collect();
        let one = |p: &&Proposition| Foretold {
            lemma: p.lemma.clone(),
            subjects: subjects(p),
            objects: sides(p, "obj"),
            names: names.clone(),
        };
        inside.iter().map(one).collect()
    }

    fn is_done_by(&self, told: &Proposition) -> bool {
        let own = subjects(told);
        let same = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.intersection(b).next().is_some();
        let all = |subjects: &[BTreeSet<String>]| subjects.iter().all(|s| own.iter().any(|o| same(s, o)));
        if self.subjects.is_empty() || own.is_empty() {
            return false;
        }
        // "Iceland and Norway plan to vote": "Canada, Iceland and Norway had done their part".
        if self.subjects.len() > 1 && all(&self.subjects) {
            return true;
        }
        let objects = sides(told, "obj");
        if told.lemma == self.lemma && all(&self.subjects) {
            let names: BTreeSet<String> = told.entities().into_iter().map(|e| e.0.clone()).collect();
            let beyond = names.intersection(&self.names).filter(|n| !self.subjects.iter().any(|s| s.contains(*n)));
            return same(&self.objects, &objects)
                || self.objects.is_empty() && objects.is_empty()
                || beyond.count() > 0;
        }
        // "The commanders are to meet": "the commanders' meeting began late".
        held(told).any(|a| {
            let with: BTreeSet<String> = a.words.iter().cloned().chain(a.of.iter().map(|e| e.0.clone())).collect();
            (a.head == self.noun() || with.contains(&self.noun())) && self.subjects.iter().any(|s| same(s, &with))
        })
    }

    /// "meeting" of "meet".
    fn noun(&self) -> String {
        format!("{}ing", self.lemma.trim_end_matches('e'))
    }
}

/// What names each subject: its entity, its head and what stands beside it.
fn subjects(p: &Proposition) -> Vec<BTreeSet<String>> {
    let of = p.arguments.iter().filter(|a| a.relation == "subj");
    of.map(|a| match &a.entity {
        Some(entity) => BTreeSet::from([entity.0.clone()]),
        None => BTreeSet::from([a.head.clone()]),
    })
    .collect()
}

fn sides(p: &Proposition, relation: &str) -> BTreeSet<String> {
    let of = p.arguments.iter().filter(|a| a.relation == relation);
    of.flat_map(|a| a.entity.iter().map(|e| e.0.clone()).chain([a.head.clone()])).collect()
}

/// Told as a fact.
fn has_happened(p: &Proposition) -> bool {
    p.realis == Realis::Actual && matches!(p.factuality, Factuality::CertainYes | Factuality::ProbableYes) && !p.denied
}

/// Whether the verb has a form of the past: "meets" may be wished, "met" was. A headline tells in the present what was.
fn is_past(witness: &Witness<'_>, p: &Proposition) -> bool {
    let word = p.predicate.of(&witness.article.text).to_lowercase();
    let lemma = p.lemma.split('_').next().unwrap_or_default();
    word != lemma && word.ends_with('s') == p.heading && !word.ends_with("ing")
}

/// Whether its words name a year or say that it lies far back: another time than the one foretold.
fn is_of_the_past(witness: &Witness<'_>, p: &Proposition) -> bool {
    let sentences = &witness.findings.sentences;
    let at = sentences.partition_point(|s| s.span.end <= p.predicate.start);
    let words = sentences.get(at).map_or(p.span, |s| s.span.cover(p.span)).of(&witness.article.text);
    let back = ["last", "ago", "previous", "earlier", "since", "first"];
    telling(words).iter().any(|w| w.len() == 4 && w.chars().all(|c| c.is_ascii_digit()))
        || words.split(|c: char| !c.is_alphanumeric()).any(|w| back.contains(&w))
}

#[cfg(test)]
mod tests {
    use crate::reconcile::as_one_story;
    use crate::testing::{MODEL, article};

    /// How many places may tell what came of the predictions of the first of two articles without a day.
    fn told(foretold: &str, done: &str) -> usize {
        let read: Vec<_> = [foretold, done]
            .iter()
            .map(|text| {
                let given = article(text);
                let findings = crate::extract::extract(&MODEL, &given);
                (given, findings)
            })
            .collect();
        let story = as_one_story(&read);
        story.predictions.iter().filter(|p| p.checkable).map(|p| p.perhaps_settled_by.len()).sum()
    }

    #[test]
    fn what_another_article_tells_as_done_is_not_open() {
        let march = "A march of farmers is expected to reach the bridge on Sunday.";
        assert_eq!(told(march, "On Monday a march of farmers reached the bridge."), 1);
        assert_eq!(told(march, "On Monday a march of farmers left the square."), 0);
        assert_eq!(told(march, "In 2016 a march of farmers reached the bridge."), 0);
        assert_eq!(told(march, "On Monday a bus reached the bridge."), 0);
        assert_eq!(told(march, "# March of Farmers Reaches Bridge\nIt was Monday."), 1);
        let vote = "Iceland and Norway plan to vote this week.";
        assert_eq!(told(vote, "Canada, Iceland and Norway had completed their part by noon."), 1);
        assert_eq!(told(vote, "Canada and Norway had completed their part by noon."), 0);
        let talks = "Their commanders in the field are to meet on Tuesday, August 5.";
        assert_eq!(told(talks, "A commanders' meeting began three hours late."), 1);
        let late = "A commanders' meeting planned for seven in the morning began three hours late.";
        assert_eq!(told(talks, late), 1);
        assert_eq!(told(talks, "A ministers' meeting began three hours late."), 0);
    }
}
