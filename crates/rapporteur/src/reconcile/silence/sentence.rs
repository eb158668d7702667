//! The sentences of an article as words, and which question of a frame they may answer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use language::Span;

use crate::extract::{EntityKind, Precision};
use crate::ingest::BlockKind;
use crate::knowledge::calendar;
use crate::reconcile::Witness;

/// Words by question: single words, beginnings of words, pairs or more in a row.
static CUES: LazyLock<BTreeMap<&'static str, Vec<Vec<&'static str>>>> = LazyLock::new(|| {
    let table = include_str!("../../../../../data/en/silence_cues.tsv");
    let mut cues: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(question), Some(words)) = (columns.next(), columns.next()) else { continue };
        cues.entry(question).or_default().extend(words.split('|').map(|w| w.split(' ').collect::<Vec<_>>()));
    }
    cues
});

/// A sentence outside the furniture.
pub(super) struct Sentence {
    /// As printed, with white space made one.
    pub(super) text: String,
    /// In lower case.
    words: Vec<String>,
    pub(super) names_a_place: bool,
    /// The states that it says a deal is "with" or "for", as a list names them; empty where it says it of none.
    pub(super) states: Vec<String>,
    day: bool,
}

/// Words before "date" in which it is said to be open; after it one more.
const OPEN: usize = 3;

impl Sentence {
    /// Whether it has one of the words that answer a question of `data/en/silence_cues.tsv`; never for a question that is not there.
    pub(super) fn answers(&self, question: &str) -> bool {
        self.answered(question) > 0
    }

    /// How many of those words it has.
    pub(super) fn answered(&self, question: &str) -> usize {
        let fits = |cue: &str, word: &str| match cue.strip_suffix('*') {
            Some(stem) => word.starts_with(stem),
            None => cue == word,
        };
        let stands = |cue: &&Vec<&str>| {
            self.words.windows(cue.len()).any(|row| cue.iter().zip(row).all(|(cue, word)| fits(cue, word)))
        };
        CUES.get(question).map_or(0, |cues| cues.iter().filter(stands).count())
    }

    /// Whether it has a number, in digits or as a share.
    pub(super) fn has_a_figure(&self) -> bool {
        let share = |w: &String| matches!(w.as_str(), "percent" | "half" | "third" | "quarter" | "double" | "twice");
        self.words.iter().any(|w| w.chars().any(|c| c.is_ascii_digit()) || share(w))
    }

    /// Whether it names a day of a month.
    pub(super) fn is_dated(&self) -> bool {
        self.words.windows(2).any(is_day_of_month)
    }

    /// Whether it says that nobody names a date: "on a date that neither side would name".
    pub(super) fn leaves_the_date_open(&self) -> bool {
        let open = |i: usize| {
            let before = &self.words[i.saturating_sub(OPEN)..i];
            let after = &self.words[i + 1..self.words.len().min(i + 2 + OPEN)];
            before.iter().any(|w| matches!(w.as_str(), "no" | "not" | "neither" | "nor"))
                || after
                    .iter()
                    .any(|w| matches!(w.as_str(), "neither" | "nobody" | "no" | "undisclosed" | "unspecified"))
                || after
                    .windows(2)
                    .any(|pair| matches!((pair[0].as_str(), pair[1].as_str()), ("not", "yet") | ("yet", "to")))
        };
        (0..self.words.len()).any(|i| self.words[i] == "date" && open(i))
    }

    /// Whether it says that nobody names a place: "neither a day nor a place", "no venue".
    pub(super) fn leaves_the_place_open(&self) -> bool {
        let open = |i: usize| {
            let before = &self.words[i.saturating_sub(OPEN)..i];
            before.iter().any(|w| matches!(w.as_str(), "no" | "nor" | "neither" | "nobody" | "not"))
        };
        (0..self.words.len()).any(|i| matches!(self.words[i].as_str(), "place" | "venue" | "location") && open(i))
    }

