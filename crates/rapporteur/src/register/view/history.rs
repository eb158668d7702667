//! Every change of an agreement's view, with its day and its cause: the log replayed day by day.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::store::Register;
use super::agreement::{AgreementView, MemberView, agreement};
use super::dossier::{Article, Dossier, Judgement};
use super::{Cited, Moment, Named};
use crate::error::Error;
use crate::reconcile::PredictionState;

/// One thing that changed on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ChangeView {
    pub day: String,
    /// `participant`, `member`, `candidate`, `condition`, `prediction`, `conflict`, `silence`.
    pub what: &'static str,
    pub about: Named,
    /// In words; `None` where it was not there.
    pub before: Option<String>,
    /// In words; `None` where it is no longer there.
    pub after: Option<String>,
    pub causes: Vec<CauseView>,
    /// The words that it rests on now; those that it rested on, where it is gone.
    pub cited: Vec<Cited>,
}

/// Why something changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[allow(missing_docs)]
pub struct CauseView {
    /// `article`, `depositary`, `revision`, `retraction`, `reinstatement`, `correction`, `merge`, `unmerge`, `window` (of a prediction, over).
    pub kind: String,
    /// The article that came, came back, or no longer stands.
    pub article: Option<String>,
    /// The article that took its place.
    pub other: Option<String>,
    pub because: Option<String>,
}

/// The changes up to and on `today`, in the order of their days. With `participant` (a name or an identifier) only those about it.
///
/// # Errors
/// `NotFound` for an agreement that is not there; those of reading.
pub fn history(
    register: &Register,
    name: &str,
    participant: Option<&str>,
    today: &str,
) -> Result<(Dossier, Vec<ChangeView>), Error> {
    let now = Moment { known_at: Some(today.to_owned()), as_of: None };
    let dossier = register.dossier(name, &now, true)?;
    let mut changes = Vec::new();
    let mut before = BTreeMap::new();
    let mut then: Option<(BTreeMap<String, String>, Dossier)> = None;
    for day in days(&dossier, today) {
        // What was one entity by then.
        let merges = register.canonical(Some(&day))?;
        if then.as_ref().is_none_or(|(held, _)| *held != merges) {
            let ids = register.agreements_named(&dossier.agreement.id, &merges)?;
            then = Some((merges.clone(), register.dossier_of(&ids, &merges, true)?));
        }
        let Some((_, dossier)) = &then else { continue };
        let moment = Moment { known_at: Some(day.clone()), as_of: None };
        let after = face(&agreement(dossier, &moment, &day));
        changes.extend(changed(dossier, &before, &after, &day, &day));
        before = after;
    }
    if let Some(wanted) = participant {
        let lower = wanted.to_lowercase();
        changes.retain(|c| c.about.id.eq_ignore_ascii_case(wanted) || c.about.name.to_lowercase() == lower);
    }
    Ok((dossier, changes))
}

/// The days on which anything can have changed.
fn days(dossier: &Dossier, today: &str) -> BTreeSet<String> {
    let articles = dossier.articles.values().flat_map(|a| a.starts().chain(a.ends())).map(str::to_owned);
    let merges = dossier.judgements.iter().filter(|j| j.kept.is_some()).map(|j| j.day.clone());
    let mut days: BTreeSet<String> = articles.chain(merges).collect();
    let now = Moment { known_at: Some(today.to_owned()), as_of: None };
    days.extend(agreement(dossier, &now, today).predictions.iter().filter_map(|p| day_after(p.to.as_deref()?)));
    // Nothing is known before the first article.
    let first = dossier.articles.values().map(|a| a.known_from.clone()).min();
    days.retain(|d| d.as_str() <= today && first.as_ref().is_some_and(|first| first <= d));
    days
}

fn day_after(day: &str) -> Option<String> {
    Some(day.parse::<jiff::civil::Date>().ok()?.tomorrow().ok()?.to_string())
}

/// One line of a view: what it is about, what it says, and on which words it rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Facet {
    about: Named,
    text: String,
    cited: Vec<Cited>,
    /// The first day after the window of a prediction.
    over: Option<String>,
}

