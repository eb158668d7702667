//! Accounts from findings given by hand.

mod support;

use rapporteur::extract::{By, EntityKind, Form, Holder, Realis, Stage};
use rapporteur::reconcile::{Account, Brief, ConflictKind, Relation, Verdict, reconcile};
use rapporteur::report;
use support::{somebody, three, told};

fn only_story(brief: &Brief) -> &Account {
    assert_eq!(brief.stories.len(), 1, "{:?}", brief.stories.iter().map(|s| &s.articles).collect::<Vec<_>>());
    &brief.stories[0]
}

#[test]
fn the_order_of_articles_does_not_matter() {
    let print = |order: [usize; 3]| {
        let articles = three();
        let articles: Vec<_> = order.iter().map(|&i| articles[i].clone()).collect();
        let brief = reconcile(&articles);
        (
            report::json::brief(&brief).to_string(),
            report::text::brief(&brief, None, Default::default()),
            report::markdown::brief(&brief, None),
        )
    };
    let first = print([0, 1, 2]);
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        assert_eq!(print(order), first);
    }
}

#[test]
fn articles_with_the_same_text_count_once_and_keep_their_rows() {
    let mut articles = three();
    let mut copy = articles[0].clone();
    copy.0.path = "elsewhere/copy.txt".to_owned();
    articles.push(copy);
    let brief = reconcile(&articles);
    assert_eq!(brief.articles.len(), 4);
    assert_eq!(only_story(&brief).articles.len(), 3);
}

#[test]
fn joins_alone_is_announced_where_a_ceremony_is_to_come() {
    let brief = reconcile(&three());
    let stage = &only_story(&brief).stages[0];
    assert_eq!((stage.lo, stage.hi, stage.stage, stage.conflict), (4, 4, Stage::Announced, false));
    assert_eq!(stage.articles.len(), 3);
    assert!(stage.reason.contains("A ceremony will be announced"), "{}", stage.reason);
}

#[test]
fn what_is_merely_mooted_binds_only_where_nobody_says_more() {
    let mooted = |path: &str, text: &str| {
        told(path, text).stage(
            "may join",
            "iso3:ARM",
            1,
            2,
            Realis::Hypothetical,
            By::Third,
            somebody("name:critics", "critics"),
        )
    };
    let brief = reconcile(&[mooted("1", "Armenia may join the accord, critics say.").done()]);
    let stage = &only_story(&brief).stages[0];
    assert_eq!((stage.lo, stage.hi, stage.asserted), (1, 2, false));
    let both = mooted("1", "Armenia may join, critics say. It signed the accord.");
    let both = both.stage("signed the accord", "iso3:ARM", 5, 5, Realis::Actual, By::Itself, Holder::outlet());
    let brief = reconcile(&[both.done()]);
    let stage = &only_story(&brief).stages[0];
    assert_eq!((stage.lo, stage.hi, stage.asserted), (5, 5, true));
}

#[test]
fn stages_that_exclude_each_other_are_kept_as_a_conflict() {
    let text = |n: u8, words: &str| {
        format!("Armenia and the accord, day {n}: Armenia {words} the accord with its neighbours.")
    };
    let article = |n: u8, words: &str, lo: u8, hi: u8| {
        told(&n.to_string(), &text(n, words))
            .stage(words, "iso3:ARM", lo, hi, Realis::Actual, By::Outlet, Holder::outlet())
            .done()
    };
    let brief = reconcile(&[
        article(1, "signed", 5, 5),
        article(2, "signed with a pen", 5, 5),
        article(3, "is a member of", 7, 7),
    ]);
    let story = only_story(&brief);
    let stage = &story.stages[0];
    assert_eq!((stage.lo, stage.hi, stage.conflict), (5, 5, true));
    assert!(stage.reason.contains("\"is a member of\"") && stage.reason.contains("\"signed\""), "{}", stage.reason);
    let conflict = story.conflicts.iter().find(|c| c.kind == ConflictKind::Stage).expect("a conflict of stages");
    assert_eq!((conflict.verdict, conflict.positions.len()), (Verdict::Contradiction, 2));
}

