//! People, the offices they held, and the names of offices.

use super::date::Day;
use super::table::Table;

const PERSONS: Table =
    Table { file: "data/persons.tsv", columns: 7, text: include_str!("../../../../data/persons.tsv") };
const OFFICES: Table =
    Table { file: "data/offices.tsv", columns: 6, text: include_str!("../../../../data/offices.tsv") };
const ROLES: Table = Table { file: "data/roles.tsv", columns: 5, text: include_str!("../../../../data/roles.tsv") };

/// The pronoun that newspapers use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// "he".
    Male,
    /// "she".
    Female,
}

/// A person of public life.
#[derive(Clone, Debug)]
pub struct Person {
    /// Without `person:`.
    pub id: &'static str,
    /// As newspapers print it.
    pub name: &'static str,
    /// Other spellings and short forms.
    pub aliases: Vec<&'static str>,
    /// Where the table says so.
    pub gender: Option<Gender>,
    /// ISO code of the state that the person served or serves.
    pub state: Option<&'static str>,
    /// Wikidata item.
    pub wikidata: Option<&'static str>,
}

/// A time in an office.
#[derive(Clone, Debug)]
pub struct Tenure {
    /// Identifier of the person.
    pub person: &'static str,
    /// Name of the office: a line of the table of roles.
    pub office: &'static str,
    /// ISO code of a state, or another identifier or name.
    pub of: Option<&'static str>,
    /// The first day it can have begun.
    pub from: Option<Day>,
    /// The last day it can have ended; `None` while it lasts.
    pub to: Option<Day>,
}

impl Tenure {
    /// Whether the office was held on that day.
    pub fn covers(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// A title, under all its names.
#[derive(Clone, Debug)]
pub struct RoleName {
    /// "Secretary of State".
    pub canonical: &'static str,
    /// "foreign minister", "FM".
    pub aliases: Vec<&'static str>,
    /// `head_of_state`, `minister` ...
    pub level: &'static str,
    /// Whether a state has one of them at a time.
    pub unique: bool,
    /// Whether custom leaves the title to who has held the office: "Ambassador".
    pub for_life: bool,
}

/// Whether people of that state print the family name first: China, Korea, Taiwan, Vietnam.
pub(crate) fn has_family_name_first(state: Option<&str>) -> bool {
    matches!(state, Some("CHN" | "PRK" | "KOR" | "TWN" | "VNM"))
}

pub(super) fn persons() -> Vec<Person> {
    let read = PERSONS.rows().map(|r| Person {
        id: r.text(0),
        name: r.text(1),
        aliases: r.list(2),
        gender: match r.text(3) {
            "m" | "male" => Some(Gender::Male),
            "f" | "female" => Some(Gender::Female),
            _ => None,
        },
        state: r.some(4),
        wikidata: r.some(5),
    });
    read.collect()
}

pub(super) fn tenures() -> Vec<Tenure> {
    let read = OFFICES.rows().map(|r| Tenure {
        person: r.text(0),
        office: r.text(1),
        of: r.some(2),
        from: Day::first(r.text(3)),
        to: Day::last(r.text(4)),
    });
    read.collect()
}

pub(super) fn roles() -> Vec<RoleName> {
    let read = ROLES.rows().map(|r| RoleName {
        canonical: r.text(0),
        aliases: r.list(1),
        level: r.text(2),
        unique: r.text(3) == "yes",
        for_life: r.text(3) == "life",
    });
    read.collect()
}

#[cfg(test)]
pub(super) fn faults() -> Vec<String> {
    let mut faults: Vec<String> = [PERSONS, OFFICES, ROLES].into_iter().flat_map(Table::faults).collect();
    for row in ROLES.rows().filter(|r| !matches!(r.text(3), "yes" | "no" | "life")) {
        faults.push(format!("{}:{}: unique is yes, no or life, not {}", ROLES.file, row.line, row.text(3)));
    }
    for row in OFFICES.rows() {
        for column in [3, 4] {
            if row.some(column).is_some_and(|d| Day::first(d).is_none()) {
                faults.push(format!("{}:{}: no date: {}", OFFICES.file, row.line, row.text(column)));
            }
        }
    }
    faults
}
