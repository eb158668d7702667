//! The modules of `lib.rs` stand in the order of the pipeline, and none imports a later one.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The modules that lines of code name after `crate::`, comments left out; `crate::{a, b::c}` names two.
fn imports(source: &str) -> Vec<(usize, String)> {
    let word = |s: &str| s.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = Vec::new();
    for (number, line) in source.lines().enumerate() {
        let code = line.split("//").next().unwrap_or("");
        for rest in code.split("crate::").skip(1) {
            let Some(list) = rest.strip_prefix('{') else {
                found.push((number + 1, word(rest)));
                continue;
            };
            let (mut depth, mut item) = (0, String::new());
            for c in list.chars().chain([',']) {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth <= 0 => found.push((number + 1, word(&std::mem::take(&mut item)))),
                    _ => item.push(c),
                }
            }
        }
    }
    found.retain(|(_, module)| !module.is_empty());
    found
}

#[test]
fn no_module_imports_a_later_one() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = fs::read_to_string(src.join("lib.rs")).expect("lib.rs");
    let order: Vec<&str> =
        lib.lines().filter_map(|l| l.strip_prefix("pub mod ")).filter_map(|l| l.strip_suffix(';')).collect();
    assert!(order.len() >= 7, "modules of lib.rs: {order:?}");
    let mut wrong = Vec::new();
    for (place, module) in order.iter().enumerate() {
        let mut files = sources(&src.join(module));
        let single = src.join(format!("{module}.rs"));
        files.extend(single.is_file().then_some(single));
        assert!(!files.is_empty(), "{module} has no file");
        for file in files {
            let source = fs::read_to_string(&file).expect("a source file");
            for (line, imported) in imports(&source) {
                if order.iter().position(|m| *m == imported).is_some_and(|at| at > place) {
                    wrong.push(format!("{}:{line}: {module} imports {imported}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn imports_are_seen_in_all_their_forms() {
    let source = "use crate::extract::{A, B};\n// crate::report\nlet x = crate::report::json::f();\nuse crate::{error, ingest::Article};";
    let found: Vec<(usize, String)> = imports(source);
    let names: Vec<(usize, &str)> = found.iter().map(|(n, s)| (*n, s.as_str())).collect();
    assert_eq!(names, [(1, "extract"), (3, "report"), (4, "error"), (4, "ingest")]);
}
