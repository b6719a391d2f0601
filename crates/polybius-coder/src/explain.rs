//! What was understood of each sentence, step by step, and why it gave an event or none.

use polybius_codebook::{PatternId, Slot};
use polybius_document::{Relation, SentenceId, Span, TokenId, Upos};

use crate::clauses::{Clause, Clauses};
use crate::code::Coder;
use crate::participants::Side;
use crate::status;
use crate::told::Told;
use crate::{Event, Participant, Records, ResolvedBy, When};

/// How a document was read.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// One entry a sentence, in order.
    pub sentences: Vec<SentenceExplanation>,
    /// What came of it all.
    pub records: Records,
}

/// How a sentence was read.
#[derive(Debug, Clone)]
pub struct SentenceExplanation {
    /// Which one.
    pub sentence: SentenceId,
    /// Who was found in it.
    pub participants: Vec<Participant>,
    /// Its expressions of time, each with its days or with the reason why there are none.
    pub times: Vec<(Span, Result<When, &'static str>)>,
    /// Its clauses.
    pub clauses: Vec<ClauseExplanation>,
    /// Its events.
    pub events: Vec<Event>,
    /// What looked like an event and was not coded.
    pub abstentions: Vec<Abstention>,
    /// Words in quotation marks that no attribution claims: the outlet's own distance.
    pub scare_quotes: Vec<Span>,
}

/// A clause as the patterns see it.
#[derive(Debug, Clone)]
pub struct ClauseExplanation {
    /// The predicate, such as `attack` or `call off`.
    pub predicate: String,
    /// `verb`, `noun` or `be`.
    pub kind: &'static str,
    /// Where the predicate stands.
    pub trigger: Span,
    /// Each filled slot with its words.
    pub slots: Vec<(String, String)>,
    /// The auxiliary modes, and the cue words that set them.
    pub status: Vec<String>,
    /// Who says it, outermost first.
    pub speakers: Vec<String>,
}

/// Something that a pattern names but that became no event.
#[derive(Debug, Clone)]
pub struct Abstention {
    /// The predicate.
    pub trigger: Span,
    /// The nearest pattern, if any.
    pub pattern: Option<PatternId>,
    /// Why not, for a person to read.
    pub reason: String,
}

impl Coder<'_> {
    pub(crate) fn explain(&self, sentence: SentenceId, told: &mut Told) -> SentenceExplanation {
        let clauses = &self.clauses[sentence.index()];
        let reading = self.read(sentence, told);
        let tokens = self.document.sentence(sentence).tokens.clone();
        let participants =
            (tokens.start.0..tokens.end.0).map(TokenId).flat_map(|token| self.explain_who(token)).collect();
        SentenceExplanation {
            sentence,
            participants,
            times: self.times()[sentence.index()].iter().map(|(span, when)| (span, when.clone())).collect(),
            clauses: clauses.iter().map(|clause| self.explain_clause(clauses, clause)).collect(),
            events: reading.events,
            abstentions: reading.abstentions,
            scare_quotes: Vec::new(),
        }
    }

    /// Whom a name that begins with `token` names, or a pronoun or noun there takes up.
    fn explain_who(&self, token: TokenId) -> Vec<Participant> {
        if let Some(name) = self.resolver.names.over(token) {
            let named = (name.tokens.start == token).then(|| self.resolver.resolve(token, Side::Actor));
            return named.flatten().into_iter().collect();
        }
        let word = self.document.token(token);
        let modifies = matches!(word.relation(), Relation::Amod | Relation::Compound);
        let pronoun = (word.upos() == Upos::Pron || word.xpos() == "PRP$") && !crate::phrases::is_relative(word);
        let shown = |one: &Participant| match one.resolved_by {
            ResolvedBy::Pronoun | ResolvedBy::Speaker => pronoun,
            ResolvedBy::Coreference | ResolvedBy::RoleNoun => word.upos() == Upos::Noun && !modifies,
            _ => false,
        };
        self.resolver.resolve_all(token, Side::Actor).into_iter().filter(shown).collect()
    }

    fn explain_clause(&self, clauses: &Clauses, clause: &Clause) -> ClauseExplanation {
        let token = self.document.token(clause.head);
        let words = |head: &TokenId| self.document.text(self.phrase(*head)).to_owned();
        let mut slots: Vec<(String, String)> = clause
            .slots
            .iter()
            .filter(|(_, heads)| !heads.is_empty())
            .map(|(slot, heads)| (slot.as_str().to_owned(), heads.iter().map(words).collect::<Vec<_>>().join(" & ")))
            .collect();
        if clause.slots.iter().all(|(slot, _)| *slot != Slot::Object) && !clause.slot(&Slot::Object).is_empty() {
            let of = clause.slot(&Slot::Object).iter().map(words).collect::<Vec<_>>().join(" & ");
            slots.push((Slot::Object.as_str().to_owned(), of));
        }
        if !clause.complements.is_empty() {
            let lemmas = clause.complements.iter().map(|head| self.document.token(*head).lemma().to_owned());
            slots.push(("complement".to_owned(), lemmas.collect::<Vec<_>>().join(" & ")));
        }
        ClauseExplanation {
            predicate: clause.keys.first().cloned().unwrap_or_default(),
            kind: clause.kind.as_str(),
            trigger: clause.trigger,
            slots,
            status: status::of(self.codebook, clauses, clause, token).notes,
            speakers: self.speakers().of(clauses, clause.head).into_iter().map(|link| link.speaker.name).collect(),
        }
    }

    /// A name in full, or the head word.
    fn phrase(&self, head: TokenId) -> Span {
        let token = self.document.token(head);
        let name = self.resolver.names.over(head).or_else(|| self.resolver.titled(token));
        name.map_or(token.span(), |name| self.document.span_of(&name.tokens))
    }
}
