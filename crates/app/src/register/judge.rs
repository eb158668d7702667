//! `retract`, `reinstate`, `correct`, `merge`, `unmerge`: what a person decides about the record, with day and reason.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use rapporteur::extract::{self, Findings};
use rapporteur::provenance::ArticleId;
use rapporteur::register::{Filter, Need, Receipt, Received, Register, path_beside, statements};

use crate::inputs::Inputs;
use crate::model;
use crate::options::{JudgementOptions, Options};

/// An article withdrawn.
pub(crate) fn retract(article: &str, judgement: &JudgementOptions) -> Result<ExitCode> {
    let mut register = super::open_held(&judgement.register)?;
    let day = super::day(&judgement.on)?;
    let id = find(&register, article)?;
    not_before_known(&register, &id, &day)?;
    let gone = register.withdrawn_since(&id, &day)?;
    let new = register.retract(&id, &judgement.because, &day)?;
    let told = match gone.filter(|_| !new) {
        Some(first) => format!("was withdrawn before, as of {first}"),
        None => format!("withdrawn as of {day}"),
    };
    println!("{}: article {} {told}", register.place(), id.0);
    super::make_ready(&mut register);
    Ok(ExitCode::SUCCESS)
}

/// Nobody withdraws what is not known yet: a slip in the day would take the article out of all that was known before.
fn not_before_known(register: &Register, article: &ArticleId, day: &str) -> Result<()> {
    let of = Filter { article: Some(article.clone()), withdrawn_too: true, ..Filter::default() };
    let first = register.statements(&of)?.into_iter().map(|told| told.known_from).min();
    match first.filter(|first| day < first.as_str()) {
        Some(first) => {
            bail!("{}: article {} is known since {first}; give that day or a later one", register.place(), article.0)
        }
        None => Ok(()),
    }
}

/// An article that counts again.
pub(crate) fn reinstate(article: &str, judgement: &JudgementOptions) -> Result<ExitCode> {
    let mut register = super::open_held(&judgement.register)?;
    let day = super::day(&judgement.on)?;
    let id = find(&register, article)?;
    let new = register.reinstate(&id, &judgement.because, &day)?;
    let verb = if new { "counts again" } else { "was not withdrawn," };
    println!("{}: article {} {verb} as of {day}", register.place(), id.0);
    super::make_ready(&mut register);
    Ok(ExitCode::SUCCESS)
}

/// An article put right by a text.
pub(crate) fn correct(options: &Options, article: &str, with: &Path, judgement: &JudgementOptions) -> Result<ExitCode> {
    let mut register = super::open_held(&judgement.register)?;
    let day = super::day(&judgement.on)?;
    let id = find(&register, article)?;
    not_before_known(&register, &id, &day)?;
    let mut inputs = Inputs::open(&[with.to_owned()])?;
    let (Some(first), None) = (inputs.next(), inputs.next()) else {
        bail!("{}: must hold one article", with.display());
    };
    let mut text = first?;
    let here = std::env::current_dir().context("the working folder cannot be read")?;
    text.path = path_beside(&here.join(register.place()), &text.path, &here);
    let told = if register.need(&text, &day)? == Need::Reading {
        let model = model::load(options.model.as_deref())?;
        let findings = if text.is_readable() { extract::extract(&model, &text) } else { Findings::default() };
        Some(statements(&text, &findings))
    } else {
        None
    };
    let new = text.id.clone();
    let done =
        register.correct(&id, &Received { kind: Receipt::Article, article: text, told }, &judgement.because, &day)?;
    let verb = if done.judgements > 0 { "corrected" } else { "was corrected before" };
    println!("{}: article {} {verb} by {} as of {day}, {} statements", register.place(), id.0, new.0, done.statements);
    super::add::print_changes(&register, &id, &new)?;
    super::make_ready(&mut register);
    Ok(ExitCode::SUCCESS)
}

/// Two entities declared one.
pub(crate) fn merge(kept: &str, merged: &str, judgement: &JudgementOptions) -> Result<ExitCode> {
    let mut register = super::open_held(&judgement.register)?;
    let day = super::day(&judgement.on)?;
    let new = register.merge(kept, merged, &judgement.because, &day)?;
    let named = register.canonical(Some(&day))?.remove(merged).unwrap_or_else(|| kept.to_owned());
    match (new, named == *merged) {
        (true, false) => println!("{}: {merged} is {kept} as of {day}", register.place()),
        (false, false) => println!("{}: {merged} was {kept} already", register.place()),
        // Declared the other way round before.
        (_, true) => println!(
            "{}: {kept} was {merged} already and goes by {merged}; to turn them round, `rapporteur unmerge` them first",
            register.place()
        ),
    }
    super::make_ready(&mut register);
    Ok(ExitCode::SUCCESS)
}

/// Two entities declared two again.
pub(crate) fn unmerge(kept: &str, merged: &str, judgement: &JudgementOptions) -> Result<ExitCode> {
    let mut register = super::open_held(&judgement.register)?;
    let day = super::day(&judgement.on)?;
    let new = register.unmerge(kept, merged, &judgement.because, &day)?;
    println!(
        "{}: {merged} {} {kept} as of {day}",
        register.place(),
        if new { "is no longer" } else { "was never declared to be" }
    );
    super::make_ready(&mut register);
    Ok(ExitCode::SUCCESS)
}

/// An article by identifier, address, or path, which may be told from here.
fn find(register: &Register, name: &str) -> Result<ArticleId> {
    let here = std::env::current_dir().context("the working folder cannot be read")?;
    let beside = path_beside(&here.join(register.place()), name, &here);
    Ok(register.article(&beside).or_else(|_| register.article(name))?)
}
