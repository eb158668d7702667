//! What each clause says, in a form that can be laid beside the clauses of other articles: predicate, arguments, amounts, and what
//! its governors make of it.
//!
//! Verbs and copulas give a proposition each, and so do event nouns that somebody owns ("Norway's announcement"). Amounts stand in
//! `amount`, states put into a region or class in `placement`. All of it is for reconciliation and is not printed.

mod amount;
mod placement;

use language::{Pos, Span, Token};

use super::{Context, EntityId, EntityKind, Factuality, Holder, Predicate, Realis, Time};

pub use amount::{Amount, Bound};
pub use placement::Placement;

/// How many words of an argument are kept for comparison.
const WORDS: usize = 12;

/// What one clause says.
#[derive(Clone, Debug)]
pub struct Proposition {
    /// The clause from its subject to its last object or phrase, without the clauses inside it.
    pub span: Span,
    /// The predicate's own word.
    pub predicate: Span,
    /// Its lemma, a particle joined by an underscore: `rule_out`. "did so" has the lemma of the verb that it stands for.
    pub lemma: String,
    /// Subject first, then objects, then phrases, in text order.
    pub arguments: Vec<Argument>,
    /// Numbers that the clause gives, in text order.
    pub amounts: Vec<Amount>,
    /// How certain, by the holder.
    pub factuality: Factuality,
    /// In which world.
    pub realis: Realis,
    /// Whose word it is.
    pub holder: Holder,
    /// Whether somebody denies it in as many words: "denies that it accepted".
    pub denied: bool,
    /// Whether its predicate says something: "said", "warned".
    pub says: bool,
    /// Whether it stands in a headline or subhead, whose tense and brevity bind less.
    pub heading: bool,
}

/// One side or circumstance of a proposition.
#[derive(Clone, Debug)]
pub struct Argument {
    /// `subj`, `obj`, `is` (what a copula says), `poss`, or a preposition.
    pub relation: String,
    /// Lemma of its head, small letters.
    pub head: String,
    /// What the head names.
    pub entity: Option<EntityId>,
    /// What stands beside the head: "Finland" of "Finland's parliament".
    pub of: Vec<EntityId>,
    /// Lemmas of the content words beside the head, sorted.
    pub words: Vec<String>,
    /// "largest", "most important".
    pub superlative: Option<String>,
    /// The whole phrase, without clauses inside it.
    pub span: Span,
}

impl Proposition {
    /// The first argument of that relation.
    pub fn argument(&self, relation: &str) -> Option<&Argument> {
        self.arguments.iter().find(|a| a.relation == relation)
    }

    /// Everything that its arguments name, each once, sorted.
    pub fn entities(&self) -> Vec<&EntityId> {
        let mut all: Vec<&EntityId> = self.arguments.iter().flat_map(|a| a.entity.iter().chain(&a.of)).collect();
        all.sort();
        all.dedup();
        all
    }
}

/// What the clauses of an article say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    pub(crate) propositions: Vec<Proposition>,
    pub(crate) placements: Vec<Placement>,
}

/// The propositions of an article in text order, and the regions that states are put into.
pub(crate) fn find(context: Context<'_>, predicates: &[Predicate], times: &[Time]) -> Said {
    let mut propositions: Vec<Proposition> = predicates.iter().filter_map(|p| proposition(p, context)).collect();
    propositions.sort_by_key(|p| (p.predicate.start, p.predicate.end));
    propositions.dedup_by(|b, a| a.predicate == b.predicate);
    amount::assign(context, times, &mut propositions);
    Said { propositions, placements: placement::find(context) }
}

fn proposition(judged: &Predicate, context: Context<'_>) -> Option<Proposition> {
    let token = context.reading.token_at(judged.span.start)?;
    let is_verb = matches!(token.pos(), Pos::Verb | Pos::Aux) || token.tag().starts_with("VB");
    let mut arguments = Vec::new();
    if is_verb {
        arguments.extend(token.subject().into_iter().flat_map(|s| phrase("subj", s, context)));
        // "Trump, announcing the news, wrote": the subject is shared, and found through the tree.
        let object = token.object().filter(|o| o.i != token.i && o.dep() != "attr");
        arguments.extend(object.into_iter().flat_map(|o| phrase("obj", o, context)));
        let said = token.children().filter(|c| matches!(c.dep(), "attr" | "acomp" | "oprd") && c.i > token.i);
        arguments.extend(said.flat_map(|c| phrase("is", c, context)));
    } else {
        let owner = token.child("poss").filter(|p| context.names.entity_at(p.i).is_some())?;
        arguments.extend(phrase("poss", owner, context));
    }
    for prep in token.children().filter(|c| c.dep() == "prep") {
        if let Some(object) = prep.child("pobj") {
            arguments.extend(phrase(&prep.lemma().to_lowercase(), object, context));
        }
    }
    if arguments.is_empty() {
        return None;
    }
    arguments.dedup_by(|b, a| a.span == b.span && a.head == b.head);
    Some(Proposition {
        span: clause(token, context),
        predicate: judged.span,
        lemma: lemma(token),
        arguments,
        amounts: Vec::new(),
        factuality: judged.factuality,
        realis: judged.realis,
        holder: judged.holder.clone(),
        denied: judged.rule.contains("DENY"),
        says: super::quotation::lexicon::verb(token).is_some_and(|cue| cue.speaks()),
        heading: is_heading(token, context),
    })
}

