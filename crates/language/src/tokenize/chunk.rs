//! Cuts one chunk: marks off its front and back, then the rest at marks inside it.

use super::pattern::Memory;
use super::{Cut, Tokenizer};

impl Tokenizer {
    /// Cuts a chunk: what spaCy calls `_split_affixes` and `_attach_tokens`.
    pub(super) fn cut_anew(
        &self,
        chunk: &str,
        with_exceptions: bool,
        memory: &mut Memory,
        cuts: &mut Vec<Cut>,
        suffixes: &mut Vec<Cut>,
    ) {
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

    fn cut_rest(
        &self,
        chunk: &str,
        start: usize,
        end: usize,
        with_exceptions: bool,
        memory: &mut Memory,
        cuts: &mut Vec<Cut>,
    ) {
        let rest = &chunk[start..end];
        if with_exceptions && let Some((from, to)) = self.words.get(rest).exception {
            let offset = start as u32;
            cuts.extend(self.exceptions[from as usize..to as usize].iter().map(|cut| Cut {
                start: cut.start + offset,
                end: cut.end + offset,
                ..*cut
            }));
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
}
