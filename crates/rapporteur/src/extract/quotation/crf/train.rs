//! Training: the likelihood of the gold labels, climbed one block at a time (AdaGrad), with a pull towards nought that keeps
//! the file small. The same examples give the same file, byte for byte: a fixed order, one thread, fixed sums.

use language::Model;

use super::super::{Context, link, marks};
use super::weights::{self, BITS};
use super::{LABELS, OUT, Part, Run, STEPS, best, features, gold, may_follow, runs};
use crate::extract::{coreference, name};
use crate::ingest::Article;

const FEATURES: usize = 1 << BITS;

/// What training does; [`Settings::default`] is what made the file in the project.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Passes over the examples.
    pub passes: usize,
    /// Length of the first step.
    pub rate: f32,
    /// Features seen less often than this are left out.
    pub seen: u32,
    /// Weights smaller than this are left out of the file.
    pub smallest: f32,
    /// Weights are kept in units of this much.
    pub unit: f32,
    /// What the squares of the slopes start from: the larger, the shorter the first steps.
    pub start: f32,
    /// Pull towards nought, the same for all weights (L1), which leaves most features without any.
    pub pull: f32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { passes: 4, rate: 0.02, seen: 3, smallest: 0.03, unit: 0.02, start: 1.0, pull: 0.0005 }
    }
}

/// One block of an article: its tokens' features and gold labels.
struct Chain {
    features: Vec<u32>,
    /// Where each token's features end.
    ends: Vec<u32>,
    steps: Vec<u8>,
    labels: Vec<u8>,
}

/// The blocks of one article with their gold labels.
pub struct Example {
    chains: Vec<Chain>,
}

/// An article with its annotation (brat stand-off) as an example.
pub fn example(model: &Model, article: &Article, annotation: &str) -> Example {
    let reading = crate::extract::read(model, article);
    let mut names = name::find(article, &reading);
    coreference::resolve(article, &reading, &mut names);
    let context = Context { article, reading: &reading, names: &names, quotations: &[] };
    let stretches = marks::stretches(reading.text(), &article.blocks);
    let cues = link::cues(context, &stretches);
    let rules = super::super::by_rules(context, &stretches, &cues);
    let looks = features::Looks::of(context, &rules, &cues, &stretches);
    let labels = gold::labels(&reading, annotation);
    let mut chains = Vec::new();
    for unit in reading.units().iter().filter(|u| !u.is_empty()) {
        let mut chain = Chain { features: Vec::new(), ends: Vec::new(), steps: Vec::new(), labels: Vec::new() };
        for i in unit.clone() {
            chain.features.extend(looks.of_token(i, unit, &mut [0; features::ROW]));
            chain.ends.push(chain.features.len() as u32);
            chain.steps.push(looks.step(i));
            let label = labels[i];
            // A run never goes over the edge of a block.
            let follows = may_follow(chain.labels.last().copied(), label);
            chain.labels.push(if follows { label } else { label - 1 });
        }
        chains.push(chain);
    }
    Example { chains }
}

type Row = [f32; LABELS];

struct Trainer {
    settings: Settings,
    weights: Vec<Row>,
    squares: Vec<Row>,
    steps: [[Row; LABELS]; STEPS],
    step_squares: [[Row; LABELS]; STEPS],
    kept: Vec<bool>,
    /// Sums of the weights as they were after each pass that counts.
    sums: Vec<Row>,
    step_sums: [[Row; LABELS]; STEPS],
    counted: f32,
}

