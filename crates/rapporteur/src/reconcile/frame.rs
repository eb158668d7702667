//! What a story is about: the agreement and the state whose step it is.

use std::collections::{BTreeMap, BTreeSet};

use super::stage::StageAccount;
use super::{AgreementName, Witness};
use crate::extract::{EntityId, EntityKind, Realis, Stage, StageMention};
use crate::knowledge::{Agreement, instrument, knowledge};
use crate::provenance::Passage;

/// Agreement and participant of a story, with the names of all entities in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frame {
    pub(crate) agreement: Option<EntityId>,
    pub(crate) participant: Option<EntityId>,
    /// Where no step is what the story is about: the sentences with which its articles open on one event.
    pub(crate) event: Vec<Passage>,
    names: BTreeMap<EntityId, String>,
}

impl Frame {
    /// The usual name of an entity; the identifier's own words where no article names it.
    pub(crate) fn name(&self, id: &EntityId) -> String {
        match self.names.get(id) {
            Some(name) => name.clone(),
            None => id.0.split_once(':').map_or(id.0.as_str(), |(_, rest)| rest).replace('-', " "),
        }
    }

    /// The agreement as the brief names it.
    pub(crate) fn agreement_name(&self) -> Option<AgreementName> {
        let entity = self.agreement.clone()?;
        let name = self.name(&entity);
        let instrument = known(&entity).map_or_else(|| instrument(&entity.0, &name), |a| a.instrument).to_owned();
        Some(AgreementName { name, entity, instrument })
    }

    /// "Kazakhstan and the Abraham Accords", with all whose step is the same; the headline of the first article that has one where no
    /// agreement with a name was found.
    pub(crate) fn title(&self, story: &[Witness<'_>], stages: &[StageAccount]) -> String {
        match (&self.participant, &self.agreement) {
            (Some(participant), Some(agreement)) if !agreement.0.starts_with("name:") => {
                let main = stages.iter().find(|s| s.participant == *participant && s.agreement == *agreement);
                let same =
                    |s: &&StageAccount| main.is_some_and(|m| m.is_one_step_with(s)) && s.participant != *participant;
                let mut names = vec![self.name(participant)];
                names.extend(stages.iter().filter(same).map(|s| self.name(&s.participant)));
                names.sort();
                let agreement = with_article(&self.name(agreement));
                match names.as_slice() {
                    [one] => format!("{one} and {agreement}"),
                    [two @ .., last] if names.len() <= TITLED => format!("{} and {last}: {agreement}", two.join(", ")),
                    _ => format!("{} states and {agreement}", names.len()),
                }
            }
            _ => first_headline(story),
        }
    }
}

/// What the table has of an agreement, or of the body that states join by it.
pub(crate) fn known(agreement: &EntityId) -> Option<&'static Agreement> {
    match agreement.0.split_once(':') {
        Some(("org", body)) => knowledge().agreement_of(body),
        Some((_, id)) => knowledge().agreement(id),
        None => None,
    }
}

/// Whether an agreement only stops the shooting: it takes effect by word of its sides, signed or not.
pub(crate) fn is_truce(agreement: &EntityId) -> bool {
    match known(agreement) {
        Some(known) => known.kind == "ceasefire",
        None => agreement.0.split([':', '-']).any(|w| matches!(w, "ceasefire" | "truce" | "armistice")),
    }
}

/// "the Abraham Accords", but "NATO": names of several words take the article, initials do not.
pub(crate) fn with_article(name: &str) -> String {
    let bare = name.starts_with("the ") || name.starts_with("The ") || !name.contains(' ');
    if bare { name.to_owned() } else { format!("the {name}") }
}

/// How many states a title lists.
const TITLED: usize = 5;
/// Bytes in which an article has said what it is about.
const LEAD: usize = 2000;

