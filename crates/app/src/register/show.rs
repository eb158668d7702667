//! `show`: all agreements, or one, at a moment.

use std::process::ExitCode;

use anyhow::Result;
use rapporteur::register::view::{self, Moment};
use rapporteur::report::register;

use crate::options::{MomentOptions, Options, RegisterOptions, ViewFormat};

/// The agreements of the register; with a name the page of one.
pub(crate) fn show(
    options: &Options,
    name: Option<&str>,
    moment: &MomentOptions,
    format: ViewFormat,
    file: &RegisterOptions,
) -> Result<ExitCode> {
    let held = super::read(file)?;
    let moment = Moment { as_of: moment.as_of.clone(), known_at: moment.known_at.clone() };
    let today = super::today();
    let Some(name) = name else {
        let rows = view::overview(&held, &moment, &today)?;
        let text = |style| register::overview(&rows, &moment, style);
        let object = serde_json::json!({ "schema": "rapporteur/agreements/1", "moment": moment, "agreements": rows });
        super::print(options, format, text, &object)?;
        return Ok(super::found(!rows.is_empty(), "no agreement at that time; `rapporteur add` records articles"));
    };
    let view = view::page(&held, name, &moment, &today)?;
    let any = !view.articles.is_empty();
    super::print(options, format, |style| register::agreement(&view, style), &view)?;
    Ok(super::found(any, "nothing of it was known then"))
}
