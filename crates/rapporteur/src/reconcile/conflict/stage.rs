//! Articles that place a participant on different stretches of the ladder.

use std::collections::{BTreeMap, BTreeSet};

use super::super::align::clause_at;
use super::super::frame::is_truce;
use super::super::stage::{Worded, came_since, interval};
use super::super::{Conflict, ConflictKind, StageAccount, StageWording, Verdict, Witness};
use super::position;
use crate::extract::{EntityId, Factuality, Realis, Side, StageMention};
use crate::provenance::Passage;

/// One conflict a participant and agreement at most. Agreements without a name of their own ("a peace treaty", "the peace agreement") that
/// the same states take part in are one.
pub(super) fn stages(story: &[Witness<'_>], accounts: &[StageAccount]) -> Vec<Conflict> {
    let mut found: Vec<Conflict> = Vec::new();
    let mut by_participant: BTreeMap<&EntityId, Vec<&StageAccount>> = BTreeMap::new();
    for account in accounts {
        by_participant.entry(&account.participant).or_default().push(account);
    }
    for (_, own) in by_participant {
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for (i, account) in own.iter().enumerate() {
            if taken.contains(&i) {
                continue;
            }
            let same: Vec<usize> = (i + 1..own.len())
                .filter(|&j| !taken.contains(&j) && are_one(&account.agreement, &own[j].agreement, accounts))
                .collect();
            taken.extend(&same);
            let merged: Vec<&StageAccount> = std::iter::once(*account).chain(same.iter().map(|&j| own[j])).collect();
            if merged.iter().any(|a| a.asserted) {
                found.extend(stage(story, &merged));
            }
        }
    }
    found
}

/// Whether two agreements without names of their own are one: a common word, and the same participants.
fn are_one(a: &EntityId, b: &EntityId, accounts: &[StageAccount]) -> bool {
    let (Some(one), Some(other)) = (a.0.strip_prefix("name:"), b.0.strip_prefix("name:")) else { return false };
    let words = |slug: &str| -> BTreeSet<String> { slug.split('-').map(str::to_owned).collect() };
    let states = |id: &EntityId| -> BTreeSet<&EntityId> {
        accounts.iter().filter(|s| s.agreement == *id).map(|s| &s.participant).collect()
    };
    let common: Vec<String> = words(one).intersection(&words(other)).cloned().collect();
    let (with_a, with_b) = (states(a), states(b));
    // What runs for a time is not what lasts.
    let for_a_time = |slug: &str| words(slug).contains("temporary");
    !common.is_empty() && for_a_time(one) == for_a_time(other) && with_a.len() > 1 && with_a == with_b
}

/// The wordings of one participant, side by side.
fn stage(story: &[Witness<'_>], accounts: &[&StageAccount]) -> Option<Conflict> {
    let wordings: Vec<&StageWording> = accounts.iter().flat_map(|a| &a.articles).collect();
    let agreements: BTreeSet<&EntityId> = accounts.iter().map(|a| &a.agreement).collect();
    let participant = &accounts.first()?.participant;
    let mentions = mentions(story, participant, &agreements);
    if let Some(conflict) = gone_or_bound(story, &mentions, participant) {
        return Some(conflict);
    }
    if let Some(conflict) = signed_or_not(story, &mentions, participant) {
        return Some(conflict);
    }
    // The side on which words stand is what they tell, not what the whole article allows.
    let told = |p: &Passage| mentions.iter().find(|(q, _)| q == p).map(|(_, m)| *m);
    let mut by_value: BTreeMap<String, Vec<Passage>> = BTreeMap::new();
    for said in &wordings {
        let value = match told(&said.wording) {
            _ if said.as_done => DONE.to_owned(),
            Some(mention) => value(mention),
            None => interval(said.lo, said.lo),
        };
        by_value.entry(value).or_default().push(said.wording.clone());
        // An article that tells a step as done and as still to come stands on both sides.
        if let Some(mention) = said.capped_by.as_ref().and_then(told).filter(|m| m.lo == 0) {
            by_value.entry(value_of_cap(mention)).or_default().extend(said.capped_by.clone());
        }
    }
    // All words that tell it as done stand on that side, those of headlines too.
    if let Some(spans) = by_value.get_mut(DONE) {
        let articles: BTreeSet<_> = spans.iter().map(|p| p.article.clone()).collect();
        let done = mentions.iter().filter(|(p, m)| articles.contains(&p.article) && tells_as_done(m));
        spans.extend(done.map(|(p, _)| p.clone()));
    }
    // Words that deny are shown with their subject: "Neither is a member yet", and not "is a member".
    let clause = |p: &Passage| {
        let witness = story.iter().find(|w| w.article.id == p.article);
        witness.map_or_else(|| p.clone(), |w| w.passage(clause_at(w, p.span)))
    };
    let denial = denied(&mentions).map(|(done, (p, _))| (done, p.clone()));
    if let Some((_, denying)) = &denial {
        by_value.values_mut().for_each(|spans| spans.retain(|p| p != denying));
        by_value.retain(|_, spans| !spans.is_empty());
        by_value.entry("not so".to_owned()).or_default().push(denying.clone());
    }
    if let Some(spans) = by_value.get_mut("not so") {
        spans.iter_mut().for_each(|p| *p = clause(p));
    }
    let denial = denial.map(|(done, p)| (done, clause(&p)));
    if by_value.len() < 2 {
        return None;
    }
    let lo = wordings.iter().map(|w| w.lo).max()?;
    let hi = wordings.iter().map(|w| w.hi).min()?;
    let apart = lo > hi;
    let reason = accounts.first()?.reason.clone();
    let words = |p: &Passage| {
        let text = story.iter().find(|w| w.article.id == p.article).map_or("", |w| &w.article.text);
        format!("\"{}\"", p.span.of(text).split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let done = wordings.iter().find(|a| a.as_done);
    let held_back = [TO_COME, NOT_SIGNED]
        .iter()
        .filter_map(|v| by_value.get(*v))
        .flatten()
        .find(|p| done.is_some_and(|d| d.article != p.article));
    let named = accounts.iter().all(|a| !a.agreement.0.starts_with("name:"));
    let stepped = wordings.iter().any(|a| a.as_done || a.lo >= 5);
    let (verdict, reason) = match denial {
        Some((done, denying)) => {
            (Verdict::Contradiction, format!("{} is told as done, and {} denies it", words(&done), words(&denying)))
        }
        // Talks beside a step of an agreement that has no name of its own may be about another one.
        None if apart && stepped && talks_only(&wordings) => {
            (if named { Verdict::Tension } else { Verdict::Refines }, reason)
        }
        None if apart && stepped && came_since(&worded(story, &mentions), &wordings).is_some() => {
            (Verdict::Compatible, "a later step of the same, on a day that its article names".to_owned())
        }
        // A truce takes effect within hours, signed or not.
        None if apart && stepped && agreements.iter().all(|a| is_truce(a)) => (Verdict::Tension, reason),
        None if apart && stepped => {
            let high = wordings.iter().max_by_key(|a| (a.lo, std::cmp::Reverse(&a.article)))?;
            let low = wordings.iter().min_by_key(|a| (a.hi, &a.article))?;
            let capping = low.capped_by.as_ref().unwrap_or(&low.wording);
            let reason = format!(
                "{} says {} at least, {} {} at most",
                words(&high.wording),
                interval(high.lo, high.lo),
                words(capping),
                interval(low.hi, low.hi)
            );
            (Verdict::Contradiction, reason)
        }
        // "Will join" and "has not joined yet" go together; "will join" and "will not" do not.
        None if apart && mentions.iter().any(|(_, m)| refuses(m)) => (Verdict::Tension, reason),
        None if apart => (Verdict::Compatible, format!("what is to come has not come yet; {reason}")),
        // "Agreements" without a name of their own may be two, or one of which the other is the principle.
        None if done.is_some() && held_back.is_some() && (named || lo >= 5) => {
            (Verdict::Tension, format!("told as done in one place, as still to come in another; {reason}"))
        }
        None => (Verdict::Compatible, reason),
    };
    let positions = by_value.into_iter().map(|(value, spans)| position(value, spans)).collect();
    Some(Conflict { kind: ConflictKind::Stage, verdict, about: participant.0.clone(), positions, reason })
}

/// What a side says where the words tell the step as done, and where they tell it as still to come.
const DONE: &str = "told as done";
const TO_COME: &str = "to come";

const NOT_SIGNED: &str = "not signed";
/// The rule of words that say of a signature that it is to come, or that there is none.
const NO_SIGNATURE: &str = "signing still to come";

/// What a wording says, in words: "to come", "not so", "signed", "withdrawing".
fn value(mention: &StageMention) -> String {
    if let Some(side) = mention.side {
        // "were due to expire" has not ended.
        let due = mention.realis == Realis::Future && side == Side::Terminated;
        return if due { "due to end".to_owned() } else { word(side).to_owned() };
    }
    match mention.realis {
        _ if tells_as_done(mention) => DONE.to_owned(),
        _ if mention.lo == 0 => value_of_cap(mention),
        Realis::Future if mention.lo >= 4 => TO_COME.to_owned(),
        _ => interval(mention.lo, mention.lo),
    }
}

/// What words say that only hold a step back.
fn value_of_cap(mention: &StageMention) -> String {
    match mention.realis {
        _ if refuses(mention) => "will not",
        Realis::Negated if mention.rule == NO_SIGNATURE => NOT_SIGNED,
        Realis::Negated => "not so",
        _ => TO_COME,
    }
    .to_owned()
}

type Mention<'a> = (Passage, &'a StageMention);

fn mentions<'a>(story: &[Witness<'a>], participant: &EntityId, agreements: &BTreeSet<&EntityId>) -> Vec<Mention<'a>> {
    let of = |w: &Witness<'a>| -> Vec<Mention<'a>> {
        let stages =
            w.findings.stages.iter().filter(|m| m.participant == *participant && agreements.contains(&m.agreement));
        stages.map(|m| (w.passage(m.wording), m)).collect()
    };
    story.iter().flat_map(of).collect()
}

