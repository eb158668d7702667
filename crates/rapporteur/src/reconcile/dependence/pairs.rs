//! What two articles have in common beside what others said, and what tells them apart: the evidence of each pair, and what it comes to.

use std::collections::{BTreeMap, BTreeSet};

use language::Span;

use super::{Dependence, Evidence, EvidenceKind, Level, SIBLINGS, edge, evidence, outlet_key};
use crate::extract::{Credit, EntityId, RoleCheck};
use crate::provenance::{ArticleId, Passage};
use crate::reconcile::credit::{Credited, Scope};
use crate::reconcile::prose::{Kind, Word, telling};
use crate::reconcile::reuse::{Reuse, ReuseKind};
use crate::reconcile::roster::slug;
use crate::reconcile::{QuotationAccount, RoleAccount, Witness, gathered};

/// Weight of one article's prose in another that makes it a copy, and that makes it derived.
const COPIED: f64 = 0.5;
const DERIVED: f64 = 0.15;
/// Weight of all evidence together that makes dependence, and under which nothing is said.
const DEPENDENT: f64 = 0.5;
const NOTICED: f64 = 0.08;

/// What two articles have in common beside what others said, and what tells them apart.
pub(super) fn pairs(
    story: &[Witness<'_>],
    credits: &[Vec<Credited>],
    prose: &[Vec<Word>],
    reuse: &[Reuse],
    quotations: &[QuotationAccount],
    roles: &[RoleAccount],
    credited: &[Dependence],
) -> Vec<Dependence> {
    let number: BTreeMap<&ArticleId, usize> = story.iter().enumerate().map(|(i, w)| (&w.article.id, i)).collect();
    let mut found: BTreeMap<(usize, usize), Vec<Evidence>> = BTreeMap::new();
    let shared = running_text(reuse, &number);
    coverage(prose, &shared, &mut found);
    rare_words(story, prose, reuse, &number, &mut found);
    lists(story, &mut found);
    orders(story, quotations, &number, &mut found);
    errors(story, roles, &number, &mut found);
    siblings(story, credited, &number, &mut found);
    let outside = from_outside(story, credits, &shared, &mut found);
    let mut stands: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); story.len()];
    for (q, quotation) in quotations.iter().enumerate() {
        for variant in &quotation.variants {
            if let Some(&i) = number.get(&variant.span.article) {
                stands[i].insert(q);
            }
        }
    }
    let mut edges = Vec::new();
    for ((a, b), mut evidence) in found {
        let sum: f64 = evidence.iter().map(|e| e.weight).sum();
        if sum < NOTICED {
            continue;
        }
        let covered =
            evidence.iter().filter(|e| e.kind == EvidenceKind::Coverage).map(|e| e.weight).fold(0.0, f64::max);
        let common = evidence.iter().any(|e| e.kind == EvidenceKind::Credit);
        let level = match () {
            () if covered >= COPIED && !outside.contains(&(a, b)) => Level::Copied,
            () if common => Level::CommonSource,
            () if covered >= DERIVED || sum >= DEPENDENT => Level::Derived,
            () => Level::Incidental,
        };
        for i in [a, b] {
            evidence.extend(own_work(&story[i], credited));
        }
        let leaning = matches!(level, Level::Copied | Level::Derived);
        let direction = match leaning {
            true => direction((&story[a], &stands[a]), (&story[b], &stands[b]), &mut evidence),
            false => None,
        };
        let (from, to) = if direction == Some(false) { (b, a) } else { (a, b) };
        edges.push(edge(story[from].id(), Some(story[to].article.id.0.clone()), level, direction.is_some(), evidence));
    }
    edges
}

type Found = BTreeMap<(usize, usize), Vec<Evidence>>;

/// The passages of running text that two articles share, by pair, the one of the article that comes first in the story before the other's.
type Shared<'a> = BTreeMap<(usize, usize), Vec<[&'a Passage; 2]>>;

