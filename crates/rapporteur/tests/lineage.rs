//! Shared passages, who leans on whom, origins and grades, from findings given by hand.

mod support;

use language::Span;
use proptest::prelude::*;
use rapporteur::extract::{By, Findings, Form, Holder, Realis, SentenceLabel};
use rapporteur::ingest::{Article, Dateline, Published};
use rapporteur::reconcile::{Account, Claim, Dependence, EvidenceKind, Level, ReuseKind, reconcile};
use rapporteur::report;
use support::{Told, somebody, three, told};

fn only(articles: &[(Article, Findings)]) -> Account {
    let brief = reconcile(articles);
    assert_eq!(brief.stories.len(), 1, "{:?}", brief.stories.iter().map(|s| &s.articles).collect::<Vec<_>>());
    brief.stories.into_iter().next().expect("one story")
}

const SPOKEN: &str = "The road across the river is open and nobody will ever close it to our children again";

fn quoting(path: &str, around: &str) -> Told {
    let text = format!("Armenia joins the Zangezur Accord. {around} “{SPOKEN},” Ilham Aliyev said of Armenia.");
    told(path, &text).quote(SPOKEN, Form::Direct, somebody("person:ilham-aliyev", "Ilham Aliyev"), Some("speech"))
}

#[test]
fn words_that_both_quote_are_no_copying() {
    let story = only(&[quoting("1", "Bells rang in town.").done(), quoting("2", "A crowd came to watch it.").done()]);
    let kinds: Vec<ReuseKind> = story.reuse.iter().map(|r| r.kind).collect();
    assert_eq!(kinds, [ReuseKind::Quotation]);
    assert_eq!(story.reuse[0].words, 17);
    assert!(story.dependence.iter().all(|d| d.level == Level::CommonSource), "{:?}", story.dependence);
    assert_eq!(story.dependence.len(), 2);
}

