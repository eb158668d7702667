//! All versions of an utterance side by side, each compared with the fullest.
//!
//! Words are compared in lower case without marks, contractions written out; the marks and dashes that then differ are typography. A
//! version joins the utterance whose fullest version holds its words in a row, or in order with gaps, or shares four fifths of them, or,
//! in indirect speech, most of what carries sense; it is compared with that version alone, so that chains of likeness never make one
//! utterance of two. Candidates come from an index of runs of three words, for shorter versions of their rarest word: near-linear.

mod difference;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use language::Span;

use super::{QuotationAccount, Relation, Variant, Witness, standing, voice};
use crate::extract::{EntityKind, Form, Holder, HolderKind, Quotation};
use crate::provenance::Passage;
use difference::relation;
pub(crate) use difference::{material, of_sense};
use words::{content, words};

/// How many utterances one run of words may point to before it tells nothing.
const COMMON: usize = 64;

/// A quotation with its words made comparable.
#[derive(Clone)]
pub(super) struct Version<'a> {
    passage: Passage,
    printed: &'a str,
    words: Vec<String>,
    /// Stems of the words that carry sense, sorted.
    content: Vec<String>,
    holder: &'a Holder,
    /// Whether the holder is one person by name.
    person: bool,
    form: Form,
    /// The words of the whole, where its own attribution splits it in parts: "“Yes,” she said, “and no.”".
    whole: Option<Vec<String>>,
    /// All of the article that it stands in.
    text: &'a str,
}

/// An utterance while it is gathered: places of its versions, the fullest first, with how each stands to that.
type Utterance = Vec<(usize, Relation, Option<String>)>;

/// The utterances quoted in marks, with what indirect speech makes of them, and those that several articles give in indirect speech:
/// what stands in marks before what does not, then those with versions in several articles, then by length.
pub(crate) fn collate(story: &[Witness<'_>]) -> Vec<QuotationAccount> {
    let mut versions = versions(story);
    // What stands in marks leads; indirect speech is compared with it.
    let indirect = |v: &Version<'_>| v.form == Form::Indirect;
    versions.sort_by(|a, b| (indirect(a), b.words.len(), &a.passage).cmp(&(indirect(b), a.words.len(), &b.passage)));
    let weights = weights(&versions);

    let mut utterances: Vec<Utterance> = Vec::new();
    let mut index = Index::default();
    for (i, version) in versions.iter().enumerate() {
        let place = index.near(version).into_iter().find_map(|u| {
            let fullest = &versions[utterances[u][0].0];
            relation(version, fullest, &weights).map(|(relation, difference)| (u, relation, difference))
        });
        match place {
            Some((u, relation, difference)) => utterances[u].push((i, relation, difference)),
            None => {
                index.add(version, utterances.len());
                utterances.push(vec![(i, Relation::Identical, None)]);
            }
        }
    }
    // A title in marks that nobody is said to say is no utterance.
    utterances.retain(|u| {
        u.iter().any(|(i, _, _)| versions[*i].form != Form::Heading || versions[*i].holder.kind != HolderKind::Unknown)
    });
    // One article's indirect speech is no version of anything.
    utterances.retain(|u| {
        let articles: BTreeSet<&Passage> = u.iter().map(|(i, _, _)| &versions[*i].passage).collect();
        let articles: BTreeSet<_> = articles.into_iter().map(|p| &p.article).collect();
        !indirect(&versions[u[0].0]) || articles.len() > 1
    });
    let mut accounts: Vec<QuotationAccount> = utterances.iter().map(|u| account(u, &versions)).collect();
    let spread = |q: &QuotationAccount| q.variants.iter().map(|v| &v.span.article).collect::<BTreeSet<_>>().len();
    let key = |q: &QuotationAccount| {
        let reported = q.form == Form::Indirect;
        (reported, std::cmp::Reverse(spread(q)), std::cmp::Reverse(q.fullest.span.len()), q.fullest.clone())
    };
    accounts.sort_by_cached_key(key);
    accounts
}

fn versions<'a>(story: &[Witness<'a>]) -> Vec<Version<'a>> {
    let mut versions: Vec<Version<'a>> = Vec::new();
    for witness in story {
        let mut taken: BTreeSet<Span> = BTreeSet::new();
        let uttered = witness.findings.quotations.iter().filter(|q| q.form != Form::Scare && q.uttered);
        for quotation in uttered {
            let text = &witness.article.text;
            let marked = |s: &Span| {
                let direct = witness.findings.quotations.iter().filter(|q| q.form != Form::Indirect);
                direct.into_iter().any(|q| q.content.overlaps(*s))
            };
            let spans = match quotation.form {
                Form::Mixed => in_marks(text, quotation.content),
                // A clause that is the frame of words in marks is no version of its own.
                Form::Indirect if marked(&quotation.content) => continue,
                _ => vec![quotation.content],
            };
            for span in spans {
                let printed = span.of(text);
                let words = words(printed);
                if !words.is_empty() {
                    let (passage, content) = (witness.passage(span), content(&words));
                    // Of two that hold the words, one inside the other, it is the inner one's ("the agency said Berg called it “dead”").
                    // The same words in marks inside two clauses are quoted once.
                    if quotation.form != Form::Indirect && !taken.insert(span) {
                        continue;
                    }
                    let all = &witness.findings.quotations;
                    let from = all.partition_point(|q| q.content.start + NESTED < quotation.content.start);
                    let within = all[from..].iter().take_while(|q| q.content.start <= span.start);
                    let inner = within.filter(|q| {
                        q.content.contains(span) && !matches!(q.holder.kind, HolderKind::Unknown | HolderKind::Outlet)
                    });
                    let entity = |id: Option<&_>| witness.findings.entities.iter().find(|e| Some(&e.id) == id);
                    let is_person =
                        |h: &Holder| entity(h.entity.as_ref()).is_some_and(|e| e.kind == EntityKind::Person);
                    // "The agency added that it will “join”, according to Berg": hers whom a phrase of attribution names.
                    let phrase = |q: &Quotation| {
                        let according = q.cue.is_some_and(|c| c.of(text).to_lowercase().starts_with("according"));
                        according && is_person(&q.holder) && !is_person(&quotation.holder)
                    };
                    let inner = inner.min_by_key(|q| (!phrase(q), q.content.len()));
                    let inner = inner.filter(|q| {
                        q.content.len() < quotation.content.len() || phrase(q) && quotation.form == Form::Mixed
                    });
                    let holder = inner.map_or(&quotation.holder, |q| &q.holder);
                    let person = is_person(holder);
                    let form = quotation.form;
                    versions.push(Version {
                        passage,
                        printed,
                        words,
                        content,
                        holder,
                        person,
                        form,
                        whole: None,
                        text,
                    });
                }
            }
        }
        join(&mut versions, witness);
    }
    versions
}

