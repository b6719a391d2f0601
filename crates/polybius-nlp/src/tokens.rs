//! Words and marks, with exact places, by the conventions of the English UD treebanks.
//!
//! The text is scanned once from left to right. Contractions (`do|n't`), possessives (`Iran|'s`), hyphens (`Kim Jong|-|un`, but
//! `anti-government`), currency and per cent signs are split; abbreviations, initials, numbers, dates, clock times, addresses of
//! the web and of mail, and runs of one mark (`...`, `--`) are kept whole.

use unicode_normalization::char::is_combining_mark;

use crate::words::Words;

/// A token before it has a sentence: a byte range of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawToken {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// No token is longer than this many bytes; longer runs of letters are cut.
const LONGEST: usize = 512;
/// No web or mail address is longer than this many bytes.
const LONGEST_ADDRESS: usize = 2048;
/// No telephone number or date with hyphens is longer than this many bytes.
const LONGEST_NUMBER: usize = 16;

/// Every token of `text`, in order. Linear in the length of the text.
pub(crate) fn tokenise(text: &str, words: &Words) -> Vec<RawToken> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut start = None;
    for (at, c) in text.char_indices() {
        if is_gap(c) {
            if let Some(start) = start.take() {
                Chunk { text: &text[start..at], after: &text[at..], base: start, words, out: &mut out }.scan();
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(start) = start {
        Chunk { text: &text[start..], after: "", base: start, words, out: &mut out }.scan();
    }
    out
}

/// Whether the character stands between words and belongs to none: spaces, controls, marks of direction, zero-width spaces.
pub(crate) fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '\u{200c}' || !c.is_ascii() && is_combining_mark(c)
}

/// Joins pictures to one, such as a family.
const JOINER: char = '\u{200d}';

/// Pictures and other symbols outside ASCII that are no punctuation; a run of them is one token.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{e000}'..='\u{f8ff}')
}

/// A run of characters without a gap.
struct Chunk<'a> {
    text: &'a str,
    /// The text after it.
    after: &'a str,
    base: usize,
    words: &'a Words,
    out: &'a mut Vec<RawToken>,
}

