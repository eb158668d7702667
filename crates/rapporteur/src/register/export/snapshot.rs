//! One state of the register, held while an export reads it, however long a writer goes on writing.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value as Cell;
use rusqlite::{Transaction, params, params_from_iter};

use super::Failure;
use crate::error::Error;
use crate::knowledge::knowledge;
use crate::register::query::{COLUMNS, JOINS, recorded};
use crate::register::statement::Recorded;
use crate::register::store::Register;

/// Which part of the register.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// One agreement, by identifier or name; without it everything.
    pub agreement: Option<String>,
    /// As it stood at the end of this day, ISO 8601; without it as it stands now.
    pub known_at: Option<String>,
}

/// What an entity is and is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// `state`, `person`, `organisation`, `agreement`, `place`, `office`, `group`.
    pub kind: String,
    /// To print.
    pub name: String,
}

/// An article without its text.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct Source {
    /// Row in the register's tables.
    number: i64,
    /// The log entry whose reading holds.
    pub(super) reading: i64,
    pub id: String,
    pub path: Option<String>,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub published_precision: Option<String>,
    pub headline: Option<String>,
    pub title: Option<String>,
    pub language: Option<String>,
    pub words: i64,
    pub main_agreement: Option<String>,
    pub main_participant: Option<String>,
    pub silent_on: Option<String>,
    pub known_from: String,
    /// From when on it is no longer taken as it stands, if that was known on the day asked for.
    pub known_to: Option<String>,
    /// Stretches in between in which it did not stand: first day, and the day of its return.
    pub gone: Vec<[String; 2]>,
}

/// One state of the register.
#[derive(Debug)]
pub struct Snapshot<'r> {
    register: &'r Register,
    /// Keeps the state; nothing is written.
    _state: Transaction<'r>,
    /// The agreement asked for, as the register identifies it, and the identifiers that were declared one with it.
    agreement: Option<(String, BTreeSet<String>)>,
    articles: Vec<Source>,
    names: BTreeMap<String, Named>,
    canonical: BTreeMap<String, String>,
    /// Of articles that have versions, or were gone for a time, the first identifier among these.
    lineages: BTreeMap<String, String>,
}

