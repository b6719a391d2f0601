//! What `polybius fetch` takes.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `fetch`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  polybius fetch https://outlet.example/rss.xml --out news.warc
  polybius read news.warc --record news.db

The only command that uses the network. Of a feed, the pages that it leads to are fetched too. Asked are http and https alone, machines of
the public network alone, and what robots.txt allows; each page of a host some seconds after the one before. What was fetched is added
to the archive as it came.

Exit codes: 0 fine, 1 some pages were not fetched, 2 it could not run.")]
pub struct FetchArguments {
    /// Feeds and pages.
    #[arg(required = true, value_name = "FEED|URL")]
    pub addresses: Vec<String>,
    /// The WARC file to add to.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// The longest page, in MB.
    #[arg(long, value_name = "MB", default_value_t = 8)]
    pub max_size: u64,
    /// How long a page may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub timeout: u64,
    /// At most so many pages of one host.
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub per_host: usize,
    /// How long to wait between two pages of one host, in seconds; more if its robots.txt asks for it.
    #[arg(long, value_name = "SECONDS", default_value_t = 2)]
    pub delay: u64,
    /// For tests alone: ask this machine too, without waiting.
    #[arg(long, hide = true)]
    pub loopback_for_tests: bool,
}
