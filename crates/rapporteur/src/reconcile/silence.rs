//! What no article of the story says: the frame of the step gone through question by question.
//!
//! An accession, a withdrawal, a ceasefire and a deal between two ask different questions. Answers are looked for in the words of the
//! articles, generously: a sentence that might answer a question takes it off the list, so that nothing is called unsaid that a reader
//! would find.

mod sentence;

use std::collections::{BTreeMap, BTreeSet};

use language::Span;
use schemars::JsonSchema;
use serde::Serialize;

use super::frame::{Frame, is_truce, known};
use super::roster::is_own_voice;
use super::{StageAccount, Witness};
use crate::extract::{EntityId, Form, Holder, HolderKind, MemberStatus, Quotation, Side, Stage};
use crate::knowledge::{Consent, instrument_consent};
use sentence::Sentence;

/// What no article says.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Silence {
    pub item: Unsaid,
    pub what: String,
    pub reason: String,
}

/// The questions that a frame asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Unsaid {
    OwnStatement,
    CounterpartStatement,
    SignatureDate,
    SignaturePlace,
    Text,
    Terms,
    Ratification,
    EntryIntoForce,
    Notice,
    Start,
    Duration,
    Monitoring,
    Effect,
    EndDate,
    Size,
}

/// What kind of step a story is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Accession,
    Withdrawal,
    Ceasefire,
    Bilateral,
}

/// The questions of the frame that no article answers, in the order of the questions.
pub(crate) fn of(story: &[Witness<'_>], frame: &Frame, stages: &[StageAccount]) -> Vec<Silence> {
    let sentences: Vec<Sentence> = story.iter().flat_map(sentence::of).collect();
    let mut asked = Asked { story, sentences: &sentences, silence: Vec::new() };
    match (&frame.participant, &frame.agreement) {
        (Some(participant), Some(agreement)) => asked.step(frame, stages, participant, agreement),
        _ => asked.many(frame, stages),
    }
    asked.silence
}

struct Asked<'a> {
    story: &'a [Witness<'a>],
    sentences: &'a [Sentence],
    silence: Vec<Silence>,
}

