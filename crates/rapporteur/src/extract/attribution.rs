//! Whose word something is.

mod credit;

pub(crate) use credit::credits;

use language::{Pos, Reading, Span, Token};

use super::quotation::{lexicon, source};
use super::{Context, EntityKind, Holder, HolderKind};

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
    // "the White House statement"; "the British government" speaks for the state, under its own words.
    let modifier =
        |labels: &[&str]| token.children().filter(|c| labels.contains(&c.dep())).find_map(|c| linked(c, context));
    if class == Some("document")
        && let Some(holder) = modifier(&["compound", "nmod", "amod"])
    {
        return holder;
    }
    if token.lemma() == "government"
        && let Some(state) = modifier(&["poss", "amod", "nmod", "compound"]).filter(is_state)
    {
        return Holder { name, span: Some(span), ..state };
    }
    let kind = match token.pos() {
        Pos::Pron if is_personal(token) => HolderKind::Unknown,
        Pos::Pron => HolderKind::Group,
        _ if matches!(class, Some("group" | "body")) || is_plural(token) => HolderKind::Group,
        _ => HolderKind::Role,
    };
    Holder { kind, entity: None, name, span: Some(span) }
}

/// The holder of a quotation's source: of several who speak together ("Norway and Sweden said") all of them, as a group.
pub(crate) fn holders(source: Token<'_>, context: Context<'_>) -> Holder {
    let first = source.resolve_relative();
    // "Berg, a lawyer and mother of two" is one person: another one has a name, an article or is several.
    let other = |c: Token<'_>| c.dep() == "conj" && (c.pos() == Pos::Propn || is_plural(c) || c.child("det").is_some());
    if !first.children().any(other) {
        return holder_of(source, context);
    }
    let all = context.reading.span(first.left_edge()..first.conjuncts().last().map_or(first.i, |c| c.i) + 1);
    let name = all.of(context.reading.text()).split_whitespace().collect::<Vec<_>>().join(" ");
    Holder { kind: HolderKind::Group, entity: None, name, span: Some(all) }
}

/// Whose word the token is: of the shortest quotation it stands in, else of the reporting clause that governs it ("X said that
/// ...", "..., according to X"), else the article's own voice.
pub(crate) fn voice_at(token: Token<'_>, context: Context<'_>) -> Holder {
    let (all, span) = (context.quotations, token.span());
    let last = all.partition_point(|q| q.content.start <= span.start);
    // They are in order of their beginnings, and none is longer than this.
    let near = all[..last].iter().rev().take_while(|q| q.content.start + super::quotation::LONGEST >= span.start);
    let around = near.filter(|q| q.content.contains(span));
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
    named
        .filter(|s| !token.is_under(*s) && token.i != s.i)
        .map(|s| holder_of(s, context))
        .next()
        .unwrap_or_else(Holder::outlet)
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

fn is_state(holder: &Holder) -> bool {
    holder.entity.as_ref().is_some_and(|e| e.0.starts_with("iso3:"))
}

/// Whose a document is: "Trump's post", "a statement by the ministry", "the ministry released a statement".
fn owner(document: Token<'_>) -> Option<Token<'_>> {
    let by = || document.children().find(|c| c.dep() == "prep" && matches!(c.text(), "by" | "from"));
    let maker = || {
        let verb = document.head().filter(|_| document.dep() == "dobj")?;
        let makes = matches!(verb.lemma(), "release" | "issue" | "publish" | "post" | "write" | "sign" | "send");
        verb.subject().filter(|_| makes)
    };
    document.child("poss").or_else(|| by().and_then(|p| p.child("pobj"))).or_else(maker)
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
    matches!(token.tag(), "NNS" | "NNPS")
        || token.has_morph("Number=Plur")
        || token.children().any(|c| c.dep() == "conj")
}

fn is_personal(token: Token<'_>) -> bool {
    let word = token.text().to_lowercase();
    matches!(
        word.as_str(),
        "he" | "she"
            | "they"
            | "it"
            | "i"
            | "we"
            | "you"
            | "him"
            | "her"
            | "them"
            | "us"
            | "me"
            | "who"
            | "his"
            | "their"
            | "its"
            | "my"
            | "our"
    )
}
