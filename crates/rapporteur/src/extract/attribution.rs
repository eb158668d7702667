//! Whose word something is.

mod credit;

pub(crate) use credit::credits;

use language::{Pos, Reading, Span, Token};

use super::quotation::{lexicon, source};
use super::{Context, EntityKind, Holder, HolderKind};
use crate::knowledge::knowledge;

/// The holder that a source names: "Trump", "a U.S. official", "critics", "he". A name or pronoun that is linked gives its
/// entity; a noun with a name beside it ("his envoy, Jane Doe") the name's; words that belong to somebody ("Trump's post") give
/// their owner; any other noun a role or a group by number, under its own words.
pub(crate) fn holder_of(source: Token<'_>, context: Context<'_>) -> Holder {
    let token = meant(source);
    let span = noun_phrase(token);
    // "Northern Bank president Anna Berg", where the parser makes the bank its head: she.
    if let Some(person) = of_body(token, context) {
        return holder_of(person, context);
    }
    if let Some(holder) = linked(token, context) {
        return holder;
    }
    if let Some(holder) = token.children().filter(|c| c.dep() == "appos").find_map(|c| linked(c, context)) {
        return holder;
    }
    // "Berg, the minister's lawyer": the name, where the parser leads to what stands beside it.
    if token.dep() == "appos"
        && let Some(named) = token.head().filter(|h| h.entity_label() == Some("PERSON"))
    {
        return holder_of(named, context);
    }
    let name = span.of(context.reading.text()).split_whitespace().collect::<Vec<_>>().join(" ");
    let class = lexicon::speaker(token);
    let document = class == Some("document") || is_statement(token);
    if document
        && let Some(owner) = owner(token)
        && source::can_speak(owner, context)
    {
        return holder_of(owner, context);
    }
    // "the White House statement"; "the British government" speaks for the state, under its own words.
    let modifier =
        |labels: &[&str]| token.children().filter(|c| labels.contains(&c.dep())).find_map(|c| linked(c, context));
    if document && let Some(holder) = modifier(&["compound", "nmod", "amod"]) {
        return holder;
    }
    let name = owned(token, span, context).unwrap_or(name);
    if token.lemma() == "government"
        && let Some(state) = modifier(&["poss", "amod", "nmod", "compound"]).filter(is_state)
    {
        return Holder { name, span: Some(span), ..state };
    }
    if let Some(holder) =
        announced(token, context).or_else(|| ruled(token, context)).or_else(|| introduced(token, context))
    {
        return holder;
    }
    let kind = match token.pos() {
        Pos::Pron if is_personal(token) => HolderKind::Unknown,
        Pos::Pron => HolderKind::Group,
        _ if matches!(class, Some("group" | "body")) || is_plural(token) => HolderKind::Group,
        _ => HolderKind::Role,
    };
    // "Managing Director Anna Berg": the office is what she is, not what she is called.
    if kind == HolderKind::Role
        && let Some(person) = person(token, context)
    {
        if let Some(holder) = linked(context.reading.token(person.end - 1), context) {
            return holder;
        }
        let words = context.reading.span(person);
        let name = words.of(context.reading.text()).split_whitespace().collect::<Vec<_>>().join(" ");
        return Holder { kind, entity: None, name, span: Some(words) };
    }
    Holder { kind, entity: None, name, span: Some(span) }
}

/// The person named behind a body and an office in it, with no comma between: "Northern Bank president *Anna Berg*".
fn of_body<'a>(token: Token<'a>, context: Context<'_>) -> Option<Token<'a>> {
    let body = context.names.entity_at(token.i).is_some_and(|e| e.kind != EntityKind::Person);
    let named = |c: &Token<'_>| c.dep() == "appos" && c.i > token.i && c.entity_label() == Some("PERSON");
    let person = token.children().find(named).filter(|_| body)?;
    let between = || context.reading.range(token.i + 1..person.i);
    let office = between().any(|t| lexicon::speaker(t) == Some("office") || knowledge().role(t.text()).is_some());
    (office && !between().any(|t| t.text() == ",")).then_some(person)
}

/// How many tokens back somebody without a name can have been introduced.
const INTRODUCED: usize = 600;

