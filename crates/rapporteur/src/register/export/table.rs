//! The long tables: articles, statements, quotations, events, stages; their columns, and their rows one at a time.

use serde_json::Value;

use super::snapshot::{Snapshot, Source};
use super::state::iso3;
use super::{Done, Failure};
use crate::register::statement::{Recorded, Statement};

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
    pub fn columns(self) -> &'static [Column] {
        match self {
            Table::Articles => ARTICLES,
            Table::Statements => STATEMENTS,
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
    let shape = |cells: Vec<Cell>| {
        assert_eq!(cells.len(), table.columns().len(), "a row of {} has another shape", table.name());
        cells
    };
    if table == Table::Articles {
        for source in snapshot.articles() {
            let text = snapshot.text(source).map_err(Failure::Register)?;
            call(shape(article(source, text)))?;
        }
        return Ok(());
    }
    snapshot.each(table.predicates(), true, &mut |source, recorded| {
        call(shape(match table {
            Table::Statements | Table::Articles => statement(recorded),
            Table::Quotations => quotation(source, recorded),
            Table::Events => event(source, recorded),
            Table::Stages => stage(source, recorded),
        }))
    })
}

const fn c(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

use Kind::{Bool, Date, Int, Json, Text};

const ARTICLES: &[Column] = &[
    c("id", Text),
    c("path", Text),
    c("url", Text),
    c("outlet", Text),
    c("published", Text),
    c("published_date", Date),
    c("published_precision", Text),
    c("headline", Text),
    c("title", Text),
    c("language", Text),
    c("words", Int),
    c("main_agreement", Text),
    c("main_participant", Text),
    c("silent_on", Text),
    c("known_from", Date),
    c("known_to", Date),
    c("text", Text),
];

fn article(a: &Source, body: String) -> Vec<Cell> {
    vec![
        text(&a.id),
        some(&a.path),
        some(&a.url),
        some(&a.outlet),
        some(&a.published),
        full_day(&a.published),
        some(&a.published_precision),
        some(&a.headline),
        some(&a.title),
        some(&a.language),
        Cell::Int(a.words),
        some(&a.main_agreement),
        some(&a.main_participant),
        some(&a.silent_on),
        Cell::Day(a.known_from.clone()),
        full_day(&a.known_to),
        Cell::Text(body),
    ]
}

const STATEMENTS: &[Column] = &[
    c("id", Text),
    c("predicate", Text),
    c("subject", Text),
    c("agreement", Text),
    c("agreement_by", Text),
    c("value", Text),
    c("words", Text),
    c("holder_kind", Text),
    c("holder", Text),
    c("holder_name", Text),
    c("said_by", Text),
    c("factuality", Text),
    c("realis", Text),
    c("stage_lo", Int),
    c("stage_hi", Int),
    c("side", Text),
    c("article", Text),
    c("start", Int),
    c("end", Int),
    c("origin", Text),
    c("origin_kind", Text),
    c("origin_name", Text),
    c("valid_from", Text),
    c("valid_to", Text),
    c("valid_from_date", Date),
    c("valid_to_date", Date),
    c("valid_precision", Text),
    c("valid_by", Text),
    c("known_from", Date),
    c("known_to", Date),
    c("rank", Text),
    c("rule", Text),
    c("extractor", Text),
    c("detail", Json),
];

fn statement(r: &Recorded) -> Vec<Cell> {
    let s = &r.statement;
    let holder = s.holder.as_ref();
    let mut cells = vec![
        text(&r.id),
        text(&s.predicate),
        some(&s.subject),
        some(&s.agreement),
        some(&s.agreement_by),
        some(&s.value),
        text(&s.words),
        holder.map_or(Cell::Empty, |h| text(&h.kind)),
        holder.map_or(Cell::Empty, |h| some(&h.entity)),
        holder.map_or(Cell::Empty, |h| text(&h.name)),
        some(&s.said_by),
        some(&s.factuality),
        some(&s.realis),
        s.stage.map_or(Cell::Empty, |(lo, _)| Cell::Int(lo.into())),
        s.stage.map_or(Cell::Empty, |(_, hi)| Cell::Int(hi.into())),
        some(&s.side),
    ];
    cells.extend(place(r));
    cells.extend([text(&s.origin.id), text(&s.origin.kind), text(&s.origin.name)]);
    cells.extend(valid(s));
    cells.extend(known(r));
    cells.extend([text(&s.rule), text(&r.extractor), json(s.detail.as_ref())]);
    cells
}

const QUOTATIONS: &[Column] = &[
    c("id", Text),
    c("holder_kind", Text),
    c("holder", Text),
    c("holder_name", Text),
    c("form", Text),
    c("words", Text),
    c("medium", Text),
    c("carried_over", Bool),
    c("agreement", Text),
    c("origin", Text),
    c("origin_kind", Text),
    c("origin_name", Text),
    c("outlet", Text),
    c("published", Text),
    c("article", Text),
    c("start", Int),
    c("end", Int),
    c("source_start", Int),
    c("source_end", Int),
    c("cue_start", Int),
    c("cue_end", Int),
    c("known_from", Date),
    c("known_to", Date),
    c("rank", Text),
];

fn quotation(a: &Source, r: &Recorded) -> Vec<Cell> {
    let s = &r.statement;
    let holder = s.holder.as_ref();
    let mut cells = vec![
        text(&r.id),
        holder.map_or(Cell::Empty, |h| text(&h.kind)),
        holder.map_or(Cell::Empty, |h| some(&h.entity)),
        holder.map_or(Cell::Empty, |h| text(&h.name)),
        some(&s.value),
        text(&s.words),
        word(s, "medium"),
        Cell::Bool(detail(s, "carried_over").and_then(Value::as_bool).unwrap_or(false)),
        some(&s.agreement),
        text(&s.origin.id),
        text(&s.origin.kind),
        text(&s.origin.name),
        some(&a.outlet),
        some(&a.published),
    ];
    cells.extend(place(r));
    for (span, end) in [("source", "start"), ("source", "end"), ("cue", "start"), ("cue", "end")] {
        let number = detail(s, span).and_then(|x| x.get(end)).and_then(Value::as_i64);
        cells.push(number.map_or(Cell::Empty, Cell::Int));
    }
    cells.extend(known(r));
    cells
}

const EVENTS: &[Column] = &[
    c("id", Text),
    c("plover", Text),
    c("mode", Text),
    c("cameo", Text),
    c("contexts", Json),
    c("actors", Json),
    c("recipients", Json),
    c("place", Text),
    c("factuality", Text),
    c("realis", Text),
    c("holder_kind", Text),
    c("holder", Text),
    c("holder_name", Text),
    c("words", Text),
    c("agreement", Text),
    c("origin", Text),
    c("outlet", Text),
    c("published", Text),
    c("article", Text),
    c("start", Int),
    c("end", Int),
    c("valid_from", Text),
    c("valid_to", Text),
    c("valid_from_date", Date),
    c("valid_to_date", Date),
    c("valid_precision", Text),
    c("valid_by", Text),
    c("known_from", Date),
    c("known_to", Date),
    c("rank", Text),
];

fn event(a: &Source, r: &Recorded) -> Vec<Cell> {
    let s = &r.statement;
    let holder = s.holder.as_ref();
    let mut cells = vec![
        text(&r.id),
        some(&s.value),
        word(s, "mode"),
        word(s, "cameo"),
        json(detail(s, "contexts")),
        json(detail(s, "actors")),
        json(detail(s, "recipients")),
        word(s, "place"),
        some(&s.factuality),
        some(&s.realis),
        holder.map_or(Cell::Empty, |h| text(&h.kind)),
        holder.map_or(Cell::Empty, |h| some(&h.entity)),
        holder.map_or(Cell::Empty, |h| text(&h.name)),
        text(&s.words),
        some(&s.agreement),
        text(&s.origin.id),
        some(&a.outlet),
        some(&a.published),
    ];
    cells.extend(place(r));
    cells.extend(valid(s));
    cells.extend(known(r));
    cells
}

const STAGES: &[Column] = &[
    c("id", Text),
    c("participant", Text),
    c("iso3", Text),
    c("agreement", Text),
    c("stage", Text),
    c("stage_lo", Int),
    c("stage_hi", Int),
    c("side", Text),
    c("said_by", Text),
    c("binding", Bool),
    c("holder_kind", Text),
    c("holder", Text),
    c("holder_name", Text),
    c("factuality", Text),
    c("realis", Text),
    c("words", Text),
    c("origin", Text),
    c("origin_kind", Text),
    c("outlet", Text),
    c("published", Text),
    c("article", Text),
    c("start", Int),
    c("end", Int),
    c("valid_from", Text),
    c("valid_to", Text),
    c("valid_from_date", Date),
    c("valid_to_date", Date),
    c("valid_precision", Text),
    c("valid_by", Text),
    c("known_from", Date),
    c("known_to", Date),
    c("rank", Text),
];

fn stage(a: &Source, r: &Recorded) -> Vec<Cell> {
    let s = &r.statement;
    let holder = s.holder.as_ref();
    let mut cells = vec![
        text(&r.id),
        some(&s.subject),
        s.subject.as_deref().and_then(iso3).map_or(Cell::Empty, text),
        some(&s.agreement),
        some(&s.value),
        s.stage.map_or(Cell::Empty, |(lo, _)| Cell::Int(lo.into())),
        s.stage.map_or(Cell::Empty, |(_, hi)| Cell::Int(hi.into())),
        some(&s.side),
        some(&s.said_by),
        detail(s, "binding").and_then(Value::as_bool).map_or(Cell::Empty, Cell::Bool),
        holder.map_or(Cell::Empty, |h| text(&h.kind)),
        holder.map_or(Cell::Empty, |h| some(&h.entity)),
        holder.map_or(Cell::Empty, |h| text(&h.name)),
        some(&s.factuality),
        some(&s.realis),
        text(&s.words),
        text(&s.origin.id),
        text(&s.origin.kind),
        some(&a.outlet),
        some(&a.published),
    ];
    cells.extend(place(r));
    cells.extend(valid(s));
    cells.extend(known(r));
    cells
}

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

fn place(r: &Recorded) -> [Cell; 3] {
    let number = |n: usize| Cell::Int(i64::try_from(n).unwrap_or(i64::MAX));
    [text(&r.article.0), number(r.statement.start), number(r.statement.end)]
}

fn valid(s: &Statement) -> [Cell; 6] {
    let Some(v) = &s.valid else { return [const { Cell::Empty }; 6] };
    [some(&v.from), some(&v.to), full_day(&v.from), full_day(&v.to), text(&v.precision), text(&v.by)]
}

fn known(r: &Recorded) -> [Cell; 3] {
    [Cell::Day(r.known_from.clone()), full_day(&r.known_to), text(&r.rank)]
}
