//! Whatever a codebook's files hold, reading them ends in a codebook or in problems; whatever a list holds, importing it gives sound files.

mod sample;

use polybius_codebook::{ImportFormat, SourceFile, import, parse};
use proptest::prelude::*;

/// A byte string as a reader of files would hand it over.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn any_path() -> impl Strategy<Value = String> {
    let paths: Vec<String> = sample::files().into_iter().map(|file| file.path).collect();
    prop_oneof![proptest::sample::select(paths), ".{0,12}"]
}

/// Lines of lists, mostly half right.
const LINES: &str = concat!(
    r#"([+\t]|[A-Z_é ]{0,9}|name,kind|[a-z]{0,4},person)?(\[(RUSGOV|RUS|IGO|~GOV)( [<>]?[0-9]{6}(-[0-9]{6})?)?\])?[A-Za-z_ {}<>~!=;,#"0-9-]{0,9}"#,
    r#"|\{"id":"Q[0-9]","schema":"Person","properties":\{"name":\["[A-Za-z é]{0,9}"\]\},"labels":\{"en":\{"value":"[A-Za-z é]{0,9}"\}\},"#,
    r#""claims":\{"P31":\[\{"mainsnak":\{"datavalue":\{"value":\{"id":"Q5"\}\}\}\}\]\}\}"#,
);

proptest! {
    #[test]
    fn any_bytes_in_any_files(files in proptest::collection::vec((any_path(), any::<Vec<u8>>()), 0..6)) {
        let files = files.into_iter().map(|(path, bytes)| SourceFile { path, text: text(&bytes) });
        let _ = parse(&files.collect::<Vec<_>>());
    }

    #[test]
    fn damaged_files(
        file in any::<proptest::sample::Index>(),
        cuts in proptest::collection::vec((any::<proptest::sample::Index>(), 0..20_usize, "[\\[\\]\"=,\\n@#*\\-a-zé’0-9{} ]{0,8}"), 1..4),
    ) {
        let mut files = sample::files();
        let file = file.index(files.len());
        for (at, length, insertion) in cuts {
            let mut bytes = files[file].text.clone().into_bytes();
            let start = at.index(bytes.len().max(1)).min(bytes.len());
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, insertion.into_bytes());
            files[file].text = text(&bytes);
        }
        if let Err(problems) = parse(&files) {
            for problem in problems {
                prop_assert!(problem.line >= 1 && !problem.message.is_empty());
            }
        }
    }

    #[test]
    fn any_lists_are_imported(
        format in proptest::sample::select(vec![ImportFormat::Petrarch, ImportFormat::Wikidata, ImportFormat::Ftm, ImportFormat::Csv]),
        lines in proptest::collection::vec(LINES, 0..8),
    ) {
        let codebook = parse(&sample::files()).unwrap();
        let list = SourceFile { path: "list".to_owned(), text: lines.join("\n") };
        let import = import(format, &[list], "list", &codebook);
        let files: Vec<SourceFile> = sample::files().into_iter().chain(import.files).collect();
        prop_assert!(parse(&files).is_ok(), "{:#?}", parse(&files).err());
    }

    #[test]
    fn any_words_are_looked_up(words in proptest::collection::vec(".{0,6}", 0..5)) {
        let codebook = parse(&sample::files()).unwrap();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let _ = codebook.entities.longest_name(&words);
        let _ = codebook.roles.ending(&words);
        let _ = codebook.ontology.contexts_starting(&words);
    }
}
