//! The agreements, and one of them.

use super::{Page, count, quoted, seen_from};
use crate::reconcile::PredictionState;
use crate::register::view::{
    AgreementView, CandidateView, ConflictView, ForecastView, MemberView, Moment, OverviewRow, ParticipantView,
    VoiceView, state_words,
};
use crate::report::text::Style;
use crate::report::wrap::clean;

/// One row an agreement.
pub fn overview(rows: &[OverviewRow], moment: &Moment, style: Style) -> String {
    const NAMED: usize = 8;
    let mut page = Page::new([], style);
    let from = seen_from(moment);
    page.title(&count(rows.len(), "agreement"), &from);
    let mut list = Vec::new();
    for row in rows {
        let stages = row.stages.iter().map(|stage| {
            let names: Vec<String> = stage.participants.iter().take(NAMED).map(|p| clean(&p.name)).collect();
            let more = stage.participants.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{}: {}{more}", stage.stage, names.join(", "))
        });
        let mut parts: Vec<String> = stages.collect();
        for (n, one) in [(row.candidates, "candidate"), (row.conflicts, "conflict"), (row.open, "open prediction")] {
            if n > 0 {
                parts.push(count(n, one));
            }
        }
        parts.push(count(row.articles, "article"));
        parts.push(format!("last change {}", row.last_change));
        list.push((clean(&row.agreement.name), parts.join(" · "), row.conflicts > 0));
    }
    page.out.push('\n');
    for (label, text, warning) in &list {
        crate::report::text::entry("", label, text, *warning, page.style, &mut page.out);
    }
    page.done()
}

/// The page of one agreement.
pub fn agreement(view: &AgreementView, style: Style) -> String {
    let mut page = Page::new(&view.articles, style);
    let mut standing = vec![count(view.articles.len(), "article"), view.instrument.replace('_', " ")];
    standing.push(seen_from(&view.moment));
    standing.retain(|part| !part.is_empty());
    page.title(&view.agreement.name, &standing.join(" · "));
    let mut settled: Vec<&ParticipantView> = Vec::new();
    let mut shown: Vec<&ParticipantView> = Vec::new();
    for p in &view.participants {
        // How members once came in is background, unless it is in dispute or they are on the way out.
        let member = view.members.iter().any(|m| m.participant.id == p.participant.id && m.status != "counterpart");
        let quiet = member && !p.conflict && p.side.is_none() && p.record.is_none();
        if quiet { settled.push(p) } else { shown.push(p) }
    }
    let rows: Vec<_> = shown.iter().map(|p| participant(p, &page)).collect();
    page.part("PARTICIPANTS", &rows);
    let rows: Vec<_> = view
        .members
        .iter()
        .map(|m| member(m, settled.iter().find(|p| p.participant.id == m.participant.id), &page))
        .collect();
    page.part("MEMBERS", &rows);
    let rows: Vec<_> = view.candidates.iter().map(|c| candidate(c, &page)).collect();
    page.part("CANDIDATES", &rows);
    let rows: Vec<_> = view
        .conditions
        .iter()
        .map(|c| {
            let mut text = page.words(&c.cited);
            if let Some(holder) = c.holder.as_ref().filter(|h| h.kind != "outlet" && h.kind != "unknown") {
                text.push_str(&format!(", word of {}", clean(&holder.name)));
            }
            text.push_str(&format!(", known since {}", c.known_from));
            (clean(&c.applies_to.name), text, false)
        })
        .collect();
    page.part("CONDITIONS", &rows);
    let rows: Vec<_> = view
        .predictions
        .iter()
        .filter(|p| p.state != PredictionState::NotCheckable)
        .map(|p| prediction(p, &page))
        .collect();
    let loose = view.predictions.len() - rows.len();
    page.part("PREDICTIONS", &rows);
    if loose > 0 {
        let more =
            format!("{} that nothing would refute: rapporteur predictions --state not_checkable", count(loose, "more"));
        page.line(if rows.is_empty() { "PREDICTIONS" } else { "" }, &more.replace("mores", "more"));
    }
    let rows: Vec<_> = view.conflicts.iter().map(|c| conflict(c, &page)).collect();
    page.part("CONFLICTS", &rows);
    if !view.silence.is_empty() {
        page.out.push('\n');
        let items: Vec<String> = view.silence.iter().map(|s| s.what.clone()).collect();
        let about = view.silence.iter().map(|s| s.articles).max().unwrap_or(0);
        page.line(
            "NOT SAID",
            &format!(
                "{}, in {} about it",
                items.join(" · "),
                match about {
                    1 => "the one article".to_owned(),
                    n => format!("any of {n} articles"),
                }
            ),
        );
    }
    page.done()
}

