//! Sentences and what they say of stages, each with a look-alike that says nothing.
