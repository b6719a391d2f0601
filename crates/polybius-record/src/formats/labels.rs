//! Label Studio: a task for each report, its sentence, with what we found as a prediction: `role` marks actors, recipients and the trigger,
//! `type` and `status` are choices. What stands outside the sentence cannot be marked.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Rows;
use crate::Report;

#[derive(Default)]
pub(super) struct Labels {
    has_one: bool,
}

impl Rows for Labels {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "[")
    }

    fn add(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let row = &report.row;
        let mut result: Vec<Value> = Vec::new();
        let mut mark = |role: &str, start: usize, end: usize, text: &str| {
            if start >= row.start && end <= row.end && start < end {
                let value =
                    json!({ "start": start - row.start, "end": end - row.start, "text": text, "labels": [role] });
                let id = format!("{role}{}", result.len());
                result.push(
                    json!({ "id": id, "from_name": "role", "to_name": "text", "type": "labels", "value": value }),
                );
            }
        };
        row.actors.iter().for_each(|one| mark("actor", one.start, one.end, &one.text));
        row.recipients.iter().for_each(|one| mark("recipient", one.start, one.end, &one.text));
        mark("trigger", row.why.trigger.start, row.why.trigger.end, &row.why.trigger.text);
        for (name, choice) in [("type", &row.event_type), ("status", &report.entry.status)] {
            let value = json!({ "choices": [choice] });
            result.push(json!({ "id": name, "from_name": name, "to_name": "text", "type": "choices", "value": value }));
        }
        let task = json!({
            "data": {
                "text": row.text, "event_id": row.event_id, "document_id": row.document_id, "published": row.published, "outlet": row.outlet,
            },
            "predictions": [{ "model_version": format!("polybius run {}", report.entry.run.0), "score": row.confidence, "result": result }],
        });
        let comma = if std::mem::replace(&mut self.has_one, true) { ",\n" } else { "" };
        write!(out, "{comma}{task}")
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n]")
    }
}
