//! From a match to days. What the words leave open is taken from the day of publication (news) or from the last time that the text
//! named (a narrative: a text whose years mostly lie well before its publication), and `anchor` says which. Weekdays and bare months
//! go back from the day of publication unless the governing verb speaks of what is to come.

use jiff::civil::Date;
use language::Reading;

use super::calendar::{Stretch, Unit, iso, shift, weekday};
use super::lex::{Class, Lexeme};
use super::parts::Parts;
use super::rule::Match;
use super::tense::{Tense, tense};
use crate::extract::{Anchor, Precision};

/// Years that a narrative does not jump in one sentence; chosen on the training texts of measure 8.
const ASIDE: i32 = 15;

/// What a match means.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning {
    pub(super) stretch: Option<Stretch>,
    /// `T14:00`, behind the first day.
    pub(super) clock: Option<String>,
    pub(super) precision: Option<Precision>,
    pub(super) anchor: Option<Anchor>,
    pub(super) duration: Option<String>,
}

/// Whether `data/en/times.tsv` may name that meaning.
#[cfg(test)]
pub(super) fn is_meaning(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let anchor = |a: &str| matches!(a, "document" | "text" | "either");
    let unit = |u: &str| matches!(u, "unit" | "weekday" | "night") || unit_named(u).is_some();
    match words[..] {
        [
            "date" | "past" | "present" | "future" | "unknown" | "none" | "duration" | "rate" | "rate2" | "edge"
            | "century" | "quarter" | "half",
        ] => true,
        ["date", "that"] | ["duration", "past" | "next" | "half" | "half0"] => true,
        ["near", "last" | "this" | "next" | "year"] => true,
        ["rate", u] => unit(u),
        ["this", a, u] => anchor(a) && unit(u),
        ["shift", a, n, u] => anchor(a) && unit(u) && (matches!(n, "num" | "-num") || n.parse::<f64>().is_ok()),
        [fixed] => fixed_day(fixed).is_some(),
        _ => false,
    }
}

/// What is known while a text is read.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    /// The day of publication.
    pub(super) document: Option<Date>,
    /// The last time that the text named, and in which block.
    text: Option<(Stretch, usize)>,
    pub(super) narrative: bool,
}

/// Where a match stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) lexemes: &'a [Lexeme],
    pub(super) reading: &'a Reading,
    pub(super) block: usize,
    pub(super) heading: bool,
    /// The year and month of a date that follows and closes a range ("5 March to 9 April 1918").
    pub(super) follows: Option<(i16, i8)>,
}

impl Clock {
    pub(super) fn new(document: Option<Date>, narrative: bool) -> Clock {
        Clock { document, text: None, narrative }
    }

