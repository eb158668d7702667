//! From the predicate outward: what each governor makes of what stands under it. Nairn, Condoravdi and Karttunen 2006.

use language::{Pos, Token};

use super::super::Realis;
use super::form::{Form, Mood, State, form};
use super::signature::{Class, Effect, Frame, Signature, signature};

/// How many governors are asked; a longer chain is a parse gone wrong.
const DEPTH: usize = 7;

/// The walk from one predicate: where it ended, and how.
#[derive(Clone, Debug)]
pub(super) struct Trace {
    pub(super) state: State,
    pub(super) form: Form,
    /// In words, from the predicate outward.
    pub(super) steps: Vec<String>,
    /// What the calibration looks at: names of circumstances met on the way.
    pub(super) features: Vec<String>,
    /// The nearest governor that reports, believes or denies: a token index.
    pub(super) reporter: Option<usize>,
}

/// How a predicate hangs on what governs it.
enum Link<'a> {
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

/// The judgement on a predicate. `heading`: it stands in a headline.
pub(super) fn compose(token: Token<'_>, heading: bool) -> Trace {
    walk(token, heading, DEPTH)
}

/// The token that carries tense and governors: the copula of "is a member", else itself.
fn carrier(token: Token<'_>) -> Token<'_> {
    match token.head() {
        Some(head) if matches!(token.dep(), "acomp" | "attr") && matches!(head.lemma(), "be" | "become") => head,
        _ => token,
    }
}

fn walk(token: Token<'_>, heading: bool, depth: usize) -> Trace {
    let token = carrier(token);
    let own = form(token, heading);
    let mut trace = Trace {
        state: own.state(),
        form: own,
        steps: vec![format!("own form: {}{}", own.mood.as_str(), if own.negated { ", negated" } else { "" })],
        features: vec![format!("mood:{}", own.mood.as_str())],
        reporter: None,
    };
    let link = if depth == 0 { Link::Free } else { link(token, own) };
    match link {
        Link::Free => {
            // What the clause stands in does not change the words, but readers' certainty.
            if let Some(outer) =
                token.ancestors().find(|a| matches!(a.pos(), Pos::Verb | Pos::Aux)).filter(|_| depth > 0)
            {
                let around = walk(outer, heading, depth - 1);
                let state = format!("{}{}/{:?}", around.state.polarity, around.state.sure, around.state.realis);
                trace.features.push(format!("within:{state}"));
                trace.features.push(format!("within:{}+mood:{}", around.form.mood.as_str(), own.mood.as_str()));
                trace.features.push(format!("within:{state}+dep:{}", token.dep()));
            }
        }
        Link::Unlicensed => {
            trace.steps.push("no governor vouches for it".to_owned());
            trace.features.push("link:none".to_owned());
            trace.state = State { asserted: false, ..State::new(0, 0, Realis::Generic) };
        }
        Link::Shared(first) => {
            let outer = walk(first, heading, depth - 1);
            trace.steps.push(format!("shares the clause of \"{}\"", first.text()));
            let flip = own.negated;
            trace.state = if flip { outer.state.negate() } else { outer.state };
            trace.form.mood = outer.form.mood;
            absorb(&mut trace, outer);
        }
        Link::Beside(head, effect, word) => {
            let outer = walk(head, heading, depth - 1);
            trace.steps.push(format!("\"{word}\" beside \"{}\": {}", head.text(), effect.code()));
            trace.features.push(format!("beside:{word}"));
            trace.features.push(format!("effect:{}", effect.code()));
            trace.state = apply(effect, outer.state, own, None);
            absorb(&mut trace, Trace { reporter: None, ..outer });
        }
        Link::Governed(governor, frame) => {
            let outer = walk(governor, heading, depth - 1);
            let (name, found) = look_up(governor, frame, outer.form);
            let sig = found.unwrap_or(default_signature(frame));
            let class = found.map_or("unlisted", |s| s.class.as_str());
            let negated = outer.state.polarity < 0;
            // "the claim that it joined is false", "denied reports that it joined": what befalls the noun befalls its content.
            let content = governor.pos() == Pos::Noun
                && matches!(sig.class, Class::Report | Class::Belief)
                && frame == Frame::That;
            let effect = match negated {
                true if content && found.is_some() => Effect::Fails,
                true => sig.negative,
                false => sig.positive,
            };
            trace.steps.push(format!(
                "{name}: {class}{} gives {}",
                if negated { ", negated," } else { "" },
                effect.code()
            ));
            trace.features.push(format!("class:{class}/{frame:?}"));
            trace.features.push(format!("effect:{}", effect.code()));
            trace.features.push(format!("governor:{name}/{frame:?}"));
            let reports = found.filter(|s| matches!(s.class, Class::Report | Class::Belief | Class::Deny));
            if reports.is_some() {
                trace.reporter = Some(governor.i);
            }
            if found.is_none() && frame == Frame::Nominal {
                trace.state = State { asserted: false, ..State::new(0, 0, Realis::Generic) };
            } else {
                // A noun that governs ("the decision to join") is taken as holding where nobody says otherwise.
                let holding = if outer.state.asserted { outer.state } else { State::new(1, 3, Realis::Presupposed) };
                trace.state = apply(effect, holding, own, found.map(|s| s.class));
                if own.mood == Mood::Would && !own.conditional && reported_in_past(outer.form, found) {
                    trace.state = own_future(own);
                    trace.steps.push("\"would\" under a past report: future".to_owned());
                }
            }
            absorb(&mut trace, outer);
        }
    }
    trace
}

/// Takes over the outer walk's steps, and its reporter where there is none nearer.
fn absorb(trace: &mut Trace, outer: Trace) {
    trace.steps.extend(outer.steps);
    trace.features.push(format!("outer:{}{}/{:?}", outer.state.polarity, outer.state.sure, outer.state.realis));
    trace.features.extend(outer.features.into_iter().filter(|f| !f.starts_with('^')).take(6).map(|f| format!("^{f}")));
    trace.reporter = trace.reporter.or(outer.reporter);
}

fn reported_in_past(governor: Form, found: Option<Signature>) -> bool {
    matches!(
        governor.mood,
        Mood::Past | Mood::Perfect | Mood::Gerund | Mood::Participle | Mood::Nominal | Mood::Present
    ) && found.is_none_or(|s| matches!(s.class, Class::Report | Class::Commit | Class::Factive))
}

fn own_future(own: Form) -> State {
    let state = State::new(1, 3, Realis::Future);
    own.hedged(if own.negated { state.negate() } else { state })
}

/// What a governor that the table does not know makes of its complement.
fn default_signature(frame: Frame) -> Signature {
    let (positive, negative) = match frame {
        Frame::Infinitive => (Effect::Wanted, Effect::Open),
        Frame::That => (Effect::Transparent, Effect::Open),
        Frame::Whether => (Effect::Open, Effect::Open),
        Frame::Gerund | Frame::Subject => (Effect::Happens, Effect::Open),
        Frame::Nominal => (Effect::Open, Effect::Open),
    };
    Signature { class: Class::Report, positive, negative }
}

/// The name under which the governor is known in that frame, and its signature.
fn look_up(governor: Token<'_>, frame: Frame, governor_form: Form) -> (String, Option<Signature>) {
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
    if matches!(
        lemma.as_str(),
        "be" | "become" | "seem" | "appear" | "look" | "remain" | "prove" | "consider" | "deem" | "make"
    ) {
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
    names.push(text);
    names.push(lemma.clone());
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

/// The state of a complement under an effect.
fn apply(effect: Effect, outer: State, own: Form, class: Option<Class>) -> State {
    use Realis::{Actual, Conditional, Future, Generic, Hypothetical, Negated, Presupposed, Wanted};
    let said = if own.mood.is_finite() { own.state() } else { State::new(1, 3, Actual) };
    let unreal = matches!(outer.realis, Hypothetical | Wanted | Conditional) || outer.sure == 0;
    // What the outer state is once its polarity has been spent on choosing the effect.
    let spent = State {
        polarity: if outer.sure == 0 { outer.polarity } else { 1 },
        realis: if matches!(outer.realis, Negated | Generic | Presupposed) { Actual } else { outer.realis },
        ..outer
    };
    let under = match effect {
        Effect::Happens => spent,
        Effect::Fails => State { polarity: if spent.sure == 0 { 0 } else { 1 }, ..spent }.negate(),
        Effect::Future if outer.sure == 0 => spent,
        Effect::Future if unreal => State::new(1, 1, outer.realis),
        Effect::Future => State::new(1, 2, Future),
        Effect::Wanted => State::new(0, 0, Wanted),
        Effect::Possible => State::new(1, 1, Hypothetical),
        Effect::Doubtful => State::new(-1, 1, Hypothetical),
        Effect::Unlikely => State::new(-1, 2, Negated),
        Effect::Conditional => State::new(1, 1, Conditional),
        Effect::Believed => State::new(1, 2, Actual),
        Effect::Transparent => State::new(1, 3, Actual),
        Effect::Presupposed => State::new(1, 3, Presupposed),
        Effect::Open => State::new(0, 0, Hypothetical),
    };
    if !own.mood.is_finite() {
        let under = match own.negated {
            true => under.negate(),
            false => under,
        };
        return own.hedged(under);
    }
    // A finite complement says something itself: the weaker of the two certainties, the product of the polarities.
    let realis = match (under.realis, said.realis) {
        (Actual, own) => own,
        (Presupposed, Actual) => Presupposed,
        (Presupposed, own) => own,
        (Negated, Actual) => Negated,
        (Negated, Negated) => Actual,
        // "expects that it will join", "fears that it may join".
        (Future, Negated) => Negated,
        (outer, _) => outer,
    };
    let sure = if class == Some(Class::Deny) { under.sure.min(said.sure.max(2)) } else { under.sure.min(said.sure) };
    State { polarity: under.polarity * said.polarity, sure, realis, asserted: true }
}

fn link(token: Token<'_>, own: Form) -> Link<'_> {
    let Some(head) = token.head() else {
        return if own.mood == Mood::Nominal { Link::Unlicensed } else { Link::Free };
    };
    if own.mood == Mood::Nominal {
        return nominal_link(token, token.dep(), head);
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
    match dep {
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
        "pcomp" => after_preposition(head, Frame::Gerund).unwrap_or(Link::Free),
        "acl" | "relcl" => modifier(token, own, head),
        _ => Link::Free,
    }
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
        "when" | "once" | "until" | "till" | "before" | "after" | "whenever" | "as" if own.mood == Mood::Present => {
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
            Mood::Infinitive
                if head.child_of(&["attr", "dobj", "oprd"]).is_some_and(|n| n.i < token.i && is_singled_out(n)) =>
            {
                Link::Beside(head, Effect::Happens, "first to".to_owned())
            }
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
    if matches!(head.dep(), "prep" | "advmod") && matches!(head.pos(), Pos::Adp | Pos::Adv | Pos::Sconj) {
        word = head.text().to_lowercase();
        head = head.head()?;
    }
    if let Some(adverb) = preposition.child("advmod").filter(|a| a.i < preposition.i) {
        word = adverb.text().to_lowercase();
    }
    // "expressed interest in joining": the parser often hangs "in" on the verb; the noun before it is what governs.
    let object = head.children().filter(|c| c.dep() == "dobj" && c.i < preposition.i).last();
    if let Some(noun) = object.filter(|n| look_up(*n, frame, form(*n, false)).1.is_some())
        && matches!(word.as_str(), "in" | "on" | "of" | "about" | "for" | "against" | "to" | "over")
    {
        head = noun;
    }
    let beside = |effect| Some(Link::Beside(head, effect, word.clone()));
    match word.as_str() {
        "without" | "instead" | "rather" | "than" => return beside(Effect::Fails),
        "after" | "since" | "following" | "despite" | "upon" | "because" | "due" | "amid" | "thanks" | "besides"
        | "during" => {
            return Some(Link::Beside(head, Effect::Presupposed, word));
        }
        "before" | "until" | "pending" | "ahead" | "till" => {
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
    noun.children().chain([noun]).any(|c| {
        matches!(
            c.text().to_lowercase().as_str(),
            "first" | "second" | "third" | "fourth" | "fifth" | "last" | "latest" | "newest" | "only" | "next"
        ) || (c.tag() == "JJS" && c.dep() == "amod")
    })
}

/// The predicate whose argument the noun is.
fn outer_clause(noun: Token<'_>) -> Token<'_> {
    noun.ancestors().find(|a| matches!(a.pos(), Pos::Verb | Pos::Aux)).unwrap_or(noun)
}

/// A noun's licence: the verb whose object or subject it is, the preposition, the noun it complements.
fn nominal_link<'a>(token: Token<'a>, dep: &str, head: Token<'a>) -> Link<'a> {
    match dep {
        "dobj" | "nsubjpass" | "attr" | "dative" | "oprd" => Link::Governed(head, Frame::Nominal),
        "nsubj" | "csubj" => match look_up(head, Frame::Subject, form(head, false)).1 {
            Some(_) => Link::Governed(head, Frame::Subject),
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
