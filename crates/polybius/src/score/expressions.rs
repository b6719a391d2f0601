//! Expressions of time in articles against TIMEX3 values that readers give, as TempEval-3 compares them.
//!
//! Dates and times of day are scored, the latter by their day. Lengths of time, repetitions, "now" and "recently", and what no reader can
//! tell, are no day: they are counted apart, and what the program reads there is neither right nor wrong. An expression is found if its
//! words overlap; its value is right if it is the same days, or, of "early June", those of the same month.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use polybius_coder::time_values;
use polybius_document::Article;
use polybius_nlp::coref_score::Found;

use crate::Pipeline;

/// An expression that readers marked.
#[derive(Debug, Clone)]
pub struct LabelledTime {
    /// Its words, single spaces between them.
    pub words: String,
    /// Which of their occurrences in the article it is, from 1.
    pub nth: usize,
    /// DATE, TIME, DURATION or SET.
    pub kind: String,
    /// As TIMEX3 writes it; `?` if no reader can tell.
    pub value: String,
}

/// How many are found, and found with the right value; how many are not scored, reason by reason.
#[derive(Debug, Clone, Default)]
pub struct TimeScores {
    found: Found,
    value: Found,
    unscored: BTreeMap<&'static str, usize>,
    /// The wrong ones, for a person.
    pub wrong: Vec<String>,
}

impl TimeScores {
    /// Scores one article.
    ///
    /// # Errors
    /// A label whose words the article has not so often, or whose value is none of TIMEX3.
    pub fn add(&mut self, article: Article, labels: &[LabelledTime], pipeline: &Pipeline) -> Result<(), String> {
        let text = article.text.clone();
        let mut places = Vec::new();
        for label in labels {
            let (words, nth) = (&label.words, label.nth);
            let place =
                place(&text, words, nth).ok_or_else(|| format!("`{words}` does not stand there {nth} times"))?;
            let days = days_of(label).map_err(|value| format!("`{value}` is no value of TIMEX3"))?;
            places.push((place, days, label));
        }
        let document = pipeline.annotate(article);
        let read = time_values(&document, &pipeline.codebook);
        let overlap = |one: &Range<usize>, other: &Range<usize>| one.start < other.end && other.start < one.end;
        let count = |is: bool| if is { 1.0 } else { 0.0 };
        for (place, days, label) in &places {
            let days = match days {
                Ok(days) => *days,
                Err(reason) => {
                    *self.unscored.entry(reason).or_default() += 1;
                    continue;
                }
            };
            let here = read.iter().find(|(span, _)| overlap(&span.range(), place));
            let got = here.and_then(|(_, days)| *days);
            // "from 3 to 5 June" is one expression of ours and two of theirs.
            let is_end = |got: (Date, Date)| {
                let others = places.iter().filter(|(other, ..)| {
                    other != place && here.is_some_and(|(span, _)| overlap(&span.range(), other))
                });
                others.clone().next().is_some() && (got.0 == days.0 || got.1 == days.1)
            };
            let right = got.is_some_and(|got| got == days || is_end(got));
            self.found += Found { gold_right: count(got.is_some()), gold: 1.0, ..Found::default() };
            self.value += Found { gold_right: count(right), gold: 1.0, ..Found::default() };
            if !right {
                let got = got.map_or("nothing".to_owned(), |(start, end)| format!("{start}/{end}"));
                self.wrong.push(format!("“{}” {} is {}, not {got}", label.words, around(&text, place), label.value));
            }
        }
        for (span, days) in &read {
            let Some(got) = days else { continue };
            let here: Vec<_> = places.iter().filter(|(place, ..)| overlap(&span.range(), place)).collect();
            if !here.is_empty() && here.iter().all(|(_, days, _)| days.is_err()) {
                continue;
            }
            let days = || here.iter().filter_map(|(_, days, _)| days.ok());
            let right = days().any(|days| days == *got)
                || (here.len() > 1 && days().any(|days| days.0 == got.0) && days().any(|days| days.1 == got.1));
            self.found += Found { system_right: count(!here.is_empty()), system: 1.0, ..Found::default() };
            self.value += Found { system_right: count(right), system: 1.0, ..Found::default() };
            if here.is_empty() {
                let words = &text[span.range()];
                self.wrong.push(format!("“{words}” {} is none, not {}/{}", around(&text, &span.range()), got.0, got.1));
            }
        }
        Ok(())
    }

    /// Expressions found, and those of the right value.
    pub fn sums(&self) -> (&Found, &Found) {
        (&self.found, &self.value)
    }
}

impl fmt::Display for TimeScores {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unscored: Vec<String> = self.unscored.iter().map(|(reason, n)| format!("{n} {reason}")).collect();
        writeln!(formatter, "not scored    {}", unscored.join(", "))
    }
}

/// Where the words stand for the nth time, however white space parts them.
fn place(text: &str, words: &str, nth: usize) -> Option<Range<usize>> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.filter_map(|start| Some(start..start + length(&text[start..], words)?)).nth(nth - 1)
}

