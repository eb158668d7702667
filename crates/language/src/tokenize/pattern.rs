//! Python regular expressions, matched as Python's `re` matches them: leftmost, the first alternative that fits, greedy.
//!
//! A ready-made engine would have to compile the tokenizer's classes of thousands of characters into automata at every
//! start (tens of milliseconds), reads `[` and `--` inside a class in another way, and gives up on long input. This one
//! walks the alternatives whose first character fits. Every unbounded repeat remembers the places from which it has
//! failed, so a search is linear in the text however it is written; nothing recurses with the text.

use super::class::Class;
use super::syntax::{Node, parse};

/// A compiled expression.
#[derive(Debug)]
pub(crate) struct Pattern {
    tree: Node,
    classes: Vec<Class>,
    code: Vec<Step>,
    /// The top-level alternatives in the order in which they are tried.
    branches: Vec<Branch>,
    /// For each ASCII character, the alternatives that can begin with it; the last entry: with anything else, or with nothing.
    by_first: Vec<Vec<u16>>,
    repeats: usize,
    begins_at_start: bool,
}

/// What a search needs to remember; keep one and lend it to every search.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    stack: Vec<(u32, u32)>,
    /// One bit per unbounded repeat and place of the text: entered before. All zero between searches.
    entered: Vec<u64>,
    marks: Vec<usize>,
}

#[derive(Debug)]
enum Step {
    Char(char),
    Class(u16),
    /// Try the first, later the second; with a number, an unbounded repeat that remembers.
    Split(u32, u32, Option<u16>),
    Jump(u32),
    Start,
    End,
    /// The steps that follow, up to `after`, are looked at from `width` characters back if `behind`.
    Look { behind: bool, negative: bool, width: u32, after: u32 },
    Done,
}

#[derive(Debug)]
struct Branch {
    entry: u32,
    /// The longest match in characters; none when there is no bound.
    longest: Option<u32>,
    /// Which characters a match can hold, when there is no bound.
    alphabet: Letters,
    begins_at_start: bool,
    stops_at_end: bool,
}

/// A set of characters, exact in ASCII and all or nothing beyond.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Letters {
    pub(crate) ascii: u128,
    pub(crate) beyond: bool,
}

impl Letters {
    fn union(self, other: Letters) -> Letters {
        Letters { ascii: self.ascii | other.ascii, beyond: self.beyond || other.beyond }
    }

    fn contains(self, c: char) -> bool {
        if c.is_ascii() { self.ascii >> (c as u32) & 1 == 1 } else { self.beyond }
    }
}

impl Pattern {
    /// Compiles an expression. The error says what was expected where.
    pub(crate) fn new(source: &str) -> Result<Pattern, String> {
        let (tree, classes) = parse(source)?;
        let mut compiler = Compiler { code: Vec::new(), repeats: 0 };
        let mut branches = Vec::new();
        let alternatives = match &tree {
            Node::Alt(alternatives) => alternatives.as_slice(),
            single => std::slice::from_ref(single),
        };
        let mut by_first = vec![Vec::new(); 129];
        for (index, node) in alternatives.iter().enumerate() {
            let entry = compiler.here();
            compiler.node(node)?;
            compiler.code.push(Step::Done);
            let (first, nullable) = first(node, &classes);
            let index = u16::try_from(index).map_err(|_| "expected fewer alternatives".to_owned())?;
            for (c, list) in by_first.iter_mut().enumerate() {
                let fits = if c < 128 { first.ascii >> c & 1 == 1 } else { first.beyond };
                if fits || nullable {
                    list.push(index);
                }
            }
            branches.push(Branch {
                entry,
                longest: longest(node),
                alphabet: alphabet(node, &classes),
                begins_at_start: matches!(edge(node, true), Some(Node::Start)),
                stops_at_end: matches!(edge(node, false), Some(Node::End)),
            });
        }
        let (code, repeats) = (compiler.code, compiler.repeats);
        let begins_at_start = branches.iter().all(|branch| branch.begins_at_start);
        Ok(Pattern { tree, classes, code, branches, by_first, repeats, begins_at_start })
    }

