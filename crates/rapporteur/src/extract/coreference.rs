//! Who is meant by "the president", "the kingdom", "the accords", "he", "it".
//!
//! Ordered sieves that abstain: a noun or pronoun is linked only where exactly one reading is left. Bare surnames and
//! abbreviations are linked before, with the names ([`super::name`]); the first person inside quotation marks belongs to the
//! speaker and is not touched here.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use language::{Pos, Reading, Token};

use super::fold::fold;
use super::gazetteer::is_short_form;
use super::name::{MentionForm, Names};
use super::quotation::lexicon;
use super::role;
use super::title::{self, Title};
use super::{EntityId, EntityKind};
use crate::ingest::Article;
use crate::knowledge::{Gender, WordClass, knowledge};

/// Adds the mentions by noun and by pronoun to the names of an article.
pub fn resolve(article: &Article, reading: &Reading, names: &mut Names) {
    if names.found.is_empty() {
        return;
    }
    let titles = title::titles(reading, names);
    let day = role::reference_day(article, names, &titles).day;
    let quoted = inside_quotes(reading);
    let short = short_forms(names);
    let words = capital_words(names);
    for token in reading.tokens() {
        if names.mention_at(token.i).is_some() {
            continue;
        }
        let resolver = Resolver { reading, names, titles: &titles, day, quoted: &quoted, short: &short, words: &words };
        let found = match token.pos() {
            Pos::Noun | Pos::Propn => resolver.noun(token),
            Pos::Pron => resolver.pronoun(token).map(|e| (token.i..token.i + 1, e, MentionForm::Pronoun)),
            _ => None,
        };
        if let Some((mut tokens, entity, form)) = found {
            // "the French president": the adjective keeps its own mention.
            if names.mentions_in(tokens.clone()).next().is_some() {
                tokens = token.i..token.i + 1;
            }
            names.add(reading, tokens, entity, form);
        }
    }
}

type Found = (Range<usize>, usize, MentionForm);

/// How many sentences a pronoun may look back.
const REACH: usize = 2;

/// How many sentences a kind of state ("the kingdom") may look back.
const FAR: usize = 30;

struct Resolver<'a> {
    reading: &'a Reading,
    names: &'a Names,
    titles: &'a [Title],
    day: crate::knowledge::Day,
    quoted: &'a [bool],
    /// Short forms with the entities that go by them.
    short: &'a BTreeMap<String, BTreeSet<usize>>,
    /// Capitalised words of names that stand for the whole after "the", as printed.
    words: &'a BTreeMap<String, BTreeSet<usize>>,
}

