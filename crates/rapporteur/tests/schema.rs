//! The published schema is true: real output fits it, and every key of the output is described.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use rapporteur::reconcile::reconcile;
use rapporteur::report::{json, schema};
use rapporteur::second_reader::SecondReading;
use rapporteur::{extract, ingest};
use serde_json::{Value, json};

/// Checks the part of JSON Schema that the contract uses, and, beyond it, that no key is missing from the schema. Unknown keywords are
/// an error, so that a schema cannot say what this test does not check.
fn check(value: &Value, schema: &Value, root: &Value, at: &str, wrong: &mut Vec<String>) {
    let Some(rules) = schema.as_object() else { return wrong.push(format!("{at}: schema is no object")) };
    for (keyword, rule) in rules {
        match keyword.as_str() {
            "$ref" => {
                let target = rule.as_str().and_then(|r| root.pointer(r.trim_start_matches('#')));
                match target {
                    Some(target) => check(value, target, root, at, wrong),
                    None => wrong.push(format!("{at}: {rule} leads nowhere")),
                }
            }
            "type" => {
                let fits = match rule.as_str().unwrap_or("") {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_u64() || value.is_i64(),
                    "number" => value.is_number(),
                    "boolean" => value.is_boolean(),
                    "null" => value.is_null(),
                    _ => false,
                };
                if !fits {
                    wrong.push(format!("{at}: {value} is no {rule}"));
                }
            }
            "const" if value != rule => wrong.push(format!("{at}: {value} is not {rule}")),
            "enum" if !rule.as_array().is_some_and(|words| words.contains(value)) => {
                wrong.push(format!("{at}: {value} is none of {rule}"));
            }
            "minItems" | "maxItems" => {
                let (n, bound) = (value.as_array().map_or(0, Vec::len) as u64, rule.as_u64().unwrap_or(0));
                if (keyword == "minItems" && n < bound) || (keyword == "maxItems" && n > bound) {
                    wrong.push(format!("{at}: {n} items"));
                }
            }
            "minimum" if value.as_f64() < rule.as_f64() => wrong.push(format!("{at}: {value} is under {rule}")),
            "maximum" if value.as_f64() > rule.as_f64() => wrong.push(format!("{at}: {value} is over {rule}")),
            "required" => {
                for key in rule.as_array().into_iter().flatten().filter_map(Value::as_str) {
                    if value.get(key).is_none() {
                        wrong.push(format!("{at}: no {key}"));
                    }
                }
            }
            "properties" => {
                for (key, inner) in value.as_object().into_iter().flatten() {
                    match rule.get(key) {
                        Some(rule) => check(inner, rule, root, &format!("{at}.{key}"), wrong),
                        None => wrong.push(format!("{at}: {key} is not in the schema")),
                    }
                }
            }
            "items" => {
                for (i, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(item, rule, root, &format!("{at}[{i}]"), wrong);
                }
            }
            "anyOf" => {
                let tried: Vec<Vec<String>> = rule
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|option| {
                        let mut wrong = Vec::new();
                        check(value, option, root, at, &mut wrong);
                        wrong
                    })
                    .collect();
                if !tried.iter().any(Vec::is_empty) {
                    wrong.extend(tried.into_iter().min_by_key(Vec::len).unwrap_or_default());
                }
            }
            "const" | "enum" | "minimum" | "maximum" | "$schema" | "$defs" | "title" | "description" => {}
            other => wrong.push(format!("{at}: the schema says {other}, which this test does not know")),
        }
    }
}

fn assert_fits(value: &Value, schema: &Value) {
    let mut wrong = Vec::new();
    check(value, schema, schema, "$", &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn articles_fit_their_schema() {
    let schema = schema::article();
    for (article, findings) in support::three() {
        assert_fits(&json::article(&article, &findings, false), &schema);
        assert_fits(&json::article(&article, &findings, true), &schema);
    }
}

#[test]
fn briefs_fit_their_schema_and_their_spans_are_the_words_they_say() {
    let articles = support::three();
    let value = json::brief(&reconcile(&articles));
    assert_fits(&value, &schema::brief());
    let mut spans = 0;
    walk(&value, &mut |span| {
        let id = span["article"].as_str().expect("a span of a brief names its article");
        let text = &articles.iter().find(|(a, _)| a.id.0 == id).expect("the article").0.text;
        let (start, end) =
            (span["start"].as_u64().expect("start") as usize, span["end"].as_u64().expect("end") as usize);
        let words: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(span["text"], words);
        spans += 1;
    });
    assert!(spans > 30, "{spans} spans");
}

fn walk(value: &Value, with: &mut impl FnMut(&Value)) {
    if value.get("start").is_some_and(Value::is_u64) {
        with(value);
    }
    match value {
        Value::Array(items) => items.iter().for_each(|v| walk(v, with)),
        Value::Object(map) => map.values().for_each(|v| walk(v, with)),
        _ => {}
    }
}

/// What the program makes of the stories of this repository, read by the model.
#[test]
fn real_articles_and_briefs_fit_too() {
    let named = std::env::var_os("RAPPORTEUR_MODEL").map(PathBuf::from);
    let folder = named.or_else(language::kept_folder).expect("a home folder");
    let model = language::Model::load(&folder).expect("the language model: run `rapporteur model fetch`");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories");
    let mut all = Vec::new();
    let mut stories: Vec<PathBuf> = fs::read_dir(&root).expect("stories").flatten().map(|e| e.path()).collect();
    stories.sort();
    for story in stories.iter().filter(|s| s.is_dir()) {
        let mut files: Vec<PathBuf> = fs::read_dir(story).expect("a story").flatten().map(|e| e.path()).collect();
        files.sort();
        let mut read = Vec::new();
        for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "txt")) {
            let article =
                ingest::text(&file.display().to_string(), &fs::read(file).expect("an article")).expect("text");
            let findings = extract::extract(&model, &article);
            assert_fits(&json::article(&article, &findings, true), &schema::article());
            read.push((article, findings));
        }
        assert!(!read.is_empty(), "{} holds no article", story.display());
        assert_fits(&json::brief(&reconcile(&read)), &schema::brief());
        all.extend(read);
    }
    let mut brief = reconcile(&all);
    brief.second_reader = Some(SecondReading { model: "m".to_owned(), ..SecondReading::default() });
    assert_fits(&json::brief(&brief), &schema::brief());
}

#[test]
fn the_check_sees_what_is_wrong() {
    let schema = json!({ "type": "object", "properties": { "a": { "enum": ["x"] } }, "required": ["a"] });
    for bad in [json!([]), json!({}), json!({ "a": "y" }), json!({ "a": "x", "b": 1 })] {
        let mut wrong = Vec::new();
        check(&bad, &schema, &schema, "$", &mut wrong);
        assert!(!wrong.is_empty(), "{bad}");
    }
}