    /// Whether every match begins at the start of the text.
    pub(crate) fn begins_at_start(&self) -> bool {
        self.begins_at_start
    }

    /// Whether every match stops at the end of the text.
    pub(crate) fn stops_at_end(&self) -> bool {
        self.branches.iter().all(|branch| branch.stops_at_end)
    }

    /// False only when no text made of these characters alone can hold a match.
    pub(crate) fn can_match_within(&self, letters: u128) -> bool {
        within(&self.tree, &self.classes, letters)
    }

    /// An ASCII character that every match holds, if the expression shows one.
    pub(crate) fn needed(&self) -> Option<u8> {
        let set = required(&self.tree);
        (set != 0).then(|| set.trailing_zeros() as u8)
    }

    /// The end of the match that begins at byte `at`, as `re.match` on the whole text would give it there.
    pub(crate) fn match_at(&self, text: &str, at: usize, memory: &mut Memory) -> Option<usize> {
        let end = self.attempt(text, at, memory);
        forget(memory);
        end
    }

    /// The leftmost match at or after byte `from`, as bytes.
    pub(crate) fn search(&self, text: &str, from: usize, memory: &mut Memory) -> Option<(usize, usize)> {
        let mut at = from;
        let mut found = None;
        loop {
            if let Some(end) = self.attempt(text, at, memory) {
                found = Some((at, end));
                break;
            }
            match text[at..].chars().next() {
                Some(c) if !self.begins_at_start => at += c.len_utf8(),
                _ => break,
            }
        }
        forget(memory);
        found
    }

    /// The leftmost match of an expression that stops at the end of the text, as bytes.
    ///
    /// Looks only where a match can begin: as far back as the longest alternative, or through the trailing characters that
    /// an alternative without bound can hold. So cutting one suffix after another does not read the text again each time.
    pub(crate) fn search_to_end(&self, text: &str, memory: &mut Memory) -> Option<(usize, usize)> {
        let last = text.chars().next_back()?;
        let mut starts = text.len();
        for branch in &self.branches {
            let mut start = text.len();
            match branch.longest {
                // One more, since `$` also matches before a line break that ends the text.
                Some(longest) => {
                    for c in text.chars().rev().take(longest as usize + usize::from(last == '\n')) {
                        start -= c.len_utf8();
                    }
                }
                None => {
                    let letters = branch.alphabet;
                    for c in text.chars().rev().take_while(|&c| c == '\n' || letters.contains(c)) {
                        start -= c.len_utf8();
                    }
                }
            }
            starts = starts.min(start);
        }
        let mut at = starts;
        let mut found = None;
        while let Some(c) = text[at..].chars().next() {
            if let Some(end) = self.attempt(text, at, memory) {
                found = Some((at, end));
                break;
            }
            at += c.len_utf8();
        }
        forget(memory);
        found
    }

    fn attempt(&self, text: &str, at: usize, memory: &mut Memory) -> Option<usize> {
        let first = text.as_bytes().get(at).map_or(128, |&byte| usize::from(byte).min(128));
        for &index in &self.by_first[first] {
            let branch = &self.branches[usize::from(index)];
            if branch.begins_at_start && at > 0 {
                continue;
            }
            if let Some(end) = self.run(branch.entry, text, at, Some(memory)) {
                return Some(end);
            }
        }
        None
    }

