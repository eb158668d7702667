//! What the program knows of the world: the tables of `data/`, read once.
//!
//! The tables are part of the binary. Each line of them says where it comes from; nothing here is older or newer than the
//! files. A line that cannot be read is left out, and a test names it by file and line.

mod agreement;
pub(crate) mod calendar;
mod date;
mod instrument;
mod person;
mod state;
mod table;
mod word;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

pub use agreement::{Agreement, Membership, MembershipStatus, Organisation, Publisher};
pub use date::Day;
pub use instrument::instrument;
pub(crate) use instrument::{Consent, consent as instrument_consent, of_noun as instrument_of_noun};
pub(crate) use person::has_family_name_first;
pub use person::{Gender, Person, RoleName, Tenure};
pub use state::{Place, Region, State, StateGroup};
pub use word::WordClass;

/// All tables, with the ways into them.
#[derive(Debug)]
pub struct Knowledge {
    /// In the order of their ISO codes.
    pub states: Vec<State>,
    /// Cities, territories, seas, buildings.
    pub places: Vec<Place>,
    /// "Central Asia": regions and the states in them.
    pub regions: Vec<Region>,
    /// "Muslim-majority", "NATO ally": classes of states.
    pub groups: Vec<StateGroup>,
    /// People of public life.
    pub persons: Vec<Person>,
    /// Who held which office when, in the order of the table.
    pub tenures: Vec<Tenure>,
    /// Titles.
    pub roles: Vec<RoleName>,
    /// International bodies.
    pub organisations: Vec<Organisation>,
    /// Agreements, and bodies that states join.
    pub agreements: Vec<Agreement>,
    /// How states belong to agreements.
    pub memberships: Vec<Membership>,
    /// Outlets and agencies.
    pub outlets: Vec<Publisher>,
    words: BTreeMap<WordClass, BTreeSet<&'static str>>,
    first_names: BTreeSet<&'static str>,
    state_at: BTreeMap<&'static str, usize>,
    person_at: BTreeMap<&'static str, usize>,
    agreement_at: BTreeMap<&'static str, usize>,
    tenures_of: BTreeMap<&'static str, Vec<usize>>,
    /// Titles in small letters, with the lines of the table of roles that bear them.
    role_at: BTreeMap<String, Vec<usize>>,
    organisation_at: BTreeMap<&'static str, usize>,
    /// Of bodies that states join, by identifier, the agreement.
    agreement_of: BTreeMap<&'static str, usize>,
}

/// The tables, parsed at the first call.
pub fn knowledge() -> &'static Knowledge {
    static READ: LazyLock<Knowledge> = LazyLock::new(Knowledge::read);
    &READ
}

