//! The ledger: claims and expectations, added with the events of their article.

use polybius::{ClaimRow, ExpectationRow, ParticipantRow, formats};
use rusqlite::params;

use crate::{Record, RecordError};

impl Record {
    pub(crate) fn add_claims(&self, coding: i64, claims: &[ClaimRow]) -> Result<(), RecordError> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO claims (coding, claim_id, day, stance, negated, told, row) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?;
        for claim in claims {
            let day = claim.date.as_ref().map(|date| &date.start).or(claim.published.as_ref());
            let json = formats::claim_line(claim);
            let values = params![coding, claim.claim_id, day, claim.stance, claim.negated, claim.told, json.trim_end()];
            insert.execute(values)?;
            let number = self.connection.last_insert_rowid();
            self.index("claim", "speaker", number, std::slice::from_ref(&claim.speaker))?;
            self.index("claim", "about", number, &claim.about)?;
        }
        Ok(())
    }

    pub(crate) fn add_expectations(&self, coding: i64, expectations: &[ExpectationRow]) -> Result<(), RecordError> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO expectations (coding, expectation_id, day, event_type, negated, until, row) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?;
        for one in expectations {
            let json = formats::expectation_line(one);
            let until = &one.settled_by.until;
            let values =
                params![coding, one.expectation_id, one.published, one.event_type, one.negated, until, json.trim_end()];
            insert.execute(values)?;
            let number = self.connection.last_insert_rowid();
            self.index("expectation", "actor", number, &one.actors)?;
            self.index("expectation", "recipient", number, &one.recipients)?;
        }
        Ok(())
    }

    fn index(&self, what: &str, side: &str, number: i64, participants: &[ParticipantRow]) -> Result<(), RecordError> {
        let insert = format!("INSERT OR IGNORE INTO {what}_codes (code, side, {what}) VALUES (?, ?, ?)");
        let mut insert = self.connection.prepare_cached(&insert)?;
        for code in participants.iter().flat_map(|one| [&one.country, &one.entity]).flatten() {
            insert.execute(params![code, side, number])?;
        }
        Ok(())
    }
}
