//! Statements read back, as of any day on which they were known.

use rusqlite::types::Value as Cell;
use rusqlite::{Row, params_from_iter};

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
            let list = filter.predicates.join(" ");
            ask("s.predicate IN (SELECT number FROM term WHERE instr(' ' || ? || ' ', ' ' || text || ' '))", &list);
        }
        let mut outer = vec!["1".to_owned()];
        if let Some(day) = &filter.known_at {
            cells.push(Cell::Text(day.clone()));
            let at = cells.len();
            outer.push(format!("t.known_from <= ?{at}"));
            if !filter.withdrawn_too {
                outer.push(format!("(t.known_to IS NULL OR t.known_to > ?{at})"));
            }
        } else if !filter.withdrawn_too {
            outer.push("t.known_to IS NULL".to_owned());
        }
        let sql = format!(
            "WITH chosen AS MATERIALIZED (SELECT s.* FROM stored_statement s WHERE {}),
               period AS MATERIALIZED (SELECT p.*, r.reading FROM article_period p JOIN entry r ON r.number = p.entry
                 WHERE p.article IN (SELECT article FROM chosen))
             SELECT {COLUMNS} FROM chosen s
             JOIN period t ON t.article = s.article AND t.reading = s.entry
             JOIN article a ON a.number = s.article {JOINS}
             WHERE {} ORDER BY t.known_from, a.id, s.\"start\", s.\"end\", p.text, s.digest",
            conditions.join(" AND "),
            outer.join(" AND "),
        );
        let mut statement = self.connection.prepare(&sql).map_err(|e| self.told(e))?;
        let rows = statement.query_map(params_from_iter(cells), recorded).map_err(|e| self.told(e))?;
        rows.collect::<rusqlite::Result<Vec<Recorded>>>().map_err(|e| self.told(e))
    }
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
    let rank = match known_to {
        Some(_) => "deprecated",
        None if origin.kind == "depositary" => "preferred",
        None => "normal",
    };
    Ok(Recorded {
        id: format!("{article}-{digest:012x}"),
        article: ArticleId(article),
        known_from: row.get(2)?,
        known_to,
        rank: rank.to_owned(),
        extractor: row.get(4)?,
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
            detail: text(30)?.and_then(|d| serde_json::from_str(&d).ok()),
        },
    })
}
