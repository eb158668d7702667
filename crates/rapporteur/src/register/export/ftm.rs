//! Entities and statements of FollowTheMoney (4.x), JSON lines: who took part in what, who held which post, who said what, in which article.
//!
//! States are `PublicBody` with their country code (a FollowTheMoney `Territory` cannot take part in anything), agreements `Project`, a
//! participant's stage, membership or candidacy `ProjectParticipant`, offices `Position` and `Occupancy`, events `Event`; quotations,
//! predictions, conditions and assessments `Note`; each with the `Article` as proof. Identifiers have only the letters, digits, dots and
//! hyphens that FollowTheMoney allows. Left out: texts of articles, spans, events that did not happen.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use serde_json::{Value, json};

use super::snapshot::{Snapshot, Source};
use super::state::{place, wikidata};
use super::table::{detail, list};
use super::{Done, line};
use crate::register::statement::{Recorded, Statement};

const DATASET: &str = "rapporteur";

/// One entity, or what one article adds to it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Proxy {
    id: String,
    /// The identifier of what it was declared one with.
    canonical: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, BTreeSet<String>>,
    /// The day on which it became known.
    first_seen: String,
    /// The article, for what one article alone says.
    origin: Option<String>,
}

/// Writes entities, those that were declared one as one.
///
/// # Errors
/// Those of reading and writing.
pub fn entities(snapshot: &Snapshot<'_>, out: &mut dyn Write) -> Done {
    visit(snapshot, true, &mut |proxy| {
        let entity = json!({
            "id": proxy.id,
            "schema": proxy.schema,
            "properties": proxy.properties,
            "datasets": [DATASET],
            "first_seen": proxy.first_seen,
        });
        line(out, &entity)
    })
}

/// Writes statements: one property value of one entity each, entities as the articles name them, `canonical_id` what they were declared.
///
/// # Errors
/// Those of reading and writing.
pub fn statements(snapshot: &Snapshot<'_>, out: &mut dyn Write) -> Done {
    visit(snapshot, false, &mut |proxy| {
        for (property, values) in &proxy.properties {
            for value in values {
                // FollowTheMoney digests the same key.
                let key = blake3::hash(format!("{DATASET}.{}.{property}.{value}", proxy.id).as_bytes()).to_hex();
                let statement = json!({
                    "canonical_id": proxy.canonical,
                    "entity_id": proxy.id,
                    "prop": property,
                    "schema": proxy.schema,
                    "value": value,
                    "dataset": DATASET,
                    "lang": null,
                    "original_value": null,
                    "first_seen": proxy.first_seen,
                    "last_seen": null,
                    "external": false,
                    "origin": proxy.origin,
                    "id": &key[..40],
                });
                line(out, &statement)?;
            }
        }
        Ok(())
    })
}

/// Calls for every entity: article by article what rests on it, then what several articles name.
fn visit(snapshot: &Snapshot<'_>, merged: bool, call: &mut dyn FnMut(&Proxy) -> Done) -> Done {
    let mentions = snapshot.mentions()?;
    let mut teller = Teller { snapshot, merged, shared: BTreeMap::new() };
    for source in snapshot.articles().iter().filter(|a| a.known_to.is_none()) {
        call(&article(source))?;
        for id in mentions.get(&source.reading).into_iter().flatten() {
            if let Some(proxy) = teller.mention(source, id) {
                call(&proxy)?;
            }
        }
        snapshot.of_article(source, &[], &mut |source, r| match teller.proxy(source, r) {
            Some(proxy) => call(&proxy),
            None => Ok(()),
        })?;
    }
    teller.shared.values().try_for_each(call)
}

struct Teller<'s, 'r> {
    snapshot: &'s Snapshot<'r>,
    merged: bool,
    /// What several articles name, by identifier.
    shared: BTreeMap<String, Proxy>,
}