/// A view as lines, each under a key that lasts from day to day: a line that a correction gives other words keeps its key.
pub(super) type Face = BTreeMap<(u8, String), Facet>;

const WHAT: [&str; 7] = ["participant", "member", "candidate", "condition", "prediction", "conflict", "silence"];
/// Places in [`WHAT`].
const PARTICIPANT: u8 = 0;
const CONDITION: u8 = 3;
const PREDICTION: u8 = 4;
const SILENCE: u8 = 6;

pub(super) fn face(view: &AgreementView) -> Face {
    let mut face = Face::new();
    let mut put = |kind: u8, key: String, about: &Named, text: String, cited: Vec<Cited>, over: Option<String>| {
        face.insert((kind, key), Facet { about: about.clone(), text, cited, over });
    };
    for p in &view.participants {
        let dispute = if p.conflict { ", in dispute" } else { "" };
        let record = p.record.iter().flat_map(|r| r.cited.iter().cloned());
        let cited = p.wordings.iter().cloned().chain(record).collect();
        put(PARTICIPANT, p.participant.id.clone(), &p.participant, format!("{}{dispute}", p.told()), cited, None);
    }
    // A state can be told as several things.
    for of in view.members.iter().map(|m| &m.participant).collect::<BTreeSet<_>>() {
        let told = || view.members.iter().filter(|m| m.participant == *of);
        let status =
            |m: &MemberView| if m.status == "original" { "original member".to_owned() } else { m.status.clone() };
        let text = format!("told as {}", told().map(status).collect::<Vec<_>>().join(" and "));
        put(1, of.id.clone(), of, text, told().flat_map(|m| m.cited.clone()).collect(), None);
    }
    for c in &view.candidates {
        for n in &c.named_by {
            let who = match n.holder.kind.as_str() {
                _ if n.own => "by itself".to_owned(),
                "outlet" | "unknown" => "without a source".to_owned(),
                _ => format!("by {}", n.holder.name),
            };
            let text = match n.polarity.as_str() {
                "+" if n.own => "candidate by its own word".to_owned(),
                "-" if n.own => "not, by its own word".to_owned(),
                "+" => format!("named as a candidate {who}"),
                "-" => format!("ruled out {who}"),
                _ => format!("left open {who}"),
            };
            let key = format!("{} {} {}", c.participant.id, n.polarity, who);
            put(2, key, &c.participant, text, n.cited.clone(), None);
        }
    }
    for c in &view.conditions {
        put(CONDITION, c.id.clone(), &c.applies_to, c.kind.clone(), c.cited.clone(), None);
    }
    for p in view.predictions.iter().filter(|p| p.state != PredictionState::NotCheckable) {
        let state = state_words(p.state, p.due);
        let holder = p.holder.as_ref().filter(|h| h.kind != "outlet" && h.kind != "unknown").map(|h| h.name.clone());
        let about = Named { id: p.id.clone(), name: holder.unwrap_or_else(|| "nobody named".to_owned()) };
        let mut cited = p.cited.clone();
        cited.extend(p.resolved.iter().flat_map(|o| &o.by).chain(&p.counted).cloned());
        let over = p.to.as_deref().and_then(day_after);
        put(PREDICTION, p.id.clone(), &about, format!("{state} ({})", p.why), cited, over);
    }
    for c in &view.conflicts {
        let mut values: Vec<&str> = c.positions.iter().map(|p| p.value.as_str()).collect();
        values.sort_unstable();
        let cited = c.positions.iter().flat_map(|p| p.cited.iter().cloned()).collect();
        // How far somebody has got is one dispute whatever is said in it; a person can have several titles in dispute.
        let key =
            format!("{} {} {}", c.about.id, c.kind, if c.kind == "role" { values.join(" ") } else { String::new() });
        put(5, key, &c.about, format!("{} in dispute: {}", c.kind, values.join(" or ")), cited, None);
    }
    for s in &view.silence {
        put(SILENCE, s.item.clone(), &view.agreement, format!("not said: {}", s.what), Vec::new(), None);
    }
    face
}

