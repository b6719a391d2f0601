//! The record's file: opened, made, checked.

use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, InterruptHandle, OpenFlags};

use crate::RecordError;
use crate::act_keys::ActKeys;
use crate::ask::in_force;
use crate::copies::Signature;
use crate::kept::Kept;
use crate::outlines::Outline;
use crate::time::day_number;

/// Marks the file as ours: `PLYB`.
const APPLICATION: i64 = 0x504c_5942;

/// The form of the tables.
const FORM: i64 = 6;

/// How long a second writer waits for the first.
const PATIENCE: Duration = Duration::from_secs(20);

/// How much memory pages may take, in kibibytes.
const CACHE_KIB: i64 = 65_536;

/// How many pages are written beside the file before they are brought into it: what is added touches the same ones again and again.
const N_PAGES_BESIDE: i64 = 65_536;

/// How many statements stay prepared. Adding an article takes some forty, and whichever does not stay is parsed again for each row.
const N_STATEMENTS: usize = 128;

/// Of so many reports what adding reads again and again stays in memory.
const MOST_REPORTS: usize = 900_000;

/// Of so many versions.
const MOST_VERSIONS: usize = 20_000;

/// What of each report is compared with others, a small part of its evidence.
const COMPARED: &str = "CREATE TABLE compared (event INTEGER PRIMARY KEY REFERENCES events, row BLOB NOT NULL) STRICT;";

/// All that is counted by days, so that counting need not look up the rows.
const IN_FORCE_BY_DAY: &str =
    "CREATE INDEX in_force_by_day ON in_force (day, event_type, status, incident, quad, score);";

/// A record that is open.
pub struct Record {
    pub(crate) connection: Connection,
    /// The outlines of reports: some 60 MB.
    pub(crate) outlines: Kept<Outline>,
    /// Under which keys reports are looked for: some 50 MB.
    pub(crate) act_keys: ActKeys,
    /// The incidents of reports: some 30 MB.
    pub(crate) placed: Kept<i64>,
    /// The articles and signatures of versions: some 6 MB.
    pub(crate) signatures: Kept<Arc<(i64, Signature)>>,
    /// Changes with whatever others commit.
    data_version: Cell<i64>,
    /// Whether a transaction has begun that has not been committed.
    has_begun: Cell<bool>,
}

/// Ends a question that takes too long, from another thread.
pub struct Interrupter(InterruptHandle);

impl Interrupter {
    /// Lets whatever the record is being asked end with [`RecordError::Interrupted`]. What is asked later is not touched.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

impl Record {
    /// Opens the record at `path` to write to it, and makes it if there is none.
    ///
    /// # Errors
    /// If the file cannot be opened, is something else, or was made by a later program.
    pub fn open(path: &Path) -> Result<Record, RecordError> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        let record = Record::with(connection);
        record.check(path, true)?;
        record.renew()?;
        // Readers go on while somebody writes, and a program that is killed leaves the last whole transaction.
        record.connection.pragma_update(None, "journal_mode", "wal")?;
        record.connection.pragma_update(None, "synchronous", "normal")?;
        record.connection.pragma_update(None, "wal_autocheckpoint", N_PAGES_BESIDE)?;
        // `doctor` sees that every row points at one; for each row that goes, SQLite would look through all that could point at it.
        record.connection.pragma_update(None, "foreign_keys", false)?;
        record.connection.set_prepared_statement_cache_capacity(N_STATEMENTS);
        // Else whatever joins or sorts would be planned anew for each row, in case its values made another plan better.
        record.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        record.connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
        Ok(record)
    }

    /// Opens the record at `path` to ask it.
    ///
    /// # Errors
    /// If there is none, or as [`Record::open`].
    pub fn open_to_ask(path: &Path) -> Result<Record, RecordError> {
        if !path.exists() {
            return Err(RecordError::Missing(path.to_owned()));
        }
        // A handle is used by one thread at a time, so that SQLite need not see to it with every column.
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        let mut record = Record::with(connection);
        if let Err(error) = record.check(path, false) {
            let RecordError::ReadOnly(_) = error else { return Err(error) };
            // A folder that nobody may write to, where nobody else can be writing either.
            let flags = flags | OpenFlags::SQLITE_OPEN_URI;
            let address = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
            record.connection = Connection::open_with_flags(format!("file:{address}?immutable=1"), flags)?;
            record.check(path, false)?;
        }
        record.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        record.connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
        Ok(record)
    }