    /// The meaning of piece `piece` of a match, or `None` where the words are no time after all.
    pub(super) fn resolve(&mut self, found: &Match, piece: usize, place: Place<'_>) -> Option<Meaning> {
        let bounds = *found.pieces.get(piece)?;
        let parts = Parts { found, bounds, single: found.pieces.len() == 1, lexemes: place.lexemes };
        let tense = self.tense(bounds, place);
        let mut meaning = match found.rule.meaning[..] {
            ["past"] => Meaning { precision: Some(Precision::Past), ..Meaning::default() },
            ["present"] => Meaning { precision: Some(Precision::Present), ..Meaning::default() },
            ["future"] => Meaning { precision: Some(Precision::Future), ..Meaning::default() },
            ["unknown"] => Meaning { precision: Some(Precision::Day), ..Meaning::default() },
            ["date"] => self.date(&parts, tense, place, None)?,
            ["date", "that"] => {
                let year = self.text.map(|(t, _)| t.from.year());
                Meaning { anchor: Some(Anchor::Text), ..self.date(&parts, tense, place, year)? }
            }
            ["near", "year"] => {
                let n = i16::from(parts.has_word("next")) - i16::from(parts.has_word("last"));
                let year = self.base("either").0.map(|b| b.from.year() + n);
                let month = parts.get(Class::Month).or(parts.get(Class::FullMonth))? as i8;
                whole(year.and_then(|y| Stretch::month(y, month)), self.base("either").1).or(Precision::Month)
            }
            ["near", which] => self.near(&parts, which, tense, place)?,
            ["shift", anchor, number, unit] => self.shift(&parts, anchor, number, unit),
            ["this", anchor, unit] => self.this(&parts, anchor, unit),
            ["duration", ref how @ ..] => self.duration(&parts, how.first().copied()),
            ["rate"] => {
                let number = parts.get(Class::Number).filter(|_| parts.has_word("every")).unwrap_or(1.0);
                length(parts.unit().unwrap_or(Unit::Week), Some(number))
            }
            ["rate", unit] => length(unit_named(unit)?, Some(1.0)),
            ["rate2"] => length(parts.unit()?, Some(2.0)),
            ["edge"] => self.edge(&parts, place)?,
            ["century"] => {
                let number = parts.get(Class::Nth).filter(|n| (1.0..=90.0).contains(n))?;
                if parts.get(Class::Era).is_some() {
                    return Some(whole(Stretch::century_before_christ(number as i16), None).or(Precision::Century));
                }
                whole(Stretch::century((number as i16 - 1) * 100), None)
            }
            ["quarter"] => self.part_of_year(&parts, Stretch::quarter),
            ["half"] => self.part_of_year(&parts, Stretch::half),
            [fixed] => {
                let (month, day) = fixed_day(fixed)?;
                let (year, anchor) = self.year_of(month, Some(day), parts.year(), tense, place);
                whole(year.and_then(|y| Date::new(y, month, day).ok()).map(Stretch::day), anchor)
            }
            _ => return None,
        };
        if meaning.precision.is_none() {
            meaning.precision = meaning.stretch.map(|s| s.precision);
        }
        self.remember(&meaning, found, place.block);
        Some(meaning)
    }

    /// The last time that the text named moves on with every date that is no decade, length or mere allusion.
    fn remember(&mut self, meaning: &Meaning, found: &Match, block: usize) {
        let told = !matches!(found.rule.meaning[0], "duration" | "rate" | "past" | "present" | "future" | "unknown");
        let bound = self.narrative && meaning.anchor == Some(Anchor::Document);
        let Some(stretch) = meaning.stretch.filter(|s| told && !bound && s.precision <= Precision::Year) else {
            return;
        };
        // A bare year far from the story's is an aside ("a report of 2005").
        let aside = stretch.precision == Precision::Year
            && self
                .text
                .is_some_and(|(t, _)| self.narrative && i32::from(t.from.year() - stretch.from.year()).abs() > ASIDE);
        if !aside {
            self.text = Some((stretch, block));
        }
    }

    fn tense(&self, bounds: (usize, usize), place: Place<'_>) -> Tense {
        let ahead = |back: usize, words: &[&str]| {
            bounds
                .0
                .checked_sub(back)
                .and_then(|i| place.lexemes.get(i))
                .is_some_and(|l| words.contains(&l.word.as_str()))
        };
        if ahead(1, &["before", "upcoming", "until", "starting", "beginning", "from"]) && !self.narrative
            || ahead(2, &["ahead"]) && ahead(1, &["of"])
        {
            return Tense::Future;
        }
        // "As of Sunday evening all four are well."
        if ahead(2, &["as"]) && ahead(1, &["of"]) {
            return Tense::Past;
        }
        // "Tuesday's vote may hurt": the verb says nothing of Tuesday.
        if place.lexemes.get(bounds.1).is_some_and(|l| l.word == "'s") {
            return Tense::Open;
        }
        let token = place.lexemes.get(bounds.0).and_then(|l| l.token(place.reading));
        match token.map_or(Tense::Open, tense) {
            Tense::Present if place.heading => Tense::Open,
            other => other,
        }
    }

