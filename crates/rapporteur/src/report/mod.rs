//! An account as JSON, as a page for the terminal, and as Markdown.

pub mod explain;
pub mod json;
pub mod markdown;
mod page;
mod page_rows;
pub mod schema;
pub mod text;
mod wrap;
