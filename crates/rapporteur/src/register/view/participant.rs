//! How far one participant has got at a moment, since when, on whose word, and what the depositary records.
//!
//! A step taken stays taken, so a floor binds all later days. "Not signed yet" binds the days before it; a later article that tells of the
//! signature is news, not a contradiction. Told the other way round, or on one day, the two contradict each other.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::statement::{Recorded, Statement};
use super::conflict::{ConflictView, PositionView};
use super::depositary::{Mark, Record};
use super::dossier::{Dossier, Place, own_time, place, times, wordings};
use super::{Cited, Named, letter, rank_words};
use crate::extract::{EntityId, Stage};
use crate::reconcile::stage::{speaks_of_signing, step, tells_departure};

/// A participant of an agreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ParticipantView {
    pub participant: Named,
    /// The ranks that the articles together allow.
    pub lo: u8,
    pub hi: u8,
    /// The highest stage that is certain.
    pub stage: Cow<'static, str>,
    /// Where it stands in words, as a brief has them: the interval, and what stands beside the ladder.
    pub words: String,
    /// `withdrawn` ...
    pub side: Option<String>,
    pub since: Since,
    /// Those who say so, the participant itself first.
    pub voices: Vec<VoiceView>,
    /// The letter of the United Nations Treaty Collection for the act by which it consented to be bound.
    pub letter: Option<Cow<'static, str>>,
    /// One wording an article, the furthest step first, then by day.
    pub wordings: Vec<Cited>,
    /// What the depositary records.
    pub record: Option<RecordView>,
    /// Whether no stage satisfies all.
    pub conflict: bool,
    /// Which words set the floor, and which the cap.
    pub reason: String,
}

/// Since when a participant stands where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    /// True since: the first day that the words give, or the day of publication; `None` where neither is told.
    pub true_from: Option<String>,
    /// `words` or `published`.
    pub true_by: Option<String>,
    /// Known since.
    pub known_from: String,
}

/// Those of one kind who say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoiceView {
    /// `self`, `party`, `broker`, `third`, `outlet`, `depositary`.
    pub by: String,
    /// The origins: articles that name none share one.
    pub origins: Vec<OriginView>,
}

/// A first utterance, and the articles through which it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct OriginView {
    pub id: String,
    pub name: String,
    pub articles: Vec<String>,
}

/// The acts that the depositary records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct RecordView {
    pub signed: Option<String>,
    pub bound: Option<String>,
    pub letter: Option<String>,
    pub in_force: Option<String>,
    pub left: Option<String>,
    pub cited: Vec<Cited>,
}

/// What one article says of a participant.
pub(super) struct Claim<'a> {
    pub(super) recorded: &'a Recorded,
    pub(super) lo: u8,
    pub(super) hi: u8,
    pub(super) time: String,
    /// What gave it its day: `words`, `published`; `None` where it is the day on which it became known.
    pub(super) by: Option<&'a str>,
    as_done: bool,
    pub(super) refuses: bool,
    /// Whether its article speaks of a signature that is still to come, or was not given.
    unsigned: bool,
    /// Whether its article tells that the participant is out, and not only on its way.
    pub(super) left: bool,
    /// Whether its article tells of an end that lies ahead.
    end_to_come: bool,
    /// The words that keep it from being higher.
    cap: Option<&'a Recorded>,
}

/// The participants of an agreement at a moment: those for whom somebody asserts a step, and those in the depositary's table. By stage, the furthest first, then by name. Also where no stage satisfies all.
pub(super) fn participants(dossier: &Dossier, standing: &[&Recorded]) -> (Vec<ParticipantView>, Vec<ConflictView>) {
    let claims = claims(standing);
    let records = super::depositary::records(standing);
    let everyone: BTreeSet<&str> = claims.keys().copied().chain(records.keys().copied()).collect();
    let (mut views, mut conflicts) = (Vec::new(), Vec::new());
    let none = Vec::new();
    let worded = of_each(standing);
    for id in everyone {
        let own = claims.get(id).unwrap_or(&none);
        let worded = worded.get(id).map_or(&[][..], Vec::as_slice);
        let record = records.get(id);
        let table = (!records.is_empty()).then(|| record.cloned().unwrap_or_default());
        let (view, found) = participant(dossier, worded, id, own, table.as_ref());
        conflicts.extend(found);
        views.extend(view);
    }
    views.sort_by(|a, b| (b.lo, b.hi, &a.participant.name).cmp(&(a.lo, a.hi, &b.participant.name)));
    (views, conflicts)
}

