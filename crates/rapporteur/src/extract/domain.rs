//! The fields in which states work together: nouns of `data/en/domains.tsv` under frames of cooperation.
//!
//! "cooperation in energy", "defence ties", "a deal on critical minerals" name a domain; "energy prices rose" names none. The path
//! from the noun to its frame runs over prepositions, modifiers and coordination, never out of its clause.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use language::{Pos, Token};

use super::name::MentionForm;
use super::{Context, Domain, EntityId, EntityKind, stage};

/// How far a frame may stand above its domain.
const STEPS: usize = 8;

#[derive(Default)]
struct Lexicon {
    /// Domain and context by words.
    domains: BTreeMap<&'static str, (&'static str, &'static str)>,
    /// Strength by lemma and part of speech.
    frames: BTreeMap<(&'static str, &'static str), &'static str>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    for row in rows() {
        let [words, part, third, fourth, ..] = row[..] else { continue };
        match part {
            "domain" => drop(lexicon.domains.insert(words, (third, fourth))),
            _ => drop(lexicon.frames.insert((words, fourth), third)),
        }
    }
    lexicon
});

fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    let table = include_str!("../../../../data/en/domains.tsv");
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

/// All domains of an article in text order.
pub(crate) fn find(context: Context<'_>) -> Vec<Domain> {
    let reading = context.reading;
    let main = stage::main_agreement(context);
    let mut found = Vec::new();
    let mut past = 0;
    for token in reading.tokens() {
        if token.i < past {
            continue;
        }
        let Some((length, (domain, plover))) = term(token) else { continue };
        let last = reading.token(token.i + length - 1);
        // A word of a name ("the Energy Charter Treaty", "World Trade Organization") names the body, not the field.
        let named = context.names.mention_at(token.i).is_some_and(|m| m.form == MentionForm::Name);
        // "the Energy Ministry", "a defence official": whose office, not what about.
        let office = |t: Token<'_>| {
            let head = t.text().to_lowercase();
            matches!(head.as_str(), "ministry" | "ministries" | "minister" | "ministers" | "department" | "secretary")
                || matches!(head.as_str(), "official" | "officials" | "correspondent" | "spokesman" | "spokeswoman")
        };
        let of_office = last.after().is_some_and(office) || last.head().is_some_and(|h| last.i < h.i && office(h));
        // "the construction of the new building": one thing done to one thing, no field.
        let the = |t: Token<'_>| t.child("det").is_some_and(|d| d.text().eq_ignore_ascii_case("the"));
        let of = last.children().find(|c| c.dep() == "prep" && c.lemma() == "of").and_then(|c| c.child("pobj"));
        let one_thing = the(last) && of.is_some_and(|o| the(o) && o.tag() == "NN");
        if named || of_office || one_thing || last.pos() == Pos::Propn && last.entity_label().is_some() {
            continue;
        }
        let Some(frame) = frame(last, context) else { continue };
        past = token.i + length;
        found.push(Domain {
            agreement: agreement(frame, main, context),
            domain: domain.to_owned(),
            context: plover.to_owned(),
            span: reading.span(token.i..token.i + length),
            rule: format!("under {}", frame.lemma().to_lowercase()),
        });
    }
    found
}

/// The longest term of the table that begins at the token: how many tokens, domain, context. Its last word is a noun or modifies one.
fn term(token: Token<'_>) -> Option<(usize, (&'static str, &'static str))> {
    let reading = token.reading();
    let word = |i: usize| reading.get(i).filter(|t| t.sentence() == token.sentence());
    (1..=4).rev().find_map(|length| {
        let mut words: Vec<String> = Vec::new();
        for i in token.i..token.i + length {
            words.push(word(i)?.text().to_lowercase());
        }
        let last = word(token.i + length - 1).filter(|t| matches!(t.pos(), Pos::Noun | Pos::Propn | Pos::Adj))?;
        let as_printed = words.join("_");
        *words.last_mut()? = last.lemma().to_lowercase();
        let found =
            LEXICON.domains.get(words.join("_").as_str()).or_else(|| LEXICON.domains.get(as_printed.as_str()))?;
        Some((length, *found))
    })
}

fn strength(token: Token<'_>, part: &'static str) -> Option<&'static str> {
    let lemma = token.lemma().to_lowercase();
    let key: (&str, &str) = (lemma.as_str(), part);
    LEXICON.frames.get(&key).copied()
}

/// The word of cooperation over a domain.
fn frame<'a>(domain: Token<'a>, context: Context<'_>) -> Option<Token<'a>> {
    let mut below = domain;
    let mut field = false;
    for above in std::iter::once(domain).chain(domain.ancestors()).take(STEPS) {
        if above.i != domain.i
            && !matches!(
                below.dep(),
                "pobj"
                    | "prep"
                    | "conj"
                    | "compound"
                    | "nmod"
                    | "amod"
                    | "appos"
                    | "dobj"
                    | "pcomp"
                    | "acl"
                    | "attr"
                    | "poss"
                    | "npadvmod"
            )
        {
            return None;
        }
        // "talks between the two economies", "a deal after the war": who and when, not what about.
        if above.dep() == "prep"
            && !matches!(
                above.lemma(),
                "in" | "on"
                    | "of"
                    | "for"
                    | "about"
                    | "over"
                    | "like"
                    | "as"
                    | "across"
                    | "around"
                    | "regarding"
                    | "concerning"
                    | "including"
            )
        {
            return None;
        }
        // "partnerships benefiting businesses": what a participle does to its object is no field.
        if below.dep() == "dobj" && above.pos() == Pos::Verb && strength(above, "verb").is_none() {
            return None;
        }
        let part = if above.pos() == Pos::Verb { "verb" } else { "noun" };
        let own = above.i != domain.i;
        match strength(above, part).filter(|_| own) {
            Some("strong") => return Some(above),
            Some("field") => field = true,
            Some(_) if part == "noun" && between_states(above, context) => return Some(above),
            Some(_) if part == "verb" && (field || agrees(above, context) || makes(above, context)) => {
                return Some(above);
            }
            _ => {}
        }
        // "adds collaboration in fields like energy", the parser hanging "in" on the verb.
        if field && above.pos() == Pos::Verb {
            let near = above.children().flat_map(|c| {
                std::iter::once(c).chain(c.children().flat_map(|g| std::iter::once(g).chain(g.children())))
            });
            return near.into_iter().find(|t| own_frame(*t));
        }
        // "trade routes and energy partnerships": what stands beside it in the list.
        let beside = above
            .children()
            .chain(above.head())
            .find(|c| own_frame(*c) && (c.dep() == "conj" && c.i > above.i || above.dep() == "conj" && c.i < above.i));
        if beside.is_some() && above.pos() == Pos::Noun {
            return beside;
        }
        below = above;
    }
    None
}

