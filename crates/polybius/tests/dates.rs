//! Which day an act has: pairs of sentences that differ in where a time stands.

use polybius::{Article, Pipeline};
use polybius_document::Span;

#[test]
fn a_time_dates_what_it_belongs_to() {
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook is not sound") };
    let pipeline = Pipeline::new(codebook);
    let check = |text: &str, word: &str, expected: &str| {
        let published = "2024-10-11".parse().ok();
        let document = pipeline.annotate(Article { published, ..Article::from_text("article", text) });
        let start = text.find(word).expect("the word stands in the text") as u32;
        let span = Span::new(start, start + word.len() as u32);
        let found = polybius_coder::dates(&document, &pipeline.codebook, &[span]).pop().flatten();
        let shown = found.map_or("none".to_owned(), |when| match when.start == when.end {
            true => when.start.to_string(),
            false => format!("{}/{}", when.start, when.end),
        });
        assert_eq!(shown, expected, "{word}: {text}");
    };
    check(
        "The rebels who seized the port of Goma two days ago refused on Thursday to leave it.",
        "seized",
        "2024-10-09",
    );
    check(
        "The rebels who seized the port of Goma two days ago refused on Thursday to leave it.",
        "refused",
        "2024-10-10",
    );
    check(
        "Soldiers attacked the town of Bria on Wednesday. They burned two schools.\n\nThe rebels fled.",
        "fled",
        "2024-10-09",
    );
    check("Protesters gathered in Lima on Tuesday; others called on the mayor to resign.", "called", "2024-10-08");
    check("Protesters gathered in Lima on Tuesday, and police arrested the mayor.", "arrested", "2024-10-08");
    check("The unions have called a general strike for Wednesday.", "strike", "2024-10-16");
    check("A judge in Madrid ordered the ministers to be held on Thursday.", "held", "2024-10-10");
    check("Japan may freeze a payment that is due next month.", "freeze", "none");
    check("The company opened a mine on Tuesday after an attack in Kivu.", "attack", "none");
    check("The envoy, who negotiated the truce of 1992, arrived in Bangui.", "negotiated", "1992-01-01/1992-12-31");
    check("It agreed to return to the table on September 20.", "return", "2024-09-20");
    check("All diplomats must leave the country within two weeks.", "leave", "none");
    check("The fourth round of the talks opened in Beijing on Tuesday.", "talks", "2024-10-08");
    check("The army blew up roads that once linked it with the south on Tuesday.", "blew", "2024-10-08");
    check("The town fell before the truce took effect on Monday.", "fell", "2024-10-07");
    check("The government lifted the embargo on Togo on Tuesday.", "embargo", "none");
    check("The government imposed an embargo on Togo on Tuesday.", "embargo", "2024-10-08");
    check("The ministry said on Tuesday that it would expel two diplomats.", "expel", "none");
    check("The ministry said on Tuesday that it was expelling two diplomats.", "expelling", "2024-10-08");
    let two_days =
        "France said on Monday that it was expelling two diplomats for the attack on a convoy in Lyon on September 4.";
    check(two_days, "expelling", "2024-10-07");
    check(two_days, "attack", "2024-09-04");
    check("GOMA, Sept. 30: The rebels have attacked a convoy near Bria.", "attacked", "2024-10-11");
    check("Mali may close its border again, as it did last year.", "close", "none");
    check("Mali closed its border last year.", "closed", "2023-01-01/2023-12-31");
}

/// The days that expressions name in their place, whichever part or bound of them is meant.
#[test]
fn expressions_name_days() {
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook is not sound") };
    let pipeline = Pipeline::new(codebook);
    let published = "2024-10-11".parse().ok();
    let text = "Since May 2023 the rebels have held Goma. In early June 2024 talks began; they go on until Monday. \
                Troops have been there for two weeks.";
    let document = pipeline.annotate(Article { published, ..Article::from_text("article", text) });
    let shown = polybius_coder::time_values(&document, &pipeline.codebook).into_iter().map(|(span, days)| {
        let days = days.map_or("none".to_owned(), |(start, end)| format!("{start}/{end}"));
        format!("{}: {days}", document.text(span))
    });
    let shown: Vec<String> = shown.collect();
    assert_eq!(
        shown,
        [
            "Since May 2023: 2023-05-01/2023-05-31",
            "early June 2024: 2024-06-01/2024-06-30",
            "until Monday: 2024-10-14/2024-10-14",
            "for two weeks: none",
        ]
    );
}
