//! Linear layers as 8-bit products with exact 32-bit sums.

use super::Level;

/// Columns computed together; rows of outputs are padded to a multiple of it.
const TILE_COLUMNS: usize = 48;
/// Rows computed together; inputs are padded to a multiple of it.
const TILE_ROWS: usize = 8;

/// Sixteen columns by four consecutive inputs.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Block([i8; 64]);

/// A linear layer with weights of 8 bits and a scale per output.
pub(crate) struct Linear {
    n_inputs: usize,
    n_padded: usize,
    /// `blocks[column / 16 * n_inputs / 4 + input / 4]`.
    blocks: Vec<Block>,
    /// The sum of each column's weights, which undoes the +128 of unsigned inputs.
    #[cfg_attr(not(target_arch = "x86_64"), allow(dead_code))]
    sums: Vec<i32>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

/// Rows of activations in 8 bits, each with its own scale, in the form a level's product reads.
#[derive(Default)]
pub(crate) struct Rows {
    n_rows: usize,
    width: usize,
    /// For byte products: value + 128, tile by tile: four inputs of the first row, of the second, …, then the next four.
    bytes: Vec<u8>,
    /// For all others: the value.
    words: Vec<i16>,
    scale: Vec<f32>,
}

/// The body once for each number, written out, so that sums that are indexed by it stay in registers.
#[cfg(target_arch = "x86_64")]
macro_rules! written_out {
    ($name:ident in $($number:literal)*, $body:block) => {$({
        const $name: usize = $number;
        $body
    })*};
}

impl Linear {
    /// The layer with `weight[output * n_inputs + input]`.
    pub(crate) fn new(n_inputs: usize, weight: &[i8], scale: &[f32], bias: &[f32]) -> Linear {
        let n_outputs = scale.len();
        assert!(n_inputs.is_multiple_of(16) && weight.len() == n_inputs * n_outputs && bias.len() == n_outputs);
        let n_padded = n_outputs.next_multiple_of(TILE_COLUMNS);
        let mut blocks = vec![Block([0; 64]); n_padded / 16 * n_inputs / 4];
        let mut sums = vec![0i32; n_padded];
        for (column, row) in weight.chunks_exact(n_inputs).enumerate() {
            for (group, four) in row.chunks_exact(4).enumerate() {
                let block = &mut blocks[column / 16 * (n_inputs / 4) + group];
                block.0[column % 16 * 4..][..4].copy_from_slice(four);
            }
            sums[column] = row.iter().map(|&weight| i32::from(weight)).sum();
        }
        let pad = |values: &[f32]| {
            let mut padded = values.to_vec();
            padded.resize(n_padded, 0.0);
            padded
        };
        Linear { n_inputs, n_padded, blocks, sums, scale: pad(scale), bias: pad(bias) }
    }

    /// How many numbers a row of output takes: the outputs, then padding.
    pub(crate) fn stride(&self) -> usize {
        self.n_padded
    }

    /// The layer's output for every row; `out` grows to whole tiles, and what follows the rows means nothing.
    pub(crate) fn apply(&self, level: Level, rows: &Rows, out: &mut Vec<f32>) {
        assert_eq!(rows.width, self.n_inputs);
        let n_tiles = rows.n_rows.div_ceil(TILE_ROWS);
        let out = room(out, n_tiles * TILE_ROWS * self.n_padded);
        let mut weights = vec![0i16; if level == Level::Portable { TILE_COLUMNS * self.n_inputs } else { 0 }];
        // Columns outside, rows inside: a tile's weights stay in the nearest cache while the rows pass by.
        for column in (0..self.n_padded).step_by(TILE_COLUMNS) {
            if level == Level::Portable {
                self.columns_portable(rows, column, &mut weights, out);
                continue;
            }
            for row in (0..n_tiles * TILE_ROWS).step_by(TILE_ROWS) {
                match level {
                    Level::Portable => {}
                    // SAFETY: a level is only made by `Level::available`, which asked the processor.
                    #[cfg(target_arch = "x86_64")]
                    Level::Avx2 => unsafe { self.tile_avx2(rows, row, column, out) },
                    // SAFETY: as above.
                    #[cfg(target_arch = "x86_64")]
                    Level::Avx512 => unsafe { self.tile_avx512(rows, row, column, out) },
                }
            }
        }
    }

    /// The blocks of the sixteen columns from `column`.
    #[inline(always)]
    fn column_blocks(&self, column: usize) -> &[Block] {
        let n_groups = self.n_inputs / 4;
        &self.blocks[column / 16 * n_groups..][..n_groups]
    }

    /// Scales one row of a tile's sums and writes it out.
    #[inline(always)]
    fn finish(&self, sums: &[i32; TILE_COLUMNS], row_scale: f32, row: usize, column: usize, out: &mut [f32]) {
        let scale = &self.scale[column..][..TILE_COLUMNS];
        let bias = &self.bias[column..][..TILE_COLUMNS];
        let out = &mut out[row * self.n_padded + column..][..TILE_COLUMNS];
        for index in 0..TILE_COLUMNS {
            out[index] = sums[index] as f32 * (row_scale * scale[index]) + bias[index];
        }
    }

