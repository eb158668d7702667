//! Words looked up in articles, quotations and claims.

use rusqlite::types::Value as Cell;
use rusqlite::{Row, params, params_from_iter};
use serde::Serialize;

use super::super::store::Register;
use super::dossier::{known_name, nearest};
use crate::error::{Error, ErrorKind};

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Words, all of which must occur, and "phrases" in double marks; `word*` finds its beginnings.
    pub words: String,
    /// Only what this person or body says: a name or an identifier.
    pub holder: Option<String>,
    /// Only where this entity is meant: the subject of a claim, or named in the article.
    pub state: Option<String>,
    /// Only what is about this agreement, by identifier.
    pub agreement: Option<String>,
    /// Published, else known, on this day or later.
    pub from: Option<String>,
    /// Published, else known, on this day or earlier.
    pub to: Option<String>,
    /// At most so many of articles, and so many of claims.
    pub most: usize,
}

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Hit {
    /// `article`, `quotation`, `stage`, `candidate`, `condition`, `prediction`, `assessment`.
    pub kind: String,
    pub article: String,
    pub path: Option<String>,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub known_from: String,
    pub title: Option<String>,
    /// Whose word it is.
    pub holder: Option<String>,
    pub agreement: Option<String>,
    /// Code points of the words in the article.
    pub start: usize,
    pub end: usize,
    /// The exact words.
    pub text: String,
    /// The stretches of `text` that match, code points.
    pub matches: Vec<(usize, usize)>,
}

/// How many matches are weighed against each other; of more the newest are shown.
const WEIGHED: i64 = 2_000;
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';

impl Register {
    /// Whether the register knows those whom a search is held to.
    ///
    /// # Errors
    /// `NotFound` with the nearest names, where no article gives its words to such a holder or names such a state; those of reading.
    pub fn knows_asked(&self, query: &Query) -> Result<(), Error> {
        let told = |e| self.told(e);
        let asks = |sql: &str, asked: &str| -> Result<bool, Error> {
            self.connection.prepare_cached(sql).map_err(told)?.exists([asked]).map_err(told)
        };
        let names = |sql: &str| -> Result<Vec<String>, Error> {
            let mut statement = self.connection.prepare_cached(sql).map_err(told)?;
            let rows = statement.query_map([], |row| row.get(0)).map_err(told)?;
            rows.collect::<rusqlite::Result<_>>().map_err(told)
        };
        let unknown = |what: String, near: Vec<String>| {
            let near = if near.is_empty() { String::new() } else { format!("; nearest: {}", near.join(", ")) };
            Err(Error::new(ErrorKind::NotFound, &self.place, format!("{what}{near}")))
        };
        if let Some(holder) = &query.holder
            && !asks(&format!("SELECT 1 FROM holder WHERE {}", HOLDER.replace('?', "?1")), holder)?
        {
            let all = names("SELECT DISTINCT name FROM holder WHERE kind NOT IN ('outlet', 'unknown')")?;
            return unknown(format!("no article gives words to {holder:?}"), nearest(holder, all));
        }
        if let Some(state) = &query.state
            && !asks("SELECT 1 FROM mention m JOIN term t ON t.number = m.entity WHERE t.text = ?1", state)?
            && !asks("SELECT 1 FROM stored_statement s JOIN term t ON t.number = s.subject WHERE t.text = ?1", state)?
        {
            let known = known_name(state).map(|name| format!("no article names {name} ({state})"));
            let all = names(
                "SELECT DISTINCT t.text FROM mention m JOIN term t ON t.number = m.entity WHERE t.text LIKE 'iso3:%'",
            )?;
            let all = all.into_iter().filter_map(|id| known_name(&id)).collect();
            let near = if known.is_some() { Vec::new() } else { nearest(state, all) };
            return unknown(known.unwrap_or_else(|| format!("no article names a state {state:?}")), near);
        }
        Ok(())
    }
}

/// What stands in the register and has the words, the best match first (BM25), of equals the order of adding; where more than 2,000 match,
/// the newest first. Empty where the words hold no letter or digit.
///
/// # Errors
/// Those of reading.
pub fn search(register: &Register, query: &Query) -> Result<Vec<Hit>, Error> {
    let Some(words) = matching(&query.words) else { return Ok(Vec::new()) };
    let mut hits = claims(register, query, &words)?;
    if query.holder.is_none() {
        hits.extend(articles(register, query, &words)?);
    }
    Ok(hits)
}