impl Knowledge {
    fn read() -> Knowledge {
        let states = state::states();
        let persons = person::persons();
        let tenures = person::tenures();
        let roles = person::roles();
        let agreements = agreement::agreements();
        let mut tenures_of: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
        for (i, t) in tenures.iter().enumerate() {
            tenures_of.entry(t.person).or_default().push(i);
        }
        let mut role_at: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, role) in roles.iter().enumerate() {
            for alias in std::iter::once(&role.canonical).chain(&role.aliases) {
                let lines = role_at.entry(alias.to_lowercase()).or_default();
                if !lines.contains(&i) {
                    lines.push(i);
                }
            }
        }
        let organisations = agreement::organisations();
        let mut agreement_of = BTreeMap::new();
        for (i, a) in agreements.iter().enumerate() {
            if let Some(body) = agreement::body_of(a, &organisations) {
                agreement_of.entry(body.id).or_insert(i);
            }
        }
        let places = state::places();
        let first_names = persons
            .iter()
            .filter(|p| !person::has_family_name_first(p.state))
            .filter_map(|p| p.name.split_once(' '))
            .map(|(first, _)| first)
            .filter(|first| first.len() > 2 && !first.ends_with('.'))
            .filter(|first| !places.iter().any(|p| p.name == *first) && !states.iter().any(|s| s.name == *first))
            .collect();
        Knowledge {
            first_names,
            state_at: states.iter().enumerate().map(|(i, s)| (s.iso3, i)).collect(),
            person_at: persons.iter().enumerate().map(|(i, p)| (p.id, i)).collect(),
            agreement_at: agreements.iter().enumerate().map(|(i, a)| (a.id, i)).collect(),
            places,
            regions: state::regions(),
            groups: state::groups(),
            organisation_at: organisations.iter().enumerate().map(|(i, o)| (o.id, i)).collect(),
            organisations,
            agreement_of,
            memberships: agreement::memberships(),
            outlets: agreement::outlets(),
            words: word::words(),
            states,
            persons,
            tenures,
            roles,
            agreements,
            tenures_of,
            role_at,
        }
    }

    /// The state of an ISO 3166-1 alpha-3 code.
    pub fn state(&self, iso3: &str) -> Option<&State> {
        self.state_at.get(iso3).map(|&i| &self.states[i])
    }

    /// The person of a table identifier, without `person:`.
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.person_at.get(id).map(|&i| &self.persons[i])
    }

    /// The agreement of a table identifier, without `agreement:`.
    pub fn agreement(&self, id: &str) -> Option<&Agreement> {
        self.agreement_at.get(id).map(|&i| &self.agreements[i])
    }

    /// The body of an identifier, `nato` or `org:nato`.
    pub fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.organisation_at.get(id.strip_prefix("org:").unwrap_or(id)).map(|&i| &self.organisations[i])
    }

    /// The agreement by which states join that body: the North Atlantic Treaty of `nato`. `None` for a body that states do not
    /// join, or whose agreement no table knows.
    pub fn agreement_of(&self, organisation: &str) -> Option<&Agreement> {
        let id = organisation.strip_prefix("org:").unwrap_or(organisation);
        self.agreement_of.get(id).map(|&i| &self.agreements[i])
    }

    /// The offices that a person held or holds, in the order of the table.
    pub fn tenures_of(&self, person: &str) -> impl Iterator<Item = &Tenure> {
        self.tenures_of.get(person).into_iter().flatten().map(|&i| &self.tenures[i])
    }

    /// The title that those words name, in any case: "foreign minister", "Secretary of State"; of several the first of the table.
    pub fn role(&self, words: &str) -> Option<&RoleName> {
        self.roles_named(words).first().map(|&i| &self.roles[i])
    }

    /// The places in [`Knowledge::roles`] of all titles that those words name, in any case: "premier", "Secretary".
    pub fn roles_named(&self, words: &str) -> &[usize] {
        self.role_at.get(&words.to_lowercase()).map_or(&[], |lines| lines)
    }

    /// Whether two wordings can name one office.
    pub fn is_same_title(&self, a: &str, b: &str) -> bool {
        a.eq_ignore_ascii_case(b) || self.roles_named(a).iter().any(|line| self.roles_named(b).contains(line))
    }

    /// A name as it stands in a sentence: "the United States", "France".
    pub fn in_sentence(&self, name: &str) -> String {
        if self.is_word(WordClass::Articled, name) { format!("the {name}") } else { name.to_owned() }
    }

    /// Whether the word, in the case given, is of that class; a stop at its end does not count.
    pub fn is_word(&self, class: WordClass, word: &str) -> bool {
        self.word_of(class, word).is_some()
    }

    /// That word as the table prints it, where it is of the class.
    pub fn word_of(&self, class: WordClass, word: &str) -> Option<&'static str> {
        let words = self.words.get(&class)?;
        words.get(word).or_else(|| words.get(word.trim_end_matches('.'))).copied()
    }

    /// Whether it is a first name: of the table of words, or of a person of the tables where no state or place has that name.
    pub fn is_first_name(&self, word: &str) -> bool {
        self.first_names.contains(word) || self.is_word(WordClass::FirstName, word)
    }

    /// How a state belongs to an agreement, in the order of the table.
    pub fn memberships_of(&self, agreement: &str, iso3: &str) -> impl Iterator<Item = &Membership> {
        self.memberships.iter().filter(move |m| m.agreement == agreement && m.state == iso3)
    }

    /// The last day on which the table of offices records a beginning: how new it is.
    pub fn newest_tenure(&self) -> Option<Day> {
        self.tenures.iter().filter_map(|t| t.from).max()
    }
}

#[cfg(test)]
mod tests {
    use super::{agreement, instrument, knowledge, person, state, word};

    #[test]
    fn every_line_of_every_table_has_its_cells() {
        let tables = [state::faults(), person::faults(), agreement::faults(), instrument::faults(), word::faults()];
        let faults: Vec<String> = tables.into_iter().flatten().collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn no_line_points_to_a_line_that_is_not_there() {
        let k = knowledge();
        let mut lost = Vec::new();
        for t in &k.tenures {
            if k.person(t.person).is_none() {
                lost.push(format!("data/offices.tsv: person {}", t.person));
            }
            if k.role(t.office).is_none() {
                lost.push(format!("data/offices.tsv: office {} is no role", t.office));
            }
        }
        for m in &k.memberships {
            if k.agreement(m.agreement).is_none() {
                lost.push(format!("data/memberships.tsv: agreement {}", m.agreement));
            }
            if k.state(m.state).is_none() && k.organisation(m.state).is_none() {
                lost.push(format!("data/memberships.tsv: state {}", m.state));
            }
        }
        lost.extend(
            k.regions
                .iter()
                .flat_map(|r| &r.members)
                .filter(|m| k.state(m).is_none())
                .map(|m| format!("data/regions.tsv: {m}")),
        );
        lost.sort();
        lost.dedup();
        assert!(lost.is_empty(), "{}", lost.join("\n"));
    }
}
