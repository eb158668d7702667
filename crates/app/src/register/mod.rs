//! The commands of the register, one file a group.

pub(crate) mod add;
pub(crate) mod export;
mod parquet;

use rapporteur::register::Register;

use crate::options::{On, RegisterOptions};

/// The register, to write to.
pub(crate) fn open(options: &RegisterOptions) -> anyhow::Result<Register> {
    Ok(Register::open(&options.register)?)
}

/// The day given, else today where this computer is.
pub(crate) fn day(on: &On) -> String {
    on.on.clone().unwrap_or_else(|| jiff::Zoned::now().date().to_string())
}
