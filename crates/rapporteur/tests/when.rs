//! The day of an event that no article dates, predictions and judgements of several articles, from findings given by hand.

mod support;

use rapporteur::Span;
use rapporteur::extract::*;
use rapporteur::ingest::{Article, Dateline};
use rapporteur::reconcile::{Account, PredictionState, reconcile};
use support::{Told, entity, somebody, told};

fn only(articles: &[(Article, Findings)]) -> Account {
    let brief = reconcile(articles);
    assert_eq!(brief.stories.len(), 1, "{:?}", brief.stories.iter().map(|s| &s.articles).collect::<Vec<_>>());
    brief.stories.into_iter().next().expect("one story")
}

/// An article whose first sentence tells that Armenia joins.
fn news(path: &str, text: &str) -> Told {
    let mut told = told(path, text);
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    for span in [Span::new(0, end), Span::new(end, text.len())] {
        let (label, rule) = ("report".to_owned(), "test".to_owned());
        told.findings.sentences.push(SentenceLabel { span: span.trim(text), label, rule });
    }
    told.stage("joins the Zangezur Accord", "iso3:ARM", 5, 5, Realis::Actual, By::Outlet, Holder::outlet())
}

fn time(mut told: Told, words: &str, precision: Precision, days: Option<(&str, &str)>) -> Told {
    let span = told.span(words);
    let (from, to) = (days.map(|d| d.0.to_owned()), days.map(|d| d.1.to_owned()));
    told.findings.times.push(Time { span, from, to, precision, anchor: None, duration: None, rule: "test".to_owned() });
    told
}

fn days(story: &Account) -> Vec<String> {
    let day =
        |d: &rapporteur::reconcile::Days| if d.from == d.to { d.from.clone() } else { format!("{}/{}", d.from, d.to) };
    story.date.possible.iter().map(day).collect()
}

fn moot(told: Told) -> Told {
    told.office("President Ann Poe", "person:donald-trump", "President", "iso3:USA", RoleCheck::Unknown)
}

#[test]
fn a_weekday_and_a_dateline_without_a_year_leave_some_days() {
    let text = "YEREVAN, May 7 — Armenia joins the Zangezur Accord, it said on Tuesday. President Ann Poe spoke.";
    let mut first = moot(time(news("1", text), "Tuesday", Precision::Day, None));
    let span = first.span("YEREVAN, May 7");
    first.article.dateline =
        Some(Dateline { place: Some("YEREVAN".to_owned()), date: Some("May 7".to_owned()), agency: None, span });
    // A president of an earlier day is no clue to this one.
    let second = moot(news("2", "Armenia joins the Zangezur Accord. President Ann Poe came as President Bea Roe did."));
    let second = second.office("President Bea Roe", "person:barack-obama", "President", "iso3:USA", RoleCheck::Unknown);
    let story = only(&[first.done(), second.done()]);
    // In office 2017 to 2021 and from 2025: the years in which 7 May or the day before is a Tuesday.
    assert_eq!(days(&story), ["2019-05-07", "2025-05-06"]);
    assert!(story.date.reason.starts_with("no dateline names its year; a Tuesday"), "{}", story.date.reason);
    assert!(story.date.reasons.iter().any(|r| r.spans.len() == 2), "{:?}", story.date.reasons);
}

#[test]
fn an_office_that_one_article_gives_decides_nothing_alone() {
    let text = "YEREVAN, May 7 — Armenia joins the Zangezur Accord, it said on Tuesday. President Ann Poe spoke.";
    let mut first = time(news("1", text), "Tuesday", Precision::Day, None);
    let span = first.span("YEREVAN, May 7");
    let date = Some("May 7".to_owned());
    first.article.dateline = Some(Dateline { place: None, date, agency: None, span });
    let with =
        |told: Told| only(&[moot(told).done(), news("2", "Armenia joins the Zangezur Accord, by the bridge.").done()]);
    assert!(days(&with(first)).is_empty());
}

#[test]
fn a_day_named_in_part_takes_its_year_from_the_article() {
    let joins = "Armenia joins the Zangezur Accord on Tuesday, May 7, it said.";
    let written = |rest: &str, words: &str, day: &str| {
        let told = time(news("1", &format!("{joins} {rest}")), "Tuesday, May 7", Precision::Day, None);
        only(&[time(told, words, Precision::Day, Some((day, day))).done()])
    };
    let story = written("Ida Lee came on March 3, 2030, by train.", "March 3, 2030", "2030-03-03");
    assert_eq!(days(&story), ["2030-05-07"]);
    // 7 May is no Tuesday in 2031.
    let story = written("Ida Lee came on March 3, 2031, by train.", "March 3, 2031", "2031-03-03");
    assert!(days(&story).is_empty());
}

