//! The words of a block as the calendar sees them: months, units, numbers, marks; each with what it can stand for.

use language::{Pos, Reading, Span, Token};

use super::rule::vocabulary;

/// What a word can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// 1 to 12, abbreviated or not.
    Month,
    FullMonth,
    /// Monday is 1.
    Weekday,
    FullWeekday,
    Unit,
    /// A unit in the plural.
    Units,
    /// The month it begins in.
    Season,
    /// Of a day.
    Part,
    Ordinal,
    Half,
    Number,
    /// Four digits.
    Year,
    /// Two digits after a year: "1915-17".
    ShortYear,
    /// 1 to 31.
    Day,
    /// "20th".
    Nth,
    /// "1990s": its first year.
    Decade,
    /// "10:30" in minutes.
    Clock,
    /// "2025-11-06".
    Iso,
    /// "Q3".
    Quarter,
    /// "'99".
    Apostrophised,
    Era,
    Apostrophe,
    Dash,
    Currency,
    /// A capitalised word.
    Capital,
    Adjective,
}

impl Class {
    /// The class of that name in a pattern.
    pub(super) fn of(name: &str) -> Option<Class> {
        Some(match name {
            "month" => Class::Month,
            "Month" => Class::FullMonth,
            "weekday" => Class::Weekday,
            "Weekday" => Class::FullWeekday,
            "unit" => Class::Unit,
            "Unit" => Class::Units,
            "season" => Class::Season,
            "part" => Class::Part,
            "ordinal" => Class::Ordinal,
            "half" => Class::Half,
            "num" | "number" => Class::Number,
            "year" => Class::Year,
            "yy" => Class::ShortYear,
            "day" => Class::Day,
            "nth" => Class::Nth,
            "decade" => Class::Decade,
            "clock" => Class::Clock,
            "iso" => Class::Iso,
            "q" => Class::Quarter,
            "short" => Class::Apostrophised,
            "era" => Class::Era,
            "apos" => Class::Apostrophe,
            "dash" => Class::Dash,
            "dollar" => Class::Currency,
            "cap" => Class::Capital,
            "adj" => Class::Adjective,
            _ => return None,
        })
    }
}

/// A word, number or mark of a block.
#[derive(Clone, Debug)]
pub(super) struct Lexeme {
    /// In lower case; "a.m." is `am`, "B.C." is `bc`.
    pub(super) word: String,
    pub(super) span: Span,
    /// No space before it.
    pub(super) glued: bool,
    pub(super) capital: bool,
    classes: Vec<(Class, f64)>,
}

impl Lexeme {
    /// What it says as a member of the class; `None` where it is no member.
    pub(super) fn value(&self, class: Class) -> Option<f64> {
        self.classes.iter().find(|(c, _)| *c == class).map(|(_, v)| *v)
    }

    /// Every class it belongs to.
    pub(super) fn classes(&self) -> impl Iterator<Item = Class> + '_ {
        self.classes.iter().map(|(c, _)| *c)
    }

    /// The token it stands in.
    pub(super) fn token<'r>(&self, reading: &'r Reading) -> Option<Token<'r>> {
        reading.token_at(self.span.start)
    }
}

/// The lexemes of a stretch of the text, in order; white space is left out.
pub(super) fn lex(text: &str, block: Span, reading: &Reading) -> Vec<Lexeme> {
    let Some(words) = text.get(block.start..block.end) else { return Vec::new() };
    let mut found: Vec<Lexeme> = Vec::new();
    let mut rest = words.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if c.is_whitespace() {
            continue;
        }
        let more = &words[start..];
        let length = length(more, c);
        while rest.peek().is_some_and(|(i, _)| *i < start + length) {
            rest.next();
        }
        let span = Span::new(block.start + start, block.start + start + length);
        let glued = found.last().is_some_and(|l| l.span.end == span.start);
        let printed = &more[..length];
        // "twenty-five" is one number.
        if found.len() > 1 && glued && joins(&found, printed) {
            found.pop();
            if let Some(tens) = found.last_mut() {
                let ones = vocabulary(Class::Number, &printed.to_lowercase()).unwrap_or(0.0);
                tens.classes.iter_mut().filter(|(c, _)| *c == Class::Number).for_each(|(_, v)| *v += ones);
                tens.span = Span::new(tens.span.start, span.end);
            }
            continue;
        }
        let word: String = match () {
            () if printed.contains('.') && printed.len() > 1 => {
                printed.chars().filter(|c| *c != '.' || c.is_ascii_digit()).collect::<String>().to_lowercase()
            }
            () => printed.to_lowercase().replace('’', "'"),
        };
        let mut lexeme = Lexeme { classes: Vec::new(), word, span, glued, capital: c.is_uppercase() };
        classify(&mut lexeme, printed, reading);
        found.push(lexeme);
    }
    found
}

