//! Which outlets and agencies an article gives as its source, and how far each credit reaches.
//!
//! A name in the dateline or the byline, alone in brackets at the start, or on a line of its own at either end signs the whole text.
//! Any other credit is of its own sentence. Whom somebody "told" may be the article's own outlet.

use language::Span;

use super::Witness;
use super::roster::slug;
use crate::ingest::BlockKind;

/// How far a credit reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The text is the outlet's.
    Signed,
    /// The sentence around it.
    Sentence,
    /// What somebody told the outlet, in an article that does not say which outlet it is from.
    Spoken,
}

/// One credit of an article.
#[derive(Clone, Debug)]
pub(crate) struct Credited {
    pub(crate) name: String,
    /// The name under which all articles know it.
    pub(crate) key: String,
    pub(crate) span: Span,
    pub(crate) scope: Scope,
    /// What it is a credit of: the text, or a sentence.
    pub(crate) reach: Span,
}

/// Words of a line that is no sentence.
const LINE: usize = 6;
/// Bytes in which an agency stands before the first words.
const START: usize = 200;

/// The credits of each article, in text order. What is credited must be known to the table of outlets, or some article of the story calls
/// it a news agency. An article does not credit its own outlet.
pub(crate) fn of(story: &[Witness<'_>]) -> Vec<Vec<Credited>> {
    let mut agencies: Vec<&str> = story.iter().flat_map(|w| agencies(&w.article.text)).collect();
    agencies.sort_unstable();
    agencies.dedup();
    story.iter().map(|witness| credits(witness, &agencies)).collect()
}

fn credits(witness: &Witness<'_>, agencies: &[&str]) -> Vec<Credited> {
    let text = &witness.article.text;
    let own = witness.article.outlet.as_ref().map(|o| slug(&o.name)).filter(|key| !key.is_empty());
    let known = witness.findings.credits.iter().map(|c| (c.outlet_or_agency.as_str(), c.span));
    let mut named: Vec<(&str, Span)> = known.collect();
    for agency in agencies {
        let places = text.match_indices(agency).map(|(at, name)| Span::new(at, at + name.len()));
        let fresh: Vec<Span> = places.filter(|s| !named.iter().any(|(_, known)| known.overlaps(*s))).collect();
        named.extend(fresh.into_iter().filter(|s| signs(witness, *s) || is_source(text, *s)).map(|s| (*agency, s)));
    }
    named.sort_unstable_by_key(|(_, span)| (span.start, span.end));
    let credit = |(name, span): (&str, Span)| {
        let key = slug(name);
        if key.is_empty() || own.as_ref() == Some(&key) {
            return None;
        }
        let sentence = witness.findings.sentences.iter().find(|s| s.span.contains(span)).map_or(span, |s| s.span);
        let (scope, reach) = if signs(witness, span) {
            (Scope::Signed, Span::new(0, text.len()))
        } else if own.is_none() && last_word(before(text, span)).is_some_and(|w| matches!(w, "told" | "tell" | "tells"))
        {
            (Scope::Spoken, sentence)
        } else {
            (Scope::Sentence, sentence)
        };
        Some(Credited { name: name.to_owned(), key, span, scope, reach })
    };
    named.into_iter().filter_map(credit).collect()
}

/// Whether a name stands where it signs the text.
fn signs(witness: &Witness<'_>, name: Span) -> bool {
    let article = witness.article;
    let text = &article.text;
    if article.dateline.iter().map(|d| d.span).chain(article.byline).any(|s| s.contains(name)) {
        return true;
    }
    let bracketed = before(text, name).ends_with('(') && text.get(name.end..).is_some_and(|t| t.starts_with(')'));
    let prose = article.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph);
    let (mut first, mut last) = (None, None);
    for block in prose {
        first = first.or(Some(block.span));
        last = Some(block.span);
    }
    let short = |s: Span| s.of(text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count() <= LINE;
    let alone = |s: Span| s.contains(name) && short(s) && !s.of(text).trim_end().ends_with(['.', '?', '!']);
    let mut end = article.blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate).map(|b| b.span);
    let ends = [end.next(), end.next_back()];
    bracketed && first.is_some_and(|f| f.contains(name) && name.start < f.start + START)
        || ends.into_iter().chain([first, last]).flatten().any(|line| {
            let opens = line.of(text).trim_start_matches(['(', '—', '-', '–', ' ']).starts_with(name.of(text));
            let rest = text.get(name.end..line.end).unwrap_or("").trim_start();
            opens && alone(line) && (rest.is_empty() || rest.starts_with(['/', ')', '|', ',', '—', '–', '-']))
        })
}

