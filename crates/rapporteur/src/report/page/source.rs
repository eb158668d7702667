//! The rows of where it all comes from: claims with status and grade, origins, which article leans on which, and shared words.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Line, Names, Row};
use crate::extract::EntityId;
use crate::provenance::{ArticleId, Passage};
use crate::reconcile::{Account, Level, Origin, ReuseKind, Variant, is_theirs};
use crate::report::wrap::clean;

/// Every claim with where it comes from and how far it may be believed; the main claim first.
pub(crate) fn claims(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let row = |claim: &crate::reconcile::Claim| {
        let mut why = vec![clean(&claim.reason)];
        why.extend(claim.card.would_raise.first().map(|raise| format!("would rise with {}", clean(raise))));
        let grade = claim.grade.as_ref().map_or(String::new(), |g| format!("{} ", clean(g)));
        let unnamed =
            claim.origins.iter().all(|o| matches!(o.as_str(), "origin:unattributed" | "origin:common-knowledge"))
                && claim.articles.len() > 1;
        let known = claim.origins.iter().all(|o| o == "origin:common-knowledge");
        let status = match unnamed {
            _ if known && (claim.status == "single_source" || claim.status.starts_with("repeated")) => {
                let clear = !claim.reason.starts_with("told in passing");
                if clear { "told as known" } else { "told in passing" }.to_owned()
            }
            true if claim.status.starts_with("repeated") => "no origin found".to_owned(),
            _ if is_open(claim) && claim.status.starts_with("repeated") => "at least 1 origin".to_owned(),
            _ => status(&claim.status),
        };
        // What the label says already is not said again.
        why[0] = why[0].strip_prefix(&status).map_or(why[0].clone(), |rest| rest.trim_start_matches("; ").to_owned());
        why.retain(|w| !w.is_empty());
        let line = cited(claim, names);
        Row::new(
            format!("{grade}{status}"),
            if why.is_empty() { line } else { line.plain(format!(": {}", why.join("; "))) },
        )
    };
    let mut rows: Vec<Row> = story.claims.iter().map(row).collect();
    if story.claims.iter().any(|c| c.grade.is_some()) {
        rows.push(Row { key: true, ..Row::new("", Line::of(GRADES)) });
    }
    rows
}

