//! Claims and expectations as a record keeps them, long answers in parts, and what has changed.

use std::io::Cursor;
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_ipc::reader::FileReader;
use arrow_schema::DataType;
use polybius::{Article, Pipeline, ledger};
use polybius_record::{
    By, Clock, ExportFormat, Filter, Keep, Maker, Order, Outcome, Placing, Reading, Record, RecordError, Relation,
    Signature, Status, Unit,
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
fn several_claims_are_linked_as_each_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = record(&folder.path().join("own.db"), ARTICLES);
    let filter = Filter::default();
    let claims = record.claims(&filter, 100).expect("it can be asked");
    let alone: Vec<_> = claims.iter().map(|claim| record.said_to(claim, &filter).expect("it can be asked")).collect();
    assert!(claims.len() > 5 && alone.iter().any(|said| !said.is_empty()));
    assert_eq!(record.said_to_each(&claims, &filter).expect("it can be asked"), alone);
}

/// Filters that are answered in different ways, of what is in force now.
fn filters() -> Vec<Filter> {
    let (peru, ecuador) = (vec!["PER".to_owned()], vec!["ECU".to_owned()]);
    let by = |actors: &[String], recipients: &[String]| Filter {
        actors: actors.to_vec(),
        recipients: recipients.to_vec(),
        ..Filter::default()
    };
    let both = [&peru[..], &ecuador[..]].concat();
    vec![
        Filter::default(),
        by(&peru, &[]),
        by(&[], &peru),
        by(&peru, &ecuador),
        by(&peru, &peru),
        by(&both, &[]),
        Filter { event_types: vec!["ACCUSE".to_owned()], ..by(&ecuador, &[]) },
        Filter { from: Some("2026-01-01".to_owned()), to: Some("2026-03-04".to_owned()), ..by(&ecuador, &peru) },
        Filter { statuses: vec![Status::Happened], quads: vec![3, 4], ..Filter::default() },
        Filter { outlets: vec!["Post".to_owned()], ..by(&ecuador, &[]) },
    ]
}

#[test]
fn what_is_in_force_now_holds_a_day_later() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = record(&folder.path().join("own.db"), ARTICLES);
    for now in filters() {
        let later = Filter { as_of: "2026-03-08".parse().ok(), ..now.clone() };
        let is_same = |what: &str, ask: &dyn Fn(&Filter) -> Result<String, RecordError>| {
            let [now_told, later_told] = [&now, &later].map(|filter| ask(filter).expect("it can be asked"));
            assert_eq!(now_told, later_told, "{what} of {now:?}");
        };
        for order in [Order::Day, Order::Latest] {
            is_same("reports", &|filter| Ok(format!("{:?}", record.page(filter, order, None, 4)?.reports)));
        }
        is_same("number", &|filter| Ok(record.n_reports(filter)?.to_string()));
        for (unit, by) in [(Unit::Dyad, By::Ever), (Unit::Dyad, By::Month), (Unit::Country, By::Week)] {
            is_same("panel", &|filter| Ok(format!("{:?}", record.panel(filter, unit, by, false)?)));
        }
        is_same("changes", &|filter| Ok(format!("{:?}", record.changes(filter, "2026-03-06", 7, 8)?)));
        is_same("contradictions", &|filter| Ok(format!("{:?}", record.contradictions(filter, 10)?)));
        is_same("claims", &|filter| Ok(format!("{:?}", record.claims(filter, 10)?)));
        is_same("expectations", &|filter| Ok(format!("{:?}", record.expectations(filter, "2026-03-06", 10)?)));
    }
    let later = "2026-03-08".parse().ok();
    assert_eq!(record.extent(None).expect("it can be asked"), record.extent(later.as_ref()).expect("it can be asked"));
    assert_eq!(record.volume(None).expect("it can be asked"), record.volume(later.as_ref()).expect("it can be asked"));
}

#[test]
fn partners_are_what_the_panel_has_of_one_side() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = record(&folder.path().join("own.db"), ARTICLES);
    let mut n_others = 0;
    for (acts, code) in [(true, "PER"), (false, "PER"), (true, "ECU"), (false, "ECU")] {
        let codes = vec![code.to_owned()];
        let (actors, recipients) = if acts { (codes, Vec::new()) } else { (Vec::new(), codes) };
        let filter = Filter { actors, recipients, ..Filter::default() };
        let partners = record.partners(&filter, code, acts).expect("it can be asked");
        assert_eq!(partners.n_reports, record.n_reports(&filter).expect("it can be asked"));
        let panel = record.panel(&filter, Unit::Dyad, By::Ever, false).expect("it can be asked");
        let sides = panel.rows.into_iter().map(|row| (row.actor, row.recipient.unwrap_or_default(), row.period.quads));
        let mut others: Vec<(String, [u64; 4])> = sides
            .map(|(actor, recipient, quads)| if acts { (actor, recipient, quads) } else { (recipient, actor, quads) })
            .filter(|(own, _, _)| own == code)
            .map(|(_, other, quads)| (other, quads))
            .collect();
        others.sort_by_key(|(_, quads)| std::cmp::Reverse(quads.iter().sum::<u64>()));
        assert_eq!(partners.others, others, "{code} {acts}");
        n_others += others.len();
    }
    assert!(n_others > 1);
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

