//! Clauses of different articles that tell of the same thing, laid side by side.
//!
//! The key is predicate class and participant; a pair scores by its sides, its words and its time. A pair whose sides, agreement or
//! time exclude each other is vetoed, whatever else it shares. Clauses are gathered by average link: a clause joins the group to all
//! of whose members it is near, so that chains of likeness never make one claim of two.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use language::Span;

use super::Witness;
use super::compare::{class_of, unit_class};
use super::origin::Told;
use crate::extract::{Argument, Entity, EntityId, Factuality, HolderKind, Precision, Proposition, Realis};
use crate::knowledge::knowledge;
use crate::provenance::Passage;

/// The score from which a group is reported as one claim that several articles tell.
pub(crate) const TOLD: f64 = 4.0;
/// The score from which two clauses tell of the same thing: both sides named alike, or one side with most of the words.
const SAME: f64 = 3.0;
/// How many groups under one key a clause is compared with, the latest first: what keeps it near-linear.
const NEAR: usize = 24;
/// How many members of a group a clause is compared with.
const MEMBERS: usize = 8;

/// A clause with what it is compared by.
#[derive(Clone)]
pub(crate) struct Clause<'a> {
    pub(crate) witness: Witness<'a>,
    pub(crate) said: &'a Proposition,
    pub(crate) class: &'a str,
    /// Whether such an act takes place once for the same sides.
    pub(crate) once: bool,
    pub(crate) time: Option<Window<'a>>,
    entities: Vec<&'a EntityId>,
    /// Under what it is looked for: what it names, else the head of its object.
    keys: Vec<&'a str>,
    words: BTreeSet<&'a str>,
}

/// The days that a clause names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window<'a> {
    /// First and last day, ISO 8601.
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    /// Whether the words themselves say all: "in 1992", not "on Tuesday".
    pub(crate) explicit: bool,
    pub(crate) span: Span,
    pub(crate) precision: Precision,
}

impl Window<'_> {
    /// Whether both have a day in common.
    pub(crate) fn overlaps(&self, other: &Window<'_>) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

impl<'a> Clause<'a> {
    /// The clause as a passage.
    pub(crate) fn passage(&self) -> Passage {
        self.witness.passage(self.said.span)
    }

    pub(crate) fn article(&self) -> &'a str {
        &self.witness.article.id.0
    }

    /// 1 where it is told for certain as a fact, -1 where it is denied for certain, else 0.
    pub(crate) fn sign(&self) -> i8 {
        // "Neither of the two is a party": the subject denies what the verb tells.
        let nobody = |head: &str| matches!(head, "neither" | "none" | "nobody" | "nothing" | "no");
        if self.said.argument("subj").is_some_and(|s| nobody(&s.head)) {
            return 0;
        }
        match (self.said.factuality, self.said.realis) {
            (Factuality::CertainYes, Realis::Actual | Realis::Presupposed) => 1,
            (Factuality::CertainNo, Realis::Negated | Realis::Actual) => -1,
            _ => 0,
        }
    }

    /// Whether it is the article's own word.
    pub(crate) fn is_own_voice(&self) -> bool {
        matches!(self.said.holder.kind, HolderKind::Outlet)
    }

    fn side(&self, relation: &str) -> (BTreeSet<&'a EntityId>, BTreeSet<&'a str>) {
        let arguments: Vec<&'a Argument> = self.said.arguments.iter().filter(|a| a.relation == relation).collect();
        let named = arguments.iter().flat_map(|a| a.entity.iter().chain(a.of.iter().filter(|_| a.entity.is_none())));
        (named.collect(), arguments.iter().map(|a| unit_class(&a.head)).collect())
    }
}

/// The clauses of a story, in the order of its articles; those that name nobody are left out.
pub(crate) fn clauses<'a>(story: &[Witness<'a>]) -> Vec<Clause<'a>> {
    story.iter().flat_map(|w| w.findings.propositions.iter().filter_map(|p| clause(*w, p))).collect()
}