    /// A date by its parts, whatever of them is there.
    fn date(&self, parts: &Parts<'_>, tense: Tense, place: Place<'_>, given: Option<i16>) -> Option<Meaning> {
        if let Some(number) = parts.get(Class::Iso) {
            let n = number as i32;
            let date = Date::new((n / 10_000) as i16, (n / 100 % 100) as i8, (n % 100) as i8).ok()?;
            return Some(whole(Some(Stretch::day(date)), None));
        }
        if let Some(decade) = parts.get(Class::Decade) {
            return Some(whole(Stretch::decade(decade as i16), None));
        }
        let year = given.or_else(|| parts.year());
        let month = parts.near(Class::Month).or_else(|| parts.near(Class::FullMonth)).map(|m| m as i8);
        let day = parts.get(Class::Day).or_else(|| parts.get(Class::Nth)).map(|d| d as i8);
        let season = parts.get(Class::Season).map(|m| m as i8);
        let named = parts.get(Class::Weekday).or_else(|| parts.get(Class::FullWeekday)).map(|d| d as i8);
        let mut meaning = match (month, day, season) {
            (Some(month), Some(day), _) if !parts.is_clock_number(day) => {
                let (year, anchor) = self.year_of(month, Some(day), year, tense, place);
                if Date::new(2024, month, day).is_err() {
                    return None;
                }
                whole(year.and_then(|y| Date::new(y, month, day).ok()).map(Stretch::day), anchor).or(Precision::Day)
            }
            (Some(month), ..) => {
                let (year, anchor) = self.year_of(month, None, year, tense, place);
                whole(year.and_then(|y| Stretch::month(y, month)), anchor).or(Precision::Month)
            }
            (None, _, Some(season)) => {
                let winter = season == 12 && year.is_some() && parts.has_word("early");
                let year = year.map(|y| if winter { y - 1 } else { y });
                whole(year.and_then(|y| Stretch::season(y, season)), None).or(Precision::Season)
            }
            _ if named.is_some() => {
                let date = named.and_then(|n| self.weekday(n, tense, place));
                let anchor = if self.narrative { Anchor::Text } else { Anchor::Document };
                whole(date.map(Stretch::day), date.map(|_| anchor)).or(Precision::Day)
            }
            (None, Some(day), None) if parts.get(Class::Nth).is_some() => {
                // "on the 20th": of the month that the text speaks of.
                let month =
                    self.text.filter(|(t, _)| t.precision <= Precision::Month).map(|(t, _)| (t.from, Anchor::Text));
                let month = month.or(self.document.filter(|_| !self.narrative).map(|d| (d, Anchor::Document)));
                let date = month.and_then(|(m, _)| Date::new(m.year(), m.month(), day).ok());
                whole(date.map(Stretch::day), month.map(|(_, a)| a)).or(Precision::Day)
            }
            _ => match year {
                Some(year) => whole(Stretch::year(year), None),
                None => self.clock_only(parts)?,
            },
        };
        self.add_hours(&mut meaning, parts);
        Some(meaning)
    }

    /// Part of a day or hour on top of a day.
    fn add_hours(&self, meaning: &mut Meaning, parts: &Parts<'_>) {
        if let Some(clock) = parts.clock() {
            meaning.clock = Some(clock);
            meaning.precision = Some(Precision::Time);
        } else if parts.get(Class::Part).is_some() && meaning.stretch.is_none_or(|s| s.precision == Precision::Day) {
            meaning.precision = Some(Precision::Part);
        }
    }

    /// "at 10:30": on the day that the text speaks of, else of publication.
    fn clock_only(&self, parts: &Parts<'_>) -> Option<Meaning> {
        parts.clock()?;
        let told = self.text.filter(|(t, _)| t.precision == Precision::Day).map(|(t, _)| (t.from, Anchor::Text));
        let published = self.document.map(|d| (d, Anchor::Document));
        let day = if parts.has_word("yesterday") || parts.has_word("tomorrow") || parts.has_word("today") {
            let n = i32::from(parts.has_word("tomorrow")) - i32::from(parts.has_word("yesterday"));
            published.and_then(|(d, a)| Some((shift(d, n, Unit::Day)?, a)))
        } else if self.narrative {
            told
        } else {
            told.or(published)
        };
        Some(whole(day.map(|(d, _)| Stretch::day(d)), day.map(|(_, a)| a)).or(Precision::Time))
    }

    /// The day of a weekday.
    fn weekday(&self, number: i8, tense: Tense, place: Place<'_>) -> Option<Date> {
        if self.narrative {
            let (told, _) = self.text.filter(|(t, _)| t.precision <= Precision::Week)?;
            return weekday(told.from, number, true);
        }
        let _ = place;
        weekday(self.document?, number, matches!(tense, Tense::Future | Tense::Present))
    }

