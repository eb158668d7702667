//! Who acts and who is acted on: linked names, and nouns of a sector with their state.

use std::collections::{BTreeMap, BTreeSet};

use language::{Pos, Span, Token};

use super::super::fold::slug;
use super::super::quotation::lexicon as cue;
use super::super::{Context, Entity, EntityId, EntityKind, Plover};
use super::frame::{Framed, lemma};
use super::lexicon::{is_sector, lexicon, sector};
use crate::knowledge::knowledge;

/// How far into a noun phrase a name is looked for: "an arms depot of the Syrian army".
const DEPTH: usize = 3;
/// How many of [`TOWARDS`] lead to the other side of an act on equal terms.
const MUTUAL: usize = 4;
/// Prepositions that lead to the one acted on, the likeliest first.
const TOWARDS: [&str; 18] = [
    "to", "with", "against", "from", "on", "upon", "for", "into", "between", "toward", "towards", "at", "of", "over",
    "in", "along", "outside", "among",
];

/// Prepositions of place; how many words of an act are looked at for one.
const PLACED: [&str; 7] = ["in", "at", "near", "outside", "inside", "around", "across"];
const WIDEST: usize = 60;

/// The identifier by its own words of an entity that only a noun of a sector names, and no state: "five NATO countries" of one article are
/// not "two more countries" of another, though both are of the sector of states. `None` of any other entity.
pub(crate) fn by_own_words(entity: &Entity) -> Option<EntityId> {
    let code = entity.id.0.strip_prefix("name:")?;
    let words = slug(&entity.name);
    let unnamed = entity.kind == EntityKind::Group && entity.iso3.is_none() && is_sector(code);
    (unnamed && !words.is_empty()).then(|| EntityId(format!("name:{words}")))
}

/// Sides of events, and the entities that only sector nouns name ("Israeli police").
pub(super) struct Sides<'a> {
    context: Context<'a>,
    sectors: BTreeMap<String, Entity>,
    /// Identifiers that the article's names have.
    named: BTreeSet<&'a str>,
    /// Sector of what a sector noun named, and whether its state is known.
    coded: BTreeMap<EntityId, (&'static str, bool)>,
}

