//! When: expressions of time, found by their words and resolved against the publication date.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use polybius_document::{Document, Sentence, Span, TokenId};

use crate::{Precision, When};

/// An expression of time where it stands, not yet resolved: that takes the tense of the clause it dates.
#[derive(Debug, Clone)]
pub(crate) struct TimeExpression {
    /// Its words.
    pub(crate) tokens: Range<TokenId>,
    meaning: Meaning,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// A weekday: the nearest one the tense allows, or the one of a week counted from this one.
    Weekday(Weekday, Option<i8>),
    /// So many days from publication.
    Days(i32),
    /// The week, month or year so many away.
    Unit(Unit, i32),
    /// So many units before (negative) or after publication.
    Away(Unit, i32),
    /// A month with what else is known.
    Month { month: i8, day: Option<i8>, year: Option<i16>, part: Part },
    /// A year, or a part of it.
    Year(i16, Part),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
    Decade,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Beginning,
    Early,
    Middle,
    Late,
    End,
    /// What is left of it after publication.
    Rest,
}

/// Finds the expressions of time in `sentence`.
pub(crate) fn find(document: &Document, sentence: &Sentence) -> Vec<TimeExpression> {
    let words: Vec<String> =
        document.tokens(sentence.tokens.clone()).map(|token| token.text().to_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match longest(&words[at..]) {
            Some((n_words, meaning)) => {
                let start = TokenId::from(sentence.tokens.start.index() + at);
                found.push(TimeExpression { tokens: start..TokenId::from(start.index() + n_words), meaning });
                at += n_words;
            }
            None => at += 1,
        }
    }
    found
}

impl TimeExpression {
    /// The days meant, given when the article was published and whether the clause looks ahead.
    pub(crate) fn resolve(&self, published: Date, ahead: bool, span: Span) -> Option<When> {
        let (start, end, precision) = resolve(self.meaning, published, ahead)?;
        Some(When { start, end, precision, span: Some(span), anchor: Some(published) })
    }
}

/// The expression that begins at the first word and has most words.
fn longest(words: &[&str]) -> Option<(usize, Meaning)> {
    named_day(words)
        .or_else(|| ago(words))
        .or_else(|| relative_unit(words))
        .or_else(|| weekday_phrase(words))
        .or_else(|| month_phrase(words))
        .or_else(|| year_phrase(words))
}

fn named_day(words: &[&str]) -> Option<(usize, Meaning)> {
    let days = match *words.first()? {
        "today" | "tonight" => 0,
        "yesterday" => -1,
        "tomorrow" => 1,
        "overnight" => 0,
        _ => return None,
    };
    Some((1, Meaning::Days(days)))
}

/// "three years ago", "two weeks earlier", "in two days".
fn ago(words: &[&str]) -> Option<(usize, Meaning)> {
    let (skip, ahead) = if words.first() == Some(&"in") { (1, true) } else { (0, false) };
    let count = count(words.get(skip)?)?;
    let unit = unit(words.get(skip + 1)?)?;
    if ahead {
        // "in two years of war" is no date.
        let stands_alone = !matches!(words.get(skip + 2), Some(&"of" | &"since"));
        return stands_alone.then_some((skip + 2, Meaning::Away(unit, count)));
    }
    matches!(words.get(2), Some(&"ago" | &"earlier")).then_some((3, Meaning::Away(unit, -count)))
}

/// "last week", "next month", "earlier this year", "later this week".
fn relative_unit(words: &[&str]) -> Option<(usize, Meaning)> {
    let skip = usize::from(matches!(*words.first()?, "earlier" | "later" | "late" | "early" | "the"));
    let steps = match *words.get(skip)? {
        "last" | "past" | "previous" => -1,
        "next" | "coming" => 1,
        "this" => 0,
        _ => return None,
    };
    match *words.get(skip + 1)? {
        "morning" | "afternoon" | "evening" if steps == 0 => Some((skip + 2, Meaning::Days(0))),
        "night" | "evening" if steps == -1 => Some((skip + 2, Meaning::Days(-1))),
        word => Some((skip + 2, Meaning::Unit(unit(word)?, steps))),
    }
}

