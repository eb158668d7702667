//! The depositary's record: a table of participants in the manner of the United Nations Treaty Collection. Its acts are statements of a
//! primary source, and every claim of the news is held against them.
//!
//! The table: one row a participant, columns for signature, for the act that binds (ratification, accession `a`, acceptance `A`, approval
//! `AA`, formal confirmation `c`, succession `d`, definitive signature `s`, other consent to be bound `P`), for entry into force, and for
//! withdrawal. A column is known by the words of its heading; columns of anything else are passed over.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::super::statement::{Recorded, Source, Statement, Valid};
use super::super::write::{Mentioned, Told};
use super::dossier::own_time;
use super::participant::RecordView;
use super::{Cited, stage_words};
use crate::extract::Stage;
use crate::knowledge::{calendar, knowledge};

/// How a claim of the news stands to the depositary's record of the same day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// It tells of more than the record holds.
    Ahead,
    /// The record allows it.
    Equal,
    /// The record holds more than it allows.
    Against,
}

/// An act of one participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Act {
    /// `signature`, `consent`, `entry_into_force`, `withdrawal`.
    pub kind: &'static str,
    /// The letter behind the date.
    pub letter: Option<String>,
    /// ISO 8601, as precise as the cell.
    pub day: String,
    /// Code points of the cell in the table.
    pub start: usize,
    #[allow(missing_docs)]
    pub end: usize,
    /// The cell.
    pub words: String,
}

/// A participant and its acts, in the order of the columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Row {
    /// As printed.
    pub name: String,
    /// `iso3:KAZ`, `org:...`; `None` for a name that the tables of knowledge do not have.
    pub id: Option<String>,
    pub acts: Vec<Act>,
    start: usize,
    end: usize,
}

/// What was read of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// In the order of the table.
    pub rows: Vec<Row>,
    /// Headings of columns that say nothing of the participants' acts.
    pub passed_over: Vec<String>,
    /// Cells under a heading that counts which are no date.
    pub unread: Vec<String>,
}

/// Why a table cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// No line below the heading.
    Empty,
    /// No heading speaks of signature, of an act that binds, or of entry into force.
    NoActs,
}

/// Reads a table.
///
/// # Errors
/// Where there are no rows, or no column that counts.
pub fn depositary(text: &str) -> Result<Table, Unread> {
    let lines = cells(text);
    let Some((head, rows)) = lines.split_first() else { return Err(Unread::Empty) };
    let columns: Vec<Option<Column>> = head.iter().map(|cell| column(&cell.text)).collect();
    let named = head.iter().position(|c| is_participant(&c.text)).unwrap_or(0);
    if !columns.iter().enumerate().any(|(i, c)| c.is_some() && i != named) {
        return Err(Unread::NoActs);
    }
    if rows.is_empty() {
        return Err(Unread::Empty);
    }
    let mut table = Table::default();
    for (i, cell) in head.iter().enumerate() {
        if columns[i].is_none() && i != named && !cell.text.trim().is_empty() {
            table.passed_over.push(cell.text.trim().to_owned());
        }
    }
    for line in rows {
        let Some(first) = line.get(named).filter(|c| !c.text.trim().is_empty()) else { continue };
        let mut acts = Vec::new();
        for (cell, column) in line.iter().zip(&columns) {
            let (Some(column), false) = (column, cell.text.trim().is_empty()) else { continue };
            match dated(&cell.text) {
                Some((day, letter)) => {
                    let kind = column.kind_of(letter.as_deref());
                    let letter = letter.or_else(|| column.only.map(str::to_owned)).filter(|_| kind == "consent");
                    acts.push(Act { kind, letter, day, start: cell.start, end: cell.end, words: cell.text.clone() });
                }
                None => table.unread.push(format!("{}: {}", first.text.trim(), cell.text.trim())),
            }
        }
        let name = first.text.trim().to_owned();
        table.rows.push(Row { id: entity(&name), name, acts, start: first.start, end: first.end });
    }
    Ok(table)
}

