//! First pass: what hangs on the predicate itself.

use polybius_codebook::Slot;
use polybius_document::{Document, Relation, Token, Upos};

use super::{Clause, Kind, Reader};
use crate::phrases::{antecedent, conjuncts, in_set, is_relative, marker, members, preposition};

/// Fills the slots of `clause` from the dependents of its head.
pub(super) fn fill_own(document: &Document, reader: &Reader<'_>, clause: &mut Clause) {
    let head = document.token(clause.head);
    match clause.kind {
        Kind::Noun => {
            fill_noun(reader, clause, head);
            fill_from_of_phrase(document, reader, clause);
        }
        Kind::Verb | Kind::Be => {
            fill_verb(reader, clause, head);
            fill_from_object(document, reader, clause);
            fill_from_phrases(document, reader, clause);
            if clause.kind == Kind::Be {
                fill_nominal(reader, clause, head);
            }
        }
    }
}

fn fill_verb(reader: &Reader<'_>, clause: &mut Clause, head: Token<'_>) {
    let bare = head.children_by(Relation::Obj).next().is_none();
    for child in head.children() {
        // The reader may take a particle for a preposition: "called off the strike", "handed over the crew".
        if (child.relation() == Relation::Obj || (bare && child.relation() == Relation::Obl))
            && let Some(case) = child.children_by(Relation::Case).next().filter(|case| case.id.0 == head.id.0 + 1)
        {
            let key = format!("{} {}", crate::phrases::lower_lemma(head), case.text().to_lowercase());
            if !reader.codebook.patterns.for_verb(&key).is_empty() {
                clause.keys.insert(0, key);
                put(reader, clause, Slot::Object, child);
            }
        }
        match child.relation() {
            Relation::Nsubj | Relation::NsubjOuter if clause.passive => put(reader, clause, Slot::Object, child),
            Relation::Nsubj | Relation::NsubjOuter => put(reader, clause, Slot::Subject, child),
            // "Ukraine was given tanks": whoever is given something is not what is given.
            Relation::NsubjPass if clause.passive && has(head, Relation::Obj) => {
                put(reader, clause, Slot::Preposition("to".into()), child);
            }
            Relation::NsubjPass => {
                let slot = if clause.passive { Slot::Object } else { Slot::Subject };
                put(reader, clause, slot, child);
            }
            Relation::Iobj if !has(head, Relation::Obj) => put(reader, clause, Slot::Object, child),
            Relation::Obj if second_object(child).is_some() => {
                put(reader, clause, Slot::Preposition("to".into()), child)
            }
            Relation::Obj => put(reader, clause, Slot::Object, child),
            Relation::Iobj => put(reader, clause, Slot::Preposition("to".into()), child),
            Relation::Obl | Relation::OblAgent | Relation::Nmod => {
                if child.upos() == Upos::Verb {
                    clause.complements.push(child.id);
                } else if let Some(word) = preposition(child) {
                    let agent = word == "by" && clause.passive && !reader.names.is_date(child.id);
                    let slot = if agent { Slot::Subject } else { Slot::Preposition(word.into()) };
                    put(reader, clause, slot, child);
                }
            }
            Relation::Xcomp | Relation::Ccomp => push_complement(clause, child),
            Relation::Advcl
                if matches!(marker(child).as_deref(), Some("for" | "of" | "from" | "against" | "into" | "that")) =>
            {
                push_complement(clause, child);
            }
            // The reader takes what is asked for as a purpose: "called on Egypt to sell".
            Relation::Advcl if marker(child).as_deref() == Some("to") && asks(reader, clause) => {
                push_complement(clause, child)
            }
            _ => {}
        }
    }
}

fn has(token: Token<'_>, relation: Relation) -> bool {
    token.children_by(relation).next().is_some()
}

/// Whether the verb asks somebody to act.
fn asks(reader: &Reader<'_>, clause: &Clause) -> bool {
    clause.keys.iter().any(|key| reader.codebook.cues.speech_verb(key) == Some(polybius_codebook::Stance::Demands))
}

