//! What has changed: pairs of which more, or less, is reported than before.

use std::collections::{BTreeMap, HashMap};

use super::Filter;
use crate::time::days_later;
use crate::{Record, RecordError};

/// How the last days differ from those before.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// The last days, first and last.
    pub recent: (String, String),
    /// The days before that they are compared with, first and last.
    pub before: (String, String),
    /// What changed most comes first.
    pub pairs: Vec<Changed>,
}

/// A pair of which more or less is reported than before.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// Who acts: the country, else the entity.
    pub actor: String,
    /// On whom.
    pub recipient: String,
    /// How many incidents there are of the last days, by quad class.
    pub quads: [u64; 4],
    /// How many there would be if the last days were as those before.
    pub usual: f64,
    /// By how many standard deviations of a Poisson count with that mean, or with a mean of one if it is less, they differ.
    pub deviations: f64,
}

impl Changed {
    /// How many incidents there are of the last days.
    pub fn n_incidents(&self) -> u64 {
        self.quads.iter().sum()
    }
}

impl Record {
    /// The pairs whose last `n_days` days, up to `last`, differ most from the `n_before` times as many days before.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn changes(&self, filter: &Filter, last: &str, n_days: u32, n_before: u32) -> Result<Changes, RecordError> {
        let n_days = i64::from(n_days);
        let day = |n: i64| days_later(last, -n).unwrap_or_else(|| last.to_owned());
        let recent = (day(n_days - 1), last.to_owned());
        let before = (day(n_days * (i64::from(n_before) + 1) - 1), day(n_days));
        let filter = Filter { from: Some(before.0.clone()), to: Some(recent.1.clone()), ..filter.clone() };
        let conditions = filter.conditions();
        let sql = format!(
            "SELECT d.actor, d.recipient, r.incident, r.quad, r.day FROM {} JOIN dyads AS d ON d.event = r.event{}
             ORDER BY r.day, r.event",
            filter.reports(),
            conditions.sql
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(&*conditions.values())?;
        let mut seen: HashMap<(String, String), std::collections::HashSet<i64>> = HashMap::new();
        let mut counts: BTreeMap<(String, String), ([u64; 4], u64)> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let pair: (String, String) = (row.get(0)?, row.get(1)?);
            if !seen.entry(pair.clone()).or_default().insert(row.get(2)?) {
                continue;
            }
            let (quads, n_earlier) = counts.entry(pair).or_default();
            if row.get::<_, String>(4)? >= recent.0 {
                quads[usize::from(row.get::<_, u8>(3)?.clamp(1, 4)) - 1] += 1;
            } else {
                *n_earlier += 1;
            }
        }
        let changed = |((actor, recipient), (quads, n_earlier)): ((String, String), ([u64; 4], u64))| {
            let usual = n_earlier as f64 / f64::from(n_before.max(1));
            let n = quads.iter().sum::<u64>() as f64;
            Changed { actor, recipient, quads, usual, deviations: (n - usual) / usual.max(1.0).sqrt() }
        };
        let mut pairs: Vec<Changed> = counts.into_iter().map(changed).collect();
        pairs.sort_by(|one, other| other.deviations.abs().total_cmp(&one.deviations.abs()));
        Ok(Changes { recent, before, pairs })
    }
}
