//! According to whom: the chain of speakers above a predicate, outermost first.

mod content;
mod cue;
mod find;
mod nouns;
mod phrase;
mod quoted;
mod source;
mod transcript;

use polybius_codebook::{Codebook, Slot, Stance};
use polybius_document::{Document, Relation, Span, Token, TokenId, Upos};

use find::{Draft, Finder};

use crate::clauses::{Clause, Clauses};
use crate::dates;
use crate::matching::is_same;
use crate::participants::{Resolver, Side};
use crate::phrases::{lower_lemma, preposition};
use crate::quotes::{Quotes, named_or_described, speech};
use crate::{Attribution, AttributionKind, Participant, ResolvedBy};

/// What finding speakers needs to look up.
pub(crate) struct Speakers<'a> {
    pub(crate) document: &'a Document,
    pub(crate) codebook: &'a Codebook,
    pub(crate) resolver: &'a Resolver<'a>,
    pub(crate) quotes: &'a Quotes,
}

/// An attribution with all its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Attributed {
    /// Who says it; `None` if the text does not tell: "is expected to", "reportedly".
    pub speaker: Option<Participant>,
    /// The words for the speaker in full, with descriptions and appositions; empty if there are none.
    pub source: Vec<Span>,
    /// The words that say so: verb or noun with auxiliaries, negation and the preposition that belongs to it.
    pub cue: Vec<Span>,
    /// The word that is the cue or heads it.
    pub anchor: TokenId,
    /// How the words are reported.
    pub kind: AttributionKind,
    /// What the speaker does with the content.
    pub stance: Stance,
    /// Whether the cue is negated: "did not say", "has never supported".
    pub negated: bool,
    /// Whether the cue gives the floor, and does not only show an attitude.
    pub told: bool,
    /// Whether it is said in a clause or a quotation, and not only named.
    pub clause: bool,
    /// What is said: runs of words in text order, without the cue and its source.
    pub content: Vec<Span>,
    /// The same as words, without marks.
    pub words: Vec<TokenId>,
    /// The attribution in whose content this one stands, by its number: "Reuters reported that officials said".
    pub within: Option<usize>,
}

