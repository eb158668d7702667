//! Who is let off a measure: exemptions from tariffs, waivers of sanctions, measures that are put off. One side grants them, and they
//! have no name, but states stand to them as to an agreement: they ask for one, have it for a time, for good, no longer.
//!
//! Two agreements a measure, kept apart: the lasting relief (`name:tariff-exemption`) and the temporary one
//! (`name:temporary-tariff-exemption`). Who is let off is the participant; who grants takes no step. A measure that is put off leaves those
//! whom it would hit in the temporary relief. The words are those of `data/en/relief_words.tsv`.

use language::{Pos, Span, Token};

use super::super::factuality;
use super::super::{Context, EntityId, Factuality, Realis, Side, Stage, StageMention};
use super::cast::{Actor, Cast};
use super::lexicon;
use super::outlook::{self, by};

/// All in text order.
pub(super) fn find(cast: &Cast<'_>) -> Vec<StageMention> {
    let Some(measure) = cast.relief else { return Vec::new() };
    let mut found = Vec::new();
    for token in cast.context.reading.tokens() {
        let Some(mut read) = read(cast, token) else { continue };
        if read.actors.is_empty() && read.rule == GOES_ON && read.side.is_some() {
            read.actors = last_relieved(&found, token);
        }
        mentions(cast, token, measure, read, &mut found);
    }
    found
}

/// "there will be no further extensions": those who were last said to be let off for a time.
fn last_relieved(found: &[StageMention], token: Token<'_>) -> Vec<Actor> {
    let temporary = |m: &&StageMention| m.agreement.0.starts_with("name:temporary-") && m.side.is_none();
    let Some(last) = found.iter().rfind(temporary) else { return Vec::new() };
    let same = found.iter().filter(temporary).filter(|m| m.wording.start == last.wording.start && m.rule == last.rule);
    same.map(|m| Actor { id: m.participant.clone(), span: token.span(), at: token.i }).collect()
}

/// The state whose measure it is: most often the subject of a verb that imposes it, puts it off or lets others off. It is let off nothing.
pub(super) fn imposer(cast: &Cast<'_>) -> Option<EntityId> {
    cast.relief?;
    let words = lexicon::relief();
    let mut counted: Vec<(EntityId, usize)> = Vec::new();
    for token in cast.context.reading.tokens().filter(|t| t.pos() == Pos::Verb) {
        let lemma = token.lemma().to_lowercase();
        let imposes = words.has("decision", &lemma) && measure_under(token).is_some();
        if !imposes && !words.has("spare", &lemma) && !is_put_off(token) {
            continue;
        }
        let actors = token.subject().map(|s| cast.actors(s)).unwrap_or_default();
        let [only] = actors.as_slice() else { continue };
        match counted.iter_mut().find(|c| c.0 == only.id) {
            Some(c) => c.1 += 1,
            None => counted.push((only.id.clone(), 1)),
        }
    }
    counted.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|c| c.0)
}

/// The measure that an article dwells on with who is let off it: named in its heading or three times, with two words of relief. An
/// agreement that it names as often is what it is about instead.
pub(super) fn measure_of(context: Context<'_>) -> Option<&'static str> {
    let words = lexicon::relief();
    let mut measures: Vec<(&'static str, usize)> = Vec::new();
    let mut relieved = 0;
    for token in context.reading.tokens().filter(|t| !t.text().starts_with('$')) {
        let lemma = token.lemma().to_lowercase();
        let noun = matches!(token.pos(), Pos::Noun | Pos::Propn);
        if let Some(name) = words.value("measure", &lemma).filter(|_| noun) {
            match measures.iter_mut().find(|m| m.0 == name) {
                Some(m) => m.1 += 1,
                None => measures.push((name, 1)),
            }
        }
        let is_relief = noun && words.has("relief", &lemma) || token.pos() == Pos::Verb && words.has("spare", &lemma);
        relieved += usize::from(is_relief || is_put_off(token));
    }
    let (name, count) = measures.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))?;
    let mut agreements = context.names.of_kind(super::super::EntityKind::Agreement);
    let rivals = agreements.any(|e| e.mentions.len() >= count);
    (count >= 2 && relieved >= 2 && !rivals).then_some(name)
}

