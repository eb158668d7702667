//! Which articles tell of one event.
//!
//! A first pass: weighted terms (words by their first six letters, linked entities, the title and the lead counted twice), cosine, and
//! average link: two groups become one while the mean similarity of all their pairs stays over a threshold. Never transitive closure,
//! which chains neighbours into one heap. Pairs are compared one by one: right for folders of some thousand articles.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::Witness;

/// Mean cosine over which two groups of `n` articles are one story: near .165 for many (chosen on the hand-out half of ECB+, BCubed F1
/// .888), lower for a small folder, where words are not known to be rare and which somebody has put together for a reason.
fn threshold(n: usize) -> f64 {
    0.165 - 0.7 / (n as f64 + 5.0)
}

/// Words that say nothing of the subject.
static FUNCTION_WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let table = include_str!("../../../../data/en/function_words.tsv");
    table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').next()).collect()
});

/// A name that depends on the articles alone.
pub(crate) fn identifier(story: &[Witness<'_>]) -> String {
    let ids: Vec<&str> = story.iter().map(|w| w.article.id.0.as_str()).collect();
    format!("story:{}", &blake3::hash(ids.join(" ").as_bytes()).to_hex()[..8])
}

/// Groups of articles, each in the order of identifiers. `articles` are sorted and distinct.
pub(crate) fn cluster<'a>(articles: &[Witness<'a>]) -> Vec<Vec<Witness<'a>>> {
    let vectors = vectors(articles);
    let n = articles.len();
    let threshold = threshold(n);
    // Sums of pair similarities between groups; groups that were merged away are empty.
    let mut links = vec![vec![0.0_f64; n]; n];
    for i in 0..n {
        for j in 0..i {
            let similarity = cosine(&vectors[i], &vectors[j]);
            (links[i][j], links[j][i]) = (similarity, similarity);
        }
    }
    let mut groups: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    let mut best: Vec<Option<(f64, usize)>> = (0..n).map(|i| nearest(i, &links, &groups)).collect();
    loop {
        let top = (0..n)
            .filter_map(|i| best[i].map(|(mean, j)| (mean, i, j)))
            .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| (b.1, b.2).cmp(&(a.1, a.2))));
        let Some((_, i, j)) = top.filter(|t| t.0 >= threshold) else { break };
        let (keep, gone) = (i.min(j), i.max(j));
        let moved = std::mem::take(&mut groups[gone]);
        groups[keep].extend(moved);
        #[allow(clippy::needless_range_loop)] // row and column of a symmetric table
        for k in 0..n {
            let sum = links[keep][k] + links[gone][k];
            (links[keep][k], links[k][keep]) = (sum, sum);
        }
        best[gone] = None;
        for k in 0..n {
            let touched = k == keep || best[k].is_some_and(|(_, to)| to == keep || to == gone);
            if !groups[k].is_empty() && touched {
                best[k] = nearest(k, &links, &groups);
            } else if !groups[k].is_empty() && k != keep {
                let mean = links[k][keep] / (groups[k].len() * groups[keep].len()) as f64;
                if best[k].is_none_or(|(b, to)| mean > b || (mean == b && keep < to)) {
                    best[k] = Some((mean, keep));
                }
            }
        }
    }
    let mut stories: Vec<Vec<usize>> = groups.into_iter().filter(|g| !g.is_empty()).collect();
    for story in &mut stories {
        story.sort_unstable();
    }
    stories.sort();
    stories.into_iter().map(|story| story.into_iter().map(|i| articles[i]).collect()).collect()
}

/// The group most like group `i` and their mean similarity; of equals the first.
fn nearest(i: usize, links: &[Vec<f64>], groups: &[Vec<usize>]) -> Option<(f64, usize)> {
    let mut best: Option<(f64, usize)> = None;
    for j in (0..groups.len()).filter(|&j| j != i && !groups[j].is_empty()) {
        let mean = links[i][j] / (groups[i].len() * groups[j].len()) as f64;
        if best.is_none_or(|(b, _)| mean > b) {
            best = Some((mean, j));
        }
    }
    best
}

/// Terms by number with their weights, sorted, of length one.
fn vectors(articles: &[Witness<'_>]) -> Vec<Vec<(u32, f64)>> {
    let counts: Vec<BTreeMap<String, f64>> = articles.iter().map(terms).collect();
    let mut numbers: BTreeMap<&str, (u32, f64)> = BTreeMap::new();
    for term in counts.iter().flat_map(BTreeMap::keys) {
        let next = numbers.len() as u32;
        numbers.entry(term).or_insert((next, 0.0)).1 += 1.0;
    }
    let n = articles.len() as f64;
    // Smoothed, so that the words which all articles of a small folder share still count.
    let rarity = |documents: f64| ((n + 10.0) / (documents + 0.5)).ln().max(0.0);
    counts
        .iter()
        .map(|terms| {
            let weigh = |(term, count): (&String, &f64)| {
                let (number, documents) = numbers[term.as_str()];
                (number, (1.0 + count.ln()) * rarity(documents))
            };
            let mut vector: Vec<(u32, f64)> = terms.iter().map(weigh).collect();
            vector.sort_by_key(|t| t.0);
            let length = vector.iter().map(|t| t.1 * t.1).sum::<f64>().sqrt();
            if length > 0.0 {
                vector.iter_mut().for_each(|t| t.1 /= length);
            }
            vector
        })
        .collect()
}

/// Words by their first six letters and linked entities, with how often they stand in the text; title and lead count twice.
fn terms(witness: &Witness<'_>) -> BTreeMap<String, f64> {
    let text = &witness.article.text;
    let mut terms: BTreeMap<String, f64> = BTreeMap::new();
    let lead_end = text.char_indices().nth(400).map_or(text.len(), |(at, _)| at);
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let weight = if at < lead_end { 2.0 } else { 1.0 };
        let lower = word.to_lowercase();
        if lower.len() > 1 && !FUNCTION_WORDS.contains(lower.as_str()) {
            *terms.entry(lower.chars().take(6).collect()).or_default() += weight;
        }
    }
    for entity in &witness.findings.entities {
        if !entity.id.0.starts_with("name:") {
            *terms.entry(entity.id.0.clone()).or_default() += entity.mentions.len().max(1) as f64;
        }
    }
    terms
}

fn cosine(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}
