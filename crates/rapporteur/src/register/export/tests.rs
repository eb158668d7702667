//! The formats read back, and held to the register value by value.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::*;
use crate::ingest::{Article, Outlet, Published};
use crate::provenance::ArticleId;
use crate::register::{
    Filter, Mentioned, Receipt, Received, Recorded, Register, Source, Statement, Told, Valid, Voice,
};
use crate::testing::article;

/// Quotation marks of all kinds, line breaks, a script from right to left, characters outside the basic plane, markup, separators.
const ODD: &str = "Ole Berg said: \"Yes, 'we' signed;\r\nit's <done> & \\n dusted\" 😀🇩🇰. \u{201c}هذا اتفاق تاريخي\u{201d}, said Omar.\n=1+1,\t\"\"";

fn dated(text: &str, path: &str, day: Option<&str>, outlet: Option<&str>) -> Article {
    let mut article = article(text);
    article.path = path.to_owned();
    article.title = Some(format!("{path}; \"title\", <b> & \u{202b}عنوان\u{202c} 𐍈"));
    article.url = Some(format!("https://{path}.example/?a=1&b=<2>"));
    article.outlet = outlet.map(|name| Outlet { name: name.to_owned(), span: None });
    article.published = day.map(|day| Published {
        date: day.to_owned(),
        precision: "day".to_owned(),
        from: "metadata".to_owned(),
        span: None,
    });
    article
}

fn statement(predicate: &str, text: &str, words: &str) -> Statement {
    let start = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
    let start = text[..start].chars().count();
    Statement {
        predicate: predicate.to_owned(),
        subject: Some("iso3:NOR".to_owned()),
        agreement: Some("agreement:harbour-pact".to_owned()),
        agreement_by: Some("words".to_owned()),
        value: Some("signed".to_owned()),
        holder: Some(Voice {
            kind: "entity".to_owned(),
            entity: Some("person:ole-berg".to_owned()),
            name: "Ole Berg".to_owned(),
        }),
        said_by: Some("self".to_owned()),
        factuality: Some("CT+".to_owned()),
        realis: Some("actual".to_owned()),
        stage: Some((5, 5)),
        side: None,
        start,
        end: start + words.chars().count(),
        words: words.to_owned(),
        origin: Source {
            id: "origin:ole-berg".to_owned(),
            kind: "utterance".to_owned(),
            name: "Ole \"Ola\" Berg".to_owned(),
        },
        valid: None,
        rule: "verb sign".to_owned(),
        detail: None,
    }
}

fn valid(from: &str, to: &str, precision: &str) -> Option<Valid> {
    let some = |day: &str| (!day.is_empty()).then(|| day.to_owned());
    Some(Valid { from: some(from), to: some(to), precision: precision.to_owned(), by: "words".to_owned() })
}

fn received(article: Article, statements: Vec<Statement>) -> Received {
    // Every subject is named where the first statement about it stands.
    let mut entities: BTreeMap<String, Mentioned> = BTreeMap::new();
    for s in &statements {
        let Some(id) = &s.subject else { continue };
        let kind = if id.starts_with("person:") { "person" } else { "state" };
        let named = Mentioned {
            id: id.clone(),
            kind: kind.to_owned(),
            name: format!("{id} \u{201c}😀\u{201d}"),
            times: 1,
            start: s.start,
            end: s.end,
        };
        entities.entry(id.clone()).or_insert(named);
    }
    let entities = entities.into_values().collect();
    Received { kind: Receipt::Article, article, told: Some(Told { statements, entities, ..Told::default() }) }
}

