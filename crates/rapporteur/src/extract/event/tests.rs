//! Sentences of our own: what must be read as an event, and look-alikes that must not, or as another.

use expect_test::{Expect, expect};
use language::Span;

use crate::extract::extract;
use crate::ingest::{Article, Block, BlockKind};
use crate::provenance::ArticleId;
use crate::testing::MODEL;

fn article(text: &str) -> Article {
    Article {
        id: ArticleId::of(text),
        path: "test".to_owned(),
        url: None,
        outlet: None,
        language: Some("en".to_owned()),
        published: None,
        headline: None,
        title: None,
        dateline: None,
        byline: None,
        text: text.to_owned(),
        blocks: vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }],
        notes: Vec::new(),
    }
}

/// One line an event: type, code, actors, recipients, realis.
fn read(text: &str) -> String {
    let findings = extract(&MODEL, &article(text));
    let ids = |ids: &[crate::extract::EntityId]| ids.iter().map(|i| i.0.as_str()).collect::<Vec<_>>().join(" ");
    let line = |e: &crate::extract::Event| {
        let realis = format!("{:?}", e.realis).to_lowercase();
        let cameo = e.cameo.unwrap_or("-");
        format!("{} {cameo} {} > {} {realis}", e.plover.as_str(), ids(&e.actors), ids(&e.recipients))
    };
    findings.events.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn check(texts: &[&str], expected: Expect) {
    let lines: Vec<String> = texts.iter().map(|t| read(t)).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn what_is_done_and_what_is_promised() {
    check(
        &[
            "Kenya signed a trade agreement with Norway.",
            "Kenya will sign a trade agreement with Norway.",
            "Kenya agreed to release the Norwegian sailors.",
            "Kenya released the Norwegian sailors.",
            "Kenya refused to release the Norwegian sailors.",
            "Kenya did not release the Norwegian sailors.",
            "Kenya demanded that Norway release the sailors.",
            "Kenya threatened to attack Norway.",
            "Kenya attacked Norway.",
        ],
        expect![[r#""#]],
    );
}

#[test]
fn a_noun_decides_what_its_verb_does() {
    check(
        &[
            "Chile suspended military aid to Peru.",
            "Chile suspended its attacks on Peru.",
            "Chile lifted sanctions on Peru.",
            "Chile imposed sanctions on Peru.",
            "Chile held talks with Peru.",
            "Chile launched airstrikes on Peru.",
            "Chile launched an investigation into Peru.",
            "Chile withdrew its troops from Peru.",
            "Chile withdrew its ambassador from Peru.",
        ],
        expect![[r#""#]],
    );
}

#[test]
fn sides_are_states_persons_bodies_and_sectors() {
    check(
        &[
            "Donald Trump called Emmanuel Macron on Monday to discuss trade.",
            "Kenyan police arrested two Norwegian journalists.",
            "The Kenyan government condemned Norway.",
            "Two journalists were arrested by police in Kenya.",
            "Sweden and Finland signed a defence pact.",
            "NATO deployed troops to Estonia.",
            "An attack by rebels on the Kenyan army killed nine soldiers.",
        ],
        expect![[r#""#]],
    );
}

#[test]
fn a_statement_or_a_thing_is_no_event() {
    for text in [
        "The Kenyan president said the economy was growing.",
        "Norway described the talks as useful.",
        "The figures demonstrate a shift in Norway's policy.",
        "The river meets the sea near Oslo.",
        "According to Kenya, prices rose in May.",
        "The company held its shares in Norway.",
        "",
        " \u{201c}\u{201d} \u{2014}",
    ] {
        assert_eq!(read(text), "", "{text}");
    }
}

/// A long run of nested clauses ends, and in time that grows with its length.
#[test]
fn deep_nesting_ends() {
    let text = "Kenya agreed to ask Norway to refuse to ".repeat(60) + "meet.";
    let _ = read(&text);
}
