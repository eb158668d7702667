//! The claims of a story, each with whose word it is in the end.

use std::collections::BTreeSet;

use language::Span;

use super::heard::{Word, is_said, speaker_in, told_after, told_on};
use super::reach::{Telling, Tracer, leaning};
use super::{Origins, Told, gives, is_named, is_somebody};
use crate::extract::{EntityId, Form, Holder, MemberStatus, Polarity, RoleCheck, Side};
use crate::ingest::BlockKind;
use crate::knowledge::{Day, knowledge};
use crate::provenance::{ArticleId, Passage};
use crate::reconcile::collate::is_theirs;
use crate::reconcile::conflict::carries;
use crate::reconcile::credit::Credited;
use crate::reconcile::frame::{Frame, is_truce, known, with_article};
use crate::reconcile::judge::{Draft, Reach, Standing};
use crate::reconcile::people::People;
use crate::reconcile::primary::{self, Author};
use crate::reconcile::prose::telling;
use crate::reconcile::roster::is_own_voice;
use crate::reconcile::stage as ladder;
use crate::reconcile::{
    AssessmentAccount, CandidateAccount, Conflict, ConflictKind, DateAccount, Dependence, MemberAccount,
    PredictionAccount, QuotationAccount, Relation, RoleAccount, StageAccount, Variant, Witness,
};

/// What the claims of a story are made from.
pub(crate) struct Sources<'a> {
    pub(crate) story: &'a [Witness<'a>],
    pub(crate) frame: &'a Frame,
    pub(crate) stages: &'a [StageAccount],
    pub(crate) members: &'a [MemberAccount],
    pub(crate) candidates: &'a [CandidateAccount],
    pub(crate) quotations: &'a [QuotationAccount],
    pub(crate) told: &'a [Told],
    /// What most articles open with.
    pub(crate) opening: Option<&'a Told>,
    pub(crate) roles: &'a [RoleAccount],
    pub(crate) assessments: &'a [AssessmentAccount],
    pub(crate) predictions: &'a [PredictionAccount],
    pub(crate) date: &'a DateAccount,
    pub(crate) dependence: &'a [Dependence],
    /// Of each article of the story.
    pub(crate) credits: &'a [Vec<Credited>],
}

/// The claims of a story, the main one first, each with its origins; not yet judged.
pub(crate) fn trace(sources: &Sources<'_>, origins: &mut Origins) -> Vec<Draft> {
    let frame = sources.frame;
    let leaning = leaning(sources.story, sources.dependence);
    let authors: Vec<Option<Author>> = sources.story.iter().map(primary::author).collect();
    let people = People::of(sources.story);
    let mut tracer =
        Tracer { people, story: sources.story, credits: sources.credits, authors: &authors, leaning, origins };
    let main = |s: &&StageAccount| {
        frame.participant.as_ref() == Some(&s.participant) && frame.agreement.as_ref() == Some(&s.agreement)
    };
    let others = sources.stages.iter().filter(|s| !main(s));
    let stages = sources.stages.iter().filter(main).chain(others).filter(|s| s.asserted);
    // Who stands among the members is in by the words that name him there, and how he once came in is background.
    let stands = |s: &&StageAccount| {
        let settled = s.side.is_none() && !s.conflict && !s.end_to_come && !main(s);
        settled
            && frame.agreement.as_ref() == Some(&s.agreement)
            && sources.members.iter().any(|m| m.participant == s.participant)
    };
    let mut drafts: Vec<Draft> = stages.filter(|s| !stands(s)).filter_map(|s| tracer.stage(frame, s)).collect();
    // Where the step of one state is not what the story is about, the event that its articles open with is.
    match sources.stages.iter().find(main).filter(|s| s.asserted) {
        Some(_) => drafts.iter_mut().take(1).for_each(|d| d.main = true),
        None => drafts.splice(0..0, sources.opening.map(|told| tracer.opening(told))).for_each(drop),
    }
    drafts.extend(sources.members.iter().map(|m| tracer.member(frame, m, sources.date)));
    drafts.extend(sources.candidates.iter().filter_map(|c| tracer.candidate(frame, c)));
    // What another is given counts for him only where both are told of the same words.
    let several = |q: &&QuotationAccount| {
        let theirs = q.variants.iter().filter(|v| is_carried(v));
        theirs.map(|v| &v.span.article).collect::<BTreeSet<_>>().len() > 1
            || q.variants.iter().any(|v| v.relation == Relation::OtherSpeaker)
    };
    let (quotations, alone): (Vec<_>, Vec<_>) = sources.quotations.iter().partition(several);
    drafts.extend(quotations.into_iter().map(|q| tracer.quotation(q)));
    // What one article alone quotes is a claim where the article is the speaker's own text.
    drafts.extend(alone.into_iter().map(|q| tracer.quotation(q)).filter(|d| d.standing == Standing::Primary));
    drafts.extend(sources.told.iter().filter_map(|t| tracer.told(t)));
    for foretold in sources.predictions.iter().filter(|p| p.articles.len() > 1) {
        // What somebody is quoted with is told already.
        let told = |p: &Passage| foretold.spans.iter().any(|s| p.article == s.article && p.span.overlaps(s.span));
        if !drafts.iter().any(|d| d.spans.iter().any(told)) {
            drafts.push(tracer.voiced(&foretold.spans, &foretold.holder));
        }
    }
    for judged in sources.assessments.iter().filter(|a| a.articles.len() > 1) {
        let because = Some("an opinion: it judges, and tells no fact".to_owned());
        drafts.push(Draft { standing: Standing::Assessment, because, ..tracer.voiced(&judged.spans, &judged.holder) });
    }
    drafts.extend(sources.roles.iter().filter_map(|r| tracer.office(frame, r)));
    drafts
}