/// `name:tariff-exemption`, `name:temporary-tariff-exemption`.
pub(super) fn agreement(measure: &str, temporary: bool) -> EntityId {
    EntityId(format!("name:{}{measure}-exemption", if temporary { "temporary-" } else { "" }))
}

/// "exemption", "waiver".
pub(super) fn is_relief(lemma: &str) -> bool {
    lexicon::relief().has("relief", lemma)
}

/// "a temporary exemption".
pub(super) fn is_temporary(noun: Token<'_>) -> bool {
    says(noun, "temporary") && !says(noun, "lasting")
}

/// The rule of an extension.
const GOES_ON: &str = "relief goes on";

/// What a predicate says of those whom it lets off.
struct Read<'a> {
    actors: Vec<Actor>,
    temporary: bool,
    /// Lowest and highest rank.
    rank: (u8, u8),
    side: Option<Side>,
    carrier: Token<'a>,
    rule: &'static str,
}

fn read<'a>(cast: &Cast<'a>, token: Token<'a>) -> Option<Read<'a>> {
    let words = lexicon::relief();
    let lemma = token.lemma().to_lowercase();
    if matches!(token.pos(), Pos::Noun | Pos::Propn) {
        return match () {
            () if words.has("relief", &lemma) => relief(cast, token),
            () if words.has("extension", &lemma) => extension(cast, token),
            () if words.has("talks", &lemma) => talks(cast, token),
            () => None,
        };
    }
    if token.pos() == Pos::Adj && lemma == "subject" {
        return subject_to(cast, token);
    }
    if token.pos() != Pos::Verb && !token.tag().starts_with("VB") {
        return None;
    }
    if token.dep() == "pcomp" {
        return unburdened(cast, token);
    }
    if is_put_off(token) {
        return put_off(cast, token);
    }
    if words.has("spare", &lemma) {
        return spared(cast, token);
    }
    None
}

/// "delay", "push back" over a measure or a decision on one, at most four governors down.
fn is_put_off(verb: Token<'_>) -> bool {
    verb.pos() == Pos::Verb && lexicon::relief().plays("putoff", verb) && measure_under(verb).is_some()
}

/// The measure that a verb's object names, or that its decision is on.
fn measure_under(verb: Token<'_>) -> Option<Token<'_>> {
    let words = lexicon::relief();
    let reading = verb.reading();
    let end = verb.right_edge().min(verb.i + 16) + 1;
    let found = reading
        .range(verb.i + 1..end)
        .find(|t| matches!(t.pos(), Pos::Noun | Pos::Propn) && words.has("measure", &t.lemma().to_lowercase()))?;
    let between = found.ancestors().take_while(|a| a.i != verb.i).take(6);
    let mut linked = true;
    for step in between.filter(|a| !matches!(a.pos(), Pos::Adp)) {
        let lemma = step.lemma().to_lowercase();
        linked &= words.has("decision", &lemma) || words.has("measure", &lemma) || is_time_word(step);
    }
    linked.then_some(found)
}

fn is_time_word(token: Token<'_>) -> bool {
    matches!(token.entity_label(), Some("DATE" | "TIME")) || matches!(token.lemma(), "before" | "day" | "month")
}

/// "delayed tariffs on A and B", "will wait before deciding whether to impose duties on imports from A", "to delay A tariff decision".
fn put_off<'a>(cast: &Cast<'a>, verb: Token<'a>) -> Option<Read<'a>> {
    let measure = measure_under(verb)?;
    let actors = targets(cast, verb, measure);
    let outlook = outlook::outlook(cast, verb);
    let rank = match outlook.told? {
        "did" | "will" | "expected" => (7, 7),
        _ => return None,
    };
    Some(Read { actors, temporary: true, rank, side: None, carrier: verb, rule: "a measure put off" })
}

/// Whom a measure hits: "on A and B", "on goods from A", "on A's steel", "the A tariffs", "for A".
fn targets<'a>(cast: &Cast<'a>, verb: Token<'a>, measure: Token<'a>) -> Vec<Actor> {
    let reading = cast.context.reading;
    let sentence = measure.sentence();
    let end = (verb.right_edge().max(measure.right_edge()) + 1).min(measure.i + 24);
    // "the A tariff decision": on the noun of the decision as well.
    let own = [Some(measure), verb.object()].into_iter().flatten().flat_map(|n| n.children());
    let own =
        own.filter(|c| c.i < measure.i && c.i > verb.i && matches!(c.dep(), "compound" | "nmod" | "amod" | "poss"));
    // "his decision" is that of who decides.
    for c in own.filter(|c| c.pos() != Pos::Pron) {
        if let Some(actor) = cast.plain_state(c) {
            return vec![actor];
        }
    }
    for prep in reading.range(measure.i + 1..end).take_while(|t| t.sentence() == sentence) {
        if !matches!(prep.lemma(), "on" | "against" | "for" | "from" | "to") || prep.pos() != Pos::Adp {
            continue;
        }
        let Some(object) = prep.child("pobj") else { continue };
        if prep.lemma() == "to" && !lexicon::relief().has("measure", &measure.lemma().to_lowercase()) {
            continue;
        }
        let actors = cast.actors(object);
        if !actors.is_empty() {
            return actors;
        }
        let inside = object.children().filter(|c| matches!(c.dep(), "compound" | "nmod" | "amod" | "poss"));
        let owned: Vec<Actor> = inside.filter_map(|c| cast.plain_state(c)).collect();
        if !owned.is_empty() {
            return owned;
        }
    }
    Vec::new()
}

