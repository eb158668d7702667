//! The stories of `stories/` beside what a careful reader takes from them: counts may not fall under the floors of `bench/floors.json`.
//!
//! Needs the language model, from RAPPORTEUR_MODEL or where `rapporteur model fetch` puts it.
//! `UPDATE_EXPECT=1` writes the floors anew; a fall is argued for in its commit.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rapporteur::extract::{Findings, HolderKind};
use rapporteur::ingest::{self, Article};
use rapporteur::reconcile::{Account, Brief, reconcile};
use rapporteur::report::{html, markdown, text as terminal};
use rapporteur::{Span, extract};
use serde_json::{Value, json};

const STORIES: [&str; 5] = ["border-truce", "kazakhstan-accords", "nordic-nato", "pact-exit", "summit"];

/// Found of wanted, by what is counted.
type Counts = BTreeMap<&'static str, (usize, usize)>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn model() -> language::Model {
    let named = std::env::var_os("RAPPORTEUR_MODEL").map(PathBuf::from);
    let folder = named.or_else(language::kept_folder).expect("a home folder");
    language::Model::load(&folder).expect("the language model: run `rapporteur model fetch` or set RAPPORTEUR_MODEL")
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("")
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// The words without marks and stops at their ends.
fn bare(words: &str) -> &str {
    words.trim_matches(|c: char| !c.is_alphanumeric())
}

/// One more of `what`. What is not found is told: `cargo test -p rapporteur --test stories -- --nocapture` lists it.
fn count(counts: &mut Counts, what: &'static str, found: bool, place: &str, wanted: &Value) {
    let entry = counts.entry(what).or_default();
    entry.0 += usize::from(found);
    entry.1 += 1;
    if !found {
        println!("{what}, {place}: not as in {wanted}");
    }
}

/// Article by article: headline, words in marks with their holder, stages, members, candidates.
fn article(expected: &Value, article: &Article, findings: &Findings, counts: &mut Counts) {
    let words = |span: Span| span.of(&article.text);
    let place = article.path.as_str();
    let told = article.headline.is_some_and(|h| words(h) == text(expected, "headline"));
    count(counts, "headlines", told, place, &expected["headline"]);
    for wanted in list(expected, "quotations").iter().filter(|q| text(q, "form") != "scare") {
        let found = findings.quotations.iter().find(|q| words(q.content).contains(bare(text(wanted, "text"))));
        count(counts, "quotations", found.is_some(), place, wanted);
        let holder = text(wanted, "holder");
        let right = found.is_some_and(|q| match &q.holder.entity {
            Some(entity) if holder.starts_with("person:") || holder.starts_with("iso3:") => entity.0 == holder,
            _ => match holder.split_once(':') {
                Some((_, name)) => q.holder.name.to_lowercase().contains(&name.to_lowercase()),
                None => matches!(q.holder.kind, HolderKind::Outlet | HolderKind::Unknown),
            },
        });
        count(counts, "quotations with holder", right, place, wanted);
    }
    for wanted in list(expected, "stages") {
        let Some(start) = article.text.find(text(wanted, "wording")) else {
            panic!("{wanted}: not in {}", article.path)
        };
        let at = Span::new(start, start + text(wanted, "wording").len());
        let (lo, hi) = (wanted["lo"].as_u64(), wanted["hi"].as_u64());
        let found = findings.stages.iter().any(|s| {
            s.participant.0 == text(wanted, "participant")
                && s.wording.overlaps(at)
                && (Some(u64::from(s.lo)), Some(u64::from(s.hi))) == (lo, hi)
        });
        count(counts, "stage wordings", found, place, wanted);
    }
    for wanted in list(expected, "members") {
        let found = findings.members.iter().any(|m| Some(m.participant.0.as_str()) == wanted.as_str());
        count(counts, "members", found, place, wanted);
    }
    for wanted in list(expected, "candidates") {
        let found = findings.candidates.iter().any(|c| c.participant.0 == text(wanted, "participant"));
        count(counts, "candidates", found, place, wanted);
    }
}

/// What the story's account says of each office that an article gives: an article without a date is judged by all of them.
fn offices(expected: &Value, article: &Article, story: &Account, counts: &mut Counts) {
    for wanted in list(expected, "roles") {
        let check = json!(text(wanted, "check"));
        let found = story.roles.iter().any(|r| {
            r.person.0 == text(wanted, "person") && json!(r.check) == check && r.articles.contains(&article.id)
        });
        count(counts, "offices with their check", found, &article.path, wanted);
    }
}

