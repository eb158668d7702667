//! Did it happen? Signatures of governors composed up the tree.

use language::Token;

use super::{Context, Factuality, Holder, Predicate, Realis};

/// What a predicate's own form and its governors make of it.
#[derive(Clone, Debug)]
pub(crate) struct Judgement {
    pub(crate) factuality: Factuality,
    pub(crate) realis: Realis,
    /// The nearest holder: whose word it is.
    pub(crate) holder: Holder,
    /// -3 to 3.
    pub(crate) value: f32,
    /// The steps from the predicate outward: "own form: will", "announce: REPORT by Donald Trump".
    pub(crate) steps: Vec<String>,
    /// Whether some governor licenses it at all; a bare nominal ("Kazakhstan's entry may help") asserts nothing.
    pub(crate) asserted: bool,
}

/// The judgement on one predicate (verb or event noun).
pub(crate) fn judge(_predicate: Token<'_>, _context: Context<'_>) -> Judgement {
    Judgement {
        factuality: Factuality::Unknown,
        realis: Realis::Generic,
        holder: Holder::outlet(),
        value: 0.0,
        steps: Vec::new(),
        asserted: false,
    }
}

/// Every event predicate of the article.
pub(crate) fn find(_context: Context<'_>) -> Vec<Predicate> {
    Vec::new()
}
