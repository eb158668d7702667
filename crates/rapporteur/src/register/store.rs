//! The file: opened, appended to, read. One writer at a time; readers see the state of their first look while a writer writes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params};

use super::intern::Numbers;
use super::period::{self, Place};
use super::write::Told;
use super::{migrate, revise};
use crate::error::{Error, ErrorKind};
use crate::ingest::Article;
use crate::provenance::ArticleId;

/// "Rapp" in the header of the file: `PRAGMA application_id`.
pub const APPLICATION: i32 = 0x5261_7070;
/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open register.
#[derive(Debug)]
pub struct Register {
    pub(super) connection: Connection,
    pub(super) place: String,
    pub(super) numbers: Numbers,
}

/// What is to be recorded of one article on one day.
#[derive(Clone, Debug)]
pub struct Received {
    /// Under which kind: `add`, or `depositary` for a table of record.
    pub kind: Receipt,
    /// The article; its path is kept as given.
    pub article: Article,
    /// What it says; `None` where [`Register::need`] asked for no reading.
    pub told: Option<Told>,
}

/// What came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// An article.
    Article,
    /// A depositary's table: a primary source.
    Depositary,
}

/// What the register still needs of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It is there, from that place and of that day.
    Nothing,
    /// The text is there; that it came from elsewhere, earlier or again is to be recorded.
    Sighting,
    /// It must be read.
    Reading,
}

/// What an append did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Appended {
    pub articles: usize,
    pub sightings: usize,
    /// Pairs of texts of which one revises the other.
    pub revisions: Vec<Revision>,
    pub judgements: usize,
    pub statements: usize,
    /// Nothing to record.
    pub known: usize,
}

/// Two texts under one address or path, as they came in; their days tell which one is current.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Revision {
    pub received: ArticleId,
    pub held: ArticleId,
}

impl std::ops::AddAssign for Appended {
    fn add_assign(&mut self, more: Appended) {
        self.articles += more.articles;
        self.sightings += more.sightings;
        self.revisions.extend(more.revisions);
        self.judgements += more.judgements;
        self.statements += more.statements;
        self.known += more.known;
    }
}

impl Register {
    /// Opens a register to write to, and makes one where there is none.
    ///
    /// # Errors
    /// `NotARegister`, `Newer`, `Locked`, `Corrupt`, `Full`, `ReadOnly`, `Unreadable`; the file is untouched.
    pub fn open(path: &Path) -> Result<Register, Error> {
        let fresh = std::fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() == 0) || !path.exists();
        if !fresh {
            look(path)?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut register = Register::at(path, flags)?;
        let told = |e| register.told(e);
        register.connection.busy_timeout(PATIENCE).map_err(told)?;
        register.connection.pragma_update(None, "foreign_keys", true).map_err(told)?;
        if register.connection.is_readonly("main").map_err(told)? {
            return Err(Error::new(
                ErrorKind::ReadOnly,
                &register.place,
                "cannot be written to; check its permissions and those of its folder",
            ));
        }
        migrate::migrate(&mut register)?;
        register.connection.query_row("PRAGMA journal_mode = wal", [], |_| Ok(())).map_err(|e| register.told(e))?;
        register.connection.pragma_update(None, "synchronous", "normal").map_err(|e| register.told(e))?;
        // Pages in mind (KiB), and pages written beside the file before they go into it: the same pages are written again and again.
        register.connection.pragma_update(None, "cache_size", -64_000).map_err(|e| register.told(e))?;
        register.connection.pragma_update(None, "wal_autocheckpoint", 4_000).map_err(|e| register.told(e))?;
        Ok(register)
    }

