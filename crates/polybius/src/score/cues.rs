//! Attributions against annotated ones: who says it, the words that say so, and what is said.
//!
//! Gold is brat's standoff as PolNeAR has it: spans `Source`, `Cue` and `Content`, joined by events `Attribution` or
//! `Attribution-no-source`. An attribution without a cue or a content is passed over. All spans are compared as sets of the engine's
//! words; punctuation counts only in a span that holds nothing else. Attributions are paired one to one, those first whose cues
//! share most words.

use std::collections::{BTreeSet, HashMap};
use std::ops::{AddAssign, Range};

use polybius_coder::attributions;
use polybius_document::{Article, Document, Span, Token, TokenId, Upos};
use polybius_nlp::coref_score::Found;
use thiserror::Error;

use crate::Pipeline;

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

/// The scores of one text, or the sums of several.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CueScores {
    /// Cues of which a word is found.
    pub cue: Found,
    /// Cues found exactly.
    pub cue_exact: Found,
    /// Words of sources, in paired attributions.
    pub source: Found,
    /// Sources found exactly.
    pub source_exact: Found,
    /// Words of contents, in paired attributions.
    pub content: Found,
    /// Contents found exactly.
    pub content_exact: Found,
    /// Attributions of which cue, source and content are found exactly.
    pub all_exact: Found,
}

