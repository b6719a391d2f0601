//! When what a clause tells happened, and what its date adds to whether it did.

use jiff::ToSpan;
use jiff::civil::Date;
use polybius_codebook::{EventType, Quad, TypeId};
use polybius_document::{Relation, Token};

use crate::clauses::{Clause, Clauses, Kind};
use crate::code::Coder;
use crate::dates::Times;
use crate::status::{self, Status};
use crate::{Auxiliary, Precision, When};

/// An event this many days before publication is background.
const HISTORICAL_DAYS: i32 = 60;

impl Coder<'_> {
    /// When the clause happened: by an expression of time, or, if it is told as plain news, on the day that is being told or on that of
    /// publication.
    pub(crate) fn date_by_rules(&self, clauses: &Clauses, clause: &Clause, ahead: bool) -> Option<When> {
        let times = self.times_of(clause);
        times.date(self.document, self.codebook, clauses, clause, false).or_else(|| {
            let published = self.published.filter(|_| !ahead && self.is_asserted(clause))?;
            let going_on = times.going_on(self.document, clause, published).filter(|_| self.is_simple_past(clause));
            let (start, end) = going_on.unwrap_or((published, published));
            Some(When { start, end, precision: Precision::Day, span: None, anchor: Some(published) })
        })
    }

    /// The expressions of time of its sentence.
    fn times_of(&self, clause: &Clause) -> &Times {
        &self.times()[self.document.sentence_of(clause.head).index()]
    }

    /// Whether and when the act of `clause` happens: what its words say, and what its date adds.
    pub(crate) fn when(
        &self,
        clauses: &Clauses,
        clause: &Clause,
        status: &Status,
        notes: &mut Vec<String>,
    ) -> (Auxiliary, Option<When>) {
        let mut auxiliary = status.auxiliary();
        let ahead = auxiliary.future || auxiliary.hypothetical;
        // Days are weighed beside what words tell of the modes.
        let (date, times) = (self.date(clauses, clause, status.told(), notes), self.times_of(clause));
        // "In 1954 they had promised to withdraw": as long past as the promise.
        let promised = times.shared(self.document, self.codebook, clauses, clause, false).filter(|_| ahead);
        let is_long_past = |when: &When, published: Date| {
            let told = when.span.map(|span| self.document.text(span));
            let is_told = told.is_some_and(|words| !ahead || names_year(words));
            is_told && (published - when.end).get_days() > HISTORICAL_DAYS
        };
        if let Some(published) = self.published {
            // "Flights have not resumed, despite a promise in March" is about today.
            let is_about_today = auxiliary.negation && self.is_present_perfect(clause);
            auxiliary.historical |=
                !is_about_today && date.iter().chain(&promised).any(|when| is_long_past(when, published));
            let before = published.saturating_sub(HISTORICAL_DAYS.days());
            let act = self.document.token(clause.light.unwrap_or(clause.head));
            auxiliary.historical |= status::is_by_state_of_old(self.codebook, act, before);
        }
        if let (Some(when), Some(published)) = (&date, self.published) {
            let may_lie_ahead = ahead || !self.is_past(clause);
            // What may be is not sure to come for having a date.
            if may_lie_ahead && when.start > published && !auxiliary.future && !auxiliary.hypothetical {
                auxiliary.future = true;
                notes.push("future: the date lies ahead".to_owned());
            }
        }
        (auxiliary, date)
    }

    /// What the type of an act adds to whether it happened: what is announced hangs on the conditions of what is to come ("threatened to
    /// walk out if …"), and words for whose sake somebody came were said ("had gathered to demand her release").
    pub(crate) fn adjust(
        &self,
        clauses: &Clauses,
        clause: &Clause,
        event_type: TypeId,
        auxiliary: &mut Auxiliary,
        notes: &mut Vec<String>,
    ) {
        let ontology = &self.codebook.ontology;
        let announces = |declared: &EventType| [declared.future, declared.conditional].contains(&Some(event_type));
        let conditional = |inner: &Clause| {
            let verb = self.document.token(inner.head);
            status::of(self.codebook, clauses, inner, verb).conditional
                || status::is_awaiting(self.codebook, verb)
                || status::is_of_whoever(self.codebook, verb)
        };
        let mut inner = clause.complements.iter().filter_map(|head| clauses.headed_by(*head));
        if !auxiliary.hypothetical && ontology.types.iter().any(announces) && inner.any(conditional) {
            auxiliary.hypothetical = true;
            notes.push("hypothetical: what is announced hangs on a condition".to_owned());
        }
        let declared = ontology.event_type(event_type);
        let words = matches!(declared.quad, Quad::VerbalConflict | Quad::VerbalCooperation) && !declared.mutual;
        let verb = self.document.token(clause.light.unwrap_or(clause.head));
        let purpose = verb.relation() == Relation::Advcl && verb.xpos() == "VB";
        let above = verb.head().filter(|_| purpose && words).and_then(|above| clauses.headed_by(above.id));
        let came = above.is_some_and(|above| {
            let status = status::of(self.codebook, clauses, above, self.document.token(above.head)).auxiliary();
            self.is_past(above) && status == Auxiliary::default()
        });
        auxiliary.future &= !came;
    }

    /// Whether the clause is told as news and not only mentioned: an event noun that no verb carries is dated by nothing, nor is
    /// what had happened before ("rebels who had seized the town").
    pub(crate) fn is_asserted(&self, clause: &Clause) -> bool {
        let carried = clause.kind != Kind::Noun || clause.light.is_some();
        (carried && !self.is_earlier(clause)) || self.document.token(clause.head).head().is_none()
    }

    /// Whether the verb stands in the past or the perfect.
    pub(crate) fn is_past(&self, clause: &Clause) -> bool {
        let verb = self.document.token(clause.light.unwrap_or(clause.head));
        let past = |token: Token<'_>| token.lemma() == "have" || token.feature("Tense") == Some("Past");
        let carried = clause.kind != Kind::Noun || clause.light.is_some();
        carried && (matches!(verb.xpos(), "VBD" | "VBN") || verb.children_by(Relation::Aux).any(past))
    }

    /// "has not resumed".
    fn is_present_perfect(&self, clause: &Clause) -> bool {
        let verb = self.document.token(clause.light.unwrap_or(clause.head));
        verb.children_by(Relation::Aux).any(|aux| aux.lemma() == "have" && matches!(aux.xpos(), "VBZ" | "VBP"))
    }

    /// Whether the clause is told in the simple past: "fired", "were treated", not "has fired".
    pub(crate) fn is_simple_past(&self, clause: &Clause) -> bool {
        let verb = self.document.token(clause.light.unwrap_or(clause.head));
        let auxiliary =
            |relation| verb.children_by(relation).any(|aux: Token<'_>| aux.feature("Tense") == Some("Past"));
        let has = verb.children_by(Relation::Aux).any(|aux| aux.lemma() == "have");
        // What is said is said anew.
        let is_speech = crate::quotes::speech(self.codebook, clause).is_some();
        !has && !is_speech && (verb.xpos() == "VBD" || auxiliary(Relation::AuxPass) || auxiliary(Relation::Cop))
    }

    /// Whether the clause is in the past perfect and nobody's speech, where a newspaper writes it of fresh news too.
    fn is_earlier(&self, clause: &Clause) -> bool {
        let verb = self.document.token(clause.light.unwrap_or(clause.head));
        let had =
            verb.children_by(Relation::Aux).any(|aux| aux.lemma() == "have" && aux.feature("Tense") == Some("Past"));
        had && matches!(verb.relation(), Relation::AclRelcl | Relation::Acl | Relation::Advcl | Relation::Root)
    }
}

/// Whether the words of a date name its year.
fn names_year(words: &str) -> bool {
    words.split(|character: char| !character.is_ascii_digit()).any(|number| number.len() == 4)
}
