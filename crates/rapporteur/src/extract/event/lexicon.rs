//! The tables of events: predicate classes and operators, sectors of those who act, words that give a context.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use language::Token;

use super::super::Plover;

/// What a predicate is in PLOVER: a line of `data/en/events.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) plover: Plover,
    pub(super) mode: Option<&'static str>,
    pub(super) cameo: Option<&'static str>,
}

/// What makes something else of the act under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Operator {
    Commit,
    Threat,
    Request,
    Refuse,
    Cease,
    /// A negation.
    Not,
}

impl Operator {
    const ALL: [(&'static str, Operator); 6] = [
        ("commit", Operator::Commit),
        ("threat", Operator::Threat),
        ("request", Operator::Request),
        ("refuse", Operator::Refuse),
        ("cease", Operator::Cease),
        ("not", Operator::Not),
    ];

    fn named(name: &str) -> Option<Operator> {
        Operator::ALL.iter().find(|(n, _)| *n == name).map(|(_, o)| *o)
    }

    pub(super) fn as_str(self) -> &'static str {
        Operator::ALL.iter().find(|(_, o)| *o == self).map_or("", |(n, _)| n)
    }
}

/// A predicate, noun or operator of the table.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// "for" of `call_for`.
    pub(super) particle: Option<&'static str>,
    /// What must stand in the complement; empty for anything.
    pub(super) with: Vec<&'static str>,
    pub(super) kind: Option<Kind>,
    pub(super) operator: Option<Operator>,
    /// A look-alike: with such a complement no event.
    pub(super) is_none: bool,
    /// A noun that is an event without a verb.
    pub(super) stands_alone: bool,
}

/// All of `data/en/events.tsv`.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    verbs: BTreeMap<&'static str, Vec<Entry>>,
    nouns: BTreeMap<&'static str, Vec<Entry>>,
    classes: BTreeMap<&'static str, BTreeSet<&'static str>>,
    light: BTreeMap<&'static str, Vec<Option<&'static str>>>,
    modals: BTreeSet<&'static str>,
    compose: BTreeMap<(Operator, &'static str), Kind>,
}

/// The table of predicates.
pub(super) fn lexicon() -> &'static Lexicon {
    static TABLE: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);
    &TABLE
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|l| l.split('\t').collect())
}

