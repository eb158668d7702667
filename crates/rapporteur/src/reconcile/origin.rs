//! Whose word it is in the end: every claim followed to the first utterances that the articles name.
//!
//! Holder and medium lead to the origin. Where somebody is named, an article that tells the same in its own voice repeats him, and so
//! does an unnamed source, who cannot be told from him. Where nobody is named, an article's own voice is an origin of its own only as
//! far as it leans on no other: articles that lean on one parent, or on each other, have one origin between them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::dependence::DOCUMENTS;
use super::frame::{Frame, known, with_article};
use super::judge::{Draft, Reach};
use super::prose::telling;
use super::roster::{is_own_voice, slug};
use super::{
    CandidateAccount, Dependence, Level, MemberAccount, QuotationAccount, Relation, StageAccount, Witness, gathered,
};
use crate::extract::{EntityId, Holder, HolderKind, MemberStatus, Polarity};
use crate::knowledge::knowledge;
use crate::provenance::{ArticleId, Passage};

/// The first utterance or document that claims can be traced to.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Origin {
    /// `origin:` and a slug of the holder.
    pub id: String,
    /// A medium (`post`, `statement`, `interview`, `speech`), `utterance` where none is given, `unnamed` (a source without a name),
    /// `outlet` (credited), `own_voice` (what an article tells without a source), `unattributed` (told as known).
    pub kind: String,
    pub name: String,
    pub articles: Vec<ArticleId>,
    pub spans: Vec<Passage>,
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
}

/// One voice in all articles.
#[derive(Clone, Debug, Default)]
struct Voice {
    /// How often its quotations give a medium.
    media: BTreeMap<String, usize>,
    spans: BTreeSet<Passage>,
}

impl Origins {
    /// No origins yet; the voices of a story.
    pub(crate) fn of(story: &[Witness<'_>]) -> Origins {
        let mut voices: BTreeMap<String, Voice> = BTreeMap::new();
        for witness in story {
            let findings = witness.findings;
            let quoted = findings.quotations.iter().map(|q| (&q.holder, q.medium.as_ref()));
            let staged = findings.stages.iter().map(|s| (&s.holder, None));
            for (holder, medium) in quoted.chain(staged).filter(|(holder, _)| is_somebody(holder)) {
                let voice = voices.entry(voice_key(holder)).or_default();
                voice.spans.extend(holder.span.map(|s| witness.passage(s)));
                if let Some(medium) = medium {
                    *voice.media.entry(medium.clone()).or_default() += 1;
                }
            }
        }
        Origins { found: BTreeMap::new(), voices }
    }

    /// How a holder spoke: the medium that most of its quotations give, if any does.
    pub(crate) fn medium(&self, holder: &Holder) -> Option<&str> {
        let media = &self.voices.get(&voice_key(holder))?.media;
        media.iter().max_by_key(|(medium, n)| (**n, std::cmp::Reverse(*medium))).map(|(medium, _)| medium.as_str())
    }

    /// Enters words that lead to an origin; its first kind and name stay.
    pub(crate) fn enter(&mut self, id: &str, kind: &str, name: &str, spans: impl IntoIterator<Item = Passage>) {
        let fresh = || (kind.to_owned(), name.to_owned(), BTreeSet::new());
        self.found.entry(id.to_owned()).or_insert_with(fresh).2.extend(spans);
    }

    /// Enters a voice with all the words of the story that name it; its identifier.
    pub(crate) fn enter_voice(&mut self, holder: &Holder) -> String {
        let key = voice_key(holder);
        let id = format!("origin:{key}");
        if !self.found.contains_key(&id) {
            let unknown = if is_named(holder) { "utterance" } else { "unnamed" };
            let kind = self.medium(holder).unwrap_or(unknown).to_owned();
            let spans = self.voices.get(&key).map(|v| v.spans.clone()).unwrap_or_default();
            self.found.insert(id.clone(), (kind, holder.name.clone(), spans));
        }
        id
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
        let origin = |(id, (kind, name, spans)): (String, (String, String, BTreeSet<Passage>))| {
            let (articles, spans) = gathered(spans.into_iter().collect());
            Origin { id, kind, name, articles, spans }
        };
        self.found.into_iter().map(origin).collect()
    }
}

/// What the claims of a story are made from.
pub(crate) struct Sources<'a> {
    pub(crate) story: &'a [Witness<'a>],
    pub(crate) frame: &'a Frame,
    pub(crate) stages: &'a [StageAccount],
    pub(crate) members: &'a [MemberAccount],
    pub(crate) candidates: &'a [CandidateAccount],
    pub(crate) quotations: &'a [QuotationAccount],
    pub(crate) told: &'a [Told],
    pub(crate) dependence: &'a [Dependence],
}

