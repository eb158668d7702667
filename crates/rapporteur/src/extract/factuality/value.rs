//! The number beside the words: -3 (did not happen) to 3 (did), as readers of the UDS-IH2 corpus gave it.
//!
//! The words decide; the number is for calibration and for comparing with other systems. It is a sum of weights, one for each
//! circumstance the walk met, so a number can always be taken apart. The weights are fitted by [`fit`] on the corpus' training half.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use language::Token;

use super::compose::Trace;

static WEIGHTS: LazyLock<BTreeMap<&'static str, f32>> =
    LazyLock::new(|| parse(include_str!("../../../../../data/en/factuality-weights.tsv")).0);

/// The value of a predicate: the sum of the weights of its circumstances, cut to -3..3.
pub(super) fn value(token: Token<'_>, trace: &Trace) -> f32 {
    let sum: f32 = circumstances(token, trace).iter().filter_map(|c| WEIGHTS.get(c.as_str())).sum();
    sum.clamp(-3.0, 3.0)
}

/// What the calibration looks at, each once, in a fixed order.
pub(super) fn circumstances(token: Token<'_>, trace: &Trace) -> Vec<String> {
    let state = format!("{}{}/{:?}", trace.state.polarity, trace.state.sure, trace.state.realis);
    let mood = trace.form.mood.as_str();
    let mut found: Vec<String> = vec!["all".to_owned(), format!("state:{state}"), format!("state:{state}+mood:{mood}")];
    found.extend(trace.features.iter().cloned());
    if trace.form.conditional {
        found.push(format!("conditional+mood:{mood}"));
    }
    found.push(format!("lemma:{}", token.lemma().to_lowercase()));
    found.push(format!("tag:{}/{}", token.tag(), token.dep()));
    let subject = token.surface_subject();
    let subject_word = match subject {
        Some(s) if s.tag().starts_with("PRP") || s.tag() == "DT" => s.text().to_lowercase(),
        Some(s) => s.tag().to_owned(),
        None => "none".to_owned(),
    };
    found.push(format!("subject:{subject_word}"));
    found.push(format!("subject:{subject_word}+mood:{mood}"));
    if trace.form.negated {
        found.push(format!("negated+mood:{mood}"));
    }
    if let Some(hedge) = trace.form.hedge {
        found.push(format!("hedge:{hedge:?}"));
    }
    for a in token.auxiliaries() {
        found.push(format!("aux:{}", a.text().to_lowercase()));
    }
    let lemma = token.lemma().to_lowercase();
    let world = format!("{}{:?}", trace.state.polarity, trace.state.realis);
    found.push(format!("lemma:{lemma}+mood:{mood}"));
    found.push(format!("lemma:{lemma}+{world}"));
    found.push(format!("dep:{}+{world}+mood:{mood}", token.dep()));
    found.push(format!("subject:{subject_word}+{world}"));
    let reading = token.reading();
    if let Some(sentence) = reading.sentences().get(token.sentence()) {
        let tokens = || reading.range(near(token, &sentence.tokens));
        if tokens().any(|t| t.text() == "?") {
            found.push("sentence:?".to_owned());
            found.push(format!("sentence:?+mood:{mood}"));
        }
        for word in ["if", "please", "unless", "when", "would", "will", "can", "may", "should", "could"] {
            if tokens().any(|t| t.text().eq_ignore_ascii_case(word)) {
                found.push(format!("sentence:{word}"));
                found.push(format!("sentence:{word}+mood:{mood}"));
            }
        }
    }
    if let Some(root) = token.ancestors().take(32).last() {
        let root_mood = super::form::form(root, false).mood.as_str();
        found.push(format!("root:{root_mood}"));
        found.push(format!("root:{root_mood}+mood:{mood}"));
    }
    for c in token.children().filter(|c| !matches!(c.dep(), "punct" | "nsubj" | "nsubjpass" | "dobj")) {
        found.push(format!("child:{}/{}", c.lemma().to_lowercase(), c.dep()));
    }
    if let Some(sentence) = reading.sentences().get(token.sentence()) {
        for t in reading.range(near(token, &sentence.tokens)) {
            found.push(format!("bagtag:{}", t.tag()));
        }
        let n = sentence.tokens.len();
        found.push(format!(
            "length:{}",
            match n {
                0..=5 => 5,
                6..=12 => 12,
                13..=25 => 25,
                26..=40 => 40,
                _ => 99,
            }
        ));
    }
    surroundings(token, &mut found);
    let state = format!("state:{state}");
    found.push(format!("tag:{}/{}+{state}", token.tag(), token.dep()));
    found.push(format!("subject:{subject_word}+tag:{}/{}", token.tag(), token.dep()));
    if let Some(head) = token.head() {
        found.push(format!("headtag:{}/{}+mood:{mood}", head.tag(), token.dep()));
        found.push(format!("headtag:{}/{}+{state}", head.tag(), token.dep()));
        found.push(format!("head:{}/{}+mood:{mood}", head.lemma().to_lowercase(), token.dep()));
    }
    found.sort();
    found.dedup();
    found
}

/// The words and tags beside the predicate, the words that hang on it, and the verbs above it with their helpers.
fn surroundings(token: Token<'_>, found: &mut Vec<String>) {
    let reading = token.reading();
    for place in [-3_isize, -2, -1, 1, 2] {
        if let Some(t) = token.i.checked_add_signed(place).and_then(|i| reading.get(i)) {
            found.push(format!("word{place}:{}", t.text().to_lowercase()));
            found.push(format!("tag{place}:{}", t.tag()));
        }
    }
    let helps = |c: &Token<'_>| matches!(c.dep(), "aux" | "neg" | "mark");
    for c in token.children() {
        found.push(format!("has:{}", c.dep()));
        if helps(&c) || matches!(c.dep(), "auxpass" | "advmod" | "prep" | "prt") {
            found.push(format!("with:{}/{}", c.text().to_lowercase(), c.dep()));
        }
    }
    for above in token.ancestors().take(3) {
        found.push(format!("under:{}", above.lemma().to_lowercase()));
        for c in above.children().filter(helps) {
            found.push(format!("under:{}/{}", c.text().to_lowercase(), c.dep()));
        }
    }
    if let Some(head) = token.head() {
        found.push(format!("head:{}/{}", head.lemma().to_lowercase(), token.dep()));
        found.push(format!("headtag:{}/{}", head.tag(), token.dep()));
    }
    if let Some(sentence) = reading.sentences().get(token.sentence()) {
        for t in reading.range(near(token, &sentence.tokens)) {
            let word = t.text().to_lowercase();
            if matches!(word.as_str(), "not" | "n't" | "you" | "i") {
                found.push(format!("sentence:{word}"));
            }
        }
    }
}

/// The part of the sentence around the token that is looked at: a list of a thousand words has no more to say than its middle.
fn near(token: Token<'_>, sentence: &Range<usize>) -> Range<usize> {
    sentence.start.max(token.i.saturating_sub(60))..sentence.end.min(token.i + 60)
}

/// Weights by name and the lines that could not be read.
fn parse(text: &str) -> (BTreeMap<&str, f32>, Vec<String>) {
    let mut weights = BTreeMap::new();
    let mut bad = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty()) {
        match line.split_once('\t').and_then(|(name, rest)| Some((name, rest.split('\t').next()?.parse::<f32>().ok()?)))
        {
            Some((name, weight)) => {
                weights.insert(name, weight);
            }
            None => bad.push(format!("factuality-weights.tsv:{}: expected a name and a number", number + 1)),
        }
    }
    (weights, bad)
}
