//! Where it comes from, as a drawing: origins on the left, articles on the right, and a bow between articles that lean on one another.
//! The rows under it say the same in words.

use super::sheet::Sheet;
use crate::provenance::ArticleId;
use crate::reconcile::{Account, Dependence, Level, Origin};
use crate::report::page::{cut, main_claim};
use crate::report::wrap::clean;

/// Width of the drawing, where origins end, where articles begin; one unit is a pixel on a phone.
const WIDTH: usize = 360;
const LEFT: usize = 164;
const RIGHT: usize = 250;
/// Origins drawn, articles' own voices apart; the others are in the rows under it.
const ORIGINS: usize = 14;
/// Articles drawn.
const ARTICLES: usize = 40;
/// Letters in a line of a label.
const LETTERS: usize = 19;
/// Height of a line of a label and of the space around it.
const LINE: usize = 15;
const AROUND: usize = 18;

/// The drawing, where there are origins to draw.
pub(super) fn draw(s: &mut Sheet<'_>, story: &Account) {
    let main = main_claim(story);
    let is_main = |o: &Origin| main.is_some_and(|c| c.origins.contains(&o.id));
    let claims = |o: &Origin| story.claims.iter().filter(|c| c.origins.contains(&o.id)).count();
    let mut origins: Vec<&Origin> =
        story.origins.iter().filter(|o| !o.articles.is_empty() && o.kind != "own_voice").collect();
    origins.sort_by_key(|o| (!is_main(o), std::cmp::Reverse((claims(o), o.articles.len())), &o.id));
    let more = origins.len().saturating_sub(ORIGINS);
    origins.truncate(ORIGINS);
    let articles: Vec<(usize, &ArticleId, String)> = s
        .names
        .articles(story)
        .iter()
        .take(ARTICLES)
        .filter_map(|(number, rows)| {
            rows.first().map(|r| (*number, &r.id, name(r.outlet.as_ref().map(|o| o.name.as_str()))))
        })
        .collect();
    if origins.is_empty() || articles.is_empty() {
        return;
    }
    let labels: Vec<Vec<String>> = origins.iter().map(|o| label(o)).collect();
    let heights: Vec<usize> = labels.iter().map(|l| l.len() * LINE + AROUND).collect();
    let height = heights.iter().sum::<usize>().max(articles.len() * 40) + 16;
    let lefts = centres(&heights, height);
    let rights = centres(&vec![40; articles.len()], height);
    let at = |id: &ArticleId| articles.iter().position(|(_, a, _)| *a == id);

    let (title, about) = (s.id("graph", None), s.id("graph-about", None));
    let says = describe(s, &origins, more);
    let both = format!("{title} {about}");
    s.tag("figure", &[("class", "graph")], |s| {
        let view = format!("0 0 {WIDTH} {height}");
        s.tag("svg", &[("viewBox", &view), ("role", "img"), ("aria-labelledby", &both)], |s| {
            s.leaf("title", &[("id", &title)], "Origins and the articles that carry them");
            s.leaf("desc", &[("id", &about)], &says);
            for (o, origin) in origins.iter().enumerate() {
                for (a, article) in origin.articles.iter().filter_map(|id| Some((at(id)?, id))) {
                    let _ = article;
                    let class = if is_main(origin) { "edge main" } else { "edge" };
                    let (y1, y2) = (lefts[o], rights[a]);
                    let path = format!("M{LEFT} {y1} C{} {y1} {} {y2} {RIGHT} {y2}", LEFT + 44, RIGHT - 44);
                    s.tag("path", &[("class", class), ("d", &path)], |_| {});
                }
            }
            for edge in story.dependence.iter().filter(|e| is_drawn(e, &at)) {
                bow(s, edge, &at, &rights);
            }
            for (o, lines) in labels.iter().enumerate() {
                let class = if is_main(origins[o]) { "origin main" } else { "origin" };
                let top = lefts[o].saturating_sub(heights[o] / 2 - 4);
                let (width, height) = ((LEFT - 2).to_string(), (heights[o] - 8).to_string());
                let place = [("x", "1"), ("y", &top.to_string()), ("width", &width), ("height", &height), ("rx", "3")];
                s.tag("g", &[("class", class)], |s| {
                    s.tag("rect", &place, |_| {});
                    for (n, line) in lines.iter().enumerate() {
                        let y = (top + LINE * (n + 1) + 2).to_string();
                        s.leaf("text", &[("x", "9"), ("y", &y)], line);
                    }
                });
            }
            for (a, (number, _, outlet)) in articles.iter().enumerate() {
                let (x, y) = ((RIGHT + 13).to_string(), rights[a].to_string());
                s.tag("g", &[("class", "node")], |s| {
                    s.tag("circle", &[("cx", &x), ("cy", &y), ("r", "13")], |_| {});
                    let text = (rights[a] + 5).to_string();
                    s.leaf("text", &[("x", &x), ("y", &text), ("text-anchor", "middle")], &number.to_string());
                    let beside = (RIGHT + 32).to_string();
                    s.leaf("text", &[("class", "outlet"), ("x", &beside), ("y", &text)], outlet);
                });
            }
        });
        s.tag("figcaption", &[], |s| {
            s.text("Left the origins, right the articles. ");
            if main.is_some() {
                s.text("Heavy lines carry the main claim. ");
            }
            if story.dependence.iter().any(|e| is_drawn(e, &at)) {
                s.text("A dashed bow joins articles of which one leans on the other or that share a parent.");
            }
            if more > 0 {
                s.text(&format!(" {more} more origins are listed below."));
            }
        });
    });
}