    /// The columns from `column` for every row. The weights are laid out column by column first, so that the compiler sees
    /// plain sums of products of 16-bit numbers.
    fn columns_portable(&self, rows: &Rows, column: usize, weights: &mut [i16], out: &mut [f32]) {
        let width = self.n_inputs;
        for (index, weights) in weights.chunks_exact_mut(width).enumerate() {
            let blocks = self.column_blocks(column + index / 16 * 16);
            for (block, four) in blocks.iter().zip(weights.chunks_exact_mut(4)) {
                for (byte, weight) in block.0[index % 16 * 4..][..4].iter().zip(four) {
                    *weight = i16::from(*byte);
                }
            }
        }
        for row in 0..rows.n_rows {
            let inputs = &rows.words[row * width..][..width];
            let mut sums = [0i32; TILE_COLUMNS];
            for (sum, weights) in sums.iter_mut().zip(weights.chunks_exact(width)) {
                *sum = dot(inputs, weights);
            }
            self.finish(&sums, rows.scale[row], row, column, out);
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn tile_avx2(&self, rows: &Rows, row: usize, column: usize, out: &mut [f32]) {
        use std::arch::x86_64::*;
        let mut sums = [[0i32; TILE_COLUMNS]; TILE_ROWS];
        for half in [0, 4] {
            for part in 0..TILE_COLUMNS / 8 {
                let blocks = self.column_blocks(column + part / 2 * 16);
                let offset = part % 2 * 32;
                let mut acc = [[_mm256_setzero_si256(); 2]; 4];
                let inputs = rows.words[(row + half) * rows.width..][..4 * rows.width].as_ptr();
                for (group, block) in blocks.iter().enumerate() {
                    // SAFETY: offset is 0 or 32 and a block is 64 bytes; an input row is 4 values a block.
                    unsafe {
                        let weights = block.0.as_ptr().add(offset);
                        let low = _mm256_cvtepi8_epi16(_mm_loadu_si128(weights.cast()));
                        let high = _mm256_cvtepi8_epi16(_mm_loadu_si128(weights.add(16).cast()));
                        for index in 0..4 {
                            let four = inputs.add(index * rows.width + group * 4).cast::<i64>().read_unaligned();
                            let four = _mm256_set1_epi64x(four);
                            acc[index][0] = _mm256_add_epi32(acc[index][0], _mm256_madd_epi16(low, four));
                            acc[index][1] = _mm256_add_epi32(acc[index][1], _mm256_madd_epi16(high, four));
                        }
                    }
                }
                for index in 0..4 {
                    for side in 0..2 {
                        let mut pairs = [0i32; 8];
                        // SAFETY: `pairs` is 32 bytes.
                        unsafe { _mm256_storeu_si256(pairs.as_mut_ptr().cast(), acc[index][side]) };
                        for four in 0..4 {
                            sums[half + index][part * 8 + side * 4 + four] = pairs[four * 2] + pairs[four * 2 + 1];
                        }
                    }
                }
            }
        }
        for (index, sums) in sums.iter().enumerate() {
            self.finish(sums, rows.scale[row + index], row + index, column, out);
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
    fn tile_avx512(&self, rows: &Rows, row: usize, column: usize, out: &mut [f32]) {
        use std::arch::x86_64::*;
        // No closures here: they would not be compiled for these instructions where the standard library calls them.
        let parts = [self.column_blocks(column), self.column_blocks(column + 16), self.column_blocks(column + 32)];
        let inputs = &rows.bytes[row * rows.width..][..TILE_ROWS * rows.width];
        let mut acc = [[_mm512_setzero_si512(); 3]; TILE_ROWS];
        for group in 0..self.n_inputs / 4 {
            // SAFETY: each part has n_inputs / 4 aligned blocks, a tile of inputs 8 times 4 bytes for each.
            unsafe {
                let weights = [
                    _mm512_load_si512(parts[0].as_ptr().add(group).cast()),
                    _mm512_load_si512(parts[1].as_ptr().add(group).cast()),
                    _mm512_load_si512(parts[2].as_ptr().add(group).cast()),
                ];
                let inputs = inputs.as_ptr().add(group * TILE_ROWS * 4).cast::<i32>();
                written_out!(ROW in 0 1 2 3 4 5 6 7, {
                    let four = _mm512_set1_epi32(inputs.add(ROW).read_unaligned());
                    acc[ROW][0] = _mm512_dpbusd_epi32(acc[ROW][0], four, weights[0]);
                    acc[ROW][1] = _mm512_dpbusd_epi32(acc[ROW][1], four, weights[1]);
                    acc[ROW][2] = _mm512_dpbusd_epi32(acc[ROW][2], four, weights[2]);
                });
            }
        }
        let (scale, bias) = (&self.scale[column..][..TILE_COLUMNS], &self.bias[column..][..TILE_COLUMNS]);
        let sums = &self.sums[column..][..TILE_COLUMNS];
        let row_scale = &rows.scale[row..][..TILE_ROWS];
        let out = &mut out[row * self.n_padded + column..][..(TILE_ROWS - 1) * self.n_padded + TILE_COLUMNS];
        written_out!(PART in 0 1 2, {
            // SAFETY: each slice has 48 numbers, 16 for each part; `out` has 48 in each of 8 rows.
            unsafe {
                let shift = _mm512_slli_epi32::<7>(_mm512_loadu_si512(sums.as_ptr().add(PART * 16).cast()));
                let scale = _mm512_loadu_ps(scale.as_ptr().add(PART * 16));
                let bias = _mm512_loadu_ps(bias.as_ptr().add(PART * 16));
                written_out!(ROW in 0 1 2 3 4 5 6 7, {
                    let sum = _mm512_cvtepi32_ps(_mm512_sub_epi32(acc[ROW][PART], shift));
                    let scale = _mm512_mul_ps(_mm512_set1_ps(*row_scale.as_ptr().add(ROW)), scale);
                    let value = _mm512_add_ps(_mm512_mul_ps(sum, scale), bias);
                    _mm512_storeu_ps(out.as_mut_ptr().add(ROW * self.n_padded + PART * 16), value);
                });
            }
        });
    }
}

/// The first `n` of `numbers`, which grow to that many and never shrink. They hold what was last left there.
pub(crate) fn room<T: Copy + Default>(numbers: &mut Vec<T>, n: usize) -> &mut [T] {
    if numbers.len() < n {
        numbers.resize(n, T::default());
    }
    &mut numbers[..n]
}

/// The exact sum of products; the numbers are of 8 bits, so that no sum overflows.
fn dot(a: &[i16], b: &[i16]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

impl Rows {
    /// Takes the rows of `width` numbers in `x`, rounding each to 8 bits by its own largest value.
    pub(crate) fn fill(&mut self, level: Level, x: &[f32], width: usize) {
        self.n_rows = x.len() / width;
        self.width = width;
        let padded = self.n_rows.next_multiple_of(TILE_ROWS);
        let scale = room(&mut self.scale, padded);
        if level.takes_bytes() {
            round_to_bytes(level, x, width, room(&mut self.bytes, padded * width), scale);
        } else {
            round_to_words(level, x, width, room(&mut self.words, padded * width), scale);
        }
    }
}

impl Level {
    fn takes_bytes(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        return self == Level::Avx512;
        #[cfg(not(target_arch = "x86_64"))]
        false
    }
}

super::for_each_level! {
    pub(crate) fn round_to_bytes(x: &[f32], width: usize, out: &mut [u8], scale: &mut [f32]) {
        for row in 0..x.len() / width {
            let x = &x[row * width..][..width];
            let factor = row_scale(x, &mut scale[row]);
            let tile = &mut out[row / TILE_ROWS * TILE_ROWS * width..][..TILE_ROWS * width];
            let first = row % TILE_ROWS * 4;
            for group in 0..width / 16 {
                let x = &x[group * 16..][..16];
                let mut bytes = [0u8; 16];
                for index in 0..16 {
                    bytes[index] = (rounded(x[index] * factor) + 128) as u8;
                }
                for four in 0..4 {
                    let place = (group * 4 + four) * TILE_ROWS * 4 + first;
                    tile[place..place + 4].copy_from_slice(&bytes[four * 4..four * 4 + 4]);
                }
            }
        }
    }

    pub(crate) fn round_to_words(x: &[f32], width: usize, out: &mut [i16], scale: &mut [f32]) {
        for row in 0..x.len() / width {
            let x = &x[row * width..][..width];
            let factor = row_scale(x, &mut scale[row]);
            let out = &mut out[row * width..][..width];
            for index in 0..width {
                out[index] = rounded(x[index] * factor) as i16;
            }
        }
    }
}

/// Sets the scale of a row, whose width is a multiple of 16, and returns its inverse.
#[inline(always)]
fn row_scale(x: &[f32], scale: &mut f32) -> f32 {
    let mut lanes = [1e-8f32; 16];
    for chunk in x.chunks_exact(16) {
        for lane in 0..16 {
            let size = chunk[lane].abs();
            lanes[lane] = if size > lanes[lane] { size } else { lanes[lane] };
        }
    }
    let mut largest = lanes[0];
    for lane in lanes {
        largest = if lane > largest { lane } else { largest };
    }
    *scale = largest / 127.0;
    127.0 / largest
}

/// The nearest integer (ties to even), for numbers of at most 2^21.
#[inline(always)]
fn rounded(x: f32) -> i32 {
    const ROUND: f32 = 12_582_912.0;
    (x + ROUND).to_bits() as i32 - ROUND.to_bits() as i32
}