    /// Opens a register that is there, to read only.
    ///
    /// # Errors
    /// `Missing` and those of [`Register::open`].
    pub fn read(path: &Path) -> Result<Register, Error> {
        let place = path.display().to_string();
        if !path.exists() {
            return Err(Error::new(
                ErrorKind::Missing,
                place,
                "no such register; make one with `rapporteur add`, or name another with --register FILE",
            ));
        }
        look(path)?;
        // Opened so that it could write, the last to leave takes away what SQLite keeps beside the file; what a killed writer left is
        // taken in. Where that may not be, it is opened to read; and in a folder that takes no new files, where nobody can write, as a
        // file that stays as it is.
        let still = format!("file:{}?immutable=1", escaped(path));
        let read_only = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let ways = [
            (path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX),
            (path, read_only),
            (Path::new(&still), read_only | OpenFlags::SQLITE_OPEN_URI),
        ];
        let mut last = None;
        for (at, (name, flags)) in ways.into_iter().enumerate() {
            let log = std::fs::metadata(beside(path, "-wal")).map_or(0, |about| about.len());
            if at == 2 && log > 0 {
                break;
            }
            let opened = Register::at(name, flags).and_then(|mut register| {
                register.place.clone_from(&place);
                register.connection.busy_timeout(PATIENCE).map_err(|e| register.told(e))?;
                register.connection.pragma_update(None, "query_only", true).map_err(|e| register.told(e))?;
                register.connection.pragma_update(None, "cache_size", -64_000).map_err(|e| register.told(e))?;
                migrate::check(&register)?;
                Ok(register)
            });
            match opened {
                Err(e) if matches!(e.kind, ErrorKind::Unreadable | ErrorKind::ReadOnly) => last = Some(e),
                opened => return opened,
            }
        }
        Err(last.unwrap_or_else(|| Error::new(ErrorKind::Unreadable, place, "cannot be opened")))
    }

    /// A new register in memory, for tests and for [`Register::verify`](super::Register::verify).
    ///
    /// # Errors
    /// Only where memory is short.
    pub fn in_memory() -> Result<Register, Error> {
        let connection = Connection::open_in_memory().map_err(|e| error("in memory", &e))?;
        let mut register = Register::of(connection, "in memory");
        migrate::migrate(&mut register)?;
        Ok(register)
    }

    fn at(path: &Path, flags: OpenFlags) -> Result<Register, Error> {
        let place = path.display().to_string();
        let connection = Connection::open_with_flags(path, flags).map_err(|e| error(&place, &e))?;
        Ok(Register::of(connection, &place))
    }

    pub(super) fn of(connection: Connection, place: &str) -> Register {
        connection.set_prepared_statement_cache_capacity(128);
        Register { connection, place: place.to_owned(), numbers: Numbers::default() }
    }

    /// The connection, for the views.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The file as it was named.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// An error of SQLite as ours: what, where, what to do.
    pub fn told(&self, e: rusqlite::Error) -> Error {
        error(&self.place, &e)
    }

    /// What the register needs of an article that is known since a day.
    ///
    /// # Errors
    /// Those of reading.
    pub fn need(&self, article: &Article, day: &str) -> Result<Need, Error> {
        need(&self.connection, article, day).map(|wanted| wanted.need).map_err(|e| self.told(e))
    }

    /// Records articles as one: all of them or, where the process ends in between, none. Articles that need no more are passed over.
    ///
    /// # Errors
    /// Those of writing; nothing of these articles is recorded then.
    pub fn append(&mut self, received: &[Received], day: &str) -> Result<Appended, Error> {
        self.write(|transaction, numbers| {
            let mut done = Appended::default();
            for one in received {
                done += record(transaction, numbers, one, day, None)?;
            }
            Ok(done)
        })
    }

    /// One transaction: all of what `work` writes or nothing.
    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>, &mut Numbers) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let Register { connection, place, numbers } = self;
        let run = || {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction, numbers)?;
            transaction.commit()?;
            Ok(done)
        };
        let done = run();
        if done.is_err() {
            numbers.forget();
        }
        done.map_err(|e| error(place, &e))
    }
}

