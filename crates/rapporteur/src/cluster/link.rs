//! Average link over neighbours: the two groups most like each other become one, again and again.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::profile::Profile;
use super::vector::{Vectors, product, sum};

/// Mean similarity, of at most 3.5, over which two groups are one.
const TOGETHER: f32 = 0.55;
/// Days between articles on one event, as the width of a Gaussian; and how far the distance may lower the similarity. The width of
/// reconciliation's design, three days, is that of daily news; treaties take longer.
const DAYS: f32 = 6.0;
const FAR: f32 = 0.2;
/// What is left of the similarity where two groups tell of the steps of different states in one agreement.
const OTHER_STATE: f32 = 0.25;
/// What is left of the similarity of two articles whose first words put their news on different days: a judge's ruling on Wednesday about
/// Tuesday's decree is another event. Chosen on the news of one year of Wikinews, of which no two stories that it parts were one event.
const OTHER_DAY: f32 = 0.5;
/// Terms that the sum of a large group keeps.
const KEPT: usize = 3_000;

/// Articles taken together: the sum of their vectors stands for all of them.
pub(super) struct Group {
    vector: Vec<(u32, f32)>,
    size: usize,
    /// Sum of the days of those that have one, and how many have.
    days: (f64, u32),
    /// The days on which their news took place, and how many tell each, in order.
    told: Vec<(i32, u32)>,
    steps: Vec<(u32, u32)>,
}

impl Group {
    pub(super) fn of(profiles: &[Profile], vectors: &Vectors<'_>, members: &[usize]) -> Group {
        let one = |&i: &usize| Group::of_one(&profiles[i], vectors.vector(i));
        let empty = Group { vector: Vec::new(), size: 0, days: (0.0, 0), told: Vec::new(), steps: Vec::new() };
        members.iter().map(one).fold(empty, |all, next| all.with(&next))
    }

    fn of_one(profile: &Profile, vector: Vec<(u32, f32)>) -> Group {
        let days = profile.day.map_or((0.0, 0), |d| (f64::from(d), 1));
        let told = profile.told.map(|day| (day, 1)).into_iter().collect();
        Group { vector, size: 1, days, told, steps: profile.steps.clone() }
    }

    fn with(&self, other: &Group) -> Group {
        let mut vector = sum(&self.vector, &other.vector);
        if vector.len() > KEPT {
            vector.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            vector.truncate(KEPT);
            vector.sort_by_key(|t| t.0);
        }
        let mut steps: Vec<(u32, u32)> = self.steps.iter().chain(&other.steps).copied().collect();
        steps.sort_unstable();
        steps.dedup();
        let days = (self.days.0 + other.days.0, self.days.1 + other.days.1);
        let mut told = self.told.clone();
        for &(day, articles) in &other.told {
            match told.binary_search_by_key(&day, |t| t.0) {
                Ok(at) => told[at].1 += articles,
                Err(at) => told.insert(at, (day, articles)),
            }
        }
        Group { vector, size: self.size + other.size, days, told, steps }
    }

    /// Share of the pairs with `other` that put their news on different days, of all pairs.
    fn told_apart(&self, other: &Group) -> f32 {
        let count = |group: &Group| group.told.iter().map(|t| u64::from(t.1)).sum::<u64>();
        let same = |&(day, articles): &(i32, u32)| {
            let there = other.told.binary_search_by_key(&day, |t| t.0).map_or(0, |at| other.told[at].1);
            u64::from(articles) * u64::from(there)
        };
        let same: u64 = self.told.iter().map(same).sum();
        (count(self) * count(other) - same) as f32 / (self.size * other.size).max(1) as f32
    }

    fn day(&self) -> Option<f64> {
        (self.days.1 > 0).then(|| self.days.0 / f64::from(self.days.1))
    }
}

/// Mean similarity of the pairs between two groups, less for days and different steps.
pub(super) fn similarity(a: &Group, b: &Group) -> f32 {
    let mean = product(&a.vector, &b.vector) / (a.size * b.size).max(1) as f32;
    // Only pairs that both have a day can be far apart.
    let dated = a.days.1 as f32 * b.days.1 as f32 / (a.size * b.size).max(1) as f32;
    let apart = match (a.day(), b.day()) {
        (Some(a), Some(b)) => 1.0 - FAR.max((-0.5 * ((a - b) as f32 / DAYS).powi(2)).exp()),
        _ => 0.0,
    };
    let near = 1.0 - dated * apart;
    let same_day = 1.0 - (1.0 - OTHER_DAY) * a.told_apart(b);
    mean * near * same_day * if of_other_states(a, b) { OTHER_STATE } else { 1.0 }
}

/// Whether both are about one agreement, but not about the same states: both assert steps in it and none in common, or one asserts a
/// step and the other names the agreement without any state whose step it is.
fn of_other_states(a: &Group, b: &Group) -> bool {
    let both = a.steps.iter().any(|x| b.steps.iter().any(|y| x.0 == y.0));
    if both {
        return !a.steps.iter().any(|x| b.steps.contains(x));
    }
    steps_without(a, b) || steps_without(b, a)
}

/// Whether `b` names an agreement in which `a` asserts steps, and none of the states that take them.
fn steps_without(a: &Group, b: &Group) -> bool {
    let names = |entity: u32| b.vector.binary_search_by_key(&entity, |t| t.0).is_ok();
    let mut here = a.steps.iter().filter(|(agreement, _)| names(*agreement)).peekable();
    here.peek().is_some() && !here.any(|(_, state)| names(*state))
}

