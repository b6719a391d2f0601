//! Attributions against annotated ones: who says it, the words that say so, and what is said.
//!
//! Gold is brat's standoff as PolNeAR has it: spans `Source`, `Cue` and `Content`, joined by events `Attribution` or
//! `Attribution-no-source`. An attribution without a cue or a content is passed over. All spans are compared as sets of the engine's
//! words; punctuation counts only in a span that holds nothing else. Attributions are paired one to one, those first whose cues
//! share most words; for links, those whose contents do.
//!
//! PolNeAR annotates no attribution inside the content of another: of "Reuters reported that officials said …" it has what Reuters
//! reported. So of ours only those are compared that stand in no other's content.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::{AddAssign, Range};

use polybius_coder::attributions;
use polybius_document::{Article, Document, Span, Token, TokenId, Upos};
use polybius_nlp::coref_score::Found;

use super::GoldAttribution;
use crate::Pipeline;

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
    /// Sources, cues and contents found exactly, each counted by itself.
    pub spans_exact: Found,
    /// Attributions of which cue, source and content are found exactly.
    pub all_exact: Found,
    /// Links of a source with a content of which a word of each is found in one attribution.
    pub link: Found,
    /// Links of which source and content are found exactly.
    pub link_exact: Found,
}

impl CueScores {
    /// Each measure with its name.
    pub fn measures(&self) -> [(&'static str, Found); 10] {
        [
            ("cue, a word", self.cue),
            ("cue, exact", self.cue_exact),
            ("source words", self.source),
            ("source, exact", self.source_exact),
            ("content words", self.content),
            ("content, exact", self.content_exact),
            ("each span", self.spans_exact),
            ("all three", self.all_exact),
            ("link, a word", self.link),
            ("link, exact", self.link_exact),
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
        self.spans_exact += other.spans_exact;
        self.all_exact += other.all_exact;
        self.link += other.link;
        self.link_exact += other.link_exact;
    }
}

/// The attributions that the coder finds in `text` against `gold`: the scores, and every difference.
pub fn score_cues(text: &str, gold: &[GoldAttribution], pipeline: &Pipeline) -> (CueScores, Vec<Difference>) {
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
        .filter(|found| found.within.is_none())
        .map(|found| Words {
            source: words(&document, &found.source),
            cue: words(&document, &found.cue),
            content: words(&document, &found.content),
        })
        .collect();
    let pairs = pairs(&gold, &system, &|one, other| one.cue.intersection(&other.cue).count());
    (compare(&gold, &system, &pairs), differences(&document, &gold, &system, &pairs))
}

/// An attribution that is not found as annotated, or found where none is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What is wrong.
    pub cause: Cause,
    /// `source | cue | content` as annotated, if there is one.
    pub gold: Option<String>,
    /// The same as found.
    pub found: Option<String>,
}

/// What is wrong with an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Nothing is found at its cue.
    Missed,
    /// The cue has other words, whatever the rest.
    Cue,
    /// The cue is right and the source has other words.
    Source,
    /// Cue and source are right and the content has other words.
    Content,
    /// None is annotated there.
    Invented,
}