/// The file that SQLite keeps beside a register.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// A path as the part of an address that SQLite reads.
fn escaped(path: &Path) -> String {
    path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// Whether the first bytes are those of a database with our mark; opened by SQLite alone, another program's database would get our tables.
fn look(path: &Path) -> Result<(), Error> {
    use std::io::Read;
    let place = path.display().to_string();
    let about = std::fs::metadata(path).map_err(|e| Error::new(ErrorKind::Unreadable, &place, e.to_string()))?;
    if about.is_dir() {
        return Err(Error::new(ErrorKind::NotARegister, place, "is a folder; name a file"));
    }
    // Whoever opens a pipe waits for its other end.
    if !about.is_file() {
        return Err(Error::new(ErrorKind::NotARegister, place, "is a device or a pipe; name a file"));
    }
    let mut head = [0_u8; 100];
    let mut file = std::fs::File::open(path)
        .map_err(|e| Error::new(ErrorKind::Unreadable, &place, format!("{e}; check its permissions")))?;
    let whole = file.read_exact(&mut head).is_ok();
    let mark = i32::from_be_bytes([head[68], head[69], head[70], head[71]]);
    if !whole || !head.starts_with(b"SQLite format 3\0") || mark != APPLICATION {
        let message = "is no register; name another file with --register FILE or RAPPORTEUR_REGISTER";
        return Err(Error::new(ErrorKind::NotARegister, place, message));
    }
    Ok(())
}

/// SQLite's error as one line with a way out.
pub(super) fn error(place: &str, e: &rusqlite::Error) -> Error {
    use rusqlite::ffi::ErrorCode;
    let (kind, message) = match e.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            (ErrorKind::Locked, "another process writes to it; try again when that is done".to_owned())
        }
        Some(ErrorCode::NotADatabase) => (ErrorKind::NotARegister, "is no register; name another file".to_owned()),
        Some(ErrorCode::DatabaseCorrupt) => {
            (ErrorKind::Corrupt, format!("is damaged ({e}); take a copy from before, or add the articles to a new one"))
        }
        Some(ErrorCode::DiskFull) => {
            (ErrorKind::Full, "no room left on its disk; make room and run this again".to_owned())
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            (ErrorKind::ReadOnly, "cannot be written to; check its permissions and those of its folder".to_owned())
        }
        Some(ErrorCode::CannotOpen) => {
            (ErrorKind::Unreadable, "cannot be opened; its folder must exist and take new files".to_owned())
        }
        Some(ErrorCode::SystemIoFailure) => (
            ErrorKind::Unreadable,
            format!(
                "reading or writing fails ({e}); check its disk, and what limits the size of files, and run this again"
            ),
        ),
        _ => (ErrorKind::Corrupt, format!("cannot be used: {e}; run `rapporteur verify`")),
    };
    Error::new(kind, place, message)
}

/// One receipt of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    day: String,
    undated: bool,
    published: String,
    precision: String,
    outlet: String,
    title: String,
    key: i64,
    url: String,
    path: String,
}

impl Seen {
    fn of(article: &Article, day: &str) -> Seen {
        let published = article.published.as_ref();
        Seen {
            day: day.to_owned(),
            undated: published.is_none(),
            published: published.map(|p| p.date.clone()).unwrap_or_default(),
            precision: published.map(|p| p.precision.clone()).unwrap_or_default(),
            outlet: article.outlet.as_ref().map(|o| o.name.clone()).unwrap_or_default(),
            title: article.title.clone().unwrap_or_default(),
            key: reading_key(article),
            url: article.url.clone().unwrap_or_default(),
            path: article.path.clone(),
        }
    }

    /// All but the day.
    fn same_place(&self, other: &Seen) -> bool {
        let place = |s: &Seen| Seen { day: String::new(), ..s.clone() };
        place(self) == place(other)
    }
}

/// What of an article, its text apart, decides how it is read.
fn reading_key(article: &Article) -> i64 {
    let given = (
        &article.blocks,
        &article.published,
        &article.outlet,
        &article.title,
        &article.dateline,
        article.byline,
        &article.language,
    );
    let bytes = serde_json::to_vec(&given).unwrap_or_default();
    blake3::hash(&bytes).as_bytes()[..6].iter().fold(0, |number, byte| number << 8 | i64::from(*byte))
}

/// A receipt so far: what came in, the entry, and the entry whose statements hold for it.
type Known = (Seen, i64, Option<i64>);

/// What is needed of an article, with what is known of it.
struct Wanted {
    need: Need,
    receipts: Vec<Known>,
    /// Where only that it was seen again is to be recorded: the entry of its receipt, and the turn of its place.
    again: Option<(i64, i64)>,
}

