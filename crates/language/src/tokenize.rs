//! Cuts a text into tokens as spaCy does.
//!
//! Runs of white space and of other characters take turns. Of each run of other characters, the *chunk*, marks are cut off
//! the front and the back for as long as that goes, then the rest is split at marks inside it; a chunk or a rest listed
//! among the exceptions ("don't", "U.S.", ":-)") is cut as listed. At the end, exceptions which the marks have torn apart
//! are put together again. Source: `spacy/tokenizer.pyx` 3.8; the expressions and exceptions come with the model.
//!
//! Time is linear in the length of the text, whatever it holds; spaCy's own is quadratic in a chunk's length.

mod class;
pub(crate) mod pattern;
mod rejoin;
mod syntax;

use pattern::{Memory, Pattern};
use rejoin::Rejoiner;
use rmpv::Value;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Mutex;

pub(crate) use class::{is_alpha, is_space};

/// One token as the tokenizer cuts it: bytes of the input text, half-open, in text order, never overlapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Whether one space, which belongs to no token, follows.
    pub(crate) space_after: bool,
    /// The NORM that an exception gives this token; see [`Tokenizer::norm`].
    pub(crate) norm: Option<u32>,
}

/// The tokenizer of a model.
pub(crate) struct Tokenizer {
    prefix: Pattern,
    suffix: Pattern,
    infix: Pattern,
    address: Option<Pattern>,
    /// An ASCII character without which nothing is an address.
    address_needs: Option<u8>,
    words: Words,
    /// Tokens of all exceptions, one exception after the other; places count from the exception's start.
    exceptions: Vec<Cut>,
    norms: Vec<Box<str>>,
    rejoiner: Rejoiner,
    /// Kinds of characters, as bits of [`kind`], of which a chunk may wholly consist and hold no mark.
    plain: [bool; 16],
    /// Working memory handed from call to call.
    workshops: Mutex<Vec<Workshop>>,
}

/// Bytes of the chunk, and what is known of the token there.
#[derive(Clone, Copy, Debug, Default)]
struct Cut {
    start: u32,
    end: u32,
    norm: Option<u32>,
    /// Where in the [`Rejoiner`] an exception that begins with this token goes on; 0 when none does.
    node: u32,
}

/// What is known of a string: the exception, as a range of `exceptions`, and the node it begins.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    exception: Option<(u32, u32)>,
    node: u32,
}

/// Longer chunks are cut anew each time.
const MAX_REMEMBERED: usize = 64;
const SLOTS: usize = 4096;

/// Working memory of one call: chunks cut before, one in each slot, the newer in place of the older.
struct Workshop {
    slots: Vec<Option<(Box<str>, Box<[Cut]>)>>,
    memory: Memory,
    cuts: Vec<Cut>,
    suffixes: Vec<Cut>,
    /// Tokens with which a torn exception may begin: index of the piece, node.
    openings: Vec<(u32, u32)>,
}

