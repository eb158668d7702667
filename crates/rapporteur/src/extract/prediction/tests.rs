//! Sentences that foresee, published on Thursday 6 November 2025, and look-alikes that do not.

use super::*;
use crate::ingest::{self, Block, BlockKind, Published};
use crate::testing::MODEL;

fn read(text: &str) -> Vec<Prediction> {
    let mut article = ingest::text("test.txt", text.as_bytes()).expect("text");
    article.blocks = vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }];
    article.published = Some(Published {
        date: "2025-11-06".to_owned(),
        precision: "day".to_owned(),
        from: "option".to_owned(),
        span: None,
    });
    crate::extract::extract(&MODEL, &article).predictions
}

/// `holder | words | quantity | from/to | condition | checkable`, a prediction each, divided by a semicolon.
fn check(text: &str, expect: &str) {
    let found = read(text);
    let line = |p: &Prediction| {
        let quantity =
            p.quantity.map(|[low, high]| if low == high { format!("{low}") } else { format!("{low}-{high}") });
        let window = p
            .horizon
            .as_ref()
            .map(|h| format!("{}/{}", h.from.as_deref().unwrap_or("?"), h.to.as_deref().unwrap_or("?")));
        let part = |s: Option<String>| s.unwrap_or_else(|| "-".to_owned());
        let condition = part(p.condition.map(|s| s.of(text).to_owned()));
        assert_eq!(p.checkable, p.why.is_none(), "{text}");
        format!(
            "{} | {} | {} | {} | {condition} | {}",
            p.holder.name,
            p.span.of(text),
            part(quantity),
            part(window),
            if p.checkable { "checkable" } else { "no" }
        )
    };
    assert_eq!(found.iter().map(line).collect::<Vec<_>>().join("; "), expect, "{text}");
}

#[test]
fn what_will_be() {
    check(
        "Norway will sign the pact on Monday.",
        "article | Norway will sign the pact on Monday | - | 2025-11-10/2025-11-10 | - | checkable",
    );
    check(
        "The minister said three more states would join later this month.",
        "The minister | three more states would join later this month | 3 | 2025-11-06/2025-11-30 | - | checkable",
    );
    check(
        "The tariff will rise to 25 percent.",
        "article | The tariff will rise to 25 percent | 25 | - | - | checkable",
    );
    check(
        "The ministry would urge both sides to talk.",
        "article | The ministry would urge both sides to talk | - | - | - | no",
    );
    check("The deal could reshape the region.", "article | The deal could reshape the region | - | - | - | no");
    check("The pact will help the region.", "article | The pact will help the region | - | - | - | no");
}

#[test]
fn windows_by_default() {
    check(
        "A date will be announced soon.",
        "article | A date will be announced soon | - | 2025-11-06/2025-12-06 | - | checkable",
    );
    check(
        "Chile is expected to ratify the treaty in the coming weeks.",
        "article | Chile is expected to ratify the treaty in the coming weeks | - | 2025-11-20/2026-01-01 | - | checkable",
    );
    check(
        "Two to four more members will join in the coming months.",
        "article | Two to four more members will join in the coming months | 2-4 | 2025-12-06/2026-05-06 | - | checkable",
    );
    check(
        "They will meet in May or June.",
        "article | They will meet in May or June | - | 2026-05-01/2026-06-30 | - | checkable",
    );
}

/// The words of the predictions alone, and their holders, of an article without a day.
fn words(text: &str, expect: &[&str]) {
    let model = &*MODEL;
    let found = crate::extract::extract(model, &crate::testing::article(text)).predictions;
    let line = |p: &Prediction| format!("{}: {}", p.holder.name, p.span.of(text));
    assert_eq!(found.iter().map(line).collect::<Vec<_>>(), expect, "{text}");
}

