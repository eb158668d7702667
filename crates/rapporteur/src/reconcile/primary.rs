//! Articles that are the text of somebody whom they tell of: a release of a ministry, an agency, an alliance.
//!
//! Such a text is a source of the first hand for what its author does and says, and for nothing else. It is known by who publishes it,
//! or by the marks of a release: its last lines give an address at the author's own domain, under a mark of the end or a telephone.

use language::Span;

use super::Witness;
use crate::extract::{EntityId, Holder};
use crate::knowledge::{Organisation, knowledge};
use crate::provenance::Passage;

/// Whose own text an article is.
#[derive(Clone, Debug)]
pub(crate) struct Author {
    pub(crate) body: EntityId,
    /// As the article names it.
    pub(crate) name: String,
    /// The state that the body belongs to.
    pub(crate) state: Option<EntityId>,
    /// What shows it: the outlet's name, the address.
    pub(crate) evidence: Vec<Passage>,
}

/// Bytes at the end of a release in which its contacts stand.
const CONTACTS: usize = 500;
/// Bytes at the start in which a release names its author.
const OPENING: usize = 1500;

/// The body whose own text an article is; `None` where nothing shows one.
pub(crate) fn author(witness: &Witness<'_>) -> Option<Author> {
    let article = witness.article;
    let outlet = article.outlet.as_ref();
    let named = outlet.and_then(|o| body(&o.name)).map(|body| (body, outlet.and_then(|o| o.span)));
    let hosted = || {
        let host = article.url.as_deref()?.split("//").nth(1)?.split(['/', ':', '?']).next()?;
        Some((of_domain(host)?, None))
    };
    let (body, span) = named.or_else(hosted).or_else(|| released(&article.text))?;
    let id = EntityId(format!("org:{}", body.id));
    // A release tells of its author from the start.
    let entity = witness.findings.entities.iter().find(|e| e.id == id)?;
    let first = entity.mentions.iter().map(|m| m.start).min()?;
    if first > OPENING {
        return None;
    }
    let own = |words: &&str| *words == body.name || body.aliases.contains(words);
    let printed = entity.mentions.iter().map(|m| m.of(&article.text)).find(own).unwrap_or(body.name);
    Some(Author {
        body: id,
        name: printed.to_owned(),
        state: body.state.map(EntityId::state),
        evidence: span.into_iter().map(|s| witness.passage(s)).collect(),
    })
}

/// Whether words of the author's article tell of what the author itself does: they name it, or the holder of an office of its own.
pub(crate) fn tells_of_itself(author: &Author, witness: &Witness<'_>, span: Span) -> bool {
    let findings = witness.findings;
    let official =
        |person: &EntityId| findings.roles.iter().any(|r| r.person == *person && r.of.as_ref() == Some(&author.body));
    let own = findings.entities.iter().filter(|e| e.id == author.body || official(&e.id));
    own.flat_map(|e| &e.mentions).any(|m| span.contains(*m))
}

/// Whether a voice is the author's own: the body, its state, or somebody whose office is of either.
pub(crate) fn speaks(author: &Author, witness: &Witness<'_>, holder: &Holder) -> bool {
    let of = |id: &EntityId| *id == author.body || author.state.as_ref() == Some(id);
    holder.entity.as_ref().is_some_and(|e| {
        of(e) || witness.findings.roles.iter().any(|r| r.person == *e && r.of.as_ref().is_some_and(of))
    })
}

/// The body of the table with this name; outlets and companies publish what others do.
fn body(name: &str) -> Option<&'static Organisation> {
    let named = |o: &&Organisation| o.name == name || o.aliases.contains(&name);
    knowledge().organisations.iter().filter(|o| !matches!(o.kind, "company" | "party" | "armed_group")).find(named)
}

/// The body whose name is the first label of a domain: NASA of "www.nasa.gov", NATO of "nato.int".
fn of_domain(domain: &str) -> Option<&'static Organisation> {
    let mut labels = domain.split('.').rev();
    let top = labels.next()?;
    // A body owns its name in the domains of governments and treaties, not among all names of trade.
    let official = matches!(top, "gov" | "int" | "mil" | "eu")
        || labels.clone().next().is_some_and(|l| matches!(l, "gov" | "gob" | "gouv"));
    let label = labels.find(|l| !matches!(*l, "gov" | "gob" | "gouv" | "europa"))?;
    body(&label.to_uppercase()).filter(|_| official)
}

/// The body whose address ends a text, where the text ends as a release does.
fn released(text: &str) -> Option<(&'static Organisation, Option<Span>)> {
    let from = (text.len().saturating_sub(CONTACTS)..=text.len()).find(|i| text.is_char_boundary(*i))?;
    let end = &text[from..];
    let closed = end
        .lines()
        .any(|l| matches!(l.trim().to_lowercase().as_str(), "-end-" | "- end -" | "###" | "# # #" | "-30-" | "ends"));
    let telephone = end.lines().any(|l| {
        let digits = l.chars().filter(char::is_ascii_digit).count();
        digits >= 7 && !l.chars().any(char::is_alphabetic)
    });
    let words = end.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';'));
    words.filter(|_| closed || telephone).find_map(|word| {
        let (_, domain) = word.split_once('@')?;
        let body = of_domain(&domain.to_lowercase())?;
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        Some((body, Some(Span::new(start, start + word.len()))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_its_end(text: &str) -> Option<&'static str> {
        released(text).map(|(body, _)| body.id)
    }

    #[test]
    fn a_release_ends_with_its_author() {
        assert_eq!(by_its_end("NASA opens a dome.\n\n-end-\n\nJo Doe\n555-010-0199\njo.doe@nasa.gov\n"), Some("nasa"));
        assert_eq!(by_its_end("The allies met.\n\nPress office\n+32 555 0100\npress@hq.nato.int"), Some("nato"));
        assert_eq!(by_its_end("NASA opens a dome. Write to jo.doe@nasa.gov to come."), None);
        assert_eq!(by_its_end("A dome opens.\n\n-end-\n\njo.doe@nasa.example"), None);
        assert_eq!(by_its_end("A dome opens.\n\n-end-\n\njo.doe@gazette.gov"), None);
        assert_eq!(by_its_end(""), None);
    }

    #[test]
    fn a_body_owns_its_name_in_official_domains_only() {
        let id = |domain: &str| of_domain(domain).map(|b| b.id);
        assert_eq!((id("www.nasa.gov"), id("nato.int")), (Some("nasa"), Some("nato")));
        assert_eq!((id("nasa.com"), id("nasa.example.org"), id("gov"), id("")), (None, None, None, None));
    }
}
