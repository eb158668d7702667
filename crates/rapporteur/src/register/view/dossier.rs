//! What the log holds on one agreement, read once; every view of it is computed from here without the file.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::super::query::{Filter, sorted};
use super::super::statement::Recorded;
use super::super::store::Register;
use super::{Moment, Named, first_day};
use crate::error::{Error, ErrorKind};
use crate::knowledge::knowledge;

/// The kinds of statements that the views of an agreement read.
pub(super) const READ: [&str; 7] = ["stage", "reached", "candidate", "member", "condition", "prediction", "role"];
/// How many names an error proposes.
const NEAREST: usize = 3;

/// An article as the register holds it, its text apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Article {
    pub id: String,
    pub path: Option<String>,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub title: Option<String>,
    pub known_from: String,
    /// From when on it no longer stands.
    pub known_to: Option<String>,
    /// Stretches in between in which it did not stand: withdrawn, or another text in its place. First day, and the day of its return.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<[String; 2]>,
    /// The agreement whose questions were asked of it (nobody's step, no question), or whose table of record it is.
    #[serde(skip)]
    pub(super) main_agreement: Option<String>,
    #[serde(skip)]
    pub(super) silent_on: Vec<String>,
}

/// What people decided about an article or an entity, or that one article is another version of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Judgement {
    /// `revision`, `retraction`, `correction`, `merge`, `unmerge`.
    pub kind: String,
    pub day: String,
    pub article: Option<String>,
    pub other: Option<String>,
    pub kept: Option<String>,
    pub merged: Option<String>,
    pub because: Option<String>,
}

/// Everything on one agreement, whether it still stands or not.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The agreement.
    pub agreement: Named,
    /// `framework`, `treaty` ...
    pub instrument: String,
    /// By the day on which they became known, then by article and place.
    pub(super) statements: Vec<Recorded>,
    /// By identifier: those with a statement, and those that are about the agreement.
    pub(super) articles: BTreeMap<String, Article>,
    /// Those of them of which an earlier version is among them.
    pub(super) later_versions: BTreeSet<String>,
    /// In the order of their days.
    pub(super) judgements: Vec<Judgement>,
    pub(super) names: BTreeMap<String, String>,
}

impl Register {
    /// What the register holds on the agreement that somebody names: by its name in any case, an alias, or its identifier. With
    /// `withdrawn_too` also what is no longer taken as it stands, for [`history`](super::history).
    ///
    /// # Errors
    /// `NotFound` with the nearest names; those of reading.
    pub fn dossier(&self, name: &str, moment: &Moment, withdrawn_too: bool) -> Result<Dossier, Error> {
        let merges = self.canonical(moment.known_at.as_deref())?;
        let known = self.agreements_named(name, &merges)?;
        let mut dossier = self.dossier_of(&known, &merges, withdrawn_too || moment.known_at.is_some())?;
        if let Some(day) = &moment.known_at {
            self.name_as_known(&mut dossier, day)?;
        }
        Ok(dossier)
    }

    /// The agreement that somebody names: its identifier and what to call it.
    ///
    /// # Errors
    /// As [`Register::dossier`].
    pub fn dossier_name(&self, name: &str, moment: &Moment) -> Result<Named, Error> {
        let merges = self.canonical(moment.known_at.as_deref())?;
        let id = self.agreements_named(name, &merges)?.into_iter().next().unwrap_or_default();
        let named = self.names(&BTreeSet::from([id.as_str()]))?;
        let name = named.get(&id).cloned().unwrap_or_else(|| id.clone());
        Ok(Named { id, name })
    }

    /// The dossier of the identifiers of one agreement, the one it goes by first.
    pub(super) fn dossier_of(
        &self,
        ids: &[String],
        merges: &BTreeMap<String, String>,
        withdrawn_too: bool,
    ) -> Result<Dossier, Error> {
        let mut dossier = self.dossier_reading(ids, merges, withdrawn_too, None, &READ)?;
        if withdrawn_too {
            dossier.judgements = self.judgements()?;
        }
        Ok(dossier)
    }