/// The same by article.
fn worded<'a>(story: &'a [Witness<'a>], mentions: &[Mention<'a>]) -> Vec<Worded<'a>> {
    let of = |w: &'a Witness<'a>| {
        let own: Vec<_> = mentions.iter().filter(|(p, _)| p.article == w.article.id).map(|(_, m)| *m).collect();
        (!own.is_empty()).then_some((w, own))
    };
    story.iter().filter_map(of).collect()
}

/// A step told in the past ("has joined") and words of another article that deny it for certain ("is not a member", "nothing has been
/// signed"). "Joins" announces and is not denied by a signature that is still to come.
fn denied<'a, 'm>(mentions: &'m [Mention<'a>]) -> Option<(Passage, &'m Mention<'a>)> {
    let done = mentions.iter().find(|(_, m)| tells_as_done(m))?;
    let denying = mentions.iter().find(|(p, m)| {
        let negated =
            m.factuality == Factuality::CertainNo && m.realis == Realis::Negated && m.lo == 0 && m.side.is_none();
        // A signature still to come caps a step; only the step itself is denied.
        negated && m.hi < 7 && m.rule != NO_SIGNATURE && p.article != done.0.article
    })?;
    Some((done.0.clone(), denying))
}

/// "Has joined", "joins": told for certain as a fact that may reach to the top of the ladder.
fn tells_as_done(mention: &StageMention) -> bool {
    mention.factuality == Factuality::CertainYes
        && mention.realis == Realis::Actual
        && mention.lo >= 4
        && mention.hi == 7
        && mention.side.is_none()
}

