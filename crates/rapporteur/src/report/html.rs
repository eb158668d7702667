//! A brief as one web page that needs no network and no script: what is established, participants on the ladder, conflicts, quotations
//! collated, which article tells what, where it comes from, and every article in full with the words marked that values rest on. Every
//! value leads to its words, and the words lead back.

mod collation;
mod differ;
mod dispute;
mod graph;
mod ladder;
mod links;
mod matrix;
mod reading;
mod sheet;
mod timeline;
mod write;

use super::page::{Names, Page, Section, main_stage, nothing, page, sagas, word};
use super::wrap::clean;
use crate::provenance::Passage;
use crate::reconcile::{Account, Brief, Verdict};
use sheet::Sheet;

const STYLE: &str = include_str!("html/brief.css");
/// Nothing may be loaded, whatever an article holds.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// The brief as a whole HTML document, the same bytes for the same brief; without stories a page that says so.
pub fn brief(brief: &Brief) -> String {
    let names = Names::new(brief);
    let level = if brief.stories.len() == 1 { 1 } else { 2 };
    let mut sheet = Sheet::new(&names, level);
    let pages: Vec<Page> = brief.stories.iter().map(|story| page(story, &names)).collect();
    let title = match pages.as_slice() {
        [page] => page.title.clone(),
        _ => format!("Brief of {} stories", pages.len()),
    };
    sheet.tag("html", &[("lang", "en")], |s| {
        s.tag("head", &[], |s| head(s, &title));
        s.tag("body", &[("id", "top")], |s| {
            s.leaf("a", &[("class", "skip"), ("href", "#main")], "Skip to the brief");
            s.tag("header", &[("class", "masthead")], |s| {
                s.leaf("span", &[("class", "mark")], "Rapporteur");
                let n = brief.articles.len();
                let articles = if n == 1 { "1 article".to_owned() } else { format!("{n} articles") };
                s.leaf("span", &[], &format!("What {articles} together establish"));
            });
            s.tag("main", &[("id", "main")], |s| {
                if level == 2 {
                    index(s, &title, &pages, &sagas(brief, &names));
                }
                for (n, (story, page)) in brief.stories.iter().zip(&pages).enumerate() {
                    s.story = format!("s{}", n + 1);
                    whole(s, story, page);
                }
            });
            s.tag("footer", &[], |s| {
                let version = env!("CARGO_PKG_VERSION");
                s.leaf("p", &[], &format!("Made by rapporteur {version} from the articles above and nothing else. Words in quotation marks are the articles' own; each leads to its place."));
                s.tag("p", &[], |s| s.leaf("a", &[("href", "#top")], "Back to the top"));
            });
        });
    });
    sheet.html.finish()
}

fn head(s: &mut Sheet<'_>, title: &str) {
    s.html.void("meta", &[("charset", "utf-8")]);
    s.html.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]);
    s.html.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    s.html.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
    s.html.void("meta", &[("name", "referrer"), ("content", "no-referrer")]);
    s.html.void("link", &[("rel", "icon"), ("href", "data:,")]);
    s.leaf("title", &[], title);
    s.html.style(STYLE);
}

/// The stories of a brief that has several, or none.
fn index(s: &mut Sheet<'_>, title: &str, pages: &[Page], sagas: &[(String, Vec<usize>)]) {
    s.tag("header", &[("class", "lead")], |s| s.leaf("h1", &[], title));
    if pages.is_empty() {
        s.leaf("p", &[], "No article could be read.");
        return;
    }
    s.tag("nav", &[("class", "stories"), ("aria-label", "Stories")], |s| {
        s.tag("ol", &[], |s| {
            for (n, page) in pages.iter().enumerate() {
                let place = format!("#s{}", n + 1);
                s.tag("li", &[], |s| {
                    s.tag("a", &[("href", &place)], |s| s.leaf("bdi", &[], &page.title));
                    s.leaf("span", &[("class", "soft")], &format!(" {}", page.standing));
                });
            }
        });
        for (agreement, stories) in sagas {
            s.tag("p", &[], |s| {
                s.text(&format!("Of one agreement, {agreement}: stories"));
                for story in stories {
                    s.text(" ");
                    let (place, name) = (format!("#s{story}"), format!("story {story}"));
                    s.leaf("a", &[("class", "n"), ("href", &place), ("aria-label", &name)], &story.to_string());
                }
            });
        }
    });
}

