//! Makes a large record out of a small one: every article again and again, under other ids and outlets and on other days, until there
//! are so many reports. What is added is what the reader found in the small one, through the same path as what is read; the copies are not
//! taken for copies, so that each counts as an article of its own.
//!
//!     cargo run --release -p polybius-record --example multiply -- small.db large.db 1000000

use std::path::PathBuf;

use jiff::ToSpan;
use jiff::civil::Date;
use polybius::Article;
use polybius_record::{Clock, Keep, Maker, Placing, Reading, Record, RecordError, Signature};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Each copy is so many days later than the one before; what goes beyond the last day begins anew.
const DAYS: i64 = 97;
const FIRST: &str = "2020-01-01";
const N_DAYS: i64 = 1_800;
/// So many outlets share the articles.
const N_OUTLETS: i64 = 40;

fn main() -> Result<(), RecordError> {
    let mut arguments = std::env::args().skip(1);
    let mut path = || PathBuf::from(arguments.next().expect("two paths and a number are needed"));
    let (small, large) = (Record::open_to_ask(&path())?, Record::open(&path())?);
    let wanted: u64 = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let part = |name: &str| name.to_owned();
    let maker = Maker {
        version: part("0"),
        program: part("multiplied"),
        codebook: part("multiplied"),
        models: part("multiplied"),
        settings: String::new(),
    };
    let now = Clock::System.now();
    let run = large.run(&maker, &now)?;
    let articles = small.sql(
        "SELECT a.id, v.published, v.title, b.text, v.n_sentences, c.coding FROM current_articles AS i
         JOIN articles AS a ON a.article = i.article JOIN versions AS v ON v.version = i.version
         JOIN bodies AS b ON b.version = v.version JOIN codings AS c ON c.version = v.version ORDER BY v.version",
    )?;
    let mut n_reports = 0;
    'copies: for copy in 0.. {
        for (n, row) in articles.rows.iter().enumerate() {
            let [Some(id), Some(published), title, Some(text), Some(n_sentences), Some(coding)] = &row[..] else {
                continue;
            };
            let outlet = format!("Outlet {}", (n as i64 * 7 + copy * 11) % N_OUTLETS);
            let change = Change { copy, outlet: &outlet };
            let of = |table: &str| format!("SELECT row FROM {table} WHERE coding = {coding} ORDER BY rowid");
            let events = format!(
                "SELECT x.row FROM events AS e JOIN evidence AS x ON x.event = e.event WHERE e.coding = {coding} ORDER BY e.event"
            );
            let text = format!("{text}\n\nPart {copy} of the series.\n");
            let other: String = text.split_whitespace().map(|word| format!("{word}{copy}x{n} ")).collect();
            let reading = Reading {
                signature: Signature::of(&other),
                n_sentences: n_sentences.parse().unwrap_or(0),
                rows: change.rows(&small, &events)?,
                claims: change.rows(&small, &of("claims"))?,
                expectations: change.rows(&small, &of("expectations"))?,
                article: Article {
                    published: change.day(published).and_then(|day| day.parse().ok()),
                    title: title.clone(),
                    outlet: Some(outlet.clone()),
                    author: None,
                    ..Article::from_text(change.id(id), text)
                },
                placing: Placing::ByLikeness,
            };
            n_reports += reading.rows.len() as u64;
            large.add(run, &reading, Keep::Text, &now)?;
            if n % 500 == 499 {
                large.commit()?;
            }
            if n_reports >= wanted {
                break 'copies;
            }
        }
        eprintln!("{n_reports} reports");
    }
    large.commit()?;
    println!("{n_reports} reports");
    Ok(())
}

/// What is other in a copy.
struct Change<'c> {
    copy: i64,
    outlet: &'c str,
}

impl Change<'_> {
    fn id(&self, id: &str) -> String {
        format!("{id}-{}", self.copy)
    }

    fn day(&self, day: &str) -> Option<String> {
        let (first, day): (Date, Date) = (FIRST.parse().ok()?, day.parse().ok()?);
        let since = i64::from(first.until(day).ok()?.get_days());
        Some(first.checked_add(((since + self.copy * DAYS) % N_DAYS).days()).ok()?.to_string())
    }

    /// The rows of a query, each with its ids, days and outlet changed.
    fn rows<T: DeserializeOwned>(&self, record: &Record, query: &str) -> Result<Vec<T>, RecordError> {
        let rows = record.sql(query)?.rows.into_iter().flatten().flatten();
        let changed = |json: String| {
            let mut value: Value = serde_json::from_str(&json)?;
            self.change(&mut value);
            Ok(serde_json::from_value(value)?)
        };
        rows.map(changed).collect()
    }

    fn change(&self, value: &mut Value) {
        match value {
            Value::Array(values) => values.iter_mut().for_each(|value| self.change(value)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    match (name.as_str(), &mut *value) {
                        ("event_id" | "claim_id" | "expectation_id" | "document_id" | "within", Value::String(id)) => {
                            *id = self.id(id);
                        }
                        ("events", Value::Array(ids)) => {
                            for id in ids.iter_mut().filter(|id| id.is_string()) {
                                *id = Value::String(self.id(id.as_str().unwrap_or_default()));
                            }
                        }
                        ("published" | "start" | "end" | "anchor" | "from" | "until", Value::String(day)) => {
                            *day = self.day(day).unwrap_or_else(|| day.clone());
                        }
                        ("outlet", outlet) => *outlet = Value::String(self.outlet.to_owned()),
                        // The days of an office stay.
                        ("role", _) => {}
                        (_, value) => self.change(value),
                    }
                }
            }
            _ => {}
        }
    }
}
