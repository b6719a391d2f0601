//! From words to a meaning: from one time to another, and times bounded on one side.

use polybius_codebook::Calendar;

use super::meaning::{Bound, Meaning, Unit, YearOf};
use super::reading::{Read, amounts, ends, from, phrase, skip};
use super::vocabulary::{count, day_number, month, unit, year};

/// The expression that begins at the first word, the longest that there is.
pub(super) fn expression(calendar: &Calendar, words: &[&str], dated: bool) -> Read {
    within(words)
        .or_else(|| bounded(calendar, words))
        .or_else(|| range(calendar, words, dated))
        .or_else(|| phrase(calendar, words, dated))
}

/// "within 48 hours", "within the next five days".
fn within(words: &[&str]) -> Read {
    let ["within", ..] = words else { return None };
    let start = 1 + skip(words, 1, &["the"]);
    let start = start + skip(words, start, &["next", "coming", "upcoming"]);
    if let Some(unit) = words.get(start).and_then(|word| unit(word)).filter(|_| start > 1) {
        return Some((start + 1, Meaning::Within(vec![(unit, 1)])));
    }
    let (n_words, amounts) = amounts(from(words, start))?;
    Some((start + n_words, Meaning::Within(amounts)))
}

/// "since May", "until the end of August", "by Friday", "before 2010".
fn bounded(calendar: &Calendar, words: &[&str]) -> Read {
    // "to date, 300 have died"; not "coins that are hard to date exactly".
    if let ["to" | "till" | "until", "date", rest @ ..] = words {
        let tomorrow = Box::new(Meaning::Day(1));
        return ends(rest.first()).then_some((2, Meaning::Bound(Bound::Before, tomorrow)));
    }
    let (n_words, bound) = match words {
        ["no", "later", "than", ..] => (3, Bound::By),
        ["as", "early", "as", ..] => (3, Bound::From),
        ["as", "late", "as", ..] => (3, Bound::By),
        ["prior", "to", ..] => (2, Bound::Before),
        ["since", ..] => (1, Bound::Since),
        ["starting" | "beginning", ..] => (1, Bound::From),
        ["by" | "until" | "till", ..] => (1, Bound::By),
        ["before", ..] => (1, Bound::Before),
        ["after", ..] => (1, Bound::After),
        _ => return None,
    };
    let start = n_words + skip(words, n_words, &["on", "from", "in", "at", "as"]);
    let (length, time) = phrase(calendar, from(words, start), true)?;
    // "before two years ago" says what "two years ago" says; a length of time bounds nothing.
    (!matches!(time, Meaning::Open(_))).then(|| (start + length, Meaning::Bound(bound, Box::new(time))))
}