#[test]
fn versions_of_a_quotation_stand_beside_the_fullest() {
    let brief = reconcile(&three());
    let quotation = &only_story(&brief).quotations[0];
    let relations: Vec<Relation> = quotation.variants.iter().map(|v| v.relation).collect();
    assert_eq!(relations.iter().filter(|r| **r == Relation::Identical).count(), 2, "{relations:?}");
    assert_eq!(relations.iter().filter(|r| **r == Relation::Fragment).count(), 1, "{relations:?}");
    assert_eq!(only_story(&brief).quotations.len(), 1);
}

/// Two texts quoted as direct speech by one speaker; the relation of the second to the first, `None` where they are two utterances.
fn relation(fullest: &str, other: &str) -> Option<Relation> {
    let quoted = |path: &str, words: &str| {
        let text = format!("Armenia and the Zangezur Accord, its neighbours and the road: “{words}”");
        told(path, &text).quote(words, Form::Direct, somebody("person:a", "A"), None).done()
    };
    let brief = reconcile(&[quoted("1", fullest), quoted("2", other)]);
    let story = only_story(&brief);
    let with_both = story.quotations.iter().find(|q| q.variants.len() == 2)?;
    with_both.variants.iter().find(|v| v.span != with_both.fullest).map(|v| v.relation)
}

#[test]
fn differences_between_versions_are_told_apart() {
    let full = "We have waited for thirty years, and now the road across the river is open again.";
    for (other, expected) in [
        (
            "we have waited for thirty years – and now the road across the river is open again",
            Some(Relation::Typography),
        ),
        ("now the road across the river is open again.", Some(Relation::Truncated)),
        ("thirty years", Some(Relation::Fragment)),
        ("We have waited ... and now the road across the river is open again.", Some(Relation::Elided)),
        ("We have waited for twenty years, and now the road across the river is open again.", Some(Relation::Altered)),
        ("We will never let strangers build upon our land, whatever they pay.", None),
        ("and the", None),
    ] {
        assert_eq!(relation(full, other), expected, "{other}");
    }
}

#[test]
fn own_voice_stands_apart_and_lists_that_leave_out_are_no_contradiction() {
    let brief = reconcile(&three());
    let story = only_story(&brief);
    let georgia = story.candidates.iter().find(|c| c.participant.0 == "iso3:GEO").expect("Georgia");
    assert_eq!((georgia.named_by.len(), georgia.own_voice.len()), (2, 1));
    let verdict = |kind: ConflictKind| story.conflicts.iter().find(|c| c.kind == kind).map(|c| c.verdict);
    assert_eq!(verdict(ConflictKind::Negation), Some(Verdict::Tension));
    assert_eq!(verdict(ConflictKind::Attribution), Some(Verdict::Refines));
    assert_eq!(verdict(ConflictKind::Set), Some(Verdict::Compatible));
    assert_eq!(verdict(ConflictKind::Role), Some(Verdict::Contradiction));
}

#[test]
fn five_articles_with_one_voice_have_one_origin() {
    let brief = reconcile(&three());
    let story = only_story(&brief);
    let claim = &story.claims[0];
    assert_eq!(claim.origins, ["origin:person-ilham-aliyev"]);
    assert_eq!(claim.status, "repeated(3)");
    let origin = story.origins.iter().find(|o| o.id == claim.origins[0]).expect("the origin");
    assert_eq!(origin.kind, "post");
    let edge = &story.dependence[0];
    assert_eq!((edge.to.as_deref(), edge.level.as_str()), (Some("origin:ararat-wire"), "derived"));
}

