//! A page as a run of tags and words, read once from left to right, in time linear in its length and without a tree.
//!
//! Enough for the head of a page, for counting what is open, and for the tidy HTML that an extractor hands back; not a parser of the standard.

/// What stands next in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// `<name attributes>`; `closed` of `<br/>`.
    Open { name: &'a str, attributes: &'a str, closed: bool },
    /// `</name>`.
    Close(&'a str),
    /// What stands between tags, its entities as written.
    Words(&'a str),
    /// What stands between the tags of a script or style.
    Raw(&'a str),
    /// A comment, a doctype, a processing instruction.
    Other(&'a str),
}

/// The pieces of a page, in order; together they are the whole of it.
#[derive(Clone, Debug)]
pub(super) struct Pieces<'a> {
    page: &'a str,
    at: usize,
    raw: Option<&'a str>,
}

/// Elements whose content is no markup.
const RAW: [&str; 9] = ["script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes", "template"];
/// Elements without content.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

pub(super) fn pieces(page: &str) -> Pieces<'_> {
    Pieces { page, at: 0, raw: None }
}

pub(super) fn is_void(name: &str) -> bool {
    VOID.iter().any(|v| v.eq_ignore_ascii_case(name))
}

impl Pieces<'_> {
    /// Bytes of the page that are read.
    pub(super) fn position(&self) -> usize {
        self.at
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let rest = self.page.get(self.at..).filter(|rest| !rest.is_empty())?;
        if let Some(name) = self.raw.take() {
            let end = end_of_raw(rest, name);
            if end > 0 {
                self.at += end;
                return Some(Piece::Raw(&rest[..end]));
            }
        }
        let start = tag_start(rest);
        if start > 0 {
            self.at += start;
            return Some(Piece::Words(&rest[..start]));
        }
        let (length, piece) = tag(rest);
        self.at += length;
        if let Piece::Open { name, closed: false, .. } = piece
            && RAW[..8].iter().any(|r| r.eq_ignore_ascii_case(name))
        {
            self.raw = Some(name);
        }
        Some(piece)
    }
}

/// Where the next tag begins; the length where none does.
fn tag_start(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while let Some(gap) = rest[at..].find('<') {
        at += gap;
        if bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?')) {
            return at;
        }
        at += 1;
    }
    rest.len()
}

/// The end of a script: before `</script`, whatever its case.
fn end_of_raw(rest: &str, name: &str) -> usize {
    let mut at = 0;
    while let Some(gap) = rest[at..].find("</") {
        at += gap;
        let after = rest.as_bytes().get(at + 2..at + 2 + name.len());
        if after.is_some_and(|a| a.eq_ignore_ascii_case(name.as_bytes())) {
            return at;
        }
        at += 2;
    }
    rest.len()
}

/// The tag at the start of `rest`, and how long it is. One that never closes takes the rest of the page.
fn tag(rest: &str) -> (usize, Piece<'_>) {
    if let Some(comment) = rest.strip_prefix("<!--") {
        let end = comment.find("-->").map_or(rest.len(), |e| e + 7);
        return (end, Piece::Other(&rest[..end]));
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        let end = rest.find('>').map_or(rest.len(), |e| e + 1);
        return (end, Piece::Other(&rest[..end]));
    }
    let bytes = rest.as_bytes();
    let closing = bytes.get(1) == Some(&b'/');
    let from = 1 + usize::from(closing);
    let to =
        rest[from..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).map_or(rest.len(), |e| from + e);
    let (mut at, mut quote, mut before) = (to, None, b' ');
    while let Some(&b) = bytes.get(at) {
        match quote {
            Some(q) if b == q => quote = None,
            Some(_) => {}
            // A mark opens a value only after `=`: `<p title=it's>`.
            None if (b == b'"' || b == b'\'') && before == b'=' => quote = Some(b),
            None if b == b'>' => break,
            None => {}
        }
        if !b.is_ascii_whitespace() {
            before = b;
        }
        at += 1;
    }
    let end = (at + 1).min(rest.len());
    if closing {
        return (end, Piece::Close(&rest[from..to]));
    }
    let closed = before == b'/';
    (end, Piece::Open { name: &rest[from..to], attributes: &rest[to..at.min(rest.len())], closed })
}

