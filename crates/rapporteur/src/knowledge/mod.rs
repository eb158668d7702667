//! What the program knows of the world: the tables of `data/`, read once.
