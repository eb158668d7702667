//! How the register grows: `cargo run --release -p rapporteur --example register -- ARTICLES.jsonl FILE.db 1000 10000 100000`.
//!
//! The articles of the JSONL file are read once by the whole pipeline (500 of them at most, English). To reach the sizes asked for they come
//! again with one line more at their end, which tells which copy it is: another text and another identifier, the same findings, every
//! span still true. So texts, statements and their sizes are those of real articles, while the words of the full-text index and the
//! dictionary repeat more than those of as many different articles would. Prints processor time an article (of this thread, so that a
//! busy machine does not count), bytes an article, and then what it costs to make the pages ready, once for all and after one article more,
//! and what questions, `digest` and `verify` cost. With no SIZE the FILE is taken as it is.

use std::path::{Path, PathBuf};
use std::time::Instant;

use rapporteur::extract::{self, Findings};
use rapporteur::ingest::{Article, json_line};
use rapporteur::provenance::ArticleId;
use rapporteur::register::view::{self, Moment, Query};
use rapporteur::register::{Receipt, Received, Register, statements};

/// Articles of one transaction, as `rapporteur add` takes them.
const BATCH: usize = 64;

fn copy(article: &Article, findings: &Findings, number: usize) -> Received {
    let mut article = article.clone();
    article.text += &format!("\nCopy {number}.");
    article.id = ArticleId::of(&article.text);
    article.path = format!("{}#{number}", article.path);
    article.url = None;
    let told = statements(&article, findings);
    Received { kind: Receipt::Article, article, told: Some(told) }
}

/// Seconds of processor that this thread has used; the clock where the system does not tell.
fn used(start: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|t| t.split(' ').next().and_then(|n| n.parse::<u64>().ok()));
    nanoseconds.map_or_else(|| start.elapsed().as_secs_f64(), |n| n as f64 / 1e9)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(source), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("ARTICLES.jsonl FILE.db SIZE...".into());
    };
    let epoch = Instant::now();
    let folder =
        std::env::var_os("RAPPORTEUR_MODEL").map(PathBuf::from).or_else(language::kept_folder).ok_or("no model")?;
    let model = language::Model::load(&folder)?;
    let lines = std::fs::read_to_string(&source)?;
    let mut read: Vec<(Article, Findings)> = Vec::new();
    let start = used(epoch);
    for (number, line) in lines.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let article = json_line(&source, number + 1, line.as_bytes())?;
        if article.language.as_deref() == Some("en") && read.len() < 500 {
            let findings = extract::extract(&model, &article);
            read.push((article, findings));
        }
    }
    let reading = (used(epoch) - start) / read.len() as f64;
    let text: usize = read.iter().map(|(a, _)| a.text.len()).sum();
    println!("{} articles of {} bytes, read in {:.1} ms each", read.len(), text / read.len(), 1e3 * reading);
    println!(
        "articles\tstatements\ttelling, ms each\tstoring, ms each\tshare of reading\tbytes an article\tone more article, ms"
    );
    let arguments: Vec<String> = arguments.collect();
    if !arguments.is_empty() {
        let _ = std::fs::remove_file(&file);
    }
    let mut register = Register::open(Path::new(&file))?;
    let mut held = 0;
    for size in arguments.iter().filter_map(|a| a.parse::<usize>().ok()) {
        let (before, mut told, mut telling, mut storing) = (held, 0, 0.0, 0.0);
        while held < size {
            let start = used(epoch);
            let n = BATCH.min(size - held);
            let made = |i: usize| copy(&read[i % read.len()].0, &read[i % read.len()].1, i);
            let batch: Vec<Received> = (held..held + n).map(made).collect();
            telling += used(epoch) - start;
            let start = used(epoch);
            told += register.append(&batch, "2026-01-01")?.statements;
            storing += used(epoch) - start;
            held += n;
        }
        let start = used(epoch);
        register.connection().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        storing += used(epoch) - start;
        let bytes = std::fs::metadata(&file)?.len() as usize / held;
        let one = copy(&read[0].0, &read[0].1, usize::MAX - size);
        let clock = Instant::now();
        register.append(&[one], "2026-01-02")?;
        let more = clock.elapsed().as_secs_f64();
        let each = |seconds: f64| 1e3 * seconds / (held - before).max(1) as f64;
        let share = 100.0 * (each(telling) + each(storing)) / 1e3 / reading;
        println!("{held}\t{told}\t{:.2}\t{:.2}\t{share:.1}%\t{bytes}\t{:.1}", each(telling), each(storing), 1e3 * more);
    }
    drop(register);
    pages(Path::new(&file), &read, epoch)?;
    questions(Path::new(&file), epoch)
}

