//! Statements read back, as of any day on which they were known.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

use rusqlite::types::Value as Cell;
use rusqlite::{CachedStatement, Connection, Row, params_from_iter};

use super::statement::{Recorded, Source, Statement, Valid, Voice};
use super::store::Register;
use crate::error::Error;
use crate::provenance::ArticleId;

/// Which statements; empty fields ask nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those about this agreement, by their words, their sentence or their article.
    pub agreement: Option<String>,
    /// Only those about this entity.
    pub subject: Option<String>,
    /// Only these kinds: `stage`, `reached`, `quotation` ...
    pub predicates: Vec<String>,
    /// Only those of one article.
    pub article: Option<ArticleId>,
    /// As the register stood at the end of this day; without it as it stands now.
    pub known_at: Option<String>,
    /// Those too that are no longer taken as they stand.
    pub withdrawn_too: bool,
}

impl Register {
    /// The statements that pass, by the day on which they became known, then by article and place; independent of the order of adding.
    ///
    /// # Errors
    /// Those of reading.
    pub fn statements(&self, filter: &Filter) -> Result<Vec<Recorded>, Error> {
        let found = self.unsorted(filter)?;
        Ok(sorted(found, |a, b| {
            let key = |r: &Recorded| (r.statement.start, r.statement.end);
            (&a.known_from, &a.article, key(a), &a.statement.predicate, &a.id).cmp(&(
                &b.known_from,
                &b.article,
                key(b),
                &b.statement.predicate,
                &b.id,
            ))
        }))
    }

    /// The same in no order, for whoever puts them in another.
    pub(super) fn unsorted(&self, filter: &Filter) -> Result<Vec<Recorded>, Error> {
        let mut conditions = vec!["1".to_owned()];
        let mut cells: Vec<Cell> = Vec::new();
        let mut ask = |condition: &str, cell: &str| {
            cells.push(Cell::Text(cell.to_owned()));
            conditions.push(condition.replace('?', &format!("?{}", cells.len())));
        };
        if let Some(agreement) = &filter.agreement {
            ask("s.agreement = (SELECT number FROM term WHERE text = ?)", agreement);
        }
        if let Some(subject) = &filter.subject {
            ask("s.subject = (SELECT number FROM term WHERE text = ?)", subject);
        }
        if let Some(article) = &filter.article {
            ask("s.article = (SELECT number FROM article WHERE id = ?)", &article.0);
        }
        if !filter.predicates.is_empty() {
            let known: Vec<String> = filter
                .predicates
                .iter()
                .map(|predicate| {
                    cells.push(Cell::Text(predicate.clone()));
                    format!("(SELECT number FROM term WHERE text = ?{})", cells.len())
                })
                .collect();
            conditions.push(format!("s.predicate IN ({})", known.join(", ")));
        }
        // When an article stood, words and identifiers are looked up once each, not once a statement.
        let sql = format!("SELECT {NUMBERS} FROM stored_statement s WHERE {}", conditions.join(" AND "));
        let read = || -> rusqlite::Result<Vec<Recorded>> {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut looked_up = LookedUp::of(&self.connection)?;
            let mut rows = statement.query(params_from_iter(cells))?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                for period in looked_up.periods(row.get(1)?, row.get(2)?, filter)? {
                    found.push(looked_up.recorded(row, period)?);
                }
            }
            Ok(found)
        };
        read().map_err(|e| self.told(e))
    }
}

/// Statements in an order; each, being large, is moved once.
pub(super) fn sorted(found: Vec<Recorded>, order: impl Fn(&Recorded, &Recorded) -> Ordering) -> Vec<Recorded> {
    let mut places: Vec<usize> = (0..found.len()).collect();
    places.sort_by(|&a, &b| order(&found[a], &found[b]));
    let mut found: Vec<Option<Recorded>> = found.into_iter().map(Some).collect();
    places.into_iter().filter_map(|at| found[at].take()).collect()
}

