//! `add`: articles into the register, read in parallel, recorded some tens at a time by one writer.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use rapporteur::extract::{self, Findings};
use rapporteur::ingest::Article;
use rapporteur::provenance::ArticleId;
use rapporteur::register::{Appended, Need, Receipt, Received, Register, path_beside, statements};

use crate::inputs::Inputs;
use crate::options::{On, Options, RegisterOptions};
use crate::{articles, model};

/// Records the named articles. The model is loaded when the first article needs reading: a second run over the same articles is quick.
pub(crate) fn add(options: &Options, paths: &[PathBuf], register: &RegisterOptions, on: &On) -> Result<ExitCode> {
    let day = super::day(on)?;
    let inputs = Inputs::open(paths)?;
    let mut register = super::open(register)?;
    let done = record(options, inputs, &mut register, &day)?;
    let Some(done) = done else { return Ok(crate::nothing()) };
    println!("{}", told(&register, &done));
    for pair in &done.revisions {
        print_changes(&register, &pair.held, &pair.received)?;
    }
    super::make_ready(&mut register);
    Ok(ExitCode::SUCCESS)
}

/// Records articles; `None` where none could be read.
pub(crate) fn record(
    options: &Options,
    inputs: Inputs,
    register: &mut Register,
    day: &str,
) -> Result<Option<Appended>> {
    let here = std::env::current_dir().context("the working folder cannot be read")?;
    let file = here.join(register.place());
    let model = std::cell::OnceCell::new();
    let mut done = Appended::default();
    let mut known = 0;
    let register = std::cell::RefCell::new(register);
    let any = articles::batches(
        inputs,
        options.published.as_ref(),
        |mut article: Article| {
            article.path = path_beside(&file, &article.path, &here);
            let need = register.borrow().need(&article, day)?;
            if need == Need::Reading && model.get().is_none() {
                let _ = model.set(std::sync::Arc::new(model::load(options.model.as_deref())?));
            }
            if need == Need::Nothing {
                known += 1;
            }
            Ok((need != Need::Nothing)
                .then(|| (article, (need == Need::Reading).then(|| model.get().cloned()).flatten())))
        },
        |(article, model)| {
            let told = model.map(|model| {
                // Other languages are kept and noted, not analysed.
                let readable = article.is_readable();
                let findings = if readable { extract::extract(&model, &article) } else { Findings::default() };
                statements(&article, &findings)
            });
            Received { kind: Receipt::Article, article, told }
        },
        |received: Vec<Received>| {
            done += register.borrow_mut().append(&received, day)?;
            Ok(())
        },
    )?;
    done.known += known;
    Ok(any.then_some(done))
}

/// Changes that are printed of one revision.
const SHOWN: usize = 8;

/// What a revision changed, a line a change.
pub(crate) fn print_changes(register: &Register, one: &ArticleId, other: &ArticleId) -> Result<()> {
    let revised = register.revised(one, other)?;
    println!("  {} in place of {}:", revised.newer.0, revised.older.0);
    for change in revised.changes.iter().take(SHOWN) {
        match (change.removed.as_str(), change.added.as_str()) {
            (removed, "") => println!("    took out “{removed}”"),
            ("", added) => println!("    put in “{added}”"),
            (removed, added) => println!("    “{added}” for “{removed}”"),
        }
    }
    if revised.changes.len() > SHOWN {
        println!("    and {} more changes", revised.changes.len() - SHOWN);
    }
    Ok(())
}

/// What was done, in one line.
fn told(register: &Register, done: &Appended) -> String {
    let plural = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    let (articles, statements) = (plural(done.articles, "new article"), plural(done.statements, "statement"));
    let mut line = format!("{}: {articles}, {statements}", register.place());
    for (count, what) in [
        (done.revisions.len(), "revisions"),
        (done.sightings, "seen elsewhere or earlier"),
        (done.known, "known already"),
    ] {
        if count > 0 {
            line += &format!(", {count} {what}");
        }
    }
    line
}
