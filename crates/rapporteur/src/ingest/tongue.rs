//! Which language an article is in. Only English is read further; the rest is kept and noted.
//!
//! whatlang judges the body. It confuses short texts, so a text in which every eighth word is one of the commonest of English is English
//! whatever it says; and where it is not sure, the answer is none.

use std::sync::LazyLock;

use super::shape::words;
use super::{Block, BlockKind};

/// Judged on at most so many bytes: more tell nothing new.
const ENOUGH: usize = 20_000;
/// Fewer letters than this tell nothing.
const LEAST_LETTERS: usize = 20;
/// The commonest words of English that no neighbour shares (ranks of the British National Corpus; "a", "in", "on", "is" and "as" left out).
const COMMON: [&str; 16] =
    ["the", "of", "and", "to", "that", "it", "was", "with", "be", "by", "have", "are", "this", "from", "which", "said"];

const CODES: &str = include_str!("../../../../data/languages.tsv");

static TWO_LETTERS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let pair = |line: &'static str| {
        line.split_once('\t').map(|(three, rest)| (three, rest.split('\t').next().unwrap_or(rest)))
    };
    CODES.lines().filter(|l| !l.starts_with('#')).filter_map(pair).collect()
});

/// ISO 639-1 code of the body (ISO 639-3 where it has none); `None` where the text is too short or too mixed to tell.
pub(super) fn of(text: &str, blocks: &[Block]) -> Option<String> {
    let mut body = String::new();
    for block in blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate) {
        if body.len() > ENOUGH {
            break;
        }
        body.extend(block.span.of(text).chars().take(ENOUGH));
        body.push('\n');
    }
    if body.chars().filter(|c| c.is_alphabetic()).count() < LEAST_LETTERS {
        return None;
    }
    if share_of_common(&body) * 8.0 >= 1.0 {
        return Some("en".to_owned());
    }
    let told =
        whatlang::detect(&body).filter(|info| info.is_reliable() || (body.len() > 200 && info.confidence() > 0.5))?;
    let three = told.lang().code();
    Some(TWO_LETTERS.iter().find(|(t, _)| *t == three).map_or(three, |(_, two)| two).to_owned())
}

/// Whether a text whose language is unknown can still be read as English: mostly ASCII letters, some common word among them.
pub(super) fn may_be_english(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let ascii = text.chars().filter(char::is_ascii_alphabetic).count();
    letters > 0 && ascii * 20 >= letters * 19
}

fn share_of_common(body: &str) -> f64 {
    let (mut n, mut common) = (0.0, 0.0);
    for word in words(body) {
        n += 1.0;
        let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
        common += f64::from(u8::from(COMMON.contains(&lower.as_str())));
    }
    if n == 0.0 { 0.0 } else { common / n }
}

#[cfg(test)]
mod tests {
    use super::*;
    use language::Span;

    fn check(text: &str, expect: Option<&str>) {
        let blocks = [Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }];
        assert_eq!(of(text, &blocks).as_deref(), expect, "{text}");
    }

    #[test]
    fn languages() {
        check("Norland said it would sign the pact with its neighbours in the spring.", Some("en"));
        check(
            "Le gouvernement a déclaré lundi qu’il signerait l’accord avec ses voisins au printemps prochain, selon le ministre.",
            Some("fr"),
        );
        check(
            "Министр заявил в понедельник, что страна подпишет соглашение весной вместе с соседями. Переговоры продолжались всю неделю, и министры встретятся снова, чтобы обсудить условия договора.",
            Some("ru"),
        );
        check("外相は月曜日、春に協定に署名すると述べた。両国は昨年から交渉を続けてきた。", Some("ja"));
        check(
            "Die Regierung erklärte am Montag, sie werde das Abkommen im Frühjahr mit ihren Nachbarn unterzeichnen.",
            Some("de"),
        );
    }

    #[test]
    fn too_short_is_unknown() {
        check("OK.", None);
        check("12 345 — 67", None);
    }
}
