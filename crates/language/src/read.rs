//! From units to a reading: the pipeline of the model, some hundred words at a time.

use std::ops::Range;
use std::sync::Arc;

use crate::embed::{Item, WIDTH, Words, sized};
use crate::model::Model;
use crate::parse::Tree;
use crate::reading::{Entity, NO_ENTITY, Pos, Reading, Row, Sentence};
use crate::rules;
use crate::score::Contributions;
use crate::text::{Casing, KnowsWords, Shadow, Unit};
use crate::tokenize::Piece;
use crate::tokenize::is_space;

/// Tokens computed at a time: enough rows for the matrix products, few enough to stay in the processor's cache.
const BATCH: usize = 400;
/// A unit of more tokens is read in parts of at most this many; spaCy would read it whole. Such a line is no prose.
const LONGEST: usize = 4_000;

/// Room to work in; belongs to one thread at a time.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    words: Words,
    pieces: Vec<Piece>,
    vectors: [Vec<f32>; 2],
    tags: Vec<f32>,
    parse: Contributions,
    entity: Contributions,
    ruled: Vec<rules::Ruled>,
}

/// One text for the networks: a unit, or a part of a very long one.
struct Doc {
    unit: usize,
    shadow: usize,
    pieces: Range<usize>,
}

pub(crate) fn read(model: &Model, text: &str, units: &[Unit], workspace: &mut Workspace) -> Reading {
    let mut out = Reading {
        text: Arc::from(text),
        labels: Arc::clone(&model.labels),
        rows: Vec::new(),
        lemmas: String::new(),
        sentences: Vec::new(),
        entities: Vec::new(),
        units: Vec::with_capacity(units.len()),
        children: Vec::new(),
        child_ends: Vec::new(),
    };
    let casing = Casing::learn(text, units, &model.lemmatizer);
    let mut place = (0, 0);
    let mut shadows: Vec<Shadow> = Vec::new();
    let mut docs: Vec<Doc> = Vec::new();
    workspace.pieces.clear();
    for (i, unit) in units.iter().enumerate() {
        let shadow = Shadow::of(text, *unit, &casing);
        let start = workspace.pieces.len();
        model.tokenizer.tokenize(&shadow.text, &mut workspace.pieces);
        docs.extend(parts(start..workspace.pieces.len()).map(|pieces| Doc { unit: i, shadow: shadows.len(), pieces }));
        shadows.push(shadow);
        if workspace.pieces.len() >= BATCH || i + 1 == units.len() {
            // A very long unit is many texts: no more of them at once than of others.
            for docs in docs.chunk_by(|a, b| b.pieces.end - a.pieces.start <= LONGEST) {
                batch(model, &shadows, docs, workspace, &mut out, &mut place);
            }
            shadows.clear();
            docs.clear();
            workspace.pieces.clear();
        }
    }
    link_units(&mut out, units.len());
    link_children(&mut out);
    out
}

/// A unit's tokens as one text, or in parts when there are too many.
fn parts(pieces: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = pieces.end;
    pieces.step_by(LONGEST).map(move |start| start..end.min(start + LONGEST))
}

/// Reads some texts at once and appends them to the reading.
fn batch(
    model: &Model,
    shadows: &[Shadow],
    docs: &[Doc],
    workspace: &mut Workspace,
    out: &mut Reading,
    place: &mut (usize, usize),
) {
    let Workspace { words, pieces, vectors, tags, parse, entity, ruled } = workspace;
    let base = docs.first().map_or(0, |doc| doc.pieces.start);
    let ends: Vec<usize> = docs.iter().map(|doc| doc.pieces.end - base).collect();
    let items = docs.iter().flat_map(|doc| {
        let shadow = &shadows[doc.shadow];
        pieces[doc.pieces.clone()].iter().map(move |piece| Item {
            word: form(shadow, piece),
            norm: piece.norm.map(|id| model.tokenizer.norm(id)),
            space_after: piece.space_after,
        })
    });
    words.encode([&model.networks[0], &model.networks[1]], items, &ends, &model.norms, &model.vectors, vectors);
    let n = ends.last().copied().unwrap_or(0);
    let logits = sized(tags, n * model.tagger.columns());
    model.tagger.multiply(&vectors[0], WIDTH, n, logits);
    model.parser.contribute(&vectors[0], parse);
    model.recogniser.contribute(&vectors[1], entity);
    for doc in docs {
        let shadow = &shadows[doc.shadow];
        let first = doc.pieces.start - base;
        let n = doc.pieces.len();
        let forms: Vec<&str> = pieces[doc.pieces.clone()].iter().map(|piece| form(shadow, piece)).collect();
        let space: Vec<bool> = forms.iter().map(|form| form.chars().all(is_space)).collect();
        let tree = model.parser.parse(parse, first, n, &space);
        let found = model.recogniser.recognise(entity, first, n, &space, &tree.starts);
        let lowers: Vec<String> = forms.iter().map(|form| form.to_lowercase()).collect();
        let rows: Vec<rules::Row<'_>> = (0..n)
            .map(|i| rules::Row {
                tag: argmax(&logits[(first + i) * model.tagger.columns()..], &model.tagger_bias),
                dep: tree.labels[i],
                lower: &lowers[i],
                is_space: space[i],
            })
            .collect();
        ruled.clear();
        model.ruler.apply(&rows, ruled);
        let understood = Understood { unit: doc.unit, shadow, pieces: &pieces[doc.pieces.clone()], tree, found, ruled };
        append(model, &understood, out, place);
    }
}

