//! Lemmas by rule: spaCy's English lemmatiser.
//!
//! The model brings, for nouns, verbs, adjectives, adverbs and punctuation, a list of known lemmas, a list of irregular forms
//! and rules that replace an ending. Source: `spacy/pipeline/lemmatizer.py` and `spacy/lang/en/lemmatizer.py` 3.8.

use crate::tokenize::is_alpha;
use rmpv::ValueRef;
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
    /// An ending and what takes its place, in the order in which they are tried.
    rules: Vec<(Box<str>, Box<str>)>,
    irregular: HashMap<Box<str>, Vec<Box<str>>>,
    known: Sorted,
}

/// Strings one after the other, sorted.
#[derive(Default)]
struct Sorted {
    text: String,
    ends: Vec<u32>,
}

impl Lemmatizer {
    /// Reads the model's `lemmatizer/lookups/lookups.bin`. The error says what was expected.
    pub(crate) fn from_bytes(mut bytes: &[u8]) -> Result<Lemmatizer, String> {
        let value = rmpv::decode::read_value_ref(&mut bytes).map_err(|error| format!("expected msgpack: {error}"))?;
        let mut tables: [Table; 5] = Default::default();
        for name in ["lemma_rules", "lemma_exc", "lemma_index"] {
            let lookup = map(&value)?.iter().find(|(key, _)| text(key).is_ok_and(|key| key == name));
            let (_, lookup) = lookup.ok_or_else(|| format!("expected a table `{name}`"))?;
            for (key, content) in map(lookup)? {
                let id = key.as_u64().ok_or_else(|| format!("expected numbers as keys of `{name}`"))?;
                let Some(place) = KEYS.iter().position(|known| known.1 == id) else {
                    return Err(format!("expected `{name}` to cover ADJ, ADV, NOUN, PUNCT and VERB, not {id}"));
                };
                let table = &mut tables[place];
                match name {
                    "lemma_rules" => table.rules = rules(content)?,
                    "lemma_exc" => table.irregular = irregular(content)?,
                    _ => table.known = Sorted::new(texts(content)?),
                }
            }
        }
        Ok(Lemmatizer { tables })
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
                lower.strip_suffix(&**old).is_some_and(|stem| !stem.is_empty() && self.known.contains(&format!("{stem}{new}")))
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
            let Some(stem) = lowered.strip_suffix(&**old) else { continue };
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
        morph.split('|').find_map(|feature| feature.split_once('=').filter(|(key, _)| *key == name)).map(|(_, value)| value)
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

impl Sorted {
    fn new(mut words: Vec<&str>) -> Sorted {
        words.sort_unstable();
        let mut sorted = Sorted::default();
        for word in words {
            sorted.text.push_str(word);
            sorted.ends.push(sorted.text.len() as u32);
        }
        sorted
    }

    fn contains(&self, word: &str) -> bool {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low.midpoint(high);
            let start = if middle == 0 { 0 } else { self.ends[middle - 1] as usize };
            match self.text[start..self.ends[middle] as usize].cmp(word) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        false
    }
}

fn map<'v, 'b>(value: &'v ValueRef<'b>) -> Result<&'v [(ValueRef<'b>, ValueRef<'b>)], String> {
    match value {
        ValueRef::Map(entries) => Ok(entries),
        _ => Err("expected a map".to_owned()),
    }
}

fn array<'v, 'b>(value: &'v ValueRef<'b>) -> Result<&'v [ValueRef<'b>], String> {
    match value {
        ValueRef::Array(items) => Ok(items),
        _ => Err("expected a list".to_owned()),
    }
}

fn text<'b>(value: &ValueRef<'b>) -> Result<&'b str, String> {
    match value {
        ValueRef::String(string) => string.into_str().ok_or_else(|| "expected a string in UTF-8".to_owned()),
        _ => Err("expected a string".to_owned()),
    }
}

fn texts<'b>(value: &ValueRef<'b>) -> Result<Vec<&'b str>, String> {
    array(value)?.iter().map(text).collect()
}

fn rules(value: &ValueRef<'_>) -> Result<Vec<(Box<str>, Box<str>)>, String> {
    let pairs = array(value)?.iter().map(|rule| match texts(rule)?[..] {
        [old, new] => Ok((old.into(), new.into())),
        _ => Err("expected rules of two strings".to_owned()),
    });
    pairs.collect()
}

fn irregular(value: &ValueRef<'_>) -> Result<HashMap<Box<str>, Vec<Box<str>>>, String> {
    let entries = map(value)?.iter().map(|(form, lemmas)| {
        let mut unique: Vec<Box<str>> = Vec::new();
        for lemma in texts(lemmas)? {
            if !unique.iter().any(|known| **known == *lemma) {
                unique.push(lemma.into());
            }
        }
        Ok((text(form)?.into(), unique))
    });
    entries.collect()
}
