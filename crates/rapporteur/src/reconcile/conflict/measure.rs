//! A measure that is put off: what the articles say was put off, for whom, whether for the last time, on whose word; whether the measure is
//! in force, and since when.
//!
//! One act stands in other words in each article: "delays the tariffs", "puts off the decision on them", "extends the exemptions". None of
//! these is a conflict; they are kept side by side. The words are those of `data/en/relief_words.tsv`.

use std::collections::{BTreeMap, BTreeSet};

use language::Span;

use super::super::align::{sentence, state_of};
use super::super::compare::class_of;
use super::super::{Conflict, ConflictKind, Position, Verdict, Witness};
use super::{list, position};
use crate::extract::stage::plays_in_relief as plays;
use crate::extract::{Argument, EntityId, Factuality, HolderKind, Precision, Proposition, Realis};
use crate::knowledge::calendar::month;
use crate::knowledge::knowledge;
use crate::provenance::Passage;

/// What an article says was put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Decision,
    Measure,
    Relief,
}

impl What {
    fn words(self) -> &'static str {
        match self {
            What::Decision => "a decision on it is put off",
            What::Measure => "the measure itself is put off",
            What::Relief => "those let off stay so for longer",
        }
    }
}

/// A clause that puts a measure off.
struct PutOff<'a> {
    witness: Witness<'a>,
    said: &'a Proposition,
    /// The clause on imposing the measure that hangs on it: "a decision [to impose tariffs on Chile]".
    imposing: Option<&'a Proposition>,
    what: What,
}

/// All that the articles say of one measure in different words.
pub(super) fn measures(story: &[Witness<'_>]) -> Vec<Conflict> {
    let mut all: Vec<PutOff<'_>> = story.iter().flat_map(|w| put_offs(*w)).collect();
    let power = most(all.iter().filter_map(|p| agent(p.said)));
    all.retain(|p| agent(p.said).is_none_or(|a| power.as_ref() == Some(&a)));
    let mut found = Vec::new();
    found.extend(what(&all));
    found.extend(whom(story, &all, power.as_ref()));
    found.extend(last_time(&all));
    found.extend(on_whose_word(&all, power.as_ref()));
    found.extend(in_force(story));
    found.extend(days(story));
    found.extend(relief_days(story));
    found
}

/// Positions in at least two articles, as a conflict that is none.
pub(super) fn side_by_side(
    kind: ConflictKind,
    verdict: Verdict,
    about: &str,
    positions: Vec<Position>,
    reason: &str,
) -> Option<Conflict> {
    let articles: BTreeSet<_> = positions.iter().flat_map(|p| &p.articles).collect();
    (positions.len() > 1 && articles.len() > 1).then(|| Conflict {
        kind,
        verdict,
        about: about.to_owned(),
        positions,
        reason: reason.to_owned(),
    })
}

/// Positions by value, in the order of the values.
pub(super) fn by_value<K: Ord>(
    said: impl IntoIterator<Item = (K, Passage)>,
    value: impl Fn(&K) -> String,
) -> Vec<Position> {
    let mut by: BTreeMap<K, Vec<Passage>> = BTreeMap::new();
    for (key, passage) in said {
        by.entry(key).or_default().push(passage);
    }
    by.into_iter().map(|(key, spans)| position(value(&key), spans)).collect()
}

/// Whether a clause is told as so, or as sure to come.
pub(super) fn is_told(said: &Proposition) -> bool {
    matches!(said.factuality, Factuality::CertainYes | Factuality::ProbableYes)
        && matches!(said.realis, Realis::Actual | Realis::Presupposed | Realis::Future)
}

/// Whether a clause is told as a fact.
pub(super) fn is_fact(said: &Proposition) -> bool {
    said.factuality == Factuality::CertainYes && matches!(said.realis, Realis::Actual | Realis::Presupposed)
}

/// The state in whose name somebody acts: of an office-holder, a body, a seat.
pub(super) fn power(id: &EntityId) -> Option<EntityId> {
    let of = match id.0.strip_prefix("person:") {
        Some(person) => {
            let code = knowledge().tenures_of(person).filter_map(|t| t.of).find(|of| knowledge().state(of).is_some());
            return code.map(EntityId::state);
        }
        None => state_of(id),
    };
    (of.0.starts_with("iso3:") || of.0.starts_with("org:")).then_some(of)
}

/// Who acts: the subject where it is named.
fn agent(said: &Proposition) -> Option<EntityId> {
    let subject = said.argument("subj")?;
    subject.entity.as_ref().or_else(|| subject.of.first()).and_then(power)
}

/// The commonest, the first by name of several.
fn most(ids: impl Iterator<Item = EntityId>) -> Option<EntityId> {
    let mut counted: BTreeMap<EntityId, usize> = BTreeMap::new();
    ids.for_each(|id| *counted.entry(id).or_default() += 1);
    counted.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0))).map(|(id, _)| id)
}

