//! The table of sentences about joining and leaving, and the harness that measures and fits on a corpus.

use language::{Model, Reading, Unit};

use super::*;
use crate::extract::name::Names;
use crate::ingest::{Article, Block};
use crate::testing::MODEL;
use language::Span;

pub(super) fn article(text: &str, kind: BlockKind) -> Article {
    Article { blocks: vec![Block { span: Span::new(0, text.len()), kind }], ..crate::testing::article(text) }
}

pub(super) fn reading(model: &Model, article: &Article) -> Reading {
    let unit = Unit { span: article.blocks[0].span, heading: article.blocks[0].kind == BlockKind::Headline };
    model.read(&article.text, &[unit])
}
/// Sentences of our own: the text, the predicate as it stands there (its first mention), FactBank's word and the world.
const SENTENCES: &[(&str, &str, &str)] = &[
    // Decided, pledged, planned: to come.
    ("Kazakhstan decided to join the accords.", "join", "PR+ future"),
    ("Kazakhstan decided not to join the accords.", "join", "PR- negated"),
    ("Norway's decision to join the pact surprised its neighbours.", "join", "PR+ future"),
    ("Chile pledged to ratify the treaty.", "ratify", "PR+ future"),
    ("Chile agreed to ratify the treaty.", "ratify", "PR+ future"),
    ("Peru plans to withdraw from the pact.", "withdraw", "PR+ future"),
    ("Georgia is set to join the alliance.", "join", "PR+ future"),
    ("Georgia is due to sign the protocol on Friday.", "sign", "PR+ future"),
    ("Kenya is expected to sign the agreement next week.", "sign", "PR+ future"),
    ("Kenya is not expected to sign the agreement.", "sign", "PR- negated"),
    ("Oman is likely to join the pact.", "join", "PR+ future"),
    ("Oman is going to join the pact.", "join", "PR+ future"),
    ("Oman is about to sign the treaty.", "sign", "PR+ future"),
    ("Armenia will join the accords.", "join", "CT+ future"),
    ("Armenia will not join the accords.", "join", "CT- negated"),
    ("Armenia said it will join the accords.", "join", "CT+ future"),
    ("Trump said Armenia would be joining the accords.", "joining", "CT+ future"),
    ("The minister announced that Libya would ratify the treaty.", "ratify", "CT+ future"),
    ("Gabon promised that it would sign the protocol.", "sign", "CT+ future"),
    ("Greece is ready to sign, and is to sign on Monday.", "is", "CT+ actual"),
    ("The two states are to sign the pact on Monday.", "sign", "PR+ future"),
    ("Parliament voted to ratify the treaty.", "ratify", "PR+ future"),
    ("The party vowed to leave the union.", "leave", "PR+ future"),
    ("Kenya postponed signing the agreement.", "signing", "PR+ future"),
    ("Kenya wants to announce that it will join the pact.", "join", "CT+ future"),
    ("Trump predicted that more nations would join.", "join", "PR+ future"),
    ("Trump expects Saudi Arabia to join the accords by January.", "join", "PR+ future"),
    ("Sweden was on track to join by June.", "join", "PR+ future"),
    ("The treaty will enter into force once ten states have ratified it.", "ratified", "PR+ future"),
    // Happened.
    ("Sudan has signed but not ratified the accords.", "signed", "CT+ actual"),
    ("Having signed the accords, Sudan froze them.", "signed", "CT+ actual"),
    ("Hungary is withdrawing from the court.", "withdrawing", "CT+ actual"),
    ("Sweden joined the alliance in 2024.", "joined", "CT+ actual"),
    ("Sweden has joined the alliance.", "joined", "CT+ actual"),
    ("Sudan had signed the accords a year earlier.", "signed", "CT+ actual"),
    ("The treaty was signed by both ministers.", "signed", "CT+ actual"),
    ("Sweden managed to join the alliance.", "join", "CT+ actual"),
    ("Sudan did not fail to sign the treaty.", "sign", "CT+ actual"),
    ("Bahrain became the second state to sign the accords.", "sign", "CT+ actual"),
    ("Kazakhstan made history by joining the accords.", "joining", "CT+ actual"),
    ("The ministry said that Bolivia had ratified the treaty.", "ratified", "CT+ actual"),
    ("Kosovo was forced to sign the agreement.", "sign", "CT+ actual"),
    ("Kosovo did not sign the agreement until 2013.", "sign", "CT+ actual"),
    ("Trump announced that Kazakhstan had joined the accords.", "joined", "CT+ actual"),
    ("Apparently Libya signed the protocol.", "signed", "PR+ actual"),
    ("Gabon reportedly signed the protocol.", "signed", "PR+ actual"),
    ("Officials believe that Gabon signed the protocol.", "signed", "PR+ actual"),
    ("Gabon is believed to have signed the protocol.", "signed", "PR+ actual"),
    ("Gabon signed and ratified the protocol.", "ratified", "CT+ actual"),
    ("Gabon will sign and ratify the protocol.", "ratify", "CT+ future"),
    ("Ghana became the 37th country to sign the accords.", "sign", "CT+ actual"),
    ("Ghana is the seventh state to sign the accords.", "sign", "CT+ actual"),
    ("Ghana was one of the first nations to sign the accords.", "sign", "CT+ actual"),
    ("The summit made Ghana the newest state to join the pact.", "join", "CT+ actual"),
    // Taken for granted.
    ("Joining the accords demonstrates a shift in its policy.", "Joining", "CT+ presupposed"),
    ("The decision to join the pact was wrong.", "join", "PR+ future"),
    ("After joining the union, Croatia adopted the euro.", "joining", "CT+ presupposed"),
    ("Trade has grown since joining the bloc in 2020.", "joining", "CT+ presupposed"),
    ("Before joining the alliance, Finland was neutral.", "joining", "CT+ presupposed"),
    ("Brussels regrets that London left the union.", "left", "CT+ presupposed"),
    ("Ankara criticised Sweden for joining the alliance.", "joining", "CT+ presupposed"),
    ("The minister acknowledged that Mali had suspended the agreement.", "suspended", "CT+ presupposed"),
    ("Prior to joining the union, Croatia had a customs pact.", "joining", "CT+ presupposed"),
    ("Long before my joining the club, it was poor.", "joining", "CT+ presupposed"),
    ("Why did Mali leave the bloc?", "leave", "CT+ presupposed"),
    ("Did Mali leave the bloc?", "leave", "Uu hypothetical"),
    ("The ship lay close to where the convoy entered the bay.", "entered", "CT+ actual"),
    ("Envoys argued about whether Chad left the pact.", "left", "Uu hypothetical"),
    // What is named as known stands, whatever befalls it.
    ("The capital closed its port to prove the vow to suspend the tests.", "suspend", "PR+ future"),
    ("Gabon wants to honour its pledge to ratify the treaty.", "ratify", "PR+ future"),
    ("Gabon wants a promise to ratify the treaty.", "ratify", "Uu wanted"),
    ("An agreement was reached for the army to enter the town.", "enter", "PR+ future"),
    ("A bridge was built for the army to enter the town.", "enter", "Uu wanted"),
    ("Wales hopes to trade with Chile once it has left the union.", "left", "PR+ future"),
    // Did not happen.
    ("Kazakhstan has not yet joined the accords.", "joined", "CT- negated"),
    ("Oman has yet to ratify the treaty.", "ratify", "CT- negated"),
    ("Qatar refused to join the accords.", "join", "CT- negated"),
    ("Qatar's refusal to join the accords angered Washington.", "join", "CT- negated"),
    ("Parliament failed to ratify the treaty.", "ratify", "CT- negated"),
    ("Tunisia declined to sign the declaration.", "sign", "CT- negated"),
    ("Serbia denied that it had joined the pact.", "joined", "CT- negated"),
    ("No state has ratified the treaty.", "ratified", "CT- negated"),
    ("Iceland left the room without signing the text.", "signing", "CT- negated"),
    ("Congress prevented the president from ratifying the treaty.", "ratifying", "CT- negated"),
    ("Mali never signed the accords.", "signed", "CT- negated"),
    ("Egypt is unlikely to join the pact.", "join", "PR- negated"),
    ("Saudi Arabia joining the accords isn't realistic.", "joining", "PR- negated"),
    ("Joining the accords is impossible for Iraq.", "Joining", "PR- negated"),
    ("Iraq ruled out joining the accords.", "joining", "PR- negated"),
    ("Kenya abandoned plans to join the bloc.", "join", "PR- negated"),
    ("Israel's claim that Oman joined the pact is false.", "joined", "CT- negated"),
    ("Instead of joining the bloc, Norway signed a trade deal.", "joining", "CT- negated"),
    ("Few states have ratified the treaty.", "ratified", "CT- negated"),
    ("Mexico is no longer planning to leave the pact.", "leave", "PR- negated"),
    ("Lebanon is unable to ratify the deal.", "ratify", "PR- negated"),
    ("Opposition lawmakers blocked Peru from joining the pact.", "joining", "CT- negated"),
    ("The minister said Oman had no plans to join the accords.", "join", "PR- negated"),
    ("Oman has no intention of joining the accords.", "joining", "PR- negated"),
    ("There is no chance that Oman will join.", "join", "PR- negated"),
    ("Ukraine cannot join while the war goes on.", "join", "PR- negated"),
    ("Neither Kuwait nor Qatar has signed the accords.", "signed", "CT- negated"),
    ("The treaty, signed in 1992 but never ratified by Washington, expired.", "ratified", "CT- negated"),
    ("Sudan has signed but not ratified the accords.", "ratified", "CT- negated"),
    // Open.
    ("Lebanon is not ready to join, its president said.", "join", "PS- hypothetical"),
    ("Kosovo would have joined had Spain agreed.", "joined", "PR- hypothetical"),
    ("The parliament has not ruled out leaving the convention.", "leaving", "PS+ hypothetical"),
    ("There is speculation that Libya will join.", "join", "PS+ hypothetical"),
    ("Doubts that Syria will join the accords persist.", "join", "PS- hypothetical"),
    ("Togo threatened to suspend the agreement.", "suspend", "PS+ hypothetical"),
    ("Togo could suspend the agreement.", "suspend", "PS+ hypothetical"),
    ("The state is a candidate for joining the union.", "joining", "PS+ hypothetical"),
    ("Syria expressed interest in joining the accords.", "joining", "Uu wanted"),
    ("Syria's willingness to join the accords was noted.", "join", "Uu wanted"),
    ("Ukraine applied to join the alliance.", "join", "Uu wanted"),
    ("Ukraine's bid to join the alliance stalled.", "join", "Uu wanted"),
    ("Talks on joining the alliance began.", "joining", "PS+ hypothetical"),
    ("Kazakhstan is considering joining the accords.", "joining", "PS+ hypothetical"),
    ("Hungary may pull out of the treaty.", "pull", "PS+ hypothetical"),
    ("Hungary may not ratify the treaty.", "ratify", "PS- hypothetical"),
    ("Georgia was invited to join the alliance.", "join", "PS+ hypothetical"),
    ("Envoys discussed the possibility of Syria joining the accords.", "joining", "PS+ hypothetical"),
    ("The prospects of Syria joining the accords are slim.", "joining", "PS+ hypothetical"),
    ("Perhaps Libya signed the protocol.", "signed", "PS+ hypothetical"),
    ("Moldova wants to join the union.", "join", "Uu wanted"),
    ("Moldova hopes that Romania will ratify the treaty.", "ratify", "Uu wanted"),
    ("Washington urged Sudan to sign the accords.", "sign", "Uu wanted"),
    ("Turkey should ratify the convention.", "ratify", "Uu wanted"),
    ("Will Sudan join the accords?", "join", "Uu hypothetical"),
    ("It is unclear whether Jordan signed the text.", "signed", "Uu hypothetical"),
    // On a condition.
    ("Riyadh would join the accords if Israel agreed.", "join", "PS+ conditional"),
    ("Only if the border opens will Armenia sign the deal.", "sign", "PS+ conditional"),
    ("The kingdom will only join with a roadmap to statehood.", "join", "PS+ conditional"),
    ("If Syria joins the accords, Lebanon will follow.", "joins", "PS+ conditional"),
    // Look-alikes: the cue is there and governs something else.
    ("Qatar, which refused to comment, joined the accords.", "joined", "CT+ actual"),
    ("Chile signed the treaty, not the protocol.", "signed", "CT+ actual"),
    ("Oman not only signed but ratified the treaty.", "signed", "CT+ actual"),
    ("The treaty that Peru may leave was signed in 1990.", "signed", "CT+ actual"),
    ("Sweden joined the alliance to deter an attack.", "joined", "CT+ actual"),
    ("Sweden joined the alliance even if Turkey objected.", "joined", "CT+ actual"),
    ("The minister said on Friday that Kenya signed the deal.", "signed", "CT+ actual"),
    ("Kazakhstan, a potential partner, signed the memorandum.", "signed", "CT+ actual"),
    ("Denmark joined because Norway failed to act.", "joined", "CT+ actual"),
    ("The will of the people was ratified.", "ratified", "CT+ actual"),
    ("The state that refused to leave has signed the text.", "signed", "CT+ actual"),
    ("Ministers who had hoped for peace signed the text.", "signed", "CT+ actual"),
    ("The first state that wants to join is Chile.", "join", "Uu wanted"),
    ("Chile invited Peru to a summit after it joined.", "joined", "CT+ actual"),
];

