//! One agreement at a moment: who has got how far, who may join, what is foretold, what is in dispute, what nobody said.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::statement::{Recorded, Voice};
use super::conflict::{self, ConflictView};
use super::dossier::{Article, Dossier};
use super::forecast::{self, ForecastView};
use super::participant::{self, ParticipantView};
use super::{Cited, Moment, Named};
use crate::extract::Stage;
use crate::reconcile::prose_groups;

/// An agreement as the register has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct AgreementView {
    pub schema: Cow<'static, str>,
    pub agreement: Named,
    pub instrument: String,
    pub moment: Moment,
    /// Those that stand at the moment, by the day on which they became known, then by publication and path.
    pub articles: Vec<Article>,
    pub participants: Vec<ParticipantView>,
    pub members: Vec<MemberView>,
    pub candidates: Vec<CandidateView>,
    pub conditions: Vec<ConditionView>,
    pub predictions: Vec<ForecastView>,
    pub conflicts: Vec<ConflictView>,
    /// What no article about the agreement says.
    pub silence: Vec<SilenceView>,
}

/// A state that articles tell as belonging to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct MemberView {
    pub participant: Named,
    /// `original`, `member`, `counterpart`, `mediator`.
    pub status: String,
    /// Since when, by the words.
    pub as_of: Option<String>,
    pub cited: Vec<Cited>,
}

/// A state that may join.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct CandidateView {
    pub participant: Named,
    pub known_from: String,
    /// Its own voice first.
    pub named_by: Vec<NamingView>,
}

/// Who names it, and whether for or against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct NamingView {
    pub holder: Voice,
    /// Whether it is the state's own word.
    pub own: bool,
    /// `+`, `-`, `?`.
    pub polarity: String,
    pub known_from: String,
    pub cited: Vec<Cited>,
}

/// What a step depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ConditionView {
    /// The statement by which it first became known.
    pub id: String,
    pub applies_to: Named,
    /// `condition`, `blocker`.
    pub kind: String,
    pub holder: Option<Voice>,
    pub known_from: String,
    /// The fullest wording first.
    pub cited: Vec<Cited>,
}

/// A question that no article answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SilenceView {
    pub item: String,
    pub what: String,
    /// How many articles are about the agreement.
    pub articles: usize,
}

/// The agreement at that moment; `today` is the day on which predictions are judged where the moment names none.
pub fn agreement(dossier: &Dossier, moment: &Moment, today: &str) -> AgreementView {
    let standing = dossier.at(moment);
    let (participants, mut conflicts) = participant::participants(dossier, &standing);
    conflicts.extend(conflict::memberships(dossier, &standing, &participants));
    conflicts.extend(conflict::roles(dossier, &standing));
    let day = moment.as_of.as_deref().or(moment.known_at.as_deref()).unwrap_or(today);
    let mut articles: Vec<Article> =
        dossier.articles_at(moment).into_iter().filter_map(|a| a.seen_from(moment)).collect();
    let own: BTreeSet<&str> = standing.iter().map(|r| r.article.0.as_str()).collect();
    articles.retain(|a| own.contains(a.id.as_str()) || moment.as_of.is_none());
    let silence = silence(dossier, &articles);
    articles.sort_by(|a, b| {
        (&a.known_from, &a.published, &a.path, &a.id).cmp(&(&b.known_from, &b.published, &b.path, &b.id))
    });
    AgreementView {
        schema: "rapporteur/agreement/1".into(),
        agreement: dossier.agreement.clone(),
        instrument: dossier.instrument.clone(),
        moment: moment.clone(),
        members: members(dossier, &standing),
        candidates: candidates(dossier, &standing, &participants),
        conditions: conditions(dossier, &standing),
        predictions: forecast::forecasts(dossier, moment, day),
        articles,
        participants,
        conflicts,
        silence,
    }
}

fn of<'a>(standing: &[&'a Recorded], predicate: &str) -> Vec<&'a Recorded> {
    standing.iter().filter(|r| r.statement.predicate == predicate).copied().collect()
}

fn members(dossier: &Dossier, standing: &[&Recorded]) -> Vec<MemberView> {
    const ORDER: [&str; 4] = ["original", "member", "counterpart", "mediator"];
    let mut by: BTreeMap<(usize, String, &str), Vec<&Recorded>> = BTreeMap::new();
    let said = of(standing, "member");
    let told = |r: &&Recorded| r.statement.value.as_deref() == Some(ORDER[0]);
    let original: BTreeSet<&str> =
        said.iter().copied().filter(told).filter_map(|r| r.statement.subject.as_deref()).collect();
    for r in said {
        let (Some(id), Some(status)) = (r.statement.subject.as_deref(), r.statement.value.as_deref()) else { continue };
        let at = match ORDER.iter().position(|o| *o == status).unwrap_or(1) {
            // An original member is a member: one row.
            1 if original.contains(id) => 0,
            at => at,
        };
        by.entry((at, dossier.name(id), id)).or_default().push(r);
    }
    let view = |((at, name, id), said): ((usize, String, &str), Vec<&Recorded>)| MemberView {
        participant: Named { id: id.to_owned(), name },
        status: ORDER[at].to_owned(),
        as_of: said.iter().filter_map(|r| r.statement.valid.as_ref()?.from.clone()).min(),
        cited: said.into_iter().map(Cited::of).collect(),
    };
    by.into_iter().map(view).collect()
}

