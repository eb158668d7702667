//! What known names mean in this article: each match of the gazetteer gets one meaning, or none.
//!
//! Names of one meaning come first; what they name is the evidence for the doubtful ones ("Jordan", "Congo",
//! "Washington"), together with what the model sees at the place and, over the whole article, at the other places of the same
//! name. Where the evidence is level the name stays unlinked.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use language::{Pos, Reading, Span};

use super::gazetteer::{Gazetteer, Match, Sense, Target, Way, gazetteer};
use super::metonymy;
use super::name::MentionForm;
use crate::ingest::{Article, BlockKind};
use crate::knowledge::{Knowledge, WordClass, knowledge};

/// A known name with the meaning that the article gives it.
#[derive(Clone, Debug)]
pub(super) struct Linked {
    pub(super) span: Span,
    pub(super) tokens: Range<usize>,
    pub(super) meaning: Meaning,
    pub(super) form: MentionForm,
}

/// What a name means here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    Known(Target),
    /// A town or building that is also a seat of government; its name.
    Seat(String),
}

/// The known names of an article in text order.
pub(super) fn link(article: &Article, reading: &Reading) -> Vec<Linked> {
    let gazetteer = gazetteer();
    let places: Vec<Place> = gazetteer
        .find(reading.text())
        .into_iter()
        .map(|m| (reading.tokens_in(m.span), m))
        .filter(|(tokens, _)| !tokens.is_empty())
        .enumerate()
        .map(|(at, (tokens, found))| Place { found, tokens, at })
        .collect();
    let evidence = Evidence::of(reading, gazetteer, &places);
    let linker = Linker { article, reading, gazetteer, k: knowledge(), evidence, places: &places };
    places.iter().filter(|p| !linker.is_part_of_longer_name(p, &places)).filter_map(|p| linker.decide(p)).collect()
}

/// A match with its tokens.
struct Place {
    found: Match,
    tokens: Range<usize>,
    /// Its place among the matches.
    at: usize,
}

/// What the whole article says about doubtful names.
#[derive(Default)]
struct Evidence {
    /// How often names of one meaning name the state.
    states: BTreeMap<usize, usize>,
    /// How often towns and parts of a state are named.
    parts: BTreeMap<usize, usize>,
    /// Kinds of bodies ("parliament", "court") that the article gives to an owner other than a state of the tables, or to several.
    foreign: BTreeSet<&'static str>,
    /// How often a person is named in full or with a title.
    persons: BTreeMap<usize, usize>,
    /// For each name, how often the model sees a place or people, and how often a person.
    votes: BTreeMap<usize, (usize, usize)>,
}

impl Evidence {
    fn of(reading: &Reading, gazetteer: &Gazetteer, places: &[Place]) -> Evidence {
        let k = knowledge();
        let mut evidence = Evidence::default();
        for (at, place) in places.iter().enumerate() {
            let senses = gazetteer.senses(place.found.name);
            match senses {
                [Sense { target: Target::State(s), doubtful: false, .. }] => {
                    *evidence.states.entry(*s).or_default() += 1
                }
                [Sense { target: Target::Person(p), way: Way::Name, .. }] => {
                    *evidence.persons.entry(*p).or_default() += 1
                }
                [Sense { target: Target::Place(p), doubtful: false, .. }] => {
                    if let Some(state) = state_at(k.places[*p].of) {
                        *evidence.parts.entry(state).or_default() += 1
                    }
                }
                _ => {}
            }
            // "U.S. Senate" and "Pentagon" name their state as well.
            if let [Sense { target: Target::Organisation(o), .. }] = senses
                && !is_common_body(place.found.span.of(reading.text()))
                && let Some(state) = state_at(k.organisations[*o].state)
            {
                *evidence.parts.entry(state).or_default() += 1;
            }
            for sense in senses {
                if let Target::Organisation(o) = sense.target
                    && owner(reading, gazetteer, places, at, o) == Some(Owner::Other)
                {
                    evidence.foreign.insert(k.organisations[o].kind);
                }
            }
            let vote = evidence.votes.entry(place.found.name).or_default();
            match reading.get(place.tokens.end - 1).and_then(|t| t.entity_label()) {
                Some("GPE" | "NORP" | "LOC") => vote.0 += 1,
                Some("PERSON") => vote.1 += 1,
                _ => {}
            }
        }
        evidence
    }

    fn state(&self, state: usize) -> usize {
        self.states.get(&state).copied().unwrap_or(0)
    }

