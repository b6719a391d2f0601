//! From words to a meaning: phrases that name one time. Each reader takes the words from where a phrase may begin, in lower case, and
//! tells how many of them it is.

use polybius_codebook::Calendar;

use super::meaning::{Meaning, Part, Unit, YearOf};
use super::vocabulary::{count, day_number, decade, month, ordinal, unit, weekday, year};

/// How many words, and what they mean.
pub(super) type Read = Option<(usize, Meaning)>;

/// The longest phrase that begins at the first word. `dated` tells that the word before it dates ("in", "since"): then a bare number
/// can be a year, and "may" a month.
pub(super) fn phrase(calendar: &Calendar, words: &[&str], dated: bool) -> Read {
    let readings = [
        simple(calendar, words, dated),
        part(calendar, words),
        nth(calendar, words),
        quarter(words),
        away(calendar, words),
    ];
    longest(readings)
}

/// Phrases that hold no other.
fn simple(calendar: &Calendar, words: &[&str], dated: bool) -> Read {
    let readings = [
        day(words),
        step(words),
        told(words),
        weekday_phrase(words),
        date(words, dated),
        years(words, dated),
        named(calendar, words),
    ];
    longest(readings)
}

/// The longest; of equally long ones the first.
fn longest<const N: usize>(readings: [Read; N]) -> Read {
    readings.into_iter().flatten().reduce(|best, one| if one.0 > best.0 { one } else { best })
}

/// The words from `at` on; none beyond the end.
pub(super) fn from<'s, 'w>(words: &'s [&'w str], at: usize) -> &'s [&'w str] {
    words.get(at..).unwrap_or_default()
}

/// 1 if the word at `at` is one of `these`, to step over it.
pub(super) fn skip(words: &[&str], at: usize, these: &[&str]) -> usize {
    usize::from(words.get(at).is_some_and(|word| these.contains(word)))
}

/// "today", "yesterday morning", "last night", "the day before yesterday".
fn day(words: &[&str]) -> Read {
    let the = skip(words, 0, &["the"]);
    match from(words, the) {
        ["day", "before", "yesterday", ..] => return Some((the + 3, Meaning::Day(-2))),
        ["day", "after", "tomorrow", ..] => return Some((the + 3, Meaning::Day(2))),
        _ => {}
    }
    let (n_words, days) = match words {
        ["last", "night", ..] | ["last", "evening", ..] => return Some((2, Meaning::Day(-1))),
        ["this", "morning" | "afternoon" | "evening" | "day", ..] => return Some((2, Meaning::Day(0))),
        ["today" | "tonight" | "overnight", ..] => (1, 0),
        ["yesterday", ..] => (1, -1),
        ["tomorrow", ..] => (1, 1),
        _ => return None,
    };
    Some((n_words + of_day(words, n_words), Meaning::Day(days)))
}

/// How many words tell the part of the day: "morning".
fn of_day(words: &[&str], at: usize) -> usize {
    skip(words, at, &["morning", "afternoon", "evening", "night"])
}

/// How many units "last", "this" and "next" are away.
fn steps(word: &str) -> Option<i32> {
    Some(match word {
        "last" | "past" | "previous" => -1,
        "this" | "current" => 0,
        "next" | "coming" | "upcoming" | "following" => 1,
        _ => return None,
    })
}

/// "last week", "next month", "this year", "the past three weeks", "over the weekend".
fn step(words: &[&str]) -> Read {
    let the = skip(words, 0, &["the"]);
    if words.get(the) == Some(&"weekend") {
        return Some((the + 1, Meaning::Weekend));
    }
    let steps = steps(words.get(the)?)?;
    if let Some(unit) = words.get(the + 1).and_then(|word| unit(word)) {
        let long = matches!(words[the], "past") && the == 1 && unit != Unit::Weekend;
        return match unit {
            Unit::Hour => None,
            Unit::Day => Some((the + 2, Meaning::Day(steps))),
            // "the past week" ends now; "last week" ended on Sunday.
            _ if long => Some((the + 2, Meaning::Stretch(unit, -1))),
            _ => Some((the + 2, Meaning::Unit(unit, steps))),
        };
    }
    let (n_words, many) = count(from(words, the + 1)).filter(|_| steps != 0)?;
    let unit = unit(words.get(the + 1 + n_words)?)?;
    Some((the + n_words + 2, Meaning::Stretch(unit, steps * many)))
}

