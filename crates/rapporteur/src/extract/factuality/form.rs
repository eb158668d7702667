//! The predicate's own form: tense, modal, negation, hedge; what it says before any governor is asked.

use language::{Pos, Token};

use super::super::Realis;
use super::lexicon;

/// The verb group of a predicate, or that it is a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub(super) enum Mood {
    Past,
    Present,
    Perfect,
    Progressive,
    Will,
    Would,
    /// "would have joined": it did not.
    WouldHave,
    May,
    Can,
    Should,
    Must,
    Imperative,
    /// "will Sudan join?"
    Question,
    Infinitive,
    /// A bare form under a governor ("let it join") or beside a conjunct that has the auxiliary.
    Bare,
    Gerund,
    Participle,
    Nominal,
    /// A heading's present: "Sweden joins".
    HeadingPresent,
    /// A heading's "to join".
    HeadingFuture,
}

impl Mood {
    /// In the words of a step.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Mood::Past => "past",
            Mood::Present => "present",
            Mood::Perfect => "perfect",
            Mood::Progressive => "progressive",
            Mood::Will => "will",
            Mood::Would => "would",
            Mood::WouldHave => "would have",
            Mood::May => "may",
            Mood::Can => "can",
            Mood::Should => "should",
            Mood::Must => "must",
            Mood::Imperative => "imperative",
            Mood::Question => "question",
            Mood::Infinitive => "to",
            Mood::Bare => "bare",
            Mood::Gerund => "-ing",
            Mood::Participle => "participle",
            Mood::Nominal => "noun",
            Mood::HeadingPresent => "heading, present",
            Mood::HeadingFuture => "heading, to",
        }
    }

    /// Whether it makes a statement of its own, so that a governor does not decide alone.
    pub(super) fn is_finite(self) -> bool {
        !matches!(self, Mood::Infinitive | Mood::Bare | Mood::Gerund | Mood::Participle | Mood::Nominal)
    }
}

/// A word that lowers certainty without governing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hedge {
    /// "probably", "apparently", "reportedly".
    Probable,
    /// "perhaps", "potentially".
    Possible,
    /// "almost", "nearly": not quite.
    Almost,
}

/// A predicate's own form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub(super) mood: Mood,
    pub(super) negated: bool,
    pub(super) hedge: Option<Hedge>,
    /// It has an if-clause of its own, or "only with", "only after".
    pub(super) conditional: bool,
    /// A noun that its adjective puts into the future: "the pending exit".
    pub(super) to_come: bool,
}

/// Certainty, polarity and world of a predicate at one point of the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    /// 1 it does, -1 it does not, 0 left open.
    pub(super) polarity: i8,
    /// 3 certain, 2 probable, 1 possible, 0 unknown.
    pub(super) sure: u8,
    pub(super) realis: Realis,
    /// Whether the text asserts anything about it.
    pub(super) asserted: bool,
}

impl State {
    pub(super) const fn new(polarity: i8, sure: u8, realis: Realis) -> State {
        State { polarity, sure, realis, asserted: true }
    }

    /// Whether it is told as having happened.
    pub(super) fn is_actual(self) -> bool {
        self.polarity > 0 && self.sure >= 2 && matches!(self.realis, Realis::Actual | Realis::Presupposed)
    }

    /// The same with the other polarity.
    pub(super) fn negate(self) -> State {
        let polarity = -self.polarity;
        let realis = match (polarity, self.realis) {
            (-1, Realis::Actual | Realis::Presupposed | Realis::Future | Realis::Generic) => Realis::Negated,
            (1, Realis::Negated) => Realis::Actual,
            (_, other) => other,
        };
        State { polarity, realis, ..self }
    }
}

/// The form of a predicate: of its verb, its copula, or a noun. `heading`: it stands in a headline.
pub(super) fn form(token: Token<'_>, heading: bool) -> Form {
    let mood = mood(token, heading);
    Form {
        mood,
        negated: is_negated(token),
        hedge: hedge(token),
        conditional: mood.is_finite() && has_condition(token),
        to_come: mood == Mood::Nominal
            && token.children().any(|c| c.dep() == "amod" && lexicon::is("to_come", &c.text().to_lowercase())),
    }
}

impl Form {
    /// What the form alone says.
    pub(super) fn state(self) -> State {
        use Realis::{Actual, Conditional, Future, Generic, Hypothetical, Wanted};
        let mut state = match self.mood {
            Mood::Past | Mood::Present | Mood::Perfect | Mood::Progressive | Mood::HeadingPresent => {
                State::new(1, 3, Actual)
            }
            Mood::Gerund | Mood::Participle => State::new(1, 3, Actual),
            Mood::Will | Mood::HeadingFuture => State::new(1, 3, Future),
            Mood::Would | Mood::May | Mood::Can => State::new(1, 1, Hypothetical),
            Mood::WouldHave => State::new(-1, 2, Hypothetical),
            Mood::Should | Mood::Must | Mood::Imperative => State::new(0, 0, Wanted),
            Mood::Question | Mood::Infinitive | Mood::Bare => State::new(0, 0, Hypothetical),
            Mood::Nominal if self.to_come => State::new(1, 2, Future),
            Mood::Nominal => State { asserted: false, ..State::new(0, 0, Generic) },
        };
        if self.conditional && matches!(self.mood, Mood::Will | Mood::Would | Mood::May | Mood::Can | Mood::Present) {
            state = State::new(1, 1, Conditional);
        }
        if self.negated {
            state = state.negate();
            // "cannot join" rules out; "may not join" leaves open.
            if self.mood == Mood::Can {
                state = State::new(-1, 2, Realis::Negated);
            }
        }
        self.hedged(state)
    }