    /// Opens the record at `path`, which must be there, to correct it.
    ///
    /// # Errors
    /// As [`Record::open_to_ask`].
    pub fn open_to_correct(path: &Path) -> Result<Record, RecordError> {
        if path.exists() { Record::open(path) } else { Err(RecordError::Missing(path.to_owned())) }
    }

    fn with(connection: Connection) -> Record {
        Record {
            connection,
            outlines: Kept::at_most(MOST_REPORTS),
            act_keys: ActKeys::default(),
            placed: Kept::at_most(MOST_REPORTS),
            signatures: Kept::at_most(MOST_VERSIONS),
            data_version: Cell::new(0),
            has_begun: Cell::new(false),
        }
    }

    /// What can end a question to this record that takes too long.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.connection.get_interrupt_handle())
    }

    /// Lets pages take at most so much memory, where many have the record open at once.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn remember_at_most(&self, kibibytes: u32) -> Result<(), RecordError> {
        Ok(self.connection.pragma_update(None, "cache_size", -i64::from(kibibytes))?)
    }

    /// Does all of `work` or, if it fails, none of it.
    pub(crate) fn whole<T>(&self, work: impl FnOnce() -> Result<T, RecordError>) -> Result<T, RecordError> {
        self.begin()?;
        let done = self.or_none(work())?;
        self.commit().map(|()| done)
    }

    /// If what was done failed, takes back all that was added since the last commit.
    pub(crate) fn or_none<T>(&self, done: Result<T, RecordError>) -> Result<T, RecordError> {
        if done.is_err() {
            // If even this fails, closing the file has the same effect.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        done
    }

    /// Begins a transaction, unless one has begun.
    pub(crate) fn begin(&self) -> Result<(), RecordError> {
        if self.connection.is_autocommit() {
            self.connection.execute_batch("BEGIN IMMEDIATE")?;
            if self.has_begun.replace(true) {
                // The last one was taken back, and other reports may get the numbers of those that it added.
                self.outlines.forget();
                self.signatures.forget();
                self.placed.forget();
                self.act_keys.forget();
            }
            let version = self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
            if self.data_version.replace(version) != version {
                self.placed.forget();
                self.act_keys.forget();
            }
        }
        Ok(())
    }

    /// Writes what was added since the last time to the disk.
    ///
    /// # Errors
    /// If the disk does not take it; the record is then as it was before.
    pub fn commit(&self) -> Result<(), RecordError> {
        if !self.connection.is_autocommit() {
            self.connection.execute_batch("COMMIT")?;
            self.has_begun.set(false);
        }
        Ok(())
    }

    /// Makes the tables of an empty file, if it is to be written; else checks that they are ours.
    fn check(&self, path: &Path, makes: bool) -> Result<(), RecordError> {
        let not_ours = |error: rusqlite::Error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => RecordError::NotARecord(path.to_owned()),
            _ => error.into(),
        };
        let number = |name: &str| self.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let is_empty = || {
            let n_tables = "SELECT count(*) FROM sqlite_schema";
            self.connection.query_row(n_tables, [], |row| row.get::<_, i64>(0)).map(|n_tables| n_tables == 0)
        };
        if makes && is_empty().map_err(not_ours)? {
            return self.whole(|| if is_empty()? { self.make() } else { Ok(()) });
        }
        let (application, form) = (number("application_id").map_err(not_ours)?, number("user_version")?);
        match (application, form) {
            (APPLICATION, FORM) => Ok(()),
            (APPLICATION, 1..FORM) if makes => self.whole(|| self.bring_forward(form)),
            (APPLICATION, 1..FORM) => Err(RecordError::TooOld(path.to_owned())),
            (APPLICATION, found) if found > FORM => Err(RecordError::TooNew { found, known: FORM }),
            _ => Err(RecordError::NotARecord(path.to_owned())),
        }
    }

    /// Gives a record what records of its form did not have at first.
    fn renew(&self) -> Result<(), RecordError> {
        let find = "SELECT 1 FROM pragma_table_info('versions') WHERE name = 'author'";
        if !self.connection.prepare(find)?.exists([])? {
            self.connection.execute_batch("ALTER TABLE versions ADD COLUMN author TEXT")?;
        }
        let find = "SELECT 1 FROM pragma_index_info('in_force_by_day') WHERE name = 'score'";
        if !self.connection.prepare(find)?.exists([])? {
            self.whole(|| {
                self.connection.execute_batch("DROP INDEX IF EXISTS in_force_by_day")?;
                Ok(self.connection.execute_batch(IN_FORCE_BY_DAY)?)
            })?;
        }
        Ok(())
    }

    fn make(&self) -> Result<(), RecordError> {
        self.connection.execute_batch(include_str!("schema.sql"))?;
        self.connection.pragma_update(None, "application_id", APPLICATION)?;
        self.bring_forward(1)
    }

    /// Makes what records of an earlier form lack: form 1 the ledger, form 2 the table of what is in force. In form 3, triggers put
    /// there what was added, and an index had the days that another has. Form 4 compared reports by their evidence. Form 5 found reports in
    /// force apart from others, and those of the same act by words.
    fn bring_forward(&self, form: i64) -> Result<(), RecordError> {
        if form < 2 {
            self.connection.execute_batch(include_str!("ledger.sql"))?;
        }
        if form < 3 {
            self.connection.execute_batch(&in_force::views())?;
            self.connection.execute_batch(include_str!("in_force.sql"))?;
            self.connection.execute_batch(IN_FORCE_BY_DAY)?;
            self.connection.execute_batch(&in_force::fill("SELECT event FROM events"))?;
        }
        if form < 5 {
            self.connection.execute_batch(COMPARED)?;
            self.keep_all_compared()?;
        }
        if form < 6 {
            self.make_found()?;
        }
        self.connection.execute_batch(
            "DROP TRIGGER IF EXISTS membership_begins; DROP TRIGGER IF EXISTS comes_into_force; DROP INDEX IF EXISTS events_by_day",
        )?;
        self.connection.execute_batch(&in_force::upkeep())?;
        self.connection.pragma_update(None, "user_version", FORM)?;
        Ok(())
    }

    /// Makes the tables in which reports are found, and fills them from those that earlier forms had.
    fn make_found(&self) -> Result<(), RecordError> {
        let is_there = "SELECT 1 FROM sqlite_schema WHERE name = 'codes'";
        let was_there = self.connection.prepare(is_there)?.exists([])?;
        if was_there {
            self.connection.execute_batch(
                "ALTER TABLE codes RENAME TO codes_before; ALTER TABLE act_keys RENAME TO act_keys_before",
            )?;
        }
        self.connection.execute_batch(include_str!("found.sql"))?;
        if was_there {
            self.connection.execute_batch(
                "INSERT INTO codes SELECT code, side, coalesce(day, ''), event_type, event
                     FROM codes_before CROSS JOIN events USING (event) ORDER BY 1, 2, 3, 4, 5;
                 DROP TABLE codes_before; DROP TRIGGER IF EXISTS goes_out_of_force; DROP TABLE IF EXISTS in_force_codes;
                 DROP VIEW IF EXISTS sides",
            )?;
            {
                let mut find = self.connection.prepare("SELECT key, day, event FROM act_keys_before")?;
                let mut rows = find.query([])?;
                while let Some(row) = rows.next()? {
                    self.keep_key(&row.get::<_, String>(0)?, day_number(&row.get::<_, String>(1)?), row.get(2)?)?;
                }
            }
            self.connection.execute_batch("DROP TABLE act_keys_before")?;
        }
        Ok(())
    }
}