#[test]
fn what_reverses_a_clause_belongs_to_its_words() {
    words(
        "Most observers think it is unlikely the fleet will sail in May.",
        &["Most observers: it is unlikely the fleet will sail in May"],
    );
    words("There has been little sign that the ports will open.", &["article: little sign that the ports will open"]);
    words("The envoy doubts that Norway will sign.", &["The envoy: doubts that Norway will sign"]);
    words("The envoy does not expect that Norway will sign.", &["The envoy: does not expect that Norway will sign"]);
    words("The envoy said that Norway will sign.", &["The envoy: Norway will sign"]);
    words("Nobody has asked why the envoy, who is not Norwegian, said that Norway will sign.", &[]);
}

#[test]
fn nothing_is_foretold() {
    for text in [
        "\"There is nothing that would happen to you that we will not know,\" the envoy said.",
        "\"The only reason I would not go to the north is the cold,\" the envoy said.",
        "\"If they are going to close the port, we have other ports,\" the envoy said.",
        "The minister initially said there would be no exceptions.",
        "The minister had pledged that the port would open.",
        "It is unclear when the inquiry might end.",
        "Nobody knows how long this pause might last.",
        "The envoy met builders of ships that will carry grain.",
        "As guests they may sit in on meetings.",
        "They may neither fish nor sail.",
        "They could no longer afford to wait.",
        "The suit states that the harbour master would pass papers to the fleet.",
        "\"You would have expected him to have been told,\" the envoy said.",
        "\"We expect everyone to behave,\" the envoy said.",
        "The office had declined to comment on rumours the envoy would resign.",
        "I find it unconscionable that anyone would burn a ship.",
    ] {
        words(text, &[]);
    }
    // Their look-alikes.
    words("The minister said there would be no exceptions.", &["The minister: there would be no exceptions"]);
    words(
        "The envoy met builders of ships that will carry grain by 2030.",
        &["article: builders of ships that will carry grain by 2030"],
    );
    words("\"We expect two more states to join,\" the envoy said.", &["the envoy: two more states to join"]);
    words("The envoy will no doubt arrive in June.", &["article: The envoy will no doubt arrive in June"]);
}

#[test]
fn of_the_outer_voice() {
    words("Norway has let its partners know that it will sign only in June.", &["Norway: it will sign only in June"]);
    words(
        "Norway intends to build ships in June, an adviser in Oslo said.",
        &["an adviser in Oslo: Norway intends to build ships in June"],
    );
    words(
        "\"We expect two more states to join by June,\" said an envoy.",
        &["an envoy: two more states to join by June"],
    );
}

#[test]
fn numbers_and_days_in_the_words() {
    check(
        "“Within two years half a dozen states will have gone,” he said.",
        "he | Within two years half a dozen states will have gone | 6 | 2025-11-06/2027-11-06 | - | checkable",
    );
    check("They will have left by now.", "");
    check(
        "The treaty takes effect on December 27.",
        "article | The treaty takes effect on December 27 | - | 2025-12-27/2025-12-27 | - | checkable",
    );
    check(
        "The ports will open before the year is out.",
        "article | The ports will open before the year is out | - | 2025-11-06/2025-12-31 | - | checkable",
    );
    check(
        "There will be no extension beyond June 1.",
        "article | There will be no extension beyond June 1 | - | 2026-06-01/2026-06-01 | - | checkable",
    );
    check(
        "A vote before the winter is unlikely.",
        "article | A vote before the winter is unlikely | - | 2025-12-01/2026-02-28 | - | checkable",
    );
    check("A vote is unlikely.", "");
    check(
        "She will be separated from her children, ages 10, 9 and 4.",
        "article | She will be separated from her children, ages 10, 9 and 4 | - | - | - | no",
    );
    words("The envoys are to meet on Tuesday.", &["article: The envoys are to meet on Tuesday"]);
    words("The aim is to meet on Tuesday.", &[]);
}

#[test]
fn what_was_to_come_is_no_forecast() {
    check("The waivers were set to expire at midnight on Sunday.", "");
    check(
        "The waivers are set to expire on Sunday.",
        "article | The waivers are set to expire on Sunday | - | 2025-11-09/2025-11-09 | - | checkable",
    );
    check(
        "The minister said the waivers were set to expire on Sunday.",
        "The minister | the waivers were set to expire on Sunday | - | 2025-11-09/2025-11-09 | - | checkable",
    );
}

