//! Whole articles, small ones: what each block is taken for.

use proptest::prelude::*;

use super::*;

/// One letter a block: H headline, S subhead, D date line, B byline, P paragraph, L list, C caption, F furniture.
fn kinds(article: &Article) -> String {
    let letter = |b: &Block| match b.kind {
        BlockKind::Headline => 'H',
        BlockKind::Subhead => 'S',
        BlockKind::Dateline => 'D',
        BlockKind::Byline => 'B',
        BlockKind::Paragraph => 'P',
        BlockKind::List => 'L',
        BlockKind::Caption => 'C',
        BlockKind::Boilerplate => 'F',
    };
    article.blocks.iter().map(letter).collect()
}

fn read(words: &str) -> Article {
    text("a.txt", words.as_bytes()).unwrap()
}

fn check(words: &str, expect: &str) {
    assert_eq!(kinds(&read(words)), expect, "{words}");
}

const LEAD: &str = "OSLO: Norland will sign the Lakeside Pact with its neighbours in the spring, the foreign minister said on Thursday after a week of talks on the shore of the lake.";
const NEXT: &str = "The pact sets limits on fishing for ten years and gives each state a seat on a board that will meet in Oslo twice a year from next spring on.";
const THIRD: &str = "Critics say that the limits come too late for the lake, where catches have fallen by half since the last treaty ran out in the nineties.";

#[test]
fn a_headline_is_first_or_last() {
    check(&format!("Norland to sign Lakeside Pact\n{LEAD}\n{NEXT}"), "HPP");
    check(&format!("{LEAD}\n{NEXT}\nNorland Signs Lakeside Pact as Talks End"), "PPH");
    check(&format!("Norland Signs Lakeside Pact.\r\n\r\n{LEAD}\r\n\r\n{NEXT}"), "HPP");
    check(&format!("Norland to sign Lakeside Pact in spring.\n\n{LEAD}\n\n{NEXT}"), "HPP");
    check(&format!("Lake Agency / OSLO\n\n{LEAD}\n\n{NEXT}\n\nNorland Signs Lakeside Pact as Talks End"), "PPPH");
    check(&format!("Norland / Lake Pact Signed\n\n{LEAD}\n\n{NEXT}"), "HPP");
    check(&format!("# Norland to sign\n\n{LEAD}\n\n## What next?\n\n{NEXT}"), "HPSP");
}

#[test]
fn a_title_beside_the_text_is_the_headline_where_its_words_stand() {
    let headline = |title: &str, first: &str| {
        let line = serde_json::json!({"text": format!("{first}\n{LEAD}\n{NEXT}"), "title": title}).to_string();
        let article = json_line("f", 1, line.as_bytes()).unwrap();
        article.headline.map(|h| h.of(&article.text).to_owned())
    };
    assert_eq!(
        headline("Norland to sign Lakeside Pact", "NORLAND TO SIGN LAKESIDE PACT.").as_deref(),
        Some("NORLAND TO SIGN LAKESIDE PACT.")
    );
    assert_eq!(
        headline("Norland to sign Lakeside Pact | The Times", "Norland to sign Lakeside Pact").as_deref(),
        Some("Norland to sign Lakeside Pact")
    );
    assert_eq!(headline("Norland to sign Lakeside Pact", "Fishing on the lake"), None);
}

#[test]
fn a_sentence_is_no_headline() {
    check(LEAD, "P");
    check("Norland Signs Lakeside Pact", "P");
    check(&format!("{LEAD}\n{NEXT}"), "PP");
    check(&format!("Norland said on Thursday it would sign the Lakeside Pact.\n{LEAD}\n{NEXT}"), "PPP");
    check(&format!("It was late when the pact was signed.\n{LEAD}\n{NEXT}"), "PPP");
    check(&format!("{LEAD}\n{NEXT}\nTalks go on."), "PPP");
    check("Norland will sign.\nSudmark will not.\nTalks resume in May.\n", "PPP");
}

#[test]
fn subheads_stand_between_paragraphs() {
    check(&format!("{LEAD}\n\nA Board With Two Seats\n\n{NEXT}\n\n{THIRD}"), "PSPP");
    check(&format!("{LEAD}\n\nHurdles ahead\n\n{NEXT}\n\n{THIRD}"), "PSPP");
    check(&format!("{LEAD}\n\n“No,” she said.\n\n{NEXT}\n\n{THIRD}"), "PPPP");
    check(&format!("{LEAD}\n\n{NEXT}\n\n{THIRD}\n\nJane Doe"), "PPPP");
}

#[test]
fn lists_have_marks_or_a_colon_before_them() {
    check(&format!("{LEAD}\n- Norland\n- Sudmark\n{NEXT}"), "PLLP");
    check(&format!("{LEAD}\n“It is done.”\n– Anna Berg\n{NEXT}"), "PPPP");
    check(&format!("{LEAD}\nThe parties are:\nNorland\nSudmark\n{NEXT}"), "PPLLP");
}

#[test]
fn furniture_at_the_end() {
    let article = read(&format!(
        "{LEAD}\n{NEXT}\n\n\"*\" indicates required fields\nShould the pact be void?*\nThis poll subscribes you to our list.\nSave the Lakeside.com homepage for daily news"
    ));
    assert_eq!(kinds(&article), "PPFFFF");
    assert_eq!(article.outlet.map(|o| o.name).as_deref(), Some("Lakeside.com"));
    assert_eq!(article.headline, None);
}