/// The file of weights that the examples make. `tell` hears of each pass: its number, the mean loss of a token, and the
/// file as it would be now.
pub fn train(examples: &[Example], settings: Settings, mut tell: impl FnMut(usize, f64, &[u8])) -> Vec<u8> {
    let mut count = vec![0_u32; FEATURES];
    let chains: Vec<&Chain> = examples.iter().flat_map(|e| &e.chains).collect();
    chains.iter().flat_map(|c| &c.features).for_each(|f| count[*f as usize] += 1);
    let mut trainer = Trainer {
        settings,
        weights: vec![[0.0; LABELS]; FEATURES],
        squares: vec![[settings.start; LABELS]; FEATURES],
        steps: [[[0.0; LABELS]; LABELS]; STEPS],
        step_squares: [[[settings.start; LABELS]; LABELS]; STEPS],
        kept: count.iter().map(|c| *c >= settings.seen).collect(),
        sums: vec![[0.0; LABELS]; FEATURES],
        step_sums: [[[0.0; LABELS]; LABELS]; STEPS],
        counted: 0.0,
    };
    let mut order: Vec<usize> = (0..chains.len()).collect();
    let mut state = 1_u64;
    for pass in 1..=settings.passes {
        shuffle(&mut order, &mut state);
        let (mut loss, mut tokens) = (0.0, 0);
        for n in &order {
            loss += trainer.learn(chains[*n]);
            tokens += chains[*n].labels.len();
        }
        if pass > settings.passes / 3 {
            trainer.count();
        }
        tell(pass, loss / tokens.max(1) as f64, &trainer.file());
    }
    trainer.file()
}

/// How well the labels of a file of weights fit examples: by part (content, cue, source) the F1 of whole runs.
pub fn fit(examples: &[Example], file: &[u8]) -> Option<[f64; 3]> {
    let weights = weights::read(file)?;
    let mut counts = [[0_usize; 3]; 3];
    for chain in examples.iter().flat_map(|e| &e.chains) {
        let mut from = 0;
        let own =
            chain.ends.iter().map(|end| &chain.features[std::mem::replace(&mut from, *end as usize)..*end as usize]);
        let scores: Vec<Row> = own.map(|f| weights.score(f)).collect();
        let found = runs(&best(&scores, &chain.steps, &weights), 0);
        let gold = runs(&chain.labels, 0);
        for (n, part) in [Part::Content, Part::Cue, Part::Source].into_iter().enumerate() {
            let of = |runs: &[Run]| runs.iter().filter(|r| r.part == part).count();
            counts[n][0] += found.iter().filter(|r| r.part == part && gold.contains(r)).count();
            counts[n][1] += of(&found);
            counts[n][2] += of(&gold);
        }
    }
    Some(counts.map(|[right, found, gold]| 2.0 * right as f64 / (found + gold).max(1) as f64))
}

impl Trainer {
    /// Adds the weights as they are to those that the file is the mean of.
    fn count(&mut self) {
        self.counted += 1.0;
        let steps = self.step_sums.iter_mut().flatten().zip(self.steps.iter().flatten());
        for (sum, now) in self.sums.iter_mut().zip(&self.weights).chain(steps) {
            sum.iter_mut().zip(now).for_each(|(s, w)| *s += w);
        }
    }

    /// The file of the mean weights.
    fn file(&self) -> Vec<u8> {
        let mean = |w: f32| w / self.counted.max(1.0);
        let small = |w: f32| if w.abs() < self.settings.smallest { 0.0 } else { w };
        let rows = self.sums.iter().enumerate().map(|(f, row)| (f as u32, row.map(|w| small(mean(w)))));
        let rows: Vec<(u32, Row)> = rows.filter(|(_, row)| row.iter().any(|w| *w != 0.0)).collect();
        weights::write(self.settings.unit, &self.step_sums.map(|t| t.map(|r| r.map(mean))), &rows)
    }

    /// One step up the likelihood of a chain; its loss before the step.
    fn learn(&mut self, chain: &Chain) -> f64 {
        let n = chain.labels.len();
        let own = |t: usize| {
            let from = t.checked_sub(1).map_or(0, |b| chain.ends[b] as usize);
            &chain.features[from..chain.ends[t] as usize]
        };
        let mut scores = vec![[0.0_f32; LABELS]; n];
        for (t, score) in scores.iter_mut().enumerate() {
            for f in own(t).iter().filter(|f| self.kept[**f as usize]) {
                for (s, w) in score.iter_mut().zip(&self.weights[*f as usize]) {
                    *s += w;
                }
            }
        }
        let (at, along, loss) = self.expected(chain, &scores);
        for (t, at) in at.iter().enumerate() {
            let mut slope = *at;
            slope[usize::from(chain.labels[t])] -= 1.0;
            for f in own(t) {
                let f = *f as usize;
                if self.kept[f] {
                    climb(&mut self.weights[f], &mut self.squares[f], &slope, self.settings);
                }
            }
        }
        for (step, table) in along.iter().enumerate() {
            for (before, slope) in table.iter().enumerate() {
                let (row, squares) = (&mut self.steps[step][before], &mut self.step_squares[step][before]);
                climb(row, squares, slope, self.settings);
            }
        }
        loss
    }

