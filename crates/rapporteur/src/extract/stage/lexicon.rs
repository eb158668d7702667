//! The tables of this room, read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use language::{Pos, Token};

/// Rows of a table: cells by tab, comment lines and empty lines left out.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

fn cell(row: &[&'static str], i: usize) -> &'static str {
    row.get(i).copied().unwrap_or("")
}

/// A way to name a step: a line of `data/en/stage_predicates.tsv`.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) lemma: &'static str,
    /// The second word of "sign on", "take part".
    pub(super) particle: Option<&'static str>,
    pub(super) act: &'static str,
    pub(super) agreement: Vec<&'static str>,
    pub(super) participant: Vec<&'static str>,
    /// Whether the agreement may be left out.
    pub(super) open: bool,
}

type Entries = BTreeMap<&'static str, Vec<Entry>>;

static VERBS: LazyLock<Entries> = LazyLock::new(|| read_entries("verb"));

/// The entries of that verb, whatever the parser takes the word for.
pub(super) fn verbs(lemma: &str) -> &'static [Entry] {
    VERBS.get(lemma).map_or(&[], Vec::as_slice)
}

/// The entries of that lemma; those with a particle first.
pub(super) fn entries(token: Token<'_>) -> &'static [Entry] {
    static NOUNS: LazyLock<Entries> = LazyLock::new(|| read_entries("noun"));
    let table = if token.pos() == Pos::Verb || token.tag().starts_with("VB") {
        &VERBS
    } else if matches!(token.pos(), Pos::Noun | Pos::Propn) {
        &NOUNS
    } else {
        return &[];
    };
    table.get(token.lemma().to_lowercase().as_str()).map_or(&[], Vec::as_slice)
}

fn read_entries(pos: &str) -> Entries {
    let mut table = Entries::new();
    for row in rows(include_str!("../../../../../data/en/stage_predicates.tsv")).filter(|r| cell(r, 1) == pos) {
        for lemma in cell(&row, 0).split(' ') {
            let mut words = lemma.splitn(2, '_');
            let first = words.next().unwrap_or("");
            table.entry(first).or_default().push(Entry {
                lemma: first,
                particle: words.next(),
                act: cell(&row, 2),
                agreement: cell(&row, 3).split(' ').collect(),
                participant: cell(&row, 4).split(' ').collect(),
                open: cell(&row, 5) == "yes",
            });
        }
    }
    table.values_mut().for_each(|v| v.sort_by_key(|e| e.particle.is_none()));
    table
}

type Intervals = BTreeMap<(&'static str, &'static str), (u8, u8, &'static str)>;

/// Lowest and highest rank of an act as told, and the side state that it is.
pub(super) fn interval(act: &str, told: &str) -> Option<(u8, u8, &'static str)> {
    static TABLE: LazyLock<Intervals> = LazyLock::new(|| {
        let read = rows(include_str!("../../../../../data/en/stage_intervals.tsv")).filter_map(|r| {
            Some(((cell(&r, 0), cell(&r, 1)), (cell(&r, 2).parse().ok()?, cell(&r, 3).parse().ok()?, cell(&r, 4))))
        });
        read.collect()
    });
    TABLE.get(&(act, told)).copied()
}

/// A table of words and the part each plays.
#[derive(Debug)]
pub(super) struct Cues(BTreeMap<(&'static str, &'static str), &'static str>);

impl Cues {
    fn read(text: &'static str, word: usize, part: usize, value: usize) -> Cues {
        Cues(rows(text).map(|r| ((cell(&r, part), cell(&r, word)), cell(&r, value))).collect())
    }

    /// What the table says of the word in that part.
    pub(super) fn value(&self, part: &str, word: &str) -> Option<&'static str> {
        self.0.get(&(part, word)).copied()
    }

    /// Whether the word plays that part.
    pub(super) fn has(&self, part: &str, word: &str) -> bool {
        self.0.contains_key(&(part, word))
    }

    /// Whether the token's lemma plays that part, or its lemma with its particle.
    pub(super) fn plays(&self, part: &str, token: Token<'_>) -> bool {
        let lemma = token.lemma().to_lowercase();
        self.has(part, &lemma) || particles(token).any(|p| self.has(part, &format!("{lemma}_{p}")))
    }
}

/// Words of a verb that belong to it: "on" of "sign on", "part" of "take part", "aboard".
pub(super) fn particles<'a>(token: Token<'a>) -> impl Iterator<Item = String> + 'a {
    let own = token.children().filter(move |c| c.i > token.i && matches!(c.dep(), "prt" | "advmod" | "dobj" | "prep"));
    let own = own.filter(move |c| c.i <= token.i + 3 || c.dep() == "prt");
    own.map(|c| c.text().to_lowercase())
}

