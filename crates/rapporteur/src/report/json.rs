//! The JSON contract: one object an article for `read`, one object for `brief --format json`.
//!
//! Inside the library a span is bytes; here one pass over the value turns every object with `start` and `end` into Unicode code points
//! of its article's text (W3C TextPositionSelector) and gives it the exact words. What is unknown is `null`, lists are empty, never
//! absent, and keys stand in the order of the contract.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::extract::{Findings, Predicate};
use crate::ingest::Article;
use crate::provenance::CodePoints;
use crate::reconcile::Brief;

/// Name and version of the article's contract.
pub const ARTICLE: &str = "rapporteur/article/1";
/// Name and version of the brief's contract.
pub const BRIEF: &str = "rapporteur/brief/1";

/// What one article says, as `rapporteur read` prints it; `predicates` adds every event predicate.
pub fn article(article: &Article, findings: &Findings, predicates: bool) -> Value {
    let notes: Vec<_> = article.notes.iter().chain(&findings.notes).collect();
    let mut value = json!({
        "schema": ARTICLE,
        "id": article.id,
        "path": article.path,
        "url": article.url,
        "outlet": article.outlet,
        "language": article.language,
        "published": article.published,
        "headline": article.headline,
        "title": article.title,
        "dateline": article.dateline,
        "byline": article.byline,
        "text": null,
        "blocks": article.blocks,
        "sentences": findings.sentences,
        "entities": findings.entities,
        "roles": findings.roles,
        "quotations": findings.quotations,
        "events": findings.events,
        "stages": findings.stages,
        "candidates": findings.candidates,
        "members": findings.members,
        "conditions": findings.conditions,
        "domains": findings.domains,
        "assessments": findings.assessments,
        "predictions": findings.predictions,
        "times": findings.times,
        "credits": findings.credits,
        "notes": notes,
    });
    let text = CodePoints::new(&article.text);
    if let Value::Object(map) = &mut value {
        if predicates {
            let list: Vec<&Predicate> = findings.predicates.iter().collect();
            let at = map.len() - 2;
            map.shift_insert(at, "predicates".to_owned(), json!(list));
        }
        for (_, part) in map.iter_mut() {
            place(part, &|_| Some(&text), None);
        }
        map.insert("text".to_owned(), Value::String(article.text.clone()));
    }
    value
}

/// A brief as `rapporteur brief --format json` prints it: every span names its article.
pub fn brief(brief: &Brief) -> Value {
    let texts: BTreeMap<&str, CodePoints<'_>> =
        brief.articles.iter().map(|a| (a.id.0.as_str(), CodePoints::new(&a.text))).collect();
    let find = |id: &str| texts.get(id);
    let mut rows = json!(brief.articles);
    if let Value::Array(rows) = &mut rows {
        for (row, article) in rows.iter_mut().zip(&brief.articles) {
            place(row, &find, Some(&article.id.0));
        }
    }
    let mut stories = json!(brief.stories);
    place(&mut stories, &find, None);
    let mut second = json!(brief.second_reader);
    place(&mut second, &find, None);
    json!({
        "schema": BRIEF,
        "articles": rows,
        "stories": stories,
        "sagas": brief.sagas,
        "entities": brief.entities,
        "second_reader": second,
    })
}

/// Turns the spans inside a value into code points. `article` is the one that spans without an `article` of their own belong to and
/// then get; without it, spans belong to the only text there is.
fn place<'t>(value: &mut Value, texts: &dyn Fn(&str) -> Option<&'t CodePoints<'t>>, article: Option<&str>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| place(item, texts, article)),
        Value::Object(map) => {
            if let (Some(start), Some(end)) = (byte(map, "start"), byte(map, "end")) {
                let own = map.get("article").and_then(Value::as_str).or(article).unwrap_or("");
                if let Some(text) = texts(own) {
                    let bare = map.keys().all(|k| matches!(k.as_str(), "start" | "end" | "article"));
                    let words = text.text.get(start..end).unwrap_or("").to_owned();
                    map.insert("start".to_owned(), text.at(start).into());
                    map.insert("end".to_owned(), text.at(end).into());
                    if let Some(article) = article.filter(|_| !map.contains_key("article")) {
                        map.shift_insert(0, "article".to_owned(), article.into());
                    }
                    if bare {
                        map.insert("text".to_owned(), words.into());
                    }
                }
            }
            map.iter_mut().filter(|(_, v)| v.is_object() || v.is_array()).for_each(|(_, v)| place(v, texts, article));
        }
        _ => {}
    }
}

fn byte(map: &Map<String, Value>, key: &str) -> Option<usize> {
    map.get(key)?.as_u64().and_then(|n| usize::try_from(n).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provenance::ArticleId;
    use language::Span;

    fn sample(text: &str, headline: Span) -> Article {
        Article {
            id: ArticleId::of(text),
            path: "stories/summit/1.txt".to_owned(),
            url: None,
            outlet: None,
            language: Some("en".to_owned()),
            published: None,
            headline: Some(headline),
            title: None,
            dateline: None,
            byline: None,
            text: text.to_owned(),
            blocks: Vec::new(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn code_points_are_those_of_the_text() {
        for length in [0, 1, 63, 64, 65, 128, 200] {
            let text: String = "aé€😀".chars().cycle().take(length).collect();
            let points = CodePoints::new(&text);
            for (n, (at, _)) in text.char_indices().enumerate() {
                assert_eq!(points.at(at), n, "byte {at} of {length} characters");
            }
            assert_eq!(points.at(text.len()), length);
            assert_eq!(points.at(text.len() + 9), length);
        }
    }

    #[test]
    fn a_span_is_the_words_it_says() {
        let text = "Âgé — “Yerevan” spoke";
        let start = text.find("Yerevan").unwrap();
        let value = article(&sample(text, Span::new(start, start + 7)), &Findings::default(), false);
        assert_eq!(value["headline"], json!({ "start": 7, "end": 14, "text": "Yerevan" }));
        assert_eq!(value["text"], text);
    }

    #[test]
    fn every_key_of_the_contract_is_there_in_its_order() {
        let value = article(&sample("", Span::new(0, 0)), &Findings::default(), true);
        let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        let contract = "schema id path url outlet language published headline title dateline byline text blocks sentences entities \
                        roles quotations events stages candidates members conditions domains assessments predictions times predicates \
                        credits notes";
        assert_eq!(keys, contract.split_whitespace().collect::<Vec<_>>());
    }
}
