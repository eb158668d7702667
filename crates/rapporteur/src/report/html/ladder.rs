//! The ladder: how far participants have got, rung by rung.

use super::links::Target;
use super::sheet::Sheet;
use crate::extract::Stage;
use crate::reconcile::{Account, StageAccount};
use crate::report::page::{Row, carrying_words, stage_groups, stage_reached, stage_said};

/// What a rung is to a participant: its class, its sign, and the word for those who do not see it.
fn rung(rank: u8, lo: u8, hi: u8) -> (&'static str, &'static str, &'static str) {
    if rank == 0 && lo > 0 {
        ("done", "", "passed")
    } else if rank <= lo {
        ("done", "●", "reached")
    } else if rank <= hi {
        ("open", "○", "possible")
    } else {
        ("not", "", "not reached")
    }
}

/// The rungs of one participant, in a row.
pub(super) fn bar(s: &mut Sheet<'_>, stage: &StageAccount) {
    s.tag("ol", &[("class", "ladder"), ("aria-label", "The ladder of stages")], |s| {
        for step in Stage::ALL.into_iter().skip(1) {
            let (class, sign, word) = rung(step.rank(), stage.lo, stage.hi);
            let here = if step.rank() == stage.lo { " here" } else { "" };
            s.tag("li", &[("class", &format!("{class}{here}"))], |s| {
                s.leaf("span", &[("class", "sign"), ("aria-hidden", "true")], sign);
                s.leaf("span", &[("class", "step")], &step.as_str().replace('_', " "));
                s.aside(&format!(": {word}"));
            });
        }
    });
}

/// All participants on the ladder, then the words.
pub(super) fn part(s: &mut Sheet<'_>, story: &Account, rows: &[Row]) {
    if rows.is_empty() {
        return;
    }
    let how = "A filled rung is reached by every reading of the articles; a ring is left open by their wording.";
    let groups = stage_groups(story);
    s.part("stages", "Participants and their stage", how, |s| {
        // One participant stands on the ladder of the essentials already.
        if rows.len() > 1 {
            table(s, rows, &groups);
        }
        s.tag("dl", &[("class", "rows")], |s| {
            for (n, (row, group)) in rows.iter().zip(&groups).enumerate() {
                let id = s.id("stages", Some(n));
                let target = Target { kind: super::links::Kind::Stage, label: row.label.clone(), id: id.clone() };
                let class = if row.warning { "row wary" } else { "row" };
                s.tag("div", &[("id", &id), ("class", class)], |s| {
                    s.leaf("dt", &[], &row.label);
                    s.tag("dd", &[], |s| words(s, group, &target));
                });
            }
        });
    });
}

/// The overview: participants down, rungs across.
fn table(s: &mut Sheet<'_>, rows: &[Row], groups: &[Vec<&StageAccount>]) {
    let caption = "Each participant on the ladder of treaty-law stages";
    s.tag("div", &[("class", "scroll"), ("role", "group"), ("aria-label", caption), ("tabindex", "0")], |s| {
        s.tag("table", &[("class", "rungs")], |s| {
            s.leaf("caption", &[("class", "sr")], caption);
            s.tag("thead", &[], |s| {
                s.tag("tr", &[], |s| {
                    s.leaf("th", &[("scope", "col")], "Participant");
                    for step in Stage::ALL.into_iter().skip(1) {
                        let name = step.as_str().replace('_', " ");
                        s.tag("th", &[("scope", "col"), ("class", "rung")], |s| s.leaf("span", &[], &name));
                    }
                });
            });
            s.tag("tbody", &[], |s| {
                for (n, (row, group)) in rows.iter().zip(groups).enumerate() {
                    let place = format!("#{}", s.id("stages", Some(n)));
                    s.tag("tr", &[], |s| {
                        s.tag("th", &[("scope", "row")], |s| s.leaf("a", &[("href", &place)], &row.label));
                        for step in Stage::ALL.into_iter().skip(1) {
                            let (class, sign, word) = rung(step.rank(), group[0].lo, group[0].hi);
                            s.tag("td", &[("class", class)], |s| {
                                s.leaf("span", &[("aria-hidden", "true")], sign);
                                s.aside(word);
                            });
                        }
                    });
                }
            });
        });
    });
}

/// The stage in words, then article by article what carries it and what holds it back.
fn words(s: &mut Sheet<'_>, group: &[&StageAccount], target: &Target) {
    let stage = group[0];
    s.tag("p", &[("class", "said")], |s| {
        s.leaf("strong", &[], &stage_reached(stage));
    });
    let carrying = carrying_words(group);
    let all = group.iter().flat_map(|s| s.articles.iter().map(move |a| (*s, a)));
    let mut said: Vec<_> = all.filter(|(_, a)| carrying.contains(&&a.wording)).collect();
    said.sort_by_key(|(_, a)| (&a.wording, &a.capped_by));
    said.dedup_by_key(|(_, a)| &a.wording);
    said.sort_by_key(|(_, a)| s.names.number(&a.article));
    s.tag("ul", &[("class", "by-article")], |s| {
        for (stage, wording) in said {
            s.tag("li", &[], |s| {
                s.rests(&wording.wording, Some(target));
                if let Some(number) = s.names.number(&wording.article) {
                    s.number(number, std::slice::from_ref(&wording.wording));
                    s.text(" ");
                }
                s.quoted(&wording.wording, 300);
                let alone = stage_said(stage, wording);
                s.leaf("span", &[("class", "soft")], &format!(" {alone}"));
                if let Some(cap) = &wording.capped_by {
                    s.rests(cap, Some(target));
                    s.leaf("span", &[("class", "soft")], ", held back by ");
                    s.quoted(cap, 300);
                }
            });
        }
    });
}
