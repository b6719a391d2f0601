//! Dates as the codebook knows them: a year, a month or a day.

use std::fmt;

use jiff::civil::Date;

/// A date of which the day, or the month and the day, may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    first: Date,
    last: Date,
}

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `None` if it is none of these or not in the calendar.
    pub fn parse(text: &str) -> Option<PartialDate> {
        let mut parts = text.split('-');
        let year = number::<i16>(parts.next()?, 4)?;
        let month = parts.next().map(|part| number::<i8>(part, 2));
        let day = parts.next().map(|part| number::<i8>(part, 2));
        if parts.next().is_some() {
            return None;
        }
        let (first, last) = match (month, day) {
            (None, _) => (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?),
            (Some(month), None) => {
                let first = Date::new(year, month?, 1).ok()?;
                (first, first.last_of_month())
            }
            (Some(month), Some(day)) => {
                let date = Date::new(year, month?, day?).ok()?;
                (date, date)
            }
        };
        Some(PartialDate { first, last })
    }

    /// The date in one number that is never 0.
    pub(crate) fn packed(self) -> u32 {
        let one_month = self.first.year() == self.last.year() && self.first.month() == self.last.month();
        let month = if one_month { self.first.month() } else { 0 };
        let day = if self.first == self.last { self.first.day() } else { 0 };
        1 << 31
            | u32::from(self.first.year().unsigned_abs()) << 9
            | u32::from(month.unsigned_abs()) << 5
            | u32::from(day.unsigned_abs())
    }

    /// The date that was packed; `None` if the number is 0.
    pub(crate) fn unpacked(number: u32) -> Option<PartialDate> {
        let (year, month, day) = ((number >> 9 & 0x3fff) as i16, (number >> 5 & 15) as i8, (number & 31) as i8);
        if number == 0 {
            return None;
        }
        let first = Date::new(year, month.max(1), day.max(1)).ok()?;
        let last = match (month, day) {
            (0, _) => first.last_of_year(),
            (_, 0) => first.last_of_month(),
            _ => first,
        };
        Some(PartialDate { first, last })
    }

    /// The first day it can be.
    pub fn first_day(self) -> Date {
        self.first
    }

    /// The last day it can be.
    pub fn last_day(self) -> Date {
        self.last
    }
}

/// Whether a span of time, open where an end is `None`, holds the date.
pub(crate) fn span_holds(from: Option<PartialDate>, until: Option<PartialDate>, date: Date) -> bool {
    from.is_none_or(|from| from.first <= date) && until.is_none_or(|until| date <= until.last)
}

/// Whether two spans of time share a day, each open where an end is `None`.
pub(crate) fn spans_overlap(
    (from, until): (Option<PartialDate>, Option<PartialDate>),
    (other_from, other_until): (Option<PartialDate>, Option<PartialDate>),
) -> bool {
    let begins_before_end = |from: Option<PartialDate>, until: Option<PartialDate>| match (from, until) {
        (Some(from), Some(until)) => from.last < until.first,
        _ => true,
    };
    begins_before_end(from, other_until) && begins_before_end(other_from, until)
}

fn number<N: std::str::FromStr>(text: &str, n_digits: usize) -> Option<N> {
    (text.len() == n_digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

impl fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(formatter, "{}", self.first)
        } else if self.first.month() == self.last.month() {
            write!(formatter, "{:04}-{:02}", self.first.year(), self.first.month())
        } else {
            write!(formatter, "{:04}", self.first.year())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let date = PartialDate::parse(text);
        let found = date.map(|date| (date.first_day().to_string(), date.last_day().to_string()));
        assert_eq!(found.as_ref().map(|(first, last)| (first.as_str(), last.as_str())), expected, "{text}");
        if let Some(date) = date {
            assert_eq!(date.to_string(), text);
            assert_eq!(PartialDate::unpacked(date.packed()), Some(date), "{text}");
        }
    }

    #[test]
    fn years_months_and_days() {
        check("2024", Some(("2024-01-01", "2024-12-31")));
        check("2024-02", Some(("2024-02-01", "2024-02-29")));
        check("2024-10-11", Some(("2024-10-11", "2024-10-11")));
        check("0987", Some(("0987-01-01", "0987-12-31")));
    }

    #[test]
    fn impossible_dates() {
        for text in ["2024-13-45", "2023-02-29", "2024-1-1", "24", "", "2024-", "2024-01-01-01", "+024", "٢٠٢٤"] {
            check(text, None);
        }
    }
}