/// Three articles with statements of every kind, by day: the first two known on the 6th, the third on the 8th.
fn articles() -> Vec<(Received, &'static str)> {
    let odd = |predicate: &str, words: &str| statement(predicate, ODD, words);
    let event =
        |words: &str, plover: &str, realis: &str, factuality: &str, when: Option<Valid>, detail: Value| Statement {
            // The first actor, as `write` does it.
            subject: detail["actors"][0].as_str().map(str::to_owned),
            value: Some(plover.to_owned()),
            realis: Some(realis.to_owned()),
            factuality: Some(factuality.to_owned()),
            stage: None,
            valid: when,
            detail: Some(detail),
            ..odd("event", words)
        };
    let actors = |ids: &[&str]| json!({ "actors": ids, "cameo": "042", "mode": "visit", "contexts": ["diplomatic"] });
    let one = vec![
        Statement { detail: Some(json!({ "binding": true })), ..odd("stage", "signed") },
        Statement {
            detail: Some(json!({ "asserted": true })),
            valid: valid("2026-03-01", "", "day"),
            ..odd("reached", "signed")
        },
        Statement {
            value: Some("direct".to_owned()),
            stage: None,
            detail: Some(json!({ "carried_over": true, "medium": "post", "cue": { "start": 9, "end": 13 } })),
            ..odd("quotation", "Yes, 'we' signed;\r\nit's <done> & \\n dusted")
        },
        Statement {
            value: Some("direct".to_owned()),
            holder: None,
            subject: None,
            ..odd("quotation", "هذا اتفاق تاريخي")
        },
        event(
            "signed;\r\nit's",
            "CONSULT",
            "actual",
            "CT+",
            valid("2026-03-20", "2026-03-21", "day"),
            actors(&["iso3:NOR", "person:ole-berg"]),
        ),
        event(
            "done",
            "CONSULT",
            "future",
            "PR+",
            valid("2026-03-22T14:00", "2026-03-22", "time"),
            actors(&["iso3:DNK"]),
        ),
        event("dusted", "REJECT", "negated", "CT-", valid("2026-03-23", "2026-03-23", "day"), actors(&["iso3:NOR"])),
        event(
            "said",
            "AGREE",
            "hypothetical",
            "PS+",
            None,
            json!({ "actors": ["iso3:NOR"], "recipients": ["iso3:KAZ"] }),
        ),
        event("Omar", "AID", "actual", "CT+", None, json!({ "recipients": ["iso3:NOR"] })),
        Statement {
            value: Some("checkable".to_owned()),
            valid: valid("-0489-01-01", "2027-12-31", "year"),
            detail: Some(json!({ "quantity": [2, 3] })),
            ..odd("prediction", "\"\"")
        },
        Statement {
            value: Some("+".to_owned()),
            subject: Some("name:kingdom-of-the-danes".to_owned()),
            ..odd("candidate", "😀🇩🇰")
        },
        Statement {
            value: Some("=1+1 Wire & Co".to_owned()),
            subject: None,
            agreement: None,
            ..odd("credit", "=1+1,\t")
        },
        Statement {
            value: Some("Foreign \"Minister\"".to_owned()),
            subject: Some("person:ole-berg".to_owned()),
            detail: Some(json!({ "of": "iso3:NOR", "check": "ok" })),
            ..odd("role", "Ole Berg")
        },
    ];
    let text = "Norway and the Kalmar Union ratified the Harbour Pact.";
    let two = vec![
        Statement {
            stage: Some((6, 6)),
            value: Some("ratified".to_owned()),
            valid: valid("2026-03-05", "", "day"),
            detail: Some(json!({ "asserted": true })),
            ..statement("reached", text, "ratified")
        },
        Statement {
            subject: Some("org:kalmar-union".to_owned()),
            value: Some("member".to_owned()),
            ..statement("member", text, "the Kalmar Union")
        },
        Statement {
            value: Some("".to_owned()),
            subject: Some("name:łódź-κ".to_owned()),
            words: String::new(),
            start: 0,
            end: 0,
            holder: Some(Voice { kind: "group".to_owned(), entity: None, name: String::new() }),
            ..statement("assessment", text, "Norway")
        },
    ];
    let late = "Norway signed nothing.";
    let three = vec![
        Statement {
            stage: Some((0, 0)),
            value: Some("none".to_owned()),
            valid: valid("2026-03-07", "", "day"),
            side: Some("withdrawn".to_owned()),
            detail: Some(json!({ "asserted": true })),
            ..statement("reached", late, "signed nothing")
        },
        Statement { factuality: Some("CT-".to_owned()), ..statement("stage", late, "signed nothing") },
    ];
    vec![
        (received(dated(ODD, "odd", Some("2026-03-02"), Some("Tidende, Nord; og \"Sør\"")), one), "2026-03-06"),
        (received(dated(text, "two", None, None), two), "2026-03-06"),
        (received(dated(late, "late", Some("2026-03"), Some("Late Wire")), three), "2026-03-08"),
    ]
}

