//! From words to a meaning: phrases that name one time. Each reader takes the words from where a phrase may begin, in lower case, and
//! tells how many of them it is.

use polybius_codebook::Calendar;

use super::meaning::{Meaning, Unit, YearOf};
use super::parts::{nth, part, quarter};
use super::vocabulary::{count, day_number, decade, month, ordinal, short_weekday, unit, weekday, year};

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
        weekday_away(calendar, words),
    ];
    longest(readings)
}

/// "Monday two weeks ago", "in three days, on Friday".
fn weekday_away(calendar: &Calendar, words: &[&str]) -> Read {
    let far = |meaning: &Meaning| matches!(meaning, Meaning::Away(..));
    if let Some(day) = weekday(words.first()?) {
        let comma = 1 + skip(words, 1, &[","]);
        let (n_words, away) = away(calendar, from(words, comma)).filter(|(_, meaning)| far(meaning))?;
        return Some((comma + n_words, Meaning::WeekdayOf(day, Box::new(away))));
    }
    let (n_words, away) = away(calendar, words).filter(|(_, meaning)| far(meaning))?;
    let on = n_words + skip(words, n_words, &[","]);
    let ["on", word, ..] = from(words, on) else { return None };
    Some((on + 2, Meaning::WeekdayOf(weekday(word)?, Box::new(away))))
}

