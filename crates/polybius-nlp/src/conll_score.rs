//! Scores a system's CoNLL-U against gold, from raw text, as the CoNLL 2018 shared task did.
//!
//! Words are aligned by the characters they cover; inside a multiword token, by the longest common subsequence of their forms. A
//! column's F1 is over all words of both sides. UAS and LAS need the head's word to be the aligned one; LAS compares universal
//! relations without subtypes, as the official evaluator does, and UFeats the universal features only.

use std::collections::HashMap;

/// F1 of each column, 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Scores {
    /// Tokens with the right boundaries.
    pub tokens: f64,
    /// Sentences with the right boundaries.
    pub sentences: f64,
    /// Words with the right boundaries.
    pub words: f64,
    /// Universal part of speech.
    pub upos: f64,
    /// Penn tag.
    pub xpos: f64,
    /// Universal features.
    pub ufeats: f64,
    /// Lemma.
    pub lemma: f64,
    /// Head.
    pub uas: f64,
    /// Head and universal relation.
    pub las: f64,
    /// Head and full relation, with its subtype; not an official figure.
    pub las_subtypes: f64,
}

/// What is wrong with CoNLL-U that was to be scored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    /// A line cannot be read.
    #[error("line {line} of the {side} file is not CoNLL-U")]
    Line {
        /// `gold` or `system`.
        side: &'static str,
        /// The line, counted from 1.
        line: usize,
    },
    /// The two are not of the same text.
    #[error("the two files differ in their text, first near {near:?}")]
    Text {
        /// The text of the gold file at the first difference.
        near: String,
    },
    /// A mention is closed that is not open.
    #[error("line {line} of the gold file closes a mention that is not open")]
    Bracket {
        /// The line, counted from 1.
        line: usize,
    },
}

/// The score of `system` against `gold`, two CoNLL-U texts over the same characters.
pub fn score(gold: &str, system: &str) -> Result<Scores, ScoreError> {
    let (gold, system) = sides(gold, system)?;
    let pairs = align(&gold, &system);
    let aligned: HashMap<usize, usize> = pairs.iter().map(|&(g, s)| (s, g)).collect();
    let f1 = |right: usize, g: usize, s: usize| if g + s == 0 { 0.0 } else { 2.0 * right as f64 / (g + s) as f64 };
    let count = |right: &dyn Fn(&Word, &Word) -> bool| {
        let n = pairs.iter().filter(|&&(g, s)| right(&gold.words[g], &system.words[s])).count();
        f1(n, gold.words.len(), system.words.len())
    };
    let same_head = |g: &Word, s: &Word| same_head(g, s, &aligned);
    Ok(Scores {
        tokens: f1(common(&gold.tokens, &system.tokens), gold.tokens.len(), system.tokens.len()),
        sentences: f1(common(&gold.sentences, &system.sentences), gold.sentences.len(), system.sentences.len()),
        words: count(&|_, _| true),
        upos: count(&|g, s| g.upos == s.upos),
        xpos: count(&|g, s| g.xpos == s.xpos),
        ufeats: count(&|g, s| g.features == s.features),
        lemma: count(&|g, s| g.lemma == "_" || g.lemma == s.lemma),
        uas: count(&|g, s| same_head(g, s)),
        las: count(&|g, s| same_head(g, s) && universal(&g.relation) == universal(&s.relation)),
        las_subtypes: count(&|g, s| same_head(g, s) && g.relation == s.relation),
    })
}

/// For each word of `system`, whether its head is that of the gold word it is aligned to; `None` if it is aligned to none.
pub fn right_heads(gold: &str, system: &str) -> Result<Vec<Option<bool>>, ScoreError> {
    let (gold, system) = sides(gold, system)?;
    let aligned: HashMap<usize, usize> = align(&gold, &system).into_iter().map(|(g, s)| (s, g)).collect();
    let right = |(index, word): (usize, &Word)| aligned.get(&index).map(|&g| same_head(&gold.words[g], word, &aligned));
    Ok(system.words.iter().enumerate().map(right).collect())
}

/// Whether the heads of two aligned words are aligned themselves, or both none.
fn same_head(gold: &Word, system: &Word, aligned: &HashMap<usize, usize>) -> bool {
    match (gold.head, system.head) {
        (None, None) => true,
        (Some(gold), Some(system)) => aligned.get(&system) == Some(&gold),
        _ => false,
    }
}

