//! What other programs ask of a state: a two-letter code and a point on the map.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::knowledge::knowledge;

/// Code and point of a state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    /// ISO 3166-1 alpha-2.
    pub(super) iso2: &'static str,
    /// Degrees north, degrees east; WGS 84.
    pub(super) point: (f64, f64),
}

/// The ISO 3166-1 alpha-3 code in an identifier.
pub(super) fn iso3(id: &str) -> Option<&str> {
    id.strip_prefix("iso3:")
}

/// The place of a state by its identifier; `None` for what is no state of the tables.
pub(super) fn place(id: &str) -> Option<Place> {
    static PLACES: LazyLock<BTreeMap<&'static str, Place>> = LazyLock::new(|| lines().collect());
    PLACES.get(iso3(id)?).copied()
}

/// The Wikidata item of an entity.
pub(super) fn wikidata(id: &str) -> Option<String> {
    let k = knowledge();
    match id.split_once(':')? {
        ("iso3", iso3) => k.state(iso3)?.wikidata.map(str::to_owned),
        ("person", id) => k.person(id)?.wikidata.map(str::to_owned),
        ("agreement", id) => k.agreement(id)?.wikidata.map(str::to_owned),
        ("wikidata", item) => Some(item.to_owned()),
        _ => None,
    }
}

fn lines() -> impl Iterator<Item = (&'static str, Place)> {
    let table = include_str!("../../../../../data/centroids.tsv");
    table.lines().filter(|l| !l.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        let (iso3, iso2) = (cells.next()?, cells.next()?);
        let point = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
        Some((iso3, Place { iso2, point }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_code_and_a_point_on_earth() {
        for state in &knowledge().states {
            let place = place(&format!("iso3:{}", state.iso3)).unwrap_or_else(|| panic!("{} has no line", state.iso3));
            assert_eq!(place.iso2.len(), 2, "{}", state.iso3);
            assert!(place.point.0.abs() <= 90.0 && place.point.1.abs() <= 180.0, "{}", state.iso3);
        }
        assert_eq!(lines().count(), knowledge().states.len(), "no line for what is no state");
        assert_eq!(place("iso3:EUE"), None);
        assert_eq!(place("person:iso3"), None);
    }
}
