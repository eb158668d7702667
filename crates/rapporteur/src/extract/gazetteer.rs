//! Known names in a text: what each could mean, before the article has been asked what it does mean.
//!
//! One automaton over all names of the tables, built at the first use. Matching is on the folded text (see
//! [`super::fold`]), with case, on word boundaries; the longest of overlapping matches stands, the leftmost first.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use language::Span;

use super::fold::{Folded, fold};
use crate::knowledge::{Knowledge, knowledge};

/// What a name can mean: a line of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    /// Place in [`Knowledge::states`].
    State(usize),
    /// In [`Knowledge::persons`].
    Person(usize),
    /// In [`Knowledge::agreements`].
    Agreement(usize),
    /// In [`Knowledge::organisations`].
    Organisation(usize),
    /// In [`Knowledge::outlets`].
    Outlet(usize),
    /// In [`Knowledge::regions`].
    Region(usize),
    /// In [`Knowledge::places`].
    Place(usize),
}

/// How a name belongs to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    /// Its name.
    Name,
    /// An adjective or a noun for its people.
    Adjective,
    /// A capital: the government or the town.
    Capital,
    /// A building or another seat.
    Seat,
    /// One bare word of a person's name.
    Surname,
}

/// One meaning of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sense {
    pub(crate) target: Target,
    pub(crate) way: Way,
    /// The table says that the word has other meanings.
    pub(crate) doubtful: bool,
}

/// A known name in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Match {
    pub(crate) span: Span,
    /// Which name: the same number for the same words.
    pub(crate) name: usize,
}

/// All known names.
#[derive(Debug)]
pub(crate) struct Gazetteer {
    automaton: Option<AhoCorasick>,
    /// Of each pattern of the automaton.
    senses: Vec<Vec<Sense>>,
}

/// The names of the tables.
pub(crate) fn gazetteer() -> &'static Gazetteer {
    static BUILT: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::build(knowledge()));
    &BUILT
}

impl Gazetteer {
    /// What a name can mean; the likeliest table first, in the order of [`Target`].
    pub(crate) fn senses(&self, name: usize) -> &[Sense] {
        self.senses.get(name).map_or(&[], |s| s)
    }

    /// The known names of a text in text order, never overlapping.
    pub(crate) fn find(&self, text: &str) -> Vec<Match> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let folded = Folded::of(text);
        let bytes = folded.text.as_bytes();
        let mut hits: Vec<(usize, usize, usize)> = automaton
            .find_overlapping_iter(&folded.text)
            .map(|m| (m.start(), m.end(), m.pattern().as_usize()))
            .filter(|&(start, end, _)| is_word(&folded.text, bytes, start, end))
            .collect();
        hits.sort_by_key(|&(start, end, _)| (start, std::cmp::Reverse(end)));
        let mut found: Vec<Match> = Vec::new();
        let mut covered = 0;
        for (start, end, name) in hits {
            if start >= covered {
                covered = end;
                found.push(Match { span: folded.span(start, end), name });
            }
        }
        found
    }

    fn build(k: &Knowledge) -> Gazetteer {
        let mut names = Names::default();
        for (i, s) in k.states.iter().enumerate() {
            let target = Target::State(i);
            let doubtful = |word: &str| s.ambiguous.contains(&word);
            for name in [s.name, s.official_name].iter().chain(&s.aliases) {
                names.add(name, Sense { target, way: Way::Name, doubtful: doubtful(name) });
            }
            for word in s.demonyms.iter().chain(&s.adjectives) {
                names.add(word, Sense { target, way: Way::Adjective, doubtful: doubtful(word) });
            }
            for word in &s.seats {
                let way = if s.capital.contains(word) { Way::Capital } else { seat(k, word) };
                names.add(word, Sense { target, way, doubtful: doubtful(word) });
            }
            for word in &s.capital {
                names.add(word, Sense { target, way: Way::Capital, doubtful: doubtful(word) });
            }
        }
        for (i, p) in k.persons.iter().enumerate() {
            for name in std::iter::once(&p.name).chain(&p.aliases) {
                let way = if fold(name).contains(' ') { Way::Name } else { Way::Surname };
                names.add(name, Sense { target: Target::Person(i), way, doubtful: false });
            }
        }
        for (i, a) in k.agreements.iter().enumerate() {
            // "NATO membership": the body is the name, membership a word of joining.
            let names_it = |name: &&&'static str| a.kind != "organisation" || !is_joining(name);
            names.plain(Target::Agreement(i), std::iter::once(&a.name).chain(&a.aliases).filter(names_it));
        }
        for (i, o) in k.organisations.iter().enumerate() {
            // "the bloc" is a short form, good only after the name: coreference reads it.
            let aliases = o.aliases.iter().filter(|a| !is_short_form(a));
            names.plain(Target::Organisation(i), std::iter::once(&o.name).chain(aliases));
        }
        for (i, o) in k.outlets.iter().enumerate() {
            names.plain(Target::Outlet(i), std::iter::once(&o.name).chain(&o.aliases));
        }
        for (i, r) in k.regions.iter().enumerate() {
            names.plain(Target::Region(i), std::iter::once(&r.name).chain(&r.aliases));
        }
        for (i, p) in k.places.iter().enumerate() {
            let shared = |name: &&str| k.states.iter().any(|s| s.name == *name);
            for name in std::iter::once(&p.name).chain(&p.aliases) {
                names.add(name, Sense { target: Target::Place(i), way: Way::Name, doubtful: shared(name) });
            }
        }
        names.finish()
    }
}

