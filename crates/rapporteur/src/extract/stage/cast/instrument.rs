//! The agreement that words stand for, and the one that an article is about.

use language::{Pos, Span, Token};

use super::super::lexicon::{is_agreement_noun, is_matter_of_states, verbs};
use super::super::relief;
use super::{Cast, Instrument, is_definite, is_union};
use crate::extract::name::Mention;
use crate::extract::{Context, Entity, EntityId, EntityKind};
use crate::ingest::BlockKind;
use crate::knowledge::knowledge;

impl<'a> Cast<'a> {
    /// Whether the article's agreement is named in the token's sentence or in so many sentences before it, in whatever form, or only
    /// in a heading so far.
    pub(in crate::extract::stage) fn is_spoken_of(&self, token: Token<'_>, back: usize) -> bool {
        let Some(entity) = self.main.and_then(|id| self.context.names.get(id)) else { return true };
        let reading = self.context.reading;
        let end = reading.sentences()[token.sentence()].tokens.end;
        let end = reading.get(end.saturating_sub(1)).map_or(0, |t| t.span().end);
        let last = entity.mentions.iter().rfind(|m| m.start < end);
        last.and_then(|m| reading.token_at(m.start))
            .is_none_or(|t| token.sentence().saturating_sub(t.sentence()) <= back)
    }

    /// What the token says in the place of the agreement.
    pub(in crate::extract::stage) fn instrument(&self, token: Token<'a>) -> Instrument {
        if let Some(mention) = self.mention(token) {
            let entity = self.context.names.entity_of(mention);
            let joined = match entity.kind {
                EntityKind::Agreement => !is_no_agreement(entity),
                EntityKind::Organisation => is_joinable(&entity.id),
                _ => false,
            };
            if joined && self.belongs_to(mention).is_some() {
                return Instrument::Other;
            }
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
        // "the African Union free trade bloc" is another thing than the union that sets it up.
        let owner = |c: Token<'a>| {
            let entity = self.context.names.entity_of(self.mention(c)?);
            (entity.kind == EntityKind::Organisation).then_some(&entity.id)
        };
        let compounds = || token.children().filter(|c| matches!(c.dep(), "compound" | "nmod"));
        let set_up = matches!(lemma.as_str(), "bloc" | "area" | "zone" | "club" | "union");
        if set_up && compounds().any(|c| owner(c).is_some()) && topics(token).any(|t| owner(t).is_none()) {
            return Instrument::Other;
        }
        // "to join bloc", of a body of states.
        let body = self.main.is_some_and(|m| m.0.starts_with("org:"))
            && matches!(lemma.as_str(), "bloc" | "alliance" | "club");
        if body && !other && token.child("det").is_none_or(|d| d.lemma() == "the") {
            return self.fallback(token);
        }
        let own = self.main.is_none_or(|main| is_noun_of(main, &lemma) && !self.is_another(main, token));
        // "signed a fishing deal ... the deal": the one that was brought up last.
        if definite
            && !other
            && topics(token).next().is_none()
            && let Some(last) = self.brought_up(token)
        {
            return Instrument::Named(last, token.span());
        }
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

    /// "African Union free trade bloc": the noun of another thing, with words of its own, to which the name of a body belongs, however the parser
    /// parts the two in a heading. "NATO membership treaty" is NATO's own.
    fn belongs_to(&self, body: &Mention) -> Option<Token<'a>> {
        const WORDS: usize = 5;
        if self.context.names.entity_of(body).kind != EntityKind::Organisation {
            return None;
        }
        let reading = self.context.reading;
        let last = reading.get(body.tokens.end.checked_sub(1)?)?;
        let after = reading.range(body.tokens.end..body.tokens.end + WORDS);
        let row: Vec<Token<'a>> = after
            .take_while(|t| {
                t.sentence() == last.sentence() && matches!(t.pos(), Pos::Adj | Pos::Noun) && self.mention(*t).is_none()
            })
            .collect();
        let lemma = |t: &Token<'_>| t.lemma().to_lowercase();
        let thing = |t: &Token<'_>| {
            is_agreement_noun(&lemma(t)) || matches!(lemma(t).as_str(), "bloc" | "area" | "zone" | "market" | "union")
        };
        let noun = row.iter().position(thing).filter(|at| *at > 0)?;
        (!row[..noun].iter().any(|t| is_step_word(&lemma(t)))).then(|| row[noun])
    }

    /// The nameless agreement with a matter ("a fishing deal") that the two sentences before brought up, where nothing else that could be called
    /// so was named since.
    fn brought_up(&self, token: Token<'a>) -> Option<EntityId> {
        let reading = self.context.reading;
        let first = token.sentence().saturating_sub(2);
        let start = reading.sentences().get(first).map_or(0, |s| s.tokens.start);
        for before in reading.range(start.min(token.i)..token.i).rev() {
            if let Some(mention) = self.mention(before) {
                let entity = self.context.names.entity_of(mention);
                if entity.kind == EntityKind::Agreement || self.main == Some(&entity.id) {
                    return None;
                }
            } else if is_agreement_noun(&before.lemma().to_lowercase()) && before.pos() == Pos::Noun {
                let new = before.child("det").is_some_and(|d| matches!(d.lemma(), "a" | "an"));
                return (new && topics(before).next().is_some()).then(|| self.nameless(before));
            }
        }
        None
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
        slug.push_str(match lemma.as_str() {
            _ if plain => "agreement",
            "truce" => "ceasefire",
            other => other,
        });
        EntityId(slug)
    }
}

/// The words before the noun of an agreement that say what it is about: its compounds, and adjectives of matters ("nuclear"), not of
/// judgement ("final", "initial", "limited").
pub(in crate::extract::stage) fn topics<'a>(noun: Token<'a>) -> impl Iterator<Item = Token<'a>> {
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

/// Names with a treaty noun that are none: a convention that no table knows is a meeting, unless it is called after a place ("the
/// Republican National Convention"); a declaration of independence binds nobody else.
pub(in crate::extract::stage) fn is_no_agreement(agreement: &Entity) -> bool {
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

/// Whether an article dwells on an entity: names it in a heading or its first two paragraphs, or more than once.
fn is_dwelt_on(context: Context<'_>, entity: &Entity) -> bool {
    let blocks = &context.article.blocks;
    let body = blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).nth(1).map_or(usize::MAX, |b| b.span.end);
    entity.mentions.len() > 1 || entity.mentions.iter().any(|m| m.end <= body || is_in_heading(context, *m))
}

/// The agreement that an article is about: its only one that states join, else one that it names twice as often as any other;
/// never one that is named once in passing.
pub(in crate::extract::stage) fn main_agreement(context: Context<'_>) -> Option<&EntityId> {
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

pub(in crate::extract::stage) fn is_in_heading(context: Context<'_>, span: Span) -> bool {
    let mut blocks = context.article.blocks.iter();
    blocks.any(|b| matches!(b.kind, BlockKind::Headline | BlockKind::Subhead) && b.span.contains(span))
}
