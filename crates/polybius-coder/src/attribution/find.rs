//! Every attribution of a sentence by its own words: verbs, nouns, predicates and prepositions with source and content.

use polybius_codebook::{AttitudePart, Codebook, Slot, Stance};
use polybius_document::{Document, Relation, Sentence, Token, TokenId, Upos};

use super::cue::{self, Meaning};
use super::phrase::{Words, below, noun_phrase};
use crate::AttributionKind;
use crate::clauses::Clauses;
use crate::phrases::{in_set, is_relative, lower_lemma, marker, preposition};

/// An attribution as words.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// The word that is the cue or heads it.
    pub(super) anchor: TokenId,
    pub(super) stance: Stance,
    pub(super) told: bool,
    pub(super) kind: AttributionKind,
    pub(super) cue: Words,
    /// Who speaks: the head word, and the phrase.
    pub(super) source: Option<(TokenId, Words)>,
    pub(super) content: Words,
    /// Whether the content is a clause or a quotation.
    pub(super) clause: bool,
}

/// What finding attributions needs to look up.
pub(super) struct Finder<'a> {
    pub(super) document: &'a Document,
    pub(super) codebook: &'a Codebook,
    pub(super) clauses: &'a Clauses,
    /// Words of dates and times: when it was said is not what was said.
    pub(super) times: Words,
}

impl<'a> Finder<'a> {
    /// The attributions of `sentence`, in text order of their anchors. A verb of speech whose content stands elsewhere has none yet.
    pub(super) fn all(&self, sentence: &Sentence) -> Vec<Draft> {
        let mut found: Vec<Draft> = Vec::new();
        for token in self.document.tokens(sentence.tokens.clone()) {
            if found.iter().any(|draft| draft.cue.contains(&token.id)) {
                continue;
            }
            let draft = match token.upos() {
                Upos::Verb => self.verb(token),
                Upos::Noun => self.noun(token),
                Upos::Adj => self.predicate(token),
                Upos::Adv => self.adverb(token),
                _ => None,
            };
            let draft = draft.or_else(|| self.according_to(token));
            found.extend(draft.map(|draft| self.whole(draft)));
        }
        found
    }

    /// The draft with what stands between the words of its content, on either side of the cue; and without what follows the cue
    /// there if the content stands before it: "…, she said on Friday".
    fn whole(&self, mut draft: Draft) -> Draft {
        let source = draft.source.as_ref().map(|(_, words)| words);
        let is_free = |id: &TokenId| {
            !draft.cue.contains(id)
                && source.is_none_or(|source| !source.contains(id))
                && self.document.token(*id).upos() != Upos::Punct
        };
        let edges = |side: &mut dyn Iterator<Item = TokenId>| {
            side.fold(None, |edges: Option<(u32, u32)>, id| {
                Some(edges.map_or((id.0, id.0), |(first, last)| (first.min(id.0), last.max(id.0))))
            })
        };
        let left = edges(&mut draft.content.iter().copied().filter(|id| *id < draft.anchor));
        let right = edges(&mut draft.content.iter().copied().filter(|id| *id > draft.anchor));
        let mut content = Words::new();
        // What stands before "…, she said" belongs to it from the start of the sentence on, if it is a clause.
        let clause = draft.told && draft.kind == AttributionKind::Indirect && right.is_none();
        let start = self.document.sentence(self.document.sentence_of(draft.anchor)).tokens.start.0;
        let left = left.map(|(first, last)| if clause { (start, last) } else { (first, last) });
        for (first, last) in [left, right].into_iter().flatten() {
            content.extend((first..=last).map(TokenId).filter(is_free));
        }
        draft.content = content;
        draft
    }