#[test]
fn silence_is_what_no_sentence_answers() {
    let silent = |text: &str| -> Vec<String> {
        let story = told("1", text).stage("will join", "iso3:ARM", 4, 4, Realis::Future, By::Outlet, Holder::outlet());
        let brief = reconcile(&[story.done()]);
        brief.stories[0].silence.iter().map(|s| s.what.clone()).collect()
    };
    let bare = silent("Armenia will join the accord.");
    for what in [
        "own statement by ARM",
        "date of signature",
        "place of signature",
        "text of the instrument",
        "entry into force",
    ] {
        assert!(bare.iter().any(|w| w == what), "{what}: {bare:?}");
    }
    let told = silent(
        "Armenia will join the accord, which it will sign on 5 May and which enters into force after parliament votes.",
    );
    for what in ["date of signature", "entry into force", "whether ratification is required"] {
        assert!(!told.iter().any(|w| w == what), "{what}: {told:?}");
    }
}

#[test]
fn whom_the_article_presents_as_the_states_own_breaks_its_silence() {
    let heard = |text: &str, name: &str| {
        let speaker = rapporteur::extract::Holder { entity: None, ..somebody("x", "Bek") };
        let story = told("1", text)
            .names("iso3:ARM", rapporteur::extract::EntityKind::State, "Armenia", "Armenia")
            .names("name:ara-bek", rapporteur::extract::EntityKind::Person, "Ara Bek", name)
            .stage("will join the accord", "iso3:ARM", 4, 4, Realis::Future, By::Outlet, Holder::outlet())
            .quote("We are ready", Form::Direct, speaker, None);
        let brief = reconcile(&[story.done()]);
        !brief.stories[0].silence.iter().any(|s| s.what.starts_with("own statement by"))
    };
    assert!(heard("Armenia's minister of roads Ara Bek will join the accord. “We are ready,” Bek said.", "Ara Bek"));
    assert!(heard("Ara Bek, Armenia minister, will join the accord. “We are ready,” Bek said.", "Ara Bek"));
    assert!(!heard("Armenia will join the accord, Ara Bek hopes. “We are ready,” Bek said.", "Ara Bek"));
    assert!(!heard("Ara Bek told Armenia it will join the accord. “We are ready,” Bek said.", "Ara Bek"));
}

#[test]
fn nothing_at_all_is_a_brief_too() {
    let brief = reconcile(&[]);
    assert!(brief.articles.is_empty() && brief.stories.is_empty());
    assert_eq!(report::text::brief(&brief, None, Default::default()), "");
    let empty = reconcile(&[told("1", "").done(), told("2", "\n").done()]);
    assert_eq!(empty.articles.len(), 2);
    assert!(!report::text::brief(&empty, None, Default::default()).is_empty());
}

#[test]
fn a_story_that_names_an_agreement_in_passing_is_none_of_its_saga() {
    let accord = |t: support::Told| {
        t.names("agreement:zangezur-accord", EntityKind::Agreement, "Zangezur Accord", "Zangezur Accord")
    };
    let step = |path: &str, text: &str, state: &str| {
        let name = text.split(' ').next().unwrap_or("");
        let told = accord(support::told(path, text)).names(state, EntityKind::State, name, name);
        told.stage("signed the Zangezur Accord", state, 5, 5, Realis::Actual, By::Outlet, Holder::outlet()).done()
    };
    let harvest = "Pear farmers in the valley counted their crates in the rain. ".repeat(12);
    let passing =
        accord(support::told("3", &format!("{harvest} One of them has a nephew who wrote on the Zangezur Accord.")));
    let brief = reconcile(&[
        step(
            "1",
            "Armenia signed the Zangezur Accord in a hall full of schoolchildren, flags and apricots, while the orchestra of the opera played marches.",
            "iso3:ARM",
        ),
        step(
            "2",
            "Georgia signed the Zangezur Accord by candle light: hours before, a hailstorm had cut power lines along the coast and flooded two harbours.",
            "iso3:GEO",
        ),
        passing.done(),
    ]);
    assert_eq!(brief.stories.len(), 3, "{:?}", brief.stories.iter().map(|s| &s.articles).collect::<Vec<_>>());
    assert!(brief.stories.iter().all(|s| s.agreement.is_some()));
    assert_eq!(brief.sagas.iter().map(|s| s.stories.len()).collect::<Vec<_>>(), [2]);
}
