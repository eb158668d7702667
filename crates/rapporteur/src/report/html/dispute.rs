//! Conflicts, side by side.

use super::links::{Kind, Target};
use super::sheet::Sheet;
use crate::reconcile::{Account, Conflict, Position, Verdict};
use crate::report::page::{Line, said_in, shown_conflicts, word};
use crate::report::wrap::clean;

/// What cannot all be so first, then what is in tension, each with its sides beside each other; then what only reads differently.
pub(super) fn part(s: &mut Sheet<'_>, story: &Account) {
    let conflicts = shown_conflicts(story);
    if conflicts.is_empty() {
        return;
    }
    let grave = conflicts.iter().take_while(|c| matches!(c.verdict, Verdict::Contradiction | Verdict::Tension)).count();
    let how = "A contradiction is where both sides are certain, about the same thing at the same time; the rest is told as tension or \
               another light.";
    s.part("conflicts", "Where the articles differ", how, |s| {
        for (n, conflict) in conflicts[..grave].iter().enumerate() {
            one(s, n, conflict);
        }
        if grave < conflicts.len() {
            if grave > 0 {
                s.heading(2, &[], "Told more fully, or in another light");
            }
            s.tag("dl", &[("class", "rows")], |s| {
                for (n, conflict) in conflicts.iter().enumerate().skip(grave) {
                    light(s, n, conflict);
                }
            });
        }
    });
}

/// A difference that is no quarrel, in a row.
fn light(s: &mut Sheet<'_>, n: usize, conflict: &Conflict) {
    let id = s.id("conflicts", Some(n));
    let about = s.names.about(&conflict.about);
    let target = Target { kind: Kind::Difference, label: about.clone(), id: id.clone() };
    s.tag("div", &[("id", &id), ("class", "row")], |s| {
        s.leaf("dt", &[], &about);
        s.tag("dd", &[], |s| {
            s.leaf("span", &[("class", "kind")], &word(&conflict.kind));
            s.text(" ");
            let side = |p: &Position| {
                let line = Line::of(s.names.about(&p.value));
                if p.spans.is_empty() { line.articles(&p.articles, s.names) } else { line.at(&p.spans, s.names) }
            };
            let line = Line::joined(conflict.positions.iter().map(side), " · ");
            s.line(&line, Some(&target));
            s.leaf("span", &[("class", "soft")], &format!(" {}", clean(&conflict.reason)));
        });
    });
}

fn one(s: &mut Sheet<'_>, n: usize, conflict: &Conflict) {
    let id = s.id("conflicts", Some(n));
    let about = s.names.about(&conflict.about);
    let target = Target { kind: Kind::Conflict, label: about.clone(), id: id.clone() };
    let grave = conflict.verdict == Verdict::Contradiction;
    s.tag("div", &[("id", &id), ("class", if grave { "conflict grave" } else { "conflict" })], |s| {
        s.heading(2, &[], &about);
        s.tag("p", &[("class", "verdict")], |s| {
            s.leaf("span", &[("class", if grave { "flag" } else { "kind" })], &word(&conflict.verdict));
            s.leaf("span", &[("class", "soft")], &format!(" over {}", word(&conflict.kind)));
        });
        s.tag("ul", &[("class", "positions")], |s| {
            for position in &conflict.positions {
                s.tag("li", &[], |s| {
                    s.leaf("strong", &[], &s.names.about(&position.value));
                    s.text(" ");
                    let mut line = Line::default();
                    if let Some(first) = position.spans.first() {
                        line = said_in(line, conflict.kind, first, 200, s.names);
                    }
                    let line = match position.spans.is_empty() {
                        true => line.articles(&position.articles, s.names),
                        false => line.at(&position.spans, s.names),
                    };
                    s.line(&line, Some(&target));
                });
            }
        });
        if !conflict.reason.is_empty() {
            s.leaf("p", &[("class", "soft")], &clean(&conflict.reason));
        }
    });
}
