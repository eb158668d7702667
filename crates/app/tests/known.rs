//! What the register knew on each day, on both axes: an announcement, a correction, another candidate, a signing, in four steps on four
//! days; and the page REGISTER.md, whose commands are run and whose output is real.

mod desk;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use desk::{Desk, list, root};

const ANNOUNCED: &str = "rapporteur add --on 2025-11-07 stories/kazakhstan-accords";
const CORRECTED: &str = "rapporteur correct stories/kazakhstan-accords/4.txt --with stories/kazakhstan-later/4-corrected.txt \
     --because 'he is no senator' --on 2025-11-10";
const NAMED: &str = "rapporteur add --on 2025-11-12 stories/kazakhstan-later/6.txt";
const SIGNED: &str = "rapporteur add --on 2025-12-03 --published 2025-12-02 stories/kazakhstan-later/7.txt";

fn kazakhstan(view: &Value) -> &Value {
    let wanted = |p: &&Value| p["participant"]["id"] == "iso3:KAZ";
    list(view, "participants").iter().find(wanted).unwrap_or_else(|| panic!("Kazakhstan in {view}"))
}

fn stage(view: &Value) -> (u64, u64) {
    let of = kazakhstan(view);
    (of["lo"].as_u64().expect("a rank"), of["hi"].as_u64().expect("a rank"))
}

fn disputed(view: &Value) -> Vec<&str> {
    list(view, "conflicts").iter().filter_map(|c| c["about"]["id"].as_str()).collect()
}

/// Those whom the envoy names as candidates.
fn candidates(view: &Value) -> Vec<&str> {
    let named = |c: &&Value| list(c, "named_by").iter().any(|n| n["holder"]["name"] == "Steve Witkoff");
    list(view, "candidates").iter().filter(named).filter_map(|c| c["participant"]["name"].as_str()).collect()
}

#[test]
fn what_was_known_on_each_of_four_days() {
    let desk = Desk::new("days");
    for step in [ANNOUNCED, CORRECTED, NAMED, SIGNED] {
        let said = desk.shell(step);
        assert!(said.starts_with("rapporteur.db: "), "{step}: {said}");
    }
    let before = desk.json("show --known-at 2025-11-06");
    assert!(list(&before, "agreements").is_empty(), "nothing was known before the first day");

    let first = desk.seen("2025-11-07", None);
    assert_eq!(stage(&first), (4, 4), "announced, not signed");
    assert!(disputed(&first).contains(&"person:marco-rubio"), "Senator and Secretary of State");
    assert!(!candidates(&first).contains(&"Uzbekistan"));
    assert_eq!(kazakhstan(&first)["since"]["known_from"], "2025-11-07");
    assert_eq!(desk.seen("2025-11-09", None)["participants"], first["participants"], "nothing came in between");

    let second = desk.seen("2025-11-10", None);
    assert!(!disputed(&second).contains(&"person:marco-rubio"), "corrected");
    assert!(disputed(&second).contains(&"person:kassym-jomart-tokayev"), "the other dispute stands");
    assert_eq!(
        (stage(&second), list(&second, "articles").len()),
        ((4, 4), 5),
        "the correction stands in its article's place"
    );

    let third = desk.seen("2025-11-12", None);
    assert!(candidates(&third).contains(&"Uzbekistan"), "{:?}", candidates(&third));
    assert_eq!(stage(&third), (4, 4));

    let eve = desk.seen("2025-12-02", None);
    assert_eq!(stage(&eve), (4, 4), "signed the day before, but nobody had told it yet");
    let last = desk.seen("2025-12-03", None);
    assert_eq!(stage(&last), (5, 5), "a step further is no contradiction: {}", kazakhstan(&last));
    assert_eq!(kazakhstan(&last)["conflict"], false);
    assert_eq!(kazakhstan(&last)["since"]["true_from"], "2025-12-01", "the day that the words give");
    assert_eq!(kazakhstan(&last)["since"]["known_from"], "2025-12-03");

    // The other axis: what is true as of a day, by what was known on another.
    assert_eq!(stage(&desk.seen("2025-12-03", Some("2025-11-30"))), (4, 4), "not signed yet, as we now know");
    assert_eq!(stage(&desk.seen("2025-12-03", Some("2025-12-01"))), (5, 5), "signed that day, as we now know");
    assert_eq!(stage(&desk.seen("2025-12-02", Some("2025-12-01"))), (4, 4), "as we knew the day before we were told");
    let today = desk.json("show abraham --as-of 2025-11-30");
    assert_eq!(stage(&today), (4, 4), "as known now");
}