#[test]
fn desk_lines() {
    let article =
        read(&format!("Norland to sign Lakeside Pact\nBy Jane Doe\nPublished November 6, 2025\n{LEAD}\n{NEXT}"));
    assert_eq!(kinds(&article), "HBDPP");
    let published = article.published.clone().unwrap();
    assert_eq!((published.date.as_str(), published.from.as_str()), ("2025-11-06", "text"));
    assert_eq!(published.span.unwrap().of(&article.text), "Published November 6, 2025");
    assert_eq!(article.byline.unwrap().of(&article.text), "By Jane Doe");
    assert_eq!(article.dateline.clone().unwrap().place.as_deref(), Some("OSLO"));
    assert!(article.notes.is_empty(), "{:?}", article.notes);
}

#[test]
fn published_goes_before_updated() {
    let article = read(&format!("Updated Nov 8, 2025\nPublished Nov 6, 2025\n{LEAD}\n{NEXT}"));
    assert_eq!(article.published.unwrap().date, "2025-11-06");
}

#[test]
fn a_speaker_is_no_place_and_a_date_at_the_end_no_day_of_publication() {
    let article = read(&format!("ANNA BERG: We will sign, of course.\nJOHN ROE: When?\n{NEXT}\n{THIRD}"));
    assert_eq!(article.dateline, None);
    let article = read(&format!(
        "{LEAD}\n{NEXT}\n{THIRD}\n{NEXT}\n{THIRD}\n{NEXT}\nCorrection\nNovember 8, 2025\nAn earlier version misspelt a name."
    ));
    assert_eq!(article.published, None);
}

#[test]
fn no_date_is_said() {
    let article = read(LEAD);
    assert!(article.published.is_none());
    assert!(article.notes.iter().any(|n| n.kind == "no_date"));
}

#[test]
fn another_language_is_kept_and_not_read() {
    let article = read(
        "Le gouvernement a déclaré lundi qu’il signerait l’accord avec ses voisins au printemps prochain, selon le ministre.",
    );
    assert_eq!(article.language.as_deref(), Some("fr"));
    assert!(!article.is_readable() && article.notes.iter().any(|n| n.kind == "language"));
}

#[test]
fn a_wrapped_text_is_joined() {
    let wrapped = "OSLO: Norland will sign the Lakeside Pact with\nits neighbours in the spring, the foreign\nminister said on Thursday.\n\nThe pact sets limits on fishing for ten\nyears and gives each state a seat.\n";
    check(wrapped, "PP");
}

#[test]
fn carriage_returns_and_marks_stay_in_the_text() {
    let words = format!("\u{feff}{LEAD}\r\n\r\n{NEXT}\r\n");
    let article = read(&words);
    assert_eq!(article.text, words);
    assert_eq!(article.blocks[0].span.of(&article.text), LEAD);
    assert_eq!(article.blocks.len(), 2);
}

fn sound(article: &Article) {
    let mut end = 0;
    for block in &article.blocks {
        let words = article.text.get(block.span.start..block.span.end).expect("on character boundaries");
        assert!(!words.is_empty() && words == words.trim(), "{words:?}");
        assert!(block.span.start >= end, "in order, apart");
        end = block.span.end;
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(article) = text("a.txt", &bytes) {
            sound(&article);
        }
        let _ = json_line("a.jsonl", 1, &bytes);
    }

    #[test]
    fn any_text_is_read(words in "(?s)[\\x00-\\x7f“”’—–é日\u{feff}\u{a0}\u{2028}©#*:()\\n\\r]{0,400}") {
        if let Ok(article) = text("a.txt", words.as_bytes()) {
            sound(&article);
            prop_assert_eq!(&article.text, &words);
        }
    }

    #[test]
    fn any_lines_of_news_are_read(lines in proptest::collection::vec(prop_oneof![
        Just("OSLO, Nov 6 (Reuters) - Norland signed."), Just("By Jane Doe | Nov 6, 2025"), Just("© 2025 Ünï Times, Inc."), Just("Leave a comment"),
        Just("Norland Signs Lakeside Pact"), Just("The parties are:"), Just("- one"), Just("(—"), Just("By"), Just("©"), Just("# "), Just("İ (c) 20"), Just("")
    ], 0..14), end in prop_oneof![Just("\n"), Just("\r\n"), Just("\r"), Just("\n\n")]) {
        if let Ok(article) = text("a.txt", lines.join(end).as_bytes()) {
            sound(&article);
        }
    }
}

#[test]
fn a_dateline_dates_its_article() {
    let published = |words: &str| {
        let found = read(words).published;
        found.map(|p| format!("{} {} {}", p.date, p.precision, p.from))
    };
    let rest = &LEAD[6..];
    assert_eq!(
        published(&format!("Norland to sign Lakeside Pact\nOSLO, Nov. 6, 2025 (Lakeside News) — {rest}\n{NEXT}"))
            .as_deref(),
        Some("2025-11-06 day text")
    );
    assert_eq!(
        published(&format!(
            "OSLO, Nov. 6 (Reuters) - {rest}\n{NEXT}\n{THIRD}\n© 2025 Lakeside Times. All rights reserved."
        ))
        .as_deref(),
        Some("2025-11-06 day text")
    );
    assert_eq!(published(&format!("OSLO, Nov. 6 (Reuters) - {rest}\n{NEXT}")), None);
    assert_eq!(published(&format!("OSLO: {rest}\n{NEXT}\n© 2025 Lakeside Times. All rights reserved.")), None);
}
