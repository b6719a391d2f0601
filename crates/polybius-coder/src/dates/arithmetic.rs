//! From a meaning to days: the arithmetic of the calendar.

use jiff::Span;
use jiff::civil::{Date, Weekday};
use polybius_codebook::{Calendar, DayRule};

use super::meaning::{Meaning, Part, Unit, YearOf};

/// How many days ahead days lie that are not named without their year if the last of their name are less than [`NEAR`] days ago.
const FAR: i64 = 300;
const NEAR: i64 = 40;
/// How long they are at most.
const FEW: i64 = 28;

/// From a first to a last day, both included.
pub(super) type Days = (Date, Date);

/// What expressions are counted from.
#[derive(Clone, Copy)]
pub(super) struct Setting<'c> {
    pub(super) calendar: &'c Calendar,
    pub(super) published: Date,
    /// The date that the article told last.
    pub(super) told: Option<Days>,
    /// Whether the clause looks ahead.
    pub(super) ahead: bool,
}

impl Setting<'_> {
    /// The days meant; `None` beyond the years 0 to 9999, for a day that does not exist, and for what is bounded on one side.
    pub(super) fn days(&self, meaning: &Meaning) -> Option<Days> {
        match meaning {
            Meaning::Day(days) => single(later(self.published, Unit::Day, *days)),
            Meaning::Weekday(weekday, week) => single(self.weekday(*weekday, *week)),
            Meaning::WeekdaysAway(weekday, count) => {
                let from = later(self.published, Unit::Day, count.signum())?;
                let nearest = Setting { published: from, ahead: *count > 0, ..*self }.weekday(*weekday, None)?;
                single(later(nearest, Unit::Week, count - count.signum()))
            }
            Meaning::Date(year, month, day) => {
                self.in_year(*year, |year| single(Date::new(year, *month, *day).ok()).into_iter().collect())
            }
            Meaning::DayOfMonth(day, weekday) => self.day_of_month(*day, *weekday),
            Meaning::Month(year, month) => self.in_year(*year, |year| {
                let first = Date::new(year, *month, 1).ok();
                first.map(|first| (first, first.last_of_month())).into_iter().collect()
            }),
            Meaning::Years(first, last) => Some((Date::new(*first, 1, 1).ok()?, Date::new(*last, 12, 31).ok()?)),
            Meaning::Unit(unit, steps) => whole(*unit, self.published, *steps),
            Meaning::AnyYear => whole(Unit::Year, self.published, 0),
            Meaning::Weekend => {
                let this = whole(Unit::Weekend, self.published, 0)?;
                if self.ahead || this.0 <= self.published {
                    Some(this)
                } else {
                    whole(Unit::Weekend, self.published, -1)
                }
            }
            Meaning::WeekendOf(day) => weekend_of(self.days(day)?.0),
            Meaning::WeekdayOf(weekday, day) => {
                let monday = monday(self.days(day)?.0)?;
                single(later(monday, Unit::Day, i32::from(weekday.to_monday_zero_offset())))
            }
            Meaning::Ahead(next) => Setting { ahead: true, ..*self }.days(next),
            Meaning::Stretch(unit, count) => self.stretch(*unit, *count),
            Meaning::Within(amounts) => Some((self.published, away(self.published, amounts)?)),
            Meaning::Away(amounts, from) => {
                let from = match from {
                    None => (self.published, self.published),
                    Some(from) => self.days(from)?,
                };
                let back = amounts.iter().all(|(_, count)| *count < 0);
                single(away(if back { from.0 } else { from.1 }, amounts))
            }
            Meaning::FromTold(unit, count) => self.since_told(*unit, *count),
            Meaning::Named(rule, year) => self.named(rule, *year),
            Meaning::Part(part, of) => self.part(*part, self.days(of)?),
            Meaning::Nth(nth, unit, of) => self.nearest(of, |days| nth_unit(*nth, *unit, days)),
            Meaning::NthWeekday(nth, weekday, of) => {
                let month = |(first, _): Days| first.nth_weekday_of_month(i8::try_from(*nth).ok()?, *weekday).ok();
                self.nearest(of, |days| single(month(days)))
            }
            Meaning::Span(from, to) => self.span(from, to),
            Meaning::Bound(..) | Meaning::Open(_) => None,
        }
    }

    /// Those of an act: "agreed to return on July 9", told at the end of July, looks back; nobody leaves out the year of a day that far
    /// ahead.
    pub(super) fn days_of_act(&self, meaning: &Meaning) -> Option<Days> {
        let days = self.days(meaning)?;
        let is_far = self.ahead && days_between(self.published, days.0) > FAR && days_between(days.0, days.1) < FEW;
        let last = is_far.then(|| Setting { ahead: false, ..*self }.days(meaning)).flatten();
        Some(last.filter(|last| days_between(last.1, self.published) < NEAR).unwrap_or(days))
    }

    fn weekday(&self, weekday: Weekday, week: Option<i32>) -> Option<Date> {
        let published = self.published;
        let Some(week) = week else {
            let since = i32::from(published.weekday().since(weekday));
            return later(published, Unit::Day, if self.ahead { (7 - since) % 7 } else { -since });
        };
        let day = later(monday(published)?, Unit::Day, 7 * week + i32::from(weekday.to_monday_zero_offset()))?;
        // "last Monday" said on a Thursday is of this week; nobody says it of yesterday.
        let is_nearer = week == -1 && later(day, Unit::Day, 8)? < published;
        if is_nearer { later(day, Unit::Day, 7) } else { Some(day) }
    }

    fn day_of_month(&self, day: i8, weekday: Weekday) -> Option<Days> {
        let in_month = |steps: i32| {
            let first = later(self.published.first_of_month(), Unit::Month, steps)?;
            Date::new(first.year(), first.month(), day).ok()
        };
        // This month comes first, whatever the tense; within two years a day meets every weekday.
        let mut months = (0..24).map(|step| if self.ahead { step } else { -step });
        single(months.find_map(|step| in_month(step).filter(|date| date.weekday() == weekday)))
    }

    /// Whether the tense allows it.
    fn fits(&self, (start, end): Days) -> bool {
        if self.ahead { end >= self.published } else { start <= self.published }
    }

    /// The one of what the years have that is meant.
    fn in_year(&self, year: YearOf, of_year: impl Fn(i16) -> Vec<Days>) -> Option<Days> {
        let this = i32::from(self.published.year());
        let at = |step: i32| i16::try_from(this + step).map_or_else(|_| Vec::new(), &of_year).into_iter();
        // Leap days are at most eight years apart.
        let mut back = (-8..=1).rev().flat_map(|step| at(step).rev());
        let mut on = (-1..=8).flat_map(at);
        match year {
            YearOf::Number(year) => of_year(year).into_iter().next(),
            YearOf::Away(steps) => at(steps).next(),
            YearOf::Nearest if self.ahead => on.find(|days| self.fits(*days)),
            YearOf::Nearest => back.find(|days| self.fits(*days)),
            YearOf::Last => back.find(|days| days.1 < self.published),
            YearOf::Next => on.find(|days| days.0 > self.published),
        }
    }

    fn named(&self, rule: &DayRule, year: YearOf) -> Option<Days> {
        self.in_year(year, |year| self.calendar.in_year(rule, year))
    }

    /// `part` of the days meant; where those are of this year and the tense does not allow the part, of the year before or after.
    fn nearest(&self, of: &Meaning, part: impl Fn(Days) -> Option<Days>) -> Option<Days> {
        let found = part(self.days(of)?)?;
        match of {
            Meaning::AnyYear if !self.fits(found) => {
                part(whole(Unit::Year, self.published, if self.ahead { 1 } else { -1 })?)
            }
            _ => Some(found),
        }
    }

    fn stretch(&self, unit: Unit, count: i32) -> Option<Days> {
        let published = self.published;
        if matches!(unit, Unit::Quarter | Unit::Half | Unit::Decade | Unit::Weekend) {
            let (first, last) = if count < 0 { (count, -1) } else { (1, count) };
            return Some((whole(unit, published, first)?.0, whole(unit, published, last)?.1));
        }
        let other = later(published, unit, count)?;
        Some(if count < 0 { (other, published) } else { (published.tomorrow().ok()?.min(other), other) })
    }

    /// "a year later": as exact as the date told before it, but no more than its own unit.
    fn since_told(&self, unit: Unit, count: i32) -> Option<Days> {
        // "the next day" is counted from a day, or from a few.
        let is_near = |days: &Days| unit == Unit::Year || days_between(days.0, days.1) <= 31;
        let (start, end) = self.told.filter(is_near).unwrap_or((self.published, self.published));
        match unit {
            // "the same week" is all of it.
            Unit::Week | Unit::Weekend | Unit::Month | Unit::Year if count == 0 => whole(unit, start, 0),
            Unit::Hour | Unit::Day | Unit::Week => Some((later(start, unit, count)?, later(end, unit, count)?)),
            Unit::Month | Unit::Year if start == end => single(later(start, unit, count)),
            _ => whole(unit, start, count),
        }
    }

    fn part(&self, part: Part, (start, end): Days) -> Option<Days> {
        let cut = |numerator: i64, denominator: i64| -> Option<Date> {
            let (n_days, n_months) = (days_between(start, end) + 1, months_between(start, end));
            // Years are cut between months, all else between days.
            if n_months >= 12 {
                return later(start, Unit::Month, i32::try_from(n_months * numerator / denominator).ok()?);
            }
            later(start, Unit::Day, i32::try_from(n_days * numerator / denominator).ok()?)
        };
        let before = |date: Option<Date>| date?.yesterday().ok();
        // Weeks and months have a first and a second half, years a beginning, a middle and an end.
        let is_short = months_between(start, end) < 12;
        Some(match part {
            Part::Beginning if is_short => (start, before(cut(1, 2))?),
            Part::End if is_short => (cut(1, 2)?, end),
            Part::Middle if is_short => (cut(3, 10)?, before(cut(2, 3))?),
            Part::Early => (start, before(cut(1, 2))?),
            Part::Late => (cut(1, 2)?, end),
            Part::Beginning => (start, before(cut(1, 3))?),
            Part::Middle => (cut(1, 3)?, before(cut(2, 3))?),
            Part::End => (cut(2, 3)?, end),
            Part::Before => (start, end.min(self.published)),
            Part::Rest if (start..=end).contains(&self.published) => (self.published, end),
            Part::Rest => (start, end),
        })
    }

    fn span(&self, from: &Meaning, to: &Meaning) -> Option<Days> {
        let (first, last) = match to {
            // "from next Monday to Friday": the Friday after that Monday.
            Meaning::Weekday(weekday, None) => {
                let first = self.days(from)?.0;
                (first, later(first, Unit::Day, i32::from(weekday.since(first.weekday())))?)
            }
            // "between now and May", "from March to date".
            Meaning::Day(0) => (Setting { ahead: false, ..*self }.days(from)?.0, self.published),
            _ if *from == Meaning::Day(0) => (self.published, Setting { ahead: true, ..*self }.days(to)?.1),
            _ if let Some(around) = self.around(from, to) => around,
            _ => (self.days(from)?.0, self.days(to)?.1),
        };
        let is_told = matches!(to, Meaning::Date(YearOf::Number(_), ..) | Meaning::Month(YearOf::Number(_), _));
        // "from December to February": one of the two is of another year.
        Some(match first <= last {
            true => (first, last),
            false if self.ahead && !is_told => (first, later(last, Unit::Year, 1)?),
            false => (later(first, Unit::Year, -1)?, last),
        })
    }

    /// The months or days of a year from one to the other, where they go on at publication.
    fn around(&self, from: &Meaning, to: &Meaning) -> Option<Days> {
        let is_near = |meaning: &Meaning| {
            matches!(meaning, Meaning::Date(YearOf::Nearest, ..) | Meaning::Month(YearOf::Nearest, _))
        };
        let first = Setting { ahead: false, ..*self }.days(from).filter(|_| is_near(from))?.0;
        let last = Setting { ahead: true, ..*self }.days(to).filter(|_| is_near(to))?.1;
        (later(first, Unit::Year, 1)? > last).then_some((first, last))
    }
}