    /// The probabilities of all labels at each token; of all steps, less those taken; and the loss.
    fn expected(&self, chain: &Chain, scores: &[Row]) -> (Vec<Row>, [[Row; LABELS]; STEPS], f64) {
        let n = scores.len();
        let open = |t: usize, before: usize, label: usize| {
            may_follow((t > 0).then_some(before as u8), label as u8) && (t > 0 || before == usize::from(OUT))
        };
        let way = |t: usize, before: usize, label: usize| {
            if t == 0 { 0.0 } else { self.steps[usize::from(chain.steps[t])][before][label] }
        };
        let (mut forward, mut backward, mut scale) =
            (vec![[0.0_f32; LABELS]; n], vec![[1.0_f32; LABELS]; n], vec![0.0_f32; n]);
        let mut log_sum = 0.0_f64;
        let mut above = [0.0; LABELS];
        above[usize::from(OUT)] = 1.0;
        let highest: Vec<f32> = scores.iter().map(|s| s.iter().copied().fold(f32::MIN, f32::max)).collect();
        for t in 0..n {
            let mut now = [0.0_f32; LABELS];
            for (label, to) in now.iter_mut().enumerate() {
                for before in (0..LABELS).filter(|b| open(t, *b, label)) {
                    *to += above[before] * way(t, before, label).exp();
                }
                *to *= (scores[t][label] - highest[t]).exp();
            }
            scale[t] = now.iter().sum::<f32>().max(1e-30);
            log_sum += f64::from(scale[t].ln() + highest[t]);
            now.iter_mut().for_each(|p| *p /= scale[t]);
            forward[t] = now;
            above = now;
        }
        let mut along = [[[0.0_f32; LABELS]; LABELS]; STEPS];
        for t in (1..n).rev() {
            let step = usize::from(chain.steps[t]);
            let out: Row = std::array::from_fn(|l| backward[t][l] * (scores[t][l] - highest[t]).exp() / scale[t]);
            for before in 0..LABELS {
                let mut sum = 0.0;
                for label in (0..LABELS).filter(|l| open(t, before, *l)) {
                    let through = way(t, before, label).exp() * out[label];
                    sum += through;
                    along[step][before][label] += forward[t - 1][before] * through;
                }
                backward[t - 1][before] = sum;
            }
        }
        let mut right = 0.0_f64;
        for t in 0..n {
            let label = usize::from(chain.labels[t]);
            right += f64::from(scores[t][label]);
            if let Some(before) = t.checked_sub(1).map(|b| usize::from(chain.labels[b])) {
                right += f64::from(way(t, before, label));
                along[usize::from(chain.steps[t])][before][label] -= 1.0;
            }
        }
        let at = (0..n).map(|t| std::array::from_fn(|l| forward[t][l] * backward[t][l])).collect();
        (at, along, log_sum - right)
    }
}

fn climb(row: &mut Row, squares: &mut Row, slope: &Row, settings: Settings) {
    for l in 0..LABELS {
        let g = slope[l];
        if g.abs() < 1e-4 {
            continue;
        }
        squares[l] += g * g;
        let rate = settings.rate / squares[l].sqrt();
        let moved = row[l] - rate * g;
        row[l] = moved.signum() * (moved.abs() - rate * settings.pull).max(0.0);
    }
}

/// Fisher and Yates, with numbers by xorshift from a fixed seed.
fn shuffle(order: &mut [usize], state: &mut u64) {
    for i in (1..order.len()).rev() {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        order.swap(i, (*state % (i as u64 + 1)) as usize);
    }
}
