//! The page of output in README.md is what the program prints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const COMMAND: &str = "$ rapporteur brief stories/kazakhstan-accords\n";

/// `UPDATE_EXPECT=1` writes the page anew.
#[test]
fn the_page_in_the_readme_is_real() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let named = std::env::var_os("RAPPORTEUR_MODEL").map(PathBuf::from);
    let model = named.or_else(language::kept_folder).expect("a home folder");
    let done = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["brief", "stories/kazakhstan-accords", "--model"])
        .arg(&model)
        .env("COLUMNS", "80")
        .current_dir(&root)
        .output()
        .expect("the program runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let printed = String::from_utf8(done.stdout).expect("UTF-8");
    // The first page: what comes before the articles one by one.
    let page = printed.split("\nARTICLE BY ARTICLE").next().expect("a first page").trim_end();
    let path = root.join("README.md");
    let readme = fs::read_to_string(&path).expect("README.md");
    let (before, rest) = readme.split_once(COMMAND).expect("the command in README.md");
    let (shown, after) = rest.split_once("```").expect("the end of the block");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, format!("{before}{COMMAND}{page}\n```{after}")).expect("README.md written");
    } else {
        assert_eq!(shown.trim_end(), page, "README.md; UPDATE_EXPECT=1 writes it anew");
    }
}