#[test]
fn a_step_on_a_day_that_another_article_puts_later_this_month() {
    let planned = |path: &str, text: &str, words: &str, precision: Precision| {
        let told = time(news(path, text), words, precision, None);
        let told = told.names("person:x-lee", EntityKind::Person, "Ida Lee", "Ida Lee");
        moot(told).done()
    };
    let first =
        "Armenia joins the Zangezur Accord, it said. Ida Lee is scheduled to come on March 18, President Ann Poe said.";
    let second = "Armenia joins the Zangezur Accord. President Ann Poe will see Ida Lee later this month.";
    let third = "On Thursday Armenia joins the Zangezur Accord. President Ann Poe was in the tent.";
    let third = || moot(time(time(news("3", third), "Thursday", Precision::Day, None), "joins", Precision::Past, None));
    let mut year = told("4", "Armenia and the Zangezur Accord: it was in 2026 that the bridge opened.");
    year.findings.sentences.push(SentenceLabel {
        span: Span::new(0, year.article.text.len()),
        label: "background".to_owned(),
        rule: "test".to_owned(),
    });
    let span = year.span("opened");
    let (factuality, realis, holder) = (Factuality::CertainYes, Realis::Actual, Holder::outlet());
    let rule = "test".to_owned();
    year.findings.predicates.push(Predicate { span, factuality, realis, holder, value: None, rule });
    let year = time(year, "2026", Precision::Year, Some(("2026-01-01", "2026-12-31")));
    let story = only(&[
        planned("1", first, "March 18", Precision::Day),
        planned("2", second, "later this month", Precision::Month),
        third().done(),
        year.done(),
    ]);
    assert_eq!(days(&story), ["2026-03-05", "2026-03-12"]);
}

#[test]
fn a_day_that_an_article_names_is_the_day() {
    let article = |path: &str, words: &str| {
        let text =
            format!("On Tuesday, May 7, 2030, Armenia joins the Zangezur Accord {words}. Nothing more is known.");
        time(news(path, &text), "Tuesday, May 7, 2030", Precision::Day, Some(("2030-05-07", "2030-05-07")))
    };
    let story = only(&[article("1", "by the river").done(), article("2", "in a tent").done()]);
    assert_eq!(days(&story), ["2030-05-07"]);
    let due = "Armenia joins the Zangezur Accord, which is scheduled for May 9, 2030. Nothing more is known.";
    let due = time(news("3", due), "May 9, 2030", Precision::Day, Some(("2030-05-09", "2030-05-09")));
    assert!(days(&only(&[due.done()])).is_empty());
}

#[test]
fn one_prediction_of_one_forecaster_is_one_entry() {
    let lee = || somebody("person:x-lee", "Ida Lee");
    let foretold = |path: &str, text: &str, words: &str, holder: Holder, checkable: bool| {
        let mut told = news(path, text);
        let span = told.span(words);
        told.findings.predictions.push(Prediction {
            holder,
            span,
            quantity: None,
            horizon: None,
            condition: None,
            checkable,
            why: (!checkable).then(|| "no date and no number".to_owned()),
            rule: "test".to_owned(),
            steps: Vec::new(),
        });
        told.done()
    };
    let story = only(&[
        foretold(
            "1",
            "Armenia joins the Zangezur Accord. A second bridge will open in May.",
            "A second bridge will open in May",
            lee(),
            true,
        ),
        foretold(
            "2",
            "Armenia joins the Zangezur Accord! The second bridge would open in May.",
            "The second bridge would open in May",
            lee(),
            false,
        ),
        foretold(
            "3",
            "Armenia joins the Zangezur Accord? The second bridge will open in May.",
            "The second bridge will open in May",
            Holder::outlet(),
            false,
        ),
    ]);
    let told: Vec<(&str, usize, PredictionState)> =
        story.predictions.iter().map(|p| (p.holder.name.as_str(), p.articles.len(), p.state)).collect();
    assert_eq!(told, [("Ida Lee", 2, PredictionState::Open), ("article", 1, PredictionState::NotCheckable)]);
}

