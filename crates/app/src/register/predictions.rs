//! `predictions`: open, due, resolved.

use std::collections::BTreeMap;
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
    let mut views = Vec::new();
    let mut articles = BTreeMap::new();
    for dossier in view::forecast_dossiers(&held, asked.agreement.as_deref(), &day)? {
        let of = view::forecasts(&dossier, &view::Moment { known_at: Some(day.clone()), as_of: None }, &day);
        let before = views.len();
        views.extend(of.into_iter().filter(wanted));
        if views.len() > before {
            articles.extend(dossier.articles().into_iter().map(|a| (a.id.clone(), a.clone())));
        }
    }
    let mut articles: Vec<_> = articles.into_values().collect();
    articles.sort_by(|a, b| {
        (&a.known_from, &a.published, &a.path, &a.id).cmp(&(&b.known_from, &b.published, &b.path, &b.id))
    });
    let object = serde_json::json!({ "schema": "rapporteur/predictions/1", "on": day, "predictions": views });
    super::print(options, format, |style| register::predictions(&views, &articles, &day, style), &object)?;
    Ok(super::found(!views.is_empty(), "no such prediction"))
}
