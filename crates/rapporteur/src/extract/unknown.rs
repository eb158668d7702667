//! Names that no table knows: what the model sees, made tidy and gathered by string over the article.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use language::{Pos, Reading, Token};

use super::EntityKind;
use super::fold::fold;
use super::link::{block_kind, is_courtesy};
use crate::ingest::{Article, BlockKind};
use crate::knowledge::{WordClass, knowledge};

/// A name as the model sees it, tidied.
#[derive(Clone, Debug)]
pub(super) struct Unknown {
    pub(super) tokens: Range<usize>,
    pub(super) kind: EntityKind,
    /// In folded form.
    pub(super) name: String,
}

/// Names of agreements that no table knows: capitalised words that end in a treaty noun, "Treaty of Sèvres" included.
/// In text order; `taken` says which tokens are known names.
pub(super) fn agreements(article: &Article, reading: &Reading, taken: &dyn Fn(usize) -> bool) -> Vec<Unknown> {
    let mut found: Vec<Unknown> = Vec::new();
    for noun in reading.tokens().filter(|t| is_treaty_noun(t.text())) {
        if is_heading(article, noun) || taken(noun.i) || found.last().is_some_and(|f| noun.i < f.tokens.end) {
            continue;
        }
        let mut start = noun.i;
        while let Some(before) = reading.get(start).and_then(|t| t.before()) {
            // "Armenia-Azerbaijan Agreement", but not "post-Accords".
            let joined = matches!(before.text(), "-" | "–") && !before.space_after();
            let named = if joined { before.before() } else { Some(before) };
            match named.filter(|t| is_capitalised(*t) && !is_opening(*t)) {
                Some(token) => start = token.i,
                None => break,
            }
        }
        let mut end = noun.i + 1;
        // "Treaty on the Prohibition of Nuclear Weapons".
        let mut next = end;
        while let Some(token) = reading.get(next).filter(|t| t.sentence() == noun.sentence()) {
            if matches!(token.entity_label(), Some("DATE" | "TIME")) {
                break;
            }
            // "Optional Protocol to the Convention on the Rights of the Child" is another than the convention.
            let joins = matches!(token.text(), "of" | "on" | "the" | "for" | "and")
                || noun.text() == "Protocol" && matches!(token.text(), "to" | "against");
            if is_capitalised(token) && token.pos() != Pos::Punct && !taken(next) {
                end = next + 1;
            } else if !joins || next - end > 2 {
                break;
            }
            next += 1;
        }
        let named_after =
            end > noun.i + 1 && reading.get(noun.i + 1).is_some_and(|t| matches!(t.text(), "of" | "on" | "for" | "to"));
        if start == noun.i && !named_after {
            continue;
        }
        let tokens = start..if named_after { end } else { noun.i + 1 };
        let name = fold(reading.span(tokens.clone()).of(reading.text()));
        found.push(Unknown { tokens, kind: EntityKind::Agreement, name });
    }
    found
}

/// The model's names on tokens that are not taken, tidied and completed, in text order; those that stand only in headings are left out, for
/// there every word has a capital. The kind of a name is the one that most of its places have.
pub(super) fn entities(article: &Article, reading: &Reading, taken: &dyn Fn(usize) -> bool) -> Vec<Unknown> {
    let mut found = Vec::new();
    let mut votes: BTreeMap<String, BTreeMap<u8, (usize, EntityKind)>> = BTreeMap::new();
    for entity in reading.entities() {
        let Some(kind) = kind_of(reading.entity_label(entity)) else { continue };
        let Some(tokens) = tidy(reading, entity.tokens.clone(), kind) else { continue };
        let twice = found.last().is_some_and(|f: &Unknown| tokens.start < f.tokens.end);
        if twice || tokens.clone().any(taken) || is_common(reading, &tokens) || is_title_of_work(reading, &tokens) {
            continue;
        }
        let name = fold(reading.span(tokens.clone()).of(reading.text()));
        found.push(Unknown { tokens, kind, name });
    }
    unseen_persons(reading, taken, &mut found);
    trim_to_persons(reading, &mut found);
    for u in &found {
        let heading = reading.get(u.tokens.start).is_some_and(|t| is_heading(article, t));
        let mut vote = |kind: EntityKind, n| {
            votes.entry(u.name.clone()).or_default().entry(kind as u8).or_insert((0, kind)).0 += n;
        };
        if !heading {
            vote(u.kind, 1);
            if is_person(reading, u) {
                vote(EntityKind::Person, 3);
            }
        }
    }
    found.retain_mut(|u| match votes.get(&u.name) {
        None => false,
        Some(kinds) => {
            if let Some(&(_, kind)) = kinds.values().rev().max_by_key(|(n, _)| *n) {
                u.kind = kind;
            }
            true
        }
    });
    found
}