fn single(date: Option<Date>) -> Option<Days> {
    date.map(|date| (date, date))
}

/// The day so many units later, or earlier; `None` beyond the calendar.
pub(super) fn later(date: Date, unit: Unit, count: i32) -> Option<Date> {
    let times = |n: i32| count.checked_mul(n);
    let span = match unit {
        // Nobody knows at what hour an article was published.
        Unit::Hour => Span::new().try_days(count / 24),
        Unit::Day => Span::new().try_days(count),
        Unit::Week | Unit::Weekend => Span::new().try_days(times(7)?),
        Unit::Month => Span::new().try_months(count),
        Unit::Quarter => Span::new().try_months(times(3)?),
        Unit::Half => Span::new().try_months(times(6)?),
        Unit::Year => Span::new().try_years(count),
        Unit::Decade => Span::new().try_years(times(10)?),
    };
    let span = span.ok()?;
    date.checked_add(span).ok().filter(|date| date.year() >= 0)
}

fn away(date: Date, amounts: &[(Unit, i32)]) -> Option<Date> {
    amounts.iter().try_fold(date, |date, (unit, count)| later(date, *unit, *count))
}

fn monday(date: Date) -> Option<Date> {
    later(date, Unit::Day, -i32::from(date.weekday().to_monday_zero_offset()))
}

