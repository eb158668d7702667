//! Lemmas by rule: spaCy's English lemmatiser.
//!
//! The model brings, for nouns, verbs, adjectives, adverbs and punctuation, a list of known lemmas, a list of irregular forms
//! and rules that replace an ending. Source: `spacy/pipeline/lemmatizer.py` and `spacy/lang/en/lemmatizer.py` 3.8.

use crate::tokenize::{hash, is_alpha};
use std::borrow::Cow;
use std::collections::HashMap;

/// The lemmatiser of a model.
pub(crate) struct Lemmatizer {
    /// One table for each part of speech of [`KEYS`].
    tables: [Table; 5],
}

/// The parts of speech that may have tables, and spaCy's numbers of their names in lower case: MurmurHash64A of the name, but
/// "punct", which is one of spaCy's own symbols.
const KEYS: [(&str, u64); 5] = [
    ("ADJ", 12_401_032_943_472_870_168),
    ("ADV", 10_054_248_821_341_768_113),
    ("NOUN", 16_833_663_260_455_505_849),
    ("PUNCT", 445),
    ("VERB", 6_360_137_228_241_296_794),
];

#[derive(Default)]
struct Table {
    /// In the order in which they are tried.
    rules: Vec<Ending>,
    irregular: HashMap<Box<str>, Vec<Box<str>>>,
    known: Known,
}

/// An ending, and what takes its place.
type Ending = (Box<str>, Box<str>);

/// A set of strings, held one after the other in one text. The strings of the model come in no order, and to sort them takes
/// longer than to read everything else.
#[derive(Default)]
struct Known {
    text: String,
    ends: Vec<u32>,
    /// One more than the place of a string, at or after the slot of its hash; 0 is free. More than half are free.
    slots: Vec<u32>,
}

impl Lemmatizer {
    /// Reads the model's `lemmatizer/lookups/lookups.bin`. The error says what was expected.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Lemmatizer, String> {
        let mut reader = Msgpack(bytes);
        let mut tables: [Table; 5] = Default::default();
        let mut found = Vec::new();
        for _ in 0..reader.map()? {
            let name = reader.text()?;
            for _ in 0..reader.map()? {
                let id = reader.number()?;
                let Some(place) = KEYS.iter().position(|known| known.1 == id) else {
                    return Err(format!("expected `{name}` to cover ADJ, ADV, NOUN, PUNCT and VERB, not {id}"));
                };
                let table = &mut tables[place];
                match name {
                    "lemma_rules" => table.rules = rules(&mut reader)?,
                    "lemma_exc" => table.irregular = irregular(&mut reader)?,
                    "lemma_index" => table.known = Known::new(&reader.texts()?),
                    _ => return Err(format!("expected no table `{name}`")),
                }
            }
            found.push(name);
        }
        match ["lemma_rules", "lemma_exc", "lemma_index"].iter().find(|name| !found.contains(name)) {
            Some(missing) => Err(format!("expected a table `{missing}`")),
            None => Ok(Lemmatizer { tables }),
        }
    }

    /// The lemma of a form, given its part of speech (`NOUN`) and morphology (`Number=Sing`; empty for none).
    ///
    /// Depends on the three alone, so it may be kept. Without a better answer it is the form itself.
    pub(crate) fn lemma<'t>(&'t self, form: &'t str, pos: &str, morph: &str) -> Cow<'t, str> {
        if matches!(pos, "" | "EOL" | "SPACE") || is_base(pos, morph) {
            return lower(form);
        }
        let table = KEYS.iter().position(|(name, _)| *name == pos).map(|place| &self.tables[place]);
        match table {
            Some(table) if !table.is_empty() => table.lemma(form),
            _ if pos == "PROPN" => Cow::Borrowed(form),
            _ => lower(form),
        }
    }
}

impl Lemmatizer {
    /// Whether a word in lower case is a form of an ordinary word: noun, verb, adjective or adverb.
    pub(crate) fn is_known(&self, lower: &str) -> bool {
        self.tables.iter().any(|table| table.makes_known(lower))
    }
}

impl Table {
    fn makes_known(&self, lower: &str) -> bool {
        self.known.contains(lower)
            || self.irregular.contains_key(lower)
            || self.rules.iter().any(|(old, new)| {
                lower
                    .strip_suffix(&**old)
                    .is_some_and(|stem| !stem.is_empty() && self.known.contains(&format!("{stem}{new}")))
            })
    }

    fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.irregular.is_empty() && self.known.ends.is_empty()
    }

    /// What comes first in spaCy's list: the last irregular form not found by rule, else the last known form made by a rule,
    /// else the first that is no word, else the first made by a rule, else the form.
    fn lemma<'t>(&'t self, form: &'t str) -> Cow<'t, str> {
        let lowered = lower(form);
        let (mut known, mut no_word, mut unknown) = (Vec::new(), Vec::new(), None);
        for (old, new) in &self.rules {
            let Some(stem) = lowered.strip_suffix(&**old) else {
                continue;
            };
            let made = format!("{stem}{new}");
            if made.is_empty() {
                continue;
            }
            if self.known.contains(&made) {
                known.push(made);
            } else if !made.chars().all(is_alpha) {
                no_word.push(made);
            } else {
                unknown.get_or_insert(made);
            }
        }
        let irregular = self.irregular.get(&*lowered).map_or(&[][..], Vec::as_slice);
        let is_made = |form: &str| known.iter().chain(&no_word).any(|made| made == form);
        if let Some(first) = irregular.iter().rev().find(|form| !is_made(form)) {
            return Cow::Borrowed(first);
        }
        match known.pop().or(no_word.into_iter().next()).or(unknown) {
            Some(made) => Cow::Owned(made),
            None => Cow::Borrowed(form),
        }
    }
}

/// Whether a form is already its own lemma, so that no rule must touch it ("his glasses" but "the boss").
fn is_base(pos: &str, morph: &str) -> bool {
    let feature = |name: &str| {
        morph
            .split('|')
            .find_map(|feature| feature.split_once('=').filter(|(key, _)| *key == name))
            .map(|(_, value)| value)
    };
    let form = feature("VerbForm");
    pos == "NOUN" && feature("Number") == Some("Sing")
        || pos == "VERB" && form == Some("Fin") && feature("Tense") == Some("Pres") && feature("Number").is_none()
        || matches!(form, Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
}

fn lower(form: &str) -> Cow<'_, str> {
    if form.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(form)
    } else {
        Cow::Owned(form.to_lowercase())
    }
}

impl Known {
    fn new(words: &[&str]) -> Known {
        let mut known = Known {
            text: String::with_capacity(words.iter().map(|word| word.len()).sum()),
            ends: Vec::with_capacity(words.len()),
            slots: vec![0; (words.len() * 2 + 1).next_power_of_two()],
        };
        for word in words {
            let slot = known.slot(word);
            if known.slots[slot] == 0 {
                known.text.push_str(word);
                known.ends.push(known.text.len() as u32);
                known.slots[slot] = known.ends.len() as u32;
            }
        }
        known
    }

    fn contains(&self, word: &str) -> bool {
        !self.slots.is_empty() && self.slots[self.slot(word)] != 0
    }

    /// The slot that holds the word, or the free one where it belongs.
    fn slot(&self, word: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(word) as usize & mask;
        while self.slots[slot] != 0 && self.word(self.slots[slot] as usize - 1) != word {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn word(&self, place: usize) -> &str {
        let start = if place == 0 { 0 } else { self.ends[place - 1] as usize };
        &self.text[start..self.ends[place] as usize]
    }
}

fn rules(reader: &mut Msgpack<'_>) -> Result<Vec<Ending>, String> {
    let rules = (0..reader.array()?).map(|_| match reader.texts()?[..] {
        [old, new] => Ok((old.into(), new.into())),
        _ => Err("expected rules of two strings".to_owned()),
    });
    rules.collect()
}

fn irregular(reader: &mut Msgpack<'_>) -> Result<HashMap<Box<str>, Vec<Box<str>>>, String> {
    let length = reader.map()?;
    let mut forms = HashMap::with_capacity(length.min(1 << 14) as usize);
    for _ in 0..length {
        let form = reader.text()?;
        let mut unique: Vec<Box<str>> = Vec::new();
        for lemma in reader.texts()? {
            if !unique.iter().any(|known| **known == *lemma) {
                unique.push(lemma.into());
            }
        }
        forms.insert(form.into(), unique);
    }
    Ok(forms)
}

/// Reads the five kinds of msgpack values that the tables hold, in order. To build a tree of values first would take as
/// long again as to fill the tables.
struct Msgpack<'b>(&'b [u8]);

impl<'b> Msgpack<'b> {
    fn take(&mut self, length: usize, what: &str) -> Result<&'b [u8], String> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or_else(|| format!("expected {what}, found the end"))?;
        self.0 = rest;
        Ok(taken)
    }

