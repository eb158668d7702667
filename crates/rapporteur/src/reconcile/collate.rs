//! All versions of an utterance side by side, each compared with the fullest.
//!
//! Words are compared in lower case without marks; the marks and dashes that then differ are typography. A version joins the first
//! utterance whose fullest version holds its words in a row, or shares four fifths of them in order; it is compared with that version
//! alone, so that chains of likeness never make one utterance of two.

use std::collections::{BTreeMap, BTreeSet};

use language::Span;

use super::{QuotationAccount, Relation, Variant, Witness, standing, voice};
use crate::extract::{Form, Holder, HolderKind};
use crate::provenance::Passage;

/// A quotation with its words made comparable.
struct Version<'a> {
    passage: Passage,
    printed: &'a str,
    words: Vec<String>,
    holder: &'a Holder,
    form: Form,
}

/// The utterances quoted in marks: those with versions in several articles first, then by length.
pub(crate) fn collate(story: &[Witness<'_>]) -> Vec<QuotationAccount> {
    let mut versions: Vec<Version<'_>> = Vec::new();
    for witness in story {
        let quoted = witness.findings.quotations.iter().filter(|q| !matches!(q.form, Form::Scare | Form::Indirect));
        for quotation in quoted {
            let spans = match quotation.form {
                Form::Mixed => in_marks(&witness.article.text, quotation.content),
                _ => vec![quotation.content],
            };
            for span in spans {
                let printed = span.of(&witness.article.text);
                let words = words(printed);
                if !words.is_empty() {
                    let passage = witness.passage(span);
                    versions.push(Version { passage, printed, words, holder: &quotation.holder, form: quotation.form });
                }
            }
        }
    }
    versions.sort_by(|a, b| (b.words.len(), &a.passage).cmp(&(a.words.len(), &b.passage)));

    let mut utterances: Vec<Vec<(usize, Relation, Option<String>)>> = Vec::new();
    // Which utterances hold a word: only those that share a rare word need comparing.
    let mut holding: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (i, version) in versions.iter().enumerate() {
        let near: BTreeSet<usize> =
            version.words.iter().filter_map(|w| holding.get(w.as_str())).flatten().copied().collect();
        let place = near.into_iter().find_map(|u| {
            let fullest = &versions[utterances[u][0].0];
            relation(version, fullest).map(|(relation, difference)| (u, relation, difference))
        });
        match place {
            Some((u, relation, difference)) => utterances[u].push((i, relation, difference)),
            None => {
                for word in &version.words {
                    holding.entry(word).or_default().insert(utterances.len());
                }
                utterances.push(vec![(i, Relation::Identical, None)]);
            }
        }
    }
    let mut accounts: Vec<QuotationAccount> = utterances.iter().map(|u| account(u, &versions)).collect();
    let spread = |q: &QuotationAccount| q.variants.iter().map(|v| &v.span.article).collect::<BTreeSet<_>>().len();
    let key = |q: &QuotationAccount| {
        (std::cmp::Reverse(spread(q)), std::cmp::Reverse(q.fullest.span.len()), q.fullest.clone())
    };
    accounts.sort_by_cached_key(key);
    accounts
}

/// What stands in double marks inside a content that takes in the clause around them ("the decision “a step forward”"); the content itself
/// where it holds no pair of marks.
pub(crate) fn in_marks(text: &str, content: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in content.of(text).char_indices() {
        match (c, open) {
            ('“' | '„' | '«' | '"', None) => open = Some(at + c.len_utf8()),
            ('”' | '»' | '"', Some(start)) => {
                found.push(Span::new(content.start + start, content.start + at).trim(text));
                open = None;
            }
            _ => {}
        }
    }
    if found.is_empty() { vec![content] } else { found }
}

fn account(utterance: &[(usize, Relation, Option<String>)], versions: &[Version<'_>]) -> QuotationAccount {
    let fullest = &versions[utterance[0].0];
    let articles: Vec<_> = utterance.iter().map(|(i, _, _)| versions[*i].passage.article.clone()).collect();
    let alone = articles.iter().collect::<BTreeSet<_>>().len() == 1;
    // The speaker that the versions name, a named one before a described one.
    let holder = utterance.iter().map(|(i, _, _)| versions[*i].holder).min_by_key(|h| match h.kind {
        HolderKind::Entity => 0,
        HolderKind::Role => 1,
        HolderKind::Group => 2,
        HolderKind::Outlet => 3,
        HolderKind::Unknown => 4,
    });
    let variants = utterance
        .iter()
        .map(|(i, relation, difference)| Variant {
            span: versions[*i].passage.clone(),
            relation: if alone && *relation == Relation::Identical { Relation::OnlyHere } else { *relation },
            difference: difference.clone(),
        })
        .collect();
    QuotationAccount {
        holder: voice(holder.unwrap_or(fullest.holder)),
        fullest: fullest.passage.clone(),
        variants,
        standing: standing(&articles),
    }
}

/// How `version` stands to a fullest version of at least as many words; `None` where it is another utterance.
fn relation(version: &Version<'_>, fullest: &Version<'_>) -> Option<(Relation, Option<String>)> {
    let (short, long) = (&version.words, &fullest.words);
    let same_voice = match (&version.holder.entity, &fullest.holder.entity) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    if short == long {
        if short.len() < 3 && !same_voice {
            return None;
        }
        if !same_voice {
            return Some((Relation::OtherSpeaker, Some(fullest.holder.name.clone())));
        }
        let exact = plain(version.printed) == plain(fullest.printed);
        return Some(if exact { (Relation::Identical, None) } else { (Relation::Typography, None) });
    }
    if let Some(at) = (0..=long.len() - short.len()).find(|&at| long[at..at + short.len()] == short[..]) {
        let content = short.iter().filter(|w| w.chars().count() > 3).count();
        // One word, or two of which one says nothing, is anybody's.
        if short.len() < 2 || content == 0 || (short.len() < 4 && content < 2) {
            return None;
        }
        let fragment = version.form != Form::Direct || 3 * short.len() < long.len().min(24);
        let relation = if fragment { Relation::Fragment } else { Relation::Truncated };
        let left_out = [&long[..at], &long[at + short.len()..]];
        let missing: Vec<String> =
            left_out.iter().filter(|w| !w.is_empty()).map(|w| format!("\"{}\"", w.join(" "))).collect();
        return Some((relation, Some(format!("leaves out {}", missing.join(" and ")))));
    }
    let (only_short, only_long, shared) = differing(short, long);
    let content = short.iter().filter(|w| w.chars().count() > 3).count();
    if 5 * shared < 4 * short.len() || content < 4 {
        return None;
    }
    let elided = only_short.is_empty() && (version.printed.contains("...") || version.printed.contains('…'));
    let relation = if elided { Relation::Elided } else { Relation::Altered };
    Some((relation, Some(format!("\"{}\" where the fullest has \"{}\"", only_short.join(" "), only_long.join(" ")))))
}

/// The words of each side that are not shared in order, those of the longer side only as far as the shorter reaches, and how many are
/// shared: the longest common subsequence.
fn differing<'a>(short: &'a [String], long: &'a [String]) -> (Vec<&'a str>, Vec<&'a str>, usize) {
    let width = long.len() + 1;
    let mut table = vec![0_u32; (short.len() + 1) * width];
    for i in (0..short.len()).rev() {
        for j in (0..long.len()).rev() {
            table[i * width + j] = if short[i] == long[j] {
                1 + table[(i + 1) * width + j + 1]
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let (mut only_short, mut only_long, mut pending) = (Vec::new(), Vec::new(), Vec::new());
    while i < short.len() && j < long.len() {
        if short[i] == long[j] {
            only_long.append(&mut pending);
            (i, j) = (i + 1, j + 1);
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            only_short.push(short[i].as_str());
            i += 1;
        } else {
            pending.push(long[j].as_str());
            j += 1;
        }
    }
    only_short.extend(short[i..].iter().map(String::as_str));
    (only_short, only_long, table[0] as usize)
}

/// Words in lower case: letters, digits, and apostrophes inside a word made straight.
fn words(printed: &str) -> Vec<String> {
    let straight = printed.replace(['’', '‘'], "'").to_lowercase();
    let parts = straight.split(|c: char| !(c.is_alphanumeric() || c == '\''));
    parts.map(|w| w.trim_matches('\'').to_owned()).filter(|w| !w.is_empty()).collect()
}

/// The words as printed without the stop or comma that the sentence around them brings, and with white space made one.
fn plain(printed: &str) -> String {
    let trimmed = printed.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':'));
    trimmed.split_whitespace().collect::<Vec<_>>().join(" ")
}