/// What it costs to have the pages ready.
fn pages(file: &Path, read: &[(Article, Findings)], epoch: Instant) -> Result<(), Box<dyn std::error::Error>> {
    let size = |what: &str| -> Result<(), Box<dyn std::error::Error>> {
        println!("{what}\t{} bytes", std::fs::metadata(file)?.len());
        Ok(())
    };
    size("before the pages")?;
    let mut register = Register::open(file)?;
    let (clock, start) = (Instant::now(), used(epoch));
    let made = register.make_ready()?;
    println!("{made} pages made ready\t{:.0}\t{:.0}", 1e3 * (used(epoch) - start), 1e3 * clock.elapsed().as_secs_f64());
    // The last two are about the agreement that most articles are about.
    let sql = "SELECT t.text FROM stored_statement s JOIN term t ON t.number = s.agreement GROUP BY s.agreement ORDER BY count(DISTINCT s.article) DESC, 1 LIMIT 1";
    let most: String = register.connection().query_row(sql, [], |row| row.get(0))?;
    let is_about = |(article, findings): &(Article, Findings)| {
        statements(article, findings).statements.iter().any(|s| s.agreement.as_deref() == Some(most.as_str()))
    };
    let about = read.iter().position(is_about).unwrap_or(0);
    for at in [0, read.len() / 2, about, about] {
        // Another copy each time that this is run.
        let copies: i64 = register.connection().query_row("SELECT count(*) FROM article", [], |row| row.get(0))?;
        let one = copy(&read[at].0, &read[at].1, usize::MAX / 2 + copies as usize);
        let (clock, start) = (Instant::now(), used(epoch));
        register.append(&[one], "2026-01-03")?;
        let stored = clock.elapsed().as_secs_f64();
        let made = register.make_ready()?;
        println!(
            "one more article and the {made} pages that it touches\t{:.0}\t{:.0} (recorded after {:.0})",
            1e3 * (used(epoch) - start),
            1e3 * clock.elapsed().as_secs_f64(),
            1e3 * stored
        );
    }
    register.connection().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    size("with the pages")
}

/// What each question costs whoever has just opened the file; the second of two askings, so that the disk does not count.
fn questions(file: &Path, epoch: Instant) -> Result<(), Box<dyn std::error::Error>> {
    let ask = |what: &str,
               question: &dyn Fn(&Register) -> Result<usize, rapporteur::Error>|
     -> Result<(), Box<dyn std::error::Error>> {
        let mut told = (0, 0.0, 0.0);
        for _ in 0..2 {
            let (clock, start) = (Instant::now(), used(epoch));
            let rows = question(&Register::read(file)?)?;
            told = (rows, used(epoch) - start, clock.elapsed().as_secs_f64());
        }
        println!("{what}\t{}\t{:.1}\t{:.1}", told.0, 1e3 * told.1, 1e3 * told.2);
        Ok(())
    };
    let register = Register::read(file)?;
    let sql = "SELECT t.text FROM stored_statement s JOIN term t ON t.number = s.agreement GROUP BY s.agreement ORDER BY count(DISTINCT s.article) DESC, 1";
    let mut statement = register.connection().prepare(sql)?;
    let agreements: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    println!("question\trows\tprocessor, ms\tclock, ms");
    let now = Moment::default();
    // Before the last day of the log, and by the other axis: nothing of these is kept.
    let worked_out = [
        ("--known-at", Moment { known_at: Some("2026-01-02".to_owned()), as_of: None }),
        ("--as-of", Moment { known_at: None, as_of: Some("2026-02-01".to_owned()) }),
    ];
    for at in [0, 1, 2, 5, 10, 20, agreements.len() / 2] {
        let Some(id) = agreements.get(at) else { continue };
        ask(&format!("show {id}"), &|r| Ok(view::page(r, id, &now, "2026-02-01")?.articles.len()))?;
        for (axis, then) in &worked_out {
            let page = |r: &Register| Ok(view::page(r, id, then, "2026-02-01")?.articles.len());
            ask(&format!("show {id} {axis}, not kept ready"), &page)?;
        }
    }
    ask("show", &|r| Ok(view::overview(r, &now, "2026-02-01")?.len()))?;
    for (axis, then) in &worked_out {
        ask(&format!("show {axis}, not kept ready"), &|r| Ok(view::overview(r, then, "2026-02-01")?.len()))?;
    }
    ask("predictions", &|r| Ok(view::foretold(r, None, "2026-02-01")?.len()))?;
    for (what, words, holder) in [
        ("a rare word", "monsoon", None),
        ("two words", "withdraw treaty", None),
        ("a common word", "president", None),
        ("a phrase", "\"prime minister\"", None),
        ("a common word of a holder", "government", Some("Trump")),
    ] {
        let query = Query { words: words.to_owned(), holder: holder.map(str::to_owned), most: 20, ..Query::default() };
        ask(&format!("search, {what}: {words}"), &|r| Ok(view::search(r, &query)?.len()))?;
    }
    for table in ["agreement", "participant", "entity", "article_current", "current_statement"] {
        ask(&format!("SELECT count(*) FROM {table}"), &|r| {
            let sql = format!("SELECT count(*) FROM {table}");
            r.connection().query_row(&sql, [], |row| row.get(0)).map_err(|e| r.told(e))
        })?;
    }
    for (what, whole) in [("digest", false), ("verify", true)] {
        let (clock, start) = (Instant::now(), used(epoch));
        let register = Register::read(file)?;
        let faults = if whole { register.verify()?.faults.len() } else { register.digest()?.len() };
        println!("{what}\t{faults}\t{:.0}\t{:.0}", 1e3 * (used(epoch) - start), 1e3 * clock.elapsed().as_secs_f64());
    }
    Ok(())
}
