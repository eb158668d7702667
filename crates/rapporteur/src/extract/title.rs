//! Titles that a text gives to persons, as it prints them: before the name, after it, by copula.

use std::ops::Range;

use language::{Pos, Reading, Token};

use super::name::{MentionForm, Names};
use super::{EntityId, EntityKind};
use crate::knowledge::{RoleName, WordClass, knowledge};

/// A title that the text gives to a person, before it is checked.
#[derive(Clone, Debug)]
pub(crate) struct Title {
    /// Place of the person in [`Names::found`].
    pub(crate) person: usize,
    /// Canonical where the table knows the title, else as printed.
    pub(crate) office: String,
    /// The state or body as the words give it.
    pub(crate) of: Option<EntityId>,
    /// "former", "ex-".
    pub(crate) past: bool,
    /// "interim", "acting", as printed.
    pub(crate) qualifier: Option<&'static str>,
    /// A part of a state as printed: "Arkansas".
    pub(crate) within: Option<String>,
    /// What the person does now follows: "the former minister who runs the bank".
    pub(crate) explained: bool,
    /// Years that its sentence names.
    pub(crate) years: Vec<i32>,
    /// The person's identifier.
    pub(crate) holder: Option<EntityId>,
    /// From the first word of the title (or of its state) to the last of the name, or the other way about.
    pub(crate) tokens: Range<usize>,
    /// Where the title stands to the name.
    pub(crate) rule: &'static str,
}

/// All titles that the text gives to the persons it names, in text order.
pub(crate) fn titles(reading: &Reading, names: &Names) -> Vec<Title> {
    let mut found = Vec::new();
    for mention in names.mentions.iter().filter(|m| m.form == MentionForm::Name) {
        if names.found[mention.entity].kind != EntityKind::Person {
            continue;
        }
        let reader = TitleReader { reading, names, person: mention.entity, name: mention.tokens.clone() };
        let title = (reader.before().map(|t| (t, "title before the name")))
            .or_else(|| Some((reader.apposed_before()?, "title before the name, a comma between")))
            .or_else(|| Some((reader.after()?, "title after the name")))
            .or_else(|| Some((reader.copula()?, "said of the name by a copula")));
        found.extend(title.map(|(t, rule)| Title { explained: is_explained(reading, t.tokens.end), rule, ..t }));
    }
    found
}

/// "campaign chair" for "campaign chairman" and "campaign chairwoman": one office in three spellings.
fn with_usual_head(office: &str) -> String {
    let Some((rest, head)) = office.rsplit_once(' ') else { return office.to_owned() };
    let usual = knowledge().role(head).map(|r| r.canonical).filter(|c| head.to_lowercase().starts_with(*c));
    format!("{rest} {}", usual.unwrap_or(head))
}

/// The years that a sentence names: "in 2015".
fn years(reading: &Reading, sentence: usize) -> Vec<i32> {
    let tokens = reading.sentences().get(sentence).map_or(0..0, |s| s.tokens.clone());
    let years = reading.range(tokens).filter(|t| t.text().len() == 4).filter_map(|t| t.text().parse().ok());
    years.filter(|y| (1900..2100).contains(y)).collect()
}

fn is_explained(reading: &Reading, end: usize) -> bool {
    let next = reading.range(end..end + 2).find(|t| t.text() != ",");
    next.is_some_and(|t| matches!(t.text(), "who" | "now" | "currently"))
}

struct TitleReader<'a> {
    reading: &'a Reading,
    names: &'a Names,
    person: usize,
    name: Range<usize>,
}

