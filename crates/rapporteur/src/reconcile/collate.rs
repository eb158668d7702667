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
use crate::extract::{Form, Holder, HolderKind};
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
        for quotation in witness.findings.quotations.iter().filter(|q| q.form != Form::Scare) {
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
                    let all = &witness.findings.quotations;
                    let from = all.partition_point(|q| q.content.start < quotation.content.start);
                    let within = all[from..].iter().take_while(|q| q.content.start <= span.start);
                    let inner = within.filter(|q| {
                        q.content.contains(span) && !matches!(q.holder.kind, HolderKind::Unknown | HolderKind::Outlet)
                    });
                    let inner =
                        inner.min_by_key(|q| q.content.len()).filter(|q| q.content.len() < quotation.content.len());
                    let holder = inner.map_or(&quotation.holder, |q| &q.holder);
                    let form = quotation.form;
                    versions.push(Version { passage, printed, words, content, holder, form, whole: None, text });
                }
            }
        }
        join(&mut versions, witness);
    }
    versions
}

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
    if found.is_empty() { vec![content] } else { found }
}

fn account(utterance: &[(usize, Relation, Option<String>)], versions: &[Version<'_>]) -> QuotationAccount {
    let fullest = &versions[utterance[0].0];
    let articles: Vec<_> = utterance.iter().map(|(i, _, _)| versions[*i].passage.article.clone()).collect();
    let alone = articles.iter().collect::<BTreeSet<_>>().len() == 1;
    // The speaker that the versions name, a named one before a described one.
    let theirs = utterance.iter().filter(|(_, relation, _)| *relation != Relation::OtherSpeaker);
    let holder = theirs.map(|(i, _, _)| versions[*i].holder).min_by_key(|h| match h.kind {
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
