//! The commands of the register, one file a group.

pub(crate) mod add;
pub(crate) mod check;
pub(crate) mod depositary;
pub(crate) mod export;
pub(crate) mod history;
pub(crate) mod judge;
mod parquet;
pub(crate) mod predictions;
pub(crate) mod search;
pub(crate) mod show;

use std::process::ExitCode;

use rapporteur::register::Register;
use rapporteur::report::text::Style;
use rapporteur::{Error, ErrorKind};

use crate::options::{On, Options, RegisterOptions, ViewFormat};
use crate::output::Output;

/// The register, to write to; made where there is none.
pub(crate) fn open(options: &RegisterOptions) -> anyhow::Result<Register> {
    Ok(Register::open(&options.register)?)
}

/// The register, to write to, which must be there.
pub(crate) fn open_held(options: &RegisterOptions) -> anyhow::Result<Register> {
    if !options.register.exists() {
        return Err(missing(options).into());
    }
    open(options)
}

/// The register, to read only.
pub(crate) fn read(options: &RegisterOptions) -> anyhow::Result<Register> {
    Ok(Register::read(&options.register)?)
}

fn missing(options: &RegisterOptions) -> Error {
    let message = "no such register; make one with `rapporteur add`, or name another with --register FILE";
    Error::new(ErrorKind::Missing, options.register.display().to_string(), message)
}

/// The day given, else today where this computer is. Nothing is known before its day.
pub(crate) fn day(on: &On) -> anyhow::Result<String> {
    let today = today();
    match on.on.as_ref().filter(|day| **day > today) {
        Some(day) => {
            anyhow::bail!("--on {day}: is yet to come (today is {today}); give the day on which it became known")
        }
        None => Ok(on.on.clone().unwrap_or(today)),
    }
}

/// Today where this computer is.
pub(crate) fn today() -> String {
    jiff::Zoned::now().date().to_string()
}

/// Has the pages ready for whoever asks next. What was recorded is recorded: where they cannot be kept, they are worked out when asked for.
fn make_ready(register: &mut Register) {
    if let Err(error) = register.make_ready() {
        eprintln!("rapporteur: {error}; all is recorded, `show` will take longer");
    }
}

/// A view, for a terminal or as JSON.
fn print(
    options: &Options,
    format: ViewFormat,
    text: impl FnOnce(Style) -> String,
    object: &impl serde::Serialize,
) -> anyhow::Result<()> {
    let mut output = Output::open(options.output.as_deref())?;
    let printed = match format {
        ViewFormat::Text => text(Style { columns: output.columns(), colour: output.colour() }),
        ViewFormat::Json => format!("{}\n", serde_json::to_string(object)?),
    };
    output.write(&printed)?;
    output.finish()
}

/// Status 1 and a line on standard error where nothing was found.
fn found(any: bool, otherwise: &str) -> ExitCode {
    if any {
        return ExitCode::SUCCESS;
    }
    eprintln!("rapporteur: {otherwise}");
    ExitCode::from(crate::NOTHING)
}