/// The wordings of each participant, in their order.
fn of_each<'a>(standing: &[&'a Recorded]) -> BTreeMap<&'a str, Vec<&'a Recorded>> {
    let mut of_each: BTreeMap<&str, Vec<&Recorded>> = BTreeMap::new();
    for r in standing.iter().filter(|r| r.statement.predicate == "stage") {
        if let Some(id) = r.statement.subject.as_deref() {
            of_each.entry(id).or_default().push(r);
        }
    }
    of_each
}

/// By participant: what articles assert, with the words that only hold back; those of whom nothing is asserted are left out. By the day on
/// which it is told as true.
pub(super) fn claims<'a>(standing: &[&'a Recorded]) -> BTreeMap<&'a str, Vec<Claim<'a>>> {
    let times = times(standing);
    let worded = wordings(standing);
    let mut claims: BTreeMap<&str, Vec<Claim<'a>>> = BTreeMap::new();
    let mut asserted: BTreeSet<&str> = BTreeSet::new();
    for (r, time) in standing.iter().zip(times) {
        let s = &r.statement;
        let (Some(subject), Some((lo, hi)), "reached") = (s.subject.as_deref(), s.stage, s.predicate.as_str()) else {
            continue;
        };
        let is =
            |key: &str| s.detail.as_ref().and_then(|d| d.get(key)).and_then(serde_json::Value::as_bool) == Some(true);
        let caps = lo == 0 && hi < Stage::InForce as u8 && s.side.is_none();
        if !is("asserted") && !caps {
            continue;
        }
        if is("asserted") {
            asserted.insert(subject);
        }
        let capped_at =
            s.detail.as_ref().and_then(|d| d.pointer("/capped_by/start")).and_then(serde_json::Value::as_u64);
        let at = |start: u64| -> Place<'a> { (&r.article.0, Some(subject), start as usize) };
        let cap = capped_at.and_then(|start| worded.get(&at(start)).copied());
        let wording = worded.get(&place(r));
        let of_article = || worded.range(at(0)..=at(u64::MAX)).map(|(_, w)| &w.statement);
        let refuses = wording.is_some_and(|w| w.statement.rule.contains("will_not"));
        let by = match s.valid.as_ref().filter(|v| v.from.is_some()) {
            // Another wording of the article gives the day.
            _ if time != own_time(r) => Some("words"),
            valid => valid.map(|v| v.by.as_str()),
        };
        claims.entry(subject).or_default().push(Claim {
            recorded: r,
            lo,
            hi,
            time,
            by,
            as_done: is("as_done"),
            refuses,
            unsigned: of_article().any(|w| w.stage.is_some_and(|(_, hi)| speaks_of_signing(hi, &w.rule))),
            left: of_article().any(is_out),
            end_to_come: is("end_to_come"),
            cap,
        });
    }
    claims.retain(|subject, _| asserted.contains(subject));
    for of_one in claims.values_mut() {
        of_one.sort_by(|a, b| {
            (&a.time, a.recorded.known_since(), &a.recorded.article).cmp(&(
                &b.time,
                b.recorded.known_since(),
                &b.recorded.article,
            ))
        });
    }
    claims
}

impl Claim<'_> {
    fn is_taken(&self) -> bool {
        let s = &self.recorded.statement;
        let told = s.realis.as_deref() == Some("actual") && s.factuality.as_deref() == Some("CT+") && s.side.is_none();
        told && self.lo == self.hi && self.lo >= Stage::Signed as u8 && self.cap.is_none()
    }
}

/// Words that tell that a participant has left, and not only gave notice.
fn is_out(wording: &Statement) -> bool {
    wording.side.as_deref() == Some("withdrawn")
        && wording.realis.as_deref() == Some("actual")
        && wording.factuality.as_deref() == Some("CT+")
        && tells_departure(&wording.rule)
}

/// What a stretch of the ladder is called; `unsigned`, `left`: see [`Claim`].
struct Wording<'a> {
    dossier: &'a Dossier,
    unsigned: bool,
    left: bool,
}

impl Wording<'_> {
    fn of(&self, (lo, hi): (u8, u8), side: Option<&str>) -> String {
        let exemption = EntityId(self.dossier.agreement.id.clone()).is_exemption();
        let named = side.and_then(|s| serde_json::from_value(serde_json::Value::String(s.to_owned())).ok());
        step(lo, hi, named, self.left, (!exemption).then_some(self.unsigned))
    }
}