impl Table {
    /// The statements of the table about that agreement: one an act of a participant that is known.
    pub fn told(&self, agreement: &str) -> Told {
        let mut told = Told { main_agreement: Some(agreement.to_owned()), ..Told::default() };
        for row in &self.rows {
            let Some(id) = &row.id else { continue };
            told.statements.extend(row.acts.iter().map(|act| statement(agreement, id, act)));
            let kind = if id.starts_with("iso3:") { "state" } else { "organisation" };
            told.entities.push(Mentioned {
                id: id.clone(),
                kind: kind.to_owned(),
                name: row.name.clone(),
                times: 1,
                start: row.start,
                end: row.end,
            });
        }
        told
    }
}

fn statement(agreement: &str, participant: &str, act: &Act) -> Statement {
    let (value, stage, side) = match act.kind {
        "signature" => ("signed", (5, 5), None),
        "consent" => ("ratified", (6, 7), None),
        "withdrawal" => ("in_force", (7, 7), Some("withdrawn")),
        _ => ("in_force", (7, 7), None),
    };
    let precision = ["year", "month", "day"][act.day.matches('-').count().min(2)];
    Statement {
        predicate: "stage".to_owned(),
        subject: Some(participant.to_owned()),
        agreement: Some(agreement.to_owned()),
        agreement_by: Some("article".to_owned()),
        value: Some(value.to_owned()),
        holder: None,
        said_by: None,
        factuality: Some("CT+".to_owned()),
        realis: Some("actual".to_owned()),
        stage: Some(stage),
        side: side.map(str::to_owned),
        start: act.start,
        end: act.end,
        words: act.words.clone(),
        origin: Source {
            id: "origin:depositary".to_owned(),
            kind: "depositary".to_owned(),
            name: "the depositary".to_owned(),
        },
        valid: Some(Valid {
            from: Some(act.day.clone()),
            to: None,
            precision: precision.to_owned(),
            by: "words".to_owned(),
        }),
        rule: format!("the depositary's column of {}", act.kind.replace('_', " ")),
        detail: Some(match &act.letter {
            Some(letter) => json!({ "act": act.kind, "binding": true, "letter": letter }),
            None => json!({ "act": act.kind, "binding": true }),
        }),
    }
}

/// The acts of one participant that the depositary records, by day.
#[derive(Clone, Debug, Default)]
pub(super) struct Record<'a> {
    pub(super) acts: Vec<&'a Recorded>,
}

/// By participant; empty where the register has no table for the agreement.
pub(super) fn records<'a>(standing: &[&'a Recorded]) -> BTreeMap<&'a str, Record<'a>> {
    let mut records: BTreeMap<&str, Record<'a>> = BTreeMap::new();
    for r in standing.iter().filter(|r| r.statement.predicate == "stage" && r.statement.origin.kind == "depositary") {
        if let Some(subject) = r.statement.subject.as_deref() {
            records.entry(subject).or_default().acts.push(r);
        }
    }
    for record in records.values_mut() {
        record.acts.sort_by_key(|r| (own_time(r), r.statement.stage, r.statement.start));
    }
    records
}

