//! The register's views for the terminal: the agreements, one agreement, its history, what changed, predictions, what was found.
//!
//! Every sentence is a template over values of the register, or an article's own words in quotation marks, with the numbers of the
//! articles that it rests on; a list at the end says which they are.

mod agreement;
mod change;
mod found;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::page::{cut, ranges};
use super::text::{Style, entry};
use super::wrap::{Tone, clean, paint, width};
use crate::register::view::{Article, Cited, Mark, Moment};

pub use agreement::{agreement, overview};
pub use change::{difference, history};
pub use found::{found, predictions};

/// Wordings that a line shows before it counts the rest.
const SHOWN: usize = 6;
/// Rows that a part shows before it counts the rest.
const ROWS: usize = 40;

/// A page in the making: its articles have numbers, and those that a line names are listed at the end.
struct Page<'a> {
    style: Style,
    articles: BTreeMap<&'a str, (usize, &'a Article)>,
    named: RefCell<BTreeSet<usize>>,
    out: String,
}

impl<'a> Page<'a> {
    /// The numbers follow the order given.
    fn new(articles: impl IntoIterator<Item = &'a Article>, style: Style) -> Page<'a> {
        let style = Style { columns: style.columns.clamp(40, 120), ..style };
        let articles = articles.into_iter().enumerate().map(|(i, a)| (a.id.as_str(), (i + 1, a))).collect();
        Page { style, articles, named: RefCell::default(), out: String::new() }
    }

    fn title(&mut self, title: &str, standing: &str) {
        let Style { columns, colour } = self.style;
        let title = clean(title).to_uppercase();
        let gap = columns.saturating_sub(width(&title) + width(standing)).max(2);
        let painted = paint(&title, Tone::Title, colour);
        let beside = width(&title) + width(standing) + 2 <= columns;
        let between = if beside { " ".repeat(gap) } else { "\n".to_owned() };
        self.out.push_str(&format!("{painted}{between}{}\n", paint(standing, Tone::Quiet, colour)));
    }

    /// A part: its rows beside its name; nothing without rows.
    fn part(&mut self, name: &str, rows: &[(String, String, bool)]) {
        if rows.is_empty() {
            return;
        }
        self.out.push('\n');
        for (i, (label, text, warning)) in rows.iter().take(ROWS).enumerate() {
            entry(if i == 0 { name } else { "" }, label, text, *warning, self.style, &mut self.out);
        }
        if rows.len() > ROWS {
            let more = format!("and {} more: --format json", rows.len() - ROWS);
            entry("", "", &more, false, self.style, &mut self.out);
        }
    }

    fn line(&mut self, margin: &str, text: &str) {
        entry(margin, "", text, false, self.style, &mut self.out);
    }

    /// "1-3 5".
    fn numbers<'i>(&self, ids: impl IntoIterator<Item = &'i str>) -> String {
        let numbers: BTreeSet<usize> = ids.into_iter().filter_map(|id| Some(self.articles.get(id)?.0)).collect();
        self.named.borrow_mut().extend(&numbers);
        ranges(numbers)
    }

    /// “joins the accords” 1 · “will be joining” 2 3 4, the ones that most articles use first; how each stands to the depositary.
    fn words(&self, cited: &[Cited]) -> String {
        // By the place where the words first stand in any case; what many articles say word for word is lowered once.
        let (mut written, mut lowered) = (HashMap::new(), HashMap::new());
        let mut by: BTreeMap<(usize, Option<Mark>), Vec<&str>> = BTreeMap::new();
        for (at, c) in cited.iter().enumerate() {
            let lower = || *lowered.entry(c.text.to_lowercase()).or_insert(at);
            let first: usize = *written.entry(c.text.as_str()).or_insert_with(lower);
            by.entry((first, c.mark)).or_default().push(&c.article);
        }
        let mut list: Vec<_> = by.into_iter().collect();
        list.sort_by_key(|((first, _), of)| (std::cmp::Reverse(of.len()), *first));
        let more = list.len().saturating_sub(SHOWN);
        let print = |(key, of): &((usize, Option<Mark>), Vec<&str>)| {
            let text = cited[key.0].text.as_str();
            let mark = match key.1 {
                Some(Mark::Ahead) => ", ahead of the record",
                Some(Mark::Equal) => ", as the record has it",
                Some(Mark::Against) => ", against the record",
                None => "",
            };
            format!("{} {}{mark}", quoted(text), self.numbers(of.iter().copied()))
        };
        let mut parts: Vec<String> = list.iter().take(SHOWN).map(print).collect();
        if more > 0 {
            parts.push(format!("{more} more wording{}", if more == 1 { "" } else { "s" }));
        }
        parts.join(" · ")
    }

    /// Ends with the articles that lines name.
    fn done(mut self) -> String {
        let named = self.named.take();
        let mut rows: Vec<(usize, &Article)> =
            self.articles.values().filter(|(n, _)| named.contains(n)).copied().collect();
        rows.sort_by_key(|(n, _)| *n);
        let rows: Vec<(String, String, bool)> =
            rows.into_iter().map(|(n, a)| (n.to_string(), told(a), false)).collect();
        self.part("ARTICLES", &rows);
        self.out
    }
}

/// “words”, cut where they are long.
fn quoted(words: &str) -> String {
    const MOST: usize = 110;
    match cut(&clean(words), MOST) {
        (words, false) => format!("“{words}”"),
        (words, true) => format!("“{words}” …"),
    }
}

/// An article in one line.
fn told(article: &Article) -> String {
    let mut parts = vec![article.path.as_deref().or(article.url.as_deref()).map_or_else(|| article.id.clone(), clean)];
    parts.extend(article.outlet.as_deref().map(clean));
    parts.extend(article.published.as_ref().map(|day| format!("published {day}")));
    parts.push(format!("known since {}", article.known_from));
    parts.extend(article.gone.iter().map(|[end, back]| format!("gone {end} to {back}")));
    parts.extend(article.known_to.as_ref().map(|day| format!("until {day}")));
    parts.push(article.id.clone());
    parts.join(" · ")
}

/// "as known on 2025-11-07", "as of 2025-11-01, as known on 2025-11-07"; empty for now.
fn seen_from(moment: &Moment) -> String {
    let parts = [
        moment.as_of.as_ref().map(|day| format!("as of {day}")),
        moment.known_at.as_ref().map(|day| format!("as known on {day}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn count(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}
