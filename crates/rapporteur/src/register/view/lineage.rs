//! Since when what a text says is known. The versions of an article are one lineage: what the earlier one said is not new because a word
//! beside it was corrected, and a text that was withdrawn and reinstated says nothing new.

use std::collections::{BTreeMap, BTreeSet};

use super::super::query::Filter;
use super::super::statement::{First, Recorded};
use super::super::store::Register;
use super::dossier::{Article, joined};
use crate::error::Error;
use crate::provenance::ArticleId;
use crate::reconcile::prose_groups;

impl Register {
    /// Notes of each statement of an agreement by which one it first became known; the articles of which an earlier version is among them.
    /// `whole`: the statements of withdrawn texts are among the statements; else they are read here.
    pub(super) fn trace(
        &self,
        statements: &mut [Recorded],
        articles: &BTreeMap<String, Article>,
        (ids, merges): (&[String], &BTreeMap<String, String>),
        predicates: &[&str],
        whole: bool,
    ) -> Result<BTreeSet<String>, Error> {
        let roots = self.lineages().map_err(|e| self.told(e))?;
        let mut days: BTreeMap<&str, &str> = BTreeMap::new();
        let versions = || articles.values().filter_map(|a| Some((a, roots.get(&a.id)?.as_str())));
        for (article, root) in versions() {
            let first = days.entry(root).or_insert(&article.known_from);
            *first = (*first).min(&article.known_from);
        }
        let later =
            versions().filter(|(a, root)| days[root] < a.known_from.as_str()).map(|(a, _)| a.id.clone()).collect();
        let concerned: BTreeSet<&str> =
            statements.iter().filter_map(|r| roots.get(&r.article.0)).map(String::as_str).collect();
        if concerned.is_empty() {
            return Ok(later);
        }
        let mut before = Vec::new();
        for (article, _) in roots.iter().filter(|(_, root)| !whole && concerned.contains(root.as_str())) {
            let filter = Filter {
                article: Some(ArticleId(article.clone())),
                predicates: predicates.iter().map(|p| (*p).to_owned()).collect(),
                withdrawn_too: true,
                ..Filter::default()
            };
            let of = |r: &Recorded| r.statement.agreement.as_ref().is_some_and(|a| ids.contains(a));
            before.extend(self.statements(&filter)?.into_iter().filter(of).map(|r| joined(r, ids, merges)));
        }
        let all: Vec<&Recorded> =
            statements.iter().chain(&before).filter(|r| roots.contains_key(&r.article.0)).collect();
        let mut firsts: BTreeMap<String, First> = BTreeMap::new();
        let mut keys: BTreeMap<(String, String), String> = BTreeMap::new();
        for (r, key) in all.iter().zip(said(&all, &roots)) {
            let one = First { day: r.known_from.clone(), id: r.id.clone() };
            let first = firsts.entry(key.clone()).or_insert_with(|| one.clone());
            *first = one.min(first.clone());
            keys.insert((r.id.clone(), r.known_from.clone()), key);
        }
        for r in statements {
            r.first = keys.get(&(r.id.clone(), r.known_from.clone())).and_then(|key| firsts.get(key)).cloned();
        }
        Ok(later)
    }

    /// The articles that have versions, or were gone for a time, each with the first identifier of its lineage.
    pub(in crate::register) fn lineages(&self) -> rusqlite::Result<BTreeMap<String, String>> {
        let sql = "SELECT a.id, o.id FROM entry e JOIN article a ON a.number = e.article JOIN article o ON o.number = e.other
                   WHERE e.kind IN ('revision', 'correction')
                   UNION SELECT a.id, a.id FROM article_period p JOIN article a ON a.number = p.article WHERE p.known_to IS NOT NULL";
        let mut statement = self.connection.prepare_cached(sql)?;
        let pairs = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut next: BTreeMap<String, String> = BTreeMap::new();
        fn root(next: &BTreeMap<String, String>, id: &str) -> String {
            let mut at = id;
            while let Some(further) = next.get(at).filter(|further| *further != at) {
                at = further;
            }
            at.to_owned()
        }
        for pair in pairs {
            let (one, other): (String, String) = pair?;
            let (a, b) = (root(&next, &one), root(&next, &other));
            let (first, second) = if a < b { (a, b) } else { (b, a) };
            for id in [one, other, second] {
                next.insert(id, first.clone());
            }
            next.insert(first.clone(), first);
        }
        Ok(next.keys().map(|id| (id.clone(), root(&next, id))).collect())
    }
}

/// Of each statement what it says, in words that are equal where two versions of a text say the same. How the sentence around it goes on
/// does not count: of a step how far it goes, of a name for whom it stands; a prediction or a condition is the same in nearly the same words.
fn said(all: &[&Recorded], roots: &BTreeMap<String, String>) -> Vec<String> {
    let plain = |r: &Recorded| {
        let s = &r.statement;
        let holder = s.holder.as_ref().map(|h| h.entity.as_deref().unwrap_or(&h.name).to_lowercase());
        let (value, holder) = match s.predicate.as_str() {
            // The lowest rank is what is claimed; who says it shows in the wordings.
            "reached" => (s.stage.map(|(lo, _)| lo.to_string()), None),
            _ => (s.value.as_ref().map(|v| v.to_lowercase()), holder),
        };
        format!("{} {} {:?} {value:?} {:?} {holder:?}", roots[&r.article.0], s.predicate, s.subject, s.side)
    };
    // Another number or another window is another prediction, however alike the words.
    let numbers = |r: &Recorded| {
        let s = &r.statement;
        let digits =
            s.words.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect::<Vec<_>>().join(" ");
        let detail = s.detail.as_ref().and_then(|d| d.get("quantity"));
        let to = s.valid.as_ref().filter(|_| s.predicate == "prediction").and_then(|v| v.to.as_deref());
        format!(" {digits} {detail:?} {to:?}")
    };
    let mut keys: Vec<String> = all.iter().map(|r| plain(r)).collect();
    let prose: Vec<usize> =
        (0..all.len()).filter(|&i| matches!(all[i].statement.predicate.as_str(), "prediction" | "condition")).collect();
    let worded: Vec<(String, &str)> =
        prose.iter().map(|&i| (keys[i].clone() + &numbers(all[i]), all[i].statement.words.as_str())).collect();
    for (n, group) in prose_groups(&worded).into_iter().enumerate() {
        group.into_iter().for_each(|i| keys[prose[i]].push_str(&format!(" {n}")));
    }
    for (key, r) in keys.iter_mut().zip(all).filter(|(_, r)| r.statement.predicate == "stage") {
        let words: Vec<&str> = r.statement.words.split_whitespace().collect();
        key.push_str(&format!(" {}", words.join(" ").to_lowercase()));
    }
    keys
}
