//! What speaks against a step: a deal of no states, a lesser standing, a subject that is nobody.

use super::super::cast::{Actor, Cast};
use super::super::lexicon;
use super::super::lexicon::Entry;
use super::place::fillers;
use crate::extract::EntityId;
use language::{Pos, Token};

/// Whether it is an agreement of the table that states accede to.
pub(super) fn is_open_to_all(agreement: &EntityId) -> bool {
    let known = crate::knowledge::knowledge();
    let id = agreement.0.strip_prefix("agreement:").unwrap_or(&agreement.0);
    known
        .agreement(id)
        .or_else(|| known.agreement_of(id))
        .is_some_and(|a| matches!(a.kind, "accession" | "organisation"))
}

/// An agreement without a name between one state and somebody who is none ("a deal with Facebook", "an agreement with Congress"), or
/// on no matter of states at all: no step of a state. What speaks for one between states: a second state at the predicate or the noun,
/// a noun that only states use ("ceasefire", "treaty"), or a matter of theirs ("trade", "peace", "nuclear").
pub(super) fn is_domestic<'a>(
    cast: &Cast<'a>,
    token: Token<'a>,
    entry: &Entry,
    agreement: &EntityId,
    named: Option<Token<'a>>,
    actors: &[Actor],
) -> bool {
    let Some(noun) = named.filter(|_| agreement.0.starts_with("name:")) else { return false };
    if cast.relief.is_some_and(|m| *agreement == super::super::relief::agreement(m, false)) {
        return false;
    }
    // "seals the deal".
    let idiom = matches!(entry.lemma, "seal" | "clinch") && noun.lemma() == "deal" && actors.len() < 2;
    let partners: Vec<Token<'a>> = [token, noun].into_iter().flat_map(|t| fillers(t, "with")).collect();
    let foreign = partners.iter().any(|t| !cast.actors(*t).is_empty() || owned_by_state(cast, *t));
    if idiom || !partners.is_empty() && !foreign {
        return true;
    }
    let lemma = noun.lemma().to_lowercase();
    let of_states = matches!(
        lemma.as_str(),
        "treaty"
            | "pact"
            | "accord"
            | "ceasefire"
            | "truce"
            | "protocol"
            | "convention"
            | "alliance"
            | "bloc"
            | "union"
            | "exemption"
            | "statute"
    );
    // "the deal", of the fishing deal that was brought up before.
    let matter = agreement.0.trim_start_matches("name:").split('-').any(lexicon::is_matter_of_states);
    let topic =
        matter || super::super::cast::topics(noun).any(|c| lexicon::is_matter_of_states(&c.text().to_lowercase()));
    // "truck drivers reached an agreement with the Brazilian government".
    let doer = token.subject().filter(|s| *s != noun && s.i < token.i);
    // "an agreement has been reached with the Peruvian government": by whom, be it a movement or a state, the words do not say.
    let by_nobody = doer.is_none() && token.is_passive();
    let by_others = by_nobody || doer.is_some_and(|d| cast.actors(d).is_empty());
    if foreign && actors.len() < 2 && !of_states && !topic && by_others {
        return true;
    }
    if actors.len() >= 2 || foreign {
        return false;
    }
    let sides = [token, noun].into_iter().flat_map(|t| fillers(t, "between")).flat_map(|t| cast.actors(t)).count();
    // "which Norway joined", where the noun stands for a body of states.
    let joined = matches!(entry.act, "join" | "leave" | "member" | "stay" | "suspend") && !is_indefinite(noun);
    sides < 2 && !of_states && !topic && !joined
}

/// "the treaty, which had been agreed": told of the agreement in passing, from before what the sentence tells; how it went on is left open.
pub(super) fn is_pluperfect(token: Token<'_>) -> bool {
    token.dep() == "relcl"
        && token.tag() == "VBN"
        && token.auxiliaries().any(|a| a.text().eq_ignore_ascii_case("had"))
        && !token.is_negated()
}

/// "agreed under a former president", "under his predecessor": in the time of somebody who is gone.
pub(super) fn is_of_former(token: Token<'_>) -> bool {
    let gone = |t: Token<'_>| {
        matches!(t.lemma().to_lowercase().as_str(), "former" | "previous" | "predecessor" | "ex" | "then" | "late")
    };
    let reading = token.reading();
    fillers(token, "under").into_iter().any(|who| reading.range(who.subtree()).any(gone))
}

