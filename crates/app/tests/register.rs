//! The register as a person meets it: what each command says, what it refuses, and that a killed `add` is simply run again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A folder of its own, the working folder of every command; gone with the test.
struct Desk(PathBuf);

impl Desk {
    fn new(name: &str) -> Desk {
        let folder = std::env::temp_dir().join(format!("rapporteur-desk-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        Desk(folder)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        command.args(words).current_dir(&self.0).env_remove("RAPPORTEUR_REGISTER");
        command
    }

    /// Status, standard output, standard error.
    fn run(&self, words: &[&str]) -> (i32, String, String) {
        let done = self.command(words).output().expect("the program runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (done.status.code().unwrap_or(-1), text(&done.stdout), text(&done.stderr))
    }

    /// What a command that succeeds says.
    fn says(&self, words: &[&str]) -> String {
        let (code, said, error) = self.run(words);
        assert_eq!(code, 0, "{words:?}: {error}");
        said
    }

    /// The one line with which a command fails.
    fn fails(&self, words: &[&str]) -> String {
        let (code, _, error) = self.run(words);
        assert_eq!((code, error.lines().count()), (2, 1), "{words:?}: {error}");
        error
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("a file");
    }

    fn digest(&self) -> String {
        self.says(&["verify"]).lines().find_map(|l| l.strip_prefix("digest ").map(str::to_owned)).expect("a digest")
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn stories() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories").display().to_string()
}

#[test]
fn add_is_idempotent_and_a_changed_file_is_a_revision() {
    let desk = Desk::new("add");
    desk.write(
        "1.txt",
        "Norland signed the harbour pact with Sudmark on Monday, Senator Berg said in the long hall by the water.",
    );
    desk.write("2.txt", "“We will not wait for the fishing fleet”, said the envoy of Sudmark.");
    assert!(desk.says(&["add", ".", "--on", "2025-11-06"]).contains("2 new articles"));
    let first = desk.digest();
    assert!(
        desk.says(&["add", "1.txt", "2.txt", "--on", "2025-11-08"])
            .contains("0 new articles, 0 statements, 2 known already")
    );
    assert_eq!(desk.digest(), first);
    desk.write(
        "1.txt",
        "Norland signed the harbour pact with Sudmark on Monday, Secretary Berg said in the long hall by the water.",
    );
    let said = desk.says(&["add", ".", "--on", "2025-11-09"]);
    assert!(said.contains("1 new articles") && said.contains("“Secretary” for “Senator”"), "{said}");
    // What the folder is called from does not matter.
    let inside = desk.0.file_name().expect("a name").to_string_lossy().into_owned();
    assert!(desk.says(&["add", &format!("../{inside}/2.txt")]).contains("1 known already"));
}

#[test]
fn articles_are_withdrawn_and_put_right() {
    let desk = Desk::new("judge");
    desk.write("1.txt", "Norland signed the harbour pact with Sudmark on Monday, Senator Berg said.");
    desk.write("right.txt", "Norland signed the harbour pact with Sudmark on Monday, Secretary Berg said.");
    desk.says(&["add", "1.txt", "--on", "2025-11-06"]);
    let said =
        desk.says(&["correct", "1.txt", "--with", "right.txt", "--because", "he is no senator", "--on", "2025-11-07"]);
    assert!(said.contains("“Secretary” for “Senator”"), "{said}");
    assert!(
        desk.says(&["retract", "right.txt", "--because", "taken down", "--on", "2025-11-09"])
            .contains("withdrawn as of 2025-11-09")
    );
    assert!(
        desk.says(&["retract", "right.txt", "--because", "taken down", "--on", "2025-11-10"])
            .contains("withdrawn before")
    );
    assert!(desk.fails(&["retract", "9.txt", "--because", "x"]).contains("no article"));
    // Nothing is withdrawn before it was known.
    let early = desk.fails(&["retract", "right.txt", "--because", "a slip", "--on", "2020-01-01"]);
    assert!(early.contains("is known since 2025-11-07; give that day or a later one"), "{early}");
    // No output goes over the record.
    let over = desk.fails(&["export", "--format", "jsonl", "-o", "rapporteur.db"]);
    assert!(over.contains("rapporteur.db: is a register, which output never replaces"), "{over}");
    assert!(desk.fails(&["merge", "iso3:XXX", "iso3:YYY", "--because", "x"]).contains("no entity"));
    assert!(desk.fails(&["retract", "1.txt", "--because", "x", "--register", "no.db"]).contains("no such register"));
    assert!(!desk.0.join("no.db").exists(), "a judgement made a register");
    desk.digest();
    assert!(desk.says(&["compact"]).contains("as before"));
}

/// One line each, with the file's name and a way out; the file untouched.
#[test]
fn what_cannot_be_written_is_one_line() {
    let desk = Desk::new("refused");
    desk.write("a.txt", "Norland signed the harbour pact.");
    desk.write("notes.db", &"not a register at all, only words. ".repeat(10));
    for words in [
        &["add", "a.txt", "--register", "notes.db"][..],
        &["verify", "--register", "notes.db"],
        &["compact", "--register", "notes.db"],
    ] {
        let error = desk.fails(words);
        assert!(error.contains("notes.db") && error.contains("is no register"), "{error}");
    }
    assert!(desk.fails(&["add", "a.txt", "--register", "."]).contains("is a folder"));
    assert!(desk.fails(&["add", "a.txt", "--register", "no/folder/r.db"]).contains("its folder must exist"));
    assert!(desk.fails(&["verify", "--register", "none.db"]).contains("no such register"));
    assert!(desk.fails(&["add", "none.txt"]).contains("none.txt"));
    assert!(!desk.0.join("rapporteur.db").exists(), "a register was made for articles that are not there");
}

/// A folder and a file that others may only read, met by somebody who is not root.
#[cfg(unix)]
#[test]
fn a_read_only_folder_is_one_line_and_can_still_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new("readonly");
    desk.write("a.txt", "Norland signed the harbour pact.");
    desk.says(&["add", "a.txt", "--on", "2025-11-06"]);
    desk.write("b.txt", "Sudmark signed the harbour pact.");
    let before = fs::read(desk.0.join("rapporteur.db")).expect("the register");
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    mode(&desk.0.join("rapporteur.db"), 0o444);
    mode(&desk.0, 0o555);
    let run = |words: &[&str]| {
        let mine = desk.command(words);
        // Root may write everywhere: the test becomes somebody else.
        let root = fs::write(desk.0.join("probe"), "").is_ok();
        let mut command = if root { Command::new("setpriv") } else { Command::new(mine.get_program()) };
        if root {
            command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]).arg(mine.get_program());
        }
        let done = command.args(words).current_dir(&desk.0).env_remove("RAPPORTEUR_REGISTER").output().expect("runs");
        (
            done.status.code(),
            String::from_utf8_lossy(&done.stdout).into_owned(),
            String::from_utf8_lossy(&done.stderr).into_owned(),
        )
    };
    let (code, _, error) = run(&["add", "b.txt"]);
    // Where the program itself lies out of that user's reach there is nothing to see.
    if !error.contains("setpriv:") {
        assert_eq!((code, error.lines().count()), (Some(2), 1), "{error}");
        assert!(error.contains("rapporteur.db") && error.contains("permissions"), "{error}");
        let (code, said, error) = run(&["verify"]);
        assert_eq!(code, Some(0), "{error}");
        assert!(said.contains("whole"), "{said}");
    }
    mode(&desk.0, 0o755);
    mode(&desk.0.join("rapporteur.db"), 0o644);
    assert_eq!(fs::read(desk.0.join("rapporteur.db")).expect("the register"), before);
}

/// The register as a file, to lock it or to change it behind the program's back.
fn behind(desk: &Desk) -> rapporteur::register::rusqlite::Connection {
    rapporteur::register::rusqlite::Connection::open(desk.0.join("rapporteur.db")).expect("opened")
}

#[test]
fn a_file_that_another_process_holds_is_one_line() {
    let desk = Desk::new("locked");
    desk.write("a.txt", "Norland signed the harbour pact.");
    desk.write("b.txt", "Sudmark signed the harbour pact.");
    desk.says(&["add", "a.txt", "--on", "2025-11-06"]);
    let before = desk.digest();
    let other = behind(&desk);
    other.execute_batch("BEGIN IMMEDIATE").expect("locked");
    let error = desk.fails(&["add", "b.txt", "--on", "2025-11-06"]);
    assert!(error.contains("rapporteur.db") && error.contains("another process writes to it"), "{error}");
    assert_eq!(desk.digest(), before, "readers read on");
    other.execute_batch("ROLLBACK").expect("let go");
    drop(other);
    assert!(desk.says(&["add", "b.txt", "--on", "2025-11-06"]).contains("1 new articles"));
}

#[test]
fn a_register_of_a_newer_version_is_one_line_and_untouched() {
    let desk = Desk::new("newer");
    desk.write("a.txt", "Norland signed the harbour pact.");
    desk.says(&["add", "a.txt", "--on", "2025-11-06"]);
    behind(&desk).execute_batch("PRAGMA user_version = 99; PRAGMA journal_mode = delete").expect("aged");
    let before = fs::read(desk.0.join("rapporteur.db")).expect("the register");
    for words in [&["add", "a.txt"][..], &["verify"], &["compact"], &["show"], &["search", "harbour"], &["predictions"]]
    {
        let error = desk.fails(words);
        assert!(error.contains("rapporteur.db") && error.contains("newer rapporteur"), "{words:?}: {error}");
    }
    assert_eq!(fs::read(desk.0.join("rapporteur.db")).expect("the register"), before);
}

/// A disk of two megabytes of its own, where the system lets everybody mount one.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_one_line_and_what_was_there_stays() {
    let desk = Desk::new("disk");
    let lines: Vec<String> = (0..600)
        .map(|i| {
            let text = format!(
                "Norland signed the harbour pact number {i} with Sudmark. {}",
                "The fleet came home. ".repeat(80)
            );
            format!("{{\"id\": \"a{i}\", \"text\": \"{text}\"}}")
        })
        .collect();
    desk.write("feed.jsonl", &lines.join("\n"));
    desk.write("a.txt", "Norland signed the harbour pact.");
    let script = format!(
        "mkdir disk && mount -t tmpfs -o size=2m none disk || exit 77
         {program} add a.txt --on 2025-11-06 --register disk/r.db && {program} verify --register disk/r.db || exit 1
         {program} add feed.jsonl --on 2025-11-06 --register disk/r.db; echo status $?
         {program} verify --register disk/r.db",
        program = env!("CARGO_BIN_EXE_rapporteur")
    );
    let done = Command::new("unshare").args(["-rm", "sh", "-c", &script]).current_dir(&desk.0).output();
    let Ok(done) = done else { return };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (said, error) = (text(&done.stdout), text(&done.stderr));
    if done.status.code() == Some(77) || error.contains("unshare") {
        return;
    }
    assert!(said.contains("status 2"), "{said}{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.contains("disk/r.db") && error.contains("no room left"), "{error}");
    assert_eq!(said.matches("r.db: whole").count(), 2, "{said}{error}");
}

/// No file may grow beyond a size: what a quota or a limit of the shell does.
#[cfg(unix)]
#[test]
fn a_limit_on_the_size_of_files_is_one_line_and_what_was_there_stays() {
    let desk = Desk::new("limit");
    desk.write("a.txt", "Norland signed the harbour pact.");
    desk.says(&["add", "a.txt", "--on", "2025-11-06"]);
    let before = desk.digest();
    desk.write("b.txt", "Sudmark signed the harbour pact.");
    // Sixteen blocks of 512 bytes; the signal that would end the process is ignored, so that the write itself fails.
    let script =
        format!("trap '' XFSZ; ulimit -f 16; exec {} add b.txt --on 2025-11-07", env!("CARGO_BIN_EXE_rapporteur"));
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(&desk.0).env_remove("RAPPORTEUR_REGISTER");
    let done = command.output().expect("a shell");
    let error = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!((done.status.code(), error.lines().count()), (Some(2), 1), "{error}");
    assert!(error.contains("rapporteur.db") && error.contains("limits the size"), "{error}");
    assert_eq!(desk.digest(), before);
    assert!(desk.says(&["add", "b.txt", "--on", "2025-11-07"]).contains("1 new articles"));
}

#[test]
fn readers_read_while_a_writer_writes() {
    let desk = Desk::new("reading");
    desk.write("a.txt", "Norland signed the harbour pact with Sudmark on Monday.");
    desk.says(&["add", "a.txt", "--on", "2025-11-06"]);
    let mut writer =
        desk.command(&["add", &stories(), "--on", "2025-11-06"]).stdout(Stdio::null()).spawn().expect("runs");
    let mut looks = 0;
    loop {
        let ended = writer.try_wait().expect("asked");
        assert!(desk.says(&["search", "harbour"]).contains("harbour"));
        looks += 1;
        if let Some(status) = ended {
            assert!(status.success());
            break;
        }
    }
    assert!(looks > 1, "the writer was done before the first look");
}

#[test]
fn a_file_that_goes_back_is_current_again_and_a_withdrawal_is_taken_back() {
    let desk = Desk::new("back");
    let text = |title: &str| {
        format!(
            "Norland signed the harbour pact with Sudmark on Monday, {title} Berg said in the long hall by the water."
        )
    };
    for (title, day) in [("Senator", "2025-11-06"), ("Secretary", "2025-11-07")] {
        desk.write("1.txt", &text(title));
        desk.says(&["add", "1.txt", "--on", day]);
    }
    desk.write("1.txt", &text("Senator"));
    let said = desk.says(&["add", "1.txt", "--on", "2025-11-08"]);
    assert!(said.contains("1 revisions") && said.contains("“Senator” for “Secretary”"), "{said}");
    assert!(
        desk.says(&["retract", "1.txt", "--because", "a mistake", "--on", "2025-11-09"]).contains("withdrawn as of")
    );
    let said = desk.says(&["reinstate", "1.txt", "--because", "it was none", "--on", "2025-11-10"]);
    assert!(said.contains("counts again as of 2025-11-10"), "{said}");
    assert!(
        desk.says(&["reinstate", "1.txt", "--because", "twice", "--on", "2025-11-11"]).contains("was not withdrawn")
    );
    desk.digest();
}

#[test]
fn two_writers_take_turns_and_nothing_is_lost_or_twice() {
    let (desk, alone) = (Desk::new("two"), Desk::new("alone"));
    let stories = stories();
    let mut one = desk.command(&["add", &stories, "--on", "2025-11-06"]).stdout(Stdio::null()).spawn().expect("runs");
    let mut other = desk.command(&["add", &stories, "--on", "2025-11-06"]).stdout(Stdio::null()).spawn().expect("runs");
    assert!(one.wait().expect("ends").success() && other.wait().expect("ends").success());
    // The same folder seen from the same depth gives the same paths.
    alone.says(&["add", &stories, "--on", "2025-11-06"]);
    assert_eq!(desk.digest(), alone.digest());
}

/// Killed at some moments of an `add`, and run again: `bench/crash.py` does this two hundred times.
#[test]
fn a_killed_add_is_run_again_and_nothing_is_lost_or_twice() {
    let (desk, calm) = (Desk::new("killed"), Desk::new("calm"));
    let lines: Vec<String> = (0..160)
        .map(|i| {
            let text = format!("Norland signed the harbour pact number {i} with Sudmark. “We waited {i} years”, said the envoy of Sudmark.");
            format!("{{\"id\": \"a{i}\", \"text\": \"{text}\"}}")
        })
        .collect();
    for place in [&desk, &calm] {
        place.write("feed.jsonl", &lines.join("\n"));
    }
    let start = Instant::now();
    calm.says(&["add", "feed.jsonl", "--on", "2025-11-06"]);
    let whole = start.elapsed();
    for part in 1..=8_u32 {
        let mut child = desk
            .command(&["add", "feed.jsonl", "--on", "2025-11-06"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("runs");
        std::thread::sleep((whole * part / 9).max(Duration::from_millis(1)));
        // `kill` is SIGKILL; a process that is done needs none.
        let _ = child.kill();
        let _ = child.wait();
        if desk.0.join("rapporteur.db").exists()
            && fs::metadata(desk.0.join("rapporteur.db")).is_ok_and(|m| m.len() > 0)
        {
            desk.digest();
        }
    }
    desk.says(&["add", "feed.jsonl", "--on", "2025-11-06"]);
    assert_eq!(desk.digest(), calm.digest());
}
