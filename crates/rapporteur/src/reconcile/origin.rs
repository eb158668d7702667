//! Whose word it is in the end: every claim followed to the first utterances that the articles name.
//!
//! Holder and medium lead to the origin. Where somebody is named, an article that tells the same in its own voice repeats him, and so
//! does an unnamed source, who cannot be told from him. Where nobody is named, the outlet or agency that an article credits for these
//! words is. An article's own voice is no origin that is known: what is told in own voices alone has one unnamed origin, however many.

mod behind;
mod heard;
mod reach;
mod trace;

use std::collections::{BTreeMap, BTreeSet};

use language::Span;
use serde::Serialize;

use super::opening::author_of_paper;
use super::roster::slug;
use super::{QuotationAccount, Variant, Witness, gathered, is_theirs, voice};
use crate::extract::{EntityId, EntityKind, Form, Holder, HolderKind, Quotation};
use crate::knowledge::knowledge;
use crate::provenance::{ArticleId, Passage};

use behind::Behind;
pub(crate) use trace::{Sources, misplaced, trace};

/// The first utterance or document that claims can be traced to.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Origin {
    /// `origin:` and a slug of the holder.
    pub id: String,
    /// A medium (`post`, `statement`, `interview`, `speech`), `utterance` where none is given, `unnamed` ("officials", "a diplomat"),
    /// `outlet` (credited), `release` (the text of a body that it tells of), `own_voice` (what articles tell without a source: one, however many tell it), `unattributed` (told as known).
    pub kind: String,
    pub name: String,
    pub articles: Vec<ArticleId>,
    pub spans: Vec<Passage>,
    /// Which articles give words of his in which medium; those of most articles first.
    #[serde(skip)]
    pub media: Vec<(String, BTreeSet<ArticleId>)>,
}

/// One thing that several passages say: what alignment groups and this room traces. A telling's holder is whose word the passage is;
/// of the article's own voice [`Holder::outlet`].
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// In words: "Armenia hosted the talks".
    pub(crate) what: String,
    pub(crate) tellings: Vec<(Passage, Holder)>,
    /// Passages that say otherwise.
    pub(crate) against: Vec<Passage>,
}

/// Origins while they are being gathered, and the voices of the story that they may be.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins {
    /// Kind, name and words by identifier.
    found: BTreeMap<String, (String, String, BTreeSet<Passage>)>,
    /// How each voice speaks and the words that name it, by its key.
    voices: BTreeMap<String, Voice>,
    /// The identifiers of the organisations of the story, by the slug of their names.
    bodies: BTreeMap<String, String>,
    /// Who files the one suit that the story is of, with the others whom articles name as its author: a committee here, its party there.
    plaintiff: Option<(Holder, BTreeSet<EntityId>)>,
    /// The usual names of organisations, by the keys of their voices: what one article shortens another may spell out.
    usual: BTreeMap<String, String>,
    /// Whose word it is that an article gives to somebody without a name.
    behind: Behind,
}

/// One voice in all articles.
#[derive(Clone, Debug, Default)]
struct Voice {
    /// Which articles give words of it in a medium, and how many of its quotations do.
    media: BTreeMap<String, (BTreeSet<ArticleId>, usize)>,
    spans: BTreeSet<Passage>,
}