fn clause<'a>(witness: Witness<'a>, said: &'a Proposition) -> Option<Clause<'a>> {
    let entities = said.entities();
    // A clause that names nobody is told of nobody, unless it counts or dates something.
    let time = window(witness, said.span);
    if entities.is_empty() && said.amounts.is_empty() && time.is_none() {
        return None;
    }
    let mut keys: Vec<&str> = entities.iter().map(|e| e.0.as_str()).collect();
    if keys.is_empty() {
        keys.extend(said.argument("obj").map(|a| a.head.as_str()));
    }
    let (class, once) = class_of(said);
    let common = |a: &&'a Argument| a.entity.is_none();
    let heads = said.arguments.iter().filter(common).map(|a| unit_class(&a.head));
    let words = heads.chain(said.arguments.iter().flat_map(|a| a.words.iter().map(String::as_str)));
    let words = words.filter(|w| w.chars().count() > 2).collect();
    Some(Clause { witness, said, class, once, time, keys, entities, words })
}

/// The state that a body or place belongs to: Finland for its parliament and for Helsinki; any other entity itself.
pub(crate) fn state_of(id: &EntityId) -> EntityId {
    let k = knowledge();
    let state = match id.0.split_once(':') {
        Some(("org", body)) => k.organisation(body).and_then(|o| o.state),
        Some(("place", place)) => PLACES.get(place).copied(),
        _ => None,
    };
    state.map_or_else(|| id.clone(), EntityId::state)
}

/// Places by identifier, with the state that each belongs to.
static PLACES: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| knowledge().places.iter().filter_map(|p| Some((p.id, p.of?))).collect());

/// The first time inside a span that names days.
pub(crate) fn window<'a>(witness: Witness<'a>, span: Span) -> Option<Window<'a>> {
    let times = &witness.findings.times;
    let first = times.partition_point(|t| t.span.end <= span.start);
    let inside = times[first..].iter().take_while(|t| t.span.start < span.end).filter(|t| span.contains(t.span));
    inside
        .filter_map(|t| {
            let (from, to) = (t.from.as_deref()?, t.to.as_deref()?);
            Some(Window { from, to, explicit: t.anchor.is_none(), span: t.span, precision: t.precision })
        })
        .next()
}

/// The sentence that holds a span; the span itself where none does.
pub(crate) fn sentence(witness: &Witness<'_>, span: Span) -> Span {
    let sentences = &witness.findings.sentences;
    let at = sentences.partition_point(|s| s.span.end <= span.start);
    sentences.get(at).filter(|s| s.span.overlaps(span)).map_or(span, |s| s.span)
}

/// The clause that a wording stands in, its subject included: "Five states have left" for "have left"; the wording itself where none
/// holds it.
pub(crate) fn clause_at(witness: &Witness<'_>, wording: Span) -> Span {
    let propositions = &witness.findings.propositions;
    let from = propositions.partition_point(|p| p.predicate.end + 400 < wording.start);
    let near = propositions[from..].iter().take_while(|p| p.predicate.start < wording.end + 400);
    let holding = near.filter(|p| p.span.contains(wording) || wording.contains(p.predicate));
    holding.min_by_key(|p| p.span.cover(wording).len()).map_or(wording, |p| p.span.cover(wording))
}

/// Whether the sentence of a span names an entity.
pub(crate) fn names(witness: &Witness<'_>, span: Span, entity: &EntityId) -> bool {
    let sentence = sentence(witness, span);
    let entity = witness.findings.entities.iter().find(|e| e.id == *entity);
    entity.is_some_and(|e| e.mentions.iter().any(|m| sentence.overlaps(*m)))
}

