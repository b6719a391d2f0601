//! The best one-to-one assignment, by the Hungarian algorithm.

use std::collections::BTreeMap;

/// The largest sum of gains that rows and columns, each used at most once, can have together. Pairs that are not in `gains`
/// gain nothing; the others gain more than nothing. It takes time in the cube of the side that is longer.
pub(crate) fn best_assignment(n_rows: usize, n_columns: usize, gains: &BTreeMap<(usize, usize), f64>) -> f64 {
    let n = n_rows.max(n_columns);
    let mut costs = vec![0.0; n * n];
    for (&(row, column), gain) in gains {
        costs[row * n + column] = -gain;
    }
    // Rows are brought in one by one along the cheapest alternating path. Row and column 0 stand for none, so that
    // `row_of[column] == 0` is a column that is free.
    let mut row_price = vec![0.0; n + 1];
    let mut column_price = vec![0.0; n + 1];
    let mut row_of = vec![0; n + 1];
    for row in 1..=n {
        row_of[0] = row;
        let mut slack = vec![f64::INFINITY; n + 1];
        let mut came_from = vec![0; n + 1];
        let mut seen = vec![false; n + 1];
        let mut column = 0;
        while row_of[column] != 0 {
            seen[column] = true;
            let at = row_of[column];
            let (mut least, mut next) = (f64::INFINITY, 0);
            for other in 1..=n {
                if seen[other] {
                    continue;
                }
                let cost = costs[(at - 1) * n + other - 1] - row_price[at] - column_price[other];
                if cost < slack[other] {
                    slack[other] = cost;
                    came_from[other] = column;
                }
                if slack[other] < least {
                    (least, next) = (slack[other], other);
                }
            }
            for other in 0..=n {
                if seen[other] {
                    row_price[row_of[other]] += least;
                    column_price[other] -= least;
                } else {
                    slack[other] -= least;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[came_from[column]];
            column = came_from[column];
        }
    }
    (1..=n).filter_map(|column| gains.get(&(row_of[column] - 1, column - 1))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(n_rows: usize, n_columns: usize, gains: &[(usize, usize, f64)], expected: f64) {
        let gains = gains.iter().map(|&(row, column, gain)| ((row, column), gain)).collect();
        assert!((best_assignment(n_rows, n_columns, &gains) - expected).abs() < 1e-12);
    }

    #[test]
    fn gives_up_a_good_pair_for_two_better() {
        check(0, 0, &[], 0.0);
        check(2, 3, &[], 0.0);
        check(2, 2, &[(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.7)], 1.5);
        check(3, 1, &[(0, 0, 0.2), (1, 0, 0.5), (2, 0, 0.4)], 0.5);
        check(1, 3, &[(0, 1, 0.2), (0, 2, 0.6)], 0.6);
    }

    #[test]
    fn is_as_good_as_trying_all() {
        // Gains without order, from a small linear recurrence.
        let mut state = 7u32;
        for _ in 0..50 {
            let mut gains = BTreeMap::new();
            for pair in (0..5).flat_map(|row| (0..4).map(move |column| (row, column))) {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                if state >> 30 != 0 {
                    gains.insert(pair, f64::from(state >> 16) / 65_536.0);
                }
            }
            assert!((best_assignment(5, 4, &gains) - try_all(0, &mut [false; 4], &gains)).abs() < 1e-9);
        }
    }

    fn try_all(row: usize, used: &mut [bool; 4], gains: &BTreeMap<(usize, usize), f64>) -> f64 {
        if row == 5 {
            return 0.0;
        }
        let mut best = try_all(row + 1, used, gains);
        for column in 0..4 {
            if !used[column] {
                used[column] = true;
                let gain = gains.get(&(row, column)).copied().unwrap_or(0.0);
                best = best.max(gain + try_all(row + 1, used, gains));
                used[column] = false;
            }
        }
        best
    }
}