fn early() -> Register {
    let mut register = Register::in_memory().expect("memory");
    for (received, day) in articles().into_iter().filter(|(_, day)| *day == "2026-03-06") {
        register.append(&[received], day).expect("appended");
    }
    register
}

/// All three; then the second is withdrawn, and two entities are declared one.
fn full() -> Register {
    let mut register = Register::in_memory().expect("memory");
    for (received, day) in articles().into_iter().rev() {
        register.append(&[received], day).expect("appended");
    }
    let second = ArticleId::of("Norway and the Kalmar Union ratified the Harbour Pact.");
    register.retract(&second, "taken down", "2026-03-09").expect("retracted");
    register.merge("iso3:DNK", "name:kingdom-of-the-danes", "the same", "2026-03-09").expect("merged");
    register
}

fn at(register: &Register, known_at: Option<&str>) -> BTreeMap<&'static str, Vec<u8>> {
    let asked = Asked { agreement: None, known_at: known_at.map(str::to_owned) };
    let snapshot = Snapshot::of(register, &asked).expect("a snapshot");
    let mut all = BTreeMap::new();
    let mut put = |name: &'static str, write: &dyn Fn(&mut dyn Write) -> Done| {
        let mut bytes = Vec::new();
        write(&mut bytes).expect("memory takes it");
        all.insert(name, bytes);
    };
    for table in Table::ALL {
        put(table.name(), &|out| csv(&snapshot, table, out));
    }
    put("jsonl", &|out| jsonl(&snapshot, out));
    put("plover", &|out| plover(&snapshot, out));
    put("ftm", &|out| ftm_entities(&snapshot, out));
    put("ftm statements", &|out| ftm_statements(&snapshot, out));
    put("jsonld", &|out| jsonld(&snapshot, out));
    put("geojson", &|out| geojson(&snapshot, out));
    put("icalendar", &|out| icalendar(&snapshot, out));
    put("graphml", &|out| graphml(&snapshot, out));
    all
}

fn recorded(register: &Register, withdrawn_too: bool) -> BTreeMap<String, Recorded> {
    let filter = Filter { withdrawn_too, ..Filter::default() };
    register.statements(&filter).expect("statements").into_iter().map(|r| (r.id.clone(), r)).collect()
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    std::str::from_utf8(bytes).expect("UTF-8").lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

#[test]
fn json_lines_lose_nothing() {
    let register = full();
    let back = lines(&at(&register, None)["jsonl"]);
    let back = back.into_iter().map(|l| Recorded::from(serde_json::from_value::<Line>(l).expect("a line")));
    let back: BTreeMap<String, Recorded> = back.map(|r| (r.id.clone(), r)).collect();
    assert_eq!(back, recorded(&register, true));
    assert!(back.values().any(|r| r.rank == "deprecated") && back.values().any(|r| r.statement.words.contains('😀')));
}

#[test]
fn csv_loses_nothing() {
    let register = full();
    let all = at(&register, None);
    let rows = records(&all["statements"]);
    let back: BTreeMap<String, Recorded> = rows.iter().map(rebuilt).map(|r| (r.id.clone(), r)).collect();
    let wanted = recorded(&register, true);
    assert_eq!(back, wanted);
    for (table, predicate) in [("quotations", "quotation"), ("events", "event"), ("stages", "stage")] {
        let rows = records(&all[table]);
        let found: BTreeSet<(&str, &str)> = rows.iter().map(|r| (text(r, "id"), text(r, "words"))).collect();
        let wanted = wanted.values().filter(|r| r.statement.predicate == predicate);
        assert_eq!(found, wanted.map(|r| (r.id.as_str(), r.statement.words.as_str())).collect(), "{table}");
    }
    let rows = records(&all["articles"]);
    assert!(rows.iter().any(|r| text(r, "text") == ODD) && rows.len() == 3);
    assert!(
        rows.iter().any(|r| text(r, "published") == "2026-03" && r["published_date"].is_none()),
        "a month is no day"
    );
}

type Row = BTreeMap<String, Option<String>>;

fn text<'a>(row: &'a Row, key: &str) -> &'a str {
    row[key].as_deref().unwrap_or("")
}

