//! From the findings of one article to its statements.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use super::statement::{Source, Statement, Valid, Voice};
use crate::extract::{Entity, EntityId, EntityKind, Findings, Holder, Realis, event};
use crate::ingest::Article;
use crate::provenance::{CodePoints, Passage};
use crate::reconcile::credit::{self, Credited, Scope};
use crate::reconcile::frame::{self, Frame};
use crate::reconcile::origin::{Origins, is_somebody};
use crate::reconcile::roster::is_own_voice;
use crate::reconcile::{Witness, alias, silence, stage};
use language::Span;

/// What one article says, ready to be recorded.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The agreement that the article is about.
    pub main_agreement: Option<String>,
    /// The state that it is about.
    pub main_participant: Option<String>,
    /// The questions of its frame that it does not answer, in their order.
    pub silent_on: Vec<String>,
    /// Its statements, by predicate, then in text order; none twice.
    pub statements: Vec<Statement>,
    /// The entities that it names: identifier, kind, name, how often, and where first.
    pub entities: Vec<Mentioned>,
}

/// An entity in one article.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Mentioned {
    pub id: String,
    pub kind: String,
    pub name: String,
    pub times: usize,
    /// Code points.
    pub start: usize,
    pub end: usize,
}

/// The statements of one article: a pure function of it and its findings.
pub fn statements(article: &Article, findings: &Findings) -> Told {
    // Two nouns for one unnamed treaty are one, as in a brief.
    let united = alias::unite(&[Witness { article, findings }]);
    let findings = united.as_ref().and_then(|all| all.first()).unwrap_or(findings);
    let witness = [Witness { article, findings }];
    let frame = frame::of(&witness);
    let stages = stage::reconcile(&witness);
    let agreements = findings.entities.iter().filter(|e| e.kind == EntityKind::Agreement).map(|e| &e.id);
    let joined = findings.stages.iter().map(|s| &s.agreement).chain(findings.members.iter().map(|m| &m.agreement));
    let agreements: BTreeSet<&EntityId> = agreements.chain(joined).collect();
    let named = findings.entities.iter().filter(|e| agreements.contains(&e.id));
    let mut namings: Vec<(Span, &EntityId)> = named.flat_map(|e| e.mentions.iter().map(|m| (*m, &e.id))).collect();
    namings.sort_by_key(|(mention, _)| (mention.start, mention.end));
    let by_own_words = |e: &Entity| Some((e.id.clone(), event::by_own_words(e)?));
    let mut teller = Teller {
        groups: findings.entities.iter().filter_map(by_own_words).collect(),
        article,
        findings,
        points: CodePoints::new(&article.text),
        origins: Origins::of(&witness, &[]),
        credits: credit::of(&witness).swap_remove(0),
        agreements,
        namings,
        frame: &frame,
        said: Vec::new(),
    };
    teller.stages();
    for account in &stages {
        for reached in &account.articles {
            let mut s =
                teller.told("reached", reached.wording.span, &reached.holder, "what its wordings allow together");
            s.subject = Some(account.participant.0.clone());
            s.about(&account.agreement);
            s.value = Some(account.stage.as_str().to_owned());
            s.stage = Some((reached.lo, reached.hi));
            s.side = reached.side.map(|side| word(&side));
            let same = |m: &&crate::extract::StageMention| {
                m.wording == reached.wording.span
                    && m.participant == account.participant
                    && m.agreement == account.agreement
            };
            if let Some(mention) = findings.stages.iter().find(same) {
                s.said_by = Some(word(&mention.by));
                s.factuality = Some(word(&mention.factuality));
                s.realis = Some(word(&mention.realis));
            }
            let day = teller.day_of(reached.wording.span).filter(|_| reached.as_done);
            s.valid = day.or_else(|| teller.published());
            let capped = reached.capped_by.as_ref().map(|p| teller.span(p.span));
            s.detail = detail(
                json!({ "asserted": account.asserted, "as_done": reached.as_done, "agreed": reached.agreed, "end_to_come": account.end_to_come, "capped_by": capped,
                "conflict": account.conflict, "reason": account.reason }),
            );
            teller.said.push(s);
        }
    }
    teller.rosters();
    teller.voices();
    teller.world();
    let groups = std::mem::take(&mut teller.groups);
    let mut seen = BTreeSet::new();
    let mut statements = teller.said;
    statements.retain(|s| seen.insert(s.digest()));
    let points = CodePoints::new(&article.text);
    let mentioned = |e: &Entity| {
        let first = e.mentions.first()?;
        let (start, end) = (points.at(first.start), points.at(first.end));
        Some(Mentioned {
            id: groups.get(&e.id).unwrap_or(&e.id).0.clone(),
            kind: word(&e.kind),
            name: e.name.clone(),
            times: e.mentions.len(),
            start,
            end,
        })
    };
    Told {
        main_agreement: frame.agreement.as_ref().map(|a| a.0.clone()),
        main_participant: frame.participant.as_ref().map(|p| p.0.clone()),
        silent_on: silence::of(&witness, &frame, &stages).into_iter().map(|s| word(&s.item)).collect(),
        statements,
        entities: findings.entities.iter().filter_map(mentioned).collect(),
    }
}

