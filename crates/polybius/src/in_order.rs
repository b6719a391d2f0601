//! Work shared among threads whose results come out in the order the items went in.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, mpsc};
use std::thread;

/// How many items may be under way for each thread, read, in work or waiting for their turn: enough to keep it busy, few enough to
/// bound the memory, which is so many times what one item and its result take, however many items there are.
const UNDER_WAY: usize = 4;

/// More threads than this would only wait for each other.
const MOST_THREADS: usize = 256;

/// Does `work` on every item with `n_threads` threads (at least one, at most 256) and gives the results to `take` in the items'
/// order, so that the output does not depend on the number of threads. Stops at the first error of `take`.
pub fn in_order<T, R, E>(
    mut items: impl Iterator<Item = T>,
    n_threads: usize,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send,
    R: Send,
{
    let n_threads = n_threads.clamp(1, MOST_THREADS);
    let (to_workers, jobs) = mpsc::channel::<(usize, T)>();
    let (to_main, results) = mpsc::channel();
    let jobs = Mutex::new(jobs);
    thread::scope(|scope| {
        for _ in 0..n_threads {
            let to_main = to_main.clone();
            let (jobs, work) = (&jobs, &work);
            scope.spawn(move || {
                loop {
                    let job = jobs.lock().expect("no thread panics while it holds the lock").recv();
                    let Ok((index, item)) = job else { break };
                    let result = catch_unwind(AssertUnwindSafe(|| work(item)));
                    if to_main.send((index, result)).is_err() {
                        break;
                    }
                }
            });
        }
        // Dropped on return, which is what tells the workers to stop.
        let to_workers = to_workers;
        let (mut n_sent, mut n_taken) = (0, 0);
        let mut more = true;
        let mut waiting = BTreeMap::new();
        loop {
            while more && n_sent - n_taken < n_threads * UNDER_WAY {
                match items.next() {
                    Some(item) => {
                        to_workers.send((n_sent, item)).expect("workers live as long as the sender");
                        n_sent += 1;
                    }
                    None => more = false,
                }
            }
            if n_taken == n_sent {
                return Ok(());
            }
            let (index, result) = results.recv().expect("workers live as long as the sender");
            waiting.insert(index, result.unwrap_or_else(|panic| resume_unwind(panic)));
            while let Some(result) = waiting.remove(&n_taken) {
                n_taken += 1;
                take(result)?;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

    use super::*;

    fn check(n_threads: usize, n_items: usize) {
        let mut seen = Vec::new();
        let work = |item: usize| {
            // Uneven work, so that results really arrive out of order.
            let spins = (item * 7919) % 1000;
            (0..spins).fold(item, |sum, spin| std::hint::black_box(sum ^ spin ^ spin))
        };
        let done: Result<(), ()> = in_order(0..n_items, n_threads, work, |item| {
            seen.push(item);
            Ok(())
        });
        assert_eq!(done, Ok(()));
        assert_eq!(seen, (0..n_items).collect::<Vec<_>>());
    }

    #[test]
    fn keeps_the_order() {
        for n_threads in [0, 1, 2, 7] {
            for n_items in [0, 1, 5, 300] {
                check(n_threads, n_items);
            }
        }
    }

    /// Counts how many of its like exist at once.
    struct Counted<'c>(&'c AtomicUsize);

    impl<'c> Counted<'c> {
        fn new(now: &'c AtomicUsize, most: &'c AtomicUsize) -> Counted<'c> {
            most.fetch_max(now.fetch_add(1, SeqCst) + 1, SeqCst);
            Counted(now)
        }
    }

    impl Drop for Counted<'_> {
        fn drop(&mut self) {
            self.0.fetch_sub(1, SeqCst);
        }
    }

    #[test]
    fn few_items_are_under_way() {
        for n_threads in [1, 2, 7] {
            let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let items = (0..2_000).map(|_| Counted::new(&now, &most));
            let done: Result<(), ()> = in_order(items, n_threads, |item| item, |_| Ok(()));
            assert_eq!(done, Ok(()));
            assert_eq!(now.load(SeqCst), 0);
            let most = most.load(SeqCst);
            assert!(most <= n_threads * UNDER_WAY, "{most} items at once with {n_threads} threads");
        }
    }

    #[test]
    fn stops_when_the_output_does() {
        let mut n_taken = 0;
        let done = in_order(
            0..,
            3,
            |item: usize| item,
            |item| {
                n_taken += 1;
                if item == 10 { Err("closed") } else { Ok(()) }
            },
        );
        assert_eq!(done, Err("closed"));
        assert_eq!(n_taken, 11);
    }
}
