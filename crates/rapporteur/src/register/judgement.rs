//! What people decide about the record: an article withdrawn or corrected, two names that mean one thing. Each is an entry with its day
//! and its reason; nothing is deleted, and what rests on it changes from that day on.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::revise;
use super::store::{Appended, Received, Register, record};
use crate::error::{Error, ErrorKind};
use crate::provenance::ArticleId;

impl Register {
    /// The article of that name: its identifier or the first four digits of it at least, its path, or its address. Of several texts under one
    /// path or address, the one that is current.
    ///
    /// # Errors
    /// `NotFound`, where there is none or several.
    pub fn article(&self, name: &str) -> Result<ArticleId, Error> {
        let told = |e| self.told(e);
        let ask = |sql: &str, key: &str| -> Result<Vec<String>, Error> {
            let mut statement = self.connection.prepare_cached(sql).map_err(told)?;
            let rows = statement.query_map([key], |row| row.get(0)).map_err(told)?;
            rows.collect::<rusqlite::Result<_>>().map_err(told)
        };
        let mut found = Vec::new();
        if name.len() >= 4 && name.bytes().all(|b| b.is_ascii_hexdigit()) {
            found = ask("SELECT id FROM article WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id", &name.to_lowercase())?;
        }
        for place in ["path", "url"] {
            if found.is_empty() {
                let of = format!(
                    "FROM entry e JOIN article a ON a.number = e.article JOIN article_period t ON t.article = a.number WHERE e.{place} = ?1"
                );
                found = ask(&format!("SELECT DISTINCT a.id {of} AND t.known_to IS NULL ORDER BY a.id"), name)?;
                if found.is_empty() {
                    // None stands: the one that did last.
                    found = ask(
                        &format!(
                            "SELECT DISTINCT a.id {of} AND t.known_to = (SELECT max(t.known_to) {of}) ORDER BY a.id"
                        ),
                        name,
                    )?;
                }
            }
        }
        let wrong = |message: String| Err(Error::new(ErrorKind::NotFound, &self.place, message));
        match found.len() {
            1 => Ok(ArticleId(found.swap_remove(0))),
            0 => wrong(format!(
                "no article {name:?}; give its identifier, its path or its address as the register has them"
            )),
            n => wrong(format!("{n} articles {name:?}: {}; give one identifier", found.join(", "))),
        }
    }

    /// An article withdrawn: from that day on it counts for nothing. `false` where it was withdrawn by then.
    ///
    /// # Errors
    /// `NotFound` and those of writing.
    pub fn retract(&mut self, article: &ArticleId, because: &str, day: &str) -> Result<bool, Error> {
        self.stand("retraction", article, because, day)
    }

    /// A withdrawal or correction taken back: from that day on the article counts again. `false` where it was not withdrawn by then.
    ///
    /// # Errors
    /// `NotFound` and those of writing.
    pub fn reinstate(&mut self, article: &ArticleId, because: &str, day: &str) -> Result<bool, Error> {
        self.stand("reinstatement", article, because, day)
    }

