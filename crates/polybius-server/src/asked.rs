//! What an address asks for: its parameters, read into a filter and written back into links, so that every page has a permalink.

use std::fmt::Write;
use std::str::FromStr;

use jiff::civil::Date;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use polybius_record::{By, Filter, Moment, RunId, Status};

/// The parameters that narrow down reports, in the order in which they are written, each with what it means.
pub const FILTERS: &[(&str, &str)] = &[
    ("actor", "who acts: countries (ISO 3166-1 alpha-3) or entities, joined by commas"),
    ("recipient", "to whom, or together with whom"),
    ("type", "event types, or modes as ASSAULT/aerial"),
    ("quad", "quad classes, 1 to 4"),
    ("status", "happened, denied, future, hypothetical, historical, any"),
    ("from", "the first day"),
    ("to", "the last day"),
    ("place", "countries in which it happens"),
    ("outlet", "who reports it"),
    ("min_confidence", "the least confidence, 0 to 1"),
    ("without_copies", "yes leaves out articles that copy earlier ones"),
    ("run", "what this run made of the articles"),
    ("as_of", "as the record stood at the end of this day, or at this moment"),
    ("id", "ids of events or articles"),
    ("incident", "one incident"),
];

/// What need not be escaped in a parameter.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b',').remove(b'/').remove(b':');

/// The parameters of an address, in order; empty ones are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    pairs: Vec<(String, String)>,
}

/// A parameter that cannot be understood, with a cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// The parameter.
    pub name: String,
    /// What is wrong and what to do.
    pub reason: String,
}

impl Asked {
    /// The parameters of the part of an address behind `?`. Of a name that stands twice the values are joined by a comma.
    pub fn parse(query: &str) -> Asked {
        let mut asked = Asked::default();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decoded =
                |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().trim().to_owned();
            let (name, value) = (decoded(name), decoded(value));
            if value.is_empty() {
                continue;
            }
            match asked.pairs.iter_mut().find(|(known, _)| *known == name) {
                Some((_, values)) => *values = format!("{values},{value}"),
                None => asked.pairs.push((name, value)),
            }
        }
        let place = |name: &str| FILTERS.iter().position(|(known, _)| *known == name).unwrap_or(FILTERS.len());
        asked.pairs.sort_by(|(one, _), (other, _)| (place(one), one).cmp(&(place(other), other)));
        asked
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The names of all parameters.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().map(|(name, _)| name.as_str())
    }

    /// The same with one parameter set, or left out where the value is empty.
    pub fn with(&self, name: &str, value: impl Into<String>) -> Asked {
        let mut query = self.clone();
        query.pairs.retain(|(known, _)| known != name);
        query.pairs.push((name.to_owned(), value.into()));
        Asked::parse(&query.written())
    }

    /// The same without some parameters.
    pub fn without(&self, names: &[&str]) -> Asked {
        let pairs = self.pairs.iter().filter(|(name, _)| !names.contains(&name.as_str()));
        Asked { pairs: pairs.cloned().collect() }
    }

    /// The same with only those parameters that narrow down reports.
    pub fn narrowing(&self) -> Asked {
        let pairs = self.pairs.iter().filter(|(name, _)| FILTERS.iter().any(|(known, _)| known == name));
        Asked { pairs: pairs.cloned().collect() }
    }

    /// The parameters as they stand behind `?`.
    pub fn written(&self) -> String {
        let mut written = String::new();
        for (name, value) in &self.pairs {
            let separator = if written.is_empty() { "" } else { "&" };
            write!(written, "{separator}{name}={}", escaped(value)).expect("writing to a string cannot fail");
        }
        written
    }

    /// The address of a page with these parameters.
    pub fn at(&self, path: &str) -> String {
        if self.pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", self.written()) }
    }

    /// The values of a list.
    pub fn list(&self, name: &str) -> Vec<String> {
        let values = self.get(name).into_iter().flat_map(|values| values.split(','));
        values.map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect()
    }

    /// The filter that the parameters stand for; `otherwise` are the statuses where none is named.
    ///
    /// # Errors
    /// Every parameter that cannot be understood.
    pub fn filter(&self, otherwise: &[Status]) -> Result<Filter, Vec<Misread>> {
        let mut misread = Vec::new();
        let mut filter = Filter {
            actors: self.list("actor").into_iter().map(code).collect(),
            recipients: self.list("recipient").into_iter().map(code).collect(),
            event_types: self.list("type").into_iter().map(event_type).collect(),
            places: self.list("place").into_iter().map(code).collect(),
            // An outlet may have a comma in its name, so there is one at a time.
            outlets: self.get("outlet").map(str::to_owned).into_iter().collect(),
            ids: self.list("id"),
            without_copies: self.get("without_copies").is_some_and(|value| value != "no"),
            ..Filter::default()
        };
        let mut note =
            |name: &str, reason: &str| misread.push(Misread { name: name.to_owned(), reason: reason.to_owned() });
        for (name, day) in [("from", &mut filter.from), ("to", &mut filter.to)] {
            *day = self.get(name).map(str::to_owned);
            if self.get(name).is_some_and(|day| day.len() != 10 || day.parse::<Date>().is_err()) {
                note(name, "a day such as 2025-03-04 is needed");
            }
        }
        for quad in self.list("quad") {
            match quad.parse() {
                Ok(quad @ 1..=4) => filter.quads.push(quad),
                _ => note("quad", "quad classes are 1, 2, 3 and 4"),
            }
        }
        let statuses = self.list("status");
        if statuses.is_empty() {
            filter.statuses = otherwise.to_vec();
        } else if !statuses.iter().any(|status| status == "any") {
            for status in statuses {
                match STATUSES.iter().find(|known| known.as_str() == status) {
                    Some(&known) => filter.statuses.push(known),
                    None => note("status", "it is one of happened, denied, future, hypothetical, historical, any"),
                }
            }
        }
        match self.parsed::<f64>("min_confidence") {
            Some(Ok(least)) if (0.0..=1.0).contains(&least) => filter.min_confidence = least,
            Some(_) => note("min_confidence", "a number from 0 to 1 is needed"),
            None => {}
        }
        match self.parsed("run") {
            Some(Ok(run)) => filter.run = Some(RunId(run)),
            Some(Err(_)) => note("run", "a number is needed; Data health lists the runs"),
            None => {}
        }
        match self.parsed("incident") {
            Some(Ok(incident)) => filter.incident = Some(incident),
            Some(Err(_)) => note("incident", "a number is needed"),
            None => {}
        }
        match self.parsed::<Moment>("as_of") {
            Some(Ok(moment)) => filter.as_of = Some(moment),
            Some(Err(reason)) => note("as_of", &reason),
            None => {}
        }
        if misread.is_empty() { Ok(filter) } else { Err(misread) }
    }

    /// The period that is asked for.
    pub fn by(&self) -> Option<By> {
        PERIODS.iter().find(|(name, _)| self.get("by") == Some(name)).map(|&(_, by)| by)
    }

    fn parsed<T: FromStr>(&self, name: &str) -> Option<Result<T, T::Err>> {
        self.get(name).map(str::parse)
    }
}

