//! An account as JSON, as a page for the terminal, as Markdown and as a web page.

pub mod explain;
pub mod html;
pub mod json;
pub mod markdown;
mod page;
pub mod register;
pub mod schema;
pub mod text;
mod wrap;

pub use page::SECTIONS;
