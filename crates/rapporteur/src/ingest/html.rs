//! A web page as an article: its main text, headline first, with what the page says of itself.
//!
//! `guard` refuses what no parser should see, `body` finds the main text, `gaps` puts back what it lost, `ends` labels what follows it, `metadata` the title, date, outlet and author, `tags` reads tags.
//! The article's `text` is the headline and the main text, its blocks apart by empty lines; the same page gives the same text always.

mod body;
mod ends;
mod gaps;
mod guard;
mod metadata;
mod tags;

use language::Span;

use super::{Article, BlockKind, Given, assemble};
use crate::error::{Error, ErrorKind};
use body::Part;

/// The article in the bytes of a page, packed with gzip or not. `path` is the file as the user named it.
///
/// # Errors
/// `Binary`, `TooLarge`; `Malformed` where more than 1,000 elements stand inside one another; `Empty` where the page has no text of its own, as
/// one that a script fills in.
pub fn page(path: &str, bytes: &[u8]) -> Result<Article, Error> {
    let guarded = guard::guard(path, bytes)?;
    let about = metadata::of(&guarded.page);
    let mut parts = body::of(&guarded.slim);
    if let Some(given) = about.body.as_deref().map(given).filter(|given| body::lacks(&parts, given)) {
        parts = given;
    }
    if parts.is_empty() {
        return Err(Error::new(
            ErrorKind::Empty,
            path,
            "no text in the page (a script may fill it in); give the text itself",
        ));
    }
    parts = gaps::fill(parts, &guarded.slim, about.headline.as_deref());
    ends::mark(&mut parts, about.author.as_deref());
    if let Some(headline) = &about.headline {
        head(&mut parts, headline, about.byline.as_deref());
    }
    let (text, kinds) = joined(&parts);
    let given = Given {
        title: about.title,
        url: about.url,
        date: about.date,
        outlet: about.outlet,
        printed: about.printed,
        language: about.language,
        kinds,
    };
    Ok(assemble(path.to_owned(), text, guarded.notes, given))
}

/// The text of linked data as blocks: its lines, without the tags that some tools leave in it.
fn given(text: &str) -> Vec<Part> {
    let part = |line: &str| Part { words: tags::squeezed(line), kind: BlockKind::Paragraph };
    let lines = text.lines().flat_map(|line| body::parts(&tags::decoded(line)));
    lines.map(|p| part(&p.words)).filter(|p| !p.words.is_empty()).collect()
}

/// Puts headline and byline at the head, and takes them out of the first blocks where the extractor left them.
fn head(parts: &mut Vec<Part>, headline: &str, byline: Option<&str>) {
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let known: Vec<String> = [Some(headline), byline].into_iter().flatten().map(letters).collect();
    let mut place = 0;
    parts.retain(|part| {
        place += 1;
        place > 4 || !known.contains(&letters(&part.words))
    });
    let part = |words: &str, kind| Part { words: words.to_owned(), kind };
    let head = [Some(part(headline, BlockKind::Headline)), byline.map(|b| part(b, BlockKind::Byline))];
    parts.splice(0..0, head.into_iter().flatten());
}

/// The text, and the blocks whose kind is known from their tags.
fn joined(parts: &[Part]) -> (String, Vec<(Span, BlockKind)>) {
    let (mut text, mut kinds) = (String::new(), Vec::new());
    for part in parts {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&part.words);
        if part.kind != BlockKind::Paragraph {
            kinds.push((Span::new(start, text.len()), part.kind));
        }
    }
    (text, kinds)
}

#[cfg(test)]
mod tests;
