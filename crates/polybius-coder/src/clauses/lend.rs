//! Third pass: a light verb lends its subject and prepositions to the event noun it carries, and event nouns in a
//! clause lend it theirs.

use polybius_codebook::Slot;
use polybius_document::{Document, Relation, TokenId};

use super::{Clauses, Kind, Reader};
use crate::phrases::{in_set, members, preposition};

/// "announced the suspension of aid": whoever decides on the act does it.
fn is_deciding(reader: &Reader<'_>, clause: &super::Clause) -> bool {
    clause.kind == Kind::Verb && clause.keys.iter().any(|key| in_set(reader.codebook, "deciding", key))
}

/// Runs both ways.
pub(super) fn run(document: &Document, reader: &Reader<'_>, clauses: &mut Clauses) {
    light_verbs(document, reader, clauses);
    measures(document, reader, clauses);
    copulas(document, clauses);
    nested_nouns(clauses);
}

/// "remains furious with Ethiopia": what hangs on the verb belongs to the adjective.
fn copulas(document: &Document, clauses: &mut Clauses) {
    let adjectives: Vec<TokenId> = clauses
        .list
        .iter()
        .filter(|clause| clause.kind == Kind::Be && document.token(clause.head).relation() == Relation::Xcomp)
        .map(|clause| clause.head)
        .collect();
    for adjective in adjectives {
        let Some(verb) = document.token(adjective).head() else { continue };
        let Some(lender) = clauses.headed_by(verb.id).cloned() else { continue };
        let Some(clause) = clauses.headed_by_mut(adjective) else { continue };
        for (slot, heads) in lender.slots {
            if matches!(slot, Slot::Preposition(_)) && clause.slot(&slot).is_empty() {
                clause.fill(slot, heads);
            }
        }
    }
}

/// "the volume of trade between Iran and Iraq": what hangs on the measure belongs to what is measured.
fn measures(document: &Document, reader: &Reader<'_>, clauses: &mut Clauses) {
    let nouns: Vec<TokenId> =
        clauses.list.iter().filter(|clause| clause.kind == Kind::Noun).map(|clause| clause.head).collect();
    for noun in nouns {
        let mut at = document.token(noun);
        while at.relation() == Relation::Nmod
            && matches!(preposition(at).as_deref(), Some("of" | "in"))
            && let Some(above) = at.head()
            && clauses.headed_by(above.id).is_none_or(|clause| clause.kind != Kind::Noun)
        {
            let phrases: Vec<(Slot, Vec<TokenId>)> = above
                .children_by(Relation::Nmod)
                .filter(|child| child.id != at.id)
                .filter_map(|child| {
                    let heads = members(child, reader.codebook).into_iter().map(|token| token.id).collect();
                    Some((Slot::Preposition(preposition(child)?.into()), heads))
                })
                .collect();
            if let Some(clause) = clauses.headed_by_mut(noun) {
                for (slot, heads) in phrases {
                    if clause.slot(&slot).is_empty() {
                        clause.fill(slot, heads);
                    }
                }
            }
            at = above;
        }
    }
}

/// "place priority on cooperation with Iran": what the noun is with, the clause is with, unless it says otherwise.
fn nested_nouns(clauses: &mut Clauses) {
    let mut loans = Vec::new();
    for clause in clauses.list.iter().filter(|clause| clause.kind != Kind::Noun) {
        let nouns = clause.slots.iter().filter(|(slot, _)| matches!(slot, Slot::Preposition(_) | Slot::Object));
        for noun in nouns.flat_map(|(_, heads)| heads).filter_map(|head| clauses.headed_by(*head)) {
            let slots = noun.slots.iter().filter(|(slot, heads)| {
                matches!(slot, Slot::Preposition(_)) && clause.slot(slot).is_empty() && !heads.is_empty()
            });
            loans.extend(slots.map(|(slot, heads)| (clause.head, slot.clone(), heads.clone())));
        }
    }
    for (head, slot, heads) in loans {
        if let Some(clause) = clauses.headed_by_mut(head)
            && clause.slot(&slot).is_empty()
        {
            clause.fill(slot, heads);
        }
    }
}

/// "Israel carried out an attack on Gaza", "the attack was carried out by Israel", "talks that Qatar held".
fn light_verbs(document: &Document, reader: &Reader<'_>, clauses: &mut Clauses) {
    let loans: Vec<(TokenId, TokenId)> = clauses
        .list
        .iter()
        .filter(|clause| reader.is_light(clause) || is_deciding(reader, clause))
        .flat_map(|clause| {
            let carried =
                clause.slot(&Slot::Object).iter().chain(clause.preposition("in")).chain(clause.preposition("into"));
            carried.map(|noun| (clause.head, *noun)).collect::<Vec<_>>()
        })
        .filter(|(_, noun)| clauses.headed_by(*noun).is_some_and(|clause| clause.kind == Kind::Noun))
        .collect();
    for (verb, noun) in loans {
        let Some(lender) = clauses.headed_by(verb).cloned() else { continue };
        let Some(clause) = clauses.headed_by_mut(noun) else { continue };
        if reader.is_light(&lender) {
            clause.light = Some(verb);
        }
        if clause.slot(&Slot::Subject).is_empty() {
            clause.fill(Slot::Subject, lender.slot(&Slot::Subject).to_vec());
        }
        for (slot, heads) in &lender.slots {
            let own = matches!(slot, Slot::Preposition(_)) && clause.slot(slot).is_empty();
            if own && !heads.contains(&noun) {
                clause.fill(slot.clone(), heads.iter().copied());
            }
        }
        clause.trigger = document.token(noun).span();
    }
}