/// One story: the essentials, its parts, its articles.
fn whole(s: &mut Sheet<'_>, story: &Account, page: &Page) {
    let (id, heading) = (s.story.clone(), format!("{}-h", s.story));
    s.tag("section", &[("id", &id), ("class", "story"), ("aria-labelledby", &heading)], |s| {
        s.tag("header", &[("class", "lead")], |s| {
            s.heading(0, &[("id", &heading), ("class", "title")], &page.title);
            tiles(s, story, page);
        });
        contents(s, story, page);
        s.tag("div", &[("class", "parts")], |s| {
            let section = |key: &str| page.sections.iter().find(|p| p.key == key);
            let rows = |key: &str| section(key).map_or(&[][..], |p| &p.rows);
            essentials(s, story, page, rows("essentials"));
            ladder::part(s, story, rows("stages"));
            dispute::part(s, story);
            silence(s, story);
            plain(s, section("candidates"));
            members(s, story);
            plain(s, section("conditions"));
            collation::part(s, story);
            matrix::part(s, story);
            origins(s, story, section("origins"));
            plain(s, section("dependence"));
            plain(s, section("reuse"));
            timeline::part(s, story);
            predictions(s, story, section("predictions"));
            plain(s, section("assessments"));
            fields(s, story);
            plain(s, section("roles"));
            plain(s, section("proposals"));
            plain(s, section("notes"));
            reading::part(s, story);
        });
    });
}

/// The heading of a part that is printed as rows, and how to read it.
fn about(key: &str) -> (&'static str, &'static str) {
    match key {
        "candidates" => {
            ("Who may join, and who says so", "A state's own word about itself ranks above what others say of it.")
        }
        "members" => ("Members", ""),
        "conditions" => ("Conditions and obstacles", "What a step is said to depend on, or what stands in its way."),
        "origins" => ("Where it comes from", ""),
        "dependence" => (
            "Which article leans on which",
            "Two articles that credit the same third are siblings, not copies of each other.",
        ),
        "reuse" => ("Words that articles share", "A quotation in two articles has one speaker; that is no copying."),
        "predictions" => ("Predictions", "Other people's; a prediction without a test is said to have none."),
        "assessments" => ("Judgements", ""),
        "domains" => ("Fields of cooperation", ""),
        "roles" => ("Offices", "Titles as printed, checked against a dated table."),
        "proposals" => (
            "A second reader",
            "Proposals of a language model whose words stand in the articles; nothing above rests on them.",
        ),
        "notes" => ("What could not be read", ""),
        _ => ("", ""),
    }
}

fn plain(s: &mut Sheet<'_>, section: Option<&Section>) {
    if let Some(section) = section {
        let (title, how) = about(section.key);
        s.part(section.key, title, how, |s| s.rows(section.key, &section.rows, 0));
    }
}

/// Members by status.
fn members(s: &mut Sheet<'_>, story: &Account) {
    let mut groups: Vec<(String, Vec<(String, &[Passage])>)> = Vec::new();
    let mut members: Vec<_> = story.members.iter().collect();
    members.sort_by_key(|m| m.status);
    for member in members {
        add(&mut groups, word(&member.status), s.names.name(&member.participant), &member.spans);
    }
    named(s, "members", &groups);
}

/// Fields of cooperation by agreement; those without one come last.
fn fields(s: &mut Sheet<'_>, story: &Account) {
    let mut groups: Vec<(String, Vec<(String, &[Passage])>)> = Vec::new();
    let mut domains: Vec<_> = story.domains.iter().collect();
    domains.sort_by_key(|d| d.agreement.is_none());
    for domain in domains {
        let of = domain.agreement.as_ref().map_or("no agreement named".to_owned(), |id| s.names.name(id));
        add(&mut groups, of, clean(&domain.domain), &domain.spans);
    }
    named(s, "domains", &groups);
}