impl Record<'_> {
    /// What the acts up to now allow; without any: anything that no depositary records.
    pub(super) fn interval(&self) -> (u8, u8) {
        self.interval_at("9999-12-31")
    }

    fn interval_at(&self, day: &str) -> (u8, u8) {
        let until = self.acts.iter().filter(|r| own_time(r).as_str() <= day);
        until.filter_map(|r| r.statement.stage).max().unwrap_or((0, Stage::Announced as u8))
    }

    /// How a claim of that day stands to the record. `taken`: it tells of one act and says nothing of later ones, and is known since then;
    /// "signed in 1997" tells no day.
    pub(super) fn mark(&self, (lo, hi): (u8, u8), day: &str, taken: Option<&str>) -> Mark {
        let (least, most) = self.interval_at(day);
        let recorded = |r: &&Recorded, known: &str| {
            own_time(r).as_str() <= day.max(known) && r.statement.stage.is_some_and(|(rank, _)| rank == lo)
        };
        if taken.is_some_and(|known| self.acts.iter().any(|r| recorded(r, known))) {
            Mark::Equal
        } else if lo > most {
            Mark::Ahead
        } else if hi < least {
            Mark::Against
        } else {
            Mark::Equal
        }
    }

    pub(super) fn known_from(&self) -> Option<&str> {
        self.acts.iter().map(|r| r.known_since()).max()
    }

    /// The first act that brings the participant so far.
    pub(super) fn act_of(&self, lo: u8) -> Option<&Recorded> {
        self.acts.iter().find(|r| r.statement.stage.is_some_and(|(least, _)| least >= lo)).copied()
    }

    fn act(&self, kind: &str) -> Option<&Recorded> {
        self.acts.iter().find(|r| detail(r, "act") == Some(kind)).copied()
    }

    pub(super) fn letter(&self) -> Option<&'static str> {
        const LETTERS: [&str; 7] = ["a", "A", "AA", "c", "d", "s", "P"];
        let letter = self.act("consent").and_then(|r| detail(r, "letter"))?;
        LETTERS.into_iter().find(|l| *l == letter)
    }

    pub(super) fn side(&self) -> Option<String> {
        self.acts.last().and_then(|r| r.statement.side.clone())
    }

    /// "signed 7 December 1989; bound 14 February 1990 (a)".
    pub(super) fn words(&self) -> String {
        let view = self.view();
        let letter = view.letter.map(|l| format!(" {l}")).unwrap_or_default();
        let parts = [
            view.signed.map(|d| format!("signed {d}")),
            view.bound.map(|d| format!("bound {d}{letter}")),
            view.in_force.map(|d| format!("in force {d}")),
            view.left.map(|d| format!("left {d}")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { stage_words(0, 0) } else { parts.join(", ") }
    }

    pub(super) fn view(&self) -> RecordView {
        let day = |kind: &str| self.act(kind).and_then(|r| r.statement.valid.as_ref()?.from.clone());
        RecordView {
            signed: day("signature"),
            bound: day("consent"),
            letter: self.letter().map(str::to_owned),
            in_force: day("entry_into_force"),
            left: day("withdrawal"),
            cited: self.acts.iter().map(|r| Cited::of(r)).collect(),
        }
    }
}

fn detail<'a>(r: &'a Recorded, key: &str) -> Option<&'a str> {
    r.statement.detail.as_ref()?.get(key)?.as_str()
}

/// What a column records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Column {
    kind: &'static str,
    /// The letter of the only act that the heading names.
    only: Option<&'static str>,
}

impl Column {
    /// A definitive signature binds, in whatever column it stands.
    fn kind_of(self, letter: Option<&str>) -> &'static str {
        if self.kind == "signature" && letter == Some("s") { "consent" } else { self.kind }
    }
}

fn is_participant(heading: &str) -> bool {
    const NAMES: [&str; 11] = [
        "participant",
        "participants",
        "state",
        "states",
        "country",
        "party",
        "parties",
        "state party",
        "states parties",
        "contracting party",
        "signatory",
    ];
    NAMES.contains(&heading.trim().trim_start_matches('\u{feff}').to_lowercase().as_str())
}

/// By the words of the heading. Application, notification and registration are no steps on the ladder.
fn column(heading: &str) -> Option<Column> {
    const ACTS: [(&str, Option<&str>); 8] = [
        ("accession", Some("a")),
        ("acceptance", Some("A")),
        ("approval", Some("AA")),
        ("formal confirmation", Some("c")),
        ("succession", Some("d")),
        ("definitive signature", Some("s")),
        ("consent to be bound", None),
        ("participation", None),
    ];
    let lower = heading.trim().to_lowercase();
    let has = |words: &str| lower.contains(words);
    let plain = |kind| Some(Column { kind, only: None });
    if has("provisional") || lower.starts_with("notification") || has("undertaking") {
        return None;
    }
    if has("entry into force") || has("entered into force") || has("in force") || has("effective date") {
        return plain("entry_into_force");
    }
    if has("withdrawal") || has("denunciation") {
        return plain("withdrawal");
    }
    let first = lower.split(',').next().unwrap_or("").trim();
    if first.starts_with("signature") || first.starts_with("signed") || first.starts_with("date of signature") {
        return plain("signature");
    }
    let named: Vec<Option<&'static str>> = ACTS.iter().filter(|(act, _)| has(act)).map(|(_, letter)| *letter).collect();
    if has("ratifi") {
        return plain("consent");
    }
    match named[..] {
        [] => None,
        [only] => Some(Column { kind: "consent", only }),
        _ => plain("consent"),
    }
}

