//! The rows of members, candidates and offices.

use std::collections::BTreeMap;

use super::{Line, Names, Row, word};
use crate::extract::{HolderKind, MemberStatus, Polarity, RoleCheck};
use crate::knowledge::knowledge;
use crate::provenance::Passage;
use crate::reconcile::{Account, NamedBy};
use crate::report::wrap::clean;

/// Members by status in one row each.
pub(crate) fn members(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let mut by_status: BTreeMap<MemberStatus, Vec<Line>> = BTreeMap::new();
    for member in &story.members {
        let line = |spans: &[Passage]| Line::of(names.name(&member.participant)).at(spans, names);
        by_status.entry(member.status).or_default().push(line(&member.bearing));
        if !member.otherwise.is_empty() {
            by_status.entry(MemberStatus::Member).or_default().push(line(&member.otherwise));
        }
    }
    // Under those who were there first the others need a word.
    let several = by_status.contains_key(&MemberStatus::Original);
    let label = |status: MemberStatus| match status {
        MemberStatus::Original => "original",
        MemberStatus::Member if several => "member",
        MemberStatus::Member => "",
        MemberStatus::Counterpart => "counterpart",
        MemberStatus::Mediator => "mediator",
    };
    by_status.into_iter().map(|(status, list)| Row::new(label(status), Line::joined(list, " · "))).collect()
}

/// Candidates with who named them and what they say themselves.
pub(crate) fn candidates(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let row = |candidate: &crate::reconcile::CandidateAccount| {
        let mut parts = Vec::new();
        for polarity in [Polarity::For, Polarity::Open, Polarity::Against] {
            let with = || candidate.named_by.iter().filter(|n| n.polarity == polarity);
            let named = with().filter(|n| !nobody(n));
            let mut voices: Vec<Line> = named.map(|n| Line::of(clean(&n.holder.name)).at(&n.spans, names)).collect();
            let unsourced: Vec<&Passage> = with().filter(|n| nobody(n)).flat_map(|n| &n.spans).collect();
            let (verb, bare) = match polarity {
                Polarity::For => ("named by ", "named without a source"),
                Polarity::Open => ("left open by ", "left open without a source"),
                Polarity::Against => ("ruled out by ", "ruled out without a source"),
            };
            if let Some(first) = voices.first_mut() {
                *first = Line::joined([Line::of(verb), first.clone()], "");
            }
            if !unsourced.is_empty() {
                let words = if voices.is_empty() { bare } else { "without a source" };
                voices.push(Line::of(words).at(unsourced, names));
            }
            if !voices.is_empty() {
                parts.push(Line::joined(voices, ", "));
            }
        }
        // What a state says of itself stands above what others say of it.
        let own = candidate.own_voice.iter().filter_map(|own| {
            let told = if own.polarity == Polarity::Against { "itself, against it:" } else { "itself:" };
            Some(Line::of(told).excerpt(own.spans.first()?, 140, names).at(&own.spans, names))
        });
        let parts: Vec<Line> = own.chain(parts).collect();
        Row::new(names.name(&candidate.participant), Line::joined(parts, " · "))
    };
    story.candidates.iter().map(row).collect()
}

/// Whether a candidate is named in the article's own voice, or by nobody whom it names.
pub(crate) fn nobody(named: &NamedBy) -> bool {
    matches!(named.holder.kind, HolderKind::Outlet | HolderKind::Unknown)
}

/// Offices that do not fit the dated table first; then the others, one row a person.
pub(crate) fn roles(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    let wrong = |check: RoleCheck| matches!(check, RoleCheck::Stale | RoleCheck::Conflict);
    for role in story.roles.iter().filter(|r| wrong(r.check)) {
        let mut line = Line::of(format!("{}, {}", clean(&role.role), word(&role.check)));
        if let Some(span) = role.spans.first() {
            line = line.plain(":").words(span, 100);
        }
        line = line.at(&role.spans, names);
        if let Some(note) = &role.note {
            line = line.plain(format!(" ({})", clean(note)));
        }
        rows.push(Row::new(names.name(&role.person), line).wary());
    }
    let mut fitting: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for role in story.roles.iter().filter(|r| !wrong(r.check)) {
        // A parliament's office is of the parliament, not of the state.
        let office = knowledge().role(&role.role);
        let house = office.is_some_and(|o| o.level == "legislator");
        let of = role.of.as_ref().map_or(String::new(), |of| match house && of.0.starts_with("iso3:") {
            true => format!(", {}", names.name(of)),
            false => format!(" of {}", names.in_sentence(of)),
        });
        let unknown = if role.check == RoleCheck::Unknown { ", not in the table" } else { "" };
        let mut line = Line::of(format!("{}{of}{unknown}", clean(&role.role))).at(&role.spans, names);
        // A title that custom leaves to who has held the office.
        let left = role.note.as_deref().filter(|n| n.starts_with("left that office") && !n.contains("no date"));
        if let Some(left) = left.filter(|_| office.is_some_and(|o| o.for_life)) {
            line = line.plain(format!(" ({})", clean(left)));
        }
        fitting.entry(names.name(&role.person)).or_default().push(line);
    }
    rows.extend(fitting.into_iter().map(|(person, lines)| Row::new(person, Line::joined(lines, " · "))));
    rows
}
