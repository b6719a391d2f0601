//! When: expressions of time, found by their words ([`reading`], [`parts`], [`ranges`]), counted from publication and from the article's own
//! dates ([`arithmetic`]), and chosen for an event ([`choice`], [`owner`]).

mod ahead;
mod arithmetic;
mod choice;
mod meaning;
mod owner;
mod parts;
mod ranges;
mod reading;
mod vocabulary;

use std::ops::Range;

use jiff::civil::Date;
use polybius_codebook::{Calendar, Codebook};
use polybius_document::{Document, Sentence, Span, TokenId};

use crate::{Precision, When};
use arithmetic::{Days, Setting, whole};
use meaning::{Bound, Meaning, Part, Unit, YearOf};

pub(crate) use ahead::is_to;
pub(crate) use choice::{Timed, Times};
pub(crate) use owner::is_undone;

/// How far into an article a dateline may stand, in words.
const DATELINE: usize = 15;

/// An expression of time where it stands, not yet resolved: that takes the tense of the clause that it hangs on.
#[derive(Debug, Clone)]
pub(crate) struct TimeExpression {
    /// Its words.
    pub(crate) tokens: Range<TokenId>,
    meaning: Meaning,
}

/// An expression of time and the days it means, looking back and looking ahead from a day; an end that is left open is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeReading {
    /// Its words.
    pub span: Span,
    /// The first and last day where the tense is past.
    pub back: (Option<Date>, Option<Date>),
    /// The first and last day where it is future.
    pub ahead: (Option<Date>, Option<Date>),
}

/// The expressions of time in `document`, counted from `published`, whatever the verbs around them say.
pub fn times(document: &Document, codebook: &Codebook, published: Date) -> Vec<TimeReading> {
    let calendar = &codebook.calendar;
    let setting = |ahead| Setting { calendar, published, told: None, ahead };
    let found = document.sentences().iter().flat_map(|sentence| find(document, calendar, sentence));
    let read = |expression: TimeExpression| TimeReading {
        span: document.span_of(&expression.tokens),
        back: ends(&expression.meaning, &setting(false)),
        ahead: ends(&expression.meaning, &setting(true)),
    };
    found.map(read).collect()
}

/// The day from which the article counts: that of publication, else that of its dateline.
pub(crate) fn published(document: &Document, calendar: &Calendar) -> Option<Date> {
    document.article().published.or_else(|| {
        let expressions = find(document, calendar, document.sentences().first()?);
        expressions.iter().find_map(|expression| {
            let end = expression.tokens.end.index();
            let dash = (end < document.n_tokens()).then(|| document.token(expression.tokens.end).text())?;
            let stands = end <= DATELINE && matches!(dash, "-" | "–" | "—" | "--" | "(" | ":" | "/");
            match expression.meaning {
                Meaning::Date(YearOf::Number(year), month, day) if stands => Date::new(year, month, day).ok(),
                _ => None,
            }
        })
    })
}

/// Finds the expressions of time in `sentence`.
pub(crate) fn find(document: &Document, calendar: &Calendar, sentence: &Sentence) -> Vec<TimeExpression> {
    let words: Vec<String> =
        document.tokens(sentence.tokens.clone()).map(|token| token.text().to_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let found = find_in(calendar, &words).into_iter().map(|(range, meaning)| {
        let token = |at: usize| TokenId::from(sentence.tokens.start.index() + at);
        TimeExpression { tokens: token(range.start)..token(range.end), meaning }
    });
    found.collect()
}

fn find_in(calendar: &Calendar, words: &[&str]) -> Vec<(Range<usize>, Meaning)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let before = at.checked_sub(1).map(|before| words[before]);
        // "in 2007, 2009 and 2011": a year that dates makes one of the next.
        let lists = matches!(before, Some("and" | "or" | ","))
            && found.last().is_some_and(|(last, meaning): &(Range<usize>, Meaning)| {
                last.end + 1 == at && matches!(meaning, Meaning::Years(..))
            });
        let dates_back = [["back", "to"], ["back", "as"], ["ago", "as"], ["recently", "as"]]
            .iter()
            .any(|end| words[..at].ends_with(end));
        let dated = before.is_some_and(ranges::dates) || lists || dates_back;
        // "paid $12 December 27".
        if matches!(before, Some("$" | "€" | "£")) {
            at += 1;
            continue;
        }
        let read = ranges::expression(calendar, &words[at..], dated)
            .or_else(|| ranges::modifying_year(before, &words[at..]))
            .or_else(|| ranges::beginning(calendar, before, &words[at..]));
        match read {
            Some((n_words, meaning)) => {
                found.push((at..at + n_words, meaning));
                at += n_words;
            }
            None => at += 1,
        }
    }
    found
}

