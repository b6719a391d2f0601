//! Attributions in brat's standoff, as PolNeAR has them.

use std::collections::HashMap;
use std::ops::Range;

use thiserror::Error;

/// An attribution as annotated: spans in code points of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoldAttribution {
    /// Who says it; empty if the text does not tell.
    pub source: Vec<Range<usize>>,
    /// The words that say so.
    pub cue: Vec<Range<usize>>,
    /// What is said.
    pub content: Vec<Range<usize>>,
}

/// A line that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct StandoffError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
}

/// The attributions of a standoff file.
pub fn read_standoff(file: &str) -> Result<Vec<GoldAttribution>, StandoffError> {
    let mut spans: HashMap<&str, Vec<Range<usize>>> = HashMap::new();
    let mut events = Vec::new();
    for (index, line) in file.lines().enumerate() {
        let fail = |reason: String| StandoffError { line: index + 1, reason };
        let mut columns = line.split('\t');
        let (id, rest) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
        if id.starts_with('T') {
            let offsets = rest.split_once(' ').map_or("", |(_, offsets)| offsets);
            let found = offsets.split(';').map(range).collect::<Option<Vec<_>>>();
            let found = found.ok_or_else(|| fail(format!("`{offsets}` is no list of offsets such as `3 8;12 15`")))?;
            spans.insert(id, found);
        } else if id.starts_with('E') && rest.starts_with("Attribution") {
            events.push((index, rest));
        }
    }
    let mut found = Vec::new();
    for (index, event) in events {
        let mut gold = GoldAttribution::default();
        for (role, id) in event.split_whitespace().filter_map(|part| part.split_once(':')) {
            let part = match role.trim_end_matches(|digit: char| digit.is_ascii_digit()) {
                "Source" => &mut gold.source,
                "Cue" => &mut gold.cue,
                "Content" => &mut gold.content,
                _ => continue,
            };
            let missing = || StandoffError { line: index + 1, reason: format!("there is no span {id}") };
            part.extend(spans.get(id).ok_or_else(missing)?.iter().cloned());
        }
        if !gold.cue.is_empty() && !gold.content.is_empty() {
            found.push(gold);
        }
    }
    Ok(found)
}

fn range(text: &str) -> Option<Range<usize>> {
    let (start, end) = text.split_once(' ')?;
    Some(start.parse().ok()?..end.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_spans_and_events() {
        let file = "T1\tSource 0 4\tIran\nT2\tCue 5 9\tsaid\nT3\tContent 10 12;14 18\tit left\nT4\tAttribution 5 9\tsaid\n\
                    E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\nE2\tAttribution-no-source:T4 Cue:T2 Content:T3\n\
                    E3\tAttribution:T4 Cue:T2\n#1\tNote T1\thm\n";
        let found = read_standoff(file).expect("the file is well formed");
        assert_eq!(found.len(), 2);
        assert_eq!(
            format!("{:?} {:?} {:?}", found[0].source, found[0].cue, found[0].content),
            "[0..4] [5..9] [10..12, 14..18]"
        );
        assert!(found[1].source.is_empty() && found[1].content == found[0].content);
        assert_eq!(read_standoff("E1\tAttribution:T1 Cue:T2\n").expect_err("there is no T2").line, 1);
        assert_eq!(read_standoff("\nT1\tCue 5\tsaid\n").expect_err("an end is missing").line, 2);
    }
}
