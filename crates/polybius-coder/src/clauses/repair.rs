//! Between the passes: slips that parsers make often enough, set right where the words leave no doubt.

use polybius_codebook::{Slot, Stance};
use polybius_document::{Document, Relation, Token, TokenId};

use super::{Clause, Clauses, Kind, Reader};
use crate::phrases::{in_set, preposition};

/// Looks for each slip in every verb clause.
pub(super) fn run(document: &Document, reader: &Reader<'_>, clauses: &mut Clauses) {
    let heads: Vec<TokenId> =
        clauses.list.iter().filter(|clause| clause.kind == Kind::Verb).map(|clause| clause.head).collect();
    for head in heads {
        let verb = document.token(head);
        inverted_speaker(document, reader, verb, clauses);
        object_of_complement(verb, clauses);
        subject_of_complement(document, verb, clauses);
        subject_before_complement(document, verb, clauses);
        subject_of_speech(document, verb, clauses);
        alleged_of_object(verb, reader, clauses);
        object_by_another_name(verb, reader, clauses);
        if let Some(clause) = clauses.headed_by_mut(head) {
            name_before_participle(document, reader, clause);
            receiver_before_object(document, reader, clause);
        }
    }
}

/// "…," said the elder: a noun right after a verb of speech without a subject speaks, whatever it was hung on.
fn inverted_speaker(document: &Document, reader: &Reader<'_>, verb: Token<'_>, clauses: &mut Clauses) {
    let speaks = clauses.headed_by(verb.id).is_some_and(|clause| {
        clause.slot(&Slot::Subject).is_empty()
            && !clause.passive
            && clause.keys.iter().any(|key| reader.codebook.cues.speech_verb(key).is_some())
    });
    if !speaks || verb.relation() == Relation::Acl {
        return;
    }
    let end = document.sentence(document.sentence_of(verb.id)).tokens.end;
    let after = document.tokens(TokenId(verb.id.0 + 1)..end).take(5);
    let noun = after.take_while(|token| token.upos() != polybius_document::Upos::Punct).find(|token| {
        token.upos().is_noun() && token.data().head.is_some_and(|head| head < verb.id) && preposition(*token).is_none()
    });
    let Some(noun) = noun else { return };
    for clause in &mut clauses.list {
        for slot in [Slot::Object, Slot::Subject] {
            clause.remove(&slot, &[noun.id]);
        }
    }
    if let Some(clause) = clauses.headed_by_mut(verb.id) {
        clause.fill(Slot::Subject, [noun.id]);
    }
}

/// "after villagers said men burned houses": of two subjects hung on what is said, the one before the verb of speech speaks.
fn subject_of_speech(document: &Document, verb: Token<'_>, clauses: &mut Clauses) {
    let Some(complement) = verb.children_by(Relation::Ccomp).find(|child| child.id > verb.id) else { return };
    let subjects: Vec<TokenId> = complement.children_by(Relation::Nsubj).map(|child| child.id).collect();
    let (before, after): (Vec<TokenId>, Vec<TokenId>) = subjects.into_iter().partition(|subject| *subject < verb.id);
    let lacks = clauses.headed_by(verb.id).is_some_and(|clause| clause.surface_subject().is_empty());
    if before.is_empty() || after.is_empty() || !lacks {
        return;
    }
    let all: Vec<TokenId> = before
        .iter()
        .flat_map(|subject| crate::phrases::conjuncts(document.token(*subject)))
        .map(|token| token.id)
        .collect();
    if let Some(clause) = clauses.headed_by_mut(complement.id) {
        clause.remove(&Slot::Subject, &all);
    }
    if let Some(clause) = clauses.headed_by_mut(verb.id) {
        clause.take_subject(all);
    }
}

/// "denied shelling Ethiopia": what stands after the complement is its object, not that of the verb above.
fn object_of_complement(verb: Token<'_>, clauses: &mut Clauses) {
    let Some(complement) = verb.children_by(Relation::Xcomp).find(|child| child.id > verb.id && child.xpos() == "VBG")
    else {
        return;
    };
    let after: Vec<TokenId> = clauses
        .headed_by(verb.id)
        .map(|clause| clause.slot(&Slot::Object).iter().copied().filter(|object| *object > complement.id).collect())
        .unwrap_or_default();
    let lacks = clauses.headed_by(complement.id).is_some_and(|clause| clause.slot(&Slot::Object).is_empty());
    if after.is_empty() || !lacks {
        return;
    }
    if let Some(clause) = clauses.headed_by_mut(verb.id) {
        clause.remove(&Slot::Object, &after);
    }
    if let Some(clause) = clauses.headed_by_mut(complement.id) {
        clause.fill(Slot::Object, after);
    }
}

