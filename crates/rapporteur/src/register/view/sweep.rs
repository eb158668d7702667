//! Where the claims about one participant lead, day by day.
//!
//! A step taken stays taken, so a floor binds all later days. "Not signed yet" binds the days before it; a later article that tells of the
//! signature is news, not a contradiction. Told the other way round, or on one day, the two contradict each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::Stage;

/// What decides of a claim where it leads.
pub(super) struct Point<'a> {
    pub(super) lo: u8,
    pub(super) hi: u8,
    pub(super) time: &'a str,
    pub(super) as_done: bool,
    /// Whether it tells a step of treaty law as taken and says nothing of what came after: of who has ratified, "signed in 1997" is history.
    pub(super) taken: bool,
    pub(super) refuses: bool,
    pub(super) side: Option<&'a str>,
    pub(super) origin: &'a str,
    /// How long the words are: the shortest speak.
    pub(super) length: usize,
}

/// Where a run of claims leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) lo: u8,
    pub(super) hi: u8,
    /// Places of the claim that says more and of the one that says less, where both cannot be so.
    pub(super) apart: Option<(usize, usize)>,
    pub(super) side: Option<String>,
}

/// Goes through the days in their order; the points are sorted by time.
pub(super) fn sweep(points: &[Point<'_>]) -> Standing {
    let mut now = Standing { lo: 0, hi: 7, apart: None, side: None };
    let clash = |more: usize, less: usize| {
        let (more, less) = (&points[more], &points[less]);
        more.as_done || more.lo > Stage::Announced as u8 || less.refuses || less.side.is_some()
    };
    let (mut allowed, mut counted) = (Allowed::default(), 0);
    let mut first = 0;
    for day in points.chunk_by(|a, b| a.time == b.time) {
        let end = first + day.len();
        let top =
            (first..end).max_by_key(|&i| (points[i].lo, points[i].as_done, std::cmp::Reverse((points[i].length, i))));
        let Some(top) = top else { continue };
        let allowed_by = |i: usize| match points[i].taken {
            true => points[i].hi.max(now.lo).max(points[top].lo),
            false => points[i].hi,
        };
        let Some(bottom) = (first..end).min_by_key(|&i| (allowed_by(i), points[i].length, i)) else { continue };
        let (high, low) = (points[top].lo, allowed_by(bottom));
        let (lo, hi, apart) = match high > low {
            true => {
                let (lo, hi) = Allowed::default().with(day).most();
                (lo, hi, clash(top, bottom).then_some((top, bottom)))
            }
            false => (high, low, None),
        };
        if lo > now.hi {
            // News: a step further.
            now = Standing { lo, hi, apart, side: now.side };
        } else if hi < now.lo {
            let more = (0..first).rev().find(|&i| points[i].lo >= now.lo).unwrap_or(0);
            if clash(more, bottom) {
                (now.lo, now.hi) = allowed.with(&points[counted..end]).most();
                counted = end;
                now.apart = Some((more, bottom));
            }
        } else {
            (now.lo, now.hi) = (now.lo.max(lo), now.hi.min(hi));
            now.apart = apart.or(now.apart);
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        day.iter().filter_map(|c| c.side).for_each(|side| *counts.entry(side).or_default() += 1);
        match counts.into_iter().max_by_key(|(side, n)| (*n, std::cmp::Reverse(*side))) {
            Some((side, _)) => now.side = Some(side.to_owned()),
            // Told as done after it had left, or had put it off.
            None if day.iter().any(|c| c.as_done) => now.side = None,
            None => {}
        }
        first = end;
    }
    now
}

/// By rank, the origins that allow it.
#[derive(Default)]
struct Allowed<'a>([BTreeSet<&'a str>; 8]);

impl<'a> Allowed<'a> {
    fn with(&mut self, points: &[Point<'a>]) -> &Allowed<'a> {
        for point in points {
            for rank in usize::from(point.lo)..=usize::from(point.hi).min(7) {
                self.0[rank].insert(point.origin);
            }
        }
        self
    }

    /// The ranks that most origins allow; of equals the lowest.
    fn most(&self) -> (u8, u8) {
        let support = |rank: u8| self.0[usize::from(rank)].len();
        let most = (0..=7).map(support).max().unwrap_or(0);
        let first = (0..=7).find(|&rank| support(rank) == most).unwrap_or(0);
        // By the same origins: ranks that as many others allow are another opinion.
        let same = |rank: &u8| self.0[usize::from(*rank)] == self.0[usize::from(first)];
        let last = (first..=7).take_while(same).last().unwrap_or(first);
        (first, last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(time: &'static str, lo: u8, hi: u8, as_done: bool, origin: &'static str) -> Point<'static> {
        Point { lo, hi, time, as_done, taken: as_done && lo == hi, refuses: false, side: None, origin, length: 10 }
    }

    fn led(points: &[Point<'_>]) -> (u8, u8, bool) {
        let told = sweep(points);
        (told.lo, told.hi, told.apart.is_some())
    }

    #[test]
    fn on_one_day_the_stage_is_what_all_allow() {
        let announced = [point("1", 4, 7, true, "a"), point("1", 4, 4, false, "b"), point("1", 0, 4, false, "c")];
        assert_eq!(led(&announced), (4, 4, false));
    }

    #[test]
    fn a_step_further_is_news_and_no_conflict() {
        assert_eq!(led(&[point("1", 4, 4, false, "a"), point("2", 5, 5, true, "b")]), (5, 5, false));
        assert_eq!(
            led(&[point("1", 4, 4, false, "a"), point("2", 4, 7, true, "b")]),
            (4, 4, false),
            "a loose word takes nobody further"
        );
    }

    #[test]
    fn a_step_told_and_then_denied_is_a_conflict() {
        assert_eq!(led(&[point("1", 5, 5, true, "a"), point("2", 0, 4, false, "b")]), (0, 4, true));
        assert_eq!(
            led(&[point("1", 5, 5, true, "a"), point("1", 4, 4, false, "b")]),
            (4, 4, true),
            "of equals the cautious"
        );
        assert_eq!(
            led(&[point("1", 5, 5, true, "a"), point("2", 0, 4, false, "b"), point("3", 6, 6, true, "c")]),
            (6, 6, false),
            "what comes later settles it"
        );
        assert_eq!(
            led(&[point("1", 4, 4, false, "a"), point("2", 0, 3, false, "b")]),
            (4, 4, false),
            "not yet is no denial"
        );
    }

    #[test]
    fn an_earlier_step_told_later_is_history() {
        let (ratified, signed) = (point("1", 6, 6, true, "a"), point("2", 5, 5, true, "b"));
        assert_eq!(led(&[ratified, signed]), (6, 6, false));
        assert_eq!(led(&[point("1", 6, 6, true, "a"), point("1", 5, 5, true, "b")]), (6, 6, false), "on one day");
        let denied = [point("1", 6, 6, true, "a"), point("2", 0, 5, false, "b")];
        assert!(led(&denied).2, "that it has not ratified denies it");
    }

    #[test]
    fn who_has_left_stays_out_until_told_as_back() {
        let left = Point { side: Some("withdrawn"), ..point("2", 7, 7, false, "b") };
        let told = sweep(&[point("1", 7, 7, true, "a"), left]);
        assert_eq!((told.lo, told.side.as_deref()), (7, Some("withdrawn")));
        let left = Point { side: Some("withdrawn"), ..point("2", 7, 7, false, "b") };
        assert_eq!(sweep(&[left, point("3", 7, 7, true, "a")]).side, None);
    }
}