impl Resolver<'_> {
    fn noun(&self, noun: Token<'_>) -> Option<Found> {
        // "the Accords", and "Accords" with its capital as a name of its own.
        let start = self.start_of_phrase(noun)?;
        let words = fold(self.reading.span(start..noun.i + 1).of(self.reading.text())).to_lowercase();
        let words = without_praise(&words);
        if let Some(entity) = self.short_form(noun, words) {
            let form = if noun.text().chars().next().is_some_and(char::is_uppercase) {
                MentionForm::Name
            } else {
                MentionForm::Noun
            };
            return Some((start..noun.i + 1, entity, form));
        }
        if let Some(entity) = self.last_word(noun, start) {
            return Some((start..noun.i + 1, entity, MentionForm::Name));
        }
        if self.titles.iter().any(|t| t.tokens.contains(&noun.i)) {
            return None;
        }
        let entity = self.type_noun(noun, start).or_else(|| self.role_noun(noun, start))?;
        Some((start..noun.i + 1, entity, MentionForm::Noun))
    }

    /// The token after the determiner of a definite phrase that ends with the noun, or the noun itself where it is a name.
    fn start_of_phrase(&self, noun: Token<'_>) -> Option<usize> {
        let mut at = noun.i;
        while let Some(before) = at.checked_sub(1).and_then(|i| self.reading.get(i)) {
            if before.sentence() != noun.sentence() || noun.i - before.i > 5 {
                break;
            }
            if matches!(before.text().to_ascii_lowercase().as_str(), "the" | "this" | "these") {
                return Some(at);
            }
            let modifies =
                matches!(before.dep(), "amod" | "compound" | "nmod" | "npadvmod" | "punct") && before.text() != ",";
            if !modifies {
                break;
            }
            at = before.i;
        }
        let name = noun.text().chars().next().is_some_and(char::is_uppercase)
            && noun.before().is_some()
            && noun.dep() != "compound";
        (name && matches!(noun.text(), "Accords" | "Alliance" | "Treaty" | "Convention")).then_some(noun.i)
    }

    /// "the accords", "the alliance": the one agreement of the article that goes by this short form, named before.
    fn short_form(&self, noun: Token<'_>, words: &str) -> Option<usize> {
        // "the agreement with Peru", "the treaty between A and B" may be another one.
        if noun.children().any(|c| c.dep() == "prep" && matches!(c.text(), "with" | "between" | "among" | "to" | "for"))
        {
            return None;
        }
        let fitting = self.short.get(words)?;
        fitting.first().copied().filter(|&e| fitting.len() == 1 && self.named_before(e, noun.i))
    }

    /// "the Journal", "the North": the one body, outlet or state of the article whose name ends or begins so, named before.
    fn last_word(&self, noun: Token<'_>, start: usize) -> Option<usize> {
        let proper = |t: Token<'_>| t.pos() == Pos::Propn && t.i > noun.i;
        if start != noun.i || noun.dep() == "compound" || noun.after().is_some_and(proper) {
            return None;
        }
        let fitting = self.words.get(noun.text())?;
        fitting.first().copied().filter(|&e| fitting.len() == 1 && self.named_before(e, noun.i))
    }

    fn named_before(&self, entity: usize, token: usize) -> bool {
        let at = self.reading.get(token).map_or(0, |t| t.span().start);
        self.names.found[entity].mentions.first().is_some_and(|m| m.end <= at)
    }

    /// "the kingdom", "the Central Asian nation", "the country".
    fn type_noun(&self, noun: Token<'_>, start: usize) -> Option<usize> {
        let is_state = |e: usize| self.names.found[e].kind == EntityKind::State;
        let polity = match noun.text().to_ascii_lowercase().as_str() {
            "kingdom" => Some("Kingdom"),
            "sultanate" => Some("Sultanate"),
            "emirate" => Some("State of Qatar|State of Kuwait|Emirate"),
            "principality" => Some("Principality"),
            "nation" | "country" | "state" | "republic" => None,
            _ => return None,
        };
        if let Some(polity) = polity {
            if start != noun.i {
                return None;
            }
            let fits = |e: usize| {
                let state = self.names.found[e].iso3.as_deref().and_then(|iso3| knowledge().state(iso3));
                state.is_some_and(|s| polity.split('|').any(|p| s.official_name.contains(p)))
            };
            return self.last_before(noun, FAR, |e| is_state(e) && fits(e));
        }
        if start == noun.i {
            return if noun.text().eq_ignore_ascii_case("country") {
                self.last_before(noun, 1, is_state)
            } else {
                None
            };
        }
        let words = fold(self.reading.span(start..noun.i).of(self.reading.text())).trim().to_lowercase();
        let members = class_members(&words)?;
        let fits = |e: usize| self.names.found[e].iso3.as_deref().is_some_and(|iso3| members.contains(&iso3));
        self.last_before(noun, 3, |e| is_state(e) && fits(e))
    }

    /// The one fitting entity of the nearest sentence that has any, at most `reach` sentences back; `None` where it has two.
    /// Adjectives do not count.
    fn last_before(&self, token: Token<'_>, reach: usize, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let mut sentence = token.sentence();
        for _ in 0..=reach.min(sentence) {
            let range = self.reading.sentences().get(sentence)?.tokens.clone();
            let found: BTreeSet<usize> = self
                .names
                .mentions_in(range.start..range.end.min(token.i))
                .filter(|m| m.form != MentionForm::Adjective && fits(m.entity))
                .map(|m| m.entity)
                .collect();
            if !found.is_empty() {
                return found.first().copied().filter(|_| found.len() == 1);
            }
            sentence = sentence.checked_sub(1)?;
        }
        None
    }

    /// "the president", "the Swedish prime minister", "the president of Peru": the one person of the article who has that
    /// title, named before, else the office-holder at the article's date where the article names that person too.
    fn role_noun(&self, noun: Token<'_>, start: usize) -> Option<usize> {
        if noun.tag() == "NNS" || noun.dep() == "compound" || noun.after().is_some_and(|t| t.pos() == Pos::Propn) {
            return None;
        }
        let mut from = start;
        let mut of: Option<EntityId> = None;
        let mut past = false;
        while from <= noun.i {
            let token = self.reading.get(from)?;
            match self.names.mention_at(from) {
                Some(m) if self.names.found[m.entity].kind == EntityKind::State => {
                    of = Some(self.names.found[m.entity].id.clone());
                    from = m.tokens.end;
                }
                Some(_) => return None,
                None if matches!(token.text(), "former" | "ex" | "-") => {
                    past |= token.text() != "-";
                    from += 1;
                }
                None => break,
            }
        }
        let office = self.reading.span(from..noun.i + 1).of(self.reading.text());
        knowledge().role(office)?;
        if let Some(prep) = noun.children().find(|c| c.dep() == "prep") {
            let named = prep.child("pobj").and_then(|o| self.names.entity_at(o.i)).filter(|_| prep.text() == "of");
            of = Some(named.filter(|e| matches!(e.kind, EntityKind::State | EntityKind::Organisation))?.id.clone());
        }
        let same = |t: &&Title| {
            let of_that = |of: &EntityId| match &t.of {
                Some(own) => own == of,
                None => self.can_be_of(t, of),
            };
            t.past == past && knowledge().is_same_title(&t.office, office) && of.as_ref().is_none_or(of_that)
        };
        let titled: BTreeSet<usize> =
            self.titles.iter().filter(same).map(|t| t.person).filter(|&e| self.named_before(e, noun.i)).collect();
        if !titled.is_empty() {
            return titled.first().copied().filter(|_| titled.len() == 1);
        }
        let iso3 = of?.0.strip_prefix("iso3:")?.to_owned();
        let holders: BTreeSet<&str> = knowledge()
            .tenures
            .iter()
            .filter(|t| {
                t.of == Some(&iso3) && knowledge().is_same_title(t.office, office) && t.covers(self.day) && !past
            })
            .map(|t| t.person)
            .collect();
        let id = EntityId(format!("person:{}", holders.first().filter(|_| holders.len() == 1)?));
        self.names.found.iter().position(|e| e.id == id).filter(|&e| self.named_before(e, noun.i))
    }

    /// Whether a title without a state can be of that one: the table has the person in that office there, or not at all.
    fn can_be_of(&self, title: &Title, of: &EntityId) -> bool {
        let Some(person) = self.names.found[title.person].id.0.strip_prefix("person:") else { return true };
        let of = of.0.strip_prefix("iso3:").unwrap_or(&of.0);
        let mut held =
            knowledge().tenures_of(person).filter(|t| knowledge().is_same_title(t.office, &title.office)).peekable();
        held.peek().is_none() || held.any(|t| t.of == Some(of))
    }

    fn pronoun(&self, token: Token<'_>) -> Option<usize> {
        match token.text().to_lowercase().as_str() {
            "he" | "him" | "his" | "himself" => self.person(token, Gender::Male),
            "she" | "her" | "hers" | "herself" => self.person(token, Gender::Female),
            "it" | "its" if matches!(token.dep(), "nsubj" | "nsubjpass" | "poss") && !is_empty_subject(token) => {
                self.partner(token).or_else(|| self.thing(token))
            }
            _ => None,
        }
    }

    /// The one person of that gender in the nearest sentence that has any; of two, the one that is a subject.
    fn person(&self, pronoun: Token<'_>, gender: Gender) -> Option<usize> {
        let mut sentence = pronoun.sentence();
        let unit = pronoun.unit();
        if let Some(ahead) = self.subject_ahead(pronoun, gender) {
            return Some(ahead);
        }
        for _ in 0..=REACH {
            let range = self.reading.sentences().get(sentence).filter(|s| s.unit + 1 >= unit)?.tokens.clone();
            let range = range.start..range.end.min(pronoun.i);
            let fits = |e: usize| {
                let entity = &self.names.found[e];
                entity.kind == EntityKind::Person && gender_of(&entity.id).is_none_or(|g| g == gender)
            };
            let mentions: Vec<_> = self
                .names
                .mentions_in(range.clone())
                .filter(|m| fits(m.entity) && (self.quoted[m.tokens.start] || !self.quoted[pronoun.i]))
                .filter(|m| !self.is_bound(pronoun, m.tokens.end - 1))
                .filter(|m| !self.is_spoken_of(pronoun, m.tokens.end - 1))
                .collect();
            if self.has_stranger(range) {
                return None;
            }
            let all: BTreeSet<usize> = mentions.iter().map(|m| m.entity).collect();
            if !all.is_empty() {
                let subjects: BTreeSet<usize> =
                    mentions.iter().filter(|m| self.is_subject(m.tokens.end - 1)).map(|m| m.entity).collect();
                let one = if all.len() == 1 { &all } else { &subjects };
                return one.first().copied().filter(|_| one.len() == 1);
            }
            sentence = sentence.checked_sub(1)?;
        }
        None
    }

    /// "In his statement, Berg said": the owner in a phrase before the main clause is its subject.
    fn subject_ahead(&self, pronoun: Token<'_>, gender: Gender) -> Option<usize> {
        let phrase = pronoun.ancestors().take(4).find(|a| a.dep() == "prep").filter(|_| pronoun.dep() == "poss")?;
        let verb = phrase.head().filter(|v| v.is_root() && phrase.i < v.i)?;
        let subject = verb.child("nsubj").filter(|s| s.i > pronoun.i && phrase.right_edge() < s.left_edge())?;
        let starts = phrase.left_edge() == self.reading.sentences().get(phrase.sentence())?.tokens.start;
        let entity = self.names.mention_at(subject.i)?.entity;
        let person = &self.names.found[entity];
        let fits = person.kind == EntityKind::Person && gender_of(&person.id).is_none_or(|g| g == gender);
        (starts && fits && !self.quoted[pronoun.i]).then_some(entity)
    }

    /// "X met him": a person does not act on itself by a plain pronoun.
    fn is_bound(&self, pronoun: Token<'_>, name: usize) -> bool {
        let him = !matches!(pronoun.text(), "he" | "He" | "she" | "She") && pronoun.dep() != "poss";
        let object = him && !pronoun.text().ends_with("self");
        // "X said the police believe him to be ...": where the gender is not known either, that is somebody else.
        let unsure = self.names.entity_at(name).is_some_and(|e| gender_of(&e.id).is_none());
        if object && unsure && self.reading.get(name).is_some_and(|n| n.sentence() == pronoun.sentence()) {
            return true;
        }
        object && self.reading.get(name).is_some_and(|n| n.dep() == "nsubj" && n.head() == pronoun.head())
    }

    /// "Berg will win, he said", "“Berg will win,” he said": who is spoken of is not the one who speaks.
    fn is_spoken_of(&self, pronoun: Token<'_>, name: usize) -> bool {
        let speaks = |v: &Token<'_>| lexicon::verb(*v).is_some_and(lexicon::Cue::speaks);
        let Some(verb) = pronoun.head().filter(|v| pronoun.dep() == "nsubj" && speaks(v)) else { return false };
        if self.quoted[name] && !self.quoted[pronoun.i] {
            return true;
        }
        let Some(name) = self.reading.get(name) else { return false };
        // "Berg is calm; the land applied, he said": two sentences in one.
        if self.reading.range(name.i..verb.i.max(name.i)).any(|t| t.text() == ";") {
            return false;
        }
        let said = verb.children().any(|c| c.dep() == "ccomp" && (name == c || name.is_under(c)));
        let host = verb.head().filter(|_| matches!(verb.dep(), "parataxis" | "ccomp"));
        said || host.is_some_and(|h| h.i < verb.i && name.is_under(h) && !name.is_under(verb) && !speaks(&h))
    }

    /// Whether an unnamed person is a subject there: "a spokesman said he ...".
    fn has_stranger(&self, range: Range<usize>) -> bool {
        self.reading.range(range.clone()).any(|t| {
            t.pos() == Pos::Noun
                && matches!(t.dep(), "nsubj" | "nsubjpass" | "pobj" | "dobj")
                && t.tag() == "NN"
                && self.names.mention_at(t.i).is_none()
                && !self.titles.iter().any(|title| title.tokens.contains(&t.i))
                && (knowledge().role(t.text()).is_some()
                    || is_human(t.lemma())
                    || matches!(t.dep(), "nsubj" | "nsubjpass")
                        && matches!(lexicon::speaker(t), Some("office" | "person")))
        }) || self.reading.range(range).any(|t| {
            t.pos() == Pos::Propn
                && matches!(t.dep(), "nsubj" | "nsubjpass")
                && self.names.mention_at(t.i).is_none()
                && t.entity_label() == Some("PERSON")
                // "One of the victims said she ...".
                || t.dep() == "nsubj" && matches!(t.lemma(), "one" | "another" | "someone" | "somebody")
        })
    }

    /// The state or body that is the subject of this sentence before the pronoun, else of the sentence before.
    fn thing(&self, pronoun: Token<'_>) -> Option<usize> {
        let mut sentence = pronoun.sentence();
        for _ in 0..=1 {
            let range = self.reading.sentences().get(sentence).filter(|s| s.unit == pronoun.unit())?.tokens.clone();
            let subjects: Vec<Token<'_>> = self
                .reading
                .range(range.start..range.end.min(pronoun.i))
                .filter(|t| {
                    matches!(t.dep(), "nsubj" | "nsubjpass") && t.head() != pronoun.head()
                        || t.dep() == "nsubj" && pronoun.dep() == "poss"
                })
                .filter(|t| t.pos() != Pos::Pron || self.names.mention_at(t.i).is_some())
                .collect();
            let of = |t: &Token<'_>| {
                let mention = self.names.mention_at(t.i).filter(|m| m.form != MentionForm::Adjective)?;
                let kind = self.names.found[mention.entity].kind;
                matches!(kind, EntityKind::State | EntityKind::Organisation | EntityKind::Agreement)
                    .then_some(mention.entity)
            };
            let things: Vec<Option<usize>> = subjects
                .iter()
                .filter(|t| self.names.entity_at(t.i).is_none_or(|e| e.kind != EntityKind::Person))
                .filter(|t| !is_human(t.lemma()) && knowledge().role(t.lemma()).is_none())
                .map(of)
                .collect();
            if !things.is_empty() {
                let distinct: BTreeSet<Option<usize>> = things.into_iter().collect();
                return distinct
                    .first()
                    .copied()
                    .flatten()
                    .filter(|_| distinct.len() == 1 && (self.quoted[pronoun.i] == self.quoted[subjects[0].i]));
            }
            if !subjects.is_empty() && sentence != pronoun.sentence() {
                return None;
            }
            sentence = sentence.checked_sub(1)?;
        }
        None
    }

    /// "Israel and its neighbours": the owner stands in the same coordination.
    fn partner(&self, pronoun: Token<'_>) -> Option<usize> {
        let noun = pronoun.head().filter(|h| pronoun.dep() == "poss" && h.dep() == "conj")?;
        let mention = self.names.mention_at(noun.head()?.i)?;
        let kind = self.names.found[mention.entity].kind;
        matches!(kind, EntityKind::State | EntityKind::Organisation).then_some(mention.entity)
    }

    fn is_subject(&self, token: usize) -> bool {
        self.reading.get(token).is_some_and(|t| matches!(subject_phrase(t).dep(), "nsubj" | "nsubjpass"))
    }
}