impl ParticipantView {
    /// "in force (a) · withdrawing or withdrawn": the words with the letter of the act behind the rung.
    pub fn told(&self) -> String {
        let Some(letter) = &self.letter else { return self.words.clone() };
        match self.words.split_once(" · ") {
            Some((rung, beside)) => format!("{rung} ({letter}) · {beside}"),
            None => format!("{} ({letter})", self.words),
        }
    }
}

/// What decides of a claim where it leads.
pub(super) struct Point<'a> {
    pub(super) lo: u8,
    pub(super) hi: u8,
    pub(super) time: &'a str,
    pub(super) as_done: bool,
    /// Whether it tells a step of treaty law as taken and says nothing of what came after: of who has ratified, "signed in 1997" is history.
    pub(super) taken: bool,
    pub(super) refuses: bool,
    pub(super) side: Option<&'a str>,
    pub(super) origin: &'a str,
    /// How long the words are: the shortest speak.
    pub(super) length: usize,
}

/// Where a run of claims leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) lo: u8,
    pub(super) hi: u8,
    /// Places of the claim that says more and of the one that says less, where both cannot be so.
    pub(super) apart: Option<(usize, usize)>,
    pub(super) side: Option<String>,
}

/// Goes through the days in their order; the points are sorted by time.
pub(super) fn sweep(points: &[Point<'_>]) -> Standing {
    let mut now = Standing { lo: 0, hi: 7, apart: None, side: None };
    let clash = |more: usize, less: usize| {
        let (more, less) = (&points[more], &points[less]);
        more.as_done || more.lo > Stage::Announced as u8 || less.refuses || less.side.is_some()
    };
    let (mut allowed, mut counted) = (Allowed::default(), 0);
    let mut first = 0;
    for day in points.chunk_by(|a, b| a.time == b.time) {
        let end = first + day.len();
        let top =
            (first..end).max_by_key(|&i| (points[i].lo, points[i].as_done, std::cmp::Reverse((points[i].length, i))));
        let Some(top) = top else { continue };
        let allowed_by = |i: usize| match points[i].taken {
            true => points[i].hi.max(now.lo).max(points[top].lo),
            false => points[i].hi,
        };
        let Some(bottom) = (first..end).min_by_key(|&i| (allowed_by(i), points[i].length, i)) else { continue };
        let (high, low) = (points[top].lo, allowed_by(bottom));
        let (lo, hi, apart) = match high > low {
            true => {
                let (lo, hi) = Allowed::default().with(day).most();
                (lo, hi, clash(top, bottom).then_some((top, bottom)))
            }
            false => (high, low, None),
        };
        if lo > now.hi {
            // News: a step further.
            now = Standing { lo, hi, apart, side: now.side };
        } else if hi < now.lo {
            let more = (0..first).rev().find(|&i| points[i].lo >= now.lo).unwrap_or(0);
            if clash(more, bottom) {
                (now.lo, now.hi) = allowed.with(&points[counted..end]).most();
                counted = end;
                now.apart = Some((more, bottom));
            }
        } else {
            (now.lo, now.hi) = (now.lo.max(lo), now.hi.min(hi));
            now.apart = apart.or(now.apart);
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        day.iter().filter_map(|c| c.side).for_each(|side| *counts.entry(side).or_default() += 1);
        match counts.into_iter().max_by_key(|(side, n)| (*n, std::cmp::Reverse(*side))) {
            Some((side, _)) => now.side = Some(side.to_owned()),
            // Told as done after it had left, or had put it off.
            None if day.iter().any(|c| c.as_done) => now.side = None,
            None => {}
        }
        first = end;
    }
    now
}

/// By rank, the origins that allow it.
#[derive(Default)]
struct Allowed<'a>([BTreeSet<&'a str>; 8]);