/// "the next day", "a year later", "two days earlier", "the night before".
fn told(words: &[&str]) -> Read {
    match words {
        ["the", "next" | "following", "day" | "morning" | "night", ..] => {
            return Some((3, Meaning::FromTold(Unit::Day, 1)));
        }
        ["the", "day" | "night" | "evening", "before" | "earlier", ..] => {
            return Some((3, Meaning::FromTold(Unit::Day, -1)));
        }
        ["the", "previous", "day" | "night" | "evening", ..] => return Some((3, Meaning::FromTold(Unit::Day, -1))),
        ["the", "following", word, ..] => return Some((3, Meaning::FromTold(unit(word)?, 1))),
        ["the", "week" | "month" | "year", "before", ..] => return Some((3, Meaning::FromTold(unit(words[1])?, -1))),
        ["that", "day" | "night", ..] => return Some((2, Meaning::FromTold(Unit::Day, 0))),
        _ => {}
    }
    let (n_words, many) = count(words)?;
    let unit = unit(words.get(n_words)?)?;
    match *words.get(n_words + 1)? {
        "later" => Some((n_words + 2, Meaning::FromTold(unit, many))),
        "earlier" => Some((n_words + 2, Meaning::FromTold(unit, -many))),
        _ => None,
    }
}

/// "Monday", "last Friday", "Friday next week", "Thursday the 21st", "Monday, January 12".
fn weekday_phrase(words: &[&str]) -> Read {
    if let Some(step) = words.first().and_then(|word| steps(word)) {
        if let Some(day) = words.get(1).and_then(|word| weekday(word)) {
            return Some((2 + of_day(words, 2), Meaning::Weekday(day, Some(step))));
        }
        let on = 2 + skip(words, 2, &["on"]);
        let day = (words.get(1) == Some(&"week")).then(|| weekday(words.get(on)?)).flatten()?;
        return Some((on + 1, Meaning::Weekday(day, Some(step))));
    }
    let day = weekday(words.first()?)?;
    let comma = 1 + skip(words, 1, &[","]);
    if let Some((n_words, date @ Meaning::Date(..))) = date(from(words, comma), false) {
        return Some((comma + n_words, date));
    }
    if let ["the", rest @ ..] = from(words, 1)
        && let Some((n_words, number)) = day_number(rest)
    {
        return Some((2 + n_words, Meaning::DayOfMonth(number)));
    }
    let of = 1 + skip(words, 1, &["of"]);
    if let (Some(step), Some(&"week")) = (words.get(of).and_then(|word| steps(word)), words.get(of + 1)) {
        return Some((of + 2, Meaning::Weekday(day, Some(step))));
    }
    Some((1 + of_day(words, 1), Meaning::Weekday(day, None)))
}

/// "October", "last October", "Oct. 11", "11 October 2024", "the 3rd of May", "February this year".
fn date(words: &[&str], dated: bool) -> Read {
    if let Some(step) = words.first().and_then(|word| steps(word)) {
        let (number, _) = month(words.get(1)?)?;
        let year = [YearOf::Last, YearOf::Away(0), YearOf::Next][(step + 1) as usize];
        return Some((2, Meaning::Month(year, number)));
    }
    let the = skip(words, 0, &["the"]);
    if let Some((n_words, day)) = day_number(from(words, the)) {
        let of = the + n_words + skip(words, the + n_words, &["of"]);
        if let Some((number, _)) = words.get(of).and_then(|word| month(word)) {
            let (n_year, year) = year_of(from(words, of + 1));
            return Some((of + 1 + n_year, Meaning::Date(year, number, day)));
        }
        if let (["of", word, "month", ..], 1..) = (from(words, the + n_words), n_words) {
            let step = steps(word)?;
            let month = Box::new(Meaning::Unit(Unit::Month, step));
            return Some((the + n_words + 3, Meaning::Nth(i32::from(day), Unit::Day, month)));
        }
        return None;
    }
    let of = if let ["month", "of", ..] = from(words, the) { the + 2 } else { 0 };
    let (number, only) = month(words.get(of)?)?;
    let rest = from(words, of + 1);
    let the = skip(rest, 0, &["the"]);
    if let Some((n_words, day)) = day_number(from(rest, the)).filter(|_| of == 0)
        && rest.get(the + n_words).is_none_or(|word| unit(word).is_none())
    {
        let (n_year, year) = year_of(from(rest, the + n_words));
        return Some((1 + the + n_words + n_year, Meaning::Date(year, number, day)));
    }
    let (n_year, year) = year_of(rest);
    (only || dated || of > 0 || n_year > 0).then_some((of + 1 + n_year, Meaning::Month(year, number)))
}

