//! The single words of time: weekdays, months, units, numbers and years. All words are in lower case.

use crate::numbers;
use jiff::civil::Weekday;

use super::meaning::Unit;
use super::reading::ends;

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word.trim_end_matches('.') {
        "monday" | "mondays" | "mon" => Weekday::Monday,
        "tuesday" | "tuesdays" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wednesdays" => Weekday::Wednesday,
        "thursday" | "thursdays" | "thu" | "thur" | "thurs" => Weekday::Thursday,
        "friday" | "fridays" | "fri" => Weekday::Friday,
        "saturday" | "saturdays" => Weekday::Saturday,
        "sunday" | "sundays" => Weekday::Sunday,
        _ => return None,
    })
}

/// A weekday whose short form is another word too: "Sat, 14 May", "Wed 13th".
pub(super) fn short_weekday(words: &[&str]) -> Option<Weekday> {
    let day = match words.first()?.trim_end_matches('.') {
        "wed" => Weekday::Wednesday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    };
    let next = words.get(1)?;
    (*next == "," || next.starts_with(|c: char| c.is_ascii_digit())).then_some(day)
}

/// The number of a month, and whether the word can only mean a month, and no verb or name.
pub(super) fn month(word: &str) -> Option<(i8, bool)> {
    let number = match word.trim_end_matches('.') {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
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
    };
    Some((number, !matches!(word, "march" | "may" | "mar" | "jan")))
}

pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "hour" | "hours" => Unit::Hour,
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "weekend" | "weekends" => Unit::Weekend,
        "month" | "months" => Unit::Month,
        "quarter" | "quarters" => Unit::Quarter,
        "year" | "years" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        _ => return None,
    })
}

const ORDINALS: [&str; 19] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
const DECADES: [&str; 8] =
    ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];

/// How many: "three", "12", "a", "a few", "a couple of", "twenty-four".
pub(super) fn count(words: &[&str]) -> Option<(usize, i32)> {
    let first = *words.first()?;
    match (first, words.get(1).copied()) {
        ("a", Some("few")) => return Some((2, 3)),
        ("a", Some("couple")) => return Some((2 + usize::from(words.get(2) == Some(&"of")), 2)),
        ("couple", Some("of")) => return Some((2, 2)),
        ("couple", _) => return Some((1, 2)),
        ("a" | "an" | "another", _) => return Some((1, 1)),
        ("few" | "several", _) => return Some((1, 3)),
        _ => {}
    }
    let small = |word: &str| numbers::small(word).map(|number| number as i32);
    if let Some(tens) = numbers::tens(first.split('-').next().unwrap_or(first)).map(|number| number as i32) {
        if let Some((_, ones)) = first.split_once('-') {
            return Some((1, tens + small(ones)?));
        }
        let hyphen = 1 + usize::from(words.get(1) == Some(&"-"));
        let ones = words.get(hyphen).and_then(|word| small(word)).filter(|ones| (1..10).contains(ones));
        return Some(ones.map_or((1, tens), |ones| (hyphen + 1, tens + ones)));
    }
    let digits = || first.parse().ok().filter(|count| (1..=5000).contains(count));
    small(first).or_else(digits).map(|count| (1, count))
}

/// Which: "third", "21st", "twenty-first".
pub(super) fn ordinal(words: &[&str]) -> Option<(usize, i32)> {
    let first = *words.first()?;
    let place = |word: &str| ORDINALS.iter().position(|known| *known == word).map(|at| at as i32 + 1);
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| first.strip_suffix(ending)?.parse().ok());
    if let Some(found) = place(first).or(digits.filter(|number| (1..=99).contains(number))) {
        return Some((1, found));
    }
    match first {
        "twentieth" => return Some((1, 20)),
        "thirtieth" => return Some((1, 30)),
        "thirty-first" => return Some((1, 31)),
        _ => {}
    }
    if let Some(ones) = first.strip_prefix("twenty-") {
        return Some((1, 20 + place(ones)?));
    }
    let hyphen = 1 + usize::from(words.get(1) == Some(&"-"));
    let ones = words.get(hyphen).and_then(|word| place(word)).filter(|ones| *ones < 10)?;
    match first {
        "twenty" => Some((hyphen + 1, 20 + ones)),
        "thirty" if ones == 1 => Some((hyphen + 1, 31)),
        _ => None,
    }
}

/// The number of a day in its month: "7", "7th", "seventh", "twenty-first"; "twenty one" as it is spoken, where no noun follows.
pub(super) fn day_number(words: &[&str]) -> Option<(usize, i8)> {
    let first = *words.first()?;
    let number: Option<i32> = first.parse().ok();
    let spoken = || {
        let is_number = numbers::small(first).is_some() || numbers::tens(first.split('-').next()?).is_some();
        count(words).filter(|(n_words, _)| is_number && ends(words.get(*n_words)))
    };
    let (n_words, day) = number.map(|number| (1, number)).or_else(|| ordinal(words)).or_else(spoken)?;
    (1..=31).contains(&day).then_some((n_words, day as i8))
}

/// A year written in four digits.
pub(super) fn year(word: &str) -> Option<i16> {
    let all_digits = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| word.parse().ok()).flatten().filter(|year| (1000..=2999).contains(year))
}

/// The first and last year of a decade: "1990s", "90s", "'90s", "nineties".
pub(super) fn decade(word: &str) -> Option<(i16, i16)> {
    let bare = word.trim_start_matches(['\'', '’', '‘']);
    let digits = bare.strip_suffix("'s").or(bare.strip_suffix("’s")).or(bare.strip_suffix('s'));
    let first = match digits {
        Some(digits) if digits.len() == 4 => year(digits)?,
        // Two digits mean the last century, but for the decades of this one.
        Some(digits) if digits.len() == 2 => {
            let short: i16 = digits.parse().ok()?;
            if short < 30 { 2000 + short } else { 1900 + short }
        }
        _ => 1920 + 10 * DECADES.iter().position(|known| *known == bare)? as i16,
    };
    (first % 10 == 0).then_some((first, first + 9))
}
