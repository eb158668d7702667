//! Who is in, who is named as a candidate and by whom, and who holds which office.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use serde::Serialize;

use super::frame::Frame;
use super::{DateAccount, Days, StageAccount, Witness, date, gathered, standing, voice};
use crate::extract::role::{check_at, years_floor};
use crate::extract::{Candidate, EntityId, Holder, HolderKind, MemberStatus, Polarity, Role, RoleCheck, Stage};
use crate::knowledge::{Day, knowledge};
use crate::provenance::{ArticleId, Passage};

/// A state that articles say belongs to the agreement.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct MemberAccount {
    pub participant: EntityId,
    pub status: MemberStatus,
    pub articles: Vec<ArticleId>,
    pub spans: Vec<Passage>,
    /// Status of the claim by the vocabulary: `repeated(4)`, `single_source`.
    pub standing: String,
    /// The words that give it this status, and those that only say that it is in.
    #[serde(skip)]
    pub(crate) bearing: Vec<Passage>,
    #[serde(skip)]
    pub(crate) otherwise: Vec<Passage>,
}

/// A state named as one that may join: by whom, and what it says itself.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct CandidateAccount {
    pub participant: EntityId,
    pub agreement: EntityId,
    pub named_by: Vec<NamedBy>,
    /// The state's own voice, which ranks above all others.
    pub own_voice: Vec<OwnVoice>,
}

/// One holder's word on a candidate.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct NamedBy {
    pub holder: Holder,
    pub polarity: Polarity,
    pub spans: Vec<Passage>,
}

/// What a candidate says of itself.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct OwnVoice {
    pub polarity: Polarity,
    pub spans: Vec<Passage>,
}

/// An office that articles give to a person.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct RoleAccount {
    pub person: EntityId,
    pub role: String,
    pub of: Option<EntityId>,
    pub check: RoleCheck,
    pub articles: Vec<ArticleId>,
    pub spans: Vec<Passage>,
    pub note: Option<String>,
}

