//! What a page says of itself: title, day of publication, outlet, address, language, author.
//!
//! Four places, the surer first: linked data (JSON-LD of schema.org), the `meta` tags of the head (Open Graph, Dublin Core, what publishers'
//! tools write), the marks of the body (`h1`, `time`), and short lines printed around the headline. Where none of them says when the page was
//! published, a line that says so elsewhere, the page's address, and at last the day it was changed.

use serde_json::Value;

use super::tags::{Piece, attribute, decoded, pieces, squeezed};
use crate::ingest::dates::{self, Dated};

/// All that was found; what was not is `None` or empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Metadata {
    /// The headline as printed: the `h1` that the head confirms.
    pub(super) headline: Option<String>,
    /// The title as the head has it, without the site's name.
    pub(super) title: Option<String>,
    /// As given; it can be read as a date.
    pub(super) date: Option<String>,
    /// A date printed near the headline.
    pub(super) printed: Option<Dated>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) author: Option<String>,
    /// "By Jane Doe" as printed near the headline.
    pub(super) byline: Option<String>,
    /// The text as linked data give it to search engines (`articleBody`).
    pub(super) body: Option<String>,
}

/// `meta` names of the day of publication, the surer first.
const DATE_NAMES: [&str; 30] = [
    "article:published_time",
    "datepublished",
    "og:published_time",
    "og:article:published_time",
    "og:publish_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:publishtime",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "published-date",
    "publish-date",
    "publish_date",
    "w-published-date",
    "pubdate",
    "pub_date",
    "article_date_original",
    "datecreated datepublished",
    "date",
    "article.published",
    "published",
    "publication_date",
    "publishdate",
    "dc.date.published",
];
/// `meta` names of the day it was last changed; used only where nothing says when it was published.
const CHANGED_NAMES: [&str; 4] = ["article:modified_time", "og:updated_time", "last-modified", "dcterms.modified"];
/// The latest a printed date may come after the headline, in printed lines; and before it.
const NEAR: (usize, usize) = (14, 6);

/// What the pieces of a page gave, before it is judged.
#[derive(Default)]
struct Seen {
    metas: Vec<(String, String)>,
    headings: Vec<(usize, String)>,
    title: String,
    linked: Vec<Value>,
    times: Vec<(usize, String)>,
    canonical: Option<String>,
    language: Option<String>,
    /// Printed lines, in order.
    lines: Vec<String>,
}

/// Reads the whole page: linked data may stand at its end.
pub(super) fn of(page: &str) -> Metadata {
    judged(see(page))
}

fn see(page: &str) -> Seen {
    let mut seen = Seen::default();
    let (mut in_heading, mut linked, mut in_title, mut dropped) = (None::<String>, false, false, false);
    let mut line = String::new();
    for piece in pieces(page) {
        match piece {
            Piece::Open { name, attributes, .. } => {
                let name = name.to_ascii_lowercase();
                let value =
                    |wanted: &str| attribute(attributes, wanted).map(|v| squeezed(&v)).filter(|v| !v.is_empty());
                match name.as_str() {
                    "meta" => {
                        let names = ["property", "name", "itemprop"].into_iter().filter_map(value).next();
                        if let (Some(name), Some(content)) = (names, value("content")) {
                            seen.metas.push((name.to_lowercase(), content));
                        }
                    }
                    "link" if value("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                        seen.canonical = seen.canonical.take().or(value("href"));
                    }
                    "html" => seen.language = seen.language.take().or(value("lang")),
                    "time" => seen.times.extend(value("datetime").map(|t| (seen.lines.len(), t))),
                    "h1" => in_heading = Some(String::new()),
                    "title" => in_title = seen.title.is_empty(),
                    "script" => linked = attributes.to_ascii_lowercase().contains("ld+json"),
                    "style" => dropped = true,
                    _ => {}
                }
                if ends_a_line(&name) {
                    end_line(&mut seen.lines, &mut line);
                }
                if name == "time" {
                    line.push(' ');
                }
                if let Some(heading) = &mut in_heading {
                    heading.push(if name == "br" { ' ' } else { '\u{200b}' });
                }
            }
            Piece::Close(name) => {
                let name = name.to_ascii_lowercase();
                if ends_a_line(&name) {
                    end_line(&mut seen.lines, &mut line);
                }
                if name == "h1"
                    && let Some(heading) = in_heading.take()
                {
                    let heading = squeezed(&heading.replace('\u{200b}', ""));
                    let place = seen.lines.len();
                    seen.headings.extend(Some((place, heading)).filter(|(_, h)| !h.is_empty() && h.len() <= 500));
                }
                (in_title, linked, dropped) = (false, false, false);
            }
            Piece::Raw(words) if linked => seen.linked.extend(linked_data(words)),
            Piece::Raw(words) if in_title => seen.title = squeezed(&decoded(words)),
            Piece::Words(words) if !dropped => {
                let words = decoded(words);
                if let Some(heading) = &mut in_heading {
                    heading.push_str(&words);
                }
                if line.len() < 400 {
                    line.push_str(&words);
                }
            }
            _ => {}
        }
    }
    end_line(&mut seen.lines, &mut line);
    seen
}