/// Gives a record the tables in which reports were found before form 6. The words of keys are only known where both sides are told.
const FOUND_BEFORE: &str = "
    CREATE TABLE in_force_codes (code TEXT NOT NULL, side TEXT NOT NULL, day TEXT NOT NULL, event_type TEXT NOT NULL,
        event INTEGER NOT NULL REFERENCES in_force, PRIMARY KEY (code, side, day, event_type, event)) STRICT, WITHOUT ROWID;
    INSERT INTO in_force_codes SELECT * FROM codes WHERE event IN (SELECT event FROM in_force);
    CREATE VIEW sides AS SELECT event, side, code FROM in_force_codes;
    CREATE TRIGGER goes_out_of_force AFTER DELETE ON in_force BEGIN DELETE FROM in_force_codes WHERE event = old.event; END;
    CREATE TEMP TABLE kept AS SELECT code, side, event FROM codes;
    DROP TABLE codes;
    CREATE TABLE codes (code TEXT NOT NULL, side TEXT NOT NULL, event INTEGER NOT NULL REFERENCES events,
        PRIMARY KEY (code, side, event)) STRICT, WITHOUT ROWID;
    INSERT INTO codes SELECT DISTINCT * FROM kept;
    DROP TABLE act_keys;
    CREATE TABLE act_keys (key TEXT NOT NULL, day TEXT NOT NULL, event INTEGER NOT NULL REFERENCES events,
        PRIMARY KEY (key, day, event)) STRICT, WITHOUT ROWID;
    INSERT INTO act_keys SELECT event_type || ' ' || actor || ' > ' || recipient, coalesce(day, ''), event
        FROM dyads JOIN events USING (event) JOIN participants AS p USING (event) WHERE p.side = 'recipient' AND p.position = 0;";

/// Makes a record of an earlier form of the file, by these statements after those above.
fn sink(path: &Path, form: i64, statements: &str) {
    let connection = rusqlite::Connection::open(path).expect("it is a file of SQLite");
    let all = format!("PRAGMA foreign_keys = 0; {FOUND_BEFORE} {statements}; PRAGMA user_version = {form}");
    connection.execute_batch(&all).expect("what it had can be made");
}

#[test]
fn a_record_of_the_first_form_is_brought_forward_by_a_writer() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("own.db");
    drop(record(&path, &ARTICLES[..1]));
    sink(
        &path,
        1,
        "DROP TABLE claim_codes; DROP TABLE claims; DROP TABLE expectation_codes;
         DROP TABLE expectations; DROP INDEX events_in_order; DROP TRIGGER membership_ends;
         DROP TRIGGER coding_ends; DROP TRIGGER retraction_begins; DROP TRIGGER retraction_ends; DROP VIEW sides;
         DROP TABLE in_force_codes; DROP TABLE in_force; DROP TABLE compared",
    );
    assert!(matches!(Record::open_to_ask(&path), Err(RecordError::TooOld(_))));
    Record::open(&path).expect("a writer brings it forward");
    let record = Record::open_to_ask(&path).expect("it can be asked then");
    assert_eq!(record.claims(&Filter::default(), 10).map(|claims| claims.len()).ok(), Some(0));
    assert_eq!(n_in_force(&record), record.n_reports(&Filter::default()).map_or(0, |n| n as usize));
    assert!(n_in_force(&record) > 0);
}

