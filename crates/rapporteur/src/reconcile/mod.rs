//! From the findings of many articles to what they together establish: stories, and for each an account.
//!
//! Pure and independent of the order of its input. Every value of an account rests on at least one [`Passage`]; what the articles
//! do not say is listed as silence, and what they say differently stays side by side as a conflict. Corroboration counts origins,
//! never outlets.

pub(crate) mod alias;
mod align;
mod collate;
mod compare;
mod conflict;
pub(crate) mod credit;
mod date;
mod dependence;
mod forecast;
pub(crate) mod frame;
mod judge;
mod opening;
pub(crate) mod origin;
mod outlook;
mod people;
mod primary;
mod prose;
mod reuse;
pub(crate) mod roster;
pub(crate) mod silence;
pub(crate) mod stage;
pub(crate) mod subsequence;

pub(crate) use collate::is_theirs;
pub(crate) use date::NO_END;
pub use date::{DateAccount, DateReason, Days};
pub use dependence::{Dependence, Evidence, EvidenceKind, Level};
pub use forecast::{HorizonAccount, PredictionAccount, PredictionState};
pub use judge::{Card, Claim, Objection, Reach, Without};
pub use origin::Origin;
pub use outlook::{AssessmentAccount, ConditionAccount, DomainAccount};
pub(crate) use prose::groups as prose_groups;
pub use reuse::{Reuse, ReuseKind};
pub use roster::{CandidateAccount, MemberAccount, NamedBy, OwnVoice, RoleAccount};
pub use silence::{Silence, Unsaid};
pub use stage::{StageAccount, StageWording};

use std::collections::{BTreeMap, BTreeSet};

use language::Span;
use serde::Serialize;

use crate::cluster::{self, Profile};
use crate::extract::{EntityId, EntityKind, Findings, Form, Holder};
use crate::ingest::{Article, Block, BlockKind, Note, Outlet, Published};
use crate::provenance::{ArticleId, Passage};
use crate::second_reader::SecondReading;

/// What was given and what it establishes: the content of `rapporteur brief`.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs)]
pub struct Brief {
    /// One row an input, by identifier, then path; inputs with the same text share the identifier.
    pub articles: Vec<ArticleRow>,
    /// Largest first, then by identifier.
    pub stories: Vec<Account>,
    /// The stories of one agreement, linked.
    pub sagas: Vec<Saga>,
    /// What the identifiers of the stories mean, by identifier.
    pub entities: Vec<Named>,
    /// What a second reader proposes, where one was asked; [`reconcile`] asks none, and no account rests on it.
    pub second_reader: Option<SecondReading>,
}

/// One input of a brief.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ArticleRow {
    pub id: ArticleId,
    pub path: String,
    pub outlet: Option<Outlet>,
    pub headline: Option<Span>,
    pub published: Option<Published>,
    pub language: Option<String>,
    /// Runs of letters and digits.
    pub words: usize,
    pub title: Option<String>,
    /// What could not be understood; spans are of this article.
    pub notes: Vec<Note>,
    /// The text that every passage of this article is bytes of; not printed.
    #[serde(skip)]
    pub text: String,
    /// Stretches of the text that keep their sense when shown alone, in text order; not printed.
    #[serde(skip)]
    pub clauses: Vec<Span>,
    /// The first sentence of the body that tells something.
    #[serde(skip)]
    pub(crate) opening: Option<Span>,
}

/// Stories that tell of one agreement, months apart or side by side.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Saga {
    pub agreement: EntityId,
    /// Identifiers, in the order of [`Brief::stories`].
    pub stories: Vec<String>,
}

/// An identifier and its usual name.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Named {
    pub id: EntityId,
    pub kind: EntityKind,
    pub name: String,
}

/// What the articles of one story together establish.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs)]
pub struct Account {
    /// `story:` and eight digits that depend on the articles alone.
    pub id: String,
    pub title: String,
    pub articles: Vec<ArticleId>,
    pub agreement: Option<AgreementName>,
    /// The state that the story is about.
    pub participant: Option<EntityId>,
    pub date: DateAccount,
    pub stages: Vec<StageAccount>,
    pub members: Vec<MemberAccount>,
    pub candidates: Vec<CandidateAccount>,
    pub conditions: Vec<ConditionAccount>,
    /// Fields of cooperation, those that most articles name first.
    pub domains: Vec<DomainAccount>,
    pub assessments: Vec<AssessmentAccount>,
    pub quotations: Vec<QuotationAccount>,
    pub claims: Vec<Claim>,
    pub conflicts: Vec<Conflict>,
    pub origins: Vec<Origin>,
    pub dependence: Vec<Dependence>,
    /// Words that two articles share, passage by passage.
    pub reuse: Vec<Reuse>,
    /// What is foretold, and by whom.
    pub predictions: Vec<PredictionAccount>,
    pub silence: Vec<Silence>,
    pub roles: Vec<RoleAccount>,
}