    fn verb(&self, verb: Token<'a>) -> Option<Draft> {
        if matches!(
            verb.relation(),
            Relation::Amod | Relation::Compound | Relation::Case | Relation::Fixed | Relation::Mark
        ) {
            return None;
        }
        let infinitive = verb.children_by(Relation::Xcomp).next().is_some();
        if infinitive && in_set(self.codebook, "phase", &lower_lemma(verb)) {
            return None;
        }
        let passive = self.clauses.headed_by(verb.id).is_some_and(|clause| clause.passive);
        let purpose = verb.children_by(Relation::Mark).any(|mark| mark.xpos() == "TO")
            && matches!(verb.relation(), Relation::Acl | Relation::Xcomp | Relation::Csubj | Relation::Advcl);
        if let Some(draft) = self.light(verb, passive) {
            return Some(draft);
        }
        let meaning = cue::of_verb(self.codebook, verb, passive, &|child| !self.times.contains(&child.id))?;
        let mut cue = cue::group(self.document, self.codebook, &self.times, verb);
        // "…, seemingly forgetting that …": the outlet's own aside, whoever its subject is.
        let hedged = cue.iter().any(|word| {
            let word = self.document.token(*word).text().to_lowercase();
            self.codebook.cues.attitude(AttitudePart::Adverb, &word).is_some()
        });
        if hedged && matches!(verb.relation(), Relation::Advcl | Relation::Acl) {
            return None;
        }
        let carried = cue.iter().any(|word| {
            let token = self.document.token(*word);
            token.upos() == Upos::Verb && token.id != verb.id
        });
        // "came to support", "I think, …": purposes and asides attribute nothing.
        let aside = verb.relation() == Relation::Parataxis && meaning.stance == Stance::Believes;
        if !meaning.told && ((purpose && !carried) || aside) {
            return None;
        }
        let (mut content, mut clause) = self.complements(verb, &meaning, &mut cue);
        if passive {
            self.acted_on(verb, &meaning, &mut content)?;
        } else if meaning.stance == Stance::Seems {
            let subject = self.own_subject(verb)?;
            if content.is_empty() {
                return None;
            }
            content.extend(noun_phrase(subject, verb));
        }
        if content.is_empty() && !meaning.clausal && !meaning.told {
            return None;
        }
        if content.is_empty()
            && let Some(above) = self.beside(verb)
        {
            clause = true;
            content = below(above, &|child| child.governs(verb.id) && child.id != above.id);
            if above.id < verb.id && !self.goes_on_after(verb) {
                content.retain(|word| *word < verb.id);
            }
        }
        let source = match meaning.stance {
            Stance::Seems => None,
            _ if passive => self.agent(verb),
            _ => self.source(verb),
        };
        if content.is_empty() && source.is_none() {
            return None;
        }
        let kind = AttributionKind::Indirect;
        Some(Draft { anchor: verb.id, stance: meaning.stance, told: meaning.told, kind, cue, source, content, clause })
    }

    /// What hangs on the verb and is what it says.
    fn complements(&self, verb: Token<'a>, meaning: &Meaning<'a>, cue: &mut Words) -> (Words, bool) {
        let mut content = Words::new();
        let (mut has_clause, mut finite) = (false, false);
        for child in verb.children() {
            let asked = meaning.stance == Stance::Asks
                && child.relation() == Relation::Advcl
                && marker(child).is_some_and(|mark| {
                    ["if", "whether", "why", "how", "what", "when", "where"].contains(&mark.as_str())
                });
            // "noted last week that …": parsers take it for an adverbial clause.
            let that =
                child.relation() == Relation::Advcl && child.id > verb.id && marker(child).as_deref() == Some("that");
            // "noted that Russia is …, and it wants …": after a past cue the present is what it says.
            let goes_on = child.relation() == Relation::Conj
                && verb.xpos() == "VBD"
                && has_clause
                && matches!(child.xpos(), "VBZ" | "VBP")
                && self.own_subject(child).is_some()
                && self.codebook.cues.speech_verb(&lower_lemma(child)).is_none();
            let clause = (asked || that || goes_on || matches!(child.relation(), Relation::Ccomp | Relation::Xcomp))
                && meaning.governed.is_none_or(|governed| governed.id != child.id);
            if clause || (child.relation() == Relation::Parataxis && child.id > verb.id && meaning.told) {
                has_clause |= clause;
                finite |= child.relation() != Relation::Xcomp;
                let mut words = self.clause(child);
                // "said with regret that …": what stands before "that" belongs to the saying.
                let that = child
                    .children()
                    .find(|mark| mark.relation() == Relation::Mark && mark.id > verb.id && mark.xpos() == "IN");
                if let Some(that) = that.filter(|_| child.relation() == Relation::Ccomp) {
                    words.retain(|word| *word >= that.id);
                }
                if child.id < verb.id && !self.goes_on_after(verb) {
                    words.retain(|word| *word < verb.id);
                }
                content.extend(words);
            }
        }
        if let Some(governed) = meaning.governed {
            let mut words = self.clause(governed);
            let case = governed.children().find(|child| matches!(child.relation(), Relation::Case | Relation::Mark));
            if let Some(case) = case.filter(|case| case.xpos() != "TO" || governed.upos() != Upos::Verb)
                && cue.last().is_some_and(|last| last.0 + 1 == case.id.0)
            {
                let case = below(case, &|_| false);
                words.retain(|word| !case.contains(word));
                cue.extend(case);
            }
            content.extend(words);
        }
        let infinitive = verb.children_by(Relation::Xcomp).next().is_some();
        for child in verb.children().filter(|child| child.id > verb.id) {
            let object = matches!(child.relation(), Relation::Obj | Relation::Iobj);
            if object && meaning.governed.is_none_or(|governed| governed.id != child.id) {
                let person = child.relation() == Relation::Iobj && !infinitive;
                let named = infinitive;
                let addressee =
                    meaning.addressed && !named && (has_clause || meaning.governed.is_some() || meaning.clausal);
                if !person && !addressee && (!meaning.clausal || named) {
                    content.extend(self.clause(child));
                }
            }
        }
        let has_object = !content.is_empty() && !verb.children_by(Relation::Ccomp).any(|_| true);
        let governed = meaning.governed.map(|governed| governed.id);
        let free = |child: &Token<'_>| Some(child.id) != governed && !self.times.contains(&child.id);
        for child in verb.children().filter(|child| child.id > verb.id && has_object && free(child)) {
            let by = match child.relation() {
                Relation::Obl => preposition(child),
                Relation::Advcl => marker(child),
                _ => None,
            };
            let object_of = [
                "as", "for", "to", "with", "against", "of", "by", "about", "over", "from", "into", "between", "than",
                "in", "at", "among",
            ];
            if by.is_some_and(|by| object_of.contains(&by.as_str())) {
                content.extend(self.clause(child));
            }
        }
        (content, finite)
    }

