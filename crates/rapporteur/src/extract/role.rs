//! Offices given to people, checked against the dated table.

use super::{Context, Role};

/// The offices of an article in text order.
pub(crate) fn find(_context: Context<'_>) -> Vec<Role> {
    Vec::new()
}
