//! From words to a meaning: from one time to another, and times bounded on one side.

use polybius_codebook::Calendar;

use super::meaning::{Bound, Meaning, YearOf};
use super::reading::{Read, amounts, from, phrase, skip};
use super::vocabulary::{count, day_number, unit, year};

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
    let (n_words, bound) = match words {
        ["no", "later", "than", ..] => (3, Bound::By),
        ["prior", "to", ..] => (2, Bound::Before),
        ["since" | "starting", ..] => (1, Bound::Since),
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
    let dated = dated || start == 1;
    let first = from(words, start + skip(words, start, &["the"]));
    let skipped = words.len() - first.len();
    let link = |at: usize| skip(words, at, links) == 1;
    // A bare day of the month before the link takes its month from behind it.
    if let Some((n_words, day)) = day_number(first)
        && link(skipped + n_words)
    {
        let to = skipped + n_words + 1;
        let (length, last) = phrase(calendar, from(words, to), dated)?;
        return match last {
            Meaning::Date(year, month, _) => Some((to + length, span(Meaning::Date(year, month, day), last))),
            _ => None,
        };
    }
    let (n_words, first) = phrase(calendar, from(words, start), dated)?;
    let to = start + n_words + usize::from(link(start + n_words));
    if to == start + n_words {
        return None;
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
