//! Predicates of joining, signing, leaving, with participant and agreement, and the interval that their wording allows.

use language::{Pos, Span, Token};

use super::super::factuality;
use super::super::{By, EntityId, EntityKind, Factuality, HolderKind, Realis, Side, Stage, StageMention};
use super::cast::{Actor, Cast, Instrument};
use super::lexicon::{self, Entry};
use super::outlook::{Outlook, by, cessation, governor, outlook, state_of_holder};

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
    for token in cast.context.reading.tokens() {
        steps.extend(heading(cast, token));
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
            let found = read(cast, token, entry, cast.main.cloned().or(last));
            if !found.is_empty() {
                steps.extend(found);
                break;
            }
        }
    }
    name_loose(&mut steps);
    steps
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

fn read<'a>(cast: &Cast<'a>, token: Token<'a>, entry: &'static Entry, open: Option<EntityId>) -> Vec<Step> {
    if let Some(particle) = entry.particle
        && !has_words(token, particle)
    {
        return Vec::new();
    }
    // "suspended its participation": the verb tells the step.
    let held = token.pos() == Pos::Noun && matches!(entry.act, "join" | "member");
    if held
        && token.dep() == "dobj"
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
    if actors.is_empty()
        && matches!(entry.act, "join" | "member" | "ratify")
        && matches!(outlook.told, Some("not" | "not_yet" | "may" | "if"))
    {
        actors.extend(own_state(cast, token, &outlook));
    }
    if actors.is_empty() {
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
            let mention = mention(cast, token, entry, &actor, &agreement, &outlook, wording, place.is_some());
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

/// Whether it is an agreement of the table that states accede to.
fn is_open_to_all(agreement: &EntityId) -> bool {
    let known = crate::knowledge::knowledge();
    let id = agreement.0.strip_prefix("agreement:").unwrap_or(&agreement.0);
    known
        .agreement(id)
        .or_else(|| known.agreement_of(id))
        .is_some_and(|a| matches!(a.kind, "accession" | "organisation"))
}

/// "the details of those agreements will be settled": the states of the agreements spoken of last.
fn resumed<'a>(cast: &Cast<'a>, token: Token<'a>, named: Option<Token<'a>>) -> Vec<Actor> {
    let Some(noun) = named.filter(|n| n.child("det").is_some_and(|d| matches!(d.lemma(), "those" | "these" | "both")))
    else {
        return Vec::new();
    };
    let reading = cast.context.reading;
    let Some(before) = token.sentence().checked_sub(1).map(|s| reading.sentences()[s].tokens.clone()) else {
        return Vec::new();
    };
    // The list after the same noun: "agreements with A, B and C".
    let noun_before = reading.range(before.clone()).find(|t| t.lemma() == noun.lemma());
    let after = noun_before.map(|n| reading.range(n.i..before.end)).into_iter().flatten();
    let mut lists = after.map(|t| cast.list_at(t.i));
    lists.find(|l| l.len() >= 2).unwrap_or_default()
}

/// An agreement without a name between one state and somebody who is none ("a deal with Facebook", "an agreement with Congress"), or
/// on no matter of states at all: no step of a state. What speaks for one between states: a second state at the predicate or the noun,
/// a noun that only states use ("ceasefire", "treaty"), or a matter of theirs ("trade", "peace", "nuclear").
fn is_domestic<'a>(
    cast: &Cast<'a>,
    token: Token<'a>,
    entry: &Entry,
    agreement: &EntityId,
    named: Option<Token<'a>>,
    actors: &[Actor],
) -> bool {
    let Some(noun) = named.filter(|_| agreement.0.starts_with("name:")) else { return false };
    if cast.relief.is_some_and(|m| *agreement == super::relief::agreement(m, false)) {
        return false;
    }
    // "seals the deal".
    let idiom = matches!(entry.lemma, "seal" | "clinch") && noun.lemma() == "deal" && actors.len() < 2;
    let partners: Vec<Token<'a>> = [token, noun].into_iter().flat_map(|t| fillers(t, "with")).collect();
    let foreign = partners.iter().any(|t| !cast.actors(*t).is_empty() || owned_by_state(cast, *t));
    if idiom || !partners.is_empty() && !foreign {
        return true;
    }
    let lemma = noun.lemma().to_lowercase();
    let of_states = matches!(
        lemma.as_str(),
        "treaty"
            | "pact"
            | "accord"
            | "ceasefire"
            | "truce"
            | "protocol"
            | "convention"
            | "alliance"
            | "bloc"
            | "union"
            | "exemption"
            | "statute"
    );
    let topic = super::cast::topics(noun).any(|c| lexicon::is_matter_of_states(&c.text().to_lowercase()));
    // "truck drivers reached an agreement with the Brazilian government".
    let doer = token.subject().filter(|s| *s != noun && s.i < token.i);
    if foreign && actors.len() < 2 && !of_states && !topic && doer.is_some_and(|d| cast.actors(d).is_empty()) {
        return true;
    }
    if actors.len() >= 2 || foreign {
        return false;
    }
    let sides = [token, noun].into_iter().flat_map(|t| fillers(t, "between")).flat_map(|t| cast.actors(t)).count();
    // "which Norway joined", where the noun stands for a body of states.
    let joined = matches!(entry.act, "join" | "leave" | "member" | "stay" | "suspend") && !is_indefinite(noun);
    sides < 2 && !of_states && !topic && !joined
}

