//! What the reader understood of a text: tokens with tags, heads, labels, lemmas and morphology, sentences, entities.
//!
//! A [`Reading`] belongs to one text and covers its units (blocks, lines) in order. Everything is by token index; a
//! [`Token`] is a light view that knows its reading, so a tree can be walked without carrying the reading along:
//! `token.head()`, `token.children()`, `token.subject()`.

use std::ops::Range;
use std::sync::Arc;

use crate::span::Span;

/// The names behind the numbers: one table each for tags, labels, morphology and entity types, shared by all readings of
/// one model.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    pub(crate) tags: Vec<String>,
    pub(crate) deps: Vec<String>,
    pub(crate) morphs: Vec<String>,
    pub(crate) entities: Vec<String>,
}

/// One token as numbers; its strings are in [`Labels`] and in the reading's text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) char_start: u32,
    pub(crate) char_end: u32,
    pub(crate) head: u32,
    pub(crate) left_edge: u32,
    pub(crate) right_edge: u32,
    pub(crate) lemma: (u32, u32),
    pub(crate) tag: u16,
    pub(crate) dep: u16,
    pub(crate) morph: u16,
    pub(crate) pos: Pos,
    pub(crate) space_after: bool,
    pub(crate) sentence: u32,
    pub(crate) entity: u32,
}

pub(crate) const NO_ENTITY: u32 = u32::MAX;

/// The part of speech: Universal Dependencies' UPOS and spaCy's `SPACE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Pos {
    None,
    Adj,
    Adp,
    Adv,
    Aux,
    Conj,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
    Space,
}

impl Pos {
    const NAMES: [&'static str; 20] = [
        "", "ADJ", "ADP", "ADV", "AUX", "CONJ", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
        "PUNCT", "SCONJ", "SYM", "VERB", "X", "SPACE",
    ];
    const ALL: [Pos; 20] = [
        Pos::None,
        Pos::Adj,
        Pos::Adp,
        Pos::Adv,
        Pos::Aux,
        Pos::Conj,
        Pos::Cconj,
        Pos::Det,
        Pos::Intj,
        Pos::Noun,
        Pos::Num,
        Pos::Part,
        Pos::Pron,
        Pos::Propn,
        Pos::Punct,
        Pos::Sconj,
        Pos::Sym,
        Pos::Verb,
        Pos::X,
        Pos::Space,
    ];

    /// Its name in capitals, `VERB`; empty for [`Pos::None`].
    pub fn as_str(self) -> &'static str {
        Pos::NAMES[self as usize]
    }

    /// The part of speech of that name.
    pub fn from_name(name: &str) -> Option<Pos> {
        Pos::NAMES.iter().position(|n| *n == name).map(|i| Pos::ALL[i])
    }
}

/// A sentence: a run of tokens inside one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Which of the units given to the reader it lies in.
    pub unit: usize,
}

/// A named entity as the model sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its tokens.
    pub tokens: Range<usize>,
    pub(crate) label: u16,
}

/// What the reader understood of one text. Tokens are in text order and never overlap.
#[derive(Clone, Debug)]
pub struct Reading {
    pub(crate) text: Arc<str>,
    pub(crate) labels: Arc<Labels>,
    pub(crate) rows: Vec<Row>,
    pub(crate) lemmas: String,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) entities: Vec<Entity>,
    /// Tokens of each unit.
    pub(crate) units: Vec<Range<usize>>,
    /// Children of all tokens, one after the other, in text order; `child_ends[i]` is where those of token `i` end.
    pub(crate) children: Vec<u32>,
    pub(crate) child_ends: Vec<u32>,
}

