//! What words and trees told before: a row of numbers for each feature, summed over those of a word.

/// The rows, by the keys of their features.
pub(crate) struct Lexicon {
    /// In ascending order.
    pub(crate) keys: Vec<u32>,
    /// One row of 8-bit numbers for each key.
    pub(crate) rows: Vec<i8>,
    /// What one step is worth in each column.
    pub(crate) scale: Vec<f32>,
}

impl Lexicon {
    /// The sum of the rows of `features`, by column.
    pub(crate) fn sum(&self, features: &[u32]) -> Vec<f32> {
        let n = self.scale.len();
        let mut steps = vec![0_i32; n];
        for row in features.iter().filter_map(|key| self.keys.binary_search(key).ok()) {
            let row = &self.rows[row * n..][..n];
            steps.iter_mut().zip(row).for_each(|(sum, step)| *sum += i32::from(*step));
        }
        steps.iter().zip(&self.scale).map(|(steps, scale)| *steps as f32 * scale).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_features_are_summed() {
        let lexicon = Lexicon { keys: vec![3, 7], rows: vec![10, -4, 1, 2], scale: vec![0.5, 2.0] };
        assert_eq!(lexicon.sum(&[1, 3, 7, 9]), [5.5, -4.0]);
        assert_eq!(lexicon.sum(&[]), [0.0, 0.0]);
    }
}
