//! For each article those that may tell of the same event.

use std::collections::HashMap;

use super::vector::product;

/// Weightiest terms of an article that look for others.
const TERMS: usize = 40;
/// Articles kept as neighbours of one.
const KEPT: usize = 50;
/// A term that more articles than this hold among their weightiest finds nobody: it is no sign of one event.
const COMMON: usize = 1_500;
/// Similarity under which articles are no neighbours.
const FAINT: f32 = 0.15;

/// Neighbours by article, in rising order; the relation is symmetric.
pub(super) fn of(vectors: &[Vec<(u32, f32)>]) -> Vec<Vec<u32>> {
    let all: Vec<Vec<(u32, f32)>> = vectors.iter().map(|v| weightiest(v.clone())).collect();
    let mut index: HashMap<u32, Vec<(u32, f32)>> = HashMap::new();
    for (article, terms) in all.iter().enumerate() {
        for &(term, weight) in terms {
            index.entry(term).or_default().push((article as u32, weight));
        }
    }
    let mut near: Vec<Vec<u32>> = vec![Vec::new(); vectors.len()];
    let mut shared = vec![0.0_f32; vectors.len()];
    for (article, terms) in all.iter().enumerate() {
        let mut met: Vec<u32> = Vec::new();
        for (term, weight) in terms {
            for &(other, its) in index[term].iter().filter(|_| index[term].len() <= COMMON) {
                if shared[other as usize] == 0.0 {
                    met.push(other);
                }
                shared[other as usize] += weight * its;
            }
        }
        let mut scored: Vec<(f32, u32)> = met
            .iter()
            .map(|&o| (std::mem::take(&mut shared[o as usize]), o))
            .filter(|s| s.1 as usize != article)
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.truncate(KEPT);
        for (_, other) in scored {
            if product(&vectors[article], &vectors[other as usize]) >= FAINT {
                near[article].push(other);
                near[other as usize].push(article as u32);
            }
        }
    }
    for list in &mut near {
        list.sort_unstable();
        list.dedup();
    }
    near
}

/// The weightiest terms, of equals those of lower number.
fn weightiest(mut vector: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    vector.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    vector.truncate(TERMS);
    vector.shrink_to_fit();
    vector
}