#[test]
fn every_change_has_its_cause() {
    let desk = Desk::new("causes");
    for step in [ANNOUNCED, CORRECTED, NAMED, SIGNED] {
        desk.shell(step);
    }
    let history = desk.json("history abraham --until 2025-12-03");
    let on = |day: &str| list(&history, "changes").iter().filter(|c| c["day"] == day).collect::<Vec<_>>();
    let corrected = on("2025-11-10");
    assert_eq!(corrected.len(), 1, "the correction changes one thing: {corrected:?}");
    assert_eq!(
        (corrected[0]["about"]["id"].as_str(), &corrected[0]["after"]),
        (Some("person:marco-rubio"), &Value::Null)
    );
    assert_eq!(corrected[0]["causes"][0]["kind"], "correction");
    assert_eq!(corrected[0]["causes"][0]["because"], "he is no senator");
    let signed = on("2025-12-03").into_iter().find(|c| c["what"] == "participant").expect("a step").clone();
    assert_eq!((signed["before"].as_str(), signed["after"].as_str()), (Some("announced, not signed"), Some("signed")));
    let six: Vec<&str> =
        list(&history, "articles").iter().filter_map(|a| a["path"].as_str()).filter(|p| p.ends_with("7.txt")).collect();
    assert_eq!(six, ["stories/kazakhstan-later/7.txt"]);

    // After all four: every change has a cause, and each is an article of that day or a judgement of it.
    let days: BTreeSet<&str> = list(&history, "changes").iter().filter_map(|c| c["day"].as_str()).collect();
    assert_eq!(days.into_iter().collect::<Vec<_>>(), ["2025-11-07", "2025-11-10", "2025-11-12", "2025-12-03"]);
    let come: BTreeMap<&str, &str> = list(&history, "articles")
        .iter()
        .filter_map(|a| Some((a["id"].as_str()?, a["known_from"].as_str()?)))
        .collect();
    for change in list(&history, "changes") {
        let causes = list(change, "causes");
        assert!(!causes.is_empty(), "{change}");
        for cause in causes.iter().filter(|c| c["kind"] == "article") {
            assert_eq!(Some(come[cause["article"].as_str().expect("an article")]), change["day"].as_str(), "{change}");
        }
    }
    let uzbekistan = on("2025-11-12").into_iter().find(|c| c["about"]["name"] == "Uzbekistan").expect("named").clone();
    assert_eq!(uzbekistan["causes"].as_array().map(Vec::len), Some(1), "{uzbekistan}");

    // The difference between two days is what the history tells between them.
    let difference = desk.json("diff --from 2025-11-07 --to 2025-11-12");
    let changes = list(&difference["agreements"][0], "changes");
    let about: Vec<&str> = changes.iter().filter_map(|c| c["about"]["name"].as_str()).collect();
    assert!(about.contains(&"Uzbekistan") && about.contains(&"Marco Rubio"), "{about:?}");
    assert!(!about.contains(&"Kazakhstan"), "signed only later");
    assert!(list(&desk.json("diff --from 2025-11-13 --to 2025-12-01"), "agreements").is_empty());

    // An article withdrawn takes with it what rests on it alone.
    desk.shell("rapporteur retract stories/kazakhstan-later/7.txt --because 'no such ceremony' --on 2025-12-05");
    assert_eq!(stage(&desk.seen("2025-12-05", None)), (4, 4));
    assert_eq!(stage(&desk.seen("2025-12-04", None)), (5, 5), "that was known then");
    let history = desk.json("history abraham Kazakhstan --until 2025-12-05");
    let last = list(&history, "changes").last().expect("a change");
    assert_eq!((last["day"].as_str(), last["causes"][0]["kind"].as_str()), (Some("2025-12-05"), Some("retraction")));
}

/// The days since when a view says that anything is known.
fn known_since(view: &Value) -> BTreeSet<String> {
    let days = |key: &str, of: fn(&Value) -> &Value| -> Vec<String> {
        list(view, key).iter().filter_map(|one| of(one)["known_from"].as_str().map(str::to_owned)).collect()
    };
    let all = [
        days("participants", |one| &one["since"]),
        days("candidates", |one| one),
        days("conditions", |one| one),
        days("predictions", |one| one),
    ];
    all.into_iter().flatten().collect()
}

