//! Reads names in IOB2: a word a line with `B-`, `I-` or `O`, and puts the text of each document together again.
//!
//! Two layouts are known by their columns: word and tag, as in Worldwide; number, word and tag, as in Universal NER. Further
//! columns are passed over. Where a line holds no tab, spaces part the columns. A document begins at `# doc` or `# newdoc`. Where a `# text` line holds exactly the words that follow,
//! it is the text, and one space joins it to the next sentence. Else spaces are put in by rule, and what stands between empty lines
//! is a paragraph. Characters that are only for layout or direction are left out.

use std::iter::Peekable;
use std::ops::Range;

use thiserror::Error;

/// A document put together, and its names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IobDocument {
    /// What stands in its first line.
    pub id: String,
    /// The text.
    pub text: String,
    /// Bytes and kind, as the set calls it, of each name.
    pub names: Vec<(Range<usize>, String)>,
}

/// A line that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct IobError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
}

/// The documents of a file.
pub fn read_iob(file: &str) -> Result<Vec<IobDocument>, IobError> {
    read(file, false)
}

/// What stands between empty lines in a file, each as a document of its own.
pub fn read_iob_sentences(file: &str) -> Result<Vec<IobDocument>, IobError> {
    read(file, true)
}

fn read(file: &str, apart: bool) -> Result<Vec<IobDocument>, IobError> {
    let mut documents: Vec<IobDocument> = Vec::new();
    let mut block = Block::default();
    for (index, line) in file.lines().chain([""]).enumerate() {
        let fail = |reason: String| IobError { line: index + 1, reason };
        if let Some(id) = line.strip_prefix("# doc = ").or_else(|| line.strip_prefix("# newdoc")) {
            block.end(&mut documents);
            let id = id.trim_start_matches(" id = ").trim().to_owned();
            documents.push(IobDocument { id, ..IobDocument::default() });
        } else if let Some(text) = line.strip_prefix("# text = ") {
            block.text = Some(visible(text));
        } else if line.trim().is_empty() {
            block.end(&mut documents);
            if apart {
                documents.push(IobDocument { id: format!("{}", index + 1), ..IobDocument::default() });
            }
        } else if !line.starts_with("# ") {
            let columns: Vec<&str> = line.split(if line.contains('\t') { '\t' } else { ' ' }).collect();
            let (word, tag) = match columns.as_slice() {
                [number, word, tag, ..] if number.parse::<u32>().is_ok() && is_tag(tag) => (*word, *tag),
                [word, tag, ..] if is_tag(tag) => (*word, *tag),
                _ => return Err(fail("there is no word with B-, I- or O after a tab or space".to_owned())),
            };
            let word = visible(word);
            if !word.trim().is_empty() {
                block.words.push((word, tag.to_owned()));
            }
        }
    }
    documents.retain(|document| !document.text.is_empty());
    Ok(documents)
}

fn is_tag(tag: &str) -> bool {
    tag == "O" || tag.starts_with("B-") || tag.starts_with("I-")
}

/// The text without characters that show nothing.
fn visible(text: &str) -> String {
    let shows = |c: &char| {
        let hidden = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        !(hidden || c.is_control() && *c != '\t')
    };
    text.chars().filter(shows).collect()
}

/// What stands between two empty lines.
#[derive(Default)]
struct Block {
    text: Option<String>,
    words: Vec<(String, String)>,
}

impl Block {
    /// Adds what was read to the last document.
    fn end(&mut self, documents: &mut Vec<IobDocument>) {
        let Block { text, words } = std::mem::take(self);
        if words.is_empty() {
            return;
        }
        if documents.is_empty() {
            documents.push(IobDocument::default());
        }
        let document = documents.last_mut().expect("one was pushed if there was none");
        let had_text = text.is_some();
        let given = text.as_ref().and_then(|text| places_in(text, &words).map(|places| (text.clone(), places)));
        let (text, places) = given.unwrap_or_else(|| spaced(&words));
        if !document.text.is_empty() {
            document.text.push_str(if had_text { " " } else { "\n\n" });
        }
        let base = document.text.len();
        document.text.push_str(&text);
        let mut open: Option<(Range<usize>, String)> = None;
        for ((_, tag), place) in words.iter().zip(places) {
            let place = base + place.start..base + place.end;
            match (tag.split_once('-'), &mut open) {
                (Some(("I", kind)), Some(name)) if name.1 == kind => name.0.end = place.end,
                (Some((_, kind)), _) => document.names.extend(open.replace((place, kind.to_owned()))),
                (None, _) => document.names.extend(open.take()),
            }
        }
        document.names.extend(open);
    }
}

/// Where each word stands in `text`; `None` if the text is not these words.
fn places_in(text: &str, words: &[(String, String)]) -> Option<Vec<Range<usize>>> {
    let mut at = 0;
    let mut places = Vec::with_capacity(words.len());
    for (word, _) in words {
        at += text[at..].len() - text[at..].trim_start().len();
        text[at..].starts_with(word.as_str()).then_some(())?;
        places.push(at..at + word.len());
        at += word.len();
    }
    text[at..].trim().is_empty().then_some(places)
}

