//! Writes the tree of an expression out as steps, and reads off the tree what a match can look like.

use super::class::Class;
use super::syntax::Node;

#[derive(Debug)]
pub(super) enum Step {
    Char(char),
    Class(u16),
    /// Try the first, later the second; with a number, an unbounded repeat that remembers.
    Split(u32, u32, Option<u16>),
    Jump(u32),
    Start,
    End,
    /// The steps that follow, up to `after`, are looked at from `width` characters back if `behind`.
    Look {
        behind: bool,
        negative: bool,
        width: u32,
        after: u32,
    },
    Done,
}

/// A set of characters, exact in ASCII and all or nothing beyond.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Letters {
    pub(super) ascii: u128,
    pub(super) beyond: bool,
}

impl Letters {
    fn union(self, other: Letters) -> Letters {
        Letters { ascii: self.ascii | other.ascii, beyond: self.beyond || other.beyond }
    }

    pub(super) fn contains(self, c: char) -> bool {
        if c.is_ascii() { self.ascii >> (c as u32) & 1 == 1 } else { self.beyond }
    }
}

/// Writes a tree out as steps.
#[derive(Default)]
pub(super) struct Compiler {
    pub(super) code: Vec<Step>,
    /// How many repeats are without bound.
    pub(super) repeats: usize,
}

impl Compiler {
    pub(super) fn here(&self) -> u32 {
        self.code.len() as u32
    }

    pub(super) fn node(&mut self, node: &Node) -> Result<(), String> {
        if self.code.len() > 200_000 {
            return Err("expected a shorter expression".to_owned());
        }
        match node {
            Node::Char(c) => self.code.push(Step::Char(*c)),
            Node::Class(index) => self.code.push(Step::Class(*index)),
            Node::Concat(parts) => {
                for part in parts {
                    self.node(part)?;
                }
            }
            Node::Alt(branches) => self.alternatives(branches)?,
            Node::Repeat { node, min, max } => self.repeat(node, *min, *max)?,
            Node::Start => self.code.push(Step::Start),
            Node::End => self.code.push(Step::End),
            Node::Look { node, behind, negative } => {
                let (shortest, longest) = (shortest(node), longest(node));
                if *behind && Some(shortest) != longest {
                    return Err("expected a look-behind of fixed width".to_owned());
                }
                let at = self.code.len();
                self.code.push(Step::Done);
                self.node(node)?;
                self.code.push(Step::Done);
                let (width, after) = (shortest, self.here());
                self.code[at] = Step::Look { behind: *behind, negative: *negative, width, after };
            }
        }
        Ok(())
    }

    fn alternatives(&mut self, branches: &[Node]) -> Result<(), String> {
        let mut exits = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let is_last = index + 1 == branches.len();
            let split = self.code.len();
            if !is_last {
                self.code.push(Step::Done);
            }
            self.node(branch)?;
            if !is_last {
                exits.push(self.code.len());
                self.code.push(Step::Done);
                self.code[split] = Step::Split(split as u32 + 1, self.here(), None);
            }
        }
        for exit in exits {
            self.code[exit] = Step::Jump(self.here());
        }
        Ok(())
    }

    fn repeat(&mut self, node: &Node, min: u32, max: Option<u32>) -> Result<(), String> {
        for _ in 0..min {
            self.node(node)?;
        }
        match max {
            None => {
                let split = self.code.len();
                self.code.push(Step::Done);
                self.node(node)?;
                self.code.push(Step::Jump(split as u32));
                let repeat = u16::try_from(self.repeats).map_err(|_| "expected fewer repeats".to_owned())?;
                self.code[split] = Step::Split(split as u32 + 1, self.here(), Some(repeat));
                self.repeats += 1;
            }
            Some(max) => {
                let mut splits = Vec::new();
                for _ in min..max {
                    splits.push(self.code.len());
                    self.code.push(Step::Done);
                    self.node(node)?;
                }
                for split in splits {
                    self.code[split] = Step::Split(split as u32 + 1, self.here(), None);
                }
            }
        }
        Ok(())
    }
}

fn char_set(c: char) -> Letters {
    if c.is_ascii() { Letters { ascii: 1 << (c as u32), beyond: false } } else { Letters { ascii: 0, beyond: true } }
}

fn class_set(class: &Class) -> Letters {
    Letters { ascii: class.ascii, beyond: class.reaches_beyond_ascii() }
}

/// The first or last part of a sequence.
pub(super) fn edge(node: &Node, first: bool) -> Option<&Node> {
    match node {
        Node::Concat(parts) => {
            let part = if first { parts.first() } else { parts.last() };
            part.and_then(|part| edge(part, first))
        }
        other => Some(other),
    }
}

