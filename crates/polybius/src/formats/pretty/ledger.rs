//! Claims and expectations as a person reads them: one line of who and how, one line of what.

use crate::{ClaimRow, ExpectationRow, WordsRow};

use super::{days, names};
use crate::formats::shown::{ASIDE, PARTICIPANT, TRIGGER, TYPE, one_line, painted};

/// One claim on two lines.
pub fn claim(row: &ClaimRow, colour: bool) -> String {
    let not = if row.negated { "not " } else { "" };
    let stance = painted(&format!("{not}{}", row.stance), TYPE, colour);
    let speaker = painted(&one_line(&row.speaker.name), PARTICIPANT, colour);
    let mut notes = vec![row.kind.clone()];
    if !row.about.is_empty() {
        notes.push(format!("about {}", names(&row.about, colour)));
    }
    notes.extend(row.date.as_ref().map(days));
    if row.within.is_some() {
        notes.push("told by another".to_owned());
    }
    let cue = painted(&one_line(&joined(&row.cue)), TRIGGER, colour);
    let content = one_line(&joined(&row.content));
    format!("{:>4}  {stance}  {speaker}   {}\n      [{cue}] {content}\n", row.sentence, notes.join(" · "))
}

/// One expectation on two lines.
pub fn expectation(row: &ExpectationRow, colour: bool) -> String {
    let act = row.event_type.as_deref().unwrap_or("something");
    let mut what = painted(&format!("expected {act}"), TYPE, colour);
    if !row.actors.is_empty() {
        what += &format!("  {}", names(&row.actors, colour));
    }
    if !row.recipients.is_empty() {
        what += &format!(" → {}", names(&row.recipients, colour));
    }
    let mut notes = Vec::new();
    if row.negated {
        notes.push("that it will not be".to_owned());
    }
    if row.possible {
        notes.push("only possible".to_owned());
    }
    if let (Some(speaker), Some(stance)) = (&row.announced_by, &row.stance) {
        notes.push(format!("{stance} {}", one_line(&speaker.name)));
    }
    notes.push(match &row.settled_by.until {
        Some(until) => format!("lapses after {until}"),
        None => "no day told".to_owned(),
    });
    if let Some(condition) = &row.condition {
        notes.push(one_line(&condition.text));
    }
    let words = painted(&one_line(&joined(&row.words)), ASIDE, colour);
    format!("{:>4}  {what}   {}\n      {words}\n", row.sentence, notes.join(" · "))
}

/// Runs of words, with a sign where something stands between them.
fn joined(words: &[WordsRow]) -> String {
    words.iter().map(|run| run.text.as_str()).collect::<Vec<_>>().join(" … ")
}