fn running_text<'a>(reuse: &'a [Reuse], number: &BTreeMap<&ArticleId, usize>) -> Shared<'a> {
    let mut shared = Shared::new();
    for passage in reuse.iter().filter(|r| r.kind == ReuseKind::RunningText) {
        let (Some(&a), Some(&b)) = (number.get(&passage.a.article), number.get(&passage.b.article)) else { continue };
        let sides = if a < b { [&passage.a, &passage.b] } else { [&passage.b, &passage.a] };
        shared.entry((a.min(b), a.max(b))).or_default().push(sides);
    }
    shared
}

/// How much of the shorter article's own prose stands in the other.
fn coverage(prose: &[Vec<Word>], shared: &Shared<'_>, found: &mut Found) {
    for (&(a, b), passages) in shared {
        let left: BTreeSet<usize> = passages.iter().flat_map(|[left, _]| own_words(&prose[a], left)).collect();
        let right: BTreeSet<usize> = passages.iter().flat_map(|[_, right]| own_words(&prose[b], right)).collect();
        let own = |i: usize| prose[i].iter().filter(|w| w.kind == Kind::Own).count().max(1) as f64;
        let share = (left.len() as f64 / own(a)).max(right.len() as f64 / own(b)).min(1.0);
        let n = passages.len();
        let words = format!(
            "{} of the shorter one's own words stand in the other, in {n} passage{}",
            percent(share),
            if n == 1 { "" } else { "s" }
        );
        let spans = passages.iter().flatten().map(|p| (*p).clone()).collect();
        found.entry((a, b)).or_default().push(evidence(EvidenceKind::Coverage, share, words, spans));
    }
}

/// Places of the article's own words inside a passage.
fn own_words<'a>(prose: &'a [Word], passage: &Passage) -> impl Iterator<Item = usize> + 'a {
    let (start, end) = (passage.span.start, passage.span.end);
    let first = prose.partition_point(|w| w.span.start < start);
    let inside = prose[first..].iter().take_while(move |w| w.span.end <= end).enumerate();
    inside.filter(|(_, w)| w.kind == Kind::Own).map(move |(i, _)| first + i)
}