fn weekday_phrase(words: &[&str]) -> Option<(usize, Meaning)> {
    if let Some(day) = weekday(words.first()?) {
        return Some((1, Meaning::Weekday(day, None)));
    }
    let week = match words[0] {
        "last" => -1,
        "next" => 1,
        "this" => 0,
        _ => return None,
    };
    Some((2, Meaning::Weekday(weekday(words.get(1)?)?, Some(week))))
}

/// "October", "Oct. 11", "11 October 2024", "early October", "later in October".
fn month_phrase(words: &[&str]) -> Option<(usize, Meaning)> {
    if let Some(month) = month(words.first()?, words.get(1)) {
        if let Some(day) = words.get(1).and_then(|word| day_number(word)) {
            let comma = usize::from(words.get(2) == Some(&","));
            let year = words.get(2 + comma).and_then(|word| year(word));
            let n_words = if year.is_some() { 3 + comma } else { 2 };
            return Some((n_words, Meaning::Month { month, day: Some(day), year, part: Part::Whole }));
        }
        let of = usize::from(matches!(words.get(1), Some(&"of" | &",")));
        let year = words.get(1 + of).and_then(|word| year(word));
        let n_words = if year.is_some() { 2 + of } else { 1 };
        return Some((n_words, Meaning::Month { month, day: None, year, part: Part::Whole }));
    }
    if let Some(day) = day_number(words[0]) {
        let of = usize::from(words.get(1) == Some(&"of"));
        let month = month(words.get(1 + of)?, words.get(2 + of))?;
        let year = words.get(2 + of).and_then(|word| year(word));
        let n_words = 2 + of + usize::from(year.is_some());
        return Some((n_words, Meaning::Month { month, day: Some(day), year, part: Part::Whole }));
    }
    let (skip, part) = part(words)?;
    match month_phrase(&words[skip..])? {
        (n_words, Meaning::Month { month, day: None, year, .. }) => {
            Some((skip + n_words, Meaning::Month { month, day: None, year, part }))
        }
        _ => None,
    }
}

/// "2014", "early 2024", "the end of 2023". A bare number is a year only after a word that dates.
fn year_phrase(words: &[&str]) -> Option<(usize, Meaning)> {
    // "in March", "since May": beside such words even they are months.
    if matches!(words[0], "in" | "since" | "until" | "by" | "last" | "next")
        && let Some(month) = ["march", "may"].iter().position(|name| words.get(1) == Some(name))
    {
        let month = if month == 0 { 3 } else { 5 };
        return Some((2, Meaning::Month { month, day: None, year: None, part: Part::Whole }));
    }
    if matches!(words[0], "in" | "since" | "until" | "by" | "of" | "from" | "during") {
        let year = year(words.get(1)?)?;
        return Some((2, Meaning::Year(year, Part::Whole)));
    }
    let (skip, part) = part(words)?;
    Some((skip + 1, Meaning::Year(year(words.get(skip)?)?, part)))
}