impl TitleReader<'_> {
    /// "Israeli Prime Minister X", "Former Arkansas Governor X", with ", of Israel" after the name.
    fn before(&self) -> Option<Title> {
        let mut title = self.title_ending(self.name.start).or_else(|| self.title_ending(self.to_before()?))?;
        // The last words of one line of a list and the first of the next belong to two people.
        let text = self.reading.span(title.tokens.start..self.name.end).of(self.reading.text());
        if text.contains("\n\n") || self.is_stranger_to_a_bare_head(&title) {
            return None;
        }
        title.tokens.end = self.name.end;
        if title.of.is_none()
            && let Some((of, end)) = self.of_after(self.name.end)
        {
            title.of = Some(of);
            title.tokens.end = end;
        }
        Some(title)
    }

    /// Where "to China" begins that stands just before the name: "Ambassador to China X".
    fn to_before(&self) -> Option<usize> {
        let mention = self.names.mention_at(self.name.start.checked_sub(1)?)?;
        let to = mention.tokens.start.checked_sub(1)?;
        self.reading.get(to).filter(|t| t.text() == "to").map(|t| t.i)
    }

    /// "its interim president, X", "the former president of Kazakhstan, X".
    fn apposed_before(&self) -> Option<Title> {
        let comma = self.reading.get(self.name.start.checked_sub(1)?).filter(|t| t.text() == ",")?;
        let (end, of) = match self.of_before(comma.i) {
            Some((of, start)) => (start, Some(of)),
            None => (comma.i, None),
        };
        let mut title = self.title_ending(end)?;
        let definite = self.reading.get(title.tokens.start.checked_sub(1)?).is_some_and(|t| {
            matches!(t.text().to_lowercase().as_str(), "the" | "its" | "their" | "his" | "her" | "own" | "’s" | "'s")
        });
        let noun = self.reading.get(end.checked_sub(1)?)?;
        let closed = self.reading.get(self.name.end).is_none_or(|t| matches!(t.text(), "," | "." | ";" | ")"));
        let apposed = self.reading.get(self.name.end - 1).is_some_and(|n| n.dep() == "appos" && n.head() == Some(noun));
        if !(definite || title.of.is_some()) || !apposed && !closed {
            return None;
        }
        title.of = of.or(title.of);
        title.tokens.end = self.name.end;
        Some(title)
    }

    /// "X, the Israeli premier", "X, crown prince of Saudi Arabia", "X, president and chief executive of Y".
    fn after(&self) -> Option<Title> {
        let comma = self.reading.get(self.name.end).filter(|t| t.text() == ",")?;
        let sentence = comma.sentence();
        let limit = (comma.i + 14).min(self.reading.len());
        // The longest title that begins right after the comma: every prefix that ends in a title is asked.
        for end in comma.i + 2..limit {
            let token = self.reading.get(end - 1)?;
            if token.sentence() != sentence
                || matches!(token.text(), "," | "." | ";" | ":")
                || token.pos() == Pos::Verb && token.tag() != "VBG"
            {
                return None;
            }
            let Some(next) = self.reading.get(end) else { break };
            let ends = !matches!(next.pos(), Pos::Noun | Pos::Propn | Pos::Adj) && next.text() != "-";
            if !ends {
                continue;
            }
            // "chief of staff", "president of the European Council": the longer title is the office.
            let longer = (end + 2..=end + 4).rev().filter(|&e| next.text() == "of" && e <= limit).find_map(|e| {
                let words = self.reading.span(end - 1..e).of(self.reading.text());
                knowledge().role(words)?;
                self.title_ending(e).map(|t| (t, e))
            });
            let shorter = || self.title_ending(end).map(|t| (t, end));
            let Some((mut title, end)) = longer.or_else(shorter) else { continue };
            let lead = self.reading.range(comma.i + 1..title.tokens.start);
            if !lead.into_iter().all(|t| t.pos() == Pos::Det || matches!(t.text(), "own" | "a" | "the")) {
                continue;
            }
            title.tokens = self.name.start..end;
            if let Some((of, last)) = self.of_after(end).or_else(|| self.of_after_second(end)) {
                title.of = Some(of);
                title.tokens.end = last;
            }
            return (!self.is_followed_by_name(title.tokens.end)).then_some(title);
        }
        None
    }

    /// Whether the title is that of the next in a list: "Director Anna Lind, Deputy Prime Minister of Norway Ola Nord, Labour MP
    /// (Member of Parliament) Jon Berg".
    fn is_followed_by_name(&self, at: usize) -> bool {
        let mut next = at;
        if self.reading.get(at).is_some_and(|t| t.text() == "(") {
            let close = self.reading.range(at..at + 8).find(|t| t.text() == ")");
            next = close.map_or(at, |c| c.i + 1);
        }
        // "minister of Norway Ola Nord" read as one name.
        let run_on = at.checked_sub(1).and_then(|i| self.names.mention_at(i)).is_some_and(|m| {
            let entity = self.names.entity_of(m);
            let first = self.reading.token(m.tokens.start).text();
            let state = knowledge().states.iter().any(|s| s.name == first);
            entity.id.0.starts_with("name:") && m.tokens.len() > 2 && state
        });
        let person = |m: &super::name::Mention| self.names.found[m.entity].kind == EntityKind::Person;
        let named = |t: Token<'_>| t.pos() == Pos::Propn && t.i == next;
        run_on
            || self.names.mention_at(next).is_some_and(person)
            || next > at && self.reading.get(next).is_some_and(named)
    }

    /// Whether a head of state by title has no state and is nobody whom the table has: the president of a court or a firm.
    fn is_stranger_to_a_bare_head(&self, title: &Title) -> bool {
        let head = knowledge().role(&title.office).is_some_and(|r| r.level == "head_of_state");
        let known = self.names.found[self.person].id.0.starts_with("person:");
        head && !known && title.of.is_none() && self.of_after(self.name.end).is_none()
    }

    /// "X is the prime minister of Y"; "was" speaks of the past.
    fn copula(&self) -> Option<Title> {
        let last = self.reading.get(self.name.end.checked_sub(1)?)?;
        let verb = last.head().filter(|h| last.dep() == "nsubj" && h.lemma() == "be" && !h.is_negated())?;
        let noun = verb.child("attr").filter(|a| a.i > verb.i)?;
        let mut title = self.title_ending(noun.i + 1)?;
        // "will be president" and "is a minister's son" give no office, nor do "the featured speaker" and "the first leader to visit".
        let other = noun.children().any(|c| {
            c.dep() == "conj"
                || matches!(c.dep(), "amod" | "advmod" | "nummod" | "relcl")
                    && c.i < title.tokens.start
                    && matches!(c.pos(), Pos::Adj | Pos::Verb | Pos::Adv | Pos::Num)
        });
        let unique = knowledge().role(&title.office).is_some_and(|r| r.unique);
        let any = noun.child("det").is_some_and(|d| matches!(d.text(), "a" | "an"));
        if verb.auxiliaries().next().is_some() || other || unique && any || is_ordinal(self.reading, title.tokens.start)
        {
            return None;
        }
        title.past |= verb.tag() == "VBD";
        title.tokens = self.name.start..noun.i + 1;
        if let Some((of, end)) = self.of_after(noun.i + 1) {
            title.of = Some(of);
            title.tokens.end = end;
        }
        Some(title)
    }

    /// The title whose last word stands just before `end`, with its qualifiers and its state.
    fn title_ending(&self, end: usize) -> Option<Title> {
        let last = self.reading.get(end.checked_sub(1)?)?;
        let sentence = last.sentence();
        let mut start = None;
        let mut office = String::new();
        for from in (end.saturating_sub(7)..end).rev() {
            let Some(token) = self.reading.get(from).filter(|t| t.sentence() == sentence) else { break };
            if matches!(token.text(), "," | ";" | "." | "“" | "\"" | "and") {
                break;
            }
            let words = self.reading.span(from..end).of(self.reading.text());
            // "then-prime-minister".
            let spaced = words.replace('-', " ");
            let words = if knowledge().role(words).is_some() { words } else { spaced.as_str() };
            if let Some(role) = knowledge().role(words) {
                office = if self.is_meant(role, words) { role.canonical.to_owned() } else { words.to_owned() };
                start = Some(from);
            }
        }
        let mut start = start?;
        // "Trade and Investment Minister", "committee chairman": nouns that belong to the title and name no state.
        while let Some(token) =
            start.checked_sub(1).and_then(|i| self.reading.get(i)).filter(|t| t.sentence() == sentence)
        {
            let belongs = matches!(token.dep(), "compound" | "amod" | "nmod")
                && matches!(token.pos(), Pos::Noun | Pos::Propn | Pos::Adj)
                && self.names.mention_at(token.i).is_none()
                && qualifier(token.text()).is_none()
                && !is_past(token.text())
                && (knowledge().role(token.text()).is_none()
                    || matches!(token.text(), "deputy" | "Deputy" | "general" | "General"))
                && token.text() != "-"
                && !matches!(token.tag(), "JJS" | "VBG" | "VBN")
                && !is_ordinary_before_name(self.reading, token.i, start)
                && !knowledge().is_word(WordClass::BesideTitle, &token.text().to_lowercase());
            if !belongs {
                break;
            }
            start = token.i;
            office = with_usual_head(self.reading.span(start..end).of(self.reading.text()));
        }
        let mut title = Title {
            person: self.person,
            office,
            of: None,
            past: false,
            qualifier: None,
            within: None,
            explained: false,
            years: years(self.reading, sentence),
            holder: Some(self.names.found[self.person].id.clone()),
            tokens: start..end,
            rule: "",
        };
        self.modifiers(&mut title, sentence);
        title.past |= self.is_second_of_former(&title);
        while self
            .reading
            .get(title.tokens.start)
            .is_some_and(|t| matches!(t.text(), "'s" | "’s" | "-" | "own" | "'" | "’"))
        {
            title.tokens.start += 1;
        }
        Some(title)
    }

    /// Whether those words mean this office and no other. One word for a longer title ("Secretary") does only where the table
    /// has the person in that office.
    fn is_meant(&self, role: &RoleName, words: &str) -> bool {
        let one = knowledge().roles_named(words).len() == 1;
        let short = !words.contains([' ', '-']) && role.canonical.contains(' ');
        let person = self.names.found[self.person].id.0.strip_prefix("person:").unwrap_or("");
        one && (!short || knowledge().tenures_of(person).any(|t| t.office == role.canonical))
    }

    /// Reads backwards from a title: "former", "interim", "Israeli", "Syria's", "Arkansas".
    fn modifiers(&self, title: &mut Title, sentence: usize) {
        while let Some(token) = title.tokens.start.checked_sub(1).and_then(|i| self.reading.get(i)) {
            if token.sentence() != sentence {
                return;
            }
            let word = token.text();
            if is_past(word) {
                title.past = true;
            } else if let Some(known) = qualifier(word) {
                title.qualifier = Some(known);
            } else if matches!(word, "-" | "'s" | "’s" | "own" | "'" | "’") {
                // A hyphen of "ex-president", a possessive's mark: what stands before decides.
                let before = token.i.checked_sub(1).and_then(|i| self.reading.get(i));
                let of = before.is_some_and(|b| {
                    self.names.entity_at(b.i).is_some_and(gives_office)
                        || is_past(b.text())
                        || matches!(b.text(), "'s" | "’s")
                });
                if !of {
                    return;
                }
            } else if let Some(mention) =
                self.names.mention_at(token.i).filter(|_| title.of.is_none() && title.within.is_none())
            {
                let entity = self.names.entity_of(mention);
                if is_party(entity) {
                    // "Republican President X": whose party, not whose office.
                } else if gives_office(entity) && mention.form != MentionForm::Pronoun {
                    title.of = Some(entity.id.clone());
                } else if entity.kind == EntityKind::Place {
                    title.within = Some(entity.name.clone());
                } else {
                    return;
                }
                title.tokens.start = mention.tokens.start;
                continue;
            } else if title.of.is_none()
                && word != "own"
                && knowledge().is_word(WordClass::BesideTitle, &word.to_lowercase())
            {
                title.past |= word == "then";
            } else {
                return;
            }
            title.tokens.start = token.i;
        }
    }

    /// "former prosecutor and Oslo mayor X": former is both.
    fn is_second_of_former(&self, title: &Title) -> bool {
        let current = self.reading.range(title.tokens.clone()).any(|t| matches!(t.text(), "current" | "now" | "new"));
        let Some(and) = title.tokens.start.checked_sub(1).filter(|i| self.reading.token(*i).text() == "and") else {
            return false;
        };
        let first = self.reading.range(and.saturating_sub(6)..and).rev();
        let mut first = first.take_while(|t| matches!(t.pos(), Pos::Noun | Pos::Propn | Pos::Adj));
        !current && first.any(|t| is_past(t.text()))
    }

    /// "of Israel", ", of Israel" from token `at`: the entity and where it ends.
    fn of_after(&self, at: usize) -> Option<(EntityId, usize)> {
        let first = self.reading.get(at)?;
        let of = if first.text() == "," { self.reading.get(at + 1)? } else { first };
        if of.text() != "of" {
            return None;
        }
        let mut name = of.i + 1;
        if self.reading.get(name).is_some_and(|t| t.text() == "the") {
            name += 1;
        }
        let mention = self.names.mention_at(name).filter(|m| m.form != MentionForm::Adjective)?;
        let entity = self.names.entity_of(mention);
        gives_office(entity).then(|| (entity.id.clone(), mention.tokens.end))
    }

    /// "and chief executive of Y" from token `at`: the second title's body is the first's too.
    fn of_after_second(&self, at: usize) -> Option<(EntityId, usize)> {
        self.reading.get(at).filter(|t| t.text() == "and")?;
        let of = self.reading.range(at + 1..at + 5).find(|t| !matches!(t.pos(), Pos::Noun | Pos::Propn | Pos::Adj))?;
        self.of_after(of.i)
    }

    /// "of Kazakhstan" that ends just before token `end`: the entity and where the phrase begins.
    fn of_before(&self, end: usize) -> Option<(EntityId, usize)> {
        let mention = self.names.mention_at(end.checked_sub(1)?)?;
        let mut of = mention.tokens.start.checked_sub(1)?;
        if self.reading.get(of).is_some_and(|t| t.text() == "the") {
            of = of.checked_sub(1)?;
        }
        let entity = self.names.entity_of(mention);
        (self.reading.get(of)?.text() == "of" && gives_office(entity)).then(|| (entity.id.clone(), of))
    }
}