/// What several articles tell: the groups of clauses that say the same for certain, under the words of the shortest.
pub(crate) fn told(clauses: &[Clause<'_>], groups: &[Vec<usize>]) -> Vec<Told> {
    let mut all = Vec::new();
    for group in groups {
        let of = |sign: i8| group.iter().map(|&i| &clauses[i]).filter(move |c| c.sign() == sign).collect::<Vec<_>>();
        let (mut yes, no) = (of(1), of(-1));
        // "The minister said" alone tells nothing.
        yes.retain(|c| {
            c.said.arguments.iter().any(|a| matches!(a.relation.as_str(), "obj" | "is"))
                || !c.said.says && c.said.arguments.len() > 2
        });
        let sides = |c: &&Clause<'_>| score(c, yes.first().unwrap_or(c), Dates::MustOverlap).is_some_and(|s| s >= TOLD);
        let yes: Vec<&Clause<'_>> = yes.iter().filter(|c| sides(c)).copied().collect();
        // The words of one clause stand for all that bear them: clauses of their own first, then the shortest.
        let mut worded: Vec<&Clause<'_>> = yes.iter().filter(|c| !c.said.heading).copied().collect();
        worded.sort_by_key(|c| (!is_whole(c.said, &c.witness.article.text), c.said.span.len(), c.passage()));
        let several = |clauses: &[&Clause<'_>]| clauses.iter().map(|c| c.article()).collect::<BTreeSet<_>>().len() > 1;
        let borne = |best: &Clause<'_>| -> Vec<&Clause<'_>> {
            yes.iter().filter(|c| names_all(c.said, best.said)).copied().collect()
        };
        let best = worded.into_iter().map(|best| (best, borne(best))).find(|(_, bearing)| several(bearing));
        let Some((best, yes)) = best else { continue };
        all.push(Told {
            what: words(best),
            tellings: yes.iter().map(|c| (c.passage(), c.said.holder.clone())).collect(),
            against: no.iter().map(|c| c.passage()).collect(),
        });
    }
    all
}

/// Whether a clause leaves out nobody whom another lists, where it names one of them: "spared Norway" does not bear "spared Norway, Peru and
/// Chile".
fn names_all(said: &Proposition, other: &Proposition) -> bool {
    let mut lists: BTreeMap<&str, BTreeSet<&EntityId>> = BTreeMap::new();
    for argument in &other.arguments {
        lists.entry(&argument.relation).or_default().extend(&argument.entity);
    }
    let named = said.entities();
    let has = |id: &&EntityId| named.contains(id);
    lists.into_values().filter(|l| l.len() > 1).all(|l| !l.iter().any(has) || l.iter().all(has))
}

/// A clause in its own words, with who does it and to what where these stand before it: "Norway … joining the pact". Of a pronoun the name
/// that it stands for. A clause without either is told by its sentence.
fn words(clause: &Clause<'_>) -> String {
    let (said, text) = (clause.said, &clause.witness.article.text);
    let printed = |span: Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if is_whole(said, text) && !said.argument("subj").is_some_and(|s| is_pronoun(s.span.of(text))) {
        return printed(said.span);
    }
    let within = sentence(&clause.witness, said.span);
    let before = |a: &&Argument| a.span.end <= said.predicate.start && within.contains(a.span);
    let names = |a: &Argument| {
        let known = clause.witness.findings.entities.iter().find(|e| a.entity.as_ref() == Some(&e.id));
        // "Norway on Monday" is Norway.
        let named = |e: &&Entity| e.mentions.iter().find(|m| a.span.contains(**m)).copied();
        match known {
            Some(entity) if is_pronoun(a.span.of(text)) => entity.name.clone(),
            Some(entity) => printed(named(&entity).unwrap_or(a.span)),
            None => printed(a.span),
        }
    };
    let subject = said.arguments.iter().find(|a| a.relation == "subj");
    let object = said.arguments.iter().find(|a| a.relation == "obj").filter(before);
    let Some(subject) = subject.filter(before) else { return printed(within) };
    // "the duties that Norway imposed".
    let object = object.filter(|o| !said.span.contains(o.span)).map(names);
    let rest = match said.span.contains(subject.span) {
        true => format!("{} {}", names(subject), printed(Span::new(subject.span.end, said.span.end))),
        false => format!("{} … {}", names(subject), printed(said.span)),
    };
    object.into_iter().chain([rest]).collect::<Vec<_>>().join(" … ")
}

fn is_pronoun(words: &str) -> bool {
    matches!(words.to_lowercase().as_str(), "he" | "she" | "it" | "they" | "we" | "i" | "who" | "which" | "that")
}

/// Whether a clause has its own subject and a verb that says when: not "Norway joining the pact", "to join the pact".
fn is_whole(said: &Proposition, text: &str) -> bool {
    let subject = said.arguments.iter().find(|a| a.relation == "subj" && said.span.contains(a.span));
    let Some(subject) = subject.filter(|s| s.span.end <= said.predicate.start) else { return false };
    let between = text.get(subject.span.end..said.predicate.start).unwrap_or("").to_lowercase();
    let mut before = between.split_whitespace();
    let of_be = |w: &str| matches!(w, "is" | "are" | "was" | "were" | "be" | "been" | "'s" | "’s" | "'re" | "’re");
    match said.predicate.of(text) {
        word if word.ends_with("ing") => before.any(of_be),
        _ => before.next_back() != Some("to") || between.split_whitespace().count() > 1,
    }
}

/// Whether the dates of two clauses may differ: asked of acts that take place once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dates {
    MustOverlap,
    MayDiffer,
}

/// How near two clauses are; `None` where something excludes that they tell of the same thing.
pub(crate) fn score(a: &Clause<'_>, b: &Clause<'_>, dates: Dates) -> Option<f64> {
    if a.class != b.class {
        return None;
    }
    let agreements = |c: &Clause<'_>| -> BTreeSet<String> {
        c.entities.iter().filter(|e| e.0.starts_with("agreement:")).map(|e| e.0.clone()).collect()
    };
    let (own, other) = (agreements(a), agreements(b));
    if !own.is_empty() && !other.is_empty() && own.is_disjoint(&other) {
        return None;
    }
    let mut score = 0.0;
    for relation in ["subj", "obj", "is"] {
        let ((named_a, heads_a), (named_b, heads_b)) = (a.side(relation), b.side(relation));
        // "Canada is the largest exporter", "Canada is still in talks": a copula says what stands after it.
        if relation == "is"
            && heads_a.is_disjoint(&heads_b)
            && (a.class == "be" || !heads_a.is_empty() && !heads_b.is_empty())
        {
            let objects = (a.side("obj").1, b.side("obj").1);
            if objects.0.is_disjoint(&objects.1) {
                return None;
            }
        }
        if !named_a.is_empty() && !named_b.is_empty() {
            if named_a.is_disjoint(&named_b) {
                return None;
            }
            score += 2.0;
        } else if !heads_a.is_empty() && !heads_b.is_empty() {
            score += if heads_a.is_disjoint(&heads_b) { -1.0 } else { 1.0 };
        }
    }
    let shared = a.entities.iter().filter(|e| b.entities.contains(e)).count();
    let by_side = |c: &Clause<'_>| c.side("subj").0.len().min(1) + c.side("obj").0.len().min(1);
    score += shared.saturating_sub(by_side(a).min(by_side(b))).min(2) as f64;
    let all = a.words.union(&b.words).count();
    if all > 0 {
        score += 3.0 * a.words.intersection(&b.words).count() as f64 / all as f64;
    }
    match (&a.time, &b.time) {
        (Some(one), Some(other)) if one.overlaps(other) => score += 1.0,
        (Some(_), Some(_)) if dates == Dates::MustOverlap => return None,
        _ => {}
    }
    Some(score)
}

