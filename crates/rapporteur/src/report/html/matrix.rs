//! Which article tells which claim: claims down, articles across.

use super::links::{Kind, Target};
use super::sheet::Sheet;
use crate::provenance::Passage;
use crate::reconcile::{Account, Claim, Without};
use crate::report::page::{Line, claim_status, cut};
use crate::report::wrap::clean;

/// Articles that have a column each; more are named by number.
const COLUMNS: usize = 24;

/// The claims of a story with the articles that tell them, their origins, status and grade.
pub(super) fn part(s: &mut Sheet<'_>, story: &Account) {
    if story.claims.is_empty() {
        return;
    }
    let how = "A dot stands where an article tells the claim, and leads to its words. What counts is the number of origins: articles that \
               repeat one another do not add up.";
    s.part("claims", "Who tells what", how, |s| {
        let caption = "Claims, and the articles that tell them";
        let articles = s.names.articles(story);
        s.tag("div", &[("class", "scroll"), ("role", "group"), ("aria-label", caption), ("tabindex", "0")], |s| {
            s.tag("table", &[("class", "matrix")], |s| {
                s.leaf("caption", &[("class", "sr")], caption);
                s.tag("thead", &[], |s| {
                    s.tag("tr", &[], |s| {
                        s.leaf("th", &[("scope", "col")], "Claim");
                        if articles.len() > COLUMNS {
                            s.leaf("th", &[("scope", "col")], "Articles");
                        } else {
                            for (number, _) in &articles {
                                s.tag("th", &[("scope", "col"), ("class", "tick")], |s| s.number(*number, &[]));
                            }
                        }
                        if story.claims.iter().any(|c| c.grade.is_some()) {
                            s.leaf("th", &[("scope", "col")], "Grade");
                        }
                    });
                });
                s.tag("tbody", &[], |s| {
                    for (n, claim) in story.claims.iter().enumerate() {
                        s.tag("tr", &[], |s| row(s, story, n, claim, &articles));
                    }
                });
            });
        });
        reasons(s, story);
    });
}

type Numbered<'a> = [(usize, &'a [&'a crate::reconcile::ArticleRow])];

fn row(s: &mut Sheet<'_>, story: &Account, n: usize, claim: &Claim, articles: &Numbered<'_>) {
    let id = s.id("claims", Some(n));
    // Beside the text a claim goes by its number: its words are mostly those of another value.
    let target = Target { kind: Kind::Claim, label: (n + 1).to_string(), id: id.clone() };
    s.tag("th", &[("scope", "row"), ("id", &id)], |s| {
        s.leaf("span", &[("class", "num")], &format!("{}. ", n + 1));
        s.leaf("bdi", &[], &clean(&claim.claim));
        s.leaf("span", &[("class", "soft")], &claim_status(&claim.status));
    });
    if articles.len() > COLUMNS {
        let line = Line::default().at(&claim.spans, s.names);
        s.tag("td", &[], |s| s.line(&line, Some(&target)));
    }
    for (number, rows) in articles.iter().filter(|_| articles.len() <= COLUMNS) {
        let here = |p: &&Passage| rows.first().is_some_and(|r| r.id == p.article);
        let spans: Vec<Passage> = claim.spans.iter().filter(here).cloned().collect();
        s.tag("td", &[("class", "tick")], |s| match spans.first() {
            Some(first) => {
                spans.iter().for_each(|span| s.rests(span, Some(&target)));
                let place = format!("#{}", super::links::anchor(first, s.names));
                s.tag("a", &[("class", "dot"), ("href", &place)], |s| {
                    s.leaf("span", &[("aria-hidden", "true")], "●");
                    s.aside(&format!("told in article {number}"));
                });
            }
            None => s.aside("not told"),
        });
    }
    if story.claims.iter().any(|c| c.grade.is_some()) {
        s.leaf("td", &[], &claim.grade.as_deref().map_or("–".to_owned(), clean));
    }
}

/// Why the claims have their standing: the main claim at once, the others on demand.
fn reasons(s: &mut Sheet<'_>, story: &Account) {
    let telling = |c: &&Claim| c.grade.is_some() || !c.card.would_raise.is_empty() || !c.card.against.is_empty();
    let claims: Vec<(usize, &Claim)> = story.claims.iter().enumerate().filter(|(_, c)| telling(c)).collect();
    let Some((first, others)) = claims.split_first() else { return };
    s.heading(2, &[], "Why they stand where they stand");
    cards(s, story, std::slice::from_ref(first));
    if !others.is_empty() {
        s.tag("details", &[], |s| {
            let n = others.len();
            s.leaf("summary", &[], &format!("The reasons of {n} more claim{}", if n == 1 { "" } else { "s" }));
            cards(s, story, others);
        });
    }
}

fn cards(s: &mut Sheet<'_>, story: &Account, claims: &[(usize, &Claim)]) {
    s.tag("dl", &[("class", "rows")], |s| {
        for (n, claim) in claims {
            let place = format!("#{}", s.id("claims", Some(*n)));
            s.tag("div", &[("class", "row")], |s| {
                s.tag("dt", &[], |s| {
                    let words = format!("{}. {}", n + 1, cut(&clean(&claim.claim), 90).0);
                    s.leaf("a", &[("href", &place)], &words);
                });
                s.tag("dd", &[], |s| card(s, story, claim));
            });
        }
    });
}

fn card(s: &mut Sheet<'_>, story: &Account, claim: &Claim) {
    let name = |id: &str| story.origins.iter().find(|o| o.id == id).map_or_else(|| clean(id), |o| clean(&o.name));
    let grade = claim.grade.as_ref().map_or(String::new(), |g| format!("{} · ", clean(g)));
    s.leaf("p", &[], &format!("{grade}{}; {}", claim_status(&claim.status), clean(&claim.reason)));
    let card = &claim.card;
    s.tag("ul", &[], |s| {
        for reach in &card.origins {
            let mut line = Line::of(format!("{} through", name(&reach.origin))).articles(&reach.articles, s.names);
            if !reach.repeating.is_empty() {
                line = line.plain("; of these only repeat").articles(&reach.repeating, s.names);
            }
            s.tag("li", &[], |s| s.line(&line, None));
        }
        for objection in &card.against {
            let line = Line::of(format!("against it: {}", clean(&objection.what))).at(&objection.spans, s.names);
            s.tag("li", &[], |s| s.line(&line, None));
        }
        if !card.would_raise.is_empty() {
            let list: Vec<String> = card.would_raise.iter().map(|r| clean(r)).collect();
            s.leaf("li", &[], &format!("would rise with {}", list.join(", or ")));
        }
        if !card.without.is_empty() {
            let left =
                |w: &Without| format!("without {}: {}, {}", name(&w.origin), claim_status(&w.status), clean(&w.grade));
            let list: Vec<String> = card.without.iter().map(left).collect();
            s.leaf("li", &[], &list.join(" · "));
        }
    });
}
