//! Names in a text and what they mean.
//!
//! Boundaries come from the tables first ([`super::gazetteer`], [`super::link`]); the language model's entities count only
//! where no table knows the name. Identifiers: `iso3:KAZ`, `person:donald-trump`, `agreement:abraham-accords`, `org:nato`,
//! `org:reuters`, `place:astana`; what no table knows is `name:<slug>`, an unknown agreement `agreement:<slug>`.
//!
//! A body that states join is one entity, the organisation: "NATO" in "joined NATO" and in "NATO said" is `org:nato`;
//! [`Names::agreements`] counts it among the agreements.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use language::{Pos, Reading, Span};

use super::fold::{fold, slug};
use super::gazetteer::Target;
use super::link::{self, Linked, Meaning};
use super::unknown::{self, Unknown};
use super::{Entity, EntityId, EntityKind};
use crate::ingest::Article;
use crate::knowledge::{WordClass, has_family_name_first, knowledge};

/// All names of one article: entities, their mentions, and for each token what it names.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Entities in order of first mention.
    pub(crate) found: Vec<Entity>,
    /// Mentions in text order, never overlapping: names first, then what coreference added.
    pub(crate) mentions: Vec<Mention>,
}

/// Words that name an entity.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// Their tokens.
    pub tokens: Range<usize>,
    /// Place in [`Names::found`].
    pub entity: usize,
    /// How it was linked.
    pub form: MentionForm,
}

/// How words name their entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum MentionForm {
    /// A name or alias.
    Name,
    /// "Kazakh", "Israeli": the state as an adjective.
    Adjective,
    /// "Washington", "the Kremlin" for a government.
    Metonym,
    /// "Secretary Rubio" is a Name; "the president", "the kingdom", "the accords" are nouns.
    Noun,
    /// "he", "it", "their".
    Pronoun,
}

impl Names {
    /// The entities with their mentions, in order of first mention.
    pub fn entities(&self) -> Vec<Entity> {
        self.found.clone()
    }

    /// The mention that covers the token.
    pub fn mention_at(&self, token: usize) -> Option<&Mention> {
        let at = self.mentions.partition_point(|m| m.tokens.end <= token);
        self.mentions.get(at).filter(|m| m.tokens.contains(&token))
    }

    /// What the token names.
    pub fn entity_at(&self, token: usize) -> Option<&Entity> {
        self.mention_at(token).map(|m| &self.found[m.entity])
    }

    /// The entity of a mention.
    pub fn entity_of(&self, mention: &Mention) -> &Entity {
        &self.found[mention.entity]
    }

    /// The entity with that identifier, if the article names it.
    pub fn get(&self, id: &EntityId) -> Option<&Entity> {
        self.found.iter().find(|e| e.id == *id)
    }

    /// Mentions whose tokens lie in the range, in text order.
    pub fn mentions_in(&self, tokens: Range<usize>) -> impl Iterator<Item = &Mention> {
        let first = self.mentions.partition_point(|m| m.tokens.start < tokens.start);
        self.mentions[first..]
            .iter()
            .take_while(move |m| m.tokens.start < tokens.end)
            .filter(move |m| m.tokens.end <= tokens.end)
    }

    /// Entities of one kind in order of first mention.
    pub fn of_kind(&self, kind: EntityKind) -> impl Iterator<Item = &Entity> {
        self.found.iter().filter(move |e| e.kind == kind)
    }

    /// What states can join in this article, in order of first mention: agreements, and bodies with members.
    pub fn agreements(&self) -> impl Iterator<Item = &Entity> {
        self.found.iter().filter(|e| is_joinable(e))
    }

    /// Adds a mention of an entity already found, unless a mention lies on its tokens. What coreference does.
    pub(crate) fn add(&mut self, reading: &Reading, tokens: Range<usize>, entity: usize, form: MentionForm) {
        let at = self.mentions.partition_point(|m| m.tokens.end <= tokens.start);
        if tokens.is_empty() || self.mentions.get(at).is_some_and(|m| m.tokens.start < tokens.end) {
            return;
        }
        let span = reading.span(tokens.clone());
        if let Some(found) = self.found.get_mut(entity) {
            let place = found.mentions.partition_point(|m| m.start < span.start);
            found.mentions.insert(place, span);
            self.mentions.insert(at, Mention { span, tokens, entity, form });
        }
    }
}

