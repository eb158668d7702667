//! What the words of a prediction ask for: the test that the register holds for them, and the window that loose words leave.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::statement::Recorded;
use super::dossier::Dossier;
use super::rank_words;
use crate::extract::Stage;

/// What would settle a prediction.
pub(super) enum Test {
    /// So many that reach the rank.
    Number {
        range: [f64; 2],
        rank: u8,
    },
    Step(Step),
}

/// One participant's step, by an act or out of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step {
    pub(super) participant: String,
    pub(super) rank: u8,
    pub(super) side: Option<String>,
}

impl Step {
    /// "Chile has signed".
    pub(super) fn done(&self, name: &str) -> String {
        match (self.side.as_deref(), Stage::of_rank(self.rank)) {
            (Some("withdrawn"), _) => format!("{name} has left"),
            (Some(side), _) => format!("it is {} for {name}", side.replace('_', " ")),
            (None, Stage::Signed) => format!("{name} has signed"),
            (None, Stage::Ratified) => format!("{name} has ratified"),
            (None, Stage::InForce) => format!("it is in force for {name}"),
            _ => format!("{name} is {}", rank_words(self.rank)),
        }
    }
}

/// The steps of named participants that an article was read to foretell.
pub(super) fn foretold(r: &Recorded, agreement: &str) -> Vec<Step> {
    let word = |step: &serde_json::Value, key: &str| Some(step.get(key)?.as_str()?.to_owned());
    let step = |step: &serde_json::Value| {
        (word(step, "agreement")? == agreement).then_some(())?;
        let rank = u8::try_from(step.get("rank")?.as_u64()?).ok()?;
        Some(Step { participant: word(step, "participant")?, rank, side: word(step, "side") })
    };
    let steps = r.statement.detail.as_ref().and_then(|d| d.get("steps")?.as_array());
    steps.into_iter().flatten().filter_map(step).collect()
}

/// Whether words name a year before that of a day: "which signed in 2020".
pub(super) fn tells_earlier_year(words: &str, day: &str) -> bool {
    let year = |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    words.split(|c: char| !c.is_alphanumeric()).any(|w| year(w) && Some(w) < day.get(..4))
}

impl Test {
    pub(super) fn words(&self, dossier: &Dossier) -> String {
        match self {
            Test::Number { range, rank } => {
                format!(
                    "{} participants {}, or further, that were not when it was said",
                    amount(*range),
                    rank_words(*rank)
                )
            }
            Test::Step(step) => format!("{}, told as done", step.done(&dossier.name(&step.participant))),
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
pub(super) fn counts_states(words: &str) -> bool {
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

/// The rank that each of a number of states is to reach: that of an act of treaty law; who joins or follows need only have announced it.
pub(super) fn least_of<'a>(wordings: impl Iterator<Item = &'a str>) -> u8 {
    let acts = wordings.filter(|words| !words.to_lowercase().contains("join")).filter_map(step_of);
    acts.min().unwrap_or(Stage::Announced as u8)
}

/// The rank that the words foretell: an act of treaty law as the verb of "will", "would", "shall" or "to". `None` for anything else ("a date
/// for the signing will be named"), so that nothing is called met by a loose word.
pub(super) fn step_of(words: &str) -> Option<u8> {
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
pub(super) fn window(words: &str, known: &str) -> Option<String> {
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
pub(super) fn inner(r: &Recorded, key: &str) -> Option<String> {
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
