//! The web page of a brief: whatever articles hold, it stays a page; everything on it leads somewhere.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use rapporteur::extract::{By, EntityKind, Form, Holder, MemberStatus, Realis};
use rapporteur::reconcile::reconcile;
use rapporteur::report::html;
use support::{somebody, three, told};

/// A start tag: its name and its attributes as written, references undone.
#[derive(Debug)]
struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
}

/// The tags of a page, in order, after a check that every element ends where it should. What lies between a `<` and its `>` is taken by the
/// rules of HTML: quoted attributes may hold anything.
fn tags(page: &str) -> Vec<Tag> {
    const VOID: [&str; 2] = ["meta", "link"];
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = page.strip_prefix("<!DOCTYPE html>\n").expect("a doctype");
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(end) = rest.strip_prefix('/') {
            let (name, after) = end.split_once('>').expect("an end tag ends");
            assert_eq!(open.pop().as_deref(), Some(name), "elements are nested");
            rest = after;
            continue;
        }
        let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        assert!(!name.is_empty(), "a < that begins no tag: {}", &rest[..rest.len().min(40)]);
        rest = &rest[name.len()..];
        let mut attributes = BTreeMap::new();
        while let Some(after) = rest.strip_prefix(' ') {
            let (key, after) = after.split_once("=\"").expect("an attribute has a value");
            let (value, after) = after.split_once('"').expect("a value ends");
            assert!(key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "attribute {key:?}");
            let value = value.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">");
            assert!(attributes.insert(key.to_owned(), value.replace("&amp;", "&")).is_none(), "{key} stands twice");
            rest = after;
        }
        rest = rest.strip_prefix('>').expect("a start tag ends");
        if name == "style" {
            rest = &rest[rest.find("</style>").expect("the style sheet ends")..];
        }
        if !VOID.contains(&name.as_str()) {
            open.push(name.clone());
        }
        found.push(Tag { name, attributes });
    }
    assert!(open.is_empty(), "{open:?} is open at the end");
    found
}

/// What must hold of every page.
fn check(page: &str) -> Vec<Tag> {
    let tags = tags(page);
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|t| t.attributes.get("id")) {
        assert!(ids.insert(id.as_str()), "two elements have the id {id}");
    }
    for tag in &tags {
        for (key, value) in &tag.attributes {
            assert!(!key.starts_with("on"), "{tag:?} would run a script");
            match key.as_str() {
                "href" if value == "data:," => {}
                "href" => {
                    let place = value.strip_prefix('#').unwrap_or_else(|| panic!("{value} leads out of the page"));
                    assert!(ids.contains(place), "{value} leads nowhere");
                }
                "aria-labelledby" => value.split(' ').for_each(|id| assert!(ids.contains(id), "{id} names nothing")),
                "src" | "srcset" | "style" | "action" | "data" => panic!("{tag:?} loads or styles something"),
                _ => {}
            }
        }
        assert!(!matches!(tag.name.as_str(), "script" | "img" | "iframe" | "object" | "form" | "base"), "{tag:?}");
    }
    let ranks: Vec<u32> = tags
        .iter()
        .filter_map(|t| t.name.strip_prefix('h').filter(|r| r.len() == 1).and_then(|r| r.parse().ok()))
        .collect();
    assert_eq!(ranks.first(), Some(&1), "the first heading is the page's");
    assert_eq!(ranks.iter().filter(|r| **r == 1).count(), 1, "one heading of the first rank");
    for pair in ranks.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "a heading of rank {} follows one of {}", pair[1], pair[0]);
    }
    for name in ["main", "header", "footer", "title"] {
        assert!(tags.iter().any(|t| t.name == name), "no {name}");
    }
    assert!(tags.iter().any(|t| t.name == "html" && t.attributes.get("lang").is_some_and(|l| l == "en")));
    // The style sheet loads nothing either.
    let sheet = page.split_once("<style>").and_then(|(_, s)| s.split_once("</style>")).expect("a style sheet").0;
    for outside in ["url(", "@import", "http:", "https:"] {
        assert!(!sheet.contains(outside), "{outside} in the style sheet");
    }
    tags
}