impl Asked<'_> {
    /// The questions about one state's step.
    fn step(&mut self, frame: &Frame, stages: &[StageAccount], participant: &EntityId, agreement: &EntityId) {
        let ours = |s: &&StageAccount| s.agreement == *agreement;
        let main = stages.iter().find(|s| ours(s) && s.participant == *participant);
        let reached = main.map_or(0, |s| s.lo);
        let step = step_of(frame, agreement, main, stages);
        self.statement(Unsaid::OwnStatement, frame, participant);
        let mut counterparts = counterparts(self.story, agreement, participant);
        if matches!(step, Step::Bilateral | Step::Ceasefire) {
            let others = stages.iter().filter(ours).filter(|s| s.asserted).map(|s| s.participant.clone());
            counterparts.extend(others.filter(|p| p != participant));
        }
        for counterpart in &counterparts {
            self.statement(Unsaid::CounterpartStatement, frame, counterpart);
        }
        match step {
            Step::Withdrawal => {
                self.ask(
                    Unsaid::Notice,
                    "formal notice of withdrawal",
                    &["notice"],
                    "speaks of notice to the other parties",
                );
                // A day by which a state is out is the day on which it takes effect.
                let by = |s: &Sentence| s.is_dated() && s.answers("leaving") && s.answers("deadline");
                if !self.sentences.iter().any(by) {
                    self.ask(
                        Unsaid::Effect,
                        "when the withdrawal takes effect",
                        &["effect"],
                        "says when it takes effect",
                    );
                }
            }
            Step::Ceasefire => {
                self.ask(Unsaid::Start, "when the ceasefire begins", &["start"], "says when it begins");
                self.ask(
                    Unsaid::Duration,
                    "how long the ceasefire is to last",
                    &["duration"],
                    "says how long it is to last",
                );
                self.ask(Unsaid::Monitoring, "who watches over the ceasefire", &["monitoring"], "speaks of observers");
                self.ask(Unsaid::Text, "text of the instrument", &["text", "published"], "cites or publishes it");
            }
            Step::Accession | Step::Bilateral => {
                // Once it is ratified the questions of signature are history.
                if reached < Stage::Ratified as u8 && is_signed(frame, agreement) {
                    self.signature();
                }
                if is_signed(frame, agreement) {
                    self.ask(Unsaid::Text, "text of the instrument", &["text", "published"], "cites or publishes it");
                }
                if reached < Stage::InForce as u8 && is_signed(frame, agreement) {
                    if needs_ratification(frame, agreement) {
                        let why = "speaks of ratification or a parliament";
                        self.ask(Unsaid::Ratification, "whether ratification is required", &["parliament"], why);
                    }
                    // A commitment without legal force takes none; a framework may hold instruments that do.
                    let commitment = known(agreement).is_some_and(|a| {
                        matches!(a.instrument, "political_commitment" | "declaration" | "memorandum_of_understanding")
                    });
                    if !commitment {
                        self.force();
                    }
                }
            }
        }
        self.terms();
    }

    /// The questions where several states take steps and none is the subject: who of them is not heard, and what their deals leave open.
    fn many(&mut self, frame: &Frame, stages: &[StageAccount]) {
        let mut states: BTreeMap<&EntityId, BTreeSet<&str>> = BTreeMap::new();
        for stage in stages.iter().filter(|s| s.asserted && s.participant.0.starts_with("iso3:")) {
            states.entry(&stage.participant).or_default().extend(stage.articles.iter().map(|a| a.article.0.as_str()));
        }
        for (state, articles) in &mut states {
            let recipient = |w: &&Witness<'_>| w.findings.events.iter().take(3).any(|e| e.recipients.contains(state));
            articles.extend(self.story.iter().filter(recipient).map(|w| w.article.id.0.as_str()));
        }
        states.retain(|_, articles| articles.len() > 1);
        // A visit or a quarrel has no instrument: some step must be told by several articles.
        let told = |s: &&StageAccount| s.asserted && s.articles.len() > 1 && 3 * s.articles.len() > self.story.len();
        if states.is_empty() || stages.iter().find(told).is_none() {
            return;
        }
        for state in states.keys() {
            self.statement(Unsaid::OwnStatement, frame, state);
        }
        let of_a_measure = |s: &&StageAccount| sentence::has_cue(&frame.name(&s.agreement), "measure");
        if 2 * stages.iter().filter(told).filter(of_a_measure).count() > stages.iter().filter(told).count() {
            self.measure();
        } else {
            self.signature();
            self.ask(Unsaid::Text, "text of the instrument", &["text", "published"], "cites or publishes it");
            self.force();
        }
        self.terms();
    }

    /// Entry into force: by a day, or by what it waits for ("until the last of them has ratified").
    fn force(&mut self) {
        if !self.sentences.iter().any(|s| s.answers("hinge") && s.answers("consent")) {
            self.ask(Unsaid::EntryIntoForce, "entry into force", &["force"], "says when it takes effect");
        }
    }

    /// The questions about a measure that some are let off, and the deals by which they are: where it stands in law, how long it lasts, how
    /// much it lets through, from when the deals bind.
    fn measure(&mut self) {
        let dated = |s: &Sentence| s.answers("signing") && s.names_a_day() || s.answers("deal") && s.answers("force");
        if !self.sentences.iter().any(dated) {
            let what = "date of signature or of entry into force of the deals".to_owned();
            self.unsaid(Unsaid::SignatureDate, what, "no sentence on a deal says when it was signed or takes effect");
        }
        // "relied on a 1962 law": the law is named, if not by its name.
        let lawful = |s: &Sentence| s.answers("invoked") && s.answers("law");
        if !self.sentences.iter().any(lawful) {
            self.ask(Unsaid::Text, "legal text of the measure", &["decree"], "names the act in which it stands");
        }
        self.ask(Unsaid::EndDate, "how long it is to last", &["measure", "ending"], "on it says until when");
        let ceilings = || self.sentences.iter().filter(|s| s.answers("ceiling"));
        if ceilings().next().is_some() && !ceilings().any(Sentence::has_a_figure) {
            self.unsaid(Unsaid::Size, "size of the quota".to_owned(), "no sentence on a quota or limit has a figure");
        }
    }

    fn statement(&mut self, item: Unsaid, frame: &Frame, state: &EntityId) {
        if self.story.iter().any(|w| speaks(w, state)) {
            return;
        }
        let (what, why) = match item {
            Unsaid::OwnStatement => ("own statement by", "no words are given to the state or its officials"),
            _ => ("statement by", "no words are given to the counterpart or its officials"),
        };
        self.unsaid(item, format!("{what} {}", frame.name(state)), why);
    }

    fn signature(&mut self) {
        let signing = |s: &&Sentence| s.answers("signing");
        // Where an article says that no date is named, the day on which that was said is none of signature.
        let open = self.sentences.iter().filter(signing).find(|s| s.leaves_the_date_open());
        let dated = self.sentences.iter().filter(signing).any(Sentence::is_dated);
        if let Some(open) = open.filter(|_| !dated) {
            let reason = format!("an article says that it is open: \"{}\"", open.text);
            self.silence.push(Silence { item: Unsaid::SignatureDate, what: "date of signature".to_owned(), reason });
        } else if !self.sentences.iter().filter(signing).any(Sentence::names_a_day) {
            self.unsaid(Unsaid::SignatureDate, "date of signature".to_owned(), "no sentence about signing names a day");
        }
        // "The ceremony is in spring. Nobody has named a place for it."
        let of_signing = self.sentences.windows(2).filter(|pair| pair[0].answers("signing")).map(|pair| &pair[1]);
        let nowhere = self.sentences.iter().filter(signing).chain(of_signing).find(|s| s.leaves_the_place_open());
        let named = self.sentences.iter().filter(signing).any(|s| s.names_a_place);
        let what = "place of signature".to_owned();
        match nowhere {
            _ if named => {}
            Some(open) => {
                let reason = format!("an article says that it is open: \"{}\"", open.text);
                self.silence.push(Silence { item: Unsaid::SignaturePlace, what, reason });
            }
            None => self.unsaid(Unsaid::SignaturePlace, what, "no sentence about signing names where"),
        }
    }

    /// A question that one sentence answers which has a word of each of these lists.
    fn ask(&mut self, item: Unsaid, what: &str, questions: &[&str], why: &str) {
        if !self.sentences.iter().any(|s| questions.iter().all(|q| s.answers(q))) {
            self.unsaid(item, what.to_owned(), &format!("no sentence {why}"));
        }
    }

    /// What an article itself says that it is not told.
    fn terms(&mut self) {
        let open = self.sentences.iter().filter(|s| s.answers("detail") && s.answers("undisclosed"));
        if let Some(sentence) =
            open.min_by_key(|s| (std::cmp::Reverse(s.answered("undisclosed")), s.text.len(), s.text.as_str()))
        {
            let reason = format!("an article says that they are open: \"{}\"", sentence.text);
            let whose = &sentence.states;
            let what = match whose.split_last() {
                Some((last, [])) => format!("terms of the agreement with {last}"),
                Some((last, others)) => format!("terms of the agreements with {} and {last}", others.join(", ")),
                None => "terms of the agreement".to_owned(),
            };
            self.silence.push(Silence { item: Unsaid::Terms, what, reason });
        }
    }

    fn unsaid(&mut self, item: Unsaid, what: String, why: &str) {
        let all = self.story.len();
        let reason = format!(
            "{why} in {} article{}",
            if all == 1 { "the one".to_owned() } else { format!("any of {all}") },
            plural(all)
        );
        self.silence.push(Silence { item, what, reason });
    }
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// What kind of step it is: by the side state, by the table of agreements, by the name of an agreement that no table knows.
fn step_of(frame: &Frame, agreement: &EntityId, main: Option<&StageAccount>, stages: &[StageAccount]) -> Step {
    if main.is_some_and(|s| matches!(s.side, Some(Side::Withdrawn | Side::Suspended | Side::Terminated))) {
        return Step::Withdrawal;
    }
    if is_truce(agreement) {
        return Step::Ceasefire;
    }
    match known(agreement).map(|a| a.kind) {
        Some("bilateral") => return Step::Bilateral,
        Some(_) => return Step::Accession,
        None => {}
    }
    let name = frame.name(agreement).to_lowercase();
    let parties = stages.iter().filter(|s| s.agreement == *agreement && s.asserted).count();
    let deal =
        name.split(|c: char| !c.is_alphanumeric()).any(|w| matches!(w, "deal" | "agreement" | "treaty" | "pact"));
    if parties == 2 && deal { Step::Bilateral } else { Step::Accession }
}

