//! Second pass: what a clause takes over from the clause above it — its subject, or a shared object.

use polybius_codebook::{Slot, Stance};
use polybius_document::{Document, Relation, Token, TokenId, Upos};

use super::{Clauses, Kind, Reader};
use crate::phrases::{marker, members};

/// Runs over the clauses from the root of the tree downwards, so that what is taken over is complete.
pub(super) fn run(document: &Document, reader: &Reader<'_>, clauses: &mut Clauses) {
    let mut heads: Vec<(usize, TokenId)> =
        clauses.list.iter().map(|clause| (depth(document.token(clause.head)), clause.head)).collect();
    heads.sort();
    for (_, head) in heads {
        let token = document.token(head);
        if clauses.headed_by(head).is_some_and(|clause| clause.kind != Kind::Noun) {
            if let Some(subject) = subject_for(document, reader, clauses, token)
                && let Some(clause) = clauses.headed_by_mut(head)
            {
                clause.take_subject(subject);
            }
            relative_object(document, reader, clauses, token);
            shared_object(document, clauses, token);
        }
    }
}

/// The grammatical subject that a clause without one takes from above.
fn subject_for(document: &Document, reader: &Reader<'_>, clauses: &Clauses, token: Token<'_>) -> Option<Vec<TokenId>> {
    let clause = clauses.headed_by(token.id)?;
    if !clause.surface_subject().is_empty() || has_subject(token) {
        return None;
    }
    let governor = token.head()?;
    let above = clauses.headed_by(governor.id);
    let found = match token.relation() {
        Relation::Conj => perfect_between(document, clauses, governor, token).or(above)?.surface_subject().to_vec(),
        Relation::Xcomp => controller(reader, above?),
        Relation::Ccomp if is_nonfinite(token) => above?.slot(&Slot::Subject).to_vec(),
        Relation::Acl => return acl_subject(document, reader, clauses, token, governor),
        Relation::Advcl | Relation::Obl | Relation::Nmod | Relation::AdvclRelcl => {
            let above = above.or_else(|| clauses.around(governor))?;
            let about_object = matches!(marker(token).as_deref(), Some("for" | "of" | "from" | "into"));
            if marker(token).as_deref() == Some("to") && above.complements.contains(&token.id) {
                return Some(asked(above)?.to_vec());
            }
            let object = acted_on(above);
            match about_object {
                true if !object.is_empty() => object.to_vec(),
                // "sanctions against Iran for …": the reason may hang on the verb.
                true => above
                    .surface_subject()
                    .iter()
                    .find_map(|subject| against(document, reader, *subject))
                    .unwrap_or_else(|| above.surface_subject().to_vec()),
                false => above.surface_subject().to_vec(),
            }
        }
        _ => return None,
    };
    (!found.is_empty()).then_some(found)
}

/// "sent doctors after a storm had destroyed the town and killed five": a bare participle goes on from the nearest perfect,
/// not from the past tense that parsers hang it on.
fn perfect_between<'c>(
    document: &Document,
    clauses: &'c Clauses,
    first: Token<'_>,
    second: Token<'_>,
) -> Option<&'c super::Clause> {
    if second.xpos() != "VBN" || first.xpos() == "VBN" || first.id >= second.id {
        return None;
    }
    let between = document.tokens(TokenId(first.id.0 + 1)..second.id);
    let perfect = between
        .rev()
        .find(|token| token.xpos() == "VBN" && token.children_by(Relation::Aux).any(|aux| aux.lemma() == "have"))?;
    clauses.headed_by(perfect.id)
}

/// Who is to do what a clause asks for: "called on Egypt to sell", "pleaded with Pyongyang to free".
fn asked(clause: &super::Clause) -> Option<&[TokenId]> {
    let whom = ["on", "to", "with"].iter().map(|word| clause.preposition(word));
    std::iter::once(clause.slot(&Slot::Object)).chain(whom).find(|heads| !heads.is_empty())
}

/// Whom a clause acts on: "criticised Israel for …", "sanctions against Iran for …".
fn acted_on(clause: &super::Clause) -> &[TokenId] {
    match clause.kind {
        Kind::Verb => clause.slot(&Slot::Object),
        _ => {
            ["against", "on"].iter().map(|word| clause.preposition(word)).find(|heads| !heads.is_empty()).unwrap_or(&[])
        }
    }
}

/// Who does what an xcomp says: the object of the verb above, if it has one ("forced Iran to stop"), else its subject.
/// Promises are kept by whoever makes them ("promised Iran to stop").
fn controller(reader: &Reader<'_>, above: &super::Clause) -> Vec<TokenId> {
    let promise = above.keys.iter().any(|key| reader.codebook.cues.speech_verb(key) == Some(Stance::Promises));
    let object = above.slot(&Slot::Object);
    if object.is_empty() || promise { above.slot(&Slot::Subject).to_vec() } else { object.to_vec() }
}

/// "a war triggered by Hezbollah attacking Israel": the name between "by" and the participle does it.
fn named_doer(document: &Document, reader: &Reader<'_>, token: Token<'_>, noun: Token<'_>) -> Option<TokenId> {
    let before = TokenId(token.id.0.checked_sub(1)?);
    let name = reader.names.over(before).filter(|name| !name.tokens.contains(&noun.id))?;
    // The parser hangs this "by" on the name or on the participle, so its place tells, not its head.
    let by = document.token(TokenId(name.tokens.start.0.checked_sub(1)?)).text() == "by";
    (token.xpos() == "VBG" && by).then_some(name.tokens.start)
}

