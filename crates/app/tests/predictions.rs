//! What becomes of predictions, by the rules of the vocabulary, from the command line: each state with a case that must not have it.

mod desk;

use desk::{Desk, list};
use serde_json::Value;

const SAID: &str = "Launch deal widens

GENEVA, 3 March 2025 – Three more countries will sign the Artemis Accords by the end of June 2025, Anna Holm, an envoy of Norway, said \
on Monday. “Ghana will sign the Artemis Accords in May 2025”, President John Mahama said in Accra. “If the money is found, Kenya \
will sign the Artemis Accords by the end of May 2025”, President William Ruto said. More countries will follow, Holm said.
";

fn foretold(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.add("2025-03-03", "said.txt", SAID);
    desk
}

fn signed(desk: &Desk, day: &str, state: &str) {
    let text =
        format!("A new signature\n\n{state} signed the Artemis Accords on the day before, its government said.\n");
    desk.add(day, &format!("{state}.txt"), &text);
}

/// An article that says nothing of who joins, so that the register has heard since.
fn heard(desk: &Desk, day: &str) {
    desk.add(
        day,
        "heard.txt",
        "Still waiting\n\nThe Artemis Accords have not changed this year, a diplomat said in Geneva on Friday.\n",
    );
}

/// State and reason of the prediction of a holder, as known and judged on a day.
fn state(desk: &Desk, holder: &str, day: &str) -> (String, Value) {
    let all = desk.json(&format!("predictions --holder '{holder}' --on {day}"));
    let checkable: Vec<&Value> = list(&all, "predictions").iter().filter(|p| p["state"] != "not_checkable").collect();
    assert_eq!(checkable.len(), 1, "{holder} on {day}: {all}");
    let one = checkable[0].clone();
    let due = if one["due"] == true { "due" } else { one["state"].as_str().expect("a state") };
    (due.to_owned(), one)
}

fn check(desk: &Desk, holder: &str, day: &str, wanted: &str) -> Value {
    let (found, view) = state(desk, holder, day);
    assert_eq!(found, wanted, "{holder} on {day}: {view}");
    view
}

#[test]
fn a_step_is_met_by_itself_alone_and_inside_the_window() {
    let desk = foretold("step");
    check(&desk, "Mahama", "2025-03-04", "open");
    desk.add(
        "2025-05-02",
        "loose.txt",
        "Ghana next\n\nGhana joins the Artemis Accords, a minister said in Accra on Friday.\n",
    );
    check(&desk, "Mahama", "2025-05-03", "open");
    signed(&desk, "2025-05-08", "Mongolia");
    check(&desk, "Mahama", "2025-05-09", "open");
    signed(&desk, "2025-05-14", "Ghana");
    let met = check(&desk, "Mahama", "2025-05-15", "met");
    assert_eq!(met["resolved"]["day"], "2025-05-14");
    assert!(met["resolved"]["by"][0]["text"].as_str().is_some_and(|t| t.contains("Ghana signed")), "{met}");
    check(&desk, "Mahama", "2025-05-13", "open");
    check(&desk, "Mahama", "2026-01-01", "met");
}

#[test]
fn a_step_is_missed_only_where_the_register_has_heard_since() {
    let desk = foretold("missed");
    check(&desk, "Mahama", "2025-05-31", "open");
    check(&desk, "Mahama", "2025-06-01", "due");
    heard(&desk, "2025-06-05");
    check(&desk, "Mahama", "2025-06-06", "missed");
    check(&desk, "Mahama", "2025-06-04", "due");
    // Told later without a day, it may have come in time: a person must judge.
    desk.add(
        "2025-06-10",
        "late.txt",
        "Ghana in\n\nGhana has signed the Artemis Accords, its foreign minister said in Accra.\n",
    );
    check(&desk, "Mahama", "2025-06-11", "due");
}

#[test]
fn a_step_is_overtaken_by_one_taken_before_or_by_turning_away() {
    let desk = Desk::new("overtaken");
    signed(&desk, "2025-02-11", "Ghana");
    desk.add("2025-03-03", "said.txt", SAID);
    check(&desk, "Mahama", "2025-03-04", "overtaken");
    check(&desk, "Holm", "2025-03-04", "open");
    // Another state that turns away overtakes nothing.
    let desk = foretold("away");
    desk.add(
        "2025-04-04",
        "mongolia.txt",
        "Mongolia out\n\nMongolia withdrew from the Artemis Accords on Thursday, its government said in Ulaanbaatar.\n",
    );
    check(&desk, "Mahama", "2025-04-05", "open");
    desk.add(
        "2025-04-11",
        "ghana.txt",
        "Ghana out\n\nGhana withdrew from the Artemis Accords on Thursday, its government said in Accra.\n",
    );
    check(&desk, "Mahama", "2025-04-12", "overtaken");
}

