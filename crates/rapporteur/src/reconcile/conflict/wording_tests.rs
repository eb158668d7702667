//! One act, deal, list or sum in other words: pairs of articles of a line or two, each with look-alikes that must not stand side by side.

use super::tests::{read, with_lead};

/// The conflicts whose subject contains some words, as `verdict kind: value | value`, values by alphabet.
fn lines(tails: [&str; 2], about: &str) -> Vec<String> {
    let texts = with_lead(tails);
    let all = read(&[&texts[0], &texts[1]]);
    let told = all.into_iter().filter(|c| c.about.contains(about));
    told.map(|c| {
        let word = |v: serde_json::Value| v.as_str().unwrap_or("").to_owned();
        let mut values: Vec<&str> = c.positions.iter().map(|p| p.value.as_str()).collect();
        values.sort_unstable();
        let (verdict, kind) = (serde_json::json!(c.verdict), serde_json::json!(c.kind));
        format!("{} {}: {}", word(verdict), word(kind), values.join(" | "))
    })
    .collect()
}

fn check(tails: [&str; 2], about: &str, wanted: &[&str]) {
    assert_eq!(lines(tails, about), wanted, "{tails:#?}");
}

const POSTPONED: &str =
    "Norway has postponed tariffs on salmon from Chile and Peru until June. The tariffs were to begin on Tuesday.";

#[test]
fn one_measure_put_off_in_other_words() {
    let decision =
        "Norway said it would delay a decision to impose tariffs on Chile until June. The tariffs would be high.";
    let wanted = ["framing framing: a decision on it is put off | the measure itself is put off"];
    check([POSTPONED, decision], "what was put off", &wanted);
    check([POSTPONED, "Norway has delayed tariffs on Chile and Peru."], "what was put off", &[]);
    check([POSTPONED, "Norway has delayed a decision on the summit."], "what was put off", &[]);
    check([POSTPONED, "Norway did not delay a decision to impose tariffs on Chile."], "what was put off", &[]);
}

#[test]
fn the_last_delay_or_another() {
    let last = "Norway has postponed tariffs on Chile for a final 30 days.";
    let wanted = ["refines set: for another term | for the last time"];
    check([last, "Norway has postponed tariffs on Chile for another 30 days."], "last time", &wanted);
    check([last, "Norway has postponed tariffs on Chile for 30 days."], "last time", &[]);
    check([last, "It was another day of talks. Norway has postponed tariffs on Chile."], "last time", &[]);
}

#[test]
fn in_force_or_to_come() {
    let now = "Norway imposed tariffs on copper in May.";
    let wanted = ["compatible date: in force, or imposed | still to come"];
    check([now, "The tariffs will go into effect on Tuesday."], "is in force", &wanted);
    check([now, "The tariffs could go into effect if the talks fail."], "is in force", &[]);
    check([now, "The treaty will go into effect on Tuesday."], "is in force", &[]);
}

#[test]
fn steps_of_a_measure_have_their_days() {
    let announced = "Norway announced the tariffs on March 8.";
    let wanted = ["compatible date: announced March 8 | imposed March 23"];
    check([announced, "Norway imposed tariffs on copper on March 23."], "measure came", &wanted);
    check([announced, "The minister announced the tariffs on March 8."], "measure came", &[]);
    check([announced, "Norway announced the meeting on March 9."], "measure came", &[]);
}

#[test]
fn one_deal_described_otherwise() {
    let first = "Norway has reached a preliminary agreement with Chile.";
    let wanted = ["tension framing: final | preliminary"];
    check([first, "Norway has reached a final agreement with Chile."], "the deal with", &wanted);
    let light = ["framing framing: permanent | preliminary"];
    check([first, "Norway has reached a permanent agreement with Chile."], "the deal with", &light);
    check([first, "Norway wants a final agreement with Chile."], "the deal with", &[]);
    check([first, "Norway has reached a final agreement with Ecuador."], "the deal with", &[]);
    check([first, "Norway has reached a preliminary accord with Chile."], "the deal with", &[]);
}

#[test]
fn when_it_is_to_be_settled() {
    let soon = "Details of the agreement with Chile will be finalized shortly.";
    let wanted = ["compatible date: shortly | the next 30 days"];
    check([soon, "Details of the agreement with Chile will be finalized in the next 30 days."], "settled", &wanted);
    check([soon, "The budget will be finalized in the next 30 days."], "settled", &[]);
}

#[test]
fn mended_or_replaced() {
    let mend = "Canada is trying to update the North American Free Trade Agreement.";
    let new = "Canada is negotiating a new trade deal after it criticised the North American Free Trade Agreement.";
    check([mend, new], "nafta", &["framing framing: it is to be revised | talks on a new one"]);
    check([mend, "Canada is negotiating a new trade deal with Norway."], "nafta", &[]);
}

