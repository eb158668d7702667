//! Every change of an agreement's view, with its day and its cause: the log replayed day by day.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::store::Register;
use super::agreement::{AgreementView, agreement};
use super::dossier::{Dossier, Judgement};
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
    /// `article`, `depositary`, `revision`, `retraction`, `correction`, `merge`, `unmerge`, `window` (of a prediction, over).
    pub kind: String,
    /// The article that came, or that no longer stands.
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
    let articles = dossier.articles.values().flat_map(|a| [Some(a.known_from.clone()), a.known_to.clone()]);
    let merges = dossier.judgements.iter().filter(|j| j.kept.is_some()).map(|j| Some(j.day.clone()));
    let mut days: BTreeSet<String> = articles.chain(merges).flatten().collect();
    let now = Moment { known_at: Some(today.to_owned()), as_of: None };
    let windows = agreement(dossier, &now, today).predictions.into_iter().filter_map(|p| p.to);
    days.extend(windows.filter_map(|to| to.parse::<jiff::civil::Date>().ok()?.tomorrow().ok()).map(|d| d.to_string()));
    // Nothing is known before the first article.
    let first = dossier.articles.values().map(|a| a.known_from.clone()).min();
    days.retain(|d| d.as_str() <= today && first.as_ref().is_some_and(|first| first <= d));
    days
}

/// One line of a view: what it is about, what it says, and on which words it rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Facet {
    about: Named,
    text: String,
    cited: Vec<Cited>,
}

/// A view as lines, each under a key that lasts from day to day.
pub(super) type Face = BTreeMap<(u8, String), Facet>;

const WHAT: [&str; 7] = ["participant", "member", "candidate", "condition", "prediction", "conflict", "silence"];

pub(super) fn face(view: &AgreementView) -> Face {
    let mut face = Face::new();
    let mut put = |kind: u8, key: String, about: &Named, text: String, cited: Vec<Cited>| {
        face.insert((kind, key), Facet { about: about.clone(), text, cited });
    };
    for p in &view.participants {
        let mut text = p.words.clone();
        if let Some(side) = &p.side {
            text.push_str(&format!(", {}", side.replace('_', " ")));
        }
        if let Some(letter) = &p.letter {
            text.push_str(&format!(" ({letter})"));
        }
        if p.conflict {
            text.push_str(", in dispute");
        }
        let record = p.record.iter().flat_map(|r| r.cited.iter().cloned());
        put(0, p.participant.id.clone(), &p.participant, text, p.wordings.iter().cloned().chain(record).collect());
    }
    for m in &view.members {
        let text = format!("told as {}", if m.status == "original" { "original member" } else { &m.status });
        put(1, m.participant.id.clone(), &m.participant, text, m.cited.clone());
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
            put(2, format!("{} {} {}", c.participant.id, n.polarity, who), &c.participant, text, n.cited.clone());
        }
    }
    for c in &view.conditions {
        let words = c.cited.first().map(|w| w.text.clone()).unwrap_or_default();
        let holder = c.holder.as_ref().map(|h| h.name.as_str()).unwrap_or_default();
        put(
            3,
            format!("{} {holder} {}", c.applies_to.id, words.to_lowercase()),
            &c.applies_to,
            format!("{}: “{words}”", c.kind),
            c.cited.clone(),
        );
    }
    for p in view.predictions.iter().filter(|p| p.state != PredictionState::NotCheckable) {
        let state = state_words(p.state, p.due);
        let holder = p.holder.as_ref().filter(|h| h.kind != "outlet" && h.kind != "unknown").map(|h| h.name.clone());
        let about = Named { id: p.id.clone(), name: holder.unwrap_or_else(|| "nobody named".to_owned()) };
        let mut cited = p.cited.clone();
        cited.extend(p.resolved.iter().flat_map(|o| o.by.iter().cloned()));
        let words = p.cited.first().map(|w| w.text.to_lowercase()).unwrap_or_default();
        put(4, format!("{} {words}", about.name), &about, format!("{state} ({})", p.why), cited);
    }
    for c in &view.conflicts {
        let values: Vec<&str> = c.positions.iter().map(|p| p.value.as_str()).collect();
        let cited = c.positions.iter().flat_map(|p| p.cited.iter().cloned()).collect();
        put(
            5,
            format!("{} {} {}", c.about.id, c.kind, values.join(" ")),
            &c.about,
            format!("{} in dispute: {}", c.kind, values.join(" or ")),
            cited,
        );
    }
    for s in &view.silence {
        put(6, s.item.clone(), &view.agreement, format!("not said: {}", s.what), Vec::new());
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
        let rests: Vec<&Cited> = old.iter().chain(&new).flat_map(|f| &f.cited).collect();
        changes.push(ChangeView {
            day: day.to_owned(),
            what: WHAT[usize::from(key.0)],
            about: one.about.clone(),
            before: old.map(|f| f.text.clone()),
            after: new.map(|f| f.text.clone()),
            causes: causes(dossier, &rests, key.0, from, day),
            cited: one.cited.clone(),
        });
    }
    changes
}