    /// The state with the form's adverb taken into account.
    pub(super) fn hedged(self, state: State) -> State {
        match self.hedge {
            Some(Hedge::Probable) => State { sure: state.sure.min(2), ..state },
            Some(Hedge::Possible) => {
                let realis = if state.realis == Realis::Actual { Realis::Hypothetical } else { state.realis };
                State { sure: state.sure.min(1), realis, ..state }
            }
            Some(Hedge::Almost) => state.negate(),
            None => state,
        }
    }
}

fn mood(token: Token<'_>, heading: bool) -> Mood {
    match token.pos() {
        Pos::Verb | Pos::Aux => {}
        Pos::Adj => return Mood::Participle,
        _ if token.tag().starts_with("VB") => {}
        _ => return Mood::Nominal,
    }
    let tag = token.tag();
    let auxiliaries: Vec<Token<'_>> = token.auxiliaries().collect();
    let has = |lemma: &str| auxiliaries.iter().any(|a| a.lemma() == lemma);
    let modal = auxiliaries.iter().find(|a| a.tag() == "MD");
    if let Some(modal) = modal {
        let mood = match modal.text().to_lowercase().as_str() {
            "will" | "'ll" | "wo" | "shall" | "sha" | "ll" => Mood::Will,
            "would" | "'d" | "d" => Mood::Would,
            "may" | "might" | "could" => Mood::May,
            "can" | "ca" => Mood::Can,
            "must" => Mood::Must,
            _ => Mood::Should,
        };
        let mood = if has("have")
            && tag == "VBN"
            && matches!(modal.text().to_lowercase().as_str(), "would" | "'d" | "should" | "could")
        {
            Mood::WouldHave
        } else {
            mood
        };
        return asked(token, &auxiliaries, mood);
    }
    if auxiliaries.iter().any(|a| a.tag() == "TO") {
        let own_clause = token.is_root() || matches!(token.head(), Some(h) if token.dep() == "relcl" && h.is_root());
        return if heading && own_clause { Mood::HeadingFuture } else { Mood::Infinitive };
    }
    let finite = auxiliaries.iter().find(|a| matches!(a.tag(), "VBD" | "VBZ" | "VBP" | "VB" | "VBG" | "VBN"));
    let mood = match (finite.map(|a| (a.tag(), a.lemma())), tag) {
        (Some(("VBD", _)), _) => Mood::Past,
        (Some((_, "have")), _) => Mood::Perfect,
        (Some(("VBZ" | "VBP", "be")), "VBG") => Mood::Progressive,
        (Some(("VBZ" | "VBP", _)), _) => Mood::Present,
        (Some(("VBG", _)), _) => Mood::Gerund,
        (Some(("VBN", _)), _) => Mood::Participle,
        (Some(_), _) | (None, "VB") => {
            let has_subject = token.child_of(&["nsubj", "nsubjpass"]).is_some();
            if !has_subject && token.is_root() { Mood::Imperative } else { Mood::Bare }
        }
        (None, "VBD") => Mood::Past,
        (None, "VBZ" | "VBP") if heading => Mood::HeadingPresent,
        (None, "VBZ" | "VBP") => Mood::Present,
        (None, "VBG") => Mood::Gerund,
        // "Sudan signed" is sometimes tagged as a participle: with a subject and no auxiliary it is a past.
        (None, "VBN") if token.child("nsubj").is_some() && !is_caused(token) => Mood::Past,
        (None, "VBN") => Mood::Participle,
        _ => Mood::Present,
    };
    asked(token, &auxiliaries, mood)
}

/// "had the text translated", "wants it signed".
fn is_caused(token: Token<'_>) -> bool {
    token.dep() == "ccomp"
        && token.head().is_some_and(|h| matches!(h.lemma(), "have" | "get" | "want" | "need" | "see" | "keep"))
}

/// The mood, unless the auxiliary stands before the subject of a sentence that ends in a question mark.
fn asked(token: Token<'_>, auxiliaries: &[Token<'_>], mood: Mood) -> Mood {
    if !mood.is_finite() {
        return mood;
    }
    let marked = is_marked(token);
    let subject = token.child_of(&["nsubj", "nsubjpass", "expl"]);
    let first = auxiliaries.first().map_or(token.i, |a| a.i);
    let inverted = subject.is_some_and(|s| first < s.i);
    let why = asks_why(token);
    let content = !matches!(mood, Mood::Past | Mood::Present | Mood::Perfect | Mood::Progressive) || !why;
    if marked && inverted && content { Mood::Question } else { mood }
}