/// Headings, read in headline mode.
const HEADINGS: &[(&str, &str, &str)] = &[
    ("Sweden joins alliance", "joins", "CT+ actual"),
    ("Sweden to join alliance", "join", "CT+ future"),
    ("Peru refuses to sign treaty", "sign", "CT- negated"),
    ("Georgia set to join alliance", "join", "PR+ future"),
];

/// Nouns: whether anybody vouches for them.
const NOUNS: &[(&str, &str, bool, &str)] = &[
    ("Kazakhstan's entry may help the region.", "entry", false, "Uu generic"),
    ("Analysts see Finland's accession as symbolic.", "accession", true, "CT+ presupposed"),
    ("Turkey rejected Sweden's accession.", "accession", true, "CT- negated"),
    ("After its accession, Croatia adopted the euro.", "accession", true, "CT+ presupposed"),
    ("The president announced the withdrawal.", "withdrawal", true, "PR+ future"),
    ("The signing took place in Doha.", "signing", true, "CT+ actual"),
    ("Washington welcomed the ratification.", "ratification", true, "CT+ presupposed"),
    ("Since the original signing of the accords in 2020, trade has grown.", "signing", true, "CT+ presupposed"),
    ("Before the signing, ministers had lunch.", "signing", true, "CT+ presupposed"),
    ("Ahead of its accession, the state will hold a vote.", "accession", true, "PR+ future"),
    ("Bulgaria completed its accession.", "accession", true, "CT+ actual"),
    ("Bulgaria seeks membership.", "membership", true, "Uu wanted"),
    ("Peru ruled out a withdrawal.", "withdrawal", true, "PR- negated"),
    ("A withdrawal is unlikely.", "withdrawal", true, "PR- negated"),
    ("The withdrawal would weaken the pact.", "withdrawal", false, "Uu generic"),
    ("Finland's accession to the alliance in 2023 doubled the border.", "accession", true, "CT+ presupposed"),
    ("Its accession in 2040 would double trade.", "accession", false, "Uu generic"),
    ("Envoys discussed a withdrawal.", "withdrawal", true, "PS+ hypothetical"),
    ("The suspension lasted a year.", "suspension", true, "CT+ presupposed"),
    ("A suspension never came.", "suspension", true, "CT- negated"),
    ("A suspension lasted a year.", "suspension", false, "Uu generic"),
    ("The suspension is an important step.", "suspension", true, "CT+ presupposed"),
    ("The suspension is a possibility.", "suspension", false, "Uu generic"),
    ("Its exit was the first.", "exit", true, "CT+ presupposed"),
    ("Its exit will be the first.", "exit", false, "Uu generic"),
    ("Its accession marks a shift.", "accession", true, "CT+ presupposed"),
    ("Its accession would mark a shift.", "accession", true, "Uu hypothetical"),
    ("Crowds protested against the pending exit.", "exit", true, "PR+ future"),
    ("Crowds called for his resignation.", "resignation", true, "Uu wanted"),
    ("Crowds commended the suspension of the tests.", "suspension", true, "CT+ presupposed"),
];

