//! `history` and `diff`: what changed, when, and why.

use std::process::ExitCode;

use anyhow::{Result, bail};
use rapporteur::register::view;
use rapporteur::report::register;

use crate::options::{Options, RegisterOptions, ViewFormat};

/// Every change of an agreement up to a day.
pub(crate) fn history(
    options: &Options,
    agreement: &str,
    participant: Option<&str>,
    until: Option<&str>,
    format: ViewFormat,
    file: &RegisterOptions,
) -> Result<ExitCode> {
    let held = super::read(file)?;
    let until = until.map_or_else(super::today, str::to_owned);
    let (dossier, changes) = view::history(&held, agreement, participant, &until)?;
    let object = serde_json::json!({ "schema": "rapporteur/history/1", "agreement": dossier.agreement, "changes": changes,
        "articles": dossier.articles() });
    super::print(options, format, |style| register::history(&dossier, &changes, participant, style), &object)?;
    Ok(super::found(
        !changes.is_empty(),
        "nothing changed; a participant goes by its name or identifier, as in `rapporteur show`",
    ))
}

/// What was known on one day and not on another.
pub(crate) fn diff(
    options: &Options,
    from: &str,
    to: &str,
    format: ViewFormat,
    file: &RegisterOptions,
) -> Result<ExitCode> {
    if to < from {
        bail!("--from {from} --to {to}: the second day comes first; turn them round");
    }
    let held = super::read(file)?;
    let views = view::difference(&held, from, to)?;
    let list: Vec<_> = views.iter().map(|(view, _)| view).collect();
    let object = serde_json::json!({ "schema": "rapporteur/difference/1", "from": from, "to": to, "agreements": list });
    super::print(options, format, |style| register::difference(&views, from, to, style), &object)?;
    Ok(super::found(!views.is_empty(), "nothing changed between these days"))
}