/// Whether the word is the ones of the tens before the hyphen before it.
fn joins(found: &[Lexeme], printed: &str) -> bool {
    let [.., tens, hyphen] = found else { return false };
    let ones = vocabulary(Class::Number, &printed.to_lowercase());
    hyphen.word == "-"
        && hyphen.glued
        && tens.value(Class::Number).is_some_and(|v| (20.0..100.0).contains(&v) && v % 10.0 == 0.0)
        && tens.word.starts_with(char::is_alphabetic)
        && printed.len() > 1
        && ones.is_some_and(|v| (1.0..10.0).contains(&v))
}

/// How many bytes the lexeme takes that begins a text; `first` is its first character.
fn length(text: &str, first: char) -> usize {
    let while_ = |from: usize, test: &dyn Fn(char) -> bool| {
        let rest = text.get(from..).unwrap_or("");
        from + rest.find(|c: char| !test(c)).unwrap_or(rest.len())
    };
    let bytes = text.as_bytes();
    let digit_at = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    if first.is_ascii_digit() {
        let mut end = while_(0, &|c| c.is_ascii_digit());
        if let Some(length) = iso_length(bytes) {
            return length;
        }
        // "1,000", "2.5", "10:30".
        while matches!(bytes.get(end), Some(b',' | b'.' | b':')) && digit_at(end + 1) {
            if bytes[end] == b',' && !(digit_at(end + 2) && digit_at(end + 3) && !digit_at(end + 4)) {
                break;
            }
            end = while_(end + 1, &|c| c.is_ascii_digit());
        }
        let letters = while_(end, &char::is_alphabetic);
        if matches!(&text[end..letters], "st" | "nd" | "rd" | "th" | "s") {
            return letters;
        }
        if matches!(text.get(end..), Some(rest) if rest.starts_with("'s") || rest.starts_with("’s"))
            && end == 4
            && bytes[3] == b'0'
        {
            return end + if bytes[end] == b'\'' { 2 } else { "’s".len() };
        }
        return end;
    }
    if first.is_alphabetic() {
        let end = while_(0, &char::is_alphanumeric);
        // "a.m.", "B.C.", "Nov." before a day.
        for abbreviation in ["a.m.", "p.m.", "B.C.", "b.c.", "A.M.", "P.M.", "a.m", "p.m", "B.C"] {
            if text.starts_with(abbreviation) && !text[abbreviation.len()..].starts_with(char::is_alphanumeric) {
                return abbreviation.len();
            }
        }
        let dotted = bytes.get(end) == Some(&b'.')
            && (digit_at(end + 1) || (bytes.get(end + 1) == Some(&b' ') && digit_at(end + 2)));
        let abbreviated = (3..=4).contains(&end) && !matches!(&text[..end], "May" | "June" | "July");
        if dotted && abbreviated && vocabulary(Class::Month, &text[..end].to_lowercase()).is_some() {
            return end + 1;
        }
        return end;
    }
    if matches!(first, '\'' | '’' | '‘') {
        let at = first.len_utf8();
        // "'s", "'99", "'90s".
        let after = while_(at, &char::is_alphanumeric);
        let tail = &text[at..after];
        let year =
            tail.len() >= 2 && tail.as_bytes()[..2].iter().all(u8::is_ascii_digit) && matches!(&tail[2..], "" | "s");
        if tail == "s" || year {
            return after;
        }
        return at;
    }
    first.len_utf8()
}

/// The length of `2025-11-06` at the start.
fn iso_length(bytes: &[u8]) -> Option<usize> {
    let shape = bytes.get(..10)?;
    let fits = shape.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    (fits && !bytes.get(10).is_some_and(u8::is_ascii_alphanumeric)).then_some(10)
}

