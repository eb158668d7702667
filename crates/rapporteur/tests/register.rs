//! The register: what was known when, whatever the order of adding; nothing lost, nothing twice.

mod support;

use rapporteur::ErrorKind;
use rapporteur::extract::*;
use rapporteur::ingest::Published;
use rapporteur::provenance::ArticleId;
use rapporteur::register::{Filter, Need, Received, Register};
use support::record::{AGREEMENT, Sequence, collection, received};
use support::{Told, somebody, three, told};

#[test]
fn neither_order_nor_batches_nor_repetition_change_the_views() {
    let mut digests = Vec::new();
    for seed in 0..40 {
        let mut random = Sequence(seed);
        let mut all = collection();
        for i in (1..all.len()).rev() {
            all.swap(i, random.below(i + 1));
        }
        let mut register = Register::in_memory().expect("memory");
        let mut at = 0;
        while at < all.len() {
            let day = all[at].1;
            let most = all[at..].iter().take_while(|(_, d)| *d == day).count();
            let n = 1 + random.below(most);
            let batch: Vec<Received> = all[at..at + n].iter().map(|(r, _)| r.clone()).collect();
            register.append(&batch, day).expect("appended");
            if random.below(3) == 0 {
                let again = register.append(&batch, day).expect("appended");
                assert_eq!((again.articles, again.statements, again.known), (0, 0, n), "seed {seed}: twice");
            }
            at += n;
        }
        let first = all.iter().find(|(r, _)| r.article.path == "in/12.txt").expect("an article").0.article.id.clone();
        assert!(register.retract(&first, "withdrawn by its outlet", "2025-11-12").expect("retracted"));
        assert!(register.merge("iso3:GEO", "iso3:IRN", "for the test", "2025-11-12").expect("merged"));
        let verified = register.verify().expect("looked at");
        assert_eq!(verified.faults, Vec::<String>::new(), "seed {seed}");
        digests.push((verified.digest, verified.statements));
    }
    digests.dedup();
    assert_eq!(digests.len(), 1, "{digests:?}");
    // It is a digest of something: one article less is another.
    let mut less = Register::in_memory().expect("memory");
    for (one, day) in collection().into_iter().skip(1) {
        less.append(&[one], day).expect("appended");
    }
    assert_ne!(less.digest().expect("read"), digests[0].0);
}

/// What is known of a participant at a day: the interval that the articles allow together.
fn known(register: &Register, participant: &str, day: &str) -> Option<(u8, u8)> {
    let filter = Filter {
        agreement: Some(AGREEMENT.to_owned()),
        subject: Some(participant.to_owned()),
        predicates: vec!["reached".to_owned()],
        known_at: Some(day.to_owned()),
        ..Filter::default()
    };
    let intervals: Vec<(u8, u8)> =
        register.statements(&filter).expect("read").iter().filter_map(|r| r.statement.stage).collect();
    let lo = intervals.iter().map(|i| i.0).max()?;
    Some((lo, intervals.iter().map(|i| i.1).min()?))
}

fn accord(told: Told) -> Told {
    told.names("iso3:ARM", EntityKind::State, "Armenia", "Armenia").names(
        AGREEMENT,
        EntityKind::Agreement,
        "Zangezur Accord",
        "Zangezur Accord",
    )
}

fn roles(register: &Register, day: &str) -> Vec<String> {
    let filter = Filter { predicates: vec!["role".to_owned()], known_at: Some(day.to_owned()), ..Filter::default() };
    register.statements(&filter).expect("read").into_iter().filter_map(|r| r.statement.value).collect()
}

fn candidates(register: &Register, day: &str) -> Vec<String> {
    let filter =
        Filter { predicates: vec!["candidate".to_owned()], known_at: Some(day.to_owned()), ..Filter::default() };
    register.statements(&filter).expect("read").into_iter().filter_map(|r| r.statement.subject).collect()
}