#[test]
fn a_correction_makes_nothing_new_but_what_it_changes() {
    let desk = Desk::new("corrected");
    desk.shell(ANNOUNCED);
    desk.shell(CORRECTED);
    let first = BTreeSet::from(["2025-11-07".to_owned()]);
    let (before, after) = (desk.seen("2025-11-07", None), desk.seen("2025-11-10", None));
    assert_eq!((known_since(&before), known_since(&after)), (first.clone(), first.clone()));
    assert_eq!(known_since(&desk.json("show abraham")), first, "as known now");
    let rows = desk.json("show --known-at 2025-11-10");
    assert_eq!(list(&rows, "agreements")[0]["last_change"], "2025-11-07");
    // What was not known yet is not told: none of the articles had been put right.
    assert!(list(&before, "articles").iter().all(|a| a["known_to"].is_null()), "{}", before["articles"]);
    let changes = desk.json("diff --from 2025-11-07 --to 2025-11-10");
    let changes = list(&changes["agreements"][0], "changes");
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0]["causes"][0]["kind"], "correction");
    assert!(desk.shell("rapporteur predictions --on 2025-11-10").contains("until 2026-05-07 counted"));
    // A correction that changes what was said is new from its day, and named as the cause.
    desk.write("1.txt", "Norway decides\n\nNorway signed the Artemis Accords on Monday, its government said in Oslo before the envoys.\n");
    desk.write("2.txt", "Norway decides\n\nNorway will join the Artemis Accords on Monday, its government said in Oslo before the envoys.\n");
    desk.shell("rapporteur add --on 2025-11-07 1.txt");
    desk.shell("rapporteur correct 1.txt --with 2.txt --because 'not yet' --on 2025-11-11");
    let history = desk.json("history artemis Norway");
    let changes = list(&history, "changes");
    let told: Vec<(&str, &str)> =
        changes.iter().filter_map(|c| Some((c["day"].as_str()?, c["causes"][0]["kind"].as_str()?))).collect();
    assert_eq!(told, [("2025-11-07", "article"), ("2025-11-11", "correction")], "{changes:?}");
    assert_eq!(
        (changes[1]["before"].as_str(), changes[1]["causes"][0]["because"].as_str()),
        (Some("signed"), Some("not yet"))
    );
    let view = desk.json("show artemis");
    let norway =
        list(&view, "participants").iter().find(|p| p["participant"]["id"] == "iso3:NOR").cloned().expect("Norway");
    assert_eq!(norway["since"]["known_from"], "2025-11-11", "announced is not what was said before");
}

#[test]
fn an_article_that_comes_back_is_not_new() {
    let desk = Desk::new("back");
    for step in [ANNOUNCED, SIGNED] {
        desk.shell(step);
    }
    desk.shell("rapporteur retract stories/kazakhstan-later/7.txt --because 'no such ceremony' --on 2025-12-05");
    desk.shell("rapporteur reinstate stories/kazakhstan-later/7.txt --because 'there was one' --on 2025-12-08");
    let stages: Vec<(u64, u64)> =
        ["2025-12-04", "2025-12-05", "2025-12-07", "2025-12-08"].map(|day| stage(&desk.seen(day, None))).to_vec();
    assert_eq!(stages, [(5, 5), (4, 4), (4, 4), (5, 5)]);
    assert_eq!(
        kazakhstan(&desk.seen("2025-12-08", None))["since"]["known_from"],
        "2025-12-03",
        "known since it was first told"
    );
    let history = desk.json("history abraham Kazakhstan --until 2025-12-31");
    let told: Vec<(&str, &str)> = list(&history, "changes")
        .iter()
        .filter_map(|c| Some((c["day"].as_str()?, c["causes"][0]["kind"].as_str()?)))
        .collect();
    let days = [
        ("2025-11-07", "article"),
        ("2025-12-03", "article"),
        ("2025-12-05", "retraction"),
        ("2025-12-08", "reinstatement"),
    ];
    assert_eq!(told, days);
    let printed = desk.shell("rapporteur history abraham Kazakhstan --until 2025-12-31");
    assert!(printed.contains("counts again: “there was one”"), "{printed}");
    assert!(printed.replace("\n               ", " ").contains("gone 2025-12-05 to 2025-12-08"), "{printed}");
    // A file that goes back to an earlier text, and back again.
    let text = |state: &str| {
        format!(
            "Oslo decides\n\n{state} signed the Artemis Accords on Monday, its government said in the long hall before the envoys.\n"
        )
    };
    for (day, state) in
        [("2025-11-07", "Norway"), ("2025-11-08", "Ghana"), ("2025-11-09", "Norway"), ("2025-11-10", "Ghana")]
    {
        desk.write("1.txt", &text(state));
        desk.shell(&format!("rapporteur add --on {day} 1.txt"));
    }
    for (who, days) in [
        ("Norway", ["2025-11-07", "2025-11-08", "2025-11-09", "2025-11-10"].as_slice()),
        ("Ghana", &["2025-11-08", "2025-11-09", "2025-11-10"]),
    ] {
        let history = desk.json(&format!("history artemis {who}"));
        let told: Vec<&str> = list(&history, "changes").iter().filter_map(|c| c["day"].as_str()).collect();
        assert_eq!(told, days, "{who}: {history}");
        let later = &list(&history, "changes")[1..];
        assert!(later.iter().all(|c| c["causes"][0]["kind"] == "revision"), "{who}: {later:?}");
    }
}