impl Tokenizer {
    /// Reads the model's `tokenizer` file. The error says what was expected.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Tokenizer, String> {
        let file = File::read(bytes)?;
        let mut tokenizer = Tokenizer {
            prefix: file.pattern("prefix_search")?,
            suffix: file.pattern("suffix_search")?,
            infix: file.pattern("infix_finditer")?,
            address: file.optional("url_match")?,
            address_needs: None,
            words: Words::default(),
            exceptions: Vec::new(),
            norms: Vec::new(),
            rejoiner: Rejoiner::default(),
            plain: [false; 16],
            workshops: Mutex::new(Vec::new()),
        };
        if !tokenizer.prefix.begins_at_start() {
            return Err("expected every alternative of `prefix_search` to begin with `^`".to_owned());
        }
        if !tokenizer.suffix.stops_at_end() {
            return Err("expected every alternative of `suffix_search` to end with `$`".to_owned());
        }
        if file.optional("token_match")?.is_some() {
            return Err("expected `token_match` to be nil".to_owned());
        }
        tokenizer.address_needs = tokenizer.address.as_ref().and_then(Pattern::needed);
        let exceptions = file.exceptions()?;
        tokenizer.learn_torn(&exceptions, file.is_hasty());
        tokenizer.learn(&exceptions);
        for kinds in 1..16u8 {
            tokenizer.plain[usize::from(kinds)] = tokenizer.holds_no_mark(kinds);
        }
        Ok(tokenizer)
    }

    /// Appends the tokens of a text. Nothing is lost: tokens and the spaces after them give the text again.
    ///
    /// An empty text has no tokens; neither has one of 4 GiB or more, for which a place does not fit.
    pub(crate) fn tokenize(&self, text: &str, out: &mut Vec<Piece>) {
        if text.len() >= u32::MAX as usize {
            return;
        }
        let idle = self.workshops.lock().map_or_else(|poisoned| poisoned.into_inner().pop(), |mut idle| idle.pop());
        let mut workshop = idle.unwrap_or_else(Workshop::new);
        workshop.openings.clear();
        let first = out.len();
        self.cut_text(text, first, &mut workshop, out);
        if !workshop.openings.is_empty() {
            self.rejoin(text, first, &workshop.openings, out);
        }
        if let Ok(mut idle) = self.workshops.lock() {
            idle.push(workshop);
        }
    }

    /// The NORM behind [`Piece::norm`].
    pub(crate) fn norm(&self, id: u32) -> &str {
        &self.norms[id as usize]
    }

    fn cut_text(&self, text: &str, first: usize, workshop: &mut Workshop, out: &mut Vec<Piece>) {
        let bytes = text.as_bytes();
        let mut start = 0;
        while start < bytes.len() {
            let (in_space, mut kinds, mut at) = step(text, start);
            while at < bytes.len() {
                let (space, kind, next) = step(text, at);
                if space != in_space {
                    break;
                }
                kinds |= kind;
                at = next;
            }
            let mut from = start;
            if in_space && bytes[start] == b' ' && out.len() > first {
                from += 1;
                if let Some(last) = out.last_mut() {
                    last.space_after = true;
                }
            }
            if from < at {
                self.cut_chunk(&text[from..at], kinds, from as u32, first, workshop, out);
            }
            start = at;
        }
    }

    fn cut_chunk(&self, chunk: &str, kinds: u8, offset: u32, first: usize, workshop: &mut Workshop, out: &mut Vec<Piece>) {
        let word = self.words.get(chunk);
        let whole = [Cut { start: 0, end: chunk.len() as u32, norm: None, node: word.node }];
        let Workshop { slots, memory, cuts, suffixes, openings } = workshop;
        let cuts: &[Cut] = if let Some((from, to)) = word.exception {
            &self.exceptions[from as usize..to as usize]
        } else if self.plain[usize::from(kinds)] {
            &whole
        } else if chunk.len() > MAX_REMEMBERED {
            cuts.clear();
            self.cut_anew(chunk, true, memory, cuts, suffixes);
            cuts
        } else {
            let slot = &mut slots[hash(chunk) as usize % SLOTS];
            match slot {
                Some((known, cuts)) if **known == *chunk => cuts,
                _ => {
                    cuts.clear();
                    self.cut_anew(chunk, true, memory, cuts, suffixes);
                    &slot.insert((chunk.into(), cuts.as_slice().into())).1
                }
            }
        };
        for cut in cuts {
            if cut.node != 0 {
                openings.push(((out.len() - first) as u32, cut.node));
            }
            let (start, end) = (offset + cut.start, offset + cut.end);
            out.push(Piece { start, end, space_after: false, norm: cut.norm });
        }
    }

    /// Cuts a chunk: what spaCy calls `_split_affixes` and `_attach_tokens`.
    fn cut_anew(&self, chunk: &str, with_exceptions: bool, memory: &mut Memory, cuts: &mut Vec<Cut>, suffixes: &mut Vec<Cut>) {
        suffixes.clear();
        let is_exception = |part: &str| with_exceptions && self.words.get(part).exception.is_some();
        let (mut start, mut end) = (0, chunk.len());
        let mut last_size = 0;
        while start < end && end - start != last_size {
            let part = &chunk[start..end];
            if is_exception(part) {
                break;
            }
            last_size = part.len();
            let before = self.prefix.match_at(part, 0, memory).unwrap_or(0);
            if before > 0 && before < part.len() && is_exception(&part[before..]) {
                cuts.push(self.cut(chunk, start, start + before));
                start += before;
                break;
            }
            let after = self.suffix.search_to_end(&part[before..], memory).map_or(0, |(from, to)| to - from);
            if after > 0 && after < part.len() && is_exception(&part[..part.len() - after]) {
                suffixes.push(self.cut(chunk, end - after, end));
                end -= after;
                break;
            }
            if before > 0 {
                cuts.push(self.cut(chunk, start, start + before));
                start += before;
            }
            if after > 0 && after <= end - start {
                suffixes.push(self.cut(chunk, end - after, end));
                end -= after;
            }
        }
        if start < end {
            self.cut_rest(chunk, start, end, with_exceptions, memory, cuts);
        }
        cuts.extend(suffixes.drain(..).rev());
    }

    fn cut_rest(&self, chunk: &str, start: usize, end: usize, with_exceptions: bool, memory: &mut Memory, cuts: &mut Vec<Cut>) {
        let rest = &chunk[start..end];
        if with_exceptions && let Some((from, to)) = self.words.get(rest).exception {
            let offset = start as u32;
            cuts.extend(
                self.exceptions[from as usize..to as usize]
                    .iter()
                    .map(|cut| Cut { start: cut.start + offset, end: cut.end + offset, ..*cut }),
            );
            return;
        }
        let (mut done, mut from) = (0, 0);
        while let Some((mark, after)) = self.infix.search(rest, from, memory) {
            // Whether it is an address matters only if there is something to split.
            if from == 0 && self.is_address(rest, memory) {
                break;
            }
            from = after;
            if mark == after {
                from += rest[after..].chars().next().map_or(1, char::len_utf8);
            }
            if mark > 0 {
                if done < mark {
                    cuts.push(self.cut(chunk, start + done, start + mark));
                }
                if mark < after {
                    cuts.push(self.cut(chunk, start + mark, start + after));
                }
                done = after;
            }
            if from > rest.len() {
                break;
            }
        }
        if done < rest.len() {
            cuts.push(self.cut(chunk, start + done, end));
        }
    }

    fn is_address(&self, text: &str, memory: &mut Memory) -> bool {
        self.address_needs.is_none_or(|needed| text.as_bytes().contains(&needed))
            && self.address.as_ref().is_some_and(|address| address.match_at(text, 0, memory).is_some())
    }

    fn cut(&self, chunk: &str, start: usize, end: usize) -> Cut {
        Cut { start: start as u32, end: end as u32, norm: None, node: self.words.get(&chunk[start..end]).node }
    }

    /// Learns those exceptions that the marks would tear apart, as the tokens that are left of them.
    fn learn_torn(&mut self, exceptions: &[Exception], is_hasty: bool) {
        let mut memory = Memory::default();
        let (mut pieces, mut cuts, mut suffixes) = (Vec::new(), Vec::new(), Vec::new());
        for Exception { text, .. } in exceptions {
            let is_torn = !is_hasty
                || text.contains(' ')
                || self.prefix.match_at(text, 0, &mut memory).is_some()
                || self.infix.search(text, 0, &mut memory).is_some()
                || self.suffix.search_to_end(text, &mut memory).is_some();
            if !is_torn {
                continue;
            }
            pieces.clear();
            for run in text.split_inclusive(' ') {
                cuts.clear();
                self.cut_anew(run, false, &mut memory, &mut cuts, &mut suffixes);
                pieces.extend(cuts.iter().map(|cut| &run[cut.start as usize..cut.end as usize]));
            }
            if let Some((opening, others)) = pieces.split_first() {
                let node = self.rejoiner.open(self.words.get(opening).node);
                self.words.entry(opening).node = node;
                self.rejoiner.add(node, others);
            }
        }
    }

    fn learn(&mut self, exceptions: &[Exception]) {
        let mut ids = BTreeMap::new();
        for Exception { text, tokens } in exceptions {
            let from = self.exceptions.len() as u32;
            let mut start = 0;
            for (orth, norm) in tokens {
                let end = start + orth.len() as u32;
                let norm = norm.as_deref().map(|norm| {
                    *ids.entry(norm).or_insert_with(|| {
                        self.norms.push(norm.into());
                        self.norms.len() as u32 - 1
                    })
                });
                self.exceptions.push(Cut { start, end, norm, node: self.words.get(orth).node });
                start = end;
            }
            self.words.entry(text).exception = Some((from, self.exceptions.len() as u32));
        }
    }

    /// Whether no chunk of these kinds of characters alone can be split.
    fn holds_no_mark(&self, kinds: u8) -> bool {
        let letters = (0..128u8).filter(|&c| kind(c) & kinds != 0).fold(0u128, |set, c| set | 1 << c);
        kinds & (LETTER | DIGIT) == kinds
            && ![&self.prefix, &self.suffix, &self.infix].iter().any(|pattern| pattern.can_match_within(letters))
    }

    /// Puts exceptions together again which the marks have torn apart: spaCy's `_apply_special_cases`.
    fn rejoin(&self, text: &str, first: usize, openings: &[(u32, u32)], out: &mut Vec<Piece>) {
        let pieces = &out[first..];
        let spans = self.rejoiner.spans(text, pieces, openings);
        let exception = |from: usize, to: usize| {
            let words = &text[pieces[from].start as usize..pieces[to - 1].end as usize];
            self.words.get(words).exception
        };
        if !spans.iter().any(|&(from, to)| exception(from, to).is_some()) {
            return;
        }
        let mut joined = Vec::with_capacity(pieces.len());
        let mut done = 0;
        for (from, to) in spans {
            let Some((first, last)) = exception(from, to) else { continue };
            joined.extend_from_slice(&pieces[done..from]);
            let offset = pieces[from].start;
            joined.extend(self.exceptions[first as usize..last as usize].iter().map(|cut| Piece {
                start: offset + cut.start,
                end: offset + cut.end,
                space_after: false,
                norm: cut.norm,
            }));
            if let Some(last) = joined.last_mut() {
                last.space_after = pieces[to - 1].space_after;
            }
            done = to;
        }
        joined.extend_from_slice(&pieces[done..]);
        out.truncate(first);
        out.append(&mut joined);
    }
}