fn own_frame(token: Token<'_>) -> bool {
    token.pos() == Pos::Noun && strength(token, "noun") == Some("strong")
}

/// Whether the sentence speaks of states or an agreement, so that its "deal" is not one between shops.
fn between_states(token: Token<'_>, context: Context<'_>) -> bool {
    let tokens = context.reading.sentences().get(token.sentence()).map_or(0..0, |s| s.tokens.clone());
    let mut named = context.names.mentions_in(tokens).map(|m| context.names.entity_of(m).kind);
    named.any(|k| matches!(k, EntityKind::State | EntityKind::Agreement))
}

/// Whether what does it is an agreement, or a word for one: "the pact covers".
fn agrees(verb: Token<'_>, context: Context<'_>) -> bool {
    verb.surface_subject().is_some_and(|s| {
        context.names.entity_at(s.i).is_some_and(|e| e.kind == EntityKind::Agreement)
            || matches!(
                s.lemma(),
                "agreement"
                    | "accord"
                    | "pact"
                    | "treaty"
                    | "deal"
                    | "memorandum"
                    | "protocol"
                    | "partnership"
                    | "framework"
            )
    })
}

/// "signed a deal on lithium", the parser hanging "on" on the verb.
fn makes(verb: Token<'_>, context: Context<'_>) -> bool {
    verb.child("dobj").is_some_and(|o| strength(o, "noun").is_some() && between_states(o, context))
}

/// The agreement that the frame speaks of: the one its sentence names, else the article's if the sentence before names it; none where the frame is an agreement of
/// its own ("a new cooperation agreement") or nothing near it names one.
fn agreement(frame: Token<'_>, main: Option<&EntityId>, context: Context<'_>) -> Option<EntityId> {
    let nouns = std::iter::once(frame).chain(frame.ancestors().take(2).filter(|a| a.pos() == Pos::Noun));
    let another = nouns.into_iter().any(|n| {
        n.child("det").is_some_and(|d| matches!(d.text().to_lowercase().as_str(), "a" | "an" | "another"))
            && matches!(
                n.lemma(),
                "agreement" | "deal" | "pact" | "accord" | "memorandum" | "treaty" | "protocol" | "contract"
            )
    });
    if another {
        return None;
    }
    let sentences = context.reading.sentences();
    let tokens = |n: usize| sentences.get(n).map_or(0..0, |s| s.tokens.clone());
    let named = |n: usize| context.names.mentions_in(tokens(n)).map(|m| &context.names.entity_of(m).id);
    let here = named(frame.sentence()).find(|id| id.0.starts_with("agreement:"));
    // What the sentence before spoke of, where the article is about it.
    let before = frame.sentence().checked_sub(1).and_then(|n| named(n).find(|id| main == Some(*id)));
    here.or(before.filter(|id| id.0.starts_with("agreement:"))).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest;
    use crate::testing::MODEL;

    fn check(text: &str, expected: &[&str]) {
        let article = ingest::text("t.txt", text.as_bytes()).expect("text");
        let findings = crate::extract::extract(&MODEL, &article);
        let found: Vec<String> =
            findings.domains.iter().map(|d| format!("{}: {} ({})", d.span.of(text), d.domain, d.context)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn fields_of_cooperation() {
        check(
            "Norway and Chile deepened their cooperation in fisheries and aviation.",
            &["fisheries: fisheries (resource)", "aviation: transport (economic)"],
        );
        check("Peru signed a deal on lithium with Japan.", &["lithium: critical minerals (resource)"]);
        check("The ministers discussed defence ties with Kenya.", &["defence: defence (military)"]);
        check(
            "Norway and Chile signed a deal on the construction of railways.",
            &["construction: infrastructure (economic)", "railways: transport (economic)"],
        );
    }

    #[test]
    fn the_same_nouns_elsewhere_are_no_fields_of_cooperation() {
        check("Energy prices rose in Norway after the trade figures came out.", &[]);
        check("The World Trade Organization praised the cooperation of its members.", &[]);
        check("The shop has a deal on wheat.", &[]);
        check("Norway got a bad deal on the construction of the new embassy, its king said.", &[]);
        check("Norway has a deal with the Energy Ministry of Chile.", &[]);
    }

    #[test]
    fn every_line_is_whole_and_stands_once() {
        let mut seen = std::collections::BTreeSet::new();
        for row in rows() {
            assert_eq!(row.len(), 5, "{row:?}");
            assert!(["domain", "frame"].contains(&row[1]) && row.iter().all(|c| !c.is_empty()), "{row:?}");
            assert!(seen.insert((row[0], row[1], if row[1] == "frame" { row[3] } else { "" })), "twice: {row:?}");
        }
    }
}