#[test]
fn a_brief_is_a_whole_page_whatever_the_order_of_articles() {
    let page = html::brief(&reconcile(&three()));
    let tags = check(&page);
    assert!(tags.iter().any(|t| t.name == "svg"), "where it comes from is drawn");
    assert!(page.contains("announced; signing not mentioned"), "{page}");
    let mut turned = three();
    turned.reverse();
    assert_eq!(html::brief(&reconcile(&turned)), page);
}

#[test]
fn every_value_leads_to_its_words_and_the_words_lead_back() {
    let page = html::brief(&reconcile(&three()));
    let tags = check(&page);
    let marked: Vec<&Tag> =
        tags.iter().filter(|t| t.attributes.get("class").is_some_and(|c| c.starts_with("m k-"))).collect();
    let leading: Vec<&Tag> = marked.iter().filter(|t| t.name == "a").copied().collect();
    assert!(leading.len() > 10, "{} marked stretches", leading.len());
    for kind in ["k-stage", "k-member", "k-candidate", "k-quotation", "k-conflict"] {
        assert!(leading.iter().any(|t| t.attributes["class"].contains(kind)), "no {kind} in the articles");
    }
    // Every place in an article that is marked can be come back from.
    for tag in &leading {
        assert!(tag.attributes["href"].starts_with("#s1-"), "{tag:?}");
    }
    for place in ["#s1-stages-1", "#s1-quotations-1", "#s1-members-1"] {
        assert!(leading.iter().any(|t| t.attributes["href"] == place), "nothing leads back to {place}");
    }
}

#[test]
fn whatever_articles_hold_stays_text() {
    let nasty = "<script>alert(1)</script> & <b onclick=\"x()\">Armenia</b> joins the Zangezur Accord.\n</article></main><h1>Owned</h1> \
                 <!-- ]]> <style>*{display:none}</style> &lt;b&gt; “quoted \" <img src=x onerror=alert(2)>”.\n\u{1b}[31m \u{0} \u{202e}desrever \
                 \u{2066}isolated \u{fdd0} javascript:alert(3) ]]>\r\n'\"><svg onload=alert(4)>";
    let path = "in/\"><script>alert(5)</script>.txt";
    let villain = || somebody("person:villain", "<i>Villain</i> \"x\" onfocus='y'");
    let article = told(path, nasty)
        .names("iso3:ARM", EntityKind::State, "<u>Armenia</u>", "Armenia")
        .names("agreement:zangezur-accord", EntityKind::Agreement, "Zangezur <Accord>", "Zangezur Accord")
        .stage("joins the Zangezur Accord", "iso3:ARM", 4, 7, Realis::Actual, By::Outlet, Holder::outlet())
        .member("<b onclick=\"x()\">Armenia</b>", "iso3:ARM", MemberStatus::Member)
        .quote("quoted \" <img src=x onerror=alert(2)>", Form::Direct, villain(), Some("<post>"))
        .credit("</article></main>");
    let page = html::brief(&reconcile(&[article.done()]));
    check(&page);
    for text in ["&lt;script&gt;alert(1)&lt;/script&gt; &amp; ", "&amp;lt;b&amp;gt;", "javascript:alert(3)"] {
        assert!(page.contains(text), "{text}");
    }
    for raw in ["<script", "<img", "<i>", "<u>", "\u{0}", "\u{1b}", "\u{202e}", "\u{2066}", "\u{fdd0}", "\r"] {
        assert!(!page.contains(raw), "{raw:?} is in the page");
    }
}

