//! `polybius import coded`: what our own coder wrote elsewhere, back into a record with its articles.

use std::fs::File;

use anyhow::Result;
use polybius::SCALE;
use polybius::input::{Problem, objects};
use polybius_record::{Coded, Keep, Maker, Record};

use super::clock;
use super::read::{Counts, maker};
use crate::arguments::{ImportSetArguments, InputArguments};
use crate::commands::counted;
use crate::{Outcome, inputs, terminal};

/// Reads all rows, then article by article, each with its rows.
pub fn run(arguments: &ImportSetArguments) -> Result<Outcome> {
    let clock = clock()?;
    let input =
        InputArguments { files: arguments.articles.clone(), published: None, outlet: None, any_language: false };
    let articles = inputs::articles(&input, false)?;
    let record = Record::open(&arguments.record)?;
    let settings = format!("scale {SCALE}, coded elsewhere");
    let run = record.run(&Maker { settings, ..maker(None)? }, &clock.now())?;

    let mut counts = Counts::default();
    let mut n_shown = 0;
    let mut tell = |problem: &Problem| {
        n_shown += 1;
        if n_shown <= arguments.limit {
            anstream::eprintln!("{}", terminal::one_line(&problem.to_string()));
        }
        record.add_problem(problem, &clock.now())
    };
    let mut coded = Coded::default();
    for file in arguments.files.iter().cloned().flat_map(inputs::files) {
        let rows = file.and_then(|(name, path)| {
            let rows = File::open(&path).and_then(|file| objects(&name, file));
            rows.map(|rows| (name, rows)).map_err(|error| inputs::unopened(&path, &error))
        });
        match rows {
            Ok((name, rows)) => {
                for row in rows {
                    if let Err(problem) = row.and_then(|row| coded.add(&name, row)) {
                        counts.n_problems += 1;
                        tell(&problem)?;
                    }
                }
            }
            Err(problem) => {
                counts.n_problems += 1;
                tell(&problem)?;
            }
        }
    }
    for (number, article) in articles.enumerate() {
        let reading = article.and_then(|article| {
            let path = article.id.clone();
            coded.take(article).map_err(|(reason, cure)| Problem {
                path,
                line: number + 1,
                reason,
                cure: cure.to_owned(),
                set_aside: false,
            })
        });
        match reading {
            Ok(reading) => {
                let added = record.add(run, &reading, Keep::Text, &clock.now())?;
                counts.add(added, reading.rows.len(), record.is_retracted(&reading.article)?);
            }
            Err(problem) => {
                *if problem.set_aside { &mut counts.n_aside } else { &mut counts.n_problems } += 1;
                tell(&problem)?;
            }
        }
        record.commit()?;
    }
    record.commit()?;
    let mut account = counts.account(run.0);
    if coded.n_articles() > 0 {
        let rows = counted(coded.n_articles(), "article");
        account += &format!("; there are rows of {rows} that --articles does not give");
    }
    anstream::eprintln!("{account}");
    Ok(if counts.n_problems > 0 || coded.n_articles() > 0 { Outcome::SomeFailed } else { Outcome::Fine })
}