/// A pair of groups that may become one; stale once either has.
struct Pair {
    similarity: f32,
    groups: (usize, usize),
}

impl Ord for Pair {
    fn cmp(&self, other: &Pair) -> Ordering {
        self.similarity.total_cmp(&other.similarity).then_with(|| other.groups.cmp(&self.groups))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Pair) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Pair {
    fn eq(&self, other: &Pair) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Pair {}

/// Groups of articles whose mean similarity is over the threshold. A group keeps its number until it is merged; the merged one gets the
/// next free number.
pub(super) fn link(profiles: &[Profile], vectors: Vec<Vec<(u32, f32)>>, near: &[Vec<u32>]) -> Vec<Vec<usize>> {
    let n = vectors.len();
    let alone = |(i, vector)| Some((Group::of_one(&profiles[i], vector), vec![i]));
    let mut groups: Vec<Option<(Group, Vec<usize>)>> = vectors.into_iter().enumerate().map(alone).collect();
    let mut beside: Vec<Vec<usize>> = near.iter().map(|l| l.iter().map(|&j| j as usize).collect()).collect();
    // Where a group that was merged has gone.
    let mut gone_to: Vec<usize> = (0..n).collect();
    let mut heap: BinaryHeap<Pair> = BinaryHeap::new();
    for (i, list) in beside.iter().enumerate() {
        for &j in list.iter().filter(|&&j| j > i) {
            heap.extend(pair(&groups, i, j));
        }
    }
    while let Some(Pair { groups: (i, j), .. }) = heap.pop() {
        let (Some(left), Some(right)) = (&groups[i], &groups[j]) else { continue };
        let merged = left.0.with(&right.0);
        let members: Vec<usize> = left.1.iter().chain(&right.1).copied().collect();
        let new = groups.len();
        groups.push(Some((merged, members)));
        (groups[i], groups[j]) = (None, None);
        gone_to.push(new);
        (gone_to[i], gone_to[j]) = (new, new);
        let mut list: Vec<usize> = std::mem::take(&mut beside[i]);
        list.extend(std::mem::take(&mut beside[j]));
        list.iter_mut().for_each(|k| *k = root(&mut gone_to, *k));
        list.sort_unstable();
        list.dedup();
        list.retain(|&k| k != new);
        for &k in &list {
            beside[k].push(new);
            heap.extend(pair(&groups, k, new));
        }
        beside.push(list);
    }
    groups.into_iter().flatten().map(|(_, members)| members).collect()
}

/// The pair, where it is over the threshold.
fn pair(groups: &[Option<(Group, Vec<usize>)>], i: usize, j: usize) -> Option<Pair> {
    let (left, right) = (groups[i].as_ref()?, groups[j].as_ref()?);
    let similarity = similarity(&left.0, &right.0);
    (similarity >= TOGETHER).then_some(Pair { similarity, groups: (i, j) })
}

/// The living group that group `k` went into; the way there is shortened.
fn root(gone_to: &mut [usize], mut k: usize) -> usize {
    while gone_to[k] != k {
        gone_to[k] = gone_to[gone_to[k]];
        k = gone_to[k];
    }
    k
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A group that names these entities and asserts these steps.
    fn group(entities: &[u32], steps: &[(u32, u32)]) -> Group {
        let vector = entities.iter().map(|&e| (e, 1.0)).collect();
        Group { vector, size: 1, days: (0.0, 0), told: Vec::new(), steps: steps.to_vec() }
    }

    #[test]
    fn news_of_another_day_is_less_alike_by_the_share_of_pairs_that_tell_it() {
        let on = |days: &[i32]| {
            let one = |&day: &i32| Group { told: vec![(day, 1)], ..group(&[1], &[]) };
            let empty = Group { size: 0, ..group(&[], &[]) };
            days.iter().map(one).fold(empty, |all, next| all.with(&next))
        };
        let undated = group(&[1], &[]);
        assert_eq!(on(&[5]).told_apart(&on(&[5])), 0.0);
        assert_eq!(on(&[5]).told_apart(&on(&[6])), 1.0);
        assert_eq!(on(&[5, 6]).told_apart(&on(&[6, 5])), 0.5);
        assert_eq!(on(&[5]).told_apart(&undated), 0.0, "who names no day may tell of any");
        assert!(similarity(&on(&[5]), &on(&[6])) < similarity(&on(&[5]), &undated));
    }

    #[test]
    fn steps_of_different_states_in_one_agreement_are_two_events() {
        let (accords, pact, oslo, lima) = (1, 2, 10, 11);
        let other = |a: &Group, b: &Group| {
            assert_eq!(of_other_states(a, b), of_other_states(b, a));
            of_other_states(a, b)
        };
        let joins = group(&[accords, oslo], &[(accords, oslo)]);
        assert!(other(&joins, &group(&[accords, oslo, lima], &[(accords, lima)])));
        assert!(!other(&joins, &group(&[accords, oslo, lima], &[(accords, oslo), (accords, lima)])));
        assert!(!other(&joins, &group(&[pact, lima], &[(pact, lima)])), "of two agreements nothing follows");
        assert!(other(&joins, &group(&[accords, lima], &[])), "names the agreement, not the state");
        assert!(!other(&joins, &group(&[accords, oslo], &[])));
        assert!(!other(&group(&[oslo], &[]), &group(&[lima], &[])));
    }
}
