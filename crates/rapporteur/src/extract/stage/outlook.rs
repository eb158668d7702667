//! How a step is told: as a fact, a plan, a possibility, or not at all; and by whom, seen from the participant.

use language::{Pos, Token};

use super::super::attribution;
use super::super::factuality::{self, Judgement};
use super::super::{By, EntityId, EntityKind, Factuality, Form, Holder, HolderKind, Quotation, Realis};
use super::cast::Cast;
use crate::knowledge::knowledge;

/// How a step is told.
#[derive(Clone, Debug)]
pub(super) struct Outlook {
    /// A word of `data/en/stage_intervals.tsv`; `None` where the text asserts nothing.
    pub(super) told: Option<&'static str>,
    pub(super) judgement: Judgement,
}

impl Outlook {
    /// The same told as a fact: of a heading whose verb the parser took for a noun.
    pub(super) fn told_as(mut self, told: &'static str) -> Outlook {
        self.told = Some(told);
        self.judgement.factuality = Factuality::CertainYes;
        self.judgement.realis = Realis::Actual;
        self
    }
}

/// How the step that the token names is told.
pub(super) fn outlook(cast: &Cast<'_>, token: Token<'_>) -> Outlook {
    let carrier = carrier(token);
    let mut judgement = factuality::judge(carrier, cast.context);
    let mut told = told(&judgement, token, carrier);
    // "aims to join": no plan that anybody vouches for.
    let aims = [token, carrier]
        .iter()
        .any(|t| t.dep() == "xcomp" && t.head().is_some_and(|h| matches!(h.lemma(), "aim" | "aspire" | "strive")));
    if told == Some("will") && aims {
        told = Some("wants");
        judgement.realis = Realis::Wanted;
    }
    // "the threat helped conclude a deal": then it was concluded.
    if told.is_none_or(|t| t == "may")
        && let Some(help) = token.head().filter(|h| matches!(token.dep(), "xcomp" | "ccomp") && h.lemma() == "help")
        && matches!(help.tag(), "VBD" | "VBN")
        && let governing = factuality::judge(help, cast.context)
        && governing.factuality == Factuality::CertainYes
        && governing.realis == Realis::Actual
    {
        told = Some("did");
        judgement = governing;
    }
    // "to ensure that Norway joins": wanted.
    let ensured = token.head().filter(|h| token.dep() == "ccomp" && matches!(h.lemma(), "ensure" | "guarantee"));
    if told == Some("did") && ensured.is_some_and(|e| e.tag() != "VBD" && e.tag() != "VBN") {
        told = Some("wants");
        judgement.realis = Realis::Wanted;
        judgement.factuality = Factuality::Unknown;
    }
    // "should take up the subject of joining": the condition is on the taking up.
    let under = token.dep() == "pcomp" && told == Some("if");
    if (told.is_none_or(|t| t == "may") || under || shown(token) || told == Some("will") && is_under_way(token))
        && let Some((word, factuality, realis)) = by_noun(token)
    {
        // "blamed it on Oslo's decision to join": the decision is a fact, not the word of those who blame.
        let aside = token.head().is_some_and(|noun| {
            matches!(noun.dep(), "pobj" | "appos" | "nsubj" | "nsubjpass") && noun.child("poss").is_some()
        });
        if aside {
            let quoted = |q: &Quotation| q.form != Form::Indirect && q.content.contains(token.span());
            judgement.holder = match cast.context.quotations.iter().any(quoted) {
                true => attribution::voice_at(token, cast.context),
                false => Holder::outlet(),
            };
        }
        told = Some(word);
        judgement.factuality = factuality;
        judgement.realis = realis;
        judgement.asserted = true;
    }
    // "has applied to join", "was invited to join": what has been done about it.
    if let Some(verb) = token.head().filter(|_| token.dep() == "xcomp")
        && matches!(verb.lemma(), "apply" | "invite" | "negotiate")
        && let governing = factuality::judge(verb, cast.context)
        && governing.factuality == Factuality::CertainYes
        && governing.realis == Realis::Actual
    {
        told = Some("talks");
    }
    // "joining could help": the joining is the subject of what could be, and is not told itself.
    let nominal = token.tag() == "VBG" || token.pos() == Pos::Noun;
    if told == Some("did") && is_gerund_of_noun(token) || is_until(token) {
        told = None;
    }
    // "would welcome its accession": a noun under a verb that is no fact.
    let head = token.head().filter(|v| nominal && matches!(token.dep(), "dobj" | "nsubjpass") && v.pos() == Pos::Verb);
    if told == Some("did")
        && head.is_some_and(|v| v.auxiliaries().any(|a| matches!(a.lemma(), "would" | "could" | "may" | "might")))
    {
        told = Some("may");
        judgement.realis = Realis::Hypothetical;
        judgement.factuality = Factuality::PossibleYes;
    }
    // "looks forward to being included", "is opposed to joining".
    if told == Some("did")
        && let Some(verb) = gerund_under_verb(token)
    {
        told = (verb.lemma() == "look").then_some("wants");
        judgement.realis = Realis::Wanted;
        judgement.factuality = Factuality::Unknown;
    }
    // "objected to Yemen joining", "warned Yemen against joining": nothing is told of it.
    if matches!(told, Some("did" | "may")) && doer_of_gerund(token).is_some() {
        told = None;
    }
    // "supports Yemen joining": the supporter's word for what others may do.
    let favours =
        |v: Token<'_>| matches!(v.lemma(), "support" | "back" | "favour" | "favor" | "endorse" | "oppose" | "resist");
    if matches!(told, Some("did" | "will" | "expected"))
        && token.tag() == "VBG"
        && token.child("nsubj").is_some()
        && token.head().is_some_and(|v| token.dep() == "ccomp" && favours(v))
    {
        told = Some("may");
        judgement.realis = Realis::Hypothetical;
        judgement.factuality = Factuality::PossibleYes;
    }
    // "parliament approved the withdrawal": a step on the way, not the end of it.
    if let Some(verb) = governor(token).filter(|v| APPROVAL.contains(&v.lemma()))
        && matches!(factuality::judge(verb, cast.context).factuality, Factuality::CertainYes)
    {
        told = Some("will");
        judgement.realis = Realis::Future;
        judgement.factuality = Factuality::ProbableYes;
    }
    // "negotiations over the pact have become harder": they are under way.
    if told.is_none()
        && matches!(token.lemma(), "negotiation" | "talk")
        && let Some(verb) = token
            .head()
            .filter(|v| matches!(token.dep(), "nsubj" | "nsubjpass") && matches!(v.pos(), Pos::Verb | Pos::Aux))
        && matches!(factuality::judge(verb, cast.context).factuality, Factuality::CertainYes)
        && !matches!(
            verb.lemma(),
            "begin"
                | "start"
                | "end"
                | "fail"
                | "collapse"
                | "suspend"
                | "conclude"
                | "complete"
                | "halt"
                | "finish"
                | "launch"
        )
    {
        told = Some("did");
        judgement.realis = Realis::Presupposed;
        judgement.factuality = Factuality::CertainYes;
    }
    // "would join in its own time", "is optimistic that it will join": an outlook, and no step that anybody announces.
    if matches!(told, Some("will" | "expected")) && (is_of_no_day(cast, token) || is_hoped(token)) {
        told = Some("may");
        judgement.factuality = Factuality::PossibleYes;
    }
    // "do not want to negotiate": then nobody wants it.
    let unwanted = token.head().filter(|h| token.dep() == "xcomp" && matches!(h.lemma(), "want" | "wish" | "intend"));
    if told == Some("wants") && unwanted.is_some_and(Token::is_negated) {
        told = None;
    }
    if let Some(source) = informant(token) {
        judgement.holder = attribution::holder_of(source, cast.context);
    }
    if told == Some("expected") && judgement.factuality == Factuality::CertainYes {
        judgement.factuality = Factuality::ProbableYes;
    }
    if matches!(told, Some("may" | "if" | "expected" | "will"))
        && nominal
        && carrier == token
        && matches!(token.dep(), "csubj" | "nsubj" | "csubjpass")
    {
        told = None;
    }
    Outlook { told, judgement }
}