/// Whether the words around a name make it a source.
fn is_source(text: &str, name: Span) -> bool {
    let ahead = before(text, name).trim_end();
    let ahead = ahead.strip_suffix(" the").unwrap_or(ahead);
    let after = text.get(name.end..).unwrap_or("").trim_start();
    let next = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    ahead.to_lowercase().ends_with("according to") || matches!(next, "reported" | "reports" | "said" | "says" | "wrote")
}

/// The names that a text gives to news agencies: "the news agency Kestrel Wire", "the Kestrel news agency".
fn agencies(text: &str) -> Vec<&str> {
    const AGENCY: &str = "news agency";
    let name = |words: &str| words.chars().next().is_some_and(char::is_uppercase);
    let mut found = Vec::new();
    for (at, _) in text.match_indices(AGENCY) {
        let after = &text[at + AGENCY.len()..];
        let mut end = 0;
        for word in after.split_inclusive(' ').skip(usize::from(after.starts_with(' '))).take(4) {
            let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            if !name(bare) {
                break;
            }
            end += word.len();
            if bare.len() + 1 < word.len() || !word.ends_with(' ') {
                break;
            }
        }
        let named = after.get(..=end).unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric());
        if after.starts_with(' ') && !named.is_empty() {
            found.push(named);
        }
    }
    found
}

fn before(text: &str, name: Span) -> &str {
    text.get(..name.start).unwrap_or("")
}

fn last_word(text: &str) -> Option<&str> {
    text.trim_end().rsplit(|c: char| !c.is_alphabetic()).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Findings;
    use crate::testing::article;

    fn credited(text: &str) -> Vec<(String, Scope)> {
        let (article, findings) = (article(text), Findings::default());
        let story = [Witness { article: &article, findings: &findings }];
        of(&story).swap_remove(0).into_iter().map(|c| (c.key, c.scope)).collect()
    }

    #[test]
    fn what_an_article_calls_a_news_agency_is_one_wherever_it_stands() {
        let text = "Envoys met at noon, the news agency Kestrel Wire reported. According to Kestrel Wire, they ate. Kestrel Wire is rich.";
        let one = ("kestrel-wire".to_owned(), Scope::Sentence);
        assert_eq!(credited(text), [one.clone(), one]);
        assert!(credited("A news agency said so. Kestrel Wire reported it.").is_empty());
        assert!(credited("Ruritania's news agency, Oslo said, is slow.").is_empty());
    }

    #[test]
    fn a_line_of_its_own_signs_the_text() {
        let (first, second) = (
            article("Kestrel Wire / OSLO\n\nThe envoys met at noon in the long hall by the water, and ate.\n"),
            article("The envoys met, the news agency Kestrel Wire reported on the same day."),
        );
        let findings = Findings::default();
        let story = [first, second];
        let story: Vec<Witness<'_>> = story.iter().map(|a| Witness { article: a, findings: &findings }).collect();
        let scopes: Vec<Vec<Scope>> = of(&story).into_iter().map(|c| c.iter().map(|c| c.scope).collect()).collect();
        assert_eq!(scopes, [vec![Scope::Signed], vec![Scope::Sentence]]);
    }
}