/// The claims of a story, the main one first, each with its origins; not yet judged.
pub(crate) fn trace(sources: &Sources<'_>, origins: &mut Origins) -> Vec<Draft> {
    let frame = sources.frame;
    let parents = parents(sources.story, sources.dependence);
    let mut documents: BTreeMap<&ArticleId, BTreeSet<&str>> = BTreeMap::new();
    for edge in sources.dependence.iter().filter(|e| e.level == Level::CommonSource && e.directed) {
        let document = edge.to.as_deref().filter(|to| DOCUMENTS.contains(&origins.kind(to)));
        documents.entry(&edge.from).or_default().extend(document);
    }
    let mut tracer = Tracer { story: sources.story, parents, documents, origins };
    let main = |s: &&StageAccount| {
        frame.participant.as_ref() == Some(&s.participant) && frame.agreement.as_ref() == Some(&s.agreement)
    };
    let others = sources.stages.iter().filter(|s| !main(s));
    let stages = sources.stages.iter().filter(main).chain(others).filter(|s| s.asserted);
    let mut drafts: Vec<Draft> = stages.map(|s| tracer.stage(frame, s)).collect();
    drafts.extend(sources.members.iter().map(|m| tracer.member(frame, m)));
    drafts.extend(sources.candidates.iter().filter_map(|c| tracer.candidate(frame, c)));
    let several = |q: &&QuotationAccount| q.variants.iter().map(|v| &v.span.article).collect::<BTreeSet<_>>().len() > 1;
    drafts.extend(sources.quotations.iter().filter(several).map(|q| tracer.quotation(q)));
    drafts.extend(sources.told.iter().filter_map(|t| tracer.told(t)));
    drafts
}

struct Tracer<'a> {
    story: &'a [Witness<'a>],
    /// Where an article's own voice comes from.
    parents: BTreeMap<&'a ArticleId, Parent>,
    /// The statements, posts and papers that an article draws on with others.
    documents: BTreeMap<&'a ArticleId, BTreeSet<&'a str>>,
    origins: &'a mut Origins,
}

/// The head of the articles that lean on each other: an origin outside of the story, else an article in it.
#[derive(Clone, Debug)]
struct Parent {
    id: String,
    name: String,
    /// Whether the article itself is the head.
    own: bool,
}

