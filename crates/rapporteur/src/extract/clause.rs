//! Clauses that can stand by themselves: what a reader must be shown of a sentence for some of its words to keep their sense.
//!
//! A negation, a denial, a condition, coordinated subjects and the verb belong to the words that they govern; an excerpt without them
//! says something else. So the smallest stretch that may stand alone is a main clause, a clause coordinated with one that has its own
//! subject, or what somebody plainly says; relative clauses, conditions and what is denied, doubted or hoped stand with their governors.

use language::{Pos, Reading, Span, Token};

use super::quotation::lexicon;

/// Words that open a clause without which its main clause is not true as it stands.
const BINDING: [&str; 12] =
    ["if", "unless", "until", "till", "once", "before", "after", "when", "provided", "whether", "although", "though"];

/// The stretches of a text that can stand alone, in text order; of each clause also the part that ends where loose additions begin
/// (", which began in 2020"). A passage is shown by the shortest that holds it.
pub(super) fn find(reading: &Reading) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for token in reading.tokens().filter(|t| stands_alone(*t)) {
        let whole = match token.is_root() {
            true => sentence(token),
            false => token.subtree(),
        };
        let begin = begin(token, whole.start);
        // What is said begins after its "that".
        for from in [if token.is_root() { whole.start } else { begin }, begin] {
            for to in [whole.end, end(token, whole.end)] {
                found.extend(bare(reading, from, to));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The tokens of the sentence that a root stands in.
fn sentence(root: Token<'_>) -> std::ops::Range<usize> {
    let here = |t: &Token<'_>| t.sentence() == root.sentence();
    let (before, after) =
        (std::iter::successors(root.before(), |t| t.before()), std::iter::successors(root.after(), |t| t.after()));
    let first = before.take_while(here).last().map_or(root.i, |t| t.i);
    first..after.take_while(here).last().map_or(root.i, |t| t.i) + 1
}

/// Whether the clause of this word keeps its sense without its governors.
fn stands_alone(token: Token<'_>) -> bool {
    let Some(head) = token.head() else { return true };
    // "They are leaving": who, the words before it say.
    let somebody = token.subject_of_its_own().is_some_and(|s| s.pos() != Pos::Pron);
    if !matches!(token.pos(), Pos::Verb | Pos::Aux) || !somebody {
        return false;
    }
    match token.dep() {
        "conj" => stands_alone(head) && head.subject_of_its_own().is_some(),
        "ccomp" => said(token, head),
        _ => false,
    }
}

/// Whether the clause is what somebody plainly says: not denied, doubted, hoped, asked, nor said under a condition.
fn said(clause: Token<'_>, verb: Token<'_>) -> bool {
    let plain = lexicon::verb(verb)
        .is_some_and(|cue| matches!(cue.sense, "say" | "write") && !matches!(cue.stance, "doubt" | "negative"));
    let asked = clause.children().any(|c| {
        BINDING.contains(&c.text().to_lowercase().as_str()) || matches!(c.tag(), "WRB" | "WP" | "WDT") && c.i < clause.i
    });
    let modal = verb.auxiliaries().any(|a| a.tag() == "MD");
    plain && !asked && !modal && !verb.is_negated() && no_subject_denies(verb) && stands_alone(verb)
}

/// "Nobody said that", "No official confirmed that".
fn no_subject_denies(verb: Token<'_>) -> bool {
    let none = |t: Token<'_>| matches!(t.text().to_lowercase().as_str(), "no" | "nobody" | "none" | "neither" | "few");
    !verb.subject().is_some_and(|s| none(s) || s.children().any(none))
}

/// The first token without a conjunction, a mark, and a loose clause before the subject ("As talks went on, ").
fn begin(clause: Token<'_>, first: usize) -> usize {
    let reading = clause.reading();
    let loose = clause.children().take_while(|c| c.i < clause.i).filter(|c| is_loose(*c)).last();
    let after = loose.and_then(|c| reading.get(c.right_edge() + 1)).filter(|t| t.text() == ",").map(|t| t.i + 1);
    let mut at = after.unwrap_or(first).max(first);
    while reading.get(at).is_some_and(|t| {
        t.i < clause.i && (t.dep() == "mark" || t.dep() == "cc" || t.pos() == Pos::Space || t.text() == ",")
    }) {
        at += 1;
    }
    at
}

/// The token after the last, without what is loosely added: a clause with its own subject, ", which ...", ", raising ...".
fn end(clause: Token<'_>, last: usize) -> usize {
    let added = clause.children().filter(|c| c.i > clause.i).filter(|c| {
        c.dep() == "conj" && matches!(c.pos(), Pos::Verb | Pos::Aux) && c.subject_of_its_own().is_some()
            || is_loose(*c) && after_comma(*c)
    });
    let relative = clause
        .reading()
        .range(clause.i..last)
        .filter(|t| matches!(t.dep(), "relcl" | "acl" | "appos") && t.left_edge() > clause.i);
    added.chain(relative.filter(|t| after_comma(*t))).map(Token::left_edge).min().unwrap_or(last).min(last)
}

fn after_comma(token: Token<'_>) -> bool {
    let before = token.left_edge().checked_sub(1).and_then(|i| token.reading().get(i));
    before.is_some_and(|t| matches!(t.text(), "," | "--" | "—" | "–"))
}

/// Whether a clause beside another only adds to it: "while ...", ", raising ...".
fn is_loose(clause: Token<'_>) -> bool {
    if clause.dep() != "advcl" {
        return false;
    }
    let binds = |t: Token<'_>| BINDING.contains(&t.text().to_lowercase().as_str());
    let first = clause.reading().get(clause.left_edge());
    let negated = clause.is_negated() || first.is_some_and(|t| matches!(t.lemma(), "without" | "only" | "even"));
    let marked = clause.child("mark").is_some() || clause.tag() == "VBG";
    marked && !negated && !clause.children().any(binds)
}

/// The bytes of these tokens without the marks and conjunctions at their ends; a mark of quotation stays where its pair is inside.
fn bare(reading: &Reading, from: usize, to: usize) -> Option<Span> {
    let (mut from, mut to) = (from, to);
    let loose = |t: Token<'_>| matches!(t.pos(), Pos::Punct | Pos::Space) || t.dep() == "cc" && t.i + 1 == to;
    while from < to && loose(reading.get(from)?) {
        from += 1;
    }
    while from < to
        && reading.get(to - 1).is_some_and(|t| matches!(t.pos(), Pos::Punct | Pos::Space) || t.dep() == "cc")
    {
        to -= 1;
    }
    (from < to).then(|| paired(reading.text(), reading.span(from..to)))
}

/// Takes in the mark that stands next to a stretch where its pair is inside.
fn paired(text: &str, span: Span) -> Span {
    let count = |words: &str, marks: &[char]| words.chars().filter(|c| marks.contains(c)).count();
    let mut span = span;
    let words = span.of(text);
    let odd = count(words, &['"']) % 2 == 1;
    if count(words, &['“']) > count(words, &['”']) || odd {
        let rest = text.get(span.end..).unwrap_or("");
        let end = rest.char_indices().take(3).find(|(_, c)| matches!(c, '”' | '"'));
        if let Some((at, mark)) = end {
            return Span::new(span.start, span.end + at + mark.len_utf8());
        }
    }
    if count(words, &['”']) > count(words, &['“']) || odd {
        let before = text.get(..span.start).unwrap_or("");
        if let Some(mark) = before.chars().next_back().filter(|c| matches!(c, '“' | '"')) {
            span.start -= mark.len_utf8();
        }
    }
    span
}

/// What a verb needs for a clause of its own.
trait OwnSubject<'a> {
    /// Its subject, as the text has it beside the verb.
    fn subject_of_its_own(self) -> Option<Token<'a>>;
}

impl<'a> OwnSubject<'a> for Token<'a> {
    fn subject_of_its_own(self) -> Option<Token<'a>> {
        self.child_of(&["nsubj", "nsubjpass", "expl", "csubj"])
    }
}

