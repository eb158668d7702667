//! States that the text says belong to an agreement: "the original signatories — A, B and C", "A, a pioneer in the Accords",
//! "the pact brought together A and B", "relations with A under the accords".

use language::{Pos, Span, Token};

use super::super::By;
use super::super::{EntityId, EntityKind, Member, MemberStatus};
use super::cast::{Actor, Cast, Instrument};
use super::lexicon;
use super::outlook::standing;
use super::predicate::{Step, is_nobody, is_state};
use crate::knowledge::knowledge;

/// All of an article, in text order; a state has one entry a sentence.
pub(super) fn find(cast: &Cast<'_>, steps: &[Step]) -> Vec<Member> {
    let mut found = Vec::new();
    for token in cast.context.reading.tokens() {
        gathered(cast, token, &mut found);
        called(cast, token, &mut found);
        counterpart(cast, token, &mut found);
        bound(cast, token, &mut found);
        sides(cast, token, &mut found);
        by_ratifying(cast, token, &mut found);
        latest(cast, token, &mut found);
    }
    by_step(cast, steps, &mut found);
    followers(cast, &mut found);
    found.sort_by_key(|m| (m.span.start, m.status, m.span.end, m.participant.clone()));
    let sentence = |m: &Member| cast.context.reading.token_at(m.span.start).map(Token::sentence);
    let mut kept: Vec<Member> = Vec::new();
    for member in found {
        let same = |k: &Member| k.participant == member.participant && sentence(k) == sentence(&member);
        if !kept.iter().any(same) && member.participant != member.agreement {
            kept.push(member);
        }
    }
    kept
}

fn push(
    found: &mut Vec<Member>,
    actors: Vec<Actor>,
    agreement: &EntityId,
    status: MemberStatus,
    as_of: Option<String>,
    rule: &str,
) {
    found.extend(actors.into_iter().map(|a| Member {
        participant: a.id,
        agreement: agreement.clone(),
        status,
        as_of: as_of.clone(),
        span: a.span,
        rule: rule.to_owned(),
    }));
}

/// "the accords, which initially brought together A, B and C".
fn gathered<'a>(cast: &Cast<'a>, token: Token<'a>, found: &mut Vec<Member>) {
    let cues = lexicon::members();
    if token.pos() != Pos::Verb || !cues.plays("gather", token) {
        return;
    }
    let Some(subject) = token.surface_subject().filter(|_| !token.is_passive()) else { return };
    let Instrument::Named(agreement, _) = cast.instrument(subject) else { return };
    // "the bloc of voters that makes up Rubio's base", "what a deal would include".
    if agreement.0.starts_with("name:") || !is_told(token) {
        return;
    }
    // Of the word order "brought together the A, B and C" the list may hang anywhere after the verb.
    let after = cast.context.reading.range(token.i + 1..token.right_edge() + 1);
    let Some(first) = after.take(8).find(|t| !cast.list_at(t.i).is_empty()) else { return };
    let original = token.children().any(|c| cues.has("original", &c.text().to_lowercase()));
    let status = if original { MemberStatus::Original } else { MemberStatus::Member };
    push(found, listed(cast, first), &agreement, status, year(cast, token), "gathered by the agreement");
}

