//! What the program writes: rows that keep the schema, the same bytes for any number of threads.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{polybius, run, stderr, stdout};

/// The project's own articles in one format, with a number of threads.
fn coded(format: &str, threads: &str) -> String {
    let output = run(&mut polybius(&["code", "examples", "--format", format, "--threads", threads]));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn rows_keep_the_schema_and_point_at_their_words() {
    let schema = run(&mut polybius(&["schema"]));
    let schema: Value = serde_json::from_slice(&schema.stdout).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let rows = coded("jsonl", "2");
    assert!(rows.lines().count() > 20, "{} rows", rows.lines().count());
    for line in rows.lines() {
        let row: Value = serde_json::from_str(line).expect("a row is JSON");
        let errors: Vec<String> = validator.iter_errors(&row).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?} in {line}");
        let sentence: Vec<char> = row["text"].as_str().expect("a text").chars().collect();
        let at =
            |field: &Value| field.as_u64().expect("an offset") as usize - row["start"].as_u64().expect("one") as usize;
        let trigger = &row["why"]["trigger"];
        let words: String = sentence[at(&trigger["start"])..at(&trigger["end"])].iter().collect();
        assert_eq!(words, trigger["text"].as_str().expect("a text"));
    }
}

#[test]
fn threads_change_nothing() {
    for format in ["jsonl", "csv", "pretty"] {
        let one = coded(format, "1");
        for threads in ["2", "5"] {
            assert_eq!(coded(format, threads), one, "{format} with {threads} threads");
        }
    }
}

#[test]
fn claims_and_expectations_keep_their_schemas_and_slice_to_their_words() {
    let article = "Kenya said on Monday it will send police to Haiti by March if the court agrees. “Nobody asked us,” \
                   a shopkeeper in Port-au-Prince said. “Nobody ever does.”";
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("a.txt");
    std::fs::write(&file, article).expect("the file can be written");
    let file = file.to_string_lossy();
    let code = |records: &str| {
        let arguments = ["code", &file, "--published", "2023-10-06", "--format", "jsonl", "--records", records];
        let output = run(&mut polybius(&arguments));
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let text: Vec<char> = article.chars().collect();
    let slices = |runs: &Value| {
        for run in runs.as_array().expect("a list of runs") {
            let at = |field: &str| run[field].as_u64().expect("an offset") as usize;
            assert_eq!(run["text"], text[at("start")..at("end")].iter().collect::<String>());
        }
    };
    let mut n_lines = 0;
    for (kind, id, words) in [("claim", "claim_id", "content"), ("expectation", "expectation_id", "words")] {
        let schema = run(&mut polybius(&["schema", kind]));
        let schema: Value = serde_json::from_slice(&schema.stdout).expect("the schema is JSON");
        let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
        for line in code(&format!("{kind}s")).lines() {
            n_lines += 1;
            let row: Value = serde_json::from_str(line).expect("a row is JSON");
            let errors: Vec<String> = validator.iter_errors(&row).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{errors:?} in {line}");
            assert!(line.starts_with(&format!("{{\"{id}\":")), "{line}");
            slices(&row[words]);
        }
    }
    let all = code("events,claims,expectations");
    assert_eq!(all.lines().count(), n_lines + code("events").lines().count());
    let claims: Vec<Value> =
        code("claims").lines().map(|line| serde_json::from_str(line).expect("a row is JSON")).collect();
    let shopkeeper = claims.iter().find(|row| row["kind"] == "direct").expect("there is a quotation");
    assert_eq!(shopkeeper["content"].as_array().map(Vec::len), Some(2), "{shopkeeper}");
    let expected: Value =
        code("expectations").lines().next().and_then(|line| serde_json::from_str(line).ok()).expect("one is expected");
    assert_eq!(expected["settled_by"]["until"], "2024-03-31", "{expected}");
    assert_eq!(expected["settled_by"]["from"], "2023-10-06", "{expected}");
    assert_eq!(expected["condition"]["text"], "if the court agrees");
    let refused = run(&mut polybius(&["code", &file, "--format", "csv", "--records", "claims"]));
    assert!(refused.status.code() == Some(2) && stderr(&refused).contains("events alone"), "{}", stderr(&refused));
}

/// The layers of the project's own articles as JSON, with a number of threads.
fn layers(threads: &str) -> String {
    let output = run(&mut polybius(&["annotate", "examples", "--format", "json", "--threads", threads]));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn documents_keep_the_schema_and_slice_to_their_words() {
    let schema = run(&mut polybius(&["schema", "document"]));
    let schema: Value = serde_json::from_slice(&schema.stdout).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let lines = layers("1");
    assert_eq!(layers("3"), lines, "threads change nothing");
    let mut n_chains = 0;
    for line in lines.lines() {
        let document: Value = serde_json::from_str(line).expect("a document is JSON");
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        let text: Vec<char> = document["text"].as_str().expect("a text").chars().collect();
        let number = |value: &Value| value.as_u64().expect("a number") as usize;
        let words = |row: &Value| text[number(&row["start"])..number(&row["end"])].iter().collect::<String>();
        let list = |layer: &str| document[layer].as_array().expect("a list").clone();
        let (tokens, mentions) = (list("tokens"), list("mentions"));
        assert!(tokens.iter().all(|token| words(token) == token["form"]));
        assert!(mentions.iter().all(|mention| words(mention) == mention["text"]));
        for mention in &mentions {
            assert_eq!(mention["start"], tokens[number(&mention["first_token"])]["start"]);
            assert_eq!(mention["end"], tokens[number(&mention["end_token"]) - 1]["end"]);
        }
        let ends: Vec<usize> = list("sentences").iter().map(|sentence| number(&sentence["end_token"])).collect();
        assert_eq!(ends.last().copied().unwrap_or(0), tokens.len());
        let roots = tokens.iter().filter(|token| token["head"].is_null()).count();
        assert_eq!(roots, ends.len());
        for chain in list("chains") {
            let chain = chain.as_array().expect("a list").clone();
            assert!(chain.len() > 1 && chain.iter().all(|mention| number(mention) < mentions.len()));
            n_chains += 1;
        }
    }
    assert!(n_chains > 5, "{n_chains} chains");
}

#[test]
fn ids_are_never_shared() {
    let output = run(&mut polybius(&["code", "examples/articles.jsonl", "--format", "jsonl"]));
    let rows: Vec<Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).expect("a row is JSON")).collect();
    let ids: BTreeSet<&str> = rows.iter().filter_map(|row| row["event_id"].as_str()).collect();
    assert_eq!(ids.len(), rows.len());
    assert!(ids.iter().all(|id| id.len() == 16 && id.bytes().all(|digit| digit.is_ascii_hexdigit())), "{ids:?}");
}

