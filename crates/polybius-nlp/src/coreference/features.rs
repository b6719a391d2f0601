//! Phrases and pairs of phrases as lists of small numbers, the rows of the linker's tables.
//!
//! Each question has its own run of rows, in the order it is asked; every question is asked of every phrase or pair, so that a row
//! always means the same. Changing a question means training the linker anew (`training/coreference.py`).

use polybius_document::MentionKind;

use super::cards::{Card, Determiner, Role};
use super::pronouns::{N_FORMS, Set};

const CLASSES: usize = 4;
const KINDS: usize = 10;
const LEMMAS: usize = 256;

/// The answers so far.
#[derive(Default)]
struct Answers {
    rows: Vec<u16>,
    start: usize,
}

impl Answers {
    /// The answer `value` of `n` possible ones.
    fn add(&mut self, n: usize, value: usize) {
        debug_assert!(value < n);
        self.rows.push((self.start + value) as u16);
        self.start += n;
    }

    fn flag(&mut self, value: bool) {
        self.add(2, usize::from(value));
    }
}

/// What was mentioned before a phrase.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Earlier {
    pub(crate) same_text: bool,
    pub(crate) same_lemma: bool,
    pub(crate) same_name_word: bool,
}

/// The rows of a phrase, and how many rows there are.
pub(crate) fn of_phrase(card: &Card, earlier: Earlier) -> (Vec<u16>, usize) {
    let mut answers = Answers::default();
    let class = card.class.index();
    answers.add(CLASSES, class);
    answers.add(N_FORMS + 1, card.class.pronoun().map_or(N_FORMS, |pronoun| pronoun.form));
    answers.add(Determiner::COUNT * CLASSES, card.determiner as usize * CLASSES + class);
    answers.add((KINDS + 1) * CLASSES, kind(card) * CLASSES + class);
    answers.add(Role::COUNT * CLASSES, card.role as usize * CLASSES + class);
    answers.add(3, option(card.plural));
    answers.add(3, option(card.feminine));
    answers.add(6, bucket(card.tokens.len(), &[1, 2, 3, 5, 8]));
    answers.add(5, bucket(card.sentence, &[0, 1, 4, 12]));
    answers.flag(card.quote > 0);
    answers.flag(card.is_first);
    answers.flag(card.has_clause);
    answers.flag(card.has_complement);
    answers.add(2 * CLASSES, usize::from(earlier.same_text) * CLASSES + class);
    answers.add(2 * CLASSES, usize::from(earlier.same_lemma) * CLASSES + class);
    answers.add(2 * CLASSES, usize::from(earlier.same_name_word) * CLASSES + class);
    answers.add(LEMMAS + 1, if class == 2 { (card.lemma % LEMMAS as u64) as usize } else { LEMMAS });
    (answers.rows, answers.start)
}

/// What lies between a phrase and an earlier one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Between {
    /// How many phrases, plus one.
    pub(crate) apart: usize,
    /// How many names of the sort of the earlier one, a person or not.
    pub(crate) alike: usize,
    /// How often the name or words of the earlier one have been told so far.
    pub(crate) told: usize,
}

impl Between {
    pub(crate) const NOTHING: Between = Between { apart: 1, alike: 0, told: 0 };
}

