//! How far each participant has got: what the wordings of one article allow, then what all articles allow together.
//!
//! An assertion binds from below and from above. A wording that only holds back ("a signing ceremony will be announced") caps.
//! What is merely mooted, wished for, or foretold by third parties binds nothing: it is the account only where nobody says more.

use std::collections::BTreeMap;

use serde::Serialize;

use super::frame::is_truce;
use super::{Witness, date, voice};
use crate::extract::{By, EntityId, Factuality, Holder, Member, MemberStatus, Realis, Side, Stage, StageMention};
use crate::provenance::{ArticleId, Passage};

/// How far a participant has got with an agreement: the intersection of what the articles' wordings allow.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct StageAccount {
    pub participant: EntityId,
    pub agreement: EntityId,
    pub lo: u8,
    pub hi: u8,
    /// The highest stage that is certain: that of `lo`.
    pub stage: Stage,
    pub side: Option<Side>,
    pub reason: String,
    /// One entry an article, in the order of [`Account::articles`](super::Account::articles).
    pub articles: Vec<StageWording>,
    /// Whether no stage satisfies all articles.
    pub conflict: bool,
    /// Whether somebody asserts it, and not merely names it as possible.
    pub asserted: bool,
    /// Whether an end, a halt or a delay is said to lie ahead, and none to have come: "is set to expire", "voted to withdraw".
    #[serde(skip)]
    pub end_to_come: bool,
}

impl StageAccount {
    /// Whether the same articles say the same of two participants: one step of both.
    pub(crate) fn is_one_step_with(&self, other: &StageAccount) -> bool {
        let at = |s: &StageAccount| (s.lo, s.hi, s.side, s.conflict, s.asserted, s.end_to_come);
        // Words that bear less than the step are nobody's.
        let bearing = |s: &StageAccount| -> Vec<(ArticleId, Option<Side>, bool)> {
            let kept = |w: &&StageWording| s.conflict || w.side.is_some() || bears(s, w);
            let all = || s.articles.iter();
            let of = |w: &StageWording| (w.article.clone(), w.side, w.left);
            if all().any(|w| kept(&w)) { all().filter(kept).map(of).collect() } else { all().map(of).collect() }
        };
        self.agreement == other.agreement && at(self) == at(other) && bearing(self) == bearing(other)
    }
}

/// What one article allows, and the words that carry it.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct StageWording {
    pub article: ArticleId,
    pub lo: u8,
    pub hi: u8,
    pub wording: Passage,
    /// The words that keep the stage from being higher, where they are others.
    pub capped_by: Option<Passage>,
    pub side: Option<Side>,
    pub holder: Holder,
    /// Whether the wording tells it as done ("joins", "has joined").
    pub as_done: bool,
    /// Whether all that the article asserts of it has taken place.
    #[serde(skip)]
    pub agreed: bool,
    /// Whether the article speaks of a signature that is still to come, or was not given.
    #[serde(skip)]
    pub unsigned: bool,
    /// Whether it says that the participant is out already, and not only on its way.
    #[serde(skip)]
    pub left: bool,
    /// Whether words of it that tell of no end have the agreement in force for the participant.
    #[serde(skip)]
    pub inside: bool,
    /// Whether what leaves talks open in it goes with a refusal to talk.
    #[serde(skip)]
    pub no_talks: bool,
}

/// What is told of a participant beside its withdrawal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leaver {
    /// It is out already.
    Out,
    /// It is bound still: "the three remain bound by it", or the depositary has it in force.
    Inside,
    /// Neither is said.
    Untold,
}

impl Leaver {
    pub(crate) fn of(left: bool, inside: bool) -> Leaver {
        match (left, inside) {
            (true, _) => Leaver::Out,
            (false, true) => Leaver::Inside,
            (false, false) => Leaver::Untold,
        }
    }
}

/// Whether a wording asserts that the participant has got so far.
pub(crate) fn is_binding(mention: &StageMention) -> bool {
    let certain = matches!(mention.factuality, Factuality::CertainYes | Factuality::ProbableYes);
    let real = matches!(mention.realis, Realis::Actual | Realis::Future | Realis::Conditional);
    let own_condition = mention.realis != Realis::Conditional || mention.by == By::Itself;
    mention.lo > 0
        && certain
        && real
        && own_condition
        && mention.by != By::Third
        && mention.hi >= Stage::Negotiating as u8
}

