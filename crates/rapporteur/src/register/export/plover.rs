//! Events as PLOVER records, one JSON object a line, in the field names of the PLOVER manual (0.7b1, "JSON Data Fields").
//!
//! Left out, because the format cannot say it: events that did not happen (factuality negative), and events whose actor is not known. What
//! is to come, or only supposed, carries the context `future` or `hypothetical`, as the manual asks.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Map, Value, json};

use super::snapshot::{Snapshot, Source};
use super::state::{iso3, wikidata};
use super::table::{detail, is_full_day, list};
use super::{Done, line};
use crate::register::statement::{Recorded, Statement};

/// Quad category by type (manual, "PLOVER quad categories"; REQUEST is the manual's DEMAND).
const QUAD: [(&[&str], u8); 4] = [
    (&["AGREE", "CONSULT", "SUPPORT", "CONCEDE"], 1),
    (&["COOPERATE", "AID", "RETREAT"], 2),
    (&["REQUEST", "ACCUSE", "REJECT", "SANCTION", "THREATEN"], 3),
    (&["PROTEST", "MOBILIZE", "COERCE", "ASSAULT"], 4),
];

/// Writes the events of the articles that stand.
///
/// # Errors
/// Those of reading and writing.
pub fn plover(snapshot: &Snapshot<'_>, out: &mut dyn Write) -> Done {
    for source in snapshot.articles().iter().filter(|a| a.known_to.is_none()) {
        let mut offices: BTreeMap<String, (Option<String>, Option<String>)> = BTreeMap::new();
        snapshot.of_article(source, &["role"], &mut |_, r| {
            let (s, of) = (&r.statement, detail(&r.statement, "of").and_then(Value::as_str));
            if let Some(person) = &s.subject {
                offices.entry(person.clone()).or_insert_with(|| (s.value.clone(), of.map(str::to_owned)));
            }
            Ok(())
        })?;
        snapshot.of_article(source, &["event"], &mut |_, r| {
            if !can_be_told(&r.statement) {
                return Ok(());
            }
            line(out, &record(snapshot, source, r, &offices))
        })?;
    }
    Ok(())
}

/// Whether the format can hold it.
pub(super) fn can_be_told(s: &Statement) -> bool {
    let negative = s.factuality.as_deref().is_some_and(|f| f.ends_with('-')) || s.realis.as_deref() == Some("negated");
    !negative && !list(s, "actors").is_empty()
}

type Offices = BTreeMap<String, (Option<String>, Option<String>)>;

fn record(snapshot: &Snapshot<'_>, source: &Source, r: &Recorded, offices: &Offices) -> Value {
    let s = &r.statement;
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| {
        let empty = value.is_null() || value.as_array().is_some_and(|list| list.is_empty() && name != "event");
        if !empty {
            fields.insert(name.to_owned(), value);
        }
    };
    let actors = |key: &str| -> Value { list(s, key).iter().map(|id| actor(snapshot, source, id, offices)).collect() };
    let (from, to) = s.valid.as_ref().map_or((None, None), |v| (v.from.as_deref(), v.to.as_deref()));
    let day = |date: Option<&str>| date.and_then(|d| d.get(..10)).filter(|d| is_full_day(d)).map(str::to_owned);
    // Without a day of its own an event takes that of its article, as event data do.
    let (date, date_from) = match (day(from), day(source.published.as_deref())) {
        (Some(day), _) => (day, "event"),
        (None, Some(day)) => (day, "published"),
        _ => (source.known_from.clone(), "received"),
    };
    let plover = s.value.as_deref().unwrap_or_default();
    put("id", json!(r.id));
    put("date", json!(date));
    put("enddate", json!(day(to).filter(|to| date_from == "event" && *to > date)));
    put("source", actors("actors"));
    put("recipient", actors("recipients"));
    put("event", json!([plover]));
    put("mode", json!(detail(s, "mode").map(|mode| json!([mode]))));
    let mut contexts: Vec<&str> = list(s, "contexts");
    match s.realis.as_deref() {
        Some("future") => contexts.push("future"),
        Some("hypothetical" | "conditional" | "wanted") => contexts.push("hypothetical"),
        _ => {}
    }
    put("context", json!(contexts));
    put("quad_code", json!(QUAD.iter().find(|(types, _)| types.contains(&plover)).map(|(_, code)| code)));
    put("event_loc", json!(detail(s, "place").and_then(Value::as_str).map(|id| location(snapshot, id))));
    put("event_text", json!([s.words]));
    put("text_info", json!({ "start": s.start, "end": s.end }));
    let cite: Map<String, Value> = [
        ("citation", json!(source.id)),
        ("url", json!(source.url)),
        ("title", json!(source.title.as_ref().or(source.headline.as_ref()))),
        ("language", json!(source.language)),
        ("publication", json!(source.outlet)),
        ("coder", json!(r.extractor)),
        ("codebook", json!("plover-0.7b1")),
    ]
    .into_iter()
    .filter(|(_, v)| !v.is_null())
    .map(|(k, v)| (k.to_owned(), v))
    .collect();
    put("cite_info", Value::Object(cite));
    put("coded_date", json!(r.known_from));
    // Beyond the manual, which allows named fields of one's own.
    put("date_from", json!(date_from));
    put("cameo", json!(detail(s, "cameo")));
    put("factuality", json!(s.factuality));
    put("realis", json!(s.realis));
    put("agreement", json!(s.agreement));
    Value::Object(fields)
}

/// An actor object; `code` is the state's, of a person that of the state whose office the article gives; `actor_text` of a group the words of
/// this article, as others may call others so.
fn actor(snapshot: &Snapshot<'_>, source: &Source, id: &str, offices: &Offices) -> Value {
    let (office, of) = offices.get(id).cloned().unwrap_or_default();
    let told = id;
    let id = snapshot.canonical(id);
    let code = iso3(id).map(str::to_owned).or_else(|| of.as_deref().and_then(iso3).map(str::to_owned));
    let named = snapshot.named(id);
    let words = if named.kind == "group" { snapshot.words_for(source, told) } else { None };
    let name = named.name;
    let fields = [
        ("code", code),
        ("actor_text", Some(words.unwrap_or_else(|| name.clone()))),
        ("identifier_id", Some(wikidata(id).unwrap_or_else(|| id.to_owned()))),
        ("identifier_text", Some(name)),
        ("office", office),
    ];
    let full = fields.into_iter().filter_map(|(k, v)| Some((k.to_owned(), Value::String(v?))));
    Value::Object(full.collect())
}

/// A location object: the names of Geonames' fields.
fn location(snapshot: &Snapshot<'_>, id: &str) -> Value {
    let point = super::state::place(id);
    match (iso3(id), point) {
        (Some(code), Some(place)) => {
            json!({ "name": snapshot.name(id), "country code": place.iso2, "cc3": code, "latitude": place.point.0, "longitude": place.point.1 })
        }
        _ => json!({ "name": snapshot.name(id) }),
    }
}
