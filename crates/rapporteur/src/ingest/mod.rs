//! Bytes in, articles out.
//!
//! [`text`] reads a file, [`json_line`] a line of a JSONL file, [`page`] a web page. The first two keep the text as it came; all say of each block of it what it is:
//! `decode` finds the encoding, `blocks` the lines, headline, subheads and lists, `furniture` what the page says to its visitor,
//! `dateline` place, date and agency, `dates` the day of publication, `outlet` who published it, `tongue` the language.

mod blocks;
mod dateline;
mod dates;
mod decode;
mod furniture;
mod html;
mod jsonl;
mod outlet;
mod shape;
mod tongue;

use language::Span;
use serde::Serialize;

use crate::error::Error;
use crate::provenance::ArticleId;
use shape::Shape;

pub use decode::MAX_ARTICLE_BYTES;
pub use html::page;
pub use jsonl::json_line;

/// One text by one outlet, as it came in.
#[derive(Clone, Debug)]
pub struct Article {
    /// Digest of the text.
    pub id: ArticleId,
    /// Where it came from as the user named it; of a JSONL line `FILE#ID` or `FILE#LINE`.
    pub path: String,
    /// Given with it, never guessed.
    pub url: Option<String>,
    /// Who published it, where the text or metadata says so.
    pub outlet: Option<Outlet>,
    /// ISO 639-1 code, `en`; `None` where the text is too short or too mixed to tell.
    pub language: Option<String>,
    /// When it was published, where metadata or text says so. Never the file's own timestamp.
    pub published: Option<Published>,
    /// The headline's place in the text. Where a title came beside the text, only those words count.
    pub headline: Option<Span>,
    /// The title as given beside the text (metadata); need not stand in it.
    pub title: Option<String>,
    /// "WASHINGTON, Nov 6 (Reuters) -".
    pub dateline: Option<Dateline>,
    /// "By Jane Doe".
    pub byline: Option<Span>,
    /// The decoded content, unchanged: all spans are bytes of it.
    pub text: String,
    /// Its stretches in text order, never overlapping, white space trimmed.
    pub blocks: Vec<Block>,
    /// What could not be understood.
    pub notes: Vec<Note>,
}

/// A stretch between line breaks or block tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Block {
    /// Its bytes, without white space at the ends.
    #[serde(flatten)]
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum BlockKind {
    Headline,
    Subhead,
    Dateline,
    Byline,
    Paragraph,
    List,
    Caption,
    Boilerplate,
}

/// Who published an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outlet {
    /// Its usual name.
    pub name: String,
    /// The words that say so, where they stand in the text.
    pub span: Option<Span>,
}

/// When an article was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Published {
    /// ISO 8601: `2025-11-06`, `2025-11`, `2025-11-06T14:00`.
    pub date: String,
    /// `time`, `day`, `month`, `year`.
    pub precision: String,
    /// `metadata`, `text` or `option`.
    pub from: String,
    /// The words, where they stand in the text.
    pub span: Option<Span>,
}

/// Place, date and agency at the start of the first paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dateline {
    /// As printed: "WASHINGTON".
    pub place: Option<String>,
    /// As printed: "Nov 6".
    pub date: Option<String>,
    /// As printed: "Reuters".
    pub agency: Option<String>,
    /// From the place to the dash or colon.
    pub span: Span,
}

/// Something that could not be understood, or that a reader should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// A short name of the case: `language`, `no_date`, `unparsed`.
    pub kind: String,
    /// Where; `None` for the whole article.
    pub span: Option<Span>,
    /// One sentence.
    pub message: String,
}

/// The article in the bytes of a file. `path` is the file as the user named it.
///
/// # Errors
/// `Binary`, `Empty`, `TooLarge`. Anything else is read, and what was odd about it is in the notes.
pub fn text(path: &str, bytes: &[u8]) -> Result<Article, Error> {
    let decoded = decode::decode(path, bytes)?;
    Ok(assemble(path.to_owned(), decoded.text, decoded.notes, Given::default()))
}

impl Article {
    /// Whether it can be analysed: it is in English, or too short to tell and in plain Latin letters.
    pub fn is_readable(&self) -> bool {
        match &self.language {
            Some(code) => code == "en",
            None => tongue::may_be_english(&self.text),
        }
    }
}

/// What came beside a text.
#[derive(Clone, Debug, Default)]
struct Given {
    title: Option<String>,
    url: Option<String>,
    date: Option<String>,
    outlet: Option<String>,
    /// A date printed on the page outside of the text.
    printed: Option<dates::Dated>,
    /// What the page says its language is; counts where the text does not tell.
    language: Option<String>,
    /// Blocks whose kind is known, in text order.
    kinds: Vec<(Span, BlockKind)>,
}

