//! Whose word it is in the end: the origins of a story's main claims, and the articles that lean on others.
//!
//! A first pass. Each article's claim is followed to the holder it names and, where a quotation of that holder gives it, to the medium
//! (post, statement, interview). An article that tells a claim in its own voice has no origin of its own where another article says
//! where the news comes from: it is then counted as repeating it. Copies never add up.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::frame::{Frame, with_article};
use super::roster::slug;
use super::{
    CandidateAccount, Card, Claim, Dependence, Evidence, EvidenceKind, Level, MemberAccount, QuotationAccount,
    Relation, StageAccount, Witness, gathered,
};
use crate::extract::{Holder, HolderKind, Polarity};
use crate::provenance::{ArticleId, Passage};

/// The first utterance or document that claims can be traced to.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Origin {
    /// `origin:` and a slug of holder and medium.
    pub id: String,
    /// `post`, `statement`, `interview`, `speech`, `utterance`, `outlet` (credited), `unattributed`.
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

/// Claims with their origins, and who leans on whom.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traced {
    pub(crate) claims: Vec<Claim>,
    pub(crate) origins: Vec<Origin>,
    pub(crate) dependence: Vec<Dependence>,
}

/// Origins by identifier while they are being gathered.
type Origins = BTreeMap<String, (String, String, Vec<Passage>)>;