/// "exempted A", "A should be spared", "a deal to exempt A".
fn spared<'a>(cast: &Cast<'a>, verb: Token<'a>) -> Option<Read<'a>> {
    let actors = verb.object().map(|o| cast.actors(o)).unwrap_or_default();
    let told = outlook::outlook(cast, verb).told?;
    let rank = ranks(told)?;
    let lasting = says(verb, "lasting");
    let temporary = !lasting && (says(verb, "temporary") || told == "did" && has_temporary(cast));
    Some(Read { actors, temporary, rank, side: None, carrier: verb, rule: "let off by the verb" })
}

/// "will be able to ship steel until May without paying the duty": let off by what it means for them.
fn unburdened<'a>(cast: &Cast<'a>, verb: Token<'a>) -> Option<Read<'a>> {
    let bears = matches!(verb.lemma(), "pay" | "face" | "incur" | "bear");
    let object = verb.object().filter(|o| bears && lexicon::relief().has("measure", &o.lemma().to_lowercase()))?;
    let carrier = verb.head().filter(|p| p.lemma() == "without").and_then(Token::head)?;
    // "will be able to ship": who is able.
    let able = || carrier.ancestors().take(2).find_map(Token::surface_subject);
    let actors = carrier.subject().or_else(able).map(|s| cast.actors(s)).unwrap_or_default();
    let told = outlook::outlook(cast, carrier).told;
    if object.i < verb.i || matches!(told, Some("not" | "not_yet" | "will_not" | "wants" | "if")) {
        return None;
    }
    let temporary = has_temporary(cast);
    Some(Read { actors, temporary, rank: (4, 7), side: None, carrier, rule: "let off by the effect" })
}

/// "A is still subject to the duties".
fn subject_to<'a>(cast: &Cast<'a>, word: Token<'a>) -> Option<Read<'a>> {
    let object = word.children().find(|c| c.lemma() == "to").and_then(|p| p.child("pobj"))?;
    let copula = word.head().filter(|v| matches!(v.lemma(), "be" | "remain") && matches!(v.tag(), "VBZ" | "VBP"))?;
    let measure = lexicon::relief().has("measure", &object.lemma().to_lowercase());
    let actors = copula.surface_subject().filter(|_| measure).map(|s| cast.actors(s))?;
    let told = outlook::outlook(cast, copula).told?;
    (told == "did").then_some(Read {
        actors,
        temporary: false,
        rank: (0, 0),
        side: None,
        carrier: copula,
        rule: "under the measure",
    })
}

