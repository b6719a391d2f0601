//! CSV: one row a line, for spreadsheets and statistics. Lists are joined by `|`, an unknown member being empty, so that
//! the names, entities and countries of one row's actors stand in the same order.

use crate::{EventRow, ParticipantRow, PatternRow};

/// A column's name and how a row fills it.
type Column = (&'static str, fn(&EventRow) -> String);

const COLUMNS: &[Column] = &[
    ("event_id", |row| row.event_id.clone()),
    ("document_id", |row| row.document_id.clone()),
    ("url", |row| known(&row.url)),
    ("outlet", |row| known(&row.outlet)),
    ("published", |row| known(&row.published)),
    ("title", |row| known(&row.title)),
    ("sentence", |row| row.sentence.to_string()),
    ("text", |row| row.text.clone()),
    ("start", |row| row.start.to_string()),
    ("end", |row| row.end.to_string()),
    ("event_type", |row| row.event_type.clone()),
    ("mode", |row| known(&row.mode)),
    ("contexts", |row| row.contexts.join("|")),
    ("quad", |row| row.quad.to_string()),
    ("score", |row| row.score.map(|score| score.to_string()).unwrap_or_default()),
    ("scale", |row| row.scale.clone()),
    ("cameo", |row| row.cameo.as_ref().map(|cameo| cameo.code.clone()).unwrap_or_default()),
    ("actors", |row| names(&row.actors)),
    ("actor_entities", |row| entities(&row.actors)),
    ("actor_countries", |row| countries(&row.actors)),
    ("actor_sectors", |row| sectors(&row.actors)),
    ("recipients", |row| names(&row.recipients)),
    ("recipient_entities", |row| entities(&row.recipients)),
    ("recipient_countries", |row| countries(&row.recipients)),
    ("recipient_sectors", |row| sectors(&row.recipients)),
    ("auxiliary", |row| row.auxiliary.join("|")),
    ("factuality", |row| row.factuality.to_string()),
    ("prospect", |row| known(&row.prospect)),
    ("speakers", |row| joined(&row.attribution, |link| &link.speaker.name)),
    ("speaker_countries", |row| joined(&row.attribution, |link| link.speaker.country.as_deref().unwrap_or_default())),
    ("stances", |row| joined(&row.attribution, |link| &link.stance)),
    ("date_start", |row| row.date.as_ref().map(|date| date.start.clone()).unwrap_or_default()),
    ("date_end", |row| row.date.as_ref().map(|date| date.end.clone()).unwrap_or_default()),
    ("date_precision", |row| row.date.as_ref().map(|date| date.precision.clone()).unwrap_or_default()),
    ("place", |row| row.place.as_ref().map(|place| place.name.clone()).unwrap_or_default()),
    ("place_country", |row| row.place.as_ref().and_then(|place| place.country.clone()).unwrap_or_default()),
    ("dead", |row| row.size.dead.as_ref().map(|count| count.value.to_string()).unwrap_or_default()),
    ("injured", |row| row.size.injured.as_ref().map(|count| count.value.to_string()).unwrap_or_default()),
    ("arrested", |row| row.size.arrested.as_ref().map(|count| count.value.to_string()).unwrap_or_default()),
    ("confidence", |row| row.confidence.to_string()),
    ("trigger", |row| row.why.trigger.text.clone()),
    ("trigger_start", |row| row.why.trigger.start.to_string()),
    ("trigger_end", |row| row.why.trigger.end.to_string()),
    ("pattern", |row| of_pattern(row, |pattern| pattern.name.clone())),
    ("pattern_file", |row| of_pattern(row, |pattern| pattern.file.clone())),
    ("pattern_line", |row| of_pattern(row, |pattern| pattern.line.to_string())),
];

/// The first line of a CSV file, with its line end.
pub fn csv_header() -> String {
    written(COLUMNS.iter().map(|(name, _)| (*name).to_owned()))
}

/// The names of the columns.
pub fn csv_columns() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|(name, _)| *name)
}

/// The row's fields as they are, in the order of the columns; an unknown one is empty.
pub fn csv_fields(row: &EventRow) -> Vec<String> {
    COLUMNS.iter().map(|(_, field)| field(row)).collect()
}

/// The row as one record, with its line end. Fields that a spreadsheet would take for a formula get an apostrophe in
/// front; numbers are left alone.
pub fn csv_line(row: &EventRow) -> String {
    written(COLUMNS.iter().map(|(_, field)| guarded(field(row))))
}

/// The fields as one record, with its line end; guarded as in [`csv_line`].
pub fn csv_record(fields: Vec<String>) -> String {
    written(fields.into_iter().map(guarded))
}

fn written(fields: impl Iterator<Item = String>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(fields.map(String::into_bytes)).expect("writing to memory cannot fail");
    let bytes = writer.into_inner().expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("UTF-8 fields make a UTF-8 line")
}

fn guarded(field: String) -> String {
    let risky = field.starts_with(['=', '+', '-', '@', '\t', '\r']) && field.parse::<f64>().is_err();
    if risky { format!("'{field}") } else { field }
}

fn of_pattern(row: &EventRow, part: impl Fn(&PatternRow) -> String) -> String {
    row.why.pattern.as_ref().map(part).unwrap_or_default()
}

fn known(field: &Option<String>) -> String {
    field.clone().unwrap_or_default()
}

fn names(participants: &[ParticipantRow]) -> String {
    joined(participants, |participant| &participant.name)
}

fn entities(participants: &[ParticipantRow]) -> String {
    joined(participants, |participant| participant.entity.as_deref().unwrap_or_default())
}

fn countries(participants: &[ParticipantRow]) -> String {
    joined(participants, |participant| participant.country.as_deref().unwrap_or_default())
}

fn sectors(participants: &[ParticipantRow]) -> String {
    joined(participants, |participant| participant.sector.as_deref().unwrap_or_default())
}

/// The members' parts joined by `|`, which is a blank inside a part.
fn joined<T>(items: &[T], part: impl Fn(&T) -> &str) -> String {
    items.iter().map(|item| part(item).replace('|', " ")).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::sample::full_row;

    #[test]
    fn reads_back_field_by_field() {
        let file = csv_header() + &csv_line(&full_row());
        let mut reader = csv::Reader::from_reader(file.as_bytes());
        let header = reader.headers().expect("there is a header").clone();
        let records: Vec<_> = reader.records().map(|record| record.expect("the record is whole")).collect();
        assert_eq!(records.len(), 1);
        let field = |name: &str| {
            let column = header.iter().position(|column| column == name).expect("the column exists");
            records[0][column].to_owned()
        };
        assert_eq!(field("text"), full_row().text);
        assert_eq!(field("actors"), "'=Iran|=Iran");
        assert_eq!(field("actor_entities"), "IRN|");
        assert_eq!(field("score"), "-9.5");
        assert_eq!(field("cameo"), "0195");
        assert_eq!(field("title"), "");
    }
}