/// Cities among the seats can be the town as well; buildings and streets stand for the government wherever they act.
fn seat(k: &Knowledge, word: &str) -> Way {
    let town = k.places.iter().any(|p| p.kind == "city" && (p.name == word || p.aliases.contains(&word)));
    if town { Way::Capital } else { Way::Seat }
}

/// Whether an alias is a description in small letters after "the".
pub(crate) fn is_short_form(alias: &str) -> bool {
    alias.strip_prefix("the ").is_some_and(|rest| !rest.chars().any(char::is_uppercase))
}

fn is_joining(name: &str) -> bool {
    name.split(' ').any(|word| matches!(word, "membership" | "accession"))
}

/// Names gathered before the automaton is built.
#[derive(Default)]
struct Names(BTreeMap<String, Vec<Sense>>);

impl Names {
    fn plain<'a>(&mut self, target: Target, names: impl Iterator<Item = &'a &'static str>) {
        for name in names {
            self.add(name, Sense { target, way: Way::Name, doubtful: false });
            // "C.I.A." for "CIA".
            if (2..=5).contains(&name.len()) && name.chars().all(|c| c.is_ascii_uppercase()) {
                let dotted: String = name.chars().flat_map(|c| [c, '.']).collect();
                self.add(&dotted, Sense { target, way: Way::Name, doubtful: false });
            }
        }
    }

    fn add(&mut self, name: &str, sense: Sense) {
        let folded = fold(name);
        if folded.chars().count() < 2 {
            return;
        }
        // Datelines and headings in capitals; short names would meet abbreviations.
        if folded.len() > 4 && folded.chars().any(char::is_lowercase) && sense.way != Way::Surname {
            self.put(folded.to_uppercase(), sense);
        }
        if let Some(rest) = folded.strip_prefix("the ") {
            self.put(format!("The {rest}"), sense);
        }
        self.put(folded, sense);
    }

    fn put(&mut self, name: String, sense: Sense) {
        let senses = self.0.entry(name).or_default();
        // "Luxembourg" the state is also its capital: the state's name is the better reading.
        if senses.iter().any(|s| s.target == sense.target) {
            return;
        }
        senses.push(sense);
    }

    fn finish(mut self) -> Gazetteer {
        self.0.values_mut().for_each(|s| s.sort());
        let automaton = AhoCorasickBuilder::new().match_kind(MatchKind::Standard).build(self.0.keys()).ok();
        Gazetteer { automaton, senses: self.0.into_values().collect() }
    }
}

/// Whether the match begins and ends where words do, and is no part of an address or an amount of money.
fn is_word(text: &str, bytes: &[u8], start: usize, end: usize) -> bool {
    if !text.is_char_boundary(start) || !text.is_char_boundary(end) {
        return false;
    }
    let before = text[..start].chars().next_back();
    let mut after = text[end..].chars();
    let (next, following) = (after.next(), after.next());
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if inside(before) || inside(next) || matches!(before, Some('@' | '#' | '/')) {
        return false;
    }
    // "Axios.com", "US$", "America's" may follow; a stop before a letter may not.
    if matches!(next, Some('.' | '@')) && following.is_some_and(char::is_alphanumeric) && bytes[end - 1] != b'.' {
        return false;
    }
    next != Some('$')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found: Vec<&str> = gazetteer().find(text).iter().map(|m| m.span.of(text)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn known_names_are_found_on_word_boundaries() {
        check("Kazakhstan’s envoy flew to Astana.", &["Kazakhstan", "Astana"]);
        check("ASTANA — Kazakh ministers met.", &["ASTANA", "Kazakh"]);
        check("An Israeli-Syrian frontier", &["Israeli", "Syrian"]);
        check("Guinea-Bissau, Guinea and Papua New Guinea", &["Guinea-Bissau", "Guinea", "Papua New Guinea"]);
        check("the U.S. and the U.S.-led force", &["U.S.", "U.S."]);
        check("Nigeria is not Niger", &["Nigeria", "Niger"]);
        check("Côte d’Ivoire signed", &["Côte d’Ivoire"]);
        check("the C.I.A. and the E.U. agreed", &["C.I.A.", "E.U."]);
    }

    #[test]
    fn look_alikes_are_left() {
        check("it let us go", &[]);
        check("fried turkey with polish sausage", &[]);
        check("romanian.chile.example@oman.example", &[]);
        check("Omanic, Chadwick, Perugian", &[]);
        check("", &[]);
    }

    #[test]
    fn a_capital_that_is_the_state_means_the_state() {
        let text = "Luxembourg";
        let m = &gazetteer().find(text)[0];
        assert!(gazetteer().senses(m.name).iter().any(|s| s.way == Way::Name && matches!(s.target, Target::State(_))));
    }

    #[test]
    fn building_is_quick() {
        let built = Gazetteer::build(knowledge());
        assert!(built.senses.len() > 1000, "{}", built.senses.len());
    }
}