/// Of two objects the first is the one to whom: "gave Hezbollah rockets".
fn second_object(token: Token<'_>) -> Option<Token<'_>> {
    token.head()?.children_by(Relation::Obj).find(|other| other.id > token.id)
}

fn push_complement(clause: &mut Clause, child: Token<'_>) {
    clause.complements.push(child.id);
    clause.complements.extend(child.children_by(Relation::Conj).map(|conjunct| conjunct.id));
}

/// Prepositions that hang on the object: "imposed sanctions on Iran". What the verb has itself goes first.
fn fill_from_object(document: &Document, reader: &Reader<'_>, clause: &mut Clause) {
    for object in clause.slot(&Slot::Object).to_vec() {
        for child in
            document.token(object).children().filter(|child| matches!(child.relation(), Relation::Nmod | Relation::Obl))
        {
            if let Some(word) = preposition(child)
                && clause.preposition(&word).is_empty()
            {
                put(reader, clause, Slot::Preposition(word.into()), child);
            }
        }
    }
}

/// Prepositions that hang on a noun after a preposition: "committed to talks with Damascus", "given to Mali by Chad".
fn fill_from_phrases(document: &Document, reader: &Reader<'_>, clause: &mut Clause) {
    let nouns: Vec<_> = clause
        .slots
        .iter()
        .filter(|(slot, _)| matches!(slot, Slot::Preposition(_) | Slot::Object))
        .flat_map(|(_, heads)| heads.iter().copied())
        .collect();
    for noun in nouns {
        for child in document.token(noun).children_by(Relation::Nmod) {
            let Some(word) = preposition(child) else { continue };
            if word == "by"
                && clause.passive
                && clause.slot(&Slot::Subject).is_empty()
                && !reader.names.is_date(child.id)
            {
                put(reader, clause, Slot::Subject, child);
            } else if matches!(&*word, "with" | "between" | "against" | "towards" | "toward" | "for" | "to")
                && clause.preposition(&word).is_empty()
            {
                put(reader, clause, Slot::Preposition(word.into()), child);
            }
        }
    }
}

/// Prepositions that hang on the of-phrase of an event noun: "the transfer of missiles to Russia by Iran".
fn fill_from_of_phrase(document: &Document, reader: &Reader<'_>, clause: &mut Clause) {
    for thing in clause.preposition("of").to_vec() {
        for child in document.token(thing).children_by(Relation::Nmod) {
            let Some(word) = preposition(child) else { continue };
            if word == "by" {
                if clause.slot(&Slot::Subject).is_empty() {
                    put(reader, clause, Slot::Subject, child);
                }
            } else if word != "of" && word != "in" && clause.preposition(&word).is_empty() {
                put(reader, clause, Slot::Preposition(word.into()), child);
            }
        }
    }
}

/// A predicate noun's own phrases: "is an ally of Iran".
fn fill_nominal(reader: &Reader<'_>, clause: &mut Clause, head: Token<'_>) {
    for child in head.children() {
        match child.relation() {
            Relation::NmodPoss => put(reader, clause, Slot::Preposition("of".into()), child),
            Relation::Amod | Relation::Compound | Relation::Nmod
                if reader.names.over(child.id).is_some() && preposition(child).is_none() =>
            {
                put(reader, clause, Slot::Modifier, child);
            }
            _ => {}
        }
    }
}

fn fill_noun(reader: &Reader<'_>, clause: &mut Clause, head: Token<'_>) {
    let mut named = Vec::new();
    // "the army's losses", "the reporter's arrest", but "Mali's arrest of a reporter".
    let of_phrase = head.children_by(Relation::Nmod).any(|child| preposition(child).as_deref() == Some("of"));
    let is_undergone = !of_phrase && clause.keys.iter().any(|key| in_set(reader.codebook, "undergone", key));
    let owner = if is_undergone { Slot::Object } else { Slot::Subject };
    for child in head.children() {
        match child.relation() {
            Relation::NmodPoss => put(reader, clause, owner.clone(), child),
            Relation::Nmod | Relation::Obl => {
                if let Some(word) = preposition(child) {
                    let slot = if word == "by" { Slot::Subject } else { Slot::Preposition(word.into()) };
                    put(reader, clause, slot, child);
                }
            }
            Relation::Amod if reader.names.is_demonym(child.id) => put(reader, clause, Slot::Subject, child),
            Relation::Amod | Relation::Compound | Relation::NmodDesc | Relation::NmodUnmarked => {
                put(reader, clause, Slot::Modifier, child);
                if reader.names.over(child.id).is_some() {
                    named.push(child);
                }
            }
            Relation::Acl | Relation::Ccomp | Relation::Xcomp => push_complement(clause, child),
            _ => {}
        }
    }
    by_before_verb(reader, clause, head);
    // A bare name before the noun acts ("NATO strikes on Libya") only where somebody else is acted on.
    let acted_on = ["on", "against", "of", "in", "to", "at", "for", "with"]
        .iter()
        .any(|word| !clause.preposition(word).is_empty());
    if clause.slot(&Slot::Subject).is_empty() && acted_on {
        for child in named {
            put(reader, clause, Slot::Subject, child);
        }
    }
}

/// A by-phrase between an event noun that is a subject and its verb belongs to the noun: "the raid by rebels shocked …".
fn by_before_verb(reader: &Reader<'_>, clause: &mut Clause, head: Token<'_>) {
    let subject = matches!(head.relation(), Relation::Nsubj | Relation::NsubjPass);
    let Some(verb) = head.head().filter(|_| subject && clause.slot(&Slot::Subject).is_empty()) else { return };
    let by = verb.children().find(|child| {
        head.id < child.id
            && child.id < verb.id
            && preposition(*child).as_deref() == Some("by")
            && !reader.names.is_date(child.id)
    });
    if let Some(by) = by {
        put(reader, clause, Slot::Subject, by);
    }
}

/// Puts the members of a phrase into `slot`; a relative pronoun stands for its noun.
fn put(reader: &Reader<'_>, clause: &mut Clause, slot: Slot, token: Token<'_>) {
    let phrase = if is_relative(token) { antecedent(token).unwrap_or(token) } else { token };
    // The noun a relative clause describes is one of its coordinated parts or all of them; the nearest is certain.
    let heads =
        if is_relative(token) { members_of_antecedent(reader, phrase) } else { members(phrase, reader.codebook) };
    clause.fill(slot, heads.into_iter().map(|token| token.id));
}

fn members_of_antecedent<'d>(reader: &Reader<'_>, token: Token<'d>) -> Vec<Token<'d>> {
    if conjuncts(token).len() > 1 {
        members(token, reader.codebook)
    } else {
        crate::phrases::counted(token, reader.codebook).map_or(vec![token], conjuncts)
    }
}
