//! What a step depends on, and what stands in its way.

use language::{Pos, Span, Token};

use super::super::{Candidate, Condition, ConditionKind, EntityId, EntityKind, Holder, attribution, factuality};
use super::cast::Cast;
use super::lexicon;
use super::predicate::Step;

/// All of an article in text order. Only sentences that speak of the agreement, of a step, or of a state on its way count.
pub(super) fn find(cast: &Cast<'_>, steps: &[Step], candidates: &[Candidate]) -> Vec<Condition> {
    let mut found = Vec::new();
    for token in cast.context.reading.tokens() {
        let Some((kind, span, rule)) = read(cast, token) else { continue };
        let strict = !matches!(kind, ConditionKind::Blocker) || rule.starts_with("X ");
        // "if it loses its waiver it will strike back", "until Norway joins": the step is inside the clause, and waits for nothing.
        let clause = matches!(rule.as_str(), "if" | "unless" | "until");
        let near = |s: &&Step| s.at.abs_diff(token.i) <= 25;
        let within = |s: &&Step| clause && span.contains(cast.context.reading.token(s.at).span());
        let outside: Vec<&Step> = steps.iter().filter(|s| near(s) && !within(s)).collect();
        let here = |s: &&Step| cast.context.reading.token(s.at).sentence() == token.sentence();
        if clause && steps.iter().any(|s| here(&s)) && !outside.iter().any(here) {
            continue;
        }
        if !is_on_agreement(cast, token, span, &rule, &outside) {
            continue;
        }
        let stalled = said_of(cast, token).filter(|_| kind == ConditionKind::Blocker);
        let strict = strict && !rule.starts_with("only");
        let Some(applies_to) = stalled.or_else(|| scope(cast, token, &outside, candidates, strict)) else {
            continue;
        };
        let kind = if is_concern(cast, token, &rule, &outside) { ConditionKind::Concern } else { kind };
        // "She hinted that it could help the accords, which have seen stalled progress": so says who tells of her.
        let aside = kind == ConditionKind::Blocker && said_of(cast, token).is_some() && is_set_off(token);
        let holder = if aside { Holder::outlet() } else { holder(cast, token) };
        found.push(Condition { applies_to, kind, text: span, holder, rule });
    }
    found.sort_by_key(|c| (c.text.start, c.text.end));
    let mut kept: Vec<Condition> = Vec::new();
    for condition in found {
        // Of two readings of the same words the longer stands.
        match kept.last_mut().filter(|k| k.text.overlaps(condition.text)) {
            Some(last) if last.text.len() < condition.text.len() => *last = condition,
            Some(_) => {}
            None => kept.push(condition),
        }
    }
    kept
}

/// Whether what waits, or is stood in the way of, is a step or an agreement, and not a matter that the sentence names beside one.
fn is_on_agreement(cast: &Cast<'_>, token: Token<'_>, span: Span, rule: &str, outside: &[&Step]) -> bool {
    let reading = cast.context.reading;
    let clause =
        matches!(rule, "if" | "unless" | "until") || ["_as", "that", "_on", "_to"].iter().any(|e| rule.ends_with(e));
    let asks = matches!(rule, "require X" | "demand X" | "insist X" | "necessitate X");
    let doubts = rule.ends_with("doubts");
    let hinders = rule.starts_with("X ") && !doubts;
    if !clause && !asks && !doubts && !hinders {
        return true;
    }
    if clause || asks {
        // "a pact which requires compliance": what binds its parties is no condition of it.
        let paper = |s: Token<'_>| {
            matches!(s.lemma(), "pact" | "treaty" | "agreement" | "accord" | "convention" | "protocol" | "deal")
                && s.pos() == Pos::Noun
        };
        // "part of a pact between Norway and the union, which requires": whatever the parser hangs the clause on.
        let above = || token.ancestors().take_while(|a| matches!(a.pos(), Pos::Noun | Pos::Propn | Pos::Adp));
        let of_which = token.dep() == "relcl" && token.child("nsubj").is_some_and(|s| s.tag() == "WDT");
        if asks && (token.surface_subject().is_some_and(paper) || of_which && above().any(paper)) {
            return false;
        }
        if outside.iter().any(|s| reading.token(s.at).sentence() == token.sentence()) {
            return true;
        }
        // The clause that waits: its subject or object is the agreement, or a noun of a step.
        let verb = if asks {
            Some(token)
        } else {
            std::iter::once(token).chain(token.ancestors()).find(|t| !span.contains(t.span()))
        };
        let verb = std::iter::successors(verb, |v| v.head()).find(|v| matches!(v.pos(), Pos::Verb | Pos::Aux));
        return verb.is_some_and(|v| {
            let parts = v.children().filter(|c| matches!(c.dep(), "nsubj" | "nsubjpass" | "dobj"));
            // "the pact requires that states report": what binds its parties is no condition of it.
            let step = |c: Token<'_>| match asks {
                true => is_step_noun(c.lemma()),
                false => names_step(cast, c),
            };
            parts.into_iter().any(|c| !span.contains(c.span()) && step(c))
        });
    }
    let within = if hinders { token.object().map_or(token.subtree(), Token::subtree) } else { reading.tokens_in(span) };
    reading.range(within).any(|t| names_step(cast, t))
}

