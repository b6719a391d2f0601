//! `polybius serve`: a record as pages, for people, and as an API, for programs.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context, Result, bail};
use polybius::Pipeline;
use polybius_server::{Access, Settings, Site, Token, Writers, demo, serve};
use tokio::net::TcpListener;

use super::record::clock;
use super::record::read::maker;
use crate::arguments::ServeArguments;
use crate::{Outcome, codebook};

/// Serves until it is told to end.
pub fn run(arguments: &ServeArguments) -> Result<Outcome> {
    let clock = clock()?;
    let address = SocketAddr::new(arguments.address, arguments.port);
    let access = access(arguments, address)?;
    let folder = arguments.codebook.codebook.as_deref();
    let pipeline = Pipeline::new(codebook::load(folder)?);
    let made = match arguments.demo {
        true => {
            anstream::eprintln!("polybius: coding the example articles …");
            let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
            Some(demo(&pipeline, &maker(folder)?, clock, threads)?)
        }
        false => None,
    };
    let record = match (&made, &arguments.record) {
        (Some(made), _) => made.path(),
        (None, Some(record)) => record.clone(),
        (None, None) => bail!("give a record, or --demo"),
    };
    let name = record.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let site = Site::new(Settings { record, name, is_demo: made.is_some(), pipeline, clock, access })?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(address).await.with_context(|| format!("{address} cannot be listened on"))?;
        anstream::eprintln!("polybius: http://{}/  (Ctrl-C ends it)", listener.local_addr()?);
        serve(listener, site, ended()).await?;
        Ok(Outcome::Fine)
    })
}

/// Waits for Ctrl-C, or for the system to ask us to end.
async fn ended() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        if let Ok(mut asked) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = asked.recv() => {}
            }
            return;
        }
    }
    let _ = interrupted.await;
}

fn access(arguments: &ServeArguments, address: SocketAddr) -> Result<Access> {
    let token = |path: &Path| -> Result<Token> {
        let word = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        Token::new(&word).map_err(|reason| anyhow::anyhow!("{}: {reason}", path.display()))
    };
    let read = arguments.read_token_file.as_deref().map(token).transpose()?;
    let write = match (&arguments.write_token_file, arguments.corrections || arguments.demo) {
        (Some(path), _) => Writers::Holders(token(path)?),
        (None, true) => Writers::Everybody,
        (None, false) => Writers::Nobody,
    };
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|error| anyhow::anyhow!("the system gives no random numbers: {error}"))?;
    Access::new(address, read, write, secret).map_err(anyhow::Error::msg)
}
