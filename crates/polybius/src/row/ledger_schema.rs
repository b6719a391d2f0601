//! The JSON Schemas of claims and expectations: what each field means.

use serde_json::{Value, json};

use super::schema::{count, date, day, headed, list, object, one_of, or_null, participant, text, words};
use polybius_codebook::Stance;

/// The JSON Schema (draft 2020-12) that every [`super::ClaimRow`] keeps.
pub fn claim_schema() -> Value {
    let selector = object(
        "By which the content is found again where offsets have changed: the Web Annotation Data Model's text quote selector.",
        vec![
            ("exact", text("The text from the first word of the content to the last, verbatim.")),
            ("prefix", text("Up to 32 characters before it.")),
            ("suffix", text("Up to 32 characters after it.")),
        ],
    );
    let mut fields = vec![("claim_id", id("document id and words"))];
    fields.extend(article());
    fields.extend([
        ("sentence", count("The number of the cue's sentence in the document, counted from 1.")),
        ("speaker", participant("Who speaks. `described` where the words name nobody the codebook knows.")),
        ("source", list("The words for the speaker in full, with descriptions and appositions.", words("A run."))),
        ("cue", list("The words that say so, with auxiliaries and negation.", words("A run."))),
        ("stance", stance()),
        (
            "kind",
            one_of(
                "In quotation marks, in the outlet's words, in both, or `according to`.",
                &["direct", "indirect", "mixed", "according-to"],
            ),
        ),
        ("negated", truth("Whether the cue is negated (\"did not say\", \"does not support\"); the stance is that of the cue without it.")),
        ("told", truth("Whether the cue gives the floor (\"said\"), and does not only show an attitude (\"supports\").")),
        ("content", list("What is said: runs of words in text order.", words("A run."))),
        ("selector", selector),
        ("within", or_null(text("The claim in whose content this one stands."))),
        ("about", list("Whom the content names, each once, without the speaker.", participant("Somebody."))),
        ("date", or_null(date())),
        ("events", list("The events coded in the content.", text("An event_id."))),
    ]);
    headed("Polybius claim", object("What somebody is reported to say, think, want or oppose.", fields))
}

/// The JSON Schema (draft 2020-12) that every [`super::ExpectationRow`] keeps.
pub fn expectation_schema() -> Value {
    let settled_by = object(
        "The later report that settles it: of this type, between these sides, of an act on these days, neither future nor hypothetical. Fulfilled if that report is negated as the expectation is, else broken; with no report by the last day it lapses.",
        vec![
            ("event_type", or_null(text("The type to look for; null where only a reader can tell."))),
            ("actors", list("Entities of the actors, or their names where there is no entity.", text("An actor."))),
            ("recipients", list("The same of the recipients.", text("A recipient."))),
            ("from", or_null(day("The first day."))),
            ("until", or_null(day("The last day; null if the text tells none."))),
        ],
    );
    let mut fields = vec![("expectation_id", id("document id, type and words"))];
    fields.extend(article());
    fields.extend([
        ("sentence", count("The sentence's number in the document, counted from 1.")),
        ("event_id", or_null(text("The event that tells it; null where the words code to none."))),
        ("claim_id", or_null(text("The claim that announces it."))),
        ("announced_by", nullable(participant("Who announces it; null if the outlet itself does."))),
        ("stance", nullable(stance())),
        ("event_type", or_null(text("PLOVER's type of the act expected."))),
        ("mode", or_null(text("Its mode."))),
        ("actors", list("Who is to do it.", participant("An actor."))),
        ("recipients", list("To whom.", participant("A recipient."))),
        ("negated", truth("Whether it is announced that it will not be.")),
        ("possible", truth("Whether it is only held possible.")),
        ("words", list("The words that tell it.", words("A run."))),
        ("window", or_null(date())),
        ("condition", or_null(words("The condition on which it hangs."))),
        ("settled_by", settled_by),
    ]);
    headed("Polybius expectation", object("An act that is announced, promised or foreseen.", fields))
}

fn article() -> Vec<(&'static str, Value)> {
    vec![
        ("document_id", text("The article's id.")),
        ("url", or_null(text("Where the article was published."))),
        ("outlet", or_null(text("Who published the article."))),
        ("published", or_null(day("When the article was published; relative dates are read against it."))),
        ("title", or_null(text("The article's headline."))),
    ]
}

fn id(of: &str) -> Value {
    text(&format!("First 16 hexadecimal digits of a SHA-256 over {of}: the same input gives the same id."))
}

fn stance() -> Value {
    one_of("What the speaker does with the content.", Stance::NAMES)
}

fn truth(description: &str) -> Value {
    json!({ "description": description, "type": "boolean" })
}

/// The same, or null.
fn nullable(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}