/// The words in the language of the index: everything quoted, so that nothing a person types is an operator.
fn matching(words: &str) -> Option<String> {
    let mut parts = Vec::new();
    for (i, piece) in words.split(['"', '“', '”', '„', '«', '»']).enumerate() {
        let is_phrase = i % 2 == 1;
        let terms: Vec<&str> = if is_phrase { vec![piece] } else { piece.split_whitespace().collect() };
        for term in terms.into_iter().filter(|t| t.chars().any(char::is_alphanumeric)) {
            let start = term.ends_with('*') && !is_phrase;
            let clean: String = term.chars().filter(|c| !c.is_control() && *c != '*').collect();
            parts.push(format!("\"{clean}\"{}", if start { "*" } else { "" }));
        }
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

struct Asked {
    conditions: Vec<String>,
    cells: Vec<Cell>,
}

impl Asked {
    fn of(words: &str) -> Asked {
        Asked { conditions: Vec::new(), cells: vec![Cell::Text(words.to_owned())] }
    }

    /// A condition on one value; `?` stands for it as often as it occurs.
    fn ask(&mut self, condition: &str, cell: &str) {
        self.cells.push(Cell::Text(cell.to_owned()));
        self.conditions.push(condition.replace('?', &format!("?{}", self.cells.len())));
    }

    fn days(&mut self, query: &Query) {
        let day = "substr(coalesce(e.published, e.day), 1, 10)";
        if let Some(from) = &query.from {
            self.ask(&format!("{day} >= ?"), from);
        }
        if let Some(to) = &query.to {
            self.ask(&format!("{day} <= ?"), to);
        }
    }

    fn all(&self) -> String {
        self.conditions.iter().map(|c| format!(" AND {c}")).collect()
    }
}

/// By rank, unless so many match that weighing them would take long.
fn order(register: &Register, table: &str, words: &Cell) -> Result<&'static str, Error> {
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ?1 LIMIT {})", WEIGHED + 1);
    let many: i64 = register.connection().query_row(&sql, [words], |row| row.get(0)).map_err(|e| register.told(e))?;
    Ok(if many > WEIGHED { "f.rowid DESC" } else { "f.rank, f.rowid" })
}

/// One by identifier, by name, or by the last words of it.
const HOLDER: &str = "(entity = ? OR lower(name) = lower(?) OR lower(name) LIKE '% ' || lower(?))";
const STATE: &str = "(SELECT number FROM term WHERE text = ?)";

fn claims(register: &Register, query: &Query, words: &str) -> Result<Vec<Hit>, Error> {
    let mut asked = Asked::of(words);
    if let Some(holder) = &query.holder {
        asked.ask(&format!("s.holder IN (SELECT number FROM holder WHERE {HOLDER})"), holder);
    }
    if let Some(state) = &query.state {
        asked.ask(&format!("(s.subject = {STATE} OR EXISTS (SELECT 1 FROM mention m WHERE m.entity = {STATE} AND m.entry = s.entry))"), state);
    }
    if let Some(agreement) = &query.agreement {
        asked.ask(&format!("s.agreement = {STATE}"), agreement);
    }
    asked.days(query);
    // CROSS JOIN: first the words, then what is asked of them; the other way round all statements of an agreement would be looked up.
    let chosen = chosen(
        register,
        "statement_search",
        &format!(
            "CROSS JOIN stored_statement s ON s.number = f.rowid JOIN entry e ON e.number = s.entry
             WHERE statement_search MATCH ?1{}
               AND EXISTS (SELECT 1 FROM article_period t JOIN entry r ON r.number = t.entry
                 WHERE t.article = s.article AND t.known_to IS NULL AND r.reading = s.entry)",
            asked.all()
        ),
        query,
        asked.cells,
    )?;
    let sql = "SELECT p.text, a.id, e.path, e.url, e.outlet, e.published, e.day, coalesce(e.title, e.headline), h.name, agr.text, s.\"start\",
           highlight(statement_search, 0, char(1), char(2))
         FROM statement_search f CROSS JOIN stored_statement s ON s.number = f.rowid JOIN entry e ON e.number = s.entry
         JOIN article a ON a.number = s.article JOIN term p ON p.number = s.predicate LEFT JOIN holder h ON h.number = s.holder
         LEFT JOIN term agr ON agr.number = s.agreement
         WHERE statement_search MATCH ?1 AND f.rowid = ?2";
    each(register, sql, words, &chosen, |row| {
        let marked: String = row.get(11)?;
        let (text, matches) = unmarked(&marked);
        hit(row, text, matches, row.get(10)?)
    })
}

