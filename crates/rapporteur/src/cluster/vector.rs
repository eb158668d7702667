//! Terms weighed by rarity: the vectors whose scalar product is the similarity of two articles.

use std::collections::HashMap;

use super::background::BACKGROUND;
use super::profile::{Profile, View};

/// What a view counts for, beside the others.
fn share(view: View) -> f32 {
    match view {
        View::Word | View::Lead | View::Entity => 1.0,
        View::Number => 0.5,
        View::Date => 0.0,
    }
}

/// The profiles of a collection with what its terms weigh.
pub(super) struct Vectors<'a> {
    profiles: &'a [Profile],
    /// How much a term tells, by its number: the logarithm of its rarity in background and collection together.
    rarity: HashMap<u32, f32>,
    /// By article, one over the length of each view's vector, times the root of the view's share.
    scale: Vec<[f32; 4]>,
}

impl<'a> Vectors<'a> {
    pub(super) fn of(profiles: &'a [Profile]) -> Vectors<'a> {
        let mut documents: HashMap<u32, u32> = HashMap::new();
        for term in profiles.iter().flat_map(|p| &p.terms) {
            *documents.entry(*term).or_default() += 1;
        }
        // Smoothed, so that the words which all articles of a small folder share still count.
        let all = (profiles.len() as u32 + BACKGROUND.articles) as f32 + 10.0;
        let rarity = |(term, here): (u32, u32)| {
            let seen = (here + BACKGROUND.documents(term)) as f32 + 0.5;
            (term, (all / seen).ln().max(0.0))
        };
        let rarity: HashMap<u32, f32> = documents.into_iter().map(rarity).collect();
        let mut vectors = Vectors { profiles, rarity, scale: Vec::new() };
        vectors.scale = profiles.iter().map(|p| vectors.scales(p)).collect();
        vectors
    }

    pub(super) fn profile(&self, article: usize) -> &Profile {
        &self.profiles[article]
    }

    fn scales(&self, profile: &Profile) -> [f32; 4] {
        let mut squares = [0.0_f32; 4];
        for (&term, &count) in profile.terms.iter().zip(&profile.counts) {
            if let Some(square) = squares.get_mut(View::of(term) as usize) {
                *square += (often(count) * self.rarity[&term]).powi(2);
            }
        }
        let views = [View::Word, View::Lead, View::Entity, View::Number];
        std::array::from_fn(|k| if squares[k] > 0.0 { (share(views[k]) / squares[k]).sqrt() } else { 0.0 })
    }

    /// The vectors of all articles.
    pub(super) fn all(&self) -> Vec<Vec<(u32, f32)>> {
        (0..self.profiles.len()).map(|i| self.vector(i)).collect()
    }

    /// The vector of an article: terms in rising order with their weights, those that weigh nothing left out.
    pub(super) fn vector(&self, article: usize) -> Vec<(u32, f32)> {
        let profile = &self.profiles[article];
        let weigh = |(&term, &count): (&u32, &u16)| {
            let scale = *self.scale[article].get(View::of(term) as usize)?;
            Some((term, often(count) * self.rarity[&term] * scale)).filter(|t| t.1 > 0.0)
        };
        profile.terms.iter().zip(&profile.counts).filter_map(weigh).collect()
    }
}

/// A term that stands there often counts more, but not as often.
pub(super) fn often(count: u16) -> f32 {
    1.0 + f32::from(count).ln()
}

/// Scalar product of two vectors in rising order of terms. A short one is looked up in a long one.
pub(super) fn product(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() * 16 < long.len() {
        let found = |t: &(u32, f32)| long.binary_search_by_key(&t.0, |l| l.0).map_or(0.0, |at| t.1 * long[at].1);
        return short.iter().map(found).sum();
    }
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < short.len() && j < long.len() {
        match short[i].0.cmp(&long[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += short[i].1 * long[j].1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

/// The sum of two vectors.
pub(super) fn sum(a: &[(u32, f32)], b: &[(u32, f32)]) -> Vec<(u32, f32)> {
    let mut both = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let (left, right) = (a.get(i), b.get(j));
        match (left, right) {
            (Some(l), Some(r)) if l.0 == r.0 => {
                both.push((l.0, l.1 + r.1));
                (i, j) = (i + 1, j + 1);
            }
            (Some(l), r) if r.is_none_or(|r| l.0 < r.0) => {
                both.push(*l);
                i += 1;
            }
            (_, r) => {
                both.extend(r);
                j += 1;
            }
        }
    }
    both
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_like_itself_and_a_rare_word_tells_more() {
        let profiles: Vec<Profile> =
            [["treaty", "oslo"], ["treaty", "oslo"], ["treaty", "lima"]].map(|w| Profile::of_words(w, 0, None)).into();
        let vectors = Vectors::of(&profiles);
        let of = |i: usize| vectors.vector(i);
        assert!((product(&of(0), &of(1)) - 1.0).abs() < 1e-5);
        assert!(product(&of(0), &of(2)) < 0.9);
    }

    #[test]
    fn products_do_not_depend_on_how_they_are_found() {
        let long: Vec<(u32, f32)> = (0..100).map(|i| (i * 2, 1.0)).collect();
        assert_eq!(product(&[(4, 2.0), (5, 2.0)], &long), 2.0);
        assert_eq!(sum(&[(1, 1.0), (3, 1.0)], &[(2, 1.0), (3, 1.0)]), [(1, 1.0), (2, 1.0), (3, 2.0)]);
    }
}
