//! Whose word a passage is where its own clause does not say: the voice in whose words it stands, or whose cue it holds; and whether
//! somebody else near it may be meant.

use language::Span;

use super::{is_named, is_somebody, says, utters, voice_key};
use crate::extract::{Form, Holder, HolderKind, Proposition, Quotation};
use crate::reconcile::Witness;
use crate::reconcile::align::sentence;

/// Whose word an article gives a passage as.
#[derive(Clone, Debug)]
pub(super) enum Word {
    /// Of a voice, named or not.
    Voice(Holder),
    /// Somebody speaks beside it, and whether of this cannot be told.
    Unclear,
    /// Nobody speaks near it: it is told in the article's own voice.
    Own,
}

impl Word {
    /// The holder where he is somebody, else in whose words the passage stands.
    pub(super) fn of(witness: &Witness<'_>, span: Span, holder: &Holder) -> Word {
        if is_somebody(holder) { Word::Voice(holder.clone()) } else { heard(witness, span) }
    }

    /// The same of the sentence that an article opens with, whose first clause is its news: "Norway will join, the minister said, as ...".
    pub(super) fn of_opening(witness: &Witness<'_>, span: Span, holder: &Holder) -> Word {
        let news = |q: &&Quotation| {
            let first = q.content.start <= span.start + 2 && span.contains(q.content);
            q.form == Form::Indirect && first && is_somebody(&q.holder)
        };
        // "They reached the port ..., a step that drivers call late": said of the end of the sentence only.
        let of_its_end = |q: &Quotation| {
            let cue = q.cue.is_some_and(|cue| span.contains(cue));
            cue && q.holder.name == holder.name && q.content.start > span.start + span.len() / 2
        };
        match witness.findings.quotations.iter().find(news) {
            _ if is_somebody(holder) && witness.findings.quotations.iter().any(of_its_end) => Word::Unclear,
            _ if is_somebody(holder) => Word::Voice(holder.clone()),
            Some(quotation) => Word::Voice(quotation.holder.clone()),
            None if let Some(holder) = told_after(witness, span).or_else(|| announced_by(witness)) => {
                Word::Voice(holder)
            }
            // What somebody says further on in it may be of something else.
            None if matches!(heard(witness, span), Word::Own) && !is_told_below(witness, span) => Word::Own,
            None => Word::Unclear,
        }
    }

    /// The same of a clause, which may hold the cue of its own speaker: "Norway will join, the minister announced on television".
    pub(super) fn of_clause(witness: &Witness<'_>, span: Span, holder: &Holder) -> Word {
        let word = Word::of(witness, span, holder);
        // What somebody says of a part of the clause only is not his word for all of it: "..., a step that drivers call late".
        let whole = |q: &&Quotation| {
            let shared = q.content.end.min(span.end).saturating_sub(q.content.start.max(span.start));
            q.content.start <= span.start + 2 || 2 * shared > span.len() || q.content.end <= span.start
        };
        let mut said = witness.findings.quotations.iter().filter(|q| is_somebody(&q.holder)).filter(whole);
        match said.find(|q| q.cue.is_some_and(|cue| span.contains(cue))) {
            Some(quotation) if word.voice().is_none() => Word::Voice(quotation.holder.clone()),
            _ => word,
        }
    }

    /// Of what is told in passing: whether somebody speaks in its sentence.
    pub(super) fn aside(witness: &Witness<'_>, span: Span) -> Word {
        if speaks_in(witness, &[sentence(witness, span)]) { Word::Unclear } else { Word::Own }
    }

    pub(super) fn voice(&self) -> Option<&Holder> {
        match self {
            Word::Voice(holder) => Some(holder),
            Word::Unclear | Word::Own => None,
        }
    }
}