fn need(connection: &Connection, article: &Article, day: &str) -> rusqlite::Result<Wanted> {
    let receipts = receipts(connection, article)?;
    let now = Seen::of(article, day);
    let here = || receipts.iter().filter(|(seen, ..)| seen.same_place(&now));
    if let Some((_, entry, _)) = here().find(|(seen, ..)| seen.day <= now.day) {
        let mut again = None;
        if let Some(place) = Place::of(article.url.as_deref(), Some(&article.path)) {
            let mut seen = here().any(|(seen, ..)| seen.day == now.day);
            for (_, entry, _) in here() {
                seen = seen
                    || connection
                        .prepare_cached("SELECT 1 FROM seen_again WHERE entry = ?1 AND day = ?2")?
                        .exists(params![entry, day])?;
            }
            let own: i64 = connection
                .prepare_cached("SELECT article FROM entry WHERE number = ?1")?
                .query_row([entry], |row| row.get(0))?;
            let (turn, replaced) = period::turn(connection, own, &place, day)?;
            again = (replaced || !seen).then_some((*entry, turn + i64::from(replaced)));
        }
        let need = if again.is_some() { Need::Sighting } else { Need::Nothing };
        return Ok(Wanted { need, receipts, again });
    }
    // The same words with another date or outlet can mean other days and other origins: each such reading is kept, and the earliest counts.
    let read = receipts.iter().any(|(seen, _, reading)| reading.is_some() && seen.key == now.key);
    let need = if read { Need::Sighting } else { Need::Reading };
    Ok(Wanted { need, receipts, again: None })
}

fn receipts(connection: &Connection, article: &Article) -> rusqlite::Result<Vec<Known>> {
    let mut statement = connection.prepare_cached(
        "SELECT e.day, e.published IS NULL, coalesce(e.published, ''), coalesce(e.published_precision, ''), coalesce(e.outlet, ''),
           coalesce(e.title, ''), e.reading_key, coalesce(e.url, ''), coalesce(e.path, ''), e.number, e.reading
         FROM entry e JOIN article a ON a.number = e.article WHERE a.id = ?1 AND e.kind IN ('add', 'sighting', 'depositary')",
    )?;
    let rows = statement.query_map([&article.id.0], |row| {
        let seen = Seen {
            day: row.get(0)?,
            undated: row.get(1)?,
            published: row.get(2)?,
            precision: row.get(3)?,
            outlet: row.get(4)?,
            title: row.get(5)?,
            key: row.get(6)?,
            url: row.get(7)?,
            path: row.get(8)?,
        };
        Ok((seen, row.get(9)?, row.get(10)?))
    })?;
    rows.collect()
}

