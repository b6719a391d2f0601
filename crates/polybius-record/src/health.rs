//! Whether the record is sound, what is in it, and what is missing.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::{Record, RecordError, Volume};

/// What a look at the record finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// What is broken; empty if the record is sound.
    pub faults: Vec<String>,
    /// How many there are of each thing.
    pub counts: Vec<(&'static str, u64)>,
    /// What someone should look at.
    pub notes: Vec<String>,
}

/// An outlet that has published nothing for so many days before the latest article is silent.
const SILENT_DAYS: i64 = 7;

/// So many examples are named.
const MOST_NAMED: usize = 10;

impl Record {
    /// Looks through the whole record.
    ///
    /// # Errors
    /// If it cannot be read at all.
    pub fn health(&self) -> Result<Health, RecordError> {
        let connection = &self.connection;
        let mut faults = texts(connection, "PRAGMA integrity_check(20)")?;
        faults.retain(|fault| fault != "ok");
        faults.extend(texts(
            connection,
            "SELECT 'row ' || coalesce(rowid, '?') || ' of ' || \"table\" || ' points at no row of ' || parent
             FROM pragma_foreign_key_check LIMIT 20",
        )?);
        for (query, what) in FAULTS {
            let n = number(connection, query)?;
            if n > 0 {
                faults.push(format!("{n} {what}"));
            }
        }
        let mut counts = Vec::new();
        for &(what, query) in COUNTS {
            counts.push((what, number(connection, query)?));
        }
        let notes = self.notes()?;
        Ok(Health { faults, counts, notes })
    }

    /// What someone should look at: silent outlets, days without an article, what could not be read, decisions, retractions.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn notes(&self) -> Result<Vec<String>, RecordError> {
        self.notes_on(&self.volume(None)?)
    }

    /// The same, where it is known how much each outlet published on each day.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn notes_on(&self, volume: &[Volume]) -> Result<Vec<String>, RecordError> {
        let connection = &self.connection;
        let mut notes = silent(volume);
        notes.extend(gaps(volume));
        let n_problems = number(connection, "SELECT count(*) FROM problems")?;
        let problems = "SELECT path || ':' || line || ': ' || reason || '; ' || cure FROM problems ORDER BY path, line";
        let problems = texts(connection, &format!("{problems} LIMIT {MOST_NAMED}"))?;
        let n_more = n_problems as usize - problems.len();
        notes.extend(problems.into_iter().map(|problem| format!("not read: {problem}")));
        if n_more > 0 {
            notes.push(format!("and {n_more} records more that were not read: table `problems`"));
        }
        notes.extend(texts(connection, DECISIONS)?);
        notes.extend(self.retractions()?.into_iter().map(|retraction| {
            let undone = match retraction.undone {
                Some((at, reason)) => format!("; restored {at}: {reason}"),
                None => String::new(),
            };
            format!("retracted {} on {}: {}{undone}", retraction.of, retraction.made_at, retraction.reason)
        }));
        Ok(notes)
    }
}

/// What must not be, and how it is told.
const FAULTS: &[(&str, &str)] = &[
    (
        "SELECT count(*) FROM events WHERE event NOT IN (SELECT event FROM memberships WHERE until IS NULL)",
        "reports without an incident",
    ),
    (
        "SELECT count(*) FROM (SELECT event FROM memberships WHERE until IS NULL GROUP BY event HAVING count(*) > 1)",
        "reports in two incidents at once",
    ),
    (
        "SELECT count(*) FROM (SELECT article FROM versions WHERE superseded_at IS NULL GROUP BY article HAVING count(*) > 1)",
        "articles with two versions in force",
    ),
    ("SELECT count(*) FROM versions WHERE version NOT IN (SELECT version FROM codings)", "versions that no run coded"),
    ("SELECT count(*) FROM events WHERE event NOT IN (SELECT event FROM evidence)", "reports without their rows"),
    ("SELECT count(*) FROM evidence WHERE json_valid(row) = 0", "rows that are no JSON"),
    (
        "SELECT count(*) FROM (SELECT event, incident, version FROM reports EXCEPT SELECT event, incident, version FROM in_force)",
        "reports in force that the table `in_force` lacks or has otherwise",
    ),
    (
        "SELECT count(*) FROM (SELECT event, incident, version FROM in_force EXCEPT SELECT event, incident, version FROM reports)",
        "rows of the table `in_force` that are not in force",
    ),
];