fn end_line(lines: &mut Vec<String>, line: &mut String) {
    let words = squeezed(line);
    if !words.is_empty() {
        lines.push(words);
    }
    line.clear();
}

/// Inline tags go on in the same line.
fn ends_a_line(name: &str) -> bool {
    !matches!(
        name,
        "a" | "b"
            | "i"
            | "em"
            | "strong"
            | "span"
            | "time"
            | "u"
            | "small"
            | "abbr"
            | "font"
            | "sup"
            | "sub"
            | "svg"
            | "path"
            | "img"
            | "cite"
    )
}

/// The objects in a script of linked data that are articles, or else all.
fn linked_data(script: &str) -> Vec<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
    // Line ends inside of strings are the commonest fault.
    let read = serde_json::from_str(script).or_else(|_| serde_json::from_str(&script.replace(['\n', '\r', '\t'], " ")));
    let mut found = Vec::new();
    let mut waiting: Vec<Value> = read.into_iter().collect();
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(items) => waiting.extend(items.into_iter().rev()),
            Value::Object(mut fields) => {
                waiting.extend(["@graph", "mainEntity"].into_iter().filter_map(|f| fields.get_mut(f).map(Value::take)));
                found.push(Value::Object(fields));
            }
            _ => {}
        }
    }
    found
}

