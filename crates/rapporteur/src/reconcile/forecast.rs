//! What is foretold, merged over the articles: one prediction of one forecaster is one entry, however many articles carry it.

mod outcome;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::frame::Frame;
use super::outlook::speaker;
use super::prose::{Worded, groups, telling};
use super::{Witness, gathered, voice};
use crate::extract::{EntityId, Holder, PUT_OFF, Precision, Prediction, StageMention};
use crate::knowledge::{calendar, knowledge};
use crate::provenance::{ArticleId, Passage};

/// Something said to come, and whether it can be checked.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct PredictionAccount {
    /// The forecaster.
    pub holder: Holder,
    /// The fullest wording.
    pub text: Passage,
    /// Lowest and highest number that it gives.
    pub quantity: Option<[f64; 2]>,
    pub horizon: Option<HorizonAccount>,
    /// The words of an if-clause or its like.
    pub condition: Option<Passage>,
    pub checkable: bool,
    /// Why it cannot be checked.
    pub why: Option<String>,
    pub state: PredictionState,
    /// The words of later articles that settle it.
    pub settled_by: Vec<Passage>,
    /// Of an open one: words of other articles that may tell its outcome, where no days say which came first.
    pub perhaps_settled_by: Vec<Passage>,
    pub articles: Vec<ArticleId>,
    /// All wordings, the fullest included.
    pub spans: Vec<Passage>,
}

/// The window of a prediction.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct HorizonAccount {
    /// First and last day, ISO 8601.
    pub from: Option<String>,
    pub to: Option<String>,
    pub precision: Precision,
    pub words: Option<Passage>,
}

/// What has become of a prediction, as far as these articles tell: `outcome` says when it is which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PredictionState {
    Open,
    Met,
    PartlyMet,
    Missed,
    Overtaken,
    Void,
    NotCheckable,
}