    /// The same of some kinds of statements only, with a day of those that were known at its end, and without judgements.
    pub(super) fn dossier_reading(
        &self,
        ids: &[String],
        merges: &BTreeMap<String, String>,
        withdrawn_too: bool,
        known_at: Option<&str>,
        predicates: &[&str],
    ) -> Result<Dossier, Error> {
        let mut statements = Vec::new();
        let mut articles = BTreeMap::new();
        for id in ids {
            let kinds = predicates.iter().map(|p| (*p).to_owned()).collect();
            let (agreement, known_at) = (Some(id.clone()), known_at.map(str::to_owned));
            let filter = Filter { agreement, predicates: kinds, withdrawn_too, known_at, ..Filter::default() };
            statements.extend(self.unsorted(&filter)?.into_iter().map(|r| joined(r, ids, merges)));
            articles.extend(self.articles_on(id)?);
        }
        let later_versions = self.trace(&mut statements, &articles, (ids, merges), predicates, withdrawn_too)?;
        // The name of a statement begins with that of its article.
        let statements = sorted(statements, |a, b| (&a.known_from, &a.id).cmp(&(&b.known_from, &b.id)));
        let id = ids.first().cloned().unwrap_or_default();
        let wanted: BTreeSet<&str> =
            statements.iter().filter_map(|r| r.statement.subject.as_deref()).chain([id.as_str()]).collect();
        let names = self.names(&wanted)?;
        let name = names.get(&id).cloned().unwrap_or_else(|| id.clone());
        // What one joins with a body is its treaty.
        let treaty = id.strip_prefix("org:").and_then(|body| knowledge().agreement_of(body));
        let instrument = treaty.map_or_else(|| crate::knowledge::instrument(&id, &name), |t| t.instrument).to_owned();
        let judgements = Vec::new();
        Ok(Dossier {
            agreement: Named { id, name },
            instrument,
            statements,
            articles,
            later_versions,
            judgements,
            names,
        })
    }

    /// The identifiers of each agreement that statements are about, the one it goes by first; by that.
    pub(super) fn families(&self, merges: &BTreeMap<String, String>) -> Result<Vec<Vec<String>>, Error> {
        let mut families: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for id in self.agreement_ids()? {
            let kept = merges.get(&id).unwrap_or(&id).clone();
            let family = families.entry(kept.clone()).or_insert_with(|| vec![kept.clone()]);
            if id != kept {
                family.push(id);
            }
        }
        Ok(families.into_values().collect())
    }

