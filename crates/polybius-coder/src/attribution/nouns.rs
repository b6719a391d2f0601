//! Cues that are no verbs: nouns, predicates, adverbs and prepositions.

use polybius_codebook::{AttitudePart, Stance};
use polybius_document::{Relation, Token, TokenId, Upos};

use super::cue;
use super::find::{Draft, Finder};
use super::phrase::{Words, below, noun_phrase};
use crate::AttributionKind;
use crate::phrases::{in_set, lower_lemma, marker, preposition};

impl<'a> Finder<'a> {
    /// "expressed support for": a verb that only carries the noun that is the cue.
    pub(super) fn light(&self, verb: Token<'a>, passive: bool) -> Option<Draft> {
        let noun = verb.children_by(Relation::Obj).find(|child| child.upos() == Upos::Noun)?;
        let (stance, told) = cue::of_noun(self.codebook, noun)?;
        let light = in_set(self.codebook, "voicing", &lower_lemma(verb));
        let (mut content, mut last) = self.of_noun(noun);
        if passive || !light || noun.id < verb.id {
            return None;
        }
        if content.is_empty() {
            let on = verb.children().filter(|child| child.id > noun.id);
            let mut on =
                on.filter(|child| matches!(child.relation(), Relation::Obl | Relation::Advcl | Relation::Ccomp));
            let governed = on.find(|child| {
                let by = preposition(*child).or_else(|| marker(*child));
                by.is_none_or(|by| {
                    ["for", "about", "on", "over", "to", "of", "with", "that", "whether"].contains(&by.as_str())
                })
            })?;
            (content, last) = self.without_case(governed);
        }
        let mut cue = cue::group(self.document, self.codebook, &self.times, verb);
        cue.extend(
            below(noun, &|child| content.contains(&child.id)).into_iter().filter(|word| !content.contains(word)),
        );
        cue.extend(last);
        let source = self.source(verb);
        let kind = AttributionKind::Indirect;
        Some(Draft { anchor: verb.id, stance, told, kind, cue, source, content, clause: false })
    }

    /// What a noun says, and the case words that hand it over.
    pub(super) fn of_noun(&self, noun: Token<'a>) -> (Words, Words) {
        for child in noun.children().filter(|child| child.id > noun.id) {
            match child.relation() {
                // "anger driven by losses" is no more than anger.
                Relation::Acl if child.xpos() == "VBN" && !child.children().any(|aux| aux.upos() == Upos::Aux) => {}
                Relation::Acl | Relation::Ccomp => return self.without_case(child),
                Relation::Nmod
                    if matches!(
                        preposition(child).as_deref(),
                        Some("for" | "of" | "about" | "over" | "to" | "against" | "toward" | "towards")
                    ) =>
                {
                    return self.without_case(child);
                }
                _ => {}
            }
        }
        (Words::new(), Words::new())
    }