    /// How often the state is named, with its towns and parts.
    fn country(&self, state: usize) -> usize {
        self.state(state) + self.parts.get(&state).copied().unwrap_or(0)
    }
}

/// Whose a body is by the words beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    /// The state of the table's line: "the U.S. Senate".
    Own,
    /// Another state, a part of a state, "the commonwealth's".
    Other,
}

/// The owner of a body of a state that goes by a name other states' bodies have as well: "Nevada Senate", "Supreme Court of
/// Ghana", "Parliament in Helsinki". `None` where the words give none, or the name is the body's own.
fn owner(reading: &Reading, gazetteer: &Gazetteer, places: &[Place], at: usize, organisation: usize) -> Option<Owner> {
    let k = knowledge();
    let place = places.get(at)?;
    let own = k.organisations.get(organisation)?.state?;
    if !is_common_body(place.found.span.of(reading.text())) {
        return None;
    }
    let judged = |other: &Place| {
        let senses = gazetteer.senses(other.found.name);
        let is_own = senses.iter().any(|s| matches!(s.target, Target::State(i) if k.states[i].iso3 == own));
        let named = senses.iter().any(|s| matches!(s.target, Target::State(_) | Target::Place(_) | Target::Region(_)));
        if is_own { Some(Owner::Own) } else { named.then_some(Owner::Other) }
    };
    let before = reading.get(place.tokens.start)?.before();
    if let Some(before) = before {
        let possessive = matches!(before.text(), "'s" | "’s" | "'" | "’");
        let last = if possessive { before.before()?.i } else { before.i };
        if let Some(other) = at.checked_sub(1).and_then(|i| places.get(i)).filter(|p| p.tokens.contains(&last)) {
            return judged(other);
        }
        let word = reading.get(last)?;
        if before.text().eq_ignore_ascii_case("state") || possessive && matches!(word.pos(), Pos::Noun | Pos::Propn) {
            let nation = matches!(word.lemma(), "nation" | "country");
            return (!nation).then_some(Owner::Other);
        }
    }
    let of = reading.get(place.tokens.end).filter(|t| matches!(t.text(), "of" | "in"))?;
    let next = places.get(at + 1)?;
    let close = next.tokens.start == of.i + 1
        || next.tokens.start == of.i + 2 && reading.get(of.i + 1).is_some_and(|t| t.text() == "the");
    if close { judged(next) } else { None }
}

/// "Supreme Court", "House of Representatives": words for a body that many states have.
fn is_common_body(words: &str) -> bool {
    words.split(' ').all(|w| matches!(w, "of" | "the") || is_government_word(w))
}

fn state_at(iso3: Option<&str>) -> Option<usize> {
    let iso3 = iso3?;
    knowledge().states.iter().position(|s| s.iso3 == iso3)
}

struct Linker<'a> {
    article: &'a Article,
    reading: &'a Reading,
    gazetteer: &'a Gazetteer,
    k: &'static Knowledge,
    evidence: Evidence,
    places: &'a [Place],
}