/// The agreement that a story is about.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct AgreementName {
    pub entity: EntityId,
    pub name: String,
    /// Kind of instrument; `unspecified` where nothing says it.
    pub instrument: String,
}

/// All versions of one utterance.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct QuotationAccount {
    pub holder: Holder,
    pub fullest: Passage,
    /// Of the fullest version. `indirect`: no article has it in marks; the words are those of the articles, not of the speaker.
    pub form: Form,
    /// The fullest version included.
    pub variants: Vec<Variant>,
    pub standing: String,
}

/// One version of an utterance beside its fullest.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Variant {
    pub span: Passage,
    /// Whom its own article gives it to.
    pub holder: Holder,
    pub relation: Relation,
    /// What differs, in words, where it is more than typography.
    pub difference: Option<String>,
}

/// How a version stands to the fullest one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Relation {
    Identical,
    Typography,
    Truncated,
    Fragment,
    Elided,
    Spliced,
    Altered,
    Paraphrase,
    OtherSpeaker,
    OnlyHere,
}

/// Positions that do not say the same.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Conflict {
    pub kind: ConflictKind,
    pub verdict: Verdict,
    /// An entity, or what it is about in words.
    pub about: String,
    pub positions: Vec<Position>,
    pub reason: String,
}

/// One side of a conflict.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Position {
    pub value: String,
    pub articles: Vec<ArticleId>,
    pub spans: Vec<Passage>,
}

/// What positions differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ConflictKind {
    Stage,
    Negation,
    Antonym,
    Number,
    Date,
    Set,
    Role,
    Region,
    Attribution,
    Quotation,
    Structure,
    Framing,
}

/// What becomes of positions laid side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Verdict {
    Contradiction,
    Tension,
    Framing,
    Refines,
    Compatible,
    Agree,
    Incomparable,
}

/// One article with its findings inside a story: what the rooms of this module look at.
#[derive(Clone, Copy)]
pub(crate) struct Witness<'a> {
    pub(crate) article: &'a Article,
    pub(crate) findings: &'a Findings,
}

impl Witness<'_> {
    fn id(&self) -> ArticleId {
        self.article.id.clone()
    }

    fn passage(&self, span: Span) -> Passage {
        Passage { article: self.article.id.clone(), span }
    }

    /// The sentences of the paragraphs, in order; headlines are none.
    fn body(&self) -> Vec<Span> {
        let prose = |b: &&Block| matches!(b.kind, BlockKind::Paragraph | BlockKind::List);
        let blocks: Vec<Span> = self.article.blocks.iter().filter(prose).map(|b| b.span).collect();
        let inside = |s: &Span| {
            let after = blocks.partition_point(|b| b.start <= s.start);
            after.checked_sub(1).is_some_and(|i| blocks[i].end >= s.end)
        };
        self.findings.sentences.iter().map(|s| s.span).filter(inside).collect()
    }

    /// The sentences of the body that tell something: of seven words at least, closed like a sentence where the article closes any. A line of a table, a picture's caption, a date and a place tell nothing.
    fn telling(&self) -> Vec<Span> {
        const WORDS: usize = 7;
        let text = &self.article.text;
        let long = |s: &Span| s.of(text).split_whitespace().nth(WORDS - 1).is_some();
        let closed = |s: &Span| {
            let bare = s
                .of(text)
                .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']'));
            bare.ends_with(['.', '!', '?', '…', ':', ';'])
        };
        let (sentences, lines): (Vec<Span>, Vec<Span>) = self.body().into_iter().filter(long).partition(closed);
        if sentences.is_empty() { lines } else { sentences }
    }
}

