//! The two readings of an article side by side.

use language::Span;

use super::answer::{Answer, Named, Quoted, Staged, Voice};
use super::ask::linked;
use super::{NotProposed, Proposal, ProposalKind, ReaderNote, SecondReading, Standing};
use crate::extract::{EntityId, Findings, Form, Holder, HolderKind, Polarity, Side, Stage};
use crate::ingest::Article;
use crate::provenance::Passage;

/// Adds to `reading` what a second reader proposes for one article, how that stands beside the rules, and what only the rules read.
/// Articles must come in the order of their identifiers for the reading to be in order.
pub fn beside(reading: &mut SecondReading, article: &Article, findings: &Findings, answer: &Answer) {
    let room = Room { article, findings };
    let mut matched = Matched::default();
    let mut proposals: Vec<Proposal> = Vec::new();
    proposals.extend(answer.quotations.iter().map(|q| room.quotation(q, &mut matched)));
    proposals.extend(answer.stages.iter().map(|s| room.stage(s, &mut matched)));
    proposals.extend(answer.candidates.iter().map(|c| room.candidate(c, &mut matched)));
    proposals.sort_by(|a, b| (a.words.span, a.kind, &a.says).cmp(&(b.words.span, b.kind, &b.says)));
    reading.proposals.extend(proposals);
    let mut rest = room.not_proposed(&matched);
    rest.sort_by(|a, b| (a.words.span, a.kind, &a.says).cmp(&(b.words.span, b.kind, &b.says)));
    reading.not_proposed.extend(rest);
    let note = |message: &String| ReaderNote {
        article: article.id.clone(),
        message: format!("of the second reader does not count {message}"),
    };
    reading.notes.extend(answer.refused.iter().map(note));
}

/// The findings of the rules that a proposal met, by number.
#[derive(Default)]
struct Matched {
    quotations: Vec<usize>,
    stages: Vec<usize>,
    candidates: Vec<usize>,
}

struct Room<'a> {
    article: &'a Article,
    findings: &'a Findings,
}

impl Room<'_> {
    fn quotation(&self, proposed: &Quoted, matched: &mut Matched) -> Proposal {
        let says = said(proposed.voice.as_ref());
        let best = (self.findings.quotations.iter().enumerate())
            .filter(|(_, q)| asked(q.form))
            .map(|(i, q)| (common(q.content, proposed.content), i))
            .filter(|(shared, i)| {
                let own = self.findings.quotations[*i].content.len();
                2 * shared >= own.min(proposed.content.len()) && *shared > 0
            })
            .max_by_key(|(shared, i)| (*shared, std::cmp::Reverse(*i)));
        let first = best.map(|(_, i)| {
            matched.quotations.push(i);
            &self.findings.quotations[i].holder
        });
        let standing = match first {
            None => Standing::Alone,
            Some(holder) if same_voice(holder, proposed.voice.as_ref()) => Standing::Agrees,
            Some(_) => Standing::Differs,
        };
        let first = first.filter(|_| standing == Standing::Differs).map(|h| said(voice(h).as_ref()));
        self.proposal(ProposalKind::Quotation, proposed.content, says, standing, first)
    }

    /// Wordings of one article may differ as long as they say the same of the same pair.
    fn stage(&self, proposed: &Staged, matched: &mut Matched) -> Proposal {
        let pair = |p: &EntityId, a: &EntityId| *p == proposed.participant && *a == proposed.agreement;
        let own: Vec<usize> = (self.findings.stages.iter().enumerate())
            .filter(|(_, s)| pair(&s.participant, &s.agreement))
            .map(|(i, _)| i)
            .collect();
        let stages = &self.findings.stages;
        let same = |i: &&usize| {
            (stages[**i].lo, stages[**i].hi, stages[**i].side) == (proposed.lo, proposed.hi, proposed.side)
        };
        let near = |i: &&usize| common(stages[**i].wording, proposed.wording) > 0;
        matched.stages.extend(&own);
        let (standing, first) = match own.iter().find(same) {
            Some(_) => (Standing::Agrees, None),
            None => match own.iter().find(near).or(own.first()) {
                Some(&i) => (Standing::Differs, Some(ladder(stages[i].lo, stages[i].hi, stages[i].side))),
                None => (Standing::Alone, None),
            },
        };
        let says = format!(
            "{} and {}: {}",
            self.name(&proposed.participant),
            self.name(&proposed.agreement),
            ladder(proposed.lo, proposed.hi, proposed.side)
        );
        self.proposal(ProposalKind::Stage, proposed.wording, says, standing, first)
    }

    fn candidate(&self, proposed: &Named, matched: &mut Matched) -> Proposal {
        let own: Vec<usize> = (self.findings.candidates.iter().enumerate())
            .filter(|(_, c)| c.participant == proposed.participant && c.agreement == proposed.agreement)
            .map(|(i, _)| i)
            .collect();
        let candidates = &self.findings.candidates;
        let same = |i: &&usize| {
            candidates[**i].polarity == proposed.polarity
                && same_voice(&candidates[**i].holder, proposed.voice.as_ref())
        };
        let (standing, first) = match (own.iter().find(same), own.first()) {
            (Some(&i), _) => {
                matched.candidates.push(i);
                (Standing::Agrees, None)
            }
            (None, Some(&i)) => {
                matched.candidates.push(i);
                let c = &candidates[i];
                (Standing::Differs, Some(named(c.polarity, voice(&c.holder).as_ref())))
            }
            (None, None) => (Standing::Alone, None),
        };
        let says =
            format!("{}: {}", self.name(&proposed.participant), named(proposed.polarity, proposed.voice.as_ref()));
        self.proposal(ProposalKind::Candidate, proposed.span, says, standing, first)
    }

    fn not_proposed(&self, matched: &Matched) -> Vec<NotProposed> {
        let mut rest = Vec::new();
        for (i, q) in self.findings.quotations.iter().enumerate() {
            if asked(q.form) && !matched.quotations.contains(&i) {
                let says = said(voice(&q.holder).as_ref());
                rest.push(NotProposed { kind: ProposalKind::Quotation, words: self.passage(q.content), says });
            }
        }
        for (i, s) in self.findings.stages.iter().enumerate() {
            if !matched.stages.contains(&i) {
                let pair = format!("{} and {}", self.name(&s.participant), self.name(&s.agreement));
                let says = format!("{pair}: {}", ladder(s.lo, s.hi, s.side));
                rest.push(NotProposed { kind: ProposalKind::Stage, words: self.passage(s.wording), says });
            }
        }
        for (i, c) in self.findings.candidates.iter().enumerate() {
            if !matched.candidates.contains(&i) {
                let says = format!("{}: {}", self.name(&c.participant), named(c.polarity, voice(&c.holder).as_ref()));
                rest.push(NotProposed { kind: ProposalKind::Candidate, words: self.passage(c.span), says });
            }
        }
        rest
    }

    fn proposal(
        &self,
        kind: ProposalKind,
        span: Span,
        says: String,
        standing: Standing,
        first: Option<String>,
    ) -> Proposal {
        Proposal { kind, words: self.passage(span), says, standing, first }
    }

    fn passage(&self, span: Span) -> Passage {
        Passage { article: self.article.id.clone(), span }
    }

    fn name(&self, id: &EntityId) -> String {
        linked(self.findings).remove(id).map_or_else(|| id.0.clone(), |(_, name)| name)
    }
}