fn articles(register: &Register, query: &Query, words: &str) -> Result<Vec<Hit>, Error> {
    let mut asked = Asked::of(words);
    if let Some(state) = &query.state {
        asked.ask(&format!("EXISTS (SELECT 1 FROM mention m WHERE m.entity = {STATE} AND m.entry = e.reading)"), state);
    }
    if let Some(agreement) = &query.agreement {
        asked.ask(
            &format!("(e.main_agreement = {STATE} OR a.number IN (SELECT article FROM stored_statement WHERE agreement = {STATE}))"),
            agreement,
        );
    }
    asked.days(query);
    let chosen = chosen(
        register,
        "article_search",
        &format!(
            "CROSS JOIN article a ON a.number = f.rowid CROSS JOIN article_period t ON t.article = a.number AND t.known_to IS NULL
             JOIN entry e ON e.number = t.entry WHERE article_search MATCH ?1{}",
            asked.all()
        ),
        query,
        asked.cells,
    )?;
    let sql = "SELECT 'article', a.id, e.path, e.url, e.outlet, e.published, e.day, coalesce(e.title, e.headline), NULL, ma.text, a.text,
           snippet(article_search, 1, char(1), char(2), '', 24)
         FROM article_search f CROSS JOIN article a ON a.number = f.rowid CROSS JOIN article_period t ON t.article = a.number AND t.known_to IS NULL
         JOIN entry e ON e.number = t.entry LEFT JOIN term ma ON ma.number = e.main_agreement
         WHERE article_search MATCH ?1 AND f.rowid = ?2";
    each(register, sql, words, &chosen, |row| {
        let (whole, marked): (String, String) = (row.get(10)?, row.get(11)?);
        let (text, matches) = unmarked(&marked);
        // A snippet is a stretch of the text, character for character.
        let start = whole.find(&text).map_or(0, |byte| whole[..byte].chars().count());
        hit(row, text, matches, start)
    })
}

/// The rows of an index that are shown, in their order: chosen before anything of them is marked or cut out, which takes long.
fn chosen(register: &Register, table: &str, of: &str, query: &Query, cells: Vec<Cell>) -> Result<Vec<i64>, Error> {
    let order = order(register, table, &cells[0])?;
    let sql = format!("SELECT f.rowid FROM {table} f {of} ORDER BY {order} LIMIT {}", query.most);
    let mut statement = register.connection().prepare_cached(&sql).map_err(|e| register.told(e))?;
    let rows = statement.query_map(params_from_iter(cells), |row| row.get(0)).map_err(|e| register.told(e))?;
    rows.collect::<rusqlite::Result<Vec<i64>>>().map_err(|e| register.told(e))
}

fn each(
    register: &Register,
    sql: &str,
    words: &str,
    chosen: &[i64],
    of: impl Fn(&Row<'_>) -> rusqlite::Result<Hit>,
) -> Result<Vec<Hit>, Error> {
    let mut statement = register.connection().prepare_cached(sql).map_err(|e| register.told(e))?;
    let hits = chosen.iter().map(|row| statement.query_row(params![words, row], &of));
    hits.collect::<rusqlite::Result<Vec<Hit>>>().map_err(|e| register.told(e))
}

fn hit(row: &Row<'_>, text: String, matches: Vec<(usize, usize)>, start: usize) -> rusqlite::Result<Hit> {
    Ok(Hit {
        kind: row.get(0)?,
        article: row.get(1)?,
        path: row.get::<_, Option<String>>(2)?.or(row.get(3)?),
        outlet: row.get(4)?,
        published: row.get(5)?,
        known_from: row.get(6)?,
        title: row.get(7)?,
        holder: row.get(8)?,
        agreement: row.get(9)?,
        start,
        end: start + text.chars().count(),
        text,
        matches,
    })
}

/// The text without the marks around what matches, and where these were.
fn unmarked(marked: &str) -> (String, Vec<(usize, usize)>) {
    let (mut text, mut matches, mut at, mut open) = (String::new(), Vec::new(), 0, None);
    for c in marked.chars() {
        match c {
            OPEN => open = Some(at),
            CLOSE => matches.extend(open.take().map(|from| (from, at))),
            c => {
                text.push(c);
                at += 1;
            }
        }
    }
    (text, matches)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_is_words() {
        let asked = |words: &str| matching(words);
        assert_eq!(asked("signing ceremony").as_deref(), Some("\"signing\" \"ceremony\""));
        assert_eq!(asked("\"first of many\" Trump").as_deref(), Some("\"first of many\" \"Trump\""));
        assert_eq!(asked("sign*").as_deref(), Some("\"sign\"*"));
        assert_eq!(asked("NEAR( title:x -y OR").as_deref(), Some("\"NEAR(\" \"title:x\" \"-y\" \"OR\""));
        assert_eq!(asked("“peace").as_deref(), Some("\"peace\""));
        for nothing in ["", "  ", "\"", "\"\"", "* - ()", "'"] {
            assert_eq!(asked(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn marks_come_off_and_leave_their_places() {
        assert_eq!(unmarked("a \u{1}b\u{2} c"), ("a b c".to_owned(), vec![(2, 3)]));
    }
}
