//! From the coder's events, which point into document and codebook, to rows, which stand alone.

use polybius_codebook::{Codebook, EntityRow, PartialDate, PlaceKind};
use polybius_coder::{Attribution, Count, Event, Participant, Role, When, Where, Why};
use polybius_document::{Document, Span};
use sha2::{Digest, Sha256};

use super::{
    AttributionRow, CameoRow, CodePoints, CountRow, DateRow, EventRow, ParticipantRow, PatternRow, PlaceRow, ReaderRow,
    RoleRow, SCALE, SizeRow, WhyRow, WordsRow,
};

/// The rows of a document's events, in the events' order.
pub fn rows(document: &Document, events: &[Event], codebook: &Codebook) -> Vec<EventRow> {
    let maker = Maker::new(document, codebook);
    events.iter().map(|event| maker.event(event)).collect()
}

/// The row of one participant.
pub(crate) fn participant_row(document: &Document, codebook: &Codebook, participant: &Participant) -> ParticipantRow {
    let maker = Maker::new(document, codebook);
    maker.participant(participant)
}

/// The office that a row of the codebook gives.
pub(crate) fn role_row(row: &EntityRow) -> Option<RoleRow> {
    let date = |date: PartialDate| date.to_string();
    let dated = || RoleRow { name: row.role.to_string(), from: row.from.map(date), until: row.until.map(date) };
    (!row.role.is_empty()).then(dated)
}

pub(super) struct Maker<'a> {
    pub(super) document: &'a Document,
    pub(super) codebook: &'a Codebook,
    code_points: CodePoints<'a>,
}