fn is_indefinite(noun: Token<'_>) -> bool {
    noun.child("det").is_none_or(|d| matches!(d.lemma(), "a" | "an" | "another" | "any"))
}

/// "with the Russian government", "with Taliban leaders": a body of a state, or of a party to a war.
fn owned_by_state<'a>(cast: &Cast<'a>, token: Token<'a>) -> bool {
    token.children().any(|c| matches!(c.dep(), "poss" | "amod" | "compound" | "nmod") && cast.plain_state(c).is_some())
}

/// A party that ratifies ratifies the accession of others: "Canada was the first ally to ratify" makes no member of Canada.
pub(super) fn is_other_entry(cast: &Cast<'_>, token: Token<'_>, agreement: &EntityId, state: &EntityId) -> bool {
    let Some(iso3) = state.0.strip_prefix("iso3:") else { return false };
    let known = crate::knowledge::knowledge();
    let id = agreement.0.strip_prefix("agreement:").unwrap_or(&agreement.0);
    let Some(treaty) = known.agreement(id).or_else(|| known.agreement_of(id)) else { return false };
    let past = token.tag() == "VBD"
        && cast.context.reading.sentences()[token.sentence()].tokens.clone().any(|i| {
            cast.context.reading.token(i).entity_label() == Some("DATE")
                && cast.context.reading.token(i).text().parse::<u16>().is_ok_and(|y| y > 1900)
        });
    treaty.kind == "organisation"
        && !past
        && known.memberships_of(treaty.id, iso3).any(|m| {
            matches!(m.status, "original" | "member") && m.stage == "in_force" && m.from.is_none_or(|f| f <= cast.day)
        })
}

/// "neither of the two", "no state".
pub(super) fn is_nobody(subject: Token<'_>) -> bool {
    let word = |t: Token<'_>| matches!(t.text().to_lowercase().as_str(), "neither" | "none" | "no" | "nobody");
    let reading = subject.reading();
    subject.conjuncts().into_iter().any(word)
        || subject.children().any(|c| matches!(c.dep(), "det" | "preconj" | "cc") && word(c))
        || reading.get(subject.left_edge()).is_some_and(word)
}