fn judged(seen: Seen) -> Metadata {
    let meta = |name: &str| seen.metas.iter().find(|(n, _)| n == name).map(|(_, content)| content.clone());
    let articles: Vec<&Value> = seen.linked.iter().filter(|v| is_article(v)).collect();
    let string = |v: &Value, field: &str| match v.get(field) {
        Some(Value::String(s)) => Some(squeezed(&decoded(s))).filter(|s| !s.is_empty()),
        Some(Value::Array(a)) => a.first().and_then(Value::as_str).map(|s| squeezed(&decoded(s))),
        _ => None,
    };
    let name = |v: &Value, field: &str| {
        let named = v.get(field)?;
        let one = named.as_array().and_then(|a| a.first()).unwrap_or(named);
        match one {
            Value::String(s) => Some(squeezed(&decoded(s))),
            other => string(other, "name"),
        }
        .filter(|n| !n.is_empty() && !n.starts_with("http"))
    };
    let outlet = meta("og:site_name").or_else(|| articles.iter().find_map(|v| name(v, "publisher")));
    let declared: Vec<String> = [
        articles.iter().find_map(|v| string(v, "headline")),
        meta("og:title"),
        meta("twitter:title"),
        Some(seen.title.clone()).filter(|t| !t.is_empty()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let bare: Vec<String> = declared.iter().map(|t| without_site(t, outlet.as_deref(), &declared)).collect();
    let first = bare.iter().find(|t| t.len() >= 3).map(|first| {
        // Search engines ask for a short headline; some tools cut it off.
        let rest = |d: &&String| {
            d.strip_prefix(first.as_str()).is_some_and(|r| r.trim_start().starts_with(char::is_alphanumeric))
        };
        bare.iter().find(rest).unwrap_or(first).clone()
    });
    let heading = headline(&seen.headings, &declared, &bare, outlet.as_deref())
        .map(|(place, heading)| (place, within(&heading, &bare).unwrap_or(heading)));
    let title = heading.clone().map(|(_, h)| h).or(first);
    let readable = |date: &String| dates::of_metadata(date).is_some();
    // Without a headline the line that is the title; else the head of the page.
    let place = heading.as_ref().map(|(place, _)| *place);
    let place = place.or_else(|| seen.lines.iter().position(|l| Some(l) == title.as_ref())).unwrap_or(0);
    let date = articles
        .iter()
        .find_map(|v| string(v, "datePublished").filter(readable))
        .or_else(|| DATE_NAMES.iter().find_map(|n| meta(n).map(|d| tidy(&d)).filter(readable)))
        .or_else(|| seen.linked.iter().find_map(|v| string(v, "datePublished").filter(readable)));
    let printed = if date.is_none() { printed(&seen.lines, place) } else { None };
    let printed = printed.or_else(|| labelled(&seen.lines, false).filter(|_| date.is_none()));
    // The first `time` after the headline; one before it may be today's.
    let near = |(at, _): &&(usize, String)| *at + NEAR.1 >= place && *at <= place + NEAR.0;
    let date = date.or_else(|| {
        let timed = seen.times.iter().filter(near).map(|(_, t)| tidy(t)).find(readable);
        timed.filter(|_| printed.is_none())
    });
    let url = seen.canonical.clone().or_else(|| meta("og:url")).filter(|u| u.starts_with("http"));
    let date = date.or_else(|| url.as_deref().and_then(of_address).filter(|_| printed.is_none()));
    // When it was changed is later than when it was published, and better than nothing.
    let changed = || {
        let linked = articles.iter().find_map(|v| string(v, "dateModified").filter(readable));
        linked.or_else(|| CHANGED_NAMES.iter().find_map(|n| meta(n).map(|d| tidy(&d)).filter(readable)))
    };
    let date = date.or_else(|| if printed.is_none() { changed() } else { None });
    let printed = printed.or_else(|| if date.is_none() { labelled(&seen.lines, true) } else { None });
    let author = meta("author")
        .or_else(|| articles.iter().find_map(|v| name(v, "author")))
        .filter(|a| a.len() <= 80 && !a.contains("://") && !a.contains('@'));
    let byline = byline(&seen.lines, place);
    Metadata {
        headline: heading.map(|(_, h)| h),
        title,
        date,
        printed,
        outlet,
        url,
        language: seen
            .language
            .and_then(|l| l.split(['-', '_']).next().map(str::to_lowercase))
            .filter(|l| l.len() == 2),
        author,
        byline,
        body: articles.iter().find_map(|v| v.get("articleBody")?.as_str()).map(str::to_owned),
    }
}

/// schema.org's Article and the kinds of it.
fn is_article(value: &Value) -> bool {
    let kind = |v: &Value| v.as_str().is_some_and(|k| k.contains("Article") || k.ends_with("Posting") || k == "Report");
    match value.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(kind),
        Some(one) => kind(one),
        None => false,
    }
}

/// Small letters and figures alone: what two wordings of one title have in common.
fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The `h1` that the head confirms, else the one that is most like its title, else the only one. A site's name is an `h1` on many pages, and
/// stands in the title before or behind the headline ("Lakeside Times: Norland signs").
fn headline(
    headings: &[(usize, String)],
    declared: &[String],
    bare: &[String],
    outlet: Option<&str>,
) -> Option<(usize, String)> {
    let known: Vec<String> = declared.iter().map(|d| letters(d)).collect();
    let outlet = outlet.map(letters);
    let is_site = |h: &(usize, String)| {
        let heading = letters(&h.1);
        let rests = known.iter().filter_map(|d| d.strip_prefix(heading.as_str())).filter(|rest| rest.len() >= 8);
        outlet.as_ref() == Some(&heading) || rests.into_iter().any(|rest| known.iter().any(|d| d == rest))
    };
    let headings: Vec<&(usize, String)> = headings.iter().filter(|h| !is_site(h)).collect();
    let confirmed = |h: &&&(usize, String)| {
        let heading = letters(&h.1);
        heading.len() >= 8
            && known.iter().any(|d| d.starts_with(&heading) || (d.len() >= 16 && heading.starts_with(d.as_str())))
    };
    let enough = |h: &&(usize, String)| h.1.split(' ').count() >= 3;
    let alike = || headings.iter().copied().filter(enough).find(|h| bare.iter().any(|d| alike(&h.1, d)));
    let only = || match headings.as_slice() {
        [one] if enough(one) => Some(*one),
        _ => None,
    };
    headings.iter().find(confirmed).copied().or_else(alike).or_else(only).cloned()
}

/// Half of the longer words of the shorter stand in the other.
fn alike(one: &str, other: &str) -> bool {
    let bag = |s: &str| s.split(' ').map(letters).filter(|w| w.chars().count() >= 4).collect::<Vec<_>>();
    let (one, other) = (bag(one), bag(other));
    let shared = one.iter().filter(|w| other.contains(w)).count();
    shared >= 2 && shared * 2 >= one.len().min(other.len())
}

/// A declared title of four words and more behind a date or label in the heading ("Nov 6 2025 Norland signs the lake pact"), or at the head of
/// one that swallowed half the page.
fn within(heading: &str, titles: &[String]) -> Option<String> {
    let titles = titles.iter().filter(|t| t.split(' ').count() >= 4);
    titles.into_iter().find_map(|title| {
        let (before, _) = heading.split_once(title.as_str())?;
        let labelled = !before.is_empty() && before.contains(|c: char| c.is_ascii_digit() || c == ':');
        (labelled || heading.len() >= 3 * title.len()).then(|| title.clone())
    })
}

/// A title without " | Lakeside Times", " - Lakeside Times".
fn without_site(title: &str, outlet: Option<&str>, declared: &[String]) -> String {
    let bars = [" | ", " - ", " – ", " — ", " :: ", " » "];
    let Some((at, bar)) = bars.iter().filter_map(|bar| title.rfind(bar).map(|at| (at, *bar))).max() else {
        return title.to_owned();
    };
    let (front, site) = (title[..at].trim(), title[at + bar.len()..].trim());
    let named = outlet.is_some_and(|o| o.eq_ignore_ascii_case(site)) || declared.iter().any(|d| d.trim() == front);
    let bare = site.split(' ').count() <= 4 && front.split(' ').count() >= 3;
    let named =
        named || !site.contains(' ') && site.rsplit_once('.').is_some_and(|(_, top)| (2..=4).contains(&top.len()));
    if named || bare { front.to_owned() } else { title.to_owned() }
}

/// A date as some tools write it: `2025/11/06`, `2025-11-06UTC14:00`.
fn tidy(date: &str) -> String {
    let slashed = date.len() >= 10
        && date
            .bytes()
            .take(10)
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { b == b'/' } else { b.is_ascii_digit() });
    let date = if slashed { date.replacen('/', "-", 2) } else { date.to_owned() };
    let iso = date.get(..10).filter(|d| dates::of_metadata(d).is_some_and(|d| d.precision == "day"));
    match iso {
        Some(day) if dates::of_metadata(&date).is_none() => day.to_owned(),
        _ => date,
    }
}

