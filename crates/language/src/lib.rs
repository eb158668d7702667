//! The language reader.

mod reading;
mod span;
mod text;

pub use reading::{Entity, Pos, Reading, Sentence, Token};
pub use span::Span;
pub use text::Unit;

/// A language model.
#[derive(Debug)]
pub struct Model;

impl Model {
    /// Loads it.
    pub fn load(_folder: &std::path::Path) -> Result<Model, String> {
        Ok(Model)
    }
    /// Reads.
    pub fn read(&self, _text: &str, _units: &[Unit]) -> Reading {
        unimplemented!()
    }
}
