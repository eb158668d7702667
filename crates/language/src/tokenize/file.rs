//! The model's `tokenizer` file: expressions and exceptions, in msgpack.

use super::pattern::Pattern;
use rmpv::Value;

/// One exception: the string and its tokens, each with the NORM it is given.
pub(super) struct Exception {
    pub(super) text: String,
    pub(super) tokens: Vec<(String, Option<String>)>,
}

/// The model's `tokenizer` file.
pub(super) struct File(Value);

/// spaCy's numbers of the two attributes that an exception may set.
const ORTH: u64 = 65;
const NORM: u64 = 67;

impl File {
    pub(super) fn read(mut bytes: &[u8]) -> Result<File, String> {
        let value = rmpv::decode::read_value(&mut bytes).map_err(|error| format!("expected msgpack: {error}"))?;
        if value.is_map() { Ok(File(value)) } else { Err("expected a msgpack map".to_owned()) }
    }

    fn get(&self, key: &str) -> Option<&Value> {
        let (_, value) = self.0.as_map()?.iter().find(|(name, _)| name.as_str() == Some(key))?;
        Some(value)
    }

    pub(super) fn optional(&self, key: &str) -> Result<Option<Pattern>, String> {
        match self.get(key) {
            None | Some(Value::Nil) => Ok(None),
            Some(value) => {
                let source = value.as_str().ok_or_else(|| format!("expected `{key}` to be a string"))?;
                Pattern::new(source).map(Some).map_err(|error| format!("`{key}`: {error}"))
            }
        }
    }

    pub(super) fn pattern(&self, key: &str) -> Result<Pattern, String> {
        self.optional(key)?.ok_or_else(|| format!("expected an expression `{key}`"))
    }

    /// `faster_heuristics`: whether only exceptions that hold a mark or a space are put together again.
    pub(super) fn is_hasty(&self) -> bool {
        self.get("faster_heuristics").and_then(Value::as_bool).unwrap_or(true)
    }

    pub(super) fn exceptions(&self) -> Result<Vec<Exception>, String> {
        let map = self.get("exceptions").and_then(Value::as_map).ok_or("expected a map `exceptions`")?;
        map.iter().map(|(text, tokens)| exception(text, tokens)).collect()
    }
}

fn exception(text: &Value, tokens: &Value) -> Result<Exception, String> {
    let text = text.as_str().ok_or("expected the exceptions' keys to be strings")?;
    let wrong = |what: &str| format!("expected {what} in the exception {text:?}");
    let mut read = Vec::new();
    for token in tokens.as_array().ok_or_else(|| wrong("a list of tokens"))? {
        let (mut orth, mut norm) = (None, None);
        for (key, value) in token.as_map().ok_or_else(|| wrong("a map for each token"))? {
            let value = value.as_str().ok_or_else(|| wrong("strings as attributes"))?.to_owned();
            match key.as_u64() {
                Some(ORTH) => orth = Some(value),
                Some(NORM) => norm = Some(value),
                _ => {
                    return Err(wrong(&format!("the attributes ORTH and NORM only, not {key},")));
                }
            }
        }
        read.push((orth.ok_or_else(|| wrong("ORTH"))?, norm));
    }
    if read.is_empty() || read.iter().map(|(orth, _)| orth.as_str()).collect::<String>() != text {
        return Err(wrong("tokens that give the string"));
    }
    Ok(Exception { text: text.to_owned(), tokens: read })
}