    /// Walks the steps from `entry` at byte `at`; the end of the match. `memory` is none when looking around.
    fn run(&self, entry: u32, text: &str, at: usize, memory: Option<&mut Memory>) -> Option<usize> {
        let mut own = Memory::default();
        let (memory, remembers) = match memory {
            Some(memory) => (memory, true),
            None => (&mut own, false),
        };
        memory.stack.clear();
        let (mut step, mut at) = (entry as usize, at);
        loop {
            let goes_on = match self.code[step] {
                Step::Char(expected) => match text[at..].chars().next() {
                    Some(c) if c == expected => {
                        at += c.len_utf8();
                        step += 1;
                        true
                    }
                    _ => false,
                },
                Step::Class(index) => match text[at..].chars().next() {
                    Some(c) if self.classes[usize::from(index)].contains(c) => {
                        at += c.len_utf8();
                        step += 1;
                        true
                    }
                    _ => false,
                },
                Step::Split(first, second, repeat) => {
                    let seen = match repeat {
                        Some(repeat) if remembers => self.enter(text, at, repeat, memory),
                        _ => false,
                    };
                    if !seen {
                        memory.stack.push((second, at as u32));
                        step = first as usize;
                    }
                    !seen
                }
                Step::Jump(to) => {
                    step = to as usize;
                    true
                }
                Step::Start => {
                    step += 1;
                    at == 0
                }
                Step::End => {
                    step += 1;
                    at == text.len() || &text[at..] == "\n"
                }
                Step::Look { behind, negative, width, after } => {
                    let holds = self.look(step + 1, text, at, behind.then_some(width));
                    step = after as usize;
                    holds != negative
                }
                Step::Done => return Some(at),
            };
            if !goes_on {
                let (next, place) = memory.stack.pop()?;
                (step, at) = (next as usize, place as usize);
            }
        }
    }

    fn look(&self, entry: usize, text: &str, at: usize, back: Option<u32>) -> bool {
        let Some(width) = back else {
            if let (Step::Class(index), Step::Done) = (&self.code[entry], &self.code[entry + 1]) {
                let class = &self.classes[usize::from(*index)];
                return text[at..].chars().next().is_some_and(|c| class.contains(c));
            }
            return self.run(entry as u32, text, at, None).is_some();
        };
        let mut start = at;
        let mut before = text[..at].chars();
        for _ in 0..width {
            match before.next_back() {
                Some(c) => start -= c.len_utf8(),
                None => return false,
            }
        }
        if let (Step::Class(index), Step::Done) = (&self.code[entry], &self.code[entry + 1]) {
            return text[start..].chars().next().is_some_and(|c| self.classes[usize::from(*index)].contains(c));
        }
        // All alternatives are equally wide, so any match ends here.
        self.run(entry as u32, text, start, None).is_some()
    }

    /// Whether this repeat has been here before; marks that it has.
    fn enter(&self, text: &str, at: usize, repeat: u16, memory: &mut Memory) -> bool {
        let words = (self.repeats * (text.len() + 1)).div_ceil(64);
        if memory.entered.len() < words {
            memory.entered.resize(words, 0);
        }
        let bit = usize::from(repeat) * (text.len() + 1) + at;
        let (word, mask) = (bit / 64, 1u64 << (bit % 64));
        let seen = memory.entered[word] & mask != 0;
        memory.entered[word] |= mask;
        if !seen {
            memory.marks.push(bit / 64);
        }
        seen
    }
}

/// Clears what the repeats have marked.
fn forget(memory: &mut Memory) {
    for mark in memory.marks.drain(..) {
        memory.entered[mark] = 0;
    }
}

struct Compiler {
    code: Vec<Step>,
    repeats: usize,
}

impl Compiler {
    fn here(&self) -> u32 {
        self.code.len() as u32
    }