impl<'r> Snapshot<'r> {
    /// Reads what the formats need again and again.
    ///
    /// # Errors
    /// Those of reading; `NotFound` for an agreement that the register does not have.
    pub fn of(register: &'r Register, asked: &Asked) -> Result<Snapshot<'r>, Error> {
        let told = |e| register.told(e);
        let state = register.connection().unchecked_transaction().map_err(told)?;
        let known_at = asked.known_at.as_deref();
        let pairs = |sql: &str| -> rusqlite::Result<Vec<(String, String)>> {
            state.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        let canonical = register.canonical(known_at)?;
        let kinds: BTreeMap<String, String> = pairs("SELECT id, kind FROM entity").map_err(told)?.into_iter().collect();
        let names = pairs("SELECT id, name FROM entity").map_err(told)?.into_iter();
        let names = names.map(|(id, name)| {
            let kind = kinds.get(&id).cloned().unwrap_or_default();
            (id, Named { kind, name })
        });
        let mut snapshot = Snapshot {
            register,
            names: names.collect(),
            canonical,
            lineages: register.lineages().map_err(told)?,
            agreement: None,
            articles: articles(&state, known_at).map_err(told)?,
            _state: state,
        };
        if let Some(words) = &asked.agreement {
            snapshot.agreement = Some(snapshot.resolve(words)?);
            snapshot.keep_concerned().map_err(told)?;
        }
        Ok(snapshot)
    }

    /// The articles known on the day asked for, withdrawn ones too, by that day, then identifier.
    pub fn articles(&self) -> &[Source] {
        &self.articles
    }

    /// The agreement asked for.
    pub fn agreement(&self) -> Option<&str> {
        self.agreement.as_ref().map(|(id, _)| id.as_str())
    }

    /// The identifier that an entity goes by: its own unless it was declared one with another.
    pub fn canonical<'a>(&'a self, id: &'a str) -> &'a str {
        self.canonical.get(id).map_or(id, String::as_str)
    }

    /// One identifier for all versions of an article.
    pub(super) fn lineage<'a>(&'a self, article: &'a str) -> &'a str {
        self.lineages.get(article).map_or(article, String::as_str)
    }

    /// What an entity is and is called; of one that no article names, as the tables or its identifier tell.
    pub fn named(&self, id: &str) -> Named {
        if let Some(named) = self.names.get(id) {
            return named.clone();
        }
        let (prefix, rest) = id.split_once(':').unwrap_or(("", id));
        let k = knowledge();
        let (kind, name) = match prefix {
            "iso3" => ("state", k.state(rest).map(|s| s.name)),
            "person" => ("person", k.person(rest).map(|p| p.name)),
            "agreement" => ("agreement", k.agreement(rest).map(|a| a.name)),
            "org" => ("organisation", None),
            "place" => ("place", None),
            _ => ("", None),
        };
        Named { kind: kind.to_owned(), name: name.map_or_else(|| rest.replace('-', " "), str::to_owned) }
    }

    /// The name alone.
    pub fn name(&self, id: &str) -> String {
        self.named(id).name
    }

    /// The text of an article.
    ///
    /// # Errors
    /// Those of reading.
    pub fn text(&self, article: &Source) -> Result<String, Error> {
        let mut statement = self
            .register
            .connection()
            .prepare_cached("SELECT text FROM article WHERE number = ?1")
            .map_err(|e| self.register.told(e))?;
        statement.query_row([article.number], |row| row.get(0)).map_err(|e| self.register.told(e))
    }

    /// The words with which an article first names an entity; `None` where it does not, or nothing can be read.
    pub(super) fn words_for(&self, article: &Source, entity: &str) -> Option<String> {
        let sql = "SELECT substr(a.text, m.\"start\" + 1, m.\"end\" - m.\"start\") FROM mention m JOIN article a ON a.number = ?1
            WHERE m.entity = (SELECT number FROM term WHERE text = ?2) AND m.entry = ?3";
        let mut statement = self.register.connection().prepare_cached(sql).ok()?;
        let words: String =
            statement.query_row(params![article.number, entity, article.reading], |row| row.get(0)).ok()?;
        Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The entities that articles name, by the entry of the reading, in the order of their first places. One pass: nothing finds mentions by
    /// entry.
    ///
    /// # Errors
    /// Those of reading.
    pub(super) fn mentions(&self) -> Result<BTreeMap<i64, Vec<String>>, Error> {
        let read = || {
            let mut statement = self.register.connection().prepare_cached(
                "SELECT m.entry, t.text FROM mention m JOIN term t ON t.number = m.entity
                 ORDER BY m.entry, m.\"start\", m.\"end\", t.text",
            )?;
            let mut all: BTreeMap<i64, Vec<String>> = BTreeMap::new();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                all.entry(row.get(0)?).or_default().push(row.get(1)?);
            }
            Ok(all)
        };
        read().map_err(|e| self.register.told(e))
    }

    /// Which article is a later version of which, as known on the day asked for: the older, then the newer; by identifiers.
    ///
    /// # Errors
    /// Those of reading.
    pub fn revisions(&self) -> Result<BTreeSet<(String, String)>, Error> {
        let read = || {
            let mut statement = self.register.connection().prepare_cached("SELECT older, newer FROM revision")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<BTreeSet<(String, String)>>>()
        };
        let known: BTreeSet<&str> = self.articles.iter().map(|a| a.id.as_str()).collect();
        let mut pairs = read().map_err(|e| self.register.told(e))?;
        pairs.retain(|(older, newer)| known.contains(older.as_str()) && known.contains(newer.as_str()));
        Ok(pairs)
    }

    /// Calls for every statement of these predicates (none: all), those of withdrawn articles only where asked for.
    ///
    /// # Errors
    /// Those of reading, and what the call gives.
    pub fn each(
        &self,
        predicates: &[&str],
        withdrawn_too: bool,
        call: &mut dyn FnMut(&Source, &Recorded) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        for article in self.articles.iter().filter(|a| withdrawn_too || a.known_to.is_none()) {
            self.of_article(article, predicates, call)?;
        }
        Ok(())
    }

    /// The same for the statements of one article.
    ///
    /// # Errors
    /// Those of reading, and what the call gives.
    pub fn of_article(
        &self,
        article: &Source,
        predicates: &[&str],
        call: &mut dyn FnMut(&Source, &Recorded) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let told = |e| Failure::Register(self.register.told(e));
        let mut cells = vec![
            Cell::Integer(article.number),
            Cell::Integer(article.reading),
            Cell::Text(article.known_from.clone()),
            article.known_to.clone().map_or(Cell::Null, Cell::Text),
        ];
        cells.extend(predicates.iter().map(|p| Cell::Text((*p).to_owned())));
        let marks: Vec<String> = (5..5 + predicates.len()).map(|n| format!("?{n}")).collect();
        let among = if predicates.is_empty() { "1".to_owned() } else { format!("p.text IN ({})", marks.join(",")) };
        let sql = format!(
            "SELECT {COLUMNS} FROM (SELECT ?3 AS known_from, ?4 AS known_to) t
             JOIN article a ON a.number = ?1 JOIN stored_statement s ON s.article = a.number AND s.entry = ?2 {JOINS}
             WHERE {among} ORDER BY s.\"start\", s.\"end\", p.text, s.digest"
        );
        let mut statement = self.register.connection().prepare_cached(&sql).map_err(told)?;
        let mut rows = statement.query(params_from_iter(cells)).map_err(told)?;
        while let Some(row) = rows.next().map_err(told)? {
            let recorded = recorded(row).map_err(told)?;
            let concerned = match &self.agreement {
                Some((_, ids)) => recorded.statement.agreement.as_ref().is_some_and(|a| ids.contains(a)),
                None => true,
            };
            if concerned {
                call(article, &recorded)?;
            }
        }
        Ok(())
    }

    /// The agreement that somebody names, as `show` takes it, and all identifiers that were declared one with it.
    fn resolve(&self, words: &str) -> Result<(String, BTreeSet<String>), Error> {
        let named = self.register.agreements_named(words, &self.canonical)?;
        let id = named.first().cloned().unwrap_or_default();
        let others = self.canonical.iter().filter(|(_, to)| **to == id).map(|(from, _)| from.clone());
        let ids = others.chain(named).collect();
        Ok((id, ids))
    }

    /// Keeps the articles that say something about the agreement, or are about it.
    fn keep_concerned(&mut self) -> rusqlite::Result<()> {
        let Some((_, ids)) = &self.agreement else { return Ok(()) };
        let mut concerned = BTreeSet::new();
        for id in ids {
            let mut statement = self.register.connection().prepare_cached(
                "SELECT DISTINCT s.article FROM stored_statement s JOIN term t ON t.number = s.agreement WHERE t.text = ?1",
            )?;
            for number in statement.query_map([id], |row| row.get::<_, i64>(0))? {
                concerned.insert(number?);
            }
        }
        let about = |a: &Source| a.main_agreement.as_ref().is_some_and(|m| ids.contains(m));
        self.articles.retain(|a| concerned.contains(&a.number) || about(a));
        Ok(())
    }
}

fn articles(state: &Transaction<'_>, known_at: Option<&str>) -> rusqlite::Result<Vec<Source>> {
    let mut statement = state.prepare(
        "SELECT a.number, e.reading, a.id, e.path, e.url, e.outlet, e.published, e.published_precision, e.headline, e.title,
           a.language, a.words, ma.text, mp.text, e.silent_on, t.known_from,
           CASE WHEN t.known_to <= coalesce(?1, t.known_to) THEN t.known_to END
         FROM article_period t JOIN article a ON a.number = t.article JOIN entry e ON e.number = t.entry
         LEFT JOIN term ma ON ma.number = e.main_agreement LEFT JOIN term mp ON mp.number = e.main_participant
         WHERE t.known_from <= coalesce(?1, t.known_from) ORDER BY t.known_from, a.id",
    )?;
    let rows = statement.query_map(params![known_at], |row| {
        Ok(Source {
            number: row.get(0)?,
            reading: row.get(1)?,
            id: row.get(2)?,
            path: row.get(3)?,
            url: row.get(4)?,
            outlet: row.get(5)?,
            published: row.get(6)?,
            published_precision: row.get(7)?,
            headline: row.get(8)?,
            title: row.get(9)?,
            language: row.get(10)?,
            words: row.get(11)?,
            main_agreement: row.get(12)?,
            main_participant: row.get(13)?,
            silent_on: row.get(14)?,
            known_from: row.get(15)?,
            known_to: row.get(16)?,
            gone: Vec::new(),
        })
    })?;
    let mut sources: Vec<Source> = Vec::new();
    let mut places: BTreeMap<i64, usize> = BTreeMap::new();
    for row in rows {
        let source = row?;
        let place = *places.entry(source.number).or_insert(sources.len());
        match sources.get_mut(place) {
            // A text that came back is one article.
            Some(held) => {
                held.gone.extend(held.known_to.take().map(|end| [end, source.known_from]));
                held.known_to = source.known_to;
            }
            None => sources.push(source),
        }
    }
    Ok(sources)
}