/// The year after a month or day: ", 2024", "of 2024", "this year", "of last year".
fn year_of(words: &[&str]) -> (usize, YearOf) {
    let of = skip(words, 0, &["of", ",", "in"]);
    if let Some(year) = words.get(of).and_then(|word| year(word)) {
        return (of + 1, YearOf::Number(year));
    }
    match (words.get(of).and_then(|word| steps(word)), words.get(of + 1)) {
        (Some(step), Some(&"year")) => (of + 2, YearOf::Away(step)),
        _ => (0, YearOf::Nearest),
    }
}

/// "2014" after a word that dates, "the 1990s", "the 19th century", "the year 2020"; a fiscal year is left open.
fn years(words: &[&str], dated: bool) -> Read {
    let the = skip(words, 0, &["the"]);
    let rest = from(words, the);
    match rest {
        ["fiscal" | "financial", "year", word, ..] if year(word).is_some() => {
            return Some((the + 3, Meaning::Open("a fiscal year begins when its country says")));
        }
        ["fiscal", word, ..] if year(word).is_some() => {
            return Some((the + 2, Meaning::Open("a fiscal year begins when its country says")));
        }
        ["year", word, ..] => return year(word).map(|year| (the + 2, Meaning::Years(year, year))),
        ["spring" | "summer" | "autumn" | "fall" | "winter", ..] if the == 1 && dated => {
            return Some((2, Meaning::Open("a season falls when its hemisphere says")));
        }
        _ => {}
    }
    let first = *rest.first()?;
    // "the 1990's" is two words.
    if let (1, ["'s" | "’s", ..], Some(year)) = (the, from(rest, 1), year(first).filter(|year| year % 10 == 0)) {
        return Some((3, Meaning::Years(year, year + 9)));
    }
    if let Some((from, to)) = decade(first).filter(|_| the == 1 || first.starts_with(|c: char| c.is_ascii_digit())) {
        return Some((the + 1, Meaning::Years(from, to)));
    }
    if let Some((n_words, nth)) = ordinal(rest).filter(|(n_words, _)| rest.get(*n_words) == Some(&"century")) {
        let to = i16::try_from(nth).ok().filter(|nth| (1..=99).contains(nth))? * 100;
        return Some((the + n_words + 1, Meaning::Years(to - 100, to - 1)));
    }
    (dated && the == 0).then(|| year(first)).flatten().map(|year| (1, Meaning::Years(year, year)))
}

/// "Christmas", "Easter 2019", "Eid al-Fitr", "last Christmas".
fn named(calendar: &Calendar, words: &[&str]) -> Read {
    let step = words.first().and_then(|word| steps(word));
    let start = usize::from(step.is_some());
    let (n_words, rule) = calendar.named(from(words, start))?;
    let (n_year, year) = year_of(from(words, start + n_words));
    let year = match step {
        Some(-1) => YearOf::Last,
        Some(1) => YearOf::Next,
        Some(_) => YearOf::Away(0),
        None => year,
    };
    Some((start + n_words + n_year, Meaning::Named(rule.clone(), year)))
}

