//! Lines of bounded length: a line that is too long is passed over without being kept in memory.

use std::io::{self, BufRead};

/// Reads lines and counts them.
pub(crate) struct Lines<R> {
    reader: R,
    /// The number of the line read last, counted from 1.
    pub(crate) number: usize,
    most: usize,
}

/// One line without its end.
pub(crate) enum Line {
    /// All of it.
    Whole(Vec<u8>),
    /// It had this many bytes, too many to keep.
    TooLong(usize),
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(reader: R, most: usize) -> Lines<R> {
        Lines { reader, number: 0, most }
    }

    /// The next line, or `None` at the end.
    pub(crate) fn next(&mut self) -> Option<io::Result<Line>> {
        self.number += 1;
        let mut kept = Vec::new();
        let mut n_bytes = 0;
        loop {
            let bytes = match self.reader.fill_buf() {
                Ok([]) if n_bytes == 0 => return None,
                Ok([]) => break,
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Some(Err(error)),
            };
            let end = bytes.iter().position(|&byte| byte == b'\n');
            let n_here = end.unwrap_or(bytes.len());
            if n_bytes + n_here <= self.most {
                kept.extend_from_slice(&bytes[..n_here]);
            } else {
                kept = Vec::new();
            }
            n_bytes += n_here;
            self.reader.consume(n_here + usize::from(end.is_some()));
            if end.is_some() {
                break;
            }
        }
        Some(Ok(if n_bytes <= self.most { Line::Whole(kept) } else { Line::TooLong(n_bytes) }))
    }
}
