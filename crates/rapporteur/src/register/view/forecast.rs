//! What became of predictions: resolved by the register itself, and only where it holds a test for them.
//!
//! Two tests. *How many*: "four to six more nations" counts the participants of whom the foretold step, of who joins or follows the announced
//! one, first became known after the words and inside the window; whom the tables have in the agreement before is no newcomer. *Whether*:
//! the step of one participant that the article was read to foretell is held against the step told as taken, or the depositary's record.
//! Everything else stays open; a wrong "met" is worse than an "open".
//!
//! `met`: it came inside the window. `partly_met`: the window is over and some came, fewer than foretold. `missed`: it is over and none
//! came; both only where the register has heard of the agreement since, and nothing is told later without its day. `overtaken`: the step
//! had been taken before it was foretold, more came than foretold, or the participant left or refused. `void`: the articles that carry it
//! were withdrawn, or its condition did not come true in the window. `not_checkable`: nothing would refute it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::statement::{Recorded, Voice};
use super::depositary::{Record, records};
use super::dossier::{Dossier, own_time};
use super::foretold::{
    Step, Test, amount, counts_states, foretold, inner, least_of, step_of, tells_earlier_year, window,
};
use super::participant::{self, Claim};
use super::{Cited, Moment, Named};
use crate::knowledge::knowledge;
use crate::reconcile::{PredictionState, prose_groups};

/// A prediction of one forecaster in all its wordings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ForecastView {
    /// The statement by which it first became known.
    pub id: String,
    pub agreement: Named,
    pub holder: Option<Voice>,
    /// The fullest wording that can be checked first.
    pub cited: Vec<Cited>,
    pub known_from: String,
    /// Lowest and highest number.
    #[serde(deserialize_with = "numbers")]
    pub quantity: Option<[f64; 2]>,
    /// The words of the window.
    pub horizon: Option<String>,
    /// First and last day of the window.
    pub from: Option<String>,
    pub to: Option<String>,
    /// Whether the window is counted from the day on which it became known, for want of a dated article.
    pub default_used: bool,
    pub condition: Option<String>,
    pub state: PredictionState,
    /// Open, and its window is over: a person must judge.
    pub due: bool,
    /// What the register would have to see.
    pub test: Option<String>,
    /// Why it stands as it does.
    pub why: String,
    pub resolved: Option<Outcome>,
    /// Where a number is foretold: the statements by which participants came since.
    pub counted: Vec<Cited>,
}

/// Lowest and highest number; one that is open is null in JSON.
fn numbers<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<[f64; 2]>, D::Error> {
    let told: Option<[Option<f64>; 2]> = Deserialize::deserialize(from)?;
    Ok(told.map(range))
}

/// "at least two" has no top.
fn range([least, most]: [Option<f64>; 2]) -> [f64; 2] {
    [least.unwrap_or(0.0), most.unwrap_or(f64::INFINITY)]
}

/// What resolved a prediction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The day on which it became known.
    pub day: String,
    /// The statements that resolve it.
    pub by: Vec<Cited>,
}

/// The predictions about an agreement on that day; those that can be checked first, then by the day on which they became known.
pub fn forecasts(dossier: &Dossier, moment: &Moment, day: &str) -> Vec<ForecastView> {
    let standing = dossier.at(moment);
    let mut said: Vec<&Recorded> = standing.iter().filter(|r| r.statement.predicate == "prediction").copied().collect();
    let gone: BTreeSet<&str> = withdrawn(dossier, moment, &mut said);
    said.sort_by(|a, b| (a.known_since(), a.first_id(), &a.id).cmp(&(b.known_since(), b.first_id(), &b.id)));
    // A quotation carries the words on; the first who has them sets the window.
    let worded: Vec<(String, &str)> = said.iter().map(|r| (speaker(r), r.statement.words.as_str())).collect();
    let claims = participant::claims(&standing);
    let mut stages: BTreeMap<&str, Vec<&Recorded>> = BTreeMap::new();
    for r in standing.iter().filter(|r| r.statement.predicate == "stage") {
        stages.entry(&r.article.0).or_default().push(r);
    }
    let heard = heard(dossier, day);
    let judge = Judge { dossier, claims: &claims, records: records(&standing), stages, heard, day };
    let mut views: Vec<ForecastView> = prose_groups(&worded)
        .into_iter()
        .map(|group| judge.forecast(&group.iter().map(|&i| said[i]).collect::<Vec<_>>(), &gone))
        .filter(|view| !is_bare(view))
        .collect();
    let order = |v: &ForecastView| {
        (v.state == PredictionState::NotCheckable, v.known_from.clone(), v.cited[0].statement.clone())
    };
    views.sort_by_key(order);
    views
}

