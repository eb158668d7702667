//! What has become of a prediction by the latest dated article of its story. There is no other clock: the days of publication are the only
//! "now", and an article without one settles nothing.
//!
//! Only steps on a ladder can be settled. *Met*: an article of a later day asserts that the named participant has taken the step, and none of
//! the day of the prediction or before, or without a day, does. *Partly met*: of counted states fewer than foretold have taken it.
//! *Missed*: after the last day of the window an article says that the step has not been taken. *Overtaken*: a later article says that it was put off,
//! declined or suspended. *Void*: a later article says that the agreement, or the participant's part in it, has come to an end. In all
//! other cases, and where later articles do not agree, it is open: silence proves nothing.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::PredictionState;
use crate::extract::{EntityId, Factuality, ForetoldStep, Prediction, Realis, Side, StageMention};
use crate::provenance::Passage;
use crate::reconcile::Witness;
use crate::reconcile::stage::is_binding;

/// The state of a prediction in all its wordings, with the words that settle it; the day of the earliest wording counts.
pub(super) fn of(said: &[(&Witness<'_>, &Prediction)], story: &[Witness<'_>]) -> (PredictionState, Vec<Passage>) {
    let open = (PredictionState::Open, Vec::new());
    let days: Vec<Option<Date>> = said.iter().map(|(w, _)| day(w)).collect();
    let Some(made) = days.into_iter().collect::<Option<Vec<Date>>>().and_then(|d| d.into_iter().min()) else {
        return open;
    };
    let [step] = steps(said).into_iter().collect::<Vec<_>>()[..] else { return open };
    let due = said.iter().find_map(|(_, p)| p.horizon.as_ref()?.to.as_deref()?.get(..10)?.parse::<Date>().ok());
    let later = |w: &&Witness<'_>| day(w).is_some_and(|d| d > made);
    let about = |w: &Witness<'_>, wanted: &dyn Fn(&StageMention) -> bool| -> Vec<(EntityId, Passage)> {
        let own = |m: &&StageMention| {
            m.agreement == step.agreement && step.participant.as_ref().is_none_or(|p| *p == m.participant) && wanted(m)
        };
        w.findings.stages.iter().filter(own).map(|m| (m.participant.clone(), w.passage(m.wording))).collect()
    };
    let taken = |m: &StageMention| is_taken(m, step);
    let before: BTreeSet<EntityId> =
        story.iter().filter(|w| !later(w)).flat_map(|w| about(w, &taken)).map(|(who, _)| who).collect();
    let known = |who: &EntityId| {
        let member =
            |w: &Witness<'_>| w.findings.members.iter().any(|m| m.participant == *who && m.agreement == step.agreement);
        before.contains(who) || step.participant.is_none() && story.iter().filter(|w| !later(w)).any(member)
    };
    let mut met: Vec<(EntityId, Passage)> = story.iter().filter(later).flat_map(|w| about(w, &taken)).collect();
    met.retain(|(who, _)| !known(who));
    let says = |wanted: &dyn Fn(&StageMention) -> bool, from: Option<Date>| -> Vec<Passage> {
        let in_time = |w: &&Witness<'_>| day(w).is_some_and(|d| from.is_none_or(|f| d > f));
        let told = story.iter().filter(later).filter(in_time).flat_map(|w| about(w, wanted));
        told.map(|(_, words)| words).collect()
    };
    let not_taken = |m: &StageMention| {
        m.side.is_none()
            && m.lo == 0
            && m.hi < step.rank
            && m.factuality == Factuality::CertainNo
            && step.side.is_none()
    };
    let put_off =
        |m: &StageMention| is_fact(m) && matches!(m.side, Some(Side::Postponed | Side::Declined | Side::Suspended));
    let ended = |m: &StageMention| is_fact(m) && matches!(m.side, Some(Side::Terminated | Side::Withdrawn));
    let who: BTreeSet<&EntityId> = met.iter().map(|(who, _)| who).collect();
    let words = |met: &[(EntityId, Passage)]| met.iter().map(|(_, words)| words.clone()).collect::<Vec<_>>();
    match step.participant {
        // Counted states: the number is the prediction's.
        None => {
            let wanted = said.iter().find_map(|(_, p)| p.quantity).map(|[least, _]| least);
            match wanted {
                Some(least) if !who.is_empty() && who.len() as f64 >= least => (PredictionState::Met, words(&met)),
                Some(_) if !who.is_empty() => (PredictionState::PartlyMet, words(&met)),
                _ => open,
            }
        }
        Some(_) => {
            let denied = says(&not_taken, None);
            if !met.is_empty() {
                return if denied.is_empty() { (PredictionState::Met, words(&met)) } else { open };
            }
            if !before.is_empty() {
                return open;
            }
            let (stopped, gone) = (says(&put_off, None), says(&ended, None));
            let late = due.map_or_else(Vec::new, |due| says(&not_taken, Some(due)));
            match () {
                () if step.side.is_none() && !gone.is_empty() => (PredictionState::Void, gone),
                () if step.side.is_none() && !stopped.is_empty() => (PredictionState::Overtaken, stopped),
                () if !late.is_empty() => (PredictionState::Missed, late),
                () => open,
            }
        }
    }
}