    /// The identifiers of every agreement that statements are about.
    pub(super) fn agreement_ids(&self) -> Result<Vec<String>, Error> {
        // A walk from one key of the index to the next: as many steps as agreements.
        let sql = "WITH RECURSIVE each(n) AS (
              SELECT min(agreement) FROM stored_statement WHERE agreement IS NOT NULL
              UNION ALL SELECT (SELECT min(agreement) FROM stored_statement WHERE agreement > each.n) FROM each WHERE each.n IS NOT NULL)
            SELECT text FROM each JOIN term ON term.number = each.n ORDER BY text";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.told(e))?;
        let rows = statement.query_map([], |row| row.get(0)).map_err(|e| self.told(e))?;
        rows.collect::<rusqlite::Result<Vec<String>>>().map_err(|e| self.told(e))
    }

    /// The identifiers of the agreement that somebody names, the one it goes by first.
    pub(in crate::register) fn agreements_named(
        &self,
        asked: &str,
        merges: &BTreeMap<String, String>,
    ) -> Result<Vec<String>, Error> {
        let ids = self.agreement_ids()?;
        let names = self.names(&ids.iter().map(String::as_str).collect())?;
        let asked = asked.trim();
        let called = |id: &String| -> Vec<String> {
            let mut called = vec![id.clone()];
            called.extend(id.split_once(':').map(|(_, bare)| bare.to_owned()));
            called.extend(id.split_once(':').map(|(_, bare)| bare.replace('-', " ")));
            called.extend(names.get(id).cloned());
            called.extend(aliases(id));
            called
        };
        let kept = |id: &String| merges.get(id).unwrap_or(id).clone();
        let family = |kept: String| {
            let others = ids.iter().filter(|id| **id != kept && merges.get(*id) == Some(&kept)).cloned();
            let others: Vec<String> = others.collect();
            std::iter::once(kept).chain(others).collect::<Vec<String>>()
        };
        let wanted = asked.to_lowercase();
        let exact: BTreeSet<String> =
            ids.iter().filter(|id| called(id).iter().any(|c| c.to_lowercase() == wanted)).map(kept).collect();
        if exact.len() == 1 {
            return Ok(exact.into_iter().next().map(family).unwrap_or_default());
        }
        let inside: BTreeSet<String> = match (exact.is_empty(), wanted.is_empty()) {
            (true, false) => ids
                .iter()
                .filter(|id| called(id).iter().any(|c| c.to_lowercase().contains(&wanted)))
                .map(kept)
                .collect(),
            _ => exact,
        };
        if inside.len() == 1 {
            return Ok(inside.into_iter().next().map(family).unwrap_or_default());
        }
        let shown = |id: &String| names.get(id).map_or_else(|| id.clone(), |name| format!("{name} ({id})"));
        let message = if inside.is_empty() {
            let mut near: Vec<(usize, String)> = ids
                .iter()
                .map(|id| {
                    (called(id).iter().map(|c| farness(&c.to_lowercase(), &wanted)).min().unwrap_or(99), shown(id))
                })
                .collect();
            near.sort();
            let near: Vec<String> = near.into_iter().take(NEAREST).map(|(_, name)| name).collect();
            match near.is_empty() {
                true => "it holds no agreement yet; add articles".to_owned(),
                false => format!("no agreement {asked:?}; nearest: {}", near.join(", ")),
            }
        } else {
            let list: Vec<String> = inside.iter().take(8).map(shown).collect();
            format!("{asked:?} is the name of {} agreements: {}; name one of them", inside.len(), list.join(", "))
        };
        Err(Error::new(ErrorKind::NotFound, &self.place, message))
    }

    /// What entities are called: by the tables of knowledge, else by the articles.
    pub(super) fn names(&self, ids: &BTreeSet<&str>) -> Result<BTreeMap<String, String>, Error> {
        let mut names = BTreeMap::new();
        let sql = "SELECT n.name FROM entity_name n JOIN term t ON t.number = n.entity WHERE t.text = ?1
                   ORDER BY length(n.name) DESC, n.name, n.kind LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.told(e))?;
        for id in ids {
            if let Some(name) = known_name(id) {
                names.insert((*id).to_owned(), name);
                continue;
            }
            let mut rows = statement.query(params![id]).map_err(|e| self.told(e))?;
            if let Some(row) = rows.next().map_err(|e| self.told(e))? {
                names.insert((*id).to_owned(), row.get(0).map_err(|e| self.told(e))?);
            } else if let Some((_, bare)) = id.split_once(':') {
                names.insert((*id).to_owned(), bare.replace('-', " "));
            }
        }
        Ok(names)
    }

    fn articles_on(&self, agreement: &str) -> Result<BTreeMap<String, Article>, Error> {
        let sql = "WITH wanted AS MATERIALIZED (
              SELECT article FROM stored_statement WHERE agreement = (SELECT number FROM term WHERE text = ?1)
              UNION SELECT article FROM entry WHERE main_agreement = (SELECT number FROM term WHERE text = ?1) AND article IS NOT NULL),
            period AS MATERIALIZED (SELECT p.* FROM article_period p WHERE p.article IN (SELECT article FROM wanted))
            SELECT a.id, e.path, e.url, e.outlet, e.published, coalesce(e.title, e.headline),
              iif(e.kind <> 'depositary' AND e.main_participant IS NULL AND e.silent_on IS NULL, NULL, ma.text), e.silent_on, t.known_from, t.known_to
            FROM period t CROSS JOIN article a ON a.number = t.article CROSS JOIN entry e ON e.number = t.entry
            LEFT JOIN term ma ON ma.number = e.main_agreement ORDER BY t.known_from";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.told(e))?;
        let rows = statement.query_map([agreement], article).map_err(|e| self.told(e))?;
        whole(rows).map_err(|e| self.told(e))
    }

    /// The articles of these names as known at the end of a day, by the day on which they became known, then by publication and path.
    ///
    /// # Errors
    /// Those of reading.
    pub fn articles_named(&self, ids: &BTreeSet<&str>, day: &str) -> Result<Vec<Article>, Error> {
        let sql = "SELECT a.id, e.path, e.url, e.outlet, e.published, coalesce(e.title, e.headline), NULL, NULL, t.known_from, t.known_to
            FROM article a JOIN article_period t ON t.article = a.number JOIN entry e ON e.number = t.entry
            WHERE a.id = ?1 ORDER BY t.known_from";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.told(e))?;
        let moment = Moment { known_at: Some(day.to_owned()), as_of: None };
        let mut articles = Vec::new();
        for id in ids {
            let rows = statement.query_map([id], article).map_err(|e| self.told(e))?;
            let found = whole(rows).map_err(|e| self.told(e))?;
            articles.extend(found.into_values().filter_map(|a| a.seen_from(&moment)));
        }
        articles.sort_by(|a, b| by_day(a).cmp(&by_day(b)));
        Ok(articles)
    }

    pub(super) fn judgements(&self) -> Result<Vec<Judgement>, Error> {
        let sql = "SELECT kind, known_from, article, other_article, kept, merged, because FROM judgement
                   UNION ALL SELECT 'revision', known_from, older, newer, NULL, NULL, because FROM revision
                   ORDER BY 2, 1, 3, 4, 5, 6";
        let mut statement = self.connection.prepare_cached(sql).map_err(|e| self.told(e))?;
        let judgement = |row: &rusqlite::Row<'_>| {
            Ok(Judgement {
                kind: row.get(0)?,
                day: row.get(1)?,
                article: row.get(2)?,
                other: row.get(3)?,
                kept: row.get(4)?,
                merged: row.get(5)?,
                because: row.get(6)?,
            })
        };
        let rows = statement.query_map([], judgement).map_err(|e| self.told(e))?;
        rows.collect::<rusqlite::Result<Vec<Judgement>>>().map_err(|e| self.told(e))
    }
}