fn is_indefinite(noun: Token<'_>) -> bool {
    noun.child("det").is_none_or(|d| matches!(d.lemma(), "a" | "an" | "another" | "any"))
}

/// "with the Russian government", "with Taliban leaders": a body of a state, or of a party to a war.
fn owned_by_state<'a>(cast: &Cast<'a>, token: Token<'a>) -> bool {
    token.children().any(|c| matches!(c.dep(), "poss" | "amod" | "compound" | "nmod") && cast.plain_state(c).is_some())
}

/// A party that ratifies ratifies the accession of others: "Canada was the first ally to ratify" makes no member of Canada.
pub(in crate::extract::stage) fn is_other_entry(
    cast: &Cast<'_>,
    token: Token<'_>,
    agreement: &EntityId,
    state: &EntityId,
) -> bool {
    let Some(iso3) = state.0.strip_prefix("iso3:") else { return false };
    let known = crate::knowledge::knowledge();
    let id = agreement.0.strip_prefix("agreement:").unwrap_or(&agreement.0);
    let Some(treaty) = known.agreement(id).or_else(|| known.agreement_of(id)) else { return false };
    let past = token.tag() == "VBD"
        && cast.context.reading.sentences()[token.sentence()].tokens.clone().any(|i| {
            cast.context.reading.token(i).entity_label() == Some("DATE")
                && cast.context.reading.token(i).text().parse::<u16>().is_ok_and(|y| y > 1900)
        });
    treaty.kind == "organisation"
        && !past
        && known.memberships_of(treaty.id, iso3).any(|m| {
            matches!(m.status, "original" | "member") && m.stage == "in_force" && m.from.is_none_or(|f| f <= cast.day)
        })
}

/// "neither of the two", "no state".
pub(in crate::extract::stage) fn is_nobody(subject: Token<'_>) -> bool {
    let word = |t: Token<'_>| matches!(t.text().to_lowercase().as_str(), "neither" | "none" | "no" | "nobody");
    let reading = subject.reading();
    subject.conjuncts().into_iter().any(word)
        || subject.children().any(|c| matches!(c.dep(), "det" | "preconj" | "cc") && word(c))
        || reading.get(subject.left_edge()).is_some_and(word)
}

/// "join as dialogue partners or observers", "a bid for observer status", "entry as a guest".
pub(super) fn has_lesser_standing(token: Token<'_>) -> bool {
    // "an associate member".
    if token.pos() == Pos::Noun && token.children().any(|c| c.i < token.i && lexicon::is_lesser_standing(c)) {
        return true;
    }
    let places = token.children().filter(|c| c.dep() == "prep" && c.i > token.i && c.i < token.i + 10);
    let objects = places.filter(|p| matches!(p.lemma(), "as" | "for" | "with")).filter_map(|p| p.child("pobj"));
    objects.flat_map(Token::conjuncts).any(lexicon::is_lesser_standing)
}

/// Whether the words of a particle ("on", "on_board") follow the verb.
pub(super) fn has_words(token: Token<'_>, particle: &str) -> bool {
    let mut at = token.after();
    for word in particle.split('_') {
        // "put their names to", "affixed a signature to": an article or an owner may stand before a noun.
        let noun = |t: &Token<'_>| t.pos() == Pos::Noun && t.lemma().eq_ignore_ascii_case(word);
        let owned = at.filter(|t| matches!(t.dep(), "det" | "poss")).and_then(|t| t.after()).filter(noun);
        let Some(next) = owned.or(at) else { return false };
        // "was signed on May 5", "signed on the lawn": where and when, and not what.
        let adjunct = next.child("pobj").is_some_and(|o| {
            matches!(o.entity_label(), Some("DATE" | "TIME"))
                || particle == "on" && !lexicon::is_agreement_noun(&o.lemma().to_lowercase())
        });
        if !(next.text().eq_ignore_ascii_case(word) || noun(&next)) || adjunct {
            return false;
        }
        at = next.after();
    }
    true
}