/// Verbs by which a body lets a step go ahead.
const APPROVAL: [&str; 8] = ["approve", "back", "endorse", "pass", "support", "authorise", "authorize", "adopt"];

/// Verbs that carry out what their object names: "hand in a notice", "hold talks".
const CARRYING: [&str; 22] = [
    "announce", "be", "begin", "complete", "continue", "declare", "deliver", "deposit", "enter", "extend", "file",
    "give", "hand", "hold", "lodge", "notify", "open", "resume", "send", "serve", "start", "submit",
];

/// The verb whose object a noun of a step is, also through "notice of withdrawal", "in talks", "vote for withdrawal".
pub(super) fn governor(token: Token<'_>) -> Option<Token<'_>> {
    if token.pos() != Pos::Noun {
        return None;
    }
    let mut noun = token;
    if noun.dep() == "pobj"
        && let Some(paper) = noun.head().filter(|p| p.lemma() == "of").and_then(Token::head)
        && matches!(paper.lemma(), "notice" | "notification" | "letter" | "instrument" | "declaration")
    {
        noun = paper;
    }
    let head = noun.head()?;
    let verb = match noun.dep() {
        "dobj" => head,
        "nsubjpass" => head,
        "pobj" if matches!(head.lemma(), "in" | "into") => head.head()?,
        _ => return None,
    };
    matches!(verb.pos(), Pos::Verb | Pos::Aux).then_some(verb)
}

/// "little progress in obtaining", "an idea of joining": what a noun governs by a preposition is not told as done.
fn is_gerund_of_noun(token: Token<'_>) -> bool {
    // "take the form of Norway joining": the parser hangs the clause on the noun, its subject on the preposition.
    let inside = token.before().filter(|_| token.tag() == "VBG" && token.dep() == "acl").and_then(Token::head);
    let preposition = inside.filter(|p| p.pos() == Pos::Adp && p.head() == token.head());
    let own = token.head().filter(|p| token.tag() == "VBG" && token.dep() == "pcomp" && p.lemma() != "by");
    let Some((preposition, noun)) = preposition.or(own).and_then(|p| Some((p, p.head()?))) else { return false };
    matches!(noun.pos(), Pos::Noun | Pos::Propn)
        && matches!(preposition.lemma(), "of" | "in" | "for" | "to" | "on" | "about" | "against" | "toward" | "towards")
        && !matches!(noun.lemma(), "anniversary" | "process" | "ceremony" | "year" | "history" | "day")
}

/// The verb that governs a gerund by a preposition that tells of no fact: "look forward to joining", "talk about joining".
fn gerund_under_verb(token: Token<'_>) -> Option<Token<'_>> {
    let gerund = token.tag() == "VBG" || token.auxiliaries().any(|a| a.text().eq_ignore_ascii_case("being"));
    let preposition = token.head().filter(|_| gerund && token.dep() == "pcomp")?;
    let open = matches!(preposition.lemma(), "to" | "from" | "about" | "against" | "toward" | "towards");
    // "is hesitant in signing".
    let inner = preposition.lemma() == "in";
    preposition.head().filter(|v| open && v.pos() == Pos::Verb || (open || inner) && v.pos() == Pos::Adj)
}

/// Who would do what a gerund names under another's verb: Yemen in "objected to Yemen joining", "warned Yemen against joining".
pub(super) fn doer_of_gerund(token: Token<'_>) -> Option<Token<'_>> {
    if token.tag() != "VBG" {
        return None;
    }
    // The parser takes the participle for an adjunct of the verb.
    let before = token.before().filter(|b| token.dep() == "advcl" && b.dep() == "pobj");
    let open = |p: Token<'_>| matches!(p.lemma(), "to" | "against" | "about" | "of") && p.head() == token.head();
    if let Some(doer) = before.filter(|b| b.head().is_some_and(open)) {
        return Some(doer);
    }
    let against = token.head().filter(|p| token.dep() == "pcomp" && p.lemma() == "against")?;
    against.head().filter(|v| v.pos() == Pos::Verb)?.child("dobj")
}

/// "protests until Norway joins".
fn is_until(token: Token<'_>) -> bool {
    token.children().any(|c| c.dep() == "mark" && matches!(c.text().to_lowercase().as_str(), "until" | "till"))
        && !token.is_negated()
}

/// "Oman let its partners know that it would join": who lets others know.
fn informant(token: Token<'_>) -> Option<Token<'_>> {
    let know = token.ancestors().take(3).find(|a| matches!(a.lemma(), "know" | "understand"))?;
    let let_ = know.head().filter(|l| matches!(know.dep(), "ccomp" | "xcomp") && l.lemma() == "let")?;
    let_.surface_subject()
}

fn told(judgement: &Judgement, token: Token<'_>, carrier: Token<'_>) -> Option<&'static str> {
    use Factuality as F;
    if has_yet_to(token) {
        return Some("not_yet");
    }
    if !judgement.asserted && judgement.realis != Realis::Presupposed {
        return None;
    }
    match (judgement.factuality, judgement.realis) {
        (F::CertainNo | F::ProbableNo | F::PossibleNo, realis) => Some(if says_yet(token) || says_yet(carrier) {
            "not_yet"
        } else if realis == Realis::Future || (realis == Realis::Negated && will(token)) {
            "will_not"
        } else {
            "not"
        }),
        (_, Realis::Conditional) => Some("if"),
        (_, Realis::Wanted) => Some("wants"),
        (F::CertainYes | F::ProbableYes, Realis::Actual | Realis::Presupposed) => Some("did"),
        (F::CertainYes, Realis::Future) => Some("will"),
        // "is set to join" is a plan that the one who tells it vouches for; "is expected to" is others' guess.
        (F::ProbableYes, Realis::Future) => Some(if is_guess(token) { "expected" } else { "will" }),
        (F::PossibleYes, _) | (_, Realis::Hypothetical) => Some("may"),
        (F::Unknown | F::CertainUnknown, Realis::Future) => Some("expected"),
        _ => None,
    }
}

/// Whether the words just behind a step put it off to no day at all: "in their own time", "one day".
fn is_of_no_day(cast: &Cast<'_>, token: Token<'_>) -> bool {
    const WORDS: usize = 10;
    const OPEN: [&str; 7] =
        ["own time", "one day", "some day", "someday", "eventually", "at some point", "sooner or later"];
    let reading = cast.context.reading;
    let end = reading.sentences()[token.sentence()].tokens.end.min(token.i + WORDS);
    let words = cast.words(reading.span(token.i..end)).to_lowercase();
    OPEN.iter().any(|open| words.contains(open))
}

/// "is optimistic that it will join", "hopes to".
fn is_hoped(token: Token<'_>) -> bool {
    let hope = |t: Token<'_>| matches!(t.lemma().to_lowercase().as_str(), "optimistic" | "hopeful" | "hope");
    token.ancestors().take(3).any(|g| hope(g) || g.child("acomp").is_some_and(hope) && token.dep() == "ccomp")
}

fn is_guess(token: Token<'_>) -> bool {
    const GUESSES: [&str; 10] =
        ["expect", "likely", "anticipate", "predict", "forecast", "hope", "probable", "tip", "believe", "think"];
    token.ancestors().take(3).any(|g| GUESSES.contains(&g.lemma()))
        || token.children().any(|c| c.dep() == "advmod" && matches!(c.lemma(), "probably" | "likely" | "reportedly"))
}

/// "steps towards joining", "the process of its accession".
fn is_under_way(token: Token<'_>) -> bool {
    let preposition = token.head().filter(|p| matches!(token.dep(), "pcomp" | "pobj") && p.pos() == Pos::Adp);
    let noun = preposition.and_then(Token::head);
    noun.is_some_and(|n| matches!(n.lemma(), "process" | "step" | "path") && n.pos() == Pos::Noun)
}

/// "have shown their intention to join".
fn shown(token: Token<'_>) -> bool {
    let noun = token.head().filter(|n| token.dep() == "acl" && matches!(n.lemma(), "intention" | "intent"));
    noun.is_some_and(|n| n.dep() == "dobj" && n.head().is_some_and(|v| SHOWING.contains(&v.lemma())))
}

/// Verbs by which a state lets a wish be seen.
const SHOWING: [&str; 6] = ["show", "express", "signal", "indicate", "voice", "have"];

/// "Oslo's decision to join", "its readiness to sign", "the prospect of joining": a noun that licenses the step by itself.
fn by_noun(token: Token<'_>) -> Option<(&'static str, Factuality, Realis)> {
    let noun = match (token.dep(), token.head()) {
        ("acl", Some(head)) => head,
        ("pcomp" | "pobj", Some(prep)) => prep.head()?,
        _ => return None,
    };
    match noun.lemma() {
        // "have shown an intention to join": no plan yet.
        "intention" | "intent" if shown(token) => Some(("wants", Factuality::Unknown, Realis::Wanted)),
        "decision" | "agreement" | "commitment" | "pledge" | "promise" | "vow" | "announcement" | "plan"
        | "intention" | "move" | "step"
            if is_infinitive(token) =>
        {
            Some(("will", Factuality::CertainYes, Realis::Future))
        }
        "process" | "step" | "path" if is_under_way(token) => Some(("talks", Factuality::Unknown, Realis::Wanted)),
        "talk" | "negotiation" | "discussion" if is_infinitive(token) => {
            Some(("talks", Factuality::Unknown, Realis::Wanted))
        }
        "prospect" | "possibility" | "chance" | "idea" | "question" | "subject" | "issue" | "topic" => {
            Some(("may", Factuality::PossibleYes, Realis::Hypothetical))
        }
        "wish" | "desire" | "bid" | "interest" | "willingness" | "readiness" | "hope" | "ambition" | "aspiration" => {
            Some(("wants", Factuality::Unknown, Realis::Wanted))
        }
        _ => None,
    }
}

/// The predicate whose tense the step shares: the copula of "Oslo is the first capital to join", the verb of "made history by
/// joining".
fn carrier(token: Token<'_>) -> Token<'_> {
    if let Some(verb) = governor(token).filter(|v| CARRYING.contains(&v.lemma())) {
        return verb;
    }
    let mut at = token;
    for _ in 0..4 {
        let Some(head) = at.head() else { break };
        let up = match at.dep() {
            // "the first country to join": the noun says of whom, its copula whether.
            "relcl" | "acl" if is_infinitive(at) && is_ranked(head) => match (head.dep(), head.head()) {
                ("attr" | "oprd", Some(copula)) => copula,
                // "was one of the first states to sign".
                ("pobj", Some(of)) if of.lemma() == "of" => match of.head().map(|one| (one.dep(), one.head())) {
                    Some(("attr", Some(copula))) => copula,
                    _ => break,
                },
                _ => break,
            },
            // "became the 37th state to sign": the clause hangs on the verb.
            "xcomp" | "advcl"
                if is_infinitive(at)
                    && matches!(head.lemma(), "be" | "become")
                    && head.child("attr").is_some_and(is_ranked) =>
            {
                head
            }
            "pcomp" if matches!(head.lemma(), "by" | "through" | "in") => match head.head() {
                Some(verb) if matches!(verb.pos(), Pos::Verb | Pos::Aux) => verb,
                _ => break,
            },
            // "work on revising it".
            "pcomp" if head.lemma() == "on" => match head.head() {
                Some(verb) if verb.lemma() == "work" && verb.pos() == Pos::Verb => verb,
                _ => break,
            },
            _ => break,
        };
        at = up;
    }
    at
}

/// "cease to be a member", "stop taking part".
pub(super) fn cessation(token: Token<'_>) -> Option<Token<'_>> {
    token.ancestors().take(2).find(|g| matches!(g.lemma(), "cease" | "stop"))
}

fn is_infinitive(token: Token<'_>) -> bool {
    token.children().any(|c| c.tag() == "TO")
}

/// "the first", "the latest", "the 57th": a noun whose infinitive is a fact, not a purpose.
fn is_ranked(noun: Token<'_>) -> bool {
    // "one of the first nations".
    if noun.lemma() == "one"
        && let Some(of) = noun.children().find(|c| c.lemma() == "of").and_then(|c| c.child("pobj"))
    {
        return is_ranked(of);
    }
    noun.children().chain(std::iter::once(noun)).any(|c| {
        matches!(
            c.lemma().to_lowercase().as_str(),
            "first" | "second" | "third" | "last" | "latest" | "late" | "next" | "only" | "new" | "newest"
        ) || c.tag() == "JJS"
            || c.text().ends_with("th") && c.text().starts_with(|d: char| d.is_ascii_digit())
    })
}

fn says_yet(token: Token<'_>) -> bool {
    let near =
        token.children().chain(token.head().into_iter().filter(|_| token.dep() == "xcomp").flat_map(|h| h.children()));
    near.filter(|c| c.dep() == "advmod").any(|c| matches!(c.text().to_lowercase().as_str(), "yet" | "still"))
}

/// "has yet to sign", "has still to sign".
fn has_yet_to(token: Token<'_>) -> bool {
    // "Norway yet to sign", of a heading.
    let word = |t: Option<Token<'_>>, w: &str| t.is_some_and(|t| t.text().eq_ignore_ascii_case(w));
    if word(token.before(), "to") && word(token.before().and_then(Token::before), "yet") {
        return true;
    }
    let Some(have) = token.head().filter(|h| token.dep() == "xcomp" && h.lemma() == "have") else { return false };
    is_infinitive(token) && (says_yet(have) || says_yet(token))
}

fn will(token: Token<'_>) -> bool {
    token
        .auxiliaries()
        .any(|a| matches!(a.text().to_lowercase().as_str(), "will" | "wo" | "'ll" | "’ll" | "would" | "shall"))
}

/// Whose word it is, seen from the participant.
pub(super) fn by(cast: &Cast<'_>, holder: &Holder, participant: &EntityId, agreement: &EntityId) -> By {
    if holder.kind == HolderKind::Outlet {
        return By::Outlet;
    }
    if speaks_for(cast, holder, participant) {
        return By::Itself;
    }
    let Some(state) = state_of_holder(cast, holder) else { return By::Third };
    if state == *participant {
        return By::Itself;
    }
    // Who lets off a measure is the other side of it.
    if cast.relief.is_some() && agreement.is_exemption() {
        return By::Party;
    }
    standing(agreement, &state).unwrap_or(By::Third)
}

/// "Chile, Peru and Kenya hope to join", "all three states - Chile, Peru and Kenya - have said": each of them speaks.
fn speaks_for(cast: &Cast<'_>, holder: &Holder, participant: &EntityId) -> bool {
    let Some(span) = holder.span else { return false };
    let reading = cast.context.reading;
    let Some(head) = reading.head_of(reading.tokens_in(span)) else { return false };
    cast.actors(head).iter().any(|a| a.id == *participant)
}

/// The state that a holder speaks for: "Tokayev", "a U.S. official", "Riyadh".
pub(super) fn state_of_holder(cast: &Cast<'_>, holder: &Holder) -> Option<EntityId> {
    let names = cast.context.names;
    if let Some(id) = &holder.entity {
        return match names.get(id).map(|e| e.kind) {
            Some(EntityKind::State) => Some(id.clone()),
            _ if id.0.starts_with("iso3:") => Some(id.clone()),
            _ => cast
                .state_of_person(id)
                .or_else(|| knowledge().organisation(&id.0).and_then(|o| o.state).map(EntityId::state)),
        };
    }
    let span = holder.span?;
    let reading = cast.context.reading;
    let states = reading.range(reading.tokens_in(span)).filter_map(|t| cast.mention(t));
    let mut states = states.map(|m| names.entity_of(m)).filter(|e| e.kind == EntityKind::State);
    states.next().map(|e| e.id.clone())
}

/// Party or broker of the agreement, by the table of memberships; `None` for any other state.
pub(super) fn standing(agreement: &EntityId, state: &EntityId) -> Option<By> {
    let iso3 = state.0.strip_prefix("iso3:")?;
    let known = knowledge();
    let id = agreement.0.strip_prefix("agreement:").unwrap_or(&agreement.0);
    let id = known.agreement(id).or_else(|| known.agreement_of(id)).map(|a| a.id)?;
    let mut standing = None;
    for membership in known.memberships_of(id, iso3) {
        match membership.status {
            "mediator" => return Some(By::Broker),
            "original" | "member" | "counterpart" => standing = Some(By::Party),
            _ => {}
        }
    }
    standing
}