/// "greeting President X": a small letter before a title in capitals is no part of it, but for "deputy".
fn is_ordinary_before_name(reading: &Reading, at: usize, start: usize) -> bool {
    let small = |i: usize| reading.get(i).is_some_and(|t| t.text().starts_with(char::is_lowercase));
    let deputy = reading.get(at).is_some_and(|t| matches!(t.text(), "deputy" | "vice" | "assistant"));
    small(at) && !small(start) && !deputy
}

/// "first foreign leader": who came first, not what he is; "first deputy minister" is an office.
fn is_ordinal(reading: &Reading, start: usize) -> bool {
    let word = |i: usize| reading.get(i).map_or(String::new(), |t| t.text().to_lowercase());
    matches!(word(start).as_str(), "first" | "second" | "last" | "only" | "next")
        && !matches!(word(start + 1).as_str(), "deputy" | "vice" | "minister" | "secretary" | "lady")
}

fn gives_office(entity: &super::Entity) -> bool {
    matches!(entity.kind, EntityKind::State | EntityKind::Organisation)
}

fn is_party(entity: &super::Entity) -> bool {
    knowledge().organisation(&entity.id.0).is_some_and(|o| o.kind == "party")
}

fn is_past(word: &str) -> bool {
    knowledge().is_word(WordClass::Past, &word.to_ascii_lowercase())
}

pub(super) fn qualifier(word: &str) -> Option<&'static str> {
    knowledge().word_of(WordClass::Qualifier, &word.to_ascii_lowercase())
}
