//! What the tests of several rooms need: the language model.

use std::path::PathBuf;
use std::sync::LazyLock;

use language::Model;

/// The model that the tests read: the one `RAPPORTEUR_MODEL` names, else the one `rapporteur model fetch` got. Without one they
/// fail: a test that reads nothing proves nothing.
pub(crate) static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let named = std::env::var_os("RAPPORTEUR_MODEL").map(PathBuf::from);
    let folder = named.or_else(language::kept_folder).expect("a home folder");
    Model::load(&folder).expect("the language model: run `rapporteur model fetch` or set RAPPORTEUR_MODEL")
});
