//! Clauses of school grammar: every verb, event noun and predicate adjective of a sentence with who, whom and the rest.
//!
//! A pattern never sees the tree. Passive, relative, control, coordination and light verbs are undone here, once, in
//! three passes: what hangs on each predicate itself ([`slots`], with frequent slips of parsers set right in [`repair`]),
//! what it takes over from the clause above ([`inherit`]), and what an event noun takes over from the verb that carries
//! it ([`lend`]).

mod inherit;
mod lend;
mod repair;
mod slots;

use std::collections::HashMap;

use polybius_codebook::{Codebook, Slot};
use polybius_document::{Document, Relation, Sentence, Span, Token, TokenId, Upos};

use crate::names::Names;
use crate::phrases::{lemmas_to_head, lower_lemma, preposition};

/// One predicate with its slots.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    /// The word that heads the predicate.
    pub(crate) head: TokenId,
    /// Verb, event noun, or what follows a copula.
    pub(crate) kind: Kind,
    /// The words patterns may list for it, longest first: `call off`, `call`.
    pub(crate) keys: Vec<String>,
    /// Where the predicate stands.
    pub(crate) trigger: Span,
    /// Slot by slot, the heads of the phrases in it.
    pub(crate) slots: Vec<(Slot, Vec<TokenId>)>,
    /// Heads of the clauses that complete it.
    pub(crate) complements: Vec<TokenId>,
    /// The light verb that carries this event noun.
    pub(crate) light: Option<TokenId>,
    /// Whether the grammatical subject is the one acted on.
    pub(crate) passive: bool,
}

/// What a predicate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Verb,
    Noun,
    Be,
}

impl Kind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Kind::Verb => "verb",
            Kind::Noun => "noun",
            Kind::Be => "be",
        }
    }
}

impl Clause {
    /// The heads in `slot`; empty if it is not filled. The object of a noun is its of-phrase.
    pub(crate) fn slot(&self, slot: &Slot) -> &[TokenId] {
        let found = self.slots.iter().find(|(name, _)| name == slot);
        match (found, slot) {
            (Some((_, heads)), _) => heads,
            (None, Slot::Object) if self.kind == Kind::Noun => self.preposition("of"),
            (None, _) => &[],
        }
    }

    /// The heads after the preposition `word`.
    pub(crate) fn preposition(&self, word: &str) -> &[TokenId] {
        self.slots
            .iter()
            .find(|(name, _)| matches!(name, Slot::Preposition(preposition) if &**preposition == word))
            .map_or(&[], |(_, heads)| heads)
    }

    /// Adds `heads` to `slot`.
    fn fill(&mut self, slot: Slot, heads: impl IntoIterator<Item = TokenId>) {
        let at = match self.slots.iter().position(|(name, _)| *name == slot) {
            Some(at) => at,
            None => {
                self.slots.push((slot, Vec::new()));
                self.slots.len() - 1
            }
        };
        for head in heads {
            if !self.slots[at].1.contains(&head) {
                self.slots[at].1.push(head);
            }
        }
    }

    /// Takes `heads` out of `slot`.
    fn remove(&mut self, slot: &Slot, heads: &[TokenId]) {
        if let Some((_, filled)) = self.slots.iter_mut().find(|(name, _)| name == slot) {
            filled.retain(|head| !heads.contains(head));
        }
    }

    /// Who stands as grammatical subject: the one acted on, if the clause is passive.
    fn surface_subject(&self) -> &[TokenId] {
        let slot = if self.passive { Slot::Object } else { Slot::Subject };
        self.slot(&slot)
    }

    /// Gives the clause a grammatical subject from elsewhere.
    fn take_subject(&mut self, heads: Vec<TokenId>) {
        let slot = if self.passive { Slot::Object } else { Slot::Subject };
        if self.slot(&slot).is_empty() {
            self.fill(slot, heads);
        }
    }
}

/// The clauses of one sentence, in text order of their heads.
#[derive(Debug)]
pub(crate) struct Clauses {
    list: Vec<Clause>,
    by_head: HashMap<TokenId, usize>,
}

impl Clauses {
    /// Reads the clauses of `sentence`.
    ///
    /// `any_noun` reads every noun as one that tells an act.
    pub(crate) fn of(
        document: &Document,
        codebook: &Codebook,
        names: &Names,
        sentence: &Sentence,
        any_noun: bool,
    ) -> Clauses {
        let reader = Reader { document, codebook, names, any_noun };
        let list: Vec<Clause> =
            document.tokens(sentence.tokens.clone()).filter_map(|token| reader.predicate(token)).collect();
        let by_head = list.iter().enumerate().map(|(index, clause)| (clause.head, index)).collect();
        let mut clauses = Clauses { list, by_head };
        for index in 0..clauses.list.len() {
            slots::fill_own(document, &reader, &mut clauses.list[index]);
        }
        repair::run(document, &reader, &mut clauses);
        inherit::run(document, &reader, &mut clauses);
        lend::run(document, &reader, &mut clauses);
        clauses
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Clause> {
        self.list.iter()
    }

    /// The clause that `head` heads.
    pub(crate) fn headed_by(&self, head: TokenId) -> Option<&Clause> {
        self.by_head.get(&head).map(|&index| &self.list[index])
    }

    fn headed_by_mut(&mut self, head: TokenId) -> Option<&mut Clause> {
        self.by_head.get(&head).map(|&index| &mut self.list[index])
    }

    /// The nearest clause at or above `token`.
    pub(crate) fn around(&self, token: Token<'_>) -> Option<&Clause> {
        let mut at = Some(token);
        while let Some(token) = at {
            if let Some(clause) = self.headed_by(token.id) {
                return Some(clause);
            }
            at = token.head();
        }
        None
    }
}

/// What reading clauses needs to look up.
struct Reader<'a> {
    document: &'a Document,
    codebook: &'a Codebook,
    names: &'a Names,
    any_noun: bool,
}