#[test]
fn low_confidence_is_left_out_on_request() {
    let arguments = ["code", "examples", "--format", "jsonl", "--min-confidence", "0.9"];
    let output = run(&mut polybius(&arguments));
    for line in stdout(&output).lines() {
        let row: Value = serde_json::from_str(line).expect("a row is JSON");
        assert!(row["confidence"].as_f64() >= Some(0.9), "{line}");
    }
}

#[test]
fn whom_a_name_means_keeps_the_schema() {
    let schema = run(&mut polybius(&["schema", "who"]));
    let schema: Value = serde_json::from_slice(&schema.stdout).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    for arguments in [vec!["Bush", "--on", "1991-01-17"], vec!["the Russian president"], vec!["Zelenskyyy"]] {
        let answer = run(&mut polybius(&[&["who"], &*arguments, &["--format", "json"]].concat()));
        let answer: Value = serde_json::from_slice(&answer.stdout).expect("the answer is JSON");
        let errors: Vec<String> = validator.iter_errors(&answer).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn colours_only_where_they_are_wanted() {
    let sentence = "Russia attacked Ukraine.";
    let plain = run(polybius(&["code", "-"]).write_stdin(sentence));
    assert!(stdout(&plain).contains("{Russia} [attacked] {Ukraine}"), "{}", stdout(&plain));
    let coloured = run(polybius(&["code", "-"]).env("CLICOLOR_FORCE", "1").write_stdin(sentence));
    assert!(stdout(&coloured).contains('\u{1b}'));
    let refused = run(polybius(&["code", "-"]).env("NO_COLOR", "1").env("CLICOLOR_FORCE", "0").write_stdin(sentence));
    assert_eq!(stdout(&refused), stdout(&plain));
}

#[test]
fn layers_are_a_treebank() {
    let output = run(polybius(&["annotate", "-"]).write_stdin("Russia attacked Ukraine. Iran did not."));
    let words = stdout(&output).lines().filter(|line| line.split('\t').count() == 10).count();
    assert_eq!((output.status.code(), words), (Some(0), 8));
}

#[test]
fn an_explanation_says_why() {
    let output = run(&mut polybius(&["explain", "Russia denied attacking Ukraine. The weather was fine."]));
    let text = stdout(&output);
    for said in ["did not happen", "because of", "2  The weather was fine.", "no event"] {
        assert!(text.contains(said), "{said:?} is not in {text}");
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    let program = env!("CARGO_BIN_EXE_polybius");
    let script = format!("'{program}' code examples --format jsonl 2>&1 >&3 | cat; exit 0");
    let script = format!("( {script} ) 3>&1 | head -c 100 >/dev/null");
    let output =
        std::process::Command::new("sh").args(["-c", &script]).current_dir(crate::root()).output().expect("sh runs");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
    let script = format!("{{ '{program}' schema; echo \"ended $?\" >&2; }} | head -c 1");
    let output = std::process::Command::new("sh").args(["-c", &script]).output().expect("sh runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "ended 0\n");
}
