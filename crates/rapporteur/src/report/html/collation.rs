//! All versions of an utterance under its fullest, with the differences marked.

use std::collections::BTreeMap;

use super::differ::{Run, differ};
use super::links::{Kind, Target};
use super::sheet::Sheet;
use crate::extract::Form;
use crate::provenance::Passage;
use crate::reconcile::{Account, QuotationAccount, Relation, Variant};
use crate::report::page::{cut, speaker, told};
use crate::report::wrap::clean;

/// How many words of a run that is left out are printed; of a longer one the ends.
const LEFT_OUT: usize = 12;

/// Utterances that several articles have first, then those that stand in one only.
pub(super) fn part(s: &mut Sheet<'_>, story: &Account) {
    if story.quotations.is_empty() {
        return;
    }
    let shared = |q: &&QuotationAccount| q.variants.iter().any(|v| v.span.article != q.fullest.article);
    let how =
        "Under the fullest version stand the others: struck out is what they leave out, underlined what they put.";
    let several = story.quotations.iter().any(|q| shared(&q));
    let how = if several { how } else { "Each of these stands in one article only." };
    s.part("quotations", "Quotations", how, |s| {
        let numbered = || story.quotations.iter().enumerate();
        if several {
            s.heading(2, &[], "In several articles");
            numbered().filter(|(_, q)| shared(q)).for_each(|(n, q)| collated(s, n, q));
        }
        if numbered().any(|(_, q)| !shared(&q)) {
            if several {
                s.heading(2, &[], "In one article only");
            }
            let mut voices: Vec<(String, Vec<(usize, &QuotationAccount)>)> = Vec::new();
            for (n, quotation) in numbered().filter(|(_, q)| !shared(q)) {
                let voice = speaker(&quotation.holder);
                match voices.iter_mut().find(|(known, _)| *known == voice) {
                    Some((_, quotations)) => quotations.push((n, quotation)),
                    None => voices.push((voice, vec![(n, quotation)])),
                }
            }
            s.tag("dl", &[("class", "rows")], |s| {
                for (voice, quotations) in voices {
                    s.tag("div", &[("class", "row")], |s| {
                        s.leaf("dt", &[], &voice);
                        s.tag("dd", &[], |s| {
                            s.tag("ul", &[("class", "voices")], |s| {
                                quotations.iter().for_each(|(n, quotation)| alone(s, *n, quotation));
                            });
                        });
                    });
                }
            });
        }
    });
}

fn target(s: &Sheet<'_>, n: usize, quotation: &QuotationAccount) -> Target {
    Target { kind: Kind::Quotation, label: speaker(&quotation.holder), id: s.id("quotations", Some(n)) }
}

fn alone(s: &mut Sheet<'_>, n: usize, quotation: &QuotationAccount) {
    let target = target(s, n, quotation);
    let spans: Vec<Passage> = quotation.variants.iter().map(|v| v.span.clone()).collect();
    spans.iter().for_each(|span| s.rests(span, Some(&target)));
    s.tag("li", &[("id", &target.id)], |s| {
        s.quoted(&quotation.fullest, 1000);
        if let Some(number) = s.names.number(&quotation.fullest.article) {
            s.text(" ");
            s.number(number, &spans);
        }
    });
}

fn collated(s: &mut Sheet<'_>, n: usize, quotation: &QuotationAccount) {
    let target = target(s, n, quotation);
    let mut variants: Vec<&Variant> = quotation.variants.iter().collect();
    variants.sort_by_key(|v| (s.names.number(&v.span.article), v.span.span.start));
    let articles: std::collections::BTreeSet<_> = variants.iter().map(|v| &v.span.article).collect();
    let reported = if quotation.form == Form::Indirect { ", in substance: the words are the articles'" } else { "" };
    let versions = format!("{} versions in {} articles{reported}", variants.len(), articles.len());
    s.tag("figure", &[("id", &target.id), ("class", "collation")], |s| {
        s.tag("figcaption", &[], |s| {
            s.leaf("strong", &[], &target.label);
            s.leaf("span", &[("class", "soft")], &format!(" · {versions}"));
        });
        s.tag("blockquote", &[], |s| {
            s.rests(&quotation.fullest, Some(&target));
            s.quoted(&quotation.fullest, usize::MAX);
        });
        // Versions in the same words are one line with the numbers of their articles.
        let mut same: Vec<Vec<&Variant>> = Vec::new();
        for variant in variants {
            s.rests(&variant.span, Some(&target));
            let words = s.names.words(&variant.span);
            let alike = |v: &&Variant| {
                v.relation == variant.relation && v.difference == variant.difference && s.names.words(&v.span) == words
            };
            match same.iter_mut().find(|group| group.first().is_some_and(alike)) {
                Some(group) => group.push(variant),
                None => same.push(vec![variant]),
            }
        }
        s.tag("ol", &[("class", "versions")], |s| {
            for group in same {
                s.tag("li", &[], |s| version(s, quotation, &group));
            }
        });
    });
}

/// One wording: the articles that have it, and how it stands to the fullest version. The group is never empty.
fn version(s: &mut Sheet<'_>, quotation: &QuotationAccount, group: &[&Variant]) {
    let Some(variant) = group.first() else { return };
    let mut numbers: BTreeMap<usize, Vec<Passage>> = BTreeMap::new();
    for said in group {
        if let Some(number) = s.names.number(&said.span.article) {
            numbers.entry(number).or_default().push(said.span.clone());
        }
    }
    for (number, spans) in numbers {
        s.number(number, &spans);
        s.text(" ");
    }
    let changed = matches!(variant.relation, Relation::Altered | Relation::Spliced | Relation::OtherSpeaker);
    s.leaf("span", &[("class", if changed { "flag" } else { "kind" })], told(variant.relation, group.len()));
    if variant.relation == Relation::OtherSpeaker {
        if let Some(other) = &variant.difference {
            s.text(&format!(" {}", clean(other)));
        }
        return;
    }
    if variant.span == quotation.fullest || variant.relation == Relation::Identical {
        return;
    }
    s.text(" ");
    let words = s.names.words(&variant.span);
    match differ(&s.names.words(&quotation.fullest), &words) {
        Some(runs) => s.tag("span", &[("class", "diff")], |s| runs.iter().for_each(|run| print(s, run))),
        None => s.leaf("span", &[("class", "diff")], &cut(&words, 1000).0),
    }
}

fn print(s: &mut Sheet<'_>, run: &Run) {
    match run {
        Run::Both(words) => s.leaf("bdi", &[], words),
        Run::LeftOut(words) => {
            s.aside(" [left out: ");
            s.leaf("del", &[], &shortened(words));
            s.aside("] ");
        }
        Run::Put(words) => {
            s.aside(" [put here: ");
            s.leaf("ins", &[], words);
            s.aside("] ");
        }
    }
    s.text(" ");
}

/// A long run by its ends.
fn shortened(words: &str) -> String {
    let list: Vec<&str> = words.split(' ').collect();
    if list.len() <= LEFT_OUT {
        return words.to_owned();
    }
    let half = LEFT_OUT / 3;
    let middle = list.len() - 2 * half;
    format!("{} … {middle} words … {}", list[..half].join(" "), list[list.len() - half..].join(" "))
}
