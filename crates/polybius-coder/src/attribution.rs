//! According to whom: the chain of speakers above a predicate, outermost first.

use std::collections::{BTreeMap, BTreeSet};

use polybius_codebook::{Codebook, Slot, Stance};
use polybius_document::{Document, Relation, Span, Token, TokenId};

use crate::clauses::{Clause, Clauses};
use crate::matching::is_same;
use crate::participants::{Resolver, Side};
use crate::phrases::{lower_lemma, preposition};
use crate::quotes::{Quotes, named_or_described, speech};
use crate::{Attribution, AttributionKind};

/// What finding speakers needs to look up.
pub(crate) struct Speakers<'a> {
    pub(crate) document: &'a Document,
    pub(crate) codebook: &'a Codebook,
    pub(crate) resolver: &'a Resolver<'a>,
    pub(crate) quotes: &'a Quotes,
}

/// An attribution and the words it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Attributed {
    /// Who says it, and the word that gives the floor.
    pub attribution: Attribution,
    /// What is said: runs of words in text order, without the cue and its source.
    pub content: Vec<Span>,
}

impl Speakers<'_> {
    /// Every attribution that some clause of the document has, in text order of their cues. One cue makes one attribution,
    /// however many quotations and clauses it covers.
    pub(crate) fn all(&self, clauses: &[Clauses]) -> Vec<Attributed> {
        let mut found: BTreeMap<Span, (Attribution, BTreeSet<TokenId>)> = BTreeMap::new();
        let mut add = |link: Attribution, content: BTreeSet<TokenId>| {
            found.entry(link.cue).or_insert_with(|| (link, BTreeSet::new())).1.extend(content);
        };
        for clauses in clauses {
            let mut seen = BTreeSet::new();
            for clause in clauses.iter() {
                let mut at = Some(self.document.token(clause.head));
                while let Some(token) = at.filter(|token| seen.insert(token.id)) {
                    at = token.head();
                    let mut links = Vec::new();
                    self.according_to(token, &mut links);
                    self.beside(clauses, token, &mut links);
                    let link = at.and_then(|governor| self.link(clauses, token, governor));
                    links.extend(link.filter(|link| is_act(token.relation()) || !is_asked(link)));
                    for link in links {
                        let content = said(token, link.cue);
                        add(link, content);
                    }
                }
            }
        }
        for quote in self.quotes.iter() {
            if let Some(speaker) = &quote.speaker {
                let link = Attribution {
                    speaker: speaker.who.clone(),
                    cue: speaker.cue,
                    kind: AttributionKind::Direct,
                    stance: speaker.stance,
                };
                add(link, (quote.tokens.start.0..quote.tokens.end.0).map(TokenId).collect());
            }
        }
        let finished = |(attribution, content)| Attributed { attribution, content: runs(self.document, &content) };
        found.into_values().map(finished).collect()
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

/// The words below `token` and it itself, without the branch that holds the cue.
fn said(token: Token<'_>, cue: Span) -> BTreeSet<TokenId> {
    let mut below = BTreeSet::from([token.id]);
    for child in token.children() {
        let branch = below_and_self(child);
        if !branch.iter().any(|token| token.span().overlaps(cue)) {
            below.extend(branch.iter().map(|token| token.id));
        }
    }
    below
}

fn below_and_self(token: Token<'_>) -> Vec<Token<'_>> {
    let mut all = vec![token];
    let mut next = 0;
    while next < all.len() {
        all.extend(all[next].children());
        next += 1;
    }
    all
}

/// Tokens as spans, those that follow each other joined.
fn runs(document: &Document, tokens: &BTreeSet<TokenId>) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    let mut last = None;
    for &id in tokens {
        let span = document.token(id).span();
        match runs.last_mut() {
            Some(run) if last == Some(TokenId(id.0.wrapping_sub(1))) => *run = run.join(span),
            _ => runs.push(span),
        }
        last = Some(id);
    }
    runs
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