impl Reader<'_> {
    /// The clause that `token` heads, without slots, if it heads one.
    fn predicate(&self, token: Token<'_>) -> Option<Clause> {
        let kind = self.kind(token)?;
        let (keys, trigger) = match kind {
            Kind::Verb => verb_keys(token),
            Kind::Noun => (suffixes(&lemmas_to_head(token)), token.span()),
            Kind::Be => (be_keys(token), token.span()),
        };
        let passive = kind == Kind::Verb && is_passive(token);
        let clause = Clause {
            head: token.id,
            kind,
            keys,
            trigger,
            slots: Vec::new(),
            complements: Vec::new(),
            light: None,
            passive,
        };
        Some(clause)
    }

    fn kind(&self, token: Token<'_>) -> Option<Kind> {
        let modifies = matches!(
            token.relation(),
            Relation::Amod | Relation::Compound | Relation::Case | Relation::Mark | Relation::Fixed | Relation::Flat
        );
        let has_copula = token.children_by(Relation::Cop).next().is_some();
        match token.upos() {
            // "is depending": a progressive, whatever the parser calls its "is".
            _ if has_copula && !(token.upos() == Upos::Verb && token.xpos() == "VBG") => Some(Kind::Be),
            Upos::Verb if !modifies => Some(Kind::Verb),
            Upos::Adj if matches!(token.relation(), Relation::Xcomp | Relation::Acl | Relation::Advcl) => {
                Some(Kind::Be)
            }
            Upos::Adj
                if token.relation() == Relation::Conj
                    && token.head().is_some_and(|head| head.children_by(Relation::Cop).next().is_some()) =>
            {
                Some(Kind::Be)
            }
            Upos::Noun | Upos::Propn if token.relation() == Relation::Xcomp => Some(Kind::Be),
            Upos::Noun | Upos::Propn if !modifies && self.is_event_noun(token) => Some(Kind::Noun),
            _ => None,
        }
    }

    fn is_event_noun(&self, token: Token<'_>) -> bool {
        if self.names.over(token.id).is_some_and(|name| name.n_words() > 1) {
            return false;
        }
        let listed = |key: &String| self.codebook.patterns.is_event_noun(key);
        self.any_noun
            || suffixes(&lemmas_to_head(token)).iter().any(listed)
            || crate::guesses::is_act(self.document, token.id)
    }

    fn is_light(&self, clause: &Clause) -> bool {
        crate::status::is_light(self.codebook, clause)
    }
}

/// `air strike`, `strike`: every run of words that ends in the last one, longest first.
fn suffixes(words: &[String]) -> Vec<String> {
    (0..words.len()).map(|start| words[start..].join(" ")).collect()
}

/// The verb with its particle, then alone.
fn verb_keys(token: Token<'_>) -> (Vec<String>, Span) {
    let lemma = lower_lemma(token);
    let mut keys = Vec::new();
    let mut trigger = token.span();
    let mut has_particle = false;
    for child in token.children() {
        let particle = child.relation() == Relation::CompoundPrt;
        let beside = child.id.0 == token.id.0 + 1
            && matches!(child.relation(), Relation::Advmod | Relation::Case | Relation::Obl | Relation::Xcomp)
            && matches!(child.upos(), Upos::Adv | Upos::Adp | Upos::Adj)
            && child.children().next().is_none();
        if particle || beside {
            keys.push(format!("{lemma} {}", child.text().to_lowercase()));
        }
        if particle && child.id.0 == token.id.0 + 1 {
            trigger = trigger.join(child.span());
        }
        has_particle |= particle;
    }
    // "call off" is no kind of calling: a particle makes another verb.
    if !has_particle {
        keys.push(lemma);
    }
    (keys, trigger)
}

/// What follows the copula: `at war`, `close ally`, `ally`.
fn be_keys(token: Token<'_>) -> Vec<String> {
    let mut words = suffixes(&lemmas_to_head(token));
    // "is opposed to", "are in talks": as it stands, too, for lemmas that fall back to a verb or a singular.
    let form = token.text().to_lowercase();
    if !words.contains(&form) {
        words.push(form);
    }
    let case = preposition(token);
    let with_case = case.iter().flat_map(|case| words.iter().map(move |words| format!("{case} {words}")));
    with_case.chain(words.iter().cloned()).collect()
}

fn is_passive(token: Token<'_>) -> bool {
    if token.xpos() == "VBG" {
        return false;
    }
    let marked = token.children().any(|child| {
        matches!(child.relation(), Relation::AuxPass | Relation::NsubjPass | Relation::CsubjPass | Relation::OblAgent)
    });
    let reduced = token.xpos() == "VBN"
        && matches!(token.relation(), Relation::Acl | Relation::Advcl | Relation::Xcomp)
        && !token.children().any(|child| matches!(child.relation(), Relation::Aux | Relation::Nsubj));
    let joined = token.xpos() == "VBN"
        && token.relation() == Relation::Conj
        && !token.children().any(|child| matches!(child.relation(), Relation::Aux | Relation::Nsubj | Relation::Obj))
        && token.head().is_some_and(is_passive);
    // "the talks resumed", "is depending": without a form of "be" before a participle it is no passive, whatever the reader says.
    let by_be = token.children().any(|child| matches!(child.relation(), Relation::AuxPass | Relation::OblAgent));
    let is_main = matches!(token.relation(), Relation::Root | Relation::Ccomp | Relation::Parataxis);
    let plain = token.xpos() == "VBG" || (!by_be && (token.xpos() == "VBD" || is_main));
    !plain && (marked || reduced || joined)
}
