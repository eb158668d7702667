//! Words in quotation marks and whose they are.

pub(crate) mod marks;
use super::{Context, Quotation};

/// The quotations of an article in text order.
pub(crate) fn find(_context: Context<'_>) -> Vec<Quotation> {
    Vec::new()
}
