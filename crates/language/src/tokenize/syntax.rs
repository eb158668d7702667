//! Reads the source of a Python regular expression into a tree.
//!
//! Only what spaCy's tokenizer and attribute ruler use: characters, classes, groups without capture, repeats, `^`, `$` and
//! looking around. Anything else is an error that names it, so that a model which needs more is refused, not misread.
//! Inside a class Python has no set operations: `[`, `&&`, `--` and `~~` are plain characters.

use super::class::{Class, Named};
use std::collections::HashMap;

/// One part of an expression.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Char(char),
    /// Index into the classes of the expression.
    Class(u16),
    Concat(Vec<Node>),
    Alt(Vec<Node>),
    /// Greedy; `max` none is without end.
    Repeat {
        node: Box<Node>,
        min: u32,
        max: Option<u32>,
    },
    Start,
    End,
    Look {
        node: Box<Node>,
        behind: bool,
        negative: bool,
    },
}

/// Deeper groups than this are refused: no expression of a model comes near it.
const MAX_DEPTH: u32 = 40;
/// Larger counted repeats than this are refused, since they are written out when compiled.
const MAX_REPEAT: u32 = 1000;

/// The tree of an expression and the classes it names.
pub(super) fn parse(source: &str) -> Result<(Node, Vec<Class>), String> {
    let mut parser = Parser { source, at: 0, depth: 0, classes: Vec::new(), seen: HashMap::new() };
    let node = parser.alternation()?;
    if parser.at < source.len() {
        return Err(parser.expected("the end of the expression"));
    }
    Ok((node, parser.classes))
}

struct Parser<'s> {
    source: &'s str,
    at: usize,
    depth: u32,
    classes: Vec<Class>,
    seen: HashMap<&'s str, u16>,
}

