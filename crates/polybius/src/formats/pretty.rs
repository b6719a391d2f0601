//! Events as a person reads them: one line of what, who and according to whom, one line of the sentence with its words
//! marked.

mod ledger;

use crate::{Article, AttributionRow, ClaimRow, DateRow, EventRow, ExpectationRow, ParticipantRow};

pub use ledger::{claim, expectation};

use super::shown::{ASIDE, PARTICIPANT, TRIGGER, TYPE, one_line, painted};

/// How many characters of the sentence are shown on each side of a marked word.
const AROUND: usize = 48;

/// The events of one article, then its claims, then what it lets one expect.
pub fn account(
    article: &Article,
    events: &[EventRow],
    claims: &[ClaimRow],
    expectations: &[ExpectationRow],
    colour: bool,
) -> String {
    let mut head = vec![article.id.clone()];
    head.extend(article.published.map(|date| date.to_string()));
    head.extend(article.outlet.clone());
    head.extend(article.title.clone());
    let head: Vec<String> = head.iter().map(|part| one_line(part)).collect();
    let mut text = format!("{}\n", painted(&head.join(" · "), ASIDE, colour));
    if events.is_empty() && claims.is_empty() && expectations.is_empty() {
        text += "  no events; `polybius explain` says why\n";
    }
    text.extend(events.iter().map(|row| event(row, colour)));
    text.extend(claims.iter().map(|row| claim(row, colour)));
    text.extend(expectations.iter().map(|row| expectation(row, colour)));
    text.push('\n');
    text
}

/// One event on two lines.
pub fn event(row: &EventRow, colour: bool) -> String {
    let mut kind = row.event_type.clone();
    if let Some(mode) = &row.mode {
        kind += &format!("/{mode}");
    }
    let mut what = painted(&kind, TYPE, colour);
    if let Some(prospect) = &row.prospect {
        what += &format!(" ({prospect})");
    }
    let mut parties = names(&row.actors, colour);
    if !row.recipients.is_empty() {
        parties += &format!(" → {}", names(&row.recipients, colour));
    }
    let mut status = vec![happened(row)];
    status.extend(row.attribution.iter().map(speaker));
    status.extend(row.date.as_ref().map(days));
    status.extend(row.place.as_ref().map(|place| one_line(&place.name)));
    for (count, what) in [(&row.size.dead, "dead"), (&row.size.injured, "injured"), (&row.size.arrested, "arrested")] {
        status.extend(count.as_ref().map(|count| format!("{} {what}", count.value)));
    }
    let pattern = painted(row.why.by(), ASIDE, colour);
    let quote = quote(row, colour);
    format!("{:>4}  {what}  {parties}   {}\n      {quote}  {pattern}\n", row.sentence, status.join(" · "))
}

/// The day or days; "reported" where nothing but the day of publication is known.
fn days(date: &DateRow) -> String {
    match (&date.words, date.start == date.end) {
        (None, _) => format!("reported {}", date.end),
        (Some(_), true) => date.start.clone(),
        (Some(_), false) => format!("{} – {}", date.start, date.end),
    }
}

/// What the auxiliary modes say together.
fn happened(row: &EventRow) -> String {
    let words = row.auxiliary.iter().map(|mode| match mode.as_str() {
        "negation" => "did not happen",
        "future" => "yet to come",
        "hypothetical" => "only possible",
        "historical" => "long ago",
        other => other,
    });
    let words: Vec<&str> = words.collect();
    let words = if words.is_empty() { "happened".to_owned() } else { words.join(", ") };
    format!("{words} ({:+.1})", row.factuality)
}

fn speaker(link: &AttributionRow) -> String {
    one_line(&format!("{} {} ({})", link.stance, link.speaker.name, link.kind))
}