const NUMBERS: &str = "s.digest, s.article, s.entry, s.extractor, s.predicate, s.subject, s.agreement, s.agreement_by, \
    s.value, s.holder, s.said_by, s.factuality, s.realis, s.stage_lo, s.stage_hi, s.side, s.\"start\", s.\"end\", s.origin, \
    s.valid_from, s.valid_to, s.valid_precision, s.valid_by, s.rule, s.detail";

/// What the numbers of statements stand for, each looked up once.
struct LookedUp<'c> {
    term: CachedStatement<'c>,
    holder: CachedStatement<'c>,
    origin: CachedStatement<'c>,
    article: CachedStatement<'c>,
    period: CachedStatement<'c>,
    terms: Held<String>,
    holders: Held<Voice>,
    origins: Held<Source>,
    articles: Held<Text>,
    periods: Held<Vec<Period>>,
}

/// By number.
type Held<T> = HashMap<i64, T, BuildHasherDefault<Spread>>;

/// Spreads numbers of rows over a table; they come from our own file, where nobody chooses them.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_i64(i64::from(*byte)));
    }

    fn write_i64(&mut self, number: i64) {
        let mixed = (self.0 ^ number.cast_unsigned()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }
}

/// A time in which an article was taken as it stands, and the entry whose statements held.
#[derive(Clone)]
struct Period {
    from: String,
    to: Option<String>,
    reading: i64,
}