/// "original signatories — A and B", "members include A", "A, a pioneer in the accords", "A and B, both members of the pact".
fn called<'a>(cast: &Cast<'a>, token: Token<'a>, found: &mut Vec<Member>) {
    let cues = lexicon::members();
    let lemma = token.lemma().to_lowercase();
    let is_noun = matches!(token.pos(), Pos::Noun | Pos::Propn);
    if !is_noun || !(cues.has("noun", &lemma) || cues.has("appositive", &lemma)) {
        return;
    }
    let modifiers: Vec<String> = modifiers(token);
    if modifiers.iter().any(|m| cues.has("other", m)) {
        return;
    }
    // "a member of parliament", "a partner in the firm": another body than the agreement.
    let body = token
        .children()
        .filter(|c| c.dep() == "prep" && matches!(c.lemma(), "of" | "to" | "in"))
        .find_map(|c| c.child("pobj"));
    let agreement = match body.map(|b| cast.instrument(b)) {
        Some(Instrument::Named(id, _)) => id,
        Some(Instrument::Other) => return,
        // "Council members", "its trading partners", "party members": of another body.
        None if token.children().any(|c| {
            matches!(c.dep(), "compound" | "nmod" | "poss") && !cues.has("original", &c.text().to_lowercase())
        }) =>
        {
            return;
        }
        None if is_plural(token) || cues.has("original", modifiers.first().map_or("", String::as_str)) => {
            match cast.main {
                Some(main) => main.clone(),
                None => return,
            }
        }
        None => return,
    };
    let original = modifiers.iter().any(|m| cues.has("original", m));
    // Who signed is no member yet; whoever signed first has been there from the start.
    if lemma == "signatory" && !original {
        return;
    }
    let status = if original || lemma == "founder" { MemberStatus::Original } else { MemberStatus::Member };
    let actors = said_of(cast, token);
    let rule = if original { "called an original member" } else { "called a member" };
    push(found, actors, &agreement, status, year(cast, token), rule);
}

/// Whom the noun is said of: list after a dash, colon or "include"; apposition; copula. Negated copulas say nothing.
fn said_of<'a>(cast: &Cast<'a>, noun: Token<'a>) -> Vec<Actor> {
    let state = |t: Token<'a>| cast.state_at(t).filter(|id| is_state(cast, id)).is_some();
    let bare = |t: Token<'a>| state(t).then(|| listed(cast, t));
    // "the original signatories — the UAE, Bahrain": nothing but an article and a mark between noun and list.
    let reading = cast.context.reading;
    let after = noun.right_edge().max(noun.i);
    for start in [noun.i + 1, body_end(noun) + 1, after + 1] {
        let mut at = start;
        let mut marked = false;
        while let Some(t) = reading.get(at).filter(|t| t.sentence() == noun.sentence()) {
            let text = t.text().to_lowercase();
            let mark = matches!(text.as_str(), "—" | "–" | "-" | "--" | ":" | "," | "(" | "including" | "like");
            marked |= mark;
            // "signatories as Norway joins" is no list.
            let such = text == "as" && t.before().is_some_and(|b| b.text().eq_ignore_ascii_case("such"));
            if mark || such || matches!(text.as_str(), "the" | "such") {
                marked |= such;
                at += 1;
                continue;
            }
            if marked && let Some(list) = bare(t) {
                return list;
            }
            break;
        }
    }
    match (noun.dep(), noun.head()) {
        ("appos", Some(head)) => bare(head).unwrap_or_default(),
        ("attr", Some(copula))
            if matches!(copula.lemma(), "be" | "remain") && !copula.is_negated() && is_told(copula) =>
        {
            copula.surface_subject().filter(|s| !is_nobody(*s)).and_then(bare).unwrap_or_default()
        }
        ("nsubj" | "nsubjpass", Some(verb))
            if lexicon::members().plays("link", verb) && !verb.is_negated() && is_told(verb) =>
        {
            let object = verb.child_of(&["dobj", "attr"]);
            object.and_then(bare).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

fn is_told(verb: Token<'_>) -> bool {
    !verb.auxiliaries().any(|a| a.tag() == "MD")
}

fn body_end(noun: Token<'_>) -> usize {
    let prep = noun.children().filter(|c| c.dep() == "prep" && c.i > noun.i);
    prep.filter_map(|p| p.child("pobj")).map(|o| o.i).next().unwrap_or(noun.i)
}

/// "normalise relations with A under the accords": A is the other side. Only of an agreement that is about it.
fn counterpart<'a>(cast: &Cast<'a>, token: Token<'a>, found: &mut Vec<Member>) {
    let cues = lexicon::members();
    let strong = cues.plays("counterpart", token);
    if !strong && !cues.plays("relation", token) {
        return;
    }
    let Some(agreement) = cast.main.cloned() else { return };
    let id = agreement.0.trim_start_matches("agreement:");
    let words = knowledge().agreement(id).map(|a| a.join_words.as_slice()).unwrap_or_default();
    if !words.iter().any(|w| cues.has("counterpart", w)) {
        return;
    }
    // "Peru has had relations with Chile since 1992" says nothing of an agreement that the sentence does not name.
    let reading = cast.context.reading;
    let sentence = reading.sentences()[token.sentence()].tokens.clone();
    let named = |t: Token<'a>| matches!(cast.instrument(t), Instrument::Named(id, _) if id == agreement);
    if !strong && !reading.range(sentence).any(named) {
        return;
    }
    // "normalise relations with A", "normalisation agreements between A and the others": the other side follows nearby.
    let near = reading.range(token.i + 1..token.i + 8);
    let mut linked = false;
    for t in near.take_while(|t| t.sentence() == token.sentence()) {
        linked |= matches!(t.lemma(), "with" | "between");
        if !linked {
            continue;
        }
        if let Some(id) = cast.state_at(t).filter(|id| is_state(cast, id)) {
            let is_known =
                standing(&agreement, &id) == Some(By::Party) && status_in_table(&agreement, &id) == Some("counterpart");
            if is_known
                || strong
                    && standing(&agreement, &id).is_none()
                    && !reading.token(token.i).is_negated()
                    && status_in_table(&agreement, &id).is_none()
                    && no_counterpart_known(&agreement)
            {
                let span = cast.mention(t).map_or(t.span(), |m| m.span);
                push(
                    found,
                    vec![Actor { id, span, at: t.i }],
                    &agreement,
                    MemberStatus::Counterpart,
                    None,
                    "the other side of relations",
                );
            }
            return;
        }
    }
}

fn status_in_table(agreement: &EntityId, state: &EntityId) -> Option<&'static str> {
    let iso3 = state.0.strip_prefix("iso3:")?;
    let mut known = knowledge().memberships_of(agreement.0.trim_start_matches("agreement:"), iso3);
    known.next().map(|m| m.status)
}

