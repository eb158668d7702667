//! What changed, when, and why.

use std::collections::BTreeSet;

use super::{Page, quoted};
use crate::register::view::{CauseView, ChangeView, DifferenceView, Dossier};
use crate::report::text::Style;
use crate::report::wrap::clean;

/// The changes of an agreement, day by day.
pub fn history(dossier: &Dossier, changes: &[ChangeView], participant: Option<&str>, style: Style) -> String {
    let articles = dossier.articles();
    let mut page = Page::new(articles.iter().copied(), style);
    let title = match participant {
        Some(participant) => format!("{participant} and {}", dossier.agreement.name),
        None => dossier.agreement.name.clone(),
    };
    let days: BTreeSet<&str> = changes.iter().map(|c| c.day.as_str()).collect();
    let of = |n: usize, one: &str| super::count(n, one);
    page.title(&title, &format!("{} on {}", of(changes.len(), "change"), of(days.len(), "day")));
    for day in days {
        let rows: Vec<_> = changes.iter().filter(|c| c.day == day).map(|c| change(c, &page)).collect();
        page.part(day, &rows);
    }
    page.done()
}

/// What changed between two days, by agreement. The dossiers give the articles their numbers.
pub fn difference(
    views: &[(DifferenceView, Vec<crate::register::view::Article>)],
    from: &str,
    to: &str,
    style: Style,
) -> String {
    let mut page = Page::new(views.iter().flat_map(|(_, articles)| articles), style);
    let changes: usize = views.iter().map(|(v, _)| v.changes.len()).sum();
    page.title(
        &format!("{from} to {to}"),
        &format!("{} in {}", super::count(changes, "change"), super::count(views.len(), "agreement")),
    );
    for (view, _) in views {
        page.out.push('\n');
        let new = if view.new { ", new" } else { "" };
        page.out.push_str(&format!("{}{new}\n", clean(&view.agreement.name)));
        let rows: Vec<_> = view.changes.iter().map(|c| change(c, &page)).collect();
        page.part("", &rows);
    }
    page.done()
}

fn change(c: &ChangeView, page: &Page<'_>) -> (String, String, bool) {
    let told = match (&c.before, &c.after) {
        (None, Some(after)) => after.clone(),
        (Some(before), None) if before.starts_with("not said: ") => before.replacen("not said", "no longer unsaid", 1),
        (Some(before), None) => format!("no longer: {before}"),
        (Some(before), Some(after)) => format!("{after}; before: {before}"),
        (None, None) => String::new(),
    };
    let mut text = clean(&told);
    if let ("prediction" | "condition", Some(words)) = (c.what, c.cited.first()) {
        text = format!("{}: {text}", page.words(std::slice::from_ref(words)));
    }
    if matches!(c.what, "participant" | "candidate" | "member") && c.after.is_some() && !c.cited.is_empty() {
        let news: BTreeSet<&str> = c.causes.iter().filter_map(|x| x.article.as_deref()).collect();
        let fresh: Vec<_> = c.cited.iter().filter(|w| news.contains(w.article.as_str())).cloned().collect();
        text.push_str(&format!(": {}", page.words(if fresh.is_empty() { &c.cited } else { &fresh })));
    }
    let causes = causes(&c.causes, page);
    if !causes.is_empty() {
        text.push_str(&format!(" ({causes})"));
    }
    (clean(&c.about.name), text, c.what == "conflict")
}

/// "articles 1-3 5; 4 corrected by 6: “he is no senator”".
fn causes(causes: &[CauseView], page: &Page<'_>) -> String {
    let came: Vec<&str> = causes.iter().filter(|c| c.kind == "article").filter_map(|c| c.article.as_deref()).collect();
    let mut parts = Vec::new();
    match came.len() {
        0 => {}
        1 => parts.push(format!("article {}", page.numbers(came))),
        _ => parts.push(format!("articles {}", page.numbers(came))),
    }
    parts.extend(causes.iter().filter(|c| c.kind != "article").map(|c| because(c, page)));
    parts.join("; ")
}

fn because(cause: &CauseView, page: &Page<'_>) -> String {
    let number = |id: &Option<String>| id.as_deref().map(|id| page.numbers([id])).unwrap_or_default();
    let reason = cause.because.as_deref().map(|b| format!(": {}", quoted(b))).unwrap_or_default();
    let (one, other) = (number(&cause.article), number(&cause.other));
    match cause.kind.as_str() {
        "depositary" => format!("the depositary's table {one}"),
        "reinstatement" => format!("{one} counts again{reason}"),
        "revision" if other.is_empty() => format!("revised text {one}"),
        "revision" => format!("{one} revised by {other}"),
        "retraction" => format!("{one} withdrawn{reason}"),
        "correction" if other.is_empty() => format!("corrected text {one}{reason}"),
        "correction" => format!("{one} corrected by {other}{reason}"),
        "window" => "its window is over".to_owned(),
        _ => clean(cause.because.as_deref().unwrap_or(&cause.kind)),
    }
}