fn add<'a>(
    groups: &mut Vec<(String, Vec<(String, &'a [Passage])>)>,
    label: String,
    name: String,
    spans: &'a [Passage],
) {
    match groups.iter_mut().find(|(known, _)| *known == label) {
        Some((_, names)) => names.push((name, spans)),
        None => groups.push((label, vec![(name, spans)])),
    }
}

fn named(s: &mut Sheet<'_>, key: &'static str, groups: &[(String, Vec<(String, &[Passage])>)]) {
    if !groups.is_empty() {
        let (title, how) = about(key);
        s.part(key, title, how, |s| s.groups(key, groups));
    }
}

fn origins(s: &mut Sheet<'_>, story: &Account, section: Option<&Section>) {
    if let Some(section) = section {
        let (title, how) = about(section.key);
        s.part(section.key, title, how, |s| {
            graph::draw(s, story);
            s.rows(section.key, &section.rows, 0);
        });
    }
}

/// Predictions that can be checked; the others on demand.
fn predictions(s: &mut Sheet<'_>, story: &Account, section: Option<&Section>) {
    let Some(section) = section else { return };
    let (title, how) = about(section.key);
    let checkable = story.predictions.iter().filter(|p| p.checkable).count().min(section.rows.len());
    s.part(section.key, title, how, |s| {
        let (first, others) = section.rows.split_at(checkable);
        if first.is_empty() || others.is_empty() {
            return s.rows(section.key, &section.rows, 0);
        }
        s.rows(section.key, first, 0);
        s.tag("details", &[], |s| {
            s.leaf("summary", &[], &format!("{} more that no day or number tests", others.len()));
            s.rows(section.key, others, checkable);
        });
    });
}

/// The figures that a reader looks for first.
fn tiles(s: &mut Sheet<'_>, story: &Account, page: &Page) {
    let contradictions = story.conflicts.iter().filter(|c| c.verdict == Verdict::Contradiction).count();
    let tensions = story.conflicts.iter().filter(|c| c.verdict == Verdict::Tension).count();
    s.leaf("p", &[("class", "standing")], &page.standing);
    let mut tiles: Vec<(String, &str, &str)> = Vec::new();
    if contradictions + tensions > 0 {
        let words = match (contradictions, tensions) {
            (1, 0) => "1 contradiction".to_owned(),
            (n, 0) => format!("{n} contradictions"),
            (0, 1) => "1 tension".to_owned(),
            (0, n) => format!("{n} tensions"),
            (n, m) => format!("{n} contradiction{}, {m} in tension", if n == 1 { "" } else { "s" }),
        };
        tiles.push((words, "conflicts", "wary"));
    }
    if !story.quotations.is_empty() {
        let n = story.quotations.len();
        tiles.push((format!("{n} quotation{}", if n == 1 { "" } else { "s" }), "quotations", ""));
    }
    if !story.silence.is_empty() {
        tiles.push((format!("{} things not said", story.silence.len()), "silence", ""));
    }
    if tiles.is_empty() {
        return;
    }
    s.tag("ul", &[("class", "tiles")], |s| {
        for (words, key, class) in tiles {
            let place = format!("#{}", s.id(key, None));
            s.tag("li", &[("class", class)], |s| s.leaf("a", &[("href", &place)], &words));
        }
    });
}

/// The parts that this story has, in their order.
fn contents(s: &mut Sheet<'_>, story: &Account, page: &Page) {
    let has = |key: &str| page.sections.iter().any(|p| p.key == key);
    let parts = [
        ("stages", "Stages"),
        ("conflicts", "Conflicts"),
        ("silence", "Not said"),
        ("candidates", "Candidates"),
        ("members", "Members"),
        ("conditions", "Conditions"),
        ("quotations", "Quotations"),
        ("claims", "Who tells what"),
        ("origins", "Origins"),
        ("dependence", "Dependence"),
        ("reuse", "Shared words"),
        ("timeline", "When"),
        ("predictions", "Predictions"),
        ("assessments", "Judgements"),
        ("domains", "Fields"),
        ("roles", "Offices"),
        ("proposals", "Second reader"),
        ("notes", "Not read"),
        ("articles", "Articles"),
    ];
    let label = format!("Parts of {}", page.title);
    s.tag("nav", &[("class", "contents"), ("aria-label", &label)], |s| {
        s.tag("ul", &[], |s| {
            for (key, name) in parts {
                let there = match key {
                    "silence" => !story.silence.is_empty(),
                    "timeline" => timeline::has(s.names, story),
                    key => has(key),
                };
                if there {
                    let place = format!("#{}", s.id(key, None));
                    s.tag("li", &[], |s| s.leaf("a", &[("href", &place)], name));
                }
            }
        });
    });
}

/// The parts of which the articles hold nothing.
fn absent(s: &mut Sheet<'_>, page: &Page) {
    const ASKED: [&str; 6] = ["members", "candidates", "conditions", "conflicts", "predictions", "assessments"];
    let missing = |key: &&&str| !page.sections.iter().any(|p| p.key == **key);
    let names: Vec<&str> = ASKED.iter().filter(missing).copied().collect();
    if !names.is_empty() {
        let words = format!("No rows below for {}: {}.", names.join(", "), nothing("", page.articles));
        s.leaf("p", &[("class", "soft")], &words);
    }
}

/// How far it has got and why, on the ladder and in rows.
fn essentials(s: &mut Sheet<'_>, story: &Account, page: &Page, rows: &[super::page::Row]) {
    s.part("essentials", "What is established", "", |s| {
        if let Some(stage) = main_stage(story) {
            ladder::bar(s, stage);
        }
        s.tag("dl", &[("class", "facts")], |s| {
            // Rows without a label go on with the one before.
            let mut rest = rows;
            while let Some((first, after)) = rest.split_first() {
                let more = after.iter().take_while(|r| r.label.is_empty()).count();
                s.tag("div", &[("class", if first.warning { "fact wary" } else { "fact" })], |s| {
                    s.leaf("dt", &[], &first.label);
                    let class = if first.label == "Stage" && main_stage(story).is_some() { "reached" } else { "value" };
                    s.tag("dd", &[("class", class)], |s| s.line(&first.line, None));
                    for row in &after[..more] {
                        s.tag("dd", &[("class", "soft")], |s| s.line(&row.line, None));
                    }
                });
                rest = &after[more..];
            }
        });
        absent(s, page);
    });
}

/// What no article says, and how that was found.
fn silence(s: &mut Sheet<'_>, story: &Account) {
    if story.silence.is_empty() {
        return;
    }
    let how = "What one would expect to be told of such an event, and no article tells.";
    s.part("silence", "What nobody said", how, |s| {
        s.tag("dl", &[("class", "rows")], |s| {
            for silence in &story.silence {
                s.tag("div", &[("class", "row")], |s| {
                    s.leaf("dt", &[], &clean(&silence.what));
                    s.leaf("dd", &[("class", "soft")], &clean(&silence.reason));
                });
            }
        });
    });
}