/// What the wordings foretell, each once.
fn steps<'a>(said: &[(&Witness<'_>, &'a Prediction)]) -> Vec<&'a ForetoldStep> {
    let mut found: Vec<&ForetoldStep> = Vec::new();
    for step in said.iter().flat_map(|(_, p)| &p.steps) {
        if !found.contains(&step) {
            found.push(step);
        }
    }
    found
}

/// Whether a wording asserts that the step has been taken.
fn is_taken(mention: &StageMention, step: &ForetoldStep) -> bool {
    let far = match step.side {
        Some(side) => mention.side == Some(side),
        None => mention.side.is_none() && mention.lo >= step.rank,
    };
    far && is_fact(mention) && is_binding(mention)
}

fn is_fact(mention: &StageMention) -> bool {
    mention.realis == Realis::Actual && mention.factuality == Factuality::CertainYes
}

/// The day of publication; `None` of an article without one, or with a month or a year only.
fn day(witness: &Witness<'_>) -> Option<Date> {
    let published = witness.article.published.as_ref()?;
    matches!(published.precision.as_str(), "day" | "time").then(|| published.date.get(..10)?.parse().ok())?
}

#[cfg(test)]
mod tests {
    use crate::ingest::Published;
    use crate::reconcile::as_one_story;
    use crate::testing::{MODEL, article};

    /// The states of the predictions that can be checked, of articles with their days of publication; an empty day is none.
    fn states(texts: &[(&str, &str)]) -> Vec<String> {
        let read: Vec<_> = texts
            .iter()
            .map(|(day, text)| {
                let mut given = article(text);
                given.published = (!day.is_empty()).then(|| Published {
                    date: (*day).to_owned(),
                    precision: "day".to_owned(),
                    from: "option".to_owned(),
                    span: None,
                });
                let findings = crate::extract::extract(&MODEL, &given);
                (given, findings)
            })
            .collect();
        let story = as_one_story(&read);
        let word = |p: &super::super::PredictionAccount| serde_json::json!(p.state).as_str().unwrap_or("").to_owned();
        story.predictions.iter().filter(|p| p.checkable).map(word).collect()
    }

    fn check(texts: &[(&str, &str)], wanted: &str) {
        assert_eq!(states(texts), [wanted], "{texts:#?}");
    }

    const SIGN: (&str, &str) = ("2025-03-03", "Norway will sign the Artemis Accords on March 6, the minister said.");

    #[test]
    fn a_later_article_that_tells_it_as_done_meets_it() {
        check(&[SIGN, ("2025-03-07", "Norway has signed the Artemis Accords.")], "met");
        // Not before, not of another state, not without a day, not by a plan, not where others deny it.
        check(&[SIGN, ("2025-03-02", "Norway has signed the Artemis Accords.")], "open");
        check(&[SIGN, ("2025-03-07", "Peru has signed the Artemis Accords.")], "open");
        check(&[SIGN, ("", "Norway has signed the Artemis Accords.")], "open");
        check(&[SIGN, ("2025-03-07", "Norway has joined the Artemis Accords.")], "open");
        check(
            &[
                SIGN,
                ("2025-03-07", "Norway has signed the Artemis Accords."),
                ("2025-03-08", "Norway has not signed the Artemis Accords."),
            ],
            "open",
        );
        check(
            &[
                SIGN,
                ("2025-03-01", "Norway signed the Artemis Accords in 2021."),
                ("2025-03-07", "Norway has signed the Artemis Accords."),
            ],
            "open",
        );
    }

    #[test]
    fn a_day_that_has_passed_misses_only_what_is_denied() {
        check(&[SIGN, ("2025-03-08", "Norway has not signed the Artemis Accords.")], "missed");
        check(&[SIGN, ("2025-03-05", "Norway has not signed the Artemis Accords.")], "open");
        check(&[SIGN, ("2025-03-08", "The Artemis Accords date from 2020.")], "open");
    }

    #[test]
    fn what_is_called_off_is_overtaken() {
        check(&[SIGN, ("2025-03-05", "Norway has declined to sign the Artemis Accords.")], "overtaken");
        check(&[SIGN, ("2025-03-05", "Norway may decline to sign the Artemis Accords.")], "open");
    }

    #[test]
    fn of_counted_states_some_may_have_come() {
        let four = (
            "2025-03-03",
            "The Artemis Accords grow. Three more states will join the Artemis Accords by May, the minister said.",
        );
        let ratified = |state: &'static str| ("2025-04-04", state);
        let peru = ratified("Peru has ratified the Artemis Accords.");
        check(&[four, peru], "partly_met");
        check(&[four, ratified("Peru, Chile and Kenya have ratified the Artemis Accords.")], "met");
        check(&[four, ratified("The ministers spoke of the Artemis Accords.")], "open");
    }
}
