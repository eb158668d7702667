//! The contract as JSON Schema (draft 2020-12): what `rapporteur schema article`, `brief` and `statement` print.
//!
//! Written out by hand beside the types, with the words of every enumeration taken from the types themselves; `tests/schema.rs` holds
//! real output against it, key by key.

use schemars::JsonSchema;
use serde_json::{Map, Value, json};

use crate::extract::{
    Anchor, AuthorStance, By, ConditionKind, EntityKind, Factuality, Form, HolderKind, MemberStatus, Plover, Polarity,
    Precision, Realis, RoleCheck, Side, Stage, Stance,
};
use crate::ingest::BlockKind;
use crate::reconcile::{ConflictKind, EvidenceKind, Level, PredictionState, Relation, ReuseKind, Unsaid, Verdict};
use crate::register::export::STATEMENT;
use crate::report::json::{ARTICLE, BRIEF};
use crate::second_reader::{ProposalKind, Standing};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of one line of `rapporteur read`.
pub fn article() -> Value {
    let mut schema = json!({ "$schema": DRAFT, "title": ARTICLE, "description": "What one article says. Spans are Unicode code points of `text`." });
    let span = || json!({ "$ref": "#/$defs/span" });
    let holder = || json!({ "$ref": "#/$defs/holder" });
    let body = object(&[
        ("schema", json!({ "const": ARTICLE })),
        ("id", string()),
        ("path", string()),
        ("url", or_null(string())),
        ("outlet", or_null(object(&[("name", string()), ("span", or_null(span()))]))),
        ("language", or_null(string())),
        ("published", or_null(published(span()))),
        ("headline", or_null(span())),
        ("title", or_null(string())),
        (
            "dateline",
            or_null(object(&[
                ("place", or_null(string())),
                ("date", or_null(string())),
                ("agency", or_null(string())),
                ("span", span()),
            ])),
        ),
        ("byline", or_null(span())),
        ("text", string()),
        ("blocks", list(object(&[("start", count()), ("end", count()), ("kind", words::<BlockKind>())]))),
        ("sentences", list(object(&[("start", count()), ("end", count()), ("label", string()), ("rule", string())]))),
        (
            "entities",
            list(object(&[
                ("id", string()),
                ("kind", words::<EntityKind>()),
                ("name", string()),
                ("iso3", or_null(string())),
                ("wikidata", or_null(string())),
                ("mentions", list(span())),
            ])),
        ),
        (
            "roles",
            list(object(&[
                ("person", string()),
                ("role", string()),
                ("of", or_null(string())),
                ("span", span()),
                ("check", words::<RoleCheck>()),
                ("note", or_null(string())),
                ("rule", string()),
            ])),
        ),
        (
            "quotations",
            list(object(&[
                ("form", words::<Form>()),
                ("content", span()),
                ("source", or_null(span())),
                ("cue", or_null(span())),
                ("holder", holder()),
                ("medium", or_null(string())),
                ("carried_over", json!({ "type": "boolean" })),
                ("rule", string()),
            ])),
        ),
        (
            "events",
            list(object(&[
                ("plover", words::<Plover>()),
                ("mode", or_null(string())),
                ("contexts", list(string())),
                ("cameo", or_null(string())),
                ("actors", list(string())),
                ("recipients", list(string())),
                (
                    "date",
                    or_null(object(&[
                        ("from", or_null(string())),
                        ("to", or_null(string())),
                        ("precision", or_null(string())),
                        ("span", or_null(span())),
                    ])),
                ),
                ("place", or_null(string())),
                ("realis", words::<Realis>()),
                ("factuality", words::<Factuality>()),
                ("holder", holder()),
                ("trigger", span()),
                ("span", span()),
                ("rule", string()),
            ])),
        ),
        (
            "stages",
            list(object(&[
                ("participant", string()),
                ("agreement", string()),
                ("lo", rank()),
                ("hi", rank()),
                ("stage", words::<Stage>()),
                ("side", or_null(words::<Side>())),
                ("by", words::<By>()),
                ("holder", holder()),
                ("realis", words::<Realis>()),
                ("factuality", words::<Factuality>()),
                ("wording", span()),
                ("rule", string()),
            ])),
        ),
        (
            "candidates",
            list(object(&[
                ("participant", string()),
                ("agreement", string()),
                ("holder", holder()),
                ("polarity", words::<Polarity>()),
                ("span", span()),
                ("rule", string()),
            ])),
        ),
        (
            "members",
            list(object(&[
                ("participant", string()),
                ("agreement", string()),
                ("status", words::<MemberStatus>()),
                ("as_of", or_null(string())),
                ("span", span()),
                ("rule", string()),
            ])),
        ),
        (
            "conditions",
            list(object(&[
                ("applies_to", string()),
                ("kind", words::<ConditionKind>()),
                ("text", span()),
                ("holder", holder()),
                ("rule", string()),
            ])),
        ),
        (
            "domains",
            list(object(&[
                ("agreement", or_null(string())),
                ("domain", string()),
                ("context", string()),
                ("span", span()),
                ("rule", string()),
            ])),
        ),
        (
            "assessments",
            list(object(&[
                ("about", or_null(string())),
                ("stance", words::<Stance>()),
                ("holder", holder()),
                ("author_stance", words::<AuthorStance>()),
                ("span", span()),
                ("rule", string()),
            ])),
        ),
        (
            "predictions",
            list(object(&[
                ("holder", holder()),
                ("span", span()),
                ("quantity", or_null(quantity())),
                (
                    "horizon",
                    or_null(object(&[
                        ("from", or_null(string())),
                        ("to", or_null(string())),
                        ("precision", words::<Precision>()),
                        ("span", or_null(span())),
                    ])),
                ),
                ("condition", or_null(span())),
                ("checkable", json!({ "type": "boolean" })),
                ("why", or_null(string())),
                ("rule", string()),
            ])),
        ),
        (
            "times",
            list(object(&[
                ("span", span()),
                ("from", or_null(string())),
                ("to", or_null(string())),
                ("precision", words::<Precision>()),
                ("anchor", or_null(words::<Anchor>())),
                ("duration", or_null(string())),
                ("rule", string()),
            ])),
        ),
        ("credits", list(object(&[("outlet_or_agency", string()), ("span", span()), ("rule", string())]))),
        ("notes", list(note(span()))),
    ]);
    extend(&mut schema, body);
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert(
            "predicates".to_owned(),
            list(object(&[
                ("span", span()),
                ("factuality", words::<Factuality>()),
                ("realis", words::<Realis>()),
                ("holder", holder()),
                ("value", or_null(json!({ "type": "number", "minimum": -3, "maximum": 3 }))),
                ("rule", string()),
            ])),
        );
    }
    define(&mut schema, object(&[("start", count()), ("end", count()), ("text", string())]));
    schema
}