/// Where one of two articles credits all that they share to an outlet, the other may have it from there as well: a source in common, and
/// no word of who copied whom. The pairs of which this is so.
fn from_outside(
    story: &[Witness<'_>],
    credits: &[Vec<Credited>],
    shared: &Shared<'_>,
    found: &mut Found,
) -> BTreeSet<(usize, usize)> {
    let credit = |i: usize, p: &Passage| {
        let reaches = |c: &&Credited| c.scope == Scope::Sentence && c.reach.overlaps(p.span);
        credits[i].iter().find(reaches).map(|c| (i, c))
    };
    let mut outside = BTreeSet::new();
    for (&(a, b), passages) in shared {
        let by = passages.iter().map(|[left, right]| credit(a, left).or_else(|| credit(b, right)));
        let Some(by) = by.collect::<Option<Vec<_>>>() else { continue };
        let Some((_, first)) = by.first() else { continue };
        let spans = by.iter().map(|(i, c)| story[*i].passage(c.span)).collect();
        let words = format!("what they share is credited to {}", first.name);
        found.entry((a, b)).or_default().push(evidence(EvidenceKind::Credit, 0.5, words, gathered(spans).1));
        outside.insert((a, b));
    }
    outside
}

/// Pairs of telling words that stand in these two articles and in no other of the story, outside of shared passages. Two articles alone
/// have nothing to be rarer than.
fn rare_words(
    story: &[Witness<'_>],
    prose: &[Vec<Word>],
    reuse: &[Reuse],
    number: &BTreeMap<&ArticleId, usize>,
    found: &mut Found,
) {
    if story.len() < 3 {
        return;
    }
    let mut passages: Vec<Vec<Span>> = vec![Vec::new(); story.len()];
    for side in reuse.iter().flat_map(|r| [&r.a, &r.b]) {
        if let Some(&i) = number.get(&side.article) {
            passages[i].push(side.span);
        }
    }
    passages.iter_mut().for_each(|p| p.sort_unstable_by_key(|s| (s.start, s.end)));
    let mut places: BTreeMap<(&str, &str), BTreeMap<usize, Span>> = BTreeMap::new();
    for (i, words) in prose.iter().enumerate() {
        let telling: Vec<&Word> = words.iter().filter(|w| w.content).collect();
        let ours = |w: &Word| w.kind == Kind::Own && w.stem.chars().any(char::is_alphabetic);
        for pair in telling.windows(2).filter(|p| p[0].block == p[1].block && ours(p[0]) && ours(p[1])) {
            let span = Span::new(pair[0].span.start, pair[1].span.end);
            // Passages are few: at most one begins before and ends after.
            let before = passages[i].partition_point(|p| p.start <= span.start);
            let inside = passages[i][..before].iter().rev().take(4).any(|p| p.end >= span.end);
            if !inside && span.len() <= 40 {
                places.entry((&pair[0].stem, &pair[1].stem)).or_default().entry(i).or_insert(span);
            }
        }
    }
    let mut shared: BTreeMap<(usize, usize), Vec<[Passage; 2]>> = BTreeMap::new();
    for by_article in places.values().filter(|p| p.len() == 2) {
        let mut sides = by_article.iter().map(|(&i, &span)| (i, story[i].passage(span)));
        if let (Some((a, left)), Some((b, right))) = (sides.next(), sides.next()) {
            shared.entry((a, b)).or_default().push([left, right]);
        }
    }
    for ((a, b), pairs) in shared {
        let n = pairs.len();
        let weight = (0.02 * n as f64).min(0.1);
        let example = pairs[0][0].span.of(&story[a].article.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let words = match n {
            1 => format!("\"{example}\" stands in no other article"),
            _ => format!("{n} pairs of words stand in no other article (\"{example}\")"),
        };
        let spans = pairs.into_iter().take(5).flatten().collect();
        found.entry((a, b)).or_default().push(evidence(EvidenceKind::RareWords, weight, words, spans));
    }
}

/// The same four or more names listed in the same order.
fn lists(story: &[Witness<'_>], found: &mut Found) {
    let mut by_list: BTreeMap<Vec<&EntityId>, BTreeMap<usize, Passage>> = BTreeMap::new();
    for (i, witness) in story.iter().enumerate() {
        let text = &witness.article.text;
        let mut mentions: Vec<(Span, &EntityId)> =
            witness.findings.entities.iter().flat_map(|e| e.mentions.iter().map(move |m| (*m, &e.id))).collect();
        mentions.sort_unstable_by_key(|(m, _)| (m.start, m.end));
        let listed = |a: &(Span, &EntityId), b: &(Span, &EntityId)| {
            let between = text.get(a.0.end..b.0.start).map(str::trim);
            between
                .is_some_and(|t| matches!(t, "," | "and" | ", and" | "or" | ", or" | ", the" | "and the" | ", and the"))
        };
        for list in mentions.chunk_by(listed).filter(|l| l.len() > 3) {
            let ids: Vec<&EntityId> = list.iter().map(|(_, id)| *id).collect();
            let span = Span::new(list[0].0.start, list[list.len() - 1].0.end);
            by_list.entry(ids).or_default().entry(i).or_insert_with(|| witness.passage(span));
        }
    }
    for (list, places) in by_list {
        let places: Vec<(usize, Passage)> = places.into_iter().take(SIBLINGS).collect();
        for (j, (b, right)) in places.iter().enumerate() {
            for (a, left) in &places[..j] {
                let words = format!("list the same {} names in the same order", list.len());
                let spans = vec![left.clone(), right.clone()];
                found.entry((*a, *b)).or_default().push(evidence(EvidenceKind::ListOrder, 0.3, words, spans));
            }
        }
    }
}

/// The same three or more quotations in the same order, with no other order between them.
fn orders(
    story: &[Witness<'_>],
    quotations: &[QuotationAccount],
    number: &BTreeMap<&ArticleId, usize>,
    found: &mut Found,
) {
    let mut places: BTreeMap<(usize, usize), Vec<(Span, Span)>> = BTreeMap::new();
    for quotation in quotations {
        let mut first: BTreeMap<usize, Span> = BTreeMap::new();
        for variant in &quotation.variants {
            if let Some(&i) = number.get(&variant.span.article) {
                let span = first.entry(i).or_insert(variant.span.span);
                *span = (*span).min(variant.span.span);
            }
        }
        let first: Vec<(usize, Span)> = first.into_iter().take(SIBLINGS).collect();
        for (j, (b, right)) in first.iter().enumerate() {
            for (a, left) in &first[..j] {
                places.entry((*a, *b)).or_default().push((*left, *right));
            }
        }
    }
    for ((a, b), mut shared) in places {
        shared.sort_unstable_by_key(|(left, right)| (left.start, right.start));
        if shared.len() > 2 && shared.windows(2).all(|w| w[0].1.start < w[1].1.start) {
            let words = format!("have {} quotations in common, in the same order", shared.len());
            let spans = shared.iter().flat_map(|(l, r)| [story[a].passage(*l), story[b].passage(*r)]).collect();
            // What was said in public in an order is often told in it.
            let weight = (0.05 * shared.len() as f64).min(0.3);
            found.entry((a, b)).or_default().push(evidence(EvidenceKind::QuotationOrder, weight, words, spans));
        }
    }
}

/// The same wrong title for the same person.
fn errors(story: &[Witness<'_>], roles: &[RoleAccount], number: &BTreeMap<&ArticleId, usize>, found: &mut Found) {
    for role in roles.iter().filter(|r| matches!(r.check, RoleCheck::Stale | RoleCheck::Conflict)) {
        // What everybody has wrong is no trace.
        if 2 * role.articles.len() > story.len() && role.articles.len() > 2 {
            continue;
        }
        let mut places: BTreeMap<usize, &Passage> = BTreeMap::new();
        for span in &role.spans {
            if let Some(&i) = number.get(&span.article) {
                places.entry(i).or_insert(span);
            }
        }
        let places: Vec<(usize, &Passage)> = places.into_iter().take(SIBLINGS).collect();
        for (j, (b, right)) in places.iter().enumerate() {
            for (a, left) in &places[..j] {
                let words = format!("give the same outdated or wrong title ({})", role.role);
                let spans = vec![(*left).clone(), (*right).clone()];
                found.entry((*a, *b)).or_default().push(evidence(EvidenceKind::SharedError, 0.3, words, spans));
            }
        }
    }
}

/// Two articles that credit a third with the same, or of which one is its text, are siblings: an agency is credited for many things.
fn siblings(story: &[Witness<'_>], credited: &[Dependence], number: &BTreeMap<&ArticleId, usize>, found: &mut Found) {
    /// Words that say something and that both credit to it, its name left out.
    const SAME: usize = 3;
    let mut parents: BTreeMap<&String, Vec<(usize, &Dependence)>> = BTreeMap::new();
    for edge in credited.iter().filter(|e| matches!(e.level, Level::Copied | Level::Derived)) {
        if let (Some(to), Some(&i)) = (&edge.to, number.get(&edge.from)) {
            parents.entry(to).or_default().push((i, edge));
        }
    }
    let said = |i: usize, edge: &Dependence| -> BTreeSet<String> {
        let witness = &story[i];
        let names = edge.evidence.iter().flat_map(|e| &e.spans).map(|p| p.span);
        let sentences = names.filter_map(|name| {
            let sentence = witness.findings.sentences.iter().find(|s| s.span.contains(name))?.span;
            let text = &witness.article.text;
            let (before, after) = (text.get(sentence.start..name.start)?, text.get(name.end..sentence.end)?);
            Some(telling(before).into_iter().chain(telling(after)))
        });
        sentences.flatten().collect()
    };
    for children in parents.values().filter(|c| c.len() <= SIBLINGS) {
        let said: Vec<BTreeSet<String>> = children.iter().map(|(i, edge)| said(*i, edge)).collect();
        for (j, (b, right)) in children.iter().enumerate() {
            for (k, (a, left)) in children[..j].iter().enumerate() {
                let whole = left.level == Level::Copied || right.level == Level::Copied;
                if !whole && said[j].intersection(&said[k]).count() < SAME {
                    continue;
                }
                let spans = [left, right].iter().flat_map(|e| &e.evidence).flat_map(|e| e.spans.clone()).collect();
                let key = (*a.min(b), *a.max(b));
                let words = "credit the same source".to_owned();
                found.entry(key).or_default().push(evidence(EvidenceKind::Credit, 0.8, words, spans));
            }
        }
    }
}

/// What speaks for an article's own work: a place of its own, a reporter, somebody who spoke to it.
fn own_work(witness: &Witness<'_>, credited: &[Dependence]) -> Vec<Evidence> {
    let article = witness.article;
    let mut own = Vec::new();
    let copied = credited.iter().any(|e| e.from == article.id && e.level == Level::Copied);
    if let Some(dateline) = article.dateline.as_ref().filter(|d| d.agency.is_none() && d.place.is_some() && !copied) {
        let words = "has a dateline of its own".to_owned();
        own.push(evidence(EvidenceKind::OwnDateline, -0.1, words, vec![witness.passage(dateline.span)]));
    }
    if let Some(byline) = article.byline.filter(|_| !copied) {
        own.push(evidence(
            EvidenceKind::OwnByline,
            -0.1,
            "has a byline of its own".to_owned(),
            vec![witness.passage(byline)],
        ));
    }
    let spoke_to_it = |c: &&Credit| outlet_key(witness).is_some_and(|own| own == slug(&c.outlet_or_agency));
    if let Some(credit) = witness.findings.credits.iter().find(spoke_to_it) {
        let words = "somebody spoke to it".to_owned();
        own.push(evidence(EvidenceKind::OwnInterview, -0.1, words, vec![witness.passage(credit.span)]));
    }
    own
}

/// Whether the first leans on the second: by the day they came out, then by which has all the quotations that the other has and more.
fn direction(
    (a, in_a): (&Witness<'_>, &BTreeSet<usize>),
    (b, in_b): (&Witness<'_>, &BTreeSet<usize>),
    evidence_of: &mut Vec<Evidence>,
) -> Option<bool> {
    let day = |w: &Witness<'_>| w.article.published.as_ref().filter(|p| p.date.len() >= 10).map(|p| p.date.clone());
    if let (Some(first), Some(second)) = (day(a), day(b)) {
        // A day and an hour of the same day do not tell which was first.
        let n = first.len().min(second.len());
        let (x, y) = (first.get(..n), second.get(..n));
        if x != y {
            let words = format!("came out later ({})", if x > y { &first } else { &second });
            evidence_of.push(evidence(EvidenceKind::Time, 0.0, words, Vec::new()));
            return Some(x > y);
        }
    }
    let both = in_a.intersection(in_b).count();
    let (only_a, only_b) = (in_a.len() - both, in_b.len() - both);
    if both < 2 || (only_a == 0) == (only_b == 0) {
        return None;
    }
    let words = format!("all its {both} quotations stand in the other, which has more");
    evidence_of.push(evidence(EvidenceKind::Superset, 0.0, words, Vec::new()));
    Some(only_a == 0)
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}
