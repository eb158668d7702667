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
    ]);
}

#[test]
fn a_truce_agreed_before_is_told_of_its_sides() {
    check_stages(&[
        (
            "The ceasefire between Peru and Chile was hours old. The truce, agreed on Monday in Lima, has no text.",
            &["CHL 4-7", "PER 4-7"],
        ),
        ("The ceasefire between Peru and Chile was hours old. The truce, feared on Monday in Lima, has no text.", &[]),
    ]);
}