/// How far before a quotation another one may begin that holds the same words in marks.
const NESTED: usize = 200;

/// How far apart two parts of one quotation may stand.
const ATTRIBUTION: usize = 160;

/// Gives the parts of a quotation that its attribution splits the words of the whole: one speaker, one paragraph, no other marks
/// between, and a first part that ends in a comma.
fn join(versions: &mut [Version<'_>], witness: &Witness<'_>) {
    let text = &witness.article.text;
    let mut direct: Vec<usize> = (0..versions.len())
        .filter(|&i| versions[i].passage.article == witness.id() && versions[i].form == Form::Direct)
        .collect();
    direct.sort_by_key(|&i| versions[i].passage.span.start);
    let goes_on = |a: &Version<'_>, b: &Version<'_>| {
        let gap = text.get(a.passage.span.end..b.passage.span.start);
        gap.is_some_and(|gap| {
            let comma = a.printed.ends_with(',') || gap.trim_start_matches(['”', '"', '’', '\'']).starts_with(',');
            // The two marks alone: nothing else is quoted between.
            let marks = gap.chars().filter(|c| matches!(c, '”' | '“' | '"')).count();
            gap.len() <= ATTRIBUTION && !gap.contains('\n') && comma && marks == 2 && a.holder.name == b.holder.name
        })
    };
    let mut from = 0;
    while from < direct.len() {
        let mut to = from + 1;
        while to < direct.len() && goes_on(&versions[direct[to - 1]], &versions[direct[to]]) {
            to += 1;
        }
        if to > from + 1 {
            let whole: Vec<String> = direct[from..to].iter().flat_map(|&i| versions[i].words.clone()).collect();
            for &i in &direct[from..to] {
                versions[i].whole = Some(whole.clone());
            }
        }
        from = to;
    }
}

/// How much a stem tells: the rarer among the versions, the more.
fn weights(versions: &[Version<'_>]) -> BTreeMap<String, f64> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for stem in versions.iter().flat_map(|v| &v.content) {
        *counts.entry(stem).or_default() += 1;
    }
    let n = versions.len() as f64;
    counts.into_iter().map(|(stem, count)| (stem.to_owned(), (1.0 + n / count as f64).ln())).collect()
}

/// Which utterances hold a run of words, a word, a stem.
#[derive(Default)]
struct Index {
    runs: BTreeMap<[String; 3], Vec<usize>>,
    words: BTreeMap<String, Vec<usize>>,
    stems: BTreeMap<String, Vec<usize>>,
}

impl Index {
    fn add(&mut self, version: &Version<'_>, utterance: usize) {
        let push = |list: &mut Vec<usize>| {
            if list.last() != Some(&utterance) {
                list.push(utterance);
            }
        };
        for run in version.words.windows(3) {
            push(self.runs.entry([run[0].clone(), run[1].clone(), run[2].clone()]).or_default());
        }
        for word in &version.words {
            push(self.words.entry(word.clone()).or_default());
        }
        for stem in &version.content {
            push(self.stems.entry(stem.clone()).or_default());
        }
    }

    /// The utterances worth comparing, in the order in which they were added.
    fn near(&self, version: &Version<'_>) -> BTreeSet<usize> {
        let mut near = BTreeSet::new();
        let few = |list: &&Vec<usize>| list.len() <= COMMON;
        if version.form == Form::Indirect {
            let lists = version.content.iter().filter_map(|s| self.stems.get(s)).filter(few);
            let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
            lists.flatten().for_each(|u| *counts.entry(*u).or_default() += 1);
            near.extend(counts.into_iter().filter(|(_, n)| *n >= 2).map(|(u, _)| u));
        } else if version.words.len() < 4 {
            let rarest =
                version.words.iter().map(|w| self.words.get(w)).min_by_key(|l| l.map_or(0, Vec::len)).flatten();
            near.extend(rarest.into_iter().flatten().take(4 * COMMON));
        } else {
            let runs = version
                .words
                .windows(3)
                .filter_map(|run| self.runs.get(&[run[0].clone(), run[1].clone(), run[2].clone()]));
            near.extend(runs.filter(few).flatten());
        }
        near
    }
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
    // What stands in double marks itself is whole, whatever it quotes: "the mantra of ‘no talks’".
    let marked = text.get(..content.start).is_some_and(|t| t.ends_with(['“', '"']))
        && text.get(content.end..).is_some_and(|t| t.starts_with(['”', '"']));
    if found.is_empty() && !marked {
        found.extend(in_single_marks(text, content));
    }
    if found.is_empty() { vec![content] } else { found }
}

/// The one stretch between single marks: "called it ‘nearly ready’". An apostrophe has letters on both sides, or none before it that opens.
fn in_single_marks(text: &str, content: Span) -> Option<Span> {
    let words = content.of(text);
    let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let at: Vec<usize> = words.char_indices().filter(|c| matches!(c.1, '\'' | '‘' | '’')).map(|c| c.0).collect();
    let opens = |i: &&usize| free(words[..**i].chars().next_back()) && !words[**i..].starts_with('’');
    let closes = |i: &&usize| free(words[**i..].chars().nth(1));
    let open = *at.iter().find(opens)?;
    let close = *at.iter().rev().find(closes).filter(|c| **c > open + 1)?;
    let width = words[open..].chars().next().map_or(1, char::len_utf8);
    let inside = Span::new(content.start + open + width, content.start + close).trim(text);
    (inside.len() < words.len() && !inside.is_empty()).then_some(inside)
}

/// Whether a version is given to the speaker of the utterance, not to another.
pub(crate) fn is_theirs(relation: Relation, difference: Option<&str>) -> bool {
    relation != Relation::OtherSpeaker && !difference.is_some_and(|d| d.starts_with(ON_THE_WORD_OF))
}

/// How the difference of a version on another's word begins.
pub(crate) const ON_THE_WORD_OF: &str = "on the word of ";

fn account(utterance: &[(usize, Relation, Option<String>)], versions: &[Version<'_>]) -> QuotationAccount {
    let fullest = &versions[utterance[0].0];
    let articles: Vec<_> = utterance.iter().map(|(i, _, _)| versions[*i].passage.article.clone()).collect();
    let alone = articles.iter().collect::<BTreeSet<_>>().len() == 1;
    // The speaker that the versions name, those that have it whole before the others, a named one before a described one.
    let theirs = utterance.iter().filter(|(_, relation, difference)| is_theirs(*relation, difference.as_deref()));
    let holder = theirs.min_by_key(|(i, relation, _)| {
        let holder = versions[*i].holder;
        let whole = matches!(relation, Relation::Identical | Relation::Typography);
        let rank = match holder.kind {
            HolderKind::Entity => 0,
            HolderKind::Role => 1,
            HolderKind::Group => 2,
            HolderKind::Outlet => 3,
            HolderKind::Unknown => 4,
        };
        (rank > 2, !whole, rank)
    });
    let holder = holder.map(|(i, _, _)| versions[*i].holder);
    let variants = utterance
        .iter()
        .map(|(i, relation, difference)| Variant {
            span: versions[*i].passage.clone(),
            holder: voice(versions[*i].holder),
            relation: match relation {
                Relation::Identical | Relation::Typography if alone => Relation::OnlyHere,
                relation => *relation,
            },
            difference: difference.clone(),
        })
        .collect();
    QuotationAccount {
        holder: voice(holder.unwrap_or(fullest.holder)),
        fullest: fullest.passage.clone(),
        form: fullest.form,
        variants,
        standing: standing(&articles),
    }
}

#[cfg(test)]
mod tests {
    use super::in_marks;
    use language::Span;

    #[test]
    fn single_marks_count_where_no_double_ones_stand() {
        let inside = |text: &str| -> Vec<String> {
            in_marks(text, Span::new(0, text.len())).iter().map(|s| s.of(text).to_owned()).collect()
        };
        assert_eq!(inside("it 'nearly ready'"), ["nearly ready"]);
        assert_eq!(inside("it ‘nearly ready’ for us"), ["nearly ready"]);
        assert_eq!(inside("the states' plan isn't dead"), ["the states' plan isn't dead"]);
        assert_eq!(inside("it “nearly ‘ready’”"), ["nearly ‘ready’"]);
    }
}