impl<'c> LookedUp<'c> {
    fn of(connection: &'c Connection) -> rusqlite::Result<LookedUp<'c>> {
        Ok(LookedUp {
            term: connection.prepare_cached("SELECT text FROM term WHERE number = ?1")?,
            holder: connection.prepare_cached("SELECT kind, entity, name FROM holder WHERE number = ?1")?,
            origin: connection.prepare_cached("SELECT id, kind, name FROM origin WHERE number = ?1")?,
            article: connection.prepare_cached("SELECT id, text FROM article WHERE number = ?1")?,
            period: connection.prepare_cached(
                "SELECT t.known_from, t.known_to, r.reading FROM article_period t JOIN entry r ON r.number = t.entry WHERE t.article = ?1",
            )?,
            terms: Held::default(),
            holders: Held::default(),
            origins: Held::default(),
            articles: Held::default(),
            periods: Held::default(),
        })
    }

    /// The times that are asked for, of those in which the statements of an entry held for its article.
    fn periods(&mut self, article: i64, entry: i64, filter: &Filter) -> rusqlite::Result<Vec<Period>> {
        let all = match self.periods.entry(article) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let period = |row: &Row<'_>| Ok(Period { from: row.get(0)?, to: row.get(1)?, reading: row.get(2)? });
                place.insert(self.period.query_map([article], period)?.collect::<rusqlite::Result<_>>()?)
            }
        };
        let asked = |p: &&Period| {
            let known = filter.known_at.as_deref().is_none_or(|day| p.from.as_str() <= day);
            let over = p.to.as_deref().is_some_and(|to| filter.known_at.as_deref().is_none_or(|day| to <= day));
            p.reading == entry && known && (filter.withdrawn_too || !over)
        };
        Ok(all.iter().filter(asked).cloned().collect())
    }

    fn term(&mut self, number: Option<i64>) -> rusqlite::Result<Option<String>> {
        let Some(number) = number else { return Ok(None) };
        let text = match self.terms.entry(number) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(self.term.query_row([number], |row| row.get(0))?),
        };
        Ok(Some(text.clone()))
    }

    fn word(&mut self, number: i64) -> rusqlite::Result<String> {
        Ok(self.term(Some(number))?.unwrap_or_default())
    }

    fn holder(&mut self, number: Option<i64>) -> rusqlite::Result<Option<Voice>> {
        let Some(number) = number else { return Ok(None) };
        let voice = match self.holders.entry(number) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(self.holder.query_row([number], |row| {
                let entity: String = row.get(1)?;
                Ok(Voice { kind: row.get(0)?, entity: Some(entity).filter(|e| !e.is_empty()), name: row.get(2)? })
            })?),
        };
        Ok(Some(voice.clone()))
    }

    fn origin(&mut self, number: i64) -> rusqlite::Result<Source> {
        let origin = match self.origins.entry(number) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(
                self.origin
                    .query_row([number], |row| Ok(Source { id: row.get(0)?, kind: row.get(1)?, name: row.get(2)? }))?,
            ),
        };
        Ok(origin.clone())
    }

    /// The identifier of an article, and its words from one code point to another.
    fn words(&mut self, article: i64, start: usize, end: usize) -> rusqlite::Result<(String, String)> {
        let text = match self.articles.entry(article) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                place.insert(self.article.query_row([article], |row| Ok(Text::of(row.get(0)?, row.get(1)?)))?)
            }
        };
        Ok((text.id.clone(), text.between(start, end).to_owned()))
    }

    /// A row of [`NUMBERS`], as it stood in that time.
    fn recorded(&mut self, row: &Row<'_>, stood: Period) -> rusqlite::Result<Recorded> {
        let digest: i64 = row.get(0)?;
        let (start, end) = (row.get(16)?, row.get(17)?);
        let (article, words) = self.words(row.get(1)?, start, end)?;
        let origin = self.origin(row.get(18)?)?;
        let valid = match self.term(row.get(21)?)? {
            Some(precision) => Some(Valid {
                from: row.get(19)?,
                to: row.get(20)?,
                precision,
                by: self.term(row.get(22)?)?.unwrap_or_default(),
            }),
            None => None,
        };
        Ok(Recorded {
            id: format!("{article}-{digest:012x}"),
            article: ArticleId(article),
            known_from: stood.from,
            rank: rank(stood.to.as_deref(), &origin).to_owned(),
            known_to: stood.to,
            extractor: self.word(row.get(3)?)?,
            first: None,
            statement: Statement {
                predicate: self.word(row.get(4)?)?,
                subject: self.term(row.get(5)?)?,
                agreement: self.term(row.get(6)?)?,
                agreement_by: self.term(row.get(7)?)?,
                value: self.term(row.get(8)?)?,
                holder: self.holder(row.get(9)?)?,
                said_by: self.term(row.get(10)?)?,
                factuality: self.term(row.get(11)?)?,
                realis: self.term(row.get(12)?)?,
                stage: row.get::<_, Option<u8>>(13)?.zip(row.get::<_, Option<u8>>(14)?),
                side: self.term(row.get(15)?)?,
                start,
                end,
                words,
                origin,
                valid,
                rule: self.word(row.get(23)?)?,
                detail: detail(row, 24)?,
            },
        })
    }
}

/// A text in which code points are found without counting from its beginning.
struct Text {
    id: String,
    text: String,
    /// The byte of every [`STEP`]th code point.
    marks: Vec<usize>,
}

const STEP: usize = 64;

impl Text {
    fn of(id: String, text: String) -> Text {
        let marks = text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect();
        Text { id, text, marks }
    }

    fn byte(&self, at: usize) -> usize {
        let Some(&from) = self.marks.get(at / STEP) else { return self.text.len() };
        self.text[from..].char_indices().nth(at % STEP).map_or(self.text.len(), |(byte, _)| from + byte)
    }

    /// The words between two code points; shorter where the text ends before.
    fn between(&self, start: usize, end: usize) -> &str {
        self.text.get(self.byte(start)..self.byte(end)).unwrap_or_default()
    }
}

fn rank(known_to: Option<&str>, origin: &Source) -> &'static str {
    match known_to {
        Some(_) => "deprecated",
        None if origin.kind == "depositary" => "preferred",
        None => "normal",
    }
}

