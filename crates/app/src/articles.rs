//! Articles through the library, some at a time: all processors read, order is kept, memory is bounded.

use std::io::IsTerminal;
use std::time::Duration;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use language::Model;
use rapporteur::extract::{self, Findings};
use rapporteur::ingest::{Article, Published};
use rayon::prelude::*;

use crate::inputs::Inputs;
use crate::options::Date;

/// Articles that each thread has in hand at a time.
const AT_A_TIME: usize = 16;
/// Articles that a register takes as one: what a killed process loses at most.
const BATCH: usize = 64;
/// Progress is shown from this many articles on.
const MANY: u64 = 50;

/// Hands every article with its findings to `with`, in input order. What cannot be read is told on standard error and passed over.
/// `false` where no article could be read.
pub(crate) fn each(
    inputs: Inputs,
    published: Option<&Date>,
    model: &Model,
    mut with: impl FnMut(Article, Findings) -> Result<()>,
) -> Result<bool> {
    let work = |mut article: Article| {
        if let Some(date) = published {
            date_it(&mut article, date);
        }
        // Other languages are kept and noted, not analysed.
        let findings = if article.is_readable() { extract::extract(model, &article) } else { Findings::default() };
        (article, findings)
    };
    in_order(inputs, work, |(article, findings)| with(article, findings))
}

/// Hands what `work` makes of the articles that `wanted` lets through to `with`, some tens at a time, in input order; `wanted` sees an
/// article as it will be read. `false` where no article could be read.
pub(crate) fn batches<W: Send, T: Send>(
    mut inputs: Inputs,
    published: Option<&Date>,
    mut wanted: impl FnMut(Article) -> Result<Option<W>>,
    work: impl Fn(W) -> T + Sync,
    mut with: impl FnMut(Vec<T>) -> Result<()>,
) -> Result<bool> {
    let progress = progress();
    let mut any = false;
    let mut ended = false;
    while !ended {
        let mut batch: Vec<W> = Vec::new();
        ended = true;
        for input in inputs.by_ref() {
            match input {
                Ok(mut article) => {
                    any = true;
                    progress.inc(1);
                    if let Some(date) = published {
                        date_it(&mut article, date);
                    }
                    batch.extend(wanted(article)?);
                }
                Err(error) => progress.suspend(|| eprintln!("rapporteur: {error}")),
            }
            if batch.len() >= BATCH {
                ended = false;
                break;
            }
        }
        if progress.position() >= MANY && progress.is_hidden() && std::io::stderr().is_terminal() {
            progress.set_draw_target(indicatif::ProgressDrawTarget::stderr());
            progress.enable_steady_tick(Duration::from_millis(200));
        }
        with(batch.into_par_iter().map(&work).collect())?;
    }
    progress.finish_and_clear();
    Ok(any)
}

/// Hands every article with its CoNLL-U to `with`, in input order; each line of the text is read as a text of its own.
pub(crate) fn each_parsed(
    inputs: Inputs,
    model: &Model,
    mut with: impl FnMut(Article, String) -> Result<()>,
) -> Result<bool> {
    let work = |article: Article| {
        let sentences = language::conllu(&model.read_lines(&article.text));
        (article, sentences)
    };
    in_order(inputs, work, |(article, sentences)| with(article, sentences))
}

fn in_order<T: Send>(
    mut inputs: Inputs,
    work: impl Fn(Article) -> T + Sync,
    mut with: impl FnMut(T) -> Result<()>,
) -> Result<bool> {
    let progress = progress();
    let mut any = false;
    loop {
        let mut batch: Vec<Article> = Vec::new();
        let mut ended = true;
        for input in inputs.by_ref() {
            match input {
                Ok(article) => batch.push(article),
                Err(error) => progress.suspend(|| eprintln!("rapporteur: {error}")),
            }
            if batch.len() >= AT_A_TIME * rayon::current_num_threads() {
                ended = false;
                break;
            }
        }
        any |= !batch.is_empty();
        progress.inc(batch.len() as u64);
        if progress.position() >= MANY && progress.is_hidden() && std::io::stderr().is_terminal() {
            progress.set_draw_target(indicatif::ProgressDrawTarget::stderr());
            progress.enable_steady_tick(Duration::from_millis(200));
        }
        for done in batch.into_par_iter().map(&work).collect::<Vec<T>>() {
            with(done)?;
        }
        if ended {
            progress.finish_and_clear();
            return Ok(any);
        }
    }
}

/// A line on standard error, hidden until there are many articles.
fn progress() -> ProgressBar {
    let bar = ProgressBar::hidden();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} articles, {per_sec}, {elapsed}") {
        bar.set_style(style);
    }
    bar
}

/// Gives the date of the command line to an article that has none.
fn date_it(article: &mut Article, date: &Date) {
    if article.published.is_some() {
        return;
    }
    article.notes.retain(|note| note.kind != "no_date");
    let precision = date.precision.to_owned();
    article.published = Some(Published { date: date.date.clone(), precision, from: "option".to_owned(), span: None });
}
