//! Turns fine-grained tags into parts of speech, morphology and some lemmas: spaCy's attribute ruler.
//!
//! The model brings patterns over one or more neighbouring tokens (tag, lower-cased form, dependency label, white space or
//! not) and what each sets on one of them. All patterns look at the text as tagger and parser left it; of those that set
//! the same thing, the last in the model's list wins. Source: `spacy/pipeline/attributeruler.py` and `matcher.pyx` 3.8.

use crate::tokenize::pattern::{Memory, Pattern};
use rmpv::Value;
use std::collections::{BTreeMap, HashMap};

/// Universal parts of speech, in spaCy's order; 0 is none.
pub(crate) const UPOS: [&str; 21] = [
    "", "ADJ", "ADP", "ADV", "AUX", "CONJ", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB", "X", "EOL", "SPACE",
];

/// One token as tagger and parser left it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'t> {
    /// Index into the tags given to [`Ruler::from_bytes`].
    pub(crate) tag: u16,
    /// Index into the labels given to [`Ruler::from_bytes`].
    pub(crate) dep: u16,
    /// The form in lower case.
    pub(crate) lower: &'t str,
    pub(crate) is_space: bool,
}

/// What the ruler makes of one token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ruled {
    /// Index into [`UPOS`].
    pub(crate) pos: u8,
    /// See [`Ruler::morph`]; 0 is none.
    pub(crate) morph: u16,
    /// See [`Ruler::lemma`]; none leaves the lemma to the lemmatiser.
    pub(crate) lemma: Option<u16>,
    /// The row's tag, or the one set in its place.
    pub(crate) tag: u16,
    /// The row's label, or the one set in its place.
    pub(crate) dep: u16,
}

/// The patterns of a model.
pub(crate) struct Ruler {
    rules: Vec<Rule>,
    /// For each tag, the rules whose first token may have it, but those found by form.
    by_tag: Vec<Vec<u16>>,
    by_lower: HashMap<Box<str>, Vec<u16>>,
    morphs: Vec<Box<str>>,
    lemmas: Vec<Box<str>>,
}

struct Rule {
    /// Its number in the model's list; later ones win.
    rank: u16,
    tokens: Vec<Spec>,
    /// Which of the tokens is set.
    target: usize,
    sets: Vec<Set>,
}

#[derive(Clone, Copy)]
enum Set {
    Pos(u8),
    Morph(u16),
    Lemma(u16),
    Tag(u16),
    Dep(u16),
}

/// What a pattern asks of one token. No tags or labels: any.
#[derive(Default)]
struct Spec {
    tags: Option<Box<[bool]>>,
    deps: Option<Box<[bool]>>,
    lower: Vec<Lower>,
    is_space: Option<bool>,
}

enum Lower {
    In(Vec<Box<str>>),
    NotIn(Vec<Box<str>>),
    Regex(Pattern),
}

impl Ruler {
    /// Reads the model's `attribute_ruler/patterns`. `tags` and `deps` are the names behind a row's numbers; a tag or label
    /// that a pattern asks for and they lack never occurs, one that it sets must be among them. The error says what was
    /// expected, and names a key or operator that is not known.
    pub(crate) fn from_bytes(mut bytes: &[u8], tags: &[&str], deps: &[&str]) -> Result<Ruler, String> {
        let value = rmpv::decode::read_value(&mut bytes).map_err(|error| format!("expected msgpack: {error}"))?;
        let entries = value.as_array().ok_or("expected a list of patterns")?;
        let mut reader = Reader { tags, deps, morphs: Names::with_empty(), lemmas: Names::default() };
        let mut rules = Vec::new();
        for (rank, entry) in entries.iter().enumerate() {
            let rank = u16::try_from(rank).map_err(|_| "expected fewer patterns")?;
            reader.entry(entry, rank, &mut rules).map_err(|error| format!("pattern {rank}: {error}"))?;
        }
        let mut by_tag = vec![Vec::new(); tags.len()];
        let mut by_lower: HashMap<Box<str>, Vec<u16>> = HashMap::new();
        for (index, rule) in rules.iter().enumerate() {
            let index = u16::try_from(index).map_err(|_| "expected fewer patterns")?;
            let first = &rule.tokens[0];
            if let Some(forms) = first.lower.iter().find_map(|test| if let Lower::In(forms) = test { Some(forms) } else { None }) {
                for form in forms {
                    by_lower.entry(form.clone()).or_default().push(index);
                }
                continue;
            }
            for (tag, list) in by_tag.iter_mut().enumerate() {
                if first.tags.as_ref().is_none_or(|tags| tags[tag]) {
                    list.push(index);
                }
            }
        }
        Ok(Ruler { rules, by_tag, by_lower, morphs: reader.morphs.list, lemmas: reader.lemmas.list })
    }

