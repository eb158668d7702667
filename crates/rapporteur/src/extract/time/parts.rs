//! What the words of one time say: numbers, names and hours, as captured by the rule.

use super::calendar::Unit;
use super::lex::{Class, Lexeme};
use super::rule::Match;

/// The words of one time.
pub(super) struct Parts<'m> {
    pub(super) found: &'m Match,
    pub(super) bounds: (usize, usize),
    /// The match names one time: what it captured outside the brackets counts too.
    pub(super) single: bool,
    pub(super) lexemes: &'m [Lexeme],
}

impl Parts<'_> {
    /// The value of the first capture of that class in this piece.
    pub(super) fn get(&self, class: Class) -> Option<f64> {
        let own = self.found.captures.iter().find(|(c, i)| *c == class && (self.bounds.0..self.bounds.1).contains(i));
        let any = self.found.captures.iter().find(|(c, _)| *c == class && self.single);
        own.or(any).and_then(|(c, i)| self.lexemes.get(*i)?.value(*c))
    }

    /// Of this piece, else of another.
    pub(super) fn near(&self, class: Class) -> Option<f64> {
        let other = || self.found.captures.iter().find(|(c, _)| *c == class);
        self.get(class).or_else(|| other().and_then(|(c, i)| self.lexemes.get(*i)?.value(*c)))
    }

    pub(super) fn any(&self, class: Class) -> bool {
        (self.bounds.0..self.bounds.1).any(|i| self.lexemes.get(i).is_some_and(|l| l.value(class).is_some()))
    }

    pub(super) fn unit(&self) -> Option<Unit> {
        let captured = self.found.captures.iter().rev().find(|(c, _)| matches!(c, Class::Unit | Class::Units));
        let printed = || (self.bounds.0..self.bounds.1).rev().find_map(|i| self.lexemes.get(i)?.value(Class::Unit));
        captured.and_then(|(_, i)| self.lexemes.get(*i)?.value(Class::Unit)).or_else(printed).and_then(Unit::of_number)
    }

    pub(super) fn has_word(&self, word: &str) -> bool {
        (self.bounds.0..self.bounds.1).any(|i| self.lexemes.get(i).is_some_and(|l| l.word == word))
    }

    /// As printed, of two digits after another year, or before Christ.
    pub(super) fn year(&self) -> Option<i16> {
        if let Some(number) = self.near(Class::Number).filter(|n| *n < 5_000.0)
            && self.found.captures.iter().any(|(c, _)| *c == Class::Era)
        {
            return Some(1 - number as i16);
        }
        if let Some(short) = self.get(Class::ShortYear) {
            let century = self.near(Class::Year)? as i16 / 100 * 100;
            return Some(century + short as i16);
        }
        if let Some(short) = self.get(Class::Apostrophised) {
            return Some(if short < 30.0 { 2000 } else { 1900 } + short as i16);
        }
        let own = self.get(Class::Year);
        own.or_else(|| {
            self.near(Class::Year).filter(|_| self.get(Class::Day).is_some() || self.get(Class::Nth).is_some())
        })
        .map(|y| y as i16)
    }

    /// Whether the number is the hour of "6 p.m.", not a day.
    pub(super) fn is_clock_number(&self, day: i8) -> bool {
        let days = self.found.captures.iter().filter(|(c, _)| matches!(c, Class::Day | Class::Nth)).count();
        days == 1
            && (self.has_word("am") || self.has_word("pm"))
            && self.get(Class::Day) == Some(f64::from(day))
            && self.get(Class::Clock).is_none()
    }

    /// `T14:00` of "2 p.m.", "10:30", "noon".
    pub(super) fn clock(&self) -> Option<String> {
        let half = if self.has_word("pm") {
            Some(12)
        } else if self.has_word("am") {
            Some(0)
        } else {
            None
        };
        let minutes = if self.has_word("noon") {
            12 * 60
        } else if self.has_word("midnight") {
            0
        } else if let Some(minutes) = self.get(Class::Clock) {
            minutes as u32
        } else if half.is_some() {
            let before = (self.bounds.0..self.bounds.1)
                .find(|i| self.lexemes.get(*i).is_some_and(|l| matches!(l.word.as_str(), "am" | "pm")))?;
            self.lexemes.get(before.checked_sub(1)?)?.value(Class::Day)? as u32 * 60
        } else {
            return None;
        };
        let (hour, minute) = (minutes / 60, minutes % 60);
        let hour = match half {
            Some(add) if hour <= 12 => hour % 12 + add,
            _ => hour,
        };
        Some(format!("T{hour:02}:{minute:02}"))
    }
}
