//! Whom words name: pairs of sentences that differ in where a name or pronoun stands.

use polybius::{Article, Pipeline};
use polybius_coder::{Naming, Participant, namings};
use polybius_document::Span;

/// Whom the last occurrence of `word` names: entities, `place`, or nothing.
fn check(pipeline: &Pipeline, text: &str, word: &str, expected: &str) {
    let published = "2024-10-11".parse().ok();
    let document = pipeline.annotate(Article { published, ..Article::from_text("article", text) });
    let start = text.rfind(word).expect("the word stands in the text") as u32;
    let span = Span::new(start, start + word.len() as u32);
    let named = match namings(&document, &pipeline.codebook, &[span]).pop() {
        Some(Naming::Actors(actors)) => {
            let id = |one: &Participant| {
                one.entity.map_or("?".to_owned(), |entity| pipeline.codebook.entities.get(entity).id.to_string())
            };
            actors.iter().map(id).collect::<Vec<_>>().join(" ")
        }
        Some(Naming::Place(_)) => "place".to_owned(),
        _ => "nothing".to_owned(),
    };
    assert_eq!(named, expected, "{word}: {text}");
}

fn pipeline() -> Pipeline {
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook is not sound") };
    Pipeline::new(codebook)
}

#[test]
fn a_capital_is_ground_where_something_leaves_it() {
    let pipeline = pipeline();
    check(&pipeline, "The president flew out of Dhaka in a helicopter on Monday.", "Dhaka", "place");
    check(&pipeline, "The column turned round two hundred kilometres from Moscow.", "Moscow", "place");
    check(&pipeline, "The gangs hold four fifths of Port-au-Prince.", "Port-au-Prince", "place");
    check(&pipeline, "The demands of Moscow were rejected.", "Moscow", "RUS");
}

#[test]
fn a_relative_pronoun_means_the_name_before_it() {
    let pipeline = pipeline();
    check(&pipeline, "Angela Merkel, whose cabinet has yet to be sworn in, blamed Moscow.", "whose", "angela-merkel");
    check(
        &pipeline,
        "Vladimir Putin, the president of Russia, who has yet to answer, blamed Kyiv.",
        "who",
        "vladimir-putin",
    );
}

#[test]
fn what_somebody_does_to_theirs_is_their_own() {
    let pipeline = pipeline();
    check(
        &pipeline,
        "Tony Blair spoke first. Bertie Ahern, who had buried his mother, flew back.",
        "his",
        "bertie-ahern",
    );
    check(
        &pipeline,
        "The IRA kept its arms. Gerry Adams said only that Sinn Féin would consult its members.",
        "its",
        "sinn-fein",
    );
}

#[test]
fn a_definite_noun_that_no_list_knows_means_whom_its_chain_names() {
    let pipeline = pipeline();
    check(
        &pipeline,
        "Jyllands-Posten apologised on Monday for printing the cartoons. The Islamic Society of Denmark thanked the paper for its words.",
        "paper",
        "jyllands-posten",
    );
    check(
        &pipeline,
        "Bainimarama threw out both envoys on Tuesday. New Zealand's foreign minister told the commodore that he was hurting his people.",
        "commodore",
        "frank-bainimarama",
    );
    check(
        &pipeline,
        "Jyllands-Posten apologised on Monday. The Islamic Society of Denmark handed in a paper on prayer.",
        "paper",
        "nothing",
    );
    check(
        &pipeline,
        "Olmert met Abbas in Jericho on Monday. The paper on borders that they discussed was handed to Egypt.",
        "paper",
        "nothing",
    );
}
