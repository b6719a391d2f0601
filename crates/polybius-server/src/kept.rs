//! What is kept between requests because it holds until the record changes: pages as they were made, and figures that every page has.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use polybius_record::{Extent, Moment, Record, RecordError};

/// Pages take at most so many bytes.
const MOST_BYTES: usize = 32 << 20;

/// What is kept.
#[derive(Default)]
pub struct Kept {
    pages: Mutex<Pages>,
    figures: Mutex<Figures>,
}

/// Pages by their tags, in the order in which they came.
#[derive(Default)]
struct Pages {
    made: HashMap<String, Arc<str>>,
    order: VecDeque<String>,
    n_bytes: usize,
}

/// Figures of one state of the record.
#[derive(Default)]
struct Figures {
    state: String,
    extents: HashMap<Option<String>, Extent>,
    codes: Option<Vec<(String, u64)>>,
}

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

    /// How far the record reaches.
    pub fn extent(&self, record: &Record, as_of: Option<&Moment>) -> Result<Extent, RecordError> {
        let state = record.state()?;
        let key = as_of.map(|moment| moment.as_str().to_owned());
        if let Some(extent) = self.figures(&state).extents.get(&key) {
            return Ok(extent.clone());
        }
        let extent = record.extent(as_of)?;
        let mut figures = self.figures(&state);
        if figures.extents.len() < 100 {
            figures.extents.insert(key, extent.clone());
        }
        Ok(extent)
    }

    /// The countries and entities of which the record has most reports.
    pub fn codes(&self, record: &Record) -> Result<Vec<(String, u64)>, RecordError> {
        let state = record.state()?;
        if let Some(codes) = &self.figures(&state).codes {
            return Ok(codes.clone());
        }
        let codes = record.codes(200)?;
        self.figures(&state).codes = Some(codes.clone());
        Ok(codes)
    }

    /// The figures of this state; those of another are forgotten.
    fn figures(&self, state: &str) -> std::sync::MutexGuard<'_, Figures> {
        let mut figures = self.figures.lock().unwrap_or_else(PoisonError::into_inner);
        if figures.state != state {
            *figures = Figures { state: state.to_owned(), ..Figures::default() };
        }
        figures
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
