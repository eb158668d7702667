//! Conflicts, side by side.

use super::links::{Kind, Target};
use super::sheet::Sheet;
use crate::reconcile::{Account, Conflict, Verdict};
use crate::report::page::{Line, shown_conflicts, word};
use crate::report::wrap::clean;

/// What cannot all be so first, then what is in tension, then what only reads differently.
pub(super) fn part(s: &mut Sheet<'_>, story: &Account) {
    let conflicts = shown_conflicts(story);
    if conflicts.is_empty() {
        return;
    }
    let how = "A contradiction is where both sides are certain, about the same thing at the same time; the rest is told as tension or \
               another light.";
    s.part("conflicts", "Where the articles differ", how, |s| {
        for (n, conflict) in conflicts.iter().enumerate() {
            one(s, n, conflict);
        }
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
                    s.leaf("strong", &[], &clean(&position.value));
                    s.text(" ");
                    let mut line = Line::default();
                    if let Some(first) = position.spans.first() {
                        line = line.words(first, 200);
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