/// The records of a CSV file by RFC 4180; an unquoted empty cell is nothing, a quoted one a text without characters.
fn records(bytes: &[u8]) -> Vec<Row> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let (mut table, mut record, mut cell) = (Vec::new(), Vec::new(), None::<String>);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let cell = cell.get_or_insert_default();
                while let Some(c) = chars.next() {
                    match c {
                        '"' if chars.next_if_eq(&'"').is_none() => break,
                        c => cell.push(c),
                    }
                }
            }
            ',' => record.push(cell.take()),
            '\r' => {
                assert_eq!(chars.next(), Some('\n'), "a bare carriage return");
                record.push(cell.take());
                table.push(std::mem::take(&mut record));
            }
            '\n' => panic!("a bare line feed"),
            c => cell.get_or_insert_default().push(c),
        }
    }
    let mut table = table.into_iter();
    let names: Vec<String> = table.next().expect("a header").into_iter().map(|n| n.expect("a name")).collect();
    let row = |record: Vec<Option<String>>| -> Row {
        assert_eq!(record.len(), names.len());
        names.iter().cloned().zip(record).collect()
    };
    table.map(row).collect()
}

fn rebuilt(row: &Row) -> Recorded {
    let some = |key: &str| row[key].clone();
    let word = |key: &str| row[key].clone().unwrap_or_else(|| panic!("{key} is empty"));
    let number = |key: &str| word(key).parse().expect("a number");
    let rank = |key: &str| row[key].as_ref().and_then(|n| n.parse::<u8>().ok());
    Recorded {
        id: word("id"),
        article: ArticleId(word("article")),
        known_from: word("known_from"),
        known_to: some("known_to"),
        rank: word("rank"),
        extractor: word("extractor"),
        first: None,
        statement: Statement {
            predicate: word("predicate"),
            subject: some("subject"),
            agreement: some("agreement"),
            agreement_by: some("agreement_by"),
            value: some("value"),
            holder: some("holder_kind").map(|kind| Voice { kind, entity: some("holder"), name: word("holder_name") }),
            said_by: some("said_by"),
            factuality: some("factuality"),
            realis: some("realis"),
            stage: rank("stage_lo").zip(rank("stage_hi")),
            side: some("side"),
            start: number("start"),
            end: number("end"),
            words: word("words"),
            origin: Source { id: word("origin"), kind: word("origin_kind"), name: word("origin_name") },
            valid: some("valid_precision").map(|precision| Valid {
                from: some("valid_from"),
                to: some("valid_to"),
                precision,
                by: word("valid_by"),
            }),
            rule: word("rule"),
            detail: some("detail").map(|d| serde_json::from_str(&d).expect("JSON")),
        },
    }
}

#[test]
fn the_same_register_gives_the_same_bytes_and_a_day_gives_what_was_known_then() {
    let (register, mut other) = (full(), Register::in_memory().expect("memory"));
    for (received, day) in articles() {
        other.append(&[received], day).expect("appended");
    }
    let second = ArticleId::of("Norway and the Kalmar Union ratified the Harbour Pact.");
    other.merge("iso3:DNK", "name:kingdom-of-the-danes", "the same", "2026-03-09").expect("merged");
    other.retract(&second, "taken down", "2026-03-09").expect("retracted");
    let (one, two) = (at(&register, None), at(&other, None));
    for (format, bytes) in &one {
        assert!(*bytes == two[format], "{format} depends on the order of adding");
        assert!(!bytes.is_empty(), "{format} is empty");
    }
    // The register of that day never heard of what came later.
    let (then, now) = (at(&register, Some("2026-03-06")), at(&early(), None));
    for (format, bytes) in &then {
        assert!(*bytes == now[format], "{format} tells of the 6th what was not known then");
    }
    assert!(then["jsonl"] != one["jsonl"] && then["geojson"] != one["geojson"]);
}

