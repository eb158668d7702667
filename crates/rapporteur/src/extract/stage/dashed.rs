//! Talks and plans that came to nothing: "The minister has been in talks. But Chile's president dashed those plans".

use language::Token;

use super::super::factuality;
use super::super::{Factuality, Realis, Side, Stage, StageMention};
use super::cast::Cast;
use super::outlook::by;

/// How many sentences back the plans may stand.
const BACK: usize = 3;

/// A refusal of each state that is told to have put an end to the plans that were told of it just before. Only what points back ("those
/// hopes", "such talk") does: plans of its own are others.
pub(super) fn find(cast: &Cast<'_>, told: &[StageMention]) -> Vec<StageMention> {
    let reading = cast.context.reading;
    let mut found = Vec::new();
    for verb in reading.tokens().filter(|t| ends(*t)) {
        let Some(object) = verb.object().filter(|o| points_back(*o)) else { continue };
        let judgement = factuality::judge(verb, cast.context);
        if judgement.factuality != Factuality::CertainYes || judgement.realis != Realis::Actual {
            continue;
        }
        let Some(subject) = verb.subject() else { continue };
        for actor in cast.actors(subject) {
            let sentence = |m: &StageMention| reading.token_at(m.wording.start).map(Token::sentence);
            let near = |m: &&StageMention| {
                m.participant == actor.id
                    && (1..=3).contains(&m.lo)
                    && m.hi <= Stage::Conditional as u8
                    && sentence(m).is_some_and(|s| s <= verb.sentence() && verb.sentence() - s <= BACK)
                    && m.wording.start < verb.span().start
            };
            let Some(plan) = told.iter().rev().find(near) else { continue };
            found.push(StageMention {
                participant: actor.id.clone(),
                agreement: plan.agreement.clone(),
                lo: 1,
                hi: plan.hi,
                stage: Stage::Mooted,
                side: Some(Side::Declined),
                by: by(cast, &judgement.holder, &actor.id, &plan.agreement),
                holder: judgement.holder.clone(),
                realis: judgement.realis,
                factuality: judgement.factuality,
                wording: reading.span(subject.left_edge()..object.i + 1),
                rule: format!("plans ended: {}", verb.lemma()),
            });
        }
    }
    found
}

/// Verbs by which hopes and plans come to nothing.
fn ends(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "dash" | "scuttle" | "scotch" | "torpedo" | "rebuff" | "spurn" | "quash" | "reject" | "refuse"
    ) && matches!(verb.tag(), "VBD" | "VBN" | "VBZ" | "VBP")
        && !verb.is_passive()
}

/// "those plans", "such hopes".
fn points_back(noun: Token<'_>) -> bool {
    let plan = matches!(
        noun.lemma(),
        "plan" | "hope" | "idea" | "talk" | "negotiation" | "effort" | "prospect" | "overture" | "offer" | "proposal"
    );
    plan && noun.children().any(|c| {
        matches!(c.dep(), "det" | "amod")
            && matches!(c.text().to_lowercase().as_str(), "those" | "these" | "that" | "this" | "such")
    })
}
