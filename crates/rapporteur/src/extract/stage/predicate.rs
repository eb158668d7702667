//! Predicates of joining, signing, leaving, with participant and agreement, and the interval that their wording allows.

mod doer;
mod effect;
mod guard;
mod mention;
mod place;

use language::{Pos, Token};

use super::super::{EntityId, EntityKind, Factuality, Realis, Stage, StageMention};
use super::cast::{Actor, Cast, Instrument};
use super::lexicon::{self, Entry};
use super::outlook::{Outlook, outlook};
use doer::{copula_of, is_paper_of_accession, own_state, participants, resumed};
use effect::Sides;
use guard::{has_lesser_standing, has_words, is_domestic, is_of_former, is_open_to_all, is_pluperfect};
pub(super) use guard::{is_nobody, is_other_entry};
pub(super) use mention::side_of;
use mention::{mention, wording};
use place::{agreement_of, fillers};

/// One participant's step, whether or not it gives an interval.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Token index of the predicate.
    pub(super) at: usize,
    pub(super) act: &'static str,
    pub(super) participant: EntityId,
    pub(super) agreement: EntityId,
    pub(super) outlook: Outlook,
    /// Whether the agreement is told of as any ("an international treaty"), with no other side.
    loose: bool,
    /// The interval, where the wording allows one.
    pub(super) mention: Option<StageMention>,
}

/// All steps in text order of their predicates.
pub(super) fn find(cast: &Cast<'_>) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let sides = Sides::of(cast);
    for token in cast.context.reading.tokens() {
        steps.extend(heading(cast, token));
        let in_force = effect::in_force(cast, token, &sides, &steps);
        steps.extend(in_force.into_iter().map(|mention| Step {
            at: token.i,
            act: "effect",
            participant: mention.participant.clone(),
            agreement: mention.agreement.clone(),
            outlook: outlook(cast, token),
            loose: false,
            mention: Some(mention),
        }));
        for entry in lexicon::entries(token) {
            // "gave notice" is a notice of leaving where the article speaks of that.
            let is_notice = matches!(entry.lemma, "notice" | "notification");
            if is_notice && !steps.iter().any(|s| s.act == "leave") {
                continue;
            }
            // "will sign only after ...": the agreement without a name that was spoken of last.
            let signs = matches!(entry.act, "sign" | "ratify");
            let last = steps
                .iter()
                .rev()
                .filter(|_| signs)
                .find(|s| s.agreement.0.starts_with("name:"))
                .map(|s| s.agreement.clone());
            let found = read(cast, token, entry, cast.main.cloned().or(last), (&sides, &steps));
            if !found.is_empty() {
                steps.extend(found);
                break;
            }
        }
    }
    name_loose(&mut steps);
    open_to_signatories(cast, &mut steps);
    steps
}

/// "agreed a treaty ... the other signatories to the treaty": one that has signatories is signed; how far a side of it got, words that it was
/// agreed leave open.
fn open_to_signatories(cast: &Cast<'_>, steps: &mut [Step]) {
    let mut signed: Vec<EntityId> = Vec::new();
    for token in cast.context.reading.tokens().filter(|t| t.lemma() == "signatory" && t.pos() == Pos::Noun) {
        let stands = |c: Token<'_>| matches!(c.lemma().to_lowercase().as_str(), "other" | "remaining" | "fellow");
        if token.children().any(stands) {
            let papers = ["to", "of"].into_iter().flat_map(|p| fillers(token, p));
            signed.extend(papers.filter_map(|p| match cast.instrument(p) {
                Instrument::Named(id, _) => Some(id),
                Instrument::Other => None,
            }));
        }
    }
    let agreed = |s: &&mut Step| s.act == "agree" && signed.contains(&s.agreement);
    for mention in steps.iter_mut().filter(agreed).filter_map(|s| s.mention.as_mut()) {
        if mention.lo == Stage::Announced as u8 {
            mention.hi = Stage::InForce as u8;
        }
    }
}

/// "Norway left the Lima Pact, the first state to leave an international treaty": what is told of as any treaty is the one that the
/// state does the same by in the article, where there is one only.
fn name_loose(steps: &mut [Step]) {
    let named: Vec<(EntityId, &str, EntityId)> = steps
        .iter()
        .filter(|s| !s.agreement.0.starts_with("name:"))
        .map(|s| (s.participant.clone(), s.act, s.agreement.clone()))
        .collect();
    for step in steps.iter_mut().filter(|s| s.loose) {
        let mut same = named.iter().filter(|n| n.0 == step.participant && n.1 == step.act).map(|n| &n.2);
        let Some(first) = same.next().filter(|first| same.all(|other| other == *first)) else { continue };
        step.agreement = first.clone();
        if let Some(mention) = &mut step.mention {
            mention.agreement = first.clone();
        }
    }
}