/// Across articles: the account of the stage, versions of quotations, conflicts.
fn account(expected: &Value, story: &Account, articles: &[(Article, Findings)], counts: &mut Counts) {
    for wanted in list(expected, "stages") {
        let found = story.stages.iter().any(|s| {
            s.participant.0 == text(wanted, "participant")
                && (u64::from(s.lo), u64::from(s.hi))
                    == (wanted["lo"].as_u64().unwrap_or(9), wanted["hi"].as_u64().unwrap_or(9))
                && json!(s.side) == wanted["side"]
        });
        count(counts, "accounts of a stage", found, "account", wanted);
    }
    let words = |p: &rapporteur::provenance::Passage| {
        articles.iter().find(|(a, _)| a.id == p.article).map_or("", |(a, _)| p.span.of(&a.text))
    };
    for wanted in list(expected, "quotations_shared") {
        let versions: Vec<&str> = list(wanted, "versions").iter().map(|v| bare(text(v, "text"))).collect();
        let together = story
            .quotations
            .iter()
            .any(|q| versions.iter().all(|v| q.variants.iter().any(|variant| bare(words(&variant.span)) == *v)));
        count(counts, "shared quotations", together, "account", wanted);
    }
    for wanted in list(expected, "conflicts") {
        let apart = story.conflicts.iter().any(|c| {
            let met = |p: &&rapporteur::reconcile::Position| {
                let touches = |v: &Value| {
                    let words = text(v, "words");
                    p.spans.iter().any(|s| {
                        let article =
                            articles.iter().find(|(a, _)| a.id == s.article && a.path.ends_with(text(v, "file")));
                        let place = article.and_then(|(a, _)| a.text.find(words));
                        place.is_some_and(|at| Span::new(at, at + words.len()).overlaps(s.span))
                    })
                };
                list(wanted, "positions").iter().any(touches)
            };
            json!(c.kind) == wanted["kind"]
                && c.positions.iter().filter(met).count() >= list(wanted, "positions").len().min(2)
        });
        count(counts, "conflicts", apart, "account", wanted);
    }
}

/// No page prints an identifier where a reader needs a name.
fn names_only(brief: &Brief) {
    let visible = html::brief(brief).split('<').filter_map(|t| t.split_once('>')).map(|(_, t)| t).collect::<String>();
    let pages = [terminal::brief(brief, None, terminal::Style::default()), markdown::brief(brief, None), visible];
    for page in pages {
        for kind in ["iso3:", "person:", "name:", "agreement:", "org:"] {
            let line = page.lines().find(|l| l.split(kind).skip(1).any(|rest| rest.starts_with(char::is_alphanumeric)));
            assert_eq!(line, None, "an identifier is printed");
        }
    }
}

#[test]
fn stories_keep_their_floors() {
    let model = model();
    let mut counts = Counts::new();
    let mut digest = blake3::Hasher::new();
    for story in STORIES {
        let folder = root().join("stories").join(story);
        let bytes = fs::read(folder.join("expected.json")).expect("expected.json");
        digest.update(&bytes);
        let expected: Value = serde_json::from_slice(&bytes).expect("JSON");
        let mut read = Vec::new();
        for wanted in list(&expected, "articles") {
            let file = text(wanted, "file");
            let bytes = fs::read(folder.join(file)).expect("an article");
            digest.update(&bytes);
            let given = ingest::text(&format!("{story}/{file}"), &bytes).expect("an article");
            let findings = extract::extract(&model, &given);
            article(wanted, &given, &findings, &mut counts);
            read.push((given, findings));
        }
        let brief = reconcile(&read);
        names_only(&brief);
        count(&mut counts, "folders that are one story", brief.stories.len() == 1, story, &json!(1));
        for (wanted, (given, _)) in list(&expected, "articles").iter().zip(&read) {
            offices(wanted, given, &brief.stories[0], &mut counts);
        }
        account(&expected, &brief.stories[0], &read, &mut counts);
    }
    let digest = digest.finalize().to_hex()[..16].to_owned();
    let file = root().join("bench/floors.json");
    let mut floors: Value =
        fs::read(&file).ok().and_then(|b| serde_json::from_slice(&b).ok()).unwrap_or_else(|| json!({}));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let found: BTreeMap<&str, usize> = counts.iter().map(|(what, n)| (*what, n.0)).collect();
        let of: BTreeMap<&str, usize> = counts.iter().map(|(what, n)| (*what, n.1)).collect();
        floors["stories"] = json!({ "digest": digest, "found": found, "of": of });
        fs::create_dir_all(root().join("bench")).expect("bench/");
        fs::write(&file, format!("{:#}\n", floors)).expect("floors.json");
        return;
    }
    let floors = &floors["stories"];
    assert_eq!(text(floors, "digest"), digest, "the stories have changed: set their floors anew with UPDATE_EXPECT=1");
    let fallen: Vec<String> = counts
        .iter()
        .filter(|(what, n)| floors["found"][**what].as_u64().is_none_or(|floor| (n.0 as u64) < floor))
        .map(|(what, n)| format!("{what}: {} of {}, the floor is {}", n.0, n.1, floors["found"][*what]))
        .collect();
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}