/// Whether it is something that is signed: of those that no table knows, what is called by the name of an instrument and not of a plan
/// or a measure ("security initiative", "tariff exemption").
fn is_signed(frame: &Frame, agreement: &EntityId) -> bool {
    let name = frame.name(agreement).to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    known(agreement).is_some() || words.any(|w| instrument_consent(w) != Consent::None)
}

/// Whether the instrument binds only once it is ratified; a political commitment or a framework of such never does (VCLT 1969, article 2).
/// What no table knows may, where it is called by the name of a treaty.
fn needs_ratification(frame: &Frame, agreement: &EntityId) -> bool {
    match known(agreement) {
        Some(known) => matches!(known.instrument, "treaty" | "protocol" | "exchange_of_notes"),
        None => frame.name(agreement).to_lowercase().split(' ').any(|w| instrument_consent(w) == Consent::Ratification),
    }
}

/// Whether an article gives words or a wording to the state or somebody who speaks for it.
fn speaks(witness: &Witness<'_>, state: &EntityId) -> bool {
    let findings = witness.findings;
    // A state that "aims" or "promotes" says nothing: its bare name needs a verb of speech, which the rules know and the trained chain may
    // not.
    let acts =
        |q: &&Quotation| q.rule == "chain" && q.form == Form::Indirect && q.holder.entity.as_ref() == Some(state);
    let quoted = findings.quotations.iter().filter(|q| !acts(q)).map(|q| &q.holder);
    let staged = findings.stages.iter().map(|s| &s.holder);
    let conditioned = findings.conditions.iter().map(|c| &c.holder);
    let mut holders = quoted.chain(staged).chain(conditioned);
    holders.any(|h: &Holder| is_own_voice(h, state, witness) || is_presented(h, state, witness))
        || findings.quotations.iter().any(|q| is_signed_by_one_of(q, state, witness))
}

