//! Runs: what coded, by digests of everything that could make a difference.

use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use crate::{Moment, Record, RecordError};

/// What coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maker {
    /// The program's version.
    pub version: String,
    /// The digest of the program.
    pub program: String,
    /// The digest of the codebook with all that was laid over it.
    pub codebook: String,
    /// The digest of the trained models.
    pub models: String,
    /// The options that change what is coded, in words.
    pub settings: String,
}

/// The number of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunId(pub i64);

/// A run as the record has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its number.
    pub id: RunId,
    /// What coded.
    pub maker: Maker,
    /// When it first did.
    pub began: String,
    /// How many versions of articles it coded.
    pub n_codings: i64,
    /// How many reports it found in them.
    pub n_reports: i64,
}

impl Record {
    /// The run of this maker, which is new if the record does not have it.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub fn run(&self, maker: &Maker, now: &Moment) -> Result<RunId, RecordError> {
        let mut hash = Sha256::new();
        for part in [&maker.program, &maker.codebook, &maker.models, &maker.settings] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let digest = hexadecimal(&hash.finalize());
        self.whole(|| {
            let find = "SELECT run FROM runs WHERE digest = ?";
            let found = self.connection.query_row(find, [&digest], |row| row.get(0)).optional()?;
            if let Some(run) = found {
                return Ok(RunId(run));
            }
            self.check_kind(maker)?;
            self.connection.execute(
                "INSERT INTO runs (digest, version, program, codebook, models, settings, began) VALUES (?, ?, ?, ?, ?, ?, ?)",
                params![digest, maker.version, maker.program, maker.codebook, maker.models, maker.settings, now.as_str()],
            )?;
            Ok(RunId(self.connection.last_insert_rowid()))
        })
    }

    /// What others coded is never put into one file with what we coded.
    fn check_kind(&self, maker: &Maker) -> Result<(), RecordError> {
        let of = |settings: &str| settings.strip_prefix("set of ").map(str::to_owned);
        let first = self
            .connection
            .query_row("SELECT settings FROM runs LIMIT 1", [], |row| row.get::<_, String>(0))
            .optional()?;
        let (Some(here), new) = (first.map(|settings| of(&settings)), of(&maker.settings)) else { return Ok(()) };
        let named = |kind: Option<String>| kind.map_or("our own reports".to_owned(), |set| format!("a set of {set}"));
        if here == new {
            return Ok(());
        }
        let what = format!("the file holds {}, not {}", named(here), named(new));
        Err(RecordError::unknown(what, "give a file of its own"))
    }

    /// All runs, in order.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn runs(&self) -> Result<Vec<Run>, RecordError> {
        let mut statement = self.connection.prepare(
            "SELECT run, version, program, codebook, models, settings, began,
                    (SELECT count(*) FROM codings WHERE codings.run = runs.run),
                    (SELECT count(*) FROM codings JOIN events USING (coding) WHERE codings.run = runs.run)
             FROM runs ORDER BY run",
        )?;
        let runs = statement.query_map([], |row| {
            Ok(Run {
                id: RunId(row.get(0)?),
                maker: Maker {
                    version: row.get(1)?,
                    program: row.get(2)?,
                    codebook: row.get(3)?,
                    models: row.get(4)?,
                    settings: row.get(5)?,
                },
                began: row.get(6)?,
                n_codings: row.get(7)?,
                n_reports: row.get(8)?,
            })
        })?;
        Ok(runs.collect::<Result<_, _>>()?)
    }
}

/// The SHA-256 of a text.
pub(crate) fn digest(text: &str) -> String {
    hexadecimal(&Sha256::digest(text))
}

/// Bytes in hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
