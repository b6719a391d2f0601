//! Where sentences end: at stops, at blank lines, at line ends that are not hard wraps.

use std::ops::Range;

use crate::tokens::{RawToken, is_apostrophe};
use crate::words::Words;

/// A sentence never has more words than this; a longer one is cut at its best mark.
pub(crate) const LONGEST: usize = 120;
/// A sentence does not go on over a gap of more bytes than this.
const LONGEST_GAP: usize = 500;

/// The sentences of `text` as ranges of `tokens`. Linear in the length of the text.
pub(crate) fn split(text: &str, tokens: &[RawToken], words: &Words) -> Vec<Range<usize>> {
    let splitter = Splitter { text, tokens, words, breaks: breaks(text, tokens) };
    let mut out = Vec::new();
    let mut start = 0;
    let mut dateline = splitter.dateline(0);
    for index in 1..=tokens.len() {
        let breaks = index < tokens.len() && splitter.breaks[index];
        let ends = index == tokens.len()
            || breaks
            || dateline == Some(index)
            || dateline.is_none() && splitter.stops(start, index);
        if ends {
            splitter.push_cut(start..index, &mut out);
            start = index;
            dateline = if breaks { splitter.dateline(start) } else { None };
        }
    }
    out
}

/// Before which tokens a line break or a wide gap ends a sentence, whatever the words.
fn breaks(text: &str, tokens: &[RawToken]) -> Vec<bool> {
    let lines = Lines::of(text);
    let mut line = 0;
    let mut breaks = vec![false; tokens.len()];
    for (pair, breaks) in tokens.windows(2).zip(breaks.iter_mut().skip(1)) {
        let gap = pair[0].end..pair[1].start;
        *breaks = gap.len() > LONGEST_GAP || lines.breaks(gap, &mut line);
    }
    breaks
}

struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [RawToken],
    words: &'a Words,
    breaks: Vec<bool>,
}