    /// The day as of which an article was withdrawn, where it is on that day.
    ///
    /// # Errors
    /// `NotFound` and those of reading.
    pub fn withdrawn_since(&self, article: &ArticleId, day: &str) -> Result<Option<String>, Error> {
        let number = self.number(article)?;
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            let sql = "SELECT kind, day FROM entry WHERE article = ?1 AND +day <= ?2
                         AND kind IN ('retraction','correction','reinstatement') ORDER BY day, number";
            self.connection
                .prepare_cached(sql)?
                .query_map(params![number, day], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        let judged = read().map_err(|e| self.told(e))?;
        // The first of those that nobody has taken back since.
        let standing = judged.iter().rposition(|(kind, _)| kind == "reinstatement").map_or(0, |at| at + 1);
        let first = judged[standing..].iter().find(|(kind, _)| kind == "retraction");
        Ok(first.map(|(_, day)| day.clone()))
    }

    /// Every judgement is recorded, also one that changes nothing today: with one recorded later of an earlier day it may.
    fn stand(&mut self, kind: &str, article: &ArticleId, because: &str, day: &str) -> Result<bool, Error> {
        let number = self.number(article)?;
        self.write(|transaction, _| {
            let last: Option<String> = transaction
                .query_row(
                    "SELECT kind FROM entry WHERE article = ?1 AND day <= ?2 AND kind IN ('retraction','correction','reinstatement')
                     ORDER BY day DESC, number DESC LIMIT 1",
                    params![number, day],
                    |row| row.get(0),
                )
                .optional()?;
            transaction.execute(
                "INSERT INTO entry (kind, day, article, because) SELECT ?1, ?2, ?3, ?4 WHERE ?1 IS NOT
                 (SELECT kind FROM entry WHERE article = ?3 AND day = ?2 AND kind IN ('retraction','correction','reinstatement')
                  ORDER BY number DESC LIMIT 1)",
                params![kind, day, number, because],
            )?;
            revise::settle(transaction, number)?;
            Ok(match kind {
                "retraction" => last.as_deref() != Some("retraction"),
                _ => last.is_some_and(|last| last != "reinstatement"),
            })
        })
    }

    /// An article put right by another text: from that day on the new text counts and the old one does not.
    ///
    /// # Errors
    /// `NotFound`, where the old text is not there or the new one is the same, and those of writing.
    pub fn correct(
        &mut self,
        article: &ArticleId,
        with: &Received,
        because: &str,
        day: &str,
    ) -> Result<Appended, Error> {
        let old = self.number(article)?;
        if *article == with.article.id {
            let message =
                format!("the corrected text is the same as that of article {}; nothing to correct", article.0);
            return Err(Error::new(ErrorKind::NotFound, &self.place, message));
        }
        self.write(|transaction, numbers| {
            let mut done = record(transaction, numbers, with, day, Some(old))?;
            let new: i64 = transaction
                .query_row("SELECT number FROM article WHERE id = ?1", [&with.article.id.0], |row| row.get(0))?;
            done.judgements += transaction.execute(
                "INSERT INTO entry (kind, day, article, other, because) SELECT 'correction', ?1, ?2, ?3, ?4 WHERE NOT EXISTS
                 (SELECT 1 FROM entry WHERE kind = 'correction' AND article = ?2 AND other = ?3 AND day <= ?1)",
                params![day, old, new, because],
            )?;
            revise::settle(transaction, old)?;
            revise::settle(transaction, new)?;
            Ok(done)
        })
    }

    /// Two names that mean one thing, from that day on. `false` where they are one already, whichever of them was kept.
    ///
    /// # Errors
    /// `NotFound`, where the register has no such entity or they are of different kinds, and those of writing.
    pub fn merge(&mut self, kept: &str, merged: &str, because: &str, day: &str) -> Result<bool, Error> {
        self.pair("merge", kept, merged, because, day)
    }

    /// Two names that do not mean one thing after all. `false` where no judgement made them one.
    ///
    /// # Errors
    /// As [`Register::merge`].
    pub fn unmerge(&mut self, kept: &str, merged: &str, because: &str, day: &str) -> Result<bool, Error> {
        self.pair("unmerge", kept, merged, because, day)
    }

    fn pair(&mut self, kind: &str, kept: &str, merged: &str, because: &str, day: &str) -> Result<bool, Error> {
        for entity in [kept, merged] {
            let known = "SELECT 1 FROM term t WHERE t.text = ?1 AND (EXISTS (SELECT 1 FROM entity_name n WHERE n.entity = t.number)
                           OR EXISTS (SELECT 1 FROM stored_statement s WHERE s.subject = t.number)
                           OR EXISTS (SELECT 1 FROM stored_statement s WHERE s.agreement = t.number))";
            let known = self.connection.query_row(known, [entity], |_| Ok(())).optional().map_err(|e| self.told(e))?;
            if known.is_none() {
                let message = format!(
                    "no entity {entity:?}; the view `entity` lists them (iso3:KAZ, org:nato, name:harbour-pact)"
                );
                return Err(Error::new(ErrorKind::NotFound, &self.place, message));
            }
        }
        if kept == merged {
            return Err(Error::new(ErrorKind::NotFound, &self.place, format!("{kept:?} twice; name two entities")));
        }
        let (one, other) = (self.kind_of(kept)?, self.kind_of(merged)?);
        if kind == "merge" && !one.iter().any(|a| other.iter().any(|b| go_together(a, b))) {
            let told = |kinds: &BTreeSet<String>| kinds.iter().map(String::as_str).collect::<Vec<_>>().join(" or ");
            let message = format!(
                "{kept} is of the kind {}, {merged} of the kind {}; two names of one thing are of one kind",
                told(&one),
                told(&other)
            );
            return Err(Error::new(ErrorKind::NotFound, &self.place, message));
        }
        let last = "SELECT kind FROM entry WHERE kind IN ('merge', 'unmerge') AND (kept, merged) IN (VALUES (?1, ?2), (?2, ?1))
                    AND day <= ?3 ORDER BY day DESC, number DESC LIMIT 1";
        let last: Option<String> = self
            .connection
            .query_row(last, [kept, merged, day], |row| row.get(0))
            .optional()
            .map_err(|e| self.told(e))?;
        if last.as_deref().unwrap_or("unmerge") == kind {
            return Ok(false);
        }
        self.write(|transaction, _| {
            transaction.execute(
                "INSERT INTO entry (kind, day, kept, merged, because) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![kind, day, kept, merged, because],
            )?;
            super::view::forget_entities(transaction, kept, merged)?;
            Ok(true)
        })
    }