impl Reading {
    /// The text that was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many tokens.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The token `i`.
    ///
    /// # Panics
    /// When `i` is not below [`Reading::len`].
    pub fn token(&self, i: usize) -> Token<'_> {
        assert!(i < self.rows.len(), "token {i} of {}", self.rows.len());
        Token { reading: self, i }
    }

    /// The token `i`, or `None` past the end.
    pub fn get(&self, i: usize) -> Option<Token<'_>> {
        (i < self.rows.len()).then_some(Token { reading: self, i })
    }

    /// All tokens in text order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator + '_ {
        self.range(0..self.rows.len())
    }

    /// The tokens of a range of indices; what lies past the end is left out.
    pub fn range(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator + '_ {
        let end = range.end.min(self.rows.len());
        (range.start.min(end)..end).map(move |i| Token { reading: self, i })
    }

    /// The sentences in text order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The tokens of each unit, in the order the units were given.
    pub fn units(&self) -> &[Range<usize>] {
        &self.units
    }

    /// The named entities in text order, never overlapping.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The type of an entity of this reading: `GPE`, `PERSON`, `ORG`, `DATE` ...
    pub fn entity_label(&self, entity: &Entity) -> &str {
        self.labels.entities.get(entity.label as usize).map_or("", |l| l)
    }

    /// The bytes from the first to the last token of the range; an empty span for an empty range.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        match (self.rows.get(tokens.start), tokens.end.checked_sub(1).and_then(|e| self.rows.get(e))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => {
                Span::new(first.start as usize, last.end as usize)
            }
            _ => Span::new(0, 0),
        }
    }

    /// The tokens that share at least a byte with the span.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let first = self.rows.partition_point(|r| r.end as usize <= span.start);
        let last = self.rows.partition_point(|r| (r.start as usize) < span.end);
        first..last.max(first)
    }

    /// The token that covers byte `at`, or `None` where no token lies (white space, text outside the units).
    pub fn token_at(&self, at: usize) -> Option<Token<'_>> {
        let i = self.rows.partition_point(|r| r.end as usize <= at);
        self.get(i).filter(|t| t.span().contains_byte(at))
    }

    /// The head of a run of tokens: the token whose head lies outside; the last such where there are several roots.
    pub fn head_of(&self, tokens: Range<usize>) -> Option<Token<'_>> {
        self.range(tokens.clone())
            .filter(|t| t.head().is_none_or(|h| !tokens.contains(&h.i)))
            .max_by_key(|t| (t.right_edge() - t.left_edge(), t.i))
    }
}

/// A token of a reading: a view, cheap to copy.
#[derive(Clone, Copy)]
pub struct Token<'a> {
    reading: &'a Reading,
    /// Its index in the reading.
    pub i: usize,
}

impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.reading, other.reading) && self.i == other.i
    }
}
impl Eq for Token<'_> {}

impl std::fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}/{}/{}", self.i, self.text(), self.tag(), self.dep())
    }
}