    /// A number of one, two, four or eight bytes, the highest first.
    fn integer(&mut self, width: usize, what: &str) -> Result<u64, String> {
        Ok(self.take(width, what)?.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }

    fn first(&mut self, what: &str) -> Result<u8, String> {
        Ok(self.take(1, what)?[0])
    }

    fn map(&mut self) -> Result<u64, String> {
        match self.first("a map")? {
            byte @ 0x80..=0x8f => Ok(u64::from(byte & 0x0f)),
            byte @ (0xde | 0xdf) => self.integer(2 << (byte - 0xde), "a map"),
            byte => Err(format!("expected a map, found the byte {byte:#x}")),
        }
    }

    fn array(&mut self) -> Result<u64, String> {
        match self.first("a list")? {
            byte @ 0x90..=0x9f => Ok(u64::from(byte & 0x0f)),
            byte @ (0xdc | 0xdd) => self.integer(2 << (byte - 0xdc), "a list"),
            byte => Err(format!("expected a list, found the byte {byte:#x}")),
        }
    }

    fn number(&mut self) -> Result<u64, String> {
        match self.first("a number")? {
            byte @ 0x00..=0x7f => Ok(u64::from(byte)),
            byte @ 0xcc..=0xcf => self.integer(1 << (byte - 0xcc), "a number"),
            byte => Err(format!("expected a number, found the byte {byte:#x}")),
        }
    }

    fn text(&mut self) -> Result<&'b str, String> {
        let length = match self.first("a string")? {
            byte @ 0xa0..=0xbf => u64::from(byte & 0x1f),
            byte @ 0xd9..=0xdb => self.integer(1 << (byte - 0xd9), "a string")?,
            byte => return Err(format!("expected a string, found the byte {byte:#x}")),
        };
        let bytes = self.take(usize::try_from(length).unwrap_or(usize::MAX), "a string")?;
        std::str::from_utf8(bytes).map_err(|_| "expected a string in UTF-8".to_owned())
    }

    fn texts(&mut self) -> Result<Vec<&'b str>, String> {
        (0..self.array()?).map(|_| self.text()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::model_dir;

    #[test]
    fn lemmas_are_spacys() {
        let bytes =
            std::fs::read(model_dir().join("lemmatizer/lookups/lookups.bin")).expect("the model's lemma tables");
        let lemmatizer = Lemmatizer::from_bytes(&bytes).expect("lemma tables");
        // Expected values: spaCy 3.8 with the same part of speech and morphology.
        for (form, pos, morph, expect) in [
            ("Ministers", "NOUN", "Number=Plur", "minister"),
            ("treaties", "NOUN", "Number=Plur", "treaty"),
            ("wolves", "NOUN", "Number=Plur", "wolf"),
            ("crises", "NOUN", "Number=Plur", "crisis"),
            ("Qwzzles", "NOUN", "Number=Plur", "qwzzle"),
            ("Boss", "NOUN", "Number=Sing", "boss"),
            ("signed", "VERB", "Tense=Past|VerbForm=Fin", "sign"),
            ("went", "VERB", "Tense=Past|VerbForm=Fin", "go"),
            ("better", "ADJ", "Degree=Cmp", "well"),
            ("largest", "ADJ", "Degree=Sup", "large"),
            ("Final", "ADJ", "Degree=Pos", "final"),
            ("’", "PUNCT", "", "'"),
            ("…", "PUNCT", "", "…"),
            ("United", "PROPN", "Number=Sing", "United"),
            ("THE", "DET", "Definite=Def", "the"),
            ("\n", "SPACE", "", "\n"),
            ("", "", "", ""),
        ] {
            assert_eq!(lemmatizer.lemma(form, pos, morph), expect, "{form} {pos} {morph}");
        }
    }

    #[test]
    fn a_file_of_another_kind_is_refused() {
        for bytes in [&b""[..], b"\xc1", b"\x93\x01\x02\x03", b"\x81\xabLemma_rules\x80"] {
            assert!(Lemmatizer::from_bytes(bytes).is_err());
        }
    }

    #[test]
    fn known_words_are_found_and_others_not() {
        let words: Vec<String> = (0..5000).map(|number| format!("word{number}")).collect();
        let known = Known::new(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(words.iter().all(|word| known.contains(word)));
        assert!(!known.contains("word5000") && !known.contains(""));
        assert!(!Known::default().contains("word1"));
    }
}
