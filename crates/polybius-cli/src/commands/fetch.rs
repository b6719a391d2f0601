//! `polybius fetch`: pages from the network into an archive.

use std::collections::{HashSet, VecDeque};
use std::fs::OpenOptions;
use std::time::Duration;

use anyhow::{Context, Result};
use polybius::input::links_of_feed;

use super::counted;
use crate::arguments::FetchArguments;
use crate::fetch::{Archive, Client, Limits};
use crate::{Outcome, terminal};

/// Fetches address after address; of a feed the pages it leads to.
pub fn run(arguments: &FetchArguments) -> Result<Outcome> {
    let file = OpenOptions::new().create(true).append(true).open(&arguments.out);
    let mut archive = Archive::new(file.with_context(|| format!("{} cannot be written", arguments.out.display()))?);
    let mut client = Client::new(Limits {
        n_bytes: arguments.max_size << 20,
        time: Duration::from_secs(arguments.timeout),
        n_pages_a_host: arguments.per_host,
        delay: if arguments.loopback_for_tests { Duration::ZERO } else { Duration::from_secs(arguments.delay) },
        loopback_too: arguments.loopback_for_tests,
    });
    let mut waiting: VecDeque<(String, bool)> =
        arguments.addresses.iter().map(|address| (address.clone(), true)).collect();
    let mut seen: HashSet<String> = arguments.addresses.iter().cloned().collect();
    let (mut n_pages, mut n_failed) = (0, 0);
    while let Some((address, may_be_feed)) = waiting.pop_front() {
        match client.fetch(&address) {
            Ok(answer) => match links_of_feed(&answer.body).filter(|_| may_be_feed) {
                Some(links) => {
                    waiting.extend(links.into_iter().filter(|link| seen.insert(link.clone())).map(|link| (link, false)))
                }
                None => {
                    archive
                        .add(&answer, jiff::Timestamp::now())
                        .with_context(|| format!("{} cannot be written", arguments.out.display()))?;
                    n_pages += 1;
                }
            },
            Err(why) => {
                n_failed += 1;
                anstream::eprintln!("{}", terminal::one_line(&format!("{address}: {why}")));
            }
        }
    }
    let failed = if n_failed > 0 { format!(", {n_failed} not fetched") } else { String::new() };
    anstream::eprintln!("{}{failed}", counted(n_pages, "page"));
    Ok(if n_failed > 0 { Outcome::SomeFailed } else { Outcome::Fine })
}