impl Speakers<'_> {
    /// Every attribution of the document, in text order of their anchors. One cue makes one attribution, however many quotations and
    /// clauses it covers.
    pub(crate) fn all(&self, clauses: &[Clauses]) -> Vec<Attributed> {
        let mut drafts = Vec::new();
        for (sentence, clauses) in self.document.sentences().iter().zip(clauses) {
            let expressions = dates::find(self.document, &self.codebook.calendar, sentence);
            let words = expressions.iter().flat_map(|time| (time.tokens.start.0..time.tokens.end.0).map(TokenId));
            let finder = Finder { document: self.document, codebook: self.codebook, clauses, times: words.collect() };
            drafts.extend(finder.all(sentence));
        }
        drafts.extend(transcript::labelled(self.document));
        drafts.sort_by_key(|draft| draft.anchor);
        let quotes: Vec<_> = self.quotes.iter().map(|quote| quote.tokens.clone()).collect();
        quoted::extend(self.document, &quotes, &mut drafts);
        drafts.retain(|draft| !draft.content.is_empty());
        quoted::drop_unsaid(&quotes, &mut drafts);
        let within = within(self.document.n_tokens(), &drafts);
        drafts.into_iter().zip(within).map(|(draft, within)| self.finish(draft, within)).collect()
    }

    fn finish(&self, draft: Draft, within: Option<usize>) -> Attributed {
        self.resolver.forget();
        let n_quoted = draft.content.iter().filter(|word| self.quotes.around(**word).is_some()).count();
        let kind = match draft.kind {
            AttributionKind::Indirect if n_quoted * 5 >= draft.content.len() * 4 => AttributionKind::Direct,
            AttributionKind::Indirect if n_quoted > 0 => AttributionKind::Mixed,
            kind => kind,
        };
        let speaker = draft.source.as_ref().and_then(|(head, _)| self.speaker(*head));
        let words = |words: &phrase::Words| phrase::spans(self.document, words);
        Attributed {
            speaker,
            source: draft.source.as_ref().map(|(_, source)| words(source)).unwrap_or_default(),
            cue: words(&draft.cue),
            anchor: draft.anchor,
            kind,
            stance: draft.stance,
            negated: draft.cue.iter().any(|word| is_negation(self.document.token(*word))),
            told: draft.told,
            clause: draft.clause,
            content: phrase::quoted_spans(self.document, &draft.content),
            words: draft.content.into_iter().collect(),
            within,
        }
    }

    /// Who a source is: whom its head names, or, where that only describes, the name beside it: "the ambassador, Ann Otieno".
    fn speaker(&self, head: TokenId) -> Option<Participant> {
        let described = named_or_described(self.document, self.resolver, head)?;
        if described.resolved_by < ResolvedBy::RoleNoun {
            return Some(described);
        }
        let beside = self.document.token(head).children_by(Relation::Appos).find(|child| child.upos() == Upos::Propn);
        let named = beside.and_then(|name| self.resolver.resolve(name.id, Side::Actor));
        Some(named.filter(|named| named.resolved_by <= ResolvedBy::UnknownName).unwrap_or(described))
    }

    /// Who says that what `predicate` heads happened.
    pub(crate) fn of(&self, clauses: &Clauses, predicate: TokenId) -> Vec<Attribution> {
        let quote = self.quotes.around(predicate);
        let mut inward = Vec::new();
        let mut at = self.document.token(predicate);
        // What is demanded or promised is the act itself, not what is told beside it.
        let mut is_the_act = true;
        loop {
            self.according_to(at, &mut inward);
            self.beside(clauses, at, &mut inward);
            let Some(governor) = at.head() else { break };
            is_the_act &= is_act(at.relation());
            if let Some(link) = self.link(clauses, at, governor).filter(|link| is_the_act || !is_asked(link)) {
                inward.push(link);
            }
            at = governor;
        }
        for link in &mut inward {
            let outside = quote.is_some_and(|quote| !self.document.span_of(&quote.tokens).contains(link.cue));
            if outside && link.kind == AttributionKind::Indirect {
                link.kind = AttributionKind::Direct;
            }
        }
        inward.reverse();
        // "said he hoped": one speaker, who is named once.
        inward.dedup_by(|inner, outer| is_same(&inner.speaker, &outer.speaker));
        if let Some(speaker) = quote.and_then(|quote| quote.speaker.as_ref())
            && !inward.iter().any(|link| link.cue == speaker.cue || link.kind == AttributionKind::Direct)
        {
            let link = Attribution {
                speaker: speaker.who.clone(),
                cue: speaker.cue,
                kind: AttributionKind::Direct,
                stance: speaker.stance,
            };
            inward.insert(0, link);
        }
        inward
    }

    /// The speaker that `governor` gives the floor to, if `token` heads what is said.
    fn link(&self, clauses: &Clauses, token: Token<'_>, governor: Token<'_>) -> Option<Attribution> {
        let relation = token.relation();
        // "accused the police of beating": hung on the accused, but said by the accuser.
        let alleged = matches!(governor.relation(), Relation::Obj | Relation::Iobj)
            && token.xpos() == "VBG"
            && matches!(relation, Relation::Acl | Relation::Nmod);
        if let Some(clause) = governor.head().filter(|_| alleged).and_then(|verb| clauses.headed_by(verb.id))
            && speech(self.codebook, clause) == Some(Stance::Accuses)
        {
            return self.spoken(clause, Stance::Accuses);
        }
        if let Some(clause) = clauses.headed_by(governor.id)
            && let Some(stance) = speech(self.codebook, clause)
        {
            return is_content(stance, token).then(|| self.spoken(clause, stance))?;
        }
        let stance = self.codebook.cues.speech_noun(&lower_lemma(governor))?;
        let content = matches!(relation, Relation::Acl | Relation::Ccomp | Relation::Appos);
        let of_content =
            relation == Relation::Nmod && preposition(token).as_deref() == Some("of") && stance != Stance::Says;
        if !content && !of_content {
            return None;
        }
        let owner = governor.children().find(|child| {
            child.relation() == Relation::NmodPoss
                || (child.relation() == Relation::Amod && self.resolver.names.is_demonym(child.id))
                || (child.relation() == Relation::Nmod && matches!(preposition(*child).as_deref(), Some("by" | "from")))
        })?;
        Some(Attribution {
            speaker: named_or_described(self.document, self.resolver, owner.id)?,
            cue: governor.span(),
            kind: AttributionKind::Indirect,
            stance,
        })
    }

    fn spoken(&self, clause: &Clause, stance: Stance) -> Option<Attribution> {
        let subject = clause.slot(&Slot::Subject).first()?;
        Some(Attribution {
            speaker: named_or_described(self.document, self.resolver, *subject)?,
            cue: clause.trigger,
            kind: AttributionKind::Indirect,
            stance,
        })
    }

    /// "Iran, officials said, fired …": the speech clause hangs beside what is said.
    fn beside(&self, clauses: &Clauses, token: Token<'_>, inward: &mut Vec<Attribution>) {
        for child in token.children_by(Relation::Parataxis) {
            let Some(clause) = clauses.headed_by(child.id) else { continue };
            let has_content = child.children().any(|inner| inner.relation() == Relation::Ccomp);
            if let Some(stance) = speech(self.codebook, clause)
                && !has_content
                && let Some(link) = self.spoken(clause, stance)
            {
                inward.push(link);
            }
        }
    }

    /// "According to Israel, …".
    fn according_to(&self, token: Token<'_>, inward: &mut Vec<Attribution>) {
        for child in token.children() {
            let Some(phrase) = preposition(child) else { continue };
            let Some(stance) = self.codebook.cues.speech_preposition(&phrase) else { continue };
            // "according to the will of …" names no source; "according to a report" does.
            let document = self.codebook.cues.speech_noun(&lower_lemma(child)).is_some();
            let source = self.resolver.resolve(child.id, Side::Actor);
            let source = if document { named_or_described(self.document, self.resolver, child.id) } else { source };
            let Some(speaker) = source else { continue };
            let case = child.children_by(Relation::Case).next().map_or(child.span(), |case| {
                case.children_by(Relation::Fixed).fold(case.span(), |span, part| span.join(part.span()))
            });
            inward.push(Attribution { speaker, cue: case, kind: AttributionKind::AccordingTo, stance });
        }
    }
}

