//! Whole pages, plain and hostile.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::ingest::MAX_ARTICLE_BYTES;

const SENTENCES: [&str; 4] = [
    "Norland and its four neighbours signed the lake pact on Thursday after two years of talks in Oslo and Geneva.",
    "The ministers said that the pact would enter into force once three of the five states had ratified it at home.",
    "Sudmark, which had asked for more time, did not sign, and its minister left the hall before the ceremony began.",
    "Fishing crews on both shores said they had waited for such a treaty since the old one lapsed nine years ago.",
];

/// A page of one article, among what stands around one.
fn sample(head: &str, body: &str) -> String {
    let paragraphs: String = SENTENCES
        .iter()
        .chain(&SENTENCES[..3])
        .enumerate()
        .map(|(i, s)| format!("<p>({i}) {s} <em>{s}</em></p>"))
        .collect();
    format!(
        "<!doctype html><html lang=en><head><title>Five states sign the lake pact | Lakeside Times</title>{head}</head><body>\
         <nav><a href=/>Home</a> <a href=/world>World</a></nav><main><article><h1>Five states sign the lake pact</h1>\
         <p class=byline>By Jane Doe</p><time datetime=2025-11-06T09:30>Nov 6</time>{paragraphs}{body}</article></main>\
         <footer>All rights reserved</footer><script>track('x<y')</script></body></html>"
    )
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

fn refused(bytes: &[u8], kind: ErrorKind) -> String {
    let error = page("a.html", bytes).expect_err("an error");
    assert_eq!(error.kind, kind, "{error}");
    error.to_string()
}

#[test]
fn an_article_begins_with_its_headline() {
    let article = page("a.html", sample("", "").as_bytes()).unwrap();
    assert!(
        article.text.starts_with("Five states sign the lake pact\n\nBy Jane Doe\n\nNov 6\n\n(0) Norland"),
        "{}",
        article.text
    );
    assert!(!article.text.contains("World") && !article.text.contains("rights") && !article.text.contains("track"));
    assert_eq!(article.text.matches("Five states sign").count(), 1);
    assert_eq!(article.headline.map(|s| s.of(&article.text)), Some("Five states sign the lake pact"));
    assert_eq!(article.byline.map(|s| s.of(&article.text)), Some("By Jane Doe"));
    assert_eq!(article.published.map(|p| p.date).as_deref(), Some("2025-11-06T09:30"));
    assert_eq!(article.language.as_deref(), Some("en"));
    assert_eq!(article.blocks.len(), 10);
}

#[test]
fn packed_and_plain_are_the_same_article() {
    let plain = sample(
        "",
        "<ul><li>Norland: signed</li><li>Sudmark: not</li></ul><h2>What comes next</h2><p>Ratification.</p>",
    );
    let (a, b) = (page("a", plain.as_bytes()).unwrap(), page("b", &packed(plain.as_bytes())).unwrap());
    assert_eq!((a.id, &a.text, &a.blocks), (b.id, &b.text, &b.blocks));
}

#[test]
fn elements_without_end_are_refused_before_any_parser() {
    for (tag, n) in
        [("<div>", 200_000), ("<b>", 200_000), ("<p><span>", 20_000), ("<ul><li>", 2_000), ("<x-y a='>'>", 1_500)]
    {
        assert!(refused(tag.repeat(n).as_bytes(), ErrorKind::Malformed).contains("inside one another"), "{tag}");
    }
    refused(&packed(sample("", &"<div>".repeat(200_000)).as_bytes()), ErrorKind::Malformed);
}

#[test]
fn deep_but_bearable_is_read() {
    let page = page("a", sample("", &format!("{}Deep words.{}", "<div>".repeat(980), "</div>".repeat(980))).as_bytes());
    assert!(page.unwrap().text.contains("Sudmark"));
}

#[test]
fn what_closes_by_itself_is_not_deep() {
    let items = "<li>one<li>two".repeat(2_000)
        + &"<p>three<br>".repeat(2_000)
        + &"<img src=a>".repeat(2_000)
        + &"</b></div2>".repeat(2_000);
    assert!(page("a", sample("", &items).as_bytes()).is_ok());
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = packed(&vec![b' '; 200 << 20]);
    assert!(bomb.len() < 1 << 20);
    refused(&bomb, ErrorKind::TooLarge);
    // Small, but swollen more than 1,000 times.
    let small = packed(&vec![b'<'; 8 << 20]);
    assert!((8 << 20) > 1_000 * small.len(), "{}", small.len());
    assert!(refused(&small, ErrorKind::TooLarge).contains("1000 times"));
    refused(&vec![b'a'; MAX_ARTICLE_BYTES + 1], ErrorKind::TooLarge);
}

#[test]
fn a_damaged_archive_gives_what_it_holds() {
    let whole = packed(sample("", "").as_bytes());
    assert!(page("a", &whole[..whole.len() - 8]).unwrap().text.contains("Sudmark"));
    refused(b"\x1f\x8b\x08\x00broken", ErrorKind::Binary);
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ErrorKind::Binary);
    refused(&packed(b"%PDF-1.7\n1 0 obj"), ErrorKind::Binary);
    refused(&(0..=255).cycle().take(9_000).collect::<Vec<u8>>(), ErrorKind::Binary);
}

