//! The names of months and days of the week, from the words of the calendar in `data/en/times.tsv`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// 1 to 12 of "november", "nov", in small letters and without a stop.
pub(crate) fn month(word: &str) -> Option<i8> {
    NAMES.get(&("month", word)).copied()
}

/// 1 (Monday) to 7 of "thursday", "thurs".
pub(crate) fn weekday(word: &str) -> Option<i8> {
    NAMES.get(&("weekday", word)).copied()
}

/// "November" of 11; empty for no month.
pub(crate) fn month_name(month: i8) -> &'static str {
    full_name("month", month)
}

/// "Thursday" of 4; empty for no day of the week.
pub(crate) fn weekday_name(weekday: i8) -> &'static str {
    full_name("weekday", weekday)
}

/// The longest name, with a capital.
fn full_name(class: &'static str, number: i8) -> &'static str {
    static FULL: LazyLock<BTreeMap<(&str, i8), String>> = LazyLock::new(|| {
        let mut full: BTreeMap<(&str, i8), String> = BTreeMap::new();
        for ((class, word), number) in NAMES.iter() {
            let name = full.entry((class, *number)).or_default();
            if name.len() < word.len() {
                *name = word[..1].to_uppercase() + &word[1..];
            }
        }
        full
    });
    FULL.get(&(class, number)).map_or("", String::as_str)
}

static NAMES: LazyLock<BTreeMap<(&str, &str), i8>> = LazyLock::new(|| {
    let rows = include_str!("../../../../data/en/times.tsv").lines().map(|l| l.split('\t').collect::<Vec<_>>());
    let mut names = BTreeMap::new();
    for row in rows {
        if let ["word", class @ ("month" | "weekday"), words, number, ..] = row[..]
            && let Ok(number) = number.parse()
        {
            names.extend(words.split('|').map(|word| ((class, word), number)));
        }
    }
    names
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_and_seven_days() {
        assert_eq!(NAMES.iter().filter(|((class, _), _)| *class == "month").map(|(_, n)| n).max(), Some(&12));
        assert_eq!(NAMES.iter().filter(|((class, _), _)| *class == "weekday").map(|(_, n)| n).max(), Some(&7));
        assert_eq!(
            (month("november"), month("sept"), month("may"), month("mayor")),
            (Some(11), Some(9), Some(5), None)
        );
        assert_eq!((month_name(11), month_name(5), month_name(13)), ("November", "May", ""));
        assert_eq!((weekday_name(4), weekday_name(7), weekday_name(8)), ("Thursday", "Sunday", ""));
        assert_eq!((weekday("thurs"), weekday("sunday"), weekday("sunk")), (Some(4), Some(7), None));
    }
}
