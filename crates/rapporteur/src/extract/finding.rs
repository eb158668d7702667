//! The findings: what `rapporteur read` prints, by the contract. Spans are bytes of the article's text; [`crate::report::json`]
//! turns them into code points and adds the words.

use language::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ingest::Note;

/// What one article says, each list in text order.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs)]
pub struct Findings {
    pub sentences: Vec<SentenceLabel>,
    pub entities: Vec<Entity>,
    pub roles: Vec<Role>,
    pub quotations: Vec<Quotation>,
    /// The main event first, the others in text order.
    pub events: Vec<Event>,
    pub stages: Vec<StageMention>,
    pub candidates: Vec<Candidate>,
    pub members: Vec<Member>,
    pub conditions: Vec<Condition>,
    pub predictions: Vec<Prediction>,
    pub times: Vec<Time>,
    pub domains: Vec<Domain>,
    pub assessments: Vec<Assessment>,
    /// Every event predicate; printed only when asked for.
    #[serde(skip)]
    pub predicates: Vec<Predicate>,
    /// What each clause says, for comparison across articles; not printed.
    #[serde(skip)]
    pub propositions: Vec<super::Proposition>,
    /// States that words put into a region; not printed.
    #[serde(skip)]
    pub placements: Vec<super::Placement>,
    pub credits: Vec<Credit>,
    /// Stretches that keep their sense when shown alone, in text order; not printed.
    #[serde(skip)]
    pub clauses: Vec<Span>,
    pub notes: Vec<Note>,
}

/// Whom or what a name means: `iso3:KAZ`, `person:donald-trump`, `agreement:abraham-accords`, `org:nato`, `place:...`, `name:<slug>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct EntityId(pub String);

impl EntityId {
    /// `iso3:KAZ` of `KAZ`.
    pub fn state(iso3: &str) -> EntityId {
        EntityId(format!("iso3:{iso3}"))
    }

    /// Whether it is a relief from a measure, which is granted and not signed: `name:tariff-exemption`.
    pub fn is_exemption(&self) -> bool {
        self.0.starts_with("name:") && self.0.ends_with("-exemption")
    }
}

/// What kind of thing an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum EntityKind {
    State,
    Person,
    Organisation,
    Agreement,
    Place,
    Office,
    Group,
}

/// The thing that mentions name.
#[derive(Clone, Debug, Serialize)]
pub struct Entity {
    /// Its identifier.
    pub id: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// Its usual name; of an unknown name the fullest form in the article.
    pub name: String,
    /// ISO 3166-1 alpha-3 of a state.
    pub iso3: Option<String>,
    /// Wikidata item, `Q232`.
    pub wikidata: Option<String>,
    /// The words that name it, in text order; never empty.
    pub mentions: Vec<Span>,
}

/// An office given to a person in the text, and whether the dated table agrees.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Role {
    pub person: EntityId,
    /// Canonical title: "Secretary of State".
    pub role: String,
    pub of: Option<EntityId>,
    /// The words of the title with the person's name.
    pub span: Span,
    pub check: RoleCheck,
    /// Why, when not `ok`.
    pub note: Option<String>,
    /// Where the title stands to the name.
    pub rule: &'static str,
}

/// Whether the dated table of offices agrees with a title in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum RoleCheck {
    Ok,
    Stale,
    Conflict,
    Unknown,
}

/// Whose word something is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Holder {
    /// What kind of voice.
    pub kind: HolderKind,
    /// The linked entity of a named holder.
    pub entity: Option<EntityId>,
    /// A name to print: "Donald Trump", "critics", "a U.S. official"; of the article's own voice "article".
    pub name: String,
    /// The words that name it.
    pub span: Option<Span>,
}

impl Holder {
    /// The article's own voice.
    pub fn outlet() -> Holder {
        Holder { kind: HolderKind::Outlet, entity: None, name: "article".to_owned(), span: None }
    }

    /// Nobody the text names.
    pub fn unknown() -> Holder {
        Holder { kind: HolderKind::Unknown, entity: None, name: "unknown".to_owned(), span: None }
    }
}