fn cell(row: &[&'static str], column: usize) -> &'static str {
    row.get(column).copied().unwrap_or("")
}

fn filled(words: &'static str) -> Option<&'static str> {
    (!words.is_empty()).then_some(words)
}

impl Entry {
    /// Whether it asks for certain words in the complement.
    pub(super) fn is_narrow(&self) -> bool {
        self.with.iter().any(|w| !matches!(*w, "+obj" | "-obj"))
    }
}

impl Lexicon {
    fn read() -> Lexicon {
        let mut table = Lexicon::default();
        for row in rows(include_str!("../../../../../data/en/events.tsv")) {
            table.take(&row);
        }
        table
    }

    fn take(&mut self, row: &[&'static str]) {
        let part = cell(row, 1);
        let kind = Plover::named(cell(row, 3)).map(|plover| Kind {
            plover,
            mode: filled(cell(row, 4)),
            cameo: filled(cell(row, 5)),
        });
        for word in cell(row, 0).split(' ').filter(|w| !w.is_empty()) {
            let (lemma, particle) = match word.split_once('_') {
                Some((lemma, particle)) => (lemma, Some(particle)),
                None => (word, None),
            };
            let entry = Entry {
                particle,
                with: cell(row, 2).split(' ').filter(|w| !w.is_empty()).collect(),
                kind,
                operator: Operator::named(part.trim_end_matches("-noun")),
                is_none: part == "none",
                stands_alone: part == "act",
            };
            match part {
                "class" => {
                    self.classes.entry(cell(row, 2)).or_default().insert(word);
                }
                "light" => self.light.entry(lemma).or_default().push(particle),
                "modal" => {
                    self.modals.insert(word);
                }
                "compose" => {
                    if let (Some(operator), Some(kind)) = (Operator::named(word), kind) {
                        self.compose.insert((operator, cell(row, 2)), kind);
                    }
                }
                "verb" | "none" => self.verbs.entry(lemma).or_default().push(entry),
                "act" | "thing" => self.nouns.entry(lemma).or_default().push(entry),
                _ if part.ends_with("-noun") => self.nouns.entry(lemma).or_default().push(entry),
                _ => self.verbs.entry(lemma).or_default().push(entry),
            }
        }
    }

    /// The lines of a verb or adjective.
    pub(super) fn verb(&self, lemma: &str) -> &[Entry] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The lines of a noun.
    pub(super) fn noun(&self, lemma: &str) -> &[Entry] {
        self.nouns.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether the verb only lends its sense to its noun: "hold talks".
    pub(super) fn is_light(&self, verb: Token<'_>) -> bool {
        // "hold back" lends nothing.
        let bare = verb.child("prt").is_none();
        self.light.get(verb.lemma()).is_some_and(|l| l.iter().any(|p| p.map_or(bare, |p| has_particle(verb, p))))
    }

    /// "must".
    pub(super) fn is_modal(&self, lemma: &str) -> bool {
        self.modals.contains(lemma)
    }

    /// Whether a noun is of a class: a set of words, or `AID` for nouns of that type.
    pub(super) fn is_in(&self, class: &str, lemma: &str) -> bool {
        self.classes.get(class).is_some_and(|c| c.contains(lemma))
            || Plover::named(class)
                .is_some_and(|p| self.noun(lemma).iter().any(|e| e.kind.is_some_and(|k| k.plover == p)))
    }

    /// What an operator makes of an act of that type.
    pub(super) fn compose(&self, operator: Operator, inner: Option<Plover>) -> Option<Kind> {
        let named = inner.and_then(|p| self.compose.get(&(operator, p.as_str())));
        named.or_else(|| self.compose.get(&(operator, "*"))).copied()
    }
}

/// Whether a particle or preposition hangs on the verb: "for" of "call for"; of "hand back" either.
pub(super) fn has_particle(verb: Token<'_>, particle: &str) -> bool {
    // "called on Monday" is not "called on".
    let is_time = |c: &Token<'_>| c.child("pobj").is_some_and(|o| matches!(o.entity_label(), Some("DATE" | "TIME")));
    particle.split('_').all(|word| {
        let mut after = verb.children().filter(|c| c.i > verb.i);
        after.any(|c| (c.text().eq_ignore_ascii_case(word) || c.lemma() == word) && !is_time(&c))
    })
}

/// The sector of a noun by CAMEO's role codes: `COP` of "police".
pub(super) fn sector(lemma: &str) -> Option<&'static str> {
    sectors().get(lemma).copied()
}

/// By noun.
fn sectors() -> &'static BTreeMap<&'static str, &'static str> {
    static TABLE: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
        rows(include_str!("../../../../../data/en/sectors.tsv")).map(|r| (cell(&r, 0), cell(&r, 1))).collect()
    });
    &TABLE
}

/// Whether these are the letters of a sector, of whatever case.
pub(super) fn is_sector(code: &str) -> bool {
    sectors().values().any(|sector| sector.eq_ignore_ascii_case(code))
}

/// The PLOVER context that a word gives.
pub(super) fn context_of(lemma: &str) -> Option<&'static str> {
    static TABLE: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
        rows(include_str!("../../../../../data/en/contexts.tsv")).map(|r| (cell(&r, 0), cell(&r, 1))).collect()
    });
    TABLE.get(lemma).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line with a wrong number of cells, an unknown part or type is named.
    #[test]
    fn every_line_of_the_tables_is_well_formed() {
        let parts = "verb none act thing class light modal compose commit threat request refuse cease";
        for row in rows(include_str!("../../../../../data/en/events.tsv")) {
            assert_eq!(row.len(), 7, "{row:?}");
            assert!(parts.split(' ').any(|p| p == row[1].trim_end_matches("-noun")), "{row:?}");
            let typed = matches!(row[1], "verb" | "act" | "thing" | "modal" | "compose");
            let typeless = matches!(row[1], "none" | "class" | "light" | "cease" | "cease-noun");
            let named = Plover::named(row[3]).is_some();
            assert!(named || !typed && row[3].is_empty(), "{row:?}");
            assert!(!named || !typeless, "{row:?}");
            let class = row[2].split(' ').filter_map(|w| w.strip_prefix(['@', '^']));
            for class in class.filter(|c| !matches!(*c, "STATE" | "PERSON")) {
                let known = lexicon().classes.contains_key(class) || Plover::named(class).is_some();
                assert!(known, "{class} in {row:?}");
            }
        }
        let tables =
            [include_str!("../../../../../data/en/sectors.tsv"), include_str!("../../../../../data/en/contexts.tsv")];
        for row in tables.into_iter().flat_map(rows) {
            assert_eq!(row.len(), 3, "{row:?}");
        }
    }

    #[test]
    fn every_type_has_predicates() {
        for plover in Plover::ALL {
            let entries = lexicon().verbs.values().chain(lexicon().nouns.values()).flatten();
            assert!(entries.filter(|e| e.kind.is_some_and(|k| k.plover == plover)).count() > 1, "{plover:?}");
        }
    }
}
