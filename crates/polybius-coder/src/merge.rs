//! One event for each act: what several patterns say of the same act is joined, and what an act only promises is not coded twice.

use polybius_codebook::{Codebook, ModeId, PatternId, Prospect, Quad, Slot, TypeId};
use polybius_document::{Document, Relation, TokenId};

use crate::Participant;
use crate::clauses::{Clause, Clauses, Kind};
use crate::explain::Abstention;
use crate::guesses::{self, Opinion};
use crate::matching::{Match, Matcher, is_same};
use crate::phrases::{in_set, lower_lemma};
use crate::status::{Status, is_light};

/// A match on its way to becoming an event.
#[derive(Debug, Clone)]
pub(crate) struct Draft<'c> {
    pub(crate) clause: &'c Clause,
    pub(crate) found: Match,
    pub(crate) event_type: TypeId,
    pub(crate) mode: Option<ModeId>,
    pub(crate) prospect: Option<TypeId>,
    pub(crate) status: Status,
    /// What the trained reader takes the clause for.
    pub(crate) opinion: Option<Opinion<'c>>,
    /// Who is missing, where the rules did not find all that the act needs.
    pub(crate) missing: Option<String>,
}

/// Joins drafts of the same act; says of each that went why it did.
pub(crate) fn one_event_per_act<'c>(
    matcher: &Matcher<'_>,
    clauses: &Clauses,
    mut drafts: Vec<Draft<'c>>,
    abstentions: &mut Vec<Abstention>,
) -> Vec<Draft<'c>> {
    let mut gone: Vec<Option<&'static str>> = vec![None; drafts.len()];
    drop_light_verbs(matcher.codebook, &drafts, &mut gone);
    drop_decided(matcher.codebook, &drafts, &mut gone);
    drop_objects(matcher.codebook, &drafts, &mut gone);
    drop_undone(matcher, clauses, &drafts, &mut gone);
    drop_asked_for(matcher, &drafts, &mut gone);
    absorb_prospects(matcher, clauses, &mut drafts, &mut gone);
    own_prospects(matcher, clauses, &mut drafts);
    join_same_act(matcher, &mut drafts, &mut gone);
    let mut kept = Vec::new();
    for (draft, reason) in drafts.into_iter().zip(gone) {
        match reason {
            None => kept.push(draft),
            Some(reason) => abstentions.push(Abstention {
                trigger: draft.clause.trigger,
                pattern: draft.found.pattern,
                reason: reason.to_owned(),
            }),
        }
    }
    kept
}

/// "launched an attack": the noun says what happened.
fn drop_light_verbs(codebook: &Codebook, drafts: &[Draft<'_>], gone: &mut [Option<&'static str>]) {
    for (index, draft) in drafts.iter().enumerate() {
        let carries = drafts.iter().any(|other| other.clause.light == Some(draft.clause.head));
        if carries && is_light(codebook, draft.clause) {
            gone[index] = Some("the verb only carries an event noun, which is coded");
        }
    }
}

/// "announced a withdrawal": where the announcement is an event of its own, the noun is what it is about.
fn drop_decided(codebook: &Codebook, drafts: &[Draft<'_>], gone: &mut [Option<&'static str>]) {
    for (index, draft) in drafts.iter().enumerate() {
        let decided = drafts.iter().any(|other| {
            other.clause.keys.iter().any(|key| in_set(codebook, "deciding", key))
                && other.clause.slot(&Slot::Object).contains(&draft.clause.head)
        });
        if decided {
            gone[index] = Some("the verb that decides on it is the event");
        }
    }
}

/// "fired tear gas", "broke a ceasefire": what a pattern's verb is done with is no act besides, though the trained reader takes it for
/// one, unless the verb only speaks of it ("condemned the killing").
fn drop_objects(codebook: &Codebook, drafts: &[Draft<'_>], gone: &mut [Option<&'static str>]) {
    for (index, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.found.pattern.is_none()) {
        let told = drafts.iter().zip(&*gone).filter(|(_, gone)| gone.is_none()).any(|(other, _)| {
            let declared = codebook.ontology.event_type(other.event_type);
            let verbal = matches!(declared.quad, Quad::VerbalCooperation | Quad::VerbalConflict);
            let speaks = verbal && !declared.has_prospect && other.event_type != draft.event_type;
            let object = other.clause.slot(&Slot::Object).contains(&draft.clause.head);
            other.found.pattern.is_some() && other.clause.kind == Kind::Verb && object && !speaks
        });
        if told {
            gone[index] = Some("it is what the verb that tells the event is done with");
        }
    }
}

