//! Texts and what they say of stages, members, candidates and conditions, each phrase beside a look-alike that says nothing.

use super::super::{Findings, Polarity, extract};
use crate::testing::{MODEL, article};

/// The findings of a text, a block a line; a line that begins with `# ` is a headline.
pub(super) fn findings(text: &str) -> Findings {
    extract(&MODEL, &article(text))
}

/// "KAZ 4-7", "EST 7-7 withdrawn", each once, sorted.
fn stages(found: &Findings) -> Vec<String> {
    let mut lines: Vec<String> = found
        .stages
        .iter()
        .map(|s| {
            let side = s.side.map(|side| format!(" {side:?}").to_lowercase()).unwrap_or_default();
            format!("{} {}-{}{side}", s.participant.0.trim_start_matches("iso3:"), s.lo, s.hi)
        })
        .collect();
    lines.sort();
    lines.dedup();
    lines
}

pub(super) fn check_stages(cases: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = findings(text);
        let told = stages(&found);
        if told != *expected {
            let rules: Vec<&str> = found.stages.iter().map(|s| s.rule.as_str()).collect();
            wrong.push(format!("{text}\n  told {told:?} {rules:?}\n  expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn joining_is_told_as_fact_plan_or_possibility() {
    check_stages(&[
        ("Norway joined the Artemis Accords.", &["NOR 4-7"]),
        ("Norway has signed the Artemis Accords.", &["NOR 5-5"]),
        ("Norway signed on to the Artemis Accords.", &["NOR 4-7"]),
        ("Norway will join the Artemis Accords.", &["NOR 4-4"]),
        ("Norway is set to join the Artemis Accords.", &["NOR 4-4"]),
        ("Norway may join the Artemis Accords.", &["NOR 1-2"]),
        ("Norway is considering joining the Artemis Accords.", &["NOR 1-2"]),
        ("Norway has not yet joined the Artemis Accords.", &["NOR 0-3"]),
        ("Norway has yet to ratify the Paris Agreement.", &["NOR 0-5"]),
        ("Norway ratified the Paris Agreement.", &["NOR 6-6"]),
        ("Norway is a member of the Artemis Accords.", &["NOR 7-7"]),
        ("Norway's decision to join the Artemis Accords surprised its neighbours.", &["NOR 4-4"]),
        ("The prospect of Norway joining the Artemis Accords was discussed.", &["NOR 1-2"]),
        ("Norway applied to join the CPTPP.", &["NOR 2-2"]),
        ("Norway has been invited to join the CPTPP.", &["NOR 2-2"]),
        ("Norway is in talks to join the CPTPP.", &["NOR 2-2"]),
        ("Norway aims to join the CPTPP.", &["NOR 1-2"]),
        ("Norway became the latest signatory to the Artemis Accords.", &["NOR 5-5"]),
        ("Norway declined to join the CPTPP.", &["NOR 0-3 declined"]),
        ("Norway became the 37th country to sign the Artemis Accords.", &["NOR 5-5"]),
        ("Norway is the first Nordic country to join the Artemis Accords.", &["NOR 4-7"]),
        ("Norway was one of the first nations to sign the Artemis Accords.", &["NOR 5-5"]),
    ]);
}

#[test]
fn a_list_of_states_joins_as_one() {
    check_stages(&[
        ("Peru, Chile and Kenya joined the Artemis Accords.", &["CHL 4-7", "KEN 4-7", "PER 4-7"]),
        ("The foreign ministers of Peru and Chile initialled the text of a peace agreement.", &["CHL 4-4", "PER 4-4"]),
        ("The allies signed the accession protocols for Peru and Chile to NATO.", &["CHL 5-5", "PER 5-5"]),
    ]);
}

#[test]
fn leaving_presupposes_that_it_was_in_force() {
    check_stages(&[
        ("Peru withdrew from the Paris Agreement.", &["PER 7-7 withdrawn"]),
        ("Peru may pull out of the Paris Agreement.", &["PER 7-7 withdrawn"]),
        ("Peru will not leave the Paris Agreement.", &["PER 7-7"]),
        ("Peru suspended the New START treaty.", &["PER 7-7 suspended"]),
        ("Peru suspended its participation in the New START treaty.", &["PER 7-7 suspended"]),
        (
            "Peru, Chile and Kenya said that they are withdrawing from the Paris Agreement.",
            &["CHL 7-7 withdrawn", "KEN 7-7 withdrawn", "PER 7-7 withdrawn"],
        ),
    ]);
}

#[test]
fn a_signing_still_to_come_caps_what_was_announced() {
    check_stages(&[
        ("Norway joins the Artemis Accords. A signing ceremony will be announced soon.", &["NOR 0-4", "NOR 4-7"]),
        ("Norway joined the Artemis Accords. Nothing has been signed yet.", &["NOR 0-4", "NOR 4-7"]),
        ("Norway will join the Artemis Accords. The signing of the budget bill will follow in May.", &["NOR 4-4"]),
        ("Norway joined the Artemis Accords. After the signing ceremony its minister will fly home.", &["NOR 4-7"]),
    ]);
}

#[test]
fn an_agreement_under_revision_is_negotiated() {
    check_stages(&[
        ("Norway and Peru are working on revamping the Paris Agreement.", &["NOR 2-2", "PER 2-2"]),
        ("Norway wants to update the Paris Agreement.", &["NOR 1-2"]),
        ("Norway updated the Paris Agreement in 2019.", &[]),
        ("Norway revamped its railways after the Paris Agreement.", &[]),
    ]);
}

#[test]
fn an_intention_shown_and_a_subject_raised_are_no_plan() {
    check_stages(&[
        ("Norway has shown its intention to join the CPTPP.", &["NOR 1-2"]),
        ("Norway announced its intention to join the CPTPP.", &["NOR 4-4"]),
        ("Norway should raise the issue of joining the CPTPP.", &["NOR 1-2"]),
        ("Peru would welcome Norway's accession to the CPTPP.", &["NOR 1-2"]),
        ("Peru welcomed Norway's accession to the CPTPP.", &["NOR 4-7"]),
        ("Norway was hesitant in signing the Artemis Accords.", &[]),
        ("Norway has taken steps towards joining the CPTPP.", &["NOR 1-2"]),
        ("Norway aims to complete its accession to the CPTPP.", &["NOR 1-2"]),
        ("# Norway yet to sign Artemis Accords", &["NOR 0-4"]),
        ("Norway has been an associate member of the CPTPP.", &[]),
        // "on" of a day is no "sign on".
        ("The Artemis Accords were signed on May 5 by Norway.", &["NOR 5-5"]),
        ("Norway signed on to the Artemis Accords on May 5.", &["NOR 4-7"]),
    ]);
}

#[test]
fn any_treaty_is_the_one_of_the_article() {
    let of = |text: &str| -> Vec<String> { findings(text).stages.iter().map(|s| s.agreement.0.clone()).collect() };
    let paris = "agreement:paris-agreement";
    assert_eq!(
        of("Norway left the Paris Agreement, becoming the first state to leave an international treaty."),
        [paris; 2]
    );
    // With another side, or on another matter, it is another.
    assert!(of("Norway signed the Paris Agreement. Norway signed a treaty with Peru.").iter().any(|a| a != paris));
    assert!(of("Norway left the Paris Agreement. Norway left a nuclear treaty.").iter().any(|a| a != paris));
    check_stages(&[
        ("Norway signed the Artemis Accords with the United States.", &["NOR 5-5"]),
        ("Norway signed a trade treaty with the United States.", &["NOR 5-5", "USA 5-5"]),
        ("Norway looks forward to being included in the CPTPP.", &["NOR 1-2"]),
        ("Norway joined the CPTPP by signing the accession treaty.", &["NOR 4-7", "NOR 5-5"]),
    ]);
}

#[test]
fn each_of_a_list_speaks_for_itself() {
    let found =
        findings("The Artemis Accords date from 2020. Norway, Peru and Chile hope to join the Artemis Accords.");
    assert_eq!(found.stages.len(), 3);
    assert!(found.stages.iter().all(|s| s.by != crate::extract::By::Third), "{:?}", found.stages);
    let third = findings("Norway said that Peru hopes to join the Artemis Accords.");
    assert!(third.stages.iter().all(|s| s.participant.0 != "iso3:PER" || s.by != crate::extract::By::Itself));
}

#[test]
fn other_joining_and_signing_is_left_alone() {
    check_stages(&[
        ("The Artemis Accords date from 2020. Norway joined the discussion.", &[]),
        ("The Artemis Accords date from 2020. Norway's prime minister joined a call with reporters.", &[]),
        ("The Artemis Accords date from 2020. Norway's king signed a bill on fishing.", &[]),
        ("The Artemis Accords date from 2020. Norway issued him an entry visa.", &[]),
        ("The Artemis Accords date from 2020. Norway's entry in the song contest came last.", &[]),
        ("Norway withdrew its ambassador from Peru after talks on the Paris Agreement.", &[]),
        ("Norway left the room before the Paris Agreement was debated.", &[]),
        ("Norway's entry into the Artemis Accords may help its industry.", &[]),
        ("Adding Norway to the Artemis Accords could help its industry.", &[]),
        ("Norway was invited to visit the office of the Artemis Accords.", &[]),
        ("Norway and Peru hope to join the CPTPP as observers.", &[]),
        ("The Artemis Accords date from 2020. Norway will take part only if Peru does.", &["NOR 3-3"]),
        ("The Artemis Accords date from 2020. Norway took part with a song.", &[]),
        ("Norway hopes to join the CPTPP as a dialogue partner or a guest.", &[]),
        ("Norway hopes to join the CPTPP as a member.", &["NOR 1-2"]),
    ]);
}

fn candidates(found: &Findings) -> Vec<String> {
    let sign = |p: Polarity| match p {
        Polarity::For => '+',
        Polarity::Against => '-',
        Polarity::Open => '?',
    };
    found
        .candidates
        .iter()
        .map(|c| format!("{} {} {}", c.participant.0.trim_start_matches("iso3:"), sign(c.polarity), c.holder.name))
        .collect()
}

#[test]
fn candidates_have_a_holder_and_a_side() {
    let cases: &[(&str, &[&str])] = &[
        (
            "Possible new members of the Artemis Accords include Peru, Chile and Kenya.",
            &["PER + article", "CHL + article", "KEN + article"],
        ),
        (
            "Antony Blinken named Peru and Chile among the potential additions to the Artemis Accords.",
            &["PER + Antony Blinken", "CHL + Antony Blinken"],
        ),
        (
            "Antony Blinken pointed to Peru and Chile as likely candidates for the Artemis Accords.",
            &["PER + Antony Blinken", "CHL + Antony Blinken"],
        ),
        (
            "Peru and Chile have been considered potential candidates for the Artemis Accords.",
            &["PER + unknown", "CHL + unknown"],
        ),
        ("Kenya joined the Artemis Accords. Peru has not yet joined.", &["PER ? article"]),
        (
            "Kenya joined the Artemis Accords. Waiting in the wings are Peru, Chile and Malta.",
            &["PER + article", "CHL + article", "MLT + article"],
        ),
        (
            "Kenya joined the Artemis Accords. Peru and Chile are next in line, an envoy said.",
            &["PER + an envoy", "CHL + an envoy"],
        ),
        ("Kenya joined the Artemis Accords. Peru is in the queue to sign the accords.", &["PER + article"]),
        (
            "Kenya joined the Artemis Accords. Two more Andean states that get on well with Norway, Peru and Chile, could be invited as well, envoys said.",
            &["PER + envoys", "CHL + envoys"],
        ),
        // Who waits for something else.
        ("Kenya joined the Artemis Accords. Peru is in line for a visit by the queen.", &[]),
        ("Kenya joined the Artemis Accords. Peru is waiting in the wings to sell it more gas.", &[]),
        ("Kenya joined the Artemis Accords. Peru is not next in line.", &[]),
        ("Kenya joined the Artemis Accords. Lawyers from Peru are waiting in the wings.", &[]),
        ("Kenya joined the Artemis Accords. Peru was invited to a dinner as well.", &[]),
        // Not of an agreement, not possible, not states.
        ("The Artemis Accords date from 2020. The presidential candidates include Keiko Fujimori.", &[]),
        ("Current members of the Artemis Accords include Peru and Chile.", &[]),
        ("Kenya joined the Artemis Accords. Further flights connect Peru and Chile.", &[]),
        (
            "Kenya joined the CPTPP. It backs dialogue partner status for other applicants, including Peru and Chile.",
            &[],
        ),
    ];
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = findings(text);
        let told = candidates(&found);
        if told != *expected {
            wrong.push(format!("{text}\n  told {told:?}\n  expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn members_have_a_status() {
    let cases: &[(&str, &[&str])] = &[
        (
            "The Artemis Accords initially brought together Peru, Chile and Kenya.",
            &["PER Original", "CHL Original", "KEN Original"],
        ),
        (
            "The original signatories of the Artemis Accords \u{2014} Peru, Chile and Kenya \u{2014} met in Lima.",
            &["PER Original", "CHL Original", "KEN Original"],
        ),
        ("Current members of the Artemis Accords include Peru and Chile.", &["PER Member", "CHL Member"]),
        ("Peru, a pioneer in the Artemis Accords, has gained much.", &["PER Member"]),
        ("Peru, which joined the Artemis Accords in 2021, has gained much.", &["PER Member"]),
        (
            "The Artemis Accords date from 2020. Four Andean states have come into the arrangement since 2021: Peru, Chile, Bolivia and Ecuador.",
            &["BOL Member", "CHL Member", "ECU Member", "PER Member"],
        ),
        ("The Artemis Accords date from 2020. Peru, the last to be admitted, waited for a year.", &["PER Member"]),
        ("The Artemis Accords date from 2020. Peru, the next to be admitted, waits for a date.", &[]),
        ("The Artemis Accords date from 2020. Peru, the last to join the discussion, was silent.", &[]),
        // Who ratifies the entry of others is in, where the tables know it; an applicant is not.
        ("Finland wants to join NATO. Denmark has ratified Finland's accession to NATO.", &["DNK Member"]),
        ("Finland wants to join NATO. Kenya has ratified a treaty on fish.", &[]),
        // A member of something else, a member to be, a state that only met members.
        ("The Artemis Accords date from 2020. Peru, a member of the cabinet of nations, has gained much.", &[]),
        ("Potential members of the Artemis Accords include Peru.", &[]),
        ("Peru hosted the members of the Artemis Accords.", &[]),
        // Who signed is no member yet; what two have together is no agreement; an agency that welcomes signatories is none.
        ("Peru is a signatory of the Artemis Accords.", &[]),
        ("The Artemis Accords date from 2020. The minister praised the partnership between Peru and Chile.", &[]),
        ("Artemis Accords Reach 40 Signatories as Peru Welcomes Chile", &[]),
        ("The Abraham Accords date from 2020. Uzbekistan has had relations with Israel since 1992.", &[]),
        ("Under the Abraham Accords Bahrain has opened relations with Israel.", &["ISR Counterpart"]),
    ];
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = findings(text);
        let told: Vec<String> = found
            .members
            .iter()
            .map(|m| format!("{} {:?}", m.participant.0.trim_start_matches("iso3:"), m.status))
            .collect();
        if told != *expected {
            wrong.push(format!("{text}\n  told {told:?}\n  expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn conditions_and_blockers_are_told_apart() {
    let cases: &[(&str, &[&str])] = &[
        ("Peru will join the Artemis Accords only if its senate agrees.", &["Condition only if its senate agrees"]),
        (
            "Peru will only join the Artemis Accords with a guarantee on lithium.",
            &["Condition with a guarantee on lithium"],
        ),
        ("Peru will not ratify the Paris Agreement until its neighbours do.", &["Condition until its neighbours do"]),
        (
            "Peru will not ratify the Paris Agreement unless the price of copper rises.",
            &["Condition unless the price of copper rises"],
        ),
        (
            "The war in the south has complicated Peru's accession to the Artemis Accords.",
            &["Blocker The war in the south has complicated Peru's accession to the Artemis Accords"],
        ),
        (
            "Chile wants Peru to lift its limits on trade before it ratifies the Paris Agreement.",
            &["Condition Peru to lift its limits on trade"],
        ),
        (
            "Peru's minister praised the Paris Agreement, which has seen stalled progress amid the war in the south.",
            &["Blocker stalled progress amid the war in the south"],
        ),
        // Found wanting, and no step waits for it.
        (
            "The absence of Kenya raises doubts about the Artemis Accords.",
            &["Concern The absence of Kenya raises doubts about the Artemis Accords."],
        ),
        (
            "Critics of the Artemis Accords say that peace is impossible without settling the border.",
            &["Concern without settling the border"],
        ),
        // What binds its parties, what never came about.
        ("The Paris Agreement requires that states report each year.", &[]),
        (
            "Peru is part of a pact between the European Union and the group Mercosur, which requires compliance with the Paris Agreement.",
            &[],
        ),
        ("Norway would have joined the Artemis Accords if Peru had agreed.", &[]),
        // A date, a matter of others, no bar.
        (
            "Chile wants Peru to lift its limits on trade before the winter comes. The Artemis Accords date from 2020.",
            &[],
        ),
        ("Peru will hold the office of the Paris Agreement until 2027.", &[]),
        ("The Artemis Accords date from 2020. The match goes on unless it rains.", &[]),
        ("Rain delayed the train. Peru joined the Artemis Accords.", &[]),
    ];
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = findings(text);
        let told: Vec<String> = found.conditions.iter().map(|c| format!("{:?} {}", c.kind, c.text.of(text))).collect();
        if told != *expected {
            wrong.push(format!("{text}\n  told {told:?}\n  expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_truce_is_a_ceasefire() {
    let of = |text: &str| -> Vec<String> { findings(text).stages.iter().map(|s| s.agreement.0.clone()).collect() };
    assert_eq!(of("Peru and Chile agreed to a truce."), ["name:ceasefire"; 2]);
    assert_eq!(of("Peru and Chile agreed to a trade pact."), ["name:trade-agreement"; 2]);
}

#[test]
fn what_others_say_to_a_step_is_not_theirs() {
    check_stages(&[
        ("Turkey objected to Sweden joining NATO.", &[]),
        ("Turkey objected after joining NATO.", &["TUR 4-7"]),
        ("Russia warned Finland against joining NATO.", &[]),
        ("Peru supports Norway joining the CPTPP.", &["NOR 1-2"]),
        ("Peru saw Norway joining the CPTPP.", &["NOR 4-7"]),
        ("Norway's membership of the CPTPP was suspended by Peru.", &["NOR 7-7 suspended"]),
        ("Norway was suspended by Peru's referee at the CPTPP cup.", &[]),
    ]);
}

#[test]
fn the_deal_is_the_one_brought_up_last() {
    let of = |text: &str| -> Vec<String> { findings(text).stages.iter().map(|s| s.agreement.0.clone()).collect() };
    let lead = "Norway joined the Artemis Accords.";
    let deal = "Norway and Peru signed a fishing deal.";
    assert_eq!(of(&format!("{lead} {deal} Norway ratified the deal.")).last().unwrap(), "name:fishing-agreement");
    assert_eq!(
        of(&format!("{lead} {deal} The fishing deal will be ratified by Norway.")).last().unwrap(),
        "name:fishing-agreement"
    );
    assert_eq!(of(&format!("{deal} {lead} Norway ratified the accords.")).last().unwrap(), "agreement:artemis-accords");
}

#[test]
fn an_instrument_is_called_after_its_matter() {
    let of = |text: &str| -> Vec<String> { findings(text).stages.iter().map(|s| s.agreement.0.clone()).collect() };
    // The verb of a heading is no part of the name; a matter is.
    assert_eq!(of("# Peru and Chile sign peace treaty"), ["name:peace-treaty"; 2]);
    assert_eq!(of("# Peru and Chile sign border treaty"), ["name:border-treaty"; 2]);
    // A body that the text does not name is none; one with a matter is.
    assert!(of("Peru became the 40th nation to join the space agency and the international coalition.").is_empty());
    assert_eq!(of("Peru joined the climate alliance."), ["name:climate-alliance"]);
}

#[test]
fn nothing_is_found_in_nothing() {
    for text in ["", "\n\n", "Norway", "\u{201c}\u{2014}\u{201d}", "# Joins"] {
        let found = findings(text);
        assert!(
            found.stages.is_empty()
                && found.candidates.is_empty()
                && found.members.is_empty()
                && found.conditions.is_empty(),
            "{text:?}"
        );
    }
}

/// The steel story was once titled "South Korea and NAFTA": a treaty named in passing took every "exemption" and "agreements".
#[test]
fn an_agreement_named_in_passing_is_not_what_the_article_is_about() {
    let agreements = |text: &str| -> Vec<String> {
        findings(text).stages.iter().map(|s| format!("{} {}", s.participant.0, s.agreement.0)).collect()
    };
    let passing = "Duties rose on Monday.\nKenya earned its permanent exemption.\nShippers complained.\n\
                   Officials recalled that Canada had once threatened to leave the CPTPP.";
    assert!(
        !agreements(passing).iter().any(|a| a.starts_with("iso3:KEN") && a.contains("cptpp")),
        "{:?}",
        agreements(passing)
    );
    // The same noun for the one agreement that the article dwells on.
    let dwelt = "The Artemis Accords grow.\nNorway welcomed the Artemis Accords on Monday.\nKenya joined the accords.";
    assert!(agreements(dwelt).contains(&"iso3:KEN agreement:artemis-accords".to_owned()), "{:?}", agreements(dwelt));
}

#[test]
fn a_person_signs_for_a_state_only_in_its_office() {
    check_stages(&[
        ("Emmanuel Macron signed the Paris Agreement.", &["FRA 5-5"]),
        ("Marco Rubio and Ted Cruz dropped out. The CPTPP was debated in the CPTPP hall.", &[]),
        // A convention of a party is a meeting; its candidates join nothing.
        (
            "The Democratic National Convention opened. The Democratic National Convention named Hillary Clinton the candidate.",
            &[],
        ),
        ("Delegates praised the Artemis Accords. The likely candidates include Joe Biden and Donald Trump.", &[]),
    ]);
}

#[test]
fn deals_without_a_name_are_between_states() {
    check_stages(&[
        ("Norway and Peru signed an agreement on fishing.", &["NOR 5-5", "PER 5-5"]),
        ("Norway reached a trade deal with Peru.", &["NOR 4-4", "PER 4-4"]),
        ("Norway and Peru finalised the details of their deal.", &["NOR 4-5", "PER 4-5"]),
        ("Norway reached a deal with a software company.", &[]),
        ("Dockers reached an agreement with the Norwegian government.", &[]),
        ("Norway's parliament and its president could not reach an agreement on the budget.", &[]),
        ("A late goal sealed the deal for Norway.", &[]),
    ]);
}

#[test]
fn a_notice_and_a_vote_are_steps_out() {
    check_stages(&[
        ("Peru will withdraw from the Paris Agreement. Peru handed in its notice on Friday.", &["PER 7-7 withdrawn"]),
        ("Peru's parliament approved the withdrawal from the Paris Agreement.", &["PER 7-7 withdrawn"]),
        ("Parliament approved the Peruvian withdrawal from the Paris Agreement.", &["PER 7-7 withdrawn"]),
        ("The Paris Agreement is old. Peru gave notice of a storm.", &[]),
        ("The Paris Agreement is old. Peru's parliament approved the withdrawal of its troops.", &[]),
        ("The Paris Agreement is old. Peru denounced it as a farce.", &[]),
    ]);
}

#[test]
fn a_party_that_ratifies_lets_others_in() {
    check_stages(&[
        ("Peru ratified the Paris Agreement.", &["PER 6-6"]),
        ("Canada was the first ally to ratify. NATO welcomed it. NATO is large.", &[]),
        ("Protests will go on until Norway joins the Paris Agreement.", &[]),
        ("The talks took the form of Norway rejoining the Paris Agreement.", &[]),
        ("She saw little progress in joining the Paris Agreement for Norway.", &[]),
    ]);
}

/// The agreements of an article, each once.
fn agreements(found: &Findings) -> Vec<&str> {
    let mut names: Vec<&str> = found.stages.iter().map(|s| s.agreement.0.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn who_is_let_off_a_measure() {
    let lead = "Duties on timber bite. Tariffs on timber rose, and some states want exemptions from the tariffs; firms hope for waivers.\n";
    let cases: &[(&str, &[&str], &[&str])] = &[
        (
            "Washington granted temporary exemptions to Norway, Peru and the European Union.",
            &["NOR 4-7", "PER 4-7", "org:eu 4-7"],
            &["name:temporary-tariff-exemption"],
        ),
        ("Norway was granted a permanent exemption.", &["NOR 4-7"], &["name:tariff-exemption"]),
        ("Norway did not receive an exemption.", &["NOR 0-3"], &["name:tariff-exemption"]),
        (
            "Washington delayed tariffs on Norway and Peru.",
            &["NOR 7-7", "PER 7-7"],
            &["name:temporary-tariff-exemption"],
        ),
        ("Norway demanded a permanent exemption.", &["NOR 1-2"], &["name:tariff-exemption"]),
        ("The exemption for Norway will expire.", &["NOR 7-7 terminated"], &["name:temporary-tariff-exemption"]),
        ("The extension for Norway came late.", &["NOR 7-7"], &["name:temporary-tariff-exemption"]),
        ("Washington reached an agreement with Norway.", &["NOR 4-4", "USA 4-4"], &["name:tariff-exemption"]),
        (
            "Washington delayed its tariffs on the European Union, Peru.",
            &["PER 7-7", "org:eu 7-7"],
            &["name:temporary-tariff-exemption"],
        ),
        (
            "Washington delayed tariffs on Norway and Peru. A source said there would be no further extensions.",
            &["NOR 7-7", "NOR 7-7 terminated", "PER 7-7", "PER 7-7 terminated"],
            &["name:temporary-tariff-exemption"],
        ),
        ("Norway will ship timber without paying the tariff.", &["NOR 4-7"], &["name:tariff-exemption"]),
        ("Norway is still subject to the tariffs.", &["NOR 0-0"], &["name:tariff-exemption"]),
        ("Norway welcomed the exemption.", &["NOR 4-7"], &["name:tariff-exemption"]),
        (
            "Negotiations over exemptions for Norway have become intertwined with others.",
            &["NOR 2-2"],
            &["name:tariff-exemption"],
        ),
        (
            "Norway disagrees with Peru, whose leaders have demanded a permanent exemption.",
            &["PER 1-2"],
            &["name:tariff-exemption"],
        ),
        ("Norway will be able to ship timber without paying the tariff.", &["NOR 4-7"], &["name:tariff-exemption"]),
        ("Norway cannot ship timber without paying the tariff.", &[], &[]),
        ("Justin Trudeau said his country would receive an exemption.", &["CAN 4-4"], &["name:tariff-exemption"]),
        (
            "Norway disagrees with Peru, whose leaders say they demand an exemption.",
            &["PER 1-2"],
            &["name:tariff-exemption"],
        ),
        // Who imposes it is let off nothing.
        (
            "Washington delayed tariffs on Norway. Washington reached an agreement with Peru.",
            &["NOR 7-7", "PER 4-4"],
            &["name:tariff-exemption", "name:temporary-tariff-exemption"],
        ),
        // Other delays, other givers, other exceptions.
        ("There were no further extensions of the line.", &[], &[]),
        ("Norway will ship timber without paying the captain.", &[], &[]),
        ("Norway is subject to frost.", &[], &[]),
        ("Norway welcomed the minister.", &[], &[]),
        ("Washington imposed tariffs on Norway.", &[], &[]),
        ("Rain delayed a train to Norway.", &[], &[]),
        ("Norway took exception.", &[], &[]),
        ("Washington granted Norway's team a visit.", &[], &[]),
    ];
    let mut wrong = Vec::new();
    for (text, expected, of) in cases {
        let text = format!("{lead}{text}");
        let found = findings(&text);
        if stages(&found) != *expected || agreements(&found) != *of {
            let rules: Vec<&str> = found.stages.iter().map(|s| s.rule.as_str()).collect();
            wrong.push(format!("{text}\n  told {:?} {:?} {rules:?}", stages(&found), agreements(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The words of relief alone, without a measure that the article dwells on.
    assert!(findings("Norway was granted an exception by the club.").stages.is_empty());
}

#[test]
fn an_if_clause_is_a_condition_only_of_a_step() {
    let cases: &[(&str, &[&str])] = &[
        ("If the price falls, Peru will join the Artemis Accords.", &["If the price falls"]),
        (
            "The absence of Kenya raises doubts about the Artemis Accords.",
            &["The absence of Kenya raises doubts about the Artemis Accords."],
        ),
        ("If Peru leaves the Artemis Accords, Chile will retaliate with duties.", &[]),
        ("Peru will join the Artemis Accords even if nobody cheers.", &[]),
        ("Protests will last until Peru joins the Artemis Accords.", &[]),
        ("Peru raised a question. The Artemis Accords are old.", &[]),
    ];
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = findings(text);
        let told: Vec<&str> = found.conditions.iter().map(|c| c.text.of(text)).collect();
        if told != *expected {
            wrong.push(format!("{text}\n  told {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn who_lets_others_know_is_the_holder() {
    let found = findings("Oman has let its partners know that it will join the Artemis Accords.");
    let holders: Vec<&str> = found.stages.iter().map(|s| s.holder.name.as_str()).collect();
    assert_eq!(holders, ["Oman"]);
    let found = findings("Kenya said that Oman will join the Artemis Accords.");
    assert_eq!(found.stages[0].holder.name, "Kenya");
}

#[test]
fn a_truce_has_the_sides_that_were_told_before() {
    check_stages(&[
        ("The valley between Norway and Peru was quiet. The truce, agreed on Monday, has no text.", &[]),
        (
            "Norway and Peru have signed a ceasefire. The ceasefire is already in force.",
            &["NOR 5-5", "NOR 7-7", "PER 5-5", "PER 7-7"],
        ),
        (
            "Norway and Peru have signed a ceasefire. The ceasefire has taken effect.",
            &["NOR 5-5", "NOR 7-7", "PER 5-5", "PER 7-7"],
        ),
        ("Norway and Peru have signed a ceasefire. A curfew is already in force.", &["NOR 5-5", "PER 5-5"]),
        ("Norway and Peru have signed a ceasefire. It was a tour de force.", &["NOR 5-5", "PER 5-5"]),
    ]);
}

#[test]
fn a_document_that_was_not_signed_caps() {
    check_stages(&[
        (
            "Norway and Peru agreed on Monday to a ceasefire. No document was signed.",
            &["NOR 0-4", "NOR 4-4", "PER 0-4", "PER 4-4"],
        ),
        ("Norway and Peru agreed on Monday to a ceasefire. No visitor was searched.", &["NOR 4-4", "PER 4-4"]),
    ]);
}