impl Teller<'_, '_> {
    /// The entity that a statement is.
    fn proxy(&mut self, source: &Source, r: &Recorded) -> Option<Proxy> {
        let s = &r.statement;
        let mut proxy = resting(source, r);
        match s.predicate.as_str() {
            "stage" | "member" | "candidate" => {
                proxy.schema = "ProjectParticipant";
                let participant = self.somebody(s.subject.as_deref()?, &r.known_from)?;
                let agreement = self.agreement(s.agreement.as_deref()?, &r.known_from);
                proxy.put("participant", participant);
                proxy.put("project", agreement);
                proxy.put("role", if s.predicate == "stage" { "participant" } else { &s.predicate });
                let status = match s.value.as_deref()? {
                    "+" => "named as one that may join",
                    "-" => "named as one that will not join",
                    "?" => "named as one of whom it is open",
                    other => other,
                };
                proxy.put("status", status);
                if let Some(side) = &s.side {
                    proxy.put("status", side.as_str());
                }
                if let Some(day) = s.valid.as_ref().filter(|v| v.by == "words").and_then(|v| v.from.as_deref()) {
                    proxy.put("date", day.to_owned());
                }
                proxy.put("recordId", r.id.clone());
            }
            "role" => {
                proxy.schema = "Occupancy";
                let person = self.somebody(s.subject.as_deref()?, &r.known_from)?;
                // Only persons hold posts.
                if self.shared.get(&person)?.schema != "Person" {
                    return None;
                }
                let title = s.value.as_deref()?;
                let of = detail(s, "of").and_then(Value::as_str);
                let post = self.position(title, of, &r.known_from);
                if let Some(held) = self.shared.get_mut(&person) {
                    held.put("position", title);
                }
                proxy.put("holder", person);
                proxy.put("post", post);
                if let Some(check) = detail(s, "check").and_then(Value::as_str) {
                    proxy.put("status", check);
                }
                proxy.put("recordId", r.id.clone());
            }
            "event" => {
                let negative = s.factuality.as_deref().is_some_and(|f| f.ends_with('-'));
                if negative || s.realis.as_deref() == Some("negated") {
                    return None;
                }
                proxy.schema = "Event";
                self.event(s, &r.known_from, &mut proxy);
                proxy.put("recordId", r.id.clone());
            }
            "quotation" | "prediction" | "condition" | "assessment" => {
                proxy.schema = "Note";
                if let Some(holder) = &s.holder {
                    proxy.put("summary", holder.name.clone());
                    let entity = holder.entity.as_deref().and_then(|id| self.somebody(id, &r.known_from));
                    if let Some(entity) = entity {
                        proxy.put("entity", entity);
                    }
                }
                proxy.put("keywords", s.predicate.clone());
                if let Some(value) = &s.value {
                    proxy.put("keywords", value.clone());
                }
                if let Some(due) = s.valid.as_ref().filter(|v| v.by == "words").and_then(|v| v.to.as_deref()) {
                    proxy.put("notes", format!("due {due}"));
                }
            }
            _ => return None,
        }
        Some(proxy)
    }

    fn event(&mut self, s: &Statement, since: &str, proxy: &mut Proxy) {
        let plover = s.value.clone().unwrap_or_default();
        let mode = detail(s, "mode").and_then(Value::as_str);
        let mut names = Vec::new();
        for id in [list(s, "actors"), list(s, "recipients")].concat() {
            names.push(self.snapshot.name(id));
            if let Some(somebody) = self.somebody(id, since) {
                proxy.put("involved", somebody);
            }
        }
        let mode = mode.map(|m| format!(" {m}")).unwrap_or_default();
        proxy.put("name", format!("{plover}{mode}: {}", names.join(", ")).trim_end_matches([':', ' ']).to_owned());
        proxy.put("keywords", plover);
        for word in list(s, "contexts") {
            proxy.put("keywords", word);
        }
        if let Some(cameo) = detail(s, "cameo").and_then(Value::as_str) {
            proxy.put("keywords", format!("CAMEO {cameo}"));
        }
        if let Some(place) = detail(s, "place").and_then(Value::as_str) {
            proxy.put("location", self.snapshot.name(place));
        }
        if let Some(valid) = &s.valid {
            for (property, day) in [("startDate", &valid.from), ("endDate", &valid.to)] {
                if let Some(day) = day.as_ref().filter(|d| !d.starts_with('-')) {
                    proxy.put(property, day.clone());
                }
            }
        }
        let words = [s.factuality.as_deref(), s.realis.as_deref()].into_iter().flatten().collect::<Vec<_>>();
        proxy.put("notes", words.join(" "));
    }

    fn mention(&mut self, source: &Source, id: &str) -> Option<Proxy> {
        let resolved = self.somebody(id, &source.known_from)?;
        let mut proxy = Proxy::new(identifier(&format!("{} {id}", source.id)), "Mention", &source.known_from);
        proxy.origin = Some(source.id.clone());
        proxy.put("name", self.snapshot.name(id));
        proxy.put("document", source.id.clone());
        proxy.put("detectedSchema", self.shared.get(&resolved)?.schema);
        proxy.put("resolved", resolved);
        Some(proxy)
    }

    /// The identifier of a state, person, body or group, which is noted; `None` for places, offices and agreements.
    fn somebody(&mut self, id: &str, since: &str) -> Option<String> {
        let shown = if self.merged { self.snapshot.canonical(id) } else { id };
        let named = self.snapshot.named(shown);
        let schema = match named.kind.as_str() {
            "state" => "PublicBody",
            "person" => "Person",
            "organisation" => "Organization",
            "place" | "office" | "agreement" => return None,
            _ => "LegalEntity",
        };
        let proxy = self.shared_proxy(shown, schema, since);
        proxy.put("name", named.name);
        if let Some(place) = place(shown) {
            proxy.put("country", place.iso2.to_lowercase());
        }
        Some(proxy.id.clone())
    }

