//! What the tests of several rooms need: the language model, and articles made of a few lines.

use std::path::PathBuf;
use std::sync::LazyLock;

use language::{Model, Span};

use crate::ingest::{Article, Block, BlockKind};
use crate::provenance::ArticleId;

/// The model that the tests read: the one `RAPPORTEUR_MODEL` names, else the one `rapporteur model fetch` got. Without one they
/// fail: a test that reads nothing proves nothing.
pub(crate) static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let named = std::env::var_os("RAPPORTEUR_MODEL").map(PathBuf::from);
    let folder = named.or_else(language::kept_folder).expect("a home folder");
    Model::load(&folder).expect("the language model: run `rapporteur model fetch` or set RAPPORTEUR_MODEL")
});

/// An article of one paragraph a line. A line that begins with `# ` is a headline, with `## ` a subhead.
pub(crate) fn article(text: &str) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        let (skip, kind) = if words.starts_with("# ") {
            (2, BlockKind::Headline)
        } else if words.starts_with("## ") {
            (3, BlockKind::Subhead)
        } else {
            (0, BlockKind::Paragraph)
        };
        if !words.is_empty() {
            blocks.push(Block { span: Span::new(at + skip, at + words.len()), kind });
        }
        at += line.len();
    }
    Article {
        id: ArticleId::of(text),
        path: "test".to_owned(),
        url: None,
        outlet: None,
        language: Some("en".to_owned()),
        published: None,
        headline: None,
        title: None,
        dateline: None,
        byline: None,
        text: text.to_owned(),
        blocks,
        notes: Vec::new(),
    }
}
