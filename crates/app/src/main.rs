//! The command `rapporteur`.
fn main() {}