/// The announcement, a correction, a second article with a new candidate, a signing: four days.
#[test]
fn what_was_known_on_each_day_is_told_by_the_log_alone() {
    let mut register = Register::in_memory().expect("memory");
    let announced = |title: &str| {
        accord(told(
            "in/1.txt",
            &format!("Armenia will join the Zangezur Accord, {title} Anna Holm said in the long hall on Monday."),
        ))
        .stage(
            "will join the Zangezur Accord",
            "iso3:ARM",
            4,
            4,
            Realis::Future,
            By::Broker,
            somebody("person:anna-holm", "Anna Holm"),
        )
        .office(&format!("{title} Anna Holm"), "person:anna-holm", title, "iso3:USA", RoleCheck::Unknown)
        .done()
    };
    let wrong = received(announced("Senator"));
    register.append(std::slice::from_ref(&wrong), "2025-11-06").expect("appended");
    let right = received(announced("Secretary"));
    let done = register.correct(&wrong.article.id, &right, "she is no senator", "2025-11-08").expect("corrected");
    assert_eq!((done.articles, done.judgements), (1, 1));
    let second = accord(told("in/2.txt", "Georgia could follow Armenia into the Zangezur Accord."))
        .candidate("Georgia could follow", "iso3:GEO", Polarity::For, Holder::outlet())
        .done();
    register.append(&[received(second)], "2025-11-12").expect("appended");
    let mut signing = accord(told("in/3.txt", "Armenia signed the Zangezur Accord."))
        .stage("signed the Zangezur Accord", "iso3:ARM", 5, 5, Realis::Actual, By::Outlet, Holder::outlet())
        .done();
    signing.0.published = Some(Published {
        date: "2025-12-01".to_owned(),
        precision: "day".to_owned(),
        from: "metadata".to_owned(),
        span: None,
    });
    register.append(&[received(signing)], "2025-12-03").expect("appended");

    assert_eq!(known(&register, "iso3:ARM", "2025-11-05"), None);
    assert_eq!(known(&register, "iso3:ARM", "2025-11-06"), Some((4, 4)));
    assert_eq!(known(&register, "iso3:ARM", "2025-12-02"), Some((4, 4)));
    // Two articles, two days: that the announced stage was passed is for the view of the whole, which knows both days.
    assert_eq!(known(&register, "iso3:ARM", "2025-12-03"), Some((5, 4)));
    assert_eq!(roles(&register, "2025-11-07"), ["Senator"]);
    assert_eq!(roles(&register, "2025-11-08"), ["Secretary"]);
    assert_eq!(candidates(&register, "2025-11-11"), Vec::<String>::new());
    assert_eq!(candidates(&register, "2025-11-12"), ["iso3:GEO"]);
    // True when: the signing was on or before the first of December, and known on the third.
    let filter =
        Filter { predicates: vec!["stage".to_owned()], known_at: Some("2025-12-03".to_owned()), ..Filter::default() };
    let stages = register.statements(&filter).expect("read");
    let signed = stages.iter().find(|r| r.statement.stage == Some((5, 5))).expect("the signing");
    assert_eq!(signed.statement.valid.as_ref().and_then(|v| v.from.as_deref()), Some("2025-12-01"));
    assert_eq!(signed.known_from, "2025-12-03");
    // Nothing was deleted.
    let filter = Filter { predicates: vec!["role".to_owned()], withdrawn_too: true, ..Filter::default() };
    let all = register.statements(&filter).expect("read");
    let told: Vec<_> =
        all.iter().map(|r| (r.statement.value.as_deref(), r.known_to.as_deref(), r.rank.as_str())).collect();
    assert_eq!(told, [(Some("Senator"), Some("2025-11-08"), "deprecated"), (Some("Secretary"), None, "normal")]);
    let revised = register.revised(&wrong.article.id, &right.article.id).expect("read");
    assert_eq!((revised.changes[0].removed.as_str(), revised.changes[0].added.as_str()), ("Senator", "Secretary"));
    assert_eq!(register.verify().expect("looked at").faults, Vec::<String>::new());
}