/// Whether an edge joins two articles of the drawing.
fn is_drawn(edge: &Dependence, at: &dyn Fn(&ArticleId) -> Option<usize>) -> bool {
    let ends = (at(&edge.from), edge.to.as_ref().and_then(|to| at(&ArticleId(to.clone()))));
    !matches!(edge.level, Level::Independent | Level::Incidental) && matches!(ends, (Some(_), Some(_)))
}

/// A bow on the right between two articles.
fn bow(s: &mut Sheet<'_>, edge: &Dependence, at: &dyn Fn(&ArticleId) -> Option<usize>, rights: &[usize]) {
    let to = edge.to.as_ref().map(|to| ArticleId(to.clone()));
    let (Some(a), Some(b)) = (at(&edge.from), to.as_ref().and_then(at)) else { return };
    let (y1, y2) = (rights[a], rights[b]);
    let x = RIGHT + 26;
    let out = x + 14 + y1.abs_diff(y2) / 6;
    let path = format!("M{x} {y1} C{out} {y1} {out} {y2} {x} {y2}");
    s.tag("path", &[("class", "bow"), ("d", &path)], |_| {});
}

/// Where things of these heights stand in the middle of their share of the whole.
fn centres(heights: &[usize], whole: usize) -> Vec<usize> {
    let space = whole.saturating_sub(heights.iter().sum::<usize>()) / heights.len().max(1);
    let mut top = 0;
    let centre = |height: &usize| {
        let middle = top + (height + space) / 2;
        top += height + space;
        middle
    };
    heights.iter().map(centre).collect()
}

fn name(outlet: Option<&str>) -> String {
    outlet.map_or(String::new(), |o| cut(&clean(o), 12).0)
}

/// The name of an origin in lines of a box, with how it spoke.
fn label(origin: &Origin) -> Vec<String> {
    let medium = match origin.kind.as_str() {
        "utterance" | "unattributed" | "" => String::new(),
        kind => format!(", {}", clean(&kind.replace('_', " "))),
    };
    let words = format!("{}{medium}", clean(&origin.name));
    let mut lines: Vec<String> = crate::report::wrap::lines(&words, LETTERS);
    if lines.len() > 3 {
        lines.truncate(3);
        if let Some(last) = lines.last_mut() {
            last.push_str(" …");
        }
    }
    for line in &mut lines {
        if line.chars().count() > LETTERS + 2 {
            *line = format!("{}…", line.chars().take(LETTERS).collect::<String>());
        }
    }
    lines
}

/// The drawing in words.
fn describe(s: &Sheet<'_>, origins: &[&Origin], more: usize) -> String {
    let say = |o: &&Origin| {
        let numbers = crate::report::page::Line::default().articles(&o.articles, s.names).text(s.names);
        format!("{}: articles {numbers}", clean(&o.name))
    };
    let list: Vec<String> = origins.iter().map(say).collect();
    let more = if more > 0 { format!("; and {more} more origins") } else { String::new() };
    format!("{}{more}.", list.join("; "))
}
