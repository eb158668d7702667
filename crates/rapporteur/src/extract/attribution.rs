//! Whose word something is.

use language::Token;

use super::{Context, Credit, Holder};

/// The holder that a source names: "Trump", "a U.S. official", "critics", "he".
pub(crate) fn holder_of(_source: Token<'_>, _context: Context<'_>) -> Holder {
    Holder::unknown()
}

/// Whose word the token is: of the quotation it stands in, else of the reporting clause that governs it ("X said that ..."),
/// else the article's own voice.
pub(crate) fn voice_at(_token: Token<'_>, _context: Context<'_>) -> Holder {
    Holder::outlet()
}

/// Outlets and agencies that the article gives as its source.
pub(crate) fn credits(_context: Context<'_>) -> Vec<Credit> {
    Vec::new()
}
