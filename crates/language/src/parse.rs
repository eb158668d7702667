//! The dependency parser: spaCy's arc-eager transition system (Honnibal and Johnson 2015, non-monotonic, with sentence breaks).

use crate::score::{Contributions, Scorer};

/// Places in the state that a step looks at: two of the buffer, three of the stack, the last child to the left of B0 and S0,
/// the last to the right of S0.
pub(crate) const PLACES: usize = 8;

const NONE: u32 = u32::MAX;

/// Actions in the numbering of the model's `moves` file.
mod action {
    pub(super) const SHIFT: u8 = 0;
    pub(super) const REDUCE: u8 = 1;
    pub(super) const LEFT: u8 = 2;
    pub(super) const RIGHT: u8 = 3;
    pub(super) const BREAK: u8 = 4;
}

/// The transition system of one model.
#[derive(Debug)]
pub(crate) struct Parser {
    scorer: Scorer<PLACES>,
    classes: Vec<(u8, u16)>,
    /// For a label "X||Y": the places of X and Y among the labels.
    split: Vec<Option<(u16, u16)>>,
    root: u16,
}

/// A tree over one text: for each token its head (itself at a root) and its label.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) heads: Vec<u32>,
    pub(crate) labels: Vec<u16>,
    pub(crate) left_edges: Vec<u32>,
    pub(crate) right_edges: Vec<u32>,
    /// Whether a sentence starts at the token.
    pub(crate) starts: Vec<bool>,
}

/// The state of the machine. Children are chains: the last one appended, and for each child the one before it.
#[derive(Debug, Default)]
struct State {
    stack: Vec<u32>,
    /// Tokens put back before the buffer, the next one last.
    put_back: Vec<u32>,
    next: usize,
    n: usize,
    heads: Vec<u32>,
    last_left: Vec<u32>,
    last_right: Vec<u32>,
    before: Vec<u32>,
    starts: Vec<bool>,
    unshiftable: Vec<bool>,
}

impl State {
    fn new(n: usize) -> State {
        State {
            n,
            heads: vec![NONE; n],
            last_left: vec![NONE; n],
            last_right: vec![NONE; n],
            before: vec![NONE; n],
            starts: vec![false; n],
            unshiftable: vec![false; n],
            ..State::default()
        }
    }

    fn buffer_len(&self) -> usize {
        self.n - self.next + self.put_back.len()
    }

    fn buffer(&self, i: usize) -> Option<usize> {
        if i < self.put_back.len() {
            return Some(self.put_back[self.put_back.len() - 1 - i] as usize);
        }
        let at = self.next + i - self.put_back.len();
        (at < self.n).then_some(at)
    }

    fn stack(&self, i: usize) -> Option<usize> {
        (i < self.stack.len()).then(|| self.stack[self.stack.len() - 1 - i] as usize)
    }

    fn push(&mut self) {
        if let Some(token) = self.put_back.pop() {
            self.stack.push(token);
        } else {
            self.stack.push(self.next as u32);
            self.next += 1;
        }
    }

    fn chain(&mut self, head: usize, child: usize) -> &mut u32 {
        if head > child { &mut self.last_left[head] } else { &mut self.last_right[head] }
    }

    fn attach(&mut self, head: usize, child: usize) {
        let old = self.heads[child];
        if old != NONE {
            let before = self.before[child];
            let mut at = *self.chain(old as usize, child);
            if at as usize == child {
                *self.chain(old as usize, child) = before;
            } else {
                while at != NONE {
                    if self.before[at as usize] as usize == child {
                        self.before[at as usize] = before;
                        break;
                    }
                    at = self.before[at as usize];
                }
            }
        }
        self.before[child] = *self.chain(head, child);
        *self.chain(head, child) = child as u32;
        self.heads[child] = head as u32;
    }
}

fn child(chains: &[u32], head: Option<usize>) -> Option<usize> {
    head.map(|h| chains[h]).filter(|&c| c != NONE).map(|c| c as usize)
}

impl Parser {
    /// The parser with that scorer and those classes; `label` gives the place of a label's name in the reading's table.
    pub(crate) fn new(
        scorer: Scorer<PLACES>,
        classes: &[(u8, String)],
        mut label: impl FnMut(&str) -> u16,
    ) -> Result<Parser, String> {
        let mut split: Vec<Option<(u16, u16)>> = Vec::new();
        let mut known = Vec::new();
        for (action, name) in classes {
            if *action > action::BREAK {
                return Err(format!("expected actions 0 to 4 in `moves`, found {action}"));
            }
            let at = label(name);
            if let Some((own, heads)) = name.split_once("||") {
                let pair = (label(own), label(heads));
                split.resize(split.len().max(usize::from(at) + 1), None);
                split[usize::from(at)] = Some(pair);
            }
            known.push((*action, at));
        }
        Ok(Parser { scorer, classes: known, split, root: label("ROOT") })
    }

    /// Computes what the tokens of several texts contribute.
    pub(crate) fn contribute(&self, vectors: &[f32], to: &mut Contributions) {
        self.scorer.contribute(vectors, to);
    }

