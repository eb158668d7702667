//! Which words stand between quotation marks: an automaton over the characters of a block, not over tokens, since a mark
//! glued to a word ("so-called“) is a mark all the same.
//!
//! Double marks of every shape, typewriter pairs (``like this''), and single marks where no double ones are open. An apostrophe
//! (don't, the states' plan, the '90s, 'em) never opens and, with nothing open, never closes; `5'10"` is a height. A paragraph
//! that opens a mark and leaves it open goes on in the next one if that opens with a mark again (Chicago Manual of Style
//! 13.30), or if its first mark is the partner; else the mark was forgotten, the stretch ends with the block, and
//! [`Stretch::balanced`] is false.

use language::Span;

use crate::ingest::{Block, BlockKind};

/// Words between a mark and its partner, at the outermost level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// The words without the marks, trimmed.
    pub(crate) content: Span,
    /// The words with the marks.
    pub(crate) outer: Span,
    /// Place of its block in the article.
    pub(crate) block: usize,
    /// Whether it carries on the stretch before it, which the paragraph before left open.
    pub(crate) continues: bool,
    /// Whether its partner was found, or the next paragraph opens with a mark.
    pub(crate) balanced: bool,
    /// Whether the marks are single.
    pub(crate) single: bool,
}

/// The stretches of an article in text order, never overlapping, never longer than a block. Furniture is left out.
pub(crate) fn stretches(text: &str, blocks: &[Block]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut open_before = false;
    for (n, block) in blocks.iter().enumerate() {
        if block.kind == BlockKind::Boilerplate {
            open_before = false;
            continue;
        }
        let words = block.span.of(text);
        let opens = starts_with_mark(words);
        let partner = found.last().filter(|_| open_before && !opens).and_then(|last| partner(words, last, text));
        if open_before
            && (opens || partner.is_some())
            && let Some(last) = found.last_mut()
        {
            last.balanced = true;
        }
        let first = found.len();
        let mut rest = 0;
        if let Some(mark) = partner {
            let content = Span::new(block.span.start, block.span.start + mark.inner).trim(text);
            let outer = Span::new(block.span.start, block.span.start + mark.outer);
            found.push(Stretch { content, outer, block: n, continues: true, balanced: true, single: false });
            rest = mark.outer;
        }
        for (start, end, closed, single) in scan(&words[rest..]) {
            let (start, end) = (start.shifted(rest), end.shifted(rest));
            let outer = Span::new(block.span.start + start.outer, block.span.start + end.outer);
            let content = Span::new(block.span.start + start.inner, block.span.start + end.inner).trim(text);
            if !content.of(text).contains(char::is_alphanumeric) {
                continue;
            }
            let continues = open_before && opens && found.len() == first && start.outer == 0;
            found.push(Stretch { content, outer, block: n, continues, balanced: closed, single });
        }
        open_before = found[first..].last().is_some_and(|s| !s.balanced && s.outer.end == block.span.end);
    }
    found
}

/// Where a mark stands: the byte on the side away from the words, and the byte on their side.
#[derive(Clone, Copy, Debug)]
struct Place {
    outer: usize,
    inner: usize,
}