#[test]
fn numbers_and_days_of_something_else() {
    // What is there, what an election or a plan is called after, what may come besides.
    check(
        "With 32 nations around the table, the alliance will vote.",
        "article | With 32 nations around the table, the alliance will vote | - | - | - | no",
    );
    check(
        "The alliance will admit 32 nations.",
        "article | The alliance will admit 32 nations | 32 | - | - | checkable",
    );
    check(
        "The office will publish its list for future work.",
        "article | The office will publish its list for future work | - | - | - | no",
    );
    check(
        "The campaign will publish its papers on the 2026 election.",
        "article | The campaign will publish its papers on the 2026 election | - | - | - | no",
    );
    check(
        "The campaign will publish its papers in 2026.",
        "article | The campaign will publish its papers in 2026 | - | 2026-01-01/2026-12-31 | - | checkable",
    );
}

#[test]
fn a_number_of_states_by_a_day() {
    check(
        "The envoy expects at least two more states by the end of 2026.",
        "The envoy | at least two more states by the end of 2026 | 2-inf | 2026-01-01/2026-12-31 | - | checkable",
    );
    check("The envoy expects two guests for dinner.", "");
    check("The envoy expects trouble by the end of 2026.", "");
}

#[test]
fn a_relative_clause_has_its_noun() {
    check(
        "Norway promised quotas that will cut its exports by 30 percent.",
        "article | quotas that will cut its exports by 30 percent | 30 | - | - | checkable",
    );
    check(
        "Norway will sign the pact on Monday, ending years of silence.",
        "article | Norway will sign the pact on Monday | - | 2025-11-10/2025-11-10 | - | checkable",
    );
}

#[test]
fn conditions_and_possibilities() {
    check(
        "Peru will withdraw if the quota is cut.",
        "article | Peru will withdraw if the quota is cut | - | - | if the quota is cut | no",
    );
    check("The vote could delay the treaty.", "article | The vote could delay the treaty | - | - | - | no");
    check("The plan risks angering farmers.", "article | The plan risks angering farmers | - | - | - | no");
    check(
        "More states are preparing to join the club.",
        "article | More states are preparing to join the club | - | - | - | no",
    );
    check(
        "The waiver expires on December 1.",
        "article | The waiver expires on December 1 | - | 2025-12-01/2025-12-01 | - | checkable",
    );
}

#[test]
fn a_day_makes_it_a_prediction() {
    check(
        "The ministry postponed the vote until 1 December.",
        "article | The ministry postponed the vote until 1 December | - | 2025-12-01/2025-12-01 | - | checkable",
    );
    check(
        "The minister is visiting Rome next week.",
        "article | The minister is visiting Rome next week | - | 2025-11-10/2025-11-16 | - | checkable",
    );
    check(
        "Both sides set a goal of concluding their talks by 2027.",
        "article | concluding their talks by 2027 | - | 2027-01-01/2027-12-31 | - | checkable",
    );
    check(
        "He said energy is building for two more states to sign on in the coming months.",
        "He | two more states to sign on in the coming months | 2 | 2025-12-06/2026-05-06 | - | checkable",
    );
    check(
        "The riders will meet at the Area 51 Visitors Centre on Monday.",
        "article | The riders will meet at the Area 51 Visitors Centre on Monday | - | 2025-11-10/2025-11-10 | - | checkable",
    );
}