#[test]
fn a_changed_text_supersedes_and_the_older_one_stays() {
    let text =
        "Armenia will join the Zangezur Accord in the spring, said Anna Holm, who met the envoys in the long hall.";
    let article = |text: &str, url: Option<&str>| {
        let (mut article, findings) = accord(told("in/1.txt", text)).done();
        article.url = url.map(str::to_owned);
        received((article, findings))
    };
    for url in [None, Some("https://ararat.example/1")] {
        let mut register = Register::in_memory().expect("memory");
        let (older, newer) = (article(text, url), article(&text.replace("spring", "autumn"), url));
        let other = told(
            "in/1.txt",
            "The fleet of Sudmark came home with half of the catch of last year, and nobody knows why that is.",
        );
        let other = received(other.done());
        register.append(std::slice::from_ref(&older), "2025-11-06").expect("appended");
        let done = register.append(&[newer.clone(), other.clone()], "2025-11-09").expect("appended");
        assert_eq!(done.revisions.len(), 1, "another article that lies where this one lay is no revision");
        let revised = register.revised(&older.article.id, &newer.article.id).expect("read");
        assert_eq!((&revised.older, &revised.newer), (&older.article.id, &newer.article.id));
        let period = |id: &ArticleId| -> (String, Option<String>) {
            let sql = "SELECT known_from, known_to FROM article_current WHERE id = ?1";
            register.connection().query_row(sql, [&id.0], |row| Ok((row.get(0)?, row.get(1)?))).expect("a row")
        };
        assert_eq!(period(&older.article.id), ("2025-11-06".to_owned(), Some("2025-11-09".to_owned())));
        assert_eq!(period(&newer.article.id), ("2025-11-09".to_owned(), None));
        let several = register.article(&older.article.path).expect_err("two lie there").to_string();
        assert!(several.contains(&newer.article.id.0) && !several.contains(&older.article.id.0), "{several}");
    }
}

/// The texts in the place of one, each with the word by which it is known.
fn versions(url: Option<&str>) -> Vec<Received> {
    let version = |season: &str| {
        let text = format!("Armenia will join the Zangezur Accord in the {season}, said Anna Holm in the long hall.");
        let (mut article, findings) = accord(told("in/1.txt", &text))
            .stage("will join the Zangezur Accord", "iso3:ARM", 4, 4, Realis::Future, By::Outlet, Holder::outlet())
            .done();
        article.url = url.map(str::to_owned);
        received((article, findings))
    };
    ["spring", "summer", "autumn"].map(version).to_vec()
}

/// The texts that stood at the end of a day, in the order of their first days.
fn stood(register: &Register, day: &str) -> Vec<String> {
    let sql = "SELECT text FROM article_current WHERE known_from <= ?1 AND (known_to IS NULL OR known_to > ?1) ORDER BY known_from, id";
    let mut statement = register.connection().prepare(sql).expect("a query");
    let rows = statement.query_map([day], |row| row.get::<_, String>(0)).expect("rows");
    let season =
        |text: String| ["spring", "summer", "autumn"].into_iter().find(|s| text.contains(s)).map(str::to_owned);
    rows.filter_map(|text| season(text.expect("a text"))).collect()
}