fn no_counterpart_known(agreement: &EntityId) -> bool {
    let id = agreement.0.trim_start_matches("agreement:");
    !knowledge().memberships.iter().any(|m| m.agreement == id && m.status == "counterpart")
}

/// "A and B normalised relations under the accords in 2020".
fn bound<'a>(cast: &Cast<'a>, token: Token<'a>, found: &mut Vec<Member>) {
    let cues = lexicon::members();
    if !token.tag().starts_with("VB") || !cues.plays("counterpart", token) || token.is_negated() || !is_told(token) {
        return;
    }
    let reading = cast.context.reading;
    let sentence = reading.sentences()[token.sentence()].tokens.clone();
    let named = reading.range(sentence.clone()).filter_map(|t| cast.mention(t)).find_map(|m| {
        let entity = cast.context.names.entity_of(m);
        (entity.kind == EntityKind::Agreement).then(|| entity.id.clone())
    });
    let Some(agreement) = named else { return };
    let Some(subject) = token.surface_subject() else { return };
    let actors: Vec<Actor> = cast.actors(subject).into_iter().filter(|a| is_state(cast, &a.id)).collect();
    let original = reading.range(sentence).any(|t| matches!(t.lemma(), "original" | "first" | "initial"));
    // "which saw A and B normalise relations": the bare form under a verb of seeing.
    let told = matches!(token.tag(), "VBD" | "VBN") || original && matches!(token.tag(), "VB" | "VBP");
    if told {
        let status = if original { MemberStatus::Original } else { MemberStatus::Member };
        push(found, actors, &agreement, status, year(cast, token), "normalised relations under the agreement");
    }
}

