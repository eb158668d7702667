//! `verify` and `compact`: the file itself.

use std::process::ExitCode;

use anyhow::Result;

use crate::options::RegisterOptions;

/// Everything looked at; status 2 where anything is wrong.
pub(crate) fn verify(options: &RegisterOptions) -> Result<ExitCode> {
    let register = super::read(options)?;
    // Hidden where standard error is no terminal.
    let progress = indicatif::ProgressBar::new_spinner();
    progress.enable_steady_tick(std::time::Duration::from_millis(200));
    let found = register.verify_with(&mut |what| progress.set_message(what));
    progress.finish_and_clear();
    let found = found?;
    for fault in &found.faults {
        eprintln!("rapporteur: {}: {fault}", register.place());
    }
    if !found.faults.is_empty() {
        let number = found.faults.len() + found.untold;
        let noun = if number == 1 { "fault" } else { "faults" };
        let told = if found.untold > 0 { format!(", of which {} are told", found.faults.len()) } else { String::new() };
        anyhow::bail!(
            "{}: {number} {noun}{told}; take a copy from before, or add the articles to a new register",
            register.place()
        );
    }
    println!(
        "{}: whole; {} entries, {} articles, {} statements",
        register.place(),
        found.entries,
        found.articles,
        found.statements
    );
    println!("digest {}", found.digest);
    Ok(ExitCode::SUCCESS)
}

/// The file made as small as it can be.
pub(crate) fn compact(options: &RegisterOptions) -> Result<ExitCode> {
    let mut register = super::open_held(options)?;
    let done = register.compact()?;
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    println!(
        "{}: {:.1} MB, before {:.1}; {} entries, {} articles, {} statements as before",
        register.place(),
        megabytes(done.bytes.1),
        megabytes(done.bytes.0),
        done.entries,
        done.articles,
        done.statements
    );
    Ok(ExitCode::SUCCESS)
}
