//! The calendar: days that have names, and the rules by which a year has them.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use rustc_hash::FxHashMap;

/// The days that have names.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    pub(crate) days: FxHashMap<Box<str>, DayRule>,
    pub(crate) moving: FxHashMap<Box<str>, Vec<(Date, Date)>>,
    /// How many words the longest name has.
    pub(crate) n_words: usize,
}

/// How a year comes by a named day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayRule {
    /// The same day of the same month.
    Fixed(i8, i8),
    /// Which of the weekdays of a month, from its end if negative, and so many days after.
    Weekday(i8, Weekday, i8, i8),
    /// So many days after Easter Sunday.
    Easter(i16),
    /// So many days after Easter Sunday of the Julian calendar.
    OrthodoxEaster(i16),
    /// As the table of moving days says, under this name.
    Moving(Box<str>),
}

impl Calendar {
    /// The named day with which the words, in lower case, begin: how many of them name it, and its rule; the longest name counts.
    pub fn named(&self, words: &[&str]) -> Option<(usize, &DayRule)> {
        let longest = self.n_words.min(words.len());
        (1..=longest).rev().find_map(|n_words| Some((n_words, self.days.get(words[..n_words].join(" ").as_str())?)))
    }

    /// The first and last day of each time that a year has the day; one of the Islamic calendar may come twice or not at all.
    pub fn in_year(&self, rule: &DayRule, year: i16) -> Vec<(Date, Date)> {
        let one = |date: Option<Date>| date.map(|date| (date, date)).into_iter().collect();
        match rule {
            DayRule::Fixed(month, day) => one(Date::new(year, *month, *day).ok()),
            DayRule::Weekday(month, weekday, nth, later) => one(nth_weekday(year, *month, *weekday, *nth, *later)),
            DayRule::Easter(later) => one(easter(year).and_then(|day| day.checked_add(i32::from(*later).days()).ok())),
            DayRule::OrthodoxEaster(later) => {
                one(orthodox_easter(year).and_then(|day| day.checked_add(i32::from(*later).days()).ok()))
            }
            DayRule::Moving(name) => {
                let all = self.moving.get(name).map_or(&[][..], Vec::as_slice);
                all.iter().copied().filter(|(from, _)| from.year() == year).collect()
            }
        }
    }
}

fn nth_weekday(year: i16, month: i8, weekday: Weekday, nth: i8, later: i8) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    first.nth_weekday_of_month(nth, weekday).ok()?.checked_add(i32::from(later).days()).ok()
}

/// Easter Sunday of the Gregorian calendar: the anonymous algorithm in Nature, 20 April 1876.
fn easter(year: i16) -> Option<Date> {
    let number = i32::from(year);
    let (golden, century, of_century) = (number % 19, number / 100, number % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let full_moon = (19 * golden + century - century / 4 - correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - full_moon - of_century % 4) % 7;
    let late = (golden + 11 * full_moon + 22 * weekday) / 451;
    let from_march = full_moon + weekday - 7 * late + 114;
    Date::new(year, (from_march / 31) as i8, (from_march % 31 + 1) as i8).ok()
}

/// Easter Sunday of the Julian calendar as a Gregorian date: the algorithm of Meeus, Astronomical Algorithms, 1991.
fn orthodox_easter(year: i16) -> Option<Date> {
    let number = i32::from(year);
    let full_moon = (19 * (number % 19) + 15) % 30;
    let weekday = (2 * (number % 4) + 4 * (number % 7) - full_moon + 34) % 7;
    let month = (full_moon + weekday + 114) / 31;
    let day = (full_moon + weekday + 114) % 31 + 1;
    let between = number / 100 - number / 400 - 2;
    Date::new(year, month as i8, day as i8).ok()?.checked_add(between.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_of_both_calendars() {
        let days = [
            (1818, "1818-03-22", "1818-04-26"),
            (1943, "1943-04-25", "1943-04-25"),
            (2008, "2008-03-23", "2008-04-27"),
            (2016, "2016-03-27", "2016-05-01"),
            (2017, "2017-04-16", "2017-04-16"),
            (2018, "2018-04-01", "2018-04-08"),
            (2019, "2019-04-21", "2019-04-28"),
            (2024, "2024-03-31", "2024-05-05"),
            (2038, "2038-04-25", "2038-04-25"),
        ];
        for (year, western, eastern) in days {
            assert_eq!(easter(year).expect("Easter").to_string(), western);
            assert_eq!(orthodox_easter(year).expect("Easter").to_string(), eastern);
        }
        for year in 0..=9999 {
            assert_eq!(easter(year).expect("every year has one").weekday(), Weekday::Sunday, "{year}");
            orthodox_easter(year);
        }
    }
}
