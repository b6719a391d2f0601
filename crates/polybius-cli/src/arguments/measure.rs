//! What can be measured, and the help that says so.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::{CodebookArguments, ThreadArguments};

/// What can be measured.
#[derive(Debug, Subcommand)]
pub enum Measure {
    /// The events of an article against the facts that a reader finds in it.
    Article {
        /// The article.
        file: PathBuf,
        /// The facts.
        #[arg(long, value_name = "TOML")]
        expected: PathBuf,
        /// When it was published.
        #[arg(long, value_name = "YYYY-MM-DD")]
        published: Option<Date>,
        #[command(flatten)]
        codebook: CodebookArguments,
    },
    /// The trees against a treebank, from raw text.
    Conllu {
        /// The treebank.
        file: PathBuf,
    },
    /// Coreference chains against a treebank with entities, from raw text: MUC, B³, CEAF-e and the mean of their F1, as in the
    /// CoNLL 2012 shared task. A mention must cover exactly the same characters; one that stands alone does not count.
    Coref(CorefArguments),
    /// Single sentences against all the events they should give.
    Sentences {
        /// Files of sentences, as in `examples/`.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        codebook: CodebookArguments,
    },
    /// The codebook's own examples.
    Examples {
        #[command(flatten)]
        codebook: CodebookArguments,
        #[command(flatten)]
        threads: ThreadArguments,
    },
}

/// Arguments of `score coref`.
#[derive(Debug, Args)]
pub struct CorefArguments {
    /// Treebanks with `Entity=` in MISC, as OntoGUM has them, or folders of them.
    #[arg(value_name = "FILES", required = true)]
    pub files: Vec<PathBuf>,
    /// Score only documents whose id begins so.
    #[arg(long, value_name = "PREFIX", num_args = 1..)]
    pub only: Vec<String>,
    /// Score only documents that are also in this treebank.
    #[arg(long, value_name = "CONLLU")]
    pub documents: Option<PathBuf>,
}
