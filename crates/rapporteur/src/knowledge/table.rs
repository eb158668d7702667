//! The tables of `data/`: comment lines with `#`, then one line a row, cells between tabs, lists within a cell between `|`.

/// One row: its cells and where it stands, so that a fault can be named.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Counted from 1.
    #[cfg(test)]
    pub(super) line: usize,
    cells: Vec<&'static str>,
}

impl Row {
    /// The cell of that column, trimmed; empty past the end of the line.
    pub(super) fn text(&self, column: usize) -> &'static str {
        self.cells.get(column).map_or("", |c| c.trim())
    }

    /// The cell, or nothing where it is empty.
    pub(super) fn some(&self, column: usize) -> Option<&'static str> {
        Some(self.text(column)).filter(|c| !c.is_empty())
    }

    /// The entries of a list; none of an empty cell.
    pub(super) fn list(&self, column: usize) -> Vec<&'static str> {
        self.text(column).split('|').map(str::trim).filter(|e| !e.is_empty()).collect()
    }
}

/// A table as it lies in the binary, with the number of its columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    /// Its path from the project's root.
    #[cfg_attr(not(test), expect(dead_code, reason = "names the file in the test of the tables"))]
    pub(super) file: &'static str,
    pub(super) columns: usize,
    pub(super) text: &'static str,
}

impl Table {
    /// Its rows in order. A row with too few or too many cells is left out here and named by [`Table::faults`].
    pub(super) fn rows(self) -> impl Iterator<Item = Row> {
        self.lines().filter(move |r| r.cells.len() == self.columns && !r.text(0).is_empty())
    }

    /// What is wrong with its lines: `data/states.tsv:14: 13 cells, 14 expected`.
    #[cfg(test)]
    pub(super) fn faults(self) -> Vec<String> {
        let counted = self.lines().filter(move |r| r.cells.len() != self.columns || r.text(0).is_empty());
        counted
            .map(|r| {
                format!(
                    "{}:{}: {} cells, {} expected, the first not empty",
                    self.file,
                    r.line,
                    r.cells.len(),
                    self.columns
                )
            })
            .collect()
    }

    fn lines(self) -> impl Iterator<Item = Row> {
        self.text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty()).map(|(_i, l)| Row {
            #[cfg(test)]
            line: _i + 1,
            cells: l.split('\t').collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_short_line_is_named_and_left_out() {
        let table = Table { file: "data/x.tsv", columns: 3, text: "# a b c\nA\tx|y\t\nB\tx\n\nC\t\tz\n" };
        let firsts: Vec<_> = table.rows().map(|r| r.text(0)).collect();
        assert_eq!(firsts, ["A", "C"]);
        assert_eq!(table.rows().next().map(|r| (r.list(1), r.some(2))), Some((vec!["x", "y"], None)));
        assert_eq!(table.faults(), ["data/x.tsv:3: 2 cells, 3 expected, the first not empty"]);
    }
}
