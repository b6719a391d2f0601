//! Claims and expectations as a record keeps them, long answers in parts, and what has changed.

use std::path::Path;

use polybius::{Article, Pipeline, ledger};
use polybius_record::{
    Clock, Filter, Keep, Maker, Order, Outcome, Placing, Reading, Record, RecordError, Relation, Signature, Status,
};

/// A record of articles: id, outlet, day, text.
fn record(path: &Path, articles: &[(&str, &str, &str, &str)]) -> Record {
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook compiled in is sound") };
    let pipeline = Pipeline::new(codebook);
    let record = Record::open(path).expect("the record can be made");
    let now = Clock::fixed(1_772_841_600).expect("a time").now();
    let part = |name: &str| name.to_owned();
    let maker =
        Maker { version: part("0"), program: part("p"), codebook: part("c"), models: part("m"), settings: part("") };
    let run = record.run(&maker, &now).expect("a run can be noted");
    for &(id, outlet, day, text) in articles {
        let article = Article {
            outlet: Some(outlet.to_owned()),
            published: day.parse().ok(),
            ..Article::from_text(id, format!("{text}\n"))
        };
        let signature = Signature::of(&article.text);
        let (document, records) = pipeline.read_all(article);
        let (rows, claims, expectations) = ledger(&document, &records, &pipeline.codebook);
        let n_sentences = document.sentences().len();
        let reading = Reading {
            article: document.article().clone(),
            n_sentences,
            rows,
            claims,
            expectations,
            signature,
            placing: Placing::ByLikeness,
        };
        record.add(run, &reading, Keep::Text, &now).expect("the article can be added");
    }
    record.commit().expect("the disk takes it");
    record
}

const ARTICLES: &[(&str, &str, &str, &str)] = &[
    ("a", "Wire", "2025-12-11", "Peru promised to withdraw its troops from Tumbes by 31 December."),
    ("b", "Wire", "2025-12-30", "Peru withdrew its troops from Tumbes on Monday, observers said."),
    ("c", "Post", "2026-01-22", "Ecuador said it would lift its ban on Peruvian imports by 15 February."),
    ("d", "Wire", "2026-03-04", "Peru denied on Tuesday that it had shelled the village of Huaquillas."),
    ("e", "Post", "2026-03-04", "Ecuador said that Peru had shelled the village of Huaquillas on Monday."),
    (
        "f",
        "Post",
        "2026-03-05",
        "Ecuador accused Peru on Wednesday. Ecuador condemned Peru on Wednesday. Ecuador criticised Peru.",
    ),
    ("g", "Wire", "2026-03-06", "Peru said it would send a delegation to Manaus by 12 March."),
];

#[test]
fn expectations_are_settled_by_later_reports_or_by_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = record(&folder.path().join("own.db"), ARTICLES);
    let outcome = |words: &str, today: &str| {
        let all = record.expectations(&Filter::default(), today, 100).expect("it can be asked");
        let found = all.into_iter().find(|one| one.row.words.iter().any(|run| run.text.contains(words)));
        let found = found.unwrap_or_else(|| panic!("nothing is expected of {words}"));
        (found.outcome, found.by.map(|report| report.row.document_id))
    };
    assert_eq!(outcome("withdraw", "2026-03-06"), (Outcome::Kept, Some("b".to_owned())));
    assert_eq!(outcome("lift its ban", "2026-01-25"), (Outcome::Open, None));
    assert_eq!(outcome("lift its ban", "2026-02-10"), (Outcome::Due, None));
    assert_eq!(outcome("lift its ban", "2026-03-06"), (Outcome::Lapsed, None));
    assert_eq!(outcome("send a delegation", "2026-03-06"), (Outcome::Due, None));
}

#[test]
fn claims_are_linked_to_what_was_said_to_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = record(&folder.path().join("own.db"), ARTICLES);
    let by_peru = Filter { actors: vec!["PER".to_owned()], from: Some("2026-03-01".to_owned()), ..Filter::default() };
    let claims = record.claims(&by_peru, 10).expect("it can be asked");
    let denial = claims.iter().find(|claim| claim.row.stance == "denies").expect("Peru denies");
    let said = record.said_to(denial, &Filter::default()).expect("it can be asked");
    let said: Vec<(Relation, &str)> =
        said.iter().map(|(relation, claim)| (*relation, claim.row.document_id.as_str())).collect();
    assert_eq!(said, [(Relation::Denial, "e")]);
    let about = Filter { recipients: vec!["PER".to_owned()], outlets: vec!["Post".to_owned()], ..Filter::default() };
    assert!(record.claims(&about, 10).expect("it can be asked").iter().any(|claim| claim.row.document_id == "e"));
    let before = Filter { as_of: "2020-01-01".parse().ok(), ..Filter::default() };
    assert!(record.claims(&before, 10).expect("it can be asked").is_empty());
}

#[test]
fn parts_of_an_answer_make_the_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = record(&folder.path().join("own.db"), ARTICLES);
    for order in [Order::Day, Order::Latest] {
        let whole = record.page(&Filter::default(), order, None, 100).expect("it can be asked");
        assert!(whole.reports.len() > 5 && whole.next.is_none());
        let (mut parts, mut after) = (Vec::new(), None);
        loop {
            let part = record.page(&Filter::default(), order, after.as_deref(), 2).expect("it can be asked");
            parts.extend(part.reports);
            let Some(next) = part.next else { break };
            after = Some(next);
        }
        assert_eq!(parts, whole.reports, "{order:?}");
    }
    let latest = record.page(&Filter::default(), Order::Latest, None, 1).expect("it can be asked");
    assert_eq!(latest.reports[0].row.document_id, "g");
    assert!(record.page(&Filter::default(), Order::Day, Some("nonsense"), 1).is_err());
}

#[test]
fn changes_are_measured_against_the_weeks_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = record(&folder.path().join("own.db"), ARTICLES);
    let happened = Filter { statuses: vec![Status::Happened], ..Filter::default() };
    let changes = record.changes(&happened, "2026-03-06", 7, 8).expect("it can be asked");
    assert_eq!(changes.recent, ("2026-02-28".to_owned(), "2026-03-06".to_owned()));
    assert_eq!(changes.before, ("2026-01-03".to_owned(), "2026-02-27".to_owned()));
    let first = changes.pairs.first().expect("something changed");
    assert_eq!((first.actor.as_str(), first.recipient.as_str()), ("ECU", "PER"));
    assert_eq!(first.deviations, first.n_incidents() as f64 - first.usual, "less than one counts as one");
}

#[test]
fn a_record_of_the_first_form_is_brought_forward_by_a_writer() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("own.db");
    drop(record(&path, &ARTICLES[..1]));
    let connection = rusqlite::Connection::open(&path).expect("it is a file of SQLite");
    connection
        .execute_batch(
            "PRAGMA foreign_keys = 0; DROP TABLE claim_codes; DROP TABLE claims; DROP TABLE expectation_codes;
             DROP TABLE expectations; DROP INDEX events_in_order; PRAGMA user_version = 1",
        )
        .expect("the tables can be dropped");
    drop(connection);
    assert!(matches!(Record::open_to_ask(&path), Err(RecordError::TooOld(_))));
    Record::open(&path).expect("a writer brings it forward");
    let record = Record::open_to_ask(&path).expect("it can be asked then");
    assert_eq!(record.claims(&Filter::default(), 10).map(|claims| claims.len()).ok(), Some(0));
}
