//! Who stands behind a voice that an article gives no name: the state whose "administration" it is, the speaker to whom another article gives
//! the same words. Voices without a name are one in two articles only where the words that they are given are the same.

use std::collections::{BTreeMap, BTreeSet};

use language::Span;

use super::{is_named, is_somebody, voice_key};
use crate::extract::{EntityId, EntityKind, Holder, HolderKind};
use crate::knowledge::knowledge;
use crate::provenance::ArticleId;
use crate::reconcile::{QuotationAccount, Witness, is_theirs, voice};

/// What is known of the voices of a story beyond their names.
#[derive(Clone, Debug, Default)]
pub(super) struct Behind {
    /// Whom an article means, by the article and the key of the voice.
    same: BTreeMap<(ArticleId, String), Holder>,
    /// Keys that several articles use for voices that may be several: with the key that each article's has.
    apart: BTreeMap<(ArticleId, String), String>,
}

impl Behind {
    pub(super) fn of(story: &[Witness<'_>], quotations: &[QuotationAccount]) -> Behind {
        let mut same = BTreeMap::new();
        let mut users: BTreeMap<String, BTreeSet<ArticleId>> = BTreeMap::new();
        for witness in story {
            let quoted = witness.findings.quotations.iter().map(|q| &q.holder);
            let staged = witness.findings.stages.iter().map(|s| &s.holder);
            for holder in quoted.chain(staged).filter(|h| is_somebody(h)) {
                let key = voice_key(holder);
                // In one article alone an office is best called as it is there.
                let state = if story.len() > 1 { government(holder, witness) } else { None };
                if let Some(meant) = state.or_else(|| called(holder, witness)) {
                    same.insert((witness.id(), key), meant);
                } else if !is_named(holder) {
                    users.entry(key).or_default().insert(witness.id());
                }
            }
        }
        // The same words have one speaker, whom one article names and another does not.
        for utterance in quotations.iter().filter(|q| is_named(&q.holder)) {
            let theirs = utterance.variants.iter().filter(|v| is_theirs(v.relation, v.difference.as_deref()));
            for variant in theirs.filter(|v| is_somebody(&v.holder) && !is_named(&v.holder)) {
                let key = (variant.span.article.clone(), voice_key(&variant.holder));
                same.entry(key).or_insert_with(|| voice(&utterance.holder));
            }
        }
        let mut apart = BTreeMap::new();
        for (key, articles) in users.into_iter().filter(|(key, a)| a.len() > 1 && !is_office(key)) {
            let mut first: BTreeMap<&ArticleId, &ArticleId> = articles.iter().map(|a| (a, a)).collect();
            for utterance in quotations {
                let has = |a: &&ArticleId| {
                    utterance.variants.iter().any(|v| v.span.article == **a && voice_key(&v.holder) == key)
                };
                let together: Vec<&ArticleId> = articles.iter().filter(has).collect();
                let roots: BTreeSet<&ArticleId> = together.iter().map(|a| first[a]).collect();
                if let Some(root) = roots.first() {
                    first.values_mut().filter(|r| roots.contains(*r)).for_each(|r| *r = root);
                }
            }
            if first.values().collect::<BTreeSet<_>>().len() > 1 {
                for (article, root) in first {
                    apart.insert((article.clone(), key.clone()), format!("{key}-{}", root.0));
                }
            }
        }
        Behind { same, apart }
    }

    /// Whom an article means by a holder.
    pub(super) fn holder(&self, holder: &Holder, article: Option<&ArticleId>) -> Holder {
        let meant = article.and_then(|a| self.same.get(&(a.clone(), voice_key(holder))));
        meant.map_or_else(|| holder.clone(), |meant| Holder { span: holder.span, ..meant.clone() })
    }

    /// The key of a voice, of one without a name that of its article.
    pub(super) fn key(&self, holder: &Holder, article: Option<&ArticleId>) -> String {
        let key = voice_key(holder);
        let own = article.filter(|_| !is_named(holder)).and_then(|a| self.apart.get(&(a.clone(), key.clone())));
        own.cloned().unwrap_or(key)
    }
}

/// The key of an office that a state or body has once: "british-ambassador-to-washington".
fn is_office(key: &str) -> bool {
    key.contains("ambassador-to-")
}

/// The state whose government a voice is by its words: "the Berg administration", "the prime minister's office", where the article gives that
/// office to one state.
fn government(holder: &Holder, witness: &Witness<'_>) -> Option<Holder> {
    if let Some(entity) = &holder.entity {
        let seat = entity.0.strip_prefix("place:")?;
        let mut seats = knowledge().states.iter().filter(|s| s.seats.iter().any(|n| super::slug(n) == seat));
        return seats.next().map(|s| state(s.iso3));
    }
    let name = holder.name.to_lowercase();
    let words: Vec<&str> = name.split_whitespace().collect();
    let findings = witness.findings;
    let of = |fits: &dyn Fn(&crate::extract::Role) -> bool| {
        let heads = findings.roles.iter().filter(|r| is_head(&r.role) && fits(r));
        let states: BTreeSet<&EntityId> = heads.filter_map(|r| r.of.as_ref()).collect();
        states.first().filter(|_| states.len() == 1).and_then(|s| s.0.strip_prefix("iso3:")).map(state)
    };
    match words[..] {
        [.., of_whom, "administration"] if of_whom != "the" => {
            of(&|r| r.person.0.rsplit(['-', ':']).next() == Some(of_whom))
        }
        // "the administration": the one that the article names by its head.
        ["administration"] | ["the", "administration"] => {
            let text = witness.article.text.to_lowercase();
            of(&|r| {
                let head = r.person.0.rsplit(['-', ':']).next().unwrap_or("");
                !head.is_empty() && text.contains(&format!("{head} administration"))
            })
        }
        [.., "office"] => {
            let title = name.trim_start_matches("the ").trim_end_matches(" office");
            let title = title.strip_suffix("'s").or(title.strip_suffix("’s"))?;
            of(&|r| r.role.to_lowercase() == title)
        }
        _ => None,
    }
}

/// The one person before whose name an article sets the noun by which it calls a voice elsewhere: "the strongman" of "strongman Jo Berg".
fn called(holder: &Holder, witness: &Witness<'_>) -> Option<Holder> {
    let name = holder.name.to_lowercase();
    let noun = name.strip_prefix("the ").filter(|noun| holder.entity.is_none() && !noun.contains(' '))?;
    let text = &witness.article.text;
    let before = |m: &Span| {
        let words = text.get(..m.start).unwrap_or("").trim_end();
        let word = words.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        word.to_lowercase() == noun
    };
    let persons = witness.findings.entities.iter().filter(|e| e.kind == EntityKind::Person);
    let mut called = persons.filter(|e| e.mentions.iter().any(before));
    let only = called.next().filter(|_| called.next().is_none())?;
    let (entity, name) = (Some(only.id.clone()), only.name.clone());
    Some(Holder { kind: HolderKind::Entity, entity, name, span: None })
}

fn state(iso3: &str) -> Holder {
    let name = knowledge().states.iter().find(|s| s.iso3 == iso3).map_or(iso3, |s| s.name);
    Holder { kind: HolderKind::Entity, entity: Some(EntityId::state(iso3)), name: name.to_owned(), span: None }
}

/// Whether a title is of who leads a state.
fn is_head(title: &str) -> bool {
    let role = knowledge().roles.iter().find(|r| r.canonical == title);
    role.is_some_and(|r| matches!(r.level, "head_of_state" | "head_of_government"))
}