    /// Applies the patterns to the tokens of one text, in text order. `out` is emptied first and gets one entry for each row.
    pub(crate) fn apply(&self, rows: &[Row<'_>], out: &mut Vec<Ruled>) {
        out.clear();
        out.extend(rows.iter().map(|row| Ruled { tag: row.tag, dep: row.dep, ..Ruled::default() }));
        let mut set_by = vec![[0u16; 5]; rows.len()];
        let mut memory = Memory::default();
        for start in 0..rows.len() {
            let by_tag = self.by_tag.get(usize::from(rows[start].tag)).map_or(&[][..], Vec::as_slice);
            let by_lower = self.by_lower.get(rows[start].lower).map_or(&[][..], Vec::as_slice);
            for &index in by_tag.iter().chain(by_lower) {
                let rule = &self.rules[usize::from(index)];
                let Some(window) = rows.get(start..start + rule.tokens.len()) else { continue };
                if rule.tokens.iter().zip(window).all(|(spec, row)| spec.fits(row, &mut memory)) {
                    let target = start + rule.target;
                    rule.set(&mut out[target], &mut set_by[target]);
                }
            }
        }
    }

    /// The morphology behind [`Ruled::morph`], such as `Number=Sing|Person=3`.
    pub(crate) fn morph(&self, id: u16) -> &str {
        &self.morphs[usize::from(id)]
    }

    /// How many morphologies there are: their numbers are below this.
    pub(crate) fn morphs(&self) -> &[Box<str>] {
        &self.morphs
    }

    /// The lemma behind [`Ruled::lemma`].
    pub(crate) fn lemma(&self, id: u16) -> &str {
        &self.lemmas[usize::from(id)]
    }
}

impl Rule {
    /// Sets what no later pattern has set. `set_by` holds one more than the rank of the pattern that set each thing.
    fn set(&self, token: &mut Ruled, set_by: &mut [u16; 5]) {
        for &set in &self.sets {
            let by = &mut set_by[match set {
                Set::Pos(_) => 0,
                Set::Morph(_) => 1,
                Set::Lemma(_) => 2,
                Set::Tag(_) => 3,
                Set::Dep(_) => 4,
            }];
            if *by > self.rank + 1 {
                continue;
            }
            *by = self.rank + 1;
            match set {
                Set::Pos(pos) => token.pos = pos,
                Set::Morph(morph) => token.morph = morph,
                Set::Lemma(lemma) => token.lemma = Some(lemma),
                Set::Tag(tag) => token.tag = tag,
                Set::Dep(dep) => token.dep = dep,
            }
        }
    }
}

impl Spec {
    fn fits(&self, row: &Row<'_>, memory: &mut Memory) -> bool {
        let listed = |set: &Option<Box<[bool]>>, id: u16| {
            set.as_ref().is_none_or(|set| set.get(usize::from(id)).copied().unwrap_or(false))
        };
        listed(&self.tags, row.tag)
            && listed(&self.deps, row.dep)
            && self.is_space.is_none_or(|is_space| is_space == row.is_space)
            && self.lower.iter().all(|test| match test {
                Lower::In(forms) => forms.iter().any(|form| **form == *row.lower),
                Lower::NotIn(forms) => forms.iter().all(|form| **form != *row.lower),
                Lower::Regex(pattern) => pattern.search(row.lower, 0, memory).is_some(),
            })
    }
}

struct Reader<'n> {
    tags: &'n [&'n str],
    deps: &'n [&'n str],
    morphs: Names,
    lemmas: Names,
}

/// Strings with numbers, each once.
#[derive(Default)]
struct Names {
    list: Vec<Box<str>>,
    ids: BTreeMap<Box<str>, u16>,
}

impl Names {
    fn with_empty() -> Names {
        Names { list: vec!["".into()], ids: BTreeMap::from([("".into(), 0)]) }
    }

    fn id(&mut self, name: &str) -> Result<u16, String> {
        if let Some(&id) = self.ids.get(name) {
            return Ok(id);
        }
        let id = u16::try_from(self.list.len()).map_err(|_| "expected fewer names".to_owned())?;
        self.list.push(name.into());
        self.ids.insert(name.into(), id);
        Ok(id)
    }
}

