//! Sentences of our own: what must be read as an event, and look-alikes that must not, or as another.

use expect_test::{Expect, expect};

use crate::extract::{EntityId, Event, extract};
use crate::testing::{MODEL, article};

/// One line an event: type, code, actors, recipients, realis.
fn read(text: &str) -> String {
    let findings = extract(&MODEL, &article(text));
    let ids = |ids: &[EntityId]| ids.iter().map(|i| i.0.as_str()).collect::<Vec<_>>().join(" ");
    let line = |e: &Event| {
        let realis = format!("{:?}", e.realis).to_lowercase();
        let cameo = e.cameo.unwrap_or("-");
        format!("{} {cameo} {} > {} {realis}", e.plover.as_str(), ids(&e.actors), ids(&e.recipients))
    };
    findings.events.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn check(texts: &[&str], expected: Expect) {
    let lines: Vec<String> = texts.iter().map(|t| read(t)).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn what_is_done_and_what_is_promised() {
    check(
        &[
            "Kenya signed a trade agreement with Norway.",
            "Kenya will sign a trade agreement with Norway.",
            "Kenya agreed to release the Norwegian sailors.",
            "Kenya released the Norwegian sailors.",
            "Kenya refused to release the Norwegian sailors.",
            "Kenya did not release the Norwegian sailors.",
            "Kenya demanded that Norway release the sailors.",
            "Kenya threatened to attack Norway.",
            "Kenya attacked Norway.",
        ],
        expect![[r#"
            SUPPORT 057 iso3:KEN > iso3:NOR actual
            AGREE 032 iso3:KEN > iso3:NOR future
            AGREE 035 iso3:KEN > iso3:NOR actual
            RETREAT 0841 iso3:KEN > iso3:NOR actual
            REJECT 124 iso3:KEN > iso3:NOR actual
            REJECT 124 iso3:KEN > iso3:NOR negated
            REQUEST 105 iso3:KEN >  actual
            THREATEN 138 iso3:KEN > iso3:NOR actual
            ASSAULT 190 iso3:KEN > iso3:NOR actual"#]],
    );
}

#[test]
fn a_noun_decides_what_its_verb_does() {
    check(
        &[
            "Chile suspended military aid to Peru.",
            "Chile suspended its attacks on Peru.",
            "Chile lifted sanctions on Peru.",
            "Chile imposed sanctions on Peru.",
            "Chile held talks with Peru.",
            "Chile launched airstrikes on Peru.",
            "Chile launched an investigation into Peru.",
            "Chile withdrew its troops from Peru.",
            "Chile withdrew its ambassador from Peru.",
            "Chile called off its talks with Peru.",
            "Chile decided to ease its curfew.",
            "Chile's court ordered the release of a Peruvian journalist.",
        ],
        expect![[r#"
            SANCTION 162 iso3:CHL > iso3:PER actual
            RETREAT 087 iso3:CHL > iso3:PER actual
            RETREAT 085 iso3:CHL > iso3:PER actual
            COERCE 163 iso3:CHL > iso3:PER actual
            CONSULT 040 iso3:CHL > iso3:PER actual
            ASSAULT 190 iso3:CHL > iso3:PER actual
            ACCUSE 090 iso3:CHL > iso3:PER actual
            RETREAT 0872 iso3:CHL > iso3:PER actual
            SANCTION 166 iso3:CHL > iso3:PER actual
            REJECT 125 iso3:CHL > iso3:PER actual
            RETREAT 0813 iso3:CHL >  actual
            RETREAT 0841 name:chl-jud > name:per-med actual"#]],
    );
}

#[test]
fn sides_are_states_persons_bodies_and_sectors() {
    check(
        &[
            "Donald Trump called Emmanuel Macron on Monday to discuss trade.",
            "Kenyan police arrested two Norwegian journalists.",
            "The Kenyan government condemned Norway.",
            "Two journalists were arrested by police in Kenya.",
            "Sweden and Finland signed a defence pact.",
            "NATO deployed troops to Estonia.",
            "An attack by rebels on the Kenyan army killed nine soldiers.",
            "The Trump administration expelled two Chinese diplomats.",
            "Kenya and Norway agreed to share information on Sweden.",
            "The rebels said they will release two Norwegian hostages.",
            "Norway said Kenya must release the hostages.",
        ],
        expect![[r#"
            CONSULT 041 person:donald-trump > person:emmanuel-macron actual
            COERCE 173 name:ken-cop > name:nor-med actual
            ACCUSE 111 iso3:KEN > iso3:NOR actual
            COERCE 173 name:ken-cop > name:med actual
            SUPPORT 057 iso3:SWE iso3:FIN > iso3:SWE iso3:FIN actual
            MOBILIZE 154 org:nato > iso3:EST actual
            ASSAULT 180 name:reb > name:mil actual
            SANCTION 166 iso3:USA > iso3:CHN actual
            AGREE 031 iso3:KEN iso3:NOR > iso3:KEN iso3:NOR actual
            AGREE 035 name:reb > name:nor-cvl future
            REQUEST 105 iso3:NOR > iso3:KEN wanted"#]],
    );
}

#[test]
fn a_statement_or_a_thing_is_no_event() {
    for text in [
        "The Kenyan president said the economy was growing.",
        "Norway described the talks as useful.",
        "The figures demonstrate a shift in Norway's policy.",
        "The river meets the sea near Oslo.",
        "According to Kenya, prices rose in May.",
        "The company held its shares in Norway.",
        "Norway declined to comment.",
        "A storm killed nine people in Norway.",
        "Norway released its figures for May.",
        "The minister of Norway was questioned about the fire.",
        "The talks in Norway have not yielded a result.",
        "Kenya met its target for May.",
        "Norway denied that prices rose.",
        "Norway warned that prices could rise.",
        "Norway said this must be the coldest winter of all.",
        "The car slammed into a wall in Oslo.",
        "",
        " \u{201c}\u{201d} \u{2014}",
    ] {
        assert_eq!(read(text), "", "{text}");
    }
}

/// PLOVER is about political actors; each look-alike has its like in politics.
#[test]
fn what_private_persons_do_is_no_event() {
    check(
        &[
            "The teacher shot her husband.",
            "The rebels shot a teacher.",
            "Maria Bloggs visited her aunt.",
            "Norway's foreign minister, Maria Bloggs, visited her aunt.",
            "The company sued its lawyer.",
            "The court jailed a lawyer.",
            "Workers attended a fair.",
            "Workers went on strike over pay.",
            "Two passengers were killed.",
            "Two passengers were killed by a rocket.",
            "Norway asked Kenya, \"Is the road open?\"",
            "Norway asked Kenya to open the road.",
            "A lawyer wrote to the visiting prince.",
        ],
        expect![[r#"

            ASSAULT 180 name:reb > name:cvl actual

            CONSULT 042 iso3:NOR >  actual

            COERCE 173 name:jud > name:cvl actual

            PROTEST 143 name:cvl >  actual

            ASSAULT 180  > name:cvl actual

            REQUEST 100 iso3:NOR > iso3:KEN actual
        "#]],
    );
}

/// The first day and the place of each event, of an article published on 6 November 2025.
fn settings(text: &str) -> String {
    let mut article = article(text);
    article.published = Some(crate::ingest::Published {
        date: "2025-11-06".to_owned(),
        precision: "day".to_owned(),
        from: "option".to_owned(),
        span: None,
    });
    let findings = extract(&MODEL, &article);
    let line = |e: &Event| {
        let day = e.date.as_ref().and_then(|d| d.from.as_deref()).unwrap_or("-");
        format!("{} {day} {}", e.plover.as_str(), e.place.as_ref().map_or("-", |p| p.0.as_str()))
    };
    findings.events.iter().map(line).collect::<Vec<_>>().join("; ")
}

#[test]
fn days_and_places_belong_to_their_act() {
    let lines: Vec<String> = [
        "Kenya signed a trade agreement with Norway on Monday.",
        "Kenya held talks with Norway in Geneva on Tuesday.",
        "On Wednesday, Kenya expelled two Norwegian diplomats.",
        "Kenya said on Wednesday that Norway had attacked Peru on Monday.",
        "Kenya said on Wednesday that Norway attacked Peru.",
        "Chilean police arrested two journalists in Santiago on Monday.",
        "Kenya criticised Norway over its 2016 election.",
        "Kenya condemned the mayor of Geneva.",
        "Kenya met Norway at a hotel in Geneva.",
        "Kenya attacked Norway on Monday. Norway mourned. Kenya attacked Norway with rockets.",
    ]
    .iter()
    .map(|t| settings(t))
    .collect();
    expect![[r#"
        SUPPORT 2025-11-03 -
        CONSULT 2025-11-04 place:geneva
        SANCTION 2025-11-05 -
        ASSAULT 2025-11-03 -
        ASSAULT - -
        COERCE 2025-11-03 place:santiago
        ACCUSE - -
        ACCUSE - -
        CONSULT - place:geneva
        ASSAULT 2025-11-03 -; ASSAULT 2025-11-03 -"#]]
    .assert_eq(&lines.join("\n"));
}

/// A long run of nested clauses ends, and in time that grows with its length.
#[test]
fn deep_nesting_ends() {
    let text = "Kenya agreed to ask Norway to refuse to ".repeat(60) + "meet.";
    let _ = read(&text);
}
