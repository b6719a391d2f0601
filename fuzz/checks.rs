//! What must hold for any bytes, for the fuzzer and for the test that replays its corpus. Whatever does not hold panics.

use std::io::{Cursor, Read, Seek, Write};
use std::sync::LazyLock;

use jiff::civil::date;
use polybius::input::{Defaults, Kind, Problem};
use polybius::{Article, Document, Pipeline, Token, rows, to_conllu};
use serde_json::Value;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| {
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook is not sound") };
    Pipeline::new(codebook)
});

fn article(bytes: &[u8]) -> Article {
    let text = String::from_utf8_lossy(bytes);
    Article { published: Some(date(2024, 10, 11)), ..Article::from_text("any", text) }
}

/// Tokens lie in order and hold every letter; sentences tile the tokens, and each is one tree; mentions stay in a sentence.
pub fn annotate(bytes: &[u8]) {
    let document = PIPELINE.annotate(article(bytes));
    check_tokens(&document);
    check_sentences(&document);
    for mention in document.mentions() {
        assert!(mention.tokens.start < mention.tokens.end, "an empty mention");
        let sentence = document.sentence(document.sentence_of(mention.tokens.start));
        assert!(mention.tokens.end <= sentence.tokens.end, "a mention beyond its sentence");
    }
    let n_mentions = document.mentions().len();
    assert!(document.chains().iter().flat_map(|chain| &chain.mentions).all(|mention| mention.index() < n_mentions));
    let n_rows = to_conllu(&document).lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count();
    assert_eq!(n_rows, document.n_tokens(), "a token without a line of its own");
}

fn check_tokens(document: &Document) {
    let text = &document.article().text;
    let mut end = 0;
    for token in all(document) {
        let range = token.span().range();
        assert!(range.start >= end && range.start < range.end, "tokens out of order");
        let (gap, word) = (text.get(end..range.start), text.get(range.clone()));
        assert!(gap.is_some_and(is_empty) && word.is_some_and(|word| !is_empty(word)), "letters outside every token");
        end = range.end;
    }
    assert!(is_empty(&text[end..]), "letters after the last token");
}

/// Whether nothing of the text shows: spaces, controls, marks of direction, joiners.
fn is_empty(text: &str) -> bool {
    let invisible =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    text.chars().all(|c| c.is_whitespace() || c.is_control() || invisible(c))
}

fn check_sentences(document: &Document) {
    let mut end = 0;
    for sentence in document.sentences() {
        let range = &sentence.tokens;
        assert!(range.start.index() == end && range.start < range.end, "sentences do not tile the tokens");
        end = range.end.index();
        let tokens = || document.tokens(range.clone());
        assert_eq!(tokens().filter(|token| token.head().is_none()).count(), 1, "not one root");
        for token in tokens() {
            let above = std::iter::successors(Some(token), |token| token.head()).take(range.end.index() + 1);
            assert!(above.last().is_some_and(|top| top.head().is_none() && range.contains(&top.id)), "a cycle");
        }
    }
    assert_eq!(end, document.n_tokens(), "tokens outside every sentence");
}

fn all(document: &Document) -> impl Iterator<Item = Token<'_>> {
    document.sentences().iter().flat_map(|sentence| document.tokens(sentence.tokens.clone()))
}

/// Every row shows the words that stand where it says, and the explanation tells of as many events.
pub fn code(bytes: &[u8]) {
    let (document, events) = PIPELINE.read(article(bytes));
    let (_, explanation) = PIPELINE.explain(article(bytes));
    let n_explained: usize = explanation.sentences.iter().map(|sentence| sentence.events.len()).sum();
    assert_eq!(n_explained, events.len(), "events that are not explained");
    let characters: Vec<char> = document.article().text.chars().collect();
    for row in rows(&document, &events, &PIPELINE.codebook) {
        check_words(&serde_json::to_value(row).expect("a row is JSON"), &characters);
    }
}

/// Every object that has words and offsets shows the words that stand there.
fn check_words(value: &Value, text: &[char]) {
    if let Some(words) = value.get("text").and_then(Value::as_str)
        && let (Some(start), Some(end)) = (value["start"].as_u64(), value["end"].as_u64())
    {
        let there: Option<String> = text.get(start as usize..end as usize).map(|there| there.iter().collect());
        assert_eq!(there.as_deref(), Some(words), "the words are not what stands at {start}..{end}");
    }
    match value {
        Value::Object(fields) => fields.values().for_each(|part| check_words(part, text)),
        Value::Array(items) => items.iter().for_each(|part| check_words(part, text)),
        _ => {}
    }
}

/// At most one article or problem a line, at least one in all; every problem names a line that is there.
pub fn read(bytes: &[u8]) {
    let n_lines = bytes.split(|&byte| byte == b'\n').count();
    for published in [None, Some(date(2024, 10, 11))] {
        for kind in [None, Some(Kind::Plain), Some(Kind::Jsonl), Some(Kind::Table { separator: b',' })] {
            if kind.is_none() && !matches!(Kind::of_bytes(bytes), Kind::Plain | Kind::Jsonl) {
                continue;
            }
            let defaults = Defaults { published, ..Defaults::default() };
            let records = polybius::input::read("in", "in", Cursor::new(bytes), kind, &defaults);
            let mut n_records = 0;
            for record in records {
                n_records += 1;
                if let Err(problem) = record {
                    assert!((1..=n_lines).contains(&problem.line), "a problem in line {} of {n_lines}", problem.line);
                }
            }
            // In tables a carriage return, too, ends a record.
            let n_ends = bytes.iter().filter(|&&byte| byte == b'\r').count();
            assert!((1..=n_lines + n_ends).contains(&n_records), "{n_records} records in {n_lines} lines");
        }
    }
}

/// Any bytes are articles or problems in a form that is read as a whole or record by record; of articles nothing is missing.
pub fn read_as(kind: Kind, bytes: &[u8]) {
    let defaults = Defaults { published: Some(date(2024, 10, 11)), english_only: true, ..Defaults::default() };
    check_records(polybius::input::read("in", "in", Cursor::new(bytes), Some(kind), &defaults));
}

/// Any bytes are unpacked, or refused.
pub fn unpack(bytes: &[u8]) {
    let mut into = Vec::new();
    if let Ok(reader) = polybius::input::unpacked(Cursor::new(bytes.to_vec())) {
        let _ = reader.take(1 << 20).read_to_end(&mut into);
    }
}

/// Any file is articles or problems, a zip archive or Parquet too.
pub fn open(bytes: &[u8]) {
    let mut file = tempfile::tempfile().expect("there is room");
    file.write_all(bytes).and_then(|()| file.rewind()).expect("there is room");
    let defaults = Defaults { undated: true, ..Defaults::default() };
    check_records(polybius::input::open("in", "in", file, &defaults).expect("it can be read"));
}

fn check_records(records: impl Iterator<Item = Result<Article, Problem>>) {
    let mut n_records = 0;
    for record in records {
        n_records += 1;
        match record {
            Ok(article) => {
                assert!(!article.id.is_empty() && !article.text.trim().is_empty(), "an article without id or text")
            }
            Err(problem) => assert!(problem.line > 0 && !problem.cure.is_empty(), "a problem without place or cure"),
        }
    }
    assert!(n_records > 0, "nothing is said of the file");
}