/// "open", "open, its window over".
pub fn state_words(state: PredictionState, due: bool) -> &'static str {
    match state {
        PredictionState::Open if due => "due",
        PredictionState::Open => "open",
        PredictionState::Met => "met",
        PredictionState::PartlyMet => "partly met",
        PredictionState::Missed => "missed",
        PredictionState::Overtaken => "overtaken",
        PredictionState::Void => "void",
        PredictionState::NotCheckable => "not checkable",
    }
}

/// What is different between two faces: of each line once. `from` is the first day that counts for causes.
pub(super) fn changed(dossier: &Dossier, before: &Face, after: &Face, from: &str, day: &str) -> Vec<ChangeView> {
    let keys: BTreeSet<&(u8, String)> = before.keys().chain(after.keys()).collect();
    let mut changes = Vec::new();
    for key in keys {
        let (old, new) = (before.get(key), after.get(key));
        if old.map(|f| &f.text) == new.map(|f| &f.text) {
            continue;
        }
        let Some(one) = new.or(old) else { continue };
        // Two wordings that turned out to be one, or one that turned out to be two: nothing came and nothing went.
        let elsewhere = if new.is_some() { before } else { after };
        if old.is_none() != new.is_none() && matches!(key.0, CONDITION | PREDICTION) && is_held(one, key, elsewhere) {
            continue;
        }
        // How far its participant has got can be what ended a line.
        let step = after.get(&(PARTICIPANT, one.about.id.clone())).filter(|_| new.is_none());
        let rests: Vec<&Cited> = old.into_iter().chain(new).chain(step).flat_map(|f| &f.cited).collect();
        let over = old.into_iter().chain(new).find_map(|f| f.over.as_deref());
        changes.push(ChangeView {
            day: day.to_owned(),
            what: WHAT[usize::from(key.0)],
            about: one.about.clone(),
            before: old.map(|f| f.text.clone()),
            after: new.map(|f| f.text.clone()),
            causes: causes(dossier, &rests, key, over, (from, day)),
            cited: one.cited.clone(),
        });
    }
    changes
}

/// Whether all the statements of a line are in other lines of its kind.
fn is_held(line: &Facet, key: &(u8, String), face: &Face) -> bool {
    let others = face.iter().filter(|(other, _)| other.0 == key.0 && *other != key);
    let held: BTreeSet<&str> = others.flat_map(|(_, f)| f.cited.iter().map(|c| c.statement.as_str())).collect();
    !line.cited.is_empty() && line.cited.iter().all(|c| held.contains(c.statement.as_str()))
}

/// What came, went or was judged between those days, both included, among the articles that the line rests on; else among all.
fn causes(
    dossier: &Dossier,
    rests: &[&Cited],
    key: &(u8, String),
    over: Option<&str>,
    (from, day): (&str, &str),
) -> Vec<CauseView> {
    let within = |d: &str| from <= d && d <= day;
    let mine: BTreeSet<&str> = rests.iter().map(|c| c.article.as_str()).collect();
    let of = |only: &dyn Fn(&Article) -> bool| -> Vec<CauseView> {
        let mut causes: BTreeSet<CauseView> = BTreeSet::new();
        for article in dossier.articles.values().filter(|a| only(a)) {
            if let Some(end) = article.ends().filter(|end| within(end)).last() {
                causes.insert(ended(dossier, article, end));
            } else if let Some(start) = article.starts().filter(|start| within(start)).last() {
                causes.insert(came(dossier, article, start));
            }
        }
        causes.into_iter().collect()
    };
    let mut own = match key.0 {
        // The articles that answer the question.
        SILENCE => of(&|a| a.main_agreement.is_some() && !a.silent_on.contains(&key.1)),
        _ => of(&|a| mine.contains(a.id.as_str())),
    };
    if over.is_some_and(within) {
        let because = Some("its window is over".to_owned());
        own.push(CauseView { kind: "window".to_owned(), article: None, other: None, because });
    }
    if !own.is_empty() {
        return own;
    }
    let merges: Vec<CauseView> =
        dossier.judgements.iter().filter(|j| j.kept.is_some() && within(&j.day)).map(merge).collect();
    if merges.is_empty() { of(&|_| true) } else { merges }
}

