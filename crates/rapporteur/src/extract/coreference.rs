//! Nouns and pronouns that stand for something named before.

use language::Reading;

use super::name::Names;
use crate::ingest::Article;

/// Adds to the names what nouns and pronouns stand for; abstains where two answers fit.
pub(crate) fn resolve(_article: &Article, _reading: &Reading, _names: &mut Names) {}