/// The words with plausible spaces between them, and where each stands.
fn spaced(words: &[(String, String)]) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut places = Vec::with_capacity(words.len());
    let mut marks = Marks::default();
    let mut forms = words.iter().map(|(word, _)| word.as_str()).peekable();
    let mut glued = true;
    while let Some(word) = forms.next() {
        let (before, after) = marks.glue(word, &text, &mut forms);
        if !glued && !before {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(word);
        places.push(start..text.len());
        glued = after;
    }
    (text, places)
}

/// Which straight quotation marks are open.
#[derive(Default)]
struct Marks {
    double: bool,
    single: bool,
}

impl Marks {
    /// Whether `word` touches the word before it and the word after it.
    fn glue<'a>(
        &mut self,
        word: &str,
        before: &str,
        after: &mut Peekable<impl Iterator<Item = &'a str>>,
    ) -> (bool, bool) {
        let next = after.peek().copied().unwrap_or_default();
        match word {
            "," | "." | ";" | ":" | "!" | "?" | ")" | "]" | "}" | "”" | "»" | "%" | "…" => (true, false),
            "(" | "[" | "{" | "“" | "‘" | "«" | "$" | "€" | "£" | "₹" | "₡" | "#" => (false, true),
            "-" | "/" | "=" | "&" if next.is_empty() || before.is_empty() => (false, false),
            "-" | "/" | "=" => (true, true),
            "\"" => {
                self.double = !self.double;
                (!self.double, self.double)
            }
            "'" | "’" if matches!(next, "s" | "S" | "t" | "re" | "ve" | "ll" | "d" | "m") => (true, true),
            "’" => (true, false),
            "'" if !self.single && before.ends_with('s') => (true, false),
            "'" => {
                self.single = !self.single;
                (!self.single, self.single)
            }
            "n't" | "n’t" | "'s" | "’s" | "'re" | "’re" | "'ve" | "’ve" | "'ll" | "’ll" | "'d" | "’d" | "'m" | "’m" => {
                (true, false)
            }
            _ => (false, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, text: &str, names: &[(&str, &str)]) {
        let documents = read_iob(file).expect("the file is well formed");
        let [document] = documents.as_slice() else { panic!("one document is expected: {documents:?}") };
        assert_eq!(document.text, text);
        let found = document.names.iter().map(|(bytes, kind)| (&document.text[bytes.clone()], kind.as_str()));
        assert_eq!(found.collect::<Vec<_>>(), names);
    }

    /// Words without names, in the layout of two columns.
    fn words(text: &str) -> String {
        text.split(' ').map(|word| format!("{word}\tO\n")).collect()
    }

    #[test]
    fn two_columns_and_more() {
        let file = "# doc = a\nThe\tO\nBlue\tB-Organization\nDanube\tI-Organization\tB-Location\nBank\tI-Organization\n.\tO\n\n\
                    Oslo\tB-Location\nRome\tB-Location\n\n";
        let names = [("Blue Danube Bank", "Organization"), ("Oslo", "Location"), ("Rome", "Location")];
        check(file, "The Blue Danube Bank.\n\nOslo Rome", &names);
    }

    #[test]
    fn numbered_words_with_their_text() {
        let file = "# newdoc id = a\n# text = Go to Oslo(now).\n1\tGo\tO\t-\n2\tto\tO\t-\n3\tOslo\tB-LOC\t-\n4\t(\tO\t-\n\
                    5\tnow\tO\t-\n6\t)\tO\t-\n7\t.\tO\t-\n\n# text = Stay!\n1\tStay\tO\t-\n2\t!\tO\t-\n\n";
        check(file, "Go to Oslo(now). Stay!", &[("Oslo", "LOC")]);
    }

    #[test]
    fn spaces_where_a_writer_puts_them() {
        check(
            &words("\" It 's anti - war , \" said Iran ’ s ( new ) envoy ."),
            "\"It's anti-war,\" said Iran’s (new) envoy.",
            &[],
        );
        check(
            &words("The miners ' town of ' Hope' paid $ 5 , 7 % more ."),
            "The miners' town of 'Hope' paid $5, 7% more.",
            &[],
        );
    }

    #[test]
    fn sentences_apart() {
        let documents = read_iob_sentences("Rome B-S\nfell O\n\nOslo B-T\n").expect("the file is well formed");
        let found: Vec<_> = documents.iter().map(|document| (document.text.as_str(), document.names.len())).collect();
        assert_eq!(found, [("Rome fell", 1), ("Oslo", 1)]);
    }

    #[test]
    fn names_the_line() {
        assert_eq!(read_iob("a\tO\nb\n").expect_err("there is no tag").line, 2);
    }
}
