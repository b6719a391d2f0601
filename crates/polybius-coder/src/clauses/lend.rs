//! Third pass: a light verb lends its subject and prepositions to the event noun it carries.

use polybius_codebook::Slot;
use polybius_document::{Document, TokenId};

use super::{Clauses, Kind, Reader};

/// "Israel carried out an attack on Gaza", "the attack was carried out by Israel", "talks that Qatar held".
pub(super) fn run(document: &Document, reader: &Reader<'_>, clauses: &mut Clauses) {
    let loans: Vec<(TokenId, TokenId)> = clauses
        .list
        .iter()
        .filter(|clause| reader.is_light(clause))
        .flat_map(|clause| {
            let carried = clause.slot(&Slot::Object).iter().chain(clause.preposition("in")).chain(clause.preposition("into"));
            carried.map(|noun| (clause.head, *noun)).collect::<Vec<_>>()
        })
        .filter(|(_, noun)| clauses.headed_by(*noun).is_some_and(|clause| clause.kind == Kind::Noun))
        .collect();
    for (verb, noun) in loans {
        let Some(lender) = clauses.headed_by(verb).cloned() else { continue };
        let Some(clause) = clauses.headed_by_mut(noun) else { continue };
        clause.light = Some(verb);
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