/// Of an article without a day.
#[test]
fn grammar_alone_says_what_is_to_come() {
    let told = |text: &str| {
        let article = crate::testing::article(text);
        crate::extract::extract(&MODEL, &article).predictions.len()
    };
    for text in [
        "The ministry has postponed the vote on dairy quotas until June 1.",
        "The minister is sending envoys to Rome this week.",
        "The ministry is extending talks with Peru for a final 30 days.",
        "The minister decided to push back a decision on whether to impose quotas until June 1.",
        "Both sides have a goal of concluding their talks by the end of May.",
    ] {
        assert!(told(text) == 1, "{text}");
    }
    for text in [
        "The ministry has postponed the vote on dairy quotas.",
        "The minister was sending envoys to Rome this week.",
        "The ministry spoke of talks with Peru for a final 30 days.",
        "The minister decided on June 1 to push back a decision.",
        "Both sides spoke of concluding their talks.",
    ] {
        assert!(told(text) == 0, "{text}");
    }
}

#[test]
fn the_source_before_it_is_no_part_of_it() {
    let text = "According to a clerk, the hearing will begin as soon as both sides have filed.";
    let found = read(text);
    let told = found.iter().map(|p| (p.span.of(text), p.horizon.is_none())).collect::<Vec<_>>();
    assert_eq!(told, [("the hearing will begin as soon as both sides have filed", true)]);
}

#[test]
fn neither_dateline_nor_the_day_of_the_news_belongs_to_it() {
    check(
        "OSLO (Newsdesk) - Norway is poised to sign the pact, according to a statement that its minister made on Thursday.",
        "Norway's minister | Norway is poised to sign the pact, according to a statement that its minister made on Thursday | - | - | - | no",
    );
    check(
        "Norway is poised to sign the pact that its minister drafted on Monday.",
        "article | Norway is poised to sign the pact that its minister drafted on Monday | - | - | - | no",
    );
    check(
        "Norway is poised to sign the pact on Thursday.",
        "article | Norway is poised to sign the pact on Thursday | - | 2025-11-06/2025-11-06 | - | checkable",
    );
}

#[test]
fn look_alikes_foresee_nothing() {
    for text in [
        "Norway signed the pact on Monday.",
        "The minister wants to sign the pact.",
        "Peru refused to join the club.",
        "If the quota will be cut, nobody knows.",
        "Would the envoy like to comment?",
        "The spokesman could not be reached.",
        "The offer could be a ploy.",
        "They could have signed in 2019.",
        "He would often visit the border.",
        "The will of the people is clear.",
        "She went to sign the book.",
        "She recalled going to rallies as a child.",
        "They would've signed in 2019.",
        "The would-be buyer left.",
        "As of Sunday evening, all four are stable.",
        "The mayor set a table for May.",
        "The ministry postponed the vote in June.",
        "The ministry refused to postpone the vote until 1 December.",
        "The minister is visiting Rome.",
        "They spoke of concluding talks by phone.",
        "The screens could be used as lamps.",
        "May the wounded recover soon.",
        "Nobody knows when the inquiry will end.",
        "The party did not announce whom it would support.",
        "Women were found less likely to smoke.",
        "I would urge both sides to talk.",
        "You could take the stairs.",
        "The divers who could swim were saved.",
        "Such payments could be considered bribes.",
        "They did not know where it would be built and where prices might head.",
    ] {
        check(text, "");
    }
}

#[test]
fn odd_texts_are_read_to_the_end() {
    for text in [
        "will",
        "— will —",
        "to to to will would could",
        "the first of many",
        "In 99999999999 years it will 9.9.9 end.",
        "'",
        "12:61 3rd 31st of 2025-99-99 Q9",
        "It began in the third 9999999999 days of 2025, 99999999999 years ago, and the past 9999999999 days; 15000 years later it ended.",
        "9999 BC, the 99th century BC, 0 BC, 10000 decades earlier, 1 1 1 1 1 and the the the 32nd of of 2025",
        "May May May 30 February 30 2025",
    ] {
        let found = read(text);
        assert!(found.iter().all(|p| text.get(p.span.start..p.span.end).is_some_and(|w| !w.is_empty())), "{text}");
    }
}

