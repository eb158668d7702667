//! Whether a register is whole: the file, the texts, the spans, and that the log alone gives the views.

use rusqlite::{Connection, params};

use super::query::{COLUMNS, JOINS, recorded};
use super::store::Register;
use super::{intern, migrate, period};
use crate::error::Error;
use crate::provenance::ArticleId;

/// What was looked at, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Entries of the log.
    pub entries: usize,
    /// Articles whose text has the digest that is their name.
    pub articles: usize,
    /// Statements whose words stand at their place and whose digest is that of their content.
    pub statements: usize,
    /// Digest of the views.
    pub digest: String,
    /// One line each: place, and what is wrong there. Empty for a register that is whole.
    pub faults: Vec<String>,
    /// How many more there are than are told one by one.
    pub untold: usize,
}

/// What compacting did; nothing but the size of the file changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Compacted {
    pub entries: usize,
    pub articles: usize,
    pub statements: usize,
    /// Bytes before and after.
    pub bytes: (u64, u64),
}

/// Faults that are told one by one; of more, the number.
const TOLD: usize = 20;

impl Register {
    /// Looks at everything. Writes nothing.
    ///
    /// # Errors
    /// Those of reading a file that is beyond looking at.
    pub fn verify(&self) -> Result<Verified, Error> {
        self.verify_with(&mut |_| {})
    }

    /// The same, telling what it is about to look at, as with 100,000 articles that takes minutes.
    ///
    /// # Errors
    /// As [`Register::verify`].
    pub fn verify_with(&self, telling: &mut dyn FnMut(&'static str)) -> Result<Verified, Error> {
        telling("the file");
        // One picture of the file, whatever a writer adds meanwhile; dropped, it changes nothing.
        let _picture = self.connection.unchecked_transaction().map_err(|e| self.told(e))?;
        let mut found = Verified::default();
        let whole = self.file(&mut found).map_err(|e| self.told(e))?;
        // In a torn file the rest would only repeat it.
        if !whole {
            return Ok(found);
        }
        telling("the texts");
        self.articles(&mut found).map_err(|e| self.told(e))?;
        telling("the words of statements");
        self.spans(&mut found).map_err(|e| self.told(e))?;
        found.entries = count(&self.connection, "entry").map_err(|e| self.told(e))?;
        telling("the views");
        found.digest = self.digest()?;
        telling("the pages kept ready");
        found.faults.extend(self.wrong_pages()?);
        telling("the log, said once more");
        let again = self.replayed()?.digest()?;
        if again != found.digest {
            found.faults.push(format!("views: the log replayed gives {again}, the file {}", found.digest));
        }
        Ok(found)
    }

    fn file(&self, found: &mut Verified) -> rusqlite::Result<bool> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check(20)")?;
        let lines: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        found.faults.extend(lines.into_iter().filter(|l| l != "ok").map(|l| format!("file: {}", l.replace('\n', " "))));
        let mut statement = self.connection.prepare("PRAGMA foreign_key_check")?;
        let broken: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        found.untold += broken.len().saturating_sub(TOLD);
        found.faults.extend(
            broken.into_iter().take(TOLD).map(|table| format!("{table}: a row refers to one that is not there")),
        );
        Ok(found.faults.is_empty())
    }

