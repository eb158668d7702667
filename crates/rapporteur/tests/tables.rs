//! Every line of every table of `data/` has its cells and its source; one that has not is named by file and line.
//!
//! What a cell may say (a class, a date, an id that stands in another table) is asked by the tests of the room that reads the table.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn tables(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(tables(&path));
        } else if path.extension().is_some_and(|e| e == "tsv") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// What is wrong with a table's lines: other than the usual number of cells, an empty first or last (the source), a line twice.
fn faults(file: &str, text: &str) -> Vec<String> {
    let lines = || text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    lines().for_each(|(_, l)| *counts.entry(l.split('\t').count()).or_default() += 1);
    let usual = counts.iter().max_by_key(|(_, n)| **n).map_or(0, |(cells, _)| *cells);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    for (at, line) in lines() {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let mut fault = |what: String| faults.push(format!("{file}:{}: {what}", at + 1));
        if cells.len() != usual {
            fault(format!("{} cells, {usual} expected", cells.len()));
        } else if cells[0].is_empty() || cells[usual - 1].is_empty() {
            fault("the first cell or the source is empty".to_owned());
        }
        if let Some(first) = seen.insert(line, at + 1) {
            fault(format!("the same as line {first}"));
        }
    }
    faults
}

#[test]
fn every_line_of_every_table_has_its_cells_and_its_source() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let files = tables(&data);
    assert!(files.len() >= 30, "tables of data/: {}", files.len());
    let mut all = Vec::new();
    for file in files {
        let name = format!("data/{}", file.strip_prefix(&data).unwrap_or(&file).display());
        match fs::read_to_string(&file) {
            Ok(text) => {
                if !text.starts_with('#') {
                    all.push(format!("{name}:1: no head that names the columns"));
                }
                all.extend(faults(&name, &text));
            }
            Err(error) => all.push(format!("{name}: {error}")),
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn a_malformed_line_is_named_by_file_and_line() {
    let table = "# word\tclass\tsource\na\tx\tusage\nb\tusage\n\nc\tx\t\na\tx\tusage\n";
    assert_eq!(
        faults("data/en/words.tsv", table),
        [
            "data/en/words.tsv:3: 2 cells, 3 expected",
            "data/en/words.tsv:5: the first cell or the source is empty",
            "data/en/words.tsv:6: the same as line 2",
        ]
    );
}
