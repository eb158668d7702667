//! What became of predictions: resolved by the register itself, and only where it holds a test for them.
//!
//! Two tests. *How many*: "four to six more nations" counts the participants whose announced step, or a further one, first became known
//! inside the window. *Whether*: words that foretell the step of one participant are held against the step told as taken. Everything else
//! stays open; a wrong "met" is worse than an "open".
//!
//! `met`: it came inside the window. `partly_met`: the window is over and some came, fewer than foretold. `missed`: it is over and none
//! came; both only where the register has heard of the agreement since. `overtaken`: the step had been taken before it was foretold, more came than foretold, or the participant left. `void`: the
//! articles that carry it were withdrawn, or its condition did not come true in the window. `not_checkable`: nothing would refute it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::statement::{Recorded, Voice};
use super::dossier::Dossier;
use super::participant::{self, Claim};
use super::{Cited, Moment, Named, stage_words};
use crate::extract::Stage;
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
    // A quotation carries the words on; the first who has them sets the window.
    let worded: Vec<(String, &str)> = said.iter().map(|r| (speaker(r), r.statement.words.as_str())).collect();
    let claims = participant::claims(&standing);
    let mut stages: BTreeMap<&str, Vec<&Recorded>> = BTreeMap::new();
    for r in standing.iter().filter(|r| r.statement.predicate == "stage") {
        stages.entry(&r.article.0).or_default().push(r);
    }
    let heard = dossier.articles.values().map(|a| a.known_from.as_str()).filter(|known| *known <= day).max();
    let judge = Judge { dossier, claims: &claims, newcomers: newcomers(&claims), stages, heard, day };
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
    /// Of each participant the claim of an announced step, or a further one, that first became known; by that day.
    newcomers: Vec<&'a Claim<'a>>,
    /// The day on which the last article on the agreement became known.
    heard: Option<&'a str>,
    /// The wordings of each article.
    stages: BTreeMap<&'a str, Vec<&'a Recorded>>,
    day: &'a str,
}

fn newcomers<'a>(claims: &'a BTreeMap<&'a str, Vec<Claim<'a>>>) -> Vec<&'a Claim<'a>> {
    let key = |c: &&Claim<'a>| (c.recorded.known_from.as_str(), c.recorded.id.as_str());
    let first = |of_one: &'a Vec<Claim<'a>>| {
        let step = of_one.iter().filter(|c| c.lo >= Stage::Announced as u8 && c.recorded.statement.side.is_none());
        step.min_by_key(key)
    };
    let mut newcomers: Vec<&Claim<'_>> = claims.values().filter_map(first).collect();
    newcomers.sort_by_key(key);
    newcomers
}

/// A verdict, and why.
type Verdict = (PredictionState, String, Option<Outcome>);