/// What kind of voice a holder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum HolderKind {
    /// A named person or body.
    Entity,
    /// "a U.S. official".
    Role,
    /// "critics".
    Group,
    /// The article itself.
    Outlet,
    Unknown,
}

/// The form of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Form {
    Direct,
    Mixed,
    Indirect,
    Heading,
    Scare,
}

/// Words given to somebody.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Quotation {
    pub form: Form,
    /// The words without their outer marks.
    pub content: Span,
    /// The words that name the speaker.
    pub source: Option<Span>,
    /// "said", "according to".
    pub cue: Option<Span>,
    pub holder: Holder,
    /// `post`, `interview`, `statement`, `speech`.
    pub medium: Option<String>,
    /// The speaker is taken over from an earlier quotation.
    pub carried_over: bool,
    /// Whether somebody utters it: words in marks, or a clause that a word of speech reports; not what is decided, learnt or judged.
    #[serde(skip)]
    pub uttered: bool,
    /// The rule that found it.
    pub rule: &'static str,
}

/// FactBank's values: certain, probable, possible; positive, negative, underspecified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub enum Factuality {
    #[serde(rename = "CT+")]
    CertainYes,
    #[serde(rename = "PR+")]
    ProbableYes,
    #[serde(rename = "PS+")]
    PossibleYes,
    #[serde(rename = "CT-")]
    CertainNo,
    #[serde(rename = "PR-")]
    ProbableNo,
    #[serde(rename = "PS-")]
    PossibleNo,
    #[serde(rename = "CTu")]
    CertainUnknown,
    #[serde(rename = "Uu")]
    Unknown,
}

/// In which world something takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Realis {
    Actual,
    Future,
    Hypothetical,
    Negated,
    Conditional,
    Wanted,
    Presupposed,
    Generic,
}

/// One event predicate with what its governors make of it.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Predicate {
    pub span: Span,
    pub factuality: Factuality,
    pub realis: Realis,
    pub holder: Holder,
    /// UDS scale, -3 (did not happen) to 3 (did).
    pub value: Option<f32>,
    pub rule: String,
}

/// The ladder of VCLT and news terms; the number is the rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Stage {
    None = 0,
    Mooted = 1,
    Negotiating = 2,
    Conditional = 3,
    Announced = 4,
    Signed = 5,
    Ratified = 6,
    InForce = 7,
}

impl Stage {
    /// All stages by rank.
    pub const ALL: [Stage; 8] = [
        Stage::None,
        Stage::Mooted,
        Stage::Negotiating,
        Stage::Conditional,
        Stage::Announced,
        Stage::Signed,
        Stage::Ratified,
        Stage::InForce,
    ];

    /// 0 to 7.
    pub fn rank(self) -> u8 {
        self as u8
    }

    /// The stage of that rank; ranks over 7 are `InForce`.
    pub fn of_rank(rank: u8) -> Stage {
        Stage::ALL[usize::from(rank.min(7))]
    }

    /// The word in output: `in_force`.
    pub fn as_str(self) -> &'static str {
        ["none", "mooted", "negotiating", "conditional", "announced", "signed", "ratified", "in_force"][self as usize]
    }
}

/// A state beside the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Side {
    Postponed,
    Declined,
    Suspended,
    Withdrawn,
    Terminated,
    Reserved,
}

/// Who moves the participant along, seen from the participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum By {
    #[serde(rename = "self")]
    Itself,
    Party,
    Broker,
    Third,
    Outlet,
}

/// A wording that says how far a participant has got with an agreement.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct StageMention {
    pub participant: EntityId,
    pub agreement: EntityId,
    /// Lowest and highest rank that the wording allows.
    pub lo: u8,
    pub hi: u8,
    /// The best single name: the lowest that is certain.
    pub stage: Stage,
    pub side: Option<Side>,
    pub by: By,
    pub holder: Holder,
    pub realis: Realis,
    pub factuality: Factuality,
    pub wording: Span,
    pub rule: String,
}

/// Whether somebody speaks for or against a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub enum Polarity {
    #[serde(rename = "+")]
    For,
    #[serde(rename = "-")]
    Against,
    #[serde(rename = "?")]
    Open,
}

