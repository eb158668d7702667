//! Who and what a predicate speaks of: the participants and the agreement.

use language::{Pos, Span, Token};

use super::super::name::{Mention, MentionForm};
use super::super::role::reference_day;
use super::super::title::titles;
use super::super::{Context, Entity, EntityId, EntityKind};
use super::lexicon::{is_agreement_noun, is_matter_of_states, is_state_body, is_state_noun, verbs};
use super::relief;
use crate::ingest::BlockKind;
use crate::knowledge::{Day, Tenure, knowledge};

/// A participant and the token that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Actor {
    pub(super) id: EntityId,
    pub(super) span: Span,
    /// Token index.
    pub(super) at: usize,
}

/// What stands where the agreement should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Instrument {
    /// An agreement, with the words that name it.
    Named(EntityId, Span),
    /// Something else: "the call", "the discussion".
    Other,
}

/// The article with its one agreement, where it has one.
#[derive(Clone, Copy)]
pub(super) struct Cast<'a> {
    pub(super) context: Context<'a>,
    pub(super) main: Option<&'a EntityId>,
    /// The measure that it says states are let off, where it dwells on one.
    pub(super) relief: Option<&'static str>,
    /// By which day a person acts for a state.
    pub(super) day: Day,
}

impl<'a> Cast<'a> {
    pub(super) fn new(context: Context<'a>) -> Cast<'a> {
        let titles = titles(context.reading, context.names);
        let day = reference_day(context.article, context.names, &titles).day;
        // An article on who is let off a measure names agreements in passing.
        let relief = relief::measure_of(context);
        Cast { context, main: main_agreement(context).filter(|_| relief.is_none()), relief, day }
    }

    pub(super) fn mention(&self, token: Token<'_>) -> Option<&'a Mention> {
        self.context.names.mention_at(token.i)
    }

    pub(super) fn words(&self, span: Span) -> &'a str {
        span.of(&self.context.article.text)
    }

    /// The state that the token names, by itself or by an office; `None` for all else.
    pub(super) fn state_at(&self, token: Token<'_>) -> Option<EntityId> {
        let mention = self.mention(token)?;
        let entity = self.context.names.entity_of(mention);
        match entity.kind {
            EntityKind::State => Some(entity.id.clone()),
            EntityKind::Person => self.state_led_by(&entity.id),
            EntityKind::Organisation => {
                let body = knowledge().organisation(&entity.id.0)?;
                // A party or a movement is not its state.
                let speaks = matches!(body.kind, "agency" | "parliament" | "ministry" | "government" | "bank");
                match body.state.filter(|s| speaks && knowledge().state(s).is_some()) {
                    Some(state) => Some(EntityId::state(state)),
                    None => is_union(&entity.id).then(|| entity.id.clone()),
                }
            }
            _ => None,
        }
    }

    /// The state that a person of the table served last, or at the article's date.
    pub(super) fn state_of_person(&self, id: &EntityId) -> Option<EntityId> {
        let id = id.0.strip_prefix("person:")?;
        let person = knowledge().person(id)?;
        person.state.filter(|s| knowledge().state(s).is_some()).map(EntityId::state)
    }

    /// The state for which a person signs, joins, leaves: of one who leads or led it, or is its minister or envoy at the article's
    /// date. A senator, a candidate and a former minister act for themselves.
    pub(super) fn state_led_by(&self, id: &EntityId) -> Option<EntityId> {
        let state = self.state_of_person(id)?;
        let known = knowledge();
        let acts = |t: &Tenure| {
            let level = known.role(t.office).map_or("", |r| r.level);
            match level {
                "head_of_state" | "head_of_government" | "royal" => t.from.is_none_or(|from| from <= self.day),
                "minister" | "envoy" => t.covers(self.day),
                _ => false,
            }
        };
        let tenures = || known.tenures_of(id.0.strip_prefix("person:").unwrap_or(""));
        // Who leads an international body speaks for it.
        let body = tenures().any(|t| t.covers(self.day) && known.role(t.office).is_some_and(|r| r.level == "org_head"));
        (!body && tenures().any(acts)).then_some(state)
    }

    /// The states that a token stands for, with their coordination, in text order; empty where it stands for none.
    pub(super) fn actors(&self, token: Token<'a>) -> Vec<Actor> {
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
        if mention.is_none()
            && let Some(list) = self.plural(token)
        {
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
            return counted.filter(|_| noun && !is_definite(token)).and_then(|n| self.list_after(token, n));
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
        near.map(|m| self.list_at(m.tokens.start)).find(|l| l.len() == count && l.len() >= 2)
    }

    fn is_bare_state(&self, token: Token<'_>) -> bool {
        let Some(mention) = self.mention(token).filter(|m| m.form != MentionForm::Adjective) else { return false };
        let entity = self.context.names.entity_of(mention);
        entity.kind == EntityKind::State || is_union(&entity.id)
    }

    /// "SINGAPORE -- Fifteen countries signed": the place of a dateline that stands in the line.
    pub(super) fn is_place_of_report(&self, actor: &Actor) -> bool {
        let mut blocks = self.context.article.blocks.iter();
        let first = blocks.any(|b| b.span.start == actor.span.start);
        let reading = self.context.reading;
        let after = reading.tokens_in(actor.span).next_back().and_then(|i| reading.get(i + 1));
        first && after.is_some_and(|t| matches!(t.text(), "-" | "--" | "—" | "–"))
    }

    /// Whether the article's agreement is named in the token's sentence or in so many sentences before it, in whatever form, or only
    /// in a heading so far.
    pub(super) fn is_spoken_of(&self, token: Token<'_>, back: usize) -> bool {
        let Some(entity) = self.main.and_then(|id| self.context.names.get(id)) else { return true };
        let reading = self.context.reading;
        let end = reading.sentences()[token.sentence()].tokens.end;
        let end = reading.get(end.saturating_sub(1)).map_or(0, |t| t.span().end);
        let last = entity.mentions.iter().rfind(|m| m.start < end);
        last.and_then(|m| reading.token_at(m.start))
            .is_none_or(|t| token.sentence().saturating_sub(t.sentence()) <= back)
    }

    /// The state, or union of states, that a modifier names, adjectives included: "the EU tariffs", "Canadian steel".
    pub(super) fn plain_state(&self, token: Token<'a>) -> Option<Actor> {
        let id = self.state_at(token).filter(|_| self.mention(token).is_some())?;
        let span = self.mention(token).map_or(token.span(), |m| m.span);
        Some(Actor { id, span, at: token.i })
    }

    fn plain(&self, token: Token<'a>) -> Option<Actor> {
        let mention = self.mention(token)?;
        let entity = self.context.names.entity_of(mention);
        let state = matches!(entity.kind, EntityKind::State);
        state.then(|| Actor { id: entity.id.clone(), span: mention.span, at: token.i })
    }

    /// The list of states around a token: mentions of states with nothing but commas and "and" between them. A list of states
    /// is a list of states whatever the parse says; only a subject after an adjunct is not joined to what stands before it.
    pub(super) fn list_at(&self, token: usize) -> Vec<Actor> {
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

    fn head(&self, mention: &Mention) -> Token<'a> {
        let reading = self.context.reading;
        reading.head_of(mention.tokens.clone()).unwrap_or_else(|| reading.token(mention.tokens.start))
    }

    /// What the token says in the place of the agreement.
    pub(super) fn instrument(&self, token: Token<'a>) -> Instrument {
        if let Some(mention) = self.mention(token) {
            let entity = self.context.names.entity_of(mention);
            let joined = match entity.kind {
                EntityKind::Agreement => !is_no_agreement(entity),
                EntityKind::Organisation => is_joinable(&entity.id),
                _ => false,
            };
            if joined {
                return Instrument::Named(entity.id.clone(), mention.span);
            }
            if entity.kind != EntityKind::Group {
                return Instrument::Other;
            }
        }
        let lemma = token.lemma().to_lowercase();
        // "the Rome Statute treaty": the name stands beside the noun.
        let beside = token
            .children()
            .filter(|c| matches!(c.dep(), "compound" | "nmod" | "appos" | "amod"))
            .find_map(|c| self.mention(c));
        if let Some(mention) = beside.filter(|_| is_agreement_noun(&lemma)) {
            let entity = self.context.names.entity_of(mention);
            if entity.kind == EntityKind::Agreement {
                return Instrument::Named(entity.id.clone(), mention.span);
            }
        }
        // "the TPP, a trade deal that Washington left".
        let apposed = token.head().filter(|_| token.dep() == "appos" && is_agreement_noun(&lemma));
        if let Some(mention) = apposed.and_then(|head| self.mention(head)) {
            let entity = self.context.names.entity_of(mention);
            if entity.kind == EntityKind::Agreement && !is_no_agreement(entity) {
                return Instrument::Named(entity.id.clone(), token.span());
            }
        }
        if matches!(
            lemma.as_str(),
            "text" | "draft" | "paper" | "document" | "protocol" | "instrument" | "term" | "detail" | "outline"
        ) {
            let of = token.children().find(|c| matches!(c.lemma(), "of" | "to" | "in" | "on") && c.dep() == "prep");
            if let Some(object) = of.and_then(|c| c.child("pobj")) {
                let inner = self.instrument(object);
                if inner != Instrument::Other {
                    return inner;
                }
            }
            // "the accession protocols", "the papers": parts of the agreement that the article is about.
            let heading =
                is_in_heading(self.context, token.span()) && matches!(lemma.as_str(), "protocol" | "instrument");
            if is_definite(token)
                || heading
                || token.children().any(|c| matches!(c.lemma(), "accession" | "entry" | "membership"))
            {
                return self.fallback(token);
            }
            return Instrument::Other;
        }
        if !is_agreement_noun(&lemma) {
            return Instrument::Other;
        }
        let plain = !token.children().any(|c| matches!(c.dep(), "compound" | "amod" | "nmod"));
        let other = token.children().any(|c| {
            matches!(c.lemma(), "another" | "other" | "separate" | "different" | "similar" | "such" | "no" | "any")
        });
        let same = self.main_name().is_some_and(|name| {
            name.rsplit(' ')
                .next()
                .is_some_and(|w| w.eq_ignore_ascii_case(token.text()) || w.eq_ignore_ascii_case(token.lemma()))
        });
        // "agreements with three states" are others; "the accords", "this initiative" may be the one that the article is about.
        let definite = is_definite(token);
        // "to join bloc", of a body of states.
        let body = self.main.is_some_and(|m| m.0.starts_with("org:"))
            && matches!(lemma.as_str(), "bloc" | "alliance" | "club");
        if body && !other && token.child("det").is_none_or(|d| d.lemma() == "the") {
            return self.fallback(token);
        }
        let own = self.main.is_none_or(|main| is_noun_of(main, &lemma) && !self.is_another(main, token));
        if !other && definite && own && token.child("relcl").is_none() && (plain || same || self.main.is_some()) {
            return self.fallback(token);
        }
        // Headings leave out the article: "Kazakhstan to join Israel accords".
        if same && !other && (token.text().starts_with(char::is_uppercase) || is_in_heading(self.context, token.span()))
        {
            return self.fallback(token);
        }
        // "votes to leave landmines treaty", of the convention that the text below names.
        let solemn = matches!(lemma.as_str(), "treaty" | "convention" | "pact" | "accord");
        if solemn && own && !other && self.main.is_some() && is_in_heading(self.context, token.span()) {
            return self.fallback(token);
        }
        // "a framework that promotes stability": too vague to be an agreement of its own.
        if plain
            && !other
            && matches!(
                lemma.as_str(),
                "framework" | "initiative" | "club" | "partnership" | "scheme" | "union" | "arrangement"
            )
        {
            return self.fallback(token);
        }
        // "joined NASA and the international coalition": which, the text does not say.
        if matches!(lemma.as_str(), "alliance" | "bloc" | "club" | "coalition" | "union")
            && topics(token).next().is_none()
        {
            return Instrument::Other;
        }
        Instrument::Named(self.nameless(token), token.span())
    }

    /// "the Paris peace treaty" beside the Treaty of Madrid, "their agreement" in an article on one that all may join.
    fn is_another(&self, main: &EntityId, noun: Token<'a>) -> bool {
        let known = knowledge().agreement(main.0.trim_start_matches("agreement:"));
        let entity = self.context.names.get(main);
        let forms = known.iter().flat_map(|a| std::iter::once(&a.name).chain(&a.aliases).chain(&a.short_forms));
        let words: Vec<String> = forms
            .copied()
            .chain(entity.map(|e| e.name.as_str()))
            .flat_map(|f| f.split([' ', '-']))
            .map(str::to_lowercase)
            .collect();
        let all_may = known.is_some_and(|a| matches!(a.kind, "accession" | "organisation"));
        let theirs = noun.child("poss").is_some_and(|p| p.pos() == Pos::Pron);
        all_may && theirs
            || topics(noun).any(|t| {
                let own = t.text().to_lowercase();
                is_matter_of_states(&own) && !words.contains(&own) && !is_step_word(&own)
            })
    }

    fn main_name(&self) -> Option<&'a str> {
        self.main.and_then(|id| self.context.names.get(id)).map(|e| e.name.as_str())
    }

    fn fallback(&self, token: Token<'a>) -> Instrument {
        match self.main {
            Some(main) => Instrument::Named(main.clone(), token.span()),
            // "the bloc", where the text does not say which.
            None if matches!(token.lemma(), "bloc" | "club") => Instrument::Other,
            None if is_agreement_noun(token.lemma()) => Instrument::Named(self.nameless(token), token.span()),
            None => Instrument::Other,
        }
    }

    /// `name:peace-treaty`: an agreement without a name, by what it is about; of one that says nothing of itself in an article on
    /// who is let off a measure, that.
    fn nameless(&self, token: Token<'a>) -> EntityId {
        let mut slug = String::from("name:");
        for word in topics(token) {
            slug.extend(word.text().chars().filter(|c| c.is_alphanumeric() || *c == '-').flat_map(char::to_lowercase));
            slug.push('-');
        }
        let lemma = token.lemma().to_lowercase();
        if let Some(measure) = self.relief.filter(|_| relief::is_relief(&lemma)) {
            return relief::agreement(measure, relief::is_temporary(token));
        }
        let plain = matches!(lemma.as_str(), "agreement" | "deal" | "pact" | "accord" | "arrangement");
        if let Some(measure) = self.relief.filter(|_| plain && slug == "name:") {
            return relief::agreement(measure, false);
        }
        // "deal" and "agreement" are one thing under two names in most articles; a treaty or a truce is another.
        slug.push_str(if plain { "agreement" } else { &lemma });
        EntityId(slug)
    }
}

/// The words before the noun of an agreement that say what it is about: its compounds, and adjectives of matters ("nuclear"), not of
/// judgement ("final", "initial", "limited").
pub(super) fn topics<'a>(noun: Token<'a>) -> impl Iterator<Item = Token<'a>> {
    // "Norway and Peru sign peace treaty": the verb of a heading is no part of the name.
    let acts = |c: &Token<'a>| {
        verbs(&c.text().to_lowercase()).iter().any(|e| e.agreement.first() == Some(&"obj") && e.particle.is_none())
    };
    noun.children().filter(move |c| c.i < noun.i && !acts(c)).filter(|c| match c.dep() {
        "compound" | "nmod" => c.pos() != Pos::Num && !matches!(c.lemma().to_lowercase().as_str(), "free" | "draft"),
        "amod" => matches!(
            c.lemma().to_lowercase().as_str(),
            "nuclear" | "military" | "economic" | "commercial" | "climate" | "monetary" | "fiscal" | "maritime"
        ),
        _ => false,
    })
}

