//! What words and trees told before: a row of numbers for each feature, summed over those of a word.

/// Keys are spread evenly: those that share their first bits stand in one short stretch.
const FIRST_BITS: u32 = 16;

/// The rows, by the keys of their features.
pub(crate) struct Lexicon {
    /// In ascending order.
    keys: Vec<u32>,
    /// Where the keys begin whose first bits are these.
    starts: Vec<u32>,
    /// One row of 8-bit numbers for each key.
    rows: Vec<i8>,
    /// What one step is worth in each column.
    scale: Vec<f32>,
}

impl Lexicon {
    /// The lexicon with a row for each of `keys`, which ascend.
    pub(crate) fn new(keys: Vec<u32>, rows: Vec<i8>, scale: Vec<f32>) -> Lexicon {
        let mut starts = vec![0; (1 << FIRST_BITS) + 1];
        keys.iter().for_each(|key| starts[first_bits(*key) + 1] += 1);
        (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
        Lexicon { keys, starts, rows, scale }
    }

    /// The sum of the rows of `features`, by column.
    pub(crate) fn sum(&self, features: &[u32]) -> Vec<f32> {
        let n = self.scale.len();
        let mut steps = vec![0_i32; n];
        for row in features.iter().filter_map(|key| self.find(*key)) {
            let row = &self.rows[row * n..][..n];
            steps.iter_mut().zip(row).for_each(|(sum, step)| *sum += i32::from(*step));
        }
        steps.iter().zip(&self.scale).map(|(steps, scale)| *steps as f32 * scale).collect()
    }

    fn find(&self, key: u32) -> Option<usize> {
        let first = first_bits(key);
        let (start, end) = (self.starts[first] as usize, self.starts[first + 1] as usize);
        self.keys[start..end].iter().position(|&other| other == key).map(|at| start + at)
    }
}

fn first_bits(key: u32) -> usize {
    (key >> (32 - FIRST_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_features_are_summed() {
        let keys = vec![3, 7, u32::MAX];
        let lexicon = Lexicon::new(keys, vec![10, -4, 1, 2, 0, 1], vec![0.5, 2.0]);
        assert_eq!(lexicon.sum(&[1, 3, 7, 9]), [5.5, -4.0]);
        assert_eq!(lexicon.sum(&[u32::MAX, 0x7fff_ffff]), [0.0, 2.0]);
        assert_eq!(lexicon.sum(&[]), [0.0, 0.0]);
    }
}
