//! Whose word a claim is in the end, each rule beside a look-alike that it must leave alone.

use crate::extract::Holder;
use crate::reconcile::{Account, Level, as_one_story};
use crate::testing::{MODEL, article};

fn story(texts: &[&str]) -> Account {
    let read = texts.iter().map(|text| {
        let given = article(text);
        let findings = crate::extract::extract(&MODEL, &given);
        (given, findings)
    });
    as_one_story(&read.collect::<Vec<_>>())
}

/// The names of the origins of the main claim.
fn origins(texts: &[&str]) -> Vec<String> {
    let story = story(texts);
    let main = story.claims.iter().find(|c| c.main).expect("a main claim");
    let of = |id: &String| story.origins.iter().find(|o| o.id == *id).map_or(String::new(), |o| o.name.clone());
    main.origins.iter().map(of).collect()
}

#[test]
fn who_files_a_paper_is_its_origin() {
    let filed = [
        "Greenpeace filed a lawsuit on Monday against the mining company Orebel over the poisoned river in the valley.",
        "Greenpeace has filed a lawsuit against the mining company Orebel over its poisoned river in the northern valley.",
    ];
    assert_eq!(origins(&filed), ["Greenpeace"]);
    // A march is no paper.
    let marched = [
        "Greenpeace held a march on Monday against the mining company Orebel over the poisoned river in the valley.",
        "Greenpeace has held a march against the mining company Orebel over its poisoned river in the northern valley.",
    ];
    assert_eq!(origins(&marched), ["no origin found"]);
}

#[test]
fn the_next_sentence_may_say_whose_word_it_is() {
    let told =
        "Norway and Peru agreed on Monday to a ceasefire. It is to begin at noon, Emmanuel Macron told reporters.";
    assert_eq!(origins(&[told]), ["Emmanuel Macron"]);
    let else_told =
        "Norway and Peru agreed on Monday to a ceasefire. The weather was fine, Emmanuel Macron told reporters.";
    assert_eq!(origins(&[else_told]), ["no origin found"]);
}

#[test]
fn an_article_that_never_names_a_speaker_has_nothing_from_him() {
    let words = "“The river will be clean again before the children are grown, and we shall all drink of it,”";
    let one = format!("The hall was full. {words} Emmanuel Macron said on Monday.");
    let other = format!("The hall was full on Monday evening. {words} a banner read.");
    let source = |second: &str| {
        let story = story(&[&one, second]);
        story.dependence.iter().any(|d| d.level == Level::CommonSource)
    };
    assert!(!source(&other));
    let named = format!("The hall was full on Monday evening. {words} said Emmanuel Macron.");
    assert!(source(&named));
}

#[test]
fn pieces_of_clauses_are_no_claims() {
    let texts = [
        "By filing a lawsuit in a federal court in March, Greenpeace angered Emmanuel Macron.",
        "Greenpeace upset the mayor when filing a lawsuit in a federal court in March.",
    ];
    for claim in &story(&texts).claims {
        assert!(!claim.claim.starts_with("filing"), "{}", claim.claim);
    }
}

#[test]
fn names_in_a_row_are_names_and_a_description_is_none() {
    let named = |name: &str| super::is_named(&Holder { name: name.to_owned(), ..Holder::unknown() });
    assert!(named("Norway, Peru and Chile") && named("Anna Berg"));
    for name in ["a senior official", "The Ministry", "Critics", "officials and aides"] {
        assert!(!named(name), "{name}");
    }
}

/// The reason that the brief gives for a claim whose words hold these.
fn reason(texts: &[&str], words: &str) -> String {
    let story = story(texts);
    let claim = story.claims.iter().find(|c| c.claim.contains(words)).expect("a claim");
    claim.reason.clone()
}

#[test]
fn an_article_beside_whose_words_somebody_speaks_is_not_told_to_name_nobody() {
    let named = "Peru will join the Artemis Accords, Emmanuel Macron said on Monday.";
    let own = reason(&[named, "Peru will join the Artemis Accords.\nThe weather was fine."], "Peru");
    assert!(own.ends_with("; 1 article tells it in its own voice"), "{own}");
    let beside = "Peru will join the Artemis Accords. The day was long prepared, a senator said on Monday.";
    let open = reason(&[named, beside], "Peru");
    assert_eq!(open, "origin: Emmanuel Macron");
}

#[test]
fn a_stage_is_the_claim_of_those_who_bear_it() {
    let texts = [
        "Peru will join the Artemis Accords. Peru has not signed the Artemis Accords.",
        "Peru has signed the Artemis Accords.",
    ];
    let story = story(&texts);
    let claim = story.claims.iter().find(|c| c.claim.starts_with("Peru and the Artemis Accords")).expect("a claim");
    assert_eq!((claim.articles.len(), claim.status.as_str()), (1, "contested"), "{claim:?}");
    let texts = ["Peru will join the Artemis Accords.", "Peru joins the Artemis Accords."];
    let story = self::story(&texts);
    let claim = story.claims.iter().find(|c| c.claim.starts_with("Peru and the Artemis Accords")).expect("a claim");
    assert_eq!(claim.articles.len(), 2, "{claim:?}");
}

