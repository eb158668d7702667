//! The living record of agreements: one file that grows with every article and forgets nothing.
//!
//! [`statements`] turns an article's findings into statements; [`Register`] keeps them in one SQLite file as an append-only log, with two
//! time axes: when something is true, and since when it is known. Every view is a pure function of the log. No clock: the day comes with
//! the call.

mod difference;
mod digest;
pub mod export;
mod intern;
mod judgement;
mod migrate;
mod period;
mod query;
mod revise;
mod statement;
mod store;
mod verify;
pub mod view;
mod write;

pub use difference::{Change, difference};
pub use migrate::VERSION;
pub use query::Filter;
pub use revise::Revised;
pub use rusqlite;
pub use statement::{First, Recorded, Source, Statement, Valid, Voice};
pub use store::{APPLICATION, Appended, Need, Receipt, Received, Register, Revision, path_beside};
pub use verify::{Compacted, Verified};
pub use write::{Mentioned, Told, statements};