/// The parent of each article, by the edges that say it leans; `incidental` and `common_source` say nothing of its own voice.
fn parents<'a>(story: &'a [Witness<'a>], dependence: &[Dependence]) -> BTreeMap<&'a ArticleId, Parent> {
    fn head(over: &BTreeMap<String, String>, of: &str) -> String {
        let mut head = of;
        while let Some(up) = over.get(head) {
            head = up;
        }
        head.to_owned()
    }
    let mut over: BTreeMap<String, String> = BTreeMap::new();
    for edge in dependence.iter().filter(|e| matches!(e.level, Level::Copied | Level::Derived)) {
        let Some(to) = &edge.to else { continue };
        let (from, to) = (head(&over, &edge.from.0), head(&over, to));
        // An origin outside of the story stands over an article, else the one that is leant on.
        let (under, above) = if from.starts_with("origin:") { (to, from) } else { (from, to) };
        if under != above {
            over.insert(under, above);
        }
    }
    story
        .iter()
        .map(|witness| {
            let article = witness.article;
            let over = head(&over, &article.id.0);
            let own = over == article.id.0;
            let outlet = |w: &Witness<'_>| w.article.outlet.as_ref().map(|o| o.name.clone());
            let printed = story.iter().find(|w| w.article.id.0 == over);
            let (id, name) = match printed {
                Some(w) => (
                    format!("origin:voice-{over}"),
                    outlet(w).map_or_else(|| "an article's own voice".to_owned(), |name| format!("{name}, own voice")),
                ),
                None => (over.clone(), over.trim_start_matches("origin:").replace('-', " ")),
            };
            (&article.id, Parent { id, name, own })
        })
        .collect()
}

impl Tracer<'_> {
    /// The origins of what these voices say, those that most articles lead to first, and whether anybody is named.
    fn reach(&mut self, tellings: &[(ArticleId, Option<Holder>)]) -> (Vec<Reach>, bool) {
        let mut named: BTreeMap<String, BTreeSet<ArticleId>> = BTreeMap::new();
        let mut unnamed: BTreeMap<String, BTreeSet<ArticleId>> = BTreeMap::new();
        let mut telling: BTreeSet<ArticleId> = BTreeSet::new();
        for (article, holder) in tellings {
            telling.insert(article.clone());
            let Some(holder) = holder.as_ref().filter(|h| is_somebody(h)) else { continue };
            let id = self.origins.enter_voice(holder);
            let voices = if is_named(holder) { &mut named } else { &mut unnamed };
            voices.entry(id).or_default().insert(article.clone());
        }
        let sourced = !named.is_empty() || !unnamed.is_empty();
        let mut voices = named;
        if voices.is_empty() {
            // Sources without a name cannot be told apart: together they are one.
            let most = unnamed.iter().max_by_key(|(id, articles)| (articles.len(), std::cmp::Reverse(*id)));
            voices.extend(most.map(|(id, _)| (id.clone(), unnamed.values().flatten().cloned().collect())));
        }
        if voices.is_empty() {
            for article in &telling {
                let Some(parent) = self.parents.get(article) else { continue };
                let kind = if parent.id.starts_with("origin:voice-") { "own_voice" } else { "outlet" };
                let words = self.story.iter().find(|w| w.article.id == *article).and_then(|w| {
                    let first = w.article.blocks.first()?;
                    Some(w.passage(w.article.headline.unwrap_or(first.span)))
                });
                self.origins.enter(&parent.id, kind, &parent.name, words.filter(|_| kind == "own_voice"));
                voices.entry(parent.id.clone()).or_default().insert(article.clone());
            }
        }
        let drawn = if sourced { BTreeMap::new() } else { self.one_document(&mut voices) };
        let said: BTreeSet<ArticleId> = voices.values().flatten().cloned().collect();
        let mut reach: Vec<Reach> = voices
            .into_iter()
            .map(|(origin, articles)| {
                let head = |a: &&ArticleId| sourced || self.parents.get(*a).is_some_and(|p| p.own);
                let drawing = |a: &&ArticleId| drawn.get(&origin).is_some_and(|d: &BTreeSet<ArticleId>| d.contains(*a));
                let repeating = articles.iter().filter(|a| !head(a) || drawing(a)).cloned().collect();
                Reach { origin, articles: articles.into_iter().collect(), repeating }
            })
            .collect();
        reach.sort_by(|a, b| (b.articles.len(), &a.origin).cmp(&(a.articles.len(), &b.origin)));
        if let Some(first) = reach.first_mut() {
            let silent: Vec<ArticleId> = telling.difference(&said).cloned().collect();
            first.articles.extend(silent.iter().cloned());
            first.articles.sort();
            first.repeating.extend(silent);
            first.repeating.sort();
        }
        (reach, sourced)
    }

    /// Makes one of voices whose articles draw on one document, for it may be where they have it from: the voice of most articles stays.
    /// Gives the articles that were taken in, by the voice that took them.
    fn one_document(
        &self,
        voices: &mut BTreeMap<String, BTreeSet<ArticleId>>,
    ) -> BTreeMap<String, BTreeSet<ArticleId>> {
        let mut taken: BTreeMap<String, BTreeSet<ArticleId>> = BTreeMap::new();
        let drawn = |articles: &BTreeSet<ArticleId>| -> BTreeSet<&str> {
            articles.iter().filter_map(|a| self.documents.get(a)).flatten().copied().collect()
        };
        let mut order: Vec<(String, BTreeSet<ArticleId>)> = std::mem::take(voices).into_iter().collect();
        order.sort_by(|a, b| (b.1.len(), &a.0).cmp(&(a.1.len(), &b.0)));
        let mut kept: Vec<(String, BTreeSet<ArticleId>, BTreeSet<&str>)> = Vec::new();
        for (id, articles) in order {
            let documents = drawn(&articles);
            match kept.iter_mut().find(|k| !k.2.is_disjoint(&documents)) {
                Some(same) => {
                    taken.entry(same.0.clone()).or_default().extend(articles.iter().cloned());
                    same.1.extend(articles);
                    same.2.extend(documents);
                }
                None => kept.push((id, articles, documents)),
            }
        }
        voices.extend(kept.into_iter().map(|(id, articles, _)| (id, articles)));
        taken
    }

    /// The origins among these that speak for one of the states.
    fn parties(
        &self,
        reach: &[Reach],
        tellings: &[(ArticleId, Option<Holder>)],
        states: &[&EntityId],
    ) -> BTreeSet<String> {
        let mut parties = BTreeSet::new();
        for (article, holder) in tellings.iter().filter_map(|(a, h)| Some((a, h.as_ref()?))) {
            let Some(witness) = self.story.iter().find(|w| w.article.id == *article) else { continue };
            let id = format!("origin:{}", voice_key(holder));
            if reach.iter().any(|r| r.origin == id) && states.iter().any(|s| is_own_voice(holder, s, witness)) {
                parties.insert(id);
            }
        }
        parties
    }

    fn stage(&mut self, frame: &Frame, stage: &StageAccount) -> Draft {
        let mut tellings: Vec<(ArticleId, Option<Holder>)> = Vec::new();
        let mut spans: Vec<Passage> = Vec::new();
        for wording in &stage.articles {
            spans.push(wording.wording.clone());
            let Some(witness) = self.story.iter().find(|w| w.article.id == wording.article) else { continue };
            let ours = |m: &&crate::extract::StageMention| {
                m.participant == stage.participant && m.agreement == stage.agreement && super::stage::is_binding(m)
            };
            let binding: Vec<_> = witness.findings.stages.iter().filter(ours).collect();
            spans.extend(binding.iter().map(|m| witness.passage(m.wording)));
            tellings.push((witness.id(), None));
            tellings.extend(binding.iter().map(|m| (witness.id(), Some(m.holder.clone()))));
        }
        let (reach, sourced) = self.reach(&tellings);
        let parties = self.parties(&reach, &tellings, &[&stage.participant]);
        let step = super::stage::interval(stage.lo, stage.hi);
        let side = stage.side.map_or(String::new(), |s| format!(", {}", format!("{s:?}").to_lowercase()));
        let agreement = with_article(&frame.name(&stage.agreement));
        let claim = format!("{} and {agreement}: {step}{side}", frame.name(&stage.participant));
        let contested = stage.conflict;
        Draft { sourced, parties, contested, ..Draft::new(claim, spans, reach) }
    }

    fn member(&mut self, frame: &Frame, member: &MemberAccount) -> Draft {
        // Background that each outlet writes in its own voice: nobody says where it comes from.
        let origin = "origin:common-knowledge".to_owned();
        self.origins.enter(&origin, "unattributed", "told as known, without a source", member.spans.iter().cloned());
        let agreement =
            frame.agreement.as_ref().map_or_else(|| "the agreement".to_owned(), |a| with_article(&frame.name(a)));
        let status = match member.status {
            MemberStatus::Original => "original member",
            MemberStatus::Member => "member",
            MemberStatus::Counterpart => "counterpart",
            MemberStatus::Mediator => "mediator",
        };
        let claim = format!("{}: {status} of {agreement}", frame.name(&member.participant));
        let reach = vec![Reach { origin, articles: member.articles.clone(), repeating: Vec::new() }];
        let listed = frame.agreement.as_ref().and_then(known).is_some_and(|agreement| {
            let state = member.participant.0.rsplit(':').next().unwrap_or("");
            knowledge().memberships_of(agreement.id, state).next().is_some()
        });
        Draft { listed, ..Draft::new(claim, member.spans.clone(), reach) }
    }

    /// Who is named as a candidate in several articles, and by how many voices.
    fn candidate(&mut self, frame: &Frame, candidate: &CandidateAccount) -> Option<Draft> {
        let named_by = candidate.named_by.iter().filter(|n| n.polarity != Polarity::Against);
        let said = named_by.flat_map(|n| n.spans.iter().map(move |s| (s, Some(n.holder.clone()))));
        let (spans, tellings): (Vec<Passage>, Vec<(ArticleId, Option<Holder>)>) =
            said.map(|(span, holder)| (span.clone(), (span.article.clone(), holder))).unzip();
        if spans.iter().map(|s| &s.article).collect::<BTreeSet<_>>().len() < 2 {
            return None;
        }
        let (reach, sourced) = self.reach(&tellings);
        let parties = self.parties(&reach, &tellings, &[&candidate.participant]);
        let agreement = with_article(&frame.name(&candidate.agreement));
        let claim = format!("{}: candidate for {agreement}", frame.name(&candidate.participant));
        Some(Draft { sourced, parties, ..Draft::new(claim, spans, reach) })
    }

    fn quotation(&mut self, quotation: &QuotationAccount) -> Draft {
        let spans: Vec<Passage> = quotation.variants.iter().map(|v| v.span.clone()).collect();
        let tellings: Vec<_> = spans.iter().map(|s| (s.article.clone(), Some(quotation.holder.clone()))).collect();
        let (reach, sourced) = self.reach(&tellings);
        let versions = |relation: Relation| quotation.variants.iter().filter(move |v| v.relation == relation);
        // Two names for one utterance contest it; a source without a name may be the one that has one.
        let named = |p: &Passage| {
            let witness = self.story.iter().find(|w| w.article.id == p.article);
            let mut quotations = witness.into_iter().flat_map(|w| &w.findings.quotations);
            quotations.any(|q| q.content.overlaps(p.span) && is_named(&q.holder))
        };
        let contested = is_named(&quotation.holder) && versions(Relation::OtherSpeaker).any(|v| named(&v.span));
        let altered = versions(Relation::Altered).map(|v| v.span.clone()).collect();
        let fullest = self.story.iter().find(|w| w.article.id == quotation.fullest.article);
        let words = fullest.map_or("", |w| quotation.fullest.span.of(&w.article.text));
        let claim = format!("{} said: \"{words}\"", quotation.holder.name);
        Draft { sourced, contested, altered, quoted: true, ..Draft::new(claim, spans, reach) }
    }

    /// Whose word a passage is in the end: one that holds the cue of somebody's words ("the minister announced on television") tells what
    /// he said, though it is told in the article's own voice.
    fn speaker<'h>(&self, passage: &Passage, holder: &'h Holder) -> &'h Holder
    where
        Self: 'h,
    {
        let own = (!is_somebody(holder)).then_some(passage);
        let witness = own.and_then(|p| self.story.iter().find(|w| w.article.id == p.article));
        let quotations = witness.into_iter().flat_map(|w| &w.findings.quotations);
        let mut said =
            quotations.filter(|q| q.cue.is_some_and(|cue| passage.span.contains(cue)) && is_somebody(&q.holder));
        said.next().map_or(holder, |q| &q.holder)
    }

    /// What is told, in words; where those are too few, the longest telling. Two words are no claim.
    fn wording(&self, told: &Told) -> Option<String> {
        const TELLING: usize = 3;
        let printed = |p: &Passage| {
            let witness = self.story.iter().find(|w| w.article.id == p.article);
            witness.map_or("", |w| p.span.of(&w.article.text)).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let longest = told.tellings.iter().map(|(p, _)| printed(p)).max_by_key(|words| (words.len(), words.clone()));
        [Some(told.what.clone()), longest].into_iter().flatten().find(|words| telling(words).len() >= TELLING)
    }

    /// What alignment found to be told in several places.
    fn told(&mut self, told: &Told) -> Option<Draft> {
        let what = self.wording(told)?;
        let tellings: Vec<_> =
            told.tellings.iter().map(|(p, h)| (p.article.clone(), Some(self.speaker(p, h).clone()))).collect();
        let (reach, sourced) = self.reach(&tellings);
        let spans = told.tellings.iter().map(|(passage, _)| passage.clone()).collect();
        let against = told.against.clone();
        Some(Draft { sourced, matter: true, contested: !against.is_empty(), against, ..Draft::new(what, spans, reach) })
    }
}

/// Whether a holder is a voice of its own, and not the article's.
pub(crate) fn is_somebody(holder: &Holder) -> bool {
    !matches!(holder.kind, HolderKind::Outlet | HolderKind::Unknown)
}

/// Whether a holder has a name: "officials" and "a spokeswoman" have none, nor has "the complaint", which is no person.
pub(crate) fn is_named(holder: &Holder) -> bool {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let words = || holder.name.split_whitespace();
    let name = words().count() > 1 && words().all(capital) && !matches!(words().next(), Some("A" | "An" | "The"));
    holder.entity.is_some() || holder.kind == HolderKind::Entity || name
}

/// One voice under one key, in all articles.
pub(crate) fn voice_key(holder: &Holder) -> String {
    holder.entity.as_ref().map_or_else(|| slug(&holder.name), |e| e.0.replace(':', "-"))
}
