//! Statements as JSON, one a line: the fields of `rapporteur schema statement`. It loses nothing: [`Line`] reads them back.

use std::io::Write;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Done, Snapshot, line};
use crate::provenance::ArticleId;
use crate::register::statement::{Recorded, Source, Statement, Valid, Voice};

/// The name and version of the contract.
pub const STATEMENT: &str = "rapporteur/statement/1";

/// Writes every statement, withdrawn ones too (`known_to` and `rank` say so).
///
/// # Errors
/// Those of reading and writing.
pub fn jsonl(snapshot: &Snapshot<'_>, out: &mut dyn Write) -> Done {
    snapshot.each(&[], true, &mut |_, recorded| line(out, &Line::from(recorded)))
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Line {
    pub schema: String,
    pub id: String,
    pub predicate: String,
    pub subject: Option<String>,
    pub agreement: Option<String>,
    pub agreement_by: Option<String>,
    pub value: Option<String>,
    pub holder: Option<Voice>,
    pub said_by: Option<String>,
    pub factuality: Option<String>,
    pub realis: Option<String>,
    /// Ranks on the ladder of stages.
    pub lo: Option<u8>,
    pub hi: Option<u8>,
    pub side: Option<String>,
    pub span: Place,
    pub origin: Source,
    pub valid: Option<Valid>,
    pub known_from: String,
    pub known_to: Option<String>,
    pub rank: String,
    pub rule: String,
    pub extractor: String,
    pub detail: Option<Value>,
}

/// Words in an article, in code points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Place {
    pub article: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
}

impl From<&Recorded> for Line {
    fn from(r: &Recorded) -> Line {
        let s = r.statement.clone();
        Line {
            schema: STATEMENT.to_owned(),
            id: r.id.clone(),
            predicate: s.predicate,
            subject: s.subject,
            agreement: s.agreement,
            agreement_by: s.agreement_by,
            value: s.value,
            holder: s.holder,
            said_by: s.said_by,
            factuality: s.factuality,
            realis: s.realis,
            lo: s.stage.map(|(lo, _)| lo),
            hi: s.stage.map(|(_, hi)| hi),
            side: s.side,
            span: Place { article: r.article.0.clone(), start: s.start, end: s.end, text: s.words },
            origin: s.origin,
            valid: s.valid,
            known_from: r.known_from.clone(),
            known_to: r.known_to.clone(),
            rank: r.rank.clone(),
            rule: s.rule,
            extractor: r.extractor.clone(),
            detail: s.detail,
        }
    }
}

impl From<Line> for Recorded {
    fn from(l: Line) -> Recorded {
        Recorded {
            id: l.id,
            article: ArticleId(l.span.article),
            known_from: l.known_from,
            known_to: l.known_to,
            rank: l.rank,
            extractor: l.extractor,
            first: None,
            statement: Statement {
                predicate: l.predicate,
                subject: l.subject,
                agreement: l.agreement,
                agreement_by: l.agreement_by,
                value: l.value,
                holder: l.holder,
                said_by: l.said_by,
                factuality: l.factuality,
                realis: l.realis,
                stage: l.lo.zip(l.hi),
                side: l.side,
                start: l.span.start,
                end: l.span.end,
                words: l.span.text,
                origin: l.origin,
                valid: l.valid,
                rule: l.rule,
                detail: l.detail,
            },
        }
    }
}
