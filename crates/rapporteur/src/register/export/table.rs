//! The long tables: articles, statements, quotations, events, stages; their columns, and their rows one at a time.

use serde_json::Value;

use super::snapshot::{Snapshot, Source};
use super::state::iso3;
use super::{Done, Failure};
use crate::register::statement::{Recorded, Statement, Valid};

/// One long table, one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Table {
    Articles,
    Statements,
    Quotations,
    Events,
    Stages,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    Text,
    Int,
    Bool,
    /// A full day, ISO 8601.
    Date,
    /// JSON in text.
    Json,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// In the header.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
}

/// A value in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Cell {
    /// Not known, or not for this row.
    Empty,
    Text(String),
    Int(i64),
    Bool(bool),
    /// Only where the day is full: year, month, day.
    Day(String),
}

impl Table {
    /// All, in the order of their files.
    pub const ALL: [Table; 5] = [Table::Articles, Table::Statements, Table::Quotations, Table::Events, Table::Stages];

    /// The name of its file, without what tells the format.
    pub fn name(self) -> &'static str {
        match self {
            Table::Articles => "articles",
            Table::Statements => "statements",
            Table::Quotations => "quotations",
            Table::Events => "events",
            Table::Stages => "stages",
        }
    }

    /// Its columns, in order.
    pub fn columns(self) -> Vec<Column> {
        match self {
            Table::Articles => ARTICLES.iter().map(|(column, _)| *column).collect(),
            _ => self.fields().iter().map(|field| field.column).collect(),
        }
    }

    /// The columns of a table whose rows are statements.
    fn fields(self) -> &'static [Field] {
        match self {
            Table::Articles | Table::Statements => STATEMENTS,
            Table::Quotations => QUOTATIONS,
            Table::Events => EVENTS,
            Table::Stages => STAGES,
        }
    }

    fn predicates(self) -> &'static [&'static str] {
        match self {
            Table::Articles | Table::Statements => &[],
            Table::Quotations => &["quotation"],
            Table::Events => &["event"],
            Table::Stages => &["stage"],
        }
    }
}

/// Calls for every row, withdrawn ones too (`known_to` and `rank` say so): cells in the order of the columns.
///
/// # Errors
/// Those of reading, and what the call gives.
pub fn rows(snapshot: &Snapshot<'_>, table: Table, call: &mut dyn FnMut(Vec<Cell>) -> Done) -> Done {
    if table == Table::Articles {
        for source in snapshot.articles() {
            let body = snapshot.text(source).map_err(Failure::Register)?;
            call(ARTICLES.iter().map(|(_, cell)| cell(source, &body)).collect())?;
        }
        return Ok(());
    }
    snapshot.each(table.predicates(), true, &mut |source, recorded| {
        call(table.fields().iter().map(|field| (field.cell)(source, recorded)).collect())
    })
}

/// A column with what stands in it.
#[derive(Clone, Copy)]
struct Field {
    column: Column,
    cell: fn(&Source, &Recorded) -> Cell,
}

