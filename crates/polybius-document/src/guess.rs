//! What a trained reader takes a word for: an act, with its doer and its target, before any rule has looked at it.

use std::sync::Arc;

use crate::TokenId;

/// A word that may tell an act.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess {
    /// The word.
    pub token: TokenId,
    /// The probability that it tells any act.
    pub act: f32,
    /// Which act, most likely first: a type or `type/mode`, with its probability. The unlikely are left out.
    pub labels: Vec<(Arc<str>, f32)>,
    /// Words that may head the mention of who does it, in text order.
    pub actors: Vec<Argument>,
    /// Words that may head the mention of whom it is done to.
    pub recipients: Vec<Argument>,
    /// Words of this and other sentences, with how likely each names who does it, as the reader across sentences sees it: all together one.
    pub actors_across: Vec<Argument>,
    /// The same for whom it is done to.
    pub recipients_across: Vec<Argument>,
}

impl Guess {
    /// The probability of each type, most likely first: its modes together.
    pub fn types(&self) -> Vec<(&str, f32)> {
        act_types(&self.labels)
    }

    /// The likeliest mode of the type `name`, if one is likelier than none.
    pub fn mode_of(&self, name: &str) -> Option<&str> {
        act_mode(&self.labels, name)
    }
}

/// The probability of each type that `labels` (a type or `type/mode` each) speak of, most likely first: its modes together.
pub fn act_types(labels: &[(Arc<str>, f32)]) -> Vec<(&str, f32)> {
    let mut types: Vec<(&str, f32)> = Vec::new();
    for (label, p) in labels {
        let name = type_in(label);
        match types.iter_mut().find(|(other, _)| *other == name) {
            Some((_, sum)) => *sum += p,
            None => types.push((name, *p)),
        }
    }
    types.sort_by(|one, other| other.1.total_cmp(&one.1));
    types
}

/// The mode in the likeliest of those `labels` that are of the type `name`, if it has one.
pub fn act_mode<'l>(labels: &'l [(Arc<str>, f32)], name: &str) -> Option<&'l str> {
    let of_type = labels.iter().filter(|(label, _)| type_in(label) == name);
    let likeliest = of_type.reduce(|best, other| if other.1 > best.1 { other } else { best });
    likeliest.and_then(|(label, _)| label.split_once('/')).map(|(_, mode)| mode)
}

fn type_in(label: &str) -> &str {
    label.split('/').next().unwrap_or(label)
}

/// How likely an act is negated, still to come, only possible, or long past.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct GuessFlags {
    /// It did not happen, or is denied.
    pub negation: f32,
    /// It is still to come.
    pub future: f32,
    /// It is only possible, feared, asked for.
    pub hypothetical: f32,
    /// It is long past.
    pub historical: f32,
}

/// A word that may head a participant's mention.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Argument {
    /// The word.
    pub token: TokenId,
    /// How likely.
    pub score: f32,
}
