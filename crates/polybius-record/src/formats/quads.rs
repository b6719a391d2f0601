//! Quads of temporal knowledge graphs: who, type of act, to whom, day, between tabs; those who act together both ways. Who is a country's code,
//! else an entity of the codebook. It cannot carry anything else; reports without both sides or a day are left out.

use std::io::{self, Write};

use super::{Rows, pairs, tabbed};
use crate::Report;
use crate::add::code;

pub(super) struct Quads;

impl Rows for Quads {
    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let Some(day) = &report.entry.day else { return Ok(()) };
        for (actor, recipient) in pairs(&report.row) {
            if let (Some(actor), Some(recipient)) = (actor.and_then(code), recipient.and_then(code)) {
                out.write_all(tabbed([actor, &report.row.event_type, recipient, day]).as_bytes())?;
            }
        }
        Ok(())
    }
}
