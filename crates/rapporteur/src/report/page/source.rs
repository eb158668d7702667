//! The rows of where it all comes from: claims with status and grade, origins, which article leans on which, and shared words.

use super::{Line, Names, Row};
use crate::extract::EntityId;
use crate::provenance::ArticleId;
use crate::reconcile::{Account, Level, ReuseKind};
use crate::report::wrap::clean;

/// Every claim with where it comes from and how far it may be believed; the main claim first.
pub(crate) fn claims(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let row = |claim: &crate::reconcile::Claim| {
        let mut line =
            Line::of(clean(&claim.claim)).at(&claim.spans, names).plain(format!(": {}", clean(&claim.reason)));
        if let Some(raise) = claim.card.would_raise.first() {
            line = line.plain(format!("; would rise with {}", clean(raise)));
        }
        let grade = claim.grade.as_ref().map_or(String::new(), |g| format!("{} ", clean(g)));
        Row::new(format!("{grade}{}", status(&claim.status)), line)
    };
    story.claims.iter().map(row).collect()
}

/// `repeated(4)` in words: "repeated by 4".
pub(crate) fn status(status: &str) -> String {
    let (kind, count) = status.split_once('(').map_or((status, ""), |(kind, rest)| (kind, rest.trim_end_matches(')')));
    match kind {
        "independent" => format!("{count} origins"),
        "repeated" => format!("1 origin, {count} articles"),
        other => clean(&other.replace('_', " ")),
    }
}

/// First utterances and documents, with what reached us of them.
pub(crate) fn origins(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let row = |origin: &crate::reconcile::Origin| {
        let kind = if origin.kind == "unattributed" { String::new() } else { clean(&origin.kind.replace('_', " ")) };
        let line = Line::of(kind);
        let line = if origin.spans.is_empty() {
            line.articles(&origin.articles, names)
        } else {
            line.at(&origin.spans, names)
        };
        let claims = story.claims.iter().filter(|c| c.origins.contains(&origin.id)).count();
        let line = match claims {
            0 => line,
            1 => line.plain(" · 1 claim"),
            n => line.plain(format!(" · {n} claims")),
        };
        Row::new(clean(&origin.name), line)
    };
    story.origins.iter().map(row).collect()
}

/// Which article leans on which, with the evidence for and against; pairs that nothing joins are left out.
pub(crate) fn dependence(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let row = |edge: &crate::reconcile::Dependence| {
        let level = match (edge.level, edge.directed) {
            (Level::Copied, _) => "copied from",
            (Level::Derived, _) => "derived from",
            (Level::CommonSource, _) => "shares a source with",
            (Level::Incidental, _) => "little in common with",
            (Level::Independent, _) => "independent of",
            (Level::Unknown, _) => "may lean on",
        };
        let to = edge.to.as_ref().map_or_else(|| "another that is not known".to_owned(), |to| parent(to, story, names));
        let evidence = edge.evidence.iter().map(|e| {
            let against = if e.weight < 0.0 { "against: " } else { "" };
            Line::of(format!("{against}{}", clean(&e.words))).at(&e.spans, names)
        });
        let evidence = Line::joined(evidence, "; ");
        let from = Line::default().articles([&edge.from], names).plain(format!(" {level} {to}"));
        Row::new("", Line::joined([from, evidence], ": "))
    };
    story.dependence.iter().filter(|e| e.level != Level::Independent).map(row).collect()
}

/// The other end of an edge: the number of an article, else the name of an origin.
pub(crate) fn parent(to: &str, story: &Account, names: &Names<'_>) -> String {
    if let Some(number) = names.number(&ArticleId(to.to_owned())) {
        return number.to_string();
    }
    match story.origins.iter().find(|o| o.id == to) {
        Some(origin) => clean(&origin.name),
        None => names.name(&EntityId(to.to_owned())),
    }
}

/// Words that two articles share: running text first; a quotation in both is no copying.
pub(crate) fn reuse(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let mut shared: Vec<&crate::reconcile::Reuse> = story.reuse.iter().collect();
    shared.sort_by_key(|r| (r.kind, std::cmp::Reverse(r.words), &r.a, &r.b));
    let row = |reuse: &&crate::reconcile::Reuse| {
        let kind = match reuse.kind {
            ReuseKind::RunningText => "running text",
            ReuseKind::Quotation => "the same speaker quoted",
            ReuseKind::Name => "names and titles",
        };
        let line = Line::default().words(&reuse.a, 120).at([&reuse.a, &reuse.b], names);
        let row = Row::new(format!("{} words", reuse.words), line.plain(format!(": {kind}")));
        if reuse.kind == ReuseKind::RunningText { row.wary() } else { row }
    };
    shared.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::status;

    #[test]
    fn a_status_is_said_in_words() {
        assert_eq!(status("repeated(4)"), "1 origin, 4 articles");
        assert_eq!(status("independent(2)"), "2 origins");
        assert_eq!(status("single_source"), "single source");
    }
}
