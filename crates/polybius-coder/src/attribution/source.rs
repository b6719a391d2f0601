//! Sources: who speaks, in full.

use polybius_codebook::Slot;
use polybius_document::{Relation, Token, TokenId, Upos};

use super::find::Finder;
use super::phrase::{Words, below, noun_phrase};
use crate::phrases::{counted, is_relative, lower_lemma, preposition};

impl<'a> Finder<'a> {
    /// By whom a passive is done.
    pub(super) fn agent(&self, verb: Token<'a>) -> Option<(TokenId, Words)> {
        let agent = verb.children_by(Relation::OblAgent).next()?;
        Some((agent.id, noun_phrase(agent, verb)))
    }

    /// Who speaks: the subject, or whoever acts in the clause that the verb depends on.
    pub(super) fn source(&self, verb: Token<'a>) -> Option<(TokenId, Words)> {
        if let Some(own) = self.own_subject(verb) {
            let words = if is_relative(own) { Words::from([own.id]) } else { self.source_words(own, verb) };
            return Some((own.id, words));
        }
        if verb.relation() == Relation::Acl
            && let Some(noun) = verb.head()
            && verb.xpos() != "VBN"
            && !self.is_after_comma(verb)
        {
            return Some((noun.id, self.source_words(noun, verb)));
        }
        if let Some(saying) = self.goes_on_saying(verb) {
            return self.source(saying);
        }
        if let Some(outer) = self.goes_with(verb) {
            return self.source(outer);
        }
        let clause = self.clauses.headed_by(verb.id);
        let inherited =
            clause.and_then(|clause| clause.slot(&Slot::Subject).first()).map(|&head| self.document.token(head));
        let above = || {
            let mut at = verb.head()?;
            loop {
                if let Some(subject) = self.own_subject(at) {
                    return Some(subject);
                }
                at = at.head()?;
            }
        };
        let subject = self.counting(inherited.or_else(above)?);
        Some((subject.id, self.source_words(subject, verb)))
    }

    /// "said rebels had left, adding that …": parsers hang it on what is said, but it goes with whoever says so.
    fn goes_with<'t>(&self, verb: Token<'t>) -> Option<Token<'t>> {
        let speaks = |token: Token<'_>| self.codebook.cues.speech_verb(&lower_lemma(token)).is_some();
        let said = verb.head().filter(|said| {
            verb.relation() == Relation::Advcl
                && verb.xpos() == "VBG"
                && said.id < verb.id
                && said.relation() == Relation::Ccomp
        })?;
        let outer = said.head().filter(|outer| outer.id < said.id && self.own_subject(*outer).is_some())?;
        (speaks(verb) && speaks(outer) && self.is_after_comma(verb)).then_some(outer)
    }

    /// "a number of officials": the noun that counts, where clauses look through it.
    fn counting<'t>(&self, noun: Token<'t>) -> Token<'t> {
        let mut at = noun;
        while at.relation() == Relation::Nmod
            && let Some(above) = at.head().filter(|above| counted(*above, self.codebook).is_some())
        {
            at = above;
        }
        at
    }

    /// The phrase of a speaker, without the time that parsers hang on it.
    pub(super) fn source_words(&self, head: Token<'a>, cue: Token<'a>) -> Words {
        let mut words = noun_phrase(head, cue);
        for child in head.children().filter(|child| child.id > head.id) {
            let time = self.times.contains(&child.id)
                && (matches!(child.relation(), Relation::NmodUnmarked | Relation::OblUnmarked)
                    || preposition(child).as_deref() == Some("on"));
            let speech =
                child.relation() == Relation::AclRelcl && self.codebook.cues.speech_verb(&lower_lemma(child)).is_some();
            if time || speech {
                let branch = below(child, &|_| false);
                words.retain(|word| !branch.contains(word));
            }
        }
        self.name_after(&mut words, cue);
        words
    }

    /// "columnist Ann Otieno": parsers hang a name on the verb beside the noun that describes it.
    pub(super) fn name_after(&self, words: &mut Words, cue: Token<'a>) {
        while let Some(last) = words.last() {
            let next = TokenId(last.0 + 1);
            let belongs = |token: Token<'a>| {
                token.upos() == Upos::Propn
                    && token.head().is_some_and(|head| words.contains(&head.id) || head.id == cue.id)
                    && !self.times.contains(&token.id)
            };
            if next.index() >= self.document.n_tokens() || next >= cue.id || !belongs(self.document.token(next)) {
                return;
            }
            words.insert(next);
        }
    }

    /// "…, saying that …": it goes with whoever acts, whatever noun the parser hangs it on.
    pub(super) fn is_after_comma(&self, verb: Token<'a>) -> bool {
        verb.id.0 > 0 && self.document.token(TokenId(verb.id.0 - 1)).text() == ","
    }

    pub(super) fn own_subject<'t>(&self, verb: Token<'t>) -> Option<Token<'t>> {
        let subjects = verb.children().filter(|child| {
            matches!(child.relation(), Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter)
                && child.upos() != Upos::Punct
        });
        let first = subjects.clone().next();
        // Of two before the verb, the one beside it speaks: "those who owe struggle, he said". Not "columnist Ann Otieno said".
        let beside = subjects.take_while(|subject| subject.id < verb.id).last().filter(|last| {
            let before = below(*last, &|_| false).first().and_then(|word| self.document.token(*word).before());
            before.is_some_and(|before| first.is_some_and(|first| before.id != first.id && !first.governs(before.id)))
        });
        let subject = beside.or(first);
        // Parsers take who is addressed or named in the quotation before it for the subject.
        let inverted = || subject.is_none_or(|subject| subject.id < verb.id).then(|| inverted(verb)).flatten();
        inverted().or(subject)
    }
}

/// "“…,” said Ann Otieno": who stands right behind a verb of speech that follows a closing quotation mark, whatever parsers call it. Not
/// "“…,” said of Ann Otieno".
fn inverted<'t>(verb: Token<'t>) -> Option<Token<'t>> {
    let is_quoted = verb.before().is_some_and(|mark| matches!(mark.text(), "”" | "»" | "''" | "\""));
    let is_told = is_quoted && matches!(verb.xpos(), "VBD" | "VBZ" | "VBP");
    verb.children().find(|child| {
        is_told
            && matches!(child.upos(), Upos::Propn | Upos::Pron | Upos::Noun)
            && child.xpos() != "WP"
            && child.children_by(Relation::Case).next().is_none()
            && child
                .children()
                .map(|part| part.id)
                .chain([child.id])
                .min()
                .is_some_and(|first| first.0 == verb.id.0 + 1)
    })
}
