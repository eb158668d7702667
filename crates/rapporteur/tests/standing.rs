//! What a story without a step is about, and what is known of a claim besides the count of its origins, from findings given by hand.

mod support;

use rapporteur::Span;
use rapporteur::extract::*;
use rapporteur::reconcile::{Account, Claim, as_one_story, reconcile};
use rapporteur::report;
use support::{Told, somebody, told};

/// An article with its sentences, each a report.
fn report_of(path: &str, text: &str) -> Told {
    let mut told = told(path, text);
    let mut start = 0;
    for piece in text.split_inclusive(['.', '\n']) {
        let span = Span::new(start, start + piece.len()).trim(text);
        if !span.is_empty() {
            let (label, rule) = ("report".to_owned(), "test".to_owned());
            told.findings.sentences.push(SentenceLabel { span, label, rule });
        }
        start += piece.len();
    }
    told
}

fn of_claim<'a>(story: &'a Account, words: &str) -> &'a Claim {
    let found = story.claims.iter().find(|c| c.claim.contains(words));
    found.unwrap_or_else(|| panic!("{words:?}: {:?}", story.claims.iter().map(|c| &c.claim).collect::<Vec<_>>()))
}

const RINGS: [&str; 3] = [
    "The harbour council said it would close the north pier to ferries for the whole winter season.",
    "Ferries will not call at the north pier for the winter season, the harbour council said on a wet evening.",
    "For the winter season the harbour council closed the north pier to ferries, and nobody was told why.",
];

#[test]
fn an_event_that_articles_open_with_is_the_main_claim_and_goes_back_to_who_said_it() {
    let council = || somebody("name:harbour-council", "Harbour Council");
    let first = report_of("1", RINGS[0]).quote(
        "it would close the north pier to ferries for the whole winter season",
        Form::Indirect,
        council(),
        Some("statement"),
    );
    let second = report_of("2", RINGS[1]).quote(
        "Ferries will not call at the north pier for the winter season",
        Form::Indirect,
        council(),
        None,
    );
    let story = as_one_story(&[first.done(), second.done(), report_of("3", RINGS[2]).done()]);
    let main = story.claims.iter().find(|c| c.main).expect("a main claim");
    assert_eq!((main.articles.len(), main.status.as_str()), (3, "repeated(3)"));
    assert_eq!(main.origins, ["origin:name-harbour-council"]);
    assert_eq!(main.card.origins[0].repeating.len(), 1, "who names nobody only repeats");
}

#[test]
fn what_no_voice_tells_has_no_origin_and_other_openings_are_no_event() {
    let story = as_one_story(&RINGS.map(|text| report_of(text, text).done()));
    let main = story.claims.iter().find(|c| c.main).expect("a main claim");
    assert_eq!(main.origins, ["origin:unattributed"]);
    // Names in common make no event.
    let other = [
        "Harbour Council officers took the tram to the opera on Sunday and slept through the last act.",
        "Harbour Council clerks have found a bronze bell under the floor of the old customs shed.",
    ];
    let named = |text: &str| {
        report_of(text, text).names(
            "name:harbour-council",
            EntityKind::Organisation,
            "Harbour Council",
            "Harbour Council",
        )
    };
    let story = as_one_story(&other.map(|text| named(text).done()));
    assert!(story.claims.iter().all(|c| !c.main), "{:?}", story.claims);
}

#[test]
fn a_voice_that_says_something_else_in_the_opening_is_not_the_origin() {
    let mayor = somebody("name:ada-poe", "Ada Poe");
    let text =
        "The harbour council closed the north pier to ferries for the winter season, which Ada Poe calls a joke.";
    let first = report_of("1", text).quote("a joke", Form::Indirect, mayor, None);
    let story = as_one_story(&[first.done(), report_of("2", RINGS[1]).done(), report_of("3", RINGS[2]).done()]);
    let main = story.claims.iter().find(|c| c.main).expect("a main claim");
    assert_eq!(main.origins, ["origin:unattributed"]);
}

#[test]
fn an_agency_that_carries_a_word_is_no_second_origin() {
    let council = somebody("name:harbour-council", "Harbour Council");
    let agency = |id: &str, name: &str| somebody(id, name);
    let of = |second: Holder| {
        let first = report_of("1", RINGS[0]).quote(
            "it would close the north pier to ferries for the whole winter season",
            Form::Indirect,
            council.clone(),
            None,
        );
        let second = report_of("2", RINGS[1]).quote(
            "Ferries will not call at the north pier for the winter season",
            Form::Indirect,
            second,
            None,
        );
        let story = as_one_story(&[first.done(), second.done()]);
        story.claims.into_iter().find(|c| c.main).expect("a main claim").origins
    };
    assert_eq!(of(agency("org:reuters", "Reuters")), ["origin:name-harbour-council"]);
    assert_eq!(of(agency("name:ada-poe", "Ada Poe")).len(), 2, "another speaker is another origin");
}