/// An article from its text and what came beside it.
fn assemble(path: String, text: String, mut notes: Vec<Note>, given: Given) -> Article {
    let mut blocks = blocks::split(&text);
    blocks::mark_marked(&text, &mut blocks);
    mark_known(&mut blocks, &given.kinds);
    let shapes: Vec<Shape> = blocks.iter().map(|b| Shape::of(b.span.of(&text))).collect();
    if let Some(title) = &given.title {
        blocks::mark_title(&text, &mut blocks, title);
    }
    let (byline, mut published) = mark_desk_lines(&text, &mut blocks);
    furniture::mark(&text, &mut blocks, &shapes);
    blocks::mark_lists(&text, &mut blocks, &shapes);
    if given.title.is_none() {
        blocks::mark_headline(&text, &mut blocks, &shapes);
    }
    blocks::mark_subheads(&text, &mut blocks, &shapes);
    // At the head of one of the first three paragraphs: a caption or a summary may stand before it.
    let paragraphs = blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).take(3);
    let transcript = dateline::is_transcript(blocks.iter().map(|b| b.span.of(&text)));
    let filed = paragraphs.filter(|_| !transcript).find_map(|b| dateline::of(&text, b.span));
    // "Nov 6 (Reuters)" leaves the year to the page.
    let year = || dates::copyright_year(&text);
    let dateline_date = filed.as_ref().and_then(|f| {
        let day = f.day?;
        let day = day.dated().or_else(|| day.in_year(year()).dated());
        day.map(|dated| (dated, f.dateline.span))
    });
    published = published.or(dateline_date.map(|(dated, span)| from_text(dated, span)));
    if let Some(date) = &given.date {
        match dates::of_metadata(date) {
            Some(d) => {
                published = Some(Published {
                    date: d.date,
                    precision: d.precision.to_owned(),
                    from: "metadata".to_owned(),
                    span: None,
                });
            }
            None => notes.push(dateline::unreadable(date)),
        }
    }
    published =
        published.or_else(|| given.printed.map(|dated| Published { span: None, ..from_text(dated, Span::new(0, 0)) }));
    let outlet = given.outlet.map(|name| Outlet { name, span: None }).or_else(|| outlet::of(&text, &blocks));
    let mut article = Article {
        id: ArticleId::of(&text),
        path,
        url: given.url,
        outlet,
        language: tongue::of(&text, &blocks).or(given.language),
        published,
        headline: blocks.iter().find(|b| b.kind == BlockKind::Headline).map(|b| b.span),
        title: given.title,
        dateline: filed.map(|f| f.dateline),
        byline: byline.or_else(|| blocks.iter().find(|b| b.kind == BlockKind::Byline).map(|b| b.span)),
        text,
        blocks,
        notes,
    };
    article.notes.extend(shortcomings(&article));
    article
}

/// Marks bylines and lines that are only a date, near either end. The byline, and the date of publication: "published" before "updated".
fn mark_desk_lines(text: &str, blocks: &mut [Block]) -> (Option<Span>, Option<Published>) {
    let n = blocks.len();
    let (mut byline, mut published, mut updated) = (None, None, None);
    for (i, block) in blocks.iter_mut().enumerate() {
        if (i >= 6 && i + 4 < n) || block.kind != BlockKind::Paragraph {
            continue;
        }
        let words = block.span.of(text);
        // At the end of an article a bare date heads a correction or a related piece.
        let mut day = dates::written(words).filter(|d| i < 6 || d.labelled);
        if day.is_some() {
            block.kind = BlockKind::Dateline;
        } else if dateline::byline(words) {
            block.kind = BlockKind::Byline;
            byline = byline.or(Some(block.span));
            day = words.split_once(['|', '•', '·']).and_then(|(_, rest)| dates::written(rest));
        }
        if let Some(day) = day
            && let Some(dated) = day.dated()
        {
            let slot = if day.updated { &mut updated } else { &mut published };
            *slot = slot.take().or(Some(from_text(dated, block.span)));
        }
    }
    (byline, published.or(updated))
}

/// Gives the blocks whose kind is known that kind.
fn mark_known(blocks: &mut [Block], known: &[(Span, BlockKind)]) {
    let mut known = known.iter().peekable();
    for block in blocks {
        while known.next_if(|(span, _)| span.end <= block.span.start).is_some() {}
        if let Some((_, kind)) = known.peek().filter(|(span, _)| span.start <= block.span.start) {
            block.kind = *kind;
        }
    }
}

fn from_text(dated: dates::Dated, span: Span) -> Published {
    Published { date: dated.date, precision: dated.precision.to_owned(), from: "text".to_owned(), span: Some(span) }
}

/// What a reader should know is missing.
fn shortcomings(article: &Article) -> Vec<Note> {
    let note = |kind: &str, message: String| Note { kind: kind.to_owned(), span: None, message };
    let mut notes = Vec::new();
    match &article.language {
        Some(code) if code != "en" => {
            notes.push(note("language", format!("Written in {code}; only English is read further.")))
        }
        None if article.is_readable() => {
            notes.push(note("language", "Too short or too mixed to tell its language; read as English.".to_owned()))
        }
        None => notes.push(note("language", "Its language could not be told; not read further.".to_owned())),
        _ => {}
    }
    if article.published.is_none() {
        let signed = article.dateline.as_ref().is_some_and(|d| d.date.is_some());
        let message = match signed {
            true => "Its dateline gives a day and no year.",
            false => "No date of publication was found in the text or its metadata.",
        };
        notes.push(note("no_date", message.to_owned()));
    }
    notes
}

#[cfg(test)]
mod tests;