/// A state named as one that may join.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Candidate {
    pub participant: EntityId,
    pub agreement: EntityId,
    pub holder: Holder,
    pub polarity: Polarity,
    pub span: Span,
    pub rule: String,
}

/// How a state belongs to an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum MemberStatus {
    Original,
    Member,
    Counterpart,
    Mediator,
}

/// A state that the text says belongs to an agreement.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Member {
    pub participant: EntityId,
    pub agreement: EntityId,
    pub status: MemberStatus,
    /// ISO 8601, as precise as the words: `2020`.
    pub as_of: Option<String>,
    pub span: Span,
    pub rule: String,
}

/// What a step depends on, or what stands in its way.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Condition {
    /// The participant, else the agreement.
    pub applies_to: EntityId,
    pub kind: ConditionKind,
    pub text: Span,
    pub holder: Holder,
    pub rule: String,
}

/// A condition is asked for; a blocker stands in the way; a concern is what critics miss in an agreement, or a circumstance: nothing waits
/// for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ConditionKind {
    Condition,
    Blocker,
    Concern,
}

/// What a sentence is.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct SentenceLabel {
    #[serde(flatten)]
    pub span: Span,
    /// `report`, `attributed`, `background`, `opinion`, `prediction`, `headline`, `subhead`, `boilerplate`; parts joined by `+`.
    pub label: String,
    /// Why: what its main clauses do, and the judging words.
    pub rule: String,
}

/// A field in which states work together, or may.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Domain {
    /// The agreement that the sentence speaks of; `None` where it speaks of another or of none.
    pub agreement: Option<EntityId>,
    /// "energy", "critical minerals".
    pub domain: String,
    /// PLOVER's context: `resource`, `economic`, `military`.
    pub context: String,
    pub span: Span,
    pub rule: String,
}

/// A judgement on something, whose it is, and where the author stands to it.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Assessment {
    /// The agreement, else the state or body that the words speak of; `None` where they name none.
    pub about: Option<EntityId>,
    pub stance: Stance,
    pub holder: Holder,
    pub author_stance: AuthorStance,
    pub span: Span,
    pub rule: String,
}

/// Which way a judgement goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Stance {
    Critical,
    Supportive,
}

/// Where the author stands to somebody's judgement. The author's own are endorsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum AuthorStance {
    Neutral,
    Endorses,
    Distances,
    Rejects,
}

/// Another outlet or agency that the article gives as its source.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Credit {
    pub outlet_or_agency: String,
    pub span: Span,
    /// What makes the name a source.
    pub rule: &'static str,
}

/// PLOVER's types of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum Plover {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

impl Plover {
    /// All types in PLOVER's order.
    pub const ALL: [Plover; 16] = [
        Plover::Agree,
        Plover::Consult,
        Plover::Support,
        Plover::Concede,
        Plover::Cooperate,
        Plover::Aid,
        Plover::Retreat,
        Plover::Request,
        Plover::Accuse,
        Plover::Reject,
        Plover::Threaten,
        Plover::Protest,
        Plover::Sanction,
        Plover::Mobilize,
        Plover::Coerce,
        Plover::Assault,
    ];

    /// The word in output: `AGREE`.
    pub fn as_str(self) -> &'static str {
        const NAMES: [&str; 16] = [
            "AGREE",
            "CONSULT",
            "SUPPORT",
            "CONCEDE",
            "COOPERATE",
            "AID",
            "RETREAT",
            "REQUEST",
            "ACCUSE",
            "REJECT",
            "THREATEN",
            "PROTEST",
            "SANCTION",
            "MOBILIZE",
            "COERCE",
            "ASSAULT",
        ];
        NAMES[self as usize]
    }

    /// The type of that name.
    pub fn named(name: &str) -> Option<Plover> {
        Plover::ALL.into_iter().find(|p| p.as_str() == name)
    }
}

/// When an event took place, by the words that belong to its predicate.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct EventDate {
    /// First and last day, ISO 8601; `None` where the words do not say.
    pub from: Option<String>,
    pub to: Option<String>,
    pub precision: Option<Precision>,
    pub span: Option<Span>,
}

