//! Lists in the running text, "motorcycles, jeans and whiskey", that share some members and differ in others. None is wrong: each names
//! what it thinks worth naming, unless a text says that it is all.

use std::collections::{BTreeMap, BTreeSet};

use language::Span;

use super::super::align::sentence;
use super::super::prose::is_function_word;
use super::super::{Conflict, ConflictKind, Verdict, Witness};
use super::position;
use crate::extract::{EntityId, EntityKind};
use crate::provenance::{ArticleId, Passage};

/// How many words a member may have: longer ones are clauses.
const WORDS: usize = 3;
/// How many lists that share a member a list is compared with.
const MANY: usize = 16;

/// A list in a sentence: its members as printed, and as they are compared.
#[derive(Clone, Debug)]
struct List {
    printed: Vec<String>,
    members: BTreeSet<String>,
    span: Span,
}

/// Lists of things in two articles that share two members or more and differ in others, and lists of persons of which one holds more.
pub(super) fn lists(story: &[Witness<'_>]) -> Vec<Conflict> {
    let mut all: Vec<(List, &ArticleId)> = Vec::new();
    for witness in story {
        for label in witness.findings.sentences.iter().filter(|s| s.label != "boilerplate") {
            let found = lists_of(label.span, &witness.article.text);
            all.extend(found.into_iter().map(|l| (l, &witness.article.id)));
        }
    }
    let mut holding: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut found: Vec<Conflict> = Vec::new();
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for (i, (own, article)) in all.iter().enumerate() {
        let near: BTreeSet<usize> = own
            .members
            .iter()
            .filter_map(|m| holding.get(m.as_str()))
            .flat_map(|l| l.iter().rev().take(MANY))
            .copied()
            .collect();
        let other = near.into_iter().find(|&j| {
            let (list, place) = &all[j];
            *place != *article && list.members != own.members && shared(list, own) > 1 && !told.contains(&j)
        });
        if let Some(j) = other {
            told.extend([i, j]);
            let side = |k: usize| {
                let (list, article) = &all[k];
                position(list.printed.join(", "), vec![Passage { article: (*article).clone(), span: list.span }])
            };
            let both: Vec<&str> = all[j].0.members.intersection(&own.members).map(String::as_str).collect();
            found.push(Conflict {
                kind: ConflictKind::Set,
                verdict: Verdict::Compatible,
                about: both.join(", "),
                positions: vec![side(j), side(i)],
                reason: "lists that share some and differ in others; none says that it is all".to_owned(),
            });
        }
        for member in &own.members {
            holding.entry(member).or_default().push(i);
        }
    }
    found
}

/// Who was there, of whom one list holds more: three persons or more in a row, or those "between" whom talks were.
pub(super) fn people(story: &[Witness<'_>]) -> Vec<Conflict> {
    let mut rows: Vec<(BTreeSet<&EntityId>, Passage)> = Vec::new();
    let mut talks: Vec<(BTreeSet<&EntityId>, Passage)> = Vec::new();
    for witness in story {
        let text = &witness.article.text;
        let persons = witness.findings.entities.iter().filter(|e| e.kind == EntityKind::Person);
        let mut mentions: Vec<(Span, &EntityId)> =
            persons.flat_map(|e| e.mentions.iter().map(move |m| (*m, &e.id))).collect();
        mentions.sort_by_key(|(m, _)| (m.start, m.end));
        let within = |a: Span, b: Span| sentence(witness, a).overlaps(b);
        for row in rows_of(&mentions, text, &within) {
            let ids: BTreeSet<&EntityId> = row.iter().map(|(_, id)| *id).collect();
            let span = row[0].0.cover(row[row.len() - 1].0);
            // "talks between A and B", "a call between A, B and C".
            let before: Vec<&str> = text[..span.start].split_whitespace().rev().take(6).collect();
            let between = before.iter().position(|w| *w == "between");
            let meeting =
                between.and_then(|i| before.get(i + 1)).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
            let meets = |w: &str| {
                matches!(
                    w.strip_suffix('s').unwrap_or(w),
                    "talk" | "call" | "discussion" | "meeting" | "conversation" | "summit"
                )
            };
            match meeting {
                Some(noun) if meets(noun) && ids.len() > 1 => {
                    let start = text[..span.start].rfind(noun).unwrap_or(span.start);
                    talks.push((ids, witness.passage(Span::new(start, span.end))));
                }
                _ if ids.len() > 2 => rows.push((ids, witness.passage(span))),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    found.extend(wider(story, rows, 3, "who was named"));
    found.extend(wider(story, talks, 2, "who took part"));
    found
}

/// The first list that holds all of another and more.
fn wider(
    story: &[Witness<'_>],
    lists: Vec<(BTreeSet<&EntityId>, Passage)>,
    least: usize,
    about: &str,
) -> Option<Conflict> {
    let pairs = lists.iter().flat_map(|a| lists.iter().map(move |b| (a, b)));
    let (less, more) = pairs
        .into_iter()
        .find(|(a, b)| a.0.len() >= least && a.0.len() < b.0.len() && a.0.is_subset(&b.0))
        .map(|(a, b)| (a.0.clone(), b.0.clone()))?;
    let of = |wanted: &BTreeSet<&EntityId>| -> Vec<Passage> {
        lists.iter().filter(|(ids, _)| ids == wanted).map(|(_, p)| p.clone()).collect()
    };
    Some(Conflict {
        kind: ConflictKind::Set,
        verdict: Verdict::Compatible,
        about: about.to_owned(),
        positions: [&less, &more].map(|ids| position(super::list(story, ids.iter().copied()), of(ids))).into(),
        reason: "lists of which one names more; none says that it is all".to_owned(),
    })
}

/// Names in a row: divided by commas, titles and "and", the last after "and".
fn rows_of<'a>(
    mentions: &[(Span, &'a EntityId)],
    text: &str,
    one_sentence: &dyn Fn(Span, Span) -> bool,
) -> Vec<Vec<(Span, &'a EntityId)>> {
    let mut rows: Vec<Vec<(Span, &EntityId)>> = Vec::new();
    let mut open: Option<Vec<(Span, &EntityId)>> = None;
    for pair in mentions.windows(2) {
        let ((a, id), (b, next)) = (pair[0], pair[1]);
        let gap = text.get(a.end..b.start).unwrap_or(".");
        let words = gap.split_whitespace().count();
        let ends = gap.contains(" and ") || gap.starts_with("and ");
        let plain = one_sentence(a, b) && !gap.contains([';', ':', '"', '”', '“', '(', '—']) && words < 8;
        let joined = plain && (gap.trim_start().starts_with(',') || gap.trim_start().starts_with("and "));
        if !joined {
            open = None;
            continue;
        }
        let row = open.get_or_insert_with(|| vec![(a, id)]);
        row.push((b, next));
        if ends {
            rows.extend(open.take());
        }
    }
    rows
}

fn shared(a: &List, b: &List) -> usize {
    a.members.intersection(&b.members).count()
}

/// The lists of a sentence: three or more short members in small letters, divided by commas, the last after "and" or "or".
fn lists_of(sentence: Span, text: &str) -> Vec<List> {
    let words = sentence.of(text);
    let mut found = Vec::new();
    for last in [" and ", " or "] {
        let mut from = 0;
        while let Some(at) = words[from..].find(last).map(|i| i + from) {
            from = at + last.len();
            found.extend(around(words, at, from).map(|(printed, start, end)| {
                let members = printed.iter().map(|p| member(p)).collect();
                let span = Span::new(sentence.start + start, sentence.start + end);
                List { printed, members, span }
            }));
        }
    }
    found
}

/// The list whose last "and" stands at a place: its members, where it begins and ends.
fn around(words: &str, at: usize, after: usize) -> Option<(Vec<String>, usize, usize)> {
    let stop = |c: char| matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '"' | '“' | '”' | '—' | '?' | '!');
    let end = words[after..].find(stop).map_or(words.len(), |i| i + after);
    // The last member: a word or two, up to the end of the clause or the next small word.
    let mut members = vec![first_words(&words[after..end])?];
    let last_end = after + words[after..].find(members[0].as_str())? + members[0].len();
    let before = words[..at].strip_suffix(',').unwrap_or(&words[..at]);
    let mut pieces = before.rsplit(',');
    let mut start = before.len();
    loop {
        let piece = pieces.next()?;
        let begins = piece.as_ptr() as usize - words.as_ptr() as usize;
        let bare = piece.trim();
        let is_first = !is_member(bare);
        let own = if is_first { last_words(bare) } else { Some(bare.to_owned()) };
        let Some(own) = own else { break };
        start = begins + piece.rfind(own.as_str())?;
        members.push(own);
        if is_first || begins == 0 {
            break;
        }
    }
    members.reverse();
    let plain = members.iter().all(|m| m.chars().next().is_some_and(char::is_lowercase) || m.contains('-'));
    (members.len() > 2 && plain).then_some((members, start, last_end))
}

/// Words that stand before the first member and after the last, and in none.
fn is_small(word: &str) -> bool {
    let lower = word.to_lowercase();
    is_function_word(&lower) || matches!(lower.as_str(), "including" | "like" | "under")
}

fn is_member(piece: &str) -> bool {
    let words: Vec<&str> = piece.split_whitespace().collect();
    !words.is_empty() && words.len() <= WORDS && !words.iter().any(|w| is_small(w))
}

/// The words of a piece before the first small one.
fn first_words(piece: &str) -> Option<String> {
    let words: Vec<&str> = piece.split_whitespace().take_while(|w| !is_small(w)).collect();
    (!words.is_empty() && words.len() <= WORDS).then(|| words.join(" "))
}

/// The words of a piece after its last small one.
fn last_words(piece: &str) -> Option<String> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let from = words.iter().rposition(|w| is_small(w)).map_or(0, |i| i + 1);
    let own = &words[from..];
    (!own.is_empty() && own.len() <= WORDS).then(|| own.join(" "))
}

/// A member as it is compared: its last word without a plural's ending.
fn member(printed: &str) -> String {
    let last = printed.rsplit([' ', '-']).next().unwrap_or(printed).to_lowercase();
    last.strip_suffix('s').filter(|w| w.chars().count() > 2 && !w.ends_with('s')).map_or(last.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{Span, lists_of};

    #[test]
    fn lists_of_things() {
        let check = |text: &str, wanted: &[&str]| {
            let found: Vec<String> =
                lists_of(Span::new(0, text.len()), text).iter().map(|l| l.printed.join("|")).collect();
            assert_eq!(found, wanted, "{text}");
        };
        check("Peru would tax many goods, including lemon juice, boots and trucks.", &["lemon juice|boots|trucks"]);
        check("They suggested duties on boots, trucks, and lemon juice.", &["boots|trucks|lemon juice"]);
        // Two members, clauses, and names are no such list.
        check("Peru would tax boots and trucks.", &[]);
        check("He came, he saw the minister of the interior, and he left.", &[]);
        check("Chile, Peru and Mexico would tax it.", &[]);
    }
}