fn names(participants: &[ParticipantRow], colour: bool) -> String {
    if participants.is_empty() {
        return "?".to_owned();
    }
    let mut names = Vec::new();
    for participant in participants {
        let mut name = painted(&one_line(&participant.name), PARTICIPANT, colour);
        match (&participant.country, &participant.entity) {
            // A country is named; its government or police are not.
            (Some(country), entity) if entity.as_ref() != Some(country) || participant.resolved_by == "role noun" => {
                name += &format!(" ({country})");
            }
            _ => {}
        }
        names.push(name);
    }
    names.join(", ")
}

/// The sentence around its marked words, the participants in braces and the trigger in brackets, or both in colours.
fn quote(row: &EventRow, colour: bool) -> String {
    let characters: Vec<char> = row.text.chars().collect();
    let marks = marks(row, characters.len());
    let mut quote = String::new();
    let mut at = 0;
    for (index, &(start, end, is_trigger)) in marks.iter().enumerate() {
        quote += &gap(&characters[at..start], index > 0, true);
        let words = one_line(&characters[start..end].iter().collect::<String>());
        quote += &match (colour, is_trigger) {
            (true, true) => painted(&words, TRIGGER, colour),
            (true, false) => painted(&words, PARTICIPANT, colour),
            (false, true) => format!("[{words}]"),
            (false, false) => format!("{{{words}}}"),
        };
        at = end;
    }
    quote + &gap(&characters[at..], true, false)
}

/// Where the words to mark stand in the sentence, in text order, none in another; true marks the trigger.
fn marks(row: &EventRow, n_characters: usize) -> Vec<(usize, usize, bool)> {
    let trigger = &row.why.trigger;
    let mut wanted = vec![(trigger.start, trigger.end, true)];
    wanted.extend(
        row.actors.iter().chain(&row.recipients).map(|participant| (participant.start, participant.end, false)),
    );
    let mut marks: Vec<(usize, usize, bool)> = Vec::new();
    for (start, end, is_trigger) in wanted {
        // Words of other sentences, which coreference found, cannot be shown here.
        let (Some(start), Some(end)) = (start.checked_sub(row.start), end.checked_sub(row.start)) else { continue };
        let is_free = marks.iter().all(|&(other_start, other_end, _)| end <= other_start || other_end <= start);
        if is_free && start < end && end <= n_characters {
            marks.push((start, end, is_trigger));
        }
    }
    marks.sort_unstable();
    marks
}

/// Text between marked words, shortened in the middle if it is long, and at the outer end if there is one.
fn gap(characters: &[char], has_mark_before: bool, has_mark_after: bool) -> String {
    let n_kept = AROUND * (usize::from(has_mark_before) + usize::from(has_mark_after));
    let text = |characters: &[char]| {
        let text: String = characters.iter().collect();
        let outer = |at: Option<&char>| if at.is_some_and(|character| character.is_whitespace()) { " " } else { "" };
        let inner = one_line(&text);
        if inner.is_empty() {
            return outer(characters.first()).to_owned();
        }
        format!("{}{inner}{}", outer(characters.first()), outer(characters.last()))
    };
    if characters.len() <= n_kept + AROUND / 2 {
        return text(characters);
    }
    let is_space = |character: &char| character.is_whitespace();
    let before = if has_mark_before {
        // Cut at a space, so that no word is torn.
        let end = characters[..AROUND].iter().rposition(is_space).unwrap_or(AROUND);
        text(&characters[..end]) + " "
    } else {
        String::new()
    };
    let after = if has_mark_after {
        let rest = &characters[characters.len() - AROUND..];
        let start = rest.iter().position(is_space).unwrap_or(0);
        text(&rest[start..])
    } else {
        String::new()
    };
    format!("{before}…{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_gaps_are_shortened_between_words() {
        let words = "alpha beta gamma ".repeat(20);
        let characters: Vec<char> = words.chars().collect();
        let shown = gap(&characters, true, true);
        assert!(shown.starts_with("alpha") && shown.ends_with("gamma ") && shown.contains(" … "), "{shown}");
        assert!(!gap(&characters, false, true).starts_with("alpha"));
        assert_eq!(gap(&[' '], true, true), " ");
    }
}