impl Article {
    /// Leaves out what only the making of a page needs.
    pub(super) fn forget_unprinted(&mut self) {
        (self.main_agreement, self.silent_on) = (None, Vec::new());
    }
}

/// A statement as one of the agreement that those identifiers are, the entities that are declared one under one identifier.
pub(super) fn joined(mut recorded: Recorded, ids: &[String], merges: &BTreeMap<String, String>) -> Recorded {
    let s = &mut recorded.statement;
    s.agreement = ids.first().cloned();
    if let Some(kept) = s.subject.as_ref().and_then(|id| merges.get(id)) {
        s.subject = Some(kept.clone());
    }
    recorded
}

/// Articles by identifier from a row for each stretch in which they stood, in the order of time.
fn whole(rows: impl Iterator<Item = rusqlite::Result<Article>>) -> rusqlite::Result<BTreeMap<String, Article>> {
    let mut articles: BTreeMap<String, Article> = BTreeMap::new();
    for row in rows {
        let one = row?;
        match articles.get_mut(&one.id) {
            Some(held) => held.stands_again(one.known_from, one.known_to),
            None => {
                articles.insert(one.id.clone(), one);
            }
        }
    }
    Ok(articles)
}

fn article(row: &rusqlite::Row<'_>) -> rusqlite::Result<Article> {
    let silent: Option<String> = row.get(7)?;
    Ok(Article {
        id: row.get(0)?,
        path: row.get(1)?,
        url: row.get(2)?,
        outlet: row.get(3)?,
        published: row.get(4)?,
        title: row.get(5)?,
        main_agreement: row.get(6)?,
        silent_on: silent.unwrap_or_default().split(' ').filter(|s| !s.is_empty()).map(str::to_owned).collect(),
        known_from: row.get(8)?,
        known_to: row.get(9)?,
        gone: Vec::new(),
    })
}

impl Article {
    /// Another stretch in which it stands, later than those before.
    fn stands_again(&mut self, from: String, to: Option<String>) {
        if let Some(end) = self.known_to.take() {
            self.gone.push([end, from]);
        }
        self.known_to = to;
    }