impl<'s> Parser<'s> {
    fn expected(&self, what: &str) -> String {
        let rest: String = self.source[self.at..].chars().take(12).collect();
        format!("expected {what} at byte {} of the expression, found {rest:?}", self.at)
    }

    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn alternation(&mut self) -> Result<Node, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.expected("groups nested less deeply"));
        }
        let mut branches = vec![self.sequence()?];
        while self.eat("|") {
            branches.push(self.sequence()?);
        }
        self.depth -= 1;
        Ok(if branches.len() == 1 { branches.swap_remove(0) } else { Node::Alt(branches) })
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut parts = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            if self.eat("(?u)") {
                continue; // Unicode matching is what we do anyway.
            }
            let atom = self.atom()?;
            parts.push(self.repeated(atom)?);
        }
        Ok(if parts.len() == 1 { parts.swap_remove(0) } else { Node::Concat(parts) })
    }

    fn atom(&mut self) -> Result<Node, String> {
        if self.peek() == Some('(') {
            return self.group();
        }
        if self.peek() == Some('[') {
            return self.class();
        }
        let before = self.at;
        match self.next() {
            Some('^') => Ok(Node::Start),
            Some('$') => Ok(Node::End),
            Some('\\') => match self.escape()? {
                Escaped::Char(c) => Ok(Node::Char(c)),
                Escaped::Named(named) => {
                    let class = Class::new(Vec::new(), vec![named], false);
                    Ok(Node::Class(self.keep(&self.source[before..self.at], class)?))
                }
            },
            Some(c) if !matches!(c, '.' | '*' | '+' | '?' | '{') => Ok(Node::Char(c)),
            _ => {
                self.at = before;
                Err(self.expected("a character, a class or a group"))
            }
        }
    }

    fn group(&mut self) -> Result<Node, String> {
        let kinds = [
            ("(?:", None),
            ("(?=", Some((false, false))),
            ("(?!", Some((false, true))),
            ("(?<=", Some((true, false))),
            ("(?<!", Some((true, true))),
        ];
        let Some((_, look)) = kinds.iter().find(|(opening, _)| self.eat(opening)) else {
            return Err(self.expected("a group without capture"));
        };
        let inner = self.alternation()?;
        if !self.eat(")") {
            return Err(self.expected("`)`"));
        }
        Ok(match *look {
            None => inner,
            Some((behind, negative)) => Node::Look { node: Box::new(inner), behind, negative },
        })
    }

    fn repeated(&mut self, atom: Node) -> Result<Node, String> {
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted(atom),
            _ => return Ok(atom),
        };
        self.at += 1;
        self.only_greedy()?;
        Ok(Node::Repeat { node: Box::new(atom), min, max })
    }

    fn counted(&mut self, atom: Node) -> Result<Node, String> {
        self.at += 1;
        let min = self.number()?;
        let max = if !self.eat(",") {
            Some(min)
        } else if self.peek() == Some('}') {
            None
        } else {
            Some(self.number()?)
        };
        if !self.eat("}") || max.is_some_and(|max| max < min) || min.max(max.unwrap_or(0)) > MAX_REPEAT {
            return Err(self.expected("a repeat such as `{2,5}`"));
        }
        self.only_greedy()?;
        Ok(Node::Repeat { node: Box::new(atom), min, max })
    }

    fn only_greedy(&self) -> Result<(), String> {
        match self.peek() {
            Some('?' | '+' | '*' | '{') => Err(self.expected("a greedy repeat")),
            _ => Ok(()),
        }
    }

    fn number(&mut self) -> Result<u32, String> {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let number = self.rest()[..digits].parse().map_err(|_| self.expected("a number"))?;
        self.at += digits;
        Ok(number)
    }

    fn escape(&mut self) -> Result<Escaped, String> {
        let Some(c) = self.next() else {
            return Err(self.expected("a character after `\\`"));
        };
        if let Some(named) = Named::from_letter(c) {
            return Ok(Escaped::Named(named));
        }
        let width = match c {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            'n' => return Ok(Escaped::Char('\n')),
            't' => return Ok(Escaped::Char('\t')),
            _ if c.is_alphanumeric() => {
                return Err(self.expected(&format!("an escape other than `\\{c}`")));
            }
            _ => return Ok(Escaped::Char(c)),
        };
        let code = self.rest().get(..width).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
        let code = code.ok_or_else(|| self.expected("the code of a character"))?;
        self.at += width;
        Ok(Escaped::Char(code))
    }

    fn class(&mut self) -> Result<Node, String> {
        let before = self.at;
        self.at += 1;
        let negated = self.eat("^");
        let (mut ranges, mut named) = (Vec::new(), Vec::new());
        let first = self.at;
        loop {
            if self.at > first && self.eat("]") {
                break;
            }
            let low = match self.member()? {
                Escaped::Named(set) => {
                    named.push(set);
                    continue;
                }
                Escaped::Char(c) => c,
            };
            let is_range = self.rest().starts_with('-') && !self.rest().starts_with("-]");
            if !is_range {
                ranges.push((low as u32, low as u32));
                continue;
            }
            self.at += 1;
            match self.member()? {
                Escaped::Char(high) if low <= high => ranges.push((low as u32, high as u32)),
                _ => return Err(self.expected("a range of characters that does not run backwards")),
            }
        }
        let class = Class::new(ranges, named, negated);
        Ok(Node::Class(self.keep(&self.source[before..self.at], class)?))
    }

    fn member(&mut self) -> Result<Escaped, String> {
        match self.next() {
            Some('\\') => self.escape(),
            Some(c) => Ok(Escaped::Char(c)),
            None => Err(self.expected("`]`")),
        }
    }

    /// The index of a class; a class written twice is kept once.
    fn keep(&mut self, written: &'s str, class: Class) -> Result<u16, String> {
        if let Some(&index) = self.seen.get(written) {
            return Ok(index);
        }
        let index = u16::try_from(self.classes.len()).map_err(|_| self.expected("fewer classes"))?;
        self.classes.push(class);
        self.seen.insert(written, index);
        Ok(index)
    }
}

enum Escaped {
    Char(char),
    Named(Named),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_is_named() {
        for (source, named) in [
            ("(a)", "a group without capture"),
            ("a*?", "a greedy repeat"),
            (r"\bx", "an escape other than `\\b`"),
            ("[z-a]", "run backwards"),
            ("[ab", "`]`"),
            ("a{5,2}", "a repeat such as"),
            ("x)", "the end of the expression"),
            (r"\ud800", "the code of a character"),
            (".", "a character, a class or a group"),
        ] {
            let error = parse(source).expect_err(source);
            assert!(error.contains(named), "{source}: {error}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_without_deep_recursion() {
        let source = "(?:".repeat(100_000);
        assert!(parse(&source).is_err());
    }
}
