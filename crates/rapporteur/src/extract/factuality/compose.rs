//! From the predicate outward: what each governor makes of what stands under it. Nairn, Condoravdi and Karttunen 2006.

use language::{Pos, Token};

use super::super::Realis;
use super::form::{Form, Mood, State, asks_about_a_fact, form};
use super::lexicon;
use super::link::{Link, link, look_up};
use super::signature::{Class, Effect, Frame, Signature};

/// How many governors are asked; a longer chain is a parse gone wrong.
pub(super) const DEPTH: usize = 7;

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
            if asks_about_a_fact(token, own.mood) && trace.state.is_actual() {
                trace.steps.push("the question takes it for granted".to_owned());
                trace.state.realis = Realis::Presupposed;
            }
            // What the clause stands in does not change the words, but readers' certainty.
            if let Some(outer) =
                token.ancestors().take(DEPTH).find(|a| matches!(a.pos(), Pos::Verb | Pos::Aux)).filter(|_| depth > 0)
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
            // "the pending exit" is one to come, whoever vouches for it.
            if !own.to_come {
                trace.state = State { asserted: false, ..State::new(0, 0, Realis::Generic) };
            }
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
            // "hopes to trade with them once it has left": the clause of time tells what is to come, not what is hoped.
            let hoped = effect == Effect::Future && outer.state.sure == 0 && outer.state.realis == Realis::Wanted;
            let around = if hoped { State::new(1, 3, Realis::Actual) } else { outer.state };
            trace.state = apply(effect, around, own, None);
            absorb(&mut trace, Trace { reporter: None, ..outer });
        }
        Link::Governed(governor, frame) => {
            let outer = walk(governor, heading, depth - 1);
            let (name, found) = look_up(governor, frame, outer.form);
            let mut sig = found.unwrap_or(default_signature(frame));
            // "joining the pact shows a shift": the subject of a statement of fact is taken for granted.
            if found.is_none() && frame == Frame::Subject && outer.state.is_actual() {
                sig.positive = Effect::Presupposed;
            }
            // "the exit marks a shift" takes the exit for granted; "the exit would mark one" does not.
            if frame == Frame::Subject && sig.class == Class::Factive && !outer.state.is_actual() {
                sig = Signature { class: sig.class, positive: Effect::Open, negative: Effect::Open };
            }
            let class = found.map_or("unlisted", |s| s.class.as_str());
            // A noun that governs ("the decision to join") is taken as holding where nobody says otherwise: "no plans to join" does.
            // "to honour the pledge to join", "wants the right to leave": what is named as known stands, whatever befalls it.
            let known = governor.pos() == Pos::Noun && is_definite(governor) && outer.state.sure == 0;
            let holding = match (outer.state.asserted && !known, outer.form.negated) {
                (true, _) => outer.state,
                (false, false) => State::new(1, 3, Realis::Presupposed),
                (false, true) => State::new(-1, 3, Realis::Negated),
            };
            let negated = holding.polarity < 0;
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
            let speaks = lexicon::is("speaks", governor.lemma());
            let reports = found.filter(|s| match s.class {
                Class::Report | Class::Belief | Class::Deny => true,
                Class::Factive => speaks && frame == Frame::That,
                _ => false,
            });
            if reports.is_some() {
                trace.reporter = Some(governor.i);
            }
            if found.is_none() && frame == Frame::Nominal && own.to_come {
                trace.steps.push("to come by its adjective".to_owned());
            } else if found.is_none() && frame == Frame::Nominal {
                trace.state = State { asserted: false, ..State::new(0, 0, Realis::Generic) };
            } else {
                // "said it would join" told a future then.
                let own = if own.mood == Mood::Would && !own.conditional && is_told(outer.form, effect) {
                    trace.steps.push("\"would\" under a report: future".to_owned());
                    Form { mood: Mood::Will, ..own }
                } else {
                    own
                };
                trace.state = apply(effect, holding, own, found.map(|s| s.class));
            }
            absorb(&mut trace, outer);
        }
    }
    trace
}

/// Whether a noun is named as known: "the plan", "its decision", "that vow".
pub(super) fn is_definite(noun: Token<'_>) -> bool {
    noun.children().any(|c| {
        let word = c.text().to_lowercase();
        c.dep() == "poss" || c.dep() == "det" && matches!(word.as_str(), "the" | "this" | "that" | "these" | "those")
    })
}

/// Takes over the outer walk's steps, and its reporter where there is none nearer.
fn absorb(trace: &mut Trace, outer: Trace) {
    trace.steps.extend(outer.steps);
    trace.features.push(format!("outer:{}{}/{:?}", outer.state.polarity, outer.state.sure, outer.state.realis));
    trace.features.extend(outer.features.into_iter().filter(|f| !f.starts_with('^')).take(6).map(|f| format!("^{f}")));
    trace.reporter = trace.reporter.or(outer.reporter);
}

/// Whether a governor tells, in no modal of its own, what its clause says.
fn is_told(governor: Form, effect: Effect) -> bool {
    matches!(
        governor.mood,
        Mood::Past | Mood::Perfect | Mood::Gerund | Mood::Participle | Mood::Nominal | Mood::Present
    ) && matches!(effect, Effect::Transparent | Effect::Future | Effect::Believed | Effect::Presupposed)
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
