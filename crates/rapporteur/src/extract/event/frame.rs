//! What a predicate is in PLOVER: its class in its frame, and what operators, negation and tense make of it.

use language::{Pos, Token};

use super::super::quotation::lexicon as cue;
use super::super::{Context, EntityKind, Plover, Realis};
use super::lexicon::{Entry, Kind, Operator, has_particle, lexicon};

/// A chain of operators longer than this is a parse gone wrong.
const DEPTH: usize = 9;
/// Complement words looked at for one predicate.
const WORDS: usize = 40;

/// An act as the text frames it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Framed {
    pub(super) kind: Kind,
    /// The predicates under it that are part of it, outermost first: "release" of "agreed to release".
    pub(super) inner: Vec<usize>,
    /// The steps from the innermost class outward: "verb release; commit agree".
    pub(super) rule: String,
    /// The CAMEO code of the innermost act: that of "resign" in "agreed to resign".
    pub(super) core: Option<&'static str>,
    /// Said to be somebody else's duty: the speaker asks, the subject is asked.
    pub(super) is_duty: bool,
}

/// What the predicate is; `None` where it is no PLOVER event.
pub(super) fn framed(token: Token<'_>, context: Context<'_>) -> Option<Framed> {
    classify(token, context, DEPTH)
}

fn classify(token: Token<'_>, context: Context<'_>, depth: usize) -> Option<Framed> {
    let depth = depth.checked_sub(1)?;
    match token.pos() {
        Pos::Verb | Pos::Aux if !matches!(token.dep(), "aux" | "auxpass") => {
            let bare = verb(token, context, depth);
            told(token, bare)
        }
        Pos::Noun | Pos::Propn => noun(token, context, depth),
        Pos::Adj if depth + 1 < DEPTH => operators(token, lexicon().verb(&lemma(token)), context, depth),
        _ => None,
    }
}

/// A verb as if it were told as a plain fact.
fn verb(token: Token<'_>, context: Context<'_>, depth: usize) -> Option<Framed> {
    let entries = lexicon().verb(token.lemma());
    let complement = complement(token);
    let fits =
        |e: &&Entry| e.particle.is_none_or(|p| has_particle(token, p)) && stands_with(e, token, &complement, context);
    if entries.iter().any(|e| e.is_none && fits(&e)) {
        return None;
    }
    let object = token.child_of(&["dobj", "nsubjpass"]);
    let own = object.filter(|o| o.pos() == Pos::Noun && !lexicon().noun(&lemma(*o)).is_empty());
    let plain = |e: &Entry| {
        Some(Framed {
            kind: e.kind?,
            // "suspended its attacks": the attacks are no event beside it.
            inner: own.filter(|_| e.is_narrow()).map(|o| o.i).into_iter().collect(),
            rule: format!("verb {}", token.lemma()),
            core: e.kind?.cameo,
            is_duty: false,
        })
    };
    // What is asked of its complement first: "lift sanctions" before "lift"; then with a particle: "call for" before "call".
    let narrow = |particle: bool| {
        entries.iter().filter(move |e| e.operator.is_none() && e.is_narrow() && e.particle.is_some() == particle)
    };
    let narrow = narrow(true).chain(narrow(false)).find(fits);
    if let Some(found) = narrow.and_then(plain) {
        return Some(found);
    }
    if let Some(found) = operators(token, entries, context, depth) {
        return Some(found);
    }
    if lexicon().is_light(token) {
        let clauses = matches!(token.lemma(), "order" | "decide" | "vote");
        if let Some((at, found)) = inner(token, context, depth, clauses) {
            return Some(under(found, at, "light", token));
        }
    }
    let wide = |particle: bool| {
        entries.iter().filter(move |e| e.operator.is_none() && !e.is_narrow() && e.particle.is_some() == particle)
    };
    if let Some(found) = wide(true).chain(wide(false)).find(fits).and_then(plain) {
        return Some(found);
    }
    // "is ready to", "remains committed to".
    if token.lemma() == "be" || matches!(token.lemma(), "remain" | "stay" | "become" | "stand") {
        let said = token.children().filter(|c| matches!(c.dep(), "acomp" | "oprd" | "attr"));
        return said
            .filter(|c| matches!(c.pos(), Pos::Adj | Pos::Verb))
            .find_map(|c| Some((c.i, operators(c, lexicon().verb(&lemma(c)), context, depth)?)))
            .map(|(at, found)| under(found, at, "copula", token));
    }
    None
}