#[test]
fn the_table_has_no_faults() {
    let kinds = [
        "modal",
        "possible",
        "outlook",
        "bound",
        "effect",
        "phrase",
        "vague",
        "condition",
        "defer",
        "aim",
        "polite",
        "habit",
        "able",
        "present",
        "plea",
        "state",
        "doubt",
        "open",
        "former",
        "promise",
        "judgement",
        "rumour",
        "term",
        "entry",
    ];
    let faults: Vec<String> = rows(TABLE)
        .filter(|(_, cells)| cells.len() != 3 || !kinds.contains(&cells[1]) || cells[0].is_empty())
        .map(|(line, _)| format!("data/en/prediction_cues.tsv:{line}"))
        .collect();
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(rows("# x\na\tb\n").map(|(line, cells)| (line, cells.len())).collect::<Vec<_>>(), [(2, 2)]);
}

#[test]
fn who_foretells_and_by_when() {
    check(
        "A vote in May is unlikely, said a diplomat from Peru.",
        "a diplomat from Peru | A vote in May is unlikely | - | 2026-05-01/2026-05-31 | - | checkable",
    );
    // A plan is told by whoever tells it; a promise is the word of the one who makes it.
    check(
        "Norway plans to vote next week.",
        "article | Norway plans to vote next week | - | 2025-11-10/2025-11-16 | - | checkable",
    );
    check(
        "Norway vowed to vote next week.",
        "Norway | Norway vowed to vote next week | - | 2025-11-10/2025-11-16 | - | checkable",
    );
    // The summit's day is not the visit's.
    check(
        "The visit will follow a summit in Lima on November 20.",
        "article | The visit will follow a summit in Lima on November 20 | - | - | - | no",
    );
}

#[test]
fn of_two_verbs_the_later_day_is_due() {
    check(
        "Parliament would meet in early November and then not reconvene until December 14.",
        "article | Parliament would meet in early November and then not reconvene until December 14 | - | 2025-12-14/2025-12-14 | - | checkable",
    );
    check(
        "Parliament would meet on November 20 before a vote on December 14.",
        "article | Parliament would meet on November 20 before a vote on December 14 | - | 2025-11-20/2025-11-20 | - | checkable",
    );
}

/// Each with one that it leaves alone.
#[test]
fn what_orders_or_judges_is_no_forecast() {
    let count = |text: &str| read(text).len();
    for (none, one) in [
        ("The court will accordingly make an order.", "The court will make an order."),
        (
            "It would be unlawful if its purpose was to hinder the vote.",
            "It would be late if its purpose was to hinder the vote.",
        ),
        ("Responses will not be returned.", "The islands will not be returned."),
        ("The act may fall short of a crime.", "The price may fall in the spring."),
    ] {
        assert_eq!((count(none), count(one)), (0, 1), "{none} {one}");
    }
}

#[test]
fn a_phrase_of_attribution_names_who_foretells() {
    check(
        "The Gazette, a daily, added the detail Peru will “join the northern club” in December, according to Angela Merkel.",
        "Angela Merkel | Peru will “join the northern club” in December, according to Angela Merkel | - | 2025-12-01/2025-12-31 | - | checkable",
    );
}

#[test]
fn a_guess_at_what_somebody_expects_is_no_forecast() {
    assert!(read("Angela Merkel may have gambled that the deal will end in June.").is_empty());
    check(
        "Angela Merkel predicted that the deal will end in June.",
        "Angela Merkel | the deal will end in June | - | 2026-06-01/2026-06-30 | - | checkable",
    );
}

#[test]
fn what_is_asked_for_is_the_word_of_the_one_who_asked() {
    let text = "The king agreed to the request of Emmanuel Macron to close the house. Per the request, the house would meet on December 14.";
    check(
        text,
        "Emmanuel Macron | Per the request, the house would meet on December 14 | - | 2025-12-14/2025-12-14 | - | checkable",
    );
    let text = "The king agreed to the wish of Emmanuel Macron to close the house. Per the request, the house would meet on December 14.";
    assert!(read(text).iter().all(|p| p.holder.name != "Emmanuel Macron"));
}
