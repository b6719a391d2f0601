//! GDELT's mentions: each an article's report of an event, in the incident that the event is.

use polybius::EventRow;
use rusqlite::OptionalExtension;

use super::event::{Event, Party, day};
use super::{Not, Row};
use crate::add::Placing;
use crate::{Record, RecordError};

pub(super) const COLUMNS: &[(usize, &[&str])] = &[(
    16,
    &[
        "id",
        "eventtimedate",
        "mentiontimedate",
        "mentiontype",
        "mentionsourcename",
        "mentionidentifier",
        "sentenceid",
        "actor1charoffset",
        "actor2charoffset",
        "actioncharoffset",
        "inrawtext",
        "confidence",
        "mentiondoclen",
        "mentiondoctone",
        "mentiondoctranslationinfo",
        "extras",
    ],
)];

impl Record {
    /// The report that a mention is, beside the event that it mentions.
    pub(super) fn mention(&self, row: &Row) -> Result<Result<(Event, Placing), Not>, RecordError> {
        let id = row.get("id").unwrap_or_default();
        let find = "SELECT row, incident FROM articles JOIN versions USING (article) JOIN codings USING (version) JOIN events USING (coding)
                    JOIN evidence USING (event) JOIN memberships USING (event)
                    WHERE id = ? AND codings.superseded_at IS NULL AND until IS NULL LIMIT 1";
        let found = self
            .connection
            .prepare_cached(find)?
            .query_row([id], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)));
        let Some((json, incident)) = found.optional()? else {
            let cure = "import the events first; those of a type that PLOVER does not have are not in the set";
            return Ok(Err(Not::Sound(format!("the set has no event `{id}`"), cure)));
        };
        let first: EventRow = serde_json::from_str(&json)?;
        let party = |one: polybius::ParticipantRow| Party {
            name: one.name,
            country: one.country,
            sector: one.sector,
            wikidata: one.wikidata,
        };
        let start = first.date.as_ref().and_then(|date| day(&date.start));
        let (page, sentence) =
            (row.get("mentionidentifier").unwrap_or_default(), row.number("sentenceid").unwrap_or(1));
        let event = Event {
            id: format!("{id}@{page}#{sentence}"),
            event_type: first.event_type,
            mode: first.mode,
            own: format!("mention of {id}"),
            cameo: first.cameo.map(|cameo| cameo.code),
            start,
            precision: "day",
            published: row.get("mentiontimedate").and_then(day),
            actors: first.actors.into_iter().map(party).collect(),
            recipients: first.recipients.into_iter().map(party).collect(),
            place: first.place,
            sentence,
            outlet: row.get("mentionsourcename").map(str::to_owned),
            url: Some(page.to_owned()).filter(|page| page.starts_with("http")),
            confidence: row.number::<f64>("confidence").map(|percent| (percent / 100.0).clamp(0.0, 1.0)),
            ..Event::default()
        };
        Ok(Ok((event, Placing::With(incident))))
    }
}