impl Workshop {
    fn new() -> Workshop {
        Workshop {
            slots: (0..SLOTS).map(|_| None).collect(),
            memory: Memory::default(),
            cuts: Vec::new(),
            suffixes: Vec::new(),
            openings: Vec::new(),
        }
    }
}

const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const OTHER: u8 = 4;
const BEYOND: u8 = 8;

/// The kind of an ASCII character.
const fn kind(c: u8) -> u8 {
    match c {
        b'a'..=b'z' | b'A'..=b'Z' => LETTER,
        b'0'..=b'9' => DIGIT,
        _ => OTHER,
    }
}

/// Of the character at a byte: whether it is white space, its kind, and where the next one begins.
fn step(text: &str, at: usize) -> (bool, u8, usize) {
    let byte = text.as_bytes()[at];
    if byte.is_ascii() {
        return (matches!(byte, b'\t'..=b'\r' | 0x1c..=b' '), kind(byte), at + 1);
    }
    let c = text[at..].chars().next().unwrap_or('\u{fffd}');
    (is_space(c), BEYOND, at + c.len_utf8())
}

/// What is known of strings: exceptions, and tokens with which a torn exception begins.
#[derive(Default)]
struct Words {
    entries: HashMap<Box<str>, Word, BuildHasherDefault<Quick>>,
    /// For each first byte, one bit per length; lengths from 63 bytes share the last.
    lengths: Vec<u64>,
}

