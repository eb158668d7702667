//! Words that help to read names, by what they tell: courtesies, particles, the nouns of governments and of places.

use std::collections::{BTreeMap, BTreeSet};

use super::table::Table;

const WORDS: Table =
    Table { file: "data/en/name_words.tsv", columns: 4, text: include_str!("../../../../data/en/name_words.tsv") };

/// What a word tells about the name that it stands in or beside. One class a variant, with its name in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordClass {
    /// "Mr".
    Courtesy,
    /// "bin", "van".
    Particle,
    /// "Jr".
    Suffix,
    /// "Kim", "Wang": stands before the given name.
    FamilyName,
    /// "Anna": a common first name, without accents, that is no place's and no common noun.
    FirstName,
    /// "Ministry", "Senate": a state's body, after the state's name.
    Government,
    /// "Acting", "Vice".
    TitlePart,
    /// "Parliament": a capitalised word that names nothing by itself.
    Bare,
    /// "Accords".
    Treaty,
    /// "Bay", "County".
    Feature,
    /// "committee": the word by which a body goes after its full name.
    Body,
    /// "visit": its object is a place.
    PlaceVerb,
    /// "depart".
    LeavingVerb,
    /// "airport": its owner is a place.
    PlaceNoun,
    /// "capital".
    TownNoun,
    /// "pressure" from a government.
    DealingNoun,
    /// "lawyer": a person without a name.
    PersonNoun,
    /// "landmark" accords.
    Praise,
    /// "former".
    Past,
    /// "interim".
    Qualifier,
    /// "longtime".
    BesideTitle,
    /// "United States": a name that takes the article in a sentence.
    Articled,
}

const CLASSES: [(&str, WordClass); 22] = [
    ("courtesy", WordClass::Courtesy),
    ("particle", WordClass::Particle),
    ("suffix", WordClass::Suffix),
    ("family_name", WordClass::FamilyName),
    ("first_name", WordClass::FirstName),
    ("government", WordClass::Government),
    ("title_part", WordClass::TitlePart),
    ("bare", WordClass::Bare),
    ("treaty", WordClass::Treaty),
    ("feature", WordClass::Feature),
    ("body", WordClass::Body),
    ("place_verb", WordClass::PlaceVerb),
    ("leaving_verb", WordClass::LeavingVerb),
    ("place_noun", WordClass::PlaceNoun),
    ("town_noun", WordClass::TownNoun),
    ("dealing_noun", WordClass::DealingNoun),
    ("person_noun", WordClass::PersonNoun),
    ("praise", WordClass::Praise),
    ("past", WordClass::Past),
    ("qualifier", WordClass::Qualifier),
    ("beside_title", WordClass::BesideTitle),
    ("articled", WordClass::Articled),
];

fn class(name: &str) -> Option<WordClass> {
    CLASSES.iter().find(|(n, _)| *n == name).map(|&(_, class)| class)
}

/// The words of each class as the table prints them.
pub(super) fn words() -> BTreeMap<WordClass, BTreeSet<&'static str>> {
    let mut words: BTreeMap<WordClass, BTreeSet<&'static str>> = BTreeMap::new();
    for row in WORDS.rows() {
        if let Some(class) = class(row.text(0)) {
            words.entry(class).or_default().insert(row.text(1));
        }
    }
    words
}

#[cfg(test)]
pub(super) fn faults() -> Vec<String> {
    let mut faults = WORDS.faults();
    for row in WORDS.rows().filter(|r| class(r.text(0)).is_none() || r.some(1).is_none()) {
        faults.push(format!("{}:{}: no such class, or no word: {}", WORDS.file, row.line, row.text(0)));
    }
    faults
}
