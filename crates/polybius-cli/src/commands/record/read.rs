//! `polybius read`: articles into the record, coded in parallel, added in order.

use std::cell::Cell;
use std::fs;
use std::panic::resume_unwind;
use std::sync::mpsc;
use std::thread;

use anyhow::{Context, Result, anyhow};
use polybius::input::Problem;
use polybius::{Article, MODELS_DIGEST, Pipeline, SCALE, ledger};
use polybius_record::{Added, Keep, Maker, Placing, Reading, Record, Signature};
use sha2::{Digest, Sha256};

use super::{clock, keeping};
use crate::arguments::{self, ReadArguments};
use crate::commands::counted;
use crate::progress::Progress;
use crate::{Outcome, codebook, inputs, terminal};

/// How much memory the record's pages may take, in kibibytes: what is added touches pages all over a large record, and whichever are not at hand
/// are read again.
const PAGES_KIB: u32 = 262_144;

/// Reads, codes and adds article by article.
pub fn run(arguments: &ReadArguments) -> Result<Outcome> {
    let clock = clock()?;
    let articles = inputs::articles(&arguments.input, false)?;
    let folder = arguments.codebook.codebook.as_deref();
    let record = Record::open(&arguments.record)?;
    record.remember_at_most(PAGES_KIB)?;
    let run = record.run(&maker(folder)?, &clock.now())?;
    let pipeline = Pipeline::new(codebook::load(folder)?);
    let keep = match arguments.keep {
        arguments::Keep::Text => Keep::Text,
        arguments::Keep::Quotes => Keep::Quotes,
    };

    let progress = Progress::new("articles", None);
    // What the record knows is not coded again. Where it cannot be asked, the error comes up when the next article is added.
    let known = Record::open_to_ask(&arguments.record)?;
    let n_known = Cell::new(0);
    let new = articles.filter(|article| {
        let is_known = article.as_ref().is_ok_and(|article| known.knows(run, article).unwrap_or(false));
        n_known.set(n_known.get() + usize::from(is_known));
        !is_known
    });
    let work = |article: Result<Article, Problem>| {
        let signature =
            article.as_ref().map(|article| Signature::of(&article.text)).unwrap_or_else(|_| Signature::of(""));
        let (document, records) = pipeline.read_all(article?);
        let (rows, claims, expectations) = ledger(&document, &records, &pipeline.codebook);
        let n_sentences = document.sentences().len();
        let article = document.article().clone();
        let placing = Placing::ByLikeness;
        Ok(Reading { article, n_sentences, rows, claims, expectations, signature, placing })
    };
    let mut counts = thread::scope(|scope| {
        let (to_keeper, items) = mpsc::sync_channel(keeping::MOST_ON_THE_WAY);
        let keeper = scope.spawn(move || keeping::keep(&record, run, keep, clock, &items));
        let read = polybius::in_order(new, arguments.threads.threads.get(), work, |reading: Result<_, Problem>| {
            progress.step();
            if let Err(problem) = &reading {
                progress.say(&terminal::one_line(&problem.to_string()));
            }
            to_keeper.send(reading).map_err(|_| anyhow!("what was read could not be kept"))
        });
        drop(to_keeper);
        let kept = keeper.join().unwrap_or_else(|panic| resume_unwind(panic));
        // Nothing can be sent where keeping has failed, and why is what is to be said.
        kept.and_then(|counts| read.map(|()| counts))
    })?;
    counts.n_known += n_known.get();
    progress.say(&counts.account(run.0));
    Ok(if counts.n_problems > 0 { Outcome::SomeFailed } else { Outcome::Fine })
}

/// What codes here.
pub(crate) fn maker(folder: Option<&std::path::Path>) -> Result<Maker> {
    let files = folder.map(codebook::files).transpose()?.unwrap_or_default();
    let program = std::env::current_exe().and_then(fs::read).context("the program cannot read itself")?;
    Ok(Maker {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        program: Sha256::digest(&program).iter().map(|byte| format!("{byte:02x}")).collect(),
        codebook: polybius::codebook_digest(files),
        models: MODELS_DIGEST.to_owned(),
        settings: format!("scale {SCALE}"),
    })
}

/// What was read.
#[derive(Default)]
pub(super) struct Counts {
    n_new: usize,
    n_copies: usize,
    n_versions: usize,
    n_anew: usize,
    n_known: usize,
    n_retracted: usize,
    n_events: usize,
    pub(super) n_problems: usize,
    pub(super) n_aside: usize,
}

impl Counts {
    pub(super) fn add(&mut self, added: Added, n_events: usize, is_retracted: bool) {
        match added {
            Added::New { is_copy } => {
                self.n_new += 1;
                self.n_copies += usize::from(is_copy);
            }
            Added::NewVersion => self.n_versions += 1,
            Added::CodedAnew => self.n_anew += 1,
            Added::Known => return self.n_known += 1,
        }
        self.n_events += n_events;
        self.n_retracted += usize::from(is_retracted);
    }

    pub(super) fn account(&self, run: i64) -> String {
        let n_articles = self.n_new + self.n_versions + self.n_anew;
        let mut text = format!("run {run}: {} in {}", counted(self.n_events, "event"), counted(n_articles, "article"));
        for (n, one, several) in [
            (self.n_copies, "copy of another", "copies of others"),
            (self.n_versions, "new version", "new versions"),
            (self.n_anew, "coded before by another run", "coded before by other runs"),
            (self.n_retracted, "retracted and not shown", "retracted and not shown"),
            (self.n_known, "known already", "known already"),
            (self.n_aside, "set aside", "set aside"),
        ] {
            if n > 0 {
                text += &format!(", {n} {}", if n == 1 { one } else { several });
            }
        }
        if self.n_problems > 0 {
            text += &format!(", {} failed", counted(self.n_problems, "record"));
        }
        text
    }
}