impl Linker<'_> {
    /// "Israel Katz", "Michael Jordan", "Bank of England", "Trump Tower": the known name is only a part.
    fn is_part_of_longer_name(&self, place: &Place, places: &[Place]) -> bool {
        let senses = self.gazetteer.senses(place.found.name);
        let strong = |s: &Sense| {
            matches!(s.target, Target::Agreement(_) | Target::Organisation(_) | Target::Outlet(_))
                || matches!(s.target, Target::Person(_)) && s.way == Way::Name
        };
        let Some(last) = self.reading.get(place.tokens.end - 1) else { return false };
        if self.is_foreign_edition(place, senses, places) {
            return true;
        }
        // "Jakarta Bay", "Riverside County": the town gives its name to something else.
        let feature = last.after().filter(|t| self.k.is_word(WordClass::Feature, t.text()) && t.pos() == Pos::Propn);
        if feature.is_some_and(|f| last.space_after() && f.sentence() == last.sentence() && !self.is_heading(f.i))
            && !senses.iter().any(strong)
        {
            return true;
        }
        let Some(entity) = last.entity().filter(|_| !senses.iter().any(strong)) else { return false };
        if entity.tokens.len() <= place.tokens.len() || !covers(&entity.tokens, &place.tokens) {
            return false;
        }
        let at = places.partition_point(|p| p.tokens.end <= entity.tokens.start);
        let inside = places[at..].iter().take_while(|p| p.tokens.start < entity.tokens.end).count();
        let rest = || self.reading.range(entity.tokens.clone()).filter(|t| !place.tokens.contains(&t.i));
        if inside != 1 || rest().any(|t| matches!(t.text(), "'s" | "’s" | "-")) || self.is_heading(last.i) {
            return false;
        }
        let proper = rest()
            .filter(|t| {
                t.pos() != Pos::Det
                    && !matches!(t.text(), "The" | "A")
                    && t.text().chars().next().is_some_and(char::is_uppercase)
            })
            .count();
        let governs = rest().any(|t| is_government_word(t.text()) || self.k.role(t.text()).is_some());
        match last.entity_label() {
            Some("PERSON") => {
                let surname = senses.iter().any(|s| s.way == Way::Surname);
                proper > 0 && !governs && (!surname || self.other_first_name(place))
            }
            Some("ORG" | "FAC" | "EVENT" | "WORK_OF_ART" | "PRODUCT") => proper > 0 && !governs,
            _ => false,
        }
    }

    /// "CNN Philippines": an outlet and a state that the model sees as one body are neither.
    fn is_foreign_edition(&self, place: &Place, senses: &[Sense], places: &[Place]) -> bool {
        let is = |p: &Place, wanted: fn(&Target) -> bool| {
            self.gazetteer.senses(p.found.name).iter().any(|s| wanted(&s.target))
        };
        let outlet = |p: &Place| is(p, |t| matches!(t, Target::Outlet(_)));
        let state = |p: &Place| is(p, |t| matches!(t, Target::State(_)));
        let one_body = |a: &Place, b: &Place| {
            a.tokens.end == b.tokens.start
                && self
                    .reading
                    .get(a.tokens.start)
                    .and_then(|t| t.entity())
                    .is_some_and(|e| e.tokens.contains(&b.tokens.start) && self.reading.entity_label(e) == "ORG")
        };
        if senses.is_empty() {
            return false;
        }
        let before = place.at.checked_sub(1).and_then(|i| places.get(i));
        let after = places.get(place.at + 1);
        outlet(place) && after.is_some_and(|a| state(a) && one_body(place, a))
            || state(place) && before.is_some_and(|b| outlet(b) && one_body(b, place))
    }

    /// A capitalised word before a surname that is no title: "Melania Trump".
    fn other_first_name(&self, place: &Place) -> bool {
        self.reading.get(place.tokens.start).and_then(|t| t.before()).is_some_and(|t| {
            t.pos() == Pos::Propn
                && t.entity_label() == Some("PERSON")
                && self.k.role(t.text()).is_none()
                && !is_courtesy(t.text())
        })
    }

    /// Whether a body's name is that body's here. "Senate" and "Congress" are those of a state only where the words beside say
    /// so, or where the article names that state and no other oftener and gives no such body to anybody else; "Democrats" are
    /// the party where its country is named and the word is no part of another name.
    fn is_body(&self, place: &Place, organisation: usize) -> bool {
        let body = &self.k.organisations[organisation];
        let Some(state) = state_at(body.state) else { return true };
        let word = place.found.span.of(self.reading.text());
        if body.kind == "party" && place.tokens.len() == 1 {
            return self.evidence.country(state) > 0 && !self.is_inside_name(place);
        }
        if !is_common_body(word) {
            return true;
        }
        match owner(self.reading, self.gazetteer, self.places, place.at, organisation) {
            Some(owner) => owner == Owner::Own,
            None => {
                let support = self.evidence.country(state);
                let all = self.evidence.states.keys().chain(self.evidence.parts.keys());
                let least = usize::from(place.tokens.len() == 1);
                !self.evidence.foreign.contains(body.kind)
                    && support >= least
                    && all.filter(|&&s| s != state).all(|&s| self.evidence.country(s) <= support)
            }
        }
    }

    /// "Liberal Democrats", "Republican Guard": a capitalised word beside it belongs to the same name.
    fn is_inside_name(&self, place: &Place) -> bool {
        let capital = |t: &language::Token<'_>| {
            t.text().chars().next().is_some_and(char::is_uppercase)
                && self.k.role(t.text()).is_none()
                && !is_government_word(t.text())
                && !matches!(t.text(), "The" | "A" | "Some" | "Many" | "Most")
        };
        let (Some(first), Some(last)) =
            (self.reading.get(place.tokens.start), self.reading.get(place.tokens.end.saturating_sub(1)))
        else {
            return false;
        };
        let same = |t: &language::Token<'_>| first.entity().is_some_and(|e| e.tokens.contains(&t.i));
        first.before().filter(capital).is_some_and(|t| same(&t))
            || last.after().filter(capital).is_some_and(|t| same(&t))
    }

    fn decide(&self, place: &Place) -> Option<Linked> {
        let senses = self.gazetteer.senses(place.found.name);
        let linked =
            |meaning, form| Some(Linked { span: place.found.span, tokens: place.tokens.clone(), meaning, form });
        let known = |sense: &Sense, form| linked(Meaning::Known(sense.target), form);
        let with = |wanted: fn(&Target) -> bool| senses.iter().find(|s| wanted(&s.target));
        if let Some(sense) = senses.iter().find(|s| matches!(s.target, Target::Person(_)) && s.way == Way::Name) {
            return known(sense, MentionForm::Name);
        }
        let body = senses.iter().find(|s| matches!(s.target, Target::Organisation(o) if self.is_body(place, o)));
        if let Some(sense) = body.or(with(|t| matches!(t, Target::Agreement(_)))) {
            return known(sense, MentionForm::Name);
        }
        if senses.iter().any(|s| matches!(s.target, Target::State(_))) {
            return self.state(place, senses).and_then(|(m, f)| linked(m, f));
        }
        if let Some(sense) = senses.iter().find(|s| s.way == Way::Surname) {
            let one = senses.iter().filter(|s| s.way == Way::Surname).count() == 1;
            return if one && self.is_surname(place, sense) { known(sense, MentionForm::Name) } else { None };
        }
        if let Some(sense) = with(|t| matches!(t, Target::Outlet(_))) {
            return if self.is_outlet(place) { known(sense, MentionForm::Name) } else { None };
        }
        if let Some(sense) = with(|t| matches!(t, Target::Region(_))) {
            // "African Americans" are no region's.
            let people = self.reading.get(place.tokens.end).is_some_and(|t| t.text().starts_with("American"));
            return if people { None } else { known(sense, MentionForm::Name) };
        }
        let mut towns = senses.iter().filter(|s| matches!(s.target, Target::Place(_)));
        match (towns.next(), towns.next()) {
            (Some(sense), None) => known(sense, MentionForm::Name),
            _ => None,
        }
    }

    /// The state that a name means, or the town that is its seat.
    fn state(&self, place: &Place, senses: &[Sense]) -> Option<(Meaning, MentionForm)> {
        let last = self.reading.get(place.tokens.end - 1)?;
        let words = place.found.span.of(self.reading.text());
        if words == "US" && self.stands_in_capitals(place) {
            return None;
        }
        let label = last.entity_label();
        let mut states: Vec<(&Sense, usize)> = senses
            .iter()
            .filter_map(|s| match s.target {
                Target::State(i) => Some((s, self.evidence.state(i))),
                _ => None,
            })
            .collect();
        // A name before an adjective before a seat: "Djibouti" is the state, and its capital only then.
        states.sort_by_key(|(s, support)| (s.way, std::cmp::Reverse(*support)));
        let &(best, support) = states.first()?;
        let rivals = states.iter().skip(1).filter(|(s, _)| s.way == best.way);
        if rivals.clone().any(|(_, other)| *other >= support) {
            return None;
        }
        if matches!(best.way, Way::Capital | Way::Seat) {
            return self.seat(place, best, words);
        }
        let (as_place, as_person) = self.evidence.votes.get(&place.found.name).copied().unwrap_or_default();
        let (town, town_support) = self.namesake(senses);
        let sure = !best.doubtful
            || support > 0
            || matches!(label, Some("GPE" | "NORP" | "LOC")) && as_place >= as_person
            || best.way == Way::Adjective && last.pos() == Pos::Adj;
        if town.is_some() && best.doubtful {
            let towns = town.filter(|_| town_support > support).map(|t| (Meaning::Known(t), MentionForm::Name));
            return if support > town_support { Some((Meaning::Known(best.target), MentionForm::Name)) } else { towns };
        }
        let form = if best.way == Way::Adjective { MentionForm::Adjective } else { MentionForm::Name };
        sure.then_some((Meaning::Known(best.target), form))
    }

    /// A place of the same name, and how often the article names the state that it belongs to.
    fn namesake(&self, senses: &[Sense]) -> (Option<Target>, usize) {
        let town = senses.iter().find_map(|s| match s.target {
            Target::Place(p) => Some(p),
            _ => None,
        });
        let Some(p) = town else { return (None, 0) };
        let of = self.k.places[p].of.and_then(|iso3| self.k.states.iter().position(|s| s.iso3 == iso3));
        (Some(Target::Place(p)), of.map_or(0, |s| self.evidence.state(s)))
    }

    fn seat(&self, place: &Place, sense: &Sense, words: &str) -> Option<(Meaning, MentionForm)> {
        let Target::State(state) = sense.target else { return None };
        let last = self.reading.get(place.tokens.end - 1)?;
        let state = &self.k.states[state];
        let dateline = self.article.dateline.as_ref().is_some_and(|d| d.span.contains(place.found.span))
            || self.block_kind(place.found.span) == Some(BlockKind::Dateline)
            || self.opens_in_capitals(place, words);
        // "Tbilisi, Georgia", "Washington, D.C.": an address.
        let address = words.contains(',') || words.contains("D.C") || words.contains("DC");
        if !dateline && !address && metonymy::is_government(last) {
            return Some((Meaning::Known(sense.target), MentionForm::Metonym));
        }
        let folded = super::fold::fold(words).to_uppercase();
        let same = |name: &&&str| super::fold::fold(name).to_uppercase() == folded;
        let usual =
            if state.capital.iter().any(|c| same(&c)) { state.capital.first() } else { state.seats.iter().find(same) };
        Some((Meaning::Seat(usual.copied().unwrap_or(words).to_owned()), MentionForm::Name))
    }

    /// Whether a bare word is the person's name: it was named in full, or a title stands before, or the model sees a person.
    fn is_surname(&self, place: &Place, sense: &Sense) -> bool {
        let Target::Person(person) = sense.target else { return false };
        if self.evidence.persons.contains_key(&person) {
            return true;
        }
        let Some(token) = self.reading.get(place.tokens.start) else { return false };
        let titled = token.before().is_some_and(|t| self.k.role(t.text()).is_some() || is_courtesy(t.text()));
        let (as_place, as_person) = self.evidence.votes.get(&place.found.name).copied().unwrap_or_default();
        let plain = token.i == 0 || token.before().is_none();
        titled || as_person > as_place || as_place == 0 && !plain && token.pos() == Pos::Propn
    }

    /// One word can be many things: "Time". It is an outlet where it stands as a proper noun inside a sentence.
    fn is_outlet(&self, place: &Place) -> bool {
        let Some(token) = self.reading.get(place.tokens.start) else { return false };
        place.tokens.len() > 1
            || token.pos() == Pos::Propn && (token.before().is_some() || token.entity_label().is_some())
    }

    /// "VILNIUS, June 27 -": a dateline that nobody marked as one.
    fn opens_in_capitals(&self, place: &Place, words: &str) -> bool {
        let opens = self
            .reading
            .get(place.tokens.start)
            .is_some_and(|t| self.reading.units().get(t.unit()).is_some_and(|u| u.start == t.i));
        let letters = || words.chars().filter(|c| c.is_alphabetic());
        opens && letters().count() > 3 && letters().all(char::is_uppercase)
    }

    fn stands_in_capitals(&self, place: &Place) -> bool {
        let capitals = |t: Option<language::Token<'_>>| {
            t.is_some_and(|t| t.text().len() > 1 && t.text().chars().all(char::is_uppercase))
        };
        self.reading.get(place.tokens.start).is_some_and(|t| capitals(t.before()) && capitals(t.after()))
    }

    fn is_heading(&self, token: usize) -> bool {
        let at = self.reading.get(token).map(|t| t.span());
        matches!(at.and_then(|s| self.block_kind(s)), Some(BlockKind::Headline | BlockKind::Subhead))
    }

    fn block_kind(&self, span: Span) -> Option<BlockKind> {
        block_kind(self.article, span)
    }
}

/// The kind of the block in which a span stands.
pub(super) fn block_kind(article: &Article, span: Span) -> Option<BlockKind> {
    let at = article.blocks.partition_point(|b| b.span.end <= span.start);
    article.blocks.get(at).filter(|b| b.span.overlaps(span)).map(|b| b.kind)
}

/// "Mr", "Mrs.": a courtesy, no office.
pub(super) fn is_courtesy(word: &str) -> bool {
    knowledge().is_word(WordClass::Courtesy, word)
}

fn covers(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Words that leave the state in view: "Kazakh Foreign Ministry", "Biden Administration".
fn is_government_word(word: &str) -> bool {
    knowledge().is_word(WordClass::Government, word)
}