impl CueScores {
    /// Each measure with its name.
    pub fn measures(&self) -> [(&'static str, Found); 7] {
        [
            ("cue, a word", self.cue),
            ("cue, exact", self.cue_exact),
            ("source words", self.source),
            ("source, exact", self.source_exact),
            ("content words", self.content),
            ("content, exact", self.content_exact),
            ("all three", self.all_exact),
        ]
    }
}

impl AddAssign for CueScores {
    fn add_assign(&mut self, other: CueScores) {
        self.cue += other.cue;
        self.cue_exact += other.cue_exact;
        self.source += other.source;
        self.source_exact += other.source_exact;
        self.content += other.content;
        self.content_exact += other.content_exact;
        self.all_exact += other.all_exact;
    }
}

/// The attributions that the coder finds in `text` against `gold`.
pub fn score_cues(text: &str, gold: &[GoldAttribution], pipeline: &Pipeline) -> CueScores {
    let document = pipeline.annotate(Article::from_text("text", text));
    let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let byte = |point: usize| bytes[point.min(bytes.len() - 1)] as u32;
    let annotated = |spans: &[Range<usize>]| {
        let spans = spans.iter().filter(|span| span.start <= span.end);
        words(&document, &spans.map(|span| Span::new(byte(span.start), byte(span.end))).collect::<Vec<_>>())
    };
    let gold: Vec<Words> = gold
        .iter()
        .map(|gold| Words {
            source: annotated(&gold.source),
            cue: annotated(&gold.cue),
            content: annotated(&gold.content),
        })
        .collect();
    let system: Vec<Words> = attributions(&document, &pipeline.codebook)
        .iter()
        .map(|found| Words {
            source: words(&document, &[found.attribution.speaker.span]),
            cue: words(&document, &[found.attribution.cue]),
            content: words(&document, &found.content),
        })
        .collect();
    compare(&gold, &system)
}

/// The words that the spans touch; punctuation only where there is nothing else, as in a cue that is a colon.
fn words(document: &Document, spans: &[Span]) -> BTreeSet<TokenId> {
    let all = document.tokens(TokenId(0)..TokenId::from(document.n_tokens()));
    let touched = all.filter(|token| spans.iter().any(|span| token.span().overlaps(*span)));
    let (marks, words): (Vec<Token<'_>>, Vec<Token<'_>>) = touched.partition(|token| token.upos() == Upos::Punct);
    let kept = if words.is_empty() { marks } else { words };
    kept.into_iter().map(|token| token.id).collect()
}

/// An attribution as words.
#[derive(Debug, Clone, Default)]
struct Words {
    source: BTreeSet<TokenId>,
    cue: BTreeSet<TokenId>,
    content: BTreeSet<TokenId>,
}

fn compare(gold: &[Words], system: &[Words]) -> CueScores {
    let pairs = pairs(gold, system);
    let count = |right: &dyn Fn(&Words, &Words) -> usize| -> f64 {
        pairs.iter().map(|&(g, s)| right(&gold[g], &system[s])).sum::<usize>() as f64
    };
    let both = |right: &dyn Fn(&Words, &Words) -> usize, size: &dyn Fn(&Words) -> usize| {
        let sum = |side: &[Words]| side.iter().map(size).sum::<usize>() as f64;
        Found::new(count(right), sum(gold), sum(system))
    };
    let one = |_: &Words| 1;
    let has_source = |words: &Words| usize::from(!words.source.is_empty());
    let same_source = |g: &Words, s: &Words| usize::from(!g.source.is_empty() && g.source == s.source);
    let all = |g: &Words, s: &Words| usize::from(g.cue == s.cue && g.source == s.source && g.content == s.content);
    CueScores {
        cue: both(&|_, _| 1, &one),
        cue_exact: both(&|g, s| usize::from(g.cue == s.cue), &one),
        source: both(&|g, s| g.source.intersection(&s.source).count(), &|words| words.source.len()),
        source_exact: both(&same_source, &has_source),
        content: both(&|g, s| g.content.intersection(&s.content).count(), &|words| words.content.len()),
        content_exact: both(&|g, s| usize::from(g.content == s.content), &one),
        all_exact: both(&all, &one),
    }
}

/// Attributions whose cues share a word, one to one, gold first.
fn pairs(gold: &[Words], system: &[Words]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, one) in gold.iter().enumerate() {
        for (s, other) in system.iter().enumerate() {
            let n_shared = one.cue.intersection(&other.cue).count();
            if n_shared > 0 {
                candidates.push((std::cmp::Reverse(n_shared), g, s));
            }
        }
    }
    candidates.sort_unstable();
    let (mut used_gold, mut used_system) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, g, s) in candidates {
        if !used_gold.contains(&g) && !used_system.contains(&s) {
            used_gold.insert(g);
            used_system.insert(s);
            pairs.push((g, s));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(words: &[u32]) -> BTreeSet<TokenId> {
        words.iter().copied().map(TokenId).collect()
    }

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

    #[test]
    fn counts_words_and_spans() {
        let gold = [
            Words { source: set(&[0, 1]), cue: set(&[2]), content: set(&[3, 4, 5]) },
            Words { source: set(&[]), cue: set(&[9, 10]), content: set(&[11]) },
        ];
        let system = [
            Words { source: set(&[1]), cue: set(&[2]), content: set(&[3, 4, 5]) },
            Words { source: set(&[8]), cue: set(&[10]), content: set(&[11, 12]) },
            Words { source: set(&[20]), cue: set(&[21]), content: set(&[22]) },
        ];
        let scores = compare(&gold, &system);
        assert_eq!(scores.cue, Found::new(2.0, 2.0, 3.0));
        assert_eq!(scores.cue_exact, Found::new(1.0, 2.0, 3.0));
        assert_eq!(scores.source, Found::new(1.0, 2.0, 3.0));
        assert_eq!(scores.source_exact, Found::new(0.0, 1.0, 3.0));
        assert_eq!(scores.content, Found::new(4.0, 4.0, 6.0));
        assert_eq!(scores.content_exact, Found::new(1.0, 2.0, 3.0));
        assert_eq!(scores.all_exact, Found::new(0.0, 2.0, 3.0));
    }

    #[test]
    fn a_mark_counts_where_it_is_all() {
        let tree = "1\tIran\t_\tPROPN\t_\t_\t0\troot\t_\tSpaceAfter=No\n2\t:\t_\tPUNCT\t_\t_\t1\tpunct\t_\t_\n\
                    3\tNo\t_\tINTJ\t_\t_\t1\tparataxis\t_\t_\n";
        let document = polybius_document::from_conllu("a", tree).expect("the tree is one");
        assert_eq!(words(&document, &[Span::new(4, 5)]), set(&[1]));
        assert_eq!(words(&document, &[Span::new(0, 2), Span::new(4, 8)]), set(&[0, 2]));
    }

    #[test]
    fn pairs_the_cues_that_share_most() {
        let words = |cue: &[u32]| Words { cue: set(cue), ..Words::default() };
        let (gold, system) = ([words(&[1]), words(&[1, 2])], [words(&[1, 2]), words(&[1])]);
        assert_eq!(pairs(&gold, &system), [(1, 0), (0, 1)]);
    }
}