impl<'a> Sides<'a> {
    pub(super) fn new(context: Context<'a>) -> Sides<'a> {
        let named = context.names.found.iter().map(|e| e.id.0.as_str()).collect();
        Sides { context, sectors: BTreeMap::new(), named, coded: BTreeMap::new() }
    }

    /// The entities that sector nouns name, those of the events only; in order of their identifiers, mentions in text order.
    pub(super) fn sectors(self, used: impl Fn(&EntityId) -> bool) -> Vec<Entity> {
        let mut found: Vec<Entity> = self.sectors.into_values().filter(|e| used(&e.id)).collect();
        for entity in &mut found {
            entity.mentions.sort_by_key(|m| (m.start, m.end));
            entity.mentions.dedup();
        }
        found
    }

    /// The sector of an entity that only a sector noun names, and whether its state is known.
    pub(super) fn sector_of(&self, id: &EntityId) -> Option<(&'static str, bool)> {
        self.coded.get(id).copied()
    }

    /// The kind of an entity that only a side names.
    pub(super) fn kind_of(&self, id: &EntityId) -> Option<EntityKind> {
        id.0.strip_prefix("name:").and_then(|key| self.sectors.get(key)).map(|e| e.kind)
    }

    /// Actors and recipients of an act.
    pub(super) fn of(&mut self, token: Token<'a>, framed: &Framed) -> (Vec<EntityId>, Vec<EntityId>) {
        if framed.is_duty {
            let speaker = token.head().and_then(|h| h.subject());
            let asked = token.surface_subject().map(|s| self.named(s)).unwrap_or_default();
            return (speaker.map(|s| self.named(s)).unwrap_or_default(), asked);
        }
        let mut actors = self.actors(token);
        // "Trump and Putin agreed to share information on Syria": with each other, not with Syria.
        let mutual = actors.len() > 1
            && matches!(
                framed.kind.plover,
                Plover::Consult | Plover::Agree | Plover::Support | Plover::Cooperate | Plover::Reject
            );
        let mut recipients = self.recipients(token, framed, &actors, if mutual { MUTUAL } else { TOWARDS.len() });
        if recipients.is_empty() && mutual {
            recipients.clone_from(&actors);
        }
        if actors.is_empty()
            && token.is_passive()
            && let Some(place) = self.place_of_passive(token, &recipients)
        {
            actors.push(place);
        }
        (actors, recipients)
    }

    fn actors(&mut self, token: Token<'a>) -> Vec<EntityId> {
        if token.pos() == Pos::Noun {
            let owner = token.children().filter(|c| matches!(c.dep(), "poss" | "compound" | "amod" | "nmod"));
            let by =
                token.children().filter(|c| c.dep() == "prep" && c.lemma() == "by").filter_map(|p| p.child("pobj"));
            for owner in owner.chain(by) {
                let found = self.named(owner);
                if !found.is_empty() {
                    return found;
                }
            }
            return Vec::new();
        }
        // "The council was set to meet": nobody sets it.
        if matches!(token.lemma(), "set" | "schedule" | "slate" | "poise" | "expect") && token.child("xcomp").is_some()
        {
            return token.surface_subject().map(|s| self.named(s)).unwrap_or_default();
        }
        // "The court jailed two officers for torturing them": the officers did.
        if let Some(done) = token.head().filter(|h| token.dep() == "pcomp" && h.lemma() == "for").and_then(|h| h.head())
            && matches!(
                done.lemma(),
                "jail" | "sentence" | "imprison" | "convict" | "arrest" | "charge" | "execute" | "fine"
            )
        {
            return done.object().map(|o| self.named(o)).unwrap_or_default();
        }
        let Some(subject) = token.subject() else { return Vec::new() };
        let found = self.named(subject);
        let reporter = token.head().filter(|h| token.dep() == "ccomp" && cue::verb(*h).is_some());
        match reporter.and_then(|r| r.subject()) {
            // "The rebels said they will release": what the pronoun is not linked to, its speaker is.
            Some(speaker) if found.is_empty() && subject.pos() == Pos::Pron => self.named(speaker),
            _ => found,
        }
    }

    /// Those acted on: objects first, then what prepositions lead to, then the same of the acts within.
    fn recipients(&mut self, token: Token<'a>, framed: &Framed, actors: &[EntityId], ways: usize) -> Vec<EntityId> {
        let reading = self.context.reading;
        let predicates: Vec<Token<'a>> =
            std::iter::once(token.i).chain(framed.inner.iter().copied()).filter_map(|i| reading.get(i)).collect();
        for object in [true, false] {
            for predicate in &predicates {
                let mut places = if object { objects(*predicate) } else { towards(*predicate, ways) };
                places.retain(|p| !(framed.inner.contains(&p.i) || object && is_means(*p, framed.kind.plover)));
                for place in places {
                    let mut found = self.named(place);
                    found.retain(|id| !actors.contains(id));
                    if !found.is_empty() {
                        return found;
                    }
                }
            }
        }
        // "rejected the Indian proposal", "reached a deal with": the owner of an act within.
        for inner in predicates.iter().skip(1).filter(|t| matches!(t.pos(), Pos::Noun | Pos::Propn)) {
            let mut found = self.within(*inner, DEPTH);
            found.retain(|id| !actors.contains(id));
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// "were freed in Libya": the state in which it was done.
    fn place_of_passive(&mut self, token: Token<'a>, recipients: &[EntityId]) -> Option<EntityId> {
        let preps = token.children().filter(|c| c.dep() == "prep" && matches!(c.lemma(), "in" | "by" | "from"));
        let found = preps.filter_map(|p| p.child("pobj")).flat_map(|o| self.named(o)).collect::<Vec<_>>();
        found.into_iter().find(|id| id.0.starts_with("iso3:") && !recipients.contains(id))
    }

    /// Where it took place: the first place or state after "in", "at" or "near" that belongs to it and is no side of it.
    pub(super) fn place(&self, token: Token<'a>, framed: &Framed, sides: &[EntityId]) -> Option<EntityId> {
        let reading = self.context.reading;
        let own = |i: usize| i == token.i || framed.inner.contains(&i);
        // Violence is where its victims are; a statement about a city's mayor is not in that city.
        let at_object = matches!(
            framed.kind.plover,
            Plover::Assault | Plover::Coerce | Plover::Protest | Plover::Mobilize | Plover::Consult
        );
        let acts = std::iter::once(token.i).chain(framed.inner.iter().copied()).filter_map(|i| reading.get(i));
        for act in acts {
            let preps = reading.range(act.subtree()).take(WIDEST);
            let preps = preps.filter(|p| p.dep() == "prep" && PLACED.contains(&p.lemma()));
            for prep in preps.filter(|p| belongs(*p, &own, at_object, self.context)) {
                let object = prep.child("pobj");
                if let Some(id) = object.and_then(|o| self.spot(o, 2)).filter(|id| !sides.contains(id)) {
                    return Some(id);
                }
            }
            // "the Oslo talks".
            let before = act.children().filter(|c| c.i < act.i && matches!(c.dep(), "compound" | "nmod"));
            let named = before.filter_map(|c| self.context.names.entity_at(c.i));
            if let Some(place) = named.into_iter().find(|e| e.kind == EntityKind::Place && !sides.contains(&e.id)) {
                return Some(place.id.clone());
            }
        }
        None
    }

    /// The place that a noun names, or that it lies in: "a hotel in Geneva".
    fn spot(&self, token: Token<'a>, depth: usize) -> Option<EntityId> {
        let is_spot = |e: &&Entity| matches!(e.kind, EntityKind::State | EntityKind::Place);
        if let Some(place) = self.context.names.entity_at(token.i).filter(is_spot) {
            return Some(place.id.clone());
        }
        let depth = depth.checked_sub(1)?;
        let preps = token.children().filter(|c| c.dep() == "prep" && matches!(c.lemma(), "in" | "at" | "of" | "near"));
        let near = token.children().filter(|c| matches!(c.dep(), "compound" | "poss" | "appos"));
        preps.filter_map(|p| p.child("pobj")).chain(near).find_map(|o| self.spot(o, depth))
    }

    /// What the noun phrase names, with its coordination; empty where it names nothing.
    fn named(&mut self, token: Token<'a>) -> Vec<EntityId> {
        let mut found = Vec::new();
        for part in token.conjuncts().into_iter().filter(|p| p.i >= token.i).take(12) {
            for id in self.one(part, DEPTH) {
                if !found.contains(&id) {
                    found.push(id);
                }
            }
        }
        found
    }

    fn one(&mut self, token: Token<'a>, depth: usize) -> Vec<EntityId> {
        if let Some(entity) = self.context.names.entity_at(token.i).filter(|e| e.kind != EntityKind::Agreement) {
            return vec![entity.id.clone()];
        }
        // "A state of emergency" is no polity.
        let condition = token.lemma() == "state" && token.children().any(|c| c.dep() == "prep" && c.lemma() == "of");
        if let Some(sector) =
            sector(&lemma(token)).filter(|_| matches!(token.pos(), Pos::Noun | Pos::Propn) && !condition)
        {
            return vec![self.of_sector(token, sector)];
        }
        let inside = self.within(token, depth);
        match self.stranger(token).filter(|_| inside.is_empty()) {
            Some(id) => vec![id],
            None => inside,
        }
    }

    /// A proper noun that neither tables nor the language model know for a name: "Gondor".
    fn stranger(&mut self, token: Token<'a>) -> Option<EntityId> {
        let kind = match token.entity_label() {
            None | Some("NORP" | "FAC") => EntityKind::Group,
            Some("PERSON") => EntityKind::Person,
            Some("ORG") => EntityKind::Organisation,
            Some("GPE" | "LOC") => EntityKind::Place,
            Some(_) => return None,
        };
        let capital = token.text().chars().next().is_some_and(char::is_uppercase);
        if token.pos() != Pos::Propn || !capital || self.context.names.mention_at(token.i).is_some() {
            return None;
        }
        Some(self.put(token, None, None, kind))
    }

    /// The first name inside a phrase that is none itself.
    fn within(&mut self, token: Token<'a>, depth: usize) -> Vec<EntityId> {
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        for deps in [&["appos"][..], &["poss", "compound", "amod", "nmod"], &["prep", "acl", "relcl"]] {
            for child in token.children().filter(|c| deps.contains(&c.dep())) {
                let found = match child.dep() {
                    "prep" | "acl" | "relcl" => {
                        let agent = child.child("agent");
                        let holder = agent.unwrap_or(child);
                        holder.child_of(&["pobj", "dobj"]).map(|o| self.one(o, depth)).unwrap_or_default()
                    }
                    _ => self.one(child, depth),
                };
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// The entity of a sector noun: the state itself for its government, else sector and state.
    fn of_sector(&mut self, token: Token<'a>, sector: &'static str) -> EntityId {
        let state = self.state_of(token);
        if let Some(state) = state.as_ref().filter(|_| sector == "GOV") {
            return state.clone();
        }
        let iso3 = state.as_ref().and_then(|s| s.0.strip_prefix("iso3:"));
        let key = slug(&iso3.map_or(sector.to_owned(), |iso3| format!("{iso3}-{sector}")));
        let id = self.put(token, Some(key), iso3, EntityKind::Group);
        self.coded.insert(id.clone(), (sector, iso3.is_some()));
        id
    }

    /// Adds a mention of what no name covers; without a key the words themselves are it.
    fn put(&mut self, token: Token<'a>, key: Option<String>, iso3: Option<&str>, kind: EntityKind) -> EntityId {
        let is_sector = key.is_some();
        let mut start = token.i;
        while let Some(before) = self.context.reading.get(start.wrapping_sub(1))
            && (before.dep() == "compound"
                || is_sector && matches!(before.dep(), "amod" | "nmod" | "nummod" | "poss" | "case"))
            && before.is_under(token)
        {
            start -= 1;
        }
        let span: Span = self.context.reading.span(start..token.i + 1);
        let name = span.of(self.context.reading.text());
        let key = key.unwrap_or_else(|| slug(name));
        let id = EntityId(format!("name:{key}"));
        if !self.named.contains(id.0.as_str()) {
            let entity = self.sectors.entry(key).or_insert_with(|| Entity {
                id: id.clone(),
                kind,
                name: name.to_owned(),
                iso3: iso3.map(str::to_owned),
                wikidata: None,
                mentions: Vec::new(),
            });
            entity.mentions.push(span);
        }
        id
    }

    /// The state of a sector noun: "Israeli police", "the police of Kenya", "Kenya's army".
    fn state_of(&self, token: Token<'a>) -> Option<EntityId> {
        let near = token.children().filter(|c| matches!(c.dep(), "poss" | "amod" | "compound" | "nmod"));
        let of = token.children().filter(|c| c.dep() == "prep" && matches!(c.lemma(), "of" | "in" | "from"));
        let places = near.chain(of.filter_map(|p| p.child("pobj")));
        let mut named = places.filter_map(|t| self.context.names.entity_at(t.i));
        named.find_map(|e| match e.kind {
            EntityKind::State => Some(e.id.clone()),
            // "the Trump administration".
            EntityKind::Person => {
                let person = e.id.0.strip_prefix("person:").and_then(|p| knowledge().person(p));
                person.and_then(|p| p.state).map(EntityId::state)
            }
            _ => None,
        })
    }
}

/// Whether a preposition belongs to the act: nothing stands between but names, or of violence those it is done to.
fn belongs(prep: Token<'_>, own: &dyn Fn(usize) -> bool, at_object: bool, context: Context<'_>) -> bool {
    for above in prep.ancestors().take(4) {
        if own(above.i) {
            return true;
        }
        let is_name = context.names.entity_at(above.i).is_some();
        let is_act = !lexicon().noun(&lemma(above)).is_empty();
        let passes = match above.pos() {
            Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num => is_name || at_object && !is_act,
            Pos::Adp => true,
            _ => false,
        };
        if !passes {
            return false;
        }
    }
    false
}

/// Whether the object is what the act is done with, not whom it is done to: troops sent, aid stopped, a pact signed.
fn is_means(object: Token<'_>, plover: Plover) -> bool {
    let lemma = lemma(object);
    !matches!(plover, Plover::Assault | Plover::Accuse | Plover::Coerce)
        && (["force", "arms", "aidgoods"].iter().any(|c| lexicon().is_in(c, &lemma))
            || !lexicon().noun(&lemma).is_empty())
}

fn objects(token: Token<'_>) -> Vec<Token<'_>> {
    let order = ["dative", "dobj", "nsubjpass"];
    let own = |dep: &'static str| token.children().filter(move |c| c.dep() == dep);
    order.into_iter().flat_map(own).collect()
}

/// What prepositions of a predicate and of its object lead to, the likeliest preposition first.
fn towards(token: Token<'_>, ways: usize) -> Vec<Token<'_>> {
    let holders = std::iter::once(token).chain(objects(token)).chain(token.children().filter(|c| c.dep() == "xcomp"));
    let preps = holders.flat_map(|h| h.children().filter(|c| matches!(c.dep(), "prep" | "dative" | "prt")));
    let mut preps: Vec<Token<'_>> = preps.filter(|p| p.child("pobj").is_some()).take(16).collect();
    let rank = |p: &Token<'_>| TOWARDS[..ways].iter().position(|w| p.text().eq_ignore_ascii_case(w)).unwrap_or(ways);
    preps.sort_by_key(rank);
    preps.retain(|p| rank(p) < ways);
    preps.into_iter().filter_map(|p| p.child("pobj")).collect()
}