impl Cause {
    /// Every cause with its name.
    pub const ALL: [(Cause, &'static str); 5] = [
        (Cause::Missed, "not found"),
        (Cause::Cue, "cue has other words"),
        (Cause::Source, "source has other words"),
        (Cause::Content, "content has other words"),
        (Cause::Invented, "none annotated"),
    ];
}

fn differences(document: &Document, gold: &[Words], system: &[Words], pairs: &[(usize, usize)]) -> Vec<Difference> {
    let text =
        |words: &BTreeSet<TokenId>| words.iter().map(|&word| document.token(word).text()).collect::<Vec<_>>().join(" ");
    let shown = |one: &Words| format!("{} | {} | {}", text(&one.source), text(&one.cue), text(&one.content));
    let mut found = Vec::new();
    for (index, one) in gold.iter().enumerate() {
        let Some(&(_, other)) = pairs.iter().find(|(g, _)| *g == index) else {
            found.push(Difference { cause: Cause::Missed, gold: Some(shown(one)), found: None });
            continue;
        };
        let other = &system[other];
        let cause = match () {
            () if one.cue != other.cue => Cause::Cue,
            () if one.source != other.source => Cause::Source,
            () if one.content != other.content => Cause::Content,
            () => continue,
        };
        found.push(Difference { cause, gold: Some(shown(one)), found: Some(shown(other)) });
    }
    for (index, other) in system.iter().enumerate() {
        if !pairs.iter().any(|(_, s)| *s == index) {
            found.push(Difference { cause: Cause::Invented, gold: None, found: Some(shown(other)) });
        }
    }
    found
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

fn compare(gold: &[Words], system: &[Words], pairs: &[(usize, usize)]) -> CueScores {
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
    let cue_exact = both(&|g, s| usize::from(g.cue == s.cue), &one);
    let source_exact = both(&same_source, &has_source);
    let content_exact = both(&|g, s| usize::from(g.content == s.content), &one);
    let mut spans_exact = cue_exact;
    spans_exact += source_exact;
    spans_exact += content_exact;
    CueScores {
        cue: both(&|_, _| 1, &one),
        cue_exact,
        source: both(&|g, s| g.source.intersection(&s.source).count(), &|words| words.source.len()),
        source_exact,
        content: both(&|g, s| g.content.intersection(&s.content).count(), &|words| words.content.len()),
        content_exact,
        spans_exact,
        all_exact: both(&all, &one),
        link: links(gold, system, &|g, s| g.source.intersection(&s.source).next().is_some()),
        link_exact: links(gold, system, &|g, s| g.source == s.source && g.content == s.content),
    }
}

/// Links of a source with a content, on either side and on both.
fn links(gold: &[Words], system: &[Words], same: &dyn Fn(&Words, &Words) -> bool) -> Found {
    let linked = |side: &[Words]| -> Vec<Words> { side.iter().filter(|one| !one.source.is_empty()).cloned().collect() };
    let (gold, system) = (linked(gold), linked(system));
    let shared = |g: &Words, s: &Words| if same(g, s) { g.content.intersection(&s.content).count() } else { 0 };
    Found::new(pairs(&gold, &system, &shared).len() as f64, gold.len() as f64, system.len() as f64)
}

/// Attributions that share most, one to one, gold first.
fn pairs(gold: &[Words], system: &[Words], shared: &dyn Fn(&Words, &Words) -> usize) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, one) in gold.iter().enumerate() {
        for (s, other) in system.iter().enumerate() {
            let n_shared = shared(one, other);
            if n_shared > 0 {
                candidates.push((Reverse(n_shared), g, s));
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
        let by_cue = |one: &Words, other: &Words| one.cue.intersection(&other.cue).count();
        let scores = compare(&gold, &system, &pairs(&gold, &system, &by_cue));
        assert_eq!(scores.cue, Found::new(2.0, 2.0, 3.0));
        assert_eq!(scores.cue_exact, Found::new(1.0, 2.0, 3.0));
        assert_eq!(scores.source, Found::new(1.0, 2.0, 3.0));
        assert_eq!(scores.source_exact, Found::new(0.0, 1.0, 3.0));
        assert_eq!(scores.content, Found::new(4.0, 4.0, 6.0));
        assert_eq!(scores.content_exact, Found::new(1.0, 2.0, 3.0));
        assert_eq!(scores.spans_exact, Found::new(2.0, 5.0, 9.0));
        assert_eq!(scores.all_exact, Found::new(0.0, 2.0, 3.0));
        assert_eq!(scores.link, Found::new(1.0, 1.0, 3.0));
        assert_eq!(scores.link_exact, Found::new(0.0, 1.0, 3.0));
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
        let by_cue = |one: &Words, other: &Words| one.cue.intersection(&other.cue).count();
        assert_eq!(pairs(&gold, &system, &by_cue), [(1, 0), (0, 1)]);
    }
}
