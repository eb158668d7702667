//! What the register holds: statements in the sense of OpenSanctions and Wikidata, each resting on words of one article.
//!
//! A statement depends on its own article alone, so neither the order nor the batches in which articles are added matter. What several
//! articles establish together is a view.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::provenance::ArticleId;

/// One thing that one article says. Empty fields are not known, or do not apply to the predicate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// What kind of statement: `stage`, `reached`, `candidate`, `member`, `condition`, `prediction`, `quotation`, `role`, `event`,
    /// `assessment`, `domain`, `credit`, `placement`.
    pub predicate: String,
    /// The entity that it is about: a participant, a person, the first actor, the speaker.
    pub subject: Option<String>,
    /// The agreement that it is about.
    pub agreement: Option<String>,
    /// What ties it to the agreement: `words` of its own, its `sentence`, or that the `article` is about it.
    pub agreement_by: Option<String>,
    /// What is said: a stage, a polarity, a status, a title, a PLOVER type ...
    pub value: Option<String>,
    /// Whose word it is.
    pub holder: Option<Voice>,
    /// Who moves the participant along, seen from the participant: `self`, `party`, `broker`, `third`, `outlet`.
    pub said_by: Option<String>,
    /// FactBank's value: `CT+`.
    pub factuality: Option<String>,
    /// In which world: `actual`, `future`.
    pub realis: Option<String>,
    /// Lowest and highest rank on the ladder of stages that the words allow.
    pub stage: Option<(u8, u8)>,
    /// A state beside the ladder: `withdrawn`.
    pub side: Option<String>,
    /// Its place in the article's text, in code points.
    pub start: usize,
    /// End of its place, exclusive.
    pub end: usize,
    /// The words there.
    pub words: String,
    /// The first utterance that its article names for it.
    pub origin: Source,
    /// When it is, was or will be true.
    pub valid: Option<Valid>,
    /// The rule that found it.
    pub rule: String,
    /// What this predicate has beyond the others, spans in code points.
    pub detail: Option<Value>,
}

/// Whose word something is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Voice {
    /// `entity`, `role`, `group`, `outlet`, `unknown`.
    pub kind: String,
    /// Identifier of a linked entity.
    pub entity: Option<String>,
    /// A name to print.
    pub name: String,
}

/// An utterance or document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Source {
    /// `origin:` and a slug.
    pub id: String,
    /// `post`, `interview`, `utterance`, `unnamed`, `outlet`, `own_voice`, `unattributed`, `depositary`.
    pub kind: String,
    /// A name to print.
    pub name: String,
}

/// Days on which something is true, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Valid {
    /// ISO 8601; `None` where open.
    pub from: Option<String>,
    /// ISO 8601; `None` where open.
    pub to: Option<String>,
    /// `day`, `month` ...
    pub precision: String,
    /// What says so: `words`, or that the article was `published` then.
    pub by: String,
}

/// A statement as it stands in the register.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recorded {
    /// Its name for ever: the article's, a dash, and twelve digits of the digest of its content.
    pub id: String,
    /// The article that says it.
    pub article: ArticleId,
    /// Since when it is known, ISO 8601 day.
    pub known_from: String,
    /// From when on it is no longer taken as it stands: its article was withdrawn, corrected or revised.
    pub known_to: Option<String>,
    /// `preferred` (the depositary), `normal`, `deprecated` (no longer taken as it stands).
    pub rank: String,
    /// Version of the program that read the article.
    pub extractor: String,
    /// The statement by which it first became known, where that was another or stood before: an earlier version of its article, or the
    /// same text before it was withdrawn, said it too. Set in a [`Dossier`](super::view::Dossier).
    #[serde(skip)]
    pub first: Option<First>,
    /// What it says.
    pub statement: Statement,
}

/// How something first became known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct First {
    /// ISO 8601.
    pub day: String,
    /// Identifier of the statement.
    pub id: String,
}

impl Recorded {
    /// Since when what it says is known: a correction of its article does not make it new.
    pub fn known_since(&self) -> &str {
        self.first.as_ref().map_or(&self.known_from, |first| &first.day)
    }

    /// The identifier of the statement by which it first became known.
    pub fn first_id(&self) -> &str {
        self.first.as_ref().map_or(&self.id, |first| &first.id)
    }
}

impl Statement {
    /// 48 bits of the BLAKE3 digest of its content, the words included.
    pub fn digest(&self) -> u64 {
        let content = serde_json::to_vec(self).unwrap_or_default();
        let hash = blake3::hash(&content);
        hash.as_bytes()[..6].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    /// Its identifier in the register.
    pub fn id(&self, article: &ArticleId) -> String {
        format!("{}-{:012x}", article.0, self.digest())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Statement {
        Statement {
            predicate: "stage".to_owned(),
            subject: Some("iso3:NOR".to_owned()),
            agreement: Some("agreement:harbour-pact".to_owned()),
            agreement_by: Some("words".to_owned()),
            value: Some("signed".to_owned()),
            holder: None,
            said_by: None,
            factuality: None,
            realis: None,
            stage: Some((5, 5)),
            side: None,
            start: 0,
            end: 6,
            words: "signed".to_owned(),
            origin: Source { id: "o".to_owned(), kind: "own_voice".to_owned(), name: "n".to_owned() },
            valid: None,
            rule: "r".to_owned(),
            detail: None,
        }
    }

    #[test]
    fn the_name_of_a_statement_is_that_of_its_content() {
        let (one, mut other) = (sample(), sample());
        let article = ArticleId::of("signed");
        assert_eq!(one.id(&article), other.id(&article));
        assert_eq!(one.id(&article).len(), 29);
        other.words = "Signed".to_owned();
        assert_ne!(one.id(&article), other.id(&article), "other words are another statement");
    }
}
