//! What a story without a step is about: the event that its articles open with.
//!
//! Headline and first sentences of an article tell its news. Of these the sentence with which most other articles open too is the event,
//! and each of their openings that says the same in enough of its words is a telling of it. Names alone make no event: two articles on
//! one president have his name in common.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use language::Span;

use super::origin::{Told, is_somebody};
use super::prose::{Kind, Word};
use super::{Witness, primary};
use crate::extract::{EntityId, Factuality, Findings, Form, Holder, HolderKind, Realis};

/// Sentences of the body with which an article opens.
const SENTENCES: usize = 4;
/// Content words that two openings must have in common, and how many of them must be no names.
const SHARED: usize = 4;
const OWN: usize = 2;
/// Words that a sentence has to spare before its length counts against it.
const LONG: usize = 6;
/// Articles whose sentences may stand for the event: what keeps it linear.
const STANDING: usize = 24;

/// One opening sentence with its content words: those of names, and the others.
struct Opening {
    article: usize,
    span: Span,
    heading: bool,
    words: BTreeSet<String>,
    own: BTreeSet<String>,
}

/// The event that more than half of the articles open with; `None` where they open with nothing in common, and for
/// an article alone that is nobody's own text.
/// `prose` has the words of each article.
pub(crate) fn of(story: &[Witness<'_>], prose: &[Vec<Word>]) -> Option<Told> {
    let openings: Vec<Vec<Opening>> =
        story.iter().zip(prose).enumerate().map(|(i, (witness, words))| openings(i, witness, words)).collect();
    if let ([witness], [openings]) = (story, &openings[..]) {
        // An article alone says what it is about where it is somebody's own text: in the sentence nearest to its headline.
        let heading = openings.iter().find(|o| o.heading);
        let near =
            |o: &&Opening| (heading.map_or(0, |h| h.words.intersection(&o.words).count()), Reverse(o.span.start));
        let first = openings.iter().filter(|o| !o.heading).max_by_key(near);
        let first = first.filter(|_| primary::author(witness).is_some())?;
        let what = first.span.of(&witness.article.text).split_whitespace().collect::<Vec<_>>().join(" ");
        return Some(Told {
            what,
            tellings: vec![(witness.passage(first.span), Holder::outlet())],
            against: Vec::new(),
        });
    }
    let event = openings.iter().take(STANDING).flatten().filter(|o| !o.heading);
    let (_, tellings) = event
        .filter_map(|event| {
            let others = openings.iter().enumerate().filter(|(i, _)| *i != event.article);
            let near: Vec<(usize, &Opening)> = others.filter_map(|(_, other)| nearest(event, other)).collect();
            let weight: usize = near.iter().map(|(shared, _)| shared).sum();
            let tellings: Vec<&Opening> = std::iter::once(event).chain(near.into_iter().map(|(_, o)| o)).collect();
            // Who tells as done what others tell as to come knows more. Of long sentences much stands in others too: what counts is how
            // much of them.
            let done = is_done(&story[event.article], event, &tellings[1..]);
            let rank = (tellings.len(), done, 100 * weight / (event.words.len() + LONG), Reverse(event.article));
            (2 * tellings.len() > story.len()).then_some((rank, tellings))
        })
        .max_by_key(|(rank, _)| *rank)?;
    let event = tellings[0];
    let tellings: Vec<&Opening> = tellings.into_iter().filter(|o| tells_all(story, event, o)).collect();
    let what = event.span.of(&story[event.article].article.text);
    let mut told: Vec<_> = tellings
        .iter()
        .map(|o| {
            let witness = &story[o.article];
            (witness.passage(o.span), speaker(witness, o, event))
        })
        .collect();
    // One paper has one author: its party here is its committee there.
    if let Some(author) = author_of_paper(story[event.article].findings, event.span) {
        for (opening, (_, holder)) in tellings.iter().zip(&mut told) {
            let own = author_of_paper(story[opening.article].findings, opening.span);
            if own.is_some_and(|own| own.name == holder.name) {
                *holder = Holder { span: None, ..author.clone() };
            }
        }
    }
    told.sort_by(|a, b| a.0.cmp(&b.0));
    Some(Told { what: what.split_whitespace().collect::<Vec<_>>().join(" "), tellings: told, against: Vec::new() })
}

/// The headline and the first sentences of the body.
fn openings(article: usize, witness: &Witness<'_>, words: &[Word]) -> Vec<Opening> {
    let quotations = &witness.findings.quotations;
    // Part of what somebody says at length does not tell the news in the article's words.
    let in_marks = |s: &Span| {
        quotations.iter().any(|q| {
            q.form == Form::Direct
                && q.content.overlaps(*s)
                && 2 * (q.content.end.min(s.end) - q.content.start.max(s.start)) > s.len()
        })
    };
    let body = witness.telling().into_iter().filter(|s| !in_marks(s));
    let body = body.take(SENTENCES).map(|s| without_dateline(witness, s));
    let spans = witness.article.headline.map(|h| (h, true)).into_iter().chain(body.map(|s| (s, false)));
    spans
        .map(|(span, heading)| {
            let from = words.partition_point(|w| w.span.start < span.start);
            let within = || words[from..].iter().take_while(|w| w.span.start < span.end).filter(|w| w.content);
            let stems = |own: bool| within().filter(move |w| !own || w.kind != Kind::Name).map(|w| w.stem.clone());
            Opening { article, span, heading, words: stems(false).collect(), own: stems(true).collect() }
        })
        .collect()
}

/// The opening of another article that says most of what this one says; a sentence before a headline that says as much.
fn nearest<'o>(event: &Opening, others: &'o [Opening]) -> Option<(usize, &'o Opening)> {
    let shared = |o: &Opening| event.words.intersection(&o.words).count();
    let same = |o: &&Opening| {
        let few = event.words.len().min(o.words.len());
        shared(o) >= SHARED && event.own.intersection(&o.own).count() >= OWN && 3 * shared(o) >= few
    };
    let near = others.iter().filter(same).map(|o| (shared(o), o));
    near.max_by_key(|(shared, o)| (*shared, !o.heading, Reverse(o.span.start)))
}

