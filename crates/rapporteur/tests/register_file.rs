//! The register as a file: it only grows, no damage is unseen, and what is no register is left alone.

mod support;

use std::path::Path;

use rapporteur::ErrorKind;
use rapporteur::register::{APPLICATION, Received, Register};
use support::record::{Folder, collection, received};
use support::three;

#[test]
fn the_file_itself_refuses_changes() {
    let mut register = Register::in_memory().expect("memory");
    for day in ["2025-11-06", "2025-11-07"] {
        register.append(&three().into_iter().map(received).collect::<Vec<_>>(), day).expect("appended");
    }
    for table in
        ["article", "entry", "seen_again", "stored_statement", "term", "holder", "origin", "entity_name", "mention"]
    {
        let column =
            register.connection().query_row(&format!("SELECT name FROM pragma_table_info('{table}')"), [], |row| {
                row.get::<_, String>(0)
            });
        let column = column.expect("a column");
        for sql in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET {column} = {column}")] {
            let error = register.connection().execute(&sql, []).expect_err(&sql);
            assert!(error.to_string().contains("append-only"), "{sql}: {error}");
        }
    }
}

#[test]
fn every_table_and_view_is_explained() {
    let register = Register::in_memory().expect("memory");
    let sql = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT IN (SELECT name FROM guide)
               AND name NOT LIKE '%search\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'";
    let mut statement = register.connection().prepare(sql).expect("a query");
    let left: Vec<String> =
        statement.query_map([], |row| row.get(0)).expect("rows").map(|r| r.expect("a row")).collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn damage_is_seen() {
    let folder = Folder::new("damage");
    let fresh = |register: &mut Register| {
        register.append(&three().into_iter().map(received).collect::<Vec<_>>(), "2025-11-06").expect("appended");
    };
    let check = |sql: &str, expected: &str| {
        let _ = std::fs::remove_file(folder.file());
        let mut register = Register::open(&folder.file()).expect("made");
        fresh(&mut register);
        register.connection().execute_batch(sql).expect("changed");
        let faults = register.verify().expect("looked at").faults;
        assert!(faults.iter().any(|f| f.contains(expected)), "{sql}: {faults:?}");
    };
    check(
        "DROP TRIGGER article_stays; UPDATE article SET text = replace(text, 'Armenia', 'Amernia')",
        "its text has another digest",
    );
    check(
        "DROP TRIGGER article_stays; UPDATE article SET text = replace(text, 'Armenia', 'Amernia')",
        "its content has another digest",
    );
    check(
        "DROP TRIGGER statement_stays; UPDATE stored_statement SET stage_hi = 7 WHERE stage_hi = 4",
        "its content has another digest",
    );
    check(
        "DROP TRIGGER statement_stays; UPDATE stored_statement SET \"end\" = 99999 WHERE number = 1",
        "outside of its article",
    );
    check(
        "DROP TRIGGER statement_is_kept; PRAGMA foreign_keys = 0; DROP TRIGGER term_is_kept; DELETE FROM term WHERE text = 'stage'",
        "refers to one that is not there",
    );
    // A torn page.
    let _ = std::fs::remove_file(folder.file());
    let mut register = Register::open(&folder.file()).expect("made");
    fresh(&mut register);
    register.compact().expect("compacted");
    drop(register);
    let mut bytes = std::fs::read(folder.file()).expect("the file");
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0x5a);
    std::fs::write(folder.file(), bytes).expect("written");
    let faults = Register::read(&folder.file()).and_then(|r| r.verify()).map(|v| v.faults);
    assert!(faults.as_ref().map_or_else(|e| e.kind == ErrorKind::Corrupt, |f| !f.is_empty()), "{faults:?}");
}

#[test]
fn compacting_loses_nothing() {
    let folder = Folder::new("compact");
    let mut register = Register::open(&folder.file()).expect("made");
    for (one, day) in collection() {
        register.append(&[one], day).expect("appended");
    }
    let before = register.verify().expect("looked at");
    let done = register.compact().expect("compacted");
    assert!(done.bytes.1 <= done.bytes.0, "{done:?}");
    assert_eq!(register.verify().expect("looked at"), before);
}

/// Each case: one line that names the file, and the file untouched.
#[test]
fn what_is_no_register_is_left_alone() {
    let folder = Folder::new("wrong");
    let check = |name: &str, bytes: &[u8], kind: ErrorKind| {
        let file = folder.0.join(name);
        std::fs::write(&file, bytes).expect("a file");
        for error in [Register::open(&file).expect_err(name), Register::read(&file).expect_err(name)] {
            assert_eq!(error.kind, kind, "{error}");
            let line = error.to_string();
            assert!(line.contains(name) && !line.contains('\n'), "{line}");
        }
        assert_eq!(std::fs::read(&file).expect("still there"), bytes, "{name} was touched");
        let left = std::fs::read_dir(&folder.0).expect("the folder").count();
        std::fs::remove_file(&file).expect("removed");
        assert_eq!(left, 1, "{name}: files were left beside it");
    };
    check("text.db", &b"Norland signed the pact. ".repeat(20), ErrorKind::NotARegister);
    check("short.db", b"SQLite format 3\0", ErrorKind::NotARegister);
    let other = folder.0.join("other.db");
    let connection = rapporteur::register::rusqlite::Connection::open(&other).expect("a database");
    connection.execute_batch("CREATE TABLE diary (day TEXT)").expect("a table");
    drop(connection);
    let bytes = std::fs::read(&other).expect("its bytes");
    std::fs::remove_file(&other).expect("removed");
    check("diary.db", &bytes, ErrorKind::NotARegister);
    let newer = folder.0.join("newer.db");
    let register = Register::open(&newer).expect("made");
    register.connection().execute_batch("PRAGMA journal_mode = delete; PRAGMA user_version = 99").expect("aged");
    drop(register);
    let bytes = std::fs::read(&newer).expect("its bytes");
    assert_eq!(bytes[68..72], APPLICATION.to_be_bytes());
    std::fs::remove_file(&newer).expect("removed");
    check("future.db", &bytes, ErrorKind::Newer);
    assert_eq!(Register::open(&folder.0).expect_err("a folder").kind, ErrorKind::NotARegister);
    assert_eq!(Register::read(&folder.0.join("no.db")).expect_err("nothing").kind, ErrorKind::Missing);
    assert_eq!(Register::open(&folder.0.join("no/no.db")).expect_err("no folder").kind, ErrorKind::Unreadable);
}