/// Both sides, which must be over the same characters.
fn sides(gold: &str, system: &str) -> Result<(Side, Side), ScoreError> {
    let gold = Side::parse(gold, "gold")?;
    let system = Side::parse(system, "system")?;
    if gold.characters != system.characters {
        let at = gold.characters.iter().zip(&system.characters).take_while(|(a, b)| a == b).count();
        let near = gold.characters[at.saturating_sub(20)..gold.characters.len().min(at + 20)].iter().collect();
        return Err(ScoreError::Text { near });
    }
    Ok((gold, system))
}

/// The raw text of a CoNLL-U file: tokens with the spaces that `SpaceAfter=No` leaves, a blank line between paragraphs.
pub fn raw_text(conllu: &str) -> String {
    let mut text = String::new();
    let mut inside = 0;
    for line in conllu.lines() {
        if line.starts_with("# newdoc") || line.starts_with("# newpar") {
            let length = text.trim_end().len();
            text.truncate(length);
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, .., misc] = columns.as_slice() else {
            inside = 0;
            continue;
        };
        if let Some((_, end)) = id.split_once('-') {
            inside = end.parse().unwrap_or(0);
        } else if id.contains('.') || id.parse::<usize>().is_ok_and(|id| id <= inside) {
            continue;
        }
        text.push_str(form);
        if !misc.split('|').any(|pair| pair == "SpaceAfter=No") {
            text.push(' ');
        }
    }
    text
}

/// The documents of a treebank with their ids, each from its `# newdoc` line to the next. What has no id has an empty one.
pub fn documents(conllu: &str) -> Vec<(&str, &str)> {
    let begins = |&(start, _): &(usize, &str)| start == 0 || conllu.as_bytes()[start - 1] == b'\n';
    let mut starts: Vec<usize> = conllu.match_indices("# newdoc").filter(begins).map(|(start, _)| start).collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().copied().skip(1).chain([conllu.len()]);
    let parts = starts.iter().zip(ends).map(|(&start, end)| &conllu[start..end]);
    parts.filter(|part| !part.trim().is_empty()).map(|part| (document_id(part), part)).collect()
}

fn document_id(part: &str) -> &str {
    let first = part.lines().next().unwrap_or_default();
    first.strip_prefix("# newdoc id = ").unwrap_or_default().trim()
}

/// Character positions, spaces not counted.
type Place = (usize, usize);

#[derive(Default)]
struct Side {
    characters: Vec<char>,
    tokens: Vec<Place>,
    sentences: Vec<Place>,
    words: Vec<Word>,
}

struct Word {
    place: Place,
    multiword: bool,
    form: String,
    lemma: String,
    upos: String,
    xpos: String,
    features: String,
    /// The index of the head among all words; `None` for a root.
    head: Option<usize>,
    relation: String,
}

impl Side {
    fn parse(conllu: &str, side: &'static str) -> Result<Side, ScoreError> {
        let mut out = Side::default();
        let (mut first_word, mut first_character) = (0, 0);
        let mut multiword: Option<(usize, Place)> = None;
        for (index, line) in conllu.lines().chain([""]).enumerate() {
            let fail = || ScoreError::Line { side, line: index + 1 };
            if line.trim().is_empty() {
                if first_word < out.words.len() {
                    out.sentences.push((first_character, out.characters.len()));
                    first_word = out.words.len();
                    first_character = out.characters.len();
                }
                continue;
            }
            if line.starts_with('#') {
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            let &[id, form, lemma, upos, xpos, features, head, relation, _, _] = columns.as_slice() else {
                return Err(fail());
            };
            if id.contains('.') {
                continue;
            }
            if let Some((_, end)) = id.split_once('-') {
                let place = out.token(form);
                multiword = Some((end.parse().map_err(|_| fail())?, place));
                continue;
            }
            let id: usize = id.parse().map_err(|_| fail())?;
            let inside = multiword.filter(|(end, _)| id <= *end && out.words.len() - first_word < *end);
            let place = match inside {
                Some((_, place)) => place,
                None => {
                    multiword = None;
                    out.token(form)
                }
            };
            let head: usize = head.parse().map_err(|_| fail())?;
            out.words.push(Word {
                place,
                multiword: inside.is_some(),
                form: form.to_lowercase(),
                lemma: lemma.to_owned(),
                upos: upos.to_owned(),
                xpos: xpos.to_owned(),
                features: universal_features(features),
                head: head.checked_sub(1).map(|head| first_word + head),
                relation: relation.to_owned(),
            });
        }
        Ok(out)
    }

    fn token(&mut self, form: &str) -> Place {
        let start = self.characters.len();
        self.characters.extend(form.chars().filter(|c| !c.is_whitespace()));
        self.tokens.push((start, self.characters.len()));
        (start, self.characters.len())
    }
}

fn universal(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}

fn universal_features(features: &str) -> String {
    const UNIVERSAL: [&str; 20] = [
        "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case", "Definite",
        "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity", "Person",
    ];
    let kept =
        |pair: &&str| pair.split_once('=').is_some_and(|(name, _)| UNIVERSAL.contains(&name) || name == "Polite");
    let mut pairs: Vec<&str> = features.split('|').filter(kept).collect();
    pairs.sort_unstable();
    pairs.join("|")
}

/// How many places are in both lists, which are in order.
fn common(a: &[Place], b: &[Place]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                (i, j, n) = (i + 1, j + 1, n + 1);
            }
        }
    }
    n
}

