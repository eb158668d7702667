//! An account as a page, JSON or tables.