/// How long `words` are where `text` begins with them.
fn length(text: &str, words: &str) -> Option<usize> {
    let mut rest = text;
    for (n, word) in words.split(' ').enumerate() {
        let trimmed = if n > 0 { rest.trim_start() } else { rest };
        if n > 0 && trimmed.len() == rest.len() {
            return None;
        }
        rest = trimmed.strip_prefix(word)?;
    }
    Some(text.len() - rest.len())
}

fn around(text: &str, place: &Range<usize>) -> String {
    let start = text[..place.start].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    let end = text[place.end..].char_indices().nth(30).map_or(text.len(), |(at, _)| place.end + at);
    format!("in “{}”", text[start..end].replace('\n', " "))
}

/// The first and last day of the value, or why it is not scored.
fn days_of(label: &LabelledTime) -> Result<Result<(Date, Date), &'static str>, String> {
    let value = label.value.as_str();
    Ok(Err(match (label.kind.as_str(), value) {
        (_, "?") => "that nobody can tell",
        ("DURATION", _) => "lengths of time",
        ("SET", _) => "repetitions",
        (_, "PRESENT_REF" | "PAST_REF" | "FUTURE_REF") => "of now, the past or the future",
        _ => return days(value).map(Ok).ok_or_else(|| value.to_owned()),
    }))
}

/// The first and last day of `2014-06-03`, `2014-06-03TNI`, `2014-W23`, `2014-W23-WE`, `2014-06`, `2014-Q2`, `2014-SU`, `2014`, `199`, `19`.
fn days(value: &str) -> Option<(Date, Date)> {
    let value = value.split('T').next()?;
    let months = |year: i16, first: i8, n: i32| {
        let start = Date::new(year, first, 1).ok()?;
        Some((start, start.checked_add((n - 1).months()).ok()?.last_of_month()))
    };
    let mut parts = value.splitn(2, '-');
    let (year, rest) = (parts.next()?, parts.next());
    let number: i16 = year.parse().ok()?;
    let Some(rest) = rest else {
        let (first, n_years) = match year.len() {
            4 => (number, 1),
            3 => (number * 10, 10),
            2 => (number * 100, 100),
            _ => return None,
        };
        return Some((Date::new(first, 1, 1).ok()?, Date::new(first + n_years - 1, 12, 31).ok()?));
    };
    let season = |first: i8| months(number, first, 3);
    match rest {
        "SP" => return season(3),
        "SU" => return season(6),
        "FA" => return season(9),
        "WI" => return season(12),
        _ => {}
    }
    if let Some(quarter) = rest.strip_prefix('Q') {
        return months(number, quarter.parse::<i8>().ok()? * 3 - 2, 3);
    }
    if let Some(half) = rest.strip_prefix('H') {
        return months(number, half.parse::<i8>().ok()? * 6 - 5, 6);
    }
    if let Some(week) = rest.strip_prefix('W') {
        let (week, is_weekend) = week.strip_suffix("-WE").map_or((week, false), |week| (week, true));
        let monday = ISOWeekDate::new(number, week.parse().ok()?, Weekday::Monday).ok()?.date();
        let day = |n: i32| monday.checked_add(n.days()).ok();
        return Some((day(if is_weekend { 5 } else { 0 })?, day(6)?));
    }
    match rest.split_once('-') {
        None => months(number, rest.parse().ok()?, 1),
        Some((month, day)) => {
            let day = Date::new(number, month.parse().ok()?, day.parse().ok()?).ok()?;
            Some((day, day))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_timex_are_days() {
        let cases = [
            ("2014-06-03", "2014-06-03/2014-06-03"),
            ("2014-06-03T21:00", "2014-06-03/2014-06-03"),
            ("2014-06-03TNI", "2014-06-03/2014-06-03"),
            ("2014-W23", "2014-06-02/2014-06-08"),
            ("2014-W23-WE", "2014-06-07/2014-06-08"),
            ("2014-02", "2014-02-01/2014-02-28"),
            ("2014-Q2", "2014-04-01/2014-06-30"),
            ("2014-H2", "2014-07-01/2014-12-31"),
            ("2014-WI", "2014-12-01/2015-02-28"),
            ("1989", "1989-01-01/1989-12-31"),
            ("199", "1990-01-01/1999-12-31"),
            ("19", "1900-01-01/1999-12-31"),
        ];
        for (value, expected) in cases {
            let (start, end) = days(value).expect(value);
            assert_eq!(format!("{start}/{end}"), expected, "{value}");
        }
        for value in ["", "PRESENT_REF", "P3D", "2014-13", "2014-W60", "XXXX-10-03", "2014-Q9"] {
            assert_eq!(days(value), None, "{value}");
        }
    }

    #[test]
    fn words_stand_where_white_space_parts_them() {
        let text = "On Monday,\nJune 3, and on Monday, June  3.";
        assert_eq!(place(text, "Monday, June 3", 1), Some(3..17));
        assert_eq!(place(text, "Monday, June 3", 2), Some(26..41));
        assert_eq!(place(text, "Monday, June 3", 3), None);
    }
}
