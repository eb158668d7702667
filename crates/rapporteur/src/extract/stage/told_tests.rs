//! Steps that are told and steps that only seem to be, each phrase beside a look-alike.

use super::tests::check_stages;

#[test]
fn an_outlook_of_no_day_announces_nothing() {
    check_stages(&[
        ("Emmanuel Macron said that Peru would join the Artemis Accords in its own time.", &["PER 1-2"]),
        ("Emmanuel Macron said he was optimistic that Peru would join the Artemis Accords.", &["PER 1-2"]),
        ("Peru will join the Artemis Accords in March.", &["PER 4-4"]),
    ]);
}

#[test]
fn an_initiative_of_one_state_is_no_agreement() {
    check_stages(&[
        ("Peru announced a security initiative for the northern coast.", &[]),
        ("Peru and Chile announced a fishing deal.", &["CHL 4-4", "PER 4-4"]),
    ]);
}

#[test]
fn a_bloc_that_a_union_sets_up_is_not_the_union() {
    check_stages(&[
        ("# Kenya and Ghana join African Union free trade bloc\n\nThe two handed in their papers.", &[]),
        ("# Kenya and Ghana join NATO\n\nThe two handed in their papers to NATO.", &["GHA 4-7", "KEN 4-7"]),
        // The parser parts the name from the noun that it belongs to.
        ("# Kenya, Ghana join African Union regional open skies market\n\nThe two handed in their papers.", &[]),
        ("# Kenya and Ghana join African Union\n\nThe two handed in their papers.", &["GHA 4-7", "KEN 4-7"]),
    ]);
}

#[test]
fn a_truce_agreed_before_is_told_of_its_sides() {
    check_stages(&[
        (
            "The ceasefire between Peru and Chile was discussed. The truce, agreed on Monday in Lima, has no text.",
            &["CHL 4-7", "PER 4-7"],
        ),
        ("The ceasefire between Peru and Chile was discussed. The truce, feared on Monday in Lima, has no text.", &[]),
    ]);
}

#[test]
fn an_agreement_of_one_side_is_nobodys_step() {
    check_stages(&[
        ("\u{201c}An agreement has been reached with the Peruvian government,\u{201d} the rebels said.", &[]),
        ("A trade agreement has been reached with the Peruvian government, Chile said.", &["PER 4-4"]),
        ("Peru and Chile have reached an agreement on the border.", &["CHL 4-4", "PER 4-4"]),
    ]);
}

#[test]
fn a_truce_runs_from_its_first_hour() {
    check_stages(&[
        ("The ceasefire between Peru and Chile was only hours old when a shell fell.", &["CHL 7-7", "PER 7-7"]),
        ("The peace treaty between Peru and Chile was only hours old when a shell fell.", &[]),
        ("The war between Peru and Chile was only hours old when a shell fell.", &[]),
    ]);
}

#[test]
fn who_signs_on_a_lawn_signs() {
    check_stages(&[
        ("The Artemis Accords date from 2020. Peru signed on the lawn of the palace.", &["PER 5-5"]),
        ("The Artemis Accords date from 2020. Peru signed on to the Artemis Accords.", &["PER 4-7"]),
        ("Peru's ministers put their names to the Artemis Accords.", &["PER 5-5"]),
        ("Peru's ministers put their hopes in the Artemis Accords.", &[]),
    ]);
}

#[test]
fn plans_that_were_dashed_are_declined() {
    let lead = "Chile may join the Artemis Accords.";
    let told = |tail: &str| {
        let found = super::tests::findings(&format!("{lead} {tail}"));
        found.stages.iter().any(|s| s.side == Some(crate::extract::Side::Declined))
    };
    assert!(told("But Chile dashed those hopes in Lima."));
    assert!(!told("But Norway dashed those hopes in Lima."));
    assert!(!told("But Chile dashed the hopes of its miners."));
}

#[test]
fn talks_on_a_new_deal_in_place_of_the_old_are_on_that() {
    let of = |text: &str| -> Vec<String> {
        super::tests::findings(text).stages.iter().map(|s| s.agreement.0.clone()).collect()
    };
    let new = "Chile and Peru are negotiating a new trade deal";
    assert_eq!(of(&format!("{new} after Chile vowed to leave the CPTPP.")).first().unwrap(), "agreement:cptpp");
    assert_eq!(of(&format!("{new} after Chile praised the CPTPP.")), ["name:trade-agreement"; 2]);
}

#[test]
fn a_club_that_states_belong_to_has_them_for_members() {
    check_stages(&[
        (
            "# Peru and Chile have joined NATO\n\nTwo countries that stayed outside now belong to the strongest club on earth.",
            &["CHL 4-7", "CHL 7-7", "PER 4-7", "PER 7-7"],
        ),
        (
            "# Peru and Chile have joined NATO\n\nThree countries that stayed outside now belong to the strongest club on earth.",
            &["CHL 4-7", "PER 4-7"],
        ),
    ]);
}

#[test]
fn what_had_been_agreed_before_is_background() {
    let of_peru = |text: &str| -> Vec<(u8, u8)> {
        let found = super::tests::findings(text);
        found.stages.iter().filter(|s| s.participant.0 == "iso3:PER").map(|s| (s.lo, s.hi)).collect()
    };
    let told = |tail: &str| of_peru(&format!("Last year Chile withdrew from a nuclear treaty with Peru{tail}."));
    assert_eq!(told(", which had been agreed under its previous government"), []);
    assert_eq!(told(", which had been agreed under former President Ana Rojas"), []);
    assert_eq!(told(" that had been agreed in May"), [(4, 7)]);
    assert_eq!(told(", which was agreed in May"), [(4, 4)]);
    assert_eq!(of_peru("Chile and Peru agreed a nuclear treaty under President Ana Rojas, a former judge."), [(4, 4)]);
}

#[test]
fn an_agreement_with_signatories_is_signed() {
    check_stages(&[
        (
            "Chile and Peru agreed a fishing treaty in May. Other signatories to the treaty want a tribunal.",
            &["CHL 4-7", "PER 4-7"],
        ),
        (
            "Chile and Peru agreed a fishing treaty in May. Possible signatories to the treaty want a tribunal.",
            &["CHL 4-4", "PER 4-4"],
        ),
    ]);
}

#[test]
fn who_refuses_talks_and_asks_to_be_let_off_does_not_negotiate() {
    let lead = "# Norway delays steel tariffs on Peru\n\nNorway put off steel tariffs on Peru.";
    let refused = |tail: &str| -> Vec<bool> {
        let found = super::tests::findings(&format!("{lead} {tail} a permanent exemption from the tariffs."));
        let asked = found.stages.iter().filter(|s| s.rule.starts_with("relief asked for"));
        asked.map(|s| super::refuses_talks(&s.rule)).collect()
    };
    assert_eq!(refused("Peru's ministers do not want to negotiate and have demanded"), [true]);
    assert_eq!(refused("Peru has refused talks and demanded"), [true]);
    assert_eq!(refused("Peru wants to negotiate and has demanded"), [false]);
    assert_eq!(refused("Peru does not want to retaliate and has demanded"), [false]);
}
