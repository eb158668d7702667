//! Python regular expressions, matched as Python's `re` matches them: leftmost, the first alternative that fits, greedy.
//!
//! A ready-made engine would have to compile the tokenizer's classes of thousands of characters into automata at every
//! start (tens of milliseconds), reads `[` and `--` inside a class in another way, and gives up on long input. This one
//! walks the alternatives whose first character fits. Every unbounded repeat remembers the places from which it has
//! failed, so a search is linear in the text however it is written; nothing recurses with the text.

use super::class::Class;
use super::compile::{Compiler, First, Letters, Step, alphabet, edge, longest, required, within};
use super::syntax::{Node, parse};
use std::collections::{BTreeSet, HashMap};

/// A compiled expression.
#[derive(Debug)]
pub(crate) struct Pattern {
    tree: Node,
    classes: Vec<Class>,
    code: Vec<Step>,
    /// The top-level alternatives in the order in which they are tried.
    branches: Vec<Branch>,
    /// For each ASCII character, the alternatives that can begin with it.
    by_ascii: Vec<Vec<u16>>,
    /// The same for the characters beyond ASCII which some alternative begins with by name.
    by_named: HashMap<char, Vec<u16>>,
    /// The alternatives that can begin with some other character, or with none.
    by_other: Vec<u16>,
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
struct Branch {
    entry: u32,
    /// The longest match in characters; none when there is no bound.
    longest: Option<u32>,
    /// Which characters a match can hold, when there is no bound.
    alphabet: Letters,
    begins_at_start: bool,
    stops_at_end: bool,
}

impl Pattern {
    /// Compiles an expression. The error says what was expected where.
    pub(crate) fn new(source: &str) -> Result<Pattern, String> {
        let (tree, classes) = parse(source)?;
        let mut compiler = Compiler::default();
        let mut branches = Vec::new();
        let alternatives = match &tree {
            Node::Alt(alternatives) => alternatives.as_slice(),
            single => std::slice::from_ref(single),
        };
        let mut firsts = Vec::new();
        for node in alternatives {
            let entry = compiler.here();
            compiler.node(node)?;
            compiler.code.push(Step::Done);
            firsts.push(First::of(node, &classes));
            branches.push(Branch {
                entry,
                longest: longest(node),
                alphabet: alphabet(node, &classes),
                begins_at_start: matches!(edge(node, true), Some(Node::Start)),
                stops_at_end: matches!(edge(node, false), Some(Node::End)),
            });
        }
        if branches.len() > usize::from(u16::MAX) {
            return Err("expected fewer alternatives".to_owned());
        }
        let those = |fits: &dyn Fn(&First) -> bool| -> Vec<u16> {
            (0u16..)
                .zip(&firsts)
                .filter(|(_, first)| first.is_nullable || fits(first))
                .map(|(index, _)| index)
                .collect()
        };
        let by_ascii = (0..128).map(|c| those(&|first| first.ascii >> c & 1 == 1)).collect();
        let named: BTreeSet<char> = firsts.iter().flat_map(|first| first.named.iter().copied()).collect();
        let by_named = named.iter().map(|c| (*c, those(&|first| first.is_open || first.named.contains(c)))).collect();
        let by_other = those(&|first| first.is_open);
        let (code, repeats) = (compiler.code, compiler.repeats);
        let begins_at_start = branches.iter().all(|branch| branch.begins_at_start);
        Ok(Pattern { tree, classes, code, branches, by_ascii, by_named, by_other, repeats, begins_at_start })
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
        let candidates = match text[at..].chars().next() {
            Some(c) if c.is_ascii() => &self.by_ascii[c as usize],
            Some(c) => self.by_named.get(&c).unwrap_or(&self.by_other),
            None => &self.by_other,
        };
        for &index in candidates {
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
