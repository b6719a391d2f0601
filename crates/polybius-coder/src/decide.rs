//! Which of the two readers has the say on a clause: the patterns, or where they are silent the trained reader.

use polybius_codebook::{Kind, Pattern, PatternId, Prospect, Quad, Stance, TypeId};
use polybius_document::{Relation, Span};

use crate::clauses::{Clause, Clauses};
use crate::code::Coder;
use crate::guesses::Opinion;
use crate::matching::{Match, Matcher, Outcome};
use crate::merge::Draft;
use crate::status::{self, Status};
use crate::{Attribution, Auxiliary};

/// Below this probability the trained reader alone does not speak of an event at all; above it the event's confidence decides.
const HEARD: f32 = 0.4;

/// What becomes of a clause.
pub(crate) enum Decision {
    Event(Match),
    /// Not everybody is known whom it needs: what there is, and who is missing.
    Incomplete(Match, String),
    Abstain(Option<PatternId>, String),
    Nothing,
}

impl Coder<'_> {
    /// Which of the two readers has the say on a clause.
    pub(crate) fn decide(
        &self,
        matcher: &Matcher<'_>,
        clauses: &Clauses,
        clause: &Clause,
        outcome: Outcome,
        opinion: Option<&Opinion<'_>>,
    ) -> Decision {
        let speakers = || self.speakers().of(clauses, clause.head);
        let (pattern, reason, incomplete) = match outcome {
            Outcome::Match(mut found) => {
                if let Some(opinion) = opinion {
                    matcher.complete(&mut found, opinion, &speakers());
                }
                if let Some(event_type) = found.pattern.and_then(|id| self.codebook.patterns.get(id).event_type) {
                    matcher.add_answered(clauses, clause, event_type, &mut found);
                    self.add_accuser(event_type, &mut found, &speakers());
                }
                return Decision::Event(found);
            }
            Outcome::Incomplete(found, missing) => (found.pattern, missing, Some(found)),
            Outcome::Abstain(pattern, reason) => (Some(pattern), reason, None),
            Outcome::Unlisted => (None, String::new(), None),
        };
        // Where a pattern says that the words are no act, it knows better.
        let ruled_out = pattern.is_some_and(|id| self.codebook.patterns.get(id).event_type.is_none());
        // What somebody is accused of is told by the accusation, unless a pattern knows the words for an act.
        let alleged = || speakers().iter().any(|link| link.stance == Stance::Accuses);
        let heard = opinion.filter(|opinion| !ruled_out && opinion.probability >= HEARD && !alleged());
        let read = heard.map(|opinion| matcher.by_opinion(clauses, clause, opinion, &speakers()));
        match (read, incomplete) {
            (Some(Ok(found)), _) => Decision::Event(found),
            (_, Some(found)) => Decision::Incomplete(found, reason),
            (Some(Err((found, missing))), None) => {
                Decision::Incomplete(found, if reason.is_empty() { missing } else { reason })
            }
            (None, None) if pattern.is_none() => Decision::Nothing,
            (None, None) => Decision::Abstain(pattern, reason),
        }
    }

    /// "The rebels accuse Ethiopia of breaking the truce": with whoever complains of it, if that is a side of the quarrel.
    fn add_accuser(&self, event_type: TypeId, found: &mut Match, speakers: &[Attribution]) {
        let quad = self.codebook.ontology.event_type(event_type).quad;
        let conflict = matches!(quad, Quad::VerbalConflict | Quad::MaterialConflict);
        let accuser = speakers.iter().find(|link| link.stance == Stance::Accuses).map(|link| &link.speaker);
        let Some(accuser) = accuser.filter(|_| conflict && found.recipients.is_empty() && !found.actors.is_empty())
        else {
            return;
        };
        let group = accuser.entity.is_some_and(|entity| self.resolver.kind_of(entity) == Kind::Group);
        let apart = found.actors.iter().all(|actor| actor.country != accuser.country || group);
        if (group || self.resolver.is_of_state(accuser)) && apart && accuser.country.is_some() {
            found.recipients = vec![accuser.clone()];
        }
    }

    pub(crate) fn draft<'c>(
        &self,
        clause: &'c Clause,
        found: Match,
        opinion: Option<Opinion<'c>>,
        mut status: Status,
    ) -> Draft<'c> {
        let pattern = found.pattern.map(|id| self.codebook.patterns.get(id));
        if pattern.is_some_and(Pattern::asserts) {
            status = Status::default();
        } else if pattern.is_some_and(|pattern| pattern.negated) {
            status.forget_negation();
        }
        let (event_type, mode) = match (pattern, opinion) {
            (Some(pattern), _) => (pattern.event_type, pattern.mode),
            (None, Some(opinion)) => (Some(opinion.event_type), opinion.mode),
            (None, None) => (None, None),
        };
        let event_type = event_type.expect("patterns without a type never match");
        // "would not hear of it", read as a refusal: the no is the refusal, unless its word is one ("did not reject").
        let is = |other: &PatternId| {
            let other = self.codebook.patterns.get(*other);
            other.event_type == Some(event_type) && !other.negated
        };
        let says_no = || clause.keys.iter().any(|key| self.codebook.patterns.for_verb(key).iter().any(is));
        let mut types = self.codebook.ontology.types.iter();
        if pattern.is_none() && types.any(|declared| declared.refused == Some(event_type)) && !says_no() {
            status.forget_refusal();
        }
        // "turned down an appeal", "denied the accusation": the words were said.
        let word = self.document.token(clause.head);
        let words = self.codebook.ontology.event_type(event_type).quad == Quad::VerbalConflict;
        let refused =
            clause.kind == crate::clauses::Kind::Noun && clause.light.is_none() && word.relation() == Relation::Obj;
        if words && refused && !word.children().any(|child| child.text().eq_ignore_ascii_case("no")) {
            status.forget_negation();
        }
        let prospect = match pattern.and_then(|pattern| pattern.prospect) {
            Some(Prospect::Type(prospect)) => Some(prospect),
            _ => None,
        };
        Draft { clause, found, event_type, mode, prospect, status, opinion, missing: None }
    }

    /// The auxiliary modes of what the word at `span` tells; `None` if it heads no clause.
    pub(crate) fn auxiliary_at(&self, span: Span) -> Option<Auxiliary> {
        let (clauses, clause) = self.headed_at(span)?;
        let status = status::of(self.codebook, clauses, clause, self.document.token(clause.head));
        Some(self.when(clauses, clause, &status, &mut Vec::new()).0)
    }

    /// What speaks for each mode of what the word at `span` tells, by the numbers of [`polybius_codebook::ModeSign`], and whether its date says
    /// that it is long past, or to come.
    pub(crate) fn mode_signs_at(&self, span: Span) -> Option<(Vec<f32>, [bool; 2])> {
        let (clauses, clause) = self.headed_at(span)?;
        let verb = self.document.token(clause.head);
        let status = status::by_words(self.codebook, clauses, clause, verb);
        let (told, dated) = (status.auxiliary(), self.when(clauses, clause, &status, &mut Vec::new()).0);
        Some((status.signs(clause, verb)?, [dated.historical && !told.historical, dated.future && !told.future]))
    }

    /// The clause that the first word of the span that does heads.
    fn headed_at(&self, span: Span) -> Option<(&Clauses, &Clause)> {
        self.document.tokens_over(span).find_map(|word| {
            let clauses = &self.clauses[self.document.sentence_of(word.id).index()];
            Some((clauses, clauses.headed_by(word.id)?))
        })
    }
}