#[test]
fn both_axes_at_once_are_a_table() {
    let desk = Desk::new("axes");
    for step in [ANNOUNCED, CORRECTED, NAMED, SIGNED] {
        desk.shell(step);
    }
    // Rows: known at the end of; columns: true as of. The signature was on 1 December, and told on the third.
    let days = ["2025-11-06", "2025-11-07", "2025-11-12", "2025-11-30", "2025-12-01", "2025-12-03"];
    for known_at in &days[1..] {
        for as_of in days {
            let view = desk.seen(known_at, Some(as_of));
            let found =
                list(&view, "participants").iter().any(|p| p["participant"]["id"] == "iso3:KAZ").then(|| stage(&view));
            let wanted = match () {
                () if as_of < "2025-11-07" => None,
                () if *known_at >= "2025-12-03" && as_of >= "2025-12-01" => Some((5, 5)),
                () => Some((4, 4)),
            };
            assert_eq!(found, wanted, "known at {known_at}, as of {as_of}");
            let named = candidates(&view).contains(&"Uzbekistan");
            assert_eq!(named, *known_at >= "2025-11-12" && as_of >= "2025-11-12", "known at {known_at}, as of {as_of}");
            let disputed = disputed(&view).contains(&"person:marco-rubio");
            assert_eq!(
                disputed,
                *known_at < "2025-11-10" && as_of >= "2025-11-07",
                "known at {known_at}, as of {as_of}"
            );
        }
    }
}

#[test]
fn predictions_are_resolved_by_what_came() {
    let desk = Desk::new("predictions");
    for step in [ANNOUNCED, CORRECTED, NAMED, SIGNED] {
        desk.shell(step);
    }
    let of = |on: &str| desk.json(&format!("predictions --holder Witkoff --on {on}"))["predictions"][0].clone();
    let first = of("2025-11-07");
    assert_eq!(
        (first["state"].as_str(), first["due"].as_bool(), first["to"].as_str()),
        (Some("open"), Some(false), Some("2026-05-07"))
    );
    let over = of("2026-06-01");
    assert_eq!(
        (over["state"].as_str(), over["due"].as_bool()),
        (Some("open"), Some(true)),
        "nothing was heard since: a person must judge"
    );
    // Heard of since, and nobody came.
    fs::write(desk.0.join("8.txt"), "No newcomers\n\nThe Abraham Accords have won no new member this spring, diplomats said in Geneva on Friday. Kazakhstan signed the Abraham Accords in December.\n").expect("a file");
    desk.shell("rapporteur add --on 2026-06-02 --published 2026-06-01 8.txt");
    assert_eq!(of("2026-06-02")["state"], "missed");
    assert_eq!(of("2026-06-01")["state"], "open", "that was not known then");
}

