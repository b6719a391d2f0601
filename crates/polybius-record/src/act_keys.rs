//! Under which keys reports are looked for that may tell of the same act. The record keeps them, and those that adding has looked at stay in
//! memory, for every report looks at some five.

use std::cell::{Cell, RefCell};
use std::collections::hash_map::Entry;

use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

use crate::RecordError;
use crate::copies::hashed;

/// A key under which there are more reports is always looked up, for only those of some days are wanted.
const MOST_OF_KEY: usize = 4_096;

/// Of so many reports and keys all are forgotten.
const MOST: usize = 3_000_000;

/// Where there is no day: before all days.
const NO_DAY: i32 = i32::MIN;

/// The days and reports of a key in order; nothing where there are too many.
type OfKey = Option<Vec<(i32, i64)>>;

/// What was looked at, by keys.
#[derive(Default)]
pub(crate) struct ActKeys {
    reports: RefCell<FxHashMap<u32, OfKey>>,
    n: Cell<usize>,
}

impl ActKeys {
    /// Keeps where reports of the same act will look for this one.
    pub(crate) fn keep(
        &self,
        connection: &Connection,
        key: &str,
        day: Option<i32>,
        event: i64,
    ) -> Result<(), RecordError> {
        let (key, day) = (number(key), day.unwrap_or(NO_DAY));
        let insert = "INSERT OR IGNORE INTO act_keys (key, day, event) VALUES (?, ?, ?)";
        connection.prepare_cached(insert)?.execute(params![key, day, event])?;
        if let Some(Some(reports)) = self.reports.borrow_mut().get_mut(&key)
            && let Err(at) = reports.binary_search(&(day, event))
        {
            reports.insert(at, (day, event));
            self.n.set(self.n.get() + 1);
        }
        Ok(())
    }

    /// The latest reports before `event` that have the key on these days, the latest first; on no day, those of none.
    pub(crate) fn latest(
        &self,
        connection: &Connection,
        key: &str,
        days: Option<(i32, i32)>,
        event: i64,
        most: usize,
    ) -> Result<Vec<i64>, RecordError> {
        let (key, (first, last)) = (number(key), days.unwrap_or((NO_DAY, NO_DAY)));
        if self.n.get() > MOST {
            self.forget();
        }
        let mut known = self.reports.borrow_mut();
        let reports = match known.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let find = "SELECT day, event FROM act_keys WHERE key = ? ORDER BY day, event LIMIT ?";
                let mut find = connection.prepare_cached(find)?;
                let reports =
                    find.query_map(params![key, MOST_OF_KEY as i64 + 1], |row| Ok((row.get(0)?, row.get(1)?)))?;
                let reports: Vec<(i32, i64)> = reports.collect::<Result<_, _>>()?;
                let few = reports.len() <= MOST_OF_KEY;
                self.n.set(self.n.get() + if few { reports.len() } else { 0 });
                place.insert(few.then_some(reports))
            }
        };
        if let Some(reports) = reports {
            let (from, to) = ((first, i64::MIN), (last, i64::MAX));
            let (from, to) = (reports.partition_point(|&one| one < from), reports.partition_point(|&one| one <= to));
            let earlier = reports[from..to].iter().rev().map(|&(_, one)| one).filter(|&one| one < event);
            return Ok(earlier.take(most).collect());
        }
        let mut find = connection.prepare_cached(
            "SELECT event FROM act_keys WHERE key = ? AND day BETWEEN ? AND ? AND event < ? ORDER BY day DESC, event DESC LIMIT ?",
        )?;
        let events = find.query_map(params![key, first, last, event, most as i64], |row| row.get(0))?;
        Ok(events.collect::<Result<_, _>>()?)
    }

    /// What others may have changed, or what was taken back.
    pub(crate) fn forget(&self) {
        self.reports.borrow_mut().clear();
        self.n.set(0);
    }
}

/// A key as the record keeps it. Keys are stored, so it may never change.
fn number(key: &str) -> u32 {
    hashed(key.as_bytes()) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Record;

    /// Few of a key and too many of another, as they come and as the record has them: the same are found.
    #[test]
    fn what_stays_in_memory_is_what_the_record_has() {
        let record = Record::open(std::path::Path::new(":memory:")).expect("it is made");
        let connection = &record.connection;
        let keys = ActKeys::default();
        let mut kept: Vec<(&str, i32, i64)> = Vec::new();
        let check = |keys: &ActKeys, kept: &[(&str, i32, i64)], event: i64| {
            for key in ["few", "many", "none"] {
                for (first, last) in [(-3, 3), (5, 20), (40, 40)] {
                    let mut expected: Vec<(i32, i64)> = kept
                        .iter()
                        .filter(|(other, day, one)| *other == key && (first..=last).contains(day) && *one < event)
                        .map(|&(_, day, one)| (day, one))
                        .collect();
                    expected.sort_unstable_by(|one, other| other.cmp(one));
                    let expected: Vec<i64> = expected.into_iter().map(|(_, one)| one).take(7).collect();
                    let found = keys.latest(connection, key, Some((first, last)), event, 7).expect("it is read");
                    assert_eq!(found, expected, "{key} {first} {last}");
                }
            }
        };
        for event in 0..6_000_i64 {
            let (key, day) = (if event % 40 == 0 { "few" } else { "many" }, (event * 7 % 50) as i32 - 5);
            keys.keep(connection, key, Some(day), event).expect("it is kept");
            kept.push((key, day, event));
            if event % 500 == 0 {
                check(&keys, &kept, event);
            }
        }
        check(&keys, &kept, 3_000);
        keys.forget();
        check(&keys, &kept, 6_000);
        // What has no day stands by itself.
        keys.keep(connection, "few", None, 7_000).expect("it is kept");
        assert_eq!(keys.latest(connection, "few", None, 8_000, 7).expect("it is read"), [7_000]);
        check(&keys, &kept, 8_000);
    }
}
