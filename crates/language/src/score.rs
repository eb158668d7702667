//! The scorer of transitions that parser and entity recogniser share.
//!
//! What a token contributes to a score, at each place of the state where it can stand, is computed once a text; a step of the
//! machine then adds up a few rows, takes the maximum of two and multiplies once by the upper layer.

use crate::container::{Node, decode, get, named, text};
use crate::embed::{WIDTH, sized};
use crate::matrix::{Matrix, sum};

const HIDDEN: usize = 64;
const PAIR: usize = 2 * HIDDEN;

/// The layers of one transition scorer with `F` places in the state.
#[derive(Debug)]
pub(crate) struct Scorer<const F: usize> {
    reduce: Matrix,
    reduce_bias: Vec<f32>,
    lower: Matrix,
    bias: Vec<f32>,
    /// What an empty place contributes.
    pad: Vec<f32>,
    upper: Matrix,
    upper_bias: Vec<f32>,
}

/// What the tokens of some texts contribute, and room for a step's scores.
#[derive(Debug, Default)]
pub(crate) struct Contributions {
    hidden: Vec<f32>,
    rows: Vec<f32>,
    scores: Vec<f32>,
}

impl<const F: usize> Scorer<F> {
    /// Picks the layers out of a model's nodes, for that many classes.
    pub(crate) fn new(nodes: &[Node], classes: usize) -> Result<Scorer<F>, String> {
        let lower = named(nodes, "precomputable_affine", 1)?[0];
        let linear = named(nodes, "linear", 2)?;
        let (upper, reduce) = (linear[0], linear[1]);
        // From [place, hidden, piece] to [place][piece][hidden].
        let order = |c: usize| (c / PAIR, c % HIDDEN, c % PAIR / HIDDEN);
        let w = lower.array("W", &[F, HIDDEN, 2, HIDDEN])?;
        let pad = lower.array("pad", &[1, F, HIDDEN, 2])?;
        let b = lower.array("b", &[HIDDEN, 2])?;
        let up = upper.array("W", &[classes, HIDDEN])?;
        let red = reduce.array("W", &[HIDDEN, WIDTH])?;
        Ok(Scorer {
            reduce: Matrix::pack(WIDTH, HIDDEN, |k, c| red[c * WIDTH + k]),
            reduce_bias: reduce.array("b", &[HIDDEN])?.to_vec(),
            lower: Matrix::pack(HIDDEN, F * PAIR, |k, c| {
                let (place, hidden, piece) = order(c);
                w[((place * HIDDEN + hidden) * 2 + piece) * HIDDEN + k]
            }),
            bias: (0..PAIR).map(|c| b[(c % HIDDEN) * 2 + c / HIDDEN]).collect(),
            pad: (0..F * PAIR)
                .map(|c| {
                    let (place, hidden, piece) = order(c);
                    pad[(place * HIDDEN + hidden) * 2 + piece]
                })
                .collect(),
            upper: Matrix::pack(HIDDEN, classes, |k, c| up[c * HIDDEN + k]),
            upper_bias: upper.array("b", &[classes])?.to_vec(),
        })
    }

    /// Computes what each token contributes, from its vector.
    pub(crate) fn contribute(&self, vectors: &[f32], to: &mut Contributions) {
        let n = vectors.len() / WIDTH;
        let hidden = sized(&mut to.hidden, n * HIDDEN);
        self.reduce.multiply(vectors, WIDTH, n, hidden);
        for row in hidden.chunks_exact_mut(HIDDEN) {
            for (h, b) in row.iter_mut().zip(&self.reduce_bias) {
                *h += b;
            }
        }
        self.lower.multiply(hidden, HIDDEN, n, sized(&mut to.rows, n * F * PAIR));
    }

    /// The best of the classes that `valid` allows; the first of equals. `state[f]` is the token (counted from `first`) at place
    /// `f`, or `None`. Returns `None` when no class is valid.
    pub(crate) fn best(
        &self,
        to: &mut Contributions,
        first: usize,
        state: [Option<usize>; F],
        valid: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut total = [0f32; PAIR];
        let rows: [&[f32]; F] = std::array::from_fn(|place| match state[place] {
            Some(token) => &to.rows[((first + token) * F + place) * PAIR..][..PAIR],
            None => &self.pad[place * PAIR..][..PAIR],
        });
        sum(&rows, &mut total);
        let mut hidden = [0f32; HIDDEN];
        for o in 0..HIDDEN {
            let (a, b) = (total[o] + self.bias[o], total[HIDDEN + o] + self.bias[HIDDEN + o]);
            hidden[o] = if a > b { a } else { b };
        }
        let scores = sized(&mut to.scores, self.upper.columns());
        self.upper.multiply(&hidden, HIDDEN, 1, scores);
        let mut best: Option<(usize, f32)> = None;
        for (class, (score, bias)) in scores.iter().zip(&self.upper_bias).enumerate() {
            let score = score + bias;
            if best.is_none_or(|(_, so_far)| score > so_far) && valid(class) {
                best = Some((class, score));
            }
        }
        best.map(|(class, _)| class)
    }
}

/// The classes of a transition system in the order of the upper layer's rows: action and label, from the model's `moves` file.
/// Within an action the most frequent label comes first; of equals the last in the alphabet.
pub(crate) fn classes(bytes: &[u8]) -> Result<Vec<(u8, String)>, String> {
    let value = decode(bytes)?;
    let moves = get(&value, "moves").and_then(text).ok_or("expected `moves`")?;
    let actions: std::collections::BTreeMap<u8, serde_json::Map<String, serde_json::Value>> =
        serde_json::from_str(moves).map_err(|e| format!("expected JSON of actions and labels in `moves`: {e}"))?;
    let mut classes = Vec::new();
    for (action, labels) in actions {
        let mut labels: Vec<(i64, String)> = labels
            .into_iter()
            .map(|(label, n)| Ok((n.as_i64().ok_or("expected whole numbers as frequencies in `moves`")?, label)))
            .collect::<Result<_, String>>()?;
        labels.sort_by(|a, b| b.cmp(a));
        classes.extend(labels.into_iter().map(|(_, label)| (action, label)));
    }
    Ok(classes)
}
