//! `import-depositary`: a table of participants from the depositary, the primary source.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use rapporteur::ingest;
use rapporteur::register::view::{self, Moment, Unread};
use rapporteur::register::{Need, Receipt, Received, path_beside};

use crate::options::{On, RegisterOptions};

/// Records the acts of the table as statements about the agreement.
pub(crate) fn import(file: &Path, agreement: &str, register: &RegisterOptions, on: &On) -> Result<ExitCode> {
    let place = file.display().to_string();
    let bytes =
        std::fs::read(file).with_context(|| format!("{place}: cannot be read; check the path and its permissions"))?;
    let mut article = ingest::text(&place, &bytes)?;
    let table = match view::depositary(&article.text) {
        Ok(table) => table,
        Err(Unread::Empty) => bail!("{place}: has no line below its heading; a table of participants is needed"),
        Err(Unread::NoActs) => {
            bail!(
                "{place}:1: no column of signature, ratification, accession or entry into force; name one of them in the heading"
            )
        }
    };
    if table.rows.iter().all(|row| row.acts.is_empty()) {
        bail!("{place}: no cell below those headings is a date; write them as 11 Oct 1983 or 1983-10-11");
    }
    let day = super::day(on)?;
    let mut held = super::open(register)?;
    // An agreement that the articles know by another name keeps its identifier.
    let id = match held.dossier_name(agreement, &Moment::default()) {
        Ok(named) => named.id,
        Err(_)
            if agreement
                .split_once(':')
                .is_some_and(|(class, rest)| matches!(class, "agreement" | "org" | "name") && !rest.is_empty()) =>
        {
            agreement.to_owned()
        }
        Err(error) => bail!("{error}; for one that no article names yet give an identifier, as agreement:harbour-pact"),
    };
    let here = std::env::current_dir().context("the working folder cannot be read")?;
    article.path = path_beside(&here.join(held.place()), &article.path, &here);
    article.title = Some(format!("Depositary's record of {id}"));
    article.language = None;
    let need = held.need(&article, &day)?;
    let told = (need == Need::Reading).then(|| table.told(&id));
    let done = held.append(&[Received { kind: Receipt::Depositary, article, told }], &day)?;
    let known = table.rows.iter().filter(|row| row.id.is_some()).count();
    println!(
        "{}: {id}: {known} of {} participants known by name, {} acts recorded{}",
        held.place(),
        table.rows.len(),
        done.statements,
        if need == Need::Reading { "" } else { ", all there before" }
    );
    for row in table.rows.iter().filter(|row| row.id.is_none()) {
        eprintln!(
            "rapporteur: {place}: {:?} is no state or body that the tables know; its acts are not recorded",
            row.name
        );
    }
    for cell in &table.unread {
        eprintln!("rapporteur: {place}: {cell:?} is no date; not recorded");
    }
    if !table.passed_over.is_empty() {
        eprintln!("rapporteur: {place}: columns passed over: {}", table.passed_over.join("; "));
    }
    super::make_ready(&mut held);
    Ok(ExitCode::SUCCESS)
}