fn merge(judgement: &Judgement) -> CauseView {
    let because = judgement.because.clone().unwrap_or_default();
    let (kept, merged) = (judgement.kept.clone().unwrap_or_default(), judgement.merged.clone().unwrap_or_default());
    let verb = if judgement.kind == "merge" { "is" } else { "is not" };
    CauseView {
        kind: judgement.kind.clone(),
        article: None,
        other: None,
        because: Some(format!("{merged} {verb} {kept}: {because}")),
    }
}

/// What made an article stand from a day on.
fn came(dossier: &Dossier, article: &Article, day: &str) -> CauseView {
    let of = |kind: &str, one: &str, other: Option<&str>, because: Option<&String>| CauseView {
        kind: kind.to_owned(),
        article: Some(one.to_owned()),
        other: other.map(str::to_owned),
        because: because.cloned(),
    };
    let judged = |kinds: &[&str], as_other: bool| {
        let whose =
            |j: &&Judgement| if as_other { j.other.as_deref() } else { j.article.as_deref() } == Some(&article.id);
        dossier.judgements.iter().filter(|j| j.day == day && kinds.contains(&j.kind.as_str())).find(whose)
    };
    if let Some(back) = judged(&["reinstatement"], false) {
        return of("reinstatement", &article.id, None, back.because.as_ref());
    }
    // In the place of another, as the same change is told of the other.
    if let Some(put) = judged(&["correction", "revision"], true) {
        let older = put.article.as_deref().filter(|older| dossier.articles.contains_key(*older));
        return match older {
            Some(older) => {
                of(&put.kind, older, Some(&article.id), put.because.as_ref().filter(|_| put.kind == "correction"))
            }
            None => of(&put.kind, &article.id, None, put.because.as_ref().filter(|_| put.kind == "correction")),
        };
    }
    if day > article.known_from.as_str() {
        return match rival(dossier, article, |other| other.ends().any(|end| end == day)) {
            Some(gone) => of("revision", &gone.id, Some(&article.id), None),
            None => of("reinstatement", &article.id, None, None),
        };
    }
    let table = dossier.first_of(article).is_some_and(|r| r.statement.origin.kind == "depositary");
    of(if table { "depositary" } else { "article" }, &article.id, None, None)
}

/// What ended an article's standing on a day.
fn ended(dossier: &Dossier, article: &Article, day: &str) -> CauseView {
    let judged = |kinds: &[&str]| {
        let mut of = dossier.judgements.iter().filter(|j| j.day == day && kinds.contains(&j.kind.as_str()));
        of.rfind(|j| j.article.as_deref() == Some(&article.id))
    };
    let cause = |kind: &str, other: Option<&str>, because: Option<&String>| CauseView {
        kind: kind.to_owned(),
        article: Some(article.id.clone()),
        other: other.map(str::to_owned),
        because: because.cloned(),
    };
    match judged(&["retraction", "correction"]) {
        Some(found) => cause(&found.kind, found.other.as_deref(), found.because.as_ref()),
        None => {
            let newer = rival(dossier, article, |other| other.starts().any(|start| start == day));
            let newer = newer.map(|other| other.id.as_str());
            cause("revision", newer.or_else(|| judged(&["revision"])?.other.as_deref()), None)
        }
    }
}

/// Another version of an article of which that holds.
fn rival<'a>(dossier: &'a Dossier, article: &Article, holds: impl Fn(&Article) -> bool) -> Option<&'a Article> {
    let pair = |j: &'a Judgement| match (j.article.as_deref(), j.other.as_deref()) {
        (Some(one), Some(other)) if one == article.id => Some(other),
        (Some(one), Some(other)) if other == article.id => Some(one),
        _ => None,
    };
    let mut versions = dossier.judgements.iter().filter_map(pair).filter_map(|id| dossier.articles.get(id));
    versions.find(|other| holds(other))
}
