//! `predictions`: open, due, resolved.

use std::collections::BTreeSet;
use std::process::ExitCode;

use anyhow::Result;
use rapporteur::register::view::{self, ForecastView, state_words};
use rapporteur::report::register;

use crate::options::{Options, PredictionOptions, RegisterOptions, ViewFormat};

/// The predictions of all agreements or of one, as they stand on a day.
pub(crate) fn predictions(
    options: &Options,
    asked: &PredictionOptions,
    format: ViewFormat,
    file: &RegisterOptions,
) -> Result<ExitCode> {
    let held = super::read(file)?;
    let day = asked.on.clone().unwrap_or_else(super::today);
    let holder = asked.holder.as_ref().map(|h| h.to_lowercase());
    let wanted = |p: &ForecastView| {
        let said = |h: &str| {
            p.holder.as_ref().is_some_and(|v| v.entity.as_deref() == Some(h) || v.name.to_lowercase().contains(h))
        };
        let state = state_words(p.state, p.due).replace(' ', "_");
        holder.as_deref().is_none_or(said) && asked.state.is_none_or(|s| s.word() == state)
    };
    let mut views = view::foretold(&held, asked.agreement.as_deref(), &day)?;
    views.retain(wanted);
    let cited =
        views.iter().flat_map(|view| view.cited.iter().chain(view.resolved.iter().flat_map(|outcome| &outcome.by)));
    let articles = held.articles_named(&cited.map(|cited| cited.article.as_str()).collect::<BTreeSet<&str>>(), &day)?;
    let object = Page { schema: "rapporteur/predictions/1", on: &day, predictions: &views };
    super::print(options, format, |style| register::predictions(&views, &articles, &day, style), &object)?;
    Ok(super::found(!views.is_empty(), "no such prediction"))
}

#[derive(serde::Serialize)]
struct Page<'a> {
    schema: &'static str,
    on: &'a str,
    predictions: &'a [ForecastView],
}
