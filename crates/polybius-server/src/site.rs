//! What all requests share: the record, the line that codes, who may do what.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use polybius::{EventRow, Pipeline};
use polybius_record::{Clock, Moment, Record, RecordError};
use tokio::sync::Semaphore;

use crate::access::Access;
use crate::failure::Failure;
use crate::kept::Kept;
use crate::outlines::Outlines;

/// What is served, to whom.
pub struct Settings {
    /// The record's file.
    pub record: PathBuf,
    /// What the record is called on the pages.
    pub name: String,
    /// Whether the record is made of the project's examples.
    pub is_demo: bool,
    /// What codes the articles that visitors paste.
    pub pipeline: Pipeline,
    /// Where the time of corrections comes from.
    pub clock: Clock,
    /// Who may do what.
    pub access: Access,
}

/// What all requests share.
pub struct Site {
    pub(crate) settings: Settings,
    pub(crate) outlines: Outlines,
    pub(crate) kept: Kept,
    /// Handles that only read, kept for the next request.
    idle: Mutex<Vec<Record>>,
    /// Turns for texts to be coded.
    pub(crate) turns: Semaphore,
    /// Turns for exports, each of which takes a thread while it lasts.
    pub(crate) exports: Arc<Semaphore>,
}

/// So many handles are kept open while nobody needs them.
const MOST_IDLE: usize = 8;
/// So many texts are coded at a time.
const TURNS: usize = 2;
/// So many exports run at a time.
const EXPORTS: usize = 4;

impl Site {
    /// Opens the record once, to see that it can be read.
    ///
    /// # Errors
    /// If it cannot.
    pub fn new(settings: Settings) -> Result<Arc<Site>, RecordError> {
        let record = Record::open_to_ask(&settings.record)?;
        let outlines = Outlines::new(&settings.pipeline.codebook);
        Ok(Arc::new(Site {
            settings,
            outlines,
            kept: Kept::default(),
            idle: Mutex::new(vec![record]),
            turns: Semaphore::new(TURNS),
            exports: Arc::new(Semaphore::new(EXPORTS)),
        }))
    }

    /// Does `work` with a handle that only reads, on a thread where it may take its time.
    pub(crate) async fn ask<T: Send + 'static>(
        self: &Arc<Site>,
        work: impl FnOnce(&Site, &Record) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let site = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            let idle = site.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let record = idle.map_or_else(|| Record::open_to_ask(&site.settings.record), Ok)?;
            let done = work(&site, &record);
            let mut idle = site.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < MOST_IDLE {
                idle.push(record);
            }
            done
        });
        done.await.unwrap_or(Err(Failure::Ours))
    }

    /// Does `work` with a handle that writes.
    pub(crate) async fn correct<T: Send + 'static>(
        self: &Arc<Site>,
        work: impl FnOnce(&Record, &Moment) -> Result<T, RecordError> + Send + 'static,
    ) -> Result<T, Failure> {
        let site = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            let record = Record::open_to_correct(&site.settings.record)?;
            Ok(work(&record, &site.settings.clock.now())?)
        });
        done.await.unwrap_or(Err(Failure::Ours))
    }

    /// What a country or entity is called.
    pub(crate) fn name_of(&self, code: &str) -> String {
        let codebook = &self.settings.pipeline.codebook;
        let country = codebook.countries.iter().find(|country| *country.iso3 == *code);
        let entity = || codebook.entities.by_id(code).map(|id| codebook.entities.get(id).canonical.to_string());
        country.map(|country| country.name.to_string()).or_else(entity).unwrap_or_else(|| code.to_owned())
    }

    /// What an event type or mode means.
    pub(crate) fn definition(&self, row: &EventRow) -> String {
        let ontology = &self.settings.pipeline.codebook.ontology;
        let event_type = ontology.type_named(&row.event_type);
        let mode = event_type.zip(row.mode.as_deref()).and_then(|(id, mode)| ontology.mode_named(id, mode));
        let of_type = event_type.map(|id| ontology.event_type(id).definition.to_string()).unwrap_or_default();
        match mode {
            Some(mode) => format!("{of_type} Here: {}", ontology.mode(mode).definition),
            None => of_type,
        }
    }
}