/// Clauses that tell of the same thing, each group in the order of its clauses, groups in the order of their first clause; a
/// clause alone makes no group.
pub(crate) fn groups(clauses: &[Clause<'_>], dates: Dates) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut under: BTreeMap<(&str, &str), BTreeSet<usize>> = BTreeMap::new();
    for (i, clause) in clauses.iter().enumerate() {
        let near: BTreeSet<usize> = clause
            .keys
            .iter()
            .filter_map(|k| under.get(&(clause.class, *k)))
            .flat_map(|all| all.iter().rev().take(NEAR))
            .copied()
            .collect();
        let mut best: Option<(f64, usize)> = None;
        for group in near {
            let members = groups[group].iter().take(MEMBERS);
            let scores: Option<Vec<f64>> = members.map(|&m| score(clause, &clauses[m], dates)).collect();
            let Some(scores) = scores else { continue };
            let mean = scores.iter().sum::<f64>() / scores.len().max(1) as f64;
            if mean >= SAME && best.is_none_or(|(most, _)| mean > most) {
                best = Some((mean, group));
            }
        }
        let group = match best {
            Some((_, group)) => group,
            None => {
                groups.push(Vec::new());
                groups.len() - 1
            }
        };
        groups[group].push(i);
        for key in &clause.keys {
            under.entry((clause.class, key)).or_default().insert(group);
        }
    }
    groups.retain(|g| g.len() > 1);
    groups
}
