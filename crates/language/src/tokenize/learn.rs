//! Makes ready what cutting looks up: exceptions, torn exceptions, and which chunks need no look at all.

use super::file::Exception;
use super::pattern::Memory;
use super::{Cut, DIGIT, LETTER, Tokenizer, kind};
use std::collections::BTreeMap;

impl Tokenizer {
    /// Learns those exceptions that the marks would tear apart, as the tokens that are left of them.
    pub(super) fn learn_torn(&mut self, exceptions: &[Exception], is_hasty: bool) {
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

    pub(super) fn learn(&mut self, exceptions: &[Exception]) {
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
    pub(super) fn holds_no_mark(&self, kinds: u8) -> bool {
        let letters = (0..128u8).filter(|&c| kind(c) & kinds != 0).fold(0u128, |set, c| set | 1 << c);
        kinds & (LETTER | DIGIT) == kinds
            && ![&self.prefix, &self.suffix, &self.infix].iter().any(|pattern| pattern.can_match_within(letters))
    }
}
