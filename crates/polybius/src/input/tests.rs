//! Every way a record can be bad, and that the rest is still read.

use std::io::{BufReader, Cursor};

use proptest::prelude::*;

use super::*;

fn all(bytes: &[u8], defaults: &Defaults) -> Vec<Result<Article, Problem>> {
    // A tiny buffer, so that every line crosses its edge.
    read("in", "in", BufReader::with_capacity(7, Cursor::new(bytes.to_vec())), None, defaults).collect()
}

/// One line a record: `id published text`, or the problem.
fn check(bytes: &[u8], expected: &[&str]) {
    let defaults = Defaults { outlet: Some("Wire".into()), ..Defaults::default() };
    let got: Vec<String> = all(bytes, &defaults)
        .into_iter()
        .map(|record| match record {
            Ok(article) => {
                let published = article.published.map_or("undated".to_owned(), |date| date.to_string());
                format!("{} {published} {}", article.id, article.text)
            }
            Err(problem) => problem.to_string(),
        })
        .collect();
    assert_eq!(got, expected);
}

#[test]
fn plain_text_is_one_article() {
    check("Iran hit Iraq.\r\nIt did.\n".as_bytes(), &["in undated Iran hit Iraq.\r\nIt did.\n"]);
    check(b"\xef\xbb\xbfMarked.", &["in undated Marked."]);
}

#[test]
fn lines_are_articles() {
    check(
        b"\xef\xbb\xbf{\"id\":\"a\",\"text\":\"One.\",\"published\":\"2024-10-11\",\"more\":[1]}\n\n\
          {\"id\":7,\"text\":\"Two.\",\"published\":\"2024-10-12T08:00:00Z\",\"title\":null}",
        &["a 2024-10-11 One.", "7 2024-10-12 Two."],
    );
}

/// As `check`, of a table.
fn check_table(separator: u8, bytes: &[u8], expected: &[&str]) {
    let reader = BufReader::with_capacity(7, Cursor::new(bytes.to_vec()));
    let defaults = Defaults { undated: true, ..Defaults::default() };
    let got: Vec<String> = read("in", "in", reader, Some(Kind::Table { separator }), &defaults)
        .map(|record| {
            record.map_or_else(|problem| problem.to_string(), |article| format!("{} {}", article.id, article.text))
        })
        .collect();
    assert_eq!(got, expected);
}

#[test]
fn records_of_a_table_are_articles() {
    check_table(
        b',',
        b"\xef\xbb\xbfID,published,text,more\na,2024-10-11,\"One,\ntwo.\",x\nb,2024-10,Three.,\nc,,,\nd,x\ne,,Four.,\n",
        &[
            "a One,\ntwo.",
            "in:4: `published` is `2024-10`, which is no date; write it as YYYY-MM-DD, such as 2024-10-11",
            "in:5: `text` is missing; add \"text\" to the object",
            "in:6: the record has 2 fields, not 4; put fields that hold separators into quotation marks",
            "e Four.",
        ],
    );
    check_table(b'\t', b"id\ttext\na\tOne, \"two\".\nb\t\xff", &["a One, \"two\".", "b ÿ"]);
    check_table(
        b',',
        b"id,body\na,One.",
        &["in:1: there is no column `text`; name the columns in the first line: id,text,published,title,outlet,url"],
    );
    check_table(b',', b"id,text\n", &["in:1: there is no text in it; give a file that holds an article"]);
}

#[test]
fn a_record_without_end_is_refused() {
    let endless = [b"id,text\na,\"".as_slice(), &vec![b'x'; 2 * MAX_LINE_BYTES]].concat();
    let reader = BufReader::new(Cursor::new(endless));
    let mut records = read("in", "in", reader, Some(Kind::Table { separator: b',' }), &Defaults::default());
    let problem = records.next().expect("there is a record").expect_err("it is too long");
    assert!(problem.reason.contains("longer than 16 MB"), "{problem}");
    assert!(records.next().is_none());
}

#[test]
fn nothing_is_a_problem() {
    let empty = "in:1: there is no text in it; give a file that holds an article";
    check(b"", &[empty]);
    check(b"\xef\xbb\xbf", &[empty]);
    check(b" \n\n \t", &[empty]);
}

