//! What hangs on what, which fields are named, and who judges it how: merged over the articles of a story.

use serde::Serialize;

use super::{Witness, voice};
use crate::extract::{AuthorStance, Condition, ConditionKind, EntityId, Holder, Stance};
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

/// Conditions and blockers by article.
pub(crate) fn conditions(story: &[Witness<'_>]) -> Vec<ConditionAccount> {
    let of_article = |witness: &Witness<'_>| -> Vec<ConditionAccount> {
        let account = |c: &Condition| ConditionAccount {
            applies_to: c.applies_to.clone(),
            kind: c.kind,
            text: witness.passage(c.text),
            holder: voice(&c.holder),
            articles: vec![witness.id()],
            spans: vec![witness.passage(c.text)],
        };
        witness.findings.conditions.iter().map(account).collect()
    };
    story.iter().flat_map(of_article).collect()
}