/// The word of a piece as the parser sees it.
fn form<'a>(shadow: &'a Shadow, piece: &Piece) -> &'a str {
    &shadow.text[piece.start as usize..piece.end as usize]
}

/// What the model made of one text.
struct Understood<'a> {
    unit: usize,
    shadow: &'a Shadow,
    pieces: &'a [Piece],
    tree: Tree,
    found: Vec<(usize, usize, u16)>,
    ruled: &'a [rules::Ruled],
}

fn argmax(scores: &[f32], bias: &[f32]) -> u16 {
    let mut best = (0, f32::NEG_INFINITY);
    for (i, (score, bias)) in scores.iter().zip(bias).enumerate() {
        if score + bias > best.1 {
            best = (i, score + bias);
        }
    }
    best.0 as u16
}

/// Adds a text's tokens, sentences and entities to the reading. `place` is how far code points have been counted.
fn append(model: &Model, text: &Understood<'_>, out: &mut Reading, place: &mut (usize, usize)) {
    let Understood { unit, shadow, pieces, tree, found, ruled } = text;
    let unit = *unit;
    let base = out.rows.len();
    for (i, (piece, ruled)) in pieces.iter().zip(*ruled).enumerate() {
        if tree.starts[i] {
            if let Some(last) = out.sentences.last_mut() {
                last.tokens.end = base + i;
            }
            out.sentences.push(Sentence { tokens: base + i..base + i + 1, unit });
        }
        let (start, end) = (shadow.article_byte(piece.start as usize), shadow.article_byte(piece.end as usize));
        let char_start = chars_to(&out.text, place, start);
        let char_end = chars_to(&out.text, place, end);
        let pos = rules::UPOS.get(usize::from(ruled.pos)).and_then(|name| Pos::from_name(name)).unwrap_or(Pos::X);
        let lemma_start = out.lemmas.len() as u32;
        match ruled.lemma {
            Some(id) => out.lemmas.push_str(model.ruler.lemma(id)),
            None => {
                let morph = &model.labels.morphs[usize::from(ruled.morph)];
                out.lemmas.push_str(&model.lemmatizer.lemma(form(shadow, piece), pos.as_str(), morph));
            }
        }
        out.rows.push(Row {
            start: start as u32,
            end: end as u32,
            char_start,
            char_end,
            head: base as u32 + tree.heads[i],
            left_edge: base as u32 + tree.left_edges[i],
            right_edge: base as u32 + tree.right_edges[i],
            lemma: (lemma_start, out.lemmas.len() as u32),
            tag: ruled.tag,
            dep: ruled.dep,
            morph: ruled.morph,
            pos,
            space_after: piece.space_after,
            sentence: (out.sentences.len() - 1) as u32,
            entity: NO_ENTITY,
        });
    }
    if let Some(last) = out.sentences.last_mut() {
        last.tokens.end = out.rows.len();
    }
    for &(start, end, label) in found {
        let at = out.entities.len() as u32;
        for row in &mut out.rows[base + start..base + end] {
            row.entity = at;
        }
        out.entities.push(Entity { tokens: base + start..base + end, label });
    }
}

/// Code points before byte `to`, counted on from the place of the last call. Tokens never go back by more than a word.
fn chars_to(text: &str, place: &mut (usize, usize), to: usize) -> u32 {
    let (byte, chars) = *place;
    let now = if to >= byte { chars + text[byte..to].chars().count() } else { chars - text[to..byte].chars().count() };
    *place = (to, now);
    now as u32
}

/// Tokens of each unit, also of those without any.
fn link_units(out: &mut Reading, n: usize) {
    let mut sentences = out.sentences.iter().peekable();
    let mut at = 0;
    for unit in 0..n {
        let start = at;
        while let Some(sentence) = sentences.next_if(|s| s.unit == unit) {
            at = sentence.tokens.end;
        }
        out.units.push(start..at);
    }
}

/// Children of all tokens in text order.
fn link_children(out: &mut Reading) {
    let n = out.rows.len();
    let mut ends = vec![0u32; n];
    for (i, row) in out.rows.iter().enumerate() {
        if row.head as usize != i {
            ends[row.head as usize] += 1;
        }
    }
    let mut total = 0;
    for end in &mut ends {
        total += *end;
        *end = total;
    }
    let mut next: Vec<u32> = std::iter::once(0).chain(ends.iter().copied()).take(n).collect();
    out.children = vec![0; total as usize];
    for (i, row) in out.rows.iter().enumerate() {
        let head = row.head as usize;
        if head != i {
            out.children[next[head] as usize] = i as u32;
            next[head] += 1;
        }
    }
    out.child_ends = ends;
}

impl KnowsWords for crate::lemma::Lemmatizer {
    fn knows(&self, lower: &str) -> bool {
        self.is_known(lower)
    }
}
