//! The rows of a second reader: proposals beside what the rules read. Nothing else on the page rests on them.

use std::collections::BTreeMap;

use super::{Line, Names, Row, word};
use crate::provenance::{ArticleId, Passage};
use crate::reconcile::Account;
use crate::report::wrap::clean;
use crate::second_reader::{ProposalKind, Standing};

/// How the two readings stand beside each other in numbers, then where they differ, what only one of them has, and why articles were not
/// read twice. Empty where no second reader was asked.
pub(crate) fn rows(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let Some(second) = names.second() else { return Vec::new() };
    let here = |article: &ArticleId| story.articles.contains(article);
    let proposals: Vec<_> = second.proposals.iter().filter(|p| here(&p.words.article)).collect();
    let missed: Vec<_> = second.not_proposed.iter().filter(|n| here(&n.words.article)).collect();
    let count = |standing: Standing| proposals.iter().filter(|p| p.standing == standing).count();
    let summary = format!(
        "proposals by a second reader, {}; nothing above rests on them: {} as the rules read it, {} otherwise, {} that the rules do not \
         have; {} of the rules it does not propose",
        clean(&second.model),
        count(Standing::Agrees),
        count(Standing::Differs),
        count(Standing::Alone),
        missed.len()
    );
    let mut rows = vec![Row::new("", Line::of(summary))];
    let line = |kind: ProposalKind, words: &Passage, says: &str| {
        let line = Line::default().words(words, 100).at([words], names);
        (word(&kind), line.plain(format!(": {}", clean(says))))
    };
    for proposal in proposals.iter().filter(|p| p.standing == Standing::Differs) {
        let (label, line) = line(proposal.kind, &proposal.words, &proposal.says);
        let first = proposal.first.as_deref().map_or(String::new(), clean);
        rows.push(Row::new(label, line.plain(format!("; the rules: {first}"))).wary());
    }
    for proposal in proposals.iter().filter(|p| p.standing == Standing::Alone) {
        let (label, line) = line(proposal.kind, &proposal.words, &proposal.says);
        rows.push(Row::new(label, line.plain("; the rules: nothing")));
    }
    for finding in missed {
        let (label, line) = line(finding.kind, &finding.words, &finding.says);
        rows.push(Row::new(label, line.plain(" by the rules; not proposed")));
    }
    let mut notes: BTreeMap<String, Vec<&ArticleId>> = BTreeMap::new();
    for note in second.notes.iter().filter(|n| here(&n.article)) {
        notes.entry(clean(&note.message)).or_default().push(&note.article);
    }
    rows.extend(notes.into_iter().map(|(message, ids)| Row::new("", Line::of(message).articles(ids, names)).wary()));
    rows
}
