//! Units of a text.

use crate::span::Span;

/// A stretch to be read as one text of its own: a paragraph, a heading, a line. Its neighbours do not influence it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its bytes.
    pub span: Span,
    /// Whether it is a heading, whose title case is undone before it is read.
    pub heading: bool,
}
