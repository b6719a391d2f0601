//! The JSON Schema of whom a name may mean: a line of `polybius who --format json`.

use serde_json::{Value, json};

use super::schema::{count, day, headed, list, object, or_null, participant, role, text};

/// The JSON Schema (draft 2020-12) that every [`crate::WhoRow`] keeps.
pub fn who_schema() -> Value {
    let truth = |description: &str| json!({ "description": description, "type": "boolean" });
    let row = object(
        "A row of an entity file.",
        vec![
            ("file", text("The file inside the codebook.")),
            ("line", count("The line.")),
            ("name", text("The words that name the entity.")),
            ("form", text("How they name it: name, short, acronym, demonym, capital, seat, alias.")),
            ("sector", or_null(text("PLOVER's sector."))),
            ("role", or_null(text("The office."))),
            ("from", or_null(text("Since when: YYYY, YYYY-MM or YYYY-MM-DD."))),
            ("until", or_null(text("Until when; null if it still holds or nobody knows."))),
            ("holds", truth("Whether the row holds on the day; without a day every row does.")),
            ("named", truth("Whether it is a row of the words that were asked for, not another office of the entity.")),
            ("source", text("Where the fact is from.")),
        ],
    );
    let candidate = object(
        "An entity that the words may mean.",
        vec![
            ("chosen", truth("Whether the program would choose it.")),
            ("why", text("Why it is chosen, or why the one before it is preferred.")),
            ("entity", text("The codebook's entity.")),
            ("name", text("Its usual name.")),
            ("kind", text("What it is: country, person, body, group, …")),
            ("country", or_null(text("The country it belongs to, ISO 3166-1 alpha-3."))),
            ("sector", or_null(text("PLOVER's sector in the office or row that holds on the day."))),
            ("wikidata", or_null(text("The Wikidata item."))),
            ("role", or_null(role())),
            ("rows", list("The rows that bear on it: those of the words first, then other offices.", row)),
        ],
    );
    let near = object(
        "A name that is nearly the words.",
        vec![("name", text("The name.")), ("entity", text("The entity.")), ("how", text("How it differs, in words."))],
    );
    let mention = object(
        "A place in an article where the words stand.",
        vec![
            ("document_id", text("The article's id.")),
            ("sentence", count("The sentence's number in the document, counted from 1.")),
            ("text", text("The sentence, verbatim.")),
            ("participant", or_null(participant("Whom the words mean there; null if nobody."))),
        ],
    );
    let schema = object(
        "Whom a name may mean.",
        vec![
            ("name", text("The words that were asked for.")),
            ("on", or_null(day("The day for which they were asked."))),
            ("candidates", list("Entities of that name; the first is chosen.", candidate)),
            (
                "phrase",
                or_null(participant("How the words are understood as a phrase, where no entity has them as its name.")),
            ),
            ("near", list("Names that are nearly the words, where nothing else was found.", near)),
            ("mentions", list("Where the words stand in the article that was given.", mention)),
        ],
    );
    headed("Polybius who", schema)
}
