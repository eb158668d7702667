//! Whose word it is in the end: every claim followed to the first utterances that the articles name.
//!
//! Holder and medium lead to the origin. Where somebody is named, an article that tells the same in its own voice repeats him, and so
//! does an unnamed source, who cannot be told from him. Where nobody is named, the outlet or agency that an article credits for these
//! words is. An article's own voice is no origin that is known: what is told in own voices alone has one unnamed origin, however many.

use std::collections::{BTreeMap, BTreeSet};

use language::Span;
use serde::Serialize;

use super::collate::is_theirs;
use super::credit::{Credited, Scope};
use super::frame::{Frame, known, with_article};
use super::judge::{Draft, Reach, Standing};
use super::primary::{self, Author};
use super::prose::telling;
use super::roster::{is_own_voice, slug};
use super::{
    AssessmentAccount, CandidateAccount, Conflict, ConflictKind, DateAccount, Dependence, EvidenceKind, Level,
    MemberAccount, PredictionAccount, QuotationAccount, Relation, RoleAccount, StageAccount, Variant, Witness,
    gathered,
};
use crate::extract::{EntityId, EntityKind, Form, Holder, HolderKind, MemberStatus, Polarity, RoleCheck};
use crate::knowledge::{Day, knowledge};
use crate::provenance::{ArticleId, Passage};

/// The first utterance or document that claims can be traced to.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Origin {
    /// `origin:` and a slug of the holder.
    pub id: String,
    /// A medium (`post`, `statement`, `interview`, `speech`), `utterance` where none is given, `unnamed` (a source without a name),
    /// `outlet` (credited), `release` (the text of a body that it tells of), `own_voice` (what articles tell without a source: one, however many tell it), `unattributed` (told as known).
    pub kind: String,
    pub name: String,
    pub articles: Vec<ArticleId>,
    pub spans: Vec<Passage>,
    /// The articles whose words of his were spoken in the medium of `kind`.
    #[serde(skip)]
    pub heard_in: BTreeSet<ArticleId>,
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
    /// The usual names of organisations, by the keys of their voices: what one article shortens another may spell out.
    usual: BTreeMap<String, String>,
}

/// One voice in all articles.
#[derive(Clone, Debug, Default)]
struct Voice {
    /// How often its quotations give a medium, and in which articles.
    media: BTreeMap<String, (usize, BTreeSet<ArticleId>)>,
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
                    let given = voice.media.entry(medium.clone()).or_default();
                    given.0 += 1;
                    given.1.insert(witness.id());
                }
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
        Origins { found: BTreeMap::new(), voices, bodies, usual }
    }

    /// How a holder spoke: the medium that most of its quotations give, if any does.
    pub(crate) fn medium(&self, holder: &Holder) -> Option<&str> {
        // A lawsuit gives no interviews.
        if is_document(&holder.name) {
            return Some("document");
        }
        let media = &self.voices.get(&voice_key(holder))?.media;
        media
            .iter()
            .max_by_key(|(medium, given)| (given.0, std::cmp::Reverse(*medium)))
            .map(|(medium, _)| medium.as_str())
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
            let name = self.usual.get(&key).unwrap_or(&holder.name).clone();
            self.found.insert(id.clone(), (kind, name, spans));
        }
        id
    }

    /// Enters words that credit an outlet; its identifier.
    pub(crate) fn enter_outlet(&mut self, key: &str, name: &str, credit: Passage) -> String {
        let id = format!("origin:{}", self.bodies.get(key).map_or(key, String::as_str));
        self.enter(&id, "outlet", name, [credit]);
        id
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
            let voice = id.strip_prefix("origin:").and_then(|key| voices.get(key));
            let heard_in = voice.and_then(|v| v.media.get(&kind)).map(|given| given.1.clone()).unwrap_or_default();
            Origin { id, kind, name, articles, spans, heard_in }
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
    /// What most articles open with.
    pub(crate) opening: Option<&'a Told>,
    pub(crate) roles: &'a [RoleAccount],
    pub(crate) assessments: &'a [AssessmentAccount],
    pub(crate) predictions: &'a [PredictionAccount],
    pub(crate) date: &'a DateAccount,
    pub(crate) dependence: &'a [Dependence],
    /// Of each article of the story.
    pub(crate) credits: &'a [Vec<Credited>],
}

