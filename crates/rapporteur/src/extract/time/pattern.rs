//! Patterns as programs: words, classes, groups, choices, options, brackets; no repetition.

use super::lex::Class;
use super::rule::rows;

/// A step of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Op {
    Word(String),
    Class(Class),
    /// Try the next step, else that one.
    Split(usize),
    Jump(usize),
    Open,
    Close,
}

/// A pattern as a program; the macros are those of the table.
pub(super) fn compile(pattern: &str, table: &str) -> Result<Vec<Op>, String> {
    let expanded = expand(pattern, table, 0)?;
    let mut program = Vec::new();
    let mut parser = Parser { tokens: words(&expanded), at: 0 };
    parser.choice(&mut program)?;
    match parser.tokens.get(parser.at) {
        Some(token) => Err(format!("{token} closes nothing")),
        None if program.is_empty() => Err("an empty pattern".to_owned()),
        None => Ok(program),
    }
}

fn expand(pattern: &str, table: &str, depth: usize) -> Result<String, String> {
    if depth > 6 {
        return Err("macros that call each other".to_owned());
    }
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find('@') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let name = &tail[..tail.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(tail.len())];
        let body = rows(table).filter_map(|(_, r)| r).find(|r| r.kind == "macro" && r.name == name);
        let body = body.ok_or_else(|| format!("no macro is called {name}"))?;
        out.push_str(&format!("({})", expand(body.pattern, table, depth + 1)?));
        rest = &tail[name.len()..];
    }
    out.push_str(rest);
    Ok(out)
}

/// The words, classes and signs of a pattern.
fn words(pattern: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for c in pattern.chars() {
        match c {
            '(' | ')' | '|' | '[' | ']' | '?' => {
                found.push(c.to_string());
                open = false;
            }
            ' ' => open = false,
            _ if open => {
                if let Some(last) = found.last_mut() {
                    last.push(c);
                }
            }
            _ => {
                found.push(c.to_string());
                open = true;
            }
        }
    }
    found
}

struct Parser {
    tokens: Vec<String>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", String::as_str)
    }

    /// `a | b | c`, up to a closing sign.
    fn choice(&mut self, program: &mut Vec<Op>) -> Result<(), String> {
        let mut ways = Vec::new();
        loop {
            let mut way = Vec::new();
            while !matches!(self.peek(), "" | ")" | "|") {
                self.item(&mut way)?;
            }
            ways.push(way);
            if self.peek() != "|" {
                break;
            }
            self.at += 1;
        }
        let last = ways.len() - 1;
        // Where each way ends: behind all that follow.
        let mut total: usize = ways.iter().enumerate().map(|(i, w)| w.len() + if i < last { 2 } else { 0 }).sum();
        total += program.len();
        for (i, way) in ways.into_iter().enumerate() {
            if i < last {
                let next = program.len() + 1 + way.len() + 1;
                program.push(Op::Split(next));
                append(program, way);
                program.push(Op::Jump(total));
            } else {
                append(program, way);
            }
        }
        Ok(())
    }

    /// A word, class, bracket or group, with the `?` behind it.
    fn item(&mut self, program: &mut Vec<Op>) -> Result<(), String> {
        let token = self.peek().to_owned();
        self.at += 1;
        let mut own = Vec::new();
        match token.as_str() {
            "(" => {
                self.choice(&mut own)?;
                if self.peek() != ")" {
                    return Err("a group that is not closed".to_owned());
                }
                self.at += 1;
            }
            "[" => own.push(Op::Open),
            "]" => own.push(Op::Close),
            "?" => return Err("a ? behind nothing".to_owned()),
            class if class.starts_with('{') => {
                let name = class.trim_matches(['{', '}']);
                own.push(Op::Class(Class::of(name).ok_or_else(|| format!("no class is called {name}"))?));
            }
            word => own.push(Op::Word(word.to_owned())),
        }
        if self.peek() == "?" {
            self.at += 1;
            let end = program.len() + 1 + own.len();
            program.push(Op::Split(end));
        }
        append(program, own);
        Ok(())
    }
}

/// Adds a program behind another: its jumps count from its own start.
fn append(program: &mut Vec<Op>, more: Vec<Op>) {
    let base = program.len();
    program.extend(more.into_iter().map(|op| match op {
        Op::Split(to) => Op::Split(to + base),
        Op::Jump(to) => Op::Jump(to + base),
        other => other,
    }));
}

/// The words and classes that a match can begin with.
pub(super) fn firsts(program: &[Op]) -> Vec<Op> {
    let mut found = Vec::new();
    let mut open = vec![0];
    let mut seen = vec![false; program.len()];
    while let Some(pc) = open.pop() {
        let Some(op) = program.get(pc) else { continue };
        if std::mem::replace(&mut seen[pc], true) {
            continue;
        }
        match op {
            Op::Split(other) => open.extend([pc + 1, *other]),
            Op::Jump(to) => open.push(*to),
            Op::Open | Op::Close => open.push(pc + 1),
            first => found.push(first.clone()),
        }
    }
    found
}
