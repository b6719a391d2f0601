//! A number of its own kind for everything in the codebook that is looked up by number.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($inner:ty);)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub $inner);

        impl $name {
            /// The position in the list that the number counts.
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// The number of a position. A codebook that outgrows the number's type is a mistake in this program.
            pub(crate) fn from_index(index: usize) -> $name {
                $name(<$inner>::try_from(index).expect("the codebook outgrew its numbering"))
            }
        }
    )*};
}

ids! {
    /// An event type: its position in the ontology.
    TypeId(u8);
    /// A mode: its position among the modes of all types.
    ModeId(u16);
    /// A context: its position in the ontology.
    ContextId(u8);
    /// A sector: its position in the ontology.
    SectorId(u8);
    /// An entity.
    EntityId(u32);
    /// A row of an entity file: one name of one entity in one role over one span of time.
    RowId(u32);
    /// A pattern.
    PatternId(u32);
}