/// The first and last day, where they are bounded and exist.
fn ends(meaning: &Meaning, setting: &Setting<'_>) -> (Option<Date>, Option<Date>) {
    let Meaning::Bound(bound, time) = meaning else {
        return setting.days(meaning).map_or((None, None), |(start, end)| (Some(start), Some(end)));
    };
    // What lasts since a time looks back to it.
    let setting = Setting { ahead: setting.ahead && *bound != Bound::Since, ..*setting };
    let Some((start, end)) = setting.days(time) else { return (None, None) };
    match (bound, &**time) {
        // "before the end of the year" is any time in it.
        (Bound::Before, Meaning::Part(Part::End, _)) => (None, Some(end)),
        (Bound::After, Meaning::Part(Part::Beginning, _)) => (Some(start), None),
        (Bound::Since | Bound::From, _) => (Some(start), None),
        (Bound::After, _) => (end.tomorrow().ok(), None),
        (Bound::Before, _) => (None, start.yesterday().ok()),
        (Bound::By, _) => (None, Some(end)),
    }
}

impl TimeExpression {
    /// The days meant, or why they cannot be told.
    fn when(&self, setting: &Setting<'_>, span: Span) -> Result<When, &'static str> {
        let published = setting.published;
        let (start, end) = match &self.meaning {
            Meaning::Open(reason) => return Err(reason),
            Meaning::Bound(Bound::Before | Bound::After, _) => return Err("bounded on one side only"),
            // "the first since 2004" that may come is not of 2004.
            Meaning::Bound(Bound::Since, _) if setting.ahead => return Err("it looks back from what is to come"),
            Meaning::Bound(Bound::Since, _) => match ends(&self.meaning, setting).0 {
                Some(start) if start <= published => (start, published),
                _ => return Err("it begins after publication"),
            },
            Meaning::Bound(Bound::From, time) => match setting.days_of_act(time).ok_or(IMPOSSIBLE)?.0 {
                start if start <= published => (start, published),
                start => (start, start),
            },
            Meaning::Within(_) if !setting.ahead => return Err("a length of time, not a day"),
            Meaning::Away(amounts, None) if !setting.ahead && amounts.iter().all(is_years) => {
                return Err("a length of time, not a day");
            }
            // A deadline stands for what is due; it was still to come when it was set.
            Meaning::Bound(Bound::By, time) => {
                Setting { ahead: true, ..*setting }.days_of_act(time).ok_or(IMPOSSIBLE)?
            }
            meaning => {
                let days = setting.days_of_act(meaning).ok_or(IMPOSSIBLE)?;
                let is_exact = matches!(meaning, Meaning::Date(..) | Meaning::FromTold(..) | Meaning::Years(..));
                if is_exact { days } else { clipped(rounded(meaning, days), setting) }
            }
        };
        Ok(When { start, end, precision: precision(start, end), span: Some(span), anchor: Some(published) })
    }

    /// The days that the words name, whichever part or bound of them is meant; none of a length of time.
    fn value(&self, setting: &Setting<'_>) -> Option<Days> {
        let mut meaning = &self.meaning;
        while let Meaning::Bound(_, inner) | Meaning::Part(_, inner) = meaning {
            meaning = inner;
        }
        let is_length = match meaning {
            Meaning::Within(_) | Meaning::Stretch(..) => true,
            Meaning::Away(amounts, None) => amounts.iter().all(|(_, count)| *count > 0),
            _ => false,
        };
        let ahead = setting.ahead || matches!(self.meaning, Meaning::Bound(Bound::By, _));
        let days = || Setting { ahead, ..*setting }.days(meaning);
        (!is_length).then(days).flatten().map(|days| rounded(meaning, days))
    }

    /// Whether it means the same whenever the article was published.
    fn is_absolute(&self) -> bool {
        match &self.meaning {
            Meaning::Date(YearOf::Number(_), ..) | Meaning::Month(YearOf::Number(_), _) | Meaning::Years(..) => true,
            Meaning::Part(_, whole) => matches!(**whole, Meaning::Month(YearOf::Number(_), _) | Meaning::Years(..)),
            _ => false,
        }
    }

    /// Whether others are counted from it: "the next day".
    fn tells(&self) -> bool {
        !matches!(self.meaning, Meaning::Bound(..) | Meaning::Within(_) | Meaning::Stretch(..))
    }

    /// Whether it only tells how long there is: "within a week".
    fn is_length(&self) -> bool {
        matches!(self.meaning, Meaning::Within(_))
    }

    /// Whether it is the weekday of the day before.
    fn is_weekday_before(&self, published: Option<Date>) -> bool {
        let Meaning::Weekday(weekday, None) = self.meaning else { return false };
        published.and_then(|day| day.yesterday().ok()).is_some_and(|day| day.weekday() == weekday)
    }

    /// Whether it only gives a deadline.
    fn is_deadline(&self) -> bool {
        matches!(self.meaning, Meaning::Bound(Bound::By, _) | Meaning::Within(_))
    }
}

/// "could not agree in seven years", "doubled in a year".
fn is_years((unit, count): &(Unit, i32)) -> bool {
    *count > 0 && matches!(unit, Unit::Year | Unit::Decade)
}

const IMPOSSIBLE: &str = "there is no such day";

/// The further away, the vaguer: "three years ago" means a year, not a day.
fn rounded(meaning: &Meaning, days: Days) -> Days {
    let Meaning::Away(amounts, None) = meaning else { return days };
    let around = match amounts[..] {
        [(Unit::Week, count)] if count.abs() > 1 => whole(Unit::Week, days.0, 0),
        [(Unit::Month, _)] => whole(Unit::Month, days.0, 0),
        [(Unit::Year, _)] => whole(Unit::Year, days.0, 0),
        [(Unit::Decade, _)] => {
            whole(Unit::Year, days.0, -5).zip(whole(Unit::Year, days.0, 5)).map(|(from, to)| (from.0, to.1))
        }
        _ => None,
    };
    around.unwrap_or(days)
}

/// What has happened had happened by publication; what is to come comes after it.
fn clipped((start, end): Days, setting: &Setting<'_>) -> Days {
    let published = setting.published;
    if start == end || !(start..=end).contains(&published) {
        return (start, end);
    }
    if setting.ahead { (published, end) } else { (start, published) }
}

/// How exactly a date is known, by the length of time that it leaves open.
pub(crate) fn precision(start: Date, end: Date) -> Precision {
    let n_days = start.until(end).map_or(i32::MAX, |span| span.get_days()) + 1;
    match n_days {
        ..=1 => Precision::Day,
        2..=16 => Precision::Week,
        17..=31 => Precision::Month,
        32..=123 => Precision::Quarter,
        124..=366 => Precision::Year,
        _ => Precision::Vague,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> Calendar {
        polybius_codebook::parse(&polybius_codebook::embedded()).expect("a sound codebook").calendar
    }

    /// The first expression of `text`, published on a Friday.
    fn check(calendar: &Calendar, text: &str, ahead: bool, expected: &str) {
        let published = Date::new(2024, 10, 11).expect("a real day");
        let words: Vec<&str> = text.split(' ').collect();
        let setting = Setting { calendar, published, told: None, ahead };
        let found = find_in(calendar, &words).into_iter().next();
        let shown = match found {
            None => "none".to_owned(),
            Some((_, meaning)) => {
                let expression = TimeExpression { tokens: TokenId(0)..TokenId(1), meaning };
                match expression.when(&setting, Span::new(0, 1)) {
                    Ok(when) if when.start == when.end => format!("{} {}", when.start, when.precision.as_str()),
                    Ok(when) => format!("{}/{} {}", when.start, when.end, when.precision.as_str()),
                    Err(reason) => reason.to_owned(),
                }
            }
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn dates_count_from_publication() {
        let calendar = calendar();
        let back = [
            ("met on friday", "2024-10-11 day"),
            ("on wednesday", "2024-10-09 day"),
            ("last week", "2024-09-30/2024-10-06 week"),
            ("last friday", "2024-10-04 day"),
            ("this week", "2024-10-07/2024-10-11 week"),
            ("three years ago", "2021-01-01/2021-12-31 year"),
            ("a month ago", "2024-09-01/2024-09-30 month"),
            ("nine days ago", "2024-10-02 day"),
            ("in november", "2023-11-01/2023-11-30 month"),
            ("last august", "2024-08-01/2024-08-31 month"),
            ("february this year", "2024-02-01/2024-02-29 month"),
            ("oct. 7 , 2023", "2023-10-07 day"),
            ("7 october 2023", "2023-10-07 day"),
            ("november 3", "2023-11-03 day"),
            ("at the beginning of 2024", "2024-01-01/2024-04-30 quarter"),
            ("early 2024", "2024-01-01/2024-06-30 year"),
            ("in the early 1990s", "1990-01-01/1994-12-31 vague"),
            ("in 2014", "2014-01-01/2014-12-31 year"),
            ("yesterday", "2024-10-10 day"),
            ("expelled him in march", "2024-03-01/2024-03-31 month"),
            ("since monday", "2024-10-07/2024-10-11 week"),
            ("since the beginning of june", "2024-06-01/2024-10-11 year"),
            ("from 3 to 5 may", "2024-05-03/2024-05-05 week"),
            ("between march and june", "2024-03-01/2024-06-30 quarter"),
            ("between 2002 and 2008", "2002-01-01/2008-12-31 vague"),
            ("the third quarter of 2023", "2023-07-01/2023-09-30 quarter"),
            ("the first week of october", "2024-09-30/2024-10-06 week"),
            ("at christmas", "2023-12-25 day"),
            ("during ramadan", "2024-03-11/2024-04-09 month"),
            ("on orthodox easter", "2024-05-05 day"),
            ("the past three weeks", "2024-09-20/2024-10-11 month"),
            ("a 2018 agreement", "2018-01-01/2018-12-31 year"),
            ("over the weekend", "2024-10-05/2024-10-06 week"),
            ("the five past years", "2019-10-11/2024-10-11 vague"),
            ("rose for the month", "2024-10-01/2024-10-11 week"),
            ("monday two weeks ago", "2024-09-23 day"),
            ("from august to november", "2024-08-01/2024-10-11 quarter"),
            ("easter weekend", "2024-03-30/2024-03-31 week"),
            ("labor day weekend", "2024-08-31/2024-09-02 week"),
            ("the 2nd this month", "2024-10-02 day"),
            ("nov - feb 2017", "2016-11-01/2017-02-28 quarter"),
            ("the day before christmas", "2023-12-24 day"),
            ("last thursday", "2024-10-03 day"),
            ("last wednesday", "2024-10-09 day"),
            ("this past thursday", "2024-10-10 day"),
            ("two sundays ago", "2024-09-29 day"),
            ("last october 7 in israel", "2024-10-07 day"),
            ("closed for three days from monday", "2024-10-07/2024-10-10 week"),
            ("in the year to date", "2024-01-01/2024-10-11 year"),
            ("last calendar year", "2023-01-01/2023-12-31 year"),
            ("on may twenty one", "2024-05-21 day"),
            ("in may twenty people died", "2024-05-01/2024-05-31 month"),
            ("in q1 - 2019", "2019-01-01/2019-03-31 quarter"),
            ("paid $ 12 december 27", "2023-12-27 day"),
            ("as long ago as 1962", "1962-01-01/1962-12-31 year"),
        ];
        back.iter().for_each(|(text, expected)| check(&calendar, text, false, expected));
        let ahead = [
            ("on wednesday", "2024-10-16 day"),
            ("next week", "2024-10-14/2024-10-20 week"),
            ("later in october", "2024-10-11/2024-10-31 month"),
            ("in november", "2024-11-01/2024-11-30 month"),
            ("by the end of the year", "2024-09-01/2024-12-31 quarter"),
            ("within 48 hours", "2024-10-11/2024-10-13 week"),
            ("in two weeks", "2024-10-21/2024-10-27 week"),
            ("from december to february", "2024-12-01/2025-02-28 quarter"),
            ("on feb. 29", "2028-02-29 day"),
            ("this weekend", "2024-10-12/2024-10-13 week"),
            ("between now and november", "2024-10-11/2024-11-30 quarter"),
            ("starting monday", "2024-10-14 day"),
            ("begins from november", "2024-11-01 day"),
            ("this coming friday", "2024-10-18 day"),
            ("two fridays from now", "2024-10-25 day"),
            ("next 6th of april", "2025-04-06 day"),
            // Nobody leaves out the year of days so far ahead.
            ("on october 2", "2024-10-02 day"),
            ("from october 2 to october 5", "2024-10-02/2024-10-05 week"),
            ("from november 2 to november 5", "2024-11-02/2024-11-05 week"),
        ];
        ahead.iter().for_each(|(text, expected)| check(&calendar, text, true, expected));
    }

    #[test]
    fn what_cannot_be_told_says_why() {
        let calendar = calendar();
        check(&calendar, "fiscal year 2024", false, "a fiscal year begins when its country says");
        check(&calendar, "before 2010", false, "bounded on one side only");
        check(&calendar, "to date , five have died", false, "bounded on one side only");
        check(&calendar, "for three days", false, "a length of time, not a day");
        check(&calendar, "the day before independence was declared", false, "counted from what has no date here");
        check(&calendar, "february 30 , 2024", false, "there is no such day");
    }

    #[test]
    fn other_words_are_left_alone() {
        let calendar = calendar();
        check(&calendar, "protesters march through the city", false, "none");
        check(&calendar, "they may attack", false, "none");
        check(&calendar, "2014 people were killed", false, "none");
        check(&calendar, "one of the days", false, "none");
        check(&calendar, "in two years of war", false, "none");
        check(&calendar, "hard to date exactly", false, "none");
    }

    #[test]
    fn no_year_is_too_far() {
        let calendar = calendar();
        let texts = [
            "5000 decades ago",
            "in 5000 years",
            "the past 5000 weeks",
            "last month",
            "next year",
            "since christmas",
            "last sunday",
            "next weekend",
            "from friday to monday",
            "early next decade",
            "the last week of last year",
            "in december",
            "on feb. 29",
            "between december and february",
            "two days before easter",
            "the 31st",
            "the next day",
            "the 1st century",
            "q1",
            "1 january",
            "within 5000 decades",
            "the first monday of january",
            "until next year",
            "the third quarter",
            "after tomorrow",
            "easter weekend",
            "the weekend of january 1",
            "monday two weeks ago",
            "the same week",
            "the day before christmas",
            "between now and january",
            "starting monday",
            "two sundays ago",
            "5000 sundays from now",
            "for 5000 years from today",
            "year to date",
        ];
        for day in ["0000-01-01", "0000-02-29", "0001-01-01", "2024-02-29", "9999-12-31", "9998-12-31"] {
            let published = day.parse().expect("a day");
            for text in texts {
                let words: Vec<&str> = text.split(' ').collect();
                for (ahead, told) in [(false, None), (true, Some((published, published)))] {
                    let setting = Setting { calendar: &calendar, published, told, ahead };
                    for (_, meaning) in find_in(&calendar, &words) {
                        let expression = TimeExpression { tokens: TokenId(0)..TokenId(1), meaning };
                        let _ = (expression.when(&setting, Span::new(0, 1)), ends(&expression.meaning, &setting));
                    }
                }
            }
        }
    }
}
