//! How a predicate hangs on what governs it: which governor, in which frame, or which circumstance.

use language::{Pos, Token};

use super::compose::{DEPTH, is_definite};
use super::form::{Form, Mood, form};
use super::lexicon;
use super::signature::{Class, Effect, Frame, Signature, signature};

/// How a predicate hangs on what governs it.
pub(super) enum Link<'a> {
    /// The main clause, or a clause that nothing colours.
    Free,
    /// A conjunct that shares auxiliary and governor with the first one.
    Shared(Token<'a>),
    /// A complement.
    Governed(Token<'a>, Frame),
    /// A circumstance: effect relative to the head, and the word that makes it.
    Beside(Token<'a>, Effect, String),
    /// A noun that nobody vouches for.
    Unlicensed,
}

/// How the predicate, in its own form, hangs on what governs it.
pub(super) fn link(token: Token<'_>, own: Form) -> Link<'_> {
    let Some(head) = token.head() else {
        return if own.mood == Mood::Nominal { Link::Unlicensed } else { Link::Free };
    };
    if own.mood == Mood::Nominal {
        return match (nominal_link(token, token.dep(), head), year(token)) {
            // "its accession in 2004 doubled trade": a dated event under a past verb.
            (Link::Unlicensed, Some(year))
                if matches!(form(outer_clause(token), false).mood, Mood::Past | Mood::Perfect) =>
            {
                Link::Beside(outer_clause(token), Effect::Presupposed, format!("in {year}"))
            }
            (link, _) => link,
        };
    }
    match token.dep() {
        "conj" => conjunct_link(token, own, head),
        dep => clause_link(token, dep, own, head),
    }
}

/// A verb after "and", "or": with no subject and auxiliary of its own it shares those of the first; else it has its governor.
fn conjunct_link<'a>(token: Token<'a>, own: Form, head: Token<'a>) -> Link<'a> {
    let bare = token.auxiliaries().next().is_none() && token.child_of(&["nsubj", "nsubjpass"]).is_none();
    let verbal = matches!(head.pos(), Pos::Verb | Pos::Aux);
    if !verbal {
        return if own.mood.is_finite() { Link::Free } else { Link::Beside(head, Effect::Happens, "and".to_owned()) };
    }
    let same_group = token.tag() == head.tag() && head.auxiliaries().next().is_some();
    if (bare && same_group) || !own.mood.is_finite() {
        return Link::Shared(head);
    }
    let first = token.first_conjunct();
    match first.head() {
        Some(governor) if matches!(first.dep(), "ccomp" | "advcl") => clause_link(first, first.dep(), own, governor),
        _ => Link::Free,
    }
}

fn clause_link<'a>(token: Token<'a>, dep: &str, own: Form, head: Token<'a>) -> Link<'a> {
    let mark = token.children().find(|c| {
        matches!(c.dep(), "mark" | "advmod") && c.i < token.i && matches!(c.pos(), Pos::Sconj | Pos::Adv | Pos::Adp)
    });
    let mark_word = mark.map(|m| m.text().to_lowercase()).unwrap_or_default();
    if own.mood == Mood::Infinitive && matches!(dep, "advcl" | "xcomp") && follows_singled_out(token, head) {
        return Link::Beside(head, Effect::Happens, "first to".to_owned());
    }
    match dep {
        "xcomp" | "advcl" if own.mood == Mood::Infinitive && vowed(token, head).is_some() => {
            Link::Governed(vowed(token, head).unwrap_or(head), Frame::Infinitive)
        }
        "ccomp" | "xcomp" | "parataxis" | "oprd" | "dobj" | "acomp" | "attr" => {
            let frame = match own.mood {
                Mood::Gerund => Frame::Gerund,
                Mood::Participle | Mood::Bare | Mood::Infinitive => Frame::Infinitive,
                _ if matches!(mark_word.as_str(), "whether" | "if") => Frame::Whether,
                _ => Frame::That,
            };
            Link::Governed(head, frame)
        }
        "csubj" | "csubjpass" | "nsubj" | "nsubjpass" => Link::Governed(head, Frame::Subject),
        "advcl" => circumstance(token, &mark_word, own, head),
        // "close to where it entered the sea" says so itself; "talks on whether it will join" does not.
        "pcomp" if own.mood.is_finite() => match mark_word.as_str() {
            "whether" | "if" => Link::Beside(head, Effect::Open, mark_word),
            _ => Link::Free,
        },
        "pcomp" => after_preposition(head, Frame::Gerund).unwrap_or(Link::Free),
        "acl" | "relcl" => modifier(token, own, head),
        _ => Link::Free,
    }
}

/// The noun whose content an infinitive is though the parser hangs it on the verb: "keeps the vow to join", "an agreement was
/// reached to join", "a decision was taken for it to join".
fn vowed<'a>(token: Token<'a>, head: Token<'a>) -> Option<Token<'a>> {
    let verb = look_up(head, Frame::Infinitive, form(head, false)).1;
    let role = if head.is_passive() { "nsubjpass" } else { "dobj" };
    let noun = head.child(role).filter(|n| n.pos() == Pos::Noun && n.i < token.i)?;
    let lemma = noun.lemma().to_lowercase();
    let content = signature(&lemma, Frame::Infinitive)?;
    // After a verb that governs infinitives itself, only a noun that cannot act: "prove the vow to", not "force the bill to".
    let inert = content.class == Class::Commit && signature(&lemma, Frame::Gerund).is_some();
    (verb.is_none() || inert).then_some(noun)
}

/// An adverbial clause.
fn circumstance<'a>(token: Token<'a>, mark: &str, own: Form, head: Token<'a>) -> Link<'a> {
    let beside = |effect| {
        Link::Beside(head, effect, if mark.is_empty() { own.mood.as_str().to_owned() } else { mark.to_owned() })
    };
    let inverted = token.auxiliaries().next().is_some_and(|a| {
        matches!(a.text().to_lowercase().as_str(), "had" | "should" | "were")
            && token.child_of(&["nsubj", "nsubjpass"]).is_some_and(|s| a.i < s.i)
    });
    match mark {
        "if" | "unless" | "lest" | "provided" | "whether" => beside(Effect::Conditional),
        _ if inverted && own.mood != Mood::Question => beside(Effect::Conditional),
        "so" | "that" if own.mood.is_finite() => Link::Free,
        "when" | "once" | "until" | "till" | "before" | "after" | "whenever" | "as"
            if matches!(own.mood, Mood::Present | Mood::Perfect) =>
        {
            let outer = form(head, false).mood;
            if matches!(
                outer,
                Mood::Will
                    | Mood::Would
                    | Mood::May
                    | Mood::Should
                    | Mood::Must
                    | Mood::Imperative
                    | Mood::Infinitive
                    | Mood::Bare
            ) {
                beside(Effect::Future)
            } else {
                Link::Free
            }
        }
        _ => match own.mood {
            Mood::Infinitive | Mood::Bare => {
                let known = look_up(head, Frame::Infinitive, form(head, false)).1;
                if known.is_some() { Link::Governed(head, Frame::Infinitive) } else { beside(Effect::Wanted) }
            }
            Mood::Gerund | Mood::Participle => match mark {
                "" if token.before().is_some_and(|b| !b.pos().eq(&Pos::Punct) && b.i >= head.i)
                    && look_up(head, Frame::Gerund, form(head, false)).1.is_some() =>
                {
                    Link::Governed(head, Frame::Gerund)
                }
                "without" => beside(Effect::Fails),
                "after" | "since" | "while" | "when" => beside(Effect::Presupposed),
                _ => beside(Effect::Happens),
            },
            _ => Link::Free,
        },
    }
}

/// What stands under a preposition: by the signature of what the preposition hangs on, else by the preposition.
fn after_preposition<'a>(preposition: Token<'a>, frame: Frame) -> Option<Link<'a>> {
    let mut word = preposition.text().to_lowercase();
    let mut head = preposition.head()?;
    // "instead of joining", "ahead of joining": the inner preposition says nothing.
    let two = matches!(head.pos(), Pos::Adp | Pos::Adv | Pos::Sconj)
        || matches!(head.text().to_lowercase().as_str(), "prior" | "subsequent");
    if matches!(head.dep(), "prep" | "advmod") && two {
        // "long after joining" says what "after" says.
        if matches!(word.as_str(), "of" | "to" | "than" | "from" | "in" | "for" | "by" | "as" | "with") {
            word = head.text().to_lowercase();
        }
        head = head.head()?;
    }
    // "instead of", "ahead of"; not "even before", "long after".
    let adverb =
        preposition.child("advmod").filter(|a| a.i < preposition.i && matches!(word.as_str(), "of" | "than" | "to"));
    if let Some(adverb) = adverb {
        word = adverb.text().to_lowercase();
    }
    // "expressed interest in joining": the parser often hangs "in" on the verb; the noun before it is what governs.
    let object = head.children().rfind(|c| c.dep() == "dobj" && c.i < preposition.i);
    if let Some(noun) = object.filter(|n| look_up(*n, frame, form(*n, false)).1.is_some())
        && matches!(word.as_str(), "in" | "on" | "of" | "about" | "for" | "against" | "to" | "over")
    {
        head = noun;
    }
    let beside = |effect| Some(Link::Beside(head, effect, word.clone()));
    match word.as_str() {
        "without" | "instead" | "rather" | "than" => return beside(Effect::Fails),
        "after" | "since" | "following" | "subsequent" | "despite" | "upon" | "because" | "due" | "amid" | "thanks"
        | "besides" | "during" => {
            return Some(Link::Beside(head, Effect::Presupposed, word));
        }
        "before" | "prior" | "until" | "pending" | "ahead" | "till" => {
            let told = form(head, false);
            let past = matches!(told.mood, Mood::Past | Mood::Perfect | Mood::Participle) && !told.negated;
            return beside(if past { Effect::Presupposed } else { Effect::Future });
        }
        "by" if head.pos() != Pos::Noun => return beside(Effect::Happens),
        _ => {}
    }
    let known = look_up(head, frame, form(head, false)).1.is_some();
    if known || frame == Frame::Nominal {
        return Some(Link::Governed(head, frame));
    }
    // "interested", "candidate" and the like may stand one step further out: "potential candidates for joining".
    match word.as_str() {
        "in" | "by" | "while" | "with" | "on" | "when" => beside(Effect::Happens),
        "for" if matches!(head.pos(), Pos::Verb) => beside(Effect::Presupposed),
        "toward" | "towards" | "for" | "to" | "at" => beside(Effect::Wanted),
        _ => beside(Effect::Open),
    }
}

/// A clause that modifies a noun: "the decision to join", "the first to join", "states joining", "the state that joined".
fn modifier<'a>(token: Token<'a>, own: Form, noun: Token<'a>) -> Link<'a> {
    match own.mood {
        Mood::Infinitive => {
            if is_singled_out(noun) {
                Link::Beside(outer_clause(noun), Effect::Happens, "first to".to_owned())
            } else {
                Link::Governed(noun, Frame::Infinitive)
            }
        }
        // "Saudi Arabia joining is unrealistic", "the prospect of Saudi Arabia joining": the name is the subject of the -ing.
        Mood::Gerund if token.dep() == "acl" => match (noun.dep(), noun.head()) {
            ("nsubj" | "nsubjpass", Some(governor))
                if look_up(governor, Frame::Subject, form(governor, false)).1.is_some() =>
            {
                Link::Governed(governor, Frame::Subject)
            }
            ("pobj", Some(preposition)) if matches!(noun.pos(), Pos::Propn | Pos::Pron) => {
                after_preposition(preposition, Frame::Gerund).unwrap_or(Link::Free)
            }
            ("dobj", Some(governor)) if look_up(governor, Frame::Gerund, form(governor, false)).1.is_some() => {
                Link::Governed(governor, Frame::Gerund)
            }
            _ if signature(&noun.lemma().to_lowercase(), Frame::Gerund).is_some() => {
                Link::Governed(noun, Frame::Gerund)
            }
            _ => Link::Free,
        },
        mood if mood.is_finite() && token.dep() == "acl" => Link::Governed(noun, Frame::That),
        _ => Link::Free,
    }
}

/// "the first state", "the only one", "the largest": of such a noun the infinitive tells what it did.
fn is_singled_out(noun: Token<'_>) -> bool {
    noun.children().filter(|c| matches!(c.dep(), "amod" | "nummod" | "compound")).chain([noun]).any(|c| {
        let word = c.text().to_lowercase();
        let counted = word.starts_with(|f: char| f.is_ascii_digit())
            && ["st", "nd", "rd", "th"].iter().any(|ending| word.ends_with(ending));
        let superlative = c.tag() == "JJS" && c.dep() == "amod";
        counted || superlative || lexicon::is("singled", &word)
    })
}

/// The parser often hangs the infinitive of "the first state to join" on the verb: the noun stands between the two.
fn follows_singled_out(token: Token<'_>, head: Token<'_>) -> bool {
    let between = token.reading().range((head.i + 1).max(token.i.saturating_sub(40))..token.left_edge());
    let after_comma: Vec<Token<'_>> = between.rev().take_while(|t| t.text() != ",").collect();
    after_comma.into_iter().any(|t| matches!(t.pos(), Pos::Noun | Pos::Propn) && is_singled_out(t))
}

/// The predicate whose argument the noun is.
fn outer_clause(noun: Token<'_>) -> Token<'_> {
    noun.ancestors().take(DEPTH).find(|a| matches!(a.pos(), Pos::Verb | Pos::Aux)).unwrap_or(noun)
}

/// The year that a noun is dated with: "accession in 2004".
fn year(noun: Token<'_>) -> Option<&str> {
    let dates = noun.children().filter(|c| c.dep() == "prep").filter_map(|p| p.child("pobj"));
    dates.map(Token::text).find(|t| t.len() == 4 && t.bytes().all(|b| b.is_ascii_digit()))
}

/// A noun's licence: the verb whose object or subject it is, the preposition, the noun it complements.
fn nominal_link<'a>(token: Token<'a>, dep: &str, head: Token<'a>) -> Link<'a> {
    match dep {
        "dobj" | "nsubjpass" | "attr" | "dative" | "oprd" => Link::Governed(head, Frame::Nominal),
        "nsubj" | "csubj" => match look_up(head, Frame::Subject, form(head, false)).1 {
            Some(_) => Link::Governed(head, Frame::Subject),
            // "the suspension lasted a year", "its exit was the first": what a past tense tells of is taken for granted.
            None if is_definite(token) && (tells_of_the_past(head) || says_what_it_is(head)) => {
                Link::Beside(head, Effect::Presupposed, "subject of a statement".to_owned())
            }
            None => Link::Unlicensed,
        },
        "pobj" | "pcomp" => after_preposition(head, Frame::Nominal).unwrap_or(Link::Unlicensed),
        "conj" => {
            let first = token.first_conjunct();
            match first.head() {
                Some(outer) if first.pos() == Pos::Noun => nominal_link(first, first.dep(), outer),
                _ => Link::Unlicensed,
            }
        }
        _ => Link::Unlicensed,
    }
}

/// Whether a verb says in a past tense, and not in the negative, what something was or did.
fn tells_of_the_past(verb: Token<'_>) -> bool {
    let own = form(verb, false);
    matches!(own.mood, Mood::Past | Mood::Perfect) && !own.negated && own.hedge.is_none()
}

/// "is an important step".
fn says_what_it_is(verb: Token<'_>) -> bool {
    // "is a possibility", "is a hope": the noun itself says how far it has got.
    let named = verb.child("attr").is_some_and(|a| {
        let lemma = a.lemma().to_lowercase();
        let open =
            [Frame::Nominal, Frame::Infinitive, Frame::Gerund].iter().filter_map(|f| signature(&lemma, *f)).any(|s| {
                matches!(s.class, Class::Possible | Class::Seek | Class::Negative | Class::Deny | Class::Condition)
            });
        !open && a.children().any(|c| matches!(c.text(), "a" | "an"))
    });
    verb.lemma() == "be" && form(verb, false).mood == Mood::Present && !verb.is_negated() && named
}

/// The name under which the governor is known in that frame, and its signature.
pub(super) fn look_up(governor: Token<'_>, frame: Frame, governor_form: Form) -> (String, Option<Signature>) {
    let mut names: Vec<String> = Vec::new();
    let lemma = governor.lemma().to_lowercase();
    let text = governor.text().to_lowercase();
    // "has yet to ratify", "remains to be signed".
    if frame == Frame::Infinitive && matches!(lemma.as_str(), "have" | "be" | "remain") {
        let adverb = governor
            .children()
            .find(|c| matches!(c.text().to_lowercase().as_str(), "yet" | "still") && c.dep() == "advmod");
        if adverb.is_some_and(|a| a.text().eq_ignore_ascii_case("yet") || lemma == "have") && !governor_form.negated {
            return ("yet".to_owned(), signature("yet", frame));
        }
    }
    if lexicon::is("links", &lemma) {
        let said = governor.child_of(&["acomp", "attr", "oprd"]);
        names.extend(said.iter().flat_map(|c| [c.text().to_lowercase(), c.lemma().to_lowercase()]));
        let within = governor.children().filter(|c| c.dep() == "prep").filter_map(|p| p.child("pobj"));
        if frame != Frame::Subject {
            names.extend(within.map(|p| p.lemma().to_lowercase()));
        }
    }
    for c in governor.children().filter(|c| matches!(c.dep(), "prt" | "dobj" | "prep") && c.i > governor.i) {
        names.push(format!("{lemma}_{}", c.text().to_lowercase()));
    }
    // "was the state to watch" is no "was to watch".
    let copula = lemma == "be" && governor.child_of(&["acomp", "attr"]).is_some();
    if !copula {
        names.push(text);
        names.push(lemma.clone());
    }
    for name in &names {
        if let Some(found) = signature(name, frame) {
            return (name.clone(), Some(found));
        }
    }
    // "to join" after a noun or adjective, "of joining" and "join" share most entries: the nearest frame is better than none.
    // "recommends that it sign": the subjunctive's governors are known by their infinitive.
    let near: &[Frame] = match frame {
        Frame::Gerund => &[Frame::Infinitive],
        Frame::Infinitive => &[Frame::Gerund],
        Frame::That => &[Frame::Infinitive],
        _ => &[],
    };
    for other in near {
        if let Some(found) = names.iter().find_map(|n| signature(n, *other)).filter(|s| {
            s.class != Class::Factive && (frame != Frame::That || matches!(s.class, Class::Seek | Class::Possible))
        }) {
            return (lemma, Some(found));
        }
    }
    (lemma, None)
}
