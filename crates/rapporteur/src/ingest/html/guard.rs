//! What a page must be before any parser sees it: text, of bearable size, not nested without end.
//!
//! Every extractor of HTML that we tried overflows its stack on 20,000 to 200,000 elements inside one another, which cannot be caught, or takes
//! minutes on pages of millions of tags. So the bytes are checked first, and what goes on is cut to what a parser reads in about a second.

use std::collections::BTreeMap;
use std::io::Read;

use encoding_rs::Encoding;
use flate2::read::MultiGzDecoder;

use super::tags::{Piece, attribute, is_void, pieces};
use crate::error::{Error, ErrorKind};
use crate::ingest::decode::{self, Decoded, MAX_ARTICLE_BYTES};
use crate::ingest::{Note, decode::file_kind};

/// A packed page may swell so many times (deflate itself cannot do more than 1,032).
const MOST_SWELLING: usize = 1_000;
/// More elements than this inside one another are no page. The deepest of 206 hand-out pages has fewer than 100.
const MOST_OPEN: usize = 1_000;
/// A parser sees so many tags and so many bytes, scripts and styles not counted.
const MOST_TAGS: usize = 10_000;
const MOST_BYTES: usize = 640 << 10;
/// How deep all of its tags may stand, added up: an extractor walks up from each of them. The hand-out pages stay below 220,000.
const MOST_NESTING: usize = 600_000;
/// The attributes of a tag, where they are longer than this, tell nothing of an article (a drawing, an image in the page).
const MOST_ATTRIBUTES: usize = 8 << 10;

/// A page that a parser may see.
pub(super) struct Guarded {
    /// The whole page, decoded.
    pub(super) page: String,
    /// Without scripts, styles, drawings and comments; cut where it is too long.
    pub(super) slim: String,
    pub(super) notes: Vec<Note>,
}

/// Unpacks, decodes and measures a page. `place` is for the error.
pub(super) fn guard(place: &str, bytes: &[u8]) -> Result<Guarded, Error> {
    let unpacked;
    let bytes = if bytes.starts_with(b"\x1f\x8b") {
        unpacked = unpack(place, bytes)?;
        &unpacked[..]
    } else {
        bytes
    };
    let Decoded { text: page, mut notes } = match declared(bytes) {
        Some(encoding) if file_kind(bytes).is_none() => decode::decode_as(place, bytes, encoding)?,
        _ => decode::decode(place, bytes)?,
    };
    let page = match mended(&page) {
        Some(mended) => {
            let message = "UTF-8 that was written as Latin-1 and as UTF-8 again; set right.".to_owned();
            notes.push(Note { kind: "encoding".to_owned(), span: None, message });
            mended
        }
        None => page,
    };
    if deepest(&page) > MOST_OPEN {
        let message =
            format!("more than {MOST_OPEN} elements inside one another, which no page has; give the text itself");
        return Err(Error::new(ErrorKind::Malformed, place, message));
    }
    let (slim, cut) = slim(&page);
    if cut {
        let message = "The page is longer than an article can be; only its first part was read.".to_owned();
        notes.push(Note { kind: "page_cut".to_owned(), span: None, message });
    }
    Ok(Guarded { page, slim, notes })
}

/// A page whose marks were encoded twice ("â\u{80}\u{99}" for an apostrophe), read once more; `None` where fewer than three of them are sure.
/// Sure is a mark with a control character in it (U+0080 to U+009F), which no page prints.
fn mended(page: &str) -> Option<String> {
    const LEAST: usize = 3;
    let (mut text, mut sure, mut rest) = (String::with_capacity(page.len()), 0, page);
    while let Some(at) = rest.find(|c: char| ('\u{c2}'..='\u{f4}').contains(&c)) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let bytes: Vec<u8> = rest.chars().take(4).map_while(|c| u8::try_from(u32::from(c)).ok()).collect();
        let size = match bytes.first() {
            Some(0xc2..=0xdf) => 2,
            Some(0xe0..=0xef) => 3,
            _ => 4,
        };
        let mark = bytes.get(..size).and_then(|b| std::str::from_utf8(b).ok());
        let taken = if mark.is_some() { size } else { 1 };
        let end = rest.char_indices().nth(taken).map_or(rest.len(), |(end, _)| end);
        text.push_str(mark.unwrap_or(&rest[..end]));
        sure += usize::from(mark.is_some() && bytes[..size].iter().any(|b| (0x80..=0x9f).contains(b)));
        rest = &rest[end..];
    }
    text.push_str(rest);
    (sure >= LEAST).then_some(text)
}

/// The bytes in a gzip file, as far as an article can go.
fn unpack(place: &str, bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let bomb = |message: String| Err(Error::new(ErrorKind::TooLarge, place, message));
    let mut unpacked = Vec::new();
    let limit = MAX_ARTICLE_BYTES.min(bytes.len().saturating_mul(MOST_SWELLING));
    match MultiGzDecoder::new(bytes).take(limit as u64 + 1).read_to_end(&mut unpacked) {
        // What came before a fault is a page cut short; browsers show it too.
        Err(e) if unpacked.is_empty() => {
            Err(Error::new(ErrorKind::Binary, place, format!("a damaged gzip archive ({e}); unpack it yourself")))
        }
        _ if unpacked.len() > MAX_ARTICLE_BYTES => bomb(format!(
            "unpacks to more than {} MiB, the most an article can have; not read",
            MAX_ARTICLE_BYTES >> 20
        )),
        _ if unpacked.len() > limit => {
            bomb(format!("unpacks to more than {MOST_SWELLING} times its size, which no page does; not read"))
        }
        _ => Ok(unpacked),
    }
}

