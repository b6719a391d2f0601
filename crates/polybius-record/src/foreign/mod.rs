//! What others coded, read into a set: a record of its own beside ours, asked with the same questions and never mixed with it.
//! Every row of a file is an article of the set with its line as text, so that a changed row is a new version and the old one stays.

mod acled;
mod event;
mod gdelt;
mod icews;
mod mentions;
mod plover;
mod polecat;
mod rows;
mod ucdp;

use std::collections::HashMap;
use std::io::BufRead;

use polybius::Codebook;
use polybius::input::Problem;

use crate::add::Placing;
use crate::{Added, Clock, Keep, Maker, Record, RecordError, RunId};

use event::Event;
use rows::{Heads, Row, Rows};

/// How others wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignFormat {
    /// PLOVER's JSON, an object a line.
    Plover,
    /// POLECAT's 40 columns, with the heads that its releases drifted through.
    Polecat,
    /// The 20 columns of ICEWS.
    Icews,
    /// GDELT's events: 57, 58 or 61 columns without heads.
    Gdelt,
    /// The 16 columns of GDELT's mentions, each a report of an event that the set has.
    GdeltMentions,
    /// ACLED's CSV.
    Acled,
    /// CSV of the UCDP's Georeferenced Event Dataset, also of its candidates.
    Ucdp,
}

impl ForeignFormat {
    /// The data set, which is what its set is called unless the user says otherwise.
    pub fn name(self) -> &'static str {
        match self {
            ForeignFormat::Plover => "plover",
            ForeignFormat::Polecat => "polecat",
            ForeignFormat::Icews => "icews",
            ForeignFormat::Gdelt | ForeignFormat::GdeltMentions => "gdelt",
            ForeignFormat::Acled => "acled",
            ForeignFormat::Ucdp => "ucdp",
        }
    }

    fn heads(self) -> Heads {
        match self {
            ForeignFormat::Plover => Heads::Json,
            ForeignFormat::Polecat | ForeignFormat::Icews => Heads::FirstLine { separator: b'\t' },
            ForeignFormat::Gdelt => Heads::ByNumber(gdelt::COLUMNS),
            ForeignFormat::GdeltMentions => Heads::ByNumber(mentions::COLUMNS),
            ForeignFormat::Acled => Heads::FirstLine { separator: b',' },
            ForeignFormat::Ucdp => Heads::FirstLineOr { separator: b',', otherwise: ucdp::COLUMNS },
        }
    }
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Rows in it.
    pub n_rows: usize,
    /// Reports that are new to the set.
    pub n_new: usize,
    /// Reports that say something else than before.
    pub n_changed: usize,
    /// Reports that the set had.
    pub n_known: usize,
    /// Rows of a kind that PLOVER has no type for.
    pub n_without_type: usize,
    /// Rows that could not be read, or not without a doubt.
    pub n_defects: usize,
}

/// Why a row is no report.
enum Not {
    /// PLOVER has no type for it.
    Typed,
    /// Something is wrong with it: what, and the cure.
    Sound(String, &'static str),
}

/// A reader of a set: the codebook that says what its codes mean, and what must be kept in mind from row to row.
struct Reader<'c> {
    codebook: &'c Codebook,
    countries: HashMap<String, &'c str>,
    /// How often an id was met.
    ids: HashMap<String, u32>,
}

impl Record {
    /// The run of this import, in a record that holds a set and nothing else.
    ///
    /// # Errors
    /// If the record holds something else, or cannot be written.
    pub fn import_run(&self, format: ForeignFormat, maker: &Maker, clock: Clock) -> Result<RunId, RecordError> {
        self.run(&Maker { settings: format!("set of {}", format.name()), ..maker.clone() }, &clock.now())
    }

