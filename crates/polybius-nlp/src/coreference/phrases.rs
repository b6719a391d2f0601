//! What can be mentioned: noun phrases, pronouns and coordinations, read off the tree of a sentence.

use std::ops::Range;

use polybius_document::{Mention, MentionKind, Relation, TokenData, Upos};

use super::pronouns::{self, Pronoun};

/// A phrase that may mention something.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    pub(crate) tokens: Range<usize>,
    /// The word the others hang on.
    pub(crate) head: usize,
    pub(crate) class: Class,
    /// The kind of the name at its head.
    pub(crate) kind: Option<MentionKind>,
    /// The words of the name at its head, or of the phrase.
    pub(crate) name: Range<usize>,
}

/// What a phrase is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// A personal, possessive or demonstrative pronoun.
    Pronoun(Pronoun),
    /// A name.
    Proper,
    /// A common noun and what belongs to it.
    Common,
    /// "Iran and Russia".
    Group,
}

impl Class {
    pub(crate) fn index(self) -> usize {
        match self {
            Class::Pronoun(_) => 0,
            Class::Proper => 1,
            Class::Common => 2,
            Class::Group => 3,
        }
    }

    pub(crate) fn pronoun(self) -> Option<Pronoun> {
        match self {
            Class::Pronoun(pronoun) => Some(pronoun),
            _ => None,
        }
    }
}

/// The phrases of a sentence in text order, the longer of two with one beginning first. `names` are those of the sentence.
pub(crate) fn find(text: &str, tokens: &[TokenData], sentence: Range<usize>, names: &[Mention]) -> Vec<Phrase> {
    let tree = Tree::new(tokens, sentence.clone());
    let mut found = Vec::new();
    for head in sentence {
        let name = names.iter().find(|name| covers(name, head));
        let token = &tokens[head];
        let form = &text[token.span.range()];
        let class = match token.upos {
            Upos::Pron => match pronouns::find(form, token) {
                Some(pronoun) => Class::Pronoun(pronoun),
                None => continue,
            },
            Upos::Propn if token.relation != Relation::Flat => Class::Proper,
            Upos::Noun => Class::Common,
            Upos::Num if token.relation != Relation::Nummod => Class::Common,
            Upos::Det if token.relation != Relation::Det && token.relation != Relation::DetPredet => {
                match pronouns::find(form, token) {
                    Some(pronoun) => Class::Pronoun(pronoun),
                    None => Class::Common,
                }
            }
            Upos::Adj | Upos::X | Upos::Sym if is_argument(token.relation) => Class::Common,
            _ => continue,
        };
        if matches!(token.relation, Relation::Expl | Relation::Discourse | Relation::Fixed | Relation::Goeswith) {
            continue;
        }
        // "The European Union (EU)" is mentioned once.
        let bracketed = head > tree.start && &text[tokens[head - 1].span.range()] == "(";
        if bracketed && token.relation == Relation::Appos && !form.contains(char::is_lowercase) {
            continue;
        }
        let range = tree.phrase(text, tokens, head);
        // "his counterpart, Masoud Pezeshkian": the name beside the noun names the phrase.
        let beside = || tree.children(head).iter().filter(|&&child| tokens[child].relation == Relation::Appos);
        let inside = name.filter(|name| name.kind == MentionKind::Date || token.upos == Upos::Propn).or_else(|| {
            beside().find_map(|&child| names.iter().find(|name| covers(name, child) && name.kind != MentionKind::Date))
        });
        let name_range = match inside {
            Some(name) => name.tokens.start.index()..name.tokens.end.index(),
            None => range.clone(),
        };
        let phrase = Phrase { tokens: range, head, class, kind: inside.map(|name| name.kind), name: name_range };
        if matches!(class, Class::Proper | Class::Common)
            && let Some(end) = tree.coordination_end(text, tokens, head).filter(|&end| end > phrase.tokens.end)
        {
            let tokens = phrase.tokens.start..end;
            found.push(Phrase { tokens: tokens.clone(), class: Class::Group, kind: None, name: tokens, ..phrase });
        }
        found.push(phrase);
    }
    found.sort_by_key(|phrase| (phrase.tokens.start, usize::MAX - phrase.tokens.end));
    found.dedup_by(|second, first| second.tokens == first.tokens);
    found
}