/// Adds predictions of withdrawn articles that no standing article carries on; the names of their statements.
fn withdrawn<'a>(dossier: &'a Dossier, moment: &Moment, said: &mut Vec<&'a Recorded>) -> BTreeSet<&'a str> {
    let until = |r: &&Recorded| match &moment.known_at {
        Some(day) => r.known_from <= *day && r.known_to.as_ref().is_some_and(|to| to <= day),
        None => r.known_to.is_some(),
    };
    let checkable = |r: &&Recorded| r.statement.value.as_deref() == Some("checkable");
    let over =
        dossier.statements.iter().filter(|r| r.statement.predicate == "prediction").filter(until).filter(checkable);
    let over: Vec<&Recorded> = over.collect();
    let held: BTreeSet<(&str, String)> = said.iter().map(|r| (r.statement.words.as_str(), speaker(r))).collect();
    let lost: Vec<&Recorded> =
        over.into_iter().filter(|r| !held.contains(&(r.statement.words.as_str(), speaker(r)))).collect();
    said.extend(&lost);
    lost.iter().map(|r| r.id.as_str()).collect()
}

/// The last day by then on which an article on the agreement became known; a text that was only put right is no news.
fn heard<'a>(dossier: &'a Dossier, day: &str) -> Option<&'a str> {
    let new = dossier.articles.values().filter(|a| !dossier.later_versions.contains(&a.id));
    new.map(|a| a.known_from.as_str()).filter(|known| *known <= day).max()
}

/// One forecaster under one key; all own voices of articles are one here.
fn speaker(r: &Recorded) -> String {
    match &r.statement.holder {
        Some(h) if h.kind != "outlet" && h.kind != "unknown" => {
            h.entity.clone().unwrap_or_else(|| format!("{} {}", h.kind, h.name))
        }
        _ => "~".to_owned(),
    }
}

/// No number, no day, no condition, and nothing that could be checked, in an article's own voice: prose, not a forecast worth keeping open.
fn is_bare(view: &ForecastView) -> bool {
    view.state == PredictionState::NotCheckable
        && view.quantity.is_none()
        && view.horizon.is_none()
        && view.condition.is_none()
        && view.holder.as_ref().is_none_or(|h| h.kind == "outlet" || h.kind == "unknown")
}

struct Judge<'a> {
    dossier: &'a Dossier,
    claims: &'a BTreeMap<&'a str, Vec<Claim<'a>>>,
    /// What the depositary records.
    records: BTreeMap<&'a str, Record<'a>>,
    /// The day on which the last article on the agreement became known.
    heard: Option<&'a str>,
    /// The wordings of each article.
    stages: BTreeMap<&'a str, Vec<&'a Recorded>>,
    day: &'a str,
}

/// A verdict, and why.
type Verdict = (PredictionState, String, Option<Outcome>);

