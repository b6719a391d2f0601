//! Whether probabilities mean what they say: how often what was given a probability is right.

use std::fmt;

/// The lower bounds of the rows; finer where most probabilities lie.
const BOUNDS: [f32; 9] = [0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, f32::INFINITY];

/// Probabilities and whether what they were given to is right.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calibration {
    /// Each judgement: the probability, 0 to 1, and the truth.
    pub judged: Vec<(f32, bool)>,
}

impl Calibration {
    /// The mean difference between probability and share right over the rows of the table, 0 to 1, each row with the weight of
    /// its size: the expected calibration error.
    pub fn error(&self) -> f64 {
        let off = |row: &Row| row.n as f64 * (row.mean() - row.share_right()).abs();
        self.rows().iter().map(off).sum::<f64>() / self.judged.len().max(1) as f64
    }

    /// The mean of the squared distances between probability and truth, 0 to 1 (Brier 1950).
    pub fn brier(&self) -> f64 {
        let distance = |&(score, right): &(f32, bool)| (f64::from(score) - f64::from(u8::from(right))).powi(2);
        self.judged.iter().map(distance).sum::<f64>() / self.judged.len().max(1) as f64
    }

    /// The rows that hold anything.
    fn rows(&self) -> Vec<Row> {
        let row = |bounds: &[f32]| {
            let mut row = Row { low: bounds[0], high: bounds[1].min(1.0), n: 0, n_right: 0, sum: 0.0 };
            for &(score, right) in self.judged.iter().filter(|(score, _)| (bounds[0]..bounds[1]).contains(score)) {
                row.n += 1;
                row.n_right += usize::from(right);
                row.sum += f64::from(score);
            }
            row
        };
        BOUNDS.windows(2).map(row).filter(|row| row.n > 0).collect()
    }
}

struct Row {
    low: f32,
    high: f32,
    n: usize,
    n_right: usize,
    sum: f64,
}

impl Row {
    fn mean(&self) -> f64 {
        self.sum / self.n as f64
    }

    fn share_right(&self) -> f64 {
        self.n_right as f64 / self.n as f64
    }
}

impl fmt::Display for Calibration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "probability       n   mean  right")?;
        for row in self.rows() {
            let bounds = format!("{:.2} to {:.2}", row.low, row.high);
            writeln!(f, "{bounds}{:>7}{:>7.3}{:>7.3}", row.n, row.mean(), row.share_right())?;
        }
        writeln!(f, "calibration error {:.3}, Brier score {:.3}", self.error(), self.brier())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_judgements_into_rows() {
        let calibration = Calibration { judged: vec![(0.6, true), (0.6, false), (1.0, true)] };
        let table = calibration.to_string();
        assert!(table.contains("0.50 to 0.70      2  0.600  0.500"), "{table}");
        assert!(table.contains("0.99 to 1.00      1  1.000  1.000"), "{table}");
        assert!((calibration.error() - 0.2 / 3.0).abs() < 1e-6);
        assert!((calibration.brier() - (0.16 + 0.36) / 3.0).abs() < 1e-6);
        assert_eq!(Calibration::default().error(), 0.0);
    }
}