#[test]
fn let_off_and_still_under() {
    let off = "Norway agreed to exempt Chile from the tariffs.";
    let wanted = ["refines set: let off | still under part of it"];
    check([off, "Chile is still subject to Norwegian copper tariffs."], "CHL", &wanted);
    check([off, "Chile is still subject to Norwegian inspections."], "CHL", &[]);
}

#[test]
fn lists_that_share_some() {
    let one = "Chile would tax many goods, including lemon juice, boots and trucks.";
    let wanted = ["compatible set: boots, trucks, whiskey | lemon juice, boots, trucks"];
    check([one, "Chile suggested duties on boots, trucks and whiskey."], "boot", &wanted);
    check([one, "Chile suggested duties on boots, trucks and lemon juice."], "boot", &[]);
    check([one, "Chile suggested duties on boots, whiskey and paper."], "boot", &[]);
}

#[test]
fn who_took_part() {
    let two = "The treaty followed talks between Emmanuel Macron and Angela Merkel.";
    let wanted = ["compatible set: Angela Merkel, Emmanuel Macron | Angela Merkel, Emmanuel Macron, Theresa May"];
    check(
        [two, "It followed discussions between Emmanuel Macron, Theresa May, and Angela Merkel."],
        "who took part",
        &wanted,
    );
    check([two, "It followed discussions between Theresa May and Shinzo Abe."], "who took part", &[]);
}

#[test]
fn one_sum_in_two_currencies() {
    let euros =
        "Chile buys 6 billion euros ($7 billion) of goods. Chile would set duties on 2 billion euros of exports.";
    let wanted = ["agree number: $2.3 billion | 2 billion euros"];
    check([euros, "Chile has a list of tariffs worth $2.3 billion."], "CHL", &wanted);
    check([euros, "Chile has a list of tariffs worth $5 billion."], "CHL", &[]);
    check([euros, "Peru has a list of tariffs worth $2.3 billion."], "PER", &[]);
}

#[test]
fn expected_or_unlikely() {
    let yes = "Emmanuel Macron is expected to visit Theresa May in Lima.";
    let wanted = ["tension negation: expected to visit | unlikely to"];
    check([yes, "Emmanuel Macron is unlikely to visit Theresa May."], "macron", &wanted);
    check([yes, "Emmanuel Macron is unlikely to visit Angela Merkel."], "macron", &[]);
}

#[test]
fn named_in_a_role_or_not() {
    let yes = "The complaint names defendants that include Roger Stone.";
    let wanted = ["contradiction negation: a defendant | no defendant"];
    check([yes, "The complaint does not name Roger Stone as a defendant."], "stone", &wanted);
    check([yes, "The complaint does not name Roger Stone's lawyer as a defendant."], "stone", &[]);
}

#[test]
fn denied_without_saying_what() {
    let said = "Norway's army said that Chilean soldiers had opened fire after midnight.";
    let other = "The bridge was closed.";
    let of = |then: &str| lines([&format!("{said} {then}"), other], "CHL");
    let wanted = "tension negation: denied | said by Norway's army";
    assert_eq!(of("Chile's defence ministry denied it."), [wanted]);
    assert_eq!(of("Chile rejected the accusation."), [wanted]);
    for look_alike in [
        "Chile's defence ministry did not deny it.",
        "Chile's courts denied the appeal.",
        "Chile rejected the offer of a truce.",
    ] {
        assert_eq!(of(look_alike), [""; 0], "{look_alike}");
    }
}

#[test]
fn the_same_step() {
    let yes = "Norway is considering the same step.";
    check([yes, "Norway has ruled out any such step."], "NOR", &["tension stage: consider | rule out"]);
    check([yes, "Norway has ruled out an election."], "NOR", &[]);
}

#[test]
fn numbers_of_other_things() {
    let check = |a: &str, b: &str| assert_eq!(lines([a, b], "CHL"), [""; 0], "{a} {b}");
    // Both articles give both; an age; another place; a bare "one".
    check("Chile built 40 bridges in the north and 60 bridges in the south.", "Chile built 60 bridges in the south.");
    check("Chile arrested Juan Soto, 36, on Sunday.", "Chile arrested 40 on Sunday.");
    check("Chile arrested 40 fishermen.", "Chile arrested one fisherman.");
}

#[test]
fn what_somebody_refuses() {
    let one = "Chile says it will not accept quotas.";
    let wanted = ["compatible structure: it will not accept quotas | it will not negotiate under threat"];
    check([one, "Chile says it will not negotiate under threat."], "CHL", &wanted);
    check([one, "Chile says it will not rain."], "CHL", &[]);
}

#[test]
fn two_titles_in_one_article() {
    let one = "Todd Sample, president of Acme Steel, praised it.";
    let two = "Todd Sample, the president and chief executive of Acme Steel, praised it.";
    check([one, two], "sample", &["refines role: president | president and chief executive"]);
    check([one, one.replace("praised", "welcomed").as_str()], "sample", &[]);
}