/// Whether states can join it: an agreement, or a body whose members the tables know.
pub fn is_joinable(entity: &Entity) -> bool {
    match entity.kind {
        EntityKind::Agreement => true,
        EntityKind::Organisation => {
            entity.id.0.strip_prefix("org:").is_some_and(|id| knowledge().agreement_of(id).is_some())
        }
        _ => false,
    }
}

/// The names of an article, linked where the gazetteer knows them, clustered by string where not.
pub fn find(article: &Article, reading: &Reading) -> Names {
    let mut known = link::link(article, reading);
    let covered = |known: &[Linked], token: usize| {
        let at = known.partition_point(|l| l.tokens.end <= token);
        known.get(at).filter(|l| l.tokens.contains(&token)).map(|l| l.meaning.clone())
    };
    let treaties = unknown::agreements(article, reading, &|t| covered(&known, t).is_some());
    // "Minsk Agreement": the town is part of the agreement's name.
    known.retain(|l| !treaties.iter().any(|t| t.tokens.start < l.tokens.end && l.tokens.start < t.tokens.end));
    let in_treaty = |token: usize| treaties.iter().any(|t| t.tokens.contains(&token));
    let strangers = unknown::entities(article, reading, &|t| covered(&known, t).is_some() || in_treaty(t));
    let mut builder = Builder { reading, drafts: BTreeMap::new(), mentions: Vec::new() };
    for l in &known {
        builder.known(l);
    }
    for u in treaties {
        let id = format!("agreement:{}", slug(&u.name));
        builder.put(id, u.kind, reading.span(u.tokens.clone()).of(reading.text()), u.tokens, MentionForm::Name);
    }
    builder.strangers(strangers);
    builder.finish()
}

/// An entity before its mentions are counted.
#[derive(Clone, Debug)]
struct Draft {
    kind: EntityKind,
    name: String,
}

struct Builder<'a> {
    reading: &'a Reading,
    drafts: BTreeMap<String, Draft>,
    /// Identifier, tokens and form, in no order until the end.
    mentions: Vec<(String, Range<usize>, Span, MentionForm)>,
}

