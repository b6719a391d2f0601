//! Exports: written as they are read, so that a long one takes no more memory than a short one.

use std::io::{self, Write};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use futures_util::stream;
use polybius_record::{ExportError, ExportFormat, Filter, Record, Report};
use tokio::sync::mpsc;

use super::Form;
use crate::failure::Failure;
use crate::site::Site;

/// A piece of an export is about so long.
const PIECE: usize = 64 * 1024;
/// So many pieces may wait for a slow reader.
const WAITING: usize = 4;

/// The body of an export.
pub async fn stream(site: &Arc<Site>, filter: Filter, format: ExportFormat, form: Form) -> Result<Body, Failure> {
    let turn = Arc::clone(&site.exports).acquire_owned().await.map_err(|_| Failure::Ours)?;
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(WAITING);
    let site = Arc::clone(site);
    tokio::task::spawn_blocking(move || {
        let mut pieces = Pieces { sender, piece: Vec::with_capacity(PIECE) };
        let written = write(&site, &filter, format, form, &mut pieces).and_then(|()| Ok(pieces.flush()?));
        if let Err(error) = written {
            // The head of the answer is sent already; a body that breaks off is all that can tell.
            let _ = pieces.sender.blocking_send(Err(io::Error::other(error.to_string())));
        }
        drop(turn);
    });
    let next = |mut receiver: mpsc::Receiver<io::Result<Bytes>>| async move {
        receiver.recv().await.map(|piece| (piece, receiver))
    };
    Ok(Body::from_stream(stream::unfold(receiver, next)))
}

fn write(site: &Site, filter: &Filter, format: ExportFormat, form: Form, out: &mut Pieces) -> Result<(), ExportError> {
    let record = Record::open_to_ask(&site.settings.record)?;
    match form {
        // Beside the event these two have what the record knows of it, as `polybius events` writes them.
        Form::Ndjson | Form::Csv if matches!(format, ExportFormat::Jsonl | ExportFormat::Csv) => {
            if form == Form::Csv {
                out.write_all(Report::csv_header().as_bytes())?;
            }
            record.each_report::<ExportError>(filter, None, |report| {
                let line = if form == Form::Csv { report.csv_line() } else { report.json_line() };
                Ok(out.write_all(line.as_bytes())?)
            })
        }
        _ => record.export(filter, format, false, &site.settings.pipeline.codebook, out).map(|_| ()),
    }
}

/// Sends what is written, piece by piece.
struct Pieces {
    sender: mpsc::Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        self.sender.blocking_send(Ok(Bytes::from(piece))).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}
