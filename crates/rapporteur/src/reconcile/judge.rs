//! How far a claim may be believed: its status, its grade, and the card of reasons.

//!
//! Status and grade are of different things: how many origins there are, and how likely the information is. The digit of the grade (NATO
//! STANAG 2511) is 1 confirmed by other independent sources, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be
//! judged; its letter is of the source, and F, not judged, until a record of that source says otherwise.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::origin::Origins;
use super::{Conflict, ConflictKind, Dependence, Verdict, gathered};
use crate::knowledge::knowledge;
use crate::provenance::{ArticleId, Passage};

/// Something said, with whose word it is at the end of every chain.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Claim {
    /// `claim:` and a number; the main claim first.
    pub id: String,
    pub claim: String,
    /// `primary`, `independent(n)`, `repeated(k)`, `single_source`, `contested`, `contradicted`, `stale`, `assessment`.
    pub status: String,
    pub origins: Vec<String>,
    pub articles: Vec<ArticleId>,
    pub spans: Vec<Passage>,
    /// STANAG 2511: a letter for the source, a digit for the information. `None` until judged.
    pub grade: Option<String>,
    pub reason: String,
    /// Whether it is what the story is about: the step of its state, else the event that its articles open with. At most one is.
    pub main: bool,
    pub card: Card,
}

/// Why a claim has its status and grade.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Card {
    /// Origin by origin, the articles through which it reached us.
    pub origins: Vec<Reach>,
    /// Identifiers of the edges of dependence between the articles that tell it.
    pub dependence: Vec<String>,
    /// What speaks against it.
    pub against: Vec<Objection>,
    /// What would raise the grade, in words.
    pub would_raise: Vec<String>,
    /// What would be left without each origin: the grade is the lowest of them.
    pub without: Vec<Without>,
    /// Whose word some of the articles give it as, who may be one of the origins: sources without a name, and outlets.
    #[serde(skip)]
    pub also: Vec<Reach>,
    /// Whether articles tell it beside words of which it is not known whose they are.
    #[serde(skip)]
    pub open: bool,
}

/// One origin of a claim, and who carried it here.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Reach {
    /// Identifier of the origin.
    pub origin: String,
    pub articles: Vec<ArticleId>,
    /// The articles among them that lean on others here or name no source, and so add nothing.
    pub repeating: Vec<ArticleId>,
}

/// Something that speaks against a claim.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Objection {
    pub what: String,
    pub spans: Vec<Passage>,
}

/// What a claim would be without one of its origins.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Without {
    pub origin: String,
    pub status: String,
    pub grade: String,
}

/// What a claim is by its kind or by what is known, whatever its origins count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Its origins are counted.
    #[default]
    Counted,
    /// The actor's own words in a text of its own.
    Primary,
    /// An office or state of an earlier day, by a dated table.
    Stale,
    /// A table or a text of the first hand says otherwise.
    Contradicted,
    /// An opinion.
    Assessment,
}

/// A claim with its origins, before it is judged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) claim: String,
    pub(crate) spans: Vec<Passage>,
    /// Never empty in a draft that is judged.
    pub(crate) reach: Vec<Reach>,
    /// Whether an article says whose word it is.
    pub(crate) sourced: bool,
    /// The articles beside whose words somebody speaks, of whom it cannot be told whether he said this, or who has no name.
    pub(crate) unclear: BTreeSet<ArticleId>,
    /// Whose word some articles give it as beside the origins that are counted: sources without a name, and outlets.
    pub(crate) also: Vec<Reach>,
    /// The origins that speak for a state whose step the claim is.
    pub(crate) parties: BTreeSet<String>,
    /// Whether the state whose step the claim is speaks of the agreement in some article, if not of this.
    pub(crate) heard: bool,
    /// The state whose step or standing it is, by its identifier and its name.
    pub(crate) of: Option<(String, String)>,
    /// Whether its own articles cannot all be right.
    pub(crate) contested: bool,
    /// Whether the claim is that somebody said something.
    pub(crate) quoted: bool,
    /// Whether the claim is all that a clause tells, and not only a state that it names.
    pub(crate) matter: bool,
    /// Versions of a quotation in other words.
    pub(crate) altered: Vec<Passage>,
    /// Whether the dated table of memberships has it.
    pub(crate) listed: bool,
    /// Whether it is what the story is about.
    pub(crate) main: bool,
    pub(crate) standing: Standing,
    /// What a standing that is not counted rests on, in words.
    pub(crate) because: Option<String>,
    /// Passages that say otherwise.
    pub(crate) against: Vec<Passage>,
}

