//! Dates: expressions of time against the cases of Recognizers-Text, and the dates of acts against those that a reader gives.
//!
//! The cases are sentences to an assistant. Those of families that the news has are scored; the others are counted with the reason why
//! not. A case is right if the reading that looks back gives its past value and the one that looks ahead its future value.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::Date;
use polybius_coder::{TimeReading, When, times};
use polybius_document::{Article, Span};
use polybius_nlp::coref_score::Found;
use serde::Deserialize;
use serde_json::Value;

use super::ExpectedFile;
use super::expected::lies_within;
use crate::Pipeline;

/// One sentence of a case file, with what it holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DateCase {
    input: String,
    #[serde(default)]
    context: Option<CaseContext>,
    results: Vec<CaseResult>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CaseContext {
    reference_date_time: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CaseResult {
    text: String,
    /// Where it begins, in code points, if the set says it.
    start: Option<usize>,
    #[serde(default, alias = "TypeName")]
    r#type: String,
    #[serde(default, alias = "Resolution")]
    value: Option<Value>,
}

/// A first and a last day; `None` where an end is left open.
type Ends = (Option<Date>, Option<Date>);

/// How many cases are right, family by family, and how many are not scored, reason by reason.
#[derive(Debug, Clone, Default)]
pub struct DateScores {
    families: BTreeMap<&'static str, (usize, usize)>,
    unscored: BTreeMap<&'static str, usize>,
    seen: BTreeSet<(String, String, String)>,
    /// The wrong ones, for a person.
    pub wrong: Vec<String>,
}

/// What is no news style, and the words by which it is known.
const UNSCORED: [(&str, &[&str]); 5] = [
    ("words of commands and chats", &["tmrw", "tmr", "tmw", "my", "w/c", "yuandan", "sometime", "asap"]),
    ("conditions of a database query", &["than", "or", "greater", "equal", "ending", "starting", "onwards"]),
    ("business days", &["business", "working", "weekday", "weekdays"]),
    ("years in words", &["nineteen", "thousand", "hundred", "twenty-tens", "noughties"]),
    ("seasons, which differ by hemisphere", &["spring", "summer", "autumn", "fall", "winter"]),
];

impl DateScores {
    /// Scores the cases of one file; a case that stands in several counts once.
    pub fn add(&mut self, cases: &[DateCase], pipeline: &Pipeline) {
        for case in cases {
            let context = case.context.as_ref().and_then(|context| context.reference_date_time.as_deref());
            let Some(published) = context.and_then(|time| time.get(..10)?.parse::<Date>().ok()) else { continue };
            let document = pipeline.annotate(Article::from_text("case", &case.input));
            let readings = times(&document, &pipeline.codebook, published);
            for result in &case.results {
                let kind = result.r#type.trim_start_matches("datetimeV2.");
                let key = (published.to_string(), case.input.clone(), result.text.to_lowercase());
                if result.value.is_none() || !self.seen.insert(key) {
                    continue;
                }
                match expected(result)
                    .ok_or("no day that exists is given")
                    .and_then(|ends| Ok((family(kind, result)?, ends)))
                {
                    Err(reason) => *self.unscored.entry(reason).or_default() += 1,
                    Ok((family, (back, ahead))) => self.judge(family, case, result, published, back, ahead, &readings),
                }
            }
        }
    }

    #[expect(clippy::too_many_arguments)]
    fn judge(
        &mut self,
        family: &'static str,
        case: &DateCase,
        result: &CaseResult,
        published: Date,
        back: Ends,
        ahead: Ends,
        readings: &[TimeReading],
    ) {
        let told = result.start.map(|start| case.input.chars().take(start).map(char::len_utf8).sum());
        let start: usize =
            told.or_else(|| case.input.to_lowercase().find(&result.text.to_lowercase())).unwrap_or_default();
        let overlap = |reading: &TimeReading| {
            let range = reading.span.range();
            range.end.min(start + result.text.len()).saturating_sub(range.start.max(start))
        };
        let found = readings.iter().filter(|reading| overlap(reading) > 0).max_by_key(|reading| overlap(reading));
        let is_range = family == "ranges";
        let right =
            found.is_some_and(|reading| agrees(back, reading.back, is_range) && agrees(ahead, reading.ahead, is_range));
        let counts = self.families.entry(family).or_default();
        counts.0 += 1;
        counts.1 += usize::from(right);
        if !right {
            let shown = |ends: Ends| {
                let day = |day: Option<Date>| day.map_or("…".to_owned(), |day| day.to_string());
                format!("{}/{}", day(ends.0), day(ends.1))
            };
            let got = found.map_or("nothing".to_owned(), |reading| {
                let words = case.input.get(reading.span.range()).unwrap_or_default();
                format!("“{words}” {} {}", shown(reading.back), shown(reading.ahead))
            });
            let wanted = format!("{} {}", shown(back), shown(ahead));
            self.wrong
                .push(format!("{family}: {published} “{}” in “{}” is {wanted}, not {got}", result.text, case.input));
        }
    }

    /// How many cases are scored, and how many of them are right.
    pub fn sums(&self) -> (usize, usize) {
        self.families.values().fold((0, 0), |(all, right), (a, r)| (all + a, right + r))
    }
}

/// The family of a case that is scored, or why it is not.
fn family(kind: &str, result: &CaseResult) -> Result<&'static str, &'static str> {
    match kind {
        "date" | "daterange" => {}
        "time" | "timerange" | "timezone" => return Err("times of day without a day"),
        "datetime" | "datetimerange" => return Err("hours and minutes, which events do not have"),
        "duration" => return Err("lengths of time, which are no day"),
        "set" => return Err("repetitions, which are no day"),
        _ => return Err("alternatives put to an assistant"),
    }
    let text = result.text.to_lowercase();
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let has = |these: &[&str]| words.iter().any(|word| these.contains(word));
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
    let is_number = |word: &&str| digits(word) == word.len();
    let is_year = |word: &&str| is_number(word) && word.len() == 4;
    let ending = |word: &str| word.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
    let is_ordinal = |word: &str| digits(word) > 0 && matches!(ending(word).as_str(), "st" | "nd" | "rd" | "th");
    let is_glued = |word: &&str| {
        let kept = word.starts_with(['q', 'h', '\'', '’']) || matches!(ending(word).as_str(), "" | "s" | "'s");
        digits(word) > 0 && !is_ordinal(word) && !kept
    };
    let is_spaced = words.len() > 1 || !words.iter().all(is_year);
    if is_spaced && digits(&text) > 4 && !text.contains(char::is_alphabetic) {
        return Err("dates in numbers alone");
    }
    if words
        .iter()
        .any(|word| digits(word) > 1 && word.contains(['/', '.', '-']) && !word.contains(char::is_alphabetic))
    {
        return Err("dates in numbers alone");
    }
    if words.iter().any(is_glued) {
        return Err("numbers and letters in one word");
    }
    let is_bare = |word: &&str| is_ordinal(word) || (is_number(word) && word.len() < 3) || LINKS.contains(word);
    if words.iter().all(is_bare) {
        return Err("bare days of a month");
    }
    if let Some(at) = words.iter().position(|word| *word == "week") {
        let (before, after) = (at.checked_sub(1).map(|before| words[before]), words.get(at + 1));
        let of_day = after == Some(&"of") && matches!(before, None | Some("the"));
        if of_day
            || after.is_some_and(|word| is_number(word) || matches!(*word, "commencing" | "beginning" | "starting"))
        {
            return Err("weeks by number or day");
        }
    }
    if let Some((reason, _)) = UNSCORED.iter().find(|(_, these)| has(these)) {
        return Err(reason);
    }
    let named = |word: &&str| NAMES.iter().any(|name| word.starts_with(name)) && !word.starts_with("month");
    Ok(match words.first().copied().unwrap_or_default() {
        "before" | "after" | "since" | "until" | "till" | "by" | "within" => "bounded on one side",
        "from" | "between" => "ranges",
        _ if has(&["to", "till", "until", "through", "-"]) || text.contains('-') => "ranges",
        _ if has(&["ago", "later", "from", "after", "before", "in"]) => "counted from a day",
        "today" | "yesterday" | "tomorrow" => "days, weekdays and months by name",
        _ if words.iter().any(|word| UNITS.contains(&word.trim_end_matches('s'))) => {
            "weeks, months, years, parts of them"
        }
        _ if words.iter().any(named) => "days, weekdays and months by name",
        _ if has(&["century"]) || words.iter().any(|word| word.ends_with("0s") || word.ends_with("ties")) => "decades",
        _ if words.iter().all(is_year) => "years",
        _ => "named days and others",
    })
}

const LINKS: [&str; 9] = ["the", "from", "to", "between", "and", "till", "until", "through", "-"];
const UNITS: [&str; 8] = ["day", "week", "weekend", "month", "quarter", "half", "year", "decade"];
const NAMES: [&str; 19] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue", "wed", "thu",
    "fri", "sat", "sun",
];