impl Splitter<'_> {
    fn word(&self, index: usize) -> &str {
        &self.text[self.tokens[index].start..self.tokens[index].end]
    }

    /// At most `n` tokens from `start` on, to the end of their paragraph.
    fn ahead(&self, start: usize, n: usize) -> Range<usize> {
        let end = self.tokens.len().min(start + n);
        start..(start + 1..end).find(|&index| self.breaks[index]).unwrap_or(end)
    }

    fn is_glued(&self, index: usize) -> bool {
        index > 0 && self.tokens[index - 1].end == self.tokens[index].start
    }

    /// Whether the sentence that began at `start` ends before `next`, by what stands there.
    fn stops(&self, start: usize, next: usize) -> bool {
        let mut last = next - 1;
        let mut quoted = false;
        // Closing quotes and brackets after the stop belong to the sentence.
        while last > start && next - last < 8 && self.is_glued(last) && is_closer(self.word(last)) {
            quoted |= !matches!(self.word(last), ")" | "]");
            last -= 1;
        }
        let stop = self.word(last);
        let glued = self.is_glued(next);
        let following = self.word(next);
        if glued && (is_closer(following) || !following.starts_with(char::is_uppercase)) {
            return false;
        }
        let Some(kind) = stop_kind(stop) else { return self.after_abbreviation(start, last, next, quoted) };
        let Some(first) = self.first_word(next) else {
            // Only marks follow: `." —` goes on unless they begin on their own after a full stop.
            return kind == Stop::Full && !quoted && !glued && !is_dash(following);
        };
        let first = self.word(first);
        let lower = first.starts_with(char::is_lowercase);
        match kind {
            Stop::Full if lower => {
                !quoted && last > start && self.word(last - 1).chars().count() >= 3 && last == next - 1
            }
            // "1. Troops fled": the number of an item.
            Stop::Full => !(last == start + 1 && last == next - 1 && is_short_number(self.word(start))),
            Stop::Ellipsis => !lower && !first.starts_with(|c: char| c.is_ascii_digit()),
            Stop::Mark if lower => {
                let name = last > start + 1 && self.word(last - 1).starts_with(char::is_uppercase);
                !quoted && !name && last == next - 1
            }
            Stop::Mark => !(quoted && self.is_speech(next)),
        }
    }

    /// A stop that is part of an abbreviation.
    fn after_abbreviation(&self, start: usize, last: usize, next: usize, quoted: bool) -> bool {
        let stop = self.word(last);
        let Some(body) = stop.strip_suffix('.') else { return false };
        if self.is_glued(next) || self.words.before_names.contains(body) {
            return false;
        }
        if quoted {
            return self.word(next).starts_with(char::is_uppercase);
        }
        let initial = body.chars().count() == 1;
        if initial && last > start && self.word(last - 1).starts_with(char::is_uppercase) {
            return false;
        }
        let opened = is_opening_quote(self.word(next));
        let Some(first) = self.first_word(next) else { return false };
        let first = self.word(first);
        if !first.starts_with(char::is_uppercase) || initial && !opened {
            return false;
        }
        opened || self.words.sentence_starters.contains(first.to_lowercase().as_str())
    }

    /// The first token from `next` on that has a letter or digit, within a few marks.
    fn first_word(&self, next: usize) -> Option<usize> {
        self.ahead(next, 4).find(|&index| self.word(index).starts_with(char::is_alphanumeric))
    }

    /// Whether `Name said` or `he asked` begins at `next`.
    fn is_speech(&self, next: usize) -> bool {
        self.ahead(next, 5)
            .skip(1)
            .take_while(|&index| index == next + 1 || !is_closer(self.word(index)))
            .any(|index| self.words.speech_verbs.contains(self.word(index)))
    }

    /// Where the dateline ends that begins a paragraph at `start`, such as `MOSCOW, Oct 11 (Reuters) -`: it is a sentence of its
    /// own, for it is no part of the clause after it.
    fn dateline(&self, start: usize) -> Option<usize> {
        let dash = self.ahead(start, 16).skip(1).find(|&index| is_dash(self.word(index)))?;
        // "(EFE).-" closes with a stop of its own.
        let last = if self.word(dash - 1) == "." && self.is_glued(dash) { dash - 1 } else { dash };
        let apart = (last < dash || !self.is_glued(dash)) && dash + 1 < self.tokens.len() && !self.is_glued(dash + 1);
        let small = |index: usize| self.word(index).starts_with(char::is_lowercase);
        let stops =
            |index: usize| stop_kind(self.word(index)).is_some() || matches!(self.word(index), ":" | ";" | "\"" | "“");
        if !apart || last == start || (start..last).any(|index| small(index) || stops(index)) {
            return None;
        }
        let capitals = |index: usize| self.word(index).chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
        let place = capitals(start) && self.word(start).chars().filter(|c| c.is_alphabetic()).count() > 3;
        let agency = self.word(last - 1) == ")";
        let source = (start + 1..last).any(|index| matches!(self.word(index), "," | "("));
        (agency || place && (source || (start..last).all(capitals))).then_some(dash + 1)
    }

    /// Adds a sentence, cut into pieces of bearable length.
    fn push_cut(&self, mut range: Range<usize>, out: &mut Vec<Range<usize>>) {
        while range.len() > LONGEST {
            let window = range.start + LONGEST / 2..range.start + LONGEST;
            let at = |marks: &[&str]| window.clone().rev().find(|&index| marks.contains(&self.word(index)));
            let cut = at(&[".", ";", "!", "?"])
                .or_else(|| at(&[",", ":", "-", "—", "–"]))
                .map_or(window.end, |index| index + 1);
            out.push(range.start..cut);
            range.start = cut;
        }
        if !range.is_empty() {
            out.push(range);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    Full,
    Ellipsis,
    Mark,
}

fn stop_kind(word: &str) -> Option<Stop> {
    match word {
        "." | "。" => Some(Stop::Full),
        word if word.starts_with("..") || word == "…" => Some(Stop::Ellipsis),
        word if word.starts_with(['!', '?']) => Some(Stop::Mark),
        _ => None,
    }
}

fn is_closer(word: &str) -> bool {
    matches!(word, ")" | "]" | "}" | "”" | "»" | "\"" | "''") || word.chars().all(|c| is_apostrophe(c) && c != '‘')
}

fn is_opening_quote(word: &str) -> bool {
    matches!(word, "“" | "„" | "«" | "``" | "‘" | "\"")
}

fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "--" | "—" | "–")
}