/// Persons that the model left out: a first name before a capitalised word, neither in a name of the model's nor of the tables.
fn unseen_persons(reading: &Reading, taken: &dyn Fn(usize) -> bool, found: &mut Vec<Unknown>) {
    let covered: BTreeSet<usize> = found.iter().flat_map(|u| u.tokens.clone()).collect();
    let free = |t: Token<'_>| {
        t.pos() == Pos::Propn
            && t.entity().is_none()
            && is_capitalised(t)
            && t.text().chars().skip(1).any(char::is_lowercase)
            && !taken(t.i)
            && !covered.contains(&t.i)
    };
    let add: Vec<Unknown> = reading
        .tokens()
        .filter(|t| free(*t) && knowledge().is_first_name(&fold(t.text())))
        .filter_map(|first| {
            let last = first.after().filter(|t| first.space_after() && t.dep() != "punct" && free(*t))?;
            let alone =
                |t: Option<Token<'_>>| t.is_none_or(|t| t.pos() != Pos::Propn || knowledge().role(t.text()).is_some());
            let title = knowledge().role(last.text()).is_some() || knowledge().is_word(WordClass::Feature, last.text());
            (alone(first.before()) && alone(last.after()) && !title).then(|| {
                let tokens = first.i..last.i + 1;
                let name = fold(reading.span(tokens.clone()).of(reading.text()));
                Unknown { tokens, kind: EntityKind::Person, name }
            })
        })
        .collect();
    found.extend(add);
    found.sort_by_key(|u| u.tokens.start);
}

/// Whether the words beside or the first name make a person of it, whatever the model says: "Mr Brandt", "Emmanuel Brandt".
fn is_person(reading: &Reading, u: &Unknown) -> bool {
    let k = knowledge();
    let before = reading.get(u.tokens.start).and_then(|t| t.before());
    let institution = u.name.split(' ').any(|w| {
        let small = w.to_lowercase();
        k.is_word(WordClass::Body, &small)
            || k.is_word(WordClass::PlaceNoun, &small)
            || k.is_word(WordClass::Government, w)
            || k.is_word(WordClass::Feature, w)
            || matches!(w, "and" | "of" | "for" | "&")
    });
    let words = u.name.split(' ').count();
    !institution
        && (before.is_some_and(|t| is_courtesy(t.text()))
            || (2..=3).contains(&words) && u.name.split(' ').next().is_some_and(|w| k.is_first_name(w)))
}

/// "Anna Brandt Servers", where the article has "servers" and Anna Brandt as well: a heading's capital, no part of the name.
fn trim_to_persons(reading: &Reading, found: &mut [Unknown]) {
    let persons: BTreeSet<String> =
        found.iter().filter(|u| u.kind == EntityKind::Person).map(|u| u.name.clone()).collect();
    let noun = |u: &Unknown| {
        let last = reading.get(u.tokens.end.checked_sub(1)?)?;
        let rest = fold(reading.span(u.tokens.start..last.i).of(reading.text()));
        let is_named = persons.iter().any(|p| rest == *p || rest.ends_with(&format!(" {p}")));
        (u.tokens.len() > 1 && is_named).then(|| (last.text().to_lowercase(), rest))
    };
    let wanted: Vec<(usize, (String, String))> =
        found.iter().enumerate().filter_map(|(i, u)| Some((i, noun(u)?))).collect();
    if wanted.is_empty() {
        return;
    }
    let small: BTreeSet<&str> =
        reading.tokens().map(|t| t.text()).filter(|t| t.starts_with(char::is_lowercase)).collect();
    for (i, (word, rest)) in wanted {
        let one = word.strip_suffix('s').unwrap_or(&word);
        if small.contains(word.as_str()) || small.contains(one) {
            found[i].tokens.end -= 1;
            found[i].name = rest;
            found[i].kind = EntityKind::Person;
        }
    }
}

/// “The Long Winter”: several words alone between marks are the title of a work.
fn is_title_of_work(reading: &Reading, tokens: &Range<usize>) -> bool {
    let mark = |t: Token<'_>| matches!(t.text(), "“" | "”" | "\"");
    let mut from = tokens.start;
    if reading.get(from).and_then(|t| t.before()).is_some_and(|t| matches!(t.text(), "The" | "A" | "An")) {
        from -= 1;
    }
    let opens = from.checked_sub(1).and_then(|i| reading.get(i)).is_some_and(mark);
    let after = reading.get(tokens.end);
    let closes = after.is_some_and(mark)
        || after.is_some_and(|t| t.text() == ",") && reading.get(tokens.end + 1).is_some_and(mark);
    opens && closes && tokens.len() > 1
}

fn kind_of(label: &str) -> Option<EntityKind> {
    Some(match label {
        "PERSON" => EntityKind::Person,
        "ORG" => EntityKind::Organisation,
        "GPE" | "LOC" | "FAC" => EntityKind::Place,
        _ => return None,
    })
}