struct Teller<'a> {
    /// Groups that only a noun names, under identifiers of their own words: those of the articles are not one.
    groups: BTreeMap<EntityId, EntityId>,
    article: &'a Article,
    findings: &'a Findings,
    points: CodePoints<'a>,
    origins: Origins,
    credits: Vec<Credited>,
    agreements: BTreeSet<&'a EntityId>,
    /// Where agreements are named, in text order.
    namings: Vec<(Span, &'a EntityId)>,
    frame: &'a Frame,
    said: Vec<Statement>,
}

impl Teller<'_> {
    /// How far participants have got.
    fn stages(&mut self) {
        for mention in &self.findings.stages {
            let mut s = self.told("stage", mention.wording, &mention.holder, &mention.rule);
            s.subject = Some(mention.participant.0.clone());
            s.about(&mention.agreement);
            s.value = Some(mention.stage.as_str().to_owned());
            s.said_by = Some(word(&mention.by));
            s.factuality = Some(word(&mention.factuality));
            s.realis = Some(word(&mention.realis));
            s.stage = Some((mention.lo, mention.hi));
            s.side = mention.side.map(|side| word(&side));
            // A day in the words is that of the step only where the step is told as taken.
            s.valid =
                self.day_of(mention.wording).filter(|_| mention.realis == Realis::Actual).or_else(|| self.published());
            s.detail = detail(json!({ "binding": stage::is_binding(mention) }));
            self.said.push(s);
        }
    }

    /// Candidates, members, conditions, offices, regions.
    fn rosters(&mut self) {
        let findings = self.findings;
        let witness = Witness { article: self.article, findings };
        for candidate in &findings.candidates {
            let mut s = self.told("candidate", candidate.span, &candidate.holder, &candidate.rule);
            s.subject = Some(candidate.participant.0.clone());
            s.about(&candidate.agreement);
            s.value = Some(word(&candidate.polarity));
            let own = is_own_voice(&candidate.holder, &candidate.participant, &witness);
            s.said_by = Some(
                if own {
                    "self"
                } else if is_somebody(&candidate.holder) {
                    "third"
                } else {
                    "outlet"
                }
                .to_owned(),
            );
            s.valid = self.published();
            self.said.push(s);
        }
        for member in &findings.members {
            let mut s = self.told("member", member.span, &Holder::outlet(), &member.rule);
            s.subject = Some(member.participant.0.clone());
            s.about(&member.agreement);
            s.value = Some(word(&member.status));
            // Background that each outlet writes in its own voice.
            s.origin = source("origin:common-knowledge", "unattributed", "told as known, without a source");
            s.valid = member.as_of.as_ref().map(|day| Valid {
                from: Some(day.clone()),
                to: None,
                precision: ["year", "month", "day"][day.matches('-').count().min(2)].to_owned(),
                by: "words".to_owned(),
            });
            self.said.push(s);
        }
        for condition in &findings.conditions {
            let mut s = self.told("condition", condition.text, &condition.holder, &condition.rule);
            s.subject = Some(condition.applies_to.0.clone());
            if self.agreements.contains(&condition.applies_to) {
                s.about(&condition.applies_to);
            }
            s.value = Some(word(&condition.kind));
            s.valid = self.published();
            self.said.push(s);
        }
        for role in &findings.roles {
            let mut s = self.told("role", role.span, &Holder::outlet(), role.rule);
            s.subject = Some(role.person.0.clone());
            s.value = Some(role.role.clone());
            s.valid = self.published();
            s.detail = detail(json!({ "of": role.of, "check": role.check, "note": role.note }));
            self.said.push(s);
        }
        for placement in &findings.placements {
            let mut s = self.told("placement", placement.span, &Holder::outlet(), "state beside the name of a region");
            s.subject = Some(placement.state.0.clone());
            s.value = Some(placement.region.to_owned());
            s.detail = detail(json!({ "fits": placement.fits }));
            self.said.push(s);
        }
    }

    /// Quotations, predictions, assessments, credits.
    fn voices(&mut self) {
        for quotation in &self.findings.quotations {
            let mut s = self.told("quotation", quotation.content, &quotation.holder, quotation.rule);
            s.subject = quotation.holder.entity.as_ref().map(|e| e.0.clone());
            s.value = Some(word(&quotation.form));
            let (source, cue) = (quotation.source.map(|x| self.span(x)), quotation.cue.map(|x| self.span(x)));
            s.detail = detail(json!({ "source": source, "cue": cue, "medium": quotation.medium,
                "carried_over": quotation.carried_over.then_some(true) }));
            self.said.push(s);
        }
        for prediction in &self.findings.predictions {
            let mut s = self.told("prediction", prediction.span, &prediction.holder, &prediction.rule);
            s.subject = prediction.holder.entity.as_ref().map(|e| e.0.clone());
            s.value = Some(if prediction.checkable { "checkable" } else { "not_checkable" }.to_owned());
            s.valid = prediction.horizon.as_ref().map(|h| Valid {
                from: h.from.clone(),
                to: h.to.clone(),
                precision: word(&h.precision),
                by: "words".to_owned(),
            });
            let horizon = prediction.horizon.as_ref().and_then(|h| h.span).map(|x| self.span(x));
            let step = |s: &crate::extract::ForetoldStep| {
                let side = s.side.map(|side| word(&side));
                json!({ "participant": s.participant, "agreement": s.agreement, "rank": s.rank, "side": side })
            };
            let steps: Vec<Value> = prediction.steps.iter().map(step).collect();
            s.detail = detail(json!({ "quantity": prediction.quantity, "steps": steps, "horizon": horizon,
                "condition": prediction.condition.map(|x| self.span(x)), "why": prediction.why }));
            self.said.push(s);
        }
        for assessment in &self.findings.assessments {
            let mut s = self.told("assessment", assessment.span, &assessment.holder, &assessment.rule);
            s.subject = assessment.about.as_ref().map(|e| e.0.clone());
            if let Some(about) = assessment.about.as_ref().filter(|a| self.agreements.contains(a)) {
                s.about(about);
            }
            s.value = Some(word(&assessment.stance));
            s.valid = self.published();
            s.detail = detail(json!({ "author_stance": assessment.author_stance }));
            self.said.push(s);
        }
        for credit in &self.findings.credits {
            let mut s = self.told("credit", credit.span, &Holder::outlet(), credit.rule);
            s.value = Some(credit.outlet_or_agency.clone());
            self.said.push(s);
        }
    }

    /// Events and fields of cooperation.
    fn world(&mut self) {
        for event in &self.findings.events {
            let mut s = self.told("event", event.span, &event.holder, &event.rule);
            let own = |ids: &[EntityId]| -> Vec<EntityId> {
                ids.iter().map(|id| self.groups.get(id).unwrap_or(id).clone()).collect()
            };
            let (actors, recipients) = (own(&event.actors), own(&event.recipients));
            s.subject = actors.first().map(|a| a.0.clone());
            s.value = Some(event.plover.as_str().to_owned());
            s.factuality = Some(word(&event.factuality));
            s.realis = Some(word(&event.realis));
            s.valid = event.date.as_ref().and_then(dated);
            let day = event.date.as_ref().and_then(|d| d.span).map(|x| self.span(x));
            s.detail = detail(json!({ "mode": event.mode, "contexts": event.contexts, "cameo": event.cameo,
                "actors": actors, "recipients": recipients, "place": event.place,
                "trigger": self.span(event.trigger), "date": day }));
            self.said.push(s);
        }
        for domain in &self.findings.domains {
            let mut s = self.told("domain", domain.span, &Holder::outlet(), &domain.rule);
            if let Some(agreement) = &domain.agreement {
                s.about(agreement);
            }
            s.value = Some(domain.domain.clone());
            s.detail = detail(json!({ "context": domain.context }));
            self.said.push(s);
        }
    }

    /// A statement with what all have: words, holder, origin, and what ties it to an agreement.
    fn told(&mut self, predicate: &str, span: Span, holder: &Holder, rule: &str) -> Statement {
        let (agreement, by) = self.agreement_of(span).unzip();
        Statement {
            predicate: predicate.to_owned(),
            subject: None,
            agreement,
            agreement_by: by,
            value: None,
            holder: Some(Voice {
                kind: word(&holder.kind),
                entity: holder.entity.as_ref().map(|e| e.0.clone()),
                name: holder.name.clone(),
            }),
            said_by: None,
            factuality: None,
            realis: None,
            stage: None,
            side: None,
            start: self.points.at(span.start),
            end: self.points.at(span.end),
            words: self.article.text.get(span.start..span.end).unwrap_or("").to_owned(),
            origin: self.origin_of(span, holder),
            valid: None,
            rule: rule.to_owned(),
            detail: None,
        }
    }

    /// The only agreement that the sentence names, else the one that the article is about.
    fn agreement_of(&self, span: Span) -> Option<(String, String)> {
        let sentences = &self.findings.sentences;
        let after = sentences.partition_point(|s| s.span.start <= span.start);
        let around = after.checked_sub(1).map(|at| sentences[at].span).filter(|s| s.contains(span));
        let sentence = around.unwrap_or(span);
        let first = self.namings.partition_point(|(mention, _)| mention.start < sentence.start);
        let inside = self.namings[first..].iter().take_while(|(mention, _)| mention.end <= sentence.end);
        let named: BTreeSet<&EntityId> = inside.map(|(_, id)| *id).collect();
        match (named.first(), named.len()) {
            (Some(one), 1) => Some((one.0.clone(), "sentence".to_owned())),
            (Some(_), _) => None,
            _ => self.frame.agreement.as_ref().map(|a| (a.0.clone(), "article".to_owned())),
        }
    }

    /// By the article's own evidence: whose word it is and in which medium, else the outlet credited for these words.
    fn origin_of(&mut self, span: Span, holder: &Holder) -> Source {
        if is_somebody(holder) {
            let id = self.origins.enter_voice(holder, Some(&self.article.id));
            return source(&id, self.origins.kind(&id), self.origins.name(&id));
        }
        let over = |c: &&Credited| c.scope != Scope::Spoken && c.reach.overlaps(span);
        let credits = || self.credits.iter().filter(over);
        if let Some(credit) = credits().find(|c| c.scope == Scope::Sentence).or_else(|| credits().next()) {
            let words = Passage { article: self.article.id.clone(), span: credit.span };
            let id = self.origins.enter_outlet(&credit.key, &credit.name, words);
            return source(&id, "outlet", self.origins.name(&id));
        }
        // However many tell it in their own voices, no origin is named.
        source("origin:unattributed", "own_voice", "no origin named")
    }

    /// The day of an event that shares its words.
    fn day_of(&self, span: Span) -> Option<Valid> {
        let events = self.findings.events.iter().filter(|e| e.span.overlaps(span) || e.trigger.overlaps(span));
        events.filter_map(|e| e.date.as_ref()).find_map(dated)
    }

    /// True as of the day of publication.
    fn published(&self) -> Option<Valid> {
        let published = self.article.published.as_ref()?;
        let day = published.date.get(..10).unwrap_or(&published.date).to_owned();
        let precision = if published.precision == "time" { "day" } else { &published.precision };
        Some(Valid { from: Some(day), to: None, precision: precision.to_owned(), by: "published".to_owned() })
    }

    fn span(&self, span: Span) -> Value {
        json!({ "start": self.points.at(span.start), "end": self.points.at(span.end) })
    }
}