/// Whether a wording says that the participant will not, or does not want to.
fn refuses(mention: &StageMention) -> bool {
    mention.side.is_some() || mention.lo == 0 && mention.rule.contains("will_not")
}

/// Whether the lowest wording is no cap and no denial but tells of talks: these can be about what comes next.
fn talks_only(wordings: &[&StageWording]) -> bool {
    wordings.iter().min_by_key(|w| (w.hi, &w.article)).is_some_and(|w| w.lo > 0 && w.hi < 4 && w.capped_by.is_none())
}

/// Signed in one article, and in another of a text that "was" not signed: of what is only "not yet" signed the two can both be true.
fn signed_or_not(story: &[Witness<'_>], mentions: &[Mention<'_>], participant: &EntityId) -> Option<Conflict> {
    let words =
        |p: &Passage| story.iter().find(|w| w.article.id == p.article).map_or("", |w| p.span.of(&w.article.text));
    let signed = |(p, m): &&Mention<'_>| {
        let certain = m.factuality == Factuality::CertainYes && m.realis == Realis::Actual;
        certain && (m.lo, m.hi) == (5, 5) && m.side.is_none() && words(p).to_lowercase().contains("signed")
    };
    let unsigned = |(p, m): &&Mention<'_>| {
        let words = words(p).to_lowercase();
        let mut words = words.split(|c: char| !c.is_alphanumeric());
        m.rule == NO_SIGNATURE
            && m.factuality == Factuality::CertainNo
            && words.clone().any(|w| matches!(w, "was" | "were"))
            && !words.any(|w| matches!(w, "yet" | "still"))
    };
    let yes: Vec<Passage> = mentions.iter().filter(signed).map(|(p, _)| p.clone()).collect();
    let no: Vec<Passage> = mentions.iter().filter(unsigned).map(|(p, _)| p.clone()).collect();
    yes.iter().any(|y| no.iter().any(|n| n.article != y.article)).then(|| Conflict {
        kind: ConflictKind::Stage,
        verdict: Verdict::Contradiction,
        about: participant.0.clone(),
        positions: vec![position("signed".to_owned(), yes), position("not signed".to_owned(), no)],
        reason: "signed in one place, and not in another".to_owned(),
    })
}

