//! Steps that an article says will be taken: what a later article can tell to have come about.

use language::Span;

use super::super::ForetoldStep;
use super::cast::Cast;
use super::lexicon;
use super::predicate::Step;

/// The steps to come with the word that names each, in text order. Only acts that leave a mark on the ladder count: nobody can say of "will
/// negotiate" or "will agree" that it was this time.
pub(super) fn find(cast: &Cast<'_>, steps: &[Step]) -> Vec<(Span, ForetoldStep)> {
    let reading = cast.context.reading;
    let named = steps.iter().filter(|s| matches!(s.outlook.told, Some("will" | "expected"))).filter_map(|s| {
        let (rank, side) = done(s.act)?;
        let (participant, agreement) = (Some(s.participant.clone()), s.agreement.clone());
        Some((reading.token(s.at).span(), ForetoldStep { participant, agreement, rank, side }))
    });
    let mut found: Vec<(Span, ForetoldStep)> = named.collect();
    // "four to six more nations to sign on": how many is the prediction's quantity.
    for token in reading.tokens() {
        let Some(subject) = token.subject().filter(|s| s.i < token.i && lexicon::is_state_noun(s.lemma())) else {
            continue;
        };
        let counted = subject.children().any(|c| c.dep() == "nummod") && cast.actors(subject).is_empty();
        let step = lexicon::entries(token).iter().find_map(|e| done(e.act));
        if let Some((rank, side)) = step.filter(|_| counted)
            && let Some(agreement) = cast.main.cloned()
        {
            found.push((token.span(), ForetoldStep { participant: None, agreement, rank, side }));
        }
    }
    found.sort_by_key(|f| f.0.start);
    found
}

/// The rank, and the side state, at which nobody can doubt that an act has been done: "joined" may still mean that it was announced, so
/// it takes consent to be bound.
fn done(act: &str) -> Option<(u8, Option<super::super::Side>)> {
    let (lo, _, side) = lexicon::interval(act, "did")?;
    match act {
        "join" => Some((6, None)),
        "sign" | "ratify" | "member" | "leave" | "suspend" | "terminate" => Some((lo, super::predicate::side_of(side))),
        _ => None,
    }
}
