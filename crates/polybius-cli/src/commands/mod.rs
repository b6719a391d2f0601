//! One file a command.

pub mod annotate;
pub mod check;
pub mod code;
pub mod explain;
pub mod schema;
pub mod score;
