//! Fits the weights of `data/en/factuality-weights.tsv` and measures them. Developer's work, run by hand:
//!
//! `FACTUALITY_GOLD=DIR RAPPORTEUR_MODEL=DIR cargo test -p rapporteur factuality::calibrate -- --ignored --nocapture`
//!
//! `DIR` holds `UDS_IH2` and `MEANTIME`, each with `train.jsonl` and `dev.jsonl`: tokenised sentences with target tokens and
//! their numbers (the unified factuality data of Stanovsky and others 2017). Fitted on UDS-IH2 train only, by ridge
//! regression solved with conjugate gradients: no randomness, the same table every time.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use super::tests::{article, reading};
use super::*;

/// A circumstance seen less often is not given a weight.
const SEEN: usize = 5;
/// Strength of the pull towards zero.
const RIDGE: f64 = 40.0;
/// Weights smaller than this are left out, and the rest fitted again.
const SMALL: f64 = 0.06;

/// A gold number and what the reader made of its target: the circumstances, or `None` where it gives no predicate there.
struct Row {
    gold: f64,
    circumstances: Option<Vec<String>>,
    value: f64,
}

fn gold_folder() -> PathBuf {
    PathBuf::from(std::env::var_os("FACTUALITY_GOLD").expect("FACTUALITY_GOLD names the folder of the gold"))
}

/// The rows of one file; a target's predicate is the one whose characters are most like its own.
fn rows(corpus: &str, part: &str) -> Vec<Row> {
    let model = &*crate::testing::MODEL;
    let file = gold_folder().join(corpus).join(format!("{part}.jsonl"));
    let mut found = Vec::new();
    for line in std::fs::read_to_string(&file).expect("the gold is readable").lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let text = line["text"].as_str().expect("a text");
        let article = article(text, BlockKind::Paragraph);
        let reading = reading(model, &article);
        let predicates: Vec<_> = reading.tokens().filter(|t| is_predicate(*t)).collect();
        let words: Vec<&str> = text.split(' ').collect();
        for target in line["targets"].as_array().expect("targets") {
            let place = |i: usize| target["span1"][i].as_u64().expect("a token number") as usize;
            let start = words[..place(0)].iter().map(|w| w.len() + 1).sum::<usize>();
            let end = start + words[place(0)..place(1)].join(" ").len();
            let fit = |t: &Token<'_>| {
                let span = t.span();
                let shared = span.end.min(end).saturating_sub(span.start.max(start));
                shared as f64 / (span.end.max(end) - span.start.min(start)) as f64
            };
            let best =
                predicates.iter().filter(|t| fit(t) > 0.0).max_by(|a, b| fit(a).total_cmp(&fit(b)).then(b.i.cmp(&a.i)));
            let trace = best.map(|t| (t, compose::compose(*t, false)));
            found.push(Row {
                gold: target["label"].as_f64().expect("a number"),
                value: trace.as_ref().map_or(3.0, |(t, trace)| f64::from(value::value(**t, trace))),
                circumstances: trace.map(|(t, trace)| value::circumstances(*t, &trace)),
            });
        }
    }
    found
}

