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

#[cfg(test)]
mod testing {
    /// The folder of the model that the tests read.
    pub(crate) fn model_dir() -> std::path::PathBuf {
        std::env::var_os("RAPPORTEUR_MODEL").expect("RAPPORTEUR_MODEL to name the folder of a spaCy model").into()
    }
}