/// Forms that the second reader was asked for.
fn asked(form: Form) -> bool {
    matches!(form, Form::Direct | Form::Mixed | Form::Indirect)
}

/// Bytes that both cover.
fn common(a: Span, b: Span) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

fn voice(holder: &Holder) -> Option<Voice> {
    match holder.kind {
        HolderKind::Outlet | HolderKind::Unknown => None,
        _ => Some(Voice { entity: holder.entity.clone(), name: holder.name.clone() }),
    }
}

/// The same entity, or where one of them is not linked the same name, articles and case apart.
fn same_voice(holder: &Holder, other: Option<&Voice>) -> bool {
    let bare = |name: &str| {
        let lower = name.to_lowercase();
        ["a ", "an ", "the "].iter().find_map(|a| lower.strip_prefix(a)).unwrap_or(&lower).to_owned()
    };
    match (voice(holder), other) {
        (None, None) => true,
        (Some(a), Some(b)) => match (&a.entity, &b.entity) {
            (Some(a), Some(b)) => a == b,
            _ => bare(&a.name) == bare(&b.name),
        },
        _ => false,
    }
}

fn said(voice: Option<&Voice>) -> String {
    voice.map_or("nobody named says it".to_owned(), |v| format!("{} says it", v.name))
}

fn named(polarity: Polarity, voice: Option<&Voice>) -> String {
    let verb = match polarity {
        Polarity::For => "named by",
        Polarity::Against => "ruled out by",
        Polarity::Open => "left open by",
    };
    format!("{verb} {}", voice.map_or("nobody", |v| v.name.as_str()))
}

/// "announced", "announced to in force, withdrawn".
fn ladder(lo: u8, hi: u8, side: Option<Side>) -> String {
    let word = |rank: u8| Stage::of_rank(rank).as_str().replace('_', " ");
    let rungs = if lo == hi { word(lo) } else { format!("{} to {}", word(lo), word(hi)) };
    match side {
        None => rungs,
        Some(side) => format!("{rungs}, {}", format!("{side:?}").to_lowercase()),
    }
}