/// Whether what hangs so is itself what is demanded or promised.
fn is_act(relation: Relation) -> bool {
    matches!(relation, Relation::Xcomp | Relation::Ccomp | Relation::Conj | Relation::Obj)
}

fn is_asked(link: &Attribution) -> bool {
    matches!(link.stance, Stance::Demands | Stance::Promises)
}

fn is_negation(token: Token<'_>) -> bool {
    token.feature("Polarity") == Some("Neg") || matches!(token.lemma(), "not" | "n't" | "never")
}

/// For each attribution, the smallest one in whose content it stands.
fn within(n_tokens: usize, drafts: &[Draft]) -> Vec<Option<usize>> {
    let contents: Vec<Vec<TokenId>> = drafts.iter().map(|draft| draft.content.iter().copied().collect()).collect();
    let innermost = innermost(n_tokens, &contents.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let outer = |(index, draft): (usize, &Draft)| {
        let outer = innermost[draft.anchor.index()];
        outer.filter(|&outer| outer != index && drafts[outer].content.len() > draft.content.len())
    };
    drafts.iter().enumerate().map(outer).collect()
}

/// For each token, which of the sets of words is the smallest that has it.
pub(crate) fn innermost(n_tokens: usize, sets: &[&[TokenId]]) -> Vec<Option<usize>> {
    let mut by_size: Vec<usize> = (0..sets.len()).collect();
    by_size.sort_by_key(|&index| std::cmp::Reverse(sets[index].len()));
    let mut innermost = vec![None; n_tokens];
    for index in by_size {
        for word in sets[index] {
            innermost[word.index()] = Some(index);
        }
    }
    innermost
}

/// Whether `token` heads what a verb of this stance says. What is merely criticised or demanded is not said to have happened.
fn is_content(stance: Stance, token: Token<'_>) -> bool {
    match token.relation() {
        Relation::Ccomp | Relation::Parataxis => true,
        Relation::Xcomp => true,
        Relation::Advcl if crate::phrases::marker(token).as_deref() == Some("that") => true,
        Relation::Advcl => {
            matches!(stance, Stance::Accuses)
                && crate::phrases::marker(token).is_some_and(|word| word == "of" || word == "for")
        }
        Relation::Obj => matches!(stance, Stance::Denies | Stance::Confirms | Stance::Predicts | Stance::Doubts),
        Relation::Obl => match preposition(token).as_deref() {
            Some("of") => matches!(stance, Stance::Accuses | Stance::Warns),
            Some("about") => matches!(stance, Stance::Warns),
            _ => false,
        },
        _ => false,
    }
}