impl Statement {
    /// Ties it to an agreement by its own words.
    fn about(&mut self, agreement: &EntityId) {
        self.agreement = Some(agreement.0.clone());
        self.agreement_by = Some("words".to_owned());
    }
}

fn dated(date: &crate::extract::EventDate) -> Option<Valid> {
    date.from.as_ref()?;
    let precision = date.precision.map_or_else(|| "day".to_owned(), |p| word(&p));
    Some(Valid { from: date.from.clone(), to: date.to.clone(), precision, by: "words".to_owned() })
}

fn source(id: &str, kind: &str, name: &str) -> Source {
    Source { id: id.to_owned(), kind: kind.to_owned(), name: name.to_owned() }
}

/// A value's word in output: `in_force`, `CT+`.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// An object without what is empty; `None` where nothing is left. Keys in order of the alphabet.
fn detail(value: Value) -> Option<Value> {
    let Value::Object(map) = value else { return None };
    let full = |v: &Value| !v.is_null() && v.as_array().is_none_or(|list| !list.is_empty());
    let mut kept: Vec<(String, Value)> = map.into_iter().filter(|(_, v)| full(v)).collect();
    kept.sort_by(|a, b| a.0.cmp(&b.0));
    (!kept.is_empty()).then(|| Value::Object(kept.into_iter().collect()))
}
