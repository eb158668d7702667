//! What a page says to its visitor: forms, sign-ups, polls, share and cookie lines, sign-offs, rights.
//!
//! Judged block by block from wording (`data/en/furniture.tsv`), mood and place. Three things hold it back: a block in which somebody's speech
//! stands between quotation marks is never furniture; nor is, unless the wording is sure, one in which a named actor did something; nor one
//! between long paragraphs.

use std::sync::LazyLock;

use super::shape::{Shape, names_an_actor, quotes_speech};
use super::{Block, BlockKind};

const TABLE: &str = include_str!("../../../../data/en/furniture.tsv");

/// Words that a `*` of a pattern may stand for.
const MOST_WORDS_BETWEEN: usize = 8;
/// A sure wording makes furniture of a block of at most so many words, a likely one of so many.
const LONGEST: (usize, usize) = (80, 30);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Whole,
    Start,
    Any,
}

/// A line of the table.
#[derive(Debug)]
struct Wording {
    class: &'static str,
    place: Place,
    sure: bool,
    /// The pattern between its stars.
    pieces: Vec<&'static str>,
}

static WORDINGS: LazyLock<Vec<Wording>> = LazyLock::new(|| TABLE.lines().filter_map(Wording::of_line).collect());

impl Wording {
    fn of_line(line: &'static str) -> Option<Wording> {
        let mut fields = line.split('\t');
        let class = fields.next().filter(|c| !c.starts_with('#') && !c.is_empty())?;
        let place = match fields.next()? {
            "whole" => Place::Whole,
            "start" => Place::Start,
            _ => Place::Any,
        };
        let sure = fields.next()? == "sure";
        Some(Wording { class, place, sure, pieces: fields.next()?.split('*').map(str::trim).collect() })
    }

    /// Whether a plain block (see [`plain`]) has this wording at its place.
    fn fits(&self, plain: &str) -> bool {
        if self.place == Place::Whole {
            return self.pieces == [plain];
        }
        let first = self.pieces[0];
        let starts = match self.place {
            Place::Start => vec![if plain.starts_with(first) { 0 } else { return false }],
            _ => plain.match_indices(first).map(|(at, _)| at).collect(),
        };
        starts.into_iter().any(|at| self.fits_at(plain, at))
    }

    fn fits_at(&self, plain: &str, start: usize) -> bool {
        let mut at = start;
        for (i, piece) in self.pieces.iter().enumerate() {
            let found = if i == 0 { Some(0) } else { plain[at..].find(piece) };
            let Some(gap) = found.filter(|gap| plain[at..at + gap].split(' ').count() <= MOST_WORDS_BETWEEN + 2) else {
                return false;
            };
            let (from, to) = (at + gap, at + gap + piece.len());
            if !whole_words(plain, from, to) {
                return false;
            }
            at = to;
        }
        true
    }
}

/// Whether no word is cut at either end. A piece that begins or ends with a mark may stand against a word.
fn whole_words(plain: &str, from: usize, to: usize) -> bool {
    let cut = |left: Option<char>, right: Option<char>| {
        left.zip(right).is_some_and(|(a, b)| a.is_alphanumeric() && b.is_alphanumeric())
    };
    let (before, inside, after) = (&plain[..from], &plain[from..to], &plain[to..]);
    // "(c) 20" goes on into the year.
    let opens_year = inside.ends_with(|c: char| c.is_ascii_digit());
    !cut(before.chars().next_back(), inside.chars().next())
        && (opens_year || !cut(inside.chars().next_back(), after.chars().next()))
}

/// Small letters, straight marks, single blanks, no stop at the end.
fn plain(block: &str) -> String {
    let mut plain = String::with_capacity(block.len());
    for word in block.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.extend(word.chars().flat_map(char::to_lowercase).map(|c| match c {
            '“' | '”' => '"',
            '’' | '‘' => '\'',
            c => c,
        }));
    }
    plain.truncate(plain.trim_end_matches(['.', '!', ' ', '»', '›', '>', '→']).len());
    plain
}

