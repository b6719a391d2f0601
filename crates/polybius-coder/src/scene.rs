//! The scene: which country the text around a word is about, for whoever is named without one ("police", "the government").

use polybius_codebook::Kind;
use polybius_document::{Relation, SentenceId, Token, TokenId, Upos};

use crate::names::NameMatch;
use crate::participants::Resolver;
use crate::phrases::lower_lemma;
use crate::{Participant, ResolvedBy};

/// How many sentences back a phrase may reach.
const REACH: u32 = 3;

impl Resolver<'_> {
    /// The country of an arm of the state that is named without one ("police", "the government"): the only country that the last
    /// sentences name, or the one that most of the article is about.
    pub(crate) fn country_in_focus(&self, token: Token<'_>, role: &polybius_codebook::Role) -> Option<Participant> {
        if !self.codebook.ontology.sector(role.sector).state {
            return None;
        }
        let indefinite_many =
            token.feature("Number") == Some("Plur") && token.children_by(Relation::Nummod).next().is_some();
        if indefinite_many {
            return None;
        }
        let chosen = self.scene(token.id)?;
        // The country itself, not whoever of it was named.
        let code = chosen.country.clone()?;
        let entity = self.codebook.entities.by_id(&code);
        let sector = chosen.sector;
        Some(Participant { entity, sector, resolved_by: ResolvedBy::Coreference, ..chosen })
    }

    /// The country in which the text around `token` is: that of the ground its sentence names, or of whoever it names but speakers
    /// and governments that act; else that of the last ground named; else that of the scene.
    pub(crate) fn country_of_scene(&self, token: TokenId) -> Option<String> {
        let here = self.document.sentence_of(token);
        let ground = |name: &NameMatch| self.country_of_ground(name);
        let present = |name: &NameMatch| self.present(name);
        let named = |name: &NameMatch| {
            self.countries_of(name).filter(|_| !self.names.is_demonym(name.tokens.start)).and_then(|one| one.country)
        };
        let before = || (1..REACH).filter_map(|back| here.0.checked_sub(back).map(SentenceId));
        let own = self.only_country(here, ground).or_else(|| self.only_country(here, present));
        own.or_else(|| before().find_map(|sentence| self.only_country(sentence, ground)))
            .or_else(|| self.only_country(here, named))
            .or_else(|| before().find_map(|sentence| self.only_country(sentence, named)))
            .or_else(|| self.scene(token).and_then(|one| one.country))
    }

    /// The only country that `of` gives for the names of a sentence.
    fn only_country(&self, sentence: SentenceId, of: impl Fn(&NameMatch) -> Option<String>) -> Option<String> {
        let names = self.names.within(self.document.sentence(sentence).tokens.clone());
        let mut countries = names.filter_map(|name| of(name).filter(|_| !self.is_elsewhere(name)));
        let first = countries.next()?;
        countries.all(|other| other == first).then_some(first)
    }

    /// The country of a name, unless it is a nationality, a capital that acts, or somebody who only speaks.
    fn present(&self, name: &NameMatch) -> Option<String> {
        let top = self.top_of(name);
        let verb = top.head().filter(|_| top.relation() == Relation::Nsubj);
        let speaks = verb.is_some_and(|verb| self.codebook.cues.speech_verb(&lower_lemma(verb)).is_some());
        let one = self.countries_of(name).filter(|one| one.resolved_by != ResolvedBy::Capital)?;
        (!speaks && !self.names.is_demonym(name.tokens.start)).then_some(one.country).flatten()
    }

    /// Who of a country the name names, if it says something of where the article is.
    fn countries_of(&self, name: &NameMatch) -> Option<Participant> {
        let one = self.known(name, self.document.token(name.tokens.start))?;
        let outlet = one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Outlet);
        let tells = one.country.is_some() && !outlet && !self.is_everywhere(name) && !self.is_elsewhere(name);
        tells.then_some(one)
    }

    /// Who stands for the country that the text around `token` is about: the only one of which the nearest sentence names
    /// anybody, or the one that most of the article is about.
    fn scene(&self, token: TokenId) -> Option<Participant> {
        let near = self.countries_near(token);
        let sentence = |one: &Participant| self.document.sentence_of(one.head);
        let nearest = near.first().map(sentence);
        let mut of_nearest = near.iter().filter(|one| Some(sentence(one)) == nearest);
        match (of_nearest.next(), of_nearest.next()) {
            (Some(only), None) => Some(only.clone()),
            (Some(_), Some(_)) => self.main_country().clone(),
            _ => self.main_country().clone().or_else(|| self.dateline()),
        }
    }

    /// Whoever of each country was named within reach before `token`, the nearest first.
    pub(crate) fn countries_near(&self, token: TokenId) -> Vec<Participant> {
        let mut near: Vec<Participant> = Vec::new();
        for one in self.recent(token).filter_map(|name| self.countries_of(name)) {
            if !near.iter().any(|other| other.country == one.country) {
                near.push(one);
            }
        }
        near
    }

    /// The country that at least three in five of the article's country names belong to.
    pub(crate) fn main_country(&self) -> &Option<Participant> {
        self.main_country.get_or_init(|| self.count_countries())
    }

    fn count_countries(&self) -> Option<Participant> {
        let mut counts: Vec<(Participant, usize)> = Vec::new();
        let mut all = 0;
        for name in self.names.all().filter(|name| !name.rows.is_empty()) {
            let Some(one) = self.known(name, self.document.token(name.tokens.start)) else { continue };
            if self.is_everywhere(name)
                || one.country.is_none()
                || one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Outlet)
            {
                continue;
            }
            all += 1;
            match counts.iter_mut().find(|(other, _)| other.country == one.country) {
                Some((_, count)) => *count += 1,
                None => counts.push((one, 1)),
            }
        }
        let (most, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        (count * 5 >= all * 3).then_some(most)
    }

    /// The country of the town with which the article opens: "NAIROBI - …".
    fn dateline(&self) -> Option<Participant> {
        let first = self.names.all().next().filter(|name| name.tokens.start.0 == 0)?;
        let town = first.rows.iter().any(|&row| self.is_town(row));
        let next = first.tokens.end;
        let stops = next.index() < self.document.n_tokens() && self.document.token(next).upos() == Upos::Punct;
        (town && stops).then(|| self.known(first, self.document.token(first.tokens.start))).flatten()
    }

    /// The names before `token` within reach, the nearest first.
    pub(crate) fn recent(&self, token: TokenId) -> impl Iterator<Item = &NameMatch> {
        let here = self.document.sentence_of(token);
        self.names
            .before(token)
            .take_while(move |name| here.0 - self.document.sentence_of(name.tokens.start).0 < REACH)
            .filter(|name| !name.rows.is_empty())
    }
}