#[test]
fn a_record_of_the_third_form_is_brought_forward_by_a_writer() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("own.db");
    drop(record(&path, &ARTICLES[..3]));
    let before = n_in_force(&Record::open_to_ask(&path).expect("it can be asked"));
    sink(
        &path,
        3,
        "CREATE TRIGGER comes_into_force AFTER INSERT ON in_force BEGIN
             INSERT INTO in_force_codes SELECT code, side, coalesce(new.day, ''), new.event_type, new.event FROM sides
                 WHERE event = new.event; END;
         CREATE TRIGGER membership_begins AFTER INSERT ON memberships BEGIN
             INSERT INTO in_force (event, event_id, event_type, quad, status, confidence, incident, article, version)
                 SELECT new.event, '', '', 0, '', 0, new.incident, 0, 0; END;
         CREATE INDEX events_by_day ON events (day, event_type);
         DROP TABLE compared",
    );
    assert!(matches!(Record::open_to_ask(&path), Err(RecordError::TooOld(_))));
    // What is added is put there once: not by the triggers as well.
    let record = record(&path, ARTICLES);
    assert!(n_in_force(&record) > before);
    let compared = "SELECT count(*) FROM evidence LEFT JOIN compared USING (event) WHERE compared.row IS NULL";
    assert_eq!(record.sql(compared).expect("it can be asked").rows, [[Some("0".to_owned())]]);
    let left = "SELECT name FROM sqlite_schema WHERE name IN ('comes_into_force', 'membership_begins', 'events_by_day',
                    'goes_out_of_force', 'in_force_codes', 'sides', 'codes_before', 'act_keys_before')";
    assert!(record.sql(left).expect("it can be asked").rows.is_empty());
}

#[test]
fn reports_are_found_in_a_record_of_the_fifth_form_as_they_were() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("own.db");
    drop(record(&path, ARTICLES));
    let rows = |table: &str| {
        let record = Record::open_to_ask(&path).expect("it can be asked");
        record.sql(&format!("SELECT * FROM {table} ORDER BY 1, 2, 3, event")).expect("it can be asked").rows
    };
    let (codes, keys) = (rows("codes"), rows("act_keys"));
    sink(&path, 5, "");
    drop(Record::open(&path).expect("a writer brings it forward"));
    assert_eq!(rows("codes"), codes);
    let brought = rows("act_keys");
    assert!(!brought.is_empty() && brought.iter().all(|key| keys.contains(key)), "{brought:?} {keys:?}");
}

#[test]
fn an_earlier_index_is_renewed_by_a_writer() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("own.db");
    drop(record(&path, ARTICLES));
    let connection = rusqlite::Connection::open(&path).expect("it is a file of SQLite");
    connection
        .execute_batch(
            "DROP INDEX in_force_by_day;
             CREATE INDEX in_force_by_day ON in_force (day, event_type, status, incident)",
        )
        .expect("the index can be made");
    drop(connection);
    let told = || {
        let record = Record::open_to_ask(&path).expect("it can be asked");
        let panel = record.panel(&Filter::default(), Unit::Dyad, By::Ever, false).expect("it can be asked");
        let columns = "SELECT name FROM pragma_index_info('in_force_by_day')";
        (panel, record.sql(columns).expect("it can be asked").rows.len())
    };
    let (panel, n_columns) = told();
    drop(Record::open(&path).expect("a writer renews it"));
    assert_eq!((told(), n_columns), ((panel, 6), 4));
}

/// How many rows the table of what is in force has, after seeing that it is as the view of all that holds says, and that every report is
/// found by all its sides, its day and type.
fn n_in_force(record: &Record) -> usize {
    const COLUMNS: &str =
        "event, event_id, outlet, published, event_type, mode, quad, score, status, day, date_precision, place,
        place_country, dead, injured, arrested, confidence, incident, article, version, copy_of, actor";
    let sides = "SELECT event, side, country FROM participants WHERE country IS NOT NULL
                 UNION SELECT event, side, entity FROM participants WHERE entity IS NOT NULL";
    let days = "SELECT event, coalesce(day, ''), event_type FROM events WHERE event IN (SELECT event FROM codes)";
    let pairs = [
        (format!("SELECT {COLUMNS} FROM reports"), format!("SELECT {COLUMNS} FROM in_force")),
        (format!("SELECT * FROM ({sides})"), "SELECT event, side, code FROM codes WHERE side <> 'fellow'".to_owned()),
        (days.to_owned(), "SELECT event, day, event_type FROM codes".to_owned()),
    ];
    for (view, table) in pairs {
        for (one, other) in [(&view, &table), (&table, &view)] {
            let found = record.sql(&format!("{one} EXCEPT {other}")).expect("it can be asked");
            assert_eq!(found.rows, Vec::<Vec<Option<String>>>::new(), "{one} EXCEPT {other}");
        }
    }
    record.sql("SELECT event FROM in_force").expect("it can be asked").rows.len()
}

