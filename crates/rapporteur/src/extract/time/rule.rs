//! The rules of `data/en/times.tsv`: patterns compiled once, matched word by word.
//!
//! A pattern has no repetition, so a match looks at a bounded number of words: reading a text is linear in its length.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::lex::{Class, Lexeme};
use super::pattern::{Op, compile, firsts};

const TABLE: &str = include_str!("../../../../../data/en/times.tsv");

/// A pattern and what it means.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: &'static str,
    /// The words of the column, `shift document -1 day`.
    pub(super) meaning: Vec<&'static str>,
    pub(super) guard: &'static str,
    program: Vec<Op>,
    /// Whether the pattern says with brackets what of it is a time.
    bracketed: bool,
}

/// Where a rule matched.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) rule: &'static Rule,
    /// The lexemes of each time that it names; one, or two of a range. Never empty, none of them empty.
    pub(super) pieces: Vec<(usize, usize)>,
    /// The classes that took part, in text order, with their lexemes.
    pub(super) captures: Vec<(Class, usize)>,
}

impl Match {
    pub(super) fn start(&self) -> usize {
        self.pieces.first().map_or(0, |p| p.0)
    }

    pub(super) fn end(&self) -> usize {
        self.pieces.last().map_or(0, |p| p.1)
    }
}

/// All matches in a block, none overlapping another: the first, of equals the longest, of those the first of the table.
/// `accept` sees each candidate before it can win.
pub(super) fn matches(lexemes: &[Lexeme], accept: &dyn Fn(&Match) -> bool) -> Vec<Match> {
    let rules = &*RULES;
    let mut found: Vec<(usize, Match)> = Vec::new();
    for at in 0..lexemes.len() {
        let lexeme = &lexemes[at];
        let by_word = rules.by_word.get(lexeme.word.as_str()).into_iter().flatten();
        let by_class = lexeme.classes().filter_map(|c| rules.by_class.get(&c)).flatten();
        let mut tried: Vec<usize> = by_word.chain(by_class).copied().collect();
        tried.sort_unstable();
        tried.dedup();
        for number in tried {
            if let Some(m) = rules.list[number].run(lexemes, at).filter(|m| accept(m)) {
                found.push((number, m));
            }
        }
    }
    found.sort_by_key(|(number, m)| (m.start(), std::cmp::Reverse(m.end()), *number));
    let mut kept: Vec<Match> = Vec::new();
    for (_, m) in found {
        if kept.last().is_none_or(|k| k.end() <= m.start()) {
            kept.push(m);
        }
    }
    kept
}

/// The number of a word of that class.
pub(super) fn vocabulary(class: Class, word: &str) -> Option<f64> {
    WORDS.get(&class).and_then(|words| words.get(word)).copied()
}

impl Rule {
    fn run(&'static self, lexemes: &[Lexeme], at: usize) -> Option<Match> {
        let mut search = Search { rule: self, lexemes, pieces: Vec::new(), captures: Vec::new(), best: None };
        search.step(0, at);
        let (mut pieces, captures, end) = search.best?;
        if !self.bracketed {
            pieces = vec![(at, end)];
        }
        pieces.retain(|p| p.0 < p.1);
        (!pieces.is_empty()).then_some(Match { rule: self, pieces, captures })
    }
}

type Best = (Vec<(usize, usize)>, Vec<(Class, usize)>, usize);

struct Search<'l> {
    rule: &'static Rule,
    lexemes: &'l [Lexeme],
    pieces: Vec<(usize, usize)>,
    captures: Vec<(Class, usize)>,
    best: Option<Best>,
}

impl Search<'_> {
    /// Tries the program from step `pc` at lexeme `at`; the longest way through stays in `best`.
    fn step(&mut self, pc: usize, at: usize) {
        let Some(op) = self.rule.program.get(pc) else {
            if self.best.as_ref().is_none_or(|b| b.2 < at) {
                self.best = Some((self.pieces.clone(), self.captures.clone(), at));
            }
            return;
        };
        match op {
            Op::Word(word) => {
                if self.lexemes.get(at).is_some_and(|l| l.word == *word) {
                    self.step(pc + 1, at + 1);
                }
            }
            Op::Class(class) => {
                if self.lexemes.get(at).is_some_and(|l| l.value(*class).is_some()) {
                    self.captures.push((*class, at));
                    self.step(pc + 1, at + 1);
                    self.captures.pop();
                }
            }
            Op::Split(other) => {
                self.step(pc + 1, at);
                self.step(*other, at);
            }
            Op::Jump(to) => self.step(*to, at),
            Op::Open => {
                self.pieces.push((at, at));
                self.step(pc + 1, at);
                self.pieces.pop();
            }
            Op::Close => {
                let last = self.pieces.len().wrapping_sub(1);
                if let Some(piece) = self.pieces.get_mut(last) {
                    let before = piece.1;
                    piece.1 = at;
                    self.step(pc + 1, at);
                    if let Some(piece) = self.pieces.get_mut(last) {
                        piece.1 = before;
                    }
                }
            }
        }
    }
}