/// "join as dialogue partners or observers", "a bid for observer status", "entry as a guest".
fn has_lesser_standing(token: Token<'_>) -> bool {
    // "an associate member".
    if token.pos() == Pos::Noun && token.children().any(|c| c.i < token.i && lexicon::is_lesser_standing(c)) {
        return true;
    }
    let places = token.children().filter(|c| c.dep() == "prep" && c.i > token.i && c.i < token.i + 10);
    let objects = places.filter(|p| matches!(p.lemma(), "as" | "for" | "with")).filter_map(|p| p.child("pobj"));
    objects.flat_map(Token::conjuncts).any(lexicon::is_lesser_standing)
}

/// Whether the words of a particle ("on", "on_board") follow the verb.
fn has_words(token: Token<'_>, particle: &str) -> bool {
    let mut at = token.after();
    for word in particle.split('_') {
        // "signed Norway on": one noun may come between.
        let Some(next) = at else { return false };
        // "was signed on May 5".
        let dated = next.child("pobj").is_some_and(|o| matches!(o.entity_label(), Some("DATE" | "TIME")));
        if !next.text().eq_ignore_ascii_case(word) || dated {
            return false;
        }
        at = next.after();
    }
    true
}

type Place<'a> = (Span, Token<'a>);

/// The agreement and its words; without words where the predicate leaves it open and the article has one agreement only.
fn agreement_of<'a>(
    cast: &Cast<'a>,
    token: Token<'a>,
    entry: &Entry,
    open: Option<EntityId>,
) -> Option<(EntityId, Option<Place<'a>>)> {
    let mut filled = false;
    for slot in &entry.agreement {
        let own_word =
            |t: &Token<'a>| entry.particle.is_some_and(|p| p.split('_').any(|w| t.text().eq_ignore_ascii_case(w)));
        for filler in fillers(token, slot).into_iter().filter(|t| !own_word(t)) {
            // "leave it", "bound by it", of the agreement that was named just before.
            if filler.lemma() == "it"
                && cast.mention(filler).is_none()
                && entry.particle.is_none()
                && matches!(entry.act, "join" | "sign" | "ratify" | "leave" | "stay")
                && let Some(main) = cast.main.filter(|_| cast.is_spoken_of(token, 2))
            {
                return Some((main.clone(), Some((filler.span(), filler))));
            }
            for part in filler.conjuncts() {
                match cast.instrument(part) {
                    // Of "the details of the pact" the pact.
                    Instrument::Named(id, span) => {
                        let inner = cast.context.reading.range(cast.context.reading.tokens_in(span)).next_back();
                        let inside = inner.filter(|i| i.is_under(part) && *i != part && span != part.span());
                        return Some((id, Some((span, inside.unwrap_or(part)))));
                    }
                    // "in talks", "on Friday", "in Washington": a preposition can be an adjunct; an object cannot.
                    Instrument::Other => {
                        filled |= (token.pos() == Pos::Noun || !matches!(*slot, "in" | "on" | "with" | "by" | "as"))
                            && *slot != "comp"
                            && !is_time(filler)
                            && !is_apart(cast, token, filler)
                    }
                }
            }
        }
    }
    // "will take part only if a border is opened": of what the article is about.
    let conditional = entry.particle == Some("part")
        && token.children().any(|c| c.dep() == "advcl" && c.children().any(|m| m.dep() == "mark" && m.lemma() == "if"));
    if filled || !entry.open && !conditional {
        return None;
    }
    let noun_of_act = matches!(entry.act, "sign") && token.pos() != Pos::Verb;
    // "invited to visit": the complement says to what.
    let to_do = token.child("xcomp").is_some_and(|x| entry.act == "invite" || lexicon::entries(x).is_empty())
        || entry.act == "invite"
            && token.children().any(|c| c.dep() == "prep" && matches!(c.lemma(), "as" | "on" | "for"));
    // Nobody signs a body of states: what else was signed the text does not say.
    let body = open.as_ref().is_some_and(|o| o.0.starts_with("org:"));
    if matches!(entry.act, "sign" | "ratify") && body {
        return None;
    }
    // "Norway will stay", with nothing after it.
    let bare = !token.children().any(|c| c.i > token.i && c.dep() != "punct");
    if entry.act == "stay" && !(bare && token.lemma() == "stay" && cast.is_spoken_of(token, 3)) {
        return None;
    }
    // "Washington backed out": of what was spoken of last.
    if entry.act == "leave" && entry.particle.is_some() && !cast.is_spoken_of(token, 1) {
        return None;
    }
    // "a member of the cabinet" is caught above; "members of both houses" as a plain noun is no step.
    if noun_of_act || to_do || entry.act == "member" && copula_of(token).is_none() {
        return None;
    }
    // "the withdrawal", "its exit", "handed in notices": of troops, of a candidate or from elsewhere it is another.
    if entry.act == "leave" && token.pos() == Pos::Noun {
        let own = token.child("poss").is_some() || governor(token).is_some();
        let another = token.children().any(|c| {
            matches!(c.dep(), "compound" | "nmod") && cast.plain_state(c).is_none()
                || c.dep() == "prep" && !matches!(c.lemma(), "on" | "in" | "by" | "of")
        }) || fillers(token, "of").into_iter().any(|o| cast.actors(o).is_empty());
        if !own || another {
            return None;
        }
    }
    Some((open?, None))
}