/// Every status, in the order in which they are offered.
pub const STATUSES: [Status; 5] =
    [Status::Happened, Status::Denied, Status::Future, Status::Hypothetical, Status::Historical];

/// The periods by name.
pub const PERIODS: [(&str, By); 4] = [("day", By::Day), ("week", By::Week), ("month", By::Month), ("year", By::Year)];

/// The name of a period.
pub fn name_of(by: By) -> &'static str {
    PERIODS.iter().find(|(_, known)| *known == by).map_or("ever", |(name, _)| name)
}

/// The first and last day of a period.
pub fn days_of(by: By, period: &str) -> Option<(String, String)> {
    let year: i16 = period.get(..4)?.parse().ok()?;
    let (first, last) = match by {
        By::Day => (period.parse().ok()?, period.parse().ok()?),
        By::Week => {
            let monday =
                jiff::civil::ISOWeekDate::new(year, period.get(6..)?.parse().ok()?, jiff::civil::Weekday::Monday);
            let monday = monday.ok()?.date();
            (monday, monday.checked_add(jiff::ToSpan::days(6)).ok()?)
        }
        By::Month => {
            let first = Date::new(year, period.get(5..7)?.parse().ok()?, 1).ok()?;
            (first, first.last_of_month())
        }
        By::Year | By::Ever => (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?),
    };
    Some((first.to_string(), last.to_string()))
}

/// A value as it stands in an address.
pub fn escaped(value: &str) -> String {
    utf8_percent_encode(value, PLAIN).to_string()
}

fn code(text: String) -> String {
    let is_country = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_country { text.to_ascii_uppercase() } else { text }
}

fn event_type(text: String) -> String {
    match text.split_once('/') {
        Some((event_type, mode)) => format!("{}/{mode}", event_type.to_ascii_uppercase()),
        None => text.to_ascii_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_written_back() {
        let check = |query: &str, expected: &str| assert_eq!(Asked::parse(query).written(), expected);
        check("to=2025-01-02&actor=rus&actor=UKR&empty=&type=", "actor=rus,UKR&to=2025-01-02");
        check("outlet=The+Post+%26+Mail&x=%3Cb%3E", "outlet=The%20Post%20%26%20Mail&x=%3Cb%3E");
    }

    #[test]
    fn periods_have_their_days() {
        let check = |by: By, period: &str, first: &str, last: &str| {
            assert_eq!(days_of(by, period), Some((first.to_owned(), last.to_owned())));
        };
        check(By::Week, "2024-W41", "2024-10-07", "2024-10-13");
        check(By::Month, "2024-02", "2024-02-01", "2024-02-29");
        check(By::Year, "2024", "2024-01-01", "2024-12-31");
        assert_eq!(days_of(By::Month, "ever"), None);
    }

    #[test]
    fn everything_misread_is_named() {
        let asked =
            Asked::parse("from=March&quad=1,5&status=maybe&min_confidence=2&as_of=x&actor=rus&type=assault/aerial");
        let names: Vec<String> = asked.filter(&[]).unwrap_err().into_iter().map(|misread| misread.name).collect();
        assert_eq!(names, ["from", "quad", "status", "min_confidence", "as_of"]);
        let filter =
            asked.without(&["from", "quad", "status", "min_confidence", "as_of"]).filter(&[Status::Happened]).unwrap();
        assert_eq!((filter.actors[0].as_str(), filter.event_types[0].as_str()), ("RUS", "ASSAULT/aerial"));
        assert_eq!(filter.statuses, [Status::Happened]);
    }
}