impl Words {
    fn get(&self, text: &str) -> Word {
        let first = text.as_bytes().first().and_then(|&byte| self.lengths.get(usize::from(byte)));
        if first.is_none_or(|lengths| lengths >> text.len().min(63) & 1 == 0) {
            return Word::default();
        }
        self.entries.get(text).copied().unwrap_or_default()
    }

    fn entry(&mut self, text: &str) -> &mut Word {
        self.lengths.resize(256, 0);
        if let Some(&byte) = text.as_bytes().first() {
            self.lengths[usize::from(byte)] |= 1 << text.len().min(63);
        }
        self.entries.entry(text.into()).or_default()
    }
}

/// A quick hash of short strings, for a table whose keys come with the model and for slots that forget.
#[derive(Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let mut parts = bytes.chunks_exact(8);
        for part in &mut parts {
            self.mix(part.try_into().map_or(0, u64::from_le_bytes));
        }
        let mut last = [0; 8];
        last[..parts.remainder().len()].copy_from_slice(parts.remainder());
        self.mix(u64::from_le_bytes(last) ^ bytes.len() as u64);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

impl Quick {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

fn hash(text: &str) -> u64 {
    let mut quick = Quick::default();
    quick.write(text.as_bytes());
    quick.finish()
}

/// One exception: the string and its tokens, each with the NORM it is given.
struct Exception {
    text: String,
    tokens: Vec<(String, Option<String>)>,
}

/// The model's `tokenizer` file.
struct File(Value);

/// spaCy's numbers of the two attributes that an exception may set.
const ORTH: u64 = 65;
const NORM: u64 = 67;

impl File {
    fn read(mut bytes: &[u8]) -> Result<File, String> {
        let value = rmpv::decode::read_value(&mut bytes).map_err(|error| format!("expected msgpack: {error}"))?;
        if value.is_map() { Ok(File(value)) } else { Err("expected a msgpack map".to_owned()) }
    }

