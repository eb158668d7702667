//! What a main clause does, by its mood, tense, verb and adverbs (`data/en/standing_words.tsv`).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use language::{Pos, Reading, Token};

use super::super::quotation::{lexicon, source};
use super::super::{Context, Realis, factuality, opinion};

/// What a main clause does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It happened, or is happening.
    Happening,
    /// It has happened or is under way: what a report tells and a commentary weighs.
    Result,
    /// "was" and what it was.
    WasState,
    /// It stands in a diary: "will meet on Monday".
    Diary,
    /// The author's own claim about what will, may or would be.
    Forecast,
    /// The author says what should be, or asks, or calls on the reader.
    Advice,
    /// It reads a meaning into an event.
    Meaning,
    /// A state that the words place in time: "since 1992", "had been".
    Lasting,
    /// A state in the present.
    State,
    /// A verb of doing in the simple present.
    Habit,
    /// No verb at all.
    Fragment,
}

/// A main clause of the author's own.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub(super) kind: Kind,
    pub(super) rule: String,
}

static WORDS: LazyLock<BTreeMap<(&'static str, &'static str), ()>> =
    LazyLock::new(|| rows().filter_map(|r| Some(((*r.get(1)?, *r.first()?), ()))).collect());

/// Phrases (part, words) by their first word.
static PHRASES: LazyLock<BTreeMap<&'static str, Vec<(&'static str, Vec<&'static str>)>>> = LazyLock::new(|| {
    let mut phrases: BTreeMap<&'static str, Vec<(&'static str, Vec<&'static str>)>> = BTreeMap::new();
    for (part, words) in WORDS.keys().filter(|(_, w)| w.contains('_')) {
        let words: Vec<&str> = words.split('_').collect();
        phrases.entry(words[0]).or_default().push((part, words));
    }
    phrases
});

fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    let table = include_str!("../../../../../data/en/standing_words.tsv");
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

fn is(part: &'static str, token: Token<'_>) -> bool {
    let has = |word: &str| {
        let key: (&str, &str) = (part, word);
        WORDS.contains_key(&key)
    };
    has(&token.lemma().to_lowercase()) || has(&token.text().to_lowercase())
}

/// The main verbs of a sentence: its root and the finite verbs coordinated with it; a root that is no verb stands alone.
pub(super) fn mains<'a>(tokens: impl Iterator<Item = Token<'a>>) -> Vec<Token<'a>> {
    let mut found: Vec<Token<'a>> = Vec::new();
    let mut places = BTreeSet::new();
    for token in tokens.filter(|t| t.pos() != Pos::Space) {
        let joined = token.dep() == "conj"
            && is_verb(token)
            && token.head().is_some_and(|h| places.contains(&h.i))
            && (matches!(token.tag(), "VBD" | "VBZ" | "VBP") || token.auxiliaries().next().is_some());
        if token.is_root() && token.pos() != Pos::Punct || joined {
            places.insert(token.i);
            found.push(token);
        }
    }
    found
}

fn is_verb(token: Token<'_>) -> bool {
    matches!(token.pos(), Pos::Verb | Pos::Aux)
}

/// Whether the clause says that somebody able to speak speaks: "She praised the text", "He has stressed the need for it".
pub(super) fn tells_speech(main: Token<'_>, context: Context<'_>) -> bool {
    let phrase = main
        .children()
        .filter_map(|c| lexicon::phrase(context.reading, c.i))
        .any(|p| context.reading.get(p.end - 1).is_some_and(|last| source::of_phrase(last, context).is_some()));
    let Some(cue) = lexicon::verb(main) else { return phrase };
    let said = takes_words(main) || cue.takes("that") && main.child("ccomp").is_some() && cue.speaks();
    let modal = main.auxiliaries().any(|a| a.tag() == "MD");
    phrase || said && !modal && source::of_verb(main, context).is_some_and(|s| source::can_speak(s, context))
}

