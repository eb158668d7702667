//! What hangs on what, which fields are named, and who judges it how: merged over the articles of a story.

use std::collections::BTreeMap;

use serde::Serialize;

use super::origin::{is_somebody, voice_key};
use super::prose::{Worded, groups};
use super::{Witness, gathered, voice};
use crate::extract::stage::names_agreement;
use crate::extract::{Assessment, AuthorStance, Condition, ConditionKind, EntityId, Holder, Stance};
use crate::provenance::{ArticleId, Passage};

/// What a step depends on, or what stands in its way.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ConditionAccount {
    pub applies_to: EntityId,
    pub kind: ConditionKind,
    /// The fullest wording.
    pub text: Passage,
    pub holder: Holder,
    pub articles: Vec<ArticleId>,
    /// All wordings, the fullest included.
    pub spans: Vec<Passage>,
}

/// A field in which states work together, or may.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct DomainAccount {
    pub agreement: Option<EntityId>,
    /// "energy", "critical minerals".
    pub domain: String,
    /// PLOVER's context.
    pub context: String,
    pub articles: Vec<ArticleId>,
    pub spans: Vec<Passage>,
}

/// A judgement on something, whose it is, and where the authors stand to it.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct AssessmentAccount {
    pub about: Option<EntityId>,
    pub stance: Stance,
    pub holder: Holder,
    pub author_stance: AuthorStance,
    pub articles: Vec<ArticleId>,
    pub spans: Vec<Passage>,
}

/// Conditions and blockers, one entry for all wordings of one holder; in the order of the articles. What is merely found wanting is
/// neither.
pub(crate) fn conditions(story: &[Witness<'_>]) -> Vec<ConditionAccount> {
    let said: Vec<(&Witness<'_>, &Condition)> =
        story.iter().flat_map(|w| w.findings.conditions.iter().map(move |c| (w, c))).collect();
    let said: Vec<_> = said.into_iter().filter(|(_, c)| c.kind != ConditionKind::Concern).collect();
    let worded: Vec<Worded<'_>> = said
        .iter()
        .map(|(w, c)| {
            let key = format!("{} {:?} {}", c.applies_to.0, c.kind, speaker(&c.holder));
            (key, c.text.of(&w.article.text))
        })
        .collect();
    let account = |group: Vec<usize>| {
        let (witness, fullest) = said[group[0]];
        let (articles, spans) = gathered(group.iter().map(|&i| said[i].0.passage(said[i].1.text)).collect());
        ConditionAccount {
            applies_to: fullest.applies_to.clone(),
            kind: fullest.kind,
            text: witness.passage(fullest.text),
            holder: voice(&fullest.holder),
            articles,
            spans,
        }
    };
    groups(&worded).into_iter().map(account).collect()
}

/// Fields of cooperation by agreement, those that most articles name first.
pub(crate) fn domains(story: &[Witness<'_>]) -> Vec<DomainAccount> {
    let mut found: BTreeMap<(&Option<EntityId>, &str), (&str, Vec<Passage>)> = BTreeMap::new();
    for witness in story {
        // "a trade deal could follow": what another instrument is about is no field of this story.
        let other = |rule: &str| rule.split(' ').next_back().is_some_and(names_agreement);
        for domain in witness.findings.domains.iter().filter(|d| d.agreement.is_some() || !other(&d.rule)) {
            let entry = found.entry((&domain.agreement, &domain.domain)).or_insert((&domain.context, Vec::new()));
            entry.1.push(witness.passage(domain.span));
        }
    }
    let account = |((agreement, domain), (context, spans)): ((&Option<EntityId>, &str), (&str, Vec<Passage>))| {
        let (articles, spans) = gathered(spans);
        let (domain, context) = (domain.to_owned(), context.to_owned());
        DomainAccount { agreement: agreement.clone(), domain, context, articles, spans }
    };
    let mut domains: Vec<DomainAccount> = found.into_iter().map(account).collect();
    domains.sort_by_key(|d| std::cmp::Reverse((d.articles.len(), d.spans.len())));
    domains
}

/// Judgements: one entry for all that one holder says one way about one thing. The own voices of two articles are two holders.
pub(crate) fn assessments(story: &[Witness<'_>]) -> Vec<AssessmentAccount> {
    let mut found: BTreeMap<(&Option<EntityId>, bool, String, u8), (&Assessment, Vec<Passage>)> = BTreeMap::new();
    for witness in story {
        for assessment in &witness.findings.assessments {
            let speaker = match is_somebody(&assessment.holder) {
                true => speaker(&assessment.holder),
                false => format!("~{}", witness.article.id.0),
            };
            let critical = assessment.stance == Stance::Critical;
            let key = (&assessment.about, critical, speaker, assessment.author_stance as u8);
            found.entry(key).or_insert((assessment, Vec::new())).1.push(witness.passage(assessment.span));
        }
    }
    let account = |(assessment, spans): (&Assessment, Vec<Passage>)| {
        let (articles, spans) = gathered(spans);
        AssessmentAccount {
            about: assessment.about.clone(),
            stance: assessment.stance,
            holder: voice(&assessment.holder),
            author_stance: assessment.author_stance,
            articles,
            spans,
        }
    };
    found.into_values().map(account).collect()
}

/// One holder under one key; all that speak in an article's own voice are one here.
pub(crate) fn speaker(holder: &Holder) -> String {
    if is_somebody(holder) { voice_key(holder) } else { "~".to_owned() }
}