/// What is merely found wanting: doubts raised about an agreement, what it leaves unsettled, an obstacle to something that is neither a step
/// nor an agreement ("the path to peace"). Nothing waits for it.
fn is_concern(cast: &Cast<'_>, token: Token<'_>, rule: &str, outside: &[&Step]) -> bool {
    let reading = cast.context.reading;
    match rule {
        "without settling" => true,
        // "peace is impossible without settling the border": the clause must be about a step.
        "without, barred" => {
            let own_subject = || {
                let verb = std::iter::once(token).chain(token.ancestors()).find_map(Token::surface_subject);
                verb.is_some_and(|s| reading.range(s.subtree()).any(|t| names_step(cast, t)))
            };
            !outside.iter().any(|s| reading.token(s.at).sentence() == token.sentence()) && !own_subject()
        }
        _ if rule.ends_with(" doubts") => true,
        // "has been a hitch in the march toward peace", "obstacles in negotiations".
        _ if token.pos() == Pos::Noun && lexicon::conditions().has("noun", token.lemma()) => {
            let preps =
                token.children().filter(|c| c.dep() == "prep" && matches!(c.lemma(), "to" | "in" | "for" | "on"));
            let mut named = preps.flat_map(|p| reading.range(p.subtree()).collect::<Vec<_>>()).peekable();
            named.peek().is_some() && !named.any(|t| names_step(cast, t) || is_step_noun(t.lemma()))
        }
        _ => false,
    }
}

/// "the accords, which have seen stalled progress": what the clause is said of, where it is an agreement.
fn said_of(cast: &Cast<'_>, token: Token<'_>) -> Option<EntityId> {
    let verb = token.ancestors().find(|a| matches!(a.pos(), Pos::Verb | Pos::Aux))?;
    let noun = verb.head().filter(|_| token.dep() == "amod" && verb.dep() == "relcl")?;
    match cast.instrument(noun) {
        super::cast::Instrument::Named(id, _) => Some(id),
        super::cast::Instrument::Other => None,
    }
}

/// Whether it stands in a relative clause behind a comma, outside all marks.
fn is_set_off(token: Token<'_>) -> bool {
    let clause = token.ancestors().find(|a| a.dep() == "relcl");
    clause.is_some_and(|c| {
        let before = token.reading().get(c.left_edge().wrapping_sub(1));
        before.is_some_and(|b| b.text() == ",") && c.children().any(|s| s.tag() == "WDT")
    })
}

/// An agreement by name, or a noun of a step or of talks on one.
fn names_step(cast: &Cast<'_>, token: Token<'_>) -> bool {
    let agreement = cast.mention(token).map(|m| cast.context.names.entity_of(m));
    agreement.is_some_and(|e| e.kind == EntityKind::Agreement && !super::cast::is_no_agreement(e))
        || is_step_noun(token.lemma())
            && (!matches!(token.lemma(), "discussion" | "talk" | "negotiation" | "consent")
                || token.child("det").is_some_and(|d| matches!(d.lemma(), "the" | "this" | "these" | "that" | "those")))
}

fn is_step_noun(lemma: &str) -> bool {
    matches!(
        lemma,
        "discussion"
            | "talk"
            | "negotiation"
            | "accession"
            | "entry"
            | "membership"
            | "normalization"
            | "normalisation"
            | "ratification"
            | "withdrawal"
            | "consent"
            | "bid"
    )
}

type Read = (ConditionKind, Span, String);

