//! The f32 functions of the model, in one fixed order of operations.

use super::for_each_level;

/// How many partial sums a long sum is kept in; they are added pairwise at the end.
const LANES: usize = 16;

for_each_level! {
    /// `x += y`, element by element.
    pub(crate) fn add(x: &mut [f32], y: &[f32]) {
        for (x, y) in x.iter_mut().zip(y) {
            *x += *y;
        }
    }

    /// Layer normalisation of each row of `width` numbers, in place.
    pub(crate) fn normalise(x: &mut [f32], width: usize, weight: &[f32], bias: &[f32]) {
        for row in x.chunks_exact_mut(width) {
            let mean = sum(row) / width as f32;
            for value in row.iter_mut() {
                *value -= mean;
            }
            let variance = sum_of_squares(row) / width as f32;
            let scale = 1.0 / (variance + 1e-12).sqrt();
            for ((value, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
                *value = *value * scale * *weight + *bias;
            }
        }
    }

    /// The Gaussian error linear unit (tanh form), in place.
    pub(crate) fn gelu(x: &mut [f32]) {
        for value in x.iter_mut() {
            let v = *value;
            let inner = 1.595_769 * (v + 0.044_715 * v * v * v);
            *value = v / (1.0 + exp(-inner));
        }
    }

    /// The softmax of the first `n` numbers of each row of `stride`, a multiple of 16, in place; the rest of the row becomes 0.
    pub(crate) fn softmax(x: &mut [f32], stride: usize, n: usize) {
        for row in x.chunks_exact_mut(stride) {
            // Whole rows go through wide registers; what is not used is then the least number, and then nothing.
            row[n..].fill(f32::MIN);
            let largest = max(row);
            for value in row.iter_mut() {
                *value = exp(*value - largest);
            }
            row[n..].fill(0.0);
            let scale = 1.0 / sum(row);
            for value in row.iter_mut() {
                *value *= scale;
            }
        }
    }

    /// `1 / (1 + e^-x)`, element by element.
    pub(crate) fn sigmoid(x: &mut [f32]) {
        for value in x.iter_mut() {
            *value = 1.0 / (1.0 + exp(-*value));
        }
    }

    /// Negative numbers become 0.
    pub(crate) fn relu(x: &mut [f32]) {
        for value in x.iter_mut() {
            *value = if *value > 0.0 { *value } else { 0.0 };
        }
    }

    /// `out[i][j] = Σ_k a[i][k] · b[k][j]`, each sum in the order of `k`. Rows of `b` and `out` are `width` numbers, a
    /// multiple of 16; rows of `a` begin every `a_stride` numbers, and `depth` of them are used.
    pub(crate) fn product_f32(a: &[f32], a_stride: usize, depth: usize, b: &[f32], width: usize, out: &mut [f32]) {
        let n_rows = out.len() / width;
        let mut row = 0;
        while row < n_rows {
            // Eight rows at once keep the adders busy; a row's sums are the same either way.
            let n = [8, 4, 2, 1].into_iter().find(|n| row + n <= n_rows).unwrap_or(1);
            let a = &a[row * a_stride..];
            let out = &mut out[row * width..][..n * width];
            match n {
                8 => some_rows::<8>(a, a_stride, depth, b, width, out),
                4 => some_rows::<4>(a, a_stride, depth, b, width, out),
                2 => some_rows::<2>(a, a_stride, depth, b, width, out),
                _ => some_rows::<1>(a, a_stride, depth, b, width, out),
            }
            row += n;
        }
    }
}

/// `ROWS` rows of a product of f32 matrices.
#[inline(always)]
fn some_rows<const ROWS: usize>(a: &[f32], a_stride: usize, depth: usize, b: &[f32], width: usize, out: &mut [f32]) {
    let a: [&[f32]; ROWS] = std::array::from_fn(|row| &a[row * a_stride..][..depth]);
    for column in (0..width).step_by(LANES) {
        let mut sums = [[0.0f32; LANES]; ROWS];
        for k in 0..depth {
            let b = &b[k * width + column..][..LANES];
            for row in 0..ROWS {
                let a = a[row][k];
                for lane in 0..LANES {
                    sums[row][lane] += a * b[lane];
                }
            }
        }
        for (row, sums) in sums.iter().enumerate() {
            out[row * width + column..][..LANES].copy_from_slice(sums);
        }
    }
}

/// `e^x` to about 2 units in the last place for any finite `x`; what is too large or small is clamped.
#[inline(always)]
fn exp(x: f32) -> f32 {
    const LOG2_E: f32 = std::f32::consts::LOG2_E;
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    // Adding and taking away 1.5 · 2^23 rounds to the nearest integer, which then stands in the low bits.
    const ROUND: f32 = 12_582_912.0;
    let x = if x < -87.0 { -87.0 } else { x };
    let x = if x > 88.0 { 88.0 } else { x };
    let shifted = x * LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = x - n * LN2_HIGH;
    let r = r - n * LN2_LOW;
    let mut p = 1.987_569_1e-4;
    p = p * r + 1.398_2e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 1.666_666_5e-1;
    p = p * r + 0.5;
    let value = p * r * r + r + 1.0;
    let power = (shifted.to_bits() << 23).wrapping_add(0x3f80_0000);
    value * f32::from_bits(power)
}

#[inline(always)]
fn sum(x: &[f32]) -> f32 {
    lanes(x, |sum, x| sum + x, 0.0, |a, b| a + b)
}

#[inline(always)]
fn sum_of_squares(x: &[f32]) -> f32 {
    lanes(x, |sum, x| sum + x * x, 0.0, |a, b| a + b)
}

#[inline(always)]
fn max(x: &[f32]) -> f32 {
    let larger = |a: f32, b: f32| if b > a { b } else { a };
    lanes(x, larger, f32::MIN, larger)
}

#[inline(always)]
fn lanes(x: &[f32], step: impl Fn(f32, f32) -> f32, start: f32, join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut partial = [start; LANES];
    let chunks = x.chunks_exact(LANES);
    let rest = chunks.remainder();
    for chunk in chunks {
        for lane in 0..LANES {
            partial[lane] = step(partial[lane], chunk[lane]);
        }
    }
    for (lane, x) in rest.iter().enumerate() {
        partial[lane] = step(partial[lane], *x);
    }
    let mut width = LANES / 2;
    while width > 0 {
        for lane in 0..width {
            partial[lane] = join(partial[lane], partial[lane + width]);
        }
        width /= 2;
    }
    partial[0]
}