fn fits(class: impl Fn(&Wording) -> bool, plain: &str) -> bool {
    WORDINGS.iter().any(|w| class(w) && w.fits(plain))
}

/// Whether a label before a colon ("BREAKING") is a kicker and not a place.
pub(super) fn is_kicker(label: &str) -> bool {
    fits(|w| w.class == "kicker", &plain(label))
}

/// Whether a name in brackets is one of a news agency.
pub(super) fn is_agency(name: &str) -> bool {
    fits(|w| w.class == "agency", &plain(name))
}

fn is_furniture_class(w: &Wording) -> bool {
    !matches!(w.class, "caption" | "kicker" | "agency" | "imperative" | "noun")
}

/// Marks the furniture and captions among blocks that are still [`BlockKind::Paragraph`].
pub(super) fn mark(text: &str, blocks: &mut [Block], shapes: &[Shape]) {
    let long = |i: &usize| shapes[*i].words >= 25 && shapes[*i].stopped();
    let (first_long, last_long) = ((0..blocks.len()).find(long), (0..blocks.len()).rev().find(long));
    let at_an_end = |i: usize| first_long.is_none_or(|f| i < f) || last_long.is_none_or(|l| i > l);
    for i in 0..blocks.len() {
        let words = blocks[i].span.of(text);
        if blocks[i].kind == BlockKind::Paragraph
            && let Some(kind) = judge(words, &shapes[i], at_an_end(i))
        {
            blocks[i].kind = kind;
        }
    }
    let mut among = Vec::new();
    for i in 1..blocks.len().saturating_sub(1) {
        let closed_in = blocks[i - 1].kind == BlockKind::Boilerplate && blocks[i + 1].kind == BlockKind::Boilerplate;
        if blocks[i].kind == BlockKind::Paragraph
            && closed_in
            && at_an_end(i)
            && is_loose(blocks[i].span.of(text), &shapes[i])
        {
            among.push(i);
        }
    }
    for i in among {
        blocks[i].kind = BlockKind::Boilerplate;
    }
}

/// What a block is by its own words; `None`: not furniture.
fn judge(words: &str, shape: &Shape, at_an_end: bool) -> Option<BlockKind> {
    if shape.words == 0 {
        return Some(BlockKind::Boilerplate);
    }
    if shape.words > LONGEST.0 || quotes_speech(words) {
        return None;
    }
    let plain = plain(words);
    if shape.words <= 60 && fits(|w| w.class == "caption", &plain) {
        return Some(BlockKind::Caption);
    }
    if fits(|w| is_furniture_class(w) && w.sure, &plain) || is_only_an_address(words) {
        return Some(BlockKind::Boilerplate);
    }
    let credit = || fits(|w| w.class == "credit", &plain);
    if !at_an_end || shape.words > LONGEST.1 || (names_an_actor(words) && !credit()) {
        return None;
    }
    let asks = shape.words <= 20 && fits(|w| w.class == "imperative", &plain) && fits(|w| w.class == "noun", &plain);
    (asks || fits(is_furniture_class, &plain)).then_some(BlockKind::Boilerplate)
}

/// A short block without a final stop between two of furniture goes with them: a poll's question that must be answered ("?*"), a button.
fn is_loose(words: &str, shape: &Shape) -> bool {
    shape.words <= 15 && !shape.stopped() && !quotes_speech(words) && !names_an_actor(words)
}

