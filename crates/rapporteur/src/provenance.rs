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
