//! Whom somebody acts on, and who acts on him.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::panel::{Days, Names, text};
use super::{By, Filter};
use crate::{Record, RecordError};

/// Whom somebody acts on, or who acts on him.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Partners {
    /// How many reports the filter has.
    pub n_reports: u64,
    /// The other sides, each with the number of incidents by quad class, most incidents first.
    pub others: Vec<(String, [u64; 4])>,
}

impl Record {
    /// Who is on the other side of a country or entity, of which the filter says what it does (`acts`) or suffers.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn partners(&self, filter: &Filter, code: &str, acts: bool) -> Result<Partners, RecordError> {
        let mut conditions = filter.conditions();
        let (own, other) = if acts { ("actor", "recipient") } else { ("recipient", "actor") };
        // What the join asks for stands before the conditions.
        conditions.values.insert(0, Box::new(code.to_owned()));
        let sql = format!(
            "SELECT r.event, d.{other}, r.incident, r.quad, r.day
             FROM {} LEFT JOIN dyads AS d ON d.event = r.event AND d.{own} = ?{}",
            filter.reports(),
            conditions.sql
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(&*conditions.values())?;
        let (mut n_reports, mut before) = (0, None);
        let (mut names, mut days) = (Names::default(), Days::new(By::Ever));
        // An incident counts once for each side, as its first report has it.
        let mut firsts: FxHashMap<(u32, i64), (u32, i64, u8)> = FxHashMap::default();
        while let Some(row) = rows.next()? {
            let event: i64 = row.get(0)?;
            n_reports += u64::from(before.replace(event) != Some(event));
            let Some(other) = text(row, 1)? else { continue };
            let told = (days.number(text(row, 4)?.unwrap_or_default()), event, row.get(3)?);
            let first = firsts.entry((names.number(other, None), row.get(2)?)).or_insert(told);
            let key = |told: &(u32, i64, u8)| (&days.names[told.0 as usize], told.1);
            if key(&told) < key(first) {
                *first = told;
            }
        }
        let mut others: Vec<(String, [u64; 4])> = names.names.into_iter().map(|(name, _)| (name, [0; 4])).collect();
        for ((name, _), (_, _, quad)) in firsts {
            others[name as usize].1[usize::from(quad.clamp(1, 4)) - 1] += 1;
        }
        others.sort_by_cached_key(|(name, quads)| (Reverse(quads.iter().sum::<u64>()), name.clone()));
        Ok(Partners { n_reports, others })
    }
}