    /// The year of a month or day: as printed, else from the anchor.
    fn year_of(
        &self,
        month: i8,
        day: Option<i8>,
        year: Option<i16>,
        tense: Tense,
        place: Place<'_>,
    ) -> (Option<i16>, Option<Anchor>) {
        if year.is_some() {
            return (year, None);
        }
        if let Some((year, closing)) = place.follows {
            return (Some(if month > closing { year - 1 } else { year }), Some(Anchor::Text));
        }
        let told = self.text.filter(|(_, block)| self.narrative || (*block == place.block && tense == Tense::Past));
        let old = |stretch: &Stretch| self.document.is_none_or(|d| d.year() > stretch.to.year());
        if let Some((stretch, _)) = told.filter(|(t, _)| self.narrative || old(t)) {
            return (Some(year_after(stretch, month)), Some(Anchor::Text));
        }
        let Some(document) = self.document else { return (None, None) };
        let at = |year: i16| Date::new(year, month, day.unwrap_or(1)).ok();
        let this = document.year();
        let year = match tense {
            Tense::Past => {
                if at(this).is_some_and(|d| d > document) {
                    this - 1
                } else {
                    this
                }
            }
            Tense::Future => {
                let passed = match day {
                    Some(_) => at(this).is_some_and(|d| d < document),
                    None => month < document.month(),
                };
                if passed { this + 1 } else { this }
            }
            Tense::Open | Tense::Present => {
                let apart = |year: &i16| at(*year).map_or(i64::MAX, |d| i64::from((d - document).get_days().abs()));
                [this, this - 1, this + 1].into_iter().min_by_key(apart).unwrap_or(this)
            }
        };
        (Some(year), Some(Anchor::Document))
    }

    /// "last May", "this Friday", "next spring", "in the summer".
    fn near(&self, parts: &Parts<'_>, which: &str, tense: Tense, place: Place<'_>) -> Option<Meaning> {
        let month = parts.get(Class::FullMonth).map(|m| m as i8);
        let season = parts.get(Class::Season).map(|m| m as i8);
        let named = parts.get(Class::FullWeekday).map(|d| d as i8);
        // "the following Monday", "the previous April", "that summer" follow the text.
        let follows = ["following", "previous", "that", "same"].iter().any(|w| parts.has_word(w));
        let told = self.text.filter(|_| self.narrative || follows).map(|(t, _)| t);
        if (self.narrative || follows) && told.is_none() {
            let precision =
                named.map(|_| Precision::Day).or(month.map(|_| Precision::Month)).unwrap_or(Precision::Season);
            return Some(Meaning::default().or(precision));
        }
        let anchor = if told.is_some() { Anchor::Text } else { Anchor::Document };
        let Some(base) = told.or(self.document.map(Stretch::day)) else {
            let precision =
                named.map(|_| Precision::Day).or(month.map(|_| Precision::Month)).unwrap_or(Precision::Season);
            return Some(Meaning::default().or(precision));
        };
        let mut meaning = if let Some(number) = named {
            let day = match which {
                "last" => shift(base.from, -1, Unit::Day).and_then(|d| weekday(d, number, false)),
                "next" => shift(base.to, 1, Unit::Day).and_then(|d| weekday(d, number, true)),
                _ => weekday(base.from, number, tense != Tense::Past),
            };
            whole(day.map(Stretch::day), Some(anchor)).or(Precision::Day)
        } else {
            let year = base.from.year();
            let candidates: Vec<Stretch> = (-1..=1)
                .filter_map(|n| match (month, season) {
                    (Some(month), _) => Stretch::month(year + n, month),
                    (None, Some(season)) => Stretch::season(year + n, season),
                    _ => None,
                })
                .collect();
            let stretch = match which {
                "last" => candidates.iter().rev().find(|c| c.to < base.from),
                "next" => candidates.iter().find(|c| c.from > base.to),
                _ if told.is_some() => told.and_then(|t| {
                    let wanted = if season == Some(12) && t.from.month() <= 3 && t.precision <= Precision::Month {
                        t.from.year() - 1
                    } else {
                        t.from.year()
                    };
                    candidates.iter().find(|c| c.from.year() == wanted)
                }),
                _ if tense == Tense::Past => candidates.iter().rev().find(|c| c.from <= base.to),
                _ if matches!(tense, Tense::Future | Tense::Present) => candidates.iter().find(|c| c.to >= base.from),
                _ => candidates.iter().find(|c| c.from.year() == year),
            };
            let precision = if month.is_some() { Precision::Month } else { Precision::Season };
            whole(stretch.copied(), Some(anchor)).or(precision)
        };
        let _ = place;
        self.add_hours(&mut meaning, parts);
        Some(meaning)
    }

