//! Positions and indices: byte spans of the text, and one small type for each kind of index.

use std::ops::Range;

/// A half-open range of bytes of the article's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, which must not lie before it.
    pub fn new(start: u32, end: u32) -> Span {
        assert!(start <= end, "a span cannot end before it starts");
        Span { start, end }
    }

    /// The bytes covered, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How many bytes are covered.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether no byte is covered.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in the document's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(index: usize) -> $name {
                $name(u32::try_from(index).expect("a document has fewer than 2^32 of anything"))
            }
        }
    };
}

index! {
    /// A word or mark of the document, counted from 0 through the whole document.
    TokenId
}
index! {
    /// A sentence of the document, counted from 0.
    SentenceId
}
index! {
    /// A mention: a name, or a pronoun that coreference resolved.
    MentionId
}
index! {
    /// A coreference chain.
    ChainId
}
