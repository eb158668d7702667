//! The words of reporting, read once from `data/en/`: cues, nouns whose bearers speak, media.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use language::{Pos, Reading, Token};

/// What a cue says of the words it introduces.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    /// `say`, `write`, `think`, `want`, `judge` ...
    pub(crate) sense: &'static str,
    takes: &'static str,
    /// Where the reporting word puts its user: `neutral`, `doubt`, `factive`, `positive`, `negative`.
    pub(crate) stance: &'static str,
}

impl Cue {
    /// Whether it takes words in marks (`quote`), a clause (`that`), an infinitive (`to`), `as`, or a noun (`np`).
    pub(crate) fn takes(&self, what: &str) -> bool {
        self.takes.split(' ').any(|t| t == what)
    }

    /// Whether it is a word of speech, not of thought or wish.
    pub(crate) fn speaks(&self) -> bool {
        !matches!(self.sense, "think" | "want" | "learn" | "show" | "speak" | "express")
    }
}

struct Lexicon {
    verbs: BTreeMap<&'static str, Cue>,
    /// Verbs that have an entry with a particle.
    phrasal: BTreeSet<&'static str>,
    nouns: BTreeMap<&'static str, Cue>,
    adjectives: BTreeMap<&'static str, Cue>,
    /// By first word; longer ones first.
    phrases: BTreeMap<&'static str, Vec<Vec<&'static str>>>,
    speakers: BTreeMap<&'static str, &'static str>,
    media: BTreeMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(read);

fn lines(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect())
}

fn read() -> Lexicon {
    let mut lexicon = Lexicon {
        verbs: BTreeMap::new(),
        phrasal: BTreeSet::new(),
        nouns: BTreeMap::new(),
        adjectives: BTreeMap::new(),
        phrases: BTreeMap::new(),
        speakers: BTreeMap::new(),
        media: BTreeMap::new(),
    };
    for row in lines(include_str!("../../../../../data/en/cues.tsv")) {
        let [words, kind, sense, takes, stance, ..] = row[..] else { continue };
        let cue = Cue { sense, takes, stance };
        match kind {
            "noun" => drop(lexicon.nouns.insert(words, cue)),
            "adjective" => drop(lexicon.adjectives.insert(words, cue)),
            "verb" => {
                lexicon.phrasal.extend(words.split_once(' ').map(|w| w.0));
                lexicon.verbs.insert(words, cue);
            }
            "phrase" => {
                let phrase: Vec<_> = words.split(' ').collect();
                lexicon.phrases.entry(phrase[0]).or_default().push(phrase);
            }
            _ => {}
        }
    }
    for row in lines(include_str!("../../../../../data/en/speakers.tsv")) {
        if let [noun, class, ..] = row[..] {
            lexicon.speakers.insert(noun, class);
        }
    }
    for row in lines(include_str!("../../../../../data/en/media.tsv")) {
        if let [words, medium, ..] = row[..] {
            let words: Vec<_> = words.split(' ').collect();
            lexicon.media.entry(words[0]).or_default().push((words, medium));
        }
    }
    lexicon.phrases.values_mut().for_each(|p| p.sort_by_key(|w| std::cmp::Reverse(w.len())));
    lexicon.media.values_mut().for_each(|p| p.sort_by_key(|w| std::cmp::Reverse(w.0.len())));
    lexicon
}