/// Whether the object of a cue is what is said of it ("praised the text", "voiced doubt"), not what is done to it ("issued a
/// permit", "backed the bill", "hit the port").
pub(super) fn takes_words(cue: Token<'_>) -> bool {
    lexicon::verb(cue).is_some_and(|found| match found.sense {
        "express" => matches!(cue.lemma(), "express" | "voice" | "echo"),
        sense => {
            matches!(sense, "say" | "claim" | "stress" | "hint" | "admit" | "warn" | "predict" | "judge")
                && !is("deed", cue)
        }
    })
}

/// What the clause of a main verb does.
pub(super) fn read(main: Token<'_>, context: Context<'_>) -> Clause {
    let clause = |kind, rule: String| Clause { kind, rule };
    if !is_verb(main) {
        return match main.children().any(|c| matches!(c.dep(), "nsubj" | "aux" | "cop")) {
            true => clause(Kind::State, format!("{}, a statement", main.text())),
            false => clause(Kind::Fragment, "no verb".to_owned()),
        };
    }
    let lemma = main.lemma().to_lowercase();
    let reading = context.reading;
    let sentence = reading.sentences().get(main.sentence()).map_or(0..0, |s| s.tokens.clone());
    if reading.range(sentence.end.saturating_sub(3).max(sentence.start)..sentence.end).any(|t| t.text() == "?") {
        return clause(Kind::Fragment, "a question".to_owned());
    }
    let dated = markers(main);
    let diary = |verb: Token<'_>| {
        is("schedule", verb) || under(verb).any(|t| matches!(t.entity_label(), Some("DATE" | "TIME")))
    };
    if let Some(modal) = main.auxiliaries().find(|a| a.tag() == "MD") {
        let modal = modal.text().to_lowercase();
        let realis = factuality::judge(main, context).realis;
        return match modal.as_str() {
            "should" | "must" | "ought" => clause(Kind::Advice, modal),
            "will" | "'ll" | "’ll" | "wo" | "shall" if diary(main) => {
                clause(Kind::Diary, format!("will {lemma}: a date"))
            }
            "would"
                if dated.past.is_some()
                    || dated.lasting.is_some()
                    || main.auxiliaries().any(|a| a.lemma() == "have") =>
            {
                clause(Kind::Lasting, "would, of the past".to_owned())
            }
            "can" | "ca" | "need" => clause(Kind::State, modal),
            _ if matches!(realis, Realis::Future | Realis::Hypothetical | Realis::Conditional | Realis::Negated) => {
                clause(Kind::Forecast, format!("{modal} {lemma}: {realis:?}").to_lowercase())
            }
            _ => clause(Kind::State, modal),
        };
    }
    let complement = main.child_of(&["xcomp"]).or_else(|| main.child("acomp").and_then(|a| a.child("xcomp")));
    let expecting = is("expect", main) && (complement.is_some() || main.child("dobj").is_some()) && main.tag() != "VBD"
        || main.child("acomp").is_some_and(|a| is("expect", a));
    if let Some(verb) = complement.filter(|_| main.is_passive() && is("due", main)) {
        return match diary(verb) || !is("expect", main) {
            true => clause(Kind::Diary, format!("{lemma} to {}", verb.lemma())),
            false => clause(Kind::Forecast, format!("{lemma} to {}", verb.lemma())),
        };
    }
    // "sentencing is scheduled for 4 February".
    let now = main.auxiliaries().any(|a| matches!(a.tag(), "VBZ" | "VBP"));
    if main.is_passive() && now && is("due", main) && !is("expect", main) && lemma != "set" && diary(main) {
        return clause(Kind::Diary, format!("is {}: a date", main.text()));
    }
    let speaks = main.surface_subject().is_some_and(|s| source::can_speak(s.resolve_relative(), context));
    // "is to face trial"; not "the aim is to".
    let to = |verb: Token<'_>| verb.auxiliaries().any(|a| a.tag() == "TO");
    if speaks && main.lemma() == "be" && matches!(main.tag(), "VBZ" | "VBP") && main.child("xcomp").is_some_and(to) {
        return clause(Kind::Diary, "is to".to_owned());
    }
    if expecting && !(main.lemma() != "be" && !main.is_passive() && speaks) {
        return clause(Kind::Forecast, format!("{lemma}: a forecast"));
    }
    if complement.is_some() && matches!(lemma.as_str(), "need") {
        return clause(Kind::Advice, "need to".to_owned());
    }
    let present = matches!(main.tag(), "VBZ" | "VBP");
    let looks = |c: Token<'_>| match lemma.as_str() {
        "seem" | "appear" => matches!(c.dep(), "xcomp" | "oprd" | "acomp" | "ccomp" | "prep"),
        "sound" | "look" => c.dep() == "acomp" || c.dep() == "prep" && c.text() == "like",
        _ => false,
    };
    if present && main.children().any(looks) {
        return clause(Kind::Advice, format!("{lemma}: how it looks"));
    }
    let has = |lemma: &str, tags: &[&str]| main.auxiliaries().any(|a| a.lemma() == lemma && tags.contains(&a.tag()));
    let past_perfect = has("have", &["VBD"]);
    let perfect = has("have", &["VBZ", "VBP"]);
    let past = !perfect && (main.tag() == "VBD" || main.auxiliaries().any(|a| a.tag() == "VBD"));
    if opinion::of("interpret", main).is_some()
        && !speaks
        && !main.is_passive()
        && !past_perfect
        && dated.past.is_none()
    {
        // "that does not mean": the author argues.
        let kind = if main.is_negated() && lemma == "mean" { Kind::Advice } else { Kind::Meaning };
        return clause(kind, format!("{lemma}: reads a meaning"));
    }
    if past_perfect {
        return clause(Kind::Lasting, "past perfect".to_owned());
    }
    if let Some(words) = dated.past.as_ref().or(dated.lasting.as_ref()).filter(|_| !dated.fresh) {
        return clause(Kind::Lasting, words.clone());
    }
    let state = is("state", main) || main.is_passive() && is("born", main);
    match (perfect, past) {
        (true, _) if state => clause(Kind::Lasting, format!("has been: {lemma}")),
        (true, _) => clause(Kind::Result, "perfect".to_owned()),
        (_, true) if main.is_passive() && is("born", main) && under(main).any(is_year) => {
            clause(Kind::Lasting, format!("was {lemma}: an origin"))
        }
        (_, true) if lemma == "be" => clause(Kind::WasState, "was".to_owned()),
        (_, true) => clause(Kind::Happening, "past".to_owned()),
        _ if main.tag() == "VBG" => clause(Kind::Result, "progressive".to_owned()),
        _ if state || main.is_passive() => clause(Kind::State, format!("{lemma}: a state")),
        _ => clause(Kind::Habit, format!("{lemma}: simple present")),
    }
}