    /// The days from which on it stands.
    pub(super) fn starts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.known_from.as_str()).chain(self.gone.iter().map(|[_, back]| back.as_str()))
    }

    /// The days from which on it does not stand.
    pub(super) fn ends(&self) -> impl Iterator<Item = &str> {
        self.gone.iter().map(|[end, _]| end.as_str()).chain(self.known_to.as_deref())
    }

    /// What was known of it at a moment; `None` before its first day.
    pub(super) fn seen_from(&self, moment: &Moment) -> Option<Article> {
        let mut seen = self.clone();
        let Some(day) = &moment.known_at else { return Some(seen) };
        if self.known_from > *day {
            return None;
        }
        seen.gone.retain(|[_, back]| back <= day);
        // What ended and is not back by then has ended.
        seen.known_to = self.ends().filter(|end| *end <= day.as_str()).nth(seen.gone.len()).map(str::to_owned);
        Some(seen)
    }

    fn stands(&self, moment: &Moment) -> bool {
        let Some(day) = moment.known_at.as_deref() else { return self.known_to.is_none() };
        self.starts().filter(|start| *start <= day).count() > self.ends().filter(|end| *end <= day).count()
    }
}

impl Dossier {
    /// What to call an entity.
    pub fn name(&self, id: &str) -> String {
        self.names.get(id).cloned().or_else(|| known_name(id)).unwrap_or_else(|| id.to_owned())
    }

    /// Its articles, whether they still stand or not, by the day on which they became known, then by publication and path.
    pub fn articles(&self) -> Vec<&Article> {
        let mut articles: Vec<&Article> = self.articles.values().collect();
        articles.sort_by_key(|a| by_day(a));
        articles
    }

    pub(super) fn named(&self, id: &str) -> Named {
        Named { id: id.to_owned(), name: self.name(id) }
    }

    /// The statements that stand at a moment.
    pub(super) fn at(&self, moment: &Moment) -> Vec<&Recorded> {
        let known = |r: &&Recorded| stands(&r.known_from, r.known_to.as_deref(), moment);
        let standing: Vec<&Recorded> = self.statements.iter().filter(known).collect();
        match &moment.as_of {
            None => standing,
            Some(day) => {
                let timed = times(&standing);
                standing.into_iter().zip(timed).filter(|(_, from)| from <= day).map(|(r, _)| r).collect()
            }
        }
    }

    /// A statement of an article; the statements are in the order of their days and articles.
    pub(super) fn first_of(&self, article: &Article) -> Option<&Recorded> {
        let key = (article.known_from.as_str(), article.id.as_str());
        let at = self.statements.partition_point(|r| (r.known_from.as_str(), r.article.0.as_str()) < key);
        self.statements.get(at).filter(|r| r.article.0 == article.id)
    }

    /// The articles that stand at a moment.
    pub(super) fn articles_at(&self, moment: &Moment) -> Vec<&Article> {
        self.articles.values().filter(|a| a.stands(moment)).collect()
    }
}

type ByDay<'a> = (&'a str, Option<&'a str>, Option<&'a str>, &'a str);

/// The order of articles: by the day on which they became known, then by publication and path.
pub(super) fn by_day(a: &Article) -> ByDay<'_> {
    (&a.known_from, a.published.as_deref(), a.path.as_deref(), &a.id)
}

fn stands(from: &str, to: Option<&str>, moment: &Moment) -> bool {
    match &moment.known_at {
        None => to.is_none(),
        Some(day) => from <= day.as_str() && to.is_none_or(|to| to > day.as_str()),
    }
}

/// Since when each statement is told as true; where nothing says it, since it is known. What an article's wordings allow together is as
/// old as the first day that one of them gives for a step as far; a prediction is as old as its telling, whatever its window.
pub(super) fn times(standing: &[&Recorded]) -> Vec<String> {
    let mut days: BTreeMap<(&str, Option<&str>), Vec<(u8, String)>> = BTreeMap::new();
    for r in standing.iter().filter(|r| r.statement.predicate == "stage" && is_dated(r)) {
        let least = r.statement.stage.map_or(0, |s| s.0);
        days.entry((&r.article.0, r.statement.subject.as_deref())).or_default().push((least, own_time(r)));
    }
    let time = |r: &&Recorded| match r.statement.predicate.as_str() {
        "prediction" => r.known_since().to_owned(),
        "reached" => {
            let least = r.statement.stage.map_or(0, |s| s.0);
            let told = days.get(&(r.article.0.as_str(), r.statement.subject.as_deref())).into_iter().flatten();
            let told = told.filter(|(rank, _)| *rank >= least && *rank > 0).map(|(_, day)| day);
            told.min().cloned().unwrap_or_else(|| own_time(r))
        }
        _ => own_time(r),
    };
    standing.iter().map(time).collect()
}

