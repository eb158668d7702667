//! Bytes in, articles out.

use language::Span;
use serde::Serialize;

use crate::provenance::ArticleId;

/// One text by one outlet, as it came in.
#[derive(Clone, Debug)]
pub struct Article {
    /// Digest of the text.
    pub id: ArticleId,
    /// Where it came from as the user named it; of a JSONL line `FILE#ID` or `FILE#LINE`.
    pub path: String,
    /// Given with it, never guessed.
    pub url: Option<String>,
    /// Who published it, where the text or metadata says so.
    pub outlet: Option<Outlet>,
    /// ISO 639-1 code, `en`; `None` where the text is too short or too mixed to tell.
    pub language: Option<String>,
    /// When it was published, where metadata or text says so. Never the file's own timestamp.
    pub published: Option<Published>,
    /// The headline's place in the text.
    pub headline: Option<Span>,
    /// The title as given beside the text (metadata); need not stand in it.
    pub title: Option<String>,
    /// "WASHINGTON, Nov 6 (Reuters) -".
    pub dateline: Option<Dateline>,
    /// "By Jane Doe".
    pub byline: Option<Span>,
    /// The decoded content, unchanged: all spans are bytes of it.
    pub text: String,
    /// Its stretches in text order, never overlapping, white space trimmed.
    pub blocks: Vec<Block>,
    /// What could not be understood.
    pub notes: Vec<Note>,
}

/// A stretch between line breaks or block tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Block {
    /// Its bytes, without white space at the ends.
    #[serde(flatten)]
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum BlockKind {
    Headline,
    Subhead,
    Dateline,
    Byline,
    Paragraph,
    List,
    Caption,
    Boilerplate,
}

/// Who published an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outlet {
    /// Its usual name.
    pub name: String,
    /// The words that say so, where they stand in the text.
    pub span: Option<Span>,
}

/// When an article was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Published {
    /// ISO 8601: `2025-11-06`, `2025-11`, `2025-11-06T14:00`.
    pub date: String,
    /// `time`, `day`, `month`, `year`.
    pub precision: String,
    /// `metadata`, `text` or `option`.
    pub from: String,
    /// The words, where they stand in the text.
    pub span: Option<Span>,
}

/// Place, date and agency at the start of the first paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dateline {
    /// As printed: "WASHINGTON".
    pub place: Option<String>,
    /// As printed: "Nov 6".
    pub date: Option<String>,
    /// As printed: "Reuters".
    pub agency: Option<String>,
    /// From the place to the dash or colon.
    pub span: Span,
}

/// Something that could not be understood, or that a reader should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// A short name of the case: `language`, `no_date`, `unparsed`.
    pub kind: String,
    /// Where; `None` for the whole article.
    pub span: Option<Span>,
    /// One sentence.
    pub message: String,
}