/// Whether a question mark ends its sentence.
fn is_marked(token: Token<'_>) -> bool {
    let reading = token.reading();
    let Some(sentence) = reading.sentences().get(token.sentence()) else { return false };
    reading.range(token.i..sentence.tokens.end.min(token.i + 60)).any(|t| t.text() == "?")
}

fn asks_why(token: Token<'_>) -> bool {
    token.children().any(|c| matches!(c.tag(), "WRB" | "WP" | "WDT"))
}

/// "Why did you join?" takes for granted that you did.
pub(super) fn asks_about_a_fact(token: Token<'_>, mood: Mood) -> bool {
    matches!(mood, Mood::Past | Mood::Perfect) && asks_why(token) && is_marked(token)
}

/// "not", "never", "no longer", "hardly"; "no state", "none", "few" as subject; "no deal" as object.
fn is_negated(token: Token<'_>) -> bool {
    let reading = token.reading();
    let by_adverb = token.children().any(|c| {
        let next = reading.get(c.i + 1).map(|n| n.text().to_lowercase());
        match c.text().to_lowercase().as_str() {
            // "not only signed but ratified"; "did not join until 2004" joined.
            "not" | "n't" if c.dep() == "neg" => {
                !matches!(next.as_deref(), Some("only" | "just" | "merely" | "simply" | "necessarily"))
                    && !joined_until(token)
            }
            "hardly" | "barely" | "scarcely" | "rarely" | "seldom" | "neither" | "nor" | "never" => true,
            "longer" => c.i > 0 && reading.token(c.i - 1).text().eq_ignore_ascii_case("no"),
            _ => c.dep() == "neg" && !joined_until(token),
        }
    });
    let by_argument =
        token.children().filter(|c| matches!(c.dep(), "nsubj" | "nsubjpass" | "dobj" | "attr")).any(|c| {
            let word = c.text().to_lowercase();
            let subject = c.dep().starts_with("nsubj");
            matches!(word.as_str(), "nobody" | "none" | "nothing" | "neither")
                || (subject && word == "few")
                || c.children().any(|d| {
                    let det = d.text().to_lowercase();
                    (d.dep() == "det" && matches!(det.as_str(), "no" | "neither"))
                        || (subject && det == "few" && d.i == c.left_edge())
                })
                || (word == "one" && c.children().any(|d| d.text().eq_ignore_ascii_case("no")))
        });
    let of_noun =
        token.pos() == Pos::Noun && token.children().any(|c| c.dep() == "det" && c.text().eq_ignore_ascii_case("no"));
    by_adverb != by_argument || of_noun
}

/// "did not sign until Monday", "not before 2004": it did.
fn joined_until(token: Token<'_>) -> bool {
    let past = token.auxiliaries().any(|a| a.text().eq_ignore_ascii_case("did"));
    past && token.children().any(|c| c.i > token.i && c.text().eq_ignore_ascii_case("until"))
}

fn hedge(token: Token<'_>) -> Option<Hedge> {
    token.children().filter(|c| matches!(c.dep(), "advmod" | "amod")).find_map(|c| {
        let word = c.text().to_lowercase();
        let kinds = [("probable", Hedge::Probable), ("possible", Hedge::Possible), ("almost", Hedge::Almost)];
        kinds.into_iter().find(|(kind, _)| lexicon::is(kind, &word)).map(|(_, hedge)| hedge)
    })
}

/// An if-clause of its own, or "only" with "if", "after", "with", "when".
fn has_condition(token: Token<'_>) -> bool {
    let only = token.children().any(|c| c.dep() == "advmod" && c.text().eq_ignore_ascii_case("only"));
    token.children().any(|c| match c.dep() {
        "advcl" => {
            c.children().any(|m| {
                let even = m.before().is_some_and(|b| b.text().eq_ignore_ascii_case("even"));
                let word = m.text().to_lowercase();
                let under = m.dep() == "mark" || m.dep() == "advmod";
                under
                    && ((matches!(word.as_str(), "if" | "unless" | "provided") && !even)
                        || (matches!(word.as_str(), "once" | "after" | "when" | "until")
                            && (only || begins_with_only(c))))
            }) || (matches!(c.lemma(), "provide" | "assume") && matches!(c.tag(), "VBN" | "VBG"))
        }
        "prep" => {
            matches!(c.text().to_lowercase().as_str(), "with" | "after" | "under" | "upon" | "through")
                && (only || begins_with_only(c))
                || (c.text().eq_ignore_ascii_case("without") && token.is_negated())
        }
        _ => false,
    })
}

/// "only" as the first word of the phrase, or just before it.
fn begins_with_only(token: Token<'_>) -> bool {
    let reading = token.reading();
    let first = token.left_edge();
    [Some(first), first.checked_sub(1)]
        .into_iter()
        .flatten()
        .filter_map(|i| reading.get(i))
        .any(|t| t.sentence() == token.sentence() && t.text().eq_ignore_ascii_case("only"))
}