fn classify(lexeme: &mut Lexeme, printed: &str, reading: &Reading) {
    let word = lexeme.word.clone();
    let mut add = |class: Class, value: f64| lexeme.classes.push((class, value));
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        digits(&word, printed, &mut add);
        return;
    }
    if let Some(year) = word.strip_prefix(['\'', '‘']) {
        match year.strip_suffix('s').unwrap_or(year).parse::<f64>() {
            Ok(n) if year.ends_with('s') => add(Class::Decade, 1900.0 + n),
            Ok(n) => add(Class::Apostrophised, n),
            Err(_) => add(Class::Apostrophe, 0.0),
        }
        return;
    }
    let capital = printed.starts_with(char::is_uppercase);
    for class in [Class::Month, Class::Weekday] {
        if let Some(value) = vocabulary(class, &word).filter(|_| capital) {
            add(class, value);
            let full = word.len() > 4 || matches!(word.as_str(), "may" | "june" | "july");
            if full && class == Class::Month {
                add(Class::FullMonth, value);
            } else if full && word.ends_with("day") {
                add(Class::FullWeekday, value);
            }
        }
    }
    for class in
        [Class::Nth, Class::Unit, Class::Season, Class::Part, Class::Ordinal, Class::Half, Class::Number, Class::Era]
    {
        if let Some(value) = vocabulary(class, &word) {
            add(class, value);
            if class == Class::Unit && word.ends_with('s') {
                add(Class::Units, value);
            }
        }
    }
    match word.as_str() {
        "-" | "–" | "—" => add(Class::Dash, 0.0),
        "$" | "€" | "£" | "¥" => add(Class::Currency, 0.0),
        "q1" | "q2" | "q3" | "q4" => add(Class::Quarter, f64::from(word.as_bytes()[1] - b'0')),
        _ => {}
    }
    if capital {
        add(Class::Capital, 0.0);
    }
    let adjective = |t: Token<'_>| t.pos() == Pos::Adj || t.tag() == "VBN";
    if word.len() > 2 && !capital && reading.token_at(lexeme.span.start).is_some_and(adjective) {
        lexeme.classes.push((Class::Adjective, 0.0));
    }
}

fn digits(word: &str, printed: &str, add: &mut dyn FnMut(Class, f64)) {
    if printed.len() == 10 && printed.as_bytes().get(4) == Some(&b'-') {
        let number = printed.replace('-', "").parse().unwrap_or(0.0);
        return add(Class::Iso, number);
    }
    if let Some((hour, minute)) = printed.split_once(':') {
        let minutes = hour.parse::<u32>().ok().zip(minute.get(..2).and_then(|m| m.parse::<u32>().ok()));
        if let Some((h, m)) = minutes.filter(|(h, m)| *h < 24 && *m < 60 && (minute.len() == 2 || minute.len() == 5)) {
            add(Class::Clock, f64::from(h * 60 + m));
        }
        return;
    }
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (number, tail) = word.split_at(end);
    let value: f64 = number.parse().unwrap_or(0.0);
    match tail {
        "" if printed.contains('.') => add(Class::Number, printed.parse().unwrap_or(0.0)),
        "" => {
            add(Class::Number, value);
            match number.len() {
                4 if (1000.0..2200.0).contains(&value) => add(Class::Year, value),
                2 => add(Class::ShortYear, value),
                _ => {}
            }
            if number.len() <= 2 && (1.0..=31.0).contains(&value) {
                add(Class::Day, value);
            }
        }
        "s" | "'s" | "’s" if number.len() == 4 && value % 10.0 == 0.0 => add(Class::Decade, value),
        "st" | "nd" | "rd" | "th" => {
            add(Class::Nth, value);
            if let Some(ordinal) = vocabulary(Class::Ordinal, word) {
                add(Class::Ordinal, ordinal);
            }
        }
        _ if printed.contains(',') => add(Class::Number, printed.replace(',', "").parse().unwrap_or(0.0)),
        _ => {}
    }
}

/// A word without classes, for tests of patterns.
#[cfg(test)]
pub(super) fn plain(word: &str, span: Span) -> Lexeme {
    Lexeme { word: word.to_owned(), span, glued: false, capital: false, classes: Vec::new() }
}