/// "Norway and Peru sign trade treaty": of a heading without an article the parser makes one noun phrase.
fn heading<'a>(cast: &Cast<'a>, token: Token<'a>) -> Vec<Step> {
    let noun = token.head().filter(|h| h.i > token.i && matches!(token.dep(), "compound" | "amod" | "nmod"));
    let (Some(noun), Some(before)) = (noun, token.before()) else { return Vec::new() };
    if token.pos() == Pos::Verb || !super::cast::is_in_heading(cast.context, token.span()) {
        return Vec::new();
    }
    let bare =
        |e: &&Entry| e.particle.is_none() && e.agreement.first() == Some(&"obj") && e.participant.contains(&"subj");
    let Some(entry) = lexicon::verbs(&token.text().to_lowercase()).iter().find(bare) else { return Vec::new() };
    let Instrument::Named(agreement, span) = cast.instrument(noun) else { return Vec::new() };
    let outlook = outlook(cast, token).told_as("did");
    let actors = cast.list_at(before.i);
    let step = |actor: Actor| {
        let wording = actor.span.cover(span);
        let mention = mention(cast, token, entry, &actor, &agreement, &outlook, wording, true);
        let (participant, agreement, outlook) = (actor.id, agreement.clone(), outlook.clone());
        Step { at: token.i, act: entry.act, participant, agreement, outlook, loose: false, mention }
    };
    actors.into_iter().map(step).collect()
}