/// "11 Oct 1983 s", "2025-11-06", "[3 July 1998]": the day and the letter.
fn dated(cell: &str) -> Option<(String, Option<String>)> {
    let words: Vec<&str> = cell
        .split(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | ','))
        .filter(|w| !w.is_empty())
        .collect();
    let letter = |rest: &[&str]| match rest {
        [] => Some(None),
        [letter] if matches!(*letter, "a" | "A" | "AA" | "c" | "C" | "d" | "s" | "P" | "p" | "n") => {
            Some(Some((*letter).to_owned()))
        }
        _ => None,
    };
    match words.as_slice() {
        [iso, rest @ ..] if iso.contains('-') => {
            crate::knowledge::Day::first(iso)?;
            Some(((*iso).to_owned(), letter(rest)?))
        }
        [day, month, year, rest @ ..] => {
            let (day, year): (u8, u16) = (day.parse().ok()?, year.parse().ok()?);
            let month = calendar::month(&month.trim_end_matches('.').to_lowercase())?;
            if !(1..=31).contains(&day) || year < 1000 {
                return None;
            }
            Some((format!("{year:04}-{month:02}-{day:02}"), letter(rest)?))
        }
        _ => None,
    }
}

/// States and bodies by all their names in lower case; of old names the state that bears them now.
static ENTITIES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let k = knowledge();
    let mut entities = BTreeMap::new();
    for body in k.organisations.iter().filter(|o| o.state.is_none()) {
        for name in [body.name].into_iter().chain(body.aliases.iter().copied()) {
            entities.entry(name.to_lowercase()).or_insert(format!("org:{}", body.id));
        }
    }
    for state in &k.states {
        for name in [state.name, state.official_name].into_iter().chain(state.aliases.iter().copied()) {
            entities.insert(name.to_lowercase(), format!("iso3:{}", state.iso3));
        }
    }
    entities
});

/// "Iran (Islamic Republic of)", "Netherlands 4", "Viet Nam", "European Union".
fn entity(name: &str) -> Option<String> {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '*' | '†'));
    let (before, inside) = match bare.split_once(" (") {
        Some((before, inside)) => (before, inside.trim_end_matches(')')),
        None => (bare, ""),
    };
    let turned = inside.strip_suffix(" of").map(|form| format!("{form} of {before}"));
    let tries = [Some(bare.to_owned()), turned, Some(before.to_owned())];
    tries.into_iter().flatten().find_map(|name| {
        let lower = name.to_lowercase().replace('&', "and");
        ENTITIES.get(&lower).or_else(|| ENTITIES.get(lower.strip_prefix("the ")?)).cloned()
    })
}

/// A cell without its outer marks, and its code points.
#[derive(Clone, Debug, Default)]
struct Cell {
    text: String,
    start: usize,
    end: usize,
}