#[test]
fn newcomers_are_counted_and_members_of_old_are_not() {
    let desk = foretold("count");
    // Signed long before, and only now heard of.
    desk.add(
        "2025-04-04",
        "japan.txt",
        "A look back\n\nJapan, which signed the Artemis Accords in 2020, held a meeting of the club in Tokyo on Friday.\n",
    );
    let first = check(&desk, "Holm", "2025-04-05", "open");
    assert!(first["why"].as_str().is_some_and(|why| why.starts_with("0 of 3")), "{first}");
    desk.add(
        "2025-04-11",
        "talks.txt",
        "Talks\n\nBolivia has begun talks on the Artemis Accords, a spokesman said in La Paz on Friday.\n",
    );
    check(&desk, "Holm", "2025-04-12", "open");
    signed(&desk, "2025-05-08", "Ghana");
    signed(&desk, "2025-05-15", "Bolivia");
    let second = check(&desk, "Holm", "2025-05-16", "open");
    assert!(
        second["why"].as_str().is_some_and(|why| why.starts_with("2 of 3")),
        "announced before is not signed: {second}"
    );
    check(&desk, "Holm", "2025-07-01", "due");
    signed(&desk, "2025-06-20", "Mongolia");
    let met = check(&desk, "Holm", "2025-07-01", "met");
    assert_eq!(met["resolved"]["by"].as_array().map(Vec::len), Some(3), "{met}");
    signed(&desk, "2025-06-25", "Egypt");
    check(&desk, "Holm", "2025-07-01", "overtaken");
}

#[test]
fn fewer_than_foretold_is_partly_met_once_the_window_is_over() {
    let desk = foretold("partly");
    signed(&desk, "2025-05-08", "Ghana");
    check(&desk, "Holm", "2025-06-30", "open");
    check(&desk, "Holm", "2025-07-01", "due");
    heard(&desk, "2025-07-04");
    check(&desk, "Holm", "2025-07-05", "partly_met");
}

#[test]
fn a_prediction_is_void_with_its_article_or_its_condition() {
    let desk = foretold("void");
    check(&desk, "Ruto", "2025-03-04", "open");
    heard(&desk, "2025-06-05");
    check(&desk, "Ruto", "2025-05-31", "open");
    let void = check(&desk, "Ruto", "2025-06-06", "void");
    assert!(void["why"].as_str().is_some_and(|why| why.starts_with("its condition is not known")), "{void}");
    check(&desk, "Mahama", "2025-06-06", "missed");
    // Withdrawn, and reinstated.
    desk.shell("rapporteur retract said.txt --because 'invented' --on 2025-06-10");
    check(&desk, "Mahama", "2025-06-09", "missed");
    let void = check(&desk, "Mahama", "2025-06-10", "void");
    assert!(void["why"].as_str().is_some_and(|why| why.contains("withdrawn")), "{void}");
    desk.shell("rapporteur reinstate said.txt --because 'it was not' --on 2025-06-12");
    let back = check(&desk, "Mahama", "2025-06-12", "missed");
    assert_eq!(back["known_from"], "2025-03-03", "known since it was first told");
    // A condition that came true with its step.
    let desk = foretold("condition");
    signed(&desk, "2025-05-14", "Kenya");
    check(&desk, "Ruto", "2025-06-06", "met");
}

#[test]
fn words_without_a_test_are_not_checkable_and_never_resolved() {
    let desk = foretold("bare");
    for state in ["Ghana", "Mongolia", "Bolivia", "Egypt"] {
        signed(&desk, "2025-05-14", state);
    }
    let all = desk.json("predictions --state not_checkable --on 2026-01-01");
    let words: Vec<&str> = list(&all, "predictions").iter().filter_map(|p| p["cited"][0]["text"].as_str()).collect();
    assert_eq!(words, ["More countries will follow"]);
    assert!(list(&all, "predictions").iter().all(|p| p["resolved"].is_null() && p["due"] == false));
}

#[test]
fn a_correction_does_not_open_a_window_anew() {
    let desk = Desk::new("window");
    let said = |title: &str| {
        format!(
            "More to come\n\n“Two more countries will sign the Artemis Accords in the coming weeks”, {title} Anna Holm said in Oslo. Norway \
             would be glad of it, she added before the envoys of the club.\n"
        )
    };
    desk.write("1.txt", &said("Senator"));
    desk.shell("rapporteur add --on 2025-03-03 1.txt");
    let first = check(&desk, "Holm", "2025-03-03", "open");
    desk.write("right.txt", &said("Minister"));
    let put = desk.shell("rapporteur correct 1.txt --with right.txt --because 'no senator' --on 2025-04-01");
    assert!(put.contains("“Minister” for “Senator”"), "{put}");
    let second = check(&desk, "Holm", "2025-04-02", "open");
    for key in ["known_from", "from", "to", "why"] {
        assert_eq!(first[key], second[key], "{key}");
    }
    // The correction is no news by which the window could be judged.
    check(&desk, "Holm", "2025-06-01", "due");
}
