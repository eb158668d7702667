//! A folder in which the program is run as a person runs it.

#![allow(dead_code, reason = "each test file uses its part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A folder of its own with the stories in it, gone with the test.
pub(crate) struct Desk(pub(crate) PathBuf);

impl Desk {
    pub(crate) fn new(name: &str) -> Desk {
        let folder = std::env::temp_dir().join(format!("rapporteur-known-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        let stories = fs::canonicalize(root().join("stories")).expect("the stories");
        std::os::unix::fs::symlink(stories, folder.join("stories")).expect("a link to the stories");
        Desk(folder)
    }

    /// What a line for the shell prints, errors included.
    pub(crate) fn shell(&self, line: &str) -> String {
        let program = Path::new(env!("CARGO_BIN_EXE_rapporteur")).parent().expect("a folder").display().to_string();
        let path = format!("{program}:{}", std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new("sh");
        command.args(["-c", &format!("exec 2>&1; {line}")]).current_dir(&self.0).env("PATH", path).env("COLUMNS", "80");
        let done = command.env_remove("RAPPORTEUR_REGISTER").env_remove("NO_COLOR").output().expect("a shell");
        String::from_utf8(done.stdout).expect("UTF-8")
    }

    pub(crate) fn json(&self, line: &str) -> Value {
        let printed = self.shell(&format!("rapporteur {line} --format json 2>/dev/null"));
        serde_json::from_str(&printed).unwrap_or_else(|e| panic!("{line}: {e}: {printed}"))
    }

    /// An article of the test's own.
    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("a file");
    }

    /// An article recorded on the day of its publication.
    pub(crate) fn add(&self, day: &str, name: &str, text: &str) {
        self.write(name, text);
        let said = self.shell(&format!("rapporteur add --on {day} --published {day} {name}"));
        assert!(said.contains(" statement"), "{name}: {said}");
    }

    /// The agreement as known on a day, with what is true as of another.
    pub(crate) fn seen(&self, known_at: &str, as_of: Option<&str>) -> Value {
        let as_of = as_of.map(|day| format!("--as-of {day}")).unwrap_or_default();
        self.json(&format!("show 'abraham accords' --known-at {known_at} {as_of}"))
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn list<'a>(of: &'a Value, key: &str) -> &'a Vec<Value> {
    of[key].as_array().unwrap_or_else(|| panic!("{key} in {of}"))
}