/// Whether an opening leaves out none of the states that the event lists, where it names one of them: "on Norway" does not tell "on Norway,
/// Peru and Chile".
fn tells_all(story: &[Witness<'_>], event: &Opening, other: &Opening) -> bool {
    let list = listed(&story[event.article], event.span);
    let named = states(&story[other.article], other.span);
    let has = |id: &&EntityId| named.iter().any(|(_, own)| own == id);
    list.len() < 2 || !list.iter().any(has) || list.iter().all(has)
}

/// The states that a stretch names, in text order.
fn states<'a>(witness: &Witness<'a>, span: Span) -> Vec<(Span, &'a EntityId)> {
    let state = |id: &EntityId| id.0.starts_with("iso3:") || id.0 == "org:eu" || id.0 == "org:european-union";
    let entities = witness.findings.entities.iter().filter(|e| state(&e.id));
    let mut named: Vec<_> = entities.flat_map(|e| e.mentions.iter().map(move |m| (*m, &e.id))).collect();
    named.retain(|(m, _)| span.contains(*m));
    named.sort();
    named
}

/// The first states of a stretch that stand in one list; none where no two do, or where something lies between them.
fn listed<'a>(witness: &Witness<'a>, span: Span) -> Vec<&'a EntityId> {
    let named = states(witness, span);
    let text = &witness.article.text;
    let joined = |a: &(Span, &EntityId), b: &(Span, &EntityId)| {
        let gap = text.get(a.0.end..b.0.start).unwrap_or("-");
        let words = gap.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty());
        !gap.is_empty() && words.into_iter().all(|w| matches!(w, "and" | "the"))
    };
    let lists = named.chunk_by(|a, b| joined(a, b));
    let between = |l: &&[(Span, &EntityId)]| {
        let before = text.get(span.start..l[0].0.start).unwrap_or("").trim_end_matches("the ").trim_end();
        before.ends_with("between")
    };
    lists
        .into_iter()
        .find(|l| l.len() > 1 && !between(l))
        .map_or_else(Vec::new, |l| l.iter().map(|(_, id)| *id).collect())
}

/// Whether an opening tells as done something that the others speak of too.
fn is_done(witness: &Witness<'_>, event: &Opening, others: &[&Opening]) -> bool {
    let done = witness
        .findings
        .predicates
        .iter()
        .filter(|p| event.span.contains(p.span) && matches!(p.realis, Realis::Actual | Realis::Presupposed));
    let mut words = done.flat_map(|p| super::prose::telling(p.span.of(&witness.article.text)));
    words.any(|w| others.iter().any(|o| o.own.contains(&w)))
}