/// The noun of a measure that an argument is or speaks of.
fn measure(argument: &Argument) -> bool {
    plays("measure", &argument.head) || argument.words.iter().any(|w| plays("measure", w))
}

fn put_offs<'a>(witness: Witness<'a>) -> Vec<PutOff<'a>> {
    let all = &witness.findings.propositions;
    let text = &witness.article.text;
    let mut found = Vec::new();
    for (i, said) in all.iter().enumerate().filter(|(_, p)| is_told(p)) {
        // "push back" whose particle the parser made an adverb of.
        let next = text[said.predicate.end..].split_whitespace().next().unwrap_or("");
        let verb = |part: &str| plays(part, &said.lemma) || plays(part, &format!("{}_{next}", said.lemma));
        let Some(object) = said.argument("obj") else { continue };
        let within = sentence(&witness, said.predicate);
        let imposing = all[i + 1..]
            .iter()
            .take_while(|p| within.contains(p.predicate))
            .take(4)
            .find(|p| class_of(p).0 == "impose" && p.arguments.iter().any(|a| a.relation == "obj" && measure(a)));
        let decision = plays("decision", &object.head) && matches!(object.head.as_str(), "decision" | "move" | "plan");
        let imposition = plays("decision", &object.head) && !decision;
        let what = if verb("prolong") && plays("relief", &object.head) {
            What::Relief
        } else if !verb("putoff") {
            continue;
        } else if plays("measure", &object.head) || imposition && measure(object) {
            What::Measure
        } else if decision && (measure(object) || imposing.is_some()) {
            What::Decision
        } else {
            continue;
        };
        found.push(PutOff { witness, said, imposing: imposing.filter(|_| what == What::Decision), what });
    }
    found
}

