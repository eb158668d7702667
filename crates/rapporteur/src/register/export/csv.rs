//! A long table as CSV: RFC 4180, UTF-8, header line, lines that end in CR LF.
//!
//! An empty cell is "not known"; a text without characters is `""`. A cell is quoted where it must be.

use std::io::Write;

use super::table::{Cell, Table, rows};
use super::{Done, Snapshot};

/// Writes one table.
///
/// # Errors
/// Those of reading and writing.
pub fn csv(snapshot: &Snapshot<'_>, table: Table, out: &mut dyn Write) -> Done {
    let names: Vec<&str> = table.columns().iter().map(|c| c.name).collect();
    write!(out, "{}\r\n", names.join(","))?;
    let mut record = String::new();
    rows(snapshot, table, &mut |cells| {
        record.clear();
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                record.push(',');
            }
            match cell {
                Cell::Empty => {}
                Cell::Text(text) | Cell::Day(text) => field(text, &mut record),
                Cell::Int(number) => record += &number.to_string(),
                Cell::Bool(yes) => record += if *yes { "true" } else { "false" },
            }
        }
        record += "\r\n";
        out.write_all(record.as_bytes())?;
        Ok(())
    })
}

fn field(text: &str, record: &mut String) {
    let plain = !text.is_empty()
        && !text.contains([',', '"', '\r', '\n'])
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace);
    if plain {
        record.push_str(text);
        return;
    }
    record.push('"');
    record.push_str(&text.replace('"', "\"\""));
    record.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_must_be() {
        let check = |text: &str, wanted: &str| {
            let mut record = String::new();
            field(text, &mut record);
            assert_eq!(record, wanted);
        };
        check("signed", "signed");
        check("السلام", "السلام");
        check("😀 it's", "😀 it's");
        check("", "\"\"");
        check("signed, sealed", "\"signed, sealed\"");
        check("he said \"yes\"", "\"he said \"\"yes\"\"\"");
        check("one\ntwo", "\"one\ntwo\"");
        check(" led by a space", "\" led by a space\"");
    }
}