#[test]
fn a_title_is_judged_by_the_day_of_the_story() {
    let article = |path: &str, words: &str| {
        let text = format!(
            "On May 7, 2018, Armenia joins the Zangezur Accord {words}. Secretary General Jens Stoltenberg came."
        );
        let told = time(news(path, &text), "May 7, 2018", Precision::Day, Some(("2018-05-07", "2018-05-07")));
        let words = "Secretary General Jens Stoltenberg";
        told.office(words, "person:jens-stoltenberg", "Secretary General", "org:nato", RoleCheck::Stale).done()
    };
    let story = only(&[article("1", "by the river"), article("2", "in a tent")]);
    assert_eq!(story.roles.iter().map(|r| r.check).collect::<Vec<_>>(), [RoleCheck::Ok]);
    assert_eq!(story.roles[0].person, entity("person:jens-stoltenberg"));
}

#[test]
fn a_day_to_come_without_its_year_is_at_most_half_a_year_ahead() {
    let of = |text: &str| {
        let told = moot(time(time(news("1", text), "Tuesday", Precision::Day, None), "May 7", Precision::Day, None));
        let story = only(&[told.done()]);
        (
            days(&story).first().cloned().unwrap_or_default(),
            story.date.reasons.iter().any(|r| r.what.contains("half a year off")),
        )
    };
    let (_, bound) =
        of("Armenia joins the Zangezur Accord, it said on Tuesday. President Ann Poe will visit the hall on May 7.");
    assert!(bound);
    for look_alike in [
        "Armenia joins the Zangezur Accord, it said on Tuesday. President Ann Poe was in the hall on May 7.",
        "Armenia joins the Zangezur Accord, it said on Tuesday. President Ann Poe had planned that it would open on May 7.",
    ] {
        assert!(!of(look_alike).1, "{look_alike}");
    }
}

#[test]
fn who_names_the_day_of_something_else_names_it_too() {
    let may = |told: Told| time(told, "May 7, 2030", Precision::Day, Some(("2030-05-07", "2030-05-07")));
    let first = may(news("1", "On May 7, 2030, Armenia joins the Zangezur Accord. Nothing more is known."));
    let second = may(news("2", "Armenia joins the Zangezur Accord. It had rained on May 7, 2030, in the hills."));
    let third = news("3", "Armenia joins the Zangezur Accord. Nobody came to see it.");
    let story = only(&[first.done(), second.done(), third.done()]);
    assert_eq!(days(&story), ["2030-05-07"]);
    assert_eq!(story.date.reason, "2 of 3 articles name the day");
    let ahead =
        "Armenia joins the Zangezur Accord: on Tuesday its envoys will sign the text on May 7, 2030, in the tent.";
    let story = only(&[may(news("4", ahead)).done()]);
    assert_eq!(story.date.reason, "the article says the day, still to come when it was written");
}

#[test]
fn a_deadline_to_come_is_a_later_bound() {
    let of = |rest: &str| {
        let text = format!("Armenia joins the Zangezur Accord. {rest}");
        let told = time(news("1", &text), "June 7, 2030", Precision::Day, Some(("2030-06-07", "2030-06-07")));
        only(&[told.done()]).date.reasons.iter().any(|r| r.what.starts_with("not after 7 June 2030"))
    };
    assert!(of("Answers are due by June 7, 2030, at the office."));
    assert!(!of("Answers were due by June 7, 2030, at the office."));
    assert!(!of("The bridge was shut on June 7, 2030, by the rain."));
}

#[test]
fn the_first_sentence_dates_an_article_that_tells_no_step_of_a_day() {
    let of = |first: &str| {
        let mut told = time(news("1", first), "Thursday", Precision::Day, Some(("2030-05-09", "2030-05-09")));
        let published = rapporteur::ingest::Published {
            date: "2030-05-13".to_owned(),
            precision: "day".to_owned(),
            from: "metadata".to_owned(),
            span: None,
        };
        told.article.published = Some(published);
        days(&only(&[told.done()]))
    };
    assert_eq!(of("The hills voted on Thursday in great calm. Armenia joins the Zangezur Accord."), ["2030-05-09"]);
    assert_eq!(
        of("The hills vote next Thursday in great calm. Armenia joins the Zangezur Accord."),
        ["2030-05-12/2030-05-13"]
    );
}
