//! What was fetched, as WARC: each answer verbatim with its address and time.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::client::Answer;

/// An archive under way.
pub struct Archive<W> {
    out: W,
}

impl<W: Write> Archive<W> {
    /// Writes to `out`; archives may be appended to.
    pub fn new(out: W) -> Archive<W> {
        Archive { out }
    }

    /// One answer more.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn add(&mut self, answer: &Answer, at: jiff::Timestamp) -> io::Result<()> {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n",
            answer.content_type,
            answer.body.len()
        );
        let digest = Sha256::digest(format!("{} {at}", answer.address));
        let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let id = format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]);
        write!(
            self.out,
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Date: {}\r\nWARC-Target-URI: {}\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{head}",
            at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            answer.address,
            head.len() + answer.body.len(),
        )?;
        self.out.write_all(&answer.body)?;
        self.out.write_all(b"\r\n\r\n")?;
        self.out.flush()
    }
}
