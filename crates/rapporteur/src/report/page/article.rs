//! What the numbers stand for, article by article, and what could not be read.

use std::collections::BTreeMap;

use super::dispute::speaker;
use super::roster::nobody;
use super::stage::{of as stage_of, said as stage_said};
use super::{Line, Names, Row, Section};
use crate::extract::{Polarity, RoleCheck};
use crate::provenance::{ArticleId, Passage};
use crate::reconcile::Account;
use crate::report::wrap::clean;

/// Articles and places that could not be understood, and why.
pub(crate) fn notes(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let mut whole: BTreeMap<String, Vec<&ArticleId>> = BTreeMap::new();
    let mut placed: BTreeMap<String, Vec<Passage>> = BTreeMap::new();
    for (_, rows) in names.articles(story) {
        // Where two readers of quotations disagree is for `read`, not for the page.
        let notes = rows.iter().take(1).flat_map(|r| r.notes.iter().map(move |n| (r, n)));
        for (row, note) in notes.filter(|(_, note)| note.kind != "quotation_doubt") {
            let message = clean(&note.message);
            match note.span {
                Some(span) => placed.entry(message).or_default().push(Passage { article: row.id.clone(), span }),
                None => whole.entry(message).or_default().push(&row.id),
            }
        }
    }
    let whole = whole.into_iter().map(|(message, ids)| Line::of(message).articles(ids, names));
    let placed = placed.into_iter().map(|(message, spans)| Line::of(message).at(&spans, names));
    whole.chain(placed).map(|line| Row::new("", line).wary()).collect()
}

/// What the short numbers stand for.
pub(crate) fn legend(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let mut legend = Vec::new();
    if !names.folder().is_empty() {
        legend.push(Row::new("", Line::of(format!("in {}", clean(names.folder())))));
    }
    for (number, rows) in names.articles(story) {
        let paths: Vec<String> = rows.iter().map(|r| names.short(&r.path)).collect();
        let Some(first) = rows.first() else { continue };
        let mut parts = vec![paths.join(", ")];
        parts.extend(first.outlet.as_ref().map(|o| clean(&o.name)));
        parts.extend(first.published.as_ref().map(|p| clean(&p.date)));
        parts.push(format!("{} words", first.words));
        legend.push(Row::new(number.to_string(), Line::of(parts.join(" · "))));
    }
    legend
}

/// Article by article: headline, how it words the stages, whom it quotes, whom it names, which offices it gives.
pub(crate) fn details(story: &Account, names: &Names<'_>) -> Vec<Section> {
    let mut sections = Vec::new();
    for (number, rows) in names.articles(story) {
        let Some(article) = rows.first() else { continue };
        let here = |p: &&Passage| p.article == article.id;
        let mut out: Vec<Row> = Vec::new();
        if let Some(span) = article.headline {
            out.push(Row::new("headline", Line::default().words(&Passage { article: article.id.clone(), span }, 200)));
        } else if let Some(title) = &article.title {
            out.push(Row::new("title", Line::of(clean(title))));
        }
        for stage in &story.stages {
            for said in stage.articles.iter().filter(|a| a.article == article.id) {
                let about = format!("{}: {}:", stage_of(story, stage, names), stage_said(stage, said));
                let line = Line::of(about).excerpt(&said.wording, 160, names);
                // What holds it back is told once.
                let inside = names.shown(&said.wording).span;
                let line = match said.capped_by.as_ref().filter(|cap| !inside.contains(cap.span)) {
                    Some(cap) => line.plain(", held back by").excerpt(cap, 120, names),
                    None => line,
                };
                out.push(Row::new("stage", line));
            }
        }
        for candidate in &story.candidates {
            let name = names.name(&candidate.participant);
            for span in candidate.own_voice.iter().flat_map(|o| &o.spans).filter(here) {
                let refuses =
                    candidate.own_voice.iter().any(|o| o.polarity == Polarity::Against && o.spans.contains(span));
                let told = if refuses { "not by its own word:" } else { "of itself:" };
                out.push(Row::new("candidate", Line::of(format!("{name}, {told}")).excerpt(span, 160, names)));
            }
            for named in &candidate.named_by {
                for span in named.spans.iter().filter(here).take(1) {
                    let who = match nobody(named) {
                        true => "without a source".to_owned(),
                        false => format!("by {}", clean(&named.holder.name)),
                    };
                    out.push(Row::new("candidate", Line::of(format!("{name}, {who}:")).excerpt(span, 160, names)));
                }
            }
        }
        let mut quotations: Vec<(usize, Row)> = Vec::new();
        let mut shown: Vec<&Passage> = Vec::new();
        for quotation in &story.quotations {
            for variant in quotation.variants.iter().filter(|v| v.span.article == article.id) {
                // One stretch that two readings of an article end differently is one quotation.
                let words = names.words(&variant.span);
                if shown.iter().any(|s| s.span.overlaps(variant.span.span) && names.words(s) == words) {
                    continue;
                }
                shown.push(&variant.span);
                // Whom this article gives the words to; that another gives them to somebody else is told under the quotations.
                let own = crate::reconcile::is_theirs(variant.relation, variant.difference.as_deref());
                let difference = variant.difference.as_ref().filter(|_| own);
                let difference = difference.map_or(String::new(), |d| format!(" [{}]", clean(d)));
                let line = Line::of(format!("{}:", speaker(&variant.holder))).words(&variant.span, 600);
                quotations.push((variant.span.span.start, Row::new("quotation", line.plain(difference))));
            }
        }
        quotations.sort_by_key(|q| q.0);
        out.extend(quotations.into_iter().map(|q| q.1));
        for role in story.roles.iter().filter(|r| matches!(r.check, RoleCheck::Stale | RoleCheck::Conflict)) {
            for span in role.spans.iter().filter(here).take(1) {
                let note = role.note.as_ref().map_or(String::new(), |n| format!(": {}", clean(n)));
                out.push(Row::new("office", Line::default().words(span, 120).plain(note)).wary());
            }
        }
        let outlet = article.outlet.as_ref().map_or(String::new(), |o| format!("  {}", clean(&o.name)));
        let name = format!("{number}  {}{outlet}", names.short(&article.path));
        sections.push(Section { key: "articles", name, rows: out });
    }
    sections
}