/// Traces the stage claims, the members and the shared quotations of a story.
pub(crate) fn trace(
    story: &[Witness<'_>],
    frame: &Frame,
    stages: &[StageAccount],
    members: &[MemberAccount],
    candidates: &[CandidateAccount],
    quotations: &[QuotationAccount],
    told: &[Told],
) -> Traced {
    let mut origins = Origins::new();
    let mut claims: Vec<Claim> = Vec::new();
    let main = |s: &&StageAccount| {
        frame.participant.as_ref() == Some(&s.participant) && frame.agreement.as_ref() == Some(&s.agreement)
    };
    let others = stages.iter().filter(|s| !main(s));
    for stage in stages.iter().filter(main).chain(others).filter(|s| s.asserted) {
        claims.push(stage_claim(story, frame, stage, &mut origins));
    }
    for member in members {
        claims.push(member_claim(frame, member, &mut origins));
    }
    claims.extend(candidates.iter().filter_map(|c| candidate_claim(story, frame, c, &mut origins)));
    for quotation in quotations {
        let articles: BTreeSet<&ArticleId> = quotation.variants.iter().map(|v| &v.span.article).collect();
        if articles.len() > 1 {
            claims.push(quotation_claim(story, quotation, &mut origins));
        }
    }
    claims.extend(told.iter().map(|t| told_claim(story, t, &mut origins)));
    for (i, claim) in claims.iter_mut().enumerate() {
        claim.id = format!("claim:{}", i + 1);
    }
    let dependence = dependence(story, &mut origins);
    let origins = origins
        .into_iter()
        .map(|(id, (kind, name, spans))| {
            let (articles, spans) = gathered(spans);
            Origin { id, kind, name, articles, spans }
        })
        .collect();
    Traced { claims, origins, dependence }
}

fn stage_claim(story: &[Witness<'_>], frame: &Frame, stage: &StageAccount, origins: &mut Origins) -> Claim {
    let mut named: BTreeSet<String> = BTreeSet::new();
    let mut unattributed: Vec<&Witness<'_>> = Vec::new();
    let mut spans: Vec<Passage> = Vec::new();
    for wording in &stage.articles {
        spans.push(wording.wording.clone());
        let Some(witness) = story.iter().find(|w| w.article.id == wording.article) else { continue };
        let mentions = witness
            .findings
            .stages
            .iter()
            .filter(|m| m.participant == stage.participant && m.agreement == stage.agreement);
        let binding: Vec<_> = mentions.filter(|m| super::stage::is_binding(m)).collect();
        spans.extend(binding.iter().map(|m| witness.passage(m.wording)));
        let voices: BTreeMap<String, &Holder> =
            binding.iter().filter(|m| is_somebody(&m.holder)).map(|m| (voice_key(&m.holder), &m.holder)).collect();
        if voices.is_empty() {
            unattributed.push(witness);
        }
        for holder in voices.values() {
            named.insert(register(origins, holder, medium(story, holder), witness));
        }
    }
    if named.is_empty() {
        for witness in &unattributed {
            named.insert(unattributed_origin(origins, witness));
        }
    }
    let k = stage.articles.len();
    let (articles, spans) = gathered(spans);
    let step = super::stage::interval(stage.lo, stage.hi);
    let side = stage.side.map_or(String::new(), |s| format!(", {}", format!("{s:?}").to_lowercase()));
    let own = unattributed.len();
    let reason = match (named.len(), own) {
        (1, 0) => format!("{k} article{} name one origin", plural(k)),
        (1, _) => format!(
            "one origin named; {own} article{} repeat{} it without a source",
            plural(own),
            if own == 1 { "s" } else { "" }
        ),
        (n, 0) => format!("{n} voices named"),
        (n, _) => format!("{n} voices named; {own} article{} without a source", plural(own)),
    };
    Claim {
        id: String::new(),
        claim: format!(
            "{} and {}: {step}{side}",
            frame.name(&stage.participant),
            with_article(&frame.name(&stage.agreement))
        ),
        status: if stage.conflict { "contested".to_owned() } else { status(named.len(), k) },
        origins: named.into_iter().collect(),
        articles,
        spans,
        grade: None,
        card: Card::default(),
        reason,
    }
}

fn member_claim(frame: &Frame, member: &MemberAccount, origins: &mut Origins) -> Claim {
    // Background that each outlet writes in its own voice: nobody says where it comes from.
    let id = "origin:common-knowledge".to_owned();
    let entry = origins
        .entry(id.clone())
        .or_insert_with(|| ("unattributed".to_owned(), "told as known, without a source".to_owned(), Vec::new()));
    entry.2.extend(member.spans.iter().cloned());
    let agreement =
        frame.agreement.as_ref().map_or_else(|| "the agreement".to_owned(), |a| with_article(&frame.name(a)));
    let status_word = match member.status {
        crate::extract::MemberStatus::Original => "original member",
        crate::extract::MemberStatus::Member => "member",
        crate::extract::MemberStatus::Counterpart => "counterpart",
        crate::extract::MemberStatus::Mediator => "mediator",
    };
    Claim {
        id: String::new(),
        claim: format!("{}: {status_word} of {agreement}", frame.name(&member.participant)),
        status: super::standing(&member.articles),
        origins: vec![id],
        articles: member.articles.clone(),
        spans: member.spans.clone(),
        grade: None,
        card: Card::default(),
        reason: "told as known; no article says where it has it from".to_owned(),
    }
}

/// Who is named as a candidate in several articles, and by how many voices. An article that names nobody repeats whoever is named.
fn candidate_claim(
    story: &[Witness<'_>],
    frame: &Frame,
    candidate: &CandidateAccount,
    origins: &mut Origins,
) -> Option<Claim> {
    let named_by = candidate.named_by.iter().filter(|n| n.polarity != Polarity::Against);
    let mut named: BTreeSet<String> = BTreeSet::new();
    let mut spans: Vec<Passage> = Vec::new();
    for voice in named_by {
        spans.extend(voice.spans.iter().cloned());
        for passage in voice.spans.iter().filter(|_| is_somebody(&voice.holder)) {
            if let Some(witness) = story.iter().find(|w| w.article.id == passage.article) {
                named.insert(register(origins, &voice.holder, medium(story, &voice.holder), witness));
            }
        }
    }
    let (articles, spans) = gathered(spans);
    if articles.len() < 2 {
        return None;
    }
    if named.is_empty() {
        for witness in story.iter().filter(|w| articles.contains(&w.article.id)) {
            named.insert(unattributed_origin(origins, witness));
        }
    }
    let agreement = with_article(&frame.name(&candidate.agreement));
    Some(Claim {
        id: String::new(),
        claim: format!("{}: candidate for {agreement}", frame.name(&candidate.participant)),
        status: status(named.len(), articles.len()),
        reason: format!("{} voice{} named", named.len(), plural(named.len())),
        origins: named.into_iter().collect(),
        articles,
        spans,
        grade: None,
        card: Card::default(),
    })
}

fn quotation_claim(story: &[Witness<'_>], quotation: &QuotationAccount, origins: &mut Origins) -> Claim {
    let spans: Vec<Passage> = quotation.variants.iter().map(|v| v.span.clone()).collect();
    let (articles, spans) = gathered(spans);
    let mut ids = Vec::new();
    for passage in &spans {
        if let Some(witness) = story.iter().find(|w| w.article.id == passage.article) {
            ids = vec![register(origins, &quotation.holder, medium(story, &quotation.holder), witness)];
        }
    }
    let altered = quotation.variants.iter().any(|v| matches!(v.relation, Relation::Altered | Relation::OtherSpeaker));
    let words = story
        .iter()
        .find(|w| w.article.id == quotation.fullest.article)
        .map_or("", |w| quotation.fullest.span.of(&w.article.text));
    Claim {
        id: String::new(),
        claim: format!("{} said: \"{words}\"", quotation.holder.name),
        status: if altered { "contested".to_owned() } else { status(1, articles.len()) },
        origins: ids,
        articles,
        spans,
        grade: None,
        card: Card::default(),
        reason: "versions of one utterance have one origin".to_owned(),
    }
}

/// What alignment found to be told in several places.
fn told_claim(story: &[Witness<'_>], told: &Told, origins: &mut Origins) -> Claim {
    let mut named: BTreeSet<String> = BTreeSet::new();
    let mut own: BTreeSet<&ArticleId> = BTreeSet::new();
    for (passage, holder) in &told.tellings {
        let Some(witness) = story.iter().find(|w| w.article.id == passage.article) else { continue };
        if is_somebody(holder) {
            named.insert(register(origins, holder, medium(story, holder), witness));
        } else {
            own.insert(&witness.article.id);
        }
    }
    if named.is_empty() {
        for witness in story.iter().filter(|w| own.contains(&w.article.id)) {
            named.insert(unattributed_origin(origins, witness));
        }
    }
    let (articles, spans) = gathered(told.tellings.iter().map(|(passage, _)| passage.clone()).collect());
    Claim {
        id: String::new(),
        claim: told.what.clone(),
        status: if told.against.is_empty() { status(named.len(), articles.len()) } else { "contested".to_owned() },
        reason: format!("{} voice{} named", named.len(), plural(named.len())),
        origins: named.into_iter().collect(),
        articles,
        spans,
        grade: None,
        card: Card::default(),
    }
}

fn status(origins: usize, articles: usize) -> String {
    match (origins, articles) {
        (0 | 1, 0 | 1) => "single_source".to_owned(),
        (0 | 1, k) => format!("repeated({k})"),
        (n, _) => format!("independent({n})"),
    }
}

fn is_somebody(holder: &Holder) -> bool {
    !matches!(holder.kind, HolderKind::Outlet | HolderKind::Unknown)
}

fn voice_key(holder: &Holder) -> String {
    holder.entity.as_ref().map_or_else(|| slug(&holder.name), |e| e.0.replace(':', "-"))
}

/// How a holder spoke, if any quotation of the story says: the medium that most of them give.
fn medium(story: &[Witness<'_>], holder: &Holder) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for quotation in story.iter().flat_map(|w| &w.findings.quotations) {
        if let Some(medium) = quotation.medium.as_deref().filter(|_| voice_key(&quotation.holder) == voice_key(holder))
        {
            *counts.entry(medium).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(medium, n)| (*n, std::cmp::Reverse(*medium))).map(|(medium, _)| medium.to_owned())
}

/// Enters the words that name the holder in this article; the origin's identifier.
fn register(origins: &mut Origins, holder: &Holder, medium: Option<String>, witness: &Witness<'_>) -> String {
    if !is_somebody(holder) {
        return unattributed_origin(origins, witness);
    }
    let kind = medium.unwrap_or_else(|| "utterance".to_owned());
    let id = format!("origin:{}", voice_key(holder));
    let spans = &mut origins.entry(id.clone()).or_insert_with(|| (kind, holder.name.clone(), Vec::new())).2;
    let key = voice_key(holder);
    let findings = witness.findings;
    let holders = findings.quotations.iter().map(|q| &q.holder).chain(findings.stages.iter().map(|s| &s.holder));
    spans.extend(holders.filter(|h| voice_key(h) == key).filter_map(|h| h.span).map(|s| witness.passage(s)));
    id
}

/// An article that names nobody is the only voice it gives.
fn unattributed_origin(origins: &mut Origins, witness: &Witness<'_>) -> String {
    let id = "origin:unattributed".to_owned();
    let entry = origins
        .entry(id.clone())
        .or_insert_with(|| ("unattributed".to_owned(), "no source named".to_owned(), Vec::new()));
    if let Some(block) = witness.article.blocks.first() {
        entry.2.push(witness.passage(block.span));
    }
    id
}

/// One edge an article and credited outlet: to an article of the story by that outlet, else to the outlet itself.
fn dependence(story: &[Witness<'_>], origins: &mut Origins) -> Vec<Dependence> {
    let mut edges: BTreeMap<(ArticleId, String), Vec<Passage>> = BTreeMap::new();
    let mut credited: BTreeMap<String, BTreeSet<ArticleId>> = BTreeMap::new();
    for witness in story {
        for credit in &witness.findings.credits {
            let key = slug(&credit.outlet_or_agency);
            let own = witness.article.outlet.as_ref().is_some_and(|o| slug(&o.name) == key);
            if key.is_empty() || own {
                continue;
            }
            let passage = witness.passage(credit.span);
            let printed_by = |w: &&Witness<'_>| w.article.outlet.as_ref().is_some_and(|o| slug(&o.name) == key);
            let to = match story.iter().find(printed_by) {
                Some(article) => article.article.id.0.clone(),
                None => {
                    let id = format!("origin:{key}");
                    let fresh = || ("outlet".to_owned(), credit.outlet_or_agency.clone(), Vec::new());
                    origins.entry(id.clone()).or_insert_with(fresh).2.push(passage.clone());
                    id
                }
            };
            credited.entry(to.clone()).or_default().insert(witness.id());
            edges.entry((witness.id(), to)).or_default().push(passage);
        }
    }
    edges
        .into_iter()
        .map(|((from, to), evidence)| {
            // Two articles that credit a third are siblings; one that credits it leans on it.
            let siblings = to.starts_with("origin:") && credited.get(&to).is_some_and(|c| c.len() > 1);
            let level = if siblings { Level::CommonSource } else { Level::Derived };
            let spans = gathered(evidence).1;
            let evidence =
                vec![Evidence { kind: EvidenceKind::Credit, weight: 1.0, words: "credits it".to_owned(), spans }];
            Dependence { id: String::new(), from, to: Some(to), level, directed: true, evidence }
        })
        .collect()
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}
