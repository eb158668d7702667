//! Pairs of articles of a line or two: what must stand side by side, and look-alikes that must not.

use super::super::reconcile;
use crate::testing::{MODEL, article};

/// The conflicts of articles that are one story.
pub(super) fn read(texts: &[&str]) -> Vec<super::Conflict> {
    let read: Vec<_> = texts
        .iter()
        .map(|text| {
            let given = article(text);
            let findings = crate::extract::extract(&MODEL, &given);
            (given, findings)
        })
        .collect();
    reconcile(&read).stories.into_iter().flat_map(|s| s.conflicts).collect()
}

/// The conflicts of articles that are one story, as `verdict kind: value | value`, values by alphabet; those of the kinds asked for.
fn conflicts(texts: &[&str], kinds: &[&str]) -> Vec<String> {
    let word = |v: serde_json::Value| v.as_str().unwrap_or("").to_owned();
    let told = |c: super::Conflict| {
        let mut values: Vec<&str> = c.positions.iter().map(|p| p.value.as_str()).collect();
        values.sort_unstable();
        (word(serde_json::json!(c.verdict)), word(serde_json::json!(c.kind)), values.join(" | "))
    };
    let all = read(texts).into_iter().map(told);
    all.filter(|(_, kind, _)| kinds.contains(&kind.as_str()))
        .map(|(v, k, values)| format!("{v} {k}: {values}"))
        .collect()
}

fn check(texts: &[&str], kinds: &[&str], wanted: &[&str]) {
    assert_eq!(conflicts(texts, kinds), wanted, "{texts:#?}");
}

/// The same lead, so that the articles are one story.
const LEAD: &str = "Chile and Peru held a summit on the Pacific fisheries treaty in Lima on Monday, and ministers from Ecuador and Mexico watched.\n";

pub(super) fn with_lead(tails: [&str; 2]) -> [String; 2] {
    tails.map(|tail| format!("{LEAD}{tail}"))
}

fn check_tails(tails: [&str; 2], kinds: &[&str], wanted: &[&str]) {
    let texts = with_lead(tails);
    check(&[&texts[0], &texts[1]], kinds, wanted);
}

#[test]
fn numbers_that_leave_no_room_for_each_other() {
    check_tails(
        [
            "Chile's senate approved the treaty by 31 votes to 9.",
            "In the Chilean senate 13 members voted in favour and 9 against.",
        ],
        &["number"],
        &["contradiction number: 13 members voted in favour and 9 against | 31 votes to 9"],
    );
    check_tails(
        ["Chile arrested 40 fishermen on Sunday.", "Chile detained at least 60 fishermen on Sunday."],
        &["number"],
        &["contradiction number: 40 fishermen | at least 60 fishermen"],
    );
}

#[test]
fn numbers_that_agree_or_count_something_else() {
    check_tails(
        ["Chile arrested 40 fishermen on Sunday.", "Chile detained more than 30 fishermen on Sunday."],
        &["number"],
        &["compatible number: 40 fishermen | more than 30 fishermen"],
    );
    check_tails(["Chile arrested 40 fishermen on Sunday.", "Chile arrested 40 fishermen on Sunday."], &["number"], &[]);
    check_tails(
        ["Chile arrested 40 fishermen in May 2019.", "Chile arrested 60 fishermen in June 2021."],
        &["number"],
        &[],
    );
    check_tails(["Chile arrested 40 fishermen on Sunday.", "Peru arrested 60 fishermen on Sunday."], &["number"], &[]);
    check_tails(["Chile bought 12 new boats.", "Chile bought 20 old trucks."], &["number"], &[]);
}

#[test]
fn one_first_place_has_one_holder() {
    check_tails(
        ["Chile is the largest exporter of anchovy to Japan.", "Peru is the largest supplier of anchovy to Japan."],
        &["number"],
        &["contradiction number: Chile | Peru"],
    );
    check_tails(
        [
            "Chile is the largest exporter of anchovy to Japan.",
            "Peru is the second-largest supplier of anchovy to Japan.",
        ],
        &["number"],
        &[],
    );
    check_tails(
        ["Chile is the largest exporter of copper to China.", "Peru is the largest supplier of anchovy to Japan."],
        &["number"],
        &[],
    );
}

#[test]
fn what_takes_place_once_has_one_date() {
    check_tails(
        ["Chile has had ties with Kosovo since 2008.", "Chile opened ties with Kosovo in 2011."],
        &["date"],
        &["contradiction date: 2008 | 2011"],
    );
    // One may come before the other.
    check_tails(
        ["Chile recognised Kosovo in 2008.", "Chile has had ties with Kosovo since 2011."],
        &["date"],
        &["tension date: 2008 | 2011"],
    );
    check_tails(
        ["Chile sold ships to Kosovo. The two opened ties in 2008.", "Chile has had ties with Kosovo since 2011."],
        &["date"],
        &["contradiction date: 2008 | 2011"],
    );
    check_tails(["Chile recognised Kosovo in 2008.", "Chile recognised Palestine in 2011."], &["date"], &[]);
    check_tails(["Chile visited Kosovo in 2008.", "Chile visited Kosovo in 2011."], &["date"], &[]);
}

#[test]
fn told_here_and_denied_there() {
    check_tails(
        ["Mexico closed the port of Veracruz.", "Mexico did not close the port of Veracruz."],
        &["negation"],
        &["contradiction negation: denied | told"],
    );
    check_tails(["Mexico closed the port of Veracruz.", "Mexico did not close the airport."], &["negation"], &[]);
    check_tails(
        ["Mexico closed the port of Veracruz.", "Ecuador did not close the port of Veracruz."],
        &["negation"],
        &[],
    );
    check_tails(
        ["Mexico may close the port of Veracruz.", "Mexico has not closed the port of Veracruz."],
        &["negation"],
        &[],
    );
}

