//! A sentence with the words marked that make it an event; and any text from outside, shown as nothing but text.

use maud::{Markup, html};
use polybius::EventRow;
use polybius::formats::is_disguise;

/// What marked words are to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Who did it.
    Actor,
    /// To whom.
    Recipient,
    /// The words for the act.
    Trigger,
    /// When.
    Time,
    /// Where.
    Place,
    /// Who says so.
    Speaker,
    /// The words that give the floor.
    Cue,
    /// How many it hit.
    Figure,
    /// What makes it future, denied or only possible.
    Status,
}

impl Mark {
    /// All of them, in the order of the legend.
    pub const ALL: [Mark; 9] = [
        Mark::Actor,
        Mark::Trigger,
        Mark::Recipient,
        Mark::Time,
        Mark::Place,
        Mark::Speaker,
        Mark::Cue,
        Mark::Figure,
        Mark::Status,
    ];

    /// As the legend has it, and the style sheet.
    pub fn as_str(self) -> &'static str {
        match self {
            Mark::Actor => "actor",
            Mark::Recipient => "recipient",
            Mark::Trigger => "trigger",
            Mark::Time => "time",
            Mark::Place => "place",
            Mark::Speaker => "speaker",
            Mark::Cue => "cue",
            Mark::Figure => "figure",
            Mark::Status => "status",
        }
    }
}

/// The marked words of an event, in code points from the beginning of its sentence; words elsewhere in the article are left out.
pub fn marks(row: &EventRow) -> Vec<(usize, usize, Mark)> {
    let mut marks = Vec::new();
    let mut add = |start: usize, end: usize, mark: Mark| {
        if row.start <= start && start < end && end <= row.end {
            marks.push((start - row.start, end - row.start, mark));
        }
    };
    row.actors.iter().for_each(|one| add(one.start, one.end, Mark::Actor));
    row.recipients.iter().for_each(|one| add(one.start, one.end, Mark::Recipient));
    add(row.why.trigger.start, row.why.trigger.end, Mark::Trigger);
    for link in &row.attribution {
        add(link.speaker.start, link.speaker.end, Mark::Speaker);
        add(link.cue.start, link.cue.end, Mark::Cue);
    }
    if let Some(words) = row.date.as_ref().and_then(|date| date.words.as_ref()) {
        add(words.start, words.end, Mark::Time);
    }
    if let Some(place) = &row.place {
        add(place.words.start, place.words.end, Mark::Place);
    }
    for count in [&row.size.dead, &row.size.injured, &row.size.arrested].into_iter().flatten() {
        add(count.start, count.end, Mark::Figure);
    }
    for (start, end) in status_words(row) {
        add(row.start + start, row.start + end, Mark::Status);
    }
    marks
}

/// Where the words stand that a note of the coder names as the cue of an auxiliary mode, as in `negation: without`.
fn status_words(row: &EventRow) -> Vec<(usize, usize)> {
    let characters: Vec<char> = row.text.chars().collect();
    let cues = row.why.notes.iter().filter_map(|note| note.split_once(": "));
    let cues = cues.filter(|(mode, _)| row.auxiliary.iter().any(|own| own == mode)).map(|(_, cue)| cue);
    let found = cues.filter_map(|cue| {
        let cue: Vec<char> = cue.chars().collect();
        let is_word = |at: usize| characters.get(at).is_some_and(|character| character.is_alphanumeric());
        let here = |at: &usize| {
            characters[*at..*at + cue.len()] == cue[..] && (*at == 0 || !is_word(at - 1)) && !is_word(at + cue.len())
        };
        let last = characters.len().checked_sub(cue.len()).filter(|_| !cue.is_empty())?;
        (0..=last).find(here).map(|at| (at, at + cue.len()))
    });
    found.collect()
}

/// So many letters of a mark fit into a line on a phone.
const MOST_IN_ONE_PIECE: usize = 24;

