//! Two events of one kind in one group: what all its articles share says nothing there.

use std::collections::HashMap;

use super::profile::View;
use super::vector::{Vectors, often, product};

/// A part smaller than this is no event of its own.
const SMALLEST: usize = 3;
/// Two parts are two events where the mean similarity between them is less than this share of the lower one within them.
const APART: f32 = 0.4;
/// A larger group is parted by this many of its articles, evenly taken.
const SAMPLE: usize = 300;

/// Parts the group for as long as it falls into two; the parts go to `stories`.
pub(super) fn split(vectors: &Vectors<'_>, group: Vec<usize>, stories: &mut Vec<Vec<usize>>) {
    let mut waiting = vec![group];
    while let Some(group) = waiting.pop() {
        match parts(vectors, &group) {
            Some((a, b)) => waiting.extend([a, b]),
            None => stories.push(group),
        }
    }
}

/// The two events that a group holds; `None` where it is one.
fn parts(vectors: &Vectors<'_>, group: &[usize]) -> Option<(Vec<usize>, Vec<usize>)> {
    if group.len() < 2 * SMALLEST {
        return None;
    }
    let step = group.len().div_ceil(SAMPLE);
    let sample: Vec<usize> = group.iter().copied().step_by(step).collect();
    let rarity = rarity(vectors, &sample);
    let local: Vec<Vec<(u32, f32)>> = sample.iter().map(|&i| weighed(vectors, i, &rarity)).collect();
    let likeness = likeness(&local);
    let in_second = two_groups(&likeness);
    let side = |second: bool| (0..sample.len()).filter(|&k| in_second[k] == second).collect::<Vec<_>>();
    let (first, second) = (side(false), side(true));
    if first.len().min(second.len()) < SMALLEST {
        return None;
    }
    let mean = |a: &[usize], b: &[usize], pairs: usize| {
        let pair = |&i: &usize| b.iter().filter(move |&&j| j != i).map(|&j| likeness[i][j]).sum::<f32>();
        a.iter().map(pair).sum::<f32>() / pairs as f32
    };
    let between = mean(&first, &second, first.len() * second.len());
    let inside = |part: &[usize]| mean(part, part, part.len() * (part.len() - 1));
    if between >= APART * inside(&first).min(inside(&second)) {
        return None;
    }
    if step == 1 {
        return Some((first.iter().map(|&k| sample[k]).collect(), second.iter().map(|&k| sample[k]).collect()));
    }
    // The articles that were not in the sample go to the side they are more like.
    let centre = |part: &[usize]| {
        let mut sum: HashMap<u32, f32> = HashMap::new();
        part.iter().flat_map(|&k| &local[k]).for_each(|&(t, w)| *sum.entry(t).or_default() += w / part.len() as f32);
        let mut centre: Vec<(u32, f32)> = sum.into_iter().collect();
        centre.sort_by_key(|t| t.0);
        centre
    };
    let (one, other) = (centre(&first), centre(&second));
    let nearer = |&&i: &&usize| {
        let vector = weighed(vectors, i, &rarity);
        product(&vector, &one) >= product(&vector, &other)
    };
    let (a, b): (Vec<&usize>, Vec<&usize>) = group.iter().partition(nearer);
    (a.len().min(b.len()) >= SMALLEST).then(|| (a.into_iter().copied().collect(), b.into_iter().copied().collect()))
}

/// How much a term tells within the group: nothing where all or only one of its articles hold it.
fn rarity(vectors: &Vectors<'_>, group: &[usize]) -> HashMap<u32, f32> {
    let mut documents: HashMap<u32, u32> = HashMap::new();
    // A word of the lead is among the words already.
    let terms = group.iter().flat_map(|&i| &vectors.profile(i).terms).filter(|t| View::of(**t) != View::Lead);
    for term in terms {
        *documents.entry(*term).or_default() += 1;
    }
    let tell = |(term, n): (u32, u32)| (term, (group.len() as f32 / n as f32).ln());
    documents.into_iter().filter(|d| d.1 > 1 && (d.1 as usize) < group.len()).map(tell).collect()
}

/// Words of the lead and of the rest are one term within a group.
fn local(term: u32) -> u32 {
    if View::of(term) == View::Lead { term & ((1 << 29) - 1) } else { term }
}

/// The vector of an article within its group, of length one. A word of the lead counts three times more.
fn weighed(vectors: &Vectors<'_>, article: usize, rarity: &HashMap<u32, f32>) -> Vec<(u32, f32)> {
    let profile = vectors.profile(article);
    let mut counts: HashMap<u32, u16> = HashMap::new();
    for (&term, &count) in profile.terms.iter().zip(&profile.counts) {
        let count = match View::of(term) {
            View::Lead => count.saturating_mul(3),
            View::Number => continue,
            _ => count,
        };
        let so_far = counts.entry(local(term)).or_default();
        *so_far = so_far.saturating_add(count);
    }
    let mut vector: Vec<(u32, f32)> =
        counts.into_iter().filter_map(|(term, count)| Some((term, often(count) * rarity.get(&term)?))).collect();
    vector.sort_by_key(|t| t.0);
    let length = vector.iter().map(|t| t.1 * t.1).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|t| t.1 /= length);
    }
    vector
}

/// Similarity of each pair.
fn likeness(vectors: &[Vec<(u32, f32)>]) -> Vec<Vec<f32>> {
    let mut table = vec![vec![0.0; vectors.len()]; vectors.len()];
    for i in 0..vectors.len() {
        for j in 0..i {
            let similarity = product(&vectors[i], &vectors[j]);
            (table[i][j], table[j][i]) = (similarity, similarity);
        }
    }
    table
}

/// Average link down to two groups; whether each is in the second.
fn two_groups(likeness: &[Vec<f32>]) -> Vec<bool> {
    let n = likeness.len();
    // Sums of pair similarities between groups.
    let mut sums = likeness.to_vec();
    let mut members: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    let mut alive: Vec<usize> = (0..n).collect();
    while alive.len() > 2 {
        let mut best = (f32::MIN, 0, 0);
        for (place, &i) in alive.iter().enumerate() {
            for &j in &alive[..place] {
                let mean = sums[i][j] / (members[i].len() * members[j].len()) as f32;
                if mean > best.0 {
                    best = (mean, j, i);
                }
            }
        }
        let (_, keep, gone) = best;
        let moved = std::mem::take(&mut members[gone]);
        members[keep].extend(moved);
        alive.retain(|&k| k != gone);
        for &k in alive.iter().filter(|&&k| k != keep) {
            let sum = sums[keep][k] + sums[gone][k];
            (sums[keep][k], sums[k][keep]) = (sum, sum);
        }
    }
    let mut second = vec![false; n];
    alive.iter().skip(1).flat_map(|&k| &members[k]).for_each(|&i| second[i] = true);
    second
}