    pub(super) fn without_case(&self, phrase: Token<'a>) -> (Words, Words) {
        let mut words = self.clause(phrase);
        let hands_over = |child: &Token<'_>| match child.relation() {
            Relation::Case => true,
            // "interest in building", "questions about how it works".
            Relation::Mark => {
                child.upos() == Upos::Sconj && ["in", "about", "to", "of", "on", "for"].contains(&child.text())
            }
            _ => false,
        };
        let case = phrase.children().find(hands_over).map(|case| below(case, &|_| false)).unwrap_or_default();
        words.retain(|word| !case.contains(word));
        (words, case)
    }

    /// "Iran's claim that …", "his support for …": a noun with who says it and what is said.
    pub(super) fn noun(&self, noun: Token<'a>) -> Option<Draft> {
        let (stance, told) = cue::of_noun(self.codebook, noun)?;
        if let Some(draft) = self.equated(noun, stance, told) {
            return Some(draft);
        }
        let (content, case) = self.of_noun(noun);
        if !case.is_empty() && matches!(stance, Stance::Says | Stance::Plans | Stance::Believes | Stance::Predicts) {
            return None;
        }
        let owner = noun.children().find(|child| {
            child.relation() == Relation::NmodPoss
                || (child.relation() == Relation::Nmod && matches!(preposition(*child).as_deref(), Some("by" | "from")))
        });
        // "amid fears that …": somebody unnamed has them. Not "the idea that …".
        let definite = noun.children_by(Relation::Det).any(|word| word.feature("Definite") != Some("Ind"));
        let that =
            || noun.children().any(|child| content.contains(&child.id) && marker(child).as_deref() == Some("that"));
        if owner.is_none() && !definite && that() {
            let cue = described(noun, &Words::new());
            let kind = AttributionKind::Indirect;
            return Some(Draft { anchor: noun.id, stance, told, kind, cue, source: None, content, clause: true });
        }
        let owner = owner?;
        if content.is_empty() || content.contains(&owner.id) {
            return None;
        }
        let source = noun_phrase(owner, noun);
        let mut cue = described(noun, &source);
        cue.extend(case);
        // "a demand by", "a message from".
        cue.extend(owner.children_by(Relation::Case).filter(|by| by.id > noun.id).map(|by| by.id));
        let source = Some((owner.id, source));
        let kind = AttributionKind::Indirect;
        Some(Draft { anchor: noun.id, stance, told, kind, cue, source, content, clause: false })
    }

    /// "The hope is that …", "their fear was that …": the clause is what the noun says. Not "the plan is a mess".
    fn equated(&self, noun: Token<'a>, stance: Stance, told: bool) -> Option<Draft> {
        let said = noun.head().filter(|_| matches!(noun.relation(), Relation::Nsubj | Relation::NsubjOuter))?;
        let mut marks = said.children_by(Relation::Mark).filter(|mark| mark.id > noun.id && mark.id < said.id);
        let that = marks.find(|mark| mark.xpos() == "IN")?;
        let between = |child: &Token<'_>| child.id > noun.id && child.id < that.id;
        let is = said.children().filter(|child| matches!(child.relation(), Relation::Cop | Relation::Aux));
        let is: Words = is.filter(between).map(|is| is.id).collect();
        if is.is_empty() {
            return None;
        }
        let owner = noun.children_by(Relation::NmodPoss).next();
        let source = owner.map(|owner| (owner.id, noun_phrase(owner, noun)));
        let mut cue = described(noun, &source.as_ref().map(|(_, words)| words.clone()).unwrap_or_default());
        cue.extend(is);
        let mut content = below(said, &|child| child.id == noun.id);
        content.retain(|word| *word >= that.id);
        let kind = AttributionKind::Indirect;
        Some(Draft { anchor: noun.id, stance, told, kind, cue, source, content, clause: true })
    }

    /// "was confident that …", "is critical of …".
    pub(super) fn predicate(&self, word: Token<'a>) -> Option<Draft> {
        let adjective = match word.upos() {
            Upos::Verb => word.text().to_lowercase(),
            _ => lower_lemma(word),
        };
        let stance = self.codebook.cues.attitude(AttitudePart::Adjective, &adjective)?;
        let has_copula = word.children().any(|is| matches!(is.relation(), Relation::Cop | Relation::AuxPass));
        // "officials angry about the delay": an adjective behind its noun.
        let behind = word.head().filter(|noun| {
            noun.id < word.id && noun.upos().is_noun() && matches!(word.relation(), Relation::Amod | Relation::Acl)
        });
        let apart =
            word.relation() == Relation::Advcl && !word.children().any(|child| child.relation() == Relation::Mark);
        if !has_copula && behind.is_none() && !apart && word.relation() != Relation::Xcomp {
            return None;
        }
        let mut cue = cue::group(self.document, self.codebook, &self.times, word);
        // "made it clear that …".
        let making = word.head().filter(|making| {
            word.relation() == Relation::Xcomp
                && making.id < word.id
                && in_set(self.codebook, "rendering", &lower_lemma(*making))
        });
        if let Some(making) = making {
            cue.extend(cue::group(self.document, self.codebook, &self.times, making));
            cue.extend((making.id.0..word.id.0).map(TokenId));
        }
        let mut content = Words::new();
        // "is ready to endorse the plan".
        let spoken = self.spoken_of(word);
        if let Some((inner, said)) = &spoken {
            cue.extend(cue::group(self.document, self.codebook, &self.times, *inner));
            content = self.complements(*inner, said, &mut cue).0;
        }
        for child in word.children().filter(|child| child.id > word.id && spoken.is_none()) {
            match child.relation() {
                Relation::Ccomp | Relation::Xcomp => content.extend(below(child, &|_| false)),
                Relation::Advcl if marker(child).as_deref() == Some("that") => content.extend(below(child, &|_| false)),
                Relation::Obl | Relation::Advcl
                    if matches!(
                        preposition(child).or_else(|| marker(child)).as_deref(),
                        Some("of" | "about" | "that" | "to" | "with" | "in" | "on")
                    ) =>
                {
                    let (words, case) = self.without_case(child);
                    content.extend(words);
                    cue.extend(case);
                }
                _ => {}
            }
        }
        let described = behind.filter(|_| !has_copula).map(|noun| (noun.id, self.source_words(noun, word)));
        let subject = described.or_else(|| self.source(making.unwrap_or(word))).filter(|_| !content.is_empty())?;
        let kind = AttributionKind::Indirect;
        Some(Draft { anchor: word.id, stance, told: false, kind, cue, source: Some(subject), content, clause: false })
    }

    /// "reportedly": somebody unnamed says the clause.
    pub(super) fn adverb(&self, word: Token<'a>) -> Option<Draft> {
        let stance = self.codebook.cues.attitude(AttitudePart::Adverb, &word.text().to_lowercase())?;
        let said = word.head().filter(|_| word.relation() == Relation::Advmod)?;
        let content = below(said, &|child| {
            child.id == word.id || matches!(child.relation(), Relation::Conj | Relation::Parataxis)
        });
        let cue = Words::from([word.id]);
        let kind = AttributionKind::Indirect;
        Some(Draft { anchor: word.id, stance, told: false, kind, cue, source: None, content, clause: true })
    }

    /// "According to Israel, …".
    pub(super) fn according_to(&self, token: Token<'a>) -> Option<Draft> {
        let phrase = preposition(token)?;
        // "In a poll, voters …": what is counted there is what it says.
        let counted = phrase == "in"
            && in_set(self.codebook, "survey", &lower_lemma(token))
            && matches!(token.relation(), Relation::Obl | Relation::Nmod);
        let stance = self.codebook.cues.speech_preposition(&phrase).or(counted.then_some(Stance::Says))?;
        // "according to the will of …" tells how it is done.
        if token.upos() == Upos::Noun && in_set(self.codebook, "manner", &lower_lemma(token)) {
            return None;
        }
        let case = token.children_by(Relation::Case).next()?;
        let cue = below(case, &|_| false);
        let own = below(token, &|_| false);
        let sentence = &self.document.sentence(self.document.sentence_of(token.id)).tokens;
        let is_word = |id: &u32| self.document.token(TokenId(*id)).upos() != Upos::Punct;
        let first = (sentence.start.0..sentence.end.0).find(is_word)?;
        let last = (sentence.start.0..sentence.end.0).rev().find(is_word)?;
        let mut top = token.head()?;
        // At either end of the sentence it tells where all of it is from.
        let at_end = own.contains(&TokenId(first)) || own.contains(&TokenId(last));
        if counted && !(own.contains(&TokenId(first)) && token.head()?.head().is_none()) {
            return None;
        }
        while let Some(above) = top.head()
            && (at_end
                || matches!(
                    top.relation(),
                    Relation::Obj
                        | Relation::Obl
                        | Relation::Nmod
                        | Relation::Nsubj
                        | Relation::NsubjPass
                        | Relation::Appos
                        | Relation::Nummod
                ))
        {
            top = above;
        }
        let content = below(top, &|child| child.id == token.id);
        let source = Some((token.id, self.source_words(token, case)));
        Some(Draft {
            anchor: case.id,
            stance,
            told: true,
            kind: AttributionKind::AccordingTo,
            cue,
            source,
            content,
            clause: true,
        })
    }
}

/// A noun with the article and the adjectives before it that are not its source's.
fn described(noun: Token<'_>, source: &Words) -> Words {
    let mut words = Words::from([noun.id]);
    let before = noun.children().filter(|child| child.id < noun.id);
    let describes = |child: &Token<'_>| matches!(child.relation(), Relation::Det | Relation::Amod | Relation::Nummod);
    for child in before.filter(describes) {
        words.extend(below(child, &|_| false).into_iter().filter(|word| !source.contains(word)));
    }
    words
}
