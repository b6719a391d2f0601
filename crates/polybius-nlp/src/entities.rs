//! Names from the scores of the entity head: the best well-formed sequence of beginnings and continuations.

use std::ops::Range;

use polybius_document::MentionKind;

/// The classes of the entity head.
#[derive(Debug)]
pub(crate) struct EntityLabels {
    /// For each class: begins (`true`) or continues a kind; `None` outside.
    classes: Vec<Option<(bool, usize)>>,
    /// What becomes of each kind; `None` for numbers and amounts, which are no mentions.
    kinds: Vec<Option<MentionKind>>,
}

/// A name found: words of the sentence, kind, probability.
pub(crate) type Found = (Range<usize>, MentionKind, f32);

impl EntityLabels {
    /// Reads `O`, `B-PERSON`, `I-PERSON` …, one a line. `None` if a line is something else.
    pub(crate) fn parse(text: &str) -> Option<EntityLabels> {
        let mut names: Vec<&str> = Vec::new();
        let mut classes = Vec::new();
        for line in text.lines() {
            if line == "O" {
                classes.push(None);
                continue;
            }
            let (prefix, name) = line.split_once('-')?;
            let kind = names.iter().position(|known| *known == name).unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            });
            classes.push(Some((prefix == "B", kind)));
        }
        let kinds = names.iter().map(|name| mention_kind(name)).collect();
        Some(EntityLabels { classes, kinds })
    }

    /// How many classes there are.
    pub(crate) fn len(&self) -> usize {
        self.classes.len()
    }

    /// The names in a sentence, from the probabilities of its words' classes (`stride` numbers a word).
    pub(crate) fn decode(&self, probabilities: &[f32], stride: usize) -> Vec<Found> {
        let n_classes = self.classes.len();
        let n = probabilities.len() / stride;
        // Products of probabilities along the best path; scaled at each word, so that they never vanish.
        let mut best = vec![0.0f32; n_classes];
        let mut back = vec![0u8; n * n_classes];
        for word in 0..n {
            let row = &probabilities[word * stride..][..n_classes];
            let any = (0..n_classes).fold(0, |a, b| if best[b] > best[a] { b } else { a });
            let mut next = vec![0.0f32; n_classes];
            for class in 0..n_classes {
                let (from, score) = if word == 0 {
                    (0, if matches!(self.classes[class], Some((false, _))) { 0.0 } else { 1.0 })
                } else if let Some((false, kind)) = self.classes[class] {
                    self.best_of_kind(&best, kind)
                } else {
                    (any, best[any])
                };
                back[word * n_classes + class] = from as u8;
                next[class] = score * (row[class] + 1e-9);
            }
            let largest = next.iter().fold(1e-30f32, |a, &b| if b > a { b } else { a });
            best = next.iter().map(|score| score / largest).collect();
        }
        let mut path = vec![0; n];
        let mut class = (0..n_classes).fold(0, |a, b| if best[b] > best[a] { b } else { a });
        for word in (0..n).rev() {
            path[word] = class;
            class = usize::from(back[word * n_classes + class]);
        }
        self.spans(&path, probabilities, stride)
    }

    fn best_of_kind(&self, best: &[f32], kind: usize) -> (usize, f32) {
        let of_kind = |class: &usize| matches!(self.classes[*class], Some((_, k)) if k == kind);
        let at = (0..best.len()).filter(of_kind).fold(None, |a: Option<usize>, b| match a {
            Some(a) if best[b] <= best[a] => Some(a),
            _ => Some(b),
        });
        at.map_or((0, 0.0), |at| (at, best[at]))
    }

    fn spans(&self, path: &[usize], probabilities: &[f32], stride: usize) -> Vec<Found> {
        let mut out: Vec<Found> = Vec::new();
        let mut open = None;
        for (word, &class) in path.iter().enumerate() {
            let Some((begins, kind)) = self.classes[class] else {
                open = None;
                continue;
            };
            // A word's share in the mention's score: the probability that it is in a name of this kind at all.
            let row = &probabilities[word * stride..][..self.classes.len()];
            let share: f32 = row
                .iter()
                .zip(&self.classes)
                .filter(|(_, class)| matches!(class, Some((_, k)) if *k == kind))
                .map(|(p, _)| *p)
                .sum();
            if begins || open != Some(kind) {
                open = Some(kind);
                if let Some(mention) = self.kinds[kind] {
                    out.push((word..word + 1, mention, share));
                }
            } else if let Some(last) = out.last_mut().filter(|last| last.0.end == word) {
                last.0.end = word + 1;
                last.2 = if share < last.2 { share } else { last.2 };
            }
        }
        out
    }
}

fn mention_kind(name: &str) -> Option<MentionKind> {
    Some(match name {
        "PERSON" => MentionKind::Person,
        "NORP" => MentionKind::Norp,
        "ORG" => MentionKind::Org,
        "GPE" => MentionKind::Gpe,
        "LOC" => MentionKind::Loc,
        "FAC" => MentionKind::Fac,
        "EVENT" => MentionKind::Event,
        "DATE" | "TIME" => MentionKind::Date,
        "MONEY" | "PERCENT" | "CARDINAL" | "ORDINAL" | "QUANTITY" => return None,
        _ => MentionKind::Other,
    })
}