/// Whose word an opening is: that of the voice in whose words stands most of what it has in common with the event, else the article's own.
fn speaker(witness: &Witness<'_>, opening: &Opening, event: &Opening) -> Holder {
    let text = &witness.article.text;
    let common: Vec<&String> = opening.words.intersection(&event.words).collect();
    // What shares little with the event is of something else as well, and so may its speaker be.
    let findings: &Findings = witness.findings;
    if 5 * common.len() < opening.words.len() + event.words.len() {
        return author_of_paper(findings, opening.span).unwrap_or_else(Holder::outlet);
    }
    // The place from which an article was sent says nothing.
    let placed = |h: &Holder| {
        let dateline = witness.article.dateline.as_ref().map(|d| d.span);
        h.span.is_some_and(|s| dateline.is_some_and(|d| d.overlaps(s)))
    };
    let inside = findings.quotations.iter().filter(|q| opening.span.contains(q.content) && is_somebody(&q.holder));
    let covered = |q: &&crate::extract::Quotation| {
        let said = super::prose::telling(q.content.of(text));
        common.iter().filter(|w| said.contains(w.as_str())).count()
    };
    let said = inside.filter(|q| !placed(&q.holder)).map(|q| (covered(&q), q)).max_by_key(|(n, _)| *n);
    match said {
        Some((n, quotation)) if 2 * n >= common.len() && n > 0 => quotation.holder.clone(),
        _ => author_of_paper(findings, opening.span).unwrap_or_else(Holder::outlet),
    }
}

/// Who files a suit, or gives a ruling: what he does is a paper that all can read, and its origin is he.
pub(super) fn author_of_paper(findings: &Findings, opening: Span) -> Option<Holder> {
    const PAPERS: [&str; 9] =
        ["lawsuit", "suit", "complaint", "petition", "indictment", "appeal", "motion", "ruling", "judgment"];
    let acts = findings.propositions.iter().filter(|p| opening.contains(p.predicate));
    let files = acts.filter(|p| {
        let paper = p.argument("obj").is_some_and(|o| PAPERS.contains(&o.head.as_str()));
        let files = matches!(p.lemma.as_str(), "file" | "lodge" | "submit" | "issue" | "deliver" | "bring" | "launch");
        let sues = p.lemma == "sue";
        let rules = matches!(p.lemma.as_str(), "rule" | "find" | "hold");
        let court = p.argument("subj").is_some_and(|s| s.head.ends_with("court"));
        matches!((p.factuality, p.realis), (Factuality::CertainYes, Realis::Actual | Realis::Presupposed))
            && (paper && files || sues || rules && court)
    });
    let mut actors = files.filter_map(|p| p.argument("subj")).filter_map(|s| Some((s.entity.clone()?, s.span)));
    let (entity, span) = actors.next()?;
    let name = findings.entities.iter().find(|e| e.id == entity)?.name.clone();
    Some(Holder { entity: Some(entity), kind: HolderKind::Entity, name, span: Some(span) })
}

/// A sentence without the dateline that it begins with: "OSLO, June 1 (Agency) — ".
fn without_dateline(witness: &Witness<'_>, sentence: Span) -> Span {
    let Some(dateline) = witness.article.dateline.as_ref().map(|d| d.span) else { return sentence };
    if dateline.start > sentence.start || dateline.end >= sentence.end || dateline.end <= sentence.start {
        return sentence;
    }
    let rest = Span::new(dateline.end, sentence.end);
    let words = rest.of(&witness.article.text);
    let bare = words.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '"' | '“' | '\''));
    Span::new(sentence.end - bare.len(), sentence.end)
}

#[cfg(test)]
mod tests {
    use crate::{extract, reconcile, testing};

    #[test]
    fn of_equal_openings_the_one_that_tells_it_as_done_is_the_event() {
        let articles: Vec<_> = [
            "The lake bridge\n\nMinisters of Norland and Sudmark are expected to open the new lake bridge near Tarn on Sunday.\n",
            "A bridge opens\n\nMinisters of Norland and Sudmark opened the new lake bridge near Tarn on Sunday, after ten years.\n",
            "The bridge of Tarn\n\nOn Sunday ministers of Norland and Sudmark will open the new lake bridge near Tarn.\n",
        ]
        .iter()
        .map(|text| {
            let article = testing::article(text);
            let findings = extract::extract(&testing::MODEL, &article);
            (article, findings)
        })
        .collect();
        let brief = reconcile::reconcile(&articles);
        let main = brief.stories[0].claims.iter().find(|c| c.main).expect("an event");
        assert!(main.claim.contains("opened the new lake bridge"), "{}", main.claim);
        assert_eq!(main.articles.len(), 3);
    }
}
