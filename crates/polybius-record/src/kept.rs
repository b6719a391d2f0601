//! What adding reads again and again, kept in memory by its number.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

/// Whatever there is of each number, up to so many; then all of it is forgotten.
pub(crate) struct Kept<V> {
    values: RefCell<FxHashMap<i64, V>>,
    most: usize,
}

impl<V: Clone> Kept<V> {
    pub(crate) fn at_most(most: usize) -> Kept<V> {
        Kept { values: RefCell::default(), most }
    }

    pub(crate) fn of(&self, number: i64) -> Option<V> {
        self.values.borrow().get(&number).cloned()
    }

    pub(crate) fn note(&self, number: i64, value: V) {
        let mut values = self.values.borrow_mut();
        if values.len() == self.most {
            values.clear();
        }
        values.insert(number, value);
    }

    pub(crate) fn forget(&self) {
        self.values.borrow_mut().clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_so_many_are_kept() {
        let kept = Kept::at_most(2);
        kept.note(1, 'a');
        kept.note(2, 'b');
        assert_eq!((kept.of(1), kept.of(2)), (Some('a'), Some('b')));
        kept.note(3, 'c');
        assert_eq!((kept.of(1), kept.of(3)), (None, Some('c')));
        kept.forget();
        assert_eq!(kept.of(3), None);
    }
}