/// From a Friday to the Sunday after it, from the Saturday before a Monday to it.
fn weekend_of(day: Date) -> Option<Days> {
    let days = |from: i32, to: i32| Some((later(day, Unit::Day, from)?, later(day, Unit::Day, to)?));
    match i32::from(day.weekday().to_monday_zero_offset()) {
        since @ 0..=1 => days(-2 - since, 0),
        since @ 2..=5 => days(0, 6 - since),
        _ => days(-1, 0),
    }
}

/// The unit around `date`, or so many after it.
pub(super) fn whole(unit: Unit, date: Date, steps: i32) -> Option<Days> {
    let (first, n_units) = match unit {
        Unit::Hour | Unit::Day => (date, Unit::Day),
        Unit::Week => (monday(date)?, Unit::Week),
        Unit::Weekend => (later(monday(date)?, Unit::Day, 5)?, Unit::Week),
        Unit::Month => (date.first_of_month(), Unit::Month),
        Unit::Quarter => (Date::new(date.year(), (date.month() - 1) / 3 * 3 + 1, 1).ok()?, Unit::Quarter),
        Unit::Half => (Date::new(date.year(), (date.month() - 1) / 6 * 6 + 1, 1).ok()?, Unit::Half),
        Unit::Year => (date.first_of_year(), Unit::Year),
        Unit::Decade => (Date::new(date.year() / 10 * 10, 1, 1).ok()?, Unit::Decade),
    };
    let start = later(first, n_units, steps)?;
    let end =
        if unit == Unit::Weekend { start.tomorrow().ok()? } else { later(start, n_units, 1)?.yesterday().ok()? };
    Some((start, end))
}

/// The first, second … or last unit of a longer time. A week belongs to the time that its Thursday lies in.
fn nth_unit(nth: i32, unit: Unit, (start, end): Days) -> Option<Days> {
    let inside = |days: Days| {
        let marker = if unit == Unit::Week { later(days.0, Unit::Day, 3)? } else { days.0 };
        (start..=end).contains(&marker).then_some(days)
    };
    if nth < 0 {
        let last = inside(whole(unit, end, 0)?).is_some();
        return inside(whole(unit, end, nth + i32::from(last))?);
    }
    let first = inside(whole(unit, start, 0)?).is_some();
    inside(whole(unit, start, nth - i32::from(first))?)
}

fn days_between(start: Date, end: Date) -> i64 {
    start.until(end).map_or(0, |span| i64::from(span.get_days()))
}

/// How many whole months there are from the first day to the last.
fn months_between(start: Date, end: Date) -> i64 {
    let months = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
    if start.day() == 1 { months(end) - months(start) + i64::from(end == end.last_of_month()) } else { 0 }
}
