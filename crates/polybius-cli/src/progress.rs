//! A line on standard error that says how far long work has come; only on a terminal.

use std::io::{IsTerminal, stderr, stdout};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts what is done.
pub struct Progress {
    bar: ProgressBar,
    began: Instant,
}

impl Progress {
    /// Counts up to `n_items`, or without end if nobody knows how many there are. Stays silent where the output itself
    /// scrolls by.
    pub fn new(what: &'static str, n_items: Option<u64>) -> Progress {
        let bar = ProgressBar::with_draw_target(n_items, ProgressDrawTarget::hidden());
        let template = match n_items {
            Some(_) => format!("{{bar:30}} {{pos}} of {{len}} {what}, {{eta}} left"),
            None => format!("{{spinner}} {{pos}} {what} in {{elapsed}}"),
        };
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        Progress { bar, began: Instant::now() }
    }

    /// One more is done.
    pub fn step(&self) {
        self.bar.inc(1);
        if self.bar.is_hidden() && self.began.elapsed() > PATIENCE && stderr().is_terminal() && !stdout().is_terminal()
        {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Says something without disturbing the line.
    pub fn say(&self, text: &str) {
        self.bar.suspend(|| anstream::eprintln!("{text}"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