/// The sentence with its words marked, each with its name above it.
pub fn labelled(row: &EventRow) -> Markup {
    html! {
        @for (words, marks) in pieces(row) {
            @if marks.is_empty() { (evidence(&words)) } @else {
                // What is no longer than a line stays in one piece, for a browser breaks a short word under a long name.
                @let is_short = words.chars().count() <= MOST_IN_ONE_PIECE;
                // The line is under the words alone, however wide the name above them makes their place.
                ruby class={ (names(&marks, " ")) @if is_short { " short" } } { span class={ "mark " (names(&marks, " ")) } { (evidence(&words)) } rp { " (" } rt { (names(&marks, ", ")) } rp { ") " } }
            }
        }
    }
}

/// The sentence with its words marked, cut short around them, for lists.
pub fn in_brief(row: &EventRow) -> Markup {
    let pieces = pieces(row);
    let n_pieces = pieces.len();
    html! {
        @for (index, (words, marks)) in pieces.into_iter().enumerate() {
            @if marks.is_empty() { (evidence(&shortened(&words, index == 0, index + 1 == n_pieces))) } @else {
                span class={ "mark " (names(&marks, " ")) } { (evidence(&shortened(&words, false, false))) }
            }
        }
    }
}

fn names(marks: &[Mark], separator: &str) -> String {
    marks.iter().map(|mark| mark.as_str()).collect::<Vec<_>>().join(separator)
}

/// The sentence in runs of words that have the same marks.
fn pieces(row: &EventRow) -> Vec<(String, Vec<Mark>)> {
    let characters: Vec<char> = row.text.chars().collect();
    let marks = marks(row);
    let mut bounds: Vec<usize> = marks.iter().flat_map(|&(start, end, _)| [start, end]).collect();
    bounds.extend([0, characters.len()]);
    bounds.retain(|&bound| bound <= characters.len());
    bounds.sort_unstable();
    bounds.dedup();
    let piece = |window: &[usize]| {
        let (start, end) = (window[0], window[1]);
        let mut over: Vec<Mark> =
            marks.iter().filter(|&&(from, to, _)| from <= start && end <= to).map(|&(_, _, mark)| mark).collect();
        over.sort_unstable();
        over.dedup();
        (characters[start..end].iter().collect::<String>(), over)
    };
    bounds.windows(2).map(piece).collect()
}

/// So many characters of a run stay on each side of a cut.
const AROUND: usize = 90;

fn shortened(words: &str, is_first: bool, is_last: bool) -> String {
    let characters: Vec<char> = words.chars().collect();
    if characters.len() <= 2 * AROUND {
        return words.to_owned();
    }
    let head: String = characters[..AROUND].iter().collect();
    let tail: String = characters[characters.len() - AROUND..].iter().collect();
    match (is_first, is_last) {
        (true, false) => format!("… {tail}"),
        (false, true) => format!("{head} …"),
        _ => format!("{head} … {tail}"),
    }
}

/// Text from outside. What would change the direction of writing, or is no character to be seen, stands there by its number.
pub fn evidence(text: &str) -> Markup {
    if !text.chars().any(is_seen_to_be_hidden) {
        return html! { (text) };
    }
    html! {
        @for part in text.split_inclusive(is_seen_to_be_hidden) {
            @let hidden = part.chars().last().filter(|&last| is_seen_to_be_hidden(last));
            (part.trim_end_matches(is_seen_to_be_hidden))
            @if let Some(hidden) = hidden { span.hidden title="a character that is not seen but changes how text looks" { (format!("U+{:04X}", u32::from(hidden))) } }
        }
    }
}

fn is_seen_to_be_hidden(character: char) -> bool {
    is_disguise(character) && !matches!(character, '\n' | '\t' | '\r')
}

/// The same where only plain text can stand, as in the title of a window.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match is_seen_to_be_hidden(character) {
            true => plain += &format!("[U+{:04X}]", u32::from(character)),
            false => plain.push(character),
        }
    }
    plain
}

/// A headline or name, no longer than a line or two.
pub fn brief(text: &str) -> String {
    const MOST: usize = 160;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