impl Tracer<'_> {
    /// How far a state has got: told by the articles whose own wording allows it and asserts a step; the others tell otherwise.
    fn stage(&mut self, frame: &Frame, stage: &StageAccount) -> Option<Draft> {
        let mut tellings: Vec<Telling> = Vec::new();
        let mut spans: Vec<Passage> = Vec::new();
        let mut against: Vec<Passage> = Vec::new();
        for wording in &stage.articles {
            if !ladder::bears(stage, wording) {
                // "have left", of one whose end is still to come to others.
                against.extend((stage.conflict || wording.left).then(|| wording.wording.clone()));
                continue;
            }
            let Some(witness) = self.witness(&wording.wording) else { continue };
            // "planned to join" is no word of whoever has it signed.
            let ours = |m: &&crate::extract::StageMention| {
                let same = m.participant == stage.participant && m.agreement == stage.agreement;
                // Whether a paper was signed contests no truce, which holds all the same.
                let of_paper = is_truce(&stage.agreement) && m.rule.contains("(sign)");
                same && ladder::is_binding(m) && m.hi >= stage.lo && !of_paper
            };
            let binding: Vec<_> = witness.findings.stages.iter().filter(ours).collect();
            spans.push(wording.wording.clone());
            spans.extend(binding.iter().map(|m| witness.passage(m.wording)));
            if binding.is_empty() {
                tellings.push((wording.wording.clone(), Word::of(witness, wording.wording.span, &wording.holder)));
            }
            tellings.extend(binding.iter().map(|m| {
                // "Peru agreed to cut its exports": the article tells what Peru did.
                let outlet = Holder::outlet();
                let acts = m.holder.entity.as_ref() == Some(&m.participant) && !is_said(witness, m.wording, &m.holder);
                let holder = if acts { &outlet } else { &m.holder };
                let after = || told_after(witness, m.wording).map(|h| self.by_office(h, witness));
                let inside = || speaker_in(witness, m.wording).filter(|h| is_said(witness, m.wording, h));
                let next = || inside().or_else(after).or_else(|| told_on(witness, m.wording));
                let next = if is_somebody(holder) { None } else { next() };
                let word = Word::of(witness, m.wording, next.as_ref().unwrap_or(holder));
                (witness.passage(m.wording), word)
            }));
        }
        if spans.is_empty() {
            return None;
        }
        let told: Vec<_> = stage.articles.iter().filter(|a| ladder::bears(stage, a)).collect();
        let hi = ladder::without_talks(stage.lo, stage.hi, stage.articles.iter().any(|a| a.no_talks));
        let step = match stage.side {
            None if stage.end_to_come => format!("{}, an end still to come", ladder::interval(stage.lo, stage.hi)),
            None => ladder::interval(stage.lo, hi),
            Some(Side::Withdrawn) if told.iter().all(|a| a.left) => "withdrawn".to_owned(),
            Some(Side::Withdrawn) => "withdrawing or withdrawn".to_owned(),
            Some(side) => format!("{}, {}", ladder::interval(stage.lo, stage.hi), format!("{side:?}").to_lowercase()),
        };
        let agreement = match ladder::is_of_revision(stage) {
            true => format!("a new or revised {}", frame.name(&stage.agreement)),
            false => with_article(&frame.name(&stage.agreement)),
        };
        let claim = format!("{} and {agreement}: {step}", frame.name(&stage.participant));
        let draft = self.draft(claim, spans, &tellings);
        // A state that is of the agreement speaks as a party on who enters it.
        let members =
            self.authors.iter().flatten().filter_map(|a| a.state.as_ref()).filter(|s| is_member(&stage.agreement, s));
        let states: Vec<&EntityId> = std::iter::once(&stage.participant).chain(members).collect();
        let parties = self.parties(&draft.reach, &tellings, &states);
        let own = self.authors.iter().flatten().any(|a| a.state.as_ref() == Some(&stage.participant));
        let (standing, because) = if own { self.first_hand(&tellings) } else { Default::default() };
        let contested = stage.conflict || !against.is_empty();
        let own = |(p, word): &Telling| {
            let voice = word.voice().zip(self.witness(p));
            voice.is_some_and(|(holder, witness)| is_own_voice(holder, &stage.participant, witness))
        };
        let heard = self.is_heard(&stage.participant, &stage.agreement) || tellings.iter().any(own);
        let of = Some((stage.participant.0.clone(), frame.name(&stage.participant)));
        Some(Draft { of, parties, contested, against, standing, because, heard, ..draft })
    }

    fn member(&mut self, frame: &Frame, member: &MemberAccount, date: &DateAccount) -> Draft {
        let agreement =
            frame.agreement.as_ref().map_or_else(|| "the agreement".to_owned(), |a| with_article(&frame.name(a)));
        let status = match member.status {
            MemberStatus::Original => "original member",
            MemberStatus::Member => "member",
            MemberStatus::Counterpart => "counterpart",
            MemberStatus::Mediator => "mediator",
        };
        let claim = format!("{}: {status} of {agreement}", frame.name(&member.participant));
        let listed = frame.agreement.as_ref().and_then(known).is_some_and(|agreement| {
            let state = member.participant.0.rsplit(':').next().unwrap_or("");
            knowledge().memberships_of(agreement.id, state).next().is_some()
        });
        let left = frame.agreement.as_ref().filter(|_| member.status != MemberStatus::Original);
        let because = left.and_then(|agreement| has_left(agreement, &member.participant, date));
        let standing = if because.is_some() { Standing::Stale } else { Standing::Counted };
        let spans = member.bearing.clone();
        // Background that each outlet writes in its own voice; in the text of a body it is that body's.
        let draft = if spans.iter().all(|p| self.authored(p).is_some()) {
            let own: Vec<Telling> = spans.iter().map(|p| (p.clone(), Word::Own)).collect();
            self.draft(claim, spans, &own)
        } else {
            let aside = |p: &Passage| (p.clone(), self.witness(p).map_or(Word::Own, |w| Word::aside(w, p.span)));
            let tellings: Vec<Telling> = spans.iter().map(aside).collect();
            self.background(claim, spans, &tellings)
        };
        let of = Some((member.participant.0.clone(), frame.name(&member.participant)));
        Draft { of, listed, standing, because, ..draft }
    }

    /// What is told in passing as known to all.
    fn background(&mut self, claim: String, spans: Vec<Passage>, tellings: &[Telling]) -> Draft {
        let origin = "origin:common-knowledge".to_owned();
        self.origins.enter(&origin, "unattributed", "told as known, without a source", spans.iter().cloned());
        let articles: BTreeSet<ArticleId> = spans.iter().map(|p| p.article.clone()).collect();
        let reach = vec![Reach { origin, articles: articles.into_iter().collect(), repeating: Vec::new() }];
        let unclear = tellings.iter().filter(|(_, word)| !matches!(word, Word::Own)).map(|(p, _)| p.article.clone());
        Draft { unclear: unclear.collect(), ..Draft::new(claim, spans, reach) }
    }

    /// An office that the dated table has as another's or as over.
    fn office(&mut self, frame: &Frame, role: &RoleAccount) -> Option<Draft> {
        let standing = match role.check {
            RoleCheck::Stale => Standing::Stale,
            RoleCheck::Conflict => Standing::Contradicted,
            RoleCheck::Ok | RoleCheck::Unknown => return None,
        };
        let of =
            role.of.as_ref().map_or(String::new(), |of| format!(" of {}", knowledge().in_sentence(&frame.name(of))));
        let claim = format!("{}: {}{of}", frame.name(&role.person), role.role);
        let because = role.note.as_ref().map(|note| format!("by the dated table of offices: {note}"));
        Some(Draft { standing, because, ..self.background(claim, role.spans.clone(), &[]) })
    }

    /// Who is named as a candidate in several articles, and by how many voices.
    fn candidate(&mut self, frame: &Frame, candidate: &CandidateAccount) -> Option<Draft> {
        let named_by = candidate.named_by.iter().filter(|n| n.polarity != Polarity::Against);
        let said: Vec<(&Passage, &Holder)> =
            named_by.flat_map(|n| n.spans.iter().map(move |s| (s, &n.holder))).collect();
        let spans: Vec<Passage> = said.iter().map(|(span, _)| (*span).clone()).collect();
        if spans.iter().map(|s| &s.article).collect::<BTreeSet<_>>().len() < 2 {
            return None;
        }
        let tellings = self.tellings(&said);
        let agreement = with_article(&frame.name(&candidate.agreement));
        let claim = format!("{}: candidate for {agreement}", frame.name(&candidate.participant));
        let draft = self.draft(claim, spans, &tellings);
        let parties = self.parties(&draft.reach, &tellings, &[&candidate.participant]);
        let heard = self.is_heard(&candidate.participant, &candidate.agreement);
        Some(Draft { parties, heard, ..draft })
    }

    /// Whether a state has a word on its own way to an agreement in some article: a step, a candidacy, a condition that it gives itself.
    fn is_heard(&self, state: &EntityId, agreement: &EntityId) -> bool {
        self.story.iter().any(|witness| {
            let findings = witness.findings;
            let stages = findings.stages.iter().filter(|s| s.participant == *state && s.agreement == *agreement);
            let named = findings.candidates.iter().filter(|c| c.participant == *state && c.agreement == *agreement);
            let asked = findings.conditions.iter().filter(|c| c.applies_to == *state);
            let voices = stages.map(|s| &s.holder).chain(named.map(|c| &c.holder)).chain(asked.map(|c| &c.holder));
            voices.into_iter().any(|h| is_somebody(h) && is_own_voice(h, state, witness))
        })
    }

    fn quotation(&mut self, quotation: &QuotationAccount) -> Draft {
        let theirs = quotation.variants.iter().filter(|v| is_carried(v));
        let spans: Vec<Passage> = theirs.map(|v| v.span.clone()).collect();
        // An article that gives the words to nobody, or never names him, carries them and names no source.
        let given = |s: &Passage| {
            let Some(witness) = self.witness(s).filter(|_| is_somebody(&quotation.holder)) else { return Word::Own };
            match gives(witness, s.span, &quotation.holder) {
                true => Word::Voice(quotation.holder.clone()),
                false if matches!(Word::of(witness, s.span, &Holder::outlet()), Word::Own) => Word::Own,
                false => Word::Unclear,
            }
        };
        let tellings: Vec<Telling> = spans.iter().map(|s| (s.clone(), given(s))).collect();
        let versions = |relation: Relation| quotation.variants.iter().filter(move |v| v.relation == relation);
        // Two names for one utterance contest it; a source without a name may be the one that has one.
        let named = |p: &Passage| {
            let witness = self.story.iter().find(|w| w.article.id == p.article);
            let mut quotations = witness.into_iter().flat_map(|w| &w.findings.quotations);
            quotations.any(|q| q.content.overlaps(p.span) && is_named(&q.holder))
        };
        let altered = versions(Relation::Altered).map(|v| v.span.clone()).collect();
        let fullest = self.story.iter().find(|w| w.article.id == quotation.fullest.article);
        let words = fullest.map_or("", |w| quotation.fullest.span.of(&w.article.text));
        // Two officers of one house may each say the same in words of his own.
        let bare = |words: &str| -> String {
            words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let same =
            |p: &Passage| self.witness(p).is_some_and(|w| bare(words).contains(&bare(p.span.of(&w.article.text))));
        let other = |v: &Variant| named(&v.span) && !carries(&v.holder) && same(&v.span);
        let contested = is_named(&quotation.holder) && versions(Relation::OtherSpeaker).any(other);
        // What no article has in marks is told in the words of an article.
        let claim = match quotation.form {
            Form::Indirect => format!("{}, in substance: {words}", quotation.holder.name),
            _ => format!("{} said: \"{words}\"", quotation.holder.name),
        };
        let (standing, because) = self.first_hand(&tellings);
        let draft = self.draft(claim, spans, &tellings);
        // An outlet that is credited beside his words carried them.
        Draft { contested, altered, quoted: true, standing, because, also: Vec::new(), ..draft }
    }

    /// The person whom the story has in the office that a voice goes by, else the voice.
    fn by_office(&self, holder: Holder, witness: &Witness<'_>) -> Holder {
        self.people.holding(&holder, witness).unwrap_or(holder)
    }

    /// These passages with whose word each is.
    fn tellings(&self, said: &[(&Passage, &Holder)]) -> Vec<Telling> {
        let word = |p: &Passage, holder| self.witness(p).map_or(Word::Own, |w| Word::of(w, p.span, holder));
        said.iter().map(|(p, holder)| ((*p).clone(), word(p, holder))).collect()
    }

    /// What is told, in words; where those are too few, the longest telling. Two words are no claim.
    fn wording(&self, told: &Told) -> Option<String> {
        const TELLING: usize = 3;
        let printed = |p: &Passage| {
            let witness = self.story.iter().find(|w| w.article.id == p.article);
            witness.map_or("", |w| p.span.of(&w.article.text)).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let longest = told.tellings.iter().map(|(p, _)| printed(p)).max_by_key(|words| (words.len(), words.clone()));
        [Some(told.what.clone()), longest].into_iter().flatten().find(|words| telling(words).len() >= TELLING)
    }

    /// What most articles open with: whose word each opening is, is known.
    fn opening(&mut self, told: &Told) -> Draft {
        let sentence = |(p, h): &(Passage, Holder)| {
            (p.clone(), self.witness(p).map_or(Word::Own, |w| Word::of_opening(w, p.span, h)))
        };
        let tellings: Vec<Telling> = told.tellings.iter().map(sentence).collect();
        let spans = told.tellings.iter().map(|(passage, _)| passage.clone()).collect();
        let (standing, because) = self.first_hand(&tellings);
        // Whom an article credits further down it credits for what stands there: of such a telling its place alone is kept.
        let place = |p: Passage| Passage { span: Span::new(p.span.start, p.span.start), ..p };
        let first = |(p, word): Telling| match word.voice().is_some() || self.is_first(&p) {
            true => (p, word),
            false => (place(p), word),
        };
        let tellings: Vec<Telling> = tellings.into_iter().map(first).collect();
        let draft = self.draft(told.what.clone(), spans, &tellings);
        Draft { matter: true, main: true, standing, because, ..draft }
    }

    /// Whether a passage stands in the headline or the first paragraph of its article.
    fn is_first(&self, passage: &Passage) -> bool {
        self.witness(passage).is_none_or(|witness| {
            let mut prose = witness.article.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph);
            let first = prose.next().map_or(0, |b| b.span.end);
            passage.span.start < first
        })
    }

    /// What alignment found to be told in several places.
    fn told(&mut self, told: &Told) -> Option<Draft> {
        let what = self.wording(told)?;
        let clause = |(p, h): &(Passage, Holder)| {
            (p.clone(), self.witness(p).map_or(Word::Own, |w| Word::of_clause(w, p.span, h)))
        };
        let tellings: Vec<Telling> = told.tellings.iter().map(clause).collect();
        let spans = told.tellings.iter().map(|(passage, _)| passage.clone()).collect();
        let against = told.against.clone();
        let denied = against.iter().find_map(|p| {
            let (witness, author) = self.authored(p)?;
            let otherwise = || format!("the own text of {} says otherwise of itself", author.name);
            primary::tells_of_itself(author, witness, p.span).then(otherwise)
        });
        let (standing, because) = match denied {
            Some(because) => (Standing::Contradicted, Some(because)),
            None if self.is_opinion(&told.tellings) => {
                (Standing::Assessment, Some("an opinion: it judges, and tells no fact".to_owned()))
            }
            None => self.first_hand(&tellings),
        };
        let contested = !against.is_empty();
        let draft = self.draft(what, spans, &tellings);
        Some(Draft { matter: true, contested, against, standing, because, ..draft })
    }

    /// What one voice is given in several articles, in the shortest of their words.
    fn voiced(&mut self, spans: &[Passage], holder: &Holder) -> Draft {
        let tellings = self.tellings(&spans.iter().map(|s| (s, holder)).collect::<Vec<_>>());
        let words = |p: &Passage| {
            let witness = self.story.iter().find(|w| w.article.id == p.article);
            witness.map_or("", |w| p.span.of(&w.article.text)).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let shortest = spans.iter().map(words).min_by_key(|w| (w.len(), w.clone())).unwrap_or_default();
        let claim = if is_somebody(holder) { format!("{}: {shortest}", holder.name) } else { shortest };
        Draft { matter: true, ..self.draft(claim, spans.to_vec(), &tellings) }
    }

    /// Whether each telling stands in a sentence that judges.
    fn is_opinion(&self, tellings: &[(Passage, Holder)]) -> bool {
        tellings.iter().all(|(passage, _)| {
            let witness = self.story.iter().find(|w| w.article.id == passage.article);
            let mut sentences = witness.into_iter().flat_map(|w| &w.findings.sentences);
            let sentence = sentences.find(|s| s.span.overlaps(passage.span));
            sentence.is_some_and(|s| s.label.split('+').any(|l| l == "opinion"))
        })
    }
}

/// What articles say of a state's place in the world and the table of regions denies.
pub(crate) fn misplaced(conflicts: &[Conflict], origins: &mut Origins) -> Vec<Draft> {
    let regions = conflicts.iter().filter(|c| c.kind == ConflictKind::Region);
    let wrong = regions.flat_map(|c| c.positions.iter().map(move |p| (c, p)));
    let wrong = wrong.filter(|(c, p)| c.reason.rsplit_once("not in ").is_some_and(|(_, w)| w.contains(&p.value)));
    let mut drafts = Vec::new();
    for (conflict, position) in wrong {
        let origin = "origin:common-knowledge".to_owned();
        origins.enter(&origin, "unattributed", "told as known, without a source", position.spans.iter().cloned());
        let reach = vec![Reach { origin, articles: position.articles.clone(), repeating: Vec::new() }];
        let name = conflict.reason.split(" is in ").next().unwrap_or(&conflict.about);
        let claim = format!("{name}: in {}", position.value);
        let because = Some(conflict.reason.clone());
        let standing = Standing::Contradicted;
        drafts.push(Draft { standing, because, ..Draft::new(claim, position.spans.clone(), reach) });
    }
    drafts
}

/// Whether a version counts for the speaker of the utterance: his own words, or what a body under another name gives as its own (the union
/// for its commission); not what is another person's.
fn is_carried(variant: &Variant) -> bool {
    let body = variant.holder.entity.as_ref().is_some_and(|e| e.0.starts_with("org:") || e.0.starts_with("iso3:"));
    is_theirs(variant.relation, variant.difference.as_deref()) || variant.relation == Relation::OtherSpeaker && body
}

/// Whether the dated table has a state among those of an agreement.
fn is_member(agreement: &EntityId, state: &EntityId) -> bool {
    let iso3 = state.0.rsplit(':').next().unwrap_or("");
    known(agreement).is_some_and(|a| knowledge().memberships_of(a.id, iso3).any(|m| m.to.is_none()))
}

/// Why a state is no longer of an agreement, where by the dated table its last time there ended before each day that the story leaves
/// possible.
fn has_left(agreement: &EntityId, state: &EntityId, date: &DateAccount) -> Option<String> {
    let first = date.possible.iter().filter_map(|d| Day::first(&d.from)).min()?;
    let iso3 = state.0.rsplit(':').next().unwrap_or("");
    let of: Vec<_> = knowledge().memberships_of(known(agreement)?.id, iso3).collect();
    let inside = of.iter().filter(|m| matches!(m.status, "original" | "member" | "counterpart"));
    let ends: Option<Vec<Day>> = inside.map(|m| m.to).collect();
    let last = ends?.into_iter().max()?;
    (last < first).then(|| format!("by the dated table of memberships it left on {last}"))
}