impl Chunk<'_> {
    fn scan(&mut self) {
        let mut at = 0;
        while let Some(c) = self.text[at..].chars().next() {
            let rest = &self.text[at..];
            let end = at
                + if let Some(length) = address(rest, at == 0) {
                    length
                } else if is_word(c) {
                    let end = self.word_end(at);
                    self.word(at, end);
                    at = end;
                    continue;
                } else if let Some(length) = self.mark_with_word(rest, at) {
                    length
                } else if is_picture(c) {
                    let end = rest.char_indices().find(|&(at, c)| !is_picture(c) || at >= LONGEST && c != JOINER);
                    end.map_or(rest.len(), |(at, _)| at)
                } else {
                    run_of_marks(rest)
                };
            self.push(at, end);
            at = end;
        }
    }

    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            self.out.push(RawToken { start: self.base + start, end: self.base + end });
        }
    }

    /// Marks that take the letters or digits after them: `'s` apart from its word, `'90s`, `@name`, `#tag`, `:)`.
    fn mark_with_word(&self, rest: &str, at: usize) -> Option<usize> {
        const FACES: [&str; 16] =
            [":-)", ":-(", ";-)", ":)", ":(", ";)", ":D", ":P", ":-D", "=)", ":/", ":'(", "<3", "^_^", ":o", ":O"];
        let mut chars = rest.chars();
        let first = chars.next()?;
        let word_length = chars.as_str().find(|c| !is_word(c)).unwrap_or(chars.as_str().len());
        let length = first.len_utf8() + word_length;
        let word = &chars.as_str()[..word_length];
        let starts = at == 0;
        if is_apostrophe(first) && word_length > 0 {
            let year = word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 3;
            let clitic = self.words.clitics.contains(format!("'{}", word.to_ascii_lowercase()).as_str());
            return (year || clitic && (starts || is_clitic_of_all(word))).then_some(length);
        }
        let opened = starts || self.text[..at].ends_with(['“', '‘', '"', '(', '[', '«']);
        if matches!(first, '@' | '#') && opened && word.starts_with(|c: char| c.is_alphabetic()) {
            return Some(length);
        }
        if first == '+' && starts && word.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(length);
        }
        if starts && (rest.len() <= 4) {
            return FACES.iter().find(|face| **face == rest).map(|face| face.len());
        }
        None
    }

    /// Where the word that begins at `start` ends.
    fn word_end(&self, start: usize) -> usize {
        let text = self.text;
        // Where the part since the last hyphen began.
        let mut part = start;
        let mut previous = ' ';
        let mut chars = text[start..].char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let at = start + offset;
            if at - start >= LONGEST {
                return at;
            }
            if is_word(c) {
                previous = c;
                continue;
            }
            let next = chars.peek().map(|&(_, next)| next).unwrap_or(' ');
            let goes_on = match c {
                c if is_apostrophe(c) => next.is_alphanumeric(),
                '.' if next.is_ascii_digit() && previous.is_ascii_digit() => true,
                '.' if is_word(next) => !self.joins_sentences(part, at),
                '.' => {
                    if self.is_abbreviation(&text[part..at], &text[at + 1..]) {
                        previous = '.';
                        continue;
                    }
                    false
                }
                ',' => previous.is_ascii_digit() && has_three_digits(&text[at + 1..]),
                ':' => previous.is_ascii_digit() && next.is_ascii_digit(),
                '/' => previous.is_ascii_digit() && next.is_ascii_digit() || at - part == 1 && next.is_alphabetic(),
                '&' => previous.is_uppercase() && next.is_uppercase(),
                '-' => {
                    let kept = self.keeps_hyphen(start, part, at, next);
                    if kept {
                        part = at + 1;
                    }
                    kept
                }
                '$' => return if next.is_ascii_digit() || next == ' ' { at + 1 } else { at },
                _ => false,
            };
            if !goes_on {
                return at;
            }
            previous = c;
        }
        text.len()
    }

    /// Whether the stop at `at` ends a sentence though no space follows: `the end.Then`.
    fn joins_sentences(&self, part: usize, at: usize) -> bool {
        let before = &self.text[part..at];
        let after = &self.text[at + 1..];
        let mut following = after.chars();
        let capital =
            following.next().is_some_and(char::is_uppercase) && following.next().is_some_and(char::is_lowercase);
        capital && before.chars().count() > 2 && before.chars().all(char::is_lowercase)
    }

    fn is_abbreviation(&self, before: &str, after: &str) -> bool {
        if before.is_empty() || before.len() > 12 {
            return false;
        }
        let word = before.rsplit(is_apostrophe).next().unwrap_or(before);
        let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2 && is_letters(part));
        if self.words.before_numbers.contains(word) && !self.words.before_names.contains(word) {
            let next = || self.after.chars().find(|&c| !is_gap(c));
            return after.is_empty() && next().is_some_and(|c| c.is_ascii_digit());
        }
        initial && !after.starts_with('.')
            || dotted
            || self.words.before_names.contains(word)
            || self.words.abbreviations.contains(word) && word.chars().count() > 1
            || self.words.before_names.contains(capitalised(word).as_str())
    }

    /// Whether the hyphen at `at` stays inside the word that began at `start`.
    fn keeps_hyphen(&self, start: usize, part: usize, at: usize, next: char) -> bool {
        let before = &self.text[part..at];
        if next.is_alphabetic() {
            // The "e" of "Jama'at-e-Islami" is none.
            let first = part == start && !self.text[..start].ends_with('-');
            return first && self.words.prefixes.contains(before.to_ascii_lowercase().as_str());
        }
        if next.is_ascii_digit() && before.bytes().all(|byte| byte.is_ascii_digit()) {
            let digits = |byte: &u8| byte.is_ascii_digit() || *byte == b'-';
            let length = self.text[start..].bytes().take(LONGEST_NUMBER + 1).take_while(digits).count();
            return length <= LONGEST_NUMBER && is_number_with_hyphens(&self.text[start..start + length]);
        }
        false
    }

    /// Pushes a word, split at clitics, contractions and units.
    fn word(&mut self, start: usize, mut end: usize) {
        let mut clitics = Vec::new();
        while let Some(length) = clitic(&self.text[start..end]) {
            clitics.push((end - length, end));
            end -= length;
        }
        let word = &self.text[start..end];
        let split =
            if word.len() <= 9 { self.words.contractions.get(&word.to_ascii_lowercase()).copied() } else { None };
        if let Some(first) = split.or_else(|| self.unit(word)) {
            self.push(start, start + first);
            self.push(start + first, end);
        } else {
            self.push(start, end);
        }
        for (start, end) in clitics.into_iter().rev() {
            self.push(start, end);
        }
    }

    /// Where the number ends and the unit begins in `10km`.
    fn unit(&self, word: &str) -> Option<usize> {
        let digits = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | ':'))?;
        let unit = word[digits..].trim_end_matches('.');
        (digits > 0 && unit.len() <= 4 && self.words.units.contains(unit.to_ascii_lowercase().as_str()))
            .then_some(digits)
    }
}