/// The lemma with its particle; of "do so" that of the verb before it which it stands for.
fn lemma(token: Token<'_>) -> String {
    let own = token.lemma().to_lowercase();
    if own == "do" && token.children().any(|c| c.i == token.i + 1 && c.text().eq_ignore_ascii_case("so")) {
        let first = token.i.saturating_sub(40);
        let before = token.reading().range(first..token.i);
        let full = |t: &Token<'_>| t.pos() == Pos::Verb && !matches!(t.lemma(), "do" | "have" | "say" | "be");
        if let Some(verb) = before.rev().find(full) {
            return lemma(verb);
        }
    }
    match token.child("prt") {
        Some(particle) => format!("{own}_{}", particle.text().to_lowercase()),
        None => own,
    }
}

/// A phrase with its coordination, an argument a member.
fn phrase(relation: &str, head: Token<'_>, context: Context<'_>) -> Vec<Argument> {
    let members = head.conjuncts().into_iter().filter(|c| c.i >= head.i).take(12);
    members.map(|member| argument(relation, member, context)).collect()
}

fn argument(relation: &str, head: Token<'_>, context: Context<'_>) -> Argument {
    let reading = context.reading;
    let tokens = noun_phrase(head);
    let inside = |t: &Token<'_>| t.i != head.i && matches!(t.pos(), Pos::Noun | Pos::Propn | Pos::Adj | Pos::Verb);
    let mut words: Vec<String> =
        reading.range(tokens.clone()).filter(inside).take(WORDS).map(|t| t.lemma().to_lowercase()).collect();
    words.sort();
    words.dedup();
    let entity = context.names.mention_at(head.i);
    let mut of: Vec<EntityId> = context
        .names
        .mentions_in(tokens.clone())
        .filter(|m| entity.is_none_or(|own| own.span != m.span))
        .map(|m| context.names.entity_of(m))
        .filter(|e| e.kind != EntityKind::Office)
        .map(|e| e.id.clone())
        .collect();
    if entity.is_none() && of.is_empty() {
        of = pair(head, context);
    }
    of.sort();
    of.dedup();
    Argument {
        relation: relation.to_owned(),
        head: head.lemma().to_lowercase(),
        entity: entity.map(|m| context.names.entity_of(m).id.clone()),
        of,
        words,
        superlative: superlative(head),
        span: reading.span(tokens),
    }
}

/// "The two opened ties": the states of the sentence before, where it names just so many.
fn pair(head: Token<'_>, context: Context<'_>) -> Vec<EntityId> {
    let definite = head.child("det").is_some_and(|d| d.text().eq_ignore_ascii_case("the"));
    if !definite || !head.text().eq_ignore_ascii_case("two") {
        return Vec::new();
    }
    let Some(before) = head.sentence().checked_sub(1).and_then(|s| context.reading.sentences().get(s)) else {
        return Vec::new();
    };
    let named = context.names.mentions_in(before.tokens.clone()).map(|m| context.names.entity_of(m));
    let mut states: Vec<EntityId> = named.filter(|e| e.kind == EntityKind::State).map(|e| e.id.clone()).collect();
    states.sort();
    states.dedup();
    if states.len() == 2 { states } else { Vec::new() }
}

/// "largest" of "the largest exporter", "most important" of "the most important partner".
fn superlative(noun: Token<'_>) -> Option<String> {
    let adjective = noun.children().find(|c| {
        c.dep() == "amod" && (c.tag() == "JJS" || c.children().any(|m| m.tag() == "RBS" || m.text() == "most"))
    })?;
    // "third-largest", "second biggest", "one of the largest", "among the largest".
    let ranked = adjective.before().is_some_and(|b| b.text() == "-" || is_ordinal(b))
        || adjective.text().contains('-')
        || adjective.children().chain(noun.children()).any(|c| is_ordinal(c) && c.i < adjective.i);
    let shared = noun.head().is_some_and(|h| matches!(h.lemma(), "of" | "among"))
        && noun
            .ancestors()
            .take(2)
            .any(|a| matches!(a.text().to_lowercase().as_str(), "one" | "some" | "two" | "among"));
    let plural = matches!(noun.tag(), "NNS" | "NNPS");
    (!ranked && !shared && !plural).then(|| adjective.text().to_lowercase())
}

