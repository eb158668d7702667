//! Cuts a text into tokens as spaCy does.
//!
//! Runs of white space and of other characters take turns. Of each run of other characters, the *chunk*, marks are cut off
//! the front and the back for as long as that goes, then the rest is split at marks inside it; a chunk or a rest listed
//! among the exceptions ("don't", "U.S.", ":-)") is cut as listed. At the end, exceptions which the marks have torn apart
//! are put together again. Source: `spacy/tokenizer.pyx` 3.8; the expressions and exceptions come with the model.
//!
//! Time is linear in the length of the text, whatever it holds; spaCy's own is quadratic in a chunk's length.

mod chunk;
mod class;
mod compile;
mod file;
mod learn;
pub(crate) mod pattern;
mod rejoin;
mod syntax;
mod words;

use file::File;
use pattern::{Memory, Pattern};
use rejoin::Rejoiner;
use std::sync::Mutex;
use words::Words;

pub(crate) use class::{is_alpha, is_space};
pub(crate) use words::hash;

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

/// Longer chunks are cut anew each time.
const MAX_REMEMBERED: usize = 64;
const SLOTS: usize = 4096;

/// A chunk and how it was cut.
type Remembered = (Box<str>, Box<[Cut]>);

/// Working memory of one call: chunks cut before, one in each slot, the newer in place of the older.
struct Workshop {
    slots: Vec<Option<Remembered>>,
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

    fn cut_chunk(
        &self,
        chunk: &str,
        kinds: u8,
        offset: u32,
        first: usize,
        workshop: &mut Workshop,
        out: &mut Vec<Piece>,
    ) {
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
            let Some((first, last)) = exception(from, to) else {
                continue;
            };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::model_dir;

    fn tokenizer() -> Tokenizer {
        let bytes = std::fs::read(model_dir().join("tokenizer")).expect("the model's tokenizer");
        Tokenizer::from_bytes(&bytes).expect("a tokenizer")
    }

    /// The tokens between bars; `_` for a space after, `{norm}` for a NORM.
    fn shown(tokenizer: &Tokenizer, text: &str) -> String {
        let mut pieces = Vec::new();
        tokenizer.tokenize(text, &mut pieces);
        let mut shown = String::new();
        for piece in pieces {
            shown.push('|');
            shown.push_str(&text[piece.start as usize..piece.end as usize]);
            if let Some(norm) = piece.norm {
                shown.push_str(&format!("{{{}}}", tokenizer.norm(norm)));
            }
            if piece.space_after {
                shown.push('_');
            }
        }
        shown
    }

    #[test]
    fn tokens_are_spacys() {
        let tokenizer = tokenizer();
        // Expected values: the tokenizer of spaCy 3.8.
        for (text, expect) in [
            ("", ""),
            (" ", "| "),
            ("The talks, they said.", "|The_|talks|,_|they_|said|."),
            ("  two\n\nlines ", "|  |two|\n\n|lines_"),
            ("a  b", "|a_| |b"),
            ("I don't", "|I_|do{do}|n't{not}"),
            ("(don't)", "|(|do{do}|n't{not}|)"),
            ("can't've", "|ca{can}|n't{not}|'ve{have}"),
            ("the U.S. and U.K.-led", "|the_|U.S._|and_|U.K.-led"),
            ("mid-May’s rock-n-roll", "|mid|-|May|’s_|rock|-|n|-|roll"),
            ("$3.5bn, 10km away at 20°C.", "|$|3.5bn|,_|10|km_|away_|at_|20|°|C|."),
            ("see http://example.org/a-b?c=d.", "|see_|http://example.org/a-b?c=d|."),
            ("mail a.b-c@example.com", "|mail_|a.b-c@example.com"),
            ("either/or, a/b:c", "|either|/|or|,_|a|/|b|:|c"),
            ("Well...no", "|Well|...|no"),
            ("(:-) ok :)", "|(|:-)_|ok_|:)"),
            ("at 5p.m. sharp", "|at_|5|p.m.{p.m.}_|sharp"),
            ("“Peace,”he", "|“|Peace,”he"),
            ("+7 and + 7", "|+7_|and_|+_|7"),
        ] {
            assert_eq!(shown(&tokenizer, text), expect, "{text:?}");
        }
    }

    #[test]
    fn tokens_and_spaces_give_the_text_again() {
        let tokenizer = tokenizer();
        let mut pieces = Vec::new();
        for text in ["a  b\n c ", "He said: “don’t!”…", "\u{1c}x\u{85}\u{a0}y  ", "¯\\(ツ)/¯ :-)) <3", " \t "]
        {
            pieces.clear();
            tokenizer.tokenize(text, &mut pieces);
            let mut again = String::new();
            for piece in &pieces {
                assert_eq!(piece.start as usize, again.len(), "{text:?}");
                again.push_str(&text[piece.start as usize..piece.end as usize]);
                again.extend(piece.space_after.then_some(' '));
            }
            assert_eq!(again, text);
        }
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        let tokenizer = tokenizer();
        let mut pieces = Vec::new();
        for unit in ["a", "(", ".)", "a.", ":)", "\u{301}", "’s", "a:b@", "\n ", "…x", "1."] {
            pieces.clear();
            tokenizer.tokenize(&unit.repeat(200_000), &mut pieces);
            assert!(!pieces.is_empty(), "{unit:?}");
        }
    }

    #[test]
    fn what_was_cut_before_changes_nothing() {
        let tokenizer = tokenizer();
        let text = "co-operation (U.S.-led), 10km; don't…";
        let first = shown(&tokenizer, text);
        for number in 0..20_000 {
            tokenizer.tokenize(&format!("x{number}-y"), &mut Vec::new());
        }
        assert_eq!(shown(&tokenizer, text), first);
    }

    #[test]
    fn a_file_of_another_kind_is_refused_by_name() {
        let refused = |bytes: &[u8]| Tokenizer::from_bytes(bytes).err().expect("an error");
        assert!(refused(b"").contains("msgpack"));
        assert!(refused(b"\x93\x01\x02\x03").contains("map"));
        assert!(refused(b"\x81\xadprefix_search\xa2^a").contains("suffix_search"));
        assert!(refused(b"\x81\xadprefix_search\xa3(a)").contains("a group without capture"));
    }
}