impl Place {
    fn shifted(self, by: usize) -> Place {
        Place { outer: self.outer + by, inner: self.inner + by }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// `"` and `''`: opens and closes.
    Straight,
    Opening,
    Closing,
    /// `“` after `„` closes, else opens.
    LowPartner,
    SingleStraight,
    SingleOpening,
    /// `’`: closes, or is an apostrophe.
    SingleClosing,
}

/// A mark, how many characters it takes, and where it stands.
struct Mark {
    shape: Shape,
    /// Index of its first character and of the character after it.
    at: usize,
    after: usize,
}

struct Open {
    place: Place,
    single: bool,
    low: bool,
    angle: bool,
}

/// The mark in a paragraph that closes what the one before left open, where each has one half of the pair: the first mark of it, a
/// closing one of the same kind.
fn partner(words: &str, open: &Stretch, text: &str) -> Option<Place> {
    let opening = open.outer.of(text).chars().next()?;
    let (at, mark) = words.char_indices().find(|(_, c)| matches!(c, '“' | '”' | '"' | '„' | '«' | '»'))?;
    let behind = words[at + mark.len_utf8()..].chars().next();
    let closes = match (opening, mark) {
        ('“', '”') => true,
        ('"', '"') => {
            let touches = words[..at].chars().next_back().is_some_and(|c| !c.is_whitespace());
            touches && behind.is_none_or(char::is_whitespace) && words.matches('"').count() % 2 == 1
        }
        _ => false,
    };
    let some = words[..at].contains(char::is_alphanumeric);
    (closes && some).then_some(Place { outer: at + mark.len_utf8(), inner: at })
}

fn starts_with_mark(words: &str) -> bool {
    words.starts_with(['"', '“', '„', '«', '‘', '\'']) || words.starts_with("``")
}

/// The outermost stretches of one block, by bytes of it: start, end, whether it was closed, whether the marks are single.
fn scan(words: &str) -> Vec<(Place, Place, bool, bool)> {
    let chars: Vec<(usize, char)> = words.char_indices().collect();
    let byte = |i: usize| chars.get(i).map_or(words.len(), |c| c.0);
    let mut found = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    // Straight double marks from here on, the one at hand included.
    let mut left = chars.iter().filter(|c| is_straight(c.1)).count();
    let mut i = 0;
    while i < chars.len() {
        let Some(mark) = mark_at(&chars, i) else {
            i += 1;
            continue;
        };
        i = mark.after;
        let even = left % 2 == 0;
        left -= usize::from(is_straight(chars[mark.at].1));
        let opened = Place { outer: byte(mark.at), inner: byte(mark.after) };
        let closed = Place { outer: byte(mark.after), inner: byte(mark.at) };
        match turn(&chars, &mark, &open, even) {
            Turn::Nothing => {}
            Turn::Open { forget } => {
                if forget && let Some(lost) = open.pop() {
                    // The partner was forgotten: what was open ends where the next begins.
                    if open.is_empty() {
                        let end = Place { outer: opened.outer, inner: opened.outer };
                        found.push((lost.place, end, false, lost.single));
                    }
                }
                let shape = chars[mark.at].1;
                open.push(Open {
                    place: opened,
                    single: is_single(mark.shape),
                    low: shape == '„',
                    angle: shape == '«',
                });
            }
            Turn::Close { level } => {
                open.truncate(level + 1);
                if let Some(done) = open.pop()
                    && open.is_empty()
                {
                    found.push((done.place, closed, true, done.single));
                }
            }
        }
    }
    // A single mark that never found its partner was an apostrophe; a double one reaches to the end of the block.
    if let Some(lost) = open.into_iter().find(|o| !o.single) {
        let end = Place { outer: words.len(), inner: words.len() };
        found.retain(|f| f.0.outer < lost.place.outer);
        found.push((lost.place, end, false, false));
    }
    found
}

fn is_straight(c: char) -> bool {
    matches!(c, '"' | '＂')
}

enum Turn {
    Nothing,
    Open { forget: bool },
    Close { level: usize },
}

fn is_single(shape: Shape) -> bool {
    matches!(shape, Shape::SingleStraight | Shape::SingleOpening | Shape::SingleClosing)
}

/// The mark that begins at character `i`.
fn mark_at(chars: &[(usize, char)], i: usize) -> Option<Mark> {
    let next_same = chars.get(i + 1).is_some_and(|n| n.1 == chars[i].1);
    let mark = |shape, width| Some(Mark { shape, at: i, after: i + width });
    match chars[i].1 {
        '`' if next_same => mark(Shape::Opening, 2),
        // ''' is a nested single mark and then the double one.
        '\'' if next_same && chars.get(i + 2).is_none_or(|n| n.1 != '\'') => mark(Shape::Straight, 2),
        '"' | '＂' => mark(Shape::Straight, 1),
        '„' | '«' => mark(Shape::Opening, 1),
        '“' | '‟' => mark(Shape::LowPartner, 1),
        '”' | '»' => mark(Shape::Closing, 1),
        '\'' => mark(Shape::SingleStraight, 1),
        '‘' | '‚' | '‛' | '`' => {
            mark(Shape::SingleOpening, 1).filter(|m| chars[m.at].1 != '‚' || !space_after(chars, m))
        }
        '’' => mark(Shape::SingleClosing, 1),
        _ => None,
    }
}

fn before(chars: &[(usize, char)], mark: &Mark) -> Option<char> {
    mark.at.checked_sub(1).map(|i| chars[i].1)
}

fn after(chars: &[(usize, char)], mark: &Mark) -> Option<char> {
    chars.get(mark.after).map(|c| c.1)
}

fn space_after(chars: &[(usize, char)], mark: &Mark) -> bool {
    after(chars, mark).is_none_or(char::is_whitespace)
}

/// Whether what stands before can stand before an opening mark.
fn can_open(chars: &[(usize, char)], mark: &Mark) -> bool {
    let free = before(chars, mark).is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '{' | '-' | '–' | '—' | '/' | '“' | '"' | '‘' | '\'' | ':' | '…')
    });
    free && !space_after(chars, mark)
}

