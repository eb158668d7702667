//! What of an article the search for its story looks at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::extract::{Factuality, Findings, Precision, Stage};
use crate::ingest::{Article, BlockKind};

/// Words that say nothing of the subject.
static FUNCTION_WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let table = include_str!("../../../../data/en/function_words.tsv");
    table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').next()).collect()
});

/// Letters of a word that count: "tariff" is "tariffs".
const STEM: usize = 6;
/// Characters of the lead.
const LEAD: usize = 400;

/// The part of an article that a term comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum View {
    Word,
    Lead,
    Entity,
    Number,
    /// A day or a year; looked at only within a group.
    Date,
}

impl View {
    /// Of a term's number: its highest three bits.
    pub(super) fn of(term: u32) -> View {
        match term >> 29 {
            0 => View::Word,
            1 => View::Lead,
            2 => View::Entity,
            3 => View::Number,
            _ => View::Date,
        }
    }

    /// One letter, in the table of background counts.
    fn letter(self) -> char {
        match self {
            View::Word => 'w',
            View::Lead => 'l',
            View::Entity => 'e',
            View::Number => 'n',
            View::Date => 'd',
        }
    }
}

/// What one article is about, small enough to keep for a hundred thousand of them.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Numbers of its terms, rising, and beside them how often each stands in the text.
    pub(super) terms: Vec<u32>,
    pub(super) counts: Vec<u16>,
    /// The day it was published, counted from 1970; `None` where nothing says it.
    pub(super) day: Option<i32>,
    /// The day on which its news took place, by its first words; `None` where they do not say.
    pub(super) told: Option<i32>,
    /// Agreement and participant of each step that it asserts, as numbers of terms.
    pub(super) steps: Vec<(u32, u32)>,
}

impl Profile {
    /// The profile of an article whose first words put its news on the day `told`.
    pub fn of(article: &Article, findings: &Findings, told: Option<jiff::civil::Date>) -> Profile {
        let named = terms(article, findings);
        let step = |m: &crate::extract::StageMention| {
            let certain = matches!(m.factuality, Factuality::CertainYes | Factuality::ProbableYes);
            (certain && m.lo >= Stage::Announced as u8)
                .then(|| (number(View::Entity, &m.agreement.0), number(View::Entity, &m.participant.0)))
        };
        let mut steps: Vec<(u32, u32)> = findings.stages.iter().filter_map(step).collect();
        steps.sort_unstable();
        steps.dedup();
        let day = article.published.as_ref().filter(|p| p.date.len() >= 10);
        let day = day.and_then(|p| p.date.get(..10)).and_then(number_of_day);
        let terms = named.iter().map(|((view, word), count)| (number(*view, word), *count));
        Profile { told: told.and_then(since_epoch), ..Profile::of_terms(terms, day, steps) }
    }

    /// A profile of term numbers with their counts.
    fn of_terms(terms: impl Iterator<Item = (u32, u16)>, day: Option<i32>, steps: Vec<(u32, u32)>) -> Profile {
        let mut sorted: BTreeMap<u32, u16> = BTreeMap::new();
        for (term, count) in terms {
            let so_far = sorted.entry(term).or_default();
            *so_far = so_far.saturating_add(count);
        }
        Profile {
            terms: sorted.keys().copied().collect(),
            counts: sorted.values().copied().collect(),
            day,
            told: None,
            steps,
        }
    }

    /// A profile made of words alone, for benches: the first `lead` of them are its lead.
    pub fn of_words<'a>(words: impl IntoIterator<Item = &'a str>, lead: usize, day: Option<i32>) -> Profile {
        let mut counted: BTreeMap<u32, u16> = BTreeMap::new();
        for (place, word) in words.into_iter().enumerate() {
            *counted.entry(number(View::Word, word)).or_default() += 1;
            if place < lead {
                *counted.entry(number(View::Lead, word)).or_default() += 1;
            }
        }
        Profile::of_terms(counted.into_iter(), day, Vec::new())
    }
}

/// The number of a term: three bits for its view, then a hash (FNV-1a). Two of a million terms now and then share one; no harm.
pub(super) fn number(view: View, word: &str) -> u32 {
    ((view as u32) << 29) | (hash(word) & ((1 << 29) - 1))
}

