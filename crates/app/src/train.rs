//! `train quotations` makes the weights in `data/models/` from annotated texts, `train background` the counts in `data/en/background.tsv`
//! from ordinary articles. Developers' commands.
//!
//! The gold of quotations is a folder with `text/*.txt` and `attributions/NAME_????.ann` (brat stand-off); of several annotations of a text the first.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use language::Model;
use rapporteur::extract::quotation::crf::train::{self, Example, Settings};
use rapporteur::{cluster, ingest};

use crate::inputs::Inputs;
use crate::output::Output;
use crate::{articles, model};

/// Reads the gold, trains, and writes the weights to `output`.
pub(crate) fn quotations(
    named_model: Option<&Path>,
    gold: &Path,
    dev: Option<&Path>,
    output: Option<&Path>,
) -> Result<ExitCode> {
    let output = output.context("name the file of weights with -o FILE")?;
    let model = model::load(named_model)?;
    let examples = examples(&model, gold)?;
    let dev = dev.map(|d| self::examples(&model, d)).transpose()?;
    eprintln!("rapporteur: {} annotated texts", examples.len());
    let tell = |pass: usize, loss: f64, file: &[u8]| {
        eprintln!("rapporteur: pass {pass}: loss {loss:.4} a token, {} bytes", file.len());
        if let Some([content, cue, source]) = dev.as_deref().and_then(|d| train::fit(d, file)) {
            eprintln!(
                "rapporteur: other texts, F1 of whole runs: content {content:.3}, cue {cue:.3}, source {source:.3}"
            );
        }
    };
    let weights = train::train(&examples, Settings::default(), tell);
    fs::write(output, &weights).with_context(|| format!("{}: cannot be written", output.display()))?;
    eprintln!("rapporteur: {} bytes of weights in {}", weights.len(), output.display());
    Ok(ExitCode::SUCCESS)
}

/// Compares two claims a line, taken as two articles of one story: gravest verdict, kinds of the conflicts, claims that both tell.
pub(crate) fn claims(named_model: Option<&Path>, pairs: &Path, output: Option<&Path>) -> Result<ExitCode> {
    let model = model::load(named_model)?;
    let lines = fs::read_to_string(pairs).with_context(|| format!("{}: cannot be read", pairs.display()))?;
    let mut output = Output::open(output)?;
    for (number, line) in lines.lines().enumerate() {
        let place = || format!("{}:{}", pairs.display(), number + 1);
        let pair: serde_json::Value = serde_json::from_str(line).with_context(place)?;
        let mut read = Vec::new();
        for side in ["a", "b"] {
            let text = pair[side].as_str().with_context(|| format!("{}: no text in `{side}`", place()))?;
            let article = ingest::text(side, text.as_bytes()).with_context(place)?;
            let findings = rapporteur::extract::extract(&model, &article);
            read.push((article, findings));
        }
        let account = rapporteur::reconcile::as_one_story(&read);
        let told = account.claims.iter().filter(|c| c.articles.len() > 1).count();
        let kinds: Vec<_> = account.conflicts.iter().map(|c| (c.verdict, c.kind)).collect();
        let line = serde_json::json!({ "verdict": account.conflicts.first().map(|c| c.verdict), "kinds": kinds, "told": told });
        output.write(&format!("{line}\n"))?;
    }
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}

/// Counts the terms of ordinary articles and writes the table to `output`.
pub(crate) fn background(
    named_model: Option<&Path>,
    paths: &[PathBuf],
    source: &str,
    output: Option<&Path>,
) -> Result<ExitCode> {
    let output = output.context("name the table with -o FILE")?;
    let model = model::load(named_model)?;
    let mut read = Vec::new();
    articles::each(Inputs::open(paths)?, None, &model, |article, findings| {
        read.push((article, findings));
        Ok(())
    })?;
    fs::write(output, cluster::table(&read, source))
        .with_context(|| format!("{}: cannot be written", output.display()))?;
    eprintln!("rapporteur: terms of {} articles in {}", read.len(), output.display());
    Ok(ExitCode::SUCCESS)
}

/// The annotated texts of a folder by name.
fn examples(model: &Model, gold: &Path) -> Result<Vec<Example>> {
    let annotations = sorted(&gold.join("attributions"), "ann")?;
    let mut examples = Vec::new();
    for file in sorted(&gold.join("text"), "txt")? {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let of_it = |a: &&PathBuf| {
            let name = a.file_stem().unwrap_or_default().to_string_lossy();
            name.rsplit_once('_').is_some_and(|(text, _)| text == stem)
        };
        let Some(annotation) = annotations.iter().find(of_it) else { continue };
        let read = |path: &Path| fs::read(path).with_context(|| format!("{}: cannot be read", path.display()));
        let article = ingest::text(&file.to_string_lossy(), &read(&file)?)?;
        examples.push(train::example(model, &article, &String::from_utf8_lossy(&read(annotation)?)));
    }
    if examples.is_empty() {
        bail!("{}: no text/*.txt with attributions/*.ann; name the folder that holds both", gold.display());
    }
    Ok(examples)
}

/// The files of a folder with that ending, by name.
fn sorted(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{}: cannot be read", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == ending));
    files.sort();
    Ok(files)
}