#[test]
fn the_depositary_speaks_first() {
    let desk = Desk::new("depositary");
    desk.shell("rapporteur add --on 2025-11-07 stories/pact-exit");
    let said = desk.shell(
        "rapporteur import-depositary stories/pact-exit/participants.csv --agreement 'mine ban' --on 2025-11-08",
    );
    assert!(said.contains("6 of 6 participants known by name, 15 acts recorded"), "{said}");
    let view = desk.json("show 'Mine Ban Convention'");
    let of = |id: &str| {
        list(&view, "participants").iter().find(|p| p["participant"]["id"] == id).cloned().expect("a participant")
    };
    let estonia = of("iso3:EST");
    assert_eq!((estonia["letter"].as_str(), estonia["since"]["true_from"].as_str()), (Some("a"), Some("2004-11-01")));
    assert_eq!(estonia["record"]["bound"], "2004-05-12");
    assert_eq!(
        estonia["wordings"][0]["mark"], "ahead",
        "told as on the way out, which the table does not hold: {estonia}"
    );
    assert_eq!(of("iso3:NOR")["wordings"][0]["mark"], "equal");
    assert_eq!(of("iso3:LTU")["letter"], Value::Null, "plain ratification has none");
    // A claim of more than the record holds, and one of less.
    fs::write(desk.0.join("9.txt"), "No mines\n\nBelize has signed the Ottawa Treaty, a minister in Belmopan said on Friday. Norway has not yet joined the Ottawa Treaty, he said.\n").expect("a file");
    desk.shell("rapporteur add --on 2025-11-09 9.txt");
    let view = desk.json("show 'Mine Ban Convention'");
    let marks = |id: &str| -> Vec<String> {
        let of = list(&view, "participants").iter().find(|p| p["participant"]["id"] == id).cloned().unwrap_or_default();
        of["wordings"].as_array().into_iter().flatten().filter_map(|w| w["mark"].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(marks("iso3:BLZ"), ["ahead"]);
    assert!(marks("iso3:NOR").contains(&"against".to_owned()), "{:?}", marks("iso3:NOR"));
    assert!(list(&view, "conflicts").iter().any(|c| c["kind"] == "depositary" && c["about"]["id"] == "iso3:NOR"));
    assert_eq!(
        list(&view, "participants").iter().find(|p| p["participant"]["id"] == "iso3:NOR").map(|p| p["lo"].clone()),
        Some(7.into()),
        "the record holds"
    );
    // Again: nothing new. Something else: one line.
    let again = desk.shell(
        "rapporteur import-depositary stories/pact-exit/participants.csv --agreement 'mine ban' --on 2025-11-10",
    );
    assert!(again.contains("all there before"), "{again}");
    let wrong = desk.shell("rapporteur import-depositary stories/summit/1.txt --agreement 'mine ban'");
    assert!(wrong.starts_with("rapporteur: stories/summit/1.txt") && wrong.lines().count() == 1, "{wrong}");
}

#[test]
fn a_search_takes_whatever_is_typed() {
    let desk = Desk::new("search");
    desk.shell(ANNOUNCED);
    let hits = |line: &str| desk.json(&format!("search {line}"))["hits"].as_array().cloned().unwrap_or_default();
    assert!(!hits("ceremony").is_empty());
    assert!(
        hits("'\"first of many\"' --holder Trump")
            .iter()
            .all(|h| h["holder"] == "Donald Trump" && h["kind"] != "article")
    );
    assert!(hits("ceremony --state Kazakhstan --from 2025-11-08").is_empty(), "known a day before");
    for odd in ["'\"'", "'NEAR('", "'title:x OR -'", "\"it's\"", "'%'", "'*'", "'AND'"] {
        let said = desk.shell(&format!("rapporteur search {odd}"));
        assert!(
            !said.to_lowercase().contains("sql") && !said.contains("fts5") && !said.contains("cannot"),
            "{odd}: {said}"
        );
    }
    for hit in hits("ceremony") {
        let path = hit["path"].as_str().expect("a path");
        let text = fs::read_to_string(desk.0.join(path)).expect("the article");
        let (start, end) = (hit["start"].as_u64().expect("n") as usize, hit["end"].as_u64().expect("n") as usize);
        let there: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(hit["text"], there, "the exact words");
    }
}

/// `UPDATE_EXPECT=1` writes the outputs anew.
#[test]
fn the_page_on_the_register_is_real() {
    let path = root().join("REGISTER.md");
    let page = fs::read_to_string(&path).expect("REGISTER.md");
    let desk = Desk::new("page");
    let mut anew = String::new();
    let (mut inside, mut run) = (false, 0);
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            let printed = desk.shell(command);
            anew.push_str(&format!(
                "{line}\n{}",
                if printed.is_empty() || printed.ends_with('\n') { printed } else { printed + "\n" }
            ));
            run += 1;
            continue;
        } else if inside {
            continue;
        }
        anew.push_str(&format!("{line}\n"));
    }
    assert!(run >= 8, "{run} commands");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, anew).expect("REGISTER.md written");
    } else {
        assert!(anew == page, "REGISTER.md is not what the program prints; UPDATE_EXPECT=1 writes it anew:\n{anew}");
    }
}