impl<'a> Maker<'a> {
    /// What makes the rows of one document.
    pub(super) fn new(document: &'a Document, codebook: &'a Codebook) -> Maker<'a> {
        Maker { document, codebook, code_points: CodePoints::new(&document.article().text) }
    }

    fn event(&self, event: &Event) -> EventRow {
        let article = self.document.article();
        let ontology = &self.codebook.ontology;
        let sentence = self.words(self.document.span_of(&self.document.sentence(event.sentence).tokens));
        let mut row = EventRow {
            event_id: String::new(),
            document_id: article.id.clone(),
            url: article.url.clone(),
            outlet: article.outlet.clone(),
            published: article.published.map(|date| date.to_string()),
            title: article.title.clone(),
            sentence: event.sentence.index() + 1,
            text: sentence.text,
            start: sentence.start,
            end: sentence.end,
            event_type: ontology.event_type(event.event_type).name.to_string(),
            mode: event.mode.map(|mode| ontology.mode(mode).name.to_string()),
            contexts: event.contexts.iter().map(|&context| ontology.context(context).name.to_string()).collect(),
            quad: ontology.event_type(event.event_type).quad.number(),
            score: self.score(event),
            scale: SCALE.to_owned(),
            cameo: self
                .codebook
                .cameo
                .code(event.event_type, event.mode)
                .map(|code| CameoRow { code: code.to_owned(), derived: true }),
            actors: event.actors.iter().map(|actor| self.participant(actor)).collect(),
            recipients: event.recipients.iter().map(|recipient| self.participant(recipient)).collect(),
            auxiliary: event.auxiliary.names().into_iter().map(str::to_owned).collect(),
            factuality: tenths(event.factuality),
            prospect: event.prospect.map(|prospect| ontology.event_type(prospect).name.to_string()),
            attribution: event.attribution.iter().map(|link| self.attribution(link)).collect(),
            date: event.date.as_ref().map(|date| self.date(date)),
            place: event.place.as_ref().map(|place| self.place(place)),
            size: SizeRow {
                dead: event.size.dead.map(|count| self.count(count)),
                injured: event.size.injured.map(|count| self.count(count)),
                arrested: event.size.arrested.map(|count| self.count(count)),
            },
            confidence: rounded(event.confidence),
            why: self.why(&event.why),
        };
        row.event_id = event_id(&row);
        row
    }

    fn score(&self, event: &Event) -> Option<f64> {
        let scale = self.codebook.scales.iter().find(|scale| &*scale.name == SCALE)?;
        Some(rounded(scale.score(event.event_type, event.mode)))
    }

    pub(super) fn participant(&self, participant: &Participant) -> ParticipantRow {
        let words = self.words(participant.span);
        let entity = participant.entity.map(|entity| self.codebook.entities.get(entity));
        ParticipantRow {
            entity: entity.map(|entity| entity.id.to_string()),
            name: participant.name.clone(),
            text: words.text,
            start: words.start,
            end: words.end,
            country: participant.country.clone(),
            sector: participant.sector.map(|sector| self.codebook.ontology.sector(sector).name.to_string()),
            wikidata: entity.and_then(|entity| entity.wikidata.as_deref()).map(str::to_owned),
            role: participant.role.as_ref().map(role),
            resolved_by: participant.resolved_by.as_str().to_owned(),
        }
    }

    fn attribution(&self, link: &Attribution) -> AttributionRow {
        AttributionRow {
            speaker: self.participant(&link.speaker),
            cue: self.words(link.cue),
            kind: link.kind.as_str().to_owned(),
            stance: link.stance.as_str().to_owned(),
        }
    }

    pub(super) fn date(&self, date: &When) -> DateRow {
        DateRow {
            start: date.start.to_string(),
            end: date.end.to_string(),
            precision: date.precision.as_str().to_owned(),
            words: date.span.map(|span| self.words(span)),
            anchor: date.anchor.map(|anchor| anchor.to_string()),
        }
    }

    /// A country or region is no point: only what is as small as a district has coordinates.
    fn place(&self, place: &Where) -> PlaceRow {
        let known = place.place.map(|id| self.codebook.atlas.place(id));
        let point = known.filter(|known| known.kind >= PlaceKind::District);
        let degrees = |angle: f64| (angle * 100.0).round() / 100.0;
        PlaceRow {
            name: place.name.clone(),
            latitude: point.map(|point| degrees(point.latitude)),
            longitude: point.map(|point| degrees(point.longitude)),
            country: place.country.clone(),
            region: known.and_then(|known| known.region).map(str::to_owned),
            geonames: known.map_or_else(|| self.geonames(place), |known| known.geonames),
            precision: place.precision.to_owned(),
            words: self.words(place.span),
        }
    }

    /// The GeoNames id, which the codebook's cities carry in their own: `geonames-551487`.
    fn geonames(&self, place: &Where) -> Option<u32> {
        let id = &self.codebook.entities.get(place.entity?).id;
        id.strip_prefix("geonames-")?.parse().ok()
    }

    fn count(&self, count: Count) -> CountRow {
        let words = self.words(count.span);
        CountRow { value: count.value, text: words.text, start: words.start, end: words.end }
    }

    fn why(&self, why: &Why) -> WhyRow {
        let pattern = why.pattern.map(|pattern| self.codebook.patterns.get(pattern));
        WhyRow {
            trigger: self.words(why.trigger),
            pattern: pattern.map(|pattern| PatternRow {
                name: pattern.name.to_string(),
                file: pattern.place.path.to_string(),
                line: pattern.place.line,
            }),
            reader: why.read.map(|read| ReaderRow {
                event_type: rounded(read.event_type),
                actor: read.actor.map(rounded),
                recipient: read.recipient.map(rounded),
                missed: rounded(read.missed),
            }),
            notes: why.notes.clone(),
        }
    }

    pub(super) fn words(&self, span: Span) -> WordsRow {
        let (start, end) = self.code_points.of(span);
        WordsRow { text: self.document.text(span).to_owned(), start, end }
    }
}

/// Three decimals: as many as the figures bear, and the same digits in every format.
pub(super) fn rounded(figure: f32) -> f64 {
    (f64::from(figure) * 1000.0).round() / 1000.0
}

/// One decimal: readers do not agree on more.
fn tenths(figure: f32) -> f64 {
    (f64::from(figure) * 10.0).round() / 10.0
}