/// "the accession treaty", "the membership agreement": of whichever agreement.
fn is_step_word(word: &str) -> bool {
    matches!(word, "accession" | "entry" | "membership" | "normalization" | "normalisation")
}

/// Whether an agreement may be called by that noun: the last word of one of its names or short forms, or a noun for any
/// agreement. NAFTA is no exemption.
fn is_noun_of(agreement: &EntityId, lemma: &str) -> bool {
    let known = knowledge().agreement(agreement.0.trim_start_matches("agreement:"));
    let body = agreement.0.starts_with("org:");
    const ANY: [&str; 5] = ["agreement", "deal", "pact", "accord", "treaty"];
    // "the treaty" is not the Moscow Declaration.
    if known.is_none() && !body {
        let words = || agreement.0.trim_start_matches("agreement:").split('-').map(|w| w.trim_end_matches('s'));
        return words().any(|w| w == lemma) || ANY.contains(&lemma) && words().any(|w| ANY.contains(&w));
    }
    if ANY.contains(&lemma) || matches!(lemma, "framework" | "initiative") {
        return true;
    }
    let forms = known.iter().flat_map(|a| std::iter::once(&a.name).chain(&a.aliases).chain(&a.short_forms));
    let mut nouns = forms.filter_map(|form| form.rsplit(' ').next());
    known.is_none() || nouns.any(|noun| noun.to_lowercase().trim_end_matches('s') == lemma.trim_end_matches('s'))
}