impl Builder<'_> {
    fn known(&mut self, linked: &Linked) {
        let k = knowledge();
        let (id, kind, name) = match &linked.meaning {
            Meaning::Known(Target::State(i)) => {
                (format!("iso3:{}", k.states[*i].iso3), EntityKind::State, k.states[*i].name)
            }
            Meaning::Known(Target::Person(i)) => {
                (format!("person:{}", k.persons[*i].id), EntityKind::Person, k.persons[*i].name)
            }
            Meaning::Known(Target::Agreement(i)) => {
                (format!("agreement:{}", k.agreements[*i].id), EntityKind::Agreement, k.agreements[*i].name)
            }
            Meaning::Known(Target::Organisation(i)) => {
                (format!("org:{}", k.organisations[*i].id), EntityKind::Organisation, k.organisations[*i].name)
            }
            Meaning::Known(Target::Outlet(i)) => {
                (format!("org:{}", k.outlets[*i].id), EntityKind::Organisation, k.outlets[*i].name)
            }
            Meaning::Known(Target::Region(i)) => {
                (format!("place:{}", slug(k.regions[*i].name)), EntityKind::Place, k.regions[*i].name)
            }
            Meaning::Known(Target::Place(i)) => {
                (format!("place:{}", k.places[*i].id), EntityKind::Place, k.places[*i].name)
            }
            Meaning::Seat(name) => (format!("place:{}", slug(name)), EntityKind::Place, name.as_str()),
        };
        self.drafts.entry(id.clone()).or_insert_with(|| Draft { kind, name: name.to_owned() });
        self.mentions.push((id, linked.tokens.clone(), linked.span, linked.form));
    }

    fn put(&mut self, id: String, kind: EntityKind, name: &str, tokens: Range<usize>, form: MentionForm) {
        let span = self.reading.span(tokens.clone());
        let draft = self.drafts.entry(id.clone()).or_insert_with(|| Draft { kind, name: name.to_owned() });
        // Whoever is first named in part is called by the whole name.
        if kind == EntityKind::Person && name.strip_suffix(draft.name.as_str()).is_some_and(|rest| rest.ends_with(' '))
        {
            name.clone_into(&mut draft.name);
        }
        self.mentions.push((id, tokens, span, form));
    }

    /// Names that no table knows: full names first, then what is short for one of them.
    fn strangers(&mut self, strangers: Vec<Unknown>) {
        let short = abbreviations(self.reading, &strangers);
        let (full, bare): (Vec<Unknown>, Vec<Unknown>) =
            strangers.into_iter().partition(|u| u.name.contains(' ') || short.contains_key(&letters_of(&u.name)));
        // The longest first, so that "van Biljon" finds "Leon van Biljon" and "Roger Stone" "Roger J. Stone Jr.".
        let mut persons: BTreeMap<String, String> = BTreeMap::new();
        for (id, draft) in self.drafts.iter().filter(|(_, d)| d.kind == EntityKind::Person) {
            persons.entry(first_and_last(&draft.name)).or_insert_with(|| id.clone());
        }
        let mut names: Vec<&Unknown> = full.iter().filter(|u| u.kind == EntityKind::Person).collect();
        names.sort_by_key(|u| (std::cmp::Reverse(u.name.split(' ').count()), u.tokens.start));
        let mut ids: BTreeMap<String, String> = BTreeMap::new();
        for u in names {
            let first = full.iter().find(|f| first_and_last(&f.name) == first_and_last(&u.name)).unwrap_or(u);
            let tail = format!(" {}", u.name.to_lowercase());
            let mut longer: Vec<&String> =
                ids.iter().filter(|(n, _)| n.to_lowercase().ends_with(&tail)).map(|(_, id)| id).collect();
            longer.dedup();
            let id = match (persons.get(&first_and_last(&u.name)), longer.as_slice()) {
                (Some(known), _) => known.clone(),
                (None, [one]) => (*one).clone(),
                _ => format!("name:{}", slug(&first.name)),
            };
            persons.entry(first_and_last(&u.name)).or_insert_with(|| id.clone());
            ids.insert(u.name.clone(), id);
        }
        for u in full {
            let id = ids.get(&u.name).or_else(|| short.get(&letters_of(&u.name))).cloned();
            self.stranger(id.unwrap_or_else(|| format!("name:{}", slug(&u.name))), u);
        }
        self.bare(bare);
    }

    fn stranger(&mut self, id: String, u: Unknown) {
        if id.len() > "name:".len() {
            let name = self.reading.span(u.tokens.clone()).of(self.reading.text());
            self.put(id, u.kind, name, u.tokens, MentionForm::Name);
        }
    }

    /// Single words: a word that is the surname of a person named in full is that person, whatever the model takes it for there;
    /// so are a second surname and a first name, where the model sees a person and one only bears it. Proper nouns that the model
    /// did not see count where the person is named before.
    fn bare(&mut self, words: Vec<Unknown>) {
        self.mentions.sort_by_key(|m| m.1.start);
        let bearers = Bearers::of(&self.drafts);
        let mut times: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (id, tokens, ..) in self.mentions.iter().filter(|m| self.drafts[&m.0].kind == EntityKind::Person) {
            times.entry(id.clone()).or_default().push(tokens.start);
        }
        // "Wiranto": one word is all the name there is, and the model sees it here and there only.
        let single: BTreeMap<String, String> = words
            .iter()
            .filter(|u| u.kind == EntityKind::Person && bearers.named(&u.name, true).is_empty())
            .map(|u| (u.name.clone(), format!("name:{}", slug(&u.name))))
            .collect();
        let mut seen: BTreeMap<usize, Unknown> = words.into_iter().map(|u| (u.tokens.start, u)).collect();
        let mut covered = 0;
        let reading = self.reading;
        // A capital that opens a sentence proves nothing; that the article never has the word in small letters does, where one acts.
        let small: BTreeSet<&str> =
            reading.tokens().map(|t| t.text()).filter(|t| t.starts_with(char::is_lowercase)).collect();
        let acts = |token: language::Token<'_>| {
            let one = |t: language::Token<'_>| t.tag() != "VBP" && !matches!(t.text(), "are" | "were");
            token.dep() == "nsubj"
                && token.head().is_some_and(|v| one(v) && v.auxiliaries().all(one))
                && !small.contains(token.text().to_lowercase().as_str())
        };
        for token in reading.tokens() {
            if let Some(u) = seen.remove(&token.i) {
                covered = u.tokens.end;
                let person = u.kind == EntityKind::Person;
                match bearers.named(&u.name, person) {
                    [] => {
                        let id = format!("name:{}", slug(&u.name));
                        times.entry(id.clone()).or_default().push(token.i);
                        self.stranger(id, u);
                    }
                    named => match likeliest(named, &times, token.i) {
                        Some(id) => {
                            times.entry(id.clone()).or_default().push(token.i);
                            self.stranger(id, u);
                        }
                        // Two of that name: nearest first name would be a guess.
                        None if person => {}
                        None => self.stranger(format!("name:{}", slug(&u.name)), u),
                    },
                }
            } else if token.i >= covered
                && (token.pos() == Pos::Propn || is_capital(token) && (token.before().is_some() || acts(token)))
            {
                let word = fold(token.text());
                let named = bearers.surnames.get(&word).map_or(&[][..], Vec::as_slice);
                let before = |id: &str| times.get(id).and_then(|t| t.first()).is_some_and(|&t| t < token.i);
                let of_one_word = single.get(&word).filter(|id| before(id) && token.pos() == Pos::Propn);
                let known = likeliest(named, &times, token.i).filter(|id| before(id));
                let Some(id) = known.or_else(|| of_one_word.cloned()) else { continue };
                let at = self.mentions.partition_point(|m| m.1.end <= token.i);
                let taken = self.mentions.get(at).is_some_and(|m| m.1.contains(&token.i));
                let part_of_name = |t: Option<language::Token<'_>>| {
                    t.is_some_and(|t| {
                        t.pos() == Pos::Propn
                            && t.entity_label() != Some("DATE")
                            && !link::is_courtesy(t.text())
                            && knowledge().role(t.text()).is_none()
                    })
                };
                if !taken && !part_of_name(token.before()) && !part_of_name(token.after()) {
                    times.entry(id.clone()).or_default().push(token.i);
                    let at = self.mentions.partition_point(|m| m.1.start < token.i);
                    self.mentions.insert(at, (id, token.i..token.i + 1, token.span(), MentionForm::Name));
                }
            }
        }
    }

    fn finish(mut self) -> Names {
        self.mentions.sort_by_key(|m| (m.1.start, m.1.end));
        let mut names = Names::default();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut covered = 0;
        for (id, tokens, span, form) in self.mentions {
            let Some(draft) = self.drafts.get(&id) else { continue };
            // "U.S.-Mexican" is one token: the second name is a mention of its entity that no token carries.
            let within = names.mentions.last().is_some_and(|m| m.tokens == tokens && m.span.end <= span.start);
            if tokens.start < covered && !within {
                continue;
            }
            covered = tokens.end;
            let entity = *places.entry(id.clone()).or_insert_with(|| {
                names.found.push(entity(&id, draft));
                names.found.len() - 1
            });
            names.found[entity].mentions.push(span);
            if within {
                continue;
            }
            names.mentions.push(Mention { span, tokens, entity, form });
        }
        names
    }
}