fn check(model: &Model, text: &str, word: &str, kind: BlockKind) -> (String, bool, Vec<String>) {
    let article = article(text, kind);
    let reading = reading(model, &article);
    let context = Context { article: &article, reading: &reading, names: &Names::default(), quotations: &[] };
    let Some(token) = reading.tokens().find(|t| t.text() == word) else {
        return (format!("no token {word}"), false, Vec::new());
    };
    let judgement = judge(token, context);
    let name = |v: serde_json::Value| v.as_str().unwrap_or_default().to_owned();
    let factuality = name(serde_json::to_value(judgement.factuality).unwrap_or_default());
    let realis = name(serde_json::to_value(judgement.realis).unwrap_or_default());
    let mut steps = judgement.steps;
    steps.push(
        reading
            .tokens()
            .map(|t| format!("{}/{}/{}>{}", t.text(), t.tag(), t.dep(), t.head().map_or("-", |h| h.text())))
            .collect::<Vec<_>>()
            .join(" "),
    );
    (format!("{factuality} {realis}"), judgement.asserted, steps)
}

/// The table. Sentences that the parser misreads are listed by their text, so that a better one shows.
#[test]
fn sentences_about_joining_and_leaving() {
    let model = &*MODEL;
    let mut wrong = Vec::new();
    for (kind, table) in [(BlockKind::Paragraph, SENTENCES), (BlockKind::Headline, HEADINGS)] {
        for (text, word, expected) in table {
            let (found, _, steps) = check(model, text, word, kind);
            if found != *expected {
                wrong.push(format!("{text}\n    {word}: {found}, expected {expected}\n    {}", steps.join("\n    ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_noun_asserts_by_its_licence() {
    let model = &*MODEL;
    let mut wrong = Vec::new();
    for (text, word, asserted, expected) in NOUNS {
        let (found, asserts, steps) = check(model, text, word, BlockKind::Paragraph);
        if found != *expected || asserts != *asserted {
            wrong.push(format!(
                "{text}\n    {word}: {found} {asserts}, expected {expected}\n    {}",
                steps.join("\n    ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn any_text_is_judged() {
    let model = &*MODEL;
    let long = "will not have to join and ".repeat(200);
    for text in ["", "?", ")) -- ((", "to to to not no", "Ünïcödé “joined” – пакт", long.as_str()] {
        let article = article(text, BlockKind::Paragraph);
        let reading = reading(model, &article);
        let context = Context { article: &article, reading: &reading, names: &Names::default(), quotations: &[] };
        assert!(reading.tokens().all(|t| !judge(t, context).steps.is_empty()), "{text}");
        let found = find(context);
        assert!(found.iter().all(|p| p.value.is_some_and(|v| (-3.0..=3.0).contains(&v))), "{text}");
        let spans: Vec<_> = found.iter().map(|p| p.span.start).collect();
        assert!(spans.is_sorted(), "{text}");
    }
}

/// The nearest speaker is asked, and a plain statement is the article's.
#[test]
fn the_steps_say_who_reports() {
    let model = &*MODEL;
    let (_, _, steps) =
        check(model, "Oslo said Bergen claimed that Narvik signed the deal.", "signed", BlockKind::Paragraph);
    assert_eq!(steps[..3], ["own form: past", "claim: REPORT gives =", "own form: past"]);
}

#[test]
fn what_stands_where_a_verb_stands_is_a_predicate() {
    let model = &*MODEL;
    let predicates = |text: &str| -> Vec<String> {
        let article = article(text, BlockKind::Paragraph);
        let reading = reading(model, &article);
        reading.tokens().filter(|t| is_predicate(*t)).map(|t| t.text().to_owned()).collect()
    };
    for (text, word, expected) in [
        ("If the talks stall, they will go home.", "stall", true),
        ("Please forward the text to Oslo.", "forward", true),
        ("They are going to the forward base.", "base", false),
        ("My mother will let me have a dog.", "have", true),
        ("They have joined.", "have", false),
        ("They did join.", "did", false),
        ("They will be leaving.", "be", false),
        ("The table is green.", "table", false),
        ("The forward left the pitch.", "forward", false),
    ] {
        assert_eq!(predicates(text).iter().any(|p| p == word), expected, "{text} {word}");
    }
}