/// The first date printed in a short line after the headline, else the nearest before it. "Published" comes before "updated".
fn printed(lines: &[String], place: usize) -> Option<Dated> {
    let window = |from: usize, to: usize| lines.get(from.min(lines.len())..to.min(lines.len())).unwrap_or(&[]);
    let mut updated = None;
    let after = window(place, place + NEAR.0).iter();
    let before = window(place.saturating_sub(NEAR.1), place).iter().rev();
    for line in after.chain(before) {
        if let Some((dated, newer)) = in_line(line) {
            if !newer {
                return Some(dated);
            }
            updated = updated.or(Some(dated));
        }
    }
    updated
}

/// What a line says of the day it names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Published,
    Changed,
}

fn said(words: &str) -> Said {
    let lower = words.to_lowercase();
    let any = |wanted: &[&str]| wanted.iter().any(|w| lower.contains(w));
    if any(&["updated", "modified", "reviewed", "revised"]) {
        Said::Changed
    } else if any(&["published", "posted", "first issued"]) {
        Said::Published
    } else {
        Said::Nothing
    }
}

/// A date among the words of a line of at most 20: one to four words that are all of one; and whether what stands before it says that it is a
/// change ("November 6, 2025. Updated: November 7, 2025" was published on the sixth).
fn in_line(line: &str) -> Option<(Dated, bool)> {
    let words: Vec<&str> = line.split([' ', '|', '•', '·', '/']).filter(|w| !w.is_empty()).collect();
    if words.len() > 20 || line.ends_with('.') && words.len() > 12 {
        return None;
    }
    let mut changed = None;
    for size in [4, 3, 2, 1] {
        for (at, group) in words.windows(size).enumerate() {
            let trimmed = group.join(" ").replace("Published:", "").replace("Updated:", "");
            let found =
                dates::written(&trimmed).and_then(dates::Written::dated).or_else(|| dates::of_metadata(&trimmed));
            if let Some(dated) = found.filter(|d| d.precision == "day" || d.precision == "time") {
                if said(&words[..at + size].join(" ")) != Said::Changed {
                    return Some((dated, false));
                }
                changed = changed.or(Some((dated, true)));
            }
        }
    }
    changed
}