fn heard(witness: &Witness<'_>, span: Span) -> Word {
    let near = witness.findings.quotations.iter().filter(|q| q.content.overlaps(span));
    let quotations: Vec<&Quotation> = near.filter(|q| utters(witness, q)).collect();
    let shared = |q: &&Quotation| q.content.end.min(span.end).saturating_sub(q.content.start.max(span.start));
    if let Some(quotation) = quotations.iter().copied().filter(|q| 2 * shared(q) > span.len()).max_by_key(shared) {
        return Word::Voice(quotation.holder.clone());
    }
    if is_attributed(witness, span) { Word::Unclear } else { Word::Own }
}

/// Whether the sentence of a passage has words of a holder: a quotation, or a clause in which he says something.
pub(super) fn is_said(witness: &Witness<'_>, span: Span, holder: &Holder) -> bool {
    let sentence = sentence(witness, span);
    let near = |s: Span| sentence.overlaps(s) || span.overlaps(s);
    let own = |q: &&Quotation| says(witness, q) && voice_key(&q.holder) == voice_key(holder);
    let quoted = witness.findings.quotations.iter().filter(own);
    let mut said = quoted.flat_map(|q| [Some(q.content), q.cue, q.source]).flatten();
    let clauses = witness.findings.propositions.iter().filter(|p| p.says && p.lemma != "agree" && near(p.predicate));
    let speaks = |p: &Proposition| {
        let subject = p.argument("subj");
        subject.is_some_and(|s| s.entity == holder.entity && (s.entity.is_some() || holder.span == Some(s.span)))
    };
    said.any(near) || clauses.into_iter().any(speaks)
}

/// Whether somebody speaks in the paragraph of a passage, or an outlet is credited in its sentence. A headline is told by the paragraphs
/// below it.
fn is_attributed(witness: &Witness<'_>, span: Span) -> bool {
    const LEAD: usize = 2;
    let article = witness.article;
    let heading = article.headline.filter(|h| h.overlaps(span));
    let around: Vec<Span> = match heading {
        Some(heading) => article.blocks.iter().map(|b| b.span).filter(|b| b.start >= heading.end).take(LEAD).collect(),
        None => {
            let blocks = article.blocks.iter().map(|b| b.span).filter(|b| b.overlaps(span));
            blocks.chain([sentence(witness, span)]).collect()
        }
    };
    speaks_in(witness, &around)
}

/// Whether somebody speaks in the two paragraphs below: what an article opens with is often given its source there.
fn is_told_below(witness: &Witness<'_>, span: Span) -> bool {
    const BELOW: usize = 2;
    let blocks = witness.article.blocks.iter().map(|b| b.span).filter(|b| b.start >= span.end);
    speaks_in(witness, &blocks.take(BELOW).collect::<Vec<_>>())
}

/// Whether these stretches hold the cue of somebody's words, a clause that tells of speech, or a credit.
fn speaks_in(witness: &Witness<'_>, around: &[Span]) -> bool {
    let findings = witness.findings;
    let near = |s: Span| around.iter().any(|a| a.overlaps(s));
    let quoted = |q: &Quotation| is_somebody(&q.holder) && near(q.cue.or(q.source).unwrap_or(q.content));
    let (first, last) =
        (around.iter().map(|a| a.start).min().unwrap_or(0), around.iter().map(|a| a.end).max().unwrap_or(0));
    let from = findings.propositions.partition_point(|p| p.predicate.start < first);
    let mut clauses = findings.propositions[from..].iter().take_while(|p| p.predicate.start < last);
    clauses.any(|p| p.says && near(p.predicate))
        || findings.quotations.iter().any(quoted)
        || findings.credits.iter().any(|c| near(c.span))
}

/// Who speaks in a clause of which he is the subject: "the mayor welcomed the exemption".
pub(super) fn speaker_in(witness: &Witness<'_>, clause: Span) -> Option<Holder> {
    let inside = |s: Option<Span>| s.is_some_and(|s| clause.overlaps(s));
    let mut voiced = witness.findings.quotations.iter().filter(|q| is_somebody(&q.holder) && q.form == Form::Indirect);
    voiced.find(|q| inside(q.cue) && inside(q.source)).map(|q| q.holder.clone())
}