/// The head of a name's phrase: of "the ambassador Anna Berg" the ambassador.
fn subject_phrase(token: Token<'_>) -> Token<'_> {
    let first = token.first_conjunct();
    first.head().filter(|h| first.dep() == "appos" && h.pos() == Pos::Noun).unwrap_or(first)
}

/// "diplomatic initiative", "landmark treaty": adjectives that any agreement can have.
fn without_praise(words: &str) -> &str {
    let plain = words.split_once(' ').filter(|(first, _)| knowledge().is_word(WordClass::Praise, first));
    plain.map_or(words, |(_, rest)| rest)
}

/// The short forms, folded and in small letters, with the entities of the article that go by them: "accords" of the Abraham
/// Accords, "protocol" of any Protocol, "bloc" of the EU.
fn short_forms(names: &Names) -> BTreeMap<String, BTreeSet<usize>> {
    let k = knowledge();
    let mut all: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut add = |form: &str, entity: usize| {
        let form = fold(form).to_lowercase();
        all.entry(form.strip_prefix("the ").unwrap_or(&form).to_owned()).or_default().insert(entity);
    };
    for (i, entity) in names.found.iter().enumerate() {
        // "the committee" of the Democratic National Committee, "the North" of North Korea.
        match (entity.kind, entity.name.rsplit_once(' ')) {
            (EntityKind::Organisation, Some((_, last))) if k.is_word(WordClass::Body, &last.to_lowercase()) => {
                add(last, i)
            }
            _ => {}
        }
        match entity.id.0.split_once(':') {
            Some(("agreement", known)) => {
                add(entity.name.rsplit(' ').next().unwrap_or(""), i);
                let listed = k.agreement(known).map_or(&[][..], |a| &a.short_forms);
                // "this declaration" is most often somebody's words.
                listed.iter().filter(|f| !f.ends_with("declaration")).for_each(|f| add(f, i));
            }
            Some(("org", known)) => {
                let own = k.organisation(known).map_or(&[][..], |o| &o.aliases);
                own.iter().filter(|a| is_short_form(a)).for_each(|f| add(f, i));
                let joined = k.agreement_of(known).map_or(&[][..], |a| &a.short_forms);
                joined.iter().filter(|f| !f.contains("treaty")).for_each(|f| add(f, i));
            }
            _ => {}
        }
    }
    all
}

/// "North" of North Korea, where there is a South Korea as well.
fn twin_word(state: &str) -> Option<&str> {
    let (first, rest) = state.split_once(' ')?;
    let other = match first {
        "North" => "South",
        "South" => "North",
        _ => return None,
    };
    let twin = |s: &crate::knowledge::State| s.name.strip_prefix(other).is_some_and(|r| r.trim_start() == rest);
    knowledge().states.iter().any(twin).then_some(first)
}

/// The last word of a body's or an outlet's name, the first of a state's ("North" of North Korea), with those that go by it.
fn capital_words(names: &Names) -> BTreeMap<String, BTreeSet<usize>> {
    let mut all: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (i, entity) in names.found.iter().enumerate() {
        let word = match entity.kind {
            EntityKind::Organisation => entity.name.rsplit_once(' ').map(|(_, last)| last),
            EntityKind::State => twin_word(&entity.name),
            _ => None,
        };
        let plain = |w: &&str| {
            w.len() > 3 && w.starts_with(char::is_uppercase) && w.chars().any(char::is_lowercase) && *w != "Party"
        };
        if let Some(word) = word.filter(plain) {
            all.entry(word.to_owned()).or_default().insert(i);
        }
    }
    all
}

/// The states of a class word: "central asian", "gulf", "muslim majority", "nordic".
fn class_members(words: &str) -> Option<Vec<&'static str>> {
    let k = knowledge();
    let same = |name: &&'static str| fold(name).to_lowercase() == words;
    let region = k.regions.iter().find(|r| std::iter::once(&r.name).chain(&r.aliases).any(same));
    if let Some(region) = region {
        return Some(region.members.clone());
    }
    let group = k.groups.iter().find(|g| std::iter::once(&g.name).chain(&g.aliases).any(same));
    group.map(|g| g.members.clone())
}