    /// Whether it names a day; a month or a year alone is none.
    pub(super) fn names_a_day(&self) -> bool {
        self.day
    }
}

/// Whether a name has one of the words of a question.
pub(super) fn has_cue(name: &str, question: &str) -> bool {
    let lower = name.to_lowercase();
    CUES.get(question)
        .is_some_and(|cues| cues.iter().any(|cue| cue.len() == 1 && lower.split(' ').any(|w| w == cue[0])))
}

/// The sentences of an article outside its furniture, in text order. Where none were found, the pieces up to a full stop.
pub(super) fn of(witness: &Witness<'_>) -> Vec<Sentence> {
    let text = &witness.article.text;
    let blocks = witness.article.blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate);
    let mut spans: Vec<Span> =
        witness.findings.sentences.iter().filter(|s| s.label != "boilerplate").map(|s| s.span).collect();
    if spans.is_empty() {
        for block in blocks {
            let mut start = block.span.start;
            for piece in block.span.of(text).split_inclusive(['.', '!', '?', ';']) {
                spans.push(Span::new(start, start + piece.len()));
                start += piece.len();
            }
        }
    }
    let places = places(witness);
    let days = days(witness);
    let has = |starts: &BTreeSet<usize>, span: Span| starts.range(span.start..span.end).next().is_some();
    let sentence = |span: Span| {
        let printed = span.of(text);
        let lower = printed.to_lowercase();
        let words: Vec<String> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
        let text = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        let states = partners(witness, span);
        Sentence {
            states,
            day: has(&days, span) || names_a_day(&words),
            names_a_place: has(&places, span),
            text,
            words,
        }
    };
    spans.into_iter().map(sentence).collect()
}

/// The states of a list after "with" or "for" in a sentence: "deals with Brazil, Argentina and Australia".
fn partners(witness: &Witness<'_>, sentence: Span) -> Vec<String> {
    let text = &witness.article.text;
    let states = witness.findings.entities.iter().filter(|e| e.kind == EntityKind::State);
    let mut named: Vec<(Span, &str)> = states
        .flat_map(|e| e.mentions.iter().filter(|m| sentence.contains(**m)).map(|m| (*m, e.name.as_str())))
        .collect();
    named.sort_unstable();
    let opens = |m: &Span| {
        let before = text.get(sentence.start..m.start).unwrap_or("").trim_end();
        let before = before.strip_suffix(" the").unwrap_or(before);
        matches!(before.rsplit(' ').next(), Some("with" | "for"))
    };
    let Some(first) = named.iter().position(|(m, _)| opens(m)) else { return Vec::new() };
    let mut list = vec![named[first].1.to_owned()];
    for pair in named[first..].windows(2) {
        let between = text.get(pair[0].0.end..pair[1].0.start).unwrap_or(".").trim();
        if !matches!(between, "," | "and" | ", and" | "and the" | ", the") {
            break;
        }
        list.push(pair[1].1.to_owned());
    }
    list.dedup();
    list
}

/// "5 July", "July 5th", "on Tuesday" in lower-case words.
fn names_a_day(words: &[String]) -> bool {
    words.iter().any(|w| w.len() > 3 && calendar::weekday(w).is_some()) || words.windows(2).any(is_day_of_month)
}

/// "5 July", "July 5th": two words in lower case.
fn is_day_of_month(pair: &[String]) -> bool {
    let month = |w: &String| calendar::month(w).is_some();
    let day = |w: &String| {
        let digits = w.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        w.len() - digits.len() <= 2 && digits.parse::<u8>().is_ok_and(|d| (1..=31).contains(&d))
    };
    matches!(pair, [a, b] if month(a) && day(b) || day(a) && month(b))
}

/// Where the text names a day that is known to the calendar.
fn days(witness: &Witness<'_>) -> BTreeSet<usize> {
    let known = witness.findings.times.iter().filter(|t| t.precision == Precision::Day && t.from.is_some());
    known.map(|t| t.span.start).collect()
}