/// The adverbs of time of a clause.
struct Markers {
    /// A year before that of publication, "two years ago".
    past: Option<String>,
    /// "since 1992", "already".
    lasting: Option<String>,
    /// "on Monday", "today".
    fresh: bool,
}

fn markers(main: Token<'_>) -> Markers {
    let mut markers = Markers { past: None, lasting: None, fresh: false };
    let reading = main.reading();
    for token in under(main) {
        let hit = |part: &'static str| is(part, token) || phrase(reading, token.i, part);
        if token.text().eq_ignore_ascii_case("ago") {
            markers.past = Some("ago".to_owned());
        }
        if is_year(token)
            && token.dep() == "pobj"
            && token.head().is_some_and(|h| matches!(h.lemma(), "in" | "since" | "from" | "until" | "during"))
        {
            let preposition = token.head().map_or("", |h| h.lemma());
            markers.past.get_or_insert(format!("{preposition} {}", token.text()));
        }
        if hit("lasting") && matches!(token.pos(), Pos::Adv | Pos::Sconj | Pos::Adp | Pos::Det | Pos::Adj | Pos::Part) {
            markers.lasting.get_or_insert(token.text().to_lowercase());
        }
        markers.fresh |= hit("fresh");
    }
    markers
}

fn is_year(token: Token<'_>) -> bool {
    token.text().len() == 4
        && token.tag() == "CD"
        && matches!(token.text().as_bytes(), [b'1', b'6'..=b'9', ..] | [b'2', b'0', ..])
}

