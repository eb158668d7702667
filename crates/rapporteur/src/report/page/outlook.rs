//! The rows of what hangs on what, what is foretold, who judges it how, and which fields are named.

use super::{Line, Names, Row, word};
use crate::reconcile::Account;
use crate::report::wrap::clean;

/// Conditions and blockers in the articles' words.
pub(crate) fn conditions(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let row = |c: &crate::reconcile::ConditionAccount| {
        let lead = match c.kind {
            crate::extract::ConditionKind::Blocker => Line::of("in the way: "),
            _ => Line::default(),
        };
        let line = lead.excerpt(&c.text, 180, names).at(&c.spans, names);
        Row::new(names.name(&c.applies_to), line.plain(of_voice(&c.holder, names)))
    };
    story.conditions.iter().map(row).collect()
}

/// What is foretold: those that can be checked, then, aside, the others.
pub(crate) fn predictions(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let row = |p: &crate::reconcile::PredictionAccount| {
        let mut line = Line::default().excerpt(&p.text, 140, names).at(&p.spans, names);
        // What another article may tell as done is not called open.
        line = match p.perhaps_settled_by.is_empty() {
            true => line.plain(format!(": {}", word(&p.state))).at(&p.settled_by, names),
            false => line.plain(": what came of it may stand in").at(&p.perhaps_settled_by, names),
        };
        // A single number stands in the words.
        if let Some(quantity) = p.quantity.filter(|[min, max]| min != max) {
            line = line.plain(format!(", {}", amount(quantity)));
        }
        if let Some(to) = p.horizon.as_ref().and_then(|h| h.to.as_ref()) {
            line = line.plain(format!(", due by {}", clean(to)));
        } else if let Some(words) = p.horizon.as_ref().and_then(|h| h.words.as_ref()) {
            line = line.plain(", due").words(words, 60);
        }
        if let Some(condition) = &p.condition {
            line = line.plain(", on condition").words(condition, 80);
        }
        if let Some(why) = p.why.as_ref().filter(|_| !p.checkable) {
            // "will be dismissed" can come true or not; its words only say neither when nor how many.
            let why =
                if why == crate::extract::NO_TEST { "no test in its words: neither a day nor a number" } else { why };
            line = line.plain(format!(" ({})", clean(why)));
        }
        let who = names.voice(&p.holder).unwrap_or_else(|| "nobody named".to_owned());
        Row { aside: !p.checkable, ..Row::new(who, line) }
    };
    let (checkable, other): (Vec<_>, Vec<_>) = story.predictions.iter().partition(|p| p.checkable);
    checkable.into_iter().chain(other).map(row).collect()
}

/// "4 to 6", "at least 3".
pub(crate) fn amount([min, max]: [f64; 2]) -> String {
    let plain = |n: f64| if n.fract() == 0.0 { format!("{n:.0}") } else { format!("{n}") };
    let number = |n: f64| {
        let scale = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")]
            .into_iter()
            .find(|(s, _)| n.is_finite() && n.abs() >= *s);
        scale.map_or_else(|| plain(n), |(s, word)| format!("{} {word}", plain(n / s)))
    };
    match (min.is_finite(), max.is_finite()) {
        _ if min == max => number(min),
        (true, true) if min == 0.0 => format!("at most {}", number(max)),
        (true, true) => format!("{} to {}", number(min), number(max)),
        (true, false) => format!("at least {}", number(min)),
        (false, true) => format!("at most {}", number(max)),
        (false, false) => "any number".to_owned(),
    }
}

/// Judgements by holder.
pub(crate) fn assessments(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let row = |a: &crate::reconcile::AssessmentAccount| {
        let about = a.about.as_ref().map_or(String::new(), |id| format!(" of {}", names.in_sentence(id)));
        let mut line = Line::of(format!("{}{about}:", word(&a.stance)));
        if let Some(span) = a.spans.first() {
            line = line.excerpt(span, 140, names);
        }
        line = line.at(&a.spans, names);
        let own = a.holder.kind == crate::extract::HolderKind::Outlet;
        if !own && a.author_stance != crate::extract::AuthorStance::Neutral {
            line = line.plain(format!(", the author {} it", word(&a.author_stance)));
        }
        Row::new(names.voice(&a.holder).unwrap_or_else(|| "nobody named".to_owned()), line)
    };
    // Of what is judged nobody knows what, a reader learns nothing.
    story.assessments.iter().filter(|a| a.about.is_some()).map(row).collect()
}

/// Fields of cooperation, one row an agreement.
pub(crate) fn domains(story: &Account, names: &Names<'_>) -> Vec<Row> {
    let mut rows: Vec<(String, Vec<Line>)> = Vec::new();
    for domain in &story.domains {
        let label = domain.agreement.as_ref().map_or(String::new(), |id| names.name(id));
        let line = Line::of(clean(&domain.domain)).at(&domain.spans, names);
        match rows.iter_mut().find(|(known, _)| *known == label) {
            Some((_, lines)) => lines.push(line),
            None => rows.push((label, vec![line])),
        }
    }
    // What no agreement is named for comes last.
    rows.sort_by_key(|(label, _)| label.is_empty());
    rows.into_iter().map(|(label, lines)| Row::new(label, Line::joined(lines, " · "))).collect()
}

/// ", word of Jane Doe"; nothing of the article's own voice.
fn of_voice(holder: &crate::extract::Holder, names: &Names<'_>) -> String {
    use crate::extract::HolderKind::{Entity, Group, Role};
    match names.voice(holder) {
        Some(voice) if matches!(holder.kind, Entity | Group | Role) => format!(", word of {voice}"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::amount;

    #[test]
    fn amounts_are_said_in_words() {
        assert_eq!(amount([4.0, 6.0]), "4 to 6");
        assert_eq!(amount([3.0, 3.0]), "3");
        assert_eq!(amount([2.5e9, 3e9]), "2.5 billion to 3 billion");
        assert_eq!(amount([0.0, 4.0]), "at most 4");
        assert_eq!(amount([2.5, f64::INFINITY]), "at least 2.5");
        assert_eq!(amount([f64::NEG_INFINITY, 4.0]), "at most 4");
    }
}