fn entity(id: &str, draft: &Draft) -> Entity {
    let k = knowledge();
    let wikidata = match id.split_once(':') {
        Some(("iso3", iso3)) => k.state(iso3).and_then(|s| s.wikidata),
        Some(("person", id)) => k.person(id).and_then(|p| p.wikidata),
        Some(("agreement", id)) => k.agreement(id).and_then(|a| a.wikidata),
        _ => None,
    };
    Entity {
        id: EntityId(id.to_owned()),
        kind: draft.kind,
        name: draft.name.clone(),
        iso3: id.strip_prefix("iso3:").map(str::to_owned),
        wikidata: wikidata.map(str::to_owned),
        mentions: Vec::new(),
    }
}

/// What follows a first name: the last word, with its particle; the first word of a Chinese, Korean or Vietnamese name.
fn surname_of(name: &str, state: Option<&str>) -> Vec<String> {
    let folded = fold(name);
    let mut words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
    while words.len() > 2 && words.last().is_some_and(|w| knowledge().is_word(WordClass::Suffix, w)) {
        words.pop();
    }
    if words.len() < 2 {
        return Vec::new();
    }
    let first = words[0];
    let family_first = has_family_name_first(state)
        || state.is_none() && words.len() == 3 && knowledge().is_word(WordClass::FamilyName, first);
    vec![if family_first { first } else { words[words.len() - 1] }.to_owned()]
}

