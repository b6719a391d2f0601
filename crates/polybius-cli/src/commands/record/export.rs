//! `polybius export`: a record for other programs.

use std::fs::File;
use std::io::{BufWriter, Write, stdout};

use anyhow::{Context, Result, bail};
use polybius_record::{ExportFormat, Record, Status};

use super::name_unknown;
use crate::arguments::ExportArguments;
use crate::commands::counted;
use crate::{Outcome, codebook, terminal};

/// Writes the reports in the format.
pub fn run(arguments: &ExportArguments) -> Result<Outcome> {
    let record = Record::open_to_ask(&arguments.record.path()?)?;
    let format = ExportFormat::from(arguments.format);
    let otherwise: &[Status] = if format.carries_status() { &[] } else { &[Status::Happened] };
    let filter = arguments.filter.filter(&arguments.record, otherwise);
    name_unknown(&record, &filter)?;
    let codebook = codebook::load(None)?;
    let n_taken = match &arguments.out {
        Some(path) => {
            // A file that is there is not lost if the new one cannot be finished.
            let beside = path.with_extension("unfinished");
            let file = File::create(&beside).with_context(|| format!("{} cannot be made", beside.display()))?;
            let mut out = BufWriter::new(file);
            let n_taken = record.export(&filter, format, arguments.first_only, &codebook, &mut out)?;
            out.flush()?;
            std::fs::rename(&beside, path).with_context(|| format!("{} cannot be written", path.display()))?;
            n_taken
        }
        None if matches!(format, ExportFormat::Parquet | ExportFormat::Arrow) && terminal::is_terminal() => {
            bail!("the format is nothing for a terminal; give --out FILE")
        }
        None => {
            let mut out = BufWriter::new(stdout().lock());
            let n_taken = record.export(&filter, format, arguments.first_only, &codebook, &mut out)?;
            out.flush()?;
            n_taken
        }
    };
    let what = match format {
        ExportFormat::Graphml | ExportFormat::Gexf | ExportFormat::Edges => "edge",
        ExportFormat::Nodes => "node",
        _ => "report",
    };
    let statuses: Vec<&str> = filter.statuses.iter().map(|status| status.as_str()).collect();
    let only = if statuses.is_empty() { String::new() } else { format!(", only what {}", statuses.join(", ")) };
    anstream::eprintln!("{}{only}", counted(n_taken as usize, what));
    Ok(Outcome::Fine)
}