/// "accused the police of beating migrants": parsers hang the deed on whoever is accused.
fn alleged_of_object(verb: Token<'_>, reader: &Reader<'_>, clauses: &mut Clauses) {
    let Some(clause) = clauses.headed_by(verb.id) else { return };
    let accuses = clause.keys.iter().any(|key| reader.codebook.cues.speech_verb(key) == Some(Stance::Accuses));
    let objects = verb.children().filter(|child| matches!(child.relation(), Relation::Obj | Relation::Iobj));
    let deeds: Vec<TokenId> = objects
        .flat_map(|object| object.children())
        .filter(|child| matches!(child.relation(), Relation::Acl | Relation::Nmod) && child.xpos() == "VBG")
        .flat_map(|deed| std::iter::once(deed).chain(deed.children_by(Relation::Conj)))
        .map(|deed| deed.id)
        .collect();
    if accuses && let Some(clause) = clauses.headed_by_mut(verb.id) {
        clause.complements.extend(deeds);
    }
}

/// "hailed what it called a defeat": what is hailed is what it is called.
fn object_by_another_name(verb: Token<'_>, reader: &Reader<'_>, clauses: &mut Clauses) {
    let what = verb.children().find(|child| child.relation() == Relation::Obj && child.lemma() == "what");
    let calls = |call: &Token<'_>| in_set(reader.codebook, "calling", &crate::phrases::lower_lemma(*call));
    let Some(call) = what.and_then(|what| what.children_by(Relation::AclRelcl).find(calls)) else { return };
    let named: Vec<TokenId> =
        clauses.headed_by(call.id).map(|call| call.slot(&Slot::Object).to_vec()).unwrap_or_default();
    if let Some(clause) = clauses.headed_by_mut(verb.id) {
        clause.fill(Slot::Object, named);
    }
}

/// "Sudan said Chad attacked Libya": a second subject, after the verb, is that of what is said.
fn subject_of_complement(document: &Document, verb: Token<'_>, clauses: &mut Clauses) {
    let Some(complement) = verb.children_by(Relation::Ccomp).find(|child| child.id > verb.id) else { return };
    let subjects: Vec<TokenId> = verb.children_by(Relation::Nsubj).map(|child| child.id).collect();
    let (before, after): (Vec<TokenId>, Vec<TokenId>) = subjects.into_iter().partition(|subject| *subject < verb.id);
    let after: Vec<TokenId> = after.into_iter().filter(|subject| *subject < complement.id).collect();
    let lacks = clauses.headed_by(complement.id).is_some_and(|clause| clause.surface_subject().is_empty());
    if before.is_empty() || after.is_empty() || !lacks || document.token(complement.id).xpos() == "VBG" {
        return;
    }
    if let Some(clause) = clauses.headed_by_mut(verb.id) {
        clause.remove(&Slot::Subject, &after);
    }
    if let Some(clause) = clauses.headed_by_mut(complement.id) {
        clause.take_subject(after);
    }
}

/// "to Israel bombing the camp": a name hung on a verb like a modifier of a noun is its subject.
fn name_before_participle(document: &Document, reader: &Reader<'_>, clause: &mut Clause) {
    if clause.passive || !clause.slot(&Slot::Subject).is_empty() {
        return;
    }
    let name = document.token(clause.head).children().find(|child| {
        matches!(child.relation(), Relation::Compound | Relation::NmodUnmarked)
            && child.id < clause.head
            && reader.names.over(child.id).is_some()
    });
    if let Some(name) = name {
        clause.fill(Slot::Subject, [name.id]);
    }
}

/// "Libya and Tunisia signed the deal, the ministries said": what stands before a complement that opens the sentence is its
/// subject, not that of the verb at the end.
fn subject_before_complement(document: &Document, verb: Token<'_>, clauses: &mut Clauses) {
    let Some(complement) = verb.children_by(Relation::Ccomp).find(|child| child.id < verb.id) else { return };
    let subjects: Vec<TokenId> = verb.children_by(Relation::Nsubj).map(|child| child.id).collect();
    let early: Vec<TokenId> = subjects.iter().copied().filter(|subject| *subject < complement.id).collect();
    let lacks = clauses.headed_by(complement.id).is_some_and(|clause| clause.surface_subject().is_empty());
    if early.is_empty() || early.len() == subjects.len() || !lacks {
        return;
    }
    let all: Vec<TokenId> = early
        .iter()
        .flat_map(|subject| crate::phrases::conjuncts(document.token(*subject)))
        .map(|token| token.id)
        .collect();
    if let Some(clause) = clauses.headed_by_mut(verb.id) {
        clause.remove(&Slot::Subject, &all);
    }
    if let Some(clause) = clauses.headed_by_mut(complement.id) {
        clause.take_subject(all);
    }
}

/// "gave Ukraine tanks": a country before what is given receives it.
fn receiver_before_object(document: &Document, reader: &Reader<'_>, clause: &mut Clause) {
    let gives = clause.keys.iter().any(|key| in_set(reader.codebook, "giving", key));
    if !gives || clause.passive || !clause.preposition("to").is_empty() {
        return;
    }
    let receiver = clause
        .slot(&Slot::Object)
        .iter()
        .flat_map(|object| document.token(*object).children_by(Relation::Compound))
        .find(|child| reader.names.over(child.id).is_some() && !reader.names.is_demonym(child.id));
    if let Some(receiver) = receiver {
        clause.fill(Slot::Preposition("to".into()), [receiver.id]);
    }
}