/// Whether an article's own wording bears what is established of a stage: it asserts a step as far within it, or where no step is
/// established holds back as far; and it has the same side state.
pub(crate) fn bears(stage: &StageAccount, wording: &StageWording) -> bool {
    let within = wording.lo <= stage.hi && stage.lo <= wording.hi;
    // "is optimistic that it will join" bears no talks; who is known to be in by other words needs no word that says so.
    let most = stage.articles.iter().map(|a| a.lo).max().unwrap_or(0);
    let reaches = wording.lo >= stage.lo.min(most)
        || wording.lo >= Stage::Announced as u8 && wording.hi == stage.hi && stage.hi == Stage::InForce as u8;
    let steps = if stage.lo > 0 { reaches } else { wording.hi <= stage.hi };
    within && steps && wording.side == stage.side
}

/// Whether a wording only says how far the participant has not got.
fn is_cap(mention: &StageMention) -> bool {
    mention.lo == 0 && mention.hi < Stage::InForce as u8 && mention.side.is_none()
}

/// One article with its wordings of one participant and agreement.
pub(crate) type Worded<'a> = (&'a Witness<'a>, Vec<&'a StageMention>);

/// An account for each participant and agreement, in the order of their identifiers.
pub(crate) fn reconcile(story: &[Witness<'_>]) -> Vec<StageAccount> {
    let mut pairs: BTreeMap<(&EntityId, &EntityId), Vec<Worded<'_>>> = BTreeMap::new();
    for witness in story {
        let mut own: BTreeMap<(&EntityId, &EntityId), Vec<&StageMention>> = BTreeMap::new();
        for mention in witness.findings.stages.iter().filter(|m| !is_dashed(m, witness)) {
            own.entry((&mention.participant, &mention.agreement)).or_default().push(mention);
        }
        for (pair, mentions) in own {
            pairs.entry(pair).or_default().push((witness, mentions));
        }
    }
    pairs
        .into_iter()
        .map(|((participant, agreement), by_article)| account(participant, agreement, &by_article))
        .collect()
}

/// Whether a wording is of talks or plans that the article goes on to say were dashed, or says so itself: what it was that came to nothing,
/// words that point back leave open, and no step is left to tell.
fn is_dashed(mention: &StageMention, witness: &Witness<'_>) -> bool {
    let ends = |m: &StageMention| m.rule.starts_with("plans ended");
    let answers = |m: &&StageMention| {
        ends(m)
            && m.participant == mention.participant
            && m.agreement == mention.agreement
            && mention.wording.start < m.wording.start
            && mention.hi <= Stage::Conditional as u8
            && mention.lo > 0
    };
    ends(mention) || witness.findings.stages.iter().any(|m| answers(&m))
}

fn account(participant: &EntityId, agreement: &EntityId, by_article: &[Worded<'_>]) -> StageAccount {
    let asserted = by_article.iter().any(|(_, mentions)| mentions.iter().any(|m| is_binding(m)));
    // "No document was signed" holds back no truce, which takes effect all the same.
    let truce = is_truce(agreement);
    let holds_back = |m: &StageMention| is_cap(m) && !(truce && is_unsigned(m));
    // An article that only moots does not speak where others assert.
    let speaks = |m: &&StageMention| if asserted { is_binding(m) || holds_back(m) } else { true };
    let articles: Vec<StageWording> = by_article
        .iter()
        .filter_map(|(witness, mentions)| {
            // "earned a permanent exemption ... is still subject to duties on glass": under another measure of the kind.
            let relief = agreement.is_exemption();
            let spared =
                |m: &&StageMention| is_binding(m) && m.realis == Realis::Actual && m.hi == Stage::InForce as u8;
            let spared = relief && mentions.iter().any(spared);
            let speaking: Vec<&StageMention> =
                mentions.iter().copied().filter(speaks).filter(|m| !spared || m.hi > 0).collect();
            let unsigned = mentions.iter().any(|m| is_unsigned(m));
            // "agreed to limit its exports ... and was granted an exemption": as far as the grant goes.
            let granted = relief && speaking.iter().any(|m| is_binding(m) && m.realis == Realis::Actual && m.hi == 7);
            let hi = |w: &StageWording| if granted && w.agreed { Stage::InForce as u8 } else { w.hi };
            wording(witness, &speaking).map(|w| StageWording { unsigned, hi: hi(&w), ..w })
        })
        .collect();
    // Of one that is in by other words, how it once signed is history.
    let member = |w: &Witness<'_>| {
        let is = |m: &Member| m.participant == *participant && m.agreement == *agreement;
        w.findings.members.iter().any(|m| is(m) && matches!(m.status, MemberStatus::Original | MemberStatus::Member))
    };
    let inside = by_article.iter().any(|(w, _)| member(w));
    let further = |a: &StageWording| is_granted(agreement, a) || inside && a.agreed && a.side.is_none();
    let allowed = |a: &StageWording| (a.lo, if further(a) { Stage::InForce as u8 } else { a.hi });
    let (mut lo, hi, apart) = agreed(&articles.iter().map(allowed).collect::<Vec<_>>());
    // What some articles have in force and others only agreed is agreed at least: words of two days.
    let further = articles.iter().filter(|a| a.lo > Stage::Announced as u8).count();
    if truce && !apart && lo > Stage::Announced as u8 && further < articles.len() {
        lo = Stage::Announced as u8;
    }
    // What was to come has come since, where it is told with its day.
    let mut apart = apart;
    let mut hi = hi;
    if let Some((from, to)) = came_since(by_article, &articles.iter().collect::<Vec<_>>()).filter(|_| apart) {
        (lo, hi, apart) = (from, to, false);
    }
    // "has traded more since joining", of one that articles call a member: it is in.
    if !apart && hi == Stage::InForce as u8 && inside {
        lo = hi;
    }
    let open = |mentions: &[&StageMention]| {
        let done = mentions.iter().any(|m| m.side.is_some() && !is_to_come(m));
        !done && mentions.iter().any(|m| is_to_come(m) || is_denied_end(m))
    };
    let side = side(&articles, by_article.iter().filter(|(_, mentions)| open(mentions)).count());
    let end_to_come =
        side.is_none() && by_article.iter().flat_map(|(_, m)| m).any(|m| is_to_come(m) && m.realis == Realis::Future);
    let reason = reason(by_article, &articles, (lo, hi), apart, asserted);
    // "Will join" and "has not joined yet" go together: a forecast contradicts a refusal or a step taken, never a not-yet.
    let refused = by_article.iter().flat_map(|(_, m)| m).any(|m| m.side.is_some() || m.rule.contains("will_not"));
    let conflict = apart && (refused || articles.iter().any(|a| a.as_done || a.lo > Stage::Announced as u8));
    let (participant, agreement) = (participant.clone(), agreement.clone());
    StageAccount {
        participant,
        agreement,
        lo,
        hi,
        stage: Stage::of_rank(lo),
        side,
        reason,
        articles,
        conflict,
        asserted,
        end_to_come,
    }
}

/// The interval of the articles that tell the furthest step with its day, where all the others only have one before it, or have it still to
/// come: words of an earlier day. `None` where one of these denies it, or is dated that day or later.
pub(crate) fn came_since(by_article: &[Worded<'_>], articles: &[&StageWording]) -> Option<(u8, u8)> {
    let worded = |a: &StageWording| by_article.iter().find(|(w, _)| w.article.id == a.article);
    let day = |a: &StageWording| {
        let (witness, mentions) = worded(a)?;
        let reached = |m: &&&StageMention| {
            is_binding(m)
                && m.realis == Realis::Actual
                && m.lo > Stage::Announced as u8
                && m.lo >= a.lo
                && m.side.is_none()
        };
        mentions.iter().filter(reached).filter_map(|m| date::day_of(witness, m.wording)).min()
    };
    let furthest = articles.iter().map(|a| a.lo).max()?;
    let told: Vec<(&StageWording, _)> =
        articles.iter().filter(|a| a.lo == furthest).filter_map(|a| Some((*a, day(a)?))).collect();
    let first = told.iter().map(|(_, day)| *day).min()?;
    let mut others = articles.iter().filter(|a| !told.iter().any(|(t, _)| t.article == a.article));
    let before = |a: &&StageWording| {
        let Some((witness, mentions)) = worded(a) else { return false };
        let denied = mentions.iter().any(|m| is_cap(m) && m.realis == Realis::Negated);
        a.hi < furthest && !denied && date::written_on(witness).is_none_or(|d| d < first)
    };
    let (lo, hi, apart) = agreed(&told.iter().map(|(a, _)| (a.lo, a.hi)).collect::<Vec<_>>());
    (others.all(before) && !apart).then_some((lo, hi))
}

/// The intersection of intervals; where it is empty the interval that most of them share, of equals the most cautious, and `true`.
fn agreed(intervals: &[(u8, u8)]) -> (u8, u8, bool) {
    let lo = intervals.iter().map(|i| i.0).max().unwrap_or(0);
    let hi = intervals.iter().map(|i| i.1).min().unwrap_or(7);
    if lo <= hi {
        return (lo, hi, false);
    }
    let holding = |rank: u8| -> Vec<&(u8, u8)> { intervals.iter().filter(|i| i.0 <= rank && rank <= i.1).collect() };
    let most = (0..=7).map(|rank| holding(rank).len()).max().unwrap_or(0);
    let first = (0..=7).find(|&rank| holding(rank).len() == most).unwrap_or(0);
    let last = (first..=7).take_while(|&rank| holding(rank) == holding(first)).last().unwrap_or(first);
    (first, last, true)
}

/// What one article allows: the intersection of its wordings, carried by the shortest wording with the highest floor.
fn wording(witness: &Witness<'_>, mentions: &[&StageMention]) -> Option<StageWording> {
    // What was turned down is told by the words that say so.
    let side = mentions.iter().filter(|m| !is_to_come(m)).find_map(|m| m.side);
    let other = |m: &StageMention| side == Some(Side::Declined) && m.side != side;
    let carrying = |m: &&&StageMention| (other(m), std::cmp::Reverse(m.lo), m.wording.len(), m.wording.start);
    let carrier = mentions.iter().min_by_key(carrying)?;
    // "have signed ... is already in force": of what one article tells as done the earlier step is history.
    let done = |m: &StageMention| is_binding(m) && m.realis == Realis::Actual && m.side.is_none();
    let reached = mentions.iter().filter(|m| done(m)).map(|m| m.lo).max().unwrap_or(0);
    // "planned to join" beside "has signed" is history too; a word that no paper was signed is none.
    let before = |m: &StageMention| done(m) || reached > Stage::Announced as u8 && m.lo > 0 && m.side.is_none();
    let allows = |m: &&StageMention| (m.lo, if before(m) { m.hi.max(reached) } else { m.hi });
    let (lo, hi, _) = agreed(&mentions.iter().map(allows).collect::<Vec<_>>());
    let caps = |m: &&&StageMention| m.hi == hi && (is_cap(m) || m.hi < carrier.hi);
    // "have signed ... a formal signing will follow": an article may hold back what it tells.
    let shortest = |m: &&&StageMention| (!is_unsigned(m), m.wording.len(), m.wording.start);
    let cap = mentions.iter().filter(caps).min_by_key(shortest);
    let cap = cap.or_else(|| mentions.iter().filter(|m| is_cap(m) && m.hi < lo).min_by_key(shortest));
    // "has joined" or "joins" is told as done even where other words of the article cap it.
    let done = mentions.iter().find(|m| is_binding(m) && m.realis == Realis::Actual && m.hi == 7 && m.lo >= 4);
    Some(StageWording {
        article: witness.id(),
        lo,
        hi,
        // What says more than that is the better word.
        wording: witness.passage(done.filter(|d| d.lo >= carrier.lo && !other(d)).unwrap_or(carrier).wording),
        capped_by: cap.map(|m| witness.passage(m.wording)),
        side,
        holder: voice(&carrier.holder),
        as_done: done.is_some(),
        agreed: mentions.iter().all(|m| m.realis == Realis::Actual && !is_cap(m)),
        unsigned: false,
        left: mentions.iter().any(|m| is_out(m)),
        inside: mentions.iter().any(|m| has_in_force(m.lo, m.side)),
        no_talks: mentions.iter().any(|m| crate::extract::stage::refuses_talks(&m.rule)),
    })
}

/// "a signing ceremony will be announced", "will sign next week", "no document was signed".
fn is_unsigned(mention: &StageMention) -> bool {
    speaks_of_signing(mention.hi, &mention.rule)
}

/// Whether a wording that allows no more than that, found by that rule, speaks of a signature that is still to come, or was not given.
pub(crate) fn speaks_of_signing(hi: u8, rule: &str) -> bool {
    hi <= Stage::Announced as u8 && (rule.starts_with("signing still to come") || rule.contains("(sign) told as"))
}

/// "quit the pact", "has left": who gave notice is on the way out, and still in.
fn is_out(mention: &StageMention) -> bool {
    mention.side == Some(Side::Withdrawn)
        && mention.realis == Realis::Actual
        && mention.factuality == Factuality::CertainYes
        && tells_departure(&mention.rule)
}

/// Whether a wording with that floor and side state has the agreement in force, and tells of no end: "remains bound", "has not left".
pub(crate) fn has_in_force(lo: u8, side: Option<Side>) -> bool {
    lo == Stage::InForce as u8 && side.is_none()
}

/// Whether a withdrawal found by that rule is one that ran its course: a verb, and no notice.
pub(crate) fn tells_departure(rule: &str) -> bool {
    !["notice", "notification", "withdraw", "exit", "departure"].iter().any(|n| rule.starts_with(n))
}

/// Who is let off a measure need not sign, nor who holds fire: that an agreement on it was reached does not say that it is not in force.
fn is_granted(agreement: &EntityId, article: &StageWording) -> bool {
    (agreement.is_exemption() || is_truce(agreement)) && article.agreed && article.lo >= Stage::Announced as u8
}

/// An end, a halt or a delay that lies ahead or is only possible: until then the ladder stands.
fn is_to_come(mention: &StageMention) -> bool {
    let ahead = matches!(mention.realis, Realis::Future | Realis::Hypothetical | Realis::Conditional | Realis::Wanted);
    ahead && matches!(mention.side, Some(Side::Postponed | Side::Suspended | Side::Withdrawn | Side::Terminated))
}

/// "have not given notice": who is in has not left.
fn is_denied_end(mention: &StageMention) -> bool {
    mention.lo == Stage::InForce as u8 && mention.side.is_none() && mention.factuality == Factuality::CertainNo
}

/// The side state that most articles assert, of equals the first by the vocabulary; none where as many have it as still to come.
fn side(articles: &[StageWording], to_come: usize) -> Option<Side> {
    let mut counts: BTreeMap<Side, usize> = BTreeMap::new();
    for side in articles.iter().filter_map(|a| a.side) {
        *counts.entry(side).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(side, n)| (*n, std::cmp::Reverse(*side)));
    most.filter(|(_, n)| *n > to_come).map(|(side, _)| side)
}

/// Whether what is talked about is another version of an agreement that the participant is in by the dated table: "revamping the Lima Pact", "a
/// new trade deal" in its place.
pub(crate) fn is_of_revision(stage: &StageAccount) -> bool {
    let iso3 = stage.participant.0.strip_prefix("iso3:");
    let id = stage.agreement.0.strip_prefix("agreement:");
    let (Some(iso3), Some(id)) = (iso3, id) else { return false };
    let mut known = crate::knowledge::knowledge().memberships_of(id, iso3);
    (1..=2).contains(&stage.lo) && stage.hi <= Stage::Negotiating as u8 && known.any(|m| m.stage == "in_force")
}

/// How far a stretch that talks alone would end goes where they are refused: an exemption that is asked for is mooted.
pub(crate) fn without_talks(lo: u8, hi: u8, no_talks: bool) -> u8 {
    if no_talks && (lo, hi) == (Stage::Mooted as u8, Stage::Negotiating as u8) { lo } else { hi }
}

/// A stretch of the ladder with what stands beside it. `unsigned`: whether a signature is said to be still to come; `None` where nobody
/// signs, as for an exemption.
pub(crate) fn step(lo: u8, hi: u8, side: Option<Side>, leaver: Leaver, unsigned: Option<bool>) -> String {
    let ladder = match (lo, hi, unsigned) {
        (4, 4, None) => "announced".to_owned(),
        (4, 4, Some(false)) => "announced; signing not mentioned".to_owned(),
        _ => stage_words(lo, hi),
    };
    match side {
        None => ladder,
        // Who was in and is out is in no more; that who leaves is bound until then is printed where words say so.
        Some(Side::Withdrawn) if lo == Stage::InForce as u8 && leaver == Leaver::Out => "withdrawn".to_owned(),
        Some(side @ Side::Withdrawn) if lo == Stage::InForce as u8 && leaver == Leaver::Untold => {
            side_words(side).to_owned()
        }
        Some(side) => format!("{ladder} · {}", side_words(side)),
    }
}

/// A state beside the ladder in words.
pub(crate) fn side_words(side: Side) -> &'static str {
    match side {
        Side::Postponed => "postponed",
        Side::Declined => "declined",
        Side::Suspended => "suspended",
        Side::Withdrawn => "withdrawing or withdrawn",
        Side::Terminated => "terminated",
        Side::Reserved => "with a reservation",
    }
}

/// The ladder in words for a reader: "announced, not signed".
pub(crate) fn stage_words(lo: u8, hi: u8) -> String {
    let word = |rank: u8| Stage::of_rank(rank).as_str().replace('_', " ");
    match (lo, hi) {
        (0, 0) => "no step".to_owned(),
        (0, 7) => "nothing told".to_owned(),
        // "is not a member" leaves open only what comes before.
        (0, 6) => "not a party".to_owned(),
        (0, hi) => format!("at most {}", word(hi)),
        (4, 4) => "announced, not signed".to_owned(),
        (5, 5) => "signed".to_owned(),
        (6, 6) => "ratified".to_owned(),
        (lo, 7) if lo < 7 => format!("{} at least; whether more, the wording leaves open", word(lo)),
        (lo, hi) if lo == hi => word(lo),
        (lo, hi) => format!("{} to {}", word(lo), word(hi)),
    }
}

/// The ladder's words: "announced", "announced to in force".
pub(crate) fn interval(lo: u8, hi: u8) -> String {
    let word = |rank: u8| Stage::of_rank(rank).as_str().replace('_', " ");
    if lo == hi { word(lo) } else { format!("{} to {}", word(lo), word(hi)) }
}

fn reason(
    by_article: &[Worded<'_>],
    articles: &[StageWording],
    (lo, hi): (u8, u8),
    conflict: bool,
    asserted: bool,
) -> String {
    let said = |passage: &Passage| {
        let witness = by_article.iter().find(|(w, _)| w.article.id == passage.article);
        format!("\"{}\"", witness.map_or("", |(w, _)| passage.span.of(&w.article.text)))
    };
    if articles.is_empty() {
        return "no wording".to_owned();
    }
    if conflict {
        let low = articles.iter().min_by_key(|a| (a.hi, a.wording.span.len(), &a.article));
        let high = articles.iter().max_by_key(|a| (a.lo, std::cmp::Reverse(a.wording.span.len()), &a.article));
        if let (Some(low), Some(high)) = (low, high) {
            let capping = low.capped_by.as_ref().unwrap_or(&low.wording);
            return format!(
                "no stage satisfies all: {} says {} at least, {} says {} at most; kept: {}",
                said(&high.wording),
                interval(high.lo, high.lo),
                said(capping),
                interval(low.hi, low.hi),
                interval(lo, hi),
            );
        }
    }
    let floor = articles.iter().filter(|a| a.lo == lo).min_by_key(|a| (a.wording.span.len(), &a.article));
    let cap = articles
        .iter()
        .filter(|a| a.hi == hi && hi < 7)
        .min_by_key(|a| (a.capped_by.is_none(), a.wording.span.len(), &a.article));
    let floor = floor.map_or(String::new(), |a| said(&a.wording));
    let mut reason = match asserted {
        true => format!("{floor} says {} at least", interval(lo, lo)),
        false => format!("nobody asserts it; {floor} allows {}", interval(lo, hi)),
    };
    if let Some(cap) = cap.filter(|_| asserted) {
        let words = said(cap.capped_by.as_ref().unwrap_or(&cap.wording));
        reason.push_str(&format!("; {words} allows no more than {}", interval(hi, hi)));
    }
    reason
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_out_is_in_force_no_more() {
        assert_eq!((without_talks(1, 2, true), without_talks(1, 2, false), without_talks(2, 2, true)), (1, 2, 2));
        let leaving = |leaver| step(7, 7, Some(Side::Withdrawn), leaver, Some(false));
        assert_eq!(leaving(Leaver::Out), "withdrawn");
        assert_eq!(leaving(Leaver::Untold), "withdrawing or withdrawn");
        assert_eq!(leaving(Leaver::Inside), "in force · withdrawing or withdrawn");
        assert_eq!(step(7, 7, Some(Side::Suspended), Leaver::Untold, Some(false)), "in force · suspended");
        assert_eq!(step(7, 7, None, Leaver::Untold, Some(false)), "in force");
        assert_eq!(
            step(4, 4, Some(Side::Withdrawn), Leaver::Out, Some(true)),
            "announced, not signed · withdrawing or withdrawn"
        );
    }

    #[test]
    fn a_signature_is_denied_only_where_it_is_spoken_of() {
        assert_eq!(step(4, 4, None, Leaver::Untold, Some(true)), "announced, not signed");
        assert_eq!(step(4, 4, None, Leaver::Untold, Some(false)), "announced; signing not mentioned");
        assert_eq!(step(4, 4, None, Leaver::Untold, None), "announced");
        assert_eq!(
            (step(0, 6, None, Leaver::Untold, Some(true)), step(0, 5, None, Leaver::Untold, None)),
            ("not a party".to_owned(), "at most signed".to_owned())
        );
    }
}