#[test]
fn a_full_disk_and_a_second_writer_are_told_and_lose_nothing() {
    let folder = Folder::new("full");
    let mut register = Register::open(&folder.file()).expect("made");
    let mut all: Vec<Received> = three().into_iter().map(received).collect();
    let rest = all.split_off(1);
    register.append(&all, "2025-11-06").expect("appended");
    let before = register.verify().expect("looked at");
    let pages: i64 = register.connection().query_row("PRAGMA page_count", [], |row| row.get(0)).expect("a number");
    register.connection().execute_batch(&format!("PRAGMA max_page_count = {pages}")).expect("set");
    let many: Vec<Received> = rest.iter().cloned().chain(collection().into_iter().map(|(r, _)| r)).collect();
    assert_eq!(register.append(&many, "2025-11-06").expect_err("full").kind, ErrorKind::Full);
    assert_eq!(register.verify().expect("looked at"), before, "half of a batch stayed");
    register.connection().execute_batch("PRAGMA max_page_count = 1000000").expect("set");
    // A second writer waits, then says so; a reader reads on.
    let mut second = Register::open(&folder.file()).expect("opened");
    second.connection().busy_timeout(std::time::Duration::from_millis(20)).expect("set");
    register.connection().execute_batch("BEGIN IMMEDIATE").expect("locked");
    assert_eq!(second.append(&rest, "2025-11-06").expect_err("locked").kind, ErrorKind::Locked);
    assert_eq!(Register::read(&folder.file()).expect("opened").digest().expect("read"), before.digest);
    register.connection().execute_batch("ROLLBACK").expect("let go");
    second.append(&rest, "2025-11-06").expect("appended");
}

#[test]
fn a_reader_sees_the_state_of_its_first_look() {
    let folder = Folder::new("readers");
    let mut register = Register::open(&folder.file()).expect("made");
    let all: Vec<Received> = three().into_iter().map(received).collect();
    register.append(&all[..1], "2025-11-06").expect("appended");
    let reader = Register::read(&folder.file()).expect("opened");
    let look = reader.connection().unchecked_transaction().expect("a look");
    let first = reader.digest().expect("read");
    register.append(&all[1..], "2025-11-06").expect("appended while it reads");
    assert_eq!(reader.digest().expect("read"), first);
    drop(look);
    assert_ne!(reader.digest().expect("read"), first);
    let mut reader = reader;
    assert_eq!(reader.append(&all, "2025-11-01").expect_err("it only reads").kind, ErrorKind::ReadOnly);
    drop((reader, register));
    assert_eq!(std::fs::read_dir(&folder.0).expect("the folder").count(), 1, "files were left beside the register");
}

/// Killed in the transaction that makes the tables: SQLite takes back what was begun.
#[test]
fn a_register_whose_making_was_broken_off_is_made_by_the_next_add() {
    let folder = Folder::new("begun");
    let begun = rapporteur::register::rusqlite::Connection::open(folder.file()).expect("opened");
    begun.pragma_update(None, "application_id", APPLICATION).expect("marked");
    drop(begun);
    let error = Register::read(&folder.file()).expect_err("nothing to read");
    assert!(error.kind == ErrorKind::Missing && error.to_string().contains("its making was broken off"), "{error}");
    let mut register = Register::open(&folder.file()).expect("made");
    register.append(&three().into_iter().map(received).collect::<Vec<_>>(), "2025-11-06").expect("appended");
    assert_eq!(register.verify().expect("looked at").faults, Vec::<String>::new());
}

/// Files of every past version, with the digest of their views.
const OLD: &[(&str, &str)] = &[
    ("register-1.db", include_str!("old/register-1.digest")),
    ("register-2.db", include_str!("old/register-2.digest")),
    ("register-3.db", include_str!("old/register-3.digest")),
];

/// They open, are whole, and say what they said.
#[test]
fn old_files_open() {
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/old");
    let folder = Folder::new("old");
    let mut seen = 0;
    for (name, digest) in OLD {
        std::fs::copy(old.join(name), folder.file()).expect("a copy");
        // As it is, to be read only, it is held against views of its own version.
        let faults = Register::read(&folder.file()).and_then(|r| r.verify()).expect("looked at").faults;
        assert_eq!(faults, Vec::<String>::new(), "{name}");
        let register = Register::open(&folder.file()).expect("opened");
        let found = register.verify().expect("looked at");
        assert_eq!(found.faults, Vec::<String>::new(), "{name}");
        assert_eq!(found.digest, digest.trim(), "{name}: its views changed");
        assert!(found.articles >= 15, "{name}: {found:?}");
        seen += 1;
    }
    assert_eq!(seen, rapporteur::register::VERSION, "a version has no old file");
}