/// "ended its support", "agreed to stop fighting": what is undone is no act besides the one that undoes it, or promises to.
fn drop_undone(matcher: &Matcher<'_>, clauses: &Clauses, drafts: &[Draft<'_>], gone: &mut [Option<&'static str>]) {
    for (index, draft) in drafts.iter().enumerate() {
        let word = matcher.document.token(draft.clause.head);
        let undone = matches!(word.relation(), Relation::Obj | Relation::Xcomp | Relation::Ccomp);
        let Some(verb) = word.head().filter(|_| undone) else { continue };
        if !in_set(matcher.codebook, "undoing", &lower_lemma(verb)) {
            continue;
        }
        let told = drafts.iter().zip(&*gone).any(|(other, gone)| {
            let does = || {
                other.clause.head == verb.id || prospects(matcher.document, clauses, other.clause).contains(&verb.id)
            };
            gone.is_none() && other.clause.head != draft.clause.head && does()
        });
        if told {
            gone[index] = Some("it is what another event ends");
        }
    }
}

/// "ignored a call to free them", "the threat to attack": what a noun asks for, threatens or refuses is no act that anybody has promised.
fn drop_asked_for(matcher: &Matcher<'_>, drafts: &[Draft<'_>], gone: &mut [Option<&'static str>]) {
    let patterns = &matcher.codebook.patterns;
    let asks = |id: &PatternId| {
        let of = patterns.get(*id).event_type.map(|of| matcher.codebook.ontology.event_type(of));
        of.is_some_and(|of| of.has_prospect && of.quad == Quad::VerbalConflict)
    };
    for (index, draft) in drafts.iter().enumerate() {
        let word = matcher.document.token(draft.clause.head);
        let infinitive = word.relation() == Relation::Acl && word.xpos() == "VB";
        let Some(noun) = word.head().filter(|_| infinitive) else { continue };
        let told = drafts.iter().any(|other| other.clause.head == noun.id);
        if !told && patterns.for_noun(&lower_lemma(noun)).iter().any(asks) {
            gone[index] = Some("it is what a request, threat or refusal is about");
        }
    }
}