/// Cues of candidates.
pub(super) fn candidates() -> &'static Cues {
    static TABLE: LazyLock<Cues> =
        LazyLock::new(|| Cues::read(include_str!("../../../../../data/en/candidate_frames.tsv"), 0, 1, 2));
    &TABLE
}

/// Cues of members.
pub(super) fn members() -> &'static Cues {
    static TABLE: LazyLock<Cues> =
        LazyLock::new(|| Cues::read(include_str!("../../../../../data/en/member_frames.tsv"), 0, 1, 2));
    &TABLE
}

/// Cues of conditions and blockers, by frame.
pub(super) fn conditions() -> &'static Cues {
    static TABLE: LazyLock<Cues> =
        LazyLock::new(|| Cues::read(include_str!("../../../../../data/en/condition_cues.tsv"), 0, 2, 1));
    &TABLE
}

/// Words of being let off a measure.
pub(super) fn relief() -> &'static Cues {
    static TABLE: LazyLock<Cues> =
        LazyLock::new(|| Cues::read(include_str!("../../../../../data/en/relief_words.tsv"), 0, 1, 2));
    &TABLE
}

/// Common nouns that stand for an agreement or a body that states join.
pub(super) fn is_agreement_noun(lemma: &str) -> bool {
    const NOUNS: [&str; 25] = [
        "accord",
        "agreement",
        "alliance",
        "arrangement",
        "bloc",
        "ceasefire",
        "charter",
        "club",
        "coalition",
        "convention",
        "deal",
        "declaration",
        "exemption",
        "framework",
        "initiative",
        "memorandum",
        "moratorium",
        "pact",
        "partnership",
        "protocol",
        "scheme",
        "statute",
        "treaty",
        "truce",
        "union",
    ];
    NOUNS.contains(&lemma)
}

/// Whether an agreement on that is one between states: "trade", "peace".
pub(super) fn is_matter_of_states(word: &str) -> bool {
    const MATTERS: [&str; 32] = [
        "accession",
        "arms",
        "association",
        "border",
        "brexit",
        "climate",
        "cooperation",
        "customs",
        "defence",
        "defense",
        "disarmament",
        "extradition",
        "fisheries",
        "fishing",
        "free-trade",
        "friendship",
        "gas",
        "grain",
        "maritime",
        "migration",
        "military",
        "missile",
        "nonproliferation",
        "nuclear",
        "partnership",
        "peace",
        "refugee",
        "security",
        "tariff",
        "trade",
        "visa",
        "weapons",
    ];
    MATTERS.contains(&word)
}

/// Common nouns that stand for a state.
pub(super) fn is_state_noun(lemma: &str) -> bool {
    const NOUNS: [&str; 20] = [
        "addition",
        "ally",
        "candidate",
        "capital",
        "country",
        "emirate",
        "entrant",
        "government",
        "joiner",
        "kingdom",
        "member",
        "monarchy",
        "nation",
        "neighbour",
        "neighbor",
        "newcomer",
        "partner",
        "power",
        "republic",
        "state",
    ];
    NOUNS.contains(&lemma)
}

/// A standing beside membership: "observers", "dialogue partner status", "an associate member".
pub(super) fn is_lesser_standing(noun: Token<'_>) -> bool {
    let lesser =
        |t: Token<'_>| matches!(t.lemma().to_lowercase().as_str(), "observer" | "guest" | "associate" | "dialogue");
    lesser(noun) || noun.children().any(|c| c.i < noun.i && (lesser(c) || c.children().any(|d| d.i < c.i && lesser(d))))
}

/// Common nouns for those who act for a state.
pub(super) fn is_state_body(lemma: &str) -> bool {
    const NOUNS: [&str; 20] = [
        "administration",
        "ambassador",
        "authority",
        "cabinet",
        "chancellor",
        "delegation",
        "diplomat",
        "envoy",
        "government",
        "house",
        "king",
        "leader",
        "leadership",
        "minister",
        "ministry",
        "official",
        "parliament",
        "premier",
        "president",
        "senate",
    ];
    NOUNS.contains(&lemma)
}
