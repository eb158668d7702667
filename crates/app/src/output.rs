//! Where output goes: standard output, or a file that is written whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Read, Stdout, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Standard output or a file in the making.
pub(crate) enum Output {
    Standard(BufWriter<Stdout>),
    File {
        draft: Draft,
        writer: BufWriter<File>,
    },
    /// A device or a pipe that somebody named: it cannot be replaced, only written to.
    Device {
        place: PathBuf,
        writer: BufWriter<File>,
    },
}

/// The file beside the wanted one that is being written; gone again unless it was finished.
pub(crate) struct Draft {
    draft: PathBuf,
    wanted: PathBuf,
    finished: bool,
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing sensible is left to do where even this fails.
            let _ = fs::remove_file(&self.draft);
        }
    }
}

/// Whether a file begins as every SQLite file does: a register forgets nothing, so nothing is written over it.
fn is_register(file: &Path) -> bool {
    let mut head = [0; 15];
    File::open(file).and_then(|mut file| file.read_exact(&mut head)).is_ok() && &head == b"SQLite format 3"
}

impl Output {
    /// Standard output without a file. Fails at once where the file cannot be written, before any article is read.
    pub(crate) fn open(file: Option<&Path>) -> Result<Output> {
        let Some(wanted) = file else { return Ok(Output::Standard(BufWriter::new(io::stdout()))) };
        if wanted.is_dir() {
            anyhow::bail!("{}: is a folder; name a file", wanted.display());
        }
        // A link stays a link: what it leads to is written.
        let wanted = &fs::canonicalize(wanted).unwrap_or_else(|_| wanted.to_owned());
        if fs::metadata(wanted).is_ok_and(|about| !about.is_file()) {
            let file = File::options().write(true).open(wanted);
            let file = file.with_context(|| format!("{}: cannot be written", wanted.display()))?;
            return Ok(Output::Device { place: wanted.to_owned(), writer: BufWriter::new(file) });
        }
        if is_register(wanted) {
            anyhow::bail!("{}: is a register, which output never replaces; name another file", wanted.display());
        }
        let mut name = wanted.file_name().with_context(|| format!("{}: names no file", wanted.display()))?.to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let draft = wanted.with_file_name(name);
        let file = File::create(&draft).with_context(|| {
            format!("{}: cannot be written; its folder must exist and take new files", wanted.display())
        })?;
        let draft = Draft { draft, wanted: wanted.to_owned(), finished: false };
        Ok(Output::File { draft, writer: BufWriter::new(file) })
    }

    pub(crate) fn write(&mut self, text: &str) -> Result<()> {
        match self {
            Output::Standard(out) => Ok(out.write_all(text.as_bytes())?),
            Output::File { draft, writer } => writer
                .write_all(text.as_bytes())
                .with_context(|| format!("{}: cannot be written", draft.wanted.display())),
            Output::Device { place, writer } => {
                writer.write_all(text.as_bytes()).with_context(|| format!("{}: cannot be written", place.display()))
            }
        }
    }

    /// Puts the whole output in its place.
    pub(crate) fn finish(self) -> Result<()> {
        match self {
            Output::Standard(mut out) => Ok(out.flush()?),
            Output::Device { place, mut writer } => {
                writer.flush().with_context(|| format!("{}: cannot be written", place.display()))
            }
            Output::File { mut draft, mut writer } => {
                let place = || format!("{}: cannot be written", draft.wanted.display());
                writer.flush().with_context(place)?;
                writer.get_ref().sync_all().with_context(place)?;
                fs::rename(&draft.draft, &draft.wanted).with_context(place)?;
                draft.finished = true;
                Ok(())
            }
        }
    }

    /// Columns to print in: those of the terminal, else `COLUMNS`, else 80.
    pub(crate) fn columns(&self) -> usize {
        let asked = || std::env::var("COLUMNS").ok()?.parse().ok();
        let terminal = || match self {
            Output::Standard(_) if io::stdout().is_terminal() => {
                terminal_size::terminal_size().map(|(w, _)| usize::from(w.0))
            }
            _ => None,
        };
        terminal().or_else(asked).unwrap_or(80)
    }

    /// Whether to use colour: on a terminal that can, unless NO_COLOR is set.
    pub(crate) fn colour(&self) -> bool {
        let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
        matches!(self, Output::Standard(_)) && io::stdout().is_terminal() && !set("NO_COLOR") && !dumb
    }
}

/// For writers of formats, which know nothing of files; the place is put to their errors by whoever named it.
impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Standard(out) => Write::write(out, bytes),
            Output::File { writer, .. } | Output::Device { writer, .. } => Write::write(writer, bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Standard(out) => out.flush(),
            Output::File { writer, .. } | Output::Device { writer, .. } => writer.flush(),
        }
    }
}

/// Whether somebody closed the pipe we write to, as `head` does.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(broken))
}