const fn c(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

const fn f(name: &'static str, kind: Kind, cell: fn(&Source, &Recorded) -> Cell) -> Field {
    Field { column: c(name, kind), cell }
}

use Kind::{Bool, Date, Int, Json, Text};

/// A column of the articles, with what stands in it; the text apart from the article.
type OfArticle = (Column, fn(&Source, &str) -> Cell);

const ARTICLES: &[OfArticle] = &[
    (c("id", Text), |a, _| text(&a.id)),
    (c("path", Text), |a, _| some(&a.path)),
    (c("url", Text), |a, _| some(&a.url)),
    (c("outlet", Text), |a, _| some(&a.outlet)),
    (c("published", Text), |a, _| some(&a.published)),
    (c("published_date", Date), |a, _| full_day(&a.published)),
    (c("published_precision", Text), |a, _| some(&a.published_precision)),
    (c("headline", Text), |a, _| some(&a.headline)),
    (c("title", Text), |a, _| some(&a.title)),
    (c("language", Text), |a, _| some(&a.language)),
    (c("words", Int), |a, _| Cell::Int(a.words)),
    (c("main_agreement", Text), |a, _| some(&a.main_agreement)),
    (c("main_participant", Text), |a, _| some(&a.main_participant)),
    (c("silent_on", Text), |a, _| some(&a.silent_on)),
    (c("known_from", Date), |a, _| Cell::Day(a.known_from.clone())),
    (c("known_to", Date), |a, _| full_day(&a.known_to)),
    (c("gone", Json), |a, _| match a.gone.is_empty() {
        true => Cell::Empty,
        false => Cell::Text(serde_json::json!(a.gone).to_string()),
    }),
    (c("text", Text), |_, body| text(body)),
];

// Of every statement.
const ID: Field = f("id", Text, |_, r| text(&r.id));
const WORDS: Field = f("words", Text, |_, r| text(&r.statement.words));
const AGREEMENT: Field = f("agreement", Text, |_, r| some(&r.statement.agreement));
const HOLDER_KIND: Field =
    f("holder_kind", Text, |_, r| r.statement.holder.as_ref().map_or(Cell::Empty, |h| text(&h.kind)));
const HOLDER: Field = f("holder", Text, |_, r| r.statement.holder.as_ref().map_or(Cell::Empty, |h| some(&h.entity)));
const HOLDER_NAME: Field =
    f("holder_name", Text, |_, r| r.statement.holder.as_ref().map_or(Cell::Empty, |h| text(&h.name)));
const SAID_BY: Field = f("said_by", Text, |_, r| some(&r.statement.said_by));
const FACTUALITY: Field = f("factuality", Text, |_, r| some(&r.statement.factuality));
const REALIS: Field = f("realis", Text, |_, r| some(&r.statement.realis));
const STAGE_LO: Field =
    f("stage_lo", Int, |_, r| r.statement.stage.map_or(Cell::Empty, |(lo, _)| Cell::Int(lo.into())));
const STAGE_HI: Field =
    f("stage_hi", Int, |_, r| r.statement.stage.map_or(Cell::Empty, |(_, hi)| Cell::Int(hi.into())));
const SIDE: Field = f("side", Text, |_, r| some(&r.statement.side));
const OUTLET: Field = f("outlet", Text, |a, _| some(&a.outlet));
const PUBLISHED: Field = f("published", Text, |a, _| some(&a.published));
const ARTICLE: Field = f("article", Text, |_, r| text(&r.article.0));
const START: Field = f("start", Int, |_, r| number(r.statement.start));
const END: Field = f("end", Int, |_, r| number(r.statement.end));
const ORIGIN: Field = f("origin", Text, |_, r| text(&r.statement.origin.id));
const ORIGIN_KIND: Field = f("origin_kind", Text, |_, r| text(&r.statement.origin.kind));
const ORIGIN_NAME: Field = f("origin_name", Text, |_, r| text(&r.statement.origin.name));
const VALID_FROM: Field = f("valid_from", Text, |_, r| valid(r, |v| some(&v.from)));
const VALID_TO: Field = f("valid_to", Text, |_, r| valid(r, |v| some(&v.to)));
const VALID_FROM_DATE: Field = f("valid_from_date", Date, |_, r| valid(r, |v| full_day(&v.from)));
const VALID_TO_DATE: Field = f("valid_to_date", Date, |_, r| valid(r, |v| full_day(&v.to)));
const VALID_PRECISION: Field = f("valid_precision", Text, |_, r| valid(r, |v| text(&v.precision)));
const VALID_BY: Field = f("valid_by", Text, |_, r| valid(r, |v| text(&v.by)));
const KNOWN_FROM: Field = f("known_from", Date, |_, r| Cell::Day(r.known_from.clone()));
const KNOWN_TO: Field = f("known_to", Date, |_, r| full_day(&r.known_to));
const RANK: Field = f("rank", Text, |_, r| text(&r.rank));

const STATEMENTS: &[Field] = &[
    ID,
    f("predicate", Text, |_, r| text(&r.statement.predicate)),
    f("subject", Text, |_, r| some(&r.statement.subject)),
    AGREEMENT,
    f("agreement_by", Text, |_, r| some(&r.statement.agreement_by)),
    f("value", Text, |_, r| some(&r.statement.value)),
    WORDS,
    HOLDER_KIND,
    HOLDER,
    HOLDER_NAME,
    SAID_BY,
    FACTUALITY,
    REALIS,
    STAGE_LO,
    STAGE_HI,
    SIDE,
    ARTICLE,
    START,
    END,
    ORIGIN,
    ORIGIN_KIND,
    ORIGIN_NAME,
    VALID_FROM,
    VALID_TO,
    VALID_FROM_DATE,
    VALID_TO_DATE,
    VALID_PRECISION,
    VALID_BY,
    KNOWN_FROM,
    KNOWN_TO,
    RANK,
    f("rule", Text, |_, r| text(&r.statement.rule)),
    f("extractor", Text, |_, r| text(&r.extractor)),
    f("detail", Json, |_, r| json(r.statement.detail.as_ref())),
];

const QUOTATIONS: &[Field] = &[
    ID,
    HOLDER_KIND,
    HOLDER,
    HOLDER_NAME,
    f("form", Text, |_, r| some(&r.statement.value)),
    WORDS,
    f("medium", Text, |_, r| word(&r.statement, "medium")),
    f("carried_over", Bool, |_, r| {
        Cell::Bool(detail(&r.statement, "carried_over").and_then(Value::as_bool).unwrap_or(false))
    }),
    AGREEMENT,
    ORIGIN,
    ORIGIN_KIND,
    ORIGIN_NAME,
    OUTLET,
    PUBLISHED,
    ARTICLE,
    START,
    END,
    f("source_start", Int, |_, r| inside(&r.statement, "source", "start")),
    f("source_end", Int, |_, r| inside(&r.statement, "source", "end")),
    f("cue_start", Int, |_, r| inside(&r.statement, "cue", "start")),
    f("cue_end", Int, |_, r| inside(&r.statement, "cue", "end")),
    KNOWN_FROM,
    KNOWN_TO,
    RANK,
];

const EVENTS: &[Field] = &[
    ID,
    f("plover", Text, |_, r| some(&r.statement.value)),
    f("mode", Text, |_, r| word(&r.statement, "mode")),
    f("cameo", Text, |_, r| word(&r.statement, "cameo")),
    f("contexts", Json, |_, r| json(detail(&r.statement, "contexts"))),
    f("actors", Json, |_, r| json(detail(&r.statement, "actors"))),
    f("recipients", Json, |_, r| json(detail(&r.statement, "recipients"))),
    f("place", Text, |_, r| word(&r.statement, "place")),
    FACTUALITY,
    REALIS,
    HOLDER_KIND,
    HOLDER,
    HOLDER_NAME,
    WORDS,
    AGREEMENT,
    ORIGIN,
    OUTLET,
    PUBLISHED,
    ARTICLE,
    START,
    END,
    VALID_FROM,
    VALID_TO,
    VALID_FROM_DATE,
    VALID_TO_DATE,
    VALID_PRECISION,
    VALID_BY,
    KNOWN_FROM,
    KNOWN_TO,
    RANK,
];

const STAGES: &[Field] = &[
    ID,
    f("participant", Text, |_, r| some(&r.statement.subject)),
    f("iso3", Text, |_, r| r.statement.subject.as_deref().and_then(iso3).map_or(Cell::Empty, text)),
    AGREEMENT,
    f("stage", Text, |_, r| some(&r.statement.value)),
    STAGE_LO,
    STAGE_HI,
    SIDE,
    SAID_BY,
    f("binding", Bool, |_, r| detail(&r.statement, "binding").and_then(Value::as_bool).map_or(Cell::Empty, Cell::Bool)),
    HOLDER_KIND,
    HOLDER,
    HOLDER_NAME,
    FACTUALITY,
    REALIS,
    WORDS,
    ORIGIN,
    ORIGIN_KIND,
    OUTLET,
    PUBLISHED,
    ARTICLE,
    START,
    END,
    VALID_FROM,
    VALID_TO,
    VALID_FROM_DATE,
    VALID_TO_DATE,
    VALID_PRECISION,
    VALID_BY,
    KNOWN_FROM,
    KNOWN_TO,
    RANK,
];

/// Whether a date is a full day of the common era, as DATE columns hold it.
pub(super) fn is_full_day(date: &str) -> bool {
    let b = date.as_bytes();
    b.len() == 10
        && b[4] == b'-'
        && b[7] == b'-'
        && b.iter().enumerate().all(|(at, b)| at == 4 || at == 7 || b.is_ascii_digit())
}

pub(super) fn detail<'a>(s: &'a Statement, key: &str) -> Option<&'a Value> {
    s.detail.as_ref()?.get(key)
}

