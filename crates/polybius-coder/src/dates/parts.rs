//! From words to a meaning: parts of longer times, counted or named ("early 2024", "the third week of October", "Q3").

use polybius_codebook::Calendar;

use super::meaning::{Meaning, Part, Unit, YearOf};
use super::reading::{Read, from, simple, skip, year_of};
use super::vocabulary::{count, decade, month, ordinal, unit, weekday, year};

/// "early 2024", "at the beginning of March", "late last year", "mid-October", "the rest of the week", "later this month".
pub(super) fn part(calendar: &Calendar, words: &[&str]) -> Read {
    let the = skip(words, 0, &["the"]);
    let (n_words, part) = match from(words, the) {
        ["early", "in", ..] => (2, Part::Early),
        ["late", "in", ..] => (2, Part::Late),
        ["early", ..] => (1, Part::Early),
        ["late", ..] => (1, Part::Late),
        ["mid", "-", ..] => (2, Part::Middle),
        ["mid", ..] => (1, Part::Middle),
        [word, ..] if word.starts_with("mid-") => return mid(word, the, words),
        ["later", "in", ..] => (2, Part::Rest),
        ["later", "this", ..] => (1, Part::Rest),
        ["earlier", "in", ..] => (2, Part::Before),
        ["earlier", "this", ..] => (1, Part::Before),
        ["beginning" | "start", "of", ..] => (2, Part::Beginning),
        ["middle", "of", ..] => (2, Part::Middle),
        ["end", "of", ..] => (2, Part::End),
        ["rest" | "remainder" | "remaining", "of", ..] => (2, Part::Rest),
        _ => return None,
    };
    let start = the + n_words;
    let (length, whole) = whole_time(calendar, from(words, start))?;
    Some((start + length, Meaning::Part(part, Box::new(whole))))
}

/// "mid-October", "mid-2019", written as one word.
fn mid(word: &str, the: usize, words: &[&str]) -> Read {
    let inner = word.strip_prefix("mid-")?;
    if let Some((number, _)) = month(inner) {
        let (n_year, year) = year_of(from(words, the + 1));
        return Some((the + 1 + n_year, Meaning::Part(Part::Middle, Box::new(Meaning::Month(year, number)))));
    }
    let (first, last) = decade(inner).or_else(|| year(inner).map(|year| (year, year)))?;
    Some((the + 1, Meaning::Part(Part::Middle, Box::new(Meaning::Years(first, last)))))
}

/// What has parts: "the year", "next month", "October", "2024", "the 1990s".
fn whole_time(calendar: &Calendar, words: &[&str]) -> Read {
    let the = skip(words, 0, &["the", "this", "current"]);
    if let Some(unit @ (Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade)) =
        words.get(the).and_then(|word| unit(word))
        && (the == 1 || words.get(the + 1).is_none_or(|next| next.parse::<i32>().is_err()))
    {
        let any_year = unit == Unit::Year && words.first() == Some(&"the");
        return Some((the + 1, if any_year { Meaning::AnyYear } else { Meaning::Unit(unit, 0) }));
    }
    let (n_words, meaning) = simple(calendar, words, true)?;
    let has_parts = match &meaning {
        Meaning::Month(..) | Meaning::Years(..) | Meaning::Named(..) => true,
        Meaning::Unit(unit, _) => *unit != Unit::Weekend,
        _ => false,
    };
    has_parts.then_some((n_words, meaning))
}

/// "the third week of October", "the first Friday of next month", "the second half of 2023", "the first quarter".
pub(super) fn nth(calendar: &Calendar, words: &[&str]) -> Read {
    let the = skip(words, 0, &["the"]);
    let (n_words, nth) = match words.get(the) {
        Some(&"last" | &"final") if the == 1 || words.get(2) == Some(&"of") => (1, -1),
        _ => ordinal(from(words, the))?,
    };
    let at = the + n_words;
    if let (1 | -1, Some((n_words, unit, many))) = (nth, several(from(words, at))) {
        let of = at + n_words + skip(words, at + n_words, &["of", "in"]);
        let (length, whole) = whole_time(calendar, from(words, of)).filter(|_| of > at + n_words)?;
        let one = |nth: i32| Box::new(Meaning::Nth(nth, unit, Box::new(whole.clone())));
        let (first, last) = if nth > 0 { (one(1), one(many)) } else { (one(-many), one(-1)) };
        return Some((of + length, Meaning::Span(first, last)));
    }
    let word = *words.get(at)?;
    let of = at + 1 + skip(words, at + 1, &["of", "in"]);
    let outer =
        whole_time(calendar, from(words, of)).filter(|(_, whole)| !matches!(whole, Meaning::Unit(Unit::Day, _)));
    if let Some(weekday) = weekday(word) {
        let (length, whole) = outer?;
        let is_month = matches!(whole, Meaning::Month(..) | Meaning::Unit(Unit::Month, _));
        return is_month.then(|| (of + length, Meaning::NthWeekday(nth, weekday, Box::new(whole))));
    }
    let unit = if word == "half" { Unit::Half } else { unit(word)? };
    match outer {
        Some((length, whole)) if of > at + 1 || !matches!(whole, Meaning::Named(..)) => {
            Some((of + length, Meaning::Nth(nth, unit, Box::new(whole))))
        }
        // "in the third quarter": of the year that the tense allows.
        _ if unit == Unit::Quarter && (1..=4).contains(&nth) => {
            Some((at + 1, Meaning::Nth(nth, unit, Box::new(Meaning::AnyYear))))
        }
        _ => None,
    }
}

/// "two weeks", as in "the first two weeks of 2021".
fn several(words: &[&str]) -> Option<(usize, Unit, i32)> {
    let (n_words, many) = count(words)?;
    Some((n_words + 1, unit(words.get(n_words)?)?, many))
}

/// "Q3 2016", "Q3-2016", "2016 Q3", "H1", "Q2 this year".
pub(super) fn quarter(words: &[&str]) -> Read {
    let read = |word: &str| {
        let mut letters = word.chars();
        let unit = match letters.next()? {
            'q' => Unit::Quarter,
            'h' => Unit::Half,
            _ => return None,
        };
        let nth: i32 = letters.as_str().parse().ok()?;
        (1..=if unit == Unit::Quarter { 4 } else { 2 }).contains(&nth).then_some((nth, unit))
    };
    if let (Some(year), Some((nth, unit))) = (year(words.first()?), words.get(1).and_then(|word| read(word))) {
        return Some((2, Meaning::Nth(nth, unit, Box::new(Meaning::Years(year, year)))));
    }
    let (nth, unit) = read(words[0])?;
    let dash = 1 + skip(words, 1, &["-"]);
    let (n_year, year) = year_of(from(words, dash));
    let whole = match year {
        YearOf::Number(year) => Meaning::Years(year, year),
        YearOf::Away(steps) => Meaning::Unit(Unit::Year, steps),
        _ if unit == Unit::Half => return None,
        _ => Meaning::AnyYear,
    };
    Some((if n_year > 0 { dash + n_year } else { 1 }, Meaning::Nth(nth, unit, Box::new(whole))))
}