fn read(cast: &Cast<'_>, token: Token<'_>) -> Option<Read> {
    let cues = lexicon::conditions();
    let reading = cast.context.reading;
    let text = token.text().to_lowercase();
    let whole = |t: Token<'_>| reading.span(t.subtree());
    // "only if", "only after", "only with", also parted: "will only move forward with".
    if cues.has("only", &text) && matches!(token.dep(), "prep" | "mark" | "advmod") {
        let head = token.head()?;
        let clause =
            if token.dep() == "mark" || token.dep() == "advmod" && head.dep() == "advcl" { head } else { token };
        let before = token.before().filter(|b| b.text().eq_ignore_ascii_case("only"));
        let above =
            clause.head().filter(|h| h.children().any(|c| c.text().eq_ignore_ascii_case("only") && c.i < token.i));
        if before.is_some() || above.is_some() && text != "in" {
            let start = before.map_or(clause.left_edge(), |b| b.i.min(clause.left_edge()));
            return Some((
                ConditionKind::Condition,
                reading.span(start..clause.right_edge() + 1),
                format!("only {text}"),
            ));
        }
    }
    // "if Oslo holds out, it will ...": a clause of its own.
    if text == "if" && token.dep() == "mark" {
        let clause = token.head().filter(|c| c.dep() == "advcl")?;
        // "even if nobody agrees" stands in no way, and what follows "if ... will retaliate" is a threat.
        let even = token.before().is_some_and(|b| matches!(b.text().to_lowercase().as_str(), "even" | "as"));
        let threat = clause.head().is_some_and(|main| cues.has("threat", &main.lemma().to_lowercase()));
        // "would have joined if Oslo had agreed": it did not.
        let past = clause.tag() == "VBN" && clause.auxiliaries().any(|a| a.lemma() == "have" && a.tag() == "VBD");
        let unreal = past && clause.head().is_some_and(|main| main.auxiliaries().any(|a| a.text() == "would"));
        if even || threat || unreal {
            return None;
        }
        return Some((ConditionKind::Condition, whole(clause), "if".to_owned()));
    }
    // "wants both to lift their limits before it ratifies": the demand is the condition, the step the clause that waits.
    if text == "before" && token.dep() == "mark" {
        let step = token
            .head()
            .filter(|s| lexicon::entries(*s).iter().any(|e| matches!(e.act, "ratify" | "sign" | "join")))?;
        let demand = step.ancestors().take(4).find(|a| cues.has("demand", &a.lemma().to_lowercase()))?;
        let end = token.i;
        let start = demand.i + 1;
        let told = !demand.is_negated() && matches!(demand.tag(), "VBZ" | "VBP" | "VBD" | "VBG") && end > start + 2;
        return told.then(|| (ConditionKind::Condition, reading.span(start..end), "demand before".to_owned()));
    }
    if let Some(cue) =
        two_words(token).filter(|c| cues.has("after", c)).or_else(|| cues.has("after", &text).then(|| text.clone()))
    {
        // "until Friday", "until 2020": a date is no condition.
        let clause = match cue.matches('_').count() {
            2 if cue.ends_with("_as") => {
                reading.get(token.i + 2).filter(|t| t.dep() == "mark").and_then(Token::head)?
            }
            _ if token.dep() == "mark" => token.head()?,
            _ => token,
        };
        let dated = reading.range(clause.subtree()).any(|t| matches!(t.entity_label(), Some("DATE" | "TIME")));
        // "for as long as".
        if cue.ends_with("_as") && clause.left_edge() >= token.i {
            let start = token.before().filter(|b| b.text().eq_ignore_ascii_case("for")).map_or(token.i, |b| b.i);
            return Some((ConditionKind::Condition, reading.span(start..clause.right_edge() + 1), cue));
        }
        if !(text == "until" && (dated && token.dep() == "prep" || clause.right_edge() <= token.i + 1)) {
            return Some((ConditionKind::Condition, whole(clause), cue));
        }
        return None;
    }
    if token.pos() == Pos::Verb && cues.plays("object", token) && !token.is_passive() {
        let object =
            token.children().find(|c| c.i > token.i && matches!(c.dep(), "dobj" | "ccomp" | "prep" | "xcomp"))?;
        if matches!(token.lemma(), "depend" | "hinge" | "insist") && !matches!(object.lemma(), "on" | "upon") {
            return None;
        }
        return Some((ConditionKind::Condition, whole(object), format!("{} X", token.lemma())));
    }
    if text == "without" && token.children().any(|c| c.dep() == "pcomp") {
        let head = token.head()?;
        let bars = |t: Token<'_>| {
            cues.has("without", &t.lemma().to_lowercase()) || cues.has("without", &t.text().to_lowercase())
        };
        let clause: Vec<Token<'_>> = std::iter::once(head).chain(head.ancestors().take(2)).collect();
        let barred = clause.iter().any(|c| bars(*c) || c.is_negated() || c.children().any(bars)) || token.i < head.i;
        if barred {
            return Some((ConditionKind::Condition, whole(token), "without, barred".to_owned()));
        }
        // "— without settling the border": what is left open.
        let left_open = |v: &Token<'_>| cues.plays("unsettled", *v) && v.child("advmod").is_none();
        return token
            .child("pcomp")
            .filter(left_open)
            .map(|_| (ConditionKind::Blocker, whole(token), "without settling".to_owned()));
    }
    if token.pos() == Pos::Verb && token.dep() != "amod" && cues.plays("subject", token) && told(token) {
        // "the talks stalled" says of nobody that it stands in the way.
        token.object()?;
        let subject = if token.is_passive() { token.child("agent") } else { token.child_of(&["nsubj", "csubj"]) }?;
        let mut range = subject.left_edge()..token.right_edge() + 1;
        if let Some(object) = token.object().filter(|o| o.i > token.i) {
            range.end = object.right_edge() + 1;
        }
        range.start = range.start.min(token.i);
        return Some((ConditionKind::Blocker, reading.span(range), format!("X {}", token.lemma())));
    }
    // "the absence of Kenya raises doubts about the pact".
    if token.pos() == Pos::Verb
        && cues.plays("doubt", token)
        && told(token)
        && token.child("dobj").is_some_and(|o| cues.has("doubted", o.lemma()))
    {
        let subject = token.child("nsubj")?;
        return Some((
            ConditionKind::Blocker,
            reading.span(subject.left_edge()..token.right_edge() + 1),
            format!("X {} doubts", token.lemma()),
        ));
    }
    if token.pos() == Pos::Noun && cues.has("noun", token.lemma()) {
        let verb = token.ancestors().take(3).find(|a| matches!(a.pos(), Pos::Verb | Pos::Aux))?;
        // "lifting trade barriers" meets none.
        if !matches!(
            verb.lemma(),
            "be" | "remain" | "face" | "encounter" | "meet" | "hit" | "pose" | "present" | "create"
        ) {
            return None;
        }
        let subject = verb.child_of(&["nsubj", "nsubjpass"]);
        // "the status quo has long been a hitch": the clause; "has faced obstacles in talks": from the verb.
        let own = if verb.lemma() == "be" {
            subject.map_or(verb.i, Token::left_edge)
        } else {
            verb.children().filter(|c| matches!(c.dep(), "aux" | "neg")).map(|c| c.i).min().unwrap_or(verb.i)
        };
        let end = token.right_edge().max(verb.i) + 1;
        return (told(verb) && own < end)
            .then(|| (ConditionKind::Blocker, reading.span(own..end), token.lemma().to_owned()));
    }
    if cues.plays("cause", token) && token.tag() == "VBG" && matches!(token.dep(), "advcl" | "prep" | "acl") {
        let object = token.child_of(&["dobj", "pobj"])?;
        let verb = token.head()?;
        let barred = reading.range(verb.subtree()).any(Token::is_negated)
            || matches!(
                verb.lemma(),
                "decline" | "refuse" | "reject" | "postpone" | "delay" | "suspend" | "withdraw" | "leave" | "block"
            );
        return barred.then(|| (ConditionKind::Blocker, whole(object), format!("{} X", token.lemma())));
    }
    if cues.has("adjective", &text) && token.dep() == "amod" {
        let noun = token.head()?;
        let mut amid = noun.children().chain(noun.head().into_iter().flat_map(|v| v.children()));
        let amid = amid.rfind(|c| c.i > noun.i && matches!(c.lemma(), "amid" | "amidst" | "over" | "because"))?;
        return Some((ConditionKind::Blocker, reading.span(token.i..amid.right_edge() + 1), text));
    }
    None
}