/// Sorts articles into stories and gives an account of each. The order of `articles` does not matter; articles with the same text
/// count once and keep a row each.
pub fn reconcile(articles: &[(Article, Findings)]) -> Brief {
    let mut sorted: Vec<Witness<'_>> =
        articles.iter().map(|(article, findings)| Witness { article, findings }).collect();
    sorted.sort_by(|a, b| (&a.article.id, &a.article.path).cmp(&(&b.article.id, &b.article.path)));
    sorted.dedup_by(|b, a| a.article.id == b.article.id && a.article.path == b.article.path);
    let rows = sorted.iter().map(row).collect();
    let mut distinct = sorted;
    distinct.dedup_by(|b, a| a.article.id == b.article.id);
    let profiles: Vec<Profile> =
        distinct.iter().map(|w| Profile::of(w.article, w.findings, date::opening_day(w))).collect();
    let of_story = |members: &Vec<usize>| account(&members.iter().map(|&i| distinct[i]).collect::<Vec<_>>());
    let mut stories: Vec<Account> = cluster::stories(&profiles).iter().map(of_story).collect();
    stories.sort_by(|a, b| (b.articles.len(), &a.id).cmp(&(a.articles.len(), &b.id)));
    Brief {
        articles: rows,
        sagas: sagas(&stories, &distinct),
        stories,
        entities: named(&distinct),
        second_reader: None,
    }
}

/// The account of articles taken as one story, whatever they are about: for the comparison of two claims. Articles with the same text
/// count once.
pub fn as_one_story(articles: &[(Article, Findings)]) -> Account {
    let mut sorted: Vec<Witness<'_>> =
        articles.iter().map(|(article, findings)| Witness { article, findings }).collect();
    sorted.sort_by(|a, b| a.article.id.cmp(&b.article.id));
    sorted.dedup_by(|b, a| a.article.id == b.article.id);
    account(&sorted)
}

/// The stories of one agreement, where there are several; by agreement. A story that names it in passing is none of it.
fn sagas(stories: &[Account], articles: &[Witness<'_>]) -> Vec<Saga> {
    /// Mentions in one article that are more than passing, and how far down its head reaches, in bytes.
    const DWELLS: usize = 4;
    const HEAD: usize = 600;
    let dwells = |w: &Witness<'_>, agreement: &EntityId| {
        let named = w.findings.entities.iter().find(|e| e.id == *agreement);
        named.is_some_and(|e| e.mentions.len() >= DWELLS || e.mentions.iter().any(|m| m.start < HEAD))
    };
    let told = |story: &Account, agreement: &EntityId| {
        let of_story = |w: &&Witness<'_>| story.articles.contains(&w.article.id);
        // One article that tells a step in passing is about something else.
        story.stages.iter().any(|s| s.agreement == *agreement && s.articles.len() > 1)
            || articles.iter().filter(of_story).any(|w| dwells(w, agreement))
    };
    let mut by_agreement: BTreeMap<&EntityId, Vec<String>> = BTreeMap::new();
    for story in stories {
        if let Some(agreement) = story.agreement.as_ref().filter(|a| told(story, &a.entity)) {
            by_agreement.entry(&agreement.entity).or_default().push(story.id.clone());
        }
    }
    let several = by_agreement.into_iter().filter(|(_, stories)| stories.len() > 1);
    several.map(|(agreement, stories)| Saga { agreement: agreement.clone(), stories }).collect()
}

