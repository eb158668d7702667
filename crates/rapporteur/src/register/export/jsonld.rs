//! Claims and quotations as JSON-LD 1.1: schema.org `NewsArticle`, `Claim` and `Quotation`, each claim tied to its words by a W3C Web
//! Annotation with a TextQuoteSelector and a TextPositionSelector (code points of the article's text, as that standard counts). The context
//! is inline: nothing is fetched to read it.

use std::collections::BTreeSet;
use std::io::Write;

use serde_json::{Map, Value, json};

use super::snapshot::{Snapshot, Source};
use super::state::{iso3, wikidata};
use super::{Done, Failure, line};
use crate::register::statement::Recorded;

/// How many code points stand before and after the words of a selector.
const AROUND: usize = 32;

/// Statements about articles and derived ones; the rest are claims.
const NO_CLAIM: [&str; 2] = ["reached", "credit"];

/// Writes the articles that stand, their claims and quotations, and the entities in them; one node a line.
///
/// # Errors
/// Those of reading and writing.
pub fn jsonld(snapshot: &Snapshot<'_>, out: &mut dyn Write) -> Done {
    writeln!(out, "{{\"@context\":{},\"@graph\":[", context())?;
    let mut entities: BTreeSet<String> = BTreeSet::new();
    let mut first = true;
    let mut node = |out: &mut dyn Write, value: Value| -> Done {
        if !std::mem::take(&mut first) {
            write!(out, ",")?;
        }
        line(out, &value)
    };
    for source in snapshot.articles().iter().filter(|a| a.known_to.is_none()) {
        node(out, article(source))?;
        let text = snapshot.text(source).map_err(Failure::Register)?;
        let chars: Vec<char> = text.chars().collect();
        snapshot.of_article(source, &[], &mut |source, r| {
            let s = &r.statement;
            if NO_CLAIM.contains(&s.predicate.as_str()) {
                return Ok(());
            }
            let named = [s.subject.as_ref(), s.agreement.as_ref(), s.holder.as_ref().and_then(|h| h.entity.as_ref())];
            entities.extend(named.into_iter().flatten().map(|id| snapshot.canonical(id).to_owned()));
            node(out, claim(snapshot, source, r))?;
            node(out, annotation(source, r, &chars))
        })?;
    }
    for id in &entities {
        node(out, entity(snapshot, id))?;
    }
    writeln!(out, "]}}")?;
    Ok(())
}