/// What was put off: the decision, the measure, or the end of the relief.
fn what(all: &[PutOff<'_>]) -> Option<Conflict> {
    let positions = by_value(all.iter().map(|p| (p.what, p.witness.passage(p.said.span))), |w| w.words().to_owned());
    let reason = "one act in other words; none excludes the others";
    side_by_side(ConflictKind::Framing, Verdict::Framing, "what was put off", positions, reason)
}

/// For whom: lists of which one leaves some out.
fn whom(story: &[Witness<'_>], all: &[PutOff<'_>], power: Option<&EntityId>) -> Option<Conflict> {
    let mut by_article: BTreeMap<&str, (BTreeSet<EntityId>, Vec<Passage>)> = BTreeMap::new();
    for put_off in all.iter().filter(|p| p.what != What::Relief) {
        let hit = |p: &Proposition| -> Vec<EntityId> {
            let sides = p.arguments.iter().filter(|a| matches!(a.relation.as_str(), "obj" | "on" | "from" | "for"));
            sides.flat_map(|a| a.entity.iter().chain(&a.of)).cloned().collect()
        };
        let clauses = std::iter::once(put_off.said).chain(put_off.imposing);
        for clause in clauses {
            let named = hit(clause).into_iter().filter(|e| e.0.starts_with("iso3:") || e.0.starts_with("org:"));
            let named: Vec<EntityId> = named.filter(|e| Some(e) != power).collect();
            if !named.is_empty() {
                let own = by_article.entry(&put_off.witness.article.id.0).or_default();
                own.0.extend(named);
                own.1.push(put_off.witness.passage(clause.span));
            }
        }
    }
    let widest = by_article.values().map(|(named, _)| named).max_by_key(|n| n.len())?.clone();
    // What an article names elsewhere as let off, it does not leave out.
    let lists = by_article.into_values().filter(|(named, _)| named.is_subset(&widest));
    let lists = lists.flat_map(|(named, spans)| spans.into_iter().map(move |s| (named.clone(), s)));
    let positions = by_value(lists, |named| list(story, named));
    let reason = "the shorter list leaves some out; none says that it is all";
    side_by_side(ConflictKind::Set, Verdict::Compatible, "for whom it was put off", positions, reason)
}

/// Whether it is the last time: "a final 30 days", "no further extensions", beside "another 30 days".
fn last_time(all: &[PutOff<'_>]) -> Option<Conflict> {
    let mut witnesses: Vec<Witness<'_>> = all.iter().map(|p| p.witness).collect();
    witnesses.dedup_by(|b, a| a.article.id == b.article.id);
    let mut said: Vec<(bool, Passage)> = Vec::new();
    for witness in witnesses {
        let text = &witness.article.text;
        for label in witness.findings.sentences.iter().filter(|s| s.label != "boilerplate") {
            let of_put_off =
                all.iter().any(|p| p.witness.article.id == witness.article.id && label.span.overlaps(p.said.span));
            said.extend(terms(label.span, text, of_put_off).into_iter().map(|(last, s)| (!last, witness.passage(s))));
        }
    }
    let positions = by_value(said, |again| if *again { "for another term" } else { "for the last time" }.to_owned());
    let reason = "one article says that it is the last time, another does not";
    side_by_side(ConflictKind::Set, Verdict::Refines, "whether it is the last time", positions, reason)
}

/// Words for one more term, with whether it is said to be the last; "another" only in a sentence that puts the measure off.
fn terms(sentence: Span, text: &str, of_put_off: bool) -> Vec<(bool, Span)> {
    let words: Vec<(String, Span)> = sentence
        .of(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| {
            let start = w.as_ptr() as usize - text.as_ptr() as usize;
            (w.to_lowercase(), Span::new(start, start + w.len()))
        })
        .collect();
    let term = |w: &str| {
        let one = w.strip_suffix('s').unwrap_or(w);
        plays("extension", one) || plays("relief", one) || matches!(one, "day" | "week" | "month" | "year")
    };
    let mut found = Vec::new();
    for (i, (word, span)) in words.iter().enumerate() {
        let after = &words[(i + 1).min(words.len())..(i + 3).min(words.len())];
        let Some((_, noun)) = after.iter().find(|(w, _)| term(w)) else { continue };
        let further = after.first().is_some_and(|(w, _)| matches!(w.as_str(), "further" | "more"));
        match word.as_str() {
            "final" => {
                let marked = text[..span.start].chars().next_back().filter(|c| matches!(c, '"' | '“'));
                let start = span.start - marked.map_or(0, char::len_utf8);
                found.push((true, Span::new(start, noun.end)));
            }
            "no" if further => found.push((true, span.cover(*noun))),
            "another" if of_put_off => found.push((false, span.cover(*noun))),
            _ => {}
        }
    }
    found
}

/// On whose word: the one who puts it off, or somebody else.
fn on_whose_word(all: &[PutOff<'_>], power_of: Option<&EntityId>) -> Option<Conflict> {
    let mut said: Vec<((bool, String), Passage)> = Vec::new();
    for put_off in all {
        let holder = &put_off.said.holder;
        if !matches!(holder.kind, HolderKind::Entity | HolderKind::Role | HolderKind::Group) {
            continue;
        }
        // A body without a state is nobody's government: a newspaper.
        let other = holder.entity.as_ref().is_some_and(|e| power(e).as_ref() != power_of);
        let name = if other { holder.name.clone() } else { "the one who puts it off".to_owned() };
        let source = holder.span.unwrap_or(put_off.said.span);
        said.push(((other, name.clone()), put_off.witness.passage(source)));
        said.push(((other, name), put_off.witness.passage(put_off.said.span)));
    }
    let positions = by_value(said, |(_, name)| name.clone());
    let reason = "told by the one whose decision it is, and on the word of another";
    side_by_side(ConflictKind::Attribution, Verdict::Compatible, "on whose word it is put off", positions, reason)
}

/// Whether the measure is in force already: in one place told as so, in another as still to come.
fn in_force(story: &[Witness<'_>]) -> Option<Conflict> {
    let mut said: Vec<((bool, String), Passage)> = Vec::new();
    for witness in story {
        for clause in witness.findings.propositions.iter().filter(|p| !p.heading) {
            let under =
                |relation: &str, head: &str| clause.arguments.iter().any(|a| a.relation == relation && a.head == head);
            let object = clause.argument("obj").filter(|a| plays("measure", &a.head));
            let subject = clause.argument("subj").filter(|a| plays("measure", &a.head));
            let takes_effect = matches!(clause.lemma.as_str(), "go" | "come" | "enter")
                && (under("into", "effect") || under("into", "force"))
                || clause.lemma == "take" && under("obj", "effect");
            let stands = clause.lemma == "be" && (under("in", "effect") || under("in", "force"));
            let (noun, to_come) = match (subject, object) {
                (Some(noun), _) if takes_effect && clause.realis == Realis::Future && is_told(clause) => (noun, true),
                (Some(noun), _) if (stands || takes_effect) && is_fact(clause) => (noun, false),
                (_, Some(noun)) if clause.lemma == "face" && clause.realis == Realis::Future && is_told(clause) => {
                    (noun, true)
                }
                (_, Some(noun)) if class_of(clause).0 == "impose" && is_fact(clause) => (noun, false),
                _ => continue,
            };
            said.push(((to_come, noun.head.clone()), witness.passage(clause.span)));
        }
    }
    // Of one kind of measure: the one that both sides name.
    let nouns = |to_come: bool| {
        said.iter().filter(|((c, _), _)| *c == to_come).map(|((_, n), _)| n.clone()).collect::<BTreeSet<_>>()
    };
    let noun = nouns(true).intersection(&nouns(false)).next().cloned()?;
    let of_noun = said.into_iter().filter(|((_, n), _)| *n == noun).map(|((c, _), p)| (c, p));
    let positions =
        by_value(of_noun, |to_come| if *to_come { "still to come" } else { "in force, or imposed" }.to_owned());
    let reason = "in force in one place, still to come in another; it need not be for the same states";
    let about = format!("whether the {noun} is in force");
    let both = positions.iter().all(|p| p.articles.len() == 1)
        && positions.first().map(|p| &p.articles) == positions.last().map(|p| &p.articles);
    if both { None } else { side_by_side(ConflictKind::Date, Verdict::Compatible, &about, positions, reason) }
}

/// The words of a time inside a clause that name a month.
fn month_in(witness: &Witness<'_>, clause: Span) -> Option<String> {
    let text = &witness.article.text;
    let times = witness.findings.times.iter().filter(|t| clause.contains(t.span) && t.precision <= Precision::Month);
    let mut words = times.map(|t| t.span.of(text));
    words
        .find(|w| w.split(|c: char| !c.is_alphanumeric()).any(|w| month(&w.to_lowercase()).is_some()))
        .map(str::to_owned)
}

/// Days of the steps of one measure: announced on one, imposed on another.
fn days(story: &[Witness<'_>]) -> Option<Conflict> {
    let mut said: Vec<((String, String), Passage)> = Vec::new();
    for witness in story {
        for clause in witness.findings.propositions.iter().filter(|p| is_fact(p) && !p.heading) {
            let of_measure = clause.argument("obj").is_some_and(|a| plays("measure", &a.head));
            let step = match class_of(clause).0 {
                "announce" => "announced",
                "impose" => "imposed",
                _ => continue,
            };
            // "a tariff on steel and one on copper in early May": the day may hang on the last of the objects.
            let whole = clause.arguments.iter().fold(clause.span, |all, a| all.cover(a.span));
            let Some(day) = month_in(witness, whole).filter(|_| of_measure) else { continue };
            said.push(((step.to_owned(), day), witness.passage(whole)));
        }
    }
    let positions = by_value(said, |(step, day)| format!("{step} {day}"));
    let reason = "steps of one measure, or one day more and less exact";
    side_by_side(ConflictKind::Date, Verdict::Compatible, "when the measure came", positions, reason)
}

/// When the first were let off: at once, later, at first nobody.
fn relief_days(story: &[Witness<'_>]) -> Option<Conflict> {
    let mut said: Vec<(String, Passage)> = Vec::new();
    for witness in story {
        let text = &witness.article.text;
        for clause in witness.findings.propositions.iter().filter(|p| !p.heading) {
            let relief = |a: &&Argument| matches!(a.relation.as_str(), "obj" | "is") && plays("relief", &a.head);
            let relieved = clause.arguments.iter().find(relief);
            let within = sentence(witness, clause.predicate).of(text).to_lowercase();
            let at_first = ["initially", "at first", "originally"].iter().any(|w| within.contains(w));
            let denied = clause.factuality == Factuality::CertainNo && relieved.is_some();
            if denied && at_first {
                said.push(("at first nobody".to_owned(), witness.passage(clause.span)));
            }
            let spares = plays("spare", &clause.lemma) && clause.argument("obj").is_some_and(|o| o.entity.is_some());
            let gives = plays("give", &clause.lemma) && relieved.is_some();
            if !(spares || gives) || !is_fact(clause) {
                continue;
            }
            let mut times = witness.findings.times.iter().filter(|t| clause.span.contains(t.span));
            let month = times.find(|t| t.precision <= Precision::Month && t.duration.is_none());
            if let Some(time) = month {
                said.push((time.span.of(text).to_lowercase(), witness.passage(clause.span)));
            }
        }
    }
    let denied = said.iter().any(|(value, _)| value == "at first nobody");
    let positions = by_value(said, |value| value.clone());
    let reason = if denied { "denied at first and given later" } else { "one time is more exact than the other" };
    let about = "when the first were let off";
    side_by_side(ConflictKind::Date, Verdict::Compatible, about, positions, reason).filter(|_| denied)
}
