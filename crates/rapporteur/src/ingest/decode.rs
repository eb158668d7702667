//! Bytes to text: which encoding, or why it is none.
//!
//! UTF-8 comes first, then a byte order mark, then the look of UTF-16 without one, then the guess of chardetng. A text that is not
//! plain UTF-8 says so in a note. The text is the decoded content unchanged: line ends stay as they are, and the byte order mark of a
//! UTF-8 file stays as U+FEFF (as Python's `decode("utf-8")` has it, so that spans count from the file's first character); it is in
//! no block. Of UTF-16 the mark is part of the encoding and goes.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::Note;
use crate::error::{Error, ErrorKind};

/// The largest article, in bytes. The longest newspaper texts have some 200 kB.
pub const MAX_ARTICLE_BYTES: usize = 16 << 20;

/// A text, and what a reader should know of its bytes.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) notes: Vec<Note>,
}

/// The text of those bytes. `place` is for the error.
pub(super) fn decode(place: &str, bytes: &[u8]) -> Result<Decoded, Error> {
    if bytes.len() > MAX_ARTICLE_BYTES {
        let message = format!("larger than {} MiB, the most an article can have; split it", MAX_ARTICLE_BYTES >> 20);
        return Err(Error::new(ErrorKind::TooLarge, place, message));
    }
    if let Some(kind) = file_kind(bytes) {
        return Err(Error::new(ErrorKind::Binary, place, format!("{kind}, not text; give the text itself")));
    }
    let decoded = match wide(bytes) {
        Some((encoding, skip)) => by_encoding(encoding, &bytes[skip..]),
        None => {
            refuse_binary(place, bytes)?;
            narrow(bytes)
        }
    };
    with_words(place, decoded)
}

/// The text of bytes whose encoding is declared, as the head of a page does it.
pub(super) fn decode_as(place: &str, bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded, Error> {
    refuse_binary(place, bytes)?;
    with_words(place, by_encoding(encoding, bytes))
}

fn refuse_binary(place: &str, bytes: &[u8]) -> Result<(), Error> {
    if looks_binary(bytes) {
        return Err(Error::new(ErrorKind::Binary, place, "binary data, not text; give the text itself"));
    }
    Ok(())
}

fn with_words(place: &str, decoded: Decoded) -> Result<Decoded, Error> {
    if decoded.text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(Error::new(ErrorKind::Empty, place, "no words in it; nothing to read"));
    }
    Ok(decoded)
}

/// Kinds of file by their first bytes (the registry of the `file` command).
const MAGIC: [(&[u8], &str); 17] = [
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a sound, video or WebP file"),
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a rar archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"PAR1", "a Parquet file"),
];

pub(super) fn file_kind(bytes: &[u8]) -> Option<&'static str> {
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)
}

/// UTF-16 and how many bytes its mark has: by the mark, else because every second byte of the start is mostly nought.
fn wide(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => return None,
        [0xff, 0xfe, ..] => return Some((UTF_16LE, 2)),
        [0xfe, 0xff, ..] => return Some((UTF_16BE, 2)),
        _ => {}
    }
    let start = &bytes[..bytes.len().min(4096)];
    let pairs = start.len() / 2;
    let noughts = |at: usize| start.iter().skip(at).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (noughts(0), noughts(1));
    if pairs < 8 {
        None
    } else if odd * 5 > pairs * 2 && even * 20 < pairs {
        Some((UTF_16LE, 0))
    } else if even * 5 > pairs * 2 && odd * 20 < pairs {
        Some((UTF_16BE, 0))
    } else {
        None
    }
}

/// More than one byte in a thousand is nought, or one in fifty a control other than tab, line ends, form feed and escape.
fn looks_binary(bytes: &[u8]) -> bool {
    let noughts = bytes.iter().filter(|b| **b == 0).count();
    let controls =
        bytes.iter().filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b)).count();
    noughts * 1000 > bytes.len() || controls * 50 > bytes.len()
}