/// The rows of a phrase and an earlier one it may take up.
pub(crate) fn of_pair(earlier: &Card, later: &Card, between: Between) -> (Vec<u16>, usize) {
    let mut answers = Answers::default();
    let class = later.class.index();
    let sentences = later.sentence - earlier.sentence;
    answers.add(CLASSES * CLASSES, earlier.class.index() * CLASSES + class);
    answers.add(9 * CLASSES, bucket(sentences, &[0, 1, 2, 3, 4, 7, 15, 40]) * CLASSES + class);
    answers.add(8 * CLASSES, bucket(between.apart, &[1, 2, 3, 5, 8, 16, 40]) * CLASSES + class);
    answers.add(6, bucket(later.line - earlier.line, &[0, 1, 2, 3, 6]));
    let same_text = later.text == earlier.text && class != 0;
    answers.add(2 * Determiner::COUNT, usize::from(same_text) * Determiner::COUNT + later.determiner as usize);
    answers.add(4 * CLASSES, heads(earlier, later) * CLASSES + class);
    answers.add(
        2 * Determiner::COUNT,
        usize::from(heads(earlier, later) > 0) * Determiner::COUNT + later.determiner as usize,
    );
    answers.add(8, names(earlier, later));
    answers.add(3 * CLASSES, agreement(earlier.plural, later.plural) * CLASSES + class);
    answers.add(3 * CLASSES, agreement(earlier.feminine, later.feminine) * CLASSES + class);
    answers.add((KINDS + 1) * (KINDS + 1), kind(earlier) * (KINDS + 1) + kind(later));
    answers.add((Set::COUNT + 1) * (Set::COUNT + 1), set(earlier) * (Set::COUNT + 1) + set(later));
    answers.add((Set::COUNT + 1) * (KINDS + 1), set(later) * (KINDS + 1) + kind(earlier));
    answers.add((Set::COUNT + 1) * Role::COUNT, set(later) * Role::COUNT + earlier.role as usize);
    let nested = usize::from(later.contains(earlier)) + 2 * usize::from(earlier.contains(later));
    answers.add(4, nested);
    answers.add(Role::COUNT * Role::COUNT, earlier.role as usize * Role::COUNT + later.role as usize);
    let same_clause = earlier.governor.is_some() && earlier.governor == later.governor;
    answers.add(4, usize::from(same_clause) + 2 * usize::from(sentences == 0));
    let quotes = match (earlier.quote, later.quote) {
        (0, 0) => 0,
        (first, second) if first == second => 1,
        (0, _) => 2,
        (_, 0) => 3,
        _ => 4,
    };
    answers.add(5 * (Set::COUNT + 1), quotes * (Set::COUNT + 1) + set(later));
    let joined = if earlier.governor == Some(later.head) || later.governor == Some(earlier.head) {
        1 + usize::from(later.role == Role::Apposition)
    } else {
        0
    };
    answers.add(3, joined);
    answers.add(
        Determiner::COUNT * Determiner::COUNT,
        earlier.determiner as usize * Determiner::COUNT + later.determiner as usize,
    );
    answers.flag(earlier.is_first);
    answers.flag(earlier.has_clause);
    answers.add(5 * (Set::COUNT + 1), bucket(between.alike, &[0, 1, 2, 4]) * (Set::COUNT + 1) + set(later));
    answers.add(4 * CLASSES, bucket(between.told, &[1, 2, 4]) * CLASSES + class);
    // The subject of a clause in which the later one stands.
    let over = earlier.governor.and_then(|verb| later.above.iter().position(|word| *word == verb));
    let over = over.map_or(0, |steps| 1 + steps.min(3));
    let subject = usize::from(earlier.role == Role::Subject);
    answers.add(5 * 2 * CLASSES, (over * 2 + subject) * CLASSES + class);
    let main = usize::from(earlier.is_of_main_clause()) * 2 + subject;
    answers.add(4 * 3 * CLASSES, (main * 3 + sentences.min(2)) * CLASSES + class);
    (answers.rows, answers.start)
}

fn kind(card: &Card) -> usize {
    card.kind.map_or(KINDS, |kind| match kind {
        MentionKind::Person => 0,
        MentionKind::Norp => 1,
        MentionKind::Org => 2,
        MentionKind::Gpe => 3,
        MentionKind::Loc => 4,
        MentionKind::Fac => 5,
        MentionKind::Event => 6,
        MentionKind::Date => 7,
        _ => 8,
    })
}

fn set(card: &Card) -> usize {
    card.class.pronoun().map_or(Set::COUNT, |pronoun| pronoun.set as usize)
}

fn option(value: Option<bool>) -> usize {
    value.map_or(2, usize::from)
}

fn agreement(first: Option<bool>, second: Option<bool>) -> usize {
    match (first, second) {
        (Some(first), Some(second)) => usize::from(first == second),
        _ => 2,
    }
}

/// How many of `bounds` lie below `value`.
fn bucket(value: usize, bounds: &[usize]) -> usize {
    bounds.partition_point(|&bound| bound < value)
}

/// Whether the heads are one word: 0 no, 1 the later phrase says more, 2 it says no more, 3 both say the same.
fn heads(earlier: &Card, later: &Card) -> usize {
    if later.class.index() == 0 || earlier.class.index() == 0 || earlier.lemma != later.lemma {
        return 0;
    }
    let within = later.words.iter().all(|word| earlier.words.binary_search(word).is_ok());
    match (within, earlier.words.len() == later.words.len()) {
        (true, true) => 3,
        (true, false) => 2,
        _ => 1,
    }
}

/// How two names are akin: not at all, the same, the last word, the first word, initials, some word, all words of the later.
pub(crate) fn names(earlier: &Card, later: &Card) -> usize {
    let (Some(last), Some(other_last)) = (later.name.last(), earlier.name.last()) else { return 0 };
    if later.acronym == Some(earlier.initials) || earlier.acronym == Some(later.initials) {
        return 4;
    }
    let within = later.name.iter().all(|word| earlier.name.contains(word));
    match () {
        () if earlier.name == later.name => 1,
        () if within && last == other_last => 2,
        () if within && later.name.first() == earlier.name.first() => 3,
        () if within => 6,
        () if last == other_last => 7,
        () if later.name.iter().any(|word| earlier.name.contains(word)) => 5,
        () => 0,
    }
}

/// Whether two names can be one thing's: they share a word.
pub(crate) fn are_akin(first: &[u64], second: &[u64]) -> bool {
    first.iter().any(|word| second.contains(word))
}

/// How many rows the features of phrases have.
pub(crate) fn n_phrase_rows() -> usize {
    of_phrase(&Card::example(), Earlier { same_text: false, same_lemma: false, same_name_word: false }).1
}

/// How many rows the features of pairs have.
pub(crate) fn n_pair_rows() -> usize {
    of_pair(&Card::example(), &Card::example(), Between::NOTHING).1
}
