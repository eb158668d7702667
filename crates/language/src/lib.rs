//! spaCy's pretrained English pipeline in Rust: tokens, tags, dependency parse, lemmas, morphology, named entities.
#![deny(unsafe_code)]

mod conllu;
mod container;
mod embed;
mod entity;
mod features;
mod lemma;
mod matrix;
mod model;
mod parse;
mod read;
mod reading;
mod rules;
mod score;
mod span;
mod strings;
mod text;
mod tokenize;

pub use conllu::conllu;
pub use model::{Model, ModelError};
pub use reading::{Entity, Pos, Reading, Sentence, Token};
pub use span::Span;
pub use text::Unit;
