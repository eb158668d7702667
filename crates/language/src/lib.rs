//! The language reader.
#![allow(dead_code, reason = "the reader that calls these comes with the merge")]
mod lemma;
mod rules;
mod tokenize;
#[cfg(test)]
mod testing {
    pub(crate) fn model_dir() -> std::path::PathBuf {
        std::env::var_os("RAPPORTEUR_MODEL")
            .expect("RAPPORTEUR_MODEL to name the folder of a spaCy model")
            .into()
    }
}
