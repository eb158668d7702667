//! The one error of the edges: what, where, what to do.

/// What went wrong at the edge of the program. Understanding never fails; only getting bytes in and out does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file or folder that could not be opened or read. Check the path and its permissions.
    Unreadable,
    /// The bytes are no text (an image, an archive, a program). Give the text itself.
    Binary,
    /// Nothing but white space. Nothing to do.
    Empty,
    /// Larger than an article can be. Split it.
    TooLarge,
    /// A line of a JSONL file that is not an object with a `text`. Mend the line.
    Malformed,
    /// A kind of file that is not read.
    Unsupported,
    /// A register that is not there. Name another, or make one with `add`.
    Missing,
    /// A file that is no register. Name another.
    NotARegister,
    /// A register made by a newer version of this program. Use that version.
    Newer,
    /// Another process writes to the register. Wait for it.
    Locked,
    /// The register is damaged. Take a copy from before.
    Corrupt,
    /// No room left where the register lies. Make room; what was there is untouched.
    Full,
    /// A register, or its folder, that cannot be written to. Check its permissions.
    ReadOnly,
    /// The register has no such article, agreement or statement. Look the name up.
    NotFound,
}

/// What failed, where, and why. Printed as one line: `PLACE: what; what to do`.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {message}")]
pub struct Error {
    /// The kind, for a program to act upon.
    pub kind: ErrorKind,
    /// File, file and line, or file and byte: `stories/summit/1.txt`, `feed.jsonl:12`.
    pub place: String,
    /// What happened and what to do about it, one line.
    pub message: String,
}

impl Error {
    /// An error of that kind at that place.
    pub fn new(kind: ErrorKind, place: impl Into<String>, message: impl Into<String>) -> Error {
        Error { kind, place: place.into(), message: message.into() }
    }
}