/// Finds the frame: the pair of participant and agreement that wordings assert in the most articles, then in the most wordings; an
/// asserted step counts before one that is merely mooted. Without any, the agreement that most articles name.
pub(crate) fn of(story: &[Witness<'_>]) -> Frame {
    // Articles that assert the step, articles that word it, wordings, and those of them that lead their article.
    type Counts<'a> = (BTreeSet<&'a str>, BTreeSet<&'a str>, usize, usize);
    let mut pairs: BTreeMap<(&EntityId, &EntityId), Counts<'_>> = BTreeMap::new();
    let mut named: BTreeMap<&EntityId, (usize, usize)> = BTreeMap::new();
    let mut names: BTreeMap<EntityId, String> = BTreeMap::new();
    for witness in story {
        for mention in &witness.findings.stages {
            let count = pairs.entry((&mention.participant, &mention.agreement)).or_default();
            if is_standing(mention, witness) || is_plan_aside(mention, witness) {
                continue;
            }
            if super::stage::is_binding(mention) {
                count.0.insert(&witness.article.id.0);
            }
            // "Neither has ever been a party" makes nobody the subject, nor does what stands deep in a long article.
            if mention.lo > 0 && mention.wording.start < LEAD.max(witness.article.text.len() / 4) {
                count.1.insert(&witness.article.id.0);
            }
            count.2 += 1;
            count.3 += usize::from(3 * mention.wording.start < witness.article.text.len());
        }
        for entity in &witness.findings.entities {
            if entity.kind == EntityKind::Agreement {
                let count = named.entry(&entity.id).or_default();
                *count = (count.0 + 1, count.1 + entity.mentions.len());
            }
            let known = names.entry(entity.id.clone()).or_insert_with(|| entity.name.clone());
            if (known.chars().count(), &entity.name) < (entity.name.chars().count(), &*known) {
                known.clone_from(&entity.name);
            }
        }
    }
    // A treaty that one article mentions in passing is not the subject while most articles name another.
    let most_named = named.values().map(|count| count.0).max().unwrap_or(0);
    let articles_naming =
        |id: &EntityId| story.iter().filter(|w| w.findings.entities.iter().any(|e| e.id == *id)).count();
    let best = pairs
        .iter()
        // What one article of many tells is not what they are about.
        .filter(|(_, count)| !count.1.is_empty() && 3 * count.1.len() > story.len())
        // Nor what stands once far down, as when a visit is announced and the host "is a signatory".
        .filter(|(_, count)| count.2 > 1 || count.3 > 0)
        // Nor, of an article alone, what it asserts nowhere and words but once: "a march against the pending exit".
        .filter(|(_, count)| story.len() > 1 || !count.0.is_empty() || count.2 > 1)
        .filter(|((_, agreement), _)| 2 * articles_naming(agreement) >= most_named)
        .max_by_key(|(ids, count)| (count.0.len(), count.1.len(), count.2, std::cmp::Reverse(*ids)))
        .map(|((participant, agreement), _)| ((*participant).clone(), (*agreement).clone()));
    let (participant, agreement) = match best {
        Some((participant, agreement)) => (Some(participant), Some(agreement)),
        // Named in passing by one article of many, an agreement is not what they are about.
        None => {
            let most = named.iter().max_by_key(|(id, count)| (**count, std::cmp::Reverse(**id)));
            (None, most.filter(|(_, count)| 2 * count.0 > story.len()).map(|(id, _)| (*id).clone()))
        }
    };
    Frame { agreement, participant, event: Vec::new(), names }
}

/// "the United Kingdom, a member of the European Union": that somebody is in as the table has it is no news, unless it has just come in.
fn is_standing(mention: &StageMention, witness: &Witness<'_>) -> bool {
    let told = mention.wording.of(&witness.article.text).to_lowercase();
    let new = ["becom", "became", "new", "latest", "join", "since"].iter().any(|w| told.contains(w));
    let inside = || {
        let state = mention.participant.0.rsplit(':').next().unwrap_or("");
        let mut of = known(&mention.agreement).into_iter().flat_map(|a| knowledge().memberships_of(a.id, state));
        of.any(|m| matches!(m.status, "original" | "member"))
    };
    mention.lo == Stage::InForce as u8
        && mention.side.is_none()
        && mention.rule.contains("(member)")
        && !new
        && inside()
}

/// "plans on leaving the union", said by the winner of an election far below the headline: an end that somebody has in mind is no
/// subject unless the article opens with it.
fn is_plan_aside(mention: &StageMention, witness: &Witness<'_>) -> bool {
    const SENTENCES: usize = 3;
    let sentences = &witness.findings.sentences;
    let opening = sentences.get(SENTENCES).map_or(usize::MAX, |s| s.span.start);
    mention.side.is_some() && mention.realis != Realis::Actual && mention.wording.start >= opening
}

fn first_headline(story: &[Witness<'_>]) -> String {
    let mut by_path: Vec<&Witness<'_>> = story.iter().collect();
    by_path.sort_by(|a, b| (&a.article.path, &a.article.id).cmp(&(&b.article.path, &b.article.id)));
    let headline = |w: &&Witness<'_>| {
        let printed = w.article.headline.map(|h| h.of(&w.article.text).trim().to_owned());
        printed.filter(|h| !h.is_empty()).or_else(|| w.article.title.clone())
    };
    by_path.iter().find_map(headline).unwrap_or_else(|| "untitled".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::{extract, reconcile, testing};

    #[test]
    fn a_step_worded_once_in_passing_is_not_what_an_article_alone_is_about() {
        let participant = |text: &str| {
            let article = testing::article(text);
            let findings = extract::extract(&testing::MODEL, &article);
            let witness = reconcile::Witness { article: &article, findings: &findings };
            let frame = super::of(&[witness]);
            frame.participant.as_ref().map(|p| frame.name(p))
        };
        let rest = "Trains to the city were full from early morning. Shops closed at noon.\n";
        let march = "A crowd fills the squares of Leeds\n\nA large crowd marched in Leeds on Saturday, protesting the pending exit of the United Kingdom from the European Union. ";
        assert!(participant(&format!("{march}{rest}")).is_none());
        let step = "A crowd fills the squares of Leeds\n\nThe United Kingdom left the European Union on Friday, and a large crowd marched in Leeds. ";
        assert_eq!(participant(&format!("{step}{rest}")).as_deref(), Some("United Kingdom"));
    }
}