/// A name that depends on the articles of the story alone.
fn identifier(story: &[Witness<'_>]) -> String {
    let ids: Vec<&str> = story.iter().map(|w| w.article.id.0.as_str()).collect();
    format!("story:{}", &blake3::hash(ids.join(" ").as_bytes()).to_hex()[..8])
}

/// What the articles of one story establish.
fn account(story: &[Witness<'_>]) -> Account {
    let (people, united);
    people = people::unite(story);
    let story = with(story, people.as_deref());
    united = alias::unite(&story);
    let story = with(&story, united.as_deref());
    let story = story.as_slice();
    let mut frame = frame::of(story);
    let prose: Vec<_> = story.iter().map(prose::words).collect();
    let opening = opening::of(story, &prose);
    if frame.participant.is_none() {
        frame.event = opening.iter().flat_map(|o| &o.tellings).map(|(passage, _)| passage.clone()).collect();
    }
    let reuse = reuse::find(story, &prose);
    let stages = stage::reconcile(story);
    let members = roster::members(story, &frame, &stages);
    let candidates = roster::candidates(story, &frame);
    let quotations = collate::collate(story);
    let date = date::of(story, &frame);
    let roles = roster::roles(story, &frame, &date);
    // What alignment finds told in several places.
    let clauses = align::clauses(story);
    let groups = align::groups(&clauses, align::Dates::MustOverlap);
    let told = align::told(&clauses, &groups);
    let assessments = outlook::assessments(story);
    let predictions = forecast::predictions(story, &frame);
    let mut origins = origin::Origins::of(story, &quotations);
    let credits = credit::of(story);
    let dependence = dependence::find(story, &credits, &prose, &reuse, &quotations, &roles, &mut origins);
    let sources = origin::Sources {
        story,
        frame: &frame,
        stages: &stages,
        members: &members,
        candidates: &candidates,
        quotations: &quotations,
        told: &told,
        opening: opening.as_ref(),
        roles: &roles,
        assessments: &assessments,
        predictions: &predictions,
        date: &date,
        dependence: &dependence,
        credits: &credits,
    };
    let mut drafts = origin::trace(&sources, &mut origins);
    let established = conflict::Established {
        stages: &stages,
        members: &members,
        candidates: &candidates,
        roles: &roles,
        quotations: &quotations,
    };
    let conflicts = conflict::compare(story, (&clauses, &groups), &frame, established);
    drafts.extend(origin::misplaced(&conflicts, &mut origins));
    let claims = judge::judge(drafts, &origins, &dependence, &conflicts);
    Account {
        id: identifier(story),
        title: frame.title(story, &stages),
        articles: story.iter().map(Witness::id).collect(),
        agreement: frame.agreement_name(),
        participant: frame.participant.clone(),
        date,
        silence: silence::of(story, &frame, &stages),
        stages,
        members,
        candidates,
        conditions: outlook::conditions(story),
        domains: outlook::domains(story),
        assessments,
        predictions,
        quotations,
        claims,
        conflicts,
        origins: origins.list(),
        dependence,
        reuse,
        roles,
    }
}

/// The articles of a story with other findings, where there are others.
fn with<'a>(story: &[Witness<'a>], findings: Option<&'a [Findings]>) -> Vec<Witness<'a>> {
    let Some(findings) = findings else { return story.to_vec() };
    story.iter().zip(findings).map(|(w, findings)| Witness { article: w.article, findings }).collect()
}

fn row(witness: &Witness<'_>) -> ArticleRow {
    let article = witness.article;
    ArticleRow {
        id: article.id.clone(),
        path: article.path.clone(),
        outlet: article.outlet.clone(),
        headline: article.headline,
        published: article.published.clone(),
        language: article.language.clone(),
        words: article.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count(),
        title: article.title.clone(),
        notes: article.notes.iter().chain(&witness.findings.notes).cloned().collect(),
        text: article.text.clone(),
        clauses: witness.findings.clauses.clone(),
        opening: witness.telling().first().copied(),
    }
}

/// The names of all entities; where articles name one differently, the name that comes first by alphabet among the longest.
fn named(articles: &[Witness<'_>]) -> Vec<Named> {
    let mut names: BTreeMap<&EntityId, (&str, EntityKind)> = BTreeMap::new();
    for entity in articles.iter().flat_map(|w| &w.findings.entities) {
        let known = names.entry(&entity.id).or_insert((&entity.name, entity.kind));
        let better = (known.0.chars().count(), entity.name.as_str()) < (entity.name.chars().count(), known.0);
        if better {
            *known = (&entity.name, entity.kind);
        }
    }
    names.into_iter().map(|(id, (name, kind))| Named { id: id.clone(), kind, name: name.to_owned() }).collect()
}

/// `repeated(k)` or `single_source`: articles never add up to more than their origins.
pub(crate) fn standing(articles: &[ArticleId]) -> String {
    let distinct: BTreeSet<&ArticleId> = articles.iter().collect();
    if distinct.len() > 1 { format!("repeated({})", distinct.len()) } else { "single_source".to_owned() }
}

/// Passages in order, each once, and the articles they lie in.
pub(crate) fn gathered(mut spans: Vec<Passage>) -> (Vec<ArticleId>, Vec<Passage>) {
    spans.sort();
    spans.dedup();
    let mut articles: Vec<ArticleId> = spans.iter().map(|s| s.article.clone()).collect();
    articles.dedup();
    (articles, spans)
}

/// A holder by which the same voice is known in several articles; its span belongs to one article and is left out.
pub(crate) fn voice(holder: &Holder) -> Holder {
    Holder { span: None, ..holder.clone() }
}