/// The encoding that the page names in its first 1,024 bytes, when its bytes are no UTF-8. (HTML Living Standard, 13.2.3.2.)
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.starts_with(b"\xef\xbb\xbf") || bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return None;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]);
    pieces(&head).find_map(|piece| match piece {
        Piece::Open { name, attributes, .. } if name.eq_ignore_ascii_case("meta") => {
            let label = attribute(attributes, "charset").or_else(|| {
                let content = attribute(attributes, "content")?.to_ascii_lowercase();
                Some(content.split_once("charset=")?.1.split([';', ' ']).next()?.to_owned())
            })?;
            // A page that can be read so far is not in UTF-16, whatever it says; faulty UTF-8 is left to the guess.
            Encoding::for_label(label.trim().as_bytes()).filter(|e| e.is_ascii_compatible() && *e != encoding_rs::UTF_8)
        }
        _ => None,
    })
}

/// How many elements are open at most, counted as a parser that closes only what must be closed would; more than the limit is enough to know.
fn deepest(page: &str) -> usize {
    let (mut open, mut counts, mut deepest): (Vec<String>, BTreeMap<String, usize>, usize) = Default::default();
    let pop = |open: &mut Vec<String>, counts: &mut BTreeMap<String, usize>| {
        let name = open.pop()?;
        if let Some(n) = counts.get_mut(&name) {
            *n -= 1;
        }
        Some(name)
    };
    for piece in pieces(page) {
        match piece {
            Piece::Open { name, .. } if !is_void(name) => {
                let name = name.to_ascii_lowercase();
                let follows_itself = matches!(name.as_str(), "p" | "li" | "dt" | "dd" | "tr" | "td" | "th" | "option");
                while follows_itself && open.last().is_some_and(|top| *top == name || (top == "p" && name != "option"))
                {
                    pop(&mut open, &mut counts);
                }
                *counts.entry(name.clone()).or_default() += 1;
                open.push(name);
                deepest = deepest.max(open.len());
                if deepest > MOST_OPEN {
                    return deepest;
                }
            }
            Piece::Close(name) => {
                let name = name.to_ascii_lowercase();
                // An end without a start is passed over, else this would be quadratic.
                if counts.get(&name).is_some_and(|n| *n > 0) {
                    while pop(&mut open, &mut counts).is_some_and(|closed| closed != name) {}
                }
            }
            _ => {}
        }
    }
    deepest
}

/// The page without what holds no article, and whether it had to be cut.
fn slim(page: &str) -> (String, bool) {
    let mut slim = String::with_capacity(page.len().min(MOST_BYTES));
    let (mut tags, mut dropped, mut from, mut spent) = (0, false, 0, 0);
    let (mut depth, mut depths) = (0, 0);
    let mut all = pieces(page);
    while let Some(piece) = all.next() {
        let whole = &page[from..all.position()];
        from = all.position();
        let keep = match piece {
            Piece::Open { name, attributes, .. } => {
                tags += 1;
                let linked_data = || attributes.to_ascii_lowercase().contains("ld+json");
                dropped = name.eq_ignore_ascii_case("style") || (name.eq_ignore_ascii_case("script") && !linked_data());
                !dropped
            }
            Piece::Close(_) => !std::mem::take(&mut dropped),
            Piece::Raw(_) => !dropped,
            Piece::Other(what) => !what.starts_with("<!--"),
            Piece::Words(_) => true,
        };
        // Marks that a parser writes back as entities weigh as much as these.
        let entities = if matches!(piece, Piece::Words(_)) {
            whole.bytes().filter(|b| matches!(b, b'<' | b'&')).count()
        } else {
            0
        };
        let room = MOST_BYTES.saturating_sub(spent);
        let weight = whole.len() + 4 * entities;
        let nested = nesting(piece, &mut depth, &mut depths);
        if tags > MOST_TAGS || nested > MOST_NESTING || (keep && weight > room) {
            if matches!(piece, Piece::Words(_)) {
                let room = room * whole.len() / weight.max(1);
                let end = (0..=room.min(whole.len())).rev().find(|end| whole.is_char_boundary(*end)).unwrap_or(0);
                slim.push_str(&whole[..end]);
            }
            return (slim, true);
        }
        spent += if keep { weight } else { 0 };
        match piece {
            _ if !keep => {}
            // What a reader opens with a button is hidden until then, and a part of the article all the same.
            Piece::Open { name, attributes, .. } if attributes.len() > MOST_ATTRIBUTES || folded(attributes) => {
                slim.push('<');
                slim.push_str(name);
                slim.push('>');
            }
            _ => slim.push_str(whole),
        }
    }
    (slim, false)
}

/// A region with a heading of its own that is folded away: `role="region" style="display:none"`.
fn folded(attributes: &str) -> bool {
    attributes.contains("aria-labelledby")
        && attribute(attributes, "role").is_some_and(|r| matches!(r.as_str(), "region" | "tabpanel"))
        && (attribute(attributes, "hidden").is_some()
            || attribute(attributes, "style").is_some_and(|s| s.replace(' ', "").contains("display:none")))
}

/// The depths of all tags so far, added up; those that may close by themselves are not counted.
fn nesting(piece: Piece<'_>, depth: &mut usize, depths: &mut usize) -> usize {
    let counts = |name: &str| {
        !is_void(name)
            && !matches!(name.to_ascii_lowercase().as_str(), "p" | "li" | "dt" | "dd" | "tr" | "td" | "th" | "option")
    };
    match piece {
        Piece::Open { name, .. } => {
            *depth += usize::from(counts(name));
            *depths += *depth;
        }
        Piece::Close(name) => *depth = depth.saturating_sub(usize::from(counts(name))),
        _ => {}
    }
    *depths
}