    fn node(&mut self, node: &Node) -> Result<(), String> {
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
fn edge(node: &Node, first: bool) -> Option<&Node> {
    match node {
        Node::Concat(parts) => {
            let part = if first { parts.first() } else { parts.last() };
            part.and_then(|part| edge(part, first))
        }
        other => Some(other),
    }
}

/// Which characters a match can begin with, and whether it can be empty.
fn first(node: &Node, classes: &[Class]) -> (Letters, bool) {
    match node {
        Node::Char(c) => (char_set(*c), false),
        Node::Class(index) => (class_set(&classes[usize::from(*index)]), false),
        Node::Concat(parts) => {
            let mut all = Letters::default();
            for part in parts {
                let (set, nullable) = first(part, classes);
                all = all.union(set);
                if !nullable {
                    return (all, false);
                }
            }
            (all, true)
        }
        Node::Alt(branches) => branches.iter().map(|branch| first(branch, classes)).fold(
            (Letters::default(), false),
            |(all, any), (set, nullable)| (all.union(set), any || nullable),
        ),
        Node::Repeat { node, min, .. } => {
            let (set, nullable) = first(node, classes);
            (set, nullable || *min == 0)
        }
        Node::Start | Node::End | Node::Look { .. } => (Letters::default(), true),
    }
}

fn alphabet(node: &Node, classes: &[Class]) -> Letters {
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

fn longest(node: &Node) -> Option<u32> {
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
fn within(node: &Node, classes: &[Class], letters: u128) -> bool {
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
fn required(node: &Node) -> u128 {
    match node {
        Node::Char(c) if c.is_ascii() => 1 << (*c as u32),
        Node::Concat(parts) => parts.iter().map(required).fold(0, |all, set| all | set),
        Node::Alt(branches) => branches.iter().map(required).reduce(|all, set| all & set).unwrap_or(0),
        Node::Repeat { node, min, .. } if *min > 0 => required(node),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, text: &str, expect: Option<&str>) {
        let pattern = Pattern::new(source).expect(source);
        let mut memory = Memory::default();
        let found = pattern.search(text, 0, &mut memory).map(|(start, end)| &text[start..end]);
        assert_eq!(found, expect, "{source} in {text:?}");
        if pattern.stops_at_end() {
            let found = pattern.search_to_end(text, &mut memory).map(|(start, end)| &text[start..end]);
            assert_eq!(found, expect, "{source} at the end of {text:?}");
        }
    }

    #[test]
    fn matches_as_python_does() {
        // Expected values: re.search of Python 3.11.
        check(r"^a|^ab", "abc", Some("a"));
        check(r"a+b?", "caab", Some("aab"));
        check(r"\.\.+$", "well....", Some("...."));
        check(r"\.\.+$", "well....x", None);
        check(r"x$", "x\n", Some("x"));
        check(r"x$", "x\n\n", None);
        check(r"(?<=[0-9])(?:km|k)$", "10km", Some("km"));
        check(r"(?<=[0-9])(?:km|k)$", "tkm", None);
        check(r"(?<=[A-Z][A-Z])\.$", "UK.", Some("."));
        check(r"(?<=[A-Z][A-Z])\.$", "Uk.", None);
        check(r"\+(?![0-9])", "+1+a", Some("+"));
        check(r"(?:ab){2,3}", "abababab", Some("ababab"));
        check(r"[a-c]{0,2}d", "abcd", Some("bcd"));
        check(r"(?:a|ab)(?:c|bcd)$", "abcd", Some("abcd"));
        check(r"[\w.]{2,}://", "see https://x", Some("https://"));
        check(r"(?:a?)+$", "aa", Some("aa"));
        check(r"[[&&--~~]+", "a[&-~", Some("[&-~"));
        check("é|’s$", "it’s", Some("’s"));
    }

    #[test]
    fn what_every_match_needs_is_seen() {
        let url = Pattern::new(r"^(?:\w+://)?(?:(?:\d\.){2}\d|(?:[a-z]+\.)+[a-z]{2,3})$").expect("an address");
        assert_eq!(url.needed(), Some(b'.'));
        assert_eq!(Pattern::new("a|b").expect("two letters").needed(), None);
        let unit = Pattern::new("(?<=[0-9])(?:km|m)$|,$").expect("units");
        let letters = (b'a'..=b'z').fold(0u128, |set, c| set | 1 << c);
        assert!(!unit.can_match_within(letters), "a unit needs a digit before it");
        assert!(Pattern::new("s$").expect("a letter").can_match_within(letters));
    }

    #[test]
    fn nested_repeats_stay_linear() {
        let mut memory = Memory::default();
        let pattern = Pattern::new(r"^(?:\S+(?::\S*)?@)?(?:[a-z]+\.)+x$").expect("an expression");
        for text in [":".repeat(100_000), "a.".repeat(100_000), "@a.".repeat(100_000), "a".repeat(100_000)] {
            assert_eq!(pattern.match_at(&text, 0, &mut memory), None);
        }
        let nested = Pattern::new("(?:(?:a+)+)+b").expect("an expression");
        assert_eq!(nested.search(&"a".repeat(100_000), 0, &mut memory), None);
    }
}