/// Who "the spokesperson", "the same official", "the government" is, told earlier in full ("a spokesperson for the ministry", "the
/// Peruvian government"): the one that the article has introduced by that noun; `None` where it has introduced several.
fn introduced(noun: Token<'_>, context: Context<'_>) -> Option<Holder> {
    let class = lexicon::speaker(noun);
    if noun.tag() != "NN" || !matches!(class, Some("office" | "person" | "body")) {
        return None;
    }
    let same = |c: &Token<'_>| c.dep() == "amod" && c.lemma() == "same";
    let bare = |t: Token<'_>| {
        t.children().all(|c| matches!(c.dep(), "det" | "punct" | "relcl" | "cc" | "conj" | "advmod") || same(&c))
    };
    let definite = noun.child("det").is_some_and(|d| d.text().eq_ignore_ascii_case("the"));
    if !definite || !bare(noun) {
        return None;
    }
    let earlier = context.reading.range(noun.i.saturating_sub(INTRODUCED)..noun.left_edge());
    // Who acts is introduced; who is only mentioned is another one.
    let acts = |t: Token<'_>| matches!(t.dep(), "nsubj" | "nsubjpass");
    let fuller = earlier.filter(|t| t.tag() == "NN" && t.lemma() == noun.lemma() && !bare(*t) && t.dep() != "compound");
    // "A government Twitter account" introduces no government.
    let fuller = fuller.filter(|t| !t.children().any(is_true_head));
    let mut acting = false;
    let mut known: Vec<Holder> = Vec::new();
    for told in fuller {
        acting |= acts(told);
        let holder = holder_of(told, context);
        if holder.kind != HolderKind::Unknown && !known.iter().any(|k| k.name.eq_ignore_ascii_case(&holder.name)) {
            known.push(holder);
        }
    }
    let [holder] = <[Holder; 1]>::try_from(known).ok()?;
    acting.then_some(holder)
}

/// The name in a phrase of office and name, where nothing links it: "Managing Director *Anna Berg*", "the ambassador to Norway
/// *Anna Berg*", where the parser takes the name for a part of the land's.
fn person(token: Token<'_>, context: Context<'_>) -> Option<std::ops::Range<usize>> {
    let reading = context.reading;
    let named = |t: Token<'_>| t.entity().filter(|e| reading.entity_label(e) == "PERSON").map(|e| e.tokens.clone());
    if token.pos() == Pos::Propn
        && let Some(tokens) = named(token)
    {
        return Some(tokens);
    }
    let office = |t: Token<'_>| lexicon::speaker(t) == Some("office") || knowledge().role(t.text()).is_some();
    if office(token) {
        let last = reading.token(token.right_edge());
        let tokens = named(last).filter(|n| n.len() > 1 && n.start > token.i && n.end == last.i + 1)?;
        let before = reading.get(tokens.start - 1)?;
        let place = matches!(before.entity_label(), Some("GPE" | "ORG" | "LOC"))
            || before.pos() == Pos::Propn && context.names.mention_at(before.i).is_some();
        return Some(tokens).filter(|_| place);
    }
    let start = reading.range(token.left_edge()..token.i).rev().take_while(|t| t.pos() == Pos::Propn).find(|t| {
        knowledge().is_first_name(t.text()) && t.before().is_some_and(|b| b.i >= token.left_edge() && office(b))
    })?;
    Some(start.i..token.i + 1)
}

