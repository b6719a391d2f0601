//! What is compared of a report: a small part of its row, which the record keeps apart, so that comparing a report with those before it need
//! not read all their evidence.

use std::borrow::Cow;
use std::ops::Deref;

use polybius::{CountRow, DateRow, EventRow, ParticipantRow, PlaceRow, SizeRow, WordsRow};
use serde::{Deserialize, Serialize};

/// What is compared of an [`EventRow`], under the names that its fields have there. The record keeps it as `postcard` writes it: whoever changes
/// fields here raises the record's form and fills the table again.
#[derive(Deserialize, Serialize)]
pub(crate) struct Compared<'r> {
    #[serde(borrow)]
    pub text: Text<'r>,
    #[serde(borrow)]
    pub event_type: Text<'r>,
    #[serde(borrow)]
    pub mode: Option<Text<'r>>,
    #[serde(borrow)]
    pub actors: Vec<Party<'r>>,
    #[serde(borrow)]
    pub recipients: Vec<Party<'r>>,
    #[serde(borrow)]
    pub auxiliary: Vec<Text<'r>>,
    #[serde(borrow)]
    pub prospect: Option<Text<'r>>,
    #[serde(borrow)]
    pub attribution: Vec<Said<'r>>,
    #[serde(borrow)]
    pub date: Option<Days<'r>>,
    #[serde(borrow)]
    pub place: Option<Place<'r>>,
    pub size: Sizes,
    #[serde(borrow)]
    pub why: Why<'r>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Party<'r> {
    #[serde(borrow)]
    pub entity: Option<Text<'r>>,
    #[serde(borrow)]
    pub name: Text<'r>,
    #[serde(borrow)]
    pub text: Text<'r>,
    #[serde(borrow)]
    pub country: Option<Text<'r>>,
    #[serde(borrow)]
    pub sector: Option<Text<'r>>,
    #[serde(borrow)]
    pub resolved_by: Text<'r>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Said<'r> {
    #[serde(borrow)]
    pub speaker: Party<'r>,
    #[serde(borrow)]
    pub cue: Words<'r>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Words<'r> {
    #[serde(borrow)]
    pub text: Text<'r>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Days<'r> {
    #[serde(borrow)]
    pub start: Text<'r>,
    #[serde(borrow)]
    pub end: Text<'r>,
    #[serde(borrow)]
    pub precision: Text<'r>,
    #[serde(borrow)]
    pub words: Option<Words<'r>>,
    #[serde(borrow)]
    pub anchor: Option<Text<'r>>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Place<'r> {
    #[serde(borrow)]
    pub name: Text<'r>,
    #[serde(borrow)]
    pub country: Option<Text<'r>>,
    #[serde(borrow)]
    pub precision: Text<'r>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Sizes {
    pub dead: Option<Count>,
    pub injured: Option<Count>,
    pub arrested: Option<Count>,
}

#[derive(Deserialize, Serialize, Clone, Copy)]
pub(crate) struct Count {
    pub value: u32,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Why<'r> {
    #[serde(borrow)]
    pub trigger: Words<'r>,
}

/// A text of a row, copied only where the row has it with escapes.
#[derive(Deserialize, Serialize, PartialEq, Eq)]
pub(crate) struct Text<'r>(#[serde(borrow)] Cow<'r, str>);

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'r> From<&'r String> for Text<'r> {
    fn from(text: &'r String) -> Text<'r> {
        Text(Cow::Borrowed(text))
    }
}

fn some<'r>(text: &'r Option<String>) -> Option<Text<'r>> {
    text.as_ref().map(Text::from)
}

impl<'r> From<&'r EventRow> for Compared<'r> {
    fn from(row: &'r EventRow) -> Compared<'r> {
        let parties = |participants: &'r [ParticipantRow]| participants.iter().map(Party::from).collect();
        let said = row.attribution.iter().map(|said| Said { speaker: (&said.speaker).into(), cue: (&said.cue).into() });
        Compared {
            text: (&row.text).into(),
            event_type: (&row.event_type).into(),
            mode: some(&row.mode),
            actors: parties(&row.actors),
            recipients: parties(&row.recipients),
            auxiliary: row.auxiliary.iter().map(Text::from).collect(),
            prospect: some(&row.prospect),
            attribution: said.collect(),
            date: row.date.as_ref().map(Days::from),
            place: row.place.as_ref().map(Place::from),
            size: (&row.size).into(),
            why: Why { trigger: (&row.why.trigger).into() },
        }
    }
}

impl<'r> From<&'r ParticipantRow> for Party<'r> {
    fn from(row: &'r ParticipantRow) -> Party<'r> {
        Party {
            entity: some(&row.entity),
            name: (&row.name).into(),
            text: (&row.text).into(),
            country: some(&row.country),
            sector: some(&row.sector),
            resolved_by: (&row.resolved_by).into(),
        }
    }
}

impl<'r> From<&'r WordsRow> for Words<'r> {
    fn from(row: &'r WordsRow) -> Words<'r> {
        Words { text: (&row.text).into() }
    }
}

impl<'r> From<&'r DateRow> for Days<'r> {
    fn from(row: &'r DateRow) -> Days<'r> {
        Days {
            start: (&row.start).into(),
            end: (&row.end).into(),
            precision: (&row.precision).into(),
            words: row.words.as_ref().map(Words::from),
            anchor: some(&row.anchor),
        }
    }
}

impl<'r> From<&'r PlaceRow> for Place<'r> {
    fn from(row: &'r PlaceRow) -> Place<'r> {
        Place { name: (&row.name).into(), country: some(&row.country), precision: (&row.precision).into() }
    }
}

impl From<&SizeRow> for Sizes {
    fn from(row: &SizeRow) -> Sizes {
        let count = |count: &Option<CountRow>| count.as_ref().map(|count| Count { value: count.value });
        Sizes { dead: count(&row.dead), injured: count(&row.injured), arrested: count(&row.arrested) }
    }
}