/// The days looking back and looking ahead that the case gives; `None` if it gives none, or none that exist.
fn expected(result: &CaseResult) -> Option<(Ends, Ends)> {
    let value = result.value.as_ref()?;
    let day =
        |value: Option<&Value>| value.and_then(Value::as_str).and_then(|text| text.get(..10)?.parse::<Date>().ok());
    let ends = |value: &Value| -> Option<Ends> {
        let single = day(value.get("date")).or(day(value.get("value")));
        let bound = |names: [&str; 2]| names.iter().find_map(|name| day(value.get(*name)));
        let found = match (single, value.get("Mod").and_then(Value::as_str)) {
            (Some(day), Some("before" | "until")) => (None, Some(day)),
            (Some(day), Some("after" | "since")) => (Some(day), None),
            (Some(day), _) => (Some(day), Some(day)),
            (None, _) => (bound(["startDate", "start"]), bound(["endDate", "end"])),
        };
        let year = found.0.or(found.1)?.year();
        (year > 1).then_some(found)
    };
    if let Some(past) = value.get("PastResolution") {
        return Some((ends(past)?, ends(value.get("FutureResolution")?)?));
    }
    let values = value.get("values")?.as_array()?;
    let (first, last) = (ends(values.first()?)?, ends(values.last()?)?);
    Some((first, last))
}

