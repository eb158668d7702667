//! The rows of a page, section by section.

use std::collections::BTreeMap;

use super::page::{Names, Row, Section, stage_words};
use super::wrap::clean;
use crate::extract::{HolderKind, MemberStatus, Polarity, RoleCheck, Side};
use crate::provenance::{ArticleId, Passage};
use crate::reconcile::{Account, NamedBy, Relation, StageAccount, Verdict};

/// How many rows a section of the first screen shows before it counts the rest.
const SHOWN: usize = 8;

/// Stage and why, origin, when.
pub(crate) fn head(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    match main_stage(story) {
        Some(stage) => {
            let mut words = stage_words(stage.lo, stage.hi);
            if let Some(side) = stage.side {
                words.push_str(&format!(" · {}", side_words(side)));
            }
            if !stage.asserted {
                words.push_str(" · nobody asserts more");
            }
            rows.push(Row { warning: stage.conflict, ..Row::new("Stage", words) });
            rows.push(Row::new("", wordings(stage, names)));
            rows.extend(why(stage, names).map(|why| Row::new("", format!("why: {why}"))));
        }
        None if story.stages.is_empty() => {
            rows.push(Row::new("Stage", "no article places a state on the way into an agreement"));
        }
        None => rows.push(Row::new("Stage", "no one state's step is what the articles are about; see STAGES")),
    }
    rows.push(Row::new("Origin", origin(story, names)));
    rows.push(Row::new("When", clean(&story.date.reason)));
    rows
}

/// The stage of the story's own participant and agreement.
fn main_stage(story: &Account) -> Option<&StageAccount> {
    let agreement = story.agreement.as_ref()?;
    let participant = story.participant.as_ref()?;
    story.stages.iter().find(|s| s.participant == *participant && s.agreement == agreement.entity)
}

/// “joins the accords” 1 · “is poised to enter the Abraham Accords” 5.
fn wordings(stage: &StageAccount, names: &Names<'_>) -> String {
    let mut by_words: BTreeMap<String, (String, Vec<&ArticleId>)> = BTreeMap::new();
    for said in &stage.articles {
        let words = names.quoted(&said.wording, 90);
        by_words.entry(words.to_lowercase()).or_insert_with(|| (words, Vec::new())).1.push(&said.article);
    }
    let mut list: Vec<(String, String)> =
        by_words.into_values().map(|(words, articles)| (names.numbers(articles), words)).collect();
    list.sort();
    list.into_iter().map(|(numbers, words)| format!("{words} {numbers}")).collect::<Vec<_>>().join(" · ")
}