const RELEASE: &str = "NASA will open a new dome for lunar rocks in the spring, and Norway will send a stone.\n\
    Norway signed the Zangezur Accord in a hall by the sea.\n-end-\nJo Doe\n555-010-0199\njo.doe@nasa.gov";

fn release(text: &str) -> Told {
    report_of("nasa", text)
        .names("org:nasa", EntityKind::Organisation, "NASA", "NASA")
        .names("iso3:NOR", EntityKind::State, "Norway", "Norway")
        .stage("signed the Zangezur Accord", "iso3:NOR", 5, 5, Realis::Actual, By::Outlet, Holder::outlet())
}

#[test]
fn a_body_s_own_text_is_primary_for_what_it_does_itself_and_for_nothing_else() {
    let director = || somebody("person:bill-nelson", "Bill Nelson");
    let of = |text: &str| {
        let text = format!("We count every stone, said NASA Administrator Bill Nelson. {text}");
        let told = release(&text)
            .office(
                "NASA Administrator Bill Nelson",
                "person:bill-nelson",
                "NASA Administrator",
                "org:nasa",
                RoleCheck::Ok,
            )
            .quote("We count every stone", Form::Direct, director(), None);
        reconcile(&[told.done()]).stories.swap_remove(0)
    };
    let story = of(RELEASE);
    let said = of_claim(&story, "We count every stone");
    assert_eq!((said.status.as_str(), said.grade.as_deref()), ("primary", Some("F2")));
    assert!(said.reason.contains("NASA"), "{}", said.reason);
    // Norway's step is Norway's: the release is an origin with a name, and no more.
    let step = of_claim(&story, "signed");
    assert_eq!(
        (step.status.as_str(), step.origins.as_slice()),
        ("single_source", ["origin:org-nasa".to_owned()].as_slice())
    );
    assert!(story.origins.iter().any(|o| o.id == "origin:org-nasa" && o.kind == "release"), "{:?}", story.origins);
    // The same words in a paper that no such lines end.
    let paper = of(&RELEASE.replace("-end-", "More").replace("555-010-0199", "").replace("@nasa.gov", ""));
    assert!(paper.claims.iter().all(|c| c.status != "primary"), "{:?}", paper.claims);
    assert_eq!(of_claim(&paper, "signed").origins, ["origin:unattributed"]);
}

#[test]
fn what_the_dated_tables_deny_is_stale_or_contradicted_and_what_they_know_is_not() {
    let text = "Armenia joins the Zangezur Accord. Senator Marco Rubio and former President Donald Trump saw it.";
    let of = |check: RoleCheck| {
        let told = told("1", text)
            .stage("joins the Zangezur Accord", "iso3:ARM", 5, 5, Realis::Actual, By::Outlet, Holder::outlet())
            .office("Senator Marco Rubio", "person:marco-rubio", "Senator", "iso3:USA", check);
        let (mut article, findings) = told.done();
        let (date, precision, from) = ("2031-05-06".to_owned(), "day".to_owned(), "metadata".to_owned());
        article.published = Some(rapporteur::ingest::Published { date, precision, from, span: None });
        let story = reconcile(&[(article, findings)]).stories.swap_remove(0);
        let claim = story.claims.iter().find(|c| c.claim.contains("Senator"));
        claim.map(|c| (c.status.clone(), c.grade.clone().unwrap_or_default(), c.card.would_raise.len()))
    };
    assert_eq!(of(RoleCheck::Stale), Some(("stale".to_owned(), "F5".to_owned(), 1)));
    assert_eq!(of(RoleCheck::Conflict), Some(("contradicted".to_owned(), "F5".to_owned(), 1)));
    assert_eq!(of(RoleCheck::Ok), None);
    assert_eq!(of(RoleCheck::Unknown), None);
}

#[test]
fn a_story_that_is_no_agreement_is_not_told_as_one() {
    let brief = reconcile(&RINGS.map(|text| report_of(text, text).done()));
    let page = report::text::brief(&brief, None, report::text::Style::default());
    assert!(page.contains("\nEvent "), "{page}");
    for word in ["Stage", "agreement", "signature", "instrument", "announced"] {
        assert!(!page.contains(word), "{word}: {page}");
    }
}

#[test]
fn a_part_that_holds_nothing_says_so() {
    let brief = reconcile(&[report_of("1", RINGS[0]).done()]);
    let style = report::text::Style::default();
    let text = report::text::brief(&brief, Some("members"), style);
    assert!(text.contains("MEMBERS      none found in the one article"), "{text}");
    assert!(report::markdown::brief(&brief, Some("members")).contains("## Members\n\nnone found in the one article\n"));
    assert!(!report::text::brief(&brief, Some("essentials"), style).contains("none found"));
    assert!(
        report::html::brief(&brief).contains("for members, candidates"),
        "the page says what was looked for in vain"
    );
}
