//! From the findings of many articles to stories: which articles tell of one event.
//!
//! Each article becomes a [`Profile`] of a few kilobytes: its words by their first six letters, those of its lead, the entities and
//! numbers in it, the days it names. Four views of a profile (words, lead, entities, numbers) are weighed by rarity and set side by
//! side as one vector; the similarity of two articles is the sum of the views' cosines, the last counted half.
//!
//! 1. [`neighbours`]: through an inverted index over each article's forty weightiest terms, the fifty articles most like it.
//! 2. [`link`]: the two groups with the highest mean similarity become one, while it stays over a threshold. Average link, exact for
//!    any two groups that are compared, because the similarity is a scalar product and sums of vectors stand for their groups. Never
//!    transitive closure, which chains neighbours into one heap.
//! 3. [`split`]: within a group the words that all its articles share say nothing. Weighed by their rarity inside the group, two
//!    events of one kind (two quakes, two states that sign the same accords) fall apart, one event does not.
//! 4. A group of one or two that was left over joins the group it is most like, if it is like it.
//!
//! The similarity of two groups shrinks with the days between them (Gaussian), where the first words of their articles put the news on
//! different days, and where they tell of the steps of different states in one agreement. Every step works on articles in the order of
//! identifiers, so the order of input does not matter. No step looks at all pairs: 100,000 articles take minutes (`bench/runs/`).
//!
//! Thresholds and factors were chosen on the hand-out half of ECB+ (Cybulska and Vossen 2014) by subtopic and checked on the mixture of
//! this project's own stories and articles of Wikinews.

mod background;
mod link;
mod neighbours;
mod profile;
mod split;
mod vector;

pub use background::table;
pub use profile::Profile;

use vector::Vectors;

/// A group smaller than this is left over from the splitting; it may join another.
const SMALL: usize = 3;
/// Mean similarity, of at most 3.5, over which a group that was left over joins another.
const ADOPTED: f32 = 0.4;

/// Groups of articles, as indices of `profiles`: each in rising order, the groups by their first member.
///
/// `profiles` stand in the order of their articles' identifiers; the answer depends on nothing else.
pub fn stories(profiles: &[Profile]) -> Vec<Vec<usize>> {
    let vectors = Vectors::of(profiles);
    let all = vectors.all();
    let near = neighbours::of(&all);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for group in link::link(profiles, all, &near) {
        split::split(&vectors, group, &mut groups);
    }
    let mut stories = adopt(profiles, &vectors, &near, groups);
    for story in &mut stories {
        story.sort_unstable();
    }
    stories.sort();
    stories
}

/// Lets groups of one or two join the group most like them.
fn adopt(profiles: &[Profile], vectors: &Vectors<'_>, near: &[Vec<u32>], groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let (large, small): (Vec<_>, Vec<_>) = groups.into_iter().partition(|g| g.len() >= SMALL);
    let mut home = vec![usize::MAX; profiles.len()];
    for (place, group) in large.iter().enumerate() {
        group.iter().for_each(|&i| home[i] = place);
    }
    let sums: Vec<link::Group> = large.iter().map(|g| link::Group::of(profiles, vectors, g)).collect();
    let mut joined = large;
    for group in small {
        let itself = link::Group::of(profiles, vectors, &group);
        let mut places: Vec<usize> =
            group.iter().flat_map(|&i| &near[i]).map(|&j| home[j as usize]).filter(|&p| p != usize::MAX).collect();
        places.sort_unstable();
        places.dedup();
        let like = |&place: &usize| (link::similarity(&itself, &sums[place]), place);
        let best = places.iter().map(like).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        match best.filter(|b| b.0 >= ADOPTED) {
            Some((_, place)) => joined[place].extend(group),
            None => joined.push(group),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six articles on each of two quakes, which share most of their words, and one on something else.
    fn quakes() -> Vec<Profile> {
        let shared = "quake magnitude epicentre rescuers buildings collapsed survivors shelters aftershock officials";
        let mut profiles = Vec::new();
        for (place, own) in ["lima callao arequipa peruvian", "padang sumatra jakarta indonesian"].iter().enumerate() {
            for article in 0..6 {
                let text = format!("{own} {shared} {own} teller{place}{article} reporter{article}");
                profiles.push(Profile::of_words(text.split(' '), 5, None));
            }
        }
        profiles.push(Profile::of_words("tariff steel quota exemption brussels washington".split(' '), 3, None));
        profiles
    }

    #[test]
    fn two_events_of_one_kind_are_two_stories() {
        assert_eq!(stories(&quakes()), [vec![0, 1, 2, 3, 4, 5], vec![6, 7, 8, 9, 10, 11], vec![12]]);
    }

    #[test]
    fn one_event_told_in_many_words_is_one_story() {
        let shared = "treaty signed ratification protocol ministers accession parliament ambassador oslo";
        let of = |k: usize| Profile::of_words(format!("{shared} colour{k} breakfast{k}").split(' '), 4, None);
        let profiles: Vec<Profile> = (0..9).map(of).collect();
        assert_eq!(stories(&profiles), [(0..9).collect::<Vec<_>>()]);
    }

    #[test]
    fn months_apart_the_same_words_tell_of_another_event() {
        let of = |day: i32| {
            Profile::of_words(
                "ministers signed the memorandum on fisheries quotas oslo bergen".split(' ').take(7),
                2,
                Some(day),
            )
        };
        let near: Vec<Profile> = [0, 1, 2].map(of).into();
        assert_eq!(stories(&near).len(), 1);
        let vectors = Vectors::of(&near);
        let group = |profiles: &[Profile], i: usize| link::Group::of(profiles, &vectors, &[i]);
        let far: Vec<Profile> = [0, 1, 200].map(of).into();
        let (close, apart) =
            (link::similarity(&group(&far, 0), &group(&far, 1)), link::similarity(&group(&far, 0), &group(&far, 2)));
        assert!(apart < 0.6 * close, "{apart} {close}");
    }

    #[test]
    fn nothing_and_one_article() {
        assert!(stories(&[]).is_empty());
        assert_eq!(stories(&[Profile::default()]), [vec![0]]);
        assert_eq!(stories(&[Profile::default(), Profile::default()]), [vec![0], vec![1]]);
    }
}