fn noun(token: Token<'_>, context: Context<'_>, depth: usize) -> Option<Framed> {
    let entries = lexicon().noun(&lemma(token));
    if let Some(found) = operators(token, entries, context, depth) {
        return Some(found);
    }
    let complement = complement(token);
    let entry =
        entries.iter().filter(|e| e.operator.is_none()).find(|e| stands_with(e, token, &complement, context))?;
    let rule = format!("noun {}", token.lemma());
    let kind = entry.kind?;
    Some(Framed { kind, inner: Vec::new(), rule, core: kind.cameo, is_duty: false })
}

/// An operator over the act that it governs: "threaten to attack"; by itself where it is an act of its own ("refuse the offer").
fn operators(token: Token<'_>, entries: &[Entry], context: Context<'_>, depth: usize) -> Option<Framed> {
    let complement = complement(token);
    let entry = entries
        .iter()
        .filter(|e| e.operator.is_some())
        .find(|e| e.particle.is_none_or(|p| has_particle(token, p)) && stands_with(e, token, &complement, context))?;
    let operator = entry.operator?;
    let found = inner(token, context, depth, true);
    let composed = lexicon().compose(operator, found.as_ref().map(|(_, f)| f.kind.plover));
    match (found, composed) {
        (Some((at, found)), Some(kind)) => {
            let found = under(found, at, operator.as_str(), token);
            Some(Framed { kind, is_duty: false, ..found })
        }
        (found, composed) => {
            // "planned", "decided" promise nothing by themselves; "stopped" is no act.
            let promises = operator != Operator::Commit || is_promise(token);
            let kind = entry.kind.filter(|_| governs(token) && promises && !puts_a_question(token))?;
            let kind = composed.unwrap_or(kind);
            let rule = format!("{} {}", operator.as_str(), token.lemma());
            let core = found.as_ref().and_then(|(_, f)| f.core);
            Some(Framed { kind, inner: found.map(|(at, _)| at).into_iter().collect(), rule, core, is_duty: false })
        }
    }
}

/// "She asked him, 'Is it true?'": an answer is wanted, no act.
fn puts_a_question(token: Token<'_>) -> bool {
    let wanted = |c: Token<'_>| {
        c.dep() == "xcomp"
            || c.dep() == "prep" && c.lemma() == "for"
            || c.dep() == "ccomp" && (c.tag() == "VB" || c.auxiliaries().any(|a| a.tag() == "TO"))
    };
    token.lemma() == "ask" && !token.children().any(wanted)
}

fn is_promise(token: Token<'_>) -> bool {
    !matches!(
        token.lemma(),
        "plan" | "intend" | "mean" | "aim" | "decide" | "set" | "due" | "poised" | "prepared" | "intention"
    )
}

/// Whether anything hangs on it that it could be about.
fn governs(token: Token<'_>) -> bool {
    token.children().any(|c| matches!(c.dep(), "dobj" | "dative" | "xcomp" | "ccomp" | "prep" | "acl" | "nsubjpass"))
}