fn role(role: &Role) -> RoleRow {
    let known = |date: &str| (!date.is_empty()).then(|| date.to_owned());
    RoleRow { name: role.name.clone(), from: known(&role.from), until: known(&role.until) }
}

/// The id of an event: document id, trigger, type, mode, prospect and participants.
fn event_id(row: &EventRow) -> String {
    let mut parts = vec![
        row.document_id.clone(),
        format!("{}-{}", row.why.trigger.start, row.why.trigger.end),
        row.event_type.clone(),
        row.mode.clone().unwrap_or_default(),
        row.prospect.clone().unwrap_or_default(),
    ];
    for (side, participants) in [("actors", &row.actors), ("recipients", &row.recipients)] {
        parts.push(side.to_owned());
        for participant in participants {
            parts.push(participant.entity.clone().unwrap_or_default());
            parts.push(format!("{}-{}", participant.start, participant.end));
        }
    }
    hash(&parts)
}

/// The first 16 hexadecimal digits of the SHA-256 of the parts. Every part is closed by a byte that no text holds, so that no two
/// lists of parts run into the same bytes.
pub(super) fn hash(parts: &[String]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
        hash.update([0xff]);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A row for tests of other modules.
#[cfg(test)]
pub(crate) mod sample {
    use crate::row::*;

    /// A row with every optional part filled and text that is hard on formats.
    pub(crate) fn full_row() -> EventRow {
        let words = WordsRow { text: "hit, \"hard\"".into(), start: 5, end: 16 };
        let participant = ParticipantRow {
            entity: Some("IRN".into()),
            name: "=Iran".into(),
            text: "Iran".into(),
            start: 0,
            end: 4,
            country: Some("IRN".into()),
            sector: Some("GOV".into()),
            wikidata: Some("Q794".into()),
            role: Some(RoleRow { name: "president".into(), from: Some("2024-07".into()), until: None }),
            resolved_by: "name".into(),
        };
        let stranger = ParticipantRow { entity: None, country: None, role: None, ..participant.clone() };
        EventRow {
            event_id: "0123456789abcdef".into(),
            document_id: "a".into(),
            url: None,
            outlet: Some("Wire".into()),
            published: Some("2024-10-11".into()),
            title: None,
            sentence: 1,
            text: "Iran hit, \"hard\"\u{202e}.\n".into(),
            start: 0,
            end: 18,
            event_type: "ASSAULT".into(),
            mode: Some("aerial".into()),
            contexts: vec!["military".into()],
            quad: 4,
            score: Some(-9.5),
            scale: SCALE.into(),
            cameo: Some(CameoRow { code: "0195".into(), derived: true }),
            actors: vec![participant.clone(), stranger],
            recipients: vec![],
            auxiliary: vec!["negation".into()],
            factuality: -1.8,
            prospect: Some("ASSAULT".into()),
            attribution: vec![AttributionRow {
                speaker: participant,
                cue: words.clone(),
                kind: "direct".into(),
                stance: "denies".into(),
            }],
            date: Some(DateRow {
                start: "2024-10-07".into(),
                end: "2024-10-13".into(),
                precision: "week".into(),
                words: Some(words.clone()),
                anchor: Some("2024-10-11".into()),
            }),
            place: Some(PlaceRow {
                name: "Tehran".into(),
                latitude: Some(35.69),
                longitude: Some(51.42),
                country: Some("IRN".into()),
                region: None,
                geonames: Some(112931),
                precision: "city".into(),
                words: words.clone(),
            }),
            size: SizeRow {
                dead: Some(CountRow { value: 12, text: "12".into(), start: 1, end: 3 }),
                injured: None,
                arrested: None,
            },
            confidence: 0.75,
            why: WhyRow {
                trigger: words,
                pattern: Some(PatternRow { name: "strike".into(), file: "patterns/assault.toml".into(), line: 3 }),
                reader: Some(ReaderRow { event_type: 0.9, actor: Some(0.8), recipient: None, missed: 0.1 }),
                notes: vec!["passive turned round".into()],
            },
        }
    }
}
