//! Sentences of news with the days they mean, published on Thursday 6 November 2025, and look-alikes that mean none.

use super::*;
use crate::ingest::{self, Published};
use crate::testing::MODEL;

/// `words = from/to precision duration`, a line each.
fn read(text: &str, published: Option<&str>) -> String {
    let mut article = ingest::text("test.txt", text.as_bytes()).expect("text");
    article.blocks = vec![ingest::Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }];
    article.published = published.map(|date| Published {
        date: date.to_owned(),
        precision: "day".to_owned(),
        from: "metadata".to_owned(),
        span: None,
    });
    let found = crate::extract::extract(&MODEL, &article);
    let lines = found.times.iter().map(|t| {
        let days = match (&t.from, &t.to) {
            (Some(from), Some(to)) if from == to => from.clone(),
            (Some(from), Some(to)) => format!("{from}/{to}"),
            _ => "?".to_owned(),
        };
        let precision =
            serde_json::to_value(t.precision).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        format!(
            "{} = {days} {precision}{}",
            t.span.of(text),
            t.duration.as_ref().map(|d| format!(" {d}")).unwrap_or_default()
        )
    });
    lines.collect::<Vec<_>>().join("; ")
}

fn check(text: &str, expect: &str) {
    assert_eq!(read(text, Some("2025-11-06")), expect, "{text}");
}

#[test]
fn weekdays_take_the_tense_of_their_verb() {
    check("The ministers signed the accord on Tuesday.", "Tuesday = 2025-11-04 day");
    check("The ministers will sign the accord on Tuesday.", "Tuesday = 2025-11-11 day");
    check("The committee meets on Monday.", "Monday = 2025-11-10 day");
    check("Markets fell after Tuesday's vote, which may hurt trade.", "Tuesday = 2025-11-04 day");
    check("The envoy is due in Oslo on Monday.", "Monday = 2025-11-10 day");
    check("As of Sunday, all four are stable.", "Sunday = 2025-11-02 day");
    check("They met on Thursday.", "Thursday = 2025-11-06 day");
    check("They spoke early on Tuesday.", "early on Tuesday = 2025-11-04 day");
    check("Talks ended last Friday.", "last Friday = 2025-10-31 day");
    check("Talks resume next Friday.", "next Friday = 2025-11-07 day");
    check("Shelling began on Sunday morning.", "Sunday morning = 2025-11-02 part");
}

#[test]
fn dates_and_months() {
    check("Visitors could see it on October 25.", "October 25 = 2025-10-25 day");
    check("The pact was signed on November 4.", "November 4 = 2025-11-04 day");
    check("The pact was signed on Dec. 4.", "Dec. 4 = 2024-12-04 day");
    check("The pact will be signed on 4 February.", "4 February = 2026-02-04 day");
    check("It was signed on Monday, March 3, 2014, in Minsk.", "Monday, March 3, 2014 = 2014-03-03 day");
    check("Parliament ratified it in June.", "June = 2025-06-01/2025-06-30 month");
    check("Parliament will ratify it in June.", "June = 2026-06-01/2026-06-30 month");
    check(
        "The book is due out in May; she left in 1997.",
        "May = 2026-05-01/2026-05-31 month; 1997 = 1997-01-01/1997-12-31 year",
    );
    check("It will be ready in June of next year.", "June of next year = 2026-06-01/2026-06-30 month");
    check("It entered into force in early May 2019.", "early May 2019 = 2019-05-01/2019-05-31 month");
    check("The summit ran from 3 to 5 July 2023.", "3 = 2023-07-03 day; 5 July 2023 = 2023-07-05 day");
    check("Talks ran from 28 March to 2 April 2012.", "28 March = 2012-03-28 day; 2 April 2012 = 2012-04-02 day");
    check("The file is dated 2025-10-01.", "2025-10-01 = 2025-10-01 day");
}

#[test]
fn years_decades_seasons() {
    check("They have been partners since 1992.", "1992 = 1992-01-01/1992-12-31 year");
    check("He lost the 2020 election.", "2020 = 2020-01-01/2020-12-31 year");
    check("Work should end by mid-2026.", "mid-2026 = 2026-01-01/2026-12-31 year");
    check(
        "Between 2015 and 2018 it paid nothing.",
        "2015 = 2015-01-01/2015-12-31 year; 2018 = 2018-01-01/2018-12-31 year",
    );
    check("Relations froze in the 1990s.", "the 1990s = 1990-01-01/1999-12-31 decade");
    check("The border was drawn in the 19th century.", "the 19th century = 1800-01-01/1899-12-31 century");
    check("Exports fell in the third quarter of 2024.", "the third quarter of 2024 = 2024-07-01/2024-09-30 quarter");
    check("The treaty was drafted in the winter of 2021.", "the winter of 2021 = 2021-12-01/2022-02-28 season");
    check("They met last summer.", "last summer = 2025-06-01/2025-08-31 season");
}