/// The day in a line anywhere on the page that says that it was published then ("Published Nov 6, 2025", or the label in a line of its own
/// before the date); `changed`: that it was changed then.
fn labelled(lines: &[String], changed: bool) -> Option<Dated> {
    let wanted = if changed { Said::Changed } else { Said::Published };
    let pairs = lines.iter().enumerate().filter(|(_, l)| l.len() <= 80 && said(l) == wanted);
    pairs.into_iter().find_map(|(at, line)| {
        let own = in_line(line).map(|(dated, _)| dated);
        let label = line.split(' ').count() <= 3;
        own.or_else(|| in_line(lines.get(at + 1).filter(|_| label)?).map(|(dated, _)| dated))
    })
}

/// The day in the path of an address: `/2025/11/06/`, `/2025/nov/06/`, `-2025-11-06`.
fn of_address(url: &str) -> Option<String> {
    let (_, path) = url.split_once("://")?.1.split_once('/')?;
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let parts: Vec<&str> = path.split(['/', '-', '_']).collect();
    let day = parts.windows(3).find_map(|w| {
        let numbers = w[0].len() == 4 && (1..=2).contains(&w[2].len()) && w[2].bytes().all(|b| b.is_ascii_digit());
        let recent = w[0].parse().is_ok_and(|y: u16| (1990..2100).contains(&y));
        let (year, month, day) = (w[0], w[1], w[2]);
        let dated = if month.bytes().all(|b| b.is_ascii_digit()) && month.len() <= 2 {
            dates::of_metadata(&format!("{year}-{month:0>2}-{day:0>2}"))
        } else {
            dates::of_metadata(&format!("{day} {month} {year}"))
        };
        dated.filter(|d| numbers && recent && d.precision == "day")
    });
    day.map(|d| d.date)
}

