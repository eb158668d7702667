//! A long table as Parquet (format 2.x): one file, columns typed, compressed, some ten thousand rows a row group.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, GzipLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use rapporteur::register::export::{Cell, Done, Failure, Kind, Snapshot, Table, rows};

/// Rows held in memory at a time.
const GROUP: usize = 20_000;

/// The values of one column in one row group; `levels` says row by row whether there is one.
#[derive(Default)]
struct Values {
    levels: Vec<i16>,
    texts: Vec<ByteArray>,
    longs: Vec<i64>,
    days: Vec<i32>,
    bools: Vec<bool>,
}

/// Writes one table.
pub(super) fn write(snapshot: &Snapshot<'_>, table: Table, out: &mut (dyn Write + Send)) -> Done {
    let schema = Arc::new(parse_message_type(&message(table)).map_err(failed)?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::GZIP(GzipLevel::try_new(4).map_err(failed)?))
        .set_created_by(concat!("rapporteur ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(failed)?;
    let fresh = || table.columns().iter().map(|_| Values::default()).collect::<Vec<_>>();
    let mut group = fresh();
    rows(snapshot, table, &mut |cells| {
        for (values, cell) in group.iter_mut().zip(cells) {
            values.levels.push(i16::from(cell != Cell::Empty));
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => values.texts.push(ByteArray::from(text.into_bytes())),
                Cell::Int(number) => values.longs.push(number),
                Cell::Bool(yes) => values.bools.push(yes),
                Cell::Day(day) => match days(&day) {
                    Some(days) => values.days.push(days),
                    // No such day: not known.
                    None => *values.levels.last_mut().expect("just pushed") = 0,
                },
            }
        }
        if group[0].levels.len() == GROUP {
            flush(&mut writer, table, &std::mem::replace(&mut group, fresh()))?;
        }
        Ok(())
    })?;
    flush(&mut writer, table, &group)?;
    writer.close().map_err(failed)?;
    Ok(())
}

/// The schema in Parquet's own notation.
fn message(table: Table) -> String {
    let columns = table.columns().into_iter().map(|column| {
        let kind = match column.kind {
            Kind::Text | Kind::Json => ("binary", " (STRING)"),
            Kind::Int => ("int64", ""),
            Kind::Bool => ("boolean", ""),
            Kind::Date => ("int32", " (DATE)"),
        };
        format!("optional {} {}{};", kind.0, column.name, kind.1)
    });
    format!("message {} {{ {} }}", table.name(), columns.collect::<String>())
}

fn flush(writer: &mut SerializedFileWriter<&mut (dyn Write + Send)>, table: Table, group: &[Values]) -> Done {
    if group[0].levels.is_empty() {
        return Ok(());
    }
    let mut rows = writer.next_row_group().map_err(failed)?;
    for (column, values) in table.columns().iter().zip(group) {
        let Some(mut chunk) = rows.next_column().map_err(failed)? else { break };
        let levels = Some(values.levels.as_slice());
        match column.kind {
            Kind::Text | Kind::Json => chunk.typed::<ByteArrayType>().write_batch(&values.texts, levels, None),
            Kind::Int => chunk.typed::<Int64Type>().write_batch(&values.longs, levels, None),
            Kind::Bool => chunk.typed::<BoolType>().write_batch(&values.bools, levels, None),
            Kind::Date => chunk.typed::<Int32Type>().write_batch(&values.days, levels, None),
        }
        .map_err(failed)?;
        chunk.close().map_err(failed)?;
    }
    rows.close().map_err(failed)?;
    Ok(())
}

/// Days since 1970-01-01.
fn days(day: &str) -> Option<i32> {
    let day: jiff::civil::Date = day.parse().ok()?;
    let since = jiff::civil::date(1970, 1, 1).until(day).ok()?;
    Some(since.get_days())
}

fn failed(error: ParquetError) -> Failure {
    match error {
        ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
            Ok(error) => Failure::Output(*error),
            Err(inner) => Failure::Output(std::io::Error::other(inner)),
        },
        other => Failure::Output(std::io::Error::other(other)),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::path::Path;

    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use rapporteur::ingest::Article;
    use rapporteur::provenance::ArticleId;
    use rapporteur::register::export::Asked;
    use rapporteur::register::{Receipt, Received, Register, Source, Statement, Told};

    use super::*;

    /// Writes every table of a register, reads it back, and holds it to the rows, cell by cell.
    fn check(register: &Register) -> usize {
        let snapshot = Snapshot::of(register, &Asked::default()).expect("a snapshot");
        let mut number = 0;
        for table in Table::ALL {
            let place = std::env::temp_dir().join(format!(
                "rapporteur-parquet-{}-{:?}-{}",
                std::process::id(),
                std::thread::current().id(),
                table.name()
            ));
            let mut file = File::create(&place).expect("a file");
            write(&snapshot, table, &mut file).expect("written");
            let reader = SerializedFileReader::new(File::open(&place).expect("the file")).expect("Parquet");
            let _ = std::fs::remove_file(&place);
            let mut back = reader.get_row_iter(None).expect("rows");
            rows(&snapshot, table, &mut |cells| {
                let row = back.next().expect("as many rows").expect("a row");
                for ((column, cell), (name, field)) in table.columns().iter().zip(&cells).zip(row.get_column_iter()) {
                    assert_eq!(column.name, name);
                    let same = match (cell, field) {
                        (Cell::Empty, Field::Null) => true,
                        (Cell::Text(text), Field::Str(read)) => text == read,
                        (Cell::Int(number), Field::Long(read)) => number == read,
                        (Cell::Bool(yes), Field::Bool(read)) => yes == read,
                        (Cell::Day(day), Field::Date(read)) => days(day) == Some(*read),
                        _ => false,
                    };
                    assert!(same, "{}.{name}: {cell:?} came back as {field:?}", table.name());
                }
                number += 1;
                Ok(())
            })
            .expect("rows");
            assert!(back.next().is_none(), "{} has more rows than it should", table.name());
        }
        number
    }

    #[test]
    fn every_cell_comes_back() {
        let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rapporteur/tests/old/register-1.db");
        assert!(check(&Register::read(&old).expect("the register")) > 20);
        let text = "He said: \"Yes,\r\n'we' signed\" 😀 \u{201c}هذا اتفاق\u{201d}";
        let words = |start: usize, end: usize| text.chars().skip(start).take(end - start).collect::<String>();
        let told = |predicate: &str, start, end| Statement {
            predicate: predicate.to_owned(),
            subject: None,
            agreement: None,
            agreement_by: None,
            value: Some(String::new()),
            holder: None,
            said_by: None,
            factuality: None,
            realis: None,
            stage: None,
            side: None,
            start,
            end,
            words: words(start, end),
            origin: Source { id: "o".to_owned(), kind: "own_voice".to_owned(), name: String::new() },
            valid: None,
            rule: "r".to_owned(),
            detail: None,
        };
        let article = Article {
            id: ArticleId::of(text),
            path: "odd".to_owned(),
            url: None,
            outlet: None,
            language: None,
            published: None,
            headline: None,
            title: None,
            dateline: None,
            byline: None,
            text: text.to_owned(),
            blocks: Vec::new(),
            notes: Vec::new(),
        };
        let statements = vec![told("quotation", 9, 26), told("event", 28, 29), told("stage", 30, 41)];
        let told = Some(Told { statements, ..Told::default() });
        let mut register = Register::in_memory().expect("memory");
        register.append(&[Received { kind: Receipt::Article, article, told }], "2026-03-06").expect("appended");
        assert_eq!(check(&register), 1 + 3 + 3);
        let mut empty = Vec::new();
        let register = Register::in_memory().expect("memory");
        let snapshot = Snapshot::of(&register, &Asked::default()).expect("a snapshot");
        write(&snapshot, Table::Events, &mut empty).expect("an empty table is a file too");
        assert!(empty.starts_with(b"PAR1") && empty.ends_with(b"PAR1"));
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!((days("1970-01-01"), days("2026-03-06"), days("1969-12-31")), (Some(0), Some(20_518), Some(-1)));
        assert_eq!(days("2026-02-30"), None);
    }
}
