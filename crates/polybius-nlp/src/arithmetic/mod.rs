//! The numbers under the model: exact 8-bit products and f32 functions that give the same bits on every machine.
//!
//! Products are sums of integers, so their order does not matter. Everything in f32 is written in one fixed order of
//! IEEE operations (no fused multiply-add, no library `exp`), so wider registers change the speed and nothing else.

// Numeric loops run over several arrays by one index.
#![allow(clippy::needless_range_loop)]

mod functions;
mod product;

pub(crate) use functions::{add, gelu, normalise, product_f32, relu, sigmoid, softmax};
pub(crate) use product::{Linear, Rows, room};

/// Which instructions the machine has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// Whatever the compiler was told: SSE2 on x86-64, NEON on AArch64.
    Portable,
    /// AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 with byte products (VNNI).
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// Every level this machine can run, the fastest last.
    pub(crate) fn available() -> Vec<Level> {
        #[allow(unused_mut)]
        let mut levels = vec![Level::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                levels.push(Level::Avx2);
            }
            if is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vnni")
            {
                levels.push(Level::Avx512);
            }
        }
        levels
    }

    /// The fastest level this machine can run.
    pub(crate) fn best() -> Level {
        Level::available().pop().unwrap_or(Level::Portable)
    }
}

/// Compiles one plain function for each level and calls the right one. The body is the same source each time, and the
/// compiler may not reorder f32 operations, so the results are the same bits.
macro_rules! for_each_level {
    ($($(#[$meta:meta])* pub(crate) fn $name:ident($($arg:ident: $ty:ty),* $(,)?) $body:block)*) => {$(
        $(#[$meta])*
        pub(crate) fn $name(level: $crate::arithmetic::Level, $($arg: $ty),*) {
            #[inline(always)]
            #[allow(clippy::too_many_arguments)]
            fn plain($($arg: $ty),*) $body
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            #[allow(clippy::too_many_arguments)]
            fn avx2($($arg: $ty),*) { plain($($arg),*) }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,avx512f,avx512bw,avx512vl,avx512dq")]
            #[allow(clippy::too_many_arguments)]
            fn avx512($($arg: $ty),*) { plain($($arg),*) }
            match level {
                $crate::arithmetic::Level::Portable => plain($($arg),*),
                // SAFETY: a level is only made by `Level::available`, which asked the processor.
                #[cfg(target_arch = "x86_64")]
                $crate::arithmetic::Level::Avx2 => unsafe { avx2($($arg),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                $crate::arithmetic::Level::Avx512 => unsafe { avx512($($arg),*) },
            }
        }
    )*};
}
pub(crate) use for_each_level;

#[cfg(test)]
mod tests;