/// "the pact between A and B", "the deal with A": the parties of an agreement that names them.
fn sides<'a>(cast: &Cast<'a>, token: Token<'a>, found: &mut Vec<Member>) {
    let lemma = token.lemma().to_lowercase();
    // "the partnership between A and B" is what they have together, and no agreement that others join.
    let vague = matches!(lemma.as_str(), "partnership" | "framework" | "initiative" | "scheme" | "arrangement");
    if !matches!(token.pos(), Pos::Noun | Pos::Propn) || !lexicon::is_agreement_noun(&lemma) || vague {
        return;
    }
    let between = token.children().find(|c| c.dep() == "prep" && matches!(c.lemma(), "between" | "among"));
    let Some(object) = between.and_then(|c| c.child("pobj")) else { return };
    let Instrument::Named(agreement, _) = cast.instrument(token) else { return };
    // Of an agreement that is not concluded nobody is a member; only names known to the tables are taken.
    if agreement.0.starts_with("name:") {
        return;
    }
    let actors: Vec<Actor> = cast.actors(object).into_iter().filter(|a| is_state(cast, &a.id)).collect();
    if actors.len() >= 2 {
        push(found, actors, &agreement, MemberStatus::Member, year(cast, token), "an agreement between");
    }
}

/// Steps long taken: "Norway, which joined in 1949", "Oslo remains bound", "is a member".
fn by_step(cast: &Cast<'_>, steps: &[Step], found: &mut Vec<Member>) {
    for step in steps {
        let token = cast.context.reading.token(step.at);
        let Some(mention) = &step.mention else { continue };
        // Of an agreement with another side who signed years ago is in; of one that many sign it is known to have signed.
        let sealed = step.act == "sign" && !no_counterpart_known(&step.agreement) && is_year_alone(cast, token);
        let past = (matches!(step.act, "join" | "ratify" | "member") || sealed)
            && step.is_done()
            && (year(cast, token).is_some() || is_since(token));
        let held = matches!(step.act, "stay" | "member") && mention.lo == 7 && mention.side.is_none();
        let leaving = step.act == "leave" && !(step.is_done() && token.tag() != "VBG");
        if (past || held || leaving) && (mention.hi == 7 || sealed && mention.hi == 5) {
            let span = cast
                .context
                .reading
                .range(cast.context.reading.tokens_in(mention.wording))
                .filter_map(|t| cast.mention(t));
            let span = span.filter(|m| cast.context.names.entity_of(m).id == step.participant).map(|m| m.span).next();
            found.push(Member {
                participant: step.participant.clone(),
                agreement: step.agreement.clone(),
                status: MemberStatus::Member,
                as_of: year(cast, token).filter(|_| past),
                span: span.unwrap_or(mention.wording),
                rule: format!("{} as a standing fact", step.act),
            });
        }
    }
}

/// "Canada ratified the accession of Peru": a party by the tables, for only parties ratify it.
fn by_ratifying<'a>(cast: &Cast<'a>, token: Token<'a>, found: &mut Vec<Member>) {
    let Some(main) = cast.main.filter(|m| m.0.starts_with("org:")) else { return };
    let ratifies = super::lexicon::entries(token).iter().any(|e| e.act == "ratify" && e.lemma == "ratify");
    let Some(subject) = token.subject().filter(|_| ratifies && token.pos() == Pos::Verb) else { return };
    let party = |a: &Actor| super::predicate::is_other_entry(cast, token, main, &a.id);
    let actors: Vec<Actor> = cast.actors(subject).into_iter().filter(party).collect();
    push(found, actors, main, MemberStatus::Member, None, "ratifies the entry of another");
}

/// "A, the last to be admitted": of the article's agreement. "The next to join" is not in yet.
fn latest<'a>(cast: &Cast<'a>, token: Token<'a>, found: &mut Vec<Member>) {
    if !matches!(token.lemma().to_lowercase().as_str(), "first" | "last" | "late" | "latest" | "new" | "newest")
        || token.dep() != "appos"
    {
        return;
    }
    let Some(main) = cast.main else { return };
    let Some(step) = token.children().find(|c| c.dep() == "relcl" && c.tag().starts_with("VB")) else { return };
    let entries = super::lexicon::entries(step);
    let own = |e: &super::lexicon::Entry| {
        e.act == "join" && e.participant.contains(&if step.is_passive() { "obj" } else { "subj" })
    };
    let named =
        step.child("dobj").or_else(|| step.children().find(|c| c.dep() == "prep").and_then(|c| c.child("pobj")));
    let other = named.is_some_and(|o| !matches!(cast.instrument(o), Instrument::Named(id, _) if id == *main));
    let Some(of) = token.head().filter(|_| !other && entries.iter().any(own)) else { return };
    let actors: Vec<Actor> = cast.actors(of).into_iter().filter(|a| is_state(cast, &a.id)).collect();
    push(found, actors, main, MemberStatus::Member, None, "the last to join");
}

