//! GDELT mentions: 16 columns between tabs and no heads, a row for each report of each row that `gdelt` writes, with the same ids. Lengths
//! and tones of documents are left empty. It cannot carry auxiliary modes or attributions.

use std::io::{self, Write};

use polybius::{EventRow, ParticipantRow};

use super::{Rows, number, pairs, tabbed};
use crate::Report;

/// Reports by incident.
#[derive(Default)]
pub(super) struct Mentions {
    /// The number and first report of the incident under way.
    first: Option<(i64, EventRow, String)>,
}

impl Rows for Mentions {
    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let row = &report.row;
        let day = |day: Option<&str>| day.map(|day| day.replace('-', "") + "000000").unwrap_or_default();
        let is_first = self.first.as_ref().is_none_or(|(incident, ..)| *incident != report.entry.incident);
        if is_first {
            self.first = Some((report.entry.incident, row.clone(), day(report.entry.day.as_deref())));
        }
        let Some((_, first, time)) = &self.first else { return Ok(()) };
        let offset = |one: Option<&ParticipantRow>| one.map_or(-1, |one| one.start as i64).to_string();
        for index in 0..pairs(first).len() {
            let fields = [
                number(first, index).to_string(),
                time.clone(),
                day(row.published.as_deref()),
                if row.url.is_some() { "1" } else { "2" }.to_owned(),
                row.outlet.clone().unwrap_or_default(),
                row.url.clone().unwrap_or_else(|| row.document_id.clone()),
                row.sentence.to_string(),
                offset(row.actors.first()),
                offset(row.recipients.first()),
                row.why.trigger.start.to_string(),
                "1".to_owned(),
                format!("{:.0}", row.confidence * 100.0),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
            ];
            out.write_all(tabbed(fields.iter().map(String::as_str)).as_bytes())?;
        }
        Ok(())
    }
}