#[test]
fn from_the_day_of_publication() {
    check("He arrived last week.", "last week = 2025-10-27/2025-11-02 week");
    check("A vote is planned later this month.", "later this month = 2025-11-01/2025-11-30 month");
    check("He resigned two years ago.", "two years ago = 2023-01-01/2023-12-31 year");
    check("They meet tomorrow.", "tomorrow = 2025-11-07 day");
    check("The strike ended yesterday evening.", "yesterday evening = 2025-11-05 part");
    check("She will visit next year.", "next year = 2026-01-01/2026-12-31 year");
    check("More will join in the coming months.", "the coming months = ? month PXM");
    check("Trade doubled over the past five years.", "the past five years = 2020-11-06/2025-11-06 year P5Y");
}

#[test]
fn news_of_an_old_election_is_no_narrative() {
    let old = "The 2016 election was stolen, he said of 2016. In 2016 and after 2016, the 2016 vote and the 2016 poll were one. ";
    check(
        &format!("{old}The suit was filed on Tuesday."),
        &format!("{}Tuesday = 2025-11-04 day", "2016 = 2016-01-01/2016-12-31 year; ".repeat(6)),
    );
}

#[test]
fn lengths_and_rates() {
    check("The ceasefire held for five years.", "five years = ? year P5Y");
    check("The council meets twice a year.", "twice a year = ? year P1Y");
    check("Ministers call each other every two weeks.", "every two weeks = ? week P2W");
    check("Talks lasted nearly three hours.", "nearly three hours = ? time PT3H");
    check("It took two and a half years.", "two and a half years = ? year P2.5Y");
}

#[test]
fn after_another_time() {
    check(
        "It was signed on 3 March 2014. Two days later the envoy left.",
        "3 March 2014 = 2014-03-03 day; Two days later = 2014-03-05 day",
    );
    check(
        "The war began in 2003. In June, the capital fell.",
        "2003 = 2003-01-01/2003-12-31 year; June = 2003-06-01/2003-06-30 month",
    );
    check(
        "They signed on 3 March 2014. Later that month the deal failed.",
        "3 March 2014 = 2014-03-03 day; Later that month = 2014-03-01/2014-03-31 month",
    );
}

#[test]
fn hours() {
    check("The vote was held at 10:30 a.m. on 3 March 2014.", "10:30 a.m. on 3 March 2014 = 2014-03-03T10:30 time");
    check("The blast came at 6 p.m. on Monday.", "6 p.m. on Monday = 2025-11-03T18:00 time");
}

#[test]
fn without_a_day_of_publication_nothing_is_guessed() {
    let found = read("They met on Tuesday, and again last week; a deal came in 2019.", None);
    assert_eq!(found, "Tuesday = ? day; last week = ? week; 2019 = 2019-01-01/2019-12-31 year");
}

#[test]
fn look_alikes_are_left_alone() {
    for text in [
        "The allies may join the pact.",
        "May we all live in peace.",
        "Theresa May said the deal was dead.",
        "Mrs May spoke with the envoy.",
        "Theresa May arrived. The envoy and May met, and he turned to May.",
        "A second envoy arrived.",
        "Troops march on the capital.",
        "The March on Washington drew thousands.",
        "The Sunday Times reported the deal.",
        "Prices fall when the harvest is good.",
        "The fall of Kabul shook the region.",
        "The Arab Spring toppled four rulers.",
        "The force has 1,000 soldiers.",
        "It sent 2000 troops to the border.",
        "The council passed Resolution 1701 with 12 votes.",
        "The village paid $1990 for 12 goats.",
        "Three quarters of the members voted.",
        "April said she would not stand again.",
        "The team won 3:1 against Room 2020.",
        "The sun set over the sat phone.",
        "USA Today and the Daily Mail carried the story.",
        "It advises 18 to 25 year olds.",
        "Now that the vote is over, they rest.",
    ] {
        check(text, "");
    }
}