#[test]
fn what_was_to_come_has_come_on_the_day_that_another_gives() {
    let stage = |texts: &[&str]| {
        let stages = story(texts).stages;
        let peru = stages.iter().find(|s| s.participant.0 == "iso3:PER").expect("a stage");
        (peru.lo, peru.conflict)
    };
    let announced = "Peru will join the Artemis Accords. A signing ceremony will be announced soon.";
    assert_eq!(stage(&[announced, "Peru signed the Artemis Accords on 1 December 2025 in Lima."]), (5, false));
    let denied = "Peru will join the Artemis Accords. Peru has not signed the Artemis Accords.";
    assert!(stage(&[denied, "Peru signed the Artemis Accords on 1 December 2025 in Lima."]).1);
}

#[test]
fn sources_without_a_name_are_one_only_where_their_words_are() {
    let ids = |second: &str| {
        let first = "“The river will be clean again before the children are grown,” diplomats said on Monday.";
        let origins = story(&[first, second]).origins;
        origins.into_iter().filter(|o| o.name == "diplomats").count()
    };
    assert_eq!(ids("“Nobody in the valley has seen a fish for ten long years,” diplomats said on Monday."), 2);
    assert_eq!(ids("“The river will be clean again before the children are grown,” diplomats said."), 1);
}

#[test]
fn who_is_credited_beside_a_named_origin_is_not_denied() {
    let told = |by: &str| format!("Norway and Peru agreed on Monday to a ceasefire, {by}.");
    let named = told("Emmanuel Macron said");
    let with = |by: &str| reason(&[&named, &told(by)], "Peru");
    assert_eq!(with("Reuters reported"), "origin: Emmanuel Macron; also Reuters");
    assert_eq!(with("officials said"), "origin: Emmanuel Macron; also officials");
    assert_eq!(with("Emmanuel Macron told reporters"), "one origin: Emmanuel Macron");
}

#[test]
fn an_act_is_no_word_of_who_does_it() {
    let done = ["Peru has agreed to join the Artemis Accords.", "Peru agreed on Monday to join the Artemis Accords."];
    assert_eq!(origins(&done), ["no origin found"]);
    let said =
        ["Peru said that it will join the Artemis Accords.", "Peru said that it will join the Artemis Accords now."];
    assert_eq!(origins(&said), ["Peru"]);
}

#[test]
fn a_medium_that_one_article_names_is_that_of_the_same_words_elsewhere() {
    let words = "“The river will be clean again before the children are grown, and we shall all drink of it,”";
    let media = |second: &str| {
        let first = format!("{words} Emmanuel Macron said in a statement on Monday.");
        let origins = story(&[&first, second]).origins;
        let macron = origins.into_iter().find(|o| o.name == "Emmanuel Macron").expect("an origin");
        macron.media.into_iter().map(|(medium, articles)| (medium, articles.len())).collect::<Vec<_>>()
    };
    assert_eq!(media(&format!("{words} said Emmanuel Macron.")), [("statement".to_owned(), 2)]);
    let other = "“Nobody in the valley has seen a fish for ten long years,” Emmanuel Macron said.";
    assert_eq!(media(other), [("statement".to_owned(), 1)]);
}

#[test]
fn an_administration_is_the_state_whose_head_it_has() {
    let told = |name: &str| {
        format!("French President Emmanuel Macron came. “The river will be clean again,” {name} said in a release.")
    };
    let names = |text: String| story(&[&text, &text.replace("came", "left")]).origins;
    let has = |name: &str, origins: Vec<super::Origin>| origins.into_iter().any(|o| o.name == name);
    assert!(has("France", names(told("the Macron administration"))));
    assert!(!has("France", names(told("the Berger administration"))));
}

#[test]
fn what_an_article_opens_with_may_get_its_source_later() {
    let plain = "Norway and Peru opened a long new bridge over the northern river on Monday.";
    let told = |rest: &str| format!("{plain}\n\n{rest}");
    let by = |rest: &str| origins(&[&told(rest), &told(rest).replace("a long new", "the long new")]);
    let made = by("French President Emmanuel Macron made the announcement in Lima.");
    assert_eq!(made, ["Emmanuel Macron"]);
    let other = by("French President Emmanuel Macron made an announcement in Lima.");
    assert_eq!(other, ["no origin found"]);
}

#[test]
fn a_clause_at_the_end_of_a_sentence_says_whose_word_it_is() {
    let by = |end: &str| origins(&[&format!("Norway and Peru agreed on Monday to a ceasefire, {end}.")]);
    assert_eq!(by("the old envoy let it be known"), ["the old envoy"]);
    assert_eq!(by("the old envoy let the talks go on"), ["no origin found"]);
}
