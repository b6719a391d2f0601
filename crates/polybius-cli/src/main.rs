//! The program `polybius`: codes political events from news on the command line. Data goes to standard output,
//! everything else to standard error.

mod arguments;
mod codebook;
mod commands;
mod fetch;
mod inputs;
mod progress;
mod terminal;

use std::io;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use polybius::formats::pretty;

use arguments::{Arguments, Command};

/// What threads hand to each other is freed by another than took it, for which the system's allocator gives pages back and asks for them again.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command that could run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All is well.
    Fine,
    /// Some records, or something that was checked, failed; each is reported.
    SomeFailed,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("polybius: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<Outcome> {
    match command {
        Command::Code(arguments) => commands::code::run(&arguments),
        Command::Read(arguments) => commands::record::read::run(&arguments),
        Command::Fetch(arguments) => commands::fetch::run(&arguments),
        Command::Import(arguments) => commands::record::import::run(&arguments),
        Command::Events(arguments) => commands::record::ask::events(&arguments),
        Command::Dyad(arguments) => commands::record::figures::dyad(&arguments),
        Command::Actor(arguments) => commands::record::parties::actor(&arguments),
        Command::Network(arguments) => commands::record::parties::network(&arguments),
        Command::Claims(arguments) => commands::record::said::claims(&arguments),
        Command::Expectations(arguments) => commands::record::said::expectations(&arguments),
        Command::Search(arguments) => commands::record::ask::search(&arguments),
        Command::Panel(arguments) => commands::record::figures::panel(&arguments),
        Command::Sql(arguments) => commands::record::ask::sql(&arguments),
        Command::Retract(arguments) => commands::record::correct::retract(&arguments),
        Command::Restore(arguments) => commands::record::correct::restore(&arguments),
        Command::Incident(command) => commands::record::correct::incident(&command),
        Command::Diff(arguments) => commands::record::doctor::diff(&arguments),
        Command::Export(arguments) => commands::record::export::run(&arguments),
        Command::Serve(arguments) => commands::serve::run(&arguments),
        Command::Doctor(arguments) => commands::record::doctor::run(&arguments),
        Command::Explain(arguments) => commands::explain::run(&arguments),
        Command::Schema(arguments) => commands::schema::run(&arguments),
        Command::Check(arguments) => commands::check::run(&arguments),
        Command::Relate(arguments) => commands::relate::run(&arguments),
        Command::Annotate(arguments) => commands::annotate::run(&arguments),
        Command::Who(arguments) => commands::who::run(&arguments),
        Command::Codebook(command) => commands::codebook::run(&command),
        Command::Score(arguments) => commands::score::run(&arguments),
        Command::Completions(arguments) => commands::manual::completions(&arguments),
        Command::Man(arguments) => commands::manual::man(&arguments),
    }
}

/// Whether the reader of our output has gone, as `head` does when it has seen enough: no mistake of anyone's.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