#[test]
fn shared_words_are_told_with_their_speaker() {
    let of = |second: Told| {
        let brief = reconcile(&[quoting("1", "Bells rang in town.").done(), second.done()]);
        let page = report::text::brief(&brief, Some("reuse"), report::text::Style::default());
        page.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(of(quoting("2", "A crowd came.")).ends_with(": words of Ilham Aliyev"));
    let text = format!("Armenia joins the Zangezur Accord. “{SPOKEN},” Ararat Mirzoyan said of Armenia.");
    let other =
        told("2", &text).quote(SPOKEN, Form::Direct, somebody("person:ararat-mirzoyan", "Ararat Mirzoyan"), None);
    let page = of(other);
    assert!(!page.ends_with(": words of Ilham Aliyev") && page.contains("words of Ararat Mirzoyan"), "{page}");
    let own = told("2", &format!("Armenia joins the Zangezur Accord. {SPOKEN}, and so it goes in Armenia."));
    let page = of(own);
    assert!(page.contains("not in marks"), "{page}");
}

#[test]
fn prose_that_stands_in_both_is_found_over_small_changes() {
    let prose =
        "The ministers walked over the new bridge before noon and then sat down to a long meal of trout and apricots";
    let changed = "The ministers walked across the new bridge before noon, and then sat down to a long meal of trout and apricots";
    let story = only(&[
        told("1", &format!("Armenia and the Zangezur Accord.\n{prose}.")).done(),
        told("2", &format!("Armenia and the Zangezur Accord again.\n{changed}.")).done(),
    ]);
    let run = story.reuse.iter().find(|r| r.kind == ReuseKind::RunningText).expect("running text");
    assert!(run.words >= 20, "{run:?}");
    let edge = &story.dependence[0];
    assert_eq!((edge.level, edge.directed), (Level::Copied, false));
    assert_eq!(edge.evidence[0].kind, EvidenceKind::Coverage);
}

#[test]
fn the_later_of_two_copies_leans_on_the_earlier() {
    let prose =
        "The ministers walked over the new bridge before noon and then sat down to a long meal of trout and apricots.";
    let dated = |path: &str, head: &str, day: &str| {
        let mut told = told(path, &format!("{head}\n{prose}"));
        let (date, precision, from) = (day.to_owned(), "day".to_owned(), "metadata".to_owned());
        told.article.published = Some(Published { date, precision, from, span: None });
        told.done()
    };
    let articles =
        [dated("1", "Armenia in the accord.", "2031-05-07"), dated("2", "Armenia: the accord.", "2031-05-06")];
    let story = only(&articles);
    assert_eq!(story.dependence[0].from, articles[0].0.id);
    assert!(story.dependence[0].directed);
    assert_eq!(
        story.date.possible.iter().map(|d| (d.from.as_str(), d.to.as_str())).collect::<Vec<_>>(),
        [("2031-05-05", "2031-05-06")]
    );
}

/// An article whose dateline names an agency.
fn wire(path: &str, text: &str) -> Told {
    let mut told = told(path, text).credit("Ararat Wire");
    let span = told.span("YEREVAN (Ararat Wire)");
    let agency = Some("Ararat Wire".to_owned());
    told.article.dateline = Some(Dateline { place: Some("YEREVAN".to_owned()), date: None, agency, span });
    told
}

fn joins(told: Told) -> Told {
    told.stage("joins the Zangezur Accord", "iso3:ARM", 5, 5, Realis::Actual, By::Outlet, Holder::outlet())
}

#[test]
fn two_that_credit_a_third_are_siblings_and_one_origin() {
    let story = only(&[
        joins(wire("1", "YEREVAN (Ararat Wire) - Armenia joins the Zangezur Accord, to the joy of its drivers, who have waited at the barrier for years."))
            .done(),
        joins(wire("2", "YEREVAN (Ararat Wire) - Late at night Armenia joins the Zangezur Accord of the three, after a supper of bread and white cheese."))
            .done(),
    ]);
    let to = |level: Level| story.dependence.iter().filter(|d| d.level == level).collect::<Vec<&Dependence>>();
    assert_eq!(to(Level::Copied).len(), 2);
    assert!(to(Level::Copied).iter().all(|d| d.to.as_deref() == Some("origin:ararat-wire")));
    let siblings = to(Level::CommonSource);
    assert_eq!(siblings.len(), 1);
    assert!(!siblings[0].directed);
    assert_eq!(story.claims[0].origins, ["origin:ararat-wire"]);
    assert_eq!(story.claims[0].status, "repeated(2)");
}

#[test]
fn own_voices_are_no_origins_however_many() {
    let articles = [
        joins(told("1", "Armenia joins the Zangezur Accord, to the joy of its drivers.")).done(),
        joins(told("2", "In a tent by the river Armenia joins the Zangezur Accord.")).done(),
    ];
    let claim = only(&articles).claims.swap_remove(0);
    assert_eq!((claim.status.as_str(), claim.grade.as_deref()), ("repeated(2)", Some("F6")));
    assert_eq!(claim.origins, ["origin:unattributed"]);
    assert_eq!(claim.reason, "2 articles tell it in their own voice");
    // An agency that signs one of them is one more own voice.
    let signed = joins(wire("3", "YEREVAN (Ararat Wire) - At noon Armenia joins the Zangezur Accord.")).done();
    let claim = only(&[articles[0].clone(), articles[1].clone(), signed]).claims.swap_remove(0);
    assert_eq!((claim.status.as_str(), claim.origins.len()), ("repeated(3)", 1));
    assert_eq!(claim.origins, ["origin:unattributed"]);
}

#[test]
fn a_credit_is_of_its_own_sentence() {
    let by = |path: &str, text: &str| {
        let (article, mut findings) = joins(told(path, text).credit("Ararat Wire")).done();
        let middle = text.find(". ").map_or(text.len(), |at| at + 1);
        for span in [Span::new(0, middle), Span::new(middle, text.len())] {
            let (label, rule) = ("report".to_owned(), "test".to_owned());
            findings.sentences.push(SentenceLabel { span: span.trim(text), label, rule });
        }
        (article, findings)
    };
    let inside = by("1", "Armenia joins the Zangezur Accord, Ararat Wire reported. It rained for hours in the hills.");
    let outside = by("1", "Armenia joins the Zangezur Accord. It rained for hours, Ararat Wire reported.");
    assert_eq!(only(&[inside]).claims[0].origins, ["origin:ararat-wire"]);
    assert_eq!(only(&[outside]).claims[0].origins, ["origin:unattributed"]);
}

#[test]
fn what_one_of_two_credits_to_an_outlet_has_that_outlet_as_its_source() {
    let prose =
        "the ministers walked over the new bridge before noon and then sat down to a long meal of trout and apricots.";
    let with = |path: &str, head: &str, first: &str| {
        let text = format!("{head} the Zangezur Accord.\n{first}{prose}");
        let told = told(path, &text);
        let (article, mut findings) =
            if first.contains("Wire") { told.credit("Ararat Wire").done() } else { told.done() };
        let (start, label, rule) = (text.find('\n').unwrap_or(0) + 1, "report".to_owned(), "test".to_owned());
        findings.sentences.push(SentenceLabel { span: Span::new(start, text.len()), label, rule });
        (article, findings)
    };
    let level = |first: &str| {
        let story = only(&[with("1", "Armenia in", first), with("2", "A word on", "On Friday ")]);
        let between = |d: &&Dependence| d.to.as_ref().is_some_and(|to| story.articles.iter().any(|a| a.0 == *to));
        story.dependence.iter().find(between).map(|d| (d.level, d.directed))
    };
    assert_eq!(level("According to Ararat Wire "), Some((Level::CommonSource, false)));
    assert_eq!(level("According to the cook "), Some((Level::Copied, false)));
}

#[test]
fn an_unnamed_source_adds_nothing_to_a_named_one() {
    let says = |path: &str, text: &str, holder: Holder| {
        told(path, text)
            .stage("will join the Zangezur Accord", "iso3:ARM", 4, 4, Realis::Future, By::Broker, holder)
            .done()
    };
    let mut unnamed = somebody("x", "officials");
    (unnamed.entity, unnamed.kind) = (None, rapporteur::extract::HolderKind::Group);
    let story = only(&[
        says(
            "1",
            "Armenia will join the Zangezur Accord, Aliyev said.",
            somebody("person:ilham-aliyev", "Ilham Aliyev"),
        ),
        says("2", "Armenia will join the Zangezur Accord, officials said.", unnamed.clone()),
    ]);
    assert_eq!(story.claims[0].origins, ["origin:person-ilham-aliyev"]);
    assert_eq!(story.claims[0].card.origins[0].repeating.len(), 1);
    let alone = only(&[says("2", "Armenia will join the Zangezur Accord, officials said.", unnamed)]);
    assert_eq!(alone.claims[0].origins, ["origin:officials"]);
}

fn main_claim(voices: &[(&str, &str, &str)]) -> Claim {
    let articles: Vec<_> = voices
        .iter()
        .enumerate()
        .map(|(n, (id, name, role_of))| {
            let text =
                format!("Armenia and its neighbours. Day {n}: Armenia will join the Zangezur Accord, {name} said.");
            let told = told(&n.to_string(), &text).stage(
                "will join the Zangezur Accord",
                "iso3:ARM",
                4,
                4,
                Realis::Future,
                By::Broker,
                somebody(id, name),
            );
            match *role_of {
                "" => told.done(),
                state => told.office(name, id, "President", state, rapporteur::extract::RoleCheck::Unknown).done(),
            }
        })
        .collect();
    only(&articles).claims.swap_remove(0)
}

#[test]
fn a_grade_needs_more_than_repetition() {
    let (ours, broker, third) =
        (("person:x-a", "Ara Bek", "iso3:ARM"), ("person:x-b", "Jon Hill", ""), ("person:x-c", "Eva Lund", ""));
    let grade = |voices: &[(&str, &str, &str)]| {
        let claim = main_claim(voices);
        (claim.status, claim.grade.expect("a grade"))
    };
    let of = |status: &str, grade: &str| (status.to_owned(), grade.to_owned());
    assert_eq!(grade(&[broker]), of("single_source", "F3"));
    assert_eq!(grade(&[broker, broker, broker, broker]), of("repeated(4)", "F3"));
    assert_eq!(grade(&[ours]), of("single_source", "F2"));
    // Without the party's own word one named origin is left.
    assert_eq!(grade(&[ours, broker]), of("independent(2)", "F3"));
    assert_eq!(grade(&[broker, third, ("person:x-d", "Ida Moe", "")]), of("independent(3)", "F2"));
    let second = ("person:x-e", "Lia Sarkis", "iso3:ARM");
    assert_eq!(grade(&[ours, second, broker]), of("independent(3)", "F1"));
    let claim = main_claim(&[ours, broker]);
    assert_eq!(claim.card.without.len(), 2);
    assert!(claim.card.without.iter().all(|w| w.status == "single_source"), "{:?}", claim.card.without);
}

/// Articles of one event with every kind of evidence in them.
fn many() -> Vec<(Article, Findings)> {
    let prose =
        "The ministers walked over the new bridge before noon and then sat down to a long meal of trout and apricots.";
    let mut articles = three();
    articles.push(quoting("in/4.txt", prose).credit("Ilham Aliyev").done());
    articles.push(quoting("in/5.txt", &format!("It rained. {prose}")).done());
    articles.push(
        joins(wire("in/6.txt", "YEREVAN (Ararat Wire) - Armenia joins the Zangezur Accord, as Aliyev wrote.")).done(),
    );
    articles.push(
        joins(wire("in/7.txt", "YEREVAN (Ararat Wire) - Again Armenia joins the Zangezur Accord by the river.")).done(),
    );
    articles
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shuffled_articles_give_the_same_bytes(order in Just((0..7_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let articles = many();
        let first = report::json::brief(&reconcile(&articles)).to_string();
        let shuffled: Vec<_> = order.into_iter().map(|i| articles[i].clone()).collect();
        prop_assert_eq!(report::json::brief(&reconcile(&shuffled)).to_string(), first);
    }
}
