//! Which article leans on which other, or on a parent outside the story: evidence first, then the level that it carries.

mod pairs;

use std::collections::{BTreeMap, BTreeSet};

use language::Span;
use schemars::JsonSchema;
use serde::Serialize;

use super::credit::{Credited, Scope};
use super::origin::{Origins, gives, is_somebody};
use super::prose::Word;
use super::reuse::Reuse;
use super::roster::slug;
use super::{QuotationAccount, RoleAccount, Variant, Witness, gathered};
use crate::extract::Holder;
use crate::provenance::{ArticleId, Passage};

/// How an article stands to another article, or to an outlet, an agency or a document outside the story.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Dependence {
    /// `dependence:` and a number, in the order of the list.
    pub id: String,
    /// The one that leans, where `directed`.
    pub from: ArticleId,
    /// An article of the story, else an origin; `None` where the common parent is not known.
    pub to: Option<String>,
    pub level: Level,
    pub directed: bool,
    /// The heaviest first; what speaks against has a negative weight.
    pub evidence: Vec<Evidence>,
}

/// How much one leans on the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Level {
    Copied,
    Derived,
    CommonSource,
    Incidental,
    Independent,
    Unknown,
}

impl Level {
    /// The word in output: `common_source`.
    pub fn as_str(self) -> &'static str {
        ["copied", "derived", "common_source", "incidental", "independent", "unknown"][self as usize]
    }
}

/// One thing that speaks for or against dependence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// What it is.
    pub kind: EvidenceKind,
    /// -1 to 1; 1 decides alone.
    pub weight: f64,
    /// What a person reads: "credits Reuters".
    pub words: String,
    /// Where it stands.
    pub spans: Vec<Passage>,
}

/// Kinds of evidence of dependence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// "as X reports", "(AP)", "told X".
    Credit,
    /// The same utterance quoted.
    Utterance,
    /// Share of one article's own prose that stands in the other.
    Coverage,
    /// Rare pairs of words in both.
    RareWords,
    /// The same four or more things listed in the same order.
    ListOrder,
    /// The same three or more quotations in the same order.
    QuotationOrder,
    /// The same mistake.
    SharedError,
    /// Everything that one has stands in the other, which has more.
    Superset,
    /// One came out before the other.
    Time,
    /// Against: a place and day of its own.
    OwnDateline,
    /// Against: a reporter of its own.
    OwnByline,
    /// Against: somebody who spoke to this outlet.
    OwnInterview,
}

/// Articles on one parent beyond which siblings are not listed two by two: the edges to the parent say it.
const SIBLINGS: usize = 12;

/// All edges of a story: to credited outlets and agencies, to the utterances that several articles quote, between articles.
pub(crate) fn find(
    story: &[Witness<'_>],
    credited: &[Vec<Credited>],
    prose: &[Vec<Word>],
    reuse: &[Reuse],
    quotations: &[QuotationAccount],
    roles: &[RoleAccount],
    origins: &mut Origins,
) -> Vec<Dependence> {
    let mut edges = credits(story, credited, origins);
    edges.extend(sources(story, quotations, &edges, origins));
    for pair in pairs::pairs(story, credited, prose, reuse, quotations, roles, &edges) {
        let other = |e: &Dependence| e.to.as_deref() == Some(pair.from.0.as_str());
        let same = |e: &Dependence| e.to == pair.to && e.from == pair.from;
        let turned = |e: &Dependence| other(e) && pair.to.as_deref() == Some(e.from.0.as_str());
        match edges.iter_mut().find(|e| same(e) || turned(e)) {
            // The credit says which way, the words how much.
            Some(credit) => {
                credit.level = credit.level.min(pair.level);
                credit.evidence.extend(pair.evidence);
            }
            None => edges.push(pair),
        }
    }
    let key = |e: &Dependence| (e.level, e.from.clone(), e.to.clone());
    edges.sort_by_cached_key(key);
    for (i, edge) in edges.iter_mut().enumerate() {
        edge.id = format!("dependence:{}", i + 1);
        edge.evidence
            .sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| (a.kind, &a.spans).cmp(&(b.kind, &b.spans))));
    }
    edges
}

/// The outlet of an article, and every name that it credits, under one key.
fn outlet_key(witness: &Witness<'_>) -> Option<String> {
    witness.article.outlet.as_ref().map(|o| slug(&o.name)).filter(|key| !key.is_empty())
}