/// The word in small letters, on its own page only where it has capitals.
fn small(word: &str) -> Cow<'_, str> {
    let is_small = word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if is_small { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// The cue that a verb is, its particle counted ("pointed out").
pub(crate) fn verb(token: Token<'_>) -> Option<&'static Cue> {
    if !matches!(token.pos(), Pos::Verb | Pos::Aux) && !token.tag().starts_with("VB") {
        return None;
    }
    let lemma = small(token.lemma());
    phrasal(token, &lemma).map(|p| p.1).or_else(|| LEXICON.verbs.get(lemma.as_ref()))
}

/// The cue that a verb is by its dictionary form, wherever the parser sees another kind of word.
pub(crate) fn verb_of(lemma: &str) -> Option<&'static Cue> {
    LEXICON.verbs.get(lemma)
}

/// The tokens of a verb whose particle or preposition is part of the cue ("pointed out", "hinted squarely at").
pub(crate) fn with_particle(token: Token<'_>) -> Option<std::ops::Range<usize>> {
    phrasal(token, &small(token.lemma())).map(|p| token.i..p.0 + 1)
}

fn phrasal(token: Token<'_>, lemma: &str) -> Option<(usize, &'static Cue)> {
    if !LEXICON.phrasal.contains(lemma) {
        return None;
    }
    let near = token.children().filter(|c| c.i > token.i && c.i <= token.i + 2);
    let particles = near.filter(|c| matches!(c.dep(), "prt" | "prep" | "acomp" | "advmod"));
    particles
        .into_iter()
        .find_map(|p| LEXICON.verbs.get(format!("{lemma} {}", p.text().to_lowercase()).as_str()).map(|cue| (p.i, cue)))
}

/// The cue that a noun is: "claim", "promise", "words".
pub(crate) fn noun(token: Token<'_>) -> Option<&'static Cue> {
    (token.pos() == Pos::Noun).then(|| LEXICON.nouns.get(small(token.lemma()).as_ref())).flatten()
}

/// The cue that an adjective is: "confident that ...".
pub(crate) fn adjective(token: Token<'_>) -> Option<&'static Cue> {
    (token.pos() == Pos::Adj).then(|| LEXICON.adjectives.get(small(token.lemma()).as_ref())).flatten()
}

/// The phrase of attribution that begins at token `i` ("according to"): its tokens.
pub(crate) fn phrase(reading: &Reading, i: usize) -> Option<std::ops::Range<usize>> {
    let first = small(reading.get(i)?.text());
    let fits = |words: &&Vec<&str>| {
        words.iter().enumerate().all(|(k, w)| reading.get(i + k).is_some_and(|t| t.text().eq_ignore_ascii_case(w)))
    };
    let words = LEXICON.phrases.get(first.as_ref())?.iter().find(fits)?;
    Some(i..i + words.len())
}

/// The class of a noun whose bearer speaks: `office`, `person`, `group`, `body`, `document`.
pub(crate) fn speaker(token: Token<'_>) -> Option<&'static str> {
    let of = |word: &str| LEXICON.speakers.get(small(word).as_ref()).copied();
    of(token.lemma()).or_else(|| of(token.text())).or_else(|| {
        let word = small(token.lemma());
        let endings = ["man", "woman", "men", "women", "person", "ist", "crat", "ologist"];
        let person = matches!(token.pos(), Pos::Noun) && word.len() > 5 && endings.iter().any(|e| word.ends_with(e));
        person.then_some("person")
    })
}

/// The medium that the words at token `i` name ("Truth Social", "interview"), and how many tokens they are.
pub(crate) fn medium(reading: &Reading, i: usize) -> Option<(&'static str, usize)> {
    // "the Post" with a capital is a paper.
    let token = reading.get(i).filter(|t| !matches!(t.pos(), Pos::Verb | Pos::Aux) && t.text() != "Post")?;
    for first in [token.text(), token.lemma()] {
        for (words, medium) in LEXICON.media.get(small(first).as_ref()).into_iter().flatten() {
            let rest = words.iter().enumerate().skip(1).all(|(k, w)| {
                reading
                    .get(i + k)
                    .is_some_and(|t| t.text().eq_ignore_ascii_case(w) || t.lemma().eq_ignore_ascii_case(w))
            });
            if rest {
                return Some((medium, words.len()));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_names_its_source_and_stands_once() {
        let tables = [
            (include_str!("../../../../../data/en/cues.tsv"), 6, 2),
            (include_str!("../../../../../data/en/speakers.tsv"), 3, 1),
            (include_str!("../../../../../data/en/media.tsv"), 3, 1),
        ];
        for (table, columns, key) in tables {
            let mut seen = std::collections::BTreeSet::new();
            for row in lines(table) {
                assert_eq!(row.len(), columns, "{row:?}");
                assert!(row.iter().all(|f| !f.is_empty() && f.trim() == *f), "{row:?}");
                assert!(seen.insert(row[..key].to_vec()), "twice: {row:?}");
            }
        }
        assert!(LEXICON.verbs.len() > 250);
    }

    #[test]
    fn kinds_and_senses_are_known() {
        for row in lines(include_str!("../../../../../data/en/cues.tsv")) {
            assert!(["verb", "noun", "adjective", "phrase"].contains(&row[1]), "{row:?}");
            assert!(row[3].split(' ').all(|t| ["quote", "that", "to", "as", "np"].contains(&t)), "{row:?}");
            assert!(["neutral", "doubt", "factive", "positive", "negative"].contains(&row[4]), "{row:?}");
        }
    }
}
