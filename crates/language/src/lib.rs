//! The language reader.
#![allow(dead_code)]
mod lemma;
mod rules;
mod tokenize;
#[cfg(test)]
mod debug;