    /// Parses the `n` tokens from `first` on. `is_space` says which are white space.
    pub(crate) fn parse(&self, to: &mut Contributions, first: usize, n: usize, is_space: &[bool]) -> Tree {
        let mut s = State::new(n);
        let mut labels = vec![self.root; n];
        // Every token is shifted, put back and reduced at most once or twice; a machine that runs longer is stopped, and what is
        // left becomes roots.
        for _ in 0..8 * n + 8 {
            let (buffered, depth) = (s.buffer_len(), s.stack.len());
            if depth == 0 && buffered == 0 {
                break;
            }
            let (b0, b1, s0) = (s.buffer(0), s.buffer(1), s.stack(0));
            let b0_starts = b0.is_some_and(|b| s.starts[b]);
            let arc = depth > 0 && buffered > 0 && !b0_starts;
            let valid = [
                depth == 0 || buffered >= 2 && !b0_starts && b0.is_some_and(|b| !s.unshiftable[b]),
                depth > 0,
                arc,
                arc,
                buffered >= 2 && matches!((b0, b1), (Some(b0), Some(b1)) if b1 == b0 + 1 && !s.starts[b1]),
            ];
            let places = [
                b0,
                b1,
                s0,
                s.stack(1),
                s.stack(2),
                child(&s.last_left, b0),
                child(&s.last_left, s0),
                child(&s.last_right, s0),
            ];
            let best = self.scorer.best(to, first, places, |class| valid[usize::from(self.classes[class].0)]);
            let Some((action, label)) = best.map(|class| self.classes[class]) else { break };
            match (action, b0, s0) {
                (action::SHIFT, Some(_), _) => s.push(),
                (action::REDUCE, _, Some(top)) => {
                    s.stack.pop();
                    if s.heads[top] == NONE && depth > 1 {
                        s.unshiftable[top] = true;
                        s.put_back.push(top as u32);
                    }
                }
                (action::LEFT, Some(head), Some(top)) => {
                    s.attach(head, top);
                    labels[top] = label;
                    s.unshiftable[head] = false;
                    s.stack.pop();
                }
                (action::RIGHT, Some(next), Some(top)) => {
                    s.attach(top, next);
                    labels[next] = label;
                    s.push();
                }
                (action::BREAK, ..) => {
                    if let Some(b1) = b1 {
                        s.starts[b1] = true;
                    }
                }
                _ => break,
            }
        }
        let heads = (0..n).map(|i| if s.heads[i] == NONE { i as u32 } else { s.heads[i] }).collect();
        let mut tree = Tree { heads, labels, ..Tree::default() };
        for i in 0..n {
            if tree.heads[i] as usize == i {
                tree.labels[i] = self.root;
            }
        }
        tree.set_edges();
        if self.deprojectivise(&mut tree, is_space) {
            tree.set_edges();
        }
        tree
    }

    /// Undoes the pseudo-projective labels "X||Y" (Nivre and Nilsson 2005, HEAD scheme): the token belongs under the first
    /// token labelled Y that is found breadth-first from its present head. Edges stay those of the projective tree, as in spaCy.
    fn deprojectivise(&self, tree: &mut Tree, is_space: &[bool]) -> bool {
        let mut any = false;
        for i in 0..tree.heads.len() {
            let Some((own, wanted)) = self.split.get(usize::from(tree.labels[i])).copied().flatten() else { continue };
            any = true;
            let mut queue = vec![tree.heads[i] as usize];
            let mut next = Vec::new();
            'search: while !queue.is_empty() {
                for &parent in &queue {
                    let (left, right) = (tree.left_edges[parent] as usize, tree.right_edges[parent] as usize);
                    for (c, is_space) in is_space.iter().enumerate().take(right + 1).skip(left) {
                        if tree.heads[c] as usize != parent || c == parent || c == i || *is_space {
                            continue;
                        }
                        if tree.labels[c] == wanted {
                            tree.heads[i] = c as u32;
                            break 'search;
                        }
                        next.push(c);
                    }
                }
                std::mem::swap(&mut queue, &mut next);
                next.clear();
            }
            tree.labels[i] = own;
        }
        any
    }
}

impl Tree {
    /// Leftmost and rightmost token of each subtree, and from those of the roots the starts of sentences. Crossing arcs need
    /// several rounds, until all heads lie within their sentence; spaCy gives up after eleven, and so do we.
    fn set_edges(&mut self) {
        let n = self.heads.len();
        self.left_edges = (0..n as u32).collect();
        self.right_edges = (0..n as u32).collect();
        for _ in 0..12 {
            for i in (0..n).chain((0..n).rev()) {
                let head = self.heads[i] as usize;
                self.left_edges[head] = self.left_edges[head].min(self.left_edges[i]);
                self.right_edges[head] = self.right_edges[head].max(self.right_edges[i]);
            }
            self.starts = vec![false; n];
            for i in 0..n {
                if self.heads[i] as usize == i {
                    self.starts[self.left_edges[i] as usize] = true;
                }
            }
            if self.heads_within_sentences() {
                break;
            }
        }
        if let Some(start) = self.starts.first_mut() {
            *start = true;
        }
    }

    /// Whether no head lies outside its sentence, read as spaCy reads it: the last token ends a sentence that it is not part of.
    fn heads_within_sentences(&self) -> bool {
        let n = self.heads.len();
        let mut start = 0;
        for end in 0..n {
            if end > 0 && self.starts[end] || end + 1 == n {
                if self.heads[start..end].iter().any(|&h| (h as usize) < start || h as usize > end) {
                    return false;
                }
                start = end;
            }
        }
        true
    }
}
