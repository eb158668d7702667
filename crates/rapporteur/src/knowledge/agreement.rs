//! Agreements, bodies, memberships, outlets.

use super::date::Day;
use super::table::Table;

const AGREEMENTS: Table =
    Table { file: "data/agreements.tsv", columns: 12, text: include_str!("../../../../data/agreements.tsv") };
const ORGANISATIONS: Table =
    Table { file: "data/organisations.tsv", columns: 7, text: include_str!("../../../../data/organisations.tsv") };
const MEMBERSHIPS: Table =
    Table { file: "data/memberships.tsv", columns: 7, text: include_str!("../../../../data/memberships.tsv") };
const OUTLETS: Table =
    Table { file: "data/outlets.tsv", columns: 8, text: include_str!("../../../../data/outlets.tsv") };

/// An agreement, or a body that states join.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Without `agreement:`.
    pub id: &'static str,
    /// As printed.
    pub name: &'static str,
    /// Other full names.
    pub aliases: Vec<&'static str>,
    /// "the accords", "the pact": good only after a full name in the same article.
    pub short_forms: Vec<&'static str>,
    /// `treaty`, `political_commitment` ... of the vocabulary.
    pub instrument: &'static str,
    /// What it is about.
    pub kind: &'static str,
    /// Wikidata item.
    pub wikidata: Option<&'static str>,
    /// Words of joining that are its own: "signatory", "ally".
    pub join_words: Vec<&'static str>,
}

/// A body that has a voice: an international organisation, a ministry, a movement.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Without `org:`.
    pub id: &'static str,
    /// As printed.
    pub name: &'static str,
    /// Other names.
    pub aliases: Vec<&'static str>,
    /// `alliance`, `agency`, `court` ...
    pub kind: &'static str,
    /// The state it belongs to.
    pub state: Option<&'static str>,
}

/// How a state belongs to an agreement, over a time.
#[derive(Clone, Debug)]
pub struct Membership {
    /// Identifier of the agreement.
    pub agreement: &'static str,
    /// ISO code; for a few agreements an identifier of an organisation.
    pub state: &'static str,
    /// `member`, `counterpart` ... as the table has it.
    pub status: MembershipStatus,
    /// A stage of the vocabulary.
    pub stage: &'static str,
    /// From when.
    pub from: Option<Day>,
    /// Until when; `None` while it lasts.
    pub to: Option<Day>,
}

/// The table's word for how a state belongs.
pub type MembershipStatus = &'static str;

/// Who publishes: an outlet or an agency.
#[derive(Clone, Debug)]
pub struct Publisher {
    /// Its identifier.
    pub id: &'static str,
    /// Its usual name.
    pub name: &'static str,
    /// Other names.
    pub aliases: Vec<&'static str>,
    /// `agency`, `newspaper` ...
    pub kind: &'static str,
    /// Who owns it.
    pub owner: Option<&'static str>,
    /// Its web domain.
    pub domain: Option<&'static str>,
}

pub(super) fn agreements() -> Vec<Agreement> {
    let read = AGREEMENTS.rows().map(|r| Agreement {
        id: r.text(0),
        name: r.text(1),
        aliases: r.list(2),
        short_forms: r.list(3),
        instrument: r.text(4),
        kind: r.text(5),
        wikidata: r.some(9),
        join_words: r.list(10),
    });
    read.collect()
}

/// The body that states join by an agreement: NATO by the North Atlantic Treaty. `None` for an agreement that is no body's.
/// The table says so by kind `organisation` and by an alias "NATO membership" or the body's own name.
pub(super) fn body_of<'a>(agreement: &Agreement, bodies: &'a [Organisation]) -> Option<&'a Organisation> {
    if agreement.kind != "organisation" {
        return None;
    }
    let names = || std::iter::once(agreement.name).chain(agreement.aliases.iter().copied());
    bodies.iter().find(|o| {
        let mut own = std::iter::once(o.name).chain(o.aliases.iter().copied());
        own.any(|own| names().any(|n| n == own || n.strip_suffix(" membership") == Some(own)))
    })
}

pub(super) fn organisations() -> Vec<Organisation> {
    let read = ORGANISATIONS.rows().map(|r| Organisation {
        id: r.text(0),
        name: r.text(1),
        aliases: r.list(2),
        kind: r.text(3),
        state: r.some(4),
    });
    read.collect()
}

pub(super) fn memberships() -> Vec<Membership> {
    let read = MEMBERSHIPS.rows().map(|r| Membership {
        agreement: r.text(0),
        state: r.text(1),
        status: r.text(2),
        stage: r.text(3),
        from: Day::first(r.text(4)),
        to: Day::last(r.text(5)),
    });
    read.collect()
}

pub(super) fn outlets() -> Vec<Publisher> {
    let read = OUTLETS.rows().map(|r| Publisher {
        id: r.text(0),
        name: r.text(1),
        aliases: r.list(2),
        kind: r.text(3),
        owner: r.some(5),
        domain: r.some(6),
    });
    read.collect()
}

#[cfg(test)]
pub(super) fn faults() -> Vec<String> {
    [AGREEMENTS, ORGANISATIONS, MEMBERSHIPS, OUTLETS].into_iter().flat_map(Table::faults).collect()
}