/// The persons of an article by the single words that can stand for them, folded.
struct Bearers {
    surnames: BTreeMap<String, Vec<String>>,
    /// The words between first and last of names of three words or more: the first of two surnames.
    middle: BTreeMap<String, Vec<String>>,
    firsts: BTreeMap<String, Vec<String>>,
}

impl Bearers {
    fn of(drafts: &BTreeMap<String, Draft>) -> Bearers {
        let mut bearers = Bearers { surnames: BTreeMap::new(), middle: BTreeMap::new(), firsts: BTreeMap::new() };
        for (id, draft) in drafts.iter().filter(|(_, d)| d.kind == EntityKind::Person) {
            let state = id.strip_prefix("person:").and_then(|p| knowledge().person(p)).and_then(|p| p.state);
            let surnames = surname_of(&draft.name, state);
            let folded = fold(&draft.name);
            for (at, word) in folded.split(' ').enumerate() {
                let short = word.chars().count() < 3 || word.ends_with('.');
                if short || surnames.iter().any(|s| s == word) || knowledge().is_word(WordClass::Particle, word) {
                    continue;
                }
                let words = if at == 0 { &mut bearers.firsts } else { &mut bearers.middle };
                words.entry(word.to_owned()).or_default().push(id.clone());
            }
            for surname in surnames {
                bearers.surnames.entry(surname).or_default().push(id.clone());
            }
        }
        bearers
    }

    /// Those who can be meant by the word: by surname, else by the first of two surnames, else, where the model sees a person or
    /// the word is a common first name, by first name.
    fn named(&self, word: &str, person: bool) -> &[String] {
        let first = || self.firsts.get(word).filter(|_| person || knowledge().is_first_name(word));
        let middle = || self.middle.get(word).filter(|_| !knowledge().is_first_name(word));
        self.surnames.get(word).or_else(middle).or_else(first).map_or(&[], Vec::as_slice)
    }
}

/// Whom a bare name means at a token: the only bearer, the only one named so far, else the one named so far at least twice as
/// often as any other. `times` has for each person the tokens of the mentions, the full ones from the whole article.
fn likeliest(named: &[String], times: &BTreeMap<String, Vec<usize>>, token: usize) -> Option<String> {
    if let [one] = named {
        return Some(one.clone());
    }
    let count = |id: &String| times.get(id).map_or(0, |t| t.iter().filter(|&&t| t < token).count());
    let mut counted: Vec<(usize, &String)> = named.iter().map(|id| (count(id), id)).collect();
    counted.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    match counted.as_slice() {
        [(most, id), (next, _), ..] if *most > 0 && *most >= 2 * next => Some((*id).clone()),
        _ => None,
    }
}

/// First and last word of a person's name, folded, without the initials and the "Jr." that print varies.
fn first_and_last(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> =
        folded.split(' ').filter(|w| !w.is_empty() && !knowledge().is_word(WordClass::Suffix, w)).collect();
    let middle = |w: &&&str| w.trim_end_matches('.').chars().count() > 1;
    match words.as_slice() {
        [first, between @ .., last] => {
            let kept: Vec<&str> = between.iter().filter(middle).copied().collect();
            [&[*first], kept.as_slice(), &[*last]].concat().join(" ")
        }
        other => other.concat(),
    }
}

fn is_capital(token: language::Token<'_>) -> bool {
    token.text().chars().next().is_some_and(char::is_uppercase)
}

/// Capitals of an abbreviation without its stops: "FBI" of "F.B.I."; empty for a word with small letters.
fn letters_of(name: &str) -> String {
    let letters: String = name.chars().filter(|c| *c != '.').collect();
    if (2..=10).contains(&letters.len()) && letters.chars().all(|c| c.is_ascii_uppercase()) {
        letters
    } else {
        String::new()
    }
}