#[test]
fn what_is_in_force_is_kept_up_with_every_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("own.db");
    let made = record(&path, ARTICLES);
    let now = Clock::fixed(1_772_928_000).expect("a time").now();
    let n = n_in_force(&made);
    assert!(n > 5);
    made.retract("f", "withdrawn", &now).expect("it is there");
    let n_without = n_in_force(&made);
    assert!(n_without < n);
    // As of a moment before that, the record is asked without the table, and answers as it did.
    let before = Filter { as_of: "2026-03-07T00:00:00Z".parse().ok(), ..Filter::default() };
    assert_eq!(made.n_reports(&before).expect("it can be asked"), n as u64);
    made.restore("f", "it was right", &now).expect("it was retracted");
    assert_eq!(n_in_force(&made), n);
    let ids: Vec<String> = made
        .reports(&Filter::default(), None)
        .expect("it can be asked")
        .into_iter()
        .map(|one| one.row.event_id)
        .collect();
    made.retract(&ids[0], "wrong", &now).expect("it is there");
    assert_eq!(n_in_force(&made), n - 1);
    let (decision, incident) = made.split(&ids[1..3], "two acts", &now).expect("they are there");
    n_in_force(&made);
    made.undo(decision, &now).expect("it can be undone");
    n_in_force(&made);
    assert!(
        made.reports(&Filter { incident: Some(incident), ..Filter::default() }, None)
            .expect("it can be asked")
            .is_empty()
    );
    drop(made);
    // A changed article is a new version, which ends the coding of the one before.
    let changed = record(
        &path,
        &[
            ("f", "Post", "2026-03-05", "Ecuador praised Peru on Wednesday."),
            ("a", "Wire", "2025-12-11", "Nothing happened."),
        ],
    );
    assert!(n_in_force(&changed) < n);
    let n = n_in_force(&changed);
    changed.retract("f", "withdrawn", &now).expect("it is there");
    let n_without = n_in_force(&changed);
    assert!(n_without < n);
    drop(changed);
    // What is retracted is not in force in a new version either; what is not, is.
    let praised = |id| (id, "Post", "2026-03-05", "Ecuador praised Peru on Wednesday. It was glad.");
    assert_eq!(n_in_force(&record(&path, &[praised("f")])), n_without);
    assert!(n_in_force(&record(&path, &[praised("g")])) > n_without);
}

#[test]
fn a_question_that_takes_too_long_can_be_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = record(&folder.path().join("own.db"), &ARTICLES[..1]);
    let (interrupter, (sender, ended)) = (record.interrupter(), std::sync::mpsc::channel());
    let other = std::thread::spawn(move || {
        // What has not begun cannot be ended, so that it is tried until it was.
        while ended.recv_timeout(std::time::Duration::from_millis(20))
            == Err(std::sync::mpsc::RecvTimeoutError::Timeout)
        {
            interrupter.interrupt();
        }
    });
    let endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";
    let answer = record.sql(endless);
    sender.send(()).expect("the other waits");
    other.join().expect("it ended");
    assert!(matches!(answer, Err(RecordError::Interrupted)), "{answer:?}");
    assert_eq!(record.sql("SELECT 1").expect("it can be asked again").rows.len(), 1);
}

#[test]
fn a_file_of_arrow_holds_the_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = record(&folder.path().join("own.db"), ARTICLES);
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook compiled in is sound") };
    let exported = |filter: &Filter, format| {
        let mut bytes = Vec::new();
        let n = record.export(filter, format, false, &codebook, &mut bytes).expect("memory takes it");
        (n as usize, bytes)
    };
    let opened = |bytes| FileReader::try_new(Cursor::new(bytes), None).expect("it is a file of Arrow's");
    let (n, bytes) = exported(&Filter::default(), ExportFormat::Arrow);
    let batches: Vec<RecordBatch> = opened(bytes).map(|batch| batch.expect("a batch")).collect();
    let [batch] = &batches[..] else { panic!("{} batches", batches.len()) };
    assert_eq!(batch.num_rows(), n);
    assert!(n > 3);

    let (_, table) = exported(&Filter::default(), ExportFormat::Csv);
    let mut table = csv::Reader::from_reader(&table[..]);
    let names: Vec<String> = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
    assert_eq!(table.headers().expect("heads").iter().collect::<Vec<_>>(), names);
    for (row, line) in table.records().enumerate() {
        let line = line.expect("a line");
        for (column, own) in batch.columns().iter().zip(line.iter()) {
            match column.data_type() {
                _ if own.is_empty() => assert!(column.is_null(row)),
                DataType::Int64 => assert_eq!(column.as_primitive::<Int64Type>().value(row).to_string(), own),
                DataType::Float64 => {
                    assert_eq!(Ok(column.as_primitive::<Float64Type>().value(row)), own.parse::<f64>());
                }
                _ => assert_eq!(column.as_string::<i32>().value(row), own),
            }
        }
    }

    let nobody = Filter { actors: vec!["nobody-at-all".into()], ..Filter::default() };
    assert_eq!(opened(exported(&nobody, ExportFormat::Arrow).1).count(), 0);
}