/// What stands in a slot of the predicate.
fn fillers<'a>(token: Token<'a>, slot: &str) -> Vec<Token<'a>> {
    match slot {
        "obj" => match token.object() {
            Some(object) => vec![object],
            // "the pact that Oslo signed": the noun is the object where the clause has its own subject.
            None if token.dep() == "relcl" && token.child("nsubj").is_some() => token.head().into_iter().collect(),
            // "the law, signed in May".
            None if token.dep() == "acl" && token.tag() == "VBN" => token.head().into_iter().collect(),
            None => Vec::new(),
        },
        "subj" => token.subject().into_iter().collect(),
        "poss" => token.child("poss").into_iter().collect(),
        "gov" => governor(token).filter(|v| !v.is_passive()).and_then(Token::surface_subject).into_iter().collect(),
        // "British withdrawal", "the U.S. exit".
        "adj" => {
            token.children().filter(|c| c.i < token.i && matches!(c.dep(), "amod" | "compound" | "nmod")).collect()
        }
        "comp" => token.children().filter(|c| matches!(c.dep(), "compound" | "nmod" | "amod")).collect(),
        preposition => {
            // "sign up to", "join in with": the preposition may hang on another one.
            let own = token.children().filter(|c| matches!(c.dep(), "prep" | "agent" | "dative" | "prt" | "advmod"));
            let all: Vec<Token<'a>> =
                own.flat_map(|p| std::iter::once(p).chain(p.children().filter(|q| q.dep() == "prep"))).collect();
            let mut found: Vec<Token<'a>> = Vec::new();
            for p in all.iter().filter(|p| p.text().eq_ignore_ascii_case(preposition)) {
                let stranded = || token.head().filter(|_| token.dep() == "relcl" && p.children().next().is_none());
                found.extend(p.child("pobj").or_else(stranded));
            }
            // "added X to the pact": the parser may hang the phrase on the object.
            if found.is_empty() && matches!(preposition, "to" | "into" | "with" | "from" | "of" | "in") {
                let object = token.children().find(|c| matches!(c.dep(), "dobj" | "prep" | "prt" | "advmod"));
                let inner =
                    object.into_iter().flat_map(|o| o.children()).find(|p| p.text().eq_ignore_ascii_case(preposition));
                found.extend(inner.and_then(|p| p.child("pobj")));
            }
            found
        }
    }
}

/// Whether a dash or a quotation mark parts the two: "would join 'in its own time' — a reminder that".
fn is_apart(cast: &Cast<'_>, token: Token<'_>, filler: Token<'_>) -> bool {
    let between = Span::new(token.span().end, filler.span().start.max(token.span().end));
    cast.words(between).contains(['—', '–', '“', '”', '"', ';'])
}