/// Whether its words give the day of a step that is told as taken.
fn is_dated(r: &Recorded) -> bool {
    r.statement.realis.as_deref() == Some("actual")
        && r.statement.valid.as_ref().is_some_and(|v| v.by == "words" && v.from.is_some())
}

/// Where a statement about a participant stands: its article, the participant, the first character.
pub(super) type Place<'a> = (&'a str, Option<&'a str>, usize);

pub(super) fn place(r: &Recorded) -> Place<'_> {
    (&r.article.0, r.statement.subject.as_deref(), r.statement.start)
}

/// The wordings by place.
pub(super) fn wordings<'a>(standing: &[&'a Recorded]) -> BTreeMap<Place<'a>, &'a Recorded> {
    standing.iter().filter(|r| r.statement.predicate == "stage").map(|r| (place(r), *r)).collect()
}

pub(super) fn own_time(r: &Recorded) -> String {
    let from = r.statement.valid.as_ref().and_then(|v| v.from.as_deref());
    from.map_or_else(|| r.known_since().to_owned(), first_day)
}

/// The identifier of a state by its name or code as people type it; anything else stays as it is.
pub fn state_id(asked: &str) -> String {
    let k = knowledge();
    let same = |a: &str| a.eq_ignore_ascii_case(asked.trim());
    let state = k.states.iter().find(|s| same(s.iso3) || same(s.name) || same(s.official_name));
    let state = state.or_else(|| k.states.iter().find(|s| s.aliases.iter().any(|a| same(a))));
    state.map_or_else(|| asked.trim().to_owned(), |s| format!("iso3:{}", s.iso3))
}

/// The name by the tables: states, persons, agreements, bodies.
pub(super) fn known_name(id: &str) -> Option<String> {
    let k = knowledge();
    let (class, bare) = id.split_once(':')?;
    match class {
        "iso3" => k.state(bare).map(|s| s.name.to_owned()),
        "person" => k.person(bare).map(|p| p.name.to_owned()),
        "agreement" => k.agreement(bare).map(|a| a.name.to_owned()),
        "org" => k.organisation(bare).map(|o| o.name.to_owned()),
        _ => None,
    }
}

/// Other names by the tables. A body answers to the name of its treaty too.
fn aliases(id: &str) -> Vec<String> {
    let k = knowledge();
    let Some((class, bare)) = id.split_once(':') else { return Vec::new() };
    let of = |a: &crate::knowledge::Agreement| a.aliases.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
    match class {
        "agreement" => k.agreement(bare).map(of).unwrap_or_default(),
        "org" => {
            let mut all: Vec<String> =
                k.organisation(bare).map(|o| o.aliases.iter().map(|s| (*s).to_owned()).collect()).unwrap_or_default();
            if let Some(agreement) = k.agreement_of(bare) {
                all.push(agreement.name.to_owned());
                all.extend(of(agreement));
            }
            all
        }
        _ => Vec::new(),
    }
}

/// The names nearest to what was typed, the nearest first.
pub(super) fn nearest(typed: &str, names: Vec<String>) -> Vec<String> {
    let typed = typed.to_lowercase();
    let mut near: Vec<(usize, String)> =
        names.into_iter().map(|name| (farness(&name.to_lowercase(), &typed), name)).collect();
    near.sort();
    near.dedup();
    near.into_iter().take(NEAREST).map(|(_, name)| name).collect()
}

/// How far a name is from what was typed; people type one word of several.
fn farness(name: &str, typed: &str) -> usize {
    let words = name.split([' ', '-', ':']).map(|word| distance(word, typed) + 1);
    words.chain([distance(name, typed)]).min().unwrap_or(0)
}

/// How many letters to change, add or leave out to get from one word to the other (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut above = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = above + usize::from(x != *y);
            above = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(above + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn near_words_are_near() {
        assert_eq!(distance("abraham", "abrahm"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert!(distance("abraham accords", "abram accord") < distance("paris agreement", "abram accord"));
    }
}
