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
    assert!(said.contains("1 new article,") && said.contains("“Secretary” for “Senator”"), "{said}");
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
    #[cfg(unix)]
    for words in [&["add", "a.txt", "--register", "/dev/null"][..], &["show", "--register", "/dev/null"]] {
        assert!(desk.fails(words).contains("is a device or a pipe"), "{words:?}");
    }
    let (code, _, error) = desk.run(&["add", "a.txt", "--on", "2025-02"]);
    assert!(code == 2 && error.contains("\"2025-02\" is no day; write it as 2025-11-06"), "{error}");
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
    assert!(desk.says(&["add", "b.txt", "--on", "2025-11-06"]).contains("1 new article,"));
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
    assert!(desk.says(&["add", "b.txt", "--on", "2025-11-07"]).contains("1 new article,"));
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

/// What a slip would put into the record for good is refused, one line each, and nothing is written.
#[test]
fn slips_of_the_pen_are_refused() {
    let desk = Desk::new("slips");
    desk.write("a.txt", "Kenya signed the harbour pact with Norway on Monday, Donald Trump said.");
    let ahead = desk.fails(&["add", "a.txt", "--on", "2199-01-01"]);
    assert!(ahead.contains("2199-01-01: is yet to come"), "{ahead}");
    assert!(!desk.0.join("rapporteur.db").exists(), "a register was made for a day that is yet to come");
    desk.says(&["add", "a.txt", "--on", "2025-11-06"]);
    let before = desk.digest();
    for words in [
        &["retract", "a.txt", "--because", "x", "--on", "2199-01-01"][..],
        &["merge", "iso3:KEN", "iso3:NOR", "--because", "x", "--on", "2199-01-01"],
    ] {
        assert!(desk.fails(words).contains("is yet to come"));
    }
    let kinds = desk.fails(&["merge", "iso3:KEN", "person:donald-trump", "--because", "x"]);
    assert!(kinds.contains("iso3:KEN is of the kind state, person:donald-trump of the kind person"), "{kinds}");
    for words in [&["retract", "a.txt", "--because", " "][..], &["merge", "iso3:KEN", "iso3:NOR", "--because", ""]] {
        let (code, _, error) = desk.run(words);
        assert!(code == 2 && error.contains("say why"), "{error}");
    }
    for words in [
        &["verify", "-o", "x.txt"][..],
        &["add", "a.txt", "-o", "x.txt"],
        &["retract", "a.txt", "--because", "x", "-o", "x.txt"],
    ] {
        assert!(desk.fails(words).contains("leave -o out"));
    }
    assert!(!desk.0.join("x.txt").exists());
    for words in
        [&["brief", "a.txt", "-o", "a.txt"][..], &["brief", ".", "-o", "a.txt"], &["read", ".", "--output", "./a.txt"]]
    {
        let error = desk.fails(words);
        assert!(error.contains("a.txt: is among the articles to read"), "{error}");
    }
    assert_eq!(desk.digest(), before);
    // Another file in the folder, and one that is no article, may be written.
    desk.says(&["brief", "a.txt", "-o", "page.json"]);
    desk.says(&["brief", ".", "-o", "page.json"]);
}

#[test]
fn who_was_withdrawn_or_declared_one_before_is_told_so() {
    let desk = Desk::new("before");
    desk.write("a.txt", "Kenya signed the harbour pact with Norway on Monday.");
    desk.says(&["add", "a.txt", "--on", "2025-11-06"]);
    desk.says(&["retract", "a.txt", "--because", "taken down", "--on", "2025-11-09"]);
    let again = desk.says(&["retract", "a.txt", "--because", "taken down", "--on", "2025-11-12"]);
    assert!(again.contains("was withdrawn before, as of 2025-11-09"), "{again}");
    desk.says(&["reinstate", "a.txt", "--because", "a slip", "--on", "2025-11-13"]);
    let anew = desk.says(&["retract", "a.txt", "--because", "taken down", "--on", "2025-11-14"]);
    assert!(anew.contains("withdrawn as of 2025-11-14"), "{anew}");
    let merge =
        |one: &str, other: &str| desk.says(&["merge", one, other, "--because", "for the test", "--on", "2025-11-09"]);
    assert!(merge("iso3:KEN", "iso3:NOR").contains("iso3:NOR is iso3:KEN as of 2025-11-09"));
    assert!(merge("iso3:KEN", "iso3:NOR").contains("iso3:NOR was iso3:KEN already"));
    let turned = merge("iso3:NOR", "iso3:KEN");
    assert!(turned.contains("iso3:NOR was iso3:KEN already and goes by iso3:KEN"), "{turned}");
}

