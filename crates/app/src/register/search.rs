//! `search`: words in articles, quotations and claims.

use std::process::ExitCode;

use anyhow::Result;
use rapporteur::register::view::{self, Moment, Query};
use rapporteur::report::register;

use crate::options::{Options, RegisterOptions, SearchOptions, ViewFormat};

/// What has all the words.
pub(crate) fn search(
    options: &Options,
    words: &[String],
    asked: &SearchOptions,
    format: ViewFormat,
    file: &RegisterOptions,
) -> Result<ExitCode> {
    if !words.iter().any(|word| word.contains(char::is_alphanumeric)) {
        anyhow::bail!("search: no letter and no digit in {}; give a word", words.join(" "));
    }
    let held = super::read(file)?;
    // The shell took the marks off "a phrase": an argument of several words is one.
    let phrase = |w: &String| {
        if w.contains(' ') && !w.contains('"') && words.len() > 1 { format!("\"{w}\"") } else { w.clone() }
    };
    let words = words.iter().map(phrase).collect::<Vec<_>>().join(" ");
    let agreement = match &asked.agreement {
        Some(name) => Some(held.dossier_name(name, &Moment::default())?.id),
        None => None,
    };
    let query = Query {
        words: words.clone(),
        holder: asked.holder.clone(),
        state: asked.state.as_deref().map(view::state_id),
        agreement,
        from: asked.from.clone(),
        to: asked.to.clone(),
        most: asked.limit,
    };
    held.knows_asked(&query)?;
    let hits = view::search(&held, &query)?;
    let object = serde_json::json!({ "schema": "rapporteur/search/1", "words": &words, "hits": hits });
    super::print(options, format, |style| register::found(&hits, &words, style), &object)?;
    let without = Query { words, most: 1, ..Query::default() };
    let otherwise = match hits.is_empty() && !view::search(&held, &without)?.is_empty() {
        true => "what has all these words passes not all of these filters",
        false => "nothing has all these words",
    };
    Ok(super::found(!hits.is_empty(), otherwise))
}
