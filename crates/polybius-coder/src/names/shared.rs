//! Names that several bear: which of them an article means is told by whoever else it names.
//!
//! Where nothing tells, [`crate::choice`] decides by day and kind.

use std::collections::HashMap;

use polybius_codebook::{Codebook, EntityId, Form, Kind, RowId};
use polybius_document::{Document, TokenId};

use super::{NameMatch, Names};
use crate::phrases::in_set;

/// How much the names of the same sentence count beside those of the whole article.
const SENTENCE: f32 = 1.5;

/// How many names are of each country, and how many in all.
#[derive(Default)]
struct Countries<'c> {
    named: HashMap<&'c str, f32>,
    /// Those of towns, parties and bodies within the country.
    within: HashMap<&'c str, f32>,
    all: f32,
}

impl Names {
    /// Leaves of the rows of a name that several bear only those of whom the article means.
    pub(super) fn decide_shared(&mut self, document: &Document, codebook: &Codebook) {
        let article = Countries::of(self.list.iter(), codebook);
        let decided: Vec<(usize, EntityId)> = (0..self.list.len())
            .filter_map(|index| Some((index, self.decided(&self.list[index], &article, document, codebook)?)))
            .collect();
        for (index, entity) in decided {
            self.list[index].rows.retain(|&row| codebook.entities.row(row).entity == entity);
        }
    }

    /// Whom a name means that more than one entity bears, if the article tells.
    fn decided(
        &self,
        name: &NameMatch,
        article: &Countries<'_>,
        document: &Document,
        codebook: &Codebook,
    ) -> Option<EntityId> {
        let day = document.article().published;
        let row = |id: RowId| codebook.entities.row(id);
        let first = *name.rows.first()?;
        if name.rows.iter().all(|&other| row(other).entity == row(first).entity) {
            return None;
        }
        if let Some(told) = by_age(name, document, codebook) {
            return Some(told);
        }
        let default = row(crate::choice::best_row(codebook, &name.rows, day)?).entity;
        let mut others: Vec<EntityId> = name
            .rows
            .iter()
            .filter(|&&id| day.is_none_or(|day| row(id).holds_on(day)))
            .map(|&id| row(id).entity)
            .filter(|&entity| entity != default)
            .collect();
        others.dedup();
        if is_other(name, document) && others.len() == 1 {
            return others.pop();
        }
        let sentence = document.sentence(document.sentence_of(name.tokens.start));
        let near = Countries::of(self.within(sentence.tokens.clone()), codebook);
        let country = |entity: EntityId| codebook.entities.get(entity).country.as_deref();
        let weight = |entity: EntityId| {
            country(entity).map_or(0.0, |country| article.share(country) + SENTENCE * near.share(country))
        };
        let is_state = |entity: EntityId| codebook.entities.get(entity).kind == Kind::Country;
        // A state is not meant by the name of a region abroad, unless nothing of it is named and something in that region's country is.
        let fits = |&entity: &EntityId| {
            !is_state(default)
                || is_state(entity)
                || is_seat(codebook, name, entity)
                || (weight(default) == 0.0
                    && country(entity).is_some_and(|country| article.within.contains_key(country)))
        };
        let best = others.into_iter().filter(fits).max_by(|&one, &other| weight(one).total_cmp(&weight(other)))?;
        // An organisation is of no country: its seat is a capital where the article is about that country.
        let home = codebook.entities.get(default).country.is_none() && weight(best) > 0.0;
        (home || weight(best) > weight(default)).then_some(best)
    }
}

impl<'c> Countries<'c> {
    /// Counts the names that one country's entities bear alone.
    fn of<'n>(names: impl Iterator<Item = &'n NameMatch>, codebook: &'c Codebook) -> Countries<'c> {
        let mut countries = Countries::default();
        for name in names {
            let Some(&first) = name.rows.first() else { continue };
            let entity = |&row: &RowId| codebook.entities.get(codebook.entities.row(row).entity);
            let first = entity(&first);
            let Some(country) = first.country.as_deref().filter(|_| first.kind != Kind::Outlet) else { continue };
            if name.rows.iter().any(|row| entity(row).country.as_deref() != Some(country)) {
                continue;
            }
            countries.all += 1.0;
            *countries.named.entry(country).or_default() += 1.0;
            if matches!(first.kind, Kind::Place | Kind::Party | Kind::Body) {
                *countries.within.entry(country).or_default() += 1.0;
            }
        }
        countries
    }

    fn share(&self, country: &str) -> f32 {
        self.named.get(country).copied().unwrap_or_default() / f32::max(self.all, 1.0)
    }
}

/// "the elder Bush": of two persons, the one who came into office first, or last.
fn by_age(name: &NameMatch, document: &Document, codebook: &Codebook) -> Option<EntityId> {
    let before = document.token(TokenId(name.tokens.start.0.checked_sub(1)?)).text().to_lowercase();
    let (elder, younger) = (in_set(codebook, "elder", &before), in_set(codebook, "younger", &before));
    if !elder && !younger {
        return None;
    }
    let begun = |entity: EntityId| {
        let rows = codebook.entities.get(entity).rows.iter();
        rows.filter_map(|&row| codebook.entities.row(row).from).map(|from| from.first_day()).min()
    };
    let people = name.rows.iter().map(|&row| codebook.entities.row(row).entity);
    let people = people.filter(|&entity| codebook.entities.get(entity).kind == Kind::Person);
    let by_start = people.filter_map(|entity| Some((begun(entity)?, entity)));
    let found = if elder { by_start.min() } else { by_start.max() };
    found.map(|(_, entity)| entity)
}

/// "in the other Georgia".
fn is_other(name: &NameMatch, document: &Document) -> bool {
    name.tokens.start.0.checked_sub(1).is_some_and(|before| document.token(TokenId(before)).lemma() == "other")
}

/// Whether the name is a seat or capital of the entity.
fn is_seat(codebook: &Codebook, name: &NameMatch, entity: EntityId) -> bool {
    let rows = name.rows.iter().map(|&row| codebook.entities.row(row));
    rows.filter(|row| row.entity == entity).any(|row| matches!(row.form, Form::Capital | Form::Seat))
}