const COUNTS: &[(&str, &str)] = &[
    ("runs", "SELECT count(*) FROM runs"),
    ("articles", "SELECT count(*) FROM articles"),
    ("versions of articles", "SELECT count(*) FROM versions"),
    ("copies of other articles", "SELECT count(*) FROM versions WHERE copy_of IS NOT NULL"),
    ("codings", "SELECT count(*) FROM codings"),
    ("reports", "SELECT count(*) FROM events"),
    ("reports in force", "SELECT count(*) FROM reports"),
    ("incidents in force", "SELECT count(DISTINCT incident) FROM reports"),
    (
        "articles in force without a report",
        "SELECT count(*) FROM current_articles WHERE version NOT IN (SELECT version FROM reports)",
    ),
    ("records that were not read", "SELECT count(*) FROM problems"),
];

const DECISIONS: &str = "
    SELECT 'decision ' || decision || ', ' || kind || ' on ' || made_at || ': ' || reason
        || coalesce('; undone ' || undone_at, '') FROM decisions ORDER BY decision";

/// Outlets that have published nothing for long, the longest silent first.
fn silent(volume: &[Volume]) -> Vec<String> {
    let mut last: BTreeMap<&str, &str> = BTreeMap::new();
    for Volume { outlet, day, .. } in volume {
        if let Some(day) = day {
            let known = last.entry(outlet).or_insert(day);
            *known = (*known).max(day);
        }
    }
    let Some(latest) = last.values().copied().max() else { return Vec::new() };
    let is_silent = |&(&outlet, day): &(&&str, &&str)| {
        !outlet.is_empty() && days_between(day, latest).is_some_and(|days| days > SILENT_DAYS)
    };
    let mut silent: Vec<(&&str, &&str)> = last.iter().filter(is_silent).collect();
    silent.sort_by_key(|&(_, day)| day);
    silent.into_iter().take(MOST_NAMED).map(|(outlet, day)| format!("{outlet} is silent since {day}")).collect()
}

/// Days without an article, the longest span first.
fn gaps(volume: &[Volume]) -> Vec<String> {
    let days: BTreeSet<&str> = volume.iter().filter_map(|one| one.day.as_deref()).collect();
    let pairs = days.iter().zip(days.iter().skip(1));
    let spans = pairs.filter_map(|(&day, &next)| Some((days_between(day, next)?, day, next)));
    let mut gaps: Vec<(i64, &str, &str)> = spans.filter(|&(n, _, _)| n > 1).collect();
    gaps.sort_by_key(|&(n, day, _)| (Reverse(n), day));
    gaps.into_iter().take(5).map(|(_, day, next)| format!("no article between {day} and {next}")).collect()
}

fn days_between(first: &str, last: &str) -> Option<i64> {
    let day = |day: &str| day.parse::<jiff::civil::Date>().ok();
    Some(i64::from(day(first)?.until(day(last)?).ok()?.get_days()))
}

fn number(connection: &Connection, query: &str) -> Result<u64, RecordError> {
    Ok(connection.query_row(query, [], |row| row.get::<_, i64>(0))?.cast_unsigned())
}

fn texts(connection: &Connection, query: &str) -> Result<Vec<String>, RecordError> {
    let mut statement = connection.prepare(query)?;
    let texts = statement.query_map([], |row| row.get(0))?;
    Ok(texts.collect::<Result<_, _>>()?)
}
