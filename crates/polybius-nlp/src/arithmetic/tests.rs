//! Every level must give the same bits, and the right numbers.

use super::*;

/// Numbers that look random and are the same on every run.
fn numbers(n: usize, mut seed: u64) -> Vec<f32> {
    let mut out = Vec::with_capacity(n);
    for _ in 0..n {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        out.push(((seed >> 40) as f32 / 16_777_216.0 - 0.5) * 6.0);
    }
    out
}

fn bits(x: &[f32]) -> Vec<u32> {
    x.iter().map(|x| x.to_bits()).collect()
}

fn check(name: &str, run: impl Fn(Level) -> Vec<f32>) {
    let expected = run(Level::Portable);
    for level in Level::available() {
        assert_eq!(bits(&run(level)), bits(&expected), "{name} differs at {level:?}");
    }
}

#[test]
fn levels_agree_bit_for_bit() {
    let (n_inputs, n_outputs, n_rows) = (384, 301, 13);
    let weight: Vec<i8> = numbers(n_inputs * n_outputs, 1).iter().map(|x| (x * 42.3) as i8).collect();
    let layer = Linear::new(n_inputs, &weight, &numbers(n_outputs, 2), &numbers(n_outputs, 3));
    let x = numbers(n_inputs * n_rows, 4);
    check("a linear layer", |level| {
        let (mut rows, mut out) = (Rows::default(), Vec::new());
        rows.fill(level, &x, n_inputs);
        layer.apply(level, &rows, &mut out);
        out[..n_rows * layer.stride()].to_vec()
    });
    check("gelu", |level| {
        let mut x = x.clone();
        gelu(level, &mut x);
        x
    });
    check("softmax", |level| {
        let mut x = x.clone();
        softmax(level, &mut x, 48, 37);
        x
    });
    check("normalise", |level| {
        let mut x = x.clone();
        normalise(level, &mut x, 384, &numbers(384, 5), &numbers(384, 6));
        x
    });
    check("product_f32", |level| {
        let mut out = vec![0.0; 13 * 32];
        product_f32(level, &x, 384, 32, &numbers(32 * 32, 7), 32, &mut out);
        out
    });
}

#[test]
fn extreme_bytes_do_not_saturate() {
    let weight = vec![-127i8; 384 * 48];
    let layer = Linear::new(384, &weight, &[1.0; 48], &[0.0; 48]);
    for level in Level::available() {
        let (mut rows, mut out) = (Rows::default(), Vec::new());
        rows.fill(level, &[127.0; 384], 384);
        layer.apply(level, &rows, &mut out);
        assert_eq!(out[0], -127.0 * 127.0 * 384.0, "{level:?}");
    }
}

#[test]
fn functions_are_close_to_the_true_ones() {
    let mut x = numbers(1000, 9);
    let expected: Vec<f64> = x
        .iter()
        .map(|&x| f64::from(x))
        .map(|x| 0.5 * x * (1.0 + (0.797_884_560_802_865_4 * (x + 0.044_715 * x.powi(3))).tanh()))
        .collect();
    gelu(Level::best(), &mut x);
    for (x, expected) in x.iter().zip(expected) {
        assert!((f64::from(*x) - expected).abs() < 1e-5, "{x} is not {expected}");
    }
    let mut x = vec![0.0, 1.0, 2.0, -1000.0];
    softmax(Level::best(), &mut x, 4, 4);
    assert!((x[2] - 0.665_241).abs() < 1e-5 && x[3] < 1e-30);
}