/// The schema of `rapporteur brief --format json`.
pub fn brief() -> Value {
    let mut schema = json!({ "$schema": DRAFT, "title": BRIEF, "description": "What articles together establish. Spans are Unicode code points of the text of their `article`." });
    let span = || json!({ "$ref": "#/$defs/span" });
    let spans = || list(span());
    let ids = || list(string());
    let holder = || json!({ "$ref": "#/$defs/holder" });
    let row = object(&[
        ("id", string()),
        ("path", string()),
        ("outlet", or_null(object(&[("name", string()), ("span", or_null(span()))]))),
        ("headline", or_null(span())),
        ("published", or_null(published(span()))),
        ("language", or_null(string())),
        ("words", count()),
        ("title", or_null(string())),
        ("notes", list(note(span()))),
    ]);
    let story = object(&[
        ("id", string()),
        ("title", string()),
        ("articles", ids()),
        ("agreement", or_null(object(&[("entity", string()), ("name", string()), ("instrument", string())]))),
        ("participant", or_null(string())),
        (
            "date",
            object(&[
                ("possible", list(object(&[("from", string()), ("to", string())]))),
                ("reason", string()),
                ("reasons", list(object(&[("what", string()), ("spans", spans())]))),
            ]),
        ),
        (
            "stages",
            list(object(&[
                ("participant", string()),
                ("agreement", string()),
                ("lo", rank()),
                ("hi", rank()),
                ("stage", words::<Stage>()),
                ("side", or_null(words::<Side>())),
                ("reason", string()),
                (
                    "articles",
                    list(object(&[
                        ("article", string()),
                        ("lo", rank()),
                        ("hi", rank()),
                        ("wording", span()),
                        ("capped_by", or_null(span())),
                        ("side", or_null(words::<Side>())),
                        ("holder", holder()),
                        ("as_done", json!({ "type": "boolean" })),
                    ])),
                ),
                ("conflict", json!({ "type": "boolean" })),
                ("asserted", json!({ "type": "boolean" })),
            ])),
        ),
        (
            "members",
            list(object(&[
                ("participant", string()),
                ("status", words::<MemberStatus>()),
                ("articles", ids()),
                ("spans", spans()),
                ("standing", string()),
            ])),
        ),
        (
            "candidates",
            list(object(&[
                ("participant", string()),
                ("agreement", string()),
                (
                    "named_by",
                    list(object(&[("holder", holder()), ("polarity", words::<Polarity>()), ("spans", spans())])),
                ),
                ("own_voice", list(object(&[("polarity", words::<Polarity>()), ("spans", spans())]))),
            ])),
        ),
        (
            "conditions",
            list(object(&[
                ("applies_to", string()),
                ("kind", words::<ConditionKind>()),
                ("text", span()),
                ("holder", holder()),
                ("articles", ids()),
                ("spans", spans()),
            ])),
        ),
        (
            "domains",
            list(object(&[
                ("agreement", or_null(string())),
                ("domain", string()),
                ("context", string()),
                ("articles", ids()),
                ("spans", spans()),
            ])),
        ),
        (
            "assessments",
            list(object(&[
                ("about", or_null(string())),
                ("stance", words::<Stance>()),
                ("holder", holder()),
                ("author_stance", words::<AuthorStance>()),
                ("articles", ids()),
                ("spans", spans()),
            ])),
        ),
        (
            "quotations",
            list(object(&[
                ("holder", holder()),
                ("fullest", span()),
                ("form", words::<Form>()),
                (
                    "variants",
                    list(object(&[
                        ("span", span()),
                        ("holder", holder()),
                        ("relation", words::<Relation>()),
                        ("difference", or_null(string())),
                    ])),
                ),
                ("standing", string()),
            ])),
        ),
        (
            "claims",
            list(object(&[
                ("id", string()),
                ("claim", string()),
                ("main", json!({ "type": "boolean" })),
                ("status", string()),
                ("origins", ids()),
                ("articles", ids()),
                ("spans", spans()),
                ("grade", or_null(string())),
                ("reason", string()),
                ("card", card(span())),
            ])),
        ),
        (
            "conflicts",
            list(object(&[
                ("kind", words::<ConflictKind>()),
                ("verdict", words::<Verdict>()),
                ("about", string()),
                ("positions", list(object(&[("value", string()), ("articles", ids()), ("spans", spans())]))),
                ("reason", string()),
            ])),
        ),
        (
            "origins",
            list(object(&[
                ("id", string()),
                ("kind", string()),
                ("name", string()),
                ("articles", ids()),
                ("spans", spans()),
            ])),
        ),
        (
            "dependence",
            list(object(&[
                ("id", string()),
                ("from", string()),
                ("to", or_null(string())),
                ("level", words::<Level>()),
                ("directed", json!({ "type": "boolean" })),
                (
                    "evidence",
                    list(object(&[
                        ("kind", words::<EvidenceKind>()),
                        ("weight", json!({ "type": "number", "minimum": -1, "maximum": 1 })),
                        ("words", string()),
                        ("spans", spans()),
                    ])),
                ),
            ])),
        ),
        ("reuse", list(object(&[("a", span()), ("b", span()), ("words", count()), ("kind", words::<ReuseKind>())]))),
        (
            "predictions",
            list(object(&[
                ("holder", holder()),
                ("text", span()),
                ("quantity", or_null(quantity())),
                (
                    "horizon",
                    or_null(object(&[
                        ("from", or_null(string())),
                        ("to", or_null(string())),
                        ("precision", words::<Precision>()),
                        ("words", or_null(span())),
                    ])),
                ),
                ("condition", or_null(span())),
                ("checkable", json!({ "type": "boolean" })),
                ("why", or_null(string())),
                ("state", words::<PredictionState>()),
                ("settled_by", spans()),
                ("perhaps_settled_by", spans()),
                ("articles", ids()),
                ("spans", spans()),
            ])),
        ),
        ("silence", list(object(&[("item", words::<Unsaid>()), ("what", string()), ("reason", string())]))),
        (
            "roles",
            list(object(&[
                ("person", string()),
                ("role", string()),
                ("of", or_null(string())),
                ("check", words::<RoleCheck>()),
                ("articles", ids()),
                ("spans", spans()),
                ("note", or_null(string())),
            ])),
        ),
    ]);
    let body = object(&[
        ("schema", json!({ "const": BRIEF })),
        ("articles", list(row)),
        ("stories", list(story)),
        ("sagas", list(object(&[("agreement", string()), ("stories", list(string()))]))),
        ("entities", list(object(&[("id", string()), ("kind", words::<EntityKind>()), ("name", string())]))),
        ("second_reader", or_null(second_reader(span()))),
    ]);
    extend(&mut schema, body);
    define(&mut schema, object(&[("article", string()), ("start", count()), ("end", count()), ("text", string())]));
    schema
}