/// Whether the article speaks of a temporary relief anywhere: by that word, or of a measure put off.
fn has_temporary(cast: &Cast<'_>) -> bool {
    let words = lexicon::relief();
    cast.context
        .reading
        .tokens()
        .any(|t| is_put_off(t) || words.has("relief", &t.lemma().to_lowercase()) && says(t, "temporary"))
}

/// The interval of being let off, as told.
fn ranks(told: &str) -> Option<(u8, u8)> {
    lexicon::interval("exempt", told).map(|(lo, hi, _)| (lo, hi))
}

/// Whether a modifier of that part hangs on the token.
fn says(token: Token<'_>, part: &str) -> bool {
    let words = lexicon::relief();
    token.children().any(|c| {
        words.has(part, &c.lemma().to_lowercase())
            || c.dep() == "amod"
                && c.children().any(|d| d.dep() == "conj" && words.has(part, &d.lemma().to_lowercase()))
    })
}

/// A noun of relief with those who have it, seek it, get it, lose it.
fn relief<'a>(cast: &Cast<'a>, noun: Token<'a>) -> Option<Read<'a>> {
    let words = lexicon::relief();
    let temporary = is_temporary(noun);
    // "agreements for exemptions for A", "an initial list of exemptions".
    let mut head = noun;
    for _ in 0..3 {
        match (head.dep(), head.head()) {
            ("pobj", Some(prep)) if matches!(prep.lemma(), "for" | "of" | "on" | "in") => {
                let Some(up) = prep.head() else { break };
                head = up;
                if matches!(head.pos(), Pos::Verb | Pos::Aux) {
                    break;
                }
            }
            _ => break,
        }
    }
    let verb = if matches!(head.pos(), Pos::Verb | Pos::Aux) { Some(head) } else { head.head() };
    let verb = verb.filter(|v| matches!(v.pos(), Pos::Verb | Pos::Aux))?;
    let lemma = verb.lemma().to_lowercase();
    let mut actors = recipients(cast, noun, head, verb);
    let is_object = matches!(head.dep(), "dobj" | "pobj" | "oprd" | "attr") || head == verb;
    let is_subject = matches!(head.dep(), "nsubj" | "nsubjpass");
    let subject = || verb.surface_subject().map(|s| cast.actors(s)).unwrap_or_default();
    let outlook = outlook::outlook(cast, verb);
    let told = outlook.told?;
    let mut side = None;
    let lapse = || {
        let mut after = cast.context.reading.range(verb.i..(verb.i + 6).min(verb.right_edge() + 1));
        after.find(|t| t.pos() == Pos::Verb && words.plays("lapse", *t))
    };
    let mut carrier = verb;
    // "will accept no quotas to gain an exemption", "without first obtaining one": it is what they want.
    let wanted = verb.children().any(|c| c.tag() == "TO") && verb.dep() == "advcl"
        || verb.dep() == "pcomp" && verb.head().is_some_and(|p| p.lemma() == "without");
    let (rank, rule) = if let Some(end) = lapse().filter(|_| is_subject) {
        side = Some(Side::Terminated);
        carrier = end;
        ((7, 7), "relief that lapses")
    } else if is_object && words.has("lose", &lemma) {
        actors = subject();
        side = Some(Side::Terminated);
        ((7, 7), "relief lost")
    } else if words.has("prolong", &lemma) {
        ((7, 7), "relief prolonged")
    } else if is_object && words.has("seek", &lemma) {
        if actors.is_empty() {
            actors = subject();
        }
        ((1, 2), if refuses_talks(verb) { TALKS_REFUSED } else { "relief asked for" })
    } else if is_object && words.has("get", &lemma) {
        if !verb.is_passive() {
            actors = subject();
        }
        if actors.is_empty() {
            actors = examples(cast, noun);
        }
        (if wanted { (1, 2) } else { ranks(told)? }, "relief got")
    } else if is_object && words.has("hail", &lemma) && !says_none(noun) {
        actors = subject();
        ((4, 7), "relief welcomed")
    } else if words.has("give", &lemma) {
        (ranks(told)?, "relief given")
    } else {
        return None;
    };
    // Prolonged, lapsed, lost: what runs for a time.
    let temporary = temporary || rank == (7, 7) && !says(noun, "lasting");
    Some(Read { actors, temporary, rank, side, carrier, rule })
}