/// `GEN` as `Gen`; a word with small letters as it is.
fn capitalised(word: &str) -> String {
    let small = word.char_indices().map(|(at, c)| if at == 0 { c } else { c.to_ascii_lowercase() });
    if word.chars().any(char::is_lowercase) { word.to_owned() } else { small.collect() }
}

fn is_letters(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphabetic)
}

/// Clitics that are their own token wherever an apostrophe introduces them.
fn is_clitic_of_all(word: &str) -> bool {
    matches!(word, "s" | "re" | "ve" | "ll" | "d" | "m" | "S")
}

/// The length of the clitic at the end of `word`.
fn clitic(word: &str) -> Option<usize> {
    let (mark, _) = word.char_indices().rev().take(4).find(|&(_, c)| is_apostrophe(c))?;
    let tail = word[mark..].trim_start_matches(is_apostrophe).to_ascii_lowercase();
    let start = match tail.as_str() {
        "t" => {
            let n = word[..mark].char_indices().next_back()?;
            if !matches!(n.1, 'n' | 'N') {
                return None;
            }
            n.0
        }
        // "Sa'd" is a name, "He'd" is not.
        "d" | "m" if is_name(&word[..mark]) => return None,
        "s" | "re" | "ve" | "ll" | "d" | "m" => mark,
        _ => return None,
    };
    (start > 0).then_some(word.len() - start)
}

/// Whether the word begins with a capital, goes on in small letters, and is no pronoun or the like.
fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    capital
        && !matches!(
            word,
            "He" | "She" | "It" | "We" | "They" | "You" | "Who" | "That" | "There" | "This" | "What" | "How"
        )
        && !matches!(word, "Why" | "Where" | "When" | "Which")
}

fn has_three_digits(text: &str) -> bool {
    let n = text.bytes().take_while(u8::is_ascii_digit).take(4).count();
    n == 3
}

/// Telephone numbers and dates such as `2024-10-11`.
fn is_number_with_hyphens(text: &str) -> bool {
    let mut lengths = [0usize; 5];
    let mut n = 0;
    for group in text.split('-') {
        if n == lengths.len() {
            return false;
        }
        lengths[n] = group.len();
        n += 1;
    }
    matches!(
        &lengths[..n],
        [3, 4]
            | [3, 3, 4]
            | [1, 3, 3, 4]
            | [4, 2, 2]
            | [2, 2, 4]
            | [2, 2, 2]
            | [1, 2, 2]
            | [1, 1, 2]
            | [1, 2, 4]
            | [1, 1, 4]
    )
}