/// Terms of the three vocabularies; terms of our own are in `urn:rapporteur:term:`.
fn context() -> Value {
    let schema = |name: &str| json!(format!("schema:{name}"));
    let link = |id: &str| json!({ "@id": id, "@type": "@id" });
    let typed = |id: &str, kind: &str| json!({ "@id": id, "@type": kind });
    let mut terms = Map::new();
    for (prefix, iri) in [
        ("schema", "https://schema.org/"),
        ("oa", "http://www.w3.org/ns/oa#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
        ("term", "urn:rapporteur:term:"),
    ] {
        terms.insert(prefix.to_owned(), json!(iri));
    }
    terms.insert("@version".to_owned(), json!(1.1));
    for name in
        ["Claim", "Quotation", "NewsArticle", "Organization", "Person", "Country", "Place", "Thing", "CreativeWork"]
    {
        terms.insert(name.to_owned(), schema(name));
    }
    for name in
        ["name", "headline", "text", "inLanguage", "identifier", "datePublished", "temporalCoverage", "creditText"]
    {
        terms.insert(name.to_owned(), schema(name));
    }
    for name in ["appearance", "isPartOf", "about", "spokenByCharacter", "author", "publisher", "url", "sameAs"] {
        terms.insert(name.to_owned(), link(&format!("schema:{name}")));
    }
    for name in ["Annotation", "TextQuoteSelector", "TextPositionSelector"] {
        terms.insert(name.to_owned(), json!(format!("oa:{name}")));
    }
    for (name, id) in [
        ("body", "oa:hasBody"),
        ("target", "oa:hasTarget"),
        ("source", "oa:hasSource"),
        ("motivation", "oa:motivatedBy"),
    ] {
        terms.insert(name.to_owned(), link(id));
    }
    terms.insert("selector".to_owned(), link("oa:hasSelector"));
    for name in ["exact", "prefix", "suffix"] {
        terms.insert(name.to_owned(), json!(format!("oa:{name}")));
    }
    for name in ["start", "end"] {
        terms.insert(name.to_owned(), typed(&format!("oa:{name}"), "xsd:nonNegativeInteger"));
    }
    for name in [
        "predicate",
        "value",
        "agreementBy",
        "holderKind",
        "saidBy",
        "factuality",
        "realis",
        "side",
        "origin",
        "originKind",
        "originName",
        "rule",
        "extractor",
        "rank",
        "validPrecision",
        "validBy",
        "validFrom",
        "validTo",
    ] {
        terms.insert(name.to_owned(), json!(format!("term:{name}")));
    }
    for name in ["stageLowest", "stageHighest"] {
        terms.insert(name.to_owned(), typed(&format!("term:{name}"), "xsd:integer"));
    }
    terms.insert("knownFrom".to_owned(), typed("term:knownFrom", "xsd:date"));
    terms.insert("agreement".to_owned(), link("term:agreement"));
    terms.insert("detail".to_owned(), typed("term:detail", "@json"));
    Value::Object(terms)
}

fn article(a: &Source) -> Value {
    full(json!({
        "@id": article_iri(&a.id),
        "@type": "NewsArticle",
        "identifier": a.id,
        "headline": a.title.as_ref().or(a.headline.as_ref()),
        "datePublished": a.published,
        "publisher": a.outlet.as_ref().map(|name| json!({ "@type": "Organization", "name": name })),
        "inLanguage": a.language,
        "url": a.url.as_deref().filter(|u| is_iri(u)),
        "knownFrom": a.known_from,
    }))
}

fn claim(snapshot: &Snapshot<'_>, source: &Source, r: &Recorded) -> Value {
    let s = &r.statement;
    let quotation = s.predicate == "quotation";
    let linked = |id: &Option<String>| id.as_ref().map(|id| entity_iri(snapshot.canonical(id)));
    let holder = s.holder.as_ref();
    let speaker = holder.and_then(|h| match &h.entity {
        Some(id) => Some(json!(entity_iri(snapshot.canonical(id)))),
        // The article's own voice is that of its outlet, which the article names.
        None if h.kind == "outlet" => None,
        None => Some(json!({ "@type": "Thing", "name": h.name })),
    });
    let about: Vec<String> = [linked(&s.subject), linked(&s.agreement)].into_iter().flatten().collect();
    let valid = s.valid.as_ref();
    let period = valid.and_then(|v| match (&v.from, &v.to) {
        (Some(from), Some(to)) if from != to => Some(format!("{from}/{to}")),
        (Some(day), _) | (None, Some(day)) => Some(day.clone()),
        (None, None) => None,
    });
    full(json!({
        "@id": statement_iri(&r.id),
        "@type": if quotation { "Quotation" } else { "Claim" },
        "identifier": r.id,
        "predicate": s.predicate,
        "text": s.words,
        "value": s.value,
        (if quotation { "isPartOf" } else { "appearance" }): article_iri(&source.id),
        (if quotation { "spokenByCharacter" } else { "author" }): speaker,
        "holderKind": holder.map(|h| &h.kind),
        "about": about,
        "agreement": linked(&s.agreement),
        "agreementBy": s.agreement_by,
        "saidBy": s.said_by,
        "factuality": s.factuality,
        "realis": s.realis,
        "stageLowest": s.stage.map(|(lo, _)| lo),
        "stageHighest": s.stage.map(|(_, hi)| hi),
        "side": s.side,
        "temporalCoverage": period,
        "validFrom": valid.and_then(|v| v.from.as_ref()),
        "validTo": valid.and_then(|v| v.to.as_ref()),
        "validPrecision": valid.map(|v| &v.precision),
        "validBy": valid.map(|v| &v.by),
        "knownFrom": r.known_from,
        "origin": s.origin.id,
        "originKind": s.origin.kind,
        "originName": s.origin.name,
        "rank": r.rank,
        "rule": s.rule,
        "extractor": r.extractor,
        "detail": s.detail,
    }))
}

fn annotation(source: &Source, r: &Recorded, text: &[char]) -> Value {
    let s = &r.statement;
    let (start, end) = (s.start.min(text.len()), s.end.min(text.len()));
    let stretch = |from: usize, to: usize| text[from..to].iter().collect::<String>();
    json!({
        "@id": format!("urn:rapporteur:annotation:{}", r.id),
        "@type": "Annotation",
        "motivation": "oa:identifying",
        "body": statement_iri(&r.id),
        "target": {
            "source": article_iri(&source.id),
            "selector": [
                {
                    "@type": "TextQuoteSelector",
                    "exact": s.words,
                    "prefix": stretch(start.saturating_sub(AROUND), start),
                    "suffix": stretch(end, (end + AROUND).min(text.len())),
                },
                { "@type": "TextPositionSelector", "start": s.start, "end": s.end },
            ],
        },
    })
}

fn entity(snapshot: &Snapshot<'_>, id: &str) -> Value {
    let named = snapshot.named(id);
    let kind = match named.kind.as_str() {
        "state" => "Country",
        "person" => "Person",
        "organisation" => "Organization",
        "place" => "Place",
        "agreement" => "CreativeWork",
        _ => "Thing",
    };
    full(json!({
        "@id": entity_iri(id),
        "@type": kind,
        "name": named.name,
        "identifier": iso3(id).unwrap_or(id),
        "sameAs": wikidata(id).map(|item| format!("http://www.wikidata.org/entity/{item}")),
    }))
}

fn article_iri(id: &str) -> String {
    format!("urn:rapporteur:article:{id}")
}

fn statement_iri(id: &str) -> String {
    format!("urn:rapporteur:statement:{id}")
}

/// An identifier may hold any letters; in an IRI all but the safest are percent-encoded.
fn entity_iri(id: &str) -> String {
    let mut iri = "urn:rapporteur:entity:".to_owned();
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b':' => iri.push(char::from(byte)),
            other => iri += &format!("%{other:02X}"),
        }
    }
    iri
}

/// Whether an address can stand as an IRI.
fn is_iri(url: &str) -> bool {
    let plain = |c: char| {
        !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
    };
    (url.starts_with("http://") || url.starts_with("https://")) && url.chars().all(plain)
}

/// The object without what is not known.
fn full(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let empty = |v: &Value| v.is_null() || v.as_array().is_some_and(Vec::is_empty);
            Value::Object(map.into_iter().filter(|(_, v)| !empty(v)).collect())
        }
        other => other,
    }
}
