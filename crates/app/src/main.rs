//! The command `rapporteur`: reads news articles about the same diplomatic event and keeps the record.
#![forbid(unsafe_code)]

mod articles;
mod inputs;
mod model;
mod options;
mod output;
mod register;
mod second_reader;
mod train;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use rapporteur::register::export::Asked;
use rapporteur::report::text::Style;
use rapporteur::{reconcile, report};

use options::{Command, Contract, Format, ModelCommand, Options, SecondReaderOptions, TrainCommand};
use output::Output;

/// Nothing to report: no article could be read.
const NOTHING: u8 = 1;
/// Failed, with one line that says what, where, and what to do.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let options = Options::parse();
    match run(&options) {
        Ok(code) => code,
        // Whoever read our output has seen enough.
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rapporteur: {error:#}");
            ExitCode::from(FAILED)
        }
    }
}

fn run(options: &Options) -> Result<ExitCode> {
    if let Some(threads) = options.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    }
    if let (Some(file), Some(command)) = (&options.output, options.command.writes_no_file()) {
        anyhow::bail!(
            "{command}: -o {}: it writes no output but the lines that say what it did; leave -o out",
            file.display()
        );
    }
    match &options.command {
        Command::Brief { paths, format, section, second_reader } => {
            brief(options, paths, *format, section.as_deref(), second_reader)
        }
        Command::Read { paths, predicates, explain } => read(options, paths, *predicates, *explain),
        Command::Parse { paths } => parse(options, paths),
        Command::Model { command: Some(ModelCommand::Fetch) } => model::fetch_and_tell(),
        Command::Model { command: None } => model::describe(options.model.as_deref()),
        Command::Train { command: TrainCommand::Quotations { gold, dev } } => {
            train::quotations(options.model.as_deref(), gold, dev.as_deref(), options.output.as_deref())
        }
        Command::Train { command: TrainCommand::Claims { pairs } } => {
            train::claims(options.model.as_deref(), pairs, options.output.as_deref())
        }
        Command::Train { command: TrainCommand::Background { source, paths } } => {
            train::background(options.model.as_deref(), paths, source, options.output.as_deref())
        }
        Command::Add { paths, register, on } => register::add::add(options, paths, register, on),
        Command::Export { format, agreement, known_at, register } => {
            let asked = Asked { agreement: agreement.clone(), known_at: known_at.clone() };
            register::export::export(options, *format, &asked, register)
        }
        Command::Retract { article, judgement } => register::judge::retract(article, judgement),
        Command::Reinstate { article, judgement } => register::judge::reinstate(article, judgement),
        Command::Correct { article, with, judgement } => register::judge::correct(options, article, with, judgement),
        Command::Merge { kept, merged, judgement } => register::judge::merge(kept, merged, judgement),
        Command::Unmerge { kept, merged, judgement } => register::judge::unmerge(kept, merged, judgement),
        Command::Verify { register } => register::check::verify(register),
        Command::Compact { register } => register::check::compact(register),
        Command::Show { agreement, moment, format, register } => {
            register::show::show(options, agreement.as_deref(), moment, *format, register)
        }
        Command::History { agreement, participant, until, format, register } => {
            register::history::history(options, agreement, participant.as_deref(), until.as_deref(), *format, register)
        }
        Command::Diff { from, to, format, register } => register::history::diff(options, from, to, *format, register),
        Command::Predictions { asked, format, register } => {
            register::predictions::predictions(options, asked, *format, register)
        }
        Command::Search { words, asked, format, register } => {
            register::search::search(options, words, asked, *format, register)
        }
        Command::ImportDepositary { file, agreement, register, on } => {
            register::depositary::import(file, agreement, register, on)
        }
        Command::Schema { of } => schema(options, *of),
    }
}

/// The main job: all articles, reconciled, as one page.
fn brief(
    options: &Options,
    paths: &[std::path::PathBuf],
    format: Option<Format>,
    section: Option<&str>,
    second: &SecondReaderOptions,
) -> Result<ExitCode> {
    let format = format.unwrap_or_else(|| Format::of_file(options.output.as_deref()));
    if section.is_some() && !matches!(format, Format::Text | Format::Markdown) {
        anyhow::bail!("--section: is for text and Markdown; a web page and JSON hold everything");
    }
    let inputs = inputs::Inputs::open(paths)?;
    inputs.spare(options.output.as_deref())?;
    let mut output = Output::open(options.output.as_deref())?;
    let model = model::load(options.model.as_deref())?;
    let mut read = Vec::new();
    articles::each(inputs, options.published.as_ref(), &model, |article, findings| {
        read.push((article, findings));
        Ok(())
    })?;
    if read.is_empty() {
        return Ok(nothing());
    }
    let mut brief = reconcile::reconcile(&read);
    brief.second_reader = second.second_reader.as_ref().map(|url| second_reader::read(url, second, &read));
    let style = Style { columns: output.columns(), colour: output.colour() };
    let printed = match format {
        Format::Text => report::text::brief(&brief, section, style),
        Format::Html => report::html::brief(&brief),
        Format::Markdown => report::markdown::brief(&brief, section),
        Format::Json => format!("{}\n", serde_json::to_string(&report::json::brief(&brief))?),
    };
    output.write(&printed)?;
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}

/// Findings, one JSON object a line, in input order.
fn read(options: &Options, paths: &[std::path::PathBuf], predicates: bool, explain: bool) -> Result<ExitCode> {
    let inputs = inputs::Inputs::open(paths)?;
    inputs.spare(options.output.as_deref())?;
    let mut output = Output::open(options.output.as_deref())?;
    let model = model::load(options.model.as_deref())?;
    let any = articles::each(inputs, options.published.as_ref(), &model, |article, findings| {
        if explain {
            return output.write(&format!("{}\n", report::explain::article(&article, &findings)));
        }
        let line = report::json::article(&article, &findings, predicates);
        output.write(&format!("{}\n", serde_json::to_string(&line)?))
    })?;
    output.finish()?;
    Ok(if any { ExitCode::SUCCESS } else { nothing() })
}

/// Tokens as CoNLL-U, in input order.
fn parse(options: &Options, paths: &[std::path::PathBuf]) -> Result<ExitCode> {
    let inputs = inputs::Inputs::open(paths)?;
    inputs.spare(options.output.as_deref())?;
    let mut output = Output::open(options.output.as_deref())?;
    let model = model::load(options.model.as_deref())?;
    let any = articles::each_parsed(inputs, &model, |article, sentences| {
        output.write(&format!("# newdoc id = {}\n{sentences}", article.id.0))
    })?;
    output.finish()?;
    Ok(if any { ExitCode::SUCCESS } else { nothing() })
}

fn schema(options: &Options, of: Contract) -> Result<ExitCode> {
    let schema = match of {
        Contract::Article => report::schema::article(),
        Contract::Brief => report::schema::brief(),
        Contract::Statement => report::schema::statement(),
    };
    let mut output = Output::open(options.output.as_deref())?;
    output.write(&format!("{}\n", serde_json::to_string_pretty(&schema)?))?;
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn nothing() -> ExitCode {
    eprintln!("rapporteur: no readable article; name files or folders that hold some (.txt .md .html .jsonl)");
    ExitCode::from(NOTHING)
}
