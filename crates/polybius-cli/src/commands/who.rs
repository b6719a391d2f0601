//! `polybius who`: whom a name means, on which day, and why.

use std::fs::File;
use std::io::{BufReader, Write, stdout};
use std::path::Path;

use anyhow::{Context, Result};
use polybius::formats::who_line;
use polybius::input::{self, Defaults, Kind};
use polybius::{CandidateRow, Pipeline, WhoEntityRow, WhoMentionRow, WhoRow};

use crate::arguments::{AnswerFormat, WhoArguments};
use crate::terminal::{ASIDE, PARTICIPANT, TYPE, one_line, painted};
use crate::{Outcome, codebook, terminal};

/// Looks the name up and prints what there is.
pub fn run(arguments: &WhoArguments) -> Result<Outcome> {
    let folder = arguments.codebook.codebook.as_deref();
    let paths = folder.map(codebook::files).transpose()?.map(|files| codebook::paths(&files)).unwrap_or_default();
    let pipeline = Pipeline::new(codebook::load(folder)?);
    let mut answer = polybius::who(&pipeline, &arguments.name, arguments.on);
    let mut outcome = Outcome::Fine;
    if let Some(context) = &arguments.context {
        let name = context.to_string_lossy();
        let file = File::open(context).with_context(|| format!("{name} cannot be opened"))?;
        let defaults = Defaults { published: arguments.on, undated: true, ..Defaults::default() };
        let id = context.file_stem().unwrap_or_default().to_string_lossy();
        for article in input::read(&name, &id, BufReader::new(file), Kind::of_name(&name), &defaults) {
            match article {
                Ok(article) => answer.mentions.extend(polybius::mentions(&pipeline, &arguments.name, article)),
                Err(problem) => {
                    outcome = Outcome::SomeFailed;
                    anstream::eprintln!("{}", one_line(&problem.to_string()));
                }
            }
        }
    }
    let table = Table { colour: terminal::takes_colour(), folder, paths: &paths };
    let text = match arguments.format {
        AnswerFormat::Table => table.answer(&answer, arguments.context.is_some()),
        AnswerFormat::Json => who_line(&answer),
    };
    stdout().lock().write_all(text.as_bytes())?;
    let found = !answer.candidates.is_empty() || answer.mentions.iter().any(|mention| mention.participant.is_some());
    if !found {
        anstream::eprintln!("polybius: {}", unknown(&answer));
    }
    Ok(if found { outcome } else { Outcome::SomeFailed })
}

/// What to do about a name that nobody has.
fn unknown(answer: &WhoRow) -> String {
    let name = one_line(&answer.name);
    match answer.near.first() {
        Some(near) => format!("no entity has the name “{name}”; did you mean “{}”?", one_line(&near.name)),
        None => format!(
            "no entity has the name “{name}”, or one like it; a row of your own in entities/*.csv of a folder given with \
             --codebook adds it"
        ),
    }
}

/// The answer as a person reads it.
struct Table<'a> {
    colour: bool,
    folder: Option<&'a Path>,
    paths: &'a [String],
}

impl Table<'_> {
    fn answer(&self, answer: &WhoRow, has_context: bool) -> String {
        let mut text = String::new();
        for candidate in &answer.candidates {
            text += &self.candidate(candidate);
        }
        if !answer.near.is_empty() {
            text += "no entity has that name; near it are\n";
        }
        for near in &answer.near {
            text += &format!("  {}  {}  {}\n", one_line(&near.name), near.entity, self.aside(&near.how));
        }
        if has_context && answer.mentions.is_empty() {
            text += "the words do not stand in the article\n";
        }
        for mention in &answer.mentions {
            text += &self.mention(mention);
        }
        text
    }

    fn candidate(&self, candidate: &CandidateRow) -> String {
        let mark = if candidate.chosen { "→" } else { " " };
        let mut parts = vec![candidate.kind.as_str()];
        parts.extend(candidate.country.as_deref());
        parts.extend(candidate.sector.as_deref());
        parts.extend(candidate.wikidata.as_deref());
        let name = painted(&one_line(&candidate.name), PARTICIPANT, self.colour);
        let entity = painted(&candidate.entity, TYPE, self.colour);
        let mut text = format!("{mark} {entity}  {name}  {}\n", parts.join(" · "));
        if let Some(role) = &candidate.role {
            let dates = span(role.from.as_deref(), role.until.as_deref());
            text += &format!("    is {}{dates}\n", one_line(&role.name));
        }
        let because = if candidate.chosen { "chosen" } else { "not chosen" };
        text += &format!("    {because}: {}\n", one_line(&candidate.why));
        for row in &candidate.rows {
            text += &self.row(row);
        }
        text
    }

    fn row(&self, row: &WhoEntityRow) -> String {
        let mut parts = vec![format!("“{}”", one_line(&row.name)), row.form.clone()];
        parts.extend(row.sector.clone());
        parts.extend(row.role.as_deref().map(one_line));
        let dates = span(row.from.as_deref(), row.until.as_deref());
        let holds = if row.holds { "" } else { ", not on that day" };
        let path = codebook::shown_path(&row.file, self.folder, self.paths);
        let place = self.aside(&format!("{path}:{}  {}", row.line, one_line(&row.source)));
        format!("    {}{dates}{holds}  {place}\n", parts.join(" · "))
    }

    fn mention(&self, mention: &WhoMentionRow) -> String {
        let mut text =
            format!("{}:{}  {}\n", one_line(&mention.document_id), mention.sentence, one_line(&mention.text));
        let Some(found) = &mention.participant else { return text + "    nobody that acts\n" };
        let words = painted(&one_line(&found.text), PARTICIPANT, self.colour);
        let parts = [found.entity.as_deref(), found.country.as_deref(), found.sector.as_deref()];
        let mut parts: Vec<&str> = parts.into_iter().flatten().collect();
        parts.dedup();
        text += &format!("    {words} → {} · {}", one_line(&found.name), parts.join(" · "));
        text += &self.aside(&format!("  resolved by {}\n", found.resolved_by));
        text
    }

    fn aside(&self, words: &str) -> String {
        painted(words, ASIDE, self.colour)
    }
}

/// The dates of an office in brackets, if any is known.
fn span(from: Option<&str>, until: Option<&str>) -> String {
    match (from, until) {
        (None, None) => String::new(),
        (from, until) => format!(" ({} to {})", from.unwrap_or("…"), until.unwrap_or("…")),
    }
}
