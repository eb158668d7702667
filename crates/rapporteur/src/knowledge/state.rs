//! States, regions, classes of states, places.

use super::table::Table;

const STATES: Table = Table { file: "data/states.tsv", columns: 14, text: include_str!("../../../../data/states.tsv") };
const PLACES: Table = Table { file: "data/places.tsv", columns: 6, text: include_str!("../../../../data/places.tsv") };
const REGIONS: Table =
    Table { file: "data/regions.tsv", columns: 6, text: include_str!("../../../../data/regions.tsv") };
const GROUPS: Table = Table { file: "data/groups.tsv", columns: 4, text: include_str!("../../../../data/groups.tsv") };

/// A state.
#[derive(Clone, Debug)]
pub struct State {
    /// ISO 3166-1 alpha-3.
    pub iso3: &'static str,
    /// Wikidata item.
    pub wikidata: Option<&'static str>,
    /// As newspapers print it.
    pub name: &'static str,
    /// "Kingdom of Bahrain".
    pub official_name: &'static str,
    /// The finest UN M49 region.
    pub region: &'static str,
    /// `un_member`, `un_observer`, `other`.
    pub status: &'static str,
    /// Other names in print.
    pub aliases: Vec<&'static str>,
    /// Nouns for its people.
    pub demonyms: Vec<&'static str>,
    /// "Kazakh" in "the Kazakh president".
    pub adjectives: Vec<&'static str>,
    /// The capital's names, the usual one first.
    pub capital: Vec<&'static str>,
    /// What stands for its government in print: capital, other cities, buildings.
    pub seats: Vec<&'static str>,
    /// Those of its words that mean something else as well.
    pub ambiguous: Vec<&'static str>,
}

/// A place that is no state.
#[derive(Clone, Debug)]
pub struct Place {
    /// Unique, ASCII, without `place:`.
    pub id: &'static str,
    /// As printed.
    pub name: &'static str,
    /// Other names.
    pub aliases: Vec<&'static str>,
    /// `city`, `region`, `sub_state`, `territory`, `building`, `sea`.
    pub kind: &'static str,
    /// The state that it belongs to, where that is one and not disputed.
    pub of: Option<&'static str>,
}

/// A region word and its states.
#[derive(Clone, Debug)]
pub struct Region {
    /// "Central Asia".
    pub name: &'static str,
    /// "Central Asian".
    pub aliases: Vec<&'static str>,
    /// ISO codes; empty where no membership is agreed.
    pub members: Vec<&'static str>,
    /// Whether being in or out is a fact that can be checked.
    pub strict: bool,
}

/// A class of states.
#[derive(Clone, Debug)]
pub struct StateGroup {
    /// "Muslim-majority".
    pub name: &'static str,
    /// Other wordings.
    pub aliases: Vec<&'static str>,
    /// ISO codes.
    pub members: Vec<&'static str>,
}

pub(super) fn states() -> Vec<State> {
    let read = STATES.rows().map(|r| State {
        iso3: r.text(0),
        wikidata: r.some(1),
        name: r.text(2),
        official_name: r.text(3),
        region: r.text(4),
        status: r.text(6),
        aliases: r.list(7),
        demonyms: r.list(8),
        adjectives: r.list(9),
        capital: r.list(10),
        seats: r.list(11),
        ambiguous: r.list(12),
    });
    read.collect()
}

pub(super) fn places() -> Vec<Place> {
    let read = PLACES.rows().map(|r| Place {
        id: r.text(0),
        name: r.text(1),
        aliases: r.list(2),
        kind: r.text(3),
        of: r.some(4),
    });
    read.collect()
}

pub(super) fn regions() -> Vec<Region> {
    let read = REGIONS.rows().map(|r| Region {
        name: r.text(0),
        aliases: r.list(1),
        members: r.list(2),
        strict: r.text(4) == "yes",
    });
    read.collect()
}

pub(super) fn groups() -> Vec<StateGroup> {
    GROUPS.rows().map(|r| StateGroup { name: r.text(0), aliases: r.list(1), members: r.list(2) }).collect()
}

#[cfg(test)]
pub(super) fn faults() -> Vec<String> {
    [STATES, PLACES, REGIONS, GROUPS].into_iter().flat_map(Table::faults).collect()
}