/// An address of the web or of mail, or a telephone number, and nothing else.
fn is_only_an_address(words: &str) -> bool {
    let mut parts = words.split_whitespace();
    let (Some(one), None) = (parts.next(), parts.next()) else { return false };
    let digits = one.chars().filter(char::is_ascii_digit).count();
    one.starts_with("http://")
        || one.starts_with("https://")
        || one.starts_with("www.")
        || one.trim_end_matches('.').split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'))
        || (digits >= 7
            && one.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '(' | ')' | '.'))
            && one.matches('-').count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `at_an_end` as after the last long paragraph.
    fn check(block: &str, expect: Option<BlockKind>) {
        assert_eq!(judge(block, &Shape::of(block), true), expect, "{block}");
    }

    #[test]
    fn furniture() {
        for block in [
            "Fields marked with an asterisk are required: \"*\" indicates required fields",
            "Leave a comment",
            "Leave a Reply",
            "Subscribe to our newsletter.",
            "Sign up for the Lakeside Letter.",
            "Get the day’s top stories in your inbox",
            "Follow Jane Doe on Twitter @janedoe.",
            "CLICK HERE FOR MORE",
            "© 2025 The Lakeside Times. All rights reserved.",
            "(Reporting by Jane Doe in Norland; Editing by John Roe)",
            "Jane Doe contributed to this report.",
            "We use cookies to make this page work.",
            "https://lakeside.example/news",
            "desk@lakeside.example",
            "* * *",
            "___.",
            "Add this page to your home screen",
            "Download the Lakeside app",
            "Already have an account? Log in",
            "This article is exclusive to Lakeside+ subscribers",
            "To read the rest of this story subscribe.",
            "5 min read",
            "Also read: Sudmark votes on the lake pact",
        ] {
            check(block, Some(BlockKind::Boilerplate));
        }
    }

    #[test]
    fn a_picture_described_is_a_caption() {
        check("An artist’s rendering of the bridge between Norland and Sudmark", Some(BlockKind::Caption));
        check("The artist’s rendering of the bridge angered ministers in Norland.", None);
    }

    #[test]
    fn look_alikes_stay() {
        for block in [
            "“Leave a comment with the court if you must,” the minister told reporters.",
            "Norland asked citizens to leave a comment on the draft treaty.",
            "The minister declined to share this with parliament.",
            "The ministry subscribes to the view that the pact is void.",
            "Sign or leave, Berg told the delegation.",
            "Support for the accord fell to a third.",
            "Follow-up talks are set for May.",
            "Join us or step aside.",
            "Norland said a website of the ministry was attacked.",
            "Get real about the treaty.",
            "Cookies were served to the delegates.",
            "The homepage of the ministry carried the statement within the hour.",
            "He read the statement on his podcast.",
            "Required fields of study include law.",
            "Share prices fell in Norland.",
            "Copyright talks resume in Geneva.",
            "The lake is exclusive to its five neighbours.",
            "Subscribers read the rest of the statement online.",
            "Delegates also read: they had hours.",
            "Already a state had an account of it.",
        ] {
            check(block, None);
        }
    }

    #[test]
    fn captions() {
        check("Delegates at the lake. Image: Jane Doe.", Some(BlockKind::Caption));
        check("Ministers shake hands in Oslo (Photo by Jane Doe/Getty Images)", Some(BlockKind::Caption));
        check("Delegates at the lake. Credit: Agency/Jane Doe", Some(BlockKind::Caption));
        check("They deserve some credit for the pact.", None);
        check("The image of the kingdom improved after the pact.", None);
    }

    #[test]
    fn the_middle_of_an_article_takes_sure_wording_only() {
        let between = |block: &str| judge(block, &Shape::of(block), false);
        assert_eq!(between("Read more:"), None);
        assert_eq!(between("Also read: Sudmark votes"), Some(BlockKind::Boilerplate));
        assert_eq!(between("Story continues below advertisement"), Some(BlockKind::Boilerplate));
    }

    #[test]
    fn every_line_of_the_table_is_whole() {
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            assert!(fields.len() == 5 && fields.iter().all(|f| !f.is_empty()), "{line}");
            assert!(
                ["whole", "start", "any"].contains(&fields[1]) && ["sure", "likely"].contains(&fields[2]),
                "{line}"
            );
            assert_eq!(fields[3], plain(fields[3]).as_str().trim_end_matches('.'), "{line}");
        }
    }
}