/// The strings of a list in the details.
pub(super) fn list<'a>(s: &'a Statement, key: &str) -> Vec<&'a str> {
    detail(s, key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn some(text: &Option<String>) -> Cell {
    text.as_ref().map_or(Cell::Empty, |t| Cell::Text(t.clone()))
}

fn full_day(date: &Option<String>) -> Cell {
    date.as_ref().filter(|d| is_full_day(d)).map_or(Cell::Empty, |d| Cell::Day(d.clone()))
}

fn word(s: &Statement, key: &str) -> Cell {
    detail(s, key).and_then(Value::as_str).map_or(Cell::Empty, text)
}

fn json(value: Option<&Value>) -> Cell {
    value.map_or(Cell::Empty, |v| Cell::Text(v.to_string()))
}

fn number(n: usize) -> Cell {
    Cell::Int(i64::try_from(n).unwrap_or(i64::MAX))
}

/// An end of a span in the details.
fn inside(s: &Statement, span: &str, end: &str) -> Cell {
    detail(s, span).and_then(|x| x.get(end)).and_then(Value::as_i64).map_or(Cell::Empty, Cell::Int)
}

fn valid(r: &Recorded, cell: fn(&Valid) -> Cell) -> Cell {
    r.statement.valid.as_ref().map_or(Cell::Empty, cell)
}