/// Where the text says "in" or "at" a place or state.
fn places(witness: &Witness<'_>) -> BTreeSet<usize> {
    let text = &witness.article.text;
    let located = |span: &&Span| {
        let before = text.get(..span.start).unwrap_or("").trim_end();
        let before = before.strip_suffix(" the").unwrap_or(before);
        let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        word.eq_ignore_ascii_case("in") || word.eq_ignore_ascii_case("at")
    };
    let spatial = witness.findings.entities.iter().filter(|e| matches!(e.kind, EntityKind::Place | EntityKind::State));
    spatial.flat_map(|e| &e.mentions).filter(located).map(|m| m.start).collect()
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::extract::Findings;
    use crate::reconcile::Witness;
    use crate::testing::article;

    fn answers(text: &str, question: &str) -> bool {
        let article = article(text);
        of(&Witness { article: &article, findings: &Findings::default() }).iter().any(|s| s.answers(question))
    }

    #[test]
    fn words_answer_questions() {
        for (text, question) in [
            ("The treaty must be ratified by both houses.", "parliament"),
            ("It enters into force next spring.", "force"),
            ("Oslo notified the depositary.", "notice"),
            ("Norland must be out of the union by May 31st.", "leaving"),
            ("Norland must be out of the union by May 31st.", "deadline"),
            ("The truce is to last ten days.", "duration"),
            ("The two sides did not disclose the terms.", "undisclosed"),
            ("The exemption runs until Tuesday.", "ending"),
            ("They are guests until thirty procedures have run their course.", "hinge"),
            ("They are guests until thirty procedures have run their course.", "consent"),
            ("Members start trading under it on July 1.", "force"),
            ("A proclamation sets the duty.", "decree"),
        ] {
            assert!(answers(text, question), "{text}");
        }
        for (text, question) in [
            ("The parties met.", "parliament"),
            ("The army is a force in the region.", "force"),
            ("Nobody had noticed.", "notice"),
            ("Norland joined the union by a vote.", "leaving"),
            ("Norland leaves the union.", "deadline"),
            ("The truce was agreed.", "duration"),
            ("The two sides disclosed the terms.", "undisclosed"),
            ("The exemption is new.", "ending"),
            ("The duty is high.", "decree"),
            ("The treaty must be ratified.", "no such question"),
        ] {
            assert!(!answers(text, question), "{text}");
        }
    }

    #[test]
    fn a_place_that_nobody_names_is_open() {
        let open = |text: &str| {
            let article = article(text);
            of(&Witness { article: &article, findings: &Findings::default() }).iter().any(|s| s.leaves_the_place_open())
        };
        assert!(open("Oslo has given neither a day nor a place for it.") && open("No venue has been named."));
        assert!(!open("It will not happen in the same old place.") && !open("The place is the town hall."));
    }

    #[test]
    fn a_date_that_nobody_names_is_open() {
        let open = |text: &str| {
            let article = article(text);
            of(&Witness { article: &article, findings: &Findings::default() })
                .iter()
                .any(|s| s.leaves_the_date_open() && !s.is_dated())
        };
        assert!(open("Norland will sign on a date that neither capital would name, it said on Tuesday."));
        assert!(open("No date has been set for the signing."));
        assert!(!open("No envoy came, and the king who was old and tired gave the date."));
        assert!(!open("The date of the signing is not before the vote."));
        assert!(!open("They sign on 5 May, a date that neither capital likes."));
    }

    #[test]
    fn a_day_is_a_day_of_a_month_or_a_week() {
        let names = |text: &str| {
            let article = article(text);
            of(&Witness { article: &article, findings: &Findings::default() }).iter().any(|s| s.names_a_day())
        };
        assert!(names("They sign on 5 May.") && names("They sign on July 5th.") && names("They sign on Tuesday."));
        assert!(
            !names("They sat down to sign.") && !names("They sign in May 2031.") && !names("They may sign 40 papers.")
        );
    }
}