/// Without article, title, courtesy, possessive and marks at the ends; `None` where no capitalised word is left.
fn tidy(reading: &Reading, mut tokens: Range<usize>, kind: EntityKind) -> Option<Range<usize>> {
    let droppable = |t: Token<'_>| {
        !t.text().chars().any(char::is_alphanumeric)
            || matches!(t.text(), "'s" | "’s")
            || t.text().chars().next().is_some_and(char::is_lowercase) && !is_particle(t.text()) && !is_hyphened(t)
    };
    let is_adverb = |t: Token<'_>| kind == EntityKind::Person && t.before().is_none() && t.pos() == Pos::Adv;
    let title = |t: Token<'_>| {
        is_courtesy(t.text())
            || kind == EntityKind::Person && (knowledge().role(t.text()).is_some() || is_title_part(t.text()))
    };
    // "Anna Berg of Larvik": where she comes from is no part of the name; "Margaret of Denmark" has no other.
    let of = reading.range(tokens.clone()).skip(2).find(|t| t.text() == "of");
    if let Some(of) = of.filter(|_| kind == EntityKind::Person) {
        tokens.end = of.i;
    }
    while let Some(first) = reading.get(tokens.start).filter(|_| !tokens.is_empty()) {
        if !(droppable(first) || matches!(first.text(), "The" | "A" | "An") || title(first) || is_adverb(first)) {
            break;
        }
        tokens.start += 1;
    }
    while let Some(last) = tokens.end.checked_sub(1).and_then(|i| reading.get(i)).filter(|_| !tokens.is_empty()) {
        if !droppable(last) {
            break;
        }
        tokens.end -= 1;
    }
    // "National Hurricane Center (NHC": the brackets are not of the name.
    if let Some(open) = reading.range(tokens.clone()).find(|t| t.text() == "(") {
        tokens.end = open.i;
    }
    // A first name and a "Bay" that the model left out.
    let first =
        |t: &Token<'_>| t.pos() == Pos::Propn && t.entity().is_none() && knowledge().is_first_name(&fold(t.text()));
    if tokens.len() == 1
        && kind != EntityKind::Organisation
        && let Some(before) = reading.get(tokens.start).and_then(|t| t.before()).filter(first)
    {
        tokens.start = before.i;
    }
    let feature = |t: &Token<'_>| {
        t.pos() == Pos::Propn && t.entity().is_none() && knowledge().is_word(WordClass::Feature, t.text())
    };
    let after = tokens.end.checked_sub(1).and_then(|i| reading.get(i)).and_then(|t| t.after());
    if let Some(after) = after.filter(feature).filter(|_| kind == EntityKind::Place) {
        tokens.end = after.i + 1;
    }
    let capital = reading.range(tokens.clone()).any(is_capitalised);
    let letters: usize =
        reading.range(tokens.clone()).map(|t| t.text().chars().filter(|c| c.is_alphabetic()).count()).sum();
    (capital && letters > 1 && tokens.len() <= 8).then_some(tokens)
}

/// Capitalised words that name nothing by themselves: "Accords", the "State" of a secretary, "STRENGTH", "Administration".
fn is_common(reading: &Reading, tokens: &Range<usize>) -> bool {
    let [Some(only), None] = [reading.get(tokens.start), reading.get(tokens.start + 1).filter(|_| tokens.len() > 1)]
    else {
        return false;
    };
    let word = only.text();
    let shouted = word.len() > 6 && word.chars().all(char::is_uppercase);
    let in_title = (1..=3).filter_map(|n| tokens.start.checked_sub(n)).any(|from| {
        let words = reading.span(from..tokens.end).of(reading.text());
        reading.get(from).is_some_and(|t| t.sentence() == only.sentence()) && knowledge().role(words).is_some()
    });
    shouted
        || in_title
        || is_treaty_noun(word)
        || knowledge().role(word).is_some()
        || knowledge().is_word(WordClass::Bare, word)
}

/// The "un" of "Jong-un".
fn is_hyphened(token: Token<'_>) -> bool {
    token.before().is_some_and(|t| t.text() == "-" && !t.space_after())
}

fn is_particle(word: &str) -> bool {
    knowledge().is_word(WordClass::Particle, word)
}

fn is_title_part(word: &str) -> bool {
    knowledge().is_word(WordClass::TitlePart, word)
}

fn is_treaty_noun(word: &str) -> bool {
    knowledge().is_word(WordClass::Treaty, word)
}

fn is_capitalised(token: Token<'_>) -> bool {
    token.text().chars().next().is_some_and(char::is_uppercase)
}

/// A capital that only opens a sentence: "The", "Under".
fn is_opening(token: Token<'_>) -> bool {
    token.before().is_none() && !matches!(token.pos(), Pos::Propn | Pos::Noun | Pos::Adj)
        || matches!(token.text(), "The" | "A" | "An" | "This" | "That" | "My" | "Our" | "Its" | "I")
}

fn is_heading(article: &Article, token: Token<'_>) -> bool {
    matches!(block_kind(article, token.span()), Some(BlockKind::Headline | BlockKind::Subhead))
}