fn covers(name: &Mention, token: usize) -> bool {
    (name.tokens.start.index()..name.tokens.end.index()).contains(&token)
}

fn is_argument(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Iobj | Relation::Obl | Relation::Nmod
    )
}

/// The words below each word of a sentence.
struct Tree {
    start: usize,
    /// The first and last word of what hangs on each word, itself included.
    reach: Vec<(usize, usize)>,
    children: Vec<Vec<usize>>,
}

impl Tree {
    fn new(tokens: &[TokenData], sentence: Range<usize>) -> Tree {
        let start = sentence.start;
        let mut children = vec![Vec::new(); sentence.len()];
        let mut reach: Vec<(usize, usize)> = sentence.clone().map(|index| (index, index)).collect();
        for index in sentence {
            if let Some(head) = tokens[index].head {
                children[head.index() - start].push(index);
            }
            let mut at = index;
            while let Some(head) = tokens[at].head.map(|head| head.index()) {
                let slot = &mut reach[head - start];
                *slot = (slot.0.min(index), slot.1.max(index));
                at = head;
            }
        }
        Tree { start, reach, children }
    }

    fn children(&self, head: usize) -> &[usize] {
        &self.children[head - self.start]
    }

    /// The noun phrase of `head`: what belongs to the noun, without its preposition, its conjuncts and what makes it a predicate.
    fn phrase(&self, text: &str, tokens: &[TokenData], head: usize) -> Range<usize> {
        let predicate = self
            .children(head)
            .iter()
            .any(|&child| matches!(tokens[child].relation, Relation::Cop | Relation::Nsubj | Relation::NsubjPass));
        let (mut first, mut last) = (head, head);
        for &child in self.children(head) {
            let token = &tokens[child];
            let belongs = match token.relation {
                Relation::Case => &*token.xpos == "POS",
                Relation::Advmod | Relation::Obl => !predicate,
                relation => !is_outside(relation),
            };
            if belongs {
                let (low, high) = self.reach[child - self.start];
                (first, last) = (first.min(low), last.max(high));
            }
        }
        let mark = |index: usize, kept: &[char]| {
            tokens[index].upos == Upos::Punct && !text[tokens[index].span.range()].starts_with(kept)
        };
        while first < head && mark(first, &['“', '"', '‘', '\'', '(', '[']) {
            first += 1;
        }
        while last > head && mark(last, &['”', '"', '’', '\'', ')', ']']) {
            last -= 1;
        }
        first..last + 1
    }

    /// Where the last of the nouns joined to `head` ends, if there are any.
    fn coordination_end(&self, text: &str, tokens: &[TokenData], head: usize) -> Option<usize> {
        let joined = self.children(head).iter().filter(|&&child| tokens[child].relation == Relation::Conj);
        let nouns = joined.filter(|&&child| matches!(tokens[child].upos, Upos::Noun | Upos::Propn | Upos::Pron));
        nouns.map(|&child| self.phrase(text, tokens, child).end).max()
    }
}

/// Whether what hangs on a noun by `relation` is no part of its noun phrase.
fn is_outside(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::Cc
            | Relation::CcPreconj
            | Relation::Mark
            | Relation::Cop
            | Relation::Nsubj
            | Relation::NsubjPass
            | Relation::NsubjOuter
            | Relation::Csubj
            | Relation::CsubjPass
            | Relation::Aux
            | Relation::AuxPass
            | Relation::Conj
            | Relation::Parataxis
            | Relation::Discourse
            | Relation::Vocative
            | Relation::Punct
            | Relation::Expl
            | Relation::Dislocated
            | Relation::Orphan
            | Relation::Advcl
            | Relation::AdvclRelcl
            | Relation::Ccomp
            | Relation::Reparandum
            | Relation::OblUnmarked
    )
}