/// Abbreviations of the bodies that an article names in full, with their identifiers: in brackets after the name
/// ("Organization for Security and Co-operation in Europe (OSCE)"), or the first letters of its words, three at least and
/// of one body only.
fn abbreviations(reading: &Reading, strangers: &[Unknown]) -> BTreeMap<String, String> {
    let mut bracketed = BTreeMap::new();
    let mut initials: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for u in strangers.iter().filter(|u| u.kind == EntityKind::Organisation && u.name.contains(' ')) {
        let id = format!("name:{}", slug(&u.name));
        if let Some(short) = abbreviation_after(reading, u) {
            bracketed.entry(letters_of(&short)).or_insert_with(|| id.clone());
        }
        let letters: String =
            u.name.split(' ').filter_map(|w| w.chars().next()).filter(char::is_ascii_uppercase).collect();
        let ids = initials.entry(letters).or_default();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    for (letters, ids) in initials {
        if let ([id], true) = (ids.as_slice(), letters.len() >= 3) {
            bracketed.entry(letters).or_insert_with(|| id.clone());
        }
    }
    bracketed.remove("");
    bracketed
}

/// The abbreviation in brackets after a name.
fn abbreviation_after(reading: &Reading, name: &Unknown) -> Option<String> {
    let open = reading.get(name.tokens.end).filter(|t| t.text() == "(")?;
    let short = reading.get(open.i + 1)?;
    let close = reading.get(open.i + 2).filter(|t| t.text() == ")")?;
    let capitals = short.text().chars().filter(|c| c.is_uppercase()).count();
    (close.i > short.i && capitals >= 2 && short.text().len() <= 10).then(|| fold(short.text()))
}

#[cfg(test)]
pub(crate) mod tests {
    use language::Reading;

    use super::{MentionForm, find};
    use crate::ingest::Article;
    use crate::testing::{MODEL, article};

    /// An article of one paragraph a line, read. A line that begins with `# ` is a headline.
    pub(crate) fn read(text: &str) -> (Article, Reading) {
        let article = article(text);
        let reading = super::super::read(&MODEL, &article);
        (article, reading)
    }

    /// Mentions as `words=id`, metonyms `words~id`, adjectives `words*id`.
    fn check(text: &str, expect: &[&str]) {
        let (article, reading) = read(text);
        let names = find(&article, &reading);
        let found: Vec<String> = names
            .mentions
            .iter()
            .map(|m| {
                let mark = match m.form {
                    MentionForm::Metonym => "~",
                    MentionForm::Adjective => "*",
                    _ => "=",
                };
                format!("{}{mark}{}", m.span.of(text), names.entity_of(m).id.0)
            })
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn states_and_their_people() {
        check("Kazakhstan’s envoy met Uzbek ministers.", &["Kazakhstan=iso3:KAZ", "Uzbek*iso3:UZB"]);
        check("The Norwegians ratified it before Sweden did.", &["Norwegians*iso3:NOR", "Sweden=iso3:SWE"]);
        check("", &[]);
    }

    #[test]
    fn doubtful_names_need_evidence() {
        check("Jordan signed the text in Amman.", &["Jordan=iso3:JOR", "Amman=place:amman"]);
        check("Michael Jordan scored forty points.", &["Michael Jordan=name:michael-jordan"]);
        check("Israel Katz spoke in Oslo.", &["Israel Katz=person:israel-katz", "Oslo=place:oslo"]);
        check("The minister carved a turkey.", &[]);
        check(
            "Armenia and Georgia reopened the road to Tbilisi.",
            &["Armenia=iso3:ARM", "Georgia=iso3:GEO", "Tbilisi=place:tbilisi"],
        );
    }

    #[test]
    fn a_capital_that_acts_is_its_government() {
        check("Tashkent rejected the draft.", &["Tashkent~iso3:UZB"]);
        check("They met in Tashkent.", &["Tashkent=place:tashkent"]);
        check("The Kremlin denied the report.", &["Kremlin~iso3:RUS"]);
    }

    #[test]
    fn a_bare_surname_is_the_person_named_in_full() {
        check(
            "Alice Brandt spoke first. Critics blamed Brandt.",
            &["Alice Brandt=name:alice-brandt", "Brandt=name:alice-brandt"],
        );
        check(
            "President Sauli Niinistö spoke. Niinisto left.",
            &["Sauli Niinistö=person:sauli-niinisto", "Niinisto=person:sauli-niinisto"],
        );
    }

    #[test]
    fn a_surname_that_is_a_word_acts_under_its_name() {
        check(
            "Attorney Jeff Sessions spoke.\nSessions had his own answer.",
            &["Jeff Sessions=person:jeff-sessions", "Sessions=person:jeff-sessions"],
        );
        check(
            "Attorney Jeff Sessions spoke of sessions.\nSessions had begun.",
            &["Jeff Sessions=person:jeff-sessions"],
        );
    }

    #[test]
    fn whoever_is_first_named_in_part_is_called_by_the_whole_name() {
        let name = |text: &str| {
            let article = crate::testing::article(text);
            let findings = crate::extract::extract(&crate::testing::MODEL, &article);
            let person = findings.entities.into_iter().find(|e| e.kind == super::super::EntityKind::Person);
            person.map(|p| p.name)
        };
        let whole = "Brandt Muller said so. Maria Brandt Muller, the minister, left the hall at noon.";
        assert_eq!(name(&format!("Minister {whole}")).as_deref(), Some("Maria Brandt Muller"));
        assert_eq!(name("Alice Brandt spoke first. Critics blamed Brandt.").as_deref(), Some("Alice Brandt"));
    }

    #[test]
    fn one_surname_of_two_people_is_the_one_named_so_far() {
        check(
            "Alice Brandt spoke. Brandt left. Brandt slept. Her brother Tom Brandt stayed. Later Brandt returned.",
            &[
                "Alice Brandt=name:alice-brandt",
                "Brandt=name:alice-brandt",
                "Brandt=name:alice-brandt",
                "Tom Brandt=name:tom-brandt",
                "Brandt=name:alice-brandt",
            ],
        );
        check(
            "Alice Brandt met Tom Brandt. Later Brandt left.",
            &["Alice Brandt=name:alice-brandt", "Tom Brandt=name:tom-brandt"],
        );
    }

    #[test]
    fn names_that_the_model_sees_here_and_there_only_are_found_everywhere() {
        check(
            "They mourned the cosmonaut Alexei Brandtov. Later Brandtov was buried.",
            &["Alexei Brandtov=name:alexei-brandtov", "Brandtov=name:alexei-brandtov"],
        );
    }

    #[test]
    fn names_in_two_forms_are_one() {
        check(
            "Roger T. Blackwood Jr. spoke in Oslo. Roger Blackwood denied it.",
            &[
                "Roger T. Blackwood Jr.=name:roger-t-blackwood-jr",
                "Oslo=place:oslo",
                "Roger Blackwood=name:roger-t-blackwood-jr",
            ],
        );
        check(
            "The Nordic Harbour Alliance met. The NHA has nine members.",
            &["Nordic Harbour Alliance=name:nordic-harbour-alliance", "NHA=name:nordic-harbour-alliance"],
        );
    }

    #[test]
    fn a_name_inside_a_longer_one_is_not_itself() {
        check("The ferry sank in Oslo Bay.", &["Oslo Bay=name:oslo-bay"]);
        check("The ferry left Oslo at nine.", &["Oslo=place:oslo"]);
        check("The Nevada Senate met. The Senate adjourned.", &["Nevada=place:nevada"]);
        check("The U.S. Senate met. The Senate adjourned.", &["U.S. Senate=org:us-senate", "Senate=org:us-senate"]);
    }

    #[test]
    fn any_text_is_read_to_the_end() {
        let long = "Norway and the kingdom signed. It said so. ".repeat(40);
        for text in [
            "\u{feff}",
            "…",
            "’s",
            "-",
            "🇰🇿 U.S. 🇺🇸",
            "the the the",
            "(NATO",
            "Treaty of",
            "of Treaty",
            "İstanbul’da ß Å",
            &long,
        ] {
            let (article, reading) = read(text);
            let mut names = find(&article, &reading);
            crate::extract::coreference::resolve(&article, &reading, &mut names);
            assert!(names.mentions.iter().all(|m| !m.span.of(text).is_empty()), "{text}");
        }
    }

    #[test]
    fn agreements_known_and_unknown() {
        check(
            "Bahrain joined the Abraham Accords.",
            &["Bahrain=iso3:BHR", "Abraham Accords=agreement:abraham-accords"],
        );
        check(
            "Norway signed the Bergen Protocol on Friday.",
            &["Norway=iso3:NOR", "Bergen Protocol=agreement:bergen-protocol"],
        );
        check("They reached an agreement after a long convention.", &[]);
        check("Finland joined NATO.", &["Finland=iso3:FIN", "NATO=org:nato"]);
    }
}
