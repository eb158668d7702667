//! The commands of the register, one file a group.

pub(crate) mod add;
pub(crate) mod check;
pub(crate) mod judge;

use rapporteur::register::Register;
use rapporteur::{Error, ErrorKind};

use crate::options::{On, RegisterOptions};

/// The register, to write to; made where there is none.
pub(crate) fn open(options: &RegisterOptions) -> anyhow::Result<Register> {
    Ok(Register::open(&options.register)?)
}

/// The register, to write to, which must be there.
pub(crate) fn open_held(options: &RegisterOptions) -> anyhow::Result<Register> {
    if !options.register.exists() {
        return Err(missing(options).into());
    }
    open(options)
}

/// The register, to read only.
pub(crate) fn read(options: &RegisterOptions) -> anyhow::Result<Register> {
    Ok(Register::read(&options.register)?)
}

fn missing(options: &RegisterOptions) -> Error {
    let message = "no such register; make one with `rapporteur add`, or name another with --register FILE";
    Error::new(ErrorKind::Missing, options.register.display().to_string(), message)
}

/// The day given, else today where this computer is.
pub(crate) fn day(on: &On) -> String {
    on.on.clone().unwrap_or_else(|| jiff::Zoned::now().date().to_string())
}