/// The gender of a person of the tables.
pub(crate) fn gender_of(id: &EntityId) -> Option<Gender> {
    id.0.strip_prefix("person:").and_then(|id| knowledge().person(id)).and_then(|p| p.gender)
}

/// "It is likely that", "it rained": no thing is meant.
fn is_empty_subject(it: Token<'_>) -> bool {
    let made =
        it.before().is_some_and(|v| matches!(v.lemma(), "let" | "make" | "find" | "think" | "consider" | "deem"));
    if it.dep() == "expl" || made {
        return true;
    }
    let Some(verb) = it.head().filter(|_| it.dep() == "nsubj" || it.dep() == "nsubjpass") else { return false };
    let clause = verb
        .children()
        .any(|c| matches!(c.dep(), "ccomp" | "xcomp" | "advcl" | "csubj" | "acomp" | "attr") && c.i > verb.i);
    let weak = matches!(
        verb.lemma(),
        "be" | "seem" | "appear" | "take" | "remain" | "become" | "mean" | "rain" | "snow" | "turn"
    );
    weak && clause || it.dep() == "nsubjpass" && verb.children().any(|c| matches!(c.dep(), "ccomp"))
}

fn is_human(noun: &str) -> bool {
    knowledge().is_word(WordClass::PersonNoun, noun)
}