impl<'a> Allowed<'a> {
    fn with(&mut self, points: &[Point<'a>]) -> &Allowed<'a> {
        for point in points {
            for rank in usize::from(point.lo)..=usize::from(point.hi).min(7) {
                self.0[rank].insert(point.origin);
            }
        }
        self
    }

    /// The ranks that most origins allow; of equals the lowest.
    fn most(&self) -> (u8, u8) {
        let support = |rank: u8| self.0[usize::from(rank)].len();
        let most = (0..=7).map(support).max().unwrap_or(0);
        let first = (0..=7).find(|&rank| support(rank) == most).unwrap_or(0);
        // By the same origins: ranks that as many others allow are another opinion.
        let same = |rank: &u8| self.0[usize::from(*rank)] == self.0[usize::from(first)];
        let last = (first..=7).take_while(same).last().unwrap_or(first);
        (first, last)
    }
}

fn words(claim: &Claim<'_>) -> usize {
    claim.recorded.statement.words.len()
}

fn point<'a>(claim: &'a Claim<'_>) -> Point<'a> {
    let s = &claim.recorded.statement;
    Point {
        lo: claim.lo,
        hi: claim.hi,
        time: &claim.time,
        as_done: claim.as_done,
        taken: claim.is_taken(),
        refuses: claim.refuses,
        side: s.side.as_deref(),
        origin: &s.origin.id,
        length: s.words.len(),
    }
}

fn participant(
    dossier: &Dossier,
    worded: &[&Recorded],
    id: &str,
    claims: &[Claim<'_>],
    table: Option<&Record<'_>>,
) -> (Option<ParticipantView>, Vec<ConflictView>) {
    let told = sweep(&claims.iter().map(point).collect::<Vec<_>>());
    let named = dossier.named(id);
    let record = table.filter(|t| !t.acts.is_empty());
    let (mut lo, mut hi) = (told.lo, told.hi);
    if let Some(record) = record {
        let (least, most) = record.interval();
        let newer = claims.iter().any(|c| c.lo > most && Some(c.recorded.known_since()) > record.known_from());
        if !newer {
            (lo, hi) = if lo.max(least) <= hi.min(most) { (lo.max(least), hi.min(most)) } else { (least, most) };
        }
    }
    let mark = |claim: &Claim<'_>| {
        let t = table?;
        // Told as on the way out, of which the record knows nothing yet.
        let gone = matches!(claim.recorded.statement.side.as_deref(), Some("withdrawn" | "terminated" | "suspended"));
        Some(if gone && t.side().is_none() {
            Mark::Ahead
        } else {
            t.mark((claim.lo, claim.hi), &claim.time, claim.is_taken().then(|| claim.recorded.known_since()))
        })
    };
    let cited = |claim: &Claim<'_>| Cited { mark: mark(claim), ..Cited::of(claim.recorded) };
    let floor = claims.iter().filter(|c| c.lo >= lo).min_by_key(|c| (words(c), &c.recorded.article));
    let cap =
        claims.iter().filter(|c| c.hi == hi && hi < 7).min_by_key(|c| (c.cap.is_none(), words(c), &c.recorded.article));
    let capping = |c: &Claim<'_>| Cited::of(c.cap.unwrap_or(c.recorded));
    let called = |c: &Claim<'_>| {
        let wording = Wording { dossier, unsigned: c.unsigned, left: c.left };
        wording.of((c.lo, c.hi), c.recorded.statement.side.as_deref())
    };
    let recorded_side = record.and_then(Record::side);
    // Since the first article that has it on its way out, every one has it out.
    let leaving = claims.iter().position(|c| told.side.is_some() && c.recorded.statement.side == told.side);
    let left = recorded_side.is_some() || leaving.is_some_and(|first| claims[first..].iter().all(|c| c.left));
    let side = recorded_side.or_else(|| told.side.clone());
    let wording = Wording { dossier, unsigned: claims.iter().any(|c| c.unsigned), left };
    let mut words = wording.of((lo, hi), side.as_deref());
    if side.is_none() && claims.iter().any(|c| c.end_to_come) {
        words.push_str(" · an end still to come");
    }
    let mut conflicts = Vec::new();
    let reason = match told.apart {
        Some((more, less)) => {
            let (more, less) = (&claims[more], &claims[less]);
            let (high, low) = (cited(more), Cited { mark: mark(less), ..capping(less) });
            let reason = format!(
                "no stage satisfies all: “{}” says {} at least, “{}” {} at most; kept: {}",
                high.text,
                rank_words(more.lo),
                low.text,
                rank_words(less.hi),
                words
            );
            conflicts.push(ConflictView {
                kind: "stage".into(),
                about: named.clone(),
                positions: vec![
                    PositionView { value: called(more), cited: vec![high] },
                    PositionView { value: called(less), cited: vec![low] },
                ],
                reason: reason.clone(),
            });
            reason
        }
        None => because(floor, cap, record, (lo, hi)),
    };
    let against: Vec<&Claim<'_>> = claims.iter().filter(|c| mark(c) == Some(Mark::Against)).collect();
    if let (Some(record), false) = (record, against.is_empty()) {
        conflicts.push(ConflictView {
            kind: "depositary".into(),
            about: named.clone(),
            positions: vec![
                PositionView { value: record.words(), cited: record.acts.iter().map(|r| Cited::of(r)).collect() },
                PositionView {
                    value: called(against[0]),
                    cited: against.iter().map(|c| Cited { mark: mark(c), ..capping(c) }).collect(),
                },
            ],
            reason: "articles say otherwise than the depositary's record, which is the primary source".to_owned(),
        });
    }
    // Of who is out, since when it is out.
    let out = (side.as_deref() == Some("withdrawn") && left && lo == Stage::InForce as u8).then_some("withdrawn");
    let Some(since) = since(claims, record, lo, out) else { return (None, conflicts) };
    let letter = record
        .and_then(Record::letter)
        .or_else(|| worded.iter().find_map(|r| letter::of(&r.statement)))
        .filter(|_| hi >= Stage::Ratified as u8)
        .map(Cow::Borrowed);
    let mut furthest: Vec<&Claim<'_>> = claims.iter().collect();
    furthest.sort_by_key(|c| std::cmp::Reverse(c.lo));
    let view = ParticipantView {
        participant: named,
        lo,
        hi,
        stage: Stage::of_rank(lo).as_str().into(),
        words,
        side,
        since,
        voices: voices(worded, lo, out),
        letter,
        wordings: furthest.into_iter().map(cited).collect(),
        record: record.map(Record::view),
        conflict: told.apart.is_some(),
        reason,
    };
    (Some(view), conflicts)
}

fn because(
    floor: Option<&Claim<'_>>,
    cap: Option<&Claim<'_>>,
    record: Option<&Record<'_>>,
    (lo, hi): (u8, u8),
) -> String {
    if let Some(record) = record {
        return format!("the depositary's record: {}", record.words());
    }
    let floor = floor.map(|c| Cited::of(c.recorded).text);
    let cap = cap.map(|c| Cited::of(c.cap.unwrap_or(c.recorded)).text);
    match (floor, cap) {
        (Some(floor), Some(cap)) if floor == cap && lo == hi => format!("“{floor}” says {}", rank_words(lo)),
        // Nobody says more than nothing.
        (_, Some(cap)) if lo == 0 => format!("“{cap}” says {} at most", rank_words(hi)),
        (Some(floor), Some(cap)) => {
            format!("“{floor}” says {} at least, “{cap}” no more than {}", rank_words(lo), rank_words(hi))
        }
        (Some(floor), None) => format!("“{floor}” says {} at least", rank_words(lo)),
        (None, _) => String::new(),
    }
}

/// The first day of those claims that carry the floor, or that side state.
fn since(claims: &[Claim<'_>], record: Option<&Record<'_>>, lo: u8, side: Option<&str>) -> Option<Since> {
    let carrying = || {
        claims
            .iter()
            .filter(|c| c.lo >= lo && side.is_none_or(|side| c.recorded.statement.side.as_deref() == Some(side)))
    };
    let recorded = record.and_then(|r| match side {
        Some(side) => r.acts.iter().find(|act| act.statement.side.as_deref() == Some(side)).copied(),
        None => r.act_of(lo),
    });
    let known = carrying().map(|c| c.recorded.known_since()).chain(recorded.map(Recorded::known_since)).min();
    let known_from = known.or_else(|| record.and_then(Record::known_from))?.to_owned();
    if let Some(act) = recorded {
        return Some(Since { true_from: Some(own_time(act)), true_by: Some("depositary".to_owned()), known_from });
    }
    let by = |way: &str| {
        let of = carrying().filter(|c| c.by == Some(way)).map(|c| c.time.as_str()).min();
        of.map(|day| (day.to_owned(), way.to_owned()))
    };
    let told = by("words").or_else(|| by("published"));
    let (true_from, true_by) = told.unzip();
    Some(Since { true_from, true_by, known_from })
}

/// Those who bind the participant to the stage, by kind of voice, the participant's own first.
fn voices(worded: &[&Recorded], lo: u8, side: Option<&str>) -> Vec<VoiceView> {
    const ORDER: [&str; 6] = ["depositary", "self", "party", "broker", "third", "outlet"];
    let mut by: BTreeMap<usize, BTreeMap<&str, (&str, BTreeSet<&str>)>> = BTreeMap::new();
    for r in worded {
        let s = &r.statement;
        let binding =
            s.detail.as_ref().and_then(|d| d.get("binding")).and_then(serde_json::Value::as_bool) == Some(true);
        let deposited = s.origin.kind == "depositary";
        let carries =
            s.stage.is_some_and(|(least, _)| least >= lo) && side.is_none_or(|side| s.side.as_deref() == Some(side));
        if !carries || !(binding || deposited) {
            continue;
        }
        let voice = if deposited { "depositary" } else { s.said_by.as_deref().unwrap_or("outlet") };
        let at = ORDER.iter().position(|o| *o == voice).unwrap_or(ORDER.len() - 1);
        let origin = by.entry(at).or_default().entry(&s.origin.id).or_insert((&s.origin.name, BTreeSet::new()));
        origin.1.insert(&r.article.0);
    }
    let view = |(at, origins): (usize, BTreeMap<&str, (&str, BTreeSet<&str>)>)| VoiceView {
        by: ORDER[at].to_owned(),
        origins: origins
            .into_iter()
            .map(|(id, (name, articles))| OriginView {
                id: id.to_owned(),
                name: name.to_owned(),
                articles: articles.into_iter().map(str::to_owned).collect(),
            })
            .collect(),
    };
    by.into_iter().map(view).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(time: &'static str, lo: u8, hi: u8, as_done: bool, origin: &'static str) -> Point<'static> {
        Point { lo, hi, time, as_done, taken: as_done && lo == hi, refuses: false, side: None, origin, length: 10 }
    }

    fn led(points: &[Point<'_>]) -> (u8, u8, bool) {
        let told = sweep(points);
        (told.lo, told.hi, told.apart.is_some())
    }

    #[test]
    fn on_one_day_the_stage_is_what_all_allow() {
        let announced = [point("1", 4, 7, true, "a"), point("1", 4, 4, false, "b"), point("1", 0, 4, false, "c")];
        assert_eq!(led(&announced), (4, 4, false));
    }

    #[test]
    fn a_step_further_is_news_and_no_conflict() {
        assert_eq!(led(&[point("1", 4, 4, false, "a"), point("2", 5, 5, true, "b")]), (5, 5, false));
        assert_eq!(
            led(&[point("1", 4, 4, false, "a"), point("2", 4, 7, true, "b")]),
            (4, 4, false),
            "a loose word takes nobody further"
        );
    }

    #[test]
    fn a_step_told_and_then_denied_is_a_conflict() {
        assert_eq!(led(&[point("1", 5, 5, true, "a"), point("2", 0, 4, false, "b")]), (0, 4, true));
        assert_eq!(
            led(&[point("1", 5, 5, true, "a"), point("1", 4, 4, false, "b")]),
            (4, 4, true),
            "of equals the cautious"
        );
        assert_eq!(
            led(&[point("1", 5, 5, true, "a"), point("2", 0, 4, false, "b"), point("3", 6, 6, true, "c")]),
            (6, 6, false),
            "what comes later settles it"
        );
        assert_eq!(
            led(&[point("1", 4, 4, false, "a"), point("2", 0, 3, false, "b")]),
            (4, 4, false),
            "not yet is no denial"
        );
    }

    #[test]
    fn an_earlier_step_told_later_is_history() {
        let (ratified, signed) = (point("1", 6, 6, true, "a"), point("2", 5, 5, true, "b"));
        assert_eq!(led(&[ratified, signed]), (6, 6, false));
        assert_eq!(led(&[point("1", 6, 6, true, "a"), point("1", 5, 5, true, "b")]), (6, 6, false), "on one day");
        let denied = [point("1", 6, 6, true, "a"), point("2", 0, 5, false, "b")];
        assert!(led(&denied).2, "that it has not ratified denies it");
    }

    #[test]
    fn who_has_left_stays_out_until_told_as_back() {
        let left = Point { side: Some("withdrawn"), ..point("2", 7, 7, false, "b") };
        let told = sweep(&[point("1", 7, 7, true, "a"), left]);
        assert_eq!((told.lo, told.side.as_deref()), (7, Some("withdrawn")));
        let left = Point { side: Some("withdrawn"), ..point("2", 7, 7, false, "b") };
        assert_eq!(sweep(&[left, point("3", 7, 7, true, "a")]).side, None);
    }
}