fn detail(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<serde_json::Value>> {
    Ok(row.get_ref(at)?.as_str_or_null()?.and_then(|detail| serde_json::from_str(detail).ok()))
}

pub(super) const COLUMNS: &str = "s.digest, a.id, t.known_from, t.known_to, x.text, p.text, sub.text, agr.text, agb.text, val.text, h.kind, h.entity, \
    h.name, sb.text, f.text, re.text, s.stage_lo, s.stage_hi, si.text, s.\"start\", s.\"end\", \
    substr(a.text, s.\"start\" + 1, s.\"end\" - s.\"start\"), o.id, o.kind, o.name, s.valid_from, s.valid_to, vp.text, vb.text, ru.text, s.detail";

pub(super) const JOINS: &str = "JOIN term p ON p.number = s.predicate JOIN origin o ON o.number = s.origin JOIN term ru ON ru.number = s.rule \
    JOIN term x ON x.number = s.extractor LEFT JOIN holder h ON h.number = s.holder LEFT JOIN term sub ON sub.number = s.subject \
    LEFT JOIN term agr ON agr.number = s.agreement LEFT JOIN term agb ON agb.number = s.agreement_by \
    LEFT JOIN term val ON val.number = s.value LEFT JOIN term sb ON sb.number = s.said_by LEFT JOIN term f ON f.number = s.factuality \
    LEFT JOIN term re ON re.number = s.realis LEFT JOIN term si ON si.number = s.side LEFT JOIN term vp ON vp.number = s.valid_precision \
    LEFT JOIN term vb ON vb.number = s.valid_by";

/// A row of [`COLUMNS`].
pub(super) fn recorded(row: &Row<'_>) -> rusqlite::Result<Recorded> {
    let digest: i64 = row.get(0)?;
    let article: String = row.get(1)?;
    let known_to: Option<String> = row.get(3)?;
    let text = |at: usize| row.get::<_, Option<String>>(at);
    let holder = text(10)?.map(|kind| -> rusqlite::Result<Voice> {
        Ok(Voice { kind, entity: text(11)?.filter(|e| !e.is_empty()), name: text(12)?.unwrap_or_default() })
    });
    let origin = Source { id: row.get(22)?, kind: row.get(23)?, name: row.get(24)? };
    let valid = match text(27)? {
        Some(precision) => Some(Valid { from: text(25)?, to: text(26)?, precision, by: text(28)?.unwrap_or_default() }),
        None => None,
    };
    Ok(Recorded {
        id: format!("{article}-{digest:012x}"),
        article: ArticleId(article),
        known_from: row.get(2)?,
        rank: rank(known_to.as_deref(), &origin).to_owned(),
        known_to,
        extractor: row.get(4)?,
        first: None,
        statement: Statement {
            predicate: row.get(5)?,
            subject: text(6)?,
            agreement: text(7)?,
            agreement_by: text(8)?,
            value: text(9)?,
            holder: holder.transpose()?,
            said_by: text(13)?,
            factuality: text(14)?,
            realis: text(15)?,
            stage: row.get::<_, Option<u8>>(16)?.zip(row.get::<_, Option<u8>>(17)?),
            side: text(18)?,
            start: row.get(19)?,
            end: row.get(20)?,
            words: row.get(21)?,
            origin,
            valid,
            rule: row.get(29)?,
            detail: detail(row, 30)?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::{STEP, Text};

    #[test]
    fn words_are_cut_by_code_points_wherever_the_marks_fall() {
        let text: String = "“Ägypten” tritt 2025 bei – sagt er. ".chars().cycle().take(3 * STEP).collect();
        let held = Text::of(String::new(), text.clone());
        for start in 0..=text.chars().count() {
            for length in [0, 1, 7, STEP, 2 * STEP] {
                let wanted: String = text.chars().skip(start).take(length).collect();
                assert_eq!(held.between(start, start + length), wanted, "{start} {length}");
            }
        }
        assert_eq!(Text::of(String::new(), String::new()).between(0, 3), "");
        assert_eq!(held.between(5, 2), "");
    }
}