impl Judge<'_> {
    fn forecast(&self, group: &[&Recorded], gone: &BTreeSet<&str>) -> ForecastView {
        let checkable = |r: &&&Recorded| r.statement.value.as_deref() == Some("checkable");
        let fullest = group.iter().find(checkable).unwrap_or(&group[0]);
        let is_checkable = checkable(&fullest);
        let first = group.iter().min_by_key(|r| (r.known_since(), r.first_id())).unwrap_or(fullest);
        let detail = |key: &str| group.iter().find_map(|r| r.statement.detail.as_ref()?.get(key).cloned());
        let quantity: Option<[f64; 2]> =
            detail("quantity").and_then(|q| serde_json::from_value::<[Option<f64>; 2]>(q).ok()).map(range);
        let inside = |key: &str| group.iter().find_map(|r| inner(r, key));
        let horizon = inside("horizon");
        let condition = inside("condition");
        let valid = group.iter().filter_map(|r| r.statement.valid.as_ref()).find(|v| v.to.is_some());
        let (from, to, default_used) = match (valid, &horizon) {
            (Some(v), _) => (v.from.clone(), v.to.clone(), false),
            (None, Some(words)) => match window(words, first.known_since()) {
                Some(to) => (Some(first.known_since().to_owned()), Some(to), true),
                None => (None, None, false),
            },
            _ => (None, None, false),
        };
        let test = self.test(group, quantity);
        let over = to.as_ref().is_some_and(|to| to.as_str() < self.day);
        let (state, why, resolved) = if group.iter().all(|r| gone.contains(r.id.as_str())) {
            (PredictionState::Void, "the articles that carry it were withdrawn or put right".to_owned(), None)
        } else if !is_checkable {
            let why = fullest.statement.detail.as_ref().and_then(|d| d.get("why")?.as_str().map(str::to_owned));
            (PredictionState::NotCheckable, why.unwrap_or_else(|| "nothing would refute it".to_owned()), None)
        } else {
            // The window opens when the words were said: what came before, or became known with them, they do not foretell.
            let span = (first.known_since(), to.as_deref());
            let (state, why, by) = match &test {
                Some(Test::Number { range, rank }) => self.number(*range, self.came(*rank, span), over),
                Some(Test::Step(step)) => self.step(step, span, over),
                None => (PredictionState::Open, "the register holds no test for it".to_owned(), None),
            };
            // Silence of the register is no evidence: where it has heard nothing since, a person must judge.
            let lacking = matches!(state, PredictionState::Missed | PredictionState::PartlyMet);
            let (state, why, by) = match lacking && !self.is_heard_after(to.as_deref()) {
                true => (PredictionState::Open, format!("{why}; no article since its window closed"), None),
                false => (state, why, by),
            };
            match (&condition, state) {
                (Some(_), PredictionState::Missed | PredictionState::PartlyMet) => {
                    (PredictionState::Void, format!("its condition is not known to have come true; {why}"), None)
                }
                _ => (state, why, by),
            }
        };
        let counted = match &test {
            Some(Test::Number { rank, .. }) => self.came(*rank, (first.known_since(), to.as_deref())).0,
            _ => Vec::new(),
        };
        let holder = fullest.statement.holder.clone();
        let mut ordered: Vec<&Recorded> = group.to_vec();
        ordered.sort_by_key(|r| (!std::ptr::eq(*r, *fullest), r.known_since().to_owned(), r.first_id().to_owned()));
        ForecastView {
            id: first.first_id().to_owned(),
            agreement: self.dossier.agreement.clone(),
            holder,
            cited: ordered.into_iter().map(Cited::of).collect(),
            known_from: first.known_since().to_owned(),
            quantity,
            horizon,
            from,
            to,
            default_used,
            condition,
            state,
            due: state == PredictionState::Open && over,
            test: test.map(|t| t.words(self.dossier)),
            why,
            resolved,
            counted: counted.into_iter().map(Cited::of).collect(),
        }
    }

    /// Whether an article on the agreement became known after the window.
    fn is_heard_after(&self, to: Option<&str>) -> bool {
        to.zip(self.heard).is_some_and(|(to, heard)| heard > to)
    }

    /// What the register can check: a number of newcomers, or one participant's step.
    fn test(&self, group: &[&Recorded], quantity: Option<[f64; 2]>) -> Option<Test> {
        if let Some(range) = quantity {
            let counts = group.iter().any(|r| counts_states(&r.statement.words));
            return counts
                .then(|| Test::Number { range, rank: least_of(group.iter().map(|r| r.statement.words.as_str())) });
        }
        // As the article was read; else the wordings of a participant's step that lie inside the words of the prediction.
        let mut steps: BTreeSet<Step> = group.iter().flat_map(|r| foretold(r, &self.dossier.agreement.id)).collect();
        let fallback = if steps.is_empty() { group } else { &[] };
        for r in fallback {
            let (start, end) = (r.statement.start, r.statement.end);
            let inside = |w: &&&Recorded| w.statement.start < end && start < w.statement.end;
            for w in self.stages.get(r.article.0.as_str()).into_iter().flatten().filter(inside) {
                let ahead = matches!(w.statement.realis.as_deref(), Some("future" | "conditional"));
                if let (Some(id), Some(rank), true) =
                    (&w.statement.subject, step_of(&r.statement.words), ahead && w.statement.side.is_none())
                {
                    steps.insert(Step { participant: id.clone(), rank, side: None });
                }
            }
        }
        match steps.len() {
            1 => steps.into_iter().next().map(Test::Step),
            _ => None,
        }
    }

    /// The statements by which participants first became known to have got so far, after the words and not after the window; and whether
    /// more are told later, of whom nobody tells the day.
    fn came(&self, rank: u8, (said, to): (&str, Option<&str>)) -> (Vec<&Recorded>, bool) {
        let everyone: BTreeSet<&str> = self.claims.keys().chain(self.records.keys()).copied().collect();
        let (mut came, mut uncertain) = (Vec::new(), false);
        for id in everyone.into_iter().filter(|id| !self.was_in(id, said)) {
            let (known, told, dated, r) = match self.records.get(id).and_then(|record| record.act_of(rank)) {
                // The depositary knows the day, whenever it became known.
                Some(act) => (act.known_since().max(said), own_time(act), true, act),
                None => {
                    let far = |c: &&Claim<'_>| c.lo >= rank && c.recorded.statement.side.is_none();
                    let of_one = self.claims.get(id).map_or(&[][..], Vec::as_slice).iter().filter(far);
                    let Some(c) = of_one.min_by_key(|c| (c.recorded.known_since(), c.recorded.first_id())) else {
                        continue;
                    };
                    // "signed in 2020": background.
                    if c.recorded.known_since() <= said || tells_earlier_year(&c.recorded.statement.words, said) {
                        continue;
                    }
                    (c.recorded.known_since(), c.time.clone(), c.by == Some("words"), c.recorded)
                }
            };
            if told.as_str() <= said {
                continue;
            }
            match to.is_none_or(|to| told.as_str() <= to && (dated || known <= to)) {
                true => came.push(r),
                false => uncertain |= !dated,
            }
        }
        came.sort_by_key(|r| (r.known_since(), r.first_id()));
        (came, uncertain)
    }

    /// Whether the tables have a state in the agreement by that day.
    fn was_in(&self, participant: &str, day: &str) -> bool {
        let agreement = self.dossier.agreement.id.split_once(':').map_or("", |(_, bare)| bare);
        let iso3 = participant.strip_prefix("iso3:").unwrap_or_default();
        let by = |from: crate::knowledge::Day| from.to_string().as_str() <= day;
        knowledge().memberships_of(agreement, iso3).any(|m| m.from.is_some_and(by))
    }

    /// So many of them.
    fn number(&self, [least, most]: [f64; 2], (came, uncertain): (Vec<&Recorded>, bool), over: bool) -> Verdict {
        let count = came.len() as f64;
        let by = |n: usize| {
            let of = &came[..n.min(came.len())];
            let day = of.last()?.known_since().to_owned();
            Some(Outcome { day, by: of.iter().map(|r| Cited::of(r)).collect() })
        };
        let so_far = format!("{count:.0} of {} since it was said", amount([least, most]));
        if count > most {
            (PredictionState::Overtaken, format!("{so_far}: more than foretold"), by(came.len()))
        } else if count >= least && (over || most.is_infinite()) {
            (PredictionState::Met, so_far, by(if most.is_infinite() { least.max(1.0) as usize } else { came.len() }))
        } else if !over {
            (PredictionState::Open, so_far, None)
        } else if uncertain {
            (PredictionState::Open, format!("{so_far}; more are told since, without a day"), None)
        } else if count > 0.0 {
            (PredictionState::PartlyMet, so_far, by(came.len()))
        } else {
            (PredictionState::Missed, so_far, None)
        }
    }

    /// One participant's step, told as taken.
    fn step(&self, step: &Step, (said, to): (&str, Option<&str>), over: bool) -> Verdict {
        let name = self.dossier.name(&step.participant);
        let done = step.done(&name);
        let claims = self.claims.get(step.participant.as_str()).map_or(&[][..], Vec::as_slice);
        let outcome = |r: &Recorded| Some(Outcome { day: r.known_since().to_owned(), by: vec![Cited::of(r)] });
        let in_window = |day: &str| day >= said && to.is_none_or(|to| day <= to);
        let record = self.records.get(step.participant.as_str()).filter(|_| step.side.is_none());
        if let Some(act) = record.and_then(|record| record.act_of(step.rank)) {
            let day = own_time(act);
            return match () {
                () if day.as_str() < said => {
                    (PredictionState::Overtaken, format!("{done} before it was said"), outcome(act))
                }
                () if in_window(&day) => (PredictionState::Met, done, outcome(act)),
                () => (PredictionState::Missed, format!("{done} after the window"), outcome(act)),
            };
        }
        // A floor that somebody asserts; "joins" alone says no more than announced.
        let is_taken = |c: &&Claim<'_>| match step.side.as_deref() {
            Some("withdrawn") => c.left,
            Some(side) => c.recorded.statement.side.as_deref() == Some(side),
            None => c.lo >= step.rank && c.recorded.statement.side.is_none(),
        };
        let taken: Vec<&Claim<'_>> = claims.iter().filter(is_taken).collect();
        if let Some(before) = taken.iter().find(|c| c.time.as_str() < said && c.recorded.known_since() <= said) {
            return (PredictionState::Overtaken, format!("{done} before it was said"), outcome(before.recorded));
        }
        // Told on the day on which it was foretold, either may have come first.
        let since = |c: &&&Claim<'_>| c.recorded.known_since() > said;
        if let Some(met) = taken.iter().filter(since).find(|c| in_window(&c.time)) {
            return (PredictionState::Met, done, outcome(met.recorded));
        }
        let away = |c: &&Claim<'_>| {
            let s = &c.recorded.statement;
            let gone = matches!(s.side.as_deref(), Some("withdrawn" | "declined" | "terminated"));
            (gone || c.refuses && s.said_by.as_deref() == Some("self")) && step.side.is_none() && since(&c)
        };
        if let Some(left) = claims.iter().find(away) {
            return (PredictionState::Overtaken, format!("{name} turned away"), outcome(left.recorded));
        }
        let later = taken.iter().filter(since).find(|c| to.is_some_and(|to| c.time.as_str() > to));
        match later {
            Some(c) if c.by == Some("words") => {
                (PredictionState::Missed, format!("{done} after the window"), outcome(c.recorded))
            }
            Some(_) => (PredictionState::Open, format!("{done}, without a day"), None),
            None if over => (PredictionState::Missed, format!("nothing tells that {done} in the window"), None),
            None => (PredictionState::Open, format!("nothing tells yet that {done}"), None),
        }
    }
}