fn is_short_number(word: &str) -> bool {
    word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The lines of the text, each with whether a new paragraph begins after it.
struct Lines {
    /// Where each line's break stands, and whether it ends a sentence.
    ends: Vec<(usize, bool)>,
}

impl Lines {
    fn of(text: &str) -> Lines {
        let lines: Vec<Line> = Line::all(text);
        let mut ends: Vec<(usize, bool)> = lines.iter().map(|line| (line.end, true)).collect();
        // A block is a run of lines with no blank line and no indented first line inside.
        let mut start = 0;
        while start < lines.len() {
            let mut stop = start + 1;
            while stop < lines.len() && lines[stop].continues(&lines[stop - 1]) {
                stop += 1;
            }
            let block = &lines[start..stop];
            let wrapped = is_hard_wrapped(block);
            for (offset, pair) in block.windows(2).enumerate() {
                ends[start + offset].1 = !(wrapped || pair[1].starts_lower);
            }
            start = stop;
        }
        Lines { ends }
    }

    /// Whether a line break that ends a sentence falls in `gap`; `line` remembers how far the lines are behind.
    fn breaks(&self, gap: Range<usize>, line: &mut usize) -> bool {
        let mut found = false;
        while let Some(&(end, ends)) = self.ends.get(*line) {
            if end >= gap.end {
                break;
            }
            found |= end >= gap.start && ends;
            *line += 1;
        }
        found
    }
}

/// What decides whether a line goes on in the next.
struct Line {
    end: usize,
    indent: usize,
    length: usize,
    first_word: usize,
    blank: bool,
    starts_lower: bool,
    starts_bullet: bool,
}

impl Line {
    fn all(text: &str) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive(['\n', '\u{2028}', '\u{2029}', '\u{85}']) {
            let content = line.trim_end();
            let body = content.trim_start();
            let first = body.chars().next();
            let line_end = start + line.len();
            // One blank line ends a paragraph as well as a thousand.
            if body.is_empty() && lines.last().is_some_and(|line: &Line| line.blank) {
                start = line_end;
                continue;
            }
            lines.push(Line {
                end: start + line.len() - line.chars().next_back().map_or(1, char::len_utf8).min(line.len()),
                indent: content.len() - body.len(),
                length: content.chars().count(),
                first_word: body.find(char::is_whitespace).unwrap_or(body.len()),
                blank: body.is_empty(),
                starts_lower: first.is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';' | ')')),
                starts_bullet: first.is_some_and(|c| matches!(c, '-' | '*' | '•' | '·' | '–' | '—' | '▪' | '►')),
            });
            start = line_end;
        }
        lines
    }

    fn continues(&self, previous: &Line) -> bool {
        !self.blank && !previous.blank && !self.starts_bullet && self.indent < previous.indent + 2
    }
}

/// Whether a block of lines was broken to a fixed width: no line but the last had room for the next line's first word.
fn is_hard_wrapped(block: &[Line]) -> bool {
    let width = block.iter().map(|line| line.length).max().unwrap_or(0);
    if !(40..=100).contains(&width) || block.len() < 3 {
        return false;
    }
    let full = block.windows(2).filter(|pair| pair[0].length + 1 + pair[1].first_word + 2 > width).count();
    full * 10 >= (block.len() - 1) * 9
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokenise;

    fn check(text: &str, expected: &[&str]) {
        let words = Words::parse(include_str!("../../../models/words.txt")).expect("the list is well formed");
        let tokens = tokenise(text, &words);
        let found: Vec<&str> = split(text, &tokens, &words)
            .into_iter()
            .map(|range| &text[tokens[range.start].start..tokens[range.end - 1].end])
            .collect();
        assert_eq!(found, expected, "sentences of {text:?}");
    }

    #[test]
    fn ends_sentences_at_stops_only() {
        check("Mr. Smith left. He was ill.", &["Mr. Smith left.", "He was ill."]);
        check("The U.S. Army left. The U.S. It said so.", &["The U.S. Army left.", "The U.S.", "It said so."]);
        check("a new “world order.” Then he left.", &["a new “world order.”", "Then he left."]);
        check("\"Why?\" he asked. \"Why not?\" Putin said.", &["\"Why?\" he asked.", "\"Why not?\" Putin said."]);
        check("“Go!” “No.” He went (home.) Then", &["“Go!”", "“No.”", "He went (home.)", "Then"]);
        check("On Oct. 11 J. K. Smith met Lt. Gen. Lee.", &["On Oct. 11 J. K. Smith met Lt. Gen. Lee."]);
        check("It cost 3.5 million. 20 died.", &["It cost 3.5 million.", "20 died."]);
        check("He waited ... and left. Wait... What?", &["He waited ... and left.", "Wait...", "What?"]);
        check("MOSCOW, Oct. 11 (Reuters) - Russia said no.", &["MOSCOW, Oct. 11 (Reuters) -", "Russia said no."]);
        check("It was.\nMANDERA, Kenya – Fighters left.", &["It was.", "MANDERA, Kenya –", "Fighters left."]);
        check("Geneva (AP) — Talks failed.", &["Geneva (AP) —", "Talks failed."]);
        check("US – Russia talks fail", &["US – Russia talks fail"]);
        check("Iran - which left - said no.", &["Iran - which left - said no."]);
    }

    #[test]
    fn reads_lines() {
        check("Big headline\nA sentence here\n\nAnother", &["Big headline", "A sentence here", "Another"]);
        check("It was broken\nin two.", &["It was broken\nin two."]);
        let wrapped = "The president of the large country told reporters that he visited\n\
                       New York and that the talks with the other side were long and also\n\
                       Difficult to end.";
        check(wrapped, &[wrapped]);
        check("- One\n- Two", &["- One", "- Two"]);
    }

    #[test]
    fn cuts_what_is_too_long() {
        let text = "word ".repeat(1000);
        let words = Words::parse("").expect("nothing is well formed");
        let tokens = tokenise(&text, &words);
        let sentences = split(&text, &tokens, &words);
        assert!(sentences.iter().all(|sentence| sentence.len() <= LONGEST));
        assert_eq!(sentences.iter().map(|sentence| sentence.len()).sum::<usize>(), 1000);
    }
}
