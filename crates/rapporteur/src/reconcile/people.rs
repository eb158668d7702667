//! One person under two names in a story: "Rodney S. Berg" here and "Rodney Berg" there; "Berg", or "the Norwegian leader", where the articles
//! know one of that name or office.

use std::collections::{BTreeMap, BTreeSet};

use super::Witness;
use crate::extract::{Entity, EntityId, EntityKind, Findings, Holder, HolderKind};
use crate::knowledge::knowledge;

/// The findings of a story with each such person under one name, in the order of the articles; `None` where every name is one already.
pub(crate) fn unite(story: &[Witness<'_>]) -> Option<Vec<Findings>> {
    let people = People::of(story);
    let shorter: Vec<BTreeMap<EntityId, &Entity>> = story
        .iter()
        .map(|witness| {
            let persons = witness.findings.entities.iter().filter(|e| e.kind == EntityKind::Person);
            persons.filter_map(|e| Some((e.id.clone(), people.fuller(e, witness)?))).collect()
        })
        .collect();
    let by_name =
        |holder: &Holder, witness: &Witness<'_>| people.named(holder).or_else(|| people.in_office(holder, witness));
    let spoken = |w: &Witness<'_>| w.findings.quotations.iter().any(|q| by_name(&q.holder, w).is_some());
    if shorter.iter().all(BTreeMap::is_empty) && !story.iter().any(spoken) {
        return None;
    }
    let united = story.iter().zip(&shorter).map(|(witness, shorter)| {
        let mut findings = witness.findings.clone();
        for entity in &mut findings.entities {
            if let Some(full) = shorter.get(&entity.id) {
                (entity.id, entity.name) = (full.id.clone(), full.name.clone());
            }
        }
        for role in &mut findings.roles {
            if let Some(full) = shorter.get(&role.person) {
                role.person = full.id.clone();
            }
        }
        let renamed = |id: &mut EntityId| {
            if let Some(full) = shorter.get(id) {
                *id = full.id.clone();
            }
        };
        let arguments = findings.propositions.iter_mut().flat_map(|p| &mut p.arguments);
        arguments.flat_map(|a| a.entity.iter_mut().chain(&mut a.of)).for_each(renamed);
        findings.events.iter_mut().flat_map(|e| e.actors.iter_mut().chain(&mut e.recipients)).for_each(renamed);
        for holder in holders(&mut findings) {
            let known = holder.entity.as_ref().and_then(|id| shorter.get(id).copied());
            if let Some(person) = known.or_else(|| by_name(holder, witness)) {
                (holder.kind, holder.entity) = (HolderKind::Entity, Some(person.id.clone()));
                holder.name.clone_from(&person.name);
            }
        }
        findings
    });
    Some(united.collect())
}

/// Every voice that findings name.
fn holders(findings: &mut Findings) -> impl Iterator<Item = &mut Holder> {
    let quoted = findings.quotations.iter_mut().map(|q| &mut q.holder);
    let staged = findings.stages.iter_mut().map(|s| &mut s.holder);
    let named = findings.candidates.iter_mut().map(|c| &mut c.holder);
    let asked = findings.conditions.iter_mut().map(|c| &mut c.holder);
    let foretold = findings.predictions.iter_mut().map(|p| &mut p.holder);
    let judged = findings.assessments.iter_mut().map(|a| &mut a.holder);
    let told = findings.propositions.iter_mut().map(|p| &mut p.holder);
    quoted.chain(staged).chain(named).chain(asked).chain(foretold).chain(judged).chain(told)
}

/// The people whom the articles of a story name in full.
pub(crate) struct People<'a> {
    /// By the last word of the name; each once, as the article names him that names him first.
    by_surname: BTreeMap<&'a str, BTreeMap<&'a EntityId, &'a Entity>>,
    /// In how many articles each is named.
    articles: BTreeMap<&'a EntityId, usize>,
    /// Who holds an office now, by its title and by what it is of.
    offices: BTreeMap<(String, EntityId), BTreeSet<&'a EntityId>>,
}