/// "early 2024", "at the beginning of March", "late last year", "mid-October", "the rest of the week", "later this month".
fn part(calendar: &Calendar, words: &[&str]) -> Read {
    let the = skip(words, 0, &["the"]);
    let (n_words, part) = match from(words, the) {
        ["early", "in", ..] => (2, Part::Early),
        ["late", "in", ..] => (2, Part::Late),
        ["early", ..] => (1, Part::Early),
        ["late", ..] => (1, Part::Late),
        ["mid", "-", ..] => (2, Part::Middle),
        [word, ..] if word.starts_with("mid-") => return mid(word, the, words),
        ["later", "in", ..] => (2, Part::Rest),
        ["later", "this", ..] => (1, Part::Rest),
        ["earlier", "in", ..] => (2, Part::Before),
        ["earlier", "this", ..] => (1, Part::Before),
        ["beginning" | "start", "of", ..] => (2, Part::Beginning),
        ["middle", "of", ..] => (2, Part::Middle),
        ["end", "of", ..] => (2, Part::End),
        ["rest" | "remainder", "of", ..] => (2, Part::Rest),
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
        return Some((the + 1, Meaning::Unit(unit, 0)));
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
fn nth(calendar: &Calendar, words: &[&str]) -> Read {
    let the = skip(words, 0, &["the"]);
    let (n_words, nth) = match words.get(the) {
        Some(&"last" | &"final") if the == 1 => (1, -1),
        _ => ordinal(from(words, the))?,
    };
    let at = the + n_words;
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
            Some((at + 1, Meaning::Nth(nth, unit, Box::new(Meaning::Unit(Unit::Year, 0)))))
        }
        _ => None,
    }
}

/// "Q3 2016", "2016 Q3", "H1", "Q2 this year".
fn quarter(words: &[&str]) -> Read {
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
    let (n_year, year) = year_of(from(words, 1));
    let whole = match year {
        YearOf::Number(year) => Meaning::Years(year, year),
        YearOf::Away(steps) => Meaning::Unit(Unit::Year, steps),
        _ if unit == Unit::Half => return None,
        _ => Meaning::Unit(Unit::Year, 0),
    };
    Some((1 + n_year, Meaning::Nth(nth, unit, Box::new(whole))))
}

/// "three years ago", "in two days", "1 month and 21 days ago", "two weeks from tomorrow", "two days after Christmas"; "for three days"
/// only tells how long.
fn away(calendar: &Calendar, words: &[&str]) -> Read {
    let first = *words.first()?;
    let start = usize::from(matches!(first, "in" | "for"));
    let (n_words, mut amounts) = self::amounts(from(words, start))?;
    let at = start + n_words;
    let rest = from(words, at);
    let backward = |amounts: &mut Vec<(Unit, i32)>| amounts.iter_mut().for_each(|(_, count)| *count = -*count);
    if start == 0 {
        match rest {
            ["ago", ..] => {
                backward(&mut amounts);
                return Some((at + 1, Meaning::Away(amounts, None)));
            }
            ["from" | "after", "now" | "today", ..] => return Some((at + 2, Meaning::Away(amounts, None))),
            ["from" | "after" | "before", ..] => {
                let (length, base) = simple(calendar, from(words, at + 1), true)?;
                if rest[0] == "before" {
                    backward(&mut amounts);
                }
                return Some((at + 1 + length, Meaning::Away(amounts, Some(Box::new(base)))));
            }
            _ => return None,
        }
    }
    if first == "for" {
        return Some((at, Meaning::Open("a length of time, not a day")));
    }
    // "in two years of war" is no date.
    let stands_alone = !matches!(rest.first(), Some(&("of" | "since" | "-")));
    let is_day = !amounts.iter().any(|(unit, _)| *unit == Unit::Hour);
    (stands_alone && is_day).then_some((at, Meaning::Away(amounts, None)))
}

/// "three weeks", "1 year, 2 months and 3 days".
pub(super) fn amounts(words: &[&str]) -> Option<(usize, Vec<(Unit, i32)>)> {
    let mut amounts = Vec::new();
    let mut at = 0;
    while amounts.len() < 4 {
        let and = if amounts.is_empty() { 0 } else { skip(words, at, &["and", ","]) };
        let Some((n_words, many)) = count(from(words, at + and)) else { break };
        let Some(&word) = words.get(at + and + n_words) else { break };
        let (unit, many) = match word {
            "fortnight" => (Unit::Week, 2 * many),
            word => match unit(word) {
                Some(unit) => (unit, many),
                None => break,
            },
        };
        amounts.push((unit, many));
        at += and + n_words + 1;
    }
    (!amounts.is_empty()).then_some((at, amounts))
}