/// Whom a noun is directed against: "sanctions against Iran".
fn against(document: &Document, reader: &Reader<'_>, noun: TokenId) -> Option<Vec<TokenId>> {
    let directed = |child: &Token<'_>| matches!(crate::phrases::preposition(*child).as_deref(), Some("against" | "on"));
    let on = document.token(noun).children_by(Relation::Nmod).find(directed)?;
    Some(members(on, reader.codebook).into_iter().map(|token| token.id).collect())
}

/// "troops stationed in Mali" are stationed; "rockets hitting Haifa" hit; "Iran's plan to attack" is carried out by Iran.
fn acl_subject(
    document: &Document,
    reader: &Reader<'_>,
    clauses: &Clauses,
    token: Token<'_>,
    noun: Token<'_>,
) -> Option<Vec<TokenId>> {
    let infinitive = token.children_by(Relation::Mark).any(|mark| mark.text().eq_ignore_ascii_case("to"));
    let mark = marker(token);
    if mark.as_deref() == Some("for")
        && let Some(on) = against(document, reader, noun.id)
    {
        return Some(on);
    }
    if let Some(doer) = named_doer(document, reader, token, noun) {
        return Some(vec![doer]);
    }
    // "triggered by Hezbollah attacking Israel": the preposition is the noun's.
    let outside = token.children_by(Relation::Mark).all(|mark| mark.id < noun.id);
    if !infinitive && (mark.is_none() || outside) {
        return Some(members(noun, reader.codebook).into_iter().map(|token| token.id).collect());
    }
    // "accused the police of beating": hung on the noun, done by whom it names.
    let alleged = token.xpos() == "VBG" && matches!(noun.relation(), Relation::Obj | Relation::Iobj);
    if alleged && matches!(mark.as_deref(), Some("of" | "for")) {
        return Some(members(noun, reader.codebook).into_iter().map(|token| token.id).collect());
    }
    if let Some(owner) = noun.children_by(Relation::NmodPoss).next() {
        return Some(members(owner, reader.codebook).into_iter().map(|token| token.id).collect());
    }
    if let Some(people) = noun.children_by(Relation::Amod).find(|child| reader.names.is_demonym(child.id)) {
        return Some(vec![people.id]);
    }
    std::iter::successors(document.token(noun.id).head(), |token| token.head())
        .filter_map(|token| clauses.headed_by(token.id))
        .map(|above| above.slot(&Slot::Subject))
        .find(|subject| !subject.is_empty())
        .map(<[TokenId]>::to_vec)
}

/// "the bridge Russia destroyed": a relative clause without a pronoun lacks its object.
fn relative_object(document: &Document, reader: &Reader<'_>, clauses: &mut Clauses, token: Token<'_>) {
    if token.relation() != Relation::AclRelcl || token.upos() != Upos::Verb {
        return;
    }
    let has_pronoun = document.tokens(subtree(document, token)).any(|inner| {
        crate::phrases::is_relative(inner)
            && crate::phrases::antecedent(inner).is_some_and(|noun| Some(noun.id) == token.data().head)
    });
    let Some(noun) = token.head() else { return };
    if let Some(clause) = clauses.headed_by_mut(token.id)
        && !has_pronoun
        && !clause.passive
        && clause.slot(&Slot::Object).is_empty()
        && !clause.slot(&Slot::Subject).is_empty()
    {
        clause.fill(Slot::Object, members(noun, reader.codebook).into_iter().map(|token| token.id));
    }
}

/// "shelled and stormed the town": the town is the object of both.
fn shared_object(document: &Document, clauses: &mut Clauses, token: Token<'_>) {
    if token.relation() != Relation::Conj {
        return;
    }
    let Some(first) = token.head() else { return };
    let object_of = |clauses: &Clauses, id: TokenId| {
        clauses
            .headed_by(id)
            .filter(|clause| !clause.passive && clause.kind == Kind::Verb)
            .map(|clause| clause.slot(&Slot::Object).to_vec())
    };
    let (Some(ours), Some(theirs)) = (object_of(clauses, token.id), object_of(clauses, first.id)) else { return };
    let from = if ours.is_empty() && theirs.first().is_some_and(|object| *object > token.id) {
        (theirs, token.id)
    } else if theirs.is_empty() && only_joiners_between(document, first, token) {
        (ours, first.id)
    } else {
        return;
    };
    if let Some(clause) = clauses.headed_by_mut(from.1) {
        clause.fill(Slot::Object, from.0);
    }
}

fn only_joiners_between(document: &Document, first: Token<'_>, second: Token<'_>) -> bool {
    document
        .tokens(TokenId(first.id.0 + 1)..second.id)
        .all(|token| matches!(token.relation(), Relation::Cc | Relation::Punct | Relation::Advmod))
}

fn has_subject(token: Token<'_>) -> bool {
    token.children().any(|child| {
        matches!(child.relation(), Relation::Nsubj | Relation::NsubjPass | Relation::Csubj | Relation::Expl)
    })
}

fn is_nonfinite(token: Token<'_>) -> bool {
    matches!(token.xpos(), "VBG" | "VB" | "VBN") && !token.children_by(Relation::Aux).any(|aux| aux.xpos() == "MD")
}

fn depth(token: Token<'_>) -> usize {
    std::iter::successors(token.head(), |token| token.head()).count()
}

fn subtree(document: &Document, token: Token<'_>) -> std::ops::Range<TokenId> {
    let (first, last) = crate::phrases::extent(document, token.id);
    first..TokenId(last.0 + 1)
}