/// "at the beginning of", "early", "late", "mid -", "later in".
fn part(words: &[&str]) -> Option<(usize, Part)> {
    let (at, the) = (usize::from(words[0] == "at"), |at: usize| usize::from(words.get(at) == Some(&"the")));
    let start = at + the(at);
    let (n_words, part) = match *words.get(start)? {
        "early" => (1, Part::Early),
        "late" => (1, Part::Late),
        "mid" => (1 + usize::from(words.get(start + 1) == Some(&"-")), Part::Middle),
        "later" if words.get(start + 1) == Some(&"in") => (2, Part::Rest),
        "earlier" if words.get(start + 1) == Some(&"in") => (2, Part::Whole),
        "beginning" | "start" if words.get(start + 1) == Some(&"of") => (2, Part::Beginning),
        "end" if words.get(start + 1) == Some(&"of") => (2, Part::End),
        "middle" if words.get(start + 1) == Some(&"of") => (2, Part::Middle),
        _ => return None,
    };
    Some((start + n_words, part))
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mondays" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// "may" and "march" are months only beside a number.
fn month(word: &str, next: Option<&&str>) -> Option<i8> {
    let beside = next.is_some_and(|next| day_number(next).is_some() || year(next).is_some());
    Some(match word.trim_end_matches('.') {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "may" if !beside => return None,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

fn day_number(word: &str) -> Option<i8> {
    let digits =
        word.strip_suffix("st").or(word.strip_suffix("nd")).or(word.strip_suffix("rd")).or(word.strip_suffix("th"));
    let day: i8 = digits.unwrap_or(word).parse().ok()?;
    (1..=31).contains(&day).then_some(day)
}

fn year(word: &str) -> Option<i16> {
    let year: i16 = (word.len() == 4).then(|| word.parse().ok())??;
    (1900..=2100).contains(&year).then_some(year)
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        _ => return None,
    })
}

fn count(word: &str) -> Option<i32> {
    const WORDS: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    if let Some(count) = WORDS.iter().position(|known| *known == word) {
        return Some(count as i32);
    }
    word.parse().ok().filter(|count| (1..=500).contains(count))
}

fn resolve(meaning: Meaning, published: Date, ahead: bool) -> Option<(Date, Date, Precision)> {
    match meaning {
        Meaning::Days(days) => day(published.checked_add(days.days()).ok()?),
        Meaning::Weekday(weekday, None) => {
            let since = (published.weekday().to_monday_zero_offset() - weekday.to_monday_zero_offset()).rem_euclid(7);
            let days = if ahead { (7 - since) % 7 } else { -since };
            day(published.checked_add(i32::from(days).days()).ok()?)
        }
        Meaning::Weekday(weekday, Some(week)) => {
            let monday = monday(published)?.checked_add((i32::from(week) * 7).days()).ok()?;
            let date = monday.checked_add(i32::from(weekday.to_monday_zero_offset()).days()).ok()?;
            // "last Friday" said on a Saturday is yesterday, not the week before.
            let nearest = published.checked_sub(7.days()).ok()?;
            let date = if week == -1 && date < nearest { date.checked_add(7.days()).ok()? } else { date };
            day(date)
        }
        Meaning::Unit(unit, steps) => whole(unit, published, steps),
        Meaning::Away(unit, count) => away(unit, published, count),
        Meaning::Month { month, day: None, year, part } => {
            let year = year.unwrap_or_else(|| year_of_month(month, published, ahead));
            let (start, end, precision) = month_part(Date::new(year, month, 1).ok()?, part)?;
            let start =
                if part == Part::Rest && end > published { start.max(published.tomorrow().ok()?) } else { start };
            Some((start, end, precision))
        }
        Meaning::Month { month, day: Some(number), year, .. } => match year {
            Some(year) => day(Date::new(year, month, number).ok()?),
            None => day(Date::new(year_of_month(month, published, ahead), month, number).ok()?),
        },
        Meaning::Year(year, part) => year_part(year, part),
    }
}

fn day(date: Date) -> Option<(Date, Date, Precision)> {
    Some((date, date, Precision::Day))
}

fn monday(date: Date) -> Option<Date> {
    date.checked_sub(i32::from(date.weekday().to_monday_zero_offset()).days()).ok()
}

fn whole(unit: Unit, published: Date, steps: i32) -> Option<(Date, Date, Precision)> {
    match unit {
        Unit::Day => day(published.checked_add(steps.days()).ok()?),
        Unit::Week => {
            let start = monday(published)?.checked_add((steps * 7).days()).ok()?;
            Some((start, start.checked_add(6.days()).ok()?, Precision::Week))
        }
        Unit::Month => {
            let first = published.first_of_month().checked_add(steps.months()).ok()?;
            Some((first, first.last_of_month(), Precision::Month))
        }
        Unit::Year => year_part(published.year() + i16::try_from(steps).ok()?, Part::Whole),
        Unit::Decade => {
            let end = published.checked_add((steps.max(0) * 10).years()).ok()?;
            let start = published.checked_add((steps.min(0) * 10).years()).ok()?;
            Some((start, end, Precision::Vague))
        }
    }
}

/// So long ago: the further away, the vaguer.
fn away(unit: Unit, published: Date, count: i32) -> Option<(Date, Date, Precision)> {
    match unit {
        Unit::Day => day(published.checked_add(count.days()).ok()?),
        Unit::Week => {
            let start = monday(published.checked_add((count * 7).days()).ok()?)?;
            Some((start, start.checked_add(6.days()).ok()?, Precision::Week))
        }
        Unit::Month => {
            let first = published.checked_add(count.months()).ok()?.first_of_month();
            Some((first, first.last_of_month(), Precision::Month))
        }
        Unit::Year => year_part(published.checked_add(count.years()).ok()?.year(), Part::Whole),
        Unit::Decade => {
            let middle = published.checked_add((count * 10).years()).ok()?.year();
            Some((Date::new(middle - 5, 1, 1).ok()?, Date::new(middle + 5, 12, 31).ok()?, Precision::Vague))
        }
    }
}

/// The year of a month named without one: the nearest the tense allows.
fn year_of_month(month: i8, published: Date, ahead: bool) -> i16 {
    match ahead {
        true if month < published.month() => published.year() + 1,
        false if month > published.month() => published.year() - 1,
        _ => published.year(),
    }
}

fn month_part(first: Date, part: Part) -> Option<(Date, Date, Precision)> {
    let last = first.last_of_month();
    let at = |day: i8| Date::new(first.year(), first.month(), day).ok();
    Some(match part {
        Part::Whole | Part::Rest => (first, last, Precision::Month),
        Part::Beginning | Part::Early => (first, at(10)?, Precision::Week),
        Part::Middle => (at(11)?, at(20)?, Precision::Week),
        Part::Late | Part::End => (at(21)?, last, Precision::Week),
    })
}

fn year_part(year: i16, part: Part) -> Option<(Date, Date, Precision)> {
    let (from, until, precision) = match part {
        Part::Whole | Part::Rest => (1, 12, Precision::Year),
        Part::Beginning => (1, 1, Precision::Month),
        Part::Early => (1, 3, Precision::Quarter),
        Part::Middle => (5, 8, Precision::Quarter),
        Part::Late => (10, 12, Precision::Quarter),
        Part::End => (12, 12, Precision::Month),
    };
    let end = Date::new(year, until, 1).ok()?.last_of_month();
    Some((Date::new(year, from, 1).ok()?, end, precision))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, ahead: bool, expected: &str) {
        // A Friday.
        let published = Date::new(2024, 10, 11).expect("a real day");
        let words: Vec<&str> = text.split(' ').collect();
        let found = (0..words.len()).find_map(|at| longest(&words[at..]));
        let shown = match found.and_then(|(_, meaning)| resolve(meaning, published, ahead)) {
            Some((start, end, precision)) if start == end => format!("{start} {}", precision.as_str()),
            Some((start, end, precision)) => format!("{start}/{end} {}", precision.as_str()),
            None => "none".to_owned(),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn resolves_against_publication() {
        check("met on friday", false, "2024-10-11 day");
        check("on wednesday", false, "2024-10-09 day");
        check("will meet on wednesday", true, "2024-10-16 day");
        check("last week", false, "2024-09-30/2024-10-06 week");
        check("next week", true, "2024-10-14/2024-10-20 week");
        check("last friday", false, "2024-10-04 day");
        check("three years ago", false, "2021-01-01/2021-12-31 year");
        check("later in october", true, "2024-10-12/2024-10-31 month");
        check("in november", false, "2023-11-01/2023-11-30 month");
        check("in november", true, "2024-11-01/2024-11-30 month");
        check("oct. 7 , 2023", false, "2023-10-07 day");
        check("7 october 2023", false, "2023-10-07 day");
        check("at the beginning of 2024", false, "2024-01-01/2024-01-31 month");
        check("early 2024", false, "2024-01-01/2024-03-31 quarter");
        check("in 2014", false, "2014-01-01/2014-12-31 year");
        check("yesterday", false, "2024-10-10 day");
        check("expelled him in march", false, "2024-03-01/2024-03-31 month");
    }

    #[test]
    fn leaves_other_words_alone() {
        check("protesters march through the city", false, "none");
        check("they may attack", false, "none");
        check("2014 people were killed", false, "none");
        check("one of the days", false, "none");
    }
}
