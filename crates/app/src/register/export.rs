//! `export`: the register in the formats of others. Files come whole or not at all; what stood there under the same name is replaced, as with
//! `brief -o`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use rapporteur::register::Register;
use rapporteur::register::export::{self, Asked, Done, Failure, Snapshot, Table};

use super::parquet;
use crate::options::{ExportFormat, Options, RegisterOptions};
use crate::output::Output;

/// Writes the register, or what it says of one agreement, as it stands or stood on a day.
pub(crate) fn export(
    options: &Options,
    format: ExportFormat,
    asked: &Asked,
    register: &RegisterOptions,
) -> Result<ExitCode> {
    let register = Register::read(&register.register)?;
    let snapshot = Snapshot::of(&register, asked)?;
    let output = options.output.as_deref();
    let mut any = !snapshot.articles().is_empty();
    match format {
        ExportFormat::Csv => tables(output, "csv", |table, out| export::csv(&snapshot, table, out))?,
        ExportFormat::Parquet => tables(output, "parquet", |table, out| parquet::write(&snapshot, table, out))?,
        ExportFormat::Ftm => {
            folder(output, &["entities.ftm.jsonl".to_owned(), "statements.ftm.jsonl".to_owned()], |at, out| {
                if at == 0 { export::ftm_entities(&snapshot, out) } else { export::ftm_statements(&snapshot, out) }
            })?
        }
        ExportFormat::Jsonl => any &= file(output, |out| export::jsonl(&snapshot, out))?,
        ExportFormat::Plover => any &= file(output, |out| export::plover(&snapshot, out))?,
        ExportFormat::Jsonld => any &= file(output, |out| export::jsonld(&snapshot, out))?,
        ExportFormat::Geojson => any &= file(output, |out| export::geojson(&snapshot, out))?,
        ExportFormat::Icalendar => any &= file(output, |out| export::icalendar(&snapshot, out))?,
        ExportFormat::Graphml => any &= file(output, |out| export::graphml(&snapshot, out))?,
    }
    let none = match (&asked.known_at, snapshot.articles().is_empty()) {
        (Some(day), true) => format!("nothing was known on {day}; what was written holds no record"),
        (None, true) => "the register holds no article yet; what was written holds no record".to_owned(),
        _ => "the register holds nothing that this format takes".to_owned(),
    };
    Ok(super::found(any, &none))
}

/// One file, or standard output; whether anything was written.
fn file(place: Option<&Path>, write: impl FnOnce(&mut Counted) -> Done) -> Result<bool> {
    let mut output = Counted { output: Output::open(place)?, bytes: 0 };
    write(&mut output).map_err(|failure| told(failure, place))?;
    output.output.finish()?;
    Ok(output.bytes > 0)
}

/// Output, and how much went there.
struct Counted {
    output: Output,
    bytes: usize,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = Write::write(&mut self.output, bytes)?;
        self.bytes += written;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Write::flush(&mut self.output)
    }
}

/// The long tables, a file each.
fn tables(place: Option<&Path>, ending: &str, write: impl Fn(Table, &mut Output) -> Done) -> Result<()> {
    let names: Vec<String> = Table::ALL.iter().map(|table| format!("{}.{ending}", table.name())).collect();
    folder(place, &names, |at, out| write(Table::ALL[at], out))
}

/// Several files in a folder, which is made where there is none. Only when all are written do they take their places.
fn folder(place: Option<&Path>, names: &[String], write: impl Fn(usize, &mut Output) -> Done) -> Result<()> {
    let Some(place) = place else {
        bail!("export: this format makes {} files; name a folder for them with -o FOLDER", names.len())
    };
    if place.exists() && !place.is_dir() {
        bail!("{}: is a file; this format makes {} files, name a folder", place.display(), names.len());
    }
    let mut made = Made { folder: (!place.exists()).then(|| place.to_owned()) };
    std::fs::create_dir_all(place).with_context(|| format!("{}: cannot be made", place.display()))?;
    let mut written = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let path = place.join(name);
        let mut output = Output::open(Some(&path))?;
        write(at, &mut output).map_err(|failure| told(failure, Some(&path)))?;
        written.push(output);
    }
    written.into_iter().try_for_each(Output::finish)?;
    made.folder = None;
    Ok(())
}

/// A folder that was made for files that did not come: gone again.
struct Made {
    folder: Option<PathBuf>,
}

impl Drop for Made {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            // Only while empty, and nothing sensible is left to do where even this fails.
            let _ = std::fs::remove_dir(folder);
        }
    }
}

/// What failed, where.
fn told(failure: Failure, place: Option<&Path>) -> anyhow::Error {
    match (failure, place) {
        (Failure::Register(error), _) => error.into(),
        (Failure::Output(error), Some(place)) => {
            anyhow::Error::from(error).context(format!("{}: cannot be written", place.display()))
        }
        (Failure::Output(error), None) => error.into(),
    }
}
