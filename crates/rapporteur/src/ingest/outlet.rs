//! Who published a text, where only its furniture says so: "Save the Lakeside.com homepage", "© 2025 The Lakeside Times".
//!
//! A credit ("Lakeside Times reports") names somebody else's outlet and a dateline names an agency; neither is evidence here.

use language::Span;

use super::shape::{high, words};
use super::{Block, BlockKind, Outlet};

/// Sites that many outlets link to and none of these articles come from.
const PLATFORMS: [&str; 10] = [
    "facebook.com",
    "twitter.com",
    "x.com",
    "instagram.com",
    "youtube.com",
    "t.co",
    "linkedin.com",
    "tiktok.com",
    "google.com",
    "apple.com",
];
/// A domain counts where the page speaks of itself.
const SELF: [&str; 9] =
    ["homepage", "home page", "website", "newsletter", "subscri", "all rights reserved", "©", "copyright", "bookmark"];

/// The outlet as the furniture names it.
pub(super) fn of(text: &str, blocks: &[Block]) -> Option<Outlet> {
    let furniture = || blocks.iter().filter(|b| b.kind == BlockKind::Boilerplate);
    furniture().find_map(|b| rights(text, b.span)).or_else(|| furniture().find_map(|b| domain(text, b.span)))
}

/// "© 2025 NAME.", "Copyright 2025 NAME. All rights reserved".
fn rights(text: &str, span: Span) -> Option<Outlet> {
    let words_of = span.of(text);
    let sign =
        words_of.find('©').map(|at| at + '©'.len_utf8()).or_else(|| words_of.find("Copyright ").map(|at| at + 10))?;
    let rest = words_of[sign..].trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_ascii_digit() || matches!(c, '-' | '–' | '©' | ',' | '(' | 'c' | ')')
    });
    let end = rest
        .find([',', '|', '\u{2022}'])
        .unwrap_or(rest.len())
        .min(rest.find(". ").unwrap_or(rest.len()))
        .min(rest.find(" All ").unwrap_or(rest.len()));
    let name = rest[..end].trim().trim_end_matches('.');
    let start = span.start + (words_of.len() - rest.len());
    let named = (1..=6).contains(&words(name).count())
        && words(name).all(|w| high(w) || matches!(w, "of" | "the" | "and" | "for"));
    named.then(|| Outlet { name: name.to_owned(), span: Some(Span::new(start, start + name.len())) })
}

/// "Lakeside.com" in a block in which the page speaks of itself.
fn domain(text: &str, span: Span) -> Option<Outlet> {
    let block = span.of(text);
    let lower = block.to_lowercase();
    if !SELF.iter().any(|s| lower.contains(s)) {
        return None;
    }
    let mut at = 0;
    for word in block.split_whitespace() {
        let start = at + block[at..].find(word)?;
        at = start + word.len();
        let name = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lead = word.find(name)?;
        let mut labels = name.rsplit('.');
        let top =
            labels.next().is_some_and(|t| (2..=6).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_lowercase()));
        let site = labels.next().is_some_and(|l| l.len() >= 3)
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
        if top && site && !PLATFORMS.contains(&name.to_lowercase().as_str()) {
            let start = span.start + start + lead;
            return Some(Outlet { name: name.to_owned(), span: Some(Span::new(start, start + name.len())) });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(block: &str, expect: Option<&str>) {
        let blocks = [Block { span: Span::new(0, block.len()), kind: BlockKind::Boilerplate }];
        let outlet = of(block, &blocks);
        assert_eq!(outlet.as_ref().map(|o| o.name.as_str()), expect, "{block}");
        assert_eq!(outlet.and_then(|o| o.span).map(|s| s.of(block)), expect);
    }

    #[test]
    fn outlets() {
        check("Save the Lakeside.com homepage for daily news", Some("Lakeside.com"));
        check("© 2025 The Lakeside Times. All rights reserved.", Some("The Lakeside Times"));
        check("Copyright © 2025 Lakeside Times, Inc.", Some("Lakeside Times"));
        check("Subscribe to the newsletter of lakeside.example.org.", Some("lakeside.example.org"));
    }

    #[test]
    fn look_alikes() {
        check("Follow us on Facebook.com", None);
        check("Like our website on facebook.com", None);
        check("Write to desk@lakeside.com for our newsletter", None);
        check("Subscribe to our newsletter. It is free.", None);
        check("© 2025", None);
        check("Save our homepage at 3.5 percent", None);
    }
}