/// Pairs of aligned words, gold first.
fn align(gold: &Side, system: &Side) -> Vec<(usize, usize)> {
    let (g, s) = (&gold.words, &system.words);
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < g.len() && j < s.len() {
        if !g[i].multiword && !s[j].multiword {
            match (g[i].place, s[j].place) {
                (a, b) if a == b => {
                    pairs.push((i, j));
                    (i, j) = (i + 1, j + 1);
                }
                (a, b) if a.0 <= b.0 => i += 1,
                _ => j += 1,
            }
            continue;
        }
        // A multiword token on either side: grow the region until both sides end together.
        let (start_i, start_j) = (i, j);
        let mut end = if g[i].multiword { g[i].place.1 } else { s[j].place.1 };
        if g[i].multiword && s[j].place.0 < g[i].place.0 && !s[j].multiword {
            j += 1;
            continue;
        }
        if s[j].multiword && g[i].place.0 < s[j].place.0 && !g[i].multiword {
            i += 1;
            continue;
        }
        loop {
            let next_g = g.get(i).filter(|word| word.place.0 < end);
            let next_s = s.get(j).filter(|word| word.place.0 < end);
            if let Some(word) = next_g {
                if word.multiword && word.place.1 > end {
                    end = word.place.1;
                }
                i += 1;
            } else if let Some(word) = next_s {
                if word.multiword && word.place.1 > end {
                    end = word.place.1;
                }
                j += 1;
            } else {
                break;
            }
        }
        align_by_form(&g[start_i..i], &s[start_j..j], start_i, start_j, &mut pairs);
    }
    pairs
}

/// The longest common subsequence of forms.
fn align_by_form(g: &[Word], s: &[Word], base_g: usize, base_s: usize, pairs: &mut Vec<(usize, usize)>) {
    let width = s.len() + 1;
    let mut best = vec![0usize; (g.len() + 1) * width];
    for i in (0..g.len()).rev() {
        for j in (0..s.len()).rev() {
            best[i * width + j] = if g[i].form == s[j].form {
                1 + best[(i + 1) * width + j + 1]
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < g.len() && j < s.len() {
        if g[i].form == s[j].form {
            pairs.push((base_g + i, base_s + j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = "# newpar\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n\
                        1\tdo\tdo\tAUX\tVB\t_\t3\taux\t_\t_\n\
                        2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n\
                        3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n\
                        4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n";

    fn check(system: &str, words: f64, las: f64) {
        let scores = score(GOLD, system).expect("both are well formed");
        assert!((scores.words - words).abs() < 1e-9 && (scores.las - las).abs() < 1e-9, "{scores:?}");
    }

    #[test]
    fn aligns_by_characters() {
        check(GOLD, 1.0, 1.0);
        let split = GOLD.lines().filter(|line| !line.starts_with("1-2")).collect::<Vec<_>>().join("\n");
        check(&split, 1.0, 1.0);
        let glued = "1\tdon't\tdo\tAUX\tVB\t_\t2\taux\t_\t_\n2\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n";
        check(glued, 4.0 / 7.0, 4.0 / 7.0);
        assert!(score(GOLD, &split.replace("go\tgo", "gone\tgo")).is_err());
    }

    #[test]
    fn treebanks_fall_into_documents() {
        let text = "# newdoc id = a\n1\n\n# newdoc id = b\n2\n";
        assert_eq!(documents(text), [("a", "# newdoc id = a\n1\n\n"), ("b", "# newdoc id = b\n2\n")]);
        assert_eq!(documents("1\n"), [("", "1\n")]);
    }

    #[test]
    fn judges_heads() {
        let glued = "1\tdon't\tdo\tAUX\tVB\t_\t2\taux\t_\t_\n2\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n3\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_\n";
        assert_eq!(right_heads(GOLD, glued), Ok(vec![None, Some(true), Some(false)]));
    }

    #[test]
    fn puts_the_text_together() {
        assert_eq!(raw_text(GOLD), "don't go. ");
    }
}