impl Draft {
    pub(crate) fn new(claim: String, spans: Vec<Passage>, reach: Vec<Reach>) -> Draft {
        Draft { claim, spans, reach, ..Draft::default() }
    }
}

/// The claims in the order of the drafts, with status, grade and card.
pub(crate) fn judge(
    drafts: Vec<Draft>,
    origins: &Origins,
    dependence: &[Dependence],
    conflicts: &[Conflict],
) -> Vec<Claim> {
    let mut edges: BTreeMap<&ArticleId, Vec<&Dependence>> = BTreeMap::new();
    for edge in dependence {
        edges.entry(&edge.from).or_default().push(edge);
    }
    let claim = |(i, draft): (usize, Draft)| {
        let id = format!("claim:{}", i + 1);
        claim(id, draft, origins, &edges, conflicts)
    };
    drafts.into_iter().enumerate().map(claim).collect()
}

fn claim(
    id: String,
    draft: Draft,
    origins: &Origins,
    edges: &BTreeMap<&ArticleId, Vec<&Dependence>>,
    conflicts: &[Conflict],
) -> Claim {
    let (articles, spans) = gathered(draft.spans.clone());
    let mut against = objections(&draft, &spans, conflicts);
    let contested = draft.contested || against.iter().any(|(certain, _)| *certain);
    if !draft.against.is_empty() {
        against.push((true, Objection { what: "told otherwise".to_owned(), spans: draft.against.clone() }));
    }
    if !draft.altered.is_empty() {
        let what = "a version has other words".to_owned();
        against.push((false, Objection { what, spans: draft.altered.clone() }));
    }
    let all: BTreeSet<&str> = draft.reach.iter().map(|r| r.origin.as_str()).collect();
    let weigh = |left: &BTreeSet<&str>| {
        let party = left.iter().any(|o| draft.parties.contains(*o));
        digit(left.len(), party, contested, carriers(&draft, left), &draft)
    };
    let without: Vec<Without> = draft
        .reach
        .iter()
        .map(|reach| {
            let left: BTreeSet<&str> = all.iter().copied().filter(|o| *o != reach.origin).collect();
            let still: BTreeSet<&ArticleId> =
                draft.reach.iter().filter(|r| left.contains(r.origin.as_str())).flat_map(|r| &r.articles).collect();
            let status = match left.is_empty() {
                true => "nothing left".to_owned(),
                // Without the actor's own text the rest counts.
                false if draft.standing == Standing::Primary => {
                    status(Standing::Counted, left.len(), still.len(), contested)
                }
                false => status(draft.standing, left.len(), still.len(), contested),
            };
            Without { origin: reach.origin.clone(), status, grade: format!("F{}", weigh(&left)) }
        })
        .collect();
    // Of one origin there is nothing to leave out.
    let lowest = draft
        .reach
        .iter()
        .filter(|_| all.len() > 1)
        .map(|reach| weigh(&all.iter().copied().filter(|o| *o != reach.origin).collect()));
    let digit = lowest.chain([weigh(&all)]).max().unwrap_or(6);
    let among = |e: &&&Dependence| {
        e.to.as_ref().is_some_and(|to| all.contains(to.as_str()) || articles.iter().any(|a| a.0 == *to))
    };
    let dependence =
        articles.iter().flat_map(|a| edges.get(a).into_iter().flatten()).filter(among).map(|e| e.id.clone());
    let card = Card {
        dependence: dependence.collect(),
        would_raise: would_raise(&draft, origins, contested),
        against: against.into_iter().map(|(_, objection)| objection).collect(),
        without,
        origins: draft.reach.clone(),
        also: draft.also.clone(),
        open: !draft.unclear.is_empty(),
    };
    Claim {
        id,
        status: status(draft.standing, all.len(), articles.len(), contested),
        grade: Some(format!("F{digit}")),
        reason: reason(&draft, origins, &articles),
        main: draft.main,
        claim: draft.claim,
        origins: draft.reach.into_iter().map(|r| r.origin).collect(),
        articles,
        spans,
        card,
    }
}