/// Adverbs and prepositional phrases of the clause itself: what hangs on its verb or one step below a modifier, so that the years
/// of a relative clause stay out.
fn under<'a>(main: Token<'a>) -> impl Iterator<Item = Token<'a>> {
    let modifiers = main
        .children()
        .filter(|c| matches!(c.dep(), "prep" | "advmod" | "npadvmod" | "mark" | "advcl" | "neg" | "prt"));
    let phrases = modifiers.flat_map(|c| {
        let deeper =
            c.dep() != "advcl" || c.children().any(|m| m.dep() == "mark" && m.text().eq_ignore_ascii_case("since"));
        let below = c.children().filter(move |_| deeper);
        std::iter::once(c)
            .filter(move |c| c.dep() != "advcl")
            .chain(below.flat_map(|b| std::iter::once(b).chain(b.children().filter(|d| d.dep() != "relcl"))))
    });
    phrases.chain(
        main.children()
            .filter(|c| matches!(c.dep(), "attr" | "dobj"))
            .flat_map(|o| o.children().filter(|c| c.dep() == "prep").flat_map(|p| p.children())),
    )
}

fn phrase(reading: &Reading, at: usize, part: &'static str) -> bool {
    let Some(first) = reading.get(at).map(|t| t.text().to_lowercase()) else { return false };
    PHRASES.get(first.as_str()).into_iter().flatten().any(|(of, words)| {
        *of == part
            && words
                .iter()
                .enumerate()
                .all(|(k, w)| reading.get(at + k).is_some_and(|t| t.text().eq_ignore_ascii_case(w)))
    })
}

/// What shows the author's hand without being a word of the table: weight and reason each. Tokens that are somebody else's do
/// not count.
pub(super) fn stance(tokens: Range<usize>, context: Context<'_>, spoken: &[bool]) -> Vec<(u32, &'static str)> {
    let mine = |i: usize| !spoken.get(i).copied().unwrap_or(false);
    let mut found: Vec<(u32, &'static str)> = Vec::new();
    let mut once = |weight: u32, reason: &'static str| {
        if !found.iter().any(|(_, r)| *r == reason) {
            found.push((weight, reason));
        }
    };
    let to_you = context.reading.range(tokens.clone()).any(|t| matches!(t.text(), "you" | "your" | "You" | "Your"));
    let asks = context.reading.range(tokens.clone()).any(|t| t.text() == "?");
    for token in context.reading.range(tokens).filter(|t| mine(t.i)) {
        match token.text() {
            "we" | "We" | "our" | "Our" | "us" | "I" | "my" | "My" if token.pos() == Pos::Pron => {
                once(1, "first person")
            }
            "you" | "your" if token.pos() == Pos::Pron && !asks => once(1, "the reader is spoken to"),
            // In an interview it is put to somebody; the author's own are asked of everybody.
            "?" if !to_you => once(1, "a question"),
            "!" => once(1, "an exclamation"),
            _ => {}
        }
        // "not X but Y", "not only ... but": the author weighs.
        if token.dep() == "cc"
            && token.text() == "but"
            && token.head().is_some_and(|h| h.is_negated() || h.children().any(|c| matches!(c.text(), "not" | "Not")))
        {
            once(1, "not, but");
        }
        if token.is_root()
            && token.tag() == "VB"
            && token.auxiliaries().next().is_none()
            && token.child_of(&["nsubj", "nsubjpass", "expl"]).is_none()
        {
            once(2, "an imperative");
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_whole_and_stands_once() {
        let mut seen = std::collections::BTreeSet::new();
        for row in rows() {
            assert_eq!(row.len(), 3, "{row:?}");
            assert!(
                ["state", "born", "lasting", "fresh", "schedule", "due", "expect", "deed"].contains(&row[1]),
                "{row:?}"
            );
            assert!(row.iter().all(|c| !c.is_empty()), "{row:?}");
            assert!(seen.insert((row[0], row[1])), "twice: {row:?}");
        }
    }
}