/// "from 3 to 5 May", "between March and June", "Oct. 2 to 22", "2010-2018".
fn range(calendar: &Calendar, words: &[&str], dated: bool) -> Read {
    let (start, links): (usize, &[&str]) = match *words.first()? {
        "from" => (1, &["to", "until", "till", "through", "-", "–", "—"]),
        "between" => (1, &["and", "-", "–"]),
        _ => (0, &["to", "until", "till", "through", "-", "–"]),
    };
    let is_year = |at: usize| words.get(at).is_some_and(|word| year(word).is_some());
    let is_month = |at: usize| words.get(at).is_some_and(|word| month(word).is_some());
    // "2014 to 2018", "Jan-Feb" need no word before them that dates.
    let pair = (is_year(0) && is_year(2)) || (is_month(0) && is_month(2));
    let dated = dated || start == 1 || (pair && skip(words, 1, links) == 1);
    let first = from(words, start + skip(words, start, &["the"]));
    let skipped = words.len() - first.len();
    let link = |at: usize| skip(words, at, links) == 1;
    // A bare day of the month before the link takes its month from behind it.
    if let Some((n_words, day)) = day_number(first)
        && link(skipped + n_words)
    {
        let to = skipped + n_words + 1;
        // "from 4 to 22 this month".
        if let Some((length, until)) = day_number(from(words, to)) {
            let of = to + length + skip(words, to + length, &["of", "in"]);
            let steps = match from(words, of) {
                ["this", "month", ..] => Some(0),
                ["next", "month", ..] => Some(1),
                ["last", "month", ..] => Some(-1),
                _ => None,
            };
            if let Some(steps) = steps {
                let one =
                    |day: i8| Meaning::Nth(i32::from(day), Unit::Day, Box::new(Meaning::Unit(Unit::Month, steps)));
                return Some((of + 2, span(one(day), one(until))));
            }
        }
        let (length, last) = phrase(calendar, from(words, to), dated)?;
        return match last {
            Meaning::Date(year, month, _) => Some((to + length, span(Meaning::Date(year, month, day), last))),
            _ => None,
        };
    }
    let now = words.get(start) == Some(&"now") && start == 1;
    let first = if now { Some((1, Meaning::Day(0))) } else { phrase(calendar, from(words, start), dated) };
    let (n_words, first) = first?;
    let to = start + n_words + usize::from(link(start + n_words));
    if to == start + n_words {
        return None;
    }
    if matches!(words[to - 1..], [_, "now", ..] | ["to", "date", ..]) {
        return Some((to + 1, span(first, Meaning::Day(0))));
    }
    let the = to + skip(words, to, &["the"]);
    // "April 9 to 17": a bare day behind the link is of the month before it.
    if let Meaning::Date(year, month, first_day) = first
        && let Some((length, day)) = day_number(from(words, the))
        && phrase(calendar, from(words, to), false).is_none_or(|(longer, _)| longer <= the - to + length)
        && count(from(words, the))
            .is_none_or(|(length, _)| words.get(the + length).is_none_or(|word| unit(word).is_none()))
    {
        let (n_year, year) = match (words.get(the + length), words.get(the + length + 1)) {
            (Some(&","), Some(word)) if self::year(word).is_some() => (2, YearOf::Number(self::year(word)?)),
            (Some(word), _) if self::year(word).is_some() => (1, YearOf::Number(self::year(word)?)),
            _ => (0, year),
        };
        return Some((
            the + length + n_year,
            span(Meaning::Date(year, month, first_day), Meaning::Date(year, month, day)),
        ));
    }
    let (length, last) = phrase(calendar, from(words, to), dated || matches!(first, Meaning::Years(..)))?;
    let joins = |meaning: &Meaning| !matches!(meaning, Meaning::Open(_) | Meaning::Span(..) | Meaning::FromTold(..));
    // "on Monday until Friday" is a range; "a year to the day" is none.
    (joins(&first) && joins(&last)).then(|| (to + length, span(first, last)))
}

/// The range, its beginning of the year that its end names.
fn span(first: Meaning, last: Meaning) -> Meaning {
    let year = match last {
        Meaning::Date(year @ YearOf::Number(_), ..) | Meaning::Month(year @ YearOf::Number(_), _) => Some(year),
        _ => None,
    };
    let first = match (first, year) {
        (Meaning::Date(YearOf::Nearest, month, day), Some(year)) => Meaning::Date(year, month, day),
        (Meaning::Month(YearOf::Nearest, month), Some(year)) => Meaning::Month(year, month),
        (first, _) => first,
    };
    Meaning::Span(Box::new(first), Box::new(last))
}

/// "begins from October": a day on which it begins.
pub(super) fn beginning(calendar: &Calendar, before: Option<&str>, words: &[&str]) -> Read {
    let begins =
        matches!(before, Some("start" | "starts" | "begin" | "begins" | "beginning" | "starting" | "effective"));
    let (true, ["from", rest @ ..]) = (begins, words) else { return None };
    let (n_words, time) = phrase(calendar, rest, true).filter(|(_, time)| !matches!(time, Meaning::Open(_)))?;
    Some((1 + n_words, Meaning::Bound(Bound::From, Box::new(time))))
}

/// Whether a number after this word can be a year.
pub(super) fn dates(word: &str) -> bool {
    matches!(word, "in" | "since" | "until" | "by" | "of" | "from" | "during" | "for" | "before" | "after" | "at")
}

/// A year before a noun: "a 2018 agreement"; not "the 2000 soldiers".
pub(super) fn modifying_year(before: Option<&str>, words: &[&str]) -> Read {
    let number = year(words.first()?).filter(|year| (1800..=2100).contains(year))?;
    let article = matches!(before, Some("a" | "the" | "its" | "their" | "his" | "her" | "'s" | "’s"));
    let single = words.get(1).is_some_and(|next| !next.ends_with('s') && next.chars().all(char::is_alphabetic));
    let meant = article && single && number % 100 != 0;
    meant.then_some((1, Meaning::Years(number, number)))
}