/// The first act among what the token governs, with its place: clause, object, what prepositions lead to; through a noun that
/// is no act to what it is of ("the suspension of aid").
fn inner(token: Token<'_>, context: Context<'_>, depth: usize, clauses: bool) -> Option<(usize, Framed)> {
    let depth = depth.checked_sub(1)?;
    let wanted: &[&str] = &["xcomp", "ccomp", "dobj", "nsubjpass", "oprd", "attr", "acl", "pcomp", "advcl"];
    for dep in wanted {
        if !clauses && matches!(*dep, "ccomp" | "advcl") || *dep == "advcl" && token.lemma() != "threaten" {
            continue;
        }
        for child in token.children().filter(|c| c.dep() == *dep) {
            for part in child.conjuncts().into_iter().filter(|p| p.i >= child.i).take(3) {
                if let Some(found) = classify(part, context, depth) {
                    return Some((part.i, found));
                }
            }
            if matches!(child.pos(), Pos::Noun | Pos::Propn | Pos::Adj) {
                let within = child.children().filter(|c| c.dep() == "compound" && c.pos() == Pos::Noun);
                let found = within.filter_map(|c| Some((c.i, noun(c, context, depth)?))).next();
                if let Some(found) = found.or_else(|| inner(child, context, depth, clauses)) {
                    return Some(found);
                }
            }
        }
    }
    for prep in token.children().filter(|c| c.dep() == "prep" && c.i > token.i) {
        for child in prep.children().filter(|c| matches!(c.dep(), "pobj" | "pcomp")) {
            let found = classify(child, context, depth).map(|f| (child.i, f));
            if let Some(found) = found.or_else(|| {
                let noun = child.pos() == Pos::Noun && matches!(prep.lemma(), "of" | "for" | "to" | "on");
                noun.then(|| inner(child, context, depth, clauses)).flatten()
            }) {
                return Some(found);
            }
        }
    }
    None
}

/// The act with one more governor around it.
fn under(found: Framed, at: usize, step: &str, governor: Token<'_>) -> Framed {
    let mut inner = vec![at];
    inner.extend(found.inner);
    Framed { inner, rule: format!("{}; {step} {}", found.rule, governor.lemma()), ..found }
}

/// What negation, duty and the future make of a verb's act.
fn told(token: Token<'_>, bare: Option<Framed>) -> Option<Framed> {
    let modal = token.auxiliaries().find(|a| a.tag() == "MD").map(|a| a.lemma().to_lowercase());
    let modal = modal.as_deref().unwrap_or("");
    let reported = token.dep() == "ccomp" && token.head().is_some_and(|h| cue::verb(h).is_some());
    if lexicon().is_modal(modal) && reported {
        let kind = lexicon().compose(Operator::Request, bare.as_ref().map(|b| b.kind.plover))?;
        let rule = format!("{}duty {modal}", bare.as_ref().map_or(String::new(), |b| format!("{}; ", b.rule)));
        let core = bare.as_ref().and_then(|b| b.core);
        let inner = bare.map(|b| b.inner).unwrap_or_default();
        return Some(Framed { kind, inner, rule, core, is_duty: true });
    }
    let bare = bare?;
    let change = |operator: Operator, word: &str| {
        let kind = lexicon().compose(operator, Some(bare.kind.plover))?;
        Some(Framed { kind, rule: format!("{}; {} {word}", bare.rule, operator.as_str()), ..bare.clone() })
    };
    let none_of_it = token.child("dobj").is_some_and(|o| o.children().any(|c| c.lemma() == "no" && c.dep() == "det"));
    if token.is_negated() || none_of_it {
        return change(Operator::Not, "not");
    }
    let future = matches!(modal, "will" | "'ll" | "shall") || modal == "would" && reported;
    if future || goes_to(token) {
        change(Operator::Commit, if modal.is_empty() { "future" } else { modal }).or(Some(bare))
    } else {
        Some(bare)
    }
}

