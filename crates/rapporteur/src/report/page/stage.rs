//! The ladder in words, and the rows of the participants on it.

use std::collections::BTreeMap;

use super::head::main_stage;
use super::{Line, Names, Row};
use crate::extract::{Side, Stage};
use crate::provenance::Passage;
use crate::reconcile::{Account, StageAccount};

/// Every participant whose step somebody asserts: the story's own first, then the others; how members once came in is background,
/// unless it is in dispute or they are on the way out.
pub(crate) fn shown(story: &Account) -> Vec<&StageAccount> {
    let main = main_stage(story);
    let settled = |s: &&StageAccount| {
        !s.conflict
            && s.side.is_none()
            && !s.end_to_come
            && story.members.iter().any(|m| m.participant == s.participant)
    };
    let is_main = |s: &&StageAccount| main.is_some_and(|m| std::ptr::eq(m, *s));
    let others = story.stages.iter().filter(|s| s.asserted && !is_main(s) && !settled(s));
    main.into_iter().chain(others).collect()
}

/// A row for each of [`shown`].
pub(crate) fn rows(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let row = |stage: &StageAccount| {
        let mut label = names.name(&stage.participant);
        if story.agreement.as_ref().is_none_or(|a| a.entity != stage.agreement) {
            label.push_str(&format!(" and {}", names.name(&stage.agreement)));
        }
        let line = Line::joined([Line::of(reached(stage)), wordings(stage, usize::MAX, names)], ": ");
        Row { warning: stage.conflict, ..Row::new(label, line) }
    };
    shown(story).into_iter().map(row).collect()
}

/// "announced, not signed · withdrawing or withdrawn".
pub(crate) fn reached(stage: &StageAccount) -> String {
    // Nobody signs an exemption.
    let mut words = match (stage.lo, stage.hi) {
        (4, 4) if stage.agreement.0.ends_with("-exemption") => "announced".to_owned(),
        (lo, hi) => stage_words(lo, hi),
    };
    if let Some(side) = stage.side {
        words.push_str(&format!(" · {}", side_words(side)));
    } else if stage.end_to_come {
        words.push_str(" · an end still to come");
    }
    if stage.conflict {
        words.push_str(" · disputed");
    }
    words
}

/// “joins the accords” 1 · “is poised to enter the Abraham Accords” 5: those that most articles use, then the shortest; of more than
/// `most` the rest is counted.
pub(crate) fn wordings(stage: &StageAccount, most: usize, names: &Names<'_>) -> Line {
    let mut by_words: BTreeMap<String, Vec<&Passage>> = BTreeMap::new();
    for said in &stage.articles {
        by_words.entry(names.words(&names.shown(&said.wording)).to_lowercase()).or_default().push(&said.wording);
    }
    let first = |spans: &[&Passage]| spans.iter().filter_map(|s| names.number(&s.article)).min();
    let mut list: Vec<Vec<&Passage>> = by_words.into_values().collect();
    let length = |spans: &[&Passage]| spans.first().map_or(0, |s| names.words(&names.shown(s)).chars().count());
    list.sort_by_key(|spans| (std::cmp::Reverse(spans.len()), length(spans), first(spans)));
    let more = list.len().saturating_sub(most);
    list.truncate(most);
    // The ones that are shown stand in the order of their articles.
    list.sort_by_key(|spans| first(spans));
    let print = |spans: Vec<&Passage>| Line::default().excerpt(spans[0], 120, names).at(spans, names);
    let mut lines: Vec<Line> = list.into_iter().map(print).collect();
    if more > 0 {
        lines.push(Line::of(format!("{more} more wording{}", if more == 1 { "" } else { "s" })));
    }
    Line::joined(lines, " · ")
}

/// The ladder in words for a reader: "announced, not signed".
pub(crate) fn stage_words(lo: u8, hi: u8) -> String {
    let word = |rank: u8| Stage::of_rank(rank).as_str().replace('_', " ");
    match (lo, hi) {
        (0, 0) => "no step".to_owned(),
        (0, hi) => format!("at most {}", word(hi)),
        (4, 4) => "announced, not signed".to_owned(),
        (5, 5) => "signed".to_owned(),
        (6, 6) => "ratified".to_owned(),
        (lo, 7) if lo < 7 => format!("{} at least; whether more, the wording leaves open", word(lo)),
        (lo, hi) if lo == hi => word(lo),
        (lo, hi) => format!("{} to {}", word(lo), word(hi)),
    }
}

/// A state beside the ladder in words.
pub(crate) fn side_words(side: Side) -> &'static str {
    match side {
        Side::Postponed => "postponed",
        Side::Declined => "declined",
        Side::Suspended => "suspended",
        Side::Withdrawn => "withdrawing or withdrawn",
        Side::Terminated => "terminated",
        Side::Reserved => "with a reservation",
    }
}
