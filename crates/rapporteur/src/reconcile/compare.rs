//! Words by which clauses of two articles can be laid side by side: predicate classes, opposites, units that count the same.
//!
//! The tables are `data/en/predicate_classes.tsv`, `data/en/opposites.tsv`, `data/en/unit_classes.tsv` and `data/en/deal_words.tsv`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::extract::Proposition;

/// A line of the table of predicate classes.
#[derive(Clone, Debug)]
struct Class {
    name: &'static str,
    objects: Vec<&'static str>,
    once: bool,
}

/// What kind of opposite two words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opposite {
    /// Both cannot hold of the same thing at once.
    Antonym,
    /// The other undoes the one: at different times both can hold.
    Reversive,
    /// The same act seen from the other side.
    Converse,
}

fn rows(table: &'static str, columns: usize) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
    lines.map(|l| l.split('\t').collect::<Vec<_>>()).filter(move |r| r.len() == columns)
}

static CLASSES: LazyLock<BTreeMap<&'static str, Vec<Class>>> = LazyLock::new(|| {
    let mut verbs: BTreeMap<&'static str, Vec<Class>> = BTreeMap::new();
    for row in rows(include_str!("../../../../data/en/predicate_classes.tsv"), 5) {
        let class = Class { name: row[0], objects: row[2].split_whitespace().collect(), once: row[3] == "yes" };
        for verb in row[1].split_whitespace() {
            verbs.entry(verb).or_default().push(class.clone());
        }
    }
    for classes in verbs.values_mut() {
        classes.sort_by_key(|c| c.objects.is_empty());
    }
    verbs
});

/// The class of a proposition's predicate, and whether such an act takes place once; its own lemma where the table has none.
pub(crate) fn class_of(proposition: &Proposition) -> (&str, bool) {
    let has = |objects: &[&str]| {
        proposition.arguments.iter().any(|a| {
            matches!(a.relation.as_str(), "obj" | "in" | "with" | "to" | "subj") && (objects.contains(&a.head.as_str()))
        })
    };
    let classes = CLASSES.get(proposition.lemma.as_str());
    let fit = classes.and_then(|all| all.iter().find(|c| c.objects.is_empty() || has(&c.objects)));
    fit.map_or((proposition.lemma.as_str(), false), |c| (c.name, c.once))
}

type Pairs = BTreeMap<(&'static str, &'static str), Opposite>;

static OPPOSITES: LazyLock<[Pairs; 2]> = LazyLock::new(|| {
    let mut pairs = [Pairs::new(), Pairs::new()];
    for row in rows(include_str!("../../../../data/en/opposites.tsv"), 5) {
        let kind = match row[3] {
            "antonym" => Opposite::Antonym,
            "reversive" => Opposite::Reversive,
            _ => Opposite::Converse,
        };
        let of = &mut pairs[usize::from(row[2] == "quality")];
        of.entry((row[0], row[1])).or_insert(kind);
        of.entry((row[1], row[0])).or_insert(kind);
    }
    pairs
});

/// How two verbs are opposed.
pub(crate) fn opposed_verbs(a: &str, b: &str) -> Option<Opposite> {
    OPPOSITES[0].range((a, b)..=(a, b)).next().map(|(_, kind)| *kind)
}

/// The verbs opposed to a verb.
pub(crate) fn opposites_of(verb: &str) -> impl Iterator<Item = &'static str> {
    let pairs: Vec<&'static str> =
        OPPOSITES[0].keys().filter(|(one, _)| *one == verb).map(|(_, other)| *other).collect();
    pairs.into_iter()
}

/// The words that judge, each with those that say the opposite.
pub(crate) static QUALITIES: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut words: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    for (one, other) in OPPOSITES[1].keys() {
        words.entry(*one).or_default().push(other);
    }
    words
});

static UNITS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut units = BTreeMap::new();
    for row in rows(include_str!("../../../../data/en/unit_classes.tsv"), 3) {
        for noun in row[1].split_whitespace() {
            units.entry(noun).or_insert(row[0]);
        }
    }
    units
});

static DEALS: LazyLock<BTreeSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    let table = include_str!("../../../../data/en/deal_words.tsv");
    rows(table, 3).map(|r| (r[1], r[0])).collect()
});

/// Whether a lemma plays a part in the language of deals: the parts of `data/en/deal_words.tsv`.
pub(crate) fn plays_in_deals(part: &str, lemma: &str) -> bool {
    DEALS.range((part, lemma)..=(part, lemma)).next().is_some()
}

/// The class under which a unit is compared; the noun itself where the table has none.
pub(crate) fn unit_class(noun: &str) -> &str {
    UNITS.get(noun).copied().unwrap_or(noun)
}

#[cfg(test)]
mod tests {
    use super::{Opposite, QUALITIES, opposed_verbs, rows, unit_class};

    #[test]
    fn every_line_of_the_tables_is_read() {
        let tables = [
            (include_str!("../../../../data/en/predicate_classes.tsv"), 5),
            (include_str!("../../../../data/en/opposites.tsv"), 5),
            (include_str!("../../../../data/en/unit_classes.tsv"), 3),
            (include_str!("../../../../data/en/approximations.tsv"), 5),
            (include_str!("../../../../data/en/deal_words.tsv"), 3),
        ];
        for (table, columns) in tables {
            let lines = table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).count();
            assert_eq!(rows(table, columns).count(), lines);
        }
    }

    #[test]
    fn opposites_hold_both_ways() {
        assert_eq!(opposed_verbs("reject", "accept"), Some(Opposite::Antonym));
        assert_eq!(opposed_verbs("lift", "impose"), Some(Opposite::Reversive));
        assert_eq!(opposed_verbs("sell", "buy"), Some(Opposite::Converse));
        assert_eq!(opposed_verbs("buy", "eat"), None);
        assert!(QUALITIES["temporary"].contains(&"permanent"));
        assert_eq!((unit_class("ally"), unit_class("nation"), unit_class("tank")), ("state", "state", "tank"));
    }
}
