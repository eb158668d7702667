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
pub use model::{Model, ModelError, kept_folder};
pub use reading::{Entity, Pos, Reading, Sentence, Token};
pub use span::Span;
pub use text::Unit;

#[cfg(test)]
mod testing {
    /// The folder of the model that the tests read.
    ///
    /// # Panics
    /// Where there is none: a test that reads nothing proves nothing.
    pub(crate) fn model_dir() -> std::path::PathBuf {
        let named = std::env::var_os("RAPPORTEUR_MODEL").map(std::path::PathBuf::from);
        let folder = named.or_else(crate::kept_folder).expect("a home folder");
        assert!(folder.is_dir(), "no language model: run `rapporteur model fetch` or set RAPPORTEUR_MODEL");
        folder
    }
}
