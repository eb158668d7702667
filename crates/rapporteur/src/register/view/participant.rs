//! How far one participant has got at a moment, since when, on whose word, and what the depositary records.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::statement::{Recorded, Statement};
use super::conflict::{ConflictView, PositionView};
use super::depositary::{Mark, Record};
use super::dossier::{Dossier, Place, own_time, place, times, wordings};
use super::sweep::{Point, sweep};
use super::{Cited, Named, letter, rank_words};
use crate::extract::{EntityId, Stage};
use crate::reconcile::stage::{Leaver, has_in_force, speaks_of_signing, step, tells_departure, without_talks};

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
    /// Whether words of its article that tell of no end have the agreement in force.
    inside: bool,
    /// Whether its article asks in one breath with a refusal to talk.
    no_talks: bool,
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
            inside: of_article().any(|w| w.side.is_none() && w.stage.is_some_and(|(lo, _)| has_in_force(lo, None))),
            no_talks: of_article().any(|w| crate::extract::stage::refuses_talks(&w.rule)),
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

/// What a stretch of the ladder is called; `unsigned`: see [`Claim`].
struct Wording<'a> {
    dossier: &'a Dossier,
    unsigned: bool,
    leaver: Leaver,
}

impl Wording<'_> {
    fn of(&self, (lo, hi): (u8, u8), side: Option<&str>) -> String {
        let exemption = EntityId(self.dossier.agreement.id.clone()).is_exemption();
        let named = side.and_then(|s| serde_json::from_value(serde_json::Value::String(s.to_owned())).ok());
        step(lo, hi, named, self.leaver, (!exemption).then_some(self.unsigned))
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
        let wording = Wording { dossier, unsigned: c.unsigned, leaver: Leaver::of(c.left, c.inside) };
        wording.of((c.lo, without_talks(c.lo, c.hi, c.no_talks)), c.recorded.statement.side.as_deref())
    };
    let recorded_side = record.and_then(Record::side);
    // Since the first article that has it on its way out, every one has it out.
    let leaving = claims.iter().position(|c| told.side.is_some() && c.recorded.statement.side == told.side);
    let left = recorded_side.is_some() || leaving.is_some_and(|first| claims[first..].iter().all(|c| c.left));
    let side = recorded_side.or_else(|| told.side.clone());
    // The depositary's record of who has not left has it in force.
    let bound = record.is_some_and(|r| r.interval().0 == Stage::InForce as u8);
    let leaver = Leaver::of(left, bound || claims.iter().any(|c| c.inside));
    let wording = Wording { dossier, unsigned: claims.iter().any(|c| c.unsigned), leaver };
    let most = without_talks(lo, hi, claims.iter().any(|c| c.no_talks));
    let mut words = wording.of((lo, most), side.as_deref());
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
