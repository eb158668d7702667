//! The states that words stand for: names, offices, "they", "the three", lists.

use language::{Pos, Span, Token};

use super::super::lexicon::{is_state_body, is_state_noun};
use super::{Actor, Cast, is_definite, is_union};
use crate::extract::name::{Mention, MentionForm};
use crate::extract::{EntityId, EntityKind};
use crate::ingest::BlockKind;
use crate::knowledge::knowledge;

impl<'a> Cast<'a> {
    /// The states that a token stands for, with their coordination, in text order; empty where it stands for none.
    pub(in crate::extract::stage) fn actors(&self, token: Token<'a>) -> Vec<Actor> {
        self.actors_within(token, 3)
    }

    fn actors_within(&self, token: Token<'a>, depth: usize) -> Vec<Actor> {
        if depth == 0 {
            return Vec::new();
        }
        let mut found = Vec::new();
        for part in token.conjuncts() {
            // Of "A and B joined" both act; a later clause's conjunct is no part of the name.
            found.extend(self.actors_of_one(part, depth));
        }
        if let Some(first) = found.first().filter(|_| self.is_bare_state(token)) {
            let near = self.list_at(first.at);
            if near.len() > found.len() {
                found = near;
            }
        }
        let mut seen: Vec<EntityId> = Vec::new();
        found.retain(|a| {
            !seen.contains(&a.id) && {
                seen.push(a.id.clone());
                true
            }
        });
        found
    }

    fn actors_of_one(&self, token: Token<'a>, depth: usize) -> Vec<Actor> {
        let mention = self.mention(token);
        if mention.is_none_or(|m| m.form != MentionForm::Adjective)
            && let Some(id) = self.state_at(token)
        {
            let span = mention.map_or(token.span(), |m| m.span);
            return vec![Actor { id, span, at: token.i }];
        }
        let lemma = token.lemma().to_lowercase();
        // "Arab states" is a group or a place by name, and stands for the states that are listed.
        let kind = mention.map(|m| self.context.names.entity_of(m).kind);
        let nameless = matches!(kind, None | Some(EntityKind::Group | EntityKind::Place));
        if nameless && let Some(list) = self.plural(token) {
            return list;
        }
        if mention.is_none() && (lemma == "it" || token.text().eq_ignore_ascii_case("they")) {
            return self.reporter(token, depth);
        }
        // "the union, whose leaders": of what the clause is said of.
        if (is_state_body(&lemma) || matches!(lemma.as_str(), "leader" | "official" | "minister"))
            && token.child("poss").is_some_and(|p| p.text().eq_ignore_ascii_case("whose"))
        {
            let clause = token.ancestors().find(|a| a.dep() == "relcl").and_then(Token::head);
            return clause.map(|noun| self.actors_within(noun, depth - 1)).unwrap_or_default();
        }
        // "the Turkish government", "the Gulf kingdom"; "U.S. allies" are others.
        if is_state_body(&lemma) || is_state_noun(&lemma) && !is_relational(&lemma) {
            let owners = token.children().filter(|c| matches!(c.dep(), "poss" | "amod" | "compound" | "nmod"));
            // "his country" is that of a person who leads it.
            let of = |c: Token<'a>| if c.dep() == "poss" { self.plain_state(c) } else { self.plain(c) };
            let mut states: Vec<Actor> = owners.filter_map(of).collect();
            // "Justin Trudeau said his country would join": that of the one who speaks.
            if let Some(own) = token.child("poss").filter(|p| p.pos() == Pos::Pron) {
                let above = token.ancestors().take(4).filter_map(|g| g.child("nsubj")).filter(|s| *s != token);
                let speaker = || above.filter_map(|s| self.plain_state(s)).next();
                let his = states.pop().or_else(|| speaker().filter(|_| self.mention(own).is_none()));
                return his.into_iter().collect();
            }
            if is_state_body(&lemma) {
                for prep in token.children().filter(|c| c.dep() == "prep" && matches!(c.lemma(), "of" | "in")) {
                    let Some(object) = prep.child("pobj") else { continue };
                    let own = self.actors_within(object, depth - 1);
                    states.extend(if own.is_empty() { self.capital_of(object).into_iter().collect() } else { own });
                }
                return states;
            }
        }
        if is_class_noun(&lemma) || matches!(token.tag(), "CD" | "DT" | "JJS" | "JJ") {
            return self.actors_of_class(token, depth);
        }
        Vec::new()
    }

