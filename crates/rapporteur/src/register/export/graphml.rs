//! What rests on what, as GraphML: articles, the origins of what they say, the outlets that publish them and those that they credit.
//!
//! Every edge runs from an article to what it rests on: `rests_on` an origin (with the number of statements), `credits` an outlet or
//! agency, `published_by` an outlet, `revises` an older article. Characters that XML 1.0 cannot hold become U+FFFD.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use super::Done;
use super::snapshot::{Snapshot, Source};

/// A node: what it is, and its identifier there.
type Key = (&'static str, String);

/// Writes the graph of the articles that stand.
///
/// # Errors
/// Those of reading and writing.
pub fn graphml(snapshot: &Snapshot<'_>, out: &mut dyn Write) -> Done {
    let mut nodes: BTreeMap<Key, Vec<(&str, String)>> = BTreeMap::new();
    let mut edges: BTreeMap<(Key, Key, &str), usize> = BTreeMap::new();
    let revisions = snapshot.revisions()?;
    let older: BTreeSet<&str> = revisions.iter().map(|(older, _)| older.as_str()).collect();
    for a in snapshot.articles() {
        let article = ("article", a.id.clone());
        if a.known_to.is_none() || older.contains(a.id.as_str()) {
            nodes.insert(article.clone(), about(a));
        }
        if a.known_to.is_some() {
            continue;
        }
        if let Some(outlet) = &a.outlet {
            let outlet = ("outlet", outlet.clone());
            nodes.entry(outlet.clone()).or_insert_with(|| vec![("name", outlet.1.clone())]);
            edges.insert((article.clone(), outlet, "published_by"), 1);
        }
        snapshot.of_article(a, &[], &mut |_, r| {
            let s = &r.statement;
            let (to, kind) = if s.predicate == "credit" {
                let outlet = ("outlet", s.value.clone().unwrap_or_default());
                nodes.entry(outlet.clone()).or_insert_with(|| vec![("name", outlet.1.clone())]);
                (outlet, "credits")
            } else {
                let origin = ("origin", s.origin.id.clone());
                nodes
                    .entry(origin.clone())
                    .or_insert_with(|| vec![("name", s.origin.name.clone()), ("origin_kind", s.origin.kind.clone())]);
                (origin, "rests_on")
            };
            *edges.entry((article.clone(), to, kind)).or_insert(0) += 1;
            Ok(())
        })?;
    }
    for (older, newer) in revisions {
        let (older, newer) = (("article", older), ("article", newer));
        if nodes.contains_key(&newer) && nodes.contains_key(&older) {
            edges.insert((newer, older, "revises"), 1);
        }
    }
    write(&nodes, &edges, out)
}

fn about(a: &Source) -> Vec<(&'static str, String)> {
    let known = [
        ("name", a.title.as_ref().or(a.headline.as_ref())),
        ("outlet", a.outlet.as_ref()),
        ("published", a.published.as_ref()),
        ("url", a.url.as_ref()),
        ("known_from", Some(&a.known_from)),
    ];
    known.into_iter().filter_map(|(name, value)| Some((name, value?.clone()))).collect()
}

fn write(
    nodes: &BTreeMap<Key, Vec<(&str, String)>>,
    edges: &BTreeMap<(Key, Key, &str), usize>,
    out: &mut dyn Write,
) -> Done {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    for name in ["kind", "id", "name", "outlet", "published", "url", "known_from", "origin_kind"] {
        writeln!(out, "  <key id=\"{name}\" for=\"node\" attr.name=\"{name}\" attr.type=\"string\"/>")?;
    }
    writeln!(out, "  <key id=\"relation\" for=\"edge\" attr.name=\"relation\" attr.type=\"string\"/>")?;
    writeln!(out, "  <key id=\"statements\" for=\"edge\" attr.name=\"statements\" attr.type=\"int\"/>")?;
    writeln!(out, "  <graph id=\"origins\" edgedefault=\"directed\">")?;
    let numbers: BTreeMap<&Key, usize> = nodes.keys().enumerate().map(|(at, key)| (key, at)).collect();
    for (key, about) in nodes {
        write!(out, "    <node id=\"n{}\"><data key=\"kind\">{}</data>", numbers[key], key.0)?;
        write!(out, "<data key=\"id\">{}</data>", escaped(&key.1))?;
        for (name, value) in about {
            write!(out, "<data key=\"{name}\">{}</data>", escaped(value))?;
        }
        writeln!(out, "</node>")?;
    }
    for (at, ((from, to, relation), count)) in edges.iter().enumerate() {
        let (source, target) = (numbers[from], numbers[to]);
        write!(out, "    <edge id=\"e{at}\" source=\"n{source}\" target=\"n{target}\">")?;
        write!(out, "<data key=\"relation\">{relation}</data>")?;
        if matches!(*relation, "rests_on" | "credits") {
            write!(out, "<data key=\"statements\">{count}</data>")?;
        }
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")?;
    Ok(())
}

/// Text for XML 1.0. A carriage return would be read back as a line feed; as a character reference it stays.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '\r' => safe += "&#13;",
            '\t' | '\n' => safe.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_marked_and_the_rest_stays() {
        assert_eq!(escaped("a < b & \"c\" > d"), "a &lt; b &amp; \"c\" &gt; d");
        assert_eq!(escaped("bell\u{7} and\u{0}nul"), "bell\u{fffd} and\u{fffd}nul");
        assert_eq!(escaped("اتفاق 😀\r\n"), "اتفاق 😀&#13;\n");
    }
}
