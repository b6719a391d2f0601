//! What is kept between requests because it holds until the record changes: pages as they were made, and figures that every page has.

use std::any::Any;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use polybius_record::{By, Extent, Filter, Moment, Panel, PlaceCount, Record, RecordError, Unit};
use tokio::sync::OwnedMutexGuard;

/// Pages take at most so many bytes.
const MOST_BYTES: usize = 32 << 20;
/// So many figures of a state are kept.
const MOST_FIGURES: usize = 64;

/// What is kept.
#[derive(Default)]
pub struct Kept {
    pages: Mutex<Pages>,
    figures: Mutex<Figures>,
    /// The state of the record for which figures were begun.
    begun: Mutex<Option<String>>,
    /// Pages that are being made, each with the turn to make it.
    turns: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

/// The turn to make a page, which whoever asks for the same page waits for.
pub struct Turn<'k> {
    kept: &'k Kept,
    tag: String,
    _turn: OwnedMutexGuard<()>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut turns = self.kept.turns.lock().unwrap_or_else(PoisonError::into_inner);
        // The map, whoever holds the turn, and nobody who waits.
        if turns.get(&self.tag).is_some_and(|turn| Arc::strong_count(turn) <= 2) {
            turns.remove(&self.tag);
        }
    }
}

/// Pages by their tags, in the order in which they came.
#[derive(Default)]
struct Pages {
    made: HashMap<String, Arc<str>>,
    order: VecDeque<String>,
    n_bytes: usize,
}

/// Figures of one state of the record by what was asked for, in the order in which they came. Each is worked out once; who asks for it
/// meanwhile waits.
#[derive(Default)]
struct Figures {
    state: String,
    known: HashMap<String, Arc<Mutex<Option<Figure>>>>,
    order: VecDeque<String>,
}

type Figure = Arc<dyn Any + Send + Sync>;

impl Kept {
    /// The page of this tag, if it was made before.
    pub fn page(&self, tag: &str) -> Option<Arc<str>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).made.get(tag).cloned()
    }

    /// Keeps a page; the oldest ones go.
    pub fn keep(&self, tag: &str, page: &Arc<str>) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if page.len() > MOST_BYTES / 4 || pages.made.insert(tag.to_owned(), Arc::clone(page)).is_some() {
            return;
        }
        pages.n_bytes += page.len();
        pages.order.push_back(tag.to_owned());
        while pages.n_bytes > MOST_BYTES {
            let Some(oldest) = pages.order.pop_front() else { break };
            pages.n_bytes -= pages.made.remove(&oldest).map_or(0, |page| page.len());
        }
    }

    /// The turn to make a page.
    pub async fn turn(&self, tag: &str) -> Turn<'_> {
        let turn = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(turns.entry(tag.to_owned()).or_default())
        };
        Turn { kept: self, tag: tag.to_owned(), _turn: turn.lock_owned().await }
    }

    /// Whether nothing was begun for this state of the record before.
    pub fn begins(&self, state: String) -> bool {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = begun.as_deref() != Some(&*state);
        *begun = Some(state);
        is_new
    }

    /// How far the record reaches.
    pub fn extent(&self, record: &Record, as_of: Option<&Moment>) -> Result<Arc<Extent>, RecordError> {
        self.figure(record, format!("extent {as_of:?}"), || record.extent(as_of))
    }

    /// The countries and entities of which the record has most reports.
    pub fn codes(&self, record: &Record) -> Result<Arc<Vec<(String, u64)>>, RecordError> {
        self.figure(record, "codes".to_owned(), || record.codes(200))
    }

    /// How many articles were published on each day.
    pub fn published(&self, record: &Record, as_of: Option<&Moment>) -> Result<Arc<Vec<(String, u64)>>, RecordError> {
        self.figure(record, format!("published {as_of:?}"), || record.published(as_of))
    }

    /// How much each acted on each, over all the days of the filter.
    pub fn pairs(&self, record: &Record, filter: &Filter) -> Result<Arc<Panel>, RecordError> {
        self.figure(record, format!("pairs {filter:?}"), || record.panel(filter, Unit::Dyad, By::Ever, false))
    }

    /// The places of the filter's reports.
    pub fn places(&self, record: &Record, filter: &Filter, limit: u64) -> Result<Arc<Vec<PlaceCount>>, RecordError> {
        self.figure(record, format!("places {limit} {filter:?}"), || record.places(filter, limit))
    }

    /// How many of the filter's reports are counted on each day.
    pub fn days(&self, record: &Record, filter: &Filter) -> Result<Arc<Vec<(String, u64)>>, RecordError> {
        self.figure(record, format!("days {filter:?}"), || record.days(filter))
    }

    /// A figure of this state of the record; those of another are forgotten.
    fn figure<T: Send + Sync + 'static>(
        &self,
        record: &Record,
        what: String,
        work: impl FnOnce() -> Result<T, RecordError>,
    ) -> Result<Arc<T>, RecordError> {
        let state = record.state()?;
        let place = {
            let mut figures = self.figures.lock().unwrap_or_else(PoisonError::into_inner);
            if figures.state != state {
                *figures = Figures { state, ..Figures::default() };
            }
            if !figures.known.contains_key(&what) {
                figures.order.push_back(what.clone());
                if figures.order.len() > MOST_FIGURES
                    && let Some(oldest) = figures.order.pop_front()
                {
                    figures.known.remove(&oldest);
                }
            }
            Arc::clone(figures.known.entry(what).or_default())
        };
        let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = place.as_ref().and_then(|known| Arc::clone(known).downcast().ok()) {
            return Ok(known);
        }
        let figure = Arc::new(work()?);
        *place = Some(figure.clone());
        Ok(figure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_pages_go() {
        let kept = Kept::default();
        let page: Arc<str> = "x".repeat(MOST_BYTES / 5).into();
        for n in 0..7 {
            kept.keep(&n.to_string(), &page);
        }
        let left: Vec<bool> = (0..7).map(|n| kept.page(&n.to_string()).is_some()).collect();
        assert_eq!(left, [false, false, true, true, true, true, true]);
        kept.keep("too large", &"x".repeat(MOST_BYTES).into());
        assert!(kept.page("too large").is_none() && kept.page("6").is_some());
    }
}