/// The copula whose predicate noun the token is.
fn copula_of(token: Token<'_>) -> Option<Token<'_>> {
    let copula = token.head().filter(|_| matches!(token.dep(), "attr" | "oprd"))?;
    matches!(copula.lemma(), "be" | "become" | "remain" | "stay").then_some(copula)
}

/// "He said that entry is not realistic": of a noun without a participant the speaker's own state.
fn own_state(cast: &Cast<'_>, token: Token<'_>, outlook: &Outlook) -> Option<Actor> {
    let holder = &outlook.judgement.holder;
    let named = matches!(holder.kind, HolderKind::Entity) && (token.pos() == Pos::Noun || token.tag() == "VBG");
    // "He said that Peru deserves entry": hers.
    let verb = token.head().filter(|_| token.dep() == "dobj");
    if let Some(other) = verb.and_then(Token::surface_subject).and_then(|s| cast.actors(s).into_iter().next()) {
        return Some(other);
    }
    // Who leads an international body speaks for no state.
    let apart = holder.entity.as_ref().is_some_and(|e| e.0.starts_with("person:") && cast.state_led_by(e).is_none());
    let id = state_of_holder(cast, holder).filter(|_| named && !apart)?;
    Some(Actor { id, span: token.span(), at: token.i })
}

fn is_time(token: Token<'_>) -> bool {
    matches!(token.entity_label(), Some("DATE" | "TIME")) || token.dep() == "npadvmod"
}

/// Who takes the step.
fn participants<'a>(cast: &Cast<'a>, token: Token<'a>, entry: &Entry, named: Option<Token<'a>>) -> Vec<Actor> {
    for slot in &entry.participant {
        let actors = match *slot {
            "subj" => subject_actors(cast, token),
            "copula" => copula_actors(cast, token),
            "for" => {
                // "signed their protocols of accession", "whose protocols were signed": those whom the papers are for.
                let owner = named.filter(|n| is_paper_of_accession(*n)).and_then(|n| n.child("poss"));
                let owned = owner.map(|o| cast.actors(o)).unwrap_or_default();
                if !owned.is_empty() {
                    return owned;
                }
                let both = std::iter::once(token).chain(named);
                // "agreements for exemptions for Peru": the innermost.
                let outer: Vec<Token<'a>> = both.flat_map(|t| fillers(t, "for")).collect();
                let inner: Vec<Token<'a>> = outer.iter().flat_map(|t| fillers(*t, "for")).collect();
                let mut own = inner.into_iter().chain(outer);
                own.find_map(|t| Some(cast.actors(t)).filter(|a| !a.is_empty())).unwrap_or_default()
            }
            // "remains bound by it": a participle said of the subject.
            "obj"
                if matches!(token.dep(), "acomp" | "oprd" | "xcomp" | "ccomp")
                    && !token.is_passive()
                    && token.tag() == "VBN" =>
            {
                token.head().and_then(Token::surface_subject).map(|s| cast.actors(s)).unwrap_or_default()
            }
            "adj" => fillers(token, "adj").into_iter().filter_map(|t| cast.plain_state(t)).collect(),
            other => fillers(token, other).into_iter().flat_map(|t| cast.actors(t)).collect(),
        };
        if !actors.is_empty() {
            return with_partners(cast, token, entry, named, actors);
        }
    }
    with_partners(cast, token, entry, named, Vec::new())
}

/// "reached an agreement with Peru": the other side takes the step as well.
fn with_partners<'a>(
    cast: &Cast<'a>,
    token: Token<'a>,
    entry: &Entry,
    named: Option<Token<'a>>,
    mut actors: Vec<Actor>,
) -> Vec<Actor> {
    if matches!(entry.act, "agree" | "finalize" | "sign" | "initial" | "negotiate") {
        let partners =
            std::iter::once(token).chain(named).flat_map(|t| fillers(t, "with")).flat_map(|t| cast.actors(t));
        for partner in partners.collect::<Vec<_>>() {
            if !actors.iter().any(|a| a.id == partner.id) {
                actors.push(partner);
            }
        }
    }
    actors
}