/// Who did what to whom: a PLOVER record. A public statement is none; it is a quotation.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Event {
    pub plover: Plover,
    /// PLOVER's mode: `visit`, `arrest`.
    pub mode: Option<&'static str>,
    /// PLOVER's contexts: `military`; in alphabetical order.
    pub contexts: Vec<&'static str>,
    /// CAMEO code, as fine as the words are clear: `042`.
    pub cameo: Option<&'static str>,
    /// Of an act on equal terms ("A and B met") the same as the recipients.
    pub actors: Vec<EntityId>,
    pub recipients: Vec<EntityId>,
    pub date: Option<EventDate>,
    pub place: Option<EntityId>,
    pub realis: Realis,
    pub factuality: Factuality,
    pub holder: Holder,
    /// The predicate.
    pub trigger: Span,
    /// The predicate with what it governs.
    pub span: Span,
    pub rule: String,
}
/// Words that say when, and the days that they mean.
#[derive(Clone, Debug, Serialize)]
pub struct Time {
    /// The words, without the preposition before them.
    pub span: Span,
    /// First day, ISO 8601 (490 BC is `-0489`); of precision `time` with the hour. `None` where the text does not say.
    pub from: Option<String>,
    /// Last day, included.
    pub to: Option<String>,
    /// How exact the words are.
    pub precision: Precision,
    /// What the days were reckoned from; `None` where the words say all.
    pub anchor: Option<Anchor>,
    /// A length or rate as TIMEX3 writes it: `P5Y`.
    pub duration: Option<String>,
    /// The rule of `data/en/times.tsv`.
    pub rule: String,
}

/// How exact a time is, finest first; the last three name no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Precision {
    Time,
    Part,
    Day,
    Weekend,
    Week,
    Month,
    Season,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Past,
    Present,
    Future,
}

impl Precision {
    /// How many days about, for comparison.
    pub(crate) fn days(self) -> u32 {
        match self {
            Precision::Time | Precision::Part | Precision::Day => 1,
            Precision::Weekend => 2,
            Precision::Week => 7,
            Precision::Month => 31,
            Precision::Season | Precision::Quarter => 92,
            Precision::Half => 184,
            Precision::Year => 366,
            Precision::Decade => 3653,
            _ => 36525,
        }
    }
}

/// What a time was reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The day of publication.
    Document,
    /// A time that the text named before.
    Text,
}

/// Something said to come, and whether it can be checked.
#[derive(Clone, Debug, Serialize)]
pub struct Prediction {
    /// The forecaster.
    pub holder: Holder,
    /// The clause.
    pub span: Span,
    /// Lowest and highest number that it gives: "four to six more nations"; infinity, `null` in JSON, is the highest of "at least two".
    pub quantity: Option<[f64; 2]>,
    /// By when.
    pub horizon: Option<Horizon>,
    /// The words of an if-clause or its like.
    pub condition: Option<Span>,
    /// Whether it names something that can be seen to happen, and says that it will.
    pub checkable: bool,
    /// Why it cannot be checked.
    pub why: Option<String>,
    /// What made it one: "own form: will".
    pub rule: String,
    /// The steps on a ladder that it foretells; not printed.
    #[serde(skip)]
    pub steps: Vec<ForetoldStep>,
}

/// A step that a prediction says will be taken, and how it would be told once it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForetoldStep {
    /// Who takes it; `None` of states that are counted and not named ("four to six more nations to sign on").
    pub participant: Option<EntityId>,
    /// The agreement whose ladder it is.
    pub agreement: EntityId,
    /// The lowest rank at which it has been taken.
    pub rank: u8,
    /// The side state that it leads to: of a withdrawal, a suspension, an end.
    pub side: Option<Side>,
}

/// The window of a prediction.
#[derive(Clone, Debug, Serialize)]
pub struct Horizon {
    /// First day, ISO 8601.
    pub from: Option<String>,
    /// Last day, included.
    pub to: Option<String>,
    /// How exact the words are.
    pub precision: Precision,
    /// The words.
    pub span: Option<Span>,
}