/// Those who have not announced a step: a state that has is a candidate no longer.
fn candidates(dossier: &Dossier, standing: &[&Recorded], participants: &[ParticipantView]) -> Vec<CandidateView> {
    let gone: BTreeSet<&str> = participants
        .iter()
        .filter(|p| p.lo >= Stage::Announced as u8 && p.side.is_none())
        .map(|p| p.participant.id.as_str())
        .collect();
    type Naming<'a> = (bool, &'a str, Option<&'a Voice>);
    let mut by: BTreeMap<&str, BTreeMap<Naming<'_>, Vec<&Recorded>>> = BTreeMap::new();
    for r in of(standing, "candidate") {
        let s = &r.statement;
        let (Some(id), Some(polarity)) = (s.subject.as_deref(), s.value.as_deref()) else { continue };
        if gone.contains(id) {
            continue;
        }
        let other = s.said_by.as_deref() != Some("self");
        by.entry(id).or_default().entry((other, polarity, s.holder.as_ref())).or_default().push(r);
    }
    let mut views: Vec<CandidateView> = Vec::new();
    for (id, namings) in by {
        let naming = |((other, polarity, holder), said): (Naming<'_>, Vec<&Recorded>)| NamingView {
            holder: holder.cloned().unwrap_or(Voice {
                kind: "unknown".to_owned(),
                entity: None,
                name: "nobody named".to_owned(),
            }),
            own: !other,
            polarity: polarity.to_owned(),
            known_from: said.iter().map(|r| r.known_since().to_owned()).min().unwrap_or_default(),
            cited: said.into_iter().map(Cited::of).collect(),
        };
        let named_by: Vec<NamingView> = namings.into_iter().map(naming).collect();
        let known_from = named_by.iter().map(|n| n.known_from.clone()).min().unwrap_or_default();
        views.push(CandidateView { participant: dossier.named(id), known_from, named_by });
    }
    views.sort_by(|a, b| {
        (std::cmp::Reverse(a.named_by.len()), &a.participant)
            .cmp(&(std::cmp::Reverse(b.named_by.len()), &b.participant))
    });
    views
}

fn conditions(dossier: &Dossier, standing: &[&Recorded]) -> Vec<ConditionView> {
    // Nothing waits for what critics miss.
    let mut said = of(standing, "condition");
    said.retain(|r| r.statement.value.as_deref() != Some("concern"));
    said.sort_by(|a, b| (a.known_since(), a.first_id(), &a.id).cmp(&(b.known_since(), b.first_id(), &b.id)));
    let mut worded: Vec<(String, &str)> = Vec::new();
    for r in &said {
        let s = &r.statement;
        let holder = s.holder.as_ref().map(|h| format!("{} {}", h.kind, h.name)).unwrap_or_default();
        worded.push((format!("{:?} {:?} {holder}", s.subject, s.value), s.words.as_str()));
    }
    let view = |group: Vec<usize>| {
        let s = &said[group[0]].statement;
        ConditionView {
            id: group
                .iter()
                .map(|&i| (said[i].known_since(), said[i].first_id()))
                .min()
                .map(|(_, id)| id.to_owned())
                .unwrap_or_default(),
            applies_to: dossier.named(s.subject.as_deref().unwrap_or(&dossier.agreement.id)),
            kind: s.value.clone().unwrap_or_default(),
            holder: s.holder.clone(),
            known_from: group.iter().map(|&i| said[i].known_since().to_owned()).min().unwrap_or_default(),
            cited: group.iter().map(|&i| Cited::of(said[i])).collect(),
        }
    };
    let mut views: Vec<ConditionView> = prose_groups(&worded).into_iter().map(view).collect();
    views.sort_by(|a, b| {
        (&a.known_from, &a.applies_to, &a.cited[0].statement).cmp(&(
            &b.known_from,
            &b.applies_to,
            &b.cited[0].statement,
        ))
    });
    views
}

/// The questions that all articles about the agreement leave open, and that no step taken has answered.
fn silence(dossier: &Dossier, articles: &[Article]) -> Vec<SilenceView> {
    const WORDS: [(&str, &str); 13] = [
        ("own_statement", "own statement by the joining state"),
        ("counterpart_statement", "statement by the counterpart"),
        ("signature_date", "date of signature"),
        ("signature_place", "place of signature"),
        ("text", "text of the instrument"),
        ("terms", "terms of the agreement"),
        ("ratification", "whether it must be ratified"),
        ("entry_into_force", "entry into force"),
        ("notice", "formal notice of withdrawal"),
        ("start", "when the ceasefire begins"),
        ("duration", "how long the ceasefire is to last"),
        ("monitoring", "who watches over the ceasefire"),
        ("effect", "when it takes effect"),
    ];
    let about: Vec<&Article> =
        articles.iter().filter(|a| a.main_agreement.as_deref() == Some(dossier.agreement.id.as_str())).collect();
    let asked = about.first().map(|a| a.silent_on.as_slice()).unwrap_or_default();
    let open = asked.iter().filter(|item| about.iter().all(|a| a.silent_on.contains(item)));
    let view = |item: &String| SilenceView {
        item: item.clone(),
        what: WORDS
            .iter()
            .find(|(word, _)| word == item)
            .map_or_else(|| item.replace('_', " "), |(_, what)| (*what).to_owned()),
        articles: about.len(),
    };
    open.map(view).collect()
}
