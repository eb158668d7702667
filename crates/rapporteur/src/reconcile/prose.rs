//! The words of an article, each with what kind of word it is: the article's own prose, somebody else's words, a name, furniture.
//!
//! What two articles have in common says little before this is known: a quotation stands in both because one person spoke, a title
//! because one person holds it, a line of furniture because one machine wrote both.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use language::Span;

use super::Witness;
use crate::extract::Form;
use crate::ingest::BlockKind;

/// What kind of word a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Own,
    Quoted,
    Name,
}

/// One word of an article.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// Lower case, without the ending of a plural or a tense.
    pub(crate) stem: String,
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    /// The block it stands in, counted from the start of the article.
    pub(crate) block: usize,
    /// Whether it says something of the subject.
    pub(crate) content: bool,
}

static FUNCTION_WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let table = include_str!("../../../../data/en/function_words.tsv");
    table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split('\t').next()).collect()
});

/// Whether a word, in small letters, says nothing of the subject.
pub(crate) fn is_function_word(lower: &str) -> bool {
    FUNCTION_WORDS.contains(lower)
}

/// The words of an article outside its furniture, in text order.
pub(crate) fn words(witness: &Witness<'_>) -> Vec<Word> {
    let text = &witness.article.text;
    let marked = witness.findings.quotations.iter().filter(|q| q.form != Form::Indirect);
    let quoted = stretches(marked.flat_map(|q| in_marks(text, q.form, q.content)));
    let mentions = witness.findings.entities.iter().flat_map(|e| e.mentions.iter().copied());
    let signed = witness.article.dateline.as_ref().map(|d| d.span).into_iter().chain(witness.article.byline);
    let named = stretches(mentions.chain(witness.findings.roles.iter().map(|r| r.span)).chain(signed));
    let mut words = Vec::new();
    let blocks = witness.article.blocks.iter().enumerate().filter(|(_, b)| b.kind != BlockKind::Boilerplate);
    for (block, b) in blocks {
        for (at, bare) in pieces(b.span.of(text)) {
            let span = Span::new(b.span.start + at, b.span.start + at + bare.len());
            let kind = if within(&quoted, span) {
                Kind::Quoted
            } else if within(&named, span) {
                Kind::Name
            } else {
                Kind::Own
            };
            let lower = bare.to_lowercase();
            let content = lower.chars().count() > 1 && !FUNCTION_WORDS.contains(lower.as_str());
            words.push(Word { stem: stem(&lower), span, kind, block, content });
        }
    }
    words
}

/// The words of a text, each with its place in bytes: letters and digits with the apostrophes inside, the stops of "U.S." and "a.m.", the
/// marks of "2,500" and "2.5". The stop after an abbreviation is no part of it.
fn pieces(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    let (mut before, mut letters) = (' ', 0);
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, n)| *n);
        let inside = match c {
            '\'' | '’' => next.is_alphanumeric(),
            '.' => letters == 1 && next.is_alphabetic() || before.is_ascii_digit() && next.is_ascii_digit(),
            ',' => before.is_ascii_digit() && next.is_ascii_digit(),
            _ => c.is_alphanumeric(),
        };
        letters = if c.is_alphabetic() { letters + 1 } else { 0 };
        before = c;
        match (inside, start) {
            (true, None) if c.is_alphanumeric() => (start, end) = (Some(at), at + c.len_utf8()),
            (true, Some(_)) => end = at + c.len_utf8(),
            (false, Some(from)) => {
                found.push((from, &text[from..end]));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        found.push((from, &text[from..end]));
    }
    found
}

/// A mixed content may take in the clause around its marks: only what stands in them is somebody's words.
fn in_marks(text: &str, form: Form, content: Span) -> Vec<Span> {
    match form {
        Form::Mixed => super::collate::in_marks(text, content),
        _ => vec![content],
    }
}

/// Without possessive, plural, and the endings of tenses: near enough to a lemma for finding the same words again.
fn stem(lower: &str) -> String {
    let bare = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).unwrap_or(lower);
    let bare: String = bare.chars().filter(|c| !matches!(c, '\'' | '’' | '.' | ',')).collect();
    for (ending, left) in [("ies", "y"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")] {
        if let Some(root) = bare.strip_suffix(ending).filter(|r| r.chars().count() > 3 && !r.ends_with('s')) {
            return format!("{root}{left}").trim_end_matches('e').to_owned();
        }
    }
    bare.trim_end_matches('e').to_owned()
}

/// What stretches of text say: under a key, and in words.
pub(crate) type Worded<'a> = (String, &'a str);