/// Why the stage is no higher and no lower.
fn why(stage: &StageAccount, names: &Names<'_>) -> Option<String> {
    let mut parts = Vec::new();
    if stage.conflict {
        let low = stage.articles.iter().min_by_key(|a| (a.hi, a.wording.span.len()))?;
        let high = stage.articles.iter().max_by_key(|a| (a.lo, std::cmp::Reverse(a.wording.span.len())))?;
        let capping = low.capped_by.as_ref().unwrap_or(&low.wording);
        return Some(format!(
            "the articles contradict each other: {} {} against {} {}; kept is what most of them allow, of equals the more cautious",
            names.quoted(&high.wording, 90),
            names.numbers([&high.article]),
            names.quoted(capping, 90),
            names.numbers([&low.article]),
        ));
    }
    let caps: Vec<String> = stage
        .articles
        .iter()
        .filter(|a| a.hi == stage.hi)
        .filter_map(|a| a.capped_by.as_ref())
        .map(|c| format!("{} {}", names.quoted(c, 80), names.numbers([&c.article])))
        .collect();
    if !caps.is_empty() {
        parts.push(caps.join(", "));
    }
    let done: Vec<String> = stage
        .articles
        .iter()
        .filter(|a| a.as_done && stage.hi < 7)
        .map(|a| format!("{} {}", names.quoted(&a.wording, 60), names.numbers([&a.article])))
        .collect();
    if !done.is_empty() {
        let says = if done.len() == 1 { "says" } else { "say" };
        parts.push(format!("{} alone {says} no more than announced", done.join(", ")));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn side_words(side: Side) -> &'static str {
    match side {
        Side::Postponed => "postponed",
        Side::Declined => "declined",
        Side::Suspended => "suspended",
        Side::Withdrawn => "withdrawing or withdrawn",
        Side::Terminated => "terminated",
        Side::Reserved => "with a reservation",
    }
}

/// Whether the story has a claim that its articles assert: the stage of its own participant.
pub(crate) fn has_main_claim(story: &Account) -> bool {
    !story.claims.is_empty() && main_stage(story).is_some_and(|s| s.asserted)
}

/// Who said it first, as far as the articles tell.
fn origin(story: &Account, names: &Names<'_>) -> String {
    let Some(claim) = story.claims.first().filter(|_| has_main_claim(story)) else {
        return "no main claim was found".to_owned();
    };
    let mut parts: Vec<String> = Vec::new();
    for origin in story.origins.iter().filter(|o| claim.origins.contains(&o.id)) {
        let medium = match origin.kind.as_str() {
            "utterance" | "unattributed" => String::new(),
            kind => format!(", {kind}"),
        };
        parts.push(format!("{}{medium} {}", clean(&origin.name), names.numbers(&origin.articles)));
    }
    let mut text = if parts.is_empty() { "no article names its source".to_owned() } else { parts.join(" · ") };
    let missing: Vec<&str> =
        story.silence.iter().map(|s| s.what.as_str()).filter(|w| w.contains("statement by")).collect();
    if !missing.is_empty() {
        text.push_str(&format!("; no {} in any article", missing.join(", no ")));
    }
    text
}

/// Other participants whose step somebody asserts.
pub(crate) fn other_stages(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let main = main_stage(story).map(|s| (&s.participant, &s.agreement));
    // How members once came in is background, unless it is in dispute or they are on the way out.
    let settled = |s: &StageAccount| {
        !s.conflict && s.side.is_none() && story.members.iter().any(|m| m.participant == s.participant)
    };
    let others =
        story.stages.iter().filter(|s| s.asserted && Some((&s.participant, &s.agreement)) != main && !settled(s));
    let row = |stage: &StageAccount| {
        let mut label = names.name(&stage.participant);
        if story.agreement.as_ref().is_none_or(|a| a.entity != stage.agreement) {
            label.push_str(&format!(" and {}", names.name(&stage.agreement)));
        }
        let side = stage.side.map_or(String::new(), |s| format!(" · {}", side_words(s)));
        let text = format!("{}{side}: {}", stage_words(stage.lo, stage.hi), wordings(stage, names));
        Row { label, text, warning: stage.conflict }
    };
    limited(others.map(row).collect())
}

/// Members by status in one row each.
pub(crate) fn members(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let mut by_status: BTreeMap<MemberStatus, Vec<String>> = BTreeMap::new();
    for member in &story.members {
        let text = format!("{} {}", names.name(&member.participant), names.numbers(&member.articles));
        by_status.entry(member.status).or_default().push(text);
    }
    let label = |status: MemberStatus| match status {
        MemberStatus::Original => "original",
        MemberStatus::Member => "",
        MemberStatus::Counterpart => "counterpart",
        MemberStatus::Mediator => "mediator",
    };
    by_status.into_iter().map(|(status, list)| Row::new(label(status), list.join(" · "))).collect()
}

/// Candidates with who named them and what they say themselves.
pub(crate) fn candidates(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for candidate in &story.candidates {
        let mut parts = Vec::new();
        for polarity in [Polarity::For, Polarity::Open, Polarity::Against] {
            let mut voices: Vec<String> = Vec::new();
            let with = |n: &&NamedBy| n.polarity == polarity;
            for named in candidate.named_by.iter().filter(with).filter(|n| !nobody(n)) {
                voices.push(format!("{} {}", clean(&named.holder.name), names.of(&named.spans)));
            }
            let unsourced: Vec<Passage> =
                candidate.named_by.iter().filter(with).filter(|n| nobody(n)).flat_map(|n| n.spans.clone()).collect();
            if !unsourced.is_empty() {
                voices.push(format!("no source {}", names.of(&unsourced)));
            }
            if !voices.is_empty() {
                let verb = match polarity {
                    Polarity::For => "named by",
                    Polarity::Open => "left open by",
                    Polarity::Against => "ruled out by",
                };
                parts.push(format!("{verb} {}", voices.join(", ")));
            }
        }
        for own in &candidate.own_voice {
            if let Some(span) = own.spans.first() {
                parts.push(format!("itself: {} {}", names.quoted(span, 110), names.of(&own.spans)));
            }
        }
        rows.push(Row::new(names.name(&candidate.participant), parts.join(" · ")));
    }
    limited(rows)
}

fn nobody(named: &NamedBy) -> bool {
    matches!(named.holder.kind, HolderKind::Outlet | HolderKind::Unknown)
}

/// Conditions and blockers in the articles' words.
pub(crate) fn conditions(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let row = |c: &crate::reconcile::ConditionAccount| {
        Row::new(
            names.name(&c.applies_to),
            format!("{} {}", names.quoted(&c.text, 140), names.numbers([&c.text.article])),
        )
    };
    limited(story.conditions.iter().map(row).collect())
}

/// Utterances with their versions, those in several articles first.
pub(crate) fn quotations(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for quotation in &story.quotations {
        let mut by_relation: BTreeMap<Relation, Vec<&ArticleId>> = BTreeMap::new();
        for variant in &quotation.variants {
            by_relation.entry(variant.relation).or_default().push(&variant.span.article);
        }
        let told: Vec<String> = by_relation
            .iter()
            .map(|(relation, articles)| {
                let word = match relation {
                    Relation::Identical if articles.len() == 1 => "in full in",
                    Relation::Identical => "identical in",
                    Relation::Typography => "other marks in",
                    Relation::Truncated => "cut in",
                    Relation::Fragment => "a fragment in",
                    Relation::Elided => "with gaps in",
                    Relation::Spliced => "spliced in",
                    Relation::Altered => "altered in",
                    Relation::Paraphrase => "paraphrased in",
                    Relation::OtherSpeaker => "given to another speaker in",
                    Relation::OnlyHere => "only in",
                };
                format!("{word} {}", names.numbers(articles.iter().copied()))
            })
            .collect();
        let who = match quotation.holder.kind {
            HolderKind::Outlet | HolderKind::Unknown => "speaker not named".to_owned(),
            _ => clean(&quotation.holder.name),
        };
        rows.push(Row::new(who, format!("{} {}", names.quoted(&quotation.fullest, 120), told.join(", "))));
    }
    limited(rows)
}

/// What cannot all be so, or reads differently; titles and lists that fit together are left to the JSON.
pub(crate) fn conflicts(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let grave = |v: Verdict| matches!(v, Verdict::Contradiction | Verdict::Tension);
    let mut rows = Vec::new();
    for conflict in story.conflicts.iter().filter(|c| grave(c.verdict)) {
        let position = |p: &crate::reconcile::Position| {
            let words = p.spans.first().map_or(String::new(), |s| format!(" {}", names.quoted(s, 70)));
            // "President" and “President Jane Doe” say the same twice.
            let value = clean(&p.value);
            let told = words.to_lowercase().contains(&value.to_lowercase());
            format!(
                "{}{} {}",
                if told { "" } else { &value },
                if told { words.trim_start() } else { &words },
                names.numbers(&p.articles)
            )
        };
        let positions: Vec<String> = conflict.positions.iter().map(position).collect();
        let verdict = if conflict.verdict == Verdict::Contradiction { "" } else { " (tension)" };
        rows.push(Row::warning(names.about(&conflict.about), format!("{}{verdict}", positions.join(" · "))));
    }
    limited(rows)
}

/// What nobody said, in one row.
pub(crate) fn silence(story: &Account) -> Vec<Row> {
    let list: Vec<String> = story.silence.iter().map(|s| clean(&s.what)).collect();
    if list.is_empty() { Vec::new() } else { vec![Row::new("", list.join(" · "))] }
}

/// Articles and places that could not be understood, and why.
pub(crate) fn not_read(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let mut by_message: BTreeMap<String, Vec<&ArticleId>> = BTreeMap::new();
    for (_, rows) in names.articles(story) {
        // Where two readers of quotations disagree is for `read`, not for the page.
        let notes = rows.iter().take(1).flat_map(|r| r.notes.iter().map(move |n| (r, n)));
        for (row, note) in notes.filter(|(_, note)| note.kind != "quotation_doubt") {
            by_message.entry(clean(&note.message)).or_default().push(&row.id);
        }
    }
    let print =
        |(message, ids): (String, Vec<&ArticleId>)| Row::warning("", format!("{message} {}", names.numbers(ids)));
    limited(by_message.into_iter().map(print).collect())
}

/// What the short numbers stand for.
pub(crate) fn legend(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let articles = names.articles(story);
    let mut legend = Vec::new();
    if !names.folder().is_empty() {
        legend.push(Row::new("", format!("in {}", clean(names.folder()))));
    }
    for (number, rows) in articles {
        let paths: Vec<String> = rows.iter().map(|r| names.short(&r.path)).collect();
        let Some(first) = rows.first() else { continue };
        let mut parts = vec![paths.join(", ")];
        parts.extend(first.outlet.as_ref().map(|o| clean(&o.name)));
        parts.extend(first.published.as_ref().map(|p| clean(&p.date)));
        parts.push(format!("{} words", first.words));
        legend.push(Row::new(number.to_string(), parts.join(" · ")));
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
        if let Some(headline) = article.headline {
            out.push(Row::new("headline", names.quoted(&Passage { article: article.id.clone(), span: headline }, 200)));
        } else if let Some(title) = &article.title {
            out.push(Row::new("title", clean(title)));
        }
        for stage in &story.stages {
            for said in stage.articles.iter().filter(|a| a.article == article.id) {
                let cap = said
                    .capped_by
                    .as_ref()
                    .map_or(String::new(), |c| format!(", held back by {}", names.quoted(c, 120)));
                let about = format!("{}: {}", names.name(&stage.participant), stage_words(said.lo, said.hi));
                out.push(Row::new("stage", format!("{about}: {}{cap}", names.quoted(&said.wording, 160))));
            }
        }
        for candidate in &story.candidates {
            for span in candidate.own_voice.iter().flat_map(|o| &o.spans).filter(here) {
                out.push(Row::new(
                    "candidate",
                    format!("{}, of itself: {}", names.name(&candidate.participant), names.quoted(span, 160)),
                ));
            }
            for named in &candidate.named_by {
                for span in named.spans.iter().filter(here).take(1) {
                    let who = if nobody(named) { "no source".to_owned() } else { clean(&named.holder.name) };
                    out.push(Row::new(
                        "candidate",
                        format!("{}, by {who}: {}", names.name(&candidate.participant), names.quoted(span, 160)),
                    ));
                }
            }
        }
        let mut quotations: Vec<(usize, Row)> = Vec::new();
        for quotation in &story.quotations {
            for variant in quotation.variants.iter().filter(|v| v.span.article == article.id) {
                let difference = variant.difference.as_ref().map_or(String::new(), |d| format!(" [{}]", clean(d)));
                let who = match quotation.holder.kind {
                    HolderKind::Outlet | HolderKind::Unknown => "speaker not named".to_owned(),
                    _ => clean(&quotation.holder.name),
                };
                let text = format!("{who}: {}{difference}", names.quoted(&variant.span, 600));
                quotations.push((variant.span.span.start, Row::new("quotation", text)));
            }
        }
        quotations.sort_by_key(|q| q.0);
        out.extend(quotations.into_iter().map(|q| q.1));
        for role in &story.roles {
            for span in role.spans.iter().filter(here).take(1) {
                let doubtful = matches!(role.check, RoleCheck::Stale | RoleCheck::Conflict);
                let note = role.note.as_ref().filter(|_| doubtful).map_or(String::new(), |n| format!(": {}", clean(n)));
                if doubtful {
                    out.push(Row::warning("office", format!("{}{note}", names.quoted(span, 120))));
                }
            }
        }
        let outlet = article.outlet.as_ref().map_or(String::new(), |o| format!("  {}", clean(&o.name)));
        sections.push(Section { name: format!("{number}  {}{outlet}", names.short(&article.path)), rows: out });
    }
    sections
}

/// The first rows, and how many more there are.
fn limited(mut rows: Vec<Row>) -> Vec<Row> {
    if rows.len() > SHOWN + 1 {
        let more = rows.len() - SHOWN;
        rows.truncate(SHOWN);
        rows.push(Row::new("", format!("and {more} more, below or in --format json")));
    }
    rows
}
