//! What `serve` takes.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;

use super::CodebookArguments;

/// Arguments of `serve`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  polybius serve --demo
  polybius serve news.db --port 8080 --corrections
  polybius serve news.db --address 0.0.0.0 --read-token-file look.txt --write-token-file correct.txt

Without tokens only this machine can look, and nobody can correct unless --corrections says so. Tokens are files of
16 characters or more; a visitor signs in with one, a program sends it as `Authorization: Bearer TOKEN`.
It ends on Ctrl-C, when the answers under way are finished.")]
pub struct ServeArguments {
    /// The record's file.
    #[arg(value_name = "FILE", required_unless_present = "demo")]
    pub record: Option<PathBuf>,
    /// Serve a record made of the project's own example articles, which goes away at the end.
    #[arg(long, conflicts_with = "record")]
    pub demo: bool,
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 7380)]
    pub port: u16,
    /// The address to listen on.
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub address: IpAddr,
    /// A file with the word that visitors need to look.
    #[arg(long, value_name = "FILE")]
    pub read_token_file: Option<PathBuf>,
    /// A file with the word that visitors need to retract and correct.
    #[arg(long, value_name = "FILE")]
    pub write_token_file: Option<PathBuf>,
    /// Let everybody on this machine retract and correct.
    #[arg(long, conflicts_with = "write_token_file")]
    pub corrections: bool,
    #[command(flatten)]
    pub codebook: CodebookArguments,
}