/// The predictions of a story, one entry for all wordings of one forecaster; those that can be checked first, then in the order of the
/// articles. That the step of the story will be taken, with no more to it, is the news and no forecast.
pub(crate) fn predictions(story: &[Witness<'_>], frame: &Frame) -> Vec<PredictionAccount> {
    let said: Vec<(&Witness<'_>, &Prediction)> =
        story.iter().flat_map(|w| w.findings.predictions.iter().map(move |p| (w, p))).collect();
    let said: Vec<_> = said.into_iter().filter(|(w, p)| !is_the_step(w, p, frame) && !is_decided(p)).collect();
    let worded: Vec<Worded<'_>> = said.iter().map(|(w, p)| (speaker(&p.holder), p.span.of(&w.article.text))).collect();
    let groups = one_wording(groups(&worded), &worded).into_iter().flat_map(|g| by_day(g, &said)).collect();
    let groups = one_day(groups, &said);
    let done = told::Done::of(story);
    let mut accounts: Vec<PredictionAccount> =
        groups.into_iter().map(|group| account(group.iter().map(|&i| said[i]).collect(), story, &done)).collect();
    accounts.sort_by_key(|p| !p.checkable);
    accounts
}

/// Fewest words that no two would choose alike.
const OWN_WORDS: usize = 6;

/// "Has put the vote off until June": what is decided is done, and no forecast of the story.
fn is_decided(prediction: &Prediction) -> bool {
    prediction.rule == PUT_OFF
}

/// The day that a prediction names, where the day of its article tells which.
fn day_named(prediction: &Prediction) -> Option<&str> {
    let horizon = prediction.horizon.as_ref()?;
    horizon.from.as_deref().filter(|from| horizon.precision == Precision::Day && horizon.to.as_deref() == Some(*from))
}

/// A group without those that name another day in the same words: one Friday is not the next.
fn by_day(group: Vec<usize>, said: &[(&Witness<'_>, &Prediction)]) -> Vec<Vec<usize>> {
    let mut days: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    let first = group.iter().find_map(|&i| day_named(said[i].1));
    for i in group {
        days.entry(day_named(said[i].1).or(first)).or_default().push(i);
    }
    days.into_values().collect()
}

/// Groups that foretell the same for the same day in other words are one: of one voice, or where one only carries the other's
/// words, an agency or a paper ("the agency said the state would halt its tests on April 21").
fn one_day(groups: Vec<Vec<usize>>, said: &[(&Witness<'_>, &Prediction)]) -> Vec<Vec<usize>> {
    let mut merged: Vec<Vec<usize>> = Vec::new();
    let mut known: BTreeMap<BTreeSet<String>, Vec<(usize, Day)>> = BTreeMap::new();
    for group in groups {
        let Some(day) = group.iter().find_map(|&i| Day::of(said[i].0, said[i].1)) else {
            merged.push(group);
            continue;
        };
        let near = known.entry(day.day.clone()).or_default();
        match near.iter().find(|(_, other)| other.is_same(&day)) {
            Some((place, _)) => merged[*place].extend(group),
            None => {
                near.push((merged.len(), day));
                merged.push(group);
            }
        }
    }
    merged
}

/// A prediction of a day of the calendar, by what tells it from others.
struct Day {
    /// "friday", "april 21", as printed, or "shortly".
    day: BTreeSet<String>,
    /// The same in full, where the article's own day tells it.
    full: Option<String>,
    voice: String,
    carries: bool,
    /// Whether it is a state or its government, which go by many names.
    governs: bool,
    /// The words that tell something, without those of the day.
    words: BTreeSet<String>,
}

impl Day {
    fn of(witness: &Witness<'_>, prediction: &Prediction) -> Option<Day> {
        let text = &witness.article.text;
        let named = prediction.horizon.as_ref().filter(|_| prediction.checkable)?.span?.of(text);
        let pieces = || named.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        let number = |w: &String| w.chars().all(|c| c.is_ascii_digit()) && !w.is_empty();
        let calendar = |w: &String| number(w) || calendar::weekday(w).is_some() || calendar::month(w).is_some();
        let day: BTreeSet<String> = pieces().filter(calendar).collect();
        // A month or a year is no day.
        let exact = |w: &String| calendar::weekday(w).is_some() || number(w) && w.len() < 3;
        let soon: BTreeSet<String> = pieces().filter(|w| matches!(w.as_str(), "soon" | "shortly")).collect();
        let day = match day.iter().any(exact) {
            true => day,
            false if !soon.is_empty() => soon,
            false => return None,
        };
        let mut words = telling(prediction.span.of(text));
        words.retain(|w| !day.contains(w));
        let outlet =
            |e: &EntityId| e.0.strip_prefix("org:").is_some_and(|id| knowledge().outlets.iter().any(|o| o.id == id));
        let carries = prediction.holder.entity.as_ref().is_some_and(outlet);
        let name = prediction.holder.name.to_lowercase();
        let state = prediction.holder.entity.as_ref().is_some_and(|e| e.0.starts_with("iso3:"));
        let governs = state || name.ends_with(" administration") || name.ends_with(" government");
        let full = day_named(prediction).map(str::to_owned);
        Some(Day { day, full, voice: speaker(&prediction.holder), carries, governs, words })
    }

    fn is_same(&self, other: &Day) -> bool {
        let shared = self.words.intersection(&other.words).count();
        let few = self.words.len().min(other.words.len());
        // One Friday is not the next.
        if self.full.as_ref().zip(other.full.as_ref()).is_some_and(|(a, b)| a != b) {
            return false;
        }
        let named = |day: &Day| day.voice.starts_with("iso3-");
        let state = self.governs && other.governs && !(named(self) && named(other)) && shared >= 4;
        (self.voice == other.voice || self.carries != other.carries || state) && shared >= 3 && 2 * shared >= few
    }
}

/// Groups of several holders that share a wording, letter for letter but for case and marks, are one.
fn one_wording(groups: Vec<Vec<usize>>, worded: &[Worded<'_>]) -> Vec<Vec<usize>> {
    let mut merged: Vec<Vec<usize>> = Vec::new();
    let mut known: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for group in groups {
        let wordings: Vec<Vec<String>> =
            group.iter().map(|&i| plain(worded[i].1)).filter(|w| w.len() >= OWN_WORDS).collect();
        let place = wordings.iter().find_map(|w| known.get(w).copied()).unwrap_or(merged.len());
        known.extend(wordings.into_iter().map(|w| (w, place)));
        match merged.get_mut(place) {
            Some(first) => first.extend(group),
            None => merged.push(group),
        }
    }
    merged
}

fn plain(text: &str) -> Vec<String> {
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Whether it only says that the step of the story will be taken: no day, no number, no condition.
fn is_the_step(witness: &Witness<'_>, prediction: &Prediction, frame: &Frame) -> bool {
    let bare = prediction.horizon.is_none() && prediction.quantity.is_none() && prediction.condition.is_none();
    let mut stages = witness.findings.stages.iter().filter(|s| prediction.span.overlaps(s.wording)).peekable();
    let ours = |s: &StageMention| {
        frame.participant.as_ref() == Some(&s.participant) && frame.agreement.as_ref() == Some(&s.agreement)
    };
    bare && stages.peek().is_some() && stages.all(ours)
}

/// One prediction in all its wordings: the fullest that can be checked speaks for it.
fn account(said: Vec<(&Witness<'_>, &Prediction)>, story: &[Witness<'_>], done: &told::Done<'_>) -> PredictionAccount {
    let (witness, fullest) = *said.iter().find(|(_, p)| p.checkable).unwrap_or(&said[0]);
    // Whose words it is, not the agency that carries them.
    let carried = |w: &Witness<'_>, p: &Prediction| Day::of(w, p).is_some_and(|d| d.carries);
    let (witness, fullest) = *said.iter().find(|(w, p)| p.checkable && !carried(w, p)).unwrap_or(&(witness, fullest));
    let (articles, spans) = gathered(said.iter().map(|(w, p)| w.passage(p.span)).collect());
    let named = said.iter().find_map(|(w, p)| Some((w, p.horizon.as_ref()?)));
    let horizon = fullest.horizon.as_ref().map(|h| (&witness, h)).or(named.as_ref().map(|(w, h)| (*w, *h)));
    let (state, settled_by) = match fullest.checkable {
        true => outcome::of(&said, story),
        false => (PredictionState::NotCheckable, Vec::new()),
    };
    let perhaps_settled_by = match state {
        PredictionState::Open => done.elsewhere(&said),
        _ => Vec::new(),
    };
    PredictionAccount {
        holder: voice(&fullest.holder),
        text: witness.passage(fullest.span),
        quantity: said.iter().find_map(|(_, p)| p.quantity),
        horizon: horizon.map(|(w, h)| HorizonAccount {
            from: h.from.clone(),
            to: h.to.clone(),
            precision: h.precision,
            words: h.span.map(|s| w.passage(s)),
        }),
        condition: said.iter().find_map(|(w, p)| Some(w.passage(p.condition?))),
        checkable: fullest.checkable,
        why: fullest.why.clone(),
        state,
        settled_by,
        perhaps_settled_by,
        articles,
        spans,
    }
}

#[cfg(test)]
mod tests {
    use super::one_wording;

    #[test]
    fn only_the_same_words_of_two_are_one() {
        let said = [
            ("a", "Norway will open its harbours on Monday"),
            ("b", "Norway will open its harbours on Monday."),
            ("c", "Norway will open all harbours on Monday"),
            ("d", "we will win"),
            ("e", "we will win"),
        ];
        let worded: Vec<_> = said.iter().map(|(who, text)| ((*who).to_owned(), *text)).collect();
        let apart = (0..said.len()).map(|i| vec![i]).collect();
        assert_eq!(one_wording(apart, &worded), [vec![0, 1], vec![2], vec![3], vec![4]]);
    }

    #[test]
    fn one_thing_on_one_day_is_told_once() {
        let told = |texts: &[&str]| -> Vec<(String, usize)> {
            let read = |text: &&str| {
                let given = crate::testing::article(text);
                let findings = crate::extract::extract(&crate::testing::MODEL, &given);
                (given, findings)
            };
            let read: Vec<_> = texts.iter().map(read).collect();
            let story = crate::reconcile::as_one_story(&read);
            story
                .predictions
                .iter()
                .filter(|p| p.checkable)
                .map(|p| (p.holder.name.clone(), p.articles.len()))
                .collect()
        };
        let talks = [
            "Angela Merkel will meet the Norwegian prime minister in the harbour of Lima next Friday.",
            "On Friday in the week ahead Angela Merkel will meet the Norwegian prime minister, as planned.",
        ];
        assert_eq!(told(&talks), [("article".to_owned(), 2)]);
        let bridge = "The envoys will open the new bridge of Lima on Friday, said Angela Merkel.";
        let week = |day: &str| {
            let mut given = crate::testing::article(bridge);
            given.id = crate::provenance::ArticleId::of(day);
            let date = crate::ingest::Published {
                date: day.to_owned(),
                precision: "day".to_owned(),
                from: "metadata".to_owned(),
                span: None,
            };
            given.published = Some(date);
            let findings = crate::extract::extract(&crate::testing::MODEL, &given);
            (given, findings)
        };
        let entries = |days: [&str; 2]| crate::reconcile::as_one_story(&days.map(week)).predictions.len();
        assert_eq!(entries(["2031-11-04", "2031-11-05"]), 1);
        assert_eq!(entries(["2031-11-04", "2031-11-11"]), 2, "one Friday is not the next");
        let other = [
            "Angela Merkel will meet the Norwegian prime minister next Friday.",
            "Peru will open a bridge next Friday.",
        ];
        assert_eq!(told(&other).len(), 2, "{:?}", told(&other));
        // What is decided is no forecast.
        assert!(told(&["The ministry has postponed the vote on dairy quotas until June 1."]).is_empty());
    }
}