/// Phrases that hold no other.
pub(super) fn simple(calendar: &Calendar, words: &[&str], dated: bool) -> Read {
    let readings = [
        day(words),
        step(words),
        present(words),
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
    if let [word, "after", ..] = from(words, the)
        && let next = the + 2 + skip(words, the + 2, &["the"])
        && skip(words, next, &["next"]) == 1
    {
        return unit(word).map(|unit| (next + 1, Meaning::Unit(unit, 2)));
    }
    if words.get(the) == Some(&"weekend") {
        return Some((the + 1, Meaning::Weekend));
    }
    // "the five past years" says what "the past five years" says.
    if let Some((n_words, many)) = count(from(words, the))
        && words.get(the + n_words + 1).is_some_and(|word| word.ends_with('s'))
        && let Some(steps) = words.get(the + n_words).and_then(|word| steps(word)).filter(|steps| *steps != 0)
        && let Some(unit) = words.get(the + n_words + 1).and_then(|word| unit(word))
        && many > 1
    {
        return Some((the + n_words + 2, Meaning::Stretch(unit, steps * many)));
    }
    let steps = steps(words.get(the)?)?;
    if words.get(the + 1) == Some(&"fortnight") {
        return (steps != 0).then_some((the + 2, Meaning::Stretch(Unit::Week, 2 * steps)));
    }
    let calendar = skip(words, the + 1, &["calendar"]);
    if let Some(unit) = words.get(the + 1 + calendar).and_then(|word| unit(word)) {
        let long = matches!(words[the], "past") && the == 1 && unit != Unit::Weekend;
        return match unit {
            Unit::Hour => None,
            // "the next day" is counted from the day told.
            Unit::Day if the == 1 && matches!(words[the], "next" | "following" | "previous") => None,
            Unit::Day => Some((the + 2, Meaning::Day(steps))),
            // "the past week" ends now; "last week" ended on Sunday.
            _ if long => Some((the + 2, Meaning::Stretch(unit, -1))),
            _ => Some((the + 2 + calendar, Meaning::Unit(unit, steps))),
        };
    }
    let (n_words, many) = count(from(words, the + 1)).filter(|_| steps != 0)?;
    let unit = unit(words.get(the + 1 + n_words)?)?;
    Some((the + n_words + 2, Meaning::Stretch(unit, steps * many)))
}

/// "for the week": the present one, as in "the index rose for the week"; "the year to date".
fn present(words: &[&str]) -> Read {
    if let ["year", "to", "date", rest @ ..] = from(words, skip(words, 0, &["the"])) {
        let year = Box::new(Meaning::Unit(Unit::Year, 0));
        return Some((words.len() - rest.len(), Meaning::Span(year, Box::new(Meaning::Day(0)))));
    }
    let ["for", "the", word @ ("day" | "week" | "month" | "quarter" | "year"), rest @ ..] = words else { return None };
    let unit = unit(word)?;
    ends(rest.first()).then(|| (3, if unit == Unit::Day { Meaning::Day(0) } else { Meaning::Unit(unit, 0) }))
}

/// "the next day", "a year later", "two days earlier", "the night before".
fn told(words: &[&str]) -> Read {
    match words {
        ["the", "next" | "following", "day" | "morning" | "night", ..] => {
            return Some((3, Meaning::FromTold(Unit::Day, 1)));
        }
        ["the", "day" | "night" | "evening", "before", next, ..] if is_content(next) => {
            return Some((3, Meaning::Open("counted from what has no date here")));
        }
        ["the", "day" | "night" | "evening", "before" | "earlier", ..] => {
            return Some((3, Meaning::FromTold(Unit::Day, -1)));
        }
        ["the", "previous", "day" | "night" | "evening", ..] => return Some((3, Meaning::FromTold(Unit::Day, -1))),
        ["the", "following", word, ..] => return Some((3, Meaning::FromTold(unit(word)?, 1))),
        ["the", "week" | "month" | "year", "before", next, ..] if is_content(next) => {
            return Some((3, Meaning::Open("counted from what has no date here")));
        }
        ["the", "week" | "month" | "year", "before", ..] => return Some((3, Meaning::FromTold(unit(words[1])?, -1))),
        ["that", "day" | "night", ..] => return Some((2, Meaning::FromTold(Unit::Day, 0))),
        ["that", word @ ("week" | "weekend" | "month" | "year"), ..] => {
            return Some((2, Meaning::FromTold(unit(word)?, 0)));
        }
        _ => {}
    }
    let the = skip(words, 0, &["the"]);
    if let ["same", word, ..] = from(words, the) {
        let unit = unit(word).filter(|unit| *unit != Unit::Hour)?;
        return Some((the + 2, Meaning::FromTold(unit, 0)));
    }
    let (n_words, amounts) = amounts(words)?;
    let sign = match *words.get(n_words)? {
        "later" => 1,
        "earlier" => -1,
        _ => return None,
    };
    Some(match amounts[..] {
        [(unit, many)] => (n_words + 1, Meaning::FromTold(unit, sign * many)),
        _ => (n_words + 1, Meaning::Away(amounts.into_iter().map(|(unit, many)| (unit, sign * many)).collect(), None)),
    })
}

/// Whether a word after "the day before" tells of what it was the day before.
fn is_content(word: &str) -> bool {
    let leads_on =
        matches!(word, "in" | "at" | "on" | "and" | "but" | "by" | "to" | "with" | "when" | "from" | "as" | "for");
    word.starts_with(char::is_alphabetic) && !leads_on
}

/// "Monday", "last Friday", "Friday next week", "Thursday the 21st", "Monday, January 12".
fn weekday_phrase(words: &[&str]) -> Read {
    // "this coming Friday" is the next there is, "this past Friday" the last.
    let this = skip(words, 0, &["this"]);
    if let [way @ ("coming" | "upcoming" | "past"), word, ..] = from(words, this) {
        let count = if *way == "past" { -1 } else { 1 };
        return Some((this + 2 + of_day(words, this + 2), Meaning::WeekdaysAway(weekday(word)?, count)));
    }
    // "two Sundays ago".
    if let Some((n_words, many)) = count(words)
        && let Some(day) = words.get(n_words).and_then(|word| weekday(word))
    {
        let (length, sign) = match from(words, n_words + 1) {
            ["ago", ..] => (1, -1),
            ["later", ..] => (1, 1),
            ["from", "now" | "today", ..] => (2, 1),
            _ => return None,
        };
        return Some((n_words + 1 + length, Meaning::WeekdaysAway(day, sign * many)));
    }
    if let Some(step) = words.first().and_then(|word| steps(word)) {
        if let Some(day) = words.get(1).and_then(|word| weekday(word)) {
            return Some((2 + of_day(words, 2), Meaning::Weekday(day, Some(step))));
        }
        let on = 2 + skip(words, 2, &["on"]);
        let day = (words.get(1) == Some(&"week")).then(|| weekday(words.get(on)?)).flatten()?;
        return Some((on + 1, Meaning::Weekday(day, Some(step))));
    }
    let day = weekday(words.first()?).or_else(|| short_weekday(words))?;
    let comma = 1 + skip(words, 1, &[","]);
    if let Some((n_words, date @ Meaning::Date(..))) = date(from(words, comma), false) {
        return Some((comma + n_words, date));
    }
    let the = 1 + skip(words, 1, &["the"]);
    if let Some((n_words, number)) = day_number(from(words, the))
        && (the == 2 || words[the].ends_with(['d', 't', 'h']) || ends(words.get(the + n_words)))
    {
        return Some((the + n_words, Meaning::DayOfMonth(number, day)));
    }
    let of = 1 + skip(words, 1, &["of"]);
    let of = of + skip(words, of, &["the"]);
    if let (Some(step), Some(&"week")) = (words.get(of).and_then(|word| steps(word)), words.get(of + 1)) {
        return Some((of + 2, Meaning::Weekday(day, Some(step))));
    }
    Some((1 + of_day(words, 1), Meaning::Weekday(day, None)))
}

/// Whether nothing that a number could count follows.
pub(super) fn ends(word: Option<&&str>) -> bool {
    word.is_none_or(|word| !word.starts_with(char::is_alphanumeric) && !word.starts_with(['-', '%', '$', '€']))
}

/// "October", "last October", "Oct. 11", "11 October 2024", "the 3rd of May", "February this year".
fn date(words: &[&str], dated: bool) -> Read {
    if let Some(step) = words.first().and_then(|word| steps(word)) {
        let year = [YearOf::Last, YearOf::Away(0), YearOf::Next][(step + 1) as usize];
        // "last October 7 in Israel"; not "last October 7 people died".
        if let Some((n_words, Meaning::Date(YearOf::Nearest, month, day))) = date(from(words, 1), true)
            && words.get(1 + n_words).is_none_or(|next| !is_content(next))
        {
            return Some((1 + n_words, Meaning::Date(year, month, day)));
        }
        let (number, _) = month(words.get(1)?)?;
        return Some((2, Meaning::Month(year, number)));
    }
    // "2016, November".
    if let Some(number) = words.first().and_then(|word| year(word)) {
        let comma = 1 + skip(words, 1, &[","]);
        let (month, _) = month(words.get(comma)?)?;
        return Some((comma + 1, Meaning::Month(YearOf::Number(number), month)));
    }
    let the = skip(words, 0, &["the"]);
    if let Some((n_words, day)) = day_number(from(words, the)) {
        let of = the + n_words + skip(words, the + n_words, &["of"]);
        if let Some((number, _)) = words.get(of).and_then(|word| month(word)) {
            let (n_year, year) = year_of(from(words, of + 1));
            return Some((of + 1 + n_year, Meaning::Date(year, number, day)));
        }
        let is_ordinal = words.get(the).is_some_and(|word| word.ends_with(['d', 't', 'h']));
        let of = the + n_words + skip(words, the + n_words, &["of"]);
        if let ([word, "month", ..], true) = (from(words, of), is_ordinal || of > the + n_words) {
            let step = steps(word)?;
            let month = Box::new(Meaning::Unit(Unit::Month, step));
            return Some((of + 2, Meaning::Nth(i32::from(day), Unit::Day, month)));
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
    // "in Mar del Plata".
    let dated = dated && words[of] != "mar";
    (only || dated || of > 0 || n_year > 0).then_some((of + 1 + n_year, Meaning::Month(year, number)))
}

/// The year after a month or day: ", 2024", "of 2024", "this year", "of last year".
pub(super) fn year_of(words: &[&str]) -> (usize, YearOf) {
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
        // Hemispheres differ on its months, not on its year.
        ["spring" | "summer" | "autumn" | "fall" | "winter", "of", word, ..] if year(word).is_some() => {
            return year(word).map(|year| (the + 3, Meaning::Years(year, year)));
        }
        ["spring" | "summer" | "autumn" | "fall" | "winter", ..] if the == 1 && dated => {
            return Some((2, Meaning::Open("a season falls when its hemisphere says")));
        }
        _ => {}
    }
    let first = *rest.first()?;
    // "the 1990's" is two words.
    if let (true, ["'s" | "’s", ..], Some((from, to))) =
        (the == 1 || dated, from(rest, 1), decade(&format!("{first}s")))
    {
        return Some((the + 2, Meaning::Years(from, to)));
    }
    let is_named = the == 1 || dated || first.starts_with(|c: char| c.is_ascii_digit());
    if let Some((from, to)) = decade(first).filter(|_| is_named) {
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
    let weekend = match words {
        ["the", "weekend", "of", ..] => 3,
        ["weekend", "of", ..] => 2,
        _ => 0,
    };
    if weekend > 0 {
        let rest = from(words, weekend);
        let (n_words, day) = named(calendar, rest).or_else(|| date(rest, true))?;
        let is_day = matches!(day, Meaning::Named(..) | Meaning::Date(..));
        return is_day.then(|| (weekend + n_words, Meaning::WeekendOf(Box::new(day))));
    }
    let start = usize::from(step.is_some());
    let (n_words, rule) = calendar.named(from(words, start))?;
    let (n_year, year) = year_of(from(words, start + n_words));
    let is_weekend = words.get(start + n_words + n_year) == Some(&"weekend");
    let (n_year, year) = match (is_weekend, n_year) {
        (true, 0) => year_of(from(words, start + n_words + 1)),
        _ => (n_year, year),
    };
    let year = match step {
        Some(-1) => YearOf::Last,
        Some(1) => YearOf::Next,
        Some(_) => YearOf::Away(0),
        None => year,
    };
    let n_words = start + n_words + n_year + usize::from(is_weekend);
    let day = Meaning::Named(rule.clone(), year);
    Some((n_words, if is_weekend { Meaning::WeekendOf(Box::new(day)) } else { day }))
}

/// "three years ago", "in two days", "1 month and 21 days ago", "two weeks from tomorrow", "two days after Christmas"; "for three days"
/// only tells how long.
fn away(calendar: &Calendar, words: &[&str]) -> Read {
    let first = *words.first()?;
    // "the day before Christmas" is a day before it.
    if let ["the", word @ ("day" | "week" | "month" | "year"), way @ ("before" | "after"), rest @ ..] = words {
        let (length, base) = simple(calendar, rest, true)?;
        let many = if *way == "before" { -1 } else { 1 };
        return Some((3 + length, Meaning::Away(vec![(unit(word)?, many)], Some(Box::new(base)))));
    }
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
                // "three days from Tuesday" is still to come.
                let base = Box::new(if rest[0] == "from" { Meaning::Ahead(Box::new(base)) } else { base });
                return Some((at + 1 + length, Meaning::Away(amounts, Some(base))));
            }
            _ => return None,
        }
    }
    if first == "for" {
        // "for three days from Monday".
        let comma = at + skip(words, at, &[","]);
        if words.get(comma) == Some(&"from")
            && let Some((length, base)) = simple(calendar, from(words, comma + 1), true)
        {
            let end = Meaning::Away(amounts, Some(Box::new(base.clone())));
            return Some((comma + 1 + length, Meaning::Span(Box::new(base), Box::new(end))));
        }
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
