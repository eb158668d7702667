//! The ladder in words, and the rows of the participants on it.

use std::collections::BTreeMap;

use super::head::main_stage;
use super::{Line, Names, Row};
use crate::extract::Stage;
use crate::provenance::Passage;
use crate::reconcile::stage::{Leaver, bears, interval, is_of_revision, step, without_talks};
use crate::reconcile::{Account, StageAccount, StageWording};

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

/// [`shown`] with those together of whom the same articles say the same: one step of several states.
pub(crate) fn groups(story: &Account) -> Vec<Vec<&StageAccount>> {
    let mut groups: Vec<Vec<&StageAccount>> = Vec::new();
    for stage in shown(story) {
        match groups.iter_mut().find(|g| g[0].is_one_step_with(stage)) {
            Some(group) => group.push(stage),
            None => groups.push(vec![stage]),
        }
    }
    groups
}

/// A row for each of [`groups`].
pub(crate) fn rows(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let row = |group: Vec<&StageAccount>| {
        let stage = group[0];
        let states: Vec<String> = group.iter().map(|s| names.name(&s.participant)).collect();
        let label = with_agreement(story, listed(&states), stage, names);
        let line = Line::joined([Line::of(reached(stage)), wordings(&group, usize::MAX, names)], ": ");
        Row { warning: stage.conflict, ..Row::new(label, line) }
    };
    groups(story).into_iter().map(row).collect()
}

/// A participant, with the agreement where the title does not name it.
pub(crate) fn of(story: &Account, stage: &StageAccount, names: &Names<'_>) -> String {
    with_agreement(story, names.name(&stage.participant), stage, names)
}

fn with_agreement(story: &Account, states: String, stage: &StageAccount, names: &Names<'_>) -> String {
    // The title names the agreement only where the step is what the story is about.
    if main_stage(story).is_some_and(|main| main.agreement == stage.agreement) {
        return states;
    }
    match is_of_revision(stage) {
        true => format!("{states} and a new or revised {}", names.name(&stage.agreement)),
        false => format!("{states} and {}", names.in_sentence(&stage.agreement)),
    }
}

/// The group of the story's own participant and agreement.
pub(crate) fn main_group(story: &Account) -> Vec<&StageAccount> {
    let Some(main) = main_stage(story) else { return Vec::new() };
    let others = shown(story).into_iter().filter(|s| !std::ptr::eq(*s, main) && main.is_one_step_with(s));
    std::iter::once(main).chain(others).collect()
}

/// "announced, not signed · disputed".
pub(crate) fn reached(stage: &StageAccount) -> String {
    let exemption = stage.agreement.is_exemption();
    let unsigned = stage.articles.iter().any(|a| a.unsigned);
    // Articles that all have it out leave nothing in force.
    let left = !stage.articles.is_empty() && stage.articles.iter().all(|a| a.left);
    let mut words = step(
        stage.lo,
        without_talks(stage.lo, stage.hi, stage.articles.iter().any(|a| a.no_talks)),
        stage.side,
        Leaver::of(left, stage.articles.iter().any(|a| a.inside)),
        (!exemption).then_some(unsigned),
    );
    // What some of the articles have further is not left open by their words.
    let further = || stage.articles.iter().filter(|a| a.lo > stage.lo && a.side.is_none());
    if let Some(most) =
        further().map(|a| a.lo).max().filter(|_| stage.side.is_none() && stage.lo > 0 && !stage.conflict)
        && stage.hi == Stage::InForce as u8
    {
        let n = further().filter(|a| a.lo == most).count();
        let have = if n == 1 { "1 article has".to_owned() } else { format!("{n} articles have") };
        words = format!("{} at least; {have} it {}", interval(stage.lo, stage.lo), interval(most, most));
    }
    if stage.side.is_none() && stage.end_to_come {
        words.push_str(" · an end still to come");
    }
    let gone = stage.side.is_none() && stage.end_to_come && stage.articles.iter().any(|a| a.left);
    if stage.conflict || gone {
        words.push_str(" · disputed");
    }
    words
}

/// “joins the accords” 1 · “is poised to enter the Abraham Accords” 5: those that most articles use, then the shortest; of more than
/// `most` the rest is counted.
pub(crate) fn wordings(group: &[&StageAccount], most: usize, names: &Names<'_>) -> Line {
    let mut by_words: BTreeMap<String, Vec<&Passage>> = BTreeMap::new();
    for wording in carrying(group) {
        by_words.entry(names.words(&names.shown(wording)).to_lowercase()).or_default().push(wording);
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

/// The words that carry a step of several states: of two of which one holds the other, the longer.
pub(crate) fn carrying<'a>(group: &[&'a StageAccount]) -> Vec<&'a Passage> {
    // Words that bear no such step are shown only where they dispute it.
    let telling = |s: &&'a StageAccount| {
        let all: Vec<&'a StageWording> = s.articles.iter().collect();
        let bearing: Vec<&'a StageWording> = all.iter().copied().filter(|a| a.side.is_some() || bears(s, a)).collect();
        if s.conflict || bearing.is_empty() { all } else { bearing }
    };
    let told: Vec<&'a StageWording> = group.iter().flat_map(telling).collect();
    let all = || told.iter().map(|a| &a.wording);
    let inside =
        |p: &Passage| all().any(|o| o.article == p.article && o.span.contains(p.span) && o.span.len() > p.span.len());
    let mut carrying: Vec<&Passage> = all().filter(|p| !inside(p)).collect();
    carrying.sort();
    carrying.dedup();
    carrying
}

/// "Norway, Peru and Chile".
pub(crate) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// What one article says, in words.
pub(crate) fn said(stage: &StageAccount, said: &StageWording) -> String {
    let exemption = stage.agreement.is_exemption();
    // "has traded more since joining", of one that is known to be in.
    let stands = !stage.conflict && stage.lo == Stage::InForce as u8 && said.hi == stage.lo;
    let lo = if stands { stage.lo } else { said.lo };
    let leaver = Leaver::of(said.left, said.inside);
    let hi = without_talks(lo, said.hi, said.no_talks);
    let words = step(lo, hi, said.side, leaver, (!exemption).then_some(said.unsigned));
    // A group or a union has no parties.
    if stage.agreement.0.starts_with("org:") { words.replace("not a party", "not a member") } else { words }
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn names_are_listed_as_in_a_sentence() {
        let names = ["Norway", "Peru", "Chile"].map(str::to_owned);
        assert_eq!(listed(&names), "Norway, Peru and Chile");
        assert_eq!((listed(&names[..1]), listed(&[])), ("Norway".to_owned(), String::new()));
    }
}