/// "welcomed no exemption", "would welcome an exemption": of one that is there the article speaks as of a known one.
fn says_none(noun: Token<'_>) -> bool {
    !noun.children().any(|c| c.dep() == "poss" || c.dep() == "det" && matches!(c.lemma(), "the" | "this" | "that"))
}

/// "states that got no exemptions, like A and B": the parser hangs the examples on the noun.
fn examples<'a>(cast: &Cast<'a>, noun: Token<'a>) -> Vec<Actor> {
    let preps = noun.children().filter(|c| c.i > noun.i && matches!(c.text(), "like" | "including" | "as"));
    preps.filter_map(|p| p.child("pobj")).flat_map(|o| cast.actors(o)).collect()
}

/// For whom a relief is: "for A and B", "to A", "granted A an exemption", "A was granted one", "A's exemption".
fn recipients<'a>(cast: &Cast<'a>, noun: Token<'a>, head: Token<'a>, verb: Token<'a>) -> Vec<Actor> {
    let places = [noun, head, verb];
    for place in places {
        for prep in
            place.children().filter(|c| c.i > place.i && matches!(c.lemma(), "for" | "to") && c.i < place.i + 12)
        {
            let actors = prep.child("pobj").map(|o| cast.actors(o)).unwrap_or_default();
            if !actors.is_empty() {
                return actors;
            }
        }
    }
    // "exemptions from the tariffs on these states": a preposition inside the phrase.
    let reading = cast.context.reading;
    let end = if head.i < verb.i { verb.right_edge() } else { noun.right_edge() };
    for prep in reading.range(noun.i + 1..end + 1).filter(|t| matches!(t.lemma(), "for" | "on")) {
        let actors = prep.child("pobj").map(|o| cast.actors(o)).unwrap_or_default();
        if !actors.is_empty() {
            return actors;
        }
    }
    let given = verb.child("dative").map(|d| d.child("pobj").unwrap_or(d)).map(|d| cast.actors(d)).unwrap_or_default();
    if !given.is_empty() {
        return given;
    }
    if verb.is_passive() && noun.dep() == "dobj" {
        return verb.surface_subject().map(|s| cast.actors(s)).unwrap_or_default();
    }
    noun.child("poss").map(|p| cast.actors(p)).unwrap_or_default()
}

/// "the extension for A", "extensions for A and B had been expected": what goes on has been there.
fn extension<'a>(cast: &Cast<'a>, noun: Token<'a>) -> Option<Read<'a>> {
    let verb = noun.head().filter(|v| matches!(v.pos(), Pos::Verb | Pos::Aux));
    let places = std::iter::once(noun).chain(verb.filter(|_| matches!(noun.dep(), "nsubj" | "nsubjpass" | "attr")));
    let mut preps = places.flat_map(|p| p.children().filter(move |c| c.i > noun.i && c.lemma() == "for"));
    let nested = |p: Token<'a>| p.child("pobj").map(|o| cast.actors(o)).filter(|a| !a.is_empty());
    let actors = preps.find_map(nested).or_else(|| {
        let mut inside = cast.context.reading.range(noun.i + 1..noun.right_edge() + 1);
        inside.find(|t| t.lemma() == "for").and_then(nested)
    });
    let none = noun.child("det").is_some_and(|d| d.lemma() == "no");
    let side = none.then_some(Side::Terminated);
    // "no further extensions": of what has been let off so far.
    let further = noun.children().any(|c| matches!(c.lemma(), "further" | "more" | "additional" | "other"));
    let actors = if none && further { actors.unwrap_or_default() } else { actors? };
    Some(Read { actors, temporary: true, rank: (7, 7), side, carrier: verb.unwrap_or(noun), rule: GOES_ON })
}

