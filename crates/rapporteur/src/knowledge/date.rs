//! A day of the calendar, as precise as the table or text says it.

use std::fmt;

/// A day. Of a bare month or year the first day or the last, as the reader of the cell asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Of the common era.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Day {
    /// The first day that `2025`, `2025-11`, `2025-11-06` or `2025-11-06T14:00` can mean; `None` for anything else.
    pub fn first(text: &str) -> Option<Day> {
        Day::parse(text, 1, 1)
    }

    /// The last day that the text can mean.
    pub fn last(text: &str) -> Option<Day> {
        let day = Day::parse(text, 12, 31)?;
        let leap = day.year % 4 == 0 && (day.year % 100 != 0 || day.year % 400 == 0);
        let longest = match day.month {
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(leap),
            _ => 31,
        };
        Some(Day { day: day.day.min(longest), ..day })
    }

    fn parse(text: &str, month: u8, day: u8) -> Option<Day> {
        let mut parts = text.split('T').next()?.splitn(3, '-');
        let year: i32 = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        let mut part = |absent: u8, most: u8| match parts.next() {
            None => Some(absent),
            Some(p) => p.parse::<u8>().ok().filter(|n| (1..=most).contains(n)),
        };
        Some(Day { year, month: part(month, 12)?, day: part(day, 31)? })
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn a_bare_year_is_an_interval() {
        assert_eq!(Day::first("2025").map(|d| d.to_string()), Some("2025-01-01".to_owned()));
        assert_eq!(Day::last("2025-02").map(|d| d.to_string()), Some("2025-02-28".to_owned()));
        assert_eq!(Day::first("2025-11-06T14:00"), Day::last("2025-11-06"));
        for bad in ["", "25", "2025-13", "soon", "2025-xx"] {
            assert_eq!(Day::first(bad), None, "{bad}");
        }
    }
}
