//! Phrases that name nobody and mean somebody: "the two countries", "the group", "they", "the government".
//!
//! Each takes the nearest name before it that fits, and takes nothing where two would fit as well.

use polybius_codebook::{Kind, RoleKind};
use polybius_document::{Relation, SentenceId, Token, TokenId, Upos};

use crate::names::NameMatch;
use crate::participants::{Resolver, Side};
use crate::phrases::{in_set, lower_lemma, preposition};
use crate::{Participant, ResolvedBy};

/// How many sentences back a phrase may reach.
const REACH: u32 = 3;
/// How many names back "the two countries" may reach, so that an article of any length is read in linear time.
const MOST_NAMES: usize = 500;

impl Resolver<'_> {
    /// "the two countries", "both sides": the last two countries that the text named before.
    pub(crate) fn pair(&self, token: Token<'_>) -> Vec<Participant> {
        let two = token.children().any(|child| {
            matches!(child.relation(), Relation::Nummod | Relation::Det | Relation::DetPredet)
                && matches!(child.lemma(), "two" | "both" | "2")
        });
        if !two || !in_set(self.codebook, "pair", &lower_lemma(token)) {
            return Vec::new();
        }
        let mut found: Vec<Participant> = Vec::new();
        for name in self.names.before(token.id).take(MOST_NAMES).filter(|name| self.is_side(name)) {
            let Some(one) = self.known(name, self.document.token(name.tokens.start)) else { continue };
            let state = one
                .entity
                .is_some_and(|entity| matches!(self.kind_of(entity), Kind::Country | Kind::Person | Kind::Body));
            if state && one.country.is_some() && !found.iter().any(|other| other.country == one.country) {
                found.push(self.referred(one, token));
            }
            if found.len() == 2 {
                found.reverse();
                return found;
            }
        }
        Vec::new()
    }

    /// "the country", "the group", "the bloc": the last thing of that kind that was named.
    pub(crate) fn named_before(&self, token: Token<'_>) -> Option<Participant> {
        let definite = token
            .children_by(Relation::Det)
            .any(|det| det.feature("Definite") == Some("Def") || det.feature("PronType") == Some("Dem"));
        let described = token.children().any(|child| {
            matches!(child.relation(), Relation::NmodPoss | Relation::Nmod | Relation::AclRelcl | Relation::Compound)
        });
        if token.upos() != Upos::Noun || !definite || described || token.feature("Number") == Some("Plur") {
            return None;
        }
        let lemma = lower_lemma(token);
        let kinds: &[Kind] = if in_set(self.codebook, "country", &lemma) {
            &[Kind::Country]
        } else if in_set(self.codebook, "group", &lemma) {
            &[Kind::Group, Kind::Party]
        } else if in_set(self.codebook, "bloc", &lemma) {
            &[Kind::Organisation]
        } else {
            return None;
        };
        // The subject of the same clause is not meant: "the EU has given the country …".
        let subject = token.head().and_then(|verb| verb.children_by(Relation::Nsubj).next()).map(|subject| subject.id);
        self.recent(token.id)
            .filter(|name| Some(name.tokens.start) != subject)
            .filter_map(|name| self.known(name, self.document.token(name.tokens.start)))
            .find(|one| one.entity.is_some_and(|entity| kinds.contains(&self.kind_of(entity))))
            .map(|one| self.referred(one, token))
    }

    /// Whom a pronoun means that no chain holds: in speech its speaker, else the subject of the clause or sentence before.
    pub(crate) fn by_salience(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let plural = token.feature("Number") == Some("Plur");
        if token.feature("Person") != Some("3") && !plural {
            return None;
        }
        let neuter = matches!(token.lemma(), "it" | "its");
        let fits = |one: &Participant| {
            let kind = one.entity.map(|entity| self.kind_of(entity));
            let person = kind == Some(Kind::Person) || self.is_one_person(one);
            let many = self.document.token(one.head).feature("Number") == Some("Plur") || kind == Some(Kind::Group);
            match (plural, neuter) {
                (true, _) => many && !person,
                (false, true) => kind.is_some() && kind != Some(Kind::Person),
                (false, false) => person,
            }
        };
        let subjects = self.subjects_before(token);
        let named: Vec<Participant> = subjects
            .into_iter()
            .filter_map(|subject| self.resolve_within(subject, Side::Actor, depth))
            .filter(fits)
            .collect();
        named.into_iter().next()
    }

    /// The grammatical subjects and objects before `token`: those of the clauses above it first, then of its sentence, then of the one before.
    fn subjects_before(&self, token: Token<'_>) -> Vec<TokenId> {
        let argument = |relation: Relation| matches!(relation, Relation::Nsubj | Relation::NsubjPass);
        let mut found: Vec<TokenId> = Vec::new();
        let above = std::iter::successors(token.head(), |token| token.head()).skip(1);
        for clause in above {
            found.extend(
                clause
                    .children()
                    .filter(|child| argument(child.relation()) && child.id < token.id)
                    .map(|child| child.id),
            );
        }
        let here = self.document.sentence_of(token.id);
        let earlier = here.0.checked_sub(1).map(SentenceId);
        // An object in the same sentence is likelier meant by another object: "beating migrants and expelling them".
        if !argument(token.relation()) {
            let tokens = self.document.sentence(here).tokens.clone();
            let objects =
                self.document.tokens(tokens).filter(|other| other.id < token.id && other.relation() == Relation::Obj);
            let objects: Vec<TokenId> = objects.map(|other| other.id).collect();
            found.splice(0..0, objects.into_iter().rev());
        }
        for sentence in [Some(here), earlier].into_iter().flatten() {
            let tokens = self.document.sentence(sentence).tokens.clone();
            let all: Vec<Token<'_>> = self.document.tokens(tokens).filter(|other| other.id < token.id).collect();
            found.extend(all.iter().filter(|other| argument(other.relation())).map(|other| other.id));
            found.extend(all.iter().filter(|other| other.relation() == Relation::Obj).map(|other| other.id));
        }
        found.retain(|other| *other != token.id && self.document.token(*other).upos() != Upos::Pron);
        found
    }

    fn is_one_person(&self, participant: &Participant) -> bool {
        let head = self.document.token(participant.head);
        let role = self.codebook.roles.get(&lower_lemma(head));
        role.is_some_and(|role| role.kind == RoleKind::Person) && head.feature("Number") != Some("Plur")
    }

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
        let near = self.countries_near(token.id);
        // The nearest sentence that names countries decides, if it names one only.
        let sentence = |one: &Participant| self.document.sentence_of(one.head);
        let nearest = near.first().map(sentence);
        let mut of_nearest = near.iter().filter(|one| Some(sentence(one)) == nearest);
        let chosen = match (of_nearest.next(), of_nearest.next()) {
            (Some(only), None) => Some(only.clone()),
            (Some(_), Some(_)) => self.main_country().clone(),
            _ => self.main_country().clone().or_else(|| self.dateline()),
        }?;
        // The country itself, not whoever of it was named.
        let code = chosen.country.clone()?;
        let entity = self.codebook.entities.by_id(&code);
        let sector = chosen.sector;
        Some(Participant { entity, sector, resolved_by: ResolvedBy::Coreference, ..chosen })
    }

    /// Whoever of each country was named within reach before `token`, the nearest first.
    pub(crate) fn countries_near(&self, token: TokenId) -> Vec<Participant> {
        let mut near: Vec<Participant> = Vec::new();
        for name in self.recent(token) {
            let Some(one) = self.known(name, self.document.token(name.tokens.start)) else { continue };
            let outlet = one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Outlet);
            if one.country.is_some() && !outlet && !near.iter().any(|other| other.country == one.country) {
                near.push(one);
            }
        }
        near
    }

    /// The country that at least three in five of the article's country names belong to.
    fn main_country(&self) -> &Option<Participant> {
        self.main_country.get_or_init(|| self.count_countries())
    }

    fn count_countries(&self) -> Option<Participant> {
        let mut counts: Vec<(Participant, usize)> = Vec::new();
        let mut all = 0;
        for name in self.names.all().filter(|name| !name.rows.is_empty()) {
            let Some(one) = self.known(name, self.document.token(name.tokens.start)) else { continue };
            if one.country.is_none() || one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Outlet) {
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
    fn recent(&self, token: TokenId) -> impl Iterator<Item = &NameMatch> {
        let here = self.document.sentence_of(token);
        self.names
            .before(token)
            .take_while(move |name| here.0 - self.document.sentence_of(name.tokens.start).0 < REACH)
            .filter(|name| !name.rows.is_empty())
    }

    /// A name that only places or describes something is no side: "at the Turkmenistan summit".
    fn is_side(&self, name: &NameMatch) -> bool {
        let head = self.document.token(name.tokens.start);
        let town = name.rows.iter().any(|&row| self.is_town(row));
        let placed = matches!(preposition(head).as_deref(), Some("in" | "at"));
        let modifies = head.relation() == Relation::Compound && !self.names.is_demonym(head.id);
        !(name.rows.is_empty() || modifies || (town && placed))
    }

    fn referred(&self, one: Participant, token: Token<'_>) -> Participant {
        Participant { span: token.span(), head: token.id, resolved_by: ResolvedBy::Coreference, ..one }
    }
}
