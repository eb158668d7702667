//! Stretches of days: months, seasons, decades, and what lies some units before or after them. Years before Christ count as in
//! ISO 8601: 490 BC is -489. `None` where no calendar goes that far.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::extract::Precision;

/// A unit of time, as `data/en/times.tsv` numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    pub(super) fn of_number(number: f64) -> Option<Unit> {
        const ALL: [Unit; 11] = [
            Unit::Minute,
            Unit::Hour,
            Unit::Day,
            Unit::Week,
            Unit::Fortnight,
            Unit::Weekend,
            Unit::Month,
            Unit::Quarter,
            Unit::Year,
            Unit::Decade,
            Unit::Century,
        ];
        ALL.into_iter().find(|u| f64::from(*u as u8) == number)
    }

    pub(super) fn precision(self) -> Precision {
        match self {
            Unit::Minute | Unit::Hour => Precision::Time,
            Unit::Day => Precision::Day,
            Unit::Week | Unit::Fortnight => Precision::Week,
            Unit::Weekend => Precision::Weekend,
            Unit::Month => Precision::Month,
            Unit::Quarter => Precision::Quarter,
            Unit::Year => Precision::Year,
            Unit::Decade => Precision::Decade,
            Unit::Century => Precision::Century,
        }
    }

    /// A length as TIMEX3 writes it: `P2M`, `PT3H`, `PXD` where the number is not told, `P1DE`, `P2CE`.
    pub(super) fn length(self, number: Option<f64>) -> String {
        let number = number.unwrap_or(f64::NAN);
        let number = |by: f64| if number.is_nan() { "X".to_owned() } else { format!("{}", number * by) };
        match self {
            Unit::Minute => format!("PT{}M", number(1.0)),
            Unit::Hour => format!("PT{}H", number(1.0)),
            Unit::Day => format!("P{}D", number(1.0)),
            Unit::Week => format!("P{}W", number(1.0)),
            Unit::Fortnight => format!("P{}W", number(2.0)),
            Unit::Weekend => format!("P{}WE", number(1.0)),
            Unit::Month => format!("P{}M", number(1.0)),
            Unit::Quarter => format!("P{}Q", number(1.0)),
            Unit::Year => format!("P{}Y", number(1.0)),
            Unit::Decade => format!("P{}DE", number(1.0)),
            Unit::Century => format!("P{}CE", number(1.0)),
        }
    }
}

/// First and last day, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) precision: Precision,
}

impl Stretch {
    pub(super) fn day(date: Date) -> Stretch {
        Stretch { from: date, to: date, precision: Precision::Day }
    }

    pub(super) fn month(year: i16, month: i8) -> Option<Stretch> {
        Stretch::months(year, month, 1, Precision::Month)
    }

    /// So many months from that one on.
    fn months(year: i16, month: i8, length: i32, precision: Precision) -> Option<Stretch> {
        let from = Date::new(year, month, 1).ok()?;
        let to = from.checked_add((length - 1).months()).ok()?.last_of_month();
        Some(Stretch { from, to, precision })
    }

    /// The season that begins in that month: winter runs into the next year.
    pub(super) fn season(year: i16, month: i8) -> Option<Stretch> {
        Stretch::months(year, month, 3, Precision::Season)
    }

    /// 1 to 4.
    pub(super) fn quarter(year: i16, number: i8) -> Option<Stretch> {
        Stretch::months(year, number.checked_mul(3)? - 2, 3, Precision::Quarter)
    }

    /// 1 or 2.
    pub(super) fn half(year: i16, number: i8) -> Option<Stretch> {
        Stretch::months(year, number.checked_mul(6)? - 5, 6, Precision::Half)
    }

    pub(super) fn year(year: i16) -> Option<Stretch> {
        Stretch::months(year, 1, 12, Precision::Year)
    }

    pub(super) fn decade(year: i16) -> Option<Stretch> {
        Stretch::months(year.div_euclid(10) * 10, 1, 120, Precision::Decade)
    }

    /// The hundred years from 1900 on are the 20th century, as TIMEX3 counts.
    pub(super) fn century(year: i16) -> Option<Stretch> {
        Stretch::months(year.div_euclid(100) * 100, 1, 1200, Precision::Century)
    }

    /// The 4th century BC is 400 to 301 BC; TIMEX3 writes `BC03` and means 399 to 300 BC, which we keep to.
    pub(super) fn century_before_christ(number: i16) -> Option<Stretch> {
        Stretch::months(2 - number.checked_mul(100)?, 1, 1200, Precision::Century)
    }

    /// The stretch of that unit that holds the day.
    pub(super) fn around(date: Date, unit: Unit) -> Option<Stretch> {
        let monday = || date.checked_sub(i32::from(date.weekday().to_monday_zero_offset()).days()).ok();
        match unit {
            Unit::Minute | Unit::Hour => None,
            Unit::Day => Some(Stretch::day(date)),
            Unit::Week | Unit::Fortnight => {
                let from = monday()?;
                Some(Stretch { from, to: from.checked_add(6.days()).ok()?, precision: Precision::Week })
            }
            Unit::Weekend => {
                let from = monday()?.checked_add(5.days()).ok()?;
                Some(Stretch { from, to: from.checked_add(1.day()).ok()?, precision: Precision::Weekend })
            }
            Unit::Month => Stretch::month(date.year(), date.month()),
            Unit::Quarter => Stretch::quarter(date.year(), (date.month() - 1) / 3 + 1),
            Unit::Year => Stretch::year(date.year()),
            Unit::Decade => Stretch::decade(date.year()),
            Unit::Century => Stretch::century(date.year()),
        }
    }