/// The claims of a story, the main one first, each with its origins; not yet judged.
pub(crate) fn trace(sources: &Sources<'_>, origins: &mut Origins) -> Vec<Draft> {
    let frame = sources.frame;
    let leaning = leaning(sources.story, sources.dependence);
    let authors: Vec<Option<Author>> = sources.story.iter().map(primary::author).collect();
    let mut tracer = Tracer { story: sources.story, credits: sources.credits, authors: &authors, leaning, origins };
    let main = |s: &&StageAccount| {
        frame.participant.as_ref() == Some(&s.participant) && frame.agreement.as_ref() == Some(&s.agreement)
    };
    let others = sources.stages.iter().filter(|s| !main(s));
    let stages = sources.stages.iter().filter(main).chain(others).filter(|s| s.asserted);
    let mut drafts: Vec<Draft> = stages.map(|s| tracer.stage(frame, s)).collect();
    // Where the step of one state is not what the story is about, the event that its articles open with is.
    match sources.stages.iter().find(main).filter(|s| s.asserted) {
        Some(_) => drafts.iter_mut().take(1).for_each(|d| d.main = true),
        None => drafts.splice(0..0, sources.opening.map(|told| tracer.opening(told))).for_each(drop),
    }
    drafts.extend(sources.members.iter().map(|m| tracer.member(frame, m, sources.date)));
    drafts.extend(sources.candidates.iter().filter_map(|c| tracer.candidate(frame, c)));
    // What another is given counts for him only where both are told of the same words.
    let several = |q: &&QuotationAccount| {
        let theirs = q.variants.iter().filter(|v| is_carried(v));
        theirs.map(|v| &v.span.article).collect::<BTreeSet<_>>().len() > 1
            || q.variants.iter().any(|v| v.relation == Relation::OtherSpeaker)
    };
    let (quotations, alone): (Vec<_>, Vec<_>) = sources.quotations.iter().partition(several);
    drafts.extend(quotations.into_iter().map(|q| tracer.quotation(q)));
    // What one article alone quotes is a claim where the article is the speaker's own text.
    drafts.extend(alone.into_iter().map(|q| tracer.quotation(q)).filter(|d| d.standing == Standing::Primary));
    drafts.extend(sources.told.iter().filter_map(|t| tracer.told(t)));
    for foretold in sources.predictions.iter().filter(|p| p.articles.len() > 1) {
        // What somebody is quoted with is told already.
        let told = |p: &Passage| foretold.spans.iter().any(|s| p.article == s.article && p.span.overlaps(s.span));
        if !drafts.iter().any(|d| d.spans.iter().any(told)) {
            drafts.push(tracer.voiced(&foretold.spans, &foretold.holder));
        }
    }
    for judged in sources.assessments.iter().filter(|a| a.articles.len() > 1) {
        let because = Some("an opinion: it judges, and tells no fact".to_owned());
        drafts.push(Draft { standing: Standing::Assessment, because, ..tracer.voiced(&judged.spans, &judged.holder) });
    }
    drafts.extend(sources.roles.iter().filter_map(|r| tracer.office(frame, r)));
    drafts
}

struct Tracer<'a> {
    story: &'a [Witness<'a>],
    credits: &'a [Vec<Credited>],
    /// Whose own text each article is.
    authors: &'a [Option<Author>],
    leaning: BTreeSet<&'a ArticleId>,
    origins: &'a mut Origins,
}