/// The members of the story's agreement, those that most articles name first; none where the story has no agreement.
/// Who is only called so by an article that the others contradict is none.
pub(crate) fn members(story: &[Witness<'_>], frame: &Frame, stages: &[StageAccount]) -> Vec<MemberAccount> {
    let mut found: BTreeMap<&EntityId, Vec<(MemberStatus, Passage)>> = BTreeMap::new();
    for witness in story {
        for member in witness.findings.members.iter().filter(|m| frame.agreement.as_ref() == Some(&m.agreement)) {
            found.entry(&member.participant).or_default().push((member.status, witness.passage(member.span)));
        }
    }
    let mut members: Vec<MemberAccount> = found
        .into_iter()
        .map(|(participant, said)| {
            let mut counts: BTreeMap<MemberStatus, usize> = BTreeMap::new();
            for (status, _) in &said {
                *counts.entry(*status).or_default() += 1;
            }
            let most = counts.into_iter().max_by_key(|(status, n)| (*n, std::cmp::Reverse(*status)));
            let status = most.map_or(MemberStatus::Member, |(status, _)| status);
            // "the first to sign were A and B, followed by C": of C that word says that it is in, and not that it was there first.
            let bears =
                |own: MemberStatus| own == status || (own, status) == (MemberStatus::Original, MemberStatus::Member);
            let of =
                |wanted: bool| said.iter().filter(move |(own, _)| bears(*own) == wanted).map(|(_, span)| span.clone());
            let (bearing, otherwise) = (gathered(of(true).collect()).1, gathered(of(false).collect()).1);
            let (articles, spans) = gathered(said.into_iter().map(|(_, span)| span).collect());
            let participant = participant.clone();
            MemberAccount { participant, status, standing: standing(&articles), articles, spans, bearing, otherwise }
        })
        .collect();
    let short = |m: &MemberAccount| {
        let own = |s: &StageAccount| s.participant == m.participant && frame.agreement.as_ref() == Some(&s.agreement);
        stages.iter().any(|s| own(s) && s.conflict && s.hi < Stage::InForce as u8)
    };
    members.retain(|m| m.status != MemberStatus::Member || !short(m));
    members.sort_by(|a, b| (b.articles.len(), &a.participant).cmp(&(a.articles.len(), &b.participant)));
    members
}

/// The candidates, those whom most holders name first. The word of the state itself stands apart from that of all others.
pub(crate) fn candidates(story: &[Witness<'_>], frame: &Frame) -> Vec<CandidateAccount> {
    type Voices = BTreeMap<(String, Polarity), (Holder, Vec<Passage>)>;
    type Own = BTreeMap<Polarity, Vec<Passage>>;
    let mut found: BTreeMap<(&EntityId, &EntityId), (Voices, Own)> = BTreeMap::new();
    for witness in story {
        for candidate in &witness.findings.candidates {
            let (others, own) = found.entry((&candidate.participant, &candidate.agreement)).or_default();
            let passage = witness.passage(candidate.span);
            if is_own_voice(&candidate.holder, &candidate.participant, witness) {
                own.entry(candidate.polarity).or_default().push(passage);
            } else {
                let holder = voice(&candidate.holder);
                let key = (holder_key(&holder, candidate, witness), candidate.polarity);
                others.entry(key).or_insert_with(|| (holder, Vec::new())).1.push(passage);
            }
        }
    }
    let mut candidates: Vec<CandidateAccount> = found
        .into_iter()
        .map(|((participant, agreement), (others, own))| CandidateAccount {
            participant: participant.clone(),
            agreement: agreement.clone(),
            named_by: others
                .into_iter()
                .map(|((_, polarity), (holder, spans))| NamedBy { holder, polarity, spans: gathered(spans).1 })
                .collect(),
            own_voice: own
                .into_iter()
                .map(|(polarity, spans)| OwnVoice { polarity, spans: gathered(spans).1 })
                .collect(),
        })
        .collect();
    let weight = |c: &CandidateAccount| {
        let main = frame.agreement.as_ref() == Some(&c.agreement);
        (main, c.named_by.len() + c.own_voice.len(), c.named_by.iter().map(|n| n.spans.len()).sum::<usize>())
    };
    candidates.sort_by(|a, b| (weight(b), &a.participant).cmp(&(weight(a), &b.participant)));
    candidates
}

/// One voice under one key: an entity by its identifier, an article's own voice by the article, any other by its name.
fn holder_key(holder: &Holder, _candidate: &Candidate, witness: &Witness<'_>) -> String {
    match (holder.kind, &holder.entity) {
        (HolderKind::Outlet | HolderKind::Unknown, _) => format!("~{}", witness.article.id.0),
        (_, Some(entity)) => entity.0.clone(),
        _ => slug(&holder.name),
    }
}

/// Lower case without "a", "an", "the" in front: "a U.S. official" and "the U.S. official" are one key.
pub(crate) fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let bare = ["a ", "an ", "the "].iter().find_map(|a| lower.strip_prefix(a)).unwrap_or(&lower);
    let words: Vec<&str> = bare.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join("-")
}

/// Whether a holder speaks for a state: the state itself, a person whose office in this article is of the state, or a source whose
/// words name the state ("a Syrian foreign ministry official"), a body of the state.
pub(crate) fn is_own_voice(holder: &Holder, state: &EntityId, witness: &Witness<'_>) -> bool {
    let findings = witness.findings;
    if let Some(entity) = &holder.entity {
        if entity == state {
            return true;
        }
        if findings.roles.iter().any(|r: &Role| r.person == *entity && r.of.as_ref() == Some(state)) {
            return true;
        }
        let iso3 = state.0.strip_prefix("iso3:");
        if let Some(person) = entity.0.strip_prefix("person:") {
            // Whom the table knows as a servant of the state speaks for it where no article says otherwise.
            let other = findings.roles.iter().any(|r| r.person == *entity && r.of.is_some());
            return !other && iso3.is_some() && knowledge().person(person).and_then(|p| p.state) == iso3;
        }
        if let Some(body) = entity.0.strip_prefix("org:") {
            return iso3.is_some() && knowledge().organisation(body).and_then(|o| o.state) == iso3;
        }
    }
    let Some(span) =
        holder.span.filter(|_| matches!(holder.kind, HolderKind::Role | HolderKind::Group | HolderKind::Entity))
    else {
        return false;
    };
    findings.entities.iter().any(|e| e.id == *state && e.mentions.iter().any(|m| span.contains(*m)))
}

/// Offices by person, then by title; one that an article calls former is a title of its own. Where an article has no date, its titles are
/// judged by the days that the story leaves possible, else by those at which most of the story's titles are true together, and the
/// kindest of them counts.
pub(crate) fn roles(story: &[Witness<'_>], frame: &Frame, date: &DateAccount) -> Vec<RoleAccount> {
    type Said<'a> = Vec<(&'a Role, Passage, (RoleCheck, Option<String>))>;
    let mut days: Vec<Day> = date.possible.iter().flat_map(days_within).collect();
    let by_offices = days.is_empty();
    if by_offices {
        days = days_of_offices(story, frame);
    }
    let mut found: BTreeMap<(&EntityId, String), (Said<'_>, String)> = BTreeMap::new();
    for witness in story {
        for role in &witness.findings.roles {
            let title = title(role, witness);
            let key = (&role.person, slug(&title));
            let judged = match witness.article.published {
                Some(_) => (role.check, role.note.clone()),
                None => match judged_at(role, &days) {
                    // Titles that agree prove another wrong; that they agree proves none of them right.
                    Some((RoleCheck::Unknown, _)) | None if by_offices => (role.check, role.note.clone()),
                    Some(judged) => judged,
                    None => (role.check, role.note.clone()),
                },
            };
            found.entry(key).or_insert_with(|| (Vec::new(), title)).0.push((role, witness.passage(role.span), judged));
        }
    }
    found
        .into_iter()
        .map(|((person, _), (said, title))| {
            let worst = said.iter().map(|(_, _, judged)| judged).max_by_key(|(check, _)| severity(*check)).cloned();
            let (check, note) = worst.unwrap_or((RoleCheck::Unknown, None));
            let of = said.iter().find_map(|(r, ..)| r.of.clone());
            let (articles, spans) = gathered(said.into_iter().map(|(_, span, _)| span).collect());
            RoleAccount { person: person.clone(), role: title, of, check, articles, spans, note }
        })
        .collect()
}

/// First and last day of a stretch and days so near to each other in between that no office falls through.
fn days_within(stretch: &Days) -> Vec<Day> {
    const APART: i64 = 28;
    const MOST: usize = 1500;
    let (Some(first), Some(last)) = (Day::first(&stretch.from), Day::last(&stretch.to)) else { return Vec::new() };
    let inner = std::iter::successors(neighbour(first, APART), |d| neighbour(*d, APART));
    let inner = inner.take_while(|d| *d < last).take(MOST);
    [first, last].into_iter().chain(inner).collect()
}

/// The title with "former" before it where the words say so.
fn title(role: &Role, witness: &Witness<'_>) -> String {
    let printed = role.span.of(&witness.article.text).to_lowercase();
    let former =
        printed.split(|c: char| !c.is_alphanumeric()).any(|w| matches!(w, "former" | "ex" | "onetime" | "erstwhile"));
    if former && !role.role.to_lowercase().starts_with("former") {
        format!("former {}", role.role)
    } else {
        role.role.clone()
    }
}

/// The days at which most of an undated story's titles are true together, two at least: first and last of each stretch between two
/// changes of office, not before the years that the articles name, and where a dateline or a weekday leaves a day of it.
fn days_of_offices(story: &[Witness<'_>], frame: &Frame) -> Vec<Day> {
    let k = knowledge();
    let Some(newest) = k.newest_tenure() else { return Vec::new() };
    if story.iter().any(|w| w.article.published.is_some()) {
        return Vec::new();
    }
    let floor = story.iter().map(|w| years_floor(&w.article.text, newest)).max().unwrap_or(newest).min(newest);
    let titles: BTreeMap<(&EntityId, &str, Option<&EntityId>), &Role> = story
        .iter()
        .flat_map(|w| &w.findings.roles)
        .map(|r| ((&r.person, r.role.as_str(), r.of.as_ref()), r))
        .collect();
    let people: BTreeSet<&str> = titles.keys().filter_map(|(p, ..)| p.0.strip_prefix("person:")).collect();
    let held = || people.iter().flat_map(|p| k.tenures_of(p));
    // A stretch begins with an office or on the day after one ends.
    let mut starts: Vec<Day> = held().filter_map(|t| t.from).chain(held().filter_map(|t| next(t.to?))).collect();
    starts.retain(|d| (floor..=newest).contains(d));
    starts.push(floor);
    starts.sort();
    starts.dedup();
    let ends = starts.iter().skip(1).filter_map(|d| before(*d)).chain([newest]);
    let stretches: Vec<(usize, Day, Day)> = starts
        .iter()
        .zip(ends)
        .map(|(from, to)| {
            let fits = titles.values().filter(|r| matches!(check_at(r, *from), (RoleCheck::Ok, None))).count();
            (fits, *from, to)
        })
        .collect();
    let counts: BTreeSet<usize> = stretches.iter().map(|s| s.0).filter(|n| *n >= 2).collect();
    for count in counts.into_iter().rev() {
        let best = stretches.iter().filter(|s| s.0 == count);
        let days: Vec<Day> = best
            .filter_map(|(_, from, to)| {
                let (first, last) = date::allowed(story, frame, *from, *to)?;
                // In the first month of an office the old title lingers; of a stretch of years that month is the least likely.
                let settled = neighbour(first, 62).filter(|d| first == *from && *d <= last);
                Some((settled.unwrap_or(first), last))
            })
            .flat_map(|(from, to)| [from, to])
            .collect();
        if !days.is_empty() {
            return days;
        }
    }
    Vec::new()
}

fn next(day: Day) -> Option<Day> {
    neighbour(day, 1)
}

fn before(day: Day) -> Option<Day> {
    neighbour(day, -1)
}

fn neighbour(day: Day, by: i64) -> Option<Day> {
    let date: jiff::civil::Date = day.to_string().parse().ok()?;
    Day::first(&date.checked_add(by.days()).ok()?.to_string())
}

/// The kindest of what the table says of a title on these days; `None` without a day.
fn judged_at(role: &Role, days: &[Day]) -> Option<(RoleCheck, Option<String>)> {
    days.iter().map(|day| check_at(role, *day)).min_by_key(|(check, _)| match check {
        RoleCheck::Ok => 0,
        check => severity(*check),
    })
}

fn severity(check: RoleCheck) -> u8 {
    match check {
        RoleCheck::Unknown => 0,
        RoleCheck::Ok => 1,
        RoleCheck::Stale => 2,
        RoleCheck::Conflict => 3,
    }
}