/// UTF-8, UTF-8 with faults, or an encoding of one or two bytes a character.
fn narrow(bytes: &[u8]) -> Decoded {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Decoded { text: text.to_owned(), notes: Vec::new() },
        Err(error) => error,
    };
    let lossy = || String::from_utf8_lossy(bytes).into_owned();
    if error.error_len().is_none() && bytes.len() - error.valid_up_to() < 4 {
        let message = "The last character is cut off; the text may be incomplete.";
        return Decoded { text: lossy(), notes: vec![note("encoding", message)] };
    }
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good >= 2 * bad {
        let message = format!("UTF-8 with {bad} faulty places, each shown as \u{fffd}.");
        return Decoded { text: lossy(), notes: vec![note("encoding", message)] };
    }
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, true);
    by_encoding(detector.guess(None, false), bytes)
}

fn by_encoding(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, faulty) = encoding.decode_without_bom_handling(bytes);
    let faults = if faulty { ", with faulty places" } else { "" };
    let message = format!("Not UTF-8: read as {}{faults}.", encoding.name());
    Decoded { text: text.into_owned(), notes: vec![note("encoding", message)] }
}

fn note(kind: &str, message: impl Into<String>) -> Note {
    Note { kind: kind.to_owned(), span: None, message: message.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str =
        "Le président a déclaré que l’accord serait signé à Genève, où les négociations ont été menées.\r\n";

    fn check(bytes: &[u8], text: &str, note: Option<&str>) {
        let decoded = decode("a.txt", bytes).map_err(|e| e.to_string()).unwrap();
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.notes.first().map(|n| n.message.as_str()), note);
    }

    fn check_error(bytes: &[u8], kind: ErrorKind) {
        let error = decode("a.txt", bytes).err().expect("an error");
        assert_eq!(error.kind, kind);
        let line = error.to_string();
        assert!(line.starts_with("a.txt: ") && !line.contains('\n'), "{line}");
    }

    #[test]
    fn utf8_comes_unchanged() {
        check(WORDS.as_bytes(), WORDS, None);
        let marked = format!("\u{feff}{WORDS}");
        check(marked.as_bytes(), &marked, None);
    }

    #[test]
    fn utf16_with_and_without_a_mark() {
        for (mark, order) in
            [(vec![0xff, 0xfe], "UTF-16LE"), (vec![], "UTF-16LE"), (vec![0xfe, 0xff], "UTF-16BE"), (vec![], "UTF-16BE")]
        {
            let unit = |u: u16| if order == "UTF-16LE" { u.to_le_bytes() } else { u.to_be_bytes() };
            let bytes: Vec<u8> = mark.into_iter().chain(WORDS.encode_utf16().flat_map(unit)).collect();
            check(&bytes, WORDS, Some(&format!("Not UTF-8: read as {order}.")));
        }
    }

    #[test]
    fn old_encodings_are_named() {
        let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(WORDS);
        check(&bytes, WORDS, Some("Not UTF-8: read as windows-1252."));
        let russian = "Президент заявил, что соглашение будет подписано в Астане.";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(russian);
        check(&bytes, russian, Some("Not UTF-8: read as windows-1251."));
    }

    #[test]
    fn a_character_cut_off_at_the_end_is_noted() {
        check(
            b"Ministers met in Z\xc3",
            "Ministers met in Z\u{fffd}",
            Some("The last character is cut off; the text may be incomplete."),
        );
    }

    #[test]
    fn a_fault_in_utf8_does_not_spoil_the_rest() {
        let bytes = [WORDS.as_bytes(), b"\xff ", WORDS.as_bytes()].concat();
        let decoded = decode("a.txt", &bytes).ok().unwrap();
        assert!(decoded.text.starts_with(WORDS) && decoded.text.ends_with(WORDS));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        check_error(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ErrorKind::Binary);
        check_error(b"%PDF-1.7\n1 0 obj", ErrorKind::Binary);
        check_error(b"PK\x03\x04\x14\0", ErrorKind::Binary);
        check_error(&(0..=255).cycle().take(4000).collect::<Vec<u8>>(), ErrorKind::Binary);
        check_error(&[0; 64], ErrorKind::Binary);
        check_error(b"", ErrorKind::Empty);
        check_error(b" \r\n\t\n", ErrorKind::Empty);
        check_error("\u{feff}\n".as_bytes(), ErrorKind::Empty);
        check_error(&[0xff, 0xfe], ErrorKind::Empty);
        check_error(&vec![b'a'; MAX_ARTICLE_BYTES + 1], ErrorKind::TooLarge);
    }
}