    fn get(&self, key: &str) -> Option<&Value> {
        let (_, value) = self.0.as_map()?.iter().find(|(name, _)| name.as_str() == Some(key))?;
        Some(value)
    }

    fn optional(&self, key: &str) -> Result<Option<Pattern>, String> {
        match self.get(key) {
            None | Some(Value::Nil) => Ok(None),
            Some(value) => {
                let source = value.as_str().ok_or_else(|| format!("expected `{key}` to be a string"))?;
                Pattern::new(source).map(Some).map_err(|error| format!("`{key}`: {error}"))
            }
        }
    }

    fn pattern(&self, key: &str) -> Result<Pattern, String> {
        self.optional(key)?.ok_or_else(|| format!("expected an expression `{key}`"))
    }

    /// `faster_heuristics`: whether only exceptions that hold a mark or a space are put together again.
    fn is_hasty(&self) -> bool {
        self.get("faster_heuristics").and_then(Value::as_bool).unwrap_or(true)
    }

    fn exceptions(&self) -> Result<Vec<Exception>, String> {
        let map = self.get("exceptions").and_then(Value::as_map).ok_or("expected a map `exceptions`")?;
        map.iter().map(|(text, tokens)| exception(text, tokens)).collect()
    }
}

fn exception(text: &Value, tokens: &Value) -> Result<Exception, String> {
    let text = text.as_str().ok_or("expected the exceptions' keys to be strings")?;
    let wrong = |what: &str| format!("expected {what} in the exception {text:?}");
    let mut read = Vec::new();
    for token in tokens.as_array().ok_or_else(|| wrong("a list of tokens"))? {
        let (mut orth, mut norm) = (None, None);
        for (key, value) in token.as_map().ok_or_else(|| wrong("a map for each token"))? {
            let value = value.as_str().ok_or_else(|| wrong("strings as attributes"))?.to_owned();
            match key.as_u64() {
                Some(ORTH) => orth = Some(value),
                Some(NORM) => norm = Some(value),
                _ => return Err(wrong(&format!("the attributes ORTH and NORM only, not {key},"))),
            }
        }
        read.push((orth.ok_or_else(|| wrong("ORTH"))?, norm));
    }
    if read.is_empty() || read.iter().map(|(orth, _)| orth.as_str()).collect::<String>() != text {
        return Err(wrong("tokens that give the string"));
    }
    Ok(Exception { text: text.to_owned(), tokens: read })
}