/// What a match can begin with.
#[derive(Default)]
pub(super) struct First {
    pub(super) ascii: u128,
    /// Characters beyond ASCII that the expression names one by one.
    pub(super) named: Vec<char>,
    /// Whether a class that reaches beyond ASCII can come first.
    pub(super) is_open: bool,
    /// Whether a match can be empty.
    pub(super) is_nullable: bool,
}

impl First {
    pub(super) fn of(node: &Node, classes: &[Class]) -> First {
        let mut first = First::default();
        first.is_nullable = first.add(node, classes);
        first
    }

    /// Adds what this part can begin with; whether it can be empty.
    fn add(&mut self, node: &Node, classes: &[Class]) -> bool {
        match node {
            Node::Char(c) if c.is_ascii() => self.ascii |= 1 << (*c as u32),
            Node::Char(c) => self.named.push(*c),
            Node::Class(index) => {
                let class = &classes[usize::from(*index)];
                self.ascii |= class.ascii;
                self.is_open |= class.reaches_beyond_ascii();
            }
            Node::Concat(parts) => return parts.iter().all(|part| self.add(part, classes)),
            Node::Alt(branches) => {
                let mut is_empty = false;
                for branch in branches {
                    is_empty |= self.add(branch, classes);
                }
                return is_empty;
            }
            Node::Repeat { node, min, .. } => return self.add(node, classes) || *min == 0,
            Node::Start | Node::End | Node::Look { .. } => return true,
        }
        false
    }
}

pub(super) fn alphabet(node: &Node, classes: &[Class]) -> Letters {
    match node {
        Node::Char(c) => char_set(*c),
        Node::Class(index) => class_set(&classes[usize::from(*index)]),
        Node::Concat(parts) | Node::Alt(parts) => {
            parts.iter().map(|part| alphabet(part, classes)).fold(Letters::default(), Letters::union)
        }
        Node::Repeat { node, .. } => alphabet(node, classes),
        Node::Start | Node::End | Node::Look { .. } => Letters::default(),
    }
}

fn shortest(node: &Node) -> u32 {
    match node {
        Node::Char(_) | Node::Class(_) => 1,
        Node::Concat(parts) => parts.iter().map(shortest).fold(0, u32::saturating_add),
        Node::Alt(branches) => branches.iter().map(shortest).min().unwrap_or(0),
        Node::Repeat { node, min, .. } => shortest(node).saturating_mul(*min),
        Node::Start | Node::End | Node::Look { .. } => 0,
    }
}

pub(super) fn longest(node: &Node) -> Option<u32> {
    match node {
        Node::Char(_) | Node::Class(_) => Some(1),
        Node::Concat(parts) => parts.iter().try_fold(0u32, |sum, part| sum.checked_add(longest(part)?)),
        Node::Alt(branches) => branches.iter().try_fold(0u32, |most, branch| Some(most.max(longest(branch)?))),
        Node::Repeat { node, max, .. } => longest(node)?.checked_mul(max.as_ref().copied()?),
        Node::Start | Node::End | Node::Look { .. } => Some(0),
    }
}

/// Whether some match might stand in a text of these ASCII characters alone. What is looked for ahead or behind must also
/// be in the text, so it counts; what must not be there does not.
pub(super) fn within(node: &Node, classes: &[Class], letters: u128) -> bool {
    match node {
        Node::Char(c) => Letters { ascii: letters, beyond: false }.contains(*c),
        Node::Class(index) => classes[usize::from(*index)].ascii & letters != 0,
        Node::Concat(parts) => parts.iter().all(|part| within(part, classes, letters)),
        Node::Alt(branches) => branches.iter().any(|branch| within(branch, classes, letters)),
        Node::Repeat { node, min, .. } => *min == 0 || within(node, classes, letters),
        Node::Start | Node::End => true,
        Node::Look { node, negative, .. } => *negative || within(node, classes, letters),
    }
}

/// ASCII characters that every match holds, as far as single characters show it.
pub(super) fn required(node: &Node) -> u128 {
    match node {
        Node::Char(c) if c.is_ascii() => 1 << (*c as u32),
        Node::Concat(parts) => parts.iter().map(required).fold(0, |all, set| all | set),
        Node::Alt(branches) => branches.iter().map(required).reduce(|all, set| all & set).unwrap_or(0),
        Node::Repeat { node, min, .. } if *min > 0 => required(node),
        _ => 0,
    }
}