/// The value of an attribute, its entities read; `None` where it is absent.
pub(super) fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        // A name has one character at least, `=` too.
        let stops = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/');
        let end = rest.char_indices().skip(1).find(|(_, c)| stops(*c)).map_or(rest.len(), |(e, _)| e);
        let (name, after) = rest.split_at(end);
        let after = after.trim_ascii_start();
        let (value, next) = match after.strip_prefix('=').map(str::trim_ascii_start) {
            None => ("", after),
            Some(value) => match value.chars().next() {
                Some(q @ ('"' | '\'')) => value[1..].split_once(q).unwrap_or((&value[1..], "")),
                _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
            },
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(decoded(value));
        }
        rest = next;
    }
}

/// Commonest names of characters (HTML Living Standard, 13.5).
const NAMED: [(&str, char); 34] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("euro", '€'),
    ("pound", '£'),
    ("deg", '°'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("auml", 'ä'),
    ("ntilde", 'ñ'),
    ("ccedil", 'ç'),
];

/// A stretch with its entities read; one that is not known stays as written.
pub(super) fn decoded(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest[1..].split_once(';').map(|(name, _)| name).filter(|name| name.len() <= 10);
        match entity.and_then(|name| Some((name, character(name)?))) {
            Some((name, c)) => {
                text.push(c);
                rest = &rest[name.len() + 2..];
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

fn character(name: &str) -> Option<char> {
    let code = match name.strip_prefix('#') {
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => digits.parse().ok()?,
        },
        None => return NAMED.iter().find(|(n, _)| *n == name).map(|(_, c)| *c),
    };
    char::from_u32(code).filter(|c| *c != '\0')
}

/// Single blanks between words, none at the ends.
pub(super) fn squeezed(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for word in
        words.split(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')).filter(|w| !w.is_empty())
    {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expect: &[&str]) {
        let told: Vec<String> = pieces(page)
            .map(|p| match p {
                Piece::Open { name, attributes, closed } => {
                    format!("+{name}{attributes}{}", if closed { " ." } else { "" })
                }
                Piece::Close(name) => format!("-{name}"),
                Piece::Words(w) => w.to_owned(),
                Piece::Raw(w) => format!("raw {w}"),
                Piece::Other(w) => format!("other {w}"),
            })
            .collect();
        assert_eq!(told, expect, "{page}");
    }

    #[test]
    fn tags_and_words() {
        check("<p class=a>Norland <b>signed</b></p>", &["+p class=a", "Norland ", "+b", "signed", "-b", "-p"]);
        check("<a title='x>y'>z", &["+a title='x>y'", "z"]);
        check("<a title=it's>z", &["+a title=it's", "z"]);
        check("<br/>3 < 4 <5", &["+br/ .", "3 < 4 <5"]);
        check("<!-- <p> --><!doctype html>a", &["other <!-- <p> -->", "other <!doctype html>", "a"]);
        check("<SCRIPT>if (a</b) '<p>'</Script>a", &["+SCRIPT", "raw if (a</b) '<p>'", "-Script", "a"]);
        check("<script></script>a", &["+script", "-script", "a"]);
    }

    #[test]
    fn what_never_ends() {
        check("<p class=\"a>b", &["+p class=\"a>b"]);
        check("<!-- a", &["other <!-- a"]);
        check("<script>a", &["+script", "raw a"]);
        check("</", &["-"]);
        check("é<é>", &["é<é>"]);
        check("<pé ü='é", &["+pé ü='é"]);
    }

    #[test]
    fn attributes() {
        let all = " name=og:title content='The &quot;pact&quot; &#8212; signed' hidden data-x=\"a b\"/";
        assert_eq!(attribute(all, "content").as_deref(), Some("The \"pact\" — signed"));
        assert_eq!(attribute(all, "NAME").as_deref(), Some("og:title"));
        assert_eq!(attribute(all, "hidden").as_deref(), Some(""));
        assert_eq!(attribute(all, "data-x").as_deref(), Some("a b"));
        assert_eq!(attribute(all, "data"), None);
        assert_eq!(attribute("= é=ü", "é").as_deref(), Some("ü"));
        assert_eq!(attribute("\u{a0} é b=c", "b").as_deref(), Some("c"));
        assert_eq!(attribute(" content='a", "content").as_deref(), Some("a"));
    }

    #[test]
    fn entities() {
        assert_eq!(
            decoded("A&amp;B &nbsp;&#x201c;&#233;&rdquo; &unknown; & &#0; &#xFFFFFFFF;"),
            "A&B \u{a0}“é” &unknown; & &#0; &#xFFFFFFFF;"
        );
        assert_eq!(squeezed(" a\n\t b\u{a0}c "), "a b c");
    }
}
