//! The essentials: how far it has got and why, who said it first, when, what is contested, what nobody said.

use super::stage::{reached, wordings};
use super::{Line, Names, Row};
use crate::provenance::Passage;
use crate::reconcile::{Account, Conflict, StageAccount, Verdict};
use crate::report::wrap::clean;

/// How many wordings, conflicts and held-back words the first screen shows.
const SHOWN: usize = 4;
/// Reasons for the days that a line has room for; the rest stand in the JSON.
const REASONS: usize = 3;

pub(crate) fn title(story: &Account) -> String {
    clean(&story.title)
}

/// "5 articles · 1 origin for the main claim".
pub(crate) fn standing(story: &Account) -> String {
    let n = story.articles.len();
    let mut standing = format!("{n} article{}", if n == 1 { "" } else { "s" });
    let main = story.claims.first().filter(|_| has_main_claim(story));
    if let Some(claim) = main.filter(|c| !c.origins.iter().any(|o| o == "origin:common-knowledge")) {
        let named = claim.origins.iter().filter(|o| *o != "origin:unattributed").count();
        standing.push_str(&match named {
            0 => " · no origin named for the main claim".to_owned(),
            1 => " · 1 origin for the main claim".to_owned(),
            k => format!(" · {k} origins for the main claim"),
        });
    }
    standing
}

/// One screen.
pub(crate) fn rows(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    match main_stage(story) {
        Some(stage) => {
            let mut words = reached(stage);
            if !stage.asserted {
                words.push_str(" · nobody asserts more");
            }
            rows.push(Row { warning: stage.conflict, ..Row::new("Stage", Line::of(words)) });
            rows.push(Row::new("", wordings(stage, SHOWN, names)));
            rows.extend(why(stage, names).map(|why| Row::new("", Line::joined([Line::of("why:"), why], " "))));
        }
        None if story.stages.is_empty() => {
            rows.push(Row::new("Stage", Line::of("no article places a state on the way into an agreement")));
        }
        None => {
            let words = "no one state's step is what the articles are about";
            let more = if super::stage::rows(story, names).is_empty() { "" } else { "; see STAGES" };
            rows.push(Row::new("Stage", Line::of(format!("{words}{more}"))));
        }
    }
    rows.push(Row::new("Origin", origin(story, names)));
    rows.push(Row::new("When", when(story, names)));
    let grave: Vec<&Conflict> = story.conflicts.iter().filter(|c| c.verdict == Verdict::Contradiction).collect();
    if grave.is_empty() {
        rows.push(Row::new("Contested", Line::of("nothing that both sides are certain of")));
    } else {
        rows.push(Row::new("Contested", contested(&grave, names)).wary());
    }
    let silence: Vec<String> = story.silence.iter().map(|s| clean(&s.what)).collect();
    if !silence.is_empty() {
        rows.push(Row::new("Not said", Line::of(silence.join(" · "))));
    }
    rows
}

/// The stage of the story's own participant and agreement.
pub(crate) fn main_stage(story: &Account) -> Option<&StageAccount> {
    let agreement = story.agreement.as_ref()?;
    let participant = story.participant.as_ref()?;
    story.stages.iter().find(|s| s.participant == *participant && s.agreement == agreement.entity)
}

/// Whether the story has a claim that its articles assert: the stage of its own participant.
pub(crate) fn has_main_claim(story: &Account) -> bool {
    !story.claims.is_empty() && main_stage(story).is_some_and(|s| s.asserted)
}