fn is_ordinal(token: Token<'_>) -> bool {
    matches!(
        token.text().to_lowercase().as_str(),
        "second" | "third" | "fourth" | "fifth" | "sixth" | "seventh" | "eighth" | "ninth" | "tenth" | "next"
    )
}

/// The tokens of a noun phrase, without relative clauses, appositions and coordination.
fn noun_phrase(head: Token<'_>) -> std::ops::Range<usize> {
    let mut end = head.i + 1;
    for child in head.children().filter(|c| c.i > head.i) {
        if !matches!(child.dep(), "prep" | "nummod" | "amod" | "compound" | "case") || child.left_edge() != end {
            break;
        }
        end = child.right_edge() + 1;
    }
    let mut start = head.left_edge();
    while start < head.i && head.reading().get(start).is_some_and(|t| t.pos() == Pos::Punct) {
        start += 1;
    }
    start.min(head.i)..end
}

/// The predicate with its own subject and what it governs but for clauses of their own.
fn clause(token: Token<'_>, context: Context<'_>) -> Span {
    let subject = token.child_of(&["nsubj", "nsubjpass", "poss"]).filter(|s| s.i < token.i);
    let first =
        subject.map(|s| noun_phrase(s).start).into_iter().chain(token.auxiliaries().map(|a| a.i)).chain([token.i]);
    let first = first.min().unwrap_or(token.i);
    let last = token
        .children()
        .filter(|c| c.i > token.i && !matches!(c.dep(), "punct" | "conj" | "cc" | "advcl" | "ccomp" | "parataxis"))
        .map(|c| if matches!(c.dep(), "dobj" | "attr") { noun_phrase(c).end - 1 } else { c.right_edge() })
        .chain([token.i])
        .max()
        .unwrap_or(token.i);
    context.reading.span(first..last + 1)
}

fn is_heading(token: Token<'_>, context: Context<'_>) -> bool {
    use crate::ingest::BlockKind;
    let at = token.span().start;
    let blocks = &context.article.blocks;
    let block = blocks.partition_point(|b| b.span.end <= at);
    blocks.get(block).is_some_and(|b| matches!(b.kind, BlockKind::Headline | BlockKind::Subhead))
}

#[cfg(test)]
mod tests {
    use super::Proposition;
    use crate::testing::{MODEL, article};

    fn propositions(text: &str) -> Vec<Proposition> {
        crate::extract::extract(&MODEL, &article(text)).propositions
    }

    /// `subj:iso3:KAZ join obj:agreement:...`
    fn check(text: &str, lemma: &str, wanted: &[(&str, &str)]) {
        let all = propositions(text);
        let Some(found) = all.iter().find(|p| p.lemma == lemma) else { panic!("{lemma} in {text}: {all:?}") };
        for (relation, value) in wanted {
            let has = found.arguments.iter().any(|a| {
                a.relation == *relation
                    && (a.head == *value
                        || a.entity.as_ref().is_some_and(|e| e.0 == *value)
                        || a.of.iter().any(|o| o.0 == *value))
            });
            assert!(has, "{relation}:{value} in {found:?}");
        }
    }

    #[test]
    fn a_clause_gives_its_sides() {
        check(
            "Norway ruled out talks with Chad.",
            "rule_out",
            &[("subj", "iso3:NOR"), ("obj", "talk"), ("obj", "iso3:TCD")],
        );
        check("The pact was approved by Peru on Monday.", "approve", &[("subj", "iso3:PER"), ("obj", "pact")]);
        check("Chile is the largest buyer of copper.", "be", &[("subj", "iso3:CHL"), ("is", "buyer")]);
        check("Each of them must ratify. Two had done so by noon.", "ratify", &[("subj", "each")]);
        assert!(
            propositions("Each of them must ratify. Two had done so by noon.")
                .iter()
                .filter(|p| p.lemma == "ratify")
                .count()
                == 2
        );
    }

    #[test]
    fn only_the_first_place_is_a_superlative() {
        let of = |text: &str| {
            let all = propositions(text);
            all.iter().flat_map(|p| p.arguments.clone()).find_map(|a| a.superlative)
        };
        assert_eq!(of("Chile is the largest buyer of copper.").as_deref(), Some("largest"));
        assert_eq!(of("Chile is the third-largest buyer of copper."), None);
        assert_eq!(of("Chile is one of the largest buyers of copper."), None);
        assert_eq!(of("Chile is a large buyer of copper."), None);
    }

    #[test]
    fn a_denial_is_kept_apart_from_a_negation() {
        let denied = |text: &str, lemma: &str| propositions(text).iter().find(|p| p.lemma == lemma).map(|p| p.denied);
        assert_eq!(denied("Norway denies that it accepted a quota.", "accept"), Some(true));
        assert_eq!(denied("Norway did not accept a quota.", "accept"), Some(false));
    }
}
