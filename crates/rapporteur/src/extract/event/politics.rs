//! Whether an act is politics: one of its sides must be an actor of politics, or the act must be political by its nature.
//!
//! PLOVER is about political actors: states, governments, organisations, armed groups, holders of office, parties, and groups in
//! politics such as protesters, troops and refugees. What private persons, companies and things do to each other is none.

use std::collections::BTreeSet;

use language::{Pos, Token};

use super::super::{Context, EntityId, EntityKind, Plover, Role};
use super::frame::{Framed, lemma};
use super::lexicon::{lexicon, sector};
use super::side::Sides;
use crate::knowledge::knowledge;

/// Sectors of private life, by CAMEO's role codes.
const PRIVATE: [&str; 3] = ["CVL", "BUS", "MED"];
/// CAMEO codes of what only holders of power do or suffer: recognition, torture, resignation, sanctions and their end, ceasefires and their
/// breach, troops, states of emergency, diplomats sent away.
const OF_POWER: [&str; 14] =
    ["054", "0831", "085", "087", "0871", "0872", "152", "154", "161", "163", "166", "1724", "1822", "196"];
/// How many words of an act are looked at for weapons.
const WIDEST: usize = 60;

/// Who of an article is an actor of politics.
pub(super) struct Politics<'a> {
    context: Context<'a>,
    /// Persons with an office in the article.
    officials: BTreeSet<&'a EntityId>,
}

impl<'a> Politics<'a> {
    pub(super) fn new(context: Context<'a>, roles: &'a [Role]) -> Politics<'a> {
        Politics { context, officials: roles.iter().map(|r| &r.person).collect() }
    }

    /// Whether an act between these sides is politics.
    pub(super) fn holds(&self, token: Token<'_>, framed: &Framed, both: &[EntityId], sides: &Sides<'_>) -> bool {
        both.iter().any(|id| self.is_actor(id, framed.kind.plover, sides)) || is_political(token, framed)
    }

    fn is_actor(&self, id: &EntityId, plover: Plover, sides: &Sides<'_>) -> bool {
        let Some((scheme, key)) = id.0.split_once(':') else { return false };
        match scheme {
            "iso3" | "place" => return true,
            "org" => {
                return knowledge().organisation(key).is_some_and(|o| !matches!(o.kind, "company" | "bank"));
            }
            "person" if knowledge().person(key).is_some() => return true,
            _ => {}
        }
        if let Some((sector, state)) = sides.sector_of(id) {
            // "Kenyan workers" speak for themselves in politics; a Kenyan man who kills does not. What is done to the press is politics.
            let against_press = sector == "MED" && matches!(plover, Plover::Coerce | Plover::Assault);
            return !PRIVATE.contains(&sector) || against_press || state && plover != Plover::Assault;
        }
        let named = self.context.names.get(id).map(|e| e.kind).or_else(|| sides.kind_of(id));
        match named {
            Some(EntityKind::Person) => self.officials.contains(id) || self.is_titled(id),
            Some(_) => true,
            None => false,
        }
    }

    /// Whether a word of office or arms stands by the name: "Sheriff Lee", "Colonel X", "the opposition leader, X".
    fn is_titled(&self, id: &EntityId) -> bool {
        let names = self.context.names;
        let reading = self.context.reading;
        let public = |t: Token<'_>| {
            matches!(t.pos(), Pos::Noun | Pos::Propn) && sector(&lemma(t)).is_some_and(|s| !PRIVATE.contains(&s))
        };
        names.get(id).is_some_and(|entity| {
            entity.mentions.iter().take(6).any(|mention| {
                let tokens = reading.tokens_in(*mention);
                let Some(head) = reading.head_of(tokens.clone()) else { return false };
                let beside = head.children().filter(|c| matches!(c.dep(), "compound" | "nmod" | "appos"));
                let above = head.head().filter(|_| matches!(head.dep(), "appos" | "compound"));
                reading.range(tokens).any(public) || beside.into_iter().any(public) || above.is_some_and(public)
            })
        })
    }
}

/// Whether it is politics whoever does it: an act of power, a protest, a strike and its end, violence with weapons
/// of war.
fn is_political(token: Token<'_>, framed: &Framed) -> bool {
    let reading = token.reading();
    let protests = |i: &usize| {
        reading.get(*i).is_some_and(|t| {
            let word = lemma(t);
            lexicon().is_in("strike", &word) || lexicon().is_in("PROTEST", &word)
        })
    };
    match framed.kind.plover {
        _ if framed.core.is_some_and(|code| OF_POWER.contains(&code)) => true,
        Plover::Protest => true,
        Plover::Assault => {
            let mut words = reading.range(token.subtree()).take(WIDEST);
            words.any(|t| lexicon().is_in("warlike", &lemma(t)))
        }
        _ => framed.inner.iter().any(protests),
    }
}
