//! Gold labels from brat stand-off annotation, as PolNeAR and PARC come in: `T` lines with kind and offsets in code points, a span
//! in pieces being several. Contents, cues and sources only; of overlapping spans the longer keeps its tokens.

use language::{Reading, Span};

use super::{OUT, Part};

/// A label a token. Spans are trimmed to words, and what overlaps no token, or cannot be read, is passed over.
pub(crate) fn labels(reading: &Reading, annotation: &str) -> Vec<u8> {
    let bytes: Vec<usize> = reading.text().char_indices().map(|c| c.0).chain([reading.text().len()]).collect();
    let byte = |c: usize| bytes.get(c).copied().unwrap_or(reading.text().len());
    let mut spans: Vec<(Part, Span)> =
        pieces(annotation).map(|(part, start, end)| (part, Span::new(byte(start), byte(end.max(start))))).collect();
    spans.sort_by_key(|(_, s)| (std::cmp::Reverse(s.len()), s.start));
    let mut labels = vec![OUT; reading.len()];
    for (part, span) in spans {
        let mut tokens = reading.tokens_in(span);
        let word = |i: usize| reading.get(i).is_some_and(|t| t.text().contains(char::is_alphanumeric));
        while tokens.start < tokens.end && !word(tokens.start) {
            tokens.start += 1;
        }
        while tokens.start < tokens.end && !word(tokens.end - 1) {
            tokens.end -= 1;
        }
        if tokens.clone().all(|i| labels[i] == OUT) {
            let first = tokens.start;
            tokens.for_each(|i| labels[i] = part.first() + u8::from(i > first));
        }
    }
    labels
}

/// The annotated pieces: what they are, first and last code point.
fn pieces(annotation: &str) -> impl Iterator<Item = (Part, usize, usize)> {
    annotation.lines().filter(|l| l.starts_with('T')).flat_map(|line| {
        let about = line.split('\t').nth(1).unwrap_or("");
        let (kind, offsets) = about.split_once(' ').unwrap_or((about, ""));
        let part = match kind {
            "Content" => Some(Part::Content),
            "Cue" => Some(Part::Cue),
            "Source" => Some(Part::Source),
            _ => None,
        };
        let pieces = offsets.split(';').filter_map(|p| {
            let (start, end) = p.trim().split_once(' ')?;
            Some((start.parse().ok()?, end.parse().ok()?))
        });
        pieces.filter_map(move |(start, end)| part.map(|p| (p, start, end))).collect::<Vec<_>>()
    })
}