/// What came, went or was judged between those days, both included, among the articles that the line rests on; else among all.
fn causes(dossier: &Dossier, rests: &[&Cited], kind: u8, from: &str, day: &str) -> Vec<CauseView> {
    let within = |d: &str| from <= d && d <= day;
    let mine: BTreeSet<&str> = rests.iter().map(|c| c.article.as_str()).collect();
    let of = |only: &dyn Fn(&str) -> bool| -> Vec<CauseView> {
        let mut causes: BTreeSet<CauseView> = BTreeSet::new();
        for article in dossier.articles.values().filter(|a| only(&a.id)) {
            if article.known_to.as_deref().is_some_and(within) {
                causes.insert(ended(dossier, &article.id, article.known_to.as_deref().unwrap_or(day)));
            } else if within(&article.known_from) {
                let table = dossier.first_of(article).is_some_and(|r| r.statement.origin.kind == "depositary");
                let replaced = dossier.judgements.iter().find(|j| replaces(j, &article.id) && within(&j.day));
                let kind = if table { "depositary" } else { "article" };
                causes.insert(CauseView {
                    kind: replaced.map_or(kind, |j| j.kind.as_str()).to_owned(),
                    article: Some(article.id.clone()),
                    other: None,
                    because: replaced.and_then(|j| j.because.clone()),
                });
            }
        }
        causes.into_iter().collect()
    };
    let own = of(&|id| mine.contains(id));
    if !own.is_empty() {
        return own;
    }
    let merges: Vec<CauseView> =
        dossier.judgements.iter().filter(|j| j.kept.is_some() && within(&j.day)).map(merge).collect();
    if !merges.is_empty() {
        return merges;
    }
    let all = of(&|_| true);
    if all.is_empty() && WHAT[usize::from(kind)] == "prediction" {
        return vec![CauseView {
            kind: "window".to_owned(),
            article: None,
            other: None,
            because: Some("its window is over".to_owned()),
        }];
    }
    all
}

/// Whether it puts that article in the place of another.
fn replaces(judgement: &Judgement, article: &str) -> bool {
    matches!(judgement.kind.as_str(), "correction" | "revision") && judgement.other.as_deref() == Some(article)
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

/// What ended an article's standing.
fn ended(dossier: &Dossier, article: &str, day: &str) -> CauseView {
    let of = dossier.judgements.iter().filter(|j| j.article.as_deref() == Some(article) && j.day.as_str() <= day);
    let found = of.max_by_key(|j| j.day.as_str());
    let other = found.and_then(|j| j.other.clone());
    CauseView {
        kind: found.map_or_else(|| "revision".to_owned(), |j| j.kind.clone()),
        article: Some(article.to_owned()),
        other,
        because: found.and_then(|j| j.because.clone()),
    }
}