/// Why the stage is no higher and no lower.
fn why(stage: &StageAccount, names: &Names<'_>) -> Option<Line> {
    if stage.conflict {
        let low = stage.articles.iter().min_by_key(|a| (a.hi, a.wording.span.len()))?;
        let high = stage.articles.iter().max_by_key(|a| (a.lo, std::cmp::Reverse(a.wording.span.len())))?;
        let capping = low.capped_by.as_ref().unwrap_or(&low.wording);
        let line = Line::of("the articles contradict each other:").words(&high.wording, 90).at([&high.wording], names);
        let line = line.plain(" against").words(capping, 90).at([capping], names);
        return Some(line.plain("; kept is what most of them allow, of equals the more cautious"));
    }
    let quoted = |passages: &[&Passage], most: usize| {
        let mut passages = passages.to_vec();
        passages.sort_by_key(|p| names.number(&p.article));
        let print = |p: &&Passage| Line::default().words(p, most).at([*p], names);
        Line::joined(passages.iter().take(SHOWN).map(print), ", ")
    };
    let caps: Vec<&Passage> =
        stage.articles.iter().filter(|a| a.hi == stage.hi).filter_map(|a| a.capped_by.as_ref()).collect();
    let done: Vec<&Passage> = stage.articles.iter().filter(|a| a.as_done && stage.hi < 7).map(|a| &a.wording).collect();
    let mut parts = Vec::new();
    if !caps.is_empty() {
        parts.push(quoted(&caps, 80));
    }
    if !done.is_empty() {
        let says = if done.len() == 1 { "says" } else { "say" };
        parts.push(quoted(&done, 60).plain(format!(" alone {says} no more than announced")));
    }
    (!parts.is_empty()).then(|| Line::joined(parts, "; "))
}

/// Who said it first, as far as the articles tell.
fn origin(story: &Account, names: &Names<'_>) -> Line {
    let Some(claim) = story.claims.first().filter(|_| has_main_claim(story)) else {
        return Line::of("no main claim was found");
    };
    let named = |origin: &crate::reconcile::Origin| {
        let medium = match origin.kind.as_str() {
            "utterance" | "unattributed" => String::new(),
            kind => format!(", {}", kind.replace('_', " ")),
        };
        let line = Line::of(format!("{}{medium}", clean(&origin.name)));
        if origin.spans.is_empty() { line.articles(&origin.articles, names) } else { line.at(&origin.spans, names) }
    };
    let origins = story.origins.iter().filter(|o| claim.origins.contains(&o.id)).map(named);
    let mut line = Line::joined(origins, " · ");
    if line.is_empty() {
        line = Line::of("no article names its source");
    }
    let missing: Vec<&str> =
        story.silence.iter().map(|s| s.what.as_str()).filter(|w| w.contains("statement by")).collect();
    if !missing.is_empty() {
        line = line.plain(format!("; no {} in any article", missing.join(", no ")));
    }
    line
}

/// The days that remain possible, and why: the reasons stand with the articles that give them.
fn when(story: &Account, names: &Names<'_>) -> Line {
    let days: Vec<String> = story
        .date
        .possible
        .iter()
        .map(|d| if d.from == d.to { clean(&d.from) } else { format!("{} to {}", clean(&d.from), clean(&d.to)) })
        .collect();
    let days = match days.as_slice() {
        [] => Line::default(),
        [day] => Line::of(day),
        days if days.len() <= 2 * SHOWN => Line::of(format!("one of {}", days.join(", "))),
        days => Line::of(format!("in one of {} stretches of days from {} on", days.len(), days[0])),
    };
    let reason = clean(&story.date.reason);
    // The sentence says again what the reasons say one by one; what stands before them is kept.
    let told = story.date.reasons.iter().filter_map(|r| reason.find(clean(&r.what).as_str())).min();
    let Some(told) = told else { return Line::joined([days, Line::of(reason)], "; ") };
    let before = Line::of(reason[..told].trim_end_matches([' ', ':', ';', ',']));
    let reasons = &story.date.reasons;
    let lines: Vec<Line> = reasons.iter().take(REASONS).map(|r| Line::of(clean(&r.what)).at(&r.spans, names)).collect();
    Line::joined([Line::joined([days, before], "; "), Line::joined(lines, "; ")], ": ")
}

/// What is told against each other, in short.
fn contested(conflicts: &[&Conflict], names: &Names<'_>) -> Line {
    let position = |p: &crate::reconcile::Position| Line::of(names.about(&p.value)).at(&p.spans, names);
    let print = |c: &&Conflict| {
        let sides = Line::joined(c.positions.iter().map(position), " or ");
        Line::joined([Line::of(format!("{}:", names.about(&c.about))), sides], " ")
    };
    let mut lines: Vec<Line> = conflicts.iter().take(SHOWN).map(print).collect();
    if conflicts.len() > SHOWN {
        lines.push(Line::of(format!("{} more under CONFLICTS", conflicts.len() - SHOWN)));
    }
    Line::joined(lines, " · ")
}