/// Whether right after words in marks that no rule gave to anybody stands a name of the state's ("...," Kalnė said).
fn is_signed_by_one_of(quotation: &Quotation, state: &EntityId, witness: &Witness<'_>) -> bool {
    const WORDS: usize = 4;
    if quotation.holder.kind != HolderKind::Unknown || quotation.form == Form::Indirect {
        return false;
    }
    let after = witness.article.text.get(quotation.content.end..).unwrap_or("");
    let words = after.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).take(WORDS);
    let name = |w: &&str| w.chars().next().is_some_and(char::is_uppercase);
    words.filter(name).any(|name| {
        let holder = Holder { kind: HolderKind::Entity, entity: None, name: name.to_owned(), span: None };
        is_presented(&holder, state, witness)
    })
}

/// Whether a holder has the last name of somebody whom the article presents as the state's: by an office, or right beside the state's name
/// ("Rasa Kalnė, Lithuanian minister of the economy", "Lithuania's minister Rasa Kalnė"). Whom the table of persons knows is no question.
fn is_presented(holder: &Holder, state: &EntityId, witness: &Witness<'_>) -> bool {
    const TITLE: usize = 60;
    let findings = witness.findings;
    let text = &witness.article.text;
    let known = holder.entity.as_ref().is_some_and(|e| e.0.starts_with("person:"));
    if known || !matches!(holder.kind, HolderKind::Entity | HolderKind::Role) {
        return false;
    }
    let last = |name: &str| name.rsplit(' ').next().map(str::to_lowercase).filter(|n| n.chars().count() > 2);
    let Some(own) = last(&holder.name) else { return false };
    let Some(place) = findings.entities.iter().find(|e| e.id == *state) else { return false };
    let beside = |person: &Span, of: &Span| {
        let after = text.get(person.end..of.start).is_some_and(|gap| matches!(gap, ", " | ", the "));
        let before = text.get(of.end..person.start).is_some_and(|gap| {
            let title = gap.len() <= TITLE && !gap.contains(['.', ',', ';', ':', '"', '“', '”', '—', '\n']);
            let owned = gap.starts_with("'s ") || gap.starts_with("’s ") || of.of(text) != place.name;
            title && owned
        });
        after || before
    };
    let namesakes = findings.entities.iter().filter(|e| e.id != *state && last(&e.name).as_ref() == Some(&own));
    namesakes.into_iter().any(|e| {
        findings.roles.iter().any(|r| r.person == e.id && r.of.as_ref() == Some(state))
            || e.mentions.iter().any(|person| place.mentions.iter().any(|of| beside(person, of)))
    })
}

/// The states on the other side of the agreement, as articles name them.
fn counterparts(story: &[Witness<'_>], agreement: &EntityId, participant: &EntityId) -> BTreeSet<EntityId> {
    let members = story.iter().flat_map(|w| &w.findings.members);
    let counterpart = members.filter(|m| m.status == MemberStatus::Counterpart && m.agreement == *agreement);
    counterpart.map(|m| m.participant.clone()).filter(|p| p != participant).collect()
}