impl Framed {
    /// The act as the reading's world makes it: what is to come or wanted by the one who acts is intent, AGREE or a threat. The
    /// purpose of another act ("sent money to help") keeps its own type.
    pub(super) fn in_world(mut self, realis: Realis, token: Token<'_>) -> Framed {
        let is_purpose = matches!(token.dep(), "advcl" | "acl" | "relcl" | "pcomp" | "pobj" | "amod");
        let wanted = realis == Realis::Wanted && token.dep() == "xcomp" && token.tag() == "VB";
        let told = matches!(
            self.kind.plover,
            Plover::Agree | Plover::Threaten | Plover::Reject | Plover::Request | Plover::Accuse
        );
        if !told
            && !is_purpose
            && (realis == Realis::Future || wanted)
            && let Some(kind) = lexicon().compose(Operator::Commit, Some(self.kind.plover))
        {
            self.kind = kind;
            self.rule.push_str(if realis == Realis::Future { "; to come" } else { "; wanted" });
        }
        self
    }
}

/// "is going to meet", "is to meet", "is set to meet": the governor makes it future.
fn goes_to(token: Token<'_>) -> bool {
    let Some(head) = token.head().filter(|_| token.dep() == "xcomp" && token.tag() == "VB") else { return false };
    head.lemma() == "go" && head.tag() == "VBG" || matches!(head.lemma(), "be" | "set" | "due" | "slate" | "schedule")
}

/// Words of a predicate's complement, lower case: objects with their modifiers, what prepositions lead to, clauses, particles.
fn complement(token: Token<'_>) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut open: Vec<(Token<'_>, usize)> = token
        .children()
        .filter(|c| {
            matches!(
                c.dep(),
                "dobj"
                    | "nsubjpass"
                    | "dative"
                    | "prep"
                    | "xcomp"
                    | "ccomp"
                    | "advcl"
                    | "prt"
                    | "oprd"
                    | "attr"
                    | "acomp"
                    | "agent"
                    | "pobj"
            ) || token.pos() == Pos::Noun && matches!(c.dep(), "compound" | "amod")
                || c.dep() == "advmod" && c.i > token.i
        })
        // "according to" is no accord.
        .filter(|c| c.dep() != "prep" || c.tag() != "VBG")
        .map(|c| (c, 0))
        .collect();
    open.reverse();
    while let Some((at, depth)) = open.pop() {
        if found.len() >= WORDS {
            break;
        }
        found.push((lemma(at), at.i));
        if depth < 3 && !matches!(at.pos(), Pos::Verb) {
            let below = at.children().filter(|c| {
                matches!(c.dep(), "compound" | "amod" | "nmod" | "conj" | "pobj" | "pcomp")
                    || c.dep() == "prep" && matches!(c.lemma(), "of" | "for" | "to" | "against" | "in")
            });
            let start = open.len();
            open.extend(below.map(|c| (c, depth + 1)));
            open[start..].reverse();
        }
    }
    found
}

/// Whether what a line asks of the complement is there.
fn stands_with(entry: &Entry, token: Token<'_>, complement: &[(String, usize)], context: Context<'_>) -> bool {
    let named = |i: usize, kind: EntityKind| context.names.entity_at(i).is_some_and(|e| e.kind == kind);
    let object = token.child_of(&["dobj", "dative"]);
    let has_object = token.child_of(&["dobj", "dative", "nsubjpass"]).is_some() || token.tag() == "VBN";
    let is_there = |wanted: &&str| match wanted.split_at_checked(1) {
        Some(("+", "obj")) => has_object,
        Some(("-", "obj")) => !has_object,
        Some(("@", "STATE")) => object.is_some_and(|o| named(o.i, EntityKind::State)),
        Some(("@", "PERSON")) => object.is_some_and(|o| named(o.i, EntityKind::Person)),
        Some(("@", class)) => complement.iter().any(|(word, _)| lexicon().is_in(class, word)),
        Some(("^", class)) => token.subject().is_some_and(|s| lexicon().is_in(class, &lemma(s))),
        _ => complement.iter().any(|(word, _)| word == *wanted),
    };
    entry.with.is_empty() || entry.with.iter().any(is_there)
}

pub(super) fn lemma(token: Token<'_>) -> String {
    token.lemma().to_lowercase()
}