/// Whom a source's word stands for: a relative "who" for the nearest person it can mean ("a *diplomat* from an allied country,
/// who thought"), any other word for itself.
fn meant(source: Token<'_>) -> Token<'_> {
    let noun = source.resolve_relative();
    let person =
        |t: Token<'_>| matches!(lexicon::speaker(t), Some("office" | "person")) || t.entity_label() == Some("PERSON");
    if noun.i == source.i || source.text() != "who" || person(noun) || noun.dep() != "pobj" {
        return noun;
    }
    noun.head().and_then(|p| p.head()).filter(|above| person(*above)).unwrap_or(noun)
}

/// "Its leaders", "whose office", with the owner's name where it is known: "the European Union's leaders".
fn owned(token: Token<'_>, words: Span, context: Context<'_>) -> Option<String> {
    let pronoun = token.child("poss").filter(|p| matches!(p.tag(), "PRP$" | "WP$") && p.span().start == words.start)?;
    let owner = if pronoun.tag() == "WP$" {
        let noun = pronoun.ancestors().find(|a| a.dep() == "relcl").and_then(|clause| clause.head())?;
        holder_of(noun, context).name
    } else {
        linked(pronoun, context)?.name
    };
    let rest = Span::new(pronoun.span().end, words.end).of(context.reading.text());
    let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    let mark = if owner.ends_with('s') { "'" } else { "'s" };
    Some(format!("{owner}{mark} {rest}"))
}

/// "The announcement": a statement by the table of media, though it is no speaker by itself.
fn is_statement(token: Token<'_>) -> bool {
    token.pos() == Pos::Noun && lexicon::medium(token.reading(), token.i).is_some_and(|m| m.0 == "statement")
}

/// How many tokens back the one who made a statement can stand.
const BEFORE: usize = 250;

/// Whose "the statement" is, told earlier: "in a statement, X said", "X's statement", "the letter from X". The nearest one of
/// that medium which has an owner; `None` where the words name another one ("a statement").
fn announced(document: Token<'_>, context: Context<'_>) -> Option<Holder> {
    let reading = context.reading;
    let spoken = |m: &(&str, usize)| matches!(m.0, "statement" | "post" | "letter" | "email");
    let medium = lexicon::medium(reading, document.i).filter(spoken)?.0;
    let definite = document.child("det").is_some_and(|d| matches!(d.lemma(), "the" | "this"));
    if !definite || document.pos() != Pos::Noun || document.children().any(|c| c.dep() == "prep") {
        return None;
    }
    let before = reading.range(document.i.saturating_sub(BEFORE)..document.left_edge()).rev();
    let nouns = before.filter(|t| t.pos() == Pos::Noun && lexicon::medium(reading, t.i).is_some_and(|m| m.0 == medium));
    nouns.into_iter().find_map(|earlier| {
        let sayer = || {
            let prep = earlier
                .head()
                .filter(|p| earlier.dep() == "pobj" && matches!(p.text().to_lowercase().as_str(), "in" | "on"));
            let verb = prep?.ancestors().find(|a| matches!(a.pos(), Pos::Verb | Pos::Aux))?;
            lexicon::verb(verb).filter(|c| c.speaks())?;
            verb.child("nsubj")
        };
        let speaker = owner(earlier).or_else(sayer).filter(|s| source::can_speak(*s, context))?;
        Some(holder_of(speaker, context)).filter(|h| h.kind == HolderKind::Entity)
    })
}

/// Whose "the ruling", "the summary of the decision" is, told earlier: "the court issued a ruling".
fn ruled(document: Token<'_>, context: Context<'_>) -> Option<Holder> {
    let is_ruling = |t: Token<'_>| {
        matches!(t.lemma(), "ruling" | "decision" | "judgment" | "judgement" | "verdict" | "opinion")
            && t.pos() == Pos::Noun
    };
    let definite =
        |t: Token<'_>| t.child("det").is_some_and(|d| matches!(d.lemma().to_lowercase().as_str(), "the" | "this"));
    let of = || document.children().find(|c| c.dep() == "prep" && c.text() == "of").and_then(|p| p.child("pobj"));
    let summary = matches!(document.lemma(), "summary" | "text" | "preamble");
    let ruling = if summary { of() } else { Some(document) }.filter(|r| is_ruling(*r) && definite(*r))?;
    if !definite(document) || owner(ruling).is_some() {
        return None;
    }
    let before = context.reading.range(ruling.i.saturating_sub(BEFORE)..document.left_edge()).rev();
    let speaker = before.filter(|t| is_ruling(*t)).find_map(owner).filter(|s| source::can_speak(*s, context))?;
    Some(holder_of(speaker, context)).filter(|h| h.kind == HolderKind::Entity)
}