impl Judge<'_> {
    fn forecast(&self, group: &[&Recorded], gone: &BTreeSet<&str>) -> ForecastView {
        let checkable = |r: &&&Recorded| r.statement.value.as_deref() == Some("checkable");
        let fullest = group.iter().find(checkable).unwrap_or(&group[0]);
        let is_checkable = checkable(&fullest);
        let first = group.iter().min_by_key(|r| (r.known_from.as_str(), r.id.as_str())).unwrap_or(fullest);
        let detail = |key: &str| group.iter().find_map(|r| r.statement.detail.as_ref()?.get(key).cloned());
        let quantity: Option<[f64; 2]> =
            detail("quantity").and_then(|q| serde_json::from_value::<[Option<f64>; 2]>(q).ok()).map(range);
        let inside = |key: &str| group.iter().find_map(|r| inner(r, key));
        let horizon = inside("horizon");
        let condition = inside("condition");
        let valid = group.iter().filter_map(|r| r.statement.valid.as_ref()).find(|v| v.to.is_some());
        let (from, to, default_used) = match (valid, &horizon) {
            (Some(v), _) => (v.from.clone(), v.to.clone(), false),
            (None, Some(words)) => match window(words, &first.known_from) {
                Some(to) => (Some(first.known_from.clone()), Some(to), true),
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
            let span = (first.known_from.as_str(), to.as_deref());
            let (state, why, by) = match &test {
                Some(Test::Number(range)) => self.number(*range, span, over),
                Some(Test::Step { participant, rank }) => self.step(participant, *rank, span, over),
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
        let holder = fullest.statement.holder.clone();
        let mut ordered: Vec<&Recorded> = group.to_vec();
        ordered.sort_by_key(|r| (!std::ptr::eq(*r, *fullest), r.known_from.clone(), r.id.clone()));
        ForecastView {
            id: first.id.clone(),
            agreement: self.dossier.agreement.clone(),
            holder,
            cited: ordered.into_iter().map(Cited::of).collect(),
            known_from: first.known_from.clone(),
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
        }
    }

    /// Whether an article on the agreement became known after the window.
    fn is_heard_after(&self, to: Option<&str>) -> bool {
        to.zip(self.heard).is_some_and(|(to, heard)| heard > to)
    }

    /// What the register can check: a number of newcomers, or one participant's step.
    fn test(&self, group: &[&Recorded], quantity: Option<[f64; 2]>) -> Option<Test> {
        if let Some(range) = quantity {
            return group.iter().any(|r| counts_states(&r.statement.words)).then_some(Test::Number(range));
        }
        // The wordings of a participant's step that lie inside the words of the prediction.
        let mut steps: BTreeSet<(&str, u8)> = BTreeSet::new();
        for r in group {
            let (start, end) = (r.statement.start, r.statement.end);
            let inside = |w: &&&Recorded| w.statement.start < end && start < w.statement.end;
            for w in self.stages.get(r.article.0.as_str()).into_iter().flatten().filter(inside) {
                let ahead = w.statement.realis.as_deref() == Some("future") && w.statement.side.is_none();
                if let (Some(id), Some(rank), true) =
                    (w.statement.subject.as_deref(), step_of(&r.statement.words), ahead)
                {
                    steps.insert((id, rank));
                }
            }
        }
        match steps.len() {
            1 => steps.into_iter().next().map(|(id, rank)| Test::Step { participant: id.to_owned(), rank }),
            _ => None,
        }
    }

    /// Participants whose announced step, or a further one, first became known after the words and not after the window.
    fn number(&self, [least, most]: [f64; 2], (said, to): (&str, Option<&str>), over: bool) -> Verdict {
        // Those who became known after the words: the list is in the order of their days.
        let after = self.newcomers.partition_point(|c| c.recorded.known_from.as_str() <= said);
        let inside = |c: &&&Claim<'_>| {
            let (known, told) = (c.recorded.known_from.as_str(), c.time.as_str());
            told > said && to.is_none_or(|to| told <= to && known <= to)
        };
        let came: Vec<&Recorded> = self.newcomers[after..].iter().filter(inside).map(|c| c.recorded).collect();
        let count = came.len() as f64;
        let by = |n: usize| {
            let of = &came[..n.min(came.len())];
            let day = of.last()?.known_from.clone();
            Some(Outcome { day, by: of.iter().map(|r| Cited::of(r)).collect() })
        };
        let so_far = format!("{count:.0} of {} since it was said", amount([least, most]));
        if count > most {
            (PredictionState::Overtaken, format!("{so_far}: more than foretold"), by(came.len()))
        } else if count >= least && (over || most.is_infinite()) {
            (PredictionState::Met, so_far, by(if most.is_infinite() { least.max(1.0) as usize } else { came.len() }))
        } else if !over {
            (PredictionState::Open, so_far, None)
        } else if count > 0.0 {
            (PredictionState::PartlyMet, so_far, by(came.len()))
        } else {
            (PredictionState::Missed, so_far, None)
        }
    }

    /// One participant's step, told as taken.
    fn step(&self, participant: &str, rank: u8, (said, to): (&str, Option<&str>), over: bool) -> Verdict {
        let name = self.dossier.name(participant);
        let wanted = stage_words(rank, rank);
        let claims = self.claims.get(participant).map_or(&[][..], Vec::as_slice);
        // A floor that somebody asserts; "joins" alone says no more than announced.
        let taken: Vec<&Claim<'_>> =
            claims.iter().filter(|c| c.lo >= rank && c.recorded.statement.side.is_none()).collect();
        let outcome =
            |c: &Claim<'_>| Some(Outcome { day: c.recorded.known_from.clone(), by: vec![Cited::of(c.recorded)] });
        if let Some(before) = taken.iter().find(|c| c.time.as_str() < said && c.recorded.known_from.as_str() <= said) {
            return (PredictionState::Overtaken, format!("{name} was {wanted} before it was said"), outcome(before));
        }
        let left = claims.iter().find(|c| {
            let side = c.recorded.statement.side.as_deref();
            matches!(side, Some("withdrawn" | "declined" | "terminated")) && c.recorded.known_from.as_str() > said
        });
        let met = taken.iter().find(|c| c.time.as_str() >= said && to.is_none_or(|to| c.time.as_str() <= to));
        if let Some(met) = met {
            return (PredictionState::Met, format!("{name} is {wanted}"), outcome(met));
        }
        if let Some(left) = left {
            return (PredictionState::Overtaken, format!("{name} turned away"), outcome(left));
        }
        match over {
            true => (PredictionState::Missed, format!("nothing tells that {name} was {wanted} in the window"), None),
            false => (PredictionState::Open, format!("nothing tells yet that {name} is {wanted}"), None),
        }
    }
}

/// What would settle a prediction.
enum Test {
    Number([f64; 2]),
    Step { participant: String, rank: u8 },
}

impl Test {
    fn words(&self, dossier: &Dossier) -> String {
        match self {
            Test::Number(range) => {
                format!("{} participants announced, or further, that were not when it was said", amount(*range))
            }
            Test::Step { participant, rank } => {
                format!("{} {}, told as done", dossier.name(participant), stage_words(*rank, *rank))
            }
        }
    }
}

/// "4 to 6", "at least 3".
pub(crate) fn amount([least, most]: [f64; 2]) -> String {
    let number = |n: f64| if n.fract() == 0.0 { format!("{n:.0}") } else { format!("{n}") };
    match (least.is_finite(), most.is_finite()) {
        _ if least == most => number(least),
        (true, true) => format!("{} to {}", number(least), number(most)),
        (true, false) => format!("at least {}", number(least)),
        (false, true) => format!("at most {}", number(most)),
        (false, false) => "any number".to_owned(),
    }
}

/// Whether the number is one of states that take the step: "six more nations will follow", not "six billion dollars will follow".
fn counts_states(words: &str) -> bool {
    const STATES: [&str; 9] =
        ["state", "states", "country", "countries", "nation", "nations", "government", "governments", "capitals"];
    const STEPS: [&str; 6] = ["join", "follow", "enter", "accede", "sign", "adhere"];
    let lower = words.to_lowercase();
    let list: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let any = |of: &[&str]| {
        list.iter().any(|w| of.contains(w) || w.strip_suffix("ing").is_some_and(|stem| of.contains(&stem)))
    };
    // "two more Central Asian states".
    let more =
        list.iter().position(|w| *w == "more").is_some_and(|at| list[at..].iter().take(5).any(|w| STATES.contains(w)));
    any(&STATES) && any(&STEPS) || more
}

/// The rank that the words foretell: an act of treaty law as the verb of "will", "would", "shall" or "to". `None` for anything else ("a date
/// for the signing will be named"), so that nothing is called met by a loose word.
fn step_of(words: &str) -> Option<u8> {
    const BETWEEN: [&str; 8] = ["be", "also", "soon", "formally", "officially", "then", "now", "both"];
    const ACTS: [(&str, Stage); 12] = [
        ("sign", Stage::Signed),
        ("signed", Stage::Signed),
        ("join", Stage::Signed),
        ("ratify", Stage::Ratified),
        ("ratified", Stage::Ratified),
        ("accede", Stage::Ratified),
        ("acceded", Stage::Ratified),
        ("approve", Stage::Ratified),
        ("approved", Stage::Ratified),
        ("accept", Stage::Ratified),
        ("enter into force", Stage::InForce),
        ("come into force", Stage::InForce),
    ];
    let lower = words.to_lowercase();
    let list: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let opens = |w: &str| matches!(w, "will" | "would" | "shall" | "to");
    list.iter().enumerate().filter(|(_, w)| opens(w)).find_map(|(at, _)| {
        let rest: Vec<&str> = list[at + 1..].iter().skip_while(|w| BETWEEN.contains(w)).copied().collect();
        let rest = rest.join(" ");
        let act = ACTS
            .iter()
            .find(|(act, _)| rest.strip_prefix(act).is_some_and(|after| after.is_empty() || after.starts_with(' ')));
        act.map(|(_, stage)| *stage as u8)
    })
}

/// The last day of loose words, counted from the day on which they became known; as the reading of dated articles has it.
fn window(words: &str, known: &str) -> Option<String> {
    let day: Date = known.parse().ok()?;
    let lower = words.to_lowercase();
    let list: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
    let has = |any: &[&str]| list.iter().any(|w| any.contains(w));
    let span = if has(&["days"]) {
        14.days()
    } else if has(&["weeks"]) {
        8.weeks()
    } else if has(&["months"]) {
        6.months()
    } else if has(&["years"]) {
        5.years()
    } else if has(&["soon", "shortly"]) {
        30.days()
    } else {
        return None;
    };
    Some(day.checked_add(span).ok()?.to_string())
}

/// Words inside the words of a statement; outside of them they are not at hand.
fn inner(r: &Recorded, key: &str) -> Option<String> {
    let place = r.statement.detail.as_ref()?.get(key)?;
    let at = |end: &str| place.get(end)?.as_u64().map(|n| n as usize);
    let (start, end) = (at("start")?.checked_sub(r.statement.start)?, at("end")?.checked_sub(r.statement.start)?);
    let words: String = r.statement.words.chars().skip(start).take(end.checked_sub(start)?).collect();
    (!words.is_empty()).then(|| words.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_states_are_counted_and_others_are_not() {
        for words in [
            "Between four and six governments will follow",
            "at least two more states by the end of 2026",
            "ten countries would join",
        ] {
            assert!(counts_states(words), "{words}");
        }
        for words in [
            "six billion dollars will follow",
            "two rounds of talks",
            "three countries hold talks",
            "five people will sign",
        ] {
            assert!(!counts_states(words), "{words}");
        }
    }

    #[test]
    fn acts_of_treaty_law_are_steps_and_loose_words_are_none() {
        assert_eq!(step_of("will sign the accords on Monday"), Some(5));
        assert_eq!(step_of("parliament will ratify the treaty"), Some(6));
        assert_eq!(step_of("the pact will come into force in May"), Some(7));
        assert_eq!(step_of("the pact would be signed in May"), Some(5));
        for words in [
            "will follow",
            "will become part of the club",
            "will design a logo",
            "a date for the signing would be made public shortly",
            "a signing ceremony will follow",
            "will not sign",
        ] {
            assert_eq!(step_of(words), None, "{words}");
        }
    }

    #[test]
    fn loose_windows_end_and_bare_hopes_have_none() {
        assert_eq!(window("in the coming months", "2025-11-07").as_deref(), Some("2026-05-07"));
        assert_eq!(window("shortly", "2025-11-07").as_deref(), Some("2025-12-07"));
        assert_eq!(window("one day", "2025-11-07"), None);
        assert_eq!(window("months", "not a day"), None);
    }
}