/// Told as gone in one article ("have left") and as bound or still in by another ("remain bound until December", "has not given notice").
fn gone_or_bound(story: &[Witness<'_>], mentions: &[Mention<'_>], participant: &EntityId) -> Option<Conflict> {
    let of_leaving = |m: &StageMention| m.rule.contains("(leave)");
    // Notice and withdrawal that runs are steps on the way out.
    let left = |m: &StageMention| {
        ["leave (", "quit (", "exit (", "pull_out (", "drop_out ("].iter().any(|l| m.rule.starts_with(l))
    };
    let gone = |m: &StageMention| {
        left(m)
            && m.side == Some(Side::Withdrawn)
            && m.realis == Realis::Actual
            && m.factuality == Factuality::CertainYes
    };
    let not = |m: &StageMention| of_leaving(m) && m.realis == Realis::Negated && m.factuality == Factuality::CertainNo;
    let bound = |m: &StageMention| {
        m.rule.contains("(stay)") && matches!(m.factuality, Factuality::CertainYes | Factuality::ProbableYes)
    };
    // With their subjects: "have not given notice", and not "notice".
    let clause = |p: &Passage| {
        let witness = story.iter().find(|w| w.article.id == p.article);
        witness.map_or_else(|| p.clone(), |w| w.passage(clause_at(w, p.span)))
    };
    let passages = |wanted: &dyn Fn(&StageMention) -> bool| -> Vec<Passage> {
        mentions.iter().filter(|(_, m)| wanted(m)).map(|(p, _)| clause(p)).collect()
    };
    let (out, denied, still) = (passages(&gone), passages(&not), passages(&bound));
    let apart = |others: &[Passage]| others.iter().any(|o| out.iter().all(|p| p.article != o.article));
    if out.is_empty() || !(apart(&denied) || apart(&still)) {
        return None;
    }
    let mut positions = vec![position("out".to_owned(), out.clone())];
    let mut add = |value: &str, spans: Vec<Passage>| {
        if !spans.is_empty() {
            positions.push(position(value.to_owned(), spans));
        }
    };
    let verdict = if apart(&denied) { Verdict::Contradiction } else { Verdict::Tension };
    add("has not left", denied);
    add("bound", still);
    Some(Conflict {
        kind: ConflictKind::Stage,
        verdict,
        about: participant.0.clone(),
        positions,
        reason: "told as gone in one place and as not gone, or still bound, in another".to_owned(),
    })
}

fn word(side: Side) -> &'static str {
    match side {
        Side::Postponed => "postponed",
        Side::Declined => "declined",
        Side::Suspended => "suspended",
        Side::Withdrawn => "withdrawing",
        Side::Terminated => "ended",
        Side::Reserved => "reserved",
    }
}
