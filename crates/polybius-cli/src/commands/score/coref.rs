//! `polybius score coref`: coreference chains against a treebank with entities.

use std::collections::HashSet;
use std::io::{Write, stdout};

use anyhow::{Context, Result, bail};
use polybius::Models;
use polybius::score::{CorefScores, documents, score_coref};

use super::{files, read, write_found};
use crate::Outcome;
use crate::arguments::CorefArguments;
use crate::commands::counted;

/// Prints a line a document, then precision, recall and F1 over all of them.
pub fn run(arguments: &CorefArguments) -> Result<Outcome> {
    let listed = arguments.documents.as_deref().map(read).transpose()?;
    let listed: Option<HashSet<&str>> =
        listed.as_ref().map(|text| documents(text).into_iter().map(|(id, _)| id).collect());
    let takes = |id: &str| {
        listed.as_ref().is_none_or(|listed| listed.contains(id))
            && (arguments.only.is_empty() || arguments.only.iter().any(|prefix| id.starts_with(prefix)))
    };
    let models = Models::embedded();
    let mut out = stdout().lock();
    let mut total = CorefScores::default();
    let mut n_documents = 0;
    for file in files(&arguments.files, "conllu")? {
        let text = read(&file)?;
        let scores = score_coref(&text, &models, takes).with_context(|| file.display().to_string())?;
        for (id, scores) in scores {
            if n_documents == 0 {
                writeln!(out, "{:<32}mentions   MUC    B³  CEAFe CoNLL", "F1")?;
            }
            let f1 = [scores.mentions, scores.muc, scores.b_cubed, scores.ceaf_e].map(|found| 100.0 * found.f1());
            let [mentions, muc, b_cubed, ceaf_e] = f1;
            let conll = 100.0 * scores.conll();
            writeln!(out, "{id:<32}{mentions:>8.2}{muc:>6.2}{b_cubed:>6.2}{ceaf_e:>7.2}{conll:>6.2}")?;
            total += scores;
            n_documents += 1;
        }
    }
    if n_documents == 0 {
        bail!("no document of these files is to be scored; look at --only and --documents");
    }
    writeln!(out, "\n{:<14}precision recall     F1", counted(n_documents, "document"))?;
    let measures = [("mentions", total.mentions), ("MUC", total.muc), ("B³", total.b_cubed), ("CEAFe", total.ceaf_e)];
    for (name, found) in measures {
        write_found(&mut out, name, &found)?;
    }
    writeln!(out, "{:<14}{:>23.2}", "CoNLL F1", 100.0 * total.conll())?;
    Ok(Outcome::Fine)
}