fn read<'a>(
    cast: &Cast<'a>,
    token: Token<'a>,
    entry: &'static Entry,
    open: Option<EntityId>,
    (sides, told): (&Sides, &[Step]),
) -> Vec<Step> {
    if let Some(particle) = entry.particle
        && !has_words(token, particle)
    {
        return Vec::new();
    }
    // "suspended its participation": the verb tells the step.
    let held = token.pos() == Pos::Noun && matches!(entry.act, "join" | "member");
    if held
        && matches!(token.dep(), "dobj" | "nsubjpass")
        && token.head().is_some_and(|v| lexicon::entries(v).iter().any(|e| e.act == "suspend"))
    {
        return Vec::new();
    }
    // "joined as an observer": no member.
    if matches!(entry.act, "join" | "member" | "apply" | "invite") && has_lesser_standing(token) {
        return Vec::new();
    }
    // "updated the treaty": then it is no longer spoken about.
    if entry.act == "revise" && matches!(token.tag(), "VBD" | "VBN") {
        return Vec::new();
    }
    // "entry visa": the noun only says what kind of visa.
    if token.pos() == Pos::Noun && matches!(token.dep(), "compound" | "nmod") {
        return Vec::new();
    }
    // In an article on who is let off a measure `relief` reads these.
    if cast.relief.is_some() && matches!(entry.act, "exempt" | "extend" | "postpone") {
        return Vec::new();
    }
    let Some((agreement, named)) = agreement_of(cast, token, entry, open) else { return Vec::new() };
    if entry.act == "exempt"
        && named.is_none_or(|n| !matches!(n.1.lemma(), "exemption" | "waiver" | "extension" | "reprieve"))
    {
        return Vec::new();
    }
    // Nobody signs a body of states: "the agreement on a common market" that it drew up is another than itself.
    let body = agreement.0.starts_with("org:") && matches!(entry.act, "sign" | "ratify");
    if body
        && named
            .is_some_and(|n| !is_paper_of_accession(n.1) && n.1.lemma() != "protocol" && cast.mention(n.1).is_none())
    {
        return Vec::new();
    }
    // "extends exemptions": who grants them is not who is let off.
    let granted = entry.act == "extend" && named.is_some_and(|n| matches!(n.1.lemma(), "exemption" | "waiver"));
    if granted
        && fillers(token, "for").into_iter().chain(named.into_iter().flat_map(|n| fillers(n.1, "for"))).next().is_none()
    {
        return Vec::new();
    }
    let mut actors = participants(cast, token, entry, named.map(|n| n.1));
    actors.retain(|a| a.id != agreement);
    // "signed the accords with Washington": who is there when others join one that all may join takes no step.
    if is_open_to_all(&agreement) && actors.len() > 1 {
        let partners: Vec<EntityId> =
            fillers(token, "with").into_iter().flat_map(|t| cast.actors(t)).map(|a| a.id).collect();
        actors.retain(|a| !partners.contains(&a.id));
    }
    // "EU membership": of the union.
    if token.lemma() == "membership" {
        actors.retain(|a| !a.id.0.starts_with("org:"));
    }
    // "Cruz dropped out": who is not said to leave an agreement leaves for himself.
    if named.is_none() && matches!(entry.act, "leave" | "invite") {
        let is_person = |a: &Actor| {
            let mention = cast.mention(cast.context.reading.token(a.at));
            mention.is_some_and(|m| cast.context.names.entity_of(m).kind == EntityKind::Person)
        };
        actors.retain(|a| !is_person(a));
    }
    if actors.is_empty() && agreement.0.starts_with("name:") {
        actors = resumed(cast, token, named.map(|n| n.1));
    }
    // "the truce, agreed on Monday": by its sides; how it went on since, such words leave open.
    let participle = token.tag() == "VBN" && token.dep() == "acl" || place::agreed_upon(token).is_some();
    let background = actors.is_empty() && entry.act == "agree" && participle;
    if background && named.is_some_and(|n| super::cast::is_definite(n.1)) {
        actors = sides.resumed(&agreement, told, token);
    }
    // "which had been agreed under a former president": history of an earlier day, and no step.
    let before = entry.act == "agree" && is_pluperfect(token);
    if before && is_of_former(token) {
        return Vec::new();
    }
    if is_domestic(cast, token, entry, &agreement, named.map(|n| n.1), &actors) {
        return Vec::new();
    }
    // "the worst deal that Congress approved": of an agreement without a name only a ratification is one; "ratify accords" names none.
    let several = named.is_some_and(|n| matches!(n.1.tag(), "NNS" | "NNPS") && n.1.child("det").is_none());
    if agreement.0.starts_with("name:")
        && (matches!(entry.lemma, "approve" | "adopt") || several && matches!(entry.act, "ratify" | "join"))
    {
        return Vec::new();
    }
    actors.retain(|a| !cast.is_place_of_report(a));
    if entry.act == "ratify" {
        actors.retain(|a| !is_other_entry(cast, token, &agreement, &a.id));
    }
    let mut outlook = outlook(cast, token);
    if background && !token.is_negated() {
        outlook = outlook.told_as("did");
    }
    if actors.is_empty()
        && matches!(entry.act, "join" | "member" | "ratify")
        && matches!(outlook.told, Some("not" | "not_yet" | "may" | "if"))
    {
        actors.extend(own_state(cast, token, &outlook));
    }
    // "announced an initiative": of one state alone it is no agreement.
    let vague =
        |n: Token<'_>| matches!(n.lemma(), "initiative" | "framework" | "scheme" | "partnership" | "moratorium");
    let alone = entry.act == "agree" && actors.len() == 1 && agreement.0.starts_with("name:");
    if actors.is_empty() || alone && named.is_some_and(|n| vague(n.1)) {
        return Vec::new();
    }
    // "neither of the two is a party": the subject negates.
    if outlook.told == Some("did")
        && token
            .subject()
            .or(token.surface_subject())
            .or(copula_of(token).and_then(Token::surface_subject))
            .is_some_and(is_nobody)
    {
        outlook.told = Some("not_yet");
        outlook.judgement.factuality = Factuality::CertainNo;
        outlook.judgement.realis = Realis::Negated;
    }
    let place = named.map(|n| n.0);
    let loose = agreement.0.starts_with("name:")
        && named.is_some_and(|(_, noun)| {
            let sides = [token, noun].into_iter().flat_map(|t| ["with", "between"].map(|p| fillers(t, p))).flatten();
            noun.child("det").is_some_and(|d| matches!(d.lemma(), "a" | "an"))
                && sides.count() == 0
                && !super::cast::topics(noun).any(|t| lexicon::is_matter_of_states(&t.text().to_lowercase()))
        });
    actors
        .into_iter()
        .map(|actor| {
            let wording = wording(cast, token, &actor, place);
            let mut mention = mention(cast, token, entry, &actor, &agreement, &outlook, wording, place.is_some());
            // "hopes to strike a deal with Peru": of Peru it is no word.
            let with = |t: Token<'_>| t.head().is_some_and(|p| p.lemma() == "with" && p.dep() == "prep");
            let hoped = matches!(outlook.told, Some("wants" | "may")) && with(cast.context.reading.token(actor.at));
            if let Some(mention) = mention.as_mut().filter(|m| hoped && m.hi == Stage::Conditional as u8) {
                mention.hi = Stage::Negotiating as u8;
            }
            if let Some(mention) = mention.as_mut().filter(|m| (background || before) && m.lo == Stage::Announced as u8)
            {
                mention.hi = Stage::InForce as u8;
            }
            Step {
                at: token.i,
                act: entry.act,
                participant: actor.id,
                agreement: agreement.clone(),
                outlook: outlook.clone(),
                loose,
                mention,
            }
        })
        .collect()
}

impl Step {
    /// Whether the text tells it as having happened.
    pub(super) fn is_done(&self) -> bool {
        self.outlook.told == Some("did")
    }

    /// Whether it is asked, wished or thought possible only.
    pub(super) fn is_open(&self) -> bool {
        self.mention.as_ref().is_some_and(|m| m.hi <= 3) && self.outlook.judgement.realis != Realis::Presupposed
    }
}

/// Whether the entity is a state, for lists.
pub(super) fn is_state(cast: &Cast<'_>, id: &EntityId) -> bool {
    id.0.starts_with("iso3:") || cast.context.names.get(id).is_some_and(|e| e.kind == EntityKind::State)
}