/// The articles that share so many words with another of the story that they add nothing to it: of each group all but one.
fn leaning<'a>(story: &'a [Witness<'a>], dependence: &[Dependence]) -> BTreeSet<&'a ArticleId> {
    let words = |e: &&Dependence| e.evidence.iter().any(|e| e.kind != EvidenceKind::Credit && e.weight > 0.0);
    let leans = |e: &&Dependence| matches!(e.level, Level::Copied | Level::Derived);
    let inside = |e: &&Dependence| e.to.as_ref().is_some_and(|to| story.iter().any(|w| w.article.id.0 == *to));
    let from: BTreeSet<&ArticleId> =
        dependence.iter().filter(leans).filter(words).filter(inside).map(|e| &e.from).collect();
    story.iter().map(|w| &w.article.id).filter(|id| from.contains(id)).collect()
}

/// What is said in own voices alone has this origin.
const UNATTRIBUTED: &str = "origin:unattributed";

impl Tracer<'_> {
    /// The outlets that are credited with these words: by a credit in their sentence, else by the signature of their article; and
    /// whether it is a signature.
    fn credited(&mut self, passage: &Passage) -> Option<(String, bool)> {
        let at = self.story.iter().position(|w| w.article.id == passage.article)?;
        if let Some(author) = &self.authors[at] {
            return Some((self.release(author), false));
        }
        let over = |c: &&Credited| c.scope != Scope::Spoken && c.reach.overlaps(passage.span);
        let credits = || self.credits[at].iter().filter(over);
        let credit = credits().find(|c| c.scope == Scope::Sentence).or_else(|| credits().next())?.clone();
        let words = Passage { article: passage.article.clone(), span: credit.span };
        Some((self.origins.enter_outlet(&credit.key, &credit.name, words), credit.scope == Scope::Signed))
    }

    /// The body whose own text an article is, as an origin; its identifier.
    fn release(&mut self, author: &Author) -> String {
        let id = format!("origin:{}", author.body.0.replace(':', "-"));
        self.origins.enter(&id, "release", &author.name, author.evidence.iter().cloned());
        id
    }

    /// The article of a passage with whose own text it is, where it is somebody's.
    fn authored(&self, passage: &Passage) -> Option<(&Witness<'_>, &Author)> {
        let at = self.story.iter().position(|w| w.article.id == passage.article)?;
        Some((&self.story[at], self.authors[at].as_ref()?))
    }

    /// Primary where a telling is the word of its own article's author on what that author does.
    fn first_hand(&self, tellings: &[(Passage, Option<Holder>)]) -> (Standing, Option<String>) {
        let own = tellings.iter().find_map(|(passage, holder)| {
            let (witness, author) = self.authored(passage)?;
            let voice = match holder.as_ref().filter(|h| is_somebody(h)) {
                Some(holder) => primary::speaks(author, witness, holder),
                None => primary::tells_of_itself(author, witness, passage.span),
            };
            voice.then(|| format!("in the own text of {}, whose act or word it is", author.name))
        });
        (if own.is_some() { Standing::Primary } else { Standing::Counted }, own)
    }

    /// The origins of what these voices say, those that most articles lead to first, and whether anybody is named.
    fn reach(&mut self, tellings: &[(Passage, Option<Holder>)]) -> (Vec<Reach>, bool) {
        let mut named: BTreeMap<String, BTreeSet<ArticleId>> = BTreeMap::new();
        let mut unnamed: BTreeMap<String, BTreeSet<ArticleId>> = BTreeMap::new();
        let mut telling: BTreeSet<ArticleId> = BTreeSet::new();
        for (passage, holder) in tellings {
            telling.insert(passage.article.clone());
            let Some(holder) = holder.as_ref().filter(|h| is_somebody(h)) else { continue };
            let id = self.origins.enter_voice(holder);
            let voices = if is_named(holder) { &mut named } else { &mut unnamed };
            voices.entry(id).or_default().insert(passage.article.clone());
        }
        let sourced = !named.is_empty() || !unnamed.is_empty();
        let mut voices = named;
        if voices.is_empty() {
            // Sources without a name cannot be told apart: together they are one.
            let most = unnamed.iter().max_by_key(|(id, articles)| (articles.len(), std::cmp::Reverse(*id)));
            voices.extend(most.map(|(id, _)| (id.clone(), unnamed.values().flatten().cloned().collect())));
        }
        carried(&mut voices);
        if voices.is_empty() {
            voices = self.outlets(tellings, &telling);
        }
        let said: BTreeSet<ArticleId> = voices.values().flatten().cloned().collect();
        let mut reach: Vec<Reach> = voices
            .into_iter()
            .map(|(origin, articles)| {
                let leans = |a: &&ArticleId| !sourced && articles.len() > 1 && self.leaning.contains(*a);
                let repeating = articles.iter().filter(leans).cloned().collect();
                Reach { origin, articles: articles.iter().cloned().collect(), repeating }
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

    /// The origins of what is told in own voices: the outlets credited for it. A text that an agency signs is that agency's own voice, and
    /// an origin only where no other article tells the same on its own.
    fn outlets(
        &mut self,
        tellings: &[(Passage, Option<Holder>)],
        telling: &BTreeSet<ArticleId>,
    ) -> BTreeMap<String, BTreeSet<ArticleId>> {
        let mut credited: BTreeMap<String, BTreeSet<ArticleId>> = BTreeMap::new();
        let mut signed: BTreeMap<String, BTreeSet<ArticleId>> = BTreeMap::new();
        for (passage, _) in tellings {
            if let Some((id, signs)) = self.credited(passage) {
                let outlets = if signs { &mut signed } else { &mut credited };
                outlets.entry(id).or_default().insert(passage.article.clone());
            }
        }
        let mut all = credited.clone();
        for (id, articles) in &signed {
            all.entry(id.clone()).or_default().extend(articles.iter().cloned());
        }
        if let Some((id, _)) = all.iter().find(|(_, articles)| *articles == telling) {
            return BTreeMap::from([(id.clone(), telling.clone())]);
        }
        if !credited.is_empty() {
            for (id, articles) in &mut credited {
                articles.extend(signed.get(id).into_iter().flatten().cloned());
            }
            return credited;
        }
        let mut words = Vec::new();
        for witness in self.story.iter().filter(|w| telling.contains(&w.article.id)) {
            let first = witness.article.headline.or_else(|| witness.article.blocks.first().map(|b| b.span));
            words.extend(first.map(|span| witness.passage(span)));
        }
        self.origins.enter(UNATTRIBUTED, "own_voice", "no origin named", words);
        BTreeMap::from([(UNATTRIBUTED.to_owned(), telling.clone())])
    }

    /// The origins among these that speak for one of the states.
    fn parties(
        &self,
        reach: &[Reach],
        tellings: &[(Passage, Option<Holder>)],
        states: &[&EntityId],
    ) -> BTreeSet<String> {
        let mut parties = BTreeSet::new();
        for (passage, holder) in tellings.iter().filter_map(|(p, h)| Some((p, h.as_ref()?))) {
            let Some(witness) = self.story.iter().find(|w| w.article.id == passage.article) else { continue };
            let id = format!("origin:{}", voice_key(holder));
            if reach.iter().any(|r| r.origin == id) && states.iter().any(|s| is_own_voice(holder, s, witness)) {
                parties.insert(id);
            }
        }
        for (passage, _) in tellings {
            let Some((_, author)) = self.authored(passage) else { continue };
            let id = format!("origin:{}", author.body.0.replace(':', "-"));
            if author.state.as_ref().is_some_and(|s| states.contains(&s)) && reach.iter().any(|r| r.origin == id) {
                parties.insert(id);
            }
        }
        parties
    }

    fn stage(&mut self, frame: &Frame, stage: &StageAccount) -> Draft {
        let mut tellings: Vec<(Passage, Option<Holder>)> = Vec::new();
        let mut spans: Vec<Passage> = Vec::new();
        for wording in &stage.articles {
            spans.push(wording.wording.clone());
            let Some(witness) = self.story.iter().find(|w| w.article.id == wording.article) else { continue };
            let ours = |m: &&crate::extract::StageMention| {
                m.participant == stage.participant && m.agreement == stage.agreement && super::stage::is_binding(m)
            };
            let binding: Vec<_> = witness.findings.stages.iter().filter(ours).collect();
            spans.extend(binding.iter().map(|m| witness.passage(m.wording)));
            tellings.push((wording.wording.clone(), None));
            tellings.extend(binding.iter().map(|m| {
                let holder = if is_somebody(&m.holder) { None } else { told_on(witness, m.wording) };
                (witness.passage(m.wording), Some(holder.unwrap_or_else(|| m.holder.clone())))
            }));
        }
        let (reach, sourced) = self.reach(&tellings);
        // A state that is of the agreement speaks as a party on who enters it.
        let members =
            self.authors.iter().flatten().filter_map(|a| a.state.as_ref()).filter(|s| is_member(&stage.agreement, s));
        let states: Vec<&EntityId> = std::iter::once(&stage.participant).chain(members).collect();
        let parties = self.parties(&reach, &tellings, &states);
        let step = super::stage::interval(stage.lo, stage.hi);
        let side = stage.side.map_or(String::new(), |s| format!(", {}", format!("{s:?}").to_lowercase()));
        let agreement = with_article(&frame.name(&stage.agreement));
        let claim = format!("{} and {agreement}: {step}{side}", frame.name(&stage.participant));
        let contested = stage.conflict;
        let own = self.authors.iter().flatten().any(|a| a.state.as_ref() == Some(&stage.participant));
        let (standing, because) = if own { self.first_hand(&tellings) } else { Default::default() };
        Draft { sourced, parties, contested, standing, because, ..Draft::new(claim, spans, reach) }
    }

    fn member(&mut self, frame: &Frame, member: &MemberAccount, date: &DateAccount) -> Draft {
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
        let left = frame.agreement.as_ref().filter(|_| member.status != MemberStatus::Original);
        let because = left.and_then(|agreement| has_left(agreement, &member.participant, date));
        let standing = if because.is_some() { Standing::Stale } else { Standing::Counted };
        Draft { listed, standing, because, ..Draft::new(claim, member.spans.clone(), reach) }
    }

    /// An office that the dated table has as another's or as over.
    fn office(&mut self, frame: &Frame, role: &RoleAccount) -> Option<Draft> {
        let standing = match role.check {
            RoleCheck::Stale => Standing::Stale,
            RoleCheck::Conflict => Standing::Contradicted,
            RoleCheck::Ok | RoleCheck::Unknown => return None,
        };
        let of =
            role.of.as_ref().map_or(String::new(), |of| format!(" of {}", knowledge().in_sentence(&frame.name(of))));
        let claim = format!("{}: {}{of}", frame.name(&role.person), role.role);
        let origin = "origin:common-knowledge".to_owned();
        self.origins.enter(&origin, "unattributed", "told as known, without a source", role.spans.iter().cloned());
        let reach = vec![Reach { origin, articles: role.articles.clone(), repeating: Vec::new() }];
        let because = role.note.as_ref().map(|note| format!("by the dated table of offices: {note}"));
        Some(Draft { standing, because, ..Draft::new(claim, role.spans.clone(), reach) })
    }

    /// Who is named as a candidate in several articles, and by how many voices.
    fn candidate(&mut self, frame: &Frame, candidate: &CandidateAccount) -> Option<Draft> {
        let named_by = candidate.named_by.iter().filter(|n| n.polarity != Polarity::Against);
        let said = named_by.flat_map(|n| n.spans.iter().map(move |s| (s, Some(n.holder.clone()))));
        let (spans, tellings): (Vec<Passage>, Vec<(Passage, Option<Holder>)>) =
            said.map(|(span, holder)| (span.clone(), (span.clone(), holder))).unzip();
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
        let theirs = quotation.variants.iter().filter(|v| is_carried(v));
        let spans: Vec<Passage> = theirs.map(|v| v.span.clone()).collect();
        // An article that gives the words to nobody, or never names him, carries them and names no source.
        let given = |s: &Passage| {
            let witness = self.story.iter().find(|w| w.article.id == s.article);
            witness.is_none_or(|w| gives(w, s.span, &quotation.holder)).then(|| quotation.holder.clone())
        };
        let tellings: Vec<_> = spans.iter().map(|s| (s.clone(), given(s))).collect();
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
        // What no article has in marks is told in the words of an article.
        let claim = match quotation.form {
            Form::Indirect => format!("{}, in substance: {words}", quotation.holder.name),
            _ => format!("{} said: \"{words}\"", quotation.holder.name),
        };
        let (standing, because) = self.first_hand(&tellings);
        Draft { sourced, contested, altered, quoted: true, standing, because, ..Draft::new(claim, spans, reach) }
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

    /// What most articles open with: whose word each opening is, is known.
    fn opening(&mut self, told: &Told) -> Draft {
        let tellings: Vec<_> = told.tellings.iter().map(|(p, h)| (p.clone(), Some(h.clone()))).collect();
        let (reach, sourced) = self.reach(&tellings);
        let spans = told.tellings.iter().map(|(passage, _)| passage.clone()).collect();
        let (standing, because) = self.first_hand(&tellings);
        Draft { sourced, matter: true, main: true, standing, because, ..Draft::new(told.what.clone(), spans, reach) }
    }

    /// What alignment found to be told in several places.
    fn told(&mut self, told: &Told) -> Option<Draft> {
        let what = self.wording(told)?;
        let tellings: Vec<_> =
            told.tellings.iter().map(|(p, h)| (p.clone(), Some(self.speaker(p, h).clone()))).collect();
        let (reach, sourced) = self.reach(&tellings);
        let spans = told.tellings.iter().map(|(passage, _)| passage.clone()).collect();
        let against = told.against.clone();
        let denied = against.iter().find_map(|p| {
            let (witness, author) = self.authored(p)?;
            let otherwise = || format!("the own text of {} says otherwise of itself", author.name);
            primary::tells_of_itself(author, witness, p.span).then(otherwise)
        });
        let (standing, because) = match denied {
            Some(because) => (Standing::Contradicted, Some(because)),
            None if self.is_opinion(&told.tellings) => {
                (Standing::Assessment, Some("an opinion: it judges, and tells no fact".to_owned()))
            }
            None => self.first_hand(&tellings),
        };
        let contested = !against.is_empty();
        Some(Draft { sourced, matter: true, contested, against, standing, because, ..Draft::new(what, spans, reach) })
    }

    /// What one voice is given in several articles, in the shortest of their words.
    fn voiced(&mut self, spans: &[Passage], holder: &Holder) -> Draft {
        let tellings: Vec<_> = spans.iter().map(|s| (s.clone(), Some(holder.clone()))).collect();
        let (reach, sourced) = self.reach(&tellings);
        let words = |p: &Passage| {
            let witness = self.story.iter().find(|w| w.article.id == p.article);
            witness.map_or("", |w| p.span.of(&w.article.text)).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let shortest = spans.iter().map(words).min_by_key(|w| (w.len(), w.clone())).unwrap_or_default();
        let claim = if is_somebody(holder) { format!("{}: {shortest}", holder.name) } else { shortest };
        Draft { sourced, matter: true, ..Draft::new(claim, spans.to_vec(), reach) }
    }

    /// Whether each telling stands in a sentence that judges.
    fn is_opinion(&self, tellings: &[(Passage, Holder)]) -> bool {
        tellings.iter().all(|(passage, _)| {
            let witness = self.story.iter().find(|w| w.article.id == passage.article);
            let mut sentences = witness.into_iter().flat_map(|w| &w.findings.sentences);
            let sentence = sentences.find(|s| s.span.overlaps(passage.span));
            sentence.is_some_and(|s| s.label.split('+').any(|l| l == "opinion"))
        })
    }
}

/// What articles say of a state's place in the world and the table of regions denies.
pub(crate) fn misplaced(conflicts: &[Conflict], origins: &mut Origins) -> Vec<Draft> {
    let regions = conflicts.iter().filter(|c| c.kind == ConflictKind::Region);
    let wrong = regions.flat_map(|c| c.positions.iter().map(move |p| (c, p)));
    let wrong = wrong.filter(|(c, p)| c.reason.rsplit_once("not in ").is_some_and(|(_, w)| w.contains(&p.value)));
    let mut drafts = Vec::new();
    for (conflict, position) in wrong {
        let origin = "origin:common-knowledge".to_owned();
        origins.enter(&origin, "unattributed", "told as known, without a source", position.spans.iter().cloned());
        let reach = vec![Reach { origin, articles: position.articles.clone(), repeating: Vec::new() }];
        let name = conflict.reason.split(" is in ").next().unwrap_or(&conflict.about);
        let claim = format!("{name}: in {}", position.value);
        let because = Some(conflict.reason.clone());
        let standing = Standing::Contradicted;
        drafts.push(Draft { standing, because, ..Draft::new(claim, position.spans.clone(), reach) });
    }
    drafts
}

/// Whether the dated table has a state among those of an agreement.
fn is_member(agreement: &EntityId, state: &EntityId) -> bool {
    let iso3 = state.0.rsplit(':').next().unwrap_or("");
    known(agreement).is_some_and(|a| knowledge().memberships_of(a.id, iso3).any(|m| m.to.is_none()))
}

/// Why a state is no longer of an agreement, where by the dated table its last time there ended before each day that the story leaves
/// possible.
fn has_left(agreement: &EntityId, state: &EntityId, date: &DateAccount) -> Option<String> {
    let first = date.possible.iter().filter_map(|d| Day::first(&d.from)).min()?;
    let iso3 = state.0.rsplit(':').next().unwrap_or("");
    let of: Vec<_> = knowledge().memberships_of(known(agreement)?.id, iso3).collect();
    let inside = of.iter().filter(|m| matches!(m.status, "original" | "member" | "counterpart"));
    let ends: Option<Vec<Day>> = inside.map(|m| m.to).collect();
    let last = ends?.into_iter().max()?;
    (last < first).then(|| format!("by the dated table of memberships it left on {last}"))
}

/// An agency or paper that reports what somebody said carries his word: beside a voice of another kind it is no origin of its own.
fn carried(voices: &mut BTreeMap<String, BTreeSet<ArticleId>>) {
    let carries = |id: &String| {
        let body = id.strip_prefix("origin:org-");
        body.is_some_and(|body| knowledge().outlets.iter().any(|o| o.id == body))
    };
    let most = voices.iter().filter(|(id, _)| !carries(id));
    let most = most.max_by_key(|(id, articles)| (articles.len(), std::cmp::Reverse(*id))).map(|(id, _)| id.clone());
    let Some(speaker) = most else { return };
    let media: Vec<String> = voices.keys().filter(|id| carries(id)).cloned().collect();
    for medium in media {
        let articles = voices.remove(&medium).unwrap_or_default();
        voices.entry(speaker.clone()).or_default().extend(articles);
    }
}

/// Whether the name of a holder is that of a paper: "the lawsuit", "a Norse court filing".
fn is_document(name: &str) -> bool {
    const PAPERS: [&str; 10] = [
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
    ];
    let last = name.rsplit(' ').next().unwrap_or("").to_lowercase();
    PAPERS.contains(&last.as_str())
}

/// Whose word the next sentence of the same paragraph is, where it tells on of the same thing: "Norway and Peru agreed to a truce. It is to
/// begin at noon, the mediator told reporters." `None` where that sentence begins anew or has no speaker with a name.
fn told_on(witness: &Witness<'_>, wording: Span) -> Option<Holder> {
    let findings = witness.findings;
    let at = findings.sentences.partition_point(|s| s.span.end <= wording.start);
    let (own, next) = (findings.sentences.get(at)?.span, findings.sentences.get(at + 1)?.span);
    let paragraph = witness.article.blocks.iter().any(|b| b.span.contains(own) && b.span.contains(next));
    let resumes = next.of(&witness.article.text).trim_start().starts_with("It ");
    let mut said = findings.quotations.iter().filter(|q| q.form == Form::Indirect && next.contains(q.content));
    let said = said.find(|q| is_named(&q.holder) && q.content.start < next.start + 2)?;
    (paragraph && resumes).then(|| said.holder.clone())
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
    let words = || holder.name.split_whitespace();
    // "Estonia, Latvia and Lithuania" are names too.
    let named = |word: &str| capital(word) || word == "and";
    let name = words().count() > 1 && words().all(named) && !matches!(words().next(), Some("A" | "An" | "The"));
    holder.entity.is_some() || holder.kind == HolderKind::Entity || name
}

/// One voice under one key, in all articles.
pub(crate) fn voice_key(holder: &Holder) -> String {
    holder.entity.as_ref().map_or_else(|| slug(&holder.name), |e| e.0.replace(':', "-"))
}

/// Whether a version counts for the speaker of the utterance: his own words, or what a body under another name gives as its own (the union
/// for its commission); not what is another person's.
fn is_carried(variant: &Variant) -> bool {
    let body = variant.holder.entity.as_ref().is_some_and(|e| e.0.starts_with("org:") || e.0.starts_with("iso3:"));
    is_theirs(variant.relation, variant.difference.as_deref()) || variant.relation == Relation::OtherSpeaker && body
}

#[cfg(test)]
mod tests;
