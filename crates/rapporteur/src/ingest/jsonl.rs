//! One line of a JSONL file: an object with `text` and perhaps `id`, `title`, `url`, `date`, `outlet`.

use serde::Deserialize;
use serde_json::Value;

use super::decode::MAX_ARTICLE_BYTES;
use super::{Article, Given, assemble};
use crate::error::{Error, ErrorKind};

/// The fields that are read; others are passed over, and one that holds something unexpected counts as absent.
#[derive(Deserialize)]
struct Line {
    id: Option<Value>,
    text: Option<Value>,
    title: Option<Value>,
    url: Option<Value>,
    date: Option<Value>,
    outlet: Option<Value>,
}

/// The article of line `line` (from 1) of `file`. Its path is `FILE#ID`, without an `id` `FILE#LINE`.
///
/// # Errors
/// `Malformed` where the line is no object with a `text`, `Empty` where the text has no words, `TooLarge`.
pub fn json_line(file: &str, line: usize, bytes: &[u8]) -> Result<Article, Error> {
    let place = format!("{file}:{line}");
    let malformed = |what: String| Error::new(ErrorKind::Malformed, place.clone(), what);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::new(ErrorKind::Empty, place, "an empty line; nothing to read"));
    }
    if !bytes.trim_ascii_start().starts_with(b"{") {
        return Err(malformed("not a JSON object; each line must be one, with a field `text`".to_owned()));
    }
    let read: Line =
        serde_json::from_slice(bytes).map_err(|e| malformed(format!("not JSON ({e}); mend or leave out the line")))?;
    let Some(text) = read.text.and_then(string) else {
        return Err(malformed("no field `text` that holds a string; add one".to_owned()));
    };
    if text.len() > MAX_ARTICLE_BYTES {
        let message =
            format!("its text is larger than {} MiB, the most an article can have; split it", MAX_ARTICLE_BYTES >> 20);
        return Err(Error::new(ErrorKind::TooLarge, place, message));
    }
    if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(Error::new(ErrorKind::Empty, place, "its `text` has no words; nothing to read"));
    }
    let id = match read.id {
        Some(Value::Number(n)) => Some(n.to_string()),
        other => other.and_then(string),
    };
    let path = format!("{file}#{}", id.filter(|id| !id.is_empty()).unwrap_or_else(|| line.to_string()));
    let filled = |value: Option<Value>| value.and_then(string).map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
    let date = match read.date {
        Some(Value::Number(n)) => Some(n.to_string()),
        other => filled(other),
    };
    let given = Given {
        title: filled(read.title),
        url: filled(read.url),
        date,
        outlet: filled(read.outlet),
        ..Given::default()
    };
    Ok(assemble(path, text, Vec::new(), given))
}

fn string(value: Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: &str) {
        let told = match json_line("feed.jsonl", 7, line.as_bytes()) {
            Ok(a) => {
                let published = a.published.map(|p| format!("{} {} {}", p.date, p.precision, p.from));
                let outlet = a.outlet.map(|o| o.name);
                format!("{} | {:?} | {:?} | {:?}", a.path, a.title.as_deref(), published.as_deref(), outlet.as_deref())
            }
            Err(e) => format!("{:?} at {}", e.kind, e.place),
        };
        assert_eq!(told, expect, "{line}");
    }

    #[test]
    fn lines() {
        check(
            r#"{"id": "n1", "text": "Norland signed.", "title": "Norland", "date": "2025-11", "outlet": "Lakeside Times"}"#,
            r#"feed.jsonl#n1 | Some("Norland") | Some("2025-11 month metadata") | Some("Lakeside Times")"#,
        );
        check(r#"{"id": 12, "text": "Norland signed.", "extra": {"a": [1]}}"#, "feed.jsonl#12 | None | None | None");
        check(
            r#"{"text": "Norland signed.", "id": null, "title": 5, "date": 2025}"#,
            r#"feed.jsonl#7 | None | Some("2025 year metadata") | None"#,
        );
        check("\u{feff}{\"text\": \"Norland signed.\"}\r", "feed.jsonl#7 | None | None | None");
    }

    #[test]
    fn what_is_no_article() {
        check("", "Empty at feed.jsonl:7");
        check(r#"{"text": " \n"}"#, "Empty at feed.jsonl:7");
        for line in [
            "[]",
            "null",
            "{",
            r#"{"title": "x"}"#,
            r#"{"text": 5}"#,
            r#"{"text": "\ud800"}"#,
            r#"{"text": "a"} {"#,
            "words",
        ] {
            check(line, "Malformed at feed.jsonl:7");
        }
        let deep = format!("{{\"text\": \"a\", \"x\": {}", "[".repeat(100_000));
        check(&deep, "Malformed at feed.jsonl:7");
        assert!(json_line("f", 1, b"{\"text\": \"\xff\"}").is_err());
    }

    #[test]
    fn the_same_text_has_the_same_id() {
        let id = |line: &str| json_line("f", 1, line.as_bytes()).unwrap().id;
        assert_eq!(id(r#"{"text": "Norland signed.", "title": "A"}"#), id(r#"{"id": 3, "text": "Norland signed."}"#));
        assert_eq!(id(r#"{"text": "Norland signed."}"#), super::super::text("a.txt", b"Norland signed.").unwrap().id);
    }
}
