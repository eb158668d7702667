use crate::extract;
use crate::ingest;
use crate::testing::MODEL;

/// The labels of a text's sentences, in order.
fn check(text: &str, expected: &[&str]) {
    let article = ingest::text("t.txt", text.as_bytes()).expect("text");
    let findings = extract::extract(&MODEL, &article);
    let found: Vec<String> = findings.sentences.iter().map(|s| format!("{} <- {}", s.label, s.rule)).collect();
    let labels: Vec<&str> = findings.sentences.iter().map(|s| s.label.as_str()).collect();
    assert_eq!(labels, expected, "{text}\n{}", found.join("\n"));
}

#[test]
fn what_happened_is_a_report() {
    check("Norway signed the fisheries treaty in Oslo on Monday.", &["report"]);
    check("The two ministers will meet in Lima on Friday.", &["report"]);
    check("The hearing is scheduled for 4 February.", &["report"]);
    check("Talks are under way in Geneva, and the delegations have exchanged drafts.", &["background+report"]);
}

#[test]
fn what_holds_is_background() {
    check("Norway has been a member of the council since 1949.", &["background"]);
    check("Chile borders Peru in the north.", &["background"]);
    check("The council was founded in 1992.", &["background"]);
    check("The treaty was rejected by parliament on Tuesday.", &["report"]);
}

#[test]
fn what_a_source_says_is_attributed() {
    check("The minister said that the treaty was a great success.", &["attributed"]);
    check("“We are ready,” she told reporters.", &["attributed"]);
    check("The president praised the envoy.", &["attributed"]);
    check("The president met the envoy on Monday.", &["report"]);
    check("The president supported the bill on Monday.", &["report"]);
    check("The guards answered a call from the port.", &["report"]);
    check("“We saw nothing.”\n\n– Anna Berg, harbour guard", &["attributed", "attributed"]);
}

#[test]
fn what_the_author_foretells_is_a_prediction() {
    check("The pact could help Peru to sell more copper.", &["prediction"]);
    check("The minister said the pact could help Peru.", &["attributed"]);
    check("The treaty is likely to founder in parliament.", &["prediction"]);
}

#[test]
fn what_the_author_judges_is_opinion() {
    check("The visit underscores a bold shift in the policy of Peru.", &["opinion"]);
    check("The delegation of Peru arrived at the hall at noon.", &["report"]);
    check("Parliament should reject this farce.", &["opinion"]);
    check("The envoy underscored the need for talks.", &["attributed"]);
    check("We must ask who gains from it.", &["opinion"]);
}

#[test]
fn a_sentence_can_be_two_things() {
    check("Peru signed the pact on Monday, underscoring a bold shift in its policy.", &["report+opinion"]);
    check("Peru signed the pact on Monday, ending a year of talks.", &["report"]);
}

#[test]
fn a_weak_word_counts_in_a_commentary_only() {
    let news = "Norway signed the treaty on Monday. The ministers met in Oslo. Officials opened the hall at noon. The \
                port is an important harbour.";
    check(news, &["report", "report", "report", "background"]);
    let comment = "The treaty is a farce and a reckless gamble. Our leaders have squandered their chance. This debacle \
                   should surprise nobody. The port is an important harbour.";
    check(comment, &["opinion", "opinion", "opinion", "opinion"]);
}

#[test]
fn one_colourful_adjective_leaves_a_report_a_report() {
    check("The envoy ended a triumphant tour of Chile on Monday.", &["report"]);
    check("A question put to a guest is no opinion: what do you like about Chile?", &["report"]);
    check("The offer sounds like a bargain.", &["opinion"]);
    check("The bell sounds at noon.", &["background"]);
}

#[test]
fn asides_in_reported_speech_are_the_authors() {
    check(
        "Officials said the deal would be signed on Friday — a shameful surrender of good sense.",
        &["attributed+opinion"],
    );
    check("Officials said the deal, which covers copper and tin, would be signed on Friday.", &["attributed"]);
}

#[test]
fn any_text_gives_labels_inside_it() {
    for text in ["...", "“”—?!", "Ja.\n\n— —", "\u{feff}é", "He said “", "—said—she—", "But. And. Or. Not."]
    {
        let Ok(article) = ingest::text("t.txt", text.as_bytes()) else { continue };
        for sentence in extract::extract(&MODEL, &article).sentences {
            assert!(!sentence.span.of(&article.text).is_empty(), "{text}");
            assert!(!sentence.label.is_empty(), "{text}");
        }
    }
}