    fn articles(&self, found: &mut Verified) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare("SELECT id, text FROM article")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (id, text): (String, String) = (row.get(0)?, row.get(1)?);
            match ArticleId::of(&text).0 == id {
                true => found.articles += 1,
                false => found.faults.push(format!("article {id}: its text has another digest")),
            }
        }
        Ok(())
    }

    /// Each statement against the text, sliced here and not by SQL.
    fn spans(&self, found: &mut Verified) -> rusqlite::Result<()> {
        let sql = format!(
            "SELECT {COLUMNS}, s.article FROM stored_statement s JOIN (SELECT '' AS known_from, NULL AS known_to) t
             JOIN article a ON a.number = s.article {JOINS} ORDER BY s.article"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut current: (i64, Vec<char>) = (0, Vec::new());
        let mut faults = 0;
        while let Some(row) = rows.next()? {
            let article: i64 = row.get("article")?;
            if article != current.0 {
                let text: String = self
                    .connection
                    .prepare_cached("SELECT text FROM article WHERE number = ?1")?
                    .query_row([article], |row| row.get(0))?;
                current = (article, text.chars().collect());
            }
            let one = recorded(row)?;
            let said = &one.statement;
            let words: Option<String> = current.1.get(said.start..said.end).map(|chars| chars.iter().collect());
            let wrong = match words {
                None => Some("its place is outside of its article".to_owned()),
                Some(words) if words != said.words => {
                    Some(format!("at its place stands {words:?}, not {:?}", said.words))
                }
                Some(_) if said.id(&one.article) != one.id => Some("its content has another digest".to_owned()),
                Some(_) => None,
            };
            match wrong {
                None => found.statements += 1,
                Some(wrong) => {
                    faults += 1;
                    if faults <= TOLD {
                        found.faults.push(format!("statement {}: {wrong}", one.id));
                    }
                }
            }
        }
        found.untold += faults.saturating_sub(TOLD);
        Ok(())
    }

    /// The log said once more, entry by entry, into a register that is gone with the answer.
    fn replayed(&self) -> Result<Register, Error> {
        // A database without a name lies in a file of its own that SQLite deletes.
        let connection = Connection::open("").map_err(|e| self.told(e))?;
        let mut fresh = Register::of(connection, "replay");
        // With the views of the file's own version; those of the first two are the same.
        migrate::migrate_to(&mut fresh, migrate::version(self)?.max(2))?;
        self.replay(&mut fresh).map_err(|e| self.told(e))?;
        Ok(fresh)
    }

    fn replay(&self, fresh: &mut Register) -> rusqlite::Result<()> {
        let Register { connection, numbers, .. } = fresh;
        let into = connection.transaction()?;
        let mut entries = self.connection.prepare(
            "SELECT e.number, e.kind, e.day, a.id, o.id, e.path, e.url, e.outlet, e.published, e.published_precision, e.headline, e.title,
               ma.text, mp.text, e.silent_on, e.reading, e.reading_key, e.kept, e.merged, e.because, a.language, a.words, a.text
             FROM entry e LEFT JOIN article a ON a.number = e.article LEFT JOIN article o ON o.number = e.other
             LEFT JOIN term ma ON ma.number = e.main_agreement LEFT JOIN term mp ON mp.number = e.main_participant ORDER BY e.number",
        )?;
        let sql = format!(
            "SELECT {COLUMNS} FROM stored_statement s JOIN (SELECT '' AS known_from, NULL AS known_to) t
             JOIN article a ON a.number = s.article {JOINS} WHERE s.article = ?1 AND s.entry = ?2 ORDER BY s.number"
        );
        let mut statements = self.connection.prepare(&sql)?;
        let mut names = self
            .connection
            .prepare("SELECT t.text, n.kind, n.name FROM entity_name n JOIN term t ON t.number = n.entity")?;
        let mut rows = entries.query([])?;
        while let Some(row) = rows.next()? {
            let entry: i64 = row.get(0)?;
            let cell = |at: usize| row.get::<_, Option<String>>(at);
            let article = cell(3)?;
            if let Some(id) = &article {
                into.prepare_cached(
                    "INSERT OR IGNORE INTO article (id, language, words, text) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![id, cell(20)?, row.get::<_, i64>(21)?, cell(22)?])?;
            }
            let held = |id: &Option<String>| -> rusqlite::Result<Option<i64>> {
                let Some(id) = id else { return Ok(None) };
                into.prepare_cached("SELECT number FROM article WHERE id = ?1")?
                    .query_row([id], |row| row.get(0))
                    .map(Some)
            };
            let number = held(&article)?;
            let main = (numbers.some(&into, cell(12)?.as_ref())?, numbers.some(&into, cell(13)?.as_ref())?);
            into.prepare_cached(
                "INSERT INTO entry (number, kind, day, article, other, path, url, outlet, published, published_precision, headline, title,
                   main_agreement, main_participant, silent_on, reading, reading_key, kept, merged, because)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
            )?
            .execute(params![
                entry,
                cell(1)?,
                cell(2)?,
                number,
                held(&cell(4)?)?,
                cell(5)?,
                cell(6)?,
                cell(7)?,
                cell(8)?,
                cell(9)?,
                cell(10)?,
                cell(11)?,
                main.0,
                main.1,
                cell(14)?,
                row.get::<_, Option<i64>>(15)?,
                row.get::<_, Option<i64>>(16)?,
                cell(17)?,
                cell(18)?,
                cell(19)?,
            ])?;
            let (Some(number), Some(reading)) = (number, row.get::<_, Option<i64>>(15)?) else { continue };
            if reading == entry {
                let own: i64 = self
                    .connection
                    .prepare_cached("SELECT article FROM entry WHERE number = ?1")?
                    .query_row([entry], |row| row.get(0))?;
                let mut said = statements.query([own, entry])?;
                while let Some(row) = said.next()? {
                    intern::insert(&into, numbers, entry, number, &recorded(row)?.statement)?;
                }
            }
        }
        let mut named = names.query([])?;
        while let Some(row) = named.next()? {
            let id = numbers.term(&into, &row.get::<_, String>(0)?)?;
            numbers.name(&into, id, &row.get::<_, String>(1)?, &row.get::<_, String>(2)?)?;
        }
        let mut again = self.connection.prepare("SELECT entry, day, turn FROM seen_again")?;
        let mut rows = again.query([])?;
        while let Some(row) = rows.next()? {
            into.prepare_cached("INSERT INTO seen_again (entry, day, turn) VALUES (?1, ?2, ?3)")?.execute(params![
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, i64>(2)?
            ])?;
        }
        let last: i64 = into.query_row("SELECT coalesce(max(number), 0) FROM article", [], |row| row.get(0))?;
        for article in 1..=last {
            period::update(&into, article)?;
        }
        into.commit()
    }

    /// Makes the file as small as it can be, and its pages anew.
    ///
    /// # Errors
    /// Those of writing; the file is then as it was.
    pub fn compact(&mut self) -> Result<Compacted, Error> {
        self.forget_ready()?;
        self.make_ready()?;
        let told = |e| self.told(e);
        let counted = || -> rusqlite::Result<[usize; 3]> {
            Ok([
                count(&self.connection, "entry")?,
                count(&self.connection, "article")?,
                count(&self.connection, "stored_statement")?,
            ])
        };
        let size = || std::fs::metadata(&self.place).map_or(0, |about| about.len());
        let run = |sql: &str| {
            self.connection.query_row(sql, [], |_| Ok(())).or_else(|e| match e {
                rusqlite::Error::QueryReturnedNoRows => Ok(()),
                e => Err(e),
            })
        };
        run("PRAGMA wal_checkpoint(TRUNCATE)").map_err(told)?;
        let (before, bytes) = (counted().map_err(told)?, size());
        for table in ["article_search", "statement_search"] {
            self.connection.execute(&format!("INSERT INTO {table} ({table}) VALUES ('optimize')"), []).map_err(told)?;
        }
        self.connection.execute_batch("VACUUM").map_err(told)?;
        run("PRAGMA wal_checkpoint(TRUNCATE)").map_err(told)?;
        let after = counted().map_err(told)?;
        assert_eq!(before, after, "compacting changed the number of entries, articles or statements");
        Ok(Compacted { entries: after[0], articles: after[1], statements: after[2], bytes: (bytes, size()) })
    }
}

fn count(connection: &Connection, table: &str) -> rusqlite::Result<usize> {
    connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
}