    /// "last week", "tomorrow", "two days later", "three years ago".
    fn shift(&self, parts: &Parts<'_>, anchor: &str, number: &str, unit: &str) -> Meaning {
        let (base, anchor) = self.base(anchor);
        let number = match number {
            "num" => parts.get(Class::Number),
            "-num" => parts.get(Class::Number).map(|n| -n),
            fixed => fixed.parse().ok(),
        };
        let night = unit == "night";
        let weekday_of = if unit == "weekday" { parts.get(Class::FullWeekday) } else { None };
        let unit = match unit {
            "unit" => parts.unit(),
            "weekday" => Some(Unit::Week),
            "night" => Some(Unit::Day),
            named => unit_named(named),
        };
        let Some((number, unit)) = number.zip(unit) else { return Meaning::default().or(Precision::Day) };
        let mut stretch = base.and_then(|b| b.shifted(number, unit));
        if let Some(day) = weekday_of {
            stretch = stretch.and_then(|s| shift(s.from, day as i32 - 1, Unit::Day)).map(Stretch::day);
        }
        let precision = if weekday_of.is_some() { Precision::Day } else { unit.precision() };
        let mut meaning = whole(stretch, stretch.and(anchor)).or(precision);
        if night || parts.get(Class::Part).is_some() {
            meaning.precision = Some(Precision::Part);
        }
        meaning
    }

    /// "this week", "that year", "today", "the end of the month".
    fn this(&self, parts: &Parts<'_>, anchor: &str, unit: &str) -> Meaning {
        let today = parts.has_word("today") || unit == "night";
        // In a narrative "today" is our time.
        if today && self.narrative {
            return Meaning { precision: Some(Precision::Present), ..Meaning::default() };
        }
        let (base, anchor) = self.base(if parts.has_word("that") || parts.has_word("same") { "text" } else { anchor });
        let unit_word = unit;
        let unit = match unit {
            "unit" => parts.unit(),
            "night" => Some(Unit::Day),
            named => unit_named(named),
        };
        let unit = unit.unwrap_or(Unit::Day);
        let fits = base.filter(|b| b.precision.days() <= unit.precision().days() || unit == Unit::Weekend);
        let stretch = fits.and_then(|b| Stretch::around(b.from, unit));
        let mut meaning = whole(stretch, stretch.and(anchor)).or(unit.precision());
        if unit_word == "night" || parts.get(Class::Part).is_some() {
            meaning.precision = Some(Precision::Part);
        }
        meaning
    }

    fn base(&self, anchor: &str) -> (Option<Stretch>, Option<Anchor>) {
        let document = (self.document.map(Stretch::day), Some(Anchor::Document));
        match anchor {
            "document" => document,
            "either" if !self.narrative => document,
            _ => (self.text.map(|(t, _)| t), Some(Anchor::Text)),
        }
    }

    fn duration(&self, parts: &Parts<'_>, how: Option<&str>) -> Meaning {
        let Some(unit) = parts.unit() else { return Meaning::default().or(Precision::Day) };
        let few = ["few", "several", "couple", "many", "some", "dozens", "hundreds"].iter().any(|w| parts.has_word(w));
        let plural = parts.any(Class::Units);
        let number = match how {
            Some("half") => parts.get(Class::Number).map(|n| n + 0.5),
            Some("half0") => Some(0.5),
            _ if few && !parts.has_word("some") => None,
            _ => parts.get(Class::Number).or(if plural { None } else { Some(1.0) }),
        };
        let mut meaning = length(unit, number);
        // Where the day of publication is one end of it.
        if let (Some(document), Some(n), false) = (self.document, number, self.narrative) {
            let n = n as i32;
            meaning.stretch = match how {
                Some("past") => shift(document, n.saturating_neg(), unit).map(|from| Stretch {
                    from,
                    to: document,
                    precision: unit.precision(),
                }),
                Some("next") if !parts.has_word("first") && !parts.has_word("final") => {
                    shift(document, n, unit).map(|to| Stretch { from: document, to, precision: unit.precision() })
                }
                _ => None,
            };
            meaning.anchor = meaning.stretch.map(|_| Anchor::Document);
        }
        meaning
    }