impl Origins {
    /// No origins yet; the voices of a story.
    pub(crate) fn of(story: &[Witness<'_>], quotations: &[QuotationAccount]) -> Origins {
        let behind = Behind::of(story, quotations);
        let mut origins = Origins { plaintiff: plaintiff(story), behind, ..Origins::default() };
        let mut voices: BTreeMap<String, Voice> = BTreeMap::new();
        for witness in story {
            for quotation in witness.findings.quotations.iter().filter(|q| utters(witness, q)) {
                let holder = &quotation.holder;
                let voice = voices.entry(origins.key(holder, Some(&witness.article.id))).or_default();
                voice.spans.extend(holder.span.map(|s| witness.passage(s)));
                let paper = is_document(&holder.name).then(|| "document".to_owned());
                if let Some(medium) = paper.as_ref().or(quotation.medium.as_ref()) {
                    let given = voice.media.entry(medium.clone()).or_default();
                    given.0.insert(witness.id());
                    given.1 += 1;
                }
            }
        }
        for (key, medium, articles) in origins.one_medium(story, quotations) {
            if let Some(voice) = voices.get_mut(&key) {
                voice.media.entry(medium).or_default().0.extend(articles);
            }
        }
        // An agency that speaks in the story is one with the agency that is credited.
        let entities = story.iter().flat_map(|w| &w.findings.entities).filter(|e| e.kind == EntityKind::Organisation);
        let mut usual: BTreeMap<String, String> = BTreeMap::new();
        let mut bodies = BTreeMap::new();
        for entity in entities {
            let key = entity.id.0.replace(':', "-");
            bodies.insert(slug(&entity.name), key.clone());
            let known = usual.entry(key).or_insert_with(|| entity.name.clone());
            if (known.chars().count(), &entity.name) < (entity.name.chars().count(), &*known) {
                known.clone_from(&entity.name);
            }
        }
        (origins.voices, origins.bodies, origins.usual) = (voices, bodies, usual);
        origins
    }

    /// The medium of an utterance that only some of its articles name is that of the others too.
    fn one_medium(
        &self,
        story: &[Witness<'_>],
        quotations: &[QuotationAccount],
    ) -> Vec<(String, String, BTreeSet<ArticleId>)> {
        let mut found = Vec::new();
        let spoken = quotations.iter().filter(|q| is_somebody(&q.holder) && !is_document(&q.holder.name));
        for utterance in spoken {
            let theirs = || utterance.variants.iter().filter(|v| is_theirs(v.relation, v.difference.as_deref()));
            let own = |v: &Variant| {
                let witness = story.iter().find(|w| w.article.id == v.span.article)?;
                let mut said = witness.findings.quotations.iter().filter(|q| q.content.overlaps(v.span.span));
                said.find_map(|q| q.medium.clone())
            };
            let mut media: BTreeSet<String> = theirs().filter_map(own).collect();
            // What is posted, spoken or written in a letter is a statement, too.
            if media.len() > 1 {
                media.remove("statement");
            }
            // Who says the same twice may do so in two interviews.
            media.retain(|m| !matches!(m.as_str(), "interview" | "broadcast" | "call"));
            if let (1, Some(medium)) = (media.len(), media.first()) {
                let articles = theirs().map(|v| v.span.article.clone()).collect();
                found.push((self.key(&utterance.holder, None), medium.clone(), articles));
            }
        }
        found
    }

    /// Under which key all articles have a voice; one without a name under that of its own article.
    fn key(&self, holder: &Holder, article: Option<&ArticleId>) -> String {
        self.behind.key(self.author_of(&self.behind.holder(holder, article)), article)
    }

    /// Who a holder is in an article: he himself, the one behind words without a name, the author of the paper.
    pub(crate) fn who(&self, holder: &Holder, article: Option<&ArticleId>) -> Holder {
        self.author_of(&self.behind.holder(holder, article)).clone()
    }

    /// The holder himself; of the complaint that the story is of who filed it, under the name that most articles give him.
    pub(crate) fn author_of<'h>(&'h self, holder: &'h Holder) -> &'h Holder {
        let Some((author, names)) = &self.plaintiff else { return holder };
        let his = is_paper(holder) || holder.entity.as_ref().is_some_and(|e| names.contains(e));
        if his { author } else { holder }
    }

    /// How a holder spoke: the medium that most of the articles give, then most of its quotations, if any does.
    pub(crate) fn medium(&self, holder: &Holder, article: Option<&ArticleId>) -> Option<&str> {
        // A lawsuit gives no interviews.
        if is_document(&holder.name) {
            return Some("document");
        }
        let media = &self.voices.get(&self.key(holder, article))?.media;
        let rank = |given: &(BTreeSet<ArticleId>, usize)| (given.0.len(), given.1);
        media
            .iter()
            .max_by_key(|(medium, given)| (rank(given), std::cmp::Reverse(*medium)))
            .map(|(medium, _)| medium.as_str())
    }

    /// The words that name a voice in the articles that give a statement or another paper of it.
    pub(crate) fn written(&self, holder: &Holder, article: Option<&ArticleId>) -> Vec<Passage> {
        let Some(voice) = self.voices.get(&self.key(holder, article)) else { return Vec::new() };
        let papers = ["statement", "document"].into_iter().filter_map(|medium| voice.media.get(medium));
        let articles: BTreeSet<&ArticleId> = papers.flat_map(|(articles, _)| articles).collect();
        voice.spans.iter().filter(|p| articles.contains(&p.article)).cloned().collect()
    }

    /// Enters words that lead to an origin; its first kind and name stay.
    pub(crate) fn enter(&mut self, id: &str, kind: &str, name: &str, spans: impl IntoIterator<Item = Passage>) {
        let fresh = || (kind.to_owned(), name.to_owned(), BTreeSet::new());
        self.found.entry(id.to_owned()).or_insert_with(fresh).2.extend(spans);
    }

    /// Enters the voice that words of an article have, with all the words of the story that give it as a speaker; its identifier.
    pub(crate) fn enter_voice(&mut self, holder: &Holder, article: Option<&ArticleId>) -> String {
        let key = self.key(holder, article);
        let id = format!("origin:{key}");
        let voiced = self.voices.get(&key).map(|v| v.spans.clone()).unwrap_or_default();
        // Who speaks in no words that can be shown is named by these.
        let here = article.zip(holder.span).filter(|_| voiced.is_empty());
        let here = here.map(|(article, span)| Passage { article: article.clone(), span });
        if let Some(known) = self.found.get_mut(&id) {
            known.2.extend(here);
            return id;
        }
        let who = self.who(holder, article);
        let unknown = if is_named(&who) || !is_anybody(&who) { "utterance" } else { "unnamed" };
        let kind = self.medium(&who, article).unwrap_or(unknown).to_owned();
        let name = self.usual.get(&key).cloned().unwrap_or_else(|| in_a_row(&who));
        self.found.insert(id.clone(), (kind, name, voiced.into_iter().chain(here).collect()));
        id
    }

    /// Enters words that credit an outlet; its identifier.
    pub(crate) fn enter_outlet(&mut self, key: &str, name: &str, credit: Passage) -> String {
        let id = format!("origin:{}", self.bodies.get(key).map_or(key, String::as_str));
        self.enter(&id, "outlet", name, [credit]);
        id
    }

    /// The identifier of the voice that words of an article have.
    pub(crate) fn id(&self, holder: &Holder, article: &ArticleId) -> String {
        format!("origin:{}", self.key(holder, Some(article)))
    }

    /// Whether an article names an origin at all.
    pub(crate) fn is_named_in(&self, id: &str, article: &ArticleId) -> bool {
        self.found.get(id).is_some_and(|o| o.2.iter().any(|p| p.article == *article))
    }

    /// What an origin is called.
    pub(crate) fn name(&self, id: &str) -> &str {
        self.found.get(id).map_or("", |o| &o.1)
    }

    /// `post`, `outlet` ...; empty where nothing is known of it.
    pub(crate) fn kind(&self, id: &str) -> &str {
        self.found.get(id).map_or("", |o| &o.0)
    }

    /// By identifier.
    pub(crate) fn list(self) -> Vec<Origin> {
        let voices = &self.voices;
        let origin = |(id, (kind, name, spans)): (String, (String, String, BTreeSet<Passage>))| {
            let (articles, spans) = gathered(spans.into_iter().collect());
            let voice = id.strip_prefix("origin:").and_then(|key| voices.get(key)).filter(|_| kind != "outlet");
            let given = voice.map(|v| &v.media).into_iter().flatten();
            let mut media: Vec<_> = given.map(|(medium, (articles, _))| (medium.clone(), articles.clone())).collect();
            // What an article calls a post here is its "announcement" there.
            let other = |medium: &str| !matches!(medium, "statement" | "interview" | "broadcast" | "call");
            let closer = media.iter().filter(|(medium, _)| other(medium)).flat_map(|(_, a)| a.clone());
            let closer: BTreeSet<ArticleId> = closer.collect();
            for (_, articles) in media.iter_mut().filter(|(medium, _)| medium == "statement") {
                articles.retain(|a| !closer.contains(a));
            }
            media.retain(|(_, articles)| !articles.is_empty());
            media.sort_by_key(|(_, articles)| std::cmp::Reverse(articles.len()));
            Origin { id, kind, name, articles, spans, media }
        };
        self.found.into_iter().map(origin).collect()
    }
}

/// Whether a quotation is words of somebody, and not what he wanted, learned or did.
fn utters(witness: &Witness<'_>, quotation: &Quotation) -> bool {
    quotation.uttered && says(witness, quotation)
}

/// Whether somebody by a quotation says something, be it in no words of his: "officials announced agreements".
fn says(witness: &Witness<'_>, quotation: &Quotation) -> bool {
    let clauses = &witness.findings.propositions;
    let tells = |cue: Span| {
        let from = clauses.partition_point(|p| p.predicate.end <= cue.start);
        clauses.get(from).filter(|p| p.predicate.overlaps(cue)).is_none_or(|p| p.says)
    };
    // "agreed to cut its exports" tells what he did; "agreed that it was late" what he said.
    let text = &witness.article.text;
    let acts = |cue: Span| cue.of(text).contains("agree") && !quotation.content.of(text).starts_with("that ");
    let said = quotation.form != Form::Indirect || quotation.cue.is_none_or(|cue| tells(cue) && !acts(cue));
    is_somebody(&quotation.holder) && quotation.form != Form::Scare && said
}

/// Who files the suit of a story, by most of the articles that say who does; `None` where fewer than two do.
fn plaintiff(story: &[Witness<'_>]) -> Option<(Holder, BTreeSet<EntityId>)> {
    let mut filed: BTreeMap<EntityId, (BTreeSet<ArticleId>, Holder)> = BTreeMap::new();
    for witness in story {
        let whole = Span::new(0, witness.article.text.len());
        let author = author_of_paper(witness.findings, whole);
        // Who rules on a suit did not file it.
        let Some(author) = author.filter(|a| !a.name.to_lowercase().contains("court")) else { continue };
        let Some(id) = author.entity.clone().filter(|e| e.0.starts_with("org:")) else { continue };
        filed.entry(id).or_insert_with(|| (BTreeSet::new(), voice(&author))).0.insert(witness.id());
    }
    let articles: BTreeSet<&ArticleId> = filed.values().flat_map(|(articles, _)| articles).collect();
    // Of a committee and its party the longer name is the plaintiff's.
    let rank =
        |id: &EntityId, of: &(BTreeSet<ArticleId>, Holder)| (of.0.len() > 1, of.1.name.chars().count(), id.clone());
    let most = filed.iter().max_by_key(|(id, of)| rank(id, of));
    let author = most.filter(|_| articles.len() > 1).map(|(_, (_, holder))| holder.clone())?;
    Some((author, filed.into_keys().collect()))
}

/// "the lawsuit", with nothing beside it that would make it another.
fn is_paper(holder: &Holder) -> bool {
    matches!(holder.name.to_lowercase().as_str(), "the lawsuit" | "the suit" | "the complaint")
}

/// Whether the name of a holder is that of a paper: "the lawsuit", "a Norse court filing", "the memorandum of May 3".
fn is_document(name: &str) -> bool {
    const PAPERS: [&str; 14] = [
        "lawsuit",
        "suit",
        "complaint",
        "filing",
        "indictment",
        "memo",
        "memorandum",
        "document",
        "letter",
        "resolution",
        "summary",
        "ruling",
        "communiqué",
        "judgment",
    ];
    let name = name.to_lowercase();
    let head = name.find(" of ").map_or(name.as_str(), |at| &name[..at]);
    PAPERS.contains(&head.rsplit(' ').next().unwrap_or(""))
}

/// Whether a voice without a link is just anybody of a kind: "a diplomat", "officials"; not "the ministry", nor a surname alone.
fn is_anybody(holder: &Holder) -> bool {
    let name = &holder.name;
    let article = name.split(' ').next().unwrap_or("").to_lowercase();
    let surname = name.split_whitespace().all(|w| w.starts_with(char::is_uppercase));
    article != "the" && !(surname && holder.kind != HolderKind::Group)
}

/// The name of a voice as it stands inside a sentence: "officials", "a diplomat", "the summary" of "The summary of the decision read".
fn in_a_row(holder: &Holder) -> String {
    let name = &holder.name;
    let whole = name.split(" read ").next().filter(|head| is_document(head)).unwrap_or(name);
    let first = whole.split(' ').next().unwrap_or("");
    let article = matches!(first, "The" | "A" | "An" | "Some" | "One" | "Two" | "Several");
    let group = holder.kind == HolderKind::Group && first == whole;
    match whole.chars().next().filter(|_| holder.entity.is_none() && (article || group)) {
        Some(c) => c.to_lowercase().chain(whole.chars().skip(1)).collect(),
        None => whole.to_owned(),
    }
}

/// Whether an article gives these words to that voice: it names him, and nobody else as their speaker.
pub(crate) fn gives(witness: &Witness<'_>, words: Span, holder: &Holder) -> bool {
    let own = || witness.findings.quotations.iter().filter(|q| q.content.overlaps(words));
    let his = own().any(|q| voice_key(&q.holder) == voice_key(holder));
    let named = || holder.entity.as_ref().is_none_or(|e| witness.findings.entities.iter().any(|n| n.id == *e));
    his || named() && !(is_named(holder) && own().any(|q| is_named(&q.holder)))
}

/// Whether a holder is a voice of its own, and not the article's.
pub(crate) fn is_somebody(holder: &Holder) -> bool {
    const PRONOUNS: [&str; 12] =
        ["it", "he", "she", "they", "this", "that", "these", "those", "who", "which", "we", "you"];
    let name = holder.name.to_lowercase();
    // What was cut inside a bracket is a title or a heading, and no name.
    let whole = name.matches('(').count() == name.matches(')').count();
    !matches!(holder.kind, HolderKind::Outlet | HolderKind::Unknown) && whole && !PRONOUNS.contains(&name.as_str())
}

/// Whether a holder has a name: "officials" and "a spokeswoman" have none, nor has "the complaint", which is no person.
pub(crate) fn is_named(holder: &Holder) -> bool {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    // "the High Court of Norway" has a name; "the Secretary of State" holds an office.
    let bare = holder.name.strip_prefix("The ").or(holder.name.strip_prefix("the ")).unwrap_or(&holder.name);
    let body = bare.split_whitespace().filter(|w| capital(w)).count() > 2
        && bare.split_whitespace().all(|w| capital(w) || matches!(w, "of" | "for" | "and" | "the"))
        && !knowledge()
            .roles
            .iter()
            .any(|r| bare.starts_with(r.canonical) || r.aliases.iter().any(|a| bare.starts_with(a)));
    let words = || holder.name.split_whitespace();
    // "Estonia, Latvia and Lithuania" are names too.
    let named = |word: &str| capital(word) || word == "and";
    let name = words().count() > 1 && words().all(named) && !matches!(words().next(), Some("A" | "An" | "The"));
    holder.entity.is_some() || holder.kind == HolderKind::Entity || name || body
}

/// One voice under one key, in all articles.
pub(crate) fn voice_key(holder: &Holder) -> String {
    holder.entity.as_ref().map_or_else(|| slug(&holder.name), |e| e.0.replace(':', "-"))
}

#[cfg(test)]
mod tests;
