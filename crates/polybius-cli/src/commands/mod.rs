//! One file a command.

pub mod annotate;
pub mod check;
pub mod code;
pub mod codebook;
pub mod explain;
pub mod fetch;
pub mod manual;
pub mod record;
pub mod relate;
pub mod schema;
pub mod score;
pub mod serve;
pub mod who;

/// A number of things, in words.
fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