/// Who is said, after a comma at the end of its sentence, to have told what stands before: "Norway will join, the ambassador to Peru has
/// insisted", "..., the American president let it be known". `None` where no such clause ends it.
pub(super) fn told_after(witness: &Witness<'_>, span: Span) -> Option<Holder> {
    const TELLS: [&str; 13] = [
        "announce", "claim", "confirm", "declare", "disclose", "insist", "report", "reveal", "say", "state", "tell",
        "warn", "write",
    ];
    const KNOWN: &str = " let it be known";
    let text = &witness.article.text;
    let sentence = sentence(witness, span);
    let rest = text.get(span.start..sentence.end)?;
    // Who lets it be known has no clause of saying.
    let lets = rest.find(KNOWN).and_then(|at| {
        let comma = rest.get(..at)?.rfind(", ")?;
        Some((None, Span::new(span.start + comma + 2, span.start + at), span.start + at + KNOWN.len()))
    });
    let from = witness.findings.propositions.partition_point(|p| p.predicate.start < sentence.start);
    let clauses = witness.findings.propositions[from..].iter().take_while(|p| p.predicate.end <= sentence.end);
    let tells = || {
        let last = clauses.filter(|p| TELLS.contains(&p.lemma.as_str())).last()?;
        let subject = last.argument("subj")?;
        Some((subject.entity.clone(), subject.span, last.predicate.end))
    };
    let (entity, subject, end) = lets.or_else(tells)?;
    let (before, after) = (text.get(span.start..subject.start)?, text.get(end..sentence.end)?);
    // What stands after it is a day at most.
    let ends = after.split_whitespace().count() <= 4 && !after.contains(',');
    let who = subject.of(text);
    let spoken = before.trim_end().ends_with(',') && !before.contains(['“', '"']) && ends;
    let holder = Holder {
        kind: HolderKind::Role,
        entity: entity.filter(|e| e.0.starts_with("person:") || e.0.starts_with("name:")),
        name: who.to_owned(),
        span: Some(subject),
    };
    (spoken && who.contains(' ') && is_somebody(&holder)).then_some(holder)
}

/// Who by the article made its news known: "The press secretary, Anna Berg, made the announcement".
fn announced_by(witness: &Witness<'_>) -> Option<Holder> {
    let findings = witness.findings;
    let text = &witness.article.text;
    let news = |p: &&Proposition| {
        let what = p.argument("obj").filter(|o| o.span.of(text).to_lowercase().starts_with("the "));
        matches!(
            (p.lemma.as_str(), what.map(|o| o.head.as_str())),
            ("make", Some("announcement")) | ("break" | "announce", Some("news"))
        )
    };
    let subject = findings.propositions.iter().filter(news).find_map(|p| p.argument("subj"))?;
    let person = findings.entities.iter().find(|e| Some(&e.id) == subject.entity.as_ref())?;
    let (entity, name) = (Some(person.id.clone()), person.name.clone());
    Some(Holder { kind: HolderKind::Entity, entity, name, span: Some(subject.span) })
}

/// Whose word the next sentence of the same paragraph is, where it tells on of the same thing: "Norway and Peru agreed to a truce. It is to
/// begin at noon, the mediator told reporters." `None` where that sentence begins anew or has no speaker with a name.
pub(super) fn told_on(witness: &Witness<'_>, wording: Span) -> Option<Holder> {
    let findings = witness.findings;
    let at = findings.sentences.partition_point(|s| s.span.end <= wording.start);
    let (own, next) = (findings.sentences.get(at)?.span, findings.sentences.get(at + 1)?.span);
    let paragraph = witness.article.blocks.iter().any(|b| b.span.contains(own) && b.span.contains(next));
    let resumes = next.of(&witness.article.text).trim_start().starts_with("It ");
    let mut said = findings.quotations.iter().filter(|q| q.form == Form::Indirect && next.contains(q.content));
    let said = said.find(|q| is_named(&q.holder) && q.content.start < next.start + 2)?;
    (paragraph && resumes).then(|| said.holder.clone())
}
