//! Where a value comes from: an article and the exact words in it.

use language::Span;
use schemars::JsonSchema;
use serde::Serialize;

/// An article's name for ever: the first 16 hexadecimal digits of the BLAKE3 digest of its text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct ArticleId(pub String);

impl ArticleId {
    /// The name of an article with that text.
    pub fn of(text: &str) -> ArticleId {
        ArticleId(blake3::hash(text.as_bytes()).to_hex()[..16].to_owned())
    }
}

/// A stretch of one article: what every value of an account rests on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Passage {
    /// The article.
    pub article: ArticleId,
    /// Bytes of its text.
    #[serde(flatten)]
    pub span: Span,
}

/// From bytes to code points: how many characters stand before every 64th byte.
pub(crate) struct CodePoints<'a> {
    pub(crate) text: &'a str,
    before: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    pub(crate) fn new(text: &'a str) -> CodePoints<'a> {
        let mut count = 0;
        let chunk = |chunk: &[u8]| {
            let before = count;
            count += characters(chunk);
            before
        };
        let before = text.as_bytes().chunks(64).map(chunk).collect();
        CodePoints { text, before }
    }

    /// Characters before a byte; bytes past the end count as the end.
    pub(crate) fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        match self.before.get(byte / 64) {
            Some(before) => before + characters(&self.text.as_bytes()[byte / 64 * 64..byte]),
            // The end of a text whose length is a multiple of 64.
            None => self
                .before
                .last()
                .map_or(0, |b| b + characters(&self.text.as_bytes()[(self.before.len() - 1) * 64..byte])),
        }
    }
}

/// Bytes that begin a character.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count()
}