/// A mark inside a mark, marks that overlap, marks that begin together and one over two paragraphs.
#[test]
fn marks_that_overlap_leave_the_text_whole() {
    let text = "Armenia joins the Zangezur Accord with Turkey and Georgia today.\nGeorgia agrees, said “Armenia joins the Zangezur Accord”.";
    let article = told("1.txt", text)
        .names("iso3:ARM", EntityKind::State, "Armenia", "Armenia")
        .names("agreement:zangezur-accord", EntityKind::Agreement, "Zangezur Accord", "Zangezur Accord")
        .stage("Armenia joins the Zangezur Accord", "iso3:ARM", 4, 7, Realis::Actual, By::Outlet, Holder::outlet())
        .member("Armenia joins", "iso3:ARM", MemberStatus::Member)
        .member("Zangezur Accord with Turkey", "iso3:TUR", MemberStatus::Member)
        .member("Turkey and Georgia today.\nGeorgia agrees", "iso3:GEO", MemberStatus::Member)
        .quote("joins the Zangezur Accord with", Form::Direct, somebody("person:a", "A"), None)
        .done();
    let page = html::brief(&reconcile(&[article]));
    check(&page);
    let reading =
        page.split_once("class=\"body\"").expect("the article").1.split_once("</article>").expect("its end").0;
    let mut printed = String::new();
    for paragraph in reading.split("<p dir=\"auto\">").skip(1) {
        let inside = paragraph.split_once("</p>").expect("a paragraph ends").0;
        let mut in_tag = false;
        for c in inside.chars() {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                c if !in_tag => printed.push(c),
                _ => {}
            }
        }
        printed.push('\n');
    }
    assert_eq!(printed.trim_end(), text);
}

#[test]
fn nothing_at_all_is_a_page_too() {
    check(&html::brief(&reconcile(&[])));
    check(&html::brief(&reconcile(&[told("1", "").done(), told("2", "\n").done()])));
}

/// Relative luminance of `#rrggbb` (WCAG 2.2).
fn luminance(colour: [f64; 3]) -> f64 {
    let part = |c: f64| if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    0.2126 * part(colour[0]) + 0.7152 * part(colour[1]) + 0.0722 * part(colour[2])
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The colours that a block of the style sheet names.
fn colours(block: &str) -> BTreeMap<String, [f64; 3]> {
    let part = |hex: &str, at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("a colour")) / 255.0;
    let named = block.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
    named.map(|(name, hex)| (name.to_owned(), [part(hex, 0), part(hex, 2), part(hex, 4)])).collect()
}

/// Text at 4.5 to 1 on every ground that it stands on, lines at 3 to 1, by day and by night.
#[test]
fn colours_can_be_told_apart() {
    let page = html::brief(&reconcile(&three()));
    let mut blocks = page.split(":root {").skip(1).map(|b| colours(b.split_once('}').expect("a block ends").0));
    let light = blocks.next().expect("colours by day");
    let mut dark = light.clone();
    dark.extend(blocks.next().expect("colours by night"));
    for (time, colours) in [("day", light), ("night", dark)] {
        let colour = |name: &str| colours[name];
        for ground in ["paper", "card", "tint", "target"] {
            for text in ["ink", "soft", "link", "here"] {
                let ratio = contrast(colour(text), colour(ground));
                assert!(ratio >= 4.5, "{text} on {ground} by {time}: {ratio:.2}");
            }
        }
        assert!(contrast(colour("warn"), colour("warn-tint")) >= 4.5, "warnings by {time}");
        for line in ["blue", "red", "green", "violet", "amber", "teal", "rose", "grey", "strong"] {
            let (line, paper) = (colour(line), colour("paper"));
            assert!(contrast(line, paper) >= 3.0, "a line by {time}");
            // Words of the articles on the tint of their mark.
            let tint = std::array::from_fn(|i| 0.26 * line[i] + 0.74 * paper[i]);
            assert!(contrast(colour("ink"), tint) >= 4.5, "marked words by {time}");
        }
    }
}
