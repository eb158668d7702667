//! Whose word something is.

use language::{Pos, Reading, Span, Token};

use super::quotation::{lexicon, source};
use super::{Context, Credit, EntityKind, Holder, HolderKind};

/// The holder that a source names: "Trump", "a U.S. official", "critics", "he". A name or pronoun that is linked gives its
/// entity; a noun with a name beside it ("his envoy, Jane Doe") the name's; words that belong to somebody ("Trump's post") give
/// their owner; any other noun a role or a group by number, under its own words.
pub(crate) fn holder_of(source: Token<'_>, context: Context<'_>) -> Holder {
    let token = source.resolve_relative();
    let span = noun_phrase(token);
    if let Some(holder) = linked(token, context) {
        return holder;
    }
    if let Some(holder) = token.children().filter(|c| c.dep() == "appos").find_map(|c| linked(c, context)) {
        return holder;
    }
    let name = span.of(context.reading.text()).split_whitespace().collect::<Vec<_>>().join(" ");
    let class = lexicon::speaker(token);
    if class == Some("document")
        && let Some(owner) = owner(token)
        && source::can_speak(owner, context)
    {
        return holder_of(owner, context);
    }
    let kind = match token.pos() {
        Pos::Pron if is_personal(token) => HolderKind::Unknown,
        Pos::Pron => HolderKind::Group,
        _ if matches!(class, Some("group" | "body")) || is_plural(token) => HolderKind::Group,
        _ => HolderKind::Role,
    };
    Holder { kind, entity: None, name, span: Some(span) }
}

/// Whose word the token is: of the shortest quotation it stands in, else of the reporting clause that governs it ("X said that
/// ...", "..., according to X"), else the article's own voice.
pub(crate) fn voice_at(token: Token<'_>, context: Context<'_>) -> Holder {
    let around = context.quotations.iter().filter(|q| q.content.contains(token.span()));
    let spoken = around.filter(|q| !matches!(q.form, super::Form::Scare | super::Form::Heading));
    if let Some(quotation) = spoken.min_by_key(|q| q.content.len()) {
        return quotation.holder.clone();
    }
    let mut below = token;
    for above in token.ancestors() {
        let clause = matches!(below.dep(), "ccomp" | "xcomp" | "acl");
        if clause && let Some(holder) = reporter(above, below, context) {
            return holder;
        }
        below = above;
    }
    // "..., according to X" hangs on the sentence's main verb.
    let phrases = below.children().filter_map(|c| lexicon::phrase(context.reading, c.i));
    let named = phrases.filter_map(|p| source::of_phrase(context.reading.token(p.end - 1), context));
    named.filter(|s| !token.is_under(*s) && token.i != s.i).map(|s| holder_of(s, context)).next().unwrap_or_else(Holder::outlet)
}

/// Who says the clause `said` that hangs on `above`, where that is a cue.
fn reporter(above: Token<'_>, said: Token<'_>, context: Context<'_>) -> Option<Holder> {
    let (cue, source) = match lexicon::verb(above) {
        Some(cue) => (cue, source::of_verb(above, context)),
        None => (lexicon::noun(above)?, source::of_noun(above, context)),
    };
    let asked = if said.dep() == "xcomp" || said.children().any(|c| c.tag() == "TO") { "to" } else { "that" };
    // Thought and wish are the holder's as much as speech; what documents show is theirs only where they are named as sources.
    if !cue.takes(asked) {
        return None;
    }
    match source {
        Some(source) => Some(holder_of(source, context)),
        // "It was announced that": somebody's word, but nobody's name.
        None if cue.speaks() && above.is_passive() => Some(Holder::unknown()),
        None => None,
    }
}

fn linked(token: Token<'_>, context: Context<'_>) -> Option<Holder> {
    let mention = context.names.mention_at(token.i)?;
    let entity = context.names.entity_of(mention);
    if entity.kind == EntityKind::Agreement {
        return None;
    }
    Some(Holder {
        kind: HolderKind::Entity,
        entity: Some(entity.id.clone()),
        name: entity.name.clone(),
        span: Some(mention.span),
    })
}

/// Whose a document is: "Trump's post", "a statement by the ministry".
fn owner(document: Token<'_>) -> Option<Token<'_>> {
    document.child("poss").or_else(|| {
        let by = document.children().find(|c| c.dep() == "prep" && matches!(c.text(), "by" | "from"));
        by.and_then(|p| p.child("pobj"))
    })
}

/// The noun phrase without what follows the noun as an apposition or clause.
fn noun_phrase(token: Token<'_>) -> Span {
    let reading: &Reading = token.reading();
    let mut end = token.i + 1;
    for child in token.children().filter(|c| c.i > token.i) {
        if !matches!(child.dep(), "prep" | "conj" | "cc" | "nummod" | "amod" | "compound") || child.left_edge() != end {
            break;
        }
        end = child.right_edge() + 1;
    }
    let starts_with_mark = |i: usize| reading.get(i).is_some_and(|t| t.pos() == Pos::Punct);
    let mut start = token.left_edge();
    while start < token.i && starts_with_mark(start) {
        start += 1;
    }
    reading.span(start..end)
}

fn is_plural(token: Token<'_>) -> bool {
    matches!(token.tag(), "NNS" | "NNPS") || token.has_morph("Number=Plur") || token.children().any(|c| c.dep() == "conj")
}

fn is_personal(token: Token<'_>) -> bool {
    let word = token.text().to_lowercase();
    matches!(word.as_str(), "he" | "she" | "they" | "it" | "i" | "we" | "you" | "him" | "her" | "them" | "us" | "me" | "who" | "his" | "their" | "its" | "my" | "our")
}

/// Outlets and agencies that the article gives as its source, in text order: "as X reports", "told X", "in an interview with
/// X", "(AP)". Only names that are organisations are taken; each place once.
pub(crate) fn credits(context: Context<'_>) -> Vec<Credit> {
    let mut found: Vec<Credit> = Vec::new();
    for mention in &context.names.mentions {
        let entity = context.names.entity_of(mention);
        if entity.kind != EntityKind::Organisation {
            continue;
        }
        let Some(head) = context.reading.head_of(mention.tokens.clone()) else { continue };
        if is_credit(head, context) {
            found.push(Credit { outlet_or_agency: entity.name.clone(), span: mention.span });
        }
    }
    found.sort_by_key(|c| c.span);
    found.dedup_by_key(|c| c.span);
    found
}

fn is_credit(name: Token<'_>, context: Context<'_>) -> bool {
    let Some(governor) = name.head() else { return false };
    let lemma = governor.lemma().to_lowercase();
    match name.dep() {
        "nsubj" => matches!(lemma.as_str(), "report" | "cite" | "quote"),
        "dobj" | "dative" => lemma == "tell",
        "agent" | "pobj" => match governor.text().to_lowercase().as_str() {
            "to" => governor.head().is_some_and(|h| h.text().eq_ignore_ascii_case("according")),
            "by" => governor.head().is_some_and(|h| matches!(h.lemma(), "report" | "see" | "obtain" | "quote" | "publish")),
            "with" | "for" => governor.head().is_some_and(|h| lexicon::medium(context.reading, h.i).is_some_and(|m| m.0 == "interview")),
            _ => false,
        },
        _ => false,
    }
}