    fn agreement(&mut self, id: &str, since: &str) -> String {
        let shown = if self.merged { self.snapshot.canonical(id) } else { id };
        let name = self.snapshot.name(shown);
        let proxy = self.shared_proxy(shown, "Project", since);
        // A body that states join is an organisation elsewhere; as an agreement it has an entity of its own.
        proxy.put("name", name);
        proxy.id.clone()
    }

    fn position(&mut self, title: &str, of: Option<&str>, since: &str) -> String {
        let id = identifier(&format!("position:{title} {}", of.unwrap_or_default()));
        let country = of.and_then(place).map(|p| p.iso2.to_lowercase());
        let proxy = self.shared.entry(id.clone()).or_insert_with(|| Proxy::new(id, "Position", since));
        proxy.put("name", title);
        if let Some(country) = country {
            proxy.put("country", country);
        }
        proxy.id.clone()
    }

    fn shared_proxy(&mut self, id: &str, schema: &'static str, since: &str) -> &mut Proxy {
        let mut own = identifier(id);
        let mut canonical = identifier(self.snapshot.canonical(id));
        if schema == "Project" && !id.starts_with("agreement:") {
            own = format!("agreement.{own}");
            canonical = format!("agreement.{canonical}");
        }
        let wikidata = wikidata(id);
        let proxy = self.shared.entry(own.clone()).or_insert_with(|| {
            let mut proxy = Proxy::new(own, schema, since);
            proxy.canonical = canonical;
            proxy
        });
        if let Some(item) = wikidata {
            proxy.put("wikidataId", item);
        }
        if since < proxy.first_seen.as_str() {
            proxy.first_seen = since.to_owned();
        }
        proxy
    }
}

impl Proxy {
    fn new(id: String, schema: &'static str, since: &str) -> Proxy {
        let canonical = id.clone();
        Proxy { id, canonical, schema, properties: BTreeMap::new(), first_seen: since.to_owned(), origin: None }
    }

    /// Adds a value; FollowTheMoney knows no empty ones.
    fn put(&mut self, property: &'static str, value: impl Into<String>) {
        let value = value.into();
        if !value.trim().is_empty() {
            self.properties.entry(property).or_default().insert(value);
        }
    }
}

/// What all that rest on words of an article have.
fn resting(source: &Source, r: &Recorded) -> Proxy {
    let mut proxy = Proxy::new(r.id.clone(), "Note", &r.known_from);
    proxy.origin = Some(source.id.clone());
    proxy.put("description", r.statement.words.clone());
    proxy.put("proof", source.id.clone());
    if let Some(outlet) = &source.outlet {
        proxy.put("publisher", outlet.clone());
    }
    if let Some(url) = &source.url {
        proxy.put("sourceUrl", url.clone());
    }
    proxy
}

fn article(source: &Source) -> Proxy {
    let mut proxy = Proxy::new(source.id.clone(), "Article", &source.known_from);
    proxy.origin = Some(source.id.clone());
    let file = source.path.as_deref().and_then(|p| p.rsplit('/').next()).map(str::to_owned);
    let language = source.language.as_deref().filter(|l| *l == "en").map(|_| "eng".to_owned());
    for (property, value) in [
        ("title", source.title.as_ref().or(source.headline.as_ref())),
        ("publishedAt", source.published.as_ref()),
        ("publisher", source.outlet.as_ref()),
        ("sourceUrl", source.url.as_ref()),
        ("fileName", file.as_ref()),
        ("language", language.as_ref()),
    ] {
        if let Some(value) = value {
            proxy.put(property, value.clone());
        }
    }
    proxy
}

/// An identifier with the letters, digits, dots and hyphens that FollowTheMoney allows; different ones stay different.
fn identifier(id: &str) -> String {
    let mut safe = String::with_capacity(id.len() + 8);
    for c in id.chars() {
        match c {
            ':' => safe.push('.'),
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => safe.push(c),
            other => safe += &format!("-x{:x}", u32::from(other)),
        }
    }
    if !safe.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        safe.push_str("-x");
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_keep_to_what_is_allowed() {
        for (id, wanted) in [
            ("iso3:KAZ", "iso3.KAZ"),
            ("name:été", "name.-xe9t-xe9"),
            ("name:a b", "name.a-x20b"),
            ("position:President ", "position.President-x20"),
            ("name:a-", "name.a--x"),
        ] {
            assert_eq!(identifier(id), wanted);
        }
    }
}