/// The schema of one line of `rapporteur export --format jsonl`.
pub fn statement() -> Value {
    let mut schema = json!({ "$schema": DRAFT, "title": STATEMENT,
        "description": "One thing that one article says, as the register keeps it. Spans are Unicode code points of the article's text. \
                        What is not known, or does not apply to the predicate, is null." });
    let words = |list: &[&str]| json!({ "enum": list });
    let body = object(&[
        ("schema", json!({ "const": STATEMENT })),
        ("id", string()),
        ("predicate", string()),
        ("subject", or_null(string())),
        ("agreement", or_null(string())),
        ("agreement_by", or_null(words(&["words", "sentence", "article"]))),
        ("value", or_null(string())),
        (
            "holder",
            or_null(object(&[
                ("kind", self::words::<HolderKind>()),
                ("entity", or_null(string())),
                ("name", string()),
            ])),
        ),
        ("said_by", or_null(self::words::<By>())),
        ("factuality", or_null(self::words::<Factuality>())),
        ("realis", or_null(self::words::<Realis>())),
        ("lo", or_null(rank())),
        ("hi", or_null(rank())),
        ("side", or_null(self::words::<Side>())),
        ("span", object(&[("article", string()), ("start", count()), ("end", count()), ("text", string())])),
        ("origin", object(&[("id", string()), ("kind", string()), ("name", string())])),
        (
            "valid",
            or_null(object(&[
                ("from", or_null(string())),
                ("to", or_null(string())),
                ("precision", string()),
                ("by", words(&["words", "published"])),
            ])),
        ),
        ("known_from", string()),
        ("known_to", or_null(string())),
        ("rank", words(&["preferred", "normal", "deprecated"])),
        ("rule", string()),
        ("extractor", string()),
        ("detail", or_null(json!({ "type": "object" }))),
    ]);
    extend(&mut schema, body);
    schema
}