/// Records one article; what was there before decides what is new of it. `corrects`: the article in whose place it comes.
pub(super) fn record(
    transaction: &Transaction<'_>,
    numbers: &mut Numbers,
    received: &Received,
    day: &str,
    corrects: Option<i64>,
) -> rusqlite::Result<Appended> {
    let article = &received.article;
    let Wanted { need, receipts, again } = need(transaction, article, day)?;
    if need == Need::Nothing {
        return Ok(Appended { known: 1, ..Appended::default() });
    }
    let mut done = Appended::default();
    let seen_again = |entry: i64, turn: i64| {
        transaction
            .prepare_cached("INSERT INTO seen_again (entry, day, turn) VALUES (?1, ?2, ?3)")?
            .execute(params![entry, day, turn])
    };
    let held: Option<i64> = transaction
        .prepare_cached("SELECT number FROM article WHERE id = ?1")?
        .query_row([&article.id.0], |row| row.get(0))
        .optional()?;
    if let (Some((entry, turn)), Some(number)) = (again, held) {
        seen_again(entry, turn)?;
        done.known = 1;
        done.revisions = revise::settle(transaction, number)?;
        return Ok(done);
    }
    let number = match held {
        Some(number) => number,
        None => {
            let words = article.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count();
            transaction
                .prepare_cached("INSERT INTO article (id, language, words, text) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![article.id.0, article.language, words, article.text])?;
            transaction.last_insert_rowid()
        }
    };
    let entry: i64 = transaction
        .prepare_cached("SELECT coalesce(max(number), 0) + 1 FROM entry")?
        .query_row([], |row| row.get(0))?;
    let key = reading_key(article);
    let told = received.told.as_ref().filter(|_| need == Need::Reading);
    let reading = match told {
        Some(_) => Some(entry),
        None => receipts.iter().find(|(seen, ..)| seen.key == key).and_then(|(_, _, reading)| *reading),
    };
    let kind = match (received.kind, held) {
        (Receipt::Depositary, _) => "depositary",
        (Receipt::Article, None) => "add",
        (Receipt::Article, Some(_)) => "sighting",
    };
    let turn = match Place::of(article.url.as_deref(), Some(&article.path)) {
        Some(place) => period::turn(transaction, number, &place, day)?,
        None => (0, false),
    };
    let headline = article.headline.map(|h| h.of(&article.text).trim().to_owned());
    // What a reading found is noted with every receipt of it: an earlier one that comes in later may be the one that counts.
    type About = (Option<i64>, Option<i64>, Option<String>);
    let (main_agreement, main_participant, silent): About = match (told, reading) {
        (None, Some(read)) => transaction
            .prepare_cached("SELECT main_agreement, main_participant, silent_on FROM entry WHERE number = ?1")?
            .query_row([read], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?,
        _ => (
            numbers.some(transaction, told.and_then(|t| t.main_agreement.as_ref()))?,
            numbers.some(transaction, told.and_then(|t| t.main_participant.as_ref()))?,
            told.map(|t| t.silent_on.join(" ")).filter(|s| !s.is_empty()),
        ),
    };
    transaction
        .prepare_cached(
            "INSERT INTO entry (number, kind, day, article, path, url, outlet, published, published_precision, headline, title,
               main_agreement, main_participant, silent_on, reading, reading_key)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?
        .execute(params![
            entry,
            kind,
            day,
            number,
            article.path,
            article.url,
            article.outlet.as_ref().map(|o| &o.name),
            article.published.as_ref().map(|p| &p.date),
            article.published.as_ref().map(|p| &p.precision),
            headline,
            article.title,
            main_agreement,
            main_participant,
            silent,
            reading,
            key,
        ])?;
    match held {
        Some(_) => done.sightings += 1,
        None => {
            done.articles += 1;
            transaction
                .prepare_cached("INSERT INTO article_search (rowid, title, text) VALUES (?1, ?2, ?3)")?
                .execute(params![number, article.title.as_deref().unwrap_or(""), article.text])?;
        }
    }
    if let Some(told) = told {
        done.statements += super::intern::statements(transaction, numbers, entry, number, told)?;
    }
    // A text that came after one to which its place had gone back on that day.
    if let (last @ 1.., true) = turn {
        seen_again(entry, last + 1)?;
    }
    done.revisions = revise::note(transaction, number, article, day, corrects)?;
    revise::settle(transaction, number)?;
    Ok(done)
}

/// A path as a register beside it names it: relative to the register's folder, so that both can be moved together. Standard input stays `-`.
pub fn path_beside(register: &Path, path: &str, working_folder: &Path) -> String {
    if path == "-" || path.starts_with("-#") {
        return path.to_owned();
    }
    let parts = |p: &Path| -> Vec<std::ffi::OsString> {
        let mut parts: Vec<std::ffi::OsString> = Vec::new();
        for part in working_folder.join(p).components() {
            match part {
                std::path::Component::CurDir => {}
                std::path::Component::ParentDir => {
                    parts.pop();
                }
                other => parts.push(other.as_os_str().to_owned()),
            }
        }
        parts
    };
    let (folder, wanted) = (parts(register.parent().unwrap_or(Path::new(""))), parts(Path::new(path)));
    let shared = folder.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".into(), folder.len() - shared);
    let relative: PathBuf = up.chain(wanted[shared..].iter().cloned()).collect();
    relative.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_the_register() {
        let check = |register: &str, path: &str| path_beside(Path::new(register), path, Path::new("/desk/today"));
        assert_eq!(check("rapporteur.db", "a/1.txt"), "a/1.txt");
        assert_eq!(check("rapporteur.db", "./a/../1.txt"), "1.txt");
        assert_eq!(check("/desk/all.db", "1.txt#7"), "today/1.txt#7");
        assert_eq!(check("/else/all.db", "1.txt"), "../desk/today/1.txt");
        assert_eq!(check("rapporteur.db", "-"), "-");
    }
}