/// What a mark does, given what is open, and whether an even number of straight marks are left with it.
fn turn(chars: &[(usize, char)], mark: &Mark, open: &[Open], even: bool) -> Turn {
    let double = open.iter().rposition(|o| !o.single);
    match mark.shape {
        Shape::Opening => Turn::Open { forget: false },
        Shape::LowPartner => match open.last() {
            Some(last) if last.low => Turn::Close { level: open.len() - 1 },
            _ => Turn::Open { forget: false },
        },
        Shape::Closing => match double {
            Some(level) => Turn::Close { level },
            // »so« the other way round.
            None if chars[mark.at].1 == '»' && can_open(chars, mark) => Turn::Open { forget: false },
            None => Turn::Nothing,
        },
        Shape::Straight => straight(chars, mark, double, open, even),
        Shape::SingleOpening => {
            let opens = !is_elision(chars, mark) && can_open(chars, mark);
            if opens && !open.last().is_some_and(|o| o.single) { Turn::Open { forget: false } } else { Turn::Nothing }
        }
        Shape::SingleStraight | Shape::SingleClosing => single(chars, mark, open),
    }
}

fn straight(chars: &[(usize, char)], mark: &Mark, double: Option<usize>, open: &[Open], even: bool) -> Turn {
    if is_inches(chars, mark, double.is_some()) {
        return Turn::Nothing;
    }
    match double {
        Some(level) if open[level].angle => Turn::Nothing,
        // After a space and before a word a second mark opens. Where the marks that are left with it pair off, the first one's partner
        // was forgotten; where one is left over, it is the first one's, and this is a quotation within a quotation.
        Some(_) if before(chars, mark).is_some_and(char::is_whitespace) && !space_after(chars, mark) => {
            Turn::Open { forget: even }
        }
        Some(level) => Turn::Close { level },
        None if space_after(chars, mark) => Turn::Nothing,
        None => Turn::Open { forget: false },
    }
}

fn single(chars: &[(usize, char)], mark: &Mark, open: &[Open]) -> Turn {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (left, right) = (before(chars, mark), after(chars, mark));
    if letter(left) && letter(right) || is_elision(chars, mark) {
        return Turn::Nothing;
    }
    match open.last() {
        Some(last) if last.single => {
            if left.is_none_or(char::is_whitespace) || letter(right) {
                return Turn::Nothing;
            }
            // "the leaders' plan": a possessive if another mark that can close follows.
            let possessive = left == Some('s') && right == Some(' ') && closes_later(chars, mark.after);
            if possessive { Turn::Nothing } else { Turn::Close { level: open.len() - 1 } }
        }
        _ if mark.shape == Shape::SingleStraight && letter(right) && can_open(chars, mark) => {
            Turn::Open { forget: false }
        }
        _ => Turn::Nothing,
    }
}

/// Whether a single mark that closes follows within the next 300 characters and before one that opens.
fn closes_later(chars: &[(usize, char)], from: usize) -> bool {
    for i in from..chars.len().min(from + 300) {
        let (c, left) = (chars[i].1, chars[i - 1].1);
        if !matches!(c, '\'' | '’' | '‘') {
            continue;
        }
        let right = chars.get(i + 1).map(|n| n.1);
        if left.is_whitespace() || c == '‘' {
            return false;
        }
        if !right.is_some_and(char::is_alphanumeric) {
            return true;
        }
    }
    false
}

