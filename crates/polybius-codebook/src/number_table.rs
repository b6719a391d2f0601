//! Hash tables that lie in bytes: from the numbers of keys to small values, read in place.

/// A slot is a number of eight bytes and a value of four.
const SLOT: usize = 12;
/// The value of a slot that holds nothing.
const NOTHING: u32 = u32::MAX;

/// Writes the table. A number may come more than once; its values are then found in the order given.
pub(crate) fn write(pairs: &[(u64, u32)]) -> Vec<u8> {
    let n_slots = (pairs.len() * 2).next_power_of_two();
    let mut slots = vec![(0, NOTHING); n_slots];
    for &(number, value) in pairs {
        let mut at = number as usize & (n_slots - 1);
        while slots[at].1 != NOTHING {
            at = (at + 1) & (n_slots - 1);
        }
        slots[at] = (number, value);
    }
    let mut bytes = Vec::with_capacity(n_slots * SLOT);
    for (number, value) in slots {
        bytes.extend(u64::to_le_bytes(number));
        bytes.extend(u32::to_le_bytes(value));
    }
    bytes
}

/// The values of a number.
pub(crate) fn values(table: &[u8], number: u64) -> impl Iterator<Item = u32> {
    let (slots, _) = table.as_chunks::<SLOT>();
    let start = number as usize & slots.len().saturating_sub(1);
    let slots = slots[start..].iter().chain(&slots[..start]);
    let filled = slots.map(|slot| {
        let (number, value) = slot.split_at(8);
        (u64::from_le_bytes(number.try_into().unwrap_or_default()), word(value, 0))
    });
    filled.take_while(|&(_, value)| value != NOTHING).filter(move |&(other, _)| other == number).map(|(_, value)| value)
}

/// The word of four bytes at a position counted in words; 0 where there is none.
pub(crate) fn word(bytes: &[u8], position: usize) -> u32 {
    let word = bytes.get(position * 4..).and_then(|rest| rest.first_chunk::<4>());
    word.map_or(0, |word| u32::from_le_bytes(*word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found() {
        let pairs = [(7, 1), (8, 2), (7, 3), (u64::MAX, 4), (15, 5)];
        let table = write(&pairs);
        let found = |number| values(&table, number).collect::<Vec<_>>();
        assert_eq!((found(7), found(8), found(u64::MAX)), (vec![1, 3], vec![2], vec![4]));
        assert_eq!((found(15), found(9)), (vec![5], vec![]));
        assert_eq!(values(&write(&[]), 3).next(), None);
        assert_eq!(values(&[], 3).next(), None);
    }
}