/// Whether the days are those of the case, whose times end on the last day or on the day after it, and whose bounds may be in or out.
///
/// The set writes a range "from A to B" as the first day of A and the first day of B, whether B is a day, a month, a quarter or a year.
fn agrees(wanted: Ends, got: Ends, is_range: bool) -> bool {
    let begins = |wanted: Date, got: Date| {
        let quarter = |date: Date| (date.month() - 1) / 3;
        let is_whole = got == got.last_of_month() && wanted == wanted.first_of_month() && wanted.year() == got.year();
        is_range
            && is_whole
            && (wanted.month() == got.month()
                || (wanted.month() == 1 && got.month() == 12)
                || (wanted.month() % 3 == 1 && got.month() % 3 == 0 && quarter(wanted) == quarter(got)))
    };
    let near = |wanted: Option<Date>, got: Option<Date>| match (wanted, got) {
        (Some(wanted), Some(got)) => {
            got == wanted || got.tomorrow().is_ok_and(|next| next == wanted) || begins(wanted, got)
        }
        (None, None) => true,
        _ => false,
    };
    match (wanted, got) {
        ((Some(day), Some(end)), (Some(first), Some(last))) if day == end => first == day && last == day,
        ((Some(start), Some(_)), (Some(first), _)) => start == first && near(wanted.1, got.1),
        ((Some(start), None), (Some(first), None)) => near(Some(first), Some(start)) || start == first,
        _ => wanted.0 == got.0 && near(wanted.1, got.1),
    }
}

impl fmt::Display for DateScores {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{:<46}cases  right", "scored")?;
        for (family, (all, right)) in &self.families {
            writeln!(formatter, "{family:<46}{all:>5}{right:>7}")?;
        }
        writeln!(formatter, "\n{:<46}cases", "not scored")?;
        for (reason, count) in &self.unscored {
            writeln!(formatter, "{reason:<46}{count:>5}")?;
        }
        let (all, right) = self.sums();
        let share = if all == 0 { 0.0 } else { right as f64 / all as f64 };
        writeln!(formatter, "\nvalue exact      {share:.3} ({right} of {all} cases)")
    }
}

/// The dates of the acts that a reader found in an article, whether or not they are coded: those that the coder would give at their
/// words. Of an act for which the reader gives no date, only a date read from words counts as found.
pub fn score_article_dates(article: Article, expected: &ExpectedFile, pipeline: &Pipeline) -> (Found, Vec<String>) {
    let document = pipeline.annotate(article);
    let spans = spans_of_acts(&document.article().text, expected);
    let dates = polybius_coder::dates(&document, &pipeline.codebook, &spans);
    let mut found = Found::default();
    let mut wrong = Vec::new();
    for (fact, date) in expected.fact.iter().zip(dates) {
        let wanted = fact.expected.date.as_deref();
        let shown = |when: &When| format!("{}/{}", when.start, when.end);
        let date = date.filter(|when| wanted.is_some() || when.span.is_some());
        let right = date.as_ref().zip(wanted).is_some_and(|(when, wanted)| lies_within(&shown(when), wanted));
        let count = |is: bool| if is { 1.0 } else { 0.0 };
        found += Found::new(count(right), count(wanted.is_some()), count(date.is_some()));
        if !right && (wanted.is_some() || date.is_some()) {
            let got = date.map_or("none".to_owned(), |when| {
                format!("{} “{}”", shown(&when), when.span.map_or("", |span| document.text(span)))
            });
            let act = fact.trigger.as_deref().unwrap_or_default();
            wrong.push(format!("“{}” ({act}) is {}, not {got}", fact.quote, wanted.unwrap_or("none")));
        }
    }
    (found, wrong)
}

/// Where the words that name each fact stand, empty where the text has none.
pub(super) fn spans_of_acts(text: &str, expected: &ExpectedFile) -> Vec<Span> {
    let span = |quote, words| trigger(text, quote, words).unwrap_or(Span::new(0, 0));
    expected.fact.iter().map(|fact| span(&fact.quote, fact.trigger.as_deref())).collect()
}

/// Where the words that name the act stand: all of them if they stand together, else the first.
fn trigger(text: &str, quote: &str, trigger: Option<&str>) -> Option<Span> {
    let first = quote.split('…').map(str::trim).find(|part| !part.is_empty())?;
    let start = text.find(first)?;
    let inside = text.get(start..)?.get(..quote.len() + 200).unwrap_or(&text[start..]);
    let words = trigger.unwrap_or(first);
    let (at, length) = match inside.find(words) {
        Some(at) => (at, words.len()),
        None => words.split_whitespace().find_map(|word| Some((inside.find(word)?, word.len())))?,
    };
    let start = start + at;
    Some(Span::new(start as u32, (start + length) as u32))
}