#[test]
fn a_place_that_goes_back_to_an_earlier_text_has_it_again() {
    for url in [None, Some("https://ararat.example/1")] {
        let [spring, summer, autumn] = [0, 1, 2].map(|i| versions(url).swap_remove(i));
        let mut days: Vec<(&str, Vec<&Received>)> = vec![
            ("2025-11-06", vec![&spring]),
            ("2025-11-07", vec![&summer]),
            ("2025-11-08", vec![&spring]),
            ("2025-11-10", vec![&autumn]),
            ("2025-11-11", vec![&autumn]),
            ("2025-11-12", vec![&summer]),
        ];
        if url.is_none() {
            // A path holds one text at a time: of one day, the last counts.
            days.push(("2025-11-13", vec![&spring, &autumn, &spring]));
            days.push(("2025-11-14", vec![&autumn, &spring, &autumn, &summer]));
        }
        let mut digests = std::collections::BTreeSet::new();
        for seed in 0..24 {
            let mut random = Sequence(seed);
            let mut shuffled = days.clone();
            if seed > 0 {
                for i in (1..shuffled.len()).rev() {
                    shuffled.swap(i, random.below(i + 1));
                }
            }
            let mut register = Register::in_memory().expect("memory");
            for (day, texts) in shuffled {
                for text in texts {
                    register.append(std::slice::from_ref(text), day).expect("appended");
                    let again = register.append(std::slice::from_ref(text), day).expect("appended");
                    assert_eq!((again.known, again.revisions.len()), (1, 0), "seed {seed}");
                }
            }
            let stood = |day: &str| stood(&register, day);
            for (day, season) in [
                ("2025-11-06", "spring"),
                ("2025-11-07", "summer"),
                ("2025-11-08", "spring"),
                ("2025-11-09", "spring"),
                ("2025-11-10", "autumn"),
                ("2025-11-12", "summer"),
            ] {
                assert_eq!(stood(day), [season], "{day}, seed {seed}, {url:?}");
            }
            if url.is_none() {
                assert_eq!(stood("2025-11-13"), ["spring"], "seed {seed}");
                assert_eq!(stood("2025-11-14"), ["summer"], "seed {seed}");
            }
            let verified = register.verify().expect("looked at");
            assert_eq!(verified.faults, Vec::<String>::new(), "seed {seed}");
            digests.insert(verified.digest);
        }
        assert_eq!(digests.len(), 1, "{url:?}");
    }
}

#[test]
fn going_back_is_told_as_a_revision() {
    let mut register = Register::in_memory().expect("memory");
    let all = versions(None);
    register.append(&all[..1], "2025-11-06").expect("appended");
    register.append(&all[1..2], "2025-11-07").expect("appended");
    let done = register.append(&all[..1], "2025-11-08").expect("appended");
    assert_eq!((done.known, done.revisions.len()), (1, 1));
    let revised = register.revised(&done.revisions[0].received, &done.revisions[0].held).expect("read");
    let change = &revised.changes[0];
    assert_eq!((change.removed.as_str(), change.added.as_str()), ("summer,", "spring,"));
    let current = register.article("in/1.txt").expect("one stands there");
    assert_eq!(current, all[0].article.id);
    // Statements of a text that came back stand once.
    let filter = Filter { predicates: vec!["stage".to_owned()], ..Filter::default() };
    assert_eq!(register.statements(&filter).expect("read").len(), 1);
}

#[test]
fn a_withdrawal_can_be_taken_back() {
    let one = versions(None).swap_remove(0);
    let id = &one.article.id;
    let judgements = [
        ("retract", "2025-11-08"),
        ("reinstate", "2025-11-10"),
        ("retract", "2025-11-12"),
        ("retract", "2025-11-13"),
        ("reinstate", "2025-11-15"),
    ];
    let mut digests = std::collections::BTreeSet::new();
    for seed in 0..12 {
        let mut random = Sequence(seed);
        let mut order = judgements;
        if seed > 0 {
            for i in (1..order.len()).rev() {
                order.swap(i, random.below(i + 1));
            }
        }
        let mut register = Register::in_memory().expect("memory");
        register.append(std::slice::from_ref(&one), "2025-11-06").expect("appended");
        assert!(!register.reinstate(id, "it never was withdrawn", "2025-11-06").expect("recorded"));
        for (verb, day) in order {
            let because = format!("{verb} on {day}");
            let changed = match verb {
                "retract" => register.retract(id, &because, day),
                _ => register.reinstate(id, &because, day),
            };
            let changed = changed.expect("recorded");
            // In the order of their days, only the second withdrawal in a row changes nothing.
            assert!(seed > 0 || changed == ((verb, day) != ("retract", "2025-11-13")), "{because}");
        }
        for (day, stands) in
            [("06", true), ("08", false), ("10", true), ("11", true), ("12", false), ("14", false), ("15", true)]
        {
            assert_eq!(stood(&register, &format!("2025-11-{day}")).len(), usize::from(stands), "{day}, seed {seed}");
        }
        let verified = register.verify().expect("looked at");
        assert_eq!(verified.faults, Vec::<String>::new());
        digests.insert(verified.digest);
    }
    assert_eq!(digests.len(), 1);
    // A correction that was a mistake.
    let mut register = Register::in_memory().expect("memory");
    register.append(std::slice::from_ref(&one), "2025-11-06").expect("appended");
    register.correct(id, &versions(None)[1], "the wrong season", "2025-11-07").expect("corrected");
    assert_eq!(stood(&register, "2025-11-07"), ["summer"]);
    register.retract(&versions(None)[1].article.id, "no correction", "2025-11-08").expect("retracted");
    assert!(register.reinstate(id, "it was right", "2025-11-08").expect("reinstated"));
    assert_eq!(stood(&register, "2025-11-08"), ["spring"]);
    assert_eq!(register.verify().expect("looked at").faults, Vec::<String>::new());
}

