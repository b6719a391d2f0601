//! The codebook's examples, run through the whole line: what each pattern must code and must not.

use std::fmt;

use polybius_codebook::{Codebook, Example, ExpectedEvent, Kind, Pattern};

use crate::{Article, EventRow, ParticipantRow, Pipeline, rows};

/// An example that does not give what it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleFailure {
    /// The codebook's file.
    pub path: String,
    /// The line of the example there.
    pub line: u32,
    /// The pattern that the example belongs to.
    pub pattern: String,
    /// The example's text.
    pub text: String,
    /// What should come out.
    pub expected: Vec<String>,
    /// What came out.
    pub got: Vec<String>,
}

/// How many examples the codebook holds.
pub fn n_examples(codebook: &Codebook) -> usize {
    codebook.patterns.iter().map(|(_, pattern)| pattern.examples.len()).sum()
}

/// The examples that do not give what they should, file by file. `n_threads` share the work; `done` is called after each.
pub fn example_failures(pipeline: &Pipeline, n_threads: usize, mut done: impl FnMut()) -> Vec<ExampleFailure> {
    let patterns = pipeline.codebook.patterns.iter();
    let examples = patterns.flat_map(|(_, pattern)| pattern.examples.iter().map(move |example| (pattern, example)));
    let mut failures = Vec::new();
    let run = |(pattern, example)| failure(pattern, example, pipeline);
    let taken: Result<(), std::convert::Infallible> = crate::in_order(examples, n_threads, run, |failure| {
        failures.extend(failure);
        done();
        Ok(())
    });
    match taken {
        Ok(()) => failures,
    }
}

/// The examples of one pattern that do not give what they should.
pub fn pattern_failures(pipeline: &Pipeline, pattern: &Pattern) -> Vec<ExampleFailure> {
    pattern.examples.iter().filter_map(|example| failure(pattern, example, pipeline)).collect()
}

fn failure(pattern: &Pattern, example: &Example, pipeline: &Pipeline) -> Option<ExampleFailure> {
    let codebook = &pipeline.codebook;
    let (document, events) = pipeline.read(Article::from_text("example", &*example.text));
    let rows = rows(&document, &events, codebook);
    let is_right = rows.len() == example.code.len() && can_pair(&example.code, &rows, codebook);
    (!is_right).then(|| ExampleFailure {
        path: example.place.path.to_string(),
        line: example.place.line,
        pattern: pattern.name.to_string(),
        text: example.text.to_string(),
        expected: example.code.iter().map(|expected| written(expected, codebook)).collect(),
        got: rows.iter().map(|row| brief(row, codebook)).collect(),
    })
}

/// Whether each expected event can have a row of its own. Sentences have few events, so that trying all is cheap.
fn can_pair(expected: &[ExpectedEvent], rows: &[EventRow], codebook: &Codebook) -> bool {
    fn pair(expected: &[ExpectedEvent], rows: &[EventRow], taken: &mut [bool], codebook: &Codebook) -> bool {
        let Some((first, rest)) = expected.split_first() else { return true };
        for index in 0..rows.len() {
            if !taken[index] && is_event(first, &rows[index], codebook) {
                taken[index] = true;
                if pair(rest, rows, taken, codebook) {
                    return true;
                }
                taken[index] = false;
            }
        }
        false
    }
    pair(expected, rows, &mut vec![false; rows.len()], codebook)
}

fn is_event(expected: &ExpectedEvent, row: &EventRow, codebook: &Codebook) -> bool {
    let ontology = &codebook.ontology;
    let mut auxiliary: Vec<&str> = expected.auxiliary.iter().map(|effect| effect.as_str()).collect();
    auxiliary.sort_unstable();
    *row.event_type == *ontology.event_type(expected.event_type).name
        && expected.mode.is_none_or(|mode| row.mode.as_deref() == Some(&*ontology.mode(mode).name))
        && expected
            .prospect
            .is_none_or(|prospect| row.prospect.as_deref() == Some(&*ontology.event_type(prospect).name))
        && (auxiliary.is_empty() || auxiliary == row.auxiliary)
        && is_same(&expected.actors, &row.actors)
        && is_same(&expected.recipients, &row.recipients)
}

/// Whether every party is there and nobody else.
fn is_same(wanted: &[String], got: &[ParticipantRow]) -> bool {
    wanted.iter().all(|wanted| got.iter().any(|participant| is_party(participant, wanted)))
        && got.iter().all(|participant| wanted.iter().any(|wanted| is_party(participant, wanted)))
}

/// Whether the participant is what an example writes: a country, an entity, a sector, or `?`.
fn is_party(participant: &ParticipantRow, wanted: &str) -> bool {
    let is = |part: &Option<String>| part.as_deref() == Some(wanted);
    let is_unknown = participant.entity.is_none() && participant.country.is_none();
    is(&participant.country) || is(&participant.entity) || is(&participant.sector) || (is_unknown && wanted == "?")
}

/// The row as examples write events: `ACTORS TYPE[/mode] RECIPIENTS [>PROSPECT] [auxiliary modes]`.
pub fn brief(row: &EventRow, codebook: &Codebook) -> String {
    let parties = |participants: &[ParticipantRow]| {
        let mut parties: Vec<String> = participants.iter().map(|participant| party(participant, codebook)).collect();
        parties.dedup();
        if parties.is_empty() { "-".to_owned() } else { parties.join(",") }
    };
    let mut line = format!("{} {}", parties(&row.actors), row.event_type);
    if let Some(mode) = &row.mode {
        line += &format!("/{mode}");
    }
    line += &format!(" {}", parties(&row.recipients));
    if let Some(prospect) = &row.prospect {
        line += &format!(" >{prospect}");
    }
    for mode in &row.auxiliary {
        line += &format!(" {mode}");
    }
    line
}

/// A participant in a word: its country, unless it is a power of its own.
fn party(participant: &ParticipantRow, codebook: &Codebook) -> String {
    let kind = participant.entity.as_deref().and_then(|id| codebook.entities.by_id(id));
    let kind = kind.map(|entity| codebook.entities.get(entity).kind);
    let stands_alone = matches!(kind, Some(Kind::Group | Kind::Party | Kind::Company | Kind::Ngo | Kind::Outlet));
    let words = [&participant.entity, &participant.country, &participant.sector];
    let words = if stands_alone { words } else { [words[1], words[0], words[2]] };
    words.into_iter().flatten().next().cloned().unwrap_or_else(|| "?".to_owned())
}

/// What an example expects, as it is written.
fn written(expected: &ExpectedEvent, codebook: &Codebook) -> String {
    let ontology = &codebook.ontology;
    let parties = |parties: &[String]| if parties.is_empty() { "-".to_owned() } else { parties.join(",") };
    let mut line = format!("{} {}", parties(&expected.actors), ontology.event_type(expected.event_type).name);
    if let Some(mode) = expected.mode {
        line += &format!("/{}", ontology.mode(mode).name);
    }
    line += &format!(" {}", parties(&expected.recipients));
    if let Some(prospect) = expected.prospect {
        line += &format!(" >{}", ontology.event_type(prospect).name);
    }
    for effect in &expected.auxiliary {
        line += &format!(" {effect}");
    }
    line
}

impl fmt::Display for ExampleFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |codes: &[String]| if codes.is_empty() { "nothing".to_owned() } else { codes.join("; ") };
        writeln!(formatter, "{}:{}: {} “{}”", self.path, self.line, self.pattern, self.text)?;
        writeln!(formatter, "    should give  {}", listed(&self.expected))?;
        write!(formatter, "    gives        {}", listed(&self.got))
    }
}