fn is_paper_of_accession(noun: Token<'_>) -> bool {
    let inside = |t: Token<'_>| matches!(t.lemma(), "accession" | "entry" | "membership");
    noun.children().any(|c| inside(c) || c.dep() == "prep" && c.child("pobj").is_some_and(inside))
}

/// The subject with all who share it: of a passive its agent, else nobody but who the noun that it modifies stands for.
fn subject_actors<'a>(cast: &Cast<'a>, token: Token<'a>) -> Vec<Actor> {
    let own = token.subject().map(|s| cast.actors(s)).unwrap_or_default();
    // "its objections to Yemen joining": who stands before the participle.
    let near = token.before().filter(|_| token.tag() == "VBG" && token.dep() == "acl").map(|b| cast.actors(b));
    if let Some(near) = near.filter(|n| own.is_empty() && !n.is_empty()) {
        return near;
    }
    // "the prospect of Yemen joining": the parser takes the participle for a clause of the noun.
    // "Oslo's decision to join": the noun's possessor, else who takes the decision.
    if own.is_empty()
        && token.tag() != "VBN"
        && let Some(noun) = token.head().filter(|_| matches!(token.dep(), "acl" | "pcomp"))
    {
        let noun = if token.dep() == "pcomp" { noun.head().unwrap_or(noun) } else { noun };
        let owner = noun.child("poss").map(|p| cast.actors(p)).filter(|a| !a.is_empty());
        // "is in talks to join": who is in them.
        let place = noun.head().filter(|p| noun.dep() == "pobj" && p.lemma() == "in").and_then(Token::head);
        // "work on revising it": who works.
        let works = Some(noun).filter(|n| n.pos() == Pos::Verb && token.dep() == "pcomp" && n.lemma() == "work");
        let verb = place.or_else(|| noun.head().filter(|_| noun.dep() == "dobj")).or(works);
        let taker = || verb.and_then(Token::surface_subject).map(|s| cast.actors(s));
        if let Some(actors) = owner.or_else(taker).filter(|a| !a.is_empty()) {
            return actors;
        }
    }
    own
}