impl<'a> People<'a> {
    pub(crate) fn of(story: &[Witness<'a>]) -> People<'a> {
        let mut people = People { by_surname: BTreeMap::new(), articles: BTreeMap::new(), offices: BTreeMap::new() };
        for witness in story {
            for person in witness.findings.entities.iter().filter(|e| e.kind == EntityKind::Person) {
                *people.articles.entry(&person.id).or_default() += 1;
                if let (true, Some(last)) = (words(&person.name).count() > 1, words(&person.name).last()) {
                    people.by_surname.entry(last).or_default().entry(&person.id).or_insert(person);
                }
            }
            for role in witness.findings.roles.iter().filter(|r| !r.role.starts_with("former ")) {
                if let Some(of) = &role.of {
                    people.offices.entry((role.role.to_lowercase(), of.clone())).or_default().insert(&role.person);
                }
            }
        }
        people
    }

    /// The one who by some article of the story holds the office that a voice goes by, as a voice.
    pub(crate) fn holding(&self, holder: &Holder, witness: &Witness<'_>) -> Option<Holder> {
        let person = self.in_office(holder, witness)?;
        let (entity, name) = (Some(person.id.clone()), person.name.clone());
        Some(Holder { kind: HolderKind::Entity, entity, name, span: holder.span })
    }

    /// Under whom another article has the person: by all names where here he has fewer of them, the first and the last being the same;
    /// by the only full name that ends with his where he has one alone.
    fn fuller(&self, person: &Entity, witness: &Witness<'_>) -> Option<&'a Entity> {
        if !person.id.0.starts_with("name:") {
            return None;
        }
        let own: Vec<&str> = words(&person.name).collect();
        let namesakes = self.by_surname.get(own.last()?)?;
        // Two whom one article tells apart are two.
        let beside = |other: &Entity| witness.findings.entities.iter().any(|e| e.id == other.id);
        let others = || namesakes.values().copied().filter(|o| o.id != person.id);
        if let [_] = own[..] {
            let mut all = namesakes.values().copied();
            return all.next().filter(|only| all.next().is_none() && only.id != person.id);
        }
        let rank = |id: &EntityId| (!id.0.starts_with("name:"), self.articles.get(id).copied().unwrap_or(0));
        let same = |other: &&Entity| {
            let theirs: Vec<&str> = words(&other.name).collect();
            let (short, long) = if own.len() < theirs.len() { (&own, &theirs) } else { (&theirs, &own) };
            short.first() == long.first() && short.len() < long.len() && short.iter().all(|w| long.contains(w))
        };
        // Of two that are named as often the shorter name stays.
        let order = |p: &Entity| (rank(&p.id), std::cmp::Reverse((p.name.chars().count(), p.id.clone())));
        let better = |other: &&Entity| order(other) > order(person);
        let mut fuller = others().filter(same).filter(|o| !beside(o)).filter(better);
        fuller.next().filter(|_| fuller.next().is_none())
    }

    /// The person whose full name, or whose surname that nobody shares, a voice without a link goes by.
    fn named(&self, holder: &Holder) -> Option<&'a Entity> {
        let linked = holder.entity.is_some() || !matches!(holder.kind, HolderKind::Role | HolderKind::Entity);
        let last = words(&holder.name).last().filter(|w| !linked && w.starts_with(char::is_uppercase))?;
        let namesakes = self.by_surname.get(last)?;
        let full = namesakes.values().copied().find(|p| p.name == holder.name);
        let alone = || namesakes.values().copied().next().filter(|_| namesakes.len() == 1 && holder.name == last);
        full.or_else(alone)
    }

    /// The one who by some article of the story holds the office that a voice goes by: "the Norwegian leader". The words must say of what.
    fn in_office(&self, holder: &Holder, witness: &Witness<'_>) -> Option<&'a Entity> {
        let span = holder.span.filter(|_| holder.entity.is_none() && holder.kind == HolderKind::Role)?;
        let name = holder.name.to_lowercase();
        let bare = name.strip_prefix("the ").unwrap_or(&name);
        let state = knowledge().states.iter().find_map(|s| {
            let of = s.adjectives.iter().chain(&s.aliases).chain([&s.name]);
            let rest =
                of.filter_map(|a| bare.strip_prefix(&a.to_lowercase())).find(|rest| rest.starts_with([' ', '\'']))?;
            Some((s, rest.trim_start_matches("'s").trim_start()))
        });
        let (state, title) = state?;
        // "a Norwegian leader" is some leader.
        let indefinite = |words: &str| words.starts_with("a ") || words.starts_with("an ");
        let any = indefinite(&span.of(&witness.article.text).to_lowercase()) || indefinite(&name);
        let holders = self.offices.get(&(title.to_owned(), EntityId::state(state.iso3))).filter(|_| !any)?;
        let only = holders.first().filter(|_| holders.len() == 1)?;
        self.by_surname.values().find_map(|namesakes| namesakes.get(only).copied())
    }
}

/// The words of a name, without what stands after a family's.
fn words(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    name.split_whitespace().map(|w| w.trim_end_matches(',')).filter(|w| !matches!(*w, "Jr." | "Jr" | "Sr." | "Sr"))
}

#[cfg(test)]
mod tests {
    use crate::reconcile::as_one_story;
    use crate::testing::{MODEL, article};

    /// The names of all speakers of a story.
    fn speakers(texts: &[&str]) -> Vec<String> {
        let read = texts.iter().map(|text| {
            let given = article(text);
            let findings = crate::extract::extract(&MODEL, &given);
            (given, findings)
        });
        let story = as_one_story(&read.collect::<Vec<_>>());
        let variants = story.quotations.iter().flat_map(|q| &q.variants).map(|v| v.holder.name.clone());
        let mut names: Vec<String> = variants.collect();
        names.sort();
        names.dedup();
        names
    }

    #[test]
    fn a_middle_name_makes_no_second_person() {
        let one = [
            "“The river will be clean again next year,” said Rodney S. Bergman, the warden of the valley.",
            "“The bridge was closed by the flood,” said Rodney Bergman, the warden of the valley.",
        ];
        assert_eq!(speakers(&one).len(), 1, "{:?}", speakers(&one));
        let two = [
            "“The river will be clean again next year,” said Rodney Bergman, the warden of the valley.",
            "“The bridge was closed by the flood,” said Anna Bergman, the mayor of the valley.",
        ];
        assert_eq!(speakers(&two).len(), 2, "{:?}", speakers(&two));
    }

    #[test]
    fn who_holds_the_office_is_the_man_whom_another_article_names() {
        let one = [
            "French President Emmanuel Macron visited the valley. “The river will be clean again,” Macron said.",
            "“The bridge was closed by the flood,” the French president said.",
        ];
        assert_eq!(speakers(&one), ["Emmanuel Macron"]);
        let another = [
            "French President Emmanuel Macron visited the valley. “The river will be clean again,” Macron said.",
            "“The bridge was closed by the flood,” the Peruvian president said.",
        ];
        assert_eq!(speakers(&another).len(), 2);
    }
}