struct Rules {
    list: Vec<Rule>,
    by_word: BTreeMap<String, Vec<usize>>,
    by_class: BTreeMap<Class, Vec<usize>>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules = Rules { list: Vec::new(), by_word: BTreeMap::new(), by_class: BTreeMap::new() };
    for row in rows(TABLE).filter_map(|(_, r)| r).filter(|r| matches!(r.kind, "rule" | "not")) {
        let Ok(program) = compile(row.pattern, TABLE) else { continue };
        let number = rules.list.len();
        for op in firsts(&program) {
            match op {
                Op::Word(word) => rules.by_word.entry(word).or_default().push(number),
                Op::Class(class) => rules.by_class.entry(class).or_default().push(number),
                _ => {}
            }
        }
        let bracketed = program.contains(&Op::Open);
        rules.list.push(Rule {
            name: row.name,
            meaning: row.meaning.split(' ').collect(),
            guard: row.guard,
            program,
            bracketed,
        });
    }
    rules
});

type Words = BTreeMap<Class, BTreeMap<&'static str, f64>>;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::new();
    for row in rows(TABLE).filter_map(|(_, r)| r).filter(|r| r.kind == "word") {
        if let (Some(class), Ok(value)) = (Class::of(row.name), row.meaning.parse()) {
            words.entry(class).or_default().extend(row.pattern.split('|').map(|w| (w, value)));
        }
    }
    words
});

#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'t> {
    pub(super) kind: &'t str,
    pub(super) name: &'t str,
    pub(super) pattern: &'t str,
    pub(super) meaning: &'t str,
    pub(super) guard: &'t str,
}

/// The lines of a table counted from 1; `None` for one that has not its six cells.
pub(super) fn rows(table: &str) -> impl Iterator<Item = (usize, Option<Row<'_>>)> {
    let lines = table.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
    lines.map(|(i, line)| {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let row = match cells[..] {
            [kind, name, pattern, meaning, guard, _] => Some(Row { kind, name, pattern, meaning, guard }),
            _ => None,
        };
        (i + 1, row)
    })
}

/// What is wrong with the lines of a table: `data/en/times.tsv:14: ...`.
#[cfg(test)]
fn faults(table: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (line, row) in rows(table) {
        let fault = match row {
            None => Some("six cells expected".to_owned()),
            Some(row) if row.kind == "word" => match Class::of(row.name) {
                None => Some(format!("no class is called {}", row.name)),
                Some(_) if row.meaning.parse::<f64>().is_err() => Some(format!("{} is no number", row.meaning)),
                Some(_) => None,
            },
            Some(row) if row.kind == "macro" => compile(row.pattern, table).err(),
            Some(row) if matches!(row.kind, "rule" | "not") => match compile(row.pattern, table) {
                Ok(_) if !super::resolve::is_meaning(row.meaning) => {
                    Some(format!("no meaning is called {}", row.meaning))
                }
                Ok(_) if !super::guard::is_guard(row.guard) => Some(format!("no guard is called {}", row.guard)),
                other => other.err(),
            },
            Some(row) => Some(format!("no kind is called {}", row.kind)),
        };
        faults.extend(fault.map(|f| format!("data/en/times.tsv:{line}: {f}")));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_no_faults() {
        assert_eq!(faults(TABLE), Vec::<String>::new());
        assert!(RULES.list.len() >= 120, "{} rules", RULES.list.len());
    }

    #[test]
    fn a_malformed_line_is_named() {
        let table = "# x\nrule\ta\t{month} (x|y\tdate\t-\ts\nrule\tb\tx\nrule\tc\t@none x\tdate\t-\ts\nrule\td\tx\tgess\t-\ts\n\
                     rule\te\tx\tdate\tmaybe\ts\nword\tmonth\tjune\tsix\t-\ts\nrule\tf\t{moon}\tdate\t-\ts\nrule\tg\tx\tdate\t-\ts\n";
        let named: Vec<String> = faults(table);
        let lines: Vec<&str> = named.iter().filter_map(|f| f.split(": ").next()).collect();
        let expected: Vec<String> = [2, 3, 4, 5, 6, 7, 8].iter().map(|n| format!("data/en/times.tsv:{n}")).collect();
        assert_eq!(lines, expected, "{named:?}");
    }

    #[test]
    fn groups_options_and_choices() {
        let run = |pattern: &str, text: &str| -> Option<usize> {
            let rule: &'static Rule = Box::leak(Box::new(Rule {
                name: "x",
                meaning: vec![],
                guard: "-",
                program: compile(pattern, TABLE).expect("a pattern"),
                bracketed: false,
            }));
            let plain = |w: &str| {
                let model = language::Span::new(0, w.len());
                super::super::lex::plain(w, model)
            };
            let lexemes: Vec<Lexeme> = text.split(' ').map(plain).collect();
            rule.run(&lexemes, 0).map(|m| m.end())
        };
        assert_eq!(run("a (b|c d)? e", "a c d e"), Some(4));
        assert_eq!(run("a (b|c d)? e", "a e"), Some(2));
        assert_eq!(run("a (b|c d)? e", "a b d e"), None);
        assert_eq!(run("a (b c?|b)? c", "a b c"), Some(3));
        assert_eq!(run("(a|b|c) d", "c d"), Some(2));
    }
}