/// "X is a member", "X, a member", "member state X".
fn copula_actors<'a>(cast: &Cast<'a>, token: Token<'a>) -> Vec<Actor> {
    match (token.dep(), token.head()) {
        ("attr" | "oprd" | "acomp", Some(copula))
            if matches!(copula.lemma(), "be" | "become" | "remain" | "stay" | "make") =>
        {
            copula.surface_subject().map(|s| cast.actors(s)).unwrap_or_default()
        }
        ("appos", Some(noun)) => cast.actors(noun),
        ("pobj", Some(as_)) if as_.lemma() == "as" => {
            let verb = as_.head().filter(|v| {
                matches!(
                    v.lemma(),
                    "join" | "enter" | "admit" | "accept" | "remain" | "continue" | "stay" | "serve" | "welcome"
                )
            });
            verb.and_then(|v| v.surface_subject()).map(|s| cast.actors(s)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// From the first to the last of participant, verb group, governing noun and agreement, where they stand close together.
fn wording(cast: &Cast<'_>, token: Token<'_>, actor: &Actor, agreement: Option<Span>) -> Span {
    let mut span = token.span();
    for part in token.auxiliaries() {
        span = span.cover(part.span());
    }
    if let Some(head) =
        token.head().filter(|_| matches!(token.dep(), "xcomp" | "acl" | "relcl" | "csubj" | "nsubj" | "attr"))
    {
        span = span.cover(head.span());
        // "the prospect of joining was discussed", "joining is not realistic": what is said of it.
        let said = if matches!(token.dep(), "csubj" | "nsubj") {
            Some(head)
        } else {
            head.head().filter(|_| matches!(head.dep(), "nsubj" | "nsubjpass"))
        };
        if let Some(said) = said.filter(|s| s.i.abs_diff(token.i) <= 10) {
            span = span.cover(said.child("acomp").unwrap_or(said).span());
        }
    }
    if let Some(agreement) = agreement.filter(|a| is_close(cast, *a, span)) {
        span = span.cover(agreement);
    }
    if is_close(cast, actor.span, span) {
        span = span.cover(actor.span);
    }
    span
}

/// Whether two stretches lie within eight words of each other.
fn is_close(cast: &Cast<'_>, a: Span, b: Span) -> bool {
    let reading = cast.context.reading;
    let (first, last) = if a.start < b.start { (a, b) } else { (b, a) };
    let between = reading.tokens_in(Span::new(first.end, last.start.max(first.end)));
    let apart = reading.token_at(first.start).map(Token::sentence) != reading.token_at(last.start).map(Token::sentence);
    !apart && between.len() <= 8
}

#[allow(clippy::too_many_arguments)]
fn mention<'a>(
    cast: &Cast<'a>,
    token: Token<'a>,
    entry: &Entry,
    actor: &Actor,
    agreement: &EntityId,
    outlook: &Outlook,
    wording: Span,
    named: bool,
) -> Option<StageMention> {
    let judgement = &outlook.judgement;
    let by = by(cast, &judgement.holder, &actor.id, agreement);
    let mut told = outlook.told?;
    // A third party's "will" is an expectation.
    if told == "will" && by == By::Third {
        told = "expected";
    }
    // "would cease to be part": the end of it.
    let ends = matches!(entry.act, "join" | "member" | "stay") && cessation(token).is_some();
    // "the deal negotiated by Oslo", "was negotiated": the talks are over.
    let going_on = token.auxiliaries().any(|a| a.text().eq_ignore_ascii_case("being"));
    let settled = entry.act == "negotiate" && token.tag() == "VBN" && token.is_passive() && told == "did" && !going_on;
    let act = match () {
        () if ends => "leave",
        () if settled => "join",
        () => entry.act,
    };
    if ends {
        told = if matches!(told, "not" | "not_yet") { "did" } else { "may" };
    }
    let (lo, hi, side) = lexicon::interval(act, told)?;
    let (declined, side) = match refusal(token) {
        Some(_) if lo <= 1 && matches!(told, "not" | "not_yet" | "will_not") => (true, Some(Side::Declined)),
        _ => (false, side_of(side)),
    };
    let stage = Stage::of_rank(lo);
    let link = if named { "agreement named" } else { "the article's one agreement" };
    let rule =
        format!("{} ({}) told as {told}, {link}{}", entry.lemma, entry.act, if declined { ", declined" } else { "" });
    // With a side state factuality belongs to the side: to the declining, the ceasing.
    let (realis, factuality) = match if ends { cessation(token) } else { refusal(token).filter(|_| declined) } {
        Some(governor) => {
            let own = factuality::judge(governor, cast.context);
            (own.realis, own.factuality)
        }
        None => (judgement.realis, judgement.factuality),
    };
    Some(StageMention {
        participant: actor.id.clone(),
        agreement: agreement.clone(),
        lo,
        hi,
        stage,
        side,
        by,
        holder: judgement.holder.clone(),
        realis,
        factuality,
        wording,
        rule,
    })
}

/// "declined to join", "refused to sign", "ruled out joining": the governor that turns the step down.
fn refusal(token: Token<'_>) -> Option<Token<'_>> {
    token
        .ancestors()
        .take(2)
        .find(|g| matches!(g.lemma(), "decline" | "refuse" | "reject" | "rule" | "refusal" | "rejection"))
}

pub(super) fn side_of(word: &str) -> Option<Side> {
    Some(match word {
        "postponed" => Side::Postponed,
        "declined" => Side::Declined,
        "suspended" => Side::Suspended,
        "withdrawn" => Side::Withdrawn,
        "terminated" => Side::Terminated,
        "reserved" => Side::Reserved,
        _ => return None,
    })
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
