//! Moments as they are written into the record, and the clock they come from.

use std::str::FromStr;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// A moment in UTC to the second, as text that sorts by time: `2024-10-11T08:00:00Z`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(String);

impl Moment {
    /// Later than any other.
    pub(crate) fn end_of_time() -> Moment {
        Moment("9999-12-31T23:59:59Z".to_owned())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(timestamp: Timestamp) -> Moment {
        Moment(timestamp.round(jiff::Unit::Second).unwrap_or(timestamp).strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
    }
}

impl FromStr for Moment {
    type Err = String;

    /// A moment such as `2024-10-11T08:00:00Z`, or the end of a day such as `2024-10-11`.
    fn from_str(text: &str) -> Result<Moment, String> {
        if let Ok(timestamp) = text.parse::<Timestamp>() {
            return Ok(Moment::of(timestamp));
        }
        match text.parse::<Date>() {
            Ok(day) if text.len() == 10 => Ok(Moment(format!("{day}T23:59:59Z"))),
            _ => Err("a day (2024-10-11) or a moment (2024-10-11T08:00:00Z) is needed".to_owned()),
        }
    }
}

/// Where moments come from.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The computer's clock.
    System,
    /// A clock that stands still, for records that come out the same to the byte.
    Fixed(Timestamp),
}

impl Clock {
    /// A clock that stands still so many seconds after the beginning of 1970.
    pub fn fixed(seconds: i64) -> Option<Clock> {
        Timestamp::from_second(seconds).ok().map(Clock::Fixed)
    }

    /// Now.
    pub fn now(self) -> Moment {
        match self {
            Clock::System => Moment::of(Timestamp::now()),
            Clock::Fixed(timestamp) => Moment::of(timestamp),
        }
    }
}

/// The day so many days later.
pub(crate) fn days_later(day: &str, n_days: i64) -> Option<String> {
    let day: Date = day.parse().ok()?;
    day.checked_add(SignedDuration::from_hours(24 * n_days)).ok().map(|day| day.to_string())
}

/// How many days lie between two days, if both are days.
pub(crate) fn days_between(from: &str, to: &str) -> Option<i64> {
    Some(i64::from(day_number(to)?) - i64::from(day_number(from)?))
}

/// A day, counted from the beginning of 1970.
pub(crate) fn day_number(day: &str) -> Option<i32> {
    let day: Date = day.parse().ok()?;
    Some((Date::constant(1970, 1, 1).duration_until(day).as_hours() / 24) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_taken_to_its_end() {
        let moment = |text: &str| text.parse::<Moment>().map(|moment| moment.0);
        assert_eq!(moment("2024-10-11"), Ok("2024-10-11T23:59:59Z".to_owned()));
        assert_eq!(moment("2024-10-11T08:00:00+02:00"), Ok("2024-10-11T06:00:00Z".to_owned()));
        assert!(moment("October").is_err() && moment("2024-10").is_err());
    }

    #[test]
    fn days_are_counted() {
        assert_eq!(days_between("2024-02-28", "2024-03-01"), Some(2));
        assert_eq!(days_between("2024-02-28", "?"), None);
        assert_eq!([day_number("1970-01-02"), day_number("1969-12-31")], [Some(1), Some(-1)]);
        assert_eq!(days_later("2024-12-31", 1).as_deref(), Some("2025-01-01"));
    }
}