/// An object that has all these keys; later versions may add others.
fn object(properties: &[(&str, Value)]) -> Value {
    let keys: Vec<&str> = properties.iter().map(|(key, _)| *key).collect();
    let properties: Map<String, Value> =
        properties.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    json!({ "type": "object", "properties": properties, "required": keys })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// What a second reader proposes.
fn second_reader(span: Value) -> Value {
    object(&[
        ("model", string()),
        (
            "proposals",
            list(object(&[
                ("kind", words::<ProposalKind>()),
                ("words", span.clone()),
                ("says", string()),
                ("standing", words::<Standing>()),
                ("first", or_null(string())),
            ])),
        ),
        ("not_proposed", list(object(&[("kind", words::<ProposalKind>()), ("words", span), ("says", string())]))),
        ("notes", list(object(&[("article", string()), ("message", string())]))),
    ])
}

/// Why a claim has its status and grade.
fn card(span: Value) -> Value {
    object(&[
        ("origins", list(object(&[("origin", string()), ("articles", list(string())), ("repeating", list(string()))]))),
        ("dependence", list(string())),
        ("against", list(object(&[("what", string()), ("spans", list(span))]))),
        ("would_raise", list(string())),
        ("without", list(object(&[("origin", string()), ("status", string()), ("grade", string())]))),
    ])
}

fn quantity() -> Value {
    // Lowest and highest; no highest of "at least two".
    json!({ "type": "array", "items": or_null(json!({ "type": "number" })), "minItems": 2, "maxItems": 2 })
}

fn string() -> Value {
    json!({ "type": "string" })
}

fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

/// A place on the ladder of stages.
fn rank() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": 7 })
}

