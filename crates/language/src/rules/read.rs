//! The model's `attribute_ruler/patterns` file, in msgpack.

use super::{Form, Rule, Set, Spec, UPOS};
use crate::tokenize::pattern::{Memory, Pattern};
use rmpv::Value;
use std::collections::BTreeMap;

/// Reads entries of the file, given the names behind tags and labels.
pub(super) struct Reader<'n> {
    pub(super) tags: &'n [&'n str],
    pub(super) deps: &'n [&'n str],
    pub(super) morphs: Names,
    pub(super) lemmas: Names,
}

/// Strings with numbers, each once.
#[derive(Default)]
pub(super) struct Names {
    pub(super) list: Vec<Box<str>>,
    ids: BTreeMap<Box<str>, u16>,
}

impl Names {
    pub(super) fn with_empty() -> Names {
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
    pub(super) fn entry(&mut self, entry: &Value, rank: u16, rules: &mut Vec<Rule>) -> Result<(), String> {
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
    let mut passes = |name: &&str| tests.iter().all(|test| test.holds(name, &mut memory));
    Ok(names.iter().map(&mut passes).collect())
}

/// The tests behind a value: a string to equal, or a map of operators.
fn tests(value: &Value) -> Result<Vec<Form>, String> {
    if let Some(text) = value.as_str() {
        return Ok(vec![Form::In(vec![text.into()])]);
    }
    let operators = value.as_map().ok_or_else(|| format!("expected a string or a map of operators, not {value}"))?;
    let mut tests = Vec::new();
    for (operator, value) in operators {
        let strings = || -> Result<Vec<Box<str>>, String> {
            let list = value.as_array().ok_or_else(|| format!("expected a list for {operator}"))?;
            list.iter()
                .map(|item| item.as_str().map(Into::into).ok_or_else(|| format!("expected strings for {operator}")))
                .collect()
        };
        tests.push(match operator.as_str() {
            Some("IN") => Form::In(strings()?),
            Some("NOT_IN") => Form::NotIn(strings()?),
            Some("REGEX") => Form::Regex(Pattern::new(value.as_str().ok_or("expected a string for REGEX")?)?),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Ruler;

    fn refused(patterns: &serde_json::Value) -> String {
        let value = rmpv_of(patterns);
        let mut bytes = Vec::new();
        rmpv::encode::write_value(&mut bytes, &value).expect("msgpack");
        Ruler::from_bytes(&bytes, &["NN"], &[""]).err().expect("an error")
    }

    fn rmpv_of(value: &serde_json::Value) -> Value {
        match value {
            serde_json::Value::Array(items) => Value::Array(items.iter().map(rmpv_of).collect()),
            serde_json::Value::Object(map) => {
                Value::Map(map.iter().map(|(key, value)| (key.as_str().into(), rmpv_of(value))).collect())
            }
            serde_json::Value::String(text) => text.as_str().into(),
            serde_json::Value::Number(number) => number.as_i64().unwrap_or(0).into(),
            serde_json::Value::Bool(truth) => Value::Boolean(*truth),
            serde_json::Value::Null => Value::Nil,
        }
    }

    #[test]
    fn what_is_not_known_is_named() {
        let one = |token: serde_json::Value, attrs: serde_json::Value, index: i64| {
            refused(&serde_json::json!([{ "patterns": [[token]], "attrs": attrs, "index": index }]))
        };
        use serde_json::json;
        assert!(one(json!({"SHAPE": "x"}), json!({}), 0).contains("SHAPE"));
        assert!(one(json!({"TAG": "NN", "OP": "*"}), json!({}), 0).contains("OP"));
        assert!(one(json!({"LOWER": {"FUZZY": "x"}}), json!({}), 0).contains("FUZZY"));
        assert!(one(json!({"TAG": "NN"}), json!({"ENT": "x"}), 0).contains("ENT"));
        assert!(one(json!({"TAG": "NN"}), json!({"POS": "NOMEN"}), 0).contains("NOMEN"));
        assert!(one(json!({"TAG": "NN"}), json!({"TAG": "ZZ"}), 0).contains("ZZ"));
        assert!(one(json!({"TAG": "NN"}), json!({}), 1).contains("index"));
        assert!(refused(&json!({})).contains("a list of patterns"));
        assert!(refused(&json!([{"patterns": [[]], "attrs": {}, "index": 0}])).contains("pattern 0"));
    }
}