/// Stretches under one key that say the same in nearly the same words, as groups of their places: in each the longest first, then the order
/// given; the groups by their first place. A stretch is held against the longest of a group alone, so that likeness makes no chains.
pub(crate) fn groups(stretches: &[Worded<'_>]) -> Vec<Vec<usize>> {
    // What a thousand articles repeat word for word is looked at once.
    let mut distinct: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (_, words) in stretches {
        distinct.entry(*words).or_insert_with(|| telling(words));
    }
    let telling: Vec<&BTreeSet<String>> = stretches.iter().map(|(_, words)| &distinct[words]).collect();
    let mut repeated: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut order: Vec<usize> = (0..stretches.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(telling[i].len()), i));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    // Groups by key and word: only those that share a word need comparing.
    let mut holding: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for i in order {
        let key = stretches[i].0.as_str();
        if let Some(&g) = repeated.get(&(key, stretches[i].1)) {
            groups[g].push(i);
            continue;
        }
        let near: BTreeSet<usize> =
            telling[i].iter().filter_map(|w| holding.get(&(key, w.as_str()))).flatten().copied().collect();
        let group = match near.into_iter().find(|&g| same_words(telling[i], telling[groups[g][0]])) {
            Some(g) => {
                groups[g].push(i);
                g
            }
            None => {
                for word in telling[i] {
                    holding.entry((key, word.as_str())).or_default().push(groups.len());
                }
                groups.push(vec![i]);
                groups.len() - 1
            }
        };
        // Words that tell nothing are like nothing.
        if !telling[i].is_empty() {
            repeated.insert((key, stretches[i].1), group);
        }
    }
    groups.sort_by_key(|g| g.iter().min().copied());
    groups
}

/// The words of a stretch that say something; all its words where none does.
pub(crate) fn telling(words: &str) -> BTreeSet<String> {
    let lower: Vec<String> = pieces(words).into_iter().map(|(_, w)| w.to_lowercase()).collect();
    let content = |w: &&String| !FUNCTION_WORDS.contains(w.as_str());
    let told: BTreeSet<String> = lower.iter().filter(content).map(|w| stem(w)).collect();
    if told.is_empty() { lower.into_iter().collect() } else { told }
}

/// All of the shorter one's words, or two thirds of them where the longer one does not say much more.
fn same_words(short: &BTreeSet<String>, long: &BTreeSet<String>) -> bool {
    let shared = short.intersection(long).count();
    let most = 3 * shared >= 2 * short.len() && 3 * shared >= long.len();
    short == long || (short.len() > 2 && (shared == short.len() || most))
}

/// Spans in text order, those that touch made one.
fn stretches(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut sorted: Vec<Span> = spans.collect();
    sorted.sort_unstable_by_key(|s| (s.start, s.end));
    let mut merged: Vec<Span> = Vec::new();
    for span in sorted {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

fn within(stretches: &[Span], span: Span) -> bool {
    let after = stretches.partition_point(|s| s.start <= span.start);
    after.checked_sub(1).is_some_and(|i| stretches[i].end >= span.end)
}

#[cfg(test)]
mod tests {
    use super::{groups, pieces, stem};

    #[test]
    fn abbreviations_and_numbers_are_one_word() {
        let words = |text| pieces(text).into_iter().map(|(_, w)| w).collect::<Vec<_>>();
        assert_eq!(words("The U.S. laws, at 9 a.m."), ["The", "U.S", "laws", "at", "9", "a.m"]);
        assert_eq!(
            words("2,500 tons, 2.5 % of ‘all’ the ministers’ steel"),
            ["2,500", "tons", "2.5", "of", "all", "the", "ministers", "steel"]
        );
        assert_eq!(
            words("the envoys’s end.Next day, 5, 6 — Türkiye’s"),
            ["the", "envoys’s", "end", "Next", "day", "5", "6", "Türkiye’s"]
        );
        assert!(words(" — …").is_empty());
    }

    #[test]
    fn the_same_words_are_one_group() {
        let say = |key: &str, words: &'static str| (key.to_owned(), words);
        let told = [
            say("aliyev", "the second bridge will be opened by the end of the year"),
            say("aliyev", "a second bridge would be opened before the end of the year"),
            say("pashinyan", "the second bridge will be opened by the end of the year"),
            say("aliyev", "the pipeline will be opened"),
            say("aliyev", "the first of many"),
            say("aliyev", "the first of many"),
        ];
        assert_eq!(groups(&told), [vec![0, 1], vec![2], vec![3], vec![4, 5]]);
        assert!(groups(&[]).is_empty());
    }

    #[test]
    fn stems_bring_forms_together() {
        for (a, b) in [("agreements", "agreement"), ("postponed", "postpone"), ("talks", "talk"), ("parties", "party")]
        {
            assert_eq!(stem(a), stem(b));
        }
        for (a, b) in [("press", "pres"), ("news", "new"), ("bring", "br")] {
            assert_ne!(stem(a), stem(b));
        }
    }
}