    /// The stretch of that unit so many units after this one: as precise as the coarser of the two. `None` where this one is too
    /// coarse for the unit ("two days later" after "in 1990").
    pub(super) fn shifted(self, number: f64, unit: Unit) -> Option<Stretch> {
        if number.abs() > 20_000.0 || self.precision.days() > unit.precision().days() && unit != Unit::Weekend {
            return None;
        }
        let n = number.trunc() as i32;
        let date = shift(self.from, n, unit)?;
        match unit {
            Unit::Week if number == 0.0 => Stretch::around(date, unit),
            Unit::Fortnight => Stretch::around(date, Unit::Week),
            _ => Stretch::around(date, unit),
        }
    }
}

/// The day so many units later; `None` beyond ten thousand units, where jiff's spans end.
pub(super) fn shift(date: Date, n: i32, unit: Unit) -> Option<Date> {
    let n = Some(i64::from(n)).filter(|n| n.abs() <= 10_000)?;
    match unit {
        Unit::Minute | Unit::Hour => None,
        Unit::Day => date.checked_add(n.days()).ok(),
        Unit::Week | Unit::Weekend => date.checked_add((n * 7).days()).ok(),
        Unit::Fortnight => date.checked_add((n * 14).days()).ok(),
        Unit::Month => date.checked_add(n.months()).ok(),
        Unit::Quarter => date.checked_add((n * 3).months()).ok(),
        Unit::Year => date.checked_add((n * 12).months()).ok(),
        Unit::Decade | Unit::Century => {
            let years = n.checked_mul(if unit == Unit::Decade { 10 } else { 100 }).filter(|y| y.abs() < 9_000)?;
            date.checked_add((years * 12).months()).ok()
        }
    }
}

/// The last such weekday on or before a day, or the first on or after it.
pub(super) fn weekday(date: Date, number: i8, ahead: bool) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(number).ok()?;
    if date.weekday() == wanted {
        return Some(date);
    }
    date.nth_weekday(if ahead { 1 } else { -1 }, wanted).ok()
}

/// ISO 8601: `2025-11-06`, `-0489-09-12`.
pub(super) fn iso(date: Date) -> String {
    let sign = if date.year() < 0 { "-" } else { "" };
    format!("{sign}{:04}-{:02}-{:02}", date.year().unsigned_abs(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(stretch: Option<Stretch>, expect: &str) {
        assert_eq!(stretch.map(|s| format!("{}/{}", iso(s.from), iso(s.to))).as_deref(), Some(expect));
    }

    #[test]
    fn stretches_take_in_both_ends() {
        check(Stretch::month(2024, 2), "2024-02-01/2024-02-29");
        check(Stretch::season(2024, 12), "2024-12-01/2025-02-28");
        check(Stretch::quarter(2025, 4), "2025-10-01/2025-12-31");
        check(Stretch::half(2025, 2), "2025-07-01/2025-12-31");
        check(Stretch::decade(1994), "1990-01-01/1999-12-31");
        check(Stretch::century(1815), "1800-01-01/1899-12-31");
        check(Stretch::year(-489), "-0489-01-01/-0489-12-31");
        check(Stretch::around(date(2025, 11, 6), Unit::Week), "2025-11-03/2025-11-09");
        check(Stretch::around(date(2025, 11, 9), Unit::Weekend), "2025-11-08/2025-11-09");
    }

    #[test]
    fn shifts_keep_what_is_known() {
        check(Stretch::day(date(2025, 11, 30)).shifted(3.0, Unit::Month), "2026-02-01/2026-02-28");
        check(Stretch::day(date(2025, 11, 30)).shifted(-12.0, Unit::Day), "2025-11-18/2025-11-18");
        assert_eq!(Stretch::year(1990).and_then(|y| y.shifted(2.0, Unit::Day)), None);
        assert_eq!(Stretch::day(date(9999, 12, 31)).shifted(1.0, Unit::Day), None);
        assert_eq!(Stretch::quarter(2025, 90), None);
        for unit in (0..11).filter_map(|n| Unit::of_number(f64::from(n))) {
            for n in [i32::MIN, -10_000, 10_000, i32::MAX] {
                let far = shift(date(2025, 11, 6), n, unit);
                assert!(far.is_none() || n == -10_000 || n == 10_000, "{unit:?} {n}");
            }
        }
    }

    #[test]
    fn lengths_as_timex3_writes_them() {
        assert_eq!(Unit::Month.length(Some(2.0)), "P2M");
        assert_eq!(Unit::Year.length(Some(2.5)), "P2.5Y");
        assert_eq!(Unit::Hour.length(Some(7.0)), "PT7H");
        assert_eq!(Unit::Day.length(None), "PXD");
        assert_eq!(Unit::Fortnight.length(Some(1.0)), "P2W");
    }
}