/// "By Jane Doe", printed near the headline.
fn byline(lines: &[String], place: usize) -> Option<String> {
    let near = lines.get(place.min(lines.len())..(place + 8).min(lines.len()))?;
    near.iter().find(|l| l.len() <= 120 && crate::ingest::dateline::byline(l)).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linked_data_comes_first() {
        let page = r#"<html lang="en-GB"><head><title>Norland signs the pact | Lakeside Times</title>
            <meta property="og:site_name" content="Lakeside Times"><meta property="article:published_time" content="2025-11-05">
            <link rel="canonical" href="https://lakeside.example/pact">
            <script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "headline": "Norland signs the pact",
             "datePublished": "2025-11-06T09:30:00Z", "author": {"name": "Jane Doe"}}]}</script></head>
            <body><h1>Lakeside Times</h1><h1>Norland <em>signs</em> the pact</h1><p>By Jane Doe</p></body></html>"#;
        let found = of(page);
        assert_eq!(found.headline.as_deref(), Some("Norland signs the pact"));
        assert_eq!(found.date.as_deref(), Some("2025-11-06T09:30:00Z"));
        assert_eq!(found.outlet.as_deref(), Some("Lakeside Times"));
        assert_eq!(found.url.as_deref(), Some("https://lakeside.example/pact"));
        assert_eq!(found.language.as_deref(), Some("en"));
        assert_eq!(found.author.as_deref(), Some("Jane Doe"));
        assert_eq!(found.byline.as_deref(), Some("By Jane Doe"));
    }

    #[test]
    fn titles_lose_the_name_of_the_site() {
        let title = |head: &str| of(&format!("<head>{head}</head><body><p>Words.</p>")).title;
        assert_eq!(
            title("<title>Norland signs the pact | Lakeside Times</title>").as_deref(),
            Some("Norland signs the pact")
        );
        assert_eq!(title("<title>Norland – Sudmark talks</title>").as_deref(), Some("Norland – Sudmark talks"));
        assert_eq!(title(""), None);
    }

    #[test]
    fn headlines_among_headings() {
        let headline = |head: &str, body: &str| of(&format!("<head>{head}</head><body>{body}</body>")).title.unwrap();
        let titled = "<title>Lakeside Times: Norland signs the lake pact</title>\
            <meta property=og:title content='Norland signs the lake pact'>";
        assert_eq!(headline(titled, "<h1>Lakeside Times</h1><h1>Day seven</h1>"), "Norland signs the lake pact");
        assert_eq!(headline(titled, "<h1>Nov 6 2025 Norland signs the lake pact</h1>"), "Norland signs the lake pact");
        assert_eq!(
            headline(titled, "<h1>Norland signs the lake pact at last</h1>"),
            "Norland signs the lake pact at last"
        );
        let other = "<title>Lake pact signed in Norland | Lakeside Times</title>";
        assert_eq!(
            headline(other, "<h1>Norland has signed the pact on its lake</h1><h1>Choose your place now</h1>"),
            "Norland has signed the pact on its lake"
        );
        let cut = "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Norland signs\"}</script>\
            <title>Norland signs the lake pact - Lakeside Times</title>";
        assert_eq!(headline(cut, "<p>Words.</p>"), "Norland signs the lake pact");
    }

    #[test]
    fn dates_where_no_tag_says_them() {
        let date = |head: &str, body: &str| {
            let found = of(&format!("<head>{head}</head><h1>Norland signs the pact</h1>{body}"));
            found.date.or(found.printed.map(|d| d.date))
        };
        let far: String = (0..40).map(|n| format!("<p>Paragraph {n} of the article.</p>")).collect();
        let at = |url: &str| format!("<link rel=canonical href='https://lakeside.example/{url}'>");
        assert_eq!(date(&at("world/2025/11/06/pact"), "").as_deref(), Some("2025-11-06"));
        assert_eq!(date(&at("world/2025/november/6/pact"), "").as_deref(), Some("2025-11-06"));
        assert_eq!(date(&at("world/2025/pact-1800-12-40"), ""), None);
        assert_eq!(date("", &format!("{far}<p>Published</p><p>Nov 6, 2025</p>")).as_deref(), Some("2025-11-06"));
        assert_eq!(date("", &format!("{far}<p>The pact of Nov 6, 2025 stands.</p>")), None);
        let changed = "<meta property='article:modified_time' content='2025-11-07'>";
        assert_eq!(date(changed, "").as_deref(), Some("2025-11-07"));
        assert_eq!(date(changed, "<p>Nov 6, 2025</p>").as_deref(), Some("2025-11-06"));
        assert_eq!(date("", "<p>November 6, 2025. Updated: November 7, 2025</p>").as_deref(), Some("2025-11-06"));
        assert_eq!(date("", "<time>Nov 6, 2025</time><time>Updated Nov 7, 2025</time>").as_deref(), Some("2025-11-06"));
    }

    #[test]
    fn printed_dates() {
        let date = |body: &str| of(&format!("<h1>Norland signs the pact</h1>{body}")).printed.map(|d| d.date);
        assert_eq!(date("<p>By Jane Doe <span>|</span> Nov 6, 2025</p>").as_deref(), Some("2025-11-06"));
        assert_eq!(
            date("<p>Updated: 7 November 2025</p><p>Published: 6 November 2025</p>").as_deref(),
            Some("2025-11-06")
        );
        assert_eq!(date("<p>Posted on November 6, 2025 by Jane Doe in World</p>").as_deref(), Some("2025-11-06"));
        assert_eq!(
            date(
                "<p>The ministers of both states and of their four neighbours agreed in Oslo on November 6, 2025 that the pact stands.</p>"
            ),
            None
        );
        assert_eq!(date("<p>Nov 6</p>"), None);
    }

    #[test]
    fn dates_of_tools() {
        assert_eq!(tidy("2025/11/06"), "2025-11-06");
        assert_eq!(tidy("2025-11-06UTC07:30:00"), "2025-11-06");
        assert_eq!(tidy("2025-11-06T07:30:00Z"), "2025-11-06T07:30:00Z");
        assert_eq!(tidy("yesterday"), "yesterday");
    }

    #[test]
    fn broken_pages_have_nothing() {
        for page in
            ["", "<", "<h1>", "<script type=ld+json>{\"@type\": [", "<meta name=date content=>", "<title>", "é<h1>é"]
        {
            assert!(of(page).date.is_none(), "{page}");
        }
    }
}
