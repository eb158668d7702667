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
    // The first pages: what comes before the offices.
    let page = printed.split("\nROLES ").next().expect("a first page").trim_end();
    assert!(page.len() < printed.len(), "no offices in the brief");
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

/// One part of the page alone, and the page as Markdown and HTML, are of the same story.
#[test]
fn a_part_alone_and_the_other_forms_tell_the_same_story() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let named = std::env::var_os("RAPPORTEUR_MODEL").map(PathBuf::from);
    let model = named.or_else(language::kept_folder).expect("a home folder");
    let print = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        command.args(["brief", "stories/kazakhstan-accords", "--model"]).arg(&model).args(more);
        let done = command.env("COLUMNS", "80").current_dir(&root).output().expect("the program runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("UTF-8")
    };
    let part = print(&["--section", "quotations"]);
    assert!(part.starts_with("KAZAKHSTAN AND THE ABRAHAM ACCORDS"), "{part}");
    assert!(part.contains("\nQUOTATIONS ") && !part.contains("\nMEMBERS "), "{part}");
    assert!(!part.contains("--section"), "a part alone is whole: {part}");
    let markdown = print(&["--format", "markdown"]);
    assert!(markdown.starts_with("# Kazakhstan and the Abraham Accords\n"), "{markdown}");
    let defined = markdown.lines().filter(|l| l.starts_with("[^")).count();
    assert!(defined > 20, "{defined} footnotes");
    for number in 1..=defined {
        assert!(markdown.contains(&format!("[^{number}]:")), "footnote {number} is not there");
        assert!(markdown.matches(&format!("[^{number}]")).count() > 1, "nothing leads to footnote {number}");
    }
    let page = print(&["--format", "html"]);
    assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
    assert_eq!(print(&["--format", "html", "--threads", "1"]), page, "the same bytes whatever the number of threads");
}