#[test]
fn bad_lines_are_named_and_the_rest_goes_on() {
    let good = r#"{"id":"z","text":"Good.","published":"2024-10-11"}"#;
    for (line, expected) in [
        (r#"{"id":"a","published":"2024-10-11"}"#, "in:1: `text` is missing; add \"text\" to the object"),
        (r#"{"text":"One.","published":"2024-10-11"}"#, "in:1: `id` is missing; add \"id\" to the object"),
        (
            r#"{"id":"a","text":"One."}"#,
            "in:1: `published` is missing; add \"published\": \"YYYY-MM-DD\", or give --published for all",
        ),
        (
            r#"{"id":"a","text":"One.","published":"2024-13-45"}"#,
            "in:1: `published` is `2024-13-45`, which is no date; write it as YYYY-MM-DD, such as 2024-10-11",
        ),
        (
            r#"{"id":"a","text":5,"published":"2024-10-11"}"#,
            "in:1: `text` is a number, not a text; put it in quotation marks",
        ),
        (
            r#"{"id":"a","text":" ","published":"2024-10-11"}"#,
            "in:1: `text` is empty; leave the record out, or give its text",
        ),
        (
            r#"{"id":"a""#,
            "in:1: the line is not JSON: EOF while parsing an object at column 9; write one JSON object a line",
        ),
    ] {
        check(format!("{line}\n{good}\n").as_bytes(), &[expected, "z 2024-10-11 Good."]);
    }
    check(
        format!("{good}\n[1, 2]\n{good}").as_bytes(),
        &[
            "z 2024-10-11 Good.",
            "in:2: the line holds a list, not a JSON object; write {\"id\": …, \"text\": …, \"published\": …}",
            "z 2024-10-11 Good.",
        ],
    );
}

#[test]
fn bytes_that_are_no_text_are_located() {
    let cure = "convert the file to UTF-8, for example with `iconv -f windows-1252 -t utf-8`";
    // Plain text says in no place which character set it is in, so that is found out.
    check(b"One.\nThe caf\xe9 burned.", &["in undated One.\nThe café burned."]);
    check(
        b"\x00\x01\x02\xff\x00",
        &[
            "in:1: it is no text in any character set; leave it out, or convert it to UTF-8 with the program that made it",
        ],
    );
    let good = br#"{"id":"z","text":"Good.","published":"2024-10-11"}"#;
    check(
        &[b"{\"id\":\"\xff\"}\n".as_slice(), good].concat(),
        &[&format!("in:1: byte 8 of the line is not valid UTF-8; {cure}"), "z 2024-10-11 Good."],
    );
}

#[test]
fn a_line_of_fifty_megabytes_is_passed_over() {
    let good = r#"{"id":"z","text":"Good.","published":"2024-10-11"}"#;
    let long = format!("{{\"id\":\"a\",\"text\":\"{}\"}}\n{good}", "x".repeat(50 << 20));
    let defaults = Defaults::default();
    let records: Vec<_> = read("in", "in", BufReader::new(Cursor::new(long)), None, &defaults).collect();
    let problem = records[0].as_ref().expect_err("the first line is too long");
    assert_eq!((problem.line, problem.cure.as_str()), (1, "split it into articles"));
    assert_eq!(records[1].as_ref().map(|article| article.id.as_str()), Ok("z"));
}

#[test]
fn what_an_article_does_not_say_the_user_may() {
    let defaults = Defaults {
        published: Some(jiff::civil::date(2024, 10, 11)),
        outlet: Some("Wire".into()),
        ..Defaults::default()
    };
    let records = all(br#"{"id":"a","text":"One.","outlet":"Other"}"#, &defaults);
    let article = records[0].as_ref().expect("the record is whole");
    assert_eq!(article.published, defaults.published);
    assert_eq!(article.outlet.as_deref(), Some("Other"));
}

proptest! {
    #[test]
    fn any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), json in any::<bool>()) {
        let bytes = if json { [b"{".as_slice(), &bytes].concat() } else { bytes };
        let n_lines = bytes.split(|&byte| byte == b'\n').count();
        prop_assert!((1..=n_lines).contains(&all(&bytes, &Defaults::default()).len()));
    }
}