#[test]
fn opposite_predicates_of_the_same_thing() {
    check_tails(
        ["Ecuador accepted the quota.", "Ecuador rejected the quota."],
        &["antonym"],
        &["tension antonym: accept | reject"],
    );
    check_tails(["Ecuador accepted the quota.", "Ecuador rejected the timetable."], &["antonym"], &[]);
    check_tails(["Ecuador accepted the quota.", "Mexico rejected the quota."], &["antonym"], &[]);
}

#[test]
fn who_is_said_to_have_promised_denies_it() {
    let text = "President Gabriel Boric said that Peru promised to return 12 boats. The Peruvian government denies that it accepted any number.";
    check_tails(
        [text, "The boats were built in Lima."],
        &["negation"],
        &["tension negation: denied by The Peruvian government | said by Gabriel Boric"],
    );
    let text = "President Gabriel Boric said that Peru promised to return 12 boats. The Peruvian government welcomed the summit.";
    check_tails([text, "The boats were built in Lima."], &["negation"], &[]);
}

#[test]
fn a_state_in_the_wrong_region() {
    check_tails(
        ["Central American states such as Ecuador and Panama were asked.", "Panama is far away."],
        &["region"],
        &["contradiction region: Central America"],
    );
    check_tails(["South American states such as Ecuador were asked.", "Panama is far away."], &["region"], &[]);
}

#[test]
fn words_of_a_quotation() {
    check_tails(
        [
            "“We count on every port to be open before the end of the season,” said a Peruvian official.",
            "“We count on most ports to be open before the end of the season,” said a Peruvian official.",
        ],
        &["quotation"],
        &["contradiction quotation: a Peruvian official | a Peruvian official"],
    );
    check_tails(
        [
            "“We count on every port to be open before the end of the season,” said a Peruvian official.",
            "“We count on every port to be open,” said a Peruvian official.",
        ],
        &["quotation"],
        &[],
    );
}

#[test]
fn titles_that_exclude_each_other() {
    check_tails(
        ["President Emmanuel Macron sent a note.", "Prime Minister Emmanuel Macron sent a note."],
        &["role"],
        &["contradiction role: President | Prime Minister"],
    );
    check_tails(
        ["President Emmanuel Macron sent a note.", "French President Emmanuel Macron sent a note."],
        &["role"],
        &[],
    );
}

#[test]
fn what_is_foretold_and_has_not_come_yet_go_together() {
    check_tails(
        ["Brazil will join the Pacific fisheries treaty.", "Brazil has not yet joined the Pacific fisheries treaty."],
        &["stage"],
        &["compatible stage: not so | to come"],
    );
}

#[test]
fn a_denial_is_shown_with_its_subject() {
    let texts = with_lead(["Ecuador has joined NATO.", "Ecuador applied in May. Ecuador is not a member of NATO."]);
    let read: Vec<_> = texts
        .iter()
        .map(|text| {
            let given = article(text);
            let findings = crate::extract::extract(&MODEL, &given);
            (given, findings)
        })
        .collect();
    let brief = reconcile(&read);
    let stage = brief.stories.iter().flat_map(|s| &s.conflicts).find(|c| c.kind == super::super::ConflictKind::Stage);
    let denying = stage.and_then(|c| c.positions.iter().find(|p| p.value == "not so")).expect("a denial");
    let of =
        |p: &super::Passage| p.span.of(&read.iter().find(|(a, _)| a.id == p.article).expect("known").0.text).to_owned();
    assert_eq!(of(&denying.spans[0]), "Ecuador is not a member of NATO");
}

#[test]
fn a_list_that_leaves_some_out_is_no_conflict() {
    let texts = with_lead(["Argentina, Brazil and Cuba left.", "Argentina and Brazil left."]);
    let all = conflicts(&[&texts[0], &texts[1]], &["set"]);
    assert!(all.iter().all(|c| c.starts_with("compatible") && !c.contains("iso3:") && !c.contains("BRA")), "{all:#?}");
}

#[test]
fn the_order_of_articles_does_not_matter() {
    let [a, b] = with_lead([
        "Chile arrested 40 fishermen on Sunday. Mexico closed the port of Veracruz.",
        "Chile detained at least 60 fishermen on Sunday. Mexico did not close the port of Veracruz.",
    ]);
    let kinds = ["number", "negation"];
    assert_eq!(conflicts(&[&a, &b], &kinds), conflicts(&[&b, &a], &kinds));
}

#[test]
fn a_truce_takes_effect_within_hours_and_a_treaty_does_not() {
    let lead = "Chile and Peru have fought over the desert border for a week, and ministers met in Lima on Monday.\n";
    let of = |texts: [&str; 2]| {
        let texts = texts.map(|text| format!("{lead}{text}"));
        let found = read(&[&texts[0], &texts[1]]);
        found
            .into_iter()
            .filter(|c| c.kind == crate::reconcile::ConflictKind::Stage)
            .map(|c| c.verdict)
            .collect::<Vec<_>>()
    };
    let truce = of([
        "Chile and Peru agreed on Monday to a ceasefire. No document was signed.",
        "Chile and Peru agreed to a ceasefire. The ceasefire is already in force.",
    ]);
    assert!(!truce.is_empty() && truce.iter().all(|v| *v == crate::reconcile::Verdict::Tension), "{truce:?}");
    let treaty = of([
        "Chile and Peru agreed on Monday to a peace treaty. No document was signed.",
        "Chile and Peru have signed the peace treaty.",
    ]);
    assert!(treaty.contains(&crate::reconcile::Verdict::Contradiction), "{treaty:?}");
}