    /// What an entity is by its identifier, else by the articles that name it: `state`, `person` ... Never empty.
    fn kind_of(&self, entity: &str) -> Result<BTreeSet<String>, Error> {
        let by_id = match entity.split_once(':').map(|(class, _)| class) {
            Some("iso3") => Some("state"),
            Some("org") => Some("organisation"),
            Some(class @ ("person" | "agreement" | "place")) => Some(class),
            _ => None,
        };
        if let Some(kind) = by_id {
            return Ok(BTreeSet::from([kind.to_owned()]));
        }
        let read = || -> rusqlite::Result<BTreeSet<String>> {
            let sql = "SELECT n.kind FROM entity_name n JOIN term t ON t.number = n.entity WHERE t.text = ?1";
            self.connection.prepare_cached(sql)?.query_map([entity], |row| row.get(0))?.collect()
        };
        let kinds = read().map_err(|e| self.told(e))?;
        Ok(if kinds.is_empty() { BTreeSet::from(["group".to_owned()]) } else { kinds })
    }

    fn number(&self, article: &ArticleId) -> Result<i64, Error> {
        let number = number(&self.connection, article).map_err(|e| self.told(e))?;
        number.ok_or_else(|| Error::new(ErrorKind::NotFound, &self.place, format!("no article {}", article.0)))
    }

    /// Entities that are one by the judgements known at the end of a day (without it, of all days), each with the identifier it goes by: one
    /// that was kept, then one from the tables, then the first by alphabet.
    ///
    /// # Errors
    /// Those of reading.
    pub fn canonical(&self, known_at: Option<&str>) -> Result<BTreeMap<String, String>, Error> {
        let told = |e| self.told(e);
        let sql = "SELECT kept, merged, kind FROM entry WHERE kind IN ('merge', 'unmerge') AND day <= ?1 ORDER BY day, number";
        let mut statement = self.connection.prepare_cached(sql).map_err(told)?;
        let rows =
            statement.query_map([known_at.unwrap_or("9999-12-31")], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let mut standing: BTreeMap<(String, String), (String, String)> = BTreeMap::new();
        for row in rows.map_err(told)? {
            let (kept, merged, kind): (String, String, String) = row.map_err(told)?;
            let pair = if kept < merged { (kept.clone(), merged.clone()) } else { (merged.clone(), kept.clone()) };
            match kind.as_str() {
                "merge" => standing.insert(pair, (kept, merged)),
                _ => standing.remove(&pair),
            };
        }
        let mut group: BTreeMap<&str, &str> = BTreeMap::new();
        fn root<'a>(group: &BTreeMap<&'a str, &'a str>, mut entity: &'a str) -> &'a str {
            while let Some(next) = group.get(entity).filter(|next| **next != entity) {
                entity = next;
            }
            entity
        }
        for (kept, merged) in standing.values() {
            group.entry(kept).or_insert(kept);
            group.entry(merged).or_insert(merged);
            let (one, other) = (root(&group, kept), root(&group, merged));
            group.insert(other, one);
        }
        let weight = |entity: &str| {
            (standing.values().any(|(_, merged)| merged == entity), entity.starts_with("name:"), entity.to_owned())
        };
        let mut best: BTreeMap<&str, &str> = BTreeMap::new();
        for &entity in group.keys() {
            let first = best.entry(root(&group, entity)).or_insert(entity);
            if weight(entity) < weight(first) {
                *first = entity;
            }
        }
        Ok(group.keys().map(|e| ((*e).to_owned(), best[root(&group, e)].to_owned())).collect())
    }
}

/// Whether things of two kinds can be one: a body goes by its treaty, and what is only known as a group can be anything.
fn go_together(one: &str, other: &str) -> bool {
    const BODY: [&str; 2] = ["agreement", "organisation"];
    one == other || [one, other].contains(&"group") || BODY.contains(&one) && BODY.contains(&other)
}

fn number(connection: &Connection, article: &ArticleId) -> rusqlite::Result<Option<i64>> {
    connection.query_row("SELECT number FROM article WHERE id = ?1", [&article.0], |row| row.get(0)).optional()
}