    /// Reads a file of others into the record, which is a set's. What is wrong with its rows is told to `tell` and kept in the table `problems`.
    ///
    /// # Errors
    /// If the record cannot be written.
    #[allow(clippy::too_many_arguments, reason = "each is another thing, and none belongs to another")]
    pub fn import(
        &self,
        format: ForeignFormat,
        run: RunId,
        path: &str,
        file: impl BufRead,
        codebook: &Codebook,
        clock: Clock,
        mut tell: impl FnMut(&Problem),
    ) -> Result<Imported, RecordError> {
        let mut reader = Reader::new(codebook);
        let mut done = Imported::default();
        let mut problem = |line: usize, reason: String, cure: &str| {
            let problem = Problem { path: path.to_owned(), line, reason, cure: cure.to_owned(), set_aside: false };
            tell(&problem);
            self.add_problem(&problem, &clock.now())
        };
        for row in Rows::new(file, format.heads()) {
            done.n_rows += 1;
            let row = match row {
                Ok(row) => row,
                Err(flaw) => {
                    done.n_defects += 1;
                    problem(flaw.line, flaw.reason, flaw.cure)?;
                    continue;
                }
            };
            let line = row.line;
            let found = match format {
                ForeignFormat::GdeltMentions => self.mention(&row)?,
                _ => reader.event(format, &row).map(|event| (event, Placing::Apart)),
            };
            let (mut event, placing) = match found {
                Ok(found) => found,
                Err(Not::Typed) => {
                    done.n_without_type += 1;
                    continue;
                }
                Err(Not::Sound(reason, cure)) => {
                    done.n_defects += 1;
                    problem(line, reason, cure)?;
                    continue;
                }
            };
            for (doubt, cure) in reader.doubts(&mut event) {
                done.n_defects += 1;
                problem(line, doubt, cure)?;
            }
            let source = format!("{path}:{line}");
            let reading = event.reading(format.name(), &source, row.text(), codebook, placing);
            match self.add(run, &reading, Keep::Text, &clock.now())? {
                Added::New { .. } | Added::CodedAnew => done.n_new += 1,
                Added::NewVersion => done.n_changed += 1,
                Added::Known => done.n_known += 1,
            }
            // A set is read again when a file is, so that whole thousands may be written at once.
            if done.n_rows % 1000 == 0 {
                self.commit()?;
            }
        }
        self.commit()?;
        Ok(done)
    }
}

impl<'c> Reader<'c> {
    fn new(codebook: &'c Codebook) -> Reader<'c> {
        let mut countries = HashMap::new();
        for country in &codebook.countries {
            for code in [&country.name, &country.cameo, &country.iso3] {
                if !code.is_empty() {
                    countries.entry(code.to_lowercase()).or_insert(&*country.iso3);
                }
            }
            for (scheme, code) in [("fips", &country.fips), ("gw", &country.gw), ("iso", &country.numeric)] {
                if !code.is_empty() {
                    countries.entry(format!("{scheme} {}", code.to_lowercase())).or_insert(&*country.iso3);
                }
            }
        }
        Reader { codebook, countries, ids: HashMap::new() }
    }

    fn event(&mut self, format: ForeignFormat, row: &Row) -> Result<Event, Not> {
        match format {
            ForeignFormat::Plover => plover::event(self, row),
            ForeignFormat::Polecat => polecat::event(self, row),
            ForeignFormat::Icews => icews::event(self, row),
            ForeignFormat::Gdelt => gdelt::event(self, row),
            ForeignFormat::Acled => acled::event(self, row),
            ForeignFormat::Ucdp => ucdp::event(self, row),
            ForeignFormat::GdeltMentions => unreachable!("mentions are read beside their events"),
        }
    }

    /// What is odd about an event that is taken all the same. An id that was met in this file gets a number of its own.
    fn doubts(&mut self, event: &mut Event) -> Vec<(String, &'static str)> {
        let mut doubts = std::mem::take(&mut event.doubts);
        let n = self.ids.entry(event.id.clone()).or_insert(0);
        *n += 1;
        if *n > 1 {
            let numbered = format!("{}#{n}", event.id);
            doubts.push((
                format!("the id `{}` stands twice in the file", event.id),
                "taken as another report, with a number after its id",
            ));
            event.id = numbered;
        }
        doubts
    }

    /// Our code of a country by its English name, its code in CAMEO or ISO, or `fips …`, `gw …`, `iso …`.
    fn country(&self, code: &str) -> Option<String> {
        let known = self.countries.get(&code.trim().to_lowercase()).map(|iso3| (*iso3).to_owned());
        // Of other names (Russian Federation) the codebook may know whose they are.
        known.or_else(|| {
            let entities = &self.codebook.entities;
            let mut found = entities.find(code.trim()).into_iter().map(|row| entities.get(entities.row(row).entity));
            let entity = found.find(|entity| entity.country.as_deref() == Some(&*entity.id))?;
            Some(entity.id.to_string())
        })
    }
}
