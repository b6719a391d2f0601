//! Explains how the coder reads CoNLL-U from standard input: `cargo run -p polybius-coder --example explain < trees.conllu`.

use std::io::Read;

use polybius_codebook::Codebook;
use polybius_coder::{Event, Explanation, explain};
use polybius_document::{Document, from_conllu};

fn main() -> std::io::Result<()> {
    let mut conllu = String::new();
    std::io::stdin().read_to_string(&mut conllu)?;
    let (codebook, problems) = polybius_codebook::read(&polybius_codebook::embedded());
    eprintln!("{} problems in the codebook", problems.len());
    match from_conllu("stdin", &conllu) {
        Ok(document) => show(&document, &codebook, &explain(&document, &codebook)),
        Err(error) => eprintln!("{error}"),
    }
    Ok(())
}

fn show(document: &Document, codebook: &Codebook, explanation: &Explanation) {
    for sentence in &explanation.sentences {
        println!("\n{}", document.text(document.span_of(&document.sentence(sentence.sentence).tokens)));
        for clause in &sentence.clauses {
            let slots: Vec<String> = clause.slots.iter().map(|(slot, words)| format!("{slot}: {words}")).collect();
            println!(
                "  {} {} | {} | {:?} {:?}",
                clause.predicate,
                clause.kind,
                slots.join(" | "),
                clause.status,
                clause.speakers
            );
        }
        for event in &sentence.events {
            println!("  => {}", line(codebook, event));
        }
        for abstention in &sentence.abstentions {
            let pattern = abstention.pattern.map(|id| codebook.patterns.get(id).name.to_string()).unwrap_or_default();
            println!("  -- {} [{pattern}]: {}", document.text(abstention.trigger), abstention.reason);
        }
    }
}

fn line(codebook: &Codebook, event: &Event) -> String {
    let names = |list: &[polybius_coder::Participant]| {
        list.iter()
            .map(|p| {
                format!(
                    "{}({}{})",
                    p.name,
                    p.country.as_deref().unwrap_or("-"),
                    p.sector.map(|s| format!(" {}", codebook.ontology.sector(s).name)).unwrap_or_default()
                )
            })
            .collect::<Vec<_>>()
            .join(", ")
    };
    let event_type = &codebook.ontology.event_type(event.event_type).name;
    let mode = event.mode.map(|mode| format!("/{}", codebook.ontology.mode(mode).name)).unwrap_or_default();
    let prospect = event.prospect.map(|p| format!(" >{}", codebook.ontology.event_type(p).name)).unwrap_or_default();
    let said: Vec<&str> = event.attribution.iter().map(|link| link.speaker.name.as_str()).collect();
    let date = event.date.as_ref().map(|d| format!("{}/{}", d.start, d.end)).unwrap_or_default();
    let place = event.place.as_ref().map(|p| p.name.clone()).unwrap_or_default();
    let pattern = &codebook.patterns.get(event.why.pattern).name;
    format!(
        "{} {event_type}{mode}{prospect} {} {:?} said_by {said:?} {date} @{place} dead {:?} c={} [{pattern}]",
        names(&event.actors),
        names(&event.recipients),
        event.auxiliary.names(),
        event.size.dead.map(|count| count.value),
        event.confidence,
    )
}