/// `single_source`, `repeated(k)`, `independent(n)`: articles never add up to more than their origins; before these what is known.
fn status(standing: Standing, origins: usize, articles: usize, contested: bool) -> String {
    match (origins, articles) {
        _ if standing == Standing::Contradicted => "contradicted".to_owned(),
        _ if standing == Standing::Stale => "stale".to_owned(),
        _ if standing == Standing::Assessment => "assessment".to_owned(),
        _ if contested => "contested".to_owned(),
        _ if standing == Standing::Primary => "primary".to_owned(),
        (0 | 1, 0 | 1) => "single_source".to_owned(),
        (0 | 1, k) => format!("repeated({k})"),
        (n, _) => format!("independent({n})"),
    }
}

/// The articles that carry these origins here on their own account.
fn carriers(draft: &Draft, left: &BTreeSet<&str>) -> usize {
    let kept = draft.reach.iter().filter(|r| left.contains(r.origin.as_str()));
    kept.flat_map(|r| r.articles.iter().filter(|a| !r.repeating.contains(a))).collect::<BTreeSet<_>>().len()
}

/// The digit: 1 takes two origins, one of them a party, so that what is merely repeated never gets it. A party's word on its own step, or
/// a quotation that two articles carry, is probably true; one origin that is named possibly; a word that nobody stands for cannot be
/// judged, unless a dated table has it.
fn digit(origins: usize, party: bool, contested: bool, carriers: usize, draft: &Draft) -> u8 {
    match origins {
        0 => 6,
        // An opinion is neither true nor false; what a dated table denies is improbable.
        _ if draft.standing == Standing::Assessment => 6,
        _ if matches!(draft.standing, Standing::Stale | Standing::Contradicted) => 5,
        _ if contested => 4,
        1 if draft.standing == Standing::Primary => 2,
        1 if party || draft.listed || (draft.quoted && carriers > 1 && draft.altered.is_empty()) => 2,
        1 if draft.sourced => 3,
        1 => 6,
        _ if party => 1,
        _ => 2,
    }
}

/// Conflicts that the words of a claim are one side of; `true` where both cannot be right. A title is no objection to what its holder does,
/// nor a year in the clause to a state that it names.
fn objections(draft: &Draft, spans: &[Passage], conflicts: &[Conflict]) -> Vec<(bool, Objection)> {
    let meets = |p: &Passage| spans.iter().any(|s| s.article == p.article && s.span.overlaps(p.span));
    let mut found = Vec::new();
    for conflict in conflicts.iter().filter(|c| matches!(c.verdict, Verdict::Contradiction | Verdict::Tension)) {
        let about = match conflict.kind {
            ConflictKind::Quotation => draft.quoted,
            ConflictKind::Stage | ConflictKind::Negation | ConflictKind::Set => !draft.quoted,
            ConflictKind::Number | ConflictKind::Date | ConflictKind::Antonym => draft.matter,
            _ => false,
        };
        if !about || !conflict.positions.iter().any(|p| p.spans.iter().any(meets)) {
            continue;
        }
        // Of whom another step is in dispute, and who stands in all of the lists, is no side of it.
        let another =
            conflict.kind == ConflictKind::Stage && draft.of.as_ref().is_some_and(|of| conflict.about != of.0);
        let listed =
            |p: &super::Position| draft.of.as_ref().is_some_and(|of| p.value.split(", ").any(|name| name == of.1));
        if another || conflict.kind == ConflictKind::Set && conflict.positions.iter().all(listed) {
            continue;
        }
        let others = conflict.positions.iter().flat_map(|p| &p.spans).filter(|s| !meets(s)).cloned().collect();
        let certain = conflict.verdict == Verdict::Contradiction;
        found.push((certain, Objection { what: conflict.reason.clone(), spans: gathered(others).1 }));
    }
    found
}