/// The cells of a table (RFC 4180), line by line; parted by the comma, semicolon or tab that the first line has most of.
fn cells(text: &str) -> Vec<Vec<Cell>> {
    let first = text.lines().next().unwrap_or("");
    let count = |mark: char| first.matches(mark).count();
    let mark = [',', ';', '\t'].into_iter().max_by_key(|m| (count(*m), *m == ',')).unwrap_or(',');
    let (mut lines, mut line, mut cell) = (Vec::new(), Vec::new(), Cell::default());
    let mut quoted = false;
    let mut characters = text.chars().enumerate().peekable();
    let mut end = 0;
    while let Some((at, c)) = characters.next() {
        end = at + 1;
        match c {
            '"' if quoted && characters.peek().is_some_and(|(_, next)| *next == '"') => {
                characters.next();
                cell.text.push('"');
                cell.end = at + 2;
            }
            '"' if quoted => quoted = false,
            '"' if cell.text.trim().is_empty() => {
                quoted = true;
                cell = Cell { start: at + 1, end: at + 1, ..Cell::default() };
            }
            _ if quoted => {
                cell.text.push(c);
                cell.end = at + 1;
            }
            '\u{feff}' if at == 0 => cell.start = 1,
            '\r' => {}
            _ if c == mark || c == '\n' => {
                line.push(std::mem::replace(&mut cell, Cell { start: at + 1, end: at + 1, ..Cell::default() }));
                if c == '\n' {
                    lines.push(std::mem::take(&mut line));
                }
            }
            _ => {
                if cell.text.is_empty() {
                    cell.start = at;
                }
                cell.text.push(c);
                cell.end = at + 1;
            }
        }
    }
    if !line.is_empty() || cell.end > cell.start {
        cell.end = cell.end.min(end);
        line.push(cell);
        lines.push(line);
    }
    lines.retain(|line| line.iter().any(|c| !c.text.trim().is_empty()));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "Participant,Signature,\"Ratification, Accession(a), Succession(d)\",Entry into force,Notification\n\
        Norland,3 Mar 1998,,,x\nNorway,3 Dec 1997,9 Jul 1998,1999-03-01,\n\"Iran (Islamic Republic of)\",,4 Sep 2001 a,,\n\
        Finland, ,soon,,\n";

    #[test]
    fn a_table_gives_acts_with_their_letters() {
        let table = depositary(TABLE).expect("a table");
        assert_eq!(table.passed_over, ["Notification"]);
        assert_eq!(table.unread, ["Finland: soon"]);
        let rows: Vec<(&str, Option<&str>, usize)> =
            table.rows.iter().map(|r| (r.name.as_str(), r.id.as_deref(), r.acts.len())).collect();
        let wanted = [
            ("Norland", None, 1),
            ("Norway", Some("iso3:NOR"), 3),
            ("Iran (Islamic Republic of)", Some("iso3:IRN"), 1),
            ("Finland", Some("iso3:FIN"), 0),
        ];
        assert_eq!(rows, wanted);
        let act = &table.rows[2].acts[0];
        assert_eq!((act.kind, act.letter.as_deref(), act.day.as_str()), ("consent", Some("a"), "2001-09-04"));
        for act in table.rows.iter().flat_map(|r| &r.acts) {
            let there: String = TABLE.chars().skip(act.start).take(act.end - act.start).collect();
            assert_eq!(there, act.words, "the place of the cell");
        }
    }

    #[test]
    fn headings_of_acts_count_and_others_do_not() {
        let kinds = [
            ("Signature", "signature"),
            ("Signature, Succession to signature(d)", "signature"),
            ("Accession(a), Ratification", "consent"),
            ("Definitive signature(s), Acceptance(A)", "consent"),
            ("Date of entry into force", "entry_into_force"),
            ("Denunciation", "withdrawal"),
        ];
        for (heading, kind) in kinds {
            assert_eq!(column(heading).map(|c| c.kind), Some(kind), "{heading}");
        }
        for heading in [
            "Provisional application(n)",
            "Registration Number",
            "Participant",
            "Notification under article 25",
            "Remarks",
            "",
        ] {
            assert_eq!(column(heading), None, "{heading}");
        }
        assert_eq!(column("Accession(a)").and_then(|c| c.only), Some("a"));
    }

    #[test]
    fn days_are_read_and_what_is_none_is_not() {
        assert_eq!(dated("11 Oct 1983 s"), Some(("1983-10-11".to_owned(), Some("s".to_owned()))));
        assert_eq!(dated("[3 July 1998]"), Some(("1998-07-03".to_owned(), None)));
        assert_eq!(dated("2025-11-06"), Some(("2025-11-06".to_owned(), None)));
        for cell in ["", "1481 (XV)", "17/2", "soon", "3 Brumaire 1799", "11 Oct 1983 see note"] {
            assert_eq!(dated(cell), None, "{cell}");
        }
    }

    #[test]
    fn what_is_no_table_of_participants_says_why() {
        assert_eq!(depositary(""), Err(Unread::Empty));
        assert_eq!(depositary("Participant,Signature\n"), Err(Unread::Empty));
        assert_eq!(depositary("Name,Colour\nNorway,red\n"), Err(Unread::NoActs));
    }
}