/// For each token whether it stands between double quotation marks of its block.
fn inside_quotes(reading: &Reading) -> Vec<bool> {
    let mut quoted = vec![false; reading.len()];
    for unit in reading.units() {
        let mut open = false;
        for token in reading.range(unit.clone()) {
            match token.text() {
                "“" => open = true,
                "”" => open = false,
                "\"" => open = !open,
                _ => quoted[token.i] = open,
            }
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::resolve;
    use crate::extract::name::tests::read;
    use crate::extract::name::{self, MentionForm};

    /// What coreference adds, as `words=id`.
    fn check(text: &str, expect: &[&str]) {
        let (article, reading) = read(text);
        let mut names = name::find(&article, &reading);
        let before = names.mentions.len();
        resolve(&article, &reading, &mut names);
        assert!(names.mentions.windows(2).all(|w| w[0].tokens.end <= w[1].tokens.start), "{text}");
        let added: Vec<String> = names
            .mentions
            .iter()
            .filter(|m| {
                matches!(m.form, MentionForm::Noun | MentionForm::Pronoun)
                    || names.mentions.len() > before && matches!(m.span.of(text), "Accords" | "North")
            })
            .map(|m| format!("{}={}", m.span.of(text), names.entity_of(m).id.0))
            .collect();
        assert_eq!(added, expect, "{text}");
    }

    #[test]
    fn short_forms_follow_the_full_name() {
        check("Bahrain joined the Abraham Accords. Oman praised the accords.", &["accords=agreement:abraham-accords"]);
        check(
            "Norway signed the Bergen Protocol. It said the protocol was weak.",
            &["It=iso3:NOR", "protocol=agreement:bergen-protocol"],
        );
        check("Finland joined NATO. The alliance has 31 members.", &["alliance=org:nato"]);
        check("Oman praised the accords.", &[]);
        check("The Abraham Accords differ from the Artemis Accords. Oman praised the accords.", &[]);
        check("The Abraham Accords were signed. Oman read the agreement with Peru.", &[]);
    }

    #[test]
    fn one_word_of_a_name_stands_for_it_after_the() {
        check("North Korea fired a missile. Seoul warned the North at once.", &["North=iso3:PRK"]);
        check(
            "The Harbour Works Committee met. Later the committee voted.",
            &["committee=name:harbour-works-committee"],
        );
        check("Peru signed. Later the committee voted in the North.", &[]);
        check("North Korea fired a missile. It fell into the North Sea.", &["It=iso3:PRK"]);
    }

    #[test]
    fn type_nouns_name_the_one_state_that_fits() {
        check("Saudi Arabia waits. Israel hopes that the kingdom will join.", &["kingdom=iso3:SAU"]);
        check("Kazakhstan signed. Russia watched the Central Asian nation closely.", &["nation=iso3:KAZ"]);
        check("Norway and Denmark signed. Critics in the country protested.", &[]);
        check("Nepal signed. Critics in the country protested.", &["country=iso3:NPL"]);
    }

    #[test]
    fn titles_name_the_one_person_who_bears_them() {
        check("President Javier Milei spoke. Later the president left.", &["president=person:javier-milei"]);
        check("President Javier Milei met President Emmanuel Macron. The president left.", &[]);
        check(
            "President Javier Milei met President Emmanuel Macron. The French president left.",
            &["president=person:emmanuel-macron"],
        );
        check("The president left.", &[]);
    }

    #[test]
    fn pronouns_take_the_one_that_fits() {
        check("Angela Merkel met Emmanuel Macron. She left first.", &["She=person:angela-merkel"]);
        check("Emmanuel Macron spoke. He left.", &["He=person:emmanuel-macron"]);
        check("Turkey has set a condition. It wants more.", &["It=iso3:TUR"]);
        check("Turkey dropped its veto.", &["its=iso3:TUR"]);
        check("Emmanuel Macron and Javier Milei spoke. He left.", &[]);
        check("Emmanuel Macron spoke. A spokesman declined. He left.", &[]);
        check("Turkey signed. It is likely that Norway follows.", &[]);
    }
}
