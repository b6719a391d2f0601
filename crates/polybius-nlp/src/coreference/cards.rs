//! What is written on the card of a phrase: everything that comparing it with another needs.

use std::ops::Range;

use polybius_document::{MentionKind, Relation, TokenData, Upos};

use super::phrases::{Class, Phrase};
use super::pronouns::Set;

/// A phrase and what is known of it.
#[derive(Debug, Clone)]
pub(crate) struct Card {
    pub(crate) tokens: Range<usize>,
    pub(crate) head: usize,
    pub(crate) class: Class,
    pub(crate) kind: Option<MentionKind>,
    pub(crate) sentence: usize,
    /// Counted over the lines of the text.
    pub(crate) line: usize,
    /// The quotation it stands in, 0 for none.
    pub(crate) quote: usize,
    /// Whether it means several, where that can be told.
    pub(crate) plural: Option<bool>,
    /// Whether it means a woman, where that can be told.
    pub(crate) feminine: Option<bool>,
    pub(crate) role: Role,
    pub(crate) determiner: Determiner,
    /// The word its head hangs on.
    pub(crate) governor: Option<usize>,
    /// The words above that one, from it upwards.
    pub(crate) above: Vec<usize>,
    /// Its words without determiner and possessive mark, as one number.
    pub(crate) text: u64,
    /// The dictionary form of its head.
    pub(crate) lemma: u64,
    /// Its nouns, adjectives and numbers, sorted.
    pub(crate) words: Vec<u64>,
    /// The words of the name, in order.
    pub(crate) name: Vec<u64>,
    /// The initials of the name.
    pub(crate) initials: u64,
    /// The name, if it is one word in capitals.
    pub(crate) acronym: Option<u64>,
    pub(crate) has_clause: bool,
    pub(crate) has_complement: bool,
    pub(crate) is_first: bool,
}

/// How many words above a phrase are looked at.
const MOST_ABOVE: usize = 12;

/// What a phrase does in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Role {
    Subject,
    Object,
    Oblique,
    Possessor,
    Modifier,
    Apposition,
    Conjunct,
    Predicate,
    Other,
}

impl Role {
    pub(crate) const COUNT: usize = 9;

    fn of(relation: Relation) -> Role {
        match relation {
            Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter | Relation::Csubj => Role::Subject,
            Relation::Obj | Relation::Iobj => Role::Object,
            Relation::Obl | Relation::OblAgent | Relation::OblUnmarked => Role::Oblique,
            Relation::NmodPoss => Role::Possessor,
            Relation::Nmod | Relation::NmodDesc | Relation::NmodUnmarked | Relation::Compound | Relation::Amod => {
                Role::Modifier
            }
            Relation::Appos => Role::Apposition,
            Relation::Conj => Role::Conjunct,
            Relation::Root | Relation::Xcomp | Relation::Ccomp | Relation::Advcl => Role::Predicate,
            _ => Role::Other,
        }
    }
}

/// What a noun phrase begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Determiner {
    None,
    The,
    This,
    That,
    A,
    Pronoun,
    Possessor,
    Quantity,
    Other,
}

impl Determiner {
    pub(crate) const COUNT: usize = 9;
}

/// Where a sentence stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) sentence: usize,
    pub(crate) line: usize,
    /// The quotation each token of the sentence stands in.
    pub(crate) quotes: &'a [usize],
    pub(crate) start: usize,
}

impl Card {
    pub(crate) fn new(text: &str, tokens: &[TokenData], phrase: Phrase, place: Place<'_>, is_first: bool) -> Card {
        let Phrase { tokens: range, head, class, kind, name } = phrase;
        let token = &tokens[head];
        let form = |index: usize| &text[tokens[index].span.range()];
        let is_content = |index: &usize| {
            matches!(tokens[*index].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Verb | Upos::X)
        };
        let mut words: Vec<u64> =
            range.clone().filter(is_content).take(24).map(|index| hash(&folded(&tokens[index].lemma))).collect();
        words.sort_unstable();
        words.dedup();
        let determiner = determiner(tokens, form, &range, head);
        let starts_after = |index: &usize| {
            !matches!(tokens[*index].upos, Upos::Det | Upos::Punct) && !matches!(&*tokens[*index].xpos, "POS" | "PRP$")
        };
        let spelt =
            range.clone().take(60).filter(starts_after).fold(SEED, |sum, index| chain(sum, &folded(form(index))));
        let name_words: Vec<&str> = match class {
            Class::Proper | Class::Common
                if kind.is_some_and(|kind| kind != MentionKind::Date) || class == Class::Proper =>
            {
                name.clone().filter(is_content).take(12).map(form).collect()
            }
            _ => Vec::new(),
        };
        let single = class == Class::Proper && name_words.len() == 1;
        let acronym = single.then(|| form(head)).filter(|form| {
            let n = form.chars().filter(|c| c.is_alphabetic()).count();
            (2..=7).contains(&n) && !form.chars().any(char::is_lowercase)
        });
        let children = || range.clone().filter(|&index| tokens[index].head.is_some_and(|other| other.index() == head));
        let plural = match class {
            Class::Pronoun(pronoun) => pronoun.set.number(),
            Class::Group => Some(true),
            _ => number(token),
        };
        Card {
            head,
            kind,
            sentence: place.sentence,
            line: place.line,
            quote: place.quotes[head - place.start],
            plural,
            feminine: feminine(tokens, form, class, &name),
            role: role_of(tokens, head),
            determiner,
            governor: token.head.map(|head| head.index()),
            above: above(tokens, head),
            text: spelt,
            lemma: hash(&folded(&token.lemma)),
            words,
            initials: name_words
                .iter()
                .filter_map(|word| word.chars().find(|c| c.is_uppercase()))
                .fold(SEED, |sum, c| chain(sum, c.to_lowercase().to_string().as_str())),
            name: name_words.iter().map(|word| hash(&folded(word))).collect(),
            acronym: acronym.map(|form| {
                let letters = form.chars().filter(|c| c.is_alphabetic());
                letters.fold(SEED, |sum, c| chain(sum, c.to_lowercase().to_string().as_str()))
            }),
            has_clause: children().any(|index| matches!(tokens[index].relation, Relation::AclRelcl | Relation::Acl)),
            has_complement: children().any(|index| tokens[index].relation == Relation::Nmod),
            is_first,
            tokens: range,
            class,
        }
    }