/// Weights by name that minimise the squared error with a ridge; the constant `all` is free.
fn solve(rows: &[Row], names: &[String]) -> Vec<f64> {
    let place: BTreeMap<&str, usize> = names.iter().enumerate().map(|(i, n)| (n.as_str(), i)).collect();
    let data: Vec<(Vec<usize>, f64)> = rows
        .iter()
        .filter_map(|r| {
            let names = r.circumstances.as_ref()?;
            Some((names.iter().filter_map(|n| place.get(n.as_str()).copied()).collect(), r.gold))
        })
        .collect();
    let ridge: Vec<f64> = names.iter().map(|n| if n == "all" { 0.0 } else { RIDGE }).collect();
    let times = |x: &[f64]| {
        let mut y: Vec<f64> = x.iter().zip(&ridge).map(|(x, r)| x * r).collect();
        for (on, _) in &data {
            let sum: f64 = on.iter().map(|&i| x[i]).sum();
            on.iter().for_each(|&i| y[i] += sum);
        }
        y
    };
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let mut residual = vec![0.0; names.len()];
    for (on, gold) in &data {
        on.iter().for_each(|&i| residual[i] += gold);
    }
    let mut weights = vec![0.0; names.len()];
    let mut direction = residual.clone();
    let mut size = dot(&residual, &residual);
    for _ in 0..400 {
        let image = times(&direction);
        let step = size / dot(&direction, &image).max(f64::MIN_POSITIVE);
        weights.iter_mut().zip(&direction).for_each(|(w, d)| *w += step * d);
        residual.iter_mut().zip(&image).for_each(|(r, i)| *r -= step * i);
        let next = dot(&residual, &residual);
        if next < 1e-6 {
            break;
        }
        direction.iter_mut().zip(&residual).for_each(|(d, r)| *d = r + next / size * *d);
        size = next;
    }
    weights
}

/// Writes the table anew.
#[test]
#[ignore = "developer's work: needs FACTUALITY_GOLD"]
fn fit() {
    let rows = rows("UDS_IH2", "train");
    let mut seen: BTreeMap<&String, usize> = BTreeMap::new();
    rows.iter().flat_map(|r| r.circumstances.iter().flatten()).for_each(|c| *seen.entry(c).or_default() += 1);
    let names: Vec<String> = seen.iter().filter(|(_, n)| **n >= SEEN).map(|(c, _)| (*c).clone()).collect();
    let weights = solve(&rows, &names);
    let names: Vec<String> =
        names.into_iter().zip(&weights).filter(|(n, w)| w.abs() >= SMALL || n == "all").map(|(n, _)| n).collect();
    let weights = solve(&rows, &names);
    let mut table = String::from(
        "# What each circumstance of a predicate adds to its number from -3 (did not happen) to 3 (did).\n\
         # Model weights: fitted by extract/factuality/calibrate.rs on the training half of UDS-IH2 (Rudinger, White and Van Durme 2018).\n\
         # circumstance\tweight\tsource\n",
    );
    for (name, weight) in names.iter().zip(weights) {
        let _ = writeln!(table, "{name}\t{weight:.2}\tfitted on UDS-IH2 train");
    }
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/en/factuality-weights.tsv"), table)
        .expect("the table is written");
}

/// Prints the scorer's figures for the table as compiled in.
#[test]
#[ignore = "developer's work: needs FACTUALITY_GOLD"]
fn measure() {
    for corpus in ["UDS_IH2", "MEANTIME"] {
        let rows = rows(corpus, "dev");
        let n = rows.len() as f64;
        let mean = |f: &dyn Fn(&Row) -> f64| rows.iter().map(f).sum::<f64>() / n;
        let (gold, value) = (mean(&|r| r.gold), mean(&|r| r.value));
        let covariance = mean(&|r| (r.gold - gold) * (r.value - value));
        let spread = (mean(&|r| (r.gold - gold).powi(2)) * mean(&|r| (r.value - value).powi(2))).sqrt();
        let count = |f: &dyn Fn(&Row) -> bool| rows.iter().filter(|r| f(r)).count() as f64;
        let (yes, given, both) =
            (count(&|r| r.gold <= 0.0), count(&|r| r.value <= 0.0), count(&|r| r.gold <= 0.0 && r.value <= 0.0));
        println!(
            "{corpus}: r {:.3}, mean absolute error {:.3}, F1 of not a fact {:.3}, predicates given {:.3} of {n}",
            covariance / spread,
            mean(&|r| (r.gold - r.value).abs()),
            2.0 * both / (yes + given),
            count(&|r| r.circumstances.is_some()) / n,
        );
    }
}