impl Reader<'_> {
    fn entry(&mut self, entry: &Value, rank: u16, rules: &mut Vec<Rule>) -> Result<(), String> {
        let index = field(entry, "index").and_then(Value::as_i64).ok_or("expected a number `index`")?;
        let attrs = field(entry, "attrs").and_then(Value::as_map).ok_or("expected a map `attrs`")?;
        let sets = attrs.iter().map(|(key, value)| self.set(key, value)).collect::<Result<Vec<_>, _>>()?;
        for pattern in field(entry, "patterns").and_then(Value::as_array).ok_or("expected a list `patterns`")? {
            let tokens = pattern.as_array().ok_or("expected a list of tokens")?;
            let tokens = tokens.iter().map(|token| self.spec(token)).collect::<Result<Vec<_>, _>>()?;
            let length = i64::try_from(tokens.len()).unwrap_or(i64::MAX);
            let target = if index < 0 { index.saturating_add(length) } else { index };
            let target = usize::try_from(target).ok().filter(|&target| target < tokens.len());
            let target = target.ok_or_else(|| format!("expected `index` {index} to be one of {length} tokens"))?;
            rules.push(Rule { rank, tokens, target, sets: sets.clone() });
        }
        Ok(())
    }

    fn set(&mut self, key: &Value, value: &Value) -> Result<Set, String> {
        let value = value.as_str().ok_or_else(|| format!("expected a string for {key} in `attrs`"))?;
        let place = |names: &[&str]| {
            let at = names.iter().position(|name| *name == value).and_then(|at| u16::try_from(at).ok());
            at.ok_or_else(|| format!("expected {key} to be set to a name that the model knows, not {value:?}"))
        };
        match key.as_str() {
            Some("POS") => match UPOS.iter().position(|pos| *pos == value) {
                Some(pos) => Ok(Set::Pos(pos as u8)),
                None => Err(format!("expected a universal part of speech, not {value:?}")),
            },
            Some("MORPH") => self.morphs.id(&normal_morph(value)).map(Set::Morph),
            Some("LEMMA") => self.lemmas.id(value).map(Set::Lemma),
            Some("TAG") => place(self.tags).map(Set::Tag),
            Some("DEP") => place(self.deps).map(Set::Dep),
            _ => Err(format!("expected POS, MORPH, LEMMA, TAG or DEP in `attrs`, not {key}")),
        }
    }

    fn spec(&self, token: &Value) -> Result<Spec, String> {
        let mut spec = Spec::default();
        for (key, value) in token.as_map().ok_or("expected a map for each token")? {
            match key.as_str() {
                Some("TAG") => spec.tags = Some(listed(self.tags, value)?),
                Some("DEP") => spec.deps = Some(listed(self.deps, value)?),
                Some("LOWER") => spec.lower = tests(value)?,
                Some("IS_SPACE") => spec.is_space = Some(value.as_bool().ok_or("expected true or false for IS_SPACE")?),
                _ => return Err(format!("expected TAG, DEP, LOWER or IS_SPACE, not {key}")),
            }
        }
        Ok(spec)
    }
}

fn field<'v>(map: &'v Value, key: &str) -> Option<&'v Value> {
    let (_, value) = map.as_map()?.iter().find(|(name, _)| name.as_str() == Some(key))?;
    Some(value)
}

/// Which of the names pass all tests.
fn listed(names: &[&str], value: &Value) -> Result<Box<[bool]>, String> {
    let tests = tests(value)?;
    let mut memory = Memory::default();
    let mut passes = |name: &&str| {
        let row = Row { tag: 0, dep: 0, lower: name, is_space: false };
        tests.iter().all(|test| match test {
            Lower::In(forms) => forms.iter().any(|form| **form == *row.lower),
            Lower::NotIn(forms) => forms.iter().all(|form| **form != *row.lower),
            Lower::Regex(pattern) => pattern.search(row.lower, 0, &mut memory).is_some(),
        })
    };
    Ok(names.iter().map(&mut passes).collect())
}

/// The tests behind a value: a string to equal, or a map of operators.
fn tests(value: &Value) -> Result<Vec<Lower>, String> {
    if let Some(text) = value.as_str() {
        return Ok(vec![Lower::In(vec![text.into()])]);
    }
    let operators = value.as_map().ok_or_else(|| format!("expected a string or a map of operators, not {value}"))?;
    let mut tests = Vec::new();
    for (operator, value) in operators {
        let strings = || -> Result<Vec<Box<str>>, String> {
            let list = value.as_array().ok_or_else(|| format!("expected a list for {operator}"))?;
            list.iter().map(|item| item.as_str().map(Into::into).ok_or_else(|| format!("expected strings for {operator}"))).collect()
        };
        tests.push(match operator.as_str() {
            Some("IN") => Lower::In(strings()?),
            Some("NOT_IN") => Lower::NotIn(strings()?),
            Some("REGEX") => Lower::Regex(Pattern::new(value.as_str().ok_or("expected a string for REGEX")?)?),
            _ => return Err(format!("expected IN, NOT_IN or REGEX, not {operator}")),
        });
    }
    Ok(tests)
}

/// Features sorted by name, and values of a feature sorted; `_` stands for none.
fn normal_morph(morph: &str) -> String {
    let mut features: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for feature in morph.split('|') {
        if let Some((name, values)) = feature.split_once('=') {
            features.entry(name).or_default().extend(values.split(','));
        }
    }
    let features = features.into_iter().map(|(name, mut values)| {
        values.sort_unstable();
        format!("{name}={}", values.join(","))
    });
    features.collect::<Vec<_>>().join("|")
}
