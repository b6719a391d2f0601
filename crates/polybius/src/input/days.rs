//! The day in a date as heads of pages, feeds and messages write it.

use jiff::civil::Date;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The first day that the text names, as it is written there, whatever the zone: `2025-03-04T05:12:44Z`, `20250304`,
/// `Tue, 4 Mar 2025 05:12:44 GMT`, `March 4th, 2025`. Days in numbers alone (3/4/2025) are not guessed at.
pub(super) fn day(text: &str) -> Option<Date> {
    let words: Vec<&str> =
        text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).take(60).collect();
    (0..words.len()).find_map(|index| {
        let at = |offset: usize| words.get(index + offset).copied().unwrap_or_default();
        let (one, two, three) = (at(0), at(1), at(2));
        iso(one, two, three)
            .or_else(|| Date::new(year(three)?, month(two)?, day_of_month(one)?).ok())
            .or_else(|| Date::new(year(three)?, month(one)?, day_of_month(two)?).ok())
    })
}

/// 2025 03 04T05, or 20250304 and whatever follows it.
fn iso(one: &str, two: &str, three: &str) -> Option<Date> {
    if one.len() >= 8
        && one.bytes().take(8).all(|byte| byte.is_ascii_digit())
        && matches!(one.as_bytes().get(8), None | Some(b'T'))
    {
        return Date::new(year(&one[..4])?, one[4..6].parse().ok()?, one[6..8].parse().ok()?).ok();
    }
    let day = three.get(..2).filter(|_| three.len() == 2 || three.as_bytes().get(2) == Some(&b'T'))?;
    (two.len() == 2).then_some(())?;
    Date::new(year(one)?, two.parse().ok()?, day.parse().ok()?).ok()
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|year| (1800..=2199).contains(year))
}

fn month(word: &str) -> Option<i8> {
    let start = word.get(..3)?.to_ascii_lowercase();
    word.bytes().all(|byte| byte.is_ascii_alphabetic()).then_some(())?;
    MONTHS.iter().position(|month| *month == start).map(|index| index as i8 + 1)
}

fn day_of_month(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|character: char| character.is_ascii_lowercase());
    let is_ordinal = matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th");
    (is_ordinal && digits.len() <= 2).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found() {
        let check = |text: &str, expected: &str| {
            assert_eq!(day(text).map(|day| day.to_string()).unwrap_or_default(), expected, "{text}");
        };
        check("2025-03-04", "2025-03-04");
        check("2025-03-04T23:30:00-05:00", "2025-03-04");
        check("20250304T051244Z", "2025-03-04");
        check("2025/03/04 05:12", "2025-03-04");
        check("Tue, 04 Mar 2025 05:12:44 GMT", "2025-03-04");
        check("Kuvar Wire, Published 3 June 2014, 14:02 GMT", "2014-06-03");
        check("Posted on September 21st, 2011", "2011-09-21");
        check("3/4/2025", "");
        check("2025-13-45", "");
        check("Märch 4, 2025 é", "");
        check("", "");
    }
}