/// "extending negotiations with A and B", "in talks with A": on what else in such an article.
fn talks<'a>(cast: &Cast<'a>, noun: Token<'a>) -> Option<Read<'a>> {
    let about = |p: Token<'_>| p.dep() == "prep" && matches!(p.lemma(), "on" | "over" | "about" | "of" | "for");
    let verb = outlook::governor(noun)?;
    let on_other = |t: Token<'a>| {
        let preps = t.children().filter(|c| c.i > noun.i && about(*c)).filter_map(|p| p.child("pobj"));
        preps.into_iter().any(|o| !is_time_word(o))
    };
    if on_other(noun) || on_other(verb) || noun.children().any(|c| matches!(c.dep(), "compound" | "nmod")) {
        return None;
    }
    let with = [noun, verb].into_iter().flat_map(|t| t.children()).find(|c| c.i > noun.i && c.lemma() == "with")?;
    let actors = with.child("pobj").map(|o| cast.actors(o)).unwrap_or_default();
    let told = outlook::outlook(cast, noun).told?;
    let (lo, hi, _) = lexicon::interval("negotiate", told)?;
    Some(Read { actors, temporary: false, rank: (lo, hi), side: None, carrier: verb, rule: "talks" })
}

/// The rule of who asks to be let off without talks: [`refuses_talks`].
pub(crate) const TALKS_REFUSED: &str = "relief asked for, talks refused";

/// "do not want to negotiate and demand an exemption", "refuse talks and ask for one": who asks in one breath with a refusal to talk does not
/// negotiate.
fn refuses_talks(verb: Token<'_>) -> bool {
    let talk = |t: Token<'_>| matches!(t.lemma(), "negotiate" | "negotiation" | "talk" | "bargain");
    let about = |v: Token<'_>| v.children().filter(|c| matches!(c.dep(), "xcomp" | "dobj")).any(talk);
    let refuses = |v: &Token<'_>| match v.lemma() {
        "want" | "wish" | "intend" | "agree" => v.is_negated() && about(*v),
        "refuse" | "reject" | "decline" => !v.is_negated() && about(*v),
        _ => talk(*v) && v.is_negated(),
    };
    let first = verb.head().filter(|_| verb.dep() == "conj");
    first.into_iter().chain(verb.children().filter(|c| c.dep() == "conj")).any(|v| refuses(&v))
}

/// Words between who is let off and the words that say so, outside whose clause he stands.
const FAR: usize = 8;

fn mentions<'a>(cast: &Cast<'a>, token: Token<'a>, measure: &str, read: Read<'a>, found: &mut Vec<StageMention>) {
    let judgement = factuality::judge(read.carrier, cast.context);
    let agreement = agreement(measure, read.temporary);
    let first = token.span().cover(read.carrier.span());
    for actor in &read.actors {
        let same = cast.context.reading.token(actor.at).sentence() == token.sentence();
        // "the union, whose leaders said they want no talks and asked for an exemption": the clause of who asks stands for it.
        let own = cast.context.reading.token(actor.at);
        let near = read.rank != (1, 2)
            || own.is_under(read.carrier)
            || own.i.abs_diff(read.carrier.i).min(own.i.abs_diff(token.i)) <= FAR;
        let wording: Span = if same && near { first.cover(actor.span) } else { first };
        let presupposed = read.rank == (7, 7) && read.side.is_none();
        found.push(StageMention {
            participant: actor.id.clone(),
            agreement: agreement.clone(),
            lo: read.rank.0,
            hi: read.rank.1,
            stage: Stage::of_rank(read.rank.0),
            side: read.side,
            by: by(cast, &judgement.holder, &actor.id, &agreement),
            holder: judgement.holder.clone(),
            realis: if presupposed { Realis::Presupposed } else { judgement.realis },
            factuality: if presupposed { Factuality::CertainYes } else { judgement.factuality },
            wording,
            rule: format!("{}: {}", read.rule, token.lemma().to_lowercase()),
        });
    }
}
