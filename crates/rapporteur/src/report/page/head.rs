//! The essentials: how far it has got and why, who said it first, when, what is contested, what nobody said.

use std::collections::BTreeSet;

use super::stage::{main_group, reached, wordings};
use super::{Line, Names, Row};
use crate::provenance::{ArticleId, Passage};
use crate::reconcile::{Account, Claim, Conflict, Days, Level, NO_END, StageAccount, Verdict};
use crate::report::wrap::clean;

/// How many wordings and how many conflicts the first screen shows; the parts below show all.
const WORDINGS: usize = 2;
const CONFLICTS: usize = 3;
/// Characters of an event's words, and of a wording, on the first screen.
const EVENT: usize = 180;
const WORDING: usize = 70;
/// How many stretches of days, and how many things that nobody said, a line lists.
const STRETCHES: usize = 4;
const UNSAID: usize = 8;

pub(crate) fn title(story: &Account) -> String {
    clean(&story.title)
}

/// "5 articles · 1 origin for the main claim".
pub(crate) fn standing(story: &Account) -> String {
    let n = story.articles.len();
    let mut standing = format!("{n} article{}", if n == 1 { "" } else { "s" });
    if let Some(claim) = main_claim(story).filter(|c| !c.origins.iter().any(|o| o == "origin:common-knowledge")) {
        let named = claim.origins.iter().filter(|o| *o != "origin:unattributed").count();
        let open = super::source::is_open(claim);
        standing.push_str(&match named {
            // What some article gives as the word of another is not denied.
            0 if open => String::new(),
            0 => " · no origin found for the main claim".to_owned(),
            1 if open => " · at least 1 origin for the main claim".to_owned(),
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
            rows.push(Row::new("", wordings(&main_group(story), WORDINGS, names)));
            rows.extend(why(stage, names).map(|why| Row::new("", Line::joined([Line::of("why:"), why], " "))));
        }
        None => {
            rows.push(Row::new("Event", event(story, names)));
            // Steps that only one article tells in passing are for the part below.
            if told_steps(story) && !super::stage::rows(story, names).is_empty() {
                rows.push(Row::new("Stage", Line::of("several states take steps, none of them alone: see STAGES")));
            }
        }
    }
    rows.push(Row::new("Origin", origin(story, names)));
    rows.push(Row::new("When", when(story, names)));
    let grave: Vec<&Conflict> = story.conflicts.iter().filter(|c| c.verdict == Verdict::Contradiction).collect();
    if grave.is_empty() {
        let words = match super::dispute::shown(story).len() {
            0 if story.articles.len() == 1 => "one article alone, with nothing to compare it with".to_owned(),
            0 => "no contradiction found".to_owned(),
            n => format!(
                "no contradiction found; {n} lesser difference{} under CONFLICTS",
                if n == 1 { "" } else { "s" }
            ),
        };
        rows.push(Row::new("Contested", Line::of(words)));
    } else {
        rows.push(Row::new("Contested", contested(&grave, names)).wary());
    }
    let silence: Vec<String> = story.silence.iter().map(|s| clean(&s.what)).collect();
    if !silence.is_empty() {
        let mut said = silence[..silence.len().min(UNSAID)].join(" · ");
        if silence.len() > UNSAID {
            said.push_str(&format!(" · {} more under SILENCE", silence.len() - UNSAID));
        }
        rows.push(Row::new("Not said", Line::of(said)));
    }
    rows
}

/// The stage of the story's own participant and agreement.
pub(crate) fn main_stage(story: &Account) -> Option<&StageAccount> {
    let agreement = story.agreement.as_ref()?;
    let participant = story.participant.as_ref()?;
    story.stages.iter().find(|s| s.participant == *participant && s.agreement == agreement.entity)
}

/// What the story is about: the step of its own participant, where somebody asserts it, else the event that its articles open with.
pub(crate) fn main_claim(story: &Account) -> Option<&Claim> {
    story.claims.iter().find(|c| c.main)
}

/// Whether several articles, and a third of them, tell of one state's step.
fn told_steps(story: &Account) -> bool {
    let told = |s: &StageAccount| s.asserted && s.articles.len() > 1 && 3 * s.articles.len() > story.articles.len();
    story.stages.iter().any(told)
}

/// The event that the articles open with, in the words of one of them.
fn event(story: &Account, names: &Names<'_>) -> Line {
    let Some(claim) = main_claim(story) else {
        return match story.articles.len() {
            1 => opening(story, names),
            _ => Line::of("none found that most of the articles open with"),
        };
    };
    let Some(words) = claim.spans.iter().find(|p| names.words(p) == clean(&claim.claim)) else {
        return super::source::cited(claim, names);
    };
    let others: Vec<&Passage> = claim.spans.iter().filter(|p| p.article != words.article).collect();
    let line = Line::default().words(words, EVENT).at([words], names);
    if others.is_empty() { line } else { line.plain("; the same event in").at(others, names) }
}

/// The headline of an article alone and the first sentence below it.
fn opening(story: &Account, names: &Names<'_>) -> Line {
    let Some(row) = story.articles.first().and_then(|id| names.row(id)) else { return Line::default() };
    let headline = row.headline.map(|span| Passage { article: row.id.clone(), span });
    let inside = |clause: &&language::Span| row.opening.is_some_and(|o| o.overlaps(**clause));
    let first = row.clauses.iter().filter(inside).min_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
    let mut line = headline.map_or_else(Line::default, |h| Line::default().words(&h, EVENT));
    if let Some(span) = first {
        line = line.words(&Passage { article: row.id.clone(), span: *span }, EVENT);
    }
    if line.is_empty() { Line::of("the article has no headline and no sentence that tells something") } else { line }
}

/// Why the stage is no higher and no lower.
fn why(stage: &StageAccount, names: &Names<'_>) -> Option<Line> {
    if stage.conflict {
        let low = stage.articles.iter().min_by_key(|a| (a.hi, a.wording.span.len()))?;
        let high = stage.articles.iter().max_by_key(|a| (a.lo, std::cmp::Reverse(a.wording.span.len())))?;
        let capping = low.capped_by.as_ref().unwrap_or(&low.wording);
        let line = Line::of("the articles contradict each other:")
            .excerpt(&high.wording, 90, names)
            .at([&high.wording], names);
        let line = line.plain(" against").excerpt(capping, 90, names).at([capping], names);
        return Some(line.plain("; kept is what most of them allow, of equals the more cautious"));
    }
    // The shortest words stand for all.
    let quoted = |passages: &[&Passage]| {
        let length = |p: &&&Passage| (names.words(p).chars().count(), names.number(&p.article));
        let shortest = passages.iter().min_by_key(length)?;
        let line = Line::default().excerpt(shortest, WORDING, names).at([*shortest], names);
        let others: BTreeSet<usize> = passages.iter().filter_map(|p| names.number(&p.article)).collect();
        let others = others.into_iter().filter(|n| Some(*n) != names.number(&shortest.article));
        let also: Vec<&Passage> =
            others.filter_map(|n| passages.iter().find(|p| names.number(&p.article) == Some(n))).copied().collect();
        Some(if also.is_empty() { line } else { line.plain(" and other words in").at(also, names) })
    };
    // A signature that is to come is one reason, words that only plan the step another.
    let caps = |unsigned: bool| -> Vec<&Passage> {
        let low = stage.articles.iter().filter(|a| a.hi == stage.hi && a.unsigned == unsigned);
        low.filter_map(|a| a.capped_by.as_ref()).collect()
    };
    let done: Vec<&Passage> = stage.articles.iter().filter(|a| a.as_done && stage.hi < 7).map(|a| &a.wording).collect();
    let mut parts: Vec<Line> = quoted(&caps(true)).into_iter().collect();
    let plans = caps(false);
    let tells = if plans.len() == 1 { "tells" } else { "tell" };
    parts.extend(quoted(&plans).map(|line| line.plain(format!(" {tells} of no more"))));
    let leaves = if done.len() == 1 { "leaves" } else { "leave" };
    parts.extend(quoted(&done).map(|line| line.plain(format!(" {leaves} open whether more"))));
    (!parts.is_empty()).then(|| Line::joined(parts, "; "))
}

/// Who said it first, as far as the articles tell.
fn origin(story: &Account, names: &Names<'_>) -> Line {
    let Some(claim) = main_claim(story) else {
        let n = story.origins.iter().filter(|o| !matches!(o.kind.as_str(), "own_voice" | "unattributed")).count();
        return Line::of(match n {
            n if n > 0 && story.articles.len() == 1 => {
                "of one article alone; its voices stand under ORIGINS".to_owned()
            }
            0 => "no source found".to_owned(),
            _ => "of no one event; voices and outlets stand under ORIGINS".to_owned(),
        });
    };
    let reached = || claim.card.origins.iter().chain(&claim.card.also);
    let named = |origin: &crate::reconcile::Origin| {
        let line = Line::of(clean(&origin.name));
        // In which of them he says this, and not all that he says anywhere.
        let reach = reached().find(|r| r.origin == origin.id);
        let another = |a: &ArticleId| claim.card.also.iter().any(|r| r.origin != origin.id && r.articles.contains(a));
        let says = |a: &ArticleId| reach.is_none_or(|r| r.articles.contains(a)) && !another(a);
        let any = origin.articles.iter().any(says);
        let mut own = origin.clone();
        own.media.retain(|(medium, _)| *medium == origin.kind);
        super::source::spoken(line, &own, |a| !any || says(a), names)
    };
    let counted = |id: &String| claim.origins.contains(id);
    let (first, beside): (Vec<_>, Vec<_>) = story
        .origins
        .iter()
        .filter(|o| counted(&o.id) || claim.card.also.iter().any(|r| r.origin == o.id))
        .partition(|o| counted(&o.id));
    let origins = first.into_iter().chain(beside).map(named);
    let mut line = Line::joined(origins, " · ");
    if line.is_empty() {
        line = Line::of("no source found");
    }
    if claim.origins.iter().all(|o| o == "origin:unattributed") {
        line = Line::joined([line, signed(story, claim, names)], " · ");
        if claim.articles.len() < story.articles.len() {
            line = line.plain("; voices of the other articles stand under ORIGINS");
        }
    }
    let missing: Vec<&str> =
        story.silence.iter().map(|s| s.what.as_str()).filter(|w| w.contains("statement by")).collect();
    if !missing.is_empty() {
        line = line.plain(format!("; no {} in any article", missing.join(", no ")));
    }
    line
}

/// The agencies whose own text some article is that tells a claim.
fn signed(story: &Account, claim: &Claim, names: &Names<'_>) -> Line {
    let copies = story.dependence.iter().filter(|e| e.level == Level::Copied && claim.articles.contains(&e.from));
    let texts = copies.filter_map(|edge| {
        let agency = story.origins.iter().find(|o| Some(&o.id) == edge.to.as_ref())?;
        Some(Line::of(format!("text of {}", clean(&agency.name))).articles([&edge.from], names))
    });
    Line::joined(texts.collect::<Vec<_>>(), " · ")
}

/// The days that remain possible, with the reason that takes the fewest words; the others stand under [`dates`].
fn when(story: &Account, names: &Names<'_>) -> Line {
    let days: Vec<String> = story.date.possible.iter().map(stretch).collect();
    let open = story.date.reasons.iter().any(|r| r.what == NO_END);
    let days = match days.as_slice() {
        [] => Line::default(),
        [_] if open && is_long(&story.date.possible[0]) => {
            Line::of(format!("some day from {} on; a later year is not ruled out", story.date.possible[0].from))
        }
        [day] if is_long(&story.date.possible[0]) => Line::of(format!("some day of {day}")),
        [day] => Line::of(day),
        days if days.len() <= STRETCHES => {
            let later = if open { "; a later year is not ruled out" } else { "" };
            Line::of(format!("one of {}{later}", days.join(", ")))
        }
        days => Line::of(format!("in one of {} stretches of days from {} on", days.len(), days[0])),
    };
    let reason = clean(&story.date.reason);
    let reasons: Vec<_> = story.date.reasons.iter().filter(|r| r.what != NO_END).collect();
    // The sentence says again what the reasons say one by one; what stands before them is kept.
    let told = reasons.iter().filter_map(|r| reason.find(clean(&r.what).as_str())).min();
    let before = reason[..told.unwrap_or(reason.len())].trim_end_matches([' ', ':', ';', ',']);
    let shortest = reasons.iter().filter(|r| !r.spans.is_empty()).min_by_key(|r| r.what.chars().count());
    let shortest = shortest.map(|r| Line::of(clean(&r.what)).at(&r.spans, names));
    let more = match reasons.len().saturating_sub(usize::from(shortest.is_some())) {
        0 => Line::default(),
        n => Line::of(format!("{n} more reason{} under WHEN", if n == 1 { "" } else { "s" })),
    };
    let why = Line::joined([shortest.unwrap_or_default(), more], "; ");
    Line::joined([Line::joined([days, Line::of(before)], "; "), why], ": ")
}

/// Whether a stretch is of more than one month: the ends of many days that are possible, and not the days themselves.
fn is_long(days: &Days) -> bool {
    days.from.get(..7) != days.to.get(..7)
}

/// "2031-05-02 to 2031-05-04".
fn stretch(days: &Days) -> String {
    if days.from == days.to { clean(&days.from) } else { format!("{} to {}", clean(&days.from), clean(&days.to)) }
}

/// Why these days remain and no others; nothing where one reason says it all.
pub(super) fn dates(story: &Account, names: &Names<'_>) -> Vec<Row> {
    if story.date.reasons.len() < 2 && story.date.possible.len() <= STRETCHES {
        return Vec::new();
    }
    let mut rows: Vec<Row> =
        story.date.reasons.iter().map(|r| Row::new("", Line::of(clean(&r.what)).at(&r.spans, names))).collect();
    if story.date.possible.len() > STRETCHES {
        let days: Vec<String> = story.date.possible.iter().map(stretch).collect();
        rows.push(Row::new("", Line::of(format!("possible: {}", days.join(", ")))));
    }
    rows
}

/// What no article says, and how that was looked for.
pub(super) fn silence(story: &Account) -> Vec<Row> {
    let row = |s: &crate::reconcile::Silence| Row::new(clean(&s.what), Line::of(clean(&s.reason)));
    story.silence.iter().map(row).collect()
}

/// What is told against each other, in short.
fn contested(conflicts: &[&Conflict], names: &Names<'_>) -> Line {
    let print = |c: &&Conflict| {
        let sides = super::dispute::sides(c);
        let sides = sides.into_iter().map(|(values, spans)| {
            let values: Vec<String> = values.iter().map(|v| names.about(v)).collect();
            Line::of(values.join(", ")).at(spans, names)
        });
        let table = super::dispute::table(c).map(Line::of);
        let sides = Line::joined(sides.chain(table), " or ");
        Line::joined([Line::of(format!("{}:", names.about(&c.about))), sides], " ")
    };
    let mut lines: Vec<Line> = conflicts.iter().take(CONFLICTS).map(print).collect();
    if conflicts.len() > CONFLICTS {
        lines.push(Line::of(format!("{} more under CONFLICTS", conflicts.len() - CONFLICTS)));
    }
    Line::joined(lines, " · ")
}
