//! W3C Web Annotation: a page of annotations, each a sentence of an article, by its words and by its offsets in code points, with tags for
//! type, status and parties. It cannot carry place, size or the pattern.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Rows;
use crate::Report;

#[derive(Default)]
pub(super) struct Annotations {
    has_one: bool,
}

impl Rows for Annotations {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "{{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:polybius:annotations\",\"type\":\"AnnotationPage\",\"items\":["
        )
    }

    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let row = &report.row;
        let tag = |value: String| json!({ "type": "TextualBody", "purpose": "tagging", "value": value });
        let mut body: Vec<Value> =
            vec![tag(format!("type:{}", row.event_type)), tag(format!("status:{}", report.entry.status))];
        body.extend(row.mode.iter().map(|mode| tag(format!("mode:{mode}"))));
        body.extend(row.actors.iter().map(|one| tag(format!("actor:{}", one.name))));
        body.extend(row.recipients.iter().map(|one| tag(format!("recipient:{}", one.name))));
        let source = row
            .url
            .clone()
            .unwrap_or_else(|| format!("urn:polybius:article:{}", row.document_id.replace(char::is_whitespace, "_")));
        let annotation = json!({
            "id": format!("urn:polybius:event:{}", row.event_id),
            "type": "Annotation",
            "motivation": "classifying",
            "created": report.entry.coded_at,
            "body": body,
            "target": {
                "source": source,
                "selector": [
                    { "type": "TextQuoteSelector", "exact": row.text },
                    { "type": "TextPositionSelector", "start": row.start, "end": row.end },
                ],
            },
        });
        let comma = if std::mem::replace(&mut self.has_one, true) { ",\n" } else { "" };
        write!(out, "{comma}{annotation}")
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n]}}")
    }
}
