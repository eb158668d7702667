//! When the event took place: the days that all the articles together leave possible.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Witness;
use crate::provenance::Passage;

/// When it happened: the days that remain possible, and why.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs)]
pub struct DateAccount {
    /// In order, never touching; empty where nothing bounds the day on both sides.
    pub possible: Vec<Days>,
    /// One sentence.
    pub reason: String,
    /// What each stretch of words leaves possible, in the order in which they were applied.
    pub reasons: Vec<DateReason>,
}

/// First and last day, both included, ISO 8601.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Days {
    pub from: String,
    pub to: String,
}

/// One bound on the day, and the words that it rests on.
#[derive(Clone, Debug, Serialize)]
pub struct DateReason {
    /// "a Thursday"; "before 18 November".
    pub what: String,
    /// The words; empty where the dated table of offices says it.
    pub spans: Vec<Passage>,
}

/// What is known of the day: nothing is worked out yet beyond the articles' own dates, and the reason says so.
pub(crate) fn of(story: &[Witness<'_>]) -> DateAccount {
    let days: BTreeSet<&str> =
        story.iter().filter_map(|w| w.article.published.as_ref()).map(|p| p.date.as_str()).collect();
    let dated = story.iter().filter(|w| w.article.published.is_some()).count();
    let reason = match (days.first(), days.last()) {
        (Some(first), Some(last)) if dated == story.len() && first == last => format!("all articles are dated {first}"),
        (Some(first), Some(last)) if dated == story.len() => format!("the articles are dated {first} to {last}"),
        (Some(first), Some(last)) if first == last => format!("{dated} of {} articles dated: {first}", story.len()),
        (Some(first), Some(last)) => format!("{dated} of {} articles dated: {first} to {last}", story.len()),
        _ => "no article is dated".to_owned(),
    };
    DateAccount { possible: Vec::new(), reason, reasons: Vec::new() }
}