fn or_null(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

fn published(span: Value) -> Value {
    object(&[
        ("date", string()),
        ("precision", string()),
        ("from", json!({ "enum": ["metadata", "text", "option"] })),
        ("span", or_null(span)),
    ])
}

fn note(span: Value) -> Value {
    object(&[("kind", string()), ("span", or_null(span)), ("message", string())])
}

/// The words that an enumeration is written with.
fn words<T: JsonSchema>() -> Value {
    let schema = schemars::schema_for!(T).to_value();
    let mut words: Vec<Value> = schema.get("enum").and_then(Value::as_array).cloned().unwrap_or_default();
    // Documented variants stand apart.
    for variant in schema.get("oneOf").and_then(Value::as_array).into_iter().flatten() {
        words.extend(variant.get("const").cloned());
        words.extend(variant.get("enum").and_then(Value::as_array).cloned().unwrap_or_default());
    }
    json!({ "enum": words })
}

fn extend(schema: &mut Value, body: Value) {
    if let (Value::Object(schema), Value::Object(body)) = (schema, body) {
        schema.extend(body);
    }
}

/// Adds what several places refer to.
fn define(schema: &mut Value, span: Value) {
    let holder = object(&[
        ("kind", words::<HolderKind>()),
        ("entity", or_null(string())),
        ("name", string()),
        ("span", or_null(json!({ "$ref": "#/$defs/span" }))),
    ]);
    extend(schema, json!({ "$defs": { "span": span, "holder": holder } }));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::register::export::Line;
    use crate::register::{Filter, Register};

    #[test]
    fn statements_have_the_keys_that_their_schema_describes() {
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/old/register-1.db");
        let register = Register::read(&kept).expect("the register");
        let statements = register.statements(&Filter::default()).expect("statements");
        let schema = statement();
        let described: BTreeSet<&String> = schema["properties"].as_object().expect("properties").keys().collect();
        for recorded in &statements {
            let line = serde_json::to_value(Line::from(recorded)).expect("JSON");
            assert_eq!(line.as_object().expect("an object").keys().collect::<BTreeSet<_>>(), described);
            assert_eq!(line["span"]["text"], recorded.statement.words);
        }
        assert!(statements.len() > 20);
    }
}