/// "'90s", "'em", "'til": the apostrophe of words whose beginning is left out.
fn is_elision(chars: &[(usize, char)], mark: &Mark) -> bool {
    let word: String = chars[mark.after..].iter().map(|c| c.1).take_while(|c| c.is_alphanumeric()).take(6).collect();
    let decade = word.len() >= 2 && word.starts_with(|c: char| c.is_ascii_digit()) && {
        let digits = word.trim_end_matches('s');
        digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let left_free = !before(chars, mark).is_some_and(char::is_alphanumeric);
    left_free
        && (decade
            || matches!(word.to_lowercase().as_str(), "em" | "til" | "tis" | "twas" | "cause" | "n" | "bout" | "round"))
}

/// `6'2"` always; `a 5" pipe` while nothing is open.
fn is_inches(chars: &[(usize, char)], mark: &Mark, inside: bool) -> bool {
    if mark.after - mark.at != 1 || !before(chars, mark).is_some_and(|c| c.is_ascii_digit()) {
        return false;
    }
    let digits = chars[..mark.at].iter().rev().take_while(|c| c.1.is_ascii_digit()).count();
    let foot = mark.at.checked_sub(digits + 1).map(|i| chars[i].1);
    let measured = mark.at.checked_sub(digits + 2).is_some_and(|i| chars[i].1.is_ascii_digit());
    !inside || (matches!(foot, Some('\'' | '’')) && measured)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stretches of a text whose lines are its blocks, each in square brackets; `+` before one that continues, `?` after
    /// one whose partner is missing.
    fn marked(text: &str) -> String {
        let mut blocks = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            blocks.push(Block { span: Span::new(start, start + line.len()), kind: BlockKind::Paragraph });
            start += line.len() + 1;
        }
        let found = stretches(text, &blocks);
        let told = found.iter().map(|s| {
            let (plus, lost) = (if s.continues { "+" } else { "" }, if s.balanced { "" } else { "?" });
            format!("{plus}[{}]{lost}", s.content.of(text))
        });
        told.collect::<Vec<_>>().join(" ")
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(marked(text), expected, "{text}");
    }

    #[test]
    fn marks_of_every_shape() {
        check("“Yes,” he said.", "[Yes,]");
        check("\"Yes,\" he said. \"No.\"", "[Yes,] [No.]");
        check("``Yes,'' he said. ''No.''", "[Yes,] [No.]");
        check("„Ja“, sagte er. «Non», dit-elle.", "[Ja] [Non]");
        check("The plan—\"a gift\"—failed.", "[a gift]");
        check("the so-called“deal”was off", "[deal]");
        check("He called it ‘a gift’ to them.", "[a gift]");
        check("It is 'a gift', he said.", "[a gift]");
    }

    #[test]
    fn a_partner_in_the_next_paragraph() {
        check("“We go. It was time.\nWe stay away.”\n—Berg", "[We go. It was time.] +[We stay away.]");
        check("“We go. It was time.\nHe left. “We stay away.”", "[We go. It was time.]? [We stay away.]");
        check("\"We go. It was time.\nWe stay away.\" He left.", "[We go. It was time.] +[We stay away.]");
        check("\"We go. It was time.\nHe left. \"We stay away.\" He sat.", "[We go. It was time.]? [We stay away.]");
    }

    #[test]
    fn only_the_outermost_level() {
        check("“He told me ‘never again,’” she said.", "[He told me ‘never again,’]");
        check("''I'd say 'old-school,''' he said.", "[I'd say 'old-school,']");
        check("“She said “no” to us,” he said.", "[She said “no” to us,]");
        check(
            "\"They let \"guests\" into the hall. Stop it!\" he wrote.",
            "[They let \"guests\" into the hall. Stop it!]",
        );
        check(
            "She wrote. \"A bad day. The \"Union\" holds nobody.\" He later wrote, \"Many left.\"",
            "[A bad day. The \"Union\" holds nobody.] [Many left.]",
        );
    }

    #[test]
    fn an_apostrophe_is_no_mark() {
        check("The ministers' plan and the state's don't match the '90s.", "");
        check("The ministers’ plan and the state’s don’t match the ’90s, rock ’n’ roll.", "");
        check("Get 'em while it's 'the leaders' plan' for us.", "[the leaders' plan]");
        check("\"The ministers' plan won't do,\" he said.", "[The ministers' plan won't do,]");
    }

    #[test]
    fn inches_are_no_marks() {
        check("He is 6'2\" tall and has a 5\" pipe.", "");
        check("\"He is 6'2\" tall,\" she said.", "[He is 6'2\" tall,]");
        check("\"We met in 1992\" and \"again.\"", "[We met in 1992] [again.]");
    }

    #[test]
    fn a_quotation_of_several_paragraphs() {
        check("He said: “One.\n“Two.\n“Three.” Done.", "[One.] +[Two.] +[Three.]");
        check("\"One,\" he said.\n\"Two.\"", "[One,] [Two.]");
    }

    #[test]
    fn a_forgotten_partner_costs_one_stretch_only() {
        check("He said “it is over.\nNobody “agreed” there.", "[it is over.]? [agreed]");
        check("\"It is over, he said. \"We go.\" And \"now\".", "[It is over, he said.]? [We go.] [now]");
        check("It is over,” he said. “We go.”", "[We go.]");
        check("", "");
        check("“", "");
        check("”“\"'", "");
    }
}