/// One edge an article and credited outlet: to the article of the story by that outlet, else to the outlet itself. An agency that signs a
/// text wrote it.
fn credits(story: &[Witness<'_>], credited: &[Vec<Credited>], origins: &mut Origins) -> Vec<Dependence> {
    let mut edges: BTreeMap<(ArticleId, String), (Scope, Vec<Passage>)> = BTreeMap::new();
    let rank = |scope: Scope| [Scope::Spoken, Scope::Sentence, Scope::Signed].iter().position(|s| *s == scope);
    for (witness, credits) in story.iter().zip(credited) {
        for credit in credits {
            let passage = witness.passage(credit.span);
            // Two articles by the same outlet are two: the credit then means one outside of the story.
            let printed: Vec<_> = story.iter().filter(|w| outlet_key(w).as_ref() == Some(&credit.key)).collect();
            let to = match printed[..] {
                [only] => only.article.id.0.clone(),
                _ => origins.enter_outlet(&credit.key, &credit.name, passage.clone()),
            };
            let edge = edges.entry((witness.id(), to)).or_insert((credit.scope, Vec::new()));
            if rank(credit.scope) > rank(edge.0) {
                edge.0 = credit.scope;
            }
            edge.1.push(passage);
        }
    }
    edges
        .into_iter()
        .map(|((from, to), (scope, spans))| {
            let (level, weight, words) = match scope {
                Scope::Signed => (Level::Copied, 1.0, "signs it: the text is the agency's"),
                Scope::Sentence => (Level::Derived, 1.0, "credits it"),
                Scope::Spoken => (Level::Unknown, 0.0, "somebody told it, which may be this article's own outlet"),
            };
            let spans = gathered(spans).1;
            edge(from, Some(to), level, true, vec![evidence(EvidenceKind::Credit, weight, words.to_owned(), spans)])
        })
        .collect()
}

/// Media of one text that everybody can have before him.
pub(crate) const DOCUMENTS: [&str; 4] = ["statement", "document", "post", "speech"];

/// Articles that quote one utterance have it from one source, whoever copied whom.
fn sources(
    story: &[Witness<'_>],
    quotations: &[QuotationAccount],
    credited: &[Dependence],
    origins: &mut Origins,
) -> Vec<Dependence> {
    let number: BTreeMap<&ArticleId, usize> = story.iter().enumerate().map(|(i, w)| (&w.article.id, i)).collect();
    let mut shared: BTreeMap<String, (Holder, BTreeMap<ArticleId, Vec<Passage>>)> = BTreeMap::new();
    for quotation in quotations.iter().filter(|q| is_somebody(&q.holder)) {
        let articles: BTreeSet<&ArticleId> = quotation.variants.iter().map(|v| &v.span.article).collect();
        if articles.len() < 2 {
            continue;
        }
        let gives = |p: &Passage| number.get(&p.article).is_some_and(|&i| gives(&story[i], p.span, &quotation.holder));
        let own = |v: &&Variant| super::is_theirs(v.relation, v.difference.as_deref());
        let given: Vec<&Variant> = quotation.variants.iter().filter(own).filter(|v| gives(&v.span)).collect();
        if given.iter().map(|v| &v.span.article).collect::<BTreeSet<_>>().len() < 2 {
            continue;
        }
        let id = origins.id(&quotation.holder, &quotation.fullest.article);
        let entry = shared.entry(id).or_insert_with(|| (quotation.holder.clone(), BTreeMap::new()));
        for variant in given {
            let spans = entry.1.entry(variant.span.article.clone()).or_default();
            spans.push(variant.span.clone());
            let witness = number.get(&variant.span.article).map(|&i| &story[i]);
            spans.extend(witness.into_iter().flat_map(|w| attribution(w, variant.span.span)));
        }
    }
    // What somebody gives in writing is quoted in other words, too.
    for (holder, by_article) in shared.values_mut() {
        let first = by_article.keys().next().cloned();
        for passage in origins.written(holder, first.as_ref()) {
            by_article.entry(passage.article.clone()).or_default().push(passage);
        }
    }
    let mut edges = Vec::new();
    for (_, (holder, by_article)) in shared {
        let first = by_article.keys().next().cloned();
        let medium = origins.medium(&holder, first.as_ref()).map(str::to_owned);
        let document = medium.as_deref().is_some_and(|m| DOCUMENTS.contains(&m));
        let n = by_article.len();
        let id = origins.enter_voice(&holder, first.as_ref());
        for (article, spans) in by_article {
            if credited.iter().any(|e| e.from == article && e.to.as_ref() == Some(&id)) {
                continue;
            }
            let medium = medium.as_deref().unwrap_or("utterance");
            let words = format!(
                "quotes {} ({medium}), as {} other{}",
                holder.name,
                n - 1,
                if n == 2 { " does" } else { "s do" }
            );
            let weight = if document { 0.9 } else { 0.7 };
            let spans = gathered(spans).1;
            edges.push(edge(
                article,
                Some(id.clone()),
                Level::CommonSource,
                true,
                vec![evidence(EvidenceKind::Utterance, weight, words, spans)],
            ));
        }
    }
    edges
}

/// The words that say whose a quotation is: the source and the cue of the first that shares its words.
fn attribution(witness: &Witness<'_>, content: Span) -> Option<Passage> {
    let quotation = witness.findings.quotations.iter().find(|q| q.content.overlaps(content))?;
    let words = match (quotation.source, quotation.cue) {
        (Some(source), Some(cue)) => source.cover(cue),
        (one, other) => one.or(other)?,
    };
    // A cue before the words and a source after them cover the words themselves.
    let words = if words.overlaps(quotation.content) { quotation.source.or(quotation.cue)? } else { words };
    Some(witness.passage(words))
}

fn edge(from: ArticleId, to: Option<String>, level: Level, directed: bool, evidence: Vec<Evidence>) -> Dependence {
    Dependence { id: String::new(), from, to, level, directed, evidence }
}

/// A weight is kept to hundredths, so that it prints the same everywhere.
fn evidence(kind: EvidenceKind, weight: f64, words: String, spans: Vec<Passage>) -> Evidence {
    Evidence { kind, weight: (weight * 100.0).round() / 100.0, words, spans }
}