/// "subject to" as `subject_to`, "in exchange for" as `in_exchange_for`.
fn two_words(token: Token<'_>) -> Option<String> {
    let next = token.after()?;
    let two = format!("{}_{}", token.text().to_lowercase(), next.text().to_lowercase());
    let cues = lexicon::conditions();
    if cues.has("after", &two) {
        return Some(two);
    }
    let three = format!("{two}_{}", next.after()?.text().to_lowercase());
    cues.has("after", &three).then_some(three)
}

fn told(verb: Token<'_>) -> bool {
    !verb.is_negated() && !matches!(verb.dep(), "xcomp" | "pcomp")
}

/// What the condition is about: the state whose step its sentence tells, else a state on its way, else the agreement. `None` in
/// a sentence of other matters.
/// `strict`: a state on its way is not enough; the sentence must name the agreement or a step.
fn scope(
    cast: &Cast<'_>,
    token: Token<'_>,
    steps: &[&Step],
    candidates: &[Candidate],
    strict: bool,
) -> Option<EntityId> {
    let reading = cast.context.reading;
    let sentence = token.sentence();
    let here: Vec<&&Step> = steps.iter().filter(|s| reading.token(s.at).sentence() == sentence).collect();
    if let Some(step) = here.iter().min_by_key(|s| s.at.abs_diff(token.i)) {
        return Some(step.participant.clone());
    }
    // "will not send the accession of Sweden to parliament unless": hers.
    let tokens = reading.sentences()[sentence].tokens.clone();
    let whose = |noun: Token<'_>| {
        let of = noun.children().find(|c| c.dep() == "prep" && c.text() == "of").and_then(|p| p.child("pobj"));
        let state =
            of.or_else(|| noun.child("poss")).and_then(|o| cast.mention(o)).map(|m| cast.context.names.entity_of(m));
        state.filter(|e| e.kind == EntityKind::State).map(|e| e.id.clone())
    };
    let nouns =
        reading.range(tokens).filter(|t| matches!(t.lemma(), "accession" | "entry" | "membership" | "ratification"));
    if let Some(state) = nouns.into_iter().find_map(whose) {
        return Some(state);
    }
    let on_its_way = |id: &EntityId| {
        candidates.iter().any(|c| c.participant == *id)
            || steps.iter().any(|s| s.participant == *id && s.mention.is_some())
    };
    let tokens = reading.sentences()[sentence].tokens.clone();
    let mut named = reading.range(tokens).filter_map(|t| cast.mention(t)).map(|m| cast.context.names.entity_of(m));
    let mut about = None;
    for entity in named.by_ref() {
        if !strict && on_its_way(&entity.id) {
            return Some(entity.id.clone());
        }
        if entity.kind == EntityKind::Agreement && !super::cast::is_no_agreement(entity)
            || cast.main == Some(&entity.id) && steps.iter().any(|s| s.agreement == entity.id)
        {
            about.get_or_insert(entity.id.clone());
        }
    }
    if about.is_some() {
        return about;
    }
    // The sentence beside one that names the article's agreement.
    if let Some(main) = cast.main
        && lexicon::conditions().has("without", "cannot")
        && token.text().eq_ignore_ascii_case("without")
    {
        let close = [sentence.wrapping_sub(1), sentence + 1];
        let names_it = |s: &usize| {
            let tokens = reading.sentences().get(*s).map(|s| s.tokens.clone()).unwrap_or(0..0);
            reading.range(tokens).filter_map(|t| cast.mention(t)).any(|m| cast.context.names.entity_of(m).id == *main)
        };
        if close.iter().any(names_it) {
            return Some(main.clone());
        }
    }
    // "these discussions", "the talks", in the sentence after one that tells a step.
    let anaphoric = reading.range(reading.sentences()[sentence].tokens.clone()).any(|t| is_step_noun(t.lemma()));
    let before =
        steps.iter().rev().find(|s| s.at < token.i && sentence.saturating_sub(reading.token(s.at).sentence()) <= 2);
    before.filter(|_| anaphoric).map(|s| s.participant.clone()).or_else(|| cast.main.filter(|_| anaphoric).cloned())
}

/// Whose condition it is: of the clause that it hangs on.
fn holder(cast: &Cast<'_>, token: Token<'_>) -> Holder {
    let clause = std::iter::once(token).chain(token.ancestors()).find(|t| t.pos() == Pos::Verb);
    // "she called it unrealistic, citing the war": hers.
    if lexicon::conditions().plays("cause", token)
        && let Some(source) = token.surface_subject()
    {
        return attribution::holder_of(source, cast.context);
    }
    match clause {
        Some(verb) => factuality::judge(verb, cast.context).holder,
        None => attribution::voice_at(token, cast.context),
    }
}
