//! The language reader.
