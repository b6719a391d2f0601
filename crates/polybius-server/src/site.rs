//! What all requests share: the record, the line that codes, who may do what.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use polybius::{EventRow, Pipeline};
use polybius_record::{Clock, Interrupter, Moment, Record, RecordError};
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
    /// No question to the record may take longer.
    pub patience: Duration,
}

/// What all requests share.
pub struct Site {
    pub(crate) settings: Settings,
    pub(crate) outlines: Outlines,
    pub(crate) kept: Kept,
    /// A handle that only looks whether the record has changed.
    watch: Mutex<Record>,
    /// Handles that only read, kept for the next request.
    idle: Mutex<Vec<Record>>,
    /// Turns to ask the record: more questions at once than there are processors only make each other late.
    questions: Arc<Semaphore>,
    /// Turns for texts to be coded.
    pub(crate) turns: Semaphore,
    /// Turns for exports, each of which takes a thread while it lasts.
    pub(crate) exports: Arc<Semaphore>,
}

/// So many questions for each processor are answered at a time.
const QUESTIONS: usize = 2;
/// So much memory each handle's pages may take, in kibibytes; the system keeps the others.
const PAGES_KIB: u32 = 16_384;
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
        record.remember_at_most(PAGES_KIB)?;
        let outlines = Outlines::new(&settings.pipeline.codebook);
        let n_processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Arc::new(Site {
            settings,
            outlines,
            kept: Kept::default(),
            watch: Mutex::new(record),
            idle: Mutex::new(Vec::new()),
            questions: Arc::new(Semaphore::new(QUESTIONS * n_processors)),
            turns: Semaphore::new(TURNS),
            exports: Arc::new(Semaphore::new(EXPORTS)),
        }))
    }

    /// What changes whenever the record does.
    pub(crate) fn state(&self) -> Result<String, RecordError> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner).state()
    }

    /// A new handle that only reads.
    pub(crate) fn reader(&self) -> Result<Record, RecordError> {
        let record = Record::open_to_ask(&self.settings.record)?;
        record.remember_at_most(PAGES_KIB)?;
        Ok(record)
    }

    /// Begins to work out what every page has, beside the first page that needs it: once for each state of the record.
    pub(crate) fn prepare(self: &Arc<Site>) {
        if !self.state().is_ok_and(|state| self.kept.begins(state)) {
            return;
        }
        let site = Arc::clone(self);
        tokio::spawn(async move {
            // What cannot be worked out fails again where it is shown.
            let _ = site
                .ask(|site, record| {
                    site.kept.codes(record)?;
                    Ok(site.kept.extent(record, None)?)
                })
                .await;
        });
    }

    /// Does `work` with a handle that only reads, on a thread where it may take its time: until the site's patience is over or nobody
    /// waits for it any more.
    pub(crate) async fn ask<T: Send + 'static>(
        self: &Arc<Site>,
        work: impl FnOnce(&Site, &Record) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let site = Arc::clone(self);
        let asked = Arc::new(Question::default());
        let question = Arc::clone(&asked);
        let answer = async move {
            let turn = Arc::clone(&site.questions).acquire_owned().await.map_err(|_| Failure::Ours)?;
            let done = tokio::task::spawn_blocking(move || {
                let idle = site.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let record = idle.map_or_else(|| site.reader(), Ok)?;
                question.begin(&record);
                let done = work(&site, &record);
                question.end();
                site.idle.lock().unwrap_or_else(PoisonError::into_inner).push(record);
                drop(turn);
                done
            });
            done.await.unwrap_or(Err(Failure::Ours))
        };
        let _given_up = GivenUp(asked);
        let late = |_| Err(Failure::Record(RecordError::Interrupted));
        tokio::time::timeout(self.settings.patience, answer).await.unwrap_or_else(late)
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

/// A question under way, and what can end it.
#[derive(Default)]
struct Question(Mutex<Option<Interrupter>>);

impl Question {
    fn begin(&self, record: &Record) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(record.interrupter());
    }

    /// From here on nothing can end what the handle is asked next.
    fn end(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// Ends the question when nobody waits for it any more.
struct GivenUp(Arc<Question>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        if let Some(interrupter) = &*self.0.0.lock().unwrap_or_else(PoisonError::into_inner) {
            interrupter.interrupt();
        }
    }
}