/// A claim in words, at the articles that tell it: in the words of one of them it is cited there, and the others tell alike.
pub(crate) fn cited(claim: &crate::reconcile::Claim, names: &Names<'_>) -> Line {
    let words = clean(&claim.claim);
    let bare = |words: &str| -> String {
        words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    // What somebody said stands after his name.
    let substance = words.split_once(", in substance: ");
    let quoted = words.ends_with('"') || substance.is_some();
    let said = words.split_once(": \"").filter(|_| quoted).or(substance);
    let told = bare(said.map_or(&words, |(_, said)| said));
    let own = |p: &&Passage| bare(&names.words(p)) == told;
    let worded: BTreeSet<&ArticleId> = claim.spans.iter().filter(own).map(|p| &p.article).collect();
    let (own, others): (Vec<&Passage>, Vec<&Passage>) =
        claim.spans.iter().partition(|p| worded.is_empty() || worded.contains(&p.article));
    let line = Line::of(words).at(own, names);
    match (others.is_empty(), quoted) {
        (true, _) => line,
        (_, true) => line.plain(", other versions").at(others, names),
        // What articles open with is one event; who tells it as to come, and who less of it, is among them.
        (_, false) if claim.main => line.plain("; the same event in").at(others, names),
        (_, false) => line.plain(", in other words").at(others, names),
    }
}

/// Whether articles give a claim as the word of somebody who is not counted, or may do.
pub(crate) fn is_open(claim: &crate::reconcile::Claim) -> bool {
    claim.card.open || !claim.card.also.is_empty()
}

/// What the grades stand for, once.
const GRADES: &str = "grades: F, nothing is known of how reliable the source is; 1 confirmed by others, 2 probably true, 3 possibly true, \
    4 doubtful, 5 improbable, 6 cannot be judged";

/// `repeated(4)` in words; how many articles were found to tell it, their numbers say.
pub(crate) fn status(status: &str) -> String {
    let (kind, count) = status.split_once('(').map_or((status, ""), |(kind, rest)| (kind, rest.trim_end_matches(')')));
    match kind {
        "independent" => format!("{count} origins"),
        "repeated" => "1 origin".to_owned(),
        other => clean(&other.replace('_', " ")),
    }
}

/// First utterances and documents, with what reached us of them: those of the most claims first, and with a name before those without.
pub(crate) fn origins(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let row = |origin: &crate::reconcile::Origin| {
        let line = spoken(Line::default(), origin, |_| true, names);
        let claims = story.claims.iter().filter(|c| c.origins.contains(&origin.id)).count();
        let line = match claims {
            0 => line,
            1 => line.plain(" · 1 claim"),
            n => line.plain(format!(" · {n} claims")),
        };
        Row::new(clean(&origin.name), line)
    };
    let claims = |id: &str| story.claims.iter().filter(|c| c.origins.iter().any(|o| o == id)).count();
    let main = |id: &str| super::main_claim(story).is_some_and(|c| c.origins.iter().any(|o| o == id));
    let nameless = |kind: &str| matches!(kind, "unnamed" | "own_voice" | "unattributed");
    let mut origins: Vec<_> = story.origins.iter().collect();
    origins.sort_by_key(|o| {
        (Reverse(main(&o.id)), nameless(&o.kind), Reverse((claims(&o.id), o.articles.len())), o.id.as_str())
    });
    origins.into_iter().map(row).collect()
}

/// The articles that have words of an origin, with the medium in which they give them, where they say so; what kind of origin it is else.
pub(crate) fn spoken(line: Line, origin: &Origin, among: impl Fn(&ArticleId) -> bool, names: &Names<'_>) -> Line {
    let kind = match origin.kind.as_str() {
        "unnamed" => "without a name",
        kind @ ("outlet" | "release") => kind,
        // A medium stands at its articles; the names of the others say what they are.
        _ => "",
    };
    let line = match (line.is_empty(), kind) {
        (true, _) => Line::of(kind),
        (_, "release") => line.plain(", release"),
        _ => line,
    };
    if origin.spans.is_empty() {
        return line.articles(origin.articles.iter().filter(|a| among(a)), names);
    }
    let spans: Vec<&Passage> = origin.spans.iter().filter(|s| among(&s.article)).collect();
    let inside = |given: &BTreeSet<ArticleId>| spans.iter().filter(|s| given.contains(&s.article)).count();
    let media: Vec<_> = origin.media.iter().filter(|(_, given)| inside(given) > 0).collect();
    match media[..] {
        [] => line.at(spans, names),
        [_, ..] if media.iter().all(|(_, given)| inside(given) == spans.len()) => {
            let medium: Vec<String> = media.iter().map(|(medium, _)| clean(&medium.replace('_', " "))).collect();
            let medium = medium.join(" and ");
            let line = if line.is_empty() { Line::of(medium) } else { line.plain(format!(", {medium}")) };
            line.at(spans, names)
        }
        _ => {
            let mut all = line.at(spans.clone(), names);
            for (medium, given) in media {
                let own = spans.iter().filter(|s| given.contains(&s.article)).copied();
                all = all.plain(format!(", {}", clean(&medium.replace('_', " ")))).at(own, names);
            }
            all
        }
    }
}

/// Which article leans on which, with the evidence for and against; articles that have a source outside the story in common share a row,
/// and pairs that nothing joins are left out.
pub(crate) fn dependence(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let mut shared: BTreeMap<String, Vec<&Passage>> = BTreeMap::new();
    let mut rows = Vec::new();
    for edge in story.dependence.iter().filter(|e| !matches!(e.level, Level::Independent | Level::Incidental)) {
        let to = edge.to.as_ref().map_or_else(|| "another that is not known".to_owned(), |to| parent(to, story, names));
        let inside = edge.to.as_ref().is_some_and(|to| names.number(&ArticleId(to.clone())).is_some());
        let spans = || edge.evidence.iter().flat_map(|e| &e.spans);
        if edge.level == Level::CommonSource && !inside && spans().next().is_some() {
            shared.entry(to).or_default().extend(spans());
            continue;
        }
        let stands = match edge.level {
            Level::Copied => format!(" is copied from {to}"),
            Level::Derived => format!(" draws on {to}"),
            Level::CommonSource => format!(" and {to} have a source in common"),
            Level::Incidental => format!(" and {to} have little in common"),
            Level::Independent => format!(" is independent of {to}"),
            Level::Unknown => format!(" may lean on {to}"),
        };
        let evidence = edge.evidence.iter().map(|e| {
            let against = if e.weight < 0.0 { "against: " } else { "" };
            Line::of(format!("{against}{}", clean(&e.words))).at(&e.spans, names)
        });
        let from = Line::default().articles([&edge.from], names).plain(stands);
        rows.push((edge.level, Row::new("", Line::joined([from, Line::joined(evidence, "; ")], ": "))));
    }
    for (source, spans) in shared {
        let line = Line::of(format!("source in common: {source},")).at(spans, names);
        rows.push((Level::CommonSource, Row::new("", line)));
    }
    rows.sort_by_key(|(level, _)| *level);
    rows.into_iter().map(|(_, row)| row).collect()
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

/// Words that articles share, each stretch once with all articles that have it: running text first; a quotation in both is no copying.
pub(crate) fn reuse(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let mut shared: BTreeMap<(ReuseKind, Reverse<usize>, String), Vec<&Passage>> = BTreeMap::new();
    for reuse in &story.reuse {
        let letters =
            names.words(&reuse.a).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        shared.entry((reuse.kind, Reverse(reuse.words), letters)).or_default().extend([&reuse.a, &reuse.b]);
    }
    let row = |((kind, Reverse(n), _), spans): ((ReuseKind, Reverse<usize>, String), Vec<&Passage>)| {
        let what = match kind {
            ReuseKind::RunningText => Line::of(match told_of(story, &spans) {
                Some(speaker) => format!("running text, as the word of {speaker}"),
                None => "running text".to_owned(),
            }),
            ReuseKind::Quotation => quoted(story, &spans, names),
            ReuseKind::Name => Line::of("mostly names and titles"),
        };
        let (line, n) = match gapped(&names.words(spans[0]), spans.get(1).map(|s| names.words(s)).as_deref()) {
            Some((words, n)) => (Line::of(words).at(spans, names), n),
            None => (Line::default().words(spans[0], 120).at(spans, names), n),
        };
        let row = Row::new(format!("{n} words"), Line::joined([line, what], ": "));
        if kind == ReuseKind::RunningText { row.wary() } else { row }
    };
    shared.into_iter().map(row).collect()
}

/// Whose word articles tell a stretch as in their own words, where it is one voice's in all of them.
fn told_of(story: &Account, spans: &[&Passage]) -> Option<String> {
    let has = |q: &crate::reconcile::QuotationAccount, span: &Passage| {
        q.variants.iter().any(|v| v.span.article == span.article && v.span.span.overlaps(span.span))
    };
    let told = story.quotations.iter().find(|q| spans.iter().all(|s| has(q, s)));
    told.map(|q| super::dispute::speaker(&q.holder))
}

/// Whose words a shared stretch is: one speaker's, or of each speaker where articles differ; and which articles do not quote it.
fn quoted(story: &Account, spans: &[&Passage], names: &Names<'_>) -> Line {
    let mut speakers: BTreeMap<String, Vec<&Passage>> = BTreeMap::new();
    let mut own: Vec<&Passage> = Vec::new();
    for span in spans {
        let has = |v: &&Variant| v.span.article == span.article && v.span.span.overlaps(span.span);
        let found = story.quotations.iter().filter_map(|q| Some((q, q.variants.iter().find(has)?)));
        match found.min_by_key(|(_, v)| v.relation) {
            Some((q, v)) => {
                // "the president" of one article is whom the others name.
                let same = is_theirs(v.relation, v.difference.as_deref());
                let holder = if same { &q.holder } else { &v.holder };
                speakers.entry(super::dispute::speaker(holder)).or_default().push(span);
            }
            None => own.push(span),
        }
    }
    let one = speakers.len() == 1 && own.is_empty();
    let voices = speakers.into_iter().map(|(who, spans)| {
        let line = Line::of(format!("words of {who}"));
        if one { line } else { line.at(spans, names) }
    });
    let line = Line::joined(voices.collect::<Vec<_>>(), ", ");
    if own.is_empty() { line } else { Line::joined([line, Line::of("not in marks").at(own, names)], ", ") }
}

/// The words that two passages share, in quotation marks, with "…" where one of them has others, and how many they are; `None` where they
/// have the same words, or too many to lay side by side.
fn gapped(one: &str, other: Option<&str>) -> Option<(String, usize)> {
    const MOST: usize = 300;
    const SHOWN: usize = 30;
    let bare = |w: &&str| w.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let split = |text: &str| text.split_whitespace().map(|w| bare(&w)).collect::<Vec<String>>();
    let (a, b) = (split(one), split(other?));
    if a == b || a.len().max(b.len()) > MOST {
        return None;
    }
    // The longest common subsequence, from the end.
    let mut best = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            best[i][j] = match a[i] == b[j] {
                true => best[i + 1][j + 1] + 1,
                false => best[i + 1][j].max(best[i][j + 1]),
            };
        }
    }
    let printed: Vec<&str> = one.split_whitespace().collect();
    let (mut i, mut j, mut shown, mut gap) = (0, 0, Vec::new(), false);
    while i < a.len() && j < b.len() && shown.len() < SHOWN {
        if a[i] == b[j] {
            if gap && !shown.is_empty() {
                shown.push("…");
            }
            shown.push(printed[i]);
            (i, j, gap) = (i + 1, j + 1, false);
        } else if best[i + 1][j] >= best[i][j + 1] {
            (i, gap) = (i + 1, true);
        } else {
            (j, gap) = (j + 1, true);
        }
    }
    let more = best.get(i).and_then(|row| row.get(j)).is_some_and(|n| *n > 0);
    let rest = if more { " …" } else { "" };
    Some((format!("“{}”{rest}", shown.join(" ")), best[0][0]))
}

#[cfg(test)]
mod tests {
    use super::{gapped, status};

    #[test]
    fn near_matches_show_their_gaps() {
        let near = gapped("he is also in talks with Oslo", Some("he is now in talks with Oslo"));
        assert_eq!(near, Some(("“he is … in talks with Oslo”".to_owned(), 6)));
        let forms = gapped("reach the border of Peru", Some("reached the border of Peru"));
        assert_eq!(forms, Some(("“the border of Peru”".to_owned(), 4)));
        assert_eq!(gapped("in talks with Oslo,", Some("In talks with Oslo")), None);
        assert_eq!(gapped("in talks", None), None);
    }

    #[test]
    fn a_status_is_said_in_words() {
        assert_eq!(status("repeated(4)"), "1 origin");
        assert_eq!(status("independent(2)"), "2 origins");
        assert_eq!(status("single_source"), "single source");
    }
}
