//! Importing names: from the lists of other programs to entity files of an overlay, with everything that is wrong with them.
//!
//! [`import`] reads lists, each in its format, into records; [`writer`] turns records into rows, compares them with what the
//! codebook has, and says of each line that is not simply taken over why, and what was done about it.

mod cameo;
mod ftm;
mod petrarch;
mod record;
mod table;
mod wikidata;
mod writer;

use std::fmt;

use crate::compiled::FOLDER;
use crate::{Codebook, SourceFile};
use writer::Writer;

/// The formats that names can be imported from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportFormat {
    /// Actor and agent dictionaries of PETRARCH and TABARI.
    Petrarch,
    /// Items of Wikidata, one JSON object a line.
    Wikidata,
    /// Entities of FollowTheMoney, one JSON object a line.
    Ftm,
    /// A table with columns of our own entity files.
    Csv,
}

impl ImportFormat {
    /// The word for it in file names and sources.
    pub fn as_str(self) -> &'static str {
        match self {
            ImportFormat::Petrarch => "petrarch",
            ImportFormat::Wikidata => "wikidata",
            ImportFormat::Ftm => "ftm",
            ImportFormat::Csv => "csv",
        }
    }
}

/// What became of the lists.
#[derive(Debug, Default)]
pub struct Import {
    /// The files of the overlay that hold it: `entities/…`, `entities/imported/…`, `roles/…`.
    pub files: Vec<SourceFile>,
    /// Everything wrong with the lists, in order of file and line.
    pub defects: Vec<Defect>,
    /// How many entities are new.
    pub n_entities: usize,
    /// How many rows were written, of new entities and of those of the codebook.
    pub n_rows: usize,
    /// How many role nouns were written.
    pub n_nouns: usize,
}

impl Import {
    /// The paths of the files that an import of this stem may make.
    pub fn paths(stem: &str) -> [String; 3] {
        [format!("{FOLDER}{stem}.csv"), format!("entities/{stem}-known.csv"), format!("roles/{stem}.csv")]
    }
}

/// What was done about a defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Done {
    /// The line was imported, in part or with a doubt.
    Imported,
    /// What it says is in the codebook already, so that nothing had to be added.
    Known,
    /// It was not imported.
    Rejected,
}

/// Something wrong with a line of a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Defect {
    /// The list's path as it was given.
    pub path: String,
    /// The line, counted from 1.
    pub line: u32,
    /// What was done about it.
    pub done: Done,
    /// What is wrong, and what exactly was done.
    pub reason: String,
}

impl fmt::Display for Defect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let done = match self.done {
            Done::Imported => "imported",
            Done::Known => "known",
            Done::Rejected => "rejected",
        };
        write!(formatter, "{}:{}: {done}: {}", self.path, self.line, self.reason)
    }
}

/// Reads the lists, compares them with the codebook, and gives the files of an overlay that add what is new.
/// `stem` names those files: lower-case words joined by hyphens.
pub fn import(format: ImportFormat, files: &[SourceFile], stem: &str, codebook: &Codebook) -> Import {
    let mut writer = Writer::new(codebook);
    for (number, file) in files.iter().enumerate() {
        let name = file.path.rsplit(['/', '\\']).next().unwrap_or_default();
        writer.begin(number, &format!("{}:{name}", format.as_str()));
        match format {
            ImportFormat::Petrarch => petrarch::read(&file.text, codebook, &mut writer),
            ImportFormat::Wikidata => wikidata::read(&file.text, codebook, &mut writer),
            ImportFormat::Ftm => ftm::read(&file.text, codebook, &mut writer),
            ImportFormat::Csv => table::read(&file.text, codebook, &mut writer),
        }
    }
    writer.finish(files, stem)
}
