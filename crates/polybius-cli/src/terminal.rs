//! What standard output is, and what may be shown there.

use std::io::{IsTerminal, stdout};

use anstream::{AutoStream, ColorChoice};

pub use polybius::formats::shown::{ASIDE, PARTICIPANT, TRIGGER, TYPE, one_line, painted, visible};

/// Whether standard output takes colours: it is a terminal and `NO_COLOR` is not set.
pub fn takes_colour() -> bool {
    AutoStream::choice(&stdout()) != ColorChoice::Never
}

/// Whether standard output is a terminal.
pub fn is_terminal() -> bool {
    stdout().is_terminal()
}