    /// "the last week of August 1918": so many days at one end of a month or year.
    fn edge(&self, parts: &Parts<'_>, place: Place<'_>) -> Option<Meaning> {
        let month = parts.get(Class::Month).map(|m| m as i8);
        let (year, anchor) = match month {
            Some(month) => self.year_of(month, None, parts.year(), Tense::Past, place),
            None => (parts.year(), None),
        };
        let around = year.and_then(|y| month.map_or_else(|| Stretch::year(y), |m| Stretch::month(y, m)));
        let unit = parts.unit()?;
        let plural = parts.any(Class::Units);
        let number = parts.get(Class::Number).or(if plural { None } else { Some(1.0) });
        let mut meaning = length(unit, number);
        let ordinal = parts.get(Class::Ordinal)?;
        if let (Some(around), Some(n)) = (around, number) {
            let n = n as i32;
            let from = if ordinal < 0.0 {
                shift(around.to, n.saturating_neg(), unit).and_then(|d| shift(d, 1, Unit::Day))
            } else {
                shift(around.from, (ordinal as i32 - 1).saturating_mul(n), unit)
            };
            meaning.stretch = from.and_then(|from| {
                let to = shift(from, n, unit).and_then(|d| shift(d, -1, Unit::Day))?;
                Some(Stretch { from, to, precision: unit.precision() })
            });
            meaning.anchor = anchor;
        }
        Some(meaning)
    }

    /// "the third quarter of 2026", "the second half of this year".
    fn part_of_year(&self, parts: &Parts<'_>, of: fn(i16, i8) -> Option<Stretch>) -> Meaning {
        let last = |n: f64| if n < 0.0 { 4.0 } else { n };
        let number = parts.get(Class::Quarter).or(parts.get(Class::Half)).or(parts.get(Class::Ordinal).map(last));
        let (base, anchor) = self.base(if parts.has_word("that") { "text" } else { "either" });
        let (year, anchor) = match parts.year() {
            Some(year) => (Some(year), None),
            None => (base.map(|b| b.from.year()), anchor),
        };
        let stretch = year.zip(number).and_then(|(y, n)| of(y, n as i8));
        whole(stretch, stretch.and(anchor)).or(Precision::Quarter)
    }
}

/// The year of a month named after that stretch: a narrative goes forward.
fn year_after(told: Stretch, month: i8) -> i16 {
    let year = told.from.year();
    if told.precision >= Precision::Year {
        return year;
    }
    // From October on, the first months are those of the next year.
    if told.from.month() >= 9 && told.from.month() - month >= 8 { year + 1 } else { year }
}

fn whole(stretch: Option<Stretch>, anchor: Option<Anchor>) -> Meaning {
    Meaning { stretch, anchor: stretch.and(anchor), ..Meaning::default() }
}

fn length(unit: Unit, number: Option<f64>) -> Meaning {
    Meaning { duration: Some(unit.length(number)), precision: Some(unit.precision()), ..Meaning::default() }
}

impl Meaning {
    /// With that precision where it has none.
    fn or(mut self, precision: Precision) -> Meaning {
        self.precision = self.precision.or(self.stretch.map(|s| s.precision)).or(Some(precision));
        self
    }

    /// First and last day as printed.
    pub(super) fn ends(&self) -> (Option<String>, Option<String>) {
        let clock = self.clock.as_deref().unwrap_or("");
        match self.stretch {
            Some(s) => (Some(iso(s.from) + clock), Some(iso(s.to) + clock)),
            None => (None, None),
        }
    }
}

fn unit_named(name: &str) -> Option<Unit> {
    super::rule::vocabulary(Class::Unit, name).and_then(Unit::of_number)
}

/// `12-25` as month and day.
fn fixed_day(text: &str) -> Option<(i8, i8)> {
    let (month, day) = text.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}
