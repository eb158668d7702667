//! Predictions over all agreements, and what a search found.

use super::agreement::prediction;
use super::{Page, count};
use crate::register::view::{Article, ForecastView, Hit};
use crate::report::text::{Style, entry};
use crate::report::wrap::{Tone, clean, paint};

/// Predictions by agreement.
pub fn predictions(views: &[ForecastView], articles: &[Article], day: &str, style: Style) -> String {
    let mut page = Page::new(articles, style);
    page.title(&count(views.len(), "prediction"), &format!("on {day}"));
    let mut agreements: Vec<&str> = views.iter().map(|v| v.agreement.id.as_str()).collect();
    agreements.dedup();
    for id in agreements {
        let of: Vec<&ForecastView> = views.iter().filter(|v| v.agreement.id == id).collect();
        let name = of.first().map(|v| clean(&v.agreement.name)).unwrap_or_default();
        page.out.push_str(&format!("\n{name}\n"));
        let rows: Vec<_> = of.iter().map(|v| prediction(v, &page)).collect();
        page.part("", &rows);
    }
    page.done()
}

/// What was found, each with its words; the matching ones stand out where there is colour.
pub fn found(hits: &[Hit], words: &str, style: Style) -> String {
    let style = Style { columns: style.columns.clamp(40, 120), ..style };
    let mut out = String::new();
    let title = format!("{} for {}", count(hits.len(), "hit"), clean(words));
    out.push_str(&format!("{}\n", paint(&title, Tone::Title, style.colour)));
    let mut last = "";
    for hit in hits {
        let mut about = vec![clean(hit.path.as_deref().unwrap_or(&hit.article))];
        about.extend(hit.outlet.as_deref().map(clean));
        about.extend(hit.published.clone());
        about.push(format!("{} {}-{}", hit.article, hit.start, hit.end));
        let held = hit
            .holder
            .as_deref()
            .filter(|_| hit.kind != "article")
            .map(|h| format!("{}: ", clean(h)))
            .unwrap_or_default();
        let margin = if hit.kind == last { "" } else { hit.kind.as_str() };
        if hit.kind != last {
            out.push('\n');
        }
        entry(margin, "", &format!("{held}“{}” · {}", clean(&hit.text), about.join(" · ")), false, style, &mut out);
        last = &hit.kind;
    }
    out
}