impl<'a> Token<'a> {
    fn row(self) -> &'a Row {
        &self.reading.rows[self.i]
    }

    /// The reading it belongs to.
    pub fn reading(self) -> &'a Reading {
        self.reading
    }

    /// Its words as they stand in the text, curly marks and capitals included.
    pub fn text(self) -> &'a str {
        self.span().of(&self.reading.text)
    }

    /// Its bytes in the text.
    pub fn span(self) -> Span {
        Span::new(self.row().start as usize, self.row().end as usize)
    }

    /// Its Unicode code points in the text, half-open.
    pub fn chars(self) -> Range<usize> {
        self.row().char_start as usize..self.row().char_end as usize
    }

    /// Whether a space follows.
    pub fn space_after(self) -> bool {
        self.row().space_after
    }

    /// Penn Treebank tag, `VBD`.
    pub fn tag(self) -> &'a str {
        &self.reading.labels.tags[self.row().tag as usize]
    }

    /// Part of speech.
    pub fn pos(self) -> Pos {
        self.row().pos
    }

    /// Label of the arc to its head in the ClearNLP scheme: `nsubj`, `dobj`, `ROOT`.
    pub fn dep(self) -> &'a str {
        &self.reading.labels.deps[self.row().dep as usize]
    }

    /// Base form: `joining` is `join`.
    pub fn lemma(self) -> &'a str {
        let (start, end) = self.row().lemma;
        &self.reading.lemmas[start as usize..end as usize]
    }

    /// Morphology as `Name=Value|Name=Value`, sorted; empty where there is none.
    pub fn morph(self) -> &'a str {
        &self.reading.labels.morphs[self.row().morph as usize]
    }

    /// Whether the morphology holds the feature, written `Tense=Past`.
    pub fn has_morph(self, feature: &str) -> bool {
        self.morph().split('|').any(|f| f == feature)
    }

    /// The type of the entity it belongs to.
    pub fn entity_label(self) -> Option<&'a str> {
        self.entity().map(|e| self.reading.entity_label(e))
    }

    /// The entity it belongs to.
    pub fn entity(self) -> Option<&'a Entity> {
        self.reading.entities.get(self.row().entity as usize)
    }

    /// Which sentence of the reading it stands in.
    pub fn sentence(self) -> usize {
        self.row().sentence as usize
    }

    /// Which unit it stands in.
    pub fn unit(self) -> usize {
        self.reading.sentences[self.sentence()].unit
    }

    /// The token it depends on, or `None` at the root of the sentence.
    pub fn head(self) -> Option<Token<'a>> {
        let head = self.row().head as usize;
        (head != self.i).then_some(Token { reading: self.reading, i: head })
    }

    /// Whether it is the root of its sentence.
    pub fn is_root(self) -> bool {
        self.head().is_none()
    }

    /// The tokens that depend on it, in text order.
    pub fn children(self) -> impl DoubleEndedIterator<Item = Token<'a>> + 'a {
        let reading = self.reading;
        let start = if self.i == 0 { 0 } else { reading.child_ends[self.i - 1] as usize };
        let end = reading.child_ends[self.i] as usize;
        reading.children[start..end].iter().map(move |&i| Token { reading, i: i as usize })
    }

    /// The first child with that label.
    pub fn child(self, dep: &str) -> Option<Token<'a>> {
        self.children().find(|c| c.dep() == dep)
    }

    /// The first child with one of the labels.
    pub fn child_of(self, deps: &[&str]) -> Option<Token<'a>> {
        self.children().find(|c| deps.contains(&c.dep()))
    }

    /// Index of the leftmost token of its subtree.
    pub fn left_edge(self) -> usize {
        self.row().left_edge as usize
    }

    /// Index of the rightmost token of its subtree.
    pub fn right_edge(self) -> usize {
        self.row().right_edge as usize
    }

    /// The tokens from the leftmost to the rightmost of its subtree. Crossing arcs are rare in English; where they occur the
    /// range holds tokens in between that are not of the subtree.
    pub fn subtree(self) -> Range<usize> {
        self.left_edge()..self.right_edge() + 1
    }

    /// The bytes of its subtree.
    pub fn subtree_span(self) -> Span {
        self.reading.span(self.subtree())
    }

    /// Its governors from the nearest to the root.
    pub fn ancestors(self) -> impl Iterator<Item = Token<'a>> {
        std::iter::successors(self.head(), |t| t.head())
    }

    /// Whether `other` is one of its governors.
    pub fn is_under(self, other: Token<'_>) -> bool {
        self.ancestors().any(|a| a.i == other.i)
    }

    /// How many arcs lie between the two, over their lowest common governor; `None` in different sentences.
    pub fn distance(self, other: Token<'_>) -> Option<usize> {
        let up: Vec<usize> = std::iter::once(self.i).chain(self.ancestors().map(|t| t.i)).collect();
        let mut steps = 0;
        let mut at = Token { reading: self.reading, i: other.i };
        loop {
            if let Some(place) = up.iter().position(|&i| i == at.i) {
                return Some(place + steps);
            }
            at = at.head()?;
            steps += 1;
        }
    }

    /// The token before it in its sentence.
    pub fn before(self) -> Option<Token<'a>> {
        let previous = self.reading.get(self.i.checked_sub(1)?)?;
        (previous.sentence() == self.sentence()).then_some(previous)
    }

    /// The token after it in its sentence.
    pub fn after(self) -> Option<Token<'a>> {
        self.reading.get(self.i + 1).filter(|next| next.sentence() == self.sentence())
    }

    /// The first of the coordination it belongs to: `Syria` for `Libya` in "Syria, Lebanon and Libya"; itself outside one.
    pub fn first_conjunct(self) -> Token<'a> {
        let mut at = self;
        while at.dep() == "conj" {
            match at.head() {
                Some(head) => at = head,
                None => break,
            }
        }
        at
    }

    /// All members of the coordination it belongs to, itself included, in text order.
    pub fn conjuncts(self) -> Vec<Token<'a>> {
        let mut found = vec![self.first_conjunct()];
        let mut next = 0;
        while let Some(&at) = found.get(next) {
            found.extend(at.children().filter(|c| c.dep() == "conj"));
            next += 1;
        }
        found.sort_by_key(|t| t.i);
        found
    }

    /// Auxiliaries in text order: "will have been" of "will have been signed".
    pub fn auxiliaries(self) -> impl Iterator<Item = Token<'a>> + 'a {
        self.children().filter(|c| matches!(c.dep(), "aux" | "auxpass"))
    }

    /// Whether a negation hangs on it or on its auxiliary: "not", "n't", "never".
    pub fn is_negated(self) -> bool {
        self.children().any(|c| c.dep() == "neg")
    }

    /// Whether it is a passive: "was signed".
    pub fn is_passive(self) -> bool {
        self.children().any(|c| matches!(c.dep(), "auxpass" | "nsubjpass" | "csubjpass"))
            || (self.tag() == "VBN" && self.dep() == "acl")
    }

    /// Who does it, for a predicate: its own subject or, where it has none, the one it shares: of the verb it is coordinated
    /// with, of the verb that governs it ("wants to *join*": xcomp; "left *saying*": advcl), the noun it modifies ("the
    /// states *joining*", "the state that *joined*"), the agent of a passive ("by X"). For a passive this is the agent; what
    /// is signed is [`Token::object`].
    pub fn subject(self) -> Option<Token<'a>> {
        if self.is_passive() {
            return self.child("agent").and_then(|by| by.child("pobj"));
        }
        self.surface_subject()
    }

    /// What it is done to: direct object, the subject of a passive, the noun a passive participle modifies.
    pub fn object(self) -> Option<Token<'a>> {
        if self.is_passive() {
            return self.surface_subject();
        }
        let own = self.child_of(&["dobj", "attr", "dative"]);
        own.map(|o| o.resolve_relative())
    }

    /// The grammatical subject, found through auxiliaries, coordination, control and relative clauses.
    pub fn surface_subject(self) -> Option<Token<'a>> {
        let mut at = self;
        // A chain of governors longer than this is a parse gone wrong.
        for _ in 0..8 {
            if let Some(own) = at.child_of(&["nsubj", "nsubjpass", "csubj", "csubjpass", "expl"]) {
                return Some(own.resolve_relative());
            }
            if let Some(poss) = at.child("poss").filter(|_| at.pos() == Pos::Noun || at.tag() == "VBG") {
                return Some(poss);
            }
            let head = at.head()?;
            match at.dep() {
                "conj" | "xcomp" | "advcl" | "pcomp" | "ccomp" | "aux" | "auxpass" | "prep" => {
                    // "persuaded Sweden to join": the object of the governor acts, unless it is a promise to it.
                    if at.dep() == "xcomp"
                        && let Some(object) = head.child_of(&["dobj", "dative"]).filter(|o| o.i < at.i)
                    {
                        return Some(object.resolve_relative());
                    }
                    at = head;
                }
                "acl" | "relcl" => return Some(head),
                _ => return None,
            }
        }
        None
    }

    /// "that", "which", "who" stand for the noun that their clause modifies; any other token for itself.
    pub fn resolve_relative(self) -> Token<'a> {
        if !matches!(self.tag(), "WDT" | "WP") {
            return self;
        }
        self.ancestors()
            .find(|a| a.dep() == "relcl")
            .and_then(|clause| clause.head())
            .filter(|noun| noun.i < self.i)
            .unwrap_or(self)
    }
}