    /// The words of what is said, without what is said anew beside it: ", saying that …", "and one in four said …".
    fn clause(&self, head: Token<'a>) -> Words {
        let nonfinite = |token: Token<'_>| {
            matches!(token.xpos(), "VB" | "VBG")
                && !token
                    .children()
                    .any(|child| matches!(child.relation(), Relation::Aux | Relation::Nsubj | Relation::NsubjPass))
        };
        let anew = |child: Token<'_>| {
            let speaks = || self.codebook.cues.speech_verb(&lower_lemma(child)).is_some();
            match child.relation() {
                Relation::Conj => {
                    let finite = matches!(child.xpos(), "VBD" | "VBZ" | "VBP");
                    let says = speaks()
                        && self.own_subject(child).is_some()
                        && child.children_by(Relation::Ccomp).next().is_some();
                    finite && (says || child.head().is_some_and(nonfinite))
                }
                Relation::Parataxis => child.id > head.id && self.own_subject(child).is_some(),
                Relation::Advcl if child.xpos() == "VBG" && marker(child).is_none() => speaks(),
                Relation::Advcl => {
                    let contrast = marker(child).is_some_and(|mark| {
                        ["although", "though", "even though", "while", "whereas"].contains(&mark.as_str())
                    });
                    contrast && child.head().is_some_and(|head| head.id < child.id)
                }
                _ => false,
            }
        };
        below(head, &anew)
    }

    /// Whether a comma closes the cue before the sentence goes on: "Iran, officials said, fired …".
    fn goes_on_after(&self, verb: Token<'a>) -> bool {
        let sentence = &self.document.sentence(self.document.sentence_of(verb.id)).tokens;
        let after = self.document.tokens(TokenId(verb.id.0 + 1)..sentence.end).find(|token| {
            let of_source = verb.children().any(|child| child.relation() == Relation::Nsubj && child.governs(token.id));
            !of_source && token.relation() != Relation::CompoundPrt
        });
        after.is_some_and(|token| token.text() == ",")
    }

    /// Adds the subject of a passive, which is what the cue is about, unless that is the person spoken to.
    fn acted_on(&self, verb: Token<'a>, meaning: &Meaning<'a>, content: &mut Words) -> Option<()> {
        let subject = verb.children().find(|child| matches!(child.relation(), Relation::NsubjPass | Relation::Nsubj));
        if meaning.addressed {
            return (!content.is_empty()).then_some(());
        }
        let by = verb.children_by(Relation::OblAgent).next().is_some();
        if content.is_empty() && !by && meaning.stance != Stance::Seems {
            return None;
        }
        match subject {
            Some(subject) if subject.relation() == Relation::Expl => {}
            Some(subject) => content.extend(noun_phrase(subject, verb)),
            None => {
                if let Some(noun) = verb.head().filter(|_| verb.relation() == Relation::Acl) {
                    content.extend(noun_phrase(noun, verb));
                }
            }
        }
        Some(())
    }

    /// What is said, if the cue hangs beside it: "Iran, officials said, fired …", "as officials noted, …".
    fn beside(&self, verb: Token<'a>) -> Option<Token<'a>> {
        let above = verb.head()?;
        let beside = match verb.relation() {
            Relation::Parataxis => true,
            Relation::Advcl => marker(verb).as_deref() == Some("as"),
            _ => false,
        };
        beside.then_some(above)
    }

    /// "expressed support for": a verb that only carries the noun that is the cue.
    fn light(&self, verb: Token<'a>, passive: bool) -> Option<Draft> {
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
    fn of_noun(&self, noun: Token<'a>) -> (Words, Words) {
        for child in noun.children().filter(|child| child.id > noun.id) {
            match child.relation() {
                Relation::Acl | Relation::Ccomp => return (below(child, &|_| false), Words::new()),
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

    fn without_case(&self, phrase: Token<'a>) -> (Words, Words) {
        let mut words = below(phrase, &|_| false);
        let case = phrase.children_by(Relation::Case).next().map(|case| below(case, &|_| false)).unwrap_or_default();
        words.retain(|word| !case.contains(word));
        (words, case)
    }

    /// "Iran's claim that …", "his support for …": a noun with who says it and what is said.
    fn noun(&self, noun: Token<'a>) -> Option<Draft> {
        let (stance, told) = cue::of_noun(self.codebook, noun)?;
        let (content, case) = self.of_noun(noun);
        if !case.is_empty() && matches!(stance, Stance::Says | Stance::Plans | Stance::Believes | Stance::Predicts) {
            return None;
        }
        let owner = noun.children().find(|child| {
            child.relation() == Relation::NmodPoss
                || (child.relation() == Relation::Nmod && matches!(preposition(*child).as_deref(), Some("by" | "from")))
        })?;
        if content.is_empty() || content.contains(&owner.id) {
            return None;
        }
        let mut cue = Words::from([noun.id]);
        cue.extend(case);
        let source = Some((owner.id, noun_phrase(owner, noun)));
        Some(Draft {
            anchor: noun.id,
            stance,
            told,
            kind: AttributionKind::Indirect,
            cue,
            source,
            content,
            clause: false,
        })
    }

    /// "was confident that …", "is critical of …".
    fn predicate(&self, word: Token<'a>) -> Option<Draft> {
        let stance = self.codebook.cues.attitude(AttitudePart::Adjective, &lower_lemma(word))?;
        let has_copula = word.children_by(Relation::Cop).next().is_some();
        if !has_copula && word.relation() != Relation::Xcomp {
            return None;
        }
        let mut cue = cue::group(self.document, self.codebook, &self.times, word);
        let mut content = Words::new();
        for child in word.children().filter(|child| child.id > word.id) {
            match child.relation() {
                Relation::Ccomp | Relation::Xcomp => content.extend(below(child, &|_| false)),
                Relation::Advcl if marker(child).as_deref() == Some("that") => content.extend(below(child, &|_| false)),
                Relation::Obl
                    if matches!(
                        preposition(child).as_deref(),
                        Some("of" | "about" | "that" | "to" | "with" | "in")
                    ) =>
                {
                    let (words, case) = self.without_case(child);
                    content.extend(words);
                    cue.extend(case);
                }
                _ => {}
            }
        }
        let subject = self.source(word).filter(|_| !content.is_empty())?;
        let kind = AttributionKind::Indirect;
        Some(Draft { anchor: word.id, stance, told: false, kind, cue, source: Some(subject), content, clause: false })
    }

    /// "reportedly": somebody unnamed says the clause.
    fn adverb(&self, word: Token<'a>) -> Option<Draft> {
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
    fn according_to(&self, token: Token<'a>) -> Option<Draft> {
        let phrase = preposition(token)?;
        let stance = self.codebook.cues.speech_preposition(&phrase)?;
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

    /// By whom a passive is done.
    fn agent(&self, verb: Token<'a>) -> Option<(TokenId, Words)> {
        let agent = verb.children_by(Relation::OblAgent).next()?;
        Some((agent.id, noun_phrase(agent, verb)))
    }

    /// Who speaks: the subject, or whoever acts in the clause that the verb depends on.
    fn source(&self, verb: Token<'a>) -> Option<(TokenId, Words)> {
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
        let subject = inherited.or_else(above)?;
        Some((subject.id, self.source_words(subject, verb)))
    }

    /// The phrase of a speaker, without the time that parsers hang on it.
    fn source_words(&self, head: Token<'a>, cue: Token<'a>) -> Words {
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
    fn name_after(&self, words: &mut Words, cue: Token<'a>) {
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
    fn is_after_comma(&self, verb: Token<'a>) -> bool {
        verb.id.0 > 0 && self.document.token(TokenId(verb.id.0 - 1)).text() == ","
    }

    fn own_subject<'t>(&self, verb: Token<'t>) -> Option<Token<'t>> {
        verb.children().find(|child| {
            matches!(child.relation(), Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter)
                && child.upos() != Upos::Punct
        })
    }
}