fn participant(p: &ParticipantView, page: &Page<'_>) -> (String, String, bool) {
    let mut text = p.told();
    let told = match (&p.since.true_from, p.since.true_by.as_deref()) {
        (Some(day), Some("published")) => format!("told as true on {day}"),
        (Some(day), _) => format!("true since {day}"),
        (None, _) => "since when it is true is not told".to_owned(),
    };
    text.push_str(&format!("; {told}, known since {}", p.since.known_from));
    let voices: Vec<String> = p.voices.iter().map(|v| voice(v, page)).collect();
    if !voices.is_empty() {
        text.push_str(&format!("; on the word of {}", voices.join("; ")));
    }
    let because = if p.conflict { "" } else { p.reason.as_str() };
    if let Some(record) = &p.record {
        let numbers = page.numbers(record.cited.iter().map(|c| c.article.as_str()));
        text.push_str(&format!("; {} {numbers}", p.reason));
    } else if !because.is_empty() && p.wordings.len() > 1 {
        text.push_str(&format!("; why: {because}"));
    }
    if !p.wordings.is_empty() {
        text.push_str(&format!(": {}", page.words(&p.wordings)));
    }
    (clean(&p.participant.name), text, p.conflict)
}

/// "a broker (1 origin: Donald Trump 3)".
fn voice(v: &VoiceView, page: &Page<'_>) -> String {
    let who = match v.by.as_str() {
        "self" => "itself",
        "party" => "a party",
        "broker" => "a broker",
        "third" => "third parties",
        "depositary" => "the depositary",
        _ => "outlets in their own voice",
    };
    let named: Vec<String> = v
        .origins
        .iter()
        .filter(|o| o.id != "origin:unattributed" && v.by != "depositary")
        .map(|o| format!("{} {}", clean(&o.name), page.numbers(o.articles.iter().map(String::as_str))))
        .collect();
    let none: Vec<&str> = v
        .origins
        .iter()
        .filter(|o| o.id == "origin:unattributed")
        .flat_map(|o| o.articles.iter().map(String::as_str))
        .collect();
    let mut parts = Vec::new();
    if !named.is_empty() {
        parts.push(format!("{}: {}", count(named.len(), "origin"), named.join(", ")));
    }
    if !none.is_empty() {
        parts.push(format!("no origin named {}", page.numbers(none)));
    }
    if parts.is_empty() { who.to_owned() } else { format!("{who} ({})", parts.join("; ")) }
}

fn member(m: &MemberView, settled: Option<&&ParticipantView>, page: &Page<'_>) -> (String, String, bool) {
    let numbers = page.numbers(m.cited.iter().map(|c| c.article.as_str()));
    let since = m.as_of.as_ref().map(|day| format!(", since {day}")).unwrap_or_default();
    let step = settled.map(|p| format!("; {}: {}", p.words, page.words(&p.wordings))).unwrap_or_default();
    (clean(&m.participant.name), format!("told as {}{since} {numbers}{step}", m.status), false)
}

fn candidate(c: &CandidateView, page: &Page<'_>) -> (String, String, bool) {
    let naming = |n: &crate::register::view::NamingView| {
        let words = || page.words(&n.cited);
        let numbers = || page.numbers(n.cited.iter().map(|c| c.article.as_str()));
        let who = clean(&n.holder.name);
        let outlet = matches!(n.holder.kind.as_str(), "outlet" | "unknown");
        let named = if outlet { "without a source".to_owned() } else { format!("by {who}") };
        match (n.own, n.polarity.as_str()) {
            (true, "+") => format!("itself, for: {}", words()),
            (true, "-") => format!("itself, against: {}", words()),
            (true, _) => format!("itself: {}", words()),
            (false, "+") => format!("named {named} {}", numbers()),
            (false, "-") => format!("ruled out {named}: {}", words()),
            (false, _) => format!("left open {named}: {}", words()),
        }
    };
    let text: Vec<String> = c.named_by.iter().map(naming).collect();
    (clean(&c.participant.name), format!("{} · known since {}", text.join(" · "), c.known_from), false)
}

/// A prediction with what became of it.
pub(super) fn prediction(p: &ForecastView, page: &Page<'_>) -> (String, String, bool) {
    let mut text = format!("{}: {}", page.words(&p.cited), state_words(p.state, p.due));
    match (&p.to, p.default_used) {
        (Some(to), false) => text.push_str(&format!(", until {to}")),
        (Some(to), true) => text.push_str(&format!(", until {to} counted from the day it became known")),
        (None, _) => {
            if let Some(words) = &p.horizon {
                text.push_str(&format!(", due {}", quoted(words)));
            }
        }
    }
    if let Some(condition) = &p.condition {
        text.push_str(&format!(", on condition {}", quoted(condition)));
    }
    text.push_str(&format!(" ({})", p.why));
    if let Some(outcome) = &p.resolved {
        text.push_str(&format!("; resolved {} by {}", outcome.day, page.words(&outcome.by)));
    }
    let holder = p.holder.as_ref().filter(|h| h.kind != "outlet" && h.kind != "unknown");
    (holder.map_or_else(|| "nobody named".to_owned(), |h| clean(&h.name)), text, p.due)
}

fn conflict(c: &ConflictView, page: &Page<'_>) -> (String, String, bool) {
    let side = |p: &crate::register::view::PositionView| format!("{}: {}", clean(&p.value), page.words(&p.cited));
    let sides: Vec<String> = c.positions.iter().map(side).collect();
    let reason = if c.kind == "stage" { String::new() } else { format!(" ({})", c.reason) };
    (clean(&c.about.name), format!("{} · {}{reason}", c.kind, sides.join(" · ")), true)
}