/// The length of a web or mail address at the start of `text`.
fn address(text: &str, starts: bool) -> Option<usize> {
    let lower: String = text.chars().take(8).collect::<String>().to_ascii_lowercase();
    let web = ["http://", "https://", "www.", "ftp://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    if !web && !starts {
        return None;
    }
    let end =
        text.char_indices().find(|&(at, c)| at >= LONGEST_ADDRESS || matches!(c, '<' | '>' | '"' | '”' | '“' | '|'));
    let body = &text[..end.map_or(text.len(), |(at, _)| at)];
    let mail = starts && {
        let body = body.trim_end_matches(|c: char| !c.is_alphanumeric());
        body.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && host.contains('.')
                && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
                && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '%'))
        })
    };
    if !web && !mail {
        return None;
    }
    let mut body = body.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '…']);
    // A bracket that closes nothing in the address stands around it.
    let mut n_too_many = body.matches(')').count().saturating_sub(body.matches('(').count());
    while n_too_many > 0 && body.ends_with(')') {
        body = body[..body.len() - 1].trim_end_matches(['.', ',']);
        n_too_many -= 1;
    }
    (body.len() > 4).then_some(body.len())
}

/// The length of the token of marks at the start of `text`: a run of one mark that is written in runs, or one character.
fn run_of_marks(text: &str) -> usize {
    let Some(first) = text.chars().next() else { return 0 };
    let same = |c: char| match first {
        '!' | '?' => matches!(c, '!' | '?'),
        '.' | '-' | '*' | '=' | '~' | '#' | '<' | '>' | '+' | '_' | '—' | '–' | '…' => c == first,
        '\'' | '`' | '’' => false,
        _ => false,
    };
    if text.starts_with("''") || text.starts_with("``") {
        return 2;
    }
    let first_length = first.len_utf8();
    let length = text[first_length..].char_indices().take(LONGEST).find(|&(_, c)| !same(c)).map(|(at, _)| at);
    let run = length.unwrap_or_else(|| text[first_length..].chars().take(LONGEST).map(char::len_utf8).sum());
    // Marks of combination belong to what they stand on.
    let after = &text[first_length + run..];
    let marks: usize =
        after.chars().take(8).take_while(|&c| !c.is_ascii() && is_combining_mark(c)).map(char::len_utf8).sum();
    first_length + run + marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let words = Words::parse(include_str!("../../../models/words.txt")).expect("the list is well formed");
        let tokens: Vec<&str> = tokenise(text, &words).iter().map(|token| &text[token.start..token.end]).collect();
        assert_eq!(tokens.join(" "), expected, "tokens of {text:?}");
    }

    #[test]
    fn splits_as_the_treebanks_do() {
        check("I don't think Iran's won’t.", "I do n't think Iran 's wo n’t .");
        check("He cannot; we're gonna.", "He can not ; we 're gon na .");
        check("anti-government and well-known", "anti-government and well - known");
        check("Kim Jong-un, al-Assad", "Kim Jong - un , al - Assad");
        check("$5.2bn, 10%, US$5 and 10,000 at 5:30pm", "$ 5.2 bn , 10 % , US$ 5 and 10,000 at 5:30 pm");
        check("the U.S.-led coalition", "the U.S. - led coalition");
        check("Mr. J. K. Smith of Acme Inc. left.", "Mr. J. K. Smith of Acme Inc. left .");
        check("“We’re ready,” he said…", "“ We ’re ready , ” he said …");
        check("(AP) -- Wait...", "( AP ) -- Wait ...");
        check("see https://a.org/b?c=d. Or me@x.org!", "see https://a.org/b?c=d . Or me@x.org !");
        check("O'Brien and Shi'ite and students' rights", "O'Brien and Shi'ite and students ' rights");
        check("AT&T and/or 9/11 in the '90s", "AT&T and / or 9/11 in the '90s");
        check("on 2024-10-11 or 1990-1995", "on 2024-10-11 or 1990 - 1995");
        check("It ended.Then", "It ended . Then");
        check("MOSCOW, Oct 11 (Reuters) - Russia", "MOSCOW , Oct 11 ( Reuters ) - Russia");
        check("No. No. 5", "No . No. 5");
        check("\u{200f}شرح\u{200b}x 👨‍👩‍👧!!", "شرح x 👨‍👩‍👧 !!");
    }
}