pub(super) fn is_in_heading(context: Context<'_>, span: Span) -> bool {
    let mut blocks = context.article.blocks.iter();
    blocks.any(|b| matches!(b.kind, BlockKind::Headline | BlockKind::Subhead) && b.span.contains(span))
}

/// Whether an article dwells on an entity: names it in a heading or its first two paragraphs, or more than once.
fn is_dwelt_on(context: Context<'_>, entity: &Entity) -> bool {
    let blocks = &context.article.blocks;
    let body = blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).nth(1).map_or(usize::MAX, |b| b.span.end);
    entity.mentions.len() > 1 || entity.mentions.iter().any(|m| m.end <= body || is_in_heading(context, *m))
}

/// The agreement that an article is about: its only one that states join, else one that it names twice as often as any other;
/// never one that is named once in passing.
pub(super) fn main_agreement(context: Context<'_>) -> Option<&EntityId> {
    let mut agreements: Vec<(usize, &EntityId)> = context
        .names
        .of_kind(EntityKind::Agreement)
        .filter(|e| {
            knowledge().agreement(e.id.0.trim_start_matches("agreement:")).is_none_or(|a| a.kind != "ceasefire")
                && !is_no_agreement(e)
                && is_dwelt_on(context, e)
        })
        .map(|e| (e.mentions.len(), &e.id))
        .collect();
    // An agreement that no table knows and the text names once stands back behind a body of states that it names more often.
    let known = |id: &EntityId| knowledge().agreement(id.0.trim_start_matches("agreement:")).is_some();
    if agreements.iter().all(|(count, id)| *count == 1 && !known(id)) {
        let bodies =
            context.names.of_kind(EntityKind::Organisation).filter(|e| is_joinable(&e.id) && is_dwelt_on(context, e));
        let bodies: Vec<_> = bodies.map(|e| (e.mentions.len(), &e.id)).collect();
        if agreements.is_empty() || bodies.iter().any(|b| b.0 > 1) {
            agreements = bodies;
        }
    }
    agreements.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    match agreements.as_slice() {
        [] => None,
        [(_, only)] => Some(only),
        [(most, first), (next, _), ..] => (*most >= 2 * *next && *most >= 3).then_some(*first),
    }
}

/// Names with a treaty noun that are none: a convention that no table knows is a meeting, unless it is called after a place ("the
/// Republican National Convention"); a declaration of independence binds nobody else.
pub(super) fn is_no_agreement(agreement: &Entity) -> bool {
    if knowledge().agreement(agreement.id.0.trim_start_matches("agreement:")).is_some() {
        return false;
    }
    let name = &agreement.name;
    name.ends_with("Convention") && name.split(' ').count() != 2
        || name.contains("Declaration") && name.contains("Independence")
}

/// A body that states join by an agreement of the table.
fn is_joinable(id: &EntityId) -> bool {
    id.0.starts_with("org:") && (knowledge().agreement_of(&id.0).is_some() || is_union(id))
}

/// A union of states that is itself party to agreements.
fn is_union(id: &EntityId) -> bool {
    matches!(id.0.as_str(), "org:eu" | "org:european-union" | "org:african-union" | "org:asean")
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

/// "the pact", "this initiative", "his accords".
fn is_definite(token: Token<'_>) -> bool {
    token.children().any(|c| match c.dep() {
        "det" => matches!(c.lemma(), "the" | "this" | "these" | "that" | "those"),
        "poss" => true,
        _ => false,
    })
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
