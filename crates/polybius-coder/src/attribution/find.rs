//! Every attribution of a sentence by its own words: verbs, nouns, predicates and prepositions with source and content.

use polybius_codebook::{AttitudePart, Codebook, Stance};
use polybius_document::{Document, Relation, Sentence, Token, TokenId, Upos};

use super::cue;
use super::phrase::{Words, below, noun_phrase};
use crate::AttributionKind;
use crate::clauses::Clauses;
use crate::phrases::{in_set, is_relative, lower_lemma};

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
        let is_pronoun =
            draft.content.len() == 1 && left.is_some_and(|(at, _)| is_relative(self.document.token(TokenId(at))));
        let clause = draft.told && draft.kind == AttributionKind::Indirect && right.is_none() && !is_pronoun;
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
        // "Asked if …, he declined": whoever is asked does not ask.
        let asked = verb.relation() == Relation::Advcl
            && matches!(verb.xpos(), "VBN" | "VBD")
            && in_set(self.codebook, "addressed", &lower_lemma(verb))
            && !verb
                .children()
                .any(|child| matches!(child.relation(), Relation::Nsubj | Relation::Aux | Relation::Mark));
        let passive = asked || self.clauses.headed_by(verb.id).is_some_and(|clause| clause.passive);
        let purpose = verb.children_by(Relation::Mark).any(|mark| mark.xpos() == "TO")
            && matches!(verb.relation(), Relation::Acl | Relation::Xcomp | Relation::Csubj | Relation::Advcl);
        if let Some(draft) = self.light(verb, passive) {
            return Some(draft);
        }
        // "were worried about": parsers take such an adjective for a passive.
        let passive_adjective = verb.xpos() == "VBN" && verb.children_by(Relation::AuxPass).next().is_some();
        if let Some(draft) = passive_adjective.then(|| self.predicate(verb)).flatten() {
            return Some(draft);
        }
        let meaning = cue::of_verb(self.codebook, verb, passive, &|child| !self.times.contains(&child.id))?;
        let mut cue = cue::group(self.document, self.codebook, &self.times, verb);
        let carrier = self.carrier(verb);
        if let Some(carrier) = carrier {
            let carrying = cue::group(self.document, self.codebook, &self.times, carrier);
            let first = carrying.first().copied().unwrap_or(carrier.id);
            let between = self.document.tokens(first..verb.id).filter(|token| token.upos() != Upos::Punct);
            cue.extend(between.map(|token| token.id));
        }
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
        // "a plan proposed in May": a participle that names nobody tells of the plan.
        if verb.relation() == Relation::Acl
            && matches!(verb.xpos(), "VBN" | "VBD")
            && meaning.stance != Stance::Seems
            && self.agent(verb).is_none()
        {
            return None;
        }
        let spoken = self.spoken_of(verb).filter(|_| !meaning.told);
        let (mut content, mut clause) = match &spoken {
            Some((inner, said)) => {
                cue.extend(cue::group(self.document, self.codebook, &self.times, *inner));
                self.complements(*inner, said, &mut cue)
            }
            None => self.complements(verb, &meaning, &mut cue),
        };
        if passive && content.is_empty() && spoken.is_none() {
            content.extend(self.held_against(verb, &meaning));
        }
        if passive && spoken.is_none() {
            self.acted_on(verb, &meaning, &mut content)?;
        } else if meaning.stance == Stance::Seems && spoken.is_none() {
            let subject = self.own_subject(verb);
            let empty = || verb.children_by(Relation::Expl).next().is_some();
            if content.is_empty() || (subject.is_none() && !empty()) {
                return None;
            }
            content.extend(subject.map(|subject| noun_phrase(subject, verb)).unwrap_or_default());
        }
        // "stopped to call voters": what is done for a purpose is not said by naming it.
        if purpose && !carried && !clause && !content.is_empty() {
            return None;
        }
        let told = meaning.told || (meaning.quoting && content.is_empty());
        if content.is_empty() && !meaning.clausal && !told {
            return None;
        }
        if content.is_empty()
            && told
            && let Some(before) = self.before_the_comma(verb)
        {
            clause = true;
            content = before;
        }
        if told && !content.is_empty() {
            content.extend(self.leads_in(verb));
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
            _ if carrier.is_some() || spoken.is_some() => self.source(carrier.unwrap_or(verb)),
            Stance::Seems => None,
            _ if passive => self.agent(verb),
            _ => self.source(verb),
        };
        // "if you want to see …", "ask yourself": whoever reads it is no speaker.
        let reader =
            source.as_ref().map_or(verb.xpos() == "VB", |(head, _)| self.document.token(*head).lemma() == "you");
        if reader || (content.is_empty() && source.is_none()) {
            return None;
        }
        let kind = AttributionKind::Indirect;
        Some(Draft { anchor: verb.id, stance: meaning.stance, told, kind, cue, source, content, clause })
    }

    /// "In the long run, officials say, talks help": what leads in before a cue between commas.
    fn leads_in(&self, verb: Token<'a>) -> Words {
        let sentence = &self.document.sentence(self.document.sentence_of(verb.id)).tokens;
        let own = self.own_subject(verb).filter(|own| own.id < verb.id && self.goes_on_after(verb));
        let first = own.and_then(|own| below(own, &|_| false).first().copied());
        let comma = first.and_then(|first| self.document.token(first).before()).filter(|comma| comma.text() == ",");
        let words = self.document.tokens(sentence.start..comma.map_or(sentence.start, |comma| comma.id));
        // "In Mekelle, she said, “…”": where it was said.
        let is_quote = |token: Token<'_>| matches!(token.text(), "“" | "„" | "«" | "``" | "\"" | "''" | "‘");
        let after = self.document.tokens(TokenId(verb.id.0 + 1)..sentence.end).find(|token| token.text() == ",");
        let quotes = self.document.tokens(after.map_or(sentence.end, |comma| comma.id)..sentence.end).nth(1);
        if quotes.is_some_and(is_quote) && !words.clone().any(is_quote) {
            return Words::new();
        }
        words
            .skip_while(|token| token.relation() == Relation::Cc)
            .filter(|token| token.upos() != Upos::Punct)
            .map(|token| token.id)
            .collect()
    }

    /// "Troops left, she said.", "Troops left, an official told Reuters.", "Troops left, wrote Ann Otieno.": what stands before the comma,
    /// whatever parsers hang it on.
    fn before_the_comma(&self, verb: Token<'a>) -> Option<Words> {
        let sentence = &self.document.sentence(self.document.sentence_of(verb.id)).tokens;
        let own = self.own_subject(verb)?;
        let first = below(own, &|_| false).first().copied()?.min(verb.id);
        let comma =
            self.document.token(first).before().filter(|comma| comma.id > sentence.start && comma.text() == ",")?;
        let beside = |token: Token<'_>| {
            let of_verb = |child: Token<'_>| {
                let beside = matches!(child.relation(), Relation::Iobj | Relation::Obl) || child.id == own.id;
                beside && child.id > verb.id && child.governs(token.id)
            };
            token.upos() == Upos::Punct || self.times.contains(&token.id) || verb.children().any(of_verb)
        };
        let mut after =
            self.document.tokens(TokenId(verb.id.0 + 1)..sentence.end).take_while(|token| token.text() != ",");
        let hangs = verb
            .children()
            .any(|child| child.id < comma.id && child.upos() != Upos::Punct && child.relation() != Relation::Cc)
            || verb.head().is_some_and(|head| head.id < comma.id);
        let finite = |token: Token<'_>| matches!(token.xpos(), "VBD" | "VBZ" | "VBP" | "MD");
        let before = || self.document.tokens(sentence.start..comma.id).filter(|token| token.upos() != Upos::Punct);
        (hangs && before().any(finite) && after.all(beside)).then(|| before().map(|token| token.id).collect())
    }

    /// "issued a statement saying that …", "aired an advertisement that accuses …": the verb that puts out what speaks.
    fn carrier(&self, verb: Token<'a>) -> Option<Token<'a>> {
        let saying = verb.xpos() == "VBG" && verb.relation() == Relation::Acl && !self.is_after_comma(verb);
        let that_says = verb.relation() == Relation::AclRelcl
            && self.own_subject(verb).is_some_and(|own| own.text() == "that" && own.id.0 + 1 == verb.id.0);
        let paper = verb.head().filter(|paper| {
            (saying || that_says)
                && paper.relation() == Relation::Obj
                && in_set(self.codebook, "paper", &lower_lemma(*paper))
        })?;
        paper.head().filter(|carrier| {
            let particle = carrier.children_by(Relation::CompoundPrt).next();
            let lemma = lower_lemma(*carrier);
            let word = particle.map_or(lemma.clone(), |particle| format!("{lemma} {}", particle.text().to_lowercase()));
            carrier.id < paper.id && in_set(self.codebook, "issuing", &word)
        })
    }

    /// "refused to concede that …", "is expected to endorse the plan": the attitude is one to saying something, and what would be said is its
    /// content. Not "declined to comment".
    pub(super) fn spoken_of(&self, verb: Token<'a>) -> Option<(Token<'a>, cue::Meaning<'a>)> {
        let inner = verb.children_by(Relation::Xcomp).find(|inner| {
            let to = |mark: Token<'_>| mark.xpos() == "TO" && mark.id < inner.id;
            let said =
                |child: Token<'_>| child.id > inner.id && matches!(child.relation(), Relation::Ccomp | Relation::Obj);
            let apart = |child: Token<'_>| child.relation() == Relation::Obj;
            inner.children_by(Relation::Mark).any(to) && inner.children().any(said) && !verb.children().any(apart)
        });
        let inner = inner?;
        let said = cue::of_verb(self.codebook, inner, false, &|child| !self.times.contains(&child.id))?;
        let sides = matches!(said.stance, Stance::Approves | Stance::Opposes);
        (said.told || sides).then_some((inner, said))
    }
}
