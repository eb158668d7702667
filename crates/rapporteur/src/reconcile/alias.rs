//! Instruments without a name that a story calls by two nouns: "a peace treaty" here, "the peace agreement" there. They are one where both are on the
//! same matter and the same participant stands on the ladder of both; the identifier that more wordings use stands for both.

use std::collections::{BTreeMap, BTreeSet};

use super::Witness;
use crate::extract::{EntityId, Findings, Realis, Stage, StageMention};

/// The findings of a story with each such instrument under one identifier, in the order of the articles; `None` where there is nothing to unite.
pub(crate) fn unite(story: &[Witness<'_>]) -> Option<Vec<Findings>> {
    let names = aliases(story);
    if names.is_empty() {
        return None;
    }
    let renamed = |id: &mut EntityId| {
        if let Some(name) = names.get(id) {
            *id = name.clone();
        }
    };
    let united = |witness: &Witness<'_>| {
        let mut findings = witness.findings.clone();
        findings.stages.iter_mut().for_each(|s| renamed(&mut s.agreement));
        findings.members.iter_mut().for_each(|m| renamed(&mut m.agreement));
        findings.candidates.iter_mut().for_each(|c| renamed(&mut c.agreement));
        findings.conditions.iter_mut().for_each(|c| renamed(&mut c.applies_to));
        findings.predictions.iter_mut().flat_map(|p| &mut p.steps).for_each(|s| renamed(&mut s.agreement));
        findings
    };
    Some(story.iter().map(united).collect())
}

/// The identifier that goes, and the one that stays.
fn aliases(story: &[Witness<'_>]) -> BTreeMap<EntityId, EntityId> {
    type Used<'a> = BTreeMap<&'a EntityId, (usize, BTreeSet<&'a EntityId>)>;
    let mut by_matter: BTreeMap<&str, Used<'_>> = BTreeMap::new();
    for stage in story.iter().flat_map(|w| &w.findings.stages) {
        let Some(matter) = matter(&stage.agreement) else { continue };
        let used = by_matter.entry(matter).or_default().entry(&stage.agreement).or_default();
        used.0 += 1;
        used.1.insert(&stage.participant);
    }
    let mut names = BTreeMap::new();
    if let Some((peace, ceasefire)) = one_truce(story) {
        names.insert(peace, ceasefire);
    }
    for used in by_matter.into_values().filter(|used| used.len() > 1) {
        let kept = used.iter().max_by(|a, b| a.1.0.cmp(&b.1.0).then(b.0.cmp(a.0)));
        let Some((kept, (_, states))) = kept else { continue };
        for (other, (_, own)) in &used {
            if other != kept && !states.is_disjoint(own) {
                names.insert((*other).clone(), (*kept).clone());
            }
        }
    }
    names
}

/// "have signed a peace agreement and the ceasefire holds": the peace of two sides that have a ceasefire is that ceasefire, where nobody tells
/// the peace as something that they still talk about.
fn one_truce(story: &[Witness<'_>]) -> Option<(EntityId, EntityId)> {
    const CEASEFIRE: &str = "name:ceasefire";
    const PEACE: [&str; 2] = ["name:peace-agreement", "name:peace-treaty"];
    let stages = || story.iter().flat_map(|w| &w.findings.stages);
    let sides =
        |name: &str| stages().filter(|s| s.agreement.0 == name).map(|s| &s.participant).collect::<BTreeSet<_>>();
    let peace = PEACE.into_iter().find(|p| !sides(p).is_empty())?;
    let reached = |s: &StageMention| s.lo >= Stage::Announced as u8 && s.realis == Realis::Actual;
    let done = stages().filter(|s| s.agreement.0 == peace).all(reached);
    let one = sides(peace).len() > 1 && sides(peace) == sides(CEASEFIRE);
    (done && one).then(|| (EntityId(peace.to_owned()), EntityId(CEASEFIRE.to_owned())))
}

/// `peace` of `name:peace-treaty` and `name:peace-agreement`; `None` of an instrument with a name, of another noun, and of one that does not say
/// what it is about.
fn matter(agreement: &EntityId) -> Option<&str> {
    let slug = agreement.0.strip_prefix("name:")?;
    slug.strip_suffix("-treaty").or_else(|| slug.strip_suffix("-agreement"))
}

#[cfg(test)]
mod tests {
    use super::matter;
    use crate::extract::EntityId;
    use crate::reconcile::as_one_story;
    use crate::testing::{MODEL, article};

    fn agreements(texts: [&str; 2]) -> Vec<String> {
        let read = texts.map(|text| {
            let given = article(text);
            let findings = crate::extract::extract(&MODEL, &given);
            (given, findings)
        });
        let mut found: Vec<String> = as_one_story(&read).stages.into_iter().map(|s| s.agreement.0).collect();
        found.sort();
        found.dedup();
        found
    }

    #[test]
    fn a_treaty_and_an_agreement_on_one_matter_are_one() {
        let one = ["Peru and Chile initialled a peace agreement.", "Peru and Chile have signed a peace treaty."];
        assert_eq!(agreements(one).len(), 1);
        // Of other states, on another matter.
        let states = ["Peru and Chile initialled a peace agreement.", "Kenya and Norway have signed a peace treaty."];
        assert_eq!(agreements(states).len(), 2);
        let matters = ["Peru and Chile initialled a trade agreement.", "Peru and Chile have signed a peace treaty."];
        assert_eq!(agreements(matters).len(), 2);
    }

    #[test]
    fn the_peace_of_two_sides_with_a_ceasefire_is_that_ceasefire() {
        let one = ["Peru and Chile agreed to a ceasefire.", "Peru and Chile have signed a peace agreement."];
        assert_eq!(agreements(one).len(), 1);
        // Still talked about; of others.
        let talks = ["Peru and Chile agreed to a ceasefire.", "Peru and Chile are negotiating a peace agreement."];
        assert_eq!(agreements(talks).len(), 2);
        let others = ["Peru and Chile agreed to a ceasefire.", "Kenya and Norway have signed a peace agreement."];
        assert_eq!(agreements(others).len(), 2);
    }

    #[test]
    fn only_names_with_a_matter_are_compared() {
        let of = |id: &str| matter(&EntityId(id.to_owned())).map(str::to_owned);
        assert_eq!(of("name:peace-treaty").as_deref(), Some("peace"));
        assert_eq!(of("name:treaty"), None);
        assert_eq!(of("agreement:peace-treaty"), None);
    }
}