    /// "Oman has let its partners know that it will join": who the clause's governor speaks of, where "it" was not resolved.
    fn reporter(&self, token: Token<'a>, depth: usize) -> Vec<Actor> {
        let Some(clause) = token.head().filter(|c| c.dep() == "ccomp") else { return Vec::new() };
        let above = clause.ancestors().take(3).filter_map(|g| g.child("nsubj"));
        // "the union, whose leaders say they want": many speak for one.
        let many = |s: Token<'a>| s.child("poss").is_some_and(|p| p.text().eq_ignore_ascii_case("whose"));
        let it = token.lemma().eq_ignore_ascii_case("it");
        let speaks = |s: Token<'a>| if it { self.is_bare_state(s) } else { many(s) };
        let mut actors = above.map(|s| if speaks(s) { self.actors_within(s, depth - 1) } else { Vec::new() });
        actors.find(|a| a.len() == 1).unwrap_or_default()
    }

    /// "the first country to join": whom the class noun is said of, or who exemplifies it.
    fn actors_of_class(&self, token: Token<'a>, depth: usize) -> Vec<Actor> {
        for c in token.children().filter(|c| c.i > token.i) {
            if c.dep() == "appos" {
                let own = self.actors_within(c, depth - 1);
                if !own.is_empty() {
                    return own;
                }
            }
            if matches!(c.text(), "as" | "like" | "including")
                && let Some(object) = c.child("pobj")
            {
                let own = self.actors_within(object, depth - 1);
                if !own.is_empty() {
                    return own;
                }
            }
        }
        match (token.dep(), token.head()) {
            ("appos", Some(head)) => self.actors_within(head, depth - 1),
            ("attr" | "oprd", Some(copula)) => {
                copula.surface_subject().map(|s| self.actors_within(s, depth - 1)).unwrap_or_default()
            }
            ("pobj", Some(of)) if of.lemma() == "of" => {
                of.head().filter(|h| h.i < token.i).map(|h| self.actors_of_class(h, depth - 1)).unwrap_or_default()
            }
            ("pobj", Some(as_)) if as_.lemma() == "as" => {
                let verb = as_.head();
                verb.and_then(|v| v.object()).map(|o| self.actors_within(o, depth - 1)).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// The state of whose parliament or government a capital is the seat: "parliament in Helsinki".
    fn capital_of(&self, token: Token<'_>) -> Option<Actor> {
        let span = self.mention(token).map_or(token.span(), |m| m.span);
        let words = self.words(span);
        let state = knowledge().states.iter().find(|s| s.capital.contains(&words))?;
        Some(Actor { id: EntityId::state(state.iso3), span, at: token.i })
    }

    /// "they", "both", "neither", "the three", "the two newest members": the last list of so many states, at most three
    /// sentences back.
    fn plural(&self, token: Token<'_>) -> Option<Vec<Actor>> {
        let counted = token.children().chain(std::iter::once(token)).find_map(|c| count(c.text()));
        let word = token.text().to_lowercase();
        let pronoun = matches!(word.as_str(), "they" | "them" | "their" | "both" | "neither" | "whose");
        let noun = is_class_noun(&token.lemma().to_lowercase()) && matches!(token.tag(), "NNS" | "NNPS");
        let both = noun && token.children().any(|c| matches!(c.lemma(), "both" | "these" | "those"));
        let counted_noun = counted.is_some()
            && (noun || token.tag() == "CD")
            && (is_definite(token) || token.tag() == "CD" && token.child("det").is_some());
        if !pronoun && !both && !counted_noun {
            // "Three states have left. Peru, Chile and Kenya said ...": the list follows.
            let counted = counted.filter(|_| noun && !is_definite(token));
            return counted.and_then(|n| self.list_after(token, n).or_else(|| self.list_in_heading(token, n)));
        }
        let names = self.context.names;
        let reading = self.context.reading;
        let before = names.mentions.partition_point(|m| m.tokens.end <= token.i);
        let mut at = before;
        while at > 0 {
            at -= 1;
            let mention = &names.mentions[at];
            let back = token.sentence().saturating_sub(reading.token(mention.tokens.start).sentence());
            if back > if pronoun { 1 } else { 3 } {
                break;
            }
            let list = self.list_at(mention.tokens.start);
            let fits = list.len() >= 2 && counted.is_none_or(|n| n == list.len());
            if fits {
                return Some(list);
            }
        }
        None
    }

    /// The first list of so many states in the two sentences after the token's.
    fn list_after(&self, token: Token<'_>, count: usize) -> Option<Vec<Actor>> {
        let names = self.context.names;
        let reading = self.context.reading;
        let from = names.mentions.partition_point(|m| m.tokens.start <= token.i);
        let near = names.mentions[from..]
            .iter()
            .take_while(|m| reading.token(m.tokens.start).sentence() - token.sentence() <= 2);
        near.filter_map(|m| {
            let mut list = self.list_at(m.tokens.start);
            // "two states that trade with Norway, Ghana and Kenya": one more, which stands in the noun's own clause, is not of them.
            let first = reading.token(list.first()?.at);
            if list.len() == count + 1 && first.dep() == "pobj" && first.is_under(token) {
                list.remove(0);
            }
            (list.len() == count && count >= 2).then_some(list)
        })
        .next()
    }

    /// "Norway and Peru join the pact" above "Two countries that stayed outside now belong to it": the list of so many states in the headline,
    /// for a noun with a clause of its own in the first sentences below.
    fn list_in_heading(&self, token: Token<'_>, count: usize) -> Option<Vec<Actor>> {
        const BELOW: usize = 3;
        let mut blocks = self.context.article.blocks.iter();
        let headline = blocks.find(|b| b.kind == BlockKind::Headline && b.span.start < token.span().start)?.span;
        token.child("relcl")?;
        let reading = self.context.reading;
        let last = reading.tokens_in(headline).next_back().and_then(|i| reading.get(i))?;
        if token.sentence().saturating_sub(last.sentence()) > BELOW {
            return None;
        }
        let names = self.context.names.mentions.iter().filter(|m| headline.contains(m.span));
        names.map(|m| self.list_at(m.tokens.start)).find(|l| l.len() == count)
    }

    fn is_bare_state(&self, token: Token<'_>) -> bool {
        let Some(mention) = self.mention(token).filter(|m| m.form != MentionForm::Adjective) else { return false };
        let entity = self.context.names.entity_of(mention);
        entity.kind == EntityKind::State || is_union(&entity.id)
    }

    /// The list of states around a token: mentions of states with nothing but commas and "and" between them. A list of states
    /// is a list of states whatever the parse says; only a subject after an adjunct is not joined to what stands before it.
    pub(in crate::extract::stage) fn list_at(&self, token: usize) -> Vec<Actor> {
        let names = self.context.names;
        let at = names.mentions.partition_point(|m| m.tokens.end <= token);
        let Some(here) = names.mentions.get(at).filter(|m| m.tokens.contains(&token)) else { return Vec::new() };
        let state = |m: &Mention| {
            let entity = names.entity_of(m);
            (entity.kind == EntityKind::State || is_union(&entity.id)) && m.form != MentionForm::Adjective
        };
        if !state(here) {
            return Vec::new();
        }
        let linked = |a: &Mention, b: &Mention| {
            state(a) && state(b) && is_list_gap(self.words(Span::new(a.span.end, b.span.start))) && !self.breaks(a, b)
        };
        let (mut first, mut last) = (at, at);
        while first > 0 && linked(&names.mentions[first - 1], &names.mentions[first]) {
            first -= 1;
        }
        while last + 1 < names.mentions.len() && linked(&names.mentions[last], &names.mentions[last + 1]) {
            last += 1;
        }
        // After its "and" a list is at its end: "talks with Norway and Peru, the White House said".
        let gap = |i: usize| self.words(Span::new(names.mentions[i].span.end, names.mentions[i + 1].span.start));
        let ends = |i: &usize| *i > first && is_last_gap(gap(*i - 1)) && !is_last_gap(gap(*i));
        let cuts: Vec<usize> = (first..last).filter(ends).collect();
        first = cuts.iter().filter(|c| **c < at).map(|c| c + 1).max().unwrap_or(first);
        last = cuts.iter().filter(|c| **c >= at).copied().min().unwrap_or(last);
        let list = names.mentions[first..=last].iter();
        list.map(|m| Actor { id: names.entity_of(m).id.clone(), span: m.span, at: self.head(m).i }).collect()
    }

    /// "In Norway, Sweden joined": the second is a subject, the first stands in an adjunct before it.
    fn breaks(&self, a: &Mention, b: &Mention) -> bool {
        let (a, b) = (self.head(a), self.head(b));
        matches!(b.dep(), "nsubj" | "nsubjpass")
            && matches!(a.dep(), "pobj" | "npadvmod")
            && a.sentence() == b.sentence()
    }

    pub(super) fn head(&self, mention: &Mention) -> Token<'a> {
        let reading = self.context.reading;
        reading.head_of(mention.tokens.clone()).unwrap_or_else(|| reading.token(mention.tokens.start))
    }
}

/// Nouns that name a state by what it is to another: its owner is not meant.
fn is_relational(lemma: &str) -> bool {
    matches!(
        lemma,
        "addition"
            | "ally"
            | "candidate"
            | "capital"
            | "entrant"
            | "joiner"
            | "member"
            | "neighbour"
            | "neighbor"
            | "newcomer"
            | "partner"
    )
}

fn is_class_noun(lemma: &str) -> bool {
    is_state_noun(lemma)
        || matches!(lemma, "signatory" | "party" | "participant" | "founder" | "pioneer" | "that" | "which" | "one")
}

/// "two" as 2.
fn count(word: &str) -> Option<usize> {
    const WORDS: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let word = word.to_lowercase();
    WORDS.iter().position(|w| *w == word).map(|i| i + 2).or_else(|| word.parse().ok().filter(|n| (2..=50).contains(n)))
}

/// Whether the words between two names join the last of a list to the others.
fn is_last_gap(between: &str) -> bool {
    between.split(|c: char| !c.is_alphabetic()).any(|w| matches!(w, "and" | "or")) || between.contains('&')
}

/// Whether the words between two names only join a list.
fn is_list_gap(between: &str) -> bool {
    let words = between.split(|c: char| c.is_whitespace() || matches!(c, ',' | '&' | '/' | ';'));
    let plain = words
        .filter(|w| !w.is_empty())
        .all(|w| matches!(w, "and" | "or" | "the" | "even" | "also" | "as" | "well" | "then"));
    plain && (between.contains([',', '&', '/', ';']) || between.contains(" and ") || between.contains(" or "))
}

#[cfg(test)]
mod tests {
    use super::is_list_gap;

    #[test]
    fn lists_are_joined_by_commas_and_and() {
        for gap in [", ", " and ", ", and even ", ", and the ", " as well as the , ", "/"] {
            assert!(is_list_gap(gap), "{gap:?}");
        }
        for gap in [" ", " to ", ", which ", " with ", ". ", " joined ", ""] {
            assert!(!is_list_gap(gap), "{gap:?}");
        }
    }
}