    /// Whether it hangs on the word that its sentence hangs on.
    pub(crate) fn is_of_main_clause(&self) -> bool {
        self.above.len() == 1
    }

    /// The card of an empty phrase, for counting features.
    pub(crate) fn example() -> Card {
        Card {
            tokens: 0..1,
            head: 0,
            class: Class::Common,
            kind: None,
            sentence: 0,
            line: 0,
            quote: 0,
            plural: None,
            feminine: None,
            role: Role::Other,
            determiner: Determiner::None,
            governor: None,
            above: Vec::new(),
            text: 0,
            lemma: 0,
            words: Vec::new(),
            name: Vec::new(),
            initials: 0,
            acronym: None,
            has_clause: false,
            has_complement: false,
            is_first: false,
        }
    }

    pub(crate) fn contains(&self, other: &Card) -> bool {
        self.tokens.start <= other.tokens.start && other.tokens.end <= self.tokens.end
    }
}

/// The role of a word; what is joined to a noun has that noun's.
fn role_of(tokens: &[TokenData], head: usize) -> Role {
    let mut at = head;
    for _ in 0..4 {
        let token = &tokens[at];
        match (token.relation, token.head) {
            (Relation::Conj | Relation::Flat, Some(next)) if tokens[next.index()].upos != Upos::Verb => {
                at = next.index()
            }
            (relation, _) => return Role::of(relation),
        }
    }
    Role::Conjunct
}

fn number(token: &TokenData) -> Option<bool> {
    match &*token.xpos {
        "NNS" | "NNPS" => Some(true),
        "NN" | "NNP" => Some(false),
        _ => None,
    }
}

fn determiner<'t>(
    tokens: &[TokenData],
    form: impl Fn(usize) -> &'t str,
    range: &Range<usize>,
    head: usize,
) -> Determiner {
    for (index, token) in tokens.iter().enumerate().take(head).skip(range.start) {
        if token.head.is_none_or(|other| other.index() != head) {
            continue;
        }
        return match token.relation {
            Relation::Det | Relation::DetPredet => match form(index).to_lowercase().as_str() {
                "the" => Determiner::The,
                "this" | "these" => Determiner::This,
                "that" | "those" => Determiner::That,
                "a" | "an" => Determiner::A,
                _ => Determiner::Quantity,
            },
            Relation::NmodPoss if token.upos == Upos::Pron => Determiner::Pronoun,
            Relation::NmodPoss => Determiner::Possessor,
            Relation::Nummod => Determiner::Quantity,
            Relation::Punct | Relation::Advmod => continue,
            _ => Determiner::Other,
        };
    }
    Determiner::None
}

fn feminine<'t>(
    tokens: &[TokenData],
    form: impl Fn(usize) -> &'t str,
    class: Class,
    name: &Range<usize>,
) -> Option<bool> {
    match class {
        Class::Pronoun(pronoun) => match pronoun.set {
            Set::He => Some(false),
            Set::She => Some(true),
            _ => None,
        },
        Class::Proper => {
            let title = |index: usize| match form(index).trim_end_matches('.').to_lowercase().as_str() {
                "mr" | "sir" | "lord" | "king" | "prince" => Some(false),
                "ms" | "mrs" | "miss" | "mme" | "dame" | "lady" | "queen" | "princess" => Some(true),
                _ => None,
            };
            title(name.start).or_else(|| name.start.checked_sub(1).and_then(title))
        }
        Class::Common => match &*tokens[name.end - 1].lemma {
            "man" | "boy" | "father" | "brother" | "son" | "husband" | "uncle" | "spokesman" | "businessman" => {
                Some(false)
            }
            "woman" | "girl" | "mother" | "sister" | "daughter" | "wife" | "aunt" | "spokeswoman" | "businesswoman" => {
                Some(true)
            }
            _ => None,
        },
        Class::Group => None,
    }
}

pub(crate) const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// A number for `word`, the same on every machine (FNV-1a).
pub(crate) fn hash(word: &str) -> u64 {
    chain(SEED, word)
}

/// The number of what `sum` stands for, followed by `word`.
pub(crate) fn chain(sum: u64, word: &str) -> u64 {
    let step = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    word.bytes().fold(step(sum, 0xff), step)
}

/// Lower case, letters and digits only, so that `U.S.` is `us`.
fn folded(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The words above `head` in its tree.
fn above(tokens: &[TokenData], head: usize) -> Vec<usize> {
    let up = |index: &usize| tokens[*index].head.map(|head| head.index());
    std::iter::successors(up(&head), up).take(MOST_ABOVE).collect()
}
