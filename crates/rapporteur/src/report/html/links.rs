//! Which values rest on which words: the way from a value into the articles, and back.

use std::collections::BTreeMap;

use crate::provenance::{ArticleId, Passage};
use crate::report::page::Names;

/// What a value is, for its colour and its line; those that say more about the event come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Stage,
    Candidate,
    Member,
    Condition,
    Prediction,
    Assessment,
    Conflict,
    Quotation,
    Office,
    Difference,
    Field,
    Date,
    Origin,
    Dependence,
    Shared,
    Claim,
    Proposal,
    Unread,
}

impl Kind {
    /// The kind of the values in a section of a page.
    pub(super) fn of_section(key: &str) -> Kind {
        match key {
            "stages" => Kind::Stage,
            "members" => Kind::Member,
            "candidates" => Kind::Candidate,
            "conditions" => Kind::Condition,
            "quotations" => Kind::Quotation,
            "conflicts" => Kind::Conflict,
            "predictions" => Kind::Prediction,
            "assessments" => Kind::Assessment,
            "domains" => Kind::Field,
            "roles" => Kind::Office,
            "timeline" => Kind::Date,
            "origins" => Kind::Origin,
            "dependence" => Kind::Dependence,
            "reuse" => Kind::Shared,
            "proposals" => Kind::Proposal,
            "notes" => Kind::Unread,
            _ => Kind::Claim,
        }
    }

    /// The class of the style sheet, and the word in the legend and beside the text.
    pub(super) fn names(self) -> (&'static str, &'static str) {
        match self {
            Kind::Stage => ("k-stage", "Stage"),
            Kind::Conflict => ("k-conflict", "Conflict"),
            Kind::Candidate => ("k-candidate", "Candidate"),
            Kind::Member => ("k-member", "Member"),
            Kind::Condition => ("k-condition", "Condition"),
            Kind::Prediction => ("k-prediction", "Prediction"),
            Kind::Assessment => ("k-assessment", "Assessment"),
            Kind::Difference => ("k-difference", "Difference"),
            Kind::Quotation => ("k-quotation", "Quotation"),
            Kind::Office => ("k-office", "Office"),
            Kind::Field => ("k-field", "Field"),
            Kind::Date => ("k-date", "Date"),
            Kind::Origin => ("k-origin", "Origin"),
            Kind::Dependence => ("k-dependence", "Dependence"),
            Kind::Shared => ("k-shared", "Shared words"),
            Kind::Claim => ("k-claim", "Claim"),
            Kind::Proposal => ("k-proposal", "Second reader"),
            Kind::Unread => ("k-unread", "Not read"),
        }
    }
}

/// A value that rests on words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    pub(super) kind: Kind,
    /// What it is about: "Kazakhstan".
    pub(super) label: String,
    /// Its place on the page.
    pub(super) id: String,
}

/// The words of an article that values rest on: bytes, and the values, each once, in the order of their kinds.
pub(super) type Marks = BTreeMap<(usize, usize), Vec<Target>>;

/// All values by the words that they rest on.
#[derive(Default)]
pub(super) struct Links {
    articles: BTreeMap<ArticleId, Marks>,
}

impl Links {
    pub(super) fn add(&mut self, passage: &Passage, target: &Target) {
        if passage.span.start >= passage.span.end {
            return;
        }
        let marks = self.articles.entry(passage.article.clone()).or_default();
        let targets = marks.entry((passage.span.start, passage.span.end)).or_default();
        if let Err(at) = targets.binary_search(target) {
            targets.insert(at, target.clone());
        }
    }

    /// The marks of one article; they are taken out.
    pub(super) fn take(&mut self, article: &ArticleId) -> Marks {
        self.articles.remove(article).unwrap_or_default()
    }
}

/// The name of the place of words on the page: the number of their article and their code points.
pub(super) fn anchor(passage: &Passage, names: &Names<'_>) -> String {
    let (start, end) = names.code_points(passage);
    format!("a{}-{start}-{end}", names.number(&passage.article).unwrap_or(0))
}