/// "threatened to attack": the attack is the prospect of the threat, and no event of its own.
fn absorb_prospects(
    matcher: &Matcher<'_>,
    clauses: &Clauses,
    drafts: &mut [Draft<'_>],
    gone: &mut [Option<&'static str>],
) {
    for index in 0..drafts.len() {
        let pattern = drafts[index].found.pattern.map(|pattern| matcher.codebook.patterns.get(pattern));
        let by_type = matcher.codebook.ontology.event_type(drafts[index].event_type).has_prospect;
        let declared = match pattern {
            Some(pattern) => pattern.prospect,
            None => by_type.then_some(Prospect::Complement),
        };
        if gone[index].is_some() || declared.is_none() {
            continue;
        }
        let named = prospects(matcher.document, clauses, drafts[index].clause);
        let absorbed: Vec<usize> = (0..drafts.len())
            .filter(|&other| other != index && gone[other].is_none() && named.contains(&drafts[other].clause.head))
            .collect();
        let open = declared == Some(Prospect::Complement) && drafts[index].prospect.is_none();
        for &other in &absorbed {
            if open && drafts[index].prospect.is_none() {
                drafts[index].prospect = Some(drafts[other].event_type);
            }
            let both = drafts[other].found.actors.iter().chain(&drafts[other].found.recipients).cloned().collect();
            receive(&mut drafts[index], both);
            gone[other] = Some("it is what another event promises, threatens, asks for or refuses");
        }
        // "called for talks with Nepal": nobody acts yet, but the words say what, and with whom.
        let nobody = named.iter().filter_map(|head| clauses.headed_by(*head));
        for clause in nobody.filter(|_| absorbed.is_empty()) {
            if open && drafts[index].prospect.is_none() {
                let read = || guesses::type_at(matcher.document, matcher.codebook, clause.head);
                drafts[index].prospect = matcher.type_of(clauses, clause).or_else(read);
            }
            if drafts[index].prospect.is_some() {
                receive(&mut drafts[index], matcher.others_in(clauses, clause));
            }
        }
    }
}

/// "Their delegations are to meet": what the words of a promise are when it is kept.
fn own_prospects(matcher: &Matcher<'_>, clauses: &Clauses, drafts: &mut [Draft<'_>]) {
    let ontology = &matcher.codebook.ontology;
    for draft in drafts.iter_mut().filter(|draft| draft.found.pattern.is_none() && draft.prospect.is_none()) {
        let kept = |of: &TypeId| ontology.event_type(*of).future == Some(draft.event_type);
        let read = || guesses::type_at(matcher.document, matcher.codebook, draft.clause.head).filter(kept);
        draft.prospect = matcher.type_of(clauses, draft.clause).filter(kept).or_else(read);
    }
}

/// Makes `others` the recipients of a draft that has none, but for those who act in it.
fn receive(draft: &mut Draft<'_>, others: Vec<Participant>) {
    if draft.found.recipients.is_empty() {
        let actors = &draft.found.actors;
        draft.found.recipients =
            others.into_iter().filter(|other| !actors.iter().any(|actor| is_same(actor, other))).collect();
    }
}

/// The predicates that may be the act in question: complements, the nouns that things are called by, what either carries,
/// and what is coordinated with them.
fn prospects(document: &Document, clauses: &Clauses, clause: &Clause) -> Vec<TokenId> {
    let nouns = ["with", "of", "for", "to", "on", "about"].iter().flat_map(|word| clause.preposition(word));
    let mut heads: Vec<TokenId> =
        clause.complements.iter().chain(clause.slot(&Slot::Object)).chain(nouns).copied().collect();
    for index in 0..heads.len() {
        if let Some(inner) = clauses.headed_by(heads[index]) {
            heads.extend(inner.slot(&Slot::Object));
        }
        let joined = document.token(heads[index]).children_by(Relation::Conj);
        heads.extend(joined.map(|token| token.id));
    }
    heads
}

/// "struck a market, killing 12", "the attack killed 12": one act in two predicates.
fn join_same_act(matcher: &Matcher<'_>, drafts: &mut [Draft<'_>], gone: &mut [Option<&'static str>]) {
    for index in 0..drafts.len() {
        for other in 0..drafts.len() {
            if index == other || gone[index].is_some() || gone[other].is_some() {
                continue;
            }
            if !is_one_act(matcher, &drafts[index], &drafts[other]) {
                continue;
            }
            let (recipients, mode) = (drafts[other].found.recipients.clone(), drafts[other].mode);
            let taken = &mut drafts[index].found;
            if taken.recipients.is_empty() {
                taken.recipients = recipients;
            }
            drafts[index].mode = drafts[index].mode.or(mode);
            gone[other] = Some("it is the same act as another event of the sentence");
        }
    }
}

/// Whether `other` only goes on telling `main`.
fn is_one_act(matcher: &Matcher<'_>, main: &Draft<'_>, other: &Draft<'_>) -> bool {
    let document = matcher.document;
    if main.event_type != other.event_type {
        return false;
    }
    // "20 were killed in strikes on Gaza": the strikes did it.
    let within = ["in", "by", "during"].iter().any(|word| other.clause.preposition(word).contains(&main.clause.head));
    let by_event = other.clause.slot(&Slot::Subject).contains(&main.clause.head);
    if (within || by_event) && (other.found.actors.is_empty() || same_sides(&main.found.actors, &other.found.actors)) {
        return true;
    }
    if !same_sides(&main.found.actors, &other.found.actors) {
        return false;
    }
    let same_recipients = same_sides(&main.found.recipients, &other.found.recipients);
    let governs = document.token(main.clause.head).governs(other.clause.head);
    // "accused the government of failing to honour its word": the accusation goes on.
    let speaks = matcher.codebook.ontology.event_type(main.event_type).quad == Quad::VerbalConflict;
    let tells_result = other.clause.slot(&Slot::Subject).contains(&main.clause.head);
    // "accused it of lying and summoned its ambassador" does it twice.
    let beside = document.token(other.clause.head).relation() == Relation::Conj
        && document.token(other.clause.head).data().head == Some(main.clause.head);
    let goes_on = speaks && governs && !beside && same_recipients && main.prospect == other.prospect;
    let result = document.token(other.clause.head).relation() == Relation::Advcl
        && continues(document, other.clause.head, main.clause.head);
    tells_result
        || goes_on
        || (result && !main.found.recipients.is_empty())
        || (governs && same_recipients && continues_or_nested(document, main, other))
}

fn continues_or_nested(document: &Document, main: &Draft<'_>, other: &Draft<'_>) -> bool {
    let nested = main.clause.slots.iter().any(|(_, heads)| heads.contains(&other.clause.head));
    nested || continues(document, other.clause.head, main.clause.head)
}

fn same_sides(one: &[Participant], other: &[Participant]) -> bool {
    let covered = |some: &[Participant], all: &[Participant]| {
        some.iter().all(|participant| {
            all.iter().any(|candidate| is_same(participant, candidate) || same_country(participant, candidate))
        })
    };
    covered(one, other) && covered(other, one)
}

fn same_country(one: &Participant, other: &Participant) -> bool {
    one.entity.is_some() && one.entity == other.entity
}

/// Whether `token` hangs beside or below `above` as a participial or coordinated part of the same act.
fn continues(document: &Document, token: TokenId, above: TokenId) -> bool {
    let token = document.token(token);
    token.data().head == Some(above) && matches!(token.relation(), Relation::Advcl | Relation::Conj | Relation::Xcomp)
}
