//! Finds exceptions that were torn apart: sequences of tokens, of which the longest win.

use super::Piece;
use std::collections::BTreeMap;

/// Sequences of tokens as a tree. Node 0 stands for none.
#[derive(Default)]
pub(super) struct Rejoiner {
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    is_end: bool,
    next: BTreeMap<Box<str>, u32>,
}

impl Rejoiner {
    /// A node for the first token of a sequence: the one it has, or a new one for 0.
    pub(super) fn open(&mut self, node: u32) -> u32 {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        if node != 0 {
            return node;
        }
        self.nodes.push(Node::default());
        self.nodes.len() as u32 - 1
    }

    /// Adds the sequence that goes on from `node` with `tokens`.
    pub(super) fn add(&mut self, mut node: u32, tokens: &[&str]) {
        for &token in tokens {
            let known = self.nodes[node as usize].next.get(token).copied().unwrap_or(0);
            let next = self.open(known);
            self.nodes[node as usize].next.insert(token.into(), next);
            node = next;
        }
        self.nodes[node as usize].is_end = true;
    }

    /// The sequences found, as half-open ranges of pieces in text order, never overlapping.
    ///
    /// `openings` are the pieces with which one may begin, and their nodes. As in spaCy, the longest is taken first, of equal
    /// ones the first, and also one that is dropped keeps others from its tokens.
    pub(super) fn spans(&self, text: &str, pieces: &[Piece], openings: &[(u32, u32)]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for &(start, node) in openings {
            let (mut node, mut end) = (&self.nodes[node as usize], start as usize + 1);
            loop {
                if node.is_end {
                    found.push((start as usize, end));
                }
                let Some(piece) = pieces.get(end) else { break };
                let Some(&next) = node.next.get(&text[piece.start as usize..piece.end as usize]) else {
                    break;
                };
                (node, end) = (&self.nodes[next as usize], end + 1);
            }
        }
        found.sort_unstable_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
        let mut taken = vec![false; if found.is_empty() { 0 } else { pieces.len() }];
        found.retain(|&(start, end)| {
            let is_free = !taken[start] && !taken[end - 1];
            taken[start..end].fill(true);
            is_free
        });
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_wins_and_a_dropped_one_still_blocks() {
        let mut rejoiner = Rejoiner::default();
        let mut openings = BTreeMap::new();
        for sequence in [&["a", "b"][..], &["b", "c", "d"], &["d", "e"], &["e", "f"], &["f"]] {
            let node = rejoiner.open(openings.get(sequence[0]).copied().unwrap_or(0));
            openings.insert(sequence[0], node);
            rejoiner.add(node, &sequence[1..]);
        }
        let check = |text: &str, expect: &[(usize, usize)]| {
            let place = |start: usize| (start as u32, start as u32 + 1);
            let pieces: Vec<Piece> = (0..text.len())
                .map(|at| Piece { start: place(at).0, end: place(at).1, space_after: false, norm: None })
                .collect();
            let found: Vec<(u32, u32)> =
                (0..text.len()).filter_map(|at| Some((at as u32, *openings.get(&text[at..=at])?))).collect();
            assert_eq!(rejoiner.spans(text, &pieces, &found), expect, "{text}");
        };
        check("abx", &[(0, 2)]);
        check("ax", &[]);
        check("abcd", &[(1, 4)]);
        // "de" gives way to "bcd" and still keeps "ef" from its "e", and that "f" from itself.
        check("bcdef", &[(0, 3)]);
        check("abab", &[(0, 2), (2, 4)]);
    }
}