/// "has seen growth since joining".
fn is_since(token: Token<'_>) -> bool {
    token.head().is_some_and(|h| token.dep() == "pcomp" && matches!(h.lemma(), "since" | "after"))
        && token.tag() == "VBG"
}

/// "A and B joined, followed by C": C joins the list of the sentence.
fn followers(cast: &Cast<'_>, found: &mut Vec<Member>) {
    let reading = cast.context.reading;
    for token in reading.tokens().filter(|t| t.lemma() == "follow" && t.tag() == "VBN") {
        let Some(by) = token.children().find(|c| c.i > token.i && c.text() == "by").and_then(|c| c.child("pobj"))
        else {
            continue;
        };
        let sentence = |s: Span| reading.token_at(s.start).map(Token::sentence) == Some(token.sentence());
        let Some(earlier) = found.iter().rfind(|m| m.span.end <= token.span().start && sentence(m.span)).cloned()
        else {
            continue;
        };
        if matches!(earlier.status, MemberStatus::Counterpart | MemberStatus::Mediator)
            && !found
                .iter()
                .any(|m| sentence(m.span) && matches!(m.status, MemberStatus::Original | MemberStatus::Member))
        {
            continue;
        }
        let actors: Vec<Actor> = cast.actors(by).into_iter().filter(|a| is_state(cast, &a.id)).collect();
        push(found, actors, &earlier.agreement, MemberStatus::Member, None, "followed by");
    }
}

/// The list a state stands in.
pub(super) fn listed<'a>(cast: &Cast<'a>, token: Token<'a>) -> Vec<Actor> {
    let list = cast.list_at(token.i);
    if list.is_empty() { cast.actors(token) } else { list }
}

fn is_plural(token: Token<'_>) -> bool {
    matches!(token.tag(), "NNS" | "NNPS")
}

/// Lower-case modifiers of a noun, the nearest last.
pub(super) fn modifiers(noun: Token<'_>) -> Vec<String> {
    let own = noun
        .children()
        .filter(|c| c.i < noun.i && matches!(c.dep(), "amod" | "compound" | "nmod" | "advmod" | "nummod" | "det"));
    own.map(|c| c.text().to_lowercase()).collect()
}

/// "in 2020", "since 1992", and not "on 1 December 2025": of that day it may be the news.
fn is_year_alone(cast: &Cast<'_>, token: Token<'_>) -> bool {
    let Some(year) = year(cast, token) else { return false };
    let reading = cast.context.reading;
    let mut sentence = reading.range(reading.sentences()[token.sentence()].tokens.clone());
    let at = sentence.find(|t| t.text() == year);
    at.and_then(|t| t.before()).is_some_and(|b| matches!(b.lemma(), "in" | "since"))
}

/// The year of the clause: "in 2020", "since 1992".
fn year(cast: &Cast<'_>, token: Token<'_>) -> Option<String> {
    let reading = cast.context.reading;
    let sentence = reading.sentences()[token.sentence()].tokens.clone();
    let is_year = |t: &Token<'_>| {
        t.text().len() == 4
            && t.text().chars().all(|c| c.is_ascii_digit())
            && matches!(t.text().as_bytes()[0], b'1' | b'2')
    };
    let near = reading.range(sentence).filter(is_year).filter(|t| {
        t.before().is_some_and(|b| matches!(b.lemma(), "in" | "since" | "of" | ",") || b.entity_label() == Some("DATE"))
    });
    near.min_by_key(|t| t.i.abs_diff(token.i)).map(|t| t.text().to_owned())
}
