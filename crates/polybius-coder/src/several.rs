//! Phrases that name several: "the two countries", "Indian and Chinese troops", "Iran's proxies, Hamas and Hezbollah".

use polybius_codebook::Kind;
use polybius_document::{Relation, Token, TokenId, Upos};

use crate::participants::{Resolver, Side};
use crate::phrases::preposition;
use crate::{Participant, ResolvedBy};

impl Resolver<'_> {
    /// Everybody the phrase names: "the two countries" are two, and so are "Indian and Chinese troops".
    pub(crate) fn resolve_all(&self, head: TokenId, side: Side) -> Vec<Participant> {
        let token = self.document.token(head);
        let pair = self.pair(token);
        if !pair.is_empty() {
            return pair;
        }
        let group = self.group(token, side);
        if !group.is_empty() {
            return group;
        }
        if token.upos() == Upos::Noun {
            let apposed = self.apposed(token, side);
            if !apposed.is_empty() {
                return apposed;
            }
        }
        let of_pair = self.of_pair(token);
        if !of_pair.is_empty() {
            return of_pair;
        }
        let Some(first) = self.resolve(head, side).or_else(|| self.named_before(token)) else { return Vec::new() };
        let mut all = vec![first];
        all.extend(self.second_nationality(token));
        all.extend(self.second_owner(token));
        all
    }

    /// "the leaders of the two countries": one noun of two.
    fn of_pair(&self, token: Token<'_>) -> Vec<Participant> {
        let role = self.codebook.roles.get(&crate::phrases::lower_lemma(token));
        let Some(role) = role.filter(|_| token.feature("Number") == Some("Plur")) else { return Vec::new() };
        let of = token.children_by(Relation::Nmod).filter(|child| preposition(*child).as_deref() == Some("of"));
        let owners = of.flat_map(|child| self.pair(child));
        owners
            .map(|owner| {
                let holder = self.office_holder(token, role, &owner, token.span());
                let people = || Participant {
                    sector: Some(role.sector),
                    resolved_by: ResolvedBy::RoleNoun,
                    ..self.at(owner, token)
                };
                holder.unwrap_or_else(people)
            })
            .collect()
    }

    /// "Iran's proxies, Hamas and Hezbollah": the names that say who a phrase means.
    fn apposed(&self, token: Token<'_>, side: Side) -> Vec<Participant> {
        token
            .children_by(Relation::Appos)
            .flat_map(crate::phrases::conjuncts)
            .filter(|name| self.names.over(name.id).is_some_and(|name| !name.rows.is_empty()))
            .filter_map(|name| self.resolve(name.id, side))
            .collect()
    }

    /// "the presidents of Kenya and Uganda": one noun, two countries.
    fn second_owner(&self, token: Token<'_>) -> Vec<Participant> {
        if token.feature("Number") != Some("Plur") || token.upos() != Upos::Noun {
            return Vec::new();
        }
        let of = token
            .children_by(Relation::Nmod)
            .find(|child| matches!(preposition(*child).as_deref(), Some("of" | "from")));
        let owners = of.map(crate::phrases::conjuncts).unwrap_or_default();
        let rest = owners.iter().skip(1).filter_map(|owner| self.resolve(owner.id, Side::Actor));
        let Some(role) = self.role_of(token) else { return Vec::new() };
        rest.filter(|owner| owner.country.is_some())
            .map(|owner| Participant { sector: Some(role.sector), resolved_by: ResolvedBy::RoleNoun, ..owner })
            .collect()
    }

    /// "Indian and Chinese troops": one noun, two nationalities.
    fn second_nationality(&self, token: Token<'_>) -> Vec<Participant> {
        if !matches!(token.upos(), Upos::Noun | Upos::Propn) || self.names.over(token.id).is_some() {
            return Vec::new();
        }
        // "Russian and US officials", "Iranian and Taliban guards": a country's or group's name stands for a nationality there.
        let native = |word: Token<'_>| {
            let row = self.names.over(word.id).and_then(|name| self.best_row(&name.rows));
            let kind = row.map(|row| self.kind_of(self.codebook.entities.row(row).entity));
            self.names.is_demonym(word.id) || matches!(kind, Some(Kind::Country | Kind::Group))
        };
        let first = token
            .children()
            .find(|child| matches!(child.relation(), Relation::Amod | Relation::Compound) && native(*child));
        let others = first.into_iter().flat_map(|first| first.children_by(Relation::Conj));
        others
            .filter(|other| native(*other))
            .filter_map(|other| {
                let people = self.resolve(other.id, Side::Actor)?;
                let span = people.span.join(token.span());
                let sector = self.role_of(token).map(|role| role.sector).or(people.sector);
                Some(Participant { name: self.document.text(span).to_owned(), span, sector, ..people })
            })
            .collect()
    }
}