/// The holder of a quotation's source: of several who speak together ("Norway and Sweden said") all of them, as a group.
pub(crate) fn holders(source: Token<'_>, context: Context<'_>) -> Holder {
    let first = source.resolve_relative();
    // "Berg, a lawyer and mother of two" is one person: another one has a name, an article or is several.
    let other = |c: Token<'_>| c.dep() == "conj" && (c.pos() == Pos::Propn || is_plural(c) || c.child("det").is_some());
    if !first.children().any(other) {
        return holder_of(source, context);
    }
    let start = (first.left_edge()..first.i).find(|i| context.reading.token(*i).pos() != Pos::Punct).unwrap_or(first.i);
    let all = context.reading.span(start..first.conjuncts().last().map_or(first.i, |c| c.i) + 1);
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
        let clause = matches!(below.dep(), "ccomp" | "xcomp" | "acl") && !is_joined(below, above);
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

/// "The freeze is a step, but Berg said": a clause beside another, which the parser hangs on it.
fn is_joined(first: Token<'_>, second: Token<'_>) -> bool {
    let reading = first.reading();
    let end = first.right_edge();
    let mut near = reading.range(end..end + 3).filter(|t| t.pos() != Pos::Punct);
    first.i < second.i && near.any(|t| matches!(t.text(), "but" | "yet") && t.i < second.i)
}

/// Who says the clause `said` that hangs on `above`, where that is a cue.
fn reporter(above: Token<'_>, said: Token<'_>, context: Context<'_>) -> Option<Holder> {
    let (cue, source) = match lexicon::verb(above) {
        Some(cue) => (cue, source::of_verb(above, context)),
        // "Despite the fact that it will be costly": a fact is nobody's word.
        None => (lexicon::noun(above).filter(|_| above.lemma() != "fact")?, source::of_noun(above, context)),
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
    // "Some Britons" are not the state.
    let people = mention.form == super::name::MentionForm::Adjective && is_plural(token);
    if people && entity.kind == EntityKind::State {
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
    // "The statement that X made".
    let told = || {
        let clause = document.children().find(|c| c.dep() == "relcl" && c.lemma() == "make")?;
        clause.child("nsubj").filter(|s| s.pos() != Pos::Pron)
    };
    document.child("poss").or_else(|| by().and_then(|p| p.child("pobj"))).or_else(maker).or_else(told)
}

/// "A harbour office *Twitter account*": a noun that the parser sets beside the one before it, with neither comma nor article, is the
/// head of the whole.
fn is_true_head(child: Token<'_>) -> bool {
    let first = child.subtree().next().map(|i| child.reading().token(i));
    let beside =
        |f: Token<'_>| f.before().is_some_and(|b| child.head().is_some_and(|h| h.i == b.i && h.pos() == Pos::Noun));
    let plain = |c: Token<'_>| c.dep() == "compound";
    child.dep() == "appos"
        && child.tag() == "NN"
        && first.is_some_and(|f| f.i < child.i && beside(f))
        && child.children().filter(|c| c.i < child.i).all(plain)
}

/// The noun phrase without what follows the noun as an apposition or clause.
fn noun_phrase(token: Token<'_>) -> Span {
    let reading: &Reading = token.reading();
    let mut end = token.i + 1;
    for child in token.children().filter(|c| c.i > token.i) {
        let part = matches!(child.dep(), "prep" | "conj" | "cc" | "nummod" | "amod" | "compound");
        if !part && !is_true_head(child) || child.left_edge() != end {
            break;
        }
        end = child.right_edge() + 1;
        // "a diplomat from an allied land, who thought": what is told of them is no part of what they are called.
        let relative = child.subtree().map(|i| reading.token(i)).find(|t| t.dep() == "relcl");
        let told = relative.map(Token::left_edge);
        // "Residents of a town who for years": the residents.
        let who = told.filter(|i| *i > child.i && reading.get(*i).is_some_and(|t| t.text() == "who"));
        if let Some(who) = who.filter(|_| relative.is_some_and(|r| r.head().is_some_and(|h| h.tag() == "NN"))) {
            end = if reading.get(who - 1).is_some_and(|t| t.pos() == Pos::Punct) { who - 1 } else { who };
            break;
        }
        if let Some(comma) =
            told.and_then(|from| from.checked_sub(1)).filter(|i| *i >= child.i && reading.token(*i).text() == ",")
        {
            end = comma;
            break;
        }
    }
    let starts_with_mark = |i: usize| reading.get(i).is_some_and(|t| t.pos() == Pos::Punct);
    let mut start = token.left_edge();
    while start < token.i && starts_with_mark(start) {
        start += 1;
    }
    // "they sent judges, a move harbour workers say is ...": of two nouns side by side the first is what they speak of.
    let several = |w: &str| {
        matches!(w, "few" | "dozen" | "hundred" | "thousand" | "million" | "couple" | "lot" | "number" | "handful")
    };
    if let (Some(article), Some(other)) = (reading.get(start), reading.get(start + 1))
        && matches!(article.text().to_lowercase().as_str(), "a" | "an")
        && token.tag() == "NNS"
        && start + 1 < token.i
        && other.tag() == "NN"
        && !several(&other.text().to_lowercase())
    {
        start += 2;
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
            | "'s"
            | "’s"
    )
}
