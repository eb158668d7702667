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
        let none = match (&moment.known_at, &moment.as_of) {
            (Some(day), None) => format!("no agreement was known on {day}"),
            (None, Some(day)) => format!("no agreement of which anything is told as true on {day} or before"),
            (Some(known), Some(day)) => {
                format!(
                    "no agreement of which anything was told as true on {day} or before, by what was known on {known}"
                )
            }
            (None, None) => "no agreement yet; `rapporteur add` records articles".to_owned(),
        };
        return Ok(super::found(!rows.is_empty(), &none));
    };
    let view = view::page(&held, name, &moment, &today)?;
    let any = !view.articles.is_empty();
    super::print(options, format, |style| register::agreement(&view, style), &view)?;
    let none = match (&view.moment.known_at, &view.moment.as_of) {
        (Some(day), None) => format!("nothing of it was known on {day}"),
        (None, Some(day)) => format!("nothing of it is told as true on {day} or before"),
        (Some(known), Some(day)) => {
            format!("nothing of it was told as true on {day} or before, by what was known on {known}")
        }
        (None, None) => "every article on it was withdrawn".to_owned(),
    };
    Ok(super::found(any, &none))
}
