//! Keeping what was read, beside whatever reads it.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use polybius::input::Problem;
use polybius_record::{Clock, Keep, Reading, Record, RunId};

use super::read::Counts;

/// What was added waits to be kept for at most this part of the time since the beginning: whoever is killed has so much to read again. The longer
/// it waits, the less often the same pages are written.
const SHARE: u32 = 10;

/// But for so long in any case, and never longer, for nobody else can write meanwhile.
const WAIT: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(15));

/// For how long others have their turn then: SQLite has whoever waits try again every tenth of a second.
const TURN: Duration = Duration::from_millis(120);

/// How many articles may be on their way to be added: enough to last for the turn of others and for what is written then.
pub(super) const MOST_ON_THE_WAY: usize = 500;

/// Adds what comes, in its order, and keeps it from time to time.
pub(super) fn keep(
    record: &Record,
    run: RunId,
    keep: Keep,
    clock: Clock,
    items: &Receiver<Result<Reading, Problem>>,
) -> Result<Counts> {
    let (began, mut kept) = (Instant::now(), Instant::now());
    let mut counts = Counts::default();
    loop {
        let wait = (began.elapsed() / SHARE).clamp(WAIT.0, WAIT.1).saturating_sub(kept.elapsed());
        match items.recv_timeout(wait) {
            Ok(Ok(reading)) => {
                let added = record.add(run, &reading, keep, &clock.now())?;
                counts.add(added, reading.rows.len(), record.is_retracted(&reading.article)?);
            }
            Ok(Err(problem)) => {
                *if problem.set_aside { &mut counts.n_aside } else { &mut counts.n_problems } += 1;
                record.add_problem(&problem, &clock.now())?;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if wait.is_zero() {
            record.commit()?;
            thread::sleep(TURN);
            kept = Instant::now();
        }
    }
    record.commit()?;
    Ok(counts)
}