fn hash(word: &str) -> u32 {
    let full = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (full ^ (full >> 32)) as u32
}

/// `w:tariff`, `e:iso3:KAZ`: a term as the table of background counts writes it.
pub(super) fn written(view: View, word: &str) -> String {
    format!("{}:{word}", view.letter())
}

/// The view and the word of a written term.
pub(super) fn read(written: &str) -> Option<(View, &str)> {
    let views = [View::Word, View::Lead, View::Entity, View::Number];
    views.into_iter().find_map(|v| Some((v, written.strip_prefix(v.letter())?.strip_prefix(':')?)))
}

/// The terms of an article with how often each stands in it; furniture left out.
pub(super) fn terms(article: &Article, findings: &Findings) -> BTreeMap<(View, String), u16> {
    let text = &article.text;
    let mut terms: BTreeMap<(View, String), u16> = BTreeMap::new();
    let mut add = |view: View, word: String, count: usize| {
        let so_far = terms.entry((view, word)).or_default();
        *so_far = so_far.saturating_add(u16::try_from(count).unwrap_or(u16::MAX));
    };
    let lead_end = text.char_indices().nth(LEAD).map_or(text.len(), |(at, _)| at);
    for block in article.blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate) {
        let Some(words) = text.get(block.span.start..block.span.end) else { continue };
        for word in words.split(|c: char| !c.is_alphanumeric()) {
            let lower = word.to_lowercase();
            if lower.len() < 2 || FUNCTION_WORDS.contains(lower.as_str()) {
                continue;
            }
            let at = word.as_ptr() as usize - text.as_ptr() as usize;
            if lower.bytes().all(|b| b.is_ascii_digit()) {
                add(View::Number, lower.clone(), 1);
            }
            let stem: String = lower.chars().take(STEM).collect();
            if at < lead_end {
                add(View::Lead, stem.clone(), 1);
            }
            add(View::Word, stem, 1);
        }
    }
    for entity in &findings.entities {
        add(View::Entity, entity.id.0.clone(), entity.mentions.len().max(1));
    }
    for time in &findings.times {
        let Some(from) = &time.from else { continue };
        if matches!(time.precision, Precision::Time | Precision::Part | Precision::Day) {
            add(View::Date, from.chars().take(10).collect(), 1);
        }
        add(View::Date, from.chars().take(4).collect(), 1);
    }
    terms
}

/// Days from 1 January 1970.
fn number_of_day(iso: &str) -> Option<i32> {
    since_epoch(iso.parse().ok()?)
}

fn since_epoch(day: jiff::civil::Date) -> Option<i32> {
    let epoch = jiff::civil::date(1970, 1, 1);
    day.since(epoch).ok().map(|span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn a_profile_holds_words_lead_entities_numbers_and_days() {
        let article = testing::article(
            "Kazakhstan joins the Abraham Accords\n\nASTANA - Kazakhstan signed the Abraham Accords on 6 November 2025, with 12 others.\n",
        );
        let findings = crate::extract::extract(&testing::MODEL, &article);
        let terms = terms(&article, &findings);
        let count = |view: View, word: &str| terms.get(&(view, word.to_owned())).copied();
        assert_eq!(count(View::Word, "kazakh"), Some(2));
        assert_eq!(count(View::Word, "the"), None);
        assert_eq!(count(View::Entity, "agreement:abraham-accords"), Some(2));
        assert_eq!(count(View::Number, "12"), Some(1));
        assert_eq!(count(View::Date, "2025-11-06"), Some(1));
        let profile = Profile::of(&article, &findings, None);
        assert!(profile.terms.is_sorted() && profile.terms.len() == profile.counts.len());
        assert!(!profile.steps.is_empty(), "the signature is a step");
    }

    #[test]
    fn a_term_reads_back_as_written() {
        assert_eq!(read(&written(View::Entity, "iso3:KAZ")), Some((View::Entity, "iso3:KAZ")));
        assert_eq!(read("x:word"), None);
        for view in [View::Word, View::Lead, View::Entity, View::Number, View::Date] {
            assert_eq!(View::of(number(view, "word")), view);
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(number_of_day("1970-01-02"), Some(1));
        assert_eq!(number_of_day("2025-02-30"), None);
    }
}