#[test]
fn a_text_that_came_back_is_listed_once() {
    let mut register = full();
    let id = register.statements(&Filter::default()).expect("read")[0].article.clone();
    let rows = |register: &Register, known_at: Option<&str>, table: Table| {
        let asked = Asked { agreement: None, known_at: known_at.map(str::to_owned) };
        let snapshot = Snapshot::of(register, &asked).expect("a snapshot");
        let names: Vec<&str> = table.columns().iter().map(|c| c.name).collect();
        let mut all: Vec<BTreeMap<&str, Cell>> = Vec::new();
        let mut call = |cells: Vec<Cell>| {
            all.push(names.iter().copied().zip(cells).collect());
            Ok(())
        };
        table::rows(&snapshot, table, &mut call).expect("rows");
        all
    };
    let own = |register: &Register, known_at| {
        let mut all = rows(register, known_at, Table::Articles);
        all.retain(|row| row["id"] == Cell::Text(id.0.clone()));
        assert_eq!(all.len(), 1, "{known_at:?}");
        (all[0]["known_to"].clone(), all[0]["gone"].clone())
    };
    register.retract(&id, "a mistake", "2026-05-01").expect("withdrawn");
    let day = |day: &str| Cell::Day(day.to_owned());
    assert_eq!(own(&register, None), (day("2026-05-01"), Cell::Empty));
    register.reinstate(&id, "it was none", "2026-05-03").expect("reinstated");
    let gone = Cell::Text(r#"[["2026-05-01","2026-05-03"]]"#.to_owned());
    assert_eq!(own(&register, None), (Cell::Empty, gone));
    assert_eq!(own(&register, Some("2026-05-02")), (day("2026-05-01"), Cell::Empty), "as known then");
    let statements = rows(&register, None, Table::Statements);
    let ids: BTreeSet<String> = statements.iter().map(|row| format!("{:?}", row["id"])).collect();
    assert_eq!(ids.len(), statements.len(), "a statement twice");
}

#[test]
fn one_agreement_by_name_or_identifier() {
    let register = full();
    let asked = |agreement: &str| Asked { agreement: Some(agreement.to_owned()), known_at: None };
    let error = Snapshot::of(&register, &asked("Mine Ban")).expect_err("there is none");
    assert_eq!(error.kind, crate::ErrorKind::NotFound);
    for words in ["agreement:harbour-pact", "harbour-pact", "Harbour Pact"] {
        let snapshot = Snapshot::of(&register, &asked(words)).expect("there is one");
        assert_eq!((snapshot.agreement(), snapshot.articles().len()), (Some("agreement:harbour-pact"), 3), "{words}");
        let mut number = 0;
        let all = recorded(&register, true).into_values().filter(|r| r.statement.agreement.is_some()).count();
        let mut call = |_: &ArticleAbout, r: &Recorded| {
            assert!(r.statement.agreement.is_some(), "the credit names no agreement");
            number += 1;
            Ok(())
        };
        snapshot.each(&[], true, &mut call).expect("statements");
        assert_eq!(number, all);
    }
}

#[test]
fn the_map_stands_as_the_view_does() {
    let mut back = full();
    let second = ArticleId::of("Norway and the Kalmar Union ratified the Harbour Pact.");
    back.reinstate(&second, "it was put back", "2026-03-20").expect("reinstated");
    for register in [early(), full(), back] {
        let map: Value = serde_json::from_slice(&at(&register, None)["geojson"]).expect("JSON");
        let mut found = BTreeMap::new();
        for feature in map["features"].as_array().expect("features") {
            let of = |key: &str| feature["properties"][key].clone();
            if !of("stage").is_null() {
                let key = (of("agreement").as_str().map(str::to_owned), of("participant").as_str().map(str::to_owned));
                let known = of("known_from").as_str().map(str::to_owned);
                found.insert(key, (of("stage_lo").as_i64(), of("stage_hi").as_i64(), known));
            }
            let state = of("participant").as_str().is_some_and(|p| p.starts_with("iso3:"));
            assert_eq!(state, feature["geometry"]["type"] == "Point");
        }
        let connection = register.connection();
        let sql = "SELECT agreement, participant, stage_lo, stage_hi, known_from FROM participant";
        let mut view = connection.prepare(sql).expect("a view");
        let rows = view.query_map([], |r| Ok(((r.get(0)?, r.get(1)?), (r.get(2)?, r.get(3)?, r.get(4)?))));
        let rows = rows.expect("rows");
        assert_eq!(found, rows.map(|r| r.expect("a row")).collect());
        assert!(!found.is_empty());
    }
}

#[test]
fn events_keep_what_their_formats_can_say() {
    let all = at(&full(), None);
    let records = lines(&all["plover"]);
    let told: Vec<&str> = records.iter().filter_map(|r| r["event_text"][0].as_str()).collect();
    assert_eq!(told, ["said", "signed;\r\nit's", "done"], "not what did not happen, nor what nobody did");
    assert_eq!(records[0]["context"], json!(["hypothetical"]));
    assert_eq!(records[0]["recipient"][0]["code"], "KAZ");
    assert_eq!((&records[0]["date"], &records[0]["date_from"]), (&json!("2026-03-02"), &json!("published")));
    assert_eq!((&records[1]["date"], &records[1]["enddate"]), (&json!("2026-03-20"), &json!("2026-03-21")));
    assert_eq!(records[1]["source"][1]["code"], "NOR", "a minister acts for the state of the office");
    assert_eq!(records[2]["context"], json!(["diplomatic", "future"]));
    let calendar = String::from_utf8(all["icalendar"].clone()).expect("UTF-8").replace("\r\n ", "");
    let starts: Vec<&str> = calendar.lines().filter(|l| l.starts_with("DTSTART") || l.starts_with("DTEND")).collect();
    let wanted = [
        "DTSTART;VALUE=DATE:20260320",
        "DTEND;VALUE=DATE:20260322",
        "DTSTART:20260322T140000",
        "DTSTART;VALUE=DATE:20271231",
        "DTEND;VALUE=DATE:20280101",
    ];
    assert_eq!(starts, wanted);
    assert!(!calendar.contains("dusted\" ("), "what did not happen is in no calendar");
}

#[test]
fn graphs_have_every_node_and_edge() {
    let register = full();
    let (all, held) = (at(&register, None), recorded(&register, false));
    let graph = String::from_utf8(all["graphml"].clone()).expect("UTF-8");
    let rests: BTreeSet<(&str, &str)> = held
        .values()
        .filter(|r| r.statement.predicate != "credit")
        .map(|r| (r.article.0.as_str(), r.statement.origin.id.as_str()))
        .collect();
    assert_eq!(graph.matches(">rests_on<").count(), rests.len());
    assert_eq!((graph.matches(">credits<").count(), graph.matches(">published_by<").count()), (1, 2));
    assert!(graph.contains("=1+1 Wire &amp; Co") && graph.contains("عنوان"));
    let linked: Value = serde_json::from_slice(&all["jsonld"]).expect("JSON");
    let nodes = linked["@graph"].as_array().expect("a graph");
    let count = |kind: &str| nodes.iter().filter(|n| n["@type"] == kind).count();
    let claims = held.values().filter(|r| !["reached", "credit"].contains(&r.statement.predicate.as_str())).count();
    assert_eq!((count("NewsArticle"), count("Quotation"), count("Annotation")), (2, 2, claims));
    assert_eq!(count("Claim") + count("Quotation"), claims);
    for note in nodes.iter().filter(|n| n["@type"] == "Annotation") {
        let (quote, place) = (&note["target"]["selector"][0], &note["target"]["selector"][1]);
        let around: String = ["prefix", "exact", "suffix"].iter().filter_map(|k| quote[*k].as_str()).collect();
        let length = quote["exact"].as_str().map_or(0, |e| e.chars().count()) as i64;
        assert_eq!(place["end"].as_i64().zip(place["start"].as_i64()).map(|(end, start)| end - start), Some(length));
        assert!([ODD, "Norway signed nothing."].iter().any(|text| text.contains(&around)), "{around:?}");
    }
    let entities = lines(&all["ftm"]);
    let ids: BTreeSet<&str> = entities.iter().filter_map(|e| e["id"].as_str()).collect();
    assert_eq!(ids.len(), entities.len(), "identifiers are unique");
    for entity in &entities {
        for key in ["participant", "project", "proof", "holder", "post", "entity", "involved", "resolved", "document"] {
            for target in entity["properties"][key].as_array().into_iter().flatten() {
                assert!(ids.contains(target.as_str().unwrap_or("")), "{key} leads to {target}");
            }
        }
    }
    let values: usize = entities
        .iter()
        .flat_map(|e| e["properties"].as_object().expect("properties").values())
        .map(|v| v.as_array().map_or(0, Vec::len))
        .sum();
    assert!(lines(&all["ftm statements"]).len() >= values, "every value is a statement");
}