#[test]
fn a_page_without_text_is_empty() {
    let script = "<html><head><title>Lakeside Times</title></head><body><div id=root></div><script>render('<p>Norland signed.</p>')</script></body></html>";
    for empty in
        ["", " \n", "<html><body></body></html>", "<!-- words -->", "<p></p>", script, "<", "<style>p{}</style>"]
    {
        refused(empty.as_bytes(), ErrorKind::Empty);
    }
}

#[test]
fn declared_and_undeclared_encodings() {
    let french =
        sample("<meta charset=windows-1252>", "<p>Le ministre a déclaré à Genève que l’accord était signé.</p>");
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(&french);
    assert!(page("a", &bytes).unwrap().text.contains("déclaré à Genève que l’accord"));
    let head = "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>";
    let russian = sample(head, "<p>Министр заявил в Астане.</p>");
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(&russian);
    assert!(page("a", &bytes).unwrap().text.contains("Министр заявил в Астане"));
    // The bytes are UTF-8, whatever the page says.
    assert!(page("a", french.as_bytes()).unwrap().text.contains("déclaré"));
    let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(french.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert!(page("a", &marked).unwrap().text.contains("déclaré"));
    let broken = [sample("", "").as_bytes(), b"\xff\xfe\x80"].concat();
    assert!(page("a", &broken).unwrap().text.contains("Sudmark"));
    let lies = sample("<meta charset=utf-16>", "<p>caf\u{e9} in Oslo</p>");
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(&lies);
    assert!(page("a", &bytes).is_ok());
}

#[test]
fn a_page_of_a_million_tags_is_cut() {
    let article = page("a", sample("", &"<p>one two <b>three</b></p>".repeat(300_000)).as_bytes()).unwrap();
    assert!(article.notes.iter().any(|n| n.kind == "page_cut"), "{:?}", article.notes);
    assert!(article.text.contains("Sudmark"));
}

#[test]
fn hardly_html_is_read_or_refused_but_never_panics() {
    for odd in [
        "Norland signed.",
        "<p>Norland signed.",
        "</p></p><p",
        "<title>",
        "<h1>Norland",
        "<table><td><p><h1></table>",
        "&#xd800;&#55555555555;",
        "<html lang=><meta><meta content><link rel=canonical>",
        "<a href='",
        "<p>\u{0}\u{feff}</p>",
        "<svg><title>x</svg><p>Words here.",
        "<frameset><frame src=a></frameset>",
        "<plaintext><p>Norland",
        "<template><p>Norland signed.</template>",
        "<select><option>a<p>b",
    ] {
        let _ = page("a", odd.as_bytes());
        let _ = page("a", sample(odd, odd).as_bytes());
    }
}

proptest::proptest! {
    #[test]
    fn any_soup_of_tags_is_bearable(soup in "(<(p|div|h1|table|td|li|a|b|/p|/div|/b|!--|script|title|meta content=)?(>|/>)?|[a-zé& ;#\"'=-]{0,6}){0,40}") {
        if let Ok(article) = page("a", soup.as_bytes()) {
            for block in &article.blocks {
                assert!(!block.span.of(&article.text).is_empty());
            }
        }
    }
}

#[test]
fn marks_that_were_encoded_twice_are_set_right() {
    let twice: String = "Norland’s “pact” café".bytes().map(char::from).collect();
    let article = page("a.html", sample("", &format!("<p>{twice} {twice} {}</p>", SENTENCES[0])).as_bytes()).unwrap();
    assert!(article.text.contains("Norland’s “pact” café"), "{}", article.text);
    assert!(article.notes.iter().any(|n| n.kind == "encoding"));
    // A page that shows such letters on purpose stays.
    let letters = format!("<p>The letters â, € and Â stand for three bytes. {}</p>", SENTENCES[0]);
    let article = page("a.html", sample("", &letters).as_bytes()).unwrap();
    assert!(article.text.contains("The letters â, € and Â stand"), "{}", article.text);
}

#[test]
fn what_a_button_unfolds_is_read_and_what_is_hidden_is_not() {
    let fold = |attributes: &str| {
        let words =
            "Fishing crews from Sudmark were told on Friday that their licences would lapse within a year or two.";
        let page_of = sample("", &format!("<div {attributes}><p>{words}</p></div>"));
        page("a.html", page_of.as_bytes()).unwrap().text.contains("licences would lapse")
    };
    assert!(fold("role=region aria-labelledby=more style='display: none'"));
    assert!(!fold("style='display: none'"));
}

#[test]
fn the_text_in_linked_data_stands_in_for_one_that_the_page_keeps_back() {
    let all = SENTENCES.join(" ");
    let data = serde_json::json!({"@type": "NewsArticle", "headline": "Five states sign", "articleBody": format!("{all}\n{all} Lake &amp; land.")});
    let script = format!("<script type=application/ld+json>{data}</script>");
    let kept_back =
        format!("<html><head>{script}</head><body><h1>Five states sign</h1><p>{}</p></body></html>", SENTENCES[0]);
    let article = page("a.html", kept_back.as_bytes()).unwrap();
    assert!(article.text.contains("Lake & land.") && article.text.contains(SENTENCES[3]), "{}", article.text);
    // Where the page shows it all, the page counts.
    let shown = page("a.html", sample(&script, "").as_bytes()).unwrap();
    assert!(!shown.text.contains("Lake & land."), "{}", shown.text);
}