/// A filter that can pass nothing says so; one that passes nothing of these words says that.
#[test]
fn what_a_search_is_held_to_is_known_or_named() {
    let desk = Desk::new("filters");
    desk.write("a.txt", "Kenya signed the Paris Agreement. “We will keep to it”, Donald Trump said.");
    desk.says(&["add", "a.txt", "--on", "2025-11-06"]);
    let holder = desk.fails(&["search", "keep", "--holder", "Trupm"]);
    assert!(holder.contains("\"Trupm\"; nearest: Donald Trump"), "{holder}");
    let state = desk.fails(&["search", "keep", "--state", "Kenia"]);
    assert!(state.contains("\"Kenia\"; nearest: Kenya"), "{state}");
    assert!(desk.fails(&["search", "keep", "--state", "Fiji"]).contains("no article names Fiji (iso3:FJI)"));
    assert!(desk.fails(&["search", "keep", "--agreement", "Pariss"]).contains("nearest: Paris Agreement"));
    assert!(desk.says(&["search", "keep", "--holder", "Trump", "--state", "kenya"]).contains("keep"));
    assert!(desk.fails(&["search", "\"", "*"]).contains("give a word"));
    let (code, _, error) = desk.run(&["search", "keep", "--to", "2025-01-01"]);
    assert!(code == 1 && error.contains("passes not all of these filters"), "{error}");
    let (code, _, error) = desk.run(&["search", "zeppelin", "--holder", "Trump"]);
    assert!(code == 1 && error.contains("nothing has all these words"), "{error}");
}

#[test]
fn nothing_to_tell_is_told_by_its_axis() {
    let desk = Desk::new("nothing");
    desk.write("a.txt", "Kenya signed the Paris Agreement on 4 November 2025.");
    desk.says(&["add", "a.txt", "--on", "2025-11-06"]);
    for (words, wanted) in [
        (&["show", "--known-at", "2020-01-01"][..], "known on 2020-01-01"),
        (&["show", "--as-of", "2015-01-01"], "told as true on 2015-01-01 or before"),
        (&["show", "paris", "--known-at", "2020-01-01"], "known on 2020-01-01"),
        (&["show", "paris", "--as-of", "2015-01-01"], "told as true on 2015-01-01 or before"),
        (&["export", "--format", "jsonl", "--known-at", "2020-01-01"], "nothing was known on 2020-01-01"),
    ] {
        let (code, _, error) = desk.run(words);
        assert!(code == 1 && error.lines().count() == 1 && error.contains(wanted), "{words:?}: {code} {error}");
    }
    // As `show` takes it: an alias, part of the name.
    let told = desk.says(&["export", "--format", "jsonl", "--agreement", "paris"]);
    assert!(told.lines().count() > 0 && told.contains("agreement:paris-agreement"), "{told}");
    let wrong = desk.fails(&["export", "--format", "jsonl", "--agreement", "Pariss"]);
    assert!(wrong.contains("nearest: Paris Agreement"), "{wrong}");
}

/// "Five NATO countries" here are not the countries of another article; the police of one state are its police everywhere.
#[test]
fn groups_without_a_name_are_those_of_their_article() {
    let desk = Desk::new("groups");
    desk.write("a.txt", "Five NATO countries condemned Kenya on Monday.");
    desk.write("b.txt", "Two Central Asian states condemned Norway on Monday.");
    desk.write("c.txt", "Kenyan police arrested two Norwegian journalists.");
    desk.write("d.txt", "Two journalists of Norway were arrested by the Kenyan police on Friday.");
    desk.says(&["add", ".", "--on", "2025-11-06"]);
    let told = desk.says(&["export", "--format", "plover"]);
    assert!(!told.contains("\"name:sta\""), "{told}");
    for wanted in [
        "\"actor_text\":\"Five NATO countries\",\"code\"",
        "\"identifier_id\":\"name:five-nato-countries\"",
        "\"actor_text\":\"Two Central Asian states\"",
        "\"identifier_id\":\"name:ken-cop\"",
    ] {
        let wanted = wanted.trim_end_matches(",\"code\"");
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
}

#[test]
fn verify_counts_every_fault() {
    let desk = Desk::new("faults");
    let text: Vec<String> = (0..30).map(|i| format!("“We waited {i} years”, said the envoy of Kenya.")).collect();
    desk.write("a.txt", &text.join(" "));
    desk.says(&["add", "a.txt", "--on", "2025-11-06"]);
    let wrong = behind(&desk);
    wrong
        .execute_batch("DROP TRIGGER statement_stays; UPDATE stored_statement SET said_by = predicate")
        .expect("changed");
    let number: i64 = wrong.query_row("SELECT count(*) FROM stored_statement", [], |row| row.get(0)).expect("counted");
    drop(wrong);
    assert!(number > 20, "{number} statements");
    let (code, _, error) = desk.run(&["verify"]);
    let told = error.lines().count() - 1;
    // The pages and the views differ too.
    assert!(code == 2 && (21..=25).contains(&told), "{error}");
    let last = error.lines().last().unwrap_or_default();
    assert!(last.contains(&format!("{} faults, of which {told} are told", number as usize + told - 20)), "{last}");
}
