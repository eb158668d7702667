//! Turns fine-grained tags into parts of speech, morphology and some lemmas: spaCy's attribute ruler.
//!
//! The model brings patterns over one or more neighbouring tokens (tag, lower-cased form, dependency label, white space or
//! not) and what each sets on one of them. All patterns look at the text as tagger and parser left it; of those that set
//! the same thing, the last in the model's list wins. Source: `spacy/pipeline/attributeruler.py` and `matcher.pyx` 3.8.

mod read;

use crate::tokenize::pattern::{Memory, Pattern};
use read::{Names, Reader};
use std::collections::HashMap;

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
    /// See [`Ruler::morphs`]; 0 is none.
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
    lower: Vec<Form>,
    is_space: Option<bool>,
}

/// What a pattern asks of a string.
enum Form {
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
            if let Some(forms) =
                first.lower.iter().find_map(|test| if let Form::In(forms) = test { Some(forms) } else { None })
            {
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
                let Some(window) = rows.get(start..start + rule.tokens.len()) else {
                    continue;
                };
                if rule.tokens.iter().zip(window).all(|(spec, row)| spec.fits(row, &mut memory)) {
                    let target = start + rule.target;
                    rule.set(&mut out[target], &mut set_by[target]);
                }
            }
        }
    }

    /// The morphologies behind [`Ruled::morph`], such as `Number=Sing|Person=3`; the first is empty.
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

impl Form {
    fn holds(&self, form: &str, memory: &mut Memory) -> bool {
        match self {
            Form::In(forms) => forms.iter().any(|known| **known == *form),
            Form::NotIn(forms) => forms.iter().all(|known| **known != *form),
            Form::Regex(pattern) => pattern.search(form, 0, memory).is_some(),
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
            && self.lower.iter().all(|test| test.holds(row.lower, memory))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::model_dir;

    const TAGS: [&str; 12] = ["NN", "VBZ", "RB", "PRP", "DT", "MD", "_SP", "EX", "TO", "IN", "VBP", "WDT"];
    const DEPS: [&str; 9] = ["", "nsubj", "dobj", "expl", "aux", "dep", "ROOT", "mark", "det"];

    /// Tokens as `form/tag/dep`; gives `POS morph lemma tag dep` of the last one.
    fn check(ruler: &Ruler, tokens: &str, expect: &str) {
        let rows: Vec<Row<'_>> = tokens
            .split(' ')
            .map(|token| {
                let parts: Vec<&str> = token.split('/').collect();
                let place = |names: &[&str], name| names.iter().position(|known| *known == name).expect("a known name");
                let lower = if parts[0] == "⏎" { "\n" } else { parts[0] };
                let (tag, dep) = (place(&TAGS, parts[1]) as u16, place(&DEPS, parts[2]) as u16);
                Row { tag, dep, lower, is_space: lower == "\n" }
            })
            .collect();
        let mut out = Vec::new();
        ruler.apply(&rows, &mut out);
        let last = out.last().expect("a token");
        let found = format!(
            "{} {} {} {} {}",
            UPOS[usize::from(last.pos)],
            ruler.morphs()[usize::from(last.morph)],
            last.lemma.map_or("-", |id| ruler.lemma(id)),
            TAGS[usize::from(last.tag)],
            DEPS[usize::from(last.dep)],
        );
        assert_eq!(found, expect, "{tokens}");
    }

    #[test]
    fn parts_of_speech_are_spacys() {
        let bytes = std::fs::read(model_dir().join("attribute_ruler/patterns")).expect("the model's patterns");
        let ruler = Ruler::from_bytes(&bytes, &TAGS, &DEPS).expect("patterns");
        // Expected values: spaCy 3.8 given the same tags and labels.
        check(&ruler, "treaty/NN/dobj", "NOUN Number=Sing - NN dobj");
        check(&ruler, "nobody/NN/nsubj", "PRON Number=Sing|PronType=Ind - NN nsubj");
        check(&ruler, "it/PRP/nsubj", "PRON Case=Nom|Gender=Neut|Number=Sing|Person=3|PronType=Prs it PRP nsubj");
        check(&ruler, "it/PRP/det", "PRON Gender=Neut|Number=Sing|Person=3|PronType=Prs it PRP det");
        check(&ruler, "is/VBZ/ROOT", "AUX Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin be VBZ ROOT");
        check(
            &ruler,
            "there/EX/expl is/VBZ/ROOT",
            "VERB Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin be VBZ ROOT",
        );
        check(&ruler, "does/VBZ/aux", "AUX Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin do VBZ aux");
        check(&ruler, "does/VBZ/ROOT", "VERB Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin do VBZ ROOT");
        check(&ruler, "to/TO/aux", "PART  - TO aux");
        check(&ruler, "that/IN/mark", "SCONJ  - IN mark");
        check(&ruler, "in/IN/dobj", "ADP  - IN dobj");
        check(&ruler, "this/DT/det", "DET Number=Sing|PronType=Dem - DT det");
        check(&ruler, "this/DT/nsubj", "PRON Number=Sing|PronType=Dem - DT nsubj");
        check(&ruler, "n't/RB/det", "PART Polarity=Neg not RB det");
        check(&ruler, "let/NN/det 's/PRP/dobj", "PRON PronType=Prs us PRP dobj");
        check(&ruler, "⏎/NN/det", "SPACE  - _SP dep");
        check(&ruler, "⏎/NN/", "SPACE  - _SP ");
        check(&ruler, "x/_SP/det", "X  - _SP det");
    }
}
