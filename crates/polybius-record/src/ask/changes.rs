//! What has changed: pairs of which more, or less, is reported than before.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::Filter;
use super::panel::{Key, Names, text};
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
            "SELECT d.actor, d.recipient, r.incident, r.quad, r.day, r.event FROM {} JOIN dyads AS d ON d.event = r.event{}",
            filter.reports(),
            conditions.sql
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(&*conditions.values())?;
        let mut units = Names::default();
        // An incident counts once for each pair, on the day of its first report.
        let mut firsts: FxHashMap<(u32, i64), (String, i64, u8)> = FxHashMap::default();
        while let Some(row) = rows.next()? {
            let pair = units.number(text(row, 0)?.unwrap_or_default(), text(row, 1)?);
            let told = (row.get::<_, String>(4)?, row.get(5)?, row.get(3)?);
            match firsts.entry((pair, row.get(2)?)) {
                Entry::Vacant(entry) => _ = entry.insert(told),
                Entry::Occupied(mut entry) if told < *entry.get() => _ = entry.insert(told),
                Entry::Occupied(_) => {}
            }
        }
        let mut counts = vec![([0_u64; 4], 0_u64); units.names.len()];
        for ((pair, _), (day, _, quad)) in firsts {
            let (quads, n_earlier) = &mut counts[pair as usize];
            if day >= recent.0 {
                quads[usize::from(quad.clamp(1, 4)) - 1] += 1;
            } else {
                *n_earlier += 1;
            }
        }
        let changed = |((actor, recipient), (quads, n_earlier)): (Key, ([u64; 4], u64))| {
            let recipient = recipient.unwrap_or_default();
            let usual = n_earlier as f64 / f64::from(n_before.max(1));
            let n = quads.iter().sum::<u64>() as f64;
            Changed { actor, recipient, quads, usual, deviations: (n - usual) / usual.max(1.0).sqrt() }
        };
        let mut pairs: Vec<Changed> = units.names.into_iter().zip(counts).map(changed).collect();
        pairs.sort_by(|one, other| {
            let by_size = other.deviations.abs().total_cmp(&one.deviations.abs());
            by_size.then_with(|| (&one.actor, &one.recipient).cmp(&(&other.actor, &other.recipient)))
        });
        Ok(Changes { recent, before, pairs })
    }
}
