//! How far the words of a prediction reach: its clause, with the subject and the marks that belong to it.

use language::{Pos, Span, Token};

use super::super::Context;
use super::stands_alone;

/// The clause of a verb: from its subject to its last word, without the conjunction before it and the verbs that stand on their own.
pub(super) fn clause(verb: Token<'_>) -> std::ops::Range<usize> {
    let mut start = verb.left_edge();
    let mut end = verb.right_edge() + 1;
    for child in verb.children() {
        let apart = child.dep() == "conj" && stands_alone(child) || matches!(child.dep(), "parataxis");
        if child.i > verb.i
            && (apart || child.dep() == "ccomp" && child.i > verb.i && matches!(verb.lemma(), "say" | "tell"))
        {
            end = end.min(child.left_edge());
        }
        let according = child.dep() == "prep" && child.text().eq_ignore_ascii_case("according");
        // "nor will they be heard": the word denies.
        if matches!(child.text().to_lowercase().as_str(), "nor" | "neither") {
            continue;
        }
        let opens = (according || matches!(child.dep(), "mark" | "cc" | "preconj" | "punct")) && child.i < verb.i;
        let speech = matches!(child.dep(), "ccomp" | "advcl" | "parataxis")
            && child.i < verb.i
            && child.left_edge() == start
            && child.dep() != "advcl";
        if (opens || speech) && child.left_edge() <= start {
            start = start.max(child.right_edge() + 1);
        }
    }
    // "A vote before the winter is unlikely", read as a clause beside a bare noun.
    let bare =
        verb.head().filter(|h| verb.dep() == "advcl" && h.pos() == Pos::Noun && h.dep() == "ROOT" && h.i < verb.i);
    let time = verb.child("mark").filter(|m| matches!(m.lemma(), "before" | "after" | "until"));
    if let (Some(noun), Some(time)) = (bare, time)
        && noun.i + 1 == time.i
    {
        start = noun.left_edge();
    }
    // "will meet on Monday, ending years of silence": what is said beside it.
    let beside = verb.children().find(|c| {
        let comma = verb.reading().get(c.left_edge().wrapping_sub(1)).is_some_and(|t| t.text() == ",");
        c.i > verb.i && c.dep() == "advcl" && c.tag() == "VBG" && c.left_edge() == c.i && comma
    });
    if let Some(beside) = beside {
        end = end.min(beside.i);
    }
    // An aside behind a dash is another matter.
    let dash = verb
        .reading()
        .range(verb.i..end)
        .find(|t| matches!(t.text(), "—" | "--") || t.text() == "–" && t.space_after());
    if let Some(dash) = dash {
        end = dash.i;
    }
    start.min(verb.i)..end.max(verb.i + 1)
}

/// Without marks and conjunctions at its ends.
pub(super) fn trimmed(mut range: std::ops::Range<usize>, context: Context<'_>) -> Span {
    let loose = |i: usize| {
        context.reading.get(i).is_none_or(|t| {
            let joins = t.pos() == Pos::Cconj && !matches!(t.text(), "nor" | "neither" | "Nor" | "Neither");
            joins || matches!(t.pos(), Pos::Punct | Pos::Space) || (t.dep() == "mark" && t.text() == "that")
        })
    };
    while range.start < range.end && loose(range.start) {
        range.start += 1;
    }
    while range.start < range.end && loose(range.end - 1) {
        range.end -= 1;
    }
    context.reading.span(range)
}

/// With the closing mark of what is opened inside: "would be “the first of many”".
pub(super) fn with_marks(span: Span, context: Context<'_>) -> Span {
    let text = context.reading.text();
    let words = span.of(text);
    let open = words.matches('“').count() > words.matches('”').count() || words.matches('"').count() % 2 == 1;
    let rest = text.get(span.end..).unwrap_or_default();
    let near = rest.char_indices().take(2).find(|(_, c)| matches!(c, '”' | '"'));
    match near {
        Some((at, mark)) if open => Span::new(span.start, span.end + at + mark.len_utf8()),
        _ => span,
    }
}

/// Where the words of a relative clause begin: "treaties that will be signed soon", with what it is said of.
pub(super) fn antecedent(clause: Token<'_>) -> Option<usize> {
    let noun = clause.head().filter(|_| clause.dep() == "relcl")?;
    let relative = clause.child_of(&["nsubj", "nsubjpass", "dobj"]).is_some_and(|s| matches!(s.tag(), "WDT" | "WP"))
        || clause.child("dobj").is_none() && clause.child("nsubj").is_some_and(|s| s.tag() == "PRP");
    let start = noun.left_edge();
    (relative && noun.i < clause.i && clause.i - start <= 24).then_some(start)
}

/// "has decided to put it off": from the one who decides.
pub(super) fn decided(verb: Token<'_>) -> Option<usize> {
    let above = verb.head().filter(|_| verb.dep() == "xcomp")?;
    let subject = above.child_of(&["nsubj", "nsubjpass"])?;
    (above.i - subject.left_edge().min(above.i) <= 16).then(|| subject.left_edge())
}

/// "the suit is frivolous and will be dismissed": from the subject of the first.
pub(super) fn shared_subject(verb: Token<'_>, told_to: usize) -> Option<usize> {
    let first =
        verb.head().filter(|_| verb.dep() == "conj" && verb.child_of(&["nsubj", "nsubjpass", "expl"]).is_none())?;
    let subject = first.child_of(&["nsubj", "nsubjpass", "expl"])?;
    let start = subject.left_edge();
    (start >= told_to && start < verb.i && verb.i - start <= 16).then_some(start)
}

/// The verb that a word hangs on.
pub(super) fn governor(token: Token<'_>) -> Option<Token<'_>> {
    token.ancestors().find(|a| matches!(a.pos(), Pos::Verb | Pos::Aux))
}
