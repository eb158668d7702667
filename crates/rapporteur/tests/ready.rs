//! Pages that are kept ready: the same as those worked out, whatever the log grew by; taken away or worked out anew where they are not.

mod support;

use std::collections::BTreeMap;
use std::path::PathBuf;

use rapporteur::extract::*;
use rapporteur::ingest::{Article, Outlet};
use rapporteur::provenance::ArticleId;
use rapporteur::register::export::{Asked, Snapshot, geojson};
use rapporteur::register::view::{self, AgreementView, Moment};
use rapporteur::register::{Receipt, Received, Register, statements};
use support::{entity, somebody, told};

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

const STATES: [(&str, &str); 4] =
    [("iso3:ARM", "Armenia"), ("iso3:GEO", "Georgia"), ("iso3:TUR", "Turkey"), ("iso3:IRN", "Iran")];
/// The last two are two names of one.
const PACTS: [(&str, &str); 4] = [
    ("name:harbour-pact", "Harbour Pact"),
    ("name:river-accord", "River Accord"),
    ("name:hill-treaty", "Hill Treaty"),
    ("name:treaty-of-the-hill", "Treaty of the Hill"),
];
const DAYS: [&str; 4] = ["2025-11-06", "2025-11-07", "2025-11-10", "2025-12-20"];

/// The article of a number: a step, a candidate, a prediction with a window, about one pact of four; some names longer than others.
fn article(i: usize) -> (Article, Findings) {
    let ((state, name), (other, other_name)) = (STATES[i % 4], STATES[(i + 1) % 4]);
    let (pact, called) = PACTS[i / 2 % 4];
    let called = if i % 7 == 6 { format!("{called} of the Five Lakes") } else { called.to_owned() };
    let holder = || somebody(&format!("name:envoy-{}", i % 3), ["Anna Holm", "Envoy Bo Lind", "Eva Carla Moor"][i % 3]);
    let text = format!(
        "{name} joins the {called}, report {i} says. {other_name} may be next to come. Two more states will follow in the \
         coming weeks, number {} said. {name} will sign the pact soon.",
        i % 5
    );
    let mut told = told(&format!("in/{i}.txt"), &text)
        .names(state, EntityKind::State, name, name)
        .names(pact, EntityKind::Agreement, &called, &called)
        .stage(&format!("joins the {called}"), state, 4, 4 + (i % 4) as u8, Realis::Actual, By::Outlet, holder());
    told.findings.stages[0].agreement = entity(pact);
    let follow = told.span(&format!("Two more states will follow in the coming weeks, number {} said", i % 5));
    let window = told.span("in the coming weeks");
    told.findings.predictions.push(Prediction {
        holder: holder(),
        span: follow,
        quantity: Some([2.0, if i.is_multiple_of(2) { 2.0 } else { f64::INFINITY }]),
        horizon: Some(Horizon { from: None, to: None, precision: Precision::Day, span: Some(window) }),
        condition: None,
        checkable: true,
        why: None,
        rule: "test".to_owned(),
        steps: Vec::new(),
    });
    let candidate = told.span(&format!("{other_name} may be next"));
    told.findings.candidates.push(Candidate {
        participant: entity(other),
        agreement: entity(pact),
        holder: holder(),
        polarity: Polarity::For,
        span: candidate,
        rule: "test".to_owned(),
    });
    let (mut article, findings) = told.done();
    article.url = i.is_multiple_of(3).then(|| format!("https://ararat.example/{}", i / 6));
    (article, findings)
}

fn received(i: usize, elsewhere: bool) -> Received {
    let (mut article, findings) = article(i);
    if elsewhere {
        article.path = format!("out/{i}.txt");
        article.outlet = Some(Outlet { name: "Ararat Wire".to_owned(), span: None });
    }
    let told = statements(&article, &findings);
    Received { kind: Receipt::Article, article, told: Some(told) }
}

