//! Revisions: another text under the same address, or much of the same text under the same path.
//!
//! A pair is noted whichever of the two came first; which one is the newer follows from their days, so the order of adding does not matter.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::difference::{Change, difference};
use super::period;
use super::store::{Register, Revision};
use crate::error::Error;
use crate::ingest::Article;
use crate::provenance::ArticleId;

/// Share of the shorter text's runs of three words that a text under the same path must have to be its revision, in per cent: a file
/// that now holds another article is none.
const SHARED: usize = 30;

/// Texts under one address or path over which it is no article's history but a front page or a feed: further ones are no revisions.
const MOST: usize = 200;

/// One text in the place of another, and what it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Revised {
    pub older: ArticleId,
    pub newer: ArticleId,
    /// In the order of reading.
    pub changes: Vec<Change>,
}

impl Register {
    /// What differs between two texts of which one came in the place of the other, the newer of them last.
    ///
    /// # Errors
    /// Those of reading.
    pub fn revised(&self, one: &ArticleId, other: &ArticleId) -> Result<Revised, Error> {
        let text = |id: &ArticleId| -> rusqlite::Result<String> {
            self.connection
                .prepare_cached("SELECT text FROM article WHERE id = ?1")?
                .query_row([&id.0], |row| row.get(0))
        };
        // The one that stands, where one of them does; else the one that came into the other's place.
        let stands = "SELECT a.id FROM article a JOIN article_period p ON p.article = a.number
                      WHERE a.id IN (?1, ?2) AND p.known_to IS NULL";
        let newer = "SELECT newer FROM (SELECT newer, older FROM revision UNION ALL
                       SELECT other_article, article FROM judgement WHERE kind = 'correction')
                     WHERE (newer, older) IN (VALUES (?1, ?2), (?2, ?1)) LIMIT 1";
        let read = || -> rusqlite::Result<Revised> {
            let mut standing: Vec<String> = self
                .connection
                .prepare_cached(stands)?
                .query_map([&one.0, &other.0], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let newer: Option<String> = match standing.len() {
                1 => standing.pop(),
                _ => self.connection.query_row(newer, [&one.0, &other.0], |row| row.get(0)).optional()?,
            };
            let (older, newer) = if newer.as_ref() == Some(&one.0) { (other, one) } else { (one, other) };
            let changes = difference(&text(older)?, &text(newer)?);
            Ok(Revised { older: older.clone(), newer: newer.clone(), changes })
        };
        read().map_err(|e| self.told(e))
    }
}

/// Notes of which held articles a received one is a revision, or they of it; the pairs that are new. What it `corrects` is noted as that.
pub(super) fn note(
    connection: &Connection,
    number: i64,
    article: &Article,
    day: &str,
    corrects: Option<i64>,
) -> rusqlite::Result<Vec<Revision>> {
    let mut pairs: Vec<(i64, &str)> = Vec::new();
    if let Some(url) = &article.url {
        let same = "SELECT DISTINCT article FROM entry WHERE url = ?1 AND article <> ?2";
        pairs.extend(others(connection, same, url, number)?.into_iter().map(|other| (other, "same url")));
    } else if article.path != "-" && !article.path.starts_with("-#") {
        let same = "SELECT DISTINCT article FROM entry WHERE path = ?1 AND url IS NULL AND article <> ?2";
        for other in others(connection, same, &article.path, number)? {
            let text: String = connection
                .prepare_cached("SELECT text FROM article WHERE number = ?1")?
                .query_row([other], |row| row.get(0))?;
            if alike(&runs(&article.text), &runs(&text)) {
                pairs.push((other, "same path"));
            }
        }
    }
    let mut new = Vec::new();
    for (other, because) in pairs.into_iter().filter(|(other, _)| Some(*other) != corrects) {
        let added = connection
            .prepare_cached(
                "INSERT INTO entry (kind, day, article, other, because) SELECT 'revision', ?1, ?2, ?3, ?4 WHERE NOT EXISTS
                 (SELECT 1 FROM entry WHERE kind IN ('revision', 'correction')
                    AND (article = ?2 AND other = ?3 OR article = ?3 AND other = ?2))",
            )?
            .execute(params![day, number, other, because])?;
        if added > 0 {
            let held = connection
                .prepare_cached("SELECT id FROM article WHERE number = ?1")?
                .query_row([other], |row| row.get(0))?;
            new.push(Revision { received: article.id.clone(), held: ArticleId(held) });
        }
    }
    Ok(new)
}

/// Works out anew when a text and those that lie in its place stand; the pairs of which one took the other's place by that.
pub(super) fn settle(connection: &Connection, article: i64) -> rusqlite::Result<Vec<Revision>> {
    let id = |number: i64| -> rusqlite::Result<ArticleId> {
        connection
            .prepare_cached("SELECT id FROM article WHERE number = ?1")?
            .query_row([number], |row| row.get(0))
            .map(ArticleId)
    };
    super::view::forget(connection, article)?;
    let came = period::update(connection, article)? == Some(true);
    let mut pairs = Vec::new();
    for rival in period::rivals(connection, article)? {
        let left = period::update(connection, rival)? == Some(false);
        if came && left {
            pairs.push(Revision { received: id(article)?, held: id(rival)? });
        }
    }
    Ok(pairs)
}

fn others(connection: &Connection, sql: &str, key: &str, number: i64) -> rusqlite::Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![key, number], |row| row.get(0))?;
    let all = rows.collect::<rusqlite::Result<Vec<i64>>>()?;
    Ok(if all.len() > MOST { Vec::new() } else { all })
}

/// The runs of three words of a text, each once.
fn runs(text: &str) -> BTreeSet<u64> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let digest = |run: &[&str]| {
        let hash = blake3::hash(run.join(" ").to_lowercase().as_bytes());
        hash.as_bytes()[..8].iter().fold(0, |n, b| n << 8 | u64::from(*b))
    };
    words.windows(3).map(digest).collect()
}

fn alike(one: &BTreeSet<u64>, other: &BTreeSet<u64>) -> bool {
    let shorter = one.len().min(other.len());
    shorter > 0 && 100 * one.intersection(other).count() >= SHARED * shorter
}

#[cfg(test)]
mod tests {
    use super::{alike, runs};

    #[test]
    fn a_text_that_was_mended_is_alike_and_another_is_not() {
        let first = "Senator Berg said on Monday that Norland would join the harbour pact before the winter.";
        let mended = "Secretary Berg said on Monday that Norland would join the harbour pact before the winter.";
        let another = "The fishing fleet of Sudmark came home on Monday with less than half of last year's catch.";
        assert!(alike(&runs(first), &runs(mended)));
        assert!(!alike(&runs(first), &runs(another)));
        assert!(!alike(&runs("Two words"), &runs("Two words")), "too short to tell");
    }
}