#[cfg(test)]
mod tests {
    use language::Span;

    use crate::testing::{MODEL, article};

    /// The shortest stretch that can stand alone and holds these words.
    fn shown(text: &str, words: &str) -> String {
        let article = article(text);
        let findings = crate::extract::extract(&MODEL, &article);
        let at = article.text.find(words).expect("the words");
        let passage = Span::new(at, at + words.len());
        let clauses = findings.clauses.iter().filter(|c| c.contains(passage));
        clauses.min_by_key(|c| (c.len(), c.start)).map_or(String::new(), |c| c.of(&article.text).to_owned())
    }

    #[test]
    fn what_turns_the_sense_round_is_within() {
        let denied = "The government denies that it accepted any number of guests.";
        assert_eq!(shown(denied, "it accepted any number"), denied.trim_end_matches('.'));
        let negated = "Countries that did not receive exemptions, like Norway and Chile, complained.";
        assert_eq!(shown(negated, "receive exemptions, like Norway"), negated.trim_end_matches('.'));
        let bound = "Norway will take part only if a path is opened.";
        assert_eq!(shown(bound, "Norway will take"), bound.trim_end_matches('.'));
        let doubted = "It is unlikely the talks will reach an agreement.";
        assert_eq!(shown(doubted, "the talks will reach"), doubted.trim_end_matches('.'));
        let joined = "Finland and Sweden have joined the alliance.";
        assert_eq!(shown(joined, "Sweden have joined"), joined.trim_end_matches('.'));
        assert_eq!(
            shown("Potential new members include Norway, Chile and Peru.", "members include Norway"),
            "Potential new members include Norway, Chile and Peru"
        );
    }

    #[test]
    fn what_only_adds_is_left_out() {
        assert_eq!(
            shown("The minister said that Norway will sign the pact, which began in 2020.", "will sign"),
            "Norway will sign the pact"
        );
        assert_eq!(
            shown("Norway signed the pact, and Chile refused to follow.", "Norway signed"),
            "Norway signed the pact"
        );
    }
}
