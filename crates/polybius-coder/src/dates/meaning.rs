//! What an expression of time means, before anything is counted.

use jiff::civil::Weekday;
use polybius_codebook::DayRule;

/// The meaning of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// So many days from publication.
    Day(i32),
    /// A weekday: the nearest one that the tense allows, or the one of a week counted from this one.
    Weekday(Weekday, Option<i32>),
    /// The first, second … such weekday after publication; before it, if negative.
    WeekdaysAway(Weekday, i32),
    /// A day of some month.
    Date(YearOf, i8, i8),
    /// A day of the nearest month in which it is this weekday.
    DayOfMonth(i8, Weekday),
    /// A month.
    Month(YearOf, i8),
    /// The years from the first to the last.
    Years(i16, i16),
    /// The week, month or year so many away.
    Unit(Unit, i32),
    /// The year that the tense allows for a part of it.
    AnyYear,
    /// The weekend that the tense allows.
    Weekend,
    /// The days from a day to the weekend that it adjoins, or that it lies in.
    WeekendOf(Box<Meaning>),
    /// The weekday of the week that a day lies in.
    WeekdayOf(Weekday, Box<Meaning>),
    /// The next one, whatever the tense.
    Ahead(Box<Meaning>),
    /// So many units up to publication if negative, else after it.
    Stretch(Unit, i32),
    /// From publication on for so long at most.
    Within(Vec<(Unit, i32)>),
    /// So far from a day, from publication if there is none.
    Away(Vec<(Unit, i32)>, Option<Box<Meaning>>),
    /// So far from the date that the article told last.
    FromTold(Unit, i32),
    /// A day that has a name.
    Named(DayRule, YearOf),
    /// A part of a longer time.
    Part(Part, Box<Meaning>),
    /// The first, second … or, if negative, last unit of a longer time.
    Nth(i32, Unit, Box<Meaning>),
    /// The first, second … or last such weekday of a month.
    NthWeekday(i32, Weekday, Box<Meaning>),
    /// From one to the other.
    Span(Box<Meaning>, Box<Meaning>),
    /// Bounded on one side.
    Bound(Bound, Box<Meaning>),
    /// What no day can be told from, and why not.
    Open(&'static str),
}

/// Which year a month or day is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YearOf {
    /// The nearest that the tense allows.
    Nearest,
    /// This one.
    Number(i16),
    /// So many years from publication.
    Away(i32),
    /// That of the last one before publication.
    Last,
    /// That of the next one after it.
    Next,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Its first half.
    Early,
    /// Its second half.
    Late,
    /// Its first third.
    Beginning,
    Middle,
    /// Its last third.
    End,
    /// What of it had passed at publication.
    Before,
    /// What is left of it.
    Rest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Since,
    /// "starting": from a day on, which may be to come.
    From,
    After,
    Before,
    /// "by", "until": a deadline.
    By,
}