/// What can be done to a register.
#[derive(Clone, Debug)]
enum Act {
    Add(Vec<(usize, bool)>, &'static str),
    Retract(usize, &'static str),
    Reinstate(usize, &'static str),
    Correct(usize, usize, &'static str),
    Merge(&'static str, &'static str, &'static str),
    Unmerge(&'static str, &'static str, &'static str),
}

/// What cannot be done to it as it stands is passed over.
fn done(register: &mut Register, act: &Act) {
    let id = |i: usize| -> ArticleId { article(i).0.id };
    let _ = match act {
        Act::Add(batch, day) => {
            let batch: Vec<Received> = batch.iter().map(|&(i, elsewhere)| received(i, elsewhere)).collect();
            register.append(&batch, day).map(drop)
        }
        Act::Retract(i, day) => register.retract(&id(*i), "for the test", day).map(drop),
        Act::Reinstate(i, day) => register.reinstate(&id(*i), "for the test", day).map(drop),
        Act::Correct(i, with, day) => register.correct(&id(*i), &received(*with, false), "for the test", day).map(drop),
        Act::Merge(kept, merged, day) => register.merge(kept, merged, "for the test", day).map(drop),
        Act::Unmerge(kept, merged, day) => register.unmerge(kept, merged, "for the test", day).map(drop),
    };
}

fn acts(random: &mut Sequence) -> Vec<Act> {
    const PAIRS: [(&str, &str); 4] = [
        ("name:hill-treaty", "name:treaty-of-the-hill"),
        ("iso3:GEO", "iso3:IRN"),
        ("name:river-accord", "name:hill-treaty"),
        ("iso3:TUR", "iso3:GEO"),
    ];
    let mut acts = Vec::new();
    for _ in 0..24 {
        let day = DAYS[random.below(4)];
        let pair = PAIRS[random.below(4)];
        acts.push(match random.below(9) {
            0..=3 => {
                let batch = (0..1 + random.below(4)).map(|_| (random.below(24), random.below(4) == 0)).collect();
                Act::Add(batch, day)
            }
            4 => Act::Retract(random.below(24), day),
            5 => Act::Reinstate(random.below(24), day),
            6 => Act::Correct(random.below(24), random.below(24), day),
            7 => Act::Merge(pair.0, pair.1, day),
            _ => Act::Unmerge(pair.0, pair.1, day),
        });
    }
    acts
}

/// Everything that pages are kept of, on days before, in and after windows.
fn told_by(register: &Register) -> Vec<String> {
    let now = Moment::default();
    let mut all = Vec::new();
    // Days before the last of the log, that day, and days after.
    for day in ["2025-11-08", "2025-12-20", "2026-01-15"] {
        let then = Moment { known_at: Some(day.to_owned()), as_of: None };
        all.push(format!("{:?}", view::overview(register, &then, "2027-01-01")));
        for (pact, _) in PACTS {
            let page = view::page(register, pact, &then, "2027-01-01");
            all.push(format!("{:?}", page.map(|page| serde_json::to_string(&page).expect("JSON"))));
        }
    }
    for today in ["2025-11-08", "2025-12-31", "2026-01-15", "2027-01-01"] {
        all.push(format!("{:?}", view::overview(register, &now, today)));
        all.push(format!("{:?}", view::foretold(register, None, today)));
        for (pact, _) in PACTS {
            let page = view::page(register, pact, &now, today).map(|page| serde_json::to_string(&page).expect("JSON"));
            all.push(format!("{page:?}"));
            all.push(format!("{:?}", view::foretold(register, Some(pact), today)));
        }
    }
    all
}

/// What is known today is what was known at the end of the last day, and nobody counts since when otherwise than `show` does.
fn check_agreement(register: &Register, seed: u64) -> usize {
    const TODAY: &str = "2026-03-01";
    let (now, then) = (Moment::default(), Moment { known_at: Some(TODAY.to_owned()), as_of: None });
    let overview = |moment: &Moment| view::overview(register, moment, TODAY).expect("an overview");
    assert_eq!(overview(&now), overview(&then), "seed {seed}");
    let mut shown = BTreeMap::new();
    for (pact, _) in PACTS {
        let page = |moment: &Moment| {
            view::page(register, pact, moment, TODAY).map(|page| AgreementView { moment: now.clone(), ..page })
        };
        let (Ok(known), Ok(today)) = (page(&then), page(&now)) else { continue };
        let told = |page: &AgreementView| serde_json::to_string(page).expect("JSON");
        assert_eq!(told(&known), told(&today), "seed {seed}");
        for p in known.participants.into_iter().filter(|p| p.side.is_none() && p.record.is_none() && !p.conflict) {
            shown.insert((known.agreement.id.clone(), p.participant.id), (i64::from(p.lo), p.since.known_from));
        }
    }
    let snapshot = Snapshot::of(register, &Asked::default()).expect("a snapshot");
    let mut map = Vec::new();
    geojson(&snapshot, &mut map).expect("written");
    let map: serde_json::Value = serde_json::from_slice(&map).expect("JSON");
    let mut on_map = BTreeMap::new();
    for feature in map["features"].as_array().expect("features") {
        let of = |key: &str| feature["properties"][key].as_str().map(str::to_owned).unwrap_or_default();
        on_map.insert((of("agreement"), of("participant")), of("known_from"));
    }
    let sql = "SELECT agreement, participant, stage_lo, known_from FROM participant";
    let mut view = register.connection().prepare(sql).expect("the view");
    let rows = view.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get::<_, i64>(2)?, row.get(3)?)));
    let mut compared = 0;
    for row in rows.expect("rows") {
        let (key, lo, known): ((String, String), i64, String) = row.expect("a row");
        assert_eq!(on_map.get(&key), Some(&known), "seed {seed}: {key:?}");
        if let Some((shown_lo, shown_from)) = shown.get(&key)
            && *shown_lo == lo
        {
            assert_eq!(*shown_from, known, "seed {seed}: {key:?}");
            compared += 1;
        }
    }
    compared
}

fn pages(register: &Register) -> i64 {
    let sql = "SELECT count(*) FROM ready_agreement";
    register.connection().query_row(sql, [], |row| row.get(0)).expect("counted")
}

#[test]
fn what_is_kept_is_what_would_be_worked_out_whatever_was_done() {
    let (mut kept, mut changing, mut compared) = (0, 0, 0);
    for seed in 0..8 {
        let mut random = Sequence(seed);
        let mut ready = Register::in_memory().expect("memory");
        let mut fresh = Register::in_memory().expect("memory");
        for (at, act) in acts(&mut random).iter().enumerate() {
            done(&mut ready, act);
            done(&mut fresh, act);
            // Some pages are kept from before, some were taken away, some are new.
            if random.below(3) > 0 {
                ready.make_ready().expect("made");
                assert_eq!(ready.make_ready().expect("made"), 0, "seed {seed}: twice");
            }
            if random.below(2) == 0 {
                let (ours, theirs) = (told_by(&ready), told_by(&fresh));
                for (ours, theirs) in ours.iter().zip(&theirs) {
                    assert_eq!(ours, theirs, "seed {seed}, after act {at}: {act:?}");
                }
                kept += pages(&ready);
                compared += check_agreement(&ready, seed);
            }
        }
        assert_eq!(pages(&fresh), 0);
        assert_eq!(ready.verify().expect("looked at").faults, Vec::<String>::new(), "seed {seed}");
        assert_eq!(
            ready.digest().expect("read"),
            fresh.digest().expect("read"),
            "seed {seed}: pages are no part of it"
        );
        let sql = "SELECT count(*) FROM ready_prediction WHERE told_after IS NOT NULL";
        changing += ready.connection().query_row(sql, [], |row| row.get::<_, i64>(0)).expect("counted");
    }
    assert!(compared > 100, "{compared} participants compared");
    assert!(
        kept > 100 && changing > 10,
        "hardly anything was kept: {kept} pages, {changing} predictions with a window"
    );
}

fn filled() -> Register {
    let mut register = Register::in_memory().expect("memory");
    let batch: Vec<Received> = (0..12).map(|i| received(i, false)).collect();
    register.append(&batch, DAYS[0]).expect("appended");
    register.make_ready().expect("made");
    register
}

#[test]
fn pages_of_another_program_or_of_half_a_writing_count_for_nothing() {
    let mut register = filled();
    let whole = told_by(&register);
    let all = pages(&register);
    assert_eq!(all, 4);
    // Another program, whose pages say something else.
    register
        .connection()
        .execute("UPDATE ready_agreement SET name = 'Wrong', page = '{}', stages = '[]'", [])
        .expect("written");
    register.connection().execute("UPDATE register SET value = 'another' WHERE key = 'pages_by'", []).expect("written");
    assert_eq!(told_by(&register), whole);
    assert_eq!(register.make_ready().expect("made"), 4);
    assert_eq!(told_by(&register), whole);
    // What a crash leaves: some pages, or none.
    register.connection().execute("DELETE FROM ready_agreement WHERE name LIKE 'H%'", []).expect("written");
    assert!((1..all).contains(&pages(&register)));
    assert_eq!(told_by(&register), whole);
    register.connection().execute("DELETE FROM ready_agreement", []).expect("written");
    let left: i64 = register
        .connection()
        .query_row("SELECT (SELECT count(*) FROM ready_name) + (SELECT count(*) FROM ready_prediction)", [], |row| {
            row.get(0)
        })
        .expect("counted");
    assert_eq!((left, told_by(&register)), (0, whole));
}

#[test]
fn a_page_that_says_something_else_is_seen() {
    let register = filled();
    let sql = "UPDATE ready_prediction SET told = replace(told, '\"open\"', '\"met\"') WHERE place = 0";
    assert!(register.connection().execute(sql, []).expect("written") > 0);
    let faults = register.verify().expect("looked at").faults;
    assert!(!faults.is_empty() && faults.iter().all(|f| f.contains("not what the log says")), "{faults:?}");
}

#[test]
fn a_file_that_cannot_be_written_is_shown() {
    let folder = std::env::temp_dir().join(format!("rapporteur-ready-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let file: PathBuf = folder.join("test.db");
    let mut writing = Register::open(&file).expect("opened");
    writing.append(&[received(0, false), received(1, false)], DAYS[0]).expect("appended");
    let reading = Register::read(&file).expect("opened");
    let before = told_by(&reading);
    assert_eq!(pages(&reading), 0, "whoever reads keeps nothing");
    writing.make_ready().expect("made");
    assert_eq!((told_by(&reading), pages(&reading)), (before, 1));
    drop((reading, writing));
    std::fs::remove_dir_all(&folder).expect("removed");
}