#[test]
fn what_was_known_earlier_counts_from_then() {
    let mut register = Register::in_memory().expect("memory");
    let one = received(three().swap_remove(0));
    let needs = |register: &Register, day: &str| register.need(&one.article, day).expect("read");
    assert_eq!(needs(&register, "2025-11-09"), Need::Reading);
    register.append(std::slice::from_ref(&one), "2025-11-09").expect("appended");
    assert_eq!(needs(&register, "2025-11-09"), Need::Nothing);
    assert_eq!(needs(&register, "2025-11-10"), Need::Sighting, "that it still lies there on another day");
    let again = Received { told: None, ..one.clone() };
    let done = register.append(std::slice::from_ref(&again), "2025-11-10").expect("appended");
    assert_eq!((done.known, done.sightings, done.articles), (1, 0, 0));
    assert_eq!(needs(&register, "2025-11-10"), Need::Nothing);
    assert_eq!(needs(&register, "2025-11-06"), Need::Sighting);
    let earlier = Received { told: None, ..one.clone() };
    register.append(&[earlier], "2025-11-06").expect("appended");
    let filter = Filter { known_at: Some("2025-11-06".to_owned()), ..Filter::default() };
    assert!(!register.statements(&filter).expect("read").is_empty());
}

#[test]
fn entities_are_one_and_two_again_by_dated_judgements() {
    let mut register = Register::in_memory().expect("memory");
    register.append(&three().into_iter().map(received).collect::<Vec<_>>(), "2025-11-06").expect("appended");
    assert!(register.merge("iso3:ARM", "iso3:GEO", "a test", "2025-11-08").expect("merged"));
    assert!(!register.merge("iso3:GEO", "iso3:ARM", "a test", "2025-11-09").expect("already"));
    assert!(register.merge("iso3:GEO", "iso3:TUR", "a test", "2025-11-09").expect("merged"));
    assert!(register.unmerge("iso3:ARM", "iso3:GEO", "they are two", "2025-11-12").expect("unmerged"));
    let of = |day: &str| register.canonical(Some(day)).expect("read");
    assert!(of("2025-11-07").is_empty());
    assert_eq!(of("2025-11-08")["iso3:GEO"], "iso3:ARM");
    assert_eq!(of("2025-11-09")["iso3:TUR"], "iso3:ARM");
    assert_eq!(of("2025-11-12")["iso3:TUR"], "iso3:GEO");
    assert!(!of("2025-11-12").contains_key("iso3:ARM"));
    // The view tells what stands today.
    let mut statement = register.connection().prepare("SELECT entity, canonical FROM canonical").expect("a view");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
    let view: std::collections::BTreeMap<String, String> = rows.map(|r| r.expect("a row")).collect();
    assert_eq!(view, register.canonical(None).expect("read"));
    drop(statement);
    assert_eq!(register.merge("iso3:ARM", "iso3:ZZZ", "x", "2025-11-12").unwrap_err().kind, ErrorKind::NotFound);
}