/// What would raise the grade, in words.
fn would_raise(draft: &Draft, origins: &Origins, contested: bool) -> Vec<String> {
    let mut wanted = Vec::new();
    match draft.standing {
        Standing::Assessment => return wanted,
        Standing::Stale | Standing::Contradicted => {
            return vec!["a text that shows the table to be wrong or old".to_owned()];
        }
        Standing::Counted | Standing::Primary => {}
    }
    if contested {
        wanted.push("a text or a word that settles what is contested".to_owned());
    }
    let only = match &draft.reach[..] {
        [only] => Some(origins.kind(&only.origin)),
        _ => None,
    };
    // An outlet that is credited, and the text of a body, say where it comes from.
    let given = draft.sourced || draft.listed || matches!(only, Some("outlet" | "release"));
    if !given && draft.unclear.is_empty() && draft.also.is_empty() {
        wanted.push("an article that says where it has it from".to_owned());
    }
    if let [only] = &draft.reach[..]
        && !draft.quoted
    {
        let name = knowledge().in_sentence(origins.name(&only.origin));
        match origins.kind(&only.origin) {
            "unattributed" | "own_voice" => wanted.push("a source that is named".to_owned()),
            // Beside others whose word it may be, a second is not known to be missing.
            _ if !draft.unclear.is_empty() => {}
            _ if draft.also.iter().any(|r| origins.kind(&r.origin) != "unnamed") => {}
            _ if !draft.also.is_empty() => wanted.push("a second source that has a name".to_owned()),
            _ => wanted.push(format!("a second origin that does not go back to {name}")),
        }
    }
    if draft.parties.is_empty() && !draft.quoted && !draft.matter {
        wanted.push(
            if draft.heard { "the document" } else { "the word of the state itself, or the document" }.to_owned(),
        );
    }
    if draft.quoted {
        wanted.push("the recording or the text that the words are taken from".to_owned());
    }
    wanted
}

/// One sentence: how many origins, and who only repeats. Of articles whose source was not found it says nothing.
fn reason(draft: &Draft, origins: &Origins, articles: &[ArticleId]) -> String {
    if let Some(because) = &draft.because {
        return because.clone();
    }
    let own = own_voices(draft, origins);
    let names: Vec<&str> = draft.also.iter().map(|r| origins.name(&r.origin)).collect();
    let beside = |what: &str| match names.is_empty() {
        true => String::new(),
        false => format!("; {what} {}", names.join(", ")),
    };
    let also = format!("{}{own}", beside("also"));
    let first = draft.reach.first().map_or("", |r| r.origin.as_str());
    let listed = if draft.listed { "; the dated table of memberships has it" } else { "" };
    let voices = !draft.unclear.is_empty() || !draft.also.is_empty();
    match (draft.reach.len(), origins.kind(first)) {
        (_, "unattributed") if voices => format!("told in passing{}{listed}", beside("credited beside it:")),
        (_, "unattributed") => format!("told as known; no article says where it has it from{listed}"),
        (_, "own_voice") if voices => format!("whose word it is was not found{}", beside("beside it stands")),
        (_, "own_voice") if articles.len() > 1 => {
            format!("{} articles tell it in their own voice{also}", articles.len())
        }
        (_, "own_voice") => "told in the article's own voice".to_owned(),
        (1, "outlet") => {
            let from = articles.iter().filter(|a| origins.is_named_in(first, a)).count();
            let part = format!(" in {from} of {} articles", articles.len());
            let part = if from < articles.len() { part } else { String::new() };
            format!("goes back to {}{part}", knowledge().in_sentence(origins.name(first)))
        }
        (1, "unnamed") => format!("one source without a name: {}{also}", origins.name(first)),
        (1, _) if draft.quoted => format!("versions of one utterance have one origin{also}"),
        (1, _) if voices => format!("origin: {}{also}", origins.name(first)),
        (1, _) => format!("one origin: {}{also}", origins.name(first)),
        (n, _) => format!("{n} origins{also}"),
    }
}

/// How many articles tell a claim in their own voice beside others that name its origin.
fn own_voices(draft: &Draft, origins: &Origins) -> String {
    // Who names the origin elsewhere does not leave it unnamed.
    let names = |a: &ArticleId| draft.sourced && draft.reach.iter().any(|r| origins.is_named_in(&r.origin, a));
    let open = |a: &ArticleId| draft.unclear.contains(a) || draft.also.iter().any(|r| r.articles.contains(a));
    let all: BTreeSet<&ArticleId> = draft.reach.iter().flat_map(|r| &r.repeating).collect();
    match all.into_iter().filter(|a| !names(a) && !open(a)).count() {
        0 => String::new(),
        1 if draft.sourced => "; 1 article tells it in its own voice".to_owned(),
        k if draft.sourced => format!("; {k} articles tell it in their own voice"),
        1 => "; 1 article leans on others".to_owned(),
        k => format!("; {k} articles lean on others"),
    }
}
